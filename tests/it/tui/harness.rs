//! A program in a pseudo-terminal: what it shows, what it is typed, how it ends and what it costs.
//!
//! A thread reads what the program writes into a terminal of vt100 and answers what a terminal would answer: where the
//! cursor is, and what it is. Everything waits for something to be seen, with one time-out for all.

use crate::common::TODAY;
use licit::tui::{Code, Key};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long anything may take that should take milliseconds: machines that test are busy.
const TIME_OUT: Duration = Duration::from_secs(20);

type Writer = Arc<Mutex<Option<Box<dyn Write + Send>>>>;

/// A running program and its terminal.
pub(super) struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Writer,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    closing: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    before: String,
}

/// What came from the program.
pub(super) struct Seen {
    terminal: vt100::Parser<Replies>,
    pub(super) bytes: Vec<u8>,
    is_over: bool,
}

/// What the terminal has to answer.
#[derive(Default)]
struct Replies(Vec<u8>);

impl vt100::Callbacks for Replies {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        match (first, params, last) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                let place = format!("\u{1b}[{};{}R", row + 1, column + 1);
                self.0.extend(place.as_bytes());
            }
            (None, _, 'c') => self.0.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }
}

/// The modes of a terminal that a program must leave as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Modes {
    pub(super) alternate_screen: bool,
    pub(super) hidden_cursor: bool,
    pub(super) mouse: bool,
    pub(super) paste: bool,
    /// What the line discipline does, raw mode among it, as it is printed.
    pub(super) line: String,
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize {
        rows: height,
        cols: width,
        ..PtySize::default()
    }
}

fn sides(width: u16, height: u16) -> (NonZeroU16, NonZeroU16) {
    let side = |number| NonZeroU16::new(number).expect("a terminal has columns and rows");
    (side(height), side(width))
}

/// A command line with nothing of this process's environment but the path.
pub(super) fn command(words: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(words[0]);
    command.args(&words[1..]);
    command.env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TERM", "xterm-256color");
    command.env("HOME", "/dev/null/nowhere");
    command.env("LICIT_TODAY", TODAY);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A home folder in which nothing is yet.
pub(super) fn home() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("home-{number}"));
    let _ = std::fs::remove_dir_all(&home);
    home
}

/// The built program in a home folder of its own.
pub(super) fn licit() -> CommandBuilder {
    licit_in(&home())
}

/// The built program in a home folder.
pub(super) fn licit_in(home: &Path) -> CommandBuilder {
    let mut command = command(&[env!("CARGO_BIN_EXE_licit")]);
    command.env("HOME", home);
    command
}

/// The built program with a folder of its own for what it keeps.
pub(super) fn licit_keeping(folder: &Path) -> CommandBuilder {
    let mut command = licit();
    command.env("XDG_STATE_HOME", folder);
    command
}

/// A program as a job of a shell: `script` starts it as `"$@"`.
pub(super) fn in_shell(script: &str, program: &CommandBuilder) -> CommandBuilder {
    let mut shell = CommandBuilder::new("bash");
    // Jobs are groups of their own, as at a prompt.
    shell.args(["-mc", script, "bash"]);
    shell.args(program.get_argv());
    shell.cwd(env!("CARGO_MANIFEST_DIR"));
    shell.env_clear();
    for (name, value) in program.iter_full_env_as_str() {
        shell.env(name, value);
    }
    shell
}

