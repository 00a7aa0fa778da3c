//! The license-set engine: the cheapest set of SKUs that meets all wishes, exactly and with proof.
//!
//! What feasible and cheapest mean stands with the [instance](crate::model::Market). A query runs through `draft` (wishes
//! become clauses over items), `problem` (items that another one makes pointless go, the rest become bits) and `search`
//! (branch and bound); `index` holds what all queries on one market share. Everything is exact integer arithmetic and
//! nothing depends on time, so the same query has the same answer everywhere.

mod bits;
mod core;
mod draft;
mod enable;
mod feasible;
mod index;
mod problem;
mod prove;
mod ranked;
mod search;
mod state;

use crate::model::{
    Argument, ArgumentEnd, Certificate, Exclusion, LicenseSet, Market, Missing, Query, SkuIndex,
    Solved,
};
use bits::{Bits, Large, Small};
use draft::{Draft, Origins};
use feasible::Together;
use index::Index;
use problem::{Key, Layout, Problem};
use prove::Prover;
use search::{Found, Search};

/// Answers queries on one market.
///
/// ```
/// use licit::model::{Market, MarketSku, PlanIndex, Query, Wish};
/// use licit::reason::Engine;
/// let (p1, p2) = (PlanIndex::at(0), PlanIndex::at(1));
/// let sku = |price, plans: &[PlanIndex]| MarketSku {
///     price,
///     carries: plans.iter().map(|plan| (*plan, 4)).collect(),
///     ..MarketSku::default()
/// };
/// let market = Market::new(2, vec![sku(600, &[p1]), sku(900, &[p2]), sku(1400, &[p1, p2])], vec![]).unwrap();
/// let query = Query::new(&market, vec![Wish::Plan(p1), Wish::Plan(p2)]).unwrap();
/// let solved = Engine::new(&market).cheapest(&query);
/// assert_eq!(solved.best.unwrap().cost, 1400);
/// assert!(solved.proven);
/// ```
pub struct Engine<'a> {
    index: Index<'a>,
}

impl<'a> Engine<'a> {
    /// An engine for a market; what all queries share is worked out here.
    pub fn new(market: &'a Market) -> Self {
        Self {
            index: Index::of(market),
        }
    }

    /// The market.
    pub(super) fn market(&self) -> &Market {
        self.index.market
    }

    /// The cheapest feasible set; of equally cheap ones that with fewest SKUs, then with fewest plans nobody asked for,
    /// then the first by index.
    pub fn cheapest(&self, query: &Query) -> Solved {
        let draft = draft::draft(&self.index, query, Origins::Left);
        if draft.is_broken {
            return Solved {
                best: None,
                proven: true,
                bound: u64::MAX,
                nodes: 0,
            };
        }
        let layout = Layout::of(&draft);
        if !layout.is_short() {
            let kept = self.worthwhile::<u128>(query, &draft, layout);
            return self.search::<Large, u128>(query, &draft, layout, &kept);
        }
        let kept = self.worthwhile::<u64>(query, &draft, layout);
        match kept.len().max(draft.clauses.len()) {
            0..=64 => self.search::<Small<1>, u64>(query, &draft, layout, &kept),
            65..=128 => self.search::<Small<2>, u64>(query, &draft, layout, &kept),
            129..=256 => self.search::<Small<4>, u64>(query, &draft, layout, &kept),
            _ => self.search::<Large, u64>(query, &draft, layout, &kept),
        }
    }

    fn worthwhile<K: Key>(&self, query: &Query, draft: &Draft, layout: Layout) -> Vec<usize> {
        problem::worthwhile::<K>(draft, &self.index, query.exclusion, layout)
    }

