//! A long list of accounts, passed over by several threads at once.
//!
//! The file is read in pieces that end where an element seems to begin: where the first field of an element stands behind
//! a comma. A thread that passes over a piece must come out exactly at its end; where it does not, or finds the end of
//! the list or anything unusual, everything from there on is given back to be cut element by element. So a wrong guess
//! costs time and never changes what is read.

use super::cut::Cutter;
use super::skim::skim;
use crate::tenant::Counted;
use crate::tenant::read::pages::Print;
use crate::tenant::read::wanted::Wanted;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

/// Bytes of a piece.
const PIECE: usize = 1 << 19;
/// The longest piece: where no element begins in so many bytes, the list is cut element by element.
const LONGEST_PIECE: usize = 1 << 24;
/// More threads than this wait for the reading of the file.
const MOST_THREADS: usize = 8;

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
pub(super) fn pass_over<R: Read>(
    cutter: &mut Cutter<R>,
    first: &[u8],
    wanted: &Wanted,
    mut tell: impl FnMut(Seen),
) -> io::Result<()> {
    let Some(beginning) = beginning(first) else {
        return Ok(());
    };
    let finder = memchr::memmem::FinderRev::new(&beginning);
    let threads =
        std::thread::available_parallelism().map_or(1, |threads| threads.get().min(MOST_THREADS));
    let (mut carry, reader) = cutter.give();
    let mut left = Vec::new();
    let mut failed = None;
    let (to_workers, work) = channel::<Work>();
    let work = Mutex::new(work);
    let (to_me, done) = channel::<Done>();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (work, to_me) = (&work, to_me.clone());
            scope.spawn(move || pass_over_pieces(work, &to_me, wanted));
        }
        drop(to_me);
        let mut pending: BTreeMap<usize, Done> = BTreeMap::new();
        let mut spare: Vec<Vec<u8>> = Vec::new();
        let (mut sent, mut told, mut out) = (0, 0, 0);
        let (mut is_over, mut is_stopped) = (false, false);
        loop {
            while !is_over && !is_stopped && out <= threads {
                let bytes = spare.pop().unwrap_or_default();
                match next_piece(reader, bytes, &mut carry, &finder) {
                    Ok(piece) => {
                        is_over = piece.is_last;
                        let work = Work {
                            number: sent,
                            bytes: piece.bytes,
                            length: piece.length,
                        };
                        if piece.is_endless {
                            (is_over, carry) = (true, work.text().to_vec());
                            break;
                        }
                        if to_workers.send(work).is_err() {
                            break;
                        }
                        sent += 1;
                        out += 1;
                    }
                    Err(error) => {
                        failed = Some(error);
                        is_over = true;
                    }
                }
            }
            let Ok(next) = (if out > 0 { done.recv() } else { break }) else {
                break;
            };
            out -= 1;
            pending.insert(next.work.number, next);
            while let Some(next) = pending.remove(&told) {
                told += 1;
                if is_stopped {
                    left.extend_from_slice(next.work.text());
                    continue;
                }
                tell(next.seen);
                if let Some(at) = next.stopped {
                    is_stopped = true;
                    left.extend_from_slice(next.work.text().get(at..).unwrap_or_default());
                }
                spare.push(next.work.bytes);
            }
        }
        drop(to_workers);
    });
    left.extend_from_slice(&carry);
    cutter.take_back(left);
    failed.map_or(Ok(()), Err)
}

/// The text up to the end of the name of the first field, by which elements of the list begin.
fn beginning(element: &[u8]) -> Option<Vec<u8>> {
    let name = memchr::memchr(b'"', element)?;
    let end = name + 1 + memchr::memchr(b'"', element.get(name + 1..)?)?;
    let blank = element.get(1..name)?.iter().all(u8::is_ascii_whitespace);
    (element.first() == Some(&b'{') && blank).then(|| element.get(..=end).map(<[u8]>::to_vec))?
}

struct Piece {
    bytes: Vec<u8>,
    length: usize,
    /// Whether the file is over.
    is_last: bool,
    /// Whether no element begins in it.
    is_endless: bool,
}

/// Reads the next piece. What begins in it and does not end is carried to the next one.
fn next_piece<R: Read>(
    reader: &mut R,
    mut bytes: Vec<u8>,
    carry: &mut Vec<u8>,
    finder: &memchr::memmem::FinderRev<'_>,
) -> io::Result<Piece> {
    let mut filled = carry.len();
    let mut wanted = PIECE.max(filled * 2);
    if bytes.len() < wanted {
        bytes.resize(wanted, 0);
    }
    for (to, from) in bytes.iter_mut().zip(carry.iter()) {
        *to = *from;
    }
    carry.clear();
    let piece = |bytes, length, is_last, is_endless| Piece {
        bytes,
        length,
        is_last,
        is_endless,
    };
    loop {
        while filled < wanted {
            match reader.read(bytes.get_mut(filled..wanted).unwrap_or_default()) {
                Ok(0) => return Ok(piece(bytes, filled, true, false)),
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let mut before = filled;
        while let Some(at) = finder.rfind(bytes.get(..before).unwrap_or_default()) {
            let ahead = bytes.get(..at).unwrap_or_default().trim_ascii_end();
            if ahead.last() == Some(&b',') {
                carry.extend_from_slice(bytes.get(at..filled).unwrap_or_default());
                return Ok(piece(bytes, at, false, false));
            }
            before = at;
        }
        if wanted >= LONGEST_PIECE {
            return Ok(piece(bytes, filled, false, true));
        }
        wanted *= 2;
        bytes.resize(wanted, 0);
    }
}

fn pass_over_pieces(work: &Mutex<Receiver<Work>>, to_me: &Sender<Done>, wanted: &Wanted) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else {
            return;
        };
        let mut seen = Seen::default();
        let stopped = pass_over_piece(work.text(), wanted, &mut seen);
        let done = Done {
            work,
            seen,
            stopped,
        };
        if to_me.send(done).is_err() {
            return;
        }
    }
}

/// Gives where the piece cannot be passed over any further.
fn pass_over_piece(bytes: &[u8], wanted: &Wanted, seen: &mut Seen) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at) {
            None => return None,
            Some(b' ' | b'\t' | b'\r' | b'\n' | b',') => at += 1,
            Some(b'{') => {
                let rest = bytes.get(at..).unwrap_or_default();
                let Some((end, skimmed)) = skim(rest, wanted) else {
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
