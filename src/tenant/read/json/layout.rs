//! Passes over a nested value at a glance where the one of another account had the same signs in the same places.
//!
//! Lists of licenses are the longest part of an account and look alike: ids and times have a fixed length, so brackets
//! and quotation marks stand where they stood in an account before. Comparing that takes many bytes at once; following
//! the signs takes them one after the other.

/// The places of the signs in values that were seen.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    /// The one that was found last is the first.
    known: Vec<Layout>,
}

/// Where the signs of a value stand.
#[derive(Debug)]
struct Layout {
    /// The sign at every place of the value; zero where something else stands.
    signs: Vec<u8>,
    /// The depth of its nesting.
    deepest: usize,
}

/// More are not compared: a tenant has a few common ways to be licensed.
const MOST_KNOWN: usize = 12;
/// Bytes compared at once.
const AT_ONCE: usize = 32;
/// Longer values are not kept in mind.
const LONGEST: usize = 1 << 12;

impl Layouts {
    /// Where the value ends that the text begins with, and the depth of its nesting, if one like it was seen.
    pub(super) fn find(&mut self, text: &[u8]) -> Option<(usize, usize)> {
        let at = self.known.iter().position(|layout| layout.fits(text))?;
        let found = self.known.get(at)?;
        let found = (found.signs.len(), found.deepest);
        if at > 0 {
            self.known.swap(at, at - 1);
        }
        Some(found)
    }

    /// Keeps in mind what a value looks like.
    pub(super) fn put(&mut self, value: &[u8], deepest: usize) {
        if (AT_ONCE..=LONGEST).contains(&value.len()) {
            self.known.truncate(MOST_KNOWN - 1);
            let signs = value.iter().copied().map(sign).collect();
            self.known.push(Layout { signs, deepest });
        }
    }
}

impl Layout {
    /// Whether the text begins with a value that has the same signs in the same places: to follow them would end at the
    /// same place.
    fn fits(&self, text: &[u8]) -> bool {
        let Some(text) = text.get(..self.signs.len()) else {
            return false;
        };
        // Values of another length mostly differ here.
        if text.last() != self.signs.last() {
            return false;
        }
        let (Some(end), Some(signs_at_end)) = (text.last_chunk(), self.signs.last_chunk()) else {
            return false;
        };
        let chunks = text.as_chunks().0.iter().zip(self.signs.as_chunks().0);
        let mut chunks = chunks.chain([(end, signs_at_end)]);
        chunks.all(|(bytes, signs)| is_alike(bytes, signs))
    }
}

/// Whether exactly these signs stand in these bytes.
fn is_alike(bytes: &[u8; AT_ONCE], signs: &[u8; AT_ONCE]) -> bool {
    let both = bytes.iter().zip(signs);
    let difference = both.fold(0, |so_far, (byte, known)| so_far | (sign(*byte) ^ known));
    difference == 0
}

/// The byte if it is a bracket, a quotation mark or a backslash, and zero if not.
fn sign(byte: u8) -> u8 {
    // This bit is all that tells a square bracket from a brace.
    let folded = byte | 0x20;
    let is_sign = (byte == b'"') | (byte == b'\\') | (folded == b'{') | (folded == b'}');
    if is_sign { byte } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{Layouts, sign};

    #[test]
    fn signs_are_what_structure_hangs_on() {
        let signs: Vec<u8> = (0..=u8::MAX).filter(|byte| sign(*byte) != 0).collect();
        assert_eq!(signs, b"\"[\\]{}");
    }

    #[test]
    fn a_value_is_known_again_by_its_signs() {
        let mut layouts = Layouts::default();
        let value = |id: &str, name: &str| format!(r#"[{{"id":"{id}","nested":["{name}"]}}],"x""#);
        let known = value("00000000-0000-4000-8000-000000000001", "one");
        let length = known.len() - ",\"x\"".len();
        assert_eq!(layouts.find(known.as_bytes()), None);
        layouts.put(&known.as_bytes()[..length], 3);
        let of = |layouts: &mut Layouts, text: &str| layouts.find(text.as_bytes());
        let alike = value("ffffffff-ffff-4fff-8fff-ffffffffffff", "two");
        assert_eq!(of(&mut layouts, &alike), Some((length, 3)));
        for other in [
            value("00000000-0000-4000-8000-000000000001", "three"),
            value("00000000-0000-4000-8000-000000000001", "\\\"e"),
            value("00000000-0000-4000-8000-00000000000]", "two"),
            known[..length - 1].to_owned(),
            known.replacen('[', "{", 1),
        ] {
            assert_eq!(of(&mut layouts, &other), None, "{other}");
        }
        // What is short is followed as quickly as it is compared.
        layouts.put(b"[]", 1);
        assert_eq!(layouts.find(b"[]"), None);
    }
}
