//! A frame as a picture: SVG, the same for the same cells, for the README and for golden files.
//!
//! Every cell keeps its column, whichever font draws it: text is placed word by word, and each wide character by itself.

use crate::render::escaped;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// The size of a cell.
const WIDTH: usize = 9;
const HEIGHT: usize = 18;
/// Above the line that letters stand on, below the line drawn under them, and through them.
const BASE: usize = 14;
const UNDER: usize = 16;
const THROUGH: usize = 9;
/// Around the cells.
const MARGIN: usize = 9;
/// At this size a letter of the first font named is as wide as a cell.
const FONT: &str = "font-family=\"DejaVu Sans Mono,Noto Sans Mono CJK SC,Menlo,Consolas,monospace\" font-size=\"14.95\"";

/// What the terminal of the picture looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light letters on a dark ground.
    Dark,
    /// Dark letters on a light ground.
    Light,
}

/// Red, green and blue.
type Rgb = (u8, u8, u8);

impl Ground {
    /// The color of letters and of the ground where a cell names none.
    fn usual(self) -> (Rgb, Rgb) {
        match self {
            Self::Dark => ((0xd0, 0xd0, 0xd0), (0x16, 0x18, 0x1d)),
            Self::Light => ((0x24, 0x29, 0x2f), (0xff, 0xff, 0xff)),
        }
    }

    /// The sixteen colors that every terminal has, in their order.
    fn palette(self) -> [Rgb; 16] {
        match self {
            Self::Dark => [
                (0x2a, 0x2d, 0x35),
                (0xe0, 0x6c, 0x75),
                (0x98, 0xc3, 0x79),
                (0xe5, 0xc0, 0x7b),
                (0x61, 0xaf, 0xef),
                (0xc6, 0x78, 0xdd),
                (0x56, 0xb6, 0xc2),
                (0xab, 0xb2, 0xbf),
                (0x7f, 0x84, 0x8e),
                (0xff, 0x8b, 0x92),
                (0xb5, 0xe0, 0x90),
                (0xff, 0xd8, 0x8f),
                (0x8c, 0xc8, 0xff),
                (0xde, 0x9c, 0xf2),
                (0x7c, 0xd6, 0xe2),
                (0xff, 0xff, 0xff),
            ],
            Self::Light => [
                (0x24, 0x29, 0x2f),
                (0xb3, 0x1d, 0x28),
                (0x11, 0x63, 0x29),
                (0x7d, 0x4e, 0x00),
                (0x09, 0x50, 0xae),
                (0x6f, 0x32, 0xa8),
                (0x1b, 0x63, 0x70),
                (0x6e, 0x77, 0x81),
                (0x57, 0x60, 0x6a),
                (0xcf, 0x22, 0x2e),
                (0x1a, 0x7f, 0x37),
                (0x95, 0x5d, 0x00),
                (0x21, 0x6b, 0xd6),
                (0x83, 0x50, 0xc9),
                (0x2f, 0x7f, 0x8d),
                (0xd0, 0xd7, 0xde),
            ],
        }
    }

    /// None where the cell leaves it to the terminal.
    fn color(self, color: Color) -> Option<Rgb> {
        let number = match color {
            Color::Reset => return None,
            Color::Rgb(red, green, blue) => return Some((red, green, blue)),
            Color::Indexed(number) => number,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        Some(match self.palette().get(usize::from(number)) {
            Some(color) => *color,
            None => of_256(number),
        })
    }
}

/// A color of the cube of 6 by 6 by 6, or of the 24 grays after it, as xterm has them.
fn of_256(number: u8) -> Rgb {
    if number >= 232 {
        let gray = 8 + 10 * (number - 232);
        return (gray, gray, gray);
    }
    let place = number.saturating_sub(16);
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    (level(place / 36), level(place / 6 % 6), level(place % 6))
}

/// How a cell is drawn. Neighbors that are drawn alike make one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    letters: Rgb,
    ground: Rgb,
    line: Rgb,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell, ground: Ground) -> Self {
        let (letters, behind) = ground.usual();
        let mut letters = ground.color(cell.fg).unwrap_or(letters);
        let mut behind = ground.color(cell.bg).unwrap_or(behind);
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut letters, &mut behind);
        }
        if cell.modifier.contains(Modifier::DIM) {
            letters = between(letters, behind);
        }
        Self {
            letters,
            ground: behind,
            line: ground.color(cell.underline_color).unwrap_or(letters),
            modifier: cell.modifier,
        }
    }
}

