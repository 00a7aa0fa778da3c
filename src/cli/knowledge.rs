//! The data of a run: built in, from a folder, or both.

use super::Environment;
use super::flags::DataFlags;
use super::outcome::{Failure, Problem, Problems};
use crate::dataset::{KnowledgeBase, load_dir, report};
use crate::model::Severity;

impl DataFlags {
    /// Loads the data that the flags ask for.
    ///
    /// # Errors
    /// The problems so far with one more when the flags leave no data at all, or the report of data that cannot be used.
    pub fn load(
        &self,
        environment: &Environment,
        problems: &mut Problems,
    ) -> Result<KnowledgeBase, Failure> {
        let Some(folder) = &self.data else {
            if self.no_builtin {
                problems.add(
                    Problem::new("--no-builtin leaves no data at all")
                        .help("add --data DIR with a folder of data files"),
                );
                return Err(std::mem::take(problems).into());
            }
            return built_in();
        };
        let base = if self.no_builtin {
            None
        } else {
            Some(built_in()?)
        };
        let loaded = load_dir(folder, base);
        let mut errors = loaded.problems;
        errors.retain(|problem| problem.severity() == Severity::Error);
        loaded.knowledge.ok_or_else(|| {
            Failure::Data(report(&loaded.sources, &errors, environment.color_messages))
        })
    }
}

/// The built-in data.
///
/// # Errors
/// When the program is damaged.
pub(super) fn built_in() -> Result<KnowledgeBase, Failure> {
    crate::ask::built_in().map_err(|error| Failure::Data(format!("error: {error}\n")))
}
