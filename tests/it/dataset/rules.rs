//! What is judged right or wrong, case by case.

use super::{codes, world_and};
use licit::dataset::{Loaded, SourceMap, Topic, from_bytes, load, to_bytes};
use licit::model::{Code, Named};

/// Two requirements on one feature; each case says how they go together.
fn two(first: &str, second: &str) -> Loaded {
    let claim = |id: &str, requires: &str, keys: &str| {
        format!(
            "[[requirement]]\nid = \"{id}\"\ntask = \"filter.configure\"\naspect = \"terms\"\nrequires = \"{requires}\"\n\
             standing = \"documented\"\n{keys}\n[[requirement.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n\n"
        )
    };
    let text = claim("first", "FILTER_P1", first) + &claim("second", "FILTER_P2", second);
    world_and(&[("two.toml", &text)])
}

fn contradict(first: &str, second: &str) -> bool {
    let found = codes(&two(first, second));
    assert!(
        found
            .iter()
            .all(|code| *code == Code::UndeclaredContradiction),
        "{found:?}"
    );
    !found.is_empty()
}

const EFFECTIVE: &str = "effective = { from = 2020-01-01 }";

#[test]
fn claims_that_differ_contradict_each_other() {
    assert!(contradict(EFFECTIVE, EFFECTIVE));
    assert!(contradict("", EFFECTIVE));
}

#[test]
fn a_relation_in_either_direction_declares_it() {
    for key in ["supersedes", "replaces", "disputes"] {
        assert!(!contradict(
            EFFECTIVE,
            &format!("{EFFECTIVE}\n{key} = [\"first\"]")
        ));
        assert!(!contradict(
            &format!("{EFFECTIVE}\n{key} = [\"second\"]"),
            EFFECTIVE
        ));
    }
}

#[test]
fn periods_without_a_common_day_keep_them_apart() {
    let until = "effective = { from = 2020-01-01, until = 2021-01-01 }";
    assert!(!contradict(until, "effective = { from = 2021-01-01 }"));
    assert!(!contradict(until, "effective = { from = \"2021\" }"));
    assert!(contradict(until, "effective = { from = \"2020-12\" }"));
    assert!(contradict(until, "effective = { from = \"by 2021\" }"));
    let known =
        "effective = { from = 2020-01-01 }\nknown = { from = 2020-01-01, until = 2021-01-01 }";
    assert!(!contradict(known, "known = { from = 2021-01-01 }"));
}

#[test]
fn conditions_that_exclude_each_other_keep_them_apart() {
    for (one, other, apart) in [
        (
            "given = 'filter.on', is = true",
            "given = 'filter.on', is = false",
            true,
        ),
        (
            "given = 'filter.on', is = true",
            "given = 'filter.on', is = true",
            false,
        ),
        (
            "given = 'filter.on', is = true",
            "not = { given = 'filter.on', is = true }",
            true,
        ),
        (
            "not = { given = 'filter.on', is = false }",
            "given = 'filter.on', is = false",
            true,
        ),
        (
            "given = 'tenant.cloud', is = 'gcc'",
            "given = 'tenant.cloud', is = 'commercial'",
            true,
        ),
        (
            "given = 'tenant.cloud', is = 'gcc'",
            "given = 'tenant.cloud', one-of = ['gcc', 'commercial']",
            false,
        ),
        (
            "given = 'tenant.cloud', is = 'gcc'",
            "not = { given = 'tenant.cloud', one-of = ['gcc', 'commercial'] }",
            true,
        ),
        (
            "given = 'tenant.created', before = '2021-07'",
            "given = 'tenant.created', on-or-after = '2021-07'",
            true,
        ),
        (
            "given = 'tenant.created', before = '2021-06'",
            "given = 'tenant.created', on-or-after = '2021-07'",
            true,
        ),
        (
            "given = 'tenant.created', before = '2021-08'",
            "given = 'tenant.created', on-or-after = '2021-07'",
            false,
        ),
        (
            "given = 'tenant.created', before = '2021-07'",
            "given = 'tenant.created', on-or-after = 2021-07-02",
            false,
        ),
        (
            "given = 'filter.mailboxes', at-least = 5",
            "not = { given = 'filter.mailboxes', at-least = 5 }",
            true,
        ),
        (
            "given = 'filter.mailboxes', at-least = 5",
            "not = { given = 'filter.mailboxes', at-least = 6 }",
            false,
        ),
        (
            "role = 'mail-administrator'",
            "role = 'exchange:helper'",
            true,
        ),
        ("role = 'mail-administrator'", "role = 'exchange:'", true),
        ("role = 'exchange:helper'", "role = 'exchange:'", false),
        (
            "role = ['mail-administrator', 'exchange:helper']",
            "role = 'exchange:'",
            false,
        ),
        ("holds = 'FILTER_P1'", "not = { holds = 'FILTER_P1' }", true),
        (
            "holds = 'FILTER_P1'",
            "not = { holds = 'FILTER_P2' }",
            false,
        ),
        (
            "all = [{ given = 'filter.on', is = true }, { role = 'exchange:' }]",
            "any = [{ given = 'filter.on', is = false }, { role = 'mail-administrator' }]",
            true,
        ),
        (
            "any = [{ given = 'filter.on', is = true }, { role = 'exchange:' }]",
            "any = [{ given = 'filter.on', is = false }, { role = 'mail-administrator' }]",
            false,
        ),
        (
            "not = { any = [{ given = 'filter.on', is = true }, { role = 'exchange:' }] }",
            "given = 'filter.on', is = true",
            true,
        ),
    ] {
        let condition = |condition: &str| format!("{EFFECTIVE}\nwhen = {{ {condition} }}");
        assert_eq!(
            contradict(&condition(one), &condition(other)),
            !apart,
            "{one} / {other}"
        );
    }
    assert!(contradict(
        EFFECTIVE,
        &format!("{EFFECTIVE}\nwhen = {{ role = 'exchange:' }}")
    ));
}

