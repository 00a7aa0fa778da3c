//! Which exports are opened: what somebody types after `licit audit`.

use crate::model::clean;
use std::fmt;

/// Files and folders of exports, or the invented tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exports {
    /// Files and folders.
    pub paths: Vec<String>,
    /// Whether it is the invented tenant.
    pub demo: bool,
    /// The list of what is left out.
    pub ignore: Option<String>,
    /// The file that says which accounts are one person's.
    pub people: Option<String>,
}

impl Exports {
    /// The invented tenant.
    pub fn demo() -> Self {
        Self {
            demo: true,
            ..Self::default()
        }
    }

    /// Reads what was typed: paths, in quotation marks where blanks are in them, and the flags of `licit audit` that name
    /// files.
    ///
    /// # Errors
    /// What is wrong, for whoever typed it.
    ///
    /// ```
    /// use licit::tui::Exports;
    /// let typed = Exports::parse("exports \"my users.csv\" --ignore ignore.toml").unwrap();
    /// assert_eq!(typed.paths, ["exports", "my users.csv"]);
    /// assert_eq!(typed.ignore.as_deref(), Some("ignore.toml"));
    /// assert!(Exports::parse("").is_err());
    /// ```
    pub fn parse(typed: &str) -> Result<Self, String> {
        let mut exports = Self::default();
        let mut words = words(typed)?.into_iter();
        while let Some(word) = words.next() {
            let mut file = || {
                let missing = || format!("{word} takes the name of a file");
                words.next().map(Some).ok_or_else(missing)
            };
            match word.as_str() {
                "--demo" => exports.demo = true,
                "--ignore" => exports.ignore = file()?,
                "--people" => exports.people = file()?,
                flag if flag.starts_with("--") => {
                    let flag = clean(flag).text;
                    return Err(format!(
                        "`{flag}` means nothing here; --demo, --ignore, --people do"
                    ));
                }
                _ => exports.paths.push(word),
            }
        }
        match (exports.demo, exports.paths.is_empty()) {
            (false, true) => Err("name files or folders of exports, or --demo".to_owned()),
            (true, false) => {
                Err("--demo has files of its own: leave the paths out, or it".to_owned())
            }
            _ => Ok(exports),
        }
    }

    /// What they are called in a heading: the invented tenant, or the number of paths. Paths may name people.
    pub fn called(&self) -> String {
        match (self.demo, self.paths.as_slice()) {
            (true, _) => "invented tenant".to_owned(),
            (false, [path]) => clean(path).text,
            (false, paths) => format!("{} paths", paths.len()),
        }
    }
}

/// As it can be typed again, here and in a shell.
impl fmt::Display for Exports {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words: Vec<String> = self.paths.iter().map(|path| quoted(path)).collect();
        if self.demo {
            words.push("--demo".to_owned());
        }
        for (flag, file) in [("--ignore", &self.ignore), ("--people", &self.people)] {
            words.extend(file.iter().map(|file| format!("{flag} {}", quoted(file))));
        }
        formatter.write_str(&words.join(" "))
    }
}

/// A word as it can be typed, in single quotation marks where it needs them; those inside stand in double ones.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "_-.:/,+@".contains(letter);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\"'\"'")),
    }
}

/// Words between blanks. Quotation marks of both kinds keep blanks together; nothing else is special, so that paths of
/// Windows stay as they are.
fn words(typed: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut mark: Option<char> = None;
    for letter in typed.chars() {
        match (mark, letter) {
            (Some(open), letter) if letter == open => mark = None,
            (None, '"' | '\'') => {
                mark = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    match mark {
        Some(mark) => Err(format!("a quotation mark {mark} is not closed")),
        None => {
            words.extend(word);
            Ok(words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Exports;

    #[test]
    fn what_was_typed_can_be_typed_again() {
        for typed in [
            "--demo",
            "exports",
            "a \"b c\" --ignore \"d e.toml\" --people f",
            r"C:\exports\users.csv",
            "\"it's\"",
        ] {
            let exports = Exports::parse(typed).unwrap();
            assert_eq!(Exports::parse(&exports.to_string()), Ok(exports), "{typed}");
        }
        for wrong in [
            "",
            "--demo a",
            "--ignore",
            "\"a",
            "--format json",
            "--ignore x",
        ] {
            assert!(Exports::parse(wrong).is_err(), "{wrong}");
        }
    }
}
