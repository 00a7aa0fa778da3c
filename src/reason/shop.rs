//! A question as a license-set instance: what can be bought that day, on which terms, and what is wished for.
//!
//! Everything that depends on claims, dates, sources and people is decided here; the [engine](super::engine) only sees
//! SKUs, prices, plans and wishes. Support counts where it is sure, restrictions count in doubt: a SKU brings a plan only
//! where the inclusion surely holds that day, and a plan keeps others out wherever it may be carried.

use super::aspect::grade_on;
use super::offer::{asked_plans, carried, exclusive, leaves, may_buy, may_hold, prerequisites};
use super::price::seat_price;
use super::supply::Supply;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Node, Snapshot};
use crate::model::{
    ClaimId, ClaimKind, Grade, InstanceFault, LimitOf, Market, MarketSku, PlanId, PlanIndex,
    PricedBy, Query, Question, Requirement, Satisfied, SeatPrice, SeatRule, SkuId, SkuIndex,
    SkuSet, TenantQuery, Wish,
};
use std::collections::{BTreeMap, BTreeSet};

/// What counts as a support, and which prices may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// Inclusions, covers and grants below this grade do not count.
    pub(super) least: Grade,
    /// Whether only confirmed prices may be used.
    pub(super) verified_only: bool,
}

impl Terms {
    /// Everything that is surely said counts.
    pub(super) const USUAL: Self = Self {
        least: Grade::Unverified,
        verified_only: false,
    };
}

impl Terms {
    /// Whether a price may be used. One's own price is as certain as one says.
    fn take(self, knowledge: &KnowledgeBase, moment: Moment, price: SeatPrice) -> bool {
        let is_firm = match price.by {
            PricedBy::Own(_) => true,
            PricedBy::List(_) if self.least == Grade::Unverified => true,
            PricedBy::List(claim) => grade_on(knowledge, claim, true, moment) >= self.least,
        };
        is_firm && (price.verified || !self.verified_only)
    }
}

/// Why there is no instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoShop(pub(super) String);

impl From<Vec<InstanceFault>> for NoShop {
    fn from(faults: Vec<InstanceFault>) -> Self {
        let faults: Vec<String> = faults.iter().map(InstanceFault::to_string).collect();
        Self(faults.join("; "))
    }
}

/// Everything that may be bought or is held, for one day and one currency.
pub(super) struct Shop<'k> {
    knowledge: &'k KnowledgeBase,
    moment: Moment,
    terms: Terms,
    snapshot: Snapshot,
    market: Market,
    skus: Vec<SkuId>,
    places: BTreeMap<SkuId, SkuIndex>,
    plans: Vec<PlanId>,
    plan_places: BTreeMap<PlanId, PlanIndex>,
    prices: BTreeMap<SkuId, SeatPrice>,
    /// What somebody who asks may buy, at a price that is known.
    sold: BTreeSet<SkuId>,
}

impl<'k> Shop<'k> {
    /// Everything that can serve these requirements, and what the askers hold; `questions` tell who buys.
    ///
    /// # Errors
    /// When the numbers are too large to be counted.
    pub(super) fn of(
        knowledge: &'k KnowledgeBase,
        questions: &[&Question],
        wanted: &[&Requirement],
        terms: Terms,
    ) -> Result<Self, NoShop> {
        let Some(first) = questions.first() else {
            return Err(NoShop("nobody asks".to_owned()));
        };
        let moment = Moment {
            on: first.on,
            known: first.known,
        };
        let held: BTreeSet<SkuId> = questions
            .iter()
            .flat_map(|one| &one.held)
            .copied()
            .collect();
        let owned = questions.iter().flat_map(|one| one.owned.keys()).copied();
        let present: BTreeSet<SkuId> = held.iter().copied().chain(owned).collect();
        // What anybody here has, the tenant has: further seats of it cost what these do.
        let buyer = Question {
            held: held.iter().copied().collect(),
            ..(*first).clone()
        };
        let mut snapshot = Snapshot::of(knowledge, moment, leaves(wanted.iter().copied()));
        let mut prices = BTreeMap::new();
        let mut sold = BTreeSet::new();
        let mut met: BTreeMap<SkuId, Vec<&Requirement>> = BTreeMap::new();
        let mut open: BTreeSet<SkuId> = held.iter().copied().chain(snapshot.skus()).collect();
        while let Some(sku) = open.pop_first() {
            if met.contains_key(&sku) {
                continue;
            }
            let price = seat_price(knowledge, &buyer, sku)
                .filter(|price| terms.take(knowledge, moment, *price));
            let may_buy = questions
                .iter()
                .any(|question| may_buy(knowledge, question, sku));
            if !present.contains(&sku) && (price.is_none() || !may_buy) {
                continue;
            }
            sold.extend((price.is_some() && may_buy).then_some(sku));
            prices.extend(price.map(|price| (sku, price)));
            let requires = prerequisites(knowledge, moment, sku);
            snapshot.extend(knowledge, moment, leaves(requires.iter().copied()));
            met.insert(sku, requires);
            open.extend(snapshot.skus().filter(|other| !met.contains_key(other)));
        }
        let asked = asked_plans(knowledge, wanted);
        let mut shop = Self::build(knowledge, moment, terms, snapshot, prices, met, &asked)?;
        shop.sold = sold;
        Ok(shop)
    }

