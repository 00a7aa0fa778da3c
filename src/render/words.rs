//! The small words: dates, conditions, requirements and how a claim stands, as people say them.

use crate::dataset::KnowledgeBase;
use crate::graph::Status;
use crate::model::{
    Boundary, Condition, Edge, HeldThing, LifecycleState, Named, Period, Requirement, RolePattern,
    Subject, Test,
};
use crate::search::ThingKind;

/// What every answer says about itself.
pub const NOTICE: &str = "not legal advice";

/// A beginning, as written in the data: "from 2021-H2", "by 2023-08-03", "from an unknown day".
pub(super) fn from(boundary: &Boundary) -> String {
    match boundary.written() {
        "unknown" => "from an unknown day".to_owned(),
        written if has_its_own_word(written) => written.to_owned(),
        written => format!("from {written}"),
    }
}

/// An end, as written in the data: "until 2020-09", "until some day by 2023-08-03", "until an unknown day".
pub(super) fn until(boundary: &Boundary) -> String {
    match boundary.written() {
        "unknown" => "until an unknown day".to_owned(),
        written if has_its_own_word(written) => format!("until some day {written}"),
        written => format!("until {written}"),
    }
}

fn has_its_own_word(written: &str) -> bool {
    ["by ", "after ", "between "]
        .iter()
        .any(|word| written.starts_with(word))
}

/// A period; nothing where no end of it is stated.
pub fn period(period: &Period) -> Option<String> {
    let ends = [
        period.from.as_ref().map(from),
        period.until.as_ref().map(until),
    ];
    let said: Vec<String> = ends.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A day, or an edge of an imprecise date, which is told by the date as it is written.
pub(super) fn edge(edge: &Edge) -> String {
    match edge {
        Edge::On(day) => day.to_string(),
        Edge::Earliest(boundary) | Edge::Latest(boundary)
            if has_its_own_word(boundary.written())
                && !boundary.written().starts_with("between ") =>
        {
            boundary.to_string()
        }
        Edge::Earliest(boundary) => format!("perhaps from the beginning of \"{boundary}\""),
        Edge::Latest(boundary) => format!("surely by the end of \"{boundary}\""),
    }
}

/// How a claim stands.
pub fn status(knowledge: &KnowledgeBase, status: Status) -> String {
    match status {
        Status::InForce => "in force".to_owned(),
        Status::Unattested => "stands, though no source attests it that early".to_owned(),
        Status::Perhaps => "perhaps in force".to_owned(),
        Status::NotBegun => "not yet in force".to_owned(),
        Status::Ended => "ended".to_owned(),
        Status::Followed(by) => format!("followed by {}", knowledge.claims[by].id),
        Status::Superseded(by) => format!("superseded by {}", knowledge.claims[by].id),
        Status::NotKnown => "not known yet".to_owned(),
        Status::Withdrawn => "withdrawn".to_owned(),
        Status::Replaced(by) => format!("replaced by {}", knowledge.claims[by].id),
    }
}

/// The state of a feature, after "is".
pub(super) fn state(state: LifecycleState) -> &'static str {
    match state {
        LifecycleState::Announced => "announced",
        LifecycleState::Available => "available",
        LifecycleState::DefaultOff => "off unless an administrator turns it on",
        LifecycleState::OnHold => "as it was, with the announced change on hold",
        LifecycleState::Blocked => "blocked",
        LifecycleState::Retired => "retired",
    }
}

/// A thing by name and id: `Microsoft Entra ID P2 (AAD_PREMIUM_P2)`.
pub(super) fn thing(knowledge: &KnowledgeBase, thing: Named) -> String {
    format!("{} ({})", knowledge.name(thing), written(knowledge, thing))
}

/// The written id of a thing, without its kind.
pub(super) fn written(knowledge: &KnowledgeBase, thing: Named) -> String {
    let written = knowledge.written(thing);
    let kind = ThingKind::of(thing).word().len() + 1;
    written.get(kind..).unwrap_or_default().to_owned()
}

/// A plan or a SKU as a thing that carries a name.
pub(super) fn held(held: HeldThing) -> Named {
    match held {
        HeldThing::Plan(plan) => Named::Plan(plan),
        HeldThing::Sku(sku) => Named::Sku(sku),
    }
}

