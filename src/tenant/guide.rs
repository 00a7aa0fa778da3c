//! What to export from a tenant, and the shortest ways to get it. Every way only reads.

use super::ReadAs;

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
    /// Lines of PowerShell that write the whole list, however long it is.
    pub powershell: &'static [&'static str],
    /// The least permission of Microsoft Graph; each only reads.
    pub permission: &'static str,
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

/// The line that comes first in PowerShell: the module is `Microsoft.Graph.Authentication`.
pub const CONNECT: &str = "Connect-MgGraph -NoWelcome -Scopes LicenseAssignment.Read.All,User.Read.All,RoleManagement.Read.Directory,\
RoleEligibilitySchedule.Read.Directory,RoleAssignmentSchedule.Read.Directory,GroupMember.Read.All,RoleManagementPolicy.Read.Directory";

/// The function that writes a list page by page: a tenant of any size needs no more memory than one page.
pub const SAVE_PAGES: &[&str] = &[
    "function Save-Pages($Name, $Request) {",
    "  $next = \"https://graph.microsoft.com/v1.0/$Request\"; $page = 1",
    "  while ($next) {",
    "    $json = Invoke-MgGraphRequest -Uri $next -OutputType Json",
    "    $json | Out-File -Encoding utf8 (\"$Name-{0:d4}.json\" -f $page++)",
    "    $next = ($json | ConvertFrom-Json).'@odata.nextLink'",
    "  }",
    "}",
];

/// Everything to export, what matters most first.
pub const EXPORT_STEPS: &[ExportStep] = &[
    ExportStep {
        gives: ReadAs::SubscribedSkus,
        title: "Subscriptions: seats, and what each SKU carries in this tenant",
        without: "how many seats are owned and idle, and plans that the vendor moved",
        portal: None,
        portal_lacks: "",
        request: "subscribedSkus",
        powershell: &["Save-Pages skus 'subscribedSkus'"],
        permission: "LicenseAssignment.Read.All",
    },
    ExportStep {
        gives: ReadAs::Users,
        title: "Accounts with their licenses",
        without: "who holds which license, and which plans are switched off",
        portal: Some("Microsoft 365 admin center > Users > Active users > Export users"),
        portal_lacks: "says nothing about plans switched off; set the portal to English first, or product names are not known",
        request: "users?$select=id,displayName,userPrincipalName,mail,accountEnabled,userType,employeeId,onPremisesImmutableId,onPremisesSyncEnabled,assignedLicenses,assignedPlans,licenseAssignmentStates&$top=999",
        powershell: &[
            "Save-Pages users 'users?$select=id,displayName,userPrincipalName,mail,accountEnabled,userType,employeeId,onPremisesImmutableId,onPremisesSyncEnabled,assignedLicenses,assignedPlans,licenseAssignmentStates&$top=999'",
        ],
        permission: "User.Read.All",
    },
    ExportStep {
        gives: ReadAs::RoleAssignments,
        title: "Active role assignments",
        without: "who holds a role",
        portal: Some("Entra admin center > Roles & admins > All roles > Download assignments"),
        portal_lacks: "has active assignments only",
        request: "roleManagement/directory/roleAssignments?$expand=principal",
        powershell: &[
            "Save-Pages roles 'roleManagement/directory/roleAssignments?$expand=principal'",
        ],
        permission: "RoleManagement.Read.Directory",
    },
    ExportStep {
        gives: ReadAs::RoleEligibilitySchedules,
        title: "Eligible role assignments",
        without: "who is eligible, which is what needs a license most often",
        portal: Some(
            "Entra admin center > Privileged Identity Management > Microsoft Entra roles > Assignments > Export",
        ),
        portal_lacks: "has no object ids, so accounts are joined by name; holds active assignments with their ends, too",
        request: "roleManagement/directory/roleEligibilitySchedules?$expand=principal,roleDefinition",
        powershell: &[
            "Save-Pages eligible 'roleManagement/directory/roleEligibilitySchedules?$expand=principal,roleDefinition'",
        ],
        permission: "RoleEligibilitySchedule.Read.Directory",
    },
    ExportStep {
        gives: ReadAs::RoleAssignmentSchedules,
        title: "Ends of active role assignments",
        without: "which active assignments are bound to a time, which needs a license, too",
        portal: None,
        portal_lacks: "",
        request: "roleManagement/directory/roleAssignmentSchedules?$expand=principal,roleDefinition",
        powershell: &[
            "Save-Pages schedules 'roleManagement/directory/roleAssignmentSchedules?$expand=principal,roleDefinition'",
        ],
        permission: "RoleAssignmentSchedule.Read.Directory",
    },
    ExportStep {
        gives: ReadAs::Groups,
        title: "Members of groups that hold roles",
        without: "who is behind a group with a role",
        portal: None,
        portal_lacks: "",
        request: "groups?$filter=isAssignableToRole eq true&$select=id,displayName,isAssignableToRole&$expand=members($select=id,displayName,userPrincipalName)",
        powershell: &[
            "$all = (Invoke-MgGraphRequest -OutputType PSObject -Uri ('https://graph.microsoft.com/v1.0/groups?$top=999' +",
            "  '&$select=id,displayName,isAssignableToRole&$filter=isAssignableToRole eq true')).value",
            "$all | ForEach-Object {",
            "  $next = \"https://graph.microsoft.com/v1.0/groups/$($_.id)/transitiveMembers?`$select=id,displayName,userPrincipalName\"",
            "  $members = @(); while ($next) {",
            "    $page = Invoke-MgGraphRequest -OutputType PSObject -Uri $next; $members += $page.value; $next = $page.'@odata.nextLink'",
            "  }",
            "  [pscustomobject]@{ id = $_.id; displayName = $_.displayName; isAssignableToRole = $true; transitiveMembers = $members }",
            "} | ConvertTo-Json -Depth 5 | Out-File -Encoding utf8 groups.json",
        ],
        permission: "GroupMember.Read.All",
    },
    ExportStep {
        gives: ReadAs::RolePolicies,
        title: "Who approves activations",
        without: "approvers, who need a license, too",
        portal: None,
        portal_lacks: "",
        request: "policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$expand=policy($expand=rules)",
        powershell: &[
            "Save-Pages policies \"policies/roleManagementPolicyAssignments?`$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&`$expand=policy(`$expand=rules)\"",
        ],
        permission: "RoleManagementPolicy.Read.Directory",
    },
];

#[cfg(test)]
mod tests {
    use super::{CONNECT, EXPORT_STEPS};
    use crate::tenant::{Missing, MissingAbout, MissingFact, ReadAs};

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
    fn every_permission_only_reads_and_is_asked_for_when_connecting() {
        for step in EXPORT_STEPS {
            assert!(step.permission.contains(".Read."), "{}", step.permission);
            let scopes = CONNECT.split([' ', ',']);
            assert!(
                scopes.into_iter().any(|scope| scope == step.permission),
                "{}",
                step.permission
            );
        }
        assert!(!CONNECT.contains("Write"));
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
}
