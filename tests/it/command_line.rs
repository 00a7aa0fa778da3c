//! The command line from outside: golden runs, the examples of the help, the JSON contract, and the ways out.

use crate::common::{TODAY, figure};
use crate::small::FOLDER;
use licit::cli::{Environment, KeyLine, run};
use licit::model::Day;
use licit::tui::{BINDINGS, Command};
use std::ffi::OsString;
use std::io::{self, Write};

/// A run of the program: exit code, standard output, standard error.
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) answer: String,
    pub(crate) messages: String,
}

/// The table of keys, as `main` hands it over.
fn keys() -> Vec<KeyLine<'static>> {
    let lines = BINDINGS.iter().map(|binding| KeyLine {
        place: binding.context.name(),
        keys: binding.keys,
        does: binding.command.help(),
    });
    lines.collect()
}

/// Runs the program in this process, on the day of all tests and not on a terminal.
pub(crate) fn licit(arguments: &[&str]) -> Run {
    let today = Day::parse(TODAY).unwrap();
    let environment = Environment::new(today, |_| None, false, false);
    let all = ["licit"].iter().chain(arguments).map(OsString::from);
    let (mut answer, mut messages) = (Vec::new(), Vec::new());
    let code = run(all, &environment, &keys(), &mut answer, &mut messages);
    Run {
        code,
        answer: String::from_utf8(answer).unwrap(),
        messages: String::from_utf8(messages).unwrap(),
    }
}

/// Runs the program on the small data set alone.
pub(crate) fn on_small_data(arguments: &[&str]) -> Run {
    licit(&[arguments, &["--data", FOLDER, "--no-builtin"]].concat())
}

#[test]
fn golden_runs() {
    trycmd::TestCases::new()
        .env("LICIT_TODAY", TODAY)
        .case("tests/cmd/*.trycmd")
        .case("README.md");
}

/// The words of a line as a shell would part them, up to where the output goes; the examples use nothing but double
/// quotes.
pub(crate) fn shell_words(line: &str) -> Vec<String> {
    let line = line.split(['|', '>']).next().unwrap_or_default();
    let mut words = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn examples(help: &str) -> Vec<Vec<String>> {
    // The lines of the usage begin with the name of the program, too.
    let (_, examples) = help.split_once("Examples:").unwrap();
    let lines = examples.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("licit "))
        .map(|line| shell_words(line).split_off(1))
        .collect()
}

/// The verbs that the help lists.
fn verbs() -> Vec<String> {
    let help = licit(&["--help"]).answer;
    let commands = help.split("Commands:").nth(1).unwrap();
    let commands = commands.split("Options:").next().unwrap();
    let verbs: Vec<String> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect();
    assert!(verbs.iter().any(|verb| verb == "search"), "{verbs:?}");
    verbs
}

#[test]
fn every_example_of_the_help_runs() {
    let help = licit(&["--help"]).answer;
    let verbs = verbs();
    let mut helps = vec![help.clone()];
    helps.extend(verbs.iter().map(|verb| licit(&[verb, "--help"]).answer));
    helps.push(licit(&["catalog", "import", "--help"]).answer);
    for help in helps {
        assert!(help.lines().count() <= 60, "{help}");
        let examples = examples(&help);
        assert!(examples.len() >= 2, "{help}");
        for example in examples {
            let words: Vec<&str> = example.iter().map(String::as_str).collect();
            let run = licit(&words);
            // A gap is an answer, too, where the help says that it ends so.
            let most = u8::from(help.contains("Ends with 1 "));
            assert!(run.code <= most, "licit {example:?}: {}", run.messages);
            assert!(!run.answer.is_empty(), "licit {example:?}");
        }
    }
}

