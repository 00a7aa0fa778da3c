//! Why not these SKUs, on a page: the verdict, the tree of ways with what fails, what stands against them, hints last.

use super::View;
use super::answer_json::subject;
use super::answer_lines::verdict_words;
use super::comparison::caution_line;
use super::comparison_shape::{CautionShape, caution};
use super::page::{Line, Page};
use super::purchase_shape::PricedSetShape;
use super::shape::{RequirementShape, ThingShape};
use super::words::{list, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Caution, NeedSubject, PricedSet, Requirement, Satisfied, SkuId, Verdict, Way, WhyNot,
    WhyNotNeed,
};
use serde::Serialize;

/// Why some SKUs are not the way to comply, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct WhyNotView<'a> {
    /// What it was worked out from.
    pub knowledge: &'a KnowledgeBase,
    /// The reasons.
    pub why_not: &'a WhyNot,
}

/// `licit.why-not/1`
#[derive(Serialize)]
pub struct WhyNotShape {
    on: String,
    known: String,
    reading: &'static str,
    currency: String,
    skus: Vec<String>,
    held: Vec<String>,
    complies: bool,
    month: Option<String>,
    needs: Vec<NeedShape>,
    cautions: Vec<CautionShape>,
    cheapest: Option<PricedSetShape>,
    nearest: Option<PricedSetShape>,
    core: Vec<ThingShape>,
    drop: Vec<ThingShape>,
    without: Option<PricedSetShape>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct NeedShape {
    subject: ThingShape,
    verdict: &'static str,
    ways: Vec<WayShape>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WayShape {
    requirement: RequirementShape,
    met: &'static str,
    parts: Vec<WayShape>,
    cheapest: Option<PricedSetShape>,
}

impl View for WhyNotView<'_> {
    const SCHEMA: &'static str = "licit.why-not/1";
    type Shape = WhyNotShape;

    fn shape(&self) -> WhyNotShape {
        let knowledge = self.knowledge;
        let why_not = self.why_not;
        let question = &why_not.question;
        let things = |subjects: &[NeedSubject]| {
            subjects
                .iter()
                .map(|one| subject(knowledge, *one))
                .collect()
        };
        let priced = |set: &Option<PricedSet>| set.as_ref().map(|set| self.priced(set));
        WhyNotShape {
            on: question.on.to_string(),
            known: question.known.to_string(),
            reading: question.reading.word(),
            currency: question.currency.to_string(),
            skus: self.ids(&why_not.skus),
            held: self.ids(&question.held),
            complies: why_not.complies,
            month: why_not.total.map(|total| total.to_string()),
            needs: why_not
                .needs
                .iter()
                .map(|need| self.need_shape(need))
                .collect(),
            cautions: why_not
                .cautions
                .iter()
                .map(|one| caution(knowledge, one))
                .collect(),
            cheapest: priced(&why_not.cheapest),
            nearest: priced(&why_not.nearest),
            core: things(&why_not.core),
            drop: things(&why_not.drop),
            without: priced(&why_not.without),
        }
    }

    fn page(&self) -> Page {
        let mut page = Page::new(self.title());
        page.paragraph(super::answer::asked(self.knowledge, &self.why_not.question));
        for need in &self.why_not.needs {
            page.heading(self.name(need.subject));
            page.tree(self.tree(need));
        }
        let cautions = self.why_not.cautions.iter().filter(|one| {
            !matches!(
                one,
                Caution::Prerequisite {
                    met: Satisfied::Yes,
                    ..
                }
            )
        });
        let cautions: Vec<(usize, Line)> = cautions
            .map(|one| (0, caution_line(self.knowledge, one)))
            .collect();
        if !cautions.is_empty() {
            page.heading("What stands against them");
            page.tree(cautions);
        }
        self.together(&mut page);
        self.hints(&mut page);
        page
    }
}

impl WhyNotView<'_> {
    fn ids(&self, skus: &[SkuId]) -> Vec<String> {
        skus.iter()
            .map(|sku| self.knowledge.skus[*sku].id.to_string())
            .collect()
    }

    fn priced(&self, set: &PricedSet) -> PricedSetShape {
        PricedSetShape {
            skus: self.ids(&set.skus),
            month: set.total.to_string(),
        }
    }

    fn need_shape(&self, need: &WhyNotNeed) -> NeedShape {
        NeedShape {
            subject: subject(self.knowledge, need.subject),
            verdict: need.verdict.word(),
            ways: need.ways.iter().map(|way| self.way_shape(way)).collect(),
        }
    }

    fn way_shape(&self, way: &Way) -> WayShape {
        WayShape {
            requirement: RequirementShape::of(self.knowledge, &way.requirement),
            met: way.met.word(),
            parts: way.parts.iter().map(|part| self.way_shape(part)).collect(),
            cheapest: way.cheapest.map(|(sku, price)| PricedSetShape {
                skus: self.ids(&[sku]),
                month: price.to_string(),
            }),
        }
    }

    fn name(&self, subject: NeedSubject) -> String {
        match subject {
            NeedSubject::Task(task) => {
                let task = &self.knowledge.tasks[task];
                format!("{} ({})", task.name, task.id)
            }
            NeedSubject::Sku(sku) => {
                let sku = &self.knowledge.skus[sku];
                format!("What {} needs beside it ({})", sku.name, sku.id)
            }
        }
    }

