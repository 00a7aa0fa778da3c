//! Instances of license sets: solved, and checked before anything is said.

use crate::model::{Instance, InstanceAnswer, InstanceAsks, LicenseSet, Market, Query, Solved};
use crate::proof::{check_certificate, check_license_set, check_tenant};
use crate::reason::Engine;

/// Solves an instance. Every set is checked, and that nothing is cheaper, or that there is nothing, by its certificate.
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
            let solved = engine.cheapest(query);
            check(engine, market, query, &solved)?;
            let unsatisfiable = if solved.is_impossible() {
                engine.unsatisfiable(query)
            } else {
                None
            };
            Ok(InstanceAnswer::Cheapest(solved, unsatisfiable))
        }
        InstanceAsks::Best(query, count) => {
            let ranked = engine.best(query, *count);
            for set in &ranked.sets {
                check_set(market, query, set)?;
            }
            Ok(InstanceAnswer::Best(ranked))
        }
        InstanceAsks::Front(query) => {
            let front = engine.certainty_front(query);
            for (level, solved) in &front.levels {
                let mut query = query.clone();
                query.least_certainty = *level;
                check(engine, market, &query, solved)?;
            }
            Ok(InstanceAnswer::Front(front))
        }
        InstanceAsks::Tenant(tenant) => {
            let solved = engine.tenant(tenant);
            check_tenant(market, tenant, &solved).map_err(|fault| fault.to_string())?;
            Ok(InstanceAnswer::Tenant(solved))
        }
    }
}

/// Refuses an outcome whose set is not feasible or whose certificate does not hold.
fn check(
    engine: &Engine<'_>,
    market: &Market,
    query: &Query,
    solved: &Solved,
) -> Result<(), String> {
    if let Some(set) = &solved.best {
        check_set(market, query, set)?;
    }
    // Nothing is claimed where the search gave up; an argument that would be too long is not written.
    match engine.certificate(query, solved) {
        Some(certificate) => check_certificate(market, query, &certificate)
            .map_err(|fault| format!("the certificate is refused: {fault}")),
        None => Ok(()),
    }
}

fn check_set(market: &Market, query: &Query, set: &LicenseSet) -> Result<(), String> {
    let checked = check_license_set(market, query, set);
    checked.map_err(|fault| format!("the set is refused: {fault}"))
}