#[test]
fn known_on_four_days_an_announcement_is_four_answers() {
    for (known, state, left_out) in [
        ("2020-01-15", "retired, from 2020-10-13, as announced", 3),
        ("2020-05-15", "retired, from 2021-H2, as announced", 2),
        (
            "2021-03-01",
            "as it was, with the announced change on hold, from 2021-02-05",
            1,
        ),
        ("2022-09-15", "retired, between 2022-10-01 and 2023-01", 0),
    ] {
        let run = on_small_data(&["show", "basic-auth-pop", "--known", known]);
        let states = run.answer.split("What was announced").next().unwrap();
        assert!(states.contains(state), "{known}:\n{states}");
        let hidden = format!("{left_out} claim");
        assert_eq!(run.answer.contains(&hidden), left_out > 0, "{known}");
    }
    let early = on_small_data(&["show", "basic-auth-pop", "--known", "2020-01-15"]).answer;
    assert!(
        !early.contains("2021-H2") && !early.contains("2023-01"),
        "{early}"
    );
    let later = on_small_data(&["show", "basic-auth-pop", "--known", "2020-05-15"]).answer;
    assert!(later.contains("replaced by"), "{later}");
    assert!(
        !later.contains("2021-07-01") && !later.contains("2021-12-31"),
        "{later}"
    );
}

#[test]
fn the_built_in_data_tells_the_four_ends_of_pop_too() {
    for (known, state) in [
        ("2020-01-15", "retired, from 2020-10-13"),
        ("2020-05-15", "retired, from 2021-H2"),
        ("2021-03-01", "on hold, from 2021-02"),
        ("2026-11-22", "retired, from 2023-01"),
    ] {
        let answer = licit(&["show", "basic-auth-pop", "--known", known]).answer;
        let states = answer.split("What was announced").next().unwrap();
        assert!(states.contains(state), "{known}:\n{states}");
    }
}

#[test]
fn all_mistakes_of_a_command_line_are_told_in_one_run() {
    let run = on_small_data(&[
        "show",
        "safe lnks",
        "--on",
        "2020-13-01",
        "--known",
        "May",
        "--format",
        "jsn",
    ]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.messages.matches("error:").count(),
        4,
        "{}",
        run.messages
    );
    assert!(run.messages.contains("feature:safe-links"));
    assert!(run.messages.contains("did you mean --format json?"));
    assert!(run.answer.is_empty());
}

#[test]
fn lines_keep_to_the_width_but_for_addresses_and_ids() {
    for arguments in [
        &["show", "basic-auth-pop"][..],
        &["show", "SPE_E5"],
        &["show", "Intune Administrator"],
        &["conflicts"],
        &["who-can", "forwarding.configure"],
        &["data"],
        &["show", "sources"],
        &["search", "a"],
    ] {
        let run = on_small_data(arguments);
        for line in run.answer.lines() {
            let words = line.split_whitespace().count();
            assert!(
                line.chars().count() <= 80 || words <= 2,
                "{arguments:?}: {line}"
            );
        }
    }
}

#[test]
fn colors_come_only_when_wanted_and_carry_no_meaning_alone() {
    let plain = on_small_data(&["show", "safe-links"]).answer;
    let colored = on_small_data(&["show", "safe-links", "--color", "always"]).answer;
    assert!(!plain.contains('\u{1b}'));
    assert!(colored.contains('\u{1b}'));
    let mut stripped = String::new();
    for part in colored.split('\u{1b}') {
        stripped.push_str(match part.split_once('m') {
            Some((code, rest)) if code.starts_with('[') => rest,
            _ => part,
        });
    }
    assert_eq!(stripped, plain);
}

#[test]
fn what_was_typed_cannot_steer_the_terminal() {
    let run = on_small_data(&["show", "a\u{1b}[2Jb\u{202e}", "--on", "\u{7}"]);
    assert_eq!(run.code, 2);
    assert!(
        !run.messages.contains(['\u{1b}', '\u{202e}', '\u{7}']),
        "{:?}",
        run.messages
    );
}

