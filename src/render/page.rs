//! A page: what a person reads, before it is laid out as text or Markdown.
//!
//! Every answer is turned into one page, so that text and Markdown say the same. A page knows no width and no color;
//! tones only say what a piece is, and no tone carries meaning that the words do not.

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary words.
    Plain,
    /// What the eye should find first.
    Strong,
    /// What may be skipped.
    Faint,
    /// An id, a command or another word to be typed as it is.
    Code,
    /// An address.
    Link,
    /// Characters that matched what was searched for.
    Match,
}

/// A line of pieces; laid out, it may run over several lines of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pieces: Vec<(Tone, String)>,
}

impl Line {
    /// An empty line, to be filled with the methods below.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a piece; an empty one is left out.
    #[must_use]
    pub fn piece(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push((tone, text));
        }
        self
    }

    /// Adds ordinary words.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.piece(Tone::Plain, text)
    }

    /// Adds what the eye should find first.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.piece(Tone::Strong, text)
    }

    /// Adds what may be skipped.
    #[must_use]
    pub fn faint(self, text: impl Into<String>) -> Self {
        self.piece(Tone::Faint, text)
    }

    /// Adds an id or a command.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.piece(Tone::Code, text)
    }

    /// Adds an address.
    #[must_use]
    pub fn link(self, text: impl Into<String>) -> Self {
        self.piece(Tone::Link, text)
    }

    /// Adds the pieces of another line.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[(Tone, String)] {
        &self.pieces
    }
}

impl<T: Into<String>> From<T> for Line {
    fn from(text: T) -> Self {
        Self::new().plain(text)
    }
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What the page is about.
    Title(Line),
    /// What the following blocks are about.
    Heading(String),
    /// A sentence or more.
    Paragraph(Line),
    /// Labels with values.
    Facts(Vec<(String, Line)>),
    /// Columns under a head.
    Table {
        /// The words over the columns.
        head: Vec<String>,
        /// The rows, each as long as the head.
        rows: Vec<Vec<Line>>,
    },
    /// Points, each with details below it.
    Items(Vec<Item>),
    /// Lines of signs that must stay below each other.
    Drawing(Vec<String>),
    /// Points below points, each with how deep it hangs.
    Tree(Vec<(usize, Line)>),
}

/// A point of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The point itself.
    pub line: Line,
    /// Details.
    pub details: Vec<Line>,
}

/// What a person reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    blocks: Vec<Block>,
}

impl Page {
    /// A page that begins with what it is about.
    pub fn new(title: impl Into<Line>) -> Self {
        Self {
            blocks: vec![Block::Title(title.into())],
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, heading: impl Into<String>) {
        self.blocks.push(Block::Heading(heading.into()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Paragraph(line.into()));
    }

    /// Adds labels with values; without any, nothing.
    pub fn facts(&mut self, facts: Vec<(&str, Line)>) {
        if !facts.is_empty() {
            let facts = facts
                .into_iter()
                .map(|(label, value)| (label.to_owned(), value))
                .collect();
            self.blocks.push(Block::Facts(facts));
        }
    }

    /// Adds a drawing of at most 76 columns; without lines, nothing.
    pub fn drawing(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Drawing(lines));
        }
    }

    /// Adds a table; without rows, nothing.
    pub fn table(&mut self, head: &[&str], rows: Vec<Vec<Line>>) {
        if !rows.is_empty() {
            let head = head.iter().map(|word| (*word).to_owned()).collect();
            self.blocks.push(Block::Table { head, rows });
        }
    }

    /// Adds a list; without items, nothing.
    pub fn items(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::Items(items));
        }
    }

    /// Adds points below points; without any, nothing.
    pub fn tree(&mut self, lines: Vec<(usize, Line)>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Tree(lines));
        }
    }

    /// This part of a page and the next one. Points that the next one begins with go on with those at the end of this
    /// one.
    #[must_use]
    pub fn join(mut self, next: Self) -> Self {
        let mut next = next.blocks.into_iter().peekable();
        if let Some(Block::Items(items)) = self.blocks.last_mut()
            && let Some(Block::Items(more)) = next.next_if(|block| matches!(block, Block::Items(_)))
        {
            items.extend(more);
        }
        self.blocks.extend(next);
        self
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}
