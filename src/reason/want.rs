//! What is wanted: the part of needs that a license can meet.

use super::supply::{Supply, holdings};
use crate::model::{
    Aspect, AspectAnswer, AspectOutcome, ClaimId, Counting, Need, Per, Place, Question,
    Requirement, Satisfied, Verdict,
};

/// One thing that has to be met, for so many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) requirement: Requirement,
    pub(super) seats: u64,
    /// Whether what is held and owned satisfies it already, wherever it may sit.
    pub(super) is_met: bool,
    /// Whether everybody asked about needs it themselves; otherwise the tenant needs so many seats of it.
    pub(super) is_personal: bool,
    /// The claim that says how to count, where one does.
    pub(super) counted_by: Option<ClaimId>,
}

/// What a need asks to hold, also where sources disagree or a date is imprecise, since the dearer outcome counts; with
/// `only_sure` the other outcome.
pub(super) fn of_need(
    question: &Question,
    need: &Need,
    supply: &Supply,
    only_sure: bool,
) -> Vec<Want> {
    let asked = Asks {
        verdict: need.verdict,
        requirement: &need.requirement,
        counted: need.counted.as_ref(),
        satisfied: need.satisfied,
        owned: need.aspect(Aspect::Owned),
    };
    asked.wants(question, supply, only_sure)
}

/// The parts of a need that decide what has to be bought.
pub(super) struct Asks<'n> {
    pub(super) verdict: Verdict,
    pub(super) requirement: &'n Requirement,
    pub(super) counted: Option<&'n Counting>,
    pub(super) satisfied: Satisfied,
    /// The line about what the tenant must own.
    pub(super) owned: Option<&'n AspectAnswer>,
}

impl Asks<'_> {
    /// See [`of_need`].
    pub(super) fn wants(&self, question: &Question, supply: &Supply, only_sure: bool) -> Vec<Want> {
        let demanded = match self.verdict {
            Verdict::Required => true,
            Verdict::Contested | Verdict::Depends => !only_sure,
            Verdict::Unavailable | Verdict::NotRequired | Verdict::NotStated => false,
        };
        let counted = self.counted;
        let own = demanded.then(|| Want {
            requirement: self.requirement.clone(),
            seats: counted.map_or(1, |counted| counted.number),
            is_met: self.satisfied == Satisfied::Yes,
            is_personal: counted.is_none_or(|counted| {
                matches!(counted.per, Per::Person | Per::Account) && counted.each == (1, 1)
            }),
            counted_by: counted.map(|counted| counted.claim),
        });
        own.into_iter()
            .chain(self.owned(question, supply))
            .collect()
    }

    /// What the tenant must own before the service runs, where a need that can be met says so.
    fn owned(&self, question: &Question, supply: &Supply) -> Option<Want> {
        let line = self.owned?;
        let stated = line.outcome == AspectOutcome::Stated && self.verdict != Verdict::Unavailable;
        let requirement = line.requirement.clone().filter(Requirement::demands)?;
        let tenant = holdings(question, Place::Tenant);
        stated.then(|| Want {
            is_met: supply.meets(&requirement, &tenant, &|_| None) == Satisfied::Yes,
            requirement,
            seats: line.seats.unwrap_or(1),
            is_personal: false,
            counted_by: None,
        })
    }
}
