//! Answers at two moments, or by two knowledge bases, side by side.

use super::answer_json::question;
use super::answer_shape::{QuestionShape, SaidShape};
use super::statement::statement;
use super::timeline::{change_item, difference_words, told_words};
use super::timeline_shape::{ChangeShape, ToldShape, changes_of, told_shape};
use super::words::{count, list};
use super::{Item, Line, Page, View};
use crate::dataset::KnowledgeBase;
use crate::model::{Axis, ClaimId, Day, Difference, Question, Timeline, Told};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One answer of a pair.
#[derive(Debug, Clone)]
pub struct DiffSide<'a> {
    /// The knowledge base that gave it.
    pub knowledge: &'a KnowledgeBase,
    /// The question, with its two days.
    pub question: Question,
    /// The answer.
    pub told: Told,
    /// The claims behind it.
    pub counted: BTreeSet<ClaimId>,
}

/// One question with two answers.
#[derive(Debug, Clone)]
pub struct DiffOf<'a> {
    /// What its owner calls it.
    pub name: String,
    /// The first answer.
    pub before: DiffSide<'a>,
    /// The second answer.
    pub after: DiffSide<'a>,
    /// The way from one to the other; empty between two knowledge bases.
    pub legs: Vec<Timeline>,
}

/// Questions with two answers each.
#[derive(Debug, Clone)]
pub struct DiffView<'a> {
    /// The questions, in the order asked.
    pub questions: Vec<DiffOf<'a>>,
    /// The day and the knowledge of the first answers, and of the second.
    pub days: [(Day, Day); 2],
    /// The versions of the data of both.
    pub versions: [String; 2],
}

/// `licit.diff/1`
#[derive(Debug, Clone, Serialize)]
pub struct DiffShape {
    from: MomentShape,
    to: MomentShape,
    total: usize,
    differing: usize,
    questions: Vec<DifferingShape>,
}

/// The two days, and the data.
#[derive(Debug, Clone, Serialize)]
struct MomentShape {
    on: String,
    known: String,
    data_version: String,
}

/// One question.
#[derive(Debug, Clone, Serialize)]
struct DifferingShape {
    name: String,
    question: QuestionShape,
    differs: bool,
    differences: Vec<&'static str>,
    before: ToldShape,
    after: ToldShape,
    changes: Vec<LegChangeShape>,
    claims: ClaimsShape,
}

/// A change on the way.
#[derive(Debug, Clone, Serialize)]
struct LegChangeShape {
    axis: &'static str,
    #[serde(flatten)]
    change: ChangeShape,
}

/// The claims behind the two answers, as far as they differ.
#[derive(Debug, Clone, Serialize)]
struct ClaimsShape {
    only_before: Vec<SaidShape>,
    only_after: Vec<SaidShape>,
    changed: Vec<ReworkedShape>,
}

/// A claim that says something else in the other knowledge base.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ReworkedShape {
    id: String,
    before: String,
    after: String,
}

