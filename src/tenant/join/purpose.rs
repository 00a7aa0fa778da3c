//! What an account seems to be for, with the signs that point there.
//!
//! Exports do not say which account is for emergencies and which a program uses. Names do, mostly; so every guess names
//! its signs, says how sure it is, and a file written by hand overrules it.

use crate::dataset::KnowledgeBase;
use crate::model::fold;
use crate::tenant::{
    Account, AccountIndex, AssignmentState, Bound, Guessed, Principal, Purpose, Sureness, Tenant,
};

/// Words in names, folded, with what they point to. Whole words only.
const WORDS: &[(&str, Purpose)] = &[
    ("break glass", Purpose::Emergency),
    ("breakglass", Purpose::Emergency),
    ("emergency", Purpose::Emergency),
    ("notfall", Purpose::Emergency),
    ("service account", Purpose::Service),
    ("svc", Purpose::Service),
    ("automation", Purpose::Service),
    ("daemon", Purpose::Service),
    ("sync", Purpose::Service),
    ("shared", Purpose::Shared),
    ("mailbox", Purpose::Shared),
    ("room", Purpose::Shared),
    ("kiosk", Purpose::Shared),
];

/// The name of the account that copies a directory at home begins so.
const CONNECTOR: &str = "sync_";

/// The most powerful role: emergency accounts hold it for good.
const GLOBAL_ADMINISTRATOR: &str = "global-administrator";

/// Guesses for every account of which no file says it.
pub(super) fn guess(tenant: &mut Tenant, knowledge: &KnowledgeBase) {
    let administrator = knowledge.roles.find(GLOBAL_ADMINISTRATOR);
    let standing: Vec<bool> = (0..tenant.accounts.len())
        .map(|at| {
            let held = tenant.assignments_of(Principal::Account(AccountIndex::at(at)));
            administrator.is_some()
                && held.iter().any(|assignment| {
                    assignment.role.id == administrator
                        && assignment.state == AssignmentState::Active
                        && !matches!(assignment.end, Bound::Until(_))
                })
        })
        .collect();
    for (account, stands) in tenant.accounts.iter_mut().zip(standing) {
        if account.purpose.sureness != Sureness::Told {
            account.purpose = guessed(account, stands);
        }
    }
}

fn guessed(account: &Account, is_standing_administrator: bool) -> Guessed {
    let local = account.upn.as_deref().and_then(|upn| upn.split('@').next());
    let names = [account.display_name.as_deref(), local];
    let folded = names.map(|name| format!(" {} ", fold(name.unwrap_or_default())));
    let hit = WORDS.iter().find(|(word, _)| {
        let word = format!(" {word} ");
        folded.iter().any(|name| name.contains(&word))
    });
    let connector = local.is_some_and(|local| local.to_ascii_lowercase().starts_with(CONNECTOR));
    let Some((word, purpose)) = hit.copied() else {
        return Guessed::person();
    };
    let mut because = vec![format!("its name says \"{word}\"")];
    let is_cloud_only = account
        .upn
        .as_deref()
        .is_some_and(|upn| upn.to_ascii_lowercase().ends_with(".onmicrosoft.com"));
    match purpose {
        Purpose::Emergency if is_standing_administrator => {
            because.push("it is Global Administrator without an end".to_owned());
        }
        Purpose::Service if connector => {
            because.push("the directory connector names its account so".to_owned());
        }
        _ => {}
    }
    let is_sure = because.len() > 1;
    if is_cloud_only && purpose == Purpose::Emergency {
        because.push("it signs in without the tenant's own domain".to_owned());
    }
    Guessed {
        purpose,
        sureness: if is_sure {
            Sureness::Likely
        } else {
            Sureness::Possible
        },
        because,
    }
}
