//! Findings about people, facts and names, each on a tenant made for it.

use super::{audit_files, audit_of, audited, circumstances, given, of_kind};
use crate::tenant::{read_texts, today};
use licit::ask::built_in;
use licit::model::{
    AuditVerdict, Day, FindingKind, GivenValue, Ignore, IgnoreEntry, IgnoreWhich, Text,
};
use licit::tenant::audit::Audit;

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
    let knowledge = built_in().unwrap();
    let told: Vec<(String, String)> = audit
        .told
        .iter()
        .filter(|told| knowledge.givens[told.given].id.starts_with("pim."))
        .map(|told| {
            (
                knowledge.givens[told.given].id.to_string(),
                told.value.to_string(),
            )
        })
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

/// Three people are eligible; two seats of P2 are owned, and some of a SKU that the knowledge base does not know.
fn with_unknown_seats(seats: &str) -> (licit::tenant::Tenant, Audit) {
    let held = r#"
[[account]]
upn      = "ana@contoso.com"
held     = ["AAD_PREMIUM_P2"]
eligible = ["Helpdesk Administrator"]
[[account]]
upn      = "ben@contoso.com"
held     = ["AAD_PREMIUM_P2"]
eligible = ["Helpdesk Administrator"]
[[account]]
upn      = "cora@contoso.com"
held     = ["AAD_PREMIUM_P2"]
eligible = ["Helpdesk Administrator"]
"#;
    let skus = format!(
        r#"{{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#subscribedSkus", "value": [
{{"skuId": "84a661c4-e949-4bd2-a560-ed7766fcaf2b", "skuPartNumber": "AAD_PREMIUM_P2", "capabilityStatus": "Enabled",
  "consumedUnits": 2, "prepaidUnits": {{"enabled": 2, "suspended": 0, "warning": 0}},
  "servicePlans": [{{"servicePlanId": "eec0eb4f-6444-4f95-aba0-50c24d67f998", "servicePlanName": "AAD_PREMIUM_P2", "provisioningStatus": "Success", "appliesTo": "User"}}]}},
{{"skuId": "11111111-2222-4333-8444-555555555555", "skuPartNumber": "CONTOSO_BRAND_NEW", "capabilityStatus": "Enabled",
  "consumedUnits": 0, {seats}}}]}}"#
    );
    audit_files(&[("held.toml", held), ("skus.json", &skus)])
}

/// One plan of the made-up SKU.
fn plans(guid: &str, name: &str) -> String {
    format!(
        r#""servicePlans": [{{"servicePlanId": "{guid}", "servicePlanName": "{name}", "provisioningStatus": "Success", "appliesTo": "User"}}]"#
    )
}

#[test]
fn a_sku_that_nobody_knows_counts_by_the_plans_that_the_tenant_says_it_carries() {
    const TEN: &str = r#""prepaidUnits": {"enabled": 10, "suspended": 0, "warning": 0}"#;
    let p2 = plans("eec0eb4f-6444-4f95-aba0-50c24d67f998", "AAD_PREMIUM_P2");
    let yammer = plans("7547a3fe-08ee-4ccb-b430-5077c5041653", "YAMMER_ENTERPRISE");
    let few = |seats: &str| {
        let (tenant, audit) = with_unknown_seats(seats);
        of_kind(&tenant, &audit, FindingKind::TooFewSeats)
    };
    // It carries P2: two and ten seats are enough for three people.
    assert_eq!(few(&format!("{TEN}, {p2}")), [""; 0]);
    // It carries something else: two are too few, and that is sure although nobody knows its name.
    assert_eq!(
        few(&format!("{TEN}, {yammer}")),
        ["too-few-seats error gap: pim.hold-eligible-assignment, at least 3 needed, 2 owned"]
    );
    // Nobody tells what it carries.
    let (tenant, audit) = with_unknown_seats(TEN);
    assert_eq!(
        of_kind(&tenant, &audit, FindingKind::TooFewSeats),
        [
            "too-few-seats warning cannot-tell: pim.hold-eligible-assignment, at least 3 needed, 2 owned, perhaps 10 of CONTOSO_BRAND_NEW"
        ]
    );
    // Even if it counted, no seat of it can be used.
    let none = TEN.replace("10", "0");
    assert_eq!(
        few(&none),
        ["too-few-seats error gap: pim.hold-eligible-assignment, at least 3 needed, 2 owned"]
    );
}
