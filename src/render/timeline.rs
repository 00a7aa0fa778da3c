//! A timeline on a page: a picture, the changes of the answer with the claims that flipped it, and every claim.

use super::answer::asked;
use super::answer_json::named;
use super::answer_lines::{cited, ids, said_item, verdict_words};
use super::shape::{SourceShape, ThingShape};
use super::statement::short_statement;
use super::thing::source_item;
use super::timeline_bars::{Bar, LETTERS, SIGNS, bars, drawing, worth_drawing};
use super::timeline_shape::{TimelineShape, of_answer, of_thing};
use super::words::{count, edge, list, status, thing};
use super::{Item, Line, Page, View, requirement};
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::AsOf;
use crate::model::{
    Attested, Axis, Cause, Change, Cheapest, ClaimId, Day, Difference, Named, PricedBy, Question,
    Requirement, Timeline, Told, Trigger,
};

/// What a timeline is about.
#[derive(Debug, Clone, Copy)]
pub enum TimelineOf<'a> {
    /// The answer to a question.
    Answer {
        /// The question.
        question: &'a Question,
        /// How its answer changes.
        timeline: &'a Timeline,
    },
    /// A thing about which nothing can be asked: a plan.
    Thing(Named),
}

/// A timeline, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct TimelineView<'a> {
    /// The two days of the question.
    pub as_of: AsOf<'a>,
    /// What it is about.
    pub of: TimelineOf<'a>,
    /// Every claim that touches it, in the order in which they begin.
    pub claims: &'a [ClaimId],
    /// The first and the last day.
    pub days: (Day, Day),
}

/// The most bars of a picture: more nobody reads.
const MOST_BARS: usize = 60;

impl View for TimelineView<'_> {
    const SCHEMA: &'static str = "licit.timeline/1";
    type Shape = TimelineShape;

    fn shape(&self) -> TimelineShape {
        match self.of {
            TimelineOf::Answer { question, timeline } => {
                of_answer(&self.as_of, question, timeline, self.claims)
            }
            TimelineOf::Thing(named) => {
                let subject = ThingShape::of(self.as_of.knowledge(), named);
                of_thing(&self.as_of, subject, self.days, self.claims)
            }
        }
    }

    fn page(&self) -> Page {
        let knowledge = self.as_of.knowledge();
        let mut page = Page::new(format!("{}: timeline", self.title()));
        if let TimelineOf::Answer { question, timeline } = self.of {
            page.paragraph(format!(
                "{} {}",
                axis_words(timeline),
                asked(knowledge, question)
            ));
        }
        let bars = self.bars();
        self.picture(&mut page, &bars);
        if let TimelineOf::Answer { question, timeline } = self.of {
            answers(&mut page, knowledge, question, timeline);
        }
        if !bars.is_empty() {
            page.heading(format!("Claims ({})", bars.len()));
            let items = bars.iter().enumerate();
            page.items(
                items
                    .map(|(place, bar)| self.item(place + 1, bar.claim))
                    .collect(),
            );
        }
        let dated = worth_drawing(knowledge, self.claims).len();
        for (number, why) in [
            (dated - bars.len(), "that begin later"),
            (self.claims.len() - dated, "without a date of their own"),
        ] {
            if number > 0 {
                page.paragraph(format!(
                    "Left out here: {} {why}; --format json has all.",
                    count(number, "claim", "claims")
                ));
            }
        }
        let shown = bars.iter().map(|bar| bar.claim);
        let sources = SourceShape::cited(knowledge, shown);
        if !sources.is_empty() {
            page.heading(format!("Sources ({})", sources.len()));
            page.items(sources.iter().map(source_item).collect());
        }
        page
    }
}

