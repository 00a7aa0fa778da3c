//! What can be had: SKUs with price, plans and prerequisites, and plans that exclude each other.

use crate::model::{PlanIndex, SkuIndex, SkuSet};
use std::fmt;

/// Something that has to hold of a set of SKUs. It can only be met by more SKUs, never by fewer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// A plan is carried by a SKU that counts; where plans exclude each other, it is enabled too.
    Plan(PlanIndex),
    /// A SKU is there.
    Sku(SkuIndex),
    /// One of these at least; met by nothing if empty.
    Any(Vec<Wish>),
    /// All of these; always met if empty.
    All(Vec<Wish>),
}

/// A SKU that can be had.
#[derive(Debug, Clone, Default)]
pub struct MarketSku {
    /// What it costs, in minor units of the market's one currency.
    pub price: u64,
    /// Plans that nobody asked for, which break ties: the fewer, the less privilege.
    pub surplus: u32,
    /// The plans that it brings, each with the certainty that it does, 0 to [`Market::MOST_CERTAIN`].
    pub carries: Vec<(PlanIndex, u8)>,
    /// What has to be met beside it, all of them.
    pub requires: Vec<Wish>,
}

/// SKUs that can be had, in canonical order, and the plans that exclude each other.
///
/// Valid by construction: every index exists, wishes are no deeper than [`Market::DEPTH`], and neither the sum of all
/// prices nor that of all surplus can overflow, so neither can that of any set.
#[derive(Debug, Clone)]
pub struct Market {
    plans: usize,
    skus: Vec<MarketSku>,
    exclusive: Vec<Vec<PlanIndex>>,
    counts_own: bool,
}

/// Why data is no instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstanceFault {
    /// No plan has this index.
    NoPlan(usize),
    /// No SKU has this index.
    NoSku(usize),
    /// A certainty above [`Market::MOST_CERTAIN`].
    Certainty(u8),
    /// A wish that is nested deeper than [`Market::DEPTH`].
    Depth,
    /// More SKUs than [`Market::SKUS`].
    TooMany(usize),
    /// The prices together are more than can be counted.
    Price,
    /// The plans that nobody asked for are together more than can be counted.
    Surplus,
}

impl fmt::Display for InstanceFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlan(index) => write!(formatter, "there is no plan {index}"),
            Self::NoSku(index) => write!(formatter, "there is no SKU {index}"),
            Self::Certainty(level) => write!(
                formatter,
                "certainty {level} is above {}, the highest",
                Market::MOST_CERTAIN
            ),
            Self::Depth => write!(
                formatter,
                "a requirement is nested deeper than {} levels",
                Market::DEPTH
            ),
            Self::TooMany(count) => {
                write!(formatter, "{count} SKUs are more than {}", Market::SKUS)
            }
            Self::Price => write!(formatter, "the prices together are too high to be counted"),
            Self::Surplus => write!(formatter, "too many plans nobody asked for"),
        }
    }
}

impl std::error::Error for InstanceFault {}

impl Market {
    /// The highest certainty of an inclusion.
    pub const MOST_CERTAIN: u8 = 4;
    /// The deepest nesting of a wish.
    pub const DEPTH: usize = 64;
    /// The most SKUs.
    pub const SKUS: usize = 1 << 16;

    /// A market of SKUs in canonical order, over plans counted from 0.
    ///
    /// # Errors
    /// Everything that is wrong with the data.
    pub fn new(
        plans: usize,
        skus: Vec<MarketSku>,
        exclusive: Vec<Vec<PlanIndex>>,
    ) -> Result<Self, Vec<InstanceFault>> {
        let mut market = Self {
            plans,
            skus,
            exclusive,
            counts_own: false,
        };
        let mut faults = Vec::new();
        if market.skus.len() > Self::SKUS {
            faults.push(InstanceFault::TooMany(market.skus.len()));
        }
        let mut prices = market.skus.iter().map(|sku| sku.price);
        if prices.try_fold(0u64, u64::checked_add).is_none() {
            faults.push(InstanceFault::Price);
        }
        let mut surplus = market.skus.iter().map(|sku| sku.surplus);
        if surplus.try_fold(0u32, u32::checked_add).is_none() {
            faults.push(InstanceFault::Surplus);
        }
        let carried = market.skus.iter().flat_map(|sku| &sku.carries);
        for (plan, certainty) in carried {
            market.check_plan(*plan, &mut faults);
            if *certainty > Self::MOST_CERTAIN {
                faults.push(InstanceFault::Certainty(*certainty));
            }
        }
        for plan in market.exclusive.iter().flatten() {
            market.check_plan(*plan, &mut faults);
        }
        for wish in market.skus.iter().flat_map(|sku| &sku.requires) {
            market.check_wish(wish, Self::DEPTH, &mut faults);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        for sku in &mut market.skus {
            // Carried twice is carried once, with the better certainty.
            sku.carries
                .sort_by_key(|(plan, certainty)| (*plan, u8::MAX - certainty));
            sku.carries.dedup_by_key(|(plan, _)| *plan);
        }
        for group in &mut market.exclusive {
            group.sort_unstable();
            group.dedup();
        }
        Ok(market)
    }

    /// The same market where a SKU may meet its own prerequisite, as instance files have it.
    #[must_use]
    pub fn counting_own(self) -> Self {
        Self {
            counts_own: true,
            ..self
        }
    }

    /// The same market where these SKUs cost nothing.
    #[must_use]
    pub fn giving_away(mut self, free: &SkuSet) -> Self {
        for sku in free.iter() {
            if let Some(sku) = self.skus.get_mut(sku.index()) {
                sku.price = 0;
            }
        }
        self
    }

    /// Whether a SKU may meet its own prerequisite. It may not, unless the market says otherwise.
    pub fn counts_own(&self) -> bool {
        self.counts_own
    }

    fn check_plan(&self, plan: PlanIndex, faults: &mut Vec<InstanceFault>) {
        if plan.index() >= self.plans {
            faults.push(InstanceFault::NoPlan(plan.index()));
        }
    }

    /// Adds what is wrong with a wish.
    pub(super) fn check_wish(&self, wish: &Wish, depth: usize, faults: &mut Vec<InstanceFault>) {
        match wish {
            Wish::Plan(plan) => self.check_plan(*plan, faults),
            Wish::Sku(sku) if sku.index() >= self.skus.len() => {
                faults.push(InstanceFault::NoSku(sku.index()));
            }
            Wish::Sku(_) => {}
            Wish::Any(parts) | Wish::All(parts) => match depth.checked_sub(1) {
                None => faults.push(InstanceFault::Depth),
                Some(depth) => {
                    for part in parts {
                        self.check_wish(part, depth, faults);
                    }
                }
            },
        }
    }

    /// How many plans there are.
    pub fn plans(&self) -> usize {
        self.plans
    }

    /// The SKUs in canonical order.
    pub fn skus(&self) -> &[MarketSku] {
        &self.skus
    }

    /// One SKU, if there is such a one.
    pub fn sku(&self, sku: SkuIndex) -> Option<&MarketSku> {
        self.skus.get(sku.index())
    }

    /// Groups of plans of which one at most may be enabled for one person, each in order.
    pub fn exclusive(&self) -> &[Vec<PlanIndex>] {
        &self.exclusive
    }
}
