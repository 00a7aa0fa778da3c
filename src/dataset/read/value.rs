//! One value of a TOML file: asked for as what it should be, or a problem at its place.

use super::fields::Fields;
use super::shapes::Shape;
use crate::dataset::place::{Place, Placed, Problems};
use crate::model::{Boundary, Code, Day, Diagnostic, FileId, Text, clean, nearest};
use toml::Spanned;
use toml::de::DeValue;

/// The deepest nesting of values.
pub const DEEPEST_VALUE: usize = 64;

/// A value with the key it belongs to.
///
/// Every method that asks for a form gives the value in that form, or reports one problem and gives nothing.
#[derive(Debug, Clone, Copy)]
pub struct Value<'v> {
    pub(super) key: &'v str,
    pub(super) value: &'v Spanned<DeValue<'v>>,
    pub(super) file: FileId,
    pub(super) depth: usize,
    pub(super) problems: &'v Problems,
}

impl<'v> Value<'v> {
    /// Where it stands.
    pub fn place(self) -> Place {
        Place::new(self.file, self.value.span())
    }

    /// The value itself, for forms that are told apart by type.
    pub fn get(self) -> &'v DeValue<'v> {
        self.value.get_ref()
    }

    pub(super) fn placed<T>(self, value: T) -> Placed<T> {
        Placed {
            value,
            place: self.place(),
        }
    }

    /// Reports a problem at this value and gives nothing.
    pub fn problem<T>(
        self,
        code: Code,
        title: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) -> Option<T> {
        let place = self.place();
        let mut diagnostic = Diagnostic::new(code, title).at(place.file, place.span, label);
        diagnostic.help = help;
        self.problems.report(diagnostic);
        None
    }

    /// Reports that something else was expected here.
    pub fn wrong<T>(self, expected: &str) -> Option<T> {
        let found = match self.get() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let title = format!("`{}` has the wrong form", self.key);
        self.problem(
            Code::WrongType,
            title,
            format!("expected {expected}, found {found}"),
            None,
        )
    }

