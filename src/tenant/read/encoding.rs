//! Bytes of a file of any size to UTF-8, whatever wrote them.
//!
//! A mark at the start decides; else zeros beside the first letters tell UTF-16; else the letters outside ASCII at the
//! beginning of the file decide by majority, since pairs of them may be UTF-8 by chance: "ß" before a closing quotation
//! mark is. Where the beginning is all ASCII, the text is UTF-8 until a byte proves otherwise; up to there it reads the
//! same in Windows-1252 unless some letter outside ASCII was valid UTF-8, and then the byte is only broken.
//!
//! That a text is in Windows-1252 is a guess, which is said with the file.

use crate::dataset::catalog::{Encoding, windows_1252};
use std::io::{self, Read};

/// Bytes read at once.
const BLOCK: usize = 1 << 16;

/// A file as UTF-8.
pub(super) struct Decoder<R> {
    reader: R,
    encoding: Encoding,
    /// Bytes read and not decoded.
    raw: Vec<u8>,
    /// Text decoded and not given; used where bytes cannot be given as they are.
    text: Vec<u8>,
    given: usize,
    is_over: bool,
    has_seen_utf8: bool,
    /// Broken characters, replaced.
    pub(super) broken: u64,
}

/// Whether text without a mark is rather Windows-1252 than UTF-8, by what stands at its beginning.
///
/// A letter of Western Europe, or a longer character, is hardly ever written by chance: in Windows-1252 it would be a
/// capital letter with an accent before a sign. It weighs as much as two bytes that are no UTF-8.
fn is_rather_1252(head: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0usize, 0usize);
    let mut chunks = head.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        let letters = chunk.valid().chars().filter(|letter| !letter.is_ascii());
        valid += letters
            .map(|letter| match letter {
                '\u{c0}'..='\u{17f}' | '\u{800}'.. => 2,
                _ => 1,
            })
            .sum::<usize>();
        // What stands at the end may only be cut.
        invalid += usize::from(chunks.peek().is_some() && !chunk.invalid().is_empty());
    }
    invalid > 0 && invalid >= valid
}

/// The encoding by the first bytes of a file.
fn marked(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8Marked, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Low, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16High, 2),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (Encoding::Utf16Low, 0),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (Encoding::Utf16High, 0),
        _ => (Encoding::Utf8, 0),
    }
}

