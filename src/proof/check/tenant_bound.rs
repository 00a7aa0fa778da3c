//! Whether a tenant cannot be licensed for less than claimed, by weak duality, in exact integers.
//!
//! Whoever buys seats pays their prices; whoever uses a seat owes what the certificate says that it is worth. If no seat is
//! worth more than it takes to buy one, any way to license the tenant costs at least what all people owe at their
//! cheapest sets, less what the owned seats are worth, and what the rules are worth. Nothing here knows how the prices were
//! found.

use super::argument::{ArgumentFault, check_certificate};
use super::license_set::may_be_bought;
use crate::model::{
    Certificate, Market, SeatPrices, SeatRule, SkuIndex, TenantArgument, TenantCertificate,
    TenantQuery,
};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Splits nested deeper are refused.
const DEPTH: usize = 100;

/// Why a bound of a tenant's cost is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundFault {
    /// The argument for the persona at this place does not hold.
    Persona(usize, ArgumentFault),
    /// A seat is worth more than it takes to buy one.
    Price(SkuIndex),
    /// There is not one price for each rule, one argument for each persona, or no such persona.
    Misfit,
    /// A persona's people may have different sets, so either-or does not hold; or there are too many splits in splits.
    Split,
    /// Numbers are too large to be counted with.
    Overflow,
    /// Only so much is shown.
    Cheaper(u128),
}

impl fmt::Display for BoundFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Persona(place, fault) => write!(formatter, "persona {place}: {fault}"),
            Self::Price(sku) => write!(
                formatter,
                "a seat of SKU {} is worth more than buying one",
                sku.index()
            ),
            Self::Misfit => write!(formatter, "the certificate is about another tenant"),
            Self::Split => write!(formatter, "a persona's people need not all have the same"),
            Self::Overflow => write!(formatter, "numbers are too large"),
            Self::Cheaper(cost) => write!(formatter, "only a cost of {cost} is shown"),
        }
    }
}

impl std::error::Error for BoundFault {}

/// Checks that no way to license a tenant costs less than a certificate claims, or that there is none.
///
/// # Errors
/// The first thing that does not follow.
pub fn check_tenant_certificate(
    market: &Market,
    tenant: &TenantQuery,
    certificate: &TenantCertificate,
) -> Result<(), BoundFault> {
    let mut checking = Checking {
        market,
        tenant,
        minima: certificate.minima.iter(),
    };
    let least = checking.least(&mut tenant.clone(), &certificate.argument, 0)?;
    if checking.minima.next().is_some() {
        return Err(BoundFault::Misfit);
    }
    if least < certificate.cost.unwrap_or(u128::MAX) {
        return Err(BoundFault::Cheaper(least));
    }
    Ok(())
}

struct Checking<'a> {
    market: &'a Market,
    tenant: &'a TenantQuery,
    minima: std::slice::Iter<'a, Vec<Certificate>>,
}

