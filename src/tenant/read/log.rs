//! What happens while one file is read, collected until it is told.

use super::rows::{AccountRow, Written};
use crate::model::{Guid, clean};
use crate::tenant::{
    Counted, FileIndex, FileRead, Note, NoteKind, Origin, Rejected, Row, UserType,
};

/// Counts rows, keeps reasons and cleans texts of one file.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) file: FileIndex,
    pub(crate) rows: u64,
    pub(crate) understood: u64,
    /// Rows of lists that were read before.
    pub(crate) repeated: u64,
    pub(crate) counted: Counted,
    /// Whether an account that was passed over has a mail address beside its sign-in name.
    pub(crate) saw_mails: bool,
    rejected: Vec<Rejected>,
    rejected_more: u64,
    cleaned: u64,
    notes: Vec<Note>,
}

impl Log {
    pub(crate) fn new(file: FileIndex) -> Self {
        Self {
            file,
            rows: 0,
            understood: 0,
            repeated: 0,
            counted: Counted::default(),
            saw_mails: false,
            rejected: Vec::new(),
            rejected_more: 0,
            cleaned: 0,
            notes: Vec::new(),
        }
    }

    pub(crate) fn origin(&self, row: Row) -> Origin {
        Origin {
            file: self.file,
            row,
        }
    }

    /// A row was not understood.
    pub(crate) fn reject(&mut self, row: Row, why: impl Into<String>, help: impl Into<String>) {
        if self.rejected.len() < FileRead::MOST_REJECTED {
            self.rejected.push(Rejected {
                row,
                why: clean(&why.into()).text,
                help: help.into(),
            });
        } else {
            self.rejected_more += 1;
        }
    }

    /// Says something about the file, once.
    pub(crate) fn note(&mut self, kind: NoteKind, about: impl Into<String>) {
        let note = Note {
            kind,
            about: clean(&about.into()).text,
        };
        if !self.notes.contains(&note) && self.notes.len() < FileRead::MOST_REJECTED {
            self.notes.push(note);
        }
    }

    /// Text without harmful characters and without blanks around it; none where nothing is left.
    pub(crate) fn text(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let cleaned = clean(text);
        if cleaned.replaced > 0 {
            self.cleaned += 1;
        }
        Some(cleaned.text)
    }

    /// Words that are a GUID or a name.
    pub(crate) fn written(&mut self, words: &str) -> Written {
        match Guid::parse(words.trim()) {
            Some(guid) => Written::of_guid(guid),
            None => Written {
                guid: None,
                name: self.text(words),
            },
        }
    }

    /// Counts an account.
    pub(crate) fn count(&mut self, account: &AccountRow) {
        let licenses = account.licenses.as_ref();
        self.counted.add(&Counted {
            accounts: 1,
            licensed: u64::from(licenses.is_some_and(|licenses| !licenses.is_empty())),
            guests: u64::from(account.user_type == UserType::Guest),
            blocked: u64::from(account.enabled == Some(false)),
            deleted: u64::from(account.deleted),
            licenses_not_told: u64::from(licenses.is_none()),
        });
    }

    /// Puts what was collected into the report of the file.
    pub(crate) fn into_report(self, report: &mut FileRead) {
        report.rows = self.rows;
        report.understood = self.understood;
        report.counted = self.counted;
        report.rejected = self.rejected;
        report.rejected_more = self.rejected_more;
        report.cleaned = self.cleaned;
        report.notes = self.notes;
    }
}
