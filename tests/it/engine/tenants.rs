//! Tenants: proven, equal to brute force on small ones, and few rounds on large ones.

use super::brute;
use super::generate::{Dice, Size, market, product_market, query, tenant};
use licit::model::{
    Exclusion, LicenseSet, Market, MarketSku, Persona, PlanIndex, Query, SeatRule, SkuIndex,
    TenantQuery, Wish,
};
use licit::proof::check_tenant;
use licit::reason::Engine;
use std::collections::BTreeMap;

fn plan(place: usize) -> PlanIndex {
    PlanIndex::at(place)
}

/// Every way to give people sets: used seats by SKU.
pub(crate) fn ways(
    personas: &[(u64, Vec<LicenseSet>)],
    skus: usize,
    one_set: bool,
) -> Vec<Vec<u64>> {
    let mut ways = vec![vec![0u64; skus]];
    for (people, sets) in personas {
        let mut next = Vec::new();
        for way in &ways {
            give(way, *people, sets, one_set, &mut next);
        }
        next.sort_unstable();
        next.dedup();
        ways = next;
    }
    ways
}

fn give(way: &[u64], people: u64, sets: &[LicenseSet], one_set: bool, into: &mut Vec<Vec<u64>>) {
    if people == 0 {
        into.push(way.to_vec());
        return;
    }
    let Some((set, rest)) = sets.split_first() else {
        return;
    };
    let counts = if one_set {
        vec![0, people]
    } else {
        (0..=people).collect()
    };
    for count in counts {
        let mut more = way.to_vec();
        for sku in &set.bought {
            more[sku.index()] += count;
        }
        give(&more, people - count, rest, one_set, into);
    }
}

/// The least bill for used seats; every number of seats bought beside is tried.
pub(crate) fn bill(
    market: &Market,
    tenant: &TenantQuery,
    used: &[u64],
    beside: u64,
) -> Option<u128> {
    let owned = |sku: usize| tenant.owned.get(&SkuIndex::at(sku)).copied().unwrap_or(0);
    let least: Vec<u64> = used
        .iter()
        .enumerate()
        .map(|(sku, used)| used.saturating_sub(owned(sku)))
        .collect();
    let mut best = None;
    let mut tries = vec![least];
    for rule in &tenant.at_least {
        tries = tries
            .into_iter()
            .flat_map(|buy| {
                let mut more = vec![buy.clone()];
                for sku in &rule.skus {
                    for seats in 1..=beside {
                        let mut buy = buy.clone();
                        buy[sku.index()] += seats;
                        more.push(buy);
                    }
                }
                more
            })
            .collect();
    }
    for buy in tries {
        let may = |sku: usize| {
            let mut personas = tenant.personas.iter();
            personas.any(|persona| persona.query.allowed.contains(SkuIndex::at(sku)))
        };
        let seats = |rule: &SeatRule| -> u64 {
            rule.skus
                .iter()
                .map(|sku| owned(sku.index()) + buy[sku.index()])
                .sum()
        };
        let holds = tenant.at_least.iter().all(|rule| seats(rule) >= rule.seats)
            && tenant.at_most.iter().all(|rule| seats(rule) <= rule.seats)
            && (0..buy.len()).all(|sku| buy[sku] == 0 || may(sku));
        let costs = buy.iter().zip(market.skus());
        let cost: u128 = costs
            .map(|(seats, sku)| u128::from(*seats) * u128::from(sku.price))
            .sum();
        if holds && best.is_none_or(|best| cost < best) {
            best = Some(cost);
        }
    }
    best
}

#[test]
fn small_tenants_cost_what_brute_force_says() {
    let size = Size {
        skus: 6,
        plans: 5,
        groups: 1,
        most_plans: 3,
    };
    let (mut proven, mut seen) = (0, 0);
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let market = market(&mut dice, size);
        let mut personas = Vec::new();
        for _ in 0..2 {
            let mut query = query(&mut dice, size, &market, Exclusion::Plan);
            query.forced = Default::default();
            personas.push(Persona {
                people: 1 + dice.below(3) as u64,
                query,
            });
        }
        let owned: BTreeMap<SkuIndex, u64> = (0..2)
            .map(|_| (SkuIndex::at(dice.below(size.skus)), dice.below(4) as u64))
            .collect();
        let rule = |dice: &mut Dice, seats: u64| {
            let first = dice.below(size.skus - 2);
            SeatRule {
                skus: vec![SkuIndex::at(first), SkuIndex::at(first + 2)],
                seats,
            }
        };
        let at_least = if dice.percent(50) {
            vec![rule(&mut dice, 2)]
        } else {
            Vec::new()
        };
        let at_most = if dice.percent(30) {
            vec![rule(&mut dice, 4)]
        } else {
            Vec::new()
        };
        let one_set = dice.percent(25);
        let tenant = TenantQuery {
            personas,
            owned,
            at_least,
            at_most,
            one_set,
        };
        let sets: Vec<(u64, Vec<LicenseSet>)> = tenant
            .personas
            .iter()
            .map(|persona| {
                (
                    persona.people,
                    brute::irredundant(&brute::all(&market, &persona.query)),
                )
            })
            .collect();
        let costs = ways(&sets, size.skus, one_set);
        let costs = costs
            .iter()
            .filter_map(|used| bill(&market, &tenant, used, 2));
        let expected = costs.min();
        let solved = Engine::new(&market).tenant(&tenant);
        assert_eq!(
            check_tenant(&market, &tenant, &solved),
            Ok(()),
            "seed {seed}"
        );
        match (expected, &solved.assigned) {
            (None, None) => {}
            (Some(expected), Some(_)) => {
                seen += 1;
                proven += usize::from(solved.proven);
                assert!(
                    solved.bound <= expected && expected <= solved.cost,
                    "seed {seed}: {expected} {solved:?}"
                );
            }
            // No way was found though there is one: it must not be claimed that there is none.
            (Some(_), None) => assert!(!solved.proven, "seed {seed}"),
            (None, Some(_)) => panic!("seed {seed}: brute force finds no way"),
        }
    }
    assert!(
        seen > 40 && proven * 10 > seen * 8,
        "{proven} of {seen} are proven"
    );
}

