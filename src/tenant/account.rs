//! An account of the tenant: who signs in with it and what it holds.

use super::{Origin, PersonIndex, Reference};
use crate::model::{Guid, PlanId, SkuId, words};

/// An account with what the exports tell about it. What none of them tells is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The object id.
    pub object_id: Option<Guid>,
    /// The name to sign in with, cleaned, in the case of the export.
    pub upn: Option<String>,
    /// The name that people see, cleaned.
    pub display_name: Option<String>,
    /// Whether it may sign in.
    pub enabled: Option<bool>,
    /// Member of the tenant, or guest.
    pub user_type: UserType,
    /// What it seems to be for.
    pub purpose: Guessed,
    /// Whether it is copied from a directory at home.
    pub synced: Option<bool>,
    /// Whether it is in the bin: it holds no role and no license in effect.
    pub deleted: bool,
    /// The employee id, cleaned.
    pub employee_id: Option<String>,
    /// The id of the account at home that it is copied from, cleaned.
    pub on_premises_id: Option<String>,
    /// Mail addresses beside the sign-in name, cleaned, the first one first.
    pub mails: Vec<String>,
    /// Licenses; none where no export tells, which is not the same as holding none.
    pub licenses: Option<Vec<License>>,
    /// Whether some export tells which plans are switched off in these licenses.
    pub switches_told: bool,
    /// Service plans as the vendor says the account has them; none where no export tells.
    pub plans: Option<Vec<HeldPlan>>,
    /// The person behind it.
    pub person: PersonIndex,
    /// Where it was read, sorted; at least one.
    pub rows: Vec<Origin>,
}

impl Account {
    /// What to call it: the sign-in name, else the name that people see, else the object id.
    pub fn called(&self) -> String {
        let name = self.upn.as_ref().or(self.display_name.as_ref());
        match (name, self.object_id) {
            (Some(name), _) => name.clone(),
            (None, Some(id)) => id.to_string(),
            (None, None) => "account without a name".to_owned(),
        }
    }
}

/// A license on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// The SKU.
    pub sku: Reference<SkuId>,
    /// How it reached the account: each way once, sorted. Empty where no export tells.
    pub ways: Vec<LicenseWay>,
    /// Whether it works.
    pub state: LicenseState,
    /// The vendor's word for what is wrong with it, where something is.
    pub error: Option<String>,
    /// Plans switched off in it. Empty also where no export tells, see [`Account::switches_told`].
    pub switched_off: Vec<Reference<PlanId>>,
    /// Where it was read, sorted; at least one.
    pub rows: Vec<Origin>,
}

/// How a license reached an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LicenseWay {
    /// Given to the account itself.
    Direct,
    /// Through this group, by object id or name.
    Group(String),
}

words! {
    /// Whether a license works.
    LicenseState {
        /// It works.
        Active = "active",
        /// It works in part.
        ActiveWithError = "active-with-error",
        /// It is switched off.
        Disabled = "disabled",
        /// It could not be given.
        Error = "error",
        /// The export does not say; it is taken to work.
        NotTold = "not-told",
    }
}

/// A service plan that the vendor says an account has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPlan {
    /// The plan.
    pub plan: Reference<PlanId>,
    /// Whether it works: a plan with the status `Deleted` or `Suspended` is not held.
    pub works: bool,
    /// The vendor's word: `Enabled`, `Warning`, `Suspended`, `Deleted`, `LockedOut`.
    pub status: String,
}

words! {
    /// Member of the tenant, or guest.
    UserType {
        /// A member.
        Member = "member",
        /// A guest from elsewhere.
        Guest = "guest",
        /// The export does not say.
        NotTold = "not-told",
    }
}

words! {
    /// What an account is for.
    Purpose {
        /// A person's daily or admin account.
        Person = "person",
        /// To get in when nothing else works.
        Emergency = "emergency",
        /// A program signs in with it.
        Service = "service",
        /// A mailbox, room or device that several people use.
        Shared = "shared",
    }
}

words! {
    /// How sure something is that no export says outright. The smaller, the surer.
    Sureness {
        /// A file written for the purpose says so.
        Told = "told",
        /// Several signs point there, or a strong one.
        Likely = "likely",
        /// One weak sign points there.
        Possible = "possible",
    }
}

/// A guess with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guessed {
    /// What it seems to be for. Nothing but a person without a sign of something else.
    pub purpose: Purpose,
    /// How sure that is.
    pub sureness: Sureness,
    /// The signs, each as the words that were found or the fact that was seen; empty for a person.
    pub because: Vec<String>,
}

impl Guessed {
    /// A person's account: no sign of something else.
    pub fn person() -> Self {
        Self {
            purpose: Purpose::Person,
            sureness: Sureness::Likely,
            because: Vec::new(),
        }
    }
}
