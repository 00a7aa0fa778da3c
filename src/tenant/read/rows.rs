//! What one row of any format says, before rows are joined: valid values, things still in the words of the export.

use super::pages::{Page, Print};
use crate::model::Guid;
use crate::tenant::{
    AssignmentState, Bound, Counted, DutyKind, LicenseState, LicenseWay, Membership, Missing,
    Origin, Purpose, ReadAs, Scope, Stamp, UserType,
};
use std::collections::{BTreeMap, BTreeSet};

/// A thing as a row names it: by GUID, by name, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Written {
    pub(crate) guid: Option<Guid>,
    pub(crate) name: Option<String>,
}

impl Written {
    pub(crate) fn of_guid(guid: Guid) -> Self {
        Self {
            guid: Some(guid),
            name: None,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.guid.is_none() && self.name.is_none()
    }
}

/// What a row says that a principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrincipalKind {
    Account,
    Group,
    Service,
}

/// Who holds a role, as a row names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PrincipalRow {
    pub(crate) object_id: Option<Guid>,
    pub(crate) upn: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) kind: Option<PrincipalKind>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountRow {
    pub(crate) object_id: Option<Guid>,
    pub(crate) upn: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) enabled: Option<bool>,
    pub(crate) user_type: UserType,
    /// Told by a file written by hand, or shown by the vendor's own words for it.
    pub(crate) purpose: Option<Purpose>,
    pub(crate) synced: Option<bool>,
    pub(crate) deleted: bool,
    pub(crate) employee_id: Option<String>,
    pub(crate) on_premises_id: Option<String>,
    pub(crate) mails: Vec<String>,
    pub(crate) licenses: Option<Vec<LicenseRow>>,
    pub(crate) switches_told: bool,
    pub(crate) plans: Option<Vec<PlanRow>>,
    /// Whether somebody wrote the account down by hand, to be looked at.
    pub(crate) listed: bool,
    /// Words for the person, in a file written by hand.
    pub(crate) person: Option<String>,
    /// How much the format tells, the more the better: settles whose word counts where two rows differ.
    pub(crate) weight: u8,
    pub(crate) origin: Origin,
}

