//! A long list of accounts, passed over by several threads at once.
//!
//! The file is read in pieces that end where an element seems to begin: where the first field of an element stands behind
//! a comma. A thread that passes over a piece must come out exactly at its end; where it does not, or finds the end of
//! the list or anything unusual, everything from there on is given back to be cut element by element. So a wrong guess
//! costs time and never changes what is read.
//!
//! No thread only reads or only waits for the others: each reads a piece, passes over it while it is still in the cache
//! of its core, and tells what is ready in the order of the file.

use super::cut::Cutter;
use super::layout::Layouts;
use super::skim::skim;
use crate::tenant::Counted;
use crate::tenant::read::pages::Print;
use crate::tenant::read::wanted::Wanted;
use memchr::memmem::FinderRev;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of a piece: few enough to stay in the cache of a core.
const PIECE: usize = 1 << 18;
/// The longest piece: where no element begins in so many bytes, the list is cut element by element.
const LONGEST_PIECE: usize = 1 << 24;
/// More threads than this wait for the reading of the file.
const MOST_THREADS: usize = 8;
/// Pieces that may be read ahead of the oldest one that is not told yet, beside one for every thread.
const AHEAD: usize = 4;

/// What passing over a piece brought.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) rows: u64,
    pub(super) understood: u64,
    pub(super) counted: Counted,
    pub(super) saw_mails: bool,
    pub(super) print: Print,
    /// Elements to parse: their place in the piece, their text, and how deeply they are nested.
    pub(super) to_parse: Vec<(u64, Vec<u8>, usize)>,
}

/// A piece of the file.
struct Work {
    number: usize,
    /// Room for the piece, of which `length` bytes are used: room that is used again need not be emptied.
    bytes: Vec<u8>,
    length: usize,
}

impl Work {
    fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// A piece that was passed over.
struct Done {
    work: Work,
    seen: Seen,
    /// Where the piece could not be passed over any further.
    stopped: Option<usize>,
}

/// Passes over the list in which the cutter stands, as far as it can; `first` is an element of it. What was seen is given
/// in the order of the file.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn pass_over<R: Read + Send>(
    cutter: &mut Cutter<R>,
    first: &[u8],
    wanted: &Wanted,
    tell: impl FnMut(Seen) + Send,
) -> io::Result<()> {
    let Some(beginning) = beginning(first) else {
        return Ok(());
    };
    let threads =
        std::thread::available_parallelism().map_or(1, |threads| threads.get().min(MOST_THREADS));
    let (carry, reader) = cutter.give();
    let crew = Crew {
        feed: Mutex::new(Feed {
            reader,
            finder: FinderRev::new(&beginning),
            carry,
            spare: Vec::new(),
            sent: 0,
            told: 0,
            is_over: false,
            failed: None,
        }),
        has_told: Condvar::new(),
        most_untold: threads + AHEAD,
        telling: Mutex::new(Telling {
            tell,
            pending: BTreeMap::new(),
            told: 0,
            left: None,
        }),
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| crew.work(wanted));
        }
        crew.work(wanted);
    });
    let feed = crew.feed.into_inner();
    let Feed { carry, failed, .. } = feed.unwrap_or_else(PoisonError::into_inner);
    let telling = crew.telling.into_inner();
    let mut left = telling
        .unwrap_or_else(PoisonError::into_inner)
        .left
        .unwrap_or_default();
    left.extend_from_slice(&carry);
    cutter.take_back(left);
    failed.map_or(Ok(()), Err)
}

/// What the threads share.
struct Crew<'r, R, F> {
    feed: Mutex<Feed<'r, R>>,
    /// Wakes those who wait until pieces before theirs are told.
    has_told: Condvar,
    most_untold: usize,
    telling: Mutex<Telling<F>>,
}

/// The file, of which one thread at a time reads a piece.
struct Feed<'r, R> {
    reader: &'r mut R,
    /// Finds the last place where an element begins.
    finder: FinderRev<'r>,
    /// What was read behind that place: it belongs to the next piece.
    carry: Vec<u8>,
    /// Room that is free again.
    spare: Vec<Vec<u8>>,
    sent: usize,
    told: usize,
    is_over: bool,
    failed: Option<io::Error>,
}

/// What was passed over, to be told in the order of the file.
struct Telling<F> {
    tell: F,
    pending: BTreeMap<usize, Done>,
    told: usize,
    /// What could not be passed over: from the first such place to the end of what was read.
    left: Option<Vec<u8>>,
}

