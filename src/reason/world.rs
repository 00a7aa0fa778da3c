//! One possible world: what the asker stated, and what is assumed where nobody knows.
//!
//! Reasoning runs inside a world. Where it meets something unknown it stops with the [`Unknown`]; the caller then splits
//! the world and tries every value. So only unknowns that are really met are tried, and "unknown" is never "no".

use crate::dataset::KnowledgeBase;
use crate::graph::{Moment, Node, Snapshot};
use crate::model::{
    Boundary, Claim, ClaimId, Condition, Day, EdgeOf, GivenId, GivenValue, HeldThing, Question,
    RoleId, RolePattern, SkuId, Test,
};
use crate::proof::{Assumption, Range, Unknown, Value};
use std::collections::BTreeMap;

/// What does not change from world to world.
pub(super) struct Facts<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) moment: Moment,
    pub(super) givens: &'a BTreeMap<GivenId, GivenValue>,
    pub(super) held: &'a [SkuId],
    /// The roles that the question names.
    pub(super) roles: &'a [RoleId],
    /// A claim that is seen from another moment than all others, to find out whether it is the one that flips an answer.
    pub(super) held_back: Option<(ClaimId, Moment)>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(
        knowledge: &'a KnowledgeBase,
        question: &'a Question,
        roles: &'a [RoleId],
    ) -> Self {
        let moment = Moment {
            on: question.on,
            known: question.known,
        };
        Self {
            knowledge,
            moment,
            givens: &question.givens,
            held: &question.held,
            roles,
            held_back: None,
        }
    }

    /// The moment from which a claim is seen.
    pub(super) fn moment_of(&self, claim: ClaimId) -> Moment {
        match self.held_back {
            Some((held_back, moment)) if held_back == claim => moment,
            _ => self.moment,
        }
    }

    /// The same facts at another moment.
    pub(super) fn at(&self, moment: Moment) -> Facts<'a> {
        Facts { moment, ..*self }
    }

    pub(super) fn on(&self, on: Day) -> Facts<'a> {
        Facts {
            moment: Moment { on, ..self.moment },
            held_back: self
                .held_back
                .map(|(claim, moment)| (claim, Moment { on, ..moment })),
            ..*self
        }
    }
}

/// Facts with assumptions.
pub(super) struct World<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) assumed: &'a [Assumption],
}

/// What a check in a world gives: an answer, or the unknown that decides.
pub(super) type Known<T> = Result<T, Unknown>;

impl World<'_> {
    fn assumed(&self, unknown: &Unknown) -> Option<&Value> {
        self.assumed
            .iter()
            .find(|assumption| assumption.unknown == *unknown)
            .map(|assumption| &assumption.value)
    }

    /// Whether the day has reached a boundary inside whose interval it lies.
    pub(super) fn reached(&self, claim: ClaimId, edge: EdgeOf) -> Known<bool> {
        let unknown = Unknown::Edge { claim, edge };
        self.assumed(&unknown)
            .map(|value| *value == Value::Yes)
            .ok_or(unknown)
    }

    /// Whether the `when` of a claim holds.
    pub(super) fn applies(&self, claim: &Claim) -> Known<bool> {
        claim
            .when
            .as_ref()
            .map_or(Ok(true), |condition| self.holds(condition))
    }

    /// Three-valued logic: one false part decides `all`, one true part decides `any`, whatever is unknown beside it.
    fn holds(&self, condition: &Condition) -> Known<bool> {
        match condition {
            Condition::All(parts) => self.decide(parts, false),
            Condition::Any(parts) => self.decide(parts, true),
            Condition::Not(part) => self.holds(part).map(|holds| !holds),
            Condition::Given { given, test } => self.passes(*given, test),
            Condition::Holds(thing) => Ok(self.holds_thing(*thing)),
            Condition::Role(patterns) => self.has_role(patterns),
        }
    }

    fn decide(&self, parts: &[Condition], deciding: bool) -> Known<bool> {
        let mut unknown = None;
        for part in parts {
            match self.holds(part) {
                Ok(value) if value == deciding => return Ok(deciding),
                Ok(_) => {}
                Err(what) => unknown = unknown.or(Some(what)),
            }
        }
        unknown.map_or(Ok(!deciding), Err)
    }

    fn passes(&self, given: GivenId, test: &Test) -> Known<bool> {
        let stated = self.facts.givens.get(&given);
        let assumed = match stated {
            Some(_) => None,
            None => Some(
                self.assumed(&Unknown::Given(given))
                    .ok_or(Unknown::Given(given))?,
            ),
        };
        match test {
            Test::Before(boundary) => self.is_before(given, stated, assumed, boundary),
            Test::OnOrAfter(boundary) => self
                .is_before(given, stated, assumed, boundary)
                .map(|before| !before),
            Test::Is(wanted) => Ok(match (stated, assumed) {
                (Some(value), _) | (None, Some(Value::Given(value))) => value == wanted,
                (None, Some(value)) => GivenValue::Truth(*value == Value::Yes) == *wanted,
                (None, None) => false,
            }),
            Test::OneOf(words) => Ok(match (stated, assumed) {
                (Some(GivenValue::Choice(word)), _)
                | (None, Some(Value::Given(GivenValue::Choice(word)))) => words.contains(word),
                _ => false,
            }),
            Test::AtLeast(least) => Ok(match (stated, assumed) {
                (Some(GivenValue::Count(count)), _)
                | (None, Some(Value::Given(GivenValue::Count(count)))) => count >= least,
                _ => false,
            }),
        }
    }

    fn is_before(
        &self,
        given: GivenId,
        stated: Option<&GivenValue>,
        assumed: Option<&Value>,
        boundary: &Boundary,
    ) -> Known<bool> {
        let (first, last) = match (stated, assumed) {
            (Some(GivenValue::Date(date)), _) => (date.earliest(), date.latest()),
            (None, Some(Value::Range(Range { from, until }))) => (*from, until.map(Day::previous)),
            _ => return Ok(false),
        };
        let surely_before =
            matches!((last, boundary.earliest()), (Some(last), Some(earliest)) if last < earliest);
        let surely_after =
            matches!((first, boundary.latest()), (Some(first), Some(latest)) if first >= latest);
        if surely_before || surely_after {
            return Ok(surely_before);
        }
        let unknown = Unknown::Comparison {
            given,
            boundary: boundary.clone(),
        };
        self.assumed(&unknown)
            .map(|value| *value == Value::Yes)
            .ok_or(unknown)
    }

    fn holds_thing(&self, thing: HeldThing) -> bool {
        let node = match thing {
            HeldThing::Sku(sku) => return self.facts.held.contains(&sku),
            HeldThing::Plan(plan) => Node::Plan(plan),
        };
        if self.facts.held.is_empty() {
            return false;
        }
        let snapshot = Snapshot::of(self.facts.knowledge, self.facts.moment, [node]);
        snapshot
            .providers(node)
            .iter()
            .any(|provider| self.facts.held.contains(&provider.sku))
    }

    fn has_role(&self, patterns: &[RolePattern]) -> Known<bool> {
        let knowledge = self.facts.knowledge;
        let matches = |role: RoleId, pattern: &RolePattern| match pattern {
            RolePattern::Role(wanted) => *wanted == role,
            RolePattern::Authority(authority) => knowledge.roles[role].authority == *authority,
        };
        if !self.facts.roles.is_empty() {
            return Ok(self
                .facts
                .roles
                .iter()
                .any(|role| patterns.iter().any(|pattern| matches(*role, pattern))));
        }
        match self.assumed(&Unknown::Role).ok_or(Unknown::Role)? {
            Value::Role(RolePattern::Role(role)) => {
                Ok(patterns.iter().any(|pattern| matches(*role, pattern)))
            }
            Value::Role(assumed) => Ok(patterns.contains(assumed)),
            _ => Ok(false),
        }
    }
}

