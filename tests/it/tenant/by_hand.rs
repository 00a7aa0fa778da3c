//! A tenant written by hand, and which accounts are one person's.

use super::{licenses, read_samples, read_texts, roles, sample};
use licit::ask::built_in;
use licit::tenant::{
    DutyKind, Export, MissingFact, Purpose, ReadAs, Row, Sureness, TextExport, TieKind, read,
};

/// The invented tenant of the samples, as a person would write it down.
const TENANT: &str = r#"
[owned]
SPE_E5 = 2

[[account]]
upn  = "bg1@contoso.onmicrosoft.com"
name = "Break Glass 1"
kind = "emergency"
held = []
roles = ["Global Administrator"]

[[account]]
upn      = "ana.admin@contoso.com"
held     = ["Microsoft 365 E5"]
roles    = ["Security Administrator"]
eligible = ["Company Administrator"]
approves = ["Exchange Administrator"]

[[account]]
upn  = "eva.compliance@contoso.com"
held = ["ENTERPRISEPACK", "EMSPREMIUM"]
without = ["YAMMER_ENTERPRISE"]

[[assignment]]
account = "franz.mueller@contoso.com"
role    = "User Administrator"
scope   = "administrative-unit:Sales"
until   = 2027-01-31

[[group]]
name     = "PIM-Exchange-Admins"
members  = ["ana.admin@contoso.com"]
eligible = ["Exchange Administrator"]

[[service_principal]]
name  = "Contoso Reporting"
roles = ["Directory Readers", "Coffee Machine Administrator"]
"#;

#[test]
fn a_tenant_may_be_written_by_hand() {
    let tenant = read_texts(&[("tenant.toml", TENANT)]);
    assert_eq!(tenant.files[0].read_as, ReadAs::HandWritten);
    assert_eq!(tenant.files[0].rejected, []);
    assert_eq!((tenant.files[0].rows, tenant.files[0].understood), (7, 7));
    assert_eq!(
        roles(&tenant),
        [
            "ana.admin@contoso.com: Global Administrator, eligible, tenant, permanent",
            "ana.admin@contoso.com: Security Administrator, active, tenant, permanent",
            "bg1@contoso.onmicrosoft.com: Global Administrator, active, tenant, permanent",
            "franz.mueller@contoso.com: User Administrator, active, administrative unit, until 2027-01-31",
            "group PIM-Exchange-Admins: Exchange Administrator, eligible, tenant, permanent",
            "program Contoso Reporting: Directory Readers, active, tenant, permanent",
            "program Contoso Reporting: unknown role Coffee Machine Administrator, active, tenant, permanent",
        ]
    );
    assert_eq!(
        licenses(&tenant),
        [
            "ana.admin@contoso.com: SPE_E5",
            "bg1@contoso.onmicrosoft.com: ",
            "eva.compliance@contoso.com: EMSPREMIUM-YAMMER_ENTERPRISE ENTERPRISEPACK-YAMMER_ENTERPRISE",
            "franz.mueller@contoso.com: not told",
        ]
    );
    assert_eq!(tenant.accounts[1].purpose.purpose, Purpose::Emergency);
    assert_eq!(tenant.accounts[1].purpose.sureness, Sureness::Told);
    assert_eq!(tenant.groups[0].accounts.len(), 1);
    assert_eq!(tenant.duties.len(), 1);
    assert_eq!(tenant.duties[0].kind, DutyKind::Approver);
    assert_eq!(tenant.seats[0].enabled, Some(2));
    assert_eq!(tenant.accounts[0].rows[0].row, Row::Line(12));
    assert!(
        !tenant
            .missing
            .iter()
            .any(|missing| missing.fact == MissingFact::GroupMembers)
    );
}

#[test]
fn a_bad_table_does_not_lose_the_others() {
    let tenant = read_texts(&[(
        "tenant.toml",
        "[[account]]\nupn = \"a@x.org\"\nroles = [\"Global Reader\"]\n\n[[account]]\nname = \"nobody\"\n\n\
         [[account]]\nupn = \"b@x.org\"\nenabled = \"perhaps\"\nheld = [\"SPE_E3\"]\n",
    )]);
    let file = &tenant.files[0];
    assert_eq!((file.rows, file.understood), (3, 1));
    let rejected: Vec<String> = file
        .rejected
        .iter()
        .map(|row| row.row.to_string())
        .collect();
    assert_eq!(rejected, ["line 5", "line 10"]);
    assert!(
        file.rejected[0].why.contains("upn"),
        "{:?}",
        file.rejected[0]
    );
    assert_eq!(tenant.assignments.len(), 1);
}

