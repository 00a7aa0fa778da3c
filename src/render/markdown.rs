//! A page as Markdown, for tickets and reports.

use super::page::{Block, Line, Tone};

/// Lays a block out. Text that came from outside cannot break out of its place: marks are escaped, addresses are http or
/// https already where they were loaded.
pub(super) fn lay(text: &mut String, block: &Block) {
    match block {
        Block::Title(line) => text.push_str(&format!("# {}\n", inline(line))),
        Block::Heading(heading) => text.push_str(&format!("## {}\n", escape(heading))),
        Block::Paragraph(line) => text.push_str(&format!("{}\n", inline(line))),
        Block::Facts(facts) => {
            for (label, value) in facts {
                text.push_str(&format!("- {}: {}\n", escape(label), inline(value)));
            }
        }
        Block::Table { head, rows } => {
            let head: Vec<String> = head.iter().map(|word| escape(word)).collect();
            text.push_str(&row(&head));
            text.push_str(&row(&vec!["---".to_owned(); head.len()]));
            for cells in rows {
                let cells: Vec<String> = cells.iter().map(inline).collect();
                text.push_str(&row(&cells));
            }
        }
        Block::Drawing(lines) => {
            // Indented by four blanks nothing in it can end the block.
            for line in lines {
                text.push_str(&format!("    {}\n", line.trim_end()));
            }
        }
        Block::Tree(lines) => {
            for (depth, line) in lines {
                text.push_str(&format!("{}- {}\n", "  ".repeat(*depth), inline(line)));
            }
        }
        Block::Items(items) => {
            for item in items {
                text.push_str(&format!("- {}\n", inline(&item.line)));
                for detail in &item.details {
                    text.push_str(&format!("  - {}\n", inline(detail)));
                }
            }
        }
    }
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn inline(line: &Line) -> String {
    let pieces = line.pieces().iter().map(|(tone, text)| match tone {
        Tone::Plain | Tone::Faint => escape(text),
        Tone::Strong | Tone::Match => around("**", &escape(text)),
        // Inside a table a bar ends the cell even within code; a code with a mark of its own is written as words.
        Tone::Code if !text.contains(['`', '|']) => around("`", text),
        Tone::Code => escape(text),
        Tone::Link => format!("<{}>", text.replace(['<', '>', ' '], "")),
    });
    pieces.collect()
}

/// Puts marks around the text, with the blanks at its ends left outside, where Markdown wants them.
fn around(mark: &str, text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let before = text.len() - text.trim_start().len();
    let after = text.len() - text.trim_end().len();
    format!(
        "{}{mark}{inner}{mark}{}",
        " ".repeat(before),
        " ".repeat(after)
    )
}

/// Escapes every mark. An underscore inside a word, as in `AAD_PREMIUM_P2`, is none.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_mark = match character {
            '_' => {
                let after = characters.peek().copied().unwrap_or(' ');
                !before.is_alphanumeric() || !after.is_alphanumeric()
            }
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '!' => true,
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(character);
        before = character;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::render::layout::{Form, whole};
    use crate::render::page::{Line, Page};

    #[test]
    fn text_from_outside_cannot_break_out() {
        let mut page = Page::new("a | b [c](d) <e> A_B _f_");
        page.table(
            &["x"],
            vec![vec![
                Line::new()
                    .strong(" **p** ")
                    .code("a|b")
                    .code("c")
                    .link("https://e/<f>"),
            ]],
        );
        let expected = "\
# a \\| b \\[c\\](d) \\<e\\> A_B \\_f\\_

| x |
| --- |
|  **\\*\\*p\\*\\*** a\\|b`c`<https://e/f> |
";
        assert_eq!(whole(&page, Form::Markdown), expected);
    }
}
