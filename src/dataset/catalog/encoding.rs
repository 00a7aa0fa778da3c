//! Bytes of a table to text, whatever wrote them.
//!
//! Public copies of the vendor's table were saved by browsers, spreadsheets and scripts: UTF-8 with and without a mark
//! at its start, Windows-1252, UTF-16. Nothing in the file says which, so it is found out from the bytes.

/// How the text of a table is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark, as the vendor writes it.
    Utf8Marked,
    /// UTF-16, the low byte first.
    Utf16Low,
    /// UTF-16, the high byte first.
    Utf16High,
    /// Windows-1252, as old spreadsheets write it.
    Windows1252,
}

impl Encoding {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Marked => "UTF-8-BOM",
            Self::Utf16Low => "UTF-16-LE",
            Self::Utf16High => "UTF-16-BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The text of a file and its encoding. What cannot be read becomes `U+FFFD`; the row that holds it is rejected later.
pub(super) fn decode(bytes: &[u8]) -> (Encoding, String) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = String::from_utf8_lossy(rest).into_owned();
        return (Encoding::Utf8Marked, text);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (Encoding::Utf16Low, utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (Encoding::Utf16High, utf16(rest, u16::from_be_bytes));
    }
    // The header is ASCII, so UTF-16 without a mark has a zero beside each of its first letters.
    match bytes {
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            return (Encoding::Utf16Low, utf16(bytes, u16::from_le_bytes));
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            return (Encoding::Utf16High, utf16(bytes, u16::from_be_bytes));
        }
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Encoding::Utf8, text.to_owned()),
        // A cut in the middle of a character spoils the last row only.
        Err(error) if error.error_len().is_none() => {
            (Encoding::Utf8, String::from_utf8_lossy(bytes).into_owned())
        }
        Err(_) => {
            let text = bytes.iter().map(|byte| windows_1252(*byte)).collect();
            (Encoding::Windows1252, text)
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text: String = char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

/// What Windows-1252 has at 0x80 to 0x9F, where it differs from Latin-1.
const HIGH: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
    '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}',
    'ž', 'Ÿ',
];

/// The character that a byte is in Windows-1252; `U+FFFD` where it is none.
pub fn windows_1252(byte: u8) -> char {
    let high = byte
        .checked_sub(0x80)
        .and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

/// The byte that a character had before UTF-8 was taken for Windows-1252 or Latin-1; none where it had none.
fn as_byte(character: char) -> Option<u8> {
    let high = (0x80_u8..)
        .zip(HIGH)
        .find(|(_, high)| *high == character && character != char::REPLACEMENT_CHARACTER);
    match high {
        Some((byte, _)) => Some(byte),
        None => u8::try_from(u32::from(character)).ok(),
    }
}

/// Undoes that UTF-8 was read as Windows-1252 and saved again ("â€“" for a dash); none where that did not happen.
///
/// A text that was not spoilt so is never valid UTF-8 when its characters are taken for bytes.
pub(super) fn unspoil(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(as_byte).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode, unspoil};

    #[test]
    fn the_encoding_is_found_from_the_bytes() {
        let text = "GUID;Ümläut – x";
        let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let ansi = b"GUID;\xdcml\xe4ut \x96 x".to_vec();
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
            (Encoding::Windows1252, ansi),
        ] {
            assert_eq!(decode(&bytes), (encoding, text.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_read_is_marked() {
        assert_eq!(decode(b"\xff\xfea\0b").1, "a\u{fffd}");
        assert_eq!(decode(b"\xff\xfe\x00\xd8").1, "\u{fffd}");
        assert_eq!(decode(b"a \x81 \x96").1, "a \u{fffd} –");
        assert_eq!(
            decode("ab–".as_bytes().split_last().unwrap().1).1,
            "ab\u{fffd}"
        );
        assert_eq!(decode(b"").1, "");
    }

    #[test]
    fn twice_encoded_text_is_read_and_other_text_left_alone() {
        assert_eq!(unspoil("Visio â€“ Plan").as_deref(), Some("Visio – Plan"));
        assert_eq!(
            unspoil("w/oÂ\u{a0}Teams").as_deref(),
            Some("w/o\u{a0}Teams")
        );
        for fine in ["Visio – Plan", "w/o\u{a0}Teams", "Plan", "Ümläut", "日本"] {
            assert_eq!(unspoil(fine), None, "{fine}");
        }
    }
}
