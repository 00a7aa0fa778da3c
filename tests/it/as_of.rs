//! How things stood and what they were called, seen from two days, on the small data set.

use crate::small::small;
use licit::dataset::KnowledgeBase;
use licit::graph::AsOf;
use licit::model::{Day, Named, Subject};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The names on a day, doubtful ones with a question mark.
fn names(knowledge: &KnowledgeBase, of: Named, on: &str) -> Vec<String> {
    let as_of = AsOf::new(knowledge, day(on), day("2026-11-22"));
    let names = as_of.names(of);
    names
        .iter()
        .map(|name| format!("{}{}", name.name, if name.surely { "" } else { "?" }))
        .collect()
}

#[test]
fn a_thing_is_called_what_it_was_called_that_day() {
    let knowledge = small();
    let atp = Named::Feature(knowledge.features.find("defender-for-office-365").unwrap());
    for (on, expected) in [
        ("2015-06-01", &["Microsoft Defender for Office 365"][..]),
        ("2016-06-01", &["Office 365 ATP?"]),
        ("2018-01-01", &["Office 365 ATP"]),
        (
            "2020-09-15",
            &["Microsoft Defender for Office 365?", "Office 365 ATP?"],
        ),
        ("2020-10-01", &["Microsoft Defender for Office 365"]),
    ] {
        assert_eq!(names(&knowledge, atp, on), expected, "{on}");
    }
}

/// The states on a day as known on another, each with how its claim stands.
fn states(knowledge: &KnowledgeBase, on: &str, known: &str) -> Vec<String> {
    let pop = Subject::Feature(knowledge.features.find("basic-auth-pop").unwrap());
    let as_of = AsOf::new(knowledge, day(on), day(known));
    let states = as_of.states(pop);
    states
        .iter()
        .map(|state| format!("{} {}", state.state, state.status.word()))
        .collect()
}

#[test]
fn a_state_lasts_until_the_next_begins_as_far_as_was_known() {
    let knowledge = small();
    for (on, known, expected) in [
        ("2020-06-01", "2020-01-01", &["available in-force"][..]),
        ("2020-11-01", "2020-01-01", &["retired in-force"]),
        ("2020-11-01", "2020-05-15", &["available in-force"]),
        (
            "2021-09-01",
            "2020-05-15",
            &["retired perhaps", "available in-force"],
        ),
        ("2022-01-01", "2020-05-15", &["retired in-force"]),
        ("2022-01-01", "2026-11-22", &["on-hold in-force"]),
        (
            "2022-11-01",
            "2026-11-22",
            &["retired perhaps", "on-hold in-force"],
        ),
        ("2023-02-01", "2026-11-22", &["retired in-force"]),
        ("2017-01-01", "2026-11-22", &["available unattested"]),
    ] {
        assert_eq!(
            states(&knowledge, on, known),
            expected,
            "on {on}, known {known}"
        );
    }
}

#[test]
fn every_way_in_which_a_claim_can_stand_has_its_word() {
    let knowledge = small();
    for (claim, on, known, word) in [
        ("pim-needs-p2", "2026-11-22", "2026-11-22", "in-force"),
        ("pim-needs-p2", "2020-01-01", "2026-11-22", "unattested"),
        (
            "intune-role-needs-license",
            "2026-11-22",
            "2026-11-22",
            "perhaps",
        ),
        (
            "intune-admin-switch",
            "2020-06-14",
            "2026-11-22",
            "not-begun",
        ),
        (
            "intune-admin-switch",
            "2026-11-22",
            "2020-06-17",
            "not-known",
        ),
        (
            "outbound-spam-policy-change-2022",
            "2025-03-01",
            "2026-11-22",
            "ended",
        ),
        (
            "outbound-spam-policy-change-2022",
            "2025-01-01",
            "2026-11-22",
            "perhaps",
        ),
        (
            "basic-auth-pop-available",
            "2026-11-22",
            "2026-11-22",
            "followed",
        ),
        (
            "basic-auth-pop-end-2020",
            "2026-11-22",
            "2020-04-03",
            "replaced",
        ),
        (
            "basic-auth-pop-end-2020",
            "2026-11-22",
            "2020-04-02",
            "in-force",
        ),
    ] {
        let as_of = AsOf::new(&knowledge, day(on), day(known));
        let status = as_of.status(knowledge.claims.find(claim).unwrap());
        assert_eq!(status.word(), word, "{claim} on {on}, known {known}");
    }
}
