//! Which wishes can hold together: many questions of yes and no about one query, drafted once.

use super::bits::{Bits, Large, Small};
use super::draft::{self, Draft, Origins};
use super::index::Index;
use super::problem::{self, Layout, Problem};
use super::search::Search;
use crate::model::Query;

/// Answers which wishes of a query can hold together.
pub(super) struct Together {
    draft: Draft,
    problem: Ready,
    limit: u64,
    /// Questions answered so far.
    pub(super) solves: u64,
}

/// A problem in the sets that it fits.
enum Ready {
    Small(Problem<Small<2>, u64>),
    Large(Problem<Large, u64>),
    /// Held SKUs exclude each other.
    Broken,
}

impl Together {
    pub(super) fn of(index: &Index<'_>, query: &Query) -> Self {
        let draft = draft::draft(index, query, Origins::Left);
        let kept = problem::worthwhile::<u64>(&draft, index, query.exclusion, Layout::NONE);
        let problem = if draft.is_broken {
            Ready::Broken
        } else if kept.len().max(draft.clauses.len()) <= 128 {
            Ready::Small(Problem::of(
                &draft,
                index,
                query.exclusion,
                Layout::NONE,
                &kept,
            ))
        } else {
            Ready::Large(Problem::of(
                &draft,
                index,
                query.exclusion,
                Layout::NONE,
                &kept,
            ))
        };
        Self {
            draft,
            problem,
            limit: query.node_limit,
            solves: 0,
        }
    }

    /// Whether some wishes, by their places, can hold together; none if the search gave up.
    pub(super) fn can_hold(&mut self, wishes: &[usize]) -> Option<bool> {
        self.solves += 1;
        let forced = self.draft.forced.iter().map(|(_, clause)| *clause);
        let wished = wishes
            .iter()
            .filter_map(|wish| self.draft.wishes.get(*wish));
        let clauses = || wished.clone().flatten().copied().chain(forced.clone());
        match &mut self.problem {
            Ready::Broken => Some(false),
            Ready::Small(problem) => ask(problem, clauses(), self.limit),
            Ready::Large(problem) => ask(problem, clauses(), self.limit),
        }
    }
}

fn ask<S: Bits>(
    problem: &mut Problem<S, u64>,
    clauses: impl Iterator<Item = usize>,
    limit: u64,
) -> Option<bool> {
    let mut always = S::empty(problem.width());
    for clause in clauses {
        always.insert(clause);
    }
    problem.always = always;
    Search::new(problem, limit).any()
}
