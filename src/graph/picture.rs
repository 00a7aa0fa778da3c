//! The whole picture of a day: what leads to what, from roles to what is bought.
//!
//! Every edge runs from what needs to what supplies: roles and features have tasks, a task requires plans, features are
//! granted by plans, a plan is covered by higher ones and carried by SKUs. So walking forward answers "what does it take",
//! and walking back "what is it good for". Only what holds that day, or may, is in it; a requirement about a feature is one
//! about each of its tasks.

use super::{AsOf, Status};
use crate::model::{
    Boundary, ClaimId, ClaimKind, Demand, FeatureId, HeldThing, Named, Requirement, Subject, TaskId,
};
use petgraph::algo::astar;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use petgraph::{Direction, Undirected};
use std::collections::{BTreeMap, BTreeSet};

/// What one thing is to the next on the way to what is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// A role is asked about with the task.
    CoreTask,
    /// Some holders of a role also do the task.
    FurtherTask,
    /// A permission names a role for the task.
    CanDo,
    /// A feature has the task.
    HasTask,
    /// A requirement about a task names this plan, SKU or feature.
    Requires,
    /// A feature is granted by this plan or SKU.
    GrantedBy,
    /// A plan is covered by this higher one.
    CoveredBy,
    /// A plan is carried by this SKU.
    CarriedBy,
    /// A SKU may be bought only beside this.
    NeedsBeside,
}

impl LinkKind {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::CoreTask => "core-task",
            Self::FurtherTask => "further-task",
            Self::CanDo => "can-do",
            Self::HasTask => "has-task",
            Self::Requires => "requires",
            Self::GrantedBy => "granted-by",
            Self::CoveredBy => "covered-by",
            Self::CarriedBy => "carried-by",
            Self::NeedsBeside => "needs-beside",
        }
    }
}

/// An edge of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What needs.
    pub from: Named,
    /// What supplies.
    pub to: Named,
    /// What the one is to the other.
    pub kind: LinkKind,
    /// How the firmest of its claims stands; in force where it is part of the record.
    pub status: Status,
    /// Since when, by that claim.
    pub since: Option<Boundary>,
    /// Whether every claim behind it applies only under a condition.
    pub conditional: bool,
    /// The claims, in the order of written ids; none where it is part of the record.
    pub claims: Vec<ClaimId>,
}

/// In which direction to walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// To what supplies it.
    Supply,
    /// To what needs it.
    Need,
}

/// A thing reached on a walk, with those reached from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch<'p> {
    /// The edge that was walked.
    pub link: &'p Link,
    /// Where it leads.
    pub thing: Named,
    /// Whether it was reached already, by a way not longer: what follows it stands there.
    pub is_repeated: bool,
    /// What follows.
    pub branches: Vec<Self>,
}

/// The picture of a day.
#[derive(Debug)]
pub struct Picture {
    graph: DiGraph<Named, Link>,
    places: BTreeMap<Named, NodeIndex>,
}

impl Picture {
    /// Draws everything that holds on the two days, or may.
    pub fn of(as_of: &AsOf) -> Self {
        let mut collector = Collector {
            as_of,
            links: BTreeMap::new(),
            tasks: BTreeMap::new(),
        };
        collector.records();
        collector.claims();
        let knowledge = as_of.knowledge();
        // The order of written ids, which no order of files changes: of equal ways always the same one is found.
        let mut links: Vec<Link> = collector.links.into_values().collect();
        links.sort_by_cached_key(|link| {
            let (from, to) = (knowledge.written(link.from), knowledge.written(link.to));
            (from, link.kind, to)
        });
        let mut picture = Self {
            graph: DiGraph::new(),
            places: BTreeMap::new(),
        };
        for link in links {
            let from = picture.place(link.from);
            let to = picture.place(link.to);
            picture.graph.add_edge(from, to, link);
        }
        picture
    }

    fn place(&mut self, thing: Named) -> NodeIndex {
        *self
            .places
            .entry(thing)
            .or_insert_with(|| self.graph.add_node(thing))
    }

