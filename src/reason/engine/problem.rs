//! A draft made ready for the search: keys, sets of bits, and without the SKUs that another one makes pointless.

use super::bits::{Bits, Large, Small};
use super::draft::{Draft, Item, Thing};
use super::index::Index;
use crate::model::Exclusion;
use std::fmt::Debug;
use std::ops::{Add, Sub};

/// What orders sets: cost, then number of SKUs bought, then plans nobody asked for, packed into one number. The layout
/// leaves room for all items of the problem together, so sums cannot overflow.
pub(super) trait Key:
    Copy + Ord + Debug + Default + Add<Output = Self> + Sub<Output = Self>
{
    /// More than any set.
    const MOST: Self;
    /// The key of an item.
    fn pack(layout: Layout, price: u64, count: u64, surplus: u64) -> Self;
    /// What a key says about cost alone.
    fn price(self, layout: Layout) -> u64;
}

/// Where in a key cost, number and surplus stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    price_bits: u32,
    count_bits: u32,
    surplus_bits: u32,
}

impl Layout {
    /// The layout for items of a draft.
    pub(super) fn of(draft: &Draft) -> Self {
        let bits = |most: u64| u64::BITS - most.leading_zeros();
        let items = || draft.items.iter();
        Self {
            price_bits: bits(items().map(|item| item.price).fold(0, u64::saturating_add)),
            count_bits: bits(items().map(|item| u64::from(item.is_bought)).sum()),
            surplus_bits: bits(items().map(|item| u64::from(item.surplus)).sum()),
        }
    }

    /// Cost alone counts.
    pub(super) const PRICE: Self = Self {
        price_bits: u64::BITS,
        count_bits: 0,
        surplus_bits: 0,
    };

    /// Nothing counts.
    pub(super) const NONE: Self = Self {
        price_bits: 0,
        count_bits: 0,
        surplus_bits: 0,
    };

    /// Whether keys fit 64 bits.
    pub(super) fn is_short(self) -> bool {
        self.price_bits + self.count_bits + self.surplus_bits < u64::BITS
    }
}

impl Key for u64 {
    const MOST: Self = Self::MAX;

    fn pack(layout: Layout, price: u64, count: u64, surplus: u64) -> Self {
        match layout {
            Layout::PRICE => return price,
            Layout::NONE => return 0,
            _ => {}
        }
        (((price << layout.count_bits) | count) << layout.surplus_bits) | surplus
    }

    fn price(self, layout: Layout) -> u64 {
        self >> (layout.count_bits + layout.surplus_bits)
    }
}

impl Key for u128 {
    const MOST: Self = Self::MAX;

    fn pack(layout: Layout, price: u64, count: u64, surplus: u64) -> Self {
        match layout {
            Layout::PRICE => return Self::from(price),
            Layout::NONE => return 0,
            _ => {}
        }
        let key = (Self::from(price) << layout.count_bits) | Self::from(count);
        (key << layout.surplus_bits) | Self::from(surplus)
    }

    fn price(self, layout: Layout) -> u64 {
        u64::try_from(self >> (layout.count_bits + layout.surplus_bits)).unwrap_or(u64::MAX)
    }
}

/// Items and clauses as sets of bits. Items are numbered with SKUs first, the best key first.
pub(super) struct Problem<S, K> {
    pub(super) things: Vec<Thing>,
    pub(super) is_bought: Vec<bool>,
    pub(super) keys: Vec<K>,
    /// By item: the clauses that it meets.
    pub(super) meets: Vec<S>,
    /// By item: the clauses that have to be met once it is chosen.
    pub(super) needs: Vec<S>,
    /// By item: the items that cannot be chosen beside it.
    pub(super) clashes: Vec<S>,
    /// By clause: the items that meet it.
    pub(super) candidates: Vec<S>,
    /// The clauses that have to be met in any case.
    pub(super) always: S,
    /// The items that are SKUs, not helpers.
    pub(super) skus: S,
    pub(super) has_helpers: bool,
    pub(super) has_clashes: bool,
    pub(super) has_needs: bool,
}

