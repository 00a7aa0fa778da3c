//! The loop: what happened becomes messages, a model changes, effects are done, and one frame is drawn.
//!
//! Keys, signals, work and errands arrive on one channel, each from a thread of its own. Whatever waits is taken together
//! before the next frame. Nothing runs by time: where nothing happens no thread wakes up and no byte is written.

use super::clipboard::copy_sequence;
use super::effect::Effect;
use super::errands::{Errand, Errands};
use super::input::{Input, input};
use super::job::Watch;
use super::message::Message;
use super::report::Report;
use super::terminal::{Terminal, leave};
use super::ways_out::{self, Asked};
use super::worker::{Ticket, Worker};
use ratatui::Frame;
use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// The most happenings between two frames: a flood of keys must not keep the screen from showing what it does.
const MOST_AT_ONCE: usize = 1024;

/// What the loop runs: a model that knows nothing of terminals, threads and files.
pub trait Application {
    /// Long work, as data.
    type Job: Send + 'static;
    /// What comes of it.
    type Finished: Send + 'static;

    /// Takes note of what happened and says what is to be done.
    fn update(&mut self, message: Message<Self::Finished>) -> Vec<Effect<Self::Job>>;

    /// Draws everything.
    fn view(&self, frame: &mut Frame<'_>);

    /// Whether the mouse is asked for at the start.
    fn wants_mouse(&self) -> bool {
        false
    }

    /// The session, to be kept for the next start whenever the program ends, unless by a fault of its own. None where
    /// there is nothing to keep.
    fn parting(&self) -> Option<String> {
        None
    }

    /// Does long work on the worker's thread. It should look at the watch often and end early when cancelled.
    fn work(job: Self::Job, watch: &Watch) -> Self::Finished;
}

/// Something that happened outside.
pub(super) enum Happening<F> {
    Input(Input),
    Asked(Asked),
    Progress(Ticket),
    Done(Ticket, F),
    Told(Report),
    /// There will be no more keys.
    Deaf(io::Error),
}

/// Runs until the model quits; then the terminal is as before and every errand is done. Returns the failures that the
/// model could not be told any more.
///
/// `state` is the folder for the session and for what the clipboard would not take.
///
/// # Errors
/// Where the terminal cannot be used any more. It is given back as far as possible.
pub fn run<A: Application>(model: &mut A, state: Option<PathBuf>) -> io::Result<Vec<Report>> {
    ways_out::on_panic();
    let (tell, hear) = channel();
    let errands = {
        let tell = tell.clone();
        Errands::start(state, move |report| {
            drop(tell.send(Happening::Told(report)))
        })?
    };
    {
        let tell = tell.clone();
        // When the loop is gone, nobody wants to know.
        ways_out::listen(move |asked| drop(tell.send(Happening::Asked(asked))))?;
    }
    let terminal = Terminal::enter()?;
    let mut running = Loop {
        terminal,
        errands: &errands,
        worker: Worker::<A>::new(tell.clone()),
        has_quit: false,
        ended: None,
    };
    let ran = running.run(model, &tell, &hear);
    leave();
    if let Some(session) = model.parting() {
        errands.add(Errand::Save(session));
    }
    let mut ended = running.ended.take();
    drop(running);
    // A terminal that vanished is often noticed first where something was to be drawn.
    if ran.is_err() && ended.is_none() {
        ended = end_under_way(&hear);
    }
    if let Some(ended) = &ended {
        // Whoever waits knows now that the session is being kept.
        let _ = ended.send(());
    }
    errands.finish();
    if let Some(ended) = ended {
        // The thread that heard the signal ends the program with the exit code of the signal, right now.
        let _ = ended.send(());
        thread::sleep(Duration::from_secs(1));
    }
    let unheard = hear.try_iter().filter_map(|happening| match happening {
        Happening::Told(report) if report.is_failure() => Some(report),
        _ => None,
    });
    ran.map(|()| unheard.collect())
}

/// Who ends the program already, where the terminal can no longer be used since it is gone.
fn end_under_way<F>(hear: &Receiver<Happening<F>>) -> Option<Sender<()>> {
    const PATIENCE: Duration = Duration::from_millis(500);
    while let Ok(happening) = hear.recv_timeout(PATIENCE) {
        if let Happening::Asked(Asked::End(done)) = happening {
            return Some(done);
        }
    }
    None
}

struct Loop<'e, A: Application> {
    terminal: Terminal,
    errands: &'e Errands,
    worker: Worker<A>,
    has_quit: bool,
    /// Who waits for the end, where a signal ends the program.
    ended: Option<Sender<()>>,
}

