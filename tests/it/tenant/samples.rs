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
    assert_eq!(
        roles(&tenant),
        [
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
        ]
    );
    assert!(
        tenant
            .assignments
            .iter()
            .all(|role| role.is_current(today()))
    );
    let read_as: Vec<ReadAs> = tenant.files.iter().map(|file| file.read_as).collect();
    assert_eq!(
        read_as,
        [
            ReadAs::SubscribedSkus,
            ReadAs::Users,
            ReadAs::Users,
            ReadAs::RoleAssignments,
            ReadAs::RoleEligibilitySchedules,
        ]
    );
    let rows: Vec<(u64, u64)> = tenant
        .files
        .iter()
        .map(|file| (file.rows, file.understood))
        .collect();
    assert_eq!(rows, [(6, 6), (4, 4), (3, 3), (7, 7), (3, 3)]);
    assert_eq!(tenant.counted.accounts, 7);
    assert_eq!(tenant.counted.licensed, 5);
    assert_eq!(tenant.counted.guests, 1);
    assert_eq!(tenant.counted.blocked, 1);
    assert_eq!(tenant.people.len(), 7);
    let facts: Vec<MissingFact> = tenant.missing.iter().map(|missing| missing.fact).collect();
    assert_eq!(
        facts,
        [
            MissingFact::Bounds,
            MissingFact::Approvers,
            MissingFact::GroupMembers,
        ]
    );
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
        .map(|row| {
            format!(
                "{} {}",
                tenant.files[row.file.index()]
                    .path
                    .rsplit('/')
                    .next()
                    .unwrap(),
                row.row
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "graph-users.page1.json element 1",
            "graph-roleAssignments.json element 1",
            "graph-roleEligibilitySchedules.json element 0",
        ]
    );
    assert_eq!(tenant.assignments[0].rows[0].row, Row::Element(0));
}

/// The roles of the invented tenant by formats that tell neither ends nor scopes nor eligibility.
fn active(end: &str, scope: &str, program: &str) -> Vec<String> {
    [
        "ana.admin@contoso.com: Security Administrator",
        "bg1@contoso.onmicrosoft.com: Global Administrator",
        "cora.devices@contoso.com: Intune Administrator",
        "dmitri_fabrikam.com#EXT#@contoso.onmicrosoft.com: Global Reader",
        "eva.compliance@contoso.com: Compliance Administrator",
        "franz.mueller@contoso.com: User Administrator",
    ]
    .iter()
    .map(|line| format!("{line}, active, {scope}, {end}"))
    .chain([format!(
        "{program}: Directory Readers, active, {scope}, {end}"
    )])
    .collect()
}

#[test]
fn powershell_writes_the_same_in_its_own_way() {
    let service = read_samples(&[
        "graph-subscribedSkus.json",
        "graph-users.page1.json",
        "graph-users.page2.json",
        "graph-roleAssignments.json",
    ]);
    let shell = read_samples(&[
        "ps-Get-MgSubscribedSku.ConvertTo-Json.json",
        "ps-Get-MgUser.ConvertTo-Json.json",
        "ps-Get-MgRoleManagementDirectoryRoleAssignment.json",
    ]);
    assert_eq!(licenses(&shell), licenses(&service));
    assert_eq!(roles(&shell), roles(&service));
    let encodings: Vec<&str> = shell
        .files
        .iter()
        .map(|file| file.encoding.unwrap().word())
        .collect();
    assert_eq!(encodings, ["UTF-8-BOM", "UTF-16-LE", "UTF-8"]);
    // The sample of the shell has two of the six SKUs.
    assert_eq!(shell.seats.len(), 2);
    for seats in &shell.seats {
        let same = service
            .seats
            .iter()
            .find(|other| other.sku.is_same(&seats.sku))
            .unwrap();
        assert_eq!(
            (seats.enabled, seats.consumed),
            (same.enabled, same.consumed)
        );
        assert_eq!(seats.plans, same.plans);
    }
}

#[test]
fn lists_of_the_admin_center_tell_the_same_licenses() {
    let roles = "pim-entra-roles-export.csv";
    for list in [
        "m365-admin-center-active-users.csv",
        "m365-admin-center-active-users.semicolon.csv",
        "m365-admin-center-active-users.2021-layout.csv",
    ] {
        let tenant = read_samples(&[roles, list]);
        let wanted = LICENSES.map(|line| line.replace("-YAMMER_ENTERPRISE", ""));
        assert_eq!(licenses(&tenant), wanted, "{list}");
        assert_eq!(tenant.files[1].read_as, ReadAs::ActiveUsers, "{list}");
        assert_eq!(tenant.counted.accounts, 7, "{list}");
        assert_eq!(tenant.accounts[6].enabled, Some(false), "{list}");
        let facts: Vec<MissingFact> = tenant.missing.iter().map(|missing| missing.fact).collect();
        for fact in [
            MissingFact::SwitchedOffPlans,
            MissingFact::LicenseWays,
            MissingFact::Seats,
        ] {
            assert!(facts.contains(&fact), "{list}: {fact}");
        }
    }
}

