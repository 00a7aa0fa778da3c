//! Team files: what is understood, and what is refused with its place.

use crate::command_line::licit;
use crate::small::small;
use licit::ask::{built_in, check_seats, check_set};
use licit::dataset::{KnowledgeBase, SourceMap, report};
use licit::files::read_team;
use licit::model::{Day, GivenValue, Purchase};
use licit::reason::argued_purchase;
use std::collections::BTreeMap;

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

/// What a team has to buy, by the built-in data.
fn bought(knowledge: &KnowledgeBase, text: &str) -> Purchase {
    let today = Day::parse("2026-11-22").unwrap();
    let sources = SourceMap::from_texts([("team.toml", text)]);
    let read = read_team(sources, Vec::new(), knowledge, today);
    let problems = report(&read.sources, &read.problems, false);
    let (purchase, _, argued) = argued_purchase(knowledge, &read.team.expect(&problems));
    // Every way to comply has a certificate that the checker accepts, and every person's set, too.
    assert_eq!(argued.tenants.is_empty(), purchase.no_purchase.is_some());
    for seats in &argued.tenants {
        assert_eq!(check_seats(seats), Ok(()));
    }
    for set in &argued.sets {
        assert_eq!(check_set(set), Ok(()));
    }
    assert_eq!(licit::proof::check_purchase(knowledge, &purchase), Ok(()));
    purchase
}

fn buys(knowledge: &KnowledgeBase, purchase: &Purchase) -> BTreeMap<String, u64> {
    let lines = purchase.bill.iter().filter(|line| line.buy > 0);
    lines
        .map(|line| (knowledge.skus[line.sku].id.to_string(), line.buy))
        .collect()
}

fn total(purchase: &Purchase) -> String {
    purchase.total.unwrap().to_string()
}

/// Microsoft's own examples of counting for PIM (entra-docs, licensing-pim, 2026-05-05): 14 eligible administrators and 3
/// approvers are 17 licenses; 42 eligible, 5 approvers and 6 reviewers who are not already counted are 53. P2 costs 9
/// dollars on 2024-01-01, before Governance could be bought for less beside nothing.
#[test]
fn people_who_are_counted_are_counted_once() {
    let knowledge = built_in().unwrap();
    let purchase = bought(
        &knowledge,
        r#"
on = 2024-01-01
[[persona]]
name = "Eligible"
count = 14
tasks = ["pim.hold-eligible-assignment", "pim.approve"]
[[persona]]
name = "Approvers"
count = 3
tasks = ["pim.approve"]
"#,
    );
    assert_eq!(
        buys(&knowledge, &purchase),
        BTreeMap::from([("AAD_PREMIUM_P2".to_owned(), 17)])
    );
    assert_eq!(total(&purchase), "153.00");
    assert!(purchase.proven_cheapest);
    let purchase = bought(
        &knowledge,
        r#"
on = 2024-01-01
[[persona]]
name = "Eligible"
count = 42
tasks = "pim.hold-eligible-assignment"
[[persona]]
name = "Approvers"
count = 5
tasks = "pim.approve"
[[persona]]
name = "Reviewers"
count = 6
tasks = "pim.review"
"#,
    );
    assert_eq!(total(&purchase), "477.00");
    let seats: u64 = buys(&knowledge, &purchase).values().sum();
    assert_eq!(seats, 53);
}

/// Populations that are stated and have no persona are further people, who get seats, too.
#[test]
fn counted_people_outside_the_team_get_seats() {
    let knowledge = built_in().unwrap();
    let purchase = bought(
        &knowledge,
        r#"
on = 2024-01-01
[givens]
pim.eligible = 14
pim.approvers = 3
[[persona]]
name = "Eligible"
count = 14
tasks = "pim.hold-eligible-assignment"
"#,
    );
    assert_eq!(total(&purchase), "153.00");
    let further: u64 = purchase.further.iter().map(|set| set.people).sum();
    assert_eq!(further, 3);
}

