//! Every kind of finding, each on a tenant made for it.

use super::{audited, circumstances, findings, given};
use crate::tenant::{read_texts, today};
use licit::ask::built_in;
use licit::model::{
    AuditVerdict, Day, FindingKind, GivenValue, Ignore, IgnoreEntry, IgnoreWhich, Text,
};
use licit::tenant::Tenant;
use licit::tenant::audit::{About, Audit, Broken, Coverage};

fn audit_of(text: &str) -> (Tenant, Audit) {
    audit_files(&[("tenant.toml", text)])
}

fn audit_files(files: &[(&str, &str)]) -> (Tenant, Audit) {
    let tenant = read_texts(files);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    (tenant, audit)
}

/// The lines of findings of one kind.
fn of_kind(tenant: &Tenant, audit: &Audit, kind: FindingKind) -> Vec<String> {
    let lines = findings(tenant, audit).into_iter();
    lines.filter(|line| line.starts_with(kind.word())).collect()
}

#[test]
fn a_plan_switched_off_is_not_held_and_nothing_has_to_be_bought() {
    let (tenant, audit) = audit_of(
        r#"
[[account]]
upn      = "ana@contoso.com"
held     = ["SPE_E5"]
without  = ["AAD_PREMIUM_P2"]
eligible = ["Helpdesk Administrator"]
"#,
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::SwitchedOff),
        [
            "switched-off error gap: ana@contoso.com, helpdesk-administrator, pim.hold-eligible-assignment"
        ]
    );
    let kb = built_in().unwrap();
    let About::SwitchedOff(broken) = &audit.findings[0].about else {
        panic!("{:?}", audit.findings[0]);
    };
    assert_eq!(
        broken[0].1,
        Broken::PlanOff(kb.plans.find("AAD_PREMIUM_P2").unwrap())
    );
    let remedy = audit.remedy.as_ref().unwrap();
    assert_eq!(
        (remedy.purchase.is_none(), remedy.switch_on.len()),
        (true, 1)
    );
}

#[test]
fn a_license_in_error_and_a_suspended_subscription_give_nothing() {
    let user = |state: &str| {
        format!(
            r#"{{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": [{{
  "id": "11111111-1111-4111-8111-111111111111", "displayName": "Ana", "userPrincipalName": "ana@contoso.com",
  "accountEnabled": true, "userType": "Member",
  "assignedLicenses": [{{"disabledPlans": [], "skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06"}}],
  "licenseAssignmentStates": [{{"skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06", "disabledPlans": [],
    "assignedByGroup": null, "state": "{state}", "error": "CountViolation"}}]}}]}}"#
        )
    };
    let roles = "[[assignment]]\naccount = \"ana@contoso.com\"\nrole = \"Helpdesk Administrator\"\nstate = \"eligible\"\n";
    let (tenant, audit) = audit_files(&[("users.json", &user("Error")), ("roles.toml", roles)]);
    assert_eq!(of_kind(&tenant, &audit, FindingKind::SwitchedOff).len(), 1);
    let seats = r#"{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#subscribedSkus", "value": [{
  "capabilityStatus": "Suspended", "consumedUnits": 1, "skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
  "skuPartNumber": "SPE_E5", "appliesTo": "User",
  "prepaidUnits": {"enabled": 0, "suspended": 1, "warning": 0, "lockedOut": 0}, "servicePlans": []}]}"#;
    let files = [
        ("users.json", user("Active")),
        ("roles.toml", roles.to_owned()),
        ("seats.json", seats.to_owned()),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let (_, audit) = audit_files(&files);
    let Coverage::Unusable(broken) = &audit.rows[0].needs.last().unwrap().coverage else {
        panic!("{:?}", audit.rows[0]);
    };
    assert_eq!(broken[0].1, Broken::Suspended);
}

