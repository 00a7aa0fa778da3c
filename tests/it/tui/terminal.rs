//! Gates R05, R10, R11 and R13 of the plan, and work beside the screens: what the loop does with all that comes at it, and
//! that it does nothing where nothing comes.
//!
//! Gates count. Where one measures time, the figure is printed and the bound is far above it, since machines that test
//! are busy; the bounds of the plan hold in the full-size versions, which are run by name.

use super::fixture::fixture;
use super::harness::{Cost, licit};
use super::{FIXTURE, NOWHERE, PROMPT, started};
use crate::common::{figure, skipped};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a paste took until it was shown.
fn paste(megabytes: usize) -> Duration {
    let session = started(fixture(NOWHERE), FIXTURE);
    let line = "pim \u{1b}]52;c;aGVsbG8=\u{7} helpdesk\r\n\u{9b}31m";
    let text = line.repeat(megabytes * 1_000_000 / line.len());
    let began = Instant::now();
    session.send(format!("\u{1b}[200~{text}\u{1b}[201~!").as_bytes());
    session.wait_for("fixture> !");
    let took = began.elapsed();
    session.wait_for("pasted 4096, controls 0, rows 0");
    took
}

#[test]
fn r10_a_paste_is_short_harmless_and_runs_nothing() {
    let took = paste(1);
    figure(
        "R10 paste",
        &format!("1 MB in {took:.1?}, 4096 characters kept, 0 controls"),
    );
}

