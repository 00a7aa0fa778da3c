//! The claims that decide what the cheapest way to comply costs: who provides what is asked for, on which terms it is sold
//! and at which price.

use super::breakpoints::{Breakpoints, Matters, with_relations};
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::Node;
use crate::model::{
    Axis, Cause, ClaimId, ClaimKind, Edge, HeldThing, PlanId, PricedBy, Question, Requirement,
    SkuId, Trigger,
};
use std::collections::BTreeSet;

/// Everything in the neighborhood of what is asked for, whatever the day.
pub(super) struct Market<'a> {
    knowledge: &'a KnowledgeBase,
    question: &'a Question,
    claims: BTreeSet<ClaimId>,
    skus: BTreeSet<SkuId>,
    /// What still has to be looked at.
    open: Vec<Node>,
    seen: BTreeSet<Node>,
}

impl<'a> Market<'a> {
    /// The market for these requirements.
    pub(super) fn of<'r>(
        knowledge: &'a KnowledgeBase,
        question: &'a Question,
        wanted: impl IntoIterator<Item = &'r Requirement>,
    ) -> Self {
        let mut market = Self {
            knowledge,
            question,
            claims: BTreeSet::new(),
            skus: BTreeSet::new(),
            open: Vec::new(),
            seen: BTreeSet::new(),
        };
        for requirement in wanted {
            market.want(requirement);
        }
        market
            .open
            .extend(question.held.iter().copied().map(Node::Sku));
        while let Some(node) = market.open.pop() {
            if market.seen.insert(node) {
                market.look(node);
            }
        }
        market
    }

    /// The claims on which it turns whether what is held provides these requirements.
    pub(super) fn providing(
        knowledge: &'a KnowledgeBase,
        question: &'a Question,
        wanted: &[Requirement],
    ) -> Vec<ClaimId> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let market = Self::of(knowledge, question, wanted);
        let claims = market.claims.into_iter().filter(|id| {
            let kind = &knowledge.claims[*id].kind;
            match kind {
                ClaimKind::Inclusion { sku, .. } => question.held.contains(sku),
                ClaimKind::Cover { .. } | ClaimKind::Grant { .. } => true,
                _ => false,
            }
        });
        with_relations(knowledge, claims).into_iter().collect()
    }

    /// The days on which what has to be paid can change.
    pub(super) fn breakpoints(&self, axis: Axis) -> Breakpoints {
        let claims = with_relations(self.knowledge, self.claims.iter().copied());
        let mut found = Breakpoints::of(self.knowledge, claims, axis, Matters::Presence);
        if axis == Axis::Known {
            return found;
        }
        for (place, price) in self.question.agreement.prices.iter().enumerate() {
            for (day, cause) in [(price.from, Cause::Begins), (price.until, Cause::Ends)] {
                if let Some(day) = day.filter(|_| self.skus.contains(&price.sku)) {
                    let by = PricedBy::Own(place);
                    let at = Edge::On(day);
                    found.add(day, Trigger { by, cause, at });
                }
            }
        }
        found
    }

    fn want(&mut self, requirement: &Requirement) {
        requirement.each_leaf(&mut |leaf| match leaf {
            Requirement::Plan(plan) => self.open.push(Node::Plan(*plan)),
            Requirement::Sku(sku) => self.open.push(Node::Sku(*sku)),
            Requirement::Feature(feature) => self.open.push(Node::Feature(*feature)),
            _ => {}
        });
    }

    fn look(&mut self, node: Node) {
        let knowledge = self.knowledge;
        match node {
            Node::Plan(plan) => {
                for id in knowledge.about(Topic::CarriersOf(plan)) {
                    if let ClaimKind::Inclusion { sku, .. } = knowledge.claims[*id].kind
                        && self.may_take_part(sku)
                    {
                        self.claims.insert(*id);
                        self.open.push(Node::Sku(sku));
                    }
                }
                for id in knowledge.about(Topic::CoveringOf(plan)) {
                    if let ClaimKind::Cover { plan: higher, .. } = knowledge.claims[*id].kind {
                        self.claims.insert(*id);
                        self.open.push(Node::Plan(higher));
                    }
                }
            }
            Node::Feature(feature) => {
                for id in knowledge.about(Topic::GrantsOf(feature)) {
                    self.claims.insert(*id);
                    if let ClaimKind::Grant { by, .. } = &knowledge.claims[*id].kind {
                        self.open.extend(by.iter().map(|thing| match thing {
                            HeldThing::Plan(plan) => Node::Plan(*plan),
                            HeldThing::Sku(sku) => Node::Sku(*sku),
                        }));
                    }
                }
            }
            Node::Sku(sku) if self.may_take_part(sku) => self.look_at_sku(sku),
            Node::Sku(_) => {}
        }
    }

    fn look_at_sku(&mut self, sku: SkuId) {
        let knowledge = self.knowledge;
        self.skus.insert(sku);
        for id in knowledge.about(Topic::PricesOf(sku)) {
            if self.is_our_price(*id) {
                self.claims.insert(*id);
            }
        }
        self.claims.extend(knowledge.about(Topic::SalesOf(sku)));
        self.claims
            .extend(knowledge.about(Topic::SeatLimitsOf(sku)));
        for id in knowledge.about(Topic::PrerequisitesOf(sku)) {
            self.claims.insert(*id);
            if let ClaimKind::Prerequisite { requires, .. } = &knowledge.claims[*id].kind {
                self.want(requires);
            }
        }
        // A plan that keeps others out matters although nobody asks for it.
        for id in knowledge.about(Topic::CarriedBy(sku)) {
            if let ClaimKind::Inclusion { plan, .. } = knowledge.claims[*id].kind {
                let exclusions = self.exclusions(plan);
                if !exclusions.is_empty() {
                    self.claims.insert(*id);
                    self.claims.extend(exclusions);
                }
            }
        }
    }

    fn exclusions(&self, plan: PlanId) -> &'a [ClaimId] {
        self.knowledge.about(Topic::ExclusionsOf(plan))
    }

    /// Whether a SKU may be in a basket at all, on whichever day: it is there, or somebody like the asker can buy it.
    fn may_take_part(&self, sku: SkuId) -> bool {
        let question = self.question;
        let record = &self.knowledge.skus[sku];
        let is_frontline_worker = question
            .held
            .iter()
            .any(|held| self.knowledge.skus[*held].frontline);
        let is_priced = || {
            let own = question.agreement.prices.iter();
            let list = self.knowledge.about(Topic::PricesOf(sku)).iter();
            own.map(|price| price.sku).any(|priced| priced == sku)
                || list.copied().any(|id| self.is_our_price(id))
        };
        let is_for_sale = record.purchasable
            && record.segment == question.segment
            && (!record.frontline || is_frontline_worker);
        is_there(question, sku) || is_for_sale && is_priced()
    }

    fn is_our_price(&self, claim: ClaimId) -> bool {
        matches!(
            &self.knowledge.claims[claim].kind,
            ClaimKind::Price { currency, term, .. }
                if *currency == self.question.currency && *term == self.question.agreement.term
        )
    }
}

