//! Reads the vendor's table "Product names and service plan identifiers for licensing" and makes the catalog of it.
//!
//! The table is a CSV file that says which SKU carries which plans, today. Public copies of it are full of traps: four
//! encodings, two separators, blanks that are none, rows that shifted, names that changed case, and months in which
//! whole products lacked half of their plans by mistake. Several dated copies together tell *since when* a SKU was seen
//! to carry a plan ([`History`]). What came and went again is told as a slip and no claim is made of it, since a table is
//! documentation and not the product.
//!
//! Everything here is a function of the bytes of the copies, the present data and one day; writing files is the affair
//! of the command line.

mod copy;
mod encoding;
mod history;
mod kind;
mod look;
mod naming;
mod present;
mod span;
mod write;

pub use copy::{Refused, RejectedRow, TableCopy, TableRow};
pub use encoding::{Encoding, windows_1252};
pub use history::{History, PlanHistory, SkuHistory, Slip, SlipKind};
pub use look::{Changes, changes};
pub use naming::DatedName;
pub use present::{CarriedChange, CatalogChanges};
pub use span::{Since, Span};
pub use write::{CatalogFile, WRITTEN_BY};

use super::KnowledgeBase;
use super::source_map::LARGEST_FILE;
use crate::model::Day;
use history::Ids;
use look::Look;
use present::Present;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use write::CatalogSource;

/// What an import gives.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// The copies that were used, in order of days.
    pub copies: Vec<TableCopy>,
    /// Copies that are not newer than what the present data was made of, which an addition leaves out.
    pub older: Vec<TableCopy>,
    /// What all of them say together.
    pub history: History,
    /// What it changes in the present catalog.
    pub changes: CatalogChanges,
    /// The files to be written; none where there is nothing to write.
    pub files: Vec<CatalogFile>,
    /// SKUs and plans that `[[look]]` records name and no copy shows.
    pub unknown: BTreeSet<String>,
}

/// What is to be made of the copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The whole catalog, from nothing but the copies and the changes known for days in between.
    Whole,
    /// Only what the present data lacks, to be used beside it.
    Additions,
}

