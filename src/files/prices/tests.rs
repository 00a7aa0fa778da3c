//! Price files as people write them, good and bad.

use super::{PriceFile, read_prices};
use crate::dataset::{KnowledgeBase, load_dir};
use crate::model::{Code, Diagnostic};
use std::path::Path;

fn knowledge() -> KnowledgeBase {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/small");
    load_dir(&folder, None).knowledge.unwrap()
}

/// Reads a text as the file of this name.
fn read(name: &str, text: &[u8]) -> PriceFile {
    static NUMBER: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("licit-prices-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    let read = read_prices(&path, &knowledge());
    std::fs::remove_dir_all(&folder).unwrap();
    read
}

fn codes(file: &PriceFile) -> Vec<Code> {
    file.problems.iter().map(|problem| problem.code).collect()
}

/// Line and column of the main place of a problem.
fn position(file: &PriceFile, problem: &Diagnostic) -> (usize, usize) {
    let label = &problem.labels[0];
    file.sources.position(label.file, label.span.start)
}

#[test]
fn a_table_and_a_document_say_the_same() {
    let table = "\u{feff}SKU; Price ;currency;from;until;term;note;owner\r\n\
                 SPE_E3;33.10;usd;2026-07-01;2027-07-01;;\"new; deal\";Ada\r\n\
                 \r\n\
                 microsoft entra id p2;7.8;EUR;;;monthly;;\r\n";
    let document = "[[price]]\nsku = \"05e9a617-0261-4cee-bb44-138d3ef5d965\"\nprice = 33.10\ncurrency = \"USD\"\n\
                    from = 2026-07-01\nuntil = \"2027-07-01\"\nnote = \"new; deal\"\n\
                    [[price]]\nsku = \"AAD_PREMIUM_P2\"\nprice = \"7.80\"\ncurrency = \"EUR\"\nterm = \"monthly\"\n";
    let table = read("a.csv", table.as_bytes());
    let document = read("a.TOML", document.as_bytes());
    assert_eq!(codes(&table), []);
    assert_eq!(codes(&document), []);
    assert_eq!(table.unread, ["owner"]);
    let lines = |file: &PriceFile| -> Vec<usize> {
        file.prices.iter().map(|price| price.row.line).collect()
    };
    assert_eq!(lines(&table), [2, 4]);
    assert_eq!(lines(&document), [1, 8]);
    let content = |file: PriceFile| -> Vec<String> {
        let prices = file.prices.into_iter();
        prices
            .map(|price| {
                format!(
                    "{:?} {} {} {:?} {:?} {:?} {}",
                    price.sku,
                    price.amount,
                    price.currency,
                    price.from,
                    price.until,
                    price.term,
                    price.note
                )
            })
            .collect()
    };
    let table = content(table);
    assert_eq!(table, content(document));
    assert!(
        table[0].contains("33.10 USD") && table[0].ends_with("new; deal"),
        "{table:?}"
    );
    assert!(
        table[1].contains("7.80 EUR None None Some(Monthly)"),
        "{table:?}"
    );
}

#[test]
fn every_wrong_row_is_told_with_its_place_and_the_good_ones_stay() {
    let table = "sku,price,currency,from,until,term\n\
                 SPE_E3,33.10,USD,,,\n\
                 SPE_E4,33.10,USD,,,\n\
                 SPE_E5,=1+1,USD,,,\n\
                 SPE_E5,\"57,00\",USD,,,\n\
                 SPE_E5,57,dollars,2026-13-01,,weekly\n\
                 SPE_E5,57,USD,2026-07-01,2026-07-01,\n\
                 Office 365 A1 for faculty,1,USD,,,\n\
                 ,,,2026-07-01,,\n\
                 SPE_E5,57,USD,,,,x\n\
                 SPE_E5,57,USD,,,annual\n";
    let file = read("b.csv", table.as_bytes());
    assert_eq!((file.rows, file.rejected, file.prices.len()), (10, 8, 2));
    let found: Vec<(Code, usize, usize)> = file
        .problems
        .iter()
        .map(|problem| {
            let (line, column) = position(&file, problem);
            (problem.code, line, column)
        })
        .collect();
    assert_eq!(
        found,
        [
            (Code::UnknownId, 3, 1),
            (Code::BadMoney, 4, 8),
            (Code::BadMoney, 5, 8),
            (Code::BadMoney, 6, 11),
            (Code::BadDate, 6, 19),
            (Code::UnknownWord, 6, 31),
            (Code::ReversedDates, 7, 26),
            (Code::UnknownId, 8, 1),
            (Code::MissingKey, 9, 1),
            (Code::MissingKey, 9, 1),
            (Code::MissingKey, 9, 1),
            (Code::WrongType, 10, 18),
        ]
    );
    let helps: Vec<&str> = file
        .problems
        .iter()
        .filter_map(|problem| problem.help.as_deref())
        .collect();
    assert!(helps[0].contains("did you mean sku:SPE_E3"), "{helps:?}");
    assert!(helps[1].contains("formula"), "{helps:?}");
    assert!(helps[2].contains("point"), "{helps:?}");
    assert!(
        helps[7].contains("sku:FACULTY_1, sku:FACULTY_2"),
        "{helps:?}"
    );
}

#[test]
fn rows_that_hold_on_one_day_are_both_rejected_and_named() {
    let table = "sku,price,currency,from,until,term\n\
                 SPE_E3,30,USD,2026-01-01,2027-01-01,\n\
                 SPE_E3,31,USD,2026-02-01,2026-03-01,monthly\n\
                 SPE_E3,32,USD,2026-05-01,2026-06-01,annual\n\
                 SPE_E3,33,USD,2027-01-01,,annual\n\
                 SPE_E3,34,USD,2027-01-01,,monthly\n\
                 SPE_E3,35,EUR,,,\n\
                 SPE_E5,36,USD,,2026-01-01,\n\
                 SPE_E5,37,USD,,,\n";
    let file = read("c.csv", table.as_bytes());
    let amounts: Vec<String> = file
        .prices
        .iter()
        .map(|price| price.amount.to_string())
        .collect();
    assert_eq!(amounts, ["33.00", "34.00", "35.00"]);
    assert_eq!(file.rejected, 5);
    let titles: Vec<&str> = file
        .problems
        .iter()
        .map(|problem| problem.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "two prices of SPE_E3 in USD hold on one day: lines 2 and 3",
            "two prices of SPE_E3 in USD hold on one day: lines 2 and 4",
            "two prices of SPE_E5 in USD hold on one day: lines 8 and 9",
        ]
    );
    assert!(
        file.problems
            .iter()
            .all(|problem| problem.labels.len() == 2)
    );
}

