//! The screen Audit: what an admin does with the exports of a tenant, key by key, on the invented one.

use super::drive::{Drive, KNOWLEDGE};
use crate::command_line::licit;
use licit::model::{AuditVerdict, FindingKind, GivenValue};
use licit::tui::{Context, Effect, Job, Message, Pane, Screen, Sort, Target};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What every account of the invented tenant has in the name that it signs in with.
pub(super) const NAMED: &str = "woodgrove.example";

/// The screen with the invented tenant.
pub(super) fn demo(width: u16, height: u16) -> Drive {
    let mut drive = Drive::new(width, height);
    drive.press("Esc 5 I");
    assert_eq!(drive.model.screen, Screen::Audit);
    assert!(drive.model.judged().is_some());
    drive
}

/// Marks the first finding of a kind.
pub(super) fn mark(drive: &mut Drive, kind: FindingKind) {
    let rows = drive.model.rows(Pane::Findings);
    let place = rows.iter().position(|row| row.text().contains(kind.word()));
    drive.send(Message::Mark(Some(Pane::Findings), place.unwrap()));
}

pub(super) fn marked(drive: &Drive) -> Option<Target> {
    drive.model.target_of(Pane::Findings)
}

pub(super) fn texts(drive: &Drive, pane: Pane) -> String {
    let rows = drive.model.rows(pane);
    rows.iter().map(|row| row.text() + "\n").collect()
}

/// Everything that the screen can say at once, in whatever size.
fn all_text(drive: &Drive) -> String {
    let panes = [
        Pane::Findings,
        Pane::Finding,
        Pane::Files,
        Pane::Totals,
        Pane::Page,
    ];
    panes.map(|pane| texts(drive, pane)).concat() + &drive.text()
}

/// What was copied or is to be written last.
pub(super) fn last_out(drive: &Drive) -> String {
    match drive.effects.last().unwrap() {
        Effect::Copy { text, .. } | Effect::Write { text, .. } => text.clone(),
        other => panic!("{other:?}"),
    }
}

fn from_the_command_line(arguments: &[&str]) -> String {
    let mut all = vec![
        "audit",
        "--demo",
        "--on",
        "2026-11-22",
        "--known",
        "2026-11-22",
    ];
    all.extend(arguments);
    licit(&all).answer
}