impl<R: Read, F: FnMut(Seen)> Crew<'_, R, F> {
    /// Passes over pieces until none is left.
    fn work(&self, wanted: &Wanted) {
        let mut layouts = Layouts::default();
        while let Some(work) = self.next() {
            let mut seen = Seen::default();
            let stopped = pass_over_piece(work.text(), wanted, &mut layouts, &mut seen);
            self.done(Done {
                work,
                seen,
                stopped,
            });
        }
    }

    fn next(&self) -> Option<Work> {
        let is_too_far =
            |feed: &mut Feed<'_, R>| !feed.is_over && feed.sent - feed.told >= self.most_untold;
        let feed = self.has_told.wait_while(lock(&self.feed), is_too_far);
        feed.unwrap_or_else(PoisonError::into_inner).next()
    }

    fn done(&self, done: Done) {
        let mut free = Vec::new();
        let (told, is_stopped) = lock(&self.telling).take(done, &mut free);
        let mut feed = lock(&self.feed);
        feed.spare.append(&mut free);
        feed.told = feed.told.max(told);
        feed.is_over |= is_stopped;
        drop(feed);
        self.has_told.notify_all();
    }
}

/// A thread that panicked is not hidden by this: the scope of the threads panics too.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F: FnMut(Seen)> Telling<F> {
    /// Tells what is ready; `free` gets the room of it. Gives how many pieces are told, and whether one stopped.
    fn take(&mut self, done: Done, free: &mut Vec<Vec<u8>>) -> (usize, bool) {
        self.pending.insert(done.work.number, done);
        while let Some(next) = self.pending.remove(&self.told) {
            self.told += 1;
            if let Some(left) = &mut self.left {
                left.extend_from_slice(next.work.text());
                continue;
            }
            (self.tell)(next.seen);
            if let Some(at) = next.stopped {
                self.left = next.work.text().get(at..).map(<[u8]>::to_vec);
            }
            free.push(next.work.bytes);
        }
        (self.told, self.left.is_some())
    }
}

/// The text up to the end of the name of the first field, by which elements of the list begin.
fn beginning(element: &[u8]) -> Option<Vec<u8>> {
    let name = memchr::memchr(b'"', element)?;
    let end = name + 1 + memchr::memchr(b'"', element.get(name + 1..)?)?;
    let blank = element.get(1..name)?.iter().all(u8::is_ascii_whitespace);
    (element.first() == Some(&b'{') && blank).then(|| element.get(..=end).map(<[u8]>::to_vec))?
}

impl<R: Read> Feed<'_, R> {
    /// The next piece; none where the file is over or no element begins any more.
    fn next(&mut self) -> Option<Work> {
        if self.is_over {
            return None;
        }
        let mut bytes = self.spare.pop().unwrap_or_default();
        let length = match self.read(&mut bytes) {
            Ok(length) => length?,
            Err(error) => {
                self.is_over = true;
                self.failed = Some(error);
                return None;
            }
        };
        self.sent += 1;
        Some(Work {
            number: self.sent - 1,
            bytes,
            length,
        })
    }

    /// Reads a piece and gives its length. What begins in it and does not end is carried to the next one; where no
    /// element begins at all, everything is.
    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<usize>> {
        let mut filled = self.carry.len();
        let mut wanted = PIECE.max(filled * 2);
        if bytes.len() < wanted {
            bytes.resize(wanted, 0);
        }
        for (to, from) in bytes.iter_mut().zip(&self.carry) {
            *to = *from;
        }
        self.carry.clear();
        loop {
            while filled < wanted {
                let free = bytes.get_mut(filled..wanted).unwrap_or_default();
                match self.reader.read(free) {
                    Ok(0) => {
                        self.is_over = true;
                        return Ok(Some(filled));
                    }
                    Ok(read) => filled += read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            let mut before = filled;
            while let Some(at) = self.finder.rfind(bytes.get(..before).unwrap_or_default()) {
                let ahead = bytes.get(..at).unwrap_or_default().trim_ascii_end();
                if ahead.last() == Some(&b',') {
                    let begun = bytes.get(at..filled).unwrap_or_default();
                    self.carry.extend_from_slice(begun);
                    return Ok(Some(at));
                }
                before = at;
            }
            if wanted >= LONGEST_PIECE {
                self.is_over = true;
                let read = bytes.get(..filled).unwrap_or_default();
                self.carry.extend_from_slice(read);
                return Ok(None);
            }
            wanted *= 2;
            bytes.resize(wanted, 0);
        }
    }
}

/// Gives where the piece cannot be passed over any further.
fn pass_over_piece(
    bytes: &[u8],
    wanted: &Wanted,
    layouts: &mut Layouts,
    seen: &mut Seen,
) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at) {
            None => return None,
            Some(b' ' | b'\t' | b'\r' | b'\n' | b',') => at += 1,
            Some(b'{') => {
                let rest = bytes.get(at..).unwrap_or_default();
                let Some((end, skimmed)) = skim(rest, wanted, layouts) else {
                    return Some(at);
                };
                let element = rest.get(..end).unwrap_or_default();
                seen.print.add(element);
                if skimmed.must_parse || skimmed.deepest > super::DEEPEST {
                    let element = element.to_vec();
                    seen.to_parse.push((seen.rows, element, skimmed.deepest));
                } else {
                    seen.understood += 1;
                    seen.counted.add(&skimmed.counted);
                    seen.saw_mails |= skimmed.has_mail;
                }
                seen.rows += 1;
                at += end;
            }
            Some(_) => return Some(at),
        }
    }
}
