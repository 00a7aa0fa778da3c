//! Whether a basket meets the needs and costs what it says, worked out a second time.

use super::supply::{Off, check_exclusions, held, meets, meets_without};
use super::world::{Given, asks_for_license};
use super::{Checked, demand, price};
use crate::dataset::Topic;
use crate::model::{
    Answer, Aspect, AspectOutcome, Basket, BasketSet, ClaimId, ClaimKind, LimitOf, Money, Need,
    Place, Requirement, Satisfied, SkuId, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};

/// What of a requirement a basket can meet: a thing to do, also one that is stated undone, is not for sale.
pub(super) fn to_buy(requirement: &Requirement) -> Requirement {
    match requirement {
        Requirement::Given(_) => Requirement::Nothing,
        Requirement::All(parts) => Requirement::All(parts.iter().map(to_buy).collect()),
        other => other.clone(),
    }
}

/// Everything on the account of the people of one set. What the asker holds is held by the person asked about alone.
pub(super) fn account(world: &Given<'_>, set: &BasketSet, is_asker: bool) -> BTreeSet<SkuId> {
    let held = world.question.held.iter().filter(|_| is_asker);
    set.skus.iter().chain(held).copied().collect()
}

/// A basket meets every need that demands something, for as many people as it asks for, brings what its SKUs need beside
/// them, and costs what it says.
pub(super) fn check_basket(world: &Given<'_>, answer: &Answer, basket: &Basket) -> Checked {
    for (place, set) in basket.sets.iter().enumerate() {
        let skus = account(world, set, place == 0);
        let off: Off = set.switch_off.iter().copied().collect();
        check_exclusions(world, &skus, &off)?;
        for sku in &set.skus {
            check_prerequisites(world, *sku, &skus, &off)?;
        }
    }
    let is_alone = basket.sets.first().is_some_and(|set| set.people == 1);
    demand(
        is_alone || world.question.held.is_empty(),
        "what one person holds counts for several",
    )?;
    for need in &answer.needs {
        check_need(world, basket, need)?;
    }
    check_seats(world, basket)?;
    let mut total = Some(Money::ZERO);
    for item in &basket.items {
        if item.held {
            let is_held = world.question.held.contains(&item.sku);
            demand(is_held, "an item is said to be held and is not")?;
            continue;
        }
        if item.owned == item.quantity {
            continue;
        }
        let amount = price::checked(world, item, &basket.currency)?;
        demand(item.unit_price == Some(amount), "the price is another")?;
        total = total.and_then(|sum| sum.plus(amount.times(item.quantity - item.owned)?));
    }
    demand(basket.total == total, "the total is another")
}

fn check_need(world: &Given<'_>, basket: &Basket, need: &Need) -> Checked {
    let demands = matches!(
        need.verdict,
        Verdict::Required | Verdict::Contested | Verdict::Depends
    );
    let names_license = asks_for_license(&need.requirement) && !has_unnamed(&need.requirement);
    if demands && names_license && need.satisfied != Satisfied::Yes {
        let wanted = to_buy(&need.requirement);
        let seats = need.counted.as_ref().map_or(1, |counted| counted.number);
        let mut people = 0u64;
        for (place, set) in basket.sets.iter().enumerate() {
            let skus = account(world, set, place == 0);
            let off: Off = set.switch_off.iter().copied().collect();
            if meets_without(world, &wanted, &skus, &off) {
                people = people.saturating_add(set.people);
            } else if place == 0 && seats > 0 {
                return Err("the basket does not meet a need of the person asked about".to_owned());
            }
        }
        demand(people >= seats, "the basket has too few seats")?;
    }
    let owned = need.aspect(Aspect::Owned);
    let owned = owned.filter(|line| line.outcome == AspectOutcome::Stated);
    let Some(line) = owned.filter(|_| need.verdict != Verdict::Unavailable) else {
        return Ok(());
    };
    let Some(wanted) = line
        .requirement
        .as_ref()
        .filter(|one| asks_for_license(one))
    else {
        return Ok(());
    };
    if has_unnamed(wanted) || meets(world, &to_buy(wanted), &held(world.question, Place::Tenant)) {
        return Ok(());
    }
    let people = basket.sets.iter().enumerate().filter(|(place, set)| {
        let skus = account(world, set, *place == 0);
        meets(world, &to_buy(wanted), &skus)
    });
    let people = people.fold(0u64, |sum, (_, set)| sum.saturating_add(set.people));
    demand(
        people >= line.seats.unwrap_or(1),
        "the tenant would own too few seats",
    )
}

