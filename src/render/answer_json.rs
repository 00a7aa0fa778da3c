//! From an answer to the shapes of its JSON contract.

use super::answer_lines::formula;
use super::answer_shape::{
    AgreementShape, AlternativeShape, AnswerShape, AspectsShape, AssignedShape, CertaintyShape,
    ConflictShape, CountedShape, DependsOnShape, HindsightShape, LineShape, MentionShape,
    NeedShape, NextChangeShape, OpenedByShape, OutcomeShape, OwnPriceShape, OwnedShape,
    PopulationShape, ProofShape, QuestionShape, SaidShape, StepShape, UnattestedShape,
};
use super::basket_json::{baskets, row};
use super::shape::{EdgeShape, PeriodShape, RequirementShape, SourceShape, ThingShape};
use super::statement::statement;
use super::states::{StateShape, states_of};
use super::timeline_shape::{AttestedShape, told_shape};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Agreement, Alternative, Answer, Asked, Aspect, ClaimId, DependsOn, Named, Need, NeedSubject,
    OwnPrice, PricedBy, Question, Requirement, Told,
};
use crate::proof::{
    Assumption, Proof, Statement, Step, Unknown, edge_question, sentence, unknown_question,
    value_words,
};
use std::collections::BTreeSet;

/// The shape of an answer with its proof.
pub(super) fn shape(
    knowledge: &KnowledgeBase,
    answer: &Answer,
    proof: &Proof,
    hindsight: Option<&Answer>,
) -> AnswerShape {
    AnswerShape {
        question: question(knowledge, &answer.question),
        verdict: answer.verdict.word(),
        needs: answer
            .needs
            .iter()
            .map(|one| need(knowledge, &answer.question, one))
            .collect(),
        baskets: baskets(knowledge, answer),
        no_basket: answer.no_basket.clone(),
        other_readings: answer
            .other_readings
            .iter()
            .map(|(reading, verdict)| (reading.word(), verdict.word()))
            .collect(),
        next_change: answer.next_change.as_ref().map(|change| NextChangeShape {
            when: EdgeShape::of(&change.when),
            claim: knowledge.claims[change.claim].id.to_string(),
            subject: subject(knowledge, change.subject),
            verdict: change.verdict.word(),
        }),
        mentions: answer
            .mentions
            .iter()
            .map(|mention| MentionShape {
                task: ThingShape::of(knowledge, Named::Task(mention.task)),
                also: mention.also.clone(),
                verdict: mention.verdict.word(),
                requirement: RequirementShape::of(knowledge, &mention.requirement),
            })
            .collect(),
        valid: PeriodShape::of(&answer.valid),
        attested: AttestedShape::of(answer.attested),
        announced: answer
            .announced
            .iter()
            .map(|claim| SaidShape {
                id: knowledge.claims[*claim].id.to_string(),
                statement: statement(knowledge, &knowledge.claims[*claim]),
            })
            .collect(),
        hindsight: hindsight.map(|later| {
            let told = Told::of(later);
            let differences = Told::of(answer).differences(&told);
            HindsightShape {
                known: later.question.known.to_string(),
                differences: differences.iter().map(|one| one.word()).collect(),
                told: told_shape(knowledge, &told),
            }
        }),
        proof: ProofShape {
            steps: proof
                .steps
                .iter()
                .enumerate()
                .map(|(index, one)| step(knowledge, index, one))
                .collect(),
        },
        sources: SourceShape::cited(knowledge, claims(knowledge, answer, proof)),
    }
}

