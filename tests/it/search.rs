//! Words to things, on the small data set; which of many things comes first, on the built-in data.

use crate::small::small;
use licit::ask::built_in;
use licit::dataset::KnowledgeBase;
use licit::search::{Finder, NameSort, Rank, Resolution, ThingKind, resolve};

/// What words mean, by written id with its kind; an empty text for nothing, all of them where it is ambiguous.
fn meant(knowledge: &KnowledgeBase, words: &str) -> String {
    match resolve(knowledge, words, ThingKind::ALL) {
        Resolution::Clear { hit, .. } => knowledge.written(hit.thing),
        Resolution::Ambiguous(hits) | Resolution::Shared(hits) => {
            let written: Vec<String> = hits
                .iter()
                .map(|hit| knowledge.written(hit.thing))
                .collect();
            written.join(" ")
        }
        Resolution::Unknown => String::new(),
    }
}

#[test]
fn every_name_a_thing_has_or_had_means_it() {
    let knowledge = small();
    for (words, written) in [
        ("Company Administrator", "role:global-administrator"),
        ("company admin", "role:global-administrator"),
        ("Intune Service Administrator", "role:intune-administrator"),
        ("Yammer admin", "role:yammer-administrator"),
        (
            "62e90394-69f5-4237-9190-012177145e10",
            "role:global-administrator",
        ),
        ("Azure AD Premium P2", "sku:AAD_PREMIUM_P2"),
        (
            "EEC0EB4F-6444-4F95-ABA0-50C24D67F998",
            "plan:AAD_PREMIUM_P2",
        ),
        ("ATP", "feature:defender-for-office-365"),
        ("Office 365 ATP", "feature:defender-for-office-365"),
        (
            "exchange:organization-management",
            "role:exchange:organization-management",
        ),
        ("spe_e3", "sku:SPE_E3"),
        ("Office 365 A1 for faculty", "sku:FACULTY_1 sku:FACULTY_2"),
        ("Global Admin istrator", ""),
    ] {
        assert_eq!(meant(&knowledge, words), written, "{words}");
    }
}

#[test]
fn a_former_name_says_when_it_was_the_name() {
    let knowledge = small();
    let hits = Finder::new(&knowledge).find("company admin", ThingKind::ALL, 1);
    let NameSort::Dated(claim) = hits[0].matched.sort else {
        panic!("{hits:?}")
    };
    let until = knowledge.claims[claim].effective.until.as_ref().unwrap();
    assert_eq!(until.written(), "between 2019-09-08 and 2019-11-12");
    assert_eq!(hits[0].matched.text, "Company Administrator");
}

#[test]
fn initials_rank_below_names_and_above_words() {
    let knowledge = small();
    let finder = Finder::new(&knowledge);
    let ranks: Vec<(String, Rank)> = finder
        .find("mdo", ThingKind::ALL, 3)
        .iter()
        .map(|hit| (knowledge.written(hit.thing), hit.rank))
        .collect();
    assert_eq!(
        ranks[..2],
        [
            ("feature:defender-for-office-365".to_owned(), Rank::Exact),
            ("plan:ATP_ENTERPRISE".to_owned(), Rank::Initials),
        ]
    );
}

#[test]
fn a_guid_is_found_whole_or_by_its_first_group_and_never_by_pieces() {
    let knowledge = small();
    let finder = Finder::new(&knowledge);
    for words in [
        "62e90394-69f5-4237-9190-012177145e10",
        "62E90394",
        "62e90394-69f5",
    ] {
        let hits = finder.find(words, ThingKind::ALL, 5);
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!(
            knowledge.written(hits[0].thing),
            "role:global-administrator"
        );
        assert_eq!(hits[0].matched.sort, NameSort::Guid);
    }
    for piece in ["62e9", "4237", "69f5 4237"] {
        assert!(finder.find(piece, ThingKind::ALL, 5).is_empty(), "{piece}");
    }
}

#[test]
fn a_misspelt_name_is_found_but_means_nothing() {
    let knowledge = small();
    let hits = Finder::new(&knowledge).find("Intune Adminsitrator", ThingKind::ALL, 5);
    assert_eq!(
        knowledge.written(hits[0].thing),
        "role:intune-administrator"
    );
    assert_eq!(hits[0].rank, Rank::Misspelt);
    assert_eq!(meant(&knowledge, "Intune Adminsitrator"), "");
}

#[test]
fn positions_lie_in_the_text_and_rise() {
    let knowledge = small();
    let finder = Finder::new(&knowledge);
    for words in [
        "p",
        "pim",
        "admin",
        "office 365",
        "aad p2",
        "exchng",
        "Lnks saef",
    ] {
        for hit in finder.find(words, ThingKind::ALL, usize::MAX) {
            let length = hit.matched.text.chars().count();
            assert!(hit.positions.is_sorted_by(|a, b| a < b), "{words}: {hit:?}");
            assert!(hit.positions.iter().all(|place| *place < length), "{hit:?}");
            assert!(!hit.positions.is_empty(), "{words}: {hit:?}");
        }
    }
}

/// The first things found in the built-in data for words, by written id with its kind.
fn first(finder: &Finder, knowledge: &KnowledgeBase, words: &str, count: usize) -> Vec<String> {
    let hits = finder.find(words, ThingKind::ALL, count);
    hits.iter()
        .map(|hit| knowledge.written(hit.thing))
        .collect()
}

#[test]
fn a_display_name_beats_an_id_that_only_folds_to_it() {
    let knowledge = built_in().unwrap();
    let finder = Finder::new(&knowledge);
    for (words, written) in [
        ("Microsoft 365 E3", "sku:SPE_E3"),
        (" microsoft  365 e3", "sku:SPE_E3"),
        ("Microsoft_365_E3", "sku:Microsoft_365_E3"),
        ("Microsoft 365 E5", "sku:SPE_E5"),
        ("SPE_E5", "sku:SPE_E5"),
    ] {
        assert_eq!(meant(&knowledge, words), written, "{words}");
        assert_eq!(first(&finder, &knowledge, words, 1), [written], "{words}");
    }
    assert_eq!(
        meant(&knowledge, "microsoft_365_e3"),
        "sku:Microsoft_365_E3"
    );
}

#[test]
fn words_of_display_names_beat_words_of_former_names_and_of_ids() {
    let knowledge = built_in().unwrap();
    let finder = Finder::new(&knowledge);
    for words in ["Business Premium", "premium business", "business prem"] {
        assert_eq!(first(&finder, &knowledge, words, 1), ["sku:SPB"], "{words}");
    }
}

#[test]
fn of_many_things_the_one_that_most_people_mean_comes_first() {
    let knowledge = built_in().unwrap();
    let finder = Finder::new(&knowledge);
    for (words, expected) in [
        ("helpdesk", &["role:helpdesk-administrator"][..]),
        ("E5", &["sku:SPE_E5", "sku:ENTERPRISEPREMIUM"]),
        ("E3", &["sku:SPE_E3", "sku:ENTERPRISEPACK"]),
        ("exch", &["role:exchange-administrator"]),
    ] {
        let found = first(&finder, &knowledge, words, expected.len());
        assert_eq!(found, expected, "{words}");
    }
}
