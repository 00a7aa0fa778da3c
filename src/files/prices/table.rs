//! A price file that is a table: its head names the columns, each further row is a price.

use super::cells::{Row, rows};
use super::raw::{COLUMNS, Raw, RawRow};
use crate::dataset::{Place, Placed, Problems, SourceMap};
use crate::model::{Code, Diagnostic, FileId, clean, fold, nearest};

/// Columns that a table must have.
const NEEDED: [&str; 3] = ["sku", "price", "currency"];

/// Reads a table. Without a usable head there is no row, since nobody could say what a cell means.
pub(super) fn read(sources: &SourceMap, file: FileId, problems: &Problems) -> Raw {
    let text = sources.text(file);
    let separator = separator(text);
    let mut rows = rows(text, separator).into_iter();
    // A spreadsheet may tell itself the separator in a line of its own.
    let is_hint = |row: &Row| row.cells.iter().any(|cell| cell.text.starts_with("sep="));
    let Some(head) = rows.find(|row| !is_hint(row)) else {
        let help = format!("begin it with a line like {}", COLUMNS.join(","));
        let empty = Diagnostic::new(Code::MissingKey, "the price file is empty");
        problems.report(empty.at(file, 0..0, "").help(help));
        return Raw::default();
    };
    let before = problems.count();
    let columns = columns(&head, file, problems);
    if problems.count() > before {
        return Raw::default();
    }
    let unread = head.cells.iter().zip(&columns);
    let unread = unread.filter(|(cell, column)| column.is_none() && !cell.text.trim().is_empty());
    Raw {
        unread: unread
            .map(|(cell, _)| clean(cell.text.trim()).text)
            .collect(),
        rows: rows.map(|row| raw(row, &columns, file, problems)).collect(),
    }
}

/// What parts the cells: the one of the three that finds most columns in the first lines.
fn separator(text: &str) -> u8 {
    let named = |separator: u8| {
        let head = text.lines().take(2).flat_map(|line| rows(line, separator));
        let cells = head.flat_map(|row| row.cells);
        cells.filter(|cell| column(&cell.text).is_some()).count()
    };
    // Of equals the last one is taken, and a comma is the usual one.
    b"\t;,"
        .iter()
        .copied()
        .max_by_key(|separator| named(*separator))
        .unwrap_or(b',')
}

fn column(name: &str) -> Option<usize> {
    let folded = fold(name);
    COLUMNS.iter().position(|column| *column == folded)
}

/// Which column each cell of the head names. A name that comes near to a column is not passed over: a period with a
/// misspelt end would go on for ever.
fn columns(head: &Row, file: FileId, problems: &Problems) -> Vec<Option<usize>> {
    let columns: Vec<Option<usize>> = head.cells.iter().map(|cell| column(&cell.text)).collect();
    let missing = |name: &str| !columns.contains(&column(name));
    for (place, cell) in head.cells.iter().enumerate() {
        let report = |code: Code, title: String, label: &str, help: String| {
            let diagnostic = Diagnostic::new(code, title);
            problems.report(diagnostic.at(file, cell.span.clone(), label).help(help));
        };
        let name = clean(cell.text.trim()).text;
        match columns.get(place).copied().flatten() {
            Some(column)
                if columns
                    .iter()
                    .take(place)
                    .any(|known| *known == Some(column)) =>
            {
                report(
                    Code::DuplicateId,
                    format!("two columns are called `{name}`"),
                    "the second of them",
                    "keep the one that is meant".to_owned(),
                );
            }
            Some(_) => {}
            None => {
                let absent = COLUMNS.into_iter().filter(|column| missing(column));
                if let Some(near) = nearest(&fold(&name), absent) {
                    let title = format!("a price file has no column `{name}`");
                    let help = format!("did you mean `{near}`?");
                    report(Code::UnknownKey, title, "unknown column", help);
                }
            }
        }
    }
    let lacking: Vec<&str> = NEEDED.into_iter().filter(|name| missing(name)).collect();
    if !lacking.is_empty() {
        let title = format!("the head names no column `{}`", lacking.join("` and no `"));
        let help = format!("the first line names the columns: {}", COLUMNS.join(","));
        let diagnostic = Diagnostic::new(Code::MissingKey, title);
        problems.report(diagnostic.at(file, head.span(), "the head").help(help));
    }
    columns
}

fn raw(row: Row, columns: &[Option<usize>], file: FileId, problems: &Problems) -> RawRow {
    let place = Place::new(file, row.span());
    let before = problems.count();
    let mut values = [const { None }; COLUMNS.len()];
    let width = columns.len();
    let too_many = row.cells.iter().skip(width);
    if let Some(cell) = too_many
        .into_iter()
        .find(|cell| !cell.text.trim().is_empty())
    {
        let title = format!(
            "the row has {} cells, the head has {width}",
            row.cells.len()
        );
        let diagnostic = Diagnostic::new(Code::WrongType, title);
        let help = "put a cell that holds a separator in quotation marks";
        problems.report(
            diagnostic
                .at(file, cell.span.clone(), "one too many")
                .help(help),
        );
    }
    if row.is_open {
        let last = row.cells.last().map_or(0..0, |cell| cell.span.clone());
        let start = last.start..(last.start + 1).min(last.end);
        let title = "a quotation mark is never closed";
        let diagnostic = Diagnostic::new(Code::Syntax, title).at(file, start, "opened here");
        problems.report(diagnostic.help("close it, or leave it out"));
    }
    // What an open cell swallowed says nothing about the row.
    let cells = row.cells.into_iter().filter(|_| !row.is_open);
    for (cell, column) in cells.zip(columns) {
        let value = column.and_then(|column| values.get_mut(column));
        if let Some(value) = value.filter(|_| !cell.text.trim().is_empty()) {
            *value = Some(Placed {
                value: cell.text.trim().to_owned(),
                place: Place::new(file, cell.span),
            });
        }
    }
    RawRow {
        place,
        values,
        faulty: problems.count() > before,
    }
}
