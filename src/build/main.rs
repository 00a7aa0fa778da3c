//! The build script: validates `data/` with the same code as `licit lint`, and writes the compact form that the program
//! carries inside. Bad data fails the build.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "cargo reads what a build script prints"
)]

#[path = "../dataset/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the room is taken in as it is; the build needs only a part of it"
)]
mod dataset;
#[path = "../model/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the room is taken in as it is; the build needs only a part of it"
)]
mod model;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    for watched in ["data", "src/model", "src/dataset"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprint!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let mut loaded = dataset::load_dir(Path::new("data"), None);
    dataset::lint(&mut loaded, None);
    let report = dataset::report(&loaded.sources, &loaded.problems, false);
    let Some(knowledge) = loaded.knowledge else {
        return Err(report);
    };
    eprint!("{report}");
    let bytes = dataset::to_bytes(&knowledge).map_err(|error| format!("{error}\n"))?;
    let folder = std::env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR\n")?;
    let file = PathBuf::from(folder).join("licit.data");
    std::fs::write(&file, bytes).map_err(|error| format!("{}: {error}\n", file.display()))
}