/// A SKU never brings what it needs itself.
pub(super) fn check_prerequisites(
    world: &Given<'_>,
    sku: SkuId,
    skus: &BTreeSet<SkuId>,
    off: &Off,
) -> Checked {
    let others: BTreeSet<SkuId> = skus.iter().copied().filter(|other| *other != sku).collect();
    for id in world.knowledge.about(Topic::PrerequisitesOf(sku)) {
        let is_there = world.is_there(*id) != Some(false) && world.is_replaced(*id) != Some(true);
        if let ClaimKind::Prerequisite { requires, .. } = &world.knowledge.claims[*id].kind
            && is_there
        {
            demand(
                meets_without(world, requires, &others, off),
                "an item lacks what it needs beside it",
            )?;
        }
    }
    Ok(())
}

/// As many seats are bought as people get them, and no more than a tenant may have.
fn check_seats(world: &Given<'_>, basket: &Basket) -> Checked {
    let mut seats: BTreeMap<SkuId, u64> = BTreeMap::new();
    for set in &basket.sets {
        for sku in &set.skus {
            let sum = seats.entry(*sku).or_default();
            *sum = sum.saturating_add(set.people);
        }
    }
    let items = basket.items.iter().filter(|item| !item.held);
    let quantities: BTreeMap<SkuId, u64> = items.map(|item| (item.sku, item.quantity)).collect();
    demand(
        quantities == seats,
        "the basket has other seats than people get",
    )?;
    for item in &basket.items {
        let owned = world.question.owned.get(&item.sku).copied().unwrap_or(0);
        demand(
            item.owned <= owned.min(item.quantity),
            "more seats are said to be owned than are",
        )?;
    }
    let items = basket.items.iter().filter(|item| !item.held);
    let bought = items.map(|item| (item.sku, item.quantity - item.owned.min(item.quantity)));
    let held = world.question.held.iter().map(|sku| (*sku, 1)).collect();
    check_caps(world, &bought.collect(), &held)
}

/// Where something of a family is bought, the tenant has no more seats of the family afterwards than it may: held, owned and
/// bought ones.
pub(super) fn check_caps(
    world: &Given<'_>,
    bought: &BTreeMap<SkuId, u64>,
    held: &BTreeMap<SkuId, u64>,
) -> Checked {
    let bought_of = bought.iter().filter(|(_, seats)| **seats > 0);
    let limits: BTreeSet<ClaimId> = bought_of
        .flat_map(|(sku, _)| world.knowledge.about(Topic::SeatLimitsOf(*sku)))
        .copied()
        .filter(|id| world.is_there(*id) == Some(true) && world.is_replaced(*id) != Some(true))
        .collect();
    for limit in limits {
        if let ClaimKind::Limit {
            of: LimitOf::Seats(family),
            at_most,
        } = &world.knowledge.claims[limit].kind
        {
            let seats = [bought, held, &world.question.owned];
            let seats = seats.into_iter().flatten();
            let of_family = seats.filter(|(sku, _)| family.contains(sku));
            let sum = of_family.fold(0u64, |sum, (_, seats)| sum.saturating_add(*seats));
            demand(sum <= *at_most, "more seats than a tenant may have")?;
        }
    }
    Ok(())
}

pub(super) fn has_unnamed(requirement: &Requirement) -> bool {
    let mut found = false;
    requirement.each_leaf(&mut |leaf| found |= *leaf == Requirement::Unnamed);
    found
}
