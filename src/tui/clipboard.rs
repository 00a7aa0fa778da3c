//! Out of the screens: text to the clipboard of the user's terminal, or to a file, and an address to the browser.
//!
//! OSC 52 asks the terminal itself, so it works over SSH; whether the terminal obeys, nobody can see. Where it surely
//! does not, or the text is longer than terminals take, the text goes to a file whose path is told.

use super::report::Report;
use crate::files::{Over, write_text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// The most bytes of text that a terminal takes: with more, one with the usual limit of 100,000 bytes takes none at all.
pub const MOST_COPIED: usize = 74_000;

/// The sequence that puts text on the clipboard.
///
/// # Errors
/// Why the terminal would not take it.
pub fn copy_sequence(text: &str) -> Result<String, &'static str> {
    if text.len() > MOST_COPIED {
        return Err("terminals take at most 74,000 bytes");
    }
    Ok(format!("\u{1b}]52;c;{}\u{7}", STANDARD.encode(text)))
}

/// Puts text in a file of its own in the state folder.
pub(super) fn keep(
    state: Option<&PathBuf>,
    text: String,
    what: String,
    why: &'static str,
) -> Report {
    let Some(state) = state else {
        let what = format!("{what} cannot be copied");
        let why = format!("{why}, and there is no folder for a file: set XDG_STATE_HOME");
        return Report::Failed { what, why };
    };
    let path = state.join("copied.txt");
    match write_text(&path, &text, Over::Private) {
        Ok(()) => Report::Kept {
            what,
            characters: text.chars().count(),
            path,
            why,
        },
        Err(error) => Report::Failed {
            what: format!("{what} cannot be copied"),
            why: format!("{why}, and {} cannot be written: {error}", path.display()),
        },
    }
}

/// The host of an address that may be shown in a browser: http or https, without a name and password before the host and
/// without anything that a shell or terminal could take for something else.
pub fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
        _ => authority,
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_plain = !host.is_empty() && !host.starts_with('-') && host.bytes().all(plain);
    let is_printable = url
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\"'`\\<>^|{}".contains(&byte));
    (is_web && is_plain && is_printable).then_some(host)
}

/// Asks the system to show an address in the browser, without waiting for it. Where it turns out later that it could not,
/// `tell` is called.
pub(super) fn open(url: &str, tell: impl FnOnce(Report) + Send + 'static) -> Report {
    let Some(host) = host(url).map(str::to_owned) else {
        return Report::Failed {
            what: "the address was not opened".to_owned(),
            why: "only http and https addresses of a plain host are".to_owned(),
        };
    };
    let mut command = opener(url);
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
    quiet.stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // In a group of its own, so that what stops or ends this program leaves the browser alone.
        command.process_group(0);
    }
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = move |host: &str, why: &dyn fmt::Display| Report::Failed {
        what: format!("{host} was not opened"),
        why: format!("{program}: {why}"),
    };
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return failed(&host, &error),
    };
    let waiting = {
        let host = host.clone();
        move || {
            if let Ok(status) = child.wait()
                && !status.success()
            {
                tell(failed(&host, &status));
            }
        }
    };
    // Without a thread that waits, only the end of the browser goes unnoticed.
    let _ = thread::Builder::new()
        .name("browser".to_owned())
        .spawn(waiting);
    Report::Opened { host }
}

fn opener(url: &str) -> Command {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        // `start` is a word of a shell that reads `&` and `%` in an address as its own; this takes it as it is.
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url);
    command
}

#[cfg(test)]
mod tests {
    use super::{MOST_COPIED, copy_sequence, host};

    #[test]
    fn only_plain_web_addresses_are_opened() {
        for (url, expected) in [
            (
                "https://learn.microsoft.com/en-us/entra?a=b%20c#d",
                Some("learn.microsoft.com"),
            ),
            ("HTTP://example.org:8080", Some("example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://", None),
            ("https://ada@example.org/", None),
            ("https://example.org:80@evil.example/", None),
            ("https://example.org\\@evil.example/", None),
            ("https://ex\u{e4}mple.org/", None),
            ("https://-option.example/", None),
            ("https://example.org/\u{1b}]0;a", None),
            ("https://example.org/$(a) b", None),
            ("https://example.org/\"&calc&\"", None),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn what_is_copied_has_a_limit() {
        let sequence = copy_sequence("é\u{1b}]0;").unwrap();
        assert_eq!(sequence, "\u{1b}]52;c;w6kbXTA7\u{7}");
        assert!(copy_sequence(&"a".repeat(MOST_COPIED)).is_ok_and(|it| it.len() < 100_000));
        assert!(copy_sequence(&"a".repeat(MOST_COPIED + 1)).is_err());
    }
}
