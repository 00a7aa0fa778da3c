//! Sets of SKUs side by side on a page: what each costs and what to know of it, then what differs, then what all have.

use super::answer_lines::price_line;
use super::comparison_shape::{ComparisonShape, claims, shape};
use super::csv::Rows;
use super::page::{Item, Line, Page};
use super::shape::SourceShape;
use super::words::{count, list, written};
use super::{View, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Caution, Cell, ComparedRow, ComparedSet, Comparison, Mark, Named, Question, Satisfied, Spread,
};

/// A comparison, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonView<'a> {
    /// What it was worked out from.
    pub knowledge: &'a KnowledgeBase,
    /// The comparison.
    pub comparison: &'a Comparison,
}

/// The columns that marks may take before the sets are named by letters: the name of a feature has to find room beside
/// them on a terminal of 80.
const WIDEST_MARKS: usize = 40;

impl View for ComparisonView<'_> {
    const SCHEMA: &'static str = "licit.compare/1";
    type Shape = ComparisonShape;

    fn shape(&self) -> ComparisonShape {
        shape(self.knowledge, self.comparison)
    }

    fn page(&self) -> Page {
        let names: Vec<String> = self
            .comparison
            .sets
            .iter()
            .map(|set| self.name(set))
            .collect();
        let mut page = Page::new(list(&names, "and") + " side by side");
        page.paragraph(self.asked());
        page.items(self.set_items());
        self.differences(&mut page);
        self.same(&mut page);
        self.unsettled(&mut page);
        self.rest(&mut page);
        page
    }
}

impl Rows for ComparisonView<'_> {
    fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        let knowledge = self.knowledge;
        let sets = &self.comparison.sets;
        let head = ["kind", "id", "name"].map(str::to_owned).into_iter();
        let currency = &self.comparison.question.currency;
        let price = [
            "price".to_owned(),
            String::new(),
            format!("{currency} a month"),
        ];
        let total = |set: &ComparedSet| set.total.map_or(String::new(), |total| total.to_string());
        let mut rows: Vec<Vec<String>> = vec![
            head.chain(sets.iter().map(|set| self.ids(set))).collect(),
            price.into_iter().chain(sets.iter().map(total)).collect(),
        ];
        rows.extend(self.comparison.rows.iter().map(|row| {
            let thing = super::shape::ThingShape::of(knowledge, row.of);
            let marks = row.cells.iter().map(|cell| cell.mark.word().to_owned());
            [thing.kind.to_owned(), thing.id, thing.name]
                .into_iter()
                .chain(marks)
                .collect()
        }));
        rows.into_iter()
    }
}

