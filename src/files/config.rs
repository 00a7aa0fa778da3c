//! What a user wants of the screens, in `config.toml`.
//!
//! ```toml
//! theme    = "dark"              # light, dark, auto or none
//! glyphs   = "ascii"             # unicode, ascii or auto
//! mouse    = true
//! start    = "today"             # or a day: 2026-07-01
//! reading  = "cautious"
//! currency = "EUR"
//!
//! [keys]                         # a command and its key, or several
//! why           = "w"
//! "copy-answer" = ["y a", "Ctrl+Y"]
//! ```
//!
//! No problem of this file keeps the program from starting: what is right is used, everything else is as without the
//! file, and every problem is told.

use super::team::currency;
use crate::dataset::{Document, Fields, Placed, Problems, Shape, SourceMap, Value};
use crate::model::{Code, Currency, Day, Diagnostic, Reading, clean, nearest};
use std::io::ErrorKind;
use std::path::Path;

const CONFIG: Shape = Shape {
    name: "`config.toml`",
    keys: &[
        "theme", "glyphs", "mouse", "start", "reading", "currency", "keys",
    ],
};

/// Which colors the screens use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Those that can be read on a light ground.
    Light,
    /// Those that can be read on a dark ground.
    Dark,
    /// Whichever the terminal says its ground is.
    Auto,
    /// None: bold, dim, underlined and reversed only.
    None,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Auto, Self::None];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
            Self::None => "none",
        }
    }
}

/// Which characters lines and marks are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Lines and marks of Unicode.
    Unicode,
    /// Signs of ASCII only.
    Ascii,
    /// Unicode, save where the terminal surely has none.
    Auto,
}

impl Glyphs {
    /// Every set of characters.
    pub const ALL: [Self; 3] = [Self::Unicode, Self::Ascii, Self::Auto];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
            Self::Auto => "auto",
        }
    }
}

/// What a user wants. Whatever is none is for the program to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config<C, K> {
    /// The colors.
    pub theme: Option<Theme>,
    /// The characters.
    pub glyphs: Option<Glyphs>,
    /// Whether the mouse is asked for at the start.
    pub mouse: bool,
    /// The day that questions are about at the start; today where it is none.
    pub start: Option<Day>,
    /// How strictly vague texts are read at the start.
    pub reading: Option<Reading>,
    /// The currency of prices at the start.
    pub currency: Option<Currency>,
    /// Commands with the keys that are theirs instead of the usual ones; none at all for an empty list.
    pub keys: Vec<(C, Vec<K>)>,
}

impl<C, K> Default for Config<C, K> {
    fn default() -> Self {
        Self {
            theme: None,
            glyphs: None,
            mouse: false,
            start: None,
            reading: None,
            currency: None,
            keys: Vec::new(),
        }
    }
}

/// The commands that keys can be given to, as whoever has them knows them.
#[derive(Debug, Clone, Copy)]
pub struct Commands<'a, C, K> {
    /// Every command.
    pub all: &'a [C],
    /// The word for a command.
    pub word: fn(C) -> &'static str,
    /// Reads a key as people write it, or says why it is none.
    pub keys: fn(&str) -> Result<K, String>,
}

/// What came of reading a configuration.
#[derive(Debug)]
pub struct ReadConfig<C, K> {
    /// The file, for messages.
    pub sources: SourceMap,
    /// What is right in it.
    pub config: Config<C, K>,
    /// Every problem, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

impl<C, K> ReadConfig<C, K> {
    /// Each problem in a line: what is wrong, what was expected, what to do, and the place.
    pub fn notices(&self) -> Vec<String> {
        let notice = |problem: &Diagnostic| {
            let mut line = problem.title.clone();
            let label = problem.labels.first();
            let said = label.map(|label| label.message.as_str());
            for more in [said, problem.help.as_deref()].into_iter().flatten() {
                if !more.is_empty() {
                    line.push_str("; ");
                    line.push_str(more);
                }
            }
            if let Some(label) = label {
                let path = self.sources.path(label.file);
                let (row, column) = self.sources.position(label.file, label.span.start);
                line.push_str(&format!(" ({path}:{row}:{column})"));
            }
            clean(&line).text
        };
        self.problems.iter().map(notice).collect()
    }
}

/// Reads a configuration. Where there is no file, everything is as usual.
pub fn read_config<C: Copy, K>(path: &Path, commands: &Commands<'_, C, K>) -> ReadConfig<C, K> {
    let found = std::fs::symlink_metadata(path);
    if found.is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return ReadConfig {
            sources: SourceMap::default(),
            config: Config::default(),
            problems: Vec::new(),
        };
    }
    let (sources, unreadable) = SourceMap::from_file(path);
    config(sources, unreadable, commands)
}

/// Reads the first file of a map as a configuration.
pub fn config<C: Copy, K>(
    sources: SourceMap,
    unreadable: Vec<Diagnostic>,
    commands: &Commands<'_, C, K>,
) -> ReadConfig<C, K> {
    let problems = Problems::default();
    for problem in unreadable {
        problems.report(problem);
    }
    let config = sources
        .files()
        .next()
        .and_then(|file| Document::parse(&sources, file, &problems))
        .map(|document| read(&document.fields(&CONFIG), commands, &problems));
    ReadConfig {
        config: config.unwrap_or_default(),
        problems: problems.into_sorted(),
        sources,
    }
}