#[test]
fn a_third_claim_can_declare_it() {
    let sale = |id: &str, to: &str, keys: &str| {
        format!(
            "[[sale]]\nid = \"{id}\"\nsku = \"SUITE\"\nto = \"{to}\"\nstanding = \"documented\"\n{keys}\n\
             [[sale.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n\n"
        )
    };
    let chain = sale("a", "everyone", "effective = { from = \"2020\" }")
        + &sale(
            "b",
            "existing",
            "effective = { from = \"2021\" }\nsupersedes = [\"a\"]",
        )
        + &sale(
            "c",
            "nobody",
            "effective = { from = \"2022\" }\nsupersedes = [\"b\"]",
        );
    assert!(codes(&world_and(&[("sales.toml", &chain)])).is_empty());

    // What `b` has replaced before `c` was known contradicts nothing that `c` says.
    let replaced = sale(
        "a",
        "everyone",
        "effective = { from = \"2020\" }\nknown = { from = \"2019\" }",
    ) + &sale(
        "b",
        "existing",
        "effective = { from = \"2020\" }\nknown = { from = 2021-01-01 }\nreplaces = [\"a\"]",
    ) + &sale(
        "c",
        "nobody",
        "effective = { from = \"2020\" }\nknown = { from = 2021-01-01 }\ndisputes = [\"b\"]",
    );
    assert!(codes(&world_and(&[("sales.toml", &replaced)])).is_empty());
    let earlier = replaced.replace(
        "known = { from = 2021-01-01 }\ndisputes",
        "known = { from = 2020-06-01 }\ndisputes",
    );
    assert!(!codes(&world_and(&[("sales.toml", &earlier)])).is_empty());
}

#[test]
fn states_in_sequence_agree_and_states_of_one_day_do_not() {
    let states = |first: &str, second: &str| {
        let state = |id: &str, state: &str, from: &str| {
            format!(
                "[[lifecycle]]\nid = \"{id}\"\nfeature = \"filter\"\nstate = \"{state}\"\nstanding = \"documented\"\n\
                 effective = {{ {from} }}\n[[lifecycle.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n\n"
            )
        };
        let text = state("one", "available", first) + &state("two", "retired", second);
        !codes(&world_and(&[("states.toml", &text)])).is_empty()
    };
    assert!(!states("from = \"2020\"", "from = \"2021\""));
    assert!(!states("from = \"unknown\"", "from = \"2021\""));
    assert!(!states("", "from = \"2021\""));
    assert!(states("from = \"by 2021\"", "from = \"2021\""));
    assert!(states("from = \"2021\"", "from = \"2021-H2\""));
}

#[test]
fn a_faulty_record_causes_no_further_errors() {
    let faulty = "[[feature]]\nid = \"archive\"\nname = 3\narea = \"email\"\nsummary = \"Keeps.\"\n\
        [[requirement]]\nid = \"archive-needs-p1\"\nfeature = \"archive\"\naspect = \"terms\"\nrequires = \"FILTER_P1\"\n\
        standing = \"certain\"\n[[requirement.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n\
        [[requirement]]\nid = \"archive-needs-p2\"\nfeature = \"archive\"\naspect = \"terms\"\nrequires = \"FILTER_P2\"\n\
        standing = \"documented\"\nsupersedes = [\"archive-needs-p1\"]\n\
        [[requirement.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n";
    let loaded = world_and(&[("faulty.toml", faulty)]);
    let found: Vec<Code> = loaded.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(found, [Code::WrongType, Code::UnknownWord]);
}