/// The SKUs that what happens to a claim is about; none where it may concern any.
pub(super) fn skus_of(
    knowledge: &KnowledgeBase,
    trigger: &Trigger,
    question: &Question,
) -> Option<BTreeSet<SkuId>> {
    let claim = match trigger.by {
        PricedBy::List(claim) => claim,
        PricedBy::Own(place) => {
            let price = question.agreement.prices.get(place)?;
            return Some(BTreeSet::from([price.sku]));
        }
    };
    let older = [
        &knowledge.claims[claim].supersedes,
        &knowledge.claims[claim].replaces,
    ];
    let claims = std::iter::once(&claim).chain(older.into_iter().flatten());
    let sku = |id: &ClaimId| match &knowledge.claims[*id].kind {
        ClaimKind::Price { sku, .. }
        | ClaimKind::Inclusion { sku, .. }
        | ClaimKind::Prerequisite { sku, .. }
        | ClaimKind::Sale { sku, .. } => Some(*sku),
        _ => None,
    };
    claims.map(sku).collect()
}

/// Whether the person or the tenant has a SKU.
pub(super) fn is_there(question: &Question, sku: SkuId) -> bool {
    question.held.contains(&sku)
        || question.held_elsewhere.contains(&sku)
        || question.owned.contains_key(&sku)
}

/// Whether what happens to a claim can concern a set of SKUs.
pub(super) fn concerns(
    knowledge: &KnowledgeBase,
    trigger: &Trigger,
    skus: &BTreeSet<SkuId>,
    question: &Question,
) -> bool {
    skus_of(knowledge, trigger, question).is_none_or(|about| !about.is_disjoint(skus))
}
