//! What one aspect of a task comes to in one world.

use super::status::{Status, frees};
use super::world::{Known, World};
use crate::dataset::Topic;
use crate::model::{
    Aspect, AspectOutcome, ClaimId, ClaimKind, Counted, Demand, GivenValue, Grade, Place, Reading,
    Requirement, TaskId,
};
use crate::proof::{Finding, Out};

/// A claim that counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Voice {
    pub(super) claim: ClaimId,
    pub(super) attested: bool,
    pub(super) grade: Grade,
    pub(super) demand: Demand,
    pub(super) counted: Option<Counted>,
}

/// What an aspect comes to, with every claim that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub(super) aspect: Aspect,
    pub(super) finding: Finding,
    pub(super) voices: Vec<Voice>,
    pub(super) out: Vec<(ClaimId, Out)>,
    pub(super) grade: Grade,
}

impl World<'_> {
    /// Looks at the claims about the task, its feature, its area and everything, in that order; the first of these about
    /// which a claim counts decides.
    pub(super) fn resolve(
        &self,
        task: TaskId,
        aspect: Aspect,
        reading: Reading,
    ) -> Known<Resolved> {
        let knowledge = self.facts.knowledge;
        let mut out = Vec::new();
        let mut voices: Vec<Voice> = Vec::new();
        for subject in knowledge.subjects_of(task) {
            let is_decided = !voices.is_empty();
            for id in knowledge.about(Topic::Requirements(subject)) {
                let ClaimKind::Requirement {
                    aspects,
                    demand,
                    counted,
                    ..
                } = &knowledge.claims[*id].kind
                else {
                    continue;
                };
                // A claim with several subjects speaks once, as the most specific of them.
                let is_known = voices.iter().any(|voice| voice.claim == *id)
                    || out.iter().any(|(known, _)| known == id);
                if is_known || !aspects.contains(&aspect) {
                    continue;
                }
                if is_decided {
                    out.push((*id, Out::MoreGeneral));
                    continue;
                }
                match self.status(*id, reading)? {
                    Status::Out(why) => out.push((*id, why)),
                    Status::Counts { attested } => voices.push(Voice {
                        claim: *id,
                        attested,
                        grade: self.grade(*id, attested),
                        demand: demand.clone(),
                        counted: counted.clone(),
                    }),
                }
            }
        }
        if reading != Reading::Cautious {
            let strong = voices
                .iter()
                .any(|voice| !knowledge.claims[voice.claim].is_weak());
            let (speak, weaker) = voices
                .into_iter()
                .partition(|voice| !strong || !knowledge.claims[voice.claim].is_weak());
            voices = speak;
            out.extend::<Vec<_>>(
                weaker
                    .into_iter()
                    .map(|voice: Voice| (voice.claim, Out::Weaker))
                    .collect(),
            );
        }
        Ok(self.resolved(aspect, voices, out))
    }

    /// Puts together what the voices say.
    pub(super) fn resolved(
        &self,
        aspect: Aspect,
        mut voices: Vec<Voice>,
        mut out: Vec<(ClaimId, Out)>,
    ) -> Resolved {
        out.sort();
        voices.sort_by_key(|voice| voice.claim);
        let finding = self.finding(aspect, &voices);
        let grade = grade_of(&voices);
        Resolved {
            aspect,
            finding,
            voices,
            out,
            grade,
        }
    }

    /// The grade of one claim that day.
    pub(super) fn grade(&self, id: ClaimId, attested: bool) -> Grade {
        grade_on(self.facts.knowledge, id, attested, self.facts.moment_of(id))
    }

    fn finding(&self, aspect: Aspect, voices: &[Voice]) -> Finding {
        let nothing = Finding {
            outcome: AspectOutcome::NotStated,
            requirement: Requirement::Nothing,
            place: None,
            seats: None,
        };
        let mut contents: Vec<(&Demand, &Option<Counted>)> = voices
            .iter()
            .map(|voice| (&voice.demand, &voice.counted))
            .collect();
        contents.sort();
        contents.dedup();
        if contents.is_empty() {
            return nothing;
        }
        match aspect {
            Aspect::Terms | Aspect::Works => {
                let mut sides: Vec<Requirement> = contents
                    .iter()
                    .filter_map(|(demand, _)| match demand {
                        Demand::Requires(requires) => Some(self.simplify(requires)),
                        Demand::Where(_) | Demand::AtLeast { .. } => None,
                    })
                    .collect();
                sides.sort();
                sides.dedup();
                let demanding = sides.iter().filter(|side| !frees(side)).count();
                let unnamed = sides.iter().all(|side| *side == Requirement::Unnamed);
                let outcome = match demanding {
                    0 => AspectOutcome::NotRequired,
                    _ if unnamed => AspectOutcome::Unnamed,
                    _ if demanding == sides.len() => AspectOutcome::Required,
                    _ => AspectOutcome::Contested,
                };
                // Where every side demands something the dearer counts: all of it.
                Finding {
                    outcome,
                    requirement: all_of(sides),
                    ..nothing
                }
            }
            Aspect::Assigned => {
                let places: Vec<Place> = contents
                    .iter()
                    .filter_map(|(demand, _)| {
                        if let Demand::Where(place) = demand {
                            Some(*place)
                        } else {
                            None
                        }
                    })
                    .collect();
                let contested = places.iter().any(|place| Some(place) != places.first());
                let outcome = if contested {
                    AspectOutcome::Contested
                } else {
                    AspectOutcome::Stated
                };
                Finding {
                    outcome,
                    place: places.into_iter().min(),
                    ..nothing
                }
            }
            Aspect::Owned => {
                let stated: Vec<(u64, Option<Requirement>)> = contents
                    .iter()
                    .filter_map(|(demand, _)| {
                        if let Demand::AtLeast { seats, of } = demand {
                            Some((*seats, of.clone()))
                        } else {
                            None
                        }
                    })
                    .collect();
                let contested = stated.iter().any(|one| Some(one) != stated.first());
                let outcome = if contested {
                    AspectOutcome::Contested
                } else {
                    AspectOutcome::Stated
                };
                let of: Vec<Requirement> = stated.iter().filter_map(|(_, of)| of.clone()).collect();
                let requirement = if of.is_empty() {
                    Requirement::Nothing
                } else {
                    all_of(of)
                };
                Finding {
                    outcome,
                    requirement,
                    seats: stated.iter().map(|(seats, _)| *seats).max(),
                    ..nothing
                }
            }
        }
    }

    /// Puts stated givens into a requirement. A thing done satisfies its part; a thing stated undone is no way to comply
    /// any more.
    fn simplify(&self, requirement: &Requirement) -> Requirement {
        simplify(requirement, &|given| match self.facts.givens.get(&given) {
            Some(GivenValue::Truth(done)) => Some(*done),
            _ => None,
        })
    }
}

