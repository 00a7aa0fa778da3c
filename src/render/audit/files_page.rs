//! What was read, on a page: file by file, how it was understood and what was rejected.

use super::AuditView;
use super::finding_words::{Words, plural};
use super::page::number;
use crate::dataset::catalog::Encoding;
use crate::render::words::lower_first;
use crate::render::{Item, Line, Page};
use crate::tenant::{FileRead, Outcome, ReadAs, step_for};

/// The most rejected lines of a file that a page shows; data has them all.
const MOST_REJECTED: usize = 5;

pub(super) fn files(page: &mut Page, view: &AuditView<'_>, words: &Words<'_>) {
    page.heading(format!(
        "Read ({})",
        plural(number(view.tenant.files.len()), "file", "files")
    ));
    let files = view.tenant.files.iter().enumerate();
    page.items(files.map(|(at, file)| file_item(words, at, file)).collect());
}

/// "users.json: read as accounts with their licenses, 9 rows, 9 understood".
fn file_item(words: &Words<'_>, at: usize, file: &FileRead) -> Item {
    let path = words.names.file(crate::tenant::FileIndex::at(at));
    let mut line = Line::new().code(path).plain(": ");
    let mut details = Vec::new();
    let counted = format!(
        "{}, {} understood",
        plural(file.rows, "row", "rows"),
        file.understood
    );
    match &file.outcome {
        Outcome::Used => {
            let encoded = encoded(file);
            line = line.plain(format!(
                "read as {}{encoded}, {counted}",
                read_as(file.read_as)
            ));
        }
        Outcome::Duplicate => {
            line = line.plain(format!(
                "read as {}, {counted}, all of them the same as in another file, and counted once",
                read_as(file.read_as)
            ));
        }
        Outcome::Refused(refusal) => {
            let why = lower_first(refusal.description().trim_end_matches('.'));
            line = line.strong("not used").plain(format!(": {why}"));
            if let Some(step) = step_for(refusal.better()) {
                details.push(Line::from(format!(
                    "instead, export \"{}\" (see licit export-guide)",
                    step.title
                )));
            }
        }
        Outcome::NotRecognized => line = line.strong("not used").plain(": nothing that is known"),
        Outcome::Unreadable(why) => {
            let why = if words.names.are_hidden() {
                ""
            } else {
                why.as_str()
            };
            line = line
                .strong("not used")
                .plain(": it cannot be read")
                .plain(match why {
                    "" => String::new(),
                    why => format!(": {why}"),
                });
        }
    }
    let rejected = number(file.rejected.len()).saturating_add(file.rejected_more);
    if rejected > 0 {
        line = line.plain(", ").strong(format!("{rejected} rejected"));
        let shown = file.rejected.iter().take(MOST_REJECTED).map(|rejected| {
            // The reason may quote what stands in the row.
            match words.names.are_hidden() {
                true => Line::from(words.names.row(&rejected.row)),
                false => Line::from(format!(
                    "{}: {}; {}",
                    rejected.row, rejected.why, rejected.help
                )),
            }
        });
        details.extend(shown);
        let more = rejected.saturating_sub(number(MOST_REJECTED));
        if more > 0 {
            details.push(Line::from(format!("and {more} more")));
        }
    }
    for note in &file.notes {
        let about = match note.about.is_empty() || words.names.are_hidden() {
            true => String::new(),
            false => format!(": {}", note.about),
        };
        details.push(Line::from(format!(
            "{}{about}",
            note.kind.description().trim_end_matches('.')
        )));
    }
    if file.cleaned > 0 {
        details.push(Line::from(format!(
            "{} had control or invisible characters, which were replaced",
            plural(file.cleaned, "text", "texts")
        )));
    }
    Item { line, details }
}

/// In which encoding a file is written, where it is another one than everybody expects.
fn encoded(file: &FileRead) -> &'static str {
    match file.encoding {
        None | Some(Encoding::Utf8 | Encoding::Utf8Marked) => "",
        Some(Encoding::Utf16Low | Encoding::Utf16High) => " in UTF-16",
        Some(Encoding::Windows1252) => " in Windows-1252 (a guess, as it is no UTF-8)",
    }
}

/// What a file was read as, in words.
fn read_as(read_as: ReadAs) -> String {
    lower_first(read_as.description().trim_end_matches('.'))
}
