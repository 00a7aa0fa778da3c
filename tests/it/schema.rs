//! The JSON contract: every JSON answer is what its schema file in `tests/schema` says, and nothing else.

use crate::command_line::{licit, on_small_data};
use jsonschema::{Resource, Validator};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FOLDER: &str = "tests/schema";

fn file(name: &str) -> Value {
    let path = Path::new(FOLDER).join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The schema files, ready to check answers.
pub(crate) struct Contract(BTreeMap<String, Validator>);

impl Contract {
    pub(crate) fn read() -> Self {
        let files = std::fs::read_dir(FOLDER).unwrap();
        let names = files.map(|file| file.unwrap().path().file_stem().unwrap().to_owned());
        let schemas: BTreeMap<String, Value> = names
            .map(|name| name.into_string().unwrap())
            .map(|name| (name.clone(), file(&name)))
            .collect();
        // A schema may use what another one defines.
        let resources = || {
            let schemas = schemas.values();
            schemas.map(|schema| {
                let address = schema["$id"].as_str().unwrap().to_owned();
                (address, Resource::from_contents(schema.clone()).unwrap())
            })
        };
        let validators =
            schemas
                .iter()
                .filter(|(name, _)| *name != "common")
                .map(|(name, schema)| {
                    let options = jsonschema::options().with_resources(resources());
                    (format!("licit.{name}/1"), options.build(schema).unwrap())
                });
        Self(validators.collect())
    }

    /// The problems of an answer with the schema that it names.
    pub(crate) fn problems(&self, answer: &Value) -> Vec<String> {
        let errors = self.0[answer["schema"].as_str().unwrap()].iter_errors(answer);
        errors
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect()
    }
}

/// Every kind of JSON answer there is, as full as the small data set can make it.
fn answers() -> Vec<(String, Value)> {
    let lines = [
        "search pim",
        "search company admin",
        "search 62e90394-69f5-4237-9190-012177145e10",
        "search zeppelin",
        "show basic-auth-pop --known 2021-03-01",
        "show basic-auth-pop --on 2022-12-01",
        "show AAD_PREMIUM_P2 --on 2023-12-01",
        "show plan:AAD_PREMIUM",
        "show plan:EXCHANGE_S_STANDARD",
        "show SPE_E5 --on 2019-01-01",
        "show SPE_F1",
        "show FACULTY_2",
        "show pim.approve",
        "show safe-links.be-protected",
        "show intune.use-admin-center",
        "show safe-links",
        "show intune administrator",
        "show pim-counted",
        "show intune-role-needs-license",
        "show ms-mdo-about-2025-10",
        "show tenant.cloud",
        "show pim.approvers",
        "show email-protection",
        "show roles",
        "show features",
        "show tasks",
        "show skus",
        "show plans",
        "show givens",
        "show sources",
        "show areas",
        "conflicts",
        "conflicts forwarding.configure",
        "who-can forwarding.configure --on 2025-01-05",
        "who-can pim.approve",
        "data",
        "ask intune administrator",
        "ask safe-links --on 2019-01-01",
        "ask pim --on 2026-11-22 --held SPE_E3 --renewed-on 2026-03-01 --prices tests/data/prices/agreement.csv",
        "why pim.approve",
        "timeline basic-auth-pop --known 2021-03-01",
        "timeline intune.use-admin-center --axis both",
        "timeline plan:AAD_PREMIUM_P2",
        "timeline pim --held SPE_E3 --prices tests/data/prices/agreement.csv",
        "diff basic-auth-pop --from 2021-01-15 --to 2022-11-01 --known-from 2020-04-02",
        "diff pim --from 2016-01-01 --data-from tests/data/small",
        "changes --since 2015-01-01",
        "changes --since 2020-01-01 --until 2021-12-31 --affects basic-auth-pop",
        "cheapest pim --held SPE_E3 --owned SPE_E5=3 --best 3 --by-certainty",
        "cheapest pim --currency JPY",
        "why-not SPE_E3 SPE_E5 --task pim.approve",
        "why-not AAD_PREMIUM_P2 --task pim.approve --currency JPY",
        "compare SPE_E3 SPE_E5 --plans",
        "compare FACULTY_1 AAD_PREMIUM_P2+SPE_E3 SPE_F1 FACULTY_2 --on 2020-01-01 --prices tests/data/prices/agreement.csv",
        "what-if --drop SPE_E5 --add SPE_E3 --renewed-on 2026-03-01 --prices tests/data/prices/agreement.csv",
        "what-if --drop AAD_PREMIUM_P2 --held SPE_F1 --role intune-administrator --feature safe-links",
        "graph pim --depth 3",
        "graph intune-administrator SPE_E5",
        "graph FACULTY_1 SPE_E5",
        "catalog import tests/data/catalog/plans-2025-03-16.csv tests/data/catalog/new.csv --date new.csv=2026-08-20",
        "audit tests/data/audit/small.toml --ignore tests/data/audit/ignore.toml --questions tests/data/audit/questions.toml",
        "audit tests/data/audit/small.toml --baseline tests/data/audit/baseline.json --pseudonymize",
        "changes --since 2020-01-01 --affects tests/data/tenant",
    ];
    let json = ["--format", "json"];
    let mut answers: Vec<(String, Value)> = lines
        .iter()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').chain(json).collect();
            let run = on_small_data(&words);
            let answer = serde_json::from_str(&run.answer);
            ((*line).to_owned(), answer.expect(&run.messages))
        })
        .collect();
    let run = licit(&["export-guide", "--format", "json"]);
    answers.push((
        "export-guide".to_owned(),
        serde_json::from_str(&run.answer).unwrap(),
    ));
    let lines =
        on_small_data(&["audit", "tests/data/audit/small.toml", "--format", "ndjson"]).answer;
    for line in lines.lines() {
        answers.push(("audit".to_owned(), serde_json::from_str(line).unwrap()));
    }
    for name in ["cheapest", "best", "front", "tenants"] {
        let file = format!("tests/data/instances/{name}.json");
        let run = licit(&["solve", &file, "--format", "json"]);
        let answer = serde_json::from_str(&run.answer).expect(&run.messages);
        answers.push((format!("solve {name}"), answer));
    }
    for folder in ["tests/data/small", "nowhere"] {
        let run = licit(&["lint", folder, "--format", "json"]);
        let answer = serde_json::from_str(&run.answer).unwrap();
        answers.push((format!("lint {folder}"), answer));
    }
    answers
}

