//! What was said, seen from two days: the day it is about and the day whose knowledge counts.
//!
//! A claim is not simply true. On a day it may not have begun, may have ended or given way to a newer one; and on the
//! day whose knowledge counts it may not have been told yet, or have been taken back. [`AsOf`] says which, without
//! looking at conditions: a claim with a `when` stands only where that holds, and whoever shows it says so.

use super::{Absent, Moment, Presence, is_known, presence};
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{
    Claim, ClaimId, ClaimKind, Day, LifecycleState, Named, Period, Reached, Subject,
};

/// A knowledge base seen from two days.
#[derive(Debug, Clone, Copy)]
pub struct AsOf<'knowledge> {
    knowledge: &'knowledge KnowledgeBase,
    moment: Moment,
}

/// How a claim stands. The order is that from binding to never said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It binds.
    InForce,
    /// Nothing contradicts it and nothing attests it that early.
    Unattested,
    /// It binds or not: a day lies inside an imprecise date, or a newer claim applies only under a condition.
    Perhaps,
    /// It binds only later.
    NotBegun,
    /// It bound only earlier.
    Ended,
    /// It is a state of a feature, and a later state has begun.
    Followed(ClaimId),
    /// A newer claim took its place.
    Superseded(ClaimId),
    /// Nobody had told it yet.
    NotKnown,
    /// It had been taken back.
    Withdrawn,
    /// It counts as never said, because this claim was told.
    Replaced(ClaimId),
}

impl Status {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Unattested => "unattested",
            Self::Perhaps => "perhaps",
            Self::NotBegun => "not-begun",
            Self::Ended => "ended",
            Self::Followed(_) => "followed",
            Self::Superseded(_) => "superseded",
            Self::NotKnown => "not-known",
            Self::Withdrawn => "withdrawn",
            Self::Replaced(_) => "replaced",
        }
    }

    /// The claim that took its place.
    pub fn by(self) -> Option<ClaimId> {
        match self {
            Self::Followed(claim) | Self::Superseded(claim) | Self::Replaced(claim) => Some(claim),
            _ => None,
        }
    }

    /// Whether it binds, or may.
    pub fn may_hold(self) -> bool {
        matches!(self, Self::InForce | Self::Unattested | Self::Perhaps)
    }

    /// Whether it had been told and not taken back, whatever day it is about.
    pub fn is_told(self) -> bool {
        !matches!(self, Self::NotKnown | Self::Withdrawn | Self::Replaced(_))
    }
}

/// A name that something goes by on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOn<'knowledge> {
    /// The name.
    pub name: &'knowledge str,
    /// The claim that states it; none for the name that the record has today.
    pub claim: Option<ClaimId>,
    /// Whether it surely is the name that day.
    pub surely: bool,
}

/// A state that a feature or task is in on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateOn {
    /// The state.
    pub state: LifecycleState,
    /// The claim that states it.
    pub claim: ClaimId,
    /// How the claim stands.
    pub status: Status,
}

impl<'knowledge> AsOf<'knowledge> {
    /// Looks at a knowledge base: what binds `on` one day, as far as `known` on another.
    pub fn new(knowledge: &'knowledge KnowledgeBase, on: Day, known: Day) -> Self {
        Self {
            knowledge,
            moment: Moment { on, known },
        }
    }

