//! Pages of one list: which came twice, and whether the last one is among the files.

use crate::tenant::{FileIndex, Missing, MissingAbout, MissingFact, ReadAs};

/// What a list was like as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) file: FileIndex,
    pub(crate) read_as: ReadAs,
    /// What the service says was asked for.
    pub(crate) context: Option<String>,
    /// Whether it says that a further page follows.
    pub(crate) has_next: bool,
    pub(crate) print: Print,
}

impl Page {
    /// A list that is a whole file.
    pub(crate) fn whole(file: FileIndex, read_as: ReadAs) -> Self {
        Self {
            file,
            read_as,
            context: None,
            has_next: false,
            print: Print::default(),
        }
    }
}

/// What tells a list from another one: how many elements it has, and a sum over them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Print {
    elements: u64,
    sum: u64,
}

impl Print {
    /// Adds an element. Its length, beginning and end are looked at, where ids and times stand.
    pub(crate) fn add(&mut self, element: &[u8]) {
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let length = u64::try_from(element.len()).unwrap_or(u64::MAX);
        let tail = element.len().saturating_sub(32).max(64.min(element.len()));
        let parts = [
            element.get(..64).unwrap_or(element),
            element.get(tail..).unwrap_or_default(),
        ];
        let mut hash = 0xcbf2_9ce4_8422_2325 ^ length;
        for part in parts {
            for word in part.chunks(8) {
                let mut bytes = [0; 8];
                for (to, from) in bytes.iter_mut().zip(word) {
                    *to = *from;
                }
                hash = (hash ^ u64::from_le_bytes(bytes))
                    .wrapping_mul(PRIME)
                    .rotate_left(23);
            }
        }
        self.elements += 1;
        self.sum = self.sum.wrapping_add(hash);
    }

    /// Adds what another part of the list has.
    pub(crate) fn join(&mut self, other: Self) {
        self.elements += other.elements;
        self.sum = self.sum.wrapping_add(other.sum);
    }

    pub(crate) fn is_empty(self) -> bool {
        self.elements == 0
    }
}

/// The files whose next page is not there.
///
/// A link to the next page names no page, so it cannot be followed by name. Every list ends with one page without a link:
/// where none of the pages of a list is such, the next page of at least one is missing.
pub(crate) fn unfinished(pages: &[Page]) -> Vec<Missing> {
    let of_one_list = |one: &Page, two: &Page| {
        one.read_as == two.read_as
            && (one.context == two.context || one.context.is_none() || two.context.is_none())
    };
    let open = pages.iter().filter(|page| page.has_next);
    let unfinished = open.filter(|page| {
        let same = pages.iter().filter(|other| of_one_list(page, other));
        same.into_iter().all(|other| other.has_next)
    });
    let missing = unfinished.map(|page| Missing {
        fact: MissingFact::NextPage,
        about: MissingAbout::File(page.file),
    });
    missing.collect()
}
