//! A made-up tenant of some size: what is found equals what follows by a straightforward computation that shares no code
//! with the audit and knows the few rules that matter here by heart.

use super::{audited, circumstances};
use crate::common::{figure, skipped};
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

fn made(number: u64, users: u64) -> Made {
    let dice = mixed(number ^ 0xa5516);
    Made {
        user: mixed(number ^ 0x0add) % users,
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

/// Files of a tenant of so many accounts.
fn exports(accounts: u64, assignments: u64) -> [(&'static str, Vec<u8>); 3] {
    let mut users = Vec::new();
    write_users(&mut users, accounts, false).unwrap();
    let (mut active, mut eligible) = (String::new(), String::new());
    for number in 0..assignments {
        let made = made(number, accounts);
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
    let active = answer("roleAssignmentSchedules", &active);
    let eligible = answer("roleEligibilitySchedules", &eligible);
    [
        ("users.json", users),
        ("active.json", active.into_bytes()),
        ("eligible.json", eligible.into_bytes()),
    ]
}

/// Who holds what in it.
fn of_users(accounts: u64, assignments: u64) -> BTreeMap<u64, BTreeSet<Made>> {
    let mut of_users: BTreeMap<u64, BTreeSet<Made>> = BTreeMap::new();
    for made in (0..assignments).map(|number| made(number, accounts)) {
        of_users.entry(made.user).or_default().insert(made);
    }
    of_users
}

/// The verdicts of its people, one account each, by object id.
fn of_people(of_users: &BTreeMap<u64, BTreeSet<Made>>) -> BTreeMap<String, AuditVerdict> {
    let people = of_users.iter().map(|(number, held)| {
        let user = user(*number);
        let verdicts = held.iter().map(|made| verdict(*made, &user));
        (id(*number), worst(verdicts))
    });
    people.collect()
}

fn audit_all() -> (Tenant, Audit) {
    let files = exports(USERS, ASSIGNMENTS).map(|(name, bytes)| TextExport::new(name, bytes));
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    let tenant = read(&built_in().unwrap(), &files);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    (tenant, audit)
}

#[test]
fn a_large_tenant_is_judged_as_by_a_straightforward_computation() {
    let (tenant, audit) = audit_all();
    let of_users = of_users(USERS, ASSIGNMENTS);
    let wanted = of_people(&of_users);
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
        .map(|number| {
            let made = made(number, USERS);
            (made, made.in_unit.then_some(number))
        })
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

/// The most memory that an audit of a million accounts may take, in KiB, whatever the form.
const MOST_MEMORY: u64 = 64 << 10;

#[test]
#[ignore = "writes half a gigabyte; LICIT_BINARY names an optimized program to be measured"]
fn a_million_accounts_through_the_verb_in_little_memory() {
    const MILLION: u64 = 1_000_000;
    const MANY: u64 = 20_000;
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("million");
    std::fs::create_dir_all(&folder).unwrap();
    if !folder.join("eligible.json").exists() {
        for (name, bytes) in exports(MILLION, MANY) {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
    let ours = env!("CARGO_BIN_EXE_licit").to_owned();
    let program = std::env::var("LICIT_BINARY").unwrap_or(ours);
    let answer = folder.with_extension("answer");
    let mut peaks = Vec::new();
    for form in ["ndjson", "csv", "json", "text", "markdown", "junit", "html"] {
        let mut command = std::process::Command::new("/usr/bin/time");
        command.args(["-f", "%M %e", &program, "audit"]);
        command.arg(&folder).args(["--format", form]);
        command.args(["--on", "2026-09-01", "--known", "2026-09-01"]);
        let out = std::fs::File::create(&answer).unwrap();
        let Ok(run) = command.stdout(out).output() else {
            return skipped("memory of an audit", "there is no /usr/bin/time");
        };
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{said}");
        let figures = said.lines().last().unwrap_or_default();
        let bytes = std::fs::metadata(&answer).unwrap().len();
        let (peak, seconds) = figures.split_once(' ').unwrap();
        figure(
            "audit of a million accounts",
            &format!("{form}: {peak} KiB, {seconds} s, {bytes} bytes written"),
        );
        peaks.push((form, peak.parse::<u64>().unwrap()));
        if form == "json" {
            let audit = std::fs::File::open(&answer).unwrap();
            let audit: serde_json::Value =
                serde_json::from_reader(std::io::BufReader::new(audit)).unwrap();
            assert_eq!(audit["totals"]["in_the_exports"]["accounts"], MILLION);
            let people = audit["people"].as_array().unwrap().iter();
            let found: BTreeMap<String, String> = people
                .map(|person| {
                    let account = &person["accounts"][0]["object_id"];
                    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
                    (text(account), text(&person["verdict"]))
                })
                .collect();
            let wanted: BTreeMap<String, String> = of_people(&of_users(MILLION, MANY))
                .into_iter()
                .map(|(id, verdict)| (id, verdict.to_string()))
                .collect();
            assert_eq!(found, wanted);
        }
    }
    let over: Vec<_> = peaks
        .iter()
        .filter(|(_, peak)| *peak > MOST_MEMORY)
        .collect();
    assert!(over.is_empty(), "{over:?}");
}
