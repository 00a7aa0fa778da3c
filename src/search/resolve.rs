//! The decision: do these words mean one thing, several, or none?

use super::names::each_name;
use super::{Finder, Hit, Matched, NameSort, Rank, ThingKind};
use crate::dataset::KnowledgeBase;
use crate::model::{Named, fold};

/// How many things are suggested when no name matches exactly.
const SUGGESTIONS: usize = 5;

/// What words mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One thing: an exact match on a present or former name, an alias, an id or a GUID.
    Clear {
        /// The thing, with the name that matched.
        hit: Hit,
        /// Things of other kinds with the same name, which were not chosen.
        others: Vec<Hit>,
    },
    /// Several things of one kind go by this name.
    Ambiguous(Vec<Hit>),
    /// Several features have this alias: a word for all of them, as "basic authentication" is for its protocols.
    Shared(Vec<Hit>),
    /// No exact match. What comes near is found by [`suggestions`] and never chosen.
    Unknown,
}

/// Finds what `words` mean among things of `kinds`.
///
/// Case, blanks and punctuation do not count, and "admin" is "administrator" (see [`fold`]). Where several kinds match,
/// the first in the order of [`ThingKind`] is meant and the others are named. A kind before a colon, as in `sku:SPE_E3`,
/// asks for that kind alone. A former name that several features had leaves open which is meant; an alias that several
/// features are given stands for all of them. Within a kind an exact id comes first; then a name with the same punctuation, so that
/// "Microsoft 365 E3" is the SKU of that name and not the one with the id `Microsoft_365_E3`.
pub fn resolve(knowledge: &KnowledgeBase, words: &str, kinds: &[ThingKind]) -> Resolution {
    let words = words.trim();
    if let Some((kind, rest)) = prefixed(words)
        && kinds.contains(&kind)
    {
        return resolve(knowledge, rest, &[kind]);
    }
    let mut exact = exact_hits(knowledge, words, kinds);
    let Some(first) = exact.first().map(|hit| ThingKind::of(hit.thing)) else {
        return Resolution::Unknown;
    };
    let others = exact.split_off(exact.partition_point(|hit| ThingKind::of(hit.thing) == first));
    match exact.pop() {
        Some(hit) if exact.is_empty() => Resolution::Clear { hit, others },
        last => {
            exact.extend(last);
            let is_alias = |hit: &Hit| hit.matched.sort == NameSort::Alias;
            match first == ThingKind::Feature && exact.iter().all(is_alias) {
                true => Resolution::Shared(exact),
                false => Resolution::Ambiguous(exact),
            }
        }
    }
}

/// The few things of `kinds` that come nearest to words without an exact match, best first.
pub fn suggestions(knowledge: &KnowledgeBase, words: &str, kinds: &[ThingKind]) -> Vec<Hit> {
    match prefixed(words) {
        Some((kind, rest)) if kinds.contains(&kind) => suggestions(knowledge, rest, &[kind]),
        _ => Finder::new(knowledge).find(words, kinds, SUGGESTIONS),
    }
}

/// The kind written before a colon, with what follows it. Authorities of workload roles have a colon too, but are no kinds.
fn prefixed(words: &str) -> Option<(ThingKind, &str)> {
    let (kind, rest) = words.split_once(':')?;
    let rest = rest.trim();
    (!rest.is_empty()).then_some((ThingKind::parse(kind.trim())?, rest))
}

/// Every thing that goes by exactly these words, one hit each, in the order of kinds and written ids.
///
/// A written id means its thing alone within its kind, even where something else is called so: an id is the only way to
/// tell apart two things with one name. Of other names, those with the very punctuation of the words leave the rest out.
fn exact_hits(knowledge: &KnowledgeBase, words: &str, kinds: &[ThingKind]) -> Vec<Hit> {
    let folded = fold(words);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = kinds
        .iter()
        .filter_map(|kind| kind.find(knowledge, words))
        .map(|thing| hit(thing, NameSort::Id, words))
        .collect();
    let settled: Vec<ThingKind> = hits.iter().map(|hit| ThingKind::of(hit.thing)).collect();
    for thing in knowledge.called(&folded) {
        let kind = ThingKind::of(thing);
        if !kinds.contains(&kind) || settled.contains(&kind) {
            continue;
        }
        let guid = knowledge.guid(thing).map(|guid| guid.to_string());
        let mut best = guid
            .filter(|guid| fold(guid) == folded)
            .map(|guid| (NameSort::Guid, guid));
        each_name(knowledge, thing, |sort, name| {
            if best.as_ref().is_none_or(|(known, _)| sort < *known) && fold(name) == folded {
                best = Some((sort, name.to_owned()));
            }
        });
        hits.extend(best.map(|(sort, name)| hit(thing, sort, &name)));
    }
    let alike: Vec<ThingKind> = hits
        .iter()
        .filter(|hit| is_punctuated_as(&hit.matched.text, words))
        .map(|hit| ThingKind::of(hit.thing))
        .collect();
    hits.retain(|hit| {
        !alike.contains(&ThingKind::of(hit.thing)) || is_punctuated_as(&hit.matched.text, words)
    });
    hits.sort_by(|a, b| {
        ThingKind::of(a.thing)
            .cmp(&ThingKind::of(b.thing))
            .then_with(|| knowledge.written(a.thing).cmp(&knowledge.written(b.thing)))
    });
    hits
}

