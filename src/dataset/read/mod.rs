//! TOML to raw records, with the place of every value and every problem of every record.
//!
//! Written by hand over the parsed document and not with serde, because serde stops at the first problem of a record and
//! cannot name the place of a missing key.

mod claims;
mod depth;
mod expressions;
mod fields;
mod forms;
mod raw;
mod requirement;
pub mod shapes;
mod short;
mod things;
mod value;

pub use fields::Fields;
pub(super) use raw::{
    Raw, RawArea, RawClaim, RawCondition, RawCounted, RawDemand, RawEvidence, RawFeature, RawGiven,
    RawGivenType, RawId, RawKind, RawLimitOf, RawLook, RawLookPlans, RawMeta, RawPeriod, RawPlan,
    RawPlanNote, RawRequirement, RawRole, RawSku, RawSkuNote, RawSource, RawSubject, RawTask,
    RawTest,
};
pub use shapes::Shape;
pub use value::{DEEPEST_VALUE, Value};

use super::place::{Place, Placed, Problems};
use super::source_map::SourceMap;
use crate::model::{ClaimKindName, Code, Diagnostic, FileId, Standing, clean, nearest};
use toml::de::{DeTable, DeValue};

/// What the short forms of a file leave out.
#[derive(Debug, Default)]
struct Defaults {
    source: RawId,
    standing: Option<Standing>,
    /// Whether something was wrong with them: what follows from that is not reported again.
    faulty: bool,
}

/// The tables of records that are no claims.
const THINGS: [&str; 11] = [
    "area",
    "source",
    "feature",
    "task",
    "role",
    "given",
    "plan",
    "sku",
    "plan-note",
    "sku-note",
    "look",
];

/// Reads every file of the map. Files that are no TOML are reported and listed in [`Read::broken`].
pub(super) fn read(sources: &SourceMap, problems: &Problems) -> Read {
    let mut read = Read::default();
    for file in sources.files() {
        let document = Document::parse(sources, file, problems);
        match document {
            Some(document) if sources.relative_path(file) == "meta.toml" => {
                let fields = document.fields(&shapes::META);
                read.raw.meta.push(things::meta(&fields));
            }
            Some(document) => records(&document, &mut read.raw),
            None => read.broken.push(file),
        }
    }
    read
}

/// What was read, and the files of which nothing could be.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The records.
    pub raw: Raw,
    /// Files whose records are missing.
    pub broken: Vec<FileId>,
}

/// A parsed file.
#[derive(Debug)]
pub struct Document<'t> {
    file: FileId,
    root: DeTable<'t>,
    problems: &'t Problems,
}

impl<'t> Document<'t> {
    /// Parses a file, or reports all that is wrong with its syntax.
    pub fn parse(sources: &'t SourceMap, file: FileId, problems: &'t Problems) -> Option<Self> {
        if !sources.is_whole(file) {
            return None;
        }
        let text = sources.text(file);
        if let Some(offset) = depth::too_deep(text, DEEPEST_VALUE) {
            problems.report(
                Diagnostic::new(
                    Code::TooDeep,
                    format!("values are nested deeper than {DEEPEST_VALUE}"),
                )
                .at(file, offset..offset + 1, "one too many"),
            );
            return None;
        }
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut last_line = 0;
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            // One slip often upsets the rest of its line; the first message of a line is the one that helps.
            let (line, _) = sources.position(file, span.start);
            if line == last_line {
                continue;
            }
            last_line = line;
            let message = clean(error.message()).text;
            problems
                .report(Diagnostic::new(Code::Syntax, "this is not TOML").at(file, span, message));
        }
        errors.is_empty().then(|| Self {
            file,
            root: root.into_inner(),
            problems,
        })
    }

    /// The top of the file as a table of this shape.
    pub fn fields(&self, shape: &'static Shape) -> Fields<'_> {
        let top = Place::new(self.file, 0..0);
        Fields::open(shape, &self.root, top, 0, self.problems)
    }

    /// The values at the top of the file, by key.
    pub fn values(&self) -> impl Iterator<Item = (Placed<&str>, Value<'_>)> {
        self.root.iter().map(|(key, value)| {
            let name = Placed {
                value: key.get_ref().as_ref(),
                place: Place::new(self.file, key.span()),
            };
            let value = Value {
                key: key.get_ref(),
                value,
                file: self.file,
                depth: 0,
                problems: self.problems,
            };
            (name, value)
        })
    }
}

