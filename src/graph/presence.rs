//! Whether a claim is known and in force at a moment, by its dates alone.

use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{Boundary, Claim, ClaimId, Day, EdgeOf, Reached, Source};

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
pub fn presence(knowledge: &KnowledgeBase, claim: &Claim, moment: Moment) -> Presence {
    let mut found = Found::default();
    found.look(knowledge, claim, EdgeOf::KnownFrom, moment.known);
    found.look(knowledge, claim, EdgeOf::KnownUntil, moment.known);
    found.look(knowledge, claim, EdgeOf::EffectiveFrom, moment.on);
    found.look(knowledge, claim, EdgeOf::EffectiveUntil, moment.on);
    found.presence()
}

/// Whether a claim is known on a day, whenever it binds.
pub fn is_known(knowledge: &KnowledgeBase, claim: &Claim, known: Day) -> Presence {
    let mut found = Found::default();
    found.look(knowledge, claim, EdgeOf::KnownFrom, known);
    found.look(knowledge, claim, EdgeOf::KnownUntil, known);
    found.presence()
}

/// What was found about boundaries so far.
#[derive(Default)]
struct Found {
    absent: Option<Absent>,
    open: Vec<EdgeOf>,
    is_unattested: bool,
}

impl Found {
    fn look(&mut self, knowledge: &KnowledgeBase, claim: &Claim, edge: EdgeOf, day: Day) {
        let (reached, absent, is_end) = match edge {
            EdgeOf::KnownFrom => (claim.known.begun(day), Absent::NotYetKnown, false),
            EdgeOf::KnownUntil => (claim.known.ended(day), Absent::Withdrawn, true),
            EdgeOf::EffectiveUntil => (claim.effective.ended(day), Absent::Ended, true),
            EdgeOf::EffectiveFrom | EdgeOf::Condition => {
                (claim.effective.begun(day), Absent::NotYetEffective, false)
            }
        };
        match (reached, is_end) {
            (Reached::No, false) | (Reached::Yes, true) => {
                self.absent = self.absent.or(Some(absent))
            }
            (Reached::Yes, false) | (Reached::No, true) => {}
            (Reached::Perhaps, _) => self.open.push(edge),
            (Reached::Unattested, _) if is_attested(knowledge, claim, edge, day) => {}
            // "After D" begins some day, nobody says which: until a later source attests it, both are possible.
            (Reached::Unattested, _) if is_open_to_the_future(claim, edge) => self.open.push(edge),
            (Reached::Unattested, _) => self.is_unattested = true,
        }
    }

    fn presence(self) -> Presence {
        match self.absent {
            Some(absent) => Presence::Absent(absent),
            None => Presence::Present {
                open: self.open,
                attested: !self.is_unattested,
            },
        }
    }
}

/// A claim is attested between its oldest and its newest source: an open beginning matters only before the oldest, an open
/// end only after the newest. A source without a date attests from the day it was read.
fn is_attested(knowledge: &KnowledgeBase, claim: &Claim, edge: EdgeOf, day: Day) -> bool {
    let sources = claim
        .evidence
        .iter()
        .filter_map(|evidence| knowledge.sources.get(evidence.source));
    let mut dates = sources.map(Source::stated_by);
    match edge {
        EdgeOf::KnownFrom | EdgeOf::EffectiveFrom => {
            let not_before = beginning(claim, edge).and_then(Boundary::earliest);
            dates.any(|date| date <= day && not_before.is_none_or(|first| date >= first))
        }
        _ => dates.any(|date| date >= day),
    }
}

/// Whether a boundary is a beginning of the form "after D".
fn is_open_to_the_future(claim: &Claim, edge: EdgeOf) -> bool {
    beginning(claim, edge).is_some_and(|from| from.earliest().is_some() && from.latest().is_none())
}

fn beginning(claim: &Claim, edge: EdgeOf) -> Option<&Boundary> {
    match edge {
        EdgeOf::KnownFrom => claim.known.from.as_ref(),
        EdgeOf::EffectiveFrom => claim.effective.from.as_ref(),
        _ => None,
    }
}

/// Whether a newer claim surely puts this one out: it replaces it and is known, or supersedes it and is in force. For
/// claims without conditions: inclusions, covers, grants, names and prices.
pub fn is_put_out(knowledge: &KnowledgeBase, id: ClaimId, moment: Moment) -> bool {
    let related = knowledge.about(Topic::RelationsTo(id));
    related.iter().any(|newer| {
        let claim = &knowledge.claims[*newer];
        replaces(claim, id, moment)
            || claim.supersedes.contains(&id)
                && !is_replaced(knowledge, *newer, moment)
                && matches!(presence(knowledge, claim, moment), Presence::Present { open, .. } if open.is_empty())
    })
}

fn is_replaced(knowledge: &KnowledgeBase, id: ClaimId, moment: Moment) -> bool {
    knowledge
        .about(Topic::RelationsTo(id))
        .iter()
        .any(|newer| replaces(&knowledge.claims[*newer], id, moment))
}

fn replaces(newer: &Claim, id: ClaimId, moment: Moment) -> bool {
    newer.replaces.contains(&id)
        && matches!(
            newer.known.begun(moment.known),
            Reached::Yes | Reached::Unattested
        )
        && newer.known.ended(moment.known) != Reached::Yes
}