/// The items of a draft that are worth trying, SKUs first, the best key first.
///
/// A SKU is pointless where another one has no worse key, meets every clause that it meets, needs nothing that it does not
/// need, and clashes with nothing that it does not clash with: in every set it can be replaced by the other one. This is
/// sound for one best set, and only there.
pub(super) fn worthwhile<K: Key>(
    draft: &Draft,
    index: &Index<'_>,
    exclusion: Exclusion,
    layout: Layout,
) -> Vec<usize> {
    match draft.clauses.len() {
        0..=64 => worthwhile_in::<Small<1>, K>(draft, index, exclusion, layout),
        65..=128 => worthwhile_in::<Small<2>, K>(draft, index, exclusion, layout),
        _ => worthwhile_in::<Large, K>(draft, index, exclusion, layout),
    }
}

fn worthwhile_in<S: Bits, K: Key>(
    draft: &Draft,
    index: &Index<'_>,
    exclusion: Exclusion,
    layout: Layout,
) -> Vec<usize> {
    let mut meets = vec![S::empty(draft.clauses.len()); draft.items.len()];
    for (clause, items) in draft.clauses.iter().enumerate() {
        for item in items {
            meets[*item].insert(clause);
        }
    }
    let mut skus: Vec<(K, usize, usize)> = Vec::with_capacity(draft.items.len());
    let mut helpers = Vec::new();
    for (place, item) in draft.items.iter().enumerate() {
        match item.thing {
            Thing::Sku(sku) => skus.push((key::<K>(layout, item), sku.index(), place)),
            Thing::Enabled(_) | Thing::Together => helpers.push(place),
        }
    }
    skus.sort_unstable();
    let clashes_less = |better: usize, worse: usize| {
        let of = |sku: usize| index.signatures.get(sku).map_or(&[][..], Vec::as_slice);
        exclusion != Exclusion::Sku || of(better).iter().all(|group| of(worse).contains(group))
    };
    // Side by side, since each SKU is compared with most of those before it.
    let mut kept: Vec<(S, S, usize, usize)> = Vec::with_capacity(skus.len());
    for (_, sku, place) in skus {
        let meets = &meets[place];
        let mut needs = S::empty(draft.clauses.len());
        for clause in &draft.items[place].needs {
            needs.insert(*clause);
        }
        let is_pointless = kept.iter().any(|(more, less, better, _)| {
            meets.is_within(more) && less.is_within(&needs) && clashes_less(*better, sku)
        });
        if !is_pointless {
            kept.push((meets.clone(), needs, sku, place));
        }
    }
    let kept = kept.into_iter().map(|(_, _, _, place)| place);
    kept.chain(helpers).collect()
}

/// All items of a draft, SKUs first, the cheapest first.
pub(super) fn cheapest_first(draft: &Draft) -> Vec<usize> {
    let mut items = in_order(draft);
    items.sort_by_key(|place| {
        let item = &draft.items[*place];
        let is_helper = !matches!(item.thing, Thing::Sku(_));
        (is_helper, item.price, item.is_bought, item.surplus)
    });
    items
}

/// All items of a draft, SKUs first.
pub(super) fn in_order(draft: &Draft) -> Vec<usize> {
    let is_sku = |place: &usize| matches!(draft.items[*place].thing, Thing::Sku(_));
    let (mut skus, helpers): (Vec<usize>, Vec<usize>) = (0..draft.items.len()).partition(is_sku);
    skus.extend(helpers);
    skus
}

fn key<K: Key>(layout: Layout, item: &Item) -> K {
    K::pack(
        layout,
        item.price,
        u64::from(item.is_bought),
        u64::from(item.surplus),
    )
}

impl<S: Bits, K: Key> Problem<S, K> {
    /// Items and clauses are numbered below this.
    pub(super) fn width(&self) -> usize {
        self.things.len().max(self.candidates.len()).max(1)
    }

