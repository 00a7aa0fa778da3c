//! Flags that verbs share, as typed. What they mean is found out after everything was read, so that all mistakes of a
//! command line are told in one run.

use super::Environment;
use super::outcome::{Failure, Problem, Problems};
use crate::dataset::KnowledgeBase;
use crate::graph::AsOf;
use crate::model::{Day, clean, nearest};
use crate::render::{Format, Style, View};
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command};
use std::ffi::OsStr;
use std::path::PathBuf;

/// The two days of a question.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Days")]
pub struct DayFlags {
    /// The day asked about, as 2020-06-15; today if left out
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// The day whose knowledge counts; today if left out
    #[arg(long, value_name = "DAY")]
    pub known: Option<String>,
}

impl DayFlags {
    /// The two days, with the problems of both.
    pub fn read(&self, environment: &Environment, problems: &mut Problems) -> Option<(Day, Day)> {
        let mut day = |flag: &str, typed: &Option<String>| match typed {
            None => Some(environment.today),
            Some(typed) => problems.take(Day::parse(typed).ok_or_else(|| {
                Problem::new(format!("`{flag} {}` is not a day", clean(typed).text))
                    .help(format!("write a whole day, for example {flag} 2020-06-15"))
            })),
        };
        let on = day("--on", &self.on);
        let known = day("--known", &self.known);
        on.zip(known)
    }
}

/// Where the data comes from.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Data")]
pub struct DataFlags {
    /// Add the data files of this folder to the built-in data
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Leave the built-in data out and use only --data
    #[arg(long)]
    pub no_builtin: bool,
}

/// In which form the answer is written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputFlags {
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = OneOf(&FORMATS))]
    pub format: String,
    /// Whether to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = OneOf(&COLORS))]
    pub color: String,
}

const FORMATS: [&str; 3] = ["text", "json", "markdown"];
pub(super) const COLORS: [&str; 3] = ["auto", "always", "never"];

impl OutputFlags {
    /// The form of the answer, with the problems of both flags.
    pub fn read(&self, environment: &Environment, problems: &mut Problems) -> Option<Format> {
        let color = problems.take(one_of("--color", &self.color, &COLORS));
        let format = problems.take(one_of("--format", &self.format, &FORMATS));
        Some(page_format(format?, color?, environment))
    }
}

/// The form that a word stands for, among those of a page.
pub(super) fn page_format(format: &str, color: &str, environment: &Environment) -> Format {
    match format {
        "json" => Format::Json,
        "markdown" => Format::Markdown,
        _ => Format::Text(Style {
            width: environment.width,
            color: match color {
                "always" => true,
                "never" => false,
                _ => environment.color_answers,
            },
        }),
    }
}

/// In which form an answer is written that is a table, too.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct TableFlags {
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = OneOf(&TABLE_FORMATS))]
    format: String,
    /// Whether to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = OneOf(&COLORS))]
    color: String,
}

const TABLE_FORMATS: [&str; 4] = ["text", "json", "markdown", "csv"];

/// The form of an answer that is a table, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableFormat {
    /// As every answer.
    Page(Format),
    /// For a spreadsheet.
    Csv,
}

impl TableFlags {
    /// The form of the answer, with the problems of both flags.
    pub(super) fn read(
        &self,
        environment: &Environment,
        problems: &mut Problems,
    ) -> Option<TableFormat> {
        let color = problems.take(one_of("--color", &self.color, &COLORS));
        let format = problems.take(one_of("--format", &self.format, &TABLE_FORMATS));
        Some(match format? {
            "csv" => TableFormat::Csv,
            format => TableFormat::Page(page_format(format, color?, environment)),
        })
    }
}

/// In which form an answer is written that is a graph, too.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct GraphFlags {
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = OneOf(&GRAPH_FORMATS))]
    format: String,
    /// Whether to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = OneOf(&COLORS))]
    color: String,
}

const GRAPH_FORMATS: [&str; 4] = ["text", "json", "markdown", "dot"];

/// The form of an answer that is a graph, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GraphFormat {
    /// As every answer.
    Page(Format),
    /// For Graphviz.
    Dot,
}

impl GraphFlags {
    /// The form of the answer, with the problems of both flags.
    pub(super) fn read(
        &self,
        environment: &Environment,
        problems: &mut Problems,
    ) -> Option<GraphFormat> {
        let color = problems.take(one_of("--color", &self.color, &COLORS));
        let format = problems.take(one_of("--format", &self.format, &GRAPH_FORMATS));
        Some(match format? {
            "dot" => GraphFormat::Dot,
            format => GraphFormat::Page(page_format(format, color?, environment)),
        })
    }
}

/// The word among those allowed.
///
/// # Errors
/// A problem that names them, the nearest first.
pub(super) fn one_of(
    flag: &str,
    typed: &str,
    allowed: &[&'static str],
) -> Result<&'static str, Problem> {
    let found = allowed.iter().find(|word| word.eq_ignore_ascii_case(typed));
    found.copied().ok_or_else(|| {
        let problem = Problem::new(format!(
            "`{flag} {}` is none of the words allowed",
            clean(typed).text
        ));
        let problem = match nearest(typed, allowed.iter().copied()) {
            Some(near) => problem.help(format!("did you mean {flag} {near}?")),
            None => problem,
        };
        problem.help(format!("use one of {}", allowed.join(", ")))
    })
}

/// Takes any word and only shows in help and completions which ones are allowed: the mistake itself is told together
/// with all others.
#[derive(Debug, Clone)]
pub struct OneOf(pub &'static [&'static str]);

impl TypedValueParser for OneOf {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}

/// The flags of every verb that looks at the data from two days.
#[derive(Debug, Clone, Args)]
pub(super) struct ViewFlags {
    /// The two days.
    #[command(flatten)]
    pub(super) days: DayFlags,
    /// Where the data comes from.
    #[command(flatten)]
    pub(super) data: DataFlags,
    /// In which form the answer is written.
    #[command(flatten)]
    pub(super) output: OutputFlags,
}

/// What [`ViewFlags`] mean, but for the data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The day that is asked about.
    pub(super) on: Day,
    /// The day whose knowledge counts.
    pub(super) known: Day,
    /// In which form the answer is written.
    pub(super) format: Format,
}

impl ViewFlags {
    /// The two days and the form of the answer, with the problems of all three.
    pub(super) fn read(&self, environment: &Environment, problems: &mut Problems) -> Option<Frame> {
        let days = self.days.read(environment, problems);
        let format = self.output.read(environment, problems);
        let (on, known) = days?;
        Some(Frame {
            on,
            known,
            format: format?,
        })
    }
}

impl Frame {
    /// The data seen from the two days.
    pub(super) fn as_of<'a>(&self, knowledge: &'a KnowledgeBase) -> AsOf<'a> {
        AsOf::new(knowledge, self.on, self.known)
    }
}

/// Writes an answer about the data.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn answer(
    view: &impl View,
    knowledge: &KnowledgeBase,
    format: Format,
) -> Result<String, Failure> {
    Ok(crate::render::write(view, &knowledge.meta.version, format)?)
}
