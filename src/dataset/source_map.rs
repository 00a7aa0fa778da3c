//! The text of the data files, kept for messages.
//!
//! Files come from outside: a link could lead anywhere, a file could be endless or no text at all. Each such file is
//! refused with a problem of its own and does not hide the others.

use crate::model::{Code, Diagnostic, FileId, clean};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The deepest folder that is looked into, counted from where reading starts.
const DEEPEST_FOLDER: usize = 64;

/// Files by [`FileId`], in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

#[derive(Debug, Clone)]
struct File {
    shown: String,
    relative: String,
    text: String,
    line_starts: Vec<usize>,
    /// Whether the text is all of the file: not one that could not be read.
    whole: bool,
}

impl SourceMap {
    /// Every `*.toml` file below `folder`, in the order of their paths, with the problems of those that cannot be read.
    pub fn from_dir(folder: &Path) -> (Self, Vec<Diagnostic>) {
        let mut sources = Self::default();
        let (_, problems) = sources.add_dir(folder);
        (sources, problems)
    }

    /// One file, whatever its name, with the problem of one that cannot be read.
    pub fn from_file(path: &Path) -> (Self, Vec<Diagnostic>) {
        let mut sources = Self::default();
        let problem = sources.add_file(path, show(path), show(path));
        (sources, problem.into_iter().collect())
    }

    /// Files that exist only in memory, for tests and for fuzzing: path and text of each.
    ///
    /// ```
    /// use licit::{dataset::SourceMap, model::FileId};
    /// let sources = SourceMap::from_texts([("areas.toml", "[[area]]\nid = \"intune\"\n")]);
    /// assert_eq!(sources.position(FileId(0), 14), (2, 6));
    /// ```
    pub fn from_texts<P: Into<String>, T: Into<String>>(
        texts: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let mut sources = Self::default();
        for (path, text) in texts {
            let path = path.into();
            sources.add(path.clone(), path, text.into(), true);
        }
        sources
    }

    /// Adds every `*.toml` file below `folder` and returns the ids of the new files.
    ///
    /// Names that begin with a point are skipped: editors and version control keep their own things there.
    pub fn add_dir(&mut self, folder: &Path) -> (Vec<FileId>, Vec<Diagnostic>) {
        let first = self.files.len();
        let mut problems = Vec::new();
        let mut found = Found::default();
        found.look_into(folder, 0);
        found.entries.sort();
        for (path, entry) in found.entries {
            let shown = show(&path);
            let relative = path.strip_prefix(folder).map_or_else(|_| show(&path), show);
            match entry {
                Ok(()) => problems.extend(self.add_file(&path, shown, relative)),
                Err(refusal) => problems.push(self.add_refused(shown, relative, refusal)),
            }
        }
        let ids = (first..self.files.len()).map(id).collect();
        (ids, problems)
    }

    /// Adds a file from disk, and gives its problem where it cannot be read.
    fn add_file(&mut self, path: &Path, shown: String, relative: String) -> Option<Diagnostic> {
        match read(path) {
            Ok(text) => {
                self.add(shown, relative, text, true);
                None
            }
            Err(refusal) => Some(self.add_refused(shown, relative, refusal)),
        }
    }

    fn add_refused(
        &mut self,
        shown: String,
        relative: String,
        (code, title): Refusal,
    ) -> Diagnostic {
        let title = format!("`{shown}` {title}");
        let file = self.add(shown, relative, String::new(), false);
        Diagnostic::new(code, title).at(file, 0..0, "")
    }

    fn add(&mut self, shown: String, relative: String, text: String, whole: bool) -> FileId {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(place, _)| place + 1))
            .collect();
        self.files.push(File {
            shown,
            relative,
            text,
            line_starts,
            whole,
        });
        id(self.files.len() - 1)
    }

    /// All files, in order.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len()).map(id)
    }

    /// The path as shown in messages; empty for an id of another map.
    pub fn path(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.shown)
    }

    /// The path below the folder that was read, with `/` between its parts.
    pub fn relative_path(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.relative)
    }

    /// The text; empty where the file could not be read.
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.text)
    }

    /// Whether the file could be read.
    pub fn is_whole(&self, file: FileId) -> bool {
        self.file(file).is_some_and(|file| file.whole)
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub fn position(&self, file: FileId, offset: usize) -> (usize, usize) {
        let Some(file) = self.file(file) else {
            return (1, 1);
        };
        let line = file.line_starts.partition_point(|start| *start <= offset);
        let start = file.line_starts.get(line.saturating_sub(1)).copied();
        let before = file.text.get(start.unwrap_or(0)..offset).unwrap_or("");
        (line, before.chars().count() + 1)
    }

    fn file(&self, file: FileId) -> Option<&File> {
        self.files.get(file.0 as usize)
    }
}

fn id(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// What is wrong with a file, to be said after its path.
type Refusal = (Code, String);

fn unreadable(why: impl std::fmt::Display) -> Refusal {
    (Code::UnreadableFile, format!("cannot be read: {why}"))
}

#[derive(Default)]
struct Found {
    entries: Vec<(PathBuf, Result<(), Refusal>)>,
}

impl Found {
    fn look_into(&mut self, folder: &Path, depth: usize) {
        if depth > DEEPEST_FOLDER {
            let why = unreadable(format!("it lies more than {DEEPEST_FOLDER} folders deep"));
            self.entries.push((folder.to_owned(), Err(why)));
            return;
        }
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.entries
                    .push((folder.to_owned(), Err(unreadable(error))));
                return;
            }
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.look_at(&entry, depth),
                Err(error) => self
                    .entries
                    .push((folder.to_owned(), Err(unreadable(error)))),
            }
        }
    }

    fn look_at(&mut self, entry: &std::fs::DirEntry, depth: usize) {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            return;
        }
        let is_toml = path
            .extension()
            .is_some_and(|extension| extension == "toml");
        match entry.file_type() {
            Ok(kind) if kind.is_symlink() => {
                let why = unreadable("it is a link; put the file itself here");
                self.entries.push((path, Err(why)));
            }
            Ok(kind) if kind.is_dir() => self.look_into(&path, depth + 1),
            Ok(kind) if kind.is_file() => {
                if is_toml {
                    self.entries.push((path, Ok(())));
                }
            }
            Ok(_) => {
                if is_toml {
                    self.entries.push((path, Err(unreadable("it is no file"))));
                }
            }
            Err(error) => self.entries.push((path, Err(unreadable(error)))),
        }
    }
}

fn read(path: &Path) -> Result<String, Refusal> {
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file at the limit from one beyond it, also when it grows while it is read.
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let title = format!(
            "is larger than the limit of {} MiB",
            LARGEST_FILE / 1024 / 1024
        );
        return Err((Code::FileTooLarge, title));
    }
    String::from_utf8(bytes).map_err(|error| {
        let line = error
            .as_bytes()
            .iter()
            .take(error.utf8_error().valid_up_to())
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        unreadable(format!("it is not UTF-8 text in line {line}"))
    })
}

fn show(path: &Path) -> String {
    let parts: Vec<String> = path
        .iter()
        .map(|part| clean(&part.to_string_lossy()).text)
        .collect();
    let joined = parts.join("/");
    // An absolute path begins with a part that is itself the separator.
    joined
        .strip_prefix("//")
        .map_or(joined.clone(), |rest| format!("/{rest}"))
}
