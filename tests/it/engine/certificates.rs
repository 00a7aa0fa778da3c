//! Certificates prove what they claim, and nothing else: damaged ones are refused.

use super::generate::{Dice, product_market, product_query};
use licit::model::{
    Argument, ArgumentEnd, ArgumentStep, Certificate, Choice, Exclusion, Market, Query, SkuIndex,
    Toll,
};
use licit::proof::{ArgumentFault, check_certificate};
use licit::reason::Engine;

/// Queries of all modes with their certificates; those with case distinctions among them.
fn certified(each: &mut dyn FnMut(&Market, &Query, Certificate)) {
    let mut dice = Dice(5);
    for _ in 0..3 {
        let market = product_market(&mut dice);
        let engine = Engine::new(&market);
        for round in 0..24 {
            let wishes = 3 + dice.below(14);
            let mut query = product_query(&mut dice, &market, wishes);
            query.exclusion = [Exclusion::None, Exclusion::Plan, Exclusion::Sku][round % 3];
            let solved = engine.cheapest(&query);
            let certificate = engine.certificate(&query, &solved).unwrap();
            each(&market, &query, certificate);
        }
    }
}

/// Every argument within an argument, with a way to change it.
fn arguments(argument: &mut Argument, change: &mut dyn FnMut(&mut Argument)) {
    change(argument);
    if let ArgumentEnd::Cases(_, cases) = &mut argument.end {
        for (_, case) in cases {
            arguments(case, change);
        }
    }
}

fn tolls(argument: &mut Argument) -> Vec<&mut Vec<Toll>> {
    let mut all = Vec::new();
    for step in &mut argument.steps {
        if let ArgumentStep::TooDear(tolls, _) = step {
            all.push(tolls);
        }
    }
    if let ArgumentEnd::Dear(tolls) = &mut argument.end {
        all.push(tolls);
    }
    all
}

#[test]
fn every_certificate_is_accepted_and_no_false_claim() {
    let (mut direct, mut with_cases, mut impossible) = (0, 0, 0);
    certified(&mut |market, query, certificate| {
        assert_eq!(check_certificate(market, query, &certificate), Ok(()));
        match (&certificate.cost, certificate.argument.size()) {
            (None, _) => impossible += 1,
            (Some(_), 1) => direct += 1,
            (Some(_), _) => with_cases += 1,
        }
        let mut claims = vec![];
        if let Some(cost) = certificate.cost {
            // The set that costs this much exists, so neither of these is true.
            claims.extend([Some(cost + 1), None]);
        }
        for cost in claims {
            let claim = Certificate {
                cost,
                ..certificate.clone()
            };
            assert!(check_certificate(market, query, &claim).is_err());
        }
    });
    assert!(
        direct > 20 && with_cases > 2 && impossible > 2,
        "{direct} {with_cases} {impossible}"
    );
}

#[test]
fn a_changed_toll_is_noticed() {
    let mut seen = 0;
    certified(&mut |market, query, certificate| {
        let Some(cost) = certificate.cost.filter(|cost| *cost > 0) else {
            return;
        };
        let mut raised = certificate.clone();
        arguments(&mut raised.argument, &mut |argument| {
            for toll in tolls(argument).into_iter().flatten() {
                toll.amount += 1_000_000;
            }
        });
        if raised != certificate {
            let fault = check_certificate(market, query, &raised);
            assert!(
                matches!(fault, Err(ArgumentFault::Overcharged(_))),
                "{fault:?}"
            );
        }
        let mut left_out = certificate.clone();
        arguments(&mut left_out.argument, &mut |argument| {
            tolls(argument).into_iter().for_each(|tolls| {
                tolls.pop();
            });
        });
        // Without steps before it, a single end has to reach the cost by itself.
        if certificate.argument.steps.is_empty() && certificate.argument.size() == 1 {
            let fault = check_certificate(market, query, &left_out);
            assert!(matches!(fault, Err(ArgumentFault::Cheaper(least)) if least < cost));
            seen += 1;
        }
        // Fewer SKUs in a toll: the demand can be met by the one left out, toll-free.
        let mut narrowed = certificate.clone();
        let mut is_narrowed = false;
        arguments(&mut narrowed.argument, &mut |argument| {
            for toll in tolls(argument).into_iter().flatten() {
                toll.any_of.pop();
                is_narrowed = true;
            }
        });
        if is_narrowed {
            assert!(check_certificate(market, query, &narrowed).is_err());
            seen += 1;
        }
    });
    assert!(seen > 40, "{seen}");
}

#[test]
fn a_case_left_out_or_exchanged_is_noticed() {
    let mut seen = 0;
    certified(&mut |market, query, certificate| {
        let mut dropped = certificate.clone();
        let mut exchanged = certificate.clone();
        arguments(&mut dropped.argument, &mut |argument| {
            if let ArgumentEnd::Cases(_, cases) = &mut argument.end {
                cases.pop();
            }
        });
        arguments(&mut exchanged.argument, &mut |argument| {
            if let ArgumentEnd::Cases(_, cases) = &mut argument.end {
                // A SKU that does not exist meets nothing.
                cases[0].0 = Choice::Sku(SkuIndex::at(1_000_000));
            }
        });
        for damaged in [dropped, exchanged] {
            if damaged != certificate {
                assert!(check_certificate(market, query, &damaged).is_err());
                seen += 1;
            }
        }
    });
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_step_that_does_not_follow_is_noticed() {
    let mut seen = 0;
    certified(&mut |market, query, certificate| {
        let Some(cost) = certificate.cost else { return };
        // Everything is declared too dear, or impossible beside the first demand, with the tolls that are there.
        let all: Vec<SkuIndex> = (0..market.skus().len()).map(SkuIndex::at).collect();
        let ArgumentEnd::Dear(tolls) = &certificate.argument.end else {
            return;
        };
        let Some(first) = tolls.first() else { return };
        let mut dear = certificate.clone();
        dear.cost = Some(cost + 1);
        dear.argument
            .steps
            .push(ArgumentStep::TooDear(tolls.clone(), all));
        assert!(check_certificate(market, query, &dear).is_err());
        let mut never = certificate.clone();
        let step = ArgumentStep::Never(Choice::Sku(first.any_of[0]), first.demand.clone());
        never.argument.steps.insert(0, step);
        assert!(check_certificate(market, query, &never).is_err());
        let mut unmet = certificate.clone();
        unmet.argument.end = ArgumentEnd::Unmet(first.demand.clone());
        assert!(check_certificate(market, query, &unmet).is_err());
        seen += 1;
    });
    assert!(seen > 20, "{seen}");
}
