//! A team: who needs licenses together, what they hold and what the tenant owns.
//!
//! ```toml
//! name     = "Contoso administrators"
//! on       = 2026-07-01          # today, if left out; so is `known`
//! currency = "USD"
//!
//! [givens]
//! "tenant.created" = "2018-05"
//!
//! [owned]                        # seats that these people may take
//! SPE_E3 = 10
//!
//! [[persona]]
//! name     = "Identity"
//! count    = 14
//! roles    = ["Privileged Role Administrator"]
//! eligible = true
//! held     = ["SPE_E3"]          # what each of them holds
//! ```

use super::names::Names;
use crate::dataset::{
    Document, Fields, KnowledgeBase, Place, Placed, Problems, Shape, SourceMap, Value,
};
use crate::model::{
    Agreement, Asked, Code, Currency, Day, Diagnostic, GivenId, GivenValue, Reading, Segment,
    SkuId, Team, TeamPersona, clean,
};
use std::collections::BTreeMap;

const TEAM: Shape = Shape {
    name: "a team file",
    keys: &[
        "name", "on", "known", "reading", "segment", "currency", "one_set", "givens", "owned",
        "persona",
    ],
};

const PERSONA: Shape = Shape {
    name: "`[[persona]]`",
    keys: &[
        "name",
        "count",
        "roles",
        "features",
        "tasks",
        "skus",
        "eligible",
        "held",
        "held_elsewhere",
        "givens",
    ],
};

/// What came of reading a team file.
#[derive(Debug)]
pub struct ReadTeam {
    /// The file, for messages.
    pub sources: SourceMap,
    /// The team; none where there is a problem.
    pub team: Option<Team>,
    /// Every problem, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

/// Reads the first file of a map as a team. Days that it leaves out are `today`.
pub fn read_team(
    sources: SourceMap,
    unreadable: Vec<Diagnostic>,
    knowledge: &KnowledgeBase,
    today: Day,
) -> ReadTeam {
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let raw = sources
        .files()
        .next()
        .and_then(|file| Document::parse(&sources, file, &problems))
        .and_then(|document| RawTeam::read(&document.fields(&TEAM)));
    let names = Names {
        knowledge,
        problems: &problems,
    };
    let team = raw.map(|raw| raw.valid(names, today));
    let problems = problems.into_sorted();
    ReadTeam {
        sources,
        team: team.filter(|_| problems.is_empty()),
        problems,
    }
}

/// A team as it stands in the file: words instead of ids.
#[derive(Debug)]
struct RawTeam {
    name: Option<String>,
    on: Option<Day>,
    known: Option<Day>,
    reading: Option<Reading>,
    segment: Option<Segment>,
    currency: Option<Currency>,
    one_set: bool,
    givens: RawGivens,
    owned: Vec<(Placed<String>, u64)>,
    personas: Vec<RawPersona>,
}

/// Ids of givens with the values written for them.
pub(super) type RawGivens = Vec<(Placed<String>, Placed<String>)>;

#[derive(Debug)]
struct RawPersona {
    place: Place,
    name: Option<Placed<String>>,
    count: Option<u64>,
    roles: Vec<Placed<String>>,
    features: Vec<Placed<String>>,
    tasks: Vec<Placed<String>>,
    skus: Vec<Placed<String>>,
    eligible: bool,
    held: Vec<Placed<String>>,
    held_elsewhere: Vec<Placed<String>>,
    givens: RawGivens,
}

impl RawTeam {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let day = |key| Some(fields.optional(key)?.day()?.value);
        let owned = fields.optional("owned").and_then(Value::entries);
        let owned = owned.unwrap_or_default().into_iter().filter_map(|entry| {
            let (sku, value) = entry;
            Some((sku, value.count(0)?.value))
        });
        let personas = fields.required("persona").and_then(Value::list);
        let personas = personas.unwrap_or_default();
        let personas = personas.into_iter();
        Some(Self {
            name: text(fields, "name").map(|name| name.value),
            on: day("on"),
            known: day("known"),
            reading: fields
                .optional("reading")
                .and_then(|value| value.word(Reading::ALL, Reading::word))
                .map(|reading| reading.value),
            segment: fields
                .optional("segment")
                .and_then(|value| value.word(Segment::ALL, Segment::word))
                .map(|segment| segment.value),
            currency: fields.optional("currency").and_then(currency),
            one_set: truth(fields, "one_set"),
            owned: owned.collect(),
            givens: givens(fields),
            personas: personas
                .filter_map(|value| Some(RawPersona::read(&value.table(&PERSONA)?)))
                .collect(),
        })
    }

    fn valid(self, names: Names<'_>, today: Day) -> Team {
        let mut owned: BTreeMap<SkuId, u64> = BTreeMap::new();
        for (words, seats) in &self.owned {
            if let Some(sku) = names.sku(words)
                && owned.insert(sku, *seats).is_some()
            {
                twice(names.problems, words.place, "a SKU", &words.value);
            }
        }
        let mut known: BTreeMap<String, Place> = BTreeMap::new();
        for persona in &self.personas {
            if let Some(name) = &persona.name
                && known.insert(name.value.clone(), name.place).is_some()
            {
                twice(names.problems, name.place, "a persona", &name.value);
            }
        }
        Team {
            name: self.name.unwrap_or_default(),
            on: self.on.unwrap_or(today),
            known: self.known.unwrap_or(today),
            givens: valid_givens(self.givens, names),
            owned,
            reading: self.reading.unwrap_or(Reading::Documented),
            segment: self.segment.unwrap_or(Segment::Commercial),
            currency: self.currency.unwrap_or_else(Currency::us_dollar),
            agreement: Agreement::default(),
            one_set: self.one_set,
            personas: self
                .personas
                .into_iter()
                .map(|persona| persona.valid(names))
                .collect(),
        }
    }
}

