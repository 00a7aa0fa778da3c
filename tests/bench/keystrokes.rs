//! From a key to the changed frame, with the whole built-in data at 120x40: p50 at most 4 ms, p95 at most 16 ms.
//!
//! `cargo bench --bench keystrokes`. Every key is taken in, worked out and drawn; what the terminal does with the bytes is
//! not measured here but by `cargo bench --bench terminal`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the figures are what a benchmark is for"
)]

mod story;

use licit::model::{Currency, Day, Reading};
use licit::tui::{Keymap, Look, Message, Model, fresh, update, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() {
    let day = Day::parse("2026-11-22").unwrap();
    let began = Instant::now();
    let knowledge = Arc::new(licit::ask::built_in().unwrap());
    let look = Look {
        color: true,
        ascii: false,
        mouse: false,
    };
    let draft = fresh(day, Reading::Documented, Currency::us_dollar());
    let mut model = Model::new(knowledge, day, draft, Keymap::new(&BTreeMap::new()), look);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    update(
        &mut model,
        Message::Resize {
            width: 120,
            height: 40,
        },
    );
    terminal.draw(|frame| view(&model, frame)).unwrap();
    println!("data to first frame: {:.1?}", began.elapsed());
    let mut times: Vec<(Duration, String)> = Vec::new();
    for _ in 0..5 {
        for key in story::keys() {
            let message = Message::Key(key.parse().unwrap());
            let began = Instant::now();
            update(&mut model, message);
            terminal.draw(|frame| view(&model, frame)).unwrap();
            times.push((began.elapsed(), key));
        }
    }
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0;
    println!(
        "{} keys: p50 {:.2?} (goal 4 ms), p95 {:.2?} (goal 16 ms), p99 {:.2?}",
        times.len(),
        at(50),
        at(95),
        at(99)
    );
    for (time, key) in times.iter().rev().take(5) {
        println!("slowest: {key} {time:.1?}");
    }
}
