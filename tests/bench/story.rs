//! What somebody types in a minute, for whatever measures keys.

/// What somebody does in a minute: searches, keeps, asks why, follows the dates, compares, walks the graph.
const STORY: &[&str] = &[
    "intune administrator\nEnter",
    "pim\nEnter Esc 2 Down Down Down Down Right Down Down x x 1",
    "\nEsc 3 Down Down Down [ [ ] t 1",
    "\n4 +",
    "SPE_E3\nEnter +",
    "SPE_E5\nEnter Down Down Down Right Down v v 1",
    "\n6 Down Down Down Space + Down Backspace 1",
    "\n/",
    "safe links\nDown Down Down Enter",
    "exchange administrator\nEnter Esc Tab Down Down Down Down w Down Down Down Down 1",
    "\na Down Down y Esc u ? Esc ^P Esc /",
];

/// Its keys, by their names.
pub(crate) fn keys() -> impl Iterator<Item = String> {
    STORY.iter().flat_map(|part| {
        let (typed, pressed) = part.split_once('\n').unwrap_or((part, ""));
        let letters = typed.chars().map(|letter| match letter {
            ' ' => "Space".to_owned(),
            letter => letter.to_string(),
        });
        letters.chain(pressed.split_whitespace().map(str::to_owned))
    })
}
