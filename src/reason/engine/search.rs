//! The search for the best set: exact, deterministic, without a clock.
//!
//! Depth first over the items of the open clause that has fewest candidates, best lower bound first; an item that was
//! tried is forbidden for its later siblings, so no set is met twice. Clauses with one candidate left decide themselves.
//! The bound is dual ascent on the covering relaxation (Erlenkotter's, for set covering; see Balas and Carrera 1996): each
//! open clause in turn, fewest candidates first, is given the least residual key of its candidates. What remains of an
//! item's key then tells by how much any set with it is worse, which forbids items at once (reduced-cost fixing).
//!
//! Sets of equal key are told apart by their sorted SKUs at the leaves, so only what is *worse* than the best is cut off.
//! The frames of the search are on the heap: no instance is too deep.

use super::bits::Bits;
use super::draft::Thing;
use super::problem::{Key, Problem};
use super::state::{State, met_for_free, reach};
use crate::model::SkuIndex;

/// What a search came to.
pub(super) struct Found<K> {
    /// The best set: its key and what is bought, sorted.
    pub(super) best: Option<(K, Vec<SkuIndex>)>,
    /// No set has a lower key.
    pub(super) bound: K,
    pub(super) nodes: u64,
    pub(super) gave_up: bool,
}

/// A state with the branches that are left.
struct Frame<S, K> {
    state: State<S, K>,
    /// Where its branches begin; they end where those of the next frame begin.
    branches: usize,
    /// The next branch.
    next: usize,
}

/// What to do at a state.
enum Step {
    /// Nothing feasible here, or nothing good enough.
    Closed,
    /// Everything is met.
    Complete,
    /// Try the candidates of this clause.
    Branch(usize),
}

/// What the search is after.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// Any feasible set.
    Any,
    /// The best one.
    Best,
}

/// A search over one problem.
pub(super) struct Search<'a, S, K> {
    problem: &'a Problem<S, K>,
    node_limit: u64,
    nodes: u64,
    best: Option<(K, Vec<SkuIndex>)>,
    /// Where the search begins.
    root: State<S, K>,
    /// What is chosen there already.
    given: Vec<usize>,
    path: Vec<usize>,
    /// What the bound leaves of every item's key.
    residual: Vec<K>,
    order: Vec<(u32, usize)>,
    branches: Vec<(K, usize)>,
    /// What the first bound said.
    root_bound: Option<K>,
}

impl<'a, S: Bits, K: Key> Search<'a, S, K> {
    pub(super) fn new(problem: &'a Problem<S, K>, node_limit: u64) -> Self {
        Self::within(problem, node_limit, &[], &S::empty(problem.width()))
    }

    /// A search among the sets with some items and without others.
    pub(super) fn within(
        problem: &'a Problem<S, K>,
        node_limit: u64,
        given: &[usize],
        left_out: &S,
    ) -> Self {
        let mut root = State::root(problem);
        root.free.subtract(left_out);
        for item in given {
            root.choose(problem, *item);
        }
        root.chosen = given.len();
        Self {
            problem,
            node_limit,
            nodes: 0,
            best: None,
            root,
            given: given.to_vec(),
            path: Vec::new(),
            residual: problem.keys.clone(),
            order: Vec::with_capacity(problem.candidates.len()),
            branches: Vec::new(),
            root_bound: None,
        }
    }

    /// The best set, with the proof that it is the best one as far as the limit allows.
    pub(super) fn best(mut self) -> Found<K> {
        let mut is_open = true;
        if self.problem.has_clashes || self.problem.has_needs {
            let feasible = self.run(Aim::Any);
            if feasible == Some(false) {
                return self.found(K::MOST, false);
            }
            is_open = feasible.is_some();
        }
        if is_open && self.run(Aim::Best).is_some() {
            let bound = self.best.as_ref().map_or(K::MOST, |(key, _)| *key);
            return self.found(bound, false);
        }
        let bound = self.root_bound.unwrap_or_default();
        self.found(bound, true)
    }

    fn found(self, bound: K, gave_up: bool) -> Found<K> {
        Found {
            best: self.best,
            bound,
            nodes: self.nodes,
            gave_up,
        }
    }

    /// Whether there is a feasible set at all; none if the limit was met first.
    pub(super) fn any(mut self) -> Option<bool> {
        self.run(Aim::Any)
    }

    /// No set has a lower key than this; none if there is no set. One look, no search.
    pub(super) fn floor(mut self) -> Option<K> {
        let mut state = self.root.clone();
        match self.settle(&mut state, Aim::Best) {
            Step::Closed => None,
            Step::Complete => Some(state.key),
            Step::Branch(_) => Some(state.key + self.bound(&state)),
        }
    }

