//! The cheapest set of SKUs that satisfies all needs.
//!
//! The person asked about needs everything. A counted need asks for further people, of whom nothing else is known: they
//! need only what is counted, and nobody counted twice, so the smaller number is among the larger. Each of these groups
//! gets the cheapest set for one of its people; see [`engine`](super::engine).

use super::engine::Engine;
use super::offer::prerequisites;
use super::shop::{NoShop, Shop, Terms};
use super::supply::Supply;
use super::want::Want;
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    Basket, BasketItem, BasketSet, Certificate, LicenseSet, Market, Money, OtherBasket, Persona,
    PlanId, Query, Question, Requirement, Satisfied, SeatRule, SkuId, SkuIndex, Solved,
    TenantCertificate, TenantQuery, TenantSolved,
};
use std::collections::{BTreeMap, BTreeSet};

/// A set with the argument that none is cheaper, for the independent checker.
#[derive(Debug, Clone)]
pub struct ArguedSet {
    /// What could be bought.
    pub market: Market,
    /// What one person of a group needs.
    pub query: Query,
    /// The set.
    pub solved: Solved,
    /// Why it is the cheapest; none where the search gave up.
    pub certificate: Option<Certificate>,
}

/// The seats of further people with all that it takes to check them.
#[derive(Debug)]
pub struct ArguedTenant {
    /// What could be bought.
    pub market: Market,
    /// What the people need.
    pub query: TenantQuery,
    /// How they are licensed.
    pub solved: TenantSolved,
    /// Why nothing costs less than the bound.
    pub certificate: Option<TenantCertificate>,
}

/// The arguments of an answer.
#[derive(Debug, Default)]
pub struct Argued {
    /// For every set of SKUs that was worked out on the way.
    pub sets: Vec<ArguedSet>,
    /// For every sharing out of seats.
    pub tenants: Vec<ArguedTenant>,
}

/// Collects the arguments of an answer, where somebody wants them: they take longer than the answer.
#[derive(Debug, Default)]
pub(super) struct Arguments(pub(super) Option<Argued>);

impl Arguments {
    pub(super) fn add_tenant(
        &mut self,
        shop: &Shop<'_>,
        engine: &Engine<'_>,
        query: &TenantQuery,
        solved: &TenantSolved,
    ) {
        if let Some(argued) = &mut self.0 {
            argued.tenants.push(ArguedTenant {
                market: shop.market().clone(),
                query: query.clone(),
                solved: solved.clone(),
                certificate: engine.tenant_certificate(query, solved),
            });
        }
    }

    fn add(&mut self, shop: &Shop<'_>, engine: &Engine<'_>, query: &Query, solved: &Solved) {
        if let Some(argued) = &mut self.0 {
            argued.sets.push(ArguedSet {
                market: shop.market().clone(),
                query: query.clone(),
                solved: solved.clone(),
                certificate: engine.certificate(query, solved),
            });
        }
    }
}

/// The cheapest set that meets every want; none where nothing asks for a license that is named.
///
/// # Errors
/// A sentence that says why there is none.
pub(super) fn cheapest(
    knowledge: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    wants: &[Want],
    arguments: &mut Arguments,
) -> Result<Option<Basket>, String> {
    let Some(mut basket) = solve(knowledge, question, supply, wants, Terms::USUAL, arguments)?
    else {
        return Ok(None);
    };
    let confirmed = Terms {
        verified_only: true,
        ..Terms::USUAL
    };
    if !basket.unverified_prices.is_empty()
        && let Ok(Some(other)) = solve(knowledge, question, supply, wants, confirmed, arguments)
    {
        basket.instead.push(OtherBasket {
            why: "cheapest with confirmed prices only".to_owned(),
            items: other.items,
            total: other.total,
        });
    }
    Ok(Some(basket))
}

/// People who need the same.
struct Group<'w> {
    people: u64,
    /// Whether the person asked about is one of them.
    is_asker: bool,
    wants: Vec<&'w Want>,
}

