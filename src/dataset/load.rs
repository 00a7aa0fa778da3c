//! The way in: a folder, or texts, to a knowledge base and everything there is to say about it.

use super::knowledge_base::KnowledgeBase;
use super::place::Problems;
use super::read::read;
use super::source_map::SourceMap;
use super::validate::{Places, validate};
use crate::model::{Diagnostic, Severity};
use std::path::Path;

/// What came of loading data.
#[derive(Debug)]
pub struct Loaded {
    /// The files, for messages.
    pub sources: SourceMap,
    /// The knowledge base; none where there is an error.
    pub knowledge: Option<KnowledgeBase>,
    /// Where its records stand; empty where there is an error.
    pub places: Places,
    /// Every problem, in the order of the files.
    pub problems: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether a problem is an error.
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity() == Severity::Error)
    }
}

/// Loads every `*.toml` file below `folder`.
///
/// With a base, the data is added to it: it may refer to the records of the base, and an id of the base is an error.
pub fn load_dir(folder: &Path, base: Option<KnowledgeBase>) -> Loaded {
    let (sources, problems) = SourceMap::from_dir(folder);
    load_with(sources, problems, base)
}

/// Loads every file of the map, as [`load_dir`] does.
///
/// ```
/// use licit::dataset::{SourceMap, load};
/// let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n";
/// let areas = "[[area]]\nid = \"intune\"\nname = \"Microsoft Intune\"\n";
/// let loaded = load(SourceMap::from_texts([("meta.toml", meta), ("areas.toml", areas)]), None);
/// assert!(loaded.knowledge.unwrap().areas.find("intune").is_some());
/// ```
pub fn load(sources: SourceMap, base: Option<KnowledgeBase>) -> Loaded {
    load_with(sources, Vec::new(), base)
}

fn load_with(
    sources: SourceMap,
    unreadable: Vec<Diagnostic>,
    base: Option<KnowledgeBase>,
) -> Loaded {
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let read = read(&sources, &problems);
    let (knowledge, places) = match validate(read, base, &sources, &problems) {
        Some((knowledge, places)) => (Some(knowledge), places),
        None => (None, Places::default()),
    };
    let problems = problems.into_sorted();
    Loaded {
        sources,
        knowledge,
        places,
        problems,
    }
}
