//! Validates the records that are not claims.

use super::names::Names;
use crate::dataset::place::{Place, Placed, Problems};
use crate::dataset::read::{
    RawArea, RawFeature, RawGiven, RawGivenType, RawId, RawPlan, RawRole, RawSku, RawSource,
    RawTask,
};
use crate::dataset::{Row, Table};
use crate::model::{
    Area, AreaId, Code, Diagnostic, Feature, FeatureId, Further, Given, GivenKind, Guid, Plan,
    Role, Sku, Source, Task, TaskId, Text,
};
use std::collections::BTreeMap;

fn id_text(id: RawId) -> Option<Text> {
    id.map(|id| id.value.into())
}

pub(super) fn area(raw: RawArea) -> Option<Area> {
    Some(Area {
        id: id_text(raw.id)?,
        name: raw.name?,
    })
}

pub(super) fn source(raw: RawSource) -> Option<Source> {
    Some(Source {
        id: id_text(raw.id)?,
        title: raw.title?,
        url: raw.url?,
        publisher: raw.publisher?,
        kind: raw.kind?,
        published: raw.published,
        read: raw.read?,
        note: raw.note,
    })
}

pub(super) fn feature(raw: RawFeature, names: &Names<'_>) -> Option<Feature> {
    let area = raw.area.and_then(|area| names.find(&names.areas, &area));
    let default_task = raw
        .default_task
        .and_then(|task| names.find(&names.tasks, &task));
    Some(Feature {
        id: id_text(raw.id)?,
        name: raw.name?,
        area: area?,
        default_task,
        aliases: raw.aliases,
        summary: raw.summary?,
    })
}

/// A task takes its area from its feature, so features come first.
pub(super) fn task(
    raw: RawTask,
    names: &Names<'_>,
    area_of: impl Fn(FeatureId) -> Option<AreaId>,
) -> Option<Task> {
    let feature = raw
        .feature
        .and_then(|feature| names.find(&names.features, &feature));
    let own_area = raw.area.and_then(|area| names.find(&names.areas, &area));
    Some(Task {
        id: id_text(raw.id)?,
        name: raw.name?,
        feature,
        area: feature.and_then(area_of).or(own_area)?,
        aliases: raw.aliases,
        summary: raw.summary?,
    })
}

pub(super) fn role(raw: RawRole, names: &Names<'_>) -> Option<Role> {
    let task = |task: &Placed<String>| names.find(&names.tasks, task);
    let core: Vec<TaskId> = raw.core.iter().filter_map(task).collect();
    let further = raw.further.into_iter().filter_map(|further| {
        Some(Further {
            task: task(&further.task?)?,
            also: further.also?,
        })
    });
    let further = further.collect();
    Some(Role {
        id: id_text(raw.id)?,
        name: raw.name?,
        authority: raw.authority?,
        template: raw.template.map(|template| template.value),
        privileged: raw.privileged,
        aliases: raw.aliases,
        core,
        further,
        summary: raw.summary?,
    })
}

pub(super) fn given(raw: RawGiven) -> Option<Given> {
    let kind = match raw.kind? {
        RawGivenType::Truth => GivenKind::Truth,
        RawGivenType::Date => GivenKind::Date,
        RawGivenType::Count => GivenKind::Count,
        RawGivenType::Choice => GivenKind::Choice(raw.values),
    };
    Some(Given {
        id: id_text(raw.id)?,
        kind,
        question: raw.question?,
        summary: raw.summary?,
    })
}

pub(super) fn plan(raw: RawPlan) -> Option<Plan> {
    Some(Plan {
        id: id_text(raw.id)?,
        guid: raw.guid.map(|guid| guid.value),
        name: raw.name?,
        aliases: raw.aliases,
    })
}

pub(super) fn sku(raw: RawSku) -> Option<Sku> {
    Some(Sku {
        id: id_text(raw.id)?,
        guid: raw.guid.map(|guid| guid.value),
        name: raw.name?,
        segment: raw.segment,
        purchasable: raw.purchasable,
        frontline: raw.frontline,
        aliases: raw.aliases,
    })
}

/// Reports every GUID that stands for two records of a kind.
pub(super) fn unique_guids<'a, R: Row>(
    kind: &str,
    base: &Table<R>,
    guid_of: impl Fn(&R) -> Option<Guid>,
    guids: impl Iterator<Item = &'a Option<Placed<Guid>>>,
    problems: &Problems,
) {
    let mut seen: BTreeMap<Guid, Option<Place>> = base
        .iter()
        .filter_map(|(_, row)| Some((guid_of(row)?, None)))
        .collect();
    for guid in guids.flatten() {
        let Some(first) = seen.get(&guid.value) else {
            seen.insert(guid.value, Some(guid.place));
            continue;
        };
        let title = format!("two {kind} records have the GUID {}", guid.value);
        let mut diagnostic = Diagnostic::new(Code::DuplicateId, title).at(
            guid.place.file,
            guid.place.span,
            "again here",
        );
        diagnostic = match first {
            Some(first) => diagnostic.at(first.file, first.span, "first here"),
            None => diagnostic.help("the other is built in"),
        };
        problems.report(diagnostic);
    }
}
