//! More than one answer: the k best sets, others without the same base suites, and cost against certainty.

use super::{Engine, enable};
use crate::model::{
    CertaintyFront, LicenseSet, Market, Query, RankedSets, SkuIndex, SkuSet, Solved,
};
use std::collections::BTreeMap;

/// What orders sets, with the set itself last.
type Rank = (u64, usize, u32, Vec<SkuIndex>);

/// A part of all sets: some SKUs forced, some forbidden; with its best set.
struct Part {
    forced: Vec<SkuIndex>,
    forbidden: Vec<SkuIndex>,
    set: LicenseSet,
}

impl Engine<'_> {
    /// The `count` best irredundant sets, the best first: feasible sets of which no proper subset is feasible.
    ///
    /// By Lawler's splitting (1972): the best set {s1, s2, ...} splits all other sets into those without s1, those with s1
    /// and without s2, and so on; the best of each part is one query. Redundant sets are passed over but still split.
    pub fn best(&self, query: &Query, count: usize) -> RankedSets {
        let mut ranked = RankedSets {
            sets: Vec::new(),
            proven: true,
            nodes: 0,
            solves: 0,
        };
        let mut parts: BTreeMap<Rank, Part> = BTreeMap::new();
        let first = (Vec::new(), Vec::new());
        self.add_part(query, first, &mut parts, &mut ranked);
        while ranked.sets.len() < count
            && let Some((_, part)) = parts.pop_first()
        {
            let mut forced = part.forced;
            for sku in &part.set.bought {
                if forced.contains(sku) {
                    continue;
                }
                let mut forbidden = part.forbidden.clone();
                forbidden.push(*sku);
                let split = (forced.clone(), forbidden);
                self.add_part(query, split, &mut parts, &mut ranked);
                forced.push(*sku);
            }
            match self.is_irredundant(query, &part.set, &mut ranked) {
                Some(true) => ranked.sets.push(part.set),
                Some(false) => {}
                None => ranked.proven = false,
            }
            if ranked.nodes > query.node_limit {
                ranked.proven = false;
                break;
            }
        }
        ranked
    }

    fn add_part(
        &self,
        query: &Query,
        (forced, forbidden): (Vec<SkuIndex>, Vec<SkuIndex>),
        parts: &mut BTreeMap<Rank, Part>,
        ranked: &mut RankedSets,
    ) {
        let mut part = query.clone();
        part.forced.extend(forced.iter().copied());
        part.forbidden.extend(forbidden.iter().copied());
        let solved = self.cheapest(&part);
        ranked.nodes += solved.nodes;
        ranked.solves += 1;
        ranked.proven &= solved.proven;
        if let Some(set) = solved.best {
            let rank = (set.cost, set.bought.len(), set.surplus, set.bought.clone());
            let part = Part {
                forced,
                forbidden,
                set,
            };
            parts.insert(rank, part);
        }
    }

    /// Whether no proper subset of a set is feasible. Adding may break and taking away may break, so each smaller market is
    /// asked whether anything in it is feasible; this holds with cyclic prerequisites too.
    fn is_irredundant(
        &self,
        query: &Query,
        set: &LicenseSet,
        ranked: &mut RankedSets,
    ) -> Option<bool> {
        let needed = enable::plainly_needed(&self.index, query, &set.bought);
        for left_out in &set.bought {
            if query.forced.contains(*left_out) || needed.contains(*left_out) {
                continue;
            }
            let mut smaller = query.clone();
            smaller.allowed = set.bought.iter().copied().collect();
            smaller.allowed.remove(*left_out);
            let feasible = self.is_feasible(&smaller);
            ranked.solves += 1;
            if feasible? {
                return Some(false);
            }
        }
        Some(true)
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
