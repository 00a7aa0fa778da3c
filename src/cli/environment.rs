//! What the program knows of where it runs. Read once, in `main`; everything below is told.

use crate::model::Day;
use std::ffi::OsString;
use std::time::{SystemTime, UNIX_EPOCH};

/// Columns where nobody says how many there are.
const USUAL_WIDTH: usize = 80;

/// The day, the terminal and what the user wants of colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Environment {
    /// Today, in UTC.
    pub today: Day,
    /// Columns to lay text out in.
    pub width: usize,
    /// Whether answers may be colored unless `--color` says otherwise.
    pub color_answers: bool,
    /// Whether messages may be colored unless `--color` says otherwise.
    pub color_messages: bool,
    /// Whether somebody sees the messages while they are written, so that progress is worth showing.
    pub shows_progress: bool,
}

impl Environment {
    /// Decides from the variables and from where the two streams lead.
    ///
    /// `NO_COLOR` turns colors off and beats `CLICOLOR_FORCE`, which turns them on; otherwise there are colors on a
    /// terminal that is not `dumb`. `COLUMNS` gives the width.
    pub fn new(
        today: Day,
        variable: impl Fn(&str) -> Option<OsString>,
        answers_on_terminal: bool,
        messages_on_terminal: bool,
    ) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let dumb = set("TERM").is_some_and(|value| value == "dumb");
        let color = |terminal: bool| set("NO_COLOR").is_none() && (forced || terminal && !dumb);
        let columns = set("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
        Self {
            today,
            width: columns.unwrap_or(USUAL_WIDTH).clamp(40, 120),
            color_answers: color(answers_on_terminal),
            color_messages: color(messages_on_terminal),
            shows_progress: messages_on_terminal && !dumb,
        }
    }
}

/// The day to take for today: what `LICIT_TODAY` says, otherwise the day of the clock, in UTC.
///
/// Whoever writes down what the program says, in a test or on a page, fixes the day with the variable, so that it is
/// still so tomorrow. A clock before 1970 is as good as one that stands at its first day.
///
/// # Errors
///
/// What is wrong with the variable, in one line.
///
/// # Examples
///
/// ```
/// let clock = std::time::UNIX_EPOCH;
/// let today = licit::cli::today(clock, |_| Some("2020-06-15".into()));
/// assert_eq!(today.unwrap().to_string(), "2020-06-15");
/// assert!(licit::cli::today(clock, |_| Some("June".into())).is_err());
/// ```
pub fn today(
    clock: SystemTime,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Day, String> {
    match variable("LICIT_TODAY").filter(|value| !value.is_empty()) {
        Some(value) => value.to_str().and_then(Day::parse).ok_or_else(|| {
            format!(
                "LICIT_TODAY is \"{}\"; expected a day such as 2026-11-22, from {} to {}, or nothing",
                value.to_string_lossy().escape_default(),
                Day::FIRST,
                Day::LAST
            )
        }),
        None => {
            let since_1970 = clock.duration_since(UNIX_EPOCH).unwrap_or_default();
            Ok(Day::from_unix_seconds(since_1970.as_secs()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;
    use crate::model::Day;

    fn colors(variables: &[(&str, &str)], terminal: bool) -> bool {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).into())
        };
        Environment::new(Day::FIRST, variable, terminal, terminal).color_answers
    }

    #[test]
    fn no_color_beats_force_and_force_beats_the_terminal() {
        assert!(colors(&[], true));
        assert!(!colors(&[], false));
        assert!(colors(&[("CLICOLOR_FORCE", "1")], false));
        assert!(!colors(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!colors(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], true));
        assert!(colors(&[("NO_COLOR", "")], true));
        assert!(!colors(&[("TERM", "dumb")], true));
    }

    #[test]
    fn the_width_is_kept_within_reason() {
        let width = |columns: &'static str| {
            let variable = |name: &str| (name == "COLUMNS").then(|| columns.into());
            Environment::new(Day::FIRST, variable, false, false).width
        };
        assert_eq!(width("100"), 100);
        assert_eq!(width("3"), 40);
        assert_eq!(width("wide"), 80);
    }
}
