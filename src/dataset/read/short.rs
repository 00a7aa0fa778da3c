//! Reads the claims that records hold in short: former names, and the plans that a SKU carries.

use super::fields::Fields;
use super::raw::{RawClaim, RawEvidence, RawId, RawKind, RawPeriod};
use super::things::{references, text};
use super::value::Value;
use super::{Defaults, shapes};
use crate::dataset::place::{Place, Placed, Problems};
use crate::model::{Boundary, Code, Standing, Text};

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
        let dated = Dated::read(&fields, defaults);
        let of = owner.clone().map(|id| id.map(|id| format!("{kind}:{id}")));
        let id = match (&of, &name) {
            (Some(of), Some(name)) => Some(format!("name:{}:{name}", of.value)),
            _ => None,
        };
        let kind = RawKind::Name { of, name };
        let faulty = problems.count() > before || defaults.faulty;
        Some(dated.claim(id, fields.place(), kind, "Uses this name.", faulty))
    };
    items
        .unwrap_or_default()
        .into_iter()
        .filter_map(short)
        .collect()
}

/// The inclusion claims that `carries` inside a SKU makes: one for each plan of an item.
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
        let plans = references(fields.required("plan"));
        let dated = Dated::read(&fields, defaults);
        let faulty = problems.count() > before || defaults.faulty;
        let claim = |plan: Placed<String>| {
            let place = plan.place;
            let sku = owner.as_ref();
            let id = sku.map(|sku| format!("inclusion:{}:{}", sku.value, plan.value));
            let kind = RawKind::Inclusion {
                sku: owner.clone(),
                plan: Some(plan),
            };
            dated.claim(id, place, kind, "Lists the plan in the SKU.", faulty)
        };
        Some(plans.into_iter().map(claim).collect::<Vec<_>>())
    };
    items
        .unwrap_or_default()
        .into_iter()
        .filter_map(short)
        .flatten()
        .collect()
}

/// What the claims of one item share.
struct Dated {
    from: Option<Placed<Boundary>>,
    until: Option<Placed<Boundary>>,
    source: RawId,
    standing: Standing,
}

impl Dated {
    fn read(fields: &Fields<'_>, defaults: &Defaults) -> Self {
        let boundary = |key| fields.optional(key).and_then(Value::boundary);
        let source = match fields.optional("source") {
            Some(source) => source.reference(),
            None if defaults.source.is_some() => defaults.source.clone(),
            None => {
                if !defaults.faulty {
                    let help = "name it here, or for the whole file as `source` under `[defaults]`";
                    fields.problem(
                        Code::NoEvidence,
                        "nobody is named who says so",
                        "`source` is missing",
                        Some(help.to_owned()),
                    );
                }
                None
            }
        };
        Self {
            from: boundary("from"),
            until: boundary("until"),
            source,
            standing: defaults.standing.unwrap_or(Standing::Documented),
        }
    }

    fn claim(
        &self,
        id: Option<String>,
        place: Place,
        kind: RawKind,
        says: &'static str,
        faulty: bool,
    ) -> RawClaim {
        RawClaim {
            id: id.map(|value| Placed { value, place }),
            place,
            kind,
            when: None,
            known: RawPeriod {
                from: self.from.clone(),
                until: None,
            },
            effective: RawPeriod {
                from: self.from.clone(),
                until: self.until.clone(),
            },
            standing: Some(self.standing),
            supersedes: Vec::new(),
            replaces: Vec::new(),
            disputes: Vec::new(),
            note: Text::default(),
            evidence: vec![RawEvidence {
                source: self.source.clone(),
                says: Some(says.into()),
                gone: None,
                second_hand: false,
            }],
            faulty,
        }
    }
}