    /// Everything within so many steps of a thing in one direction, as a tree: each thing is followed where it is reached
    /// first.
    pub fn around(&self, start: Named, toward: Toward, depth: usize) -> Vec<Branch<'_>> {
        let Some(place) = self.places.get(&start) else {
            return Vec::new();
        };
        // The steps to everything first, so that the tree hangs each thing under the shortest way.
        let mut steps: BTreeMap<NodeIndex, usize> = BTreeMap::from([(*place, 0)]);
        let mut frontier = vec![*place];
        for step in 1..=depth {
            let mut next = Vec::new();
            for place in frontier {
                for (_, other) in self.next(place, toward) {
                    if let std::collections::btree_map::Entry::Vacant(free) = steps.entry(other) {
                        free.insert(step);
                        next.push(other);
                    }
                }
            }
            frontier = next;
        }
        let mut walk = Walk {
            picture: self,
            toward,
            steps,
            followed: BTreeSet::from([*place]),
        };
        walk.branches(*place, depth)
    }

    fn next(&self, place: NodeIndex, toward: Toward) -> Vec<(EdgeIndex, NodeIndex)> {
        let direction = match toward {
            Toward::Supply => Direction::Outgoing,
            Toward::Need => Direction::Incoming,
        };
        let mut next: Vec<(EdgeIndex, NodeIndex)> = self
            .graph
            .edges_directed(place, direction)
            .map(|edge| match toward {
                Toward::Supply => (edge.id(), edge.target()),
                Toward::Need => (edge.id(), edge.source()),
            })
            .collect();
        // Edges were added in the order of written ids.
        next.sort_by_key(|(edge, _)| (self.graph[*edge].kind, *edge));
        next
    }

    /// A shortest way between two things, whatever the direction of its edges; a sure edge is preferred to a doubtful one.
    pub fn path(&self, from: Named, to: Named) -> Option<Vec<&Link>> {
        let (start, goal) = (self.places.get(&from)?, self.places.get(&to)?);
        let undirected = self
            .graph
            .map(|_, _| (), |edge, _| edge)
            .into_edge_type::<Undirected>();
        // No way is so long that its doubts would outweigh a step.
        let cost = |edge: EdgeIndex| {
            if self.graph[edge].status == Status::InForce {
                1_000
            } else {
                1_001
            }
        };
        let (_, way) = astar(
            &undirected,
            *start,
            |place| place == *goal,
            |edge| cost(*edge.weight()),
            |_| 0,
        )?;
        let steps = way.iter().zip(way.iter().skip(1));
        let links = steps.map(|(one, other)| {
            let edges = undirected.edges_connecting(*one, *other);
            let edges = edges.map(|edge| *edge.weight());
            edges
                .min_by_key(|edge| (cost(*edge), *edge))
                .and_then(|edge| self.graph.edge_weight(edge))
        });
        links.collect()
    }
}

struct Walk<'p> {
    picture: &'p Picture,
    toward: Toward,
    steps: BTreeMap<NodeIndex, usize>,
    followed: BTreeSet<NodeIndex>,
}

