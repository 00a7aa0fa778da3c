//! Which accounts are one person's.
//!
//! Told by a file written for the purpose, else by what directories use to tie accounts: the employee id, the id of the
//! account at home, a mail address. A value that many accounts share ties nobody: it is a department or a placeholder.

use super::accounts::Joined;
use crate::tenant::{Account, AccountIndex, Person, PersonIndex, Tie, TieKind};
use std::collections::BTreeMap;

/// The most accounts of one person that one value ties.
const MOST_ACCOUNTS: usize = 6;

/// Ties between accounts, the surest first; none that says only what surer ones say already.
pub(super) fn ties(accounts: &[Joined]) -> Vec<Tie> {
    let mut ties = Vec::new();
    let mut sets = Sets::new(accounts.len());
    for kind in TieKind::ALL {
        let mut sharing: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
        for (at, joined) in accounts.iter().enumerate() {
            if joined.row.deleted {
                continue;
            }
            for value in values(joined, *kind) {
                let accounts = sharing.entry(value.trim().to_lowercase()).or_default();
                if accounts.last().is_none_or(|(last, _)| *last != at) {
                    accounts.push((at, value));
                }
            }
        }
        for (value, accounts) in sharing {
            let is_a_value = value
                .chars()
                .filter(|character| character.is_alphanumeric())
                .count()
                > 1;
            let is_told = *kind == TieKind::Mapping;
            if !is_told && (!is_a_value || accounts.len() > MOST_ACCOUNTS) {
                continue;
            }
            let mut accounts = accounts.into_iter();
            let Some((to, _)) = accounts.next() else {
                continue;
            };
            for (account, value) in accounts {
                if sets.unite(to, account) {
                    ties.push(Tie {
                        account: AccountIndex::at(account),
                        to: AccountIndex::at(to),
                        kind: *kind,
                        value: value.to_owned(),
                    });
                }
            }
        }
    }
    ties
}

fn values(joined: &Joined, kind: TieKind) -> impl Iterator<Item = &str> {
    let row = &joined.row;
    let (one, mails): (&Option<String>, &[String]) = match kind {
        TieKind::Mapping => (&row.person, &[]),
        TieKind::EmployeeId => (&row.employee_id, &[]),
        TieKind::OnPremisesId => (&row.on_premises_id, &[]),
        TieKind::Mail => (&row.upn, &row.mails),
    };
    mails.iter().chain(one).map(String::as_str)
}

/// Makes people of the accounts, and tells every account its person.
pub(super) fn people(
    accounts: &mut [Account],
    ties: &[Tie],
    place: impl Fn(AccountIndex) -> Option<AccountIndex>,
) -> Vec<Person> {
    let moved = ties.iter().filter_map(|tie| {
        Some(Tie {
            account: place(tie.account)?,
            to: place(tie.to)?,
            ..tie.clone()
        })
    });
    let mut ties: Vec<Tie> = moved.collect();
    let mut sets = Sets::new(accounts.len());
    for tie in &mut ties {
        if tie.account < tie.to {
            std::mem::swap(&mut tie.account, &mut tie.to);
        }
        sets.unite(tie.account.index(), tie.to.index());
    }
    ties.sort_by_key(|tie| (tie.account, tie.to));
    let mut people: Vec<Person> = Vec::new();
    let mut person_of: BTreeMap<usize, PersonIndex> = BTreeMap::new();
    for (at, account) in accounts.iter_mut().enumerate() {
        let index = *person_of.entry(sets.root(at)).or_insert_with(|| {
            people.push(Person {
                name: String::new(),
                accounts: Vec::new(),
                ties: Vec::new(),
            });
            PersonIndex::at(people.len() - 1)
        });
        account.person = index;
        if let Some(person) = people.get_mut(index.index()) {
            person.accounts.push(AccountIndex::at(at));
            if person.name.is_empty() {
                person.name = account.display_name.clone().unwrap_or_default();
            }
        }
    }
    for person in &mut people {
        if person.name.is_empty() {
            let first = person
                .accounts
                .first()
                .and_then(|at| accounts.get(at.index()));
            person.name = first.map(Account::called).unwrap_or_default();
        }
    }
    people.shrink_to_fit();
    for tie in ties {
        let person = person_of.get(&sets.root(tie.account.index()));
        if let Some(person) = person.and_then(|at| people.get_mut(at.index())) {
            person.ties.push(tie);
        }
    }
    people
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(length: usize) -> Self {
        Self((0..length).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(above) = self.0.get(at).copied().filter(|above| *above != at) {
            let higher = self.0.get(above).copied().unwrap_or(above);
            if let Some(here) = self.0.get_mut(at) {
                *here = higher;
            }
            at = above;
        }
        at
    }

    /// Whether they were apart.
    fn unite(&mut self, one: usize, two: usize) -> bool {
        let (one, two) = (self.root(one), self.root(two));
        if let Some(root) = self.0.get_mut(one.max(two)) {
            *root = one.min(two);
        }
        one != two
    }
}
