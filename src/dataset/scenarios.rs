//! How many scenarios guard the data; what they ask is their runner's affair.

use super::place::Problems;
use super::read::{Document, Value};
use super::source_map::SourceMap;
use crate::model::Diagnostic;
use std::path::Path;

/// Counts the scenarios in every `*.toml` file below `folder`.
///
/// # Errors
/// The files with their problems, where one cannot be read or is no TOML.
pub fn count_scenarios(folder: &Path) -> Result<usize, (SourceMap, Vec<Diagnostic>)> {
    let (sources, unreadable) = SourceMap::from_dir(folder);
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let mut number = 0;
    for file in sources.files() {
        if let Some(document) = Document::parse(&sources, file, &problems) {
            let values = document.values();
            let scenarios = values.filter(|(name, _)| name.value == "scenario");
            number += scenarios
                .filter_map(|(_, value): (_, Value)| value.list())
                .map(|list| list.len())
                .sum::<usize>();
        }
    }
    let problems = problems.into_sorted();
    if problems.is_empty() {
        Ok(number)
    } else {
        Err((sources, problems))
    }
}
