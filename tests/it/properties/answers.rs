//! Properties of answers and their proofs, on random questions about the built-in data.

use super::cases;
use super::strategy::{KNOWLEDGE, open_question, question, questions, told};
use licit::dataset::{KnowledgeBase, SourceMap, load, to_bytes};
use licit::model::{
    Answer, Boundary, ClaimId, ClaimKindName, Day, DependsOn, GivenId, GivenKind, GivenValue,
    Question, Requirement, Satisfied, SkuId, Verdict,
};
use licit::proof::{Out, Proof, Statement, Unknown, check};
use licit::reason::answer;
use licit::render::{AnswerView, Format, write};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every claim that a proof mentions: as counting, as a link, as out, as what put another out, or by a boundary of it.
fn mentioned(proof: &Proof) -> BTreeSet<ClaimId> {
    let mut claims: BTreeSet<ClaimId> = proof.claims().into_iter().collect();
    for step in &proof.steps {
        if let Statement::DoesNotCount { claim, out } = &step.statement {
            claims.insert(*claim);
            if let Out::Replaced(by) | Out::Superseded(by) = out {
                claims.insert(*by);
            }
        }
        claims.extend(
            step.under
                .iter()
                .filter_map(|assumption| match assumption.unknown {
                    Unknown::Edge { claim, .. } => Some(claim),
                    _ => None,
                }),
        );
    }
    claims
}

/// What an answer says about its needs.
fn said(answer: &Answer) -> Vec<(Verdict, Requirement)> {
    let needs = answer.needs.iter();
    needs
        .map(|need| (need.verdict, need.requirement.clone()))
        .collect()
}

fn json(knowledge: &KnowledgeBase, answer: &Answer, proof: &Proof) -> String {
    write(
        &AnswerView {
            knowledge,
            answer,
            proof,
            hindsight: None,
        },
        &knowledge.meta.version,
        Format::Json,
    )
    .unwrap()
}

/// The question with one more SKU held on the account, on another account, or by the tenant.
fn holding(question: &Question, sku: SkuId, place: usize) -> Question {
    let mut more = question.clone();
    match place % 3 {
        0 => more.held.push(sku),
        1 => more.held_elsewhere.push(sku),
        _ => {
            more.owned.insert(sku, 100);
        }
    }
    more
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn every_proof_is_accepted_and_every_answer_is_given_twice(question in question()) {
        let (first, proof) = answer(&KNOWLEDGE, &question);
        prop_assert_eq!(check(&KNOWLEDGE, &first, &proof), Ok(()), "{}", told(&question));
        let (second, again) = answer(&KNOWLEDGE, &question);
        prop_assert_eq!(&first, &second, "{}", told(&question));
        prop_assert_eq!(&proof, &again, "{}", told(&question));
    }

    #[test]
    fn claims_that_a_proof_does_not_mention_do_not_matter(question in question()) {
        let (full, proof) = answer(&KNOWLEDGE, &question);
        let mentioned = mentioned(&proof);
        let idle: Vec<ClaimId> = KNOWLEDGE
            .claims
            .iter()
            .filter(|(id, claim)| {
                !mentioned.contains(id)
                    && matches!(
                        claim.kind.name(),
                        ClaimKindName::Requirement
                            | ClaimKindName::Lifecycle
                            | ClaimKindName::Limit
                            | ClaimKindName::Prerequisite
                    )
            })
            .map(|(id, _)| id)
            .collect();
        let (less, _) = answer(&KNOWLEDGE.without(&idle), &question);
        prop_assert_eq!(said(&full), said(&less), "{}", told(&question));
    }

    #[test]
    fn holding_more_never_turns_satisfied_into_a_gap(
        question in question(),
        place in 0..3usize,
        number in any::<usize>(),
        more in 0..KNOWLEDGE.skus.len(),
        further in 0..3usize,
    ) {
        let (bare, _) = answer(&KNOWLEDGE, &question);
        // Something that opens a need first, so that there is a "yes" to lose.
        let opening: Vec<SkuId> = bare
            .needs
            .iter()
            .flat_map(|need| &need.opened_by)
            .map(|opened| opened.sku)
            .collect();
        let question = match opening.get(number % opening.len().max(1)) {
            Some(sku) => holding(&question, *sku, place),
            None => question,
        };
        let (before, _) = answer(&KNOWLEDGE, &question);
        let richer = holding(&question, SkuId::at(more), further);
        let (after, _) = answer(&KNOWLEDGE, &richer);
        for (before, after) in before.needs.iter().zip(&after.needs) {
            prop_assert!(
                before.satisfied != Satisfied::Yes || after.satisfied != Satisfied::No,
                "{}\n{}", told(&question), told(&richer)
            );
        }
    }

    #[test]
    fn stating_an_unknown_brings_the_outcome_that_was_told(question in open_question()) {
        let (open, _) = answer(&KNOWLEDGE, &question);
        for (at, need) in open.needs.iter().enumerate() {
            for depends in &need.depends_on {
                let Some(given) = settleable(depends) else {
                    continue;
                };
                for outcome in &depends.outcomes {
                    let mut settled = question.clone();
                    settled.givens.insert(given, meant(given, &outcome.value));
                    let (answer, _) = answer(&KNOWLEDGE, &settled);
                    let need = &answer.needs[at];
                    prop_assert_eq!(need.verdict, outcome.verdict, "{}", told(&settled));
                    prop_assert_eq!(&need.requirement, &outcome.requirement, "{}", told(&settled));
                }
            }
        }
    }
}

