//! The templates of the part on contributing in data/README.md are valid data, and their scenarios hold.

use super::format::{File, Scenario};
use super::runner::Runner;
use licit::dataset::{KnowledgeBase, SourceMap, lint, load, report, shapes};
use std::collections::BTreeSet;
use std::path::Path;

/// Every block of TOML in the part on contributing.
fn templates() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/README.md");
    let text = std::fs::read_to_string(path).expect("the reference");
    let (_, part) = text
        .split_once("\n## Contributing\n")
        .expect("the part on contributing");
    let part = part.split("\n## ").next().unwrap_or(part);
    let blocks = part.split("```toml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap_or("").to_owned())
        .collect()
}

/// The small knowledge base that the templates make, and their scenarios.
fn small() -> (KnowledgeBase, Vec<Scenario>) {
    let (scenarios, records): (Vec<_>, Vec<_>) = templates()
        .into_iter()
        .partition(|block| block.contains("[[scenario]]"));
    let meta = "schema = 1\nversion = \"2026.11.22\"\nreviewed = 2026-11-22\n";
    let files = records
        .iter()
        .enumerate()
        .map(|(place, block)| (format!("template-{place}.toml"), block.clone()))
        .chain([("meta.toml".to_owned(), meta.to_owned())]);
    let mut loaded = load(SourceMap::from_texts(files), None);
    lint(&mut loaded, None);
    let said = report(&loaded.sources, &loaded.problems, false);
    assert_eq!(said, "", "the templates are valid and give no warning");
    let scenarios = scenarios.iter().flat_map(|block| {
        let parsed: File = toml::from_str(block).unwrap_or_else(|error| panic!("{error}"));
        parsed.scenario
    });
    (
        loaded.knowledge.expect("a knowledge base"),
        scenarios.collect(),
    )
}

#[test]
fn every_kind_of_record_has_a_template() {
    let text = templates().concat();
    for shape in shapes::ALL {
        let record = shape.name.trim_matches('`');
        if record.starts_with("[[") && record != "[[accepted]]" {
            assert!(text.contains(record), "{record}");
        }
    }
    assert!(text.contains("[[scenario]]"));
}

#[test]
fn the_templates_load_and_their_scenarios_hold() {
    let (knowledge, scenarios) = small();
    assert!(scenarios.len() >= 8, "{}", scenarios.len());
    let run = |knowledge: &KnowledgeBase, scenario: &Scenario| {
        Runner {
            knowledge,
            scenario,
            differences: Vec::new(),
        }
        .run()
    };
    for scenario in &scenarios {
        let differences = run(&knowledge, scenario);
        assert!(differences.is_empty(), "{}: {differences:?}", scenario.id);
        for written in &scenario.claims {
            let claim = knowledge.claims.find(written).expect("a claim");
            let id = &knowledge.claims[claim].id;
            let without = run(&knowledge.without(&[claim]), scenario);
            assert!(
                !without.is_empty(),
                "{} holds without {}",
                scenario.id,
                id.as_str()
            );
        }
    }
}

#[test]
fn ids_of_templates_are_not_taken() {
    let (knowledge, _) = small();
    let taken = crate::common::knowledge();
    let ids: BTreeSet<&str> = taken
        .claims
        .iter()
        .map(|(_, claim)| claim.id.as_str())
        .collect();
    for (_, claim) in knowledge.claims.iter() {
        assert!(!ids.contains(claim.id.as_str()), "{}", claim.id.as_str());
    }
}