impl ComparisonView<'_> {
    fn ids(&self, set: &ComparedSet) -> String {
        let ids: Vec<&str> = set
            .skus
            .iter()
            .map(|sku| self.knowledge.skus[*sku].id.as_str())
            .collect();
        ids.join(" + ")
    }

    fn name(&self, set: &ComparedSet) -> String {
        let names: Vec<&str> = set
            .skus
            .iter()
            .map(|sku| self.knowledge.skus[*sku].name.as_str())
            .collect();
        names.join(" with ")
    }

    /// What stands over the marks of each set: its ids, or a letter where they are too long.
    pub fn heads(&self) -> Vec<String> {
        let sets = &self.comparison.sets;
        let ids: Vec<String> = sets.iter().map(|set| self.ids(set)).collect();
        if ids.iter().map(|id| id.len() + 2).sum::<usize>() <= WIDEST_MARKS {
            return ids;
        }
        ('A'..='Z').map(String::from).take(sets.len()).collect()
    }

    fn asked(&self) -> String {
        let question = &self.comparison.question;
        let mut said = format!("On {}, as known on {}", question.on, question.known);
        if !question.subjects.is_empty() {
            said.push_str(&format!(", {} reading", question.reading));
        }
        said.push_str(&format!(
            ". Prices in {} a seat and month, {} term",
            question.currency,
            question.agreement.term.word()
        ));
        if !question.held.is_empty() {
            let held: Vec<String> = question
                .held
                .iter()
                .map(|sku| self.knowledge.skus[*sku].id.to_string())
                .collect();
            said.push_str(&format!(
                ". Each beside what the account holds: {}",
                list(&held, "and")
            ));
        }
        for (given, value) in &question.givens {
            said.push_str(&format!(
                ". {} {value}",
                self.knowledge.givens[*given].question
            ));
        }
        said.push('.');
        said
    }

    /// What each set costs and what to know of it before buying it, an item a set.
    pub fn set_items(&self) -> Vec<Item> {
        let heads = self.heads();
        let question = &self.comparison.question;
        let item = |(set, head): (&ComparedSet, &String)| {
            let ids = self.ids(set);
            let mut line = Line::new().strong(head.as_str());
            if *head != ids {
                line = line.plain(" = ").code(ids);
            }
            line = line.plain(format!(", {}: ", self.name(set)));
            line = match set.total {
                Some(total) => line.strong(format!("{total} {}", question.currency)),
                None => line.plain("no price known"),
            };
            let mut details = Vec::new();
            for (sku, price) in set.skus.iter().zip(&set.prices) {
                let id = &self.knowledge.skus[*sku].id;
                let mut said = Line::new();
                if set.skus.len() > 1 {
                    said = said.code(id.as_str()).plain(": ");
                }
                details.push(match price {
                    Some(price) => {
                        if set.skus.len() > 1 {
                            said = said.plain(format!("{} {}, ", price.amount, question.currency));
                        }
                        if !price.verified {
                            said = said.strong("not verified").plain(", ");
                        }
                        let by = price_line(self.knowledge, question, *sku, price.by);
                        by.pieces()
                            .iter()
                            .fold(said, |said, (tone, text)| said.piece(*tone, text))
                    }
                    None if set.skus.len() > 1 => said.plain("no price known"),
                    None => continue,
                });
            }
            let cautions = set.cautions.iter();
            details.extend(cautions.map(|caution| caution_line(self.knowledge, caution)));
            Item { line, details }
        };
        let sets = self.comparison.sets.iter();
        sets.zip(&heads).map(item).collect()
    }

    fn spread(&self, spread: Spread) -> Vec<&ComparedRow> {
        let rows = self.comparison.rows.iter();
        rows.filter(|row| row.spread() == spread).collect()
    }

    /// What the rows are called, after a number.
    fn kind(&self, rows: &[&ComparedRow]) -> String {
        let mut words: Vec<String> = Vec::new();
        for (is_kind, one, many) in [
            (
                (|of| matches!(of, Named::Feature(_))) as fn(Named) -> bool,
                "feature",
                "features",
            ),
            (|of| matches!(of, Named::Task(_)), "task", "tasks"),
            (|of| matches!(of, Named::Sku(_)), "SKU", "SKUs"),
            (|of| matches!(of, Named::Plan(_)), "plan", "plans"),
        ] {
            let number = rows.iter().filter(|row| is_kind(row.of)).count();
            if number > 0 {
                words.push(count(number, one, many));
            }
        }
        list(&words, "and")
    }

    fn differences(&self, page: &mut Page) {
        let mut rows = self.spread(Spread::Differs);
        if rows.is_empty() {
            page.heading("No differences");
            return;
        }
        page.heading(format!("Differences: {}", self.kind(&rows)));
        // What only one set has stands together.
        rows.sort_by_cached_key(|row| -> (u8, Vec<Mark>) {
            let marks: Vec<Mark> = row.cells.iter().map(|cell| cell.mark).collect();
            (kind_order(row.of), marks)
        });
        let heads = self.heads();
        let mut head: Vec<&str> = heads.iter().map(String::as_str).collect();
        head.push("");
        let cells = rows.iter().map(|row| {
            let marks = row.cells.iter().map(mark);
            marks.chain([self.thing(row.of)]).collect()
        });
        page.table(&head, cells.collect());
        let legend: Vec<&str> = [
            (
                Mark::Unknown,
                "? not attested that day, or it turns on something unknown",
            ),
            (Mark::Contested, "! sources disagree"),
            (Mark::NotRequired, "free: needs no license"),
            (Mark::Unavailable, "closed: no license opens it that day"),
        ]
        .into_iter()
        .filter(|(mark, _)| {
            let mut cells = rows.iter().flat_map(|row| &row.cells);
            cells.any(|cell| cell.mark == *mark)
        })
        .map(|(_, words)| words)
        .collect();
        if !legend.is_empty() {
            page.paragraph(Line::new().faint(legend.join("; ") + "."));
        }
        self.doubts(page, &rows);
    }

    fn thing(&self, thing: Named) -> Line {
        let line = Line::new().plain(self.knowledge.name(thing));
        match thing {
            Named::Plan(_) => line
                .plain(" (plan ")
                .code(written(self.knowledge, thing))
                .plain(")"),
            _ => line
                .plain(" (")
                .code(written(self.knowledge, thing))
                .plain(")"),
        }
    }

    fn same(&self, page: &mut Page) {
        let rows = self.spread(Spread::InAll);
        if rows.is_empty() {
            return;
        }
        page.heading(format!("The same in all: {}", self.kind(&rows)));
        let names: Vec<String> = rows
            .iter()
            .map(|row| {
                let free = row.cells.iter().all(|cell| cell.mark == Mark::NotRequired);
                let name = self.knowledge.name(row.of);
                if free {
                    format!("{name} (free)")
                } else {
                    name.to_owned()
                }
            })
            .collect();
        page.paragraph(names.join("; ") + ".");
    }

    /// What is the same everywhere and settled nowhere.
    fn unsettled(&self, page: &mut Page) {
        let rows = self.spread(Spread::Unsettled);
        if rows.is_empty() {
            return;
        }
        page.heading(format!("Not settled for any: {}", self.kind(&rows)));
        for (is_contested, lead) in [
            (true, "Sources disagree: "),
            (
                false,
                "A license may be due and nobody says which, or it turns on something unknown: ",
            ),
        ] {
            let names: Vec<&str> = rows
                .iter()
                .filter(|row| {
                    let mut cells = row.cells.iter();
                    cells.any(|cell| cell.mark == Mark::Contested) == is_contested
                })
                .map(|row| self.knowledge.name(row.of))
                .collect();
            if !names.is_empty() {
                page.paragraph(format!("{lead}{}.", names.join("; ")));
            }
        }
    }

    /// Every mark of doubt among the differences, with its claims.
    fn doubts(&self, page: &mut Page, rows: &[&ComparedRow]) {
        // Of a SKU of which nobody says what it carries, that is said above.
        let is_doubtful = |cell: &Cell| {
            matches!(cell.mark, Mark::Unknown | Mark::Contested) && !cell.claims.is_empty()
        };
        let heads = self.heads();
        let items = rows
            .iter()
            .filter(|row| row.cells.iter().any(is_doubtful))
            .map(|row| {
                let mut said: Vec<(String, Vec<String>)> = Vec::new();
                for (head, cell) in heads.iter().zip(&row.cells) {
                    if !is_doubtful(cell) {
                        continue;
                    }
                    let why = self.doubt(cell);
                    match said.iter_mut().find(|(known, _)| *known == why) {
                        Some((_, sets)) => sets.push(head.clone()),
                        None => said.push((why, vec![head.clone()])),
                    }
                }
                Item {
                    line: self.thing(row.of),
                    details: said
                        .into_iter()
                        .map(|(why, sets)| Line::from(format!("{}: {why}", list(&sets, "and"))))
                        .collect(),
                }
            });
        page.items(items.collect());
    }

    fn doubt(&self, cell: &Cell) -> String {
        let words = if cell.mark == Mark::Contested {
            "sources disagree"
        } else {
            "not attested that day, or it turns on something unknown"
        };
        let mut ids: Vec<&str> = cell
            .claims
            .iter()
            .map(|claim| self.knowledge.claims[*claim].id.as_str())
            .collect();
        ids.sort_unstable();
        format!("{words} [{}]", ids.join(" "))
    }

    fn rest(&self, page: &mut Page) {
        let none = self.spread(Spread::InNone);
        let mut said = Vec::new();
        if !none.is_empty() {
            said.push(format!("In none of them: {}", self.kind(&none)));
        }
        if self.comparison.unlicensed > 0 {
            said.push(format!(
                "{} that no license opens: free, closed, or nobody says",
                count(
                    self.comparison.unlicensed,
                    "further feature",
                    "further features"
                )
            ));
        }
        if !said.is_empty() {
            page.paragraph(format!("{}.", said.join(". ")));
        }
        let sources = SourceShape::cited(self.knowledge, claims(self.comparison)).len();
        let question: &Question = &self.comparison.question;
        page.paragraph(Line::new().faint(format!(
            "\"no\" means that sources name what brings it and nothing of the set is among it. {} behind it: \
             --format json, or licit show sku:ID --on {}.",
            count(sources, "source", "sources"),
            question.on,
        )));
    }
}

