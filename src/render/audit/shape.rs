//! The JSON contract of an audit, and its findings.

use super::AuditView;
use super::finding_words::Words;
use super::page::{question_line, why_line};
use super::row_shape::{AssignmentShape, RowShape, assignment_shape, row_shape};
use super::tenant_shape::{
    FileShape, MissingShape, PersonShape, RemedyShape, ToldShape, TotalsShape, file_shape,
    missing_shape, person_shape, remedy_shape, told_shape, totals_shape,
};
use crate::model::{ClaimId, SkuId};
use crate::render::answer_json::{claims, ids, step, subject};
use crate::render::answer_shape::StepShape;
use crate::render::each::Each;
use crate::render::shape::{RequirementShape, SourceShape, ThingShape};
use crate::tenant::audit::{About, AuditAnswer, Finding};
use crate::tenant::{Origin, Reference, step_for};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// `licit.audit/1`
///
/// What there is one of for every person or assignment is made while it is written: of a large tenant all of it at once
/// would be many times what was read.
#[derive(Serialize)]
pub struct AuditShape<'a> {
    #[serde(flatten)]
    head: HeadShape,
    /// What came of each file.
    files: Each<'a, FileShape>,
    /// Givens that the exports tell.
    told: Vec<ToldShape>,
    /// What no export tells.
    missing: Each<'a, MissingShape>,
    totals: TotalsShape,
    people: Each<'a, PersonShape>,
    rows: Each<'a, RowShape>,
    findings: Each<'a, FindingShape>,
    ignored: Each<'a, IgnoredShape>,
    known_before: Each<'a, String>,
    remedy: Option<RemedyShape>,
    questions: Vec<AskedShape>,
    /// The answers behind findings, with their proofs.
    answers: Each<'a, ProvenShape>,
    sources: Vec<SourceShape>,
}

/// When and how it was judged.
#[derive(Debug, Serialize)]
pub(super) struct HeadShape {
    on: String,
    known: String,
    reading: &'static str,
    segment: &'static str,
    currency: String,
    givens: BTreeMap<String, String>,
    pseudonymized: bool,
    partial: bool,
}

/// One finding.
#[derive(Debug, Serialize)]
pub(super) struct FindingShape {
    id: String,
    kind: &'static str,
    severity: &'static str,
    verdict: &'static str,
    /// The person; none where it is about several, or about nobody.
    person: Option<String>,
    account: Option<String>,
    group: Option<String>,
    program: Option<String>,
    principal: Option<String>,
    role: Option<RoleShape>,
    /// The assignment; none where it is about several, or about none.
    assignment: Option<AssignmentShape>,
    assignments: usize,
    people: usize,
    /// These people by name.
    concerns: Vec<String>,
    subject: Option<ThingShape>,
    needs: RequirementShape,
    held: Vec<String>,
    missing: Vec<RequirementShape>,
    says: String,
    advice: Vec<String>,
    /// Idle seats that would close it.
    idle: Vec<SeatsShape>,
    /// The export that would settle it.
    settled_by: Option<&'static str>,
    claims: Vec<String>,
    rows: Vec<String>,
    /// The answer behind it, by its number.
    answer: Option<usize>,
    /// The command that shows its proof.
    why: Option<String>,
}

/// A role of an export.
#[derive(Debug, Serialize)]
pub(super) struct RoleShape {
    /// Its id; none where the data does not know it.
    id: Option<String>,
    /// Its name today, or as written.
    name: String,
}

/// Seats of a SKU.
#[derive(Debug, Serialize)]
pub(super) struct SeatsShape {
    pub(super) sku: String,
    pub(super) seats: u64,
}

#[derive(Debug, Serialize)]
struct IgnoredShape {
    id: String,
    /// None where people are not named: a reason is free text.
    reason: Option<String>,
    until: Option<String>,
}

/// A question of the asker's own.
#[derive(Debug, Serialize)]
struct AskedShape {
    name: String,
    verdict: &'static str,
    needs: Vec<NeedShape>,
    why: String,
}

