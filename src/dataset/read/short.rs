//! Reads the claims that records hold in short: former names, and the plans that a SKU carries.

use super::fields::Fields;
use super::raw::{RawClaim, RawEvidence, RawId, RawKind, RawPeriod};
use super::things::{reference, text};
use super::value::Value;
use super::{Defaults, shapes};
use crate::dataset::place::{Placed, Problems};
use crate::model::{Code, Standing, Text};

/// The claims that `names` inside a record makes; `kind` is the word before the id of what carries the name.
pub(super) fn names(
    fields: &Fields<'_>,
    kind: &str,
    owner: &RawId,
    defaults: &Defaults,
    problems: &Problems,
) -> Vec<RawClaim> {
    let items = fields.optional("names").and_then(Value::list);
    let short = |value: Value<'_>| {
        let before = problems.count();
        let fields = value.table(&shapes::NAMES)?;
        let name = text(&fields, "name");
        let of = owner.clone().map(|id| id.map(|id| format!("{kind}:{id}")));
        let id = match (&of, &name) {
            (Some(of), Some(name)) => Some(format!("name:{}:{name}", of.value)),
            _ => None,
        };
        let kind = RawKind::Name { of, name };
        Some(short_claim(
            &fields,
            id,
            kind,
            "Uses this name.",
            defaults,
            || problems.count() > before,
        ))
    };
    items
        .unwrap_or_default()
        .into_iter()
        .filter_map(short)
        .collect()
}

/// The inclusion claims that `carries` inside a SKU makes.
pub(super) fn carries(
    fields: &Fields<'_>,
    owner: &RawId,
    defaults: &Defaults,
    problems: &Problems,
) -> Vec<RawClaim> {
    let items = fields.optional("carries").and_then(Value::list);
    let short = |value: Value<'_>| {
        let before = problems.count();
        let fields = value.table(&shapes::CARRIES)?;
        let plan = reference(&fields, "plan");
        let id = match (owner, &plan) {
            (Some(sku), Some(plan)) => Some(format!("inclusion:{}:{}", sku.value, plan.value)),
            _ => None,
        };
        let kind = RawKind::Inclusion {
            sku: owner.clone(),
            plan,
        };
        Some(short_claim(
            &fields,
            id,
            kind,
            "Lists the plan in the SKU.",
            defaults,
            || problems.count() > before,
        ))
    };
    items
        .unwrap_or_default()
        .into_iter()
        .filter_map(short)
        .collect()
}

fn short_claim(
    fields: &Fields<'_>,
    id: Option<String>,
    kind: RawKind,
    says: &'static str,
    defaults: &Defaults,
    faulty: impl Fn() -> bool,
) -> RawClaim {
    let place = fields.place();
    let boundary = |key| fields.optional(key).and_then(Value::boundary);
    let from = boundary("from");
    let source = match fields.optional("source") {
        Some(source) => source.reference(),
        None if defaults.source.is_some() => defaults.source.clone(),
        None => {
            if !defaults.faulty {
                fields.problem(
                    Code::NoEvidence,
                    "nobody is named who says so",
                    "`source` is missing",
                    Some(
                        "name it here, or for the whole file as `source` under `[defaults]`"
                            .to_owned(),
                    ),
                );
            }
            None
        }
    };
    let until = boundary("until");
    RawClaim {
        id: id.map(|value| Placed { value, place }),
        place,
        kind,
        when: None,
        known: RawPeriod {
            from: from.clone(),
            until: None,
        },
        effective: RawPeriod { from, until },
        standing: Some(defaults.standing.unwrap_or(Standing::Documented)),
        supersedes: Vec::new(),
        replaces: Vec::new(),
        disputes: Vec::new(),
        note: Text::default(),
        evidence: vec![RawEvidence {
            source,
            says: Some(says.into()),
            gone: None,
            second_hand: false,
        }],
        faulty: faulty() || defaults.faulty,
    }
}
