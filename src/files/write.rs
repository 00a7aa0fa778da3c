//! Files are written whole or not at all.
//!
//! The text goes to a temporary file in the same folder, which is synced and then takes the place of the old one, and
//! the folder is synced: whoever looks sees the old file or the new one, also after a crash or a full disk.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What may be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Nothing: a file that is there stays.
    Nothing,
    /// A file, which is replaced and whose permissions stay.
    Replace,
    /// A file of the program's own, which nobody else may read; its folder is made where it is missing.
    Private,
}

/// What stands in the names of temporary files between the name of the file and a number.
const MARK: &str = ".licit-";

/// The most temporary names tried for one file.
const MOST_NAMES: u32 = 100;

/// Writes a text file.
///
/// # Errors
/// Where the disk or the folder refuses, where the path is a symbolic link or no ordinary file, and with
/// [`ErrorKind::AlreadyExists`] where a file is there that must stay. The old file is then as it was, and no temporary
/// one is left.
///
/// ```
/// use licit::files::{Over, write_text};
/// let path = std::env::temp_dir().join(format!("licit-doctest-{}", std::process::id()));
/// write_text(&path, "one", Over::Nothing)?;
/// assert!(write_text(&path, "two", Over::Nothing).is_err());
/// write_text(&path, "two", Over::Replace)?;
/// assert_eq!(std::fs::read_to_string(&path)?, "two");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_text(path: &Path, text: &str, over: Over) -> io::Result<()> {
    Prepared::new(path, text, over)?.put()
}

/// A text that stands on the disk, synced, and only has to take its place: for several files that belong together.
///
/// What is dropped before leaves nothing behind.
#[derive(Debug)]
pub struct Prepared {
    draft: PathBuf,
    /// Open as long as there is something to remove: the lock on it says that it is somebody's.
    _file: File,
    path: PathBuf,
    over: Over,
    is_placed: bool,
}

impl Prepared {
    /// Writes everything but the name.
    ///
    /// # Errors
    /// As [`write_text`].
    pub fn new(path: &Path, text: &str, over: Over) -> io::Result<Self> {
        let folder = folder_of(path);
        if over == Over::Private {
            make_private_folder(folder)?;
        }
        let before = match fs::symlink_metadata(path) {
            Ok(_) if over == Over::Nothing => return Err(ErrorKind::AlreadyExists.into()),
            Ok(before) if before.is_file() => Some(before),
            Ok(before) if before.is_symlink() => {
                return Err(refused("this is a symbolic link; name the file itself"));
            }
            Ok(_) => return Err(refused("this is no ordinary file")),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        remove_left_behind(path);
        let is_private = over == Over::Private || before.is_some();
        let (draft, mut file) = draft(path, is_private)?;
        let written = file.write_all(text.as_bytes()).and_then(|()| {
            if let Some(before) = before.filter(|_| over == Over::Replace) {
                file.set_permissions(before.permissions())?;
            }
            file.sync_all()
        });
        let prepared = Self {
            draft,
            _file: file,
            path: path.to_owned(),
            over,
            is_placed: false,
        };
        written.map(|()| prepared)
    }

    /// Takes the place of the file that it was written for.
    ///
    /// # Errors
    /// As [`write_text`].
    pub fn put(mut self) -> io::Result<()> {
        self.place()?;
        sync_folder(folder_of(&self.path))
    }

    fn place(&mut self) -> io::Result<()> {
        if self.over == Over::Nothing {
            // A link never replaces what somebody else wrote meanwhile; a rename would.
            match fs::hard_link(&self.draft, &self.path) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
                // A file system without links.
                Err(_) if self.path.exists() => return Err(ErrorKind::AlreadyExists.into()),
                Err(_) => {}
            }
        }
        fs::rename(&self.draft, &self.path)?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if !self.is_placed {
            // The next writer of the same file removes what cannot be removed now.
            let _ = fs::remove_file(&self.draft);
        }
    }
}