    fn build(
        knowledge: &'k KnowledgeBase,
        moment: Moment,
        terms: Terms,
        snapshot: Snapshot,
        prices: BTreeMap<SkuId, SeatPrice>,
        met: BTreeMap<SkuId, Vec<&Requirement>>,
        asked: &BTreeSet<PlanId>,
    ) -> Result<Self, NoShop> {
        let mut skus: Vec<SkuId> = met.keys().copied().collect();
        // The canonical order is that of the written ids, which no order of files changes.
        skus.sort_by(|a, b| knowledge.skus[*a].id.cmp(&knowledge.skus[*b].id));
        let places = skus.iter().enumerate();
        let places: BTreeMap<SkuId, SkuIndex> = places
            .map(|(place, sku)| (*sku, SkuIndex::at(place)))
            .collect();
        let carried: BTreeMap<SkuId, BTreeSet<PlanId>> = skus
            .iter()
            .map(|sku| (*sku, carried(knowledge, moment, *sku)))
            .collect();
        let groups = exclusive(knowledge, moment, carried.values().flatten().copied());
        let mut plans: Vec<PlanId> = snapshot
            .plans()
            .chain(groups.iter().flatten().copied())
            .collect::<BTreeSet<PlanId>>()
            .into_iter()
            .collect();
        plans.sort_by(|a, b| knowledge.plans[*a].id.cmp(&knowledge.plans[*b].id));
        let plan_places = plans.iter().enumerate();
        let plan_places: BTreeMap<PlanId, PlanIndex> = plan_places
            .map(|(place, plan)| (*plan, PlanIndex::at(place)))
            .collect();
        let mut shop = Self {
            knowledge,
            moment,
            terms,
            snapshot,
            market: Market::new(0, Vec::new(), Vec::new())?,
            skus,
            places,
            plans,
            plan_places,
            prices,
            sold: BTreeSet::new(),
        };
        let market_skus: Vec<MarketSku> = shop
            .skus
            .iter()
            .map(|sku| shop.market_sku(*sku, &met, &carried, asked))
            .collect();
        let groups = groups.iter().map(|group| {
            let places = group.iter();
            places
                .filter_map(|plan| shop.plan_places.get(plan).copied())
                .collect()
        });
        shop.market = Market::new(shop.plans.len(), market_skus, groups.collect())?;
        Ok(shop)
    }

