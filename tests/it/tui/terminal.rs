//! Gates R05 to R11 and R13 of the plan: the terminal is as before whatever happens, and nothing is spent on nothing.
//!
//! Gates count. Where one measures time, the figure is printed and the bound is far above it, since machines that test
//! are busy; the bounds of the plan hold in the full-size versions, which are run by name.

use super::fixture::fixture;
use super::harness::{
    Cost, Modes, Session, child_of, command, gone, in_shell, is_there, licit, signal,
};
use super::{figure, skipped};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The prompts of the fixture and of the program.
const FIXTURE: &str = "fixture>";
const PROMPT: &str = "licit>";

/// A folder for the state that is nowhere.
const NOWHERE: &str = "/dev/null/nowhere";

fn started(command: CommandBuilder, prompt: &str) -> Session {
    let session = Session::start(command, 120, 40);
    session.wait_for(prompt);
    session
}

/// How many of the five modes of the terminal are as before.
fn restored(session: &Session) -> usize {
    let (after, before) = (session.modes(), session.modes_before());
    let same = |is_same: fn(&Modes, &Modes) -> bool| usize::from(is_same(&after, &before));
    same(|a, b| a.alternate_screen == b.alternate_screen)
        + same(|a, b| a.hidden_cursor == b.hidden_cursor)
        + same(|a, b| a.mouse == b.mouse)
        + same(|a, b| a.paste == b.paste)
        + same(|a, b| a.line == b.line)
}

/// A way out of a program.
struct WayOut {
    name: &'static str,
    go: fn(&Session),
    code: u32,
    /// What stands on the screen afterwards.
    says: &'static str,
}

const fn way(name: &'static str, go: fn(&Session), code: u32, says: &'static str) -> WayOut {
    WayOut {
        name,
        go,
        code,
        says,
    }
}

const WAYS_OUT: [WayOut; 9] = [
    way("quit", |it| it.press("Ctrl+Q"), 0, ""),
    way("error", |it| it.send(b"\x05x"), 3, "error: No space left"),
    way("panic", |it| it.press("Ctrl+P"), 70, "the model failed[31m"),
    way(
        "panic in a worker",
        |it| it.press("Ctrl+W"),
        70,
        "the work failed[31m",
    ),
    way("SIGTERM", |it| signal(it.pid(), Signal::TERM), 143, ""),
    way("SIGINT", |it| signal(it.pid(), Signal::INT), 130, ""),
    way("SIGHUP", |it| signal(it.pid(), Signal::HUP), 129, ""),
    way("SIGQUIT", |it| signal(it.pid(), Signal::QUIT), 131, ""),
    way(
        "save and quit",
        |it| it.press("Ctrl+S"),
        0,
        "unheard: the session was not saved",
    ),
];

#[test]
fn r06_every_way_out_gives_the_terminal_back() {
    let mut checks = 0;
    for out in WAYS_OUT {
        let mut session = started(fixture(NOWHERE), FIXTURE);
        session.press("Ctrl+T");
        session.wait("the mouse", super::harness::Seen::has_mouse);
        assert_eq!(restored(&session), 0, "{:?}", session.modes());
        (out.go)(&session);
        let (code, _) = session.end();
        let text = session.text();
        assert_eq!(code, out.code, "{}:\n{text}", out.name);
        assert_eq!(restored(&session), 5, "{}: {:?}", out.name, session.modes());
        assert!(text.contains(out.says), "{}:\n{text}", out.name);
        checks += 5;
    }
    for (name, key, sent, code) in [
        ("Ctrl+C", Some("Ctrl+C"), Signal::TERM, 0),
        ("SIGTERM", None, Signal::TERM, 143),
        ("SIGINT", None, Signal::INT, 130),
        ("SIGHUP", None, Signal::HUP, 129),
    ] {
        let mut session = started(licit(), PROMPT);
        match key {
            Some(key) => session.press(key),
            None => signal(session.pid(), sent),
        }
        assert_eq!(session.end().0, code, "{name}");
        assert_eq!(restored(&session), 5, "{name}: {:?}", session.modes());
        checks += 5;
    }
    figure(
        "R06 ways out",
        &format!("{checks} of {checks} modes as before, after 13 ways out"),
    );
}

