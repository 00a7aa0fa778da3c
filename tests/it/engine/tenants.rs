//! Tenants: proven, equal to brute force on small ones, and few rounds on large ones.

use super::brute;
use super::generate::{Dice, Size, market, product_market, query, tenant};
use licit::model::{
    Exclusion, LicenseSet, Market, MarketSku, Persona, PlanIndex, Query, SeatPrices, SeatRule,
    SkuIndex, TenantArgument, TenantCertificate, TenantQuery, Wish,
};
use licit::proof::{BoundFault, check_tenant, check_tenant_certificate};
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

const SIZE: Size = Size {
    skus: 6,
    plans: 5,
    groups: 1,
    most_plans: 3,
};

/// A market and a tenant of a few people, small enough for brute force.
fn small(seed: u64, personas: usize, one_set: bool) -> (Market, TenantQuery) {
    let mut dice = Dice(seed);
    let market = market(&mut dice, SIZE);
    let personas = (0..personas).map(|_| {
        let mut query = query(&mut dice, SIZE, &market, Exclusion::Plan);
        query.forced = Default::default();
        Persona {
            people: 1 + dice.below(3) as u64,
            query,
        }
    });
    let personas = personas.collect();
    let owned: BTreeMap<SkuIndex, u64> = (0..2)
        .map(|_| (SkuIndex::at(dice.below(SIZE.skus)), dice.below(4) as u64))
        .collect();
    let mut rule = |percent: usize, seats: u64| {
        let is_there = dice.percent(percent);
        let first = dice.below(SIZE.skus - 2);
        let skus = vec![SkuIndex::at(first), SkuIndex::at(first + 2)];
        is_there.then_some(SeatRule { skus, seats })
    };
    let tenant = TenantQuery {
        personas,
        owned,
        at_least: rule(50, 2).into_iter().collect(),
        at_most: rule(30, 4).into_iter().collect(),
        one_set,
    };
    (market, tenant)
}

/// What brute force says that a tenant costs.
fn least_cost(market: &Market, tenant: &TenantQuery) -> Option<u128> {
    let sets = tenant.personas.iter().map(|persona| {
        let all = brute::all(market, &persona.query);
        (persona.people, brute::irredundant(&all))
    });
    let sets: Vec<(u64, Vec<LicenseSet>)> = sets.collect();
    let ways = ways(&sets, market.skus().len(), tenant.one_set);
    let costs = ways.iter().filter_map(|used| bill(market, tenant, used, 2));
    costs.min()
}

