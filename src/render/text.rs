//! A page as text for a terminal.

use super::page::{Block, Item, Line, Tone};
use unicode_width::UnicodeWidthStr;

/// How text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns; words that are longer, such as addresses, are never broken.
    pub width: usize,
    /// Whether tones are shown by escape sequences.
    pub color: bool,
}

/// Blanks before everything below a title or heading.
const INDENT: usize = 2;

/// The widest that a column other than the last may be before its cells wrap.
const WIDEST_COLUMN: usize = 44;

/// Lays a block out.
pub(super) fn lay(text: &mut String, block: &Block, style: Style) {
    match block {
        Block::Title(line) => wrap(text, &strengthened(line), 0, 0, style),
        Block::Heading(heading) => wrap(text, &Line::new().strong(heading), 0, 0, style),
        Block::Paragraph(line) => wrap(text, line, INDENT, INDENT, style),
        Block::Facts(facts) => lay_facts(text, facts, style),
        Block::Table { head, rows } => lay_table(text, head, rows, style),
        Block::Items(items) => lay_items(text, items, style),
        Block::Drawing(lines) => {
            for line in lines {
                indent(text, INDENT);
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        Block::Tree(lines) => {
            for (depth, line) in lines {
                let first = INDENT * (depth + 1);
                wrap(text, line, first, first + 2 * INDENT, style);
            }
        }
    }
}

/// The line with its ordinary words made strong.
fn strengthened(line: &Line) -> Line {
    line.pieces()
        .iter()
        .fold(Line::new(), |line, (tone, text)| {
            let tone = if *tone == Tone::Plain {
                Tone::Strong
            } else {
                *tone
            };
            line.piece(tone, text)
        })
}

fn lay_facts(text: &mut String, facts: &[(String, Line)], style: Style) {
    let widest = facts.iter().map(|(label, _)| label.width()).max();
    let column = INDENT + widest.unwrap_or(0) + 2;
    for (label, value) in facts {
        indent(text, INDENT);
        text.push_str(label);
        indent(text, (column - INDENT).saturating_sub(label.width()));
        wrap_from(text, value, column, column, style);
    }
}

fn lay_items(text: &mut String, items: &[Item], style: Style) {
    for item in items {
        wrap(text, &item.line, INDENT, 2 * INDENT + 2, style);
        for detail in &item.details {
            wrap(text, detail, 2 * INDENT, 3 * INDENT, style);
        }
    }
}

/// Columns as wide as their widest cell, the last one wrapped at the width of the style.
fn lay_table(text: &mut String, head: &[String], rows: &[Vec<Line>], style: Style) {
    let widths: Vec<usize> = head
        .iter()
        .enumerate()
        .map(|(column, word)| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(width);
            cells.fold(word.width(), usize::max).min(WIDEST_COLUMN)
        })
        .collect();
    let head: Vec<Line> = head.iter().map(|word| Line::new().faint(word)).collect();
    for row in std::iter::once(&head).chain(rows) {
        let mut column = INDENT;
        let mut filled = 0;
        for (place, cell) in row.iter().enumerate() {
            // A cell wider than its column pushes the next one on by a blank instead of being cut.
            let gap = column.saturating_sub(filled).max(usize::from(place > 0));
            indent(text, gap);
            if place + 1 == row.len() {
                wrap_from(text, cell, filled + gap, column, style);
            } else {
                for (tone, piece) in cell.pieces() {
                    paint(text, *tone, piece, style);
                }
                filled += gap + width(cell);
                column += widths.get(place).copied().unwrap_or(0) + 2;
            }
        }
    }
}

fn width(line: &Line) -> usize {
    line.pieces().iter().map(|(_, text)| text.width()).sum()
}

/// Adds a line that begins after `first` blanks and goes on after `rest` blanks.
fn wrap(text: &mut String, line: &Line, first: usize, rest: usize, style: Style) {
    indent(text, first);
    wrap_from(text, line, first, rest, style);
}

/// Adds a line from column `at` on, which goes on after `rest` blanks.
fn wrap_from(text: &mut String, line: &Line, at: usize, rest: usize, style: Style) {
    let mut column = at;
    let mut begun = false;
    let parts = parts(line);
    for word in parts.chunk_by(|_, next| next.goes_on) {
        let length: usize = word.iter().map(|part| part.text.width()).sum();
        if begun && column + 1 + length > style.width {
            text.push('\n');
            indent(text, rest);
            column = rest;
        } else if begun {
            text.push(' ');
            column += 1;
        }
        for part in word {
            paint(text, part.tone, part.text, style);
        }
        column += length;
        begun = true;
    }
    text.truncate(text.trim_end_matches(' ').len());
    text.push('\n');
}

/// Pieces of a line cut at its blanks: the parts of a word, so that `"P2,"` keeps its comma when the name in it is strong.
struct Part<'line> {
    tone: Tone,
    text: &'line str,
    /// Whether it belongs to the word of the part before it.
    goes_on: bool,
}

fn parts(line: &Line) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut goes_on = false;
    for (tone, text) in line.pieces() {
        for (place, text) in text.split(' ').enumerate() {
            goes_on &= place == 0;
            if !text.is_empty() {
                parts.push(Part {
                    tone: *tone,
                    text,
                    goes_on,
                });
                goes_on = true;
            }
        }
    }
    parts
}

fn indent(text: &mut String, blanks: usize) {
    text.extend(std::iter::repeat_n(' ', blanks));
}

fn paint(text: &mut String, tone: Tone, piece: &str, style: Style) {
    let code = match tone {
        Tone::Strong => "1",
        Tone::Faint => "2",
        Tone::Match => "1;4",
        Tone::Plain | Tone::Code | Tone::Link => "",
    };
    if style.color && !code.is_empty() {
        for part in ["\u{1b}[", code, "m", piece, "\u{1b}[0m"] {
            text.push_str(part);
        }
    } else {
        text.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::Style;
    use crate::render::layout::{Form, whole};
    use crate::render::page::{Item, Line, Page};

    const NARROW: Style = Style {
        width: 24,
        color: false,
    };

    #[test]
    fn every_block_keeps_to_the_width_and_hangs_under_itself() {
        let mut page = Page::new("Safe Links");
        page.paragraph("Checks addresses at the moment of the click.");
        page.facts(vec![
            ("id", Line::from("safe-links")),
            ("area", Line::from("Email protection of Microsoft 365")),
        ]);
        page.table(
            &["sku", "since"],
            vec![vec![
                Line::from("SPE_E5"),
                Line::from("by 2021-10-13, perhaps"),
            ]],
        );
        page.items(vec![Item {
            line: Line::from("one point that is long"),
            details: vec![Line::from("and its detail")],
        }]);
        let expected = "\
Safe Links

  Checks addresses at
  the moment of the
  click.

  id    safe-links
  area  Email protection
        of Microsoft 365

  sku     since
  SPE_E5  by 2021-10-13,
          perhaps

  one point that is long
    and its detail
";
        assert_eq!(whole(&page, Form::Text(NARROW)), expected);
    }

    #[test]
    fn tones_are_shown_only_with_color_and_stick_to_their_words() {
        let page = Page::new(Line::new().plain("needs ").strong("P2").plain(", says"));
        let color = Style {
            color: true,
            ..NARROW
        };
        assert_eq!(whole(&page, Form::Text(NARROW)), "needs P2, says\n");
        let painted = whole(&page, Form::Text(color));
        assert!(
            painted.contains("\u{1b}[1mP2\u{1b}[0m\u{1b}[1m,\u{1b}[0m"),
            "{painted:?}"
        );
    }
}
