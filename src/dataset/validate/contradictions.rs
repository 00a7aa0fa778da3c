//! Finds claims that contradict each other without anybody having said so.

use super::exclusive::exclusive;
use super::names::Names;
use super::relations::Relations;
use super::together::Together;
use crate::dataset::Topic;
use crate::model::{
    Aspect, Boundary, Claim, ClaimId, ClaimKind, Code, Diagnostic, LimitOf, PlanId, RoleId, SkuId,
    Subject,
};
use std::collections::{BTreeMap, BTreeSet};

/// What two claims must have in common to contradict each other at all.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Matter {
    About(Topic),
    Inclusion(SkuId, PlanId),
    Family(BTreeSet<SkuId>),
}

/// Reports every pair that disagrees, at least one of them read from files.
pub(super) fn report<'r>(
    claims: &BTreeMap<ClaimId, &Claim>,
    relations: &BTreeMap<ClaimId, Relations>,
    names: &Names<'_>,
    authority: &impl Fn(RoleId) -> Option<&'r str>,
) {
    let mut matters: BTreeMap<Matter, Vec<ClaimId>> = BTreeMap::new();
    for (id, claim) in claims {
        for matter in matters_of(claim) {
            matters.entry(matter).or_default().push(*id);
        }
    }
    let together = Together::new(claims, relations);
    let mut reported: BTreeSet<(ClaimId, ClaimId)> = BTreeSet::new();
    for group in matters.values() {
        for (index, first) in group.iter().enumerate() {
            for second in group.get(index + 1..).unwrap_or_default() {
                let (Some(one), Some(other)) = (claims.get(first), claims.get(second)) else {
                    continue;
                };
                let new =
                    names.claims.place(*first).is_some() || names.claims.place(*second).is_some();
                if !new || reported.contains(&(*first, *second)) {
                    continue;
                }
                let Some(about) = disagreement(one, other, names) else {
                    continue;
                };
                let disagree = together.may_stand(*first, *second)
                    && !exclusive(one.when.as_ref(), other.when.as_ref(), authority);
                if disagree {
                    reported.insert((*first, *second));
                    undeclared(*first, *second, &about, names);
                }
            }
        }
    }
}

fn undeclared(first: ClaimId, second: ClaimId, about: &str, names: &Names<'_>) {
    let (one, other) = (names.claims.written(first), names.claims.written(second));
    let mut diagnostic = Diagnostic::new(
        Code::UndeclaredContradiction,
        format!("`{one}` and `{other}` disagree about {about}"),
    )
    .help(
        "decide what it is: the newer claim `supersedes` the older where the world changed, or is a special case; it \
         `replaces` the older where what we knew changed; one `disputes` the other where both stand. Or tell them apart \
         by `when`, or by dates",
    );
    for (id, label) in [(first, "this says one thing"), (second, "this another")] {
        if let Some(place) = names.claims.place(id) {
            diagnostic = diagnostic.at(place.file, place.span, label);
        }
    }
    names.problems.report(diagnostic);
}

fn matters_of(claim: &Claim) -> Vec<Matter> {
    let about = |topic| vec![Matter::About(topic)];
    match &claim.kind {
        ClaimKind::Requirement { subjects, .. } => {
            let subjects: BTreeSet<Subject> = subjects.iter().copied().collect();
            subjects
                .into_iter()
                .map(|subject| Matter::About(Topic::Requirements(subject)))
                .collect()
        }
        ClaimKind::Lifecycle { subject, .. } => about(Topic::Lifecycle(*subject)),
        ClaimKind::Permission { task, .. } => about(Topic::Permissions(*task)),
        ClaimKind::Inclusion { sku, plan } => vec![Matter::Inclusion(*sku, *plan)],
        ClaimKind::Price { sku, .. } => about(Topic::PricesOf(*sku)),
        ClaimKind::Prerequisite { sku, .. } => about(Topic::PrerequisitesOf(*sku)),
        ClaimKind::Sale { sku, .. } => about(Topic::SalesOf(*sku)),
        ClaimKind::Limit { of, .. } => match of {
            LimitOf::Given { subject, .. } => about(Topic::Limits(*subject)),
            LimitOf::Seats(skus) => vec![Matter::Family(skus.iter().copied().collect())],
        },
        // These add up: a further one says more, not something else.
        ClaimKind::Grant { .. }
        | ClaimKind::Cover { .. }
        | ClaimKind::Exclusion { .. }
        | ClaimKind::Name { .. } => Vec::new(),
    }
}

