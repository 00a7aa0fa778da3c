//! Cases and satisfaction: that the conclusion follows from the state and the aspects.

use super::{Checked, Checker, demand, supply};
use crate::model::{
    Aspect, AspectOutcome, GivenId, NeedSubject, Place, Reading, Requirement, Satisfied, Verdict,
};
use crate::proof::{Finding, Statement, Step};
use std::collections::BTreeSet;

impl<'a> Checker<'a> {
    /// A case follows from the state and the aspects that the reading looks at.
    pub(super) fn case(&self, step: &'a Step) -> Checked {
        let Statement::Case {
            subject,
            verdict,
            requirement,
        } = &step.statement
        else {
            return Ok(());
        };
        let mut state = None;
        let mut findings: Vec<(Aspect, &Finding)> = Vec::new();
        for premise in self.premises(step) {
            match &premise.statement {
                Statement::State {
                    subject: of,
                    because,
                    contested,
                } if of == subject => state = Some((*because, *contested)),
                Statement::Aspect {
                    subject: of,
                    aspect,
                    finding,
                } if of == subject => findings.push((*aspect, finding)),
                _ => {}
            }
        }
        let is_task = matches!(subject, NeedSubject::Task(_));
        let (because, contested) = match state {
            Some(state) => state,
            None => {
                demand(
                    !is_task,
                    "a case says nothing about whether the task is open",
                )?;
                (None, false)
            }
        };
        if because.is_some() && !contested {
            demand(
                *requirement == Requirement::Nothing,
                "what is closed requires nothing",
            )?;
            return demand(
                *verdict == Verdict::Unavailable,
                "what is closed is unavailable",
            );
        }
        let looked_at: &[Aspect] = match (is_task, self.question.reading) {
            (false, _) => &[Aspect::Terms],
            (true, Reading::Technical) => &[Aspect::Works],
            (true, _) => &[Aspect::Terms, Aspect::Works],
        };
        let present: Vec<Aspect> = findings.iter().map(|(aspect, _)| *aspect).collect();
        demand(
            present == looked_at,
            "a case does not rest on the aspects that its reading looks at",
        )?;
        let cautious = is_task && self.question.reading == Reading::Cautious;
        let has = |outcome: AspectOutcome| {
            findings
                .iter()
                .any(|(_, finding)| finding.outcome == outcome)
        };
        let parts: Vec<&Requirement> = findings
            .iter()
            .map(|(_, finding)| &finding.requirement)
            .collect();
        demand(
            self.same(requirement, &parts),
            "the requirement of a case is not that of its aspects",
        )?;
        let undone = has_undone(requirement, &|given| self.done(given));
        let expected = if undone {
            Verdict::Unavailable
        } else if has(AspectOutcome::Required)
            || cautious && (has(AspectOutcome::Contested) || has(AspectOutcome::Unnamed))
        {
            Verdict::Required
        } else if has(AspectOutcome::Contested) || contested {
            Verdict::Contested
        } else if has(AspectOutcome::NotRequired) {
            Verdict::NotRequired
        } else {
            Verdict::NotStated
        };
        demand(
            *verdict == expected,
            format!("the case comes to {expected}, not {verdict}"),
        )
    }

    /// What is held, at the places where the license may sit, satisfies the need or not.
    pub(super) fn satisfied(&self, step: &'a Step) -> Checked {
        let Statement::Satisfied { subject, satisfied } = &step.statement else {
            return Ok(());
        };
        let need = self.premises(step).find(|premise| matches!(&premise.statement, Statement::Need { subject: of, .. } if of == subject));
        let Some(need) = need else {
            return Err("nothing is said about the need".to_owned());
        };
        let mut places = BTreeSet::new();
        let mut is_stated = false;
        for other in &self.proof.steps {
            if let Statement::Aspect {
                subject: of,
                aspect: Aspect::Assigned,
                finding,
            } = &other.statement
                && of == subject
            {
                is_stated |= finding.outcome == AspectOutcome::Stated;
                places.extend(finding.place);
                if finding.outcome != AspectOutcome::Stated {
                    places.extend(
                        (finding.outcome == AspectOutcome::Contested).then_some(Place::Tenant),
                    );
                }
            }
        }
        let (strict, wide) = match (places.first(), places.last()) {
            (Some(strict), Some(_)) if places.len() > 1 => (*strict, Place::Tenant),
            (Some(place), _) if is_stated => (*place, *place),
            _ => (Place::Account, Place::Person),
        };
        if *satisfied != Satisfied::Yes {
            return Ok(());
        }
        // Only "yes" is a promise: everything that some case asks for is held at the strictest place.
        let world = self.world(&[]);
        let held = supply::held(self.question, strict.min(wide));
        for case in self.premises(need) {
            if let Statement::Case {
                verdict,
                requirement,
                ..
            } = &case.statement
            {
                demand(
                    *verdict != Verdict::Unavailable && *verdict != Verdict::NotStated,
                    "what is closed or unsaid is not satisfied",
                )?;
                demand(
                    *verdict == Verdict::NotRequired || supply::meets(&world, requirement, &held),
                    "what is held does not meet a case",
                )?;
            }
        }
        Ok(())
    }
}

/// Whether something that must be done, with no license beside it, is stated undone.
fn has_undone(requirement: &Requirement, done: &impl Fn(GivenId) -> Option<bool>) -> bool {
    match requirement {
        Requirement::Given(given) => done(*given) == Some(false),
        Requirement::All(parts) => parts.iter().any(|part| has_undone(part, done)),
        Requirement::Any(parts) => {
            parts
                .iter()
                .all(|part| matches!(part, Requirement::Given(_)))
                && parts.iter().any(|part| has_undone(part, done))
        }
        _ => false,
    }
}
