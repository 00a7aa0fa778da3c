//! Gates R06 to R09 of the plan: the terminal is as before, whichever way the program ends or stops, and where there is
//! none, nothing is written that only a terminal understands.

use super::fixture::fixture;
use super::harness::{
    Cost, Modes, Session, child_of, command, gone, home, in_shell, is_there, licit, licit_in,
    signal,
};
use super::{FIXTURE, NOWHERE, PROMPT, started};
use crate::common::TODAY;
use crate::common::{figure, skipped};
use rustix::process::Signal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

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
    way(
        "quit",
        |it| it.press("Ctrl+Q"),
        0,
        "unheard: the session was not saved",
    ),
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
fn the_session_is_kept_on_every_way_out_but_a_fault() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("kept");
    let file = folder.join("session.toml");
    let _ = std::fs::remove_file(&file);
    let mut kept = 0;
    for (round, out) in WAYS_OUT.iter().enumerate() {
        let mut session = started(fixture(folder.to_str().unwrap()), FIXTURE);
        session.send(format!("place {round}").as_bytes());
        session.wait_for(&format!("place {round}"));
        let before = std::fs::read_to_string(&file).unwrap_or_default();
        (out.go)(&session);
        assert_eq!(session.end().0, out.code, "{}", out.name);
        let after = std::fs::read_to_string(&file).unwrap_or_default();
        if out.code == 70 {
            assert_eq!(after, before, "{}", out.name);
        } else {
            assert!(
                after.starts_with(&format!("place {round}")),
                "{}: {after}",
                out.name
            );
            kept += 1;
        }
    }
    let mut session = started(fixture(folder.to_str().unwrap()), FIXTURE);
    session.send(b"closed");
    session.wait_for("closed");
    session.let_go("!");
    session.close();
    assert_eq!(session.end().0, 129);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "closed!");
    figure(
        "session",
        &format!("kept on {} of {} ways out", kept + 1, kept + 1),
    );
}

#[test]
fn the_program_comes_back_to_where_it_was_and_tells_what_it_could_not_read() {
    let home = home();
    let config = home.join(".config/licit");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(
        config.join("config.toml"),
        "thme = \"dark\"\nglyphs = \"ascii\"\n",
    )
    .unwrap();
    let mut session = started(licit_in(&home), "|/");
    session.wait_for("did you mean `theme`?");
    session.send(b"helpdesk");
    session.wait_for("|/ helpdesk");
    signal(session.pid(), Signal::HUP);
    assert_eq!(session.end().0, 129);
    let mut session = started(licit_in(&home), "|/ helpdesk");
    session.press("Ctrl+C");
    session.end();
    // A file that cannot be read is moved aside, told, and still there.
    let state = home.join(".local/state/licit");
    std::fs::write(state.join("session.toml"), "damaged = = ").unwrap();
    let mut session = started(licit_in(&home), "|/");
    session.wait_for("the file of the session as it was is kept in");
    session.press("Ctrl+C");
    session.end();
    let aside = std::fs::read_to_string(state.join("session-aside-1.toml")).unwrap();
    assert_eq!(aside, "damaged = = ");
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
        let shown = session.settled();
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
            // The mouse was never asked for, and the cursor may stand in a field.
            assert!(restored(&session) <= 2, "{:?}", session.modes());
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
        if Cost::of(session.pid()).is_none() {
            return skipped("R07 closed pty", "there is no /proc with costs of threads");
        }
        let cost = closed(&mut session, None);
        assert_eq!(session.end().0, 129);
        figures.push(("leader of its session", cost));
    }
    if is_there("bash") {
        let deaf = in_shell(r#"trap "" HUP; "$@"; exit 0"#, &licit());
        let mut session = started(deaf, PROMPT);
        let program = child_of(session.pid()).unwrap();
        let cost = closed(&mut session, Some(program));
        figures.push(("below a shell deaf to SIGHUP", cost));
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

/// What it takes until a program is gone whose terminal is closed: that of the session, or one below it.
fn closed(session: &mut Session, program: Option<u32>) -> (Duration, Duration) {
    let program = program.unwrap_or_else(|| session.pid());
    session.let_go("x");
    // What the key itself costs is not what is counted.
    std::thread::sleep(Duration::from_millis(500));
    let before = Cost::of(program).unwrap();
    session.close();
    gone(program, before)
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
        let command = command.env("TERM", "xterm").env("LICIT_TODAY", TODAY);
        let output = command.output().unwrap();
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
