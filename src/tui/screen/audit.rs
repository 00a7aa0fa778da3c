//! Audit: role assignments of a tenant against its licenses.

use super::hint;
use crate::model::{FindingId, FindingKind};
use crate::render::Line;
use crate::tenant::Origin;
use crate::tui::audit::{Entry, EntryOf, Judged};
use crate::tui::command::Command;
use crate::tui::job::Stage;
use crate::tui::model::Model;
use crate::tui::pane::Pane;
use crate::tui::row::{Row, Target, rows as page_rows};
use unicode_width::UnicodeWidthStr;

/// The widest column of whom it is about.
const WIDEST_WHO: usize = 20;
/// The widest column of the role; without a kind behind it there is room for how it is held.
const WIDEST_ROLE: usize = 27;
const WIDEST_HELD: usize = 44;
/// The widest column of the names of values.
const WIDEST_NAME: usize = 32;

/// "Findings: 18, gravest first".
pub(super) fn title(model: &Model) -> String {
    let audit = &model.audit;
    let partial = if audit.is_partial { "PARTIAL " } else { "" };
    match model.judged() {
        None => Pane::Findings.title().to_owned(),
        Some(judged) if audit.by_people => {
            format!(
                "{partial}People: {}, the worst first",
                judged.audit.people.len()
            )
        }
        Some(judged) => {
            let ignored = match judged.audit.ignored.len() {
                0 => String::new(),
                ignored => format!(" and {ignored} ignored"),
            };
            let left = judged.audit.findings.len();
            format!("{partial}Findings: {left}{ignored}, {}", audit.order())
        }
    }
}

/// What was found; before that, what could be opened, how far it is, or what went wrong.
pub(super) fn findings(model: &Model) -> Vec<Row> {
    let audit = &model.audit;
    if audit.is_reading() {
        return reading(model);
    }
    if audit.is_unusable {
        return unusable(model);
    }
    let Some(judged) = model.judged() else {
        return match audit.judged.is_some() {
            true => hint("Judging every assignment for these days..."),
            false => nothing(model),
        };
    };
    let mut rows = Vec::new();
    for problem in &audit.problems {
        rows.push(Row::new(
            Line::new().strong("not used: ").plain(problem.as_str()),
        ));
    }
    if audit.table.is_empty() {
        rows.extend(hint(
            "Nothing was found, and nobody holds a role in what was read.",
        ));
        if !judged.audit.people.is_empty() {
            rows = hint("Nothing to tell: every assignment has what it needs.");
        }
        return rows;
    }
    match audit.by_people {
        true => rows.extend(table(model, &audit.table)),
        false => rows.extend(audit.rows.iter().cloned()),
    }
    rows
}

fn command_row(model: &Model, command: Command, words: &str) -> Row {
    let keys = model.keymap.keys_of(command);
    let keys = keys.map_or_else(String::new, ToString::to_string);
    let line = Line::new().strong(format!("{keys:<4} ")).plain(words);
    let mut row = Row::new(line).about(Target::Command(command));
    row.hang = 5;
    row
}

/// No export is open.
fn nothing(model: &Model) -> Vec<Row> {
    let mut rows = vec![command_row(
        model,
        Command::OpenExports,
        "open exports: files and folders of any tool, in any mix",
    )];
    if let Some(exports) = &model.audit.exports {
        rows.push(command_row(
            model,
            Command::ReadAgain,
            &format!("open again what was open last: {exports}"),
        ));
    }
    rows.push(command_row(
        model,
        Command::OpenDemo,
        "try it on an invented tenant, which has a finding of every kind",
    ));
    rows.push(Row::default());
    rows.extend(hint(
        "No export is open. Every role assignment of a tenant is judged here, person by person.",
    ));
    rows
}

/// What can be opened.
const OPENED: &str = "Read are exports of the portals, of Graph, of PowerShell and of community tools, as JSON or CSV, and a tenant written by hand as TOML.\n`licit export-guide` says which exports are needed, and how to get them.\n \nNothing is changed in the tenant, nothing leaves this machine, and names stay hidden until they are asked for.";

