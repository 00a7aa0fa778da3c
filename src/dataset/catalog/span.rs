//! From days of looking to honest dates: since when something was seen, and until when.

use crate::model::Day;

/// When something was seen, as far as dated looks can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first sight of it.
    pub since: Since,
    /// The last sight of it and the first look without it.
    pub until: Option<(Day, Day)>,
    /// The last sight of it.
    pub last: Day,
}

/// A first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// Nobody had looked before: it may have been there long.
    By(Day),
    /// It was not there the time before.
    Between(Day, Day),
}

/// What came of looking for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sighting {
    /// It was seen.
    Seen {
        /// When.
        span: Span,
        /// Looks in between that did not show it: slips, since it came back.
        missing: Vec<Day>,
        /// The last look, where that one alone does not show it: one look proves nothing.
        doubt: Option<Day>,
    },
    /// It came and went, while what should have it stood there all the time: a slip that was undone.
    CameAndWent(Span),
    /// It was never seen.
    Never,
}

/// Judges looks in order of days; each tells whether it was seen, or nothing where nobody could have seen it.
pub(super) fn sighting(looks: &[(Day, Option<bool>)]) -> Sighting {
    let able: Vec<(Day, bool)> = looks
        .iter()
        .filter_map(|(day, seen)| Some((*day, (*seen)?)))
        .collect();
    let first = able.iter().position(|(_, seen)| *seen);
    let last = able.iter().rposition(|(_, seen)| *seen);
    let (Some(first), Some(last)) = (first, last) else {
        return Sighting::Never;
    };
    let day = |at: usize| able.get(at).map(|(day, _)| *day);
    let (Some(first_day), Some(last_day)) = (day(first), day(last)) else {
        return Sighting::Never;
    };
    let since = match first.checked_sub(1).and_then(day) {
        Some(before) => Since::Between(before, first_day),
        None => Since::By(first_day),
    };
    let within = able.get(first..last).unwrap_or_default();
    let missing = within.iter().filter(|(_, seen)| !seen);
    let after = able.get(last + 1..).unwrap_or_default();
    let until = match after {
        [(first_without, _), _, ..] => Some((last_day, *first_without)),
        _ => None,
    };
    let span = Span {
        since,
        until,
        last: last_day,
    };
    if until.is_some() && matches!(since, Since::Between(..)) {
        return Sighting::CameAndWent(span);
    }
    Sighting::Seen {
        span,
        missing: missing.map(|(day, _)| *day).collect(),
        doubt: match after {
            [(day, _)] => Some(*day),
            _ => None,
        },
    }
}

impl Span {
    /// The beginning as written in data files.
    pub fn from(self) -> String {
        match self.since {
            Since::By(day) => format!("by {day}"),
            Since::Between(before, day) => between(before, day),
        }
    }

    /// The end as written in data files.
    pub fn to(self) -> Option<String> {
        self.until.map(|(last, without)| between(last, without))
    }
}

fn between(first: Day, second: Day) -> String {
    format!("between {first} and {second}")
}

#[cfg(test)]
mod tests {
    use super::{Sighting, sighting};
    use crate::model::Day;

    /// `x` seen, `.` not seen, `?` nobody could have seen it; one look a day from 2020-01-01 on.
    fn judged(looks: &str) -> String {
        let looks: Vec<(Day, Option<bool>)> = looks
            .bytes()
            .zip(1_i16..)
            .map(|(look, day)| {
                let day = Day::from_parts(2020, 1, day).unwrap();
                (day, (look != b'?').then_some(look == b'x'))
            })
            .collect();
        match sighting(&looks) {
            Sighting::Never => "never".to_owned(),
            Sighting::CameAndWent(_) => "came and went".to_owned(),
            Sighting::Seen {
                span,
                missing,
                doubt,
            } => {
                let until = span.to().map(|until| format!(", until {until}"));
                let doubt = doubt.map(|day| format!(", doubt {day}"));
                format!(
                    "{}{}, {} missing{}",
                    span.from(),
                    until.unwrap_or_default(),
                    missing.len(),
                    doubt.unwrap_or_default()
                )
                .replace("2020-01-0", "")
            }
        }
    }

    #[test]
    fn dates_are_no_sharper_than_the_looks() {
        assert_eq!(judged("xxx"), "by 1, 0 missing");
        assert_eq!(judged("..x"), "between 2 and 3, 0 missing");
        // The owner itself was first seen then.
        assert_eq!(judged("??x"), "by 3, 0 missing");
        assert_eq!(judged(".?x"), "between 1 and 3, 0 missing");
        assert_eq!(judged("xx.."), "by 1, until between 2 and 3, 0 missing");
        assert_eq!(judged("x?.?."), "by 1, until between 1 and 3, 0 missing");
        assert_eq!(judged("..."), "never");
        assert_eq!(judged("?"), "never");
    }

    #[test]
    fn what_was_undone_is_no_change() {
        assert_eq!(judged("x..xx"), "by 1, 2 missing");
        assert_eq!(judged(".x.x."), "between 1 and 2, 1 missing, doubt 5");
        assert_eq!(judged(".x.."), "came and went");
        // One look without it proves nothing.
        assert_eq!(judged("xx."), "by 1, 0 missing, doubt 3");
        assert_eq!(judged(".x."), "between 1 and 2, 0 missing, doubt 3");
    }
}
