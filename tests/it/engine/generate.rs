//! Made-up markets, queries and tenants: the same number always makes the same ones.
//!
//! Nothing in them is true of any product. They are small enough for brute force, or as large as the market of products
//! and larger than any tenant that there is.

use licit::model::{
    Exclusion, Market, MarketSku, Persona, PlanIndex, Query, SeatRule, SkuIndex, SkuSet,
    TenantQuery, Wish,
};

/// Numbers that look random (Steele, Lea and Flood's SplitMix64, 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True so many times out of a hundred.
    pub(crate) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}

/// How large a market is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) skus: usize,
    pub(crate) plans: usize,
    pub(crate) groups: usize,
    pub(crate) most_plans: usize,
}

pub(crate) const SMALL: Size = Size {
    skus: 9,
    plans: 9,
    groups: 2,
    most_plans: 4,
};

/// A wish, at most two alternatives deep.
fn wish(dice: &mut Dice, size: Size, depth: usize) -> Wish {
    let leaf = |dice: &mut Dice| {
        if dice.percent(15) {
            Wish::Sku(SkuIndex::at(dice.below(size.skus)))
        } else {
            Wish::Plan(PlanIndex::at(dice.below(size.plans)))
        }
    };
    if depth == 0 || dice.percent(45) {
        return leaf(dice);
    }
    let count = 1 + dice.below(3);
    let parts = (0..count).map(|_| wish(dice, size, depth - 1)).collect();
    if dice.percent(65) {
        Wish::Any(parts)
    } else {
        Wish::All(parts)
    }
}

/// A market; prerequisites may run in circles and name their own SKU.
pub(crate) fn market(dice: &mut Dice, size: Size) -> Market {
    let skus = (0..size.skus).map(|_| {
        let count = 1 + dice.below(size.most_plans);
        let carries = (0..count).map(|_| {
            let plan = PlanIndex::at(dice.below(size.plans));
            (plan, dice.below(5) as u8)
        });
        let carries: Vec<(PlanIndex, u8)> = carries.collect();
        let requires = if dice.percent(25) {
            (0..1 + dice.below(2))
                .map(|_| wish(dice, size, 2))
                .collect()
        } else {
            Vec::new()
        };
        MarketSku {
            // Few prices, so that ties are frequent; some cost nothing.
            price: 100 * dice.below(8) as u64,
            surplus: dice.below(3) as u32,
            carries,
            requires,
        }
    });
    let skus = skus.collect();
    let groups = (0..size.groups).map(|_| {
        let plans = (0..2 + dice.below(2)).map(|_| PlanIndex::at(dice.below(size.plans)));
        plans.collect()
    });
    let groups = groups.collect();
    let market = Market::new(size.plans, skus, groups).unwrap();
    if dice.percent(30) {
        market.counting_own()
    } else {
        market
    }
}

fn some_skus(dice: &mut Dice, size: Size, percent: usize) -> SkuSet {
    let skus = (0..size.skus).filter(|_| dice.percent(percent));
    skus.map(SkuIndex::at).collect()
}

/// A query of any kind.
pub(crate) fn query(dice: &mut Dice, size: Size, market: &Market, exclusion: Exclusion) -> Query {
    let wishes = (0..1 + dice.below(4))
        .map(|_| wish(dice, size, 2))
        .collect();
    let mut query = Query::new(market, wishes).unwrap();
    query.exclusion = exclusion;
    query.allowed = some_skus(dice, size, 90);
    if dice.percent(50) {
        query.held = some_skus(dice, size, 15);
    }
    if dice.percent(30) {
        query.forced = some_skus(dice, size, 10);
    }
    if dice.percent(30) {
        query.forbidden = some_skus(dice, size, 10);
    }
    query.least_certainty = dice.below(4) as u8;
    query
}

/// A market like that of products: many SKUs with few plans, suites with many, add-ons that need a base.
pub(crate) fn product_market(dice: &mut Dice) -> Market {
    let (plans, skus) = (400, 350);
    let records: Vec<MarketSku> = (0..skus)
        .map(|place| {
            let count = if place % 9 == 0 {
                12 + dice.below(40)
            } else {
                1 + dice.below(4)
            };
            let carries: Vec<(PlanIndex, u8)> = (0..count)
                .map(|_| {
                    // Low plans are popular, as in products.
                    let plan = dice.below(plans).min(dice.below(plans));
                    (PlanIndex::at(plan), 1 + dice.below(4) as u8)
                })
                .collect();
            let base = (0..3 + dice.below(5)).map(|_| Wish::Sku(SkuIndex::at(9 * dice.below(35))));
            let base = Wish::Any(base.collect());
            MarketSku {
                price: 100 + 70 * count as u64 + 10 * dice.below(90) as u64,
                surplus: carries.len() as u32,
                carries,
                requires: if place % 6 == 1 {
                    vec![base]
                } else {
                    Vec::new()
                },
            }
        })
        .collect();
    let groups = (0..6).map(|group| (0..5).map(|plan| PlanIndex::at(7 * group + plan)).collect());
    Market::new(plans, records, groups.collect()).unwrap()
}

/// Wishes for plans that are offered, as many as asked for.
pub(crate) fn product_query(dice: &mut Dice, market: &Market, wishes: usize) -> Query {
    let mut offered: Vec<PlanIndex> = Vec::new();
    for sku in market.skus() {
        offered.extend(sku.carries.iter().map(|(plan, _)| *plan));
    }
    let wish = |dice: &mut Dice| {
        let count = if dice.percent(25) {
            2 + dice.below(2)
        } else {
            1
        };
        let plans = (0..count).map(|_| Wish::Plan(offered[dice.below(offered.len())]));
        Wish::Any(plans.collect())
    };
    let wishes = (0..wishes).map(|_| wish(dice)).collect();
    Query::new(market, wishes).unwrap()
}

/// A tenant with as many personas and about as many people, seats of some SKUs, and a rule.
pub(crate) fn tenant(
    dice: &mut Dice,
    market: &Market,
    personas: usize,
    people: u64,
) -> TenantQuery {
    let mut list = Vec::new();
    let mut left = people;
    while list.len() < personas {
        let wishes = 1 + dice.below(14);
        let query = product_query(dice, market, wishes);
        // Personas that nothing can serve are no use here.
        if licit::reason::Engine::new(market)
            .cheapest(&query)
            .best
            .is_none()
        {
            continue;
        }
        // Sizes fall as in real tenants: few large personas, many small ones.
        let share = people / (2 + 2 * list.len() as u64);
        let size = share.clamp(
            1,
            left.saturating_sub(personas as u64 - list.len() as u64)
                .max(1),
        );
        left = left.saturating_sub(size);
        list.push(Persona {
            people: size,
            query,
        });
    }
    list[0].people += left;
    let owned = (0..14).map(|_| {
        let sku = SkuIndex::at(dice.below(market.skus().len()));
        (sku, people / (20 + 10 * dice.below(40) as u64))
    });
    let owned = owned.collect();
    let plan = PlanIndex::at(dice.below(20));
    let carriers = market.skus().iter().enumerate();
    let carriers =
        carriers.filter(|(_, sku)| sku.carries.iter().any(|(carried, _)| *carried == plan));
    let at_least = vec![SeatRule {
        skus: carriers.map(|(place, _)| SkuIndex::at(place)).collect(),
        seats: people / 400,
    }];
    TenantQuery {
        personas: list,
        owned,
        at_least,
        at_most: Vec::new(),
        one_set: false,
    }
}
