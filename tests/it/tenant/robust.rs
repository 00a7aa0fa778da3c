//! Broken, odd and hostile files: what can be read is read, what cannot is counted and named.

use super::{licenses, read_texts, roles, sample};
use crate::common::skipped;
use licit::ask::built_in;
use licit::tenant::{
    DiskExport, Export, FileRead, MissingFact, NoteKind, Outcome, ReadAs, Refusal, Tenant,
    TextExport, UserType, read,
};

const ANA: &str = "00000000-0000-4000-8000-000000000001";
const BEN: &str = "00000000-0000-4000-8000-000000000002";

fn read_bytes(files: &[(&str, Vec<u8>)]) -> Tenant {
    let files: Vec<TextExport> = files
        .iter()
        .map(|(path, bytes)| TextExport::new(*path, bytes.clone()))
        .collect();
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    read(&built_in().unwrap(), &files)
}

pub(super) fn rejected(file: &FileRead) -> Vec<String> {
    let rows = file.rejected.iter();
    rows.map(|row| format!("{}: {}", row.row, row.why))
        .collect()
}

fn notes(file: &FileRead) -> Vec<NoteKind> {
    file.notes.iter().map(|note| note.kind).collect()
}

pub(super) fn has(tenant: &Tenant, fact: MissingFact) -> bool {
    tenant.missing.iter().any(|missing| missing.fact == fact)
}

/// Makes Ana and Ben worth looking at.
pub(super) const HELD: &str =
    "Role,Member\nGlobal Reader,ana@contoso.com\nGlobal Reader,ben@contoso.com\n";

#[test]
fn a_row_whose_cells_stand_aside_is_named_and_the_rest_counts() {
    let users = "Display name,User principal name,Block credential,Licenses\n\
                 Ana,ana@contoso.com,False,Microsoft 365 E5\n\
                 Nobody,x,nobody@contoso.com,False,Microsoft 365 E3\n\
                 Ben,ben@contoso.com,True,Unlicensed\n";
    let tenant = read_texts(&[("users.csv", users), ("roles.csv", HELD)]);
    assert_eq!(
        licenses(&tenant),
        ["ana@contoso.com: SPE_E5", "ben@contoso.com: "]
    );
    let file = &tenant.files[0];
    assert_eq!((file.rows, file.understood), (3, 2));
    assert_eq!(
        rejected(file),
        ["line 3: `x` is no user principal name: cells may stand one column aside"]
    );
}

#[test]
fn columns_may_stand_in_any_order_and_language() {
    let users = "Lizenzen;Anzeigename;Benutzerprinzipalname\n\
                 Microsoft 365 E5+Microsoft Fabric (Gratis);Ana;ana@contoso.com\n\
                 Office 365 E3;Ben;ben@contoso.com\n\
                 Microsoft 365 E3;Cora;cora@contoso.com\n";
    let tenant = read_texts(&[("users.csv", users), ("roles.csv", HELD)]);
    assert_eq!(
        licenses(&tenant),
        [
            "ana@contoso.com: SPE_E5 unknown Microsoft Fabric (Gratis)",
            "ben@contoso.com: ENTERPRISEPACK",
        ]
    );
    assert_eq!(tenant.files[0].read_as, ReadAs::LicenseTable);
    assert_eq!(
        notes(&tenant.files[0]),
        [NoteKind::GuessedColumn, NoteKind::GuessedColumn]
    );
    // A download without a known heading: roles and people are found by what stands in the cells.
    let roles_only =
        "Rolle,Wer\nGlobal Administrator,ana@contoso.com\nHelpdesk Administrator,ben@contoso.com\n";
    let tenant = read_texts(&[("roles.csv", roles_only)]);
    assert_eq!(
        roles(&tenant),
        [
            "ana@contoso.com: Global Administrator, active, scope not told, end not told",
            "ben@contoso.com: Helpdesk Administrator, active, scope not told, end not told",
        ]
    );
    assert!(notes(&tenant.files[0]).contains(&NoteKind::TakenForActive));
}

#[test]
fn every_encoding_tells_the_same() {
    let text = "Role,Member,DisplayName\nGlobal Reader,ana@contoso.com,Ana Müller\n";
    let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let files = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        low.clone(),
        [b"\xff\xfe".to_vec(), low].concat(),
        [b"\xfe\xff".to_vec(), high].concat(),
        text.replace("ü", "\u{1}")
            .into_bytes()
            .iter()
            .map(|byte| if *byte == 1 { 0xfc } else { *byte })
            .collect(),
    ];
    for bytes in files {
        let tenant = read_bytes(&[("roles.csv", bytes)]);
        assert_eq!(
            tenant.accounts[0].display_name.as_deref(),
            Some("Ana Müller")
        );
        assert_eq!(tenant.files[0].understood, 1);
    }
}

