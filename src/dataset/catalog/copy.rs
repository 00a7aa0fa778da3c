//! One dated copy of the vendor's table "Product names and service plan identifiers for licensing", row by row.
//!
//! Each row is read alone, so that a broken one spoils no other; it is taken or rejected with its line and a reason. A
//! file that is not this table, or of which little is left, is refused as a whole.

use super::encoding::{Encoding, decode, unspoil};
use crate::model::{Day, Guid, clean, nearest};
use std::collections::BTreeSet;

/// A copy of the table that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCopy {
    /// The file, as shown in messages.
    pub file: String,
    /// The day of which it shows the state.
    pub day: Day,
    /// How its text is encoded.
    pub encoding: Encoding,
    /// What parts its cells.
    pub separator: char,
    /// Rows below the header that are not blank.
    pub read: usize,
    /// Rows that say what a row before said already.
    pub repeated: usize,
    /// The rows taken, each once.
    pub rows: Vec<TableRow>,
    /// The rows not taken.
    pub rejected: Vec<RejectedRow>,
}

/// One row: a SKU carries a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableRow {
    /// The SKU.
    pub sku: Guid,
    /// Its string id.
    pub sku_string: String,
    /// Its name.
    pub sku_name: String,
    /// The plan.
    pub plan: Guid,
    /// Its string id.
    pub plan_string: String,
    /// Its name; empty in copies that have none.
    pub plan_name: String,
}

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Where it stands, counted from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
    /// The row, made harmless and shortened.
    pub text: String,
}

/// A file that cannot be used at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file, as shown in messages.
    pub file: String,
    /// Why.
    pub reason: String,
    /// What to do.
    pub help: String,
}

/// The columns, by the letters and digits of their heads; the last may be missing.
const COLUMNS: [&str; 6] = [
    "productdisplayname",
    "stringid",
    "guid",
    "serviceplanname",
    "serviceplanid",
    "serviceplansincludedfriendlynames",
];

/// How many characters of a rejected row are shown.
const SHOWN: usize = 100;

/// Reads a copy.
///
/// # Errors
/// When the file has not the table's header, or more than half of its rows are rejected, or none is left.
pub(super) fn read(file: &str, day: Day, bytes: &[u8]) -> Result<TableCopy, Refused> {
    let refused = |reason: String, help: &str| Refused {
        file: file.to_owned(),
        reason,
        help: help.to_owned(),
    };
    let (encoding, text) = decode(bytes);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| {
        // A spreadsheet may tell itself the separator in a line of its own.
        !line.trim().is_empty() && !line.starts_with("sep=")
    });
    let head = lines.next().map_or("", |(_, line)| line);
    let header = Header::find(head).map_err(|found| {
        refused(
            format!("its first line is not the head of the table: {found}"),
            "save the vendor's CSV \"Product names and service plan identifiers for licensing\" as it is",
        )
    })?;
    let mut copy = TableCopy {
        file: file.to_owned(),
        day,
        encoding,
        separator: char::from(header.separator),
        read: 0,
        repeated: 0,
        rows: Vec::new(),
        rejected: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    for (line, text) in lines {
        copy.read += 1;
        match header.row(text) {
            Ok(row) if seen.insert(row.clone()) => copy.rows.push(row),
            Ok(_) => copy.repeated += 1,
            Err(reason) => copy.rejected.push(RejectedRow {
                line,
                reason,
                text: shorten(text),
            }),
        }
    }
    if copy.rows.is_empty() {
        let reason = format!("none of its {} rows could be taken", copy.read);
        return Err(refused(reason, first_reason(&copy)));
    }
    if copy.rejected.len() * 2 > copy.read {
        let (bad, all) = (copy.rejected.len(), copy.read);
        let reason = format!("{bad} of its {all} rows had to be rejected, more than half");
        return Err(refused(reason, first_reason(&copy)));
    }
    Ok(copy)
}

fn first_reason(copy: &TableCopy) -> &str {
    let first = copy.rejected.first();
    first.map_or("the file holds only the head", |row| &row.reason)
}

/// Which cell of a row is which column.
struct Header {
    separator: u8,
    /// Number of cells.
    width: usize,
    /// The place of each of [`COLUMNS`].
    places: [Option<usize>; 6],
}

