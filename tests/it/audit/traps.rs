//! The fourteen traps into which tools of this field fell, one test each (`research/peers.md`, part F, in its order).

use super::{audit_of, audited, circumstances, findings, verdicts};
use crate::tenant::{read_samples, read_texts};
use licit::ask::built_in;
use licit::model::{AuditVerdict, ClaimKindName, FindingKind, Segment, Verdict};
use licit::proof::check;
use licit::tenant::MissingFact;
use licit::tenant::audit::{About, Coverage};
use std::collections::BTreeMap;

#[test]
fn trap_1_one_seat_of_p2_does_not_make_the_tenant_p2() {
    let (tenant, audit) = audit_of(
        r#"
[owned]
AAD_PREMIUM_P2 = 1
[[account]]
upn      = "ana@contoso.com"
held     = ["AAD_PREMIUM_P2"]
eligible = ["Helpdesk Administrator"]
[[account]]
upn      = "ben@contoso.com"
held     = ["SPE_E3"]
eligible = ["Helpdesk Administrator"]
"#,
    );
    assert_eq!(
        verdicts(&tenant, &audit),
        [
            "ana@contoso.com: Helpdesk Administrator, ok",
            "ben@contoso.com: Helpdesk Administrator, gap",
        ]
    );
}

#[test]
fn trap_2_an_admin_without_any_license_is_seen() {
    let (tenant, audit) = audit_of(
        "[[account]]\nupn = \"adm-ana@contoso.onmicrosoft.com\"\nheld = []\neligible = [\"Global Administrator\"]\n",
    );
    assert_eq!(
        verdicts(&tenant, &audit),
        ["adm-ana@contoso.onmicrosoft.com: Global Administrator, gap"]
    );
    assert_eq!(audit.totals.unlicensed_accounts, 1);
}

