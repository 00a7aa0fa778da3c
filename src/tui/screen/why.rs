//! Why: the proof that folds, the claim of the marked row, its sources.

use super::{hint, shown};
use crate::render::{Block, Line, Page, SourceView, View, WhyView};
use crate::tui::model::Model;
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, mentioned, rows};

/// The proof, need by need: what is concluded, what that rests on, and claim by claim who said it.
pub(super) fn proof(model: &Model) -> Vec<Row> {
    let Some(asked) = model.shown() else {
        return hint("Nothing to explain yet: put something into the basket on Ask (1).");
    };
    let view = WhyView {
        knowledge: model.knowledge(),
        answer: &asked.answer,
        proof: &asked.proof,
        hindsight: asked.hindsight.as_ref(),
    };
    outline(model, &view.page())
}

/// A row with how deep it hangs.
struct Point {
    depth: usize,
    line: Line,
    is_open: bool,
}

/// A page as an outline: what a heading or a sentence leads in hangs below it. The claims are closed at first.
fn outline(model: &Model, page: &Page) -> Vec<Row> {
    let mut points: Vec<Point> = Vec::new();
    let mut add = |depth, line: Line, is_open| {
        points.push(Point {
            depth,
            line,
            is_open,
        });
    };
    for block in page.blocks() {
        match block {
            Block::Title(line) => add(0, line.clone(), true),
            Block::Heading(words) => add(0, Line::new().strong(words.as_str()), true),
            Block::Paragraph(line) => add(1, line.clone(), true),
            Block::Facts(facts) => {
                for (label, value) in facts {
                    let label = Line::new().faint(format!("{label}  "));
                    add(1, label.join(value.clone()), true);
                }
            }
            Block::Items(items) => {
                for item in items {
                    add(2, item.line.clone(), false);
                    for detail in &item.details {
                        add(3, detail.clone(), true);
                    }
                }
            }
            Block::Tree(lines) => {
                for (depth, line) in lines {
                    add(depth + 1, line.clone(), true);
                }
            }
            Block::Drawing(_) | Block::Table { .. } => {}
        }
    }
    folded(model, &points)
}

/// The points that are in sight.
fn folded(model: &Model, points: &[Point]) -> Vec<Row> {
    let knowledge = model.knowledge();
    let mut rows: Vec<Row> = Vec::new();
    let mut hidden_below: Option<usize> = None;
    let mut above: Option<Target> = None;
    for (place, point) in points.iter().enumerate() {
        if hidden_below.is_some_and(|depth| point.depth > depth) {
            continue;
        }
        hidden_below = None;
        let mut row = Row::new(point.line.clone()).indented(point.depth * 2);
        row.hang = 2;
        row.target = mentioned(knowledge, &point.line);
        if point.depth < 3 {
            above = row.target.clone();
        } else {
            row.target = row.target.or_else(|| above.clone());
        }
        let leads = points
            .get(place + 1)
            .is_some_and(|next| next.depth > point.depth);
        if leads {
            row.key = format!("why:{}:{}", point.depth, row.text());
            let is_open = point.is_open != model.folded.contains(&row.key);
            row.open = Some(is_open);
            if !is_open {
                hidden_below = Some(point.depth);
            }
        }
        rows.push(row);
    }
    rows
}

/// The claim of the marked row, whole.
pub(super) fn step(model: &Model) -> Vec<Row> {
    let claim = model
        .target_of(Pane::Proof)
        .and_then(|target| match target {
            Target::Claim(claim) => Some(claim),
            _ => None,
        });
    match claim {
        Some(claim) => shown::rows(model, &Target::Claim(claim)),
        None => hint(
            "Mark a claim: it stands in front of its reasons.\nx answers as if it had never been made.",
        ),
    }
}

/// The sources of that claim.
pub(super) fn sources(model: &Model) -> Vec<Row> {
    let knowledge = model.knowledge();
    let target = model.target_of(Pane::Proof);
    let claim = target.as_ref().and_then(Target::claim);
    let sources = match (target, claim) {
        (_, Some(claim)) => knowledge.claims[claim]
            .evidence
            .iter()
            .map(|evidence| evidence.source)
            .collect(),
        (Some(Target::Source(source)), None) => vec![source],
        _ => Vec::new(),
    };
    if sources.is_empty() {
        return hint("The marked row has no source of its own.");
    }
    let mut all = Vec::new();
    for source in sources {
        let page = SourceView { knowledge, source }.page();
        let rows = rows(knowledge, &page).into_iter();
        let rows = rows.take_while(|row| !row.text().starts_with("Cited by"));
        all.extend(rows.map(|row| match row.target {
            Some(_) => row,
            None => row.about(Target::Source(source)),
        }));
        all.push(Row::default());
    }
    all
}