/// Every claim that an answer names or rests on.
pub(super) fn claims(
    knowledge: &KnowledgeBase,
    answer: &Answer,
    proof: &Proof,
) -> BTreeSet<ClaimId> {
    let mut claims: BTreeSet<ClaimId> = proof.claims().into_iter().collect();
    for need in &answer.needs {
        let states = states_of(knowledge, &answer.question, need);
        claims.extend(states.iter().map(|state| state.claim));
        claims.extend(&need.claims);
        claims.extend(need.conflicts.iter().flat_map(|conflict| &conflict.claims));
        claims.extend(
            need.alternatives
                .iter()
                .filter_map(|alternative| alternative.claim),
        );
        claims.extend(need.aspects.iter().flat_map(|line| &line.claims));
    }
    for basket in &answer.baskets {
        let prices = basket.items.iter().filter_map(|item| item.price);
        claims.extend(prices.filter_map(PricedBy::claim));
        let others = basket.items.iter().filter_map(|item| item.other_price);
        claims.extend(others.map(|other| other.claim));
    }
    claims.extend(answer.next_change.as_ref().map(|change| change.claim));
    claims.extend(&answer.announced);
    claims
}

pub(super) fn subject(knowledge: &KnowledgeBase, subject: NeedSubject) -> ThingShape {
    ThingShape::of(
        knowledge,
        match subject {
            NeedSubject::Task(task) => Named::Task(task),
            NeedSubject::Sku(sku) => Named::Sku(sku),
        },
    )
}

/// What was asked about, as something that has a name.
pub(super) fn named(asked: Asked) -> Named {
    match asked {
        Asked::Role(role) => Named::Role(role),
        Asked::Task(task) => Named::Task(task),
        Asked::Feature(feature) => Named::Feature(feature),
        Asked::Sku(sku) => Named::Sku(sku),
    }
}

pub(super) fn ids(knowledge: &KnowledgeBase, claims: &[ClaimId]) -> Vec<String> {
    let mut ids: Vec<String> = claims
        .iter()
        .map(|claim| knowledge.claims[*claim].id.to_string())
        .collect();
    ids.sort();
    ids
}

pub(super) fn question(knowledge: &KnowledgeBase, question: &Question) -> QuestionShape {
    let skus = |skus: &[crate::model::SkuId]| {
        skus.iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect()
    };
    QuestionShape {
        subjects: question
            .subjects
            .iter()
            .map(|asked| ThingShape::of(knowledge, named(*asked)))
            .collect(),
        eligible: question.eligible,
        on: question.on.to_string(),
        known: question.known.to_string(),
        givens: question
            .givens
            .iter()
            .map(|(given, value)| (knowledge.givens[*given].id.to_string(), value.to_string()))
            .collect(),
        held: skus(&question.held),
        held_elsewhere: skus(&question.held_elsewhere),
        owned: question
            .owned
            .iter()
            .map(|(sku, seats)| (knowledge.skus[*sku].id.to_string(), *seats))
            .collect(),
        reading: question.reading.word(),
        segment: question.segment.word(),
        currency: question.currency.to_string(),
        agreement: agreement(knowledge, &question.agreement),
    }
}

fn agreement(knowledge: &KnowledgeBase, agreement: &Agreement) -> AgreementShape {
    let price = |price: &OwnPrice| OwnPriceShape {
        sku: knowledge.skus[price.sku].id.to_string(),
        price: price.amount.to_string(),
        currency: price.currency.to_string(),
        from: price.from.map(|from| from.to_string()),
        until: price.until.map(|until| until.to_string()),
        term: price.term.map(crate::model::Term::word),
        note: price.note.to_string(),
        row: row(price),
    };
    AgreementShape {
        term: agreement.term.word(),
        renewed_on: agreement.renewed_on.map(|day| day.to_string()),
        prices: agreement.prices.iter().map(price).collect(),
    }
}

