//! Whether requirements mean the same, however they are written and however long they are.
//!
//! A requirement is a monotone formula over its leaves, so two of them mean the same when whoever meets one meets the
//! other. That is decided by a sequent calculus without cut (Gentzen, 1935) rather than over all ways to hold the leaves:
//! a list of thirty SKUs beside a list of four is an ordinary requirement, and has more ways than can be tried.

use super::Checker;
use super::world::asks_for_license;
use crate::model::Requirement;

impl Checker<'_> {
    /// Whether a requirement is met exactly when all parts are met.
    ///
    /// What is stated done or undone is put in; a license that nobody names is due only where no other one is.
    pub(super) fn same(&self, requirement: &Requirement, parts: &[&Requirement]) -> bool {
        let mut mentions_unnamed = false;
        requirement.each_leaf(&mut |leaf| mentions_unnamed |= *leaf == Requirement::Unnamed);
        let is_named = !mentions_unnamed && asks_for_license(requirement);
        let fixed = |leaf: &Requirement| match leaf {
            Requirement::Nothing => Some(true),
            // A named license says what an unnamed one leaves open.
            Requirement::Unnamed => is_named.then_some(true),
            Requirement::Given(given) => self.done(*given),
            _ => None,
        };
        parts
            .iter()
            .all(|part| follows(&[requirement], &[part], &fixed))
            && follows(parts, &[requirement], &fixed)
    }
}

/// Whether whoever meets everything `given` meets something of what is `wanted`, where `fixed` says which leaves are met
/// or not whatever is held.
fn follows(
    given: &[&Requirement],
    wanted: &[&Requirement],
    fixed: &impl Fn(&Requirement) -> Option<bool>,
) -> bool {
    let given = flat(given, |part| match part {
        Requirement::All(parts) => Some(parts),
        _ => None,
    });
    let wanted = flat(wanted, |part| match part {
        Requirement::Any(parts) => Some(parts),
        _ => None,
    });
    if given.iter().any(|part| wanted.contains(part)) {
        return true;
    }
    // Who meets nothing of what is wanted holds at most everything but its leaves, and at least the leaves that are given.
    let most = |leaf: &Requirement| fixed(leaf).unwrap_or_else(|| !wanted.contains(&leaf));
    let least = |leaf: &Requirement| fixed(leaf).unwrap_or_else(|| given.contains(&leaf));
    if !given.iter().all(|part| is_met(part, &most))
        || wanted.iter().any(|part| is_met(part, &least))
    {
        return true;
    }
    let choice = given
        .iter()
        .position(|part| matches!(part, Requirement::Any(_)));
    let bundle = wanted
        .iter()
        .position(|part| matches!(part, Requirement::All(_)));
    // With leaves alone on one side, holding the most or the least is the way to meet the one and not the other.
    let (Some(choice), Some(bundle)) = (choice, bundle) else {
        return false;
    };
    if product(&wanted, clauses) <= product(&given, terms) {
        split(&wanted, bundle)
            .iter()
            .all(|wanted| follows(&given, wanted, fixed))
    } else {
        split(&given, choice)
            .iter()
            .all(|given| follows(given, &wanted, fixed))
    }
}

/// The requirements with the parts of those that `inner` opens in their place.
fn flat<'a>(
    requirements: &[&'a Requirement],
    inner: fn(&'a Requirement) -> Option<&'a Vec<Requirement>>,
) -> Vec<&'a Requirement> {
    let mut found = Vec::new();
    let mut queue: Vec<&Requirement> = requirements.to_vec();
    while let Some(requirement) = queue.pop() {
        match inner(requirement) {
            Some(parts) => queue.extend(parts),
            None => found.push(requirement),
        }
    }
    found
}

/// The requirements once for every part of the one at `place`, with the part in its place.
fn split<'a>(requirements: &[&'a Requirement], place: usize) -> Vec<Vec<&'a Requirement>> {
    let parts = match requirements.get(place) {
        Some(Requirement::Any(parts) | Requirement::All(parts)) => parts.as_slice(),
        _ => &[],
    };
    let with = |part: &'a Requirement| {
        let others = requirements.iter().enumerate();
        let mut with: Vec<&Requirement> = others
            .filter(|(other, _)| *other != place)
            .map(|(_, other)| *other)
            .collect();
        with.push(part);
        with
    };
    parts.iter().map(with).collect()
}