impl<A: Application> Loop<'_, A> {
    fn run(
        &mut self,
        model: &mut A,
        tell: &Sender<Happening<A::Finished>>,
        hear: &Receiver<Happening<A::Finished>>,
    ) -> io::Result<()> {
        let size = self.told_size();
        self.change(size, model)?;
        if model.wants_mouse() {
            self.terminal.mouse(true)?;
        }
        self.terminal.draw(|frame| model.view(frame))?;
        listen_to_keys(tell.clone())?;
        while !self.has_quit {
            let Ok(first) = hear.recv() else { break };
            let mut waiting: Vec<_> = std::iter::once(first)
                .chain(hear.try_iter().take(MOST_AT_ONCE - 1))
                .collect();
            keep_last_size(&mut waiting);
            let mut changed = false;
            for happening in waiting {
                changed |= self.take(happening, model)?;
                if self.has_quit {
                    return Ok(());
                }
            }
            if changed {
                self.terminal.draw(|frame| model.view(frame))?;
            }
        }
        Ok(())
    }

    /// Whether the screen may look different now.
    fn take(&mut self, happening: Happening<A::Finished>, model: &mut A) -> io::Result<bool> {
        let message = match happening {
            Happening::Input(Input::Key(key)) => Message::Key(key),
            Happening::Input(Input::Paste(text)) => Message::Paste(text),
            Happening::Input(Input::Mouse(mouse)) => Message::Mouse(mouse),
            Happening::Input(Input::Resize) | Happening::Asked(Asked::Resize) => {
                // Also where it is that of the last frame: a terminal that was resized twice may show something else.
                let (width, height) = crossterm::terminal::size()?;
                self.terminal.resize(width, height)?;
                self.told_size()
            }
            Happening::Asked(Asked::Stop) => match self.suspend()? {
                Some(message) => message,
                None => return Ok(true),
            },
            Happening::Asked(Asked::End(done)) => {
                self.worker.cancel();
                self.has_quit = true;
                self.ended = Some(done);
                return Ok(false);
            }
            Happening::Asked(Asked::GoOn) => {
                self.terminal.again()?;
                self.told_size()
            }
            Happening::Progress(ticket) if self.worker.is_current(ticket) => {
                match self.worker.progress() {
                    Some(progress) => Message::Progress(progress),
                    None => return Ok(false),
                }
            }
            Happening::Done(ticket, finished) if self.worker.is_current(ticket) => {
                Message::Done(finished)
            }
            Happening::Progress(_) | Happening::Done(..) => return Ok(false),
            Happening::Told(report) => Message::Told(report),
            Happening::Deaf(error) => return Err(error),
        };
        self.change(message, model)?;
        Ok(true)
    }

    /// Tells the model, and what its effects tell at once.
    fn change(&mut self, message: Message<A::Finished>, model: &mut A) -> io::Result<()> {
        let mut messages = VecDeque::from([message]);
        while let Some(message) = messages.pop_front() {
            for effect in model.update(message) {
                messages.extend(self.perform(effect)?);
                if self.has_quit {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Does something, or has it done; gives what the model should hear of it at once.
    fn perform(&mut self, effect: Effect<A::Job>) -> io::Result<Option<Message<A::Finished>>> {
        let failed = |what: &str, why: &dyn std::fmt::Display| {
            let (what, why) = (what.to_owned(), why.to_string());
            Some(Message::Told(Report::Failed { what, why }))
        };
        let errand = match effect {
            Effect::Quit => {
                self.worker.cancel();
                self.has_quit = true;
                return Ok(None);
            }
            Effect::Suspend => return self.suspend(),
            Effect::Redraw => {
                self.terminal.again()?;
                return Ok(Some(self.told_size()));
            }
            Effect::Mouse(wanted) => {
                self.terminal.mouse(wanted)?;
                return Ok(None);
            }
            Effect::Work(job) => {
                let started = self.worker.start(job);
                return Ok(started
                    .err()
                    .and_then(|why| failed("no work was started", &why)));
            }
            Effect::Cancel => {
                self.worker.cancel();
                return Ok(None);
            }
            Effect::Copy { text, what } => match copy_sequence(&text) {
                Ok(sequence) => {
                    self.terminal.send(&sequence)?;
                    let characters = text.chars().count();
                    let copied = Report::Copied { what, characters };
                    return Ok(Some(Message::Told(copied)));
                }
                Err(why) => Errand::Keep { text, what, why },
            },
            Effect::Write {
                path,
                text,
                replace,
            } => Errand::Write {
                path,
                text,
                replace,
            },
            Effect::Ignore {
                path,
                entry,
                knowledge,
            } => Errand::Ignore {
                path,
                entry,
                knowledge,
            },
            Effect::Open { url } => Errand::Open(url),
            Effect::Save(text) => Errand::Save(text),
        };
        self.errands.add(errand);
        Ok(None)
    }

    fn suspend(&mut self) -> io::Result<Option<Message<A::Finished>>> {
        if let Some(why) = ways_out::cannot_stop() {
            let what = "not suspended".to_owned();
            let why = why.to_owned();
            return Ok(Some(Message::Told(Report::Failed { what, why })));
        }
        self.terminal.suspend(ways_out::stop)?;
        // The window may have changed while nobody looked.
        Ok(Some(self.told_size()))
    }

    /// The size of frames. It changes only together with a message about it.
    fn told_size(&mut self) -> Message<A::Finished> {
        let (width, height) = self.terminal.size();
        Message::Resize { width, height }
    }
}

/// Of several new sizes only the last is still true.
fn keep_last_size<F>(waiting: &mut Vec<Happening<F>>) {
    let is_size = |happening: &Happening<F>| {
        matches!(
            happening,
            Happening::Input(Input::Resize) | Happening::Asked(Asked::Resize)
        )
    };
    let last = waiting.iter().rposition(is_size);
    let mut place = 0;
    waiting.retain(|happening| {
        place += 1;
        !is_size(happening) || Some(place - 1) == last
    });
}

/// Reads keys until the program ends: crossterm gives no way to stop reading, and nothing is lost by not stopping.
fn listen_to_keys<F: Send + 'static>(tell: Sender<Happening<F>>) -> io::Result<()> {
    let listening = move || {
        loop {
            let happening = match crossterm::event::read() {
                Ok(event) => match input(event) {
                    Some(input) => Happening::Input(input),
                    None => continue,
                },
                Err(error) => Happening::Deaf(error),
            };
            let is_last = matches!(happening, Happening::Deaf(_));
            if tell.send(happening).is_err() || is_last {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("keys".to_owned())
        .spawn(listening)?;
    Ok(())
}
