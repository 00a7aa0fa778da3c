//! Watching a long reading from outside: how far it is, and whether to stop.
//!
//! What was read until it is stopped is used; the file says that its rest is missing, so nothing that turns on it is
//! taken for told.

use super::FileIndex;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whoever looks on while files are read.
pub trait Watch: Sync {
    /// So many more bytes of a file were read.
    fn read(&self, file: FileIndex, bytes: u64);

    /// Whether to stop.
    fn is_stopped(&self) -> bool;
}

/// Nobody looks on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nobody;

impl Watch for Nobody {
    fn read(&self, _: FileIndex, _: u64) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

/// A file that is watched: it seems to end where the reading is stopped.
pub(super) struct Watched<'w, R> {
    pub(super) reader: R,
    pub(super) file: FileIndex,
    pub(super) watch: &'w dyn Watch,
    /// Set where the file seems to end because the reading was stopped.
    pub(super) was_stopped: &'w AtomicBool,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.watch.is_stopped() {
            self.was_stopped.store(true, Ordering::Relaxed);
            return Ok(0);
        }
        let read = self.reader.read(buffer)?;
        self.watch
            .read(self.file, u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}
