//! A page as one HTML file that needs nothing else: no script, no font, no picture, no address but those of sources.
//!
//! It reads well on a screen, light or dark, and on paper: addresses are printed beside their links, and nothing is torn
//! apart at the end of a sheet. Its policy forbids everything that it does not need, so that a browser loads nothing and
//! runs nothing even if a text had slipped through.

use super::page::{Block, Item, Line, Page, Tone};

/// What every file begins with, up to its title.
const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">
<meta name=\"referrer\" content=\"no-referrer\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
";

const STYLE: &str = "
:root { color-scheme: light dark; --faint: color-mix(in srgb, CanvasText 62%, Canvas); --line: color-mix(in srgb, CanvasText 18%, Canvas); --soft: color-mix(in srgb, CanvasText 5%, Canvas); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
p { margin: .5rem 0; overflow-wrap: anywhere; } .faint { color: var(--faint); } mark { background: none; text-decoration: underline; font-weight: bold; }
code { font: .9em ui-monospace, monospace; background: var(--soft); padding: 0 .2em; overflow-wrap: anywhere; }
pre { font: .85rem/1.4 ui-monospace, monospace; overflow-x: auto; background: var(--soft); padding: .75rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .95em; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } th { color: var(--faint); font-weight: normal; }
ul { padding-left: 1.2rem; } li { margin: .35rem 0; overflow-wrap: anywhere; } li ul { list-style: none; padding-left: .6rem; border-left: 2px solid var(--line); font-size: .95em; } li li { margin: .1rem 0; }
@media print { body { font-size: 10pt; max-width: none; margin: 0; padding: 0; } h2 { break-after: avoid; } li, tr, dd { break-inside: avoid; } thead { display: table-header-group; } a[href]::after { content: \" <\" attr(href) \">\"; font-size: .85em; } a.bare::after { content: none; } pre { white-space: pre-wrap; } @page { margin: 18mm 15mm; } }
";

/// What stands around the points of a list.
pub(super) const LIST_BEGIN: &str = "<ul>\n";
/// See [`LIST_BEGIN`].
pub(super) const LIST_END: &str = "</ul>\n";
/// What every file ends with.
pub(super) const END: &str = "</body>\n</html>\n";
/// What a file ends with whose last block is a list.
pub(super) const END_IN_LIST: &str = "</ul>\n</body>\n</html>\n";

/// Writes what stands before the first block; the title is that of this part of the page.
pub(super) fn begin(text: &mut String, page: &Page) {
    let title = page.blocks().iter().find_map(|block| match block {
        Block::Title(line) => Some(
            line.pieces()
                .iter()
                .map(|(_, text)| text.as_str())
                .collect(),
        ),
        _ => None,
    });
    let title: String = title.unwrap_or_default();
    text.push_str(&format!(
        "{HEAD}<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        escape(&title)
    ));
}

/// Lays a block out; of a list the points alone.
pub(super) fn lay(text: &mut String, block: &Block) {
    match block {
        Block::Title(line) => text.push_str(&format!("<h1>{}</h1>\n", inline(line))),
        Block::Heading(heading) => text.push_str(&format!("<h2>{}</h2>\n", escape(heading))),
        Block::Paragraph(line) => text.push_str(&format!("<p>{}</p>\n", inline(line))),
        Block::Facts(facts) => {
            text.push_str("<dl>\n");
            for (label, value) in facts {
                text.push_str(&format!(
                    "<dt>{}</dt><dd>{}</dd>\n",
                    escape(label),
                    inline(value)
                ));
            }
            text.push_str("</dl>\n");
        }
        Block::Table { head, rows } => {
            let head: String = head
                .iter()
                .map(|word| format!("<th>{}</th>", escape(word)))
                .collect();
            text.push_str(&format!(
                "<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
            ));
            for cells in rows {
                let cells: String = cells
                    .iter()
                    .map(|cell| format!("<td>{}</td>", inline(cell)))
                    .collect();
                text.push_str(&format!("<tr>{cells}</tr>\n"));
            }
            text.push_str("</tbody>\n</table>\n");
        }
        Block::Items(items) => {
            for item in items {
                write_item(text, item);
            }
        }
        Block::Drawing(lines) => {
            text.push_str(&format!("<pre>{}</pre>\n", escape(&lines.join("\n"))));
        }
        Block::Tree(lines) => {
            let lines = lines.iter();
            let lines: Vec<String> = lines
                .map(|(depth, line)| format!("{}{}", "  ".repeat(*depth), inline(line)))
                .collect();
            text.push_str(&format!("<pre>{}</pre>\n", lines.join("\n")));
        }
    }
}

fn write_item(text: &mut String, item: &Item) {
    text.push_str(&format!("<li>{}", inline(&item.line)));
    if !item.details.is_empty() {
        text.push_str("\n<ul>\n");
        for detail in &item.details {
            text.push_str(&format!("<li>{}</li>\n", inline(detail)));
        }
        text.push_str("</ul>\n");
    }
    text.push_str("</li>\n");
}

fn inline(line: &Line) -> String {
    let pieces = line.pieces().iter().map(|(tone, text)| {
        let words = escape(text);
        match tone {
            Tone::Plain => words,
            Tone::Strong => format!("<strong>{words}</strong>"),
            Tone::Faint => format!("<span class=\"faint\">{words}</span>"),
            Tone::Code => format!("<code>{words}</code>"),
            Tone::Match => format!("<mark>{words}</mark>"),
            // An address that stands as its own text need not be printed twice.
            Tone::Link if is_web(text) => {
                format!("<a class=\"bare\" rel=\"noreferrer\" href=\"{words}\">{words}</a>")
            }
            Tone::Link => words,
        }
    });
    pieces.collect()
}

/// Whether a browser opens it as a page and runs nothing.
fn is_web(address: &str) -> bool {
    let is_clean = !address
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control());
    is_clean && (address.starts_with("https://") || address.starts_with("http://"))
}

/// Text that no browser takes for anything else, within a tag and between tags.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::render::layout::{Form, whole};
    use crate::render::page::{Item, Line, Page};

    #[test]
    fn text_from_outside_stays_text() {
        let hostile = "</script><script>alert(1)</script><img src=x onerror=\"a\" '&";
        let mut page = Page::new(hostile);
        page.heading(hostile);
        page.paragraph(Line::new().plain(hostile).strong(hostile).code(hostile));
        page.paragraph(
            Line::new()
                .link("javascript:alert(1)")
                .link("https://e.org/\"onclick=\"a"),
        );
        page.facts(vec![("label", Line::from(hostile))]);
        page.table(&["<b>"], vec![vec![Line::from(hostile)]]);
        page.items(vec![Item {
            line: Line::from(hostile),
            details: vec![Line::from(hostile)],
        }]);
        page.drawing(vec![hostile.to_owned()]);
        page.tree(vec![(1, Line::from(hostile))]);
        let html = whole(&page, Form::Html);
        for broken in [
            "<script",
            "<img",
            "onerror=\"",
            "<b>",
            "href=\"javascript",
            "\"onclick",
        ] {
            assert!(!html.contains(broken), "{broken}: {html}");
        }
        assert!(
            html.contains("href=\"https://e.org/&quot;onclick=&quot;a\""),
            "{html}"
        );
    }
}
