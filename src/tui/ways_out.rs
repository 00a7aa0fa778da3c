//! The ways out that nobody chooses: a panic, a signal, a terminal that vanished.
//!
//! Each has the terminal given back first. Signals are heard by a thread of their own, since the loop may be busy and the
//! thread that reads keys never returns from a dead terminal: crossterm reads it again and again. A second thread waits
//! for the terminal to hang up, for the case that no signal says so: a program that is not the session's leader, or whose
//! parent ignores SIGHUP.

use super::terminal::leave;
use crate::model::clean;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::sync::mpsc::{self, Sender};
#[cfg(unix)]
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The exit code of a fault of the program itself, as in `sysexits.h`.
pub const FAULT: u8 = 70;

/// How long giving the terminal back may take before the program ends without it.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether the program stopped itself and did not go on yet.
#[cfg(unix)]
static STOPPED: Mutex<bool> = Mutex::new(false);

/// Tells when it goes on.
#[cfg(unix)]
static GOES_ON: Condvar = Condvar::new();

/// How long the loop may take to hear that the program ends.
#[cfg(unix)]
const PATIENCE_TO_HEAR: Duration = Duration::from_secs(1);

/// How long a loop that heard it may take to keep the session: what is written waits for the disk, and a busy one takes
/// seconds.
#[cfg(unix)]
const PATIENCE_TO_SAVE: Duration = Duration::from_secs(5);

/// What a signal asks of the loop.
#[derive(Debug)]
#[cfg_attr(
    not(unix),
    expect(dead_code, reason = "no other system has such signals")
)]
pub(super) enum Asked {
    /// The terminal has another size.
    Resize,
    /// Stop, as the suspend key does.
    Stop,
    /// The program was stopped without being asked and goes on.
    GoOn,
    /// The program ends: say that it was heard, keep the session, then say so. The terminal is given back already.
    End(Sender<()>),
}

/// Makes every panic, of whichever thread, give the terminal back, say what happened and end the program.
///
/// The same in every build: where panics abort there is nobody left to tell it on the screen.
pub(super) fn on_panic() {
    std::panic::set_hook(Box::new(|info| {
        leave_soon();
        // Where messages cannot be written either, the exit code is all that is left to say.
        let _ = io::stderr().write_all(words(info).as_bytes());
        end(FAULT)
    }));
}

fn words(info: &PanicHookInfo<'_>) -> String {
    let said = info.payload_as_str().unwrap_or("no reason given");
    let place = info.location().map(ToString::to_string);
    let place = place.unwrap_or_else(|| "an unknown place".to_owned());
    let thread = thread::current().name().unwrap_or("unnamed").to_owned();
    let mut words = format!(
        "error: licit failed, and this is a fault of licit: {}\n  at {place}, in the thread {thread}\n  \
         your terminal and your saved session are as they were; please report these lines\n",
        clean(said).text
    );
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        words.push_str(&trace.to_string());
    }
    words
}

/// Gives the terminal back, but does not wait for ever for one that takes nothing.
fn leave_soon() {
    let (done, wait) = mpsc::channel();
    let leaving = thread::Builder::new()
        .name("leave".to_owned())
        .spawn(move || {
            leave();
            // Whoever waits may have stopped waiting.
            let _ = done.send(());
        });
    match leaving {
        Ok(_) => drop(wait.recv_timeout(PATIENCE)),
        Err(_) => leave(),
    }
}

/// Ends without running anything else: other threads may hold any lock.
#[cfg(unix)]
fn end(code: u8) -> ! {
    signal_hook::low_level::exit(i32::from(code))
}

#[cfg(not(unix))]
#[expect(
    clippy::exit,
    reason = "a thread that is not the main one has no other way to end the program"
)]
fn end(code: u8) -> ! {
    std::process::exit(i32::from(code))
}

/// Starts the two threads. `ask` is called for what the loop has to do.
#[cfg(unix)]
pub(super) fn listen(ask: impl Fn(Asked) + Send + Sync + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    let all = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    let ask = Arc::new(ask);
    let watching = {
        let ask = Arc::clone(&ask);
        move || {
            if vanishes() {
                part(&*ask, 129);
            }
        }
    };
    let listening = move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => ask(Asked::Resize),
                SIGTSTP => ask(Asked::Stop),
                SIGCONT if has_stopped_itself() => {}
                SIGCONT => ask(Asked::GoOn),
                _ => part(&*ask, u8::try_from(128 + signal).unwrap_or(FAULT)),
            }
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listening)?;
    thread::Builder::new()
        .name("watchdog".to_owned())
        .spawn(watching)?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn listen(_: impl Fn(Asked) + Send + Sync + 'static) -> io::Result<()> {
    Ok(())
}

/// Gives the terminal back, lets the loop keep the session, and ends.
#[cfg(unix)]
fn part(ask: &dyn Fn(Asked), code: u8) -> ! {
    // A signal and the end of the terminal often come together: whoever is second waits for the end.
    static ONCE: Mutex<()> = Mutex::new(());
    let _first = ONCE.lock().unwrap_or_else(PoisonError::into_inner);
    leave_soon();
    let (done, wait) = mpsc::channel();
    ask(Asked::End(done));
    // A loop that is stuck has nothing more to say.
    if wait.recv_timeout(PATIENCE_TO_HEAR).is_ok() {
        let _ = wait.recv_timeout(PATIENCE_TO_SAVE);
    }
    end(code)
}

/// Waits for the terminal to hang up, without reading from it and without ever waking up before. False where the system
/// cannot wait for that.
#[cfg(unix)]
fn vanishes() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    let stdin = io::stdin();
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    let look = |patience: Option<&Timespec>| loop {
        let mut waiting = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut waiting, patience) {
            Err(Errno::INTR) => {}
            Err(_) => return PollFlags::empty(),
            Ok(_) => return waiting[0].revents() & gone,
        }
    };
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // A system that cannot wait for terminals says so at once.
    look(Some(&now)) != PollFlags::NVAL && !look(None).is_empty()
}

/// Why the program should not stop: nobody could start it again.
#[cfg(unix)]
pub(super) fn cannot_stop() -> Option<&'static str> {
    use rustix::process::{getpid, getsid};
    let leads = getsid(None).is_ok_and(|leader| leader == getpid());
    leads.then_some("there is no shell to go back to")
}

/// Stops the program, with whatever else the shell counts as the same job. Returns when it goes on.
///
/// # Errors
/// Where the system refuses.
#[cfg(unix)]
pub(super) fn stop() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    let mut stopped = stopped();
    *stopped = true;
    kill_current_process_group(Signal::STOP)?;
    // Another thread may be the one that is stopped first: this one must not touch the terminal before it goes on.
    while *stopped {
        stopped = GOES_ON
            .wait(stopped)
            .unwrap_or_else(PoisonError::into_inner);
    }
    Ok(())
}

/// Lets the thread that stopped the program go on, if there is one.
#[cfg(unix)]
fn has_stopped_itself() -> bool {
    let had = std::mem::replace(&mut *stopped(), false);
    GOES_ON.notify_all();
    had
}

#[cfg(unix)]
fn stopped() -> MutexGuard<'static, bool> {
    STOPPED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(not(unix))]
pub(super) fn cannot_stop() -> Option<&'static str> {
    Some("this system cannot stop programs")
}

#[cfg(not(unix))]
pub(super) fn stop() -> io::Result<()> {
    Ok(())
}
