//! Questions of one's own, saved to be asked again: after the data changed, on another day, every night.
//!
//! ```toml
//! reading  = "documented"        # for every question, unless it says otherwise
//! currency = "USD"
//!
//! [givens]
//! "tenant.created" = "2018-05"
//!
//! [[question]]
//! name     = "Helpdesk"
//! roles    = ["Intune Administrator"]
//! eligible = true
//! held     = ["SPE_E3"]
//! ```

use super::names::Names;
use super::team::{RawGivens, currency, givens, skus, text, truth, twice, valid_givens, words};
use crate::dataset::{
    Document, Fields, KnowledgeBase, Place, Placed, Problems, Shape, SourceMap, Value,
};
use crate::model::{
    Agreement, Asked, Code, Currency, Day, Diagnostic, GivenId, GivenValue, Question, Reading,
    SavedQuestion, Segment, SkuId,
};
use std::collections::BTreeMap;

const FILE: Shape = Shape {
    name: "a file of questions",
    keys: &[
        "name", "reading", "segment", "currency", "givens", "question",
    ],
};

const QUESTION: Shape = Shape {
    name: "`[[question]]`",
    keys: &[
        "name",
        "roles",
        "features",
        "tasks",
        "skus",
        "eligible",
        "held",
        "held_elsewhere",
        "owned",
        "reading",
        "givens",
    ],
};

/// What came of reading a file of questions.
#[derive(Debug)]
pub struct ReadQuestions {
    /// The file, for messages.
    pub sources: SourceMap,
    /// The questions, in the order of the file; none where there is a problem.
    pub questions: Option<Vec<SavedQuestion>>,
    /// Every problem, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

/// Reads the first file of a map as questions, each asked about `on` with what is `known`.
pub fn read_questions(
    sources: SourceMap,
    unreadable: Vec<Diagnostic>,
    knowledge: &KnowledgeBase,
    on: Day,
    known: Day,
) -> ReadQuestions {
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let raw = sources
        .files()
        .next()
        .and_then(|file| Document::parse(&sources, file, &problems))
        .and_then(|document| RawFile::read(&document.fields(&FILE)));
    let names = Names {
        knowledge,
        problems: &problems,
    };
    let questions = raw.map(|raw| raw.valid(names, on, known));
    let problems = problems.into_sorted();
    ReadQuestions {
        sources,
        questions: questions.filter(|_| problems.is_empty()),
        problems,
    }
}

/// The file as it stands: words instead of ids.
#[derive(Debug)]
struct RawFile {
    reading: Option<Reading>,
    segment: Option<Segment>,
    currency: Option<Currency>,
    givens: RawGivens,
    questions: Vec<RawQuestion>,
}

#[derive(Debug)]
struct RawQuestion {
    place: Place,
    name: Option<Placed<String>>,
    roles: Vec<Placed<String>>,
    features: Vec<Placed<String>>,
    tasks: Vec<Placed<String>>,
    skus: Vec<Placed<String>>,
    eligible: bool,
    held: Vec<Placed<String>>,
    held_elsewhere: Vec<Placed<String>>,
    owned: Vec<(Placed<String>, u64)>,
    reading: Option<Reading>,
    givens: RawGivens,
}

impl RawFile {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        // What the file is called is for its writer.
        text(fields, "name");
        let questions = fields.required("question").and_then(Value::list);
        let questions = questions.unwrap_or_default().into_iter();
        Some(Self {
            reading: reading(fields),
            segment: fields
                .optional("segment")
                .and_then(|value| value.word(Segment::ALL, Segment::word))
                .map(|segment| segment.value),
            currency: fields.optional("currency").and_then(currency),
            givens: givens(fields),
            questions: questions
                .filter_map(|value| Some(RawQuestion::read(&value.table(&QUESTION)?)))
                .collect(),
        })
    }

