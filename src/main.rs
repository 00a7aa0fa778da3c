//! The program: reads the clock and the environment, hands over to the screens or to the command line.

use licit::cli::{Environment, Exit, KeyLine, run, screens, today};
use licit::tui::{BINDINGS, Surroundings, start};
use std::ffi::OsString;
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::process::ExitCode;
use std::time::SystemTime;

fn main() -> ExitCode {
    let variable = |name: &str| std::env::var_os(name);
    let today = match today(SystemTime::now(), variable) {
        Ok(today) => today,
        Err(problem) => {
            // Where nobody can be told, the exit code still says it.
            let _ = writeln!(stderr(), "error: {problem}");
            return ExitCode::from(Exit::Usage.code());
        }
    };
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
