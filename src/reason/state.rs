//! Whether a feature is there at all: lifecycle states and limits.

use super::status::Status;
use super::world::{Known, World};
use crate::dataset::Topic;
use crate::graph::{Absent, Presence, presence};
use crate::model::{
    Because, Boundary, Claim, ClaimId, ClaimKind, Day, GivenValue, Grade, LifecycleState, LimitOf,
    Reading, Subject, TaskId,
};
use crate::proof::Out;

/// Whether a task can be done at all in a world.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Availability {
    /// Why not; none when it can.
    pub(super) because: Option<Because>,
    /// Whether claims disagree about it.
    pub(super) contested: bool,
    /// The claims that say so.
    pub(super) claims: Vec<(ClaimId, bool)>,
    /// Claims of a beginning that is still to come.
    pub(super) awaited: Vec<ClaimId>,
    /// Claims that were looked at and do not count.
    pub(super) out: Vec<(ClaimId, Out)>,
    pub(super) grade: Grade,
}

/// The state of a feature or task in a world.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Current {
    /// States that began last, on the same day; more than one only where sources disagree.
    pub(super) states: Vec<(ClaimId, bool, LifecycleState)>,
    to_come: Vec<(ClaimId, LifecycleState)>,
    out: Vec<(ClaimId, Out)>,
}

impl World<'_> {
    /// The state of the task itself and of its feature, and the limits about them. Whatever closes it, closes it.
    pub(super) fn availability(&self, task: TaskId) -> Known<Availability> {
        let record = &self.facts.knowledge.tasks[task];
        let subjects =
            std::iter::once(Subject::Task(task)).chain(record.feature.map(Subject::Feature));
        let mut found = Availability::open();
        for subject in subjects {
            self.lifecycle(subject, &mut found)?;
            self.limits(subject, &mut found)?;
        }
        Ok(found)
    }

    fn lifecycle(&self, subject: Subject, found: &mut Availability) -> Known<()> {
        let current = self.current(subject)?;
        if current.states.is_empty()
            && let Some((id, _)) = current
                .to_come
                .iter()
                .find(|(_, state)| *state == LifecycleState::Available)
        {
            found.because.get_or_insert(Because::Unsupported);
            found.awaited.push(*id);
            found.grade = found.grade.weaker(self.grade(*id, true));
        }
        let closed = |state: LifecycleState| because(state).is_some();
        for (id, attested, state) in &current.states {
            let grade = self.grade(*id, *attested);
            match because(*state) {
                Some(because) => found.close(because, *id, *attested, grade),
                None => found.claims.push((*id, *attested)),
            }
            // Two dates for one change: between them the sources disagree.
            let disputed = current.to_come.iter().any(|(other, planned)| {
                closed(*planned) && closed(*state) && self.dispute(*id, *other)
            });
            let differ = current
                .states
                .iter()
                .any(|(_, _, other)| closed(*other) != closed(*state));
            found.contested |= disputed || differ;
        }
        found.out.extend(current.out);
        Ok(())
    }

    /// The state that began last, and what was looked at on the way. A state holds until the next one begins.
    pub(super) fn current(&self, subject: Subject) -> Known<Current> {
        let knowledge = self.facts.knowledge;
        let mut current = Current::default();
        let mut begun = Vec::new();
        for id in knowledge.about(Topic::Lifecycle(subject)) {
            let ClaimKind::Lifecycle { state, .. } = &knowledge.claims[*id].kind else {
                continue;
            };
            match self.status(*id, Reading::Documented)? {
                Status::Counts { attested } => begun.push((*id, attested, *state)),
                Status::Out(out) => {
                    // A state that is known and still to come says that it is not so yet, unless something else
                    // put the claim out.
                    if out == Out::NotYetEffective && self.counts_but_for_its_beginning(*id)? {
                        current.to_come.push((*id, *state));
                    }
                    current.out.push((*id, out));
                }
            }
        }
        let latest = begun
            .iter()
            .map(|(id, ..)| beginning(&knowledge.claims[*id]))
            .max();
        for state in begun {
            if Some(beginning(&knowledge.claims[state.0])) == latest {
                current.states.push(state);
            } else {
                current.out.push((state.0, Out::Ended));
            }
        }
        Ok(current)
    }

    fn counts_but_for_its_beginning(&self, id: ClaimId) -> Known<bool> {
        let knowledge = self.facts.knowledge;
        let is_known = !matches!(
            presence(
                knowledge,
                &knowledge.claims[id],
                crate::graph::Moment {
                    on: Day::LAST,
                    ..self.facts.moment_of(id)
                }
            ),
            Presence::Absent(Absent::NotYetKnown | Absent::Withdrawn)
        );
        if !is_known || !self.applies(&knowledge.claims[id])? {
            return Ok(false);
        }
        let later = World {
            facts: &self.facts.on(Day::LAST),
            assumed: self.assumed,
        };
        Ok(matches!(
            later.status(id, Reading::Documented)?,
            Status::Counts { .. }
        ))
    }

    fn dispute(&self, one: ClaimId, other: ClaimId) -> bool {
        let knowledge = self.facts.knowledge;
        knowledge.claims[one].disputes.contains(&other)
            || knowledge.claims[other].disputes.contains(&one)
    }

    fn limits(&self, subject: Subject, found: &mut Availability) -> Known<()> {
        let knowledge = self.facts.knowledge;
        let mut kept = Vec::new();
        let mut exceeded = Vec::new();
        for id in knowledge.about(Topic::Limits(subject)) {
            let ClaimKind::Limit {
                of: LimitOf::Given { given, .. },
                at_most,
            } = &knowledge.claims[*id].kind
            else {
                continue;
            };
            // A number that nobody stated exceeds nothing; the limit is shown by `show`.
            let Some(GivenValue::Count(count)) = self.facts.givens.get(given) else {
                continue;
            };
            match self.status(*id, Reading::Documented)? {
                Status::Counts { attested } if count > at_most => exceeded.push((*id, attested)),
                Status::Counts { attested } => kept.push((*id, attested)),
                Status::Out(out) => found.out.push((*id, out)),
            }
        }
        let disagree = !exceeded.is_empty() && !kept.is_empty();
        found.contested |= disagree;
        for (id, attested) in exceeded {
            let grade = self.grade(id, attested);
            found.close(Because::Limit, id, attested, grade);
        }
        found.claims.extend(kept);
        Ok(())
    }
}

impl Availability {
    /// Nothing closes it.
    pub(super) fn open() -> Self {
        Self {
            because: None,
            contested: false,
            claims: Vec::new(),
            awaited: Vec::new(),
            out: Vec::new(),
            grade: Grade::Contract,
        }
    }

    fn close(&mut self, because: Because, claim: ClaimId, attested: bool, grade: Grade) {
        self.because.get_or_insert(because);
        self.claims.push((claim, attested));
        self.grade = self.grade.weaker(grade);
    }
}

/// Why a state closes a feature; none when it does not.
fn because(state: LifecycleState) -> Option<Because> {
    match state {
        LifecycleState::Announced => Some(Because::Unsupported),
        LifecycleState::Blocked => Some(Because::Blocked),
        LifecycleState::Retired => Some(Because::Retired),
        LifecycleState::Available | LifecycleState::DefaultOff | LifecycleState::OnHold => None,
    }
}

/// Orders states by when they began; an open beginning comes first.
fn beginning(claim: &Claim) -> Option<Day> {
    claim
        .effective
        .from
        .as_ref()
        .and_then(|from: &Boundary| from.earliest().or(from.latest()))
}
