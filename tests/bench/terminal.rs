//! The built program in a pseudo-terminal of 120x40, with the whole built-in data: gate R12, and the first paint.
//!
//! `cargo bench --bench terminal`. From a key to the last byte of the frame that it changed: p50 at most 16 ms, p95 at most
//! 50 ms. From the start of the process to the first frame: p95 at most 100 ms.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "the figures are what a benchmark is for"
)]

mod story;

/// What the harness takes from the tests beside it.
mod common {
    pub(crate) const TODAY: &str = "2026-11-22";
}

#[allow(dead_code, reason = "the gates use more of it")]
#[path = "../it/tui/harness.rs"]
mod harness;

use harness::{Session, licit};
use std::time::{Duration, Instant};

/// A key that changes nothing is not waited for any longer.
const NOTHING_COMES: Duration = Duration::from_millis(250);

/// After this long without a byte a frame is over.
const QUIET: Duration = Duration::from_millis(25);

/// What only the first frame shows.
const FIRST_FRAME: &str = "Ask";

fn main() {
    let mut paints: Vec<Duration> = (0..60).map(|_| first_paint()).collect();
    tell("first paint, p95 at most 100 ms", &mut paints);

    let session = Session::start(licit(), 120, 40);
    session.wait_for(FIRST_FRAME);
    session.settled();
    let mut times = Vec::new();
    let (mut pressed, mut without) = (0, 0);
    while pressed < 1000 {
        for key in story::keys() {
            pressed += 1;
            match changed(&session, &key) {
                Some(took) => times.push(took),
                None => without += 1,
            }
        }
    }
    println!("R12 {pressed} keys, {without} of them changed nothing");
    tell(
        "R12 key to changed bytes, p50 at most 16 ms, p95 at most 50 ms",
        &mut times,
    );
}

/// From the start of the process to the last byte of the first frame.
fn first_paint() -> Duration {
    let began = Instant::now();
    let session = Session::start(licit(), 120, 40);
    session.wait_for(FIRST_FRAME);
    began.elapsed()
}

/// Presses a key; how long it took until the last byte of what it changed came.
fn changed(session: &Session, key: &str) -> Option<Duration> {
    let before = session.seen().bytes.len();
    let began = Instant::now();
    session.press(key);
    let (mut seen, mut last) = (before, None);
    loop {
        let now = session.next_bytes(seen, if last.is_some() { QUIET } else { NOTHING_COMES });
        if now == seen {
            return last;
        }
        (seen, last) = (now, Some(began.elapsed()));
    }
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "{what}: p50 {:.2?}, p95 {:.2?}, p99 {:.2?} over {}",
        at(50),
        at(95),
        at(99),
        times.len()
    );
}
