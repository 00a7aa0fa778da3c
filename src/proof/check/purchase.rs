//! Whether a purchase serves a team and costs what it says, worked out a second time.

use super::basket::{account, check_caps, check_prerequisites, has_unnamed, to_buy};
use super::supply::{Off, check_exclusions, held, meets, meets_without};
use super::world::{Given, asks_for_license};
use super::{Checked, demand, price};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Aspect, AspectOutcome, BasketItem, Money, Need, Per, PersonaPurchase, Place, Purchase,
    Question, Requirement, Satisfied, SkuId, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Checks a purchase against the knowledge base: everybody's needs are met by what they hold and get, the tenant has the
/// seats that are counted over its people, and the bill is right. Whether nothing is cheaper is not looked at here.
///
/// # Errors
/// The first thing that does not hold.
pub fn check_purchase(knowledge: &KnowledgeBase, purchase: &Purchase) -> Result<(), String> {
    if purchase.no_purchase.is_some() {
        return Ok(());
    }
    let mut assigned: BTreeMap<SkuId, u64> = BTreeMap::new();
    for (persona, bought) in purchase.team.personas.iter().zip(&purchase.personas) {
        let question = &bought.answer.question;
        demand(
            *question == purchase.team.question(persona),
            "a persona was asked about otherwise",
        )?;
        let people = bought.sets.iter().map(|set| set.people);
        demand(
            people.fold(0u64, u64::saturating_add) == persona.count,
            "a persona has more or fewer people than sets",
        )?;
        check_persona(knowledge, bought)?;
        for set in &bought.sets {
            for sku in &set.skus {
                let sum = assigned.entry(*sku).or_default();
                *sum = sum.saturating_add(set.people);
            }
        }
    }
    for set in &purchase.further {
        for sku in &set.skus {
            let sum = assigned.entry(*sku).or_default();
            *sum = sum.saturating_add(set.people);
        }
    }
    check_further(knowledge, purchase)?;
    check_bill(knowledge, purchase, &assigned)?;
    check_tenant(knowledge, purchase)
}

/// The sets of people who belong to no persona can be had by somebody who holds nothing.
fn check_further(knowledge: &KnowledgeBase, purchase: &Purchase) -> Checked {
    let Some(first) = purchase.personas.first() else {
        return Ok(());
    };
    let question = Question {
        held: Vec::new(),
        ..first.answer.question.clone()
    };
    let world = world(knowledge, &question);
    for set in &purchase.further {
        let skus = account(&world, set, false);
        let off: Off = set.switch_off.iter().copied().collect();
        check_exclusions(&world, &skus, &off)?;
        for sku in &set.skus {
            check_prerequisites(&world, *sku, &skus, &off)?;
        }
    }
    Ok(())
}

fn check_persona(knowledge: &KnowledgeBase, bought: &PersonaPurchase) -> Checked {
    let world = world(knowledge, &bought.answer.question);
    for set in &bought.sets {
        let skus = account(&world, set, true);
        let off: Off = set.switch_off.iter().copied().collect();
        check_exclusions(&world, &skus, &off)?;
        for sku in &set.skus {
            check_prerequisites(&world, *sku, &skus, &off)?;
        }
        for need in bought.answer.needs.iter().filter(|need| is_personal(need)) {
            demand(
                meets_without(&world, &to_buy(&need.requirement), &skus, &off),
                "somebody's need is not met",
            )?;
        }
    }
    Ok(())
}

/// Whether everybody of a persona has to have a license for a need.
fn is_personal(need: &Need) -> bool {
    let demands = matches!(
        need.verdict,
        Verdict::Required | Verdict::Contested | Verdict::Depends
    );
    let is_of_people = need.counted.as_ref().is_none_or(|counted| {
        matches!(counted.per, Per::Person | Per::Account) && counted.each == (1, 1)
    });
    demands
        && is_of_people
        && need.satisfied != Satisfied::Yes
        && asks_for_license(&need.requirement)
        && !has_unnamed(&need.requirement)
}

