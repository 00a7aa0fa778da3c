//! Claims: dated, sourced statements, the only thing licit believes.

use super::words::words;
use super::{
    Aspect, Boundary, ClaimId, Condition, Currency, Day, FeatureId, GivenId, HeldThing, Money,
    Period, Place, PlanId, Requirement, RoleId, SkuId, SourceId, Standing, Subject, TaskId, Term,
    Text,
};
use serde::{Deserialize, Serialize};

/// Where a claim was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Source {
    /// Permanent id.
    pub id: Text,
    /// Title of the page or file.
    pub title: Text,
    /// Address; http or https only.
    pub url: Text,
    /// Who published it.
    pub publisher: Text,
    /// What kind of text it is.
    pub kind: SourceKind,
    /// The source's own date, as precise as it states it; none when it shows none.
    pub published: Option<Boundary>,
    /// The day we read it.
    pub read: Day,
    /// Anything a reader should know: address inferred, read in a stored copy, ...
    pub note: Text,
}

impl Source {
    /// The day by which it surely stated what it states: the end of its own date, and at the latest the day we read it.
    pub fn stated_by(&self) -> Day {
        let published = self.published.as_ref().and_then(Boundary::latest);
        published.map_or(self.read, |published| published.min(self.read))
    }
}

words! {
    /// What kind of text a source is, falling in authority.
    SourceKind {
        /// Product terms or another contract text.
        Terms = "terms",
        /// The vendor's service description or licensing guide.
        ServiceDescription = "service-description",
        /// The vendor's product documentation.
        Documentation = "documentation",
        /// A file of the vendor's: a table, a schema, a command's help.
        VendorData = "vendor-data",
        /// The vendor's FAQ.
        Faq = "faq",
        /// The vendor's blog, roadmap or release notes.
        Announcement = "announcement",
        /// A Message Center post, or a copy of one.
        MessageCenter = "message-center",
        /// A thread of the vendor's staff or users: issue tracker, questions and answers.
        Forum = "forum",
        /// Press.
        Press = "press",
        /// A licensing firm, partner or distributor.
        Firm = "firm",
        /// An independent blog.
        Blog = "blog",
    }
}

/// One piece of evidence for a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Evidence {
    /// The source.
    pub source: SourceId,
    /// What it states, in our own words.
    pub says: Text,
    /// When the text left the page.
    pub gone: Option<Boundary>,
    /// Read through another page that quotes it.
    pub second_hand: bool,
}

/// One dated, sourced statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Claim {
    /// Permanent id; a claim is superseded, never deleted.
    pub id: Text,
    /// What it states.
    pub kind: ClaimKind,
    /// When it applies; none means always.
    pub when: Option<Condition>,
    /// When it binds.
    pub effective: Period,
    /// When the world could know it. Filled from the oldest dated source where the data does not say.
    pub known: Period,
    /// How much weight it has.
    pub standing: Standing,
    /// Claims that end where this one begins, as long as its `when` holds.
    pub supersedes: Vec<ClaimId>,
    /// Claims that count as never said once this one is known, as long as its `when` holds.
    pub replaces: Vec<ClaimId>,
    /// Claims that say otherwise; both stand.
    pub disputes: Vec<ClaimId>,
    /// Own words, one or two sentences.
    pub note: Text,
    /// Who says so; never empty.
    pub evidence: Vec<Evidence>,
}

impl Claim {
    /// Whether all evidence was read through somebody else's page.
    pub fn is_second_hand(&self) -> bool {
        self.evidence.iter().all(|evidence| evidence.second_hand)
    }

    /// Whether the claim is weak: observed or inferred, or known only second-hand.
    pub fn is_weak(&self) -> bool {
        self.standing.is_weak() || self.is_second_hand()
    }
}

words! {
    /// The kinds of claims, by the name of their table in the data.
    ClaimKindName {
        /// A license is or is not needed.
        Requirement = "requirement",
        /// A feature comes, changes state or goes.
        Lifecycle = "lifecycle",
        /// Roles can do a task.
        Permission = "permission",
        /// A SKU carries a plan.
        Inclusion = "inclusion",
        /// A plan or SKU grants a feature.
        Grant = "grant",
        /// A plan does everything another does.
        Cover = "cover",
        /// Something was called so.
        Name = "name",
        /// A SKU costs so much.
        Price = "price",
        /// A SKU needs something else first.
        Prerequisite = "prerequisite",
        /// Plans cannot be enabled together.
        Exclusion = "exclusion",
        /// No more than so many.
        Limit = "limit",
        /// A SKU is sold to new or existing customers.
        Sale = "sale",
    }
}

