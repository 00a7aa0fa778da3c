//! "Each reading requires at least what the one before does" (design.md section 3), on random questions.
//!
//! What that means, need by need, of a reading and the next stricter one:
//! - the verdict asks for at least as much: `required` above `contested` and what turns on something unknown, those above
//!   `not-required` and `not-stated`. `unavailable` stays so; a stricter reading may only add an obligation that is
//!   stated not to be met;
//! - whatever meets the stricter requirement meets the other.

use super::cases;
use super::strategy::{KNOWLEDGE, question, told};
use crate::command_line::licit;
use licit::model::{Answer, Because, Need, Question, Reading, Requirement, Verdict};
use licit::reason::answer;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The smallest sets of leaves that meet a requirement.
fn ways(requirement: &Requirement) -> Vec<BTreeSet<Requirement>> {
    match requirement {
        Requirement::Nothing => vec![BTreeSet::new()],
        Requirement::Any(parts) => parts.iter().flat_map(ways).collect(),
        Requirement::All(parts) => {
            parts
                .iter()
                .map(ways)
                .fold(vec![BTreeSet::new()], |so_far, part| {
                    so_far
                        .iter()
                        .flat_map(|one| part.iter().map(move |other| one | other))
                        .collect()
                })
        }
        leaf => vec![BTreeSet::from([leaf.clone()])],
    }
}

fn is_met(requirement: &Requirement, by: &BTreeSet<Requirement>) -> bool {
    match requirement {
        Requirement::Nothing => true,
        Requirement::Any(parts) => parts.iter().any(|part| is_met(part, by)),
        Requirement::All(parts) => parts.iter().all(|part| is_met(part, by)),
        // A license that nobody names: any license will do.
        Requirement::Unnamed => by.iter().any(Requirement::demands),
        leaf => by.contains(leaf),
    }
}

/// Whether whatever meets `stricter` meets what `other` asks to hold. What it asks to do is listed beside the verdict and
/// may come from a weak claim that a cautious reading does not hear.
fn includes(stricter: &Requirement, other: &Requirement) -> bool {
    let other = to_hold(other);
    ways(stricter).iter().all(|way| is_met(&other, way))
}

/// A requirement without its obligations: things to do with no license beside them.
fn to_hold(requirement: &Requirement) -> Requirement {
    match requirement {
        Requirement::Given(_) => Requirement::Nothing,
        Requirement::All(parts) => Requirement::All(parts.iter().map(to_hold).collect()),
        other => other.clone(),
    }
}

/// How much a verdict asks for.
fn asks(need: &Need) -> u8 {
    match need.verdict {
        Verdict::Required => 2,
        Verdict::Contested => 1,
        Verdict::Depends => u8::from(need.requirement.demands()),
        Verdict::NotRequired | Verdict::NotStated | Verdict::Unavailable => 0,
    }
}

fn in_reading(question: &Question, reading: Reading) -> Answer {
    let question = Question {
        reading,
        ..question.clone()
    };
    answer(&KNOWLEDGE, &question).0
}

/// What is wrong with the stricter need beside the other.
fn fault(other: &Need, stricter: &Need) -> Option<&'static str> {
    if stricter.verdict == Verdict::Unavailable {
        let is_new = other.verdict != Verdict::Unavailable;
        let by_obligation = stricter.because == Some(Because::Obligation);
        return (is_new && !by_obligation).then_some("became unavailable without an obligation");
    }
    if other.verdict == Verdict::Unavailable {
        return Some("became available");
    }
    if asks(stricter) < asks(other) {
        return Some("the verdict asks for less");
    }
    (!includes(&stricter.requirement, &other.requirement))
        .then_some("the requirement asks for less")
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn each_reading_requires_at_least_what_the_one_before_does(question in question()) {
        let answers: Vec<Answer> = Reading::ALL
            .iter()
            .map(|reading| in_reading(&question, *reading))
            .collect();
        for pair in answers.windows(2) {
            for (other, stricter) in pair[0].needs.iter().zip(&pair[1].needs) {
                let fault = fault(other, stricter);
                prop_assert!(
                    fault.is_none(),
                    "{:?}: {:?} is {} with {:?}, {:?} is {} with {:?}\n{}",
                    fault, pair[0].question.reading, other.verdict, other.requirement,
                    pair[1].question.reading, stricter.verdict, stricter.requirement, told(&question)
                );
            }
        }
    }

    #[test]
    fn an_answer_tells_what_the_other_readings_would_say(question in question()) {
        let (asked, _) = answer(&KNOWLEDGE, &question);
        prop_assert_eq!(asked.other_readings.len(), Reading::ALL.len() - 1);
        for (reading, verdict) in asked.other_readings {
            prop_assert_eq!(in_reading(&question, reading).verdict, verdict, "{}", told(&question));
        }
    }
}

#[test]
fn what_includes_what() {
    use Requirement::{All, Any, Nothing, Plan, Unnamed};
    let plan = |at: usize| Plan(licit::model::PlanId::at(at));
    let either = Any(vec![plan(0), plan(1)]);
    let both = All(vec![plan(0), plan(1)]);
    for (stricter, other, expected) in [
        (&both, &either, true),
        (&either, &both, false),
        (&plan(0), &either, true),
        (&either, &plan(0), false),
        (&either, &Unnamed, true),
        (&Unnamed, &either, false),
        (&Unnamed, &Nothing, true),
        (&Nothing, &Unnamed, false),
    ] {
        assert_eq!(
            includes(stricter, other),
            expected,
            "{stricter:?} {other:?}"
        );
    }
}

/// A weak claim that asks for something to do was once taken for one that frees, and dropped by the strictest reading.
#[test]
fn a_weak_obligation_holds_in_every_reading() {
    let given = "emergency-access.mail-forwarded=no";
    let task = "emergency-access.receive-admin-mail";
    for reading in Reading::ALL {
        let line = [
            "ask",
            "--task",
            task,
            "--given",
            given,
            "--reading",
            reading.word(),
        ];
        let run = licit(&[&line[..], &["--format", "json"]].concat());
        let answer: serde_json::Value = serde_json::from_str(&run.answer).unwrap();
        assert_eq!(answer["needs"][0]["because"], "obligation", "{reading}");
    }
}
