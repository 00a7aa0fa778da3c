//! Gate S12: files are written whole or not at all, also by a program that is killed and on a disk that is full.
//!
//! The writer is this very test binary, started again.

use crate::common::{end, figure, skipped};
use licit::files::{Over, remove_left_behind, write_text};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "LICIT_WRITER_FOLDER";
const FULL: &str = "LICIT_WRITER_FULL";

/// This test binary as a writer, started by another program that is given the arguments before it.
fn writer(starter: &[&str]) -> Command {
    let this = std::env::current_exe().unwrap();
    let name = "writing::as_a_writer";
    let words = starter
        .iter()
        .map(std::ffi::OsStr::new)
        .chain([this.as_os_str()]);
    let mut words = words.chain([name, "--exact", "--ignored", "--nocapture"].map(AsRef::as_ref));
    let mut command = Command::new(words.next().unwrap());
    command
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// One of two texts, of many pages.
fn text(number: usize) -> String {
    format!("{}\n", number % 2).repeat(100_000)
}

#[test]
#[ignore = "started by the gate and killed by it"]
fn as_a_writer() {
    if let Some(folder) = std::env::var_os(FULL) {
        let path = Path::new(&folder).join("session.toml");
        write_text(&path, "old", Over::Private).unwrap();
        let full = write_text(&path, &text(0), Over::Private).unwrap_err();
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
        // That of a program that got here, unlike that of one that ran no test.
        end(42);
    }
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let path = Path::new(&folder).join("session.toml");
    for number in 0.. {
        write_text(&path, &text(number), Over::Private).unwrap();
    }
}

/// Kills a writer again and again; gives how often a temporary file was left behind.
fn killed(name: &str, times: u32) -> usize {
    let folder = folder(name);
    let path = folder.join("session.toml");
    let whole = [text(0), text(1)];
    let mut left_behind = 0;
    for round in 0..times {
        let mut writer = writer(&[]).env(FOLDER, &folder).spawn().unwrap();
        while !path.exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        // A different moment each time, spread over some writes.
        std::thread::sleep(Duration::from_micros(u64::from(round) * 7919 % 23_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(
            whole.contains(&written),
            "round {round}: torn, {} bytes",
            written.len()
        );
        left_behind += usize::from(std::fs::read_dir(&folder).unwrap().count() > 1);
        remove_left_behind(&path);
        assert_eq!(
            std::fs::read_dir(&folder).unwrap().count(),
            1,
            "round {round}"
        );
    }
    left_behind
}

#[test]
fn s12_a_killed_writer_leaves_the_old_file_or_the_new_one() {
    let left_behind = killed("killed", 20);
    figure(
        "S12 killed",
        &format!(
            "20 of 20 whole, {left_behind} left a temporary file, which went at the next start"
        ),
    );
}

#[test]
#[ignore = "full size"]
fn s12_a_writer_killed_very_often() {
    let left_behind = killed("killed-often", 200);
    figure(
        "S12 killed",
        &format!(
            "200 of 200 whole, {left_behind} left a temporary file, which went at the next start"
        ),
    );
    assert!(
        left_behind > 0,
        "no kill met a write: the gate shows nothing"
    );
}

#[test]
fn s12_a_full_disk_leaves_the_old_file() {
    let folder = folder("full");
    // A disk of 64 kilobytes, in a place of its own where everybody may mount.
    let script = "mount -t tmpfs -o size=64k tmpfs \"$0\" || exit 77; exec \"$@\"";
    let own_place = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        script,
    ];
    let starter = [&own_place[..], &[folder.to_str().unwrap()]].concat();
    let ran = writer(&starter).env(FULL, &folder).status();
    match ran.map(|status| status.code()) {
        Ok(Some(42)) => figure(
            "S12 full disk",
            "the old file is whole, nothing is left behind",
        ),
        Ok(Some(101)) => panic!("the writer failed"),
        other => skipped(
            "S12 full disk",
            &format!("nothing can be mounted here ({other:?})"),
        ),
    }
}
