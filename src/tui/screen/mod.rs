//! What each pane shows, as rows: a pure function of the state.
//!
//! One file per screen. A pane that shows an answer, a claim or a thing shows the page that the command line prints.

mod ask;
mod audit;
mod chooser;
mod compare;
mod graph;
mod shown;
mod timeline;
mod why;

pub(super) use ask::hit_row;
pub(super) use audit::{crumb as audit_crumb, table as table_rows};
pub(super) use chooser::rows as chooser_rows;
pub(super) use shown::{rows as about, written};

use super::model::Model;
use super::pane::Pane;
use super::row::Row;

/// The rows of a pane, before its filter.
pub(super) fn rows(model: &Model, pane: Pane) -> Vec<Row> {
    match pane {
        Pane::Search => ask::matches(model),
        Pane::Basket => ask::basket(model),
        Pane::Answer => ask::answer(model),
        Pane::Ways => ask::ways(model),
        Pane::Detail => ask::detail(model),
        Pane::Proof => why::proof(model),
        Pane::Step => why::step(model),
        Pane::Sources => why::sources(model),
        Pane::Axes => timeline::axes(model),
        Pane::Changes => timeline::changes(model),
        Pane::Differences => timeline::differences(model),
        Pane::Prices => timeline::prices(model),
        Pane::Matrix => compare::matrix(model),
        Pane::Cell => compare::cell_pane(model),
        Pane::Sets => compare::sets(model),
        Pane::Files => audit::files(model),
        Pane::Findings => audit::findings(model),
        Pane::Finding => audit::finding(model),
        Pane::Totals => audit::totals(model),
        Pane::Tree => graph::tree(model),
        Pane::Edge => graph::marked(model),
        Pane::Page => model
            .opened
            .as_ref()
            .map_or_else(Vec::new, |target| shown::rows(model, target)),
    }
}

/// The title of a pane, with what it is about.
pub(super) fn title(model: &Model, pane: Pane) -> String {
    match pane {
        Pane::Search => ask::search_title(model),
        Pane::Basket => ask::basket_title(model),
        Pane::Answer => ask::answer_title(model),
        Pane::Changes => timeline::changes_title(model),
        Pane::Differences => timeline::differences_title(model),
        Pane::Matrix => compare::title(model),
        Pane::Findings => audit::title(model),
        Pane::Tree => graph::title(model),
        pane => pane.title().to_owned(),
    }
}

/// What a pane says where it has nothing to show.
fn hint(words: &str) -> Vec<Row> {
    words
        .lines()
        .map(|line| Row::new(crate::render::Line::new().faint(line)))
        .collect()
}
