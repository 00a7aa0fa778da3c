//! Change days that are computed, beside those of a scan day by day.

use super::cases;
use super::dated::{DatedWorld, dated_world};
use super::strategy::{KNOWLEDGE, drawn, question, questions, told};
use super::worlds;
use licit::dataset::KnowledgeBase;
use licit::model::{AnswerSpan, Axis, Day, PricedBy, Question, Timeline, Told};
use licit::reason::{answer, timeline};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The answer to the question asked on a day of an axis.
fn told_on(knowledge: &KnowledgeBase, question: &Question, axis: Axis, day: Day) -> Told {
    let (on, known) = match axis {
        Axis::On => (day, question.known),
        Axis::Known => (question.on, day),
        Axis::Both => (day, day),
    };
    let question = Question {
        on,
        known,
        ..question.clone()
    };
    Told::of(&answer(knowledge, &question).0)
}

/// The spans that asking on every single day gives.
fn scan(
    knowledge: &KnowledgeBase,
    question: &Question,
    axis: Axis,
    first: Day,
    last: Day,
) -> Vec<AnswerSpan> {
    let mut spans: Vec<AnswerSpan> = Vec::new();
    let mut from = first;
    loop {
        let told = told_on(knowledge, question, axis, from);
        if spans.last().is_none_or(|span| span.told != told) {
            spans.push(AnswerSpan { from, told });
        }
        if from >= last {
            return spans;
        }
        from = from.next();
    }
}

/// Every change has a cause, and one at the edge of an imprecise boundary is told by the boundary.
fn check_changes(knowledge: &KnowledgeBase, timeline: &Timeline) {
    assert_eq!(timeline.spans.len(), timeline.changes.len() + 1);
    for (change, span) in timeline.changes.iter().zip(&timeline.spans[1..]) {
        assert_eq!(change.day, span.from);
        assert!(!change.because.is_empty() && !change.differences.is_empty());
        for trigger in &change.because {
            let PricedBy::List(claim) = trigger.by else {
                continue;
            };
            let claim = &knowledge.claims[claim];
            let written = format!("{:?}", trigger.at);
            if let licit::model::Edge::Earliest(boundary) | licit::model::Edge::Latest(boundary) =
                &trigger.at
            {
                assert!(boundary.exact().is_none(), "{written} of {}", claim.id);
                assert!(
                    [boundary.earliest(), boundary.latest()].contains(&Some(change.day))
                        || boundary.latest().map(Day::next) == Some(change.day),
                    "{written} of {}",
                    claim.id
                );
            }
        }
    }
}

/// A small world along every axis, over eighteen months.
fn check_small_world(world: &DatedWorld) {
    let knowledge = world.knowledge();
    let held = world
        .held
        .map(|at| knowledge.skus.find(&format!("S{at}")).unwrap());
    let mut question = worlds::question(&knowledge, held);
    question.on = day("2020-09-20");
    question.known = day("2021-01-20");
    let (first, last) = (day("2020-01-01"), day("2021-06-30"));
    for axis in Axis::ALL {
        let computed = timeline(&knowledge, &question, *axis, first, last);
        let scanned = scan(&knowledge, &question, *axis, first, last);
        assert_eq!(computed.spans, scanned, "{axis} {}", world.written());
        check_changes(&knowledge, &computed);
    }
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn computed_changes_are_those_of_a_scan_in_small_worlds(world in dated_world()) {
        check_small_world(&world);
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn the_built_in_data_answers_at_every_change_and_beside_it(question in question()) {
        let knowledge = &*KNOWLEDGE;
        let (first, last) = (day("2013-01-01"), day("2028-12-31"));
        for axis in Axis::ALL {
            let computed = timeline(knowledge, &question, *axis, first, last);
            check_changes(knowledge, &computed);
            for change in computed.changes.iter().take(12) {
                for day in [change.day.previous(), change.day] {
                    let asked = told_on(knowledge, &question, *axis, day);
                    prop_assert_eq!(computed.told(day), Some(&asked), "{} {} {}", axis, day, told(&question));
                }
            }
        }
    }
}

/// The whole of it, which takes minutes: `cargo test --release -- --ignored day_by_day`.
#[test]
#[ignore = "looks at two hundred small worlds on each of five hundred days, three times"]
fn computed_changes_are_those_of_a_scan_day_by_day_in_many_small_worlds() {
    for world in drawn(dated_world(), 200) {
        check_small_world(&world);
    }
}

#[test]
#[ignore = "asks two hundred questions on each of six thousand days, twice"]
fn computed_changes_are_those_of_a_scan_day_by_day_over_the_built_in_data() {
    let knowledge = &*KNOWLEDGE;
    let (first, last) = (day("2013-01-01"), day("2028-12-31"));
    let mut changes = 0;
    for question in questions(question(), 200) {
        for axis in [Axis::On, Axis::Known] {
            let computed = timeline(knowledge, &question, axis, first, last);
            check_changes(knowledge, &computed);
            changes += computed.changes.len();
            let scanned = scan(knowledge, &question, axis, first, last);
            assert_eq!(computed.spans, scanned, "{axis} {}", told(&question));
        }
    }
    assert!(changes > 500, "{changes} changes");
}
