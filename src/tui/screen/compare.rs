//! Compare: licenses side by side, the name of each row frozen, one cell marked.

use super::{hint, shown};
use crate::model::{Cell, ComparedRow, Mark, Named, Spread};
use crate::render::{ComparisonView, Line};
use crate::tui::model::Model;
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, mentioned};
use unicode_width::UnicodeWidthStr;

/// Columns of a mark with the blanks beside it.
const CELL: usize = 7;

/// "Side by side: 21 of 61 rows differ".
pub(super) fn title(model: &Model) -> String {
    let Some(comparison) = &model.comparison else {
        return Pane::Matrix.title().to_owned();
    };
    let all = comparison.rows.len();
    let differing = comparison
        .rows
        .iter()
        .filter(|row| row.spread() == Spread::Differs)
        .count();
    match model.only_differences {
        true => format!("Side by side: {differing} of {all} rows differ"),
        false => format!("Side by side: all {all} rows"),
    }
}

/// The sign of a mark. Shape first: no color is needed to tell them apart.
fn sign(mark: Mark, ascii: bool) -> &'static str {
    match (mark, ascii) {
        (Mark::Yes, false) => "●",
        (Mark::Yes, true) => "Y",
        (Mark::No, false) => "○",
        (Mark::No, true) => ".",
        (Mark::Unknown, _) => "?",
        (Mark::Contested, _) => "!",
        (Mark::NotRequired, _) => "free",
        (Mark::Unavailable, _) => "closed",
    }
}

/// The rows that are shown.
fn shown_rows(model: &Model) -> Vec<&ComparedRow> {
    let Some(comparison) = &model.comparison else {
        return Vec::new();
    };
    let mut rows: Vec<&ComparedRow> = comparison
        .rows
        .iter()
        .filter(|row| !model.only_differences || row.spread() == Spread::Differs)
        .collect();
    rows.sort_by_cached_key(|row| {
        let marks: Vec<Mark> = row.cells.iter().map(|cell| cell.mark).collect();
        (row.spread(), marks)
    });
    rows
}

/// The heads of the columns, each no longer than its column.
fn heads(model: &Model) -> Vec<String> {
    let Some(comparison) = &model.comparison else {
        return Vec::new();
    };
    let letters = ('A'..='Z').map(String::from);
    letters.take(comparison.sets.len()).collect()
}

/// The matrix. Its first row names the columns; the marked cell stands in brackets.
pub(super) fn matrix(model: &Model) -> Vec<Row> {
    let Some(comparison) = &model.comparison else {
        return hint(
            "Pick licenses to put side by side: + searches one, c on any row with a license adds it.",
        );
    };
    let heads = heads(model);
    let mut head = Line::new();
    for (place, word) in heads.iter().enumerate() {
        head = head.plain(cell(word, place == model.column));
    }
    let ids: Vec<String> = comparison
        .sets
        .iter()
        .map(|set| {
            let ids = set
                .skus
                .iter()
                .map(|sku| model.knowledge().skus[*sku].id.as_str());
            ids.collect::<Vec<&str>>().join(" + ")
        })
        .collect();
    let mut all: Vec<Row> = Vec::new();
    for (place, (head, ids)) in heads.iter().zip(&ids).enumerate() {
        let total = comparison.sets.get(place).and_then(|set| set.total);
        let price = total.map_or_else(
            || "no price known".to_owned(),
            |total| format!("{total} {}", comparison.question.currency),
        );
        let line = Line::new()
            .strong(head.as_str())
            .plain(" ")
            .code(ids.as_str())
            .plain(format!("  {price}"));
        let target = comparison
            .sets
            .get(place)
            .map(|set| Target::Skus(set.skus.clone()));
        all.push(Row {
            target,
            ..Row::new(line)
        });
    }
    all.push(Row::default());
    all.push(Row {
        is_drawing: true,
        ..Row::new(head)
    });
    all.extend(shown_rows(model).into_iter().map(|row| line(model, row)));
    if model.only_differences && all.len() == heads.len() + 2 {
        all.extend(hint("No row differs."));
    }
    all
}

