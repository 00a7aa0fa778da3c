//! The data as a whole: how much issue 2 asks for, and a sample of the vendor's table of SKUs and plans.

use licit::dataset::{KnowledgeBase, disputes};
use licit::model::{Claim, ClaimId, ClaimKind, ClaimKindName};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<KnowledgeBase> = LazyLock::new(|| licit::ask::built_in().unwrap());

/// The kinds that issue 2 counts: inclusions, names and prices do not.
const COUNTED: &[ClaimKindName] = &[
    ClaimKindName::Requirement,
    ClaimKindName::Lifecycle,
    ClaimKindName::Permission,
    ClaimKindName::Prerequisite,
    ClaimKindName::Limit,
    ClaimKindName::Exclusion,
];

fn counted() -> Vec<(ClaimId, &'static Claim)> {
    let claims = KNOWLEDGE.claims.iter();
    claims
        .filter(|(_, claim)| COUNTED.contains(&claim.kind.name()))
        .collect()
}

#[test]
fn there_is_as_much_as_was_asked_for() {
    let claims = counted();
    assert!(claims.len() >= 110, "{} claims", claims.len());
    let dated = claims.iter().filter(|(_, claim)| {
        let ends = [&claim.effective.from, &claim.effective.until];
        let mut ends = ends.into_iter().flatten();
        // "unknown" is no date.
        ends.any(|end| end.earliest().is_some() || end.latest().is_some())
    });
    assert!(dated.clone().count() >= 80, "{} dated", dated.count());
    let disputes = disputes(&KNOWLEDGE);
    let pairs: BTreeSet<_> = disputes.iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
    assert!(pairs.len() >= 12, "{} disputes", pairs.len());
    let roles = KNOWLEDGE.roles.iter().map(|(_, role)| role);
    let entra: Vec<_> = roles
        .filter(|role| role.authority.as_str() == "entra")
        .collect();
    assert_eq!(entra.len(), 145);
    let templates: BTreeSet<_> = entra.iter().filter_map(|role| role.template).collect();
    assert_eq!(templates.len(), 145, "each with a template id of its own");
}

#[test]
fn every_claim_that_counts_is_guarded_by_a_scenario() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut guarded = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let file: toml::Table = text.parse().unwrap();
        for scenario in file["scenario"].as_array().unwrap() {
            let claims = scenario.get("claims").and_then(toml::Value::as_array);
            let claims = claims.into_iter().flatten().filter_map(toml::Value::as_str);
            guarded.extend(claims.map(str::to_owned));
        }
    }
    let bare: Vec<&str> = counted()
        .into_iter()
        .map(|(_, claim)| claim.id.as_str())
        .filter(|id| !guarded.contains(*id))
        .collect();
    assert!(bare.is_empty(), "no scenario names {bare:?}");
}

#[test]
fn disputes_are_kept_between_claims_that_are_there() {
    for (one, other) in disputes(&KNOWLEDGE) {
        assert!(KNOWLEDGE.has(one) && KNOWLEDGE.has(other) && one != other);
        let sources = |claim: ClaimId| !KNOWLEDGE.claims[claim].evidence.is_empty();
        assert!(sources(one) && sources(other));
    }
}

