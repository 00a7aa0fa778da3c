//! Files to facts: every file is looked at first, then those with roles are read, then those with accounts.
//!
//! No file is asked what it is: its content tells. One bad row never loses the others, and what is not understood is
//! counted and named.

mod by_hand;
mod encoding;
mod folder;
mod headings;
mod json;
mod log;
mod pages;
mod raw_row;
pub(super) mod rows;
mod table;
mod wanted;

pub use headings::is_by_hand;
pub use raw_row::{RawRow, raw_row};

use super::export::Export;
use super::join::join;
use super::lexicon::Lexicon;
use super::watch::{Nobody, Watch, Watched};
use super::{
    Counted, FileIndex, FileRead, Missing, MissingAbout, MissingFact, NoteKind, Outcome, ReadAs,
    Refusal, Tenant,
};
use crate::dataset::KnowledgeBase;
use encoding::Decoder;
use folder::Folder;
use json::Found;
use log::Log;
use pages::Page;
use rows::Gathered;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use table::{Plan, Table, plan};
use wanted::Wanted;

/// The largest export that is read, in bytes.
const LARGEST_EXPORT: u64 = 4 << 30;
/// The largest file that must be in memory as a whole: one written by hand.
const LARGEST_TEXT: u64 = 64 << 20;
/// How often lists of accounts are read again, at most: once for each step from an account to another one of its person.
const MOST_ROUNDS: usize = 5;
/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 1 << 16;

/// Reads all files of one tenant and joins them.
///
/// Nothing fails as a whole: what could not be used is said in [`Tenant::files`].
pub fn read(knowledge: &KnowledgeBase, exports: &[&dyn Export]) -> Tenant {
    read_watched(knowledge, exports, &Nobody)
}

/// The same with somebody who looks on and may stop it: then what was read so far is joined, and every file of which a
/// part is left says so ([`MissingFact::RestOfFile`]).
pub fn read_watched(
    knowledge: &KnowledgeBase,
    exports: &[&dyn Export],
    watch: &dyn Watch,
) -> Tenant {
    let lexicon = Lexicon::new(knowledge);
    let mut files: Vec<FileRead> = Vec::with_capacity(exports.len());
    let mut looks: Vec<Option<Looked>> = Vec::with_capacity(exports.len());
    for export in exports {
        let mut file = FileRead {
            path: export.path(),
            read_as: ReadAs::Unknown,
            outcome: Outcome::NotRecognized,
            encoding: None,
            rows: 0,
            understood: 0,
            rejected: Vec::new(),
            rejected_more: 0,
            cleaned: 0,
            notes: Vec::new(),
            counted: Counted::default(),
        };
        let looked = match look(*export, &lexicon) {
            Ok(looked) => Some(looked),
            Err(error) => {
                file.outcome = Outcome::Unreadable(error.to_string());
                None
            }
        };
        if let Some(looked) = &looked {
            file.read_as = looked.read_as();
            if let Looked::Refused(refusal) = looked {
                file.outcome = Outcome::Refused(*refusal);
            }
        }
        files.push(file);
        looks.push(looked);
    }
    let mut order: Vec<usize> = (0..exports.len()).collect();
    order.sort_by_key(|at| files.get(*at).map(is_crowd));
    let mut gathered = Gathered::default();
    let mut wanted = Wanted::default();
    let reader = Reader {
        exports,
        looks: &looks,
        lexicon: &lexicon,
        watch,
    };
    let crowds = order.partition_point(|at| !files.get(*at).is_some_and(is_crowd));
    let (first, crowds) = order.split_at(crowds);
    reader.read(first, &wanted, &mut files, &mut gathered);
    wanted.learn(&gathered, false);
    let before = gathered.snapshot();
    for _ in 0..MOST_ROUNDS {
        gathered.restore(&before);
        let saw_mails = reader.read(crowds, &wanted, &mut files, &mut gathered);
        if watch.is_stopped() || !wanted.learn(&gathered, saw_mails) {
            break;
        }
    }
    let unfinished = pages::unfinished(&gathered.pages, &files);
    gathered.missing.extend(unfinished);
    let counted = gathered.counted();
    join(knowledge, gathered, files, counted)
}

/// What a file is, by its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Looked {
    Json(ReadAs),
    Table(Plan),
    ByHand,
    Refused(Refusal),
    Nothing,
}

impl Looked {
    fn read_as(&self) -> ReadAs {
        match self {
            Self::Json(read_as) => *read_as,
            Self::Table(plan) => plan.read_as,
            Self::ByHand => ReadAs::HandWritten,
            Self::Refused(_) | Self::Nothing => ReadAs::Unknown,
        }
    }
}

/// Whether a file lists accounts of which most hold no role: then it is read after those that say who does.
fn is_crowd(file: &FileRead) -> bool {
    let lists_accounts = matches!(
        file.read_as,
        ReadAs::Users
            | ReadAs::Directory
            | ReadAs::ActiveUsers
            | ReadAs::MsolUsers
            | ReadAs::LicenseTable
    );
    lists_accounts && Folder::of(&file.path).is_none()
}