/// Three fifths of the one and two of the other.
fn between(one: Rgb, other: Rgb) -> Rgb {
    let mix = |one: u8, other: u8| {
        let mixed = (3 * u16::from(one) + 2 * u16::from(other)) / 5;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    (
        mix(one.0, other.0),
        mix(one.1, other.1),
        mix(one.2, other.2),
    )
}

/// A cell that begins something: its column, how many columns it fills, and how it is drawn.
struct Drawn<'b> {
    column: usize,
    columns: usize,
    symbol: &'b str,
    look: Look,
}

/// Draws a frame on a ground. The title says what it shows, for those who do not see it.
pub fn svg(frame: &Buffer, ground: Ground, title: &str) -> String {
    let (columns, rows) = (
        usize::from(frame.area.width),
        usize::from(frame.area.height),
    );
    let (width, height) = (columns * WIDTH + 2 * MARGIN, rows * HEIGHT + 2 * MARGIN);
    let (_, behind) = ground.usual();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{}\"/>\n<g {FONT}>\n",
        escaped(title),
        hex(behind)
    );
    if columns > 0 {
        for (row, cells) in frame.content().chunks(columns).enumerate() {
            draw_row(
                &mut svg,
                &row_of(cells, ground),
                MARGIN + row * HEIGHT,
                behind,
            );
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The cells of a row without those that a wide character before them covers.
fn row_of(cells: &[Cell], ground: Ground) -> Vec<Drawn<'_>> {
    let mut row = Vec::new();
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        let columns = cell.symbol().width().clamp(1, cells.len() - column);
        row.push(Drawn {
            column,
            columns,
            symbol: cell.symbol(),
            look: Look::of(cell, ground),
        });
        column += columns;
    }
    row
}

