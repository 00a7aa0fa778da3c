//! What is written: byte for byte the same, good data, all or nothing.

use super::{FOLDER, day, pair, sku_guid, whole};
use crate::command_line::{Run, licit};
use licit::dataset::catalog::{Extent, changes, import, read_copy};
use licit::dataset::{SourceMap, load, load_dir};
use licit::model::{Day, Segment};
use std::path::{Path, PathBuf};

/// The files beside the pair are what comes of it; `SNAPSHOTS=overwrite` writes them anew.
#[test]
fn the_pair_gives_the_files_beside_it_byte_for_byte() {
    let made = whole(&pair(), &[]);
    let folder = Path::new(FOLDER).join("expected");
    let mut expected: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    expected.sort();
    if std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite") {
        for file in &expected {
            std::fs::remove_file(file).unwrap();
        }
        for file in &made.files {
            std::fs::write(folder.join(&file.name), &file.text).unwrap();
        }
        return;
    }
    let names: Vec<PathBuf> = made
        .files
        .iter()
        .map(|file| folder.join(&file.name))
        .collect();
    assert_eq!(names, expected);
    for file in &made.files {
        let expected = std::fs::read_to_string(folder.join(&file.name)).unwrap();
        assert_eq!(file.text, expected, "{}", file.name);
    }
}

/// The files of an import are data without a problem, and importing again changes nothing.
#[test]
fn what_is_written_is_data_that_an_import_changes_nothing_in() {
    let made = whole(&pair(), &[]);
    let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n".to_owned();
    let files = made
        .files
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()));
    let loaded = load(
        SourceMap::from_texts(files.chain([("meta.toml".to_owned(), meta)])),
        None,
    );
    assert_eq!(
        licit::dataset::report(&loaded.sources, &loaded.problems, false),
        ""
    );
    let knowledge = loaded.knowledge.unwrap();
    let later = day("2030-01-01");
    let again = import(pair(), &[], &knowledge, Extent::Whole, later).unwrap();
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    assert_eq!(again.files, made.files);
    let added = import(pair(), &[], &knowledge, Extent::Additions, later).unwrap();
    assert_eq!((added.older.len(), added.files.len()), (2, 0));
    let sku = knowledge.skus.find("SUITE_FACULTY").unwrap();
    assert_eq!(knowledge.skus[sku].segment, Segment::Education);
    let trial = knowledge.skus.find("SUITE_TRIAL").unwrap();
    assert!(!knowledge.skus[trial].purchasable);
}

/// An addition brings the present data to where a whole import would be, but for what ended.
#[test]
fn an_addition_stands_beside_the_present_data() {
    let mut copies = pair();
    let newest = copies.pop().unwrap();
    let first = whole(&copies, &[]);
    let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n".to_owned();
    let files = first
        .files
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()));
    let base = load(
        SourceMap::from_texts(files.chain([("meta.toml".to_owned(), meta)])),
        None,
    );
    let base = base.knowledge.unwrap();
    let today = day("2026-11-22");
    let added = import(vec![newest], &[], &base, Extent::Additions, today).unwrap();
    assert_eq!(added.files.len(), 1);
    assert_eq!(added.files[0].name, "catalog-2026-08-20.toml");
    let text = added.files[0].text.clone();
    let both = load(SourceMap::from_texts([("catalog.toml", text)]), Some(base));
    assert_eq!(
        licit::dataset::report(&both.sources, &both.problems, false),
        ""
    );
    let both = both.knowledge.unwrap();
    for (claim, from) in [
        (
            "inclusion:SUITE_BASIC:FILTER",
            "between 2025-03-16 and 2026-08-20",
        ),
        (
            "name:sku:SUITE_BASIC:Mail Suite Start",
            "between 2025-03-16 and 2026-08-20",
        ),
        ("inclusion:SUITE_GOV:MAILBOX", "by 2026-08-20"),
    ] {
        let id = both.claims.find(claim).unwrap_or_else(|| panic!("{claim}"));
        let period = &both.claims[id].effective;
        assert_eq!(period.from.as_ref().unwrap().written(), from, "{claim}");
    }
    // The string was given to another SKU before.
    assert!(both.skus.find("CALLING").is_some());
    assert!(both.skus.find(&sku_guid(9)).is_some());
    let again = import(
        vec![pair().pop().unwrap()],
        &[],
        &both,
        Extent::Additions,
        today,
    )
    .unwrap();
    assert!(again.files.is_empty());
}

/// A new name may say that another buyer is meant, and a second name beside the first is a further one.
#[test]
fn the_difference_tells_other_buyers_and_further_names() {
    let made = whole(&pair(), &[]);
    let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n".to_owned();
    let files = made.files.into_iter().map(|file| (file.name, file.text));
    let present = load(
        SourceMap::from_texts(files.chain([("meta.toml".to_owned(), meta)])),
        None,
    );
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other-buyers");
    std::fs::create_dir_all(&folder).unwrap();
    let table = std::fs::read_to_string(Path::new(FOLDER).join("new.csv")).unwrap();
    let table = table.replace("Mail Suite Start,", "Mail Suite Start (GCC),")
        + "\nMail Suite Begin,SUITE_BASIC,00000001-0000-4000-8000-000000000001,FILTER,00000002-0000-4000-8000-000000000004,Filter for Mail\n";
    let path = folder.join("newest.csv");
    std::fs::write(&path, table).unwrap();
    let copy = read_copy(&path, "newest.csv", day("2026-10-01")).unwrap();
    let changes = import(
        vec![copy],
        &[],
        &present.knowledge.unwrap(),
        Extent::Additions,
        day("2026-11-22"),
    )
    .unwrap()
    .changes;
    let of = |id: &str, old: &str, new: &str| (id.to_owned(), old.to_owned(), new.to_owned());
    assert_eq!(
        changes.skus_reclassified,
        [of("SUITE_BASIC", "commercial", "government")]
    );
    assert_eq!(
        changes.skus_aliased,
        [(
            "SUITE_BASIC".to_owned(),
            vec!["Mail Suite Begin".to_owned()]
        )]
    );
    let renamed = of("SUITE_BASIC", "Mail Suite Start", "Mail Suite Start (GCC)");
    assert_eq!(changes.skus_renamed, [renamed]);
}

