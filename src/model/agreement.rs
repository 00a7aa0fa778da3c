//! What somebody pays by their own agreement, and under which commitment they buy.
//!
//! A list price is a claim: somebody else said it. A price of one's own agreement is part of the question: the asker says
//! it, row by row of a file, and the proof names the row.

use super::{Currency, Day, Money, SkuId, Term, Text};

/// How the asker buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The commitment: list prices of another one never count.
    pub term: Term,
    /// When the seats that are held or owned were last bought or renewed: until their next renewal they keep the price of
    /// that day. Without it they cost what a new seat costs.
    pub renewed_on: Option<Day>,
    /// The asker's own prices, in the order of their file. A row is named by its place here.
    ///
    /// Invariant: no two of them hold for one SKU, currency and term on one day.
    pub prices: Vec<OwnPrice>,
}

impl Default for Agreement {
    /// A new seat, committed and paid for a year, at list price.
    fn default() -> Self {
        Self {
            term: Term::Annual,
            renewed_on: None,
            prices: Vec::new(),
        }
    }
}

/// A price of the asker's own agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPrice {
    /// The SKU.
    pub sku: SkuId,
    /// Per seat and month.
    pub amount: Money,
    /// In this currency.
    pub currency: Currency,
    /// The first day on which it holds; none where it has always held.
    pub from: Option<Day>,
    /// The day on which it no longer holds; none where no end is agreed.
    pub until: Option<Day>,
    /// The commitment that it is for; none where it is for any.
    pub term: Option<Term>,
    /// Where the asker says so.
    pub row: PriceRow,
    /// What else the row says.
    pub note: Text,
}

impl OwnPrice {
    /// Whether it holds on a day: from the first day on, and no longer on the last.
    ///
    /// ```
    /// use licit::model::{Currency, Day, Money, OwnPrice, PriceRow, SkuId};
    /// let day = |text| Day::parse(text).unwrap();
    /// let price = OwnPrice {
    ///     sku: SkuId::at(0),
    ///     amount: Money::parse("7.80").unwrap(),
    ///     currency: Currency::parse("EUR").unwrap(),
    ///     from: Some(day("2026-07-01")),
    ///     until: Some(day("2027-07-01")),
    ///     term: None,
    ///     row: PriceRow { file: "prices.csv".into(), line: 2 },
    ///     note: "".into(),
    /// };
    /// assert!(price.holds_on(day("2026-07-01")) && !price.holds_on(day("2027-07-01")));
    /// ```
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether both could hold on one day for one purchase, so that nobody could say which does.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |from: Option<Day>, until: Option<Day>| match (from, until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        let one_term = self.term.is_none() || other.term.is_none() || self.term == other.term;
        self.sku == other.sku
            && self.currency == other.currency
            && one_term
            && begins_before_end(self.from, other.until)
            && begins_before_end(other.from, self.until)
    }
}

/// A row of the asker's price file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// The file, as shown in messages.
    pub file: Text,
    /// Its line, counted from 1.
    pub line: usize,
}

impl std::fmt::Display for PriceRow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}, line {}", self.file, self.line)
    }
}
