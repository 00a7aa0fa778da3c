//! Findings of an audit that somebody decided to leave out, each with a reason and, better, an end.
//!
//! ```toml
//! [[ignore]]
//! finding = "missing-license-9c1f0e6a2b7d4458"   # this one, by its id
//! reason  = "the license comes with the renewal"
//! until   = 2026-12-01                           # the first day on which it is told again
//!
//! [[ignore]]                                     # or all that match every part stated
//! kind   = "emergency-account"
//! person = "bg*@contoso.onmicrosoft.com"         # a star stands for any text
//! role   = "Global Administrator"
//! reason = "reviewed by the security board"
//! ```

use super::names::Names;
use crate::dataset::{Document, Fields, KnowledgeBase, Placed, Problems, Shape, SourceMap, Value};
use crate::model::{
    Code, Day, Diagnostic, FindingId, FindingKind, Ignore, IgnoreEntry, IgnoreWhich, Text,
};

const FILE: Shape = Shape {
    name: "an ignore list",
    keys: &["ignore"],
};

const ENTRY: Shape = Shape {
    name: "`[[ignore]]`",
    keys: &["finding", "kind", "person", "role", "reason", "until"],
};

/// What came of reading an ignore list.
#[derive(Debug)]
pub struct ReadIgnore {
    /// The file, for messages.
    pub sources: SourceMap,
    /// The list; none where there is a problem.
    pub ignore: Option<Ignore>,
    /// Every problem, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

/// Reads the first file of a map as an ignore list.
pub fn read_ignore(
    sources: SourceMap,
    unreadable: Vec<Diagnostic>,
    knowledge: &KnowledgeBase,
) -> ReadIgnore {
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let raw: Option<Vec<RawEntry>> = sources
        .files()
        .next()
        .and_then(|file| Document::parse(&sources, file, &problems))
        .map(|document| {
            let entries = document
                .fields(&FILE)
                .optional("ignore")
                .and_then(Value::list);
            let entries = entries.unwrap_or_default().into_iter();
            entries
                .filter_map(|value| Some(RawEntry::read(&value.table(&ENTRY)?)))
                .collect()
        });
    let names = Names {
        knowledge,
        problems: &problems,
    };
    let entries: Option<Vec<IgnoreEntry>> = raw.map(|raw| {
        let entries = raw.into_iter();
        entries.filter_map(|entry| entry.valid(names)).collect()
    });
    let problems = problems.into_sorted();
    ReadIgnore {
        sources,
        ignore: entries
            .filter(|_| problems.is_empty())
            .map(|entries| Ignore { entries }),
        problems,
    }
}

/// An entry as it stands: the role is words.
#[derive(Debug)]
struct RawEntry {
    finding: Option<FindingId>,
    kind: Option<FindingKind>,
    person: Option<String>,
    role: Option<Placed<String>>,
    reason: Option<Text>,
    until: Option<Day>,
}

impl RawEntry {
    fn read(fields: &Fields<'_>) -> Self {
        let finding = fields.optional("finding").and_then(finding);
        let kind = fields.optional("kind");
        let kind = kind.and_then(|value| value.word(FindingKind::ALL, FindingKind::word));
        let person = fields.optional("person").and_then(Value::reference);
        let reason = fields.required("reason").and_then(Value::text);
        let until = fields.optional("until").and_then(Value::day);
        let parts = ["kind", "person", "role"].map(|key| fields.has(key));
        let matches = parts.contains(&true);
        if fields.has("finding") == matches {
            let label = match matches {
                true => "names one finding by its id, and others by what they are about",
                false => "expected `finding`, or one of `kind`, `person` and `role`",
            };
            fields.problem(
                Code::MissingKey,
                "it is not clear which findings are meant",
                label,
                Some(
                    "write the id that the audit prints, or what the findings have in common"
                        .to_owned(),
                ),
            );
        }
        Self {
            finding,
            kind: kind.map(|kind| kind.value),
            person: person.map(|person| person.value),
            role: fields.optional("role").and_then(Value::reference),
            reason: reason.map(|reason| reason.value),
            until: until.map(|until| until.value),
        }
    }

    fn valid(self, names: Names<'_>) -> Option<IgnoreEntry> {
        let role = self.role.as_ref().map(|words| names.role(words));
        let which = match self.finding {
            Some(finding) => IgnoreWhich::Finding(finding),
            None => IgnoreWhich::Matching {
                kind: self.kind,
                person: self.person,
                role: role.flatten(),
            },
        };
        Some(IgnoreEntry {
            which,
            reason: self.reason?,
            until: self.until,
        })
    }
}

/// The id of a finding, as printed.
fn finding(value: Value<'_>) -> Option<FindingId> {
    let written = value.reference()?;
    FindingId::parse(&written.value).or_else(|| {
        value.problem(
            Code::BadId,
            format!("`{}` is no id of a finding", written.value),
            "expected a kind and 16 digits, like missing-license-9c1f0e6a2b7d4458",
            Some("copy the id that stands with the finding".to_owned()),
        )
    })
}
