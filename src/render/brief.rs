//! An answer in short: what fits beside a basket, in the words of the whole page.
//!
//! The order is that of what is asked first: must I, what, how sure, what does it cost, what does it turn on (before the
//! cost where it depends), and until when. Nothing is said here that the whole answer does not say.

use super::answer::AnswerView;
use super::answer_json::depends_question;
use super::answer_lines::{
    because_words, certainty_line, cited, depends_item, heading, held_line, ids, needs_line,
    overall_words, price_line, seats_line, verdict_words,
};
use super::states::{state_line, states_of};
use super::timeline::change_item;
use super::words::{count, edge, period};
use super::{Item, Line, Page};
use crate::dataset::KnowledgeBase;
use crate::graph::StateOn;
use crate::model::{
    Basket, ClaimId, Day, LifecycleState, Need, PricedBy, Question, Satisfied, Timeline, Told,
    Verdict,
};

impl AnswerView<'_> {
    /// The answer in short. Its first line is the verdict.
    pub fn brief(&self) -> Page {
        let (knowledge, answer) = (self.knowledge, self.answer);
        let mut verdict = Line::new().strong(capital(&overall_words(answer)));
        if let [need] = answer.needs.as_slice() {
            if let Some(because) = need.because {
                verdict = verdict.plain(format!(" ({})", because_words(because)));
            }
            verdict = verdict
                .plain(", certainty ")
                .join(certainty_line(knowledge, need));
        }
        let mut page = Page::new(verdict);
        self.then_and_now(&mut page);
        // Where it depends, one more answer is worth more than a price that stands for the dearest case.
        if answer.verdict == Verdict::Depends {
            self.turning(&mut page);
            self.cost(&mut page);
        } else {
            self.cost(&mut page);
            self.turning(&mut page);
        }
        let several = answer.needs.len() > 1;
        let (due, free): (Vec<&Need>, Vec<&Need>) = answer
            .needs
            .iter()
            .partition(|need| need.verdict != Verdict::NotRequired);
        for (needs, heading) in [(due, "What is asked for"), (free, "No license is required")] {
            if needs.is_empty() {
                continue;
            }
            page.heading(heading);
            let items = needs
                .into_iter()
                .map(|need| brief_need(knowledge, &answer.question, need, several));
            page.items(items.collect());
        }
        self.disputes(&mut page);
        self.until(&mut page);
        page
    }

    /// What the answer cites, as its whole page ends with it.
    pub fn sources(&self) -> Page {
        let mut page = Page::default();
        super::answer::sources(&mut page, self.knowledge, self.answer, self.proof);
        page
    }

    fn turning(&self, page: &mut Page) {
        let needs = self.answer.needs.iter();
        let mut told = Vec::new();
        let mut items = Vec::new();
        for depends in needs.flat_map(|need| &need.depends_on) {
            if !told.contains(&(depends.given, depends.claim)) {
                told.push((depends.given, depends.claim));
                let mut item = depends_item(self.knowledge, depends);
                if let Some(given) = depends.given {
                    item.line = Line::new()
                        .strong(depends_question(self.knowledge, depends))
                        .plain(" ")
                        .code(self.knowledge.givens[given].id.as_str());
                }
                items.push(item);
            }
        }
        if !items.is_empty() {
            page.heading("It turns on");
            page.items(items);
        }
    }

    fn cost(&self, page: &mut Page) {
        let (knowledge, answer) = (self.knowledge, self.answer);
        if let Some(why) = &answer.no_basket {
            page.heading("Cheapest way to comply");
            page.paragraph(format!("None: {why}."));
        }
        for basket in &answer.baskets {
            page.heading("Cheapest way to comply");
            if basket.items.iter().all(|item| item.held) {
                page.paragraph("Nothing to buy: what is held is enough.");
                continue;
            }
            page.items(cost_items(knowledge, &answer.question, basket));
        }
    }

    fn disputes(&self, page: &mut Page) {
        let mut claims: Vec<ClaimId> = Vec::new();
        for conflict in self.answer.needs.iter().flat_map(|need| &need.conflicts) {
            for claim in &conflict.claims {
                if !claims.contains(claim) {
                    claims.push(*claim);
                }
            }
        }
        if claims.is_empty() {
            return;
        }
        page.heading("Sources disagree");
        let items = claims.iter().map(|claim| {
            let claim = &self.knowledge.claims[*claim];
            Item {
                line: Line::new()
                    .code(claim.id.as_str())
                    .plain(": ")
                    .plain(super::statement::short_statement(self.knowledge, claim)),
                details: Vec::new(),
            }
        });
        page.items(items.collect());
    }

    fn until(&self, page: &mut Page) {
        let (knowledge, answer) = (self.knowledge, self.answer);
        let mut facts: Vec<(&str, Line)> = Vec::new();
        if let Some(valid) = period(&answer.valid) {
            facts.push(("In force", Line::from(valid)));
        }
        facts.push((
            "Next change",
            match &answer.next_change {
                None => Line::from("none known"),
                Some(change) => cited(
                    format!("{}: becomes {}", edge(&change.when), change.verdict),
                    &knowledge.claims[change.claim].id,
                ),
            },
        ));
        for (reading, verdict) in &answer.other_readings {
            if *verdict != answer.verdict {
                facts.push((
                    "Otherwise",
                    Line::from(format!("{reading} reading: {}", verdict_words(*verdict))),
                ));
            }
        }
        if !answer.announced.is_empty() {
            facts.push((
                "Announced",
                Line::new().code(ids(knowledge, &answer.announced)),
            ));
        }
        if !answer.mentions.is_empty() {
            let number = count(answer.mentions.len(), "further task", "further tasks");
            facts.push(("Not asked", Line::from(number)));
        }
        page.facts(facts);
    }
}

