//! What the worker's thread does for the screen Audit: reading, judging, and finding a row again.

use super::{Exports, Judged, Judging, Opened, Opening, RowOpened, RowOpening};
use crate::dataset::{KnowledgeBase, SourceMap};
use crate::files::read_ignore;
use crate::model::{Ignore, clean};
use crate::render::Hiding;
use crate::tenant::audit::audit;
use crate::tenant::{
    DiskExport, Export, FileIndex, FileRead, Watch as TenantWatch, demo, exports_under, raw_row,
    read_watched,
};
use crate::tui::job::{Finished, Job, Progress, Shared, Stage, Watch};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Does a piece of work.
pub(in crate::tui) fn work(job: Job, watch: &Watch) -> Finished {
    match job {
        Job::Open(opening) => Finished::Opened(Shared::new(open(&opening, watch))),
        Job::Judge(judging) => Finished::Judged(Shared::new(judge(&judging))),
        Job::Row(opening) => Finished::Row(Shared::new(row(&opening))),
    }
}

/// The files that are meant, and why a path that was typed cannot be looked at.
fn files(exports: &Exports) -> (Vec<Box<dyn Export>>, Vec<String>) {
    let boxed = |file: DiskExport| Box::new(file) as Box<dyn Export>;
    if exports.demo {
        let files = demo().into_iter();
        return (
            files
                .map(|file| Box::new(file) as Box<dyn Export>)
                .collect(),
            Vec::new(),
        );
    }
    let mut files = Vec::new();
    let mut refused = Vec::new();
    for path in exports.paths.iter().chain(&exports.people) {
        match exports_under(Path::new(path)) {
            Ok(found) => files.extend(found.into_iter().map(boxed)),
            Err(why) => refused.push(format!("{}: {why}", clean(path).text)),
        }
    }
    (files, refused)
}

fn open(opening: &Opening, watch: &Watch) -> Opened {
    let knowledge = &opening.asked.knowledge;
    let (ignore, mut problems) = ignore_list(knowledge, &opening.exports);
    let (files, refused) = files(&opening.exports);
    problems.extend(refused);
    let files: Vec<&dyn Export> = files.iter().map(|file| &**file).collect();
    let sizes = files
        .iter()
        .map(|file| file.size().ok().flatten().unwrap_or(0));
    let looking = Looking {
        watch,
        sizes: sizes.collect(),
        file: AtomicUsize::new(usize::MAX),
        bytes: AtomicU64::new(0),
        told: AtomicU64::new(u64::MAX),
    };
    let tenant = Arc::new(read_watched(knowledge, &files, &looking));
    let was_stopped = watch.is_cancelled();
    watch.tell_at(Progress {
        stage: Stage::Judging,
        ..Progress::default()
    });
    if tenant.files.is_empty() && problems.is_empty() {
        problems.push("there is no file in it".to_owned());
    }
    let is_usable = tenant.files.iter().any(FileRead::is_usable);
    let judging = Judging {
        asked: opening.asked.clone(),
        tenant,
        ignore,
    };
    Opened {
        judged: Shared::new(judge(&judging)),
        problems,
        is_usable: is_usable || was_stopped,
        was_stopped,
    }
}

fn judge(judging: &Judging) -> Judged {
    let Judging {
        asked,
        tenant,
        ignore,
    } = judging;
    let mut audit = audit(&asked.knowledge, tenant, &asked.circumstances);
    if let Some(ignore) = ignore {
        audit = audit.without(tenant, ignore, asked.today);
    }
    let hiding = Hiding::of(tenant, &audit);
    Judged {
        judging: judging.clone(),
        audit,
        hiding,
    }
}

/// The list of what is left out; one that is not there yet is empty.
fn ignore_list(knowledge: &KnowledgeBase, exports: &Exports) -> (Option<Ignore>, Vec<String>) {
    let Some(path) = exports.ignore.as_ref().map(Path::new) else {
        return (None, Vec::new());
    };
    if path.symlink_metadata().is_err() {
        return (None, Vec::new());
    }
    let (sources, unreadable) = SourceMap::from_file(path);
    let read = read_ignore(sources, unreadable, knowledge);
    let problems = read
        .problems
        .first()
        .map(|problem| format!("the ignore list cannot be used: {}", problem.title));
    (read.ignore, problems.into_iter().collect())
}

fn row(opening: &RowOpening) -> RowOpened {
    let origin = opening.origin.clone();
    let (files, _) = files(&opening.exports);
    let files: Vec<&dyn Export> = files.iter().map(|file| &**file).collect();
    let is_it = |file: &&dyn Export| file.path() == opening.path;
    // Where files came or went since, the path says which it is.
    let export = files.get(origin.file.index()).copied().filter(is_it);
    let export = export.or_else(|| files.iter().copied().find(is_it));
    let row = match export {
        Some(export) => raw_row(&opening.knowledge, export, &origin.row)
            .map_err(|why| clean(&why.to_string()).text),
        None => Err("the file is not there any more".to_owned()),
    };
    RowOpened { origin, row }
}

/// Tells how far the reading is, at most once for each hundredth of a file.
struct Looking<'w> {
    watch: &'w Watch,
    sizes: Vec<u64>,
    file: AtomicUsize,
    /// Bytes read of that file; it may be read more than once.
    bytes: AtomicU64,
    told: AtomicU64,
}

impl TenantWatch for Looking<'_> {
    fn read(&self, file: FileIndex, bytes: u64) {
        let at = file.index();
        if self.file.swap(at, Ordering::Relaxed) != at {
            self.bytes.store(0, Ordering::Relaxed);
            self.told.store(u64::MAX, Ordering::Relaxed);
        }
        let read = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let size = self.sizes.get(at).copied().filter(|size| *size > 0);
        // A file that is read once more begins anew.
        let done = size.map_or(read, |size| match read % size {
            0 => size,
            rest => rest,
        });
        let step = size.map_or(read >> 20, |size| done.saturating_mul(100) / size);
        if self.told.swap(step, Ordering::Relaxed) != step {
            self.watch.tell_at(Progress {
                stage: Stage::Reading {
                    file: at + 1,
                    files: self.sizes.len(),
                },
                done,
                of: size,
            });
        }
    }

    fn is_stopped(&self) -> bool {
        self.watch.is_cancelled()
    }
}
