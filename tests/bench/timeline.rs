//! What a whole timeline costs beside one answer: at most forty times as much, over fifteen years, on every axis.
//!
//! `cargo bench --bench timeline`. Both are measured in one run, each as the median of several; the gate on counts is a
//! test (`tests/it/timeline/flips.rs`), since times depend on the machine.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the figures are what a benchmark is for"
)]

use licit::dataset::KnowledgeBase;
use licit::model::{Asked, Axis, Currency, Day, Named, Question, Reading, Segment};
use licit::reason::{answer, timeline};
use licit::search::{Resolution, ThingKind, resolve};
use std::hint::black_box;
use std::time::{Duration, Instant};

const SUBJECTS: [&str; 10] = [
    "global administrator",
    "intune administrator",
    "exchange administrator",
    "security administrator",
    "power platform administrator",
    "safe-links",
    "basic-auth-smtp-auth",
    "pim.hold-eligible-assignment",
    "access-reviews.review",
    "sku:ATP_ENTERPRISE",
];
const GOAL: u128 = 40;
const ROUNDS: usize = 15;

fn question(knowledge: &KnowledgeBase, words: &str) -> Option<Question> {
    let Resolution::Clear { hit, .. } = resolve(knowledge, words, ThingKind::ALL) else {
        return None;
    };
    let subject = match hit.thing {
        Named::Role(id) => Asked::Role(id),
        Named::Feature(id) => Asked::Feature(id),
        Named::Task(id) => Asked::Task(id),
        Named::Sku(id) => Asked::Sku(id),
        Named::Plan(_) => return None,
    };
    let today = Day::parse("2026-11-22")?;
    Some(Question {
        subjects: vec![subject],
        eligible: false,
        on: today,
        known: today,
        givens: Default::default(),
        held: Vec::new(),
        held_elsewhere: Vec::new(),
        owned: Default::default(),
        reading: Reading::Documented,
        segment: Segment::Commercial,
        currency: Currency::us_dollar(),
        agreement: Default::default(),
    })
}

/// The median time of several rounds.
fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn main() {
    let knowledge = licit::ask::built_in().unwrap();
    let first = Day::parse("2013-01-01").unwrap();
    let last = Day::parse("2028-12-31").unwrap();
    println!(
        "{:<32} {:>10} {:>8} {:>8} {:>8}",
        "subject", "one answer", "on", "known", "both"
    );
    for words in SUBJECTS {
        let Some(question) = question(&knowledge, words) else {
            continue;
        };
        let one = median(|| {
            black_box(answer(&knowledge, &question));
        });
        let ratios = Axis::ALL.iter().map(|axis| {
            let whole = median(|| {
                black_box(timeline(&knowledge, &question, *axis, first, last));
            });
            whole.as_nanos() * 10 / one.as_nanos().max(1)
        });
        let ratios: Vec<u128> = ratios.collect();
        let told: Vec<String> = ratios
            .iter()
            .map(|ratio| format!("{:>6}.{}x", ratio / 10, ratio % 10))
            .collect();
        let verdict = if ratios.iter().all(|ratio| *ratio <= GOAL * 10) {
            ""
        } else {
            "  over the goal"
        };
        println!(
            "{words:<32} {:>7} us {}{verdict}",
            one.as_micros(),
            told.join(" ")
        );
    }
}
