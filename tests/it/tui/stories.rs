//! Seven stories of users, in a real pseudo-terminal against the built program.

use super::harness::{Session, licit, licit_keeping};
use super::{PROMPT, started};
use std::path::PathBuf;

/// Types a text letter by letter, as a person does.
fn write(session: &Session, text: &str) {
    session.send(text.as_bytes());
}

/// Leaves the field. What follows at once would be taken for the same key with Alt.
fn leave_field(session: &Session) {
    session.press("Esc");
    session.wait_for("q quit");
}

/// Leaves with q outside of every field, or with the key that always leaves.
fn quit(mut session: Session) {
    session.press("Ctrl+C");
    assert_eq!(session.end().0, 0);
}

/// The portal of 2019 called it "Company Administrator".
#[test]
fn an_old_role_name_gives_the_answer_of_today() {
    let session = started(licit(), PROMPT);
    write(&session, "company adm");
    session.wait_for("Preview: Global Administrator");
    session.press("Enter");
    session.wait_for("Answer: Global Administrator");
    session.wait_for("Global Administrator: NOT-REQUIRED");
    quit(session);
}

/// PIM is added, P2 appears, the reason is asked for, and the source is opened after its host was shown.
#[test]
fn pim_brings_p2_with_its_reason_and_its_source() {
    let session = started(licit(), PROMPT);
    write(&session, "helpdesk administrator");
    session.wait_for("Preview: Helpdesk Administrator");
    session.press("Enter");
    session.wait_for("Answer: Helpdesk Administrator");
    write(&session, "pim");
    session.wait_for("27 found");
    session.press("Enter");
    session.wait_for("AAD_PREMIUM_P2");
    session.wait_for("REQUIRED");
    leave_field(&session);
    write(&session, "2");
    session.wait_for("Proof");
    write(&session, "f");
    session.wait_for("Only rows with these words");
    write(&session, "pim-eligible-p2-or-governance-2023 (");
    session.press("Enter");
    session.wait_for("1/1");
    write(&session, "o");
    session.wait_for("in the browser?");
    session.wait_for("https://");
    write(&session, "n");
    quit(session);
}

/// The dates of an answer, step by step, with the banner while it is not today.
#[test]
fn the_dates_of_an_answer_step_by_step() {
    let session = started(licit(), PROMPT);
    write(&session, "intune administrator");
    session.wait_for("Preview: Intune Administrator");
    session.press("Enter");
    session.wait_for("Answer: Intune Administrator");
    leave_field(&session);
    write(&session, "3");
    session.wait_for("Changes:");
    write(&session, "[");
    session.wait_for("Not today: on 2021-");
    write(&session, "[");
    session.wait_for("Not today: on 2020-06-");
    write(&session, "t");
    session.wait("no banner", |seen| !seen.text().contains("Not today"));
    quit(session);
}

/// Three suites beside each other for two roles; only E5 brings what PIM needs.
#[test]
fn three_suites_for_two_roles() {
    let session = started(licit(), PROMPT);
    for role in ["global administrator", "exchange administrator"] {
        write(&session, role);
        session.wait_for("found");
        session.press("Enter");
        session.wait("the field empty again", |seen| {
            !seen.text().contains("found")
        });
    }
    leave_field(&session);
    write(&session, "i4");
    for sku in ["SPE_E3", "SPE_E5", "SPE_F1"] {
        write(&session, "+");
        session.wait_for("Put beside the others");
        write(&session, sku);
        session.wait_for("Microsoft 365");
        session.press("Enter");
        session.wait("the list gone", |seen| {
            !seen.text().contains("Put beside the others")
        });
    }
    write(&session, "z");
    session.wait_for("Hold an eligible role assignment");
    session.wait_for("SPE_F1");
    quit(session);
}