fn draw_row(svg: &mut String, row: &[Drawn<'_>], top: usize, behind: Rgb) {
    for run in row.chunk_by(|a, b| a.look.ground == b.look.ground) {
        if let Some(first) = run.first().filter(|first| first.look.ground != behind) {
            rectangle(svg, run, top, HEIGHT, first.look.ground);
        }
    }
    let is_word = |a: &Drawn<'_>, b: &Drawn<'_>| {
        let plain = |cell: &Drawn<'_>| cell.columns == 1 && cell.symbol != " ";
        a.look == b.look && plain(a) && plain(b)
    };
    for word in row.chunk_by(is_word) {
        if let Some(first) = word.first() {
            text(svg, word, first, top);
        }
    }
    let lines = [
        (Modifier::UNDERLINED, UNDER),
        (Modifier::CROSSED_OUT, THROUGH),
    ];
    for run in row.chunk_by(|a, b| a.look == b.look) {
        for (modifier, below) in lines {
            if let Some(first) = run.first().filter(|it| it.look.modifier.contains(modifier)) {
                let is_under = modifier == Modifier::UNDERLINED;
                let color = if is_under {
                    first.look.line
                } else {
                    first.look.letters
                };
                rectangle(svg, run, top + below, 1, color);
            }
        }
    }
}

fn rectangle(svg: &mut String, run: &[Drawn<'_>], top: usize, height: usize, color: Rgb) {
    let left = MARGIN + run.first().map_or(0, |cell| cell.column) * WIDTH;
    let width = columns(run) * WIDTH;
    // Writing to a string cannot fail.
    let _ = writeln!(
        svg,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        hex(color)
    );
}

fn text(svg: &mut String, word: &[Drawn<'_>], first: &Drawn<'_>, top: usize) {
    let modifier = first.look.modifier;
    let symbols: String = word.iter().map(|cell| cell.symbol).collect();
    if symbols.trim().is_empty() || modifier.contains(Modifier::HIDDEN) {
        return;
    }
    let given = |looks: Modifier, attribute: &'static str| {
        if modifier.contains(looks) {
            attribute
        } else {
            ""
        }
    };
    let bold = given(Modifier::BOLD, " font-weight=\"bold\"");
    let italic = given(Modifier::ITALIC, " font-style=\"italic\"");
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" fill=\"{}\"{bold}{italic}>{}</text>",
        MARGIN + first.column * WIDTH,
        top + BASE,
        columns(word) * WIDTH,
        hex(first.look.letters),
        escaped(&symbols)
    );
}

fn columns(run: &[Drawn<'_>]) -> usize {
    run.iter().map(|cell| cell.columns).sum()
}

fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn frame(width: u16, draw: impl Fn(&mut Buffer)) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut buffer);
        buffer
    }

    fn lines(svg: &str, start: &str) -> Vec<String> {
        let lines = svg.lines().filter(|line| line.starts_with(start));
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn words_stand_in_their_columns_and_wide_characters_take_two() {
        let wide = frame(12, |buffer| {
            buffer.set_string(0, 0, "a<b 許可 cd", Style::new())
        });
        let texts = lines(&svg(&wide, Ground::Dark, "t"), "<text");
        let at = |column: usize| format!("<text x=\"{}\"", MARGIN + column * WIDTH);
        assert_eq!(texts.len(), 4, "{texts:#?}");
        for (text, (column, columns, shown)) in texts.iter().zip([
            (0, 3, ">a&lt;b<"),
            (4, 2, ">許<"),
            (6, 2, ">可<"),
            (9, 2, ">cd<"),
        ]) {
            assert!(
                text.starts_with(&at(column)) && text.contains(shown),
                "{text}"
            );
            assert!(
                text.contains(&format!("textLength=\"{}\"", columns * WIDTH)),
                "{text}"
            );
        }
    }

    #[test]
    fn looks_are_seen() {
        let styled = frame(10, |buffer| {
            buffer.set_string(0, 0, "ab", Style::new().bold().red());
            buffer.set_string(2, 0, "cd", Style::new().reversed());
            buffer.set_string(4, 0, "e  f", Style::new().underlined().dim());
            buffer.set_string(8, 0, "g", Style::new().hidden());
        });
        let dark = svg(&styled, Ground::Dark, "t");
        let texts = lines(&dark, "<text");
        assert!(
            texts[0].contains("#e06c75") && texts[0].contains("bold"),
            "{}",
            texts[0]
        );
        assert!(texts[1].contains("fill=\"#16181d\""), "{}", texts[1]);
        assert!(texts[2].contains("fill=\"#858688\""), "{}", texts[2]);
        assert_eq!(texts.len(), 4, "{texts:#?}");
        // The reversed ground, and one line under four columns, blanks among them.
        let rectangles = lines(&dark, "<rect x");
        assert_eq!(rectangles.len(), 2, "{rectangles:#?}");
        assert!(rectangles[0].contains("width=\"18\" height=\"18\" fill=\"#d0d0d0\""));
        assert!(rectangles[1].contains("width=\"36\" height=\"1\""));
        let light = svg(&styled, Ground::Light, "t");
        assert!(light.contains("#b31d28") && !light.contains("#e06c75"));
        assert_eq!(dark, svg(&styled, Ground::Dark, "t"));
    }

    #[test]
    fn every_color_has_a_value_and_hostile_text_stays_text() {
        assert_eq!(of_256(16), (0, 0, 0));
        assert_eq!(of_256(231), (255, 255, 255));
        assert_eq!(of_256(196), (255, 0, 0));
        assert_eq!(of_256(255), (238, 238, 238));
        let title = svg(&frame(1, |_| ()), Ground::Dark, "</title><script>\u{1b}");
        assert!(title.contains("<title>&lt;/title&gt;&lt;script&gt; </title>"));
        let empty = Buffer::empty(Rect::new(0, 0, 0, 0));
        assert!(svg(&empty, Ground::Light, "t").ends_with("</svg>\n"));
    }
}
