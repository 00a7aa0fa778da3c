//! A long reading in a real pseudo-terminal: it shows how far it is, and an interrupt keeps the part that was read.

use super::written;
use crate::common::TODAY;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::fmt::Write as _;
use std::io::{Read, Write};

/// A list of accounts that takes a moment to read.
fn crowd() -> String {
    let mut text =
        r#"{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": ["#
            .to_owned();
    for number in 0..600_000u32 {
        let comma = if number == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}{{"id": "{number:08x}-0000-4000-8000-000000000000", "displayName": "U{number}", "userPrincipalName": "u{number}@contoso.example", "accountEnabled": true, "userType": "Member", "assignedLicenses": []}}"#
        )
        .unwrap();
    }
    text.push_str("]}");
    written("crowd.json", &text)
}

/// Runs an audit in a terminal, with an interrupt from its keyboard as soon as progress is seen, where one is wanted.
fn audited(words: &[&str], interrupt: bool) -> (u32, String) {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_licit"));
    command.arg("audit");
    command.args(words);
    command.env("TERM", "xterm");
    command.env("LICIT_TODAY", TODAY);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut keyboard = pair.master.take_writer().unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut seen, mut bytes, mut is_sent) = (Vec::new(), [0; 4096], false);
    // A terminal whose program has ended reads as an error on some systems and as the end on others.
    while let Ok(read @ 1..) = reader.read(&mut bytes) {
        seen.extend_from_slice(&bytes[..read]);
        if interrupt && !is_sent && seen.contains(&b'%') {
            is_sent = true;
            keyboard.write_all(b"\x03").unwrap();
        }
    }
    let code = child.wait().unwrap().exit_code();
    (code, String::from_utf8_lossy(&seen).into_owned())
}

#[test]
fn progress_is_shown_and_an_interrupt_keeps_the_part_that_was_read() {
    let crowd = crowd();
    let roles = "[[assignment]]\naccount = \"u5@contoso.example\"\nrole = \"Helpdesk Administrator\"\nstate = \"eligible\"\n";
    let roles = written("crowd-roles.toml", roles);
    let words = [crowd.as_str(), roles.as_str(), "--color", "never"];
    let (code, seen) = audited(&words, false);
    assert_eq!(code, 1, "{seen}");
    let shown = seen.split("Of 1 person").next().unwrap();
    assert!(shown.contains("reading crowd.json: "), "{seen}");
    // The line is wiped before the answer begins.
    assert!(shown.ends_with("\r\u{1b}[K"), "{shown:?}");
    let (code, seen) = audited(&words, true);
    assert_eq!(code, 130, "{seen}");
    assert!(seen.contains("PARTIAL: Of 1 person"), "{seen}");
    // Without a terminal nobody is shown anything, and the answer is the same as ever.
    let run = crate::command_line::licit(&[&["audit"], words.as_slice()].concat());
    assert_eq!((run.code, run.messages.as_str()), (1, ""));
}
