//! An answer on a page: verdict first, then need by need, the cheapest way to comply, what would change it, and sources.

use super::answer_shape::{AnswerShape, claims, depends_question, named, shape};
use super::shape::SourceShape;
use super::statement::{place, short_statement};
use super::words::{count, list};
use super::{Item, Line, Page, View, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Asked, Aspect, AspectAnswer, AspectOutcome, Basket, BasketItem, Because, ClaimId,
    Counting, DependsOn, Edge, Need, NeedSubject, Question, Requirement, Satisfied, Verdict,
};
use crate::proof::Proof;

/// An answer with its proof, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct AnswerView<'a> {
    /// What it was worked out from.
    pub kb: &'a KnowledgeBase,
    /// The answer.
    pub answer: &'a Answer,
    /// Its reasons.
    pub proof: &'a Proof,
}

impl View for AnswerView<'_> {
    const SCHEMA: &'static str = "licit.answer/1";
    type Shape = AnswerShape;

    fn shape(&self) -> AnswerShape {
        shape(self.kb, self.answer, self.proof)
    }

    fn page(&self) -> Page {
        let mut page = Page::new(title(self.kb, self.answer));
        page.paragraph(asked(self.kb, &self.answer.question));
        for need in &self.answer.needs {
            self.need(&mut page, need);
        }
        self.baskets(&mut page);
        self.outlook(&mut page);
        sources(&mut page, self.kb, self.answer, self.proof);
        page
    }
}

/// "Intune Administrator: contested".
pub(super) fn title(kb: &KnowledgeBase, answer: &Answer) -> Line {
    let names: Vec<String> = answer
        .question
        .subjects
        .iter()
        .map(|asked| kb.name(named(*asked)).to_owned())
        .collect();
    Line::new().strong(format!(
        "{}: {}",
        list(&names, "and"),
        verdict_words(answer.verdict)
    ))
}

/// A verdict in words.
pub(super) fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unavailable => "unavailable, no license opens it",
        Verdict::Required => "a license is required",
        Verdict::Contested => "contested, sources disagree",
        Verdict::Depends => "it depends",
        Verdict::NotRequired => "no license is required",
        Verdict::NotStated => "not stated by any source",
    }
}

/// What was asked beside the subjects.
pub(super) fn asked(kb: &KnowledgeBase, question: &Question) -> String {
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
            .map(|sku| kb.skus[*sku].id.to_string())
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
            .map(|(sku, seats)| format!("{} x{seats}", kb.skus[*sku].id))
            .collect();
        said.push_str(&format!("; the tenant owns {}", list(&owned, "and")));
    }
    for (given, value) in &question.givens {
        said.push_str(&format!(". {} {value}", kb.givens[*given].question));
    }
    said.push('.');
    said
}

