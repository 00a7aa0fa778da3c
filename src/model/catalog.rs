//! What is bought and what it is made of.

use super::words::words;
use super::{Guid, Text};
use serde::{Deserialize, Serialize};

/// A service plan: a component of SKUs with a GUID of its own, never bought alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Plan {
    /// The vendor's string id, for example `AAD_PREMIUM_P2`; the GUID where the vendor uses one string twice.
    pub id: Text,
    /// The vendor's id.
    pub guid: Option<Guid>,
    /// Name today; former names are claims of the kind `name`.
    pub name: Text,
    /// Further words that people use for it.
    pub aliases: Vec<Text>,
}

/// What is bought and assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Sku {
    /// The vendor's string id, for example `SPE_E3`; the GUID where the vendor uses one string twice.
    pub id: Text,
    /// The vendor's id; absent where no source shows it.
    pub guid: Option<Guid>,
    /// Name today; former names are claims of the kind `name`.
    pub name: Text,
    /// Who may buy it.
    pub segment: Segment,
    /// Whether it can be bought at all: trials, viral and withdrawn SKUs cannot.
    pub purchasable: bool,
    /// Whether it may be given to frontline workers only.
    pub frontline: bool,
    /// Further words that people use for it.
    pub aliases: Vec<Text>,
}

words! {
    /// Who may buy a SKU.
    Segment {
        /// Businesses.
        Commercial = "commercial",
        /// Schools and universities.
        Education = "education",
        /// Government clouds.
        Government = "government",
        /// Nonprofit organizations.
        Nonprofit = "nonprofit",
    }
}