/// Owned seats go where they save most, and what somebody holds is not bought again.
#[test]
fn owned_seats_are_used_where_they_save_most() {
    let knowledge = built_in().unwrap();
    let team = |owned: &str, more: &str| {
        format!(
            r#"
on = 2024-01-01
{more}
[owned]
{owned}
[[persona]]
name = "Eligible"
count = 2
tasks = "pim.hold-eligible-assignment"
[[persona]]
name = "Devices"
count = 3
tasks = "intune.use-admin-center"
[persona.givens]
"intune.unlicensed-admins-allowed" = false
"#
        )
    };
    // P2 at 9 dollars and Intune at 8: three seats of E5 replace both P2 and one Intune.
    let purchase = bought(&knowledge, &team("SPE_E5 = 3", ""));
    assert_eq!(
        buys(&knowledge, &purchase),
        BTreeMap::from([("INTUNE_A".to_owned(), 2)])
    );
    assert_eq!(total(&purchase), "16.00");
    let one_set = bought(&knowledge, &team("SPE_E5 = 3", "one_set = true"));
    // With one set for all of a persona, the three of E5 go to the devices: 2 x 9 is less than 3 x 8.
    assert_eq!(total(&one_set), "18.00");
    assert!(
        one_set
            .personas
            .iter()
            .all(|persona| persona.sets.len() == 1)
    );
}

/// A team of one costs what the basket of the same question costs.
#[test]
fn a_team_of_one_pays_what_one_person_pays() {
    let knowledge = built_in().unwrap();
    for (task, on) in [
        ("pim.hold-eligible-assignment", "2024-01-01"),
        ("intune.use-admin-center", "2020-03-02"),
        ("safe-links.be-protected", "2026-07-15"),
        ("forwarding.configure", "2026-07-15"),
    ] {
        let text =
            format!("on = {on}\n[[persona]]\nname = \"One\"\ncount = 1\ntasks = \"{task}\"\n");
        let purchase = bought(&knowledge, &text);
        let basket = purchase.personas[0].answer.baskets.first();
        let alone = basket.map_or("0.00".to_owned(), |basket| {
            basket.total.unwrap().to_string()
        });
        assert_eq!(total(&purchase), alone, "{task}");
    }
}

#[test]
fn the_command_reads_a_team_and_ends_as_it_should() {
    let run = licit(&[
        "cheapest",
        "tests/data/team/contoso.toml",
        "--format",
        "csv",
    ]);
    assert_eq!(run.code, 0, "{}", run.messages);
    assert!(
        run.answer
            .starts_with("sku,name,assigned,owned,buy,price,currency,month,year\n")
    );
    let run = licit(&[
        "cheapest",
        "tests/data/team/contoso.toml",
        "--held",
        "SPE_E3",
    ]);
    assert_eq!(run.code, 2);
    assert!(run.messages.contains("`--held` is about one person"));
    let run = licit(&["cheapest", "tests/data/nowhere.toml"]);
    assert_eq!(run.code, 3);
    assert!(run.messages.contains("cannot be read"), "{}", run.messages);
    // No SKU has a price in yen.
    let run = licit(&[
        "cheapest",
        "tests/data/team/contoso.toml",
        "--currency",
        "JPY",
    ]);
    assert_eq!(run.code, 1);
    assert!(run.answer.contains("None: "), "{}", run.answer);
}

/// Business plans are sold for at most 300 users together (`ms-licensing-faq-business`). 290 hold Business Premium, so 10 of
/// 20 newcomers get Business Basic at 7 dollars; the others Office 365 E1 at 10, for SharePoint Plan 1 is not sold to new
/// customers any more (`sharepoint-plan-1-existing-customers-2026`).
#[test]
fn seats_that_people_hold_count_for_a_cap() {
    let knowledge = built_in().unwrap();
    let purchase = bought(
        &knowledge,
        r#"
on = 2026-11-22
[[persona]]
name = "There already"
count = 290
tasks = "exchange-online-plan-1.use"
held = "SPB"
[[persona]]
name = "Newcomers"
count = 20
tasks = ["exchange-online-plan-1.use", "sharepoint-plan-1.use"]
"#,
    );
    let expected = [("O365_BUSINESS_ESSENTIALS", 10), ("STANDARDPACK", 10)];
    let expected = expected.map(|(sku, seats)| (sku.to_owned(), seats));
    assert_eq!(buys(&knowledge, &purchase), BTreeMap::from(expected));
    assert_eq!(total(&purchase), "170.00");
}
