//! A moment as exports write it, kept to the second.
//!
//! Licensing counts in whole days, but an assignment may begin and end in the middle of one: it holds on every day of
//! which it covers a part.

use crate::model::Day;
use std::fmt;

/// A second in UTC, within the years that [`Day`] knows.
///
/// ```
/// use licit::tenant::Stamp;
/// let stamp = Stamp::parse("2027-01-31T00:00:00Z").unwrap();
/// assert_eq!(stamp.to_string(), "2027-01-31");
/// let stamp = Stamp::parse("/Date(1777406310050)/").unwrap();
/// assert_eq!(stamp.to_string(), "2026-04-28 19:58:30");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The day.
    pub day: Day,
    /// Seconds since midnight, below 86,400.
    pub second: u32,
}

/// How days and months are ordered in a column of dates with slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    MonthFirst,
    DayFirst,
}

impl Stamp {
    /// The first second of a day.
    pub fn midnight(day: Day) -> Self {
        Self { day, second: 0 }
    }

    /// Reads ISO 8601 with or without time, `Z` or offset, and `/Date(milliseconds)/` of Windows PowerShell; none where
    /// the text is neither, or means no moment at all ("0001-01-01T08:00:00Z" is "never").
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(milliseconds) = text.strip_prefix("/Date(") {
            let digits = milliseconds.strip_suffix(")/")?;
            // A zone may follow the number and does not move the moment.
            let end = digits
                .char_indices()
                .skip(1)
                .find(|(_, character)| matches!(character, '+' | '-'));
            let number = end.and_then(|(at, _)| digits.get(..at)).unwrap_or(digits);
            let milliseconds: u64 = number.parse().ok()?;
            return Self::from_unix_seconds(milliseconds / 1000);
        }
        let day = Day::parse(text.get(..10)?)?;
        let rest = text.get(10..)?;
        let Some(time) = rest.strip_prefix(['T', ' ', 't']) else {
            return rest.is_empty().then(|| Self::midnight(day));
        };
        let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone);
        let stamp = Self {
            day,
            second: clock_seconds(clock)?,
        };
        stamp.moved(offset_seconds(zone)?)
    }

    /// Reads a date with slashes or points and an optional time, as spreadsheets and portals write it.
    ///
    /// `1/31/2027 2:44:50 PM` is month first where `AM` or `PM` says so or `order` does; points are day first.
    pub(super) fn parse_local(text: &str, order: DayOrder) -> Option<Self> {
        let text = text.trim();
        let (date, time) = text.split_once([' ', ',']).unwrap_or((text, ""));
        let points = date.contains('.');
        let mut parts = date.split(['/', '.']).map(|part| part.parse::<i16>().ok());
        let (first, second, year) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() {
            return None;
        }
        let time = time.trim();
        let (month, day) = match order {
            _ if points => (second, first),
            DayOrder::MonthFirst => (first, second),
            DayOrder::DayFirst => (second, first),
        };
        Some(Self {
            day: Day::from_parts(year, month, day)?,
            second: if time.is_empty() {
                0
            } else {
                half_day_seconds(time)?
            },
        })
    }

    fn from_unix_seconds(seconds: u64) -> Option<Self> {
        let day = Day::from_unix_seconds(seconds);
        let is_out_of_range = day == Day::FIRST || day == Day::LAST;
        (!is_out_of_range).then_some(Self {
            day,
            second: u32::try_from(seconds % 86_400).ok()?,
        })
    }

    /// The moment without its offset.
    fn moved(self, offset: i64) -> Option<Self> {
        let second = i64::from(self.second) - offset;
        let day = match second {
            ..0 => self.day.previous(),
            0..86_400 => self.day,
            _ => self.day.next(),
        };
        let second = u32::try_from(second.rem_euclid(86_400)).ok()?;
        Some(Self { day, second })
    }
}

fn clock_seconds(clock: &str) -> Option<u32> {
    let whole = clock.split('.').next()?;
    let mut parts = whole.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (
        parts.next()??,
        parts.next()??,
        parts.next().unwrap_or(Some(0))?,
    );
    let is_clock = hour < 24 && minute < 60 && second <= 60 && parts.next().is_none();
    is_clock.then_some((hour * 3600 + minute * 60 + second).min(86_399))
}

fn half_day_seconds(time: &str) -> Option<u32> {
    let (clock, half) = time.split_once(' ').unwrap_or((time, ""));
    let seconds = clock_seconds(clock)?;
    match half.trim().to_ascii_uppercase().as_str() {
        "" | "UTC" | "Z" => Some(seconds),
        "AM" if seconds >= 12 * 3600 => Some(seconds - 12 * 3600),
        "AM" => Some(seconds),
        "PM" if seconds >= 12 * 3600 => Some(seconds),
        "PM" => Some(seconds + 12 * 3600),
        _ => None,
    }
}

fn offset_seconds(zone: &str) -> Option<i64> {
    let sign = match zone.get(..1) {
        None | Some("Z" | "z") => return Some(0),
        Some("-") => -1,
        Some(_) => 1,
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits
        .get(2..)
        .filter(|rest| !rest.is_empty())
        .unwrap_or("0")
        .parse()
        .ok()?;
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

impl fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.day, formatter)?;
        if self.second == 0 {
            return Ok(());
        }
        let (hour, minute, second) = (self.second / 3600, self.second / 60 % 60, self.second % 60);
        write!(formatter, " {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::{DayOrder, Stamp};

    fn told(text: &str) -> String {
        Stamp::parse(text).map_or("none".to_owned(), |stamp| stamp.to_string())
    }

    #[test]
    fn moments_are_read_in_the_forms_that_exports_use() {
        for (text, moment) in [
            ("2026-01-12T14:44:50.287Z", "2026-01-12 14:44:50"),
            ("2022-03-18 19:49:35Z", "2022-03-18 19:49:35"),
            ("2027-01-31", "2027-01-31"),
            ("2027-01-31T01:00:00+02:00", "2027-01-30 23:00:00"),
            ("2027-01-31T23:30:00-01:00", "2027-02-01 00:30:00"),
            ("/Date(1778702258453)/", "2026-05-13 19:57:38"),
            ("0001-01-01T08:00:00Z", "none"),
            ("/Date(-62135596800000)/", "none"),
            ("Permanent", "none"),
            ("2027-01-31T25:00:00Z", "none"),
            ("2027-01-31T01:00:00+15:00", "none"),
            ("", "none"),
        ] {
            assert_eq!(told(text), moment, "{text}");
        }
    }

    #[test]
    fn local_dates_are_read_in_the_order_of_their_column() {
        let read = |text, order| Stamp::parse_local(text, order).map(|stamp| stamp.to_string());
        let (month, day) = (DayOrder::MonthFirst, DayOrder::DayFirst);
        assert_eq!(
            read("1/12/2026 2:44:50 PM", month).as_deref(),
            Some("2026-01-12 14:44:50")
        );
        assert_eq!(
            read("1/31/2027 12:00:00 AM", month).as_deref(),
            Some("2027-01-31")
        );
        assert_eq!(
            read("12/01/2026 14:44", day).as_deref(),
            Some("2026-01-12 14:44:00")
        );
        assert_eq!(read("31.1.2027", month).as_deref(), Some("2027-01-31"));
        assert_eq!(read("31/31/2027", day), None);
    }
}
