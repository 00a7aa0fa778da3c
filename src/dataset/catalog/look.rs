//! What the vendor's table showed on a day: from a copy of it, or from what is known of the changes in between.
//!
//! Copies are years apart. For more days it is known what changed since the look before; these changes stand in
//! `data/catalog-dates` as `[[look]]` records and make whole looks of the days between two copies.

use super::copy::TableCopy;
use crate::dataset::place::{Placed, Problems};
use crate::dataset::read::{RawLook, RawLookPlans, read};
use crate::dataset::source_map::SourceMap;
use crate::model::{Day, Guid};
use std::collections::{BTreeMap, BTreeSet};

/// Written forms with the number of rows that have them.
pub(super) type Written = BTreeMap<String, usize>;

/// The state of the table on a day.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub day: Day,
    /// The SKUs it lists.
    pub skus: BTreeMap<Guid, SkuSeen>,
    /// The plans it lists; empty where only changes are known.
    pub plans: BTreeMap<Guid, PlanSeen>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct SkuSeen {
    pub strings: Written,
    /// Empty where nobody knows.
    pub names: Written,
    pub plans: BTreeSet<Guid>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct PlanSeen {
    pub strings: Written,
    pub names: Written,
}

impl Look {
    /// What a copy shows.
    pub(super) fn of(copy: &TableCopy) -> Self {
        let mut look = Self {
            day: copy.day,
            skus: BTreeMap::new(),
            plans: BTreeMap::new(),
        };
        let count = |written: &mut Written, text: &str| {
            if !text.is_empty() {
                *written.entry(text.to_owned()).or_default() += 1;
            }
        };
        for row in &copy.rows {
            let sku = look.skus.entry(row.sku).or_default();
            count(&mut sku.strings, &row.sku_string);
            count(&mut sku.names, &row.sku_name);
            sku.plans.insert(row.plan);
            let plan = look.plans.entry(row.plan).or_default();
            count(&mut plan.strings, &row.plan_string);
            count(&mut plan.names, &row.plan_name);
        }
        look
    }
}

/// What changed in the table until a day, since the look before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The day.
    pub day: Day,
    added: Vec<String>,
    gone: Vec<String>,
    renamed: Vec<(String, String)>,
    gained: Vec<(String, String)>,
    lost: Vec<(String, String)>,
    /// What there is to know about the state of that day.
    pub note: String,
}

/// The `[[look]]` records among data files, by day. Those with a problem are left out; whoever loads the files as data
/// reports it.
pub fn changes(sources: &SourceMap) -> Vec<Changes> {
    let problems = Problems::default();
    let looks = read(sources, &problems).raw.looks;
    let mut found: Vec<Changes> = looks.into_iter().filter_map(from_raw).collect();
    found.sort_by_key(|changes| changes.day);
    found.dedup_by_key(|changes| changes.day);
    found
}

fn from_raw(raw: RawLook) -> Option<Changes> {
    let ids = |ids: Vec<Placed<String>>| ids.into_iter().map(|id| id.value).collect();
    let plans = |items: Vec<RawLookPlans>| {
        let items = items
            .into_iter()
            .filter_map(|item| Some((item.sku?.value, item.plans)));
        let pairs = items.flat_map(|(sku, plans)| {
            let plans = plans.into_iter();
            plans.map(move |plan| (sku.clone(), plan.value))
        });
        pairs.collect()
    };
    let renamed = raw.renamed.into_iter();
    Some(Changes {
        day: raw.day?.value,
        added: ids(raw.added),
        gone: ids(raw.gone),
        renamed: renamed
            .filter_map(|renamed| Some((renamed.sku?.value, renamed.name?.to_string())))
            .collect(),
        gained: plans(raw.gained),
        lost: plans(raw.lost),
        note: raw.note.to_string(),
    })
}

/// The ids of the things that copies show, by what they are called in data files.
pub(super) struct Ids<'a> {
    pub skus: &'a BTreeMap<String, Guid>,
    pub plans: &'a BTreeMap<String, Guid>,
}

