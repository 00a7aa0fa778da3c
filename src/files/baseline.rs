//! An earlier audit, as written by `licit audit --format json`: what it found already is not new.

use super::elements::{check_depth, read, value};
use crate::dataset::SourceMap;
use crate::model::{Baseline, Code, Diagnostic, FileId, FindingId, clean};
use serde::Deserialize;
use std::path::Path;

/// The schema of what is read. Later versions add keys and keep these.
const SCHEMA: &str = "licit.audit/1";

/// What came of reading an earlier audit.
#[derive(Debug)]
pub struct ReadBaseline {
    /// The file, for messages.
    pub sources: SourceMap,
    /// The findings; none where there is a problem.
    pub baseline: Option<Baseline>,
    /// Every problem.
    pub problems: Vec<Diagnostic>,
}

/// The keys that matter here.
#[derive(Deserialize)]
struct RawAudit {
    schema: String,
    pseudonymized: bool,
    findings: Vec<RawFinding>,
    ignored: Vec<RawFinding>,
    known_before: Vec<String>,
}

#[derive(Deserialize)]
struct RawFinding {
    id: String,
}

/// Reads an earlier audit.
pub fn read_baseline(path: &Path) -> ReadBaseline {
    let text = match read(path) {
        Ok(text) => text,
        Err(problem) => {
            return ReadBaseline {
                sources: SourceMap::from_texts::<String, String>([]),
                baseline: None,
                problems: vec![problem],
            };
        }
    };
    let sources = SourceMap::from_texts([(path.to_string_lossy(), text)]);
    let file = FileId(0);
    let (baseline, problems) = match findings(sources.text(file), file) {
        Ok(baseline) => (Some(baseline), Vec::new()),
        Err(problem) => (None, vec![problem]),
    };
    ReadBaseline {
        sources,
        baseline,
        problems,
    }
}

fn findings(text: &str, file: FileId) -> Result<Baseline, Diagnostic> {
    const HELP: &str = "name what an earlier `licit audit --format json` wrote";
    check_depth(text, file)?;
    let raw: RawAudit = value(text, 0..text.len(), file).map_err(|problem| problem.help(HELP))?;
    let refused = |title: String| Diagnostic::new(Code::WrongSchema, title).at(file, 0..1, "");
    if raw.schema != SCHEMA {
        let schema = clean(&raw.schema).text;
        return Err(refused(format!("this is `{schema}` and not `{SCHEMA}`")).help(HELP));
    }
    if raw.pseudonymized {
        let title =
            "an audit without names cannot be compared with: its ids are numbers of that run";
        let help = "write the one to compare with without --pseudonymize";
        return Err(refused(title.to_owned()).help(help));
    }
    let ids = raw
        .findings
        .iter()
        .chain(&raw.ignored)
        .map(|finding| &finding.id);
    let mut baseline = Baseline::default();
    for id in ids.chain(&raw.known_before) {
        let id = FindingId::parse(id).ok_or_else(|| {
            let title = format!("`{}` is no id of a finding", clean(id).text);
            Diagnostic::new(Code::BadId, title)
                .at(file, 0..1, "")
                .help(HELP)
        })?;
        baseline.findings.insert(id);
    }
    Ok(baseline)
}
