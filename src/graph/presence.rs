//! Whether a claim is known and in force at a moment, by its dates alone.

use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{Claim, ClaimId, Day, EdgeOf, Reached};

/// The two days of a question: the day it is about, and the day whose knowledge counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day it is about.
    pub on: Day,
    /// The day whose knowledge counts.
    pub known: Day,
}

/// Why a claim is surely not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absent {
    /// Nobody could know it yet.
    NotYetKnown,
    /// It had been withdrawn.
    Withdrawn,
    /// It does not bind yet.
    NotYetEffective,
    /// It binds no longer.
    Ended,
}

/// Whether a claim is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// Surely not.
    Absent(Absent),
    /// Yes, if each of these boundaries falls the right way; with none of them, surely.
    Present {
        /// Boundaries with two ends that the day lies inside. "From" boundaries must have been reached, "until"
        /// boundaries must not.
        open: Vec<EdgeOf>,
        /// Whether a source attests it that day; otherwise it only stands because nothing contradicts it.
        attested: bool,
    },
}

/// The four boundaries of a claim against a moment.
pub fn presence(kb: &KnowledgeBase, claim: &Claim, moment: Moment) -> Presence {
    let mut open = Vec::new();
    let mut attested = true;
    let edges = [
        (
            EdgeOf::KnownFrom,
            claim.known.begun(moment.known),
            Absent::NotYetKnown,
            false,
        ),
        (
            EdgeOf::KnownUntil,
            claim.known.ended(moment.known),
            Absent::Withdrawn,
            true,
        ),
        (
            EdgeOf::EffectiveFrom,
            claim.effective.begun(moment.on),
            Absent::NotYetEffective,
            false,
        ),
        (
            EdgeOf::EffectiveUntil,
            claim.effective.ended(moment.on),
            Absent::Ended,
            true,
        ),
    ];
    for (edge, reached, absent, is_end) in edges {
        match (reached, is_end) {
            (Reached::No, false) | (Reached::Yes, true) => return Presence::Absent(absent),
            (Reached::Yes, false) | (Reached::No, true) => {}
            (Reached::Perhaps, _) => open.push(edge),
            (Reached::Unattested, _) => {
                let day = if matches!(edge, EdgeOf::KnownFrom | EdgeOf::KnownUntil) {
                    moment.known
                } else {
                    moment.on
                };
                attested &= is_attested(kb, claim, edge, day);
            }
        }
    }
    Presence::Present { open, attested }
}

/// A claim is attested between its oldest and its newest dated source: an open beginning matters only before the oldest,
/// an open end only after the newest.
fn is_attested(kb: &KnowledgeBase, claim: &Claim, edge: EdgeOf, day: Day) -> bool {
    let mut dates = claim.evidence.iter().filter_map(|evidence| {
        let source = kb.sources.get(evidence.source)?;
        source.published.as_ref()?.latest()
    });
    match edge {
        EdgeOf::KnownFrom | EdgeOf::EffectiveFrom => dates.any(|date| date <= day),
        _ => dates.any(|date| date >= day),
    }
}

/// The oldest day on which a dated source states the claim.
pub fn first_documented(kb: &KnowledgeBase, claim: &Claim) -> Option<Day> {
    let dates = claim.evidence.iter().filter_map(|evidence| {
        kb.sources
            .get(evidence.source)?
            .published
            .as_ref()?
            .latest()
    });
    dates.min()
}

/// Whether a newer claim surely puts this one out: it replaces it and is known, or supersedes it and is in force. For
/// claims without conditions: inclusions, covers, grants, names and prices.
pub fn is_put_out(kb: &KnowledgeBase, id: ClaimId, moment: Moment) -> bool {
    is_replaced(kb, id, moment)
        || kb.about(Topic::RelationsTo(id)).iter().any(|newer| {
            let claim = &kb.claims[*newer];
            claim.supersedes.contains(&id)
                && !is_replaced(kb, *newer, moment)
                && matches!(presence(kb, claim, moment), Presence::Present { open, .. } if open.is_empty())
        })
}

fn is_replaced(kb: &KnowledgeBase, id: ClaimId, moment: Moment) -> bool {
    kb.about(Topic::RelationsTo(id))
        .iter()
        .map(|newer| &kb.claims[*newer])
        .any(|newer| {
            newer.replaces.contains(&id)
                && matches!(
                    newer.known.begun(moment.known),
                    Reached::Yes | Reached::Unattested
                )
                && newer.known.ended(moment.known) != Reached::Yes
        })
}