impl Session {
    pub(super) fn start(command: CommandBuilder, width: u16, height: u16) -> Self {
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let before = line(pair.master.as_ref());
        let mut reading = pair.master.try_clone_reader().unwrap();
        let writer = Arc::new(Mutex::new(Some(pair.master.take_writer().unwrap())));
        let (rows, columns) = sides(width, height);
        let seen = Seen {
            terminal: vt100::Parser::new_with_callbacks(rows, columns, 0, Replies::default()),
            bytes: Vec::new(),
            is_over: false,
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let closing = Arc::new(AtomicBool::new(false));
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = {
            let (seen, closing, writer) = (seen.clone(), closing.clone(), writer.clone());
            thread::spawn(move || {
                let mut buffer = [0; 65536];
                loop {
                    let count = reading.read(&mut buffer).unwrap_or(0);
                    if closing.load(Ordering::SeqCst) {
                        break;
                    }
                    let (lock, changed) = &*seen;
                    let mut now = lock.lock().unwrap();
                    now.bytes.extend(&buffer[..count]);
                    now.terminal.process(&buffer[..count]);
                    now.is_over = count == 0;
                    let replies = std::mem::take(&mut now.terminal.callbacks_mut().0);
                    drop(now);
                    changed.notify_all();
                    if count == 0 {
                        break;
                    }
                    if replies.is_empty() {
                        continue;
                    }
                    if let Some(writer) = writer.lock().unwrap().as_mut() {
                        writer.write_all(&replies).unwrap();
                    }
                }
            })
        };
        Self {
            master: Some(pair.master),
            writer,
            child,
            seen,
            closing,
            reader: Some(reader),
            before,
        }
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// Waits until something is so, and fails with the screen where it never is.
    pub(super) fn wait(&self, what: &str, mut is_so: impl FnMut(&Seen) -> bool) {
        let deadline = Instant::now() + TIME_OUT;
        let (lock, changed) = &*self.seen;
        let mut seen = lock.lock().unwrap();
        while !is_so(&seen) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !seen.is_over,
                "never seen: {what}\n--- screen\n{}\n---",
                seen.text()
            );
            seen = changed
                .wait_timeout(seen, left.min(Duration::from_millis(100)))
                .unwrap()
                .0;
        }
    }

    pub(super) fn wait_for(&self, text: &str) {
        self.wait(text, |seen| seen.text().contains(text));
    }

    pub(super) fn text(&self) -> String {
        self.seen().text()
    }

    /// How many bytes have come as soon as there are others than so many, or when nothing has come for a time.
    pub(super) fn next_bytes(&self, known: usize, time: Duration) -> usize {
        let (lock, changed) = &*self.seen;
        let is_same = |seen: &mut Seen| seen.bytes.len() == known && !seen.is_over;
        let seen = lock.lock().unwrap();
        let (seen, _) = changed.wait_timeout_while(seen, time, is_same).unwrap();
        seen.bytes.len()
    }

    /// What is shown when nothing has come for a while.
    pub(super) fn settled(&self) -> String {
        loop {
            let before = self.seen().bytes.len();
            thread::sleep(Duration::from_millis(300));
            let seen = self.seen();
            if seen.bytes.len() == before {
                return seen.text();
            }
        }
    }

    pub(super) fn send(&self, bytes: &[u8]) {
        let mut writer = self.writer.lock().unwrap();
        let writer = writer.as_mut().expect("the terminal is open");
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    /// Presses a key by its name.
    pub(super) fn press(&self, name: &str) {
        self.send(&sequence(name.parse().unwrap()));
    }

    pub(super) fn resize(&self, width: u16, height: u16) {
        // First what is shown, so that no frame of the new size meets the old one.
        let (rows, columns) = sides(width, height);
        self.seen().terminal.set_size(rows, columns);
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(size(width, height)).unwrap();
    }

    pub(super) fn modes(&self) -> Modes {
        let seen = self.seen();
        let screen = seen.terminal.screen();
        Modes {
            alternate_screen: screen.alternate_screen(),
            hidden_cursor: screen.hide_cursor(),
            mouse: seen.has_mouse(),
            paste: screen.bracketed_paste(),
            line: self.master.as_deref().map(line).unwrap_or_default(),
        }
    }

    /// The modes of the terminal before anything ran in it.
    pub(super) fn modes_before(&self) -> Modes {
        Modes {
            alternate_screen: false,
            hidden_cursor: false,
            mouse: false,
            paste: false,
            line: self.before.clone(),
        }
    }

    /// Waits for the end and gives the exit code, and how long it took.
    pub(super) fn end(&mut self) -> (u32, Duration) {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < TIME_OUT, "does not end:\n{}", self.text());
            thread::sleep(Duration::from_millis(1));
        };
        let took = began.elapsed();
        assert!(status.signal().is_none(), "ended by {status:?}");
        if !self.closing.load(Ordering::SeqCst) {
            self.reader.take().map(JoinHandle::join);
        }
        (status.exit_code(), took)
    }

    /// Stops reading. `key` makes the program write, so that the reader wakes up and lets go.
    pub(super) fn let_go(&mut self, key: &str) {
        self.closing.store(true, Ordering::SeqCst);
        self.press(key);
        self.reader.take().map(JoinHandle::join);
    }

    /// Closes the terminal, every copy of it, after the reader let go.
    pub(super) fn close(&mut self) {
        assert!(self.reader.is_none(), "the reader holds the terminal open");
        *self.writer.lock().unwrap() = None;
        self.master = None;
    }
}

