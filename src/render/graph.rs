//! What hangs together with a thing: as a tree, as a picture for Graphviz, and as nodes and edges.

use super::View;
use super::page::{Line, Page};
use super::shape::{DaysShape, SourceShape, StatusShape, ThingShape};
use super::words::{count, from, status, written};
use crate::graph::{AsOf, Branch, Link, LinkKind, Status};
use crate::model::{Boundary, ClaimId, Named};
use crate::search::ThingKind;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The neighborhood of a thing, or the way between two.
#[derive(Debug)]
pub struct GraphView<'a> {
    /// The two days.
    pub as_of: AsOf<'a>,
    /// The thing.
    pub from: Named,
    /// The other one, where a way was asked for.
    pub to: Option<Named>,
    /// How many steps were walked.
    pub depth: usize,
    /// The most things of one kind below one thing in text.
    pub limit: usize,
    /// What supplies it.
    pub supply: Vec<Branch<'a>>,
    /// What needs it.
    pub need: Vec<Branch<'a>>,
    /// The way, where there is one.
    pub way: Option<Vec<&'a Link>>,
}

/// `licit.graph/1`
#[derive(Serialize)]
pub struct GraphShape {
    #[serde(flatten)]
    days: DaysShape,
    subject: ThingShape,
    other: Option<ThingShape>,
    depth: usize,
    nodes: Vec<NodeShape>,
    edges: Vec<EdgeShape>,
    /// The written things on the way, from the one to the other; none where there is no way or none was asked for.
    path: Option<Vec<String>>,
    sources: Vec<SourceShape>,
}

#[derive(Serialize)]
struct NodeShape {
    node: String,
    #[serde(flatten)]
    thing: ThingShape,
    steps: usize,
}

#[derive(Serialize)]
struct EdgeShape {
    from: String,
    to: String,
    kind: &'static str,
    since: Option<String>,
    #[serde(flatten)]
    status: StatusShape,
    conditional: bool,
    claims: Vec<String>,
}

impl View for GraphView<'_> {
    const SCHEMA: &'static str = "licit.graph/1";
    type Shape = GraphShape;

    fn shape(&self) -> GraphShape {
        let knowledge = self.as_of.knowledge();
        let links = self.links();
        let id = |claim: &ClaimId| knowledge.claims[*claim].id.to_string();
        let thing = |thing: Named| ThingShape::of(knowledge, thing);
        let claims: BTreeSet<ClaimId> = links
            .iter()
            .flat_map(|link| link.claims.iter().copied())
            .collect();
        GraphShape {
            days: DaysShape::of(&self.as_of),
            subject: thing(self.from),
            other: self.to.map(thing),
            depth: self.depth,
            nodes: self
                .steps()
                .into_iter()
                .map(|(of, steps)| NodeShape {
                    node: knowledge.written(of),
                    thing: thing(of),
                    steps,
                })
                .collect(),
            edges: links
                .iter()
                .map(|link| EdgeShape {
                    from: knowledge.written(link.from),
                    to: knowledge.written(link.to),
                    kind: link.kind.word(),
                    since: link.since.as_ref().map(Boundary::to_string),
                    status: StatusShape::of(knowledge, link.status),
                    conditional: link.conditional,
                    claims: link.claims.iter().map(id).collect(),
                })
                .collect(),
            path: self.way.as_ref().map(|way| {
                let things = self.along(way);
                things
                    .into_iter()
                    .map(|thing| knowledge.written(thing))
                    .collect()
            }),
            sources: SourceShape::cited(knowledge, claims),
        }
    }

    fn page(&self) -> Page {
        let days = DaysShape::of(&self.as_of).spoken();
        if let Some(to) = self.to {
            return self.way_page(to, &days);
        }
        let mut page = Page::new(Line::from("Around ").plain(self.named(self.from)));
        if self.supply.is_empty() && self.need.is_empty() {
            page.paragraph(format!("Nothing hangs together with it {days}."));
            return page;
        }
        page.paragraph(format!("{}, {days}.", count(self.depth, "step", "steps")));
        for (branches, heading, is_forward) in [
            (&self.supply, "What it takes", true),
            (&self.need, "What it is good for", false),
        ] {
            if branches.is_empty() {
                continue;
            }
            page.heading(heading);
            let mut lines = Vec::new();
            self.tree(branches, is_forward, 0, &mut lines);
            page.tree(lines);
        }
        page
    }
}

