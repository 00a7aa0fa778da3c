//! The cheapest set of SKUs that satisfies all needs.
//!
//! The person asked about needs everything. A counted need asks for further people, of whom nothing else is known: they
//! need only what is counted, and nobody counted twice, so the smaller number is among the larger. Each of these groups
//! gets the cheapest set for one of its people; see [`engine`](super::engine).

use super::engine::Engine;
use super::shop::{NoShop, Shop, Terms, prerequisites};
use super::supply::Supply;
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    Basket, BasketItem, BasketSet, LicenseSet, Money, OtherBasket, PlanId, Question, Requirement,
    Satisfied, SkuId,
};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that has to be met, for so many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) requirement: Requirement,
    pub(super) seats: u64,
    /// Whether what is held and owned satisfies it already, wherever it may sit.
    pub(super) is_met: bool,
}

/// The cheapest set that meets every want; none where nothing asks for a license that is named.
///
/// # Errors
/// A sentence that says why there is none.
pub(super) fn cheapest(
    kb: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    wants: &[Want],
) -> Result<Option<Basket>, String> {
    let Some(mut basket) = solve(kb, question, supply, wants, Terms::USUAL)? else {
        return Ok(None);
    };
    let confirmed = Terms {
        verified_only: true,
        ..Terms::USUAL
    };
    if !basket.unverified_prices.is_empty()
        && let Ok(Some(other)) = solve(kb, question, supply, wants, confirmed)
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

fn solve(
    kb: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    wants: &[Want],
    terms: Terms,
) -> Result<Option<Basket>, String> {
    let named: Vec<&Requirement> = wants.iter().map(|want| &want.requirement).collect();
    let open: Vec<&Requirement> = wants
        .iter()
        .filter(|want| !want.is_met)
        .map(|want| &want.requirement)
        .collect();
    let shop = Shop::of(kb, &[question], &open, terms).map_err(|NoShop(why)| why)?;
    if !wants
        .iter()
        .any(|want| shop.wish(&want.requirement).is_some())
    {
        return Ok(None);
    }
    let engine = Engine::new(shop.market());
    let mut sets: Vec<BasketSet> = Vec::new();
    let mut proven = true;
    let everybody = wants.iter().map(|want| want.seats).max().unwrap_or(1);
    for group in groups(wants) {
        let wanted = group.wants.iter().filter(|want| !want.is_met);
        let wishes = wanted.filter_map(|want| shop.wish(&want.requirement));
        let mut query = shop
            .query(question, wishes.collect())
            .map_err(|NoShop(why)| why)?;
        if !group.is_asker {
            query.held = shop.set(std::iter::empty());
        }
        for (family, most) in shop.seat_limits() {
            if everybody > most {
                query.forbidden.extend(family.iter());
            }
        }
        let solved = engine.cheapest(&query);
        proven &= solved.proven;
        let Some(best) = solved.best else {
            return Err(why_none(kb, supply, &open, solved.proven));
        };
        sets.push(basket_set(&shop, group.people, &best));
    }
    let mut basket = basket(question, &shop, sets, proven)?;
    let held = held_items(kb, question, &named, &basket);
    basket.items.extend(held);
    basket
        .items
        .sort_by(|a, b| kb.skus[a.sku].id.cmp(&kb.skus[b.sku].id));
    Ok(Some(basket))
}

fn basket_set(shop: &Shop<'_>, people: u64, set: &LicenseSet) -> BasketSet {
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

fn basket(
    question: &Question,
    shop: &Shop<'_>,
    sets: Vec<BasketSet>,
    proven: bool,
) -> Result<Basket, String> {
    let mut seats: BTreeMap<SkuId, u64> = BTreeMap::new();
    for set in &sets {
        for sku in &set.skus {
            let sum = seats.entry(*sku).or_default();
            *sum = sum.saturating_add(set.people);
        }
    }
    for (family, most) in shop.seat_limits() {
        let of_family = seats.iter().filter(|(sku, _)| {
            let place = shop.place(**sku);
            place.is_some_and(|place| family.contains(place))
        });
        let sum = of_family.fold(0u64, |sum, (_, seats)| sum.saturating_add(*seats));
        if sum > most {
            return Err(format!(
                "{sum} seats are more than the {most} that a tenant may have"
            ));
        }
    }
    let prices = |sku: &SkuId| shop.price(*sku);
    let unverified = seats.keys().copied();
    let unverified = unverified.filter(|sku| prices(sku).is_some_and(|price| !price.verified));
    let items: Vec<BasketItem> = seats
        .iter()
        .map(|(sku, seats)| BasketItem {
            sku: *sku,
            quantity: *seats,
            unit_price: prices(sku).map(|price| price.amount),
            price: prices(sku).map(|price| price.by),
            held: false,
        })
        .collect();
    let switch_off: BTreeSet<PlanId> = sets
        .iter()
        .flat_map(|set| &set.switch_off)
        .copied()
        .collect();
    Ok(Basket {
        total: items.iter().try_fold(Money::ZERO, |sum, item| {
            sum.plus(item.unit_price?.times(item.quantity)?)
        }),
        unverified_prices: unverified.collect(),
        items,
        currency: question.currency.clone(),
        proven_cheapest: proven,
        switch_off: switch_off.into_iter().collect(),
        sets,
        instead: Vec::new(),
    })
}

/// What is held and of use: it meets a part of what is wanted, or of what something bought needs beside it, that nothing
/// bought meets.
fn held_items(
    kb: &KnowledgeBase,
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
        .flat_map(|sku| prerequisites(kb, moment, *sku));
    let wanted: Vec<&Requirement> = wanted.iter().copied().chain(beside).collect();
    let supply = Supply::of(kb, moment, wanted.iter().copied());
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
        unit_price: Some(Money::ZERO),
        price: None,
        held: true,
    });
    items.collect()
}

fn why_none(
    kb: &KnowledgeBase,
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
        Some(requirement) => format!("no SKU provides {}", words(kb, requirement)),
        None => "no set of SKUs with a known price meets every need".to_owned(),
    }
}

fn words(kb: &KnowledgeBase, requirement: &Requirement) -> String {
    let mut parts = Vec::new();
    requirement.each_leaf(&mut |leaf| match leaf {
        Requirement::Plan(plan) => parts.push(kb.plans[*plan].id.to_string()),
        Requirement::Sku(sku) => parts.push(kb.skus[*sku].id.to_string()),
        Requirement::Feature(feature) => parts.push(kb.features[*feature].id.to_string()),
        _ => {}
    });
    parts.join(" or ")
}