/// Compares with brute force; how many have a way, how many of these are proven, and how many tenants had to be split.
fn compare_with_brute_force(personas: usize, one_set: bool) -> (usize, usize, usize) {
    let (mut seen, mut proven, mut split) = (0, 0, 0);
    for seed in 0..300 {
        let (market, tenant) = small(seed, personas, one_set);
        let expected = least_cost(&market, &tenant);
        let engine = Engine::new(&market);
        let solved = engine.tenant(&tenant);
        assert_eq!(
            check_tenant(&market, &tenant, &solved),
            Ok(()),
            "seed {seed}"
        );
        let certificate = engine.tenant_certificate(&tenant, &solved).unwrap();
        assert_eq!(
            check_tenant_certificate(&market, &tenant, &certificate),
            Ok(()),
            "seed {seed}"
        );
        split += usize::from(matches!(solved.argument, TenantArgument::Split { .. }));
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
    (seen, proven, split)
}

#[test]
fn small_tenants_cost_what_brute_force_says() {
    let (seen, proven, _) = compare_with_brute_force(2, false);
    assert!(
        seen > 60 && proven * 10 > seen * 9,
        "{proven} of {seen} are proven"
    );
}

#[test]
fn small_tenants_with_one_set_for_each_persona_are_exact() {
    let (mut seen, mut proven, mut split) = (0, 0, 0);
    for personas in [2, 3] {
        let found = compare_with_brute_force(personas, true);
        (seen, proven, split) = (seen + found.0, proven + found.1, split + found.2);
    }
    assert!(
        seen > 90 && proven == seen && split > 5,
        "{proven} of {seen} are proven, {split} by splitting"
    );
}

#[test]
fn a_changed_bound_is_noticed() {
    let (mut seen, mut worth, mut splits) = (0, 0, 0);
    for seed in 0..500 {
        let (market, tenant) = small(seed, 3, seed % 2 == 0);
        let engine = Engine::new(&market);
        let solved = engine.tenant(&tenant);
        if !solved.proven || solved.cost == 0 || solved.assigned.is_none() {
            continue;
        }
        seen += 1;
        let certificate = engine.tenant_certificate(&tenant, &solved).unwrap();
        let check = |tenant: &TenantQuery, certificate: &TenantCertificate| {
            check_tenant_certificate(&market, tenant, certificate)
        };
        assert_eq!(check(&tenant, &certificate), Ok(()));
        // More than it costs, or nothing at all.
        for cost in [Some(solved.cost + 1), None] {
            let claim = TenantCertificate {
                cost,
                ..certificate.clone()
            };
            let fault = check(&tenant, &claim);
            assert!(matches!(fault, Err(BoundFault::Cheaper(_))), "{fault:?}");
        }
        // A persona's minimum is one more than it is, or somebody's is missing.
        let mut raised = certificate.clone();
        let least = raised.minima[0][0].cost.as_mut();
        if let Some(least) = least {
            *least += 1;
            assert!(matches!(
                check(&tenant, &raised),
                Err(BoundFault::Persona(0, _))
            ));
        }
        let mut fewer = certificate.clone();
        fewer.minima[0].pop();
        assert_eq!(check(&tenant, &fewer), Err(BoundFault::Misfit));
        let mut more = certificate.clone();
        more.minima.push(Vec::new());
        assert_eq!(check(&tenant, &more), Err(BoundFault::Misfit));
        if let TenantArgument::Split { .. } = &certificate.argument {
            splits += 1;
            let mixed = TenantQuery {
                one_set: false,
                ..tenant.clone()
            };
            assert_eq!(check(&mixed, &certificate), Err(BoundFault::Split));
        }
        let TenantArgument::Prices(prices) = &certificate.argument else {
            continue;
        };
        // A seat that is worth more than any, and rules that pay for more than they may.
        let with = |change: &dyn Fn(&mut SeatPrices)| {
            let mut prices = prices.clone();
            change(&mut prices);
            TenantCertificate {
                argument: TenantArgument::Prices(prices),
                ..certificate.clone()
            }
        };
        let none = with(&|prices| prices.denominator = 0);
        assert_eq!(check(&tenant, &none), Err(BoundFault::Misfit));
        for sku in prices.owned.keys() {
            let dear = with(&|prices| *prices.owned.get_mut(sku).unwrap() += 1_000_000_000);
            assert!(check(&tenant, &dear).is_err());
            if prices.owned[sku] > 0 {
                worth += 1;
                // Twice the seats that are short: it costs less now, and that must not be lost on the checker.
                let mut richer = tenant.clone();
                *richer.owned.get_mut(sku).unwrap() += 1;
                let fault = check(&richer, &certificate);
                assert!(matches!(fault, Err(BoundFault::Cheaper(_))), "{fault:?}");
            }
        }
        if let Some(price) = prices.at_least.first() {
            let dear = with(&|prices| prices.at_least[0] += 1_000_000_000);
            assert!(check(&tenant, &dear).is_err());
            let gone = with(&|prices| prices.at_least.clear());
            assert_eq!(check(&tenant, &gone), Err(BoundFault::Misfit));
            let mut stricter = tenant.clone();
            stricter.at_least[0].seats -= 1;
            assert_eq!(check(&stricter, &certificate).is_err(), *price > 0);
        }
    }
    assert!(
        seen > 30 && worth > 5 && splits > 2,
        "{seen} certificates, {worth} seats worth something, {splits} splits"
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
    // Only the middling one can serve all 30; or the dear one, with 20 seats bought, at twice that.
    assert_eq!((one.cost, one.proven), (9000, true));
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
    let engine = Engine::new(&market);
    let solved = engine.tenant(&tenant);
    assert!(
        solved.proven && solved.rounds <= 15,
        "{} {} {}",
        solved.cost,
        solved.bound,
        solved.rounds
    );
    assert_eq!(check_tenant(&market, &tenant, &solved), Ok(()));
    let certificate = engine.tenant_certificate(&tenant, &solved).unwrap();
    assert_eq!(
        check_tenant_certificate(&market, &tenant, &certificate),
        Ok(())
    );
}
