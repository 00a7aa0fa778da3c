//! One test binary: two cores link once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod architecture;
mod as_of;
mod command_line;
mod common;
mod dataset;
mod properties;
mod question;
mod scenarios;
mod schema;
mod search;
mod small;
