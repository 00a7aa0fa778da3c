//! The rows of an audit in the order in which they are looked at, worked out once for each order and naming.

use super::{Judged, Sort};
use crate::model::{AuditVerdict, FindingId, FindingKind};
use crate::render::AuditParts;
use crate::tenant::PersonIndex;
use crate::tenant::audit::Finding;
use crate::tui::model::Model;
use crate::tui::screen::table_rows;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub of: EntryOf,
    /// How deep it hangs: the roles of a person below the person.
    pub depth: usize,
    /// What is said of it: "gap", "cannot tell", "ignored".
    pub verdict: &'static str,
    /// Whether the eye should find it first.
    pub is_grave: bool,
    /// Whom it is about.
    pub who: String,
    /// The role.
    pub role: String,
    /// The kind of a finding; none for people and their roles.
    pub kind: Option<FindingKind>,
    /// What is said, or why.
    pub says: String,
}

/// What a row of the table is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryOf {
    /// A finding.
    Finding(FindingId),
    /// A person.
    Person(PersonIndex),
    /// An assignment or a duty for one account, by its place in the audit.
    Row(usize),
}

impl Model {
    /// Works out the rows of the table again.
    pub(in crate::tui) fn arrange(&mut self) {
        let table = match self.judged() {
            None => Vec::new(),
            Some(judged) => {
                let parts = self.audit_parts(judged);
                match self.audit.by_people {
                    true => by_people(judged, &parts),
                    false => findings(judged, &parts, self.audit.order()),
                }
            }
        };
        self.audit.rows = match self.audit.by_people {
            true => Vec::new(),
            false => table_rows(self, &table),
        };
        self.audit.table = table;
        self.audit.arranged += 1;
    }
}

/// A verdict in words that fit a column.
fn verdict(verdict: AuditVerdict) -> &'static str {
    match verdict {
        AuditVerdict::CannotTell => "cannot tell",
        AuditVerdict::NotCounted => "not counted",
        verdict => verdict.word(),
    }
}

fn findings(judged: &Judged, parts: &AuditParts<'_>, sort: Sort) -> Vec<Entry> {
    let entry = |finding: &Finding, is_ignored: bool| {
        let line = parts.finding_line(finding);
        let is_open = matches!(
            finding.verdict,
            AuditVerdict::Gap | AuditVerdict::CannotTell
        );
        Entry {
            of: EntryOf::Finding(finding.id.clone()),
            depth: 0,
            verdict: match (is_ignored, is_open) {
                (true, _) => "ignored",
                (false, true) => verdict(finding.verdict),
                (false, false) => finding.severity.word(),
            },
            is_grave: !is_ignored && finding.verdict == AuditVerdict::Gap,
            who: line.called,
            role: line.role,
            kind: Some(finding.kind()),
            says: line.says,
        }
    };
    let left = judged.audit.findings.iter();
    let mut left: Vec<(&Finding, Entry)> = left
        .map(|finding| (finding, entry(finding, false)))
        .collect();
    // The sort keeps the order of what is equal: the gravest first. What is about nobody stands last.
    let last = |text: &str| (text.is_empty(), text.to_lowercase());
    match sort {
        Sort::Gravity => {}
        Sort::Verdict => left.sort_by_key(|(finding, _)| finding.verdict),
        Sort::Person => left.sort_by_cached_key(|(_, entry)| last(&entry.who)),
        Sort::Role => left.sort_by_cached_key(|(_, entry)| last(&entry.role)),
        Sort::Kind => left.sort_by_key(|(finding, _)| finding.kind()),
    }
    let ignored = judged.audit.ignored.iter();
    let ignored = ignored.map(|(finding, _)| entry(finding, true));
    left.into_iter()
        .map(|(_, entry)| entry)
        .chain(ignored)
        .collect()
}

/// People, the worst first, each with a row for each role and account; then what is nobody's.
fn by_people(judged: &Judged, parts: &AuditParts<'_>) -> Vec<Entry> {
    let row = |at: &usize| {
        let row = judged.audit.rows.get(*at)?;
        let line = parts.row_line(row);
        Some(Entry {
            of: EntryOf::Row(*at),
            depth: usize::from(row.person.is_some()),
            verdict: verdict(row.verdict),
            is_grave: row.verdict == AuditVerdict::Gap,
            who: line.called,
            role: line.role,
            kind: None,
            says: line.says,
        })
    };
    let mut people: Vec<_> = judged.audit.people.iter().collect();
    people.sort_by_key(|person| person.verdict);
    let mut table = Vec::new();
    for person in people {
        let roles = person.roles.len();
        table.push(Entry {
            of: EntryOf::Person(person.person),
            depth: 0,
            verdict: verdict(person.verdict),
            is_grave: person.verdict == AuditVerdict::Gap,
            who: parts.person(person.person),
            role: match roles {
                1 => "1 role or duty".to_owned(),
                roles => format!("{roles} roles and duties"),
            },
            kind: None,
            says: String::new(),
        });
        let rows = person.roles.iter().flat_map(|role| &role.rows);
        table.extend(rows.filter_map(row));
    }
    table.extend(judged.audit.apart.iter().filter_map(row));
    table
}
