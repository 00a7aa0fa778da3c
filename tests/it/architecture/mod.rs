//! Holds the house rules of design.md section 7: which room uses which, what stays out of which rooms, and how files and
//! dependencies look.
//!
//! Every rule is a function from text to faults. It is run over the repository, where it must find none, and over a
//! made-up snippet, where it must find one: so no rule can pass by never looking.

mod rules;
mod source;

use rules::{
    LONG, dependencies_without_reason, form, lib_forbids_unsafe, rooms_of_the_build,
    several_versions, top_level, uses_of_crates_and_types, uses_of_rooms, uses_of_the_outside,
};
use source::{Source, tokens, without_tests};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![repository().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn sources(folder: &str) -> Vec<Source> {
    let files = rust_files(folder);
    assert!(files.len() > 5, "{folder} holds {} files", files.len());
    files
        .iter()
        .map(|file| {
            let path = file.strip_prefix(repository()).unwrap();
            Source::new(
                &path.to_str().unwrap().replace('\\', "/"),
                &std::fs::read_to_string(file).unwrap(),
            )
        })
        .collect()
}

/// The sources of the program, without the modules that are built for tests only.
fn program() -> Vec<Source> {
    let all = sources("src");
    let test_modules: BTreeSet<String> = all
        .iter()
        .flat_map(|source| {
            let folder = source
                .path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            let modules = without_tests(&tokens(&source.text)).1;
            modules
                .into_iter()
                .map(move |module| format!("{folder}/{module}.rs"))
        })
        .collect();
    all.into_iter()
        .filter(|source| !test_modules.contains(&source.path))
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

/// Fails with every fault at once.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    none(program().iter().flat_map(uses_of_rooms).collect());
    for (path, text, is_fault) in [
        ("src/model/day.rs", "use crate::dataset::Table;", true),
        (
            "src/model/day.rs",
            "use super::super::dataset::Table;",
            true,
        ),
        ("src/model/day.rs", "use super::Text;", false),
        (
            "src/dataset/read/raw.rs",
            "fn f() { crate::graph::Node::new() }",
            true,
        ),
        (
            "src/proof/check/mod.rs",
            "use crate::{model::Day, reason::answer};",
            true,
        ),
        ("src/proof/check/mod.rs", "use super::super::reason;", true),
        ("src/proof/check/mod.rs", "use super::sentences::a;", false),
        (
            "src/proof/check/lines.rs",
            "use super::super::super::reason::answer;",
            true,
        ),
        (
            "src/proof/check/lines.rs",
            "use super::super::step::Out;",
            false,
        ),
        ("src/reason/need.rs", "use crate::proof::check;", true),
        (
            "src/reason/need.rs",
            "use crate::proof::{Out, Step};",
            false,
        ),
        ("src/reason/need.rs", "use crate::search::resolve;", true),
        ("src/render/why.rs", "use crate::reason::answer;", true),
        (
            "src/render/why.rs",
            "// crate::reason\nuse crate::ask::ask;",
            false,
        ),
        (
            "src/render/why.rs",
            "const A: &str = \"crate::reason::b\";",
            false,
        ),
        (
            "src/render/why.rs",
            "#[cfg(test)]\nmod tests { use crate::reason::answer; }",
            false,
        ),
        (
            "src/render/why.rs",
            "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::reason::answer;",
            true,
        ),
        ("src/main.rs", "use licit::model::Answer;", true),
        ("src/main.rs", "use licit::{cli::run, model::Day};", false),
        ("src/build/main.rs", "fn f() { reason::answer() }", true),
        ("src/cellar/mod.rs", "", true),
        ("src/tui/mod.rs", "use crate::cli::run;", true),
        ("src/cli/mod.rs", "use crate::tui::Model;", true),
        ("src/tui/mod.rs", "use crate::render::View;", false),
    ] {
        let faults = uses_of_rooms(&Source::new(path, text));
        assert_eq!(!faults.is_empty(), is_fault, "{path}: {text}: {faults:?}");
    }
}

#[test]
fn clock_environment_and_printing_stay_outside() {
    none(program().iter().flat_map(uses_of_the_outside).collect());
    for (path, text, is_fault) in [
        ("src/ask/mod.rs", "fn f() { println!(\"a\") }", true),
        ("src/ask/mod.rs", "fn f() { eprint!(\"a\") }", true),
        ("src/ask/mod.rs", "use std::{env, fs};", true),
        ("src/ask/mod.rs", "use std::time::SystemTime;", true),
        (
            "src/ask/mod.rs",
            "fn f() { std::io::stdout().lock(); }",
            true,
        ),
        ("src/ask/mod.rs", "use std::io::{Read, stdout};", true),
        ("src/ask/mod.rs", "fn f() { env!(\"OUT_DIR\"); }", false),
        ("src/ask/mod.rs", "use std::io::Read; // println!", false),
        ("src/main.rs", "fn f() { std::env::args_os(); }", false),
    ] {
        let faults = uses_of_the_outside(&Source::new(path, text));
        assert_eq!(!faults.is_empty(), is_fault, "{path}: {text}: {faults:?}");
    }
}

#[test]
fn no_hash_order_no_floats_and_crates_in_their_rooms() {
    none(
        program()
            .iter()
            .flat_map(uses_of_crates_and_types)
            .collect(),
    );
    for (path, text, is_fault) in [
        ("src/ask/mod.rs", "use std::collections::HashMap;", true),
        (
            "src/ask/mod.rs",
            "use std::collections::{BTreeMap, HashSet};",
            true,
        ),
        ("src/ask/mod.rs", "fn f(a: f64) {}", true),
        (
            "src/ask/mod.rs",
            "/* f64 */ fn f<'a>(a: &'a str) -> char { '\\'' }",
            false,
        ),
        ("src/cli/ask.rs", "fn f() { toml::from_str(\"\") }", true),
        (
            "src/dataset/load.rs",
            "fn f() { toml::from_str(\"\") }",
            false,
        ),
        ("src/cli/ask.rs", "use petgraph::Graph;", true),
    ] {
        let faults = uses_of_crates_and_types(&Source::new(path, text));
        assert_eq!(!faults.is_empty(), is_fault, "{path}: {text}: {faults:?}");
    }
}

#[test]
fn files_say_why_they_exist_and_why_they_are_long() {
    none(sources("src").iter().flat_map(form).collect());
    none(sources("tests").iter().flat_map(form).collect());
    let long = "a();\n".repeat(LONG);
    for (text, is_fault) in [
        ("use std::fs;\n".to_owned(), true),
        ("//! Why.\n".to_owned(), false),
        (format!("//! Why.\n{long}"), true),
        (
            format!("//! Why; over 500 lines since it is one table.\n{long}"),
            false,
        ),
        (format!("//! Why.\n{long}// over 500 lines"), true),
    ] {
        let faults = form(&Source::new("src/a.rs", &text));
        assert_eq!(!faults.is_empty(), is_fault, "{:.60}: {faults:?}", text);
    }
}

#[test]
fn unsafe_code_is_forbidden() {
    none(lib_forbids_unsafe(&Source::new(
        "src/lib.rs",
        &read("src/lib.rs"),
    )));
    for text in [
        "#![warn(missing_docs)]",
        "// #![forbid(unsafe_code)]",
        "#![deny(unsafe_code)]",
    ] {
        assert!(!lib_forbids_unsafe(&Source::new("src/lib.rs", text)).is_empty());
    }
}

#[test]
fn the_build_script_takes_in_two_rooms() {
    none(rooms_of_the_build(&Source::new(
        "src/build/main.rs",
        &read("src/build/main.rs"),
    )));
    let third = "#[path = \"../model/mod.rs\"] mod model;\n#[path = \"../dataset/mod.rs\"] mod dataset;\n\
                 #[path = \"../graph/mod.rs\"] mod graph;";
    assert!(!rooms_of_the_build(&Source::new("src/build/main.rs", third)).is_empty());
}

#[test]
fn the_top_level_stays_small() {
    let listed = Command::new("git")
        .args(["ls-files"])
        .current_dir(repository())
        .output();
    match listed {
        Ok(listed) if listed.status.success() => {
            let listed = String::from_utf8(listed.stdout).unwrap();
            assert!(listed.lines().any(|path| path == "Cargo.toml"), "{listed}");
            none(top_level(listed.lines()));
        }
        // Not a clone: what cargo packed holds no more than what is tracked.
        _ => {
            for name in ["Cargo.toml", "src"] {
                assert!(repository().join(name).exists(), "{name}");
            }
        }
    }
    assert_eq!(
        top_level(["src/lib.rs", "notes.md", "benches/a.rs", "data/meta.toml"]).len(),
        2
    );
}

#[test]
fn one_version_of_what_draws_and_measures() {
    none(several_versions(&read("Cargo.lock")));
    let twice = "[[package]]\nname = \"crossterm\"\nversion = \"0.28.1\"\n\
                 [[package]]\nname = \"crossterm\"\nversion = \"0.29.0\"\n\
                 [[package]]\nname = \"syn\"\nversion = \"1.0.0\"\n\
                 [[package]]\nname = \"syn\"\nversion = \"2.0.0\"\n";
    assert_eq!(several_versions(twice), ["crossterm: 0.28.1 and 0.29.0"]);
}

#[test]
fn every_dependency_says_why() {
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("\n[dependencies]\n"));
    none(dependencies_without_reason(&manifest));
    let bare = "[package]\nname = \"a\"\n[dependencies]\n# Why.\nb = \"1\"\nc = \"1\"\n\
                [build-dependencies]\nb = \"1\"\nd = \"1\"\n[dev-dependencies]\n\ne = \"1\"\n";
    assert_eq!(dependencies_without_reason(bare).len(), 3, "{bare}");
}
