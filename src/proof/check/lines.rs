//! Aspects: that no claim that could speak was left out, and that the finding follows from those that do.

use super::world::{asks_for_license, is_weak};
use super::{Checked, Checker, demand};
use crate::dataset::Topic;
use crate::model::{
    Aspect, AspectOutcome, ClaimId, ClaimKind, Demand, GivenId, GivenValue, NeedSubject, Place,
    Reading, Requirement, Subject,
};
use crate::proof::{Finding, Out, Statement, Step};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Checker<'a> {
    /// Claims that a step names as counting and as not counting.
    pub(super) fn named(&self, step: &'a Step) -> (BTreeSet<ClaimId>, BTreeMap<ClaimId, &'a Out>) {
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
                return vec![self.knowledge.about(Topic::PrerequisitesOf(sku)).to_vec()];
            }
        };
        let record = &self.knowledge.tasks[task];
        let mut chain = vec![Subject::Task(task)];
        chain.extend(record.feature.map(Subject::Feature));
        chain.extend([Subject::Area(record.area), Subject::Everything]);
        let mut met = BTreeSet::new();
        chain
            .into_iter()
            .map(|level| {
                let claims = self.knowledge.claims.iter().filter(|(id, claim)| {
                    self.knowledge.has(*id)
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
        let is_strong = |id: &ClaimId| !is_weak(&self.knowledge.claims[*id]);
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
            match &self.knowledge.claims[*id].kind {
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