fn need(knowledge: &KnowledgeBase, question: &Question, need: &Need) -> NeedShape {
    let requirement = |requirement: &Requirement| RequirementShape::of(knowledge, requirement);
    NeedShape {
        subject: subject(knowledge, need.subject),
        asked_by: need
            .asked_by
            .iter()
            .map(|asked| ThingShape::of(knowledge, named(*asked)))
            .collect(),
        verdict: need.verdict.word(),
        because: need.because.map(crate::model::Because::word),
        requirement: requirement(&need.requirement),
        alternatives: need
            .alternatives
            .iter()
            .map(|Alternative { part, since, claim }| AlternativeShape {
                part: requirement(part),
                since: since.as_ref().map(ToString::to_string),
                claim: claim.map(|claim| knowledge.claims[claim].id.to_string()),
            })
            .collect(),
        opened_by: need
            .opened_by
            .iter()
            .map(|opened| OpenedByShape {
                sku: knowledge.skus[opened.sku].id.to_string(),
                name: knowledge.skus[opened.sku].name.to_string(),
                status: match (opened.surely, opened.attested) {
                    (true, true) => "yes",
                    (true, false) => "unattested",
                    (false, _) => "possible",
                },
                since: opened.since.as_ref().map(ToString::to_string),
                claims: ids(knowledge, &opened.claims),
            })
            .collect(),
        satisfied: need.satisfied.word(),
        missing: need.missing.iter().map(requirement).collect(),
        obligations: need
            .obligations
            .iter()
            .map(|given| knowledge.givens[*given].id.to_string())
            .collect(),
        counted: need.counted.as_ref().map(|counting| CountedShape {
            per: counting.per.word(),
            number: counting.number,
            at_least: counting.at_least,
            over: counting
                .over
                .iter()
                .map(|(given, number)| PopulationShape {
                    given: knowledge.givens[*given].id.to_string(),
                    number: *number,
                })
                .collect(),
            unstated: counting
                .unstated
                .iter()
                .map(|given| knowledge.givens[*given].id.to_string())
                .collect(),
            formula: formula(knowledge, counting),
            claim: knowledge.claims[counting.claim].id.to_string(),
        }),
        certainty: CertaintyShape {
            grade: need.certainty.grade.word(),
            because: ids(knowledge, &need.certainty.because),
        },
        aspects: aspects(knowledge, need),
        effective: PeriodShape::of(&need.effective),
        claims: ids(knowledge, &need.claims),
        overridden: ids(knowledge, &need.overridden),
        unattested: need
            .unattested
            .iter()
            .map(|(claim, from)| UnattestedShape {
                claim: knowledge.claims[*claim].id.to_string(),
                from: from.to_string(),
            })
            .collect(),
        states: states_of(knowledge, question, need)
            .into_iter()
            .map(|state| StateShape::of(knowledge, state))
            .collect(),
        conflicts: need
            .conflicts
            .iter()
            .map(|conflict| ConflictShape {
                aspect: conflict.aspect.map(Aspect::word),
                claims: ids(knowledge, &conflict.claims),
            })
            .collect(),
        depends_on: need
            .depends_on
            .iter()
            .map(|one| depends_on(knowledge, one))
            .collect(),
    }
}

fn aspects(knowledge: &KnowledgeBase, need: &Need) -> AspectsShape {
    let verdict = |aspect: Aspect| {
        need.aspect(aspect)
            .map_or("not-stated", |line| line.outcome.word())
    };
    let claims = |aspect: Aspect| {
        need.aspect(aspect)
            .map(|line| ids(knowledge, &line.claims))
            .unwrap_or_default()
    };
    let requirement = |aspect: Aspect| {
        need.aspect(aspect)
            .and_then(|line| line.requirement.as_ref())
            .map(|requirement| RequirementShape::of(knowledge, requirement))
    };
    let line = |aspect: Aspect| LineShape {
        verdict: verdict(aspect),
        requirement: requirement(aspect),
        claims: claims(aspect),
    };
    AspectsShape {
        terms: line(Aspect::Terms),
        works: line(Aspect::Works),
        assigned: AssignedShape {
            place: need
                .aspect(Aspect::Assigned)
                .and_then(|line| line.place)
                .map(crate::model::Place::word),
            verdict: verdict(Aspect::Assigned),
            claims: claims(Aspect::Assigned),
        },
        owned: OwnedShape {
            verdict: verdict(Aspect::Owned),
            at_least: need.aspect(Aspect::Owned).and_then(|line| line.seats),
            requirement: requirement(Aspect::Owned),
            claims: claims(Aspect::Owned),
        },
    }
}

