//! Tables of records, looked up by typed id or by the id written in the data.

use super::packed::{Cells, Numbers, Pieces, search};
use crate::model::{
    Area, AreaId, Claim, ClaimId, Feature, FeatureId, Given, GivenId, Plan, PlanId, Role, RoleId,
    Sku, SkuId, Source, SourceId, Task, TaskId,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A typed id that indexes a table.
pub trait TableId: Copy + Ord {
    /// The id of the row at `index`.
    fn at(index: usize) -> Self;
    /// The row that this id stands for.
    fn index(self) -> usize;
}

/// A record with the id written in the data.
pub trait Row: Serialize + Deserialize<'static> {
    /// The type of its ids.
    type Id: TableId;
    /// The id written in the data.
    fn written_id(&self) -> &str;
}

macro_rules! rows {
    ($($row:ty => $id:ty),* $(,)?) => {$(
        impl TableId for $id {
            fn at(index: usize) -> Self {
                <$id>::at(index)
            }
            fn index(self) -> usize {
                <$id>::index(self)
            }
        }

        impl Row for $row {
            type Id = $id;
            fn written_id(&self) -> &str {
                &self.id
            }
        }
    )*};
}

rows! {
    Area => AreaId,
    Source => SourceId,
    Feature => FeatureId,
    Task => TaskId,
    Role => RoleId,
    Given => GivenId,
    Plan => PlanId,
    Sku => SkuId,
    Claim => ClaimId,
}

/// Records of one kind. Rows keep their place for good, so adding data never changes an id.
///
/// Rows of the built-in form stay in its bytes until somebody looks at them; added rows follow them.
#[derive(Clone)]
pub struct Table<T> {
    /// The rows of the built-in form.
    packed: Pieces,
    /// Those of them that somebody looked at; `None` inside for one that cannot be decoded.
    decoded: Cells<Option<Box<T>>>,
    /// Their written ids.
    ids: Pieces,
    /// The rows added to them.
    added: Vec<T>,
    /// The places of all rows in the order of written ids.
    order: Numbers,
}

/// A table as it stands in the built-in form.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Packed {
    rows: Pieces,
    ids: Pieces,
    order: Numbers,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            packed: Pieces::default(),
            decoded: Cells::default(),
            ids: Pieces::default(),
            added: Vec::new(),
            order: Numbers::default(),
        }
    }
}

impl<T: Row> Table<T> {
    /// Adds rows after the present ones. The caller has made sure that no written id occurs twice.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = T>) {
        self.added.extend(rows);
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|place| self.written_id(*place));
        self.order = order.into_iter().collect();
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.packed.len() + self.added.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row with this id, if it is of this table.
    pub fn get(&self, id: T::Id) -> Option<&T> {
        let place = id.index();
        if let Some(added) = place.checked_sub(self.packed.len()) {
            return self.added.get(added);
        }
        let decode = || {
            let bytes = self.packed.built_in(place)?;
            postcard::from_bytes(bytes).ok().map(Box::new)
        };
        self.decoded.get(place, decode)?.as_deref()
    }

    /// The id of the row with this written id, exactly as written.
    pub fn find(&self, written: &str) -> Option<T::Id> {
        let at = |place| Some(self.order.get(place)? as usize);
        let found = search(self.order.len(), |place| {
            let row = at(place).map_or(&[][..], |row| self.written_id(row));
            row.cmp(written.as_bytes())
        });
        found.and_then(at).map(T::Id::at)
    }

    /// All ids with their rows, in the order of written ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (T::Id, &T)> + DoubleEndedIterator {
        self.order.iter().map(|place| {
            let id = T::Id::at(place as usize);
            (id, &self[id])
        })
    }

    /// The written id of the row at a place, without decoding the row; text sorts as its bytes do.
    fn written_id(&self, place: usize) -> &[u8] {
        self.ids.get(place).unwrap_or_else(|| {
            let added = place.checked_sub(self.ids.len());
            let row = added.and_then(|place| self.added.get(place));
            row.map_or(&[], |row| row.written_id().as_bytes())
        })
    }
}

impl<T: Row> std::ops::Index<T::Id> for Table<T> {
    type Output = T;

    /// # Panics
    /// When the id is of another knowledge base, or the program file is damaged.
    #[expect(
        clippy::panic,
        reason = "as with a slice: an id of this table has a row, and whoever is not sure uses `get`"
    )]
    fn index(&self, id: T::Id) -> &T {
        match self.get(id) {
            Some(row) => row,
            None => panic!("no row {} in a table of {}", id.index(), self.len()),
        }
    }
}

impl<T: Row + fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = (0..self.len()).map(T::Id::at);
        formatter
            .debug_list()
            .entries(ids.map(|id| self.get(id)))
            .finish()
    }
}

impl<T: Row> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ids = || (0..self.len()).map(T::Id::at);
        let rows = ids()
            .map(|id| postcard::to_allocvec(&self[id]).map_err(serde::ser::Error::custom))
            .collect::<Result<Pieces, S::Error>>()?;
        let packed = Packed {
            rows,
            ids: ids().map(|id| self[id].written_id()).collect(),
            order: self.order.clone(),
        };
        packed.serialize(serializer)
    }
}

/// Borrows the rows from the input, which for the built-in form lives as long as the program.
impl<'de: 'static, T: Row> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = Packed::deserialize(deserializer)?;
        Ok(Self {
            decoded: Cells::new(packed.rows.len()),
            packed: packed.rows,
            ids: packed.ids,
            added: Vec::new(),
            order: packed.order,
        })
    }
}
