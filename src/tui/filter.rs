//! Which rows a filter keeps.

/// Whether a row has all of the words, in any order and in either case; a word after `!` must not be there.
///
/// ```
/// assert!(licit::tui::keeps("pim !guest", "PIM for Groups"));
/// assert!(!licit::tui::keeps("pim !guest", "PIM for guests"));
/// ```
pub fn keeps(words: &str, row: &str) -> bool {
    let row = row.to_lowercase();
    words.split_whitespace().all(|word| {
        let word = word.to_lowercase();
        match word.strip_prefix('!') {
            Some("") => true,
            Some(word) => !row.contains(word),
            None => row.contains(&word),
        }
    })
}
