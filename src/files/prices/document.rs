//! A price file that is TOML: a list of `[[price]]` records.

use super::raw::{COLUMNS, Raw, RawRow};
use crate::dataset::{Document, Fields, Placed, Problems, Shape, SourceMap};
use crate::model::{Code, Diagnostic, FileId, clean};

/// The keys of a record.
const PRICE: Shape = Shape {
    name: "`[[price]]`",
    keys: &COLUMNS,
};

/// Reads a document. What is no record of a price is a problem and takes no row away.
pub(super) fn read(sources: &SourceMap, file: FileId, problems: &Problems) -> Raw {
    let Some(document) = Document::parse(sources, file, problems) else {
        return Raw::default();
    };
    let mut raw = Raw::default();
    for (name, value) in document.values() {
        if name.value != "price" {
            let title = format!("a price file has no table `{}`", clean(name.value).text);
            let diagnostic = Diagnostic::new(Code::UnknownTable, title);
            problems.report(
                diagnostic
                    .at(file, name.place.span, "unknown table")
                    .help("write each price as a record below [[price]]"),
            );
            continue;
        }
        for record in value.list().unwrap_or_default() {
            let before = problems.count();
            let place = record.place();
            let fields = record.table(&PRICE);
            let values = COLUMNS.map(|column| {
                fields
                    .as_ref()
                    .and_then(|fields| written(fields, column, sources))
            });
            raw.rows.push(RawRow {
                place,
                values,
                faulty: problems.count() > before,
            });
        }
    }
    raw
}

/// A value as written: a text without its quotation marks; a number or a day as its digits, so that no amount goes through
/// a number with rounding.
fn written(fields: &Fields<'_>, key: &'static str, sources: &SourceMap) -> Option<Placed<String>> {
    let value = fields.optional(key)?;
    let place = value.place();
    if let Some(text) = value.get().as_str() {
        let value = text.trim().to_owned();
        return (!value.is_empty()).then_some(Placed { value, place });
    }
    if value.get().is_table() || value.get().is_array() || value.get().is_bool() {
        return value.wrong("text in quotes, a number or a day");
    }
    let digits = sources
        .text(place.file)
        .get(place.span.start..place.span.end);
    Some(Placed {
        value: digits.unwrap_or_default().to_owned(),
        place,
    })
}
