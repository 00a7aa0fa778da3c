//! Cuts JSON into its elements without understanding them, so that a file of any size needs the memory of one element.
//!
//! A file is one or several documents. A document is a list, whose elements are given one by one; an envelope, an object
//! with a list called `value` as the vendor's service answers, whose elements are given likewise; or any other object,
//! which is given whole. Only brackets, commas and quotation marks are looked at: whether an element is JSON is found out
//! when it is parsed, and a broken one never loses the others.

use memchr::memchr2;
use std::io::{self, Read};

/// Bytes read at once.
const BLOCK: usize = 1 << 18;
/// The largest element or object that is kept in memory.
const LARGEST_PIECE: usize = 256 << 20;
/// The deepest nesting of a piece.
pub(super) const DEEPEST: usize = 64;

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// An element of a list; its text is [`Cutter::bytes`].
    Element {
        /// Whether it is nested deeper than is read.
        too_deep: bool,
    },
    /// An object without a list called `value`; its text is [`Cutter::bytes`].
    Whole {
        /// Whether it is nested deeper than is read.
        too_deep: bool,
    },
    /// A document is over.
    End,
    /// The file ends inside a document.
    Truncated,
    /// Something that cannot stand in JSON.
    Garbage,
    /// An element or object larger than is read; what follows it is lost.
    TooLarge,
}

/// What the present document says of itself so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Envelope {
    /// `@odata.context`: what was asked for.
    pub(super) context: Option<String>,
    /// `@odata.nextLink`: where the next page is.
    pub(super) next_link: Option<String>,
    /// `@odata.count`: how many elements all pages together have. Only the first page says so, and only if asked.
    pub(super) count: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between documents.
    Outside,
    /// In a list that is the document.
    List,
    /// In the list of an envelope.
    EnvelopeList,
    /// In an envelope, after its list.
    AfterList,
    /// Nothing more is read.
    Over,
}

/// Reads pieces one after the other.
pub(super) struct Cutter<R> {
    reader: R,
    buffer: Vec<u8>,
    filled: usize,
    at: usize,
    /// The first byte that is still needed.
    keep: usize,
    state: State,
    pub(super) envelope: Envelope,
}

