//! One thread for what touches the disk or other programs, in the order asked for: a slow disk must not hold up a key.

use super::clipboard;
use super::job::Shared;
use super::report::Report;
use crate::dataset::KnowledgeBase;
use crate::files::{Over, add_ignore, session_file, write_text};
use crate::model::IgnoreEntry;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// One thing to do.
#[derive(Debug)]
pub(super) enum Errand {
    /// Write a file of the user's.
    Write {
        /// Where.
        path: PathBuf,
        /// What.
        text: String,
        /// Whether a file there may go.
        replace: bool,
    },
    /// Add an entry to a list of what is left out.
    Ignore {
        /// The list.
        path: PathBuf,
        /// The entry.
        entry: IgnoreEntry,
        /// What roles are called.
        knowledge: Shared<Arc<KnowledgeBase>>,
    },
    /// Keep the session.
    Save(String),
    /// Keep what would not go on the clipboard.
    Keep {
        /// The text.
        text: String,
        /// What it is.
        what: String,
        /// Why not the clipboard.
        why: &'static str,
    },
    /// Show an address in the browser.
    Open(String),
}

/// The loop's side of the thread.
pub(super) struct Errands {
    send: Sender<Errand>,
    thread: JoinHandle<()>,
}

impl Errands {
    /// Starts the thread, which tells how everything went.
    pub(super) fn start(
        state: Option<PathBuf>,
        tell: impl Fn(Report) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let (send, receive) = channel();
        let running = move || run(&receive, state, &tell);
        let thread = thread::Builder::new()
            .name("errands".to_owned())
            .spawn(running)?;
        Ok(Self { send, thread })
    }

    /// Puts something at the end of the queue.
    pub(super) fn add(&self, errand: Errand) {
        // The thread ends only with this value.
        let _ = self.send.send(errand);
    }

    /// Waits until everything is done and told.
    pub(super) fn finish(self) {
        drop(self.send);
        // A panic in the thread has ended the program.
        let _ = self.thread.join();
    }
}

fn run(
    errands: &Receiver<Errand>,
    state: Option<PathBuf>,
    tell: &(impl Fn(Report) + Clone + Send + 'static),
) {
    while let Ok(first) = errands.recv() {
        let mut waiting: Vec<Errand> = std::iter::once(first).chain(errands.try_iter()).collect();
        // Of several states of a session only the last is worth the disk's time.
        let last = waiting
            .iter()
            .rposition(|errand| matches!(errand, Errand::Save(_)));
        let mut place = 0;
        waiting.retain(|errand| {
            place += 1;
            !matches!(errand, Errand::Save(_)) || Some(place - 1) == last
        });
        for errand in waiting {
            if let Some(report) = errand.go(state.as_ref(), tell) {
                tell(report);
            }
        }
    }
}

impl Errand {
    /// Does it; nothing to tell where a session was saved. What turns out later is told by itself.
    fn go(
        self,
        state: Option<&PathBuf>,
        tell: &(impl Fn(Report) + Clone + Send + 'static),
    ) -> Option<Report> {
        match self {
            Self::Write {
                path,
                text,
                replace,
            } => Some(write(path, &text, replace)),
            Self::Ignore {
                path,
                entry,
                knowledge,
            } => Some(ignore(path, &entry, &knowledge)),
            Self::Save(text) => {
                // Without a folder for it, a session ends with the program; that is told once, at the start.
                let path = session_file(state?);
                let saved = write_text(&path, &text, Over::Private);
                let error = saved.err()?;
                Some(failed("the session was not saved".to_owned(), &error))
            }
            Self::Keep { text, what, why } => Some(clipboard::keep(state, text, what, why)),
            Self::Open(url) => Some(clipboard::open(&url, tell.clone())),
        }
    }
}

/// Writes a file of the user's.
pub(super) fn write(path: PathBuf, text: &str, replace: bool) -> Report {
    let over = if replace {
        Over::Replace
    } else {
        Over::Nothing
    };
    match write_text(&path, text, over) {
        Ok(()) => Report::Written { path },
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Report::Exists { path },
        Err(error) => failed(format!("cannot write {}", path.display()), &error),
    }
}

/// Adds an entry to a list of what is left out.
pub(super) fn ignore(path: PathBuf, entry: &IgnoreEntry, knowledge: &KnowledgeBase) -> Report {
    match add_ignore(&path, entry, knowledge) {
        Ok(ignore) => Report::Ignored { path, ignore },
        Err(why) => Report::Failed {
            what: format!("nothing is left out: {} cannot be used", path.display()),
            why,
        },
    }
}

fn failed(what: String, error: &io::Error) -> Report {
    let why = error.to_string();
    Report::Failed { what, why }
}
