//! How an audit ends, what is left out of it, and files beside the exports.

use super::{demo, findings, json, written};
use crate::command_line::licit;

const GAP: &str = "[[account]]\nupn = \"ana@contoso.example\"\nheld = []\neligible = [\"Helpdesk Administrator\"]\n";
const MET: &str = "[[account]]\nupn = \"ana@contoso.example\"\nheld = [\"SPE_E5\"]\neligible = [\"Helpdesk Administrator\"]\n";
const OPEN: &str = "[[account]]\nupn = \"ana@contoso.example\"\nheld = []\nroles = [\"Contoso Printer Operators\"]\n";

#[test]
fn the_exit_code_says_what_came_of_it() {
    let gap = written("gap.toml", GAP);
    let met = written("met.toml", MET);
    let open = written("open.toml", OPEN);
    let met_and_open = written(
        "met-and-open.toml",
        &format!("{MET}roles = [\"Contoso Printer Operators\"]\n"),
    );
    let nobody = written("nobody.toml", "[owned]\nSPE_E3 = 5\n");
    let junk = written("junk.txt", "nothing that anybody knows\n");
    let usage = "tests/data/tenant/m365-usage-report-active-user-detail.csv";
    for (words, code) in [
        (vec![gap.as_str()], 1),
        (vec![&gap, "--fail-on", "cannot-tell"], 1),
        (vec![&gap, "--fail-on", "never"], 0),
        (vec![&met], 0),
        (vec![&met, "--fail-on", "cannot-tell"], 0),
        (vec![&open], 4),
        (vec![&open, "--fail-on", "never"], 0),
        // Something was told, so this is no failure unless the asker says so.
        (vec![&met_and_open], 0),
        (vec![&met_and_open, "--fail-on", "cannot-tell"], 4),
        // No assignment at all: nothing could be judged.
        (vec![&nobody], 4),
        (vec![&junk], 3),
        (vec![usage], 3),
        (vec!["nowhere.json"], 3),
        // One bad file among good ones is told and changes nothing.
        (vec![&met, &junk, "nowhere.json"], 0),
        (vec![], 2),
        (vec![&met, "--demo"], 2),
        (vec![&met, "--fail-on", "gaps"], 2),
        (vec![&met, "--format", "xlsx"], 2),
    ] {
        let run = licit(&[&["audit"], words.as_slice()].concat());
        assert_eq!(run.code, code, "{words:?}: {}{}", run.messages, run.answer);
        assert_eq!(run.answer.is_empty(), code == 2 || code == 3, "{words:?}");
    }
}

#[test]
fn files_that_cannot_be_used_are_named_with_the_better_export() {
    let usage = "tests/data/tenant/m365-usage-report-active-user-detail.csv";
    let run = licit(&["audit", usage, "nowhere.json"]);
    for part in [
        usage,
        "usage report",
        "instead, export \"Accounts with their licenses\"",
        "nowhere.json",
        "export-guide",
    ] {
        assert!(run.messages.contains(part), "{part}: {}", run.messages);
    }
    let run = licit(&["audit", usage, &written("met.toml", MET)]);
    let answer = run.answer.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(answer.contains("not used: a usage report"), "{answer}");
}

#[test]
fn only_what_is_new_counts_against_an_earlier_audit() {
    let gap = written("gap.toml", GAP);
    let before = licit(&["audit", &gap, "--format", "json"]);
    let baseline = written("baseline.json", &before.answer);
    let same = licit(&["audit", &gap, "--baseline", &baseline, "--format", "json"]);
    assert_eq!(same.code, 0, "{}", same.messages);
    let audit = json(&same);
    assert_eq!(findings(&audit), []);
    assert_eq!(
        audit["totals"]["known_before"].as_u64(),
        Some(findings(&json(&before)).len() as u64)
    );
    let said = licit(&["audit", &gap, "--baseline", &baseline]).answer;
    let head = said.lines().next();
    assert!(
        head.is_some_and(|head| head.ends_with("; nothing new")),
        "{said}"
    );
    // The verdict of the person stays what it is.
    assert_eq!(
        audit["totals"]["people_by_verdict"],
        json(&before)["totals"]["people_by_verdict"]
    );
    let more = written("gap-more.toml", &GAP.repeat(2).replacen("ana@", "ben@", 1));
    let next = licit(&["audit", &more, "--baseline", &baseline, "--format", "json"]);
    assert_eq!(next.code, 1);
    let new = json(&next);
    assert_eq!(new["findings"][0]["account"], "ben@contoso.example");
    // What was known stays known in the baseline that comes of it.
    let again = written("baseline-2.json", &same.answer);
    assert_eq!(licit(&["audit", &gap, "--baseline", &again]).code, 0);
    // An audit without names cannot be compared with, nor can anything else.
    let hidden = written(
        "baseline-3.json",
        &licit(&["audit", &gap, "--format", "json", "--pseudonymize"]).answer,
    );
    let other = written(
        "baseline-4.json",
        &licit(&["data", "--format", "json"]).answer,
    );
    let broken = written("baseline-5.json", "{\"schema\": 1,");
    for (file, says) in [
        (&hidden, "without --pseudonymize"),
        (&other, "licit audit --format json"),
        (&broken, "licit audit --format json"),
        (&"nowhere.json".to_owned(), "cannot be read"),
    ] {
        let run = licit(&["audit", &gap, "--baseline", file]);
        assert_eq!(run.code, 3, "{file}");
        assert!(run.messages.contains(says), "{}", run.messages);
        assert!(run.answer.is_empty());
    }
}

