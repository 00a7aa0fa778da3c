//! A price file as it stands, every value as text with its place.

use crate::dataset::{Place, Placed};

/// The names of the values, as columns of a table and as keys of a record.
pub(super) const COLUMNS: [&str; 7] = ["sku", "price", "currency", "from", "until", "term", "note"];

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The rows, also those with a problem.
    pub(super) rows: Vec<RawRow>,
    /// Columns that the format does not have.
    pub(super) unread: Vec<String>,
}

/// One row.
#[derive(Debug)]
pub(super) struct RawRow {
    /// All of it.
    pub(super) place: Place,
    /// Its values, as [`COLUMNS`]; none where nothing is written.
    pub(super) values: [Option<Placed<String>>; COLUMNS.len()],
    /// Whether a problem was reported already.
    pub(super) faulty: bool,
}

impl RawRow {
    /// The value of a column.
    pub(super) fn value(&self, column: &str) -> Option<&Placed<String>> {
        let place = COLUMNS.iter().position(|known| *known == column)?;
        self.values.get(place)?.as_ref()
    }
}
