//! The compact built-in form: a knowledge base in bytes, read back without parsing text.
//!
//! It is written when the program is built and read by the same program, so it has no version of its own.

use super::knowledge_base::KnowledgeBase;

/// The bytes of a knowledge base.
///
/// # Errors
/// When it cannot be written in this form, which no knowledge base of ours is known to cause.
pub fn to_bytes(knowledge: &KnowledgeBase) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(knowledge)
}

/// The knowledge base back from its bytes; its texts are borrowed from them.
///
/// # Errors
/// When the bytes were not written by [`to_bytes`] of this very program.
pub fn from_bytes(bytes: &'static [u8]) -> Result<KnowledgeBase, postcard::Error> {
    postcard::from_bytes(bytes)
}
