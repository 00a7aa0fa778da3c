//! Opening exports on the screen Audit, stopping, coming back, and leaving findings out.

use super::audit::{NAMED, demo, last_out, mark, marked, texts};
use super::drive::{Drive, KNOWLEDGE};
use licit::files::{read_session, session_text};
use licit::model::{FindingKind, Ignore, IgnoreWhich};
use licit::tui::{Command, Effect, Message, Pane, Progress, Report, Screen, Stage, Target};
use std::path::PathBuf;

/// The exports that were opened are come back to, and nobody in them is.
#[test]
fn a_session_keeps_which_exports_were_open_and_nothing_of_them() {
    let mut drive = demo(120, 40);
    drive.press("v Down w 1 5 z");
    let all =
        drive.saved.concat() + &session_text(&KNOWLEDGE, &drive.model.session(), drive.model.today);
    assert!(all.contains("exports = \"--demo\""), "{all}");
    for name in [NAMED, "Ivy", "Noor", "person-00"] {
        assert!(!all.contains(name), "{name}");
    }
    let saved = drive.saved.last().unwrap();
    let (session, left_out) = read_session(&KNOWLEDGE, saved, drive.model.today).unwrap();
    assert_eq!(left_out, Vec::<String>::new());
    let mut again = Drive::new(120, 40);
    again.model.take_up(session);
    again.press("Esc 5");
    let text = again.text();
    assert!(
        text.contains("open again what was open last: --demo"),
        "{text}"
    );
    assert!(again.model.judged().is_none(), "nothing is read unasked");
    again.press("R");
    assert!(again.model.judged().is_some());
}

/// What was read stays, and says everywhere that it is a part.
#[test]
fn a_reading_that_is_stopped_leaves_its_part() {
    let mut drive = Drive::new(120, 40);
    drive.waits = true;
    drive.press("Esc 5 I");
    drive.send(Message::Progress(Progress {
        stage: Stage::Reading { file: 2, files: 4 },
        done: 1,
        of: Some(2),
    }));
    let text = drive.text();
    assert!(
        text.contains("Reading file 2 of 4") && text.contains("50 %"),
        "{text}"
    );
    for key in ["Esc", "^C"] {
        let mut drive = Drive::new(120, 40);
        drive.waits = true;
        drive.press("Esc 5 I").press(key);
        assert_eq!(drive.effects.last(), Some(&Effect::Cancel), "{key}");
        assert!(drive.text().contains("Stopping"), "{}", drive.text());
        drive.press("^C");
        assert_eq!(
            drive.effects.last(),
            Some(&Effect::Quit),
            "the second one leaves"
        );
    }
    // The other screens can be used meanwhile, and Esc is theirs.
    drive.press("1 Esc");
    assert_eq!(drive.model.screen, Screen::Audit);
    assert!(!drive.effects.contains(&Effect::Cancel));
    let mut drive = Drive::new(120, 40);
    drive.is_stopped = true;
    drive.press("Esc 5 I");
    assert!(drive.model.audit.is_partial);
    assert!(drive.text().contains("PARTIAL"), "{}", drive.text());
    drive.press("e a Enter");
    assert!(last_out(&drive).contains("PARTIAL"));
}

#[test]
fn what_cannot_be_read_is_told_with_what_to_do() {
    let mut drive = Drive::new(120, 40);
    drive
        .press("Esc 5 +")
        .write("--demo exports")
        .press("Enter");
    assert!(
        drive.text().contains("leave the paths out"),
        "{}",
        drive.text()
    );
    drive.press("^U").write("nowhere").press("Enter");
    let text = drive.text();
    assert!(text.contains("nowhere: "), "{text}");
    assert!(text.contains("licit export-guide"), "{text}");
    assert!(drive.model.judged().is_none());
    drive
        .press("+ ^U")
        .write("tests/data/world/meta.toml")
        .press("Enter");
    let text = drive.text();
    assert!(
        text.contains("file-0001: not used: nothing that is known"),
        "{text}"
    );
    drive.press("v");
    let text = drive.text();
    assert!(text.contains("meta.toml: not used"), "{text}");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("audit-no-list");
    std::fs::create_dir_all(&folder).unwrap();
    let list = folder.join("ignore.toml");
    std::fs::write(&list, "[[wrong]]\n").unwrap();
    drive
        .press("+ ^U")
        .write(&format!("--demo --ignore '{}'", list.display()))
        .press("Enter");
    let text = texts(&drive, Pane::Findings);
    assert!(text.contains("the ignore list cannot be used"), "{text}");
    assert!(drive.model.judged().is_some(), "the rest is used");
}

/// Asked for a reason, an end and a file; written by an errand; then shown as left out, with its reason.
#[test]
fn a_finding_is_left_out_with_a_reason() {
    let mut drive = demo(120, 40);
    mark(&mut drive, FindingKind::Disputed);
    let Some(Target::Finding(id)) = marked(&drive) else {
        panic!()
    };
    drive.press("i Enter");
    assert!(
        drive.text().contains("a reason is missing"),
        "{}",
        drive.text()
    );
    drive
        .write("counsel looked at it")
        .press("Enter")
        .write("2020-01-01")
        .press("Enter");
    assert!(
        drive.text().contains("that day is over"),
        "{}",
        drive.text()
    );
    drive.press("^U").write("2027-01-31").press("Enter Enter");
    let Some(Effect::Ignore { path, entry, .. }) = drive.effects.last().cloned() else {
        panic!("{:?}", drive.effects);
    };
    assert_eq!(path, PathBuf::from("licit-ignore.toml"));
    assert_eq!(entry.which, IgnoreWhich::Finding(id.clone()));
    let ignore = Ignore {
        entries: vec![entry],
    };
    drive.send(Message::Told(Report::Ignored { path, ignore }));
    let judged = drive.model.judged().unwrap();
    assert_eq!(judged.audit.totals.ignored, 1);
    assert!(judged.audit.findings.iter().all(|finding| finding.id != id));
    let rows = drive.model.rows(Pane::Findings);
    let row = rows
        .iter()
        .find(|row| row.target == Some(Target::Finding(id.clone())))
        .unwrap();
    assert!(row.text().starts_with("ignored"), "{}", row.text());
    assert_eq!(
        marked(&drive),
        Some(Target::Finding(id)),
        "the mark follows"
    );
    drive.press("v");
    let detail = texts(&drive, Pane::Finding);
    assert!(
        detail.contains("counsel looked at it, until 2027-01-31"),
        "{detail}"
    );
    assert!(Command::Ignore.available(&drive.model).is_err());
    drive.press("y c");
    assert_eq!(
        last_out(&drive),
        "licit audit --demo --ignore licit-ignore.toml"
    );
}
