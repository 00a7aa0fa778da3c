//! The dialogue without screens at a terminal that can do nothing but print.

use super::harness::{Session, licit, licit_keeping};
use crate::common::figure;
use std::path::PathBuf;

/// Waits until a line may be typed.
fn prompt(session: &Session) {
    session.wait("the prompt", |seen| seen.text().ends_with("\n>"));
}

/// Types a line, and waits for what is said.
fn line(session: &Session, line: &str, said: &str) {
    session.send(format!("{line}\n").as_bytes());
    session.wait_for(said);
}

#[test]
fn r20_a_dumb_terminal_gets_lines_and_nothing_else() {
    let mut command = licit();
    command.arg("--plain");
    command.env("TERM", "dumb");
    let mut session = Session::start(command, 120, 40);
    prompt(&session);
    line(
        &session,
        "intune administrator",
        "Preview: Intune Administrator",
    );
    line(&session, "add 1", "say 1 VALUE");
    line(&session, "yes 1", "No license is required");
    // The end of input leaves, too.
    session.send(b"\x04");
    assert_eq!(session.end().0, 0);
    let seen = session.seen();
    let steers = |byte: &&u8| **byte < b' ' && !b"\r\n".contains(byte);
    assert_eq!(seen.bytes.iter().filter(steers).count(), 0);
    figure(
        "R20 terminal",
        &format!("{} bytes, 0 escapes, 0 cursor moves", seen.bytes.len()),
    );
}

/// What is left behind on the screens is come back to line by line, and the other way round.
#[test]
fn the_dialogue_and_the_screens_share_a_session() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("shared-session");
    let _ = std::fs::remove_dir_all(&folder);
    let talking = || {
        let mut command = licit_keeping(&folder);
        command.env("ACCESSIBLE", "1");
        Session::start(command, 120, 40)
    };
    let mut session = talking();
    prompt(&session);
    line(&session, "add pim", "Next change");
    line(&session, "quit", "quit");
    assert_eq!(session.end().0, 0);
    let mut screens = Session::start(licit_keeping(&folder), 120, 40);
    screens.wait_for("Answer: Microsoft Entra Privileged Identity");
    screens.press("Ctrl+C");
    assert_eq!(screens.end().0, 0);
    let mut session = talking();
    session.wait_for("2. Microsoft Entra Privileged Identity Management");
    line(&session, "quit", "quit");
    assert_eq!(session.end().0, 0);
}
