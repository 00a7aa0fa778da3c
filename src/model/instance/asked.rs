//! An instance with its name, and what is said about it.

use super::query::Query;
use super::solved::{CertaintyFront, RankedSets, Solved, Unsatisfiable};
use super::tenant::{TenantQuery, TenantSolved};

/// Something to be solved.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Its name.
    pub id: String,
    /// What is asked.
    pub asks: InstanceAsks,
}

/// What an instance asks.
#[derive(Debug, Clone)]
pub enum InstanceAsks {
    /// The cheapest set.
    Cheapest(Query),
    /// So many of the best sets.
    Best(Query, usize),
    /// Cost against certainty.
    Front(Query),
    /// The cheapest way for many people.
    Tenant(TenantQuery),
}

impl InstanceAsks {
    /// The word for what is asked.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Cheapest(_) => "cheapest",
            Self::Best(..) => "best",
            Self::Front(_) => "front",
            Self::Tenant(_) => "tenant",
        }
    }
}

/// What is said about an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstanceAnswer {
    /// The cheapest set, or why there is none.
    Cheapest(Solved, Option<Unsatisfiable>),
    /// The best sets.
    Best(RankedSets),
    /// Cost against certainty.
    Front(CertaintyFront),
    /// The cheapest way for many people.
    Tenant(TenantSolved),
}
