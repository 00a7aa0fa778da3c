//! The findings of an audit as a table, for spreadsheets.

use super::AuditView;
use super::finding_words::{Words, concerned, how};
use super::shape::origins;
use crate::model::Requirement;
use crate::render::words::list;
use crate::render::{Rows, requirement};
use crate::tenant::audit::Finding;

const HEAD: [&str; 18] = [
    "id",
    "severity",
    "kind",
    "verdict",
    "person",
    "account",
    "object_id",
    "display_name",
    "role",
    "role_id",
    "assignment",
    "needs",
    "held",
    "held_guids",
    "missing",
    "says",
    "do",
    "rows",
];

impl Rows for AuditView<'_> {
    fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        let words = self.words();
        let head: Vec<String> = HEAD.map(str::to_owned).into();
        let findings = self.audit.findings.iter();
        let rows = findings.map(move |finding| row(self, &words, finding));
        std::iter::once(head).chain(rows)
    }
}

fn row(view: &AuditView<'_>, words: &Words<'_>, finding: &Finding) -> Vec<String> {
    let is_shown = !words.names.are_hidden();
    let account = finding
        .account
        .map(|at| &view.tenant[at])
        .filter(|_| is_shown);
    let text = |text: Option<String>| text.unwrap_or_default();
    let parts = |parts: &[Requirement]| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| requirement(view.knowledge, part))
            .collect();
        list(&parts, "and")
    };
    let assignment = match finding.assignments.as_slice() {
        [at] => view.tenant.assignments.get(*at).map(how),
        _ => None,
    };
    let people = concerned(finding).iter();
    let accounts = people.clone().flat_map(|at| &view.tenant[*at].accounts);
    let accounts: Vec<String> = accounts.map(|at| words.names.account(*at)).collect();
    let role = finding.role.as_ref();
    let guids = finding.held.iter().filter_map(|sku| {
        sku.guid
            .or(sku.id.and_then(|id| view.knowledge.skus[id].guid))
    });
    let held: Vec<String> = finding.held.iter().map(|sku| words.sku(sku)).collect();
    let guids: Vec<String> = guids.map(|guid| guid.to_string()).collect();
    vec![
        words.id(finding),
        finding.severity.to_string(),
        finding.kind().to_string(),
        finding.verdict.to_string(),
        match finding.person {
            Some(person) => words.names.person(person),
            None => people
                .map(|at| words.names.person(*at))
                .collect::<Vec<_>>()
                .join("; "),
        },
        match finding.account {
            Some(account) => words.names.account(account),
            None if accounts.is_empty() => text(words.who(finding)),
            None => accounts.join("; "),
        },
        text(account.and_then(|account| Some(account.object_id?.to_string()))),
        text(account.and_then(|account| account.display_name.clone())),
        text(role.map(|role| words.role(role))),
        text(role.and_then(|role| Some(view.knowledge.roles[role.id?].id.to_string()))),
        text(assignment),
        match finding.needs.demands() {
            true => requirement(view.knowledge, &finding.needs),
            false => String::new(),
        },
        held.join("; "),
        guids.join("; "),
        parts(&finding.missing),
        words.says(finding),
        words.advice(finding).join("; "),
        origins(words, &finding.rows).join("; "),
    ]
}
