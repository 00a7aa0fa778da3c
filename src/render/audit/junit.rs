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

/// What becomes of a test.
enum Ends {
    Passes,
    Fails,
    IsSkipped,
}

/// Writes the tests.
pub fn junit(view: &AuditView<'_>) -> String {
    let words = view.words();
    let mut tests = String::new();
    let (mut all, mut failed, mut skipped) = (0usize, 0usize, 0usize);
    let mut found: BTreeSet<PersonIndex> = BTreeSet::new();
    for finding in &view.audit.findings {
        let ends = ends(view, finding.verdict);
        if finding.verdict <= AuditVerdict::CannotTell {
            found.extend(finding.person);
        }
        all += 1;
        failed += usize::from(matches!(ends, Ends::Fails));
        skipped += usize::from(matches!(ends, Ends::IsSkipped));
        tests.push_str(&test(&words, finding, &ends));
    }
    for person in &view.audit.people {
        if person.verdict == AuditVerdict::Ok && !found.contains(&person.person) {
            all += 1;
            tests.push_str(&format!(
                "    <testcase classname=\"person\" name=\"{}\" time=\"0\"/>\n",
                xml(&words.names.person(person.person))
            ));
        }
    }
    let counts = format!(
        "tests=\"{all}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\""
    );
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"licit audit\" {counts}>\n  \
         <testsuite name=\"licit audit on {}\" {counts}>\n{tests}  </testsuite>\n</testsuites>\n",
        view.audit.circumstances.on
    )
}

fn ends(view: &AuditView<'_>, verdict: AuditVerdict) -> Ends {
    match (verdict, view.fails_on) {
        (AuditVerdict::Ok | AuditVerdict::NotCounted, _) => Ends::Passes,
        (verdict, Some(fails_on)) if verdict <= fails_on => Ends::Fails,
        _ => Ends::IsSkipped,
    }
}

fn test(words: &Words<'_>, finding: &Finding, ends: &Ends) -> String {
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
