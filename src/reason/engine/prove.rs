//! Why nothing is cheaper, or why there is nothing: the argument that the independent checker follows.
//!
//! A search of its own, since it has another end: it knows the cost to prove, looks at cost alone, writes down every step,
//! and leaves no SKU out without saying why, so it uses no dominance. Where the tolls of the first bound add up to the
//! cost the argument is one line; reduced-cost fixing keeps the others short.

use super::bits::Bits;
use super::draft::{Draft, Thing};
use super::problem::Problem;
use super::state::{State, met_for_free, reach};
use crate::model::{Argument, ArgumentEnd, ArgumentStep, Choice, SkuIndex, Toll, WishOf, WishPart};
use std::collections::BTreeMap;

/// Case distinctions in case distinctions; deeper arguments are not written.
const DEPTH: usize = 256;

/// A search for an argument.
pub(super) struct Prover<'a, S> {
    draft: &'a Draft,
    problem: &'a Problem<S, u64>,
    /// By item of the problem: the item of the draft.
    kept: &'a [usize],
    /// What nothing may be cheaper than; none if nothing may be feasible.
    cost: Option<u64>,
    /// Case distinctions and ends that may still be written.
    left: u64,
}

/// Where an argument stands: the state of the search, and the demand that stands for each clause.
#[derive(Clone)]
struct Place<S> {
    state: State<S, u64>,
    demands: BTreeMap<usize, WishPart>,
}

/// Tolls with what they leave of every item's price.
struct Tolls {
    sum: u64,
    tolls: Vec<Toll>,
    residual: Vec<u64>,
}

impl<'a, S: Bits> Prover<'a, S> {
    pub(super) fn new(
        draft: &'a Draft,
        problem: &'a Problem<S, u64>,
        kept: &'a [usize],
        cost: Option<u64>,
        limit: u64,
    ) -> Self {
        Self {
            draft,
            problem,
            kept,
            cost,
            left: limit,
        }
    }

    /// The argument; none if there is none within the limits, or what it should prove is wrong.
    pub(super) fn argue(mut self) -> Option<Argument> {
        let mut demands = BTreeMap::new();
        for (place, clauses) in self.draft.wishes.iter().enumerate() {
            for clause in clauses {
                demands.insert(*clause, self.part(WishOf::Query(place), *clause));
            }
        }
        for (sku, clause) in &self.draft.forced {
            demands.insert(*clause, whole(WishOf::Forced(*sku)));
        }
        let state = State::root(self.problem);
        self.argue_from(Place { state, demands }, 0)
    }

    fn part(&self, of: WishOf, clause: usize) -> WishPart {
        let path = self.draft.paths.get(clause).cloned();
        WishPart {
            of,
            path: path.unwrap_or_default(),
        }
    }

    fn argue_from(&mut self, mut place: Place<S>, depth: usize) -> Option<Argument> {
        self.left = self.left.checked_sub(1)?;
        let mut steps = Vec::new();
        let problem = self.problem;
        loop {
            let mut open = place.state.asked.without(&place.state.met);
            let unmet = open
                .numbers()
                .find(|clause| !problem.candidates[*clause].meets(&place.state.free));
            if let Some(clause) = unmet {
                let end = ArgumentEnd::Unmet(place.demands.get(&clause)?.clone());
                return Some(Argument { steps, end });
            }
            if let Some(cost) = self.cost {
                let tolls = self.tolls(&place)?;
                let least = place.state.key.checked_add(tolls.sum)?;
                if least >= cost {
                    let end = ArgumentEnd::Dear(tolls.tolls);
                    return Some(Argument { steps, end });
                }
                if self.drop_too_dear(&mut place, tolls, cost - least, &mut steps) {
                    continue;
                }
            } else {
                open.subtract(&met_for_free(problem, &place.state));
            }
            if self.drop_unusable(&mut place, &mut steps)? {
                continue;
            }
            let count = |clause: &usize| problem.candidates[*clause].count_with(&place.state.free);
            let clause = open.numbers().min_by_key(count)?;
            let candidates = problem.candidates[clause].and(&place.state.free);
            let demand = place.demands.get(&clause)?.clone();
            if count(&clause) == 1 {
                let item = candidates.first()?;
                let choice = self.choose(&mut place, item, &demand)?;
                steps.push(ArgumentStep::Only(demand, choice));
                continue;
            }
            if self.drop_clashing(&mut place, &open, &mut steps)? {
                continue;
            }
            if depth == DEPTH {
                return None;
            }
            let mut cases = Vec::new();
            for item in candidates.numbers() {
                place.state.free.remove(item);
                let mut case = place.clone();
                let choice = self.choose(&mut case, item, &demand)?;
                cases.push((choice, self.argue_from(case, depth + 1)?));
            }
            let end = ArgumentEnd::Cases(demand, cases);
            return Some(Argument { steps, end });
        }
    }

