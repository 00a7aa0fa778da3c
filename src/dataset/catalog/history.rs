//! What dated looks at the vendor's table say together: every SKU and plan, and when a SKU was seen to carry a plan.

use super::kind;
use super::look::{Look, PlanSeen, Written};
use super::naming::{self, DatedName, Spelling};
use super::span::{Sighting, Since, Span, sighting};
use crate::model::{Day, Guid, Segment, fold};
use std::collections::{BTreeMap, BTreeSet};

/// A plan that is in nearly every SKU and grants nothing. It is left out of what a SKU carries, unless it is all there is.
const FILLER: &str = "113feb6c-3fe4-4440-bddc-54d774bf0318";

/// What is known of the catalog.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The days of which anything is known, in order.
    pub days: Vec<Day>,
    /// The SKUs, in the order of their ids.
    pub skus: Vec<SkuHistory>,
    /// The plans, in the order of their ids.
    pub plans: Vec<PlanHistory>,
    /// Changes that were undone, or that one look alone shows: no claim is made of them.
    pub slips: Vec<Slip>,
}

/// A SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuHistory {
    /// The vendor's id.
    pub guid: Guid,
    /// The id in data files.
    pub id: String,
    /// Its name today.
    pub name: String,
    /// Former names.
    pub names: Vec<DatedName>,
    /// Other ways in which the table names it.
    pub aliases: Vec<String>,
    /// Who may buy it.
    pub segment: Segment,
    /// Whether it can be bought.
    pub purchasable: bool,
    /// The file that it belongs to.
    pub(super) family: &'static str,
    /// The last day on which it was seen.
    pub last: Day,
    /// The plans that it carries or carried, by their GUIDs.
    pub carries: BTreeMap<Guid, Span>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanHistory {
    /// The vendor's id.
    pub guid: Guid,
    /// The id in data files.
    pub id: String,
    /// Its name today.
    pub name: String,
    /// Former names.
    pub names: Vec<DatedName>,
    /// Other ways in which the table names it.
    pub aliases: Vec<String>,
}

/// A change that is taken for a slip of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slip {
    /// The id of the SKU.
    pub sku: String,
    /// What happened.
    pub kind: SlipKind,
    /// The plans that it happened to; none where it happened to the SKU itself.
    pub plans: Vec<String>,
}

/// A kind of slip, with days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlipKind {
    /// Not shown on these days, and shown again later.
    Missing(Vec<Day>),
    /// Shown from the first day to the second, and neither before nor after.
    CameAndWent(Day, Day),
    /// Not shown on the last day only: the next copy will tell.
    NotYetSure(Day),
}

/// Ids and names that are settled already and stay as they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    pub skus: BTreeMap<Guid, String>,
    pub plans: BTreeMap<Guid, String>,
}

/// Ids by GUID, for SKUs and for plans.
pub(super) struct Ids {
    pub skus: BTreeMap<Guid, String>,
    pub plans: BTreeMap<Guid, String>,
}

impl Ids {
    /// The ids that looks give.
    pub(super) fn of(looks: &[Look], settled: &Settled) -> Self {
        let mut skus: BTreeMap<Guid, Vec<&Written>> = BTreeMap::new();
        let mut plans: BTreeMap<Guid, Vec<&Written>> = BTreeMap::new();
        for look in looks {
            for (guid, sku) in &look.skus {
                skus.entry(*guid).or_default().push(&sku.strings);
            }
            for (guid, plan) in &look.plans {
                plans.entry(*guid).or_default().push(&plan.strings);
            }
        }
        Self {
            skus: naming::ids(&skus, &settled.skus),
            plans: naming::ids(&plans, &settled.plans),
        }
    }

    /// GUIDs by id, for reading files that name things by their ids.
    pub(super) fn reversed(map: &BTreeMap<Guid, String>) -> BTreeMap<String, Guid> {
        map.iter().map(|(guid, id)| (id.clone(), *guid)).collect()
    }
}

/// Judges looks in order of days.
pub(super) fn history(looks: &[Look], ids: &Ids) -> History {
    let mut spelling = Spelling::default();
    for look in looks {
        let skus = look.skus.values().flat_map(|sku| sku.names.keys());
        let plans = look.plans.values().flat_map(|plan| plan.names.keys());
        skus.chain(plans).for_each(|name| spelling.learn(name));
    }
    let mut history = History {
        days: looks.iter().map(|look| look.day).collect(),
        ..History::default()
    };
    let mut slips: BTreeMap<(String, SlipKind), BTreeSet<String>> = BTreeMap::new();
    for (guid, id) in &ids.skus {
        let Some(sku) = sku(*guid, id, looks, ids, &spelling, &mut slips) else {
            continue;
        };
        history.skus.push(sku);
    }
    for (guid, id) in &ids.plans {
        history.plans.extend(plan(*guid, id, looks, ids, &spelling));
    }
    history.skus.sort_by_cached_key(|sku| order(&sku.id));
    history.plans.sort_by_cached_key(|plan| order(&plan.id));
    history.slips = slips
        .into_iter()
        .map(|((sku, kind), plans)| Slip {
            sku,
            kind,
            plans: plans.into_iter().collect(),
        })
        .collect();
    history
}

/// Ids are ordered whatever their capitals.
pub(super) fn order(id: &str) -> (String, String) {
    (id.to_lowercase(), id.to_owned())
}

type Slips = BTreeMap<(String, SlipKind), BTreeSet<String>>;

