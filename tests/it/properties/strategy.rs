//! Random questions about the built-in data, and how to ask them again from the command line.

use licit::dataset::{KnowledgeBase, Topic};
use licit::model::{
    Asked, Boundary, Currency, Day, FeatureId, GivenId, GivenKind, GivenValue, Question, Reading,
    RoleId, Segment, SkuId, TaskId,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The built-in data, read once.
pub(super) static KNOWLEDGE: LazyLock<KnowledgeBase> =
    LazyLock::new(|| licit::ask::built_in().unwrap());

/// The days at and around which something begins, ends or becomes known, from 2013 to 2028.
static TELLING_DAYS: LazyLock<Vec<Day>> = LazyLock::new(|| {
    let mut days = Vec::new();
    for (_, claim) in KNOWLEDGE.claims.iter() {
        let periods = [&claim.effective, &claim.known];
        for boundary in periods
            .into_iter()
            .flat_map(|period| [&period.from, &period.until])
            .flatten()
        {
            for edge in [boundary.earliest(), boundary.latest()]
                .into_iter()
                .flatten()
            {
                days.extend([edge.previous(), edge, edge.next()]);
            }
        }
    }
    days.sort();
    days.dedup();
    days.retain(|day| (2013..=2028).contains(&day.parts().0));
    days
});

/// Tasks that claims speak about: the others are all alike.
static TOLD_TASKS: LazyLock<Vec<TaskId>> = LazyLock::new(|| {
    let knowledge = &*KNOWLEDGE;
    let is_told = |task: &TaskId| {
        knowledge
            .subjects_of(*task)
            .iter()
            .take(2)
            .any(|subject| !knowledge.about(Topic::Requirements(*subject)).is_empty())
    };
    knowledge
        .tasks
        .iter()
        .map(|(id, _)| id)
        .filter(is_told)
        .collect()
});

/// Tasks about which a claim speaks only under a condition: most of what an answer depends on is theirs.
static CONDITIONAL_TASKS: LazyLock<Vec<TaskId>> = LazyLock::new(|| {
    let knowledge = &*KNOWLEDGE;
    let is_conditional = |task: &TaskId| {
        knowledge
            .subjects_of(*task)
            .iter()
            .flat_map(|subject| knowledge.about(Topic::Requirements(*subject)))
            .any(|claim| knowledge.claims[*claim].when.is_some())
    };
    TOLD_TASKS.iter().copied().filter(is_conditional).collect()
});

/// SKUs that need something beside them.
static ADD_ONS: LazyLock<Vec<SkuId>> = LazyLock::new(|| {
    let knowledge = &*KNOWLEDGE;
    let skus = knowledge.skus.iter().map(|(id, _)| id);
    skus.filter(|sku| !knowledge.about(Topic::PrerequisitesOf(*sku)).is_empty())
        .collect()
});

fn one_of<T: Copy>(items: &[T], number: usize) -> T {
    items[number % items.len()]
}

/// What a given could be told to be; dates come in precise and imprecise forms.
fn value(kind: &GivenKind, number: usize) -> GivenValue {
    match kind {
        GivenKind::Truth => GivenValue::Truth(number.is_multiple_of(2)),
        GivenKind::Count => GivenValue::Count(number as u64 % 30),
        GivenKind::Choice(words) => GivenValue::Choice(words[number % words.len()].clone()),
        GivenKind::Date => {
            let day = one_of(&TELLING_DAYS, number / 7);
            let (year, month, _) = day.parts();
            let written = match number % 7 {
                0 => format!("{year}"),
                1 => format!("{year}-H{}", if month < 7 { 1 } else { 2 }),
                2 => format!("{year}-{month:02}"),
                3 => format!("by {day}"),
                4 => format!("after {day}"),
                _ => day.to_string(),
            };
            GivenValue::Date(Boundary::parse(&written).unwrap())
        }
    }
}

fn day() -> impl Strategy<Value = Day> {
    let first = Day::parse("2013-01-01").unwrap();
    let telling = any::<usize>().prop_map(|number| one_of(&TELLING_DAYS, number));
    let any_day = (0..16 * 365u64).prop_map(move |days| {
        let start = u64::try_from(first.days_since(Day::from_unix_seconds(631_152_000))).unwrap();
        Day::from_unix_seconds(631_152_000 + (start + days) * 86_400)
    });
    prop_oneof![2 => telling, 1 => any_day]
}

fn subject() -> impl Strategy<Value = Asked> {
    let knowledge = &*KNOWLEDGE;
    let at = |length: usize| any::<usize>().prop_map(move |number| number % length);
    prop_oneof![
        2 => at(knowledge.roles.len()).prop_map(|at| Asked::Role(RoleId::at(at))),
        5 => any::<usize>().prop_map(|number| Asked::Task(one_of(&TOLD_TASKS, number))),
        2 => at(knowledge.features.len()).prop_map(|at| Asked::Feature(FeatureId::at(at))),
        1 => any::<usize>().prop_map(|number| Asked::Sku(one_of(&ADD_ONS, number))),
    ]
}

fn skus(most: usize) -> impl Strategy<Value = Vec<SkuId>> {
    let length = KNOWLEDGE.skus.len();
    vec(any::<usize>(), 0..=most).prop_map(move |numbers| {
        let mut skus: Vec<SkuId> = numbers
            .into_iter()
            .map(|number| SkuId::at(number % length))
            .collect();
        skus.sort_unstable();
        skus.dedup();
        skus
    })
}

/// Few or many of the givens; as a list, so that a failing question loses those that do not matter.
fn givens() -> impl Strategy<Value = BTreeMap<GivenId, GivenValue>> {
    let length = KNOWLEDGE.givens.len();
    let told = |most: usize| vec((0..length, any::<usize>()), 0..=most);
    prop_oneof![told(3), told(2 * length)].prop_map(|told| {
        let given = |(at, number): (usize, usize)| {
            let given = GivenId::at(at);
            (given, value(&KNOWLEDGE.givens[given].kind, number))
        };
        told.into_iter().map(given).collect()
    })
}

/// Any question about the built-in data.
pub(super) fn question() -> impl Strategy<Value = Question> {
    let days = (day(), day(), 0..3u8).prop_map(|(on, known, hindsight)| match hindsight {
        // Mostly with today's knowledge, as people ask.
        0 => (on, known),
        1 => (on, on),
        _ => (on, Day::parse("2026-11-22").unwrap()),
    });
    let reading = prop_oneof![
        3 => Just(Reading::Documented),
        1 => Just(Reading::Technical),
        1 => Just(Reading::Cautious),
    ];
    let holdings = (skus(2), skus(1), skus(1));
    (
        vec(subject(), 1..=3),
        proptest::bool::weighted(0.2),
        days,
        givens(),
        holdings,
        reading,
    )
        .prop_map(
            |(subjects, eligible, (on, known), givens, holdings, reading)| Question {
                subjects,
                eligible,
                on,
                known,
                givens,
                held: holdings.0,
                held_elsewhere: holdings.1,
                owned: holdings.2.into_iter().map(|sku| (sku, 25)).collect(),
                reading,
                segment: Segment::Commercial,
                currency: Currency::parse("USD").unwrap(),
                agreement: Default::default(),
            },
        )
}

/// A question that few givens settle, about tasks whose claims ask for some.
pub(super) fn open_question() -> impl Strategy<Value = Question> {
    let tasks = vec(any::<usize>(), 1..=2);
    (question(), tasks, 0..=2usize).prop_map(|(question, tasks, told)| Question {
        subjects: tasks
            .into_iter()
            .map(|number| Asked::Task(one_of(&CONDITIONAL_TASKS, number)))
            .collect(),
        givens: question.givens.into_iter().take(told).collect(),
        ..question
    })
}

/// So many questions, drawn in order.
pub(super) fn questions(strategy: impl Strategy<Value = Question>, number: usize) -> Vec<Question> {
    drawn(strategy, number)
}

/// So many of anything, drawn in order.
pub(super) fn drawn<T>(strategy: impl Strategy<Value = T>, number: usize) -> Vec<T> {
    let mut runner = TestRunner::new(super::cases(1));
    let mut drawn = || strategy.new_tree(&mut runner).unwrap().current();
    (0..number).map(|_| drawn()).collect()
}

/// The question as a command line, to ask it again by hand.
pub(super) fn told(question: &Question) -> String {
    let knowledge = &*KNOWLEDGE;
    let sku = |sku: &SkuId| knowledge.skus[*sku].id.to_string();
    let mut words = vec!["licit ask".to_owned()];
    for asked in &question.subjects {
        words.push(match asked {
            Asked::Role(id) => format!("--role {:?}", knowledge.roles[*id].id.as_str()),
            Asked::Task(id) => format!("--task {}", knowledge.tasks[*id].id),
            Asked::Feature(id) => format!("--feature {}", knowledge.features[*id].id),
            Asked::Sku(id) => format!("{:?}", knowledge.skus[*id].id.as_str()),
        });
    }
    words.push(format!("--on {} --known {}", question.on, question.known));
    words.push(format!("--reading {}", question.reading));
    words.extend(question.eligible.then(|| "--eligible".to_owned()));
    let givens = question.givens.iter();
    words.extend(givens.map(|(given, value)| {
        let written = format!("{}={value}", knowledge.givens[*given].id);
        format!("--given {written:?}")
    }));
    words.extend(
        question
            .held
            .iter()
            .map(|id| format!("--held {:?}", sku(id))),
    );
    let elsewhere = question.held_elsewhere.iter();
    words.extend(elsewhere.map(|id| format!("--held-elsewhere {:?}", sku(id))));
    let owned = question.owned.iter();
    words.extend(owned.map(|(id, seats)| format!("--owned {:?}", format!("{}={seats}", sku(id)))));
    words.join(" ")
}
