//! Whether a task can be done at all: lifecycle and limits, worked out a second time.

use super::{Checked, Checker, demand};
use crate::model::{
    Because, ClaimId, ClaimKind, GivenValue, LifecycleState, LimitOf, NeedSubject, Subject,
};
use crate::proof::{Out, Statement, Step};
use std::collections::BTreeSet;

impl<'a> Checker<'a> {
    /// Lifecycle and limits of a task and its feature.
    pub(super) fn state(&self, step: &'a Step) -> Checked {
        let Statement::State {
            subject: NeedSubject::Task(task),
            because,
            contested,
        } = &step.statement
        else {
            return Err("only tasks have a state".to_owned());
        };
        let (counting, out) = self.named(step);
        let world = self.world(&step.under);
        let mut closed: Vec<Because> = Vec::new();
        let mut disagree = false;
        let mut expected: BTreeSet<ClaimId> = BTreeSet::new();
        let subjects = std::iter::once(Subject::Task(*task))
            .chain(self.knowledge.tasks[*task].feature.map(Subject::Feature));
        for subject in subjects {
            let states: Vec<(ClaimId, LifecycleState)> = self
                .knowledge
                .claims
                .iter()
                .filter(|(id, _)| self.knowledge.has(*id))
                .filter_map(|(id, claim)| match &claim.kind {
                    ClaimKind::Lifecycle { subject: of, state } if *of == subject => {
                        Some((id, *state))
                    }
                    _ => None,
                })
                .collect();
            expected.extend(states.iter().map(|(id, _)| *id));
            let begins = |id: ClaimId| {
                let from = self.knowledge.claims[id].effective.from.as_ref();
                from.and_then(|from| from.earliest().or(from.latest()))
            };
            let begun: Vec<(ClaimId, LifecycleState)> = states
                .iter()
                .copied()
                .filter(|(id, _)| world.counts(*id).is_ok())
                .collect();
            // Told, not put out, and still to come.
            let to_come: Vec<(ClaimId, LifecycleState)> = states
                .iter()
                .copied()
                .filter(|(id, _)| {
                    world.has_begun(*id) == Some(false)
                        && world.is_known(*id) == Some(true)
                        && world.applies(*id) == Some(true)
                        && world.is_replaced(*id) == Some(false)
                })
                .collect();
            let latest = begun.iter().map(|(id, _)| begins(*id)).max();
            match latest {
                None => closed.extend(
                    to_come
                        .iter()
                        .any(|(_, state)| *state == LifecycleState::Available)
                        .then_some(Because::Unsupported),
                ),
                Some(latest) => {
                    let (current, earlier): (Vec<_>, Vec<_>) =
                        begun
                            .iter()
                            .partition::<Vec<&(ClaimId, LifecycleState)>, _>(|(id, _)| {
                                begins(*id) == latest
                            });
                    demand(
                        earlier
                            .iter()
                            .all(|(id, _)| matches!(out.get(id), Some(Out::Ended))),
                        "an earlier state still counts",
                    )?;
                    demand(
                        current.iter().all(|(id, _)| counting.contains(id)),
                        "the current state is not named",
                    )?;
                    let closing: Vec<Because> = current
                        .iter()
                        .filter_map(|(_, state)| closes(*state))
                        .collect();
                    disagree |= !closing.is_empty() && closing.len() < current.len();
                    for (id, state) in &current {
                        let disputes = |other: ClaimId| {
                            self.knowledge.claims[*id].disputes.contains(&other)
                                || self.knowledge.claims[other].disputes.contains(id)
                        };
                        disagree |= closes(*state).is_some()
                            && to_come
                                .iter()
                                .any(|(other, state)| closes(*state).is_some() && disputes(*other));
                    }
                    closed.extend(closing);
                }
            }
            let mut kept = 0;
            let mut exceeded = 0;
            for (id, claim) in self
                .knowledge
                .claims
                .iter()
                .filter(|(id, _)| self.knowledge.has(*id))
            {
                let ClaimKind::Limit {
                    of: LimitOf::Given { subject: of, given },
                    at_most,
                } = &claim.kind
                else {
                    continue;
                };
                let Some(GivenValue::Count(count)) = self.question.givens.get(given) else {
                    continue;
                };
                if *of != subject {
                    continue;
                }
                expected.insert(id);
                if world.counts(id).is_ok() {
                    if count > at_most {
                        exceeded += 1
                    } else {
                        kept += 1
                    }
                }
            }
            disagree |= kept > 0 && exceeded > 0;
            closed.extend((exceeded > 0).then_some(Because::Limit));
        }
        let named: BTreeSet<ClaimId> = counting
            .iter()
            .copied()
            .chain(out.keys().copied())
            .collect();
        demand(
            named == expected,
            "the claims named are not those about the state",
        )?;
        demand(
            because.is_some() != closed.is_empty(),
            "open or closed is wrong",
        )?;
        demand(
            because.is_none_or(|because| closed.contains(&because)),
            "closed for another reason",
        )?;
        demand(*contested == disagree, "contested or not is wrong")
    }
}

fn closes(state: LifecycleState) -> Option<Because> {
    match state {
        LifecycleState::Retired => Some(Because::Retired),
        LifecycleState::Blocked => Some(Because::Blocked),
        LifecycleState::Announced => Some(Because::Unsupported),
        _ => None,
    }
}
