//! Which claims apply, what follows from them, and the cheapest way to comply.
//!
//! Pure functions of a knowledge base and a question: no clock, no files. The verdict of a need is worked out in every
//! [world](world) that the unknowns leave open (`cases`), each by the rules for claims (`status`), aspects (`aspect`),
//! lifecycle and limits (`state`), and put together (`judge`, `need`). What was looked at on the way is the proof
//! (`prove`).

mod aspect;
mod basket;
mod cases;
mod change;
mod compare;
mod conflicts;
mod counting;
mod depends;
mod differ;
mod engine;
mod events;
mod judge;
mod need;
mod offer;
mod price;
mod prove;
mod satisfaction;
mod shop;
mod state;
mod status;
mod supply;
mod team;
mod tenant;
mod timeline;
mod want;
mod what_if;
mod why_not;
mod world;

pub use basket::{Argued, ArguedSet, ArguedTenant};
pub use compare::compare;
pub use differ::{at, differing, told};
pub use engine::Engine;
pub use events::{Window, events};
pub use price::{ListPrice, list_price, seat_price};
pub use team::{alternatives, argued_purchase, front, purchase};
pub use timeline::{claims_touching, timeline, timeline_days};
pub use what_if::{both_sides, touched, what_if};
pub use why_not::why_not;

use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{AsOf, Status};
use crate::model::{
    Answer, Asked, Basket, ClaimId, Edge, LifecycleState, Mention, NeedSubject, NextChange,
    OtherBasket, Period, Question, Reading, RoleId, Subject, TaskId, Verdict,
};
use crate::proof::{Proof, Statement};
use basket::Arguments;
use need::Worked;
use std::collections::{BTreeMap, BTreeSet};
use want::Want;
use world::Facts;

/// Answers a question, with the reasons.
///
/// The same question on the same knowledge base always gives the same answer, whatever the order of the data files was.
pub fn answer(knowledge: &KnowledgeBase, question: &Question) -> (Answer, Proof) {
    answer_with(knowledge, question, &mut Arguments::default())
}

/// The same, with the argument for every set of SKUs that was worked out on the way, also for those named as another one:
/// that it is the cheapest, or that there is none; and for every sharing out of seats.
pub fn argued_answer(knowledge: &KnowledgeBase, question: &Question) -> (Answer, Proof, Argued) {
    let mut arguments = Arguments(Some(Argued::default()));
    let (answer, proof) = answer_with(knowledge, question, &mut arguments);
    (answer, proof, arguments.0.unwrap_or_default())
}

