//! The invented tenant of the samples, in every format. What to expect follows from `tests/data/tenant/README.md` and
//! these claims on 2026-09-01: holding a built-in role needs nothing (`entra.hold-built-in-role`), being eligible or
//! holding a role for a time needs P2 or Governance (`pim-eligible-p2-or-governance-2023`), a role over an administrative
//! unit needs P1 (`administrative-units-scoped-role-needs-p1`), the Intune admin center is open to unlicensed admins or
//! not by a switch, and of Purview two second-hand readings dispute. E5 and EMS E5 have P2, E3 and F3 have P1.

use super::{audited, circumstances, findings, given, verdicts};
use crate::tenant::read_samples;
use licit::ask::built_in;
use licit::model::{AuditVerdict, Boundary, FindingKind, GivenValue};
use licit::tenant::audit::{About, Audit, NotCounted};
use licit::tenant::{MissingFact, Tenant, TextExport, exports_under, read};

const GRAPH: [&str; 5] = [
    "graph-subscribedSkus.json",
    "graph-users.page1.json",
    "graph-users.page2.json",
    "graph-roleAssignments.json",
    "graph-roleEligibilitySchedules.json",
];

/// What is said of every assignment, whatever the format.
const VERDICTS: [&str; 10] = [
    // E5 has P2.
    "ana.admin@contoso.com: Global Administrator, ok",
    "ana.admin@contoso.com: Security Administrator, ok",
    // F3 has P1, and being eligible needs P2 or Governance.
    "ben.helpdesk@contoso.com: Helpdesk Administrator, gap",
    // Permanent and in use, as it should be.
    "bg1@contoso.onmicrosoft.com: Global Administrator, not-counted (emergency)",
    // E3 has the plan INTUNE_A, so neither date nor switch matters.
    "cora.devices@contoso.com: Intune Administrator, ok",
    // A standing role is no premium feature, for which alone guests are metered.
    "dmitri_fabrikam.com#EXT#@contoso.onmicrosoft.com: Global Reader, ok",
    // Purview: disputed.
    "eva.compliance@contoso.com: Compliance Administrator, cannot-tell",
    // E3 has P1, which an administrative unit asks for.
    "franz.mueller@contoso.com: User Administrator, ok",
    "group PIM-Exchange-Admins: Exchange Administrator, cannot-tell",
    "program Contoso Reporting: Directory Readers, not-counted (program)",
];

