//! Pages of one list: which came twice, and whether one of them is not among the files.

use crate::tenant::{FileIndex, FileRead, Missing, MissingAbout, MissingFact, ReadAs};

/// What a list was like as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) file: FileIndex,
    pub(crate) read_as: ReadAs,
    /// What the service says was asked for.
    pub(crate) context: Option<String>,
    /// Where the page is that follows, if it says that one does.
    pub(crate) next: Option<String>,
    /// How many elements it says that all pages together have.
    pub(crate) count: Option<u64>,
    pub(crate) print: Print,
}

impl Page {
    /// A list that is a whole file.
    pub(crate) fn whole(file: FileIndex, read_as: ReadAs) -> Self {
        Self {
            file,
            read_as,
            context: None,
            next: None,
            count: None,
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
        let mut begin = [0; 64];
        let mut end = [0; 32];
        match (element.first_chunk(), element.last_chunk()) {
            (Some(first), Some(last)) => (begin, end) = (*first, *last),
            _ => {
                for (to, from) in begin.iter_mut().zip(element) {
                    *to = *from;
                }
            }
        }
        let mut hash = u64::try_from(element.len()).unwrap_or(u64::MAX);
        let pairs = begin.as_chunks::<16>().0.iter();
        for pair in pairs.chain(end.as_chunks::<16>().0) {
            hash = mixed(hash, u128::from_le_bytes(*pair));
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

/// Mixes sixteen bytes into a sum: one half of them times the other, folded, as wyhash does.
fn mixed(hash: u64, pair: u128) -> u64 {
    const ODD: u128 = 0x9e37_79b9_7f4a_7c15;
    let low = |wide: u128| u64::try_from(wide & u128::from(u64::MAX)).unwrap_or_default();
    let product = u128::from(low(pair) ^ hash) * (u128::from(low(pair >> 64)) ^ ODD);
    low(product ^ (product >> 64))
}

/// The files beside whose page another one is missing.
///
/// A page names the next one by a word that only the service understands, and none says which one it is itself. So a page
/// that is missing in the middle shows only in what else pages say, and each of these is enough:
///
/// - every list ends with one page that names no other: where none of the pages is such, the last one is missing;
/// - the first page may say how many elements all have together, and they have fewer;
/// - the link may say how many elements stand before the next page, and the pages up to there have fewer;
/// - the files are numbered, as `licit export-guide` has them written, and a number is left out.
pub(crate) fn unfinished(pages: &[Page], files: &[FileRead]) -> Vec<Missing> {
    let of_one_list = |one: &Page, two: &Page| {
        one.read_as == two.read_as
            && (one.context == two.context || one.context.is_none() || two.context.is_none())
    };
    let number = |page: &Page| numbered(&files.get(page.file.index())?.path);
    let unfinished = pages.iter().filter(|page| {
        let same = || pages.iter().filter(|other| of_one_list(page, other));
        let sum = |of: &dyn Fn(&Page) -> bool| {
            let elements = same().filter(|other| of(other));
            elements.fold(0u64, |sum, other| sum.saturating_add(other.print.elements))
        };
        let is_endless = page.next.is_some() && same().all(|other| other.next.is_some());
        let is_counted_short = page.count.is_some_and(|count| sum(&|_| true) < count);
        let is_skipped_short = skipped(page).is_some_and(|before_next| {
            let is_before = |other: &Page| skipped(other).is_some_and(|skip| skip <= before_next);
            sum(&is_before) < before_next
        });
        let mine = number(page).filter(|_| page.next.is_some());
        let leaves_a_number_out = mine.is_some_and(|mine| {
            let alike = same()
                .filter_map(number)
                .filter(|other| other.is_like(&mine));
            let later = alike
                .map(|other| other.number)
                .filter(|other| *other > mine.number);
            later
                .min()
                .is_some_and(|next| next > mine.number.saturating_add(1))
        });
        is_endless || is_counted_short || is_skipped_short || leaves_a_number_out
    });
    let missing = unfinished.map(|page| Missing {
        fact: MissingFact::NextPage,
        about: MissingAbout::File(page.file),
    });
    missing.collect()
}

/// How many elements stand before the next page, where the link says so in digits.
fn skipped(page: &Page) -> Option<u64> {
    let (_, skip) = page.next.as_deref()?.split_once("$skip=")?;
    let digits = skip.split('&').next()?;
    digits.parse().ok()
}

/// The name of a file, with the last number in it apart.
struct Numbered<'p> {
    before: &'p str,
    number: u64,
    after: &'p str,
}

impl Numbered<'_> {
    fn is_like(&self, other: &Self) -> bool {
        self.before.eq_ignore_ascii_case(other.before)
            && self.after.eq_ignore_ascii_case(other.after)
    }
}

fn numbered(path: &str) -> Option<Numbered<'_>> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let name = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let end = name + path.get(name..)?.rfind(is_digit)? + 1;
    let (before, after) = path.split_at_checked(end)?;
    let begin = before.trim_end_matches(is_digit).len().max(name);
    Some(Numbered {
        before: path.get(..begin)?,
        number: path.get(begin..end)?.parse().ok()?,
        after,
    })
}
