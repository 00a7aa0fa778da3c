//! The independent checker: accepts a proof only if every step follows and nothing that speaks was left out.
//!
//! It shares no code with the rooms that reason. Dates, conditions, relations, levels, and what provides what are worked
//! out here a second time, in the simplest way that can be read against design.md sections 3 to 5; speed does not matter.
//! Every answer in tests and debug builds goes through it.

mod argument;
mod basket;
mod cases;
mod cover;
mod license_set;
mod lines;
mod meaning;
mod price;
mod purchase;
mod states;
mod supply;
mod tenant;
mod tenant_bound;
mod world;

pub use argument::{ArgumentFault, check_certificate};
pub use license_set::{SetFault, check_license_set};
pub use tenant::{TenantFault, check_tenant};
pub use tenant_bound::{BoundFault, check_tenant_certificate};

pub use purchase::check_purchase;

use super::{Assumption, Proof, Statement, Step, StepId};
use crate::dataset::KnowledgeBase;
use crate::model::{Answer, Asked, ClaimId, NeedSubject, Place, Question, Verdict};
use world::Given;

/// Something in a proof that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The step, where it is one.
    pub step: Option<StepId>,
    /// What does not hold.
    pub what: String,
}

/// Checks an answer and its proof against the knowledge base.
///
/// # Errors
/// Everything that does not hold.
pub fn check(knowledge: &KnowledgeBase, answer: &Answer, proof: &Proof) -> Result<(), Vec<Fault>> {
    let mut checker = Checker {
        knowledge,
        question: &answer.question,
        proof,
        faults: Vec::new(),
    };
    for (index, step) in proof.steps.iter().enumerate() {
        let id = StepId(u32::try_from(index).unwrap_or(u32::MAX));
        if let Err(what) = checker.step(index, step) {
            checker.faults.push(Fault {
                step: Some(id),
                what,
            });
        }
    }
    if let Err(what) = checker.answer(answer) {
        checker.faults.push(Fault { step: None, what });
    }
    if checker.faults.is_empty() {
        Ok(())
    } else {
        Err(checker.faults)
    }
}

struct Checker<'a> {
    knowledge: &'a KnowledgeBase,
    question: &'a Question,
    proof: &'a Proof,
    faults: Vec<Fault>,
}

type Checked = Result<(), String>;