#[test]
fn what_the_tenant_says_its_sku_carries_beats_the_table() {
    // By the vendor's table Microsoft 365 E3 carries P1 and no P2; this tenant says otherwise.
    let seats = r#"{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#subscribedSkus", "value": [{
  "capabilityStatus": "Enabled", "consumedUnits": 1, "skuId": "05e9a617-0261-4cee-bb44-138d3ef5d965",
  "skuPartNumber": "SPE_E3", "appliesTo": "User",
  "prepaidUnits": {"enabled": 5, "suspended": 0, "warning": 0, "lockedOut": 0},
  "servicePlans": [{"servicePlanId": "PLAN", "servicePlanName": "NAME", "provisioningStatus": "Success", "appliesTo": "User"}]}]}"#;
    let roles = r#"
[[account]]
upn      = "ana@contoso.com"
held     = ["SPE_E3"]
eligible = ["Helpdesk Administrator"]
[[assignment]]
account = "ana@contoso.com"
role    = "User Administrator"
scope   = "administrative-unit:Sales"
"#;
    let verdicts = |id: &str, name: &str| {
        let seats = seats.replace("PLAN", id).replace("NAME", name);
        let (tenant, audit) = audit_files(&[("tenant.toml", roles), ("seats.json", &seats)]);
        super::verdicts(&tenant, &audit)
    };
    assert_eq!(
        verdicts("eec0eb4f-6444-4f95-aba0-50c24d67f998", "AAD_PREMIUM_P2"),
        [
            "ana@contoso.com: Helpdesk Administrator, ok",
            "ana@contoso.com: User Administrator, ok",
        ]
    );
    // And where it says that the SKU carries neither, neither is held.
    assert_eq!(
        verdicts(
            "efb87545-963c-4e0d-99df-69c6916d9eb0",
            "EXCHANGE_S_ENTERPRISE"
        ),
        [
            "ana@contoso.com: Helpdesk Administrator, gap",
            "ana@contoso.com: User Administrator, gap",
        ]
    );
}

#[test]
fn a_license_on_the_other_account_counts_as_far_as_claims_say() {
    let people = r#"
[[account]]
upn  = "vries@contoso.com"
held = ["SPE_E5"]

[[account]]
upn   = "adm-vries@contoso.com"
held  = []
ROLES

[[person]]
name     = "J. Vries"
accounts = ["adm-vries@contoso.com", "vries@contoso.com"]

[[assignment]]
account = "adm-vries@contoso.com"
role    = "User Administrator"
scope   = "administrative-unit:Sales"
"#;
    // For Entra features the vendor's blog of 2024 and the questions of 2026 say: one license for all accounts of a person.
    let (tenant, audit) = audit_of(&people.replace("ROLES", ""));
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::OtherAccount),
        [
            "other-account note ok: adm-vries@contoso.com, user-administrator, administrative-units.hold-scoped-role"
        ]
    );
    let kb = built_in().unwrap();
    let finding = audit
        .findings
        .iter()
        .find(|finding| finding.kind() == FindingKind::OtherAccount)
        .unwrap();
    let claims: Vec<&str> = finding
        .claims
        .iter()
        .map(|claim| kb.claims[*claim].id.as_str())
        .collect();
    assert!(claims.contains(&"opol-per-person-blog-2024"), "{claims:?}");
    // Of Privileged Identity Management one page says the account, another that owning is enough: nobody can tell.
    let (tenant, audit) =
        audit_of(&people.replace("ROLES", "eligible = [\"Helpdesk Administrator\"]"));
    let lines = of_kind(&tenant, &audit, FindingKind::OtherAccount);
    assert_eq!(
        lines[0],
        "other-account warning cannot-tell: adm-vries@contoso.com, helpdesk-administrator, pim.hold-eligible-assignment"
    );
    // An address alone is a weak tie.
    let tied = r#"
