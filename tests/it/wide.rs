//! Long requirements: what is asked for and what the checker accepts do not turn on how many ways there are to comply.

use crate::dataset::world_and;
use licit::dataset::{KnowledgeBase, report};
use licit::model::{Asked, Currency, Day, Question, Reading, Requirement, Segment, Verdict};
use licit::proof::check;
use licit::reason::answer;

/// The small world with a claim that asks for one plan of each list; the numbers say how long the lists are.
fn world_asking_for(lists: &[usize]) -> KnowledgeBase {
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
    let claim = format!(
        "[[requirement]]\nid = \"filter-needs-lists\"\ntask = \"filter.configure\"\naspect = [\"terms\", \"works\"]\n\
         requires = {{ all = [{}] }}\neffective = {{ from = 2020-01-01 }}\nstanding = \"documented\"\n\
         [[requirement.evidence]]\nsource = \"manual\"\nsays = \"One of each list is needed.\"\n",
        any.join(", ")
    );
    let loaded = world_and(&[("plans.toml", &plans), ("lists.toml", &claim)]);
    let problems = report(&loaded.sources, &loaded.problems, false);
    loaded.knowledge.expect(&problems)
}

#[test]
fn a_proof_is_accepted_however_long_the_lists_of_a_requirement_are() {
    let day = Day::parse("2026-11-22").unwrap();
    for lists in [&[12, 2][..], &[13, 2], &[40, 30], &[30, 20, 10, 5]] {
        let kb = world_asking_for(lists);
        let question = Question {
            subjects: vec![Asked::Task(kb.tasks.find("filter.configure").unwrap())],
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
        };
        let (answer, proof) = answer(&kb, &question);
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
        assert_eq!(check(&kb, &answer, &proof), Ok(()), "{lists:?}");
    }
}
