//! The JSON contract of an audit: files, people, totals, what is missing, and what to buy.

use super::AuditView;
use super::finding_words::Words;
use super::shape::{SeatsShape, origins, seats_shape};
use crate::model::{AuditVerdict, Purchase};
use crate::tenant::audit::{PersonVerdict, Remedy, TenantTells};
use crate::tenant::{AccountIndex, FileIndex, Missing, MissingAbout, Outcome, Tie, step_for};
use serde::Serialize;
use std::collections::BTreeMap;

/// What came of a file.
#[derive(Debug, Serialize)]
pub(super) struct FileShape {
    path: String,
    read_as: &'static str,
    /// `used`, `duplicate`, `refused`, `not-recognized` or `unreadable`.
    outcome: &'static str,
    /// Why it was refused.
    refusal: Option<&'static str>,
    /// The export that would tell it instead.
    better: Option<&'static str>,
    /// Its encoding. Windows-1252 is a guess: whatever is no UTF-8 and has no mark is taken for it.
    encoding: Option<&'static str>,
    rows: u64,
    understood: u64,
    rejected: Vec<RejectedShape>,
    rejected_more: u64,
    cleaned: u64,
    notes: Vec<NoteShape>,
}

#[derive(Debug, Serialize)]
struct RejectedShape {
    row: String,
    /// None where people are not named: a reason may quote the row.
    why: Option<String>,
    help: Option<String>,
}

#[derive(Debug, Serialize)]
struct NoteShape {
    kind: &'static str,
    about: Option<String>,
}

/// A given that the exports tell.
#[derive(Debug, Serialize)]
pub(super) struct ToldShape {
    given: String,
    value: String,
    at_least: bool,
    rows: Vec<String>,
}

/// Something that no export tells.
#[derive(Debug, Serialize)]
pub(super) struct MissingShape {
    fact: &'static str,
    /// Whom it is about; none for the tenant as a whole.
    about: Option<String>,
    settled_by: Option<&'static str>,
}

/// Numbers; each can be counted again from rows, people and findings.
#[derive(Debug, Serialize)]
pub(super) struct TotalsShape {
    people: u64,
    accounts: u64,
    unlicensed_accounts: u64,
    accounts_not_told: u64,
    assignments: u64,
    programs: u64,
    people_by_verdict: BTreeMap<&'static str, u64>,
    rows_by_verdict: BTreeMap<&'static str, u64>,
    not_counted: BTreeMap<&'static str, u64>,
    findings: BTreeMap<&'static str, u64>,
    ignored: u64,
    known_before: u64,
    in_the_exports: CountedShape,
}

#[derive(Debug, Serialize)]
struct CountedShape {
    accounts: u64,
    licensed: u64,
    /// Of these without a word on what they hold; all others hold nothing or are licensed.
    licenses_not_told: u64,
    guests: u64,
    blocked: u64,
    deleted: u64,
}

