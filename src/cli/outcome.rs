//! How a run of the program ends: an answer, or problems with what was typed.

use std::fmt::Write as _;
use std::io;

/// Exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Answered.
    Answered,
    /// A gap was found.
    Gap,
    /// Usage, or a name that matches nothing or too much.
    Usage,
    /// No input could be used, or data is invalid.
    Data,
    /// Nothing but "cannot tell".
    CannotTell,
    /// Somebody interrupted it; what was done until then is answered.
    Interrupted,
    /// Whoever was reading the answer stopped.
    BrokenPipe,
}

impl Exit {
    /// The number that the program ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Answered => 0,
            Self::Gap => 1,
            Self::Usage => 2,
            Self::Data => 3,
            Self::CannotTell => 4,
            // As a shell reports a program that was ended by an interrupt, 128 + 2.
            Self::Interrupted => 130,
            // As a shell reports a program that was ended by the signal of a broken pipe, 128 + 13.
            Self::BrokenPipe => 141,
        }
    }
}

/// What a verb comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// For standard output.
    pub(super) answer: String,
    /// For standard error.
    pub(super) messages: String,
    /// How the program ends.
    pub(super) exit: Exit,
}

impl Outcome {
    /// An answer, with notes about how the words were understood.
    pub(super) fn answered(answer: String, notes: &[String]) -> Self {
        let mut messages = String::new();
        for note in notes {
            // Writing to a string cannot fail.
            let _ = writeln!(messages, "note: {note}");
        }
        Self {
            answer,
            messages,
            exit: Exit::Answered,
        }
    }

    /// Only messages.
    pub(super) fn refused(messages: String, exit: Exit) -> Self {
        Self {
            answer: String::new(),
            messages,
            exit,
        }
    }
}

/// One thing wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one line.
    pub title: String,
    /// What to do, line by line.
    pub help: Vec<String>,
}

impl Problem {
    /// A problem without help.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            help: Vec::new(),
        }
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Everything that is wrong with what was typed.
    Problems(Vec<Problem>),
    /// Data that cannot be used, as already reported.
    Data(String),
    /// The answer could not be written; none where whoever was reading it stopped.
    Unwritten(Option<String>),
}

impl Failure {
    /// How the program ends with it.
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Problems(problems) => {
                let mut messages = String::new();
                for problem in problems {
                    let _ = writeln!(messages, "error: {}", problem.title);
                    for line in problem.help {
                        let _ = writeln!(messages, "  {line}");
                    }
                }
                Outcome::refused(messages, Exit::Usage)
            }
            Self::Data(messages) => Outcome::refused(messages, Exit::Data),
            Self::Unwritten(None) => Outcome::refused(String::new(), Exit::BrokenPipe),
            Self::Unwritten(Some(why)) => Outcome::refused(
                format!("error: the answer could not be written: {why}\n"),
                Exit::Data,
            ),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Data(format!(
            "error: the answer cannot be written as JSON: {error}\n"
        ))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_over = error.kind() == io::ErrorKind::BrokenPipe;
        Self::Unwritten((!is_over).then(|| error.to_string()))
    }
}

/// Collects the problems of one command line, so that all are told in one run.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Keeps the value, or the problem.
    pub fn take<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.0.push(problem)).ok()
    }

    /// Adds a problem.
    pub fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether there is none so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems.0)
    }
}