/// Why a value could not be passed over.
enum Stop {
    Truncated,
    Garbage,
    TooLarge,
    Failed(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl<R: Read> Cutter<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            filled: 0,
            at: 0,
            keep: 0,
            state: State::Outside,
            envelope: Envelope::default(),
        }
    }

    /// The next piece; none at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        match self.advance() {
            Ok(found) => Ok(found),
            Err(stop) => {
                self.state = State::Over;
                match stop {
                    Stop::Truncated => Ok(Some(Piece::Truncated)),
                    Stop::Garbage => Ok(Some(Piece::Garbage)),
                    Stop::TooLarge => Ok(Some(Piece::TooLarge)),
                    Stop::Failed(error) => Err(error),
                }
            }
        }
    }

    /// What is read and not given yet: after a truncated piece, its beginning.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.keep..self.filled).unwrap_or_default()
    }

    /// The text of the element or object that was given last.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.keep..self.at).unwrap_or_default()
    }

    /// Whether the cutter stands in a list.
    pub(super) fn is_in_list(&self) -> bool {
        matches!(self.state, State::List | State::EnvelopeList)
    }

    /// What is read and not given, and the rest of the file: for who reads on without the cutter.
    pub(super) fn give(&mut self) -> (Vec<u8>, &mut R) {
        let rest = self.buffer.get(self.at..self.filled).unwrap_or_default();
        let rest = rest.to_vec();
        self.buffer.clear();
        (self.filled, self.at, self.keep) = (0, 0, 0);
        (rest, &mut self.reader)
    }

    /// Goes on with this text, which stands before what is not read yet.
    pub(super) fn take_back(&mut self, text: Vec<u8>) {
        self.filled = text.len();
        self.buffer = text;
        (self.at, self.keep) = (0, 0);
    }

    fn advance(&mut self) -> Result<Option<Piece>, Stop> {
        self.keep = self.at;
        match self.state {
            State::Over => Ok(None),
            State::Outside => self.outside(),
            State::List | State::EnvelopeList => self.element().map(Some),
            State::AfterList => self.members(),
        }
    }

    fn outside(&mut self) -> Result<Option<Piece>, Stop> {
        self.envelope = Envelope::default();
        loop {
            match self.peek()? {
                None => {
                    self.state = State::Over;
                    return Ok(None);
                }
                // Documents put one behind the other by hand have commas between them.
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',') => self.at += 1,
                Some(b'[') => {
                    self.at += 1;
                    self.state = State::List;
                    self.keep = self.at;
                    return self.element().map(Some);
                }
                Some(b'{') => {
                    self.keep = self.at;
                    self.at += 1;
                    return self.members();
                }
                Some(_) => return Err(Stop::Garbage),
            }
        }
    }

    /// Passes over members of the outermost object up to its list or its end.
    fn members(&mut self) -> Result<Option<Piece>, Stop> {
        let mut is_too_deep = false;
        loop {
            match self.peek()? {
                None => return Err(Stop::Truncated),
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    let is_envelope = self.state == State::AfterList;
                    self.state = State::Outside;
                    return Ok(Some(if is_envelope {
                        Piece::End
                    } else {
                        Piece::Whole {
                            too_deep: is_too_deep,
                        }
                    }));
                }
                Some(b'"') => {
                    let key = self.string()?;
                    self.blanks()?;
                    if self.peek()?.ok_or(Stop::Truncated)? != b':' {
                        return Err(Stop::Garbage);
                    }
                    self.at += 1;
                    self.blanks()?;
                    let first = self.peek()?.ok_or(Stop::Truncated)?;
                    if first == b'['
                        && key.eq_ignore_ascii_case("value")
                        && self.state == State::Outside
                    {
                        self.at += 1;
                        self.state = State::EnvelopeList;
                        self.keep = self.at;
                        return self.element().map(Some);
                    }
                    if first == b'"' && key.starts_with("@odata.") {
                        let value = self.string()?;
                        match key.as_str() {
                            "@odata.context" => self.envelope.context = Some(value),
                            "@odata.nextLink" => self.envelope.next_link = Some(value),
                            _ => {}
                        }
                    } else {
                        let from = self.at - self.keep;
                        is_too_deep |= self.value()? >= DEEPEST;
                        if key == "@odata.count" {
                            let value = self.buffer.get(self.keep + from..self.at);
                            let value = value.and_then(|value| str::from_utf8(value).ok());
                            self.envelope.count = value.and_then(|value| value.parse().ok());
                        }
                    }
                }
                Some(_) => return Err(Stop::Garbage),
            }
        }
    }

    /// The next element of a list, or the end of the list.
    fn element(&mut self) -> Result<Piece, Stop> {
        loop {
            match self.peek()? {
                None => return Err(Stop::Truncated),
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',') => {
                    self.at += 1;
                    self.keep = self.at;
                }
                Some(b']') => {
                    self.at += 1;
                    self.keep = self.at;
                    if self.state == State::List {
                        self.state = State::Outside;
                        return Ok(Piece::End);
                    }
                    self.state = State::AfterList;
                    return self.members()?.ok_or(Stop::Truncated);
                }
                Some(_) => {
                    self.keep = self.at;
                    let deepest = self.value()?;
                    return Ok(Piece::Element {
                        too_deep: deepest > DEEPEST,
                    });
                }
            }
        }
    }

    /// Passes over a value; gives the depth of its nesting.
    fn value(&mut self) -> Result<usize, Stop> {
        match self.peek()?.ok_or(Stop::Truncated)? {
            b'"' => self.pass_string().map(|()| 0),
            b'{' | b'[' => self.nested(),
            b'}' | b']' | b':' => Err(Stop::Garbage),
            _ => loop {
                match self.peek()? {
                    None | Some(b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n') => return Ok(0),
                    Some(b'"' | b'{' | b'[' | b':') => return Err(Stop::Garbage),
                    Some(_) => self.at += 1,
                }
            },
        }
    }

    fn nested(&mut self) -> Result<usize, Stop> {
        let (mut depth, mut deepest) = (0usize, 0usize);
        loop {
            let rest = self.buffer.get(self.at..self.filled).unwrap_or_default();
            let mark = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'));
            let Some(mark) = mark else {
                self.at = self.filled;
                self.more()?;
                continue;
            };
            self.at += mark;
            match rest.get(mark) {
                Some(b'"') => self.pass_string()?,
                Some(b'{' | b'[') => {
                    self.at += 1;
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                _ => {
                    self.at += 1;
                    depth -= 1;
                    if depth == 0 {
                        return Ok(deepest);
                    }
                }
            }
        }
    }

    /// Passes over a string that begins here.
    fn pass_string(&mut self) -> Result<(), Stop> {
        self.at += 1;
        loop {
            let rest = self.buffer.get(self.at..self.filled).unwrap_or_default();
            match memchr2(b'"', b'\\', rest) {
                Some(found) if rest.get(found) == Some(&b'"') => {
                    self.at += found + 1;
                    return Ok(());
                }
                Some(found) => {
                    self.at += found + 2;
                    // The character after the backslash may not be read yet.
                    if self.at > self.filled {
                        self.at = self.filled;
                        self.more()?;
                        self.at += 1;
                    }
                }
                None => {
                    self.at = self.filled;
                    self.more()?;
                }
            }
        }
    }

    /// The text of a string that begins here.
    fn string(&mut self) -> Result<String, Stop> {
        let from = self.at - self.keep;
        self.pass_string()?;
        let bytes = self
            .buffer
            .get(self.keep + from..self.at)
            .unwrap_or_default();
        serde_json::from_slice(bytes).map_err(|_| Stop::Garbage)
    }

    fn blanks(&mut self) -> Result<(), Stop> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek()? {
            self.at += 1;
        }
        Ok(())
    }

    /// The byte here; none at the end of the file.
    fn peek(&mut self) -> Result<Option<u8>, Stop> {
        if self.at == self.filled {
            match self.more() {
                Ok(()) => {}
                Err(Stop::Truncated) => return Ok(None),
                Err(stop) => return Err(stop),
            }
        }
        Ok(self.buffer.get(self.at).copied())
    }

    /// Reads more of the file behind what is still needed.
    fn more(&mut self) -> Result<(), Stop> {
        if self.keep > 0 {
            self.buffer.copy_within(self.keep..self.filled, 0);
            self.filled -= self.keep;
            self.at -= self.keep;
            self.keep = 0;
        }
        if self.filled > LARGEST_PIECE {
            return Err(Stop::TooLarge);
        }
        if self.buffer.len() < self.filled + BLOCK {
            self.buffer.resize(self.filled + BLOCK, 0);
        }
        loop {
            let free = self.buffer.get_mut(self.filled..).unwrap_or_default();
            match self.reader.read(free) {
                Ok(0) => return Err(Stop::Truncated),
                Ok(read) => {
                    self.filled += read;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Stop::Failed(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cutter, Piece};
    use std::io::Read;

    /// Gives one byte at a time, so that every boundary falls between two reads.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let one = self.0.len().min(1);
            let (first, rest) = self.0.split_at(one);
            buffer[..one].copy_from_slice(first);
            self.0 = rest;
            Ok(one)
        }
    }

    fn pieces(text: &str) -> Vec<String> {
        fn tell(reader: impl Read) -> Vec<String> {
            let mut cutter = Cutter::new(reader);
            let mut told = Vec::new();
            loop {
                let piece = match cutter.next().unwrap() {
                    None => return told,
                    Some(Piece::Element { too_deep }) => {
                        let deep = if too_deep { " too deep" } else { "" };
                        format!("{}{deep}", String::from_utf8_lossy(cutter.bytes()))
                    }
                    Some(Piece::Whole { .. }) => {
                        format!("whole {}", String::from_utf8_lossy(cutter.bytes()))
                    }
                    Some(Piece::End) => "end".to_owned(),
                    Some(other) => format!("{other:?}"),
                };
                let page = cutter.envelope.next_link.as_deref().unwrap_or_default();
                told.push(format!("{piece}{page}"));
            }
        }
        let at_once = tell(text.as_bytes());
        assert_eq!(tell(Drops(text.as_bytes())), at_once, "{text}");
        at_once
    }

    #[test]
    fn lists_envelopes_and_objects_are_cut() {
        assert_eq!(
            pieces(r#"[{"a":[1,"]"]}, {"b":"\"}"} ,7]"#),
            [r#"{"a":[1,"]"]}"#, r#"{"b":"\"}"}"#, "7", "end"]
        );
        assert_eq!(
            pieces(
                r#"{"@odata.context":"c","value":[{"a":1}],"@odata.nextLink":"#
                    .to_owned()
                    .as_str()
            ),
            [r#"{"a":1}"#, "Truncated"]
        );
        assert_eq!(
            pieces(r#"{"value":[{"a":1}],"@odata.nextLink":" n"}"#),
            [r#"{"a":1}"#, "end n"]
        );
        assert_eq!(
            pieces("{\"id\":\"x\",\"list\":[1]}\n{\"value\":[]}"),
            ["whole {\"id\":\"x\",\"list\":[1]}", "end"]
        );
        assert_eq!(pieces(" "), Vec::<String>::new());
    }

    #[test]
    fn what_is_broken_is_said_and_the_rest_kept() {
        assert_eq!(pieces(r#"[{"a":1},{"b":"#), [r#"{"a":1}"#, "Truncated"]);
        assert_eq!(pieces(r#"[{"a":1}"#), [r#"{"a":1}"#, "Truncated"]);
        assert_eq!(pieces("hello"), ["Garbage"]);
        assert_eq!(
            pieces(r#"[{"a":1,},{"b":2}]"#),
            [r#"{"a":1,}"#, r#"{"b":2}"#, "end"]
        );
        let deep = format!("[{}{},1]", "[".repeat(128), "]".repeat(128));
        assert!(pieces(&deep)[0].ends_with(" too deep"));
        assert_eq!(pieces(&deep)[1..], ["1", "end"]);
    }
}
