//! The dialogue at the end of a pipe: the built program, without a terminal and without a home.

use super::plain::steering;
use crate::common::TODAY;
use licit::files::{Over, write_text};
use snapbox::cmd::Command;
use std::path::PathBuf;

/// The program at the end of a pipe, without a terminal, a home, or a sign of what the terminal can do.
fn piped(arguments: &[&str], variables: &[(&str, &str)], lines: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licit"))
        .env_clear()
        .env("LICIT_TODAY", TODAY)
        .args(arguments)
        .stdin(lines.as_bytes());
    for (name, value) in variables {
        command = command.env(name, value);
    }
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn a_day_that_is_none_is_refused_with_and_without_a_verb() {
    for arguments in [&["ask", "pim"][..], &["--plain"]] {
        let (code, said, messages) = piped(arguments, &[("LICIT_TODAY", "June")], "pim\n");
        assert_eq!((code, said.as_str()), (2, ""));
        assert!(
            messages.starts_with("error: LICIT_TODAY is \"June\"; expected a day"),
            "{messages}"
        );
    }
}

#[test]
fn the_day_taken_for_today_is_asked_about() {
    let (code, said, _) = piped(
        &["ask", "pim", "--format", "text"],
        &[("LICIT_TODAY", "2021-03-04")],
        "",
    );
    assert_eq!(code, 0);
    assert!(
        said.contains("On 2021-03-04, as known on 2021-03-04"),
        "{said}"
    );
}

#[test]
fn a_pipe_and_a_dumb_terminal_get_the_same_lines() {
    let lines = "pim\nadd 1\nheld SPE_E3";
    let (code, said, messages) = piped(&["--plain"], &[], lines);
    assert_eq!((code, messages.as_str()), (0, ""));
    assert!(
        said.contains("Answer: Microsoft Entra Privileged Identity Management"),
        "{said}"
    );
    assert!(
        said.contains("holds Microsoft 365 E3"),
        "the last line needs no end: {said}"
    );
    assert_eq!(steering(&said), (0, 0));
    for (arguments, variables) in [
        (&[][..], &[("ACCESSIBLE", "1")][..]),
        (&["--plain"], &[("TERM", "dumb")]),
        (
            &["--plain", "--ascii"],
            &[("TERM", "xterm"), ("CLICOLOR_FORCE", "1")],
        ),
    ] {
        assert_eq!(
            piped(arguments, variables, lines),
            (0, said.clone(), String::new())
        );
    }
    let (code, said, _) = piped(&["--plain"], &[], "quit\npim\n");
    assert_eq!(code, 0);
    assert!(
        !said.contains("matches"),
        "nothing is heard after quit: {said}"
    );
}

/// What a script asks is not what somebody left behind, and leaves nothing behind.
#[test]
fn a_script_neither_sees_nor_touches_the_session() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("plain-session");
    let file = folder.join("licit/session.toml");
    std::fs::create_dir_all(folder.join("licit")).unwrap();
    write_text(&file, "left behind\n", Over::Replace).unwrap();
    let variables = [("XDG_STATE_HOME", folder.to_str().unwrap())];
    let (code, said, _) = piped(&["--plain"], &variables, "add pim\nsave mine\n");
    assert_eq!(code, 0);
    assert!(!said.contains("session"), "{said}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "left behind\n");
}

#[test]
fn the_screens_and_the_dialogue_take_their_data_from_a_folder() {
    let small = ["--plain", "--data", crate::small::FOLDER, "--no-builtin"];
    let (code, said, messages) = piped(&small, &[], "SPE_E5\n");
    assert_eq!((code, messages.as_str()), (0, ""));
    assert!(said.contains("match"), "{said}");
    let (code, said, messages) = piped(&["--plain", "--data", "nowhere"], &[], "pim\n");
    assert_eq!((code, said.as_str()), (3, ""));
    assert!(messages.contains("`nowhere` cannot be read"), "{messages}");
    let (code, _, messages) = piped(&["--plain", "--no-builtin"], &[], "pim\n");
    assert_eq!(code, 2);
    assert!(messages.contains("add --data DIR"), "{messages}");
    let (code, _, messages) = piped(&["--plain", "ask", "pim"], &[], "");
    assert_eq!(code, 2);
    assert!(messages.contains("cannot be used with"), "{messages}");
}
