//! The panes of each screen and where they stand: a pure function of the screen, the focus and the size.

use super::place::Screen;
use ratatui::layout::{Constraint, Layout, Rect};

/// A part of a screen that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// The field with its matches.
    Search,
    /// Who asks for what.
    Basket,
    /// The answer in short.
    Answer,
    /// Other ways to comply.
    Ways,
    /// What the marked row is about.
    Detail,
    /// The proof, need by need.
    Proof,
    /// The claim of the marked row of the proof.
    Step,
    /// The sources of that claim.
    Sources,
    /// The two axes with where one stands on them.
    Axes,
    /// The days on which the answer changes.
    Changes,
    /// What differs between two days.
    Differences,
    /// What the cheapest set costs over time.
    Prices,
    /// Licenses side by side.
    Matrix,
    /// The marked cell.
    Cell,
    /// What each of the licenses costs, and what to know of it.
    Sets,
    /// The exports that were read.
    Files,
    /// What was found.
    Findings,
    /// The marked finding.
    Finding,
    /// The sums.
    Totals,
    /// What hangs together.
    Tree,
    /// The marked edge.
    Edge,
    /// One thing, claim or source.
    Page,
}

impl Pane {
    /// The title over it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Basket => "Basket (who and what)",
            Self::Answer => "Answer",
            Self::Ways => "Ways to comply, a month for each",
            Self::Detail => "Detail",
            Self::Proof => "Proof",
            Self::Step => "Claim",
            Self::Sources => "Sources",
            Self::Axes => "Days",
            Self::Changes => "Changes of the answer",
            Self::Differences => "What differs",
            Self::Prices => "Cheapest set over time",
            Self::Matrix => "Side by side",
            Self::Cell => "Cell",
            Self::Sets => "Licenses",
            Self::Files => "Exports",
            Self::Findings => "Findings",
            Self::Finding => "Finding",
            Self::Totals => "Totals",
            Self::Tree => "Neighborhood",
            Self::Edge => "Marked",
            Self::Page => "Shown",
        }
    }
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Not even a line of each kind.
    None,
    /// One pane at a time.
    Single,
    /// A pane or two above, one below.
    Compact,
    /// Everything.
    Wide,
}

/// The least columns and rows of a screen that is more than a line.
pub(super) const LEAST: (u16, u16) = (20, 5);

impl Room {
    /// The room that a terminal of this size gives.
    pub fn of(width: u16, height: u16) -> Self {
        if width < LEAST.0 || height < LEAST.1 {
            Self::None
        } else if width < 60 || height < 18 {
            Self::Single
        } else if width < 100 || height < 30 {
            Self::Compact
        } else {
            Self::Wide
        }
    }
}

/// The panes of a screen, in the order of the focus.
pub fn panes(screen: Screen) -> &'static [Pane] {
    match screen {
        Screen::Ask => &[
            Pane::Search,
            Pane::Basket,
            Pane::Answer,
            Pane::Ways,
            Pane::Detail,
        ],
        Screen::Why => &[Pane::Proof, Pane::Step, Pane::Sources],
        Screen::Timeline => &[Pane::Changes, Pane::Differences, Pane::Prices, Pane::Axes],
        Screen::Compare => &[Pane::Matrix, Pane::Cell, Pane::Sets],
        Screen::Audit => &[Pane::Findings, Pane::Finding, Pane::Files, Pane::Totals],
        Screen::Graph => &[Pane::Tree, Pane::Edge],
        Screen::Show => &[Pane::Page],
    }
}

/// Where the panes of a screen stand in the area between header and footer.
///
/// In a compact room the last place goes to whichever of the further panes has the focus; in a single one there is only
/// the pane with the focus.
pub(super) fn areas(screen: Screen, focus: Pane, room: Room, area: Rect) -> Vec<(Pane, Rect)> {
    match room {
        Room::None => Vec::new(),
        Room::Single => vec![(focus, area)],
        Room::Compact => compact(screen, focus, area),
        Room::Wide => wide(screen, area),
    }
}

fn rows<const N: usize>(area: Rect, parts: [Constraint; N]) -> [Rect; N] {
    Layout::vertical(parts).areas(area)
}

