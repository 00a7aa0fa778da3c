//! What a team has to buy.

use super::{
    Answer, BasketSet, ClaimId, Grade, Money, NeedSubject, OtherPrice, PricedBy, Reading,
    Requirement, SkuId, Team,
};

/// How a team complies at the least cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Purchase {
    /// Who was asked about.
    pub team: Team,
    /// What each persona needs and gets, in the order of the team.
    pub personas: Vec<PersonaPurchase>,
    /// Seats that the tenant needs in all.
    pub tenant_needs: Vec<TenantNeed>,
    /// Who gets what of the people that are counted and belong to no persona.
    pub further: Vec<BasketSet>,
    /// The seats, by SKU; none where there is no way to comply.
    pub bill: Vec<BillLine>,
    /// What the seats to buy cost a month; none where there is no way to comply.
    pub total: Option<Money>,
    /// No way to comply costs less than this a month, as far as that is known.
    pub bound: Option<Money>,
    /// Whether it is certain that nothing costs less.
    pub proven_cheapest: bool,
    /// How often every persona was asked for a better set before that was certain.
    pub rounds: u64,
    /// SKUs of the bill whose price nobody confirmed.
    pub unverified_prices: Vec<SkuId>,
    /// The same with confirmed prices only, where that is another bill.
    pub confirmed: Option<(Vec<BillLine>, Money)>,
    /// Why there is no way, where there is none.
    pub no_purchase: Option<String>,
}

/// Other ways for one person, each without a SKU that it could do without.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alternatives {
    /// The best ways, the cheapest first.
    pub best: Vec<PricedSet>,
    /// The best way, then the best without any suite of that one, and so on.
    pub other_suites: Vec<PricedSet>,
    /// Whether these are certainly the best.
    pub proven: bool,
}

/// SKUs with what they cost together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedSet {
    /// The SKUs, by id.
    pub skus: Vec<SkuId>,
    /// What they cost a month.
    pub total: Money,
}

/// What it costs to be so certain, read so strictly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontPoint {
    /// How strictly vague texts are read.
    pub reading: Reading,
    /// Nothing below this grade counts as support: no inclusion, no price. Restrictions always count.
    pub least: Grade,
    /// What the seats to buy cost a month; none where there is no way.
    pub total: Option<Money>,
    /// What to buy, by SKU.
    pub buy: Vec<(SkuId, u64)>,
    /// Whether less certainty, or a less strict reading, costs as much: whoever takes that takes this instead.
    pub is_dominated: bool,
}

/// What the people of one persona need and get.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonaPurchase {
    /// The answer for one of them. Its own baskets are for one person alone, who takes no owned seat.
    pub answer: Answer,
    /// Who of them gets what, beside what they hold.
    pub sets: Vec<BasketSet>,
    /// What these seats are worth a month, owned ones included.
    pub value: Option<Money>,
}

/// So many seats the tenant needs in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantNeed {
    /// What asks for it.
    pub subject: NeedSubject,
    /// What each seat has to be of.
    pub requirement: Requirement,
    /// How many, over a union of people: nobody counts twice.
    pub seats: u64,
    /// How many of these people are in the team; none where it is no people that are counted, so that the seats need not
    /// be assigned.
    pub in_team: Option<u64>,
    /// The claim that says how to count, where one does.
    pub claim: Option<ClaimId>,
}

/// The seats of one SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// The SKU.
    pub sku: SkuId,
    /// How many people get it.
    pub assigned: u64,
    /// How many seats of it the tenant owns already.
    pub owned: u64,
    /// How many to buy.
    pub buy: u64,
    /// Per seat and month; none where nothing of it is to be bought and nobody says.
    pub unit_price: Option<Money>,
    /// Who says so.
    pub price: Option<PricedBy>,
    /// What it costs by another list price that may hold that day; the dearer one counts.
    pub other_price: Option<OtherPrice>,
    /// What the seats to buy cost a month.
    pub total: Option<Money>,
}