impl TimelineView<'_> {
    /// The names of what it is about.
    pub(super) fn title(&self) -> String {
        let knowledge = self.as_of.knowledge();
        match self.of {
            TimelineOf::Answer { question, .. } => {
                let names = question.subjects.iter();
                let names: Vec<String> =
                    names.map(|asked| thing(knowledge, named(*asked))).collect();
                list(&names, "and")
            }
            TimelineOf::Thing(named) => thing(knowledge, named),
        }
    }

    /// The bars of the claims that are worth drawing.
    pub(super) fn bars(&self) -> Vec<Bar> {
        let mut drawn = worth_drawing(self.as_of.knowledge(), self.claims);
        drawn.truncate(MOST_BARS);
        let about = match self.of {
            TimelineOf::Thing(thing) => Some(thing),
            TimelineOf::Answer { question, .. } => match question.subjects.as_slice() {
                [one] => Some(named(*one)),
                _ => None,
            },
        };
        bars(&self.as_of, &drawn, self.days, about)
    }

    fn picture(&self, page: &mut Page, bars: &[Bar]) {
        let timeline = match self.of {
            TimelineOf::Answer { timeline, .. } => Some(timeline),
            TimelineOf::Thing(_) => None,
        };
        let on = match timeline.map(|timeline| timeline.axis) {
            Some(Axis::Known) => self.as_of.known(),
            _ => self.as_of.on(),
        };
        page.drawing(drawing(bars, timeline, self.days, on));
        if timeline.is_some() {
            page.paragraph(Line::new().faint(format!("{LETTERS}.")));
        }
        if !bars.is_empty() && timeline.is_none_or(|timeline| timeline.axis == Axis::On) {
            page.paragraph(Line::new().faint(format!("{SIGNS}.")));
        }
    }

    /// A claim with its dates, and what became of it.
    fn item(&self, number: usize, id: ClaimId) -> Item {
        let knowledge = self.as_of.knowledge();
        let claim = &knowledge.claims[id];
        let mut item = said_item(knowledge, id);
        item.line = Line::from(format!("{number}  ")).join(item.line);
        let mut about = vec![
            claim.standing.to_string(),
            status(knowledge, self.as_of.status(id)),
        ];
        about.extend(super::words::period(&claim.known).map(|known| format!("known {known}")));
        let newer: Vec<ClaimId> = knowledge.about(Topic::RelationsTo(id)).to_vec();
        let by = |verb: &str, list: fn(&crate::model::Claim) -> &Vec<ClaimId>| {
            let those = newer.iter().copied();
            // The status names one of them already.
            let told = self.as_of.status(id).by();
            let those = those.filter(|newer| {
                Some(*newer) != told && list(&knowledge.claims[*newer]).contains(&id)
            });
            let those: Vec<ClaimId> = those.collect();
            (!those.is_empty()).then(|| format!("{verb} {}", ids(knowledge, &those)))
        };
        about.extend(by("replaced by", |claim| &claim.replaces));
        about.extend(by("superseded by", |claim| &claim.supersedes));
        let disputing = super::claim::disputing(knowledge, id);
        if !disputing.is_empty() {
            about.push(format!("disputed by {}", ids(knowledge, &disputing)));
        }
        item.details.insert(0, Line::from(about.join("; ")));
        item
    }
}

fn axis_words(timeline: &Timeline) -> String {
    let (first, last) = (timeline.first, timeline.last);
    match timeline.axis {
        Axis::On => format!("The answer on each day from {first} to {last}."),
        Axis::Known => {
            format!("The answer for one day, as it was known on each day from {first} to {last}.")
        }
        Axis::Both => format!("What one would have been told on each day from {first} to {last}."),
    }
}

/// The answers, change by change.
fn answers(page: &mut Page, knowledge: &KnowledgeBase, question: &Question, timeline: &Timeline) {
    let number = timeline.changes.len();
    page.heading(match number {
        0 => "The answer does not change".to_owned(),
        _ => format!(
            "How the answer changes ({})",
            count(number, "change", "changes")
        ),
    });
    let mut items = Vec::new();
    if let Some(first) = timeline.spans.first() {
        items.push(Item {
            line: Line::from("at first: ").strong(told_words(knowledge, question, &first.told)),
            details: Vec::new(),
        });
    }
    let pairs = timeline.spans.windows(2).zip(&timeline.changes);
    items.extend(pairs.filter_map(|(pair, change)| match pair {
        [before, after] => Some(change_item(
            knowledge,
            question,
            change,
            &before.told,
            &after.told,
        )),
        _ => None,
    }));
    page.items(items);
    if let Some(words) = outside(timeline) {
        page.paragraph(words);
    }
}