#[test]
fn the_export_of_privileged_identity_management_tells_every_state() {
    let tenant = read_samples(&[
        "pim-entra-roles-export.csv",
        "graph-users.page1.json",
        "graph-users.page2.json",
    ]);
    assert_eq!(tenant.files[0].read_as, ReadAs::PimExport);
    let mut wanted = active(
        "permanent",
        "scope not told",
        "unknown Some(\"Contoso Reporting\")",
    );
    wanted.extend([
        "ana.admin@contoso.com: Global Administrator, eligible, scope not told, permanent".to_owned(),
        "ben.helpdesk@contoso.com: Helpdesk Administrator, eligible, scope not told, until 2027-01-31".to_owned(),
        "unknown Some(\"PIM-Exchange-Admins\"): Exchange Administrator, eligible, scope not told, permanent".to_owned(),
    ]);
    wanted.sort();
    assert_eq!(roles(&tenant), wanted);
    // Whoever is described elsewhere is known here by the same id.
    let told = read_samples(&[
        "pim-entra-roles-export.csv",
        "graph-roleAssignments.json",
        "graph-roleEligibilitySchedules.json",
    ]);
    assert_eq!(told.unresolved.len(), 0);
    assert_eq!(told.assignments.len(), 10);
    assert!(told.assignments.iter().all(|role| role.rows.len() == 2));
}

/// Ben is only eligible, so a list of active roles does not make him one to look at.
fn without_ben_and_switches() -> Vec<String> {
    let lines = LICENSES.iter().filter(|line| !line.starts_with("ben"));
    lines
        .map(|line| line.replace("-YAMMER_ENTERPRISE", ""))
        .collect()
}

#[test]
fn old_modules_and_their_role_names_are_understood() {
    for names in ["msol-role-members.csv", "azuread-module-role-report.csv"] {
        let tenant = read_samples(&[names, "msol-Get-MsolUser.json"]);
        let program = match names {
            "msol-role-members.csv" => "unknown Some(\"Contoso Reporting\")",
            _ => "program Contoso Reporting",
        };
        assert_eq!(
            roles(&tenant),
            active("end not told", "scope not told", program),
            "{names}"
        );
        // The sample lists three plans of each license only, and the one that is off is not among them.
        assert_eq!(licenses(&tenant), without_ben_and_switches(), "{names}");
        assert_eq!(tenant.files[0].read_as, ReadAs::RoleTable);
        assert_eq!(tenant.files[1].read_as, ReadAs::MsolUsers);
    }
    let table = read_samples(&["msol-role-members.csv", "msol-licenses.csv"]);
    assert_eq!(licenses(&table), without_ben_and_switches());
    // The name with an umlaut is one byte in it.
    assert_eq!(table.files[1].encoding.unwrap().word(), "Windows-1252");
    assert_eq!(
        table.accounts[5].display_name.as_deref(),
        Some("Franz Müller")
    );
}

#[test]
fn roles_with_their_members_are_the_assignments_of_the_whole_tenant() {
    let tenant = read_samples(&["graph-directoryRoles-expand-members.json"]);
    let mut wanted = active("end not told", "tenant", "program Contoso Reporting");
    wanted.retain(|line| !line.starts_with("franz"));
    assert_eq!(roles(&tenant), wanted);
    let object = read_samples(&["entraexporter-role-assignment-file.json"]);
    assert_eq!(
        roles(&object),
        ["bg1@contoso.onmicrosoft.com: Global Administrator, active, tenant, end not told"]
    );
}

#[test]
fn the_download_of_users_joins_ids_and_tells_guests_but_no_licenses() {
    let tenant = read_samples(&["entra-download-users.csv", "pim-entra-roles-export.csv"]);
    assert_eq!(tenant.files[0].read_as, ReadAs::Directory);
    assert!(
        licenses(&tenant)
            .iter()
            .all(|line| line.ends_with("not told"))
    );
    assert_eq!(tenant.accounts[4].user_type, UserType::Guest);
    assert_eq!(
        tenant.accounts[4].display_name.as_deref(),
        Some("=1+3 Dmitri")
    );
    let notes: Vec<&str> = tenant.files[0]
        .notes
        .iter()
        .map(|note| note.kind.word())
        .collect();
    assert_eq!(notes, ["formula"]);
    let missing = tenant
        .missing
        .iter()
        .filter(|missing| missing.fact == MissingFact::Licenses);
    assert_eq!(missing.count(), 7);
}

#[test]
fn what_must_not_be_used_is_refused_with_the_better_export() {
    use licit::tenant::{Outcome, Refusal};
    let tenant = read_samples(&[
        "ps-Get-MgUser.Export-Csv.csv",
        "m365-usage-report-active-user-detail.csv",
    ]);
    let outcomes: Vec<&Outcome> = tenant.files.iter().map(|file| &file.outcome).collect();
    assert_eq!(
        outcomes,
        [
            &Outcome::Refused(Refusal::RawObjects),
            &Outcome::Refused(Refusal::UsageReport),
        ]
    );
    assert!(
        [Refusal::RawObjects, Refusal::UsageReport]
            .iter()
            .all(|refusal| refusal.better() == ReadAs::Users)
    );
    assert_eq!(tenant.accounts.len(), 0);
}

#[test]
fn all_files_at_once_are_one_tenant() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tenant");
    let files = licit::tenant::exports_under(&folder).unwrap();
    let files: Vec<&dyn licit::tenant::Export> = files
        .iter()
        .map(|file| file as &dyn licit::tenant::Export)
        .collect();
    let tenant = licit::tenant::read(&licit::ask::built_in().unwrap(), &files);
    assert_eq!(licenses(&tenant), LICENSES);
    assert_eq!(tenant.assignments.len(), 10);
    assert_eq!(tenant.services.len(), 1);
    assert_eq!(tenant.groups.len(), 1);
    assert_eq!(tenant.unresolved.len(), 0);
    assert_eq!(tenant.people.len(), 7);
    assert_eq!(tenant.counted.accounts, 7);
}
