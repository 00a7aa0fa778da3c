//! One test binary: two cores link once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod answer_contract;
mod architecture;
mod as_of;
mod audit;
mod catalog;
mod command_line;
mod common;
mod compare;
mod coverage;
mod data;
mod dataset;
mod engine;
mod graph;
mod issue;
mod matrix;
mod outcomes;
mod prices;
mod properties;
mod question;
mod real_questions;
mod report;
mod requirements;
mod scenarios;
mod schema;
mod screens;
mod search;
mod small;
mod team;
mod tenant;
mod timeline;
#[cfg(unix)]
mod tui;
mod what_if;
mod writing;
