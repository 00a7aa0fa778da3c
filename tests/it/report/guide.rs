//! The guide to exports: every export has a way to it that only reads, and whatever it says is told with its page.

use super::json;
use crate::command_line::licit;

#[test]
fn the_guide_names_for_every_export_a_way_that_only_reads() {
    let guide = json(&licit(&["export-guide", "--format", "json"]));
    let text = licit(&["export-guide"]).answer;
    for export in guide["exports"].as_array().unwrap() {
        for line in export["powershell"].as_array().unwrap() {
            assert!(text.contains(line.as_str().unwrap()), "{line}");
        }
        for key in ["explorer", "permission", "title"] {
            assert!(text.contains(export[key].as_str().unwrap()), "{export}");
        }
    }
    for line in guide["script"].as_array().unwrap() {
        assert!(text.contains(line.as_str().unwrap()), "{line}");
    }
    for writes in [
        "ReadWrite",
        "Set-Mg",
        "Update-Mg",
        "New-Mg",
        "Remove-Mg",
        "-Method",
    ] {
        assert!(!text.contains(writes), "{writes}");
    }
}

#[test]
fn the_guide_shows_the_page_and_the_day_of_whatever_it_says_and_what_no_page_says() {
    let guide = json(&licit(&["export-guide", "--format", "json"]));
    let text = licit(&["export-guide"]).answer;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let steps = guide["exports"].as_array().unwrap().iter();
    for part in steps.chain([&guide]) {
        let sources = part["sources"].as_array().unwrap();
        assert!(!sources.is_empty(), "{part}");
        for source in sources {
            let [address, read, states] =
                ["address", "read", "states"].map(|key| source[key].as_str().unwrap());
            let line = format!("source: {address} (read {read}): {states}");
            assert!(words.contains(&line), "{line}\n{text}");
        }
        for doubt in part["not_verified"].as_array().unwrap() {
            let line = format!("not verified: {}", doubt.as_str().unwrap());
            assert!(words.contains(&line), "{line}\n{text}");
        }
    }
}
