//! The neighborhood of what is wanted: who provides it on a day, and through which claims.

use super::{Moment, Presence, is_put_out, presence};
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{Boundary, Claim, ClaimId, ClaimKind, FeatureId, HeldThing, PlanId, SkuId};
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// A thing that provides or is provided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A SKU.
    Sku(SkuId),
    /// A plan.
    Plan(PlanId),
    /// A feature.
    Feature(FeatureId),
}

/// An edge from what provides to what is provided.
#[derive(Debug, Clone)]
struct Link {
    surely: bool,
    attested: bool,
    claims: Vec<ClaimId>,
    since: Option<Boundary>,
}

/// A SKU that provides something.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// The SKU.
    pub sku: SkuId,
    /// Whether it surely does; otherwise a date on the way is imprecise or disputed.
    pub surely: bool,
    /// Whether a source attests that day that the SKU carries it; a SKU that was first seen later may not have been on sale.
    pub attested: bool,
    /// The claims on the way, from the SKU on.
    pub claims: Vec<ClaimId>,
    /// Since when the SKU carries what matters here, as written.
    pub since: Option<Boundary>,
}

/// How one thing provides another directly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way<'s> {
    /// What provides.
    pub from: Node,
    /// Whether it surely does; otherwise a date is imprecise or disputed.
    pub surely: bool,
    /// Whether a source attests it that day.
    pub attested: bool,
    /// The claims that say so.
    pub claims: &'s [ClaimId],
}

/// What provides the wanted things at a moment.
#[derive(Debug, Default)]
pub struct Snapshot {
    graph: DiGraph<Node, Link>,
    places: BTreeMap<Node, NodeIndex>,
    done: BTreeSet<Node>,
    /// The SKUs that may be in it, unless all may.
    among: Option<BTreeSet<SkuId>>,
}

impl Snapshot {
    /// Builds the graph backwards from `wanted`: covering plans, carrying SKUs, granting plans and SKUs.
    pub fn of(
        knowledge: &KnowledgeBase,
        moment: Moment,
        wanted: impl IntoIterator<Item = Node>,
    ) -> Self {
        let mut snapshot = Self::default();
        snapshot.extend(knowledge, moment, wanted);
        snapshot
    }

    /// The part of the graph in which no other SKUs are than these: enough, and much less, where only they are asked about.
    pub fn among(
        knowledge: &KnowledgeBase,
        moment: Moment,
        wanted: impl IntoIterator<Item = Node>,
        skus: BTreeSet<SkuId>,
    ) -> Self {
        let mut snapshot = Self {
            among: Some(skus),
            ..Self::default()
        };
        snapshot.extend(knowledge, moment, wanted);
        snapshot
    }

    /// Adds what provides further things at the same moment.
    pub fn extend(
        &mut self,
        knowledge: &KnowledgeBase,
        moment: Moment,
        wanted: impl IntoIterator<Item = Node>,
    ) {
        let mut queue: Vec<Node> = wanted.into_iter().collect();
        while let Some(node) = queue.pop() {
            if !self.done.insert(node) {
                continue;
            }
            let to = self.place(node);
            for (provider, link) in providers_of(knowledge, moment, node, self.among.as_ref()) {
                let from = self.place(provider);
                self.graph.add_edge(from, to, link);
                queue.push(provider);
            }
        }
    }

