//! More than one answer: the k best sets, others without the same base suites, and cost against certainty.

use super::Engine;
use super::bits::{Bits, Large, Small};
use super::draft::{self, Draft, Origins, Thing};
use super::problem::{self, Key, Layout, Problem};
use super::search::Search;
use crate::model::{
    CertaintyFront, LicenseSet, Market, Query, RankedSets, SkuIndex, SkuSet, Solved,
};
use std::collections::BTreeMap;

/// What orders parts: the key of the best set or a bound of it, then the set itself if it is known, then age. So a part
/// that is not searched yet comes before sets that it may beat.
type Rank<K> = (K, Option<Vec<SkuIndex>>, u64);

/// A part of all sets: those with some items and without others.
struct Part<S> {
    forced: Vec<usize>,
    forbidden: S,
}

/// The search for the k best, on one problem for all parts. No SKU is left out for being pointless beside another one: that
/// holds for one best set only.
struct Ranking<'a, S, K> {
    problem: &'a Problem<S, K>,
    node_limit: u64,
    parts: BTreeMap<Rank<K>, Part<S>>,
    ranked: RankedSets,
    added: u64,
}

impl<S: Bits, K: Key> Ranking<'_, S, K> {
    /// Adds a part with a bound of its best set; nothing if it is plainly empty. What it has is searched only when no other
    /// part can have anything better, which most parts never see.
    fn add(&mut self, part: Part<S>) {
        let search = Search::within(self.problem, self.node_limit, &part.forced, &part.forbidden);
        self.ranked.nodes += 1;
        if let Some(floor) = search.floor() {
            self.insert(floor, None, part);
        }
    }

    fn insert(&mut self, key: K, set: Option<Vec<SkuIndex>>, part: Part<S>) {
        self.added += 1;
        self.parts.insert((key, set, self.added), part);
    }

    /// The best irredundant sets, handed out as they are found.
    fn run(&mut self, count: usize, mut set: impl FnMut(Vec<SkuIndex>) -> LicenseSet) {
        let forbidden = S::empty(self.problem.width());
        let forced = Vec::new();
        self.add(Part { forced, forbidden });
        while self.ranked.sets.len() < count
            && let Some(((_, bought, _), part)) = self.parts.pop_first()
        {
            if self.ranked.nodes > self.node_limit {
                self.ranked.proven = false;
                break;
            }
            let Some(bought) = bought else {
                self.search(part);
                continue;
            };
            let items = self.items(&bought);
            match self.is_irredundant(&items) {
                Some(true) => self.ranked.sets.push(set(bought)),
                Some(false) => {}
                None => self.ranked.proven = false,
            }
            if self.ranked.sets.len() < count {
                self.split(part, &items);
            }
        }
    }

    /// Searches a part for its best set.
    fn search(&mut self, part: Part<S>) {
        let limit = self.node_limit.saturating_sub(self.ranked.nodes);
        let search = Search::within(self.problem, limit, &part.forced, &part.forbidden);
        let found = search.best();
        self.ranked.nodes += found.nodes;
        self.ranked.solves += 1;
        self.ranked.proven &= !found.gave_up;
        if let Some((key, bought)) = found.best {
            self.insert(key, Some(bought), part);
        }
    }

    /// Splits the sets of a part that are not its best one.
    fn split(&mut self, part: Part<S>, items: &[usize]) {
        let Part {
            mut forced,
            forbidden,
        } = part;
        for item in items {
            if !forced.contains(item) {
                let mut forbidden = forbidden.clone();
                forbidden.insert(*item);
                let forced_so_far = forced.clone();
                self.add(Part {
                    forced: forced_so_far,
                    forbidden,
                });
                forced.push(*item);
            }
        }
    }

    /// The items of what is bought.
    fn items(&self, bought: &[SkuIndex]) -> Vec<usize> {
        let is_bought = |item: &usize| match self.problem.things[*item] {
            Thing::Sku(sku) => self.problem.is_bought[*item] && bought.contains(&sku),
            Thing::Enabled(_) | Thing::Together => false,
        };
        (0..self.problem.things.len()).filter(is_bought).collect()
    }

    /// Whether no proper subset of a set is feasible. Adding may break and taking away may break, so each smaller market is
    /// asked whether anything in it is feasible; this holds with cyclic prerequisites too. What the market of the set itself
    /// leaves no choice about is not asked.
    fn is_irredundant(&mut self, items: &[usize]) -> Option<bool> {
        let mut left_out = S::empty(self.problem.width());
        for item in 0..self.problem.things.len() {
            if self.problem.is_bought[item] && !items.contains(&item) {
                left_out.insert(item);
            }
        }
        let decided = Search::within(self.problem, self.node_limit, &[], &left_out).decided();
        for item in items.iter().filter(|item| !decided.contains(**item)) {
            left_out.insert(*item);
            let smaller = Search::within(self.problem, self.node_limit, &[], &left_out);
            self.ranked.solves += 1;
            if smaller.any()? {
                return Some(false);
            }
            left_out.remove(*item);
        }
        Some(true)
    }
}

