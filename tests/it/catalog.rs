//! The import of the vendor's table: every quirk of its public copies, what is made of several of them, and what is
//! written. The tables here are made up; `the_copies_give_the_catalog` runs where the true ones are.

use crate::command_line::{Run, licit};
use crate::small::small;
use licit::dataset::catalog::{
    Changes, Extent, Import, SkuHistory, SlipKind, TableCopy, changes, import, parse_copy,
    read_copy,
};
use licit::dataset::{KnowledgeBase, SourceMap, load, load_dir};
use licit::model::{Day, Segment};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/data/catalog";
const HEAD: &str = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,\
     Service_Plans_Included_Friendly_Names";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn sku_guid(number: usize) -> String {
    format!("00000001-0000-4000-8000-{number:012}")
}

fn plan_guid(number: usize) -> String {
    format!("00000002-0000-4000-8000-{number:012}")
}

/// A copy of rows like "SUITE 1: 1 2", which say name, SKU and its plans.
fn copy(on: &str, skus: &[&str]) -> TableCopy {
    let mut text = format!("{HEAD}\n");
    for sku in skus {
        let (name, plans) = sku.split_once(": ").unwrap();
        let number = name.rsplit(' ').next().unwrap().parse().unwrap();
        for plan in plans.split(' ') {
            let plan_guid = plan_guid(plan.parse().unwrap());
            text += &format!(
                "{name},SKU_{number},{},PLAN_{plan},{plan_guid},Plan {plan}\n",
                sku_guid(number)
            );
        }
    }
    parse_copy(text.as_bytes(), &format!("{on}.csv"), day(on)).unwrap()
}

fn whole(copies: &[TableCopy], known: &[Changes]) -> Import {
    let nothing = KnowledgeBase::empty(small().meta);
    let today = day("2026-11-22");
    import(copies.to_vec(), known, &nothing, Extent::Whole, today).unwrap()
}

/// What a SKU carries, as "PLAN from, until".
fn carries(import: &Import, sku: &str) -> Vec<String> {
    let plans: BTreeMap<_, _> = import
        .history
        .plans
        .iter()
        .map(|plan| (plan.guid, &plan.id))
        .collect();
    let sku = find(import, sku);
    let carried = sku.carries.iter().map(|(plan, span)| {
        let until = span.to().map(|until| format!(", until {until}"));
        format!(
            "{} {}{}",
            plans[plan],
            span.from(),
            until.unwrap_or_default()
        )
    });
    carried.collect()
}

fn find<'i>(import: &'i Import, sku: &str) -> &'i SkuHistory {
    let found = import.history.skus.iter().find(|found| found.id == sku);
    found.unwrap_or_else(|| panic!("{sku}"))
}

fn looks(text: &str) -> Vec<Changes> {
    changes(&SourceMap::from_texts([("looks.toml", text)]))
}

/// A row for damaging, with its head.
const ROW: &str = "Suite,SUITE,00000001-0000-4000-8000-000000000001,MAIL,00000002-0000-4000-8000-000000000001,Mail";

fn rows(lines: &[&str]) -> TableCopy {
    let text = [&[HEAD, ROW, ROW, ROW], lines].concat().join("\n");
    parse_copy(text.as_bytes(), "copy.csv", day("2026-08-20")).unwrap()
}

