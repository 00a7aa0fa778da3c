//! The catalog that is there already: what an import would change in it, and what it would add.

use super::history::{History, Settled, SkuHistory, order};
use super::kind::told;
use super::look::{Look, PlanSeen, SkuSeen, Written};
use super::naming::DatedName;
use super::span::{Since, Span};
use super::write::{self, CatalogSource, source_id};
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{
    Boundary, Claim, ClaimKind, Day, Guid, Named, PlanId, Segment, SkuId, Text, fold,
};
use std::collections::{BTreeMap, BTreeSet};

/// What differs between the present catalog and an imported one, each list in the order of ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogChanges {
    /// SKUs that are new: id and name.
    pub skus_added: Vec<(String, String)>,
    /// SKUs that are there no longer: id and name.
    pub skus_gone: Vec<(String, String)>,
    /// SKUs with another name: id, the name so far, the new one.
    pub skus_renamed: Vec<(String, String, String)>,
    /// Plans that are new: id and name.
    pub plans_added: Vec<(String, String)>,
    /// Plans that are there no longer: id and name.
    pub plans_gone: Vec<(String, String)>,
    /// Plans with another name: id, the name so far, the new one.
    pub plans_renamed: Vec<(String, String, String)>,
    /// SKUs that go by further names: id, and the names.
    pub skus_aliased: Vec<(String, Vec<String>)>,
    /// Plans that go by further names: id, and the names.
    pub plans_aliased: Vec<(String, Vec<String>)>,
    /// SKUs whose new name tells otherwise who may buy them: id, who so far, and who now.
    pub skus_reclassified: Vec<(String, String, String)>,
    /// SKUs that carry something else, or at other dates.
    pub carried: Vec<CarriedChange>,
}

/// What a SKU that is there carries otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CarriedChange {
    /// The id of the SKU.
    pub sku: String,
    /// Plans that are new, with the time since when.
    pub gained: Vec<(String, String)>,
    /// Plans that were seen no longer, with the time.
    pub ended: Vec<(String, String)>,
    /// Plans of which nothing is said any more.
    pub dropped: Vec<String>,
    /// Plans with other dates: the dates so far, and the new ones.
    pub redated: Vec<(String, String, String)>,
}

impl CatalogChanges {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A SKU or plan as it is.
struct Known {
    id: String,
    name: String,
    /// Every name that it has or had, folded.
    variants: BTreeSet<String>,
}

/// The present catalog, by GUIDs.
pub(super) struct Present<'k> {
    knowledge: &'k KnowledgeBase,
    skus: BTreeMap<Guid, (SkuId, Known)>,
    plans: BTreeMap<Guid, (PlanId, Known)>,
    /// What SKUs carry by the vendor's table: the inclusions in the short form, also those that count for nothing.
    carried: BTreeMap<SkuId, Carried<'k>>,
    nothing: Carried<'k>,
}

type Carried<'k> = BTreeMap<PlanId, &'k Claim>;

impl<'k> Present<'k> {
    pub(super) fn of(knowledge: &'k KnowledgeBase) -> Self {
        let known = |named: Named, id: &str, aliases: &[Text]| {
            let name = knowledge.name(named).to_owned();
            let dated = knowledge.about(Topic::NamesOf(named)).iter();
            let dated = dated.filter_map(|claim| match &knowledge.claims[*claim].kind {
                ClaimKind::Name { name, .. } => Some(fold(name)),
                _ => None,
            });
            let aliases = aliases.iter().map(|alias| fold(alias));
            let variants = dated.chain(aliases).chain([fold(&name)]).collect();
            Known {
                id: id.to_owned(),
                name,
                variants,
            }
        };
        let skus = knowledge.skus.iter().filter_map(|(id, sku)| {
            let known = known(Named::Sku(id), &sku.id, &sku.aliases);
            Some((sku.guid?, (id, known)))
        });
        let plans = knowledge.plans.iter().filter_map(|(id, plan)| {
            let known = known(Named::Plan(id), &plan.id, &plan.aliases);
            Some((plan.guid?, (id, known)))
        });
        let mut carried: BTreeMap<SkuId, Carried<'k>> = BTreeMap::new();
        for (_, claim) in knowledge.claims.iter() {
            if let ClaimKind::Inclusion { sku, plan } = claim.kind {
                let short = (&knowledge.skus[sku].id, &knowledge.plans[plan].id);
                if claim.id.as_str() == format!("inclusion:{}:{}", short.0, short.1) {
                    carried.entry(sku).or_default().insert(plan, claim);
                }
            }
        }
        Self {
            knowledge,
            skus: skus.collect(),
            plans: plans.collect(),
            carried,
            nothing: Carried::new(),
        }
    }