/// The given that settles an unknown when it is stated; none where it is a boundary.
fn settleable(depends: &DependsOn) -> Option<GivenId> {
    depends.given.filter(|_| depends.boundary.is_none())
}

/// The day at which a range begins or ends: written, or an end of the date in quotes.
fn day_meant(written: &str) -> Day {
    let Some(quoted) = written.split('"').nth(1) else {
        return Day::parse(&written[..10]).unwrap();
    };
    let date = Boundary::parse(quoted).unwrap();
    let end = if written.starts_with("the end of ") {
        date.latest()
    } else {
        date.earliest()
    };
    end.unwrap()
}

/// A value that an outcome means: itself, or a day or number inside the range that it names.
fn meant(given: GivenId, written: &str) -> GivenValue {
    match &KNOWLEDGE.givens[given].kind {
        GivenKind::Date => {
            let inside = match written.split_once("before ") {
                Some(("", until)) => day_meant(until).previous(),
                _ => day_meant(written.strip_prefix("from ").unwrap_or(written)),
            };
            GivenValue::Date(Boundary::day(inside))
        }
        GivenKind::Count => {
            let least = written.split(' ').next().unwrap();
            GivenValue::Count(least.parse().unwrap())
        }
        kind => kind.read(written).unwrap(),
    }
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn no_claim_of_a_proof_can_be_taken_away(question in question()) {
        let (full, proof) = answer(&KNOWLEDGE, &question);
        for claim in proof.claims() {
            let without = KNOWLEDGE.without(&[claim]);
            prop_assert!(
                check(&without, &full, &proof).is_err(),
                "{} in {}", KNOWLEDGE.claims[claim].id, told(&question)
            );
        }
    }
}

/// What the random questions meet: without it a property could hold because nothing ever came to it.
#[test]
fn the_questions_meet_everything_that_an_answer_can_say() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut meet = |what: String| *met.entry(what).or_default() += 1;
    let all = questions(question(), 400).into_iter();
    for question in all.chain(questions(open_question(), 400)) {
        let (answer, _) = answer(&KNOWLEDGE, &question);
        answer
            .baskets
            .iter()
            .for_each(|_| meet("basket".to_owned()));
        answer
            .no_basket
            .iter()
            .for_each(|_| meet("no basket".to_owned()));
        answer
            .next_change
            .iter()
            .for_each(|_| meet("next change".to_owned()));
        for need in &answer.needs {
            meet(format!("verdict {}", need.verdict));
            meet(format!("satisfied {}", need.satisfied));
            for depends in &need.depends_on {
                meet(match settleable(depends) {
                    Some(given) => format!("given {}", KNOWLEDGE.givens[given].kind.expected()),
                    None => "boundary".to_owned(),
                });
            }
        }
    }
    let verdicts = Verdict::ALL
        .iter()
        .map(|verdict| format!("verdict {verdict}"));
    let satisfied = Satisfied::ALL
        .iter()
        .map(|satisfied| format!("satisfied {satisfied}"));
    let others = [
        "basket",
        "no basket",
        "next change",
        "given yes or no",
        "boundary",
    ];
    let others = others.map(str::to_owned).into_iter();
    let dates = std::iter::once(format!("given {}", GivenKind::Date.expected()));
    for what in verdicts.chain(satisfied).chain(others).chain(dates) {
        let times = met.get(&what).copied().unwrap_or_default();
        assert!(times >= 10, "{what}: {times} times; {met:#?}");
    }
}

#[test]
fn the_order_of_the_data_files_reaches_no_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let (files, problems) = SourceMap::from_dir(&folder);
    assert!(problems.is_empty(), "{problems:?}");
    let mut texts: Vec<(String, String)> = files
        .files()
        .map(|file| {
            let path = files.relative_path(file).to_owned();
            (path, files.text(file).to_owned())
        })
        .collect();
    assert!(texts.len() > 50, "{} files", texts.len());
    let expected = to_bytes(&KNOWLEDGE).unwrap();
    let questions = questions(question(), 25);
    for turn in 0..3 {
        // A different order each time: by the letters of the path from behind, then turned around and on.
        texts.sort_by_key(|(path, _)| path.bytes().rev().skip(turn).collect::<Vec<u8>>());
        let length = texts.len();
        texts.rotate_left(length * turn / 3);
        let shuffled = load(SourceMap::from_texts(texts.clone()), None)
            .knowledge
            .unwrap();
        assert_eq!(to_bytes(&shuffled).unwrap(), expected, "turn {turn}");
        for question in &questions {
            let (one, one_proof) = answer(&KNOWLEDGE, question);
            let (other, other_proof) = answer(&shuffled, question);
            assert_eq!(
                json(&KNOWLEDGE, &one, &one_proof),
                json(&shuffled, &other, &other_proof),
                "turn {turn}: {}",
                told(question)
            );
        }
    }
}
