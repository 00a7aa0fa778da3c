//! A peer's feature matrix of 2021-06-16 (M365 Maps) against licit's answers of that day: facts-features section 9.1.
//!
//! The matrix was made by somebody else, cell by cell, long before licit. Every cell must be equal, or its difference stands
//! here with the source that explains it.

use crate::common;
use licit::model::{Asked, Currency, Day, Question, Reading, Satisfied, Segment, SkuId, Verdict};
use licit::reason::answer;
use std::collections::{BTreeMap, BTreeSet};

/// The columns: the matrix's short codes with the vendor's ids.
const COLUMNS: [(&str, &str); 12] = [
    ("BB", "O365_BUSINESS_ESSENTIALS"),
    ("BS", "O365_BUSINESS_PREMIUM"),
    ("BP", "SPB"),
    ("MF1", "M365_F1_COMM"),
    ("MF3", "SPE_F1"),
    ("ME3", "SPE_E3"),
    ("ME5", "SPE_E5"),
    ("F5S", "SPE_F5_SEC"),
    ("F5C", "SPE_F5_COMP"),
    ("F5SC", "SPE_F5_SECCOMP"),
    ("E5S", "IDENTITY_THREAT_PROTECTION"),
    ("E5C", "INFORMATION_PROTECTION_COMPLIANCE"),
];

/// The rows: a task of ours that stands for the matrix's feature, and the columns ticked.
const ROWS: [(&str, &str); 18] = [
    ("safe-links", "BP F5S F5SC E5S ME5"),
    ("threat-explorer", "F5S F5SC E5S ME5"),
    ("conditional-access", "BP MF1 MF3 ME3 ME5"),
    ("risk-based-conditional-access", "F5S F5SC E5S ME5"),
    ("intune-endpoint-management", "BP MF1 MF3 ME3 ME5"),
    ("defender-for-endpoint-plan-2", "F5S F5SC E5S ME5"),
    ("dlp", "BP F5C F5SC ME3 ME5"),
    ("customer-lockbox", "F5C F5SC E5C ME5"),
    ("customer-key", "F5C F5SC E5C ME5"),
    ("information-barriers", "F5C F5SC E5C ME5"),
    ("privileged-access-management", "F5C F5SC E5C ME5"),
    ("records-management", "F5C F5SC E5C ME5"),
    ("communication-compliance", "F5C F5SC E5C ME5"),
    ("bookings", "BS BP ME3 ME5"),
    ("power-bi-pro", "ME5"),
    ("teams-phone", "ME5"),
    ("teams-audio-conferencing", "ME5"),
    ("office-365-cloud-app-security", "ME5"),
];

/// Entra ID P2 does everything that P1 does, though the add-ons list only P2 (claim `entra-p2-covers-p1`); the same matrix ticks
/// the single features of P1 for them, and only its row of the plan leaves them out.
const P2_COVERS_P1: &str = "P2 covers P1";
/// Defender for Cloud Apps as a whole does what its part for Office 365 does; the matrix has a row of its own for the whole.
const WHOLE_FOR_PART: &str = "the whole product does it too";
/// The vendor's table of 2021-10-13 lists the plan of Bookings in both frontline suites (source `ms-sku-table-2021-10-13`).
const LISTED_BY_THE_VENDOR: &str = "listed by the vendor";

/// Cells that differ, with the reason.
const EXPLAINED: [(&str, &str, &str); 10] = [
    ("conditional-access", "F5S", P2_COVERS_P1),
    ("conditional-access", "F5SC", P2_COVERS_P1),
    ("conditional-access", "E5S", P2_COVERS_P1),
    ("bookings", "MF1", LISTED_BY_THE_VENDOR),
    ("bookings", "MF3", LISTED_BY_THE_VENDOR),
    ("office-365-cloud-app-security", "F5S", WHOLE_FOR_PART),
    ("office-365-cloud-app-security", "F5C", WHOLE_FOR_PART),
    ("office-365-cloud-app-security", "F5SC", WHOLE_FOR_PART),
    ("office-365-cloud-app-security", "E5S", WHOLE_FOR_PART),
    ("office-365-cloud-app-security", "E5C", WHOLE_FOR_PART),
];

fn opened_by(feature: &str) -> BTreeSet<String> {
    let knowledge = common::knowledge();
    let day = Day::parse("2021-06-16").unwrap();
    let asked = |held: Vec<SkuId>| {
        let question = Question {
            subjects: vec![Asked::Feature(
                knowledge
                    .features
                    .find(feature)
                    .unwrap_or_else(|| panic!("no feature {feature}")),
            )],
            eligible: false,
            on: day,
            known: Day::parse("2026-11-22").unwrap(),
            givens: BTreeMap::new(),
            held,
            held_elsewhere: Vec::new(),
            owned: BTreeMap::new(),
            reading: Reading::Documented,
            segment: Segment::Commercial,
            currency: Currency::parse("USD").unwrap(),
            agreement: Default::default(),
        };
        answer(&knowledge, &question).0
    };
    let free = asked(Vec::new());
    // Who needs no license of their own needs a tenant that has one.
    if free.verdict == Verdict::NotRequired {
        let ids = COLUMNS.iter().map(|(_, sku)| *sku);
        let opens = ids.filter(|id| {
            let held = knowledge.skus.find(id).unwrap();
            let needs = asked(vec![held]).needs;
            needs.iter().all(|need| need.satisfied == Satisfied::Yes)
        });
        return opens.map(str::to_owned).collect();
    }
    let opened = free.needs.iter().flat_map(|need| &need.opened_by);
    opened
        .map(|opened| knowledge.skus[opened.sku].id.to_string())
        .collect()
}

#[test]
fn every_cell_of_june_2021_is_equal_or_explained() {
    let mut differences = Vec::new();
    let mut explained = BTreeSet::new();
    for (feature, ticked) in ROWS {
        let ticked: BTreeSet<&str> = ticked.split(' ').collect();
        let opened = opened_by(feature);
        for (code, sku) in COLUMNS {
            let (expected, found) = (ticked.contains(code), opened.contains(sku));
            if expected == found {
                continue;
            }
            match EXPLAINED
                .iter()
                .find(|(row, column, _)| *row == feature && *column == code)
            {
                Some(cell) => {
                    explained.insert(cell);
                }
                None => differences.push(format!(
                    "{feature} {code}: the matrix says {expected}, licit says {found}"
                )),
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} cells differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert_eq!(
        explained.len(),
        EXPLAINED.len(),
        "an explained cell does not differ any more"
    );
}
