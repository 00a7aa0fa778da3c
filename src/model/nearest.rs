//! The nearest name to a misspelt one.

/// The candidate nearest to `typed`, when it is near enough to be meant.
///
/// Uses the Damerau-Levenshtein distance, at most a third of the length.
///
/// ```
/// assert_eq!(licit::model::nearest("efective", ["effective", "evidence"]), Some("effective"));
/// assert_eq!(licit::model::nearest("colour", ["effective", "evidence"]), None);
/// ```
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (typed.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(typed, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}
