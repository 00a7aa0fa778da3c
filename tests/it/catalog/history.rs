//! Several copies together: dates, names, slips, and looks in between.

use super::{HEAD, day, plan_guid, sku_guid, whole};
use crate::small::small;
use licit::dataset::catalog::{
    Changes, Extent, Import, SkuHistory, SlipKind, TableCopy, changes, import, parse_copy,
};
use licit::dataset::{KnowledgeBase, SourceMap};
use licit::model::Day;
use std::collections::BTreeMap;

/// A copy of rows like "SUITE 1: 1 2", which say name, SKU and its plans.
fn copy(on: &str, skus: &[&str]) -> TableCopy {
    let mut text = format!("{HEAD}\n");
    for sku in skus {
        let (name, plans) = sku.split_once(": ").unwrap();
        let number = name.rsplit(' ').next().unwrap().parse().unwrap();
        for plan in plans.split(' ') {
            let plan_guid = plan_guid(plan.parse().unwrap());
            text += &format!(
                "{name},SKU_{number},{},PLAN_{plan},{plan_guid},Plan {plan}\n",
                sku_guid(number)
            );
        }
    }
    parse_copy(text.as_bytes(), &format!("{on}.csv"), day(on)).unwrap()
}

/// What a SKU carries, as "PLAN from, until".
fn carries(import: &Import, sku: &str) -> Vec<String> {
    let plans: BTreeMap<_, _> = import
        .history
        .plans
        .iter()
        .map(|plan| (plan.guid, &plan.id))
        .collect();
    let sku = find(import, sku);
    let carried = sku.carries.iter().map(|(plan, span)| {
        let until = span.to().map(|until| format!(", until {until}"));
        format!(
            "{} {}{}",
            plans[plan],
            span.from(),
            until.unwrap_or_default()
        )
    });
    carried.collect()
}

fn find<'i>(import: &'i Import, sku: &str) -> &'i SkuHistory {
    let found = import.history.skus.iter().find(|found| found.id == sku);
    found.unwrap_or_else(|| panic!("{sku}"))
}

fn looks(text: &str) -> Vec<Changes> {
    changes(&SourceMap::from_texts([("looks.toml", text)]))
}