/// Two prices of P2 are in dispute: without the confirmed one the other counts, and undo brings it back.
#[test]
fn a_contested_price_is_flipped_and_the_bill_moves() {
    let session = started(licit(), PROMPT);
    write(&session, "pim");
    session.wait_for("27 found");
    session.press("Enter");
    session.wait_for("Total 9.00 USD a month");
    session.press("Tab");
    session.press("Tab");
    write(&session, "f");
    session.wait_for("Only rows with these words");
    write(&session, "entra-p2-usd-9");
    session.press("Enter");
    session.wait_for("[entra-p2-usd-9]");
    write(&session, "x");
    session.wait_for("as if entra-p2-usd-9 had never been said");
    session.press("Esc");
    session.wait_for("Total 10.00 USD a month");
    write(&session, "u");
    session.wait_for("Total 9.00 USD a month");
    quit(session);
}

/// Leaving and coming back: the same basket, screen and day.
#[test]
fn leaving_and_coming_back() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("come-back");
    let _ = std::fs::remove_dir_all(&folder);
    let mut session = started(licit_keeping(&folder), PROMPT);
    write(&session, "intune administrator");
    session.wait_for("Preview: Intune Administrator");
    session.press("Enter");
    session.wait_for("Answer: Intune Administrator");
    leave_field(&session);
    write(&session, "3");
    session.wait_for("Changes:");
    write(&session, "[");
    session.wait_for("Not today");
    let left = session.settled();
    write(&session, "q");
    assert_eq!(session.end().0, 0);
    let session = started(licit_keeping(&folder), "Changes:");
    session.wait_for("Not today");
    let back = session.settled();
    // The steps that can be undone are not kept, and the way back begins anew.
    let rest = |text: &str| -> Vec<String> {
        let lines = text.lines().take(38).map(|line| {
            let line = line.replace("undo 1", "").replace("undo 2", "");
            line.trim_end().to_owned()
        });
        lines.collect()
    };
    for (back, left) in rest(&back).iter().zip(rest(&left)) {
        assert_eq!(*back, left);
    }
    quit(session);
}

/// An admin opens the invented tenant, finds a gap, looks at its row, its proof and what would help, and leaves it out.
#[test]
fn a_gap_of_the_invented_tenant_from_finding_to_ignoring() {
    let list = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("story-ignore.toml");
    let _ = std::fs::remove_file(&list);
    let session = started(licit(), PROMPT);
    leave_field(&session);
    write(&session, "5");
    session.wait_for("open exports");
    write(&session, "I");
    session.wait_for("names hidden");
    session.wait_for("gravest first");
    write(&session, "f");
    session.wait_for("Only rows with these words");
    write(&session, "missing-license helpdesk");
    session.press("Enter");
    session.wait_for("1/1");
    assert!(!session.settled().contains("Ivy"));
    session.press("Enter");
    session.wait_for("Read in");
    write(&session, "v");
    session.wait_for("demo/pim-export.csv line 3");
    session.wait_for("Ivy Helpdesk");
    write(&session, "w");
    session.wait_for("REQUIRED");
    session.wait_for("Proof");
    write(&session, "1");
    session.wait_for("Answer: Helpdesk Administrator");
    write(&session, "H");
    session.wait_for("The account holds");
    write(&session, "AAD_PREMIUM_P2");
    session.wait_for("Microsoft Entra ID P2");
    session.press("Enter");
    session.wait_for("holds Microsoft Entra ID P2");
    write(&session, "5");
    session.wait_for("[missing-license helpdesk]");
    write(&session, "i");
    session.wait_for("Why is this finding left out?");
    write(&session, "the license is ordered");
    session.press("Enter");
    session.wait_for("Until which day?");
    session.press("Enter");
    session.wait_for("Which list says so?");
    session.press("Ctrl+U");
    write(&session, list.to_str().unwrap());
    session.press("Enter");
    session.wait_for("and 1 ignored, gravest first");
    let written = std::fs::read_to_string(&list).unwrap();
    assert!(written.contains("the license is ordered"), "{written}");
    assert!(
        written.contains("finding = \"missing-license-"),
        "{written}"
    );
    quit(session);
}