    /// The day of the newest copy that the present catalog cites.
    pub(super) fn newest(&self) -> Option<Day> {
        let sources = self.knowledge.sources.iter();
        let days = sources.filter_map(|(_, source)| {
            let day = source.published.as_ref().and_then(Boundary::exact)?;
            (source.id.as_str() == source_id(day)).then_some(day)
        });
        days.max()
    }

    /// The day on which the copy of a day was read, where the present data has it as a source.
    pub(super) fn read(&self, day: Day) -> Option<Day> {
        let id = self.knowledge.sources.find(&source_id(day))?;
        Some(self.knowledge.sources[id].read)
    }

    /// Its ids, which stay as they are.
    pub(super) fn settled(&self) -> Settled {
        let ids = |(guid, known): (&Guid, &Known)| (*guid, known.id.clone());
        Settled {
            skus: self
                .skus
                .iter()
                .map(|(guid, (_, known))| ids((guid, known)))
                .collect(),
            plans: self
                .plans
                .iter()
                .map(|(guid, (_, known))| ids((guid, known)))
                .collect(),
        }
    }

    /// What it would look like if it were a copy of a day.
    pub(super) fn look(&self, day: Day) -> Look {
        let one = |text: &str| Written::from([(text.to_owned(), 1)]);
        let guids: BTreeMap<PlanId, Guid> = self
            .plans
            .iter()
            .map(|(guid, (id, _))| (*id, *guid))
            .collect();
        let skus = self.skus.iter().map(|(guid, (id, known))| {
            let carried = self.carried(*id).iter();
            let open = carried.filter(|(_, claim)| claim.effective.until.is_none());
            let seen = SkuSeen {
                strings: one(&known.id),
                names: one(&known.name),
                plans: open
                    .filter_map(|(plan, _)| guids.get(plan).copied())
                    .collect(),
            };
            (*guid, seen)
        });
        let plans = self.plans.iter().map(|(guid, (_, known))| {
            let seen = PlanSeen {
                strings: one(&known.id),
                names: one(&known.name),
            };
            (*guid, seen)
        });
        Look {
            day,
            skus: skus.collect(),
            plans: plans.collect(),
        }
    }

    /// Writes names that are only other forms of the present ones as these, so that they are not taken for new names.
    pub(super) fn align(&self, look: &mut Look) {
        let align = |names: &mut Written, known: &Known| {
            let all = std::mem::take(names);
            for (name, rows) in all {
                let is_known = known.variants.contains(&fold(&name));
                let name = if is_known { known.name.clone() } else { name };
                *names.entry(name).or_default() += rows;
            }
        };
        for (guid, seen) in &mut look.skus {
            if let Some((_, known)) = self.skus.get(guid) {
                align(&mut seen.names, known);
            }
        }
        for (guid, seen) in &mut look.plans {
            if let Some((_, known)) = self.plans.get(guid) {
                align(&mut seen.names, known);
            }
        }
    }

