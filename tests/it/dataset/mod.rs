//! The data format: bad files and what is said about them, good files and what becomes of them.

mod bad;
mod format;
mod good;
mod mutation;
mod rules;

use licit::dataset::{Loaded, SourceMap, load};
use licit::model::Code;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A path in this repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    let path = repository(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The small world with these files added.
pub(crate) fn world_and(files: &[(&str, &str)]) -> Loaded {
    let world = [
        ("meta.toml", text("tests/data/world/meta.toml")),
        ("world.toml", text("tests/data/world/world.toml")),
    ];
    let world = world
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text));
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    load(SourceMap::from_texts(world.chain(files)), None)
}

fn codes(loaded: &Loaded) -> BTreeSet<Code> {
    loaded.problems.iter().map(|problem| problem.code).collect()
}