/// Puts the days of which only changes are known between the looks that copies gave. What no copy shows is told and
/// left out; so are days before the first copy and after the last.
///
/// A SKU that came between two copies is taken to have carried from the start what the next copy shows, but for plans
/// that a later change names.
pub(super) fn fill_in(
    copies: Vec<Look>,
    changes: &[Changes],
    ids: &Ids<'_>,
    unknown: &mut BTreeSet<String>,
) -> Vec<Look> {
    let mut looks: Vec<Look> = Vec::new();
    let mut copies = copies.into_iter().peekable();
    while let Some(copy) = copies.next() {
        let mut last = copy.skus.clone();
        let before = copy.day;
        looks.push(copy);
        let Some(next) = copies.peek() else { break };
        let until_next: Vec<Known> = changes
            .iter()
            .filter(|changes| before < changes.day && changes.day <= next.day)
            .map(|changes| Known::of(changes, ids, unknown))
            .collect();
        for (at, known) in until_next.iter().enumerate() {
            // The copy itself shows its day; what is known of its changes only tells what was there before.
            if known.day == next.day {
                break;
            }
            known.apply(
                &mut last,
                &next.skus,
                until_next.get(at + 1..).unwrap_or_default(),
            );
            looks.push(Look {
                day: known.day,
                skus: last.clone(),
                plans: BTreeMap::new(),
            });
        }
    }
    looks
}

/// Changes whose ids are known.
struct Known {
    day: Day,
    added: Vec<Guid>,
    gone: Vec<Guid>,
    renamed: Vec<(Guid, String)>,
    gained: BTreeSet<(Guid, Guid)>,
    lost: BTreeSet<(Guid, Guid)>,
}

impl Known {
    fn of(changes: &Changes, ids: &Ids<'_>, unknown: &mut BTreeSet<String>) -> Self {
        let skus = |list: &[String], unknown: &mut BTreeSet<String>| {
            let known = list.iter().filter_map(|id| ids.sku(id, unknown));
            known.collect::<Vec<Guid>>()
        };
        let pairs = |pairs: &[(String, String)], unknown: &mut BTreeSet<String>| {
            let known = pairs.iter().filter_map(|(sku, plan)| {
                let sku = ids.sku(sku, unknown);
                sku.zip(ids.plan(plan, unknown))
            });
            known.collect::<BTreeSet<(Guid, Guid)>>()
        };
        let renamed = changes.renamed.iter();
        Self {
            day: changes.day,
            added: skus(&changes.added, unknown),
            gone: skus(&changes.gone, unknown),
            renamed: renamed
                .filter_map(|(id, name)| Some((ids.sku(id, unknown)?, name.clone())))
                .collect(),
            gained: pairs(&changes.gained, unknown),
            lost: pairs(&changes.lost, unknown),
        }
    }

    fn apply(
        &self,
        skus: &mut BTreeMap<Guid, SkuSeen>,
        next: &BTreeMap<Guid, SkuSeen>,
        later: &[Self],
    ) {
        for sku in &self.gone {
            skus.remove(sku);
        }
        for sku in &self.added {
            let mut seen = next.get(sku).cloned().unwrap_or_default();
            seen.names.clear();
            for later in later.iter().rev() {
                let of_sku = |pair: &&(Guid, Guid)| pair.0 == *sku;
                for (_, plan) in later.gained.iter().filter(of_sku) {
                    seen.plans.remove(plan);
                }
                seen.plans
                    .extend(later.lost.iter().filter(of_sku).map(|(_, plan)| *plan));
            }
            skus.insert(*sku, seen);
        }
        for (sku, name) in &self.renamed {
            if let Some(seen) = skus.get_mut(sku) {
                seen.names = Written::from([(name.clone(), 1)]);
            }
        }
        for (sku, plan) in &self.gained {
            if let Some(seen) = skus.get_mut(sku) {
                seen.plans.insert(*plan);
            }
        }
        for (sku, plan) in &self.lost {
            if let Some(seen) = skus.get_mut(sku) {
                seen.plans.remove(plan);
            }
        }
    }
}

impl Ids<'_> {
    fn sku(&self, id: &str, unknown: &mut BTreeSet<String>) -> Option<Guid> {
        find(self.skus, "SKU", id, unknown)
    }

    fn plan(&self, id: &str, unknown: &mut BTreeSet<String>) -> Option<Guid> {
        find(self.plans, "plan", id, unknown)
    }
}

fn find(
    map: &BTreeMap<String, Guid>,
    kind: &str,
    id: &str,
    unknown: &mut BTreeSet<String>,
) -> Option<Guid> {
    let found = map.get(id).copied();
    if found.is_none() {
        unknown.insert(format!("{kind} {id}"));
    }
    found
}
