//! Whether a claim counts in a world, and what puts it out.

use super::world::{Known, World};
use crate::dataset::Topic;
use crate::graph::{Absent, Presence, is_known, presence};
use crate::model::{Claim, ClaimId, ClaimKind, Demand, EdgeOf, Reading, Requirement};
use crate::proof::{Out, Unknown};

/// Whether a claim counts, before claims are compared with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    /// It counts; whether a source attests it that day.
    Counts { attested: bool },
    /// It does not.
    Out(Out),
}

/// Weak claims that free from a license never count in a cautious reading, nor do their relations.
pub(super) fn is_silenced(claim: &Claim, reading: Reading) -> bool {
    reading == Reading::Cautious
        && claim.is_weak()
        && matches!(&claim.kind, ClaimKind::Requirement { demand: Demand::Requires(requires), .. } if frees(requires) && !asks_to_do(requires))
}

/// Whether a requirement asks for something to do. A claim that does is no mere permission, also where it asks for no
/// license: a stricter reading must not drop it.
fn asks_to_do(requirement: &Requirement) -> bool {
    let mut asks = false;
    requirement.each_leaf(&mut |leaf| asks |= matches!(leaf, Requirement::Given(_)));
    asks
}

/// Whether a requirement asks for no license.
pub(super) fn frees(requirement: &Requirement) -> bool {
    !requirement.demands()
}

impl World<'_> {
    /// Whether a claim is there in this world, by its dates.
    fn is_present(&self, id: ClaimId) -> Known<Result<bool, Out>> {
        match presence(
            self.facts.knowledge,
            &self.facts.knowledge.claims[id],
            self.facts.moment_of(id),
        ) {
            Presence::Absent(absent) => Ok(Err(out_of(absent))),
            Presence::Present { open, attested } => {
                let mut unknown = None;
                for edge in open {
                    let is_end = matches!(edge, EdgeOf::KnownUntil | EdgeOf::EffectiveUntil);
                    match self.reached(id, edge) {
                        Ok(reached) if reached != is_end => {}
                        Ok(_) => return Ok(Err(out_at(edge))),
                        Err(what) => unknown = unknown.or(Some(what)),
                    }
                }
                unknown.map_or(Ok(Ok(attested)), Err)
            }
        }
    }

    /// Whether a claim is known in this world, whenever it binds.
    fn is_known(&self, id: ClaimId) -> Known<bool> {
        match is_known(
            self.facts.knowledge,
            &self.facts.knowledge.claims[id],
            self.facts.moment_of(id).known,
        ) {
            Presence::Absent(_) => Ok(false),
            Presence::Present { open, .. } => {
                let mut unknown = None;
                for edge in open {
                    match self.reached(id, edge) {
                        Ok(reached) if reached != (edge == EdgeOf::KnownUntil) => {}
                        Ok(_) => return Ok(false),
                        Err(what) => unknown = unknown.or(Some(what)),
                    }
                }
                unknown.map_or(Ok(true), Err)
            }
        }
    }

    /// Whether a claim counts, by its dates, its condition, and the claims that replace or supersede it.
    pub(super) fn status(&self, id: ClaimId, reading: Reading) -> Known<Status> {
        let claim = &self.facts.knowledge.claims[id];
        let mut unknown: Option<Unknown> = None;
        let mut attested = true;
        match self.is_present(id) {
            Ok(Ok(is_attested)) => attested = is_attested,
            Ok(Err(out)) => return Ok(Status::Out(out)),
            Err(what) => unknown = Some(what),
        }
        match self.applies(claim) {
            Ok(true) => {}
            Ok(false) => return Ok(Status::Out(Out::ConditionFails)),
            Err(what) => unknown = unknown.or(Some(what)),
        }
        if is_silenced(claim, reading) {
            return Ok(Status::Out(Out::WeakAndFrees));
        }
        for newer in self.facts.knowledge.about(Topic::RelationsTo(id)) {
            match self.acts_on(*newer, id, reading) {
                Ok(Some(out)) => return Ok(Status::Out(out)),
                Ok(None) => {}
                Err(what) => unknown = unknown.or(Some(what)),
            }
        }
        unknown.map_or(Ok(Status::Counts { attested }), Err)
    }

    /// Whether a newer claim puts the older one out: `replaces` once it is known, `supersedes` while it is in force and
    /// not itself replaced; both only where its `when` holds.
    fn acts_on(&self, newer: ClaimId, older: ClaimId, reading: Reading) -> Known<Option<Out>> {
        let claim = &self.facts.knowledge.claims[newer];
        if is_silenced(claim, reading) {
            return Ok(None);
        }
        if claim.replaces.contains(&older) {
            return Ok(
                both(self.is_known(newer), || self.applies(claim))?.then_some(Out::Replaced(newer))
            );
        }
        if claim.supersedes.contains(&older) {
            let acts = both(self.is_present(newer).map(|there| there.is_ok()), || {
                self.applies(claim)
            });
            let acts = both(acts, || Ok(!self.is_replaced(newer, reading)?))?;
            return Ok(acts.then_some(Out::Superseded(newer)));
        }
        Ok(None)
    }

    /// Whether a claim counts as never said.
    fn is_replaced(&self, id: ClaimId, reading: Reading) -> Known<bool> {
        let mut unknown = None;
        for newer in self.facts.knowledge.about(Topic::RelationsTo(id)) {
            let claim = &self.facts.knowledge.claims[*newer];
            if !claim.replaces.contains(&id) || is_silenced(claim, reading) {
                continue;
            }
            match both(self.is_known(*newer), || self.applies(claim)) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(what) => unknown = unknown.or(Some(what)),
            }
        }
        unknown.map_or(Ok(false), Err)
    }
}

/// Both must hold; a definite "no" on either side decides, whatever is unknown on the other.
fn both(first: Known<bool>, second: impl FnOnce() -> Known<bool>) -> Known<bool> {
    match first {
        Ok(false) => Ok(false),
        Ok(true) => second(),
        Err(unknown) => match second() {
            Ok(false) => Ok(false),
            _ => Err(unknown),
        },
    }
}

fn out_of(absent: Absent) -> Out {
    match absent {
        Absent::NotYetKnown => Out::NotYetKnown,
        Absent::Withdrawn => Out::Withdrawn,
        Absent::NotYetEffective => Out::NotYetEffective,
        Absent::Ended => Out::Ended,
    }
}

fn out_at(edge: EdgeOf) -> Out {
    match edge {
        EdgeOf::KnownFrom => Out::NotYetKnown,
        EdgeOf::KnownUntil => Out::Withdrawn,
        EdgeOf::EffectiveUntil => Out::Ended,
        EdgeOf::EffectiveFrom | EdgeOf::Condition => Out::NotYetEffective,
    }
}
