//! Saved questions, and the same question asked twice.

use super::{KNOWLEDGE, day};
use crate::command_line::licit;
use crate::small::small;
use licit::dataset::{SourceMap, report};
use licit::files::read_questions;
use licit::model::{Reading, SavedQuestion};
use serde_json::Value;

const MINE: &str = "tests/data/questions/mine.toml";

fn read(text: &str) -> (Option<Vec<SavedQuestion>>, String) {
    let sources = SourceMap::from_texts([("mine.toml", text)]);
    let today = day("2026-11-22");
    let read = read_questions(sources, Vec::new(), &small(), today, today);
    (read.questions, report(&read.sources, &read.problems, false))
}

#[test]
fn questions_are_read_with_what_they_share() {
    let (questions, report) = read(
        r#"
reading = "cautious"

[givens]
tenant.created = 2018-05-02

[[question]]
name = "Devices"
roles = "Intune admin"

[[question]]
name = "Identity"
features = ["Privileged Identity Management"]
reading = "technical"
held = ["SPE_E3"]
owned = { AAD_PREMIUM_P2 = 3 }
eligible = true
"#,
    );
    assert_eq!(report, "");
    let questions = questions.unwrap();
    let [devices, identity] = questions.as_slice() else {
        panic!("{questions:?}")
    };
    assert_eq!(devices.name, "Devices");
    assert_eq!(devices.question.reading, Reading::Cautious);
    assert_eq!(identity.question.reading, Reading::Technical);
    assert_eq!(devices.question.givens, identity.question.givens);
    assert_eq!(devices.question.givens.len(), 1);
    assert!(identity.question.eligible && identity.question.owned.len() == 1);
}

/// Every problem of one file is told in one run, each at its line.
#[test]
fn everything_wrong_is_told_at_once() {
    let (questions, report) = read(
        r#"
reading = "strict"
surprise = 1

[[question]]
roles = ["Zeppelin pilot"]

[[question]]
name = "Twice"
tasks = ["pim.approve"]
givens = { "tenant.cloud" = "nowhere" }

[[question]]
name = "Twice"
"#,
    );
    assert!(questions.is_none());
    for (line, problem) in [
        (2, "strict"),
        (3, "surprise"),
        (5, "name"),
        (6, "Zeppelin pilot"),
        (11, "nowhere"),
        (14, "Twice"),
        (13, "asks about nothing"),
    ] {
        assert!(
            report.contains(&format!("mine.toml:{line}:")),
            "line {line}:\n{report}"
        );
        assert!(report.contains(problem), "{problem}:\n{report}");
    }
}

fn diff(words: &[&str]) -> Value {
    let run = licit(&[&["diff"], words, &["--format", "json"]].concat());
    serde_json::from_str(&run.answer).expect(&run.messages)
}

/// On 2 April 2020 the end of basic authentication was told for October, on the 3rd for the second half of 2021.
#[test]
fn what_became_known_between_two_days_is_the_reason() {
    let answer = diff(&[
        "basic-auth-pop",
        "--from",
        "2021-01-15",
        "--to",
        "2021-01-15",
        "--known-from",
        "2020-04-02",
        "--known-to",
        "2020-04-03",
    ]);
    let one = &answer["questions"][0];
    assert_eq!(one["before"]["verdict"], "unavailable");
    assert_ne!(one["after"]["verdict"], "unavailable");
    let change = &one["changes"][0];
    assert_eq!(
        (&change["axis"], &change["on"]),
        (&"known".into(), &"2020-04-03".into())
    );
    let because = change["because"].as_array().unwrap();
    assert!(
        because
            .iter()
            .any(|one| one["claim"] == "basic-auth-pop-retired-2021-h2"),
        "{change}"
    );
}

#[test]
fn a_team_is_as_good_as_a_file_of_questions() {
    let team = diff(&["tests/data/team/contoso.toml", "--from", "2024-01-01"]);
    assert!(team["total"].as_u64().unwrap() >= 1);
    let both = licit(&[
        "diff",
        MINE,
        "--from",
        "2024-01-01",
        "--held",
        "SPE_E3",
        "--role",
        "x",
    ]);
    assert_eq!(both.code, 2);
    assert!(
        both.messages.contains("--held") && both.messages.contains("--role"),
        "{}",
        both.messages
    );
}

/// Two versions of the data: the second no longer knows that Intune takes administrators without a license.
#[test]
fn two_versions_of_the_data_are_compared_by_what_is_written() {
    let folder = crate::small::FOLDER;
    let same = licit(&[
        "diff",
        "pim.approve",
        "--data-from",
        folder,
        "--data",
        folder,
        "--no-builtin",
        "--fail-on-change",
    ]);
    assert_eq!(same.code, 0, "{}{}", same.answer, same.messages);
    let older = diff(&["--task", "pim.approve", "--data-from", folder]);
    assert_eq!(older["total"], 1);
    let versions = [&older["from"]["data_version"], &older["to"]["data_version"]];
    assert_eq!(versions[1], KNOWLEDGE.meta.version.as_str());
    assert_ne!(versions[0], versions[1]);
    let claims = &older["questions"][0]["claims"];
    assert!(
        claims["only_after"].as_array().unwrap().len()
            + claims["changed"].as_array().unwrap().len()
            > 0,
        "{claims}"
    );
}

