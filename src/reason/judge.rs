//! What a task comes to in one world: the verdict rules of design.md section 5.

use super::aspect::{Resolved, Voice};
use super::state::Availability;
use super::status::Status;
use super::supply::is_done;
use super::world::{Known, World};
use crate::dataset::Topic;
use crate::model::{
    Aspect, AspectOutcome, Because, ClaimKind, Demand, GivenId, Grade, Reading, Requirement, SkuId,
    TaskId, Verdict,
};

/// What a task comes to in one world.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) because: Option<Because>,
    /// Everything that some aspect demands; what only one side of a dispute demands is part of it.
    pub(super) requirement: Requirement,
    pub(super) obligations: Vec<GivenId>,
    pub(super) availability: Availability,
    /// The aspects that the reading looks at.
    pub(super) aspects: Vec<Resolved>,
    pub(super) grade: Grade,
}

/// The aspects that decide the verdict in a reading.
pub(super) fn deciding(reading: Reading) -> &'static [Aspect] {
    match reading {
        Reading::Technical => &[Aspect::Works],
        Reading::Documented | Reading::Cautious => &[Aspect::Terms, Aspect::Works],
    }
}

impl World<'_> {
    /// The verdict is the first that applies of unavailable, required, contested, not required, not stated. ("Depends"
    /// arises only between worlds.)
    pub(super) fn judge(&self, task: TaskId, reading: Reading) -> Known<Judged> {
        let availability = self.availability(task)?;
        let closed = availability.because.filter(|_| !availability.contested);
        if closed.is_some() {
            return Ok(Judged {
                verdict: Verdict::Unavailable,
                because: closed,
                requirement: Requirement::Nothing,
                obligations: Vec::new(),
                grade: availability.grade,
                availability,
                aspects: Vec::new(),
            });
        }
        let mut aspects = Vec::new();
        for aspect in deciding(reading) {
            aspects.push(self.resolve(task, *aspect, reading)?);
        }
        let says = |wanted: AspectOutcome| {
            aspects
                .iter()
                .any(|aspect| outcome_read(aspect, reading) == wanted)
        };
        let requirement = super::aspect::all_of(
            aspects
                .iter()
                .map(|aspect| aspect.finding.requirement.clone())
                .collect(),
        );
        let obligations = obligations_of(&requirement);
        let unmet = obligations
            .iter()
            .any(|given| is_done(self.facts, *given) == Some(false));
        let (verdict, because) = if unmet {
            (Verdict::Unavailable, Some(Because::Obligation))
        } else if says(AspectOutcome::Required) {
            (Verdict::Required, None)
        } else if says(AspectOutcome::Contested) || availability.contested {
            (Verdict::Contested, None)
        } else if says(AspectOutcome::NotRequired) {
            (Verdict::NotRequired, None)
        } else {
            (Verdict::NotStated, None)
        };
        let grade = grade(verdict, &aspects, &availability, reading);
        Ok(Judged {
            verdict,
            because,
            requirement,
            obligations,
            availability,
            aspects,
            grade,
        })
    }
}

impl World<'_> {
    /// What a SKU asks for beside it: its prerequisites, read like the terms of a task.
    pub(super) fn judge_sku(&self, sku: SkuId) -> Known<Judged> {
        let knowledge = self.facts.knowledge;
        let mut voices = Vec::new();
        let mut out = Vec::new();
        for id in knowledge.about(Topic::PrerequisitesOf(sku)) {
            let ClaimKind::Prerequisite { requires, .. } = &knowledge.claims[*id].kind else {
                continue;
            };
            match self.status(*id, Reading::Documented)? {
                Status::Out(why) => out.push((*id, why)),
                Status::Counts { attested } => voices.push(Voice {
                    claim: *id,
                    attested,
                    grade: self.grade(*id, attested),
                    demand: Demand::Requires(requires.clone()),
                    counted: None,
                }),
            }
        }
        let resolved = self.resolved(Aspect::Terms, voices, out);
        let verdict = match resolved.finding.outcome {
            AspectOutcome::Required => Verdict::Required,
            AspectOutcome::Contested => Verdict::Contested,
            AspectOutcome::NotRequired => Verdict::NotRequired,
            _ => Verdict::NotStated,
        };
        Ok(Judged {
            verdict,
            because: None,
            requirement: resolved.finding.requirement.clone(),
            obligations: obligations_of(&resolved.finding.requirement),
            availability: Availability::open(),
            grade: resolved.grade,
            aspects: vec![resolved],
        })
    }
}

/// What an outcome counts as in a reading: a cautious one takes contested and unnamed for required.
pub(super) fn outcome_read(aspect: &Resolved, reading: Reading) -> AspectOutcome {
    match (reading, aspect.finding.outcome) {
        (Reading::Cautious, AspectOutcome::Contested | AspectOutcome::Unnamed) => {
            AspectOutcome::Required
        }
        (_, outcome) => outcome,
    }
}

/// Over a proof certainty is (max, min): a demand is as certain as the best aspect that makes it; freedom from a license
/// needs every aspect that speaks, so the weakest of them counts.
fn grade(
    verdict: Verdict,
    aspects: &[Resolved],
    availability: &Availability,
    reading: Reading,
) -> Grade {
    let of = |wanted: AspectOutcome| {
        aspects
            .iter()
            .filter(move |aspect| outcome_read(aspect, reading) == wanted)
            .map(|aspect| aspect.grade)
    };
    match verdict {
        Verdict::Required => of(AspectOutcome::Required).max(),
        Verdict::Contested if availability.contested => Some(availability.grade),
        Verdict::Contested => of(AspectOutcome::Contested).max(),
        Verdict::NotRequired => of(AspectOutcome::NotRequired).min(),
        Verdict::NotStated => of(AspectOutcome::Unnamed).max(),
        Verdict::Unavailable => aspects.iter().map(|aspect| aspect.grade).max(),
        Verdict::Depends => None,
    }
    .unwrap_or(Grade::Inferred)
}

/// Things to do that no license stands beside: they do not decide the verdict and are listed.
pub(super) fn obligations_of(requirement: &Requirement) -> Vec<GivenId> {
    match requirement {
        Requirement::Given(given) => vec![*given],
        Requirement::All(parts) => parts.iter().flat_map(obligations_of).collect(),
        Requirement::Any(parts)
            if parts
                .iter()
                .all(|part| matches!(part, Requirement::Given(_))) =>
        {
            parts.iter().flat_map(obligations_of).collect()
        }
        _ => Vec::new(),
    }
}
