//! Sets of small numbers, one bit each, in as many words as the instance needs.
//!
//! The search copies and intersects such sets all the time. Instances of people fit two or four words, which stay off the
//! heap; anything larger takes the same code with words on the heap, so no size is refused.

/// A set of numbers below the size that it was made for.
pub(super) trait Bits: Clone {
    /// No number, with room for all below `size`.
    fn empty(size: usize) -> Self;

    /// The words, least numbers first.
    fn words(&self) -> &[u64];

    /// The same, to be changed.
    fn words_mut(&mut self) -> &mut [u64];

    /// Adds a number.
    #[inline]
    fn insert(&mut self, number: usize) {
        self.words_mut()[number / 64] |= 1 << (number % 64);
    }

    /// Takes a number out.
    #[inline]
    fn remove(&mut self, number: usize) {
        self.words_mut()[number / 64] &= !(1 << (number % 64));
    }

    /// Whether a number is in the set.
    #[inline]
    fn contains(&self, number: usize) -> bool {
        self.words()[number / 64] >> (number % 64) & 1 == 1
    }

    /// Adds all numbers of another set.
    #[inline]
    fn add(&mut self, other: &Self) {
        for (word, other) in self.words_mut().iter_mut().zip(other.words()) {
            *word |= other;
        }
    }

    /// Takes all numbers of another set out.
    #[inline]
    fn subtract(&mut self, other: &Self) {
        for (word, other) in self.words_mut().iter_mut().zip(other.words()) {
            *word &= !other;
        }
    }

    /// Keeps only numbers of another set.
    #[inline]
    fn keep(&mut self, other: &Self) {
        for (word, other) in self.words_mut().iter_mut().zip(other.words()) {
            *word &= other;
        }
    }

    /// The numbers of this set that are in the other one.
    #[inline]
    fn and(&self, other: &Self) -> Self {
        let mut set = self.clone();
        set.keep(other);
        set
    }

    /// The numbers of this set that are not in the other one.
    #[inline]
    fn without(&self, other: &Self) -> Self {
        let mut set = self.clone();
        set.subtract(other);
        set
    }

    /// Whether no number is in the set.
    #[inline]
    fn is_empty(&self) -> bool {
        self.words().iter().all(|word| *word == 0)
    }

    /// How many numbers are in both sets.
    #[inline]
    fn count_with(&self, other: &Self) -> u32 {
        let words = self.words().iter().zip(other.words());
        words.map(|(one, other)| (one & other).count_ones()).sum()
    }

    /// Whether some number is in both sets.
    #[inline]
    fn meets(&self, other: &Self) -> bool {
        let mut words = self.words().iter().zip(other.words());
        words.any(|(one, other)| one & other != 0)
    }

    /// Whether every number of this set is in the other one.
    #[inline]
    fn is_within(&self, other: &Self) -> bool {
        let mut words = self.words().iter().zip(other.words());
        words.all(|(one, other)| one & !other == 0)
    }

    /// The least number, if there is one.
    #[inline]
    fn first(&self) -> Option<usize> {
        self.numbers().next()
    }

    /// The numbers, rising.
    #[inline]
    fn numbers(&self) -> Numbers<'_> {
        let words = self.words();
        Numbers {
            words,
            place: 0,
            rest: words.first().copied().unwrap_or(0),
        }
    }
}

/// The numbers of a set, rising.
pub(super) struct Numbers<'a> {
    words: &'a [u64],
    place: usize,
    rest: u64,
}

impl Iterator for Numbers<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            self.place += 1;
            self.rest = *self.words.get(self.place)?;
        }
        let number = self.place * 64 + self.rest.trailing_zeros() as usize;
        self.rest &= self.rest - 1;
        Some(number)
    }
}

/// A set of numbers below 64 times `WORDS`.
#[derive(Clone)]
pub(super) struct Small<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Bits for Small<WORDS> {
    fn empty(size: usize) -> Self {
        debug_assert!(size <= 64 * WORDS);
        Self([0; WORDS])
    }

    #[inline]
    fn words(&self) -> &[u64] {
        &self.0
    }

    #[inline]
    fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }
}

/// A set of any size.
#[derive(Clone)]
pub(super) struct Large(Vec<u64>);

impl Bits for Large {
    fn empty(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64).max(1)])
    }

    fn words(&self) -> &[u64] {
        &self.0
    }

    fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behaves<S: Bits>(size: usize) {
        let mut set = S::empty(size);
        assert!(set.is_empty() && set.first().is_none());
        for number in [0, 3, size - 1] {
            set.insert(number);
        }
        assert_eq!(set.numbers().collect::<Vec<_>>(), [0, 3, size - 1]);
        let mut other = S::empty(size);
        other.insert(3);
        assert!(other.is_within(&set) && !set.is_within(&other) && set.meets(&other));
        assert_eq!(set.count_with(&other), 1);
        set.subtract(&other);
        assert!(!set.contains(3) && !set.meets(&other));
        assert_eq!(set.count_with(&set), 2);
    }

    #[test]
    fn sets_of_every_size_behave_alike() {
        behaves::<Small<2>>(128);
        behaves::<Small<4>>(200);
        behaves::<Large>(1000);
    }
}