    /// The string as it stands in the file.
    pub(super) fn string(self, expected: &str) -> Option<&'v str> {
        match self.get() {
            DeValue::String(string) => Some(string),
            _ => self.wrong(expected),
        }
    }

    /// Text that says something and has no harmful character; blanks around it are left out.
    pub fn text(self) -> Option<Placed<Text>> {
        let cleaned = clean(self.string("text in quotes")?);
        if cleaned.replaced > 0 {
            let title = format!(
                "`{}` holds control, bidirectional or invisible characters",
                self.key
            );
            let label = format!("{} of them", cleaned.replaced);
            let help = "remove them; copied text often brings them along".to_owned();
            return self.problem(Code::UncleanText, title, label, Some(help));
        }
        let text = cleaned.text.trim();
        if text.is_empty() {
            let title = format!("`{}` is empty", self.key);
            return self.problem(Code::EmptyText, title, "must say something", None);
        }
        Some(self.placed(text.to_owned().into()))
    }

    /// Text that names a record; whether there is such a record is found out later.
    pub fn reference(self) -> Option<Placed<String>> {
        self.text().map(|text| text.map(|text| text.to_string()))
    }

    /// One of the words of an enumeration.
    pub fn word<T: Copy>(self, all: &[T], word: fn(T) -> &'static str) -> Option<Placed<T>> {
        let words = || all.iter().map(|variant| word(*variant));
        let listed = || words().collect::<Vec<_>>().join(", ");
        let typed = self.string(&format!("one of {}", listed()))?;
        match all.iter().find(|variant| word(**variant) == typed) {
            Some(variant) => Some(self.placed(*variant)),
            None => {
                let title = format!("`{}` is no word for `{}`", clean(typed).text, self.key);
                let help = nearest(typed, words()).map(|near| format!("did you mean `{near}`?"));
                self.problem(
                    Code::UnknownWord,
                    title,
                    format!("expected one of {}", listed()),
                    help,
                )
            }
        }
    }

    /// A date as precise as it is known.
    pub fn boundary(self) -> Option<Placed<Boundary>> {
        match self.get() {
            DeValue::Datetime(_) => self.day().map(|day| day.map(Boundary::day)),
            DeValue::String(string) => match Boundary::parse(string) {
                Ok(boundary) => Some(self.placed(boundary)),
                Err(why) => self.bad_date(&clean(&why).text),
            },
            _ => self.wrong("a date: a bare day (2020-06-15), or a form of date in quotes"),
        }
    }

    /// One whole day.
    pub fn day(self) -> Option<Placed<Day>> {
        let expected = "a day of the years 1990 to 2100, like 2020-06-15";
        let day = match self.get() {
            DeValue::Datetime(written) => {
                if written.time.is_some() || written.offset.is_some() {
                    return self.bad_date("a time of day is not kept; write the day only");
                }
                written.date.and_then(|date| {
                    Day::from_parts(
                        i16::try_from(date.year).ok()?,
                        date.month.into(),
                        date.day.into(),
                    )
                })
            }
            DeValue::String(string) => Day::parse(string),
            _ => return self.wrong(expected),
        };
        match day {
            Some(day) => Some(self.placed(day)),
            None => self.bad_date(&format!("expected {expected}")),
        }
    }

    fn bad_date<T>(self, label: &str) -> Option<T> {
        self.problem(
            Code::BadDate,
            format!("`{}` is not a date", self.key),
            label,
            None,
        )
    }

    /// True or false.
    pub fn truth(self) -> Option<Placed<bool>> {
        match self.get() {
            DeValue::Boolean(truth) => Some(self.placed(*truth)),
            _ => self.wrong("true or false, without quotes"),
        }
    }

    /// A whole number not below `least`.
    pub fn count(self, least: u64) -> Option<Placed<u64>> {
        let expected = format!("a whole number from {least} on");
        let number = match self.get() {
            DeValue::Integer(digits) => u64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => return self.wrong(&expected),
        };
        match number.filter(|number| *number >= least) {
            Some(number) => Some(self.placed(number)),
            None => {
                let title = format!("`{}` is out of range", self.key);
                self.problem(Code::WrongType, title, format!("expected {expected}"), None)
            }
        }
    }

    /// A table of this shape; its unknown keys are reported here.
    pub fn table(self, shape: &'static Shape) -> Option<Fields<'v>> {
        match self.deeper()?.get() {
            DeValue::Table(table) => Some(Fields::open(
                shape,
                table,
                self.place(),
                self.depth + 1,
                self.problems,
            )),
            _ => self.wrong(&format!("a table, like {{ {} = ... }}", shape.first_key())),
        }
    }

    /// The value of a key, where this is a table and the key is there.
    pub fn key(self, key: &'static str) -> Option<Self> {
        let value = self.get().as_table()?.get(key)?;
        Some(Self {
            key,
            value,
            depth: self.depth + 1,
            ..self
        })
    }

    /// A list with at least one item.
    pub fn list(self) -> Option<Vec<Self>> {
        match self.deeper()?.get() {
            DeValue::Array(items) if items.is_empty() => {
                let title = format!("`{}` is an empty list", self.key);
                let help = "leave the key out where there is nothing to list".to_owned();
                self.problem(
                    Code::WrongType,
                    title,
                    "expected at least one item",
                    Some(help),
                )
            }
            DeValue::Array(items) => Some(
                items
                    .iter()
                    .map(|value| Self {
                        value,
                        depth: self.depth + 1,
                        ..self
                    })
                    .collect(),
            ),
            _ => self.wrong("a list in square brackets"),
        }
    }

    /// The values of a table whose keys are free, in the order of the keys.
    pub fn entries(self) -> Option<Vec<(Placed<String>, Self)>> {
        let DeValue::Table(table) = self.get() else {
            return self.wrong("a table");
        };
        self.deeper()?;
        let entries = table.iter().map(|(key, value)| {
            let name = Placed {
                value: clean(key.get_ref()).text,
                place: Place::new(self.file, key.span()),
            };
            let value = Self {
                key: key.get_ref(),
                value,
                depth: self.depth + 1,
                ..self
            };
            (name, value)
        });
        Some(entries.collect())
    }

    /// Whether it is a table.
    pub fn is_table(self) -> bool {
        matches!(self.get(), DeValue::Table(_))
    }

    /// Whether it is a list with nothing in it, for keys where that says something.
    pub fn is_empty_list(self) -> bool {
        matches!(self.get(), DeValue::Array(items) if items.is_empty())
    }

    /// One value as a person would type it: text, a number, a day, `true` or `false`.
    pub fn scalar(self) -> Option<Placed<String>> {
        match self.get() {
            DeValue::String(_) => self.reference(),
            DeValue::Integer(_) => self.count(0).map(|number| number.map(|n| n.to_string())),
            DeValue::Boolean(truth) => Some(self.placed(truth.to_string())),
            DeValue::Datetime(_) => self.day().map(|day| day.map(|day| day.to_string())),
            DeValue::Float(_) | DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong("text, a whole number, a day, true or false")
            }
        }
    }

    /// A list, or one item that stands for a list of one.
    pub fn one_or_list(self) -> Option<Vec<Self>> {
        match self.get() {
            DeValue::Array(_) => self.list(),
            _ => Some(vec![self]),
        }
    }

    fn deeper(self) -> Option<Self> {
        if self.depth < DEEPEST_VALUE {
            return Some(self);
        }
        self.problem(
            Code::TooDeep,
            format!("values are nested deeper than {DEEPEST_VALUE}"),
            "",
            None,
        )
    }
}
