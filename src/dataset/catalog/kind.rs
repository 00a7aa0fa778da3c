//! What the words in a SKU's name and string id tell about it: who may buy it, whether it can be bought, which file it
//! belongs to.
//!
//! These are rules of thumb over the vendor's habits of naming. Where one is wrong, a `[[sku-note]]` says so.

use crate::model::Segment;
use std::collections::BTreeSet;

const GOVERNMENT: [&str; 6] = ["dod", "gcc", "gcchigh", "gov", "government", "usgov"];

const EDUCATION: [&str; 10] = [
    "alumni",
    "edu",
    "education",
    "fac",
    "faculty",
    "m365edu",
    "stu",
    "student",
    "students",
    "stuusebnft",
];

const NONPROFIT: [&str; 3] = ["charity", "donation", "nonprofit"];

/// Words of what nobody buys: trials, self-service sign-up, what developers get, tests, and what was withdrawn.
const NOT_SOLD: [&str; 8] = [
    "developer",
    "exploratory",
    "preview",
    "retired",
    "test",
    "trial",
    "viral",
    "vtrial",
];

/// What the words of a SKU tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub segment: Segment,
    pub purchasable: bool,
    /// The file of the catalog that it belongs to.
    pub family: &'static str,
}

/// Reads the words.
pub(super) fn told(name: &str, string: &str) -> Told {
    let folded = words(name);
    let all: BTreeSet<String> = folded.iter().cloned().chain(words(string)).collect();
    let any = |list: &[&str]| list.iter().any(|word| all.contains(*word));
    let segment = if any(&GOVERNMENT) {
        Segment::Government
    } else if any(&EDUCATION) {
        Segment::Education
    } else if any(&NONPROFIT) {
        Segment::Nonprofit
    } else {
        Segment::Commercial
    };
    Told {
        segment,
        purchasable: !any(&NOT_SOLD),
        family: family(segment, &folded),
    }
}

fn family(segment: Segment, words: &[String]) -> &'static str {
    let mut words = words.iter().map(String::as_str).peekable();
    let mut first = words.next().unwrap_or("");
    if first == "microsoft" && words.peek() != Some(&"365") {
        first = words.next().unwrap_or("");
    }
    match (segment, first) {
        (Segment::Education, _) => "skus-education",
        (Segment::Nonprofit, _) => "skus-nonprofit",
        (Segment::Government, "dynamics") => "skus-government-dynamics-365",
        (Segment::Government, "power" | "powerapps" | "flow") => "skus-government-power-platform",
        (Segment::Government, _) => "skus-government",
        (_, "microsoft") => "skus-microsoft-365",
        (_, "office") => "skus-office-365",
        (_, "dynamics") => "skus-dynamics-365",
        (_, "power" | "powerapps" | "flow") => "skus-power-platform",
        (_, "windows") => "skus-windows",
        (_, "teams" | "skype") => "skus-teams",
        _ => match first.as_bytes().first() {
            Some(b'e'..=b'o') => "skus-others-e-o",
            Some(b'p'..=b'z') => "skus-others-p-z",
            _ => "skus-others-a-d",
        },
    }
}

/// The file of the catalog that a plan belongs to, by the first letter of its id.
pub(super) fn plan_family(id: &str) -> &'static str {
    match id.as_bytes().first().map(u8::to_ascii_lowercase) {
        Some(b'c') => "plans-c",
        Some(b'd') => "plans-d",
        Some(b'e'..=b'l') => "plans-e-l",
        Some(b'm') => "plans-m",
        Some(b'n'..=b'p') => "plans-n-p",
        Some(b'q'..=b'z') => "plans-q-z",
        _ => "plans-a-b",
    }
}

/// Words of letters and digits in lower case; `_` parts words too.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|character: char| !character.is_alphanumeric());
    let words = parts.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::model::Segment;

    #[test]
    fn words_tell_the_segment() {
        for (name, string, segment) in [
            ("Microsoft 365 E3", "SPE_E3", Segment::Commercial),
            (
                "Microsoft 365 E3_USGOV_DOD",
                "SPE_E3_USGOV_DOD",
                Segment::Government,
            ),
            (
                "Office 365 G3 GCC",
                "ENTERPRISEPACK_GOV",
                Segment::Government,
            ),
            ("Microsoft 365 A1", "M365EDU_A1", Segment::Education),
            (
                "Microsoft Teams Rooms Pro for EDU",
                "Microsoft_Teams_Rooms_Pro_FAC",
                Segment::Education,
            ),
            (
                "Microsoft 365 Business Premium Donation",
                "X_(Non_Profit_Pricing)",
                Segment::Nonprofit,
            ),
            (
                "Dynamics 365 Field Service, Resource Scheduling Optimization",
                "CRM_AUTO",
                Segment::Commercial,
            ),
        ] {
            assert_eq!(told(name, string).segment, segment, "{name}");
        }
    }

    #[test]
    fn words_tell_what_nobody_buys() {
        for (name, string, purchasable) in [
            ("Microsoft 365 E3", "SPE_E3", true),
            ("Dynamics 365 Guides vTrial", "Guides", false),
            (
                "Microsoft Teams Commercial Cloud",
                "TEAMS_COMMERCIAL_TRIAL",
                false,
            ),
            ("Microsoft 365 E5 Developer (without Windows)", "X", false),
            ("RETIRED - Field Service", "X", false),
            ("Sandbox Tier 2:Standard Acceptance Testing", "X", true),
        ] {
            assert_eq!(told(name, string).purchasable, purchasable, "{name}");
        }
    }

    #[test]
    fn every_sku_has_a_file() {
        for (name, family) in [
            ("Microsoft 365 E3", "skus-microsoft-365"),
            ("Microsoft Defender for Business", "skus-others-a-d"),
            ("Microsoft Power Automate Free", "skus-power-platform"),
            ("10-Year Audit Log", "skus-others-a-d"),
            ("Microsoft", "skus-others-a-d"),
            ("Visio Plan 1", "skus-others-p-z"),
        ] {
            assert_eq!(told(name, "X").family, family, "{name}");
        }
    }
}