/// Removes the temporary files that writing this file left behind when the program was killed.
///
/// Whoever writes one holds a lock on it, and the system lets go of the lock when the program ends, in whichever way: a
/// temporary file that can be locked is nobody's.
pub fn remove_left_behind(path: &Path) {
    let (Some(start), Ok(entries)) = (draft_start(path), fs::read_dir(folder_of(path))) else {
        return;
    };
    for entry in entries.flatten() {
        let is_draft = entry.file_name().to_string_lossy().starts_with(&start);
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_draft
            && is_file
            && let Ok(file) = OpenOptions::new().write(true).open(entry.path())
            && file.try_lock().is_ok()
        {
            // What cannot be removed does no harm; the next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// How the names of all temporary files for this file begin.
fn draft_start(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    Some(format!(".{name}{MARK}"))
}

/// A new temporary file that is ours.
fn draft(path: &Path, is_private: bool) -> io::Result<(PathBuf, File)> {
    let start = draft_start(path).ok_or_else(|| refused("this is a folder; name a file"))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if is_private {
        for_the_owner_alone(&mut options);
    }
    for _ in 0..MOST_NAMES {
        // By chance, and so never used twice: a name that comes back could mean somebody else's file.
        let number = RandomState::new().hash_one(MARK);
        let path = folder_of(path).join(format!("{start}{number:016x}"));
        let file = match options.open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        // Not every file system has locks; there, nothing is ever taken for left behind.
        let _ = file.lock();
        // Somebody who cleans up may have been faster than the lock.
        if path.exists() {
            return Ok((path, file));
        }
    }
    Err(io::Error::other("the folder is full of temporary files"))
}

#[cfg(unix)]
fn for_the_owner_alone(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// Elsewhere the folder decides who may read.
#[cfg(not(unix))]
fn for_the_owner_alone(_: &mut OpenOptions) {}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Makes the new name last. Some file systems cannot sync a folder, and then nothing better can be done.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

fn refused(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for each test.
    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("licit-write-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_whole_or_stays() {
        let folder = folder("whole");
        let path = folder.join("a.txt");
        write_text(&path, "one", Over::Nothing).unwrap();
        let kept = write_text(&path, "two", Over::Nothing).unwrap_err();
        assert_eq!(kept.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write_text(&path, "two", Over::Replace).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert!(write_text(&folder, "two", Over::Replace).is_err());
        assert_eq!(names(&folder), ["a.txt"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_private_files_are_private_and_links_are_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder("mode");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let path = folder.join("a.txt");
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_text(&path, "two", Over::Replace).unwrap();
        assert_eq!(mode(&path), 0o640);
        let private = folder.join("deep/er/state.toml");
        write_text(&private, "one", Over::Private).unwrap();
        assert_eq!(
            (mode(&private), mode(private.parent().unwrap())),
            (0o600, 0o700)
        );
        let link = folder.join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        for over in [Over::Nothing, Over::Replace, Over::Private] {
            assert!(write_text(&link, "three", over).is_err());
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(names(&folder), ["a.txt", "deep", "link"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_a_killed_run_left_behind_goes_and_what_another_run_writes_stays() {
        let folder = folder("left");
        let path = folder.join("a.txt");
        fs::write(folder.join(".a.txt.licit-1-0"), "half").unwrap();
        fs::write(folder.join(".b.txt.licit-1-0"), "of another file").unwrap();
        let held = File::create(folder.join(".a.txt.licit-2-0")).unwrap();
        held.lock().unwrap();
        write_text(&path, "one", Over::Private).unwrap();
        let left = [".a.txt.licit-2-0", ".b.txt.licit-1-0", "a.txt"];
        assert_eq!(names(&folder), left);
        drop(held);
        remove_left_behind(&path);
        assert_eq!(names(&folder), left[1..]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn many_writers_at_once_leave_one_whole_file() {
        let folder = folder("many");
        let path = folder.join("a.txt");
        let text = |writer: usize| format!("{writer}\n").repeat(5000);
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    for _ in 0..10 {
                        write_text(path, &text(writer), Over::Private).unwrap();
                    }
                });
            }
        });
        let written = fs::read_to_string(&path).unwrap();
        assert!((0..8).any(|writer| written == text(writer)));
        assert_eq!(names(&folder), ["a.txt"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
