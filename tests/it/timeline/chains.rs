//! The chains of announcements, each walked from one to the next: what one would have been told on the day before, and
//! on the day itself. The days and the ends are those of the vendor's posts and messages (research/facts-features.md,
//! BA-01 to BA-20, FW-01 to FW-06, EA-03), not of licit's output.

use super::{KNOWLEDGE, as_known, day, question, written};
use licit::dataset::Topic;
use licit::model::{Asked, Boundary, ClaimKind, Day, LifecycleState, Question, Subject, Verdict};
use licit::reason::{answer, states};

/// A day on which something was announced, and the end that was told from then on; none where no end stood.
type Announcement = (&'static str, Option<&'static str>);

/// Exchange ActiveSync, POP, IMAP and remote PowerShell: MC191153, the post of 20 November, the two delays, and the end.
const FOUR: &[Announcement] = &[
    ("2019-09-20", Some("2020-10-13")),
    ("2019-11-20", Some("2020-10-13")),
    ("2020-04-03", Some("2021-H2")),
    ("2021-02-04", None),
    ("2021-09-26", Some("2022-10-01")),
    ("2022-05-03", Some("between 2022-10-01 and 2022-12-31")),
    ("2022-09-01", Some("2023-01")),
    ("2024-07-29", Some("2023-01")),
];

/// EWS was told of a year and a half earlier.
const EWS_BASIC: &[Announcement] = &[
    ("2018-03-07", Some("2020-10-13")),
    ("2018-07-03", Some("2020-10-13")),
    ("2020-04-03", Some("2021-H2")),
    ("2021-02-04", None),
    ("2021-09-26", Some("2022-10-01")),
    ("2022-05-03", Some("between 2022-10-01 and 2022-12-31")),
    ("2022-09-01", Some("2023-01")),
    ("2024-07-29", Some("2023-01")),
];

/// MAPI, RPC and the offline address book joined with the hold of February 2021.
const LATER: &[Announcement] = &[
    ("2021-02-04", None),
    ("2021-09-26", Some("2022-10-01")),
    ("2022-05-03", Some("between 2022-10-01 and 2022-12-31")),
    ("2022-09-01", Some("2023-01")),
    ("2024-07-29", Some("2023-01")),
];

/// SMTP AUTH: left out at first, then September 2025, March and April 2026, and no day after June 2027.
const SMTP_AUTH: &[Announcement] = &[
    ("2021-06-16", None),
    ("2024-04-15", Some("2025-09")),
    ("2025-06-11", Some("between 2026-03-01 and 2026-04-30")),
    ("2026-01-27", Some("after 2027-06-30")),
];

/// Exchange Web Services themselves.
const EWS: &[Announcement] = &[
    ("2023-09-19", Some("2026-10-01")),
    ("2026-02-06", Some("2027-04-01")),
];

/// The end that one would have been told of: where the answer surely becomes unavailable or, where nobody names a last day,
/// where it begins to be in doubt.
fn end(question: &Question, known: Day) -> Option<String> {
    let timeline = as_known(question, known);
    let spans = || timeline.changes.iter().zip(&timeline.spans[1..]);
    let becomes = |verdict: Verdict| spans().filter(move |(_, span)| span.told.verdict == verdict);
    let surely = becomes(Verdict::Unavailable).next_back();
    let (change, _) = surely.or_else(|| becomes(Verdict::Depends).next_back())?;
    Some(written(&change.at))
}

/// Announcements of which nobody knows the day: the last day on which each surely had not been made, and the first on
/// which it surely had.
const UNDATED: &[(&str, &str)] = &[
    ("2021-09-19", "2021-09-26"),
    ("2024-04-14", "2024-07-29"),
    ("2026-02-04", "2026-02-06"),
];

/// The last day on which an announcement surely had not been made.
fn day_before(announced: Day) -> Day {
    let mut undated = UNDATED.iter();
    let undated = undated.find(|(_, after)| day(after) == announced);
    undated.map_or(announced.previous(), |(before, _)| day(before))
}

fn walk(feature: &str, announcements: &[Announcement]) {
    let question = question(feature, &[]);
    let mut told = None;
    for (announced, end_told) in announcements {
        let announced = day(announced);
        let before = day_before(announced);
        assert_eq!(
            end(&question, before).as_deref(),
            told,
            "{feature} as known on {before}"
        );
        assert_eq!(
            end(&question, announced).as_deref(),
            *end_told,
            "{feature} as known on {announced}"
        );
        check_answers(&question, told, *end_told, before, announced);
        told = *end_told;
    }
    check_complete(feature, announcements);
}

/// Asked plainly about the day of the old end: closed as long as it stood, not closed once it was put off.
fn check_answers(
    question: &Question,
    old: Option<&str>,
    new: Option<&str>,
    before: Day,
    after: Day,
) {
    let Some(end) = old.filter(|old| Some(*old) != new) else {
        return;
    };
    let Some(on) = Boundary::parse(end).unwrap().latest() else {
        return;
    };
    let verdict = |known: Day| {
        let question = Question {
            on,
            known,
            ..question.clone()
        };
        answer(&KNOWLEDGE, &question).0.verdict
    };
    assert_eq!(
        verdict(before),
        Verdict::Unavailable,
        "on {on} as known on {before}"
    );
    assert_ne!(
        verdict(after),
        Verdict::Unavailable,
        "on {on} as known on {after}"
    );
}

