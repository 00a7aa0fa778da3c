//! Team files: what is understood, and what is refused with its place.

use crate::small::small;
use licit::dataset::{SourceMap, report};
use licit::files::read_team;
use licit::model::{Day, GivenValue};

fn read(text: &str) -> (Option<licit::model::Team>, String) {
    let today = Day::parse("2026-11-22").unwrap();
    let sources = SourceMap::from_texts([("team.toml", text)]);
    let read = read_team(sources, Vec::new(), &small(), today);
    (read.team, report(&read.sources, &read.problems, false))
}

#[test]
fn a_team_is_read_with_names_days_and_numbers() {
    let (team, report) = read(
        r#"
name = "Contoso"
on = 2026-07-01
one_set = true

[givens]
tenant.created = 2018-05-02

[owned]
"Microsoft 365 E3" = 10

[[persona]]
name = "Devices"
count = 3
roles = "Intune admin"
held = ["SPE_E3", "Microsoft 365 E3"]

[[persona]]
name = "Approvers"
count = 14
features = ["Privileged Identity Management"]
eligible = true
"#,
    );
    assert_eq!(report, "");
    let team = team.unwrap();
    assert_eq!(team.on.to_string(), "2026-07-01");
    assert_eq!(team.known.to_string(), "2026-11-22");
    assert!(team.one_set);
    let knowledge = small();
    let e3 = knowledge.skus.find("SPE_E3").unwrap();
    assert_eq!(team.owned.get(&e3), Some(&10));
    let created = knowledge.givens.find("tenant.created").unwrap();
    assert!(matches!(
        team.givens.get(&created),
        Some(GivenValue::Date(_))
    ));
    let [devices, approvers] = team.personas.as_slice() else {
        panic!("{team:?}")
    };
    assert_eq!((devices.count, approvers.count), (3, 14));
    assert_eq!(devices.held, [e3]);
    assert!(approvers.eligible && !devices.eligible);
    assert!(team.question(devices).givens.contains_key(&created));
}

/// Every problem of one file is told in one run, each at its line and with what to do.
#[test]
fn everything_wrong_is_told_at_once() {
    let (team, report) = read(
        r#"
currency = "euro"
reading = "strict"
colour = "red"
on = "soon"

[givens]
tenant.created = "long ago"
tenant.size = 4

[owned]
SPE_E3 = -2
SPE_E9 = 1

[[persona]]
name = "Devices"
count = -3
roles = ["Intune Administrater"]

[[persona]]
name = "Devices"
count = 0

[[persona]]
count = 2.5
features = [7]
"#,
    );
    assert!(team.is_none());
    for part in [
        "team.toml:2:12",
        "`euro` is not a currency",
        "`on` is not a date",
        "`strict` is no word for `reading`",
        "a team file has no key `colour`",
        "`long ago` does not fit `tenant.created`",
        "there is no given `tenant.size`",
        "expected a whole number from 0 on",
        "no SKU is called `SPE_E9`",
        "expected a whole number from 1 on",
        "no role is called `Intune Administrater`",
        "did you mean role:intune-administrator",
        "a persona is said twice: `Devices`",
        "a persona does nothing",
        "`[[persona]]` needs `name`",
        "found a number with a fraction",
        "expected text in quotes, found a whole number",
    ] {
        assert!(report.contains(part), "{part}\n{report}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_refused() {
    let (team, report) = read("[[persona]\nname = \"x\"\n");
    assert!(
        team.is_none() && report.contains("this is not TOML"),
        "{report}"
    );
}
