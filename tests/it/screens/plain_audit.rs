//! The audit line by line: the same findings, names hidden until asked for, tried, and left out.

use super::plain::{Talk, steering};
use licit::model::Verdict;
use licit::tui::Effect;

#[test]
fn an_audit_line_by_line() {
    let mut talk = Talk::new();
    let said = talk.line("findings");
    assert!(said.contains("no exports are open"), "{said}");
    let said = talk.line("audit --demo x");
    assert!(said.contains("leave the paths out"), "{said}");
    let said = talk.line("audit --demo");
    assert!(
        said.contains("Of 15 people with a role: 4 with a gap"),
        "{said}"
    );
    let said = talk.line("findings missing-license");
    assert!(
        said.contains("1. gap: person-0007.1, Helpdesk Administrator, missing-license: "),
        "{said}"
    );
    assert!(said.contains("3 of 20 findings"), "{said}");
    let said = talk.line("finding 1");
    assert!(
        said.contains("What to do") && said.contains("Read in"),
        "{said}"
    );
    let said = talk.line("holders");
    let rows = &talk.dialogue.model().judged().unwrap().audit.rows;
    let of_people = rows.iter().filter(|row| row.person.is_some()).count();
    let told = said.lines().filter(|line| line.starts_with("  "));
    assert_eq!(told.count(), of_people, "{said}");
    assert!(!talk.said.contains("Ivy"));
    talk.line("names");
    let said = talk.line("findings helpdesk");
    assert!(
        said.contains("gap: Ivy Helpdesk, Helpdesk Administrator"),
        "{said}"
    );
    let said = talk.line("finding 99");
    assert!(said.contains("there is no finding"), "{said}");
    let reply = talk
        .dialogue
        .line("ignore 1 the license is ordered until 2027-01-31");
    let Some(Effect::Ignore { entry, .. }) = reply.effects.last() else {
        panic!("{reply:?}");
    };
    assert_eq!(entry.reason.as_str(), "the license is ordered");
    assert_eq!(entry.until, licit::model::Day::parse("2027-01-31"));
    let said = talk.line("try 1");
    assert!(said.contains("Helpdesk Administrator"), "{said}");
    assert_eq!(talk.verdict(), Verdict::Required);
    assert_eq!(steering(&talk.said), (0, 0));
}