/// An answer with its proof.
#[derive(Debug, Serialize)]
struct ProvenShape {
    id: usize,
    /// How many rows ask it.
    rows: u64,
    subjects: Vec<ThingShape>,
    held: Vec<String>,
    held_elsewhere: Vec<String>,
    verdict: &'static str,
    needs: Vec<NeedShape>,
    steps: Vec<StepShape>,
}

#[derive(Debug, Serialize)]
struct NeedShape {
    subject: ThingShape,
    verdict: &'static str,
    requirement: RequirementShape,
    certainty: &'static str,
    claims: Vec<String>,
}

/// The whole shape.
pub(super) fn shape<'a>(view: AuditView<'a>) -> AuditShape<'a> {
    let words = Rc::new(view.words());
    let audit = view.audit;
    let all = audit.findings.iter();
    let cited: BTreeSet<usize> = all.filter_map(|finding| finding.answer).collect();
    let cited: Vec<(usize, &AuditAnswer)> = cited
        .into_iter()
        .filter_map(|at| Some((at, audit.answers.get(at)?)))
        .collect();
    let mut claimed: BTreeSet<ClaimId> = BTreeSet::new();
    for (_, answer) in &cited {
        claimed.extend(claims(view.knowledge, &answer.answer, &answer.proof));
    }
    for asked in view.questions {
        claimed.extend(claims(view.knowledge, &asked.answer, &asked.proof));
    }
    claimed.extend(
        audit
            .findings
            .iter()
            .flat_map(|finding| finding.claims.iter().copied()),
    );
    AuditShape {
        head: head_shape(&view),
        files: Each::of(0..view.tenant.files.len(), {
            let words = words.clone();
            move |at| file_shape(&words, at)
        }),
        told: audit
            .told
            .iter()
            .map(|told| told_shape(&words, told))
            .collect(),
        missing: Each::of(&view.tenant.missing, {
            let words = words.clone();
            move |missing| Some(missing_shape(&words, missing))
        }),
        totals: totals_shape(&view),
        people: Each::of(&audit.people, {
            let words = words.clone();
            move |person| Some(person_shape(&words, person))
        }),
        rows: Each::of(&audit.rows, {
            let words = words.clone();
            move |row| Some(row_shape(&view, &words, row))
        }),
        findings: Each::of(&audit.findings, {
            let words = words.clone();
            move |finding| Some(finding_shape(&view, &words, finding))
        }),
        ignored: Each::of(&audit.ignored, {
            let words = words.clone();
            move |(finding, entry)| {
                let entry = view.ignore.and_then(|ignore| ignore.entries.get(*entry));
                let reason = entry.filter(|_| !words.names.are_hidden());
                Some(IgnoredShape {
                    id: words.id(finding),
                    reason: reason.map(|entry| entry.reason.to_string()),
                    until: entry.and_then(|entry| Some(entry.until?.to_string())),
                })
            }
        }),
        known_before: Each::of(&audit.known_before, {
            let words = words.clone();
            move |finding| Some(words.id(finding))
        }),
        remedy: audit
            .remedy
            .as_ref()
            .map(|remedy| remedy_shape(&view, &words, remedy)),
        questions: view
            .questions
            .iter()
            .map(|asked| AskedShape {
                name: words.names.text(&asked.name),
                verdict: asked.answer.verdict.word(),
                needs: needs(&view, &asked.answer),
                why: question_line(&view, &asked.answer, &asked.proof),
            })
            .collect(),
        answers: Each::of(cited, move |(at, answer)| Some(proven(&view, at, answer))),
        sources: SourceShape::cited(view.knowledge, claimed),
    }
}

/// When and how it was judged.
pub(super) fn head_shape(view: &AuditView<'_>) -> HeadShape {
    let circumstances = &view.audit.circumstances;
    HeadShape {
        on: circumstances.on.to_string(),
        known: circumstances.known.to_string(),
        reading: circumstances.reading.word(),
        segment: circumstances.segment.word(),
        currency: circumstances.currency.to_string(),
        givens: circumstances
            .givens
            .iter()
            .map(|(given, value)| {
                (
                    view.knowledge.givens[*given].id.to_string(),
                    value.to_string(),
                )
            })
            .collect(),
        pseudonymized: view.naming == super::Naming::Pseudonyms,
        partial: view.is_partial(),
    }
}