/// Verdicts without what no export tells.
fn plain(tenant: &Tenant, audit: &Audit) -> Vec<String> {
    let lines = verdicts(tenant, audit).into_iter();
    lines
        .map(|line| line.split(", unless").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_invented_tenant_is_judged_and_what_limits_it_is_said() {
    let tenant = read_samples(&GRAPH);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    assert_eq!(plain(&tenant, &audit), VERDICTS);
    // The list of active roles does not say when they end, and holding a role for a time needs P2, which E3 has not.
    let unless = verdicts(&tenant, &audit);
    let unless: Vec<&String> = unless
        .iter()
        .filter(|line| line.contains("unless"))
        .collect();
    assert_eq!(
        unless,
        [
            "cora.devices@contoso.com: Intune Administrator, ok, unless bounds gap",
            "franz.mueller@contoso.com: User Administrator, ok, unless bounds gap",
        ]
    );
    assert_eq!(
        findings(&tenant, &audit),
        [
            // Two E5 seats are owned and one is given to Ana.
            "missing-license error gap: ben.helpdesk@contoso.com, helpdesk-administrator, pim.hold-eligible-assignment, 1 idle SPE_E5",
            "disputed warning cannot-tell: compliance-administrator, purview.administer",
            "not-told warning cannot-tell: group PIM-Exchange-Admins, exchange-administrator, group-members",
            "not-told warning ok: bounds",
            "not-told note ok: approvers",
            "emergency-account note not-counted: bg1@contoso.onmicrosoft.com, global-administrator",
        ]
    );
    assert_eq!(audit.worst_left(), AuditVerdict::Gap);
}

#[test]
fn a_gap_names_the_source_that_asks_for_owned_seats_only_and_hands_out_the_idle_one() {
    let tenant = read_samples(&GRAPH);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let knowledge = built_in().unwrap();
    let gap = &audit.findings[0];
    let About::MissingLicense { enough_owned, .. } = &gap.about else {
        panic!("{gap:?}");
    };
    // Microsoft's licensing page: nobody has to be given a Governance license as long as there are enough.
    let claims: Vec<&str> = enough_owned
        .iter()
        .map(|claim| knowledge.claims[*claim].id.as_str())
        .collect();
    assert_eq!(claims, ["governance-license-not-assigned-2023"]);
    let remedy = audit.remedy.as_ref().unwrap();
    let purchase = remedy.purchase.as_ref().unwrap();
    assert_eq!(purchase.total.unwrap().to_string(), "0.00");
    let idle: Vec<(&str, u64)> = remedy
        .idle
        .iter()
        .map(|(sku, seats)| (knowledge.skus[*sku].id.as_str(), *seats))
        .collect();
    assert_eq!(idle, [("SPE_E5", 1)]);
    // The other way: Ben holds the role for good instead, and nothing has to be handed out.
    let without = remedy.without_eligibility.as_ref().unwrap();
    assert!(without.purchase.is_none());
    let eligible: Vec<String> = without
        .assignments
        .iter()
        .map(|at| tenant.assignments[*at].role.written.clone())
        .collect();
    assert_eq!(eligible, ["Helpdesk Administrator"]);
}

#[test]
fn every_finding_leads_back_to_its_rows() {
    let tenant = read_samples(&GRAPH);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let rows: Vec<String> = audit.findings[0]
        .rows
        .iter()
        .map(|row| {
            let path = &tenant.files[row.file.index()].path;
            format!("{} {}", path.rsplit('/').next().unwrap(), row.row)
        })
        .collect();
    // Ben is element 2 of the first page, and his eligibility element 1 of its list.
    assert_eq!(
        rows,
        [
            "graph-users.page1.json element 2",
            "graph-roleEligibilitySchedules.json element 1",
        ]
    );
    let knowledge = built_in().unwrap();
    for finding in audit.findings.iter().filter_map(|finding| finding.answer) {
        let answer = &audit.answers[finding];
        assert_eq!(
            licit::proof::check(&knowledge, &answer.answer, &answer.proof),
            Ok(())
        );
    }
}

#[test]
fn totals_are_those_of_the_rows() {
    let tenant = read_samples(&GRAPH);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let totals = &audit.totals;
    let of = |verdict| {
        totals
            .people_by_verdict
            .get(&verdict)
            .copied()
            .unwrap_or_default()
    };
    // Ben; Eva; Ana, Cora, Dmitri and Franz; the emergency account.
    assert_eq!(
        [
            of(AuditVerdict::Gap),
            of(AuditVerdict::CannotTell),
            of(AuditVerdict::Ok),
            of(AuditVerdict::NotCounted)
        ],
        [1, 1, 4, 1]
    );
    assert_eq!(
        (totals.people, totals.accounts, totals.assignments),
        (7, 7, 10)
    );
    assert_eq!((totals.unlicensed_accounts, totals.programs), (2, 1));
    // Ana is judged for each of her two roles.
    let knowledge = built_in().unwrap();
    let roles: Vec<(&str, AuditVerdict)> = audit.people[0]
        .roles
        .iter()
        .map(|role| {
            let id = role.role.as_ref().unwrap().id.unwrap();
            (knowledge.roles[id].name.as_str(), role.verdict)
        })
        .collect();
    assert_eq!(
        roles,
        [
            ("Global Administrator", AuditVerdict::Ok),
            ("Security Administrator", AuditVerdict::Ok),
        ]
    );
    assert_eq!(
        totals.not_counted.entries(),
        [(NotCounted::Program, 1), (NotCounted::Emergency, 1)]
    );
    let rows: u64 = totals.rows_by_verdict.values().sum();
    assert_eq!(rows, audit.rows.len() as u64);
}

/// The entries of a map, copied.
trait Entries<K, V> {
    fn entries(&self) -> Vec<(K, V)>;
}

impl<K: Copy + Ord, V: Copy> Entries<K, V> for std::collections::BTreeMap<K, V> {
    fn entries(&self) -> Vec<(K, V)> {
        self.iter().map(|(key, value)| (*key, *value)).collect()
    }
}

/// The lines of everybody who is listed in a format.
fn only(wanted: &[&str], left_out: &[&str]) -> Vec<String> {
    let lines = wanted
        .iter()
        .filter(|line| !left_out.iter().any(|out| line.contains(out)));
    lines.map(|line| (*line).to_owned()).collect()
}

#[test]
fn every_format_leads_to_the_same_verdicts_and_says_what_it_cannot_tell() {
    // Lists of active roles: nobody who is eligible is in them.
    let eligible = [
        "Global Administrator, ok",
        "ben.helpdesk",
        "PIM-Exchange-Admins",
    ];
    // A table without kinds: a group and a program are principals that nobody describes.
    let described = ["PIM-Exchange-Admins", "Contoso Reporting"];
    let unknown = [
        "unknown: Directory Readers, cannot-tell",
        "unknown: Exchange Administrator, cannot-tell",
    ];
    let no_lines: [&str; 0] = [];
    // That the three lists of the admin center tell the same licenses, the tests of the reader show.
    let cases: [(&[&str], Vec<String>, &[MissingFact]); 6] = [
        (
            &[
                "ps-Get-MgSubscribedSku.ConvertTo-Json.json",
                "ps-Get-MgUser.ConvertTo-Json.json",
                "ps-Get-MgRoleManagementDirectoryRoleAssignment.json",
            ],
            only(&VERDICTS, &eligible),
            &[MissingFact::Eligibility, MissingFact::Bounds],
        ),
        (
            &[
                "pim-entra-roles-export.csv",
                "m365-admin-center-active-users.csv",
            ],
            [only(&VERDICTS, &described), only(&unknown, &[])].concat(),
            &[MissingFact::SwitchedOffPlans, MissingFact::Seats],
        ),
        (
            &[
                "pim-entra-roles-export.csv",
                "graph-users.page1.json",
                "graph-users.page2.json",
            ],
            [only(&VERDICTS, &described), only(&unknown, &[])].concat(),
            &[MissingFact::Seats],
        ),
        (
            &["azuread-module-role-report.csv", "msol-Get-MsolUser.json"],
            only(&VERDICTS, &eligible),
            &[MissingFact::Eligibility, MissingFact::Seats],
        ),
        (
            &["msol-role-members.csv", "msol-licenses.csv"],
            [
                only(&VERDICTS, &[&eligible[..], &described[..]].concat()),
                only(&unknown[..1], &no_lines),
            ]
            .concat(),
            &[MissingFact::Eligibility, MissingFact::SwitchedOffPlans],
        ),
        (
            &[
                "graph-directoryRoles-expand-members.json",
                "m365-admin-center-active-users.csv",
            ],
            // Franz holds his role over one unit only, so he is no member of it in the whole tenant.
            only(&VERDICTS, &[&eligible[..], &["franz"]].concat()),
            &[
                MissingFact::Eligibility,
                MissingFact::Bounds,
                MissingFact::Seats,
            ],
        ),
    ];
    for (files, wanted, missing) in cases {
        let tenant = read_samples(files);
        let audit = audited(&tenant, &circumstances("2026-09-01"));
        assert_eq!(plain(&tenant, &audit), wanted, "{files:?}");
        let not_told: Vec<MissingFact> = audit
            .findings
            .iter()
            .filter_map(|finding| match finding.about {
                About::NotTold(missing) => Some(missing.fact),
                _ => None,
            })
            .collect();
        for fact in missing {
            assert!(
                not_told.contains(fact),
                "{files:?}: {fact} is not said in {not_told:?}"
            );
        }
    }
}

#[test]
fn all_files_at_once_lead_to_the_findings_of_one_format() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tenant");
    let files = exports_under(&folder).unwrap();
    let files: Vec<&dyn licit::tenant::Export> = files
        .iter()
        .map(|file| file as &dyn licit::tenant::Export)
        .collect();
    let all = read(&built_in().unwrap(), &files);
    let all_audited = audited(&all, &circumstances("2026-09-01"));
    assert_eq!(plain(&all, &all_audited), VERDICTS);
    let one = read_samples(&GRAPH);
    let one_audited = audited(&one, &circumstances("2026-09-01"));
    // Ids do not depend on the format.
    let ids = |audit: &Audit| -> Vec<String> {
        let gaps = audit
            .findings
            .iter()
            .filter(|finding| finding.verdict != AuditVerdict::Ok);
        gaps.map(|finding| finding.id.to_string()).collect()
    };
    assert_eq!(ids(&all_audited), ids(&one_audited));
    // The export of PIM says that the standing roles have no end.
    assert!(
        verdicts(&all, &all_audited)
            .iter()
            .all(|line| !line.contains("unless"))
    );
}

#[test]
fn the_intune_administrator_is_judged_by_date_and_switch() {
    // Without Intune in the license: Office 365 E3 has none.
    let file = TextExport::new(
        "cora.toml",
        "[[account]]\nupn = \"cora@contoso.com\"\nheld = [\"ENTERPRISEPACK\"]\nroles = [\"Intune Administrator\"]\n",
    );
    let tenant = read(&built_in().unwrap(), &[&file]);
    let on = |on: &str, switch: Option<bool>, created: &str| {
        let mut circumstances = circumstances(on);
        if let Some(on) = switch {
            let value = GivenValue::Truth(on);
            circumstances = given(circumstances, "intune.unlicensed-admins-allowed", value);
        }
        if !created.is_empty() {
            let value = GivenValue::Date(Boundary::parse(created).unwrap());
            circumstances = given(circumstances, "tenant.created", value);
        }
        audited(&tenant, &circumstances)
    };
    let verdict = |day, switch, created| on(day, switch, created).people[0].verdict;
    // Before the switch two pages of one documentation disputed.
    assert_eq!(verdict("2020-03-02", None, ""), AuditVerdict::CannotTell);
    assert_eq!(verdict("2026-09-01", Some(true), ""), AuditVerdict::Ok);
    assert_eq!(
        verdict("2026-09-01", Some(false), "2018-05"),
        AuditVerdict::Gap
    );
    assert_eq!(verdict("2026-09-01", None, "2023-05"), AuditVerdict::Ok);
    let kinds = |audit: &Audit| audit.findings[0].kind();
    assert_eq!(kinds(&on("2020-03-02", None, "")), FindingKind::Disputed);
    // Nothing stated: the question to ask is named.
    let open = on("2026-09-01", None, "2018-05");
    assert_eq!(open.people[0].verdict, AuditVerdict::CannotTell);
    let knowledge = built_in().unwrap();
    let About::FactUnknown { givens } = &open.findings[0].about else {
        panic!("{:?}", open.findings[0]);
    };
    let givens: Vec<&str> = givens
        .iter()
        .map(|given| knowledge.givens[*given].id.as_str())
        .collect();
    assert_eq!(givens, ["intune.unlicensed-admins-allowed"]);
}

#[test]
fn a_group_cannot_be_told_until_its_members_are_given() {
    let knowledge = built_in().unwrap();
    let members = "[[group]]\nname = \"PIM-Exchange-Admins\"\nmembers = [\"ana.admin@contoso.com\", \"ben.helpdesk@contoso.com\"]\n";
    let members = TextExport::new("members.toml", members);
    let files: Vec<_> = GRAPH
        .iter()
        .map(|name| crate::tenant::sample(name))
        .collect();
    let mut exports: Vec<&dyn licit::tenant::Export> = files
        .iter()
        .map(|file| file as &dyn licit::tenant::Export)
        .collect();
    exports.push(&members);
    let tenant = read(&knowledge, &exports);
    let audit = audited(&tenant, &circumstances("2026-09-01"));
    let lines = plain(&tenant, &audit);
    let exchange: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains("Exchange"))
        .collect();
    // Activating a role through an eligible group needs P2: E5 has it, F3 has not.
    assert_eq!(
        exchange,
        [
            "ana.admin@contoso.com: Exchange Administrator, ok",
            "ben.helpdesk@contoso.com: Exchange Administrator, gap",
        ]
    );
    assert!(
        !audit
            .findings
            .iter()
            .any(|finding| { finding.kind() == FindingKind::NotTold && finding.group.is_some() })
    );
}