fn check_bill(
    knowledge: &KnowledgeBase,
    purchase: &Purchase,
    assigned: &BTreeMap<SkuId, u64>,
) -> Checked {
    let Some(first) = purchase.personas.first() else {
        return Ok(());
    };
    let billed: BTreeSet<SkuId> = purchase.bill.iter().map(|line| line.sku).collect();
    demand(
        assigned.keys().all(|sku| billed.contains(sku)),
        "somebody gets what is not on the bill",
    )?;
    // What anybody of the team holds, the tenant has.
    let all_held = purchase.team.personas.iter().flat_map(|one| &one.held);
    let question = Question {
        held: all_held
            .copied()
            .collect::<BTreeSet<SkuId>>()
            .into_iter()
            .collect(),
        ..first.answer.question.clone()
    };
    let world = world(knowledge, &question);
    let mut total = Some(Money::ZERO);
    for line in &purchase.bill {
        let given = assigned.get(&line.sku).copied().unwrap_or(0);
        let owned = purchase.team.owned.get(&line.sku).copied().unwrap_or(0);
        demand(
            line.assigned == given && line.owned == owned,
            "the bill says other numbers of seats",
        )?;
        demand(
            owned.saturating_add(line.buy) >= given,
            "more seats are assigned than there are",
        )?;
        if line.buy > 0 {
            let item = BasketItem {
                sku: line.sku,
                quantity: line.buy,
                owned: 0,
                unit_price: line.unit_price,
                price: line.price,
                other_price: line.other_price,
                held: false,
            };
            let amount = price::checked(&world, &item, &purchase.team.currency)?;
            demand(line.unit_price == Some(amount), "the price is another")?;
            let of_line = amount.times(line.buy);
            demand(line.total == of_line, "a line of the bill is wrong")?;
            total = total.and_then(|sum| sum.plus(of_line?));
        }
    }
    demand(purchase.total == total, "the total is another")?;
    let bought = purchase.bill.iter().map(|line| (line.sku, line.buy));
    let mut held: BTreeMap<SkuId, u64> = BTreeMap::new();
    for persona in &purchase.team.personas {
        for sku in &persona.held {
            let seats = held.entry(*sku).or_default();
            *seats = seats.saturating_add(persona.count);
        }
    }
    check_caps(&world, &bought.collect(), &held)
}

/// The tenant has as many seats as are counted over its people and things, those that people hold included.
fn check_tenant(knowledge: &KnowledgeBase, purchase: &Purchase) -> Checked {
    for (persona, bought) in purchase.team.personas.iter().zip(&purchase.personas) {
        let world = world(knowledge, &bought.answer.question);
        for need in &bought.answer.needs {
            let owned = need.aspect(Aspect::Owned);
            let owned = owned.filter(|line| line.outcome == AspectOutcome::Stated);
            let mut wanted: Vec<(&Requirement, u64)> = Vec::new();
            if let Some(line) = owned.filter(|_| need.verdict != Verdict::Unavailable)
                && let Some(requirement) = &line.requirement
                && !meets(
                    &world,
                    &to_buy(requirement),
                    &held(world.question, Place::Tenant),
                )
            {
                wanted.push((requirement, line.seats.unwrap_or(1)));
            }
            if let Some(counted) = &need.counted
                && !matches!(
                    need.verdict,
                    Verdict::Unavailable | Verdict::NotRequired | Verdict::NotStated
                )
            {
                wanted.push((&need.requirement, counted.number));
            }
            for (requirement, number) in wanted {
                if has_unnamed(requirement) || !asks_for_license(requirement) {
                    continue;
                }
                let alone =
                    |sku: &SkuId| meets(&world, &to_buy(requirement), &BTreeSet::from([*sku]));
                let lines = purchase.bill.iter().filter(|line| alone(&line.sku));
                let seats = lines.map(|line| line.owned.saturating_add(line.buy));
                let seats = seats.fold(0u64, u64::saturating_add);
                let unlisted = purchase.team.owned.iter().filter(|(sku, _)| {
                    alone(sku) && purchase.bill.iter().all(|line| line.sku != **sku)
                });
                let unlisted = unlisted
                    .map(|(_, seats)| *seats)
                    .fold(0u64, u64::saturating_add);
                let holders = purchase.team.personas.iter().filter(|one| {
                    let held: BTreeSet<SkuId> = one.held.iter().copied().collect();
                    meets(&world, &to_buy(requirement), &held)
                });
                let holders = holders.map(|one| one.count).fold(0u64, u64::saturating_add);
                demand(
                    seats.saturating_add(unlisted).saturating_add(holders) >= number,
                    format!("the tenant has too few seats for `{}`", persona.name),
                )?;
            }
        }
    }
    Ok(())
}

fn world<'a>(knowledge: &'a KnowledgeBase, question: &'a Question) -> Given<'a> {
    Given {
        knowledge,
        question,
        under: &[],
    }
}
