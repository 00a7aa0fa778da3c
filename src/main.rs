//! The program: reads the clock and the environment, hands over to the screens or to the command line.

use licit::cli::{Environment, KeyLine, run, screens};
use licit::model::Day;
use licit::tui::{BINDINGS, Surroundings, start};
use std::ffi::OsString;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    // A clock before 1970 is as good as one that stands at its first day.
    let since_1970 = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let today = Day::from_unix_seconds(since_1970.as_secs());
    let variable = |name: &str| std::env::var_os(name);
    let (asks, answers) = (stdin().is_terminal(), stdout().is_terminal());
    let environment = Environment::new(today, variable, answers, stderr().is_terminal());
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let code = match screens(&arguments) {
        Some(flags) => {
            let mut surroundings = Surroundings::new(today, variable, asks, answers);
            surroundings.plain |= flags.plain;
            surroundings.ascii |= flags.ascii;
            start(surroundings, || flags.load(&environment), &mut stderr())
        }
        None => {
            let keys: Vec<KeyLine<'_>> = BINDINGS
                .iter()
                .map(|binding| KeyLine {
                    place: binding.context.name(),
                    keys: binding.keys,
                    does: binding.command.help(),
                })
                .collect();
            let (mut answers, mut messages) = (stdout().lock(), stderr().lock());
            run(arguments, &environment, &keys, &mut answers, &mut messages)
        }
    };
    ExitCode::from(code)
}
