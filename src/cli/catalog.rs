//! `licit catalog import`: reads copies of the vendor's table, shows what they change, and writes them as data files.

use super::Environment;
use super::flags::{DataFlags, OutputFlags, answer};
use super::knowledge::built_in;
use super::outcome::{Failure, Outcome, Problem, Problems};
use crate::dataset::catalog::{
    CatalogFile, Changes, Extent, Import, Refused, TableCopy, WRITTEN_BY, changes, import,
    read_copy,
};
use crate::dataset::{KnowledgeBase, load_dir, report};
use crate::files::{Over, Prepared};
use crate::model::{Day, Severity, clean};
use crate::render::{CatalogView, Written};
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Bring the catalog of SKUs and plans up to date from the vendor's table
#[derive(Debug, Args)]
pub(super) struct CatalogArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read dated copies of the vendor's table of products and service plans, and show what they change
    #[command(after_help = "\
Examples:
  licit catalog import tests/data/catalog/plans-2025-03-16.csv
  licit catalog import tests/data/catalog/new.csv --date new.csv=2026-08-20
  licit catalog import tests/data/catalog/plans-2025-03-16.csv --format json

A copy is dated by a day in its file name or by --date. Without --data the folder \
./data is used where it is a data set; its [[look]] records tell of days between \
the copies. Rows that cannot be read are listed and left out. Ends with 3 where a \
file is refused.")]
    Import(ImportArguments),
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// Copies of the vendor's CSV file, in any encoding
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Of which day a copy shows the state, as FILE=2026-08-20
    #[arg(long, value_name = "FILE=DAY")]
    date: Vec<String>,
    /// Make only what the data lacks, to be used beside it with --data
    #[arg(long)]
    additions: bool,
    /// Write the data files into this folder, all or none
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    #[command(flatten)]
    data: DataFlags,
    #[command(flatten)]
    output: OutputFlags,
}

/// Runs what was asked of the catalog.
pub(super) fn run(
    arguments: &CatalogArguments,
    environment: &Environment,
) -> Result<Outcome, Failure> {
    let Action::Import(arguments) = &arguments.action;
    let mut problems = Problems::default();
    let format = arguments.output.read(environment, &mut problems);
    let dates = dates(arguments, &mut problems);
    let (knowledge, known) = present(&arguments.data, environment, &mut problems)?;
    let (Some(format), true) = (format, problems.is_empty()) else {
        return Err(problems.into());
    };
    let copies = copies(&arguments.files, &dates).map_err(|refused| refusal(&refused))?;
    let extent = if arguments.additions {
        Extent::Additions
    } else {
        Extent::Whole
    };
    let import = import(copies, &known, &knowledge, extent, environment.today)
        .map_err(|refused| refusal(&refused))?;
    let written = match &arguments.write {
        None => None,
        Some(folder) => Some(write(folder, &import, extent)?),
    };
    let view = CatalogView {
        import: &import,
        written,
    };
    let answer = answer(&view, &knowledge, format)?;
    Ok(Outcome::answered(answer, &notes(&import)))
}

fn notes(import: &Import) -> Vec<String> {
    let mut notes = Vec::new();
    for copy in &import.older {
        notes.push(format!(
            "{} of {} is not newer than the data and left out",
            copy.file, copy.day
        ));
    }
    if !import.unknown.is_empty() {
        let unknown: Vec<&str> = import.unknown.iter().map(String::as_str).collect();
        notes.push(format!(
            "the [[look]] records name what no copy shows: {}",
            unknown.join(", ")
        ));
    }
    notes
}

/// The data to compare with, and the changes that it knows for days between copies.
///
/// A folder with a `meta.toml` is a data set of its own; so is ./data, where no folder is named.
fn present(
    flags: &DataFlags,
    environment: &Environment,
    problems: &mut Problems,
) -> Result<(KnowledgeBase, Vec<Changes>), Failure> {
    let usual = Path::new("data");
    let is_complete = |folder: &Path| folder.join("meta.toml").is_file();
    let folder = match &flags.data {
        Some(folder) => Some(folder.as_path()),
        None => (!flags.no_builtin && is_complete(usual)).then_some(usual),
    };
    let Some(folder) = folder else {
        return Ok((flags.load(environment, problems)?, Vec::new()));
    };
    let base = if flags.no_builtin || is_complete(folder) {
        None
    } else {
        Some(built_in()?)
    };
    let loaded = load_dir(folder, base);
    let mut errors = loaded.problems;
    errors.retain(|problem| problem.severity() == Severity::Error);
    let known = changes(&loaded.sources);
    match loaded.knowledge {
        Some(knowledge) => Ok((knowledge, known)),
        None => Err(Failure::Data(report(
            &loaded.sources,
            &errors,
            environment.color_messages,
        ))),
    }
}

