//! Values of unknowns in words.
//!
//! Only days and numbers at which some condition turns tell values apart. A date is told as it stands in that condition:
//! "2021-07" never becomes one of its edges.

use super::{Range, Unknown, Value};
use crate::dataset::KnowledgeBase;
use crate::model::{Boundary, Condition, Day, GivenValue, RolePattern, Test};

/// Values of an unknown in words, for example "yes" or `before "2021-07"`. Several values are ranges that follow each
/// other and are told as one.
pub fn value_words(knowledge: &KnowledgeBase, unknown: &Unknown, values: &[Value]) -> String {
    match values.first() {
        Some(Value::Yes) if matches!(unknown, Unknown::Edge { .. }) => "reached".to_owned(),
        Some(Value::No) if matches!(unknown, Unknown::Edge { .. }) => "not yet".to_owned(),
        Some(Value::Yes) => "yes".to_owned(),
        Some(Value::No) => "no".to_owned(),
        Some(Value::Given(GivenValue::Count(count))) => count_words(knowledge, unknown, *count),
        Some(Value::Given(value)) => value.to_string(),
        Some(Value::Role(RolePattern::Role(role))) => knowledge.roles[*role].name.to_string(),
        Some(Value::Role(RolePattern::Authority(authority))) => format!("a role of {authority}"),
        Some(Value::OtherRole) => "another role".to_owned(),
        Some(Value::Range(first)) => {
            let last = match values.last() {
                Some(Value::Range(last)) => last,
                _ => first,
            };
            let whole = Range {
                from: first.from,
                until: last.until,
            };
            range_words(knowledge, unknown, whole)
        }
        None => String::new(),
    }
}

fn range_words(knowledge: &KnowledgeBase, unknown: &Unknown, range: Range) -> String {
    let dates = dates_asked(knowledge, unknown);
    let from = range.from.map(|day| match edge_at(&dates, day) {
        None => day.to_string(),
        Some((boundary, End::First)) => format!("from the beginning of \"{boundary}\""),
        Some((boundary, End::Last)) => format!("from the end of \"{boundary}\""),
    });
    let until = range.until.map(|day| match edge_at(&dates, day) {
        None => format!("before {day}"),
        Some((boundary, End::First)) => format!("before \"{boundary}\""),
        Some((boundary, End::Last)) => format!("before the end of \"{boundary}\""),
    });
    match (from, until) {
        (None, None) => "any day".to_owned(),
        (None, Some(until)) => until,
        (Some(from), None) => format!("{from} or later"),
        (Some(from), Some(until)) if from.starts_with("from ") => format!("{from}, {until}"),
        (Some(from), Some(until)) => format!("from {from}, {until}"),
    }
}

/// An end of an imprecise date.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// The imprecise date whose end this day is; none where the day itself stands in a condition.
fn edge_at<'a>(dates: &[&'a Boundary], day: Day) -> Option<(&'a Boundary, End)> {
    if dates.iter().any(|date| date.exact() == Some(day)) {
        return None;
    }
    dates.iter().find_map(|date| {
        if date.earliest() == Some(day) {
            Some((*date, End::First))
        } else {
            (date.latest() == Some(day)).then_some((*date, End::Last))
        }
    })
}

/// A number up to the next one at which a condition turns.
fn count_words(knowledge: &KnowledgeBase, unknown: &Unknown, count: u64) -> String {
    let mut next: Option<u64> = None;
    each_test(knowledge, unknown, &mut |test| {
        if let Test::AtLeast(least) = test
            && *least > count
        {
            next = Some(next.map_or(*least, |known| known.min(*least)));
        }
    });
    match next {
        None => format!("{count} or more"),
        Some(next) if count == 0 => format!("fewer than {next}"),
        Some(next) if next == count + 1 => count.to_string(),
        Some(next) => format!("from {count} to {}", next - 1),
    }
}

/// The dates that conditions compare a given with, in the order of written ids of the claims.
fn dates_asked<'a>(knowledge: &'a KnowledgeBase, unknown: &Unknown) -> Vec<&'a Boundary> {
    let mut dates = Vec::new();
    each_test(knowledge, unknown, &mut |test| {
        if let Test::Before(date) | Test::OnOrAfter(date) = test {
            dates.push(date);
        }
    });
    dates
}

fn each_test<'a>(
    knowledge: &'a KnowledgeBase,
    unknown: &Unknown,
    visit: &mut impl FnMut(&'a Test),
) {
    let Unknown::Given(asked) = unknown else {
        return;
    };
    for (id, claim) in knowledge.claims.iter() {
        let Some(condition) = &claim.when else {
            continue;
        };
        condition.each_leaf(&mut |leaf| {
            if let Condition::Given { given, test } = leaf
                && given == asked
                && knowledge.has(id)
            {
                visit(test);
            }
        });
    }
}
