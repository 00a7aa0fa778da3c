//! `licit lint`: what is wrong with data files, and what should be looked at.

use super::Environment;
use super::flags::OutputFlags;
use super::knowledge::built_in;
use super::outcome::{Exit, Failure, Outcome, Problem, Problems};
use crate::dataset::{self, Loaded, Places, SourceMap, load_dir, report};
use crate::render::{Format, LintShape};
use clap::Args;
use std::path::{Path, PathBuf};

/// The arguments of `licit lint`, as typed.
#[derive(Debug, Args)]
pub(super) struct LintArguments {
    /// Folder of data files: a data set of its own where it has a meta.toml, otherwise an addition to the built-in data.
    /// Left out: ./data if it has a meta.toml, else the built-in data
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Check that every claim is named by a scenario in the files of this folder
    #[arg(long, value_name = "DIR")]
    scenarios: Option<PathBuf>,
    #[command(flatten)]
    output: OutputFlags,
}

/// Checks the data and reports every problem; ends with [`Exit::Data`] on errors, with success on warnings alone.
pub(super) fn run(
    arguments: &LintArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    if format == Some(Format::Markdown) {
        problems.add(Problem::new("`lint` is not written as markdown").help("use text or json"));
    }
    let (Some(format), true) = (format, problems.is_empty()) else {
        return Err(problems.into());
    };
    let usual = Path::new("data");
    let folder = arguments.folder.as_deref().or_else(|| {
        let is_there = usual.join("meta.toml").is_file();
        is_there.then_some(usual)
    });
    let mut loaded = match folder {
        Some(folder) => {
            let complete = folder.join("meta.toml").is_file();
            load_dir(folder, if complete { None } else { Some(built_in()?) })
        }
        None => Loaded {
            sources: SourceMap::default(),
            knowledge: Some(built_in()?),
            places: Places::default(),
            problems: Vec::new(),
        },
    };
    dataset::lint(&mut loaded, arguments.scenarios.as_deref());
    let exit = if loaded.has_errors() {
        Exit::Data
    } else {
        Exit::Answered
    };
    let answer = match format {
        Format::Json => {
            let version = loaded.knowledge.as_ref();
            let version = version.map(|knowledge| knowledge.meta.version.to_string());
            LintShape::of(&loaded.sources, &loaded.problems, version).json()?
        }
        Format::Text(style) if !loaded.problems.is_empty() => {
            report(&loaded.sources, &loaded.problems, style.color)
        }
        Format::Text(_) | Format::Markdown => match folder {
            Some(folder) => format!("No problem in {}.\n", shown(folder)),
            None => "No problem in the built-in data.\n".to_owned(),
        },
    };
    Ok(Outcome {
        answer,
        messages: String::new(),
        exit,
    })
}

fn shown(path: &Path) -> String {
    crate::model::clean(&path.to_string_lossy()).text
}
