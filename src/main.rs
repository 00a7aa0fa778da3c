//! The program: reads the clock and the environment, hands over to the command line.

use licit::cli::{Environment, run};
use licit::model::Day;
use std::io::{IsTerminal, stderr, stdout};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    // A clock before 1970 is as good as one that stands at its first day.
    let since_1970 = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let environment = Environment::new(
        Day::from_unix_seconds(since_1970.as_secs()),
        |name| std::env::var_os(name),
        stdout().is_terminal(),
        stderr().is_terminal(),
    );
    let code = run(
        std::env::args_os(),
        &environment,
        &mut stdout().lock(),
        &mut stderr().lock(),
    );
    ExitCode::from(code)
}
