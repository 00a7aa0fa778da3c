//! Writing down why.

use super::aspect::Resolved;
use super::cases::Case;
use super::judge::Judged;
use super::need::Worked;
use super::supply::holdings;
use super::world::Facts;
use crate::model::{
    Aspect, AspectOutcome, ClaimId, Condition, GivenId, NeedSubject, Place, Question, Requirement,
    RoleId, Satisfied, SkuId, Verdict,
};
use crate::proof::{Assumption, Out, Proof, Statement, StepId};

/// Writes the proof of a need; returns the step of its verdict.
pub(super) fn prove(
    proof: &mut Proof,
    facts: &Facts<'_>,
    question: &Question,
    worked: &Worked,
) -> StepId {
    let subject = worked.need.subject;
    let cases: Vec<StepId> = worked
        .cases
        .iter()
        .map(|case| prove_case(proof, facts, subject, case))
        .collect();
    let statement = Statement::Need {
        subject,
        verdict: worked.need.verdict,
        requirement: worked.need.requirement.clone(),
    };
    let need = proof.add(statement, cases, &[]);
    // The lines that do not decide the verdict have their reasons too.
    for line in &worked.lines {
        for case in line
            .iter()
            .filter(|case| matches!(case.result.aspect, Aspect::Assigned | Aspect::Owned))
        {
            prove_aspect(proof, facts, subject, &case.result, &case.assumed);
        }
    }
    prove_satisfied(proof, question, worked, need);
    need
}

fn prove_case(
    proof: &mut Proof,
    facts: &Facts<'_>,
    subject: NeedSubject,
    case: &Case<Judged>,
) -> StepId {
    let judged = &case.result;
    let mut premises = Vec::new();
    if matches!(subject, NeedSubject::Task(_)) {
        let availability = &judged.availability;
        let mut looked_at: Vec<StepId> = availability
            .claims
            .iter()
            .map(|(claim, attested)| counts(proof, facts, *claim, *attested, &case.assumed))
            .collect();
        looked_at.extend(
            availability
                .out
                .iter()
                .map(|(claim, out)| does_not_count(proof, facts, *claim, out, &case.assumed)),
        );
        let statement = Statement::State {
            subject,
            because: availability.because,
            contested: availability.contested,
        };
        premises.push(proof.add(statement, looked_at, &case.assumed));
    }
    for aspect in &judged.aspects {
        premises.push(prove_aspect(proof, facts, subject, aspect, &case.assumed));
    }
    let stated: Vec<GivenId> = judged.obligations.clone();
    premises.extend(
        stated
            .into_iter()
            .filter_map(|given| stated_step(proof, facts, given)),
    );
    let statement = Statement::Case {
        subject,
        verdict: judged.verdict,
        requirement: judged.requirement.clone(),
    };
    proof.add(statement, premises, &case.assumed)
}

fn prove_aspect(
    proof: &mut Proof,
    facts: &Facts<'_>,
    subject: NeedSubject,
    resolved: &Resolved,
    under: &[Assumption],
) -> StepId {
    let mut premises: Vec<StepId> = resolved
        .voices
        .iter()
        .map(|voice| counts(proof, facts, voice.claim, voice.attested, under))
        .collect();
    premises.extend(
        resolved
            .out
            .iter()
            .map(|(claim, out)| does_not_count(proof, facts, *claim, out, under)),
    );
    let statement = Statement::Aspect {
        subject,
        aspect: resolved.aspect,
        finding: resolved.finding.clone(),
    };
    proof.add(statement, premises, under)
}

fn counts(
    proof: &mut Proof,
    facts: &Facts<'_>,
    claim: ClaimId,
    attested: bool,
    under: &[Assumption],
) -> StepId {
    let premises = asker_steps(proof, facts, claim);
    proof.add(Statement::Counts { claim, attested }, premises, under)
}

fn does_not_count(
    proof: &mut Proof,
    facts: &Facts<'_>,
    claim: ClaimId,
    out: &Out,
    under: &[Assumption],
) -> StepId {
    let asked = match out {
        Out::ConditionFails => claim,
        Out::Replaced(by) | Out::Superseded(by) => *by,
        _ => {
            return proof.add(
                Statement::DoesNotCount {
                    claim,
                    out: out.clone(),
                },
                Vec::new(),
                under,
            );
        }
    };
    let premises = asker_steps(proof, facts, asked);
    proof.add(
        Statement::DoesNotCount {
            claim,
            out: out.clone(),
        },
        premises,
        under,
    )
}

/// What the asker said that the `when` of a claim asks for.
fn asker_steps(proof: &mut Proof, facts: &Facts<'_>, claim: ClaimId) -> Vec<StepId> {
    let mut steps = Vec::new();
    if let Some(when) = &facts.knowledge.claims[claim].when {
        let mut leaves = Vec::new();
        when.each_leaf(&mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            match leaf {
                Condition::Given { given, .. } => steps.extend(stated_step(proof, facts, *given)),
                Condition::Role(_) => steps.extend(facts.roles.iter().map(|role: &RoleId| {
                    proof.add(Statement::AskedRole { role: *role }, Vec::new(), &[])
                })),
                Condition::Holds(_) => steps.extend(facts.held.iter().map(|sku| {
                    proof.add(
                        Statement::Held {
                            sku: *sku,
                            place: Place::Account,
                        },
                        Vec::new(),
                        &[],
                    )
                })),
                Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {}
            }
        }
    }
    steps.sort_unstable();
    steps.dedup();
    steps
}

fn stated_step(proof: &mut Proof, facts: &Facts<'_>, given: GivenId) -> Option<StepId> {
    let value = facts.givens.get(&given)?.clone();
    Some(proof.add(Statement::Stated { given, value }, Vec::new(), &[]))
}

fn prove_satisfied(proof: &mut Proof, question: &Question, worked: &Worked, need: StepId) {
    let mut premises = vec![need];
    let held = |proof: &mut Proof, sku: SkuId| {
        let place = if question.held.contains(&sku) {
            Place::Account
        } else if question.held_elsewhere.contains(&sku) {
            Place::Person
        } else {
            Place::Tenant
        };
        proof.add(Statement::Held { sku, place }, Vec::new(), &[])
    };
    let mut leaves: Vec<&Requirement> = Vec::new();
    worked
        .need
        .requirement
        .each_leaf(&mut |leaf| leaves.push(leaf));
    let owned = worked
        .need
        .aspect(Aspect::Owned)
        .filter(|line| line.outcome == AspectOutcome::Stated);
    if let Some(of) = owned.and_then(|line| line.requirement.as_ref()) {
        of.each_leaf(&mut |leaf| leaves.push(leaf));
    }
    if worked.need.verdict == Verdict::NotRequired && leaves.is_empty() {
        return;
    }
    for sku in holdings(question, Place::Tenant) {
        for leaf in &leaves {
            if let Some(provider) = worked.supply.provider(leaf, sku) {
                let mut ways = vec![held(proof, sku)];
                ways.extend(
                    provider.claims.iter().map(|claim| {
                        proof.add(Statement::Links { claim: *claim }, Vec::new(), &[])
                    }),
                );
                let statement = Statement::Provides {
                    sku,
                    part: (*leaf).clone(),
                    surely: provider.surely,
                };
                premises.push(proof.add(statement, ways, &[]));
            }
        }
    }
    let satisfied: Satisfied = worked.need.satisfied;
    proof.add(
        Statement::Satisfied {
            subject: worked.need.subject,
            satisfied,
        },
        premises,
        &[],
    );
}
