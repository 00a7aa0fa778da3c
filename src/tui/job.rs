//! Long work beside the screens: what it is, how far it is, and what came of it.

use super::audit::{Judged, Judging, Opened, Opening, RowOpened, RowOpening};
use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// Something large on its way between two threads. Two are the same where they are one and the same; what is in it is
/// never told, since it holds names.
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Shares it.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Shared<T> {}

impl<T> fmt::Debug for Shared<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Shared")
    }
}

/// Work for the worker's thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Read exports, and judge the tenant.
    Open(Shared<Opening>),
    /// Judge the tenant that was read.
    Judge(Shared<Judging>),
    /// Find a row of an export again.
    Row(Shared<RowOpening>),
}

/// What came of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// A tenant was read.
    Opened(Shared<Opened>),
    /// A tenant was judged.
    Judged(Shared<Judged>),
    /// A row was looked for.
    Row(Shared<RowOpened>),
}

/// At what work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// At what it is, in bytes, rows or whatever it counts.
    #[default]
    Working,
    /// At a file, of so many, both counted from 1; it is counted in bytes.
    Reading {
        /// Which.
        file: usize,
        /// Of how many.
        files: usize,
    },
    /// All is read; it is being judged.
    Judging,
}

/// How far work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// At what it is.
    pub stage: Stage,
    /// What is done.
    pub done: u64,
    /// Of how much; none where nobody knows.
    pub of: Option<u64>,
}

/// What work under way hears and says.
pub struct Watch {
    cancelled: Arc<AtomicBool>,
    latest: Latest,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Watch {
    /// Made by the loop for each piece of work; `wake` is called when there is something in `latest` again.
    pub(super) fn new(
        cancelled: Arc<AtomicBool>,
        latest: Latest,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let wake = Box::new(wake);
        Self {
            cancelled,
            latest,
            wake,
        }
    }

    /// For work on the thread of whoever waits for it: nobody looks on. `is_cancelled` is what the work hears.
    pub fn alone(is_cancelled: bool) -> Self {
        let cancelled = Arc::new(AtomicBool::new(is_cancelled));
        Self::new(cancelled, Latest::default(), || {})
    }

    /// Whether the work should come to its end with what it has.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Tells how far it is. Only the latest is ever shown, so this may be called often.
    pub fn tell(&self, done: u64, of: Option<u64>) {
        let stage = Stage::Working;
        self.tell_at(Progress { stage, done, of });
    }

    /// The same, with what it is at.
    pub fn tell_at(&self, progress: Progress) {
        if self.latest.put(progress) {
            (self.wake)();
        }
    }
}

/// The latest progress until the loop takes it: work that tells much does not fill a queue.
#[derive(Debug, Clone, Default)]
pub(super) struct Latest(Arc<Mutex<Option<Progress>>>);

impl Latest {
    /// Whether the one before was taken.
    fn put(&self, progress: Progress) -> bool {
        self.slot().replace(progress).is_none()
    }

    pub(super) fn take(&self) -> Option<Progress> {
        self.slot().take()
    }

    fn slot(&self) -> MutexGuard<'_, Option<Progress>> {
        self.0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