#[test]
fn the_findings_are_those_of_the_command_line() {
    let json = from_the_command_line(&["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let drive = demo(120, 40);
    let told: BTreeSet<String> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["id"].as_str().unwrap().to_owned())
        .collect();
    let rows = drive.model.rows(Pane::Findings);
    let shown: BTreeSet<String> = rows
        .iter()
        .filter_map(|row| match &row.target {
            Some(Target::Finding(id)) => Some(id.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(shown, told);
    assert!(shown.len() > 15, "{}", shown.len());
    let judged = drive.model.judged().unwrap();
    let kinds: BTreeMap<String, u64> = judged
        .audit
        .totals
        .findings
        .iter()
        .map(|(kind, count)| (kind.to_string(), *count))
        .collect();
    let counted: BTreeMap<String, u64> =
        serde_json::from_value(json["totals"]["findings"].clone()).unwrap();
    assert_eq!(kinds, counted);
    let people = json["people"].as_array().unwrap().len();
    assert_eq!(judged.audit.people.len(), people);
}

/// What is written from the screen is byte for byte what the command line prints: hidden and shown.
#[test]
fn what_is_written_is_what_the_command_line_prints() {
    let mut drive = demo(120, 40);
    for (keys, flags) in [
        ("e j", &["--format", "json"][..]),
        ("e c", &["--format", "csv"]),
    ] {
        drive.press(keys).press("Enter");
        let hidden = last_out(&drive);
        assert!(!hidden.contains(NAMED), "{keys}");
        let flags_hidden = [flags, &["--pseudonymize"]].concat();
        assert_eq!(hidden, from_the_command_line(&flags_hidden), "{keys}");
    }
    drive.press("v e j Enter");
    assert_eq!(
        last_out(&drive),
        from_the_command_line(&["--format", "json"])
    );
    drive.press("y c");
    assert_eq!(last_out(&drive), "licit audit --demo");
    drive.press("v y c");
    assert_eq!(last_out(&drive), "licit audit --demo --pseudonymize");
}

#[test]
fn names_are_hidden_until_they_are_asked_for() {
    let mut drive = demo(120, 40);
    let mut looks = 0;
    for keys in [
        "",
        "z",
        "z",
        "Enter",
        "Esc Down",
        "Tab",
        "End Enter",
        "Esc Tab",
        "Tab",
    ] {
        if !keys.is_empty() {
            drive.press(keys);
        }
        let text = all_text(&drive);
        assert!(!text.contains(NAMED), "after {keys}:\n{text}");
        assert!(!text.contains("Ivy Helpdesk"), "after {keys}:\n{text}");
        looks += 1;
    }
    assert_eq!(looks, 9);
    drive.press("5 y a");
    assert!(!last_out(&drive).contains(NAMED));
    drive.press("y y");
    assert!(!last_out(&drive).contains(NAMED));
    assert!(drive.text().contains("names hidden"));
    drive.press("v");
    let text = all_text(&drive);
    assert!(text.contains("NAMES SHOWN"), "{text}");
    assert!(text.contains("Ivy Helpdesk"), "{text}");
    drive.press("y a");
    assert!(last_out(&drive).contains(NAMED));
    drive.press("v");
    assert!(!all_text(&drive).contains("Ivy Helpdesk"));
}

/// The gap, the row it was read in, the proof, what would help, and back to the same row with the same filter.
#[test]
fn from_a_gap_to_its_row_its_proof_and_what_would_help() {
    let mut drive = demo(120, 40);
    drive
        .press("f")
        .write("missing-license")
        .press("Enter Down");
    let gap = marked(&drive).unwrap();
    let detail = texts(&drive, Pane::Finding);
    for part in [
        "What to do",
        "AAD_PREMIUM_P2",
        "Read in",
        "Who says so",
        "smallest purchase",
    ] {
        assert!(detail.contains(part), "{part} in\n{detail}");
    }
    drive.press("Enter");
    assert_eq!(
        (drive.model.screen, drive.model.opened.clone()),
        (Screen::Show, Some(gap.clone()))
    );
    let rows = drive.model.rows(Pane::Page);
    let origin = rows
        .iter()
        .rposition(|row| matches!(row.target, Some(Target::Origin(_))))
        .unwrap();
    drive.send(Message::Mark(Some(Pane::Page), origin));
    drive.press("Enter");
    let text = drive.text();
    assert!(text.contains("Names are hidden"), "{text}");
    drive.press("v");
    let text = drive.text();
    // demo/pim-export.csv, line 4, as it lies in the repository.
    let line = include_str!("../../../src/tenant/demo/pim-export.csv")
        .lines()
        .nth(3)
        .unwrap();
    for cell in line.split(',').filter(|cell| !cell.is_empty()) {
        assert!(text.contains(cell.trim_matches('"')), "{cell} in\n{text}");
    }
    drive.press("v Esc Esc");
    assert_eq!(
        (drive.model.screen, drive.model.focus),
        (Screen::Audit, Pane::Findings)
    );
    assert_eq!(marked(&drive), Some(gap.clone()));
    drive.press("w");
    assert_eq!(drive.model.screen, Screen::Why);
    let asked = drive.model.shown().unwrap().answer.clone();
    let Target::Finding(id) = &gap else { panic!() };
    {
        let judged = drive.model.judged().unwrap();
        let finding = judged
            .audit
            .findings
            .iter()
            .find(|one| one.id == *id)
            .unwrap();
        let behind = &judged.audit.answers[finding.answer.unwrap()].answer;
        assert_eq!(
            (asked.verdict, &asked.needs),
            (behind.verdict, &behind.needs)
        );
        assert_eq!(asked.baskets, behind.baskets);
    }
    // With the license in the hand nothing is missing.
    drive.press("1 H").write("AAD_PREMIUM_P2").press("Enter");
    let satisfied = |drive: &Drive| {
        let needs = &drive.model.shown().unwrap().answer.needs;
        needs
            .iter()
            .all(|need| need.satisfied == licit::model::Satisfied::Yes)
    };
    assert!(satisfied(&drive));
    drive.press("u");
    assert!(!satisfied(&drive));
    for _ in 0..9 {
        if drive.model.screen != Screen::Audit {
            drive.press("Esc");
        }
    }
    assert_eq!(drive.model.screen, Screen::Audit);
    assert_eq!(
        drive.model.filters.get(&Pane::Findings).map(String::as_str),
        Some("missing-license")
    );
    assert_eq!(marked(&drive), Some(gap));
}

/// What the exports tell and a finding brings into the basket is no statement of the asker's: nothing is judged again.
#[test]
fn trying_a_finding_does_not_change_the_audit() {
    let mut drive = demo(120, 40);
    mark(&mut drive, FindingKind::TooFewSeats);
    let before = drive.model.judged().unwrap().judging.asked.clone();
    drive.press("Space");
    assert_eq!(drive.model.screen, Screen::Ask);
    let eligible = KNOWLEDGE.givens.find("pim.eligible").unwrap();
    let givens = &drive.model.draft.now().team.givens;
    assert_eq!(
        givens.get(&eligible),
        Some(&GivenValue::Count(5)),
        "as the exports tell"
    );
    drive.press("5");
    let now = &drive.model.judged().unwrap().judging.asked;
    assert!(*now == before);
    assert_eq!(now.circumstances.givens, BTreeMap::new());
}

/// A fact that decides is said where it is asked for, and the whole tenant is judged with it.
#[test]
fn a_fact_is_stated_on_the_finding_that_turns_on_it() {
    let mut drive = demo(120, 40);
    mark(&mut drive, FindingKind::FactUnknown);
    let finding = marked(&drive).unwrap();
    drive.press("Tab");
    let rows = drive.model.rows(Pane::Finding);
    let given = KNOWLEDGE
        .givens
        .find("intune.unlicensed-admins-allowed")
        .unwrap();
    let place = rows
        .iter()
        .position(|row| row.target == Some(Target::Given(given)));
    drive.send(Message::Mark(Some(Pane::Finding), place.unwrap()));
    assert_eq!(drive.model.contexts()[0], Context::Question);
    drive.press("y");
    let stated = &drive
        .model
        .judged()
        .unwrap()
        .judging
        .asked
        .circumstances
        .givens;
    assert_eq!(stated.get(&given), Some(&GivenValue::Truth(true)));
    let rows = drive.model.rows(Pane::Findings);
    let is_there =
        |rows: &[licit::tui::Row]| rows.iter().any(|row| row.target.as_ref() == Some(&finding));
    assert!(!is_there(&rows), "it is decided");
    drive.press("u");
    assert!(is_there(&drive.model.rows(Pane::Findings)));
}

/// The days of the header are those of the audit, and so are claims that are set aside.
#[test]
fn other_days_and_claims_set_aside_judge_again() {
    let mut drive = demo(120, 40);
    let gaps = |drive: &Drive| {
        let people = &drive.model.judged().unwrap().audit.people;
        people
            .iter()
            .filter(|person| person.verdict == AuditVerdict::Gap)
            .count()
    };
    assert_eq!(gaps(&drive), 4);
    drive.press("d");
    for _ in 0..10 {
        drive.press("Backspace");
    }
    drive.waits = true;
    drive.write("2026-08-01").press("Enter");
    let text = drive.text();
    assert!(
        text.contains("Judging every assignment"),
        "nothing old stands there: {text}"
    );
    assert!(text.contains("Not today: on 2026-08-01"), "{text}");
    let Some(Effect::Work(Job::Judge(_))) = drive.effects.last() else {
        panic!("{:?}", drive.effects);
    };
    drive.waits = false;
    drive.press("t");
    assert_eq!(gaps(&drive), 4, "what was judged for today fits again");
    mark(&mut drive, FindingKind::MissingLicense);
    drive.press("Tab");
    let claim = KNOWLEDGE
        .claims
        .find("pim-eligible-p2-or-governance-2023")
        .unwrap();
    let rows = drive.model.rows(Pane::Finding);
    let place = rows
        .iter()
        .position(|row| row.target == Some(Target::Claim(claim)));
    drive.send(Message::Mark(Some(Pane::Finding), place.unwrap()));
    drive.press("x");
    let judged = drive.model.judged().unwrap();
    assert!(!judged.judging.asked.knowledge.has(claim));
    drive.press("u");
    assert_eq!(gaps(&drive), 4);
}

#[test]
fn findings_are_sorted_and_the_marked_one_stays_marked() {
    let mut drive = demo(80, 24);
    drive.press("Down Down");
    let before = marked(&drive);
    let mut orders = BTreeSet::new();
    for sort in Sort::ALL {
        assert_eq!(drive.model.audit.order(), *sort);
        assert_eq!(marked(&drive), before, "{sort}");
        let rows = drive.model.rows(Pane::Findings);
        let order: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
        assert_eq!(order.len(), rows.len());
        orders.insert(order);
        drive.press("s");
    }
    assert_eq!(drive.model.audit.order(), Sort::Gravity);
    assert!(orders.len() >= 4, "orders that differ: {}", orders.len());
    drive.press("s s s");
    let roles: Vec<String> = drive
        .model
        .audit
        .table
        .iter()
        .map(|entry| entry.role.to_lowercase())
        .collect();
    let mut sorted = roles.clone();
    sorted.sort_by_key(|role| (role.is_empty(), role.clone()));
    assert_eq!(roles, sorted, "what has no role stands last");
}

#[test]
fn people_stand_with_every_role_and_its_verdict() {
    let mut drive = demo(120, 40);
    drive.press("z");
    let judged = drive.model.judged().unwrap();
    let rows = drive.model.rows(Pane::Findings);
    let people = rows.iter().filter(|row| row.open.is_some()).count();
    assert_eq!(people, judged.audit.people.len());
    let judgments: BTreeSet<usize> = rows
        .iter()
        .filter_map(|row| match row.target {
            Some(Target::Judgment(at)) => Some(at),
            _ => None,
        })
        .collect();
    assert_eq!(
        judgments,
        (0..judged.audit.rows.len()).collect(),
        "every row, once"
    );
    let all = rows.len();
    drive.press("Home Left");
    assert!(
        drive.model.rows(Pane::Findings).len() < all,
        "a person is closed"
    );
    drive.press("Right Down");
    let detail = texts(&drive, Pane::Finding);
    assert!(
        detail.contains("Read in") && detail.contains("Findings about this account"),
        "{detail}"
    );
}

/// Every entry of the list leads to something, and everything leads back.
#[test]
fn every_row_of_the_audit_can_be_opened_and_left() {
    let mut drive = demo(80, 24);
    let entries = drive.model.rows(Pane::Findings).len();
    for place in 0..entries {
        drive.send(Message::Mark(Some(Pane::Findings), place));
        let before = marked(&drive);
        drive.press("Enter");
        assert_eq!(drive.model.screen, Screen::Show, "{before:?}");
        assert!(drive.model.rows(Pane::Page).len() > 3);
        drive.press("Esc");
        assert_eq!(
            (drive.model.screen, marked(&drive)),
            (Screen::Audit, before)
        );
    }
    assert_eq!(entries, 20);
}