impl Checking<'_> {
    /// What a tenant with narrower personas costs at least; the most there is where there is no way.
    fn least(
        &mut self,
        part: &mut TenantQuery,
        argument: &TenantArgument,
        depth: usize,
    ) -> Result<u128, BoundFault> {
        let (persona, sku, with, without) = match argument {
            TenantArgument::Prices(prices) => {
                let minima = self.minima.next().ok_or(BoundFault::Misfit)?;
                return self.least_at(part, prices, minima);
            }
            TenantArgument::Split {
                persona,
                sku,
                with,
                without,
            } => (*persona, *sku, with, without),
        };
        if !self.tenant.one_set || depth > DEPTH {
            return Err(BoundFault::Split);
        }
        let place = part.personas.get(persona).ok_or(BoundFault::Misfit)?;
        let whole = place.query.clone();
        part.personas[persona].query.forced.insert(sku);
        let one = self.least(part, with, depth + 1)?;
        part.personas[persona].query = whole.clone();
        part.personas[persona].query.forbidden.insert(sku);
        let other = self.least(part, without, depth + 1)?;
        part.personas[persona].query = whole;
        Ok(one.min(other))
    }

    /// The bound that these prices give.
    fn least_at(
        &self,
        part: &TenantQuery,
        prices: &SeatPrices,
        minima: &[Certificate],
    ) -> Result<u128, BoundFault> {
        let denominator = i128::from(prices.denominator);
        let is_whole = prices.at_least.len() == part.at_least.len()
            && prices.at_most.len() == part.at_most.len();
        let people = part.personas.iter().filter(|persona| persona.people > 0);
        if denominator == 0 || !is_whole || people.count() != minima.len() {
            return Err(BoundFault::Misfit);
        }
        let owned = |sku: &SkuIndex| i128::from(part.owned.get(sku).copied().unwrap_or(0));
        // What the rules are worth by themselves, and what a seat of each SKU is worth to them.
        let mut sum = Sum(0);
        let count = self.market.skus().len();
        let mut to_rules = vec![0i128; count];
        let at_least = part.at_least.iter().zip(&prices.at_least);
        let at_least = at_least.map(|(rule, price)| (rule, i128::from(*price)));
        let at_most = part.at_most.iter().zip(&prices.at_most);
        let at_most = at_most.map(|(rule, price)| (rule, -i128::from(*price)));
        for (rule, price) in at_least.chain(at_most) {
            sum.add(price, i128::from(rule.seats))?;
            for sku in skus(rule) {
                sum.add(-price, owned(&sku))?;
                if let Some(worth) = to_rules.get_mut(sku.index()) {
                    *worth = worth.checked_add(price).ok_or(BoundFault::Overflow)?;
                }
            }
        }
        let mut worth = Vec::with_capacity(count);
        for (place, record) in self.market.skus().iter().enumerate() {
            let sku = SkuIndex::at(place);
            let given = prices.owned.get(&sku).map(|price| i128::from(*price));
            let mut personas = self.tenant.personas.iter();
            let own = if personas.any(|persona| may_be_bought(&persona.query, sku)) {
                let full = denominator.checked_mul(i128::from(record.price));
                let most = full.and_then(|full| full.checked_sub(to_rules[place]));
                let most = most.ok_or(BoundFault::Overflow)?;
                let own = given.unwrap_or(most);
                if own > most || own < 0 {
                    return Err(BoundFault::Price(sku));
                }
                own
            } else {
                given.unwrap_or(0)
            };
            sum.add(-own, owned(&sku))?;
            worth.push(u64::try_from(own).map_err(|_| BoundFault::Overflow)?);
        }
        let worth: Arc<[u64]> = worth.into();
        let mut minima = minima.iter();
        for (place, persona) in part.personas.iter().enumerate() {
            if persona.people == 0 {
                continue;
            }
            let certificate = minima.next().ok_or(BoundFault::Misfit)?;
            let mut query = persona.query.clone();
            let priced = query.set_prices(Arc::clone(&worth));
            priced.map_err(|_| BoundFault::Overflow)?;
            check_certificate(self.market, &query, certificate)
                .map_err(|fault| BoundFault::Persona(place, fault))?;
            let Some(least) = certificate.cost else {
                return Ok(u128::MAX);
            };
            sum.add(i128::from(least), i128::from(persona.people))?;
        }
        // What costs a fraction costs at least the next whole unit.
        let up = i128::from(sum.0.rem_euclid(denominator) > 0);
        Ok(u128::try_from(sum.0.div_euclid(denominator) + up).unwrap_or(0))
    }
}

/// The SKUs of a rule, each once.
fn skus(rule: &SeatRule) -> BTreeSet<SkuIndex> {
    rule.skus.iter().copied().collect()
}

/// A sum of products that says so when it cannot be counted.
struct Sum(i128);

impl Sum {
    fn add(&mut self, price: i128, times: i128) -> Result<(), BoundFault> {
        let product = price.checked_mul(times);
        let sum = product.and_then(|product| self.0.checked_add(product));
        self.0 = sum.ok_or(BoundFault::Overflow)?;
        Ok(())
    }
}