/// One finding.
pub(super) fn finding_shape(
    view: &AuditView<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> FindingShape {
    let names = &words.names;
    let (idle, settled_by) = match &finding.about {
        About::MissingLicense { idle, .. } => (idle.as_slice(), None),
        About::NotTold(missing) => (
            [].as_slice(),
            step_for(missing.settled_by()).map(|step| step.gives.word()),
        ),
        _ => ([].as_slice(), None),
    };
    FindingShape {
        id: words.id(finding),
        kind: finding.kind().word(),
        severity: finding.severity.word(),
        verdict: finding.verdict.word(),
        person: finding.person.map(|at| names.person(at)),
        account: finding.account.map(|at| names.account(at)),
        group: finding.group.map(|at| names.group(at)),
        program: finding.service.map(|at| names.service(at)),
        principal: finding.unresolved.map(|at| names.unresolved(at)),
        role: finding.role.as_ref().map(|role| role_shape(words, role)),
        assignment: match finding.assignments.as_slice() {
            [at] => assignment_shape(words, *at),
            _ => None,
        },
        assignments: finding.assignments.len(),
        people: finding.people.len(),
        concerns: finding.people.iter().map(|at| names.person(*at)).collect(),
        subject: finding.subject.map(|one| subject(view.knowledge, one)),
        needs: RequirementShape::of(view.knowledge, &finding.needs),
        held: finding.held.iter().map(|sku| words.sku(sku)).collect(),
        missing: finding
            .missing
            .iter()
            .map(|part| RequirementShape::of(view.knowledge, part))
            .collect(),
        says: words.says(finding),
        advice: words.advice(finding),
        idle: idle
            .iter()
            .map(|(sku, seats)| seats_shape(view, *sku, *seats))
            .collect(),
        settled_by,
        claims: ids(view.knowledge, &finding.claims),
        rows: origins(words, &finding.rows),
        answer: finding.answer,
        why: why_line(view, finding),
    }
}

/// A role with its id, as far as the data knows it.
pub(super) fn role_shape(words: &Words<'_>, role: &Reference<crate::model::RoleId>) -> RoleShape {
    RoleShape {
        id: role.id.map(|id| words.knowledge.roles[id].id.to_string()),
        name: words.role(role),
    }
}

pub(super) fn seats_shape(view: &AuditView<'_>, sku: SkuId, seats: u64) -> SeatsShape {
    SeatsShape {
        sku: view.knowledge.skus[sku].id.to_string(),
        seats,
    }
}

pub(super) fn origins(words: &Words<'_>, rows: &[Origin]) -> Vec<String> {
    rows.iter().map(|row| words.names.origin(row)).collect()
}

fn proven(view: &AuditView<'_>, at: usize, answer: &AuditAnswer) -> ProvenShape {
    let question = &answer.answer.question;
    let skus = |skus: &[SkuId]| {
        skus.iter()
            .map(|sku| view.knowledge.skus[*sku].id.to_string())
            .collect()
    };
    let subjects = question.subjects.iter();
    let steps = answer.proof.steps.iter().enumerate();
    ProvenShape {
        id: at,
        rows: answer.rows,
        subjects: subjects
            .map(|asked| ThingShape::of(view.knowledge, crate::render::answer_json::named(*asked)))
            .collect(),
        held: skus(&question.held),
        held_elsewhere: skus(&question.held_elsewhere),
        verdict: answer.answer.verdict.word(),
        needs: needs(view, &answer.answer),
        steps: steps
            .map(|(at, one)| step(view.knowledge, at, one))
            .collect(),
    }
}

fn needs(view: &AuditView<'_>, answer: &crate::model::Answer) -> Vec<NeedShape> {
    let needs = answer.needs.iter().map(|need| NeedShape {
        subject: subject(view.knowledge, need.subject),
        verdict: need.verdict.word(),
        requirement: RequirementShape::of(view.knowledge, &need.requirement),
        certainty: need.certainty.grade.word(),
        claims: ids(view.knowledge, &need.claims),
    });
    needs.collect()
}
