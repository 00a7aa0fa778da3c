//! That the cases of a need leave nothing out and exclude each other.

use super::{Checked, Checker, demand};
use crate::model::{
    Condition, Day, GivenKind, GivenValue, Requirement, RolePattern, Test, Verdict,
};
use crate::proof::{Range, Statement, Step, Unknown, Value};
use std::collections::BTreeSet;

impl<'a> Checker<'a> {
    pub(super) fn need(&self, step: &'a Step) -> Checked {
        let Statement::Need {
            subject,
            verdict,
            requirement,
        } = &step.statement
        else {
            return Ok(());
        };
        demand(step.under.is_empty(), "a need rests on an assumption")?;
        let mut cases: Vec<&Step> = Vec::new();
        let mut verdicts: BTreeSet<Verdict> = BTreeSet::new();
        let mut parts: Vec<(Verdict, &Requirement)> = Vec::new();
        for premise in self.premises(step) {
            let Statement::Case {
                subject: of,
                verdict,
                requirement,
            } = &premise.statement
            else {
                return Err("a need rests on something that is no case".to_owned());
            };
            demand(of == subject, "a case is about something else")?;
            cases.push(premise);
            verdicts.insert(*verdict);
            parts.push((*verdict, requirement));
        }
        demand(self.complete(&cases, 0), "the cases leave something out")?;
        let expected = match (verdicts.len(), verdicts.first()) {
            (1, Some(only)) => *only,
            _ => Verdict::Depends,
        };
        demand(
            *verdict == expected,
            format!("the cases come to {expected}, not {verdict}"),
        )?;
        // A closed case asks for nothing, unless all are closed.
        let all_closed = expected == Verdict::Unavailable;
        let asking = parts
            .into_iter()
            .filter(|(verdict, _)| all_closed || *verdict != Verdict::Unavailable);
        let parts: Vec<&Requirement> = asking.map(|(_, requirement)| requirement).collect();
        demand(
            self.same(requirement, &parts),
            "the requirement of a need is not that of its cases",
        )
    }

    /// Whether the cases, which agree in their first `depth` assumptions, cover everything else.
    fn complete(&self, cases: &[&'a Step], depth: usize) -> bool {
        let Some(first) = cases.first() else {
            return false;
        };
        let Some(assumption) = first.under.get(depth) else {
            return cases.len() == 1;
        };
        let unknown = &assumption.unknown;
        if !cases.iter().all(|case| {
            case.under
                .get(depth)
                .is_some_and(|other| other.unknown == *unknown)
        }) {
            return false;
        }
        let mut values: Vec<&Value> = Vec::new();
        for value in cases
            .iter()
            .filter_map(|case| case.under.get(depth))
            .map(|assumption| &assumption.value)
        {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        self.leaves_nothing_out(unknown, &values)
            && values.iter().all(|value| {
                let inside: Vec<&Step> = cases
                    .iter()
                    .copied()
                    .filter(|case| {
                        case.under
                            .get(depth)
                            .is_some_and(|other| other.value == **value)
                    })
                    .collect();
                self.complete(&inside, depth + 1)
            })
    }

    fn leaves_nothing_out(&self, unknown: &Unknown, values: &[&Value]) -> bool {
        let both =
            || values.len() == 2 && values.contains(&&Value::Yes) && values.contains(&&Value::No);
        match unknown {
            Unknown::Edge { .. } | Unknown::Comparison { .. } => both(),
            Unknown::Role => self.covers_roles(values),
            Unknown::Given(given) => match &self.knowledge.givens[*given].kind {
                GivenKind::Truth => both(),
                GivenKind::Choice(words) => words.iter().all(|word| {
                    values
                        .iter()
                        .any(|value| **value == Value::Given(GivenValue::Choice(word.clone())))
                }),
                GivenKind::Count => {
                    let has =
                        |count: u64| values.contains(&&Value::Given(GivenValue::Count(count)));
                    has(0) && self.thresholds(unknown).into_iter().all(has)
                }
                GivenKind::Date => covers_all_days(values),
            },
        }
    }

    fn covers_roles(&self, values: &[&Value]) -> bool {
        // Every role that some condition names, and one that none names.
        values.contains(&&Value::OtherRole)
            && values.iter().all(|value| {
                matches!(
                    value,
                    Value::OtherRole
                        | Value::Role(RolePattern::Role(_) | RolePattern::Authority(_))
                )
            })
    }

    fn thresholds(&self, unknown: &Unknown) -> Vec<u64> {
        let mut found = Vec::new();
        let proof_claims = self.proof.claims();
        for id in proof_claims {
            if let Some(when) = &self.knowledge.claims[id].when {
                when.each_leaf(&mut |leaf| {
                    if let Condition::Given {
                        given,
                        test: Test::AtLeast(least),
                    } = leaf
                        && *unknown == Unknown::Given(*given)
                    {
                        found.push(*least);
                    }
                });
            }
        }
        found
    }
}

/// Ranges that follow each other from the open past to the open future.
fn covers_all_days(values: &[&Value]) -> bool {
    let mut ranges: Vec<Range> = values
        .iter()
        .filter_map(|value| {
            if let Value::Range(range) = value {
                Some(*range)
            } else {
                None
            }
        })
        .collect();
    ranges.sort();
    let mut reached: Option<Option<Day>> = Some(None);
    for range in &ranges {
        if reached != Some(range.from) {
            return false;
        }
        reached = range.until.map(Some);
    }
    ranges.len() == values.len() && reached.is_none()
}