/// A person with a row.
#[derive(Debug, Serialize)]
pub(super) struct PersonShape {
    person: String,
    verdict: &'static str,
    accounts: Vec<AccountShape>,
    /// Places in `rows`.
    rows: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct AccountShape {
    account: String,
    object_id: Option<String>,
    display_name: Option<String>,
    purpose: PurposeShape,
    user_type: &'static str,
    enabled: Option<bool>,
    synced: Option<bool>,
    deleted: bool,
    /// None where no export tells.
    held: Option<Vec<HeldShape>>,
    /// Why it is taken for the same person's as another one.
    tie: Option<TieShape>,
}

#[derive(Debug, Serialize)]
struct PurposeShape {
    kind: &'static str,
    sureness: &'static str,
    because: Vec<String>,
}

#[derive(Debug, Serialize)]
struct HeldShape {
    sku: String,
    guid: Option<String>,
    state: &'static str,
    switched_off: Vec<String>,
}

#[derive(Debug, Serialize)]
struct TieShape {
    to: String,
    by: &'static str,
    sureness: &'static str,
}

/// How to close every gap.
#[derive(Debug, Serialize)]
pub(super) struct RemedyShape {
    idle: Vec<SeatsShape>,
    buy: Vec<BuyShape>,
    currency: String,
    month: Option<String>,
    year: Option<String>,
    proven_cheapest: bool,
    no_purchase: Option<String>,
    gets: Vec<GetsShape>,
    /// Places in `rows` where what is held only has to be made to work.
    switch_on: Vec<usize>,
    without_eligibility: Option<WithoutShape>,
}

#[derive(Debug, Serialize)]
struct BuyShape {
    sku: String,
    name: String,
    seats: u64,
    unit_price: Option<String>,
    month: Option<String>,
    unverified: bool,
}

#[derive(Debug, Serialize)]
struct GetsShape {
    accounts: Vec<String>,
    sets: Vec<SetShape>,
}

#[derive(Debug, Serialize)]
struct SetShape {
    people: u64,
    skus: Vec<String>,
    switch_off: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WithoutShape {
    assignments: usize,
    month: Option<String>,
    saves: Option<String>,
}

pub(super) fn file_shape(words: &Words<'_>, at: usize) -> Option<FileShape> {
    let file = words.tenant.files.get(at)?;
    let is_shown = !words.names.are_hidden();
    let (outcome, refusal) = match &file.outcome {
        Outcome::Used => ("used", None),
        Outcome::Duplicate => ("duplicate", None),
        Outcome::Refused(refusal) => ("refused", Some(*refusal)),
        Outcome::NotRecognized => ("not-recognized", None),
        Outcome::Unreadable(_) => ("unreadable", None),
    };
    let better = refusal.and_then(|refusal| step_for(refusal.better()));
    Some(FileShape {
        path: words.names.file(FileIndex::at(at)),
        read_as: file.read_as.word(),
        outcome,
        refusal: refusal.map(|refusal| refusal.word()),
        better: better.map(|step| step.gives.word()),
        encoding: file.encoding.map(|encoding| encoding.word()),
        rows: file.rows,
        understood: file.understood,
        rejected: file
            .rejected
            .iter()
            .map(|rejected| RejectedShape {
                row: words.names.row(&rejected.row),
                why: is_shown.then(|| rejected.why.clone()),
                help: is_shown.then(|| rejected.help.clone()),
            })
            .collect(),
        rejected_more: file.rejected_more,
        cleaned: file.cleaned,
        notes: file
            .notes
            .iter()
            .map(|note| NoteShape {
                kind: note.kind.word(),
                about: (is_shown && !note.about.is_empty()).then(|| note.about.clone()),
            })
            .collect(),
    })
}

pub(super) fn told_shape(words: &Words<'_>, told: &TenantTells) -> ToldShape {
    ToldShape {
        given: words.knowledge.givens[told.given].id.to_string(),
        value: told.value.to_string(),
        at_least: told.at_least,
        rows: origins(words, &told.rows),
    }
}

pub(super) fn missing_shape(words: &Words<'_>, missing: &Missing) -> MissingShape {
    let names = &words.names;
    MissingShape {
        fact: missing.fact.word(),
        about: match missing.about {
            MissingAbout::Tenant => None,
            MissingAbout::File(at) => Some(names.file(at)),
            MissingAbout::Account(at) => Some(names.account(at)),
            MissingAbout::Group(at) => Some(names.group(at)),
            MissingAbout::Unresolved(at) => Some(names.unresolved(at)),
        },
        settled_by: step_for(missing.settled_by()).map(|step| step.gives.word()),
    }
}

pub(super) fn totals_shape(view: &AuditView<'_>) -> TotalsShape {
    let totals = &view.audit.totals;
    let counted = &view.tenant.counted;
    let by_verdict = |counts: &BTreeMap<AuditVerdict, u64>| {
        counts
            .iter()
            .map(|(verdict, count)| (verdict.word(), *count))
            .collect()
    };
    TotalsShape {
        people: totals.people,
        accounts: totals.accounts,
        unlicensed_accounts: totals.unlicensed_accounts,
        accounts_not_told: totals.accounts_not_told,
        assignments: totals.assignments,
        programs: totals.programs,
        people_by_verdict: by_verdict(&totals.people_by_verdict),
        rows_by_verdict: by_verdict(&totals.rows_by_verdict),
        not_counted: totals
            .not_counted
            .iter()
            .map(|(why, count)| (why.word(), *count))
            .collect(),
        findings: totals
            .findings
            .iter()
            .map(|(kind, count)| (kind.word(), *count))
            .collect(),
        ignored: totals.ignored,
        known_before: totals.known_before,
        in_the_exports: CountedShape {
            accounts: counted.accounts,
            licensed: counted.licensed,
            licenses_not_told: counted.licenses_not_told,
            guests: counted.guests,
            blocked: counted.blocked,
            deleted: counted.deleted,
        },
    }
}

pub(super) fn person_shape(words: &Words<'_>, judged: &PersonVerdict) -> PersonShape {
    let person = &words.tenant[judged.person];
    let tie = |at: AccountIndex| person.ties.iter().find(|tie| tie.account == at);
    PersonShape {
        person: words.names.person(judged.person),
        verdict: judged.verdict.word(),
        accounts: person
            .accounts
            .iter()
            .map(|at| account_shape(words, *at, tie(*at)))
            .collect(),
        rows: judged.rows.clone(),
    }
}

fn account_shape(words: &Words<'_>, at: AccountIndex, tie: Option<&Tie>) -> AccountShape {
    let account = &words.tenant[at];
    let is_shown = !words.names.are_hidden();
    let held = account.licenses.as_ref().map(|licenses| {
        let held = licenses.iter().map(|license| HeldShape {
            sku: words.sku(&license.sku),
            guid: license.sku.guid.map(|guid| guid.to_string()),
            state: license.state.word(),
            switched_off: license
                .switched_off
                .iter()
                .map(|plan| match plan.id {
                    Some(id) => words.knowledge.plans[id].id.to_string(),
                    None => words.names.written(plan),
                })
                .collect(),
        });
        held.collect()
    });
    AccountShape {
        account: words.names.account(at),
        object_id: account
            .object_id
            .filter(|_| is_shown)
            .map(|id| id.to_string()),
        display_name: account.display_name.clone().filter(|_| is_shown),
        purpose: PurposeShape {
            kind: account.purpose.purpose.word(),
            sureness: account.purpose.sureness.word(),
            because: account
                .purpose
                .because
                .iter()
                .map(|sign| words.names.text(sign))
                .collect(),
        },
        user_type: account.user_type.word(),
        enabled: account.enabled,
        synced: account.synced,
        deleted: account.deleted,
        held,
        tie: tie.map(|tie| TieShape {
            to: words.names.account(tie.to),
            by: tie.kind.word(),
            sureness: tie.sureness().word(),
        }),
    }
}

pub(super) fn remedy_shape(
    view: &AuditView<'_>,
    words: &Words<'_>,
    remedy: &Remedy,
) -> RemedyShape {
    let purchase = remedy.purchase.as_ref();
    let total = match purchase {
        Some(purchase) => purchase.total,
        None => Some(crate::model::Money::ZERO),
    };
    RemedyShape {
        idle: remedy
            .idle
            .iter()
            .map(|(sku, seats)| seats_shape(view, *sku, *seats))
            .collect(),
        buy: purchase
            .map(|purchase| buy(view, purchase))
            .unwrap_or_default(),
        currency: view.audit.circumstances.currency.to_string(),
        month: total.map(|total| total.to_string()),
        year: total
            .and_then(|total| total.times(12))
            .map(|total| total.to_string()),
        proven_cheapest: purchase.is_none_or(|purchase| purchase.proven_cheapest),
        no_purchase: purchase.and_then(|purchase| purchase.no_purchase.clone()),
        gets: purchase
            .map(|purchase| gets(view, words, remedy, purchase))
            .unwrap_or_default(),
        switch_on: remedy.switch_on.iter().map(|(row, _)| *row).collect(),
        without_eligibility: remedy.without_eligibility.as_ref().map(|other| {
            let month = match &other.purchase {
                Some(purchase) => purchase.total,
                None => Some(crate::model::Money::ZERO),
            };
            WithoutShape {
                assignments: other.assignments.len(),
                month: month.map(|month| month.to_string()),
                saves: other.saves.map(|saves| saves.to_string()),
            }
        }),
    }
}

fn buy(view: &AuditView<'_>, purchase: &Purchase) -> Vec<BuyShape> {
    let lines = purchase.bill.iter().filter(|line| line.buy > 0);
    let lines = lines.map(|line| BuyShape {
        sku: view.knowledge.skus[line.sku].id.to_string(),
        name: view.knowledge.skus[line.sku].name.to_string(),
        seats: line.buy,
        unit_price: line.unit_price.map(|price| price.to_string()),
        month: line.total.map(|total| total.to_string()),
        unverified: purchase.unverified_prices.contains(&line.sku),
    });
    lines.collect()
}

fn gets(
    view: &AuditView<'_>,
    words: &Words<'_>,
    remedy: &Remedy,
    purchase: &Purchase,
) -> Vec<GetsShape> {
    let personas = purchase.personas.iter().zip(&remedy.accounts);
    let gets = personas.map(|(persona, accounts)| GetsShape {
        accounts: accounts.iter().map(|at| words.names.account(*at)).collect(),
        sets: persona
            .sets
            .iter()
            .map(|set| SetShape {
                people: set.people,
                skus: set
                    .skus
                    .iter()
                    .map(|sku| view.knowledge.skus[*sku].id.to_string())
                    .collect(),
                switch_off: set
                    .switch_off
                    .iter()
                    .map(|plan| view.knowledge.plans[*plan].id.to_string())
                    .collect(),
            })
            .collect(),
    });
    gets.collect()
}
