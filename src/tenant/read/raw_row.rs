//! A row of an export again, as it stands there: so that whoever doubts a finding sees what was read.
//!
//! The file is opened once more and read up to the row: nothing but the row is ever kept.

use super::encoding::Decoder;
use super::json::raw_element;
use super::table::raw_record;
use super::{HEAD, LARGEST_TEXT, Looked, told};
use crate::dataset::KnowledgeBase;
use crate::model::clean;
use crate::tenant::lexicon::Lexicon;
use crate::tenant::{Export, Row};
use serde_json::Value;
use std::io::{self, Read};

/// The most values of one row that are given.
const MOST_VALUES: usize = 500;
/// The most characters of one value that are given.
const LONGEST_VALUE: usize = 2_000;

/// What stands in a row, cleaned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// Columns, or places in an object, each with its value; a line of a file written by hand has no name.
    pub values: Vec<(String, String)>,
    /// Values that are not given since there are too many.
    pub more: usize,
}

impl RawRow {
    pub(super) fn add(&mut self, name: &str, value: &str) {
        if self.values.len() == MOST_VALUES {
            self.more += 1;
            return;
        }
        let value: String = value.chars().take(LONGEST_VALUE).collect();
        self.values.push((clean(name).text, clean(&value).text));
    }

    /// Adds what stands in a value, place by place.
    fn flatten(&mut self, place: &str, value: &Value) {
        let below = |key: &str| match place {
            "" => key.to_owned(),
            place => format!("{place}.{key}"),
        };
        match value {
            Value::Object(members) if !members.is_empty() => {
                for (key, member) in members {
                    self.flatten(&below(key), member);
                }
            }
            Value::Array(elements) if !elements.is_empty() => {
                for (at, element) in elements.iter().enumerate() {
                    self.flatten(&format!("{place}[{at}]"), element);
                }
            }
            Value::String(text) => self.add(place, text),
            other => self.add(place, &other.to_string()),
        }
    }
}

/// Finds a row of an export again.
///
/// # Errors
/// Where the file cannot be read, and where it has no such row any more: it was changed since.
///
/// ```
/// use licit::tenant::{Row, demo, raw_row};
/// let knowledge = licit::ask::built_in().unwrap();
/// let demo = demo();
/// let row = raw_row(&knowledge, &demo[2], &Row::Line(3)).unwrap();
/// assert!(row.values.iter().any(|(_, value)| value == "Helpdesk Administrator"));
/// ```
pub fn raw_row(knowledge: &KnowledgeBase, export: &dyn Export, row: &Row) -> io::Result<RawRow> {
    let lexicon = Lexicon::new(knowledge);
    let mut head = Vec::new();
    Decoder::new(export.open()?)?
        .take(HEAD)
        .read_to_end(&mut head)?;
    let mut text = Decoder::new(export.open()?)?;
    let found = match (told(&head, &lexicon), row) {
        (Looked::Table(plan), Row::Line(line)) => raw_record(&mut text, &plan, *line)?,
        (Looked::Json(_), Row::Element(at)) => parsed(raw_element(&mut text, *at)?)?.map(flat),
        (Looked::Json(_), Row::Path(path)) => {
            let whole = parsed(raw_element(&mut text, 0)?)?;
            whole
                .and_then(|whole| at_path(&whole, path).cloned())
                .map(flat)
        }
        (Looked::ByHand, Row::Line(line)) => by_hand(&mut text, *line)?,
        _ => None,
    };
    found.ok_or_else(|| io::Error::other("the row is not there any more: the file was changed"))
}

fn flat(value: Value) -> RawRow {
    let mut row = RawRow::default();
    row.flatten("", &value);
    row
}

fn parsed(text: Option<Vec<u8>>) -> io::Result<Option<Value>> {
    let parsed = text.map(|text| serde_json::from_slice(&text)).transpose();
    parsed.map_err(io::Error::other)
}

/// The value at a place like `privileged_roles[3].Assignments[0]`, of an object or of the one object inside it.
fn at_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let follow = |from: &'v Value| {
        path.split('.').try_fold(from, |value, step| {
            let (name, number) = match step.strip_suffix(']').and_then(|step| step.split_once('['))
            {
                Some((name, number)) => (name, Some(number.parse::<usize>().ok()?)),
                None => (step, None),
            };
            let member = value.get(name)?;
            match number {
                Some(number) => member.get(number),
                None => Some(member),
            }
        })
    };
    let inside = || value.as_object()?.values().find_map(follow);
    follow(value).or_else(inside)
}

/// The lines of a record of a file written by hand: up to the next heading.
fn by_hand(text: &mut dyn Read, line: u64) -> io::Result<Option<RawRow>> {
    let mut whole = String::new();
    text.take(LARGEST_TEXT).read_to_string(&mut whole)?;
    let from = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut row = RawRow::default();
    for (at, line) in whole.lines().skip(from).enumerate() {
        let is_heading = line.trim_start().starts_with('[');
        if at > 0 && is_heading || line.trim().is_empty() {
            break;
        }
        row.add("", line.trim_end());
    }
    Ok(Some(row).filter(|row| !row.values.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{RawRow, raw_row};
    use crate::tenant::{Row, TextExport};

    fn values(text: &str, row: Row) -> Vec<(String, String)> {
        let knowledge = crate::ask::built_in().unwrap();
        let export = TextExport::new("a", text);
        let found = raw_row(&knowledge, &export, &row);
        found.map_or_else(|_| Vec::new(), |row| row.values)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_line_of_a_table_stands_beside_its_heading() {
        let table =
            "User principal name,Display name,Licenses\na@x,\"A\nB\",E5\nc@x,C\u{202e},E3\n";
        let named = |name, licenses| {
            pairs(&[
                (
                    "User principal name",
                    if licenses == "E5" { "a@x" } else { "c@x" },
                ),
                ("Display name", name),
                ("Licenses", licenses),
            ])
        };
        assert_eq!(values(table, Row::Line(2)), named("A B", "E5"));
        assert_eq!(
            values(table, Row::Line(4)),
            named("C\u{fffd}", "E3"),
            "cleaned"
        );
        assert_eq!(values(table, Row::Line(5)), [], "no such line");
    }

    #[test]
    fn an_element_and_a_place_inside_an_object_are_found() {
        let users = r#"{"value":[{"userPrincipalName":"a@x","assignedLicenses":[]},{"userPrincipalName":"b@x","assignedLicenses":[{"skuId":"s"}]}]}"#;
        let found = values(users, Row::Element(1));
        assert_eq!(
            found,
            pairs(&[
                ("assignedLicenses[0].skuId", "s"),
                ("userPrincipalName", "b@x")
            ])
        );
        assert_eq!(values(users, Row::Element(2)), []);
        let value = serde_json::json!({"raw": {"roles": [{"a": [1, 2]}]}});
        assert_eq!(
            super::at_path(&value, "roles[0].a[1]"),
            Some(&serde_json::json!(2))
        );
        assert_eq!(super::at_path(&value, "roles[1]"), None);
    }

    #[test]
    fn a_record_written_by_hand_ends_with_the_next() {
        let text = "[[account]]\nupn = \"a@x\"\n[[account]]\nupn = \"b@x\"\n\n# end\n";
        let found = values(text, Row::Line(3));
        assert_eq!(found, pairs(&[("", "[[account]]"), ("", "upn = \"b@x\"")]));
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let mut row = RawRow::default();
        (0..502).for_each(|number| row.add("a", &number.to_string()));
        assert_eq!((row.values.len(), row.more), (500, 2));
    }
}
