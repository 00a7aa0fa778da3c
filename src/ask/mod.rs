//! The facade: a question in, an answer with its proof out.
//!
//! Both faces of the program, the command line and the terminal UI, ask here and nowhere else. In debug builds every
//! answer goes through the independent checker before it is handed out.

mod instance;

pub use instance::solve;

use crate::dataset::{KnowledgeBase, from_bytes};
use crate::model::{Answer, Asked, NeedSubject, Purchase, Question, SkuId, Team, WhatIf};
use crate::proof::{
    Proof, check_certificate, check_license_set, check_tenant, check_tenant_certificate,
};
use crate::reason::{Argued, ArguedSet, ArguedTenant};

/// The compact form of `data/`, written by the build script.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/licit.data"));

/// The knowledge base that the program was built with. Its text is borrowed from the binary.
///
/// # Errors
/// When the compact form cannot be read, which means that the program itself is damaged.
pub fn built_in() -> Result<KnowledgeBase, String> {
    from_bytes(BUILT_IN).map_err(|error| format!("the built-in data cannot be read: {error}"))
}

/// Answers a question.
///
/// ```
/// use licit::model::{Asked, Currency, Day, Question, Reading, Segment, Verdict};
///
/// let knowledge = licit::ask::built_in().unwrap();
/// let task = knowledge.tasks.find("pim.hold-eligible-assignment").unwrap();
/// let day = Day::parse("2026-11-22").unwrap();
/// let question = Question {
///     subjects: vec![Asked::Task(task)],
///     eligible: false,
///     on: day,
///     known: day,
///     givens: Default::default(),
///     held: Vec::new(),
///     held_elsewhere: Vec::new(),
///     owned: Default::default(),
///     reading: Reading::Documented,
///     segment: Segment::Commercial,
///     currency: Currency::parse("USD").unwrap(),
///     agreement: Default::default(),
/// };
/// let (answer, proof) = licit::ask::ask(&knowledge, &question);
/// assert_eq!(answer.verdict, Verdict::Required);
/// assert!(licit::proof::check(&knowledge, &answer, &proof).is_ok());
/// ```
pub fn ask(knowledge: &KnowledgeBase, question: &Question) -> (Answer, Proof) {
    if !cfg!(debug_assertions) {
        return crate::reason::answer(knowledge, question);
    }
    let (answer, proof, argued) = crate::reason::argued_answer(knowledge, question);
    debug_assert_eq!(
        crate::proof::check(knowledge, &answer, &proof),
        Ok(()),
        "the proof of an answer does not hold"
    );
    debug_assert_argued(&argued);
    (answer, proof)
}

/// Answers a question as it stands and with other SKUs: without those dropped, which are taken to be held, and with those
/// added. Where nothing is asked about, it is about every task that the change may touch.
pub fn what_if(
    knowledge: &KnowledgeBase,
    question: &Question,
    dropped: &[SkuId],
    added: &[SkuId],
) -> WhatIf {
    let mut question = question.clone();
    if question.subjects.is_empty() {
        let changed: Vec<SkuId> = dropped.iter().chain(added).copied().collect();
        question.subjects = crate::reason::touched(knowledge, &question, &changed);
    }
    let (before, after) = crate::reason::both_sides(&question, dropped, added);
    let (before, _) = ask(knowledge, &before);
    let (after, _) = ask(knowledge, &after);
    let mut what_if = crate::reason::what_if(knowledge, dropped, added, before, after);
    let worse = what_if
        .changes
        .iter()
        .filter(|change| change.effect.is_worse());
    let subjects: Vec<Asked> = worse
        .map(|change| match change.subject {
            NeedSubject::Task(task) => Asked::Task(task),
            NeedSubject::Sku(sku) => Asked::Sku(sku),
        })
        .collect();
    if !subjects.is_empty() {
        let question = Question {
            subjects,
            eligible: false,
            ..what_if.after.question.clone()
        };
        what_if.remedy = Some(ask(knowledge, &question).0);
    }
    what_if
}

/// What a team has to buy to comply at the least cost, with the proof of the answer for each persona.
pub fn purchase(knowledge: &KnowledgeBase, team: &Team) -> (Purchase, Vec<Proof>) {
    if !cfg!(debug_assertions) {
        return crate::reason::purchase(knowledge, team);
    }
    let (purchase, proofs, argued) = crate::reason::argued_purchase(knowledge, team);
    for (persona, proof) in purchase.personas.iter().zip(&proofs) {
        debug_assert_eq!(
            crate::proof::check(knowledge, &persona.answer, proof),
            Ok(()),
            "the proof of an answer does not hold"
        );
    }
    debug_assert_eq!(
        crate::proof::check_purchase(knowledge, &purchase),
        Ok(()),
        "a purchase does not serve its team"
    );
    debug_assert_argued(&argued);
    (purchase, proofs)
}

/// In debug builds, stops where an argument is not accepted.
fn debug_assert_argued(argued: &Argued) {
    for set in &argued.sets {
        debug_assert_eq!(check_set(set), Ok(()), "a set of SKUs is not argued for");
    }
    for seats in &argued.tenants {
        debug_assert_eq!(check_seats(seats), Ok(()), "seats are not argued for");
    }
}

/// Puts a set and the argument for it before the independent checker.
///
/// # Errors
/// What the checker does not accept. A search that gave up has no argument and claims nothing.
pub fn check_set(set: &ArguedSet) -> Result<(), String> {
    let (market, query, solved) = (&set.market, &set.query, &set.solved);
    if let Some(best) = &solved.best {
        check_license_set(market, query, best).map_err(|fault| fault.to_string())?;
    }
    match &set.certificate {
        Some(certificate) if certificate.cost == solved.best.as_ref().map(|best| best.cost) => {
            check_certificate(market, query, certificate).map_err(|fault| fault.to_string())
        }
        Some(_) => Err("the argument is about another cost".to_owned()),
        None if solved.proven => Err("the argument is missing".to_owned()),
        None => Ok(()),
    }
}

/// Puts a sharing out of seats and the argument for its bound before the independent checker.
///
/// # Errors
/// What the checker does not accept. A search that gave up has no argument and claims nothing.
pub fn check_seats(seats: &ArguedTenant) -> Result<(), String> {
    let (market, query, solved) = (&seats.market, &seats.query, &seats.solved);
    check_tenant(market, query, solved).map_err(|fault| fault.to_string())?;
    let bound = Some(solved.bound).filter(|bound| *bound < u128::MAX);
    match &seats.certificate {
        Some(certificate) if certificate.cost == bound => {
            check_tenant_certificate(market, query, certificate).map_err(|fault| fault.to_string())
        }
        Some(_) => Err("the argument is about another cost".to_owned()),
        None if solved.proven => Err("the argument is missing".to_owned()),
        None => Ok(()),
    }
}
