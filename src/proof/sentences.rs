//! Steps as sentences: the only place where reasons get words.

use super::{Out, Statement, Unknown};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Aspect, AspectOutcome, Because, Boundary, ClaimId, EdgeOf, NeedSubject, Place, Requirement,
    Satisfied, Verdict,
};

/// A step in words, without who said it.
pub fn sentence(knowledge: &KnowledgeBase, statement: &Statement) -> String {
    match statement {
        Statement::Stated { given, value } => {
            format!("you said: {} {value}", knowledge.givens[*given].question)
        }
        Statement::AskedRole { role } => {
            format!("you asked about the role {}", knowledge.roles[*role].name)
        }
        Statement::Held { sku, place } => {
            let name = &knowledge.skus[*sku].name;
            match place {
                Place::Account => format!("you said that this account holds {name}"),
                Place::Person => {
                    format!("you said that the person holds {name} on another account")
                }
                Place::Tenant => format!("you said that the tenant owns {name}"),
            }
        }
        Statement::Counts { claim, attested } => {
            let id = &knowledge.claims[*claim].id;
            if *attested {
                format!("{id} counts")
            } else {
                format!("{id} stands, though no source attests it that day")
            }
        }
        Statement::Links { claim } => format!("{} links them", knowledge.claims[*claim].id),
        Statement::DoesNotCount { claim, out } => format!(
            "{} does not count: {}",
            knowledge.claims[*claim].id,
            why_out(knowledge, *claim, out)
        ),
        Statement::State {
            subject,
            because,
            contested,
        } => {
            let name = subject_name(knowledge, *subject);
            match (because, contested) {
                (None, false) => format!("nothing closes \"{name}\""),
                (_, true) => format!("sources disagree whether \"{name}\" is still open"),
                (Some(because), false) => {
                    format!("\"{name}\" is closed: {}", because_words(*because))
                }
            }
        }
        Statement::Aspect {
            aspect, finding, ..
        } => {
            let what = match finding.outcome {
                AspectOutcome::Required => format!(
                    "a license is needed: {}",
                    requirement_words(knowledge, &finding.requirement)
                ),
                AspectOutcome::Unnamed => "a license is due, and nobody says which".to_owned(),
                AspectOutcome::NotRequired => match &finding.requirement {
                    Requirement::Nothing => "no license is needed".to_owned(),
                    other => format!(
                        "no license is needed, but {}",
                        requirement_words(knowledge, other)
                    ),
                },
                AspectOutcome::Contested if *aspect == Aspect::Assigned => {
                    "sources disagree where the license must sit".to_owned()
                }
                AspectOutcome::Contested => {
                    format!(
                        "sources disagree whether a license is needed: {}",
                        requirement_words(knowledge, &finding.requirement)
                    )
                }
                AspectOutcome::Stated => match (finding.place, finding.seats) {
                    (Some(place), _) => format!("the license must sit {}", place_words(place)),
                    (None, Some(seats)) => format!(
                        "the tenant must own at least {seats} seat{} {}",
                        if seats == 1 { "" } else { "s" },
                        match &finding.requirement {
                            Requirement::Nothing => "of it".to_owned(),
                            other => format!("of {}", requirement_words(knowledge, other)),
                        }
                    ),
                    (None, None) => "stated".to_owned(),
                },
                AspectOutcome::Depends => "it depends".to_owned(),
                AspectOutcome::NotStated => "no source says anything".to_owned(),
            };
            format!("{}: {what}", aspect_words(*aspect))
        }
        Statement::Case {
            verdict,
            requirement,
            ..
        }
        | Statement::Need {
            verdict,
            requirement,
            ..
        } => match verdict {
            Verdict::Required | Verdict::Contested | Verdict::Depends if requirement.demands() => {
                format!("{verdict}: {}", requirement_words(knowledge, requirement))
            }
            _ => verdict.to_string(),
        },
        Statement::Satisfied { satisfied, .. } => match satisfied {
            Satisfied::Yes => "what is held satisfies it".to_owned(),
            Satisfied::No => "what is held does not satisfy it".to_owned(),
            Satisfied::Unknown => "whether what is held satisfies it cannot be told".to_owned(),
        },
        Statement::Provides { sku, part, surely } => {
            let doubt = if *surely { "" } else { " perhaps" };
            format!(
                "{}{doubt} provides {}",
                knowledge.skus[*sku].name,
                requirement_words(knowledge, part)
            )
        }
        Statement::Answer { verdict } => {
            format!("the answer is {verdict}: the first, in the order of verdicts, over all needs")
        }
    }
}

