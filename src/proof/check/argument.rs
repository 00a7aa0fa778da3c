//! Whether the argument of a certificate holds, step by step, in exact integers.
//!
//! The one question asked again and again is: could this demand still be met if everything that is not ruled out were
//! there? It is answered from the words of the query, optimistically, so "no" is certain. A demand is only looked at where
//! it has to hold: a wish always, a prerequisite where its SKU counts, a part of an alternative where the argument has
//! supposed that very part.

use super::license_set::{exclude_each_other, may_be_bought};
use crate::model::{
    Argument, ArgumentEnd, ArgumentStep, Certificate, Choice, Exclusion, Market, PlanIndex, Query,
    SkuIndex, SkuSet, Toll, Wish, WishOf, WishPart,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Arguments nested deeper are refused.
const DEPTH: usize = 300;

/// Why a certificate is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentFault {
    /// Something else may meet the demand.
    NotOnly(WishPart),
    /// The demand can still be met.
    StillOpen(WishPart),
    /// The demand does not have to hold here, or there is no such demand.
    NotDemanded(WishPart),
    /// A case is no way to meet the demand.
    NoWay(Choice),
    /// A SKU pays more tolls than it costs.
    Overcharged(SkuIndex),
    /// It costs less than claimed.
    Cheaper(u64),
    /// Costs prove nothing where nothing is claimed about them.
    NoCost,
    /// The two do not exclude each other, or are not both there.
    NoClash(SkuIndex, SkuIndex),
    /// Too many cases in cases.
    Depth,
}

impl fmt::Display for ArgumentFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOnly(part) => write!(formatter, "there are other ways to meet {part:?}"),
            Self::StillOpen(part) => write!(formatter, "{part:?} can still be met"),
            Self::NotDemanded(part) => write!(formatter, "{part:?} does not have to hold"),
            Self::NoWay(choice) => write!(formatter, "{choice:?} does not meet the demand"),
            Self::Overcharged(sku) => {
                write!(formatter, "SKU {} costs less than its tolls", sku.index())
            }
            Self::Cheaper(cost) => write!(formatter, "only a cost of {cost} is shown"),
            Self::NoCost => write!(formatter, "cost cannot show that nothing is feasible"),
            Self::NoClash(one, other) => write!(
                formatter,
                "SKUs {} and {} may be there together",
                one.index(),
                other.index()
            ),
            Self::Depth => write!(formatter, "too many cases within cases"),
        }
    }
}

impl std::error::Error for ArgumentFault {}

/// Checks that what a certificate claims about a query is true.
///
/// # Errors
/// The first step that does not follow.
pub fn check_certificate(
    market: &Market,
    query: &Query,
    certificate: &Certificate,
) -> Result<(), ArgumentFault> {
    let mut carriers: BTreeMap<PlanIndex, Vec<SkuIndex>> = BTreeMap::new();
    for (place, sku) in market.skus().iter().enumerate() {
        for (plan, certainty) in &sku.carries {
            if *certainty >= query.least_certainty {
                let carriers = carriers.entry(*plan).or_default();
                carriers.push(SkuIndex::at(place));
            }
        }
    }
    let mut left_out = SkuSet::new();
    for place in 0..market.skus().len() {
        let sku = SkuIndex::at(place);
        if !query.held.contains(sku) && !may_be_bought(query, sku) {
            left_out.insert(sku);
        }
    }
    let in_group: BTreeSet<PlanIndex> = market.exclusive().iter().flatten().copied().collect();
    let mut grouped = Vec::new();
    for (place, sku) in market.skus().iter().enumerate() {
        if sku.carries.iter().any(|(plan, _)| in_group.contains(plan)) {
            grouped.push(SkuIndex::at(place));
        }
    }
    let checking = Checking {
        market,
        query,
        carriers,
        grouped,
        cost: certificate.cost,
    };
    let mut supposed = Supposed {
        left_out,
        ..Supposed::default()
    };
    if query.exclusion == Exclusion::Sku {
        for sku in query.held.iter() {
            checking.exclude_rivals(&mut supposed, sku);
        }
    }
    checking.check(&certificate.argument, supposed, 0)
}

