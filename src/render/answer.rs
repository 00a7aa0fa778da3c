//! An answer on a page: verdict first, then need by need, the cheapest way to comply, what would change it, and sources.

use super::answer_json::{claims, named, shape};
use super::answer_lines::{
    aspect_label, aspect_line, aspect_question, basket_line, certainty_line, cited, depends_item,
    heading, held_line, ids, needs_line, opened_line, overall_words, said_item, seats_line,
    set_items, verdict_line,
};
use super::answer_shape::AnswerShape;
use super::shape::SourceShape;
use super::states::{state_line, states_of};
use super::timeline::{difference_words, outside_words};
use super::words::{count, list};
use super::{Item, Line, Page, View, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Aspect, AspectOutcome, ClaimId, Need, NeedSubject, Question, Satisfied, Told, Verdict,
};
use crate::proof::Proof;
use std::collections::BTreeSet;

/// An answer with its proof, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct AnswerView<'a> {
    /// What it was worked out from.
    pub knowledge: &'a KnowledgeBase,
    /// The answer.
    pub answer: &'a Answer,
    /// Its reasons.
    pub proof: &'a Proof,
    /// The answer with what is known today, where the question is about an earlier knowledge.
    pub hindsight: Option<&'a Answer>,
}

impl View for AnswerView<'_> {
    const SCHEMA: &'static str = "licit.answer/1";
    type Shape = AnswerShape;

    fn shape(&self) -> AnswerShape {
        shape(self.knowledge, self.answer, self.proof, self.hindsight)
    }

    fn page(&self) -> Page {
        let mut page = Page::new(title(self.knowledge, self.answer));
        page.paragraph(asked(self.knowledge, &self.answer.question));
        self.then_and_now(&mut page);
        for need in &self.answer.needs {
            self.need(&mut page, need);
        }
        self.baskets(&mut page);
        self.outlook(&mut page);
        sources(&mut page, self.knowledge, self.answer, self.proof);
        page
    }
}

/// "Intune Administrator: contested".
pub(super) fn title(knowledge: &KnowledgeBase, answer: &Answer) -> Line {
    let names: Vec<String> = answer
        .question
        .subjects
        .iter()
        .map(|asked| knowledge.name(named(*asked)).to_owned())
        .collect();
    Line::new().strong(format!(
        "{}: {}",
        list(&names, "and"),
        overall_words(answer)
    ))
}

/// What was asked beside the subjects.
pub(super) fn asked(knowledge: &KnowledgeBase, question: &Question) -> String {
    let mut said = format!(
        "On {}, as known on {}, {} reading",
        question.on, question.known, question.reading
    );
    if question.eligible {
        said.push_str(", with an eligible assignment");
    }
    let skus = |skus: &[crate::model::SkuId]| {
        let ids: Vec<String> = skus
            .iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect();
        list(&ids, "and")
    };
    if question.held.is_empty() {
        said.push_str(". No license is assumed on the account");
    } else {
        said.push_str(&format!(". The account holds {}", skus(&question.held)));
    }
    if !question.held_elsewhere.is_empty() {
        said.push_str(&format!(
            "; the person holds {} elsewhere",
            skus(&question.held_elsewhere)
        ));
    }
    if !question.owned.is_empty() {
        let owned: Vec<String> = question
            .owned
            .iter()
            .map(|(sku, seats)| format!("{} x{seats}", knowledge.skus[*sku].id))
            .collect();
        said.push_str(&format!("; the tenant owns {}", list(&owned, "and")));
    }
    for (given, value) in &question.givens {
        said.push_str(&format!(". {} {value}", knowledge.givens[*given].question));
    }
    said.push('.');
    said
}

