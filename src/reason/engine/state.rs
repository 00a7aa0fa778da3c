//! Where a search stands, and what can be said of that without searching. The search for the best set and the one for an
//! argument both go from state to state.

use super::bits::Bits;
use super::problem::{Key, Problem};

/// Where the search stands.
#[derive(Clone)]
pub(super) struct State<S, K> {
    /// Items that may still be chosen.
    pub(super) free: S,
    /// Clauses that have to be met.
    pub(super) asked: S,
    /// Clauses that are met by what is chosen, whether they have to be or not.
    pub(super) met: S,
    /// The key of what is chosen.
    pub(super) key: K,
    /// How much of the path of chosen items belongs to this state.
    pub(super) chosen: usize,
}

impl<S: Bits, K: Key> State<S, K> {
    /// Before anything is chosen.
    pub(super) fn root(problem: &Problem<S, K>) -> Self {
        let mut free = S::empty(problem.width());
        for item in 0..problem.things.len() {
            free.insert(item);
        }
        Self {
            free,
            asked: problem.always.clone(),
            met: S::empty(problem.width()),
            key: K::default(),
            chosen: 0,
        }
    }

    /// Chooses an item, with all that this entails.
    pub(super) fn choose(&mut self, problem: &Problem<S, K>, item: usize) {
        self.key = self.key + problem.keys[item];
        self.met.add(&problem.meets[item]);
        self.asked.add(&problem.needs[item]);
        self.free.remove(item);
        self.free.subtract(&problem.clashes[item]);
    }
}

/// SKUs of which at least one must be chosen so that a clause is met; none if it may be met without choosing any.
pub(super) fn reach<S: Bits, K: Key>(
    problem: &Problem<S, K>,
    state: &State<S, K>,
    clause: usize,
) -> Option<S> {
    let direct = problem.candidates[clause].and(&state.free);
    if !problem.has_helpers {
        return Some(direct);
    }
    let helpers = direct.without(&problem.skus);
    let mut reach = direct.and(&problem.skus);
    for helper in helpers.numbers() {
        // One of its open needs, whichever has fewest.
        let open = problem.needs[helper].without(&state.met);
        let through = open
            .numbers()
            .filter_map(|need| self::reach(problem, state, need))
            .min_by_key(|skus| skus.count_with(skus))?;
        reach.add(&through);
    }
    Some(reach)
}

/// Clauses that can be met without harm where cost does not matter: by items that clash with nothing that is left and
/// need nothing that is not met in the same way.
pub(super) fn met_for_free<S: Bits, K: Key>(problem: &Problem<S, K>, state: &State<S, K>) -> S {
    let mut met = state.met.clone();
    let mut rest = state.free.clone();
    loop {
        let mut is_changed = false;
        for item in rest.clone().numbers() {
            if problem.needs[item].is_within(&met) && !problem.clashes[item].meets(&state.free) {
                met.add(&problem.meets[item]);
                rest.remove(item);
                is_changed = true;
            }
        }
        if !is_changed {
            return met;
        }
    }
}
