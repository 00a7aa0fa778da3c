//! Tables of records, looked up by typed id or by the id written in the data.

use crate::model::{
    Area, AreaId, Claim, ClaimId, Feature, FeatureId, Given, GivenId, Plan, PlanId, Role, RoleId,
    Sku, SkuId, Source, SourceId, Task, TaskId,
};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// A typed id that indexes a table.
pub trait TableId: Copy + Ord {
    /// The id of the row at `index`.
    fn at(index: usize) -> Self;
    /// The row that this id stands for.
    fn index(self) -> usize;
}

/// A record with the id written in the data.
pub trait Row {
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
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct Table<T> {
    rows: Vec<T>,
    /// Indexes of the rows, ordered by written id.
    order: Vec<u32>,
    #[serde(skip)]
    marker: PhantomData<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            order: Vec::new(),
            marker: PhantomData,
        }
    }
}

impl<T: Row> Table<T> {
    /// Adds rows after the present ones. The caller has made sure that no written id occurs twice.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = T>) {
        self.rows.extend(rows);
        let mut order: Vec<u32> = (0..self.rows.len())
            .filter_map(|index| u32::try_from(index).ok())
            .collect();
        order.sort_by(|a, b| {
            self.rows[*a as usize]
                .written_id()
                .cmp(self.rows[*b as usize].written_id())
        });
        self.order = order;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row with this id, if it is of this table.
    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.rows.get(id.index())
    }

    /// The id of the row with this written id, exactly as written.
    pub fn find(&self, written: &str) -> Option<T::Id> {
        self.order
            .binary_search_by(|index| self.rows[*index as usize].written_id().cmp(written))
            .ok()
            .map(|place| T::Id::at(self.order[place] as usize))
    }

    /// All ids with their rows, in the order of written ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (T::Id, &T)> + DoubleEndedIterator {
        self.order
            .iter()
            .map(|index| (T::Id::at(*index as usize), &self.rows[*index as usize]))
    }
}

impl<T: Row> std::ops::Index<T::Id> for Table<T> {
    type Output = T;
    fn index(&self, id: T::Id) -> &T {
        &self.rows[id.index()]
    }
}