/// How far the reading is.
fn reading(model: &Model) -> Vec<Row> {
    const WIDE: u64 = 30;
    let progress = model.audit.progress;
    let mut rows = Vec::new();
    let stage = progress.map(|progress| progress.stage);
    rows.push(match (model.audit.is_stopping, stage) {
        (true, _) => Row::new(Line::new().strong("Stopping: what was read is being judged...")),
        (_, Some(Stage::Judging)) => {
            Row::new(Line::new().strong("All is read. Judging every assignment..."))
        }
        (_, Some(Stage::Reading { file, files })) => {
            Row::new(Line::new().strong(format!("Reading file {file} of {files}...")))
        }
        _ => Row::new(Line::new().strong("Looking at the files...")),
    });
    if let Some((done, of)) = progress.and_then(|progress| Some((progress.done, progress.of?))) {
        let filled = done.saturating_mul(WIDE) / of.max(1);
        let bar: String = (0..WIDE)
            .map(|at| if at < filled { '#' } else { '-' })
            .collect();
        let percent = done.saturating_mul(100) / of.max(1);
        let size = format!("{} of {}", bytes(done), bytes(of));
        rows.push(Row {
            is_drawing: true,
            ..Row::new(format!("[{bar}] {percent:>3} %  {size}"))
        });
    }
    if !model.audit.is_stopping && stage != Some(Stage::Judging) {
        rows.extend(hint(
            " \nEsc stops it: what was read until then is judged and stays, labelled PARTIAL.\nThe other screens can be used meanwhile.",
        ));
    }
    rows
}

fn bytes(number: u64) -> String {
    match number {
        0..=9_999 => format!("{number} bytes"),
        10_000..=9_999_999 => format!("{} kB", number / 1_000),
        _ => format!("{} MB", number / 1_000_000),
    }
}

/// No file could be used.
fn unusable(model: &Model) -> Vec<Row> {
    let mut rows = vec![
        Row::new(Line::new().strong("Nothing could be used of what was opened.")),
        Row::default(),
    ];
    rows.extend(
        model
            .audit
            .problems
            .iter()
            .map(|problem| Row::new(problem.as_str())),
    );
    if let Some(judged) = &model.audit.judged {
        rows.extend(page_rows(
            model.knowledge(),
            &model.audit_parts(judged).files(),
        ));
    }
    rows.push(Row::default());
    rows.push(command_row(
        model,
        Command::OpenExports,
        "open something else",
    ));
    rows.push(command_row(
        model,
        Command::Names,
        "show the names of files, and why they cannot be used",
    ));
    rows.push(command_row(
        model,
        Command::OpenDemo,
        "try it on an invented tenant",
    ));
    rows.extend(hint(
        " \n`licit export-guide` says which exports are needed, and how to get them.",
    ));
    rows
}

/// The rows of the table, column below column.
pub(in crate::tui) fn table(model: &Model, entries: &[Entry]) -> Vec<Row> {
    let widest = |of: fn(&Entry) -> &str, most: usize| {
        let widths = entries
            .iter()
            .map(|entry| of(entry).width() + entry.depth * 2);
        widths.max().unwrap_or(0).min(most)
    };
    let who = widest(|entry| &entry.who, WIDEST_WHO);
    let role = match model.audit.by_people {
        true => widest(|entry| &entry.role, WIDEST_HELD),
        false => widest(|entry| &entry.role, WIDEST_ROLE),
    };
    let mut rows = Vec::new();
    let mut is_open = true;
    for entry in entries {
        let target = match &entry.of {
            EntryOf::Finding(id) => Some(Target::Finding(id.clone())),
            EntryOf::Row(at) => Some(Target::Judgment(*at)),
            EntryOf::Person(_) => None,
        };
        let mut row = Row {
            is_drawing: true,
            target,
            ..Row::new(line(entry, who, role))
        };
        match &entry.of {
            EntryOf::Finding(id) => row.key = id.to_string(),
            EntryOf::Row(at) => row.key = format!("row:{at}"),
            EntryOf::Person(person) => {
                row.key = format!("person:{}", person.index());
                is_open = !model.folded.contains(&row.key);
                row.open = Some(is_open);
            }
        }
        if entry.depth == 0 || is_open {
            rows.push(row.indented(entry.depth * 2));
        }
    }
    rows
}

