//! What the folders of a file say, in exports that write one file per object.
//!
//! EntraExporter writes `DirectoryRoles/<role>/Members/<member>/<member>.json` and `Groups/<group>/Members/...`: that
//! somebody is a member stands only in the path.

use super::log::Log;
use super::rows::{AssignmentRow, Gathered, GroupRow, Mark, PrincipalKind, PrincipalRow, Written};
use crate::model::Guid;
use crate::tenant::{AssignmentState, Bound, Membership, Row, Scope};

/// What an object below a folder is a member of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folder {
    Role(Guid),
    Group(Guid),
}

impl Folder {
    /// What the path of a file says.
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split(['/', '\\']).collect();
        parts.windows(3).find_map(|parts| {
            let [what, id, members] = parts else {
                return None;
            };
            let id = Guid::parse(id)?;
            let are_members = members.eq_ignore_ascii_case("Members")
                || members.eq_ignore_ascii_case("TransitiveMembers");
            match what.to_ascii_lowercase().as_str() {
                "directoryroles" if are_members => Some(Self::Role(id)),
                "groups" if are_members => Some(Self::Group(id)),
                _ => None,
            }
        })
    }

    /// Makes what a row brought a member.
    pub(super) fn member(self, row: Row, before: Mark, gathered: &mut Gathered, log: &Log) {
        let [accounts, groups, services, ..] = before.0;
        let new = |object_id, upn: Option<String>, name, kind| PrincipalRow {
            object_id,
            upn,
            name,
            kind: Some(kind),
        };
        let accounts = gathered
            .accounts
            .get(accounts..)
            .unwrap_or_default()
            .iter()
            .map(|account| {
                new(
                    account.object_id,
                    account.upn.clone(),
                    account.display_name.clone(),
                    PrincipalKind::Account,
                )
            });
        let groups = gathered.groups.get(groups..).unwrap_or_default().iter();
        let groups = groups.map(|group| {
            new(
                group.object_id,
                None,
                group.name.clone(),
                PrincipalKind::Group,
            )
        });
        let services = gathered.services.get(services..).unwrap_or_default().iter();
        let services = services.map(|service| {
            new(
                service.object_id,
                None,
                service.name.clone(),
                PrincipalKind::Service,
            )
        });
        let Some(principal) = accounts.chain(groups).chain(services).next() else {
            return;
        };
        let origin = log.origin(row);
        match self {
            Self::Role(id) => gathered.assignments.push(AssignmentRow {
                principal,
                role: Written::of_guid(id),
                scope: Scope::Tenant,
                state: AssignmentState::Active,
                start: None,
                end: Bound::NotTold,
                membership: Membership::Direct,
                origin,
            }),
            Self::Group(id) => gathered.groups.push(GroupRow {
                object_id: Some(id),
                name: None,
                role_assignable: None,
                members: Some(vec![principal]),
                transitive: false,
                origin,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;
    use crate::model::Guid;

    #[test]
    fn folders_say_what_an_object_is_a_member_of() {
        let id = "1cc41475-8264-54d2-b8c3-2b7d25a11d45";
        let guid = Guid::parse(id).unwrap();
        let path = format!("out\\DirectoryRoles\\{id}\\Members\\x\\x.json");
        assert_eq!(Folder::of(&path), Some(Folder::Role(guid)));
        let path = format!("out/Groups/{id}/Members/x.json");
        assert_eq!(Folder::of(&path), Some(Folder::Group(guid)));
        assert_eq!(Folder::of(&format!("out/Groups/{id}/{id}.json")), None);
        assert_eq!(Folder::of("users.json"), None);
    }
}
