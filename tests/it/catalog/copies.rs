//! One copy of the table: encodings, separators, blanks, broken rows, and files that are none.

use super::{FOLDER, HEAD, day};
use licit::dataset::catalog::{TableCopy, TableRow, parse_copy};
use licit::model::Day;
use std::path::Path;

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
    let bytes = std::fs::read(Path::new(FOLDER).join("new.csv")).unwrap();
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
                let whole = |other: &&TableRow| (other.sku, other.plan) == (row.sku, row.plan);
                assert!(all.iter().any(|other| whole(&other)), "{length}: {row:?}");
            }
        }
    }
    assert!(taken > bytes.len() / 2);
}