fn sku(
    guid: Guid,
    id: &str,
    looks: &[Look],
    ids: &Ids,
    spelling: &Spelling,
    slips: &mut Slips,
) -> Option<SkuHistory> {
    let seen: Vec<(Day, Option<bool>)> = looks
        .iter()
        .map(|look| (look.day, Some(look.skus.contains_key(&guid))))
        .collect();
    let last = match sighting(&seen) {
        Sighting::Never => return None,
        Sighting::CameAndWent(span) => span.last,
        Sighting::Seen {
            span,
            missing,
            doubt,
        } => {
            note(slips, id, None, &missing, doubt);
            span.last
        }
    };
    let present: Vec<_> = looks
        .iter()
        .filter_map(|look| Some((look.day, look.skus.get(&guid)?)))
        .collect();
    let named: Vec<(Day, &Written)> = present
        .iter()
        .map(|(day, sku)| (*day, &sku.names))
        .collect();
    let names = naming::names(&named, spelling)?;
    let mut strings = Written::new();
    for (_, sku) in &present {
        naming::add(&mut strings, &sku.strings);
    }
    let mut plans: BTreeSet<Guid> = present
        .iter()
        .flat_map(|(_, sku)| sku.plans.iter().copied())
        .collect();
    if plans.len() > 1 {
        plans.retain(|plan| plan.to_string() != FILLER);
    }
    let mut carries = BTreeMap::new();
    for plan in plans {
        let seen: Vec<(Day, Option<bool>)> = present
            .iter()
            .map(|(day, sku)| (*day, Some(sku.plans.contains(&plan))))
            .collect();
        let plan_id = ids.plans.get(&plan)?;
        match sighting(&seen) {
            Sighting::Seen {
                span,
                missing,
                doubt,
            } => {
                note(slips, id, Some(plan_id), &missing, doubt);
                carries.insert(plan, span);
            }
            Sighting::CameAndWent(span) => {
                let first = match span.since {
                    Since::By(day) | Since::Between(_, day) => day,
                };
                let kind = SlipKind::CameAndWent(first, span.last);
                let slip = slips.entry((id.to_owned(), kind)).or_default();
                slip.insert(plan_id.clone());
            }
            Sighting::Never => {}
        }
    }
    let told = kind::told(&names.today, naming::most(&strings));
    Some(SkuHistory {
        guid,
        aliases: aliases(id, &names, &strings, &ids.skus),
        id: id.to_owned(),
        name: names.today,
        names: names.former,
        segment: told.segment,
        purchasable: told.purchasable,
        family: told.family,
        last,
        carries,
    })
}

fn note(slips: &mut Slips, sku: &str, plan: Option<&String>, missing: &[Day], doubt: Option<Day>) {
    let missing = (!missing.is_empty()).then(|| SlipKind::Missing(missing.to_vec()));
    for kind in missing.into_iter().chain(doubt.map(SlipKind::NotYetSure)) {
        let plans = slips.entry((sku.to_owned(), kind)).or_default();
        plans.extend(plan.cloned());
    }
}

fn plan(
    guid: Guid,
    id: &str,
    looks: &[Look],
    ids: &Ids,
    spelling: &Spelling,
) -> Option<PlanHistory> {
    let present: Vec<_> = looks
        .iter()
        .filter_map(|look| Some((look.day, look.plans.get(&guid)?)))
        .collect();
    // Rows of different SKUs name a plan differently at the same time; what most of them say is its name.
    let main: Vec<(Day, Written)> = present
        .iter()
        .map(|(day, plan)| (*day, main_name(plan)))
        .collect();
    let named: Vec<(Day, &Written)> = main.iter().map(|(day, names)| (*day, names)).collect();
    let mut strings = Written::new();
    for (_, plan) in &present {
        naming::add(&mut strings, &plan.strings);
    }
    let mut names = naming::names(&named, spelling).unwrap_or_default();
    if names.today.is_empty() {
        names.today = id.to_owned();
    }
    if let Some((_, newest)) = present.last() {
        // A form in one row alone is a slip of the pen more often than not.
        let common = newest.names.iter().filter(|(_, rows)| **rows > 1);
        names.others = common.map(|(name, _)| spelling.quiet(name)).collect();
    }
    Some(PlanHistory {
        guid,
        aliases: aliases(id, &names, &strings, &ids.plans),
        id: id.to_owned(),
        name: names.today,
        names: names.former,
    })
}

/// The name that most rows have, with all its spellings. A string id in the place of a name is none, if there is another.
fn main_name(plan: &PlanSeen) -> Written {
    let real = plan
        .names
        .iter()
        .filter(|(name, _)| !plan.strings.contains_key(*name));
    let real: Written = real.map(|(name, rows)| (name.clone(), *rows)).collect();
    let names = if real.is_empty() { &plan.names } else { &real };
    let mut rows = Written::new();
    for (name, count) in names {
        *rows.entry(fold(name)).or_default() += count;
    }
    let main = naming::most(&rows);
    let spelt = names.iter().filter(|(name, _)| fold(name) == main);
    spelt.map(|(name, count)| (name.clone(), *count)).collect()
}

/// Names and string ids by which the table also shows a thing, but for those that are the id of another.
fn aliases(
    id: &str,
    names: &naming::Names,
    strings: &Written,
    ids: &BTreeMap<Guid, String>,
) -> Vec<String> {
    let mut known: BTreeSet<String> = BTreeSet::from([fold(id), fold(&names.today)]);
    known.extend(names.former.iter().map(|former| fold(&former.name)));
    let mut aliases = Vec::new();
    let strings = strings
        .keys()
        .filter(|string| !ids.values().any(|other| other.eq_ignore_ascii_case(string)));
    for alias in names.others.iter().chain(strings) {
        if known.insert(fold(alias)) {
            aliases.push(alias.clone());
        }
    }
    aliases
}