impl Engine<'_> {
    /// The `count` best irredundant sets, the best first: feasible sets of which no proper subset is feasible.
    ///
    /// By Lawler's splitting (1972): the best set {s1, s2, ...} splits all other sets into those without s1, those with s1
    /// and without s2, and so on; the best of each part is one query. Redundant sets are passed over but still split.
    pub fn best(&self, query: &Query, count: usize) -> RankedSets {
        let draft = draft::draft(&self.index, query, Origins::Left);
        if draft.is_broken {
            return RankedSets {
                sets: Vec::new(),
                proven: true,
                nodes: 0,
                solves: 0,
            };
        }
        if !Layout::of(&draft).is_short() {
            return self.rank::<Large, u128>(query, &draft, count);
        }
        match draft.items.len().max(draft.clauses.len()) {
            0..=64 => self.rank::<Small<1>, u64>(query, &draft, count),
            65..=128 => self.rank::<Small<2>, u64>(query, &draft, count),
            129..=256 => self.rank::<Small<4>, u64>(query, &draft, count),
            _ => self.rank::<Large, u64>(query, &draft, count),
        }
    }

    fn rank<S: Bits, K: Key>(&self, query: &Query, draft: &Draft, count: usize) -> RankedSets {
        let (layout, kept) = (Layout::of(draft), problem::cheapest_first(draft));
        let problem = Problem::<S, K>::of(draft, &self.index, query.exclusion, layout, &kept);
        let mut ranking = Ranking {
            problem: &problem,
            node_limit: query.node_limit,
            parts: BTreeMap::new(),
            ranked: RankedSets {
                sets: Vec::new(),
                proven: true,
                nodes: 0,
                solves: 0,
            },
            added: 0,
        };
        ranking.run(count, |bought| self.license_set(query, bought));
        ranking.ranked
    }

    /// The best set, then the best set without any base suite of that one, and so on: at most `count` sets, each the
    /// cheapest that shares no base suite with those before. Ends early with a set that has no base suite.
    pub fn best_with_other_bases(
        &self,
        query: &Query,
        bases: &SkuSet,
        count: usize,
    ) -> Vec<Solved> {
        let mut query = query.clone();
        let mut found = Vec::new();
        while found.len() < count {
            let solved = self.cheapest(&query);
            let Some(set) = &solved.best else { break };
            let used: Vec<SkuIndex> = set
                .bought
                .iter()
                .copied()
                .filter(|sku| bases.contains(*sku))
                .collect();
            query.forbidden.extend(used.iter().copied());
            found.push(solved);
            if used.is_empty() {
                break;
            }
        }
        found
    }

    /// What it costs to be how certain: the cheapest set for each least certainty from 1 up. Exact, since the scale is
    /// finite and what a level asks for only grows.
    pub fn certainty_front(&self, query: &Query) -> CertaintyFront {
        let levels = (1..=Market::MOST_CERTAIN).map(|level| {
            let mut query = query.clone();
            query.least_certainty = level;
            (level, self.cheapest(&query))
        });
        CertaintyFront {
            levels: levels.collect(),
        }
    }
}