    fn valid(self, names: Names<'_>, on: Day, known: Day) -> Vec<SavedQuestion> {
        let mut seen: BTreeMap<String, Place> = BTreeMap::new();
        for question in &self.questions {
            if let Some(name) = &question.name
                && seen.insert(name.value.clone(), name.place).is_some()
            {
                twice(names.problems, name.place, "a question", &name.value);
            }
        }
        let shared = Question {
            subjects: Vec::new(),
            eligible: false,
            on,
            known,
            givens: valid_givens(self.givens, names),
            held: Vec::new(),
            held_elsewhere: Vec::new(),
            owned: BTreeMap::new(),
            reading: self.reading.unwrap_or(Reading::Documented),
            segment: self.segment.unwrap_or(Segment::Commercial),
            currency: self.currency.unwrap_or_else(Currency::us_dollar),
            agreement: Agreement::default(),
        };
        let questions = self.questions.into_iter();
        questions
            .map(|question| question.valid(names, &shared))
            .collect()
    }
}

fn reading(fields: &Fields<'_>) -> Option<Reading> {
    let value = fields.optional("reading")?;
    Some(value.word(Reading::ALL, Reading::word)?.value)
}

impl RawQuestion {
    fn read(fields: &Fields<'_>) -> Self {
        let owned = fields.optional("owned").and_then(Value::entries);
        let owned = owned.unwrap_or_default().into_iter();
        Self {
            place: fields.place(),
            name: fields.required("name").and_then(Value::reference),
            roles: words(fields, "roles"),
            features: words(fields, "features"),
            tasks: words(fields, "tasks"),
            skus: words(fields, "skus"),
            eligible: truth(fields, "eligible"),
            held: words(fields, "held"),
            held_elsewhere: words(fields, "held_elsewhere"),
            owned: owned
                .filter_map(|(sku, value)| Some((sku, value.count(0)?.value)))
                .collect(),
            reading: reading(fields),
            givens: givens(fields),
        }
    }

    fn valid(self, names: Names<'_>, shared: &Question) -> SavedQuestion {
        let written = [&self.roles, &self.features, &self.tasks, &self.skus];
        if written.iter().all(|words| words.is_empty()) {
            names.problems.report(
                Diagnostic::new(Code::MissingKey, "a question asks about nothing")
                    .at(
                        self.place.file,
                        self.place.span,
                        "expected `roles`, `features`, `tasks` or `skus`",
                    )
                    .help("name what it is about, for example roles = [\"Intune Administrator\"]"),
            );
        }
        let mut subjects: Vec<Asked> = Vec::new();
        let roles = self.roles.iter().filter_map(|words| names.role(words));
        let features = self.features.iter();
        let features = features.filter_map(|words| names.feature(words));
        let tasks = self.tasks.iter().filter_map(|words| names.task(words));
        let about = self.skus.iter().filter_map(|words| names.sku(words));
        let asked = roles
            .map(Asked::Role)
            .chain(features.map(Asked::Feature))
            .chain(tasks.map(Asked::Task))
            .chain(about.map(Asked::Sku));
        for asked in asked {
            if !subjects.contains(&asked) {
                subjects.push(asked);
            }
        }
        let mut owned: BTreeMap<SkuId, u64> = BTreeMap::new();
        for (words, seats) in &self.owned {
            if let Some(sku) = names.sku(words)
                && owned.insert(sku, *seats).is_some()
            {
                twice(names.problems, words.place, "a SKU", &words.value);
            }
        }
        let mut all_givens: BTreeMap<GivenId, GivenValue> = shared.givens.clone();
        all_givens.extend(valid_givens(self.givens, names));
        SavedQuestion {
            name: self.name.map(|name| name.value).unwrap_or_default(),
            question: Question {
                subjects,
                eligible: self.eligible,
                givens: all_givens,
                held: skus(&self.held, names),
                held_elsewhere: skus(&self.held_elsewhere, names),
                owned,
                reading: self.reading.unwrap_or(shared.reading),
                ..shared.clone()
            },
        }
    }
}