impl RawPersona {
    fn read(fields: &Fields<'_>) -> Self {
        Self {
            place: fields.place(),
            name: fields.required("name").and_then(Value::reference),
            count: fields
                .required("count")
                .and_then(|value| Some(value.count(1)?.value)),
            roles: words(fields, "roles"),
            features: words(fields, "features"),
            tasks: words(fields, "tasks"),
            skus: words(fields, "skus"),
            eligible: truth(fields, "eligible"),
            held: words(fields, "held"),
            held_elsewhere: words(fields, "held_elsewhere"),
            givens: givens(fields),
        }
    }

    fn valid(self, names: Names<'_>) -> TeamPersona {
        let written = [&self.roles, &self.features, &self.tasks, &self.skus];
        let written: usize = written.iter().map(|words| words.len()).sum();
        if written == 0 && !self.eligible {
            names.problems.report(
                Diagnostic::new(Code::MissingKey, "a persona does nothing")
                    .at(
                        self.place.file,
                        self.place.span,
                        "expected `roles`, `features` or `tasks`",
                    )
                    .help("name what these people are or do, for example roles = [\"Intune Administrator\"]"),
            );
        }
        let roles = self.roles.iter().filter_map(|words| names.role(words));
        let features = self.features.iter();
        let features = features.filter_map(|words| names.feature(words));
        let tasks = self.tasks.iter().filter_map(|words| names.task(words));
        let asked_skus = self.skus.iter().filter_map(|words| names.sku(words));
        let mut subjects: Vec<Asked> = Vec::new();
        let asked = roles
            .map(Asked::Role)
            .chain(features.map(Asked::Feature))
            .chain(tasks.map(Asked::Task))
            .chain(asked_skus.map(Asked::Sku));
        for asked in asked {
            if !subjects.contains(&asked) {
                subjects.push(asked);
            }
        }
        TeamPersona {
            name: self.name.map(|name| name.value).unwrap_or_default(),
            count: self.count.unwrap_or(1),
            subjects,
            eligible: self.eligible,
            held: skus(&self.held, names),
            held_elsewhere: skus(&self.held_elsewhere, names),
            givens: valid_givens(self.givens, names),
        }
    }
}

pub(super) fn text(fields: &Fields<'_>, key: &'static str) -> Option<Placed<String>> {
    fields.optional(key)?.reference()
}

pub(super) fn truth(fields: &Fields<'_>, key: &'static str) -> bool {
    let value = fields.optional(key).and_then(Value::truth);
    value.is_some_and(|truth| truth.value)
}

/// Words of a list, or one alone.
pub(super) fn words(fields: &Fields<'_>, key: &'static str) -> Vec<Placed<String>> {
    let values = fields.optional(key).and_then(Value::one_or_list);
    let values = values.unwrap_or_default().into_iter();
    values.filter_map(Value::reference).collect()
}

pub(super) fn currency(value: Value<'_>) -> Option<Currency> {
    let written = value.reference()?;
    let read = Currency::parse(&written.value);
    if read.is_none() {
        let title = format!("`{}` is not a currency", clean(&written.value).text);
        let label = "expected three capital letters, for example USD";
        value.problem::<()>(Code::BadMoney, title, label, None);
    }
    read
}

/// Givens of a table: the points in their ids make tables of their own where they are not in quotes.
pub(super) fn givens(fields: &Fields<'_>) -> RawGivens {
    let mut found = RawGivens::new();
    let entries = fields.optional("givens").and_then(Value::entries);
    let mut open: Vec<(Placed<String>, Value<'_>)> = entries.unwrap_or_default();
    open.reverse();
    while let Some((id, value)) = open.pop() {
        if value.is_table() {
            let inner = value.entries().unwrap_or_default().into_iter().rev();
            open.extend(inner.map(|(key, value)| {
                let id = key.map(|key| format!("{}.{key}", id.value));
                (id, value)
            }));
        } else {
            found.extend(value.scalar().map(|value| (id, value)));
        }
    }
    found
}

pub(super) fn valid_givens(raw: RawGivens, names: Names<'_>) -> BTreeMap<GivenId, GivenValue> {
    let mut givens = BTreeMap::new();
    for (id, value) in raw {
        if let Some((given, value)) = names.given(&id, value)
            && givens.insert(given, value).is_some()
        {
            twice(names.problems, id.place, "a given", &id.value);
        }
    }
    givens
}

pub(super) fn skus(written: &[Placed<String>], names: Names<'_>) -> Vec<SkuId> {
    let skus = written.iter().filter_map(|words| names.sku(words));
    let mut skus: Vec<SkuId> = skus.collect();
    skus.sort_unstable();
    skus.dedup();
    skus
}

pub(super) fn twice(problems: &Problems, place: Place, what: &str, words: &str) {
    let title = format!("{what} is said twice: `{}`", clean(words).text);
    problems.report(
        Diagnostic::new(Code::DuplicateId, title)
            .at(place.file, place.span, "again here")
            .help("keep the one that is meant"),
    );
}