#[test]
fn a_guest_is_judged_by_the_guest_rules_of_the_date() {
    let knowledge = built_in().unwrap();
    let guest = "[[account]]\nupn = \"dmitri_fabrikam.com#EXT#@contoso.onmicrosoft.com\"\nguest = true\nheld = []\neligible = [\"Global Reader\"]\n";
    let audited_with = |on: &str, owned: &str| {
        let file = TextExport::new("guest.toml", format!("[owned]\n{owned}\n{guest}"));
        let tenant = read(&knowledge, &[&file]);
        let audit = audited(&tenant, &circumstances(on));
        (audit.people[0].verdict, findings(&tenant, &audit))
    };
    // Until 2020 one P2 seat of the tenant served five guests, and none was given to them.
    assert_eq!(
        audited_with("2019-09-01", "AAD_PREMIUM_P2 = 1").0,
        AuditVerdict::Ok
    );
    let (verdict, said) = audited_with("2019-09-01", "SPE_E3 = 5");
    assert_eq!(verdict, AuditVerdict::Gap);
    assert!(said[0].starts_with("too-few-seats error gap"), "{said:?}");
    // Since then they are metered; the tenant must own one P2 seat and link a subscription.
    let (verdict, said) = audited_with("2026-09-01", "AAD_PREMIUM_P2 = 1");
    assert_eq!(verdict, AuditVerdict::Ok);
    assert!(
        said.iter()
            .any(|line| line.ends_with("guests.subscription-linked")),
        "{said:?}"
    );
    assert_eq!(
        audited_with("2026-09-01", "SPE_E3 = 5").0,
        AuditVerdict::Gap
    );
}