[[account]]
upn  = "vries@contoso.com"
held = ["SPE_E5"]
[[account]]
upn  = "adm-vries@contoso.com"
mail = "vries@contoso.com"
held = []
[[assignment]]
account = "adm-vries@contoso.com"
role    = "User Administrator"
scope   = "administrative-unit:Sales"
"#;
    let (tenant, audit) = audit_of(tied);
    assert_eq!(tenant.people.len(), 1);
    assert_eq!(audit.people[0].verdict, AuditVerdict::CannotTell);
}

#[test]
fn people_are_counted_once_against_the_seats_owned() {
    let (tenant, audit) = audit_of(
        r#"
[owned]
AAD_PREMIUM_P2 = 2

[[account]]
upn      = "ana@contoso.com"
held     = ["AAD_PREMIUM_P2"]
eligible = ["Helpdesk Administrator", "User Administrator"]
approves = ["Exchange Administrator"]

[[account]]
upn      = "ben@contoso.com"
held     = ["AAD_PREMIUM_P2"]
approves = ["Exchange Administrator"]

[[account]]
upn     = "cora@contoso.com"
held    = ["AAD_PREMIUM_P2"]
reviews = ["Exchange Administrator"]
"#,
    );
    // Ana is eligible for two roles and approves, and counts once: 1 eligible, 1 further approver, 1 further reviewer.
    let kb = built_in().unwrap();
    let told: Vec<(String, String)> = audit
        .told
        .iter()
        .filter(|told| kb.givens[told.given].id.starts_with("pim."))
        .map(|told| (kb.givens[told.given].id.to_string(), told.value.to_string()))
        .collect();
    let wanted = [
        ("pim.approvers", "1"),
        ("pim.eligible", "1"),
        ("pim.reviewers", "1"),
        ("pim.time-bound", "0"),
    ];
    let mut told = told;
    told.sort();
    assert_eq!(
        told,
        wanted.map(|(given, value)| (given.to_owned(), value.to_owned()))
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::TooFewSeats),
        ["too-few-seats error gap: pim.hold-eligible-assignment, 3 needed, 2 owned"]
    );
}

#[test]
fn a_license_that_no_task_needs_is_said_of_admin_accounts_only() {
    let text = r#"
[[account]]
upn  = "vries@contoso.com"
held = ["SPE_E5"]
[[account]]
upn   = "adm-vries@contoso.com"
held  = ["SPE_E3", "FLOW_FREE"]
roles = ["User Administrator"]
[[account]]
upn   = "ana@contoso.com"
held  = ["SPE_E3"]
roles = ["User Administrator"]
[[person]]
name     = "J. Vries"
accounts = ["adm-vries@contoso.com", "vries@contoso.com"]
"#;
    let (tenant, audit) = audit_of(text);
    // Ana has one account, and does her daily work with it; what is free costs nobody anything.
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::UnneededLicense),
        ["unneeded-license note ok: adm-vries@contoso.com, SPE_E3"]
    );
}

#[test]
fn an_add_on_without_its_base_is_named() {
    // Microsoft 365 E5 Security needs Microsoft 365 E3 or the like beside it.
    let text = |held: &str| {
        format!(
            "[[account]]\nupn = \"ana@contoso.com\"\nheld = [{held}]\nroles = [\"User Administrator\"]\n"
        )
    };
    let (tenant, audit) = audit_of(&text("\"IDENTITY_THREAT_PROTECTION\""));
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::MissingBase),
        ["missing-base warning ok: ana@contoso.com, IDENTITY_THREAT_PROTECTION"]
    );
    let (tenant, audit) = audit_of(&text("\"IDENTITY_THREAT_PROTECTION\", \"SPE_E3\""));
    assert_eq!(of_kind(&tenant, &audit, FindingKind::MissingBase), [""; 0]);
}

