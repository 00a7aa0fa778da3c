//! Dates as precise as they are known.
//!
//! A vendor says "second half of 2021"; a page seen on a day shows only that a rule is not younger. A [`Boundary`] keeps
//! what was said as an interval of days that holds the true day, and is always written as it stands in the data, never
//! as one of its edges.

use super::{Day, Text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where something begins or ends: the one true day lies somewhere from `earliest` to `latest`.
///
/// ```
/// use licit::model::{Boundary, Day};
/// let half = Boundary::parse("2021-H2").unwrap();
/// assert_eq!(half.earliest(), Day::parse("2021-07-01"));
/// assert_eq!(half.latest(), Day::parse("2021-12-31"));
/// assert_eq!(half.to_string(), "2021-H2");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Boundary {
    earliest: Option<Day>,
    latest: Option<Day>,
    written: Text,
}

/// Whether a day has reached a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// The day lies before every day that the boundary can be.
    No,
    /// The day lies inside an interval with two ends: both worlds are possible.
    Perhaps,
    /// The day lies in the open end of an interval: nothing decides it, nothing attests it.
    Unattested,
    /// The day lies on or after every day that the boundary can be.
    Yes,
}

impl Boundary {
    /// Reads every written form: `2020-06-15`, `2020-06`, `2020-Q3`, `2021-H2`, `2023`, `between A and B`, `by A`,
    /// `after A`, `unknown`. In the last forms A and B are days, months, quarters, halves or years.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written = || Text::from(text.to_owned());
        if text == "unknown" {
            return Ok(Self {
                earliest: None,
                latest: None,
                written: written(),
            });
        }
        if let Some(rest) = text.strip_prefix("by ") {
            let (_, latest) = span(rest)?;
            return Ok(Self {
                earliest: None,
                latest: Some(latest),
                written: written(),
            });
        }
        if let Some(rest) = text.strip_prefix("after ") {
            let (_, latest) = span(rest)?;
            return Ok(Self {
                earliest: Some(latest.next()),
                latest: None,
                written: written(),
            });
        }
        if let Some(rest) = text.strip_prefix("between ") {
            let Some((first, last)) = rest.split_once(" and ") else {
                return Err(format!(
                    "`{text}` lacks its second end; write \"between 2019-09-08 and 2020-01-10\""
                ));
            };
            let (earliest, _) = span(first)?;
            let (_, latest) = span(last)?;
            if earliest > latest {
                return Err(format!(
                    "`{text}` runs backwards: {first} is later than {last}"
                ));
            }
            return Ok(Self {
                earliest: Some(earliest),
                latest: Some(latest),
                written: written(),
            });
        }
        let (earliest, latest) = span(text)?;
        Ok(Self {
            earliest: Some(earliest),
            latest: Some(latest),
            written: written(),
        })
    }

    /// The boundary that nobody knows anything about.
    pub fn unknown() -> Self {
        Self {
            earliest: None,
            latest: None,
            written: "unknown".into(),
        }
    }

    /// The boundary that is exactly this day.
    pub fn day(day: Day) -> Self {
        Self {
            earliest: Some(day),
            latest: Some(day),
            written: day.to_string().into(),
        }
    }

    /// First day that it can be; `None` when that end is open.
    pub fn earliest(&self) -> Option<Day> {
        self.earliest
    }

    /// Last day that it can be; `None` when that end is open.
    pub fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// As written in the data.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The day, when the boundary is exactly one.
    pub fn exact(&self) -> Option<Day> {
        self.earliest
            .filter(|earliest| self.latest == Some(*earliest))
    }

    /// Whether `day` is on or after the true day.
    ///
    /// An open end does not decide: before "by D" nothing contradicts the boundary and nothing attests it; after
    /// "after D" likewise.
    pub fn reached(&self, day: Day) -> Reached {
        match (self.earliest, self.latest) {
            (_, Some(latest)) if day >= latest => Reached::Yes,
            (Some(earliest), _) if day < earliest => Reached::No,
            (Some(_), Some(_)) => Reached::Perhaps,
            _ => Reached::Unattested,
        }
    }
}

