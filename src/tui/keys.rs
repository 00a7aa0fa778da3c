//! Keys as people write them: `ctrl+p`, `y c`, `PageUp`.
//!
//! What a terminal sends, what the table of bindings says, what a configuration file says and what the help shows are the
//! same words, so that none of them can drift from the others.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key without what is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character; a capital letter stands for itself and the shift key.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Tab.
    Tab,
    /// Shift and tab.
    BackTab,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// The keys with a name, by which they are written and read.
const NAMED: [(Code, &str); 15] = [
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Delete"),
    (Code::Tab, "Tab"),
    (Code::BackTab, "Shift+Tab"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PageUp"),
    (Code::PageDown, "PageDown"),
    (Code::Char(' '), "Space"),
];

/// A key press.
///
/// ```
/// use licit::tui::{Code, Key};
///
/// let key: Key = "Ctrl+P".parse().unwrap();
/// assert_eq!(key, Key { code: Code::Char('p'), ctrl: true, alt: false });
/// assert_eq!(key.to_string(), "^P");
/// assert!("Ctrl+".parse::<Key>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The key itself.
    pub code: Code,
    /// Whether the control key is held.
    pub ctrl: bool,
    /// Whether the alt key is held.
    pub alt: bool,
}

impl Key {
    /// A key with nothing held beside it.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// The character that it types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }

    /// What a terminal sent; none for a key that was let go or that nothing here is called by.
    pub fn from_terminal(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(letter) if ctrl => Code::Char(letter.to_ascii_lowercase()),
            KeyCode::Char(letter) => Code::Char(letter),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => Code::BackTab,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            _ => return None,
        };
        Some(Self {
            code,
            ctrl,
            alt: event.modifiers.contains(KeyModifiers::ALT),
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.alt {
            f.write_str("Alt+")?;
        }
        let named = NAMED.iter().find(|(code, _)| *code == self.code);
        match (self.code, named) {
            (_, Some((_, name))) if self.ctrl => write!(f, "Ctrl+{name}"),
            (_, Some((_, name))) => f.write_str(name),
            (Code::Char(letter), None) if self.ctrl => {
                write!(f, "^{}", letter.to_ascii_uppercase())
            }
            (Code::Char(letter), None) => write!(f, "{letter}"),
            (_, None) => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let mut rest = written;
        let (mut ctrl, mut alt) = (false, false);
        loop {
            let held = |word: &str, rest: &str| {
                let head = rest.get(..word.len())?;
                let same = head.eq_ignore_ascii_case(word) && rest.len() > word.len();
                same.then_some(word.len())
            };
            if let Some(length) = held("ctrl+", rest).or_else(|| held("^", rest)) {
                (ctrl, rest) = (true, &rest[length..]);
            } else if let Some(length) = held("alt+", rest) {
                (alt, rest) = (true, &rest[length..]);
            } else {
                break;
            }
        }
        let named = NAMED
            .iter()
            .find(|(_, name)| name.eq_ignore_ascii_case(rest));
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some((code, _)), _, _) => *code,
            (None, Some(letter), None) if ctrl => Code::Char(letter.to_ascii_lowercase()),
            (None, Some(letter), None) => Code::Char(letter),
            _ => return Err(format!("`{written}` is not a key")),
        };
        Ok(Self { code, ctrl, alt })
    }
}

/// Keys pressed one after the other, as `y c`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys(pub Vec<Key>);

impl FromStr for Keys {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let keys: Result<Vec<Key>, String> = written.split_whitespace().map(str::parse).collect();
        match keys? {
            keys if keys.is_empty() => Err("a key is missing".to_owned()),
            keys => Ok(Self(keys)),
        }
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, key) in self.0.iter().enumerate() {
            let blank = if place > 0 { " " } else { "" };
            write!(f, "{blank}{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Key, Keys};

    #[test]
    fn every_key_is_read_as_it_is_written() {
        for written in [
            "Enter",
            "Shift+Tab",
            "^P",
            "y c",
            "Alt+Left",
            "/",
            "Space",
            "Ctrl+Up",
            "Y",
            "+",
        ] {
            let keys: Keys = written.parse().unwrap();
            assert_eq!(keys.to_string(), written);
        }
        assert_eq!("ctrl+P".parse(), "^p".parse::<Key>());
        assert_eq!("^".parse(), Ok(Key::plain(Code::Char('^'))));
    }

    #[test]
    fn what_is_no_key_is_refused_by_name() {
        assert_eq!(
            "hyper+x".parse::<Key>(),
            Err("`hyper+x` is not a key".to_owned())
        );
        assert!("".parse::<Keys>().is_err());
    }
}
