//! How a timeline is written: text that fits, pictures that are well formed.

use crate::command_line::{licit, on_small_data};
use unicode_width::UnicodeWidthStr;

#[test]
fn a_busy_subject_fits_eighty_columns_without_colors() {
    for words in [
        "basic-auth-ews",
        "intune administrator",
        "sku:SPE_E5",
        "plan:AAD_PREMIUM_P2",
        "safe-links",
        "pim.approve",
    ] {
        let run = licit(&["timeline", words]);
        assert_eq!(run.code, 0, "{}", run.messages);
        assert!(!run.answer.contains('\u{1b}'));
        for line in run.answer.lines() {
            // An address is one word and never broken.
            let is_address = line.contains("https://") || line.contains("http://");
            assert!(line.width() <= 80 || is_address, "{words}: {line}");
        }
    }
}

/// Marks open and close in order, and every text between them is escaped.
fn check_marks(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let between = &rest[..start];
        assert!(!between.contains('>'), "{between}");
        for entity in between.split('&').skip(1) {
            assert!(
                ["amp;", "lt;", "gt;", "quot;", "#39;"]
                    .iter()
                    .any(|known| entity.starts_with(known)),
                "{entity}"
            );
        }
        let end = rest[start..].find('>').unwrap() + start;
        let mark = &rest[start + 1..end];
        let name = mark
            .trim_start_matches('/')
            .split([' ', '\n', '/'])
            .next()
            .unwrap();
        if mark.starts_with('?') || mark.ends_with('/') {
            assert_eq!(mark.matches('"').count() % 2, 0, "{mark}");
        } else if mark.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{mark}");
        } else {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert_eq!(open, Vec::<&str>::new());
    assert_eq!(rest.trim(), "");
}

#[test]
fn the_picture_and_the_feed_are_well_formed() {
    let svg = licit(&["timeline", "basic-auth-ews", "--format", "svg"]).answer;
    check_marks(&svg);
    assert!(
        svg.contains("url(#perhaps)") && svg.contains("Basic authentication for EWS"),
        "{svg}"
    );
    let plan = licit(&["timeline", "plan:AAD_PREMIUM_P2", "--format", "svg"]).answer;
    check_marks(&plan);
    let feed = licit(&["changes", "--since", "2020-01-01", "--format", "atom"]).answer;
    check_marks(&feed);
    assert!(feed.matches("<entry>").count() > 100);
}

#[test]
fn an_imprecise_date_is_never_one_of_its_days() {
    let known = ["timeline", "basic-auth-pop", "--known", "2020-05-15"];
    for format in ["text", "json", "markdown"] {
        let run = on_small_data(&[&known[..], &["--format", format]].concat());
        assert!(run.answer.contains("2021-H2"), "{}", run.answer);
        assert!(
            !run.answer.contains("2021-07-01") && !run.answer.contains("2021-12-31"),
            "{}",
            run.answer
        );
    }
}

#[test]
fn mistakes_are_told_together() {
    let run = licit(&[
        "timeline",
        "zeppelin",
        "--axis",
        "sideways",
        "--from",
        "2020-13-01",
        "--format",
        "pdf",
    ]);
    assert_eq!(run.code, 2);
    for mistake in [
        "zeppelin",
        "--axis sideways",
        "--from 2020-13-01",
        "--format pdf",
    ] {
        assert!(
            run.messages.contains(mistake),
            "{mistake}: {}",
            run.messages
        );
    }
}