fn product(requirements: &[&Requirement], size: fn(&Requirement) -> u64) -> u64 {
    requirements
        .iter()
        .fold(1, |all, part| size(part).saturating_mul(all))
}

/// How many lists of leaves a requirement is, one leaf of each being needed.
fn clauses(requirement: &Requirement) -> u64 {
    match requirement {
        Requirement::All(parts) => parts.iter().map(clauses).fold(0, u64::saturating_add),
        Requirement::Any(parts) => parts.iter().map(clauses).fold(1, u64::saturating_mul),
        _ => 1,
    }
}

/// How many lists of leaves a requirement is, all leaves of one being needed.
fn terms(requirement: &Requirement) -> u64 {
    match requirement {
        Requirement::Any(parts) => parts.iter().map(terms).fold(0, u64::saturating_add),
        Requirement::All(parts) => parts.iter().map(terms).fold(1, u64::saturating_mul),
        _ => 1,
    }
}

fn is_met(requirement: &Requirement, holds: &impl Fn(&Requirement) -> bool) -> bool {
    match requirement {
        Requirement::Any(parts) => parts.iter().any(|part| is_met(part, holds)),
        Requirement::All(parts) => parts.iter().all(|part| is_met(part, holds)),
        leaf => holds(leaf),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PlanId;
    use proptest::prelude::*;

    const LEAVES: usize = 6;

    fn leaf(number: usize) -> Requirement {
        Requirement::Plan(PlanId::at(number))
    }

    fn any_of(numbers: std::ops::Range<usize>) -> Requirement {
        Requirement::Any(numbers.map(leaf).collect())
    }

    /// Leaf 0 is met whatever is held, leaf 1 is not.
    fn fixed(requirement: &Requirement) -> Option<bool> {
        match requirement {
            Requirement::Plan(plan) if *plan == PlanId::at(0) => Some(true),
            Requirement::Plan(plan) if *plan == PlanId::at(1) => Some(false),
            _ => None,
        }
    }

    fn requirement() -> impl Strategy<Value = Requirement> {
        (0..LEAVES)
            .prop_map(leaf)
            .prop_recursive(4, 24, 4, |inner| {
                let parts = prop::collection::vec(inner, 0..4);
                prop_oneof![
                    parts.clone().prop_map(Requirement::Any),
                    parts.prop_map(Requirement::All),
                ]
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_follows_is_what_holds_over_all_ways_to_hold(one in requirement(), other in requirement()) {
            let all_ways = (0u32..1 << LEAVES).all(|held| {
                let holds = |leaf: &Requirement| fixed(leaf).unwrap_or_else(|| {
                    matches!(leaf, Requirement::Plan(plan) if held >> plan.index() & 1 == 1)
                });
                !is_met(&one, &holds) || is_met(&other, &holds)
            });
            prop_assert_eq!(follows(&[&one], &[&other], &fixed), all_ways);
        }
    }

    #[test]
    fn long_lists_are_compared_by_meaning() {
        let open = |_: &Requirement| None;
        let both = |one: &Requirement, other: &Requirement| {
            (
                follows(&[one], &[other], &open),
                follows(&[other], &[one], &open),
            )
        };
        let lists = Requirement::All(
            (0..20)
                .map(|list| any_of(list * 50..list * 50 + 40))
                .collect(),
        );
        let turned = Requirement::All(
            (0..20)
                .rev()
                .map(|list| Requirement::Any((list * 50..list * 50 + 40).rev().map(leaf).collect()))
                .collect(),
        );
        assert_eq!(both(&lists, &turned), (true, true));
        let one_less = Requirement::All(
            (0..20)
                .map(|list| any_of(list * 50..list * 50 + if list == 7 { 39 } else { 40 }))
                .collect(),
        );
        assert_eq!(both(&lists, &one_less), (false, true));
        let bundles = |size: usize| {
            let bundle = |number: usize| {
                Requirement::All((number * 50..number * 50 + size).map(leaf).collect())
            };
            Requirement::Any((0..20).map(bundle).collect())
        };
        assert_eq!(both(&bundles(40), &bundles(39)), (true, false));
    }
}