    fn market_sku(
        &self,
        sku: SkuId,
        met: &BTreeMap<SkuId, Vec<&Requirement>>,
        carried: &BTreeMap<SkuId, BTreeSet<PlanId>>,
        asked: &BTreeSet<PlanId>,
    ) -> MarketSku {
        let all = carried.get(&sku);
        let plans = all.into_iter().flatten();
        let brought = plans.filter_map(|plan| {
            let place = self.plan_places.get(plan)?;
            let ways = self.snapshot.ways(Node::Plan(*plan));
            let surely = ways
                .filter(|way| way.from == Node::Sku(sku))
                .any(|way| self.counts(way.surely, way.attested, way.claims));
            Some((*place, if surely { SURELY } else { PERHAPS }))
        });
        let requires = met.get(&sku).into_iter().flatten();
        MarketSku {
            price: self
                .prices
                .get(&sku)
                .map_or(0, |price| price.amount.minor()),
            surplus: all.map_or(0, |plans| {
                let surplus = plans.iter().filter(|plan| !asked.contains(plan)).count();
                u32::try_from(surplus).unwrap_or(u32::MAX)
            }),
            carries: brought.collect(),
            requires: requires.filter_map(|one| self.wish(one)).collect(),
        }
    }

    /// Whether a link of these claims counts as support.
    fn counts(&self, surely: bool, attested: bool, claims: &[ClaimId]) -> bool {
        let grades = claims.iter();
        let grade = grades.map(|claim| grade_on(self.knowledge, *claim, attested, self.moment));
        surely
            && (self.terms.least == Grade::Unverified
                || grade.max().is_some_and(|grade| grade >= self.terms.least))
    }

    /// A requirement as a wish; nothing where no license is asked for, or one that nobody names.
    pub(super) fn wish(&self, requirement: &Requirement) -> Option<Wish> {
        match requirement {
            Requirement::Nothing | Requirement::Unnamed | Requirement::Given(_) => None,
            Requirement::All(parts) => {
                let parts: Vec<Wish> = parts.iter().filter_map(|part| self.wish(part)).collect();
                (!parts.is_empty()).then_some(Wish::All(parts))
            }
            Requirement::Any(parts) => {
                let is_free = |part: &Requirement| {
                    matches!(part, Requirement::Nothing | Requirement::Unnamed)
                };
                if parts.iter().any(is_free) {
                    return None;
                }
                let wishes: Vec<Wish> = parts.iter().filter_map(|part| self.wish(part)).collect();
                (!wishes.is_empty()).then_some(Wish::Any(wishes))
            }
            Requirement::Plan(plan) => Some(self.node(Node::Plan(*plan))),
            Requirement::Sku(sku) => Some(self.node(Node::Sku(*sku))),
            Requirement::Feature(feature) => Some(self.node(Node::Feature(*feature))),
        }
    }

    /// What provides a node; covers and grants run in no circles.
    fn node(&self, node: Node) -> Wish {
        let mut ways: Vec<Wish> = match node {
            Node::Sku(sku) => self.places.get(&sku).map(|place| Wish::Sku(*place)),
            Node::Plan(plan) => self.plan_places.get(&plan).map(|place| Wish::Plan(*place)),
            Node::Feature(_) => None,
        }
        .into_iter()
        .collect();
        let links = self.snapshot.ways(node).filter(|way| {
            // A SKU brings its plans by itself; only features are granted by SKUs as such.
            let is_carrier = matches!((way.from, node), (Node::Sku(_), Node::Plan(_)));
            !is_carrier && self.counts(way.surely, way.attested, way.claims)
        });
        ways.extend(links.map(|way| self.node(way.from)));
        match ways.pop() {
            Some(only) if ways.is_empty() => only,
            last => {
                ways.extend(last);
                Wish::Any(ways)
            }
        }
    }

    /// What one person asks: wishes, what they hold and what may be bought for them.
    ///
    /// # Errors
    /// When a wish is nested too deep.
    pub(super) fn query(&self, question: &Question, wishes: Vec<Wish>) -> Result<Query, NoShop> {
        let mut query = Query::new(&self.market, wishes)?;
        query.held = self.set(question.held.iter().copied());
        query.allowed = self.set(self.skus.iter().copied().filter(|sku| {
            self.prices.contains_key(sku) && may_buy(self.knowledge, question, *sku)
        }));
        query.least_certainty = SURELY;
        Ok(query)
    }

    /// The SKUs of which one alone meets a requirement.
    pub(super) fn alone(&self, requirement: &Requirement) -> Vec<SkuIndex> {
        let supply = Supply::of(self.knowledge, self.moment, [requirement]);
        let skus = self.skus.iter().filter(|sku| {
            let met = supply.meets(requirement, &[**sku], &|_| None);
            met == Satisfied::Yes
        });
        skus.filter_map(|sku| self.place(*sku)).collect()
    }

