//! The invented tenant of the samples, in every format.

use super::{audited, circumstances, findings, verdicts};
use crate::tenant::read_samples;

const GRAPH: [&str; 5] = [
    "graph-subscribedSkus.json",
    "graph-users.page1.json",
    "graph-users.page2.json",
    "graph-roleAssignments.json",
    "graph-roleEligibilitySchedules.json",
];

#[test]
fn the_invented_tenant_is_judged() {
    let tenant = read_samples(&GRAPH);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    println!("{:#?}", verdicts(&tenant, &audit));
    println!("{:#?}", findings(&tenant, &audit));
    println!("{:#?}", audit.totals);
    println!("{:?}", audit.told);
    panic!();
}
