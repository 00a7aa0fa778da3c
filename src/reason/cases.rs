//! Trying every value of what is not known, but only of what is met.

use super::world::{Facts, Known, World, values};
use crate::model::ClaimId;
use crate::proof::Assumption;

/// The most cases that one need is split into; the real data stays far below.
const MOST_CASES: usize = 2048;

/// One case: what was assumed, and what follows.
#[derive(Debug, Clone)]
pub(super) struct Case<T> {
    pub(super) assumed: Vec<Assumption>,
    pub(super) result: T,
}

/// Runs `judge` in every world that it tells apart; `claims` are those that it may look at. The cases exclude each other and leave nothing out, in the order of
/// the values tried.
pub(super) fn explore<T>(
    facts: &Facts<'_>,
    claims: &[ClaimId],
    judge: &impl Fn(&World<'_>) -> Known<T>,
) -> Vec<Case<T>> {
    let mut cases = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(assumed) = open.pop() {
        match judge(&World {
            facts,
            assumed: &assumed,
        }) {
            Ok(result) => cases.push(Case { assumed, result }),
            Err(unknown) if cases.len() + open.len() < MOST_CASES => {
                for value in values(facts, &unknown, claims).into_iter().rev() {
                    let mut more = assumed.clone();
                    more.push(Assumption {
                        unknown: unknown.clone(),
                        value,
                    });
                    open.push(more);
                }
            }
            // Beyond the bound a world stays unjudged; the caller sees fewer cases and the proof is not accepted.
            Err(_) => {}
        }
    }
    cases
}
