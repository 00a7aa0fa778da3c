//! Why nothing is feasible: the fewest wishes that cannot hold together, and the fewest to drop.
//!
//! Both by implicit hitting sets (Ignatiev et al. 2015 for the smallest core; Reiter's duality): a core meets every set of
//! wishes that one would have to drop, and the other way round. Each round finds the smallest set that meets all those
//! known so far, which is a small covering problem and so a query for the engine itself. If that set turns out to be a
//! core, no smaller one exists; if not, what it misses is one more set to meet.

use super::Engine;
use super::feasible::Together;
use crate::model::{Market, MarketSku, Query, SkuIndex, Unsatisfiable, Wish};

impl Engine<'_> {
    /// Why a query is unsatisfiable. None if it is not, or the search gave up; all three parts are exact otherwise.
    ///
    /// Where not even no wish at all can hold, because held or forced SKUs contradict each other, the core is empty and
    /// there is nothing to drop.
    pub fn unsatisfiable(&self, query: &Query) -> Option<Unsatisfiable> {
        let all: Vec<usize> = (0..query.wishes().len()).collect();
        let mut together = Together::of(&self.index, query);
        if together.can_hold(&all)? {
            return None;
        }
        if !together.can_hold(&[])? {
            return Some(Unsatisfiable {
                core: Vec::new(),
                drop: Vec::new(),
                nearest: None,
                solves: together.solves,
            });
        }
        let core = smallest_core(&mut together, &all)?;
        let drop = fewest_to_drop(&mut together, &all, &core)?;
        let rest = without(&all, &drop);
        Some(Unsatisfiable {
            nearest: self.cheapest(&query.with_wishes(&rest)).best,
            core,
            drop,
            solves: together.solves,
        })
    }
}

/// The smallest set of wishes that cannot hold together, the first by places.
fn smallest_core(together: &mut Together, all: &[usize]) -> Option<Vec<usize>> {
    // A wish that cannot hold alone is a core, and none is smaller.
    for wish in all {
        if !together.can_hold(&[*wish])? {
            return Some(vec![*wish]);
        }
    }
    let mut corrections: Vec<Vec<usize>> = Vec::new();
    loop {
        let core = smallest_meeting(all.len(), &corrections)?;
        if !together.can_hold(&core)? {
            return Some(core);
        }
        let most = grow(together, all, core)?;
        corrections.push(without(all, &most));
    }
}

/// The fewest wishes without which the others can hold, the first by places; `core` is one that is known.
fn fewest_to_drop(together: &mut Together, all: &[usize], core: &[usize]) -> Option<Vec<usize>> {
    let mut cores = vec![core.to_vec()];
    loop {
        let drop = smallest_meeting(all.len(), &cores)?;
        let rest = without(all, &drop);
        if together.can_hold(&rest)? {
            return Some(drop);
        }
        cores.push(shrink(together, rest)?);
    }
}

/// More and more wishes that can hold together, until no other one fits. The wishes are added in halves, so that where
/// most of them fit few questions are asked.
fn grow(together: &mut Together, all: &[usize], mut holding: Vec<usize>) -> Option<Vec<usize>> {
    let mut parts = vec![without(all, &holding)];
    while let Some(part) = parts.pop() {
        let mut more = holding.clone();
        more.extend(&part);
        if part.is_empty() || together.can_hold(&more)? {
            holding = more;
        } else if part.len() > 1 {
            let (first, second) = part.split_at(part.len() / 2);
            parts.push(second.to_vec());
            parts.push(first.to_vec());
        }
    }
    Some(holding)
}

/// Fewer and fewer wishes that cannot hold together, until each is needed for that.
fn shrink(together: &mut Together, mut core: Vec<usize>) -> Option<Vec<usize>> {
    let mut place = 0;
    while place < core.len() {
        let mut fewer = core.clone();
        fewer.remove(place);
        if together.can_hold(&fewer)? {
            place += 1;
        } else {
            core = fewer;
        }
    }
    Some(core)
}

fn without(all: &[usize], some: &[usize]) -> Vec<usize> {
    let rest = all.iter().filter(|place| !some.contains(place));
    rest.copied().collect()
}

/// The fewest numbers below `count` that meet each of the sets, the first of those: SKUs of price 1 that are wished for.
fn smallest_meeting(count: usize, sets: &[Vec<usize>]) -> Option<Vec<usize>> {
    let sku = MarketSku {
        price: 1,
        ..MarketSku::default()
    };
    let market = Market::new(0, vec![sku; count], Vec::new()).ok()?;
    let wish = |set: &Vec<usize>| {
        let skus = set.iter().map(|place| Wish::Sku(SkuIndex::at(*place)));
        Wish::Any(skus.collect())
    };
    let query = Query::new(&market, sets.iter().map(wish).collect()).ok()?;
    let solved = Engine::new(&market).cheapest(&query);
    let best = solved.best.filter(|_| solved.proven)?;
    Some(best.bought.iter().map(|sku| sku.index()).collect())
}
