//! Properties on small made-up markets: the engine is brute force, only faster.

use super::brute;
use super::generate::{Dice, SMALL, market, query};
use licit::model::{Exclusion, Market, MarketSku, PlanIndex, Query, SkuIndex, SkuSet, Wish};
use licit::proof::{check_certificate, check_license_set};
use licit::reason::Engine;
use proptest::prelude::*;

const MODES: [Exclusion; 3] = [Exclusion::None, Exclusion::Plan, Exclusion::Sku];

/// More with the variable that is the usual one for it.
fn cases() -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    let wanted = wanted.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(wanted.unwrap_or(60))
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_cheapest_set_is_the_first_of_all(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let query = query(&mut dice, SMALL, &market, MODES[mode]);
        let engine = Engine::new(&market);
        let solved = engine.cheapest(&query);
        let all = brute::all(&market, &query);
        prop_assert!(solved.proven);
        prop_assert_eq!(solved.best.as_ref(), all.first());
        prop_assert_eq!(engine.is_feasible(&query), Some(!all.is_empty()));
        if let Some(best) = &solved.best {
            prop_assert_eq!(solved.bound, best.cost);
            prop_assert_eq!(check_license_set(&market, &query, best), Ok(()));
        }
        let certificate = engine.certificate(&query, &solved);
        let certificate = certificate.expect("small arguments are always written");
        prop_assert_eq!(check_certificate(&market, &query, &certificate), Ok(()));
    }

    #[test]
    fn a_set_lacks_nothing_exactly_if_it_is_feasible(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let query = query(&mut dice, SMALL, &market, MODES[mode]);
        let engine = Engine::new(&market);
        for _ in 0..40 {
            let skus = (0..market.skus().len()).map(SkuIndex::at);
            let bought: Vec<SkuIndex> = skus.filter(|sku| dice.percent(40) && !query.held.contains(*sku)).collect();
            let missing = engine.missing(&query, &bought);
            let feasible = brute::feasible(&market, &query, &bought.iter().copied().collect());
            prop_assert_eq!(missing.is_nothing(), feasible.is_some(), "{:?} {:?}", bought, missing);
        }
    }

    #[test]
    fn the_best_sets_are_the_first_irredundant_ones(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let query = query(&mut dice, SMALL, &market, MODES[mode]);
        let ranked = Engine::new(&market).best(&query, 4);
        let mut expected = brute::irredundant(&brute::all(&market, &query));
        expected.truncate(4);
        prop_assert!(ranked.proven);
        prop_assert_eq!(ranked.sets, expected);
    }

    #[test]
    fn the_core_is_smallest_and_so_is_what_is_dropped(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let query = query(&mut dice, SMALL, &market, MODES[mode]);
        let holds = |wishes: &[usize]| !brute::all(&market, &query.with_wishes(wishes)).is_empty();
        let count = query.wishes().len();
        let subsets = |size: usize| {
            let all = (0..1usize << count).filter(move |set| set.count_ones() as usize == size);
            all.map(move |set| (0..count).filter(|place| set >> place & 1 == 1).collect::<Vec<_>>())
        };
        let found = Engine::new(&market).unsatisfiable(&query);
        let everything: Vec<usize> = (0..count).collect();
        if holds(&everything) {
            prop_assert_eq!(found, None);
            return Ok(());
        }
        let found = found.expect("an unsatisfiable query has a core");
        if holds(&[]) {
            let core = (0..=count).flat_map(subsets).find(|set| !holds(set));
            prop_assert_eq!(Some(found.core.len()), core.map(|core| core.len()));
            prop_assert!(!holds(&found.core));
            let kept = (0..=count).rev().flat_map(subsets).find(|set| holds(set));
            prop_assert_eq!(Some(count - found.drop.len()), kept.map(|kept| kept.len()));
            let rest: Vec<usize> = everything.into_iter().filter(|wish| !found.drop.contains(wish)).collect();
            let nearest = brute::all(&market, &query.with_wishes(&rest)).into_iter().next();
            prop_assert_eq!(found.nearest, nearest);
        } else {
            prop_assert!(found.core.is_empty() && found.drop.is_empty());
        }
    }

    #[test]
    fn one_more_sku_never_costs_more_and_one_more_wish_never_less(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let mut query = query(&mut dice, SMALL, &market, MODES[mode]);
        let engine = Engine::new(&market);
        let cost = |query: &Query| engine.cheapest(query).best.map_or(u64::MAX, |best| best.cost);
        let all: Vec<usize> = (0..query.wishes().len()).collect();
        let full = cost(&query);
        prop_assert!(cost(&query.with_wishes(&all[1..])) <= full);
        query.allowed = SkuSet::first(market.skus().len());
        prop_assert!(cost(&query) <= full);
    }

    #[test]
    fn the_order_in_which_things_are_written_does_not_matter(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let query = query(&mut dice, SMALL, &market, MODES[mode]);
        let mut skus: Vec<MarketSku> = market.skus().to_vec();
        for sku in &mut skus {
            sku.carries.reverse();
            sku.requires.reverse();
            sku.requires.iter_mut().for_each(turn);
        }
        let exclusive = market.exclusive().iter().rev().map(|group| group.iter().rev().copied().collect());
        let turned = Market::new(market.plans(), skus, exclusive.collect()).unwrap();
        let turned = if market.counts_own() { turned.counting_own() } else { turned };
        let mut wishes: Vec<Wish> = query.wishes().to_vec();
        wishes.reverse();
        wishes.iter_mut().for_each(turn);
        let mut other = Query::new(&turned, wishes).unwrap();
        other.allowed = query.allowed.clone();
        other.held = query.held.clone();
        other.forced = query.forced.clone();
        other.forbidden = query.forbidden.clone();
        other.exclusion = query.exclusion;
        other.least_certainty = query.least_certainty;
        prop_assert_eq!(
            Engine::new(&market).cheapest(&query).best,
            Engine::new(&turned).cheapest(&other).best
        );
    }

    #[test]
    fn more_certainty_never_costs_less(seed in any::<u64>(), mode in 0usize..3) {
        let mut dice = Dice(seed);
        let market = market(&mut dice, SMALL);
        let query = query(&mut dice, SMALL, &market, MODES[mode]);
        let front = Engine::new(&market).certainty_front(&query);
        let costs: Vec<u64> = front.levels.iter().map(|(_, solved)| solved.best.as_ref().map_or(u64::MAX, |best| best.cost)).collect();
        prop_assert!(costs.is_sorted());
        let pairs = front.pairs();
        prop_assert!(pairs.is_sorted_by(|one, other| one.0 < other.0 && one.1 < other.1));
    }
}

