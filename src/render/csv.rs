//! Rows as CSV, for spreadsheets.

use std::io::{self, Write};

/// Rows of cells under a head.
pub trait Rows {
    /// The rows, each as long as the first, which is the head.
    fn rows(&self) -> impl Iterator<Item = Vec<String>>;
}

/// Writes rows as RFC 4180 has it, except that lines end as everywhere else here: with a line feed alone.
///
/// No cell can become a formula: one that a spreadsheet would work out begins with an apostrophe.
///
/// ```
/// use licit::render::{Rows, csv};
/// struct Table;
/// impl Rows for Table {
///     fn rows(&self) -> impl Iterator<Item = Vec<String>> {
///         [vec!["a,b".to_owned(), "=1+1".to_owned()]].into_iter()
///     }
/// }
/// assert_eq!(csv(&Table), "\"a,b\",'=1+1\n");
/// ```
pub fn csv(table: &impl Rows) -> String {
    table.rows().map(|row| line(&row)).collect()
}

/// The same row by row, so that a long table need not be in memory as a whole.
///
/// # Errors
/// When it cannot be written.
pub fn write_csv(table: &impl Rows, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = table.rows();
    rows.try_for_each(|row| to.write_all(line(&row).as_bytes()))
}

fn line(row: &[String]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| quoted(&harmless(cell))).collect();
    format!("{}\n", cells.join(","))
}

/// The cell with an apostrophe before it where its first sign makes a formula of it, also one in full width.
fn harmless(cell: &str) -> String {
    let first = cell.trim_start().chars().next();
    let is_formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
    );
    if is_formula || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Rows, csv};

    struct One(&'static str);

    impl Rows for One {
        fn rows(&self) -> impl Iterator<Item = Vec<String>> {
            std::iter::once(vec![self.0.to_owned()])
        }
    }

    #[test]
    fn cells_cannot_become_formulas_or_break_out() {
        for (cell, written) in [
            ("plain", "plain\n"),
            ("=1", "'=1\n"),
            ("+1", "'+1\n"),
            ("-1", "'-1\n"),
            ("@a", "'@a\n"),
            ("  =1", "'  =1\n"),
            ("\u{ff1d}1", "'\u{ff1d}1\n"),
            ("\t1", "'\t1\n"),
            ("a\"b,\nc", "\"a\"\"b,\nc\"\n"),
            ("39.00", "39.00\n"),
        ] {
            assert_eq!(csv(&One(cell)), written, "{cell:?}");
        }
    }
}
