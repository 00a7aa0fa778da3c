//! Everything to export, what matters most first.

use super::{ExportStep, GuideSource, page};
use crate::tenant::ReadAs;

/// What a tenant must own for Privileged Identity Management.
const NEEDS_P2: Option<&str> = Some(
    "Microsoft Entra ID P2 or Microsoft Entra ID Governance; without it Microsoft Graph refuses, and there is nobody \
     eligible and nobody to approve, so nothing is lost",
);

/// The page that states [`NEEDS_P2`].
const LICENSE_OF_PIM: GuideSource = page(
    "the license that the tenant needs, and that eligible assignments end with it",
    "https://github.com/MicrosoftDocs/entra-docs/blob/main/docs/includes/licensing-pim.md",
);

/// The page that states what the roles of readers may read of accounts and groups.
const THE_ROLES: GuideSource = page(
    "what the role may read",
    "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference",
);

/// Of requests that bring two things along.
const TWO_EXPANDED: &str = "principal and roleDefinition brought along by one request: the page has $expand and no example of two, public \
     programs ask so";

/// Of requests that bring the principal along.
const NAMES: &str = "that names need this permission: no page says which one they need";

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
        permission_for_names: None,
        role: "Directory Readers",
        tenant_needs: None,
        sources: &[page(
            "the request, its permission and its roles",
            "https://learn.microsoft.com/graph/api/subscribedsku-list",
        )],
        not_verified: &[],
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
        // User.ReadBasic.All lists accounts, too, but shows names and mail addresses only.
        permission: "User.Read.All",
        permission_for_names: None,
        role: "Directory Readers",
        tenant_needs: None,
        sources: &[
            page(
                "the request, its page size, and that guests may not ask it",
                "https://learn.microsoft.com/graph/api/user-list",
            ),
            page(
                "that a lesser permission than User.Read.All shows no licenses",
                "https://learn.microsoft.com/graph/permissions-reference",
            ),
            THE_ROLES,
        ],
        not_verified: &[
            "the clicks: no page of the vendor names them today",
            "whether Global Reader is offered Export users",
            "that the license details which Directory Readers sees are all that the request asks for",
        ],
    },
    ExportStep {
        gives: ReadAs::RoleAssignments,
        title: "Active role assignments",
        without: "who holds a role",
        portal: Some(
            "Entra admin center > Entra ID > Roles & admins > All roles > Download assignments (a preview)",
        ),
        portal_lacks: "has active assignments only",
        request: "roleManagement/directory/roleAssignments?$expand=principal",
        powershell: &[
            "Save-Pages roles 'roleManagement/directory/roleAssignments?$expand=principal'",
        ],
        permission: "RoleManagement.Read.Directory",
        permission_for_names: Some("User.Read.All"),
        role: "Directory Readers",
        tenant_needs: None,
        sources: &[
            page(
                "the request, its permission and its roles",
                "https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments",
            ),
            page(
                "the clicks from Roles & admins on",
                "https://learn.microsoft.com/entra/identity/role-based-access-control/view-assignments",
            ),
            page(
                "the clicks up to Roles & admins",
                "https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-how-to-add-role-to-user",
            ),
        ],
        not_verified: &[NAMES],
    },
    ExportStep {
        gives: ReadAs::RoleEligibilitySchedules,
        title: "Eligible role assignments",
        without: "who is eligible, which is what needs a license most often",
        portal: Some(
            "Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Assignments > Export",
        ),
        portal_lacks: "has no object ids, so accounts are joined by name; holds active assignments with their ends, too",
        request: "roleManagement/directory/roleEligibilitySchedules?$expand=principal,roleDefinition",
        powershell: &[
            "Save-Pages eligible 'roleManagement/directory/roleEligibilitySchedules?$expand=principal,roleDefinition'",
        ],
        permission: "RoleEligibilitySchedule.Read.Directory",
        permission_for_names: Some("User.Read.All"),
        role: "Security Reader",
        tenant_needs: NEEDS_P2,
        sources: &[
            page(
                "the request, its permission and its roles",
                "https://learn.microsoft.com/graph/api/rbacapplication-list-roleeligibilityschedules",
            ),
            LICENSE_OF_PIM,
            page(
                "the clicks up to Microsoft Entra roles",
                "https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-how-to-add-role-to-user",
            ),
        ],
        not_verified: &[
            "the clicks Assignments > Export: only walk-throughs of others name them",
            "the code of the refusal, AadPremiumLicenseRequired: only public programs name it",
            NAMES,
            TWO_EXPANDED,
        ],
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
        permission_for_names: Some("User.Read.All"),
        role: "Security Reader",
        tenant_needs: NEEDS_P2,
        sources: &[
            page(
                "the request, its permission and its roles",
                "https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignmentschedules",
            ),
            LICENSE_OF_PIM,
        ],
        not_verified: &[NAMES, TWO_EXPANDED],
    },
    ExportStep {
        gives: ReadAs::Groups,
        title: "Members of groups that hold roles",
        without: "who is behind a group with a role; who is only eligible to join one is in no export that licit reads",
        portal: None,
        portal_lacks: "",
        request: "groups?$filter=isAssignableToRole eq true&$select=id,displayName,isAssignableToRole&$expand=members($select=id,displayName,userPrincipalName)",
        powershell: &[
            "try {",
            "  $groups = @((Read-Pages ('groups?$filter=isAssignableToRole eq true' +",
            "    '&$select=id,displayName,isAssignableToRole&$top=999') | ConvertFrom-Json).value | ForEach-Object {",
            "      $members = @((Read-Pages (\"groups/$($_.id)/transitiveMembers\" +",
            "        '?$select=id,displayName,userPrincipalName&$top=999') | ConvertFrom-Json).value)",
            "      [pscustomobject]@{ id = $_.id; displayName = $_.displayName; isAssignableToRole = $true; transitiveMembers = $members }",
            "    })",
            "  ConvertTo-Json -Depth 5 -InputObject @{ value = $groups } | Out-File -Encoding utf8 groups.json",
            "} catch { Write-Warning \"groups: $_\" }",
        ],
        // The page on groups calls a permission least that may write, and the one on members a newer one that cannot
        // list groups.
        permission: "GroupMember.Read.All",
        permission_for_names: Some("User.Read.All"),
        role: "Directory Readers",
        tenant_needs: Some(
            "Microsoft Entra ID P1 or P2 to have such groups at all; without it the list is empty",
        ),
        sources: &[
            page(
                "the request for groups and its permission",
                "https://learn.microsoft.com/graph/api/group-list",
            ),
            page(
                "the request for members, and that names need a permission of their own",
                "https://learn.microsoft.com/graph/api/group-list-transitivemembers",
            ),
            page(
                "that the list may be cut down to groups that can hold roles",
                "https://learn.microsoft.com/graph/api/resources/group",
            ),
            page(
                "the license, and at most 500 such groups, of which none holds another",
                "https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept",
            ),
            THE_ROLES,
        ],
        not_verified: &[
            "$select of userPrincipalName among members of mixed kinds, which public programs ask for",
        ],
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
        permission_for_names: None,
        role: "Security Reader",
        tenant_needs: NEEDS_P2,
        sources: &[
            page(
                "the request, its permission and its roles",
                "https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments",
            ),
            LICENSE_OF_PIM,
        ],
        not_verified: &[],
    },
];