/// SKU with its GUID and a plan in it with its GUID, read by hand in the vendor's table "Product names and service plan
/// identifiers for licensing" of 2026-08-20.
const TABLE: &[(&str, &str, &str, &str)] = &[
    (
        "SPE_E5",
        "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
        "AAD_PREMIUM_P2",
        "eec0eb4f-6444-4f95-aba0-50c24d67f998",
    ),
    (
        "SPE_E3",
        "05e9a617-0261-4cee-bb44-138d3ef5d965",
        "AAD_PREMIUM",
        "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
    ),
    (
        "SPE_E3",
        "05e9a617-0261-4cee-bb44-138d3ef5d965",
        "INTUNE_A",
        "c1ec4a95-1f05-45b3-a911-aa3fa01094f5",
    ),
    (
        "SPE_E3",
        "05e9a617-0261-4cee-bb44-138d3ef5d965",
        "ATP_ENTERPRISE",
        "f20fedf3-f3c3-43c3-8267-2bfdd51c0939",
    ),
    (
        "ENTERPRISEPACK",
        "6fd2c87f-b296-42f0-b197-1e91e994b900",
        "EXCHANGE_S_ENTERPRISE",
        "efb87545-963c-4e0d-99df-69c6916d9eb0",
    ),
    (
        "SPB",
        "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
        "ATP_ENTERPRISE",
        "f20fedf3-f3c3-43c3-8267-2bfdd51c0939",
    ),
    (
        "AAD_PREMIUM_P2",
        "84a661c4-e949-4bd2-a560-ed7766fcaf2b",
        "AAD_PREMIUM_P2",
        "eec0eb4f-6444-4f95-aba0-50c24d67f998",
    ),
    (
        "EMSPREMIUM",
        "b05e124f-c7cc-45a0-a6aa-8cf78c946968",
        "AAD_PREMIUM_P2",
        "eec0eb4f-6444-4f95-aba0-50c24d67f998",
    ),
    (
        "THREAT_INTELLIGENCE",
        "3dd6cf57-d688-4eed-ba52-9e40b5468c3e",
        "THREAT_INTELLIGENCE",
        "8e0c0a52-6a6c-4d40-8370-dd62790dcd70",
    ),
    (
        "IDENTITY_THREAT_PROTECTION",
        "26124093-3d78-432b-b5dc-48bf992543d5",
        "WINDEFATP",
        "871d91ec-ec1a-452b-a83f-bd76c7d770ef",
    ),
    (
        "Microsoft_Entra_ID_Governance",
        "cf6b0d46-4093-4546-a0ab-0b1546dcc10e",
        "Entra_Identity_Governance",
        "e866a266-3cff-43a3-acca-0c90a7e00c8b",
    ),
    (
        "EXCHANGESTANDARD",
        "4b9405b0-7788-4568-add1-99614e613b69",
        "EXCHANGE_S_STANDARD",
        "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
    ),
    (
        "EXCHANGEDESKLESS",
        "80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82",
        "EXCHANGE_S_DESKLESS",
        "4a82b400-a79f-41a4-b4e2-e94f5787b113",
    ),
    (
        "SPE_F1",
        "66b55226-6b4f-492c-910c-a3b7a3c9d993",
        "INTUNE_A",
        "c1ec4a95-1f05-45b3-a911-aa3fa01094f5",
    ),
    (
        "SPE_F5_SEC",
        "67ffe999-d9ca-49e1-9d2c-03fb28aa7a48",
        "AAD_PREMIUM_P2",
        "eec0eb4f-6444-4f95-aba0-50c24d67f998",
    ),
];

/// Pairs that the same table does not have: a plan that covers another is listed alone.
const NOT_IN_TABLE: &[(&str, &str)] = &[
    ("IDENTITY_THREAT_PROTECTION", "AAD_PREMIUM"),
    ("EXCHANGESTANDARD", "EXCHANGE_S_ENTERPRISE"),
    ("O365_BUSINESS_ESSENTIALS", "INTUNE_A"),
];

fn carries(sku: &str, plan: &str) -> bool {
    let knowledge = &*KNOWLEDGE;
    let wanted = (
        knowledge.skus.find(sku).unwrap(),
        knowledge.plans.find(plan).unwrap(),
    );
    knowledge.claims.iter().any(|(_, claim)| {
        matches!(claim.kind, ClaimKind::Inclusion { sku, plan } if (sku, plan) == wanted)
    })
}

#[test]
fn the_catalog_is_the_vendors_table() {
    let knowledge = &*KNOWLEDGE;
    for (sku, sku_guid, plan, plan_guid) in TABLE {
        let guid = |guid: Option<licit::model::Guid>| guid.unwrap().to_string();
        assert_eq!(
            guid(knowledge.skus[knowledge.skus.find(sku).unwrap()].guid),
            *sku_guid,
            "{sku}"
        );
        assert_eq!(
            guid(knowledge.plans[knowledge.plans.find(plan).unwrap()].guid),
            *plan_guid,
            "{plan}"
        );
        assert!(carries(sku, plan), "{sku} carries {plan}");
    }
    for (sku, plan) in NOT_IN_TABLE {
        assert!(!carries(sku, plan), "{sku} does not carry {plan}");
    }
}
