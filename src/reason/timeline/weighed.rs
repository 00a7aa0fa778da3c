//! What a need comes to on a day, without what only explains it: the part of the work that has to be done anew for every
//! span of a timeline.

use super::super::cases::{Case, explore};
use super::super::counting::counting;
use super::super::judge::Judged;
use super::super::need::{cases_of, line, requirement_of, verdict_of};
use super::super::satisfaction::satisfaction;
use super::super::supply::{Supply, holdings};
use super::super::want::{Asks, Want};
use super::super::world::{Facts, World};
use crate::model::{
    Aspect, AspectAnswer, ClaimId, Counting, Grade, NeedSubject, NeedTold, Place, Question,
    Requirement,
};

/// What a need comes to.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pub(super) told: NeedTold,
    cases: Vec<Case<Judged>>,
    counted: Option<Counting>,
    /// Where the license must sit and what must be owned.
    beside: Vec<AspectAnswer>,
    /// What has to be met by somebody who holds nothing: it turns on no SKU.
    of_nothing: Option<Vec<Want>>,
}

impl Weighed {
    pub(super) fn of(
        facts: &Facts<'_>,
        question: &Question,
        subject: NeedSubject,
        relevant: &[ClaimId],
    ) -> Self {
        let reading = question.reading;
        let cases = cases_of(facts, subject, relevant, reading);
        let beside = match subject {
            NeedSubject::Sku(_) => Vec::new(),
            NeedSubject::Task(task) => [Aspect::Assigned, Aspect::Owned]
                .into_iter()
                .map(|aspect| {
                    let resolve = |world: &World<'_>| world.resolve(task, aspect, reading);
                    line(aspect, &explore(facts, relevant, &resolve))
                })
                .collect(),
        };
        let grades = cases.iter().map(|case| case.result.grade);
        let mut weighed = Self {
            told: NeedTold {
                subject,
                verdict: verdict_of(&cases),
                requirement: requirement_of(&cases),
                grade: grades.min().unwrap_or(Grade::Inferred),
            },
            counted: counting(facts, &cases),
            beside,
            cases,
            of_nothing: None,
        };
        if holdings(question, Place::Tenant).is_empty() {
            let nobody = Supply::of(facts.knowledge, facts.moment, []);
            weighed.of_nothing = Some(weighed.wanted(facts, question, &nobody));
        }
        weighed
    }

    /// Whether two days ask for the same licenses, as long as the same SKUs provide them.
    pub(super) fn asks_the_same(&self, other: &Self) -> bool {
        if let (Some(these), Some(those)) = (&self.of_nothing, &other.of_nothing) {
            let asks = |want: &Want| {
                let requirement = want.requirement.clone();
                (requirement, want.seats, want.is_met, want.is_personal)
            };
            return these.iter().map(asks).eq(those.iter().map(asks));
        }
        let asks = |one: &Self| {
            let cases = one.cases.iter();
            let cases = cases.map(|case| (case.result.verdict, case.result.requirement.clone()));
            let beside = one.beside.iter();
            let beside = beside.map(|line| {
                let requirement = line.requirement.clone();
                (line.outcome, requirement, line.place, line.seats)
            });
            let counted = one.counted.as_ref();
            (
                cases.collect::<Vec<_>>(),
                beside.collect::<Vec<_>>(),
                counted.map(|counted| (counted.number, counted.per, counted.each)),
            )
        };
        asks(self) == asks(other)
    }

    /// Everything that licenses are asked for.
    pub(super) fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        let owned = self.beside.iter();
        let owned = owned.filter_map(|line| line.requirement.as_ref());
        let cases = self.cases.iter().map(|case| &case.result.requirement);
        cases.chain([&self.told.requirement]).chain(owned)
    }

    /// What has to be met, the dearer outcome where a date is imprecise or sources disagree.
    pub(super) fn wants(&self, facts: &Facts<'_>, question: &Question) -> Vec<Want> {
        match &self.of_nothing {
            Some(wants) => wants.clone(),
            None => {
                let supply = Supply::of(facts.knowledge, facts.moment, self.requirements());
                self.wanted(facts, question, &supply)
            }
        }
    }

    fn wanted(&self, facts: &Facts<'_>, question: &Question, supply: &Supply) -> Vec<Want> {
        let counted = self.counted.as_ref();
        let (satisfied, _) =
            satisfaction(facts, question, &self.cases, &self.beside, supply, counted);
        let asks = Asks {
            verdict: self.told.verdict,
            requirement: &self.told.requirement,
            counted,
            satisfied,
            owned: self.beside.iter().find(|line| line.aspect == Aspect::Owned),
        };
        asks.wants(question, supply, false)
    }
}