    /// Makes some items of a draft ready; `kept` has SKUs first, the best key first.
    pub(super) fn of(
        draft: &Draft,
        index: &Index<'_>,
        exclusion: Exclusion,
        layout: Layout,
        kept: &[usize],
    ) -> Self {
        let width = kept.len().max(draft.clauses.len()).max(1);
        let mut places = vec![usize::MAX; draft.items.len()];
        for (place, item) in kept.iter().enumerate() {
            places[*item] = place;
        }
        let mut meets = vec![S::empty(width); kept.len()];
        let mut candidates = vec![S::empty(width); draft.clauses.len()];
        for (clause, items) in draft.clauses.iter().enumerate() {
            for item in items {
                if let Some(meets) = meets.get_mut(places[*item]) {
                    meets.insert(clause);
                    candidates[clause].insert(places[*item]);
                }
            }
        }
        let mut needs = vec![S::empty(width); kept.len()];
        let mut skus = S::empty(width);
        for (place, item) in kept.iter().map(|item| &draft.items[*item]).enumerate() {
            for clause in &item.needs {
                needs[place].insert(*clause);
            }
            if matches!(item.thing, Thing::Sku(_)) {
                skus.insert(place);
            }
        }
        let mut always = S::empty(width);
        for clause in draft.always() {
            always.insert(clause);
        }
        absorb(&mut always, &candidates);
        let things: Vec<Thing> = kept.iter().map(|item| draft.items[*item].thing).collect();
        let clashes = clashes(&things, index, exclusion, width);
        Self {
            is_bought: kept
                .iter()
                .map(|item| draft.items[*item].is_bought)
                .collect(),
            keys: kept
                .iter()
                .map(|item| key(layout, &draft.items[*item]))
                .collect(),
            has_helpers: things.iter().any(|thing| !matches!(thing, Thing::Sku(_))),
            has_clashes: clashes.iter().any(|clashes: &S| !clashes.is_empty()),
            has_needs: needs.iter().any(|needs: &S| !needs.is_empty()),
            things,
            meets,
            needs,
            clashes,
            candidates,
            always,
            skus,
        }
    }
}

/// Takes clauses out that are met whenever another one is.
fn absorb<S: Bits>(always: &mut S, candidates: &[S]) {
    let clauses: Vec<usize> = always.numbers().collect();
    for clause in &clauses {
        let implies = |other: &usize| {
            other != clause
                && always.contains(*other)
                && candidates[*other].is_within(&candidates[*clause])
        };
        if clauses.iter().any(implies) {
            always.remove(*clause);
        }
    }
}

/// By item: the items that cannot be chosen beside it.
fn clashes<S: Bits>(
    things: &[Thing],
    index: &Index<'_>,
    exclusion: Exclusion,
    width: usize,
) -> Vec<S> {
    let mut clashes = vec![S::empty(width); things.len()];
    if exclusion == Exclusion::None {
        return clashes;
    }
    // By group: the items that carry or enable something of it, each with what that is.
    let mut members: Vec<Vec<(usize, usize)>> = vec![Vec::new(); index.market.exclusive().len()];
    for (place, thing) in things.iter().enumerate() {
        match (thing, exclusion) {
            (Thing::Sku(sku), Exclusion::Sku) => {
                for (group, carried) in index.signatures.get(sku.index()).into_iter().flatten() {
                    members[*group].push((place, *carried));
                }
            }
            (Thing::Enabled(plan), Exclusion::Plan) => {
                for group in index.groups(*plan) {
                    members[*group].push((place, plan.index()));
                }
            }
            _ => {}
        }
    }
    for (one, this) in members.iter().flat_map(|group| {
        let pairs = |one| group.iter().map(move |other| (one, *other));
        group.iter().flat_map(move |one| pairs(*one))
    }) {
        if one.1 != this.1 {
            clashes[one.0].insert(this.0);
        }
    }
    clashes
}
