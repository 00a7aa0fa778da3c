//! The ranked list: everything that words may mean.

use super::names::each_name;
use super::prominence::Prominence;
use super::rank::{Match, Name, Query};
use super::{Matched, NameSort, Rank, ThingKind};
use crate::dataset::KnowledgeBase;
use crate::model::{Guid, Named};

/// A thing that words may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The thing.
    pub thing: Named,
    /// In which way the name matched.
    pub rank: Rank,
    /// The name that matched best.
    pub matched: Matched,
    /// The characters of that name that matched, counted from 0 and rising.
    pub positions: Vec<usize>,
}

/// Every name of a knowledge base, for matching while somebody types.
///
/// Building it reads every record with a name once; an exact name needs none of it, see [`resolve`](super::resolve).
#[derive(Debug, Clone)]
pub struct Finder {
    /// In the order of kinds and written ids; the names of one thing stand together.
    entries: Vec<Entry>,
}

/// One name of one thing.
#[derive(Debug, Clone)]
struct Entry {
    thing: Named,
    prominence: Prominence,
    goes_by: GoesBy,
}

#[derive(Debug, Clone)]
enum GoesBy {
    Name(NameSort, Name),
    /// Written out only where somebody types one.
    Guid(Guid),
}

/// What sort of name matched, from the one that rather means its thing to the one that hardly does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// The id exactly as typed: nobody types one by chance.
    ExactId,
    /// A name or word of today, or the GUID.
    Present,
    /// A name that a claim dates.
    Dated,
    /// The id, folded or in part: O365_BUSINESS_PREMIUM is called Business Standard.
    Id,
}

impl Entry {
    /// What the name weighs, once words match it.
    fn weight(&self, words: &str) -> Weight {
        match &self.goes_by {
            GoesBy::Name(NameSort::Id, id) if id.text() == words => Weight::ExactId,
            GoesBy::Name(NameSort::Id, _) => Weight::Id,
            GoesBy::Name(NameSort::Dated(_), _) => Weight::Dated,
            GoesBy::Name(..) | GoesBy::Guid(_) => Weight::Present,
        }
    }

    /// How many bytes the name folds to.
    fn length(&self) -> usize {
        match &self.goes_by {
            GoesBy::Name(_, name) => name.folded().len(),
            GoesBy::Guid(_) => 0,
        }
    }

    /// Whether both are one name to a person, as "Safe Links" and `safe-links`; then the better sort is shown.
    fn is_written_as(&self, other: &Self) -> bool {
        match (&self.goes_by, &other.goes_by) {
            (GoesBy::Name(_, one), GoesBy::Name(_, other)) => one.folded() == other.folded(),
            _ => false,
        }
    }
}

impl Finder {
    /// Collects every name.
    pub fn new(knowledge: &KnowledgeBase) -> Self {
        let mut entries = Vec::new();
        let mut names: Vec<(NameSort, Name)> = Vec::new();
        let kinds = ThingKind::ALL.iter();
        for thing in kinds.flat_map(|kind| kind.things(knowledge)) {
            names.clear();
            each_name(knowledge, thing, |sort, name| {
                names.push((sort, Name::new(name)));
            });
            names.sort_by_key(|(sort, _)| *sort);
            let names = names.drain(..).map(|(sort, name)| GoesBy::Name(sort, name));
            let guid = knowledge.guid(thing).map(GoesBy::Guid);
            let prominence = Prominence::of(knowledge, thing);
            entries.extend(names.chain(guid).map(|goes_by| Entry {
                thing,
                prominence,
                goes_by,
            }));
        }
        Self { entries }
    }

    /// At most `limit` things of `kinds` that `words` may mean, best first.
    ///
    /// What decides, in this order: the way in which they match ([`Rank`]), with the kind where it is exact; whether the
    /// name is one of today, a dated one or an id, of which only one exactly as typed stands first; how likely the thing is meant at all (Entra roles before
    /// those of workloads, what businesses buy before add-ons and what is for others); how well they match; the shorter
    /// name; the kind; the written id. The same words always give the same list.
    pub fn find(&self, words: &str, kinds: &[ThingKind], limit: usize) -> Vec<Hit> {
        let Some(query) = Query::new(words) else {
            return Vec::new();
        };
        let typed = words.trim();
        let quality = |found: &Match, entry: &Entry| (found.rank, entry.weight(typed));
        let mut best: Vec<(Match, &Entry)> = Vec::new();
        let entries = self.entries.iter();
        for entry in entries.filter(|entry| kinds.contains(&ThingKind::of(entry.thing))) {
            let found = match &entry.goes_by {
                GoesBy::Name(_, name) => query.matches(name),
                GoesBy::Guid(guid) => query.matches_guid(*guid),
            };
            let Some(found) = found else {
                continue;
            };
            match best.last_mut() {
                Some((known, other)) if other.thing == entry.thing => {
                    let better = (quality(&found, entry), -found.score)
                        < (quality(known, other), -known.score);
                    if better && !entry.is_written_as(other) {
                        (*known, *other) = (found, entry);
                    }
                }
                _ => best.push((found, entry)),
            }
        }
        // The entries stand in the order that decides between equals, and sorting keeps it.
        best.sort_by_key(|(found, entry)| {
            // Of equal names of several kinds the first kind is meant: what the decision takes stands first here.
            let kind = (found.rank == Rank::Exact).then(|| ThingKind::of(entry.thing));
            let likely = (found.rank, kind, entry.weight(typed), entry.prominence);
            (likely, -found.score, entry.length())
        });
        best.truncate(limit);
        best.into_iter()
            .map(|(found, entry)| Hit {
                thing: entry.thing,
                rank: found.rank,
                matched: match &entry.goes_by {
                    GoesBy::Name(sort, name) => Matched {
                        sort: *sort,
                        text: name.text().to_owned(),
                    },
                    GoesBy::Guid(guid) => Matched {
                        sort: NameSort::Guid,
                        text: guid.to_string(),
                    },
                },
                positions: found.positions,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Finder;
    use crate::search::test_world::world;
    use crate::search::{Rank, ThingKind};

    #[test]
    fn better_ways_of_matching_come_first_and_a_thing_comes_once() {
        let knowledge = world();
        let hits = Finder::new(&knowledge).find("intune admin", ThingKind::ALL, 10);
        let seen: Vec<(String, Rank)> = hits
            .iter()
            .map(|hit| (knowledge.written(hit.thing), hit.rank))
            .collect();
        assert_eq!(
            seen,
            [
                ("role:intune-administrator".to_owned(), Rank::Exact),
                ("task:intune.use-admin-center".to_owned(), Rank::Words),
            ]
        );
    }

    #[test]
    fn kinds_and_the_limit_narrow_the_list() {
        let knowledge = world();
        let finder = Finder::new(&knowledge);
        let plans = finder.find("aad", &[ThingKind::Plan], 10);
        assert_eq!(plans.len(), 1);
        assert_eq!(knowledge.written(plans[0].thing), "plan:AAD_PREMIUM_P2");
        assert_eq!(finder.find("s", ThingKind::ALL, 2).len(), 2);
        assert!(finder.find("", ThingKind::ALL, 10).is_empty());
    }
}
