//! licit answers, offline and in a few milliseconds: what license does this Microsoft 365 admin need, on which day, who
//! says so, how sure is that, and what is the cheapest way to comply?
//!
//! Data flows one way and nobody reaches back:
//!
//! ```text
//! data/**/*.toml -> dataset -> KnowledgeBase -> graph (as of a day) -> reason -> Answer + Proof -> render -> cli / tui
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
//! | [`ask`] | the built-in data, and from a question to its answer |
//! | [`files`] | what a user writes: teams, prices, instances, configuration; and the one way of writing files |
//! | [`tenant`] | exports of a tenant: who holds which role and which licenses; the audit |
//! | [`render`] | answers to text, Markdown and JSON |
//! | [`cli`] | arguments to an answer, messages and an exit code |
//! | [`tui`] | the screens: a model, what changes it, what is drawn, and the terminal below |

#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that finds nothing must stop")
)]

pub mod ask;
pub mod cli;
pub mod dataset;
pub mod files;
pub mod graph;
pub mod model;
pub mod proof;
pub mod reason;
pub mod render;
pub mod search;
pub mod tenant;
pub mod tui;