fn line(entry: &Entry, who: usize, role: usize) -> Line {
    let column = |text: &str, width: usize| {
        let mut shown = String::new();
        for letter in text.chars() {
            let wide = unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
            if shown.width() + wide > width {
                break;
            }
            shown.push(letter);
        }
        let blanks = width.saturating_sub(shown.width()) + 1;
        format!("{shown}{}", " ".repeat(blanks))
    };
    let verdict = column(entry.verdict, 11);
    let line = match entry.is_grave {
        true => Line::new().strong(verdict),
        false => Line::from(verdict),
    };
    // What a narrow screen cuts off is on the right: a kind cut short means nothing, a role's name still does.
    let kinds = FindingKind::ALL.iter().map(|kind| kind.word().width());
    let line = match entry.kind {
        Some(kind) => line.plain(column(kind.word(), kinds.max().unwrap_or(0))),
        None => line,
    };
    line.plain(column(&entry.who, who.saturating_sub(entry.depth * 2)))
        .plain(column(&entry.role, role))
        .faint(entry.says.as_str())
}

/// The marked finding or row.
pub(super) fn finding(model: &Model) -> Vec<Row> {
    match model.target_of(Pane::Findings) {
        Some(target) if target.is_of_audit() => about(model, &target),
        _ if model.judged().is_some() => {
            hint("Mark a row: what is said of it stands here, Enter shows it whole.")
        }
        _ if model.audit.judged.is_none() && !model.audit.is_reading() => hint(OPENED),
        _ => Vec::new(),
    }
}

/// A finding, a row of the audit or a row of an export, whole.
pub(super) fn about(model: &Model, target: &Target) -> Vec<Row> {
    let Some(judged) = model.judged() else {
        return hint("Judging every assignment for these days...");
    };
    let gone = || {
        hint(
            "It is not told any more: for these days, or with what is stated, there is no such finding.",
        )
    };
    match target {
        Target::Finding(id) => finding_rows(model, judged, id).unwrap_or_else(gone),
        Target::Judgment(at) => judgment_rows(model, judged, *at).unwrap_or_else(gone),
        Target::Origin(origin) => raw_rows(model, judged, origin),
        _ => Vec::new(),
    }
}

fn finding_rows(model: &Model, judged: &Judged, id: &FindingId) -> Option<Vec<Row>> {
    let (finding, ignored) = judged.finding(id)?;
    let parts = model.audit_parts(judged);
    let mut rows = page_rows(model.knowledge(), &parts.finding(finding, ignored));
    let places = read_in(model, judged, &finding.rows);
    // Where it was read stands before who says what it needs: whoever checks a finding begins with the row.
    let at = rows
        .iter()
        .position(|row| row.text() == "Who says so" || row.text() == "Id");
    let at = at.unwrap_or(rows.len());
    rows.splice(at..at, places);
    Some(rows)
}

fn judgment_rows(model: &Model, judged: &Judged, at: usize) -> Option<Vec<Row>> {
    let row = judged.audit.rows.get(at)?;
    let parts = model.audit_parts(judged);
    let mut rows = page_rows(model.knowledge(), &parts.row(row));
    rows.push(Row::default());
    rows.extend(read_in(model, judged, &judged.origins(row)));
    let account = row.account.is_some();
    let found = judged.audit.findings.iter();
    let found: Vec<Row> = found
        .filter(|finding| account && finding.account == row.account)
        .map(|finding| {
            let line = parts.finding_line(finding);
            let line = Line::new()
                .strong(finding.kind().word())
                .plain(format!("  {}", line.says));
            let mut row = Row::new(line).about(Target::Finding(finding.id.clone()));
            row.hang = 2;
            row
        })
        .collect();
    if !found.is_empty() {
        rows.push(Row::new(Line::new().strong("Findings about this account")));
        rows.extend(found);
    }
    Some(rows)
}

/// The most places that are named; data has them all.
const MOST_PLACES: usize = 50;