#[test]
fn r06_a_terminal_that_takes_nothing_does_not_keep_the_program() {
    let mut session = started(fixture(NOWHERE), FIXTURE);
    // Nobody reads while this is held, and more is on its way than fits in between.
    let nobody_reads = session.seen();
    session.press("Ctrl+G");
    std::thread::sleep(Duration::from_millis(300));
    signal(session.pid(), Signal::TERM);
    let pid = session.pid();
    let (took, _) = gone(pid, Cost::of(pid).unwrap_or_default());
    drop(nobody_reads);
    assert_eq!(session.end().0, 143);
    figure(
        "R06 ways out",
        &format!("a terminal that takes nothing: gone after {took:.0?}"),
    );
}

/// A shell that starts the program, and starts it again from where it stopped as often as somebody presses Enter.
const JOBS: &str = r#""$@"; for round in $(seq $ROUNDS); do echo "stopped $round"; read -r line; echo "typed $line"; fg
done > /dev/tty; echo "ended $?""#;

#[test]
fn r08_stopped_and_started_again() {
    if !is_there("bash") {
        return skipped("R08 suspend", "there is no bash");
    }
    let rounds = 10;
    for (program, prompt) in [(fixture(NOWHERE), FIXTURE), (licit(), PROMPT)] {
        let mut shell = in_shell(JOBS, &program);
        shell.env("ROUNDS", rounds.to_string());
        let mut session = started(shell, prompt);
        session.send(b"pim");
        session.wait_for(&format!("{prompt} pim"));
        let shown = session.text();
        for round in 1..=rounds {
            match child_of(session.pid()) {
                // From outside, as a window manager or another shell does.
                Some(program) if round % 2 == 0 => signal(program, Signal::TSTP),
                _ => session.press("Ctrl+Z"),
            }
            session.wait_for(&format!("stopped {round}"));
            assert_eq!(restored(&session), 5, "{:?}", session.modes());
            session.send(b"a word\r");
            session.wait("the line typed at the shell", |seen| {
                seen.count(b"typed a word") == round
            });
            session.wait("the screens again", |seen| {
                seen.shows_screens() && seen.text() == shown
            });
            assert!(restored(&session) <= 1, "{:?}", session.modes());
        }
        session.press("Ctrl+C");
        session.send(b"\x11");
        session.wait_for("ended 0");
        session.end();
        assert_eq!(restored(&session), 5);
    }
    figure(
        "R08 suspend",
        &format!("{rounds} of {rounds} for the program and for the fixture"),
    );
}

