//! A change of licenses: what is lost, kept and gained, what follows from it, and what it costs.

use crate::command_line::{licit, on_small_data};
use serde_json::Value;

fn json(arguments: &[&str]) -> (u8, Value) {
    let run = licit(&[&["what-if"], arguments, &["--format", "json"]].concat());
    let answer = serde_json::from_str(&run.answer).expect(&run.messages);
    (run.code, answer)
}

fn effect<'v>(what_if: &'v Value, task: &str) -> &'v Value {
    let changes = what_if["changes"].as_array().unwrap();
    let mut changes = changes.iter();
    changes
        .find(|change| change["subject"]["id"] == task)
        .unwrap()
}

/// Microsoft's licensing page of PIM (2026-05-05): when P2 or Governance expires, eligible assignments are removed.
/// Conditional Access needs P1, which E3 has. E5 costs 60 and E3 39 dollars from July 2026 on.
#[test]
fn leaving_e5_for_e3_ends_eligible_assignments_and_keeps_conditional_access() {
    let (code, what_if) = json(&[
        "--drop",
        "SPE_E5",
        "--add",
        "SPE_E3",
        "--on",
        "2027-03-01",
        "--eligible",
        "--feature",
        "conditional-access",
    ]);
    assert_eq!(code, 1);
    let pim = effect(&what_if, "pim.hold-eligible-assignment");
    assert_eq!(pim["effect"], "lost");
    let works = &pim["consequences"][0];
    assert_eq!(works["aspect"], "works");
    assert_eq!(
        works["claims"][0],
        "pim-eligible-works-p2-or-governance-2023"
    );
    assert_eq!(
        effect(&what_if, "conditional-access.be-covered")["effect"],
        "kept"
    );
    assert_eq!(what_if["cost_before"]["total"], "60.00");
    assert_eq!(what_if["cost_after"]["total"], "39.00");
    let text = licit(&[
        "what-if",
        "--drop",
        "SPE_E5",
        "--add",
        "SPE_E3",
        "--eligible",
        "--feature",
        "pim",
    ])
    .answer;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("eligible role assignments are removed"),
        "{text}"
    );
    assert!(text.contains("Lost, and the service stops"), "{text}");
}

#[test]
fn the_other_way_round_everything_is_gained_and_nothing_lost() {
    let (code, what_if) = json(&[
        "--add",
        "SPE_E5",
        "--held",
        "SPE_E3",
        "--eligible",
        "--feature",
        "conditional-access",
    ]);
    assert_eq!(code, 0);
    assert_eq!(
        effect(&what_if, "pim.hold-eligible-assignment")["effect"],
        "gained"
    );
    assert_eq!(
        effect(&what_if, "conditional-access.be-covered")["effect"],
        "kept"
    );
    assert_eq!(what_if["to_lose_nothing"], Value::Null);
}

/// A renewed seat keeps its price; one that is bought is a new one. E3 cost 36 dollars in June 2026.
#[test]
fn kept_seats_keep_their_price_and_added_ones_are_new() {
    let (_, what_if) = json(&[
        "--add",
        "AAD_PREMIUM_P2",
        "--held",
        "SPE_E3",
        "--renewed-on",
        "2026-06-15",
        "--on",
        "2026-11-22",
        "--prices",
        "tests/data/prices/agreement.csv",
        "--feature",
        "pim",
    ]);
    assert_eq!(what_if["cost_before"]["total"], "36.00");
    assert_eq!(what_if["cost_after"]["total"], "43.80");
    let added = &what_if["cost_after"]["skus"][0];
    assert_eq!(
        (&added["id"], &added["own_price"]["line"]),
        (&"AAD_PREMIUM_P2".into(), &2.into())
    );
}

/// Without subjects it is about the tasks that ask for what the SKUs bring, and about no other.
#[test]
fn without_a_subject_it_is_about_what_the_change_may_touch() {
    let run = on_small_data(&[
        "what-if", "--drop", "SPE_E5", "--add", "SPE_E3", "--format", "json",
    ]);
    let what_if: Value = serde_json::from_str(&run.answer).unwrap();
    let found: Vec<(&str, &str)> = what_if["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            (
                change["subject"]["id"].as_str().unwrap(),
                change["effect"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("intune.use-admin-center", "kept"),
            ("pim.approve", "lost"),
            ("pim.hold-eligible-assignment", "lost"),
        ]
    );
    assert_eq!(
        what_if["to_lose_nothing"]["skus"][0]["id"],
        "AAD_PREMIUM_P2"
    );
    assert_eq!(run.code, 1);
}

/// What a change does to a need is what `ask` says before and after.
#[test]
fn both_sides_are_what_ask_says() {
    let subjects = [
        "--role",
        "Security Administrator",
        "--eligible",
        "--feature",
        "safe-links",
        "--task",
        "pim.approve",
    ];
    let (_, what_if) = json(&[&["--drop", "SPE_E5", "--add", "EMS"], &subjects[..]].concat());
    for (side, held) in [("before", "SPE_E5"), ("after", "EMS")] {
        let run = licit(&[&["ask", "--held", held, "--format", "json"], &subjects[..]].concat());
        let answer: Value = serde_json::from_str(&run.answer).unwrap();
        for need in answer["needs"].as_array().unwrap() {
            let change = effect(&what_if, need["subject"]["id"].as_str().unwrap());
            for key in ["verdict", "satisfied", "requirement", "missing"] {
                assert_eq!(
                    change[side][key], need[key],
                    "{side} {key}: {}",
                    need["subject"]["id"]
                );
            }
        }
    }
}

#[test]
fn what_cannot_be_meant_is_told_in_one_run() {
    for (arguments, told) in [
        (&[][..], "nothing changes"),
        (
            &["--drop", "SPE_E3", "--add", "SPE_E3"],
            "`SPE_E3` is both dropped and added",
        ),
        (&["--drop", "SPE_E4"], "--drop: no SKU is called `SPE_E4`"),
        (
            &["--add", "SPE_E3", "--renewed-on", "2100-01-01"],
            "lies after the day asked about",
        ),
        (
            &["--add", "SPE_E3", "--renewed-on", "May"],
            "`--renewed-on May` is not a day",
        ),
        (&["--add", "SPE_E3", "zeppelin"], "is called `zeppelin`"),
        (
            &["--add", "Office 365 A1 for faculty"],
            "--add: 2 SKUs are called",
        ),
    ] {
        let run = on_small_data(&[&["what-if"], arguments].concat());
        assert_eq!(run.code, 2);
        assert!(run.messages.contains(told), "{told}: {}", run.messages);
    }
    let run = on_small_data(&[
        "what-if", "--drop", "SPE_E4", "--add", "SPE_E4", "--on", "May", "--format", "jsn",
    ]);
    assert_eq!(
        run.messages.matches("error:").count(),
        4,
        "{}",
        run.messages
    );
}

#[test]
fn lines_of_a_change_keep_to_the_width() {
    let run = licit(&["what-if", "--drop", "POWER_BI_PRO", "--held", "SPE_E3"]);
    for line in run.answer.lines() {
        assert!(
            line.chars().count() <= 80 || line.split_whitespace().count() <= 2,
            "{line}"
        );
    }
}