/// Puts known things to do into a requirement; see [`World::simplify`]. A part of `all` that is stated undone stays, so
/// that the obligation can be reported.
pub(super) fn simplify(
    requirement: &Requirement,
    done: &impl Fn(crate::model::GivenId) -> Option<bool>,
) -> Requirement {
    match requirement {
        Requirement::Given(given) if done(*given) == Some(true) => Requirement::Nothing,
        Requirement::Any(parts) => {
            let parts: Vec<Requirement> = parts
                .iter()
                .filter(|part| !matches!(part, Requirement::Given(given) if done(*given) == Some(false)))
                .map(|part| simplify(part, done))
                .collect();
            if parts.contains(&Requirement::Nothing) {
                Requirement::Nothing
            } else if parts.is_empty() {
                // Every way to comply was stated to be closed; the obligation is reported.
                requirement.clone()
            } else {
                any_of(parts)
            }
        }
        Requirement::All(parts) => all_of(parts.iter().map(|part| simplify(part, done)).collect()),
        other => other.clone(),
    }
}

/// All of several requirements, flat, sorted, without repetition and without parts that another part already demands.
pub(super) fn all_of(parts: Vec<Requirement>) -> Requirement {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Requirement::All(inner) => flat.extend(inner),
            Requirement::Nothing => {}
            other => flat.push(other),
        }
    }
    flat.sort();
    flat.dedup();
    // "A" makes "A or B" superfluous.
    let absorbed: Vec<Requirement> = flat
        .iter()
        .filter(|part| match part {
            Requirement::Any(options) => !flat.iter().any(|other| match other {
                Requirement::Any(fewer) => {
                    fewer.len() < options.len()
                        && fewer.iter().all(|option| options.contains(option))
                }
                single => options.contains(single),
            }),
            _ => true,
        })
        .cloned()
        .collect();
    // A named license says what an unnamed one leaves open.
    let named = absorbed
        .iter()
        .any(|part| part.demands() && *part != Requirement::Unnamed);
    let mut parts: Vec<Requirement> = absorbed
        .into_iter()
        .filter(|part| !named || *part != Requirement::Unnamed)
        .collect();
    match parts.len() {
        0 => Requirement::Nothing,
        1 => parts.remove(0),
        _ => Requirement::All(parts),
    }
}

fn any_of(mut parts: Vec<Requirement>) -> Requirement {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        Requirement::Any(parts)
    }
}

/// The grade of a claim on a day: that of its standing, but at most `inferred` where no source attests it that day or its
/// text had left every page.
pub(super) fn grade_on(
    knowledge: &crate::dataset::KnowledgeBase,
    id: ClaimId,
    attested: bool,
    moment: crate::graph::Moment,
) -> Grade {
    use crate::model::Reached;
    let claim = &knowledge.claims[id];
    let gone = claim.evidence.iter().all(|evidence| {
        evidence.gone.as_ref().is_some_and(|gone| {
            gone.reached(moment.on) == Reached::Yes && gone.reached(moment.known) == Reached::Yes
        })
    });
    let grade = claim.standing.grade(claim.is_second_hand());
    if attested && !gone {
        grade
    } else {
        grade.weaker(Grade::Inferred)
    }
}

/// Agreeing claims make the best of their grades; of sides that disagree the weaker counts.
fn grade_of(voices: &[Voice]) -> Grade {
    let mut sides: Vec<(&Demand, Grade)> = Vec::new();
    for voice in voices {
        match sides
            .iter_mut()
            .find(|(demand, _)| **demand == voice.demand)
        {
            Some((_, grade)) => *grade = grade.stronger(voice.grade),
            None => sides.push((&voice.demand, voice.grade)),
        }
    }
    sides
        .into_iter()
        .map(|(_, grade)| grade)
        .min()
        .unwrap_or(Grade::Inferred)
}
