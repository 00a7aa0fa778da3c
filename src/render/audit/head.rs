//! The head of an audit: how it came out in one line, and what was asked.

use super::AuditView;
use super::finding_words::plural;
use crate::model::AuditVerdict;
use crate::render::Line;
use crate::render::words::count;

/// How it came out, in a line.
pub(super) fn title(view: &AuditView<'_>) -> Line {
    let totals = &view.audit.totals;
    let people = |verdict| totals.people_by_verdict.get(&verdict).copied().unwrap_or(0);
    let of = plural(totals.people, "person", "people");
    let partial = if view.is_partial() { "PARTIAL: " } else { "" };
    if totals.people == 0 {
        return Line::new().strong(format!(
            "{partial}Nobody is judged: no role of a person was read"
        ));
    }
    let said = match (people(AuditVerdict::Gap), people(AuditVerdict::CannotTell)) {
        (0, 0) => "nobody with a gap".to_owned(),
        (0, open) => format!("nobody with a gap, {open} who cannot be told"),
        (gaps, 0) => format!("{gaps} with a gap"),
        (gaps, open) => format!("{gaps} with a gap, {open} who cannot be told"),
    };
    let new = match (totals.known_before, view.audit.findings.len()) {
        (0, _) => String::new(),
        (_, 0) => "; nothing new".to_owned(),
        (_, new) => format!("; {}", count(new, "new finding", "new findings")),
    };
    Line::new().strong(format!("{partial}Of {of} with a role: {said}{new}"))
}

/// Under which circumstances it was judged.
pub(super) fn asked(view: &AuditView<'_>) -> String {
    let circumstances = &view.audit.circumstances;
    let mut said = format!(
        "On {}, as known on {}, {} reading.",
        circumstances.on, circumstances.known, circumstances.reading
    );
    for (given, value) in &circumstances.givens {
        said.push_str(&format!(
            " {} {value}.",
            view.knowledge.givens[*given].question
        ));
    }
    if view.is_partial() {
        said.push_str(" The reading was stopped: this is about the part that was read.");
    }
    if view.naming == super::Naming::Pseudonyms {
        said.push_str(" People, groups and files are numbered instead of named.");
    }
    said
}