/// Text without its line breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn import_pair(more: &[&str]) -> Run {
    let old = format!("{FOLDER}/plans-2025-03-16.csv");
    let new = format!("{FOLDER}/new.csv");
    let line = [
        "catalog",
        "import",
        &old,
        &new,
        "--date",
        "new.csv=2026-08-20",
    ];
    let data = ["--data", "tests/data/small", "--no-builtin"];
    licit(&[&line[..], &data, more].concat())
}

#[test]
fn the_command_shows_first_and_writes_when_told() {
    let shown = import_pair(&[]);
    assert_eq!(shown.code, 0, "{}", shown.messages);
    for part in [
        "new.csv:18: it has 5 cells and the head has 6",
        "plans-2025-03-16.csv:12: it has 7 cells",
        "+ SUITE_GOV  Mail Suite for Government",
        "10 SKUs, 7 plans",
        "2 left out",
    ] {
        assert!(
            flat(&shown.answer).contains(&flat(part)),
            "{part}\n{}",
            shown.answer
        );
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalog");
    std::fs::remove_dir_all(&folder).ok();
    let written = import_pair(&["--write", folder.to_str().unwrap()]);
    assert_eq!(written.code, 0, "{}", written.messages);
    assert!(
        flat(&written.answer).contains("catalog: 10; changed by that: 10."),
        "{}",
        written.answer
    );
    std::fs::write(
        folder.join("plans-z.toml"),
        format!("{}\n", licit::dataset::catalog::WRITTEN_BY),
    )
    .unwrap();
    let again = import_pair(&["--write", folder.to_str().unwrap()]);
    assert!(
        flat(&again.answer).contains("changed by that: 0. Files of an earlier import removed: 1."),
        "{}",
        again.answer
    );
    // What was written by hand is never touched.
    std::fs::write(folder.join("mine.toml"), "# by hand\n").unwrap();
    let refused = import_pair(&["--write", folder.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .messages
            .contains("mine.toml was not written by an import"),
        "{}",
        refused.messages
    );
    assert_eq!(
        std::fs::read_to_string(folder.join("mine.toml")).unwrap(),
        "# by hand\n"
    );
    let names = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name());
    assert_eq!(names.count(), 11);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_refused_file_ends_with_3_and_mistakes_with_2() {
    let line = |more: &[&str]| {
        let data = ["--data", "tests/data/small", "--no-builtin"];
        licit(&[&["catalog", "import"], more, &data].concat())
    };
    let run = line(&[
        "Cargo.toml",
        "nowhere.csv",
        "--date",
        "Cargo.toml=2026-01-01",
        "--date",
        "nowhere.csv=2026-01-02",
    ]);
    assert_eq!(run.code, 3);
    assert!(run.answer.is_empty());
    assert!(
        run.messages
            .contains("Cargo.toml is refused: its first line"),
        "{}",
        run.messages
    );
    assert!(
        run.messages
            .contains("nowhere.csv is refused: it cannot be opened"),
        "{}",
        run.messages
    );
    let run = line(&[
        "Cargo.toml",
        "--date",
        "other.csv=2026-01-01",
        "--date",
        "x",
    ]);
    assert_eq!(run.code, 2);
    for part in [
        "no day is known for Cargo.toml",
        "--date names `other.csv`",
        "`--date x` says no day",
    ] {
        assert!(run.messages.contains(part), "{part}\n{}", run.messages);
    }
}

/// Where the vendor's true copies are, they give `data/catalog` byte for byte.
#[test]
fn the_copies_give_the_catalog() {
    let sources = Path::new("/work/shared/sources");
    let mut copies = Vec::new();
    for on in [
        "2018-08-17",
        "2021-10-13",
        "2022-08-17",
        "2023-08-08",
        "2024-07-19",
        "2025-07-24",
        "2026-08-20",
    ] {
        let name = if on == "2026-08-20" {
            "skus.csv".to_owned()
        } else {
            format!("skus-{on}.csv")
        };
        let path = sources.join(&name);
        if !path.is_file() {
            return;
        }
        copies.push(read_copy(&path, &name, day(on)).unwrap());
    }
    let loaded = load_dir(Path::new("data"), None);
    let known = changes(&loaded.sources);
    let made = import(
        copies,
        &known,
        &loaded.knowledge.unwrap(),
        Extent::Whole,
        Day::FIRST,
    )
    .unwrap();
    assert_eq!(
        (made.history.skus.len(), made.history.plans.len()),
        (620, 796)
    );
    assert!(made.changes.is_empty(), "{:?}", made.changes);
    assert_eq!(
        std::fs::read_dir("data/catalog").unwrap().count(),
        made.files.len()
    );
    for file in &made.files {
        let text = std::fs::read_to_string(Path::new("data/catalog").join(&file.name)).unwrap();
        assert!(text == file.text, "{} differs", file.name);
    }
}