#[test]
fn a_head_that_is_not_understood_leaves_no_row() {
    for (text, code) in [
        ("", Code::MissingKey),
        ("SPE_E3,33.10,USD\n", Code::MissingKey),
        (
            "sku,price,currency,untill\nSPE_E3,1,USD,2026-01-01\n",
            Code::UnknownKey,
        ),
        (
            "sku,price,currency,price\nSPE_E3,1,USD,2\n",
            Code::DuplicateId,
        ),
    ] {
        let file = read("d.csv", text.as_bytes());
        assert_eq!(codes(&file), [code], "{text}");
        assert!(file.prices.is_empty());
    }
}

#[test]
fn files_that_are_no_text_too_deep_or_not_there_are_refused() {
    let deep = format!("price = {}\n", "[".repeat(100));
    for (name, text, code) in [
        (
            "e.csv",
            &b"sku,price,currency\nSPE_E3,1,\xff\n"[..],
            Code::UnreadableFile,
        ),
        ("e.toml", deep.as_bytes(), Code::TooDeep),
        (
            "f.toml",
            b"[[prices]]\nsku = \"SPE_E3\"\n",
            Code::UnknownTable,
        ),
        (
            "g.toml",
            b"[[price]]\nsku = \"SPE_E3\"\nprice = [1]\ncurency = \"USD\"\n",
            Code::WrongType,
        ),
        ("h.toml", b"sku,price\n", Code::Syntax),
    ] {
        let file = read(name, text);
        assert_eq!(
            codes(&file).first(),
            Some(&code),
            "{name}: {:?}",
            file.problems
        );
        assert!(file.prices.is_empty());
    }
    let missing = read_prices(Path::new("nowhere/prices.csv"), &knowledge());
    assert_eq!(codes(&missing), [Code::UnreadableFile]);
}

#[test]
fn characters_that_steer_a_terminal_are_replaced_and_counted() {
    let file = read(
        "i.csv",
        "sku,price,currency,note\nSPE_E3,1,USD,a\u{1b}[2Jb\u{202e}\n".as_bytes(),
    );
    assert_eq!(file.replaced, 2);
    assert_eq!(file.prices[0].note.as_str(), "a\u{fffd}[2Jb\u{fffd}");
    assert_eq!(file.prices[0].row.line, 2);
    let broken = read("j.csv", "sku,price,currency\n\"SPE_E3,1,USD\n".as_bytes());
    assert_eq!(codes(&broken), [Code::Syntax]);
}

#[test]
fn whatever_part_of_a_file_is_there_every_row_is_used_or_told() {
    let knowledge = knowledge();
    let folder = std::env::temp_dir().join(format!("licit-prices-parts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        (
            "a.csv",
            "sku,price,currency,note\nSPE_E3,33.10,USD,\"a \"\"b\"\"\nü\"\nSPE_E5,57,USD,\n",
        ),
        (
            "a.toml",
            "[[price]]\nsku = \"SPE_E3\"\nprice = 33.10\ncurrency = \"USD\"\nuntil = 2027-01-01\n",
        ),
    ] {
        let path = folder.join(name);
        for end in 0..=text.len() {
            std::fs::write(&path, &text.as_bytes()[..end]).unwrap();
            let read = read_prices(&path, &knowledge);
            assert_eq!(read.rows, read.prices.len() + read.rejected, "{name} {end}");
            assert!(
                read.rejected == 0 || !read.problems.is_empty(),
                "{name} {end}"
            );
        }
    }
    let path = folder.join("large.csv");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(64 * 1024 * 1024 + 1).unwrap();
    assert_eq!(codes(&read_prices(&path, &knowledge)), [Code::FileTooLarge]);
    std::fs::remove_dir_all(&folder).unwrap();
}