#[test]
fn a_page_that_comes_twice_counts_once() {
    let pages = [
        "graph-users.page1.json",
        "graph-users.page2.json",
        "graph-users.page1.json",
        "graph-roleAssignments.json",
    ];
    let pages = pages.map(sample);
    let files: Vec<&dyn Export> = pages.iter().map(|file| file as &dyn Export).collect();
    let tenant = read(&built_in().unwrap(), &files);
    assert_eq!(tenant.counted.accounts, 7);
    assert_eq!(tenant.files[2].outcome, Outcome::Duplicate);
    assert_eq!(notes(&tenant.files[2]), [NoteKind::DuplicatePage]);
    assert!(!has(&tenant, MissingFact::NextPage));
}

#[test]
fn deep_duplicate_and_printed_json_is_named_by_its_element() {
    let deep = format!(
        "{{\"principalId\":\"{ANA}\",\"roleDefinitionId\":\"x\",\"x\":{}{}}}",
        "[".repeat(128),
        "]".repeat(128)
    );
    let role =
        "\"roleDefinitionId\":\"62e90394-69f5-4237-9190-012177145e10\",\"directoryScopeId\":\"/\"";
    let text = format!(
        "{{\"value\":[{{\"principalId\":\"{ANA}\",{role}}},{deep},{{\"principalId\":\"{BEN}\",{role},}},\
         {{\"principalId\":\"{BEN}\",\"principalId\":\"{ANA}\",{role}}},{{\"principalId\":\"{BEN}\",{role}}}]}}"
    );
    let tenant = read_texts(&[("roles.json", &text)]);
    let file = &tenant.files[0];
    assert_eq!((file.rows, file.understood), (5, 2));
    let why = rejected(file);
    assert_eq!(why[0], "element 1: it is nested deeper than 64");
    assert!(why[1].starts_with("element 2: trailing comma"), "{why:?}");
    assert!(why[2].starts_with("element 3: duplicate field"), "{why:?}");
    assert!(file.rejected[1].help.contains("last comma"));
    assert_eq!(tenant.unresolved.len(), 2);
    assert!(has(&tenant, MissingFact::Principal));
}

#[test]
fn a_file_that_ends_in_the_middle_is_said_and_used_up_to_there() {
    let whole = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/tenant/graph-roleAssignments.json"),
    )
    .unwrap();
    let cut = whole.find("smp30d97").unwrap();
    let tenant = read_texts(&[("roles.json", &whole[..cut])]);
    assert_eq!(tenant.files[0].understood, 3);
    assert_eq!(
        rejected(&tenant.files[0]),
        ["element 3: the file ends in the middle"]
    );
    assert!(has(&tenant, MissingFact::RestOfFile));
}

#[test]
fn what_the_knowledge_base_does_not_know_is_kept_by_name() {
    let text = format!(
        "[{{\"id\":\"{ANA}\",\"userPrincipalName\":\"ana@contoso.com\",\"assignedLicenses\":[\
         {{\"skuId\":\"12345678-1234-1234-1234-123456789012\",\"disabledPlans\":[\"12345678-0000-1234-1234-123456789012\"]}}]}}]"
    );
    let roles_file = format!(
        "[{{\"principalId\":\"{ANA}\",\"directoryScopeId\":\"/\",\"roleDefinitionId\":\"99999999-1234-1234-1234-123456789012\",\
         \"roleDefinition\":{{\"displayName\":\"Printer Fairy\",\"id\":\"99999999-1234-1234-1234-123456789012\"}}}}]"
    );
    let tenant = read_texts(&[("users.json", &text), ("roles.json", &roles_file)]);
    assert_eq!(
        licenses(&tenant),
        ["ana@contoso.com: unknown 12345678-1234-1234-1234-123456789012"]
    );
    assert_eq!(
        roles(&tenant),
        ["ana@contoso.com: unknown role Printer Fairy, active, tenant, end not told"]
    );
}

