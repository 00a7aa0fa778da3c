//! The JSON of `ask` over everything that it can say: many kinds of question, each answer as its schema demands, and
//! together every key that design.md section 6 promises.

use crate::command_line::licit;
use crate::schema::Contract;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Command lines after `licit ask`; words with blanks in double quotes.
const QUESTIONS: &[&str] = &[
    r#""Intune Administrator" --on 2020-03-02"#,
    r#""Intune Administrator" --on 2020-07-01"#,
    r#""Intune Administrator" --on 2020-07-01 --given intune.unlicensed-admins-allowed=yes"#,
    r#""Intune Administrator" --on 2020-07-01 --given intune.unlicensed-admins-allowed=no"#,
    r#""Intune Administrator" --on 2020-06-17"#,
    r#""Intune Administrator" --on 2018-01-01 --known 2018-01-01"#,
    r#""Intune Administrator" --given tenant.created=2018-05"#,
    r#""Intune Administrator" --given tenant.created=2021-H2"#,
    r#""Intune Administrator" --reading technical"#,
    r#""Intune Administrator" --reading cautious"#,
    r#""Global Administrator""#,
    r#""Global Administrator" --on 2020-03-02 --eligible"#,
    r#""Company Administrator" --eligible --held SPE_E5"#,
    r#""Exchange Administrator" --feature safe-links --eligible --held SPE_E3"#,
    r#""Conditional Access Administrator""#,
    r#""Security Administrator" --on 2015-01-01"#,
    r#""User Administrator" --held-elsewhere SPE_E5 --eligible"#,
    r#""Helpdesk Administrator" --owned SPE_E5=3 --eligible"#,
    "--role exchange:organization-management",
    "--task pim.hold-eligible-assignment",
    "--task pim.hold-eligible-assignment --held SPE_E5",
    "--task pim.hold-eligible-assignment --held SPE_E3",
    "--task pim.hold-eligible-assignment --held-elsewhere SPE_E5",
    "--task pim.hold-eligible-assignment --owned SPE_E5=20",
    "--task pim.hold-eligible-assignment --given pim.eligible=14",
    "--task pim.hold-eligible-assignment --given pim.eligible=14 --given pim.approvers=3",
    "--task pim.hold-eligible-assignment --on 2017-01-01",
    "--task pim.hold-eligible-assignment --on 2018-01-01",
    "--task pim.hold-eligible-assignment --on 2023-07-15",
    "--task pim.hold-eligible-assignment --on 2014-01-01 --known 2014-01-01",
    "--task pim.hold-eligible-assignment --currency EUR",
    "--task pim.hold-eligible-assignment --currency JPY",
    "--task pim.hold-eligible-assignment --segment education",
    "--task pim.approve",
    "--task pim.approve --reading technical",
    "--task pim.configure",
    "--task pim.configure --known 2026-06-01 --reading cautious",
    "--task forwarding.configure",
    "--task forwarding.configure --on 2019-01-01",
    "--task dkim.configure",
    "--task dkim.configure --reading cautious",
    "--task intune.use-admin-center --on 2020-06-17",
    "--task intune.use-admin-center",
    "--task exchange.create-discovery-search",
    "--task exchange.create-discovery-search --given exchange.hybrid=no --given exchange.searcher-has-smtp-address=no",
    "--task exchange.create-discovery-search --given exchange.hybrid=yes",
    "safe-links --on 2019-06-01",
    "safe-links --on 2021-06-01",
    "safe-links --on 2026-07-01",
    "safe-links --on 2026-08-15 --held SPE_E3",
    "safe-links --on 2013-01-01",
    "safe-links --held SPE_E3 --reading cautious",
    "threat-explorer",
    "threat-explorer --held SPE_F5_SEC",
    "basic-auth-pop --on 2022-11-01",
    "basic-auth-pop --known 2020-05-15",
    "basic-auth-ews --on 2021-09-01 --known 2020-05-15",
    "basic-auth-ews --on 2020-10-01 --known 2020-04-02",
    "basic-auth-smtp-auth",
    "ews --on 2026-08-01",
    "SPE_F5_SEC",
    "IDENTITY_THREAT_PROTECTION --on 2024-01-01",
    "pim --eligible",
    "--task custom-roles.hold --on 2019-10-01",
    "--task intune.use-remote-help",
];

/// Every key of the example in design.md section 6; `[]` stands for each item of a list.
const PROMISED: &[&str] = &[
    "schema",
    "data_version",
    "question.subjects[]",
    "question.on",
    "question.known",
    "question.givens",
    "question.held[]",
    "question.reading",
    "verdict",
    "needs[].subject.kind",
    "needs[].subject.id",
    "needs[].subject.name",
    "needs[].verdict",
    "needs[].because",
    "needs[].requirement.any[].plan",
    "needs[].satisfied",
    "needs[].missing[]",
    "needs[].obligations[]",
    "needs[].counted.per",
    "needs[].counted.number",
    "needs[].counted.at_least",
    "needs[].counted.over[].given",
    "needs[].counted.over[].number",
    "needs[].certainty.grade",
    "needs[].certainty.because[]",
    "needs[].aspects.terms.verdict",
    "needs[].aspects.terms.claims[]",
    "needs[].aspects.works.verdict",
    "needs[].aspects.works.claims[]",
    "needs[].aspects.assigned.where",
    "needs[].aspects.assigned.verdict",
    "needs[].aspects.assigned.claims[]",
    "needs[].aspects.owned.verdict",
    "needs[].aspects.owned.claims[]",
    "needs[].effective.from",
    "needs[].effective.until",
    "needs[].claims[]",
    "needs[].conflicts[].aspect",
    "needs[].conflicts[].claims[]",
    "needs[].depends_on[].given",
    "needs[].depends_on[].claim",
    "needs[].depends_on[].question",
    "needs[].depends_on[].outcomes[].value",
    "needs[].depends_on[].outcomes[].verdict",
    "baskets[].skus[].id",
    "baskets[].skus[].quantity",
    "baskets[].skus[].unit_price",
    "baskets[].total",
    "baskets[].currency",
    "baskets[].period",
    "baskets[].unverified_prices[]",
    "baskets[].proven_cheapest",
    "other_readings",
    "next_change",
    "proof.steps[]",
    "sources[].id",
    "sources[].title",
    "sources[].url",
    "sources[].kind",
    "sources[].published",
    "sources[].read",
    "notice",
];

