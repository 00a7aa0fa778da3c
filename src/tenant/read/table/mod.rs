//! Tables: what portals, scripts and community tools write as text with separators.

mod accounts;
mod columns;
mod guard;
mod licenses;
mod plan;
mod roles;

pub(super) use plan::{Plan, Table, plan};

use super::log::Log;
use super::pages::{Page, Print};
use super::raw_row::RawRow;
use super::rows::{Gathered, SeatsRow};
use super::wanted::Wanted;
use crate::model::Guid;
use crate::tenant::lexicon::Lexicon;
use crate::tenant::{Counted, Missing, MissingAbout, MissingFact, NoteKind, ReadAs, Row};
use columns::Column;
use guard::{Guard, LONGEST_ROW};
use std::io::{self, Read};

/// The most rows of a table that are read.
const MOST_ROWS: u64 = 10_000_000;

/// One row by what its cells mean.
struct Cells<'r> {
    record: &'r csv::StringRecord,
    plan: &'r Plan,
}

impl Cells<'_> {
    /// The cell of a column, unless it is empty.
    fn get(&self, wanted: Column) -> Option<&str> {
        let at = self
            .plan
            .columns
            .iter()
            .position(|column| *column == Some(wanted))?;
        let cell = self.record.get(at)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    fn has(&self, wanted: Column) -> bool {
        self.plan.columns.contains(&Some(wanted))
    }
}

/// A truth as portals and spreadsheets of several languages write it.
fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "true" | "yes" | "wahr" | "ja" | "vrai" | "oui" | "verdadero" | "sí" | "1" => Some(true),
        "false" | "no" | "falsch" | "nein" | "faux" | "non" | "falso" | "0" => Some(false),
        _ => None,
    }
}

/// Why a row was not understood, and what to do.
type Fault = (String, &'static str);

/// Reads all rows; where the same table was read before, it does not count again.
pub(super) fn read(
    reader: &mut dyn Read,
    plan: &Plan,
    lexicon: &Lexicon<'_>,
    wanted: &Wanted,
    gathered: &mut Gathered,
    log: &mut Log,
) -> io::Result<()> {
    let mark = gathered.mark();
    let mut page = Page::whole(log.file, plan.read_as);
    let done = rows(
        reader,
        plan,
        lexicon,
        wanted,
        &mut page.print,
        gathered,
        log,
    );
    if gathered.has_seen(&page) {
        gathered.rewind(mark);
        log.counted = Counted::default();
        log.repeated = log.understood;
        log.note(NoteKind::DuplicatePage, "");
    } else {
        gathered.count(&page, log.counted);
    }
    done
}

fn rows(
    reader: &mut dyn Read,
    plan: &Plan,
    lexicon: &Lexicon<'_>,
    wanted: &Wanted,
    print: &mut Print,
    gathered: &mut Gathered,
    log: &mut Log,
) -> io::Result<()> {
    for (kind, about) in &plan.notes {
        log.note(*kind, about.as_str());
    }
    let mut table = csv::ReaderBuilder::new()
        .delimiter(plan.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(Guard::new(reader, plan.delimiter));
    let mut record = csv::StringRecord::new();
    let mut skipped = 0;
    let mut line;
    loop {
        line = table.position().line();
        let read = table.read_record(&mut record);
        let is_row = match read {
            Ok(is_row) => is_row,
            Err(error) => {
                let row = Row::Line(line);
                match error.into_kind() {
                    csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                        log.rows += 1;
                        log.reject(
                            row,
                            format!("the row is longer than {LONGEST_ROW} bytes"),
                            "close the quotation mark that opens in it",
                        );
                    }
                    csv::ErrorKind::Io(error) => return Err(error),
                    other => {
                        log.rows += 1;
                        let why = format!("the row cannot be read: {other:?}");
                        log.reject(row, why, "export the table again");
                    }
                }
                rest_is_missing(gathered, log);
                return Ok(());
            }
        };
        if !is_row {
            return Ok(());
        }
        if skipped < plan.skip {
            skipped += 1;
            continue;
        }
        let line = record.position().map_or(line, csv::Position::line);
        if log.rows == MOST_ROWS {
            let why = format!("more than {MOST_ROWS} rows are not read");
            log.reject(Row::Line(line), why, "split the table into several files");
            rest_is_missing(gathered, log);
            return Ok(());
        }
        log.rows += 1;
        print.add(record.as_slice().as_bytes());
        let cells = Cells {
            record: &record,
            plan,
        };
        let row = Row::Line(line);
        let done = match plan.read_as {
            ReadAs::SubscribedSkus => seats(&cells, row.clone(), gathered, log),
            ReadAs::PimExport | ReadAs::RoleTable => {
                roles::assignment(&cells, row.clone(), gathered, log)
            }
            _ => accounts::account(&cells, row.clone(), lexicon, wanted, gathered, log),
        };
        match done {
            Ok(()) => log.understood += 1,
            Err((why, help)) => log.reject(row, why, help),
        }
    }
}

/// One row by its line, each cell beside its heading; none where no row begins there.
pub(super) fn raw_record(
    reader: &mut dyn Read,
    plan: &Plan,
    wanted: u64,
) -> io::Result<Option<RawRow>> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(plan.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(Guard::new(reader, plan.delimiter));
    let mut record = csv::StringRecord::new();
    let mut heading = csv::StringRecord::new();
    let mut at = 0;
    while table.read_record(&mut record).map_err(io::Error::other)? {
        at += 1;
        if at <= plan.skip {
            heading.clone_from(&record);
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        if line > wanted {
            return Ok(None);
        }
        if line == wanted {
            let mut row = RawRow::default();
            for (place, cell) in record.iter().enumerate() {
                row.add(heading.get(place).unwrap_or_default(), cell);
            }
            return Ok(Some(row));
        }
    }
    Ok(None)
}

fn rest_is_missing(gathered: &mut Gathered, log: &Log) {
    gathered.missing.push(Missing {
        fact: MissingFact::RestOfFile,
        about: MissingAbout::File(log.file),
    });
}

/// A cell that a spreadsheet would take for a formula is text here; that it is there is said.
fn text(cell: &str, log: &mut Log) -> Option<String> {
    let text = log.text(cell)?;
    if text.starts_with(['=', '+', '-', '@']) {
        log.note(NoteKind::Formula, text.as_str());
    }
    Some(text)
}

fn seats(cells: &Cells<'_>, row: Row, gathered: &mut Gathered, log: &mut Log) -> Result<(), Fault> {
    let mut sku = super::rows::Written {
        guid: cells.get(Column::SkuId).and_then(Guid::parse),
        name: None,
    };
    sku.name = cells
        .get(Column::SkuPartNumber)
        .and_then(|name| text(name, log));
    if sku.is_empty() {
        return Err((
            "it names no SKU".to_owned(),
            "export the list of SKUs again",
        ));
    }
    let count = |column| cells.get(column).and_then(|cell| cell.parse().ok());
    gathered.seats.push(SeatsRow {
        sku,
        enabled: count(Column::Total),
        warning: 0,
        suspended: 0,
        locked_out: 0,
        consumed: count(Column::Consumed),
        status: cells
            .get(Column::SkuStatus)
            .and_then(|status| text(status, log)),
        plans: None,
        origin: log.origin(row),
    });
    Ok(())
}