/// What a claim states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum ClaimKind {
    /// A license is or is not needed for tasks.
    Requirement {
        /// What it speaks about.
        subjects: Vec<Subject>,
        /// Which of the four questions it answers.
        aspects: Vec<Aspect>,
        /// What it asks for.
        demand: Demand,
        /// How seats are counted; only on claims about `terms`.
        counted: Option<Counted>,
    },
    /// A feature or a task is in a state.
    Lifecycle {
        /// The feature or task.
        subject: Subject,
        /// The state.
        state: LifecycleState,
    },
    /// Roles can do a task.
    Permission {
        /// The task.
        task: TaskId,
        /// Every role able to do it.
        roles: Vec<RoleId>,
        /// The least privileged of them.
        least: Option<RoleId>,
    },
    /// A SKU carries a plan.
    Inclusion {
        /// The SKU.
        sku: SkuId,
        /// The plan.
        plan: PlanId,
    },
    /// Holding one of these grants a feature.
    Grant {
        /// The feature.
        feature: FeatureId,
        /// Any of them is enough.
        by: Vec<HeldThing>,
    },
    /// A plan does everything that lower plans do.
    Cover {
        /// The higher plan.
        plan: PlanId,
        /// The lower plans.
        covers: Vec<PlanId>,
    },
    /// Something was called so.
    Name {
        /// What.
        of: Named,
        /// The name.
        name: Text,
    },
    /// A SKU costs so much per seat and month.
    Price {
        /// The SKU.
        sku: SkuId,
        /// Per seat and month.
        amount: Money,
        /// In this currency.
        currency: Currency,
        /// In this market: a country code or another word.
        market: Text,
        /// Under this commitment.
        term: Term,
        /// Whether a source was found that states it.
        verified: bool,
    },
    /// A SKU may be bought or assigned only beside something else.
    Prerequisite {
        /// The SKU.
        sku: SkuId,
        /// What must be there first.
        requires: Requirement,
    },
    /// At most one of these plans can be enabled for one user.
    Exclusion {
        /// The plans.
        plans: Vec<PlanId>,
    },
    /// No more than so many.
    Limit {
        /// What is limited.
        of: LimitOf,
        /// The largest number allowed.
        at_most: u64,
    },
    /// A SKU is on sale.
    Sale {
        /// The SKU.
        sku: SkuId,
        /// To whom.
        to: SaleTo,
    },
}

impl ClaimKind {
    /// The name of the kind.
    pub fn name(&self) -> ClaimKindName {
        match self {
            Self::Requirement { .. } => ClaimKindName::Requirement,
            Self::Lifecycle { .. } => ClaimKindName::Lifecycle,
            Self::Permission { .. } => ClaimKindName::Permission,
            Self::Inclusion { .. } => ClaimKindName::Inclusion,
            Self::Grant { .. } => ClaimKindName::Grant,
            Self::Cover { .. } => ClaimKindName::Cover,
            Self::Name { .. } => ClaimKindName::Name,
            Self::Price { .. } => ClaimKindName::Price,
            Self::Prerequisite { .. } => ClaimKindName::Prerequisite,
            Self::Exclusion { .. } => ClaimKindName::Exclusion,
            Self::Limit { .. } => ClaimKindName::Limit,
            Self::Sale { .. } => ClaimKindName::Sale,
        }
    }
}

/// What a requirement asks for. `terms` and `works` carry `Requires`; `assigned` carries `Where`; `owned` carries
/// `AtLeast`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Demand {
    /// What must be held or done.
    Requires(Requirement),
    /// Where the license must sit.
    Where(Place),
    /// How many seats the tenant must own before the service runs.
    AtLeast {
        /// The number of seats.
        seats: u64,
        /// Of what; none means of whatever the need requires.
        of: Option<Requirement>,
    },
}

/// How the seats of a requirement are counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Counted {
    /// What is counted.
    pub per: Per,
    /// Populations that never overlap; integer givens.
    pub over: Vec<GivenId>,
    /// So many seats for every so many counted: `1:5` is one seat for five, `25` is twenty-five seats for one.
    pub each: (u64, u64),
    /// Seats for the first one counted, where it differs from the others.
    pub first: Option<u64>,
}

words! {
    /// What is counted.
    Per {
        /// People, however many accounts they have.
        Person = "person",
        /// Accounts.
        Account = "account",
        /// Users that a service protects.
        ProtectedUser = "protected-user",
        /// Installed agents.
        Agent = "agent",
        /// Guests.
        Guest = "guest",
        /// The tenant as a whole.
        Tenant = "tenant",
    }
}

words! {
    /// The state of a feature from a day on, until the next state.
    LifecycleState {
        /// Told, not there yet.
        Announced = "announced",
        /// There.
        Available = "available",
        /// There, and switched off unless an admin turns it on.
        DefaultOff = "default-off",
        /// An announced change was put on hold; the feature stays as it is.
        OnHold = "on-hold",
        /// Refused by the service.
        Blocked = "blocked",
        /// Gone for good.
        Retired = "retired",
    }
}

/// What carries a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Named {
    /// A role.
    Role(RoleId),
    /// A feature.
    Feature(FeatureId),
    /// A task.
    Task(TaskId),
    /// A SKU.
    Sku(SkuId),
    /// A plan.
    Plan(PlanId),
}

/// What a limit is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LimitOf {
    /// A number that the asker knows, for tasks.
    Given {
        /// What the limit speaks about.
        subject: Subject,
        /// The number.
        given: GivenId,
    },
    /// Seats in a tenant over a family of SKUs.
    Seats(Vec<SkuId>),
}

words! {
    /// To whom a SKU is sold.
    SaleTo {
        /// To everybody.
        Everyone = "everyone",
        /// Only to those who have it already.
        Existing = "existing",
        /// To nobody.
        Nobody = "nobody",
    }
}
