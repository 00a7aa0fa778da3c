//! How well words match one name, and at which characters.

use super::letters::Letters;
use crate::model::{Guid, fold};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::ops::Range;
use std::sync::OnceLock;

/// How words match a name, from the best way to the worst. A better way beats every score of a worse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The whole name.
    Exact,
    /// All of the name but the brand before it: "E5" for Microsoft 365 E5.
    Unbranded,
    /// The beginning of the name.
    Prefix,
    /// The first letters of its words: "PIM" for Privileged Identity Management.
    Initials,
    /// Every word is the beginning of a word of the name, in any order.
    Words,
    /// Every word is a misspelt word of the name.
    Misspelt,
    /// The letters occur in this order, close together.
    Subsequence,
}

impl Rank {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Unbranded => "unbranded",
            Self::Prefix => "prefix",
            Self::Initials => "initials",
            Self::Words => "words",
            Self::Subsequence => "subsequence",
            Self::Misspelt => "misspelt",
        }
    }
}

/// A way in which words match a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// In which way.
    pub(super) rank: Rank,
    /// How well within the rank: the larger, the better.
    pub(super) score: i64,
    /// The characters of the name that matched, counted from 0.
    pub(super) positions: Vec<usize>,
}

/// Where a word of a name stands: in what the name folds to, in bytes, and in the name itself, in characters.
#[derive(Debug, Clone)]
struct Word {
    folded: Range<usize>,
    start: usize,
    length: usize,
}

/// A name to be matched. It is prepared when its letters first fit what was typed, which most names' never do.
#[derive(Debug, Clone)]
pub(super) struct Name {
    text: String,
    letters: Letters,
    prepared: OnceLock<Prepared>,
}

impl Name {
    /// A name that was not matched yet.
    pub(super) fn new(name: &str) -> Self {
        Self {
            text: name.to_owned(),
            letters: Letters::of_name(name),
            prepared: OnceLock::new(),
        }
    }

    /// The name itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What the name folds to.
    pub(super) fn folded(&self) -> &str {
        &self.prepared().folded
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared::new(&self.text))
    }
}

/// A name prepared for matching.
#[derive(Debug, Clone)]
struct Prepared {
    folded: String,
    words: Vec<Word>,
}

/// Words that nobody counts as an initial: MDO is Microsoft Defender for Office.
const CONNECTORS: [&str; 9] = ["a", "and", "for", "in", "of", "on", "the", "to", "with"];

/// Brands that people leave away, folded. The first is meant by words that name something of several: E5 alone is
/// Microsoft 365 E5 rather than Office 365 E5, which it contains.
const BRANDS: [&str; 3] = ["microsoft 365", "office 365", "microsoft"];

/// Digits before the first hyphen of a GUID.
const FIRST_GROUP: usize = 8;

impl Prepared {
    /// Splits a name into its words.
    fn new(name: &str) -> Self {
        let folded = fold(name);
        // Folding keeps the words of a name apart by one blank, in their order.
        let blanks = folded.bytes().enumerate().filter(|(_, byte)| *byte == b' ');
        let mut ends = blanks.map(|(end, _)| end).chain([folded.len()]);
        let mut words = Vec::new();
        let mut start = None;
        let mut next = 0;
        for (place, character) in name.chars().chain(std::iter::once(' ')).enumerate() {
            if character.is_alphanumeric() {
                start.get_or_insert(place);
            } else if let Some(start) = start.take() {
                let end = ends.next().unwrap_or(next);
                words.push(Word {
                    folded: next..end,
                    start,
                    length: place - start,
                });
                next = end + 1;
            }
        }
        Self { folded, words }
    }

    /// What a word folds to.
    fn word(&self, word: &Word) -> &str {
        self.folded.get(word.folded.clone()).unwrap_or_default()
    }

    /// The positions of the first `length` characters of word `place`, and no further than it goes.
    fn beginning(&self, place: usize, length: usize) -> impl Iterator<Item = usize> + use<> {
        let (start, length) = self
            .words
            .get(place)
            .map_or((0, 0), |word| (word.start, length.min(word.length)));
        start..start + length
    }
}

/// What was typed, prepared for matching many names.
pub(super) struct Query {
    folded: String,
    words: Vec<String>,
    /// Letters and digits as typed, lower case: what the subsequence is made of.
    letters: String,
    /// The same as a set.
    letter_set: Letters,
    /// Mistakes allowed in all words together.
    mistakes: usize,
    matcher: SkimMatcherV2,
}

impl Query {
    /// Prepares what was typed; `None` when no letter or digit is in it.
    pub(super) fn new(typed: &str) -> Option<Self> {
        let folded = fold(typed);
        if folded.is_empty() {
            return None;
        }
        let letters: String = typed
            .chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        Some(Self {
            words: folded.split(' ').map(str::to_owned).collect(),
            letter_set: Letters::of_typed(&letters),
            mistakes: folded.split(' ').map(mistakes_in).sum(),
            folded,
            letters,
            matcher: SkimMatcherV2::default().ignore_case(),
        })
    }

