//! An audit line by line, for programs that read while it is written: a head, a finding a line, and a last line with
//! counts, without which something is missing.

use super::AuditView;
use super::shape::{FindingShape, HeadShape, finding_shape, head_shape};
use super::tenant_shape::{FileShape, TotalsShape, file_shape, totals_shape};
use crate::render::NOTICE;
use serde::Serialize;
use std::io::{self, Write};

/// The schema of every line.
const SCHEMA: &str = "licit.audit-line/1";

#[derive(Serialize)]
struct LineShape<S> {
    schema: &'static str,
    line: &'static str,
    #[serde(flatten)]
    rest: S,
}

#[derive(Serialize)]
struct FirstShape<'a> {
    data_version: &'a str,
    #[serde(flatten)]
    head: HeadShape,
    files: Vec<FileShape>,
}

#[derive(Serialize)]
struct LastShape {
    /// How many lines with findings stand before.
    lines: usize,
    totals: TotalsShape,
    notice: &'static str,
}

/// Writes an audit as lines of JSON.
///
/// # Errors
/// When a line cannot be written.
pub fn ndjson(view: &AuditView<'_>, data_version: &str, to: &mut dyn Write) -> io::Result<()> {
    let words = view.words();
    let files = (0..view.tenant.files.len()).filter_map(|at| file_shape(&words, at));
    line(
        to,
        "head",
        FirstShape {
            data_version,
            head: head_shape(view),
            files: files.collect(),
        },
    )?;
    for finding in &view.audit.findings {
        let finding: FindingShape = finding_shape(view, &words, finding);
        line(to, "finding", finding)?;
    }
    line(
        to,
        "summary",
        LastShape {
            lines: view.audit.findings.len(),
            totals: totals_shape(view),
            notice: NOTICE,
        },
    )
}

fn line(to: &mut dyn Write, line: &'static str, rest: impl Serialize) -> io::Result<()> {
    let shape = LineShape {
        schema: SCHEMA,
        line,
        rest,
    };
    serde_json::to_writer(&mut *to, &shape)?;
    to.write_all(b"\n")
}
