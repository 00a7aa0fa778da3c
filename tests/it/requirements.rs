//! What a requirement means to the checker: the same however long it is, and never less than the claims ask for.

use crate::dataset::world_and;
use licit::dataset::{KnowledgeBase, report};
use licit::model::{Asked, Currency, Day, Question, Reading, Requirement, Segment, Verdict};
use licit::proof::{Statement, check};
use licit::reason::answer;

/// The small world with these plans and a claim that asks for this.
fn world_asking_for(plans: &str, requires: &str) -> KnowledgeBase {
    let claim = format!(
        "[[requirement]]\nid = \"filter-needs-more\"\ntask = \"filter.configure\"\naspect = [\"terms\", \"works\"]\n\
         requires = {requires}\neffective = {{ from = 2020-01-01 }}\nstanding = \"documented\"\n\
         [[requirement.evidence]]\nsource = \"manual\"\nsays = \"That much is needed.\"\n"
    );
    let loaded = world_and(&[("plans.toml", plans), ("more.toml", &claim)]);
    let problems = report(&loaded.sources, &loaded.problems, false);
    loaded.knowledge.expect(&problems)
}

/// The world in which one plan of each list is needed; the numbers say how long the lists are.
fn world_of_lists(lists: &[usize]) -> KnowledgeBase {
    let mut plans = String::new();
    let mut any = Vec::new();
    for (list, length) in lists.iter().enumerate() {
        let names: Vec<String> = (0..*length)
            .map(|plan| format!("\"L{list}_{plan}\""))
            .collect();
        for (plan, name) in names.iter().enumerate() {
            plans += &format!(
                "[[plan]]\nid = {name}\nguid = \"44444444-4444-4444-{list:04}-{plan:012}\"\nname = {name}\n"
            );
        }
        any.push(format!("{{ any = [{}] }}", names.join(", ")));
    }
    world_asking_for(&plans, &format!("{{ all = [{}] }}", any.join(", ")))
}

fn question(knowledge: &KnowledgeBase) -> Question {
    let day = Day::parse("2026-11-22").unwrap();
    Question {
        subjects: vec![Asked::Task(
            knowledge.tasks.find("filter.configure").unwrap(),
        )],
        eligible: false,
        on: day,
        known: day,
        givens: Default::default(),
        held: Vec::new(),
        held_elsewhere: Vec::new(),
        owned: Default::default(),
        reading: Reading::Cautious,
        segment: Segment::Commercial,
        currency: Currency::parse("USD").unwrap(),
        agreement: Default::default(),
    }
}

#[test]
fn a_proof_is_accepted_however_long_the_lists_of_a_requirement_are() {
    for lists in [&[12, 2][..], &[13, 2], &[40, 30], &[30, 20, 10, 5]] {
        let knowledge = world_of_lists(lists);
        let (answer, proof) = answer(&knowledge, &question(&knowledge));
        let need = &answer.needs[0];
        assert_eq!(need.verdict, Verdict::Required, "{lists:?}");
        let Requirement::All(parts) = &need.requirement else {
            panic!("{:?}", need.requirement)
        };
        let lengths = parts.iter().map(|part| match part {
            Requirement::Any(ways) => ways.len(),
            _ => 1,
        });
        assert_eq!(lengths.collect::<Vec<_>>(), lists);
        assert_eq!(check(&knowledge, &answer, &proof), Ok(()), "{lists:?}");
    }
}

/// A license that nobody names may go unsaid beside one that is named, but not be dropped.
#[test]
fn an_answer_that_drops_an_unnamed_license_is_refused() {
    let knowledge = world_asking_for("", "\"unnamed\"");
    let (mut answer, mut proof) = answer(&knowledge, &question(&knowledge));
    assert_eq!(check(&knowledge, &answer, &proof), Ok(()));
    answer.needs[0].requirement = Requirement::Nothing;
    for step in &mut proof.steps {
        match &mut step.statement {
            Statement::Aspect { finding, .. } => finding.requirement = Requirement::Nothing,
            Statement::Case { requirement, .. } | Statement::Need { requirement, .. } => {
                *requirement = Requirement::Nothing;
            }
            _ => {}
        }
    }
    let faults = check(&knowledge, &answer, &proof).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.what == "the requirement is not what the claims ask for"),
        "{faults:?}"
    );
}
