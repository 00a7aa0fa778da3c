//! Whether two conditions can hold together.
//!
//! Two claims may say different things where their `when` exclude each other. The proof is searched in a simple form:
//! each condition is written as alternatives of comparisons, and every pair of alternatives must hold two comparisons
//! that contradict each other. What cannot be shown so counts as possible together.

use crate::model::{Boundary, Condition, GivenValue, RoleId, RolePattern, Test, Text};

/// More alternatives than this are not looked into.
const MOST_ALTERNATIVES: usize = 64;

/// A comparison that must hold, or must not.
type Literal<'c> = (&'c Condition, bool);

/// Whether the two can never hold together; `None` is a condition that always holds.
pub(super) fn exclusive<'r>(
    one: Option<&Condition>,
    other: Option<&Condition>,
    authority: &impl Fn(RoleId) -> Option<&'r str>,
) -> bool {
    let (Some(one), Some(other)) = (alternatives(one), alternatives(other)) else {
        return false;
    };
    one.iter().all(|these| {
        other.iter().all(|those| {
            let both: Vec<Literal<'_>> = these.iter().chain(those).copied().collect();
            both.iter().enumerate().any(|(index, first)| {
                let rest = both.get(index + 1..).unwrap_or_default();
                rest.iter()
                    .any(|second| contradict(*first, *second, authority))
            })
        })
    })
}

fn alternatives(condition: Option<&Condition>) -> Option<Vec<Vec<Literal<'_>>>> {
    condition.map_or_else(
        || Some(vec![Vec::new()]),
        |condition| expand(condition, true),
    )
}

/// The condition, or its contrary, as alternatives; `None` when they are too many.
fn expand(condition: &Condition, holds: bool) -> Option<Vec<Vec<Literal<'_>>>> {
    match (condition, holds) {
        (Condition::Not(part), _) => expand(part, !holds),
        (Condition::Any(parts), true) | (Condition::All(parts), false) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(expand(part, holds)?);
                if all.len() > MOST_ALTERNATIVES {
                    return None;
                }
            }
            Some(all)
        }
        (Condition::All(parts), true) | (Condition::Any(parts), false) => {
            let mut all: Vec<Vec<Literal<'_>>> = vec![Vec::new()];
            for part in parts {
                let next = expand(part, holds)?;
                if all.len() * next.len() > MOST_ALTERNATIVES {
                    return None;
                }
                all = all
                    .iter()
                    .flat_map(|these| {
                        next.iter()
                            .map(move |those| these.iter().chain(those).copied().collect())
                    })
                    .collect();
            }
            Some(all)
        }
        _ => Some(vec![vec![(condition, holds)]]),
    }
}

fn contradict<'r>(
    (one, one_holds): Literal<'_>,
    (other, other_holds): Literal<'_>,
    authority: &impl Fn(RoleId) -> Option<&'r str>,
) -> bool {
    if one == other {
        return one_holds != other_holds;
    }
    match (one, other) {
        (
            Condition::Given { given, test },
            Condition::Given {
                given: same,
                test: other_test,
            },
        ) if given == same => match (
            Range::of(test, one_holds),
            Range::of(other_test, other_holds),
        ) {
            (Some(one), Some(other)) => one.misses(&other) || other.misses(&one),
            _ => false,
        },
        (Condition::Role(these), Condition::Role(those)) if one_holds && other_holds => {
            these.iter().all(|one| {
                those
                    .iter()
                    .all(|other| different_roles(one, other, authority))
            })
        }
        _ => false,
    }
}

fn different_roles<'r>(
    one: &RolePattern,
    other: &RolePattern,
    authority: &impl Fn(RoleId) -> Option<&'r str>,
) -> bool {
    match (one, other) {
        (RolePattern::Role(one), RolePattern::Role(other)) => one != other,
        (RolePattern::Authority(one), RolePattern::Authority(other)) => one != other,
        (RolePattern::Role(role), RolePattern::Authority(name))
        | (RolePattern::Authority(name), RolePattern::Role(role)) => {
            authority(*role).is_some_and(|own| own != name.as_str())
        }
    }
}

/// The values that a test lets through.
enum Range<'c> {
    Truth(bool),
    Words(Vec<&'c Text>),
    NotWords(Vec<&'c Text>),
    Before(&'c Boundary),
    OnOrAfter(&'c Boundary),
    AtLeast(u64),
    Below(u64),
}

impl<'c> Range<'c> {
    fn of(test: &'c Test, holds: bool) -> Option<Self> {
        Some(match (test, holds) {
            (Test::Is(GivenValue::Truth(truth)), _) => Self::Truth(*truth == holds),
            (Test::Is(GivenValue::Choice(word)), true) => Self::Words(vec![word]),
            (Test::Is(GivenValue::Choice(word)), false) => Self::NotWords(vec![word]),
            (Test::Is(GivenValue::Date(_) | GivenValue::Count(_)), _) => return None,
            (Test::OneOf(words), true) => Self::Words(words.iter().collect()),
            (Test::OneOf(words), false) => Self::NotWords(words.iter().collect()),
            (Test::Before(date), true) | (Test::OnOrAfter(date), false) => Self::Before(date),
            (Test::Before(date), false) | (Test::OnOrAfter(date), true) => Self::OnOrAfter(date),
            (Test::AtLeast(count), true) => Self::AtLeast(*count),
            (Test::AtLeast(count), false) => Self::Below(*count),
        })
    }

    /// Whether no value lies in both, seen from this side; the caller asks both sides.
    fn misses(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Truth(one), Self::Truth(other)) => one != other,
            (Self::Words(these), Self::Words(those)) => {
                these.iter().all(|word| !those.contains(word))
            }
            (Self::Words(these), Self::NotWords(those)) => {
                these.iter().all(|word| those.contains(word))
            }
            // Written alike they are the same day, even where nobody knows which.
            (Self::Before(end), Self::OnOrAfter(start)) => {
                end == start
                    || matches!((end.latest(), start.earliest()), (Some(end), Some(start)) if end <= start)
            }
            (Self::Below(end), Self::AtLeast(start)) => end <= start,
            _ => false,
        }
    }
}
