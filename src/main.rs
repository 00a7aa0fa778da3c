//! The program: reads the clock and the environment, hands over to the screens or to the command line.

use licit::cli::{Environment, run};
use licit::model::Day;
use licit::tui::{Surroundings, start};
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
    let code = if std::env::args_os().len() <= 1 {
        let (keys, screens) = (stdin().is_terminal(), stdout().is_terminal());
        let surroundings = Surroundings::new(today, variable, keys, screens);
        start(surroundings, &mut stderr())
    } else {
        let environment = Environment::new(
            today,
            variable,
            stdout().is_terminal(),
            stderr().is_terminal(),
        );
        run(
            std::env::args_os(),
            &environment,
            &mut stdout().lock(),
            &mut stderr().lock(),
        )
    };
    ExitCode::from(code)
}