    /// The SKUs in it, by id.
    pub fn skus(&self) -> impl Iterator<Item = SkuId> + '_ {
        self.places.keys().filter_map(|node| match node {
            Node::Sku(sku) => Some(*sku),
            _ => None,
        })
    }

    /// The plans in it, by id.
    pub fn plans(&self) -> impl Iterator<Item = PlanId> + '_ {
        self.places.keys().filter_map(|node| match node {
            Node::Plan(plan) => Some(*plan),
            _ => None,
        })
    }

    /// What provides a node directly.
    pub fn ways(&self, node: Node) -> impl Iterator<Item = Way<'_>> {
        let place = self.places.get(&node).copied();
        let edges = place.into_iter();
        let edges = edges.flat_map(|place| self.graph.edges_directed(place, Direction::Incoming));
        edges.map(|edge| Way {
            from: self.graph[edge.source()],
            surely: edge.weight().surely,
            attested: edge.weight().attested,
            claims: &edge.weight().claims,
        })
    }

    fn place(&mut self, node: Node) -> NodeIndex {
        *self
            .places
            .entry(node)
            .or_insert_with(|| self.graph.add_node(node))
    }

    /// Every SKU that provides the node, by id; a sure way is preferred to a doubtful one, a short one to a long one.
    pub fn providers(&self, node: Node) -> Vec<Provider> {
        let Some(start) = self.places.get(&node) else {
            return Vec::new();
        };
        let mut best: BTreeMap<NodeIndex, Provider> = BTreeMap::new();
        let here = Provider {
            sku: SkuId::at(0),
            surely: true,
            attested: true,
            claims: Vec::new(),
            since: None,
        };
        let mut frontier = vec![(*start, here)];
        // Rounds of breadth-first search: sure ways are settled before doubtful ones may take a place.
        while !frontier.is_empty() {
            let mut next = Vec::new();
            for (place, so_far) in frontier {
                for edge in self.graph.edges_directed(place, Direction::Incoming) {
                    let link = edge.weight();
                    let mut way = so_far.clone();
                    way.surely &= link.surely;
                    way.claims.splice(0..0, link.claims.iter().copied());
                    if let Node::Sku(sku) = self.graph[edge.source()] {
                        way.sku = sku;
                        way.attested = link.attested;
                        way.since.clone_from(&link.since);
                    }
                    let better = best.get(&edge.source()).is_none_or(|known| {
                        (way.surely && !known.surely)
                            || (way.surely == known.surely
                                && (way.claims.len(), &way.claims)
                                    < (known.claims.len(), &known.claims))
                    });
                    if better {
                        best.insert(edge.source(), way.clone());
                        next.push((edge.source(), way));
                    }
                }
            }
            frontier = next;
        }
        let mut providers: Vec<Provider> = best
            .into_iter()
            .filter(|(place, _)| matches!(self.graph[*place], Node::Sku(_)))
            .map(|(_, way)| way)
            .collect();
        if let Node::Sku(sku) = node {
            providers.push(Provider {
                sku,
                surely: true,
                attested: true,
                claims: Vec::new(),
                since: None,
            });
        }
        providers.sort_by_key(|provider| provider.sku);
        providers
    }

    /// How a SKU provides the node, if it does.
    pub fn provider(&self, sku: SkuId, node: Node) -> Option<Provider> {
        self.providers(node)
            .into_iter()
            .find(|provider| provider.sku == sku)
    }
}

/// Everything that provides a node directly, with how sure that is; of SKUs only those among the given ones.
fn providers_of(
    knowledge: &KnowledgeBase,
    moment: Moment,
    node: Node,
    among: Option<&BTreeSet<SkuId>>,
) -> Vec<(Node, Link)> {
    let topics = match node {
        Node::Sku(_) => Vec::new(),
        Node::Plan(plan) => vec![Topic::CarriersOf(plan), Topic::CoveringOf(plan)],
        Node::Feature(feature) => vec![Topic::GrantsOf(feature)],
    };
    let mut said: BTreeMap<Node, Vec<ClaimId>> = BTreeMap::new();
    for claim in topics.into_iter().flat_map(|topic| knowledge.about(topic)) {
        for provider in providing(&knowledge.claims[*claim]) {
            if let (Node::Sku(sku), Some(among)) = (provider, among)
                && !among.contains(&sku)
            {
                continue;
            }
            said.entry(provider).or_default().push(*claim);
        }
    }
    said.into_iter()
        .filter_map(|(provider, claims)| Some((provider, link(knowledge, moment, &claims)?)))
        .collect()
}

/// What provides something by a claim.
fn providing(claim: &Claim) -> Vec<Node> {
    match &claim.kind {
        ClaimKind::Inclusion { sku, .. } => vec![Node::Sku(*sku)],
        ClaimKind::Cover { plan, .. } => vec![Node::Plan(*plan)],
        ClaimKind::Grant { by, .. } => by
            .iter()
            .map(|thing| match thing {
                HeldThing::Plan(plan) => Node::Plan(*plan),
                HeldThing::Sku(sku) => Node::Sku(*sku),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What several claims about one edge come to. Grants and covers add up, so one sure claim is enough; inclusions that
/// disagree leave a doubt.
fn link(knowledge: &KnowledgeBase, moment: Moment, claims: &[ClaimId]) -> Option<Link> {
    let mut present = Vec::new();
    let mut doubt = false;
    let mut sure = false;
    let mut is_attested = false;
    for id in claims {
        let claim = &knowledge.claims[*id];
        if is_put_out(knowledge, *id, moment) {
            continue;
        }
        match presence(knowledge, claim, moment) {
            Presence::Absent(_) => doubt |= disputes_one_of(knowledge, *id, claims),
            Presence::Present { open, attested } => {
                present.push(*id);
                is_attested |= attested;
                sure |= open.is_empty();
                doubt |= !open.is_empty() && disputes_one_of(knowledge, *id, claims);
            }
        }
    }
    let first = present
        .iter()
        .copied()
        .min_by_key(|id| (knowledge.claims[*id].standing, *id))?;
    Some(Link {
        surely: sure && !doubt,
        attested: is_attested,
        claims: present,
        since: knowledge.claims[first].effective.from.clone(),
    })
}

fn disputes_one_of(knowledge: &KnowledgeBase, id: ClaimId, others: &[ClaimId]) -> bool {
    let disputes = |a: ClaimId, b: ClaimId| knowledge.claims[a].disputes.contains(&b);
    others
        .iter()
        .any(|other| *other != id && (disputes(id, *other) || disputes(*other, id)))
}