fn answer_with(
    knowledge: &KnowledgeBase,
    question: &Question,
    arguments: &mut Arguments,
) -> (Answer, Proof) {
    let roles = roles_of(question);
    let facts = Facts::of(knowledge, question, &roles);
    let mut proof = Proof::default();
    let mut worked = Vec::new();
    let mut steps = Vec::new();
    for (subject, asked_by) in subjects_of(knowledge, question) {
        let one = need::work_out(&facts, question, subject, asked_by);
        steps.push(prove::prove(&mut proof, &facts, question, &one));
        worked.push(one);
    }
    let verdict = worked
        .iter()
        .map(|one| one.need.verdict)
        .min()
        .unwrap_or(Verdict::NotStated);
    proof.add(Statement::Answer { verdict }, steps, &[]);
    let (baskets, no_basket) = match baskets(knowledge, question, &worked, arguments) {
        Ok(basket) => (basket.into_iter().collect(), None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let answer = Answer {
        question: question.clone(),
        verdict,
        other_readings: other_readings(&facts, question, &worked),
        next_change: next_change(&facts, question, &worked),
        mentions: mentions(&facts, question, &worked),
        valid: valid(knowledge, &worked),
        attested: timeline::attested(
            knowledge,
            worked.iter().flat_map(|one| &one.relevant).copied(),
        ),
        announced: announced(knowledge, question, &worked),
        needs: worked.into_iter().map(|one| one.need).collect(),
        baskets,
        no_basket,
    };
    (answer, proof)
}

/// The states that a feature or task may be in, each with the claims that say so, over everything that is unknown; the
/// most closed first. One state means that nothing unknown matters.
pub fn states(
    knowledge: &KnowledgeBase,
    question: &Question,
    subject: Subject,
) -> Vec<(LifecycleState, Vec<ClaimId>)> {
    let roles = roles_of(question);
    let facts = Facts::of(knowledge, question, &roles);
    let claims = knowledge.about(Topic::Lifecycle(subject));
    let mut found: BTreeMap<LifecycleState, BTreeSet<ClaimId>> = BTreeMap::new();
    for case in cases::explore(&facts, claims, &|world: &world::World<'_>| {
        world.current(subject)
    }) {
        for (claim, _, state) in case.result.states {
            found.entry(state).or_default().insert(claim);
        }
    }
    found
        .into_iter()
        .rev()
        .map(|(state, claims)| (state, claims.into_iter().collect()))
        .collect()
}

fn roles_of(question: &Question) -> Vec<RoleId> {
    question
        .subjects
        .iter()
        .filter_map(|asked| {
            if let Asked::Role(role) = asked {
                Some(*role)
            } else {
                None
            }
        })
        .collect()
}

/// What has to be worked out, each with what in the question led to it, in the order asked.
fn subjects_of(knowledge: &KnowledgeBase, question: &Question) -> Vec<(NeedSubject, Vec<Asked>)> {
    let mut subjects: Vec<(NeedSubject, Vec<Asked>)> = Vec::new();
    let mut add = |subject: NeedSubject, by: Asked| match subjects
        .iter_mut()
        .find(|(known, _)| *known == subject)
    {
        Some((_, asked_by)) if asked_by.contains(&by) => {}
        Some((_, asked_by)) => asked_by.push(by),
        None => subjects.push((subject, vec![by])),
    };
    for asked in &question.subjects {
        match asked {
            Asked::Role(role) => {
                for task in &knowledge.roles[*role].core {
                    add(NeedSubject::Task(*task), *asked);
                }
                if question.eligible
                    && let Some(task) = knowledge.tasks.find(ELIGIBLE_TASK)
                {
                    add(NeedSubject::Task(task), *asked);
                }
            }
            Asked::Task(task) => add(NeedSubject::Task(*task), *asked),
            Asked::Feature(feature) => {
                if let Some(task) = knowledge.features[*feature].default_task {
                    add(NeedSubject::Task(task), *asked);
                }
            }
            Asked::Sku(sku) => add(NeedSubject::Sku(*sku), *asked),
        }
    }
    if question.eligible
        && let (Some(task), Some(first)) = (
            knowledge.tasks.find(ELIGIBLE_TASK),
            question.subjects.first(),
        )
    {
        add(NeedSubject::Task(task), *first);
    }
    subjects
}

/// The task that an eligible assignment brings; one of the ids that design.md section 6 fixes.
const ELIGIBLE_TASK: &str = "pim.hold-eligible-assignment";

/// What has to be bought: everything that some need demands, also where sources disagree or a date is imprecise, since
/// the dearer outcome counts; the other one is named.
fn baskets(
    knowledge: &KnowledgeBase,
    question: &Question,
    worked: &[Worked],
    arguments: &mut Arguments,
) -> Result<Option<Basket>, String> {
    let wants = |only_sure: bool| -> Vec<Want> {
        let of_one = |one: &Worked| want::of_need(question, &one.need, &one.supply, only_sure);
        worked.iter().flat_map(of_one).collect()
    };
    let all = wants(false);
    let supply = supply::Supply::of(
        knowledge,
        crate::graph::Moment {
            on: question.on,
            known: question.known,
        },
        all.iter().map(|want| &want.requirement),
    );
    let Some(mut basket) = basket::cheapest(knowledge, question, &supply, &all, arguments)? else {
        return Ok(None);
    };
    let sure = wants(true);
    if sure.len() < all.len() {
        let (items, total) = match basket::cheapest(knowledge, question, &supply, &sure, arguments)?
        {
            Some(other) => (other.items, other.total),
            None => (Vec::new(), Some(crate::model::Money::ZERO)),
        };
        if items != basket.items {
            let why = "if what is contested or undecided asks for nothing".to_owned();
            basket.instead.push(OtherBasket { why, items, total });
        }
    }
    Ok(Some(basket))
}

fn other_readings(
    facts: &Facts<'_>,
    question: &Question,
    worked: &[Worked],
) -> Vec<(Reading, Verdict)> {
    Reading::ALL
        .iter()
        .filter(|reading| **reading != question.reading)
        .map(|reading| {
            let verdicts = worked.iter().map(|one| {
                let cases = need::cases_of(facts, one.need.subject, &one.relevant, *reading);
                need::verdict_of(&cases)
            });
            (*reading, verdicts.min().unwrap_or(Verdict::NotStated))
        })
        .collect()
}

fn next_change(facts: &Facts<'_>, question: &Question, worked: &[Worked]) -> Option<NextChange> {
    worked
        .iter()
        .filter_map(|one| change::next_change(facts, question, one))
        .min_by_key(|change| match &change.when {
            Edge::On(day) => Some(*day),
            Edge::Earliest(boundary) => boundary.earliest(),
            Edge::Latest(boundary) => boundary.latest(),
        })
}

/// The period in which everything behind the verdicts holds together.
fn valid(knowledge: &KnowledgeBase, worked: &[Worked]) -> Period {
    let behind = worked.iter().flat_map(|one| &one.need.claims);
    let behind: BTreeSet<ClaimId> = behind.copied().collect();
    need::effective(knowledge, &behind.into_iter().collect::<Vec<_>>())
}

/// Claims about the needs that are known and bind only later.
fn announced(knowledge: &KnowledgeBase, question: &Question, worked: &[Worked]) -> Vec<ClaimId> {
    let as_of = AsOf::new(knowledge, question.on, question.known);
    let relevant = worked.iter().flat_map(|one| &one.relevant).copied();
    let to_come = relevant.filter(|id| as_of.status(*id) == Status::NotBegun);
    timeline::in_order(knowledge, to_come.collect())
}

/// Further tasks of the roles asked about, as far as they are not asked about themselves.
fn mentions(facts: &Facts<'_>, question: &Question, worked: &[Worked]) -> Vec<Mention> {
    let knowledge = facts.knowledge;
    let is_asked = |task: TaskId| {
        worked
            .iter()
            .any(|one| one.need.subject == NeedSubject::Task(task))
    };
    let mut mentions: Vec<Mention> = Vec::new();
    for further in roles_of(question)
        .iter()
        .flat_map(|role| &knowledge.roles[*role].further)
    {
        if is_asked(further.task) || mentions.iter().any(|mention| mention.task == further.task) {
            continue;
        }
        let subject = NeedSubject::Task(further.task);
        let relevant = need::relevant(knowledge, subject);
        let cases = need::cases_of(facts, subject, &relevant, question.reading);
        mentions.push(Mention {
            task: further.task,
            also: further.also.to_string(),
            verdict: need::verdict_of(&cases),
            requirement: need::requirement_of(&cases),
        });
    }
    mentions
}