/// Sends a signal to a process.
pub(super) fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}

impl Drop for Session {
    fn drop(&mut self) {
        // It has ended, or the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Seen {
    /// How often a sequence came from the program.
    pub(super) fn count(&self, sequence: &[u8]) -> usize {
        let parts = self.bytes.windows(sequence.len());
        parts.filter(|part| *part == sequence).count()
    }

    pub(super) fn has_mouse(&self) -> bool {
        self.terminal.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    pub(super) fn shows_screens(&self) -> bool {
        self.terminal.screen().alternate_screen()
    }

    /// What is shown, without blanks at the ends of lines: a blank that was drawn looks like one that never was.
    pub(super) fn text(&self) -> String {
        let shown = self.terminal.screen().contents();
        let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_owned()
    }
}

fn line(master: &(dyn MasterPty + Send)) -> String {
    master
        .get_termios()
        .map(|line| format!("{line:?}"))
        .unwrap_or_default()
}

/// What a terminal sends for a key.
fn sequence(key: Key) -> Vec<u8> {
    match key.code {
        Code::Char(letter) if key.ctrl => vec![u8::try_from(letter).unwrap() & 0x1f],
        Code::Char(letter) => letter.to_string().into_bytes(),
        Code::Enter => b"\r".to_vec(),
        Code::Esc => b"\x1b".to_vec(),
        Code::Backspace => b"\x7f".to_vec(),
        Code::Tab => b"\t".to_vec(),
        Code::BackTab => b"\x1b[Z".to_vec(),
        Code::Up => b"\x1b[A".to_vec(),
        Code::Down => b"\x1b[B".to_vec(),
        Code::Right => b"\x1b[C".to_vec(),
        Code::Left => b"\x1b[D".to_vec(),
        Code::Home => b"\x1b[H".to_vec(),
        Code::End => b"\x1b[F".to_vec(),
        Code::Delete => b"\x1b[3~".to_vec(),
        Code::PageUp => b"\x1b[5~".to_vec(),
        Code::PageDown => b"\x1b[6~".to_vec(),
    }
}

/// What a process has cost so far, over all of its threads. None where the system does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Time on a processor.
    pub(super) running: Duration,
    /// How often a thread went to sleep, which is how often one woke up.
    pub(super) naps: u64,
}

impl Cost {
    pub(super) fn of(pid: u32) -> Option<Self> {
        let mut cost = Self {
            running: Duration::ZERO,
            naps: 0,
        };
        for thread in
            std::fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task")).ok()?
        {
            let thread = thread.ok()?.path();
            let nanoseconds = std::fs::read_to_string(thread.join("schedstat")).ok()?;
            let nanoseconds = nanoseconds.split(' ').next()?.parse().ok()?;
            cost.running += Duration::from_nanos(nanoseconds);
            let status = std::fs::read_to_string(thread.join("status")).ok()?;
            let naps = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            cost.naps += naps?.trim().parse::<u64>().ok()?;
        }
        Some(cost)
    }
}

/// The child of a process, once it has one.
pub(super) fn child_of(pid: u32) -> Option<u32> {
    let path = format!("/proc/{pid}/task/{pid}/children");
    let deadline = Instant::now() + TIME_OUT;
    while Instant::now() < deadline {
        let children = std::fs::read_to_string(&path).ok()?;
        if let Some(child) = children.split_whitespace().next() {
            return child.parse().ok();
        }
        thread::sleep(Duration::from_millis(1));
    }
    None
}

/// Waits until a process is gone, and gives how long that took and what it cost on the way.
pub(super) fn gone(pid: u32, before: Cost) -> (Duration, Duration) {
    let began = Instant::now();
    let mut last = before;
    loop {
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let state = state.rsplit(')').next().unwrap_or("").trim_start();
        if state.is_empty() || state.starts_with('Z') {
            return (began.elapsed(), last.running.saturating_sub(before.running));
        }
        if let Some(cost) = Cost::of(pid).filter(|cost| cost.running > last.running) {
            last = cost;
        }
        assert!(
            began.elapsed() < TIME_OUT,
            "process {pid} is still there: {last:?}"
        );
        thread::sleep(Duration::from_millis(1));
    }
}

/// Whether a program can be started here.
pub(super) fn is_there(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}
