//! Who is meant: every principal that some row names, once.

use super::accounts::Joined;
use crate::model::Guid;
use crate::tenant::read::rows::{AccountRow, Gathered, PrincipalKind, PrincipalRow, user_type_of};
use crate::tenant::{
    AccountIndex, Group, GroupIndex, Origin, Principal, ServiceIndex, ServicePrincipal, Unresolved,
    UnresolvedIndex,
};
use std::collections::{BTreeMap, BTreeSet};

/// All principals with the ways to find them.
pub(super) struct Directory {
    accounts: Vec<Joined>,
    groups: Vec<Group>,
    members: Vec<Vec<PrincipalRow>>,
    services: Vec<ServicePrincipal>,
    unresolved: Vec<Unresolved>,
    by_id: BTreeMap<Guid, Principal>,
    by_upn: BTreeMap<String, AccountIndex>,
    /// What goes by a name; several things may.
    by_name: BTreeMap<String, Named>,
}

/// What goes by one name: mostly one thing alone.
struct Named {
    first: Principal,
    others: BTreeSet<Principal>,
}

impl Directory {
    /// Takes the rows that describe principals.
    pub(super) fn of(gathered: &mut Gathered) -> Self {
        let mut directory = Self {
            accounts: Vec::new(),
            groups: Vec::new(),
            members: Vec::new(),
            services: Vec::new(),
            unresolved: Vec::new(),
            by_id: BTreeMap::new(),
            by_upn: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        let mut rows = std::mem::take(&mut gathered.accounts);
        // Rows with an id first, so that a name in a row without one finds its account; then those that tell most.
        rows.sort_by(|one, two| {
            let key = |row: &AccountRow| (row.object_id.is_none(), std::cmp::Reverse(row.weight));
            key(one)
                .cmp(&key(two))
                .then_with(|| one.origin.cmp(&two.origin))
        });
        directory.accounts.reserve_exact(rows.len());
        for row in rows {
            directory.put_account(row);
        }
        for row in std::mem::take(&mut gathered.groups) {
            let at = directory.group(row.object_id, row.name.clone(), &row.origin);
            if let Some(group) = directory.groups.get_mut(at.index()) {
                group.role_assignable = group.role_assignable.or(row.role_assignable);
                group.members_known |= row.members.is_some();
                group.transitive |= row.transitive;
            }
            if let (Some(members), Some(list)) =
                (row.members, directory.members.get_mut(at.index()))
            {
                list.extend(members);
            }
        }
        for row in std::mem::take(&mut gathered.services) {
            let at = directory.service(row.object_id, row.name, &row.origin);
            if let Some(service) = directory.services.get_mut(at.index()) {
                service.app_id = service.app_id.or(row.app_id);
            }
        }
        directory.describe(gathered);
        directory
    }

    /// Takes what rows say in passing about principals that no row describes, before anybody is looked for.
    fn describe(&mut self, gathered: &Gathered) {
        let assigned = gathered
            .assignments
            .iter()
            .map(|row| (&row.principal, &row.origin));
        let busy = gathered
            .duties
            .iter()
            .map(|row| (&row.principal, &row.origin));
        let members = std::mem::take(&mut self.members);
        let inside = members
            .iter()
            .zip(&self.groups)
            .flat_map(|(members, group)| {
                let origin = group.rows.first().cloned();
                members
                    .iter()
                    .filter_map(move |member| Some((member, origin.clone()?)))
            });
        let inside: Vec<(PrincipalRow, Origin)> = inside
            .map(|(member, origin)| (member.clone(), origin))
            .collect();
        self.members = members;
        for (who, origin) in assigned.chain(busy) {
            if who.kind.is_some() {
                self.find(who, origin);
            }
        }
        for (who, origin) in &inside {
            if who.kind.is_some() {
                self.find(who, origin);
            }
        }
    }

    pub(super) fn accounts(&self) -> &[Joined] {
        &self.accounts
    }

    /// Everything but the groups. Nobody is looked for any more.
    pub(super) fn into_parts(self) -> (Vec<Joined>, Vec<ServicePrincipal>, Vec<Unresolved>) {
        (self.accounts, self.services, self.unresolved)
    }

    /// By sign-in name, then object id, whatever the order of the files.
    pub(super) fn sort_key(&self, at: usize) -> (String, Option<Guid>, Option<String>) {
        let row = self.accounts.get(at).map(|joined| &joined.row);
        let upn = row.and_then(|row| row.upn.as_deref()).unwrap_or("\u{ffff}");
        let name = row.and_then(|row| row.display_name.clone());
        (upn.to_lowercase(), row.and_then(|row| row.object_id), name)
    }

    fn put_account(&mut self, row: AccountRow) -> AccountIndex {
        let upn = row.upn.as_ref().map(|upn| upn.to_lowercase());
        let by_id = row.object_id.and_then(|id| match self.by_id.get(&id) {
            Some(Principal::Account(account)) => Some(*account),
            _ => None,
        });
        let by_upn = upn.as_ref().and_then(|upn| self.by_upn.get(upn)).copied();
        // Another object id is another account, even where it has taken over the name of a deleted one.
        let by_upn = by_upn.filter(|at| {
            let known = self
                .accounts
                .get(at.index())
                .and_then(|known| known.row.object_id);
            known.is_none() || row.object_id.is_none() || known == row.object_id
        });
        let at = by_id
            .or(by_upn)
            .unwrap_or_else(|| AccountIndex::at(self.accounts.len()));
        if let Some(id) = row.object_id {
            self.by_id.entry(id).or_insert(Principal::Account(at));
        }
        if let Some(upn) = upn {
            self.by_upn.entry(upn).or_insert(at);
        }
        self.call(row.display_name.as_deref(), Principal::Account(at));
        match self.accounts.get_mut(at.index()) {
            Some(known) => known.add(row),
            None => self.accounts.push(Joined::new(row)),
        }
        at
    }

    fn call(&mut self, name: Option<&str>, principal: Principal) {
        if let Some(name) = name {
            let named = self.by_name.entry(name.to_lowercase());
            let named = named.or_insert_with(|| Named {
                first: principal,
                others: BTreeSet::new(),
            });
            if named.first != principal {
                named.others.insert(principal);
            }
        }
    }

    fn group(&mut self, id: Option<Guid>, name: Option<String>, origin: &Origin) -> GroupIndex {
        let known = id.and_then(|id| self.by_id.get(&id)).copied();
        let known = known.or_else(|| {
            let named = name.as_deref().filter(|_| id.is_none())?;
            self.only(named, |principal| matches!(principal, Principal::Group(_)))
        });
        let at = match known {
            Some(Principal::Group(at)) => at,
            _ => {
                self.groups.push(Group {
                    object_id: id,
                    name: None,
                    role_assignable: None,
                    members_known: false,
                    transitive: false,
                    accounts: Vec::new(),
                    groups: Vec::new(),
                    rows: Vec::new(),
                });
                self.members.push(Vec::new());
                GroupIndex::at(self.groups.len() - 1)
            }
        };
        if let Some(id) = id {
            self.by_id.entry(id).or_insert(Principal::Group(at));
        }
        self.call(name.as_deref(), Principal::Group(at));
        if let Some(group) = self.groups.get_mut(at.index()) {
            group.object_id = group.object_id.or(id);
            group.name = group.name.take().or(name);
            put(&mut group.rows, origin);
        }
        at
    }

    fn service(&mut self, id: Option<Guid>, name: Option<String>, origin: &Origin) -> ServiceIndex {
        let known = id.and_then(|id| self.by_id.get(&id)).copied();
        let known = known.or_else(|| {
            let named = name.as_deref().filter(|_| id.is_none())?;
            self.only(named, |principal| {
                matches!(principal, Principal::Service(_))
            })
        });
        let at = match known {
            Some(Principal::Service(at)) => at,
            _ => {
                self.services.push(ServicePrincipal {
                    object_id: id,
                    app_id: None,
                    name: None,
                    rows: Vec::new(),
                });
                ServiceIndex::at(self.services.len() - 1)
            }
        };
        if let Some(id) = id {
            self.by_id.entry(id).or_insert(Principal::Service(at));
        }
        self.call(name.as_deref(), Principal::Service(at));
        if let Some(service) = self.services.get_mut(at.index()) {
            service.object_id = service.object_id.or(id);
            service.name = service.name.take().or(name);
            put(&mut service.rows, origin);
        }
        at
    }

    /// The one thing of a sort that goes by a name.
    fn only(&self, name: &str, is_meant: impl Fn(Principal) -> bool) -> Option<Principal> {
        let named = self.by_name.get(&name.to_lowercase())?;
        let named = std::iter::once(&named.first).chain(&named.others).copied();
        let mut named = named.filter(|principal| is_meant(*principal));
        let one = named.next()?;
        named.next().is_none().then_some(one)
    }

    /// Who a row means. What nobody describes is kept as what the row says that it is.
    pub(super) fn find(&mut self, who: &PrincipalRow, origin: &Origin) -> Principal {
        let by_id = who.object_id.and_then(|id| self.by_id.get(&id)).copied();
        let by_upn = who
            .upn
            .as_ref()
            .and_then(|upn| self.by_upn.get(&upn.to_lowercase()));
        let known = by_id.or_else(|| by_upn.copied().map(Principal::Account));
        let known = known.or_else(|| {
            let is_bare = who.object_id.is_none() && who.upn.is_none();
            let name = who.name.as_deref().filter(|_| is_bare)?;
            let is_meant = |principal| match who.kind {
                None => true,
                Some(PrincipalKind::Account) => matches!(principal, Principal::Account(_)),
                Some(PrincipalKind::Group) => matches!(principal, Principal::Group(_)),
                Some(PrincipalKind::Service) => matches!(principal, Principal::Service(_)),
            };
            self.only(name, is_meant)
        });
        match (known, who.kind) {
            (Some(known @ Principal::Unresolved(at)), None) => {
                if let Some(unresolved) = self.unresolved.get_mut(at.index()) {
                    put(&mut unresolved.rows, origin);
                }
                known
            }
            (Some(known), _) if !matches!(known, Principal::Unresolved(_)) => known,
            (_, Some(PrincipalKind::Group)) => {
                Principal::Group(self.group(who.object_id, who.name.clone(), origin))
            }
            (_, Some(PrincipalKind::Service)) => {
                Principal::Service(self.service(who.object_id, who.name.clone(), origin))
            }
            (_, Some(PrincipalKind::Account)) => self.stub(who, origin),
            _ if who.upn.is_some() => self.stub(who, origin),
            _ => self.unknown(who, origin),
        }
    }

    /// An account of which only the assignment tells.
    fn stub(&mut self, who: &PrincipalRow, origin: &Origin) -> Principal {
        let mut row = AccountRow::new(origin.clone());
        row.object_id = who.object_id;
        row.upn.clone_from(&who.upn);
        row.display_name.clone_from(&who.name);
        row.user_type = user_type_of("", who.upn.as_deref());
        Principal::Account(self.put_account(row))
    }

    fn unknown(&mut self, who: &PrincipalRow, origin: &Origin) -> Principal {
        self.unresolved.push(Unresolved {
            object_id: who.object_id,
            name: who.name.clone(),
            rows: vec![origin.clone()],
        });
        let unknown = Principal::Unresolved(UnresolvedIndex::at(self.unresolved.len() - 1));
        match who.object_id {
            Some(id) => {
                self.by_id.entry(id).or_insert(unknown);
            }
            None => self.call(who.name.as_deref(), unknown),
        }
        unknown
    }

    /// The groups with their members, also those in groups inside them.
    pub(super) fn expanded(&mut self) -> Vec<Group> {
        let members = std::mem::take(&mut self.members);
        for (at, members) in members.into_iter().enumerate() {
            let Some(origin) = self
                .groups
                .get(at)
                .and_then(|group| group.rows.first())
                .cloned()
            else {
                continue;
            };
            let found: BTreeSet<Principal> = members
                .iter()
                .map(|member| self.find(member, &origin))
                .collect();
            // Finding members may have made groups that nobody describes.
            if let Some(group) = self.groups.get_mut(at) {
                for member in found {
                    match member {
                        Principal::Account(account) => group.accounts.push(account),
                        Principal::Group(inner) => group.groups.push(inner),
                        Principal::Service(_) | Principal::Unresolved(_) => {}
                    }
                }
            }
        }
        let mut groups = std::mem::take(&mut self.groups);
        let direct: Vec<(Vec<AccountIndex>, Vec<GroupIndex>)> = groups
            .iter()
            .map(|group| (group.accounts.clone(), group.groups.clone()))
            .collect();
        for (at, group) in groups.iter_mut().enumerate() {
            // A group may be in itself through others: each is entered once.
            let mut seen = BTreeSet::from([GroupIndex::at(at)]);
            let mut open = group.groups.clone();
            let mut accounts: BTreeSet<AccountIndex> = group.accounts.iter().copied().collect();
            while let Some(inner) = open.pop() {
                if seen.insert(inner)
                    && let Some((members, inside)) = direct.get(inner.index())
                {
                    accounts.extend(members);
                    open.extend(inside);
                }
            }
            group.accounts = accounts.into_iter().collect();
            group.groups.sort_unstable();
        }
        groups
    }
}

/// Adds a row once, in order.
pub(super) fn put(rows: &mut Vec<Origin>, row: &Origin) {
    if let Err(at) = rows.binary_search(row) {
        rows.insert(at, row.clone());
    }
}
