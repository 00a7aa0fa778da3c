//! A set of SKUs as one bit each: questions about membership are asked far more often than sets are made.

use crate::model::SkuIndex;

/// A set of SKUs of a market.
#[derive(Debug, Clone, Default)]
pub struct SkuSet {
    words: Vec<u64>,
}

impl SkuSet {
    /// No SKU.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first `count` SKUs of a market.
    pub fn first(count: usize) -> Self {
        (0..count).map(SkuIndex::at).collect()
    }

    /// Adds a SKU; tells whether it was missing.
    pub fn insert(&mut self, sku: SkuIndex) -> bool {
        let word = sku.index() / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let is_new = !self.contains(sku);
        self.words[word] |= 1 << (sku.index() % 64);
        is_new
    }

    /// Takes a SKU out; tells whether it was there.
    pub fn remove(&mut self, sku: SkuIndex) -> bool {
        let was_there = self.contains(sku);
        if let Some(word) = self.words.get_mut(sku.index() / 64) {
            *word &= !(1 << (sku.index() % 64));
        }
        was_there
    }

    /// Whether a SKU is in the set.
    pub fn contains(&self, sku: SkuIndex) -> bool {
        let word = self.words.get(sku.index() / 64);
        word.is_some_and(|word| word >> (sku.index() % 64) & 1 == 1)
    }

    /// The SKUs in canonical order.
    pub fn iter(&self) -> impl Iterator<Item = SkuIndex> + '_ {
        self.words.iter().enumerate().flat_map(|(place, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| SkuIndex::at(place * 64 + bit))
        })
    }

    /// How many SKUs are in the set.
    pub fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Whether no SKU is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }
}

impl PartialEq for SkuSet {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for SkuSet {}

impl FromIterator<SkuIndex> for SkuSet {
    fn from_iter<T: IntoIterator<Item = SkuIndex>>(skus: T) -> Self {
        let mut set = Self::new();
        set.extend(skus);
        set
    }
}

impl Extend<SkuIndex> for SkuSet {
    fn extend<T: IntoIterator<Item = SkuIndex>>(&mut self, skus: T) {
        for sku in skus {
            self.insert(sku);
        }
    }
}
