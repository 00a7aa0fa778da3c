//! Rows: what every pane is made of.
//!
//! A pane shows the same page that the command line prints, row by row. A row knows what it is about, so that showing its
//! claim, opening its source, copying it or walking on from it works on every row of every screen.

use super::command::Command;
use super::draft::Entry;
use crate::dataset::KnowledgeBase;
use crate::model::{ClaimId, Day, FindingId, GivenId, Named, SkuId, SourceId};
use crate::render::{Block, Line, Page, Tone};
use crate::search::{Recorded, recorded};
use crate::tenant::Origin;
use unicode_width::UnicodeWidthStr;

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A role, task, feature, SKU or plan.
    Thing(Named),
    /// A claim.
    Claim(ClaimId),
    /// A source.
    Source(SourceId),
    /// A question that only the asker can answer.
    Given(GivenId),
    /// A day on which something changes, and by whose claim.
    Day(Day, Option<ClaimId>),
    /// A line of the basket.
    Entry(Entry),
    /// SKUs that would do.
    Skus(Vec<SkuId>),
    /// A cell of a comparison: the thing of its row and the claims behind it.
    Cell(Named, Vec<ClaimId>),
    /// A command, in the palette and the help.
    Command(Command),
    /// A basket that was kept, by its name.
    Basket(String),
    /// A finding of the audit.
    Finding(FindingId),
    /// What is said of an assignment or a duty for one account, by its place in the audit.
    Judgment(usize),
    /// A row of an export.
    Origin(Origin),
}

impl Target {
    /// The claim that it is about.
    pub fn claim(&self) -> Option<ClaimId> {
        match self {
            Self::Claim(claim) | Self::Entry(Entry::SetAside(claim)) => Some(*claim),
            Self::Day(_, claim) => *claim,
            Self::Cell(_, claims) => claims.first().copied(),
            _ => None,
        }
    }

    /// The thing that it is about.
    pub fn thing(&self) -> Option<Named> {
        match self {
            Self::Thing(thing) | Self::Cell(thing, _) => Some(*thing),
            Self::Entry(Entry::Asked(_, asked)) => Some(super::draft::named(*asked)),
            Self::Entry(Entry::Held(_, sku) | Entry::HeldElsewhere(_, sku) | Entry::Owned(sku)) => {
                Some(Named::Sku(*sku))
            }
            Self::Skus(skus) => skus.first().map(|sku| Named::Sku(*sku)),
            _ => None,
        }
    }

    /// The day that it is about.
    pub fn day(&self) -> Option<Day> {
        match self {
            Self::Day(day, _) => Some(*day),
            _ => None,
        }
    }

    /// Whether it belongs to the exports that are open, and to nothing else.
    pub fn is_of_audit(&self) -> bool {
        matches!(self, Self::Finding(_) | Self::Judgment(_) | Self::Origin(_))
    }

    /// The question that it is about.
    pub fn given(&self) -> Option<GivenId> {
        match self {
            Self::Given(given) | Self::Entry(Entry::Given(given)) => Some(*given),
            _ => None,
        }
    }
}

/// A line of a pane; on a narrow one it may run over several lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What it says.
    pub line: Line,
    /// Blanks before its first line.
    pub indent: usize,
    /// Further blanks before the lines that it runs over to.
    pub hang: usize,
    /// What it is about.
    pub target: Option<Target>,
    /// Whether rows below it are hidden (closed) or shown; none where there are none.
    pub open: Option<bool>,
    /// By what it is known again when rows come and go: folding and selection hold on to it.
    pub key: String,
    /// Whether its signs must stay below those of its neighbors: it is cut, never broken.
    pub is_drawing: bool,
}

impl Row {
    /// A row that says this.
    pub fn new(line: impl Into<Line>) -> Self {
        Self {
            line: line.into(),
            ..Self::default()
        }
    }

    /// The same, so many blanks further to the right.
    #[must_use]
    pub fn indented(mut self, blanks: usize) -> Self {
        self.indent += blanks;
        self
    }

