//! Where a value stands, and the one list that collects what is wrong.

use crate::model::{Diagnostic, FileId, Span};
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// A range of bytes in one file of a source map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

impl Place {
    /// The place of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            span: range.into(),
        }
    }
}

/// A value with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Placed<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Placed<U> {
        Placed {
            value: change(self.value),
            place: self.place,
        }
    }
}

/// Collects problems from many readers that share it.
///
/// Reading goes on after a problem, so a reader returns nothing where a value could not be had and the problem is
/// already here; whoever asks next must not report it again.
#[derive(Debug, Default)]
pub struct Problems {
    found: RefCell<Vec<Diagnostic>>,
    count: Cell<usize>,
}

impl Problems {
    /// Adds a problem.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.count.set(self.count.get() + 1);
        self.found.borrow_mut().push(diagnostic);
    }

    /// How many were reported so far: a record whose reading raises it is faulty.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// All problems, in the order of their places.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        sort(&mut found);
        found
    }
}

/// Orders problems by file and place, and drops repetitions, so that the same data always gives the same report.
pub(super) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let place = |diagnostic: &Diagnostic| {
            diagnostic
                .labels
                .first()
                .map(|label| (label.file, label.span.start, label.span.end))
        };
        place(a).cmp(&place(b)).then_with(|| a.cmp(b))
    });
    diagnostics.dedup();
}