impl AnswerView<'_> {
    fn need(&self, page: &mut Page, need: &Need) {
        let kb = self.kb;
        page.heading(heading(kb, need));
        let demands = need.requirement.demands() && need.verdict != Verdict::Unavailable;
        let mut facts: Vec<(&str, Line)> = vec![("Verdict", verdict_line(kb, need))];
        if demands {
            facts.push(("Needs", Line::from(needs_line(kb, need))));
        }
        for line in &need.aspects {
            // Where nothing is demanded the place of a license is of no interest, nor is silence.
            let is_silent = line.outcome == AspectOutcome::NotStated;
            let is_idle = !demands && (is_silent || line.aspect == Aspect::Assigned);
            if let Some(words) = aspect_line(kb, need, line)
                && !is_idle
            {
                facts.push((aspect_label(line.aspect), words));
            }
        }
        if let Some(counting) = need.counted.as_ref().filter(|_| demands) {
            facts.push((
                "Seats",
                cited(seats_line(kb, counting), &kb.claims[counting.claim].id),
            ));
        }
        if demands || need.verdict == Verdict::NotRequired && need.satisfied != Satisfied::Yes {
            facts.push(("Held", Line::from(held_line(kb, need))));
        }
        if !need.obligations.is_empty() {
            let todo: Vec<String> = need
                .obligations
                .iter()
                .map(|given| kb.givens[*given].question.to_string())
                .collect();
            facts.push((
                "To do",
                Line::from(format!("answer yes to: {}", list(&todo, "and"))),
            ));
        }
        facts.push(("Certainty", certainty_line(kb, need)));
        if let Some(period) = super::words::period(&need.effective) {
            facts.push(("In force", Line::from(period)));
        }
        if !need.opened_by.is_empty() {
            facts.push(("Opened by", opened_line(kb, need)));
        }
        if !need.overridden.is_empty() {
            facts.push(("Overrides", Line::new().code(ids(kb, &need.overridden))));
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
                    .code(self.kb.claims[*claim].id.as_str())
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
                    .map(|claim| said_item(self.kb, *claim))
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
                .map(|depends| depends_item(self.kb, depends))
                .collect(),
        );
    }

    fn baskets(&self, page: &mut Page) {
        let kb = self.kb;
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
                    .map(|item| basket_line(kb, basket, item))
                    .collect(),
            );
            let mut total = Line::from("Total ").strong(match basket.total {
                Some(total) => format!("{total} {} a month", basket.currency),
                None => "unknown".to_owned(),
            });
            if basket.proven_cheapest {
                total = total.plain("; no cheaper set exists among SKUs with a list price");
            }
            page.paragraph(total.plain("."));
            if !basket.switch_off.is_empty() {
                let plans: Vec<String> = basket
                    .switch_off
                    .iter()
                    .map(|plan| kb.plans[*plan].id.to_string())
                    .collect();
                page.paragraph(
                    Line::from(
                        "Plans that cannot be enabled together; switch off on the account: ",
                    )
                    .code(list(&plans, "and")),
                );
            }
            for claim in &basket.doubts {
                page.paragraph(
                    Line::from("Rests on a date that is imprecise or disputed: ")
                        .code(kb.claims[*claim].id.as_str()),
                );
            }
            for other in &basket.instead {
                let skus: Vec<String> = other
                    .items
                    .iter()
                    .map(|item| kb.skus[item.sku].id.to_string())
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
    fn outlook(&self, page: &mut Page) {
        let kb = self.kb;
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
                let when = match &change.when {
                    Edge::On(day) => day.to_string(),
                    Edge::Earliest(boundary) => {
                        format!("perhaps from the beginning of \"{boundary}\"")
                    }
                    Edge::Latest(boundary) => format!("surely by the end of \"{boundary}\""),
                };
                let name = crate::proof::subject_name(kb, change.subject);
                cited(
                    format!("{when}: \"{name}\" becomes {}", change.verdict),
                    &kb.claims[change.claim].id,
                )
            }
        };
        facts.push(("Next change", change));
        page.facts(facts);
        let further: Vec<Item> = answer
            .mentions
            .iter()
            .map(|mention| {
                let mut line = Line::from(format!(
                    "If this admin also {}: {}",
                    mention.also, mention.verdict
                ));
                if mention.requirement.demands() {
                    line = line.plain(format!(", {}", requirement(kb, &mention.requirement)));
                }
                Item {
                    line: line
                        .plain(" [")
                        .code(kb.tasks[mention.task].id.as_str())
                        .plain("]"),
                    details: Vec::new(),
                }
            })
            .collect();
        page.items(further);
    }
}

/// Every source that the answer rests on.
pub(super) fn sources(page: &mut Page, kb: &KnowledgeBase, answer: &Answer, proof: &Proof) {
    let cited = SourceShape::cited(kb, claims(answer, proof));
    if cited.is_empty() {
        return;
    }
    page.heading(format!("Sources ({})", cited.len()));
    page.items(
        cited
            .into_iter()
            .map(|source| {
                let dated = source
                    .published
                    .map_or_else(|| "undated".to_owned(), |published| published);
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

/// "Use the Intune admin center (intune.use-admin-center)".
pub(super) fn heading(kb: &KnowledgeBase, need: &Need) -> String {
    let (name, id) = match need.subject {
        NeedSubject::Task(task) => (&kb.tasks[task].name, &kb.tasks[task].id),
        NeedSubject::Sku(sku) => (&kb.skus[sku].name, &kb.skus[sku].id),
    };
    let by_role: Vec<String> = need
        .asked_by
        .iter()
        .filter_map(|asked| {
            if let Asked::Role(role) = asked {
                Some(kb.roles[*role].name.to_string())
            } else {
                None
            }
        })
        .collect();
    match need.subject {
        NeedSubject::Sku(_) => format!("What {name} needs beside it ({id})"),
        NeedSubject::Task(_) if by_role.is_empty() => format!("{name} ({id})"),
        NeedSubject::Task(_) => format!("{name} ({id}), for {}", list(&by_role, "and")),
    }
}

/// Words with the ids of the claims behind them.
fn cited(words: impl Into<String>, ids: &str) -> Line {
    let line = Line::from(words.into());
    if ids.is_empty() {
        line
    } else {
        line.plain(" [").code(ids).plain("]")
    }
}

fn verdict_line(kb: &KnowledgeBase, need: &Need) -> Line {
    let mut line = Line::new().strong(verdict_words(need.verdict));
    if let Some(because) = need.because {
        line = line.plain(format!(": {}", because_words(because)));
    }
    // The lines below name the claims, where there are lines below.
    let states_itself = need.verdict == Verdict::Unavailable || need.aspects.is_empty();
    if states_itself && !need.claims.is_empty() {
        line = line.plain(" [").code(ids(kb, &need.claims)).plain("]");
    }
    line
}

fn because_words(because: Because) -> &'static str {
    crate::proof::because_words(because)
}

/// "AAD_PREMIUM_P2 (from 2016-12-05) or Entra_Identity_Governance (from 2023-07-01)".
fn needs_line(kb: &KnowledgeBase, need: &Need) -> String {
    fn words(kb: &KnowledgeBase, need: &Need, part: &Requirement, nested: bool) -> String {
        let join = |parts: &[Requirement], word: &str| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| words(kb, need, part, true))
                .collect();
            let joined = parts.join(word);
            if nested {
                format!("({joined})")
            } else {
                joined
            }
        };
        match part {
            Requirement::Any(parts) => join(parts, " or "),
            Requirement::All(parts) => join(parts, " and "),
            leaf => {
                let since = need
                    .alternatives
                    .iter()
                    .find(|alternative| alternative.part == *leaf)
                    .and_then(|alternative| alternative.since.as_ref());
                match since {
                    Some(since) => {
                        format!("{} ({})", requirement(kb, leaf), super::words::from(since))
                    }
                    None => requirement(kb, leaf),
                }
            }
        }
    }
    words(kb, need, &need.requirement, false)
}

fn aspect_label(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Terms => "Terms",
        Aspect::Works => "Works",
        Aspect::Assigned => "Assigned",
        Aspect::Owned => "Owned",
    }
}