/// The day of each file, in the order of the files.
fn dates(arguments: &ImportArguments, problems: &mut Problems) -> Vec<Day> {
    let mut said: Vec<(&str, Day, bool)> = Vec::new();
    for typed in &arguments.date {
        let parts = typed.rsplit_once('=');
        let read = parts.and_then(|(file, day)| Some((file, Day::parse(day)?)));
        match read {
            Some((file, day)) => said.push((file, day, false)),
            None => problems.add(
                Problem::new(format!(
                    "`--date {}` says no day of a file",
                    clean(typed).text
                ))
                .help("write --date FILE=2026-08-20"),
            ),
        }
    }
    let mut days = Vec::new();
    for file in &arguments.files {
        let name = file.file_name().map(|name| name.to_string_lossy());
        let name = name.unwrap_or_default();
        let mut found = None;
        for (said, day, used) in &mut said {
            if Path::new(said) == file || *said == name {
                found = Some(*day);
                *used = true;
            }
        }
        match found.or_else(|| day_in(&name)) {
            Some(day) => days.push(day),
            None => problems.add(
                Problem::new(format!("no day is known for {}", shown(file)))
                    .help(format!("say of which day it is: --date {name}=2026-08-20")),
            ),
        }
    }
    for (file, ..) in said.iter().filter(|(.., used)| !used) {
        let title = format!(
            "--date names `{}`, which is none of the files",
            clean(file).text
        );
        problems.add(Problem::new(title).help("write the name of a file as it was given"));
    }
    days
}

/// The first day written in a file name.
fn day_in(name: &str) -> Option<Day> {
    let starts = name.char_indices().map(|(start, _)| start);
    let mut days = starts.filter_map(|start| Day::parse(name.get(start..start + 10)?));
    days.next()
}

fn copies(files: &[PathBuf], days: &[Day]) -> Result<Vec<TableCopy>, Vec<Refused>> {
    let (mut copies, mut refused) = (Vec::new(), Vec::new());
    for (file, day) in files.iter().zip(days) {
        match read_copy(file, &shown(file), *day) {
            Ok(copy) => copies.push(copy),
            Err(refusal) => refused.push(refusal),
        }
    }
    if refused.is_empty() {
        Ok(copies)
    } else {
        Err(refused)
    }
}

fn refusal(refused: &[Refused]) -> Failure {
    let mut text = String::new();
    for refused in refused {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "error: {} is refused: {}",
            refused.file, refused.reason
        );
        let _ = writeln!(text, "  {}", refused.help);
    }
    Failure::Data(text)
}

/// Writes the files of the catalog, all or none. A whole catalog takes the place of the one in the folder; an addition
/// stands beside what is there.
fn write(folder: &Path, import: &Import, extent: Extent) -> Result<Written, Failure> {
    let failed = |what: &str, path: &Path, why: &dyn std::fmt::Display| {
        Failure::Data(format!("error: {what} {}: {why}\n", shown(path)))
    };
    let stale = match extent {
        Extent::Whole => replaced(folder, &import.files)?,
        Extent::Additions => Vec::new(),
    };
    let is_changed = |file: &&CatalogFile| {
        let present = std::fs::read(folder.join(&file.name)).unwrap_or_default();
        present != file.text.as_bytes()
    };
    let changed = import.files.iter().filter(is_changed).count();
    std::fs::create_dir_all(folder).map_err(|error| failed("cannot make", folder, &error))?;
    let mut prepared = Vec::new();
    for file in &import.files {
        let path = folder.join(&file.name);
        let written = Prepared::new(&path, &file.text, Over::Replace);
        let written = written.map_err(|error| failed("cannot write into", folder, &error))?;
        prepared.push((path, written));
    }
    for (path, written) in prepared {
        let replaced = written.put();
        replaced.map_err(|error| failed("cannot replace", &path, &error))?;
    }
    for path in &stale {
        std::fs::remove_file(path).map_err(|error| failed("cannot remove", path, &error))?;
    }
    Ok(Written {
        folder: shown(folder),
        changed,
        removed: stale.len(),
    })
}

/// The files of an earlier import that the new one does not have. A folder with other files in it is refused, so that
/// nothing that was written by hand is ever lost.
fn replaced(folder: &Path, files: &[CatalogFile]) -> Result<Vec<PathBuf>, Failure> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut stale = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|error| Failure::Data(format!("error: {error}\n")))?
            .path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        let text = std::fs::read(&path).unwrap_or_default();
        if !text.starts_with(WRITTEN_BY.as_bytes()) {
            let title = format!("{} was not written by an import", shown(&path));
            let problem = Problem::new(title)
                .help("name a folder of its own: an import takes the place of all that is in it");
            return Err(problem.into());
        }
        if files.iter().all(|file| file.name != name) {
            stale.push(path);
        }
    }
    stale.sort();
    Ok(stale)
}

fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy()).text
}

#[cfg(test)]
mod tests {
    use super::day_in;

    #[test]
    fn a_day_is_found_in_a_file_name() {
        for (name, day) in [
            ("skus-2021-10-13.csv", Some("2021-10-13")),
            ("2021-10-13.csv", Some("2021-10-13")),
            ("Ü2021-10-13ß.csv", Some("2021-10-13")),
            ("skus-2021-13-13.csv", None),
            ("skus.csv", None),
        ] {
            let found = day_in(name).map(|day| day.to_string());
            assert_eq!(found.as_deref(), day, "{name}");
        }
    }
}
