//! Lists that are read in place, out of the bytes of the built-in form.
//!
//! Most runs look at a few of many thousand records, so nothing is decoded before somebody asks for it: a list is a run
//! of bytes in which any place can be found without reading the others. Lists made in a run, for added data, have the
//! same form with bytes of their own.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

/// Whole numbers, four bytes each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Numbers(#[serde(borrow)] Cow<'static, [u8]>);

impl Numbers {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.chunks().len()
    }

    /// The number at a place.
    pub(super) fn get(&self, place: usize) -> Option<u32> {
        self.chunks()
            .get(place)
            .map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// All numbers.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator {
        self.chunks().iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn chunks(&self) -> &[[u8; 4]] {
        self.0.as_chunks().0
    }
}

impl FromIterator<usize> for Numbers {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let numbers = numbers.into_iter();
        Self(
            numbers
                .flat_map(|number| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes())
                .collect(),
        )
    }
}

/// Strings of bytes, of any length each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Pieces {
    /// Where each piece ends; it begins where the one before ends.
    ends: Numbers,
    #[serde(borrow)]
    bytes: Cow<'static, [u8]>,
}

impl Pieces {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The piece at a place.
    pub(super) fn get(&self, place: usize) -> Option<&[u8]> {
        self.bytes.get(self.range(place)?)
    }

    /// The piece at a place of a list in the built-in form, where it lasts as long as the program; none of a list that
    /// was made in this run.
    pub(super) fn built_in(&self, place: usize) -> Option<&'static [u8]> {
        match &self.bytes {
            Cow::Borrowed(bytes) => bytes.get(self.range(place)?),
            Cow::Owned(_) => None,
        }
    }

    /// The place of a piece in a list whose pieces rise.
    pub(super) fn find(&self, piece: &[u8]) -> Option<usize> {
        search(self.len(), |place| {
            self.get(place).unwrap_or_default().cmp(piece)
        })
    }

    fn range(&self, place: usize) -> Option<std::ops::Range<usize>> {
        let start = match place.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before)?,
        };
        Some(start as usize..self.ends.get(place)? as usize)
    }
}

impl<P: AsRef<[u8]>> FromIterator<P> for Pieces {
    fn from_iter<I: IntoIterator<Item = P>>(pieces: I) -> Self {
        let mut bytes = Vec::new();
        let ends = pieces
            .into_iter()
            .map(|piece| {
                bytes.extend_from_slice(piece.as_ref());
                bytes.len()
            })
            .collect();
        Self {
            ends,
            bytes: Cow::Owned(bytes),
        }
    }
}

/// What was decoded of a list, each place when somebody first looks at it.
///
/// The room for it comes in blocks, so that a long list of which little is read costs little.
#[derive(Clone)]
pub(super) struct Cells<T> {
    blocks: Vec<OnceLock<Block<T>>>,
}

type Block<T> = Box<[OnceLock<T>; BLOCK]>;

/// Places in a block.
const BLOCK: usize = 64;

impl<T> Cells<T> {
    /// Room for so many places.
    pub(super) fn new(length: usize) -> Self {
        let mut blocks = Vec::new();
        blocks.resize_with(length.div_ceil(BLOCK), OnceLock::new);
        Self { blocks }
    }

    /// What stands at a place, made at the first call; none beyond the room.
    pub(super) fn get(&self, place: usize, make: impl FnOnce() -> T) -> Option<&T> {
        let block = self.blocks.get(place / BLOCK)?;
        let block = block.get_or_init(|| Box::new([const { OnceLock::new() }; BLOCK]));
        block.get(place % BLOCK).map(|cell| cell.get_or_init(make))
    }
}

/// What was looked at so far is no part of what a list says.
impl<T> fmt::Debug for Cells<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Cells").finish_non_exhaustive()
    }
}

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self::new(0)
    }
}

/// The place among `length` rising ones at which `compare` finds equality: the binary search of a list that is no slice.
pub(super) fn search(length: usize, compare: impl Fn(usize) -> Ordering) -> Option<usize> {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(middle) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(middle),
            Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Cells, Numbers, Pieces};

    #[test]
    fn numbers_come_back_in_order() {
        let numbers: Numbers = [7, 0, 70_000].into_iter().collect();
        assert_eq!(numbers.iter().collect::<Vec<u32>>(), [7, 0, 70_000]);
        assert_eq!(numbers.get(2), Some(70_000));
        assert_eq!(numbers.get(3), None);
    }

    #[test]
    fn pieces_of_any_length_are_found_by_place_and_by_content() {
        let pieces: Pieces = ["", "a", "license", "zz"].into_iter().collect();
        assert_eq!(pieces.len(), 4);
        assert_eq!(pieces.get(0), Some(b"".as_slice()));
        assert_eq!(pieces.get(2), Some(b"license".as_slice()));
        assert_eq!(pieces.get(4), None);
        for (place, piece) in ["", "a", "license", "zz"].iter().enumerate() {
            assert_eq!(pieces.find(piece.as_bytes()), Some(place));
        }
        assert_eq!(pieces.find(b"b"), None);
        assert_eq!(pieces.built_in(1), None);
    }

    #[test]
    fn what_was_made_once_stays() {
        let cells = Cells::new(BLOCK + 1);
        assert_eq!(cells.get(BLOCK, || "first"), Some(&"first"));
        assert_eq!(cells.get(BLOCK, || "second"), Some(&"first"));
        assert_eq!(cells.get(0, || "other"), Some(&"other"));
        assert_eq!(cells.get(2 * BLOCK, || "beyond"), None);
    }
}
