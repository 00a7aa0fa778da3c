//! The market beside instance files: `catalog.json`.
//!
//! In that format a listed SKU or plan meets a prerequisite whoever brings it, so a SKU may meet its own.

use super::elements::{check_depth, value};
use crate::dataset::SourceMap;
use crate::model::{
    Code, Day, Diagnostic, FileId, Market, MarketSku, PlanIndex, SkuIndex, SkuSet, Wish, clean,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `catalog.json` as written; what is not needed here is passed over.
#[derive(Deserialize)]
struct RawCatalog {
    plans: Vec<serde::de::IgnoredAny>,
    skus: Vec<RawSku>,
    exclusive_groups: BTreeMap<String, Vec<usize>>,
}

#[derive(Deserialize)]
struct RawSku {
    string_id: String,
    segment: String,
    purchasable: bool,
    price: u64,
    plans: Vec<usize>,
    certainty: Option<Vec<u8>>,
    announced: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    #[serde(default)]
    requires: Vec<RawClause>,
}

#[derive(Deserialize)]
struct RawClause {
    #[serde(default)]
    skus: Vec<usize>,
    #[serde(default)]
    plans: Vec<usize>,
}

/// A market with what decides who may buy what.
pub(super) struct Catalog {
    pub(super) market: Market,
    /// By SKU: its string id.
    pub(super) names: Vec<String>,
    sales: Vec<Sale>,
}

/// Who may buy a SKU, and when.
struct Sale {
    segment: String,
    purchasable: bool,
    announced: Option<Day>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
}

impl Catalog {
    /// Reads a catalog.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn read(sources: &SourceMap, file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let text = sources.text(file);
        check_depth(text, file).map_err(|problem| vec![problem])?;
        let raw: RawCatalog = value(text, 0..text.len(), file).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let mut skus = Vec::new();
        let mut sales = Vec::new();
        let mut names = Vec::new();
        for (place, sku) in raw.skus.into_iter().enumerate() {
            let mut day = |key: &str, text: &Option<String>| {
                let text = text.as_deref()?;
                let day = Day::parse(text);
                if day.is_none() {
                    let what = format!("`{key}` of SKU {place} is `{}`", clean(text).text);
                    let problem = Diagnostic::new(Code::BadDate, what);
                    problems.push(
                        problem
                            .at(file, 0..0, "")
                            .help("write a day, as 2026-08-20"),
                    );
                }
                day
            };
            sales.push(Sale {
                announced: day("announced", &sku.announced),
                valid_from: day("valid_from", &sku.valid_from),
                valid_to: day("valid_to", &sku.valid_to),
                segment: sku.segment,
                purchasable: sku.purchasable,
            });
            let certainty = sku.certainty.unwrap_or_default();
            if !certainty.is_empty() && certainty.len() != sku.plans.len() {
                let what = format!(
                    "SKU {place} carries {} plans and has {} certainties",
                    sku.plans.len(),
                    certainty.len()
                );
                let problem = Diagnostic::new(Code::WrongType, what);
                problems.push(problem.at(file, 0..0, "").help("write one for each plan"));
            }
            let certainty = |place: usize| certainty.get(place).copied();
            let carries = sku.plans.iter().enumerate().map(|(place, plan)| {
                let certainty = certainty(place).unwrap_or(Market::MOST_CERTAIN);
                (PlanIndex::at(*plan), certainty)
            });
            skus.push(MarketSku {
                price: sku.price,
                surplus: 0,
                carries: carries.collect(),
                requires: sku.requires.iter().map(RawClause::wish).collect(),
            });
            names.push(clean(&sku.string_id).text);
        }
        let group = |plans: &Vec<usize>| plans.iter().map(|plan| PlanIndex::at(*plan)).collect();
        let exclusive = raw.exclusive_groups.values().map(group).collect();
        match Market::new(raw.plans.len(), skus, exclusive) {
            Ok(market) if problems.is_empty() => Ok(Self {
                market: market.counting_own(),
                names,
                sales,
            }),
            Ok(_) => Err(problems),
            Err(faults) => {
                let faults = faults.iter().map(|fault| {
                    Diagnostic::new(Code::UnknownId, fault.to_string())
                        .at(file, 0..0, "")
                        .help("plans and SKUs are numbers, counted from 0 in their lists")
                });
                problems.extend(faults);
                Err(problems)
            }
        }
    }

    /// What may be bought in some segments, on a day with the knowledge of another one; at any time without these.
    pub(super) fn allowed(&self, segments: &[String], days: Option<(Day, Day)>) -> SkuSet {
        let is_allowed = |sale: &Sale| {
            let is_sold = days.is_none_or(|(on, known)| {
                sale.announced.is_none_or(|announced| announced <= known)
                    && sale.valid_from.is_none_or(|from| from <= on)
                    && sale.valid_to.is_none_or(|to| on < to)
            });
            sale.purchasable && is_sold && segments.contains(&sale.segment)
        };
        let allowed = self.sales.iter().enumerate();
        allowed
            .filter(|(_, sale)| is_allowed(sale))
            .map(|(place, _)| SkuIndex::at(place))
            .collect()
    }
}

impl RawClause {
    /// One listed SKU or plan at least.
    fn wish(&self) -> Wish {
        let skus = self.skus.iter().map(|sku| Wish::Sku(SkuIndex::at(*sku)));
        let plans = self
            .plans
            .iter()
            .map(|plan| Wish::Plan(PlanIndex::at(*plan)));
        Wish::Any(skus.chain(plans).collect())
    }
}
