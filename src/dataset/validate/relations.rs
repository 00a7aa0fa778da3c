//! How claims refer to each other, and circles in what must not run in a circle.

use super::names::Names;
use crate::dataset::place::{Place, Placed};
use crate::dataset::read::RawClaim;
use crate::model::{
    Claim, ClaimId, ClaimKind, ClaimKindName, Code, Diagnostic, Requirement, SkuId,
};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// `supersedes`, `replaces`, `disputes` of one claim.
pub(super) type Relations = [Vec<ClaimId>; 3];

/// Resolves the relations of a claim, and reports those that cannot be meant.
pub(super) fn resolve(
    raw: &RawClaim,
    names: &Names<'_>,
    kind_of: impl Fn(ClaimId) -> Option<ClaimKindName>,
) -> Relations {
    let own = raw.id.as_ref().and_then(|id| names.claims.find(&id.value));
    let mut seen: BTreeSet<ClaimId> = BTreeSet::new();
    let mut relate = |others: &[Placed<String>]| -> Vec<ClaimId> {
        let mut found = Vec::new();
        for other in others {
            let Some(id) = names.find(&names.claims, other) else {
                continue;
            };
            let why = if Some(id) == own {
                Some("a claim has no relation to itself".to_owned())
            } else if !seen.insert(id) {
                Some(format!("`{}` is named twice", other.value))
            } else {
                match (own.and_then(&kind_of), kind_of(id)) {
                    (Some(own), Some(its)) if own != its => {
                        Some(format!("a {own} has no relation to a {its}"))
                    }
                    _ => None,
                }
            };
            match why {
                Some(why) => names
                    .problems
                    .report(Diagnostic::new(Code::BadRelation, why).at(
                        other.place.file,
                        other.place.span,
                        "this cannot be meant",
                    )),
                None => found.push(id),
            }
        }
        found
    };
    [
        relate(&raw.supersedes),
        relate(&raw.replaces),
        relate(&raw.disputes),
    ]
}

/// Reports every circle of `supersedes` and `replaces`.
pub(super) fn claim_cycles(relations: &BTreeMap<ClaimId, Relations>, names: &Names<'_>) {
    let edges = relations
        .iter()
        .flat_map(|(id, [supersedes, replaces, _])| {
            let older = supersedes.iter().chain(replaces);
            older.map(|older| Edge {
                from: *id,
                to: *older,
                by: *id,
            })
        });
    report(
        edges.collect(),
        "claims supersede each other in a circle",
        names,
        |id| names.claims.written(id),
    );
}

/// Reports every circle of covers and of prerequisites.
pub(super) fn thing_cycles(claims: &BTreeMap<ClaimId, &Claim>, names: &Names<'_>) {
    let mut covers = Vec::new();
    let mut prerequisites = Vec::new();
    for (by, claim) in claims {
        match &claim.kind {
            ClaimKind::Cover {
                plan,
                covers: lower,
            } => {
                covers.extend(lower.iter().map(|lower| Edge {
                    from: *plan,
                    to: *lower,
                    by: *by,
                }));
            }
            ClaimKind::Prerequisite { sku, requires } => {
                let mut needed = Vec::new();
                surely_needed(requires, &mut needed);
                prerequisites.extend(needed.into_iter().map(|to| Edge {
                    from: *sku,
                    to,
                    by: *by,
                }));
            }
            _ => {}
        }
    }
    report(covers, "plans cover each other in a circle", names, |id| {
        names.plans.written(id)
    });
    report(
        prerequisites,
        "SKUs need each other in a circle",
        names,
        |id| names.skus.written(id),
    );
}

/// SKUs without which a requirement cannot be met: not those with an alternative beside them.
fn surely_needed(requirement: &Requirement, into: &mut Vec<SkuId>) {
    match requirement {
        Requirement::Sku(sku) => into.push(*sku),
        Requirement::All(parts) => parts.iter().for_each(|part| surely_needed(part, into)),
        Requirement::Any(parts) => {
            if let [only] = parts.as_slice() {
                surely_needed(only, into);
            }
        }
        _ => {}
    }
}

/// A step from one thing to another, and the claim that makes it.
#[derive(Clone, Copy)]
struct Edge<Id> {
    from: Id,
    to: Id,
    by: ClaimId,
}

fn report<'n, Id: Copy + Ord>(
    edges: Vec<Edge<Id>>,
    title: &str,
    names: &Names<'_>,
    written: impl Fn(Id) -> &'n str,
) {
    for circle in circles(&edges) {
        let mut path: Vec<&str> = circle.iter().map(|edge| written(edge.from)).collect();
        path.extend(path.first().copied());
        let mut diagnostic =
            Diagnostic::new(Code::Cycle, format!("{title}: {}", path.join(" -> ")))
                .help("one of these steps is wrong; take it away or turn it round");
        let places: BTreeSet<(Place, &str)> = circle
            .iter()
            .filter_map(|edge| Some((names.claims.place(edge.by)?, written(edge.to))))
            .collect();
        for (place, to) in places {
            diagnostic = diagnostic.at(place.file, place.span, format!("leads to `{to}`"));
        }
        names.problems.report(diagnostic);
    }
}

/// One circle of every group of things that reach each other.
fn circles<Id: Copy + Ord>(edges: &[Edge<Id>]) -> Vec<Vec<Edge<Id>>> {
    let mut graph: DiGraph<Id, Edge<Id>> = DiGraph::new();
    let mut nodes: BTreeMap<Id, NodeIndex> = BTreeMap::new();
    for edge in edges {
        let from = *nodes
            .entry(edge.from)
            .or_insert_with(|| graph.add_node(edge.from));
        let to = *nodes
            .entry(edge.to)
            .or_insert_with(|| graph.add_node(edge.to));
        graph.add_edge(from, to, *edge);
    }
    let mut found = Vec::new();
    for group in tarjan_scc(&graph) {
        let members: BTreeSet<Id> = group
            .iter()
            .filter_map(|node| graph.node_weight(*node).copied())
            .collect();
        let inside = |edge: &&Edge<Id>| members.contains(&edge.from) && members.contains(&edge.to);
        // From every member some step stays inside; following the first such step must come round.
        let mut next: BTreeMap<Id, Edge<Id>> = BTreeMap::new();
        for edge in edges.iter().filter(inside) {
            let kept = next.entry(edge.from).or_insert(*edge);
            if (edge.to, edge.by) < (kept.to, kept.by) {
                *kept = *edge;
            }
        }
        let mut walked: Vec<Edge<Id>> = Vec::new();
        let mut at = members.first().copied();
        while let Some(edge) = at.and_then(|at| next.get(&at)) {
            if let Some(start) = walked.iter().position(|earlier| earlier.from == edge.from) {
                found.push(walked.split_off(start));
                break;
            }
            walked.push(*edge);
            at = Some(edge.to);
        }
    }
    found.sort_by_key(|circle| circle.first().map(|edge| edge.from));
    found
}
