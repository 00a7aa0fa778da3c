//! The small data set that several tests read.

use licit::dataset::{KnowledgeBase, load_dir};
use std::path::Path;

/// Where it stands, seen from the folder of the package.
pub(crate) const FOLDER: &str = "tests/data/small";

/// The small data set.
pub(crate) fn small() -> KnowledgeBase {
    let loaded = load_dir(Path::new(FOLDER), None);
    let problems = licit::dataset::report(&loaded.sources, &loaded.problems, false);
    loaded.knowledge.expect(&problems)
}
