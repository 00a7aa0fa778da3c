//! The format in code, in its documentation and in the tests is one and the same.

use super::{repository, text};
use licit::dataset::{SourceMap, load, shapes};
use licit::model::{ClaimKindName, Code};
use std::collections::BTreeSet;
use toml::Value;

/// Every word in the code spans and code blocks of the format's reference.
fn documented() -> BTreeSet<String> {
    let text = text("data/README.md");
    let mut words = BTreeSet::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
            continue;
        }
        let spans: Vec<&str> = if in_block {
            vec![line]
        } else {
            line.split('`').skip(1).step_by(2).collect()
        };
        for span in spans {
            let word =
                |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
            words.extend(span.split(|character| !word(character)).map(str::to_owned));
        }
    }
    words
}

#[test]
fn every_key_is_documented() {
    let documented = documented();
    for shape in shapes::ALL {
        for key in shape.keys {
            assert!(documented.contains(*key), "`{key}` of {}", shape.name);
        }
    }
}

#[test]
fn every_kind_of_claim_has_a_shape() {
    for kind in ClaimKindName::ALL {
        let name = format!("`[[{kind}]]`");
        assert!(shapes::ALL.iter().any(|shape| shape.name == name), "{kind}");
    }
}

/// The table of diagnostics at the end of the reference; `SNAPSHOTS=overwrite` writes it anew.
#[test]
fn every_code_is_documented() {
    let path = repository("data/README.md");
    let text = text("data/README.md");
    let (head, rest) = text.split_once("## Diagnostics\n").unwrap();
    let tail = rest.find("\n## ").map_or("", |place| &rest[place..]);
    let rows: String = Code::ALL
        .iter()
        .map(|code| {
            format!(
                "| `{code}` | {} | {} |\n",
                code.severity(),
                code.description()
            )
        })
        .collect();
    let expected = format!(
        "{head}## Diagnostics\n\nWhat `licit lint` may say. Errors make the data unusable; warnings can be accepted in \
         `meta.toml`.\n\n| code | severity | meaning |\n| --- | --- | --- |\n{rows}{tail}"
    );
    if std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite") {
        std::fs::write(path, &expected).unwrap();
    } else {
        assert_eq!(text, expected);
    }
}

/// The tables of the good data by the key that they stand under, each with its keys.
fn gather(parent: &str, value: &Value, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(parent, item, found)),
        Value::Table(table) => {
            for (key, value) in table {
                found.insert((parent.to_owned(), key.clone()));
                gather(key, value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_good_data_has_every_key() {
    let mut found = BTreeSet::new();
    for file in ["meta", "subjects", "sources", "catalog/products", "claims"] {
        let text = text(&format!("tests/data/good/{file}.toml"));
        let table: toml::Table = text.parse().unwrap();
        gather("meta", &Value::Table(table), &mut found);
    }
    for shape in shapes::ALL {
        let parents: &[&str] = match shape.name {
            "`meta.toml`" => &["meta"],
            "a period" => &["effective", "known"],
            "a combined requirement" => &["requires"],
            "a condition" => &["when", "all", "any", "not"],
            "an item of `names`" => &["names"],
            "an item of `carries`" => &["carries"],
            "an item of `further`" => &["further"],
            "an item of `renamed`" => &["renamed"],
            "an item of `gained` or `lost`" => &["gained", "lost"],
            name => &[name.trim_matches(['`', '[', ']'])],
        };
        for key in shape.keys {
            let is_there =
                |parent: &&str| found.contains(&((*parent).to_owned(), (*key).to_owned()));
            // Relations are shared by all kinds of claims, and one of each is enough.
            let shared = [
                "when",
                "effective",
                "known",
                "supersedes",
                "replaces",
                "disputes",
                "note",
            ];
            let anywhere = shared.contains(key) && found.iter().any(|(_, other)| other == key);
            // `all` inside `any` stands for `any` and `all` of a requirement.
            let nested = shape.name == "a combined requirement"
                && found.contains(&("any".to_owned(), (*key).to_owned()));
            assert!(
                parents.iter().any(is_there) || anywhere || nested,
                "`{key}` of {}",
                shape.name
            );
        }
    }
}

/// Gives every value that stands alone on its line a form that no key has.
#[test]
fn no_key_is_ignored() {
    let (sources, _) = SourceMap::from_dir(&repository("tests/data/good"));
    let mut changed = 0;
    for file in sources.files() {
        let lines: Vec<&str> = sources.text(file).lines().collect();
        for (place, line) in lines.iter().enumerate() {
            let Some((key, value)) = line.split_once(" = ") else {
                continue;
            };
            if line.starts_with(' ') || value.ends_with('[') {
                continue;
            }
            let wrong = format!("{key} = inf");
            let mut lines = lines.clone();
            lines[place] = &wrong;
            let text = lines.join("\n");
            let path = sources.relative_path(file);
            let loaded = load(SourceMap::from_texts([(path, text)]), None);
            let noticed = loaded.problems.iter().any(|problem| {
                let line = problem
                    .labels
                    .first()
                    .map(|label| loaded.sources.position(label.file, label.span.start).0);
                problem.code == Code::WrongType && line == Some(place + 1)
            });
            assert!(noticed, "{path}:{}: {wrong}", place + 1);
            changed += 1;
        }
    }
    assert!(changed > 200, "{changed}");
}
