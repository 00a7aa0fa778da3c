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
use super::write::{Over, write_text};
use crate::dataset::{Document, Fields, KnowledgeBase, Placed, Problems, Shape, SourceMap, Value};
use crate::model::{
    Code, Day, Diagnostic, FindingId, FindingKind, Ignore, IgnoreEntry, IgnoreWhich, Text,
};
use std::path::Path;

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

/// Adds an entry at the end of a list, and makes the file where there is none. Gives the whole list as it stands then.
///
/// What stands in the file stays as it was written, comments among it; the file is written whole or not at all.
///
/// # Errors
/// Where the file is no ignore list, or cannot be read or written; it is then as it was.
pub fn add_ignore(
    path: &Path,
    entry: &IgnoreEntry,
    knowledge: &KnowledgeBase,
) -> Result<Ignore, String> {
    let name = path.to_string_lossy().into_owned();
    let is_there = path.symlink_metadata().is_ok();
    let mut text = match is_there {
        false => "# What `licit audit --ignore` leaves out, each with a reason.\n".to_owned(),
        true => {
            let (sources, mut unreadable) = SourceMap::from_file(path);
            if let Some(problem) = unreadable.pop() {
                return Err(problem.title);
            }
            let file = sources.files().next();
            file.map(|file| sources.text(file).to_owned())
                .unwrap_or_default()
        }
    };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&entry_text(entry, knowledge));
    let read = read_ignore(
        SourceMap::from_texts([(name, text.as_str())]),
        Vec::new(),
        knowledge,
    );
    let Some(ignore) = read.ignore else {
        let first = read.problems.first();
        let why = first.map_or("it is no ignore list", |problem| problem.title.as_str());
        return Err(why.to_owned());
    };
    let over = if is_there {
        Over::Replace
    } else {
        Over::Nothing
    };
    write_text(path, &text, over).map_err(|error| error.to_string())?;
    Ok(ignore)
}

/// An entry as it is written.
fn entry_text(entry: &IgnoreEntry, knowledge: &KnowledgeBase) -> String {
    let mut text = "\n[[ignore]]\n".to_owned();
    let mut add = |key: &str, value: &str| {
        text.push_str(&format!("{key} = {}\n", toml::Value::from(value)));
    };
    match &entry.which {
        IgnoreWhich::Finding(id) => add("finding", id.as_str()),
        IgnoreWhich::Matching { kind, person, role } => {
            if let Some(kind) = kind {
                add("kind", kind.word());
            }
            if let Some(person) = person {
                add("person", person);
            }
            if let Some(role) = role {
                add("role", knowledge.roles[*role].id.as_str());
            }
        }
    }
    add("reason", &entry.reason);
    if let Some(until) = entry.until {
        text.push_str(&format!("until = {until}\n"));
    }
    text
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

#[cfg(test)]
mod tests {
    use super::{add_ignore, read_ignore};
    use crate::dataset::SourceMap;
    use crate::model::{Day, FindingId, FindingKind, Ignore, IgnoreEntry, IgnoreWhich, Text};

    #[test]
    fn an_entry_that_was_added_is_read_again_and_spares_what_was_there() {
        let knowledge = crate::ask::built_in().unwrap();
        let folder = std::env::temp_dir().join(format!("licit-ignore-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("ignore.toml");
        let one = IgnoreEntry {
            which: IgnoreWhich::Finding(FindingId::of(FindingKind::Disputed, &["ana"])),
            reason: Text::from("says \"no\"\nand \\ more".to_owned()),
            until: Day::parse("2027-01-31"),
        };
        add_ignore(&path, &one, &knowledge).unwrap();
        let before = std::fs::read_to_string(&path).unwrap() + "# mine";
        std::fs::write(&path, &before).unwrap();
        let two = IgnoreEntry {
            which: IgnoreWhich::Matching {
                kind: Some(FindingKind::NotStated),
                person: Some("bg*".to_owned()),
                role: knowledge.roles.find("global-administrator"),
            },
            reason: Text::from("reviewed"),
            until: None,
        };
        let all = add_ignore(&path, &two, &knowledge).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(&before));
        let (sources, unreadable) = SourceMap::from_file(&path);
        let read = read_ignore(sources, unreadable, &knowledge).ignore;
        assert_eq!(read.as_ref(), Some(&all));
        // A text is one line: a line break is a blank.
        let one = IgnoreEntry {
            reason: Text::from("says \"no\" and \\ more"),
            ..one
        };
        assert_eq!(
            all,
            Ignore {
                entries: vec![one, two.clone()]
            }
        );
        std::fs::write(&path, "[[account]]\n").unwrap();
        assert!(add_ignore(&path, &two, &knowledge).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "[[account]]\n");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
