//! What couples personas, as rows and columns of the master.

use super::master::{Column, Prices};
use crate::model::{Market, SeatPrices, SeatRule, SkuIndex, SkuSet, TenantQuery};
use std::sync::Arc;

/// Rows that several personas share.
pub(super) struct Coupling {
    /// By SKU: the row of its owned seats, if it has any.
    seats: Vec<Option<usize>>,
    /// By row of owned seats, which come first: the SKU.
    owned: Vec<SkuIndex>,
    /// By SKU: the rules that count its seats.
    rules: Vec<Vec<usize>>,
    prices: Vec<i128>,
    /// SKUs of which further seats may be bought.
    pub(super) for_sale: SkuSet,
    pub(super) right: Vec<i128>,
    /// By row: the column of what is left over or too many, with its entry.
    pub(super) slack: Vec<(i128, usize)>,
    /// Columns that are nobody's set.
    pub(super) columns: Vec<Column>,
    /// What breaking a row costs for each unit: more than anything worth it.
    pub(super) too_much: i128,
}

impl Coupling {
    /// The rows of a tenant, whose personas may be narrowed; `for_sale` is what the tenant may buy.
    pub(super) fn of(market: &Market, tenant: &TenantQuery, for_sale: &SkuSet) -> Self {
        let count = market.skus().len();
        let queries = || tenant.personas.iter().map(|persona| &persona.query);
        let allowed = queries().flat_map(|query| query.allowed.iter());
        let mut wanted: SkuSet = allowed.collect();
        wanted.extend(queries().flat_map(|query| query.forced.iter()));
        let prices: Vec<i128> = market
            .skus()
            .iter()
            .map(|sku| i128::from(sku.price))
            .collect();
        let mut coupling = Self {
            seats: vec![None; count],
            rules: vec![Vec::new(); count],
            too_much: (prices.iter().sum::<i128>() + 1) * 16,
            prices,
            for_sale: for_sale.clone(),
            owned: Vec::new(),
            right: Vec::new(),
            slack: Vec::new(),
            columns: Vec::new(),
        };
        for (sku, seats) in &tenant.owned {
            if *seats > 0 && wanted.contains(*sku) && sku.index() < count {
                coupling.seats[sku.index()] = Some(coupling.right.len());
                coupling.owned.push(*sku);
                coupling.right.push(i128::from(*seats));
                coupling.slack.push((1, 0));
            }
        }
        let rules = tenant.at_least.iter().map(|rule| (rule, -1));
        for (rule, slack) in rules.chain(tenant.at_most.iter().map(|rule| (rule, 1))) {
            coupling.add_rule(rule, slack, tenant);
        }
        for row in 0..coupling.right.len() {
            let entry = coupling.slack[row].0;
            coupling.slack[row].1 = coupling.columns.len();
            coupling.columns.push(Column {
                persona: None,
                cost: 0,
                entries: vec![(row, entry)],
            });
        }
        // Seats that are bought beside those that a set brings: of what is owned, or for a rule alone.
        for sku in (0..count).map(SkuIndex::at) {
            let seats = coupling.seats[sku.index()];
            let rules = &coupling.rules[sku.index()];
            if coupling.for_sale.contains(sku) && (seats.is_some() || !rules.is_empty()) {
                let mut entries: Vec<(usize, i128)> = rules.iter().map(|row| (*row, 1)).collect();
                entries.extend(seats.map(|row| (row, -1)));
                coupling.columns.push(Column {
                    persona: None,
                    cost: coupling.prices[sku.index()],
                    entries,
                });
            }
        }
        coupling
    }

    fn add_rule(&mut self, rule: &SeatRule, slack: i128, tenant: &TenantQuery) {
        let mut right = i128::from(rule.seats);
        let mut skus: Vec<SkuIndex> = rule.skus.clone();
        skus.sort_unstable();
        skus.dedup();
        for sku in skus {
            right -= i128::from(tenant.owned.get(&sku).copied().unwrap_or(0));
            if let Some(rules) = self.rules.get_mut(sku.index()) {
                rules.push(self.right.len());
            }
        }
        self.right.push(right);
        self.slack.push((slack, 0));
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.right.len()
    }

