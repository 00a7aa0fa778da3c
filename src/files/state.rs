//! The file of a session between two runs: never lost, whatever stands in it.
//!
//! What it says is for whoever shows the screens. Here is only how it is found, kept, and moved aside: a file that cannot
//! be understood, wholly or in part, stays beside the one that is written next, and that is told.

use super::elements;
use super::write::remove_left_behind;
use crate::model::clean;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The most files that are kept aside in one folder.
const MOST_ASIDE: u32 = 1000;

/// What came of looking for a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed<T> {
    /// The session, where there is one that could be read.
    pub session: Option<T>,
    /// What the user should know: what was left out, and where the file went.
    pub notices: Vec<String>,
    /// Whether a new session may be written. Not where that would destroy what could not be moved aside.
    pub may_save: bool,
}

/// The file of the session in the state folder.
pub fn session_file(state: &Path) -> PathBuf {
    state.join("session.toml")
}

/// Reads the session in a state folder with `read`, which gives it with what it had to leave out, or says why the text is
/// none.
pub fn resume<T>(
    state: &Path,
    read: impl FnOnce(&str) -> Result<(T, Vec<String>), String>,
) -> Resumed<T> {
    let path = session_file(state);
    remove_left_behind(&path);
    let found = fs::symlink_metadata(&path);
    if found.is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Resumed {
            session: None,
            notices: Vec::new(),
            may_save: true,
        };
    }
    let text = elements::read(&path).map_err(|problem| problem.title);
    let (session, mut notices) = match text.and_then(|text| read(&text)) {
        Ok((session, left_out)) if left_out.is_empty() => {
            return Resumed {
                session: Some(session),
                notices: left_out,
                may_save: true,
            };
        }
        Ok((session, left_out)) => (Some(session), left_out),
        Err(why) => {
            let why = clean(&why).text;
            (
                None,
                vec![format!("the last session cannot be read: {why}")],
            )
        }
    };
    let aside = move_aside(state, &path);
    let shown = |path: &Path| clean(&path.to_string_lossy()).text;
    notices.push(match &aside {
        Ok(aside) => format!(
            "the file of the session as it was is kept in {}",
            shown(aside)
        ),
        Err(error) => format!(
            "this session will not be saved, since {} cannot be moved aside: {error}",
            shown(&path)
        ),
    });
    Resumed {
        session,
        notices,
        may_save: aside.is_ok(),
    }
}

/// Moves the file to the first free name beside it.
fn move_aside(state: &Path, path: &Path) -> io::Result<PathBuf> {
    for number in 1..=MOST_ASIDE {
        let aside = state.join(format!("session-aside-{number}.toml"));
        // Where there is any doubt whether the name is free, the next one is taken.
        let found = fs::symlink_metadata(&aside);
        if found.is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            fs::rename(path, &aside)?;
            return Ok(aside);
        }
    }
    Err(io::Error::other("too many files are kept aside already"))
}

#[cfg(test)]
mod tests {
    use super::super::write::{Over, write_text};
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("licit-state-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    /// A session is one number; with a second line that is left out.
    fn read(text: &str) -> Result<(u32, Vec<String>), String> {
        let mut lines = text.lines();
        let number = lines.next().unwrap_or_default().parse();
        let number = number.map_err(|_| "it is no number".to_owned())?;
        Ok((number, lines.map(str::to_owned).collect()))
    }

    #[test]
    fn a_session_comes_back_and_a_missing_one_is_no_problem() {
        let folder = folder("back");
        let nothing = resume(&folder, read);
        assert_eq!(
            (nothing.session, nothing.notices.len(), nothing.may_save),
            (None, 0, true)
        );
        write_text(&session_file(&folder), "7", Over::Private).unwrap();
        let back = resume(&folder, read);
        assert_eq!(
            (back.session, back.notices.len(), back.may_save),
            (Some(7), 0, true)
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_was_not_understood_is_kept_and_told() {
        let folder = folder("aside");
        for (number, text, session) in [
            (1, &b"no number"[..], None),
            (2, b"7\nand more", Some(7)),
            (3, b"\xff\xfe", None),
            (4, b"", None),
        ] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(session_file(&folder), text).unwrap();
            let resumed = resume(&folder, read);
            assert_eq!(
                (resumed.session, resumed.may_save),
                (session, true),
                "{number}"
            );
            let aside = folder.join(format!("session-aside-{number}.toml"));
            assert_eq!(fs::read(&aside).unwrap(), text);
            let last = resumed.notices.last().unwrap();
            assert!(last.contains(aside.to_str().unwrap()), "{last}");
            assert!(!session_file(&folder).exists());
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_cannot_be_moved_aside_is_never_written_over() {
        let state = Path::new("/dev/null");
        if cfg!(unix) {
            let resumed = resume(state, read);
            assert_eq!((resumed.session, resumed.may_save), (None, false));
        }
    }
}
