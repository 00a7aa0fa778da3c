//! The terminal: taken over by one guard and given back by one function on every way out.
//!
//! ratatui's own `restore` leaves the cursor hidden, bracketed paste on and the mouse captured, and knows nothing of
//! signals. Here [`leave`] undoes everything that [`Terminal::enter`] did, exactly once, from whichever thread is first:
//! the loop that ends, a thread that panics, the thread that hears signals, or the one that notices a vanished terminal.
//!
//! A frame is collected whole and then sent by one write under a lock that looks whether the terminal is still ours: no
//! half frame and no late frame reaches a terminal that was given back.

use crossterm::Command;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal as Drawing, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::fmt;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::Duration;

/// Whether the terminal is ours.
static ACTIVE: AtomicBool = AtomicBool::new(false);

/// Held by whoever changes the terminal or writes to it.
static HANDS: Mutex<()> = Mutex::new(());

/// How often `leave` looks whether a write under way is through, a millisecond apart: a terminal that takes nothing must
/// not keep the program from ending.
const PATIENCE: u32 = 100;

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Terminal {
    drawing: Drawing<CrosstermBackend<Collected>>,
    collected: Collected,
    has_mouse: bool,
}

impl Terminal {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste, cursor hidden.
    ///
    /// # Errors
    /// Where the terminal refuses; it is then as before.
    pub fn enter() -> io::Result<Self> {
        Self::take(false).inspect_err(|_| leave())
    }

    fn take(has_mouse: bool) -> io::Result<Self> {
        let collected = Collected::default();
        let mut sequences = String::new();
        append(&mut sequences, EnterAlternateScreen);
        append(&mut sequences, Clear(ClearType::All));
        append(&mut sequences, EnableBracketedPaste);
        append(&mut sequences, Hide);
        if has_mouse {
            append(&mut sequences, EnableMouse);
        }
        {
            let _hands = hands();
            ACTIVE.store(true, Ordering::SeqCst);
            enable_raw_mode()?;
            output(sequences.as_bytes())?;
        }
        let (width, height) = crossterm::terminal::size()?;
        Ok(Self {
            drawing: drawing(&collected, width, height)?,
            collected,
            has_mouse,
        })
    }

    /// Draws frames of this size from now on, the next one whole.
    ///
    /// The size never changes between a message about it and the frame: whoever draws may rely on what was told last.
    ///
    /// # Errors
    /// Where the terminal refuses.
    pub fn resize(&mut self, width: u16, height: u16) -> io::Result<()> {
        let mut sequences = String::new();
        append(&mut sequences, Clear(ClearType::All));
        self.drawing = drawing(&self.collected, width, height)?;
        self.collected.0.replace(sequences.into_bytes());
        Ok(())
    }

    /// The size of frames, in columns and rows; at least one of each.
    pub fn size(&mut self) -> (u16, u16) {
        let area = self.drawing.get_frame().area();
        (area.width, area.height)
    }

    /// Draws what changed since the last frame, in one write.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.drawing.draw(view)?;
        let frame = self.collected.0.take();
        send(&frame)
    }

    /// Sends a sequence that changes nothing on the screen.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub(super) fn send(&mut self, sequence: &str) -> io::Result<()> {
        send(sequence.as_bytes())
    }

    /// Asks for the mouse or gives it back.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn mouse(&mut self, wanted: bool) -> io::Result<()> {
        self.has_mouse = wanted;
        let mut sequences = String::new();
        if wanted {
            append(&mut sequences, EnableMouse);
        } else {
            append(&mut sequences, DisableMouseCapture);
        }
        self.send(&sequences)
    }

    /// Forgets what the terminal shows, so that the next frame is drawn whole. Also takes back what another program may
    /// have changed meanwhile: raw mode, the alternate screen.
    ///
    /// # Errors
    /// Where the terminal refuses.
    pub fn again(&mut self) -> io::Result<()> {
        {
            // Without this, raw mode counts as on and is not set again.
            let _hands = hands();
            disable_raw_mode()?;
        }
        *self = Self::take(self.has_mouse)?;
        Ok(())
    }

    /// Gives the terminal back, lets `stop` stop the program, and takes it over again.
    ///
    /// # Errors
    /// Where the terminal refuses.
    pub fn suspend(&mut self, stop: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        leave();
        let stopped = stop();
        *self = Self::take(self.has_mouse)?;
        stopped
    }
}

/// Made anew, it takes an empty screen for granted. `Drawing::clear` would ask the terminal where the cursor is and fail
/// where nobody answers.
fn drawing(
    collected: &Collected,
    width: u16,
    height: u16,
) -> io::Result<Drawing<CrosstermBackend<Collected>>> {
    let area = Rect::new(0, 0, width.max(1), height.max(1));
    let viewport = Viewport::Fixed(area);
    let backend = CrosstermBackend::new(collected.clone());
    Drawing::with_options(backend, TerminalOptions { viewport })
}

/// Gives the terminal back. Does nothing where it is not ours, save waiting for whoever is giving it back right now.
pub fn leave() {
    let was_active = ACTIVE.swap(false, Ordering::SeqCst);
    let hands = hands_within(PATIENCE);
    if !was_active {
        return;
    }
    let mut sequences = String::new();
    append(&mut sequences, DisableMouseCapture);
    append(&mut sequences, DisableBracketedPaste);
    append(&mut sequences, Show);
    append(&mut sequences, LeaveAlternateScreen);
    if output(sequences.as_bytes()).is_err() {
        // Standard output may have been what failed; the terminal itself may still be there. One that is gone needs
        // nothing.
        let terminal = std::fs::OpenOptions::new().write(true).open("/dev/tty");
        let _ = terminal.and_then(|mut terminal| terminal.write_all(sequences.as_bytes()));
    }
    let _ = disable_raw_mode();
    drop(hands);
}

/// Clicks and the wheel, but not every move.
struct EnableMouse;

impl Command for EnableMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\u{1b}[?1000h\u{1b}[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }
}

fn append(sequences: &mut String, command: impl Command) {
    // Writing to a string cannot fail.
    let _ = command.write_ansi(sequences);
}

/// Writes if the terminal is still ours.
fn send(bytes: &[u8]) -> io::Result<()> {
    let _hands = hands();
    if bytes.is_empty() || !ACTIVE.load(Ordering::SeqCst) {
        return Ok(());
    }
    output(bytes)
}

/// Past the lock of the standard library: a thread that waits in it for a terminal that takes nothing must not keep
/// another from giving the terminal back.
#[cfg(unix)]
fn output(bytes: &[u8]) -> io::Result<()> {
    use std::os::fd::AsFd;
    let stdout = io::stdout();
    let mut file = std::fs::File::from(stdout.as_fd().try_clone_to_owned()?);
    file.write_all(bytes)
}

#[cfg(not(unix))]
fn output(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// A thread that panicked inside left nothing that matters half done.
fn hands() -> MutexGuard<'static, ()> {
    HANDS
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn hands_within(milliseconds: u32) -> Option<MutexGuard<'static, ()>> {
    for _ in 0..milliseconds {
        match HANDS.try_lock() {
            Ok(hands) => return Some(hands),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

/// The bytes of a frame until it is whole.
#[derive(Debug, Clone, Default)]
struct Collected(Rc<RefCell<Vec<u8>>>);

impl Write for Collected {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// ratatui flushes several times a frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
