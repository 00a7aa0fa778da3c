//! A page laid out in its parts, one after the other, so that a large one is never in memory as a whole.

use super::page::{Block, Page};
use super::text::Style;
use super::{html, markdown, text};

/// What a page is laid out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For a terminal.
    Text(Style),
    /// For a ticket or a report.
    Markdown,
    /// For a browser and for paper.
    Html,
}

/// How far a page is laid out.
pub(super) struct Layout {
    form: Form,
    has_begun: bool,
    /// Whether the last block was a list, with which the next part may go on.
    is_in_list: bool,
}

/// Lays out a page that is there as a whole.
pub(super) fn whole(page: &Page, form: Form) -> String {
    let mut layout = Layout::new(form);
    layout.part(page) + layout.end()
}

impl Layout {
    pub(super) fn new(form: Form) -> Self {
        Self {
            form,
            has_begun: false,
            is_in_list: false,
        }
    }

    /// The next part. Points that it begins with belong to those at the end of the part before.
    pub(super) fn part(&mut self, page: &Page) -> String {
        let mut laid = String::new();
        if self.form == Form::Html && !self.has_begun {
            html::begin(&mut laid, page);
            self.has_begun = true;
        }
        for (place, block) in page.blocks().iter().enumerate() {
            let is_list = matches!(block, Block::Items(_));
            if place > 0 || !self.is_in_list || !is_list {
                self.between(&mut laid, is_list);
            }
            match self.form {
                Form::Text(style) => text::lay(&mut laid, block, style),
                Form::Markdown => markdown::lay(&mut laid, block),
                Form::Html => html::lay(&mut laid, block),
            }
            self.has_begun = true;
            self.is_in_list = is_list;
        }
        laid
    }

    /// What stands before a block that does not go on with the one before.
    fn between(&self, laid: &mut String, is_list: bool) {
        match self.form {
            Form::Text(_) | Form::Markdown if self.has_begun => laid.push('\n'),
            Form::Text(_) | Form::Markdown => {}
            Form::Html => {
                laid.push_str(if self.is_in_list { html::LIST_END } else { "" });
                laid.push_str(if is_list { html::LIST_BEGIN } else { "" });
            }
        }
    }

    /// What stands after the last part.
    pub(super) fn end(self) -> &'static str {
        match (self.form, self.is_in_list) {
            (Form::Text(_) | Form::Markdown, _) => "",
            (Form::Html, false) => html::END,
            (Form::Html, true) => html::END_IN_LIST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Layout, whole};
    use crate::render::page::{Item, Line, Page};
    use crate::render::text::Style;

    fn point(word: &str) -> Item {
        Item {
            line: Line::from(word),
            details: vec![Line::from("detail")],
        }
    }

    #[test]
    fn parts_make_the_same_as_the_whole() {
        let first = |page: &mut Page| {
            page.heading("points");
            page.items(vec![point("one"), point("two")]);
        };
        let style = Style {
            width: 40,
            color: false,
        };
        for form in [Form::Text(style), Form::Markdown, Form::Html] {
            for is_last in [true, false] {
                let (mut page, mut parts) = (Page::new("title"), vec![Page::new("title")]);
                first(&mut page);
                for word in ["one", "two"] {
                    let mut part = Page::default();
                    if word == "one" {
                        part.heading("points");
                    }
                    part.items(vec![point(word)]);
                    parts.push(part);
                }
                if !is_last {
                    page.paragraph("after");
                    let mut part = Page::default();
                    part.paragraph("after");
                    parts.push(part);
                }
                let mut layout = Layout::new(form);
                let laid: String = parts.iter().map(|part| layout.part(part)).collect();
                assert_eq!(laid + layout.end(), whole(&page, form));
                // Joined again they are the same page.
                let joined = parts.into_iter().reduce(Page::join).unwrap();
                assert_eq!(joined, page);
            }
        }
    }
}