#[test]
fn what_is_ignored_stays_visible_with_its_reason_until_it_expires() {
    let gap = written("gap.toml", GAP);
    let audit = json(&licit(&["audit", &gap, "--format", "json"]));
    let (id, ..) = findings(&audit).into_iter().next().unwrap();
    let by_id = written(
        "by-id.toml",
        &format!(
            "[[ignore]]\nfinding = \"{id}\"\nreason = \"comes with the renewal\"\nuntil = 2026-12-01\n"
        ),
    );
    let run = licit(&["audit", &gap, "--ignore", &by_id]);
    assert_eq!(run.code, 0, "{}", run.messages);
    assert!(
        run.answer
            .contains("since comes with the renewal, until 2026-12-01"),
        "{}",
        run.answer
    );
    let by_match = "[[ignore]]\nkind = \"missing-license\"\nperson = \"ANA@*\"\nrole = \"Helpdesk Administrator\"\nreason = \"agreed\"\n";
    assert_eq!(
        licit(&[
            "audit",
            &gap,
            "--ignore",
            &written("by-match.toml", by_match)
        ])
        .code,
        0
    );
    let other = by_match.replace("ANA@*", "ben@*");
    let run = licit(&["audit", &gap, "--ignore", &written("other.toml", &other)]);
    assert_eq!(run.code, 1);
    assert!(
        run.messages
            .contains("entry 1 of the ignore list names no finding"),
        "{}",
        run.messages
    );
    // Today is 2026-11-22, whatever day is asked about.
    let expired = format!("{by_match}until = 2026-11-22\n");
    let run = licit(&[
        "audit",
        &gap,
        "--ignore",
        &written("expired.toml", &expired),
        "--on",
        "2026-09-01",
    ]);
    assert_eq!(run.code, 1);
    assert!(run.messages.contains("has expired"), "{}", run.messages);
}

#[test]
fn every_mistake_of_an_ignore_list_is_told_with_its_place() {
    let list = "[[ignore]]\nfinding = \"missing-license-12\"\nreason = \"a\"\n\
                [[ignore]]\nreason = \"b\"\n\
                [[ignore]]\nkind = \"missing-licence\"\n\
                [[ignore]]\nkind = \"disputed\"\nrole = \"Zeppelin Pilot\"\nreason = \"\"\nuntil = 2026-13-01\n";
    let file = written("mistakes.toml", list);
    let run = licit(&["audit", "--demo", "--ignore", &file]);
    assert_eq!((run.code, run.answer.as_str()), (3, ""));
    let list = list.replace("2026-13-01", "\"someday\"");
    let run = licit(&[
        "audit",
        "--demo",
        "--ignore",
        &written("mistakes.toml", &list),
    ]);
    assert_eq!(run.code, 3);
    for part in [
        "`missing-license-12` is no id of a finding",
        "it is not clear which findings are meant",
        "`missing-licence` is no word for `kind`",
        "did you mean `missing-license`?",
        "reason",
        "Zeppelin Pilot",
        "`reason` is empty",
        "`until` is not a date",
    ] {
        assert!(run.messages.contains(part), "{part}:\n{}", run.messages);
    }
}

#[test]
fn a_file_of_people_that_is_none_is_an_error() {
    let people = written("no-people.csv", "who,what\na,b\n");
    let run = licit(&["audit", "--demo", "--people", &people]);
    assert_eq!((run.code, run.answer.as_str()), (3, ""));
    assert!(
        run.messages.contains("no-people.csv cannot be used"),
        "{}",
        run.messages
    );
}

#[test]
fn the_files_of_ones_own_that_the_readme_shows_are_taken() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for (flag, table) in [
        ("--people", "[[person]]"),
        ("--ignore", "[[ignore]]"),
        ("--questions", "[[question]]"),
    ] {
        let blocks = readme.split("```toml\n").skip(1);
        let mut blocks = blocks.filter_map(|block| block.split("```").next());
        let block = blocks.find(|block| block.starts_with(table)).unwrap();
        let file = written(&format!("readme{flag}.toml"), block);
        let run = licit(&["audit", "--demo", flag, &file, "--fail-on", "never"]);
        assert_eq!(run.code, 0, "{flag}: {}", run.messages);
    }
}

