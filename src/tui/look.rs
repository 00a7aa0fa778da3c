//! How the program looks: what the configuration, the variables and the terminal come to.

use super::picture::Ground;

/// How the program looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether colors are used.
    pub color: bool,
    /// What they stand on, where somebody says; otherwise only colors are used that can be read on both.
    pub ground: Option<Ground>,
    /// Whether only ASCII signs are used.
    pub ascii: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
}