    /// Chooses an item that meets a demand, and says what that is.
    fn choose(&self, place: &mut Place<S>, item: usize, demand: &WishPart) -> Option<Choice> {
        let drafted = self.draft.items.get(*self.kept.get(item)?)?;
        for (number, need) in drafted.needs.iter().enumerate() {
            let part = match drafted.thing {
                Thing::Sku(sku) => {
                    let prerequisite = *drafted.prerequisites.get(number)?;
                    self.part(WishOf::Prerequisite(sku, prerequisite), *need)
                }
                Thing::Enabled(plan) => whole(WishOf::Enabled(plan)),
                Thing::Together => self.part(demand.of, *need),
            };
            place.demands.entry(*need).or_insert(part);
        }
        place.state.choose(self.problem, item);
        Some(match drafted.thing {
            Thing::Sku(sku) => Choice::Sku(sku),
            Thing::Enabled(plan) => Choice::Enabled(plan),
            Thing::Together => Choice::Part(WishPart {
                of: demand.of,
                path: drafted.path.clone(),
            }),
        })
    }

    /// Tolls on the open clauses, fewest candidates first, each as high as it can be.
    fn tolls(&self, place: &Place<S>) -> Option<Tolls> {
        let problem = self.problem;
        let mut tolls = Tolls {
            sum: 0,
            tolls: Vec::new(),
            residual: problem.keys.clone(),
        };
        let open = place.state.asked.without(&place.state.met);
        let mut order: Vec<(u32, usize)> = open
            .numbers()
            .map(|clause| {
                let count = problem.candidates[clause].count_with(&place.state.free);
                (count, clause)
            })
            .collect();
        order.sort_unstable();
        for (_, clause) in order {
            let Some(reach) = reach(problem, &place.state, clause) else {
                continue;
            };
            let amount = reach.numbers().map(|item| tolls.residual[item]).min();
            let Some(amount) = amount.filter(|amount| *amount > 0) else {
                continue;
            };
            tolls.sum = tolls.sum.checked_add(amount)?;
            for item in reach.numbers() {
                tolls.residual[item] -= amount;
            }
            tolls.tolls.push(Toll {
                demand: place.demands.get(&clause)?.clone(),
                any_of: self.skus(&reach),
                amount,
            });
        }
        Some(tolls)
    }

    fn skus(&self, items: &S) -> Vec<SkuIndex> {
        let mut skus: Vec<SkuIndex> = items
            .numbers()
            .filter_map(|item| match self.problem.things[item] {
                Thing::Sku(sku) => Some(sku),
                Thing::Enabled(_) | Thing::Together => None,
            })
            .collect();
        skus.sort_unstable();
        skus
    }

    /// Leaves SKUs out with which everything costs too much; whether there was one.
    fn drop_too_dear(
        &self,
        place: &mut Place<S>,
        tolls: Tolls,
        gap: u64,
        steps: &mut Vec<ArgumentStep>,
    ) -> bool {
        let mut dear = place.state.free.and(&self.problem.skus);
        for item in dear.clone().numbers() {
            if tolls.residual[item] < gap {
                dear.remove(item);
            }
        }
        if dear.is_empty() {
            return false;
        }
        place.state.free.subtract(&dear);
        steps.push(ArgumentStep::TooDear(tolls.tolls, self.skus(&dear)));
        true
    }

    /// Leaves items out whose needs nothing can meet any more; whether there was one.
    fn drop_unusable(&self, place: &mut Place<S>, steps: &mut Vec<ArgumentStep>) -> Option<bool> {
        let problem = self.problem;
        let mut dead = S::empty(problem.width());
        for (clause, candidates) in problem.candidates.iter().enumerate() {
            if !place.state.met.contains(clause) && !candidates.meets(&place.state.free) {
                dead.insert(clause);
            }
        }
        let mut is_changed = false;
        for item in place.state.free.clone().numbers() {
            let Some(need) = problem.needs[item].and(&dead).first() else {
                continue;
            };
            place.state.free.remove(item);
            is_changed = true;
            // That a helper cannot hold is plain from its parts.
            if let Thing::Sku(sku) = problem.things[item] {
                let drafted = self.draft.items.get(*self.kept.get(item)?)?;
                let number = drafted.needs.iter().position(|known| *known == need)?;
                let prerequisite = *drafted.prerequisites.get(number)?;
                let demand = self.part(WishOf::Prerequisite(sku, prerequisite), need);
                steps.push(ArgumentStep::Never(Choice::Sku(sku), demand));
            }
        }
        Some(is_changed)
    }

    /// Leaves items out that clash with everything that can meet an open clause; whether there was one.
    fn drop_clashing(
        &self,
        place: &mut Place<S>,
        open: &S,
        steps: &mut Vec<ArgumentStep>,
    ) -> Option<bool> {
        let problem = self.problem;
        for clause in open.numbers() {
            let mut common = place.state.free.clone();
            for item in problem.candidates[clause].and(&place.state.free).numbers() {
                common.keep(&problem.clashes[item]);
            }
            for item in common.numbers() {
                let choice = match problem.things[item] {
                    Thing::Sku(sku) => Choice::Sku(sku),
                    Thing::Enabled(plan) => Choice::Enabled(plan),
                    Thing::Together => return None,
                };
                let demand = place.demands.get(&clause)?.clone();
                steps.push(ArgumentStep::Never(choice, demand));
            }
            if !common.is_empty() {
                place.state.free.subtract(&common);
                return Some(true);
            }
        }
        Some(false)
    }
}

fn whole(of: WishOf) -> WishPart {
    WishPart {
        of,
        path: Vec::new(),
    }
}
