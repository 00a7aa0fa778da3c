//! The questions of an audit, each asked once.
//!
//! Twenty thousand assignments ask a few hundred different questions: the same role held in the same way beside the same
//! licenses is one.

use super::outcome::{AuditAnswer, Circumstances, TenantTells};
use crate::ask;
use crate::dataset::KnowledgeBase;
use crate::model::{Answer, Asked, GivenId, GivenValue, NeedSubject, Question, SkuId};
use crate::tenant::Tenant;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The given that counts guests for whom seats are due.
pub(super) const GUESTS: &str = "guests.using-premium-features";

/// The givens that an audit counts.
const POPULATIONS: [&str; 6] = [
    "pim.eligible",
    "pim.time-bound",
    "pim.approvers",
    "pim.reviewers",
    "pim.configurers",
    GUESTS,
];

/// What makes a question another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    asked: Vec<Asked>,
    held: Vec<SkuId>,
    elsewhere: Vec<SkuId>,
}

/// Whether a given is a number of people or guests whom the audit counts by itself, one by one.
fn counts_people(knowledge: &KnowledgeBase, given: GivenId) -> bool {
    POPULATIONS.contains(&knowledge.givens[given].id.as_str())
}

/// The questions asked so far.
pub(super) struct Questions<'a> {
    knowledge: &'a KnowledgeBase,
    pub(super) circumstances: &'a Circumstances,
    givens: BTreeMap<GivenId, GivenValue>,
    idle: BTreeMap<SkuId, u64>,
    /// How many guests use what guests are counted for.
    pub(super) guests: u64,
    asked: RefCell<Asking>,
}

#[derive(Default)]
struct Asking {
    places: BTreeMap<Signature, usize>,
    answers: Vec<AuditAnswer>,
}

impl<'a> Questions<'a> {
    pub(super) fn of(
        knowledge: &'a KnowledgeBase,
        tenant: &Tenant,
        circumstances: &'a Circumstances,
        told: &[TenantTells],
    ) -> Self {
        let mut givens: BTreeMap<GivenId, GivenValue> = BTreeMap::new();
        // One account is asked about at a time: how many others there are is asked of the tenant as a whole.
        let facts = told
            .iter()
            .filter(|told| !matches!(told.value, GivenValue::Count(_)));
        givens.extend(facts.map(|told| (told.given, told.value.clone())));
        let stated = circumstances.givens.iter();
        let stated = stated.filter(|(given, _)| !counts_people(knowledge, **given));
        givens.extend(stated.map(|(given, value)| (*given, value.clone())));
        let guests = knowledge.givens.find(GUESTS).and_then(|given| {
            let told = told.iter().find(|told| told.given == given);
            let value = circumstances
                .givens
                .get(&given)
                .or(told.map(|told| &told.value));
            match value {
                Some(GivenValue::Count(guests)) => Some(*guests),
                _ => None,
            }
        });
        Self {
            guests: guests.unwrap_or_default(),
            knowledge,
            circumstances,
            givens,
            idle: idle(tenant),
            asked: RefCell::default(),
        }
    }

    /// A question about one account.
    pub(super) fn question(
        &self,
        asked: &[Asked],
        held: Vec<SkuId>,
        held_elsewhere: Vec<SkuId>,
    ) -> Question {
        let circumstances = self.circumstances;
        Question {
            subjects: asked.to_vec(),
            eligible: false,
            on: circumstances.on,
            known: circumstances.known,
            givens: self.givens.clone(),
            held,
            held_elsewhere,
            owned: self.idle.clone(),
            reading: circumstances.reading,
            segment: circumstances.segment,
            currency: circumstances.currency.clone(),
            agreement: circumstances.agreement.clone(),
        }
    }

    /// Asks, or looks up what was answered, and lets the answer be read.
    pub(super) fn ask<T>(&self, question: Question, read: impl FnOnce(&Answer) -> T) -> (usize, T) {
        let signature = Signature {
            asked: question.subjects.clone(),
            held: question.held.clone(),
            elsewhere: question.held_elsewhere.clone(),
        };
        let mut asking = self.asked.borrow_mut();
        let known = asking.places.get(&signature).copied();
        let place = known.unwrap_or_else(|| {
            let (answer, proof) = ask::ask(self.knowledge, &question);
            asking.answers.push(AuditAnswer {
                answer,
                proof,
                rows: 0,
            });
            let place = asking.answers.len() - 1;
            asking.places.insert(signature, place);
            place
        });
        let read = read(&asking.answers[place].answer);
        (place, read)
    }

    /// Asks once more about every need that is counted over people, now about all of them: the places of the answers and
    /// of the needs in them.
    pub(super) fn counted(&self, told: &[TenantTells]) -> Vec<(usize, usize)> {
        let mut tasks: BTreeSet<NeedSubject> = BTreeSet::new();
        for answer in &self.asked.borrow().answers {
            let needs = answer.answer.needs.iter();
            tasks.extend(
                needs
                    .filter(|need| need.counted.is_some())
                    .map(|need| need.subject),
            );
        }
        let mut counted = Vec::new();
        for task in tasks {
            let NeedSubject::Task(task) = task else {
                continue;
            };
            let mut question = self.question(&[Asked::Task(task)], Vec::new(), Vec::new());
            let numbers = told.iter().map(|told| (told.given, told.value.clone()));
            question.givens.extend(numbers);
            question.givens.extend(self.circumstances.givens.clone());
            let (answer, proof) = ask::ask(self.knowledge, &question);
            let mut asking = self.asked.borrow_mut();
            let needs = 0..answer.needs.len();
            asking.answers.push(AuditAnswer {
                answer,
                proof,
                rows: 0,
            });
            let place = asking.answers.len() - 1;
            counted.extend(needs.map(|need| (place, need)));
        }
        counted
    }

    /// The answers, in the order asked.
    pub(super) fn into_answers(self) -> Vec<AuditAnswer> {
        self.asked.into_inner().answers
    }
}

/// Seats that can be handed out at once, by SKU.
pub(super) fn idle(tenant: &Tenant) -> BTreeMap<SkuId, u64> {
    let seats = tenant.seats.iter();
    let idle = seats.filter_map(|seats| Some((seats.sku.id?, seats.idle()?)));
    idle.filter(|(_, idle)| *idle > 0).collect()
}