impl GraphView<'_> {
    /// "Microsoft Intune (plan INTUNE_A)".
    fn named(&self, thing: Named) -> String {
        let knowledge = self.as_of.knowledge();
        format!(
            "{} ({} {})",
            knowledge.name(thing),
            ThingKind::of(thing).spoken(),
            written(knowledge, thing)
        )
    }

    fn line(&self, link: &Link, thing: Named, is_forward: bool) -> Line {
        let knowledge = self.as_of.knowledge();
        let mut line = Line::new()
            .faint(format!("{} ", verb(link.kind, is_forward)))
            .strong(knowledge.name(thing))
            .plain(format!(" ({} ", ThingKind::of(thing).spoken()))
            .code(written(knowledge, thing))
            .plain(")");
        if let Some(since) = &link.since {
            line = line.plain(format!(", {}", from(since)));
        }
        if link.status != Status::InForce {
            line = line.plain(format!("; {}", status(knowledge, link.status)));
        }
        if link.conditional {
            line = line.plain("; under a condition");
        }
        line
    }

    /// The branches line by line; of many things of one kind only the first are listed.
    fn tree(
        &self,
        branches: &[Branch<'_>],
        is_forward: bool,
        depth: usize,
        lines: &mut Vec<(usize, Line)>,
    ) {
        for of_kind in branches.chunk_by(|a, b| a.link.kind == b.link.kind) {
            // What leads on comes first: it is what a list that is cut short should keep.
            let mut of_kind: Vec<&Branch<'_>> = of_kind.iter().collect();
            of_kind.sort_by_key(|branch| branch.branches.is_empty());
            for branch in of_kind.iter().take(self.limit) {
                let mut line = self.line(branch.link, branch.thing, is_forward);
                if branch.is_repeated && depth + 1 < self.depth {
                    line = line.faint(", see there");
                }
                lines.push((depth, line));
                self.tree(&branch.branches, is_forward, depth + 1, lines);
            }
            let more = of_kind.len().saturating_sub(self.limit);
            if let Some(first) = of_kind.first().filter(|_| more > 0) {
                let verb = verb(first.link.kind, is_forward);
                lines.push((depth, Line::new().faint(format!("{verb} {more} more"))));
            }
        }
    }

    fn way_page(&self, to: Named, days: &str) -> Page {
        let knowledge = self.as_of.knowledge();
        let mut page = Page::new(format!(
            "From {} to {}",
            self.named(self.from),
            self.named(to)
        ));
        let Some(way) = &self.way else {
            page.paragraph(format!("They do not hang together {days}."));
            return page;
        };
        page.paragraph(format!(
            "{}, {days}; no way is shorter.",
            count(way.len(), "step", "steps")
        ));
        let mut at = self.from;
        let mut lines = vec![(0, Line::new().strong(self.named(at)))];
        for (place, link) in way.iter().enumerate() {
            let is_forward = link.from == at;
            at = if is_forward { link.to } else { link.from };
            let mut line = self.line(link, at, is_forward);
            if !link.claims.is_empty() {
                let mut ids: Vec<&str> = link
                    .claims
                    .iter()
                    .map(|claim| knowledge.claims[*claim].id.as_str())
                    .collect();
                ids.sort_unstable();
                line = line.plain(" [").code(ids.join(" ")).plain("]");
            }
            lines.push((place + 1, line));
        }
        page.tree(lines);
        page
    }

    /// The things on the way, from its beginning on.
    fn along(&self, way: &[&Link]) -> Vec<Named> {
        let mut things = vec![self.from];
        for link in way {
            let at = things.last().copied().unwrap_or(self.from);
            things.push(if link.from == at { link.to } else { link.from });
        }
        things
    }

    /// Every edge that was walked, once, in the order of walking.
    fn links(&self) -> Vec<&Link> {
        fn collect<'b>(branches: &'b [Branch<'_>], links: &mut Vec<&'b Link>) {
            for branch in branches {
                if !links.contains(&branch.link) {
                    links.push(branch.link);
                }
                collect(&branch.branches, links);
            }
        }
        let mut links: Vec<&Link> = self.way.iter().flatten().copied().collect();
        collect(&self.supply, &mut links);
        collect(&self.need, &mut links);
        links
    }

    /// Everything that was reached with the fewest steps to it, in the order of kinds and written ids.
    fn steps(&self) -> Vec<(Named, usize)> {
        fn collect(branches: &[Branch<'_>], steps: usize, found: &mut BTreeMap<Named, usize>) {
            for branch in branches {
                let known = found.entry(branch.thing).or_insert(steps);
                *known = steps.min(*known);
                collect(&branch.branches, steps + 1, found);
            }
        }
        let mut found = BTreeMap::from([(self.from, 0)]);
        if let Some(way) = &self.way {
            found.extend(self.along(way).into_iter().zip(0..));
        }
        collect(&self.supply, 1, &mut found);
        collect(&self.need, 1, &mut found);
        let knowledge = self.as_of.knowledge();
        let mut steps: Vec<(Named, usize)> = found.into_iter().collect();
        steps.sort_by_cached_key(|(thing, _)| {
            (ThingKind::of(*thing).word(), knowledge.written(*thing))
        });
        steps
    }
}

/// What the next thing on the way is to the one before.
fn verb(kind: LinkKind, is_forward: bool) -> &'static str {
    match (kind, is_forward) {
        (LinkKind::CoreTask, true) => "has the task",
        (LinkKind::CoreTask, false) => "task of",
        (LinkKind::FurtherTask, true) => "may have the task",
        (LinkKind::FurtherTask, false) => "perhaps task of",
        (LinkKind::CanDo, true) => "can do",
        (LinkKind::CanDo, false) => "can be done by",
        (LinkKind::HasTask, true) => "has the task",
        (LinkKind::HasTask, false) => "is about",
        (LinkKind::Requires, true) => "requires",
        (LinkKind::Requires, false) => "required by",
        (LinkKind::GrantedBy, true) => "granted by",
        (LinkKind::GrantedBy, false) => "grants",
        (LinkKind::CoveredBy, true) => "covered by",
        (LinkKind::CoveredBy, false) => "covers",
        (LinkKind::CarriedBy, true) => "carried by",
        (LinkKind::CarriedBy, false) => "carries",
        (LinkKind::NeedsBeside, true) => "needs beside it",
        (LinkKind::NeedsBeside, false) => "needed by",
    }
}

