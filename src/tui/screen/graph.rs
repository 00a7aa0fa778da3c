//! Graph: what hangs together with a thing, and the shortest way between two.

use super::{hint, shown};
use crate::graph::Toward;
use crate::render::{GraphView, View};
use crate::tui::model::Model;
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, rows};

/// How many things of one kind are listed below one thing.
const LIMIT: usize = 40;

/// "Neighborhood: Microsoft Entra ID P2, 2 steps".
pub(super) fn title(model: &Model) -> String {
    let name = |thing| model.knowledge().name(thing);
    match (model.center, model.way) {
        (Some(center), Some(way)) => format!("From {} to {}", name(center), name(way)),
        (Some(center), None) => format!("Around {}, {} deep", name(center), model.depth),
        (None, _) => Pane::Tree.title().to_owned(),
    }
}

/// The neighborhood of what is in the middle, or the way from it.
pub(super) fn tree(model: &Model) -> Vec<Row> {
    let (Some(from), Some((_, picture))) = (model.center, &model.picture) else {
        return hint("Press g on any row, or put something into the basket.");
    };
    let as_of = model.as_of();
    let around = |toward| match model.way {
        None => picture.around(from, toward, model.depth),
        Some(_) => Vec::new(),
    };
    let view = GraphView {
        as_of,
        from,
        to: model.way,
        depth: model.depth,
        limit: LIMIT,
        supply: around(Toward::Supply),
        need: around(Toward::Need),
        way: model.way.and_then(|to| picture.path(from, to)),
    };
    let mut all = rows(model.knowledge(), &view.page());
    if let Some(first) = all.first_mut() {
        first.target = Some(Target::Thing(from));
    }
    all
}

/// What the marked row is about.
pub(super) fn marked(model: &Model) -> Vec<Row> {
    match model.target_of(Pane::Tree) {
        Some(target) => shown::rows(model, &target),
        None => hint("Mark a thing: Space puts it in the middle."),
    }
}