#[test]
fn every_encoding_separator_and_order_of_columns_gives_the_same_rows() {
    let text = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n\
        Süite – A,SUITE,00000001-0000-4000-8000-000000000001,MAIL,00000002-0000-4000-8000-000000000001,\"Mail, all\"\n";
    let expected = parse_copy(text.as_bytes(), "x", Day::FIRST).unwrap().rows;
    assert_eq!(expected[0].sku_name, "Süite – A");
    let ansi = |text: &str| -> Vec<u8> {
        let byte = |c: char| {
            if c == '–' {
                0x96
            } else {
                u8::try_from(c).unwrap()
            }
        };
        text.chars().map(byte).collect()
    };
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let semicolons = text.replace(',', ";").replace("Mail; all", "Mail, all");
    let turned = "GUID,Product_Display_Name,Remark,Service_Plan_Id,Service_Plan_Name,String_Id,Service_Plans_Included_Friendly_Names\n\
        00000001-0000-4000-8000-000000000001,Süite – A,,00000002-0000-4000-8000-000000000001,MAIL,SUITE,\"Mail, all\"\n";
    let twice: String = text.bytes().map(char::from).collect();
    for (what, bytes) in [
        ("mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("CR", text.replace('\n', "\r").into_bytes()),
        ("no end", text.trim_end().as_bytes().to_vec()),
        ("Windows-1252", ansi(text)),
        ("UTF-16", utf16(text)),
        ("UTF-16 with mark", utf16(&format!("\u{feff}{text}"))),
        ("semicolons", semicolons.clone().into_bytes()),
        ("semicolons in Windows-1252", ansi(&semicolons)),
        (
            "tabs",
            text.replace(',', "\t")
                .replace("Mail\t all", "Mail, all")
                .into_bytes(),
        ),
        (
            "separator line",
            format!("sep=;\n{semicolons}").into_bytes(),
        ),
        (
            "typing errors",
            text.replace("String_Id", "String_ Id")
                .replace("Plan_Name", "Plan_Nmae")
                .into_bytes(),
        ),
        ("mark read as letters", format!("ï»¿{text}").into_bytes()),
        ("other order", turned.as_bytes().to_vec()),
        ("encoded twice", twice.into_bytes()),
        (
            "capitals",
            text.replace("00000001-0000-4000", "00000001-0000-4000")
                .to_uppercase()
                .replace("SÜITE – A", "Süite – A")
                .replace("MAIL, ALL", "Mail, all")
                .into_bytes(),
        ),
    ] {
        let read = parse_copy(&bytes, "x", Day::FIRST).unwrap_or_else(|e| panic!("{what}: {e:?}"));
        assert_eq!(read.rows, expected, "{what}");
        assert_eq!((read.read, read.rejected.len()), (1, 0), "{what}");
    }
}

#[test]
fn blanks_are_folded_and_repeated_rows_counted() {
    let odd = ROW
        .replace("Suite", "  Suite\u{a0}")
        .replace("MAIL", "MAIL\t")
        .replace("SUITE", "SUITE\u{200b} ");
    let copy = rows(&[&odd, "", "  "]);
    assert_eq!((copy.read, copy.repeated, copy.rows.len()), (4, 3, 1));
    let inner = ROW.replace("SUITE", "w/o\u{a0} Teams\u{202f}Bundle");
    assert_eq!(rows(&[&inner]).rows[1].sku_string, "w/o Teams Bundle");
}

#[test]
fn broken_rows_are_rejected_alone_with_line_and_reason() {
    let seven = ROW.replace("Suite", "Suite, cut");
    let shifted = "\"Suite\",cut,SUITE,00000001-0000-4000-8000-000000000001,MAIL,00000002-0000-4000-8000-000000000001";
    let short = "Suite,SUITE,00000001-0000-4000";
    let open = ROW.replace("Suite", "\"Suite");
    let nameless = ROW.replace("Suite", "");
    let no_id = ROW.replace("SUITE", "");
    let colon = ROW.replace("SUITE", "SU:ITE");
    let control = ROW.replace("Suite", "Su\u{1b}ite");
    let unread = ROW.replace("Suite", "Su\u{fffd}ite");
    for (line, reason) in [
        (seven.as_str(), "it has 7 cells and the head has 6"),
        (
            shifted,
            "`SUITE` is no GUID of a product; the columns may have shifted",
        ),
        (short, "it has 3 cells"),
        (&open, "a quotation mark is not closed"),
        (&nameless, "the product has no name"),
        (&no_id, "the product has no string id"),
        (&colon, "cannot be the string id of a product"),
        (&control, "control or invisible"),
        (&unread, "cannot be read"),
    ] {
        let more = ROW.replace("MAIL", "MORE");
        let copy = rows(&[line, &more]);
        assert_eq!((copy.rows.len(), copy.rejected.len()), (2, 1), "{line}");
        let rejected = &copy.rejected[0];
        assert_eq!(rejected.line, 5, "{line}");
        assert!(
            rejected.reason.contains(reason),
            "{line}: {}",
            rejected.reason
        );
        assert!(!rejected.text.contains('\u{1b}'));
    }
    let trailing = format!("{ROW},,").replace("MAIL", "MORE");
    assert_eq!(rows(&[&trailing]).rows.len(), 2);
}

#[test]
fn a_file_that_is_not_the_table_is_refused() {
    let refused = |text: &str| {
        let refused = parse_copy(text.as_bytes(), "x.csv", Day::FIRST).unwrap_err();
        assert!(!refused.help.is_empty());
        refused.reason
    };
    assert!(refused("").contains("not the head of the table"));
    assert!(refused("<html>\n<body>\n").contains("not the head"));
    assert!(refused(ROW).contains("not the head"));
    assert!(refused(&HEAD.replace("Service_Plan_Id,", "")).contains("`serviceplanid` is missing"));
    assert!(refused(HEAD).contains("none of its 0 rows"));
    let broken = ROW.replace("Suite", "Suite, cut");
    assert!(refused(&[HEAD, ROW, &broken, &broken].join("\n")).contains("2 of its 3 rows"));
}

/// Whatever a copy is cut to, no row comes out that did not go in.
#[test]
fn a_cut_copy_loses_rows_and_gains_none() {
    let bytes = std::fs::read(Path::new(FOLDER).join("newest.csv")).unwrap();
    let all = parse_copy(&bytes, "x", Day::FIRST).unwrap().rows;
    let mut taken = 0;
    for length in 0..bytes.len() {
        if let Ok(copy) = parse_copy(&bytes[..length], "x", Day::FIRST) {
            assert_eq!(
                copy.read,
                copy.rows.len() + copy.repeated + copy.rejected.len()
            );
            taken += 1;
            // The last cell is a name and may be cut; a row is known by the rest.
            for row in &copy.rows {
                let whole = |other: &&licit::dataset::catalog::TableRow| {
                    (other.sku, other.plan) == (row.sku, row.plan)
                };
                assert!(all.iter().any(|other| whole(&other)), "{length}: {row:?}");
            }
        }
    }
    assert!(taken > bytes.len() / 2);
}

#[test]
fn looks_date_what_a_sku_carries() {
    let copies = [
        copy("2021-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
        copy(
            "2022-01-01",
            &["Suite 1: 1 2 3", "Suite 2: 1", "Suite 3: 1"],
        ),
        copy("2023-01-01", &["Suite 1: 1 3", "Suite 2: 1", "Suite 3: 1"]),
        copy("2024-01-01", &["Suite 1: 1 3", "Suite 2: 1", "Suite 3: 1"]),
    ];
    let made = whole(&copies, &[]);
    assert_eq!(
        carries(&made, "SKU_1"),
        [
            "PLAN_1 by 2021-01-01",
            "PLAN_2 by 2021-01-01, until between 2022-01-01 and 2023-01-01",
            "PLAN_3 between 2021-01-01 and 2022-01-01",
        ]
    );
    // A SKU that a copy does not list yet may have been there all the same.
    assert_eq!(carries(&made, "SKU_3"), ["PLAN_1 by 2022-01-01"]);
    assert!(made.history.slips.is_empty());
    // The order of the files does not matter.
    let mut turned = copies.to_vec();
    turned.reverse();
    assert_eq!(whole(&turned, &[]).files, made.files);
}

#[test]
fn what_was_undone_is_a_slip_and_no_claim() {
    let made = whole(
        &[
            copy("2021-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
            copy("2022-01-01", &["Suite 1: 1", "Suite 2: 1 3"]),
            copy("2023-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
            copy("2024-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
            copy("2025-01-01", &["Suite 1: 1", "Suite 2: 1"]),
        ],
        &[],
    );
    assert_eq!(
        carries(&made, "SKU_1"),
        ["PLAN_1 by 2021-01-01", "PLAN_2 by 2021-01-01"]
    );
    assert_eq!(carries(&made, "SKU_2"), ["PLAN_1 by 2021-01-01"]);
    let slips: Vec<_> = made
        .history
        .slips
        .iter()
        .map(|slip| (slip.sku.as_str(), &slip.kind))
        .collect();
    assert_eq!(
        slips,
        [
            ("SKU_1", &SlipKind::Missing(vec![day("2022-01-01")])),
            ("SKU_1", &SlipKind::NotYetSure(day("2025-01-01"))),
            (
                "SKU_2",
                &SlipKind::CameAndWent(day("2022-01-01"), day("2022-01-01"))
            ),
        ]
    );
    // A SKU that is gone from the table is still a SKU.
    let many: Vec<String> = (1..=11)
        .map(|number| format!("Suite {number}: 1"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let gone = whole(
        &[
            copy("2021-01-01", &many),
            copy("2022-01-01", &many[1..]),
            copy("2023-01-01", &many[1..]),
        ],
        &[],
    );
    assert_eq!(carries(&gone, "SKU_1"), ["PLAN_1 by 2021-01-01"]);
}

#[test]
fn looks_between_copies_make_dates_finer() {
    let copies = [
        copy("2021-01-01", &["Suite 1: 1", "Suite 2: 1"]),
        copy("2024-01-01", &["New 1: 1 2", "Suite 2: 1", "Suite 3: 1 4"]),
    ];
    let looks = looks(
        "[[look]]\nday = 2022-01-01\nadded = [\"SKU_3\"]\nrenamed = [{ sku = \"SKU_1\", name = \"Middle 1\" }]\n\
         [[look]]\nday = 2023-01-01\ngained = [{ sku = \"SKU_1\", plan = [\"PLAN_2\"] }]\nrenamed = [{ sku = \"SKU_1\", name = \"New 1\" }]\n\
         [[look]]\nday = 2024-01-01\ngained = [{ sku = \"SKU_3\", plan = \"PLAN_4\" }]\nlost = [{ sku = \"SKU_3\", plan = \"PLAN_2\" }]\n\
         [[look]]\nday = 2025-01-01\ngone = [\"SKU_1\"]\n",
    );
    assert_eq!(looks.len(), 4);
    let made = whole(&copies, &looks);
    assert_eq!(
        carries(&made, "SKU_1"),
        [
            "PLAN_1 by 2021-01-01",
            "PLAN_2 between 2022-01-01 and 2023-01-01"
        ]
    );
    // What changed on the day of the copy tells what a new SKU carried before.
    assert_eq!(
        carries(&made, "SKU_3"),
        [
            "PLAN_1 by 2022-01-01",
            "PLAN_2 by 2022-01-01",
            "PLAN_4 between 2023-01-01 and 2024-01-01",
        ]
    );
    let names: Vec<String> = find(&made, "SKU_1")
        .names
        .iter()
        .map(|former| {
            format!(
                "{}, {}, {}",
                former.name,
                former.span.from(),
                former.span.to().unwrap()
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            "Suite 1, by 2021-01-01, between 2021-01-01 and 2022-01-01",
            "Middle 1, between 2021-01-01 and 2022-01-01, between 2022-01-01 and 2023-01-01",
        ]
    );
    assert!(made.unknown.is_empty());
    let wrong = self::looks(
        "[[look]]\nday = 2022-01-01\nadded = [\"SKU_9\"]\nlost = [{ sku = \"SKU_1\", plan = \"PLAN_9\" }]\n",
    );
    let unknown = whole(&copies, &wrong).unknown;
    assert_eq!(
        unknown.into_iter().collect::<Vec<_>>(),
        ["SKU SKU_9", "plan PLAN_9"]
    );
}

#[test]
fn copies_that_do_not_go_together_are_refused() {
    let nothing = KnowledgeBase::empty(small().meta);
    let refused = |copies: &[TableCopy]| {
        let refused = import(copies.to_vec(), &[], &nothing, Extent::Whole, Day::FIRST);
        refused.unwrap_err().remove(0).reason
    };
    let full = copy("2021-01-01", &["Suite 1: 1", "Suite 2: 1"]);
    let short = copy("2022-01-01", &["Suite 1: 1"]);
    assert!(refused(&[full.clone(), full.clone()]).contains("same date"));
    assert!(refused(&[full, short]).contains("it lacks 1 of the 2 SKUs of 2021-01-01"));
}

fn pair() -> Vec<TableCopy> {
    [
        ("plans-2025-03-16.csv", "2025-03-16"),
        ("newest.csv", "2026-08-20"),
    ]
    .map(|(file, on)| read_copy(&Path::new(FOLDER).join(file), file, day(on)).unwrap())
    .to_vec()
}

/// The files beside the pair are what comes of it; `SNAPSHOTS=overwrite` writes them anew.
#[test]
fn the_pair_gives_the_files_beside_it_byte_for_byte() {
    let made = whole(&pair(), &[]);
    let folder = Path::new(FOLDER).join("expected");
    let mut expected: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    expected.sort();
    if std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite") {
        for file in &expected {
            std::fs::remove_file(file).unwrap();
        }
        for file in &made.files {
            std::fs::write(folder.join(&file.name), &file.text).unwrap();
        }
        return;
    }
    let names: Vec<PathBuf> = made
        .files
        .iter()
        .map(|file| folder.join(&file.name))
        .collect();
    assert_eq!(names, expected);
    for file in &made.files {
        let expected = std::fs::read_to_string(folder.join(&file.name)).unwrap();
        assert_eq!(file.text, expected, "{}", file.name);
    }
}

/// The files of an import are data without a problem, and importing again changes nothing.
#[test]
fn what_is_written_is_data_that_an_import_changes_nothing_in() {
    let made = whole(&pair(), &[]);
    let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n".to_owned();
    let files = made
        .files
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()));
    let loaded = load(
        SourceMap::from_texts(files.chain([("meta.toml".to_owned(), meta)])),
        None,
    );
    assert_eq!(
        licit::dataset::report(&loaded.sources, &loaded.problems, false),
        ""
    );
    let knowledge = loaded.knowledge.unwrap();
    let later = day("2030-01-01");
    let again = import(pair(), &[], &knowledge, Extent::Whole, later).unwrap();
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    assert_eq!(again.files, made.files);
    let added = import(pair(), &[], &knowledge, Extent::Additions, later).unwrap();
    assert_eq!((added.older.len(), added.files.len()), (2, 0));
    let sku = knowledge.skus.find("SUITE_FACULTY").unwrap();
    assert_eq!(knowledge.skus[sku].segment, Segment::Education);
    let trial = knowledge.skus.find("SUITE_TRIAL").unwrap();
    assert!(!knowledge.skus[trial].purchasable);
}

/// An addition brings the present data to where a whole import would be, but for what ended.
#[test]
fn an_addition_stands_beside_the_present_data() {
    let mut copies = pair();
    let newest = copies.pop().unwrap();
    let first = whole(&copies, &[]);
    let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n".to_owned();
    let files = first
        .files
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()));
    let base = load(
        SourceMap::from_texts(files.chain([("meta.toml".to_owned(), meta)])),
        None,
    );
    let base = base.knowledge.unwrap();
    let today = day("2026-11-22");
    let added = import(vec![newest], &[], &base, Extent::Additions, today).unwrap();
    assert_eq!(added.files.len(), 1);
    assert_eq!(added.files[0].name, "catalog-2026-08-20.toml");
    let text = added.files[0].text.clone();
    let both = load(SourceMap::from_texts([("catalog.toml", text)]), Some(base));
    assert_eq!(
        licit::dataset::report(&both.sources, &both.problems, false),
        ""
    );
    let both = both.knowledge.unwrap();
    for (claim, from) in [
        (
            "inclusion:SUITE_BASIC:FILTER",
            "between 2025-03-16 and 2026-08-20",
        ),
        (
            "name:sku:SUITE_BASIC:Mail Suite Start",
            "between 2025-03-16 and 2026-08-20",
        ),
        ("inclusion:SUITE_GOV:MAILBOX", "by 2026-08-20"),
    ] {
        let id = both.claims.find(claim).unwrap_or_else(|| panic!("{claim}"));
        let period = &both.claims[id].effective;
        assert_eq!(period.from.as_ref().unwrap().written(), from, "{claim}");
    }
    // The string was given to another SKU before.
    assert!(both.skus.find("CALLING").is_some());
    assert!(both.skus.find(&sku_guid(9)).is_some());
    let again = import(
        vec![pair().pop().unwrap()],
        &[],
        &both,
        Extent::Additions,
        today,
    )
    .unwrap();
    assert!(again.files.is_empty());
}

fn import_pair(more: &[&str]) -> Run {
    let old = format!("{FOLDER}/plans-2025-03-16.csv");
    let new = format!("{FOLDER}/newest.csv");
    let line = [
        "catalog",
        "import",
        &old,
        &new,
        "--date",
        "newest.csv=2026-08-20",
    ];
    let data = ["--data", "tests/data/small", "--no-builtin"];
    licit(&[&line[..], &data, more].concat())
}

#[test]
fn the_command_shows_first_and_writes_when_told() {
    let shown = import_pair(&[]);
    assert_eq!(shown.code, 0, "{}", shown.messages);
    for part in [
        "newest.csv:18: it has 5 cells and the head has 6",
        "plans-2025-03-16.csv:12: it has 7 cells",
        "+ SUITE_GOV  Mail Suite for Government",
        "10 SKUs, 7 plans",
        "2 left out",
    ] {
        let flat = shown
            .answer
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(&part), "{part}\n{}", shown.answer);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalog");
    std::fs::remove_dir_all(&folder).ok();
    let written = import_pair(&["--write", folder.to_str().unwrap()]);
    assert_eq!(written.code, 0, "{}", written.messages);
    assert!(
        written.answer.contains("Written: 10 files"),
        "{}",
        written.answer
    );
    std::fs::write(
        folder.join("plans-z.toml"),
        format!("{}\n", licit::dataset::catalog::WRITTEN_BY),
    )
    .unwrap();
    let again = import_pair(&["--write", folder.to_str().unwrap()]);
    assert!(
        again.answer.contains("1 files of an earlier import"),
        "{}",
        again.answer
    );
    // What was written by hand is never touched.
    std::fs::write(folder.join("mine.toml"), "# by hand\n").unwrap();
    let refused = import_pair(&["--write", folder.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .messages
            .contains("mine.toml was not written by an import"),
        "{}",
        refused.messages
    );
    assert_eq!(
        std::fs::read_to_string(folder.join("mine.toml")).unwrap(),
        "# by hand\n"
    );
    let names = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name());
    assert_eq!(names.count(), 11);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_refused_file_ends_with_3_and_mistakes_with_2() {
    let line = |more: &[&str]| {
        let data = ["--data", "tests/data/small", "--no-builtin"];
        licit(&[&["catalog", "import"], more, &data].concat())
    };
    let run = line(&[
        "Cargo.toml",
        "nowhere.csv",
        "--date",
        "Cargo.toml=2026-01-01",
        "--date",
        "nowhere.csv=2026-01-02",
    ]);
    assert_eq!(run.code, 3);
    assert!(run.answer.is_empty());
    assert!(
        run.messages
            .contains("Cargo.toml is refused: its first line"),
        "{}",
        run.messages
    );
    assert!(
        run.messages
            .contains("nowhere.csv is refused: it cannot be opened"),
        "{}",
        run.messages
    );
    let run = line(&[
        "Cargo.toml",
        "--date",
        "other.csv=2026-01-01",
        "--date",
        "x",
    ]);
    assert_eq!(run.code, 2);
    for part in [
        "no day is known for Cargo.toml",
        "--date names `other.csv`",
        "`--date x` says no day",
    ] {
        assert!(run.messages.contains(part), "{part}\n{}", run.messages);
    }
}

/// Where the vendor's true copies are, they give `data/catalog` byte for byte.
#[test]
fn the_copies_give_the_catalog() {
    let sources = Path::new("/work/shared/sources");
    let mut copies = Vec::new();
    for on in [
        "2018-08-17",
        "2021-10-13",
        "2022-08-17",
        "2023-08-08",
        "2024-07-19",
        "2025-07-24",
        "2026-08-20",
    ] {
        let name = if on == "2026-08-20" {
            "skus.csv".to_owned()
        } else {
            format!("skus-{on}.csv")
        };
        let path = sources.join(&name);
        if !path.is_file() {
            return;
        }
        copies.push(read_copy(&path, &name, day(on)).unwrap());
    }
    let loaded = load_dir(Path::new("data"), None);
    let known = changes(&loaded.sources);
    let made = import(
        copies,
        &known,
        &loaded.knowledge.unwrap(),
        Extent::Whole,
        Day::FIRST,
    )
    .unwrap();
    assert_eq!(
        (made.history.skus.len(), made.history.plans.len()),
        (620, 796)
    );
    assert!(made.changes.is_empty(), "{:?}", made.changes);
    assert_eq!(
        std::fs::read_dir("data/catalog").unwrap().count(),
        made.files.len()
    );
    for file in &made.files {
        let text = std::fs::read_to_string(Path::new("data/catalog").join(&file.name)).unwrap();
        assert!(text == file.text, "{} differs", file.name);
    }
}