/// The values to try for an unknown: together they leave nothing out. `claims` are those whose `when` may ask.
pub(super) fn values(facts: &Facts<'_>, unknown: &Unknown, claims: &[ClaimId]) -> Vec<Value> {
    match unknown {
        Unknown::Edge { .. } | Unknown::Comparison { .. } => vec![Value::Yes, Value::No],
        Unknown::Role => {
            let mut patterns: Vec<RolePattern> = Vec::new();
            each_condition(facts.knowledge, claims, &mut |condition| {
                if let Condition::Role(more) = condition {
                    patterns.extend(more.iter().cloned());
                }
            });
            patterns.sort();
            patterns.dedup();
            patterns
                .into_iter()
                .map(Value::Role)
                .chain([Value::OtherRole])
                .collect()
        }
        Unknown::Given(given) => given_values(facts, *given, claims),
    }
}

fn given_values(facts: &Facts<'_>, given: GivenId, claims: &[ClaimId]) -> Vec<Value> {
    use crate::model::GivenKind;
    let mut days = Vec::new();
    let mut counts = vec![0];
    each_condition(facts.knowledge, claims, &mut |condition| {
        if let Condition::Given { given: asked, test } = condition
            && *asked == given
        {
            match test {
                Test::Before(boundary) | Test::OnOrAfter(boundary) => {
                    days.extend(boundary.earliest());
                    days.extend(boundary.latest());
                }
                Test::AtLeast(least) => counts.push(*least),
                Test::Is(_) | Test::OneOf(_) => {}
            }
        }
    });
    match &facts.knowledge.givens[given].kind {
        GivenKind::Truth => vec![Value::Yes, Value::No],
        GivenKind::Choice(words) => words
            .iter()
            .map(|word| Value::Given(GivenValue::Choice(word.clone())))
            .collect(),
        GivenKind::Count => {
            counts.sort_unstable();
            counts.dedup();
            counts
                .into_iter()
                .map(|count| Value::Given(GivenValue::Count(count)))
                .collect()
        }
        GivenKind::Date => {
            days.sort_unstable();
            days.dedup();
            let starts = std::iter::once(None).chain(days.iter().copied().map(Some));
            let ends = days.iter().copied().map(Some).chain([None]);
            starts
                .zip(ends)
                .map(|(from, until)| Value::Range(Range { from, until }))
                .collect()
        }
    }
}

fn each_condition<'a>(
    knowledge: &'a KnowledgeBase,
    claims: &[ClaimId],
    visit: &mut impl FnMut(&'a Condition),
) {
    for condition in claims
        .iter()
        .filter_map(|id| knowledge.claims[*id].when.as_ref())
    {
        condition.each_leaf(visit);
    }
}
