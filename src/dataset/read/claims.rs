//! Reads claims: the keys that all share, and those of each kind.

use super::expressions::{condition, requirement as what};
use super::fields::Fields;
use super::raw::{RawClaim, RawEvidence, RawKind, RawLimitOf, RawPeriod, RawSubject};
use super::requirement;
use super::shapes::{self, Shape};
use super::things::{note, own_id, reference, references, text};
use super::value::Value;
use crate::dataset::place::Problems;
use crate::model::{ClaimKindName, Code, LifecycleState, SaleTo, Standing, Term};

/// The shape of the table of a kind.
pub(super) fn shape(kind: ClaimKindName) -> &'static Shape {
    match kind {
        ClaimKindName::Requirement => &shapes::REQUIREMENT,
        ClaimKindName::Lifecycle => &shapes::LIFECYCLE,
        ClaimKindName::Permission => &shapes::PERMISSION,
        ClaimKindName::Inclusion => &shapes::INCLUSION,
        ClaimKindName::Grant => &shapes::GRANT,
        ClaimKindName::Cover => &shapes::COVER,
        ClaimKindName::Name => &shapes::NAME,
        ClaimKindName::Price => &shapes::PRICE,
        ClaimKindName::Prerequisite => &shapes::PREREQUISITE,
        ClaimKindName::Exclusion => &shapes::EXCLUSION,
        ClaimKindName::Limit => &shapes::LIMIT,
        ClaimKindName::Sale => &shapes::SALE,
    }
}

/// Reads a claim of this kind; `before` is the count of problems before its table was opened.
pub(super) fn claim(
    kind: ClaimKindName,
    fields: &Fields<'_>,
    problems: &Problems,
    before: usize,
) -> RawClaim {
    let id = own_id(fields);
    let kind = read_kind(kind, fields);
    let when = fields.optional("when").and_then(condition);
    let effective = period(fields.optional("effective"));
    let known = period(fields.optional("known"));
    let standing = fields
        .required("standing")
        .and_then(|value| value.word(Standing::ALL, Standing::word));
    let supersedes = references(fields.optional("supersedes"));
    let replaces = references(fields.optional("replaces"));
    let disputes = references(fields.optional("disputes"));
    let note = note(fields);
    let evidence = evidence(fields);
    RawClaim {
        id,
        place: fields.place(),
        kind,
        when,
        effective,
        known,
        standing: standing.map(|standing| standing.value),
        supersedes,
        replaces,
        disputes,
        note,
        evidence,
        faulty: problems.count() > before,
    }
}

fn period(value: Option<Value<'_>>) -> RawPeriod {
    let Some(fields) = value.and_then(|value| value.table(&shapes::PERIOD)) else {
        return RawPeriod::default();
    };
    RawPeriod {
        from: fields.optional("from").and_then(Value::boundary),
        until: fields.optional("until").and_then(Value::boundary),
    }
}

fn evidence(fields: &Fields<'_>) -> Vec<RawEvidence> {
    let Some(value) = fields.optional("evidence") else {
        if !fields.has("evidence") {
            fields.problem(
                Code::NoEvidence,
                "nobody is named who says so",
                "`evidence` is missing",
                Some(
                    "add a table below the claim: [[KIND.evidence]] with `source` and `says`"
                        .to_owned(),
                ),
            );
        }
        return Vec::new();
    };
    let one = |value: Value<'_>| {
        let fields = value.table(&shapes::EVIDENCE)?;
        let second_hand = fields.optional("second_hand").and_then(Value::truth);
        Some(RawEvidence {
            source: reference(&fields, "source"),
            says: text(&fields, "says"),
            gone: fields
                .optional("gone")
                .and_then(Value::boundary)
                .map(|gone| gone.value),
            second_hand: second_hand.is_some_and(|truth| truth.value),
        })
    };
    let items = value.list().unwrap_or_default();
    items.into_iter().filter_map(one).collect()
}