/// A writer that always fails in one way.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_broken_pipe_is_quiet_and_a_full_disk_is_not() {
    let environment = Environment::new(Day::parse("2026-11-22").unwrap(), |_| None, false, false);
    let end = |kind| {
        let mut messages = Vec::new();
        let arguments = ["licit", "--version"].map(OsString::from);
        let code = run(
            arguments,
            &environment,
            &[],
            &mut Broken(kind),
            &mut messages,
        );
        (code, String::from_utf8(messages).unwrap())
    };
    assert_eq!(end(io::ErrorKind::BrokenPipe), (141, String::new()));
    let (code, messages) = end(io::ErrorKind::StorageFull);
    assert_eq!(code, 3);
    assert!(
        messages.starts_with("error: the answer could not be written"),
        "{messages}"
    );
}

#[test]
fn the_help_of_a_verb_begins_with_what_the_verb_is_for() {
    let all = licit(&["--help"]).answer;
    for verb in [
        "ask",
        "why",
        "compare",
        "what-if",
        "graph",
        "search",
        "show",
        "conflicts",
        "who-can",
        "data",
        "catalog",
        "lint",
        "completions",
        "man",
    ] {
        let first = licit(&[verb, "--help"])
            .answer
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        let words: Vec<&str> = first.split_whitespace().take(4).collect();
        let listed = format!("{verb} {}", words.join(" "));
        let folded = all.split_whitespace().collect::<Vec<_>>().join(" ");
        let listed = listed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(folded.contains(&listed), "{verb}: {first}");
    }
}

/// The manual as a reader sees it: without the marks of its language.
fn manual() -> String {
    let page = licit(&["man"]).answer;
    let page = page
        .replace("\\fB", "")
        .replace("\\fI", "")
        .replace("\\fR", "");
    page.replace("\\-", "-")
        .replace("\\&", "")
        .replace("\\*(Aq", "'")
        .replace("\\\\", "\\")
}

#[test]
fn every_verb_flag_and_key_stands_in_the_manual() {
    let page = manual();
    let keys = page.split(".SH KEYS").nth(1).unwrap();
    for binding in BINDINGS {
        let place = format!(".SS {}\n", quoted_title(binding.context.name()));
        let of_place = keys.split(&place).skip(1);
        let entry = format!(".TP\n{}\n{}\n", binding.keys, binding.command.help());
        let mut parts = of_place.map(|part| part.split(".SS ").next().unwrap());
        assert!(
            parts.any(|part| part.contains(&entry)),
            "{place}{entry}{keys}"
        );
    }
    for command in Command::ALL {
        assert!(keys.contains(command.help()), "{command:?}");
    }
    let verbs = verbs();
    for verb in &verbs {
        let title = format!(".SH \"LICIT {}\"\n", verb.to_uppercase());
        let (_, part) = page.split_once(&title).unwrap_or_else(|| panic!("{title}"));
        let part = part.split(".SH ").next().unwrap();
        let help = licit(&[verb, "--help"]).answer;
        let flags = help
            .split_whitespace()
            .filter(|word| word.starts_with("--"));
        for flag in flags.filter(|flag| {
            flag.chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '-')
        }) {
            assert!(part.contains(flag) || page.contains(flag), "{verb} {flag}");
        }
    }
    figure(
        "R17 manual",
        &format!(
            "{} keys, {} commands and {} verbs, 0 missing",
            BINDINGS.len(),
            Command::ALL.len(),
            verbs.len()
        ),
    );
}

/// A title as the language of manuals writes it: in quotation marks where it has blanks.
fn quoted_title(title: &str) -> String {
    match title.contains(' ') {
        true => format!("\"{title}\""),
        false => title.to_owned(),
    }
}

#[test]
fn every_verb_is_completed_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = licit(&["completions", shell]).answer;
        for verb in verbs() {
            assert!(script.contains(&verb), "{shell} {verb}");
        }
        assert!(
            script.contains("plain") && script.contains("no-builtin"),
            "{shell}"
        );
    }
}
