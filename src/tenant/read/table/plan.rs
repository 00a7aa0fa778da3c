//! What a table is, by its beginning: separator, heading, columns, and whose export it is.

use super::columns::{Column, by_heading, by_values};
use crate::tenant::lexicon::Lexicon;
use crate::tenant::stamp::DayOrder;
use crate::tenant::{NoteKind, ReadAs, Refusal};
use std::collections::BTreeSet;

/// The most columns of a table.
const MOST_COLUMNS: usize = 4096;

/// How a table is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) read_as: ReadAs,
    pub(super) delimiter: u8,
    /// Records before the first row.
    pub(super) skip: usize,
    /// What each column holds; each thing once.
    pub(super) columns: Vec<Option<Column>>,
    /// How dates with slashes are written; none where it cannot be told.
    pub(super) day_order: Option<DayOrder>,
    /// Whether every row is an eligible assignment.
    pub(super) is_eligible: bool,
    pub(super) notes: Vec<(NoteKind, String)>,
}

/// What a table turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Table {
    Planned(Plan),
    Refused(Refusal),
    Nothing,
}

/// Looks at the first lines of a file; the last one may be cut off.
pub(crate) fn plan(head: &str, lexicon: &Lexicon<'_>) -> Table {
    let mut lines = head.lines().peekable();
    let mut skip = 0;
    // PowerShell names a type first, spreadsheets the separator.
    while lines
        .peek()
        .is_some_and(|line| line.starts_with("#TYPE") || line.starts_with("sep="))
    {
        skip += 1;
        lines.next();
    }
    let Some(heading) = lines.next() else {
        return Table::Nothing;
    };
    let Some(delimiter) = delimiter(heading) else {
        return Table::Nothing;
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(head.as_bytes());
    let mut records = reader.records().flatten().skip(skip);
    let Some(heading) = records.next() else {
        return Table::Nothing;
    };
    if heading.len() > MOST_COLUMNS {
        return Table::Nothing;
    }
    let rows: Vec<csv::StringRecord> = records.collect();
    let mut plan = Plan {
        read_as: ReadAs::Unknown,
        delimiter,
        skip: skip + 1,
        columns: Vec::with_capacity(heading.len()),
        day_order: None,
        is_eligible: false,
        notes: Vec::new(),
    };
    let mut known = BTreeSet::new();
    for heading in &heading {
        let column = by_heading(heading);
        let is_new = column.is_none_or(|column| known.insert(column));
        if !is_new {
            plan.notes
                .push((NoteKind::DoubleColumn, heading.to_owned()));
        }
        plan.columns.push(column.filter(|_| is_new));
    }
    // `skuId` beside a part number is the SKU that a row is about, not a list of licenses.
    if known.contains(&Column::SkuPartNumber) {
        for column in &mut plan.columns {
            if *column == Some(Column::Licenses) {
                *column = Some(Column::SkuId);
            }
        }
        known.remove(&Column::Licenses);
    }
    guess(&mut plan, &mut known, &heading, &rows, lexicon);
    if let Some(refusal) = refused(&plan, &known, &rows) {
        return Table::Refused(refusal);
    }
    let Some(read_as) = read_as(&known) else {
        return Table::Nothing;
    };
    plan.read_as = read_as;
    plan.day_order = day_order(&plan, &rows);
    // Instances of eligibility name the schedule that they come from.
    plan.is_eligible = heading
        .iter()
        .any(|heading| heading.eq_ignore_ascii_case("roleEligibilityScheduleId"));
    Table::Planned(plan)
}

/// The separator of a line: the one of which most stand outside quotation marks.
fn delimiter(line: &str) -> Option<u8> {
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in line.bytes() {
        if byte == b'"' {
            is_quoted = !is_quoted;
        } else if !is_quoted {
            for (delimiter, count) in &mut counts {
                *count += u32::from(byte == *delimiter);
            }
        }
    }
    let (delimiter, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(delimiter)
}

/// Columns without a known heading, by what stands in them, where nothing else holds that.
fn guess(
    plan: &mut Plan,
    known: &mut BTreeSet<Column>,
    heading: &csv::StringRecord,
    rows: &[csv::StringRecord],
    lexicon: &Lexicon<'_>,
) {
    let people = [
        Column::Upn,
        Column::Principal,
        Column::ObjectId,
        Column::PrincipalId,
    ];
    let has_people = |known: &BTreeSet<Column>| people.iter().any(|column| known.contains(column));
    for (at, column) in plan.columns.iter_mut().enumerate() {
        if column.is_some() {
            continue;
        }
        let values = rows.iter().filter_map(|row| row.get(at));
        let Some(found) = by_values(values, lexicon) else {
            continue;
        };
        let is_wanted = match found {
            Column::Role => !known.contains(&Column::Role) && !known.contains(&Column::RoleId),
            Column::Licenses => {
                !known.contains(&Column::Licenses) && !known.contains(&Column::SkuPartNumber)
            }
            Column::Upn => !known.contains(&Column::Upn) && !known.contains(&Column::Principal),
            _ => !has_people(known),
        };
        if is_wanted {
            known.insert(found);
            *column = Some(found);
            let name = heading.get(at).unwrap_or_default();
            let meaning = match found {
                Column::Role => "roles",
                Column::Licenses => "licenses",
                Column::Upn => "user principal names",
                _ => "object ids",
            };
            plan.notes
                .push((NoteKind::GuessedColumn, format!("{name}: {meaning}")));
        }
    }
}

fn refused(plan: &Plan, known: &BTreeSet<Column>, rows: &[csv::StringRecord]) -> Option<Refusal> {
    let has = |column| known.contains(&column);
    if has(Column::UsageReport) {
        return Some(Refusal::UsageReport);
    }
    if has(Column::AzureRole) && has(Column::Scope) {
        return Some(Refusal::AzureResources);
    }
    let in_cells = |words: &[&str]| {
        let columns = plan.columns.iter().enumerate();
        let mut columns = columns.filter(|(_, column)| {
            matches!(
                column,
                Some(Column::Licenses | Column::LicensesToo | Column::Plans)
            )
        });
        columns.any(|(at, _)| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .any(|cell| words.iter().any(|word| cell.starts_with(word)))
        })
    };
    if in_cells(&[
        "Microsoft.Graph.PowerShell",
        "System.Collections",
        "System.Object[]",
        "Microsoft.Online.Administration",
    ]) {
        return Some(Refusal::RawObjects);
    }
    if !has(Column::Licenses) && in_cells(&["[object Object]"]) {
        return Some(Refusal::ObjectObject);
    }
    None
}

fn read_as(known: &BTreeSet<Column>) -> Option<ReadAs> {
    let has = |column| known.contains(&column);
    let any = |columns: &[Column]| columns.iter().any(|column| known.contains(column));
    let named = any(&[
        Column::Upn,
        Column::Principal,
        Column::PrincipalId,
        Column::ObjectId,
        Column::DisplayName,
    ]);
    if has(Column::SkuPartNumber) && any(&[Column::Consumed, Column::Total]) {
        Some(ReadAs::SubscribedSkus)
    } else if any(&[Column::Role, Column::RoleId]) && named {
        Some(
            if has(Column::State) && has(Column::Role) && !has(Column::RoleId) {
                ReadAs::PimExport
            } else {
                ReadAs::RoleTable
            },
        )
    } else if !any(&[Column::Upn, Column::ObjectId]) {
        None
    } else if has(Column::Licenses) && has(Column::Blocked) {
        Some(ReadAs::ActiveUsers)
    } else if any(&[Column::Licenses, Column::LicensesToo]) {
        Some(ReadAs::LicenseTable)
    } else if any(&[
        Column::UserType,
        Column::Enabled,
        Column::Synced,
        Column::DisplayName,
    ]) {
        Some(ReadAs::Directory)
    } else {
        None
    }
}

/// Whether dates begin with the month: told by a number above 12 or by the half of the day, else not at all.
fn day_order(plan: &Plan, rows: &[csv::StringRecord]) -> Option<DayOrder> {
    let columns = plan.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| matches!(column, Some(Column::Start | Column::End)));
    let cells = columns.flat_map(|(at, _)| rows.iter().filter_map(move |row| row.get(at)));
    let mut found = None;
    for cell in cells {
        let mut parts = cell.split(['/', ' ']);
        let first: Option<u32> = parts.next().and_then(|part| part.parse().ok());
        let second: Option<u32> = parts.next().and_then(|part| part.parse().ok());
        let has_half = cell.ends_with("AM") || cell.ends_with("PM");
        match (first, second) {
            (Some(13..), _) => return Some(DayOrder::DayFirst),
            (_, Some(13..)) => return Some(DayOrder::MonthFirst),
            (Some(_), Some(_)) if has_half => found = Some(DayOrder::MonthFirst),
            _ => {}
        }
    }
    found
}
