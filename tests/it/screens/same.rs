//! Same answers: what is asked through the terminal UI is what text and JSON say, question by question.
//!
//! The questions are chosen over the whole data, always the same ones. Text and JSON come from a question of their own,
//! which the basket has no part in.

use super::drive::{Drive, KNOWLEDGE, today};
use crate::common::figure;
use licit::ask::ask;
use licit::dataset::KnowledgeBase;
use licit::model::{
    Agreement, Asked, ClaimId, Currency, Day, Question, Reading, Segment, SkuId, Verdict,
};
use licit::render::{AnswerView, Format, RequirementShape, Style, requirement, write};
use licit::tui::{Command, Message, Pane, Screen, update};
use serde_json::Value;
use std::collections::BTreeSet;

/// The days asked about, with what was known: today, hindsight, and as it was seen then.
const DAYS: [(&str, &str); 6] = [
    ("2026-11-22", "2026-11-22"),
    ("2020-03-02", "2026-11-22"),
    ("2020-03-02", "2020-03-02"),
    ("2022-10-15", "2026-11-22"),
    ("2024-01-31", "2024-01-31"),
    ("2027-06-01", "2026-11-22"),
];

const HELD: [Option<&str>; 4] = [None, Some("SPE_E3"), None, Some("SPE_E5")];

/// What can be asked about, the kinds in turns, spread over each kind.
fn subjects(knowledge: &KnowledgeBase, number: usize) -> Vec<Asked> {
    let roles: Vec<Asked> = knowledge
        .roles
        .iter()
        .map(|(id, _)| Asked::Role(id))
        .collect();
    let features: Vec<Asked> = knowledge
        .features
        .iter()
        .map(|(id, _)| Asked::Feature(id))
        .collect();
    let tasks: Vec<Asked> = knowledge
        .tasks
        .iter()
        .map(|(id, _)| Asked::Task(id))
        .collect();
    let kinds = [roles, features, tasks];
    let of_each = number.div_ceil(kinds.len());
    (0..number)
        .map(|place| {
            let kind = &kinds[place % kinds.len()];
            kind[(place / kinds.len()) * kind.len() / of_each]
        })
        .collect()
}

/// So many questions: each subject with the next days, reading, holding; every third one about a second thing, too.
fn questions(knowledge: &KnowledgeBase, number: usize) -> Vec<Question> {
    let all = subjects(knowledge, number);
    let day = |day: &str| Day::parse(day).unwrap();
    let sku = |id: &str| -> SkuId { knowledge.skus.find(id).unwrap() };
    let questions = all.iter().enumerate().map(|(place, subject)| {
        let (on, known) = DAYS[place / 3 % DAYS.len()];
        let mut subjects = vec![*subject];
        let other = all[(place * 7 + 1) % all.len()];
        if place % 3 == 1 && other != *subject {
            subjects.push(other);
        }
        Question {
            eligible: place % 5 == 0 && matches!(subject, Asked::Role(_)),
            subjects,
            on: day(on),
            known: day(known),
            givens: Default::default(),
            held: HELD[place / 2 % HELD.len()].map(sku).into_iter().collect(),
            held_elsewhere: Vec::new(),
            owned: Default::default(),
            reading: Reading::ALL[place / 4 % Reading::ALL.len()],
            segment: Segment::Commercial,
            currency: Currency::us_dollar(),
            agreement: Agreement::default(),
        }
    });
    questions.collect()
}

/// Puts a question into the basket of the screens.
fn asked(question: &Question) -> Drive {
    let mut drive = Drive::new(120, 40);
    // On this screen no other ways to comply are worked out, which nobody asks about here.
    drive.model.screen = Screen::Why;
    drive.model.focus = Pane::Proof;
    drive.model.draft.change(|draft| {
        (draft.team.on, draft.team.known) = (question.on, question.known);
        draft.team.reading = question.reading;
        for subject in &question.subjects {
            draft.toggle(*subject);
        }
        for sku in &question.held {
            draft.hold(*sku, false);
        }
        draft.persona_mut().unwrap().eligible = question.eligible;
    });
    drive.model.refresh();
    // Everything is opened, so that every row is there.
    drop(update(
        &mut drive.model,
        Message::Command(Command::UnfoldAll),
    ));
    drive
}

