//! Reads the records that are not claims.

use super::fields::Fields;
use super::raw::{
    RawAccepted, RawArea, RawFeature, RawFurther, RawGiven, RawGivenType, RawId, RawLook,
    RawLookPlans, RawMeta, RawPlan, RawPlanNote, RawRenamed, RawRole, RawSku, RawSkuNote,
    RawSource, RawTask,
};
use super::shapes;
use super::value::Value;
use crate::dataset::place::Placed;
use crate::model::{Code, Segment, Severity, SourceKind, Text};

pub(super) fn text(fields: &Fields<'_>, key: &'static str) -> Option<Text> {
    fields.required(key)?.text().map(|text| text.value)
}

pub(super) fn note(fields: &Fields<'_>) -> Text {
    let note = fields.optional("note").and_then(Value::text);
    note.map(|note| note.value).unwrap_or_default()
}

pub(super) fn reference(fields: &Fields<'_>, key: &'static str) -> RawId {
    fields.required(key).and_then(Value::reference)
}

pub(super) fn references(value: Option<Value<'_>>) -> Vec<Placed<String>> {
    let items = value.and_then(Value::one_or_list).unwrap_or_default();
    items.into_iter().filter_map(Value::reference).collect()
}

pub(super) fn own_id(fields: &Fields<'_>) -> RawId {
    fields.required("id").and_then(|value| value.own_id(0))
}

fn vendor_id(fields: &Fields<'_>) -> RawId {
    fields.required("id").and_then(Value::vendor_id)
}

fn texts(value: Option<Value<'_>>) -> Vec<Text> {
    let items = value.and_then(Value::one_or_list).unwrap_or_default();
    items
        .into_iter()
        .filter_map(Value::text)
        .map(|text| text.value)
        .collect()
}

fn truth(fields: &Fields<'_>, key: &'static str, default: bool) -> bool {
    let truth = fields.optional(key).and_then(Value::truth);
    truth.map_or(default, |truth| truth.value)
}

pub(super) fn meta(fields: &Fields<'_>) -> RawMeta {
    let accepted = fields
        .optional("accepted")
        .and_then(Value::list)
        .unwrap_or_default();
    RawMeta {
        schema: fields.required("schema").and_then(|value| value.count(1)),
        version: text(fields, "version"),
        reviewed: fields
            .required("reviewed")
            .and_then(Value::day)
            .map(|day| day.value),
        accepted: accepted.into_iter().filter_map(accept).collect(),
    }
}

fn accept(value: Value<'_>) -> Option<RawAccepted> {
    let fields = value.table(&shapes::ACCEPTED)?;
    let warnings: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.severity() == Severity::Warning)
        .collect();
    let code = fields
        .required("code")
        .and_then(|value| value.word(&warnings, Code::word));
    let id = text(&fields, "id");
    let reason = text(&fields, "reason");
    Some(RawAccepted {
        code: code?.value.word().into(),
        id: id?,
        reason: reason?,
        place: fields.place(),
    })
}

pub(super) fn area(fields: &Fields<'_>) -> RawArea {
    RawArea {
        id: own_id(fields),
        name: text(fields, "name"),
    }
}

pub(super) fn source(fields: &Fields<'_>) -> RawSource {
    RawSource {
        id: own_id(fields),
        title: text(fields, "title"),
        url: fields
            .required("url")
            .and_then(Value::url)
            .map(|url| url.value),
        publisher: text(fields, "publisher"),
        kind: fields
            .required("kind")
            .and_then(|value| value.word(SourceKind::ALL, SourceKind::word))
            .map(|kind| kind.value),
        published: fields
            .optional("published")
            .and_then(Value::boundary)
            .map(|published| published.value),
        read: fields
            .required("read")
            .and_then(Value::day)
            .map(|read| read.value),
        note: note(fields),
    }
}

pub(super) fn feature(fields: &Fields<'_>) -> RawFeature {
    RawFeature {
        id: own_id(fields),
        name: text(fields, "name"),
        area: reference(fields, "area"),
        default_task: fields.optional("default_task").and_then(Value::reference),
        aliases: texts(fields.optional("aliases")),
        summary: text(fields, "summary"),
    }
}

pub(super) fn task(fields: &Fields<'_>) -> RawTask {
    match (fields.has("feature"), fields.has("area")) {
        (false, false) => fields.problem(
            Code::MissingKey,
            "`[[task]]` needs `feature` or `area`",
            "both are missing",
            None,
        ),
        (true, true) => fields.problem(
            Code::BadClaim,
            "a task with a `feature` has no `area` of its own",
            "has both",
            Some("leave `area` out: it is that of the feature".to_owned()),
        ),
        _ => {}
    }
    RawTask {
        id: own_id(fields),
        name: text(fields, "name"),
        feature: fields.optional("feature").and_then(Value::reference),
        area: fields.optional("area").and_then(Value::reference),
        aliases: texts(fields.optional("aliases")),
        summary: text(fields, "summary"),
    }
}

