//! Changes of a stretch of days: what is told, what is left out, and what becomes of one's own questions.

use super::{KNOWLEDGE, day};
use crate::command_line::licit;
use licit::model::EventKind;
use licit::reason::{Window, events};
use serde_json::Value;

const MINE: &str = "tests/data/questions/mine.toml";

fn told(since: &str, until: &str, known: &str) -> Vec<(String, EventKind, String)> {
    let window = Window {
        since: day(since),
        until: day(until),
        known: day(known),
    };
    let knowledge = &*KNOWLEDGE;
    let events = events(knowledge, window).into_iter();
    events
        .map(|event| {
            (
                event.at.to_string(),
                event.kind,
                knowledge.claims[event.claim].id.to_string(),
            )
        })
        .collect()
}

fn has(told: &[(String, EventKind, String)], at: &str, kind: EventKind, claim: &str) -> bool {
    told.contains(&(at.to_owned(), kind, claim.to_owned()))
}

/// The post of 27 January 2026 put SMTP AUTH off and told of two later steps.
#[test]
fn the_news_of_january_2026() {
    let told = told("2026-01-01", "2026-01-31", "2026-11-22");
    let claim = "basic-auth-smtp-auth-retired-after-2027-06";
    assert!(
        has(&told, "2026-01-27", EventKind::Postponed, claim),
        "{told:?}"
    );
    let step = "basic-auth-smtp-auth-default-off-2026-12";
    assert!(
        has(&told, "2026-01-27", EventKind::Announced, step),
        "{told:?}"
    );
    assert!(
        !told
            .iter()
            .any(|(_, kind, id)| id == step && *kind == EventKind::Began)
    );
}

/// What was taken back before the day of the question did not happen; that it was told, did.
#[test]
fn a_date_that_was_put_off_is_no_event() {
    let hindsight = told("2020-10-01", "2020-10-31", "2026-11-22");
    assert!(
        !hindsight
            .iter()
            .any(|(_, _, id)| id == "basic-auth-pop-retired-2020-10-13"),
        "{hindsight:?}"
    );
    let then = told("2020-10-01", "2020-10-31", "2020-03-01");
    assert!(
        has(
            &then,
            "2020-10-13",
            EventKind::Ended,
            "basic-auth-pop-retired-2020-10-13"
        ),
        "{then:?}"
    );
    let april = told("2020-04-01", "2020-04-30", "2026-11-22");
    assert!(
        has(
            &april,
            "2020-04-03",
            EventKind::Postponed,
            "basic-auth-pop-retired-2021-h2"
        ),
        "{april:?}"
    );
}

/// A planner sees the end of 2026 in a calendar, as the whole month that was told.
#[test]
fn the_calendar_spans_what_is_imprecise_and_leaves_out_what_has_no_end() {
    let run = licit(&[
        "changes",
        "--since",
        "2026-11-22",
        "--area",
        "exchange",
        "--format",
        "ics",
    ]);
    let unfolded = run.answer.replace("\r\n ", "");
    let entry = unfolded
        .split("BEGIN:VEVENT")
        .find(|entry| entry.contains("UID:basic-auth-smtp-auth-default-off-2026-12."));
    let entry = entry.expect(&unfolded);
    assert!(
        entry.contains("DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20270101\r\n"),
        "{entry}"
    );
    assert!(
        entry.contains("2026-12") && entry.contains("SMTP AUTH"),
        "{entry}"
    );
    // "After 2027-06-30" has no last day.
    assert!(!unfolded.contains("retired-after-2027-06"), "{unfolded}");
    assert!(run.answer.lines().all(|line| line.len() <= 76));
    assert!(
        run.answer.starts_with("BEGIN:VCALENDAR\r\n") && run.answer.ends_with("END:VCALENDAR\r\n")
    );
}

#[test]
fn ones_own_questions_are_asked_again() {
    let line = [
        "changes",
        "--since",
        "2022-09-01",
        "--until",
        "2023-03-01",
        "--affects",
        MINE,
    ];
    let run = licit(&[&line[..], &["--format", "json"]].concat());
    let answer: Value = serde_json::from_str(&run.answer).expect(&run.messages);
    let questions = &answer["questions"];
    assert_eq!(questions["total"], 4);
    let named = questions["questions"].as_array().unwrap();
    let old_mail = named
        .iter()
        .find(|one| one["name"] == "Old mail program")
        .unwrap();
    assert_eq!(old_mail["differs"], true);
    assert_eq!(old_mail["now"]["verdict"], "unavailable");
    let text = licit(&line).answer;
    let differing = questions["differing"].as_u64().unwrap();
    assert!(text.contains("of your 4 questions now differ"), "{text}");
    assert!(differing >= 1);
    assert_eq!(licit(&[&line[..], &["--fail-on-change"]].concat()).code, 1);
    let quiet = [
        "changes",
        "--since",
        "2026-11-21",
        "--until",
        "2026-11-22",
        "--affects",
        MINE,
        "--fail-on-change",
    ];
    assert_eq!(licit(&quiet).code, 0);
}

#[test]
fn mistakes_are_told_together() {
    let run = licit(&[
        "changes",
        "--until",
        "soon",
        "--area",
        "zeppelins",
        "--format",
        "pdf",
    ]);
    assert_eq!(run.code, 2);
    for mistake in ["since when", "--until soon", "zeppelins", "--format pdf"] {
        assert!(
            run.messages.contains(mistake),
            "{mistake}: {}",
            run.messages
        );
    }
}
