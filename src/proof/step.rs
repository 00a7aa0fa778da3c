//! The steps of a proof.

use crate::model::{
    Aspect, AspectOutcome, Because, Boundary, ClaimId, Day, EdgeOf, GivenId, GivenValue,
    NeedSubject, Place, Requirement, RoleId, RolePattern, Satisfied, SkuId, Verdict,
};

/// The place of a step in its proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub u32);

impl StepId {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The reasons of an answer: a directed graph without circles, since premises always come earlier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proof {
    /// The steps, premises first; the last one is the answer's verdict.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it says.
    pub statement: Statement,
    /// The steps it follows from.
    pub premises: Vec<StepId>,
    /// The assumptions under which it holds: it speaks of one case only.
    pub under: Vec<Assumption>,
}

/// What is not known and may decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// A given that nobody stated.
    Given(GivenId),
    /// Which role the person has.
    Role,
    /// Whether a boundary with two ends, inside which the day lies, has been reached.
    Edge {
        /// The claim with the boundary.
        claim: ClaimId,
        /// Which of its boundaries.
        edge: EdgeOf,
    },
    /// Whether a date given lies before a boundary that it overlaps.
    Comparison {
        /// The given.
        given: GivenId,
        /// The boundary.
        boundary: Boundary,
    },
}

/// Days from `from` up to, not including, `until`; an open end reaches as far as licit's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// First day.
    pub from: Option<Day>,
    /// The day after the last.
    pub until: Option<Day>,
}

/// A value assumed for something unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// It is so, or the boundary has been reached.
    Yes,
    /// It is not so, or the boundary has not been reached.
    No,
    /// The given has this value; a count means this number up to the next threshold.
    Given(GivenValue),
    /// The given date lies in these days.
    Range(Range),
    /// The role is such a one.
    Role(RolePattern),
    /// The role is none of those that any claim asks about.
    OtherRole,
}

/// An unknown with the value assumed for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumption {
    /// What is not known.
    pub unknown: Unknown,
    /// What is assumed.
    pub value: Value,
}

/// Why a claim does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Out {
    /// Nobody could know it yet.
    NotYetKnown,
    /// It had been withdrawn.
    Withdrawn,
    /// It does not bind yet.
    NotYetEffective,
    /// It binds no longer.
    Ended,
    /// Its `when` does not hold.
    ConditionFails,
    /// A newer claim says that it counts as never said.
    Replaced(ClaimId),
    /// A newer or more special claim ended it.
    Superseded(ClaimId),
    /// It is weak, and a better claim speaks about the same.
    Weaker,
    /// It is weak and frees from a license, which a cautious reading does not accept.
    WeakAndFrees,
    /// A claim with a more specific subject speaks.
    MoreGeneral,
}

/// What an aspect comes to in one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The outcome.
    pub outcome: AspectOutcome,
    /// What has to be held, as far as it is named; `Nothing` where nothing has to be.
    pub requirement: Requirement,
    /// The strictest place, for `assigned`.
    pub place: Option<Place>,
    /// Seats, for `owned`.
    pub seats: Option<u64>,
}

/// What a step says.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// The asker said that a given has a value.
    Stated {
        /// The given.
        given: GivenId,
        /// Its value.
        value: GivenValue,
    },
    /// The asker named the role.
    AskedRole {
        /// The role.
        role: RoleId,
    },
    /// The asker said that a SKU is held: on this account, by the person elsewhere, or owned by the tenant.
    Held {
        /// The SKU.
        sku: SkuId,
        /// Where.
        place: Place,
    },
    /// A claim counts.
    Counts {
        /// The claim.
        claim: ClaimId,
        /// Whether a source attests it that day.
        attested: bool,
    },
    /// An inclusion, cover or grant is a link on the way from a SKU to what it provides, surely or in doubt.
    Links {
        /// The claim.
        claim: ClaimId,
    },
    /// A claim does not count.
    DoesNotCount {
        /// The claim.
        claim: ClaimId,
        /// Why.
        out: Out,
    },
    /// A feature or task is there, or is not.
    State {
        /// What the need is about.
        subject: NeedSubject,
        /// Why it is unavailable; none when it is there.
        because: Option<Because>,
        /// Whether claims disagree about it.
        contested: bool,
    },
    /// What an aspect comes to. The premises name every claim that speaks about it, counting or not.
    Aspect {
        /// What the need is about.
        subject: NeedSubject,
        /// Which aspect.
        aspect: Aspect,
        /// What it comes to.
        finding: Finding,
    },
    /// What a need comes to in one case.
    Case {
        /// What the need is about.
        subject: NeedSubject,
        /// The verdict.
        verdict: Verdict,
        /// What has to be held.
        requirement: Requirement,
    },
    /// What a need comes to over all cases.
    Need {
        /// What the need is about.
        subject: NeedSubject,
        /// The verdict.
        verdict: Verdict,
        /// What has to be held.
        requirement: Requirement,
    },
    /// Whether what is held satisfies a need.
    Satisfied {
        /// What the need is about.
        subject: NeedSubject,
        /// Whether.
        satisfied: Satisfied,
    },
    /// A SKU provides a part of a requirement. The premises are the claims on the way.
    Provides {
        /// The SKU.
        sku: SkuId,
        /// A leaf of the requirement.
        part: Requirement,
        /// Whether it surely does.
        surely: bool,
    },
    /// The answer's verdict.
    Answer {
        /// The verdict.
        verdict: Verdict,
    },
}

impl Proof {
    /// Adds a step, or finds the same one, so that shared reasons stand once.
    pub fn add(
        &mut self,
        statement: Statement,
        premises: Vec<StepId>,
        under: &[Assumption],
    ) -> StepId {
        let step = Step {
            statement,
            premises,
            under: under.to_vec(),
        };
        if let Some(place) = self.steps.iter().position(|known| *known == step) {
            return StepId(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.steps.push(step);
        StepId(u32::try_from(self.steps.len() - 1).unwrap_or(u32::MAX))
    }

    /// The step at a place.
    pub fn get(&self, id: StepId) -> Option<&Step> {
        self.steps.get(id.index())
    }

    /// Every claim that the proof rests on, in the order of first mention: those that count and those that put others
    /// out.
    pub fn claims(&self) -> Vec<ClaimId> {
        let mut claims = Vec::new();
        for step in &self.steps {
            let claim = match &step.statement {
                Statement::Counts { claim, .. } | Statement::Links { claim } => *claim,
                Statement::DoesNotCount {
                    out: Out::Replaced(by) | Out::Superseded(by),
                    ..
                } => *by,
                _ => continue,
            };
            if !claims.contains(&claim) {
                claims.push(claim);
            }
        }
        claims
    }
}