impl AccountRow {
    /// An account of which nothing is told yet.
    pub(crate) fn new(origin: Origin) -> Self {
        Self {
            object_id: None,
            upn: None,
            display_name: None,
            enabled: None,
            user_type: UserType::NotTold,
            purpose: None,
            synced: None,
            deleted: false,
            employee_id: None,
            on_premises_id: None,
            mails: Vec::new(),
            licenses: None,
            switches_told: false,
            plans: None,
            listed: false,
            person: None,
            weight: 0,
            origin,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LicenseRow {
    pub(crate) sku: Written,
    pub(crate) ways: Vec<LicenseWay>,
    pub(crate) state: LicenseState,
    pub(crate) error: Option<String>,
    pub(crate) switched_off: Vec<Written>,
}

impl LicenseRow {
    /// A license of which only the SKU is told.
    pub(crate) fn new(sku: Written) -> Self {
        Self {
            sku,
            ways: Vec::new(),
            state: LicenseState::NotTold,
            error: None,
            switched_off: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanRow {
    pub(crate) plan: Written,
    pub(crate) status: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssignmentRow {
    pub(crate) principal: PrincipalRow,
    pub(crate) role: Written,
    pub(crate) scope: Scope,
    pub(crate) state: AssignmentState,
    pub(crate) start: Option<Stamp>,
    pub(crate) end: Bound,
    pub(crate) membership: Membership,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DutyRow {
    pub(crate) principal: PrincipalRow,
    pub(crate) kind: DutyKind,
    pub(crate) role: Option<Written>,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupRow {
    pub(crate) object_id: Option<Guid>,
    pub(crate) name: Option<String>,
    pub(crate) role_assignable: Option<bool>,
    pub(crate) members: Option<Vec<PrincipalRow>>,
    pub(crate) transitive: bool,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServiceRow {
    pub(crate) object_id: Option<Guid>,
    pub(crate) app_id: Option<Guid>,
    pub(crate) name: Option<String>,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeatsRow {
    pub(crate) sku: Written,
    pub(crate) enabled: Option<u64>,
    pub(crate) warning: u64,
    pub(crate) suspended: u64,
    pub(crate) locked_out: u64,
    pub(crate) consumed: Option<u64>,
    pub(crate) status: Option<String>,
    pub(crate) plans: Option<Vec<SeatPlanRow>>,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeatPlanRow {
    pub(crate) plan: Written,
    pub(crate) to_company: bool,
    pub(crate) status: Option<String>,
}

/// What an id of this tenant means: a role that was activated here, or a role defined here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoleRow {
    pub(crate) id: Guid,
    pub(crate) role: Written,
}

/// Everything that the rows of all files say.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) accounts: Vec<AccountRow>,
    pub(crate) groups: Vec<GroupRow>,
    pub(crate) services: Vec<ServiceRow>,
    pub(crate) assignments: Vec<AssignmentRow>,
    pub(crate) duties: Vec<DutyRow>,
    pub(crate) seats: Vec<SeatsRow>,
    pub(crate) roles: Vec<RoleRow>,
    pub(crate) missing: Vec<Missing>,
    /// Lists that were read, to find those that come twice.
    pub(crate) pages: Vec<Page>,
    prints: BTreeSet<(ReadAs, Print)>,
    /// Accounts by what lists them and what was asked for.
    counted: BTreeMap<(ReadAs, Option<String>), Counted>,
}

/// How much was gathered at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(pub(crate) [usize; 7]);

/// Everything that a file may change, to read it again.
pub(crate) struct Snapshot {
    mark: Mark,
    missing: usize,
    pages: usize,
    prints: BTreeSet<(ReadAs, Print)>,
    counted: BTreeMap<(ReadAs, Option<String>), Counted>,
}

impl Gathered {
    pub(crate) fn mark(&self) -> Mark {
        Mark([
            self.accounts.len(),
            self.groups.len(),
            self.services.len(),
            self.assignments.len(),
            self.duties.len(),
            self.seats.len(),
            self.roles.len(),
        ])
    }

    /// Forgets what was gathered since.
    pub(crate) fn rewind(&mut self, mark: Mark) {
        let Mark(
            [
                accounts,
                groups,
                services,
                assignments,
                duties,
                seats,
                roles,
            ],
        ) = mark;
        self.accounts.truncate(accounts);
        self.groups.truncate(groups);
        self.services.truncate(services);
        self.assignments.truncate(assignments);
        self.duties.truncate(duties);
        self.seats.truncate(seats);
        self.roles.truncate(roles);
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            mark: self.mark(),
            missing: self.missing.len(),
            pages: self.pages.len(),
            prints: self.prints.clone(),
            counted: self.counted.clone(),
        }
    }

    /// Goes back to a moment before.
    pub(crate) fn restore(&mut self, snapshot: &Snapshot) {
        self.rewind(snapshot.mark);
        self.missing.truncate(snapshot.missing);
        self.pages.truncate(snapshot.pages);
        self.prints.clone_from(&snapshot.prints);
        self.counted.clone_from(&snapshot.counted);
    }

    /// Adds the accounts of one list.
    pub(crate) fn count(&mut self, page: &Page, counted: Counted) {
        let list = (page.read_as, page.context.clone());
        self.counted.entry(list).or_default().add(&counted);
    }

    /// The accounts of the lists that tell most: pages of one list add up, another list has the same people again.
    pub(crate) fn counted(&self) -> Counted {
        let kinds = [
            ReadAs::Users,
            ReadAs::ActiveUsers,
            ReadAs::MsolUsers,
            ReadAs::Directory,
            ReadAs::LicenseTable,
            ReadAs::HandWritten,
        ];
        let of = |kind| {
            let lists = self
                .counted
                .iter()
                .filter(move |((read_as, _), _)| *read_as == kind);
            lists.map(|(_, counted)| *counted).max()
        };
        let found = kinds
            .into_iter()
            .filter_map(of)
            .find(|counted| counted.accounts > 0);
        found.unwrap_or_default()
    }

    /// Keeps a list in mind. Gives whether an equal one was read before, which then stands for both.
    pub(crate) fn has_seen(&mut self, page: &Page) -> bool {
        let is_new = page.print.is_empty() || self.prints.insert((page.read_as, page.print));
        if is_new {
            self.pages.push(page.clone());
        }
        !is_new
    }
}

/// Member or guest; a name with `#EXT#` is a guest's unless it is said to be a member's.
pub(crate) fn user_type_of(text: &str, upn: Option<&str>) -> UserType {
    match text.trim() {
        member if member.eq_ignore_ascii_case("member") => UserType::Member,
        guest if guest.eq_ignore_ascii_case("guest") => UserType::Guest,
        _ => match upn {
            Some(upn) if upn.to_ascii_uppercase().contains("#EXT#") => UserType::Guest,
            _ => UserType::NotTold,
        },
    }
}

/// The SKU without the tenant or reseller before the first colon.
pub(crate) fn after_prefix(words: &str) -> &str {
    words.split_once(':').map_or(words, |(_, sku)| sku).trim()
}
