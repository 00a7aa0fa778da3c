//! Written ids of one kind, and the typed ids that they get.

use crate::dataset::place::{Place, Placed, Problems};
use crate::dataset::{Row, Table, TableId};
use crate::model::{Code, Diagnostic};
use std::collections::BTreeMap;

/// Every id of a kind: those of the base, and those of the files, faulty records included, so that a reference to a
/// faulty record is not taken for a wrong one.
#[derive(Debug)]
pub(super) struct Register<Id> {
    /// What a record of the kind is called, for example `task`.
    pub kind: &'static str,
    ids: BTreeMap<String, Id>,
    written: BTreeMap<Id, (String, Option<Place>)>,
}

impl<Id: TableId> Register<Id> {
    /// Numbers the ids in the order of their letters, after those of the base, so that the order of files never
    /// matters. Reports every id that occurs twice.
    pub(super) fn new<'a, R: Row<Id = Id>>(
        kind: &'static str,
        base: &Table<R>,
        written: impl Iterator<Item = &'a Placed<String>>,
        problems: &Problems,
    ) -> Self {
        let mut ids: BTreeMap<String, Id> = BTreeMap::new();
        let mut places: BTreeMap<Id, (String, Option<Place>)> = BTreeMap::new();
        for (id, row) in base.iter() {
            ids.insert(row.written_id().to_owned(), id);
            places.insert(id, (row.written_id().to_owned(), None));
        }
        let mut new: BTreeMap<&str, Place> = BTreeMap::new();
        for id in written {
            let first = new.get(id.value.as_str()).copied();
            if first.is_none() && !ids.contains_key(&id.value) {
                new.insert(&id.value, id.place);
                continue;
            }
            let mut diagnostic = Diagnostic::new(
                Code::DuplicateId,
                format!("two {kind} records have the id `{}`", id.value),
            )
            .at(id.place.file, id.place.span, "again here")
            .about(id.value.clone());
            diagnostic = match first {
                Some(first) => diagnostic.at(first.file, first.span, "first here"),
                None => diagnostic.help("the other is built in; an addition needs ids of its own"),
            };
            problems.report(diagnostic);
        }
        for (rank, (id, place)) in new.into_iter().enumerate() {
            let typed = Id::at(base.len() + rank);
            ids.insert(id.to_owned(), typed);
            places.insert(typed, (id.to_owned(), Some(place)));
        }
        Self {
            kind,
            ids,
            written: places,
        }
    }

    /// The typed id of a written one.
    pub(super) fn find(&self, written: &str) -> Option<Id> {
        self.ids.get(written).copied()
    }

    /// All written ids.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// How an id is written.
    pub(super) fn written(&self, id: Id) -> &str {
        self.written.get(&id).map_or("", |(written, _)| written)
    }

    /// Where the record stands; none for records of the base.
    pub(super) fn place(&self, id: Id) -> Option<Place> {
        self.written.get(&id).and_then(|(_, place)| *place)
    }

    /// The places of all records read from files.
    pub(super) fn into_places(self) -> BTreeMap<Id, Place> {
        let placed = |(id, (_, place)): (Id, (String, Option<Place>))| Some((id, place?));
        self.written.into_iter().filter_map(placed).collect()
    }
}
