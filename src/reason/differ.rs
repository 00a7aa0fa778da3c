//! One question at two moments: what differs, and on the way from one to the other what flipped it.

use super::{answer, timeline};
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{Axis, ClaimId, Differing, Question, Told};
use std::collections::BTreeSet;

/// The answers at two moments with the changes between them: first what became known, then what happened. Where each
/// moment is that of its own day, both at once. A way back is not walked.
pub fn differing(
    knowledge: &KnowledgeBase,
    question: &Question,
    from: Moment,
    to: Moment,
) -> Differing {
    let (before, counted_before) = told(knowledge, &at(question, from));
    let (after, counted_after) = told(knowledge, &at(question, to));
    let mut legs = Vec::new();
    let is_own_day = from.on == from.known && to.on == to.known;
    if is_own_day && from.on < to.on {
        legs.push(timeline(knowledge, question, Axis::Both, from.on, to.on));
    } else if !is_own_day {
        if from.known < to.known {
            let then = at(question, from);
            legs.push(timeline(
                knowledge,
                &then,
                Axis::Known,
                from.known,
                to.known,
            ));
        }
        if from.on < to.on {
            let now = at(question, to);
            legs.push(timeline(knowledge, &now, Axis::On, from.on, to.on));
        }
    }
    Differing {
        differences: before.differences(&after),
        before,
        after,
        counted_before,
        counted_after,
        legs,
    }
}

/// The answer to a question, as far as answers are compared, with the claims behind it.
pub fn told(knowledge: &KnowledgeBase, question: &Question) -> (Told, BTreeSet<ClaimId>) {
    let (answer, _) = answer(knowledge, question);
    let needs = answer.needs.iter();
    let claims = needs.flat_map(|need| need.claims.iter().copied()).collect();
    (Told::of(&answer), claims)
}

/// The question at a moment.
pub fn at(question: &Question, moment: Moment) -> Question {
    Question {
        on: moment.on,
        known: moment.known,
        ..question.clone()
    }
}