#[test]
fn names_that_nobody_knows_are_named_and_never_dropped() {
    let (tenant, audit) = audit_of(
        r#"
[[account]]
upn      = "ana@contoso.com"
held     = ["CONTOSO_BRAND_NEW"]
eligible = ["Helpdesk Administrator"]
roles    = ["Contoso Printer Wizard", "Company Administrator"]
"#,
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::UnknownSku),
        ["unknown-sku warning cannot-tell: CONTOSO_BRAND_NEW"]
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::UnknownRole),
        ["unknown-role warning cannot-tell: ana@contoso.com, Contoso Printer Wizard"]
            .map(|line| line.replace("ana@contoso.com, ", ""))
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::FormerRoleName),
        ["former-role-name note ok: global-administrator"]
    );
}

#[test]
fn an_emergency_account_that_is_used_otherwise_is_judged_like_any() {
    let (tenant, audit) = audit_of(
        r#"
[[account]]
upn      = "bg1@contoso.onmicrosoft.com"
kind     = "emergency"
held     = []
roles    = ["Global Administrator"]
eligible = ["Helpdesk Administrator"]
"#,
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::EmergencyAccount),
        ["emergency-account warning not-counted: bg1@contoso.onmicrosoft.com"]
    );
    assert_eq!(audit.people[0].verdict, AuditVerdict::Gap);
}

#[test]
fn what_has_ended_or_not_begun_does_not_count() {
    let (_, audit) = audit_of(
        r#"
[[account]]
upn  = "ana@contoso.com"
held = []
[[assignment]]
account = "ana@contoso.com"
role    = "User Administrator"
state   = "eligible"
until   = 2026-08-31
[[assignment]]
account = "ana@contoso.com"
role    = "Helpdesk Administrator"
state   = "eligible"
from    = 2026-09-02
"#,
    );
    let why: Vec<&str> = audit
        .rows
        .iter()
        .filter_map(|row| row.not_counted.map(|why| why.word()))
        .collect();
    assert_eq!(why, ["not-begun", "ended"]);
    assert_eq!(audit.worst_left(), AuditVerdict::Ok);
}

#[test]
fn what_is_ignored_or_known_is_left_out_until_its_reason_expires() {
    let text = r#"
[[account]]
upn      = "ana@contoso.com"
held     = []
eligible = ["Helpdesk Administrator"]
[[account]]
upn      = "svc-print@contoso.com"
held     = []
eligible = ["User Administrator"]
"#;
    let (tenant, audit) = audit_of(text);
    let gaps = |audit: &Audit| {
        let gaps = audit
            .findings
            .iter()
            .filter(|finding| finding.verdict == AuditVerdict::Gap);
        gaps.count()
    };
    assert_eq!(gaps(&audit), 2);
    let ignore = Ignore {
        entries: vec![IgnoreEntry {
            which: IgnoreWhich::Matching {
                kind: Some(FindingKind::MissingLicense),
                person: Some("SVC-*".to_owned()),
                role: None,
            },
            reason: Text::from("goes away with the old printers"),
            until: Some(Day::parse("2026-10-01").unwrap()),
        }],
    };
    let left = audit.clone().without(&tenant, &ignore, today());
    assert_eq!(
        (gaps(&left), left.ignored.len(), left.totals.ignored),
        (1, 1, 1)
    );
    assert_eq!(
        left.totals.people_by_verdict,
        audit.totals.people_by_verdict
    );
    assert!(left.without_effect(&ignore).is_empty());
    let later = audit
        .clone()
        .without(&tenant, &ignore, Day::parse("2026-10-01").unwrap());
    assert_eq!((gaps(&later), later.without_effect(&ignore).len()), (2, 1));
    // The next audit has one more admin, and only that one is new.
    let more = format!(
        "{text}\n[[account]]\nupn = \"ben@contoso.com\"\nheld = []\neligible = [\"User Administrator\"]\n"
    );
    let (tenant, next) = audit_of(&more);
    let new = next.since(&tenant, &left.baseline());
    let names: Vec<String> = new
        .findings
        .iter()
        .filter_map(|finding| finding.account.map(|at| tenant[at].called()))
        .collect();
    assert_eq!(names, ["ben@contoso.com"]);
    assert_eq!(new.worst_left(), AuditVerdict::Gap);
}

