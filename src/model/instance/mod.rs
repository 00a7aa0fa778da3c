//! License-set instances: which SKUs meet these wishes at the least cost, as plain data.
//!
//! An instance knows nothing of claims, dates or sources. It is what is left of a question once everything that depends on
//! them is decided: SKUs with a price and the plans that they carry ([`Market`]), and what is wished for ([`Query`]). The
//! engine solves it and the independent checker judges the [`LicenseSet`]; they share these types and nothing else.
//!
//! # What a feasible set is
//!
//! A set of bought SKUs is feasible if some plans can be enabled so that
//!
//! 1. every wish of the query is met by what is bought and held,
//! 2. every prerequisite of every bought SKU is met by *the others*: a SKU never meets its own prerequisite by itself,
//!    unless the market says so. Two SKUs that need each other are feasible together. A held SKU counts only where its own prerequisites are met in
//!    this sense, but never asks for anything,
//! 3. no exclusion is broken, in the sense of [`Exclusion`]; held SKUs count whether they are of use or not,
//! 4. everything bought may be bought and everything forced is bought or held.
//!
//! So adding a SKU to a feasible set may make it infeasible; nothing here assumes the contrary.

mod asked;
mod certificate;
mod market;
mod query;
mod sku_set;
mod solved;
mod tenant;

pub use asked::{Instance, InstanceAnswer, InstanceAsks};
pub use certificate::{
    Argument, ArgumentEnd, ArgumentStep, Certificate, Choice, Toll, WishOf, WishPart,
};
pub use market::{InstanceFault, Market, MarketSku, Wish};
pub use query::{Exclusion, Query};
pub use sku_set::SkuSet;
pub use solved::{CertaintyFront, LicenseSet, Missing, RankedSets, Solved, Unsatisfiable};
pub use tenant::{
    Persona, SeatPrices, SeatRule, TenantArgument, TenantCertificate, TenantQuery, TenantSolved,
};
