//! The proof of an answer as a page: need by need, case by case, every claim that was looked at with who said it.

use super::answer::{AnswerView, asked, sources, title};
use super::answer_json::{assumption_words, shape};
use super::answer_lines::heading;
use super::answer_shape::AnswerShape;
use super::{Item, Line, Page, View, statement};
use crate::dataset::KnowledgeBase;
use crate::model::{Answer, ClaimId};
use crate::proof::{Out, Proof, Statement, Step, sentence, why_out};

/// An answer seen from its reasons.
#[derive(Debug, Clone, Copy)]
pub struct WhyView<'a> {
    /// What it was worked out from.
    pub knowledge: &'a KnowledgeBase,
    /// The answer.
    pub answer: &'a Answer,
    /// Its reasons.
    pub proof: &'a Proof,
    /// The answer with what is known today, where the question is about an earlier knowledge.
    pub hindsight: Option<&'a Answer>,
}

impl View for WhyView<'_> {
    const SCHEMA: &'static str = "licit.answer/1";
    type Shape = AnswerShape;

    fn shape(&self) -> AnswerShape {
        shape(self.knowledge, self.answer, self.proof, self.hindsight)
    }

    fn page(&self) -> Page {
        let mut page = Page::new(title(self.knowledge, self.answer));
        page.paragraph(asked(self.knowledge, &self.answer.question));
        self.answered().then_and_now(&mut page);
        for need in &self.answer.needs {
            page.heading(heading(self.knowledge, need));
            let concluded = self.proof.steps.iter().find(
                |step| matches!(&step.statement, Statement::Need { subject, .. } if *subject == need.subject),
            );
            let Some(concluded) = concluded else { continue };
            page.paragraph(Line::new().strong(sentence(self.knowledge, &concluded.statement)));
            let cases: Vec<&Step> = self.premises(concluded).collect();
            for case in &cases {
                if !case.under.is_empty() {
                    let assumed: Vec<String> = case
                        .under
                        .iter()
                        .map(|assumption| assumption_words(self.knowledge, assumption))
                        .collect();
                    page.paragraph(
                        Line::from("Suppose: ")
                            .plain(assumed.join("; "))
                            .plain(". Then: ")
                            .strong(sentence(self.knowledge, &case.statement)),
                    );
                }
                for premise in self.premises(case) {
                    self.part(&mut page, premise);
                }
            }
            self.beside(&mut page, need.subject);
        }
        self.answered().outlook(&mut page);
        sources(&mut page, self.knowledge, self.answer, self.proof);
        page
    }
}