fn ask(words: &[&str]) -> Value {
    let run = licit(&[&["ask"], words, &["--format", "json"]].concat());
    serde_json::from_str(&run.answer).expect(&run.messages)
}

/// On 2 April 2020 one was told that POP would be closed in January 2021. It was not.
#[test]
fn an_answer_tells_what_was_told_then_and_what_is_known_now() {
    let then = ask(&[
        "basic-auth-pop",
        "--on",
        "2021-01-15",
        "--known",
        "2020-04-02",
    ]);
    assert_eq!(then["verdict"], "unavailable");
    let hindsight = &then["hindsight"];
    assert_eq!(hindsight["known"], "2026-11-22");
    assert_ne!(hindsight["verdict"], "unavailable");
    assert_eq!(hindsight["differences"][0], "verdict");
    assert_eq!(ask(&["basic-auth-pop"])["hindsight"], Value::Null);
}

/// What is announced is told, and is no part of the answer.
#[test]
fn an_answer_tells_what_is_announced() {
    let answer = ask(&["basic-auth-smtp-auth"]);
    let announced = answer["announced"].as_array().unwrap();
    let ids: Vec<&str> = announced
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "basic-auth-smtp-auth-default-off-2026-12",
            "basic-auth-smtp-auth-new-tenants-off",
            "basic-auth-smtp-auth-retired-after-2027-06",
        ]
    );
}

#[test]
fn an_answer_tells_the_state_of_its_day_where_it_is_open() {
    // Tenants that did not use POP had it turned off from 2021-02-05 on (Exchange Team, February 2021); the others kept it.
    let said = licit(&["ask", "basic-auth-pop", "--on", "2021-06-01"]).answer;
    let words: Vec<&str> = said.split_whitespace().collect();
    let words = words.join(" ");
    for state in [
        "State off unless an administrator turns it on",
        "(basic-auth-pop-unused-off-2021) or available",
    ] {
        assert!(words.contains(state), "{state}: {said}");
    }
    let answer = ask(&["basic-auth-pop", "--on", "2021-06-01"]);
    let states = answer["needs"][0]["states"].as_array().unwrap();
    let words: Vec<&str> = states
        .iter()
        .map(|state| state["state"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["default-off", "available"]);
    // Why something is unavailable stands in its verdict.
    let said = licit(&["ask", "basic-auth-pop", "--on", "2024-01-01"]).answer;
    assert!(!said.contains("  State"), "{said}");
}

#[test]
fn a_word_for_several_features_asks_about_all_and_counts_what_differs() {
    let run = licit(&["ask", "basic authentication", "--on", "2026-11-22"]);
    assert_eq!(run.code, 0, "{}", run.messages);
    let head = run.answer.split("\n\n").next().unwrap_or_default();
    let head: Vec<&str> = head.split_whitespace().collect();
    assert!(
        head.join(" ").ends_with(
            "unavailable, no license opens it for 8 of 9; not stated by any source for 1"
        ),
        "{}",
        run.answer
    );
    assert!(
        run.messages.contains("is taken as all that are called so"),
        "{}",
        run.messages
    );
}

#[test]
fn an_answer_that_finds_nothing_says_what_was_meant() {
    let said = licit(&["ask", "m365.administer"]).answer;
    assert!(said.contains("Ask about a role or a product"), "{said}");
    let said = licit(&["ask", "pim.hold-eligible-assignment"]).answer;
    assert!(!said.contains("  Meant "), "{said}");
}

#[test]
fn the_age_of_a_source_is_told_after_a_quarter_of_a_year_and_of_days_ahead_at_once() {
    for (on, known, is_told) in [
        ("2026-12-24", "2026-12-24", false),
        ("2027-06-24", "2027-06-24", true),
        ("2026-12-24", "2026-11-24", true),
    ] {
        let asked = [
            "ask",
            "pim.hold-eligible-assignment",
            "--on",
            on,
            "--known",
            known,
        ];
        let said = licit(&asked).answer;
        assert_eq!(said.contains("reaches beyond"), is_told, "{on}: {said}");
    }
}

#[test]
fn an_answer_without_a_source_for_its_day_says_so() {
    for (on, says) in [
        ("2013-01-01", Some("nothing contradicts it")),
        ("2020-01-01", None),
        ("2035-01-01", Some("reaches beyond")),
    ] {
        let run = licit(&["ask", "pim.hold-eligible-assignment", "--on", on]);
        let said = ["nothing contradicts it", "reaches beyond"];
        let found = said.into_iter().find(|words| run.answer.contains(words));
        assert_eq!(found, says, "{on}: {}", run.answer);
    }
}
