//! Aspects, states and cases: that nothing that speaks was left out, and that the conclusion follows.

use super::world::{asks_for_license, is_weak};
use super::{Checked, Checker, demand, supply};
use crate::dataset::Topic;
use crate::model::{
    Aspect, AspectOutcome, Because, ClaimId, ClaimKind, Demand, GivenId, GivenValue,
    LifecycleState, LimitOf, NeedSubject, Place, Reading, Requirement, Satisfied, Subject, Verdict,
};
use crate::proof::{Finding, Out, Statement, Step};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Checker<'a> {
    /// Claims that a step names as counting and as not counting.
    fn named(&self, step: &'a Step) -> (BTreeSet<ClaimId>, BTreeMap<ClaimId, &'a Out>) {
        let mut counting = BTreeSet::new();
        let mut out = BTreeMap::new();
        for premise in self.premises(step) {
            match &premise.statement {
                Statement::Counts { claim, .. } => {
                    counting.insert(*claim);
                }
                Statement::DoesNotCount { claim, out: why } => {
                    out.insert(*claim, why);
                }
                _ => {}
            }
        }
        (counting, out)
    }

    /// Which claims could speak about an aspect, level by level, each at its most specific level.
    fn levels(&self, subject: NeedSubject, aspect: Aspect) -> Vec<Vec<ClaimId>> {
        let task = match subject {
            NeedSubject::Task(task) => task,
            NeedSubject::Sku(sku) => {
                return vec![self.kb.about(Topic::PrerequisitesOf(sku)).to_vec()];
            }
        };
        let record = &self.kb.tasks[task];
        let mut chain = vec![Subject::Task(task)];
        chain.extend(record.feature.map(Subject::Feature));
        chain.extend([Subject::Area(record.area), Subject::Everything]);
        let mut met = BTreeSet::new();
        chain
            .into_iter()
            .map(|level| {
                let claims = self.kb.claims.iter().filter(|(id, claim)| {
                    self.kb.has(*id)
                        && matches!(&claim.kind, ClaimKind::Requirement { subjects, aspects, .. }
                            if subjects.contains(&level) && aspects.contains(&aspect))
                });
                claims
                    .map(|(id, _)| id)
                    .filter(|id| met.insert(*id))
                    .collect()
            })
            .collect()
    }

    pub(super) fn aspect(&self, step: &'a Step) -> Checked {
        let Statement::Aspect {
            subject,
            aspect,
            finding,
        } = &step.statement
        else {
            return Ok(());
        };
        let (counting, out) = self.named(step);
        let levels = self.levels(*subject, *aspect);
        let everything: BTreeSet<ClaimId> = levels.iter().flatten().copied().collect();
        let named: BTreeSet<ClaimId> = counting
            .iter()
            .copied()
            .chain(out.keys().copied())
            .collect();
        demand(
            named == everything,
            "the claims named are not those that could speak about this aspect",
        )?;
        let speaks =
            |id: &ClaimId| counting.contains(id) || matches!(out.get(id), Some(Out::Weaker));
        let decided = levels.iter().position(|level| level.iter().any(speaks));
        for (depth, level) in levels.iter().enumerate() {
            for id in level {
                let is_after = decided.is_some_and(|decided| depth > decided);
                let is_general = matches!(out.get(id), Some(Out::MoreGeneral));
                demand(
                    is_after == is_general,
                    "a claim is passed over for a more specific one that does not speak",
                )?;
            }
        }
        let cautious =
            self.question.reading == Reading::Cautious && matches!(subject, NeedSubject::Task(_));
        let is_strong = |id: &ClaimId| !is_weak(&self.kb.claims[*id]);
        let weaker: Vec<&ClaimId> = out
            .iter()
            .filter(|(_, why)| matches!(why, Out::Weaker))
            .map(|(id, _)| id)
            .collect();
        if let Some(id) = weaker.first() {
            demand(
                !cautious && counting.iter().any(is_strong),
                "a weak claim is silenced without a better one",
            )?;
            self.world(&step.under).counts(**id)?;
        }
        let task_reading = !cautious && matches!(subject, NeedSubject::Task(_));
        demand(
            !task_reading || !counting.iter().any(is_strong) || counting.iter().all(is_strong),
            "a weak claim speaks beside a better one",
        )?;
        self.finding(*aspect, finding, &counting)
    }

    fn finding(&self, aspect: Aspect, finding: &Finding, counting: &BTreeSet<ClaimId>) -> Checked {
        let mut sides: Vec<&Requirement> = Vec::new();
        let mut places: BTreeSet<Place> = BTreeSet::new();
        let mut owned: BTreeSet<(u64, Option<&Requirement>)> = BTreeSet::new();
        for id in counting {
            match &self.kb.claims[*id].kind {
                ClaimKind::Requirement {
                    demand: Demand::Requires(requires),
                    ..
                }
                | ClaimKind::Prerequisite { requires, .. } => sides.push(requires),
                ClaimKind::Requirement {
                    demand: Demand::Where(place),
                    ..
                } => {
                    places.insert(*place);
                }
                ClaimKind::Requirement {
                    demand: Demand::AtLeast { seats, of },
                    ..
                } => {
                    owned.insert((*seats, of.as_ref()));
                }
                _ => return Err("a claim of another kind speaks about an aspect".to_owned()),
            }
        }
        let stated = |number: usize| match number {
            0 => AspectOutcome::NotStated,
            1 => AspectOutcome::Stated,
            _ => AspectOutcome::Contested,
        };
        let outcome = match aspect {
            Aspect::Assigned => stated(places.len()),
            Aspect::Owned => stated(owned.len()),
            Aspect::Terms | Aspect::Works => {
                let done = |given: GivenId| self.done(given);
                let asking: Vec<bool> = sides
                    .iter()
                    .map(|side| asks_for_license(&put_in(side, &done)))
                    .collect();
                if sides.is_empty() {
                    AspectOutcome::NotStated
                } else if asking.iter().all(|asks| !asks) {
                    AspectOutcome::NotRequired
                } else if sides.iter().all(|side| **side == Requirement::Unnamed) {
                    AspectOutcome::Unnamed
                } else if asking.iter().all(|asks| *asks) {
                    AspectOutcome::Required
                } else {
                    AspectOutcome::Contested
                }
            }
        };
        demand(
            outcome == finding.outcome,
            format!("the aspect comes to {outcome}, not {}", finding.outcome),
        )?;
        demand(
            finding.place == places.first().copied(),
            "the strictest place is another",
        )?;
        demand(
            finding.seats == owned.iter().map(|(seats, _)| *seats).max(),
            "the number of seats is another",
        )?;
        let of_owned: Vec<&Requirement> = owned.into_iter().filter_map(|(_, of)| of).collect();
        let parts = if aspect == Aspect::Owned {
            of_owned
        } else {
            sides
        };
        demand(
            self.same(&finding.requirement, &parts),
            "the requirement is not what the claims ask for",
        )
    }

    pub(super) fn done(&self, given: GivenId) -> Option<bool> {
        match self.question.givens.get(&given) {
            Some(GivenValue::Truth(done)) => Some(*done),
            _ => None,
        }
    }

    /// Whether a requirement is met exactly when all parts are met, tried over all ways to hold what they name.
    pub(super) fn same(&self, requirement: &Requirement, parts: &[&Requirement]) -> bool {
        let mut leaves: BTreeSet<&Requirement> = BTreeSet::new();
        let mut add = |leaf| {
            leaves.insert(leaf);
        };
        requirement.each_leaf(&mut add);
        parts.iter().for_each(|part| part.each_leaf(&mut add));
        let mut mentions_unnamed = false;
        requirement.each_leaf(&mut |leaf| mentions_unnamed |= *leaf == Requirement::Unnamed);
        let open: Vec<&Requirement> = leaves
            .into_iter()
            .filter(|leaf| match leaf {
                Requirement::Nothing => false,
                // A named license says what an unnamed one leaves open.
                Requirement::Unnamed => mentions_unnamed,
                Requirement::Given(given) => self.done(*given).is_none(),
                _ => true,
            })
            .collect();
        if open.len() > 14 {
            return false;
        }
        (0u32..1 << open.len()).all(|held| {
            let holds = |leaf: &Requirement| match leaf {
                Requirement::Nothing => true,
                Requirement::Unnamed if !mentions_unnamed => true,
                Requirement::Given(given) if self.done(*given).is_some() => {
                    self.done(*given) == Some(true)
                }
                leaf => open
                    .iter()
                    .position(|known| *known == leaf)
                    .is_some_and(|place| held >> place & 1 == 1),
            };
            is_met(requirement, &holds) == parts.iter().all(|part| is_met(part, &holds))
        })
    }

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
            .chain(self.kb.tasks[*task].feature.map(Subject::Feature));
        for subject in subjects {
            let states: Vec<(ClaimId, LifecycleState)> = self
                .kb
                .claims
                .iter()
                .filter(|(id, _)| self.kb.has(*id))
                .filter_map(|(id, claim)| match &claim.kind {
                    ClaimKind::Lifecycle { subject: of, state } if *of == subject => {
                        Some((id, *state))
                    }
                    _ => None,
                })
                .collect();
            expected.extend(states.iter().map(|(id, _)| *id));
            let begins = |id: ClaimId| {
                let from = self.kb.claims[id].effective.from.as_ref();
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
                            self.kb.claims[*id].disputes.contains(&other)
                                || self.kb.claims[other].disputes.contains(id)
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
            for (id, claim) in self.kb.claims.iter().filter(|(id, _)| self.kb.has(*id)) {
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
            because.is_some() == !closed.is_empty(),
            "open or closed is wrong",
        )?;
        demand(
            because.is_none_or(|because| closed.contains(&because)),
            "closed for another reason",
        )?;
        demand(*contested == disagree, "contested or not is wrong")
    }

    /// A case follows from the state and the aspects that the reading looks at.
    pub(super) fn case(&self, step: &'a Step) -> Checked {
        let Statement::Case {
            subject,
            verdict,
            requirement,
        } = &step.statement
        else {
            return Ok(());
        };
        let mut state = None;
        let mut findings: Vec<(Aspect, &Finding)> = Vec::new();
        for premise in self.premises(step) {
            match &premise.statement {
                Statement::State {
                    subject: of,
                    because,
                    contested,
                } if of == subject => state = Some((*because, *contested)),
                Statement::Aspect {
                    subject: of,
                    aspect,
                    finding,
                } if of == subject => findings.push((*aspect, finding)),
                _ => {}
            }
        }
        let is_task = matches!(subject, NeedSubject::Task(_));
        let (because, contested) = match state {
            Some(state) => state,
            None => {
                demand(
                    !is_task,
                    "a case says nothing about whether the task is open",
                )?;
                (None, false)
            }
        };
        if because.is_some() && !contested {
            demand(
                *requirement == Requirement::Nothing,
                "what is closed requires nothing",
            )?;
            return demand(
                *verdict == Verdict::Unavailable,
                "what is closed is unavailable",
            );
        }
        let looked_at: &[Aspect] = match (is_task, self.question.reading) {
            (false, _) => &[Aspect::Terms],
            (true, Reading::Technical) => &[Aspect::Works],
            (true, _) => &[Aspect::Terms, Aspect::Works],
        };
        let present: Vec<Aspect> = findings.iter().map(|(aspect, _)| *aspect).collect();
        demand(
            present == looked_at,
            "a case does not rest on the aspects that its reading looks at",
        )?;
        let cautious = is_task && self.question.reading == Reading::Cautious;
        let has = |outcome: AspectOutcome| {
            findings
                .iter()
                .any(|(_, finding)| finding.outcome == outcome)
        };
        let parts: Vec<&Requirement> = findings
            .iter()
            .map(|(_, finding)| &finding.requirement)
            .collect();
        demand(
            self.same(requirement, &parts),
            "the requirement of a case is not that of its aspects",
        )?;
        let undone = has_undone(requirement, &|given| self.done(given));
        let expected = if undone {
            Verdict::Unavailable
        } else if has(AspectOutcome::Required)
            || cautious && (has(AspectOutcome::Contested) || has(AspectOutcome::Unnamed))
        {
            Verdict::Required
        } else if has(AspectOutcome::Contested) || contested {
            Verdict::Contested
        } else if has(AspectOutcome::NotRequired) {
            Verdict::NotRequired
        } else {
            Verdict::NotStated
        };
        demand(
            *verdict == expected,
            format!("the case comes to {expected}, not {verdict}"),
        )
    }

    /// What is held, at the places where the license may sit, satisfies the need or not.
    pub(super) fn satisfied(&self, step: &'a Step) -> Checked {
        let Statement::Satisfied { subject, satisfied } = &step.statement else {
            return Ok(());
        };
        let need = self.premises(step).find(|premise| matches!(&premise.statement, Statement::Need { subject: of, .. } if of == subject));
        let Some(need) = need else {
            return Err("nothing is said about the need".to_owned());
        };
        let mut places = BTreeSet::new();
        let mut is_stated = false;
        for other in &self.proof.steps {
            if let Statement::Aspect {
                subject: of,
                aspect: Aspect::Assigned,
                finding,
            } = &other.statement
                && of == subject
            {
                is_stated |= finding.outcome == AspectOutcome::Stated;
                places.extend(finding.place);
                if finding.outcome != AspectOutcome::Stated {
                    places.extend(
                        (finding.outcome == AspectOutcome::Contested).then_some(Place::Tenant),
                    );
                }
            }
        }
        let (strict, wide) = match (places.first(), places.last()) {
            (Some(strict), Some(_)) if places.len() > 1 => (*strict, Place::Tenant),
            (Some(place), _) if is_stated => (*place, *place),
            _ => (Place::Account, Place::Person),
        };
        if *satisfied != Satisfied::Yes {
            return Ok(());
        }
        // Only "yes" is a promise: everything that some case asks for is held at the strictest place.
        let world = self.world(&[]);
        let held = supply::held(self.question, strict.min(wide));
        for case in self.premises(need) {
            if let Statement::Case {
                verdict,
                requirement,
                ..
            } = &case.statement
            {
                demand(
                    *verdict != Verdict::Unavailable && *verdict != Verdict::NotStated,
                    "what is closed or unsaid is not satisfied",
                )?;
                demand(
                    *verdict == Verdict::NotRequired || supply::meets(&world, requirement, &held),
                    "what is held does not meet a case",
                )?;
            }
        }
        Ok(())
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

/// What is stated done counts as nothing to ask for; what is stated undone is no way to comply.
fn put_in(requirement: &Requirement, done: &impl Fn(GivenId) -> Option<bool>) -> Requirement {
    match requirement {
        Requirement::Given(given) if done(*given) == Some(true) => Requirement::Nothing,
        Requirement::Any(parts) => {
            let is_closed = |part: &Requirement| matches!(part, Requirement::Given(given) if done(*given) == Some(false));
            Requirement::Any(
                parts
                    .iter()
                    .filter(|part| !is_closed(part))
                    .map(|part| put_in(part, done))
                    .collect(),
            )
        }
        Requirement::All(parts) => {
            Requirement::All(parts.iter().map(|part| put_in(part, done)).collect())
        }
        other => other.clone(),
    }
}

fn is_met(requirement: &Requirement, holds: &impl Fn(&Requirement) -> bool) -> bool {
    match requirement {
        Requirement::Any(parts) => parts.iter().any(|part| is_met(part, holds)),
        Requirement::All(parts) => parts.iter().all(|part| is_met(part, holds)),
        leaf => holds(leaf),
    }
}

/// Whether something that must be done, with no license beside it, is stated undone.
fn has_undone(requirement: &Requirement, done: &impl Fn(GivenId) -> Option<bool>) -> bool {
    match requirement {
        Requirement::Given(given) => done(*given) == Some(false),
        Requirement::All(parts) => parts.iter().any(|part| has_undone(part, done)),
        Requirement::Any(parts) => {
            parts
                .iter()
                .all(|part| matches!(part, Requirement::Given(_)))
                && parts.iter().any(|part| has_undone(part, done))
        }
        _ => false,
    }
}