pub(super) fn role(fields: &Fields<'_>) -> RawRole {
    let id = fields.required("id").and_then(|value| value.own_id(1));
    let authority = fields
        .required("authority")
        .and_then(|value| value.own_id(0));
    if let (Some(id), Some(authority)) = (&id, &authority)
        && let Some((prefix, _)) = id.value.split_once(':')
        && prefix != authority.value
        && let Some(value) = fields.optional("id")
    {
        value.problem::<()>(
            Code::BadId,
            format!("`{}` begins with another authority than its own", id.value),
            format!("expected `{}:`", authority.value),
            None,
        );
    }
    let further = fields
        .optional("further")
        .and_then(Value::list)
        .unwrap_or_default();
    RawRole {
        id,
        name: text(fields, "name"),
        authority: authority.map(|authority| authority.value.into()),
        template: fields.optional("template").and_then(Value::guid),
        privileged: truth(fields, "privileged", false),
        aliases: texts(fields.optional("aliases")),
        core: references(fields.optional("core")),
        further: further
            .into_iter()
            .filter_map(|value| {
                let fields = value.table(&shapes::FURTHER)?;
                Some(RawFurther {
                    task: reference(&fields, "task"),
                    also: text(&fields, "also"),
                })
            })
            .collect(),
        summary: text(fields, "summary"),
    }
}

pub(super) fn given(fields: &Fields<'_>) -> RawGiven {
    use RawGivenType::{Choice, Count, Date, Truth};
    let kind = fields.required("type").and_then(|value| {
        value.word(&[Truth, Date, Count, Choice], |kind| match kind {
            Truth => "truth",
            Date => "date",
            Count => "count",
            Choice => "choice",
        })
    });
    let kind = kind.map(|kind| kind.value);
    let values = fields.optional("values");
    match (kind, values) {
        (Some(Choice), None) if !fields.has("values") => fields.missing("values"),
        (Some(Truth | Date | Count), Some(value)) => {
            value.problem::<()>(
                Code::UnknownKey,
                "only a given of the type `choice` has `values`",
                "leave it out",
                None,
            );
        }
        _ => {}
    }
    let question = fields.required("question").and_then(|value| {
        let question = value.text()?;
        if question.value.ends_with('?') {
            Some(question.value)
        } else {
            value.problem(
                Code::WrongType,
                "`question` is no question",
                "expected a question mark at its end",
                None,
            )
        }
    });
    RawGiven {
        id: own_id(fields),
        kind,
        values: texts(values),
        question,
        summary: text(fields, "summary"),
    }
}

pub(super) fn plan(fields: &Fields<'_>) -> RawPlan {
    RawPlan {
        id: vendor_id(fields),
        guid: fields.optional("guid").and_then(Value::guid),
        name: text(fields, "name"),
        aliases: texts(fields.optional("aliases")),
    }
}

fn segment(fields: &Fields<'_>) -> Option<Segment> {
    let value = fields.optional("segment")?;
    let segment = value.word(Segment::ALL, Segment::word)?;
    Some(segment.value)
}

pub(super) fn sku(fields: &Fields<'_>) -> RawSku {
    RawSku {
        id: vendor_id(fields),
        guid: fields.optional("guid").and_then(Value::guid),
        name: text(fields, "name"),
        segment: segment(fields).unwrap_or(Segment::Commercial),
        purchasable: truth(fields, "purchasable", true),
        frontline: truth(fields, "frontline", false),
        aliases: texts(fields.optional("aliases")),
    }
}

pub(super) fn sku_note(fields: &Fields<'_>) -> RawSkuNote {
    let truth = |key| Some(fields.optional(key)?.truth()?.value);
    RawSkuNote {
        id: vendor_id(fields),
        name: optional_text(fields, "name"),
        segment: segment(fields),
        purchasable: truth("purchasable"),
        frontline: truth("frontline"),
        device: truth("device"),
        aliases: texts(fields.optional("aliases")),
    }
}

pub(super) fn plan_note(fields: &Fields<'_>) -> RawPlanNote {
    RawPlanNote {
        id: vendor_id(fields),
        name: optional_text(fields, "name"),
        aliases: texts(fields.optional("aliases")),
    }
}

fn optional_text(fields: &Fields<'_>, key: &'static str) -> Option<Text> {
    Some(fields.optional(key)?.text()?.value)
}

pub(super) fn look(fields: &Fields<'_>) -> RawLook {
    let items = |key| {
        let items = fields.optional(key).and_then(Value::list);
        items.unwrap_or_default()
    };
    let renamed = |value: Value<'_>| {
        let fields = value.table(&shapes::LOOK_RENAMED)?;
        Some(RawRenamed {
            sku: reference(&fields, "sku"),
            name: text(&fields, "name"),
        })
    };
    let plans = |value: Value<'_>| {
        let fields = value.table(&shapes::LOOK_PLANS)?;
        Some(RawLookPlans {
            sku: reference(&fields, "sku"),
            plans: references(fields.required("plan")),
        })
    };
    RawLook {
        day: fields.required("day").and_then(Value::day),
        added: references(fields.optional("added")),
        gone: references(fields.optional("gone")),
        renamed: items("renamed").into_iter().filter_map(renamed).collect(),
        gained: items("gained").into_iter().filter_map(plans).collect(),
        lost: items("lost").into_iter().filter_map(plans).collect(),
        note: note(fields),
    }
}
