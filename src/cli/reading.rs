//! Reading the exports of a tenant: from paths, from standard input or the demonstration, with progress for whoever
//! watches and a way to stop.

use super::Environment;
use super::outcome::{Failure, Problem};
use crate::dataset::KnowledgeBase;
use crate::model::clean;
use crate::tenant::{
    DiskExport, Export, FileIndex, FileRead, Outcome, Tenant, TextExport, Watch, exports_under,
    read_watched, step_for,
};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// How often progress is shown.
const INTERVAL: Duration = Duration::from_millis(200);
/// The most bytes that are read from standard input.
const MOST_TYPED: u64 = 1 << 30;
/// The most reasons that are told of files that cannot be used.
const MOST_REASONS: usize = 3;

/// The files behind paths; `-` is standard input. A path that cannot be looked at is told with the files.
///
/// # Errors
/// Where standard input cannot be read.
pub(super) fn exports(paths: &[String]) -> Result<Vec<Box<dyn Export>>, Failure> {
    let mut exports: Vec<Box<dyn Export>> = Vec::new();
    for path in paths {
        if path == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().take(MOST_TYPED).read_to_end(&mut bytes);
            read.map_err(|error| {
                Failure::Data(format!("error: standard input cannot be read: {error}\n"))
            })?;
            exports.push(Box::new(TextExport::new("standard input", bytes)));
            continue;
        }
        match exports_under(Path::new(path)) {
            Ok(files) => exports.extend(
                files
                    .into_iter()
                    .map(|file| Box::new(file) as Box<dyn Export>),
            ),
            // Opening it fails as well, with the reason.
            Err(_) => exports.push(Box::new(DiskExport::new(path))),
        }
    }
    Ok(exports)
}

/// Reads and joins; gives the tenant, and whether somebody stopped the reading.
///
/// # Errors
/// Where nothing could be used.
pub(super) fn read(
    knowledge: &KnowledgeBase,
    exports: &[Box<dyn Export>],
    environment: &Environment,
    messages: &mut dyn Write,
) -> Result<(Tenant, bool), Failure> {
    let exports: Vec<&dyn Export> = exports.iter().map(|export| &**export).collect();
    let progress = Progress::default();
    if environment.shows_progress {
        // Without a way to stop it is still read.
        let _ = progress.listen();
    }
    let tenant = match environment.shows_progress {
        false => read_watched(knowledge, &exports, &progress),
        true => shown(knowledge, &exports, &progress, messages)?,
    };
    // From here on an interrupt ends the program at once.
    let was_stopped = progress.stopped.swap(true, Ordering::SeqCst);
    if tenant.files.iter().any(FileRead::is_usable) || was_stopped {
        return Ok((tenant, was_stopped));
    }
    Err(unusable(&tenant))
}

/// Why none of the files could be used, file by file.
fn unusable(tenant: &Tenant) -> Failure {
    if tenant.files.is_empty() {
        let problem =
            Problem::new("there is no file to read").help("see what to export: licit export-guide");
        return problem.into();
    }
    let mut messages = String::new();
    for file in &tenant.files {
        messages.push_str(&reasons(file));
    }
    messages.push_str("error: no file could be used\n  see what to export: licit export-guide\n");
    Failure::Data(messages)
}

/// Why one file cannot be used.
pub(super) fn reasons(file: &FileRead) -> String {
    let (why, better) = match &file.outcome {
        Outcome::Refused(refusal) => {
            let better = step_for(refusal.better());
            (
                refusal.description().to_owned(),
                better.map(|step| step.title),
            )
        }
        Outcome::NotRecognized => ("Nothing that is known.".to_owned(), None),
        Outcome::Unreadable(why) => (format!("It cannot be read: {why}."), None),
        Outcome::Used | Outcome::Duplicate => ("No row of it was understood.".to_owned(), None),
    };
    let mut messages = format!("error: {} cannot be used\n  {why}\n", file.path);
    if let Some(better) = better {
        messages.push_str(&format!("  instead, export \"{better}\"\n"));
    }
    for rejected in file.rejected.iter().take(MOST_REASONS) {
        messages.push_str(&format!(
            "  {}: {}; {}\n",
            rejected.row, rejected.why, rejected.help
        ));
    }
    messages
}

/// Reads on another thread while this one shows how far it is.
fn shown(
    knowledge: &KnowledgeBase,
    exports: &[&dyn Export],
    progress: &Progress,
    messages: &mut dyn Write,
) -> Result<Tenant, Failure> {
    let sizes: Vec<u64> = exports
        .iter()
        .map(|export| export.size().ok().flatten().unwrap_or(0))
        .collect();
    let here = std::thread::current();
    let read = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let tenant = read_watched(knowledge, exports, progress);
            here.unpark();
            tenant
        });
        let mut was_shown = false;
        while !reading.is_finished() {
            std::thread::park_timeout(INTERVAL);
            if !reading.is_finished() {
                let file = progress.file.load(Ordering::Relaxed);
                let path = exports
                    .get(file)
                    .map(|export| export.path())
                    .unwrap_or_default();
                let line = progress.line(&path, sizes.get(file).copied().unwrap_or(0));
                // Who cannot see progress misses nothing else.
                let _ = write!(messages, "\r\u{1b}[K{line}").and_then(|()| messages.flush());
                was_shown = true;
            }
        }
        if was_shown {
            let _ = write!(messages, "\r\u{1b}[K").and_then(|()| messages.flush());
        }
        reading.join()
    });
    read.map_err(|_| {
        Failure::Data("error: the reading broke off: this is a fault of licit\n".to_owned())
    })
}

/// How far a reading is, and whether it should stop.
#[derive(Default)]
struct Progress {
    file: AtomicUsize,
    /// Bytes read of that file; it may be read more than once.
    bytes: AtomicU64,
    stopped: Arc<AtomicBool>,
}

impl Watch for Progress {
    fn read(&self, file: FileIndex, bytes: u64) {
        if self.file.swap(file.index(), Ordering::Relaxed) != file.index() {
            self.bytes.store(0, Ordering::Relaxed);
        }
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

impl Progress {
    /// The first interrupt stops the reading, the next one the program.
    #[cfg(unix)]
    fn listen(&self) -> std::io::Result<()> {
        use signal_hook::consts::SIGINT;
        use signal_hook::flag::{register, register_conditional_shutdown};
        register_conditional_shutdown(SIGINT, 130, Arc::clone(&self.stopped))?;
        register(SIGINT, Arc::clone(&self.stopped))?;
        Ok(())
    }

    #[cfg(not(unix))]
    fn listen(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn line(&self, path: &str, size: u64) -> String {
        let bytes = self.bytes.load(Ordering::Relaxed);
        let name = Path::new(path)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = clean(&name.unwrap_or_else(|| path.to_owned())).text;
        match size {
            0 => format!("reading {name}"),
            // A file that is read once more begins anew.
            size => {
                let at = if bytes > 0 && bytes.is_multiple_of(size) {
                    size
                } else {
                    bytes % size
                };
                format!(
                    "reading {name}: {} %",
                    u128::from(at) * 100 / u128::from(size)
                )
            }
        }
    }
}
