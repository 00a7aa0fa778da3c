//! `--prices FILE`: the prices of one's own agreement, as a CSV table or as TOML.
//!
//! ```text
//! sku,price,currency,from,until          [[price]]
//! SPE_E3,33.10,USD,2026-07-01,2027-07-01 sku = "SPE_E3"
//! AAD_PREMIUM_P2,7.80,USD,,              price = "33.10"
//!                                        currency = "USD"
//! ```
//!
//! Prices are per seat and month; a period holds from its first day up to, not including, its last. `term` and `note` may
//! follow. A SKU is named as after `--held`. A row that cannot be understood is rejected and shown; so are two rows that
//! would both hold for one purchase, since nobody could say which is meant.

mod cells;
mod document;
mod raw;
mod table;
mod valid;

use crate::dataset::{KnowledgeBase, Problems, SourceMap};
use crate::model::{Diagnostic, OwnPrice};
use raw::Raw;
use std::path::Path;

/// What came of reading a price file.
#[derive(Debug)]
pub struct PriceFile {
    /// The prices of the rows that could be understood, in the order of the file.
    pub prices: Vec<OwnPrice>,
    /// How many rows there are, without the head and blank ones.
    pub rows: usize,
    /// How many of them are rejected.
    pub rejected: usize,
    /// How many harmful characters were replaced in the rows that are used.
    pub replaced: usize,
    /// Columns that are not looked at.
    pub unread: Vec<String>,
    /// The file, for messages.
    pub sources: SourceMap,
    /// Every problem, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

/// Reads a price file: TOML where its name ends in `.toml`, else a table of cells parted by commas, semicolons or tabs.
///
/// Whatever is wrong with the file is in [`PriceFile::problems`]; a file that cannot be read has no rows.
pub fn read_prices(path: &Path, knowledge: &KnowledgeBase) -> PriceFile {
    let (sources, unreadable) = SourceMap::from_file(path);
    let is_toml = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let raw = sources
        .files()
        .next()
        .filter(|file| sources.is_whole(*file));
    let raw = raw.map_or_else(Raw::default, |file| {
        if is_toml {
            document::read(&sources, file, &problems)
        } else {
            table::read(&sources, file, &problems)
        }
    });
    let rows = raw.rows.len();
    let valid = valid::validate(raw.rows, knowledge, &sources, &problems);
    let rejected = rows - valid.prices.len();
    PriceFile {
        prices: valid.prices,
        rows,
        rejected,
        replaced: valid.replaced,
        unread: raw.unread,
        problems: problems.into_sorted(),
        sources,
    }
}

#[cfg(test)]
mod tests;