/// What to know before buying, with a sign where it stands in the way.
pub(super) fn caution_line(knowledge: &KnowledgeBase, caution: &Caution) -> Line {
    let id = |sku: &crate::model::SkuId| knowledge.skus[*sku].id.as_str();
    let warning = || Line::new().strong("! ");
    let line = match caution {
        Caution::Prerequisite {
            sku, requires, met, ..
        } => {
            let (line, met) = match met {
                Satisfied::Yes => (Line::new(), "which is there"),
                Satisfied::No => (warning(), "which is missing"),
                Satisfied::Unknown => (warning(), "which is perhaps there"),
            };
            line.code(id(sku)).plain(format!(
                " needs beside it {}, {met}",
                requirement(knowledge, requires)
            ))
        }
        Caution::SeatLimit { sku, at_most, .. } => warning()
            .code(id(sku))
            .plain(format!(": at most {at_most} seats in a tenant")),
        Caution::Exclusion { plans, .. } => {
            let plans: Vec<String> = plans
                .iter()
                .map(|plan| knowledge.plans[*plan].id.to_string())
                .collect();
            warning().plain(format!(
                "only one of these can be enabled for a user: {}",
                list(&plans, "and")
            ))
        }
        Caution::Frontline { sku } => warning()
            .code(id(sku))
            .plain(": for frontline workers only"),
        Caution::OtherSegment { sku } => warning().code(id(sku)).plain(format!(
            ": for {} buyers only",
            knowledge.skus[*sku].segment
        )),
        Caution::NotSold { sku } => warning()
            .code(id(sku))
            .plain(" is not sold that day to somebody who does not have it"),
        Caution::Unlisted { sku } => warning()
            .plain("nobody says what ")
            .code(id(sku))
            .plain(" carries"),
    };
    match caution.claim() {
        Some(claim) => line
            .plain(" [")
            .code(knowledge.claims[claim].id.as_str())
            .plain("]"),
        None => line,
    }
}

/// Features, then tasks, SKUs and plans.
fn kind_order(of: Named) -> u8 {
    match of {
        Named::Feature(_) => 0,
        Named::Role(_) | Named::Task(_) => 1,
        Named::Sku(_) => 2,
        Named::Plan(_) => 3,
    }
}

/// A mark as it stands in the table.
fn mark(cell: &Cell) -> Line {
    match cell.mark {
        Mark::Yes => Line::new().strong("yes"),
        Mark::No => Line::new().faint("no"),
        Mark::Unknown => Line::new().strong("?"),
        Mark::Contested => Line::new().strong("!"),
        Mark::NotRequired => Line::new().plain("free"),
        Mark::Unavailable => Line::new().plain("closed"),
    }
}