impl<'p> Walk<'p> {
    fn branches(&mut self, place: NodeIndex, left: usize) -> Vec<Branch<'p>> {
        if left == 0 {
            return Vec::new();
        }
        let here = self.steps.get(&place).copied().unwrap_or(0);
        let picture = self.picture;
        let next = picture.next(place, self.toward).into_iter();
        next.map(|(edge, other)| {
            let is_first =
                self.steps.get(&other) == Some(&(here + 1)) && self.followed.insert(other);
            Branch {
                link: &picture.graph[edge],
                thing: picture.graph[other],
                is_repeated: !is_first,
                branches: if is_first {
                    self.branches(other, left - 1)
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
    }
}

struct Collector<'a> {
    as_of: &'a AsOf<'a>,
    links: BTreeMap<(Named, LinkKind, Named), Link>,
    /// The tasks of each feature.
    tasks: BTreeMap<FeatureId, Vec<TaskId>>,
}

impl Collector<'_> {
    /// What is part of the record of a role or task.
    fn records(&mut self) {
        let knowledge = self.as_of.knowledge();
        for (id, role) in knowledge.roles.iter() {
            for task in &role.core {
                self.add(
                    Named::Role(id),
                    LinkKind::CoreTask,
                    Named::Task(*task),
                    None,
                );
            }
            for further in &role.further {
                let task = Named::Task(further.task);
                self.add(Named::Role(id), LinkKind::FurtherTask, task, None);
            }
        }
        for (id, task) in knowledge.tasks.iter() {
            if let Some(feature) = task.feature {
                let task = Named::Task(id);
                self.add(Named::Feature(feature), LinkKind::HasTask, task, None);
                self.tasks.entry(feature).or_default().push(id);
            }
        }
    }

    /// What claims say that hold, or may.
    fn claims(&mut self) {
        let knowledge = self.as_of.knowledge();
        for (id, claim) in knowledge.claims.iter() {
            if !knowledge.has(id) || !is_link(&claim.kind) || !self.as_of.status(id).may_hold() {
                continue;
            }
            match &claim.kind {
                ClaimKind::Requirement {
                    subjects,
                    demand: Demand::Requires(requirement),
                    ..
                } => {
                    for subject in subjects {
                        // What is said of every task of an area would tie everything to everything.
                        let tasks = match subject {
                            Subject::Task(task) => vec![*task],
                            Subject::Feature(feature) => {
                                self.tasks.get(feature).cloned().unwrap_or_default()
                            }
                            Subject::Area(_) | Subject::Everything => Vec::new(),
                        };
                        for task in tasks {
                            self.leaves(Named::Task(task), LinkKind::Requires, requirement, id);
                        }
                    }
                }
                ClaimKind::Permission { task, roles, .. } => {
                    for role in roles {
                        let task = Named::Task(*task);
                        self.add(Named::Role(*role), LinkKind::CanDo, task, Some(id));
                    }
                }
                ClaimKind::Grant { feature, by } => {
                    for held in by {
                        let by = match held {
                            HeldThing::Plan(plan) => Named::Plan(*plan),
                            HeldThing::Sku(sku) => Named::Sku(*sku),
                        };
                        self.add(Named::Feature(*feature), LinkKind::GrantedBy, by, Some(id));
                    }
                }
                ClaimKind::Cover { plan, covers } => {
                    for lower in covers {
                        let higher = Named::Plan(*plan);
                        self.add(Named::Plan(*lower), LinkKind::CoveredBy, higher, Some(id));
                    }
                }
                ClaimKind::Inclusion { sku, plan } => {
                    let sku = Named::Sku(*sku);
                    self.add(Named::Plan(*plan), LinkKind::CarriedBy, sku, Some(id));
                }
                ClaimKind::Prerequisite { sku, requires } => {
                    self.leaves(Named::Sku(*sku), LinkKind::NeedsBeside, requires, id);
                }
                _ => {}
            }
        }
    }

    fn leaves(&mut self, from: Named, kind: LinkKind, requirement: &Requirement, claim: ClaimId) {
        requirement.each_leaf(&mut |leaf| {
            let to = match leaf {
                Requirement::Plan(plan) => Named::Plan(*plan),
                Requirement::Sku(sku) => Named::Sku(*sku),
                Requirement::Feature(feature) => Named::Feature(*feature),
                _ => return,
            };
            self.add(from, kind, to, Some(claim));
        });
    }

    fn add(&mut self, from: Named, kind: LinkKind, to: Named, claim: Option<ClaimId>) {
        let record = claim.map(|claim| &self.as_of.knowledge().claims[claim]);
        let status = claim.map_or(Status::InForce, |claim| self.as_of.status(claim));
        let since = record.and_then(|claim| claim.effective.from.clone());
        let conditional = record.is_some_and(|claim| claim.when.is_some());
        let link = self.links.entry((from, kind, to)).or_insert_with(|| Link {
            from,
            to,
            kind,
            status,
            since: since.clone(),
            conditional,
            claims: Vec::new(),
        });
        if status < link.status {
            link.status = status;
            link.since = since;
        }
        link.conditional &= conditional;
        if let Some(claim) = claim.filter(|claim| !link.claims.contains(claim)) {
            link.claims.push(claim);
        }
    }
}

/// Whether a claim can tie things together.
fn is_link(kind: &ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Requirement { .. }
            | ClaimKind::Permission { .. }
            | ClaimKind::Grant { .. }
            | ClaimKind::Cover { .. }
            | ClaimKind::Inclusion { .. }
            | ClaimKind::Prerequisite { .. }
    )
}