/// Keys that stand only where they say something.
const MAY_BE_ABSENT: &[&str] = &["any", "plan"];

fn words(line: &str) -> Vec<&str> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(place, part)| {
            if place % 2 == 1 {
                vec![part]
            } else {
                part.split_whitespace().collect()
            }
        })
        .collect()
}

static ANSWERS: LazyLock<Vec<(&str, Value)>> = LazyLock::new(|| {
    let ask = |line: &&'static str| {
        let run = licit(&[&["ask"], words(line).as_slice(), &["--format", "json"]].concat());
        assert_eq!(run.code, 0, "licit ask {line}: {}", run.messages);
        (*line, serde_json::from_str(&run.answer).unwrap())
    };
    QUESTIONS.iter().map(ask).collect()
});

/// The values at a path, and the places where its last key is absent though what should hold it is there.
fn at<'a>(value: &'a Value, path: &str, found: &mut Vec<&'a Value>, absent: &mut Vec<String>) {
    let (key, rest) = path
        .split_once('.')
        .map_or((path, None), |(key, rest)| (key, Some(rest)));
    let name = key.trim_end_matches("[]");
    let inner = match value {
        Value::Null => return,
        Value::Object(keys) => keys.get(name),
        _ => None,
    };
    let Some(inner) = inner else {
        if !MAY_BE_ABSENT.contains(&name) {
            absent.push(format!("{name} in {value}"));
        }
        return;
    };
    let items = match inner {
        Value::Array(items) if key.ends_with("[]") => items.iter().collect(),
        one => vec![one],
    };
    for item in items {
        match rest {
            Some(rest) => at(item, rest, found, absent),
            None => found.push(item),
        }
    }
}

#[test]
fn every_answer_keeps_the_contract() {
    let contract = Contract::read();
    for (line, answer) in ANSWERS.iter() {
        assert_eq!(
            contract.problems(answer),
            Vec::<String>::new(),
            "licit ask {line}"
        );
        assert_eq!(answer["schema"], "licit.answer/1");
        assert_eq!(answer["notice"], "not legal advice");
    }
}

#[test]
fn every_promised_key_is_there_and_says_something() {
    for path in PROMISED {
        let (mut found, mut absent) = (Vec::new(), Vec::new());
        for (_, answer) in ANSWERS.iter() {
            at(answer, path, &mut found, &mut absent);
        }
        assert!(absent.is_empty(), "{path}: {absent:?}");
        assert!(
            found.iter().any(|value| !value.is_null()),
            "{path} never says anything"
        );
    }
    let (mut found, mut absent) = (Vec::new(), Vec::new());
    at(&ANSWERS[0].1, "needs[].zeppelin", &mut found, &mut absent);
    assert!(found.is_empty() && !absent.is_empty());
}

#[test]
fn the_questions_meet_everything_that_an_answer_can_say() {
    let values = |path: &str| -> BTreeSet<String> {
        let mut found = Vec::new();
        for (_, answer) in ANSWERS.iter() {
            at(answer, path, &mut found, &mut Vec::new());
        }
        let texts = found.into_iter().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let all = |words: &[&str]| -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    };
    let verdicts = [
        "unavailable",
        "required",
        "contested",
        "depends",
        "not-required",
        "not-stated",
    ];
    assert_eq!(values("needs[].verdict"), all(&verdicts));
    assert_eq!(values("needs[].satisfied"), all(&["yes", "no", "unknown"]));
    for because in ["retired", "obligation", "unsupported"] {
        assert!(values("needs[].because").contains(because), "{because}");
    }
    assert!(!values("no_basket").is_empty());
    let changes = || ANSWERS.iter().map(|(_, answer)| &answer["next_change"]);
    assert!(changes().any(Value::is_null));
    assert!(changes().any(|change| change["on"].is_string() && change["within"].is_null()));
    for edge in ["earliest", "latest"] {
        let meets = |change: &Value| change["edge"] == edge && change["within"].is_string();
        assert!(changes().any(meets), "{edge}");
    }
    let baskets = |wanted: &dyn Fn(&Value) -> bool| {
        let mut all = ANSWERS
            .iter()
            .flat_map(|(_, answer)| answer["baskets"].as_array().unwrap());
        all.any(wanted)
    };
    assert!(baskets(&|basket| !basket["instead"]
        .as_array()
        .unwrap()
        .is_empty()));
    assert!(baskets(&|basket| !basket["unverified_prices"]
        .as_array()
        .unwrap()
        .is_empty()));
    assert!(baskets(
        &|basket| basket["skus"].as_array().unwrap().len() > 1
    ));
}
