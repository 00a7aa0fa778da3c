//! What people, accounts, groups and files are called: by their names, or by numbers where a report travels.

use crate::model::fold;
use crate::tenant::{
    AccountIndex, FileIndex, GroupIndex, Origin, PersonIndex, Reference, Row, ServiceIndex, Tenant,
    UnresolvedIndex,
};
use std::borrow::Cow;

/// Whether an audit names people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// As the exports do.
    Named,
    /// By numbers in the order of the tenant: the same exports give the same numbers.
    Pseudonyms,
}

/// What stands in the place of text that may name somebody.
const HIDDEN: &str = "(hidden)";

/// The shortest name that is looked for inside other texts: shorter ones are parts of every other word.
const SHORTEST: usize = 3;

/// Gives everything in a tenant the name that the audit shows.
pub(super) struct Names<'a> {
    tenant: &'a Tenant,
    naming: Naming,
    /// Everything that tells who somebody is, folded; empty where people are named.
    telling: Cow<'a, [String]>,
}

impl<'a> Names<'a> {
    pub(super) fn of(tenant: &'a Tenant, naming: Naming) -> Self {
        let telling = match naming {
            Naming::Named => Cow::default(),
            Naming::Pseudonyms => Cow::Owned(telling(tenant)),
        };
        Self {
            tenant,
            naming,
            telling,
        }
    }

    /// The same, where it is known already what tells who somebody is.
    pub(super) fn knowing(tenant: &'a Tenant, naming: Naming, telling: &'a [String]) -> Self {
        let telling = match naming {
            Naming::Named => Cow::default(),
            Naming::Pseudonyms => Cow::Borrowed(telling),
        };
        Self {
            tenant,
            naming,
            telling,
        }
    }

    pub(super) fn are_hidden(&self) -> bool {
        self.naming == Naming::Pseudonyms
    }

    /// A person.
    pub(super) fn person(&self, at: PersonIndex) -> String {
        match self.naming {
            Naming::Named => self.tenant[at].name.clone(),
            Naming::Pseudonyms => format!("person-{:04}", at.index() + 1),
        }
    }

    /// An account: what it signs in with, or its place among the accounts of its person.
    pub(super) fn account(&self, at: AccountIndex) -> String {
        let account = &self.tenant[at];
        if self.naming == Naming::Named {
            return account.called();
        }
        let accounts = &self.tenant[account.person].accounts;
        let place = accounts.iter().position(|other| *other == at);
        format!("{}.{}", self.person(account.person), place.unwrap_or(0) + 1)
    }

    /// An account by the name that people know alone: `Ben Helpdesk`.
    pub(super) fn called(&self, at: AccountIndex) -> String {
        match &self.tenant[at].display_name {
            Some(name) if self.naming == Naming::Named => name.clone(),
            _ => self.account(at),
        }
    }

    /// An account with the name that people know: `Ben Helpdesk (ben.helpdesk@contoso.com)`.
    pub(super) fn account_with_name(&self, at: AccountIndex) -> String {
        let called = self.account(at);
        match &self.tenant[at].display_name {
            Some(name) if self.naming == Naming::Named && *name != called => {
                format!("{name} ({called})")
            }
            _ => called,
        }
    }

    /// A person by the account with its name, where there is only one; else by what the person is called.
    pub(super) fn person_with_account(&self, at: PersonIndex) -> String {
        match self.tenant[at].accounts.as_slice() {
            [account] => self.account_with_name(*account),
            _ => self.person(at),
        }
    }

    pub(super) fn group(&self, at: GroupIndex) -> String {
        let group = &self.tenant[at];
        let name = group.name.clone();
        self.thing(
            "group",
            at.index(),
            name.or(group.object_id.map(|id| id.to_string())),
        )
    }

    pub(super) fn service(&self, at: ServiceIndex) -> String {
        let service = &self.tenant[at];
        let name = service.name.clone();
        let id = service.object_id.or(service.app_id);
        self.thing("program", at.index(), name.or(id.map(|id| id.to_string())))
    }

    pub(super) fn unresolved(&self, at: UnresolvedIndex) -> String {
        let principal = &self.tenant[at];
        let name = principal.name.clone();
        let name = name.or(principal.object_id.map(|id| id.to_string()));
        self.thing("principal", at.index(), name)
    }

    /// A file; a path may hold names and object ids.
    pub(super) fn file(&self, at: FileIndex) -> String {
        let path = self
            .tenant
            .files
            .get(at.index())
            .map(|file| file.path.clone());
        self.thing("file", at.index(), path)
    }

    fn thing(&self, kind: &str, index: usize, name: Option<String>) -> String {
        match (self.naming, name) {
            (Naming::Named, Some(name)) => name,
            _ => format!("{kind}-{:04}", index + 1),
        }
    }

    /// A row within its file; a path inside a file may hold object ids.
    pub(super) fn row(&self, row: &Row) -> String {
        match row {
            Row::Path(_) if self.are_hidden() => "a place inside".to_owned(),
            row => row.to_string(),
        }
    }

    /// Where something was read: `users.json element 3`.
    pub(super) fn origin(&self, origin: &Origin) -> String {
        format!("{} {}", self.file(origin.file), self.row(&origin.row))
    }

    /// Text of an export that is not meant to name anybody and may do so.
    pub(super) fn text(&self, text: &str) -> String {
        if self.are_hidden() {
            let folded = fold(text);
            let tells = self.telling.iter().any(|telling| folded.contains(telling));
            if tells || text.contains('@') {
                return HIDDEN.to_owned();
            }
        }
        text.to_owned()
    }

    /// What the export calls a SKU or role that nobody knows.
    pub(super) fn written<T>(&self, reference: &Reference<T>) -> String {
        self.text(&reference.written)
    }
}

/// Everything by which somebody could be recognized.
pub(super) fn telling(tenant: &Tenant) -> Vec<String> {
    let accounts = tenant.accounts.iter().flat_map(|account| {
        let texts = [
            &account.upn,
            &account.display_name,
            &account.employee_id,
            &account.on_premises_id,
        ];
        let texts = texts.into_iter().flatten().chain(&account.mails).cloned();
        texts.chain(account.object_id.map(|id| id.to_string()))
    });
    let people = tenant.people.iter().map(|person| person.name.clone());
    let others = tenant.unresolved.iter().flat_map(|principal| {
        let id = principal.object_id.map(|id| id.to_string());
        principal.name.clone().into_iter().chain(id)
    });
    let mut telling: Vec<String> = accounts
        .chain(people)
        .chain(others)
        .map(|text| fold(&text))
        .collect();
    telling.retain(|text| text.chars().count() >= SHORTEST);
    telling.sort_unstable();
    telling.dedup();
    telling
}