    fn carried(&self, sku: SkuId) -> &Carried<'k> {
        self.carried.get(&sku).unwrap_or(&self.nothing)
    }

    /// What a history says otherwise. Of a `whole` catalog what it leaves out is gone.
    pub(super) fn changes(&self, history: &History, whole: bool) -> CatalogChanges {
        let mut changes = CatalogChanges::default();
        for plan in &history.plans {
            match self.plans.get(&plan.guid) {
                None => changes
                    .plans_added
                    .push((plan.id.clone(), plan.name.clone())),
                Some((_, known)) => {
                    changes.plans_renamed.extend(renamed(known, &plan.name));
                    changes.plans_aliased.extend(aliased(known, &plan.aliases));
                }
            }
        }
        for sku in &history.skus {
            match self.skus.get(&sku.guid) {
                None => changes.skus_added.push((sku.id.clone(), sku.name.clone())),
                Some((id, known)) => {
                    changes.skus_renamed.extend(renamed(known, &sku.name));
                    changes.skus_aliased.extend(aliased(known, &sku.aliases));
                    changes.skus_reclassified.extend(reclassified(known, sku));
                    let change = self.carried_change(*id, &sku.carries, history, whole);
                    changes.carried.extend(change);
                }
            }
        }
        if whole {
            let skus: BTreeSet<Guid> = history.skus.iter().map(|sku| sku.guid).collect();
            let plans: BTreeSet<Guid> = history.plans.iter().map(|plan| plan.guid).collect();
            changes.skus_gone = gone(self.skus.iter().map(|(g, (_, k))| (g, k)), &skus);
            changes.plans_gone = gone(self.plans.iter().map(|(g, (_, k))| (g, k)), &plans);
        }
        changes
    }

    fn carried_change(
        &self,
        sku: SkuId,
        carries: &BTreeMap<Guid, Span>,
        history: &History,
        whole: bool,
    ) -> Option<CarriedChange> {
        let ids = write::plan_ids(history);
        let present = self.carried(sku);
        let mut change = CarriedChange {
            sku: self.knowledge.skus[sku].id.to_string(),
            ..CarriedChange::default()
        };
        let mut plans: Vec<(&str, &Guid, &Span)> = carries
            .iter()
            .filter_map(|(guid, span)| Some((*ids.get(guid)?, guid, span)))
            .collect();
        plans.sort_by_cached_key(|(id, ..)| order(id));
        for (id, guid, span) in plans {
            let known = self.plans.get(guid).and_then(|(plan, _)| present.get(plan));
            let Some(claim) = known else {
                change.gained.push((id.to_owned(), span.from()));
                continue;
            };
            let until = claim.effective.until.as_ref().map(Boundary::to_string);
            match span.to() {
                Some(to) if until.is_none() => change.ended.push((id.to_owned(), to)),
                to => {
                    let from = claim.effective.from.as_ref().map(Boundary::to_string);
                    let now = dates(Some(&span.from()), to.as_deref());
                    let so_far = dates(from.as_deref(), until.as_deref());
                    if whole && now != so_far {
                        change.redated.push((id.to_owned(), so_far, now));
                    }
                }
            }
        }
        if whole {
            let kept: BTreeSet<PlanId> = carries
                .keys()
                .filter_map(|guid| self.plans.get(guid).map(|(plan, _)| *plan))
                .collect();
            let dropped = present.keys().filter(|plan| !kept.contains(plan));
            change.dropped = dropped
                .map(|plan| self.knowledge.plans[*plan].id.to_string())
                .collect();
            change.dropped.sort_by_cached_key(|id| order(id));
        }
        let empty = CarriedChange {
            sku: change.sku.clone(),
            ..CarriedChange::default()
        };
        (change != empty).then_some(change)
    }

    /// What a history has beyond the present catalog, as one file that is used beside it. What ended is not in it: an
    /// addition cannot take away.
    pub(super) fn additions(&self, history: &History, sources: &[CatalogSource]) -> String {
        let newest = history.days.last().copied().unwrap_or(Day::FIRST);
        let ids = write::plan_ids(history);
        let mut text = String::new();
        for plan in &history.plans {
            match self.plans.get(&plan.guid) {
                None => write::plan_record(&mut text, plan),
                Some((_, known)) => {
                    let named = new_name(known, &plan.name, &plan.names);
                    if let Some(named) = named {
                        text.push_str(&note("plan-note", &known.id, &named));
                    }
                }
            }
        }
        for sku in &history.skus {
            let Some((id, known)) = self.skus.get(&sku.guid) else {
                write::sku_record(&mut text, sku, &ids, newest);
                continue;
            };
            let present = self.carried(*id);
            let is_new = |guid: &Guid| {
                let plan = self.plans.get(guid).map(|(plan, _)| plan);
                plan.is_none_or(|plan| !present.contains_key(plan))
            };
            let mut body = new_name(known, &sku.name, &sku.names).unwrap_or_default();
            let carried = sku.carries.iter().filter(|(guid, _)| is_new(guid));
            write::carries(&mut body, carried, &ids, newest);
            if !body.is_empty() {
                text.push_str(&note("sku-note", &known.id, &body));
            }
        }
        if text.is_empty() {
            return text;
        }
        format!("{}{text}", write::source_records(sources.iter()))
    }
}

