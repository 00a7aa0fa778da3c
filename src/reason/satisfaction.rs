//! Whether what is held satisfies a need, wherever the license may have to sit.

use super::cases::Case;
use super::judge::Judged;
use super::need::requirement_of;
use super::supply::{Supply, holdings, is_done, worst};
use super::world::Facts;
use crate::model::{
    Aspect, AspectAnswer, AspectOutcome, Counting, GivenId, Place, Question, Requirement,
    Satisfied, SkuId, Verdict,
};

/// Whether one person's license is enough where several people are counted. A SKU held is one seat; of the others nothing is
/// known unless the seats that the tenant owns were stated.
fn enough_seats(
    question: &Question,
    supply: &Supply,
    wanted: &Requirement,
    number: u64,
) -> Satisfied {
    let meets = |sku: SkuId| supply.meets(wanted, &[sku], &|_| None) == Satisfied::Yes;
    let owned = question.owned.iter().filter(|(sku, _)| meets(**sku));
    let owned: Vec<u64> = owned.map(|(_, seats)| *seats).collect();
    let seats = owned.iter().fold(0u64, |sum, one| sum.saturating_add(*one));
    match seats.max(1) >= number {
        true => Satisfied::Yes,
        false if owned.is_empty() => Satisfied::Unknown,
        false => Satisfied::No,
    }
}

/// Whether the holdings satisfy the need in every case, wherever the license may have to sit.
pub(super) fn satisfaction(
    facts: &Facts<'_>,
    question: &Question,
    cases: &[Case<Judged>],
    aspects: &[AspectAnswer],
    supply: &Supply,
    counted: Option<&Counting>,
) -> (Satisfied, Vec<Requirement>) {
    let done = |given: GivenId| is_done(facts, given);
    let assigned = aspects.iter().find(|line| line.aspect == Aspect::Assigned);
    // The strictest place that somebody asks for decides "yes", the widest that somebody allows decides "no".
    let (strict, wide) = match assigned.map(|line| (line.outcome, line.place)) {
        Some((AspectOutcome::Stated, Some(place))) => (place, place),
        Some((AspectOutcome::Contested | AspectOutcome::Depends, place)) => {
            (place.unwrap_or(Place::Account), Place::Tenant)
        }
        _ => (Place::Account, Place::Person),
    };
    let here = holdings(question, strict);
    let anywhere = holdings(question, wide);
    let mut satisfied = worst(cases.iter().map(|case| {
        let judged = &case.result;
        match judged.verdict {
            Verdict::Unavailable => Satisfied::No,
            Verdict::NotStated => Satisfied::Unknown,
            Verdict::NotRequired => Satisfied::Yes,
            Verdict::Required | Verdict::Contested | Verdict::Depends => {
                match supply.meets(&judged.requirement, &here, &done) {
                    Satisfied::Yes => Satisfied::Yes,
                    // The side that asks for nothing may be right.
                    _ if judged.verdict == Verdict::Contested => Satisfied::Unknown,
                    _ => match supply.meets(&judged.requirement, &anywhere, &done) {
                        Satisfied::No => Satisfied::No,
                        _ => Satisfied::Unknown,
                    },
                }
            }
        }
    }));
    // One case satisfied and another not is "unknown", not "no".
    let is_mixed = satisfied == Satisfied::No
        && cases.iter().any(|case| match case.result.verdict {
            Verdict::NotRequired => true,
            Verdict::Unavailable | Verdict::NotStated => false,
            _ => supply.meets(&case.result.requirement, &anywhere, &done) != Satisfied::No,
        });
    if is_mixed {
        satisfied = Satisfied::Unknown;
    }
    let wanted = requirement_of(cases);
    let mut missing = supply.missing(&wanted, &here, &done);
    if satisfied == Satisfied::Yes
        && let Some(counted) = counted
    {
        satisfied = enough_seats(question, supply, &wanted, counted.number);
        if satisfied != Satisfied::Yes {
            missing.push(wanted);
        }
    }
    if let Some(owned) = aspects
        .iter()
        .find(|line| line.aspect == Aspect::Owned && line.outcome == AspectOutcome::Stated)
        && let Some(of) = &owned.requirement
        && !cases
            .iter()
            .all(|case| case.result.verdict == Verdict::Unavailable)
    {
        let tenant = holdings(question, Place::Tenant);
        let runs = supply.meets(of, &tenant, &done);
        satisfied = worst([satisfied, runs].into_iter());
        missing.extend(
            supply
                .missing(of, &tenant, &done)
                .into_iter()
                .filter(|part| !missing.contains(part))
                .collect::<Vec<_>>(),
        );
    }
    (satisfied, missing)
}
