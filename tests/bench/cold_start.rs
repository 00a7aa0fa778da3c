//! How long it takes from starting the program to a printed answer, against a Rust program that does nothing.
//!
//! Run it with `cargo bench --bench cold_start`. Both programs are started in turn, many times, with their output read
//! through a pipe; starting a process costs the same for both, so the difference of the medians ("more") is what licit
//! itself takes, and their ratio ("times") holds on other machines too. On a machine with other work to do the medians
//! tell of that work; the least of the times does so less. Peak memory is read from `/proc` while a full pipe holds the program at its last write;
//! elsewhere than on Linux it is left out.

#![expect(
    clippy::print_stdout,
    reason = "the figures are what a benchmark is for"
)]

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Runs of each program that count; the goals of design.md section 8 are about their median.
const ROUNDS: usize = 200;
/// Runs before that, until the files are in memory and the processor is awake.
const WARM_UP: usize = 20;

/// What is asked, with the words of the report for it.
const QUESTIONS: [(&str, &[&str]); 6] = [
    (
        "ask, a role by name",
        &["ask", "Intune Administrator", "--on", "2020-03-02"],
    ),
    (
        "ask, a task by id, held",
        &[
            "ask",
            "--task",
            "pim.hold-eligible-assignment",
            "--held",
            "SPE_E3",
        ],
    ),
    (
        "ask, two things, JSON",
        &[
            "ask",
            "--role",
            "exchange-administrator",
            "--feature",
            "safe-links",
            "--eligible",
            "--format",
            "json",
        ],
    ),
    ("ask, misspelt", &["ask", "Intune Adminstrator"]),
    ("search", &["search", "azure ad premium"]),
    ("show roles", &["show", "roles"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` says so; `cargo test --all-targets` only wants to see it compile.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("licit-cold-start-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let done = compare(&folder);
    std::fs::remove_dir_all(&folder)?;
    done
}

fn compare(folder: &Path) -> Result<(), Box<dyn Error>> {
    let licit = Path::new(env!("CARGO_BIN_EXE_licit"));
    let empty = empty_program(folder)?;
    let mut programs: Vec<(&str, &Path, &[&str])> = vec![("an empty Rust program", &empty, &[])];
    programs.extend(QUESTIONS.map(|(words, arguments)| (words, licit, arguments)));

    let mut times: Vec<Vec<Duration>> = vec![Vec::with_capacity(ROUNDS); programs.len()];
    for round in 0..WARM_UP + ROUNDS {
        for ((_, program, arguments), times) in programs.iter().zip(&mut times) {
            let time = run(program, arguments)?;
            if round >= WARM_UP {
                times.push(time);
            }
        }
    }

    println!("{ROUNDS} runs each, in turn; milliseconds from start to end of the process");
    println!("                             least  median     p90    more   times   peak MB");
    let mut nothing = None;
    for ((words, program, arguments), times) in programs.iter().zip(&mut times) {
        times.sort_unstable();
        let median = quantile(times, 50);
        let base = *nothing.get_or_insert(median);
        println!(
            "{words:26} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9}",
            thousandths(quantile(times, 0).as_micros()),
            thousandths(median.as_micros()),
            thousandths(quantile(times, 90).as_micros()),
            thousandths(median.saturating_sub(base).as_micros()),
            thousandths(median.as_nanos() * 1000 / base.as_nanos().max(1)),
            peak(program, arguments)?.map_or("-".to_owned(), thousandths),
        );
    }
    println!("the program is {} bytes", std::fs::metadata(licit)?.len());
    Ok(())
}

/// Compiles a program that does nothing, with the compiler that cargo uses.
fn empty_program(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let source = folder.join("empty.rs");
    let program = folder.join("empty");
    std::fs::write(&source, "fn main() {}\n")?;
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(compiler)
        .args(["--edition=2024", "-O", "-Cpanic=abort", "-o"])
        .args([&program, &source])
        .status()?;
    if status.success() {
        Ok(program)
    } else {
        Err(format!("the empty program did not compile: {status}").into())
    }
}

/// Time from starting a program to its end, everything that it writes read.
fn run(program: &Path, arguments: &[&str]) -> io::Result<Duration> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let start = Instant::now();
    let output = command.output()?;
    let time = start.elapsed();
    // 2 is the right end for misspelt words; anything else would measure something else.
    match output.status.code() {
        Some(0 | 2) => Ok(time),
        _ => Err(io::Error::other(format!(
            "{} {arguments:?} ended with {}",
            program.display(),
            output.status
        ))),
    }
}

/// The value below which so many percent of sorted times lie.
fn quantile(sorted: &[Duration], percent: usize) -> Duration {
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default()
}

/// A number of thousandths with three decimals.
fn thousandths(number: u128) -> String {
    format!("{}.{:03}", number / 1000, number % 1000)
}

/// The most memory that a program held until it wrote its answer, in kilobytes.
///
/// Its output goes into a pipe that is full and that nobody reads, so it stops there and its `VmHWM` can be read; closing
/// the pipe lets it go on.
fn peak(program: &Path, arguments: &[&str]) -> io::Result<Option<u128>> {
    let (reader, writer) = io::pipe()?;
    let mut filler = writer.try_clone()?;
    let filling = thread::spawn(move || while filler.write_all(&[b'x'; 4096]).is_ok() {});
    thread::sleep(Duration::from_millis(20));
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(writer.try_clone()?)
        .stdout(writer)
        .spawn()?;
    thread::sleep(Duration::from_millis(100));
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    drop(reader);
    child.wait()?;
    // The filler ends when its write fails, which closing the reader brought about.
    let _ = filling.join();
    Ok(status.ok().and_then(|status| {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.trim().parse().ok()
    }))
}
