//! The format of a scenario, as documented in data/README.md.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) scenario: Vec<Scenario>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    pub(super) fn all(&self) -> Vec<&str> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more.iter().map(String::as_str).collect(),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Owned {
    Outcome(String),
    Seats(BTreeMap<String, u64>),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Scenario {
    pub(super) id: String,
    pub(super) role: Option<OneOrMore>,
    pub(super) feature: Option<OneOrMore>,
    pub(super) task: Option<OneOrMore>,
    pub(super) sku: Option<OneOrMore>,
    #[serde(rename = "who-can")]
    pub(super) who_can: Option<String>,
    pub(super) state_of: Option<String>,
    pub(super) name_of: Option<String>,
    pub(super) price_of: Option<String>,
    pub(super) limit_of: Option<String>,
    pub(super) on: Option<toml::Value>,
    pub(super) known: Option<toml::Value>,
    #[serde(default)]
    pub(super) given: BTreeMap<String, toml::Value>,
    #[serde(default)]
    pub(super) held: Vec<String>,
    #[serde(default)]
    pub(super) held_elsewhere: Vec<String>,
    pub(super) owned: Option<Owned>,
    #[serde(default)]
    pub(super) eligible: bool,
    pub(super) reading: Option<String>,
    pub(super) segment: Option<String>,
    pub(super) need: Option<String>,
    // Expectations.
    pub(super) verdict: Option<String>,
    pub(super) because: Option<String>,
    pub(super) requires: Option<toml::Value>,
    pub(super) satisfied: Option<String>,
    pub(super) certainty: Option<String>,
    pub(super) terms: Option<String>,
    pub(super) works: Option<String>,
    pub(super) assigned: Option<String>,
    #[serde(rename = "where")]
    pub(super) place: Option<String>,
    pub(super) number: Option<u64>,
    pub(super) at_least: Option<bool>,
    pub(super) obligations: Option<Vec<String>>,
    pub(super) depends_on: Option<Vec<String>>,
    pub(super) opened_by: Option<Vec<String>>,
    pub(super) not_opened_by: Option<Vec<String>>,
    pub(super) perhaps_opened_by: Option<Vec<String>>,
    pub(super) basket: Option<Vec<String>>,
    pub(super) total: Option<String>,
    pub(super) switch_off: Option<Vec<String>>,
    pub(super) next_change: Option<String>,
    pub(super) conflicts: Option<Vec<Vec<String>>>,
    pub(super) overridden: Option<Vec<String>>,
    pub(super) roles: Option<Vec<String>>,
    pub(super) least: Option<String>,
    pub(super) state: Option<String>,
    pub(super) dates: Option<Vec<String>>,
    pub(super) called: Option<String>,
    pub(super) amount: Option<String>,
    pub(super) verified: Option<bool>,
    pub(super) at_most: Option<u64>,
    #[serde(default)]
    pub(super) claims: Vec<String>,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    pub(super) because_of: Option<String>,
}