/// No announcement is left out: the day on which each state became known is walked.
fn check_complete(feature: &str, announcements: &[Announcement]) {
    let knowledge = &*KNOWLEDGE;
    let subject = Subject::Feature(knowledge.features.find(feature).unwrap());
    for id in knowledge.about(Topic::Lifecycle(subject)) {
        let claim = &knowledge.claims[*id];
        let ClaimKind::Lifecycle { state, .. } = claim.kind else {
            continue;
        };
        // "There" is where each of them begins, by a page that shows it.
        let known = claim.known.from.as_ref().unwrap().latest().unwrap();
        let is_walked = announcements
            .iter()
            .any(|(announced, _)| day(announced) == known);
        assert!(
            is_walked || state == LifecycleState::Available,
            "{} of {known}",
            claim.id
        );
    }
}

#[test]
fn basic_authentication_of_four_protocols() {
    for feature in [
        "basic-auth-eas",
        "basic-auth-pop",
        "basic-auth-imap",
        "basic-auth-remote-powershell",
    ] {
        walk(feature, FOUR);
    }
}

#[test]
fn basic_authentication_of_ews_and_of_those_that_joined_later() {
    walk("basic-auth-ews", EWS_BASIC);
    for feature in ["basic-auth-rpc", "basic-auth-mapi", "basic-auth-oab"] {
        walk(feature, LATER);
    }
}

#[test]
fn the_four_ends_of_smtp_auth_and_the_two_of_ews() {
    walk("basic-auth-smtp-auth", SMTP_AUTH);
    walk("ews", EWS);
}

/// The states that a feature may be in on a day, as known on another.
fn state(feature: &str, givens: &[&str], on: &str, known: &str) -> Vec<LifecycleState> {
    let knowledge = &*KNOWLEDGE;
    let subject = knowledge.features.find(feature).unwrap();
    let question = Question {
        subjects: vec![Asked::Feature(subject)],
        on: day(on),
        known: day(known),
        ..question(feature, givens)
    };
    let states = states(knowledge, &question, Subject::Feature(subject));
    states.into_iter().map(|(state, _)| state).collect()
}

/// FW-01 to FW-04: planned for 1 September 2020, paused on the 8th, resumed on the 15th for the 16th.
#[test]
fn forwarding_slips_by_two_weeks() {
    use LifecycleState::{Available, DefaultOff, OnHold};
    let without = ["exchange.external-forwarders-before-2020-09-15=no"];
    let with = ["exchange.external-forwarders-before-2020-09-15=yes"];
    for (on, known, of_those_without, of_those_with) in [
        ("2020-08-31", "2020-09-07", Available, Available),
        ("2020-09-01", "2020-09-07", DefaultOff, Available),
        ("2020-09-16", "2020-09-07", DefaultOff, Available),
        // Paused: what was told of the first counts as never said.
        ("2020-09-01", "2020-09-08", Available, Available),
        ("2020-09-08", "2020-09-08", OnHold, OnHold),
        ("2020-09-16", "2020-09-14", OnHold, OnHold),
        ("2020-09-15", "2020-09-15", OnHold, OnHold),
        ("2020-09-16", "2020-09-15", DefaultOff, Available),
    ] {
        let told = |givens| state("automatic-external-forwarding", givens, on, known);
        assert_eq!(told(&without), [of_those_without], "on {on}, known {known}");
        assert_eq!(told(&with), [of_those_with], "on {on}, known {known}");
    }
}

/// EA-03 and the messages before and after: told in April, held a week later, told again in July, moved in August twice.
#[test]
fn dmarc_handling_is_put_off_four_times() {
    use LifecycleState::{Available, DefaultOff, OnHold};
    for (on, known, expected) in [
        ("2023-05-15", "2023-04-19", vec![DefaultOff]),
        // Told for the time until mid-May, which the data keeps as the month.
        ("2023-05-15", "2023-04-20", vec![DefaultOff, Available]),
        ("2023-05-31", "2023-04-20", vec![Available]),
        ("2023-05-31", "2023-04-26", vec![Available]),
        ("2023-05-15", "2023-04-27", vec![OnHold]),
        ("2023-08-10", "2023-07-12", vec![OnHold]),
        ("2023-08-10", "2023-07-13", vec![Available]),
        ("2023-08-10", "2023-08-15", vec![Available]),
        ("2023-08-10", "2023-08-16", vec![OnHold, Available]),
        ("2023-08-31", "2023-08-16", vec![Available]),
        ("2023-08-31", "2023-08-29", vec![Available]),
        ("2023-08-31", "2023-08-30", vec![OnHold, Available]),
        ("2023-09-30", "2023-08-30", vec![Available]),
        ("2023-09-30", "2026-11-22", vec![Available]),
    ] {
        assert_eq!(
            state("dmarc-honor-policy", &[], on, known),
            expected,
            "on {on}, known {known}"
        );
    }
}