fn read<C: Copy, K>(
    fields: &Fields<'_>,
    commands: &Commands<'_, C, K>,
    problems: &Problems,
) -> Config<C, K> {
    let theme = fields.optional("theme");
    let glyphs = fields.optional("glyphs");
    let reading = fields.optional("reading");
    let entries = fields.optional("keys").and_then(Value::entries);
    let mut keys: Vec<(C, Vec<K>)> = Vec::new();
    for (name, value) in entries.unwrap_or_default() {
        let command = command(&name, commands, problems);
        let read = all_keys(value, commands);
        keys.extend(command.zip(read));
    }
    Config {
        theme: theme.and_then(|value| Some(value.word(&Theme::ALL, Theme::word)?.value)),
        glyphs: glyphs.and_then(|value| Some(value.word(&Glyphs::ALL, Glyphs::word)?.value)),
        mouse: super::team::truth(fields, "mouse"),
        start: fields.optional("start").and_then(start),
        reading: reading.and_then(|value| Some(value.word(Reading::ALL, Reading::word)?.value)),
        currency: fields.optional("currency").and_then(currency),
        keys,
    }
}

/// A day, or none for "today".
fn start(value: Value<'_>) -> Option<Day> {
    let written = value.scalar()?;
    if written.value == "today" {
        return None;
    }
    let day = Day::parse(&written.value);
    if day.is_none() {
        let title = format!("`{}` is not a day", clean(&written.value).text);
        let label = "expected \"today\" or a day, like 2026-07-01";
        value.problem::<()>(Code::BadDate, title, label, None);
    }
    day
}

fn command<C: Copy, K>(
    name: &Placed<String>,
    commands: &Commands<'_, C, K>,
    problems: &Problems,
) -> Option<C> {
    let words = || commands.all.iter().map(|command| (commands.word)(*command));
    let found = commands
        .all
        .iter()
        .find(|command| (commands.word)(**command) == name.value);
    if found.is_none() {
        let title = format!("there is no command `{}`", clean(&name.value).text);
        let help = match nearest(&name.value, words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the help lists every command by its name".to_owned(),
        };
        problems.report(
            Diagnostic::new(Code::UnknownWord, title)
                .at(name.place.file, name.place.span, "unknown command")
                .help(help),
        );
    }
    found.copied()
}

/// The keys of one command; none where one of them is no key, so that the usual ones stay.
fn all_keys<C, K>(value: Value<'_>, commands: &Commands<'_, C, K>) -> Option<Vec<K>> {
    let written = value.one_or_list()?;
    let read: Vec<Option<K>> = written
        .into_iter()
        .map(|value| key(value, commands))
        .collect();
    read.into_iter().collect()
}

fn key<C, K>(value: Value<'_>, commands: &Commands<'_, C, K>) -> Option<K> {
    let written = value.reference()?;
    match (commands.keys)(&written.value) {
        Ok(key) => Some(key),
        Err(why) => {
            let label = "expected a key, like \"w\", \"Ctrl+P\" or \"y a\"";
            value.problem(Code::UnknownWord, clean(&why).text, label, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMANDS: Commands<'_, &str, char> = Commands {
        all: &["why", "copy-answer", "quit"],
        word: |command| command,
        keys: |written| match written.chars().next() {
            Some(key) if written.len() == 1 => Ok(key),
            _ => Err(format!("`{written}` is not a key")),
        },
    };

    fn read(text: &str) -> ReadConfig<&'static str, char> {
        config(
            SourceMap::from_texts([("config.toml", text)]),
            Vec::new(),
            &COMMANDS,
        )
    }

    #[test]
    fn everything_that_can_be_said_is_understood() {
        let read = read(
            "theme = \"none\"\nglyphs = \"ascii\"\nmouse = true\nstart = 2026-07-01\nreading = \"cautious\"\n\
             currency = \"EUR\"\n[keys]\nwhy = \"x\"\ncopy-answer = [\"a\", \"b\"]\n",
        );
        assert_eq!(read.notices(), Vec::<String>::new());
        let expected = Config {
            theme: Some(Theme::None),
            glyphs: Some(Glyphs::Ascii),
            mouse: true,
            start: Day::parse("2026-07-01"),
            reading: Some(Reading::Cautious),
            currency: Currency::parse("EUR"),
            keys: vec![("copy-answer", vec!['a', 'b']), ("why", vec!['x'])],
        };
        assert_eq!(read.config, expected);
    }

    #[test]
    fn every_problem_is_told_at_once_and_what_is_right_is_used() {
        let read = read(
            "thme = \"dark\"\nglyphs = \"asci\"\nmouse = \"yes\"\nstart = \"tomorrow\"\nreading = \"cautious\"\n\
             currency = \"euro\"\n[keys]\nwhy = \"hyper+x\"\nqiut = \"q\"\nquit = \"x\"\n",
        );
        let notices = read.notices();
        let expected = [
            (" (config.toml:1:1)", "did you mean `theme`?"),
            (" (config.toml:2:10)", "did you mean `ascii`?"),
            (" (config.toml:3:9)", "true or false"),
            (" (config.toml:4:9)", "`tomorrow` is not a day"),
            (" (config.toml:6:12)", "three capital letters"),
            (" (config.toml:8:7)", "`hyper+x` is not a key"),
            (" (config.toml:9:1)", "did you mean `quit`?"),
        ];
        assert_eq!(notices.len(), expected.len(), "{notices:#?}");
        for (notice, (place, said)) in notices.iter().zip(expected) {
            assert!(notice.ends_with(place) && notice.contains(said), "{notice}");
        }
        assert_eq!(read.config.reading, Some(Reading::Cautious));
        assert_eq!(read.config.keys, [("quit", vec!['x'])]);
    }

    #[test]
    fn no_file_is_no_problem_and_no_toml_is_one() {
        let missing = read_config(Path::new("/nonexistent/config.toml"), &COMMANDS);
        assert_eq!(
            (missing.config, missing.problems.len()),
            (Config::default(), 0)
        );
        let broken = read("theme = = \n");
        assert_eq!(
            (broken.config, broken.problems.len()),
            (Config::default(), 1)
        );
    }
}