    /// The best way in which the query matches `name`, or none.
    pub(super) fn matches(&self, name: &Name) -> Option<Match> {
        // A letter that the name has not is a mistake, wherever it was typed.
        match name.letters.lacking(self.letter_set) {
            0 => self.best(name),
            lacking if lacking <= self.mistakes => self.words(name.prepared(), Rank::Misspelt),
            _ => None,
        }
    }

    /// The first way that matches, of all.
    fn best(&self, name: &Name) -> Option<Match> {
        let prepared = name.prepared();
        self.beginning(prepared)
            .or_else(|| self.unbranded(prepared))
            .or_else(|| self.initials(prepared))
            .or_else(|| self.words(prepared, Rank::Words))
            .or_else(|| self.words(prepared, Rank::Misspelt))
            .or_else(|| self.subsequence(name))
    }

    /// Whether the query is a GUID or at least its first group; pieces of one would match words at random.
    pub(super) fn matches_guid(&self, guid: Guid) -> Option<Match> {
        let may_be = self.letters.len() >= FIRST_GROUP
            && self
                .letters
                .bytes()
                .all(|letter| letter.is_ascii_hexdigit());
        may_be
            .then(|| self.beginning(&Prepared::new(&guid.to_string())))
            .flatten()
    }

    /// The whole name or its beginning.
    fn beginning(&self, name: &Prepared) -> Option<Match> {
        let left = name.folded.strip_prefix(&self.folded)?;
        let rank = if left.is_empty() {
            Rank::Exact
        } else {
            Rank::Prefix
        };
        let positions = self
            .words
            .iter()
            .enumerate()
            .flat_map(|(place, word)| name.beginning(place, word.chars().count()))
            .collect();
        Some(Match {
            rank,
            score: -length(left),
            positions,
        })
    }

    /// Everything after a brand.
    fn unbranded(&self, name: &Prepared) -> Option<Match> {
        let left = name.folded.strip_suffix(&self.folded)?.strip_suffix(' ')?;
        let brand = BRANDS.iter().position(|brand| *brand == left)?;
        let first = name.words.len().checked_sub(self.words.len())?;
        let words = first..name.words.len();
        Some(Match {
            rank: Rank::Unbranded,
            score: -i64::try_from(brand).unwrap_or(i64::MAX),
            positions: words
                .flat_map(|place| name.beginning(place, usize::MAX))
                .collect(),
        })
    }

    /// First letters, of all words or of all that are no connectors.
    fn initials(&self, name: &Prepared) -> Option<Match> {
        let [typed] = self.words.as_slice() else {
            return None;
        };
        if length(typed) < 2 {
            return None;
        }
        [true, false].into_iter().find_map(|connectors_too| {
            let counts = |word: &&Word| connectors_too || !CONNECTORS.contains(&name.word(word));
            let words = || name.words.iter().filter(counts);
            let mut letters = words().filter_map(|word| name.word(word).chars().next());
            if !typed.chars().all(|letter| letters.next() == Some(letter)) {
                return None;
            }
            let positions = words().map(|word| word.start);
            Some(Match {
                rank: Rank::Initials,
                score: -i64::try_from(letters.count()).unwrap_or(i64::MAX),
                positions: positions.take(typed.chars().count()).collect(),
            })
        })
    }

    /// Every word typed stands for a word of the name: as its beginning, or misspelt.
    fn words(&self, name: &Prepared, rank: Rank) -> Option<Match> {
        let mut taken = Vec::new();
        let mut score = 0;
        let mut positions = Vec::new();
        for typed in &self.words {
            let mut words = name.words.iter().map(|word| name.word(word)).enumerate();
            let (place, word) = words.find(|(place, word)| {
                !taken.contains(place)
                    && (word.starts_with(typed.as_str())
                        || rank == Rank::Misspelt && misspells(typed, word))
            })?;
            taken.push(place);
            let common = word
                .chars()
                .zip(typed.chars())
                .take_while(|(a, b)| a == b)
                .count();
            let shown = if rank == Rank::Misspelt {
                usize::MAX
            } else {
                common
            };
            positions.extend(name.beginning(place, shown));
            score -= length(word) - i64::try_from(common).unwrap_or(0);
        }
        let unused = name.words.len() - taken.len();
        positions.sort_unstable();
        Some(Match {
            rank,
            score: score - 4 * i64::try_from(unused).unwrap_or(i64::MAX / 8),
            positions,
        })
    }