fn line(model: &Model, row: &ComparedRow) -> Row {
    let mut line = Line::new();
    for (place, of) in row.cells.iter().enumerate() {
        line = line.plain(cell(sign(of.mark, model.look.ascii), place == model.column));
    }
    let is_needed = model.draft.now().has(row.of);
    line = line.plain(model.knowledge().name(row.of));
    if is_needed {
        line = line.strong("  < basket");
    }
    let claims = marked(model, row).map_or_else(Vec::new, |cell| cell.claims.clone());
    Row {
        is_drawing: true,
        ..Row::new(line)
            .about(Target::Cell(row.of, claims))
            .keyed(model.knowledge().written(row.of))
    }
}

/// The words in a column, in brackets where the cell is marked.
fn cell(words: &str, is_marked: bool) -> String {
    let (left, right) = if is_marked { ("[", "]") } else { (" ", " ") };
    let blanks = CELL.saturating_sub(words.width() + 2);
    format!("{left}{words}{right}{}", " ".repeat(blanks))
}

fn marked<'r>(model: &Model, row: &'r ComparedRow) -> Option<&'r Cell> {
    row.cells.get(model.column)
}

/// What the marked cell says, with the claims behind it.
pub(super) fn cell_rows(model: &Model, of: Named) -> Vec<Row> {
    let knowledge = model.knowledge();
    let Some(comparison) = &model.comparison else {
        return Vec::new();
    };
    let row = comparison.rows.iter().find(|row| row.of == of);
    let (Some(row), Some(set)) = (row, comparison.sets.get(model.column)) else {
        return Vec::new();
    };
    let Some(cell) = marked(model, row) else {
        return Vec::new();
    };
    let names: Vec<&str> = set
        .skus
        .iter()
        .map(|sku| knowledge.skus[*sku].name.as_str())
        .collect();
    let words = match cell.mark {
        Mark::Yes => "included",
        Mark::No => "not included",
        Mark::Unknown => "not attested that day, or it turns on something unknown",
        Mark::Contested => "sources disagree",
        Mark::NotRequired => "needs no license",
        Mark::Unavailable => "no license opens it that day",
    };
    let mut rows = vec![
        Row::new(Line::new().strong(knowledge.name(of))).about(Target::Thing(of)),
        Row::new(format!("in {}", names.join(" with "))).about(Target::Skus(set.skus.clone())),
        Row::new(
            Line::from(sign(cell.mark, model.look.ascii))
                .plain(" ")
                .strong(words),
        ),
        Row::default(),
    ];
    for claim in &cell.claims {
        rows.extend(shown::rows(model, &Target::Claim(*claim)));
        rows.push(Row::default());
    }
    if cell.claims.is_empty() {
        rows.extend(hint(
            "No claim of its own: it follows from what the licenses carry. g shows how.",
        ));
    }
    rows
}

/// The marked cell.
pub(super) fn cell_of(model: &Model) -> Option<Named> {
    match model.target_of(Pane::Matrix)? {
        Target::Cell(of, _) => Some(of),
        _ => None,
    }
}

/// What each of the licenses costs, and what to know before buying it.
pub(super) fn sets(model: &Model) -> Vec<Row> {
    let knowledge = model.knowledge();
    let Some(comparison) = &model.comparison else {
        return Vec::new();
    };
    let view = ComparisonView {
        knowledge,
        comparison,
    };
    let mut rows = Vec::new();
    for (item, set) in view.set_items().into_iter().zip(&comparison.sets) {
        let target = Target::Skus(set.skus.clone());
        let mut row = Row::new(item.line).about(target.clone());
        row.hang = 2;
        rows.push(row);
        for detail in item.details {
            let about = mentioned(knowledge, &detail).unwrap_or_else(|| target.clone());
            let mut row = Row::new(detail).indented(2).about(about);
            row.hang = 2;
            rows.push(row);
        }
    }
    rows
}

/// The marked cell as rows.
pub(super) fn cell_pane(model: &Model) -> Vec<Row> {
    match cell_of(model) {
        Some(of) => cell_rows(model, of),
        None => hint("Mark a cell: up and down go by rows, left and right by licenses."),
    }
}