/// The person asked about, and the further people that counted needs bring: those of the largest number need only that.
fn groups(wants: &[Want]) -> Vec<Group<'_>> {
    let mut numbers: BTreeSet<u64> = wants.iter().map(|want| want.seats).collect();
    numbers.remove(&0);
    numbers.insert(1);
    let mut groups = Vec::new();
    let mut so_far = 0;
    for number in numbers {
        groups.push(Group {
            people: number - so_far,
            is_asker: so_far == 0,
            wants: wants.iter().filter(|want| want.seats >= number).collect(),
        });
        so_far = number;
    }
    groups
}

impl Group<'_> {
    /// What one of these people needs.
    fn query(&self, shop: &Shop<'_>, question: &Question) -> Result<Query, NoShop> {
        let wanted = self.wants.iter().filter(|want| !want.is_met);
        let wishes = wanted.filter_map(|want| shop.wish(&want.requirement));
        let mut query = shop.query(question, wishes.collect())?;
        if !self.is_asker {
            query.held = shop.set(std::iter::empty());
            // A seat that is owned needs no price.
            query
                .allowed
                .extend(shop.set(question.owned.keys().copied()).iter());
        }
        Ok(query)
    }
}

fn solve(
    knowledge: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    wants: &[Want],
    terms: Terms,
    arguments: &mut Arguments,
) -> Result<Option<Basket>, String> {
    let named: Vec<&Requirement> = wants.iter().map(|want| &want.requirement).collect();
    let open: Vec<&Requirement> = wants
        .iter()
        .filter(|want| !want.is_met)
        .map(|want| &want.requirement)
        .collect();
    let shop = Shop::of(knowledge, &[question], &open, terms).map_err(|NoShop(why)| why)?;
    if !wants
        .iter()
        .any(|want| shop.wish(&want.requirement).is_some())
    {
        return Ok(None);
    }
    let engine = Engine::new(shop.market());
    let groups = groups(wants);
    let queries: Vec<Query> = groups
        .iter()
        .map(|group| group.query(&shop, question))
        .collect::<Result<_, NoShop>>()
        .map_err(|NoShop(why)| why)?;
    let people = groups.iter().map(|group| group.people);
    let people = people.fold(0u64, u64::saturating_add);
    let held = question.held.iter().map(|sku| (*sku, 1)).collect();
    let mut rest = shop.shared_seats(&question.owned, &held, people);
    let mut sets = Vec::new();
    let mut proven = true;
    // The person asked about takes no owned seat: nobody said that one is free.
    let mut further = groups.iter().zip(&queries);
    if let Some((_, query)) = further.next() {
        let mut solved = engine.cheapest(query);
        if solved.best.as_ref().is_some_and(|best| !fits(best, &rest)) {
            solved = within_caps(&engine, query, &rest);
        } else {
            arguments.add(&shop, &engine, query, &solved);
        }
        proven &= solved.proven;
        let Some(best) = solved.best else {
            return Err(why_none(knowledge, supply, &open, solved.proven));
        };
        for rule in &mut rest.at_most {
            let taken = best.bought.iter().filter(|sku| rule.skus.contains(sku));
            let taken = u64::try_from(taken.count()).unwrap_or(u64::MAX);
            rule.seats = rule.seats.saturating_sub(taken);
            // Whether the person asked about had better left these seats to others is not looked at.
            proven &= taken == 0 || groups.len() == 1;
        }
        sets.push(basket_set(&shop, 1, &best));
    }
    let personas = further.map(|(group, query)| Persona {
        people: group.people,
        query: query.clone(),
    });
    let personas: Vec<Persona> = personas.collect();
    let mut buy = BTreeMap::new();
    if !personas.is_empty() {
        let tenant = TenantQuery { personas, ..rest };
        let solved = engine.tenant(&tenant);
        arguments.add_tenant(&shop, &engine, &tenant, &solved);
        let Some(assigned) = solved.assigned else {
            return Err(why_none(knowledge, supply, &open, solved.proven));
        };
        let assigned = assigned.iter().flatten();
        let assigned = assigned.filter(|(_, people)| *people > 0);
        sets.extend(assigned.map(|(set, people)| basket_set(&shop, *people, set)));
        buy = solved.buy;
        proven &= solved.proven;
    }
    let mut basket = basket(question, &shop, sets, buy, proven);
    let held = held_items(knowledge, question, &named, &basket);
    basket.items.extend(held);
    basket
        .items
        .sort_by(|a, b| knowledge.skus[a.sku].id.cmp(&knowledge.skus[b.sku].id));
    Ok(Some(basket))
}