#[test]
fn accounts_of_one_person_are_told_by_a_mapping_or_by_what_they_share() {
    let mapping = TextExport::new(
        "people.toml",
        "[[person]]\nname = \"Ana\"\naccounts = [\"ana.admin@contoso.com\", \"ana@contoso.com\"]\n",
    );
    let users = r#"{"value":[
        {"id":"00000000-0000-4000-8000-000000000001","userPrincipalName":"ana@contoso.com","displayName":"Ana","assignedLicenses":[]},
        {"id":"00000000-0000-4000-8000-000000000002","userPrincipalName":"ben@contoso.com","displayName":"Ben","mail":"ben@contoso.com","employeeId":"4711","assignedLicenses":[]},
        {"id":"00000000-0000-4000-8000-000000000003","userPrincipalName":"adm-ben@contoso.com","displayName":"Ben (admin)","employeeId":" 4711 ","assignedLicenses":[]},
        {"id":"00000000-0000-4000-8000-000000000004","userPrincipalName":"adm-cora@contoso.com","displayName":"Cora (admin)","otherMails":["Cora@contoso.com"],"assignedLicenses":[]},
        {"id":"00000000-0000-4000-8000-000000000005","userPrincipalName":"cora@contoso.com","displayName":"Cora","assignedLicenses":[]},
        {"id":"00000000-0000-4000-8000-000000000006","userPrincipalName":"nobody@contoso.com","displayName":"Nobody","employeeId":"x","assignedLicenses":[]}
    ]}"#;
    let users = TextExport::new("users.json", users);
    let assigned = TextExport::new(
        "roles.csv",
        "Role,Member\nGlobal Reader,adm-ben@contoso.com\nGlobal Reader,adm-cora@contoso.com\nGlobal Reader,ana.admin@contoso.com\n",
    );
    let files: [&dyn Export; 3] = [&mapping, &users, &assigned];
    let tenant = read(&built_in().unwrap(), &files);
    let people: Vec<(String, usize, Sureness, Vec<TieKind>)> = tenant
        .people
        .iter()
        .map(|person| {
            let kinds = person.ties.iter().map(|tie| tie.kind).collect();
            (
                person.name.clone(),
                person.accounts.len(),
                person.sureness(),
                kinds,
            )
        })
        .collect();
    assert_eq!(
        people,
        [
            (
                "Ben (admin)".to_owned(),
                2,
                Sureness::Likely,
                vec![TieKind::EmployeeId]
            ),
            (
                "Cora (admin)".to_owned(),
                2,
                Sureness::Possible,
                vec![TieKind::Mail]
            ),
            ("Ana".to_owned(), 2, Sureness::Told, vec![TieKind::Mapping]),
        ]
    );
    // Everybody else is only counted.
    assert_eq!(tenant.accounts.len(), 6);
    assert_eq!(tenant.counted.accounts, 6);
}

#[test]
fn what_is_written_by_hand_adds_to_exports() {
    let hand = TextExport::new(
        "more.toml",
        "[[account]]\nupn = \"BEN.helpdesk@contoso.com\"\nkind = \"service\"\n\n[[group]]\nname = \"PIM-Exchange-Admins\"\nmembers = [\"ben.helpdesk@contoso.com\"]\n",
    );
    let others = [
        "graph-users.page1.json",
        "graph-roleEligibilitySchedules.json",
    ]
    .map(sample);
    let files: [&dyn Export; 3] = [&others[0], &others[1], &hand];
    let tenant = read(&built_in().unwrap(), &files);
    assert_eq!(tenant.accounts.len(), 2);
    assert_eq!(tenant.accounts[1].purpose.purpose, Purpose::Service);
    assert_eq!(licenses(&tenant)[1], "ben.helpdesk@contoso.com: SPE_F1");
    assert_eq!(tenant.groups.len(), 1);
    assert_eq!(tenant.groups[0].accounts.len(), 1);
    let plain = read_samples(&[
        "graph-users.page1.json",
        "graph-roleEligibilitySchedules.json",
    ]);
    assert!(
        plain
            .missing
            .iter()
            .any(|missing| missing.fact == MissingFact::NextPage)
    );
}

#[test]
fn not_told_is_not_the_same_as_without_a_license() {
    let counts = |text: &str| {
        let counted = read_texts(&[("tenant.toml", text)]).counted;
        (
            counted.accounts,
            counted.licensed,
            counted.licenses_not_told,
        )
    };
    // By the format's documentation: `held = []` is none, `held` left out is not known.
    let text = "[[account]]\nupn = \"ana@x.org\"\nheld = [\"SPE_E3\"]\n\n\
                [[account]]\nupn = \"bg1@x.org\"\nheld = []\n\n\
                [[account]]\nupn = \"cora@x.org\"\nroles = [\"Global Reader\"]\n";
    assert_eq!(counts(text), (3, 1, 1));
    // A list of the portal that has no column for them tells nothing, either.
    let list = "userPrincipalName,displayName,surname,mail,givenName,id,userType,accountEnabled\n\
                ana@x.org,Ana,A,,,00000000-0000-4000-8000-000000000001,Member,True\n";
    assert_eq!(counts(list), (1, 0, 1));
}