    /// The same about something.
    #[must_use]
    pub fn about(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    /// The same, to be known again by this.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// What it says, without tones.
    pub fn text(&self) -> String {
        let pieces = self.line.pieces().iter();
        pieces.map(|(_, text)| text.as_str()).collect()
    }
}

/// The rows of a page. A row that names a claim, a source or a given by its id is about it; details belong to what stands
/// above them.
pub(super) fn rows(knowledge: &KnowledgeBase, page: &Page) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut after_heading = true;
    for block in page.blocks() {
        if !std::mem::replace(&mut after_heading, matches!(block, Block::Heading(_))) {
            rows.push(Row::default());
        }
        match block {
            Block::Title(line) => rows.push(row(knowledge, line.clone(), 0, 2)),
            Block::Heading(words) => {
                rows.push(row(knowledge, Line::new().strong(words.as_str()), 0, 2));
            }
            Block::Paragraph(line) => rows.push(row(knowledge, line.clone(), 0, 0)),
            Block::Facts(facts) => {
                let widest = facts.iter().map(|(label, _)| label.width()).max();
                let widest = widest.unwrap_or(0);
                for (label, value) in facts {
                    let blanks = " ".repeat(widest - label.width() + 2);
                    let line = Line::new()
                        .faint(label.as_str())
                        .plain(blanks)
                        .join(value.clone());
                    rows.push(row(knowledge, line, 0, widest + 2));
                }
            }
            Block::Table { head, rows: body } => table(knowledge, &mut rows, head, body),
            Block::Items(items) => {
                for item in items {
                    let mut point = row(knowledge, item.line.clone(), 0, 2);
                    point.key = point.text();
                    let target = point.target.clone();
                    rows.push(point);
                    for detail in &item.details {
                        let mut detail = row(knowledge, detail.clone(), 2, 2);
                        detail.target = detail.target.or_else(|| target.clone());
                        rows.push(detail);
                    }
                }
            }
            Block::Drawing(lines) => rows.extend(lines.iter().map(|line| Row {
                is_drawing: true,
                ..Row::new(line.as_str())
            })),
            Block::Tree(points) => {
                let points = points.iter();
                rows.extend(points.map(|(depth, line)| row(knowledge, line.clone(), depth * 2, 2)));
            }
        }
    }
    rows
}

/// A row about what it names.
fn row(knowledge: &KnowledgeBase, line: Line, indent: usize, hang: usize) -> Row {
    let target = mentioned(knowledge, &line);
    Row {
        line,
        indent,
        hang,
        target,
        ..Row::default()
    }
}

/// The first record that a line names by its id.
pub(super) fn mentioned(knowledge: &KnowledgeBase, line: &Line) -> Option<Target> {
    let codes = line.pieces().iter().filter(|(tone, _)| *tone == Tone::Code);
    let mut words = codes.flat_map(|(_, text)| text.split([' ', ',', '=']));
    words.find_map(|word| {
        recorded(knowledge, word).map(|record| match record {
            Recorded::Claim(claim) => Target::Claim(claim),
            Recorded::Source(source) => Target::Source(source),
            Recorded::Given(given) => Target::Given(given),
            Recorded::Thing(thing) => Target::Thing(thing),
        })
    })
}

fn table(knowledge: &KnowledgeBase, rows: &mut Vec<Row>, head: &[String], body: &[Vec<Line>]) {
    let width = |line: &Line| -> usize { line.pieces().iter().map(|(_, text)| text.width()).sum() };
    let mut widths: Vec<usize> = head.iter().map(|word| word.width()).collect();
    for cells in body {
        for (widest, cell) in widths.iter_mut().zip(cells) {
            *widest = (*widest).max(width(cell));
        }
    }
    let aligned = |cells: &mut dyn Iterator<Item = Line>| {
        let mut line = Line::new();
        for (widest, cell) in widths.iter().zip(cells) {
            let blanks = " ".repeat(widest.saturating_sub(width(&cell)) + 2);
            line = line.join(cell).plain(blanks);
        }
        line
    };
    let mut words = head.iter().map(|word| Line::new().faint(word.as_str()));
    rows.push(Row::new(aligned(&mut words)));
    for cells in body {
        rows.push(row(knowledge, aligned(&mut cells.iter().cloned()), 0, 2));
    }
}
