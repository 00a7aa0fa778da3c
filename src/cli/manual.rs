//! `licit man`: one manual page with all verbs and all keys, made from their declarations.
//!
//! The keys belong to the screens, which this room does not know: `main` hands their table over as data.

use super::arguments::Arguments;
use super::outcome::{Failure, Outcome};
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io;

/// A line of the table of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyLine<'a> {
    /// Where the keys mean it.
    pub place: &'a str,
    /// The keys, as people write them.
    pub keys: &'a str,
    /// What they do.
    pub does: &'a str,
}

/// Writes the page.
pub(super) fn run(keys: &[KeyLine<'_>]) -> Result<Outcome, Failure> {
    let page = page(keys).map_err(|error| {
        Failure::Data(format!("error: the manual cannot be written: {error}\n"))
    })?;
    // Each part declares how quotation marks are written; once is enough.
    let declared = Roff::new().render();
    let page = String::from_utf8_lossy(&page).replace(&declared, "");
    Ok(Outcome::answered(declared + &page, &[]))
}

fn page(keys: &[KeyLine<'_>]) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let mut program = Arguments::command();
    let manual = Man::new(program.clone())
        .title("LICIT")
        .source(concat!("licit ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands");
    manual.render_title(&mut page)?;
    manual.render_name_section(&mut page)?;
    manual.render_synopsis_section(&mut page)?;
    manual.render_options_section(&mut page)?;
    let mut roff = Roff::default();
    roff.control("SH", ["EXAMPLES"]);
    after_help(&mut roff, &program);
    program.build();
    for verb in program.get_subcommands() {
        verb_section(&mut roff, verb);
    }
    key_table(&mut roff, keys);
    listed(&mut roff, "ENVIRONMENT", ENVIRONMENT);
    listed(&mut roff, "FILES", FILES);
    roff.to_writer(&mut page)?;
    Ok(page)
}

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "ACCESSIBLE",
        "Set to anything but 0: without a verb, ask and answer line by line, as --plain does.",
    ),
    ("NO_COLOR", "Set: no colors, on the screens and in answers."),
    (
        "CLICOLOR_FORCE",
        "Set to anything but 0: colors even where answers go to a file.",
    ),
    ("COLUMNS", "The width of answers."),
    (
        "LICIT_TODAY",
        "A day such as 2026-11-22 to take for today instead of that of the clock.",
    ),
    (
        "TERM",
        "linux: only ASCII signs on the screens. dumb: no colors, and no screens.",
    ),
];

const FILES: &[(&str, &str)] = &[
    (
        "$XDG_CONFIG_HOME/licit/config.toml",
        "Keys, theme, glyphs, mouse, first day, reading and currency of the screens.",
    ),
    (
        "$XDG_STATE_HOME/licit/session.toml",
        "The basket, those that were kept, and the place on the screens.",
    ),
];

/// A verb: what it is for, its arguments, its examples; then those below it.
fn verb_section(roff: &mut Roff, verb: &Command) {
    let typed = verb.get_bin_name().unwrap_or_else(|| verb.get_name());
    roff.control("SH", [typed.to_uppercase().as_str()]);
    if let Some(about) = verb.get_about() {
        roff.text([roman(format!("{about}."))]);
    }
    for argument in verb.get_arguments().filter(|one| !one.is_hide_set()) {
        roff.control("TP", []);
        roff.text([bold(written(argument))]);
        roff.text([roman(explained(argument))]);
    }
    after_help(roff, verb);
    for below in verb.get_subcommands() {
        verb_section(roff, below);
    }
}

/// An argument as it is typed: `-h, --help`, `--on DAY`, `WORDS`.
fn written(argument: &Arg) -> String {
    let short = argument.get_short().map(|short| format!("-{short}"));
    let long = argument.get_long().map(|long| format!("--{long}"));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let mut words = vec![names.join(", ")];
    if argument.get_action().takes_values() {
        let values = argument.get_value_names().unwrap_or_default();
        words.extend(values.iter().map(ToString::to_string));
    }
    words.join(" ").trim().to_owned()
}

/// What an argument does, with the words that it takes.
fn explained(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string);
    let help = help.unwrap_or_default();
    if !argument.get_action().takes_values() {
        return help;
    }
    let words = argument.get_possible_values();
    let words: Vec<&str> = words.iter().map(|word| word.get_name()).collect();
    match words.is_empty() {
        true => help,
        false => format!("{help} ({})", words.join(", ")),
    }
}

/// Examples and what else stands below a help, line by line.
fn after_help(roff: &mut Roff, of: &Command) {
    let Some(words) = of.get_after_help() else {
        return;
    };
    roff.control("PP", []);
    roff.control("nf", []);
    for line in words.to_string().lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

fn key_table(roff: &mut Roff, keys: &[KeyLine<'_>]) {
    roff.control("SH", ["KEYS"]);
    roff.text([roman(
        "Keys of the screens. A key is looked up in the narrowest place first; config.toml may change them.",
    )]);
    let mut place = "";
    for line in keys {
        if line.place != place {
            place = line.place;
            roff.control("SS", [place]);
        }
        roff.control("TP", []);
        roff.text([bold(line.keys)]);
        roff.text([roman(line.does)]);
    }
}

/// A section of words with what they mean.
fn listed(roff: &mut Roff, title: &str, lines: &[(&str, &str)]) {
    roff.control("SH", [title]);
    for (name, words) in lines {
        roff.control("TP", []);
        roff.text([bold(*name)]);
        roff.text([roman(*words)]);
    }
}