#[test]
fn records_of_a_file_that_is_no_toml_are_not_called_unknown() {
    let broken = "[[feature]]\nid = \"archive\"\nname = \"Archive\narea = \"email\"\n";
    let other = "[[task]]\nid = \"archive.open\"\nname = \"Open\"\nfeature = \"archive\"\nsummary = \"Opens.\"\n\
        [[task]]\nid = \"attic.open\"\nname = \"Open\"\nfeature = \"attic\"\nsummary = \"Opens.\"\n";
    let loaded = world_and(&[("broken.toml", broken), ("other.toml", other)]);
    let unknown: Vec<&str> = loaded
        .problems
        .iter()
        .filter(|problem| problem.code == Code::UnknownId)
        .map(|problem| problem.title.as_str())
        .collect();
    assert_eq!(unknown, ["there is no feature `attic`"]);
}

#[test]
fn known_begins_with_the_oldest_dated_source() {
    let sources: String = [("old", "published = \"2019-Q3\""), ("new", "published = 2022-03-04"), ("none", "")]
        .iter()
        .map(|(id, published)| {
            format!(
                "[[source]]\nid = \"{id}\"\ntitle = \"A page\"\nurl = \"https://example.org/{id}\"\npublisher = \"Example\"\n\
                 kind = \"documentation\"\nread = 2026-11-01\n{published}\n\n"
            )
        })
        .collect();
    for (effective, cited, known) in [
        ("effective = { from = 2018-01-01 }", "new", "2022-03-04"),
        ("effective = { from = 2018-01-01 }", "old", "2019-Q3"),
        ("effective = { from = \"by 2023\" }", "new", "by 2022-03-04"),
        ("", "old", "by 2019-Q3"),
        ("effective = { from = \"unknown\" }", "old", "by 2019-Q3"),
        ("effective = { from = 2018-01-01 }", "none", "by 2026-11-01"),
        ("known = { from = 2017-01-01 }", "none", "2017-01-01"),
    ] {
        let claim = format!(
            "{sources}[[sale]]\nid = \"sale\"\nsku = \"SUITE\"\nto = \"everyone\"\nstanding = \"documented\"\n{effective}\n\
             [[sale.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n[[sale.evidence]]\nsource = \"{cited}\"\nsays = \"So.\"\n"
        );
        // The manual of the world is dated 2024-05, later than any other.
        let claim = if cited == "none" {
            claim.replace(
                "[[sale.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n",
                "",
            )
        } else {
            claim
        };
        let loaded = world_and(&[("sale.toml", &claim)]);
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let knowledge = loaded.knowledge.unwrap();
        let sale = &knowledge.claims[knowledge.claims.find("sale").unwrap()];
        let from = sale.known.from.as_ref().unwrap();
        assert_eq!(from.written(), known, "{effective} {cited}");
    }
}

#[test]
fn an_addition_may_use_the_base_and_not_repeat_it() {
    // The base in the form that the program carries, since that is what data is added to.
    let bytes = to_bytes(&world_and(&[]).knowledge.unwrap()).unwrap();
    let base = from_bytes(bytes.leak()).unwrap();
    let addition = |text: &str| {
        load(
            SourceMap::from_texts([("addition.toml", text)]),
            Some(base.clone()),
        )
    };
    let sale = "[[sale]]\nid = \"sale\"\nsku = \"SUITE\"\nto = \"everyone\"\nstanding = \"documented\"\n\
        [[sale.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n";
    let knowledge = addition(sale).knowledge.unwrap();
    let sale = knowledge.claims.find("sale").unwrap();
    assert_eq!(sale.index(), base.claims.len());
    assert_eq!(knowledge.meta, base.meta);
    let old = base.claims.find("filter-needs-p1").unwrap();
    assert_eq!(knowledge.claims.find("filter-needs-p1"), Some(old));
    let ids = knowledge.claims.iter().map(|(_, claim)| claim.id.as_str());
    assert!(ids.is_sorted());
    assert_eq!(knowledge.claims.len(), base.claims.len() + 1);
    let suite = knowledge.skus.find("SUITE").unwrap();
    assert_eq!(knowledge.about(Topic::SalesOf(suite)).last(), Some(&sale));
    assert_eq!(knowledge.called("suite"), [Named::Sku(suite)]);

    let again = addition("[[area]]\nid = \"email\"\nname = \"Email\"\n");
    assert_eq!(codes(&again), [Code::DuplicateId].into());
    let guid = "guid = \"33333333-3333-3333-3333-333333333333\"";
    let again = addition(&format!(
        "[[sku]]\nid = \"OTHER\"\nname = \"Other\"\n{guid}\n"
    ));
    assert_eq!(codes(&again), [Code::DuplicateId].into());
    let contradiction = "[[requirement]]\nid = \"free\"\nfeature = \"filter\"\naspect = \"terms\"\nrequires = \"nothing\"\n\
        standing = \"documented\"\n[[requirement.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n";
    assert_eq!(
        codes(&addition(contradiction)),
        [Code::UndeclaredContradiction].into()
    );
}