#[test]
fn looks_date_what_a_sku_carries() {
    let copies = [
        copy("2021-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
        copy(
            "2022-01-01",
            &["Suite 1: 1 2 3", "Suite 2: 1", "Suite 3: 1"],
        ),
        copy("2023-01-01", &["Suite 1: 1 3", "Suite 2: 1", "Suite 3: 1"]),
        copy("2024-01-01", &["Suite 1: 1 3", "Suite 2: 1", "Suite 3: 1"]),
    ];
    let made = whole(&copies, &[]);
    assert_eq!(
        carries(&made, "SKU_1"),
        [
            "PLAN_1 by 2021-01-01",
            "PLAN_2 by 2021-01-01, until between 2022-01-01 and 2023-01-01",
            "PLAN_3 between 2021-01-01 and 2022-01-01",
        ]
    );
    // A SKU that a copy does not list yet may have been there all the same.
    assert_eq!(carries(&made, "SKU_3"), ["PLAN_1 by 2022-01-01"]);
    assert!(made.history.slips.is_empty());
    // The order of the files does not matter.
    let mut turned = copies.to_vec();
    turned.reverse();
    assert_eq!(whole(&turned, &[]).files, made.files);
}

#[test]
fn what_was_undone_is_a_slip_and_no_claim() {
    let made = whole(
        &[
            copy("2021-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
            copy("2022-01-01", &["Suite 1: 1", "Suite 2: 1 3"]),
            copy("2023-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
            copy("2024-01-01", &["Suite 1: 1 2", "Suite 2: 1"]),
            copy("2025-01-01", &["Suite 1: 1", "Suite 2: 1"]),
        ],
        &[],
    );
    assert_eq!(
        carries(&made, "SKU_1"),
        ["PLAN_1 by 2021-01-01", "PLAN_2 by 2021-01-01"]
    );
    assert_eq!(carries(&made, "SKU_2"), ["PLAN_1 by 2021-01-01"]);
    let slips: Vec<_> = made
        .history
        .slips
        .iter()
        .map(|slip| (slip.sku.as_str(), &slip.kind))
        .collect();
    assert_eq!(
        slips,
        [
            ("SKU_1", &SlipKind::Missing(vec![day("2022-01-01")])),
            ("SKU_1", &SlipKind::NotYetSure(day("2025-01-01"))),
            (
                "SKU_2",
                &SlipKind::CameAndWent(day("2022-01-01"), day("2022-01-01"))
            ),
        ]
    );
    // A SKU that is gone from the table is still a SKU.
    let many: Vec<String> = (1..=11)
        .map(|number| format!("Suite {number}: 1"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let gone = whole(
        &[
            copy("2021-01-01", &many),
            copy("2022-01-01", &many[1..]),
            copy("2023-01-01", &many[1..]),
        ],
        &[],
    );
    assert_eq!(carries(&gone, "SKU_1"), ["PLAN_1 by 2021-01-01"]);
}

#[test]
fn looks_between_copies_make_dates_finer() {
    let copies = [
        copy("2021-01-01", &["Suite 1: 1", "Suite 2: 1"]),
        copy("2024-01-01", &["New 1: 1 2", "Suite 2: 1", "Suite 3: 1 4"]),
    ];
    let looks = looks(
        "[[look]]\nday = 2022-01-01\nadded = [\"SKU_3\"]\nrenamed = [{ sku = \"SKU_1\", name = \"Middle 1\" }]\n\
         [[look]]\nday = 2023-01-01\ngained = [{ sku = \"SKU_1\", plan = [\"PLAN_2\"] }]\nrenamed = [{ sku = \"SKU_1\", name = \"New 1\" }]\n\
         [[look]]\nday = 2024-01-01\ngained = [{ sku = \"SKU_3\", plan = \"PLAN_4\" }]\nlost = [{ sku = \"SKU_3\", plan = \"PLAN_2\" }]\n\
         [[look]]\nday = 2025-01-01\ngone = [\"SKU_1\"]\n",
    );
    assert_eq!(looks.len(), 4);
    let made = whole(&copies, &looks);
    assert_eq!(
        carries(&made, "SKU_1"),
        [
            "PLAN_1 by 2021-01-01",
            "PLAN_2 between 2022-01-01 and 2023-01-01"
        ]
    );
    // What changed on the day of the copy tells what a new SKU carried before.
    assert_eq!(
        carries(&made, "SKU_3"),
        [
            "PLAN_1 by 2022-01-01",
            "PLAN_2 by 2022-01-01",
            "PLAN_4 between 2023-01-01 and 2024-01-01",
        ]
    );
    let names: Vec<String> = find(&made, "SKU_1")
        .names
        .iter()
        .map(|former| {
            format!(
                "{}, {}, {}",
                former.name,
                former.span.from(),
                former.span.to().unwrap()
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            "Suite 1, by 2021-01-01, between 2021-01-01 and 2022-01-01",
            "Middle 1, between 2021-01-01 and 2022-01-01, between 2022-01-01 and 2023-01-01",
        ]
    );
    assert!(made.unknown.is_empty());
    let wrong = self::looks(
        "[[look]]\nday = 2022-01-01\nadded = [\"SKU_9\"]\nlost = [{ sku = \"SKU_1\", plan = \"PLAN_9\" }]\n",
    );
    let unknown = whole(&copies, &wrong).unknown;
    assert_eq!(
        unknown.into_iter().collect::<Vec<_>>(),
        ["SKU SKU_9", "plan PLAN_9"]
    );
}

#[test]
fn copies_that_do_not_go_together_are_refused() {
    let nothing = KnowledgeBase::empty(small().meta);
    let refused = |copies: &[TableCopy]| {
        let refused = import(copies.to_vec(), &[], &nothing, Extent::Whole, Day::FIRST);
        refused.unwrap_err().remove(0).reason
    };
    let full = copy("2021-01-01", &["Suite 1: 1", "Suite 2: 1"]);
    let short = copy("2022-01-01", &["Suite 1: 1"]);
    assert!(refused(&[full.clone(), full.clone()]).contains("same date"));
    assert!(refused(&[full, short]).contains("it lacks 1 of the 2 SKUs of 2021-01-01"));
}