    /// What one person with a SKU costs and takes. Of what is owned, a seat; of anything else, the price, and it counts for
    /// the rules.
    fn of_sku(&self, sku: SkuIndex) -> (i128, impl Iterator<Item = (usize, i128)> + '_) {
        let seats = self.seats.get(sku.index()).copied().flatten();
        let price = self.prices.get(sku.index()).copied().unwrap_or(0);
        let rules = self.rules.get(sku.index()).map_or(&[][..], Vec::as_slice);
        let rules = if seats.is_some() { &[] } else { rules };
        let cost = if seats.is_some() { 0 } else { price };
        let entries = rules.iter().copied().chain(seats).map(|row| (row, 1));
        (cost, entries)
    }

    /// The column of a persona's set.
    pub(super) fn column(&self, persona: usize, bought: &[SkuIndex]) -> Column {
        let mut cost = 0;
        let mut entries: Vec<(usize, i128)> = Vec::new();
        for sku in bought {
            let (own, rows) = self.of_sku(*sku);
            cost += own;
            entries.extend(rows);
        }
        entries.sort_unstable();
        entries.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                kept.1 += later.1;
            }
            is_same
        });
        Column {
            persona: Some(persona),
            cost,
            entries,
        }
    }

    /// What a person pays for each SKU at the prices of the rows, times their denominator. None where one is beyond what
    /// can be asked with, or below nothing.
    pub(super) fn prices(
        &self,
        market: &Market,
        prices: &Prices,
        denominator: i128,
    ) -> Option<Arc<[u64]>> {
        let price = |place: usize| {
            // Nobody has what is not for sale, whatever a rule makes of it.
            if !self.for_sale.contains(SkuIndex::at(place)) {
                return Some(0);
            }
            let (cost, entries) = self.of_sku(SkuIndex::at(place));
            let mut price = denominator.checked_mul(cost)?;
            for (row, entry) in entries {
                price = price.checked_sub(prices[row].checked_mul(entry)?)?;
            }
            u64::try_from(price).ok()
        };
        (0..market.skus().len()).map(price).collect()
    }

    /// The prices of the rows as anyone can read them; none where one has the wrong sign, which the best prices never have,
    /// or is too large.
    pub(super) fn seat_prices(
        &self,
        tenant: &TenantQuery,
        prices: &Prices,
        denominator: i128,
    ) -> Option<SeatPrices> {
        let (seats, rules) = prices.split_at_checked(self.owned.len())?;
        let (at_least, at_most) = rules.split_at_checked(tenant.at_least.len())?;
        let worth = |price: &i128| u64::try_from(*price).ok();
        let less = |price: &i128| u64::try_from(price.checked_neg()?).ok();
        let mut owned = SeatPrices::nothing(tenant).owned;
        for (sku, price) in self.owned.iter().zip(seats) {
            owned.insert(*sku, less(price)?);
        }
        Some(SeatPrices {
            denominator: u64::try_from(denominator).ok()?,
            owned,
            at_least: at_least.iter().map(worth).collect::<Option<_>>()?,
            at_most: at_most.iter().map(less).collect::<Option<_>>()?,
        })
    }

    /// What a person pays for each SKU at these prices, times their denominator.
    pub(super) fn paid(&self, market: &Market, prices: &SeatPrices) -> Option<Arc<[u64]>> {
        let owned = |sku| prices.owned.get(sku).copied().unwrap_or(0);
        let seats = self.owned.iter().map(|sku| -i128::from(owned(sku)));
        let at_least = prices.at_least.iter().map(|price| i128::from(*price));
        let at_most = prices.at_most.iter().map(|price| -i128::from(*price));
        let rows: Prices = seats.chain(at_least).chain(at_most).collect();
        self.prices(market, &rows, i128::from(prices.denominator))
    }
}
