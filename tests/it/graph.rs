//! What hangs together: the neighborhood of a thing, the shortest way between two, and the picture for Graphviz.

use crate::command_line::{licit, on_small_data};
use crate::common::knowledge;
use crate::small::small;
use licit::dataset::KnowledgeBase;
use licit::graph::{AsOf, Branch, Link, LinkKind, Picture, Toward};
use licit::model::{Day, Named};
use serde_json::Value;
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn thing(knowledge: &KnowledgeBase, written: &str) -> Named {
    let (kind, id) = written.split_once(':').unwrap();
    match kind {
        "role" => Named::Role(knowledge.roles.find(id).unwrap()),
        "task" => Named::Task(knowledge.tasks.find(id).unwrap()),
        "feature" => Named::Feature(knowledge.features.find(id).unwrap()),
        "plan" => Named::Plan(knowledge.plans.find(id).unwrap()),
        _ => Named::Sku(knowledge.skus.find(id).unwrap()),
    }
}

fn written(knowledge: &KnowledgeBase, branches: &[Branch<'_>]) -> Vec<(LinkKind, String)> {
    branches
        .iter()
        .map(|branch| (branch.link.kind, knowledge.written(branch.thing)))
        .collect()
}

/// By hand from tests/data/small: the role has one core task and mentions another; the first requires Intune until June
/// 2020 and depends on a switch after.
#[test]
fn a_role_leads_to_its_tasks_and_what_they_require() {
    let knowledge = small();
    let as_of = AsOf::new(&knowledge, day("2019-06-01"), day("2026-11-22"));
    let picture = Picture::of(&as_of);
    let around = picture.around(
        thing(&knowledge, "role:intune-administrator"),
        Toward::Supply,
        2,
    );
    assert_eq!(
        written(&knowledge, &around),
        [
            (
                LinkKind::CoreTask,
                "task:intune.use-admin-center".to_owned()
            ),
            (LinkKind::FurtherTask, "task:pim.approve".to_owned()),
        ]
    );
    assert_eq!(
        written(&knowledge, &around[0].branches),
        [(LinkKind::Requires, "plan:INTUNE_A".to_owned())]
    );
    assert_eq!(
        around[0].branches[0].link.since.as_ref().unwrap().written(),
        "by 2019-04-10"
    );
    // No permission that holds that day names the role.
    assert!(
        picture
            .around(
                thing(&knowledge, "role:intune-administrator"),
                Toward::Need,
                2
            )
            .is_empty()
    );
}

#[test]
fn walking_back_from_a_sku_tells_what_it_is_good_for() {
    let knowledge = small();
    let as_of = AsOf::new(&knowledge, day("2026-11-22"), day("2026-11-22"));
    let picture = Picture::of(&as_of);
    let around = picture.around(thing(&knowledge, "sku:SPE_E5"), Toward::Need, 3);
    assert_eq!(
        written(&knowledge, &around),
        [
            (LinkKind::Requires, "task:pim.approve".to_owned()),
            (
                LinkKind::Requires,
                "task:pim.hold-eligible-assignment".to_owned()
            ),
            (LinkKind::CarriedBy, "plan:AAD_PREMIUM_P2".to_owned()),
            (LinkKind::CarriedBy, "plan:ATP_ENTERPRISE".to_owned()),
            (LinkKind::CarriedBy, "plan:INTUNE_A".to_owned()),
        ]
    );
    let safe_links = around
        .iter()
        .find(|branch| knowledge.written(branch.thing) == "plan:ATP_ENTERPRISE");
    assert_eq!(
        written(&knowledge, &safe_links.unwrap().branches),
        [(LinkKind::GrantedBy, "feature:safe-links".to_owned())]
    );
}

/// A way found by walking every way, breadth first, in the simplest manner.
fn steps_by_hand(links: &[Link], from: Named, to: Named) -> Option<usize> {
    let mut reached = BTreeMap::from([(from, 0)]);
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        let steps = reached[&at];
        for link in links {
            for (one, other) in [(link.from, link.to), (link.to, link.from)] {
                if one == at && !reached.contains_key(&other) {
                    reached.insert(other, steps + 1);
                    queue.push_back(other);
                }
            }
        }
    }
    reached.get(&to).copied()
}

