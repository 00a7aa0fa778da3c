//! A table of cells, each with its place.
//!
//! Written by hand and not with a crate for such tables, because those tell the place of a row and not that of a cell.

use std::ops::Range;

/// One cell, without its quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Its bytes in the file, quotation marks included.
    pub(super) span: Range<usize>,
}

/// One row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Whether its last cell begins with a quotation mark that no other one closes.
    pub(super) is_open: bool,
}

impl Row {
    /// The bytes from the first to the last cell.
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.cells.first().map_or(0, |cell| cell.span.start);
        let end = self.cells.last().map_or(start, |cell| cell.span.end);
        start..end
    }
}

/// The rows of a text that are not blank. A cell in quotation marks may hold separators, line breaks and, doubled,
/// quotation marks.
pub(super) fn rows(text: &str, separator: u8) -> Vec<Row> {
    let bytes = text.as_bytes();
    // A byte order mark is no part of the first cell.
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    while at <= bytes.len() {
        let (cell, is_open) = cell(text, at, separator);
        at = cell.span.end;
        cells.push(cell);
        let here = bytes.get(at).copied();
        if here == Some(separator) {
            at += 1;
            continue;
        }
        let is_blank = cells.iter().all(|cell: &Cell| cell.text.trim().is_empty());
        let cells = std::mem::take(&mut cells);
        if !is_blank {
            rows.push(Row { cells, is_open });
        }
        let line_end = match (here, bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            _ => 1,
        };
        at += line_end;
    }
    rows
}

/// The cell that begins at `at`, and whether it is never closed.
fn cell(text: &str, at: usize, separator: u8) -> (Cell, bool) {
    let bytes = text.as_bytes();
    let is_end = |byte: u8| byte == separator || matches!(byte, b'\n' | b'\r');
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut inner = String::new();
    let mut end = at;
    let mut is_open = false;
    if bytes.get(at) == Some(&b'"') {
        is_open = true;
        end += 1;
        let mut begun = end;
        while let Some(byte) = bytes.get(end) {
            end += 1;
            if *byte != b'"' {
                continue;
            }
            inner.push_str(part(begun, end - 1));
            begun = end;
            if bytes.get(end) == Some(&b'"') {
                end += 1;
            } else {
                is_open = false;
                break;
            }
        }
        if is_open {
            inner.push_str(part(begun, end));
        }
    }
    let rest = bytes.get(end..).unwrap_or_default();
    let length = rest.iter().position(|byte| is_end(*byte));
    let after = end + length.unwrap_or(rest.len());
    inner.push_str(part(end, after));
    let cell = Cell {
        text: inner,
        span: at..after,
    };
    (cell, is_open)
}

#[cfg(test)]
mod tests {
    use super::rows;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let cells = |row: super::Row| row.cells.into_iter().map(|cell| cell.text).collect();
        rows(text, b',').into_iter().map(cells).collect()
    }

    #[test]
    fn cells_in_quotation_marks_hold_anything() {
        assert_eq!(
            texts("a,\"b,\"\"c\"\"\nd\",e\r\n\n f , \n"),
            [vec!["a", "b,\"c\"\nd", "e"], vec![" f ", " "]]
        );
        assert_eq!(texts("\u{feff}a"), [["a"]]);
        assert_eq!(texts(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn every_cell_knows_its_place() {
        let text = "sku,\"a \"\"b\"\"\"\nü,2";
        let rows = rows(text, b',');
        let spans: Vec<&str> = rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| &text[cell.span.clone()])
            .collect();
        assert_eq!(spans, ["sku", "\"a \"\"b\"\"\"", "ü", "2"]);
        assert_eq!(&text[rows[1].span()], "ü,2");
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told() {
        let rows = rows("a,b\n\"c,d\ne,f", b',');
        assert!(!rows[0].is_open && rows[1].is_open);
        assert_eq!(rows[1].cells[0].text, "c,d\ne,f");
    }
}