/// What a claim speaks about.
pub(super) fn subject(knowledge: &KnowledgeBase, subject: Subject) -> String {
    match subject {
        Subject::Task(task) => format!(
            "\"{}\" ({})",
            knowledge.tasks[task].name, knowledge.tasks[task].id
        ),
        Subject::Feature(feature) => thing(knowledge, Named::Feature(feature)),
        Subject::Area(area) => format!("every task of {}", knowledge.areas[area].name),
        Subject::Everything => "every task".to_owned(),
    }
}

/// What has to be held or done.
pub fn requirement(knowledge: &KnowledgeBase, requirement: &Requirement) -> String {
    match requirement {
        Requirement::Nothing => "no license".to_owned(),
        Requirement::Unnamed => "a license that nobody names".to_owned(),
        Requirement::Plan(plan) => thing(knowledge, Named::Plan(*plan)),
        Requirement::Sku(sku) => thing(knowledge, Named::Sku(*sku)),
        Requirement::Feature(feature) => {
            format!("what grants {}", thing(knowledge, Named::Feature(*feature)))
        }
        Requirement::Given(given) => format!("{} to be yes", knowledge.givens[*given].id),
        Requirement::Any(parts) => joined(knowledge, parts, "or"),
        Requirement::All(parts) => joined(knowledge, parts, "and"),
    }
}

/// Parts of a requirement, with nested ones in brackets.
fn joined(knowledge: &KnowledgeBase, parts: &[Requirement], word: &str) -> String {
    let nested = |part: &Requirement| {
        let words = requirement(knowledge, part);
        let is_list =
            matches!(part, Requirement::Any(list) | Requirement::All(list) if list.len() > 1);
        if is_list { format!("({words})") } else { words }
    };
    list(&parts.iter().map(nested).collect::<Vec<_>>(), word)
}

/// When a claim applies, after "if".
pub fn condition(knowledge: &KnowledgeBase, condition: &Condition) -> String {
    let all = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| self::condition(knowledge, part))
            .collect();
        list(&parts, word)
    };
    match condition {
        Condition::Given { given, test } => {
            let id = &knowledge.givens[*given].id;
            match test {
                Test::Is(value) => format!("{id} is {value}"),
                Test::Before(boundary) => format!("{id} is before {boundary}"),
                Test::OnOrAfter(boundary) => format!("{id} is on or after {boundary}"),
                Test::AtLeast(count) => format!("{id} is at least {count}"),
                Test::OneOf(words) => {
                    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
                    format!("{id} is {}", list(&words, "or"))
                }
            }
        }
        Condition::Holds(held) => {
            format!("the account holds {}", thing(knowledge, self::held(*held)))
        }
        Condition::Role(patterns) => {
            let patterns: Vec<String> = patterns
                .iter()
                .map(|pattern| match pattern {
                    RolePattern::Role(role) => knowledge.roles[*role].name.to_string(),
                    RolePattern::Authority(authority) => format!("any role of {authority}"),
                })
                .collect();
            format!("the role is {}", list(&patterns, "or"))
        }
        Condition::All(parts) => all(parts, "and"),
        Condition::Any(parts) => all(parts, "or"),
        Condition::Not(part) => format!("not ({})", self::condition(knowledge, part)),
    }
}

/// `a, b or c`.
pub(super) fn list(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// `1 claim`, `2 claims`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// With a small letter, unless the first word is a name.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let is_name = text
        .split(' ')
        .next()
        .is_some_and(|word| word.chars().skip(1).any(char::is_uppercase));
    match letters.next() {
        Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{from, list, until};
    use crate::model::Boundary;

    #[test]
    fn dates_are_said_as_they_are_written() {
        let cases = [
            ("2021-H2", "from 2021-H2", "until 2021-H2"),
            (
                "by 2023-08-03",
                "by 2023-08-03",
                "until some day by 2023-08-03",
            ),
            ("unknown", "from an unknown day", "until an unknown day"),
        ];
        for (written, beginning, end) in cases {
            let boundary = Boundary::parse(written).unwrap();
            assert_eq!(from(&boundary), beginning);
            assert_eq!(until(&boundary), end);
        }
    }

    #[test]
    fn the_last_of_a_list_is_joined_by_the_word() {
        let words = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(list(&words, "or"), "a, b or c");
        assert_eq!(list(&words[..1], "or"), "a");
    }
}
