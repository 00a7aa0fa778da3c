//! Keeps one row of a table from taking all memory: a quotation mark that is never closed would swallow the rest.

use std::io::{self, Read};

/// The longest row that is read, in bytes.
pub(super) const LONGEST_ROW: usize = 16 << 20;

/// Gives on what it reads, and fails where a row does not end.
pub(super) struct Guard<R> {
    reader: R,
    delimiter: u8,
    length: usize,
    is_quoted: bool,
    last: u8,
}

impl<R: Read> Guard<R> {
    pub(super) fn new(reader: R, delimiter: u8) -> Self {
        Self {
            reader,
            delimiter,
            length: 0,
            is_quoted: false,
            last: b'\n',
        }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        for byte in buffer.get(..read).unwrap_or_default() {
            self.length += 1;
            match byte {
                b'"' if self.is_quoted => self.is_quoted = false,
                // Inside a cell that does not begin with one, a quotation mark is a character like any other.
                b'"' if [b'\n', b'\r', b'"', self.delimiter].contains(&self.last) => {
                    self.is_quoted = true;
                }
                b'\n' if !self.is_quoted => self.length = 0,
                _ => {}
            }
            self.last = *byte;
        }
        if self.length > LONGEST_ROW {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        Ok(read)
    }
}
