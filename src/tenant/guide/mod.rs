//! What to export from a tenant, and the shortest ways to get it. Every way only reads.
//!
//! A portal moves its buttons and a vendor renames its permissions, so the guide has the same conscience as the data:
//! every step names the pages that state it and the day they were read, and says of the rest that nobody verified it.

mod script;
mod steps;

pub use script::{CONNECT, READ_PAGES, SAVE_PAGES, script};
pub use steps::EXPORT_STEPS;

use super::ReadAs;

/// The day on which the pages were read for the last time.
const READ: &str = "2026-11-23";

/// A page that states a part of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuideSource {
    /// The part that it states.
    pub states: &'static str,
    /// Its address, without a language.
    pub address: &'static str,
    /// The day on which it was read, as `YYYY-MM-DD`.
    pub read: &'static str,
}

/// A page that was read on [`READ`].
const fn page(states: &'static str, address: &'static str) -> GuideSource {
    GuideSource {
        states,
        address,
        read: READ,
    }
}

/// One thing to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportStep {
    /// What an audit reads it as.
    pub gives: ReadAs,
    /// What it is, as a title.
    pub title: &'static str,
    /// What an audit cannot tell without it.
    pub without: &'static str,
    /// The clicks in a portal; none where no portal has it.
    pub portal: Option<&'static str>,
    /// What to be aware of with the portal's file; empty for nothing.
    pub portal_lacks: &'static str,
    /// What to ask in Graph Explorer, after the version.
    pub request: &'static str,
    /// Lines of PowerShell that write the whole list, however long it is; they use [`READ_PAGES`] and [`SAVE_PAGES`].
    pub powershell: &'static [&'static str],
    /// The least permission of Microsoft Graph that answers and cannot write.
    pub permission: &'static str,
    /// A further permission, without which the people in the answer have ids and no names.
    pub permission_for_names: Option<&'static str>,
    /// The smallest role that may read it through Microsoft Graph; [`READER_ROLE`] may, too.
    pub role: &'static str,
    /// What the tenant must own for it, and what it means when it does not.
    pub tenant_needs: Option<&'static str>,
    /// The pages that state it; never empty.
    pub sources: &'static [GuideSource],
    /// What of it no page was found for.
    pub not_verified: &'static [&'static str],
}

impl ExportStep {
    /// The address that opens Graph Explorer with the request.
    ///
    /// ```
    /// let step = licit::tenant::EXPORT_STEPS[0];
    /// assert_eq!(
    ///     step.explorer(),
    ///     "https://developer.microsoft.com/graph/graph-explorer?request=subscribedSkus&method=GET&version=v1.0"
    /// );
    /// ```
    pub fn explorer(&self) -> String {
        let request: String = self.request.chars().map(escaped).collect();
        format!(
            "https://developer.microsoft.com/graph/graph-explorer?request={request}&method=GET&version=v1.0"
        )
    }
}

/// A character of a query within a query.
fn escaped(character: char) -> String {
    match character {
        '/' | ',' | '.' | '-' | '_' => character.to_string(),
        letter if letter.is_ascii_alphanumeric() => letter.to_string(),
        other => format!("%{:02X}", u32::from(other)),
    }
}

/// The step that gives an export of this kind; none for a kind that nobody has to make.
pub fn step_for(gives: ReadAs) -> Option<&'static ExportStep> {
    EXPORT_STEPS.iter().find(|step| step.gives == gives)
}

/// The role that may read all of it, and change nothing.
pub const READER_ROLE: &str = "Global Reader";

/// The roles that together read through Microsoft Graph what an audit needs, and less of everything else.
pub const SMALLER_ROLES: &[&str] = &["Directory Readers", "Security Reader"];

/// The smallest role that may consent to the permissions for everybody; a reader may not.
pub const CONSENT_ROLE: &str = "Cloud Application Administrator";

/// A cloud of the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cloud {
    /// Who is in it.
    pub tenants: &'static str,
    /// What `Connect-MgGraph -Environment` calls it.
    pub environment: &'static str,
    /// Where its Microsoft Graph is.
    pub graph: &'static str,
    /// Whether Graph Explorer can ask it.
    pub explorer: bool,
}

/// The clouds of the vendor's pages; `Get-MgEnvironment` lists those that the installed module knows.
pub const CLOUDS: &[Cloud] = &[
    Cloud {
        tenants: "everybody else, Microsoft 365 GCC too",
        environment: "Global",
        graph: "https://graph.microsoft.com",
        explorer: true,
    },
    Cloud {
        tenants: "US Government L4, Microsoft 365 GCC High",
        environment: "USGov",
        graph: "https://graph.microsoft.us",
        explorer: false,
    },
    Cloud {
        tenants: "US Government L5, Microsoft 365 DoD",
        environment: "USGovDoD",
        graph: "https://dod-graph.microsoft.us",
        explorer: false,
    },
    Cloud {
        tenants: "China, operated by 21Vianet",
        environment: "China",
        graph: "https://microsoftgraph.chinacloudapi.cn",
        explorer: false,
    },
];