    fn title(&self) -> Line {
        let why_not = self.why_not;
        let currency = &why_not.question.currency;
        let what = match why_not.skus.is_empty() {
            true => "What is held".to_owned(),
            false => list(&self.ids(&why_not.skus), "and"),
        };
        let dearer = why_not.total.zip(why_not.cheapest.as_ref());
        let dearer = dearer.and_then(|(total, cheapest)| total.minus(cheapest.total));
        Line::new().strong(match (why_not.complies, dearer) {
            (false, _) => format!("{what}: not a way to comply"),
            (true, Some(more)) if more > crate::model::Money::ZERO => {
                format!(
                    "{what}: complies, for {more} {currency} a month more than the cheapest way"
                )
            }
            (true, Some(_)) => format!("{what}: complies, and nothing costs less"),
            (true, None) if why_not.total.is_none() => {
                format!("{what}: complies, at a price that nobody says")
            }
            (true, None) => format!("{what}: complies"),
        })
    }

    /// The ways to meet a need, each with whether it is met.
    fn tree(&self, need: &WhyNotNeed) -> Vec<(usize, Line)> {
        let mut lines = Vec::new();
        if need.ways.is_empty() {
            let why = match need.asks {
                true => "met already by what is held or owned",
                false => match need.verdict {
                    Verdict::Required | Verdict::Contested | Verdict::Depends => {
                        "a license is asked for, and nobody says which"
                    }
                    verdict => verdict_words(verdict),
                },
            };
            lines.push((0, Line::from(why)));
        }
        for way in &need.ways {
            self.branch(way, 0, &mut lines);
        }
        lines
    }

    fn branch(&self, way: &Way, depth: usize, lines: &mut Vec<(usize, Line)>) {
        let mark = Line::new().strong(match way.met {
            Satisfied::Yes => "yes: ",
            Satisfied::No => "no: ",
            Satisfied::Unknown => "perhaps: ",
        });
        let line = match (&way.requirement, way.met) {
            (Requirement::Any(_), Satisfied::No) => mark.plain("none of these"),
            (Requirement::Any(_), _) => mark.plain("one of these"),
            (Requirement::All(_), Satisfied::No) => mark.plain("not all of these"),
            (Requirement::All(_), _) => mark.plain("all of these"),
            (leaf, _) => mark.plain(requirement(self.knowledge, leaf)),
        };
        let line = match way.cheapest {
            Some((sku, price)) => line
                .plain("; the cheapest that brings it: ")
                .code(self.knowledge.skus[sku].id.as_str())
                .plain(format!(
                    ", {price} {} a month",
                    self.why_not.question.currency
                )),
            None => line,
        };
        lines.push((depth, line));
        for part in &way.parts {
            self.branch(part, depth + 1, lines);
        }
    }

    /// Needs that cannot be met together.
    fn together(&self, page: &mut Page) {
        let why_not = self.why_not;
        let names = |subjects: &[NeedSubject]| -> Vec<String> {
            subjects.iter().map(|one| self.name(*one)).collect()
        };
        if let [_, ..] = why_not.core.as_slice() {
            page.heading("No way at all");
            page.paragraph(match why_not.core.as_slice() {
                [alone] => format!("No SKU with a price serves {}.", self.name(*alone)),
                several => format!(
                    "These cannot be met together: {}.",
                    list(&names(several), "and")
                ),
            });
            page.paragraph(format!(
                "Fewest to give up: {}.",
                list(&names(&why_not.drop), "and")
            ));
        }
    }

    fn hints(&self, page: &mut Page) {
        let why_not = self.why_not;
        let currency = &why_not.question.currency;
        let told = |set: &PricedSet| match set.skus.is_empty() {
            true => "nothing to buy".to_owned(),
            false => format!(
                "{}, {} {currency} a month",
                list(&self.ids(&set.skus), "and"),
                set.total
            ),
        };
        let unpriced = why_not.total.is_none() && !why_not.skus.is_empty();
        let mut lines = Vec::new();
        if let Some(nearest) = why_not.nearest.as_ref().filter(|_| !why_not.complies) {
            let further = nearest
                .skus
                .iter()
                .filter(|sku| !why_not.skus.contains(sku));
            let further: Vec<SkuId> = further.copied().collect();
            let add = match further.is_empty() {
                true => String::new(),
                false => format!("add {}: ", list(&self.ids(&further), "and")),
            };
            let beside = match unpriced {
                true => ", beside what has no price",
                false => "",
            };
            lines.push((0, Line::from(format!("{add}{}{beside}", told(nearest)))));
        }
        if let Some(without) = &why_not.without {
            lines.push((
                0,
                Line::from(format!("without what is given up: {}", told(without))),
            ));
        }
        if let Some(cheapest) = &why_not.cheapest {
            lines.push((0, Line::from(format!("cheapest way: {}", told(cheapest)))));
        }
        if !lines.is_empty() {
            page.heading("What would do");
            page.tree(lines);
        }
    }
}