impl<'a> WhyView<'a> {
    fn answered(&self) -> AnswerView<'a> {
        AnswerView {
            knowledge: self.knowledge,
            answer: self.answer,
            proof: self.proof,
            hindsight: self.hindsight,
        }
    }

    fn premises(&self, step: &'a Step) -> impl Iterator<Item = &'a Step> {
        let proof = self.proof;
        step.premises.iter().filter_map(move |id| proof.get(*id))
    }

    /// A state or an aspect, with the claims below it. What is silent and has nothing to say is told in one line.
    fn part(&self, page: &mut Page, step: &'a Step) {
        let knowledge = self.knowledge;
        if let Statement::State {
            because: None,
            contested: false,
            ..
        } = &step.statement
            && step.premises.is_empty()
        {
            return;
        }
        page.paragraph(sentence_line(knowledge, &step.statement));
        let mut items: Vec<Item> = Vec::new();
        let mut passed_over: Vec<String> = Vec::new();
        for premise in self.premises(step) {
            match &premise.statement {
                Statement::Counts { claim, .. } => items.push(self.counting(*claim, premise)),
                Statement::DoesNotCount {
                    out: Out::MoreGeneral,
                    claim,
                } => passed_over.push(knowledge.claims[*claim].id.to_string()),
                Statement::DoesNotCount { claim, out } => {
                    let mut item = Item {
                        line: Line::from("not ")
                            .code(knowledge.claims[*claim].id.as_str())
                            .plain(format!(": {}", why_out(knowledge, *claim, out))),
                        details: Vec::new(),
                    };
                    item.details.extend(self.said_by_asker(premise));
                    items.push(item);
                }
                _ => items.push(Item {
                    line: Line::from(sentence(knowledge, &premise.statement)),
                    details: Vec::new(),
                }),
            }
        }
        page.items(items);
        if !passed_over.is_empty() {
            page.paragraph(
                Line::from("More general, and so not heard: ")
                    .code(passed_over.join(" "))
                    .plain("."),
            );
        }
    }

    fn counting(&self, claim: ClaimId, step: &'a Step) -> Item {
        let knowledge = self.knowledge;
        let record = &knowledge.claims[claim];
        let mut details = vec![Line::from(statement(knowledge, record))];
        if let Statement::Counts {
            attested: false, ..
        } = step.statement
        {
            details.push(Line::from(
                "No source attests it that day; nothing contradicts it.",
            ));
        }
        if !record.note.is_empty() {
            details.push(Line::from(record.note.as_str()));
        }
        for evidence in &record.evidence {
            let source = &knowledge.sources[evidence.source];
            let dated = source
                .published
                .as_ref()
                .map_or_else(|| "undated".to_owned(), ToString::to_string);
            let hand = if evidence.second_hand {
                ", read second-hand"
            } else {
                ""
            };
            details.push(
                Line::from(format!(
                    "{}, {dated}{hand}: {} ",
                    source.publisher, evidence.says
                ))
                .code(source.id.as_str()),
            );
        }
        details.extend(self.said_by_asker(step));
        Item {
            line: Line::new()
                .code(record.id.as_str())
                .faint(format!(" ({})", record.standing)),
            details,
        }
    }

    fn said_by_asker(&self, step: &'a Step) -> Vec<Line> {
        self.premises(step)
            .map(|premise| sentence_line(self.knowledge, &premise.statement))
            .collect()
    }

    /// Where the license must sit, what must be owned, and what is held: beside the verdict.
    fn beside(&self, page: &mut Page, subject: crate::model::NeedSubject) {
        let mut told: Vec<&Step> = Vec::new();
        for step in &self.proof.steps {
            match &step.statement {
                Statement::Aspect {
                    subject: of,
                    aspect: crate::model::Aspect::Assigned | crate::model::Aspect::Owned,
                    ..
                } if *of == subject => {
                    let silent = step.premises.is_empty();
                    if !silent && !told.iter().any(|known| known.statement == step.statement) {
                        told.push(step);
                    }
                }
                Statement::Satisfied { subject: of, .. } if *of == subject => told.push(step),
                _ => {}
            }
        }
        for step in told {
            match &step.statement {
                Statement::Aspect { .. } => self.part(page, step),
                _ => {
                    page.paragraph(sentence_line(self.knowledge, &step.statement));
                    let ways: Vec<Item> = self
                        .premises(step)
                        .filter(|premise| matches!(premise.statement, Statement::Provides { .. }))
                        .map(|premise| Item {
                            line: sentence_line(self.knowledge, &premise.statement),
                            details: self
                                .premises(premise)
                                .map(|way| sentence_line(self.knowledge, &way.statement))
                                .collect(),
                        })
                        .collect();
                    page.items(ways);
                }
            }
        }
    }
}

/// A sentence. One that begins with the id of a claim keeps it as it is written.
fn sentence_line(knowledge: &KnowledgeBase, statement: &Statement) -> Line {
    let words = sentence(knowledge, statement);
    let claim = match statement {
        Statement::Links { claim }
        | Statement::Counts { claim, .. }
        | Statement::DoesNotCount { claim, .. } => Some(knowledge.claims[*claim].id.as_str()),
        _ => None,
    };
    match claim.and_then(|id| Some((id, words.strip_prefix(id)?))) {
        Some((id, rest)) => Line::new().code(id).plain(rest),
        None => Line::from(capitalized(&words)),
    }
}

fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
