//! The states that a feature or task may be in on a day, in words and as data: an answer that names no license still says
//! whether the thing is on.

use super::page::Line;
use super::shape::{PeriodShape, StatusShape};
use super::words;
use crate::dataset::KnowledgeBase;
use crate::graph::{AsOf, StateOn, Status};
use crate::model::{Need, NeedSubject, Question, Standing, Subject};
use serde::Serialize;

/// One state as data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateShape {
    state: &'static str,
    claim: String,
    effective: PeriodShape,
    #[serde(flatten)]
    status: StatusShape,
    conditional: bool,
    standing: &'static str,
}

impl StateShape {
    /// A state of a day.
    pub(super) fn of(knowledge: &KnowledgeBase, state: StateOn) -> Self {
        let claim = &knowledge.claims[state.claim];
        Self {
            state: state.state.word(),
            claim: claim.id.to_string(),
            effective: PeriodShape::of(&claim.effective),
            status: StatusShape::of(knowledge, state.status),
            conditional: claim.when.is_some(),
            standing: claim.standing.word(),
        }
    }
}

/// The states of what a need is about: those of the task, then those of its feature.
pub(super) fn states_of(
    knowledge: &KnowledgeBase,
    question: &Question,
    need: &Need,
) -> Vec<StateOn> {
    let NeedSubject::Task(task) = need.subject else {
        return Vec::new();
    };
    let as_of = AsOf::new(knowledge, question.on, question.known);
    let feature = knowledge.tasks[task].feature.map(Subject::Feature);
    let subjects = [Some(Subject::Task(task)), feature];
    let subjects = subjects.into_iter().flatten();
    subjects.flat_map(|subject| as_of.states(subject)).collect()
}

/// "off unless an administrator turns it on, from 2026-12, as announced (claim)".
pub(super) fn state_line(knowledge: &KnowledgeBase, state: &StateOn) -> Line {
    let claim = &knowledge.claims[state.claim];
    let mut words = words::state(state.state).to_owned();
    if let Some(dates) = words::period(&claim.effective) {
        words.push_str(&format!(", {dates}"));
    }
    if claim.standing == Standing::Announced {
        words.push_str(", as announced");
    }
    if let Some(when) = &claim.when {
        words.push_str(&format!(", if {}", words::condition(knowledge, when)));
    }
    if state.status != Status::InForce {
        words.push_str(&format!("; {}", words::status(knowledge, state.status)));
    }
    Line::new()
        .strong(words)
        .plain(" (")
        .code(claim.id.as_str())
        .plain(")")
}