/// The pages that state what holds for every step.
pub const GUIDE_SOURCES: &[GuideSource] = &[
    page(
        "what Global Reader and Directory Readers may read",
        "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference",
    ),
    page(
        "which role may consent",
        "https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent",
    ),
    page(
        "that Graph Explorer needs an administrator's consent",
        "https://learn.microsoft.com/entra/identity/role-based-access-control/prerequisites",
    ),
    page(
        "how Graph Explorer reads such a link and leads to the next page",
        "https://github.com/microsoftgraph/microsoft-graph-explorer-v4/tree/dev/src/app/views",
    ),
    page(
        "the next page, and 100 accounts where no size is asked for",
        "https://learn.microsoft.com/graph/paging",
    ),
    page(
        "at most 20 members where a list of groups brings its members along",
        "https://learn.microsoft.com/graph/query-parameters",
    ),
    page(
        "the module and the versions of PowerShell",
        "https://learn.microsoft.com/powershell/microsoftgraph/installation",
    ),
    page(
        "Connect-MgGraph and its parameters",
        "https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/connect-mggraph",
    ),
    page(
        "Invoke-MgGraphRequest and its parameters",
        "https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/invoke-mggraphrequest",
    ),
    page(
        "the clouds, and that Graph Explorer is not in all of them",
        "https://learn.microsoft.com/graph/deployments",
    ),
    page(
        "the names of the clouds, and the application of one's own in China",
        "https://learn.microsoft.com/powershell/microsoftgraph/authentication-commands",
    ),
    page(
        "the depth of 2 that ConvertTo-Json has by itself",
        "https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json",
    ),
];

/// What holds for every step and no page was found for.
pub const GUIDE_NOT_VERIFIED: &[&str] = &[
    "that the pages say the same today: stored copies of them were read, some older than others",
    "the lines of PowerShell were held against the pages, not run in a tenant",
    "that the consent of PowerShell is asked for by \"Microsoft Graph Command Line Tools\": only public programs call it so",
];

#[cfg(test)]
mod tests {
    use super::{CLOUDS, CONNECT, EXPORT_STEPS, ExportStep, GUIDE_SOURCES, GuideSource};
    use crate::model::Day;
    use crate::tenant::{Missing, MissingAbout, MissingFact, ReadAs};
    use std::collections::BTreeSet;

    fn permissions(step: &ExportStep) -> impl Iterator<Item = &'static str> {
        std::iter::once(step.permission).chain(step.permission_for_names)
    }

    #[test]
    fn whatever_may_be_missing_has_a_step_that_settles_it() {
        for fact in MissingFact::ALL {
            let missing = Missing {
                fact: *fact,
                about: MissingAbout::Tenant,
            };
            let by = missing.settled_by();
            assert!(
                by == ReadAs::Unknown || super::step_for(by).is_some(),
                "{fact}"
            );
        }
    }

    #[test]
    fn connecting_asks_for_the_permissions_of_the_steps_and_no_others() {
        let asked: BTreeSet<&str> = CONNECT.rsplit(' ').next().unwrap().split(',').collect();
        let needed: BTreeSet<&str> = EXPORT_STEPS.iter().flat_map(permissions).collect();
        assert_eq!(asked, needed);
        for permission in needed {
            assert!(permission.contains(".Read."), "{permission}");
        }
    }

    #[test]
    fn an_address_has_no_sign_that_ends_it_early() {
        for step in EXPORT_STEPS {
            let address = step.explorer();
            let request = address
                .split("request=")
                .nth(1)
                .unwrap()
                .split("&method")
                .next()
                .unwrap();
            assert!(!request.contains(['&', ' ', '$', '\'', '(']), "{address}");
        }
    }

    fn is_a_page(source: &GuideSource) {
        assert!(!source.states.is_empty(), "{source:?}");
        assert!(Day::parse(source.read).is_some(), "{source:?}");
        let place = ["https://learn.microsoft.com/", "https://github.com/"]
            .iter()
            .find_map(|host| source.address.strip_prefix(host));
        let first = place.and_then(|place| place.split('/').next());
        // A page in a language of its own begins with it: en-us.
        let is_language = |part: &str| part.len() == 5 && part.contains('-');
        assert!(first.is_some_and(|part| !is_language(part)), "{source:?}");
    }

    #[test]
    fn every_step_names_the_pages_that_state_it() {
        for step in EXPORT_STEPS {
            let states = |part: &str| step.sources.iter().any(|page| page.states.contains(part));
            assert!(states("request"), "{}", step.title);
            assert!(states("permission"), "{}", step.title);
            let doubts = |part: &str| step.not_verified.iter().any(|doubt| doubt.contains(part));
            if step.portal.is_some() {
                assert!(states("clicks") || doubts("clicks"), "{}", step.title);
            }
            if step.tenant_needs.is_some() {
                assert!(states("license"), "{}", step.title);
            }
            step.sources.iter().for_each(is_a_page);
        }
        GUIDE_SOURCES.iter().for_each(is_a_page);
    }

    #[test]
    fn only_one_cloud_has_graph_explorer_and_no_two_share_a_graph() {
        let graphs: BTreeSet<&str> = CLOUDS.iter().map(|cloud| cloud.graph).collect();
        assert_eq!(graphs.len(), CLOUDS.len());
        assert_eq!(CLOUDS.iter().filter(|cloud| cloud.explorer).count(), 1);
    }
}