/// Where something was read: each place leads to the row as it stands in the export.
fn read_in(model: &Model, judged: &Judged, origins: &[Origin]) -> Vec<Row> {
    if origins.is_empty() {
        return Vec::new();
    }
    let parts = model.audit_parts(judged);
    let mut rows = vec![Row::new(Line::new().strong("Read in"))];
    let places = origins.iter().take(MOST_PLACES);
    rows.extend(
        places.map(|origin| Row::new(parts.origin(origin)).about(Target::Origin(origin.clone()))),
    );
    if origins.len() > MOST_PLACES {
        rows.push(Row::new(format!(
            "and {} more places",
            origins.len() - MOST_PLACES
        )));
    }
    rows.push(Row::default());
    rows
}

/// A row of an export as it stands there.
fn raw_rows(model: &Model, judged: &Judged, origin: &Origin) -> Vec<Row> {
    let place = model.audit_parts(judged).origin(origin);
    let mut rows = vec![Row::new(Line::new().strong(place)), Row::default()];
    if !model.audit.are_named {
        rows.extend(hint(
            "What stands in a row names people. Names are hidden; v shows them, and the row.",
        ));
        return rows;
    }
    let read = model.audit.row.as_ref();
    match read.filter(|row| row.origin == *origin).map(|row| &row.row) {
        None => rows.extend(hint("Reading the row...")),
        Some(Err(why)) => rows.push(Row::new(format!("The row cannot be shown: {why}"))),
        Some(Ok(raw)) => {
            let widest = raw.values.iter().map(|(name, _)| name.width()).max();
            let widest = widest.unwrap_or(0).min(WIDEST_NAME);
            rows.extend(raw.values.iter().map(|(name, value)| {
                let blanks = " ".repeat(widest.saturating_sub(name.width()) + 2);
                let line = match name.as_str() {
                    "" => Line::from(value.as_str()),
                    name => Line::new().faint(name).plain(blanks).plain(value.as_str()),
                };
                let mut row = Row::new(line);
                row.hang = 2;
                row
            }));
            if raw.more > 0 {
                rows.push(Row::new(format!("and {} more values", raw.more)));
            }
        }
    }
    rows
}

/// Which exports were read, and how.
pub(super) fn files(model: &Model) -> Vec<Row> {
    let Some(judged) = model.judged() else {
        return Vec::new();
    };
    let rows = page_rows(model.knowledge(), &model.audit_parts(judged).files());
    // The heading stands in the title.
    rows.into_iter().skip(1).collect()
}

/// The sums, and how to close every gap.
pub(super) fn totals(model: &Model) -> Vec<Row> {
    let Some(judged) = model.judged() else {
        return Vec::new();
    };
    let parts = model.audit_parts(judged);
    let mut rows = vec![Row::new(parts.title())];
    rows.extend(parts.brief().into_iter().map(|line| {
        let mut row = Row::new(line);
        row.hang = 2;
        row
    }));
    rows.push(Row::default());
    rows.extend(
        page_rows(model.knowledge(), &parts.totals())
            .into_iter()
            .skip(1),
    );
    rows
}

/// What is said above the screen: which exports, and what came of them.
pub(in crate::tui) fn crumb(model: &Model) -> Option<(String, &'static str)> {
    let audit = &model.audit;
    let exports = audit.exports.as_ref()?;
    if audit.judged.is_none() && !audit.is_reading() {
        return None;
    }
    let called = match audit.are_named || exports.demo {
        true => exports.called(),
        false => "exports".to_owned(),
    };
    let said = match (model.judged(), audit.is_reading()) {
        (_, true) => "being read".to_owned(),
        (Some(judged), _) => {
            let title = model.audit_parts(judged).title();
            title
                .pieces()
                .iter()
                .map(|(_, text)| text.as_str())
                .collect()
        }
        (None, _) if audit.is_unusable => "nothing could be used".to_owned(),
        (None, _) => "being judged".to_owned(),
    };
    let names = match audit.are_named {
        true => "NAMES SHOWN",
        false => "names hidden",
    };
    Some((format!("{called}: {said}"), names))
}
