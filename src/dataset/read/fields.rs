//! The keys of one table: asked for by name, with every unknown and missing key reported.

use super::shapes::Shape;
use super::value::Value;
use crate::dataset::place::{Place, Problems};
use crate::model::{Code, Diagnostic, clean, nearest};
use toml::de::DeTable;

/// A table that is read key by key.
#[derive(Debug)]
pub struct Fields<'v> {
    shape: &'static Shape,
    table: &'v DeTable<'v>,
    place: Place,
    depth: usize,
    problems: &'v Problems,
    /// Keys that an unknown key was probably meant to be: they are not reported as missing, too.
    misspelt: Vec<&'static str>,
}

impl<'v> Fields<'v> {
    /// Takes a table as one of this shape and reports the keys that the shape does not have.
    pub(super) fn open(
        shape: &'static Shape,
        table: &'v DeTable<'v>,
        place: Place,
        depth: usize,
        problems: &'v Problems,
    ) -> Self {
        let mut misspelt = Vec::new();
        for key in table.keys() {
            let name: &str = key.get_ref();
            if shape.keys.contains(&name) {
                continue;
            }
            let near = nearest(name, shape.keys.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", shape.keys.join(", ")),
            };
            misspelt.extend(shape.keys.iter().find(|known| Some(**known) == near));
            problems.report(
                Diagnostic::new(
                    Code::UnknownKey,
                    format!("{} has no key `{}`", shape.name, clean(name).text),
                )
                .at(place.file, key.span(), "unknown key")
                .help(help),
            );
        }
        Self {
            shape,
            table,
            place,
            depth,
            problems,
            misspelt,
        }
    }

    /// Where the table begins.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value of a key, if the key is there.
    pub fn optional(&self, key: &'static str) -> Option<Value<'v>> {
        debug_assert!(
            self.shape.keys.contains(&key),
            "{} is no key of {}",
            key,
            self.shape.name
        );
        self.table.get(key).map(|value| Value {
            key,
            value,
            file: self.place.file,
            depth: self.depth,
            problems: self.problems,
        })
    }

    /// The value of a key that must be there.
    pub fn required(&self, key: &'static str) -> Option<Value<'v>> {
        let value = self.optional(key);
        if value.is_none() && !self.misspelt.contains(&key) {
            self.missing(key);
        }
        value
    }

    /// Reports that a key should be there.
    pub fn missing(&self, key: &str) {
        self.problem(
            Code::MissingKey,
            format!("{} needs `{key}`", self.shape.name),
            format!("`{key}` is missing"),
            None,
        );
    }

    /// Whether a key is there, or one that was probably meant to be it.
    pub fn has(&self, key: &'static str) -> bool {
        self.table.contains_key(key) || self.misspelt.contains(&key)
    }

    /// Reports a problem of the table as a whole.
    pub fn problem(
        &self,
        code: Code,
        title: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) {
        let mut diagnostic =
            Diagnostic::new(code, title).at(self.place.file, self.place.span, label);
        diagnostic.help = help;
        self.problems.report(diagnostic);
    }
}