    /// The suites: SKUs of at least [`SUITE`] plans.
    pub(super) fn suites(&self) -> SkuSet {
        let skus = self.skus.iter().copied();
        self.set(skus.filter(|sku| carried(self.knowledge, self.moment, *sku).len() >= SUITE))
    }

    /// These SKUs as a set of the market, as far as they are in it.
    pub(super) fn set(&self, skus: impl Iterator<Item = SkuId>) -> SkuSet {
        skus.filter_map(|sku| self.places.get(&sku).copied())
            .collect()
    }

    /// The instance.
    pub(super) fn market(&self) -> &Market {
        &self.market
    }

    /// The SKU at a place of the market.
    pub(super) fn sku(&self, place: SkuIndex) -> Option<SkuId> {
        self.skus.get(place.index()).copied()
    }

    /// The place of a SKU in the market, if it is in it.
    pub(super) fn place(&self, sku: SkuId) -> Option<SkuIndex> {
        self.places.get(&sku).copied()
    }

    /// The plan at a place of the market.
    pub(super) fn plan(&self, place: PlanIndex) -> Option<PlanId> {
        self.plans.get(place.index()).copied()
    }

    /// What a SKU costs.
    pub(super) fn price(&self, sku: SkuId) -> Option<SeatPrice> {
        self.prices.get(&sku).copied()
    }

    /// Seats that are owned, and the most that a tenant may have over a family of SKUs, as far as so many people can come
    /// up to it. Seats that people hold count, too; where there are too many already, none may be bought and those that are
    /// there can still be used.
    pub(super) fn shared_seats(
        &self,
        owned: &BTreeMap<SkuId, u64>,
        held: &BTreeMap<SkuId, u64>,
        people: u64,
    ) -> TenantQuery {
        let mut shared = TenantQuery::default();
        for (sku, seats) in owned {
            let Some(place) = self.place(*sku) else {
                continue;
            };
            shared.owned.insert(place, *seats);
            if !self.sold.contains(sku) {
                // What cannot be bought can still be used, as far as it is there.
                let skus = vec![place];
                let seats = *seats;
                shared.at_most.push(SeatRule { skus, seats });
            }
        }
        let claims = self.skus.iter();
        let claims: BTreeSet<ClaimId> = claims
            .flat_map(|sku| self.knowledge.about(Topic::SeatLimitsOf(*sku)))
            .copied()
            .filter(|claim| may_hold(self.knowledge, self.moment, *claim))
            .collect();
        for claim in claims {
            if let ClaimKind::Limit {
                of: LimitOf::Seats(family),
                at_most,
            } = &self.knowledge.claims[claim].kind
            {
                let skus = family.iter().filter_map(|sku| self.place(*sku));
                let skus: Vec<SkuIndex> = skus.collect();
                let there = skus.iter().filter_map(|sku| shared.owned.get(sku));
                let there = there.fold(0u64, |sum, seats| sum.saturating_add(*seats));
                let not_for_sale_here = family.iter().filter(|sku| self.place(**sku).is_none());
                let idle = not_for_sale_here.filter_map(|sku| owned.get(sku));
                let held = family.iter().filter_map(|sku| held.get(sku));
                let taken = idle.chain(held);
                let taken = taken.fold(0u64, |sum, seats| sum.saturating_add(*seats));
                let seats = at_most.saturating_sub(taken).max(there);
                let kinds = u64::try_from(skus.len()).unwrap_or(u64::MAX);
                if people.saturating_mul(kinds).saturating_add(there) > seats {
                    shared.at_most.push(SeatRule { skus, seats });
                }
            }
        }
        shared
    }
}

/// So many plans make a suite: the smallest Microsoft 365 and Office 365 suites have more, single products and their
/// add-ons fewer.
const SUITE: usize = 12;
/// Certainty of a plan that a SKU surely brings.
const SURELY: u8 = 1;
/// Certainty of a plan that a SKU may bring, which only counts against it.
const PERHAPS: u8 = 0;
