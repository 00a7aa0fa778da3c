//! Whether two claims can be in force and known together, with nobody having said how they go together.

use super::relations::Relations;
use crate::model::{Boundary, Claim, ClaimId, Period};
use std::collections::{BTreeMap, BTreeSet};

/// The claims with their relations, and who ends whom.
pub(super) struct Together<'c> {
    claims: &'c BTreeMap<ClaimId, &'c Claim>,
    relations: &'c BTreeMap<ClaimId, Relations>,
    /// Claims that supersede a claim whatever the case and for good.
    superseded_by: BTreeMap<ClaimId, Vec<&'c Claim>>,
    /// Claims that replace a claim whatever the case and for good.
    replaced_by: BTreeMap<ClaimId, Vec<&'c Claim>>,
}

impl<'c> Together<'c> {
    pub(super) fn new(
        claims: &'c BTreeMap<ClaimId, &'c Claim>,
        relations: &'c BTreeMap<ClaimId, Relations>,
    ) -> Self {
        let mut superseded_by: BTreeMap<ClaimId, Vec<&Claim>> = BTreeMap::new();
        let mut replaced_by: BTreeMap<ClaimId, Vec<&Claim>> = BTreeMap::new();
        let unconditional = |claim: &&&Claim| claim.when.is_none() && claim.known.until.is_none();
        for claim in claims.values().filter(unconditional) {
            if claim.effective.until.is_none() {
                for older in &claim.supersedes {
                    superseded_by.entry(*older).or_default().push(claim);
                }
            }
            for older in &claim.replaces {
                replaced_by.entry(*older).or_default().push(claim);
            }
        }
        Self {
            claims,
            relations,
            superseded_by,
            replaced_by,
        }
    }

    /// Whether both may stand on some day, with nobody having said how they go together.
    pub(super) fn may_stand(&self, one: ClaimId, other: ClaimId) -> bool {
        let (Some(first), Some(second)) = (self.claims.get(&one), self.claims.get(&other)) else {
            return false;
        };
        !apart(&first.effective, &second.effective)
            && !apart(&first.known, &second.known)
            && !self.over_before(one, second)
            && !self.over_before(other, first)
            && !self.related(one, other)
    }

    /// Whether a third claim has ended `older` before `newer` begins, or is known.
    fn over_before(&self, older: ClaimId, newer: &Claim) -> bool {
        let known = |third: &&&Claim| begins_by(&third.known, &newer.known);
        let mut replaced = self.replaced_by.get(&older).into_iter().flatten();
        let mut superseded = self.superseded_by.get(&older).into_iter().flatten();
        replaced.any(|third| known(&third))
            || superseded
                .any(|third| known(&third) && begins_by(&third.effective, &newer.effective))
    }

    /// Whether somebody said how the two go together.
    fn related(&self, one: ClaimId, other: ClaimId) -> bool {
        let disputes = |one: ClaimId, other: ClaimId| {
            let relations = self.relations.get(&one);
            relations.is_some_and(|[_, _, disputes]| disputes.contains(&other))
        };
        disputes(one, other)
            || disputes(other, one)
            || self.reaches(one, other)
            || self.reaches(other, one)
    }

    /// Whether `newer` supersedes or replaces `older`, also through others.
    fn reaches(&self, newer: ClaimId, older: ClaimId) -> bool {
        let mut seen = BTreeSet::from([newer]);
        let mut open = vec![newer];
        while let Some(claim) = open.pop() {
            let Some([supersedes, replaces, _]) = self.relations.get(&claim) else {
                continue;
            };
            for next in supersedes.iter().chain(replaces) {
                if *next == older {
                    return true;
                }
                if seen.insert(*next) {
                    open.push(*next);
                }
            }
        }
        false
    }
}

/// Whether `last` is surely not later than `first`.
fn not_later(last: Option<&Boundary>, first: Option<&Boundary>) -> bool {
    let last = last.and_then(Boundary::latest);
    let first = first.and_then(Boundary::earliest);
    matches!((last, first), (Some(last), Some(first)) if last <= first)
}

/// Whether one period has surely begun where the other begins.
fn begins_by(one: &Period, other: &Period) -> bool {
    not_later(one.from.as_ref(), other.from.as_ref())
}

/// Whether two periods surely have no day in common.
fn apart(one: &Period, other: &Period) -> bool {
    not_later(one.until.as_ref(), other.from.as_ref())
        || not_later(other.until.as_ref(), one.from.as_ref())
}
