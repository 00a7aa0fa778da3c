//! Whole days.
//!
//! Licensing knows no hours: a rule begins on a day. Days are counted from 1970-01-01 and kept to the years 1990 to
//! 2100, so that arithmetic cannot overflow and a mistyped year is caught.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar day, in UTC.
///
/// ```
/// use licit::model::Day;
/// let day = Day::parse("2020-06-15").unwrap();
/// assert_eq!(day.next().to_string(), "2020-06-16");
/// assert!(Day::parse("2020-13-01").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(i32);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// The first day licit can speak of.
    pub const FIRST: Self = Self(7305);
    /// The last day licit can speak of.
    pub const LAST: Self = Self(47846);

    /// Reads `YYYY-MM-DD`; `None` when it is no day of the years 1990 to 2100.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: Option<&str>, length: usize| {
            let part = part?;
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())?
        };
        let mut parts = text.split('-');
        let year = digits(parts.next(), 4)?;
        let month = digits(parts.next(), 2)?;
        let day = digits(parts.next(), 2)?;
        if parts.next().is_some() {
            return None;
        }
        Self::from_parts(year, month, day)
    }

    /// The day of a year, month and day of the month; `None` when there is no such day in 1990 to 2100.
    pub fn from_parts(year: i16, month: i16, day: i16) -> Option<Self> {
        if !(1990..=2100).contains(&year) {
            return None;
        }
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        let days = date.since((jiff::Unit::Day, EPOCH)).ok()?.get_days();
        Some(Self(days))
    }

    /// The day that lies `seconds` after the start of 1970, held within the range of days.
    pub fn from_unix_seconds(seconds: u64) -> Self {
        let days = i32::try_from(seconds / 86_400).unwrap_or(Self::LAST.0);
        Self(days.clamp(Self::FIRST.0, Self::LAST.0))
    }

    /// The day after, or this day when it is the last one.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 + 1).min(Self::LAST.0))
    }

    /// The day before, or this day when it is the first one.
    #[must_use]
    pub fn previous(self) -> Self {
        Self((self.0 - 1).max(Self::FIRST.0))
    }

    /// Days from `earlier` to this day; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Year, month and day of the month.
    pub fn parts(self) -> (i16, i8, i8) {
        let date = EPOCH.saturating_add(jiff::Span::new().days(i64::from(self.0)));
        (date.year(), date.month(), date.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn the_range_is_1990_to_2100() {
        assert_eq!(Day::from_parts(1990, 1, 1), Some(Day::FIRST));
        assert_eq!(Day::from_parts(2100, 12, 31), Some(Day::LAST));
        assert_eq!(Day::parse("1989-12-31"), None);
        assert_eq!(Day::parse("2101-01-01"), None);
    }

    #[test]
    fn only_whole_days_in_full_digits_are_read() {
        for wrong in [
            "2020-6-15",
            "2020-06-15T00:00",
            "2020-06",
            "20200615",
            "2020-02-30",
            " 2020-06-15",
            "2020-06-1 ",
        ] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert_eq!(
            Day::parse("2020-02-29")
                .map(|day| day.to_string())
                .as_deref(),
            Some("2020-02-29")
        );
    }
}
