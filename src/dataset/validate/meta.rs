//! Validates the versions of a data set and its accepted warnings.

use crate::dataset::knowledge_base::{Accepted, KnowledgeBase, Meta};
use crate::dataset::place::{Place, Problems};
use crate::dataset::read::RawMeta;
use crate::dataset::source_map::SourceMap;
use crate::model::{Code, Day, Diagnostic, FileId, Text};

/// The version of the format that this program reads.
pub const SCHEMA: u32 = 1;

/// What stands in for the versions until they are read.
pub(super) fn none() -> Meta {
    Meta {
        schema: SCHEMA,
        version: Text::default(),
        reviewed: Day::FIRST,
        accepted: Vec::new(),
    }
}

/// The versions, and the accepted warnings with their places.
///
/// An addition to a base needs no `meta.toml`: version and review are those of the base.
pub(super) fn read(
    mut raw: Vec<RawMeta>,
    base: Option<&KnowledgeBase>,
    broken: &[FileId],
    sources: &SourceMap,
    problems: &Problems,
) -> (Option<Meta>, Vec<(Accepted, Place)>) {
    let Some(raw) = raw.pop() else {
        let is_broken = broken
            .iter()
            .any(|file| sources.relative_path(*file) == "meta.toml");
        if base.is_none() && !is_broken {
            problems.report(
                Diagnostic::new(Code::WrongSchema, "the folder has no `meta.toml`").help(
                    "add one with `schema`, `version` and `reviewed` at the top of the folder",
                ),
            );
        }
        return (None, Vec::new());
    };
    if let Some(schema) = &raw.schema
        && schema.value != u64::from(SCHEMA)
    {
        let title = format!("the data has the format {}", schema.value);
        problems.report(
            Diagnostic::new(Code::WrongSchema, title)
                .at(
                    schema.place.file,
                    schema.place.span,
                    format!("this program reads {SCHEMA}"),
                )
                .help(
                    "use the program that the data was written for, or bring the data up to date",
                ),
        );
    }
    let accepted: Vec<(Accepted, Place)> = raw
        .accepted
        .into_iter()
        .map(|accepted| {
            let place = accepted.place;
            let accepted = Accepted {
                code: accepted.code,
                id: accepted.id,
                reason: accepted.reason,
            };
            (accepted, place)
        })
        .collect();
    let meta = raw
        .version
        .zip(raw.reviewed)
        .map(|(version, reviewed)| Meta {
            schema: SCHEMA,
            version,
            reviewed,
            accepted: accepted
                .iter()
                .map(|(accepted, _)| accepted.clone())
                .collect(),
        });
    (meta, accepted)
}
