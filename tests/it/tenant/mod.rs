//! Exports of a tenant: whatever the format, the same facts. The samples are of one invented tenant, see
//! `tests/data/tenant/README.md`.

mod by_hand;
pub(crate) mod generate;
mod generated;
mod large;
mod robust;
mod samples;

use licit::ask::built_in;
use licit::model::Day;
use licit::tenant::{
    Account, Assignment, AssignmentState, Bound, DiskExport, Export, Principal, Scope, Tenant,
    TextExport, read,
};
use std::path::Path;

/// The day on which the invented tenant is looked at.
pub(crate) fn today() -> Day {
    Day::parse("2026-09-01").unwrap()
}

pub(crate) fn sample(name: &str) -> DiskExport {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tenant");
    DiskExport::new(folder.join(name))
}

pub(crate) fn read_samples(names: &[&str]) -> Tenant {
    let files: Vec<DiskExport> = names.iter().map(|name| sample(name)).collect();
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    read(&built_in().unwrap(), &files)
}

pub(crate) fn read_texts(texts: &[(&str, &str)]) -> Tenant {
    let files: Vec<TextExport> = texts
        .iter()
        .map(|(path, text)| TextExport::new(*path, *text))
        .collect();
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    read(&built_in().unwrap(), &files)
}

/// Who holds what, one line each: `ana.admin@contoso.com: Global Administrator, eligible, tenant`.
pub(crate) fn roles(tenant: &Tenant) -> Vec<String> {
    let knowledge = built_in().unwrap();
    let told = |assignment: &Assignment| {
        let who = match assignment.principal {
            Principal::Account(at) => tenant[at].called(),
            Principal::Group(at) => {
                format!("group {}", tenant[at].name.clone().unwrap_or_default())
            }
            Principal::Service(at) => {
                format!("program {}", tenant[at].name.clone().unwrap_or_default())
            }
            Principal::Unresolved(at) => format!("unknown {:?}", tenant[at].name),
        };
        let role = match assignment.role.id {
            Some(role) => knowledge.roles[role].name.to_string(),
            None => format!("unknown role {}", assignment.role.written),
        };
        let state = match assignment.state {
            AssignmentState::NotTold => "state not told",
            state => state.word(),
        };
        let scope = match &assignment.scope {
            Scope::Tenant => "tenant",
            Scope::AdministrativeUnit(_) => "administrative unit",
            Scope::Object(_) => "object",
            Scope::NotTold => "scope not told",
        };
        let end = match assignment.end {
            Bound::Until(end) => format!("until {end}"),
            Bound::Permanent => "permanent".to_owned(),
            Bound::NotTold => "end not told".to_owned(),
        };
        format!("{who}: {role}, {state}, {scope}, {end}")
    };
    let mut lines: Vec<String> = tenant.assignments.iter().map(told).collect();
    lines.sort();
    lines
}

/// What accounts hold: `ana.admin@contoso.com: SPE_E5`.
pub(crate) fn licenses(tenant: &Tenant) -> Vec<String> {
    let knowledge = built_in().unwrap();
    let told = |account: &Account| {
        let held = match &account.licenses {
            None => "not told".to_owned(),
            Some(licenses) => {
                let mut skus: Vec<String> = licenses
                    .iter()
                    .map(|license| match license.sku.id {
                        Some(sku) => {
                            let off = license.switched_off.iter().map(|plan| match plan.id {
                                Some(plan) => format!("-{}", knowledge.plans[plan].id),
                                None => format!("-unknown {}", plan.written),
                            });
                            let off: String = off.collect();
                            format!("{}{off}", knowledge.skus[sku].id)
                        }
                        None => format!("unknown {}", license.sku.written),
                    })
                    .collect();
                skus.sort();
                skus.join(" ")
            }
        };
        format!("{}: {held}", account.called())
    };
    tenant.accounts.iter().map(told).collect()
}