/// A need in short: what is asked for, how many seats, whether it is held.
fn brief_need(
    knowledge: &KnowledgeBase,
    question: &Question,
    need: &Need,
    is_one_of_several: bool,
) -> Item {
    let demands = need.requirement.demands()
        && matches!(
            need.verdict,
            Verdict::Required | Verdict::Contested | Verdict::Depends
        );
    let mut details = Vec::new();
    if is_one_of_several && need.verdict != Verdict::NotRequired {
        details.push(
            Line::new()
                .strong(verdict_words(need.verdict))
                .plain(", ")
                .join(certainty_line(knowledge, need)),
        );
    }
    if demands {
        details.push(Line::from("needs ").plain(needs_line(knowledge, need)));
        if let Some(counting) = &need.counted {
            details.push(cited(
                seats_line(knowledge, counting),
                &knowledge.claims[counting.claim].id,
            ));
        }
    }
    if demands && need.satisfied != Satisfied::Unknown {
        details.push(Line::from(held_line(knowledge, need)));
    }
    // What is simply there needs no word here.
    let states = states_of(knowledge, question, need);
    let is_simple = |state: &StateOn| state.state == LifecycleState::Available;
    if need.verdict != Verdict::Unavailable && !states.iter().all(is_simple) {
        details.extend(states.iter().map(|state| state_line(knowledge, state)));
    }
    Item {
        line: Line::from(heading(knowledge, need)),
        details,
    }
}

/// What is bought, an item a SKU, and the sum.
fn cost_items(knowledge: &KnowledgeBase, question: &Question, basket: &Basket) -> Vec<Item> {
    let mut items: Vec<Item> = basket
        .items
        .iter()
        .filter(|item| !item.held)
        .map(|item| {
            let sku = &knowledge.skus[item.sku];
            let mut line = Line::from(format!("{} x {} (", item.quantity, sku.name))
                .code(sku.id.as_str())
                .plain(")");
            if let Some(price) = item.unit_price {
                line = line.plain(format!(" at {price} {}", basket.currency));
            }
            if basket.unverified_prices.contains(&item.sku) {
                line = line.strong(", not verified");
            }
            let price = item
                .price
                .map(|price| price_line(knowledge, question, item.sku, price));
            let other = super::answer_lines::other_price_line(
                knowledge,
                &basket.currency,
                item.other_price,
            );
            Item {
                line,
                details: price.into_iter().chain(other).collect(),
            }
        })
        .collect();
    let total = match basket.total {
        Some(total) => format!("{total} {} a month", basket.currency),
        None => "unknown".to_owned(),
    };
    let proven = match basket.proven_cheapest {
        true => ", proven cheapest",
        false => ", not proven cheapest",
    };
    items.push(Item {
        line: Line::from("Total ").strong(total).plain(proven),
        details: Vec::new(),
    });
    items
}

/// A change of an answer over time.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseItem {
    /// The first day of the answer that it leads to.
    pub day: Day,
    /// The claim that flipped it.
    pub claim: Option<ClaimId>,
    /// The change in words, with its reasons below.
    pub item: Item,
    /// The answer from there on.
    pub told: Told,
}

/// The changes of an answer, the oldest first, after what it was at first.
pub fn course_items(
    knowledge: &KnowledgeBase,
    question: &Question,
    timeline: &Timeline,
) -> Vec<CourseItem> {
    let first = timeline.spans.first().map(|span| CourseItem {
        day: span.from,
        claim: None,
        item: Item {
            line: Line::from("at first: ")
                .strong(super::timeline::told_words(knowledge, question, &span.told)),
            details: Vec::new(),
        },
        told: span.told.clone(),
    });
    let pairs = timeline.spans.windows(2).zip(&timeline.changes);
    let changes = pairs.filter_map(|(pair, change)| match pair {
        [before, after] => Some(CourseItem {
            day: change.day,
            claim: change.because.iter().find_map(|trigger| match trigger.by {
                PricedBy::List(claim) => Some(claim),
                PricedBy::Own(_) => None,
            }),
            item: change_item(knowledge, question, change, &before.told, &after.told),
            told: after.told.clone(),
        }),
        _ => None,
    });
    first.into_iter().chain(changes).collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
