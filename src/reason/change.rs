//! When the answer changes next, as far as is known today.

use super::need::{Worked, cases_of, requirement_of, verdict_of};
use super::world::Facts;
use crate::model::{Boundary, ClaimId, Day, Edge, NextChange, Question};

/// The first day after the one asked about on which verdict or requirement of a need differ. Only days at an edge of some
/// boundary can bring a change, so only these are tried.
pub(super) fn next_change(
    facts: &Facts<'_>,
    question: &Question,
    worked: &Worked,
) -> Option<NextChange> {
    let subject = worked.need.subject;
    let present = (worked.need.verdict, &worked.need.requirement);
    let edges = edges_after(facts, &worked.relevant);
    let mut at = 0;
    while let Some((day, ..)) = edges.get(at) {
        let on_day: Vec<_> = edges[at..]
            .iter()
            .take_while(|(other, ..)| other == day)
            .collect();
        let cases = cases_of(&facts.on(*day), subject, &worked.relevant, question.reading);
        let (verdict, requirement) = (verdict_of(&cases), requirement_of(&cases));
        if (verdict, &requirement) != present {
            // Of several boundaries on one day the one of a claim that now counts flipped it.
            let counts = |claim: ClaimId| {
                cases.iter().any(|case| {
                    let judged = &case.result;
                    judged
                        .availability
                        .claims
                        .iter()
                        .any(|(id, _)| *id == claim)
                        || judged
                            .aspects
                            .iter()
                            .flat_map(|aspect| &aspect.voices)
                            .any(|voice| voice.claim == claim)
                })
            };
            let (_, edge, claim) = on_day
                .iter()
                .find(|(_, _, claim)| counts(*claim))
                .or(on_day.first())?;
            return Some(NextChange {
                when: edge.clone(),
                claim: *claim,
                subject,
                verdict,
            });
        }
        at += on_day.len();
    }
    None
}

/// Every later day on which a relevant boundary may be, or surely is, reached.
fn edges_after(facts: &Facts<'_>, relevant: &[ClaimId]) -> Vec<(Day, Edge, ClaimId)> {
    let mut edges = Vec::new();
    for id in relevant {
        let effective = &facts.knowledge.claims[*id].effective;
        for boundary in [&effective.from, &effective.until].into_iter().flatten() {
            for (day, edge) in edges_of(boundary) {
                if day > facts.moment.on {
                    edges.push((day, edge, *id));
                }
            }
        }
    }
    edges.sort_by_key(|(day, _, claim)| (*day, *claim));
    edges
}

fn edges_of(boundary: &Boundary) -> Vec<(Day, Edge)> {
    match (boundary.exact(), boundary.earliest(), boundary.latest()) {
        (Some(day), ..) => vec![(day, Edge::On(day))],
        (None, earliest, latest) => earliest
            .map(|day| (day, Edge::Earliest(boundary.clone())))
            .into_iter()
            .chain(latest.map(|day| (day, Edge::Latest(boundary.clone()))))
            .collect(),
    }
}