/// Reads one copy from a file; `shown` is how messages name it.
///
/// # Errors
/// When the file cannot be read, is too large, or is not the vendor's table.
pub fn read_copy(path: &Path, shown: &str, day: Day) -> Result<TableCopy, Refused> {
    let refused = |reason: String| Refused {
        file: shown.to_owned(),
        reason,
        help: "give the vendor's CSV file".to_owned(),
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)
        .map_err(|error| refused(format!("it cannot be opened: {error}")))?;
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| refused(format!("it cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST_FILE {
        let limit = LARGEST_FILE / 1024 / 1024;
        return Err(refused(format!(
            "it is larger than the limit of {limit} MiB"
        )));
    }
    parse_copy(&bytes, shown, day)
}

/// Reads one copy from its bytes.
///
/// ```
/// use licit::dataset::catalog::parse_copy;
/// use licit::model::Day;
/// let bytes = b"Product_Display_Name;String_ Id;GUID;Service_Plan_Name;Service_Plan_Id\n\
///     Suite;SUITE;00000000-0000-0000-0000-000000000001;MAIL;00000000-0000-0000-0000-000000000002\n";
/// let copy = parse_copy(bytes, "suites.csv", Day::parse("2026-08-20").unwrap()).unwrap();
/// assert_eq!((copy.separator, copy.rows.len()), (';', 1));
/// ```
///
/// # Errors
/// When it has not the table's header, or more than half of its rows have to be rejected.
pub fn parse_copy(bytes: &[u8], shown: &str, day: Day) -> Result<TableCopy, Refused> {
    copy::read(shown, day, bytes)
}

/// Makes a catalog of dated copies, compares it with the present one, and gives the files to be written.
///
/// `today` is the day on which copies that the present data does not know were read.
///
/// # Errors
/// Two copies of one day, a copy that lacks more than a tenth of the SKUs of the copy before it, or an addition to data
/// that cites no copy.
pub fn import(
    mut copies: Vec<TableCopy>,
    changes: &[Changes],
    present: &KnowledgeBase,
    extent: Extent,
    today: Day,
) -> Result<Import, Vec<Refused>> {
    let present = Present::of(present);
    copies.sort_by_key(|copy| copy.day);
    let mut import = Import::default();
    let mut looks: Vec<Look> = Vec::new();
    if extent == Extent::Additions {
        let Some(newest) = present.newest() else {
            return Err(copies.iter().map(no_base).collect());
        };
        looks.push(present.look(newest));
        (import.older, copies) = copies.into_iter().partition(|copy| copy.day <= newest);
    }
    looks.extend(copies.iter().map(Look::of));
    let refused = refused(&copies, &looks);
    if !refused.is_empty() {
        return Err(refused);
    }
    if extent == Extent::Additions {
        looks.iter_mut().for_each(|look| present.align(look));
    }
    let settled = match extent {
        Extent::Whole => history::Settled::default(),
        Extent::Additions => present.settled(),
    };
    let ids = Ids::of(&looks, &settled);
    if extent == Extent::Whole {
        let skus = Ids::reversed(&ids.skus);
        let plans = Ids::reversed(&ids.plans);
        let by_id = look::Ids {
            skus: &skus,
            plans: &plans,
        };
        looks = look::fill_in(looks, changes, &by_id, &mut import.unknown);
    }
    import.history = history::history(&looks, &ids);
    import.changes = present.changes(&import.history, extent == Extent::Whole);
    let day_read = |day| present.read(day).unwrap_or(today);
    let is_new = |day: &&Day| extent == Extent::Whole || present.read(**day).is_none();
    let sources: Vec<CatalogSource> = import
        .history
        .days
        .iter()
        .filter(is_new)
        .map(|day| CatalogSource {
            day: *day,
            read: day_read(*day),
            note: source_note(*day, &copies, changes),
        })
        .collect();
    import.files = match extent {
        Extent::Whole => write::files(&import.history, &sources),
        Extent::Additions => {
            let text = present.additions(&import.history, &sources);
            write::addition(&import.history, &text)
                .into_iter()
                .collect()
        }
    };
    import.copies = copies;
    Ok(import)
}

fn source_note(day: Day, copies: &[TableCopy], changes: &[Changes]) -> String {
    let copy = copies.iter().find(|copy| copy.day == day);
    let counted = match copy {
        Some(copy) => format!(
            "A copy of {} rows, {} of them repeated and {} rejected.",
            copy.read,
            copy.repeated,
            copy.rejected.len()
        ),
        None => "Known by what changed since the copy before.".to_owned(),
    };
    let known = changes.iter().find(|changes| changes.day == day);
    match known.map(|known| known.note.as_str()) {
        Some(note) if !note.is_empty() => format!("{counted} {note}"),
        _ => counted,
    }
}

fn no_base(copy: &TableCopy) -> Refused {
    Refused {
        file: copy.file.clone(),
        reason: "the present data names no copy of the table that it could be an addition to"
            .to_owned(),
        help: "import the whole catalog instead, without --additions".to_owned(),
    }
}

/// Copies that cannot stand beside the others. `looks` are those of the copies, perhaps with an older one before them.
fn refused(copies: &[TableCopy], looks: &[Look]) -> Vec<Refused> {
    let mut refused = Vec::new();
    for pair in looks.windows(2) {
        let [before, look] = pair else { continue };
        let Some(copy) = copies.iter().rev().find(|copy| copy.day == look.day) else {
            continue;
        };
        if before.day == look.day {
            refused.push(Refused {
                file: copy.file.clone(),
                reason: format!("another copy has the same date, {}", look.day),
                help: "leave one of them out, or say the right date with --date FILE=DAY"
                    .to_owned(),
            });
            continue;
        }
        let kept = before.skus.keys().filter(|sku| look.skus.contains_key(sku));
        let lost = before.skus.len() - kept.count();
        if lost * 10 > before.skus.len() {
            refused.push(Refused {
                file: copy.file.clone(),
                reason: format!(
                    "it lacks {lost} of the {} SKUs of {}: it was cut short, or its date is wrong",
                    before.skus.len(),
                    before.day
                ),
                help: "get the file anew, or say the right date with --date FILE=DAY".to_owned(),
            });
        }
    }
    refused
}