#[test]
fn every_answer_is_what_its_schema_says() {
    let contract = Contract::read();
    let mut seen = BTreeSet::new();
    for (line, answer) in answers() {
        assert_eq!(
            contract.problems(&answer),
            Vec::<String>::new(),
            "licit {line}"
        );
        seen.insert(answer["schema"].as_str().unwrap().to_owned());
    }
    let expected: BTreeSet<String> = contract.0.keys().cloned().collect();
    assert_eq!(seen, expected);
}

#[test]
fn an_answer_without_one_of_its_keys_or_with_one_more_is_refused() {
    let contract = Contract::read();
    for (line, answer) in answers() {
        let Value::Object(keys) = &answer else {
            panic!("licit {line}")
        };
        for key in keys.keys().filter(|key| *key != "schema") {
            let mut less = answer.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(
                !contract.problems(&less).is_empty(),
                "licit {line} without {key}"
            );
        }
        let mut more = answer.clone();
        more["surprise"] = Value::Null;
        assert!(!contract.problems(&more).is_empty(), "licit {line}");
    }
}

#[test]
fn the_built_in_data_keeps_the_contract() {
    let contract = Contract::read();
    for line in [
        "search admin --limit 100000",
        "show basic-auth-pop",
        "show SPE_E5",
        "show sku:AAD_PREMIUM_P2",
        "show Global Administrator",
        "show skus",
        "show sources",
        "conflicts",
        "data --scenarios tests/scenarios",
        "ask Intune Administrator",
        "ask Intune Administrator --on 2020-03-02 --known 2020-06-17",
        "ask safe-links --held SPE_E3 --reading cautious",
        "ask --task pim.approve --task pim.hold-eligible-assignment --given pim.approvers=14",
        "ask --role exchange-administrator --feature safe-links --eligible",
        "ask basic-auth-pop --known 2020-05-15",
        "ask SPE_E5 --owned SPE_E5=3",
        "why pim --eligible",
        "timeline Intune Administrator",
        "timeline sku:SPE_E5",
        "timeline safe-links --axis known",
        "diff tests/data/questions/mine.toml --from 2019-01-01 --known-from 2019-01-01",
        "changes --since 2013-01-01",
        "changes --since 2020-01-01 --affects tests/data/questions/mine.toml",
        "cheapest tests/data/team/contoso.toml --by-certainty --given pim.approvers=20",
        "cheapest pim --best 4",
        "why-not SPE_E3 --task pim.hold-eligible-assignment --task intune.use-admin-center",
        "compare SPB SPE_E3 SPE_E5 --plans",
        "what-if --drop POWER_BI_PRO --held SPE_E3",
        "graph global-administrator --depth 3",
        "graph AAD_PREMIUM_P2 safe-links",
        "what-if --add EMSPREMIUM --held SPE_F1 --eligible --role security-administrator",
        "compare SPE_E3 AAD_PREMIUM_P2 --role intune-administrator --eligible --held EMS",
        "audit --demo",
        "audit --demo --pseudonymize --questions tests/data/questions/mine.toml",
        "audit tests/data/tenant --on 2026-09-01",
        "changes --since 2025-06-01 --affects tests/data/tenant",
    ] {
        let words: Vec<&str> = line.split(' ').chain(["--format", "json"]).collect();
        let run = licit(&words);
        let answer: Value = serde_json::from_str(&run.answer).expect(&run.messages);
        assert_eq!(
            contract.problems(&answer),
            Vec::<String>::new(),
            "licit {line}"
        );
    }
}
