//! The letters of a name as a set, which rules out nearly every name before anything else is looked at.

/// Which letters and digits occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters(u64);

/// Every letter and digit.
const ALL: u64 = u64::MAX;

impl Letters {
    /// At least those of a name and of what it folds to; a name beyond ASCII may fold to anything.
    pub(super) fn of_name(name: &str) -> Self {
        let letters = Self::of_typed(name);
        if !name.is_ascii() {
            Self(ALL)
        } else if letters.lacking(Self::of_typed("admin")) == 0 {
            Self(letters.0 | Self::of_typed("administrators").0)
        } else {
            letters
        }
    }

    /// Those of ASCII in what was typed.
    pub(super) fn of_typed(typed: &str) -> Self {
        let bit = |byte: u8| match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit - b'0'),
            _ => 0,
        };
        Self(typed.bytes().fold(0, |letters, byte| letters | bit(byte)))
    }

    /// How many of `others` do not occur.
    pub(super) fn lacking(self, others: Self) -> usize {
        (others.0 & !self.0).count_ones() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;
    use crate::model::fold;

    #[test]
    fn nothing_that_a_name_or_its_folded_form_has_is_lacking() {
        for name in [
            "Office 365 E3",
            "Intune Admin",
            "Köln \u{212a}iosk",
            "SPE_E5",
        ] {
            let letters = Letters::of_name(name);
            for form in [name.to_owned(), fold(name)] {
                assert_eq!(letters.lacking(Letters::of_typed(&form)), 0, "{form}");
            }
        }
        assert_eq!(
            Letters::of_name("Safe Links").lacking(Letters::of_typed("Zip 7")),
            3
        );
    }
}
