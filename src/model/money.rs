//! Money without floats.

use super::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency code, for example `USD`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Currency(Text);

impl Currency {
    /// Reads three capital letters; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()))
            .then(|| Self(text.to_owned().into()))
    }

    /// The currency of a question that names none.
    pub fn us_dollar() -> Self {
        Self("USD".to_owned().into())
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An amount in hundredths of a currency unit.
///
/// ```
/// use licit::model::Money;
/// let nine = Money::parse("9.00").unwrap();
/// assert_eq!(nine.times(17).unwrap().to_string(), "153.00");
/// assert!(Money::parse("nine").is_none());
/// ```
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Money(u64);

impl Money {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// Reads digits, optionally a point and one or two digits: `9`, `9.5`, `9.00`; up to 9,999,999,999.99.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text
            .split_once('.')
            .map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || whole.len() > 10 {
            return None;
        }
        let minor = match part {
            None => 0,
            Some(part) if digits(part) && part.len() == 1 => part.parse::<u64>().ok()? * 10,
            Some(part) if digits(part) && part.len() == 2 => part.parse().ok()?,
            Some(_) => return None,
        };
        Some(Self(whole.parse::<u64>().ok()? * 100 + minor))
    }

    /// The amount of so many hundredths.
    pub fn from_minor(minor: u64) -> Self {
        Self(minor)
    }

    /// Hundredths.
    pub fn minor(self) -> u64 {
        self.0
    }

    /// The sum; `None` when it is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left; `None` where more is taken away than there is.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The product; `None` when it is too large.
    pub fn times(self, quantity: u64) -> Option<Self> {
        self.0.checked_mul(quantity).map(Self)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// The commitment under which a list price holds; amounts are always per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Term {
    /// Committed and paid for a year.
    Annual,
    /// Committed for a year, paid monthly.
    AnnualPaidMonthly,
    /// Committed month by month.
    Monthly,
}

impl Term {
    /// Every term with the word for it in the data.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Annual, "annual"),
        (Self::AnnualPaidMonthly, "annual-paid-monthly"),
        (Self::Monthly, "monthly"),
    ];

    /// The word in the data.
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(term, _)| *term == self)
            .map_or("", |(_, word)| word)
    }
}