fn collect(branches: &[Branch<'_>], links: &mut Vec<Link>) {
    for branch in branches {
        if !links.contains(branch.link) {
            links.push(branch.link.clone());
        }
        collect(&branch.branches, links);
    }
}

#[test]
fn no_way_is_shorter_and_every_step_joins_the_next() {
    let knowledge = small();
    let as_of = AsOf::new(&knowledge, day("2026-11-22"), day("2026-11-22"));
    let picture = Picture::of(&as_of);
    let all: Vec<Named> = [
        "role:intune-administrator",
        "task:pim.approve",
        "feature:pim",
        "feature:safe-links",
        "plan:AAD_PREMIUM",
        "sku:SPE_E3",
        "sku:SPE_E5",
        "sku:AAD_PREMIUM_P2",
        "role:global-administrator",
        "sku:FACULTY_1",
    ]
    .map(|written| thing(&knowledge, written))
    .to_vec();
    let mut links = Vec::new();
    for from in &all {
        collect(&picture.around(*from, Toward::Supply, 8), &mut links);
        collect(&picture.around(*from, Toward::Need, 8), &mut links);
    }
    let mut found = 0;
    for from in &all {
        for to in &all {
            let way = picture.path(*from, *to);
            let expected = steps_by_hand(&links, *from, *to)
                .filter(|_| knowledge.written(*from) != "sku:FACULTY_1");
            assert_eq!(
                way.as_ref().map(Vec::len),
                expected,
                "{} {}",
                knowledge.written(*from),
                knowledge.written(*to)
            );
            let mut at = *from;
            for link in way.into_iter().flatten() {
                assert!(link.from == at || link.to == at);
                at = if link.from == at { link.to } else { link.from };
                found += 1;
            }
            assert!(expected.is_none() || at == *to);
        }
    }
    assert!(found > 50, "{found}");
}

#[test]
fn what_does_not_hold_that_day_is_not_in_the_picture() {
    let way = |on: &str| {
        let run = licit(&[
            "graph",
            "sku:SPE_E3",
            "feature:safe-links",
            "--on",
            on,
            "--format",
            "json",
        ]);
        let answer: Value = serde_json::from_str(&run.answer).unwrap();
        answer["path"].as_array().unwrap().len()
    };
    // Defender for Office 365 Plan 1 came into E3 in 2026: before, the way leads through other things.
    assert_eq!(way("2026-11-22"), 3);
    assert!(way("2024-01-01") > 3);
}

#[test]
fn the_picture_for_graphviz_is_well_formed() {
    for arguments in [
        &["graph", "SPE_E5", "--depth", "3"][..],
        &["graph", "pim"],
        &["graph", "pim", "SPE_E3"],
    ] {
        let run = licit(&[arguments, &["--format", "dot"]].concat());
        assert_eq!(run.code, 0, "{}", run.messages);
        let mut lines = run.answer.lines();
        assert_eq!(lines.next(), Some("digraph licit {"));
        assert_eq!(run.answer.lines().last(), Some("}"));
        let mut edges = 0;
        for line in lines.filter(|line| line.starts_with("  \"")) {
            let bare = line.replace("\\\\", "").replace("\\\"", "");
            assert_eq!(bare.matches('"').count() % 2, 0, "{line}");
            assert!(line.ends_with("];"), "{line}");
            edges += usize::from(line.contains(" -> "));
        }
        assert!(edges > 0);
    }
}

#[test]
fn the_same_graph_whatever_the_order_and_lines_that_fit() {
    let knowledge = knowledge();
    let as_of = AsOf::new(&knowledge, day("2026-11-22"), day("2026-11-22"));
    let (one, other) = (Picture::of(&as_of), Picture::of(&as_of));
    let (from, to) = (
        thing(&knowledge, "role:security-administrator"),
        thing(&knowledge, "sku:SPE_E5"),
    );
    assert_eq!(one.path(from, to), other.path(from, to));
    for arguments in [
        &["graph", "SPE_E5"][..],
        &["graph", "Global Administrator", "--depth", "3"],
        &["graph", "pim", "SPE_E3"],
    ] {
        for line in licit(arguments).answer.lines() {
            assert!(
                line.chars().count() <= 80 || line.split_whitespace().count() <= 2,
                "{line}"
            );
        }
    }
}

#[test]
fn wrong_input_is_told_in_one_run() {
    let run = on_small_data(&[
        "graph",
        "safe lnks",
        "zeppelin",
        "--depth",
        "0",
        "--on",
        "May",
        "--format",
        "dto",
    ]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.messages.matches("error:").count(),
        5,
        "{}",
        run.messages
    );
    assert!(run.messages.contains("did you mean --format dot?"));
    let run = on_small_data(&["graph", "SPE_E3", "FACULTY_1"]);
    assert_eq!(run.code, 0);
    assert!(
        run.answer.contains("do not hang together"),
        "{}",
        run.answer
    );
}
