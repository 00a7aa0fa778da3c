//! A made-up tenant of some size: what is found equals what follows by a straightforward computation that shares no code
//! with the audit and knows the few rules that matter here by heart.

use super::{audited, circumstances};
use crate::tenant::generate::{SKUS, User, id, mixed, user, write_users};
use licit::ask::built_in;
use licit::model::{AuditVerdict, FindingKind};
use licit::tenant::audit::{Audit, RowOf};
use licit::tenant::{Export, Tenant, TextExport, read};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const USERS: u64 = 4_000;
const ASSIGNMENTS: u64 = 600;
/// Helpdesk Administrator, which here may be eligible, and over one administrative unit.
const HELPDESK: &str = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

/// One made-up assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Made {
    user: u64,
    is_eligible: bool,
    in_unit: bool,
}

fn made(number: u64) -> Made {
    let dice = mixed(number ^ 0xa5516);
    Made {
        user: mixed(number ^ 0x0add) % USERS,
        is_eligible: dice.is_multiple_of(2),
        in_unit: (dice >> 8).is_multiple_of(2),
    }
}

/// The rules on 2026-09-01, by heart: who is eligible needs Entra ID P2, who holds a role over a unit needs P1, and
/// guests need nothing of their own. Microsoft 365 E5 and EMS E5 have P2; E3 and F3 have P1; Office 365 E3 has neither.
fn verdict(made: Made, user: &User) -> AuditVerdict {
    let has = |skus: [usize; 2]| user.skus.iter().any(|sku| skus.contains(sku));
    let has_p2 = has([0, 4]);
    let has_p1 = has_p2 || has([1, 2]);
    let lacks = (made.is_eligible && !has_p2) || (made.in_unit && !has_p1);
    if lacks && !user.is_guest {
        AuditVerdict::Gap
    } else {
        AuditVerdict::Ok
    }
}

/// The worst of several.
fn worst(verdicts: impl IntoIterator<Item = AuditVerdict>) -> AuditVerdict {
    verdicts.into_iter().min().unwrap()
}

fn exports() -> Vec<TextExport> {
    let mut users = Vec::new();
    write_users(&mut users, USERS, false).unwrap();
    let (mut active, mut eligible) = (String::new(), String::new());
    for number in 0..ASSIGNMENTS {
        let made = made(number);
        let list = if made.is_eligible {
            &mut eligible
        } else {
            &mut active
        };
        let comma = if list.is_empty() { "" } else { "," };
        let scope = if made.in_unit {
            format!("/administrativeUnits/{}", id(number ^ 0xff_ffff))
        } else {
            "/".to_owned()
        };
        write!(
            list,
            "{comma}{{\"id\":\"a{number}\",\"principalId\":\"{}\",\"roleDefinitionId\":\"{HELPDESK}\",\
             \"directoryScopeId\":\"{scope}\",\"status\":\"Provisioned\",\"memberType\":\"Direct\",\
             \"scheduleInfo\":{{\"startDateTime\":\"2026-01-12T14:44:50Z\",\"expiration\":{{\"type\":\"noExpiration\"}}}}}}",
            id(made.user)
        )
        .unwrap();
    }
    let answer = |list: &str, values: &str| {
        format!(
            "{{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/{list}\",\"value\":[{values}]}}"
        )
    };
    vec![
        TextExport::new("users.json", users),
        TextExport::new("active.json", answer("roleAssignmentSchedules", &active)),
        TextExport::new(
            "eligible.json",
            answer("roleEligibilitySchedules", &eligible),
        ),
    ]
}

fn audit_all() -> (Tenant, Audit) {
    let files = exports();
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    let tenant = read(&built_in().unwrap(), &files);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    (tenant, audit)
}

#[test]
fn a_large_tenant_is_judged_as_by_a_straightforward_computation() {
    let (tenant, audit) = audit_all();
    let mut of_users: BTreeMap<u64, BTreeSet<Made>> = BTreeMap::new();
    for made in (0..ASSIGNMENTS).map(made) {
        of_users.entry(made.user).or_default().insert(made);
    }
    // People, one account each.
    let wanted: BTreeMap<String, AuditVerdict> = of_users
        .iter()
        .map(|(number, held)| {
            let user = user(*number);
            (
                id(*number),
                worst(held.iter().map(|made| verdict(*made, &user))),
            )
        })
        .collect();
    let found: BTreeMap<String, AuditVerdict> = audit
        .people
        .iter()
        .map(|person| {
            let account = tenant[person.person].accounts[0];
            (
                tenant[account].object_id.unwrap().to_string(),
                person.verdict,
            )
        })
        .collect();
    assert_eq!(found, wanted);
    let of = |verdict| wanted.values().filter(|one| **one == verdict).count() as u64;
    // Both verdicts are well represented, or the comparison would say little.
    assert!(of(AuditVerdict::Gap) > 100 && of(AuditVerdict::Ok) > 100);
    assert_eq!(
        audit.totals.people_by_verdict[&AuditVerdict::Gap],
        of(AuditVerdict::Gap)
    );
    // Every assignment, by the same rules. The same one twice is one; every unit here has an id of its own.
    let rows: BTreeMap<AuditVerdict, u64> =
        audit.rows.iter().fold(BTreeMap::new(), |mut sum, row| {
            *sum.entry(row.verdict).or_default() += 1;
            sum
        });
    let mut assignments: BTreeMap<AuditVerdict, u64> = BTreeMap::new();
    let different: BTreeSet<(Made, Option<u64>)> = (0..ASSIGNMENTS)
        .map(|number| (made(number), made(number).in_unit.then_some(number)))
        .collect();
    for (made, _) in different {
        *assignments
            .entry(verdict(made, &user(made.user)))
            .or_default() += 1;
    }
    assert_eq!(rows, assignments);
    // Who lacks P2 by eligibility, each named once although some hold several such assignments.
    let eligible: BTreeSet<String> = of_users
        .iter()
        .filter(|(number, held)| {
            let user = user(**number);
            let has_p2 = user.skus.iter().any(|sku| [0, 4].contains(sku));
            !user.is_guest && !has_p2 && held.iter().any(|made| made.is_eligible)
        })
        .map(|(number, _)| id(*number))
        .collect();
    let task = built_in()
        .unwrap()
        .tasks
        .find("pim.hold-eligible-assignment")
        .unwrap();
    let named: Vec<String> = audit
        .findings
        .iter()
        .filter(|finding| finding.kind() == FindingKind::MissingLicense)
        .filter(|finding| finding.subject == Some(licit::model::NeedSubject::Task(task)))
        .map(|finding| {
            tenant[finding.account.unwrap()]
                .object_id
                .unwrap()
                .to_string()
        })
        .collect();
    assert_eq!(named.len(), eligible.len());
    assert_eq!(named.into_iter().collect::<BTreeSet<_>>(), eligible);
    // Few questions for many assignments: four ways to hold the role beside eleven sets of licenses, guests apart.
    assert!(
        audit.answers.len() < 80,
        "{} questions",
        audit.answers.len()
    );
    assert_eq!(SKUS.len(), 6);
    assert!(
        audit
            .rows
            .iter()
            .all(|row| matches!(row.of, RowOf::Assignment(_)))
    );
}
