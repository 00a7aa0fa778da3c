//! Whatever text comes as data, loading ends with a knowledge base or with problems.

use super::cases;
use licit::dataset::{SourceMap, lint, load, report};
use proptest::collection::vec;
use proptest::prelude::*;

/// Pieces that the format knows, and pieces that break it.
const PIECES: &[&str] = &[
    "[[requirement]]\n",
    "[[requirement.evidence]]\n",
    "[[lifecycle]]\n",
    "[[price]]\n",
    "[[sku]]\n",
    "[[plan]]\n",
    "[[task]]\n",
    "[[given]]\n",
    "[[limit]]\n",
    "[[cover]]\n",
    "[defaults]\n",
    "[x]\n",
    "id = \"a\"\n",
    "id = \"b\"\n",
    "task = [\"a\", \"a\"]\n",
    "feature = \"a\"\n",
    "everything = true\n",
    "aspect = [\"terms\", \"owned\"]\n",
    "requires = { any = [\"a\", { all = [] }] }\n",
    "when = { not = { given = \"a\", at-least = -1 } }\n",
    "when = { all = [{ holds = \"sku:\" }, { role = \":\" }] }\n",
    "effective = { from = 2020-02-30 }\n",
    "effective = { from = \"2021-H2\", until = \"by 2020\" }\n",
    "known = { from = \"between 2020 and 2019\" }\n",
    "counted = { per = \"person\", each = \"1:0\", over = [\"a\"] }\n",
    "amount = \"99999999999999999999.00\"\n",
    "currency = \"usd\"\n",
    "at_most = 18446744073709551616\n",
    "supersedes = [\"a\", \"b\"]\n",
    "replaces = \"b\"\n",
    "names = [{ name = \"\", from = \"by\" }]\n",
    "carries = [{ plan = \"b\", until = 2020-01-01 }]\n",
    "covers = [\"a\"]\n",
    "guid = \"00000000-0000-0000-0000-00000000000é\"\n",
    "schema = 1\n",
    "version = \"1\"\n",
    "reviewed = 2026-11-22\n",
    "\"\u{202e}\" = '''\n",
    "= = =\n",
    "[[",
    "]]\n",
    "{",
    "\"",
    "\r",
    "\u{0}",
    "#",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()),
        1 => "[ -~\\n]{0,12}",
        1 => "\\PC{0,4}",
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn loading_and_reporting_any_text_comes_to_an_end(first in text(), second in text()) {
        let mut loaded = load(SourceMap::from_texts([("a.toml", first), ("b.toml", second)]), None);
        prop_assert_eq!(loaded.knowledge.is_none(), loaded.has_errors());
        lint(&mut loaded, None);
        let said = report(&loaded.sources, &loaded.problems, false);
        prop_assert_eq!(said.is_empty(), loaded.problems.is_empty());
        prop_assert!(!said.contains(['\u{202e}', '\u{0}']), "{said:?}");
    }
}
