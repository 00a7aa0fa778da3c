//! Questions to be asked again: one of the command line, or those of a file.

use super::Environment;
use super::flags::DayFlags;
use super::outcome::{Failure, Problem, Problems};
use super::question::{CircumstanceFlags, SubjectFlags, question};
use crate::dataset::{KnowledgeBase, SourceMap, report};
use crate::files::{read_questions, read_team};
use crate::model::{Named, Question, SavedQuestion, clean};
use crate::tenant::is_by_hand;
use std::path::Path;

/// Whether a word is the path of a file that somebody wrote: questions, a team, or a tenant.
pub(super) fn is_file(word: &str) -> bool {
    let extension = Path::new(word).extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// Whether a file is a tenant written by hand instead of questions: its content tells.
pub(super) fn is_tenant(file: &Path) -> bool {
    let (sources, _) = SourceMap::from_file(file);
    let mut files = sources.files();
    files.any(|file| is_by_hand(sources.text(file)))
}

/// The questions that were typed: those of a file of questions or of a team, or one.
///
/// # Errors
/// Every problem of the command line, or the report of a file that cannot be used.
pub(super) fn saved(
    knowledge: &KnowledgeBase,
    environment: &Environment,
    subjects: &SubjectFlags,
    circumstances: &CircumstanceFlags,
    mut problems: Problems,
    notes: &mut Vec<String>,
) -> Result<Vec<SavedQuestion>, Failure> {
    let days = DayFlags::default();
    if let [file] = subjects.words.as_slice()
        && is_file(file)
    {
        not_beside_a_file(subjects, circumstances, &mut problems);
        if !problems.is_empty() {
            return Err(problems.into());
        }
        return of_file(knowledge, environment, Path::new(file));
    }
    let question = question(
        knowledge,
        environment,
        subjects,
        circumstances,
        &days,
        problems,
        notes,
    )?;
    Ok(vec![SavedQuestion {
        name: name(knowledge, &question),
        question,
    }])
}

/// A question is called by what it asks about.
pub(super) fn name(knowledge: &KnowledgeBase, question: &Question) -> String {
    use crate::model::Asked;
    let names = question.subjects.iter().map(|asked| {
        knowledge.name(match asked {
            Asked::Role(id) => Named::Role(*id),
            Asked::Task(id) => Named::Task(*id),
            Asked::Feature(id) => Named::Feature(*id),
            Asked::Sku(id) => Named::Sku(*id),
        })
    });
    names.collect::<Vec<_>>().join(" and ")
}

fn not_beside_a_file(
    subjects: &SubjectFlags,
    circumstances: &CircumstanceFlags,
    problems: &mut Problems,
) {
    let typed = [
        ("--role", !subjects.kinds.role.is_empty()),
        ("--feature", !subjects.kinds.feature.is_empty()),
        ("--task", !subjects.kinds.task.is_empty()),
        ("--given", !circumstances.given.is_empty()),
        ("--held", !circumstances.held.is_empty()),
        ("--held-elsewhere", !circumstances.held_elsewhere.is_empty()),
        ("--owned", !circumstances.owned.is_empty()),
        ("--eligible", circumstances.eligible),
    ];
    for (flag, _) in typed.into_iter().filter(|(_, is_typed)| *is_typed) {
        problems.add(
            Problem::new(format!(
                "`{flag}` is about one question and the file has its own"
            ))
            .help("write it into the file, with the question that it is about"),
        );
    }
}

/// The questions of a file; a team asks one for each of its personas.
pub(super) fn of_file(
    knowledge: &KnowledgeBase,
    environment: &Environment,
    file: &Path,
) -> Result<Vec<SavedQuestion>, Failure> {
    let (sources, unreadable) = SourceMap::from_file(file);
    if sources.files().any(|file| is_by_hand(sources.text(file))) {
        let problem = Problem::new(format!(
            "{} is a tenant, and questions are wanted",
            clean(&file.to_string_lossy()).text
        ));
        let problem = problem
            .help("audit it: licit audit FILE")
            .help("see what changed for its assignments: licit changes --since DAY --affects FILE");
        return Err(problem.into());
    }
    let mut texts = sources.files().map(|file| sources.text(file));
    let is_team = texts.any(|text| {
        let mut lines = text.lines().map(str::trim_start);
        lines.any(|line| line.starts_with("[[persona]]"))
    });
    let today = environment.today;
    let (questions, sources, problems) = if is_team {
        let read = read_team(sources, unreadable, knowledge, today);
        let questions = read.team.map(|team| {
            let personas = team.personas.iter();
            let questions = personas.map(|persona| SavedQuestion {
                name: persona.name.clone(),
                question: team.question(persona),
            });
            questions.collect()
        });
        (questions, read.sources, read.problems)
    } else {
        let read = read_questions(sources, unreadable, knowledge, today, today);
        (read.questions, read.sources, read.problems)
    };
    questions.ok_or_else(|| {
        let mut messages = report(&sources, &problems, environment.color_messages);
        let file = clean(&file.to_string_lossy()).text;
        messages.push_str(&format!("error: {file} cannot be used\n"));
        Failure::Data(messages)
    })
}