fn look(export: &dyn Export, lexicon: &Lexicon<'_>) -> io::Result<Looked> {
    if export.size()?.is_some_and(|size| size > LARGEST_EXPORT) {
        return Ok(Looked::Refused(Refusal::TooLarge));
    }
    let mut head = Vec::new();
    Decoder::new(export.open()?)?
        .take(HEAD)
        .read_to_end(&mut head)?;
    Ok(told(&head, lexicon))
}

/// What a file with this beginning is.
fn told(head: &[u8], lexicon: &Lexicon<'_>) -> Looked {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(&[0x1f, 0x8b]) {
        return Looked::Refused(Refusal::Archive);
    }
    let text = String::from_utf8_lossy(head);
    if text.contains("Import-DscResource") && text.contains("Microsoft365DSC") {
        return Looked::Refused(Refusal::ConfigurationScript);
    }
    // A heading of TOML begins like a list of JSON.
    if is_by_hand(&text) && !text.trim_start().starts_with('{') {
        return Looked::ByHand;
    }
    match text.trim_start().chars().next() {
        Some('{' | '[') => match json::look(head) {
            Found::As(read_as) => Looked::Json(read_as),
            Found::Refused(refusal) => Looked::Refused(refusal),
            Found::Nothing => Looked::Nothing,
        },
        _ => match plan(&text, lexicon) {
            Table::Planned(plan) => Looked::Table(plan),
            Table::Refused(refusal) => Looked::Refused(refusal),
            Table::Nothing => Looked::Nothing,
        },
    }
}

/// What is needed to read any of the files.
struct Reader<'r> {
    exports: &'r [&'r dyn Export],
    looks: &'r [Option<Looked>],
    lexicon: &'r Lexicon<'r>,
    watch: &'r dyn Watch,
}

impl Reader<'_> {
    /// Reads files in this order. Gives whether an account that was passed over has a mail address of its own.
    fn read(
        &self,
        order: &[usize],
        wanted: &Wanted,
        files: &mut [FileRead],
        gathered: &mut Gathered,
    ) -> bool {
        let mut saw_mails = false;
        for at in order {
            let (Some(export), Some(file), Some(Some(looked))) = (
                self.exports.get(*at),
                files.get_mut(*at),
                self.looks.get(*at),
            ) else {
                continue;
            };
            let mut log = Log::new(FileIndex::at(*at));
            if let Err(error) = self.read_one(*export, looked, wanted, file, gathered, &mut log) {
                file.outcome = Outcome::Unreadable(error.to_string());
            }
            if log.repeated > 0 && log.repeated == log.understood {
                file.outcome = Outcome::Duplicate;
            }
            saw_mails |= log.saw_mails;
            log.into_report(file);
        }
        saw_mails
    }

    fn read_one(
        &self,
        export: &dyn Export,
        looked: &Looked,
        wanted: &Wanted,
        file: &mut FileRead,
        gathered: &mut Gathered,
        log: &mut Log,
    ) -> io::Result<()> {
        let was_stopped = AtomicBool::new(false);
        let mut text = Decoder::new(Watched {
            reader: export.open()?,
            file: log.file,
            watch: self.watch,
            was_stopped: &was_stopped,
        })?;
        match looked {
            Looked::Refused(_) | Looked::Nothing => {}
            Looked::ByHand => {
                let mut whole = String::new();
                let mut limited = (&mut text).take(LARGEST_TEXT + 1);
                limited.read_to_string(&mut whole)?;
                if whole.len() as u64 > LARGEST_TEXT {
                    file.outcome = Outcome::Refused(Refusal::TooLarge);
                } else {
                    by_hand::read(&file.path, whole, gathered, log);
                    let page = Page::whole(log.file, ReadAs::HandWritten);
                    gathered.count(&page, log.counted);
                    file.outcome = Outcome::Used;
                }
            }
            Looked::Table(plan) => {
                table::read(&mut text, plan, self.lexicon, wanted, gathered, log)?;
                file.outcome = Outcome::Used;
            }
            Looked::Json(_) => {
                let wanted = is_crowd(file).then_some(wanted);
                json::read(&mut text, Folder::of(&file.path), wanted, gathered, log)?;
                file.outcome = Outcome::Used;
            }
        }
        file.encoding = Some(text.encoding());
        if text.broken > 0 {
            log.note(NoteKind::BrokenCharacters, text.broken.to_string());
        }
        if was_stopped.load(Ordering::Relaxed) {
            log.note(NoteKind::Stopped, "");
            gathered.missing.push(Missing {
                fact: MissingFact::RestOfFile,
                about: MissingAbout::File(log.file),
            });
        }
        Ok(())
    }
}
