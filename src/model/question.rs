//! What is asked.

use super::words::words;
use super::{
    Agreement, Currency, Day, FeatureId, GivenId, GivenValue, RoleId, Segment, SkuId, TaskId,
};
use std::collections::BTreeMap;

/// One thing asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// A role: its core tasks.
    Role(RoleId),
    /// A task.
    Task(TaskId),
    /// A feature: its default task.
    Feature(FeatureId),
    /// A SKU: what it needs beside it.
    Sku(SkuId),
}

/// A question. Both days are given, since the clock is read once, in `main`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked about, in the order asked.
    pub subjects: Vec<Asked>,
    /// Adds what an eligible role assignment brings.
    pub eligible: bool,
    /// The day it is about.
    pub on: Day,
    /// The day whose knowledge counts.
    pub known: Day,
    /// What only the asker knows.
    pub givens: BTreeMap<GivenId, GivenValue>,
    /// SKUs on this account.
    pub held: Vec<SkuId>,
    /// SKUs that the same person has on another account.
    pub held_elsewhere: Vec<SkuId>,
    /// Seats that the tenant owns.
    pub owned: BTreeMap<SkuId, u64>,
    /// How strictly vague texts are read.
    pub reading: Reading,
    /// Who buys.
    pub segment: Segment,
    /// The currency of prices.
    pub currency: Currency,
    /// How the asker buys, and what they pay by their own agreement.
    pub agreement: Agreement,
}

words! {
    /// How strictly to read vague texts. Each reading requires at least what the one before does.
    Reading {
        /// What the service refuses without it.
        Technical = "technical",
        /// What the terms and the documentation ask for, too.
        Documented = "documented",
        /// Weak claims that demand count, weak claims that free do not; contested and unnamed count as required.
        Cautious = "cautious",
    }
}

/// A question that somebody keeps, to ask it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuestion {
    /// What its owner calls it.
    pub name: String,
    /// The question.
    pub question: Question,
}
