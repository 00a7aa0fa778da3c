//! What was typed to a question: flags and words, on the small data set.

use crate::small::small;
use clap::Parser;
use licit::cli::{
    CircumstanceFlags, DayFlags, Environment, Failure, Problems, SubjectFlags, question,
};
use licit::dataset::KnowledgeBase;
use licit::model::{Asked, Day, GivenValue, Named, Question, Reading, Segment};

/// The flags of a question alone, as a verb would declare them.
#[derive(Parser)]
struct Typed {
    #[command(flatten)]
    subjects: SubjectFlags,
    #[command(flatten)]
    days: DayFlags,
    #[command(flatten)]
    circumstances: CircumstanceFlags,
}

struct Read {
    question: Result<Question, Vec<String>>,
    notes: Vec<String>,
}

fn read(knowledge: &KnowledgeBase, arguments: &[&str]) -> Read {
    let typed = Typed::try_parse_from(["licit"].iter().chain(arguments)).unwrap();
    let today = Day::parse("2026-11-22").unwrap();
    let environment = Environment::new(today, |_| None, false, false);
    let mut notes = Vec::new();
    let question = question(
        knowledge,
        &environment,
        &typed.subjects,
        &typed.circumstances,
        &typed.days,
        Problems::default(),
        &mut notes,
    );
    let question = question.map_err(|failure| match failure {
        Failure::Problems(problems) => problems.into_iter().map(|problem| problem.title).collect(),
        Failure::Data(report) => vec![report],
        Failure::Unwritten(why) => why.into_iter().collect(),
    });
    Read { question, notes }
}

/// The written ids of what is asked about.
fn asked(knowledge: &KnowledgeBase, arguments: &[&str]) -> Vec<String> {
    let question = read(knowledge, arguments).question.unwrap();
    let written = |asked: &Asked| {
        knowledge.written(match *asked {
            Asked::Role(id) => Named::Role(id),
            Asked::Task(id) => Named::Task(id),
            Asked::Feature(id) => Named::Feature(id),
            Asked::Sku(id) => Named::Sku(id),
        })
    };
    question.subjects.iter().map(written).collect()
}

#[test]
fn bare_words_are_one_thing_together_or_one_thing_each() {
    let knowledge = small();
    assert_eq!(
        asked(&knowledge, &["intune", "admin"]),
        ["role:intune-administrator"]
    );
    assert_eq!(
        asked(&knowledge, &["Intune Administrator", "Safe Links"]),
        ["role:intune-administrator", "feature:safe-links"]
    );
    assert_eq!(
        asked(
            &knowledge,
            &[
                "--task",
                "pim.approve",
                "--role",
                "company admin",
                "--role",
                "global-administrator"
            ]
        ),
        ["role:global-administrator", "task:pim.approve"]
    );
}

#[test]
fn everything_that_was_typed_reaches_the_question() {
    let knowledge = small();
    let line = "safe-links --on 2020-03-02 --known 2021-01-01 --given tenant.created=2018-05 \
                --given intune.unlicensed-admins-allowed=no --given pim.approvers=14 --given tenant.cloud=GCC \
                --held spe_e3 --held SPE_E3 --held-elsewhere SPE_E5 --owned SPE_F1=3 --eligible \
                --reading cautious --segment education --currency eur";
    let words: Vec<&str> = line.split_whitespace().collect();
    let question = read(&knowledge, &words).question.unwrap();
    assert_eq!(question.on.to_string(), "2020-03-02");
    assert_eq!(question.known.to_string(), "2021-01-01");
    let given = |id: &str| question.givens[&knowledge.givens.find(id).unwrap()].to_string();
    assert_eq!(given("tenant.created"), "2018-05");
    assert_eq!(given("intune.unlicensed-admins-allowed"), "no");
    assert_eq!(given("tenant.cloud"), "gcc");
    let approvers = knowledge.givens.find("pim.approvers").unwrap();
    assert_eq!(question.givens[&approvers], GivenValue::Count(14));
    let sku = |id: &str| knowledge.skus.find(id).unwrap();
    assert_eq!(question.held, [sku("SPE_E3")]);
    assert_eq!(question.held_elsewhere, [sku("SPE_E5")]);
    assert_eq!(question.owned[&sku("SPE_F1")], 3);
    assert!(question.eligible);
    assert_eq!(question.reading, Reading::Cautious);
    assert_eq!(question.segment, Segment::Education);
    assert_eq!(question.currency.code(), "EUR");
}

#[test]
fn without_flags_both_days_are_today_and_nothing_is_held() {
    let knowledge = small();
    let question = read(&knowledge, &["safe-links"]).question.unwrap();
    assert_eq!(question.on, question.known);
    assert_eq!(question.on.to_string(), "2026-11-22");
    assert!(question.held.is_empty() && question.givens.is_empty());
    assert_eq!(question.reading, Reading::Documented);
}

#[test]
fn a_name_of_several_kinds_is_noted() {
    let knowledge = small();
    let notes = read(&knowledge, &["AAD_PREMIUM_P2"]).notes;
    assert_eq!(
        notes,
        ["`AAD_PREMIUM_P2` is taken as sku:AAD_PREMIUM_P2; it is also plan:AAD_PREMIUM_P2"]
    );
}

#[test]
fn each_mistake_is_told_and_none_hides_another() {
    let knowledge = small();
    let line = "zeppelin --on 2020-02-30 --known soon --given tenant.create=2018 --given tenant.created=May \
                --given pim.approvers=some --given tenant.cloud --held SPE_E4 --held-elsewhere plan:SPE_E3 \
                --owned SPE_E3=many --owned =3 --reading lax --segment private --currency dollars";
    let words: Vec<&str> = line.split_whitespace().collect();
    let titles = read(&knowledge, &words).question.unwrap_err();
    let expected = [
        "no role, task, feature, SKU or plan is called `zeppelin`",
        "`--on 2020-02-30` is not a day",
        "`--known soon` is not a day",
        "there is no given `tenant.create`",
        "`--given tenant.created=May` does not fit: it must be a date (2020-06-15, 2020-06, 2021-H2, \"by 2021-07\")",
        "`--given pim.approvers=some` does not fit: it must be a whole number",
        "`--given tenant.cloud` lacks its two parts",
        "--held: no SKU is called `SPE_E4`",
        "--held-elsewhere: no SKU is called `plan:SPE_E3`",
        "`--owned SPE_E3=many`: `many` is not a number of seats",
        "`--owned =3` lacks its two parts",
        "`--reading lax` is none of the words allowed",
        "`--segment private` is none of the words allowed",
        "`--currency dollars` is not a currency",
    ];
    assert_eq!(titles, expected);
}

#[test]
fn the_same_given_or_sku_twice_is_a_mistake() {
    let knowledge = small();
    let line = "safe-links --given pim.approvers=1 --given pim.approvers=2 --owned SPE_E3=1 --owned spe_e3=2";
    let words: Vec<&str> = line.split_whitespace().collect();
    let titles = read(&knowledge, &words).question.unwrap_err();
    assert_eq!(
        titles,
        [
            "--given says `pim.approvers` twice",
            "--owned says `spe_e3` twice"
        ]
    );
}

#[test]
fn nothing_asked_is_a_mistake() {
    let knowledge = small();
    let titles = read(&knowledge, &["--eligible"]).question.unwrap_err();
    assert_eq!(titles, ["nothing is asked about"]);
}
