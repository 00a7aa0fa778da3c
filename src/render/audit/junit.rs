//! An audit for tools that show tests (JUnit XML): a test for each finding, and one for each person without any.
//!
//! A gap is a failure. What cannot be told is skipped, so that it shows without failing, unless the asker wants it to
//! fail, too. Everything else passes. The form is what Jenkins, GitHub and Azure DevOps read; there is no standard.

use super::AuditView;
use super::finding_words::{Words, kind_words};
use crate::model::AuditVerdict;
use crate::render::html::escape;
use crate::tenant::PersonIndex;
use crate::tenant::audit::Finding;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What becomes of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Passes,
    Fails,
    IsSkipped,
}

/// Writes the tests, one after the other.
///
/// # Errors
/// When they cannot be written.
pub fn junit(view: &AuditView<'_>, to: &mut dyn Write) -> io::Result<()> {
    let words = view.words();
    let findings = &view.audit.findings;
    let open = findings
        .iter()
        .filter(|finding| finding.verdict <= AuditVerdict::CannotTell);
    let found: BTreeSet<PersonIndex> = open.filter_map(|finding| finding.person).collect();
    let without = || {
        let people = view.audit.people.iter();
        people
            .filter(|person| person.verdict == AuditVerdict::Ok && !found.contains(&person.person))
    };
    let ending = |wanted: Ends| {
        let all = findings.iter();
        all.filter(|finding| ends(view, finding.verdict) == wanted)
            .count()
    };
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\"",
        findings.len() + without().count(),
        ending(Ends::Fails),
        ending(Ends::IsSkipped)
    );
    write!(
        to,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"licit audit\" {counts}>\n  \
         <testsuite name=\"licit audit on {}\" {counts}>\n",
        view.audit.circumstances.on
    )?;
    for finding in findings {
        let ends = ends(view, finding.verdict);
        to.write_all(test(&words, finding, ends).as_bytes())?;
    }
    for person in without() {
        writeln!(
            to,
            "    <testcase classname=\"person\" name=\"{}\" time=\"0\"/>",
            xml(&words.names.person(person.person))
        )?;
    }
    to.write_all(b"  </testsuite>\n</testsuites>\n")
}

fn ends(view: &AuditView<'_>, verdict: AuditVerdict) -> Ends {
    match (verdict, view.fails_on) {
        (AuditVerdict::Ok | AuditVerdict::NotCounted, _) => Ends::Passes,
        (verdict, Some(fails_on)) if verdict <= fails_on => Ends::Fails,
        _ => Ends::IsSkipped,
    }
}

fn test(words: &Words<'_>, finding: &Finding, ends: Ends) -> String {
    let role = finding.role.as_ref().map(|role| words.role(role));
    let mut name: Vec<String> = words.who(finding).into_iter().chain(role).collect();
    if name.is_empty() {
        name.push(kind_words(finding.kind()).to_owned());
    }
    // The id tells apart what has the same name.
    let name = format!("{} [{}]", name.join(", "), words.id(finding));
    let says = xml(&words.says(finding));
    let advice = xml(&words.advice(finding).join("\n"));
    let head = format!(
        "    <testcase classname=\"{}\" name=\"{}\" time=\"0\">\n",
        finding.kind(),
        xml(&name)
    );
    let body = match ends {
        Ends::Fails => format!(
            "      <failure type=\"{}\" message=\"{says}\">{advice}</failure>\n",
            finding.verdict
        ),
        Ends::IsSkipped => format!("      <skipped message=\"{says}\"/>\n"),
        Ends::Passes => format!("      <system-out>{says}</system-out>\n"),
    };
    format!("{head}{body}    </testcase>\n")
}

/// Text that XML may hold, with its marks escaped. Control characters are gone already where the exports were read; what
/// XML 1.0 has no way to write is left out.
fn xml(text: &str) -> String {
    let allowed = |letter: &char| matches!(letter, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    escape(&text.chars().filter(allowed).collect::<String>())
}
