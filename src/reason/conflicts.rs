//! Where sources disagree about a need.

use super::aspect::Resolved;
use super::cases::Case;
use super::judge::Judged;
use super::world::Facts;
use crate::model::{Aspect, ClaimId, Conflict};
use crate::proof::Out;
use std::collections::BTreeSet;

/// Claims that disagree: voices with different content, and voices disputed by a claim that only its dates put out.
pub(super) fn conflicts(
    facts: &Facts<'_>,
    cases: &[Case<Judged>],
    lines: &[Vec<Case<Resolved>>],
) -> Vec<Conflict> {
    let knowledge = facts.knowledge;
    let mut found = BTreeSet::new();
    for resolved in lines.iter().flatten().map(|case| &case.result) {
        let differ = resolved.voices.iter().any(|voice| {
            resolved.voices.first().is_some_and(|first| {
                (&first.demand, &first.counted) != (&voice.demand, &voice.counted)
            })
        });
        if differ {
            found.insert(Conflict {
                aspect: Some(resolved.aspect),
                claims: resolved.voices.iter().map(|voice| voice.claim).collect(),
            });
        }
        for voice in &resolved.voices {
            for (other, _) in resolved.out.iter().filter(|(_, out)| is_by_date(out)) {
                if knowledge.claims[voice.claim].disputes.contains(other)
                    || knowledge.claims[*other].disputes.contains(&voice.claim)
                {
                    let mut claims = vec![voice.claim, *other];
                    claims.sort_unstable();
                    found.insert(Conflict {
                        aspect: Some(resolved.aspect),
                        claims,
                    });
                }
            }
        }
    }
    for availability in cases.iter().map(|case| &case.result.availability) {
        for (id, _) in &availability.claims {
            let others = availability.claims.iter().map(|(other, _)| *other);
            let by_date = availability
                .out
                .iter()
                .filter(|(_, out)| is_by_date(out))
                .map(|(other, _)| *other);
            for other in others.chain(by_date) {
                if knowledge.claims[*id].disputes.contains(&other)
                    || knowledge.claims[other].disputes.contains(id)
                {
                    let mut claims = vec![*id, other];
                    claims.sort_unstable();
                    found.insert(Conflict {
                        aspect: None,
                        claims,
                    });
                }
            }
        }
    }
    merged(found)
}

/// Conflicts about one aspect that share a claim are one conflict.
fn merged(found: BTreeSet<Conflict>) -> Vec<Conflict> {
    let mut groups: Vec<(Option<Aspect>, BTreeSet<ClaimId>)> = Vec::new();
    for conflict in found {
        let mut claims: BTreeSet<ClaimId> = conflict.claims.into_iter().collect();
        let (touching, rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(aspect, group)| *aspect == conflict.aspect && !group.is_disjoint(&claims));
        groups = rest;
        claims.extend(touching.into_iter().flat_map(|(_, group)| group));
        groups.push((conflict.aspect, claims));
    }
    groups.sort();
    let conflicts = groups.into_iter();
    conflicts
        .map(|(aspect, claims)| Conflict {
            aspect,
            claims: claims.into_iter().collect(),
        })
        .collect()
}

fn is_by_date(out: &Out) -> bool {
    matches!(
        out,
        Out::NotYetKnown | Out::NotYetEffective | Out::Ended | Out::Withdrawn
    )
}
