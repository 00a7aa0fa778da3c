//! Instances of license sets: solved, and checked before anything is said.

use crate::model::{
    CertaintyFront, Instance, InstanceAnswer, InstanceAsks, LicenseSet, Market, Query, Solved,
    TenantQuery, TenantSolved,
};
use crate::proof::{check_certificate, check_license_set, check_tenant, check_tenant_certificate};
use crate::reason::Engine;

/// Solves an instance. Every set is checked, and that nothing is cheaper, or that there is nothing, by its certificate: what
/// has none, since it would be too long, is not said to be proven.
///
/// # Errors
/// Why the checker refuses the answer, which would be a fault of the engine; such an answer must not go out.
pub fn solve(
    engine: &Engine<'_>,
    market: &Market,
    instance: &Instance,
) -> Result<InstanceAnswer, String> {
    match &instance.asks {
        InstanceAsks::Cheapest(query) => {
            let solved = checked(engine, market, query, engine.cheapest(query))?;
            let unsatisfiable = if solved.is_impossible() {
                engine.unsatisfiable(query)
            } else {
                None
            };
            Ok(InstanceAnswer::Cheapest(solved, unsatisfiable))
        }
        InstanceAsks::Best(query, count) => {
            let mut ranked = engine.best(query, *count);
            for set in &ranked.sets {
                check_set(market, query, set)?;
            }
            // The cheapest set of all has no feasible part, which would cost no more and have fewer SKUs: it is the first.
            let best = ranked.sets.first().cloned();
            let first = Solved {
                bound: best.as_ref().map_or(u64::MAX, |best| best.cost),
                best,
                proven: ranked.proven,
                nodes: 0,
            };
            if *count > 0 {
                ranked.proven = checked(engine, market, query, first)?.proven;
            }
            Ok(InstanceAnswer::Best(ranked))
        }
        InstanceAsks::Front(query) => {
            let mut levels = Vec::new();
            for (level, solved) in engine.certainty_front(query).levels {
                let mut query = query.clone();
                query.least_certainty = level;
                levels.push((level, checked(engine, market, &query, solved)?));
            }
            Ok(InstanceAnswer::Front(CertaintyFront { levels }))
        }
        InstanceAsks::Tenant(tenant) => {
            let solved = checked_tenant(engine, market, tenant)?;
            Ok(InstanceAnswer::Tenant(solved))
        }
    }
}

/// Refuses an outcome whose set is not feasible or whose certificate does not hold; one that has no certificate claims
/// nothing.
fn checked(
    engine: &Engine<'_>,
    market: &Market,
    query: &Query,
    solved: Solved,
) -> Result<Solved, String> {
    if let Some(set) = &solved.best {
        check_set(market, query, set)?;
    }
    match engine.certificate(query, &solved) {
        Some(certificate) => {
            let checked = check_certificate(market, query, &certificate);
            checked.map_err(|fault| format!("the certificate is refused: {fault}"))?;
            Ok(solved)
        }
        None => Ok(Solved {
            proven: false,
            bound: 0,
            ..solved
        }),
    }
}

/// Solves a tenant, with its sets, seats and bill checked, and its bound by its certificate.
fn checked_tenant(
    engine: &Engine<'_>,
    market: &Market,
    tenant: &TenantQuery,
) -> Result<TenantSolved, String> {
    let solved = engine.tenant(tenant);
    check_tenant(market, tenant, &solved).map_err(|fault| fault.to_string())?;
    match engine.tenant_certificate(tenant, &solved) {
        Some(certificate) => {
            let checked = check_tenant_certificate(market, tenant, &certificate);
            checked.map_err(|fault| format!("the certificate is refused: {fault}"))?;
            Ok(solved)
        }
        None => Ok(TenantSolved {
            proven: false,
            bound: 0,
            ..solved
        }),
    }
}

fn check_set(market: &Market, query: &Query, set: &LicenseSet) -> Result<(), String> {
    let checked = check_license_set(market, query, set);
    checked.map_err(|fault| format!("the set is refused: {fault}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::check_set;
    use crate::model::{MarketSku, PlanIndex, Wish};
    use crate::reason::ArguedSet;

    #[test]
    fn nothing_goes_out_as_proven_without_a_certificate() {
        let plan = PlanIndex::at(0);
        let sku = MarketSku {
            price: 900,
            carries: vec![(plan, 4)],
            ..MarketSku::default()
        };
        let market = Market::new(1, vec![sku], Vec::new()).unwrap();
        let engine = Engine::new(&market);
        let mut query = Query::new(&market, vec![Wish::Plan(plan)]).unwrap();
        let solved = engine.cheapest(&query);
        let argued = checked(&engine, &market, &query, solved.clone()).unwrap();
        assert_eq!(argued, solved);
        assert!(argued.proven);
        // No room for an argument.
        query.node_limit = 0;
        let unargued = checked(&engine, &market, &query, solved.clone()).unwrap();
        assert_eq!((unargued.proven, unargued.bound), (false, 0));
        assert_eq!(unargued.best, solved.best);
        let mut set = ArguedSet {
            certificate: engine.certificate(&query, &solved),
            market,
            query,
            solved,
        };
        assert_eq!(check_set(&set), Err("the argument is missing".to_owned()));
        set.solved = unargued;
        assert_eq!(check_set(&set), Ok(()));
    }
}
