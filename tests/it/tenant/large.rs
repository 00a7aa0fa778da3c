//! Lists of several pages or without any element, and files that cannot be read or are over the limits: what is missing or refused is said, and
//! the rest is judged.

use super::read_texts;
use super::robust::{HELD, has, rejected};
use crate::common::skipped;
use licit::ask::built_in;
use licit::tenant::{
    DiskExport, Export, MissingFact, Outcome, ReadAs, Refusal, Tenant, TextExport, read,
};

/// One page of a list of accounts as the service writes it: with the link to the next page, where there is one.
fn page(accounts: std::ops::Range<u32>, more: &str) -> String {
    let accounts: Vec<String> = accounts
        .map(|number| format!(r#"{{"id": "00000000-0000-4000-8000-{number:012}", "displayName": "U{number}", "userPrincipalName": "u{number}@contoso.com", "userType": "Member", "assignedLicenses": []}}"#))
        .collect();
    format!(
        r#"{{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users(id,displayName)", {more} "value": [{}]}}"#,
        accounts.join(",")
    )
}

/// The link as the service writes it: what follows `$skiptoken` names keys of the directory that nobody else has.
fn link(token: &str) -> String {
    format!(
        r#""@odata.nextLink": "https://graph.microsoft.com/v1.0/users?$select=id,displayName&$top=2&{token}","#
    )
}

#[test]
fn a_page_that_is_missing_in_the_middle_is_said() {
    let opaque = |number: u32| {
        link(&format!(
            "$skiptoken=X%2744537074020000{number:08}1E3A757365723134406F%27"
        ))
    };
    let files = |first: &str, pages: &[(&str, String)]| -> Vec<usize> {
        let pages: Vec<(String, &str)> = pages
            .iter()
            .map(|(name, text)| (format!("{first}{name}"), text.as_str()))
            .collect();
        let pages: Vec<(&str, &str)> = pages
            .iter()
            .map(|(name, text)| (name.as_str(), *text))
            .collect();
        let tenant = read_texts(&pages);
        let missing = tenant.missing.iter();
        let missing = missing.filter(|missing| missing.fact == MissingFact::NextPage);
        missing
            .map(|missing| match missing.about {
                licit::tenant::MissingAbout::File(file) => file.index(),
                about => panic!("{about:?}"),
            })
            .collect()
    };
    let (one, two, three) = (
        page(0..2, &opaque(1)),
        page(2..4, &opaque(2)),
        page(4..5, ""),
    );
    // Named as the guide has them written: whole, then without the middle one.
    let named = [
        ("users-0001.json", one.clone()),
        ("users-0002.json", two.clone()),
        ("users-0003.json", three.clone()),
    ];
    assert_eq!(files("x/", &named), [0; 0]);
    assert_eq!(files("x/", &[named[0].clone(), named[2].clone()]), [0]);
    // The same page saved twice under two numbers is no second page.
    let twice = [
        named[0].clone(),
        ("users-0002.json", one.clone()),
        named[2].clone(),
    ];
    assert_eq!(files("x/", &twice), [0]);
    // Without numbers the first page may say how many there are.
    let counted = page(0..2, &format!("\"@odata.count\": 5, {}", opaque(1)));
    assert_eq!(
        files(
            "",
            &[("a.json", counted.clone()), ("c.json", three.clone())]
        ),
        [0]
    );
    let all = [
        ("a.json", counted),
        ("b.json", two),
        ("c.json", three.clone()),
    ];
    assert_eq!(files("", &all), [0; 0]);
    // A link that counts: four elements stand before the third page, and only two are there.
    let skips = [
        ("a.json", page(0..2, &link("$skip=2"))),
        ("c.json", page(4..6, &link("$skip=6"))),
        ("d.json", page(6..7, "")),
    ];
    assert_eq!(files("", &skips), [1]);
    // The last one missing is said as before, of every page that leads to it.
    assert_eq!(files("", &[("a.json", one)]), [0]);
    assert_eq!(files("", &[("c.json", three)]), [0; 0]);
}

/// A list that has to be judged whatever lies beside it.
fn beside(export: &dyn Export) -> Tenant {
    let held = TextExport::new("held.csv", HELD);
    let tenant = read(&built_in().unwrap(), &[export, &held]);
    assert_eq!(tenant.files[1].understood, 2);
    assert_eq!(tenant.assignments.len(), 2);
    tenant
}

/// A gigabyte without an end of line behind a beginning.
struct Endless(&'static str);

impl Export for Endless {
    fn path(&self) -> String {
        "endless".to_owned()
    }

    fn size(&self) -> std::io::Result<Option<u64>> {
        Ok(None)
    }

    fn open(&self) -> std::io::Result<Box<dyn std::io::Read + Send>> {
        use std::io::Read;
        let rest = std::io::repeat(b'a').take(1 << 30);
        Ok(Box::new(self.0.as_bytes().chain(rest)))
    }
}

#[test]
fn a_file_over_the_limit_is_refused_by_its_size_without_being_read() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("large");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("sparse.json");
    let file = std::fs::File::create(&path).unwrap();
    if file.set_len((4 << 30) + 1).is_err() {
        return skipped("S06 sparse", "the disk cannot hold a file with a hole");
    }
    let tenant = beside(&DiskExport::new(&path));
    std::fs::remove_file(&path).unwrap();
    assert_eq!(tenant.files[0].outcome, Outcome::Refused(Refusal::TooLarge));
    assert_eq!(tenant.files[0].rows, 0);
}

#[test]
fn a_row_of_a_gigabyte_is_named_and_the_rest_of_the_files_counts() {
    let table = beside(&Endless("Role,Member\nGlobal Reader,"));
    assert_eq!(
        rejected(&table.files[0]),
        ["line 2: the row is longer than 16777216 bytes"]
    );
    assert!(has(&table, MissingFact::RestOfFile));
}

#[test]
fn a_million_columns_are_named_as_nothing_that_is_known_and_the_rest_of_the_files_counts() {
    let header = format!("Role,Member{}\n", ",x".repeat(1_000_000));
    let row = format!("Global Reader,cora@contoso.com{}\n", ",y".repeat(1_000_000));
    let tenant = beside(&TextExport::new("wide.csv", header + &row));
    // No list of people has a header of two megabytes: what a file is has to show at its beginning.
    assert_eq!(tenant.files[0].outcome, Outcome::NotRecognized);
    // Narrow enough to be told, but with one row as wide: it is read, and what it has too many of is passed over.
    let narrow = format!(
        "Role,Member\nGlobal Reader,cora@contoso.com{}\nGlobal Reader,dora@contoso.com\n",
        ",y".repeat(1_000_000)
    );
    let narrow = TextExport::new("narrow.csv", narrow);
    let tenant = read(&built_in().unwrap(), &[&narrow]);
    assert_eq!((tenant.files[0].rows, tenant.files[0].understood), (2, 2));
}

#[test]
fn a_configuration_script_of_microsoft365dsc_is_refused_with_the_better_export() {
    // As `Export-M365DSCConfiguration` writes it: the domain of every name is a variable.
    let script = "param (\n    [System.Management.Automation.PSCredential]\n    $Credential\n)\n\n\
        Configuration M365TenantConfig\n{\n    $OrganizationName = $ConfigurationData.NonNodeData.OrganizationName\n\
        Import-DscResource -ModuleName 'Microsoft365DSC' -ModuleVersion '1.24.1218.1'\n    Node localhost\n    {\n\
        AADUser \"AADUser-AdeleV\"\n        {\n            UserPrincipalName = \"AdeleV@$OrganizationName\";\n\
        Roles = @(\"Global Reader\");\n            LicenseAssignment = @(\"SPE_E5\");\n        }\n    }\n}\n";
    let tenant = read_texts(&[("M365TenantConfig.ps1", script)]);
    assert_eq!(
        tenant.files[0].outcome,
        Outcome::Refused(Refusal::ConfigurationScript)
    );
    assert_eq!(
        Refusal::ConfigurationScript.better(),
        ReadAs::RoleAssignments
    );
}

#[test]
fn an_empty_list_tells_that_there_is_nothing() {
    let eligible = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleEligibilitySchedules(principal())","value":[]}"#;
    let tenant = read_texts(&[("roles.csv", HELD), ("nobody.json", eligible)]);
    let file = &tenant.files[1];
    assert_eq!(
        (&file.outcome, file.read_as, file.rows),
        (&Outcome::Used, ReadAs::RoleEligibilitySchedules, 0)
    );
    assert!(!has(&tenant, MissingFact::Eligibility));
    // A list of which nothing was understood tells nothing.
    let broken = eligible.replace("[]", "[{\"principalId\": 1}]");
    let tenant = read_texts(&[("roles.csv", HELD), ("broken.json", &broken)]);
    assert!(has(&tenant, MissingFact::Eligibility));
    let cut = eligible.replace("]}", "");
    let tenant = read_texts(&[("roles.csv", HELD), ("cut.json", &cut)]);
    assert!(has(&tenant, MissingFact::Eligibility));
    let tenant = read_texts(&[("roles.csv", HELD)]);
    assert!(has(&tenant, MissingFact::Eligibility));
}