    /// The knowledge base.
    pub fn knowledge(&self) -> &'knowledge KnowledgeBase {
        self.knowledge
    }

    /// The day that is asked about.
    pub fn on(&self) -> Day {
        self.moment.on
    }

    /// The day whose knowledge counts.
    pub fn known(&self) -> Day {
        self.moment.known
    }

    /// How a claim stands. What was told comes before what binds: a replaced claim is replaced even where its dates
    /// have passed.
    pub fn status(&self, id: ClaimId) -> Status {
        let status = self.status_alone(id);
        match self.knowledge.claims[id].kind {
            ClaimKind::Lifecycle { subject, .. } if status.may_hold() => self
                .next_state(id, subject)
                .map_or(status, Status::Followed),
            _ => status,
        }
    }

    /// The state that surely began after this one, if there is one: the last of them.
    fn next_state(&self, id: ClaimId, subject: Subject) -> Option<ClaimId> {
        let period = |claim: ClaimId| &self.knowledge.claims[claim].effective;
        let states = self.knowledge.about(Topic::Lifecycle(subject)).iter();
        states
            .copied()
            .filter(|next| {
                self.knowledge.claims[*next].when.is_none()
                    && beginning(period(id)) < beginning(period(*next))
                    && self.status_alone(*next) == Status::InForce
            })
            .max_by_key(|next| beginning(period(*next)))
    }

    /// How a claim stands by its own dates and relations.
    fn status_alone(&self, id: ClaimId) -> Status {
        let claim = &self.knowledge.claims[id];
        if let Presence::Absent(absent) = is_known(self.knowledge, claim, self.moment.known) {
            return status_of(absent);
        }
        let mut doubtful = false;
        for (newer, by) in self.related(id, |claim| &claim.replaces) {
            match acts(by, &is_known(self.knowledge, by, self.moment.known)) {
                Acts::Surely => return Status::Replaced(newer),
                found => doubtful |= found == Acts::Perhaps,
            }
        }
        let (open, attested) = match presence(self.knowledge, claim, self.moment) {
            Presence::Absent(absent) => return status_of(absent),
            Presence::Present { open, attested } => (open, attested),
        };
        for (newer, by) in self.related(id, |claim| &claim.supersedes) {
            match acts(by, &self.unreplaced(newer)) {
                Acts::Surely => return Status::Superseded(newer),
                found => doubtful |= found == Acts::Perhaps,
            }
        }
        if doubtful || !open.is_empty() {
            Status::Perhaps
        } else if attested {
            Status::InForce
        } else {
            Status::Unattested
        }
    }

    /// Whether a claim is there, unless it counts as never said.
    fn unreplaced(&self, id: ClaimId) -> Presence {
        let replaced = self.related(id, |newer| &newer.replaces).any(|(_, by)| {
            acts(by, &is_known(self.knowledge, by, self.moment.known)) == Acts::Surely
        });
        if replaced {
            Presence::Absent(Absent::Withdrawn)
        } else {
            presence(self.knowledge, &self.knowledge.claims[id], self.moment)
        }
    }

    /// How claims stand together: no better than the weakest of them, and in force where there is none.
    pub fn together(&self, claims: &[ClaimId]) -> Status {
        let statuses = claims.iter().map(|claim| self.status(*claim));
        statuses.max().unwrap_or(Status::InForce)
    }

    /// Claims with `id` in a list of relations.
    fn related(
        &self,
        id: ClaimId,
        list: impl Fn(&Claim) -> &[ClaimId],
    ) -> impl Iterator<Item = (ClaimId, &'knowledge Claim)> {
        let knowledge = self.knowledge;
        knowledge
            .about(Topic::RelationsTo(id))
            .iter()
            .map(|newer| (*newer, &knowledge.claims[*newer]))
            .filter(move |(_, claim)| list(claim).contains(&id))
    }

    /// What something is called. A name that a claim states for that day wins, the one that began last first; inside an
    /// imprecise date every name that it may have is given; otherwise it is the name that it has today.
    pub fn names(&self, of: Named) -> Vec<NameOn<'knowledge>> {
        let knowledge = self.knowledge;
        let mut stated: Vec<(Status, ClaimId, &'knowledge str)> = knowledge
            .about(Topic::NamesOf(of))
            .iter()
            .filter_map(|id| match &knowledge.claims[*id].kind {
                ClaimKind::Name { name, .. } => Some((self.status(*id), *id, name.as_str())),
                _ => None,
            })
            .filter(|(status, ..)| status.may_hold())
            .collect();
        let surely = |status: Status| status == Status::InForce;
        if stated.iter().any(|(status, ..)| surely(*status)) {
            stated.retain(|(status, ..)| surely(*status));
        }
        stated.sort_by_key(|(_, id, _)| {
            std::cmp::Reverse(beginning(&knowledge.claims[*id].effective))
        });
        let today = NameOn {
            name: self.knowledge.name(of),
            claim: None,
            surely: stated.is_empty(),
        };
        let edge = |test: fn(&Period, Day) -> Reached, status: Status, id: ClaimId| {
            status == Status::Perhaps
                && test(&knowledge.claims[id].effective, self.moment.on) == Reached::Perhaps
        };
        // A name that may have ended already made room for one that may have begun, or for the name of today.
        let made_room = stated
            .iter()
            .any(|(status, id, _)| edge(Period::ended, *status, *id))
            && !stated
                .iter()
                .any(|(status, id, _)| edge(Period::begun, *status, *id));
        let mut names: Vec<NameOn<'knowledge>> = stated
            .iter()
            .map(|(status, id, name)| NameOn {
                name,
                claim: Some(*id),
                surely: surely(*status),
            })
            .collect();
        if names.is_empty() || made_room {
            names.insert(0, today);
        }
        names
    }

    /// The states that a feature or task may be in, the one that began last first; one surely, several where dates are
    /// imprecise or a state holds under a condition, none where nothing was told.
    ///
    /// A state lasts until the next one begins.
    pub fn states(&self, subject: Subject) -> Vec<StateOn> {
        let claims = &self.knowledge.claims;
        let mut lasting: Vec<StateOn> = self
            .knowledge
            .about(Topic::Lifecycle(subject))
            .iter()
            .filter_map(|id| match claims[*id].kind {
                ClaimKind::Lifecycle { state, .. } => Some(StateOn {
                    state,
                    claim: *id,
                    status: self.status(*id),
                }),
                _ => None,
            })
            .filter(|state| state.status.may_hold())
            .collect();
        lasting.sort_by_key(|state| std::cmp::Reverse(beginning(&claims[state.claim].effective)));
        lasting
    }
}

/// Whether a newer claim does to an older one what it declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Acts {
    Surely,
    /// A date is imprecise, or it does so only under a condition.
    Perhaps,
    No,
}

/// Whether a newer claim does to an older one what it declares, when it is there so.
fn acts(newer: &Claim, there: &Presence) -> Acts {
    match there {
        Presence::Absent(_) => Acts::No,
        Presence::Present { open, .. } if open.is_empty() && newer.when.is_none() => Acts::Surely,
        Presence::Present { .. } => Acts::Perhaps,
    }
}

fn status_of(absent: Absent) -> Status {
    match absent {
        Absent::NotYetKnown => Status::NotKnown,
        Absent::Withdrawn => Status::Withdrawn,
        Absent::NotYetEffective => Status::NotBegun,
        Absent::Ended => Status::Ended,
    }
}

/// Orders periods by their beginning; an open one counts as its other end, and one without any day comes first.
fn beginning(period: &Period) -> Option<Day> {
    let from = period.from.as_ref()?;
    from.earliest().or(from.latest())
}
