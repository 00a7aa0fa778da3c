//! Reads the keys of `[[requirement]]`: what it speaks about, which questions it answers, and what each of them asks for.

use super::claims::bad;
use super::expressions::{counted, requirement};
use super::fields::Fields;
use super::raw::{RawDemand, RawKind, RawRequirement, RawSubject};
use super::things::references;
use super::value::Value;
use crate::dataset::place::Placed;
use crate::model::{Aspect, Code, Place as Seat};

/// Reads the keys that a claim about a license has beside those of every claim.
pub(super) fn read(fields: &Fields<'_>) -> RawKind {
    let items = fields.required("aspect").and_then(Value::one_or_list);
    let aspects: Vec<Aspect> = items
        .unwrap_or_default()
        .into_iter()
        .filter_map(|value| value.word(Aspect::ALL, Aspect::word))
        .map(|aspect| aspect.value)
        .collect();
    let counted = fields.optional("counted").and_then(|value| {
        if !aspects.is_empty() && !aspects.contains(&Aspect::Terms) {
            value.problem::<()>(
                Code::BadClaim,
                "only a claim about `terms` says how seats are counted",
                "its `aspect` is another",
                None,
            );
        }
        counted(value)
    });
    RawKind::Requirement {
        subjects: subjects(fields),
        demand: demand(fields, &aspects),
        aspects,
        counted,
    }
}

fn subjects(fields: &Fields<'_>) -> Vec<RawSubject> {
    let mut subjects = Vec::new();
    let mut add = |key: &'static str, subject: fn(Placed<String>) -> RawSubject| {
        subjects.extend(references(fields.optional(key)).into_iter().map(subject));
        fields.has(key)
    };
    let has_task = add("task", RawSubject::Task);
    let has_feature = add("feature", RawSubject::Feature);
    let has_area = add("area", RawSubject::Area);
    let named = has_task || has_feature || has_area;
    match fields.optional("everything") {
        None if !named && !fields.has("everything") => fields.problem(
            Code::MissingKey,
            "`[[requirement]]` needs `task`, `feature`, `area` or `everything`",
            "what does it speak about?",
            None,
        ),
        None => {}
        Some(value) if named => {
            value.problem::<()>(
                Code::BadClaim,
                "a claim about everything names nothing else",
                "leave it out, or the others",
                None,
            );
        }
        Some(value) => {
            if let Some(truth) = value.truth()
                && !truth.value
            {
                value.wrong::<()>("`true`");
            }
            subjects.push(RawSubject::Everything);
        }
    }
    subjects
}

/// Each aspect has its own keys: `requires` for `terms` and `works`, `where` for `assigned`, `at_least` for `owned`.
fn demand(fields: &Fields<'_>, aspects: &[Aspect]) -> Option<RawDemand> {
    let requires = fields.optional("requires").and_then(requirement);
    let place = fields
        .optional("where")
        .and_then(|value| value.word(Seat::ALL, Seat::word));
    let seats = fields.optional("at_least").and_then(|value| value.count(1));
    let without = |keys: &[&'static str], aspect: &str| {
        for key in keys {
            if let Some(value) = fields.optional(key) {
                value.problem::<()>(
                    Code::BadClaim,
                    format!("a claim about {aspect} has no `{key}`"),
                    "leave it out, or make it a claim of its own",
                    None,
                );
            }
        }
    };
    match aspects {
        [] => None,
        [Aspect::Assigned] => {
            without(&["requires", "at_least"], "`assigned`");
            fields.required("where")?;
            Some(RawDemand::Where(place?.value))
        }
        [Aspect::Owned] => {
            without(&["where"], "`owned`");
            fields.required("at_least")?;
            if let Some(RawRequirement::Named(name)) = &requires
                && name.value == "nothing"
            {
                bad(
                    fields,
                    "nothing cannot be owned",
                    "leave `requires` out, or name of what",
                );
            }
            Some(RawDemand::AtLeast {
                seats: seats?.value,
                of: requires,
            })
        }
        _ if aspects
            .iter()
            .all(|aspect| matches!(aspect, Aspect::Terms | Aspect::Works)) =>
        {
            without(&["where", "at_least"], "`terms` or `works`");
            fields.required("requires")?;
            requires.map(RawDemand::Requires)
        }
        _ => {
            bad(
                fields,
                "`assigned` and `owned` do not go together with other aspects",
                "make each a claim of its own",
            );
            None
        }
    }
}
