//! The files of an export, as something that can be opened.
//!
//! Reading opens a file more than once: first all heads, to find the files with roles, then these, then the large ones.
//! So it takes [`Export`]s instead of open files, and a test or the demonstration gives text instead.

use crate::model::clean;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file of an export.
pub trait Export: Sync {
    /// Its path as shown to people.
    fn path(&self) -> String;

    /// Its size in bytes, if it is known before reading.
    ///
    /// # Errors
    /// Where it cannot be looked at.
    fn size(&self) -> io::Result<Option<u64>>;

    /// Opens it at its first byte.
    ///
    /// # Errors
    /// Where it cannot be opened.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

/// A file on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskExport {
    path: PathBuf,
}

impl DiskExport {
    /// The file at a path. It is opened later.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl Export for DiskExport {
    fn path(&self) -> String {
        clean(&self.path.to_string_lossy()).text
    }

    fn size(&self) -> io::Result<Option<u64>> {
        let about = std::fs::metadata(&self.path)?;
        if about.is_file() {
            Ok(Some(about.len()))
        } else {
            // A device or a pipe may never end.
            Err(io::Error::other("it is no ordinary file"))
        }
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(&self.path)?))
    }
}

/// A file that is only text: in tests, in the demonstration, from standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextExport {
    path: String,
    bytes: Vec<u8>,
}

impl TextExport {
    /// A file with these bytes, shown under this path.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
        }
    }
}

impl Export for TextExport {
    fn path(&self) -> String {
        clean(&self.path).text
    }

    fn size(&self) -> io::Result<Option<u64>> {
        Ok(Some(u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)))
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(io::Cursor::new(self.bytes.clone())))
    }
}

/// The most files that a folder may hold, with the folders inside it: more were never one tenant's export.
const MOST_FILES: usize = 1_000_000;

/// The files at a path: the file itself, or every file under the folder in the order of paths.
///
/// Links inside a folder are not followed, so that nothing outside it is read; names that begin with a point are left
/// out.
///
/// # Errors
/// Where a path cannot be looked at, or a folder holds too many files.
pub fn exports_under(path: &Path) -> io::Result<Vec<DiskExport>> {
    if !std::fs::metadata(path)?.is_dir() {
        return Ok(vec![DiskExport::new(path)]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
            if files.len() + folders.len() > MOST_FILES {
                let why = format!("it holds more than {MOST_FILES} files");
                return Err(io::Error::other(why));
            }
        }
    }
    files.sort();
    Ok(files.into_iter().map(DiskExport::new).collect())
}