/// What is to be said of days for which no source speaks.
fn outside(timeline: &Timeline) -> Option<String> {
    let attested = timeline.attested;
    let mut said = Vec::new();
    match (attested.from, attested.until) {
        (None, _) | (_, None) => {
            let asks = timeline
                .spans
                .iter()
                .any(|span| !span.told.needs.is_empty());
            said.push(match asks {
                true => "No claim speaks about it on any day.".to_owned(),
                false => {
                    "It has no task that could be asked about; what is said of it stands below."
                        .to_owned()
                }
            });
        }
        (Some(from), Some(until)) if timeline.axis != Axis::Known => {
            if attested.is_before(timeline.first) {
                said.push(format!(
                    "Before {from} no claim speaks about it: the answer there stands because nothing contradicts it."
                ));
            }
            if attested.is_after(timeline.last) {
                said.push(format!(
                    "After {until} no source has been read: the answer there assumes that nothing changes."
                ));
            }
        }
        _ => {}
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// For so many days after a source was read its age is not worth a word.
const FRESH: i32 = 92;

/// What is to be said of a day for which no source speaks.
///
/// Of the days since a source was read nothing is said for a quarter of a year, if they are not ahead of `known`: that is
/// how fresh an answer of today can be, and the version of the data stands below it.
pub(super) fn outside_words(attested: Attested, on: Day, known: Day) -> Option<String> {
    let (from, until) = (attested.from?, attested.until?);
    let is_fresh = on <= known && on.days_since(until) <= FRESH;
    if attested.is_before(on) {
        Some(format!(
            "The oldest date that any claim about this names is {from}: this answer stands because nothing contradicts it."
        ))
    } else if attested.is_after(on) && !is_fresh {
        Some(format!(
            "No source about this reaches beyond {until}: this answer assumes that nothing changes until then."
        ))
    } else {
        None
    }
}

/// An answer in a line.
pub(super) fn told_words(knowledge: &KnowledgeBase, question: &Question, told: &Told) -> String {
    let mut words = verdict_words(told.verdict).to_owned();
    let demanded: Vec<String> = told
        .needs
        .iter()
        .filter(|need| need.requirement.demands() && need.requirement != Requirement::Unnamed)
        .map(|need| requirement(knowledge, &need.requirement))
        .collect();
    if let [first, rest @ ..] = demanded.as_slice() {
        let more = match rest.len() {
            0 => String::new(),
            more => format!(", and {}", count(more, "need more", "needs more")),
        };
        words.push_str(&format!(" ({first}{more})"));
    }
    if told.cheapest != Cheapest::Nothing {
        words.push_str(&format!(", {}", price_words(question, told)));
    }
    words
}

fn price_words(question: &Question, told: &Told) -> String {
    match told.cheapest {
        Cheapest::Nothing => "nothing to buy".to_owned(),
        Cheapest::Costs(Some(total)) => format!("{total} {} a month", question.currency),
        Cheapest::Costs(None) => "a price too large to count".to_owned(),
        Cheapest::Impossible => "no set of SKUs with a known price".to_owned(),
    }
}

/// A change: when, what differs, and which claims flipped it.
pub(super) fn change_item(
    knowledge: &KnowledgeBase,
    question: &Question,
    change: &Change,
    before: &Told,
    after: &Told,
) -> Item {
    let mut words = difference_words(knowledge, question, before, after, &change.differences);
    if words.is_empty() {
        words.push("the same".to_owned());
    }
    Item {
        line: Line::new()
            .strong(edge(&change.at))
            .plain(format!(": {}", words.join("; "))),
        details: because_lines(knowledge, question, &change.because),
    }
}

/// What differs between two answers to one question.
pub(super) fn difference_words(
    knowledge: &KnowledgeBase,
    question: &Question,
    before: &Told,
    after: &Told,
    differences: &[Difference],
) -> Vec<String> {
    let mut words = Vec::new();
    if before.verdict != after.verdict {
        words.push(format!("{} -> {}", before.verdict, after.verdict));
    }
    let several = after.needs.len() > 1;
    for (old, new) in before.needs.iter().zip(&after.needs) {
        let mut parts = Vec::new();
        if old.verdict != new.verdict && several {
            parts.push(format!("{} -> {}", old.verdict, new.verdict));
        }
        if old.requirement != new.requirement {
            parts.push(format!(
                "asks for {}",
                requirement(knowledge, &new.requirement)
            ));
        }
        if old.grade != new.grade {
            parts.push(format!("certainty {} -> {}", old.grade, new.grade));
        }
        if !parts.is_empty() {
            let name = crate::proof::subject_name(knowledge, new.subject);
            let lead = if several {
                format!("\"{name}\": ")
            } else {
                String::new()
            };
            words.push(format!("{lead}{}", parts.join(", ")));
        }
    }
    if differences.contains(&Difference::Price) {
        words.push(format!(
            "{} -> {}",
            price_words(question, before),
            price_words(question, after)
        ));
    }
    words
}

/// What happened, claim by claim, in the words of the claims.
fn because_lines(
    knowledge: &KnowledgeBase,
    question: &Question,
    triggers: &[Trigger],
) -> Vec<Line> {
    let mut by_claim: Vec<(PricedBy, Vec<String>)> = Vec::new();
    for trigger in triggers {
        let happens = cause_words(trigger.cause).to_owned();
        match by_claim.iter_mut().find(|(by, _)| *by == trigger.by) {
            Some((_, causes)) if causes.contains(&happens) => {}
            Some((_, causes)) => causes.push(happens),
            None => by_claim.push((trigger.by, vec![happens])),
        }
    }
    let line = |(by, causes): &(PricedBy, Vec<String>)| {
        let happens = list(causes, "and");
        match by {
            PricedBy::List(claim) => {
                let claim = &knowledge.claims[*claim];
                Line::from("because ")
                    .code(claim.id.as_str())
                    .plain(format!(" {happens}: {}", short_statement(knowledge, claim)))
            }
            PricedBy::Own(place) => {
                let price = question.agreement.prices.get(*place);
                let row = price.map_or_else(String::new, |price| price.row.to_string());
                cited(format!("because your price {happens}"), &row)
            }
        }
    };
    by_claim.iter().map(line).collect()
}

fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Begins => "begins",
        Cause::Ends => "ends",
        Cause::Known => "becomes known",
        Cause::Withdrawn => "is withdrawn",
        Cause::Attested => "is attested from here on",
        Cause::LastAttested => "is attested no longer",
        Cause::Gone => "has left the page of a source",
    }
}