struct Checking<'a> {
    market: &'a Market,
    query: &'a Query,
    carriers: BTreeMap<PlanIndex, Vec<SkuIndex>>,
    /// SKUs that carry something of an exclusive group; only these can exclude each other.
    grouped: Vec<SkuIndex>,
    cost: Option<u64>,
}

/// What is supposed at a step of the argument.
#[derive(Clone, Default)]
struct Supposed {
    /// SKUs that count.
    there: BTreeSet<SkuIndex>,
    /// SKUs that do not.
    left_out: SkuSet,
    on: BTreeSet<PlanIndex>,
    off: BTreeSet<PlanIndex>,
    /// Parts of demands that hold.
    hold: BTreeSet<WishPart>,
    /// Parts of demands that do not.
    fail: BTreeSet<WishPart>,
}

impl Checking<'_> {
    fn check(
        &self,
        argument: &Argument,
        mut supposed: Supposed,
        depth: usize,
    ) -> Result<(), ArgumentFault> {
        if depth > DEPTH {
            return Err(ArgumentFault::Depth);
        }
        for step in &argument.steps {
            match step {
                ArgumentStep::Only(demand, choice) => {
                    let mut otherwise = supposed.clone();
                    self.deny(&mut otherwise, choice);
                    if self.is_possible(demand, &supposed, &otherwise)? {
                        return Err(ArgumentFault::NotOnly(demand.clone()));
                    }
                    self.suppose(&mut supposed, choice, demand)?;
                }
                ArgumentStep::Never(choice, demand) => {
                    if matches!(choice, Choice::Part(_)) {
                        return Err(ArgumentFault::NoWay(choice.clone()));
                    }
                    let mut with = supposed.clone();
                    self.suppose(&mut with, choice, demand)?;
                    if self.is_possible(demand, &with, &with)? {
                        return Err(ArgumentFault::StillOpen(demand.clone()));
                    }
                    self.deny(&mut supposed, choice);
                }
                ArgumentStep::TooDear(tolls, skus) => {
                    let cost = self.cost.ok_or(ArgumentFault::NoCost)?;
                    let (least, rest) = self.charge(tolls, &supposed)?;
                    for sku in skus {
                        let rest = rest.get(sku).copied();
                        let rest = rest.unwrap_or_else(|| self.price(*sku, &supposed));
                        let with = least.saturating_add(rest);
                        if with < cost {
                            return Err(ArgumentFault::Cheaper(with));
                        }
                    }
                    supposed.left_out.extend(skus.iter().copied());
                }
            }
        }
        match &argument.end {
            ArgumentEnd::Unmet(demand) => {
                if self.is_possible(demand, &supposed, &supposed)? {
                    return Err(ArgumentFault::StillOpen(demand.clone()));
                }
                Ok(())
            }
            ArgumentEnd::Clash(one, other) => {
                let is_there =
                    |sku: &SkuIndex| self.query.held.contains(*sku) || supposed.there.contains(sku);
                let clash = self.query.exclusion == Exclusion::Sku
                    && exclude_each_other(self.market, *one, *other);
                if clash && is_there(one) && is_there(other) {
                    Ok(())
                } else {
                    Err(ArgumentFault::NoClash(*one, *other))
                }
            }
            ArgumentEnd::Dear(tolls) => {
                let cost = self.cost.ok_or(ArgumentFault::NoCost)?;
                let (least, _) = self.charge(tolls, &supposed)?;
                if least < cost {
                    return Err(ArgumentFault::Cheaper(least));
                }
                Ok(())
            }
            ArgumentEnd::Cases(demand, cases) => {
                let mut otherwise = supposed.clone();
                for (choice, _) in cases {
                    self.deny(&mut otherwise, choice);
                }
                if self.is_possible(demand, &supposed, &otherwise)? {
                    return Err(ArgumentFault::NotOnly(demand.clone()));
                }
                for (choice, argument) in cases {
                    let mut case = supposed.clone();
                    self.suppose(&mut case, choice, demand)?;
                    self.check(argument, case, depth + 1)?;
                    self.deny(&mut supposed, choice);
                }
                Ok(())
            }
        }
    }

    /// Adds what follows from a choice.
    fn suppose(
        &self,
        supposed: &mut Supposed,
        choice: &Choice,
        demand: &WishPart,
    ) -> Result<(), ArgumentFault> {
        match choice {
            Choice::Sku(sku) => {
                if self.query.exclusion == Exclusion::Sku {
                    self.exclude_rivals(supposed, *sku);
                }
                supposed.there.insert(*sku);
            }
            Choice::Enabled(plan) => {
                if self.query.exclusion != Exclusion::Plan {
                    return Err(ArgumentFault::NoWay(choice.clone()));
                }
                for group in self
                    .market
                    .exclusive()
                    .iter()
                    .filter(|group| group.contains(plan))
                {
                    supposed
                        .off
                        .extend(group.iter().filter(|other| *other != plan));
                }
                supposed.on.insert(*plan);
            }
            Choice::Part(part) => {
                // A part may only be supposed of the demand at hand.
                if part.of != demand.of || !part.path.starts_with(&demand.path) {
                    return Err(ArgumentFault::NoWay(choice.clone()));
                }
                supposed.hold.insert(part.clone());
            }
        }
        Ok(())
    }

    fn deny(&self, supposed: &mut Supposed, choice: &Choice) {
        match choice {
            Choice::Sku(sku) => {
                supposed.left_out.insert(*sku);
            }
            Choice::Enabled(plan) => {
                supposed.off.insert(*plan);
            }
            Choice::Part(part) => {
                supposed.fail.insert(part.clone());
            }
        }
    }

    /// Leaves out what cannot be beside a SKU.
    fn exclude_rivals(&self, supposed: &mut Supposed, sku: SkuIndex) {
        if self.grouped.binary_search(&sku).is_err() {
            return;
        }
        for other in &self.grouped {
            let is_open = !self.query.held.contains(*other) && !supposed.left_out.contains(*other);
            if is_open && exclude_each_other(self.market, sku, *other) {
                supposed.left_out.insert(*other);
            }
        }
    }

    /// What a SKU adds to the cost of what is supposed to be there.
    fn price(&self, sku: SkuIndex, supposed: &Supposed) -> u64 {
        if self.query.held.contains(sku) || supposed.there.contains(&sku) {
            return 0;
        }
        self.query.price(self.market, sku)
    }

    /// What everything costs at least by these tolls, and what they leave of the prices of the SKUs that pay them.
    fn charge(
        &self,
        tolls: &[Toll],
        supposed: &Supposed,
    ) -> Result<(u64, BTreeMap<SkuIndex, u64>), ArgumentFault> {
        let bought = supposed
            .there
            .iter()
            .filter(|sku| !self.query.held.contains(**sku));
        let prices = bought.map(|sku| self.query.price(self.market, *sku));
        let mut least: u64 = prices.fold(0, u64::saturating_add);
        let mut rest: BTreeMap<SkuIndex, u64> = BTreeMap::new();
        for toll in tolls {
            let mut without = supposed.clone();
            without.left_out.extend(toll.any_of.iter().copied());
            if self.is_possible(&toll.demand, supposed, &without)? {
                return Err(ArgumentFault::NotOnly(toll.demand.clone()));
            }
            let payers: BTreeSet<SkuIndex> = toll.any_of.iter().copied().collect();
            for sku in payers {
                let left = rest.entry(sku).or_insert_with(|| self.price(sku, supposed));
                *left = left
                    .checked_sub(toll.amount)
                    .ok_or(ArgumentFault::Overcharged(sku))?;
            }
            least = least.saturating_add(toll.amount);
        }
        Ok((least, rest))
    }

    /// Whether a demand that has to hold in one case could be met in a narrower one.
    fn is_possible(
        &self,
        demand: &WishPart,
        supposed: &Supposed,
        narrower: &Supposed,
    ) -> Result<bool, ArgumentFault> {
        let refused = || ArgumentFault::NotDemanded(demand.clone());
        match demand.of {
            WishOf::Forced(sku) => {
                let is_demanded = self.query.forced.contains(sku) && demand.path.is_empty();
                is_demanded
                    .then(|| self.may_count(sku, narrower))
                    .ok_or_else(refused)
            }
            WishOf::Enabled(plan) => {
                let is_demanded = supposed.on.contains(&plan) && demand.path.is_empty();
                is_demanded
                    .then(|| self.may_be_carried(plan, None, narrower))
                    .ok_or_else(refused)
            }
            WishOf::Query(place) => {
                let wish = self.query.wishes().get(place).ok_or_else(refused)?;
                self.may_hold(wish, None, demand, supposed, narrower)
                    .ok_or_else(refused)
            }
            WishOf::Prerequisite(sku, place) => {
                let record = self
                    .market
                    .sku(sku)
                    .filter(|_| supposed.there.contains(&sku));
                let wish = record.and_then(|record| record.requires.get(place));
                self.may_hold(
                    wish.ok_or_else(refused)?,
                    Some(sku).filter(|_| !self.market.counts_own()),
                    demand,
                    supposed,
                    narrower,
                )
                .ok_or_else(refused)
            }
        }
    }

    /// Whether the part of a wish that is demanded may hold; none if nothing demands it.
    fn may_hold(
        &self,
        wish: &Wish,
        but: Option<SkuIndex>,
        demand: &WishPart,
        supposed: &Supposed,
        narrower: &Supposed,
    ) -> Option<bool> {
        let mut wish = wish;
        let mut part = WishPart {
            of: demand.of,
            path: Vec::new(),
        };
        // What is demanded so far: a part is if its whole is and either needs all parts or this one is supposed.
        let mut is_demanded = true;
        for place in &demand.path {
            let (parts, needs_all) = match wish {
                Wish::All(parts) => (parts, true),
                Wish::Any(parts) => (parts, false),
                Wish::Plan(_) | Wish::Sku(_) => return None,
            };
            wish = parts.get(*place)?;
            part.path.push(*place);
            is_demanded = (is_demanded && needs_all) || supposed.hold.contains(&part);
        }
        is_demanded.then(|| self.may_be_met(wish, but, &mut part, narrower))
    }

    fn may_be_met(
        &self,
        wish: &Wish,
        but: Option<SkuIndex>,
        part: &mut WishPart,
        supposed: &Supposed,
    ) -> bool {
        if supposed.fail.contains(part) {
            return false;
        }
        let mut each = |place: usize, wish: &Wish| {
            part.path.push(place);
            let may = self.may_be_met(wish, but, part, supposed);
            part.path.pop();
            may
        };
        match wish {
            Wish::Sku(sku) => Some(*sku) != but && self.may_count(*sku, supposed),
            Wish::Plan(plan) => {
                let is_exclusive = self.query.exclusion == Exclusion::Plan
                    && self
                        .market
                        .exclusive()
                        .iter()
                        .any(|group| group.contains(plan));
                !(is_exclusive && supposed.off.contains(plan))
                    && self.may_be_carried(*plan, but, supposed)
            }
            Wish::Any(parts) => parts
                .iter()
                .enumerate()
                .any(|(place, wish)| each(place, wish)),
            Wish::All(parts) => parts
                .iter()
                .enumerate()
                .all(|(place, wish)| each(place, wish)),
        }
    }

    fn may_be_carried(&self, plan: PlanIndex, but: Option<SkuIndex>, supposed: &Supposed) -> bool {
        let mut carriers = self.carriers.get(&plan).into_iter().flatten();
        carriers.any(|sku| Some(*sku) != but && self.may_count(*sku, supposed))
    }

    fn may_count(&self, sku: SkuIndex, supposed: &Supposed) -> bool {
        self.market.sku(sku).is_some() && !supposed.left_out.contains(sku)
    }
}