/// What two claims on one matter say differently, in words; `None` when they agree.
fn disagreement(one: &Claim, other: &Claim, names: &Names<'_>) -> Option<String> {
    match (&one.kind, &other.kind) {
        (
            ClaimKind::Requirement {
                subjects,
                aspects,
                demand,
                counted,
            },
            ClaimKind::Requirement {
                subjects: other_subjects,
                aspects: other_aspects,
                demand: other_demand,
                counted: other_counted,
            },
        ) => {
            let shared: Vec<&str> = Aspect::ALL
                .iter()
                .filter(|aspect| aspects.contains(aspect) && other_aspects.contains(aspect))
                .map(|aspect| aspect.word())
                .collect();
            let subject = subjects
                .iter()
                .find(|subject| other_subjects.contains(subject))?;
            let differ = demand != other_demand || counted != other_counted;
            (differ && !shared.is_empty()).then(|| {
                format!(
                    "what {} requires ({})",
                    subject_name(*subject, names),
                    shared.join(", ")
                )
            })
        }
        (
            ClaimKind::Lifecycle { subject, state },
            ClaimKind::Lifecycle {
                state: other_state, ..
            },
        ) => {
            let name = subject_name(*subject, names);
            let (from, other_from) = (&one.effective.from, &other.effective.from);
            if state == other_state {
                (from != other_from).then(|| format!("since when {name} is {state}"))
            } else {
                may_coincide(from.as_ref(), other_from.as_ref())
                    .then(|| format!("whether {name} is first {state} or {other_state}"))
            }
        }
        (
            ClaimKind::Permission { task, roles, least },
            ClaimKind::Permission {
                roles: other_roles,
                least: other_least,
                ..
            },
        ) => {
            let set = |roles: &[RoleId]| roles.iter().copied().collect::<BTreeSet<RoleId>>();
            (set(roles) != set(other_roles) || least != other_least)
                .then(|| format!("who can do `{}`", names.tasks.written(*task)))
        }
        (ClaimKind::Inclusion { sku, plan }, ClaimKind::Inclusion { .. }) => {
            (one.effective != other.effective).then(|| {
                format!(
                    "when `{}` carried `{}`",
                    names.skus.written(*sku),
                    names.plans.written(*plan)
                )
            })
        }
        (
            ClaimKind::Price {
                sku,
                amount,
                currency,
                market,
                term,
                ..
            },
            ClaimKind::Price {
                amount: other_amount,
                currency: other_currency,
                market: other_market,
                term: other_term,
                ..
            },
        ) => {
            let same = (currency, market, term) == (other_currency, other_market, other_term);
            (same && amount != other_amount).then(|| {
                format!(
                    "the price of `{}` in {currency}, {market}, {}",
                    names.skus.written(*sku),
                    term.word()
                )
            })
        }
        (
            ClaimKind::Prerequisite { sku, requires },
            ClaimKind::Prerequisite {
                requires: other_requires,
                ..
            },
        ) => (requires != other_requires)
            .then(|| format!("what `{}` needs first", names.skus.written(*sku))),
        (ClaimKind::Sale { sku, to }, ClaimKind::Sale { to: other_to, .. }) => {
            (to != other_to).then(|| format!("to whom `{}` is sold", names.skus.written(*sku)))
        }
        (
            ClaimKind::Limit { of, at_most },
            ClaimKind::Limit {
                of: other_of,
                at_most: other_at_most,
            },
        ) => {
            let same = match (of, other_of) {
                (LimitOf::Seats(_), LimitOf::Seats(_)) => true,
                (one, other) => one == other,
            };
            (same && at_most != other_at_most).then(|| "how many are allowed".to_owned())
        }
        _ => None,
    }
}

fn subject_name(subject: Subject, names: &Names<'_>) -> String {
    match subject {
        Subject::Task(id) => format!("`{}`", names.tasks.written(id)),
        Subject::Feature(id) => format!("`{}`", names.features.written(id)),
        Subject::Area(id) => format!("the area `{}`", names.areas.written(id)),
        Subject::Everything => "everything".to_owned(),
    }
}

/// Whether the two could be the same day: then nobody knows which comes first. A state without any date was there
/// before those with one.
fn may_coincide(one: Option<&Boundary>, other: Option<&Boundary>) -> bool {
    let dated = |boundary: Option<&Boundary>| {
        boundary.is_some_and(|boundary| boundary.earliest().or(boundary.latest()).is_some())
    };
    if dated(one) != dated(other) {
        return false;
    }
    let before = |one: Option<&Boundary>, other: Option<&Boundary>| {
        let last = one.and_then(Boundary::latest);
        let first = other.and_then(Boundary::earliest);
        matches!((last, first), (Some(last), Some(first)) if last < first)
    };
    !before(one, other) && !before(other, one)
}