impl Header {
    /// The header with the separator that finds most columns; what was found instead where one is missing.
    fn find(line: &str) -> Result<Self, String> {
        let headers = b",;\t".iter().map(|separator| Self::with(line, *separator));
        let best = headers.max_by_key(|header| header.places.iter().flatten().count());
        let Some(header) = best.filter(|header| header.places.iter().flatten().next().is_some())
        else {
            return Err(format!("`{}`", shorten(line)));
        };
        let missing = COLUMNS.iter().zip(&header.places).take(5);
        match missing.into_iter().find(|(_, place)| place.is_none()) {
            Some((column, _)) => Err(format!("the column `{column}` is missing")),
            None => Ok(header),
        }
    }

    /// Columns in any order, with typing errors in their heads; the first cell with the exact head wins.
    fn with(line: &str, separator: u8) -> Self {
        let cells = cells(line, separator);
        let heads: Vec<String> = cells.iter().map(|cell| letters(cell)).collect();
        let mut places = COLUMNS.map(|column| heads.iter().position(|head| head == column));
        for (at, head) in heads.iter().enumerate() {
            if places.contains(&Some(at)) {
                continue;
            }
            let open = COLUMNS.iter().zip(&places);
            let open = open.filter(|(_, place)| place.is_none());
            let near = nearest(head, open.map(|(column, _)| *column));
            let found = COLUMNS.iter().position(|column| near == Some(*column));
            if let Some(place) = found.and_then(|column| places.get_mut(column)) {
                *place = Some(at);
            }
        }
        Self {
            separator,
            width: cells.len(),
            places,
        }
    }

    fn row(&self, line: &str) -> Result<TableRow, String> {
        if line.matches('"').count() % 2 == 1 {
            return Err("a quotation mark is not closed".to_owned());
        }
        let mut cells = cells(line, self.separator);
        // Spreadsheets add empty cells at the end.
        while cells.len() > self.width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() != self.width {
            return Err(format!(
                "it has {} cells and the head has {}; a name with the separator in it needs quotation marks",
                cells.len(),
                self.width
            ));
        }
        let [sku_name, sku_string, sku, plan_string, plan, plan_name] = self.places.map(|place| {
            let cell = place.and_then(|place| cells.get(place));
            cell.map_or_else(String::new, |cell| fold_blanks(cell))
        });
        for cell in [&sku_name, &sku_string, &plan_string, &plan_name] {
            if cell.contains(char::REPLACEMENT_CHARACTER) {
                return Err("a character in it cannot be read".to_owned());
            }
            if clean(cell).replaced > 0 {
                return Err("it holds control or invisible characters".to_owned());
            }
        }
        if sku_name.is_empty() {
            return Err("the product has no name".to_owned());
        }
        Ok(TableRow {
            sku: guid("product", &sku)?,
            sku_string: string_id("product", sku_string)?,
            sku_name,
            plan: guid("plan", &plan)?,
            plan_string: string_id("plan", plan_string)?,
            plan_name,
        })
    }
}

fn guid(of: &str, cell: &str) -> Result<Guid, String> {
    let found = Guid::parse(cell.trim_matches(['{', '}']));
    found.ok_or_else(|| {
        format!(
            "`{}` is no GUID of a {of}; the columns may have shifted",
            shorten(cell)
        )
    })
}

fn string_id(of: &str, cell: String) -> Result<String, String> {
    let fits = cell
        .bytes()
        .all(|byte| (byte.is_ascii_graphic() || byte == b' ') && !matches!(byte, b':' | b'"'));
    if cell.is_empty() {
        Err(format!("the {of} has no string id"))
    } else if fits {
        Ok(cell)
    } else {
        Err(format!(
            "`{}` cannot be the string id of a {of}",
            shorten(&cell)
        ))
    }
}

/// The cells of one line. Quotation marks are those of the usual CSV dialect.
fn cells(line: &str, separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(line.len().max(1))
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    // Text in memory cannot fail to be read, and it is UTF-8 already.
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

/// Folds every kind of blank, tabs too, to single ones, and takes invisible joints away.
fn fold_blanks(cell: &str) -> String {
    let cell = unspoil(cell).unwrap_or_else(|| cell.to_owned());
    let visible = cell.replace(['\u{200b}', '\u{feff}', '\u{2060}'], "");
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ")
}

fn letters(head: &str) -> String {
    let letters = head.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn shorten(text: &str) -> String {
    let text = clean(text).text;
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
