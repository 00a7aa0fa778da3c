//! One bad file for every code, with what is said about it.
//!
//! A file `tests/data/bad/CODE.toml` is added to the small world; a folder `CODE/` has `data/` of its own and perhaps
//! `scenarios/`. What is said stands beside it in `CODE.txt`; set `SNAPSHOTS=overwrite` to write it anew.

use super::{codes, repository, text, world_and};
use licit::dataset::{LARGEST_FILE, Loaded, lint, load_dir, report};
use licit::model::{Code, Severity};
use snapbox::Data;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

fn load_bad(code: Code) -> Loaded {
    let folder = repository(&format!("tests/data/bad/{code}"));
    let (mut loaded, scenarios) = if folder.is_dir() {
        (
            load_dir(&folder.join("data"), None),
            folder.join("scenarios"),
        )
    } else if code == Code::FileTooLarge {
        (too_large(), folder)
    } else {
        let path = format!("tests/data/bad/{code}.toml");
        let name = format!("{code}.toml");
        (world_and(&[(&name, &text(&path))]), folder)
    };
    lint(&mut loaded, scenarios.is_dir().then_some(&*scenarios));
    loaded
}

/// A file that big is made when it is needed, by one test at a time.
fn too_large() -> Loaded {
    static FOLDER: Mutex<()> = Mutex::new(());
    let _guard = FOLDER.lock().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-large");
    std::fs::create_dir_all(&folder).unwrap();
    let meta = repository("tests/data/world/meta.toml");
    std::fs::copy(meta, folder.join("meta.toml")).unwrap();
    let file = std::fs::File::create(folder.join("large.toml")).unwrap();
    file.set_len(LARGEST_FILE + 1).unwrap();
    let loaded = load_dir(&folder, None);
    std::fs::remove_dir_all(&folder).unwrap();
    loaded
}

#[test]
fn every_code_has_a_bad_file_that_gives_it_and_nothing_else() {
    for code in Code::ALL {
        assert_eq!(codes(&load_bad(*code)), BTreeSet::from([*code]), "{code}");
    }
}

#[test]
fn every_bad_file_says_what_stands_beside_it() {
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    for code in Code::ALL {
        let loaded = load_bad(*code);
        let said = report(&loaded.sources, &loaded.problems, false)
            .replace(env!("CARGO_TARGET_TMPDIR"), "TEMPORARY")
            .replace(env!("CARGO_MANIFEST_DIR"), "REPOSITORY");
        let beside = repository(&format!("tests/data/bad/{code}.txt"));
        assert.eq(Data::text(said).raw(), Data::read_from(&beside, None).raw());
    }
}

#[test]
fn every_file_in_the_folder_belongs_to_a_code() {
    for entry in std::fs::read_dir(repository("tests/data/bad")).unwrap() {
        let name = entry.unwrap().path();
        let code = name.file_stem().unwrap().to_str().unwrap();
        assert!(Code::parse(code).is_some(), "{}", name.display());
    }
}

#[test]
fn errors_leave_no_knowledge_and_warnings_do() {
    for code in Code::ALL {
        let loaded = load_bad(*code);
        let is_error = code.severity() == Severity::Error;
        assert_eq!(loaded.knowledge.is_none(), is_error, "{code}");
        assert_eq!(loaded.has_errors(), is_error, "{code}");
    }
}

#[test]
fn a_report_in_color_says_the_same() {
    let loaded = load_bad(Code::UnknownId);
    let colored = report(&loaded.sources, &loaded.problems, true);
    assert!(colored.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, report(&loaded.sources, &loaded.problems, false));
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_and_hides_nothing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("links");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(folder.join("below")).unwrap();
    std::os::unix::fs::symlink("/etc", folder.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(folder.join("below"), folder.join("below/again")).unwrap();
    std::fs::write(folder.join(".draft.toml"), "not read").unwrap();
    std::fs::write(folder.join("below/area.toml"), "[[area]]\nid = 3\n").unwrap();
    let loaded = load_dir(&folder, None);
    std::fs::remove_dir_all(&folder).unwrap();
    let said = report(&loaded.sources, &loaded.problems, false);
    assert!(
        said.contains("elsewhere` cannot be read: it is a link"),
        "{said}"
    );
    assert!(
        said.contains("again` cannot be read: it is a link"),
        "{said}"
    );
    assert!(said.contains("below/area.toml:2:6"), "{said}");
    assert!(!said.contains("draft"), "{said}");
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let loaded = load_dir(Path::new("no-such-folder"), None);
    assert!(codes(&loaded).contains(&Code::UnreadableFile));
}
