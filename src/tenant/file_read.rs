//! What came of each file: nobody has to guess whether it was understood.

use super::Row;
use crate::dataset::catalog::Encoding;
use crate::model::words;

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// The path as given, cleaned.
    pub path: String,
    /// What it was read as.
    pub read_as: ReadAs,
    /// Whether it was used.
    pub outcome: Outcome,
    /// Its encoding; none where it could not be opened.
    pub encoding: Option<Encoding>,
    /// Rows in it.
    pub rows: u64,
    /// Rows that were understood.
    pub understood: u64,
    /// Rows that were not, in the order of the file; at most [`FileRead::MOST_REJECTED`] are kept.
    pub rejected: Vec<Rejected>,
    /// Rows that were not understood and are not kept in `rejected`.
    pub rejected_more: u64,
    /// Texts with control, bidirectional or invisible characters, which were replaced.
    pub cleaned: u64,
    /// What else there is to say, in the order found.
    pub notes: Vec<Note>,
    /// What was counted of accounts, kept or not.
    pub counted: Counted,
}

impl FileRead {
    /// The most rejected rows of one file that are kept with their reasons.
    pub const MOST_REJECTED: usize = 100;

    /// Whether it told anything; an empty list is something told.
    pub fn is_usable(&self) -> bool {
        let is_read = matches!(self.outcome, Outcome::Used | Outcome::Duplicate);
        is_read && (self.understood > 0 || self.rejected.is_empty())
    }
}

/// What was counted of the accounts of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// Accounts.
    pub accounts: u64,
    /// Of these with a license.
    pub licensed: u64,
    /// Of these guests.
    pub guests: u64,
    /// Of these that may not sign in.
    pub blocked: u64,
    /// Of these in the bin.
    pub deleted: u64,
    /// Of these without a word on what licenses they hold, which is not the same as holding none.
    pub licenses_not_told: u64,
}

impl Counted {
    /// Adds what another part counted.
    pub fn add(&mut self, other: &Self) {
        self.accounts += other.accounts;
        self.licensed += other.licensed;
        self.guests += other.guests;
        self.blocked += other.blocked;
        self.deleted += other.deleted;
        self.licenses_not_told += other.licenses_not_told;
    }

    /// What was counted after `earlier`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            accounts: self.accounts - earlier.accounts,
            licensed: self.licensed - earlier.licensed,
            guests: self.guests - earlier.guests,
            blocked: self.blocked - earlier.blocked,
            deleted: self.deleted - earlier.deleted,
            licenses_not_told: self.licenses_not_told - earlier.licenses_not_told,
        }
    }
}

/// Whether a file was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its understood rows count.
    Used,
    /// It holds the same as an earlier file: nothing of it counts twice.
    Duplicate,
    /// It was recognized and must not be used.
    Refused(Refusal),
    /// It was not recognized.
    NotRecognized,
    /// It could not be opened or read.
    Unreadable(String),
}

words! {
    /// Why a file that was recognized is not used.
    Refusal {
        /// A table of raw objects: its license columns hold only the name of a type.
        RawObjects = "raw-objects",
        /// A usage report: days old, and no truth about licenses.
        UsageReport = "usage-report",
        /// Roles of Azure resources, which need no Microsoft 365 license.
        AzureResources = "azure-resources",
        /// A grid whose license column holds `[object Object]`.
        ObjectObject = "object-object",
        /// Test results without a list of people.
        TestResults = "test-results",
        /// A configuration script of Microsoft365DSC: names in it hold variables whose values stand in another file.
        ConfigurationScript = "configuration-script",
        /// A packed archive.
        Archive = "archive",
        /// Larger than is read.
        TooLarge = "too-large",
    }
}

impl Refusal {
    /// The export that has what this one was meant to tell.
    pub fn better(self) -> ReadAs {
        match self {
            Self::RawObjects | Self::UsageReport | Self::ObjectObject | Self::TooLarge => {
                ReadAs::Users
            }
            Self::AzureResources | Self::TestResults | Self::ConfigurationScript => {
                ReadAs::RoleAssignments
            }
            Self::Archive => ReadAs::Unknown,
        }
    }
}

/// A row that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The row.
    pub row: Row,
    /// Why, in one line.
    pub why: String,
    /// What to do.
    pub help: String,
}

/// Something to say about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// The words that it is about: a column, a name, a number. May be empty.
    pub about: String,
}

words! {
    /// What there may be to say about a file that was read.
    NoteKind {
        /// Dates may be read day first or month first; they were not used.
        AmbiguousDates = "ambiguous-dates",
        /// A column was taken for what its values look like; no header said so.
        GuessedColumn = "guessed-column",
        /// A cell begins like a formula; it is text here and must stay so in spreadsheets.
        Formula = "formula",
        /// So many characters of the text were broken and are replaced.
        BrokenCharacters = "broken-characters",
        /// The reading was stopped before the end of the file.
        Stopped = "stopped",
        /// A list of the file appears twice.
        DuplicatePage = "duplicate-page",
        /// Rows of a test tenant's model were left out.
        ModelRows = "model-rows",
        /// The header names a column twice.
        DoubleColumn = "double-column",
        /// Only some roles are in such a file.
        SomeRolesOnly = "some-roles-only",
        /// The assignments were taken for active ones, as nothing says otherwise.
        TakenForActive = "taken-for-active",
    }
}

words! {
    /// What a file was read as, whoever wrote it.
    ReadAs {
        /// The SKUs that the tenant owns.
        SubscribedSkus = "subscribed-skus",
        /// Accounts with their licenses.
        Users = "users",
        /// Accounts without their licenses.
        Directory = "directory",
        /// Active role assignments.
        RoleAssignments = "role-assignments",
        /// Active role assignments with their times.
        RoleAssignmentSchedules = "role-assignment-schedules",
        /// Active role assignments with their times, each as it holds now.
        RoleAssignmentScheduleInstances = "role-assignment-schedule-instances",
        /// Eligible role assignments.
        RoleEligibilitySchedules = "role-eligibility-schedules",
        /// Eligible role assignments, each as it holds now.
        RoleEligibilityScheduleInstances = "role-eligibility-schedule-instances",
        /// Roles with their members.
        DirectoryRoles = "directory-roles",
        /// Definitions of roles.
        RoleDefinitions = "role-definitions",
        /// Who approves activations.
        RolePolicies = "role-policies",
        /// Members of administrative units with roles.
        ScopedRoleMembers = "scoped-role-members",
        /// Groups, with members where these are listed.
        Groups = "groups",
        /// Programs.
        ServicePrincipals = "service-principals",
        /// Active users, exported in the Microsoft 365 admin center.
        ActiveUsers = "active-users",
        /// The list of Privileged Identity Management in the portal.
        PimExport = "pim-export",
        /// Role assignments downloaded in the portal, or any table with roles and names.
        RoleTable = "role-table",
        /// Any table with accounts and licenses.
        LicenseTable = "license-table",
        /// Accounts by the retired MSOnline module.
        MsolUsers = "msol-users",
        /// The settings that ScubaGear collects.
        ScubaGear = "scubagear",
        /// A tenant written by hand, or which accounts are one person's.
        HandWritten = "hand-written",
        /// Nothing that is known.
        Unknown = "unknown",
    }
}
