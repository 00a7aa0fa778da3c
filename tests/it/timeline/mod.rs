//! Time: what was told when, what flips an answer, and how it is shown.

mod chains;
mod flips;
mod forms;
mod news;
mod questions;

use licit::dataset::KnowledgeBase;
use licit::model::{Asked, Axis, Currency, Day, Edge, Named, Question, Reading, Segment, Timeline};
use licit::reason::timeline;
use licit::search::{Resolution, ThingKind, resolve};
use std::sync::LazyLock;

/// The built-in data, read once.
static KNOWLEDGE: LazyLock<KnowledgeBase> = LazyLock::new(|| licit::ask::built_in().unwrap());

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A question about one thing by its id, with givens as on the command line.
fn question(id: &str, givens: &[&str]) -> Question {
    let knowledge = &*KNOWLEDGE;
    let Resolution::Clear { hit, .. } = resolve(knowledge, id, ThingKind::ALL) else {
        panic!("{id}")
    };
    let subject = match hit.thing {
        Named::Role(id) => Asked::Role(id),
        Named::Feature(id) => Asked::Feature(id),
        Named::Task(id) => Asked::Task(id),
        Named::Sku(id) => Asked::Sku(id),
        Named::Plan(_) => panic!("{id} is a plan"),
    };
    let givens = givens.iter().map(|given| {
        let (id, value) = given.split_once('=').unwrap();
        let given = knowledge.givens.find(id).unwrap();
        (given, knowledge.givens[given].kind.read(value).unwrap())
    });
    let today = day("2026-11-22");
    Question {
        subjects: vec![subject],
        eligible: false,
        on: today,
        known: today,
        givens: givens.collect(),
        held: Vec::new(),
        held_elsewhere: Vec::new(),
        owned: Default::default(),
        reading: Reading::Documented,
        segment: Segment::Commercial,
        currency: Currency::us_dollar(),
        agreement: Default::default(),
    }
}

/// How the answer changes over the days from 2013 to 2030, as known on one.
fn as_known(question: &Question, known: Day) -> Timeline {
    let question = Question {
        known,
        ..question.clone()
    };
    timeline(
        &KNOWLEDGE,
        &question,
        Axis::On,
        day("2013-01-01"),
        day("2030-12-31"),
    )
}

/// An edge by the date as written.
fn written(edge: &Edge) -> String {
    match edge {
        Edge::On(day) => day.to_string(),
        Edge::Earliest(boundary) | Edge::Latest(boundary) => boundary.to_string(),
    }
}