#[test]
fn trap_3_what_is_shown_as_needed_is_what_decides() {
    let tenant = read_samples(&[
        "graph-users.page1.json",
        "graph-roleEligibilitySchedules.json",
    ]);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let mut compared = 0;
    for finding in &audit.findings {
        let (Some(at), Some(subject)) = (finding.answer, finding.subject) else {
            continue;
        };
        let needs = &audit.answers[at].answer.needs;
        let need = needs.iter().find(|need| need.subject == subject).unwrap();
        assert_eq!(finding.needs, need.requirement);
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn trap_4_totals_can_be_counted_again_from_the_rows() {
    let tenant = read_samples(&[
        "graph-users.page1.json",
        "graph-users.page2.json",
        "graph-roleAssignments.json",
        "graph-roleEligibilitySchedules.json",
    ]);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let mut people: BTreeMap<_, AuditVerdict> = BTreeMap::new();
    let mut by_verdict: BTreeMap<AuditVerdict, u64> = BTreeMap::new();
    for row in &audit.rows {
        *by_verdict.entry(row.verdict).or_default() += 1;
        if let Some(person) = row.person {
            let worst = people.entry(person).or_insert(row.verdict);
            *worst = (*worst).min(row.verdict);
        }
    }
    assert_eq!(by_verdict, audit.totals.rows_by_verdict);
    let mut of_people: BTreeMap<AuditVerdict, u64> = BTreeMap::new();
    for verdict in people.values() {
        *of_people.entry(*verdict).or_default() += 1;
    }
    assert_eq!(of_people, audit.totals.people_by_verdict);
    let listed: usize = audit.people.iter().map(|person| person.rows.len()).sum();
    assert_eq!(listed + audit.apart.len(), audit.rows.len());
}

#[test]
fn trap_5_what_does_not_apply_is_neither_failed_nor_passed_over() {
    let (tenant, audit) = audit_of(
        r#"
[[account]]
upn   = "ana@contoso.com"
roles = ["Helpdesk Administrator"]
eligible = ["User Administrator"]
[[service_principal]]
name  = "Reporting"
roles = ["Directory Readers"]
[[group]]
name     = "Tier 1"
eligible = ["Exchange Administrator"]
"#,
    );
    assert_eq!(
        verdicts(&tenant, &audit),
        [
            // A standing built-in role needs nothing, so that nobody tells her licenses does not matter.
            "ana@contoso.com: Helpdesk Administrator, ok",
            "ana@contoso.com: User Administrator, cannot-tell",
            "group Tier 1: Exchange Administrator, cannot-tell",
            "program Reporting: Directory Readers, not-counted (program)",
        ]
    );
    // Each "cannot tell" says why, and what would settle it.
    let missing: Vec<MissingFact> = audit
        .findings
        .iter()
        .filter(|finding| finding.verdict == AuditVerdict::CannotTell)
        .map(|finding| match finding.about {
            About::NotTold(missing) => missing.fact,
            _ => panic!("{finding:?}"),
        })
        .collect();
    assert_eq!(missing, [MissingFact::GroupMembers, MissingFact::Licenses]);
}

#[test]
fn trap_6_a_higher_plan_with_an_id_of_its_own_covers_the_lower() {
    // EMS E5 lists P2 and, unlike E3, need not list P1: P2 covers P1, which an administrative unit asks for.
    let (_, audit) = audit_of(
        r#"
[[account]]
upn     = "ana@contoso.com"
held    = ["AAD_PREMIUM_P2"]
[[assignment]]
account = "ana@contoso.com"
role    = "User Administrator"
scope   = "administrative-unit:Sales"
"#,
    );
    let covered = audit.rows[0].needs.last().unwrap();
    assert!(
        matches!(covered.coverage, Coverage::Account(_)),
        "{covered:?}"
    );
    // And where P1 beside it is switched off, P2 still does it.
    let (_, audit) = audit_of(
        r#"
[[account]]
upn     = "ana@contoso.com"
held    = ["SPE_E5"]
without = ["AAD_PREMIUM"]
[[assignment]]
account = "ana@contoso.com"
role    = "User Administrator"
scope   = "administrative-unit:Sales"
"#,
    );
    assert_eq!(audit.rows[0].verdict, AuditVerdict::Ok);
}

#[test]
fn trap_7_a_price_has_its_day_its_currency_and_who_says_so() {
    let text = "[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E3\"]\neligible = [\"User Administrator\"]\n";
    let (_, audit) = audit_of(text);
    let knowledge = built_in().unwrap();
    let purchase = audit.remedy.as_ref().unwrap().purchase.as_ref().unwrap();
    assert_eq!(purchase.team.currency.code(), "USD");
    assert_eq!(purchase.team.on, audit.circumstances.on);
    let line = purchase.bill.iter().find(|line| line.buy > 0).unwrap();
    let claim = line.price.unwrap().claim().unwrap();
    assert!(!knowledge.claims[claim].evidence.is_empty());
    // In a currency in which nobody states a price nothing is made up.
    let tenant = read_texts(&[("tenant.toml", text)]);
    let mut elsewhere = circumstances("2026-09-01");
    elsewhere.currency = licit::model::Currency::parse("XAU").unwrap();
    let audit = audited(&tenant, &elsewhere);
    assert_eq!(audit.people[0].verdict, AuditVerdict::Gap);
    let purchase = audit.remedy.as_ref().unwrap().purchase.as_ref().unwrap();
    assert!(purchase.total.is_none() && purchase.no_purchase.is_some());
}

#[test]
fn trap_8_every_reason_is_a_sentence_of_a_source_not_a_page() {
    let (_, audit) = audit_of(
        "[[account]]\nupn = \"ana@contoso.com\"\nheld = []\neligible = [\"User Administrator\"]\n",
    );
    let knowledge = built_in().unwrap();
    let gap = audit
        .findings
        .iter()
        .find(|finding| finding.verdict == AuditVerdict::Gap)
        .unwrap();
    let answer = &audit.answers[gap.answer.unwrap()].answer;
    let need = answer
        .needs
        .iter()
        .find(|need| Some(need.subject) == gap.subject)
        .unwrap();
    assert!(!need.claims.is_empty());
    for claim in &need.claims {
        for evidence in &knowledge.claims[*claim].evidence {
            assert!(!evidence.says.is_empty(), "{}", knowledge.claims[*claim].id);
        }
    }
}

#[test]
fn trap_9_no_premise_is_left_out_of_a_proof() {
    let tenant = read_samples(&[
        "graph-users.page1.json",
        "graph-roleEligibilitySchedules.json",
    ]);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let knowledge = built_in().unwrap();
    assert!(!audit.answers.is_empty());
    for answer in &audit.answers {
        assert_eq!(check(&knowledge, &answer.answer, &answer.proof), Ok(()));
        // Without its first step the checker refuses it.
        let mut cut = answer.proof.clone();
        cut.steps.remove(0);
        assert!(check(&knowledge, &answer.answer, &cut).is_err());
    }
}

#[test]
fn trap_10_a_guess_comes_with_its_signs() {
    let (tenant, audit) = audit_of(
        "[[account]]\nupn = \"breakglass-1@contoso.onmicrosoft.com\"\nheld = []\nroles = [\"Global Administrator\"]\n",
    );
    let purpose = &tenant.accounts[0].purpose;
    assert!(purpose.because.len() > 1, "{purpose:?}");
    assert_eq!(audit.totals.findings[&FindingKind::EmergencyAccount], 1);
}

#[test]
fn trap_11_an_emergency_account_is_no_sin_and_not_invisible() {
    let (tenant, audit) = audit_of(
        "[[account]]\nupn = \"bg1@contoso.onmicrosoft.com\"\nkind = \"emergency\"\nheld = []\nroles = [\"Global Administrator\"]\n",
    );
    assert_eq!(audit.worst_left(), AuditVerdict::Ok);
    let lines = findings(&tenant, &audit);
    assert!(
        lines.contains(&"emergency-account note not-counted: bg1@contoso.onmicrosoft.com, global-administrator".to_owned()),
        "{lines:?}"
    );
    // The sources that say so stand behind it.
    assert!(audit.rows[0].answer.is_some());
}

#[test]
fn trap_12_an_unknown_sku_may_carry_what_is_needed_and_is_never_dropped() {
    let (_, audit) = audit_of(
        "[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E3\", \"00000000-1111-4222-8333-444444444444\"]\neligible = [\"User Administrator\"]\n",
    );
    assert_eq!(audit.rows[0].verdict, AuditVerdict::CannotTell);
    let unknown = audit
        .findings
        .iter()
        .find(|finding| finding.kind() == FindingKind::UnknownSku)
        .unwrap();
    assert!(
        matches!(&unknown.about, About::UnknownSku { sku, .. } if sku.written.starts_with("00000000"))
    );
    // What is known to be enough stays enough beside it.
    let (_, audit) = audit_of(
        "[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E5\", \"00000000-1111-4222-8333-444444444444\"]\neligible = [\"User Administrator\"]\n",
    );
    assert_eq!(audit.rows[0].verdict, AuditVerdict::Ok);
}

#[test]
fn trap_13_licenses_of_governments_and_schools_count() {
    // Microsoft 365 A5 for faculty and G5 have P2 like E5.
    let knowledge = built_in().unwrap();
    let p2 = knowledge.plans.find("AAD_PREMIUM_P2").unwrap();
    let mut tried = 0;
    for (id, segment) in [
        ("M365EDU_A5_FACULTY", Segment::Education),
        ("M365_G5_GCC", Segment::Government),
    ] {
        let sku = knowledge.skus.find(id).unwrap();
        assert_eq!(knowledge.skus[sku].segment, segment, "{id}");
        let text = format!(
            "[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"{id}\"]\neligible = [\"User Administrator\"]\n"
        );
        let (_, audit) = audit_of(&text);
        assert_eq!(audit.rows[0].verdict, AuditVerdict::Ok, "{id}");
        tried += 1;
    }
    assert_eq!(
        (tried, knowledge.plans[p2].id.as_str()),
        (2, "AAD_PREMIUM_P2")
    );
}

#[test]
fn trap_14_a_training_text_does_not_outrank_the_licensing_page() {
    // A training unit said that holders need nothing and assigners do, the reverse of the licensing page. Whatever such
    // texts say, the holder's need stands.
    let (_, audit) = audit_of(
        "[[account]]\nupn = \"ana@contoso.com\"\nheld = []\neligible = [\"User Administrator\"]\n",
    );
    let knowledge = built_in().unwrap();
    let answer = &audit.answers[audit.rows[0].answer.unwrap()].answer;
    let need = answer
        .needs
        .iter()
        .find(|need| need.verdict == Verdict::Required)
        .unwrap();
    let claims: Vec<&str> = need
        .claims
        .iter()
        .map(|claim| knowledge.claims[*claim].id.as_str())
        .collect();
    assert!(
        claims.contains(&"pim-eligible-p2-or-governance-2023"),
        "{claims:?}"
    );
    let rules = need.claims.iter().map(|claim| &knowledge.claims[*claim]);
    for rule in rules.filter(|claim| claim.kind.name() == ClaimKindName::Requirement) {
        assert!(!rule.is_weak(), "{}", rule.id);
    }
    assert_eq!(audit.rows[0].verdict, AuditVerdict::Gap);
}