fn depends_on(knowledge: &KnowledgeBase, depends: &DependsOn) -> DependsOnShape {
    DependsOnShape {
        given: depends
            .given
            .map(|given| knowledge.givens[given].id.to_string()),
        claim: knowledge.claims[depends.claim].id.to_string(),
        boundary: depends
            .boundary
            .as_ref()
            .map(|(_, boundary)| boundary.to_string()),
        question: depends_question(knowledge, depends),
        outcomes: depends
            .outcomes
            .iter()
            .map(|outcome| OutcomeShape {
                value: outcome.value.clone(),
                verdict: outcome.verdict.word(),
                requirement: RequirementShape::of(knowledge, &outcome.requirement),
            })
            .collect(),
    }
}

/// The question that settles an unknown.
pub(super) fn depends_question(knowledge: &KnowledgeBase, depends: &DependsOn) -> String {
    let unknown = match (depends.given, &depends.boundary) {
        (Some(given), Some((_, boundary))) => Unknown::Comparison {
            given,
            boundary: boundary.clone(),
        },
        (Some(given), None) => Unknown::Given(given),
        (None, Some((edge, _))) => return edge_question(knowledge, depends.claim, *edge),
        (None, None) => Unknown::Role,
    };
    unknown_question(knowledge, &unknown)
}

pub(super) fn step(knowledge: &KnowledgeBase, index: usize, step: &Step) -> StepShape {
    let (rule, claim, given) = match &step.statement {
        Statement::Stated { given, .. } => ("stated", None, Some(*given)),
        Statement::AskedRole { .. } => ("asked-role", None, None),
        Statement::Held { .. } => ("held", None, None),
        Statement::Counts { claim, .. } => ("counts", Some(*claim), None),
        Statement::Links { claim } => ("links", Some(*claim), None),
        Statement::DoesNotCount { claim, .. } => ("does-not-count", Some(*claim), None),
        Statement::State { .. } => ("state", None, None),
        Statement::Aspect { .. } => ("aspect", None, None),
        Statement::Case { .. } => ("case", None, None),
        Statement::Need { .. } => ("need", None, None),
        Statement::Satisfied { .. } => ("satisfied", None, None),
        Statement::Provides { .. } => ("provides", None, None),
        Statement::Answer { .. } => ("answer", None, None),
    };
    let by = match (&step.statement, claim) {
        (_, Some(claim)) => knowledge.claims[claim]
            .evidence
            .iter()
            .map(|evidence| knowledge.sources[evidence.source].id.to_string())
            .collect(),
        (Statement::Stated { .. } | Statement::AskedRole { .. } | Statement::Held { .. }, _) => {
            vec!["you".to_owned()]
        }
        _ => Vec::new(),
    };
    StepShape {
        id: u32::try_from(index).unwrap_or(u32::MAX),
        rule,
        claim: claim.map(|claim| knowledge.claims[claim].id.to_string()),
        given: given.map(|given| knowledge.givens[given].id.to_string()),
        says: sentence(knowledge, &step.statement),
        by,
        premises: step.premises.iter().map(|premise| premise.0).collect(),
        assumes: step
            .under
            .iter()
            .map(|assumption| assumption_words(knowledge, assumption))
            .collect(),
    }
}

/// An assumption in words.
pub(super) fn assumption_words(knowledge: &KnowledgeBase, assumption: &Assumption) -> String {
    format!(
        "{} {}",
        unknown_question(knowledge, &assumption.unknown),
        value_words(
            knowledge,
            &assumption.unknown,
            std::slice::from_ref(&assumption.value)
        )
    )
}
