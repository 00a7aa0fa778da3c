//! What is wished for, and what may be done about it.

use super::market::{InstanceFault, Market, Wish};
use super::sku_set::SkuSet;
use crate::model::SkuIndex;
use std::sync::Arc;

/// What keeps SKUs apart that carry plans of one exclusive group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// Nothing.
    None,
    /// One plan of a group at most is enabled; a plan of a group counts only where it is. SKUs never clash, since
    /// clashing plans can be switched off. This is how the service behaves.
    Plan,
    /// Nothing can be switched off: two SKUs clash if both carry plans of a group and not the same ones.
    Sku,
}

/// What is wished for, and what may be done about it.
///
/// ```
/// use licit::model::{Market, MarketSku, PlanIndex, Query, Wish};
/// let plan = PlanIndex::at(0);
/// let sku = MarketSku { price: 900, carries: vec![(plan, 4)], ..MarketSku::default() };
/// let market = Market::new(1, vec![sku], Vec::new()).unwrap();
/// assert!(Query::new(&market, vec![Wish::Plan(plan)]).is_ok());
/// assert!(Query::new(&market, vec![Wish::Plan(PlanIndex::at(7))]).is_err());
/// ```
#[derive(Debug, Clone)]
pub struct Query {
    wishes: Vec<Wish>,
    prices: Option<Arc<[u64]>>,
    /// What may be bought: the caller decides by segment, sale window and frontline rules. Everything at first.
    pub allowed: SkuSet,
    /// What is on the account already: costs nothing, breaks no ties, is always there.
    pub held: SkuSet,
    /// What has to be bought unless it is held.
    pub forced: SkuSet,
    /// What must not be bought, whatever else is said; what is held stays.
    pub forbidden: SkuSet,
    /// What keeps SKUs apart. [`Exclusion::Plan`] at first.
    pub exclusion: Exclusion,
    /// A SKU brings only plans that it carries with at least this certainty. Exclusions count at any. 0 at first.
    pub least_certainty: u8,
    /// For each SKU the plans that nobody asked for, where that depends on what is asked; the market's own if none. Counted up
    /// to [`Query::MOST_SURPLUS`].
    pub surplus: Option<Vec<u32>>,
    /// After so many nodes the search gives up and says so.
    pub node_limit: u64,
}

impl Query {
    /// Nodes after which a search gives up unless the query says otherwise: some seconds.
    pub const NODE_LIMIT: u64 = 2_000_000;

    /// As many plans that nobody asked for are told apart from more.
    pub const MOST_SURPLUS: u32 = 0xffff;

    /// Wishes that have to be met together, everything allowed and nothing held.
    ///
    /// # Errors
    /// Everything that is wrong with the wishes.
    pub fn new(market: &Market, wishes: Vec<Wish>) -> Result<Self, Vec<InstanceFault>> {
        let mut faults = Vec::new();
        for wish in &wishes {
            market.check_wish(wish, Market::DEPTH, &mut faults);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            wishes,
            prices: None,
            allowed: SkuSet::first(market.skus().len()),
            held: SkuSet::new(),
            forced: SkuSet::new(),
            forbidden: SkuSet::new(),
            exclusion: Exclusion::Plan,
            least_certainty: 0,
            surplus: None,
            node_limit: Self::NODE_LIMIT,
        })
    }

    /// What has to be met, all of it.
    pub fn wishes(&self) -> &[Wish] {
        &self.wishes
    }

    /// Prices by SKU instead of the market's own, as where seats are shared with others.
    ///
    /// # Errors
    /// When together they are more than can be counted.
    pub fn set_prices(&mut self, prices: Arc<[u64]>) -> Result<(), InstanceFault> {
        let mut each = prices.iter().copied();
        each.try_fold(0u64, u64::checked_add)
            .ok_or(InstanceFault::Price)?;
        self.prices = Some(prices);
        Ok(())
    }

    /// What a SKU of the market costs here; nothing for one that is none.
    pub fn price(&self, market: &Market, sku: SkuIndex) -> u64 {
        let own = || market.sku(sku).map(|sku| sku.price);
        let instead = self.prices.as_ref();
        instead
            .map_or_else(own, |prices| prices.get(sku.index()).copied())
            .unwrap_or(0)
    }

    /// The same query with only some of its wishes, by their places.
    #[must_use]
    pub fn with_wishes(&self, places: &[usize]) -> Self {
        Self {
            wishes: places
                .iter()
                .filter_map(|place| self.wishes.get(*place))
                .cloned()
                .collect(),
            ..self.clone()
        }
    }
}