impl AnswerView<'_> {
    /// What one would have been told then, what is known now, and whether sources speak of that day at all.
    pub(super) fn then_and_now(&self, page: &mut Page) {
        let (knowledge, question) = (self.knowledge, &self.answer.question);
        if let Some(later) = self.hindsight {
            let (then, now) = (Told::of(self.answer), Told::of(later));
            let differences = then.differences(&now);
            let said = match differences.is_empty() {
                true => "the answer is the same".to_owned(),
                false => {
                    difference_words(knowledge, question, &then, &now, &differences).join("; ")
                }
            };
            // What was first seen later may or may not have been known that day.
            let unseen: BTreeSet<ClaimId> = self
                .answer
                .needs
                .iter()
                .flat_map(|need| need.unattested.iter().map(|(claim, _)| *claim))
                .collect();
            let told = match unseen.len() {
                0 => format!(
                    "This is what one would have been told on {}.",
                    question.known
                ),
                number => format!(
                    "This is what one would have been told on {}, if {} behind it, first seen later, {} so then.",
                    question.known,
                    count(number, "claim", "claims"),
                    if number == 1 { "was" } else { "were" }
                ),
            };
            page.paragraph(
                Line::from(format!(
                    "{told} With what is known on {}: ",
                    later.question.known
                ))
                .strong(said)
                .plain("."),
            );
        }
        if let Some(words) = outside_words(self.answer.attested, question.on, question.known) {
            page.paragraph(words);
        }
    }

    fn need(&self, page: &mut Page, need: &Need) {
        let knowledge = self.knowledge;
        page.heading(heading(knowledge, need));
        let demands = need.requirement.demands()
            && matches!(
                need.verdict,
                Verdict::Required | Verdict::Contested | Verdict::Depends
            );
        let mut facts: Vec<(&str, Line)> = vec![("Verdict", verdict_line(knowledge, need))];
        // Where nothing is stated, what exactly was meant may lead to a question that is answered.
        if let NeedSubject::Task(task) = need.subject
            && need.verdict == Verdict::NotStated
            && !knowledge.tasks[task].summary.is_empty()
        {
            facts.push((
                "Meant",
                Line::from(knowledge.tasks[task].summary.to_string()),
            ));
        }
        if demands {
            facts.push(("Needs", Line::from(needs_line(knowledge, need))));
        }
        for line in &need.aspects {
            // Where nothing is demanded the place of a license is of no interest, nor is silence.
            let is_silent = line.outcome == AspectOutcome::NotStated;
            let is_idle = !demands && (is_silent || line.aspect == Aspect::Assigned);
            if let Some(words) = aspect_line(knowledge, need, line)
                && !is_idle
            {
                facts.push((aspect_label(line.aspect), words));
            }
        }
        if let Some(counting) = need.counted.as_ref().filter(|_| demands) {
            facts.push((
                "Seats",
                cited(
                    seats_line(knowledge, counting),
                    &knowledge.claims[counting.claim].id,
                ),
            ));
        }
        if demands || need.verdict == Verdict::NotRequired && need.satisfied != Satisfied::Yes {
            facts.push(("Held", Line::from(held_line(knowledge, need))));
        }
        if !need.obligations.is_empty() {
            let todo: Vec<String> = need
                .obligations
                .iter()
                .map(|given| knowledge.givens[*given].question.to_string())
                .collect();
            facts.push((
                "To do",
                Line::from(format!("answer yes to: {}", list(&todo, "and"))),
            ));
        }
        facts.push(("Certainty", certainty_line(knowledge, need)));
        if let Some(period) = super::words::period(&need.effective) {
            facts.push(("In force", Line::from(period)));
        }
        // Why it is unavailable says the first line.
        if need.verdict != Verdict::Unavailable {
            let states = states_of(knowledge, &self.answer.question, need);
            let lines = states.iter().map(|state| state_line(knowledge, state));
            let labels = std::iter::once("State").chain(std::iter::repeat("or"));
            facts.extend(labels.zip(lines));
        }
        if !need.opened_by.is_empty() {
            facts.push(("Opened by", opened_line(knowledge, need)));
        }
        if !need.overridden.is_empty() {
            facts.push((
                "Overrides",
                Line::new().code(ids(knowledge, &need.overridden)),
            ));
        }
        page.facts(facts);
        self.unattested(page, need);
        self.conflicts(page, need, demands);
        self.depends(page, need);
    }

    fn unattested(&self, page: &mut Page, need: &Need) {
        if need.unattested.is_empty() {
            return;
        }
        page.paragraph("No source attests that day, and nothing contradicts:");
        let items = need.unattested.iter().map(|(claim, from)| {
            let first = match from.written() {
                "unknown" => "its sources carry no older date".to_owned(),
                written => format!("first documented {written}"),
            };
            Item {
                line: Line::new()
                    .code(self.knowledge.claims[*claim].id.as_str())
                    .plain(format!(": {first}")),
                details: Vec::new(),
            }
        });
        page.items(items.collect());
    }

    /// Every claim in dispute once, under the questions about which it is.
    fn conflicts(&self, page: &mut Page, need: &Need, demands: bool) {
        let mut told: Vec<(Vec<&'static str>, &Vec<ClaimId>)> = Vec::new();
        for conflict in &need.conflicts {
            if conflict.aspect == Some(Aspect::Assigned) && !demands {
                continue;
            }
            let about = conflict
                .aspect
                .map_or("the state or its date", aspect_question);
            match told
                .iter_mut()
                .find(|(_, claims)| **claims == conflict.claims)
            {
                Some((questions, _)) => questions.push(about),
                None => told.push((vec![about], &conflict.claims)),
            }
        }
        for (questions, claims) in told {
            let questions: Vec<String> = questions.into_iter().map(str::to_owned).collect();
            page.paragraph(format!("Sources disagree on {}:", list(&questions, "and")));
            page.items(
                claims
                    .iter()
                    .map(|claim| said_item(self.knowledge, *claim))
                    .collect(),
            );
        }
    }

    fn depends(&self, page: &mut Page, need: &Need) {
        if need.depends_on.is_empty() {
            return;
        }
        page.paragraph("It turns on:");
        page.items(
            need.depends_on
                .iter()
                .map(|depends| depends_item(self.knowledge, depends))
                .collect(),
        );
    }

    fn baskets(&self, page: &mut Page) {
        let knowledge = self.knowledge;
        if let Some(why) = &self.answer.no_basket {
            page.heading("Cheapest way to comply");
            page.paragraph(format!("None: {why}."));
        }
        for basket in &self.answer.baskets {
            if basket.items.iter().all(|item| item.held) {
                page.heading("Cheapest way to comply");
                page.paragraph("Nothing to buy: what is held is enough.");
                continue;
            }
            page.heading("Cheapest way to comply");
            page.items(
                basket
                    .items
                    .iter()
                    .map(|item| basket_line(knowledge, &self.answer.question, basket, item))
                    .collect(),
            );
            let mut total = Line::from("Total ").strong(match basket.total {
                Some(total) => format!("{total} {} a month", basket.currency),
                None => "unknown".to_owned(),
            });
            if basket.proven_cheapest {
                let price = if self.answer.question.agreement.prices.is_empty() {
                    "a list price"
                } else {
                    "a price of yours or of the list"
                };
                total = total.plain(format!("; no cheaper set exists among SKUs with {price}"));
            }
            page.paragraph(total.plain("."));
            if !basket.switch_off.is_empty() {
                let plans: Vec<String> = basket
                    .switch_off
                    .iter()
                    .map(|plan| knowledge.plans[*plan].id.to_string())
                    .collect();
                page.paragraph(
                    Line::from(
                        "Plans that cannot be enabled together; switch off on the account: ",
                    )
                    .code(list(&plans, "and")),
                );
            }
            let first = basket.sets.first().map(|set| &set.skus);
            if basket.sets.iter().any(|set| Some(&set.skus) != first) {
                page.items(set_items(knowledge, &basket.sets));
            }
            for other in &basket.instead {
                let skus: Vec<String> = other
                    .items
                    .iter()
                    .map(|item| knowledge.skus[item.sku].id.to_string())
                    .collect();
                let skus = if skus.is_empty() {
                    "nothing to buy".to_owned()
                } else {
                    list(&skus, "and")
                };
                let total = other.total.map_or(String::new(), |total| {
                    format!(", {total} {} a month", basket.currency)
                });
                page.paragraph(format!("Instead, {}: {skus}{total}.", other.why));
            }
        }
    }

    /// What another reading, another day or another task would bring.
    pub(super) fn outlook(&self, page: &mut Page) {
        let knowledge = self.knowledge;
        let answer = self.answer;
        page.heading("Beyond this answer");
        let mut facts: Vec<(&str, Line)> = Vec::new();
        let readings: Vec<String> = answer
            .other_readings
            .iter()
            .map(|(reading, verdict)| format!("{reading}: {verdict}"))
            .collect();
        let differs = answer
            .other_readings
            .iter()
            .any(|(_, verdict)| *verdict != answer.verdict);
        facts.push((
            "Other readings",
            Line::from(if differs {
                readings.join(", ")
            } else {
                "end the same".to_owned()
            }),
        ));
        let change = match &answer.next_change {
            None => Line::from("none known"),
            Some(change) => {
                let when = super::words::edge(&change.when);
                let name = crate::proof::subject_name(knowledge, change.subject);
                cited(
                    format!("{when}: \"{name}\" becomes {}", change.verdict),
                    &knowledge.claims[change.claim].id,
                )
            }
        };
        facts.push(("Next change", change));
        // Of one need the period stands with the need.
        if let (Some(period), true) = (super::words::period(&answer.valid), answer.needs.len() > 1)
        {
            facts.push(("All in force", Line::from(period)));
        }
        page.facts(facts);
        if !answer.announced.is_empty() {
            page.paragraph("Announced, and not in force that day:");
            let announced = answer.announced.iter();
            page.items(
                announced
                    .map(|claim| said_item(knowledge, *claim))
                    .collect(),
            );
        }
        let further: Vec<Item> = answer
            .mentions
            .iter()
            .map(|mention| {
                let mut line = Line::from(format!(
                    "If this admin also {}: {}",
                    mention.also, mention.verdict
                ));
                if mention.requirement.demands() {
                    line = line.plain(format!(
                        ", {}",
                        requirement(knowledge, &mention.requirement)
                    ));
                }
                Item {
                    line: line
                        .plain(" [")
                        .code(knowledge.tasks[mention.task].id.as_str())
                        .plain("]"),
                    details: Vec::new(),
                }
            })
            .collect();
        page.items(further);
    }
}

/// Every source that the answer rests on.
pub(super) fn sources(page: &mut Page, knowledge: &KnowledgeBase, answer: &Answer, proof: &Proof) {
    let cited = SourceShape::cited(knowledge, claims(knowledge, answer, proof));
    if cited.is_empty() {
        return;
    }
    page.heading(format!("Sources ({})", cited.len()));
    page.items(
        cited
            .into_iter()
            .map(|source| {
                let dated = source.published.unwrap_or_else(|| "undated".to_owned());
                Item {
                    line: Line::new()
                        .code(source.id)
                        .plain(format!(": {}, {dated}: {}", source.publisher, source.title)),
                    details: vec![Line::new().link(source.url)],
                }
            })
            .collect(),
    );
}
