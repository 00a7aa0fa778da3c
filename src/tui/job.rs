//! Long work beside the screens: what it is, how far it is, and what came of it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// Work for the worker's thread. There is none yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {}

/// What came of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {}

/// How far work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// Of how much; none where nobody knows.
    pub of: Option<u64>,
}

/// What work under way hears and says.
pub struct Watch {
    cancelled: Arc<AtomicBool>,
    latest: Latest,
    wake: Box<dyn Fn() + Send>,
}

impl Watch {
    /// Made by the loop for each piece of work; `wake` is called when there is something in `latest` again.
    pub(super) fn new(
        cancelled: Arc<AtomicBool>,
        latest: Latest,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let wake = Box::new(wake);
        Self {
            cancelled,
            latest,
            wake,
        }
    }

    /// Whether the work should come to its end with what it has.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Tells how far it is. Only the latest is ever shown, so this may be called often.
    pub fn tell(&self, done: u64, of: Option<u64>) {
        if self.latest.put(Progress { done, of }) {
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