fn turn(wish: &mut Wish) {
    if let Wish::Any(parts) | Wish::All(parts) = wish {
        parts.reverse();
        parts.iter_mut().for_each(turn);
    }
}

fn plan(place: usize) -> PlanIndex {
    PlanIndex::at(place)
}

fn sku(price: u64, plans: &[usize], requires: &[usize]) -> MarketSku {
    MarketSku {
        price,
        surplus: 0,
        carries: plans.iter().map(|place| (plan(*place), 4)).collect(),
        requires: requires
            .iter()
            .map(|place| Wish::Plan(plan(*place)))
            .collect(),
    }
}

/// What is bought for plan 0.
fn bought(market: &Market) -> Option<Vec<usize>> {
    let query = Query::new(market, vec![Wish::Plan(plan(0))]).unwrap();
    let best = Engine::new(market).cheapest(&query).best?;
    Some(best.bought.iter().map(|sku| sku.index()).collect())
}

#[test]
fn a_sku_does_not_meet_its_own_prerequisite_unless_the_market_says_so() {
    // SKU 0 carries plan 1, which it requires; SKU 1 carries it too.
    let skus = vec![sku(500, &[0, 1], &[1]), sku(300, &[1], &[])];
    let market = Market::new(2, skus.clone(), Vec::new()).unwrap();
    assert_eq!(bought(&market), Some(vec![0, 1]));
    assert_eq!(bought(&market.counting_own()), Some(vec![0]));
    let alone = Market::new(2, skus[..1].to_vec(), Vec::new()).unwrap();
    assert_eq!(bought(&alone), None);
}

