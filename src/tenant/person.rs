//! People: accounts that belong to one human being.

use super::{AccountIndex, Sureness};
use crate::model::words;

/// A human being with their accounts; every account belongs to exactly one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What to call them: the name of the first account that has one.
    pub name: String,
    /// Their accounts, sorted; at least one.
    pub accounts: Vec<AccountIndex>,
    /// What ties the accounts after the first to the ones before: one tie for each, in the order of `accounts`.
    pub ties: Vec<Tie>,
}

impl Person {
    /// How sure it is that all accounts are of one person: as sure as the weakest tie. Certain with one account.
    pub fn sureness(&self) -> Sureness {
        let ties = self.ties.iter().map(|tie| tie.sureness());
        ties.max().unwrap_or(Sureness::Told)
    }
}

/// Why two accounts are taken for one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The account that it ties.
    pub account: AccountIndex,
    /// To this one.
    pub to: AccountIndex,
    /// What they share.
    pub kind: TieKind,
    /// The shared value, as written in the export of `account`, cleaned.
    pub value: String,
}

impl Tie {
    /// How sure the tie is.
    pub fn sureness(&self) -> Sureness {
        match self.kind {
            TieKind::Mapping => Sureness::Told,
            TieKind::EmployeeId | TieKind::OnPremisesId => Sureness::Likely,
            TieKind::Mail => Sureness::Possible,
        }
    }
}

words! {
    /// What two accounts of one person share.
    TieKind {
        /// A file written for the purpose says so.
        Mapping = "mapping",
        /// The same employee id.
        EmployeeId = "employee-id",
        /// The same id of the directory at home.
        OnPremisesId = "on-premises-id",
        /// The mail address of one is the mail address or sign-in name of the other.
        Mail = "mail",
    }
}
