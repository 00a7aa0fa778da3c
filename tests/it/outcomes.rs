//! How the values of an unknown are told: dates as they stand in the data, never as one of their edges, and numbers up
//! to the next one that matters.

use crate::dataset::world_and;
use licit::dataset::report;
use licit::model::{Asked, Currency, Day, Question, Reading, Segment, Verdict};
use licit::reason::answer;

/// The outcomes of asking for the filter, where another claim frees from its license under this condition.
fn outcomes(condition: &str) -> Vec<(String, Verdict)> {
    let claim = format!(
        "[[requirement]]\nid = \"filter-free\"\nfeature = \"filter\"\naspect = \"terms\"\nrequires = \"nothing\"\n\
         when = {condition}\neffective = {{ from = 2020-01-01 }}\nstanding = \"documented\"\n\
         supersedes = [\"filter-needs-p1\"]\n\
         [[requirement.evidence]]\nsource = \"manual\"\nsays = \"Some need nothing.\"\n"
    );
    let loaded = world_and(&[("free.toml", &claim)]);
    let problems = report(&loaded.sources, &loaded.problems, false);
    let knowledge = loaded.knowledge.expect(&problems);
    let day = Day::parse("2026-11-22").unwrap();
    let question = Question {
        subjects: vec![Asked::Task(
            knowledge.tasks.find("filter.configure").unwrap(),
        )],
        eligible: false,
        on: day,
        known: day,
        givens: Default::default(),
        held: Vec::new(),
        held_elsewhere: Vec::new(),
        owned: Default::default(),
        reading: Reading::Documented,
        segment: Segment::Commercial,
        currency: Currency::parse("USD").unwrap(),
        agreement: Default::default(),
    };
    let (answer, _) = answer(&knowledge, &question);
    let depends = &answer.needs[0].depends_on[0];
    let outcomes = depends.outcomes.iter();
    outcomes
        .map(|outcome| (outcome.value.clone(), outcome.verdict))
        .collect()
}

fn told(told: &[(&str, Verdict)]) -> Vec<(String, Verdict)> {
    let owned = |(value, verdict): &(&str, Verdict)| ((*value).to_owned(), *verdict);
    told.iter().map(owned).collect()
}

#[test]
fn an_exact_date_is_told_as_a_day() {
    assert_eq!(
        outcomes("{ given = \"tenant.created\", before = 2021-07-01 }"),
        told(&[
            ("before 2021-07-01", Verdict::NotRequired),
            ("2021-07-01 or later", Verdict::Required),
        ])
    );
}

#[test]
fn an_imprecise_date_is_told_as_it_stands_in_the_data() {
    for written in ["2021-07", "2021-H2", "between 2021-07-05 and 2021-08"] {
        let condition = format!("{{ given = \"tenant.created\", before = \"{written}\" }}");
        assert_eq!(
            outcomes(&condition),
            told(&[
                (&format!("before \"{written}\""), Verdict::NotRequired),
                (
                    &format!(
                        "from the beginning of \"{written}\", before the end of \"{written}\""
                    ),
                    Verdict::Depends
                ),
                (
                    &format!("from the end of \"{written}\" or later"),
                    Verdict::Required
                ),
            ]),
            "{written}"
        );
    }
}

#[test]
fn numbers_reach_up_to_the_next_one_that_matters() {
    assert_eq!(
        outcomes("{ given = \"filter.mailboxes\", at-least = 5 }"),
        told(&[
            ("fewer than 5", Verdict::Required),
            ("5 or more", Verdict::NotRequired),
        ])
    );
    assert_eq!(
        outcomes(
            "{ all = [{ given = \"filter.mailboxes\", at-least = 5 }, \
             { not = { given = \"filter.mailboxes\", at-least = 10 } }] }"
        ),
        told(&[
            ("fewer than 5", Verdict::Required),
            ("from 5 to 9", Verdict::NotRequired),
            ("10 or more", Verdict::Required),
        ])
    );
}