#[test]
fn two_skus_that_need_each_other_are_bought_together() {
    // SKU 0 requires plan 1 of SKU 1, and SKU 1 requires plan 0 of SKU 0.
    let market = Market::new(
        2,
        vec![sku(500, &[0], &[1]), sku(300, &[1], &[0])],
        Vec::new(),
    );
    let market = market.unwrap();
    assert_eq!(bought(&market), Some(vec![0, 1]));
    let query = Query::new(&market, vec![Wish::Plan(plan(0))]).unwrap();
    // Neither is feasible without the other, so the pair is irredundant, and the only such set.
    let ranked = Engine::new(&market).best(&query, 3);
    assert_eq!(ranked.sets.len(), 1);
    assert_eq!(ranked.sets[0].cost, 800);
}

#[test]
fn prices_beyond_64_bits_of_key_are_still_exact() {
    let huge = u64::MAX / 8;
    let skus = vec![
        sku(huge, &[0], &[]),
        sku(huge - 1, &[1], &[]),
        sku(2 * huge - 2, &[0, 1], &[]),
        sku(2 * huge - 1, &[0, 1], &[]),
    ];
    let market = Market::new(2, skus, Vec::new()).unwrap();
    let query = Query::new(&market, vec![Wish::Plan(plan(0)), Wish::Plan(plan(1))]).unwrap();
    let best = Engine::new(&market).cheapest(&query).best.unwrap();
    assert_eq!(best.bought, [SkuIndex::at(2)]);
    assert!(
        Market::new(
            1,
            vec![sku(u64::MAX, &[0], &[]), sku(1, &[0], &[])],
            Vec::new()
        )
        .is_err()
    );
}

#[test]
fn more_clauses_than_fit_small_sets_are_no_limit() {
    // 300 wishes, each met by two SKUs of which the cheaper one is known.
    let skus = (0..600).map(|place| sku(100 + (place % 2) as u64, &[place / 2], &[]));
    let market = Market::new(300, skus.collect(), Vec::new()).unwrap();
    let wishes = (0..300).map(|place| Wish::Plan(plan(place))).collect();
    let query = Query::new(&market, wishes).unwrap();
    let engine = Engine::new(&market);
    let solved = engine.cheapest(&query);
    assert_eq!(solved.best.as_ref().unwrap().cost, 30_000);
    let certificate = engine.certificate(&query, &solved).unwrap();
    assert_eq!(check_certificate(&market, &query, &certificate), Ok(()));
}

#[test]
fn the_best_sets_take_few_searches() {
    let mut dice = Dice(11);
    let market = super::generate::product_market(&mut dice);
    let engine = Engine::new(&market);
    let (mut solves, mut nodes, mut found) = (0, 0, 0);
    for round in 0..60 {
        let wishes = 1 + dice.below(30);
        let mut query = super::generate::product_query(&mut dice, &market, wishes);
        query.exclusion = MODES[round % 3];
        let ranked = engine.best(&query, 5);
        assert!(ranked.proven);
        found += ranked.sets.len();
        solves = solves.max(ranked.solves);
        nodes = nodes.max(ranked.nodes);
    }
    // Each part of the sets searched for itself would take more than 100.
    assert!(
        found > 200 && solves <= 40 && nodes <= 6_000,
        "{found} sets, {solves} searches, {nodes} nodes"
    );
}

#[test]
fn a_search_that_gives_up_says_so() {
    let mut dice = Dice(7);
    let market = super::generate::product_market(&mut dice);
    let mut query = super::generate::product_query(&mut dice, &market, 30);
    let engine = Engine::new(&market);
    let whole = engine.cheapest(&query);
    assert!(whole.proven && whole.nodes > 2, "{whole:?}");
    query.node_limit = 2;
    let cut = engine.cheapest(&query);
    assert!(!cut.proven);
    assert!(cut.bound <= whole.best.unwrap().cost);
    assert_eq!(engine.certificate(&query, &cut), None);
}
