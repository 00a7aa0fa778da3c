//! Findings about licenses and seats, each on a tenant made for it.

use super::{audit_files, audit_of, of_kind};
use licit::ask::built_in;
use licit::model::{AuditVerdict, FindingKind};
use licit::tenant::audit::{About, Broken, Coverage};

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
    let knowledge = built_in().unwrap();
    let About::SwitchedOff(broken) = &audit.findings[0].about else {
        panic!("{:?}", audit.findings[0]);
    };
    assert_eq!(
        broken[0].1,
        Broken::PlanOff(knowledge.plans.find("AAD_PREMIUM_P2").unwrap())
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
    let knowledge = built_in().unwrap();
    let finding = audit
        .findings
        .iter()
        .find(|finding| finding.kind() == FindingKind::OtherAccount)
        .unwrap();
    let claims: Vec<&str> = finding
        .claims
        .iter()
        .map(|claim| knowledge.claims[*claim].id.as_str())
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
