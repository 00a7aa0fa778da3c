//! The command line that gives an answer again.

use super::answer_json::named;
use crate::dataset::KnowledgeBase;
use crate::model::{Asked, Currency, Day, Question, Reading, Segment, Team};
use crate::tenant::audit::Circumstances;

/// `licit ask ...` for a question. Days that are today are left out, as is everything that holds unless said otherwise.
pub fn ask_line(knowledge: &KnowledgeBase, verb: &str, question: &Question, today: Day) -> String {
    let mut line = format!("licit {verb}");
    let mut add = |flag: &str, value: &str| {
        line.push_str(&format!(" {flag} {}", quoted(value)));
    };
    let mut bare: Vec<String> = Vec::new();
    for asked in &question.subjects {
        let thing = named(*asked);
        let written = knowledge.written(thing);
        let id = written
            .split_once(':')
            .map_or(written.as_str(), |(_, id)| id);
        match asked {
            Asked::Role(_) => add("--role", id),
            Asked::Feature(_) => add("--feature", id),
            Asked::Task(_) => add("--task", id),
            Asked::Sku(_) => bare.push(written),
        }
    }
    for (given, value) in &question.givens {
        add(
            "--given",
            &format!("{}={value}", knowledge.givens[*given].id),
        );
    }
    for sku in &question.held {
        add("--held", knowledge.skus[*sku].id.as_str());
    }
    for sku in &question.held_elsewhere {
        add("--held-elsewhere", knowledge.skus[*sku].id.as_str());
    }
    for (sku, seats) in &question.owned {
        add("--owned", &format!("{}={seats}", knowledge.skus[*sku].id));
    }
    if question.reading != Reading::Documented {
        add("--reading", question.reading.word());
    }
    if question.segment != Segment::Commercial {
        add("--segment", question.segment.word());
    }
    if question.currency != Currency::us_dollar() {
        add("--currency", question.currency.code());
    }
    if question.eligible {
        line.push_str(" --eligible");
    }
    for written in bare {
        line.push_str(&format!(" {}", quoted(&written)));
    }
    line + &days(question.on, question.known, today)
}

/// `licit audit ...` of these exports, as they were typed, in these circumstances.
pub fn audit_line(
    knowledge: &KnowledgeBase,
    exports: &str,
    circumstances: &Circumstances,
    hides_names: bool,
    today: Day,
) -> String {
    let mut line = format!("licit audit {exports}");
    let mut add = |flag: &str, value: &str| {
        line.push_str(&format!(" {flag} {}", quoted(value)));
    };
    for (given, value) in &circumstances.givens {
        add(
            "--given",
            &format!("{}={value}", knowledge.givens[*given].id),
        );
    }
    if circumstances.reading != Reading::Documented {
        add("--reading", circumstances.reading.word());
    }
    if circumstances.segment != Segment::Commercial {
        add("--segment", circumstances.segment.word());
    }
    if circumstances.currency != Currency::us_dollar() {
        add("--currency", circumstances.currency.code());
    }
    if hides_names {
        line.push_str(" --pseudonymize");
    }
    line + &days(circumstances.on, circumstances.known, today)
}

/// `--on` and `--known` of a team, where they are not today.
pub fn day_flags(team: &Team, today: Day) -> String {
    days(team.on, team.known, today)
}

fn days(on: Day, known: Day, today: Day) -> String {
    let mut flags = String::new();
    if on != today {
        flags.push_str(&format!(" --on {on}"));
    }
    if known != today {
        flags.push_str(&format!(" --known {known}"));
    }
    flags
}

/// A word as a shell takes it: in single quotation marks where it holds anything that a shell may read otherwise.
///
/// ```
/// use licit::render::quoted;
/// assert_eq!(quoted("SPE_E3"), "SPE_E3");
/// assert_eq!(quoted("tenant.created=by 2018-05"), "'tenant.created=by 2018-05'");
/// assert_eq!(quoted("it's"), r"'it'\''s'");
/// ```
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.=:/,+@".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
