//! Many people at once: personas, seats that are owned, and rules about numbers of seats.

use super::certificate::Certificate;
use super::query::Query;
use super::solved::LicenseSet;
use crate::model::SkuIndex;
use std::collections::BTreeMap;

/// People who need the same and may have the same.
#[derive(Debug, Clone)]
pub struct Persona {
    /// How many they are.
    pub people: u64,
    /// What each of them needs.
    pub query: Query,
}

/// A bound on the seats of some SKUs, owned and bought together, assigned or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRule {
    /// The seats of these count together.
    pub skus: Vec<SkuIndex>,
    /// How many there have to be, or may be.
    pub seats: u64,
}

/// What a tenant needs. People of one persona may get different sets; a set is always one person's.
#[derive(Debug, Clone, Default)]
pub struct TenantQuery {
    /// The people.
    pub personas: Vec<Persona>,
    /// Seats that are there already and cost nothing.
    pub owned: BTreeMap<SkuIndex, u64>,
    /// At least so many seats.
    pub at_least: Vec<SeatRule>,
    /// At most so many seats.
    pub at_most: Vec<SeatRule>,
    /// Whether all people of a persona get the same set.
    pub one_set: bool,
}

/// How a tenant is licensed at least cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantSolved {
    /// By persona: its sets, each with how many people get it. None if no way was found.
    pub assigned: Option<Vec<Vec<(LicenseSet, u64)>>>,
    /// Seats to buy.
    pub buy: BTreeMap<SkuIndex, u64>,
    /// What they cost.
    pub cost: u128,
    /// Nothing costs less than this.
    pub bound: u128,
    /// Whether it is certain that nothing is cheaper, or that there is no way.
    pub proven: bool,
    /// How often every persona was asked for a better set.
    pub rounds: u64,
    /// Nodes of all searches together.
    pub nodes: u64,
    /// What the bound rests on.
    pub argument: TenantArgument,
}

/// What a seat is worth to a tenant, in fractions of a minor unit: prices that charge every person for the seats of a set,
/// so that what everybody pays at least, and what the tenant earns by them, is a bound of the cost.
///
/// These are the multipliers of the rows "no more seats are used than there are" and of the rules (Lagrange's bound).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPrices {
    /// Everything here is to be divided by this.
    pub denominator: u64,
    /// What a seat of an owned SKU is worth; seats of all others are worth what it takes to buy one.
    pub owned: BTreeMap<SkuIndex, u64>,
    /// By rule: what a seat less is worth.
    pub at_least: Vec<u64>,
    /// By rule: what a seat more is worth.
    pub at_most: Vec<u64>,
}

impl SeatPrices {
    /// Seats that are owned are worth nothing, and no rule is worth anything.
    pub fn nothing(tenant: &TenantQuery) -> Self {
        let owned = tenant.owned.iter().filter(|(_, seats)| **seats > 0);
        Self {
            denominator: 1,
            owned: owned.map(|(sku, _)| (*sku, 0)).collect(),
            at_least: vec![0; tenant.at_least.len()],
            at_most: vec![0; tenant.at_most.len()],
        }
    }
}

/// Why no way to license a tenant costs less than it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TenantArgument {
    /// At these prices everybody's cheapest set costs so much together.
    Prices(SeatPrices),
    /// Where a persona's people all get the same set: either the set has the SKU, or it does not.
    Split {
        /// Whose set it is, by place.
        persona: usize,
        /// The SKU in question.
        sku: SkuIndex,
        /// Why, if they have it.
        with: Box<TenantArgument>,
        /// Why, if they do not.
        without: Box<TenantArgument>,
    },
}

/// A bound of a tenant's cost that anyone can check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantCertificate {
    /// Nothing costs less than this; none claims that there is no way.
    pub cost: Option<u128>,
    /// What that rests on.
    pub argument: TenantArgument,
    /// For all prices of the argument, from left to right, and for each persona of people: why no set is cheaper.
    pub minima: Vec<Vec<Certificate>>,
}
