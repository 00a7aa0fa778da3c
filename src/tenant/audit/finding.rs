//! A finding: one thing to say about a person, an account, a license or the tenant.

use super::outcome::{Broken, Support};
use crate::model::{
    AuditVerdict, ClaimId, FindingId, FindingKind, FindingSeverity, GivenId, NeedSubject, PlanId,
    Requirement, RoleId, SkuId, TaskId,
};
use crate::tenant::{
    AccountIndex, GroupIndex, Missing, Origin, PersonIndex, Reference, ServiceIndex, Sureness,
    UnresolvedIndex,
};

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its permanent name.
    pub id: FindingId,
    /// How grave it is.
    pub severity: FindingSeverity,
    /// The verdict of what it is about; "ok" also where it changes no verdict, as with a license that nobody needs.
    pub verdict: AuditVerdict,
    /// The people it concerns: sorted, each once.
    pub people: Vec<PersonIndex>,
    /// The person it is about; none where it is the same for several people, or about nobody.
    pub person: Option<PersonIndex>,
    /// The account it is about.
    pub account: Option<AccountIndex>,
    /// The group it is about, or through which the role comes.
    pub group: Option<GroupIndex>,
    /// The program it is about.
    pub service: Option<ServiceIndex>,
    /// The principal that no export describes, if it is about one.
    pub unresolved: Option<UnresolvedIndex>,
    /// The role it is about.
    pub role: Option<Reference<RoleId>>,
    /// The assignments it is about, by their place in the tenant.
    pub assignments: Vec<usize>,
    /// The need it is about.
    pub subject: Option<NeedSubject>,
    /// What has to be held.
    pub needs: Requirement,
    /// What the account holds.
    pub held: Vec<Reference<SkuId>>,
    /// What is missing of it.
    pub missing: Vec<Requirement>,
    /// The claims to name with it; those behind the answer stand in its proof.
    pub claims: Vec<ClaimId>,
    /// Where it was read, sorted.
    pub rows: Vec<Origin>,
    /// The answer behind it, by its place in [`Audit::answers`](super::Audit::answers).
    pub answer: Option<usize>,
    /// What is special to its kind.
    pub about: About,
}

impl Finding {
    /// Its kind.
    pub fn kind(&self) -> FindingKind {
        self.about.kind()
    }
}

/// What is special to a kind of finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A license is needed and not held.
    MissingLicense {
        /// SKUs with idle seats that would close it, each alone, with the seats: handing one out costs nothing.
        idle: Vec<(SkuId, u64)>,
        /// Claims that say that owning enough seats is enough, so that nobody needs to be given one.
        enough_owned: Vec<ClaimId>,
    },
    /// The license is there and does not work.
    SwitchedOff(Vec<(Support, Broken)>),
    /// More are counted than seats are owned.
    TooFewSeats {
        /// How many seats are needed.
        needed: u64,
        /// Whether there may be more.
        at_least: bool,
        /// How many seats that meet the need the tenant owns.
        owned: u64,
        /// The SKUs of these seats.
        by: Vec<(Reference<SkuId>, u64)>,
        /// SKUs that may add to them, where the verdict is "cannot tell": nobody knows what they carry, or how many seats
        /// of them there are.
        perhaps: Vec<(Reference<SkuId>, Option<u64>)>,
        /// The populations and how many are in each.
        over: Vec<(GivenId, u64)>,
    },
    /// Another account of the person holds it.
    OtherAccount {
        /// What is held there.
        by: Vec<Support>,
        /// How sure it is that both are one person's.
        sureness: Sureness,
        /// Whether some claim says that this is enough.
        is_enough: bool,
    },
    /// A fact about the tenant decides, and nobody stated it.
    FactUnknown {
        /// The facts to ask for, the most decisive first; none where an imprecise date decides, see the answer.
        givens: Vec<GivenId>,
    },
    /// Sources disagree.
    Disputed,
    /// No source says anything.
    NotStated,
    /// No export tells what decides, or may decide. Which export would, says [`Missing::settled_by`].
    NotTold(Missing),
    /// Something to do.
    ToDo(GivenId),
    /// An account for emergencies.
    EmergencyAccount {
        /// Whether it is used as one should be: active and for good, nothing eligible.
        is_as_meant: bool,
    },
    /// A license that no task of an admin account needs.
    UnneededLicense(Reference<SkuId>),
    /// An add-on without its base.
    MissingBase(SkuId),
    /// A SKU that the knowledge base does not know.
    UnknownSku {
        /// The SKU.
        sku: Reference<SkuId>,
        /// Plans that the tenant says it carries, as far as the knowledge base knows them.
        carries: Vec<PlanId>,
    },
    /// A role that the knowledge base does not know.
    UnknownRole,
    /// A role under a former name.
    FormerRoleName,
    /// No license opens the task.
    Unavailable(TaskId),
}

impl About {
    /// The kind.
    pub fn kind(&self) -> FindingKind {
        match self {
            Self::MissingLicense { .. } => FindingKind::MissingLicense,
            Self::SwitchedOff(_) => FindingKind::SwitchedOff,
            Self::TooFewSeats { .. } => FindingKind::TooFewSeats,
            Self::OtherAccount { .. } => FindingKind::OtherAccount,
            Self::FactUnknown { .. } => FindingKind::FactUnknown,
            Self::Disputed => FindingKind::Disputed,
            Self::NotStated => FindingKind::NotStated,
            Self::NotTold(_) => FindingKind::NotTold,
            Self::ToDo(_) => FindingKind::ToDo,
            Self::EmergencyAccount { .. } => FindingKind::EmergencyAccount,
            Self::UnneededLicense(_) => FindingKind::UnneededLicense,
            Self::MissingBase(_) => FindingKind::MissingBase,
            Self::UnknownSku { .. } => FindingKind::UnknownSku,
            Self::UnknownRole => FindingKind::UnknownRole,
            Self::FormerRoleName => FindingKind::FormerRoleName,
            Self::Unavailable(_) => FindingKind::Unavailable,
        }
    }
}
