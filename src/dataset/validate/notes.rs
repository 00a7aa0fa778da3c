//! Puts what is known by hand about SKUs and plans to the records of the vendor's table.
//!
//! The table is imported by a program and written anew each time; words and facts that it does not have stand in notes,
//! which an import never touches.

use super::names::Names;
use super::register::Register;
use crate::dataset::TableId;
use crate::dataset::place::{Place, Placed};
use crate::dataset::read::{Raw, RawId, RawPlanNote, RawSkuNote};
use crate::model::{Code, Diagnostic, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Consumes the notes and gives the ids of the SKUs that license devices and nobody. A note about a built-in record may
/// make claims, and cannot change the record.
pub(super) fn apply(raw: &mut Raw, names: &Names<'_>) -> BTreeSet<String> {
    let mut devices = BTreeSet::new();
    let mut skus = by_id(&mut raw.skus, |sku| &sku.id);
    let notes = std::mem::take(&mut raw.sku_notes);
    for note in once(notes, "sku-note", |note| &note.id, names) {
        let changes = note.changes();
        if let Some(sku) = noted(&note.id, changes, &mut skus, &names.skus, names) {
            rename(&mut sku.name, &mut sku.aliases, note.name, note.aliases);
            sku.segment = note.segment.unwrap_or(sku.segment);
            sku.purchasable = note.purchasable.unwrap_or(sku.purchasable);
            sku.frontline = note.frontline.unwrap_or(sku.frontline);
            if note.device == Some(true) {
                devices.extend(note.id.map(|id| id.value));
            }
        }
    }
    let mut plans = by_id(&mut raw.plans, |plan| &plan.id);
    let notes = std::mem::take(&mut raw.plan_notes);
    for note in once(notes, "plan-note", |note| &note.id, names) {
        let changes = note.changes();
        if let Some(plan) = noted(&note.id, changes, &mut plans, &names.plans, names) {
            rename(&mut plan.name, &mut plan.aliases, note.name, note.aliases);
        }
    }
    devices
}

impl RawSkuNote {
    fn changes(&self) -> bool {
        self.name.is_some()
            || self.segment.is_some()
            || self.purchasable.is_some()
            || self.frontline.is_some()
            || self.device.is_some()
            || !self.aliases.is_empty()
    }
}

impl RawPlanNote {
    fn changes(&self) -> bool {
        self.name.is_some() || !self.aliases.is_empty()
    }
}

fn by_id<T>(records: &mut [T], id: fn(&T) -> &RawId) -> BTreeMap<String, &mut T> {
    let named = records.iter_mut().filter_map(|record| {
        let id = id(record).as_ref()?.value.clone();
        Some((id, record))
    });
    named.collect()
}

/// The first note about each record; every further one is a problem, since nobody could say which of them holds.
fn once<T>(notes: Vec<T>, table: &str, id: fn(&T) -> &RawId, names: &Names<'_>) -> Vec<T> {
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    let mut kept = Vec::new();
    for note in notes {
        if let Some(id) = id(&note) {
            if let Some(place) = first.get(&id.value).copied() {
                let title = format!("two [[{table}]] records are about `{}`", id.value);
                names.problems.report(
                    Diagnostic::new(Code::DuplicateId, title)
                        .at(id.place.file, id.place.span, "again here")
                        .at(place.file, place.span, "first here")
                        .help("put the two together")
                        .about(id.value.clone()),
                );
                continue;
            }
            first.insert(id.value.clone(), id.place);
        }
        kept.push(note);
    }
    kept
}

/// The record that a note changes; a problem where there is none that it could change.
fn noted<'r, T, Id: TableId>(
    id: &RawId,
    changes: bool,
    records: &'r mut BTreeMap<String, &mut T>,
    register: &Register<Id>,
    names: &Names<'_>,
) -> Option<&'r mut T> {
    let id = id.as_ref()?;
    names.find(register, id)?;
    match records.get_mut(&id.value) {
        Some(record) => Some(record),
        None => {
            if changes {
                built_in(id, names);
            }
            None
        }
    }
}

fn built_in(id: &Placed<String>, names: &Names<'_>) {
    let title = format!("`{}` is built in, and a note cannot change it", id.value);
    names.problems.report(
        Diagnostic::new(Code::BadClaim, title)
            .at(
                id.place.file,
                id.place.span,
                "only `names` and `carries` can be added",
            )
            .about(id.value.clone()),
    );
}

/// A name given by hand wins; that of the table stays an alias, so that it is still found.
fn rename(name: &mut Option<Text>, aliases: &mut Vec<Text>, given: Option<Text>, more: Vec<Text>) {
    if let Some(given) = given {
        aliases.extend(name.replace(given));
    }
    for alias in more {
        if !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
}
