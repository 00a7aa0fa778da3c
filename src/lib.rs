//! licit answers, offline and in a few milliseconds: what license does this Microsoft 365 admin need, on which day, who
//! says so, how sure is that, and what is the cheapest way to comply?
//!
//! Data flows one way and nobody reaches back:
//!
//! ```text
//! data/**/*.toml -> dataset -> KnowledgeBase -> graph (as of a day) -> reason -> Answer + Proof -> render -> cli
//! ```
//!
//! | room | what lives there |
//! | --- | --- |
//! | [`model`] | the words of the field as types |
//! | [`dataset`] | TOML to a validated knowledge base, and its compact built-in form |
//! | [`graph`] | what holds on a day: includes, covers, grants |
//! | [`proof`] | steps, the independent checker, the sentences |
//! | [`reason`] | which claims apply, what follows, the cheapest basket; pure functions |
//! | [`search`] | words to ranked things, and what words mean exactly |
//! | [`render`] | answers to text, Markdown and JSON |

#![forbid(unsafe_code)]

pub mod ask;
pub mod dataset;
pub mod graph;
pub mod model;
pub mod proof;
pub mod reason;
pub mod render;
pub mod search;
