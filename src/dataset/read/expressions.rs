//! The two little languages inside records: what is required, and when a claim applies.

use super::fields::Fields;
use super::raw::{RawCondition, RawCounted, RawRequirement, RawTest};
use super::shapes;
use super::value::Value;
use crate::dataset::place::Placed;
use crate::model::{Code, Per};
use toml::de::DeValue;

/// Reads a word, an id, or `{ any = [...] }` or `{ all = [...] }` of them.
pub(super) fn requirement(value: Value<'_>) -> Option<RawRequirement> {
    match value.get() {
        DeValue::String(_) => value.reference().map(RawRequirement::Named),
        DeValue::Table(_) => {
            let fields = value.table(&shapes::COMBINED)?;
            let parts = |value: Value<'_>| all_or_none(value.list()?, requirement);
            match (fields.optional("any"), fields.optional("all")) {
                (Some(any), None) => parts(any).map(RawRequirement::Any),
                (None, Some(all)) => parts(all).map(RawRequirement::All),
                (Some(_), Some(_)) => value.problem(
                    Code::WrongType,
                    "`any` and `all` stand side by side",
                    "expected one of the two",
                    Some("nest one in the other: { all = [\"A\", { any = [\"B\", \"C\"] }] }".to_owned()),
                ),
                (None, None) => {
                    if !fields.has("any") && !fields.has("all") {
                        fields.missing("any");
                    }
                    None
                }
            }
        }
        _ => value.wrong(
            "\"nothing\", \"unnamed\", a plan id, \"sku:ID\", \"feature:ID\", \"given:ID\", { any = [...] } or { all = [...] }",
        ),
    }
}

/// Reads every value, also after a problem, and gives all or nothing.
fn all_or_none<'v, T>(values: Vec<Value<'v>>, read: fn(Value<'v>) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<Option<T>> = values.into_iter().map(read).collect();
    read.into_iter().collect()
}

/// Reads one comparison, or `all`, `any`, `not` over comparisons.
pub(super) fn condition(value: Value<'_>) -> Option<RawCondition> {
    let fields = value.table(&shapes::CONDITION)?;
    let heads = ["given", "holds", "role", "all", "any", "not"];
    let there: Vec<&str> = heads.into_iter().filter(|key| fields.has(key)).collect();
    if there.len() > 1 {
        return value.problem(
            Code::BadCondition,
            format!("a condition has `{}` side by side", there.join("` and `")),
            "expected one of them",
            Some("write { all = [{ ... }, { ... }] } where both must hold".to_owned()),
        );
    }
    if !fields.has("given") {
        let tests = test_keys(&fields);
        if let Some(first) = tests.first() {
            return value.problem(
                Code::BadCondition,
                format!("`{first}` compares nothing"),
                "`given` is missing",
                Some(format!("write {{ given = \"ID\", {first} = ... }}")),
            );
        }
    }
    if let Some(given) = fields.optional("given") {
        let given = given.reference();
        let test = test(value, &fields);
        return Some(RawCondition::Given {
            given: given?,
            test: test?,
        });
    }
    if let Some(holds) = fields.optional("holds") {
        return holds.reference().map(RawCondition::Holds);
    }
    if let Some(role) = fields.optional("role") {
        return all_or_none(role.one_or_list()?, Value::reference).map(RawCondition::Role);
    }
    if let Some(all) = fields.optional("all") {
        return all_or_none(all.list()?, condition).map(RawCondition::All);
    }
    if let Some(any) = fields.optional("any") {
        return all_or_none(any.list()?, condition).map(RawCondition::Any);
    }
    if let Some(not) = fields.optional("not") {
        return condition(not).map(|part| RawCondition::Not(Box::new(part)));
    }
    if there.is_empty() {
        fields.problem(
            Code::BadCondition,
            "a condition compares nothing",
            "expected `given`, `holds`, `role`, `all`, `any` or `not`",
            None,
        );
    }
    None
}

fn test_keys(fields: &Fields<'_>) -> Vec<&'static str> {
    ["is", "one-of", "before", "on-or-after", "at-least"]
        .into_iter()
        .filter(|key| fields.has(key))
        .collect()
}

fn test(value: Value<'_>, fields: &Fields<'_>) -> Option<Placed<RawTest>> {
    let keys = test_keys(fields);
    if keys.len() != 1 {
        return value.problem(
            Code::BadCondition,
            "a comparison with a given needs exactly one test",
            "expected one of `is`, `one-of`, `before`, `on-or-after`, `at-least`",
            None,
        );
    }
    let test = if let Some(is) = fields.optional("is") {
        match is.get() {
            DeValue::Boolean(truth) => Some(RawTest::IsTruth(*truth)),
            DeValue::String(_) => is.text().map(|word| RawTest::IsWord(word.value)),
            _ => is.wrong("true, false or a word in quotes"),
        }
    } else if let Some(words) = fields.optional("one-of") {
        all_or_none(words.list()?, Value::text)
            .map(|words| RawTest::OneOf(words.into_iter().map(|word| word.value).collect()))
    } else if let Some(before) = fields.optional("before") {
        before.boundary().map(|date| RawTest::Before(date.value))
    } else if let Some(after) = fields.optional("on-or-after") {
        after.boundary().map(|date| RawTest::OnOrAfter(date.value))
    } else {
        let count = fields.optional("at-least")?.count(0);
        count.map(|count| RawTest::AtLeast(count.value))
    }?;
    Some(Placed {
        value: test,
        place: value.place(),
    })
}

/// Reads how seats are counted.
pub(super) fn counted(value: Value<'_>) -> Option<RawCounted> {
    let fields = value.table(&shapes::COUNTED)?;
    let per = fields
        .required("per")
        .and_then(|value| value.word(Per::ALL, Per::word));
    let over = fields
        .optional("over")
        .and_then(|value| all_or_none(value.one_or_list()?, Value::reference));
    let each = fields.optional("each").and_then(each);
    let first = fields.optional("first").and_then(|value| value.count(0));
    Some(RawCounted {
        per: per.map(|per| per.value),
        over: over.unwrap_or_default(),
        each: each.unwrap_or((1, 1)),
        first: first.map(|first| first.value),
    })
}

/// `"1:5"` is one seat for every five, `25` is 25 seats for one.
fn each(value: Value<'_>) -> Option<(u64, u64)> {
    let expected = "a number of seats (25) or seats to counted (\"1:5\"), both from 1 on";
    match value.get() {
        DeValue::Integer(_) => value.count(1).map(|seats| (seats.value, 1)),
        DeValue::String(text) => {
            let ratio = text.split_once(':').and_then(|(seats, counted)| {
                let number = |digits: &str| digits.parse().ok().filter(|number: &u64| *number > 0);
                Some((number(seats)?, number(counted)?))
            });
            match ratio {
                Some(ratio) => Some(ratio),
                None => value.wrong(expected),
            }
        }
        _ => value.wrong(expected),
    }
}
