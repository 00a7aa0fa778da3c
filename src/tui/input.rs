//! What a terminal sends, as what it means here.

use super::keys::Key;
use super::message::{Gesture, Mouse};
use crate::model::clean;
use crossterm::event::{Event, MouseButton, MouseEventKind};

/// The most characters kept of a paste.
pub const MOST_PASTED: usize = 4096;

/// Something that came from the terminal.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    Key(Key),
    Paste(String),
    Mouse(Mouse),
    /// It has another size; which one is asked when it matters.
    Resize,
}

/// None for what nobody here reacts to.
pub(super) fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => Key::from_terminal(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(one_line(&text))),
        Event::Resize(..) => Some(Input::Resize),
        Event::Mouse(mouse) => {
            let gesture = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
                MouseEventKind::ScrollUp => Gesture::ScrollUp,
                MouseEventKind::ScrollDown => Gesture::ScrollDown,
                _ => return None,
            };
            Some(Input::Mouse(Mouse {
                column: mouse.column,
                row: mouse.row,
                gesture,
            }))
        }
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// One line of what was pasted or read: line breaks and tabs are blanks, so that nothing runs by itself; other control characters
/// are dropped; what could hide or reorder text is made visible.
pub(super) fn one_line(text: &str) -> String {
    let kept: String = text
        .trim_end_matches(['\r', '\n'])
        .replace("\r\n", "\n")
        .chars()
        .filter(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t'))
        .take(MOST_PASTED)
        .collect();
    clean(&kept).text
}

#[cfg(test)]
mod tests {
    use super::{MOST_PASTED, one_line};

    #[test]
    fn a_paste_is_one_harmless_line() {
        assert_eq!(one_line("pim\r\nhelpdesk\n"), "pim helpdesk");
        assert_eq!(
            one_line("a\u{1b}]52;c;eA==\u{7}b\u{9b}c\u{7f}"),
            "a]52;c;eA==bc"
        );
        assert_eq!(one_line("ab\u{202e}c\u{200b}"), "ab\u{fffd}c\u{fffd}");
        assert_eq!(one_line(&"ä".repeat(10_000)).chars().count(), MOST_PASTED);
    }
}