#[test]
fn a_file_of_people_makes_one_person_of_two_accounts() {
    let accounts = "[[account]]\nupn = \"vries@contoso.example\"\nheld = [\"SPE_E5\"]\n\
                    [[account]]\nupn = \"adm-vries@contoso.example\"\nheld = []\n\
                    [[assignment]]\naccount = \"adm-vries@contoso.example\"\nrole = \"User Administrator\"\nscope = \"administrative-unit:Sales\"\n";
    let file = written("two.toml", accounts);
    assert_eq!(licit(&["audit", &file]).code, 1);
    let people = "[[person]]\nname = \"J. Vries\"\naccounts = [\"adm-vries@contoso.example\", \"vries@contoso.example\"]\n";
    let people = written("people.toml", people);
    let run = licit(&["audit", &file, "--people", &people, "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.messages);
    let audit = json(&run);
    assert_eq!(audit["people"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        audit["people"][0]["accounts"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn saved_questions_are_answered_with_what_the_exports_tell() {
    let questions = written(
        "questions.toml",
        "[[question]]\nname = \"Approving\"\ntasks = [\"pim.approve\"]\nheld = [\"SPE_E5\"]\n",
    );
    let run = demo(&[
        "--questions",
        &questions,
        "--on",
        "2026-09-01",
        "--format",
        "json",
    ]);
    let audit = json(&run);
    assert_eq!(audit["questions"][0]["name"], "Approving");
    assert_eq!(audit["questions"][0]["verdict"], "required");
    let why = audit["questions"][0]["why"].as_str().unwrap();
    assert!(why.contains("--on 2026-09-01"), "{why}");
    // How many approve stands in the exports, and the answer counts them.
    assert!(why.contains("--given pim.approvers=1"), "{why}");
    let text = demo(&["--questions", &questions]).answer;
    assert!(text.contains("Approving: a license is required"), "{text}");
}

#[test]
fn changes_tell_how_many_assignments_of_a_tenant_now_differ() {
    let folder = "tests/data/tenant";
    // Sources of 2026-01 dispute what the one of 2021 said of administering Purview, which one of the assignments asks.
    let run = licit(&[
        "changes",
        "--since",
        "2025-06-01",
        "--affects",
        folder,
        "--format",
        "json",
    ]);
    let changes = json(&run);
    let questions = &changes["questions"];
    let all = questions["questions"].as_array().unwrap();
    let sum = |differs: bool| -> u64 {
        let those = all.iter().filter(|one| !differs || one["differs"] == true);
        those.map(|one| one["assignments"].as_u64().unwrap()).sum()
    };
    assert_eq!(questions["assignments"].as_u64(), Some(sum(false)));
    assert_eq!(questions["differing_assignments"].as_u64(), Some(sum(true)));
    let changed: Vec<&str> = all
        .iter()
        .filter(|one| one["differs"] == true)
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        changed,
        ["Compliance Administrator, holding EMSPREMIUM + ENTERPRISEPACK"]
    );
    let text = licit(&["changes", "--since", "2025-06-01", "--affects", folder]).answer;
    assert!(
        text.contains("1 of your 8 assignments now differs."),
        "{text}"
    );
    let strict = licit(&[
        "changes",
        "--since",
        "2025-06-01",
        "--affects",
        folder,
        "--fail-on-change",
    ]);
    assert_eq!(strict.code, 1);
}

#[test]
fn a_tenant_that_is_written_by_hand_is_told_from_questions_by_its_content() {
    let tenant = written(
        "by-hand-tenant.toml",
        "[owned]\nSPE_E3 = 2\n\n[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E3\"]\nroles = [\"Compliance Administrator\"]\n",
    );
    let run = licit(&["changes", "--since", "2025-06-01", "--affects", &tenant]);
    assert_eq!((run.code, run.messages.as_str()), (0, ""));
    // The same claims of 2026-01 as above, about the one assignment.
    assert!(
        run.answer.contains("1 of your 1 assignment now differs."),
        "{}",
        run.answer
    );
    // Where only questions can be used, it is said what the file is instead of naming its keys as mistakes.
    let questions = ["--questions", tenant.as_str()];
    for words in [
        vec!["diff", tenant.as_str(), "--from", "2025-06-01"],
        [&["audit", "--demo"], questions.as_slice()].concat(),
    ] {
        let run = licit(&words);
        assert_eq!(run.code, 2, "{}", run.messages);
        assert!(
            run.messages
                .contains("is a tenant, and questions are wanted"),
            "{}",
            run.messages
        );
    }
}

#[test]
fn a_guessed_encoding_is_said_where_a_file_is_read() {
    let table =
        b"Role,DisplayName,UserPrincipalName\nGlobal Reader,M\xfcller,mueller@contoso.com\n";
    let folder = std::path::PathBuf::from(written("guessed.csv", ""));
    std::fs::write(&folder, table).unwrap();
    let path = folder.to_str().unwrap();
    let text = licit(&["audit", path]).answer;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("in Windows-1252 (a guess, as it is no UTF-8)"),
        "{text}"
    );
    let audit = json(&licit(&["audit", path, "--format", "json"]));
    assert_eq!(audit["files"][0]["encoding"], "Windows-1252");
}
