//! What a knowledge base tells of a stretch of days: what began, ended, was announced, postponed, renamed, repriced and
//! re-graded.

use crate::dataset::KnowledgeBase;
use crate::graph::{AsOf, Presence, is_known};
use crate::model::{Boundary, Claim, ClaimId, ClaimKind, Day, Event, EventKind, LifecycleState};

/// A stretch of days, both ends within it, as far as known on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub since: Day,
    /// The last day.
    pub until: Day,
    /// The day whose knowledge counts.
    pub known: Day,
}

impl Window {
    /// Whether a boundary lies in it, or may. One with an open end is in no stretch: "by D" tells when something was first
    /// seen, not when it happened.
    fn holds(self, boundary: &Boundary) -> bool {
        match (boundary.earliest(), boundary.latest()) {
            (Some(earliest), Some(latest)) => earliest <= self.until && latest >= self.since,
            // "After D" surely did not happen before.
            (Some(earliest), None) => self.since <= earliest && earliest <= self.until,
            _ => false,
        }
    }
}

/// Every piece of news of a window, in the order of its days, then by the written ids of the claims.
pub fn events(knowledge: &KnowledgeBase, window: Window) -> Vec<Event> {
    let told = |claim: &Claim| {
        let known = is_known(knowledge, claim, window.known);
        !matches!(known, Presence::Absent(crate::graph::Absent::NotYetKnown))
    };
    let claims = knowledge.claims.iter().filter(|(id, _)| knowledge.has(*id));
    let mut found: Vec<Event> = claims
        .filter(|(_, claim)| told(claim))
        .flat_map(|(id, claim)| of_claim(knowledge, window, id, claim))
        .collect();
    found.sort_by(|a, b| {
        let key = |event: &Event| (event.at.earliest(), event.at.latest(), event.kind);
        let id = |event: &Event| &knowledge.claims[event.claim].id;
        (key(a), id(a)).cmp(&(key(b), id(b)))
    });
    found
}

fn of_claim(knowledge: &KnowledgeBase, window: Window, id: ClaimId, claim: &Claim) -> Vec<Event> {
    let mut found = Vec::new();
    let mut add = |at: Option<&Boundary>, kind: EventKind, instead_of: &[ClaimId]| {
        if let Some(at) = at.filter(|at| window.holds(at)) {
            found.push(Event {
                at: at.clone(),
                kind,
                claim: id,
                instead_of: instead_of.to_vec(),
                is_to_come: at.latest().is_none_or(|latest| latest > window.known),
            });
        }
    };
    // What counts as never said did not happen; that it was said did.
    let as_of = AsOf::new(knowledge, window.until, window.known);
    if as_of.status(id).is_told() {
        add(
            claim.effective.from.as_ref(),
            beginning(&claim.kind),
            &claim.supersedes,
        );
        add(claim.effective.until.as_ref(), EventKind::Ended, &[]);
    }
    if let Some(kind) = telling(knowledge, claim) {
        add(claim.known.from.as_ref(), kind, &claim.replaces);
    }
    if is_withdrawn(knowledge, claim, window.known) {
        add(claim.known.until.as_ref(), EventKind::Withdrawn, &[]);
    }
    let mut gone: Vec<&Boundary> = claim
        .evidence
        .iter()
        .filter_map(|one| one.gone.as_ref())
        .collect();
    // A statement loses its grade when its last text is gone.
    gone.sort_by_key(|gone| gone.latest());
    if gone.len() == claim.evidence.len() {
        add(gone.last().copied(), EventKind::Regraded, &[]);
    }
    found
}

fn is_withdrawn(knowledge: &KnowledgeBase, claim: &Claim, known: Day) -> bool {
    claim.known.until.is_some()
        && !matches!(is_known(knowledge, claim, known), Presence::Present { .. })
}

fn beginning(kind: &ClaimKind) -> EventKind {
    match kind {
        ClaimKind::Name { .. } => EventKind::Renamed,
        ClaimKind::Price { .. } => EventKind::Repriced,
        ClaimKind::Lifecycle {
            state: LifecycleState::Retired,
            ..
        } => EventKind::Ended,
        _ => EventKind::Began,
    }
}

/// What it means that a claim became known, where that is news of its own.
fn telling(knowledge: &KnowledgeBase, claim: &Claim) -> Option<EventKind> {
    let begins = claim.effective.from.as_ref().and_then(Boundary::earliest);
    let known = claim.known.from.as_ref().and_then(Boundary::latest);
    let replaced: Vec<&Claim> = claim
        .replaces
        .iter()
        .map(|id| &knowledge.claims[*id])
        .collect();
    if replaced.is_empty() {
        let is_ahead = matches!((begins, known), (Some(begins), Some(known)) if begins > known);
        return is_ahead.then_some(EventKind::Announced);
    }
    let before = replaced.iter().copied();
    let before = before.filter(|older| says_the_same(older, claim));
    let before = before.filter_map(|older| older.effective.from.as_ref()?.earliest());
    match (begins, before.max()) {
        (Some(begins), Some(before)) if begins > before => Some(EventKind::Postponed),
        (Some(begins), Some(before)) if begins < before => Some(EventKind::BroughtForward),
        _ => Some(EventKind::Corrected),
    }
}

/// Whether two claims say the same of one thing, whenever.
fn says_the_same(one: &Claim, other: &Claim) -> bool {
    one.kind == other.kind
}