    /// Items that are in every feasible set, as far as that is plain.
    pub(super) fn decided(mut self) -> S {
        let mut state = self.root.clone();
        self.path.clone_from(&self.given);
        self.settle(&mut state, Aim::Best);
        let mut decided = S::empty(self.problem.width());
        for item in &self.path {
            decided.insert(*item);
        }
        decided
    }

    /// Runs through all that may matter; whether something feasible was found, or none if the limit was met.
    fn run(&mut self, aim: Aim) -> Option<bool> {
        let mut frames: Vec<Frame<S, K>> = Vec::new();
        self.branches.clear();
        self.path.clone_from(&self.given);
        let mut entering = Some(self.root.clone());
        loop {
            if let Some(state) = entering.take() {
                if self.nodes >= self.node_limit {
                    return None;
                }
                self.nodes += 1;
                self.path.truncate(state.chosen);
                let branches = self.branches.len();
                match self.enter(state, aim) {
                    Entered::Closed => {}
                    Entered::Complete if aim == Aim::Any => return Some(true),
                    Entered::Complete => {}
                    Entered::Open(state) => frames.push(Frame {
                        state,
                        branches,
                        next: branches,
                    }),
                }
            }
            let Some(frame) = frames.last_mut() else {
                return Some(self.best.is_some());
            };
            let branch = self.branches.get(frame.next).copied();
            let is_open = branch.is_some_and(|(floor, _)| {
                aim == Aim::Any || self.best.as_ref().is_none_or(|(best, _)| floor <= *best)
            });
            let Some((_, item)) = branch.filter(|_| is_open) else {
                self.branches.truncate(frame.branches);
                frames.pop();
                continue;
            };
            frame.next += 1;
            frame.state.free.remove(item);
            let mut state = frame.state.clone();
            self.path.truncate(state.chosen);
            self.choose(&mut state, item);
            entering = Some(state);
        }
    }

    /// Settles a state and collects its branches.
    fn enter(&mut self, mut state: State<S, K>, aim: Aim) -> Entered<S, K> {
        loop {
            let clause = match self.settle(&mut state, aim) {
                Step::Closed => return Entered::Closed,
                Step::Complete => {
                    self.take(&state, aim);
                    return Entered::Complete;
                }
                Step::Branch(clause) => clause,
            };
            let candidates = self.problem.candidates[clause].and(&state.free);
            if aim == Aim::Any {
                let branches = candidates.numbers().map(|item| (K::default(), item));
                self.branches.extend(branches);
                return Entered::Open(state);
            }
            let floor = state.key + self.bound(&state);
            self.root_bound.get_or_insert(floor);
            if let Some((best, _)) = &self.best {
                if floor > *best {
                    return Entered::Closed;
                }
                let too_much = *best - floor;
                let mut is_fixed = false;
                let mut free = state.free.clone();
                for item in state.free.numbers() {
                    if self.residual[item] > too_much {
                        free.remove(item);
                        is_fixed = true;
                    }
                }
                if is_fixed {
                    state.free = free;
                    if self.problem.candidates[clause].count_with(&state.free) < 2
                        || self.has_decided(&state)
                    {
                        continue;
                    }
                }
            }
            let from = self.branches.len();
            for item in self.problem.candidates[clause].and(&state.free).numbers() {
                self.branches.push((floor + self.residual[item], item));
            }
            self.branches[from..].sort_unstable();
            return Entered::Open(state);
        }
    }

    /// Whether some clause has less than two candidates left.
    fn has_decided(&self, state: &State<S, K>) -> bool {
        let open = state.asked.without(&state.met);
        open.numbers()
            .any(|clause| self.problem.candidates[clause].count_with(&state.free) < 2)
    }