#[test]
fn r07_a_closed_terminal_ends_the_program() {
    let mut figures = Vec::new();
    {
        let mut session = started(licit(), PROMPT);
        let Some(before) = Cost::of(session.pid()) else {
            return skipped("R07 closed pty", "there is no /proc with costs of threads");
        };
        session.close("x");
        let cost = gone(session.pid(), before);
        assert_eq!(session.end().0, 129);
        figures.push(("leader of its session", cost));
    }
    if is_there("bash") {
        let deaf = in_shell(r#"trap "" HUP; "$@"; exit 0"#, &licit());
        let mut session = started(deaf, PROMPT);
        let program = child_of(session.pid()).unwrap();
        let before = Cost::of(program).unwrap();
        session.close("x");
        figures.push(("below a shell deaf to SIGHUP", gone(program, before)));
    } else {
        skipped(
            "R07 closed pty, below a shell deaf to SIGHUP",
            "there is no bash",
        );
    }
    match in_tmux() {
        Some(cost) => figures.push(("in tmux", cost)),
        None => skipped("R07 closed pty, in tmux", "there is no tmux"),
    }
    for (name, (took, cost)) in &figures {
        figure(
            "R07 closed pty",
            &format!("{name}: gone after {took:.0?}, {cost:.0?} of processor"),
        );
        assert!(*cost < Duration::from_millis(100), "{name}: {cost:?}");
        assert!(*took < Duration::from_secs(5), "{name}: {took:?}");
    }
}

/// What it takes until the program is gone whose tmux session was killed.
fn in_tmux() -> Option<(Duration, Duration)> {
    if !is_there("tmux") {
        return None;
    }
    let server = format!("licit-{}", std::process::id());
    let tmux = |words: &[&str]| {
        let mut command = std::process::Command::new("tmux");
        let command = command.args(["-L", &server, "-f", "/dev/null"]).args(words);
        let output = command.env("TERM", "xterm").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let program = env!("CARGO_BIN_EXE_licit");
    tmux(&[
        "new-session",
        "-d",
        "-x",
        "80",
        "-y",
        "24",
        "-s",
        "s",
        program,
    ]);
    let began = Instant::now();
    while !tmux(&["capture-pane", "-p", "-t", "s"]).contains(PROMPT) {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "nothing shown in tmux"
        );
    }
    let pid = tmux(&["display-message", "-p", "-t", "s", "#{pane_pid}"]);
    let pid: u32 = pid.trim().parse().unwrap();
    let before = Cost::of(pid)?;
    tmux(&["kill-session", "-t", "s"]);
    Some(gone(pid, before))
}

/// A run through `sh`, with streams that lead elsewhere: what came to the terminal, and the exit code.
fn run_with(script: &str, variables: &[(&str, Option<&str>)]) -> (String, Vec<u8>) {
    let program = env!("CARGO_BIN_EXE_licit");
    let mut command = command(&["sh", "-c", &format!("{script}; echo \"code $?\""), program]);
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        }
    }
    let mut session = Session::start(command, 80, 24);
    session.wait("the prompt or the end", |seen| {
        let text = seen.text();
        text.contains(PROMPT) || text.contains("code ")
    });
    if session.text().contains(PROMPT) {
        session.press("Ctrl+C");
    }
    session.end();
    let bytes = session.seen().bytes.clone();
    (session.text(), bytes)
}

#[test]
fn r09_without_a_terminal_there_are_no_screens_and_no_escapes() {
    let dumb = ("TERM", Some("dumb"));
    let unset = ("TERM", None);
    let mut refused = 0;
    for (script, variables) in [
        ("$0 < /dev/null", vec![]),
        ("$0 < /dev/null", vec![dumb]),
        ("$0 < /dev/null", vec![unset]),
        // Its own exit code, not that of the program that reads.
        ("{ $0; echo \"code $?\" >&2; } | cat", vec![]),
        ("$0 > /dev/null", vec![dumb]),
        ("$0 > /dev/null", vec![unset]),
        ("$0", vec![dumb]),
        ("$0", vec![unset]),
        ("$0 < /dev/null > /dev/null", vec![]),
    ] {
        let (text, bytes) = run_with(script, &variables);
        assert!(text.contains("code 2"), "{script} {variables:?}:\n{text}");
        assert!(
            text.contains("licit --help"),
            "{script} {variables:?}:\n{text}"
        );
        assert!(!bytes.contains(&0x1b), "{script} {variables:?}:\n{text}");
        refused += 1;
    }
    let mut shown = 0;
    for (script, variables) in [
        ("$0 2> /dev/null", vec![]),
        ("$0", vec![("HOME", None)]),
        (
            "$0",
            vec![
                ("XDG_STATE_HOME", Some(NOWHERE)),
                ("XDG_CONFIG_HOME", Some(NOWHERE)),
            ],
        ),
    ] {
        let (text, _) = run_with(script, &variables);
        assert!(text.contains("code 0"), "{script} {variables:?}:\n{text}");
        shown += 1;
    }
    figure(
        "R09 no terminal",
        &format!("{refused} refused without an escape, {shown} shown, of 12"),
    );
}

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
    session.wait_for("licit> p");
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
        if numbers.below(8) == 0 {
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
    let shown = session.text();
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