fn records(document: &Document<'_>, raw: &mut Raw) {
    let defaults = defaults(document);
    for (name, value) in document.values() {
        if name.value == "defaults" {
            continue;
        }
        let thing = THINGS.into_iter().find(|thing| *thing == name.value);
        let claim = ClaimKindName::parse(name.value);
        if thing.is_none() && claim.is_none() {
            unknown_table(&name, document.problems);
            continue;
        }
        let DeValue::Array(_) = value.get() else {
            value.problem::<()>(
                Code::WrongType,
                format!("`{}` is not a list of records", name.value),
                "expected a table in double brackets",
                Some(format!("write [[{}]] above each record", name.value)),
            );
            continue;
        };
        for value in value.list().unwrap_or_default() {
            if let Some(kind) = claim {
                let before = document.problems.count();
                if let Some(fields) = value.table(claims::shape(kind)) {
                    let claim = claims::claim(kind, &fields, document.problems, before);
                    raw.claims.push(claim);
                }
            } else if let Some(thing) = thing {
                read_thing(thing, value, &defaults, document.problems, raw);
            }
        }
    }
}

fn defaults(document: &Document<'_>) -> Defaults {
    let before = document.problems.count();
    let Some((_, value)) = document.values().find(|(name, _)| name.value == "defaults") else {
        return Defaults::default();
    };
    let fields = value.table(&shapes::DEFAULTS);
    let source = fields
        .as_ref()
        .and_then(|fields| fields.optional("source")?.reference());
    let standing = fields.as_ref().and_then(|fields| {
        fields
            .optional("standing")?
            .word(Standing::ALL, Standing::word)
    });
    Defaults {
        source,
        standing: standing.map(|standing| standing.value),
        faulty: document.problems.count() > before,
    }
}

fn read_thing(
    thing: &str,
    value: Value<'_>,
    defaults: &Defaults,
    problems: &Problems,
    raw: &mut Raw,
) {
    let shape = match thing {
        "area" => &shapes::AREA,
        "source" => &shapes::SOURCE,
        "feature" => &shapes::FEATURE,
        "task" => &shapes::TASK,
        "role" => &shapes::ROLE,
        "given" => &shapes::GIVEN,
        "plan" => &shapes::PLAN,
        "plan-note" => &shapes::PLAN_NOTE,
        "sku-note" => &shapes::SKU_NOTE,
        "look" => &shapes::LOOK,
        _ => &shapes::SKU,
    };
    let Some(fields) = value.table(shape) else {
        return;
    };
    // A note makes the claims of what it is about.
    let kind = thing.trim_end_matches("-note");
    let names = |owner: &RawId| short::names(&fields, kind, owner, defaults, problems);
    let carries = |owner: &RawId| short::carries(&fields, owner, defaults, problems);
    match thing {
        "area" => raw.areas.push(things::area(&fields)),
        "source" => raw.sources.push(things::source(&fields)),
        "feature" => {
            let feature = things::feature(&fields);
            raw.claims.extend(names(&feature.id));
            raw.features.push(feature);
        }
        "task" => raw.tasks.push(things::task(&fields)),
        "role" => {
            let role = things::role(&fields);
            raw.claims.extend(names(&role.id));
            raw.roles.push(role);
        }
        "given" => raw.givens.push(things::given(&fields)),
        "plan" => {
            let plan = things::plan(&fields);
            raw.claims.extend(names(&plan.id));
            raw.plans.push(plan);
        }
        "plan-note" => {
            let note = things::plan_note(&fields);
            raw.claims.extend(names(&note.id));
            raw.plan_notes.push(note);
        }
        "sku-note" => {
            let note = things::sku_note(&fields);
            raw.claims.extend(names(&note.id));
            raw.claims.extend(carries(&note.id));
            raw.sku_notes.push(note);
        }
        "look" => raw.looks.push(things::look(&fields)),
        _ => {
            let sku = things::sku(&fields);
            raw.claims.extend(names(&sku.id));
            raw.claims.extend(carries(&sku.id));
            raw.skus.push(sku);
        }
    }
}

fn unknown_table(name: &Placed<&str>, problems: &Problems) {
    let tables = || {
        let claims = ClaimKindName::ALL.iter().map(|kind| kind.word());
        THINGS.into_iter().chain(claims).chain(["defaults"])
    };
    let help = match nearest(name.value, tables()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the tables are {}", tables().collect::<Vec<_>>().join(", ")),
    };
    let title = format!("the format has no table `{}`", clean(name.value).text);
    problems.report(
        Diagnostic::new(Code::UnknownTable, title)
            .at(name.place.file, name.place.span, "unknown table")
            .help(help),
    );
}