#[test]
fn seats_that_the_tenant_has_to_own_are_part_of_the_purchase() {
    let guests: String = (0..2)
        .map(|number| format!("[[account]]\nupn = \"g{number}_fabrikam.com#EXT#@contoso.onmicrosoft.com\"\nguest = true\nheld = []\neligible = [\"Global Reader\"]\n"))
        .collect();
    let file = TextExport::new("guests.toml", format!("[owned]\nSPE_E3 = 5\n{guests}"));
    let knowledge = built_in().unwrap();
    let tenant = read(&knowledge, &[&file]);
    // One seat for up to five guests in 2019; one in all since then, whoever they are.
    for on in ["2019-09-01", "2026-09-01"] {
        let audit = audited(&tenant, &circumstances(on));
        let remedy = audit.remedy.as_ref().unwrap();
        let bill = &remedy.purchase.as_ref().unwrap().bill;
        let bought: Vec<(&str, u64, u64)> = bill
            .iter()
            .map(|line| {
                (
                    knowledge.skus[line.sku].id.as_str(),
                    line.buy,
                    line.assigned,
                )
            })
            .collect();
        // Of the SKUs with P2 the one that has nothing else costs least; nobody is given it.
        assert_eq!(bought, [("AAD_PREMIUM_P2", 1, 0)], "{on}");
        assert_eq!(remedy.accounts.concat().len(), 2);
    }
}
