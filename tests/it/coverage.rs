//! How far the knowledge reaches: what issue 3 asks for in numbers, and that roles get answers of their own.

use crate::common;
use licit::dataset::Topic;
use licit::model::{
    Asked, ClaimKind, Currency, Day, NeedSubject, Question, Reading, Segment, Subject, Verdict,
};
use licit::reason::answer;
use std::collections::BTreeMap;

/// Entra roles whose answer on a day rests on a claim about a task or feature of theirs, beyond the rule for all roles.
fn roles_answered_by_their_own_claims(on: &str) -> usize {
    let knowledge = common::knowledge();
    let day = Day::parse(on).unwrap();
    let for_all = knowledge.tasks.find("entra.hold-built-in-role").unwrap();
    let is_own = |claim| match &knowledge.claims[claim].kind {
        ClaimKind::Requirement { subjects, .. } => subjects
            .iter()
            .any(|subject| matches!(subject, Subject::Task(_) | Subject::Feature(_))),
        ClaimKind::Lifecycle { .. } => true,
        _ => false,
    };
    knowledge
        .roles
        .iter()
        .filter(|(_, role)| role.authority.as_str() == "entra")
        .filter(|(id, _)| {
            let question = Question {
                subjects: vec![Asked::Role(*id)],
                eligible: false,
                on: day,
                known: Day::parse("2026-11-22").unwrap(),
                givens: BTreeMap::new(),
                held: Vec::new(),
                held_elsewhere: Vec::new(),
                owned: BTreeMap::new(),
                reading: Reading::Documented,
                segment: Segment::Commercial,
                currency: Currency::parse("USD").unwrap(),
                agreement: Default::default(),
            };
            let (answer, _) = answer(&knowledge, &question);
            answer.needs.iter().any(|need| {
                need.subject != NeedSubject::Task(for_all)
                    && need.verdict != Verdict::NotStated
                    && need.claims.iter().any(|claim| is_own(*claim))
            })
        })
        .count()
}

#[test]
fn sixty_roles_get_an_answer_of_their_own_today_and_in_the_past() {
    for (day, least) in [("2026-11-22", 60), ("2025-06-01", 60)] {
        let answered = roles_answered_by_their_own_claims(day);
        assert!(answered >= least, "{answered} roles on {day}");
    }
}

#[test]
fn the_knowledge_is_as_wide_as_asked() {
    let knowledge = common::knowledge();
    let claims = |wanted: &dyn Fn(&ClaimKind) -> bool| {
        knowledge
            .claims
            .iter()
            .filter(|(_, claim)| wanted(&claim.kind))
            .count()
    };
    let roles = |entra: bool| {
        knowledge
            .roles
            .iter()
            .filter(|(_, role)| (role.authority.as_str() == "entra") == entra)
            .count()
    };
    let dated = knowledge
        .claims
        .iter()
        .filter(|(_, claim)| {
            matches!(
                claim.kind,
                ClaimKind::Requirement { .. } | ClaimKind::Lifecycle { .. }
            )
        })
        .filter(|(_, claim)| claim.effective.from.is_some() || claim.effective.until.is_some())
        .count();
    let permitted = knowledge
        .tasks
        .iter()
        .filter(|(id, _)| !knowledge.about(Topic::Permissions(*id)).is_empty())
        .count();
    let disputes: usize = knowledge
        .claims
        .iter()
        .map(|(_, claim)| claim.disputes.len())
        .sum();
    for (what, found, least) in [
        ("SKUs", knowledge.skus.len(), 620),
        ("plans", knowledge.plans.len(), 790),
        ("Entra roles", roles(true), 145),
        ("workload roles", roles(false), 60),
        ("features", knowledge.features.len(), 220),
        (
            "requirements and permissions",
            claims(&|kind| {
                matches!(
                    kind,
                    ClaimKind::Requirement { .. } | ClaimKind::Permission { .. }
                )
            }),
            420,
        ),
        ("sources", knowledge.sources.len(), 250),
        ("dated changes", dated, 150),
        ("declared disputes", disputes, 30),
        ("tasks", knowledge.tasks.len(), 120),
        ("tasks with roles able to do them", permitted, 120),
    ] {
        assert!(found >= least, "{what}: {found}, wanted {least}");
    }
}
