//! Whether a tenant is licensed as claimed: everybody has a feasible set, and the bill covers all seats.

use super::license_set::{SetFault, check_license_set, may_be_bought};
use crate::model::{LicenseSet, Market, SeatRule, SkuIndex, TenantQuery, TenantSolved};
use std::collections::BTreeMap;
use std::fmt;

/// Why a tenant is not licensed as claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TenantFault {
    /// A set of the persona at this place is not what it claims to be.
    Set(usize, SetFault),
    /// Not all people of the persona at this place have a set, or too many.
    People(usize),
    /// People of the persona at this place have different sets though one was asked for.
    Mixed(usize),
    /// More seats are used than there are.
    Seats(SkuIndex),
    /// Seats are bought that nobody may buy.
    NotForSale(SkuIndex),
    /// The seats of a rule are too few or too many.
    Rule(u64),
    /// The bill costs something else.
    Cost(u128),
    /// It costs less than the bound, or is said to be proven and costs more.
    Bound,
}

impl fmt::Display for TenantFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(persona, fault) => write!(formatter, "persona {persona}: {fault}"),
            Self::People(persona) => {
                write!(formatter, "persona {persona}: not everybody has one set")
            }
            Self::Mixed(persona) => write!(formatter, "persona {persona} has several sets"),
            Self::Seats(sku) => write!(formatter, "seats of SKU {} are missing", sku.index()),
            Self::NotForSale(sku) => {
                write!(formatter, "seats of SKU {} cannot be bought", sku.index())
            }
            Self::Rule(seats) => write!(formatter, "a rule counts {seats} seats"),
            Self::Cost(cost) => write!(formatter, "the seats cost {cost}"),
            Self::Bound => write!(formatter, "the cost and its bound contradict each other"),
        }
    }
}

impl std::error::Error for TenantFault {}

/// Checks an answer about a tenant: its sets, its people, its seats and its bill. That nothing is cheaper is not checked.
///
/// # Errors
/// The first fault found.
pub fn check_tenant(
    market: &Market,
    tenant: &TenantQuery,
    solved: &TenantSolved,
) -> Result<(), TenantFault> {
    let Some(assigned) = &solved.assigned else {
        return Ok(());
    };
    let mut used: BTreeMap<SkuIndex, u64> = BTreeMap::new();
    for (place, persona) in tenant.personas.iter().enumerate() {
        let sets: &[(LicenseSet, u64)] = assigned.get(place).map_or(&[], Vec::as_slice);
        let mut people = 0u64;
        for (set, count) in sets {
            check_license_set(market, &persona.query, set)
                .map_err(|fault| TenantFault::Set(place, fault))?;
            people = people.saturating_add(*count);
            for sku in &set.bought {
                let used = used.entry(*sku).or_default();
                *used = used.saturating_add(*count);
            }
        }
        if people != persona.people {
            return Err(TenantFault::People(place));
        }
        if tenant.one_set && sets.len() > 1 {
            return Err(TenantFault::Mixed(place));
        }
    }
    let seats = |sku: SkuIndex| {
        let owned = tenant.owned.get(&sku).copied().unwrap_or(0);
        owned.saturating_add(solved.buy.get(&sku).copied().unwrap_or(0))
    };
    if let Some((sku, _)) = used.iter().find(|(sku, used)| seats(**sku) < **used) {
        return Err(TenantFault::Seats(*sku));
    }
    let mut cost = 0u128;
    for (sku, bought) in &solved.buy {
        let mut personas = tenant.personas.iter();
        if *bought > 0 && !personas.any(|persona| may_be_bought(&persona.query, *sku)) {
            return Err(TenantFault::NotForSale(*sku));
        }
        let price = market.sku(*sku).map_or(0, |sku| sku.price);
        cost = cost.saturating_add(u128::from(price) * u128::from(*bought));
    }
    if cost != solved.cost {
        return Err(TenantFault::Cost(cost));
    }
    let count = |rule: &SeatRule| {
        let mut skus = rule.skus.clone();
        skus.sort_unstable();
        skus.dedup();
        skus.into_iter()
            .fold(0u64, |sum, sku| sum.saturating_add(seats(sku)))
    };
    for (rule, is_most) in tenant
        .at_least
        .iter()
        .map(|rule| (rule, false))
        .chain(tenant.at_most.iter().map(|rule| (rule, true)))
    {
        let counted = count(rule);
        let holds = if is_most {
            counted <= rule.seats
        } else {
            counted >= rule.seats
        };
        if !holds {
            return Err(TenantFault::Rule(counted));
        }
    }
    let is_bound = if solved.proven {
        cost == solved.bound
    } else {
        cost >= solved.bound
    };
    if is_bound {
        Ok(())
    } else {
        Err(TenantFault::Bound)
    }
}