fn columns<const N: usize>(area: Rect, parts: [Constraint; N]) -> [Rect; N] {
    Layout::horizontal(parts).areas(area)
}

fn compact(screen: Screen, focus: Pane, area: Rect) -> Vec<(Pane, Rect)> {
    use Constraint::{Fill, Length};
    let below = |shown: Pane, others: &[Pane]| match others.contains(&focus) {
        true => focus,
        false => shown,
    };
    match screen {
        Screen::Ask => {
            let [top, bottom] = rows(area, [Fill(1), Fill(1)]);
            let [left, right] = columns(top, [Fill(11), Fill(9)]);
            let last = below(Pane::Answer, &[Pane::Ways, Pane::Detail]);
            vec![(Pane::Search, left), (Pane::Basket, right), (last, bottom)]
        }
        Screen::Why => {
            let [top, bottom] = rows(area, [Fill(3), Length(7)]);
            let last = below(Pane::Step, &[Pane::Sources]);
            vec![(Pane::Proof, top), (last, bottom)]
        }
        Screen::Timeline => {
            let [axes, top, bottom] = rows(area, [Length(5), Fill(3), Fill(2)]);
            let last = below(Pane::Differences, &[Pane::Prices]);
            vec![(Pane::Changes, top), (last, bottom), (Pane::Axes, axes)]
        }
        Screen::Compare => {
            let [top, bottom] = rows(area, [Fill(3), Length(7)]);
            let last = below(Pane::Cell, &[Pane::Sets]);
            vec![(Pane::Matrix, top), (last, bottom)]
        }
        Screen::Audit => {
            let [top, bottom] = rows(area, [Fill(1), Length(9)]);
            let last = below(Pane::Finding, &[Pane::Files, Pane::Totals]);
            vec![(Pane::Findings, top), (last, bottom)]
        }
        Screen::Graph => {
            let [top, bottom] = rows(area, [Fill(3), Length(7)]);
            vec![(Pane::Tree, top), (Pane::Edge, bottom)]
        }
        Screen::Show => vec![(Pane::Page, area)],
    }
}

fn wide(screen: Screen, area: Rect) -> Vec<(Pane, Rect)> {
    use Constraint::{Fill, Length};
    match screen {
        Screen::Ask => {
            let [left, right] = columns(area, [Fill(2), Fill(3)]);
            let [search, basket] = rows(left, [Fill(3), Fill(2)]);
            let [answer, ways, detail] = rows(right, [Fill(5), Length(7), Fill(3)]);
            vec![
                (Pane::Search, search),
                (Pane::Basket, basket),
                (Pane::Answer, answer),
                (Pane::Ways, ways),
                (Pane::Detail, detail),
            ]
        }
        Screen::Why => {
            let [left, right] = columns(area, [Fill(3), Fill(2)]);
            let [step, sources] = rows(right, [Fill(3), Fill(2)]);
            vec![
                (Pane::Proof, left),
                (Pane::Step, step),
                (Pane::Sources, sources),
            ]
        }
        Screen::Timeline => {
            let [axes, top, bottom] = rows(area, [Length(5), Fill(3), Length(8)]);
            let [left, right] = columns(top, [Fill(1), Fill(1)]);
            vec![
                (Pane::Changes, left),
                (Pane::Differences, right),
                (Pane::Prices, bottom),
                (Pane::Axes, axes),
            ]
        }
        Screen::Compare => {
            let [top, bottom] = rows(area, [Fill(3), Length(8)]);
            let [left, right] = columns(top, [Fill(2), Fill(1)]);
            vec![
                (Pane::Matrix, left),
                (Pane::Cell, right),
                (Pane::Sets, bottom),
            ]
        }
        Screen::Audit => {
            let [files, middle, totals] = rows(area, [Length(6), Fill(1), Length(9)]);
            let [left, right] = columns(middle, [Fill(5), Fill(3)]);
            vec![
                (Pane::Findings, left),
                (Pane::Finding, right),
                (Pane::Files, files),
                (Pane::Totals, totals),
            ]
        }
        Screen::Graph => {
            let [left, right] = columns(area, [Fill(3), Fill(2)]);
            vec![(Pane::Tree, left), (Pane::Edge, right)]
        }
        Screen::Show => vec![(Pane::Page, area)],
    }
}