    fn search<S: Bits, K: Key>(
        &self,
        query: &Query,
        draft: &Draft,
        layout: Layout,
        kept: &[usize],
    ) -> Solved {
        let problem = Problem::<S, K>::of(draft, &self.index, query.exclusion, layout, kept);
        let Found {
            best,
            bound,
            nodes,
            gave_up,
        } = Search::new(&problem, query.node_limit).best();
        let is_impossible = best.is_none() && !gave_up;
        Solved {
            best: best.map(|(_, bought)| self.license_set(query, bought)),
            proven: !gave_up,
            bound: if is_impossible {
                u64::MAX
            } else {
                bound.price(layout)
            },
            nodes,
        }
    }

    /// Whether anything is feasible at all; none if the search gave up.
    pub fn is_feasible(&self, query: &Query) -> Option<bool> {
        let wishes: Vec<usize> = (0..query.wishes().len()).collect();
        Together::of(&self.index, query).can_hold(&wishes)
    }

    /// Why a set of SKUs, sorted and without what is held, is not feasible; nothing if it is.
    pub fn missing(&self, query: &Query, bought: &[SkuIndex]) -> Missing {
        let known = |sku: &SkuIndex| self.market().sku(*sku).is_some();
        let (bought, unknown): (Vec<SkuIndex>, Vec<SkuIndex>) =
            bought.iter().copied().partition(known);
        let mut missing = enable::missing(&self.index, query, &bought);
        missing.not_for_sale.extend(unknown);
        missing
    }

    /// Why an outcome of [`Engine::cheapest`] is right as far as cost goes, for the independent checker. None if the search
    /// gave up, or the argument would be longer than the query's limit of nodes.
    pub fn certificate(&self, query: &Query, solved: &Solved) -> Option<Certificate> {
        let cost = solved.best.as_ref().map(|best| best.cost);
        if !solved.proven {
            return None;
        }
        let draft = draft::draft(&self.index, query, Origins::Kept);
        if draft.is_broken {
            let held: Vec<SkuIndex> = query.held.iter().collect();
            let mut pairs = held
                .iter()
                .flat_map(|one| held.iter().map(move |other| (one, other)));
            let (one, other) = pairs.find(|(one, other)| self.index.clash(**one, **other))?;
            let end = ArgumentEnd::Clash(*one, *other);
            let steps = Vec::new();
            let argument = Argument { steps, end };
            return Some(Certificate { cost, argument });
        }
        let kept = problem::in_order(&draft);
        let argument = match kept.len().max(draft.clauses.len()) {
            0..=256 => self.argue::<Small<4>>(query, &draft, &kept, cost),
            _ => self.argue::<Large>(query, &draft, &kept, cost),
        };
        Some(Certificate {
            cost,
            argument: argument?,
        })
    }

    fn argue<S: Bits>(
        &self,
        query: &Query,
        draft: &Draft,
        kept: &[usize],
        cost: Option<u64>,
    ) -> Option<Argument> {
        let (index, exclusion) = (&self.index, query.exclusion);
        let problem = Problem::<S, u64>::of(draft, index, exclusion, Layout::PRICE, kept);
        Prover::new(draft, &problem, kept, cost, query.node_limit).argue()
    }

    fn license_set(&self, query: &Query, bought: Vec<SkuIndex>) -> LicenseSet {
        let records = || bought.iter().filter_map(|sku| self.index.market.sku(*sku));
        let surplus = |sku: &SkuIndex| {
            let of_query = query.surplus.as_ref()?.get(sku.index()).copied()?;
            Some(of_query.min(Query::MOST_SURPLUS))
        };
        let switch_off = if query.exclusion == Exclusion::Plan {
            enable::switch_off(&self.index, query, &bought)
        } else {
            Some(Vec::new())
        };
        debug_assert!(
            switch_off.is_some(),
            "the search returned what is not feasible"
        );
        LicenseSet {
            cost: bought
                .iter()
                .map(|sku| query.price(self.index.market, *sku))
                .sum(),
            surplus: bought
                .iter()
                .zip(records())
                .map(|(sku, record)| surplus(sku).unwrap_or(record.surplus))
                .sum(),
            switch_off: switch_off.unwrap_or_default(),
            bought,
        }
    }
}