/// The words of text without its line breaks.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unavailable => "unavailable, no license opens it",
        Verdict::Required => "a license is required",
        Verdict::Contested => "contested, sources disagree",
        Verdict::Depends => "it depends",
        Verdict::NotRequired => "no license is required",
        Verdict::NotStated => "not stated by any source",
    }
}

fn ids(values: &Value) -> Vec<&str> {
    let values = values.as_array().into_iter().flatten();
    values.map(|value| value.as_str().unwrap()).collect()
}

/// The aspects of a need that its proof speaks of. The technical reading does not look at the terms, and what no license
/// opens is asked nothing further: there the answer only mentions those lines.
fn heard(need: &Value, reading: Reading) -> impl Iterator<Item = &'static str> {
    let is_closed = need["verdict"] == Verdict::Unavailable.word();
    let all = ["terms", "works", "assigned", "owned"].into_iter();
    all.filter(move |aspect| match *aspect {
        "terms" => !is_closed && reading != Reading::Technical,
        "works" => !is_closed,
        _ => true,
    })
}

/// Every claim that the JSON of an answer speaks of beside its proof.
fn claims(json: &Value, reading: Reading) -> BTreeSet<String> {
    let mut claims = BTreeSet::new();
    for need in json["needs"].as_array().unwrap() {
        claims.extend(ids(&need["claims"]));
        for aspect in heard(need, reading) {
            claims.extend(ids(&need["aspects"][aspect]["claims"]));
        }
        for conflict in need["conflicts"].as_array().unwrap() {
            claims.extend(ids(&conflict["claims"]));
        }
    }
    for basket in json["baskets"].as_array().unwrap() {
        for sku in basket["skus"].as_array().unwrap() {
            claims.extend(sku["price"]["claim"].as_str());
        }
    }
    claims.extend(json["next_change"]["claim"].as_str());
    claims.into_iter().map(str::to_owned).collect()
}

/// What was compared.
#[derive(Default)]
struct Compared {
    questions: usize,
    needs: usize,
    claims: usize,
    sources: usize,
}

