//! What the dialogue prints: the rows of the panes as lines, and what their numbers stand for.
//!
//! A number means what the last page of its kind said, since every page is a pure function of the state.

use crate::model::{ClaimId, GivenId, SourceId};
use crate::render::AnswerView;
use crate::tui::model::Model;
use crate::tui::overlay::{Choice, Chooser};
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, rows};
use crate::tui::screen;
use std::collections::BTreeSet;

/// A line of text without anything that steers or draws: no control characters, no boxes, no braille.
pub(super) fn flat(text: &str) -> String {
    let drawn = |letter: char| matches!(letter, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}');
    let letters = text.chars().filter(|letter| *letter != '\u{fffd}');
    letters
        .map(|letter| match letter.is_control() || drawn(letter) {
            true => ' ',
            false => letter,
        })
        .collect()
}

/// Rows as lines, each after what `lead` says of it. Drawings are left out: they show nothing that the words do not.
pub(super) fn lines(rows: &[Row], mut lead: impl FnMut(&Row) -> String) -> String {
    let mut text = String::new();
    for row in rows.iter().filter(|row| !row.is_drawing) {
        let words = flat(&row.text());
        let blanks = " ".repeat(row.indent);
        let line = format!("{blanks}{}{}", lead(row), words.trim_end());
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The same with a number before the first row of each that `of` finds in `all`.
fn numbered<T: PartialEq>(
    rows: &[Row],
    kind: &str,
    all: &[T],
    of: impl Fn(&Target) -> Option<T>,
) -> String {
    let mut told: BTreeSet<usize> = BTreeSet::new();
    lines(rows, |row| {
        let found = row.target.as_ref().and_then(&of);
        let place = found.and_then(|found| all.iter().position(|one| *one == found));
        match place.filter(|place| told.insert(*place)) {
            Some(place) => format!("{kind} {}: ", place + 1),
            None => String::new(),
        }
    })
}

/// What rows are about, each once, in their order.
fn each<T: PartialEq>(rows: &[Row], of: impl Fn(&Target) -> Option<T>) -> Vec<T> {
    let mut all = Vec::new();
    for found in rows.iter().filter_map(|row| of(row.target.as_ref()?)) {
        if !all.contains(&found) {
            all.push(found);
        }
    }
    all
}

fn claim(target: &Target) -> Option<ClaimId> {
    match target {
        Target::Claim(claim) => Some(*claim),
        _ => None,
    }
}

fn source(target: &Target) -> Option<SourceId> {
    match target {
        Target::Source(source) => Some(*source),
        _ => None,
    }
}

/// The questions that only the asker can answer: first what the answer turns on.
fn question_rows(model: &Model) -> Vec<Row> {
    screen::chooser_rows(model, &Chooser::new(Choice::Givens))
}

/// What "yes 1" is about.
pub(super) fn questions(model: &Model) -> Vec<GivenId> {
    each(&question_rows(model), Target::given)
}

/// What "why 1" is about.
pub(super) fn claims(model: &Model) -> Vec<ClaimId> {
    each(&model.rows(Pane::Proof), claim)
}

/// What "source 1" is about.
pub(super) fn sources(model: &Model) -> Vec<SourceId> {
    each(&source_rows(model), source)
}

fn source_rows(model: &Model) -> Vec<Row> {
    let Some(shown) = model.shown() else {
        return Vec::new();
    };
    let view = AnswerView {
        knowledge: model.knowledge(),
        answer: &shown.answer,
        proof: &shown.proof,
        hindsight: shown.hindsight.as_ref(),
    };
    rows(model.knowledge(), &view.sources())
}

/// The basket, a number before each line that can be taken out.
pub(super) fn basket(model: &Model) -> String {
    let mut text = format!("{}\n", flat(&screen::title(model, Pane::Basket)));
    let all = model.rows(Pane::Basket);
    let entries: Vec<Row> = all
        .iter()
        .filter(|row| row.target.is_some())
        .cloned()
        .collect();
    let mut number = 0;
    text.push_str(&lines(&entries, |_| {
        number += 1;
        format!("{number}. ")
    }));
    if model.draft.now().is_empty() {
        text.push_str("nothing is in it yet\n");
    }
    // The last row tells how it is read and paid.
    text.push_str(&lines(all.last().map_or(&[], std::slice::from_ref), |_| {
        String::new()
    }));
    text.push_str(&days(model));
    text
}

/// Both days, in every answer.
pub(super) fn days(model: &Model) -> String {
    let team = &model.draft.now().team;
    let told = |day| match day == model.today {
        true => format!("{day}, today"),
        false => format!("{day}"),
    };
    format!("on {}; known on {}\n", told(team.on), told(team.known))
}

/// The answer in short, with the numbers of its questions.
pub(super) fn answer(model: &Model) -> String {
    if model.shown().is_none() {
        return "No answer yet: nothing is in the basket. Type what you look for.\n".to_owned();
    }
    let all = model.rows(Pane::Answer);
    let mut text = format!("{}\n", flat(&screen::title(model, Pane::Answer)));
    let questions = questions(model);
    text.push_str(&numbered(&all, "question", &questions, Target::given));
    if !each(&all, Target::given).is_empty() {
        text.push_str("Answer a question by its number: yes 1, no 1, unknown 1, or say 1 VALUE.\n");
    }
    text
}

/// The verdict of what would be put into the basket next.
pub(super) fn preview(model: &Model) -> Option<String> {
    model.preview.as_ref()?;
    let verdict = model.rows(Pane::Answer).into_iter().next()?;
    let title = screen::title(model, Pane::Answer);
    Some(
        flat(&format!("{title}: {}\n", verdict.text()))
            .trim_end()
            .to_owned()
            + "\n",
    )
}

/// The proof, with the numbers of its claims.
pub(super) fn proof(model: &Model) -> String {
    let rows = model.rows(Pane::Proof);
    numbered(&rows, "claim", &claims(model), claim)
}

/// The sources of the answer.
pub(super) fn source_list(model: &Model) -> String {
    numbered(&source_rows(model), "source", &sources(model), source)
}

/// Every question, with its answer so far.
pub(super) fn question_list(model: &Model) -> String {
    numbered(
        &question_rows(model),
        "question",
        &questions(model),
        Target::given,
    )
}

/// A pane as it is, under its title.
pub(super) fn pane(model: &Model, pane: Pane) -> String {
    let title = flat(&screen::title(model, pane));
    format!("{title}\n{}", lines(&model.rows(pane), |_| String::new()))
}

/// One thing, claim, source or question whole.
pub(super) fn about(model: &Model, target: &Target) -> String {
    lines(&screen::about(model, target), |_| String::new())
}

#[cfg(test)]
mod tests {
    use super::flat;

    #[test]
    fn nothing_steers_or_draws() {
        assert_eq!(flat("a\u{1b}[2Jb\u{2502}c\u{28ff}d\te"), "a [2Jb c d e");
        assert_eq!(flat("Ünïcödé 管理者"), "Ünïcödé 管理者");
    }
}