/// Writes the edges for Graphviz: doubtful ones dashed, a shape for each kind of thing.
pub fn dot(view: &GraphView<'_>) -> String {
    let knowledge = view.as_of.knowledge();
    let mut text =
        String::from("digraph licit {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for (thing, steps) in view.steps() {
        let shape = match thing {
            Named::Role(_) => "house",
            Named::Task(_) => "box",
            Named::Feature(_) => "ellipse",
            Named::Plan(_) => "component",
            Named::Sku(_) => "folder",
        };
        let label = format!("{}\n{}", knowledge.name(thing), written(knowledge, thing));
        let bold = if steps == 0 { ", style=bold" } else { "" };
        text.push_str(&format!(
            "  {} [label={}, shape={shape}{bold}];\n",
            quoted(&knowledge.written(thing)),
            quoted(&label)
        ));
    }
    for link in view.links() {
        let since = link.since.as_ref().map(from);
        let label = match since {
            Some(since) => format!("{}\n{since}", link.kind.word()),
            None => link.kind.word().to_owned(),
        };
        let is_doubtful = link.status != Status::InForce || link.conditional;
        let style = if is_doubtful { ", style=dashed" } else { "" };
        text.push_str(&format!(
            "  {} -> {} [label={}{style}];\n",
            quoted(&knowledge.written(link.from)),
            quoted(&knowledge.written(link.to)),
            quoted(&label)
        ));
    }
    text.push_str("}\n");
    text
}

/// A string of the language: only these signs end it or mean something in it.
fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_breaks_out_of_a_string() {
        assert_eq!(quoted("a \"b\"\\\nc"), "\"a \\\"b\\\"\\\\\\nc\"");
    }
}