    /// The letters in order, from the beginning of a word on, where nearly every jump leads to the beginning of another:
    /// letters scattered at will match almost any long name.
    fn subsequence(&self, name: &Name) -> Option<Match> {
        let (score, positions) = self.matcher.fuzzy_indices(&name.text, &self.letters)?;
        let words = &name.prepared().words;
        let begins = |place: usize| words.iter().any(|word| word.start == place);
        let mut before = None;
        let mut stray = 0;
        for place in &positions {
            let follows = before.is_some_and(|before: usize| before + 1 == *place);
            stray += usize::from(!follows && !begins(*place));
            before = Some(*place);
        }
        let first = positions.first()?;
        // Of two names with the same letters the one with fewer others is meant.
        let unused = length(&name.text) - i64::try_from(positions.len()).unwrap_or(0);
        let score = score - unused;
        (begins(*first) && 4 * stray <= positions.len() && positions.len() > 2).then_some(Match {
            rank: Rank::Subsequence,
            score,
            positions,
        })
    }
}

/// How many mistakes a word may have: one in four letters, none in short words.
fn mistakes_in(typed: &str) -> usize {
    (typed.chars().count() / 4).min(3)
}

/// Whether `typed` is `word` with few enough mistakes.
fn misspells(typed: &str, word: &str) -> bool {
    let allowed = mistakes_in(typed);
    // Unequal lengths alone are that many mistakes, and so are letters that the word has not; this spares most of the
    // distances.
    let has = |letter: char| word.chars().any(|other| other == letter);
    let foreign = || typed.chars().filter(|letter| !has(*letter));
    allowed > 0
        && length(typed).abs_diff(length(word)) <= allowed as u64
        && foreign().count() <= allowed
        && strsim::damerau_levenshtein(typed, word) <= allowed
}

fn length(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Name, Query, Rank};

    /// The rank, and the name with the matched characters in brackets.
    fn marked(typed: &str, name: &str) -> Option<(Rank, String)> {
        let found = Query::new(typed)?.matches(&Name::new(name))?;
        let text = name
            .chars()
            .enumerate()
            .map(
                |(place, character)| match found.positions.contains(&place) {
                    true => format!("[{character}]"),
                    false => character.to_string(),
                },
            )
            .collect::<String>()
            .replace("][", "");
        Some((found.rank, text))
    }

    #[test]
    fn each_way_of_matching_marks_its_characters() {
        let cases = [
            (
                "intune admin",
                "Intune Administrator",
                Rank::Exact,
                "[Intune] [Administrator]",
            ),
            (
                "business premium",
                "Microsoft 365 Business Premium",
                Rank::Unbranded,
                "Microsoft 365 [Business] [Premium]",
            ),
            (
                "intune adm",
                "Intune Administrator",
                Rank::Prefix,
                "[Intune] [Adm]inistrator",
            ),
            (
                "pim",
                "Privileged Identity Management",
                Rank::Initials,
                "[P]rivileged [I]dentity [M]anagement",
            ),
            (
                "mdo",
                "Microsoft Defender for Office 365",
                Rank::Initials,
                "[M]icrosoft [D]efender for [O]ffice 365",
            ),
            (
                "admin exch",
                "Exchange Administrator",
                Rank::Words,
                "[Exch]ange [Administrator]",
            ),
            (
                "safelinks",
                "Safe Links",
                Rank::Subsequence,
                "[Safe] [Links]",
            ),
            (
                "exchngadm",
                "Exchange Administrator",
                Rank::Subsequence,
                "[Exch]a[ng]e [Adm]inistrator",
            ),
            (
                "exchagne administartor",
                "Exchange Administrator",
                Rank::Misspelt,
                "[Exchange] [Administrator]",
            ),
        ];
        for (typed, name, rank, text) in cases {
            let expected = Some((rank, text.to_owned()));
            assert_eq!(marked(typed, name), expected, "{typed}");
        }
    }

    #[test]
    fn scattered_letters_and_short_misspellings_do_not_match() {
        assert_eq!(marked("gadm", "Exchange Administrator"), None);
        assert_eq!(marked("atp", "basic-auth-pop"), None);
        assert_eq!(marked("e3", "Office 365 E5"), None);
        assert_eq!(marked("...", "Exchange Administrator"), None);
    }

    #[test]
    fn one_word_typed_twice_needs_two_words_of_the_name() {
        assert_eq!(marked("safe safe", "Safe Links"), None);
    }

    #[test]
    fn letters_rule_out_only_what_matches_in_no_way() {
        let names = [
            "Intune Administrator",
            "Intune Admin",
            "Microsoft Entra ID P2",
            "AAD_PREMIUM_P2",
            "Privileged Identity Management",
            "Office 365 (Plan 1) für Bildung",
            "\u{212a}iosk",
        ];
        let typed = [
            "intune admin",
            "admins",
            "adminstrator",
            "entra p2",
            "pim",
            "premuim",
            "privleged identty",
            "kiosk",
            "office 365 plan",
            "fur bildung",
            "für",
            "zzz",
            "x",
            "aadp2",
            "ofice365",
        ];
        for typed in typed {
            let query = Query::new(typed).unwrap();
            for name in names.map(Name::new) {
                let all = query.best(&name);
                assert_eq!(query.matches(&name), all, "{typed}: {}", name.text());
            }
        }
    }
}
