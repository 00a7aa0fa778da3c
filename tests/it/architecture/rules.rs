//! The house rules, each a function from text to faults.

use super::source::{Source, Token, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// Which rooms each part of the program may use. The longest prefix of a file's path decides.
const ROOMS: &[(&str, &[&str])] = &[
    ("src/model/", &["model"]),
    ("src/dataset/", &["model", "dataset"]),
    ("src/build/", &["model", "dataset"]),
    ("src/graph/", &["model", "dataset", "graph"]),
    // The checker shares no code with what it checks: above all neither `reason` nor `graph`.
    ("src/proof/", &["model", "dataset", "proof"]),
    (
        "src/reason/",
        &["model", "dataset", "graph", "proof", "reason"],
    ),
    ("src/search/", &["model", "dataset", "search"]),
    ("src/files/", &["model", "dataset", "search", "files"]),
    (
        "src/ask/",
        &[
            "model", "dataset", "graph", "proof", "reason", "search", "ask",
        ],
    ),
    (
        "src/tenant/",
        &[
            "model", "dataset", "graph", "proof", "reason", "search", "ask", "files", "tenant",
        ],
    ),
    (
        "src/render/",
        &[
            "model", "dataset", "graph", "proof", "ask", "search", "files", "tenant", "render",
        ],
    ),
    (
        "src/cli/",
        &[
            "model", "dataset", "graph", "proof", "reason", "search", "files", "ask", "tenant",
            "render", "cli",
        ],
    ),
    (
        "src/tui/",
        &[
            "model", "dataset", "graph", "proof", "reason", "search", "files", "ask", "tenant",
            "render", "tui",
        ],
    ),
    ("src/main.rs", &["model", "cli", "tui"]),
    ("src/lib.rs", &[]),
];

/// What `reason` takes from `proof`: the words of steps, not the checker.
const STEPS: &[&str] = &[
    "Assumption",
    "Finding",
    "Out",
    "Proof",
    "Range",
    "Statement",
    "Step",
    "StepId",
    "Unknown",
    "Value",
    "value_words",
];

/// The parts of the program that may meet the clock, the environment and the terminal.
const OUTSIDE: &[&str] = &["src/main.rs", "src/build/", "src/cli/", "src/tui/"];

/// Crates that only some rooms know.
const CRATES: &[(&str, &[&str])] = &[
    ("toml", &["src/dataset/", "src/files/"]),
    ("tui_input", &["src/tui/"]),
    ("terminal_colorsaurus", &["src/tui/"]),
    ("petgraph", &["src/dataset/", "src/graph/"]),
    ("postcard", &["src/dataset/"]),
    ("annotate_snippets", &["src/dataset/"]),
    ("jiff", &["src/model/"]),
    ("fuzzy_matcher", &["src/search/"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("ratatui", &["src/tui/"]),
    ("crossterm", &["src/tui/"]),
    // Ctrl+C keeps what a long reading has; the screens hear signals of their own.
    ("signal_hook", &["src/cli/", "src/tui/"]),
    ("rustix", &["src/tui/"]),
    ("base64", &["src/tui/"]),
];

/// Everything at the top level of the repository.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "data",
    "src",
    "tests",
];

/// Crates of which two versions at once would be two terminals, or two opinions about width.
const SINGLE: &[&str] = &["crossterm", "ratatui-core", "unicode-width"];

/// The most lines of a file that does not say why it is longer.
pub(super) const LONG: usize = 500;

/// Rooms used that the table does not allow.
pub(super) fn uses_of_rooms(source: &Source) -> Vec<String> {
    let Some((_, allowed)) = ROOMS
        .iter()
        .filter(|(place, _)| source.path.starts_with(place))
        .max_by_key(|(place, _)| place.len())
    else {
        return vec![format!("{}: stands in no room", source.path)];
    };
    let rooms: BTreeSet<&str> = ROOMS
        .iter()
        .filter_map(|(place, _)| place.strip_prefix("src/")?.strip_suffix('/'))
        .collect();
    let mut faults = Vec::new();
    for path in source.paths() {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let (room, item) = match path.as_slice() {
            ["crate" | "licit", room, rest @ ..] => (*room, rest.first().copied()),
            // The build script takes rooms in as modules of its own.
            [room, rest @ ..] if source.is_in(&["src/build/"]) && rooms.contains(room) => {
                (*room, rest.first().copied())
            }
            _ => continue,
        };
        let is_steps_only = !source.is_in(&["src/reason/"])
            || room != "proof"
            || item.is_some_and(|item| STEPS.contains(&item));
        let is_day_only = !source.is_in(&["src/main.rs"]) || room != "model" || item == Some("Day");
        if rooms.contains(room) && !(allowed.contains(&room) && is_steps_only && is_day_only) {
            faults.push(format!("{}: uses {}", source.path, path.join("::")));
        }
    }
    faults
}

/// The clock, the environment, the terminal and printing outside the rooms that may.
pub(super) fn uses_of_the_outside(source: &Source) -> Vec<String> {
    if source.is_in(OUTSIDE) {
        return Vec::new();
    }
    const MACROS: &[&str] = &["println", "eprintln", "print", "eprint", "dbg"];
    let mut faults: Vec<String> = source
        .tokens
        .windows(2)
        .filter_map(|pair| match pair {
            [Token::Word(name), Token::Sign('!')] if MACROS.contains(&name.as_str()) => {
                Some(format!("{}: {name}!", source.path))
            }
            _ => None,
        })
        .collect();
    for path in source.paths() {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let is_outside = matches!(
            path.as_slice(),
            ["std", "env" | "process" | "time", ..]
                | ["std", "io", "stdout" | "stderr" | "stdin", ..]
                | ["env", ..]
                | ["SystemTime" | "Instant", ..]
                | ["jiff", "Zoned" | "Timestamp", ..]
        );
        if is_outside {
            faults.push(format!("{}: {}", source.path, path.join("::")));
        }
    }
    faults
}

/// Crates that belong to other rooms, and types that could bring a hash map's order or a rounding error into an answer.
pub(super) fn uses_of_crates_and_types(source: &Source) -> Vec<String> {
    let mut faults: Vec<String> = source
        .tokens
        .iter()
        .filter_map(|token| match token {
            Token::Word(word) if ["HashMap", "HashSet", "f32", "f64"].contains(&word.as_str()) => {
                Some(format!("{}: {word}", source.path))
            }
            _ => None,
        })
        .collect();
    for path in source.paths() {
        for (name, places) in CRATES {
            if path[0] == *name && !source.is_in(places) {
                faults.push(format!("{}: uses {}", source.path, path.join("::")));
            }
        }
    }
    faults
}

/// A first line that does not say why the file exists, and a length without a reason.
pub(super) fn form(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = source.text.lines().count();
    if !source.text.starts_with("//! ") {
        faults.push(format!("{}: does not begin with `//!`", source.path));
    }
    let head: Vec<&str> = source.text.lines().take(5).collect();
    if lines > LONG && !head.join("\n").contains(&format!("over {LONG} lines")) {
        faults.push(format!(
            "{}: has {lines} lines and does not say in its first five why it is over {LONG} lines",
            source.path
        ));
    }
    faults
}

/// Unsafe code must be forbidden for the whole crate.
pub(super) fn lib_forbids_unsafe(source: &Source) -> Vec<String> {
    let wanted = tokens("#![forbid(unsafe_code)]");
    if source
        .tokens
        .windows(wanted.len())
        .any(|part| part == wanted)
    {
        Vec::new()
    } else {
        vec![format!("{}: does not forbid unsafe code", source.path)]
    }
}

/// The build script takes in `model` and `dataset` and no other room.
pub(super) fn rooms_of_the_build(source: &Source) -> Vec<String> {
    let taken: BTreeSet<&str> = source
        .tokens
        .windows(3)
        .filter_map(|part| match part {
            [Token::Word(key), Token::Sign('='), Token::Text(path)] if key == "path" => {
                Some(path.trim_matches('"'))
            }
            _ => None,
        })
        .collect();
    if taken == BTreeSet::from(["../dataset/mod.rs", "../model/mod.rs"]) {
        Vec::new()
    } else {
        vec![format!("{}: takes in {taken:?}", source.path)]
    }
}

/// Names at the top level that are not among those allowed.
pub(super) fn top_level<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names: BTreeSet<&str> = paths
        .into_iter()
        .filter_map(|path| path.split('/').next())
        .filter(|name| !name.is_empty() && !TOP_LEVEL.contains(name))
        .collect();
    names
        .into_iter()
        .map(|name| format!("{name}: does not belong at the top level"))
        .collect()
}

/// Crates that stand in the lock file with several versions.
pub(super) fn several_versions(lock: &str) -> Vec<String> {
    let lock: toml::Table = lock.parse().unwrap();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let version = package["version"].as_str().unwrap();
        versions.entry(name).or_default().push(version);
    }
    versions
        .into_iter()
        .filter(|(name, versions)| SINGLE.contains(name) && versions.len() > 1)
        .map(|(name, versions)| format!("{name}: {}", versions.join(" and ")))
        .collect()
}

/// Dependencies without a line above that says why. What the build script uses is what two rooms use: its reason stands
/// with the dependency of the same name.
pub(super) fn dependencies_without_reason(manifest: &str) -> Vec<String> {
    let mut section = "";
    let mut above = "";
    let mut known = BTreeSet::new();
    let mut faults = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if let Some((name, _)) = line.split_once(" = ") {
            let is_explained = match section {
                "[dependencies]" => known.insert(name) && above.starts_with("# "),
                "[dev-dependencies]" => above.starts_with("# "),
                "[build-dependencies]" => known.contains(name),
                _ => true,
            };
            if !is_explained {
                faults.push(format!("{section} {name}: no line above says why"));
            }
        }
        above = line;
    }
    faults
}
