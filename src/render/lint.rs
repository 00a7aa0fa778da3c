//! Problems of data files, for programs; people read them as the report of `dataset`.

use crate::dataset::SourceMap;
use crate::model::{Diagnostic, Severity};
use serde::Serialize;

/// `licit.lint/1`
#[derive(Serialize)]
pub struct LintShape {
    schema: &'static str,
    data_version: Option<String>,
    errors: usize,
    warnings: usize,
    problems: Vec<ProblemShape>,
    notice: &'static str,
}

#[derive(Serialize)]
struct ProblemShape {
    code: &'static str,
    severity: &'static str,
    title: String,
    help: Option<String>,
    subject: Option<String>,
    places: Vec<PlaceShape>,
}

#[derive(Serialize)]
struct PlaceShape {
    file: String,
    line: usize,
    column: usize,
    message: String,
}

impl LintShape {
    /// The shape of problems found in files; without a version where the data could not be used.
    pub fn of(sources: &SourceMap, problems: &[Diagnostic], data_version: Option<String>) -> Self {
        let count = |severity| {
            let problems = problems.iter();
            problems
                .filter(|problem| problem.severity() == severity)
                .count()
        };
        let problem = |problem: &Diagnostic| ProblemShape {
            code: problem.code.word(),
            severity: problem.severity().word(),
            title: problem.title.clone(),
            help: problem.help.clone(),
            subject: problem.subject.clone(),
            places: problem
                .labels
                .iter()
                .map(|label| {
                    let (line, column) = sources.position(label.file, label.span.start);
                    PlaceShape {
                        file: sources.path(label.file).to_owned(),
                        line,
                        column,
                        message: label.message.clone(),
                    }
                })
                .collect(),
        };
        Self {
            schema: "licit.lint/1",
            data_version,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            problems: problems.iter().map(problem).collect(),
            notice: super::NOTICE,
        }
    }

    /// The JSON, ending in a line break.
    ///
    /// # Errors
    /// When the shape cannot be written as JSON, which would be a fault of the shape.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}
