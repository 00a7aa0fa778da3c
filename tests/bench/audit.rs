//! Reading a large tenant: a million accounts in one file of the service, twenty thousand assignments.
//!
//! ```text
//! cargo bench --bench audit                         # makes the tenant up, reads it, tells time and memory
//! LICIT_PYTHON=python3 cargo bench --bench audit    # and lets orjson and DuckDB count the same
//! ```
//!
//! Every reader runs as a process of its own, so that times and peaks of memory are its own; the best of several runs
//! counts, with the file in the page cache.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark stops where it cannot go on, and prints times and ratios"
)]

#[path = "../it/tenant/generate.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod generate;

use licit::tenant::{DiskExport, Export, read};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const USERS: u64 = 1_000_000;
const ROLES: u64 = 20_000;
const RUNS: usize = 5;

/// Counts in Python what the reading has to find: accounts, those with a license, and holders of roles by license.
const ORJSON: &str = r#"
import orjson, sys
users = orjson.loads(open(sys.argv[1], 'rb').read())['value']
roles = orjson.loads(open(sys.argv[2], 'rb').read())['value']
holders = {role['principalId'] for role in roles}
print(len(users), sum(1 for user in users if user['assignedLicenses']),
      sum(1 for user in users if user['id'] in holders),
      sum(len(user['assignedLicenses']) for user in users if user['id'] in holders))
"#;

const DUCKDB: &str = r#"
import duckdb, sys
db = duckdb.connect()
db.execute("set threads to " + sys.argv[3])
users = "read_json('" + sys.argv[1] + "', format='newline_delimited', columns={id: 'VARCHAR', assignedLicenses: 'STRUCT(skuId VARCHAR, disabledPlans VARCHAR[])[]'})"
roles = "read_json('" + sys.argv[2] + "', format='newline_delimited', columns={principalId: 'VARCHAR'})"
print(*db.execute("select count(*), count(*) filter (len(assignedLicenses) > 0), count(*) filter (h.principalId is not null), "
    "sum(case when h.principalId is not null then len(assignedLicenses) else 0 end)::int "
    "from " + users + " u left join (select distinct principalId from " + roles + ") h on u.id = h.principalId").fetchone())
"#;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--read") {
        return one_run(Path::new(&arguments[at + 1]));
    }
    let folder = std::env::temp_dir().join("licit-bench-audit");
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name);
    make(&path("users.json"), |to| {
        generate::write_users(to, USERS, false)
    });
    make(&path("roles.json"), |to| {
        generate::write_roles(to, ROLES, USERS, false)
    });
    let size = std::fs::metadata(path("users.json")).unwrap().len();
    println!(
        "{USERS} accounts in {} MB, {ROLES} assignments",
        size / 1_000_000
    );
    let me = std::env::current_exe().unwrap();
    let ours = measure("licit", || {
        let mut command = Command::new(&me);
        command.arg("--read").arg(&folder);
        command
    });
    let Ok(python) = std::env::var("LICIT_PYTHON") else {
        return;
    };
    make(&path("users.ndjson"), |to| {
        generate::write_users(to, USERS, true)
    });
    make(&path("roles.ndjson"), |to| {
        generate::write_roles(to, ROLES, USERS, true)
    });
    let script = |text: &str, extension: &str| {
        let mut command = Command::new(&python);
        command.arg("-c").arg(text);
        command.arg(path(&format!("users.{extension}")));
        command.arg(path(&format!("roles.{extension}")));
        let threads = std::thread::available_parallelism().unwrap();
        command.arg(threads.to_string());
        command
    };
    let orjson = measure("orjson", || script(ORJSON, "json"));
    let duckdb = measure("DuckDB", || script(DUCKDB, "ndjson"));
    println!(
        "orjson takes {:.1} times as long, DuckDB {:.1} times",
        orjson / ours,
        duckdb / ours
    );
}

fn make(path: &PathBuf, write: impl FnOnce(BufWriter<File>) -> std::io::Result<()>) {
    write(BufWriter::new(File::create(path).unwrap())).unwrap();
}

/// The best time of several runs in milliseconds.
fn measure(name: &str, command: impl Fn() -> Command) -> f64 {
    let mut best = f64::INFINITY;
    let mut said = String::new();
    for _ in 0..RUNS {
        let from = Instant::now();
        let output = command().output().unwrap();
        let took = from.elapsed().as_secs_f64() * 1000.0;
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        if took < best {
            best = took;
        }
        said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    }
    println!("{name}: {best:.0} ms, {said}");
    best
}

/// Reads the tenant once and says what was found and the peak of memory.
fn one_run(folder: &Path) {
    let files = ["roles.json", "users.json"].map(|name| DiskExport::new(folder.join(name)));
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    let knowledge = licit::ask::built_in().unwrap();
    let tenant = read(&knowledge, &files);
    let held = tenant
        .accounts
        .iter()
        .map(|account| account.licenses.as_ref().map_or(0, Vec::len));
    println!(
        "{} {} {} {}, peak {}",
        tenant.counted.accounts,
        tenant.counted.licensed,
        tenant.accounts.len(),
        held.sum::<usize>(),
        peak()
    );
}

/// The most memory that this process had, as the system tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.map_or("unknown".to_owned(), |line| {
        line.trim_start_matches("VmHWM:").trim().to_owned()
    })
}