/// Whether two names that fold alike differ in case and blanks at most.
fn is_punctuated_as(name: &str, other: &str) -> bool {
    let signs = |text: &str| -> Vec<char> {
        let sign = |sign: &char| !sign.is_alphanumeric() && !sign.is_whitespace();
        text.chars().filter(sign).collect()
    };
    signs(name) == signs(other)
}

fn hit(thing: Named, sort: NameSort, name: &str) -> Hit {
    Hit {
        thing,
        rank: Rank::Exact,
        matched: Matched {
            sort,
            text: name.to_owned(),
        },
        positions: (0..name.chars().count()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Resolution, resolve, suggestions};
    use crate::dataset::KnowledgeBase;
    use crate::search::test_world::world;
    use crate::search::{NameSort, ThingKind};

    fn clear(knowledge: &KnowledgeBase, words: &str) -> String {
        match resolve(knowledge, words, ThingKind::ALL) {
            Resolution::Clear { hit, .. } => knowledge.written(hit.thing),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_name_in_any_case_and_punctuation_is_a_clear_hit() {
        let knowledge = world();
        for words in [
            "Intune Administrator",
            "intune-administrator",
            " INTUNE  admin ",
            "role:intune admin",
        ] {
            assert_eq!(
                clear(&knowledge, words),
                "role:intune-administrator",
                "{words}"
            );
        }
    }

    #[test]
    fn former_names_aliases_and_guids_are_clear_hits_and_say_what_matched() {
        let knowledge = world();
        let cases = [
            ("Azure AD Premium P2", "sku:AAD_PREMIUM_P2", "Dated"),
            ("ATP", "feature:safe-links", "Alias"),
            (
                "3A2C62DB-5318-420D-8D74-23AFFEE5D9D5",
                "role:intune-administrator",
                "Guid",
            ),
            ("AAD_PREMIUM_P2", "sku:AAD_PREMIUM_P2", "Id"),
        ];
        for (words, written, sort) in cases {
            let Resolution::Clear { hit, .. } = resolve(&knowledge, words, ThingKind::ALL) else {
                unreachable!("{words} is clear")
            };
            assert_eq!(knowledge.written(hit.thing), written);
            assert!(
                format!("{:?}", hit.matched.sort).starts_with(sort),
                "{words}: {:?}",
                hit.matched
            );
        }
    }

    #[test]
    fn the_first_kind_is_meant_and_the_others_are_named() {
        let knowledge = world();
        let Resolution::Clear { hit, others } =
            resolve(&knowledge, "AAD_PREMIUM_P2", ThingKind::ALL)
        else {
            unreachable!("an id is clear")
        };
        assert_eq!(knowledge.written(hit.thing), "sku:AAD_PREMIUM_P2");
        let others: Vec<String> = others
            .iter()
            .map(|hit| knowledge.written(hit.thing))
            .collect();
        assert_eq!(others, ["plan:AAD_PREMIUM_P2"]);
        assert_eq!(
            clear(&knowledge, "plan:AAD_PREMIUM_P2"),
            "plan:AAD_PREMIUM_P2"
        );
    }

    #[test]
    fn one_name_of_two_things_of_a_kind_is_ambiguous_and_an_id_settles_it() {
        let knowledge = world();
        let Resolution::Ambiguous(hits) = resolve(&knowledge, "Office Suite", ThingKind::ALL)
        else {
            unreachable!("two SKUs are called so")
        };
        let names: Vec<String> = hits
            .iter()
            .map(|hit| knowledge.written(hit.thing))
            .collect();
        assert_eq!(names, ["sku:SUITE_1", "sku:SUITE_2"]);
        assert!(matches!(hits[1].matched.sort, NameSort::Dated(_)));
        assert_eq!(clear(&knowledge, "SUITE_2"), "sku:SUITE_2");
    }

    #[test]
    fn an_alias_of_several_features_stands_for_all_and_a_former_name_does_not() {
        let mut knowledge = world();
        let Some((_, first)) = knowledge.features.iter().next() else {
            unreachable!("the world has a feature")
        };
        let more = ["safe-attachments", "anti-phishing"].map(|id| crate::model::Feature {
            id: id.into(),
            name: id.into(),
            ..first.clone()
        });
        knowledge.features.extend(more);
        knowledge.index();
        let Resolution::Shared(hits) = resolve(&knowledge, "atp", ThingKind::ALL) else {
            unreachable!("three features have the alias")
        };
        let ids: Vec<String> = hits
            .iter()
            .map(|hit| knowledge.written(hit.thing))
            .collect();
        assert_eq!(
            ids,
            [
                "feature:anti-phishing",
                "feature:safe-attachments",
                "feature:safe-links"
            ]
        );
    }

    #[test]
    fn near_misses_are_suggested_and_never_chosen() {
        let knowledge = world();
        for (words, written) in [
            ("Intune Adminstrator", "role:intune-administrator"),
            ("safe link", "feature:safe-links"),
        ] {
            assert_eq!(
                resolve(&knowledge, words, ThingKind::ALL),
                Resolution::Unknown
            );
            let near = suggestions(&knowledge, words, ThingKind::ALL);
            assert_eq!(knowledge.written(near[0].thing), written);
        }
        for words in ["qqqq", " - ", ""] {
            let resolution = resolve(&knowledge, words, ThingKind::ALL);
            assert_eq!(resolution, Resolution::Unknown);
            assert!(suggestions(&knowledge, words, ThingKind::ALL).is_empty());
        }
    }
}
