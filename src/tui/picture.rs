//! A screen as a picture.

use super::model::Model;

/// The screen as it stands.
pub(super) fn of(_model: &Model) -> String {
    String::new()
}
