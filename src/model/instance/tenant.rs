//! Many people at once: personas, seats that are owned, and rules about numbers of seats.

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
}