#[test]
#[ignore = "full size"]
fn r10_a_large_paste() {
    let took = paste(10);
    figure("R10 paste", &format!("10 MB in {took:.1?}"));
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// Bytes written, processor used and naps taken in a time in which nothing happens.
fn idle(time: Duration) -> Option<(usize, Duration, u64)> {
    let session = started(licit(), PROMPT);
    session.send(b"p");
    session.wait_for(&format!("{PROMPT} p"));
    std::thread::sleep(Duration::from_secs(1));
    let (bytes, before) = (session.seen().bytes.len(), Cost::of(session.pid())?);
    std::thread::sleep(time);
    let after = Cost::of(session.pid())?;
    let written = session.seen().bytes.len() - bytes;
    Some((
        written,
        after.running - before.running,
        after.naps - before.naps,
    ))
}

fn check_idle(time: Duration) {
    let Some((written, running, naps)) = idle(time) else {
        return skipped("R11 idle", "there is no /proc with costs of threads");
    };
    let text = format!("{written} bytes, {running:?} of processor, {naps} wake-ups in {time:?}");
    figure("R11 idle", &text);
    assert_eq!((written, naps), (0, 0), "{text}");
    assert!(running * 100 <= time, "{text}");
}

#[test]
fn r11_nothing_happens_while_nothing_happens() {
    check_idle(Duration::from_secs(2));
}

#[test]
#[ignore = "full size"]
fn r11_nothing_happens_for_a_minute() {
    check_idle(Duration::from_secs(60));
}

/// Numbers without a source of chance: the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Resizes while somebody types; the last frame must be the one that is drawn anew.
fn resize(seed: u64, times: u32) {
    let mut session = started(licit(), PROMPT);
    let mut numbers = Numbers(seed);
    let mut typed = String::new();
    for _ in 0..times {
        let width = u16::try_from(1 + numbers.below(200)).unwrap();
        let height = u16::try_from(1 + numbers.below(60)).unwrap();
        session.resize(width, height);
        if numbers.below(16) == 0 {
            let letter = char::from(b'a' + u8::try_from(numbers.below(26)).unwrap());
            session.send(letter.to_string().as_bytes());
            typed.push(letter);
        }
        std::thread::sleep(Duration::from_micros(numbers.below(3000)));
    }
    session.resize(120, 40);
    let last = format!("{PROMPT} {typed}");
    session.wait_for(&last);
    // Whatever was still on its way has arrived when the answer to a later key has.
    session.send(b"~");
    session.wait_for(&format!("{last}~"));
    let shown = session.settled();
    let cleared = session.seen().count(b"\x1b[2J");
    session.press("Ctrl+L");
    session.wait("a frame drawn anew", |seen| {
        seen.count(b"\x1b[2J") > cleared && seen.text() == shown
    });
    session.press("Ctrl+C");
    assert_eq!(session.end().0, 0);
}

#[test]
fn r05_resized_while_somebody_types() {
    for seed in 0..2 {
        resize(seed, 100);
    }
    figure(
        "R05 resize",
        "2 runs of 100 sizes, the last frame is that drawn anew",
    );
}

#[test]
#[ignore = "full size"]
fn r05_resized_very_often() {
    for seed in 0..20 {
        resize(seed, 500);
    }
    figure(
        "R05 resize",
        "20 runs of 500 sizes, the last frame is that drawn anew",
    );
}

/// The times from start to first frame, the shortest first.
fn first_paints(times: usize) -> Vec<Duration> {
    let mut all = Vec::new();
    for _ in 0..times {
        let began = Instant::now();
        let mut session = started(licit(), PROMPT);
        all.push(began.elapsed());
        session.press("Ctrl+C");
        session.end();
    }
    all.sort();
    all
}

#[test]
fn r13_the_first_frame_comes_at_once() {
    let all = first_paints(10);
    figure(
        "R13 first paint",
        &format!("median {:.1?}, slowest of 10 {:.1?}", all[5], all[9]),
    );
    assert!(all[5] < Duration::from_secs(1), "{all:?}");
}

#[test]
#[ignore = "full size"]
fn r13_the_first_frame_in_time() {
    let all = first_paints(50);
    figure(
        "R13 first paint",
        &format!("median {:.1?}, p95 of 50 {:.1?}", all[25], all[47]),
    );
    assert!(all[47] < Duration::from_millis(100), "{all:?}");
}

#[test]
fn work_tells_how_far_it_is_and_ends_when_cancelled() {
    let session = started(fixture(NOWHERE), FIXTURE);
    session.press("Ctrl+N");
    session.wait_for("work at 1");
    session.press("Ctrl+X");
    session.wait_for("work counted 1");
    // What was under way gives way to what is started later, and only the later one answers.
    session.press("Ctrl+N");
    session.wait_for("work at 1");
    session.press("Ctrl+N");
    session.wait_for("work at 2");
    session.press("Ctrl+X");
    session.wait_for("work counted 1");
}

#[test]
fn what_is_copied_goes_to_the_terminal_or_to_a_file() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("copied");
    let session = started(fixture(folder.to_str().unwrap()), FIXTURE);
    session.press("Ctrl+Y");
    session.wait_for("told copied text: 4 characters (OSC 52)");
    let sequence = b"\x1b]52;c;w6nDqcOpw6k=\x07";
    assert_eq!(session.seen().count(sequence), 1);
    session.press("Ctrl+B");
    session.wait_for("told text: 40000 characters in ");
    assert_eq!(
        std::fs::read_to_string(folder.join("copied.txt")).unwrap(),
        "é".repeat(40_000)
    );
    session.press("Ctrl+O");
    session.wait_for("told the address was not opened: only http and https");
}

/// A session in which `xdg-open` is this script.
#[cfg(target_os = "linux")]
fn with_opener(script: &str, name: &str) -> (super::Session, PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let opener = folder.join("xdg-open");
    std::fs::write(&opener, script).unwrap();
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = fixture(NOWHERE);
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    command.env("OPENED", folder.join("opened"));
    (started(command, FIXTURE), folder.join("opened"))
}

#[test]
#[cfg(target_os = "linux")]
fn an_address_is_opened_as_it_is_and_a_failure_is_told() {
    let (session, opened) = with_opener(
        "#!/bin/sh\necho \"$#:$1\" > \"$OPENED\"; exec sleep 5",
        "opens",
    );
    let _ = std::fs::remove_file(&opened);
    session.press("Ctrl+U");
    session.wait_for("told opened example.org in the browser");
    let began = Instant::now();
    let args = loop {
        match std::fs::read_to_string(&opened) {
            Ok(args) if args.ends_with('\n') => break args,
            _ => assert!(
                began.elapsed() < Duration::from_secs(20),
                "nothing was opened"
            ),
        }
    };
    assert_eq!(args, "1:https://example.org/a?b=$(c)&d\n");
    let (session, _) = with_opener("#!/bin/sh\nexit 3", "opens-not");
    session.press("Ctrl+U");
    session.wait_for("told example.org was not opened: xdg-open: exit status: 3");
}
