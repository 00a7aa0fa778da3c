//! The scenario suite: questions with the answers that the sources give, written by people who did not look at licit's
//! output. One runner, no code per scenario.
//!
//! Every scenario is also tried with each claim that it guards taken away: it must then fail, or it guards nothing.

mod format;
mod runner;
mod templates;

use crate::common;
use format::{File, Scenario};
use runner::Runner;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn scenarios() -> Vec<(String, Scenario)> {
    let mut found = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the scenarios")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    for file in files {
        let name = file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let parsed: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.extend(
            parsed
                .scenario
                .into_iter()
                .map(|scenario| (name.clone(), scenario)),
        );
    }
    found
}

#[test]
fn every_scenario_gives_the_answer_of_its_sources() {
    let knowledge = common::knowledge();
    let mut failed = Vec::new();
    let scenarios = scenarios();
    for (file, scenario) in &scenarios {
        let differences = Runner {
            knowledge: &knowledge,
            scenario,
            differences: Vec::new(),
        }
        .run();
        if !differences.is_empty() {
            let why = scenario.because_of.as_deref().unwrap_or("");
            failed.push(format!(
                "{file}: {} ({why})\n    {}",
                scenario.id,
                differences.join("\n    ")
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {} scenarios fail:\n{}",
        failed.len(),
        scenarios.len(),
        failed.join("\n")
    );
}

#[test]
fn scenario_ids_are_unique() {
    let mut ids = BTreeSet::new();
    for (file, scenario) in scenarios() {
        assert!(
            ids.insert(scenario.id.clone()),
            "{file}: {} stands twice",
            scenario.id
        );
    }
}

#[test]
fn every_guarded_claim_matters() {
    let knowledge = common::knowledge();
    let scenarios = scenarios();
    let mut guards: BTreeMap<&str, Vec<&(String, Scenario)>> = BTreeMap::new();
    for one in &scenarios {
        for written in &one.1.claims {
            guards.entry(written).or_default().push(one);
        }
    }
    let mut idle = Vec::new();
    for (written, guarding) in guards {
        let Some(claim) = knowledge.claims.find(written) else {
            idle.push(format!("there is no claim `{written}`"));
            continue;
        };
        let without = knowledge.without(&[claim]);
        for (file, scenario) in guarding {
            let runner = Runner {
                knowledge: &without,
                scenario,
                differences: Vec::new(),
            };
            if runner.run().is_empty() {
                idle.push(format!("{file}: {} holds without `{written}`", scenario.id));
            }
        }
    }
    assert!(
        idle.is_empty(),
        "{} scenarios guard nothing:\n{}",
        idle.len(),
        idle.join("\n")
    );
}
