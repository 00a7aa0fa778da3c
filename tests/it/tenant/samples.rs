//! The made-up samples: every format of the invented tenant.

use super::{licenses, read_samples, roles, today};
use licit::tenant::{
    GroupIndex, Missing, MissingAbout, MissingFact, Purpose, ReadAs, Row, Sureness, UserType,
};

/// What each account of the invented tenant holds, as its samples' README says.
const LICENSES: [&str; 7] = [
    "ana.admin@contoso.com: SPE_E5",
    "ben.helpdesk@contoso.com: SPE_F1",
    "bg1@contoso.onmicrosoft.com: ",
    "cora.devices@contoso.com: FLOW_FREE SPE_E3",
    "dmitri_fabrikam.com#EXT#@contoso.onmicrosoft.com: ",
    "eva.compliance@contoso.com: EMSPREMIUM ENTERPRISEPACK-YAMMER_ENTERPRISE",
    "franz.mueller@contoso.com: SPE_E3",
];

const GRAPH: [&str; 5] = [
    "graph-subscribedSkus.json",
    "graph-users.page1.json",
    "graph-users.page2.json",
    "graph-roleAssignments.json",
    "graph-roleEligibilitySchedules.json",
];

#[test]
fn answers_of_the_service_tell_the_whole_tenant() {
    let tenant = read_samples(&GRAPH);
    assert_eq!(licenses(&tenant), LICENSES);
    assert_eq!(roles(&tenant), [
        "ana.admin@contoso.com: Global Administrator, eligible, tenant, permanent",
        "ana.admin@contoso.com: Security Administrator, active, tenant, end not told",
        "ben.helpdesk@contoso.com: Helpdesk Administrator, eligible, tenant, until 2027-01-31",
        "bg1@contoso.onmicrosoft.com: Global Administrator, active, tenant, end not told",
        "cora.devices@contoso.com: Intune Administrator, active, tenant, end not told",
        "dmitri_fabrikam.com#EXT#@contoso.onmicrosoft.com: Global Reader, active, tenant, end not told",
        "eva.compliance@contoso.com: Compliance Administrator, active, tenant, end not told",
        "franz.mueller@contoso.com: User Administrator, active, administrative unit, end not told",
        "group PIM-Exchange-Admins: Exchange Administrator, eligible, tenant, permanent",
        "program Contoso Reporting: Directory Readers, active, tenant, end not told",
    ]);
    assert!(tenant.assignments.iter().all(|role| role.is_current(today())));
    let read_as: Vec<ReadAs> = tenant.files.iter().map(|file| file.read_as).collect();
    assert_eq!(read_as, [
        ReadAs::SubscribedSkus,
        ReadAs::Users,
        ReadAs::Users,
        ReadAs::RoleAssignments,
        ReadAs::RoleEligibilitySchedules,
    ]);
    let rows: Vec<(u64, u64)> = tenant.files.iter().map(|file| (file.rows, file.understood)).collect();
    assert_eq!(rows, [(6, 6), (4, 4), (3, 3), (7, 7), (3, 3)]);
    assert_eq!(tenant.counted.accounts, 7);
    assert_eq!(tenant.counted.licensed, 5);
    assert_eq!(tenant.counted.guests, 1);
    assert_eq!(tenant.counted.blocked, 1);
    assert_eq!(tenant.people.len(), 7);
    let facts: Vec<MissingFact> = tenant.missing.iter().map(|missing| missing.fact).collect();
    assert_eq!(facts, [
        MissingFact::Bounds,
        MissingFact::Approvers,
        MissingFact::GroupMembers,
    ]);
    assert!(tenant.missing.contains(&Missing {
        fact: MissingFact::GroupMembers,
        about: MissingAbout::Group(GroupIndex::at(0)),
    }));
    let emergency = &tenant.accounts[2];
    assert_eq!(emergency.purpose.purpose, Purpose::Emergency);
    assert_eq!(emergency.purpose.sureness, Sureness::Likely);
    assert_eq!(tenant.accounts[4].user_type, UserType::Guest);
    assert_eq!(tenant.accounts[6].enabled, Some(false));
    // Back to file and row: page 1 lists Ana as its element 1, and she stands beside two assignments.
    let rows: Vec<String> = tenant.accounts[0]
        .rows
        .iter()
        .map(|row| format!("{} {}", tenant.files[row.file.index()].path.rsplit('/').next().unwrap(), row.row))
        .collect();
    assert_eq!(rows, [
        "graph-users.page1.json element 1",
        "graph-roleAssignments.json element 1",
        "graph-roleEligibilitySchedules.json element 0",
    ]);
    assert_eq!(tenant.assignments[0].rows[0].row, Row::Element(0));
}