#[test]
fn hostile_names_are_made_harmless_and_counted() {
    let text = format!(
        "[{{\"id\":\"{ANA}\",\"userPrincipalName\":\"ana@contoso.com\",\"displayName\":\"Ana\\u202e\\u001b[2J\",\"assignedLicenses\":[]}}]"
    );
    let tenant = read_texts(&[("users.json", &text), ("roles.csv", HELD)]);
    assert_eq!(
        tenant.accounts[0].display_name.as_deref(),
        Some("Ana\u{fffd}\u{fffd}[2J")
    );
    assert_eq!(tenant.files[0].cleaned, 1);
}

#[test]
fn exports_of_other_things_are_refused_with_the_reason() {
    let azure = format!(
        "[{{\"principalId\":\"{ANA}\",\"roleDefinitionName\":\"Owner\",\"scope\":\"/subscriptions/1\"}}]"
    );
    let files = [
        (
            "azure.csv",
            "RoleAssignmentId,Scope,DisplayName,SignInName,RoleDefinitionName\n1,/subscriptions/1,Ana,ana@contoso.com,Owner\n",
        ),
        ("azure.json", azure.as_str()),
        (
            "tests.json",
            "{\"Result\":\"Failed\",\"PassedCount\":3,\"Tests\":[]}",
        ),
        (
            "grid.csv",
            "displayName,userPrincipalName,assignedLicenses\nAna,ana@contoso.com,[object Object]\n",
        ),
        ("packed.zip", "PK\u{3}\u{4}rest"),
        ("letter.txt", "Dear admin,\nplease find enclosed nothing.\n"),
        ("empty.json", ""),
        ("other.json", "{\"hello\":\"world\"}"),
    ];
    let tenant = read_texts(&files);
    let outcomes: Vec<Outcome> = tenant
        .files
        .iter()
        .map(|file| file.outcome.clone())
        .collect();
    assert_eq!(
        outcomes,
        [
            Outcome::Refused(Refusal::AzureResources),
            Outcome::Refused(Refusal::AzureResources),
            Outcome::Refused(Refusal::TestResults),
            Outcome::Refused(Refusal::ObjectObject),
            Outcome::Refused(Refusal::Archive),
            Outcome::NotRecognized,
            Outcome::NotRecognized,
            Outcome::NotRecognized,
        ]
    );
    assert_eq!(tenant.assignments.len(), 0);
    // Where the same tool names the licenses as well, its grid is used.
    let grid = "displayName,userPrincipalName,assignedLicenses,LicJoined\nAna,ana@contoso.com,[object Object],Microsoft 365 E5\n";
    let tenant = read_texts(&[("grid.csv", grid), ("roles.csv", HELD)]);
    assert_eq!(licenses(&tenant)[0], "ana@contoso.com: SPE_E5");
    let gone = DiskExport::new("/nowhere/users.json");
    let tenant = read(&built_in().unwrap(), &[&gone]);
    assert!(matches!(&tenant.files[0].outcome, Outcome::Unreadable(why) if !why.is_empty()));
}