fn read_kind(kind: ClaimKindName, fields: &Fields<'_>) -> RawKind {
    match kind {
        ClaimKindName::Requirement => requirement::read(fields),
        ClaimKindName::Lifecycle => RawKind::Lifecycle {
            subject: one_subject(fields),
            state: word(fields, "state", LifecycleState::ALL, LifecycleState::word),
        },
        ClaimKindName::Permission => read_permission(fields),
        ClaimKindName::Inclusion => RawKind::Inclusion {
            sku: reference(fields, "sku"),
            plan: reference(fields, "plan"),
        },
        ClaimKindName::Grant => RawKind::Grant {
            feature: reference(fields, "feature"),
            by: references(fields.required("by")),
        },
        ClaimKindName::Cover => RawKind::Cover {
            plan: reference(fields, "plan"),
            covers: references(fields.required("covers")),
        },
        ClaimKindName::Name => RawKind::Name {
            of: reference(fields, "of"),
            name: text(fields, "name"),
        },
        ClaimKindName::Price => RawKind::Price {
            sku: reference(fields, "sku"),
            amount: fields
                .required("amount")
                .and_then(Value::money)
                .map(|amount| amount.value),
            currency: fields
                .required("currency")
                .and_then(Value::currency)
                .map(|currency| currency.value),
            market: text(fields, "market"),
            term: word(fields, "term", &Term::ALL.map(|(term, _)| term), Term::word),
            verified: fields
                .required("verified")
                .and_then(Value::truth)
                .map(|truth| truth.value),
        },
        ClaimKindName::Prerequisite => RawKind::Prerequisite {
            sku: reference(fields, "sku"),
            requires: fields.required("requires").and_then(what),
        },
        ClaimKindName::Exclusion => read_exclusion(fields),
        ClaimKindName::Limit => RawKind::Limit {
            of: limit_of(fields),
            at_most: fields
                .required("at_most")
                .and_then(|value| value.count(0))
                .map(|number| number.value),
        },
        ClaimKindName::Sale => RawKind::Sale {
            sku: reference(fields, "sku"),
            to: word(fields, "to", SaleTo::ALL, SaleTo::word),
        },
    }
}

fn word<T: Copy>(
    fields: &Fields<'_>,
    key: &'static str,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Option<T> {
    let read = fields.required(key)?.word(all, word);
    read.map(|read| read.value)
}

pub(super) fn bad(fields: &Fields<'_>, title: impl Into<String>, label: &str) {
    fields.problem(Code::BadClaim, title, label, None);
}

fn one_subject(fields: &Fields<'_>) -> Option<RawSubject> {
    match (fields.optional("task"), fields.optional("feature")) {
        (Some(task), None) => task.reference().map(RawSubject::Task),
        (None, Some(feature)) => feature.reference().map(RawSubject::Feature),
        (Some(_), Some(_)) => {
            bad(
                fields,
                "`task` and `feature` stand side by side",
                "expected one of the two",
            );
            None
        }
        (None, None) => {
            if !fields.has("task") && !fields.has("feature") {
                fields.problem(
                    Code::MissingKey,
                    "the claim needs `feature` or `task`",
                    "what does it speak about?",
                    None,
                );
            }
            None
        }
    }
}

fn read_permission(fields: &Fields<'_>) -> RawKind {
    let roles = references(fields.required("roles"));
    let least = fields.optional("least").and_then(|value| {
        let least = value.reference()?;
        if !roles.is_empty() && !roles.iter().any(|role| role.value == least.value) {
            value.problem::<()>(
                Code::BadClaim,
                format!("`{}` is not among the roles", least.value),
                "the least privileged of `roles` is expected here",
                None,
            );
        }
        Some(least)
    });
    RawKind::Permission {
        task: reference(fields, "task"),
        roles,
        least,
    }
}

fn read_exclusion(fields: &Fields<'_>) -> RawKind {
    let value = fields.required("plans");
    let plans = references(value);
    let mut different: Vec<&str> = plans.iter().map(|plan| plan.value.as_str()).collect();
    different.sort_unstable();
    different.dedup();
    if let (Some(value), 1) = (value, different.len()) {
        value.problem::<()>(
            Code::BadClaim,
            "a plan alone excludes nothing",
            "expected two plans or more",
            None,
        );
    }
    RawKind::Exclusion { plans }
}

fn limit_of(fields: &Fields<'_>) -> Option<RawLimitOf> {
    let of_given = ["task", "feature", "given"]
        .into_iter()
        .any(|key| fields.has(key));
    match (of_given, fields.optional("skus")) {
        (true, Some(skus)) => skus.problem(
            Code::BadClaim,
            "a limit is about a given or about the seats of SKUs, not both",
            "leave it out, or `given` with its `task` or `feature`",
            None,
        ),
        (false, None) => {
            if !fields.has("skus") {
                fields.problem(
                    Code::MissingKey,
                    "`[[limit]]` needs `given` with `task` or `feature`, or `skus`",
                    "what is limited?",
                    None,
                );
            }
            None
        }
        (false, skus) => Some(RawLimitOf::Seats(references(skus))),
        (true, None) => {
            let given = reference(fields, "given");
            let subject = one_subject(fields);
            Some(RawLimitOf::Given {
                subject: subject?,
                given: given?,
            })
        }
    }
}