/// Seats of these SKUs that may still be bought.
fn room(rule: &SeatRule, owned: &BTreeMap<SkuIndex, u64>) -> u64 {
    let there = rule.skus.iter().filter_map(|sku| owned.get(sku));
    let there = there.fold(0u64, |sum, seats| sum.saturating_add(*seats));
    rule.seats.saturating_sub(there)
}

/// Whether a tenant may buy this set once.
fn fits(set: &LicenseSet, tenant: &TenantQuery) -> bool {
    tenant.at_most.iter().all(|rule| {
        let taken = set.bought.iter().filter(|sku| rule.skus.contains(sku));
        u64::try_from(taken.count()).is_ok_and(|taken| taken <= room(rule, &tenant.owned))
    })
}

/// The cheapest set that a tenant may buy once.
fn within_caps(engine: &Engine<'_>, query: &Query, tenant: &TenantQuery) -> Solved {
    let rules = tenant.at_most.iter().map(|rule| SeatRule {
        skus: rule.skus.clone(),
        seats: room(rule, &tenant.owned),
    });
    let solved = engine.tenant(&TenantQuery {
        personas: vec![Persona {
            people: 1,
            query: query.clone(),
        }],
        at_most: rules.collect(),
        ..TenantQuery::default()
    });
    let sets = solved.assigned.into_iter().flatten().flatten();
    let mut sets = sets.filter(|(_, people)| *people > 0).map(|(set, _)| set);
    Solved {
        best: sets.next(),
        proven: solved.proven,
        bound: u64::try_from(solved.bound).unwrap_or(u64::MAX),
        nodes: solved.nodes,
    }
}

pub(super) fn basket_set(shop: &Shop<'_>, people: u64, set: &LicenseSet) -> BasketSet {
    BasketSet {
        people,
        skus: set.bought.iter().filter_map(|sku| shop.sku(*sku)).collect(),
        switch_off: set
            .switch_off
            .iter()
            .filter_map(|plan| shop.plan(*plan))
            .collect(),
    }
}

/// The basket of these sets. All seats of the first person are bought, and so many as `buy` says for the others, who take
/// owned seats for the rest.
fn basket(
    question: &Question,
    shop: &Shop<'_>,
    sets: Vec<BasketSet>,
    buy: BTreeMap<SkuIndex, u64>,
    proven: bool,
) -> Basket {
    let seats = seats(&sets);
    let first = sets
        .first()
        .map(|set| set.skus.as_slice())
        .unwrap_or_default();
    let bought = |sku: SkuId, seats: u64| {
        let of_first = u64::from(first.contains(&sku));
        let place = shop.place(sku);
        let of_others = place.and_then(|place| buy.get(&place)).copied();
        of_others.unwrap_or(0).saturating_add(of_first).min(seats)
    };
    let items: Vec<BasketItem> = seats
        .iter()
        .map(|(sku, seats)| BasketItem {
            sku: *sku,
            quantity: *seats,
            owned: seats - bought(*sku, *seats),
            unit_price: shop.price(*sku).map(|price| price.amount),
            price: shop.price(*sku).map(|price| price.by),
            other_price: shop.price(*sku).and_then(|price| price.other),
            held: false,
        })
        .collect();
    let paid = items.iter().filter(|item| item.owned < item.quantity);
    let unverified = paid
        .map(|item| item.sku)
        .filter(|sku| shop.price(*sku).is_some_and(|price| !price.verified));
    let switch_off: BTreeSet<PlanId> = sets
        .iter()
        .flat_map(|set| &set.switch_off)
        .copied()
        .collect();
    Basket {
        total: items
            .iter()
            .try_fold(Money::ZERO, |sum, item| sum.plus(item.total()?)),
        unverified_prices: unverified.collect(),
        items,
        currency: question.currency.clone(),
        proven_cheapest: proven,
        switch_off: switch_off.into_iter().collect(),
        sets,
        instead: Vec::new(),
    }
}

