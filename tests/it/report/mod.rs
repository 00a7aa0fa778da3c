//! What people get from an audit: forms, ends, what is left out, and that a report that travels names nobody.

mod ends;
mod forms;
mod guide;
mod pseudonyms;
#[cfg(unix)]
mod terminal;

use crate::command_line::{Run, licit};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The made-up tenant in one of the forms.
fn demo(words: &[&str]) -> Run {
    licit(&[&["audit", "--demo"], words].concat())
}

/// The made-up tenant as JSON, audited once for all tests.
fn demo_json() -> &'static Value {
    static DEMO: OnceLock<Value> = OnceLock::new();
    DEMO.get_or_init(|| json(&demo(&["--format", "json"])))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.answer).expect(&run.messages)
}

/// Writes a file of a test; gives its path.
fn written(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The ids of findings, with their kinds and verdicts.
fn findings(audit: &Value) -> Vec<(String, String, String)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = audit["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| {
            (
                text(finding, "id"),
                text(finding, "kind"),
                text(finding, "verdict"),
            )
        })
        .collect()
}
