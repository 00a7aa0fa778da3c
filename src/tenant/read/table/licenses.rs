//! A cell with licenses: names, string ids or GUIDs, joined by whatever somebody liked.

use crate::tenant::lexicon::Lexicon;
use crate::tenant::read::rows::after_prefix;

/// Words for no license at all.
const NONE: &[&str] = &[
    "Unlicensed",
    "None",
    "-",
    "{}",
    "No license",
    "Nicht lizenziert",
    "Sans licence",
];

/// The licenses of a cell, each as it is written; those that the knowledge base does not know too.
///
/// The admin center joins names by `+` without blanks, and seven names have ` + ` in them. Scripts join by comma,
/// semicolon or blank, and put the tenant before a colon.
pub(super) fn split(cell: &str, lexicon: &Lexicon<'_>) -> Vec<String> {
    let cell = cell.trim().trim_start_matches('{').trim_end_matches('}');
    if cell.is_empty() || NONE.iter().any(|none| none.eq_ignore_ascii_case(cell)) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    take_apart(cell, lexicon, &SEPARATORS, &mut parts);
    parts
}

/// Ways to take a cell apart, the surest first.
const SEPARATORS: [fn(&str) -> Vec<&str>; 5] = [
    |cell| cell.split([';', '|', '\n', '\r']).collect(),
    bare_plus,
    |cell| cell.split(',').collect(),
    |cell| cell.split('+').collect(),
    |cell| cell.split_whitespace().collect(),
];

fn take_apart(
    cell: &str,
    lexicon: &Lexicon<'_>,
    ways: &[fn(&str) -> Vec<&str>],
    parts: &mut Vec<String>,
) {
    let cell = cell.trim();
    let is_known = |part: &str| lexicon.sku_named(part).is_some();
    let whole = after_prefix(cell);
    if whole.is_empty() {
        return;
    }
    let Some((way, later)) = ways.split_first().filter(|_| !is_known(whole)) else {
        parts.push(whole.to_owned());
        return;
    };
    let pieces = way(cell);
    if pieces.len() < 2 {
        return take_apart(cell, lexicon, later, parts);
    }
    let mut found = Vec::new();
    for piece in pieces {
        take_apart(piece, lexicon, later, &mut found);
    }
    // The first two ways are meant to separate. A comma or a plus is one only where a name stands beside it, and a
    // blank, which most names have, only where names stand on all sides.
    let is_sure = later.len() + 2 >= SEPARATORS.len();
    let is_blank = later.is_empty();
    let is_separator = if is_blank {
        found.iter().all(|part| is_known(part))
    } else {
        is_sure || found.iter().any(|part| is_known(part))
    };
    if is_separator {
        parts.extend(found);
    } else {
        take_apart(cell, lexicon, later, parts);
    }
}

/// The parts between `+` signs without a blank on either side.
fn bare_plus(cell: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in cell.match_indices('+') {
        let before = cell.get(..at).and_then(|text| text.chars().next_back());
        let after = cell.get(at + 1..).and_then(|text| text.chars().next());
        let is_blank = |side: Option<char>| side.is_none_or(char::is_whitespace);
        if !is_blank(before) && !is_blank(after) {
            parts.extend(cell.get(from..at));
            from = at + 1;
        }
    }
    parts.extend(cell.get(from..));
    parts
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::ask::built_in;
    use crate::tenant::lexicon::Lexicon;

    #[test]
    fn cells_are_taken_apart_whatever_joins_their_names() {
        let knowledge = built_in().unwrap();
        let lexicon = Lexicon::new(&knowledge);
        for (cell, parts) in [
            ("Unlicensed", vec![]),
            ("", vec![]),
            ("Microsoft 365 E5", vec!["Microsoft 365 E5"]),
            (
                "Office 365 E3+Enterprise Mobility + Security E5",
                vec!["Office 365 E3", "Enterprise Mobility + Security E5"],
            ),
            (
                "contoso:SPE_E3 reseller-account:FLOW_FREE",
                vec!["SPE_E3", "FLOW_FREE"],
            ),
            ("{contoso:ENTERPRISEPACK}", vec!["ENTERPRISEPACK"]),
            ("SPE_E3, EMSPREMIUM", vec!["SPE_E3", "EMSPREMIUM"]),
            ("SPE_E3;Nobody knows", vec!["SPE_E3", "Nobody knows"]),
            (
                "Microsoft 365 Empresa Básico+Office 365 E3",
                vec!["Microsoft 365 Empresa Básico", "Office 365 E3"],
            ),
            (
                "Office 365 A1 dla nauczycieli",
                vec!["Office 365 A1 dla nauczycieli"],
            ),
            (
                "06ebc4ee-1bb5-47dd-8120-11324bc54e06 05e9a617-0261-4cee-bb44-138d3ef5d965",
                vec![
                    "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
                    "05e9a617-0261-4cee-bb44-138d3ef5d965",
                ],
            ),
        ] {
            assert_eq!(split(cell, &lexicon), parts, "{cell}");
        }
    }
}
