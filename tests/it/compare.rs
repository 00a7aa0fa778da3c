//! Sets of SKUs side by side: the marks, what is flagged, and what cannot be compared.

use crate::command_line::{licit, on_small_data};
use crate::common::knowledge;
use serde_json::Value;
use std::collections::BTreeMap;

fn compared(arguments: &[&str]) -> Value {
    let run = licit(&[&["compare"], arguments, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.messages);
    serde_json::from_str(&run.answer).unwrap()
}

/// The marks of each row, by id.
fn marks(comparison: &Value) -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = comparison["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let marks = row["marks"].as_array().unwrap().iter();
        (
            text(&row["id"]),
            marks.map(|mark| text(&mark["mark"])).collect(),
        )
    })
    .collect()
}

/// What the vendor's pages say, see data/entra and data/defender: P2 and with it PIM and risk-based Conditional Access come
/// with E5 and with EMS E5, Defender for Identity with both.
#[test]
fn features_are_where_the_sources_put_them() {
    let sets = ["SPE_E3", "SPE_E5", "SPE_E3+EMSPREMIUM"];
    let today = marks(&compared(&[&sets[..], &["--on", "2026-11-22"]].concat()));
    assert_eq!(today["pim"], ["no", "yes", "yes"]);
    assert_eq!(today["risk-based-conditional-access"], ["no", "yes", "yes"]);
    assert_eq!(today["defender-for-identity"], ["no", "yes", "yes"]);
    assert_eq!(today["conditional-access"], ["yes", "yes", "yes"]);
    assert_eq!(today["power-bi-pro"], ["no", "yes", "no"]);
    // Whether Plan 1 came to E3 in January, in May or in July 2026 is in dispute; in 2025 it was not there.
    let on = |day: &str| marks(&compared(&[&sets[..], &["--on", day]].concat()));
    assert_eq!(on("2025-06-01")["safe-links"], ["no", "yes", "no"]);
    assert_eq!(
        on("2026-05-01")["safe-links"],
        ["contested", "yes", "contested"]
    );
    assert_eq!(today["safe-links"], ["yes", "yes", "yes"]);
}

/// Asked about roles and tasks, a mark is what `ask` says of an account that holds the set.
#[test]
fn a_mark_of_a_need_is_what_ask_says() {
    let subjects = [
        "--role",
        "Security Administrator",
        "--role",
        "Intune Administrator",
        "--eligible",
        "--task",
        "pim.approve",
        "--feature",
        "safe-links",
        "--feature",
        "audit-premium",
    ];
    let sets = ["SPE_E3", "SPE_E5", "EMS"];
    let comparison = marks(&compared(&[&sets[..], &subjects].concat()));
    for (place, set) in sets.iter().enumerate() {
        let run = licit(&[&["ask", "--held", set, "--format", "json"], &subjects[..]].concat());
        let answer: Value = serde_json::from_str(&run.answer).unwrap();
        let needs = answer["needs"].as_array().unwrap();
        assert_eq!(needs.len(), comparison.len());
        for need in needs {
            let expected = match (
                need["verdict"].as_str().unwrap(),
                need["satisfied"].as_str().unwrap(),
            ) {
                ("unavailable", _) => "unavailable",
                ("not-required", _) => "not-required",
                ("not-stated", _) => "unknown",
                (_, "yes") => "yes",
                ("contested", _) => "contested",
                (_, "no") => "no",
                _ => "unknown",
            };
            let id = need["subject"]["id"].as_str().unwrap();
            assert_eq!(comparison[id][place], expected, "{set}: {id}");
        }
    }
}

#[test]
fn what_to_know_before_buying_is_flagged() {
    let knowledge = knowledge();
    assert!(knowledge.claims.find("business-plans-300-users").is_some());
    let comparison = compared(&["SPB", "SPE_F1", "SPE_E3"]);
    let cautions = |place: usize| comparison["sets"][place]["cautions"].clone();
    assert_eq!(cautions(0)[0]["kind"], "seat-limit");
    assert_eq!(cautions(0)[0]["at_most"], 300);
    assert_eq!(cautions(1)[0]["kind"], "frontline");
    assert_eq!(cautions(2), Value::Array(Vec::new()));
    let run = on_small_data(&[
        "compare",
        "SPE_F1",
        "AAD_PREMIUM_P2",
        "FACULTY_2",
        "--on",
        "2026-01-01",
    ]);
    for told in [
        "nobody says what SPE_F1 carries",
        "at most 300 seats in a tenant [frontline-seats]",
        "which is missing [entra-p2-needs-something]",
        "for education buyers only",
        "is not sold that day",
    ] {
        assert!(run.answer.contains(told), "{told}:\n{}", run.answer);
    }
    let run = on_small_data(&["compare", "SPE_F1", "AAD_PREMIUM_P2", "--format", "json"]);
    let comparison = marks(&serde_json::from_str(&run.answer).unwrap());
    assert_eq!(comparison["pim"], ["unknown", "yes"]);
}

#[test]
fn what_is_held_counts_in_every_set_and_costs_nothing() {
    let comparison = compared(&["AAD_PREMIUM_P2", "EMSPREMIUM", "--held", "SPE_E3"]);
    let all = marks(&comparison);
    assert_eq!(all["conditional-access"], ["yes", "yes"]);
    assert_eq!(all["litigation-hold"], ["yes", "yes"]);
    assert_eq!(comparison["sets"][0]["skus"].as_array().unwrap().len(), 1);
    assert_eq!(comparison["sets"][0]["total"], "9.00");
}

#[test]
fn lines_of_a_comparison_keep_to_the_width() {
    for arguments in [
        &["SPB", "SPE_E3", "SPE_E5", "SPE_E3+EMSPREMIUM", "--plans"][..],
        &["SPE_E3", "SPE_E5"],
    ] {
        let run = licit(&[&["compare"], arguments].concat());
        for line in run.answer.lines() {
            assert!(
                line.chars().count() <= 80 || line.split_whitespace().count() <= 2,
                "{line}"
            );
        }
    }
}

#[test]
fn what_cannot_be_compared_is_told_in_one_run() {
    let run = on_small_data(&[
        "compare",
        "SPE_E3 + SPE_E4",
        "Office 365 A1 for faculty",
        "--role",
        "nobody",
        "--on",
        "May",
        "--format",
        "cvs",
    ]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.messages.matches("error:").count(),
        5,
        "{}",
        run.messages
    );
    let many: Vec<String> = (0..13).map(|_| "SPE_E3".to_owned()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let run = on_small_data(&[&["compare"], &many[..]].concat());
    assert!(run.messages.contains("one set alone"), "{}", run.messages);
    let run = on_small_data(&["compare", "SPE_E5"]);
    assert!((run.code, run.messages.contains("one set alone")) == (2, true));
}