impl<R: Read> Decoder<R> {
    /// Looks at the beginning of the file.
    ///
    /// # Errors
    /// Where the file cannot be read, or is written in an encoding that is not read.
    pub(super) fn new(mut reader: R) -> io::Result<Self> {
        let mut raw = Vec::with_capacity(BLOCK);
        (&mut reader)
            .take(u64::try_from(BLOCK).unwrap_or(u64::MAX))
            .read_to_end(&mut raw)?;
        if let [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] = raw.as_slice() {
            let why = "it is written in UTF-32; save it as UTF-8";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let (mut encoding, mark) = marked(&raw);
        if encoding == Encoding::Utf8 && is_rather_1252(&raw) {
            encoding = Encoding::Windows1252;
        }
        raw.drain(..mark.min(raw.len()));
        Ok(Self {
            reader,
            encoding,
            raw,
            text: Vec::new(),
            given: 0,
            is_over: false,
            has_seen_utf8: false,
            broken: 0,
        })
    }

    /// The encoding, as far as the text was read.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn fill(&mut self) -> io::Result<()> {
        let before = self.raw.len();
        self.raw.resize(before + BLOCK, 0);
        let read = self
            .reader
            .read(self.raw.get_mut(before..).unwrap_or_default());
        let read = match read {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                self.raw.truncate(before);
                return Ok(());
            }
            other => other?,
        };
        self.raw.truncate(before + read);
        self.is_over = read == 0;
        Ok(())
    }

    /// Decodes what is read; a character that is not complete yet waits.
    fn decode(&mut self) {
        self.text.clear();
        self.given = 0;
        match self.encoding {
            Encoding::Utf16Low => self.utf16(u16::from_le_bytes),
            Encoding::Utf16High => self.utf16(u16::from_be_bytes),
            Encoding::Windows1252 => {
                let raw = std::mem::take(&mut self.raw);
                self.put_1252(&raw);
            }
            Encoding::Utf8 | Encoding::Utf8Marked => self.utf8(),
        }
    }

    fn put_1252(&mut self, bytes: &[u8]) {
        let mut room = [0; 4];
        for byte in bytes {
            let character = windows_1252(*byte);
            self.broken += u64::from(character == char::REPLACEMENT_CHARACTER);
            self.text
                .extend_from_slice(character.encode_utf8(&mut room).as_bytes());
        }
    }

    fn utf8(&mut self) {
        if self.raw.is_ascii() {
            std::mem::swap(&mut self.raw, &mut self.text);
            self.raw.clear();
            return;
        }
        let raw = std::mem::take(&mut self.raw);
        let mut rest = raw.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(_) => {
                    self.has_seen_utf8 |= !rest.is_ascii();
                    self.text.extend_from_slice(rest);
                    return;
                }
                Err(error) => {
                    let (valid, broken) = rest.split_at(error.valid_up_to());
                    self.has_seen_utf8 |= !valid.is_ascii();
                    self.text.extend_from_slice(valid);
                    let length = match error.error_len() {
                        // The rest of the character comes with the next bytes.
                        None if !self.is_over => {
                            self.raw.extend_from_slice(broken);
                            return;
                        }
                        None => broken.len(),
                        Some(length) => length,
                    };
                    if self.encoding == Encoding::Utf8 && !self.has_seen_utf8 {
                        self.encoding = Encoding::Windows1252;
                        self.put_1252(broken);
                        return;
                    }
                    self.broken += 1;
                    self.text.extend_from_slice("\u{fffd}".as_bytes());
                    rest = broken.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn utf16(&mut self, unit: fn([u8; 2]) -> u16) {
        let (pairs, odd) = self.raw.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        let mut left = odd.to_vec();
        // The second half of a character may come with the next bytes.
        if !self.is_over
            && units
                .last()
                .is_some_and(|unit| (0xd800..0xdc00).contains(unit))
        {
            units.pop();
            let half = pairs.last().map(|pair| pair.to_vec()).unwrap_or_default();
            left = [half, left].concat();
        }
        let mut room = [0; 4];
        for character in char::decode_utf16(units) {
            let character = character.unwrap_or_else(|_| {
                self.broken += 1;
                char::REPLACEMENT_CHARACTER
            });
            self.text
                .extend_from_slice(character.encode_utf8(&mut room).as_bytes());
        }
        if self.is_over && !left.is_empty() {
            self.broken += 1;
            self.text.extend_from_slice("\u{fffd}".as_bytes());
            left.clear();
        }
        self.raw = left;
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if self.is_over && self.raw.is_empty() {
                return Ok(0);
            }
            if self.raw.is_empty() && matches!(self.encoding, Encoding::Utf8 | Encoding::Utf8Marked)
            {
                // Most text is given as it is, without a copy.
                let read = self.reader.read(buffer)?;
                let bytes = buffer.get(..read).unwrap_or_default();
                if bytes.is_ascii() {
                    self.is_over = read == 0 && !buffer.is_empty();
                    return Ok(read);
                }
                self.raw.extend_from_slice(bytes);
                self.decode();
                continue;
            }
            if !self.is_over {
                self.fill()?;
            }
            self.decode();
        }
        let ready = self.text.get(self.given..).unwrap_or_default();
        let length = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), ready.get(..length)) {
            to.copy_from_slice(from);
        }
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::Decoder;
    use crate::dataset::catalog::Encoding;
    use std::io::Read;

    /// Gives three bytes at a time, so that characters are cut.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let few = self.0.len().min(3).min(buffer.len());
            let (first, rest) = self.0.split_at(few);
            buffer[..few].copy_from_slice(first);
            self.0 = rest;
            Ok(few)
        }
    }

    fn decoded(bytes: &[u8]) -> (Encoding, String, u64) {
        let mut decoder = Decoder::new(Drops(bytes)).unwrap();
        let mut text = String::new();
        decoder.read_to_string(&mut text).unwrap();
        (decoder.encoding(), text, decoder.broken)
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Name;Müller – 😀 x";
        let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (encoding, bytes) in [
            (Encoding::Utf8, text.as_bytes().to_vec()),
            (
                Encoding::Utf8Marked,
                marked(b"\xef\xbb\xbf", text.as_bytes()),
            ),
            (Encoding::Utf16Low, low.clone()),
            (Encoding::Utf16Low, marked(b"\xff\xfe", &low)),
            (Encoding::Utf16High, high.clone()),
            (Encoding::Utf16High, marked(b"\xfe\xff", &high)),
        ] {
            assert_eq!(decoded(&bytes), (encoding, text.to_owned(), 0));
        }
        let old = b"Name;M\xfcller \x96 x";
        assert_eq!(
            decoded(old),
            (Encoding::Windows1252, "Name;Müller – x".to_owned(), 0)
        );
        assert_eq!(decoded(b""), (Encoding::Utf8, String::new(), 0));
    }

    #[test]
    fn what_is_utf8_by_chance_does_not_make_a_text_utf8() {
        // "ß" and a closing quotation mark are one letter of N'Ko in UTF-8, "Ö" and a dash one of Thaana.
        for (old, text) in [
            (
                &b"Name;\x84Strau\xdf\x93;M\xfcller"[..],
                "Name;„Strauß“;Müller",
            ),
            (b"Name;Strau\xdf\x93;M\xfcller", "Name;Strauß“;Müller"),
            (b"Name;\xd6\x96B\xdc;\xe9", "Name;Ö–BÜ;é"),
        ] {
            assert_eq!(
                decoded(old),
                (Encoding::Windows1252, text.to_owned(), 0),
                "{text}"
            );
        }
        // One broken byte does not make Windows-1252 of text in any language.
        for text in ["Ümlaut", "Ελλάδα", "Москва", "東京", "😀"] {
            let broken = [text.as_bytes(), b" \xff x"].concat();
            let (encoding, read, broken) = decoded(&broken);
            assert_eq!((encoding, broken), (Encoding::Utf8, 1), "{text}");
            assert!(read.starts_with(text), "{read}");
        }
    }

    #[test]
    fn what_windows_1252_does_not_have_is_counted() {
        // "ü" of the code page of a Western European command prompt.
        assert_eq!(
            decoded(b"M\x81ller"),
            (Encoding::Windows1252, "M\u{fffd}ller".to_owned(), 1)
        );
    }

    #[test]
    fn utf32_is_named() {
        let text: Vec<u8> = "\u{feff}upn"
            .chars()
            .flat_map(|letter| u32::from(letter).to_le_bytes())
            .collect();
        let error = Decoder::new(text.as_slice()).err().unwrap();
        assert!(error.to_string().contains("UTF-32"), "{error}");
    }

    #[test]
    fn a_broken_byte_in_utf8_is_replaced_and_counted() {
        assert_eq!(
            decoded(b"M\xc3\xbcller \xff x"),
            (Encoding::Utf8, "Müller \u{fffd} x".to_owned(), 1)
        );
        assert_eq!(decoded(b"\xff\xfea\0b").2, 1);
    }
}
