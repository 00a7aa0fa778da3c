//! The audit of tenants: verdicts and findings against what follows by hand from the exports and the claims of the data.

mod generated;
mod invariants;
mod kinds;
mod licenses;
mod samples;
mod traps;

use crate::tenant::read_texts;
use licit::ask::built_in;
use licit::dataset::KnowledgeBase;
use licit::model::{Currency, Day, FindingKind, GivenValue, NeedSubject, Reading, Segment};
use licit::tenant::audit::{About, Audit, Circumstances, Finding, RowOf, audit};
use licit::tenant::{Principal, Tenant};

/// How the invented tenant is looked at: on 2026-09-01, with what is known then.
pub(crate) fn circumstances(on: &str) -> Circumstances {
    let on = Day::parse(on).unwrap();
    Circumstances {
        on,
        known: on,
        reading: Reading::Documented,
        givens: Default::default(),
        segment: Segment::Commercial,
        currency: Currency::parse("USD").unwrap(),
        agreement: Default::default(),
    }
}

/// The same with a fact stated.
pub(crate) fn given(
    mut circumstances: Circumstances,
    id: &str,
    value: GivenValue,
) -> Circumstances {
    let given = built_in().unwrap().givens.find(id).unwrap();
    circumstances.givens.insert(given, value);
    circumstances
}

pub(crate) fn audited(tenant: &Tenant, circumstances: &Circumstances) -> Audit {
    audit(&built_in().unwrap(), tenant, circumstances)
}

/// Verdicts of rows, one line each: `ben.helpdesk@contoso.com: Helpdesk Administrator, gap`.
pub(crate) fn verdicts(tenant: &Tenant, audit: &Audit) -> Vec<String> {
    let knowledge = built_in().unwrap();
    let told = |row: &licit::tenant::audit::AuditRow| {
        let who = match (row.account, row.principal) {
            (Some(account), _) => tenant[account].called(),
            (None, Principal::Group(at)) => {
                format!("group {}", tenant[at].name.clone().unwrap_or_default())
            }
            (None, Principal::Service(at)) => {
                format!("program {}", tenant[at].name.clone().unwrap_or_default())
            }
            (None, _) => "unknown".to_owned(),
        };
        let what = match row.of {
            RowOf::Assignment(at) => {
                let role = &tenant.assignments[at].role;
                let name = role.id.map(|id| knowledge.roles[id].name.to_string());
                name.unwrap_or_else(|| format!("unknown role {}", role.written))
            }
            RowOf::Duty(at) => tenant.duties[at].kind.word().to_owned(),
        };
        let why = row
            .not_counted
            .map(|why| format!(" ({why})"))
            .unwrap_or_default();
        let unless = row
            .unless
            .iter()
            .map(|unless| format!(", unless {} {}", unless.fact, unless.then));
        format!(
            "{who}: {what}, {}{why}{}",
            row.verdict,
            unless.collect::<String>()
        )
    };
    let mut lines: Vec<String> = audit.rows.iter().map(told).collect();
    lines.sort();
    lines
}

/// Findings, one line each: `missing-license error gap: ben.helpdesk@contoso.com, pim.hold-eligible-assignment`.
pub(crate) fn findings(tenant: &Tenant, audit: &Audit) -> Vec<String> {
    let knowledge = built_in().unwrap();
    audit
        .findings
        .iter()
        .map(|finding| told(&knowledge, tenant, finding))
        .collect()
}

fn told(knowledge: &KnowledgeBase, tenant: &Tenant, finding: &Finding) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend(finding.account.map(|at| tenant[at].called()));
    about.extend(
        finding
            .group
            .map(|at| format!("group {}", tenant[at].name.clone().unwrap_or_default())),
    );
    about.extend(finding.role.as_ref().map(|role| match role.id {
        Some(id) => knowledge.roles[id].id.to_string(),
        None => role.written.clone(),
    }));
    about.extend(finding.subject.map(|subject| match subject {
        NeedSubject::Task(task) => knowledge.tasks[task].id.to_string(),
        NeedSubject::Sku(sku) => knowledge.skus[sku].id.to_string(),
    }));
    match &finding.about {
        About::MissingLicense { idle, .. } => {
            about.extend(
                idle.iter()
                    .map(|(sku, seats)| format!("{seats} idle {}", knowledge.skus[*sku].id)),
            );
        }
        About::FactUnknown { givens } => {
            about.extend(
                givens
                    .iter()
                    .map(|given| knowledge.givens[*given].id.to_string()),
            );
        }
        About::ToDo(given) => about.push(knowledge.givens[*given].id.to_string()),
        About::NotTold(missing) => about.push(missing.fact.to_string()),
        About::UnneededLicense(sku) | About::UnknownSku { sku, .. } => {
            about.push(sku.written.clone())
        }
        About::TooFewSeats {
            needed,
            at_least,
            owned,
            perhaps,
            ..
        } => {
            let at_least = if *at_least { "at least " } else { "" };
            about.push(format!("{at_least}{needed} needed, {owned} owned"));
            about.extend(perhaps.iter().map(|(sku, seats)| {
                let seats = seats.map_or("some".to_owned(), |seats| seats.to_string());
                format!("perhaps {seats} of {}", sku.written)
            }));
        }
        _ => {}
    }
    let kind = finding.kind();
    format!(
        "{kind} {} {}: {}",
        finding.severity,
        finding.verdict,
        about.join(", ")
    )
}

/// A tenant written by hand, and its audit on 2026-09-01.
pub(crate) fn audit_of(text: &str) -> (Tenant, Audit) {
    audit_files(&[("tenant.toml", text)])
}

/// The same with several files.
pub(crate) fn audit_files(files: &[(&str, &str)]) -> (Tenant, Audit) {
    let tenant = read_texts(files);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    (tenant, audit)
}

/// The lines of findings of one kind.
pub(crate) fn of_kind(tenant: &Tenant, audit: &Audit, kind: FindingKind) -> Vec<String> {
    let lines = findings(tenant, audit).into_iter();
    lines.filter(|line| line.starts_with(kind.word())).collect()
}