/// How many people get each SKU.
pub(super) fn seats(sets: &[BasketSet]) -> BTreeMap<SkuId, u64> {
    let mut seats: BTreeMap<SkuId, u64> = BTreeMap::new();
    for set in sets {
        for sku in &set.skus {
            let sum = seats.entry(*sku).or_default();
            *sum = sum.saturating_add(set.people);
        }
    }
    seats
}

/// What is held and of use: it meets a part of what is wanted, or of what something bought needs beside it, that nothing
/// bought meets.
fn held_items(
    knowledge: &KnowledgeBase,
    question: &Question,
    wanted: &[&Requirement],
    basket: &Basket,
) -> Vec<BasketItem> {
    if question.held.is_empty() {
        return Vec::new();
    }
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let bought: Vec<SkuId> = basket.items.iter().map(|item| item.sku).collect();
    let beside = bought
        .iter()
        .flat_map(|sku| prerequisites(knowledge, moment, *sku));
    let wanted: Vec<&Requirement> = wanted.iter().copied().chain(beside).collect();
    let supply = Supply::of(knowledge, moment, wanted.iter().copied());
    let mut used: BTreeSet<SkuId> = BTreeSet::new();
    for requirement in wanted {
        if supply.meets(requirement, &bought, &|_| None) == Satisfied::Yes {
            continue;
        }
        requirement.each_leaf(&mut |leaf| {
            let providers = supply.providers(leaf).iter();
            let held = providers.filter(|one| one.surely && question.held.contains(&one.sku));
            used.extend(held.map(|one| one.sku));
        });
    }
    let items = used.into_iter().map(|sku| BasketItem {
        sku,
        quantity: 1,
        owned: 0,
        unit_price: Some(Money::ZERO),
        price: None,
        other_price: None,
        held: true,
    });
    items.collect()
}

fn why_none(
    knowledge: &KnowledgeBase,
    supply: &Supply,
    wanted: &[&Requirement],
    is_proven: bool,
) -> String {
    if !is_proven {
        return "the search for a set of SKUs was given up".to_owned();
    }
    let lacking = wanted.iter().find(|requirement| {
        let mut leaves = Vec::new();
        requirement.each_leaf(&mut |leaf| leaves.push(leaf));
        let provided = |leaf: &&Requirement| supply.providers(leaf).iter().any(|one| one.surely);
        requirement.demands() && !leaves.iter().any(provided)
    });
    match lacking {
        Some(requirement) => format!("no SKU provides {}", words(knowledge, requirement)),
        None => "no set of SKUs with a known price meets every need".to_owned(),
    }
}

fn words(knowledge: &KnowledgeBase, requirement: &Requirement) -> String {
    let mut parts = Vec::new();
    requirement.each_leaf(&mut |leaf| match leaf {
        Requirement::Plan(plan) => parts.push(knowledge.plans[*plan].id.to_string()),
        Requirement::Sku(sku) => parts.push(knowledge.skus[*sku].id.to_string()),
        Requirement::Feature(feature) => parts.push(knowledge.features[*feature].id.to_string()),
        _ => {}
    });
    parts.join(" or ")
}