fn aspect_question(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Terms => "what the terms ask for",
        Aspect::Works => "what the service refuses without a license",
        Aspect::Assigned => "where the license must sit",
        Aspect::Owned => "what the tenant must own",
    }
}

fn aspect_line(kb: &KnowledgeBase, need: &Need, line: &AspectAnswer) -> Option<Line> {
    if need.verdict == Verdict::Unavailable && need.because != Some(Because::Obligation) {
        return None;
    }
    let words = match line.outcome {
        AspectOutcome::NotStated => "nobody says".to_owned(),
        AspectOutcome::Required => match &line.requirement {
            Some(needed) if *needed != need.requirement => requirement(kb, needed),
            _ => "required".to_owned(),
        },
        AspectOutcome::Unnamed => "a license is due, and nobody says which".to_owned(),
        AspectOutcome::NotRequired => "no license".to_owned(),
        AspectOutcome::Depends => "depends".to_owned(),
        AspectOutcome::Contested => match line.place {
            Some(strict) => format!("contested; the strictest: {}", place(strict)),
            None => "contested".to_owned(),
        },
        AspectOutcome::Stated => match (line.place, line.seats) {
            (Some(at), _) => place(at).to_owned(),
            (None, Some(seats)) => {
                let of = line
                    .requirement
                    .as_ref()
                    .map_or_else(|| "it".to_owned(), |of| requirement(kb, of));
                format!(
                    "at least {} of {of} in the tenant",
                    count(
                        usize::try_from(seats).unwrap_or(usize::MAX),
                        "seat",
                        "seats"
                    )
                )
            }
            (None, None) => "stated".to_owned(),
        },
    };
    Some(cited(words, &ids(kb, &line.claims)))
}

/// How the number of seats comes about.
pub(super) fn formula(kb: &KnowledgeBase, counting: &Counting) -> String {
    let mut parts: Vec<String> = counting
        .over
        .iter()
        .map(|(given, number)| format!("{} {number}", kb.givens[*given].id))
        .collect();
    parts.extend(
        counting
            .unstated
            .iter()
            .map(|given| format!("{} unknown", kb.givens[*given].id)),
    );
    let population = if parts.is_empty() {
        format!("one {}", counting.per)
    } else {
        parts.join(" + ")
    };
    let rate = match (counting.each, counting.first) {
        ((1, 1), None) => String::new(),
        ((seats, every), None) => format!(", {seats} for every {every}"),
        ((seats, every), Some(first)) => {
            format!(", {first} for the first and {seats} for every {every} further")
        }
    };
    format!("{population}{rate}")
}

fn seats_line(kb: &KnowledgeBase, counting: &Counting) -> String {
    let at_least = if counting.at_least { "at least " } else { "" };
    format!(
        "{at_least}{} per {}: {}",
        counting.number,
        counting.per,
        formula(kb, counting)
    )
}

