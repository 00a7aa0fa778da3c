//! The same questions put to an integer program of its own making.
//!
//! `microlp` computes with floats, so its answer is rounded and what it chose is checked in integers.

use super::generate::{Dice, product_market, product_query};
use licit::model::{Exclusion, LicenseSet, Market, Query, SkuIndex, Wish};
use licit::proof::check_license_set;
use licit::reason::Engine;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

/// Clauses of a wish that is a plan or an any-of: the SKUs that meet it.
fn clause(market: &Market, query: &Query, wish: &Wish) -> Vec<usize> {
    match wish {
        Wish::Sku(sku) => vec![sku.index()],
        Wish::Plan(plan) => {
            let carriers = market.skus().iter().enumerate().filter(|(_, sku)| {
                sku.carries.iter().any(|(carried, certainty)| {
                    carried == plan && *certainty >= query.least_certainty
                })
            });
            carriers.map(|(place, _)| place).collect()
        }
        Wish::Any(parts) => {
            let mut skus: Vec<usize> = parts
                .iter()
                .flat_map(|part| clause(market, query, part))
                .collect();
            skus.sort_unstable();
            skus.dedup();
            skus
        }
        Wish::All(_) => panic!("an all-of is no clause"),
    }
}

fn clash(market: &Market, one: usize, other: usize) -> bool {
    market.exclusive().iter().any(|group| {
        let of = |sku: usize| -> Vec<usize> {
            let carries = &market.skus()[sku].carries;
            let carried = group
                .iter()
                .filter(|plan| carries.iter().any(|(own, _)| own == *plan));
            carried.map(|plan| plan.index()).collect()
        };
        let (one, other) = (of(one), of(other));
        !one.is_empty() && !other.is_empty() && one != other
    })
}

/// The least cost by an integer program; none where it has no solution. Without plans that exclude each other only.
pub(crate) fn least_cost(market: &Market, query: &Query) -> Option<u64> {
    assert!(query.exclusion != Exclusion::Plan);
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut variables: Vec<Option<Variable>> = Vec::new();
    for (place, sku) in market.skus().iter().enumerate() {
        let may = query.allowed.contains(SkuIndex::at(place));
        variables.push(may.then(|| problem.add_binary_var(sku.price as f64)));
    }
    let of = |skus: Vec<usize>| -> Vec<(Variable, f64)> {
        let usable = skus.into_iter().filter_map(|sku| variables[sku]);
        usable.map(|variable| (variable, 1.0)).collect()
    };
    for wish in query.wishes() {
        let terms = of(clause(market, query, wish));
        if terms.is_empty() {
            return None;
        }
        problem.add_constraint(terms, ComparisonOp::Ge, 1.0);
    }
    for (place, sku) in market.skus().iter().enumerate() {
        let Some(own) = variables[place] else {
            continue;
        };
        for wish in &sku.requires {
            let mut others = clause(market, query, wish);
            others.retain(|other| *other != place || market.counts_own());
            let mut terms = of(others);
            if !terms.iter().any(|(variable, _)| *variable == own) {
                terms.push((own, -1.0));
                problem.add_constraint(terms, ComparisonOp::Ge, 0.0);
            }
        }
    }
    if query.exclusion == Exclusion::Sku {
        for one in 0..variables.len() {
            for other in 0..one {
                if let (Some(first), Some(second)) = (variables[one], variables[other])
                    && clash(market, one, other)
                {
                    problem.add_constraint([(first, 1.0), (second, 1.0)], ComparisonOp::Le, 1.0);
                }
            }
        }
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let chosen = variables.iter().enumerate().filter(|(_, variable)| {
        variable.is_some_and(|variable| solution.var_value(variable).round() == 1.0)
    });
    let bought: Vec<SkuIndex> = chosen.map(|(place, _)| SkuIndex::at(place)).collect();
    let set = LicenseSet {
        cost: bought
            .iter()
            .map(|sku| market.skus()[sku.index()].price)
            .sum(),
        surplus: 0,
        bought,
        switch_off: Vec::new(),
    };
    assert_eq!(check_license_set(market, query, &set), Ok(()));
    Some(set.cost)
}

#[test]
fn an_integer_program_finds_the_same_costs() {
    let mut dice = Dice(41);
    let market = product_market(&mut dice);
    let engine = Engine::new(&market);
    let mut without = 0;
    for round in 0..24 {
        let wishes = 2 + dice.below(16);
        let mut query = product_query(&mut dice, &market, wishes);
        query.exclusion = if round % 3 == 2 {
            Exclusion::Sku
        } else {
            Exclusion::None
        };
        if query.exclusion == Exclusion::Sku {
            // Pairs make the program large: a third of the market is enough for it.
            let third = (0..market.skus().len()).filter(|place| place % 3 == 0);
            query.allowed = third.map(SkuIndex::at).collect();
        }
        let cost = engine.cheapest(&query).best.map(|best| best.cost);
        assert_eq!(cost, least_cost(&market, &query), "round {round}");
        without += usize::from(cost.is_none());
    }
    assert!(without < 12, "{without} queries have no solution");
}