fn demand(holds: bool, otherwise: impl Into<String>) -> Checked {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

impl<'a> Checker<'a> {
    fn premises(&self, step: &'a Step) -> impl Iterator<Item = &'a Step> {
        let proof = self.proof;
        step.premises.iter().filter_map(move |id| proof.get(*id))
    }

    fn world(&self, under: &'a [Assumption]) -> Given<'a> {
        Given {
            knowledge: self.knowledge,
            question: self.question,
            under,
        }
    }

    fn step(&self, index: usize, step: &'a Step) -> Checked {
        demand(
            step.premises.iter().all(|premise| premise.index() < index),
            "a premise comes later than its conclusion",
        )?;
        let discharges = matches!(step.statement, Statement::Need { .. });
        let keeps = |premise: &Step| {
            premise
                .under
                .iter()
                .all(|assumption| step.under.contains(assumption))
        };
        demand(
            discharges || self.premises(step).all(keeps),
            "an assumption of a premise was dropped",
        )?;
        let question = self.question;
        match &step.statement {
            Statement::Stated { given, value } => demand(
                question.givens.get(given) == Some(value),
                "the asker did not say so",
            ),
            Statement::AskedRole { role } => demand(
                question.subjects.contains(&Asked::Role(*role)),
                "the asker did not ask about this role",
            ),
            Statement::Held { sku, place } => {
                let said = match place {
                    Place::Account => question.held.contains(sku),
                    Place::Person => question.held_elsewhere.contains(sku),
                    Place::Tenant => question.owned.contains_key(sku),
                };
                demand(said, "the asker did not say that this is held")
            }
            Statement::Counts { claim, attested } => {
                self.world(&step.under).counts(*claim)?;
                demand(
                    self.world(&step.under).is_attested(*claim) == *attested,
                    "attested or not is wrong",
                )
            }
            Statement::Links { claim } => demand(
                self.knowledge.has(*claim),
                "the claim is not in the knowledge base",
            ),
            Statement::DoesNotCount { claim, out } => self.world(&step.under).is_out(*claim, out),
            Statement::State { .. } => self.state(step),
            Statement::Aspect { .. } => self.aspect(step),
            Statement::Case { .. } => self.case(step),
            Statement::Need { .. } => self.need(step),
            Statement::Provides { sku, part, surely } => {
                let world = self.world(&[]);
                let claims: Vec<_> = self
                    .premises(step)
                    .filter_map(|premise| {
                        if let Statement::Links { claim } = premise.statement {
                            Some(claim)
                        } else {
                            None
                        }
                    })
                    .collect();
                demand(
                    supply::provides(&world, *sku, part) == Some(*surely),
                    "the SKU does not provide it so",
                )?;
                let is_link =
                    |claim: &ClaimId| supply::is_link(&self.knowledge.claims[*claim].kind);
                demand(claims.iter().all(is_link), "a claim on the way is none")?;
                demand(
                    supply::provides_by(&world, *sku, part, &claims),
                    "the claims named do not lead from the SKU to what it provides",
                )
            }
            Statement::Satisfied { .. } => self.satisfied(step),
            Statement::Answer { verdict } => {
                let verdicts = self
                    .premises(step)
                    .filter_map(|premise| match &premise.statement {
                        Statement::Need { verdict, .. } => Some(*verdict),
                        _ => None,
                    });
                demand(
                    verdicts.min().unwrap_or(Verdict::NotStated) == *verdict,
                    "not the first verdict over the needs",
                )
            }
        }
    }

    /// The answer says what the proof says, about everything that was asked.
    fn answer(&self, answer: &Answer) -> Checked {
        let last = self.proof.steps.last();
        demand(
            last.is_some_and(|step| {
                step.statement
                    == Statement::Answer {
                        verdict: answer.verdict,
                    }
            }),
            "the proof does not end in the answer's verdict",
        )?;
        let proven: Vec<NeedSubject> = last
            .into_iter()
            .flat_map(|step| self.premises(step))
            .filter_map(|step| {
                if let Statement::Need { subject, .. } = step.statement {
                    Some(subject)
                } else {
                    None
                }
            })
            .collect();
        for subject in self.asked() {
            demand(
                proven.contains(&subject),
                format!("nothing was proven about {subject:?}"),
            )?;
        }
        for need in &answer.needs {
            let statement = Statement::Need {
                subject: need.subject,
                verdict: need.verdict,
                requirement: need.requirement.clone(),
            };
            demand(
                self.proof
                    .steps
                    .iter()
                    .any(|step| step.statement == statement),
                "a need of the answer is not proven",
            )?;
            let claims = self.proof.claims();
            for claim in &need.claims {
                let is_awaited = self.proof.steps.iter().any(
                    |step| matches!(&step.statement, Statement::DoesNotCount { claim: out, .. } if out == claim),
                );
                demand(
                    claims.contains(claim) || is_awaited,
                    "a claim behind a need is not in the proof",
                )?;
            }
        }
        for basket in &answer.baskets {
            basket::check_basket(&self.world(&[]), answer, basket)?;
        }
        Ok(())
    }

    fn asked(&self) -> Vec<NeedSubject> {
        let mut subjects: Vec<NeedSubject> = Vec::new();
        for asked in &self.question.subjects {
            match asked {
                Asked::Role(role) => subjects.extend(
                    self.knowledge.roles[*role]
                        .core
                        .iter()
                        .copied()
                        .map(NeedSubject::Task),
                ),
                Asked::Task(task) => subjects.push(NeedSubject::Task(*task)),
                Asked::Feature(feature) => subjects.extend(
                    self.knowledge.features[*feature]
                        .default_task
                        .map(NeedSubject::Task),
                ),
                Asked::Sku(sku) => subjects.push(NeedSubject::Sku(*sku)),
            }
        }
        if self.question.eligible {
            subjects.extend(
                self.knowledge
                    .tasks
                    .find("pim.hold-eligible-assignment")
                    .map(NeedSubject::Task),
            );
        }
        subjects
    }
}
