//! A row in as many lines as it takes.

use crate::render::Tone;
use crate::tui::row::Row;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A piece of a line.
pub(super) type Piece = (Tone, String);

/// The lines of a row in this many columns: broken at blanks, and inside a word only where it is longer than a line. What
/// is drawn with signs is cut instead.
pub(super) fn lines(row: &Row, lead: &str, width: usize) -> Vec<Vec<Piece>> {
    let indent = row.indent.min(width.saturating_sub(8));
    let mut first: Vec<Piece> = Vec::new();
    if indent > 0 {
        first.push((Tone::Plain, " ".repeat(indent)));
    }
    if !lead.is_empty() {
        first.push((Tone::Plain, lead.to_owned()));
    }
    let at = indent + lead.width();
    let mut writer = Writer {
        lines: vec![first],
        column: at,
        is_begun: false,
        width: width.max(1),
        hang: (at + row.hang).min(width.saturating_sub(8)),
    };
    if row.is_drawing {
        for (tone, text) in row.line.pieces() {
            writer.cut(*tone, text);
        }
        return writer.lines;
    }
    for word in words(row) {
        writer.word(&word);
    }
    writer.lines
}

/// A run of blanks with the pieces that follow it up to the next.
struct Word {
    blanks: usize,
    pieces: Vec<Piece>,
}

fn words(row: &Row) -> Vec<Word> {
    let mut words: Vec<Word> = vec![Word {
        blanks: 0,
        pieces: Vec::new(),
    }];
    for (tone, text) in row.line.pieces() {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            if blanks > 0 {
                match words.last_mut() {
                    Some(word) if word.pieces.is_empty() => word.blanks += blanks,
                    _ => words.push(Word {
                        blanks,
                        pieces: Vec::new(),
                    }),
                }
                rest = rest.get(blanks..).unwrap_or_default();
                continue;
            }
            let end = rest.find(' ').unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if let Some(last) = words.last_mut() {
                last.pieces.push((*tone, word.to_owned()));
            }
            rest = after;
        }
    }
    words.retain(|word| !word.pieces.is_empty());
    words
}

struct Writer {
    lines: Vec<Vec<Piece>>,
    column: usize,
    is_begun: bool,
    width: usize,
    hang: usize,
}

impl Writer {
    fn word(&mut self, word: &Word) {
        let length: usize = word.pieces.iter().map(|(_, text)| text.width()).sum();
        let blanks = word.blanks;
        let gains = self.column + blanks > self.hang;
        if self.is_begun && gains && self.column + blanks + length > self.width {
            self.broken();
        } else if blanks > 0 {
            self.push(Tone::Plain, &" ".repeat(blanks));
        }
        for (tone, text) in &word.pieces {
            self.long(*tone, text);
        }
        self.is_begun = true;
    }

    fn broken(&mut self) {
        self.lines.push(Vec::new());
        self.column = 0;
        if self.hang > 0 {
            self.push(Tone::Plain, &" ".repeat(self.hang));
        }
        self.is_begun = false;
    }

    fn push(&mut self, tone: Tone, text: &str) {
        self.column += text.width();
        if let Some(line) = self.lines.last_mut() {
            line.push((tone, text.to_owned()));
        }
    }

    /// A word that may be longer than what is left of the line.
    fn long(&mut self, tone: Tone, text: &str) {
        if self.column + text.width() <= self.width {
            self.push(tone, text);
            return;
        }
        let mut part = String::new();
        let mut column = self.column;
        for letter in text.chars() {
            let wide = letter.width().unwrap_or(0);
            if column + wide > self.width && column > self.hang {
                self.push(tone, &part);
                part.clear();
                self.broken();
                column = self.column;
            }
            part.push(letter);
            column += wide;
        }
        self.push(tone, &part);
    }

    /// As much as there is room for.
    fn cut(&mut self, tone: Tone, text: &str) {
        let mut part = String::new();
        let mut column = self.column;
        for letter in text.chars() {
            column += letter.width().unwrap_or(0);
            if column > self.width {
                break;
            }
            part.push(letter);
        }
        self.push(tone, &part);
    }
}

/// As much of a text as these columns hold; an ellipsis stands for the rest.
pub(super) fn clipped(text: &str, width: usize, ascii: bool) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let sign = if ascii { "~" } else { "…" };
    let mut clipped = String::new();
    let mut column = 0;
    for letter in text.chars() {
        column += letter.width().unwrap_or(0);
        if column + 1 > width {
            break;
        }
        clipped.push(letter);
    }
    if width > 0 {
        clipped.push_str(sign);
    }
    clipped
}

#[cfg(test)]
mod tests {
    use super::{clipped, lines};
    use crate::render::{Line, Tone};
    use crate::tui::row::Row;

    fn texts(row: &Row, width: usize) -> Vec<String> {
        let lines = lines(row, "", width);
        let text =
            |line: &Vec<(Tone, String)>| line.iter().map(|(_, text)| text.as_str()).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn a_row_is_broken_at_blanks_and_hangs_under_itself() {
        let mut row = Row::new(
            Line::new()
                .plain("needs ")
                .strong("P2")
                .plain(", says the page"),
        );
        row.hang = 2;
        assert_eq!(texts(&row, 14), ["needs P2, says", "  the page"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_and_nothing_is_lost() {
        let row = Row::new("https://learn.microsoft.com/entra");
        let lines = texts(&row, 10);
        assert!(lines.iter().all(|line| line.len() <= 10), "{lines:?}");
        assert_eq!(lines.concat(), "https://learn.microsoft.com/entra");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let row = Row::new("管理者 管理者");
        assert_eq!(texts(&row, 7), ["管理者", "管理者"]);
        assert_eq!(clipped("管理者", 4, false), "管…");
        assert_eq!(clipped("abc", 3, false), "abc");
    }
}