    /// Follows what is decided: clauses with one candidate, items that cannot be had any more.
    fn settle(&mut self, state: &mut State<S, K>, aim: Aim) -> Step {
        let problem = self.problem;
        // What is chosen leaves no clause without candidates; what is taken out may.
        let mut is_narrower = problem.has_needs;
        loop {
            if is_narrower && !self.drop_unusable(state) {
                return Step::Closed;
            }
            let mut open = state.asked.without(&state.met);
            if aim == Aim::Any {
                open.subtract(&met_for_free(problem, state));
            }
            let mut fewest = (u32::MAX, 0);
            for clause in open.numbers() {
                let count = problem.candidates[clause].count_with(&state.free);
                if count < fewest.0 {
                    fewest = (count, clause);
                    if count < 2 {
                        break;
                    }
                }
            }
            match fewest {
                (u32::MAX, _) => return Step::Complete,
                (0, _) => return Step::Closed,
                (1, clause) => {
                    let Some(item) = problem.candidates[clause].and(&state.free).first() else {
                        return Step::Closed;
                    };
                    self.choose(state, item);
                    is_narrower = problem.has_needs && !problem.clashes[item].is_empty();
                    let is_worse = |(best, _): &(K, Vec<SkuIndex>)| state.key > *best;
                    if aim == Aim::Best && self.best.as_ref().is_some_and(is_worse) {
                        return Step::Closed;
                    }
                }
                (_, clause) => {
                    if !problem.has_clashes || !self.drop_clashing(state, &open) {
                        return Step::Branch(clause);
                    }
                    is_narrower = problem.has_needs;
                }
            }
        }
    }

    fn choose(&mut self, state: &mut State<S, K>, item: usize) {
        state.choose(self.problem, item);
        self.path.push(item);
        state.chosen = self.path.len();
    }

    /// Takes items out whose needs nothing can meet any more; false if something chosen is among them.
    fn drop_unusable(&self, state: &mut State<S, K>) -> bool {
        let problem = self.problem;
        loop {
            let mut dead: Option<S> = None;
            for (clause, candidates) in problem.candidates.iter().enumerate() {
                if !state.met.contains(clause) && !candidates.meets(&state.free) {
                    if state.asked.contains(clause) {
                        return false;
                    }
                    dead.get_or_insert_with(|| S::empty(problem.width()))
                        .insert(clause);
                }
            }
            let Some(dead) = dead else { return true };
            let free = state.free.clone();
            let mut is_changed = false;
            for item in free.numbers() {
                if problem.needs[item].meets(&dead) {
                    state.free.remove(item);
                    is_changed = true;
                }
            }
            if !is_changed {
                return true;
            }
        }
    }

    /// Takes items out that clash with every candidate of an open clause; false if there is none.
    fn drop_clashing(&self, state: &mut State<S, K>, open: &S) -> bool {
        let problem = self.problem;
        let mut is_changed = false;
        for clause in open.numbers() {
            let mut common = state.free.clone();
            for item in problem.candidates[clause].and(&state.free).numbers() {
                common.keep(&problem.clashes[item]);
                if common.is_empty() {
                    break;
                }
            }
            if !common.is_empty() {
                state.free.subtract(&common);
                is_changed = true;
            }
        }
        is_changed
    }

    /// Keeps a complete set if it is the best so far.
    fn take(&mut self, state: &State<S, K>, aim: Aim) {
        if aim == Aim::Any {
            return;
        }
        if self
            .best
            .as_ref()
            .is_some_and(|(best, _)| state.key > *best)
        {
            return;
        }
        let problem = self.problem;
        let path = self.path.iter().take(state.chosen);
        let mut bought: Vec<SkuIndex> = path
            .filter(|item| problem.is_bought[**item])
            .filter_map(|item| match problem.things[*item] {
                Thing::Sku(sku) => Some(sku),
                Thing::Enabled(_) | Thing::Together => None,
            })
            .collect();
        bought.sort_unstable();
        let candidate = (state.key, bought);
        if self.best.as_ref().is_none_or(|best| candidate < *best) {
            self.best = Some(candidate);
        }
    }

    /// What the open clauses cost at least, leaving in `residual` what they do not use of every free item's key.
    fn bound(&mut self, state: &State<S, K>) -> K {
        let problem = self.problem;
        self.residual.copy_from_slice(&problem.keys);
        let open = state.asked.without(&state.met);
        self.order.clear();
        for clause in open.numbers() {
            let count = problem.candidates[clause].count_with(&state.free);
            self.order.push((count, clause));
        }
        self.order.sort_unstable();
        let mut bound = K::default();
        for place in 0..self.order.len() {
            let (_, clause) = self.order[place];
            let Some(reach) = reach(problem, state, clause) else {
                continue;
            };
            let least = reach.numbers().map(|item| self.residual[item]).min();
            let Some(least) = least.filter(|least| *least > K::default()) else {
                continue;
            };
            bound = bound + least;
            for item in reach.numbers() {
                self.residual[item] = self.residual[item] - least;
            }
        }
        bound
    }
}

/// What entering a state came to.
enum Entered<S, K> {
    Closed,
    Complete,
    Open(State<S, K>),
}