/// First and last day of a day, month, quarter, half or year.
fn span(text: &str) -> Result<(Day, Day), String> {
    let wrong = || {
        format!(
            "`{text}` is not a date; expected a day (2020-06-15), month (2020-06), quarter (2020-Q3), half (2021-H2), \
             year (2023), \"between A and B\", \"by A\", \"after A\" or \"unknown\", in the years 1990 to 2100"
        )
    };
    if let Some(day) = Day::parse(text) {
        return Ok((day, day));
    }
    let (year_text, part) = match text.split_once('-') {
        Some((year, part)) => (year, Some(part)),
        None => (text, None),
    };
    if year_text.len() != 4 || !year_text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let year: i16 = year_text.parse().map_err(|_| wrong())?;
    let (first_month, last_month) = match part {
        None => (1, 12),
        Some("H1") => (1, 6),
        Some("H2") => (7, 12),
        Some("Q1") => (1, 3),
        Some("Q2") => (4, 6),
        Some("Q3") => (7, 9),
        Some("Q4") => (10, 12),
        Some(month) if month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit()) => {
            let month: i16 = month.parse().map_err(|_| wrong())?;
            (month, month)
        }
        Some(_) => return Err(wrong()),
    };
    let first = Day::from_parts(year, first_month, 1).ok_or_else(wrong)?;
    let last = (28..=31)
        .rev()
        .find_map(|day| Day::from_parts(year, last_month, day))
        .ok_or_else(wrong)?;
    Ok((first, last))
}

impl fmt::Display for Boundary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

impl fmt::Debug for Boundary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.written, formatter)
    }
}

/// A half-open period: from the day of `from` up to, not including, the day of `until`.
///
/// No `from` means nobody said when it began, no `until` means no end is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Period {
    /// Where it begins.
    pub from: Option<Boundary>,
    /// Where it ends.
    pub until: Option<Boundary>,
}

impl Period {
    /// Whether `day` has reached the beginning; without one the beginning is unattested.
    pub fn begun(&self, day: Day) -> Reached {
        self.from
            .as_ref()
            .map_or(Reached::Unattested, |from| from.reached(day))
    }

    /// Whether `day` has reached the end; without one it never has.
    pub fn ended(&self, day: Day) -> Reached {
        self.until
            .as_ref()
            .map_or(Reached::No, |until| until.reached(day))
    }
}

#[cfg(test)]
mod tests {
    use super::{Boundary, Reached};
    use crate::model::Day;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn every_written_form_has_its_interval() {
        for (written, earliest, latest) in [
            ("2020-06-15", Some("2020-06-15"), Some("2020-06-15")),
            ("2020-02", Some("2020-02-01"), Some("2020-02-29")),
            ("2020-Q3", Some("2020-07-01"), Some("2020-09-30")),
            ("2021-H1", Some("2021-01-01"), Some("2021-06-30")),
            ("2023", Some("2023-01-01"), Some("2023-12-31")),
            (
                "between 2019-09-08 and 2020-01-10",
                Some("2019-09-08"),
                Some("2020-01-10"),
            ),
            (
                "between 2022-10 and 2023-01",
                Some("2022-10-01"),
                Some("2023-01-31"),
            ),
            ("by 2023-08-03", None, Some("2023-08-03")),
            ("by 2023-08", None, Some("2023-08-31")),
            ("after 2019-05-13", Some("2019-05-14"), None),
            ("unknown", None, None),
        ] {
            let boundary = Boundary::parse(written).unwrap();
            assert_eq!(boundary.earliest(), earliest.map(day), "{written}");
            assert_eq!(boundary.latest(), latest.map(day), "{written}");
            assert_eq!(boundary.to_string(), written);
        }
    }

    #[test]
    fn nonsense_is_refused_with_what_was_expected() {
        for wrong in [
            "",
            "soon",
            "2020-13",
            "2020-H3",
            "2020-6",
            "between 2020-01-02",
            "between 2021 and 2020",
            "by",
            "1812",
            "2020-02-30",
        ] {
            assert!(Boundary::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn two_ends_give_perhaps_and_an_open_end_gives_unattested() {
        let half = Boundary::parse("2021-H2").unwrap();
        assert_eq!(half.reached(day("2021-06-30")), Reached::No);
        assert_eq!(half.reached(day("2021-07-01")), Reached::Perhaps);
        assert_eq!(half.reached(day("2021-12-30")), Reached::Perhaps);
        assert_eq!(half.reached(day("2021-12-31")), Reached::Yes);
        let by = Boundary::parse("by 2023-08-03").unwrap();
        assert_eq!(by.reached(day("2010-01-01")), Reached::Unattested);
        assert_eq!(by.reached(day("2023-08-03")), Reached::Yes);
        let after = Boundary::parse("after 2019-05-13").unwrap();
        assert_eq!(after.reached(day("2019-05-13")), Reached::No);
        assert_eq!(after.reached(day("2019-05-14")), Reached::Unattested);
    }
}
