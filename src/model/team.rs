//! People who need licenses together.

use super::{
    Agreement, Asked, Currency, Day, GivenId, GivenValue, Question, Reading, Segment, SkuId,
};
use std::collections::BTreeMap;

/// A tenant's people as personas: everybody of one persona does the same and holds the same.
///
/// A person belongs to one persona, so that counts of personas add up to counts of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// What the file calls it; may be empty.
    pub name: String,
    /// The day it is about.
    pub on: Day,
    /// The day whose knowledge counts.
    pub known: Day,
    /// What only the asker knows, of the tenant.
    pub givens: BTreeMap<GivenId, GivenValue>,
    /// Seats that the tenant owns already and that these people may take, beside what they hold.
    pub owned: BTreeMap<SkuId, u64>,
    /// How strictly vague texts are read.
    pub reading: Reading,
    /// Who buys.
    pub segment: Segment,
    /// The currency of prices.
    pub currency: Currency,
    /// How the tenant buys, and what it pays by its own agreement.
    pub agreement: Agreement,
    /// Whether everybody of a persona gets the same set.
    pub one_set: bool,
    /// The personas, in the order of the file. Names differ.
    pub personas: Vec<TeamPersona>,
}

/// People who do the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamPersona {
    /// Its name.
    pub name: String,
    /// How many people; at least one.
    pub count: u64,
    /// What they are and do.
    pub subjects: Vec<Asked>,
    /// Whether their role assignments are eligible ones.
    pub eligible: bool,
    /// SKUs that each of them holds.
    pub held: Vec<SkuId>,
    /// SKUs that each of them has on another account.
    pub held_elsewhere: Vec<SkuId>,
    /// What is known of them beside what is known of the tenant.
    pub givens: BTreeMap<GivenId, GivenValue>,
}

impl Team {
    /// What one person of a persona asks.
    pub fn question(&self, persona: &TeamPersona) -> Question {
        let mut givens = self.givens.clone();
        givens.extend(persona.givens.clone());
        Question {
            subjects: persona.subjects.clone(),
            eligible: persona.eligible,
            on: self.on,
            known: self.known,
            givens,
            held: persona.held.clone(),
            held_elsewhere: persona.held_elsewhere.clone(),
            owned: self.owned.clone(),
            reading: self.reading,
            segment: self.segment,
            currency: self.currency.clone(),
            agreement: self.agreement.clone(),
        }
    }
}
