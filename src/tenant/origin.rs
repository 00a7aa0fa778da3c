//! Where a fact was read, so that a finding can be followed back to file and row.

use std::fmt;

/// A file of the exports, by its place in [`Tenant::files`](super::Tenant::files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileIndex(pub u32);

impl FileIndex {
    /// The file at a place of the list.
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its place in the list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A row of a file, as a person would find it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// A line, counted from 1.
    Line(u64),
    /// An element of the list that a JSON file is, counted from 0.
    Element(u64),
    /// A place inside a JSON file that is no list, for example `privileged_roles[3].Assignments[0]`.
    Path(String),
}

/// Written as people look for it: `line 12`, `element 3`, or the path.
///
/// ```
/// assert_eq!(licit::tenant::Row::Line(12).to_string(), "line 12");
/// assert_eq!(licit::tenant::Row::Element(3).to_string(), "element 3");
/// ```
impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(formatter, "line {line}"),
            Self::Element(element) => write!(formatter, "element {element}"),
            Self::Path(path) => formatter.write_str(path),
        }
    }
}

/// A row of a file. Ordered by file, then by row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileIndex,
    /// The row in it.
    pub row: Row,
}
