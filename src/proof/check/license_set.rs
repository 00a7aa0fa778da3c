//! Whether a set of SKUs is feasible, by the words of the [instance](crate::model::Market) alone.
//!
//! Nothing here knows how sets are found. What is on the account, minus what is switched off, either meets everything or
//! does not.

use crate::model::{
    Exclusion, LicenseSet, Market, MarketSku, PlanIndex, Query, SkuIndex, SkuSet, Wish,
};
use std::fmt;

/// Why a set is not what it claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetFault {
    /// There is no such SKU, or it may not be bought.
    NotForSale(SkuIndex),
    /// It is bought although it is held, or twice.
    Twice(SkuIndex),
    /// It had to be bought.
    NotForced(SkuIndex),
    /// The wish at this place is not met.
    Unmet(usize),
    /// This prerequisite of a bought SKU is not met by the others.
    Prerequisite(SkuIndex, usize),
    /// Two plans of a group are enabled.
    Enabled(PlanIndex, PlanIndex),
    /// Two SKUs exclude each other.
    Clash(SkuIndex, SkuIndex),
    /// The set costs something else.
    Cost(u64),
}

impl fmt::Display for SetFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotForSale(sku) => write!(formatter, "SKU {} cannot be bought", sku.index()),
            Self::Twice(sku) => write!(formatter, "SKU {} is there already", sku.index()),
            Self::NotForced(sku) => write!(formatter, "SKU {} has to be bought", sku.index()),
            Self::Unmet(place) => write!(formatter, "wish {place} is not met"),
            Self::Prerequisite(sku, place) => {
                write!(
                    formatter,
                    "prerequisite {place} of SKU {} is not met",
                    sku.index()
                )
            }
            Self::Enabled(one, other) => write!(
                formatter,
                "plans {} and {} are both enabled",
                one.index(),
                other.index()
            ),
            Self::Clash(one, other) => write!(
                formatter,
                "SKUs {} and {} exclude each other",
                one.index(),
                other.index()
            ),
            Self::Cost(cost) => write!(formatter, "the set costs {cost}"),
        }
    }
}

impl std::error::Error for SetFault {}

/// Checks that a set is feasible and costs what it says.
///
/// # Errors
/// The first fault found.
pub fn check_license_set(market: &Market, query: &Query, set: &LicenseSet) -> Result<(), SetFault> {
    let mut there: SkuSet = query.held.iter().collect();
    let mut cost = 0u64;
    for sku in &set.bought {
        if market.sku(*sku).is_none() || !may_be_bought(query, *sku) {
            return Err(SetFault::NotForSale(*sku));
        }
        if !there.insert(*sku) {
            return Err(SetFault::Twice(*sku));
        }
        cost = cost.saturating_add(query.price(market, *sku));
    }
    if cost != set.cost {
        return Err(SetFault::Cost(cost));
    }
    if let Some(sku) = query.forced.iter().find(|sku| !there.contains(*sku)) {
        return Err(SetFault::NotForced(sku));
    }
    check_exclusions(market, query, &there, &set.switch_off)?;
    let off = if query.exclusion == Exclusion::Plan {
        set.switch_off.as_slice()
    } else {
        &[]
    };
    let mut account = Account {
        market,
        query,
        counting: there,
        off,
    };
    // Held SKUs without their prerequisites do not count, which may leave others without theirs.
    while let Some(sku) = query
        .held
        .iter()
        .find(|sku| account.counting.contains(*sku) && account.unmet_prerequisite(*sku).is_some())
    {
        account.counting.remove(sku);
    }
    for sku in &set.bought {
        if let Some(place) = account.unmet_prerequisite(*sku) {
            return Err(SetFault::Prerequisite(*sku, place));
        }
    }
    let mut wishes = query.wishes().iter();
    match wishes.position(|wish| !account.meets(wish, None)) {
        Some(place) => Err(SetFault::Unmet(place)),
        None => Ok(()),
    }
}

/// Whether a SKU may be bought at all.
pub(super) fn may_be_bought(query: &Query, sku: SkuIndex) -> bool {
    let is_allowed = query.allowed.contains(sku) || query.forced.contains(sku);
    is_allowed && !query.forbidden.contains(sku)
}

fn carries(record: &MarketSku, plan: PlanIndex) -> bool {
    record.carries.iter().any(|(carried, _)| *carried == plan)
}

/// Whether two SKUs exclude each other where nothing can be switched off.
pub(super) fn exclude_each_other(market: &Market, one: SkuIndex, other: SkuIndex) -> bool {
    let (Some(one), Some(other)) = (market.sku(one), market.sku(other)) else {
        return false;
    };
    market.exclusive().iter().any(|group| {
        let of = |record: &MarketSku| -> Vec<PlanIndex> {
            let carried = group.iter().filter(|plan| carries(record, **plan));
            carried.copied().collect()
        };
        let (one, other) = (of(one), of(other));
        !one.is_empty() && !other.is_empty() && one != other
    })
}

fn check_exclusions(
    market: &Market,
    query: &Query,
    there: &SkuSet,
    off: &[PlanIndex],
) -> Result<(), SetFault> {
    let skus: Vec<SkuIndex> = there.iter().collect();
    match query.exclusion {
        Exclusion::None => Ok(()),
        Exclusion::Plan => {
            for group in market.exclusive() {
                let mut enabled = group.iter().filter(|plan| {
                    let mut records = skus.iter().filter_map(|sku| market.sku(*sku));
                    !off.contains(plan) && records.any(|record| carries(record, **plan))
                });
                if let (Some(one), Some(other)) = (enabled.next(), enabled.next()) {
                    return Err(SetFault::Enabled(*one, *other));
                }
            }
            Ok(())
        }
        Exclusion::Sku => {
            for one in &skus {
                for other in &skus {
                    if exclude_each_other(market, *one, *other) {
                        return Err(SetFault::Clash(*one, *other));
                    }
                }
            }
            Ok(())
        }
    }
}

/// What counts on an account.
struct Account<'a> {
    market: &'a Market,
    query: &'a Query,
    counting: SkuSet,
    off: &'a [PlanIndex],
}

impl Account<'_> {
    fn unmet_prerequisite(&self, sku: SkuIndex) -> Option<usize> {
        let record = self.market.sku(sku)?;
        let mut prerequisites = record.requires.iter();
        let but = Some(sku).filter(|_| !self.market.counts_own());
        prerequisites.position(|wish| !self.meets(wish, but))
    }

    /// Whether what counts, but for one SKU, meets a wish.
    fn meets(&self, wish: &Wish, but: Option<SkuIndex>) -> bool {
        let counts = |sku: SkuIndex| Some(sku) != but && self.counting.contains(sku);
        match wish {
            Wish::Sku(sku) => counts(*sku),
            Wish::Plan(plan) => {
                let mut counting = self.counting.iter().filter(|sku| counts(*sku));
                !self.off.contains(plan)
                    && counting.any(|sku| {
                        let carries = self.market.sku(sku).map_or(&[][..], |sku| &sku.carries);
                        carries.iter().any(|(carried, certainty)| {
                            carried == plan && *certainty >= self.query.least_certainty
                        })
                    })
            }
            Wish::Any(parts) => parts.iter().any(|part| self.meets(part, but)),
            Wish::All(parts) => parts.iter().all(|part| self.meets(part, but)),
        }
    }
}
