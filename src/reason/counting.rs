//! How many seats a need asks for: people, accounts or things counted over populations that only the asker knows.

use super::cases::Case;
use super::judge::Judged;
use super::need::voices;
use super::world::Facts;
use crate::model::{ClaimId, Counted, Counting, Demand, GivenValue};

/// The counting rule of the claims that demand something, with the numbers stated. A population that nobody stated is
/// listed; with none stated it is one.
pub(super) fn counting(facts: &Facts<'_>, cases: &[Case<Judged>]) -> Option<Counting> {
    let rules = cases
        .iter()
        .flat_map(|case| voices(&case.result))
        .filter_map(|voice| {
            let demands = matches!(&voice.demand, Demand::Requires(requires) if requires.demands());
            voice
                .counted
                .as_ref()
                .filter(|_| demands)
                .map(|counted| count(facts, voice.claim, counted))
        });
    // Where sources count differently the dearer number counts; the conflict is shown.
    rules.max_by(|a, b| (a.number, b.claim).cmp(&(b.number, a.claim)))
}

fn count(facts: &Facts<'_>, claim: ClaimId, counted: &Counted) -> Counting {
    let mut over = Vec::new();
    let mut unstated = Vec::new();
    for given in &counted.over {
        match facts.givens.get(given) {
            Some(GivenValue::Count(number)) => over.push((*given, *number)),
            _ => unstated.push(*given),
        }
    }
    let population = if over.is_empty() {
        1
    } else {
        over.iter()
            .fold(0u64, |sum, (_, number)| sum.saturating_add(*number))
    };
    Counting {
        per: counted.per,
        number: seats(population, counted.each, counted.first),
        at_least: !over.is_empty() && !unstated.is_empty(),
        over,
        unstated,
        each: counted.each,
        first: counted.first,
        claim,
    }
}

/// So many seats for every so many counted, rounded up; the first one may count differently.
fn seats(population: u64, (seats, every): (u64, u64), first: Option<u64>) -> u64 {
    let of = |number: u64| number.saturating_mul(seats).div_ceil(every.max(1));
    match first {
        Some(first) if population > 0 => first.saturating_add(of(population - 1)),
        _ => of(population),
    }
}
