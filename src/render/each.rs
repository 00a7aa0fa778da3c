//! A list of JSON whose elements are made one at a time while it is written.

use serde::{Serialize, Serializer};

/// Makes the elements of a list, each time from the start.
pub(super) struct Each<'a, T>(Box<dyn Fn() -> Elements<'a, T> + 'a>);

type Elements<'a, T> = Box<dyn Iterator<Item = T> + 'a>;

impl<'a, T> Each<'a, T> {
    /// What `make` gives for each of these.
    pub(super) fn of<L>(list: L, make: impl Fn(L::Item) -> Option<T> + Clone + 'a) -> Self
    where
        L: IntoIterator + Clone + 'a,
    {
        Self(Box::new(move || {
            Box::new(list.clone().into_iter().filter_map(make.clone()))
        }))
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[cfg(test)]
mod tests {
    use super::Each;

    #[test]
    fn a_list_is_written_as_if_it_were_there() {
        let even = |number: &u8| number.is_multiple_of(2).then_some(*number);
        for (list, written) in [(&[1, 2, 3, 4][..], "[\n  2,\n  4\n]"), (&[1], "[]")] {
            let each = Each::of(list, even);
            assert_eq!(serde_json::to_string_pretty(&each).unwrap(), written);
        }
    }
}