#[test]
fn a_fact_that_the_asker_states_is_not_asked_for() {
    let text =
        "[[account]]\nupn = \"cora@contoso.com\"\nheld = []\nroles = [\"Intune Administrator\"]\n";
    let tenant = read_texts(&[("tenant.toml", text)]);
    let stated = given(
        circumstances("2026-09-01"),
        "intune.unlicensed-admins-allowed",
        GivenValue::Truth(true),
    );
    let audit = audited(&tenant, &stated);
    assert_eq!(of_kind(&tenant, &audit, FindingKind::FactUnknown), [""; 0]);
    assert_eq!(audit.people[0].verdict, AuditVerdict::Ok);
}

#[test]
fn a_row_that_leaves_open_whether_it_is_eligible_cannot_be_told() {
    // A list with a column for it that says nothing of Ben.
    let roles = "Role Name,PrincipalName,Assignment State,Assignment End Time (UTC)\n\
                 Helpdesk Administrator,ana@contoso.com,Active,Permanent\n\
                 Helpdesk Administrator,ben@contoso.com,,Permanent\n";
    let held = r#"
[[account]]
upn  = "ana@contoso.com"
held = ["SPE_E3"]
[[account]]
upn  = "ben@contoso.com"
held = ["SPE_E3"]
"#;
    let (tenant, audit) = audit_files(&[("pim.csv", roles), ("held.toml", held)]);
    assert_eq!(
        super::verdicts(&tenant, &audit),
        [
            "ana@contoso.com: Helpdesk Administrator, ok",
            "ben@contoso.com: Helpdesk Administrator, cannot-tell, unless state gap",
        ]
    );
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::NotTold)[0],
        "not-told warning cannot-tell: helpdesk-administrator, state"
    );
}

#[test]
fn a_number_that_the_asker_states_is_held_against_the_seats_and_buys_nobody_a_license_twice() {
    let text = r#"
[owned]
AAD_PREMIUM_P2 = 3
[[account]]
upn      = "ana@contoso.com"
held     = ["SPE_E3"]
eligible = ["Helpdesk Administrator"]
"#;
    let tenant = read_texts(&[("tenant.toml", text)]);
    let stated = given(
        circumstances("2026-09-01"),
        "pim.eligible",
        GivenValue::Count(14),
    );
    let audit = audited(&tenant, &stated);
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::TooFewSeats),
        ["too-few-seats error gap: pim.hold-eligible-assignment, at least 14 needed, 3 owned"]
    );
    // The purchase closes the gap of the one who is listed.
    let purchase = audit.remedy.as_ref().unwrap().purchase.as_ref().unwrap();
    let seats: u64 = purchase.bill.iter().map(|line| line.assigned).sum();
    assert_eq!(seats, 1);
}

#[test]
fn a_list_of_seats_that_leaves_out_what_is_given_says_nothing_against_it() {
    // The guest's role may be activated in a tenant with P2, and somebody has it, whatever the short list says.
    let text = r#"
[owned]
SPE_E3 = 5
[[account]]
upn  = "ana@contoso.com"
held = ["AAD_PREMIUM_P2"]
[[account]]
upn      = "dmitri_fabrikam.com#EXT#@contoso.onmicrosoft.com"
guest    = true
held     = []
eligible = ["Global Reader"]
"#;
    let (_, audit) = audit_of(text);
    assert_eq!(audit.people[0].verdict, AuditVerdict::Ok);
    let (_, audit) = audit_of(&text.replace("\"AAD_PREMIUM_P2\"", "\"SPE_E3\""));
    assert_eq!(audit.people[0].verdict, AuditVerdict::Gap);
}