#[test]
fn a_shallow_export_is_told_from_one_without_licenses() {
    let text = format!(
        "[{{\"Id\":\"{ANA}\",\"UserPrincipalName\":\"ana@contoso.com\",\"AssignedLicenses\":[\"@{{SkuId=x}}\"],\"LicenseAssignmentStates\":null}}]"
    );
    let tenant = read_texts(&[("users.json", &text), ("roles.csv", HELD)]);
    assert!(has(&tenant, MissingFact::DeeperParts));
    assert_eq!(licenses(&tenant)[0], "ana@contoso.com: not told");
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_take_all_memory() {
    let mut text = HELD.to_owned();
    text.push_str("\"Global Reader,");
    text.push_str(&"x\n".repeat(9 << 20));
    let tenant = read_texts(&[("roles.csv", &text)]);
    assert_eq!(tenant.files[0].understood, 2);
    assert!(rejected(&tenant.files[0])[0].starts_with("line 4: the row is longer"));
    assert!(has(&tenant, MissingFact::RestOfFile));
}

#[test]
fn dates_that_may_mean_two_days_are_not_used() {
    let head = "Assignment State,Role Name,PrincipalName,Assignment End Time (UTC)\n";
    let read_end = |cells: &[&str]| {
        let rows: String = cells
            .iter()
            .map(|cell| format!("Eligible,Global Reader,ana@contoso.com,{cell}\n"))
            .collect();
        let tenant = read_texts(&[("pim.csv", &format!("{head}{rows}"))]);
        (roles(&tenant), notes(&tenant.files[0]))
    };
    let line =
        |end: &str| format!("ana@contoso.com: Global Reader, eligible, scope not told, {end}");
    let (told, said) = read_end(&["03/04/2027"]);
    assert_eq!(told, [line("end not told")]);
    assert_eq!(said, [NoteKind::AmbiguousDates]);
    assert_eq!(
        read_end(&["03/04/2027", "13/04/2027"]).0,
        [line("until 2027-04-03"), line("until 2027-04-13")]
    );
    assert_eq!(
        read_end(&["3/4/2027 1:00:00 PM"]).0,
        [line("until 2027-03-04 13:00:00")]
    );
    assert_eq!(read_end(&["31.01.2027"]).0, [line("until 2027-01-31")]);
}

#[test]
fn folders_of_one_file_per_object_tell_members_by_their_place() {
    let role = "1cc41475-8264-54d2-b8c3-2b7d25a11d45";
    let files = [
        (
            format!("out/DirectoryRoles/{role}/{role}.json"),
            format!(
                "{{\"id\":\"{role}\",\"displayName\":\"Company Administrator\",\"roleTemplateId\":\"62e90394-69f5-4237-9190-012177145e10\"}}"
            ),
        ),
        (
            format!("out/DirectoryRoles/{role}/Members/{ANA}.json"),
            format!(
                "{{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"{ANA}\",\"userPrincipalName\":\"ana@contoso.com\"}}"
            ),
        ),
        (
            format!("out/Users/{ANA}.json"),
            format!(
                "{{\"id\":\"{ANA}\",\"userPrincipalName\":\"ana@contoso.com\",\"userType\":\"Member\",\"assignedLicenses\":[]}}"
            ),
        ),
        (
            format!("out/Users/{BEN}.json"),
            format!(
                "{{\"id\":\"{BEN}\",\"userPrincipalName\":\"ben@contoso.com\",\"assignedLicenses\":[]}}"
            ),
        ),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let tenant = read_texts(&files);
    assert_eq!(
        roles(&tenant),
        ["ana@contoso.com: Global Administrator, active, tenant, end not told"]
    );
    assert_eq!(tenant.counted.accounts, 2);
    assert_eq!(tenant.accounts[0].user_type, UserType::Member);
}

#[test]
fn groups_are_expanded_also_in_circles() {
    let group = |number: u32| format!("00000000-0000-4000-9000-00000000000{number}");
    let [one, two] = [group(1), group(2)];
    let groups = format!(
        "{{\"@odata.context\":\"x#groups\",\"value\":[\
         {{\"id\":\"{one}\",\"displayName\":\"One\",\"isAssignableToRole\":true,\"members\":[{{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"{two}\"}}]}},\
         {{\"id\":\"{two}\",\"displayName\":\"Two\",\"isAssignableToRole\":false,\"members\":[{{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"{one}\"}},{{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"{ANA}\"}}]}}]}}"
    );
    let roles_file = format!(
        "[{{\"principalId\":\"{one}\",\"roleDefinitionId\":\"62e90394-69f5-4237-9190-012177145e10\",\"directoryScopeId\":\"/\"}}]"
    );
    let users = format!(
        "[{{\"id\":\"{ANA}\",\"userPrincipalName\":\"ana@contoso.com\",\"assignedLicenses\":[]}}]"
    );
    let tenant = read_texts(&[
        ("users.json", &users),
        ("groups.json", &groups),
        ("roles.json", &roles_file),
    ]);
    assert_eq!(
        roles(&tenant),
        ["group One: Global Administrator, active, tenant, end not told"]
    );
    assert_eq!(licenses(&tenant), ["ana@contoso.com: "]);
    assert!(tenant.groups.iter().all(|group| group.accounts.len() == 1));
    assert!(!has(&tenant, MissingFact::GroupMembers));
}

#[test]
fn approvers_and_members_on_units_are_read() {
    let policy = format!(
        "{{\"value\":[{{\"id\":\"1\",\"policyId\":\"2\",\"scopeId\":\"/\",\"roleDefinitionId\":\"62e90394-69f5-4237-9190-012177145e10\",\
         \"policy\":{{\"rules\":[{{\"id\":\"Approval_EndUser_Assignment\",\"setting\":{{\"isApprovalRequired\":true,\
         \"approvalStages\":[{{\"primaryApprovers\":[{{\"@odata.type\":\"#microsoft.graph.singleUser\",\"userId\":\"{ANA}\"}}]}}]}}}}]}}}}]}}"
    );
    let unit = format!(
        "[{{\"id\":\"x\",\"roleId\":\"1cc41475-8264-54d2-b8c3-2b7d25a11d45\",\"administrativeUnitId\":\"unit\",\
         \"roleMemberInfo\":{{\"id\":\"{BEN}\",\"displayName\":\"Ben\",\"userPrincipalName\":\"ben@contoso.com\"}}}}]"
    );
    let role = "[{\"id\":\"1cc41475-8264-54d2-b8c3-2b7d25a11d45\",\"displayName\":\"User Administrator\",\"roleTemplateId\":\"fe930be7-5e62-47db-91af-98c3a49a38b1\"}]";
    let tenant = read_texts(&[
        ("policy.json", &policy),
        ("unit.json", &unit),
        ("role.json", role),
    ]);
    assert_eq!(tenant.duties.len(), 1);
    assert_eq!(
        roles(&tenant),
        ["ben@contoso.com: User Administrator, active, administrative unit, end not told"]
    );
    assert!(!has(&tenant, MissingFact::Approvers));
}

/// Stops after so many bytes.
struct Impatient {
    read: std::sync::atomic::AtomicU64,
    most: u64,
}

impl licit::tenant::Watch for Impatient {
    fn read(&self, _: licit::tenant::FileIndex, bytes: u64) {
        self.read
            .fetch_add(bytes, std::sync::atomic::Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.read.load(std::sync::atomic::Ordering::Relaxed) >= self.most
    }
}

#[test]
fn a_reading_that_is_stopped_keeps_what_it_has() {
    let mut text = Vec::new();
    super::generate::write_users(&mut text, 3_000, false).unwrap();
    let size = u64::try_from(text.len()).unwrap();
    let file = TextExport::new("users.json", text);
    let watch = |most| Impatient {
        read: std::sync::atomic::AtomicU64::new(0),
        most,
    };
    let knowledge = built_in().unwrap();
    let tenant = licit::tenant::read_watched(&knowledge, &[&file], &watch(size / 2));
    let rows = tenant.files[0].understood;
    // A file is read in pieces of up to half a megabyte, and no piece is given up.
    assert!(rows > 0 && rows < 3_000, "{rows}");
    assert_eq!(notes(&tenant.files[0]), [NoteKind::Stopped]);
    assert!(has(&tenant, MissingFact::RestOfFile));
    let tenant = licit::tenant::read_watched(&knowledge, &[&file], &watch(size * 3));
    assert_eq!(tenant.files[0].understood, 3_000);
    assert!(!has(&tenant, MissingFact::RestOfFile));
}

/// The real samples stay where they are and are looked at where they are.
#[test]
fn real_samples_are_read_where_they_are() {
    let folder = std::path::Path::new("/work/shared/samples");
    let one = |name: &str| {
        let file = DiskExport::new(folder.join(name));
        read(&built_in().unwrap(), &[&file])
    };
    if !folder.is_dir() {
        return skipped(
            "real samples of exports",
            "the folder /work/shared/samples is not there",
        );
    }
    let scuba = one("scubagear-ProviderSettingsExport.subset.json");
    assert_eq!(scuba.files[0].read_as, ReadAs::ScubaGear);
    assert_eq!(scuba.files[0].rejected, []);
    assert_eq!(scuba.seats.len(), 2);
    assert!(scuba.accounts.len() >= 3 && scuba.services.len() >= 3);
    assert!(scuba.assignments.iter().all(|role| role.role.id.is_some()));
    let list = one("cli-m365-entra-license-list.csv");
    assert_eq!(list.files[0].read_as, ReadAs::SubscribedSkus);
    assert_eq!(list.seats[0].consumed, Some(1));
    for name in [
        "cli-m365-entra-pim-eligibility.json",
        "cli-m365-entra-pim-eligibility.csv",
    ] {
        let tenant = one(name);
        assert!(
            tenant
                .assignments
                .iter()
                .all(|role| role.state.word() == "eligible"),
            "{name}"
        );
        assert!(
            tenant.assignments.iter().all(|role| role.role.id.is_some()),
            "{name}"
        );
    }
    let assigned = one("graph-docs-roleAssignments.json");
    assert_eq!(assigned.assignments.len(), 3);
    assert_eq!(one("graph-docs-subscribedSkus.json").files[0].rejected, []);
    assert_eq!(
        one("graph-docs-roleEligibilitySchedules.json")
            .assignments
            .len(),
        1
    );
}