impl DiffOf<'_> {
    /// What differs. Two knowledge bases are compared by what is written: their ids mean different things.
    pub fn differences(&self) -> Vec<Difference> {
        let before = told_shape(self.before.knowledge, &self.before.told);
        let after = told_shape(self.after.knowledge, &self.after.told);
        let pairs = || before.needs.iter().zip(&after.needs);
        let is_other = before.needs.len() != after.needs.len();
        let differs = |difference: Difference| match difference {
            Difference::Verdict => {
                is_other
                    || before.verdict != after.verdict
                    || pairs().any(|(a, b)| a.verdict != b.verdict)
            }
            Difference::Requirement => pairs().any(|(a, b)| a.requirement != b.requirement),
            Difference::Certainty => pairs().any(|(a, b)| a.certainty != b.certainty),
            Difference::Price => {
                (&before.cheapest, before.no_basket) != (&after.cheapest, after.no_basket)
            }
        };
        let all = Difference::ALL.iter().copied();
        all.filter(|difference| differs(*difference)).collect()
    }

    fn claims(&self) -> ClaimsShape {
        let said = |side: &DiffSide<'_>| -> BTreeMap<String, String> {
            let claims = side.counted.iter().map(|id| &side.knowledge.claims[*id]);
            let said = claims.map(|claim| (claim.id.to_string(), statement(side.knowledge, claim)));
            said.collect()
        };
        let (before, after) = (said(&self.before), said(&self.after));
        let only = |these: &BTreeMap<String, String>, those: &BTreeMap<String, String>| {
            let only = these.iter().filter(|(id, _)| !those.contains_key(*id));
            let only = only.map(|(id, statement)| SaidShape {
                id: id.clone(),
                statement: statement.clone(),
            });
            only.collect()
        };
        let changed = before.iter().filter_map(|(id, before)| {
            let after = after.get(id).filter(|after| *after != before)?;
            Some(ReworkedShape {
                id: id.clone(),
                before: before.clone(),
                after: after.clone(),
            })
        });
        ClaimsShape {
            only_before: only(&before, &after),
            only_after: only(&after, &before),
            changed: changed.collect(),
        }
    }

    fn shape(&self) -> DifferingShape {
        let differences = self.differences();
        let knowledge = self.after.knowledge;
        let changes = self.legs.iter().flat_map(|leg| {
            let changes = changes_of(knowledge, &self.after.question, leg).into_iter();
            changes.map(|change| LegChangeShape {
                axis: leg.axis.word(),
                change,
            })
        });
        DifferingShape {
            name: self.name.clone(),
            question: question(knowledge, &self.after.question),
            differs: !differences.is_empty(),
            differences: differences.iter().map(|one| one.word()).collect(),
            before: told_shape(self.before.knowledge, &self.before.told),
            after: told_shape(knowledge, &self.after.told),
            changes: changes.collect(),
            claims: self.claims(),
        }
    }

    fn tell(&self, page: &mut Page) {
        let differences = self.differences();
        let knowledge = self.after.knowledge;
        page.heading(self.name.clone());
        let told = |side: &DiffSide<'_>| {
            Line::from(told_words(side.knowledge, &side.question, &side.told))
        };
        let mut facts = vec![("Before", told(&self.before)), ("After", told(&self.after))];
        let is_same_data = std::ptr::eq(self.before.knowledge, knowledge);
        let differ = match (differences.is_empty(), is_same_data) {
            (true, _) => vec!["nothing".to_owned()],
            (false, true) => difference_words(
                knowledge,
                &self.after.question,
                &self.before.told,
                &self.after.told,
                &differences,
            ),
            (false, false) => differences.iter().map(ToString::to_string).collect(),
        };
        facts.push(("Differs", Line::new().strong(differ.join("; "))));
        page.facts(facts);
        let mut items = Vec::new();
        for leg in &self.legs {
            let pairs = leg.spans.windows(2).zip(&leg.changes);
            for (pair, change) in pairs {
                if let [before, after] = pair {
                    let mut item = change_item(
                        knowledge,
                        &self.after.question,
                        change,
                        &before.told,
                        &after.told,
                    );
                    if leg.axis == Axis::Known {
                        item.line = Line::from("told ").join(item.line);
                    }
                    items.push(item);
                }
            }
        }
        if !items.is_empty() {
            page.paragraph("On the way:");
            page.items(items);
        } else if !differences.is_empty() {
            self.tell_claims(page);
        }
    }

    fn tell_claims(&self, page: &mut Page) {
        let claims = self.claims();
        let said = |lead: &str, said: &SaidShape| Item {
            line: Line::from(format!("{lead} ")).code(&said.id),
            details: vec![Line::from(said.statement.as_str())],
        };
        let gone = claims.only_before.iter().map(|one| said("no longer", one));
        let new = claims.only_after.iter().map(|one| said("now", one));
        let changed = claims.changed.iter().map(|one| Item {
            line: Line::from("changed ").code(&one.id),
            details: vec![
                Line::from(format!("before: {}", one.before)),
                Line::from(format!("after: {}", one.after)),
            ],
        });
        page.items(gone.chain(new).chain(changed).collect());
    }
}

impl DiffView<'_> {
    /// How many questions are answered otherwise.
    pub fn differing(&self) -> usize {
        let differing = self.questions.iter();
        differing
            .filter(|one| !one.differences().is_empty())
            .count()
    }

    fn moment(&self, place: usize) -> MomentShape {
        let side = |place: usize| Some((self.days.get(place)?, self.versions.get(place)?));
        let (on, known, version) = side(place).map_or_else(
            || (String::new(), String::new(), String::new()),
            |((on, known), version)| (on.to_string(), known.to_string(), version.clone()),
        );
        MomentShape {
            on,
            known,
            data_version: version,
        }
    }
}

/// "3 of your 41 questions now differ".
pub(super) fn differ_words(differing: usize, total: usize) -> String {
    match (differing, total) {
        (0, 1) => "The answer is the same.".to_owned(),
        (_, 1) => "The answer differs.".to_owned(),
        (0, _) => format!(
            "None of your {} now differs.",
            count(total, "question", "questions")
        ),
        (1, _) => format!("1 of your {total} questions now differs."),
        _ => format!("{differing} of your {total} questions now differ."),
    }
}

impl View for DiffView<'_> {
    const SCHEMA: &'static str = "licit.diff/1";
    type Shape = DiffShape;

    fn shape(&self) -> DiffShape {
        DiffShape {
            from: self.moment(0),
            to: self.moment(1),
            total: self.questions.len(),
            differing: self.differing(),
            questions: self.questions.iter().map(DiffOf::shape).collect(),
        }
    }

    fn page(&self) -> Page {
        let words = |one: MomentShape| {
            format!(
                "on {}, as known on {}, data {}",
                one.on, one.known, one.data_version
            )
        };
        let mut page = Page::new(format!(
            "{}, then and now",
            count(self.questions.len(), "question", "questions")
        ));
        page.facts(vec![
            ("Before", Line::from(words(self.moment(0)))),
            ("After", Line::from(words(self.moment(1)))),
        ]);
        page.paragraph(Line::new().strong(differ_words(self.differing(), self.questions.len())));
        let is_alone = self.questions.len() == 1;
        for one in &self.questions {
            if is_alone || !one.differences().is_empty() {
                one.tell(&mut page);
            }
        }
        let same: Vec<String> = self
            .questions
            .iter()
            .filter(|one| !is_alone && one.differences().is_empty())
            .map(|one| one.name.clone())
            .collect();
        if !same.is_empty() {
            page.paragraph(format!("The same: {}.", list(&same, "and")));
        }
        page
    }
}