fn compare(question: &Question, compared: &mut Compared) {
    let knowledge: &KnowledgeBase = &KNOWLEDGE;
    let drive = asked(question);
    let shown = drive.model.answered.as_ref().unwrap();
    let (answer, proof) = ask(knowledge, question);
    let hindsight = (question.known < today()).then(|| {
        let later = Question {
            known: today(),
            ..question.clone()
        };
        ask(knowledge, &later).0
    });
    let view = AnswerView {
        knowledge,
        answer: &answer,
        proof: &proof,
        hindsight: hindsight.as_ref(),
    };
    let style = Style {
        width: 80,
        color: false,
    };
    let text = folded(&write(&view, "test", Format::Text(style)).unwrap());
    let json: Value = serde_json::from_str(&write(&view, "test", Format::Json).unwrap()).unwrap();
    let rows = |pane| -> Vec<String> {
        let rows = drive.model.rows(pane);
        rows.iter().map(|row| folded(&row.text())).collect()
    };
    let (brief, why) = (rows(Pane::Answer), rows(Pane::Proof));
    let both = format!("{}\n{}", brief.join("\n"), why.join("\n"));
    let told = |words: &str, what: &str| {
        assert!(text.contains(words), "{what}: text lacks {words}:\n{text}");
    };

    // The verdict.
    let words = verdict_words(shown.answer.verdict);
    assert_eq!(json["verdict"], shown.answer.verdict.word());
    told(&format!(": {words}"), "verdict");
    assert!(
        brief[0].to_lowercase().starts_with(words),
        "{words}: {}",
        brief[0]
    );
    assert!(
        why[0].contains(&format!(": {words}")),
        "{words}: {}",
        why[0]
    );

    // Each need: verdict, requirement, certainty.
    let needs = json["needs"].as_array().unwrap();
    assert_eq!(needs.len(), shown.answer.needs.len());
    for (need, json) in shown.answer.needs.iter().zip(needs) {
        compared.needs += 1;
        let id = json["subject"]["id"].as_str().unwrap();
        assert_eq!(json["verdict"], need.verdict.word(), "{id}");
        told(&format!("Verdict {}", verdict_words(need.verdict)), id);
        let shape = RequirementShape::of(knowledge, &need.requirement);
        assert_eq!(
            json["requirement"],
            serde_json::to_value(shape).unwrap(),
            "{id}"
        );
        if need.verdict == Verdict::Required {
            for alternative in &need.alternatives {
                told(&folded(&requirement(knowledge, &alternative.part)), id);
            }
        }
        let grade = need.certainty.grade.word();
        assert_eq!(json["certainty"]["grade"], grade, "{id}");
        told(&format!("Certainty {grade}"), id);
    }

    // What the basket costs.
    let total = |total: &Value| total.as_str().map(str::to_owned);
    let totals: Vec<Option<String>> = json["baskets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|basket| total(&basket["total"]))
        .collect();
    let shown_totals: Vec<Option<String>> = shown
        .answer
        .baskets
        .iter()
        .map(|basket| basket.total.map(|total| total.to_string()))
        .collect();
    assert_eq!(totals, shown_totals);
    for (basket, total) in shown.answer.baskets.iter().zip(totals.iter().flatten()) {
        if basket.items.iter().any(|item| !item.held) {
            let words = format!("Total {total} USD a month");
            told(&words, "total");
            assert!(
                brief.iter().any(|row| row.starts_with(&words)),
                "{words}: {brief:?}"
            );
        }
    }

    // Every claim is named in the rows, and every source in all three.
    let named: BTreeSet<&str> = both
        .split(|letter: char| letter.is_whitespace() || "[](),;\"".contains(letter))
        .map(|word| word.trim_end_matches(['.', ':']))
        .collect();
    for claim in claims(&json, question.reading) {
        compared.claims += 1;
        assert!(
            named.contains(claim.as_str()),
            "{claim} is in no row:\n{both}"
        );
    }
    // Text and screens tell since when an alternative does, without the claim that says so.
    let since = shown
        .answer
        .needs
        .iter()
        .flat_map(|need| &need.alternatives);
    let since = since.filter_map(|alternative| alternative.claim);
    let of_rows: BTreeSet<String> = named
        .iter()
        .filter_map(|word| knowledge.claims.find(word))
        .chain(since)
        .flat_map(|claim: ClaimId| &knowledge.claims[claim].evidence)
        .map(|evidence| knowledge.sources[evidence.source].id.to_string())
        .collect();
    let sources: Vec<&str> = json["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| source["id"].as_str().unwrap())
        .collect();
    if sources.is_empty() {
        assert!(!text.contains("Sources ("), "{text}");
    } else {
        told(&format!("Sources ({})", sources.len()), "sources");
    }
    let is_whole = needs
        .iter()
        .all(|need| heard(need, question.reading).count() == 4);
    let listed = text.split("Sources (").last().unwrap();
    for source in sources {
        compared.sources += 1;
        assert!(
            listed.contains(&format!(" {source}: ")),
            "{source} is missing: {listed}"
        );
        assert!(
            !is_whole || of_rows.contains(source),
            "no row leads to {source}:\n{both}"
        );
    }
    compared.questions += 1;
}

fn same_answers(number: usize) {
    let mut compared = Compared::default();
    for question in questions(&KNOWLEDGE, number) {
        compare(&question, &mut compared);
    }
    figure(
        "Same answers",
        &format!(
            "{} questions with {} needs, {} claims and {} sources: 0 differences between screens, text and JSON",
            compared.questions, compared.needs, compared.claims, compared.sources
        ),
    );
}

#[test]
fn screens_text_and_json_give_the_same_answers_to_sixty_questions() {
    same_answers(60);
}

#[test]
#[ignore = "minutes; run by name"]
fn screens_text_and_json_give_the_same_answers_to_three_hundred_questions() {
    same_answers(300);
}
