//! A made-up tenant with a finding of every kind, to try the audit without any export.
//!
//! Four files of different makers, as they lie in a folder of real exports. All names, ids and numbers are invented.

use super::TextExport;

/// The files of the demonstration.
///
/// ```
/// assert_eq!(licit::tenant::demo().len(), 4);
/// ```
pub fn demo() -> Vec<TextExport> {
    [
        (
            "demo/subscribedSkus.json",
            include_str!("subscribedSkus.json"),
        ),
        ("demo/users.json", include_str!("users.json")),
        ("demo/pim-export.csv", include_str!("pim-export.csv")),
        ("demo/by-hand.toml", include_str!("by-hand.toml")),
    ]
    .into_iter()
    .map(|(path, text)| TextExport::new(path, text))
    .collect()
}
