//! The terminal UI, driven without a terminal.

mod audit;
pub(crate) mod drive;
mod exports;
mod gates;
mod pictures;
mod pipe;
mod plain;
mod plain_audit;
mod same;
mod stories;
