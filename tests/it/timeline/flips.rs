//! Rules that flipped: on the right day or inside the right date as written, by the right claim. The dates are those of
//! research/facts-admin.md.

use super::{KNOWLEDGE, as_known, day, question, written};
use licit::model::{Axis, Edge, PricedBy, Requirement, Timeline, Verdict};
use licit::reason::{answer, timeline};

/// A flip: what is asked, with which givens, the date as written, the claim, and the verdicts before and after.
type Flip = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
    Verdict,
    Verdict,
);

const FLIPS: &[Flip] = &[
    // The 2006 release of Intune, in the week of 2020-06-15.
    (
        "intune.use-admin-center",
        &["intune.unlicensed-admins-allowed=yes"],
        "between 2020-06-15 and 2020-06-21",
        "intune-admin-switch",
        Verdict::Contested,
        Verdict::NotRequired,
    ),
    // License enforcement of Privileged Identity Management.
    (
        "pim.hold-eligible-assignment",
        &[],
        "2016-12-05",
        "pim-eligible-works-p2-2016",
        Verdict::NotStated,
        Verdict::Required,
    ),
    // GOV-02: those who are reviewed count, too.
    (
        "access-reviews.be-reviewed",
        &[],
        "between 2023-08-03 and 2023-11-10",
        "access-reviews-reviewed-2023",
        Verdict::NotRequired,
        Verdict::Required,
    ),
    // The admin center of the Power Platform was freed in the course of 2019.
    (
        "power-platform.use-admin-center",
        &[],
        "between 2019-05-13 and 2019-11-07",
        "power-platform-administration-free-2019",
        Verdict::Required,
        Verdict::NotRequired,
    ),
];

/// The claims and edges of the changes at a date as written.
fn at(timeline: &Timeline, date: &str) -> Vec<(String, Edge)> {
    let changes = timeline.changes.iter();
    let changes = changes.filter(|change| written(&change.at) == date);
    changes
        .flat_map(|change| &change.because)
        .filter_map(|trigger| {
            let claim = PricedBy::claim(trigger.by)?;
            Some((KNOWLEDGE.claims[claim].id.to_string(), trigger.at.clone()))
        })
        .collect()
}

#[test]
fn each_rule_flips_inside_its_date_and_the_claim_is_named() {
    let today = day("2026-11-22");
    for (id, givens, date, claim, before, after) in FLIPS {
        let timeline = as_known(&question(id, givens), today);
        let named = at(&timeline, date);
        assert!(
            named.iter().any(|(named, _)| named == claim),
            "{id}: {named:?}"
        );
        let boundary = licit::model::Boundary::parse(date).unwrap();
        let (first, last) = (boundary.earliest().unwrap(), boundary.latest().unwrap());
        let verdict = |day| timeline.told(day).unwrap().verdict;
        assert_eq!(verdict(first.previous()), *before, "{id} before {date}");
        assert_eq!(verdict(last), *after, "{id} at the end of {date}");
        // Inside an imprecise date it is one, the other, or depends; it is told by the date and by no day.
        if boundary.exact().is_none() {
            assert_eq!(
                verdict(last.previous()),
                Verdict::Depends,
                "{id} inside {date}"
            );
            let edges = named.iter().filter(|(named, _)| named == claim);
            let edges: Vec<&Edge> = edges.map(|(_, edge)| edge).collect();
            assert!(
                edges.iter().all(|edge| !matches!(edge, Edge::On(_))),
                "{id}: {edges:?}"
            );
        }
    }
}

/// B2B-01: in September 2020 the ratio of one to five gave way to a subscription.
#[test]
fn guests_are_counted_by_month_from_september_2020_on() {
    let timeline = as_known(
        &question("external-identities.use-premium-features", &[]),
        day("2026-11-22"),
    );
    let named = at(&timeline, "2020-09");
    assert!(
        named
            .iter()
            .any(|(id, _)| id == "guests-monthly-active-users"),
        "{named:?}"
    );
    let requirement = |on| timeline.told(day(on)).unwrap().needs[0].requirement.clone();
    let premium = Requirement::Plan(KNOWLEDGE.plans.find("AAD_PREMIUM").unwrap());
    let linked = Requirement::Given(KNOWLEDGE.givens.find("guests.subscription-linked").unwrap());
    assert_eq!(requirement("2020-08-31"), premium);
    assert_eq!(requirement("2020-09-30"), linked);
    // Governed guests: free at the end of 2024, on the bill by the page of July 2025, which day nobody says; GOV-09: what
    // their administrators do is closed without the linked subscription, to the day.
    for (task, when, claim) in [
        (
            "guest-governance.be-governed",
            "between 2024-12-31 and 2025-07-25",
            "guest-governance-metered-2026",
        ),
        (
            "guest-governance.configure",
            "2026-01-30",
            "guest-governance-configure-subscription-2026",
        ),
    ] {
        let timeline = as_known(&question(task, &[]), day("2026-11-22"));
        let named = at(&timeline, when);
        assert!(named.iter().any(|(id, _)| id == claim), "{named:?}");
    }
}

/// Each of several claims with a boundary on one day is blamed only for what it does.
#[test]
fn a_claim_that_changes_nothing_is_not_blamed() {
    let timeline = as_known(&question("pim.approve", &[]), day("2026-11-22"));
    let named = at(&timeline, "between 2023-07-01 and 2023-08-03");
    assert!(
        named
            .iter()
            .any(|(id, _)| id == "pim-approve-p2-or-governance-2023"),
        "{named:?}"
    );
    let eligible: Vec<_> = named
        .iter()
        .filter(|(id, _)| id.contains("eligible"))
        .collect();
    assert_eq!(eligible, Vec::<&(String, Edge)>::new());
}

/// The work of a timeline, in verdicts and sets: one answer takes seven verdicts of a need and a set.
#[test]
fn a_timeline_over_fifteen_years_takes_a_bounded_number_of_answers() {
    for id in [
        "intune administrator",
        "global administrator",
        "exchange administrator",
        "security administrator",
        "safe-links",
        "basic-auth-ews",
        "pim.hold-eligible-assignment",
    ] {
        let question = question(id, &[]);
        let (first, last) = (day("2013-01-01"), day("2028-12-31"));
        let needs = answer(&KNOWLEDGE, &question).0.needs.len();
        for axis in Axis::ALL {
            let work = timeline(&KNOWLEDGE, &question, *axis, first, last).work;
            assert!(
                work.verdicts <= 80 * needs,
                "{id} {axis}: {work:?} for {needs} needs"
            );
            assert!(work.sets <= 40, "{id} {axis}: {work:?}");
        }
    }
}

/// Nothing is told silently of days for which no source speaks.
#[test]
fn days_without_a_source_are_told_apart() {
    let timeline = as_known(
        &question("pim.hold-eligible-assignment", &[]),
        day("2026-11-22"),
    );
    let attested = timeline.attested;
    assert!(
        attested.is_before(day("2013-01-01")) && attested.is_after(day("2030-12-31")),
        "{attested:?}"
    );
    assert!(!attested.is_before(day("2020-01-01")) && !attested.is_after(day("2026-01-01")));
    let text = crate::command_line::licit(&[
        "timeline",
        "pim.hold-eligible-assignment",
        "--from",
        "2013-01-01",
        "--until",
        "2030-12-31",
    ])
    .answer;
    assert!(text.contains("no claim speaks about it"), "{text}");
    assert!(text.contains("no source has been read"), "{text}");
}