/// Two people, three plans, three SKUs with two plans each: counting seats by plan says three, but every person needs two.
#[test]
fn a_set_is_one_persons() {
    let pair = |one, other| MarketSku {
        price: 100,
        carries: vec![(plan(one), 4), (plan(other), 4)],
        ..MarketSku::default()
    };
    let market = Market::new(3, vec![pair(0, 1), pair(1, 2), pair(0, 2)], Vec::new()).unwrap();
    let wishes = (0..3).map(|place| Wish::Plan(plan(place))).collect();
    let tenant = TenantQuery {
        personas: vec![Persona {
            people: 2,
            query: Query::new(&market, wishes).unwrap(),
        }],
        ..TenantQuery::default()
    };
    let solved = Engine::new(&market).tenant(&tenant);
    assert_eq!((solved.cost, solved.proven), (400, true));
}

/// A dear SKU is owned for 10 of 30 people, a cheap one may have 15 seats in all, a middling one has no bound.
#[test]
fn owned_seats_and_caps_are_shared_out() {
    let sku = |price| MarketSku {
        price,
        carries: vec![(plan(0), 4)],
        ..MarketSku::default()
    };
    let market = Market::new(1, vec![sku(900), sku(100), sku(300)], Vec::new()).unwrap();
    let query = Query::new(&market, vec![Wish::Plan(plan(0))]).unwrap();
    let tenant = TenantQuery {
        personas: vec![Persona { people: 30, query }],
        owned: BTreeMap::from([(SkuIndex::at(0), 10)]),
        at_most: vec![SeatRule {
            skus: vec![SkuIndex::at(1)],
            seats: 15,
        }],
        ..TenantQuery::default()
    };
    let engine = Engine::new(&market);
    let solved = engine.tenant(&tenant);
    // 10 owned, 15 at 1.00, 5 at 3.00.
    assert_eq!((solved.cost, solved.proven), (3000, true), "{solved:?}");
    assert_eq!(
        solved.buy,
        BTreeMap::from([(SkuIndex::at(1), 15), (SkuIndex::at(2), 5)])
    );
    let one = engine.tenant(&TenantQuery {
        one_set: true,
        ..tenant
    });
    // Only the middling one can serve all 30.
    assert_eq!(one.cost, 9000);
}

#[test]
fn a_rule_about_seats_is_met_by_seats_that_nobody_uses() {
    let sku = |price, carried| MarketSku {
        price,
        carries: vec![(plan(carried), 4)],
        ..MarketSku::default()
    };
    let market = Market::new(2, vec![sku(500, 0), sku(200, 1), sku(250, 1)], Vec::new()).unwrap();
    let query = Query::new(&market, vec![Wish::Plan(plan(0))]).unwrap();
    let carriers = vec![SkuIndex::at(1), SkuIndex::at(2)];
    let tenant = TenantQuery {
        personas: vec![Persona { people: 4, query }],
        at_least: vec![SeatRule {
            skus: carriers,
            seats: 3,
        }],
        owned: BTreeMap::from([(SkuIndex::at(2), 1)]),
        ..TenantQuery::default()
    };
    let solved = Engine::new(&market).tenant(&tenant);
    assert_eq!(
        (solved.cost, solved.proven),
        (4 * 500 + 2 * 200, true),
        "{solved:?}"
    );
}

#[test]
fn a_large_tenant_takes_few_rounds() {
    let mut dice = Dice(1);
    let market = product_market(&mut dice);
    let tenant = tenant(&mut dice, &market, 120, 100_000);
    let people: u64 = tenant.personas.iter().map(|persona| persona.people).sum();
    assert_eq!(people, 100_000);
    let solved = Engine::new(&market).tenant(&tenant);
    assert!(
        solved.proven && solved.rounds <= 15,
        "{} {} {}",
        solved.cost,
        solved.bound,
        solved.rounds
    );
    assert_eq!(check_tenant(&market, &tenant, &solved), Ok(()));
}