fn held_line(kb: &KnowledgeBase, need: &Need) -> String {
    let missing: Vec<String> = need
        .missing
        .iter()
        .map(|part| requirement(kb, part))
        .collect();
    match need.satisfied {
        Satisfied::Yes => "satisfied by what is held".to_owned(),
        Satisfied::No if missing.is_empty() => "not satisfied".to_owned(),
        Satisfied::No => format!("not satisfied; missing {}", list(&missing, "and")),
        Satisfied::Unknown if missing.is_empty() => "cannot be told".to_owned(),
        Satisfied::Unknown => format!("cannot be told; not surely held: {}", list(&missing, "and")),
    }
}

fn certainty_line(kb: &KnowledgeBase, need: &Need) -> Line {
    let grade = need.certainty.grade.word();
    if need.certainty.because.is_empty() {
        Line::from(format!("{grade}, since nothing was found"))
    } else {
        cited(grade, &ids(kb, &need.certainty.because))
    }
}

fn opened_line(kb: &KnowledgeBase, need: &Need) -> Line {
    let words = |surely: bool| -> Vec<String> {
        let those = need
            .opened_by
            .iter()
            .filter(|opened| opened.surely == surely);
        those
            .map(|opened| match (&opened.since, surely) {
                (Some(since), false) => {
                    format!("{} ({})", kb.skus[opened.sku].id, super::words::from(since))
                }
                _ => kb.skus[opened.sku].id.to_string(),
            })
            .collect()
    };
    let (surely, perhaps) = (words(true), words(false));
    let mut line = Line::from(surely.join(", "));
    if !perhaps.is_empty() {
        let lead = if surely.is_empty() {
            "perhaps "
        } else {
            "; perhaps "
        };
        line = line.plain(format!("{lead}{}", perhaps.join(", ")));
    }
    line
}

/// What a claim says, in short, and who says so.
fn said_item(kb: &KnowledgeBase, id: ClaimId) -> Item {
    let claim = &kb.claims[id];
    let sources: Vec<String> = claim
        .evidence
        .iter()
        .map(|evidence| {
            let source = &kb.sources[evidence.source];
            let dated = source
                .published
                .as_ref()
                .map_or_else(|| "undated".to_owned(), ToString::to_string);
            let hand = if evidence.second_hand {
                " (second-hand)"
            } else {
                ""
            };
            format!("{} {dated}{hand}", source.publisher)
        })
        .collect();
    let line = Line::new()
        .code(claim.id.as_str())
        .plain(format!(": {}", short_statement(kb, claim)));
    Item {
        line,
        details: vec![Line::from(sources.join("; "))],
    }
}

fn depends_item(kb: &KnowledgeBase, depends: &DependsOn) -> Item {
    let mut line = Line::new().strong(depends_question(kb, depends));
    if let Some(given) = depends.given {
        line = line
            .plain("  ")
            .code(format!("--given {}=...", kb.givens[given].id));
    }
    let details = depends
        .outcomes
        .iter()
        .map(|outcome| {
            let mut words = format!("{}: {}", outcome.value, outcome.verdict);
            if outcome.requirement.demands() && outcome.verdict != Verdict::Unavailable {
                words.push_str(&format!(", {}", requirement(kb, &outcome.requirement)));
            }
            Line::from(words)
        })
        .collect();
    Item { line, details }
}

fn basket_line(kb: &KnowledgeBase, basket: &Basket, item: &BasketItem) -> Item {
    let sku = &kb.skus[item.sku];
    let mut line = Line::new()
        .strong(format!("{} x {}", item.quantity, sku.name))
        .plain(" (")
        .code(sku.id.as_str())
        .plain(")");
    let mut details = Vec::new();
    if item.held {
        line = line.plain(", held already");
    } else if let (Some(unit), Some(price)) = (item.unit_price, item.price) {
        let claim = &kb.claims[price];
        line = line.plain(format!(", {unit} {} a month each", basket.currency));
        if basket.unverified_prices.contains(&item.sku) {
            line = line.strong(", not verified");
        }
        let dates = super::words::period(&claim.effective)
            .map_or(String::new(), |period| format!(", {period}"));
        let source = claim
            .evidence
            .first()
            .map(|evidence| &kb.sources[evidence.source]);
        let by = source.map_or(String::new(), |source| {
            let dated = source
                .published
                .as_ref()
                .map_or_else(|| "undated".to_owned(), ToString::to_string);
            format!(", {} ({dated})", source.publisher)
        });
        details.push(cited(format!("list price{dates}{by}"), &claim.id));
    }
    Item { line, details }
}

fn ids(kb: &KnowledgeBase, claims: &[ClaimId]) -> String {
    let mut ids: Vec<&str> = claims
        .iter()
        .map(|claim| kb.claims[*claim].id.as_str())
        .collect();
    ids.sort_unstable();
    ids.join(" ")
}