fn note(table: &str, id: &str, body: &str) -> String {
    format!("\n[[{table}]]\nid      = {}\n{body}", write::quoted(id))
}

/// The name of today as a dated name, where the present catalog does not know it.
fn new_name(known: &Known, today: &str, former: &[DatedName]) -> Option<String> {
    renamed(known, today)?;
    let former = former.iter().find(|former| former.name == known.name)?;
    let (before, day) = former.span.until?;
    let named = DatedName {
        span: Span {
            since: Since::Between(before, day),
            until: None,
            last: day,
        },
        name: today.to_owned(),
    };
    let mut text = String::new();
    write::names(&mut text, &[named]);
    Some(text)
}

fn renamed(known: &Known, name: &str) -> Option<(String, String, String)> {
    let is_known = known.variants.contains(&fold(name));
    (!is_known).then(|| (known.id.clone(), known.name.clone(), name.to_owned()))
}

/// Further names that the present catalog does not know.
fn aliased(known: &Known, aliases: &[String]) -> Option<(String, Vec<String>)> {
    let further = aliases.iter();
    let further = further.filter(|alias| !known.variants.contains(&fold(alias)));
    let further: Vec<String> = further.cloned().collect();
    (!further.is_empty()).then(|| (known.id.clone(), further))
}

/// Who may buy a SKU, where its new name tells it otherwise than the name so far. What a note by hand says about it is no
/// part of the table and goes on counting, so it is left out of the comparison.
fn reclassified(known: &Known, sku: &SkuHistory) -> Option<(String, String, String)> {
    let words = |segment: Segment, purchasable: bool| match purchasable {
        true => segment.to_string(),
        false => format!("{segment}, not for sale"),
    };
    let told = told(&known.name, &known.id);
    let so_far = words(told.segment, told.purchasable);
    let now = words(sku.segment, sku.purchasable);
    (so_far != now).then(|| (known.id.clone(), so_far, now))
}

fn gone<'a>(
    present: impl Iterator<Item = (&'a Guid, &'a Known)>,
    kept: &BTreeSet<Guid>,
) -> Vec<(String, String)> {
    let gone = present.filter(|(guid, _)| !kept.contains(guid));
    let mut gone: Vec<(String, String)> = gone
        .map(|(_, known)| (known.id.clone(), known.name.clone()))
        .collect();
    gone.sort_by_cached_key(|(id, _)| order(id));
    gone
}

fn dates(from: Option<&str>, until: Option<&str>) -> String {
    let from = from.unwrap_or("unknown");
    match until {
        Some(until) => format!("{from}, until {until}"),
        None => from.to_owned(),
    }
}