/// Why a claim does not count, in words.
pub fn why_out(knowledge: &KnowledgeBase, claim: ClaimId, out: &Out) -> String {
    let record = &knowledge.claims[claim];
    let written = |boundary: &Option<Boundary>| {
        boundary
            .as_ref()
            .map_or_else(|| "unknown".to_owned(), ToString::to_string)
    };
    match out {
        Out::NotYetKnown => format!("not known before {}", written(&record.known.from)),
        Out::Withdrawn => format!("withdrawn, {}", written(&record.known.until)),
        Out::NotYetEffective => format!("begins {}", written(&record.effective.from)),
        Out::Ended if record.effective.until.is_some() => {
            format!("ended {}", written(&record.effective.until))
        }
        Out::Ended => "a later state followed".to_owned(),
        Out::ConditionFails => "its condition does not hold here".to_owned(),
        Out::Replaced(by) => format!(
            "replaced by {} ({})",
            knowledge.claims[*by].id,
            written(&knowledge.claims[*by].known.from)
        ),
        Out::Superseded(by) => format!(
            "superseded by {} ({})",
            knowledge.claims[*by].id,
            written(&knowledge.claims[*by].effective.from)
        ),
        Out::Weaker => "weaker than another claim about the same".to_owned(),
        Out::WeakAndFrees => {
            "weak, and a cautious reading does not let it free from a license".to_owned()
        }
        Out::MoreGeneral => "a more specific claim speaks".to_owned(),
    }
}

/// What is asked to settle an unknown.
pub fn unknown_question(knowledge: &KnowledgeBase, unknown: &Unknown) -> String {
    match unknown {
        Unknown::Given(given) => knowledge.givens[*given].question.to_string(),
        Unknown::Role => "Which role has the person?".to_owned(),
        Unknown::Edge { claim, edge } => edge_question(knowledge, *claim, *edge),
        Unknown::Comparison { given, boundary } => {
            format!(
                "{} Exactly: before the day meant by \"{boundary}\"?",
                knowledge.givens[*given].question
            )
        }
    }
}

/// Asks whether a boundary of a claim has been reached.
pub fn edge_question(knowledge: &KnowledgeBase, claim: ClaimId, edge: EdgeOf) -> String {
    let record = &knowledge.claims[claim];
    let (what, boundary) = match edge {
        EdgeOf::EffectiveFrom => ("begun to bind", &record.effective.from),
        EdgeOf::EffectiveUntil => ("ceased to bind", &record.effective.until),
        EdgeOf::KnownFrom => ("become known", &record.known.from),
        EdgeOf::KnownUntil => ("been withdrawn", &record.known.until),
        EdgeOf::Condition => ("been met", &record.effective.from),
    };
    let written = boundary.as_ref().map_or("unknown", Boundary::written);
    format!(
        "Had {} {what} that day? Its date is \"{written}\".",
        record.id
    )
}

/// A requirement in words, plans and SKUs by their ids.
pub fn requirement_words(knowledge: &KnowledgeBase, requirement: &Requirement) -> String {
    let join = |parts: &[Requirement], word: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Requirement::Any(_) | Requirement::All(_) => {
                    format!("({})", requirement_words(knowledge, part))
                }
                other => requirement_words(knowledge, other),
            })
            .collect();
        parts.join(word)
    };
    match requirement {
        Requirement::Nothing => "nothing".to_owned(),
        Requirement::Unnamed => "a license that nobody names".to_owned(),
        Requirement::Plan(plan) => knowledge.plans[*plan].id.to_string(),
        Requirement::Sku(sku) => format!("SKU {}", knowledge.skus[*sku].id),
        Requirement::Feature(feature) => {
            format!("whatever grants {}", knowledge.features[*feature].name)
        }
        Requirement::Given(given) => format!(
            "\"{}\" answered yes",
            knowledge.givens[*given].question.trim_end_matches('?')
        ),
        Requirement::Any(parts) => join(parts, " or "),
        Requirement::All(parts) => join(parts, " and "),
    }
}

/// The name of what a need is about.
pub fn subject_name(knowledge: &KnowledgeBase, subject: NeedSubject) -> &str {
    match subject {
        NeedSubject::Task(task) => &knowledge.tasks[task].name,
        NeedSubject::Sku(sku) => &knowledge.skus[sku].name,
    }
}

/// The question that an aspect answers.
pub fn aspect_words(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Terms => "what the terms ask for",
        Aspect::Works => "what the service refuses without it",
        Aspect::Assigned => "where the license must sit",
        Aspect::Owned => "what the tenant must own",
    }
}

/// Where a license sits.
pub fn place_words(place: Place) -> &'static str {
    match place {
        Place::Account => "on this account",
        Place::Person => "on any account of the same person",
        Place::Tenant => "anywhere in the tenant; owning enough seats is enough",
    }
}

/// Why something is closed.
pub fn because_words(because: Because) -> &'static str {
    match because {
        Because::Retired => "it was retired",
        Because::Blocked => "the service refuses it",
        Because::Unsupported => "it was not there yet, or is not there in this cloud",
        Because::Limit => "a limit is exceeded",
        Because::Obligation => "something that must be done is stated not to be",
    }
}
