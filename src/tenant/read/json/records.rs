//! The records of the vendor's service as they are written; see [`super::raw`].

use super::raw::{Loose, Many, Texts};
use serde::Deserialize;

/// An account, a group or a program: wherever the service lists principals, they may be mixed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawPrincipal<'a> {
    #[serde(borrow, rename = "@odata.type")]
    pub(super) odata_type: Loose<'a>,
    #[serde(alias = "Id", alias = "ObjectId", alias = "objectId")]
    pub(super) id: Loose<'a>,
    #[serde(rename = "displayName", alias = "DisplayName")]
    pub(super) display_name: Loose<'a>,
    #[serde(rename = "userPrincipalName", alias = "UserPrincipalName")]
    pub(super) upn: Loose<'a>,
    #[serde(rename = "accountEnabled", alias = "AccountEnabled")]
    pub(super) enabled: Loose<'a>,
    #[serde(rename = "BlockCredential", alias = "blockCredential")]
    pub(super) blocked: Loose<'a>,
    #[serde(rename = "userType", alias = "UserType")]
    pub(super) user_type: Loose<'a>,
    #[serde(rename = "mail", alias = "Mail")]
    pub(super) mail: Loose<'a>,
    #[serde(
        rename = "otherMails",
        alias = "OtherMails",
        alias = "AlternateEmailAddresses"
    )]
    pub(super) other_mails: Texts<'a>,
    #[serde(rename = "employeeId", alias = "EmployeeId")]
    pub(super) employee_id: Loose<'a>,
    #[serde(
        rename = "onPremisesImmutableId",
        alias = "OnPremisesImmutableId",
        alias = "ImmutableId"
    )]
    pub(super) on_premises_id: Loose<'a>,
    #[serde(
        rename = "onPremisesSyncEnabled",
        alias = "OnPremisesSyncEnabled",
        alias = "DirSyncEnabled"
    )]
    pub(super) synced: Loose<'a>,
    #[serde(
        rename = "deletedDateTime",
        alias = "DeletedDateTime",
        alias = "SoftDeletionTimestamp"
    )]
    pub(super) deleted: Loose<'a>,
    #[serde(rename = "assignedLicenses", alias = "AssignedLicenses")]
    pub(super) licenses: Many<RawLicense<'a>>,
    #[serde(rename = "assignedPlans", alias = "AssignedPlans")]
    pub(super) plans: Many<RawPlan<'a>>,
    #[serde(rename = "licenseAssignmentStates", alias = "LicenseAssignmentStates")]
    pub(super) states: Many<RawLicense<'a>>,
    /// The retired module's licenses; also a list of names that a multi-tenant tool adds.
    #[serde(rename = "Licenses")]
    pub(super) old_licenses: Many<RawOldLicense<'a>>,
    #[serde(rename = "IsLicensed", alias = "isLicensed")]
    pub(super) is_licensed: Loose<'a>,
    #[serde(rename = "appId", alias = "AppId")]
    pub(super) app_id: Loose<'a>,
    #[serde(rename = "servicePrincipalType", alias = "ServicePrincipalType")]
    pub(super) service_type: Loose<'a>,
    #[serde(rename = "isAssignableToRole", alias = "IsAssignableToRole")]
    pub(super) role_assignable: Loose<'a>,
    #[serde(rename = "securityEnabled", alias = "SecurityEnabled")]
    pub(super) security_enabled: Loose<'a>,
    #[serde(alias = "Members")]
    pub(super) members: Many<RawPrincipal<'a>>,
    #[serde(rename = "transitiveMembers", alias = "TransitiveMembers")]
    pub(super) transitive_members: Many<RawPrincipal<'a>>,
    #[serde(rename = "isZtModelRow")]
    pub(super) is_model_row: Loose<'a>,
    /// Where PowerShell puts the fields of a principal whose type it does not know.
    #[serde(rename = "AdditionalProperties", alias = "additionalProperties")]
    pub(super) additional: Option<Box<RawPrincipal<'a>>>,
}

impl RawPrincipal<'_> {
    /// The same with the fields that PowerShell put aside.
    pub(super) fn flat(mut self) -> Self {
        let Some(aside) = self.additional.take() else {
            return self;
        };
        let aside = aside.flat();
        Self {
            odata_type: self.odata_type.or(aside.odata_type),
            id: self.id.or(aside.id),
            display_name: self.display_name.or(aside.display_name),
            upn: self.upn.or(aside.upn),
            enabled: self.enabled.or(aside.enabled),
            blocked: self.blocked.or(aside.blocked),
            user_type: self.user_type.or(aside.user_type),
            mail: self.mail.or(aside.mail),
            other_mails: Texts(self.other_mails.0.or(aside.other_mails.0)),
            employee_id: self.employee_id.or(aside.employee_id),
            on_premises_id: self.on_premises_id.or(aside.on_premises_id),
            synced: self.synced.or(aside.synced),
            deleted: self.deleted.or(aside.deleted),
            licenses: self.licenses.or(aside.licenses),
            plans: self.plans.or(aside.plans),
            states: self.states.or(aside.states),
            old_licenses: self.old_licenses.or(aside.old_licenses),
            is_licensed: self.is_licensed.or(aside.is_licensed),
            app_id: self.app_id.or(aside.app_id),
            service_type: self.service_type.or(aside.service_type),
            role_assignable: self.role_assignable.or(aside.role_assignable),
            security_enabled: self.security_enabled.or(aside.security_enabled),
            members: self.members.or(aside.members),
            transitive_members: self.transitive_members.or(aside.transitive_members),
            is_model_row: self.is_model_row.or(aside.is_model_row),
            additional: None,
        }
    }
}

/// A license with what is switched off in it; of `licenseAssignmentStates` also how it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawLicense<'a> {
    #[serde(borrow, rename = "skuId", alias = "SkuId")]
    pub(super) sku_id: Loose<'a>,
    #[serde(rename = "disabledPlans", alias = "DisabledPlans")]
    pub(super) disabled: Texts<'a>,
    #[serde(rename = "assignedByGroup", alias = "AssignedByGroup")]
    pub(super) by_group: Loose<'a>,
    #[serde(alias = "State")]
    pub(super) state: Loose<'a>,
    #[serde(alias = "Error")]
    pub(super) error: Loose<'a>,
}

/// A plan as the vendor says that an account has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawPlan<'a> {
    #[serde(borrow, rename = "servicePlanId", alias = "ServicePlanId")]
    pub(super) plan_id: Loose<'a>,
    #[serde(rename = "capabilityStatus", alias = "CapabilityStatus")]
    pub(super) status: Loose<'a>,
}

/// A license as the retired module writes it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawOldLicense<'a> {
    #[serde(borrow, rename = "AccountSkuId")]
    pub(super) sku: Loose<'a>,
    #[serde(rename = "GroupsAssigningLicense")]
    pub(super) groups: Texts<'a>,
    #[serde(rename = "ServiceStatus")]
    pub(super) services: Many<RawOldService<'a>>,
}

/// A plan in a license of the retired module.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawOldService<'a> {
    #[serde(borrow, rename = "ServicePlan")]
    pub(super) plan: Option<RawOldPlan<'a>>,
    #[serde(rename = "ProvisioningStatus")]
    pub(super) status: Loose<'a>,
}

/// The name of a plan in the retired module.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawOldPlan<'a> {
    #[serde(borrow, rename = "ServiceName")]
    pub(super) name: Loose<'a>,
}

/// The seats of a SKU.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSeats<'a> {
    #[serde(borrow, rename = "skuId", alias = "SkuId")]
    pub(super) sku_id: Loose<'a>,
    #[serde(rename = "skuPartNumber", alias = "SkuPartNumber")]
    pub(super) part_number: Loose<'a>,
    #[serde(rename = "capabilityStatus", alias = "CapabilityStatus")]
    pub(super) status: Loose<'a>,
    #[serde(rename = "consumedUnits", alias = "ConsumedUnits", alias = "CountUsed")]
    pub(super) consumed: Loose<'a>,
    #[serde(rename = "TotalLicenses")]
    pub(super) total: Loose<'a>,
    #[serde(rename = "prepaidUnits", alias = "PrepaidUnits")]
    pub(super) prepaid: Many<RawUnits<'a>>,
    #[serde(rename = "servicePlans", alias = "ServicePlans")]
    pub(super) plans: Many<RawSeatPlan<'a>>,
}

/// How many seats are in which state.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawUnits<'a> {
    #[serde(borrow, alias = "Enabled")]
    pub(super) enabled: Loose<'a>,
    #[serde(alias = "Warning")]
    pub(super) warning: Loose<'a>,
    #[serde(alias = "Suspended")]
    pub(super) suspended: Loose<'a>,
    #[serde(rename = "lockedOut", alias = "LockedOut")]
    pub(super) locked_out: Loose<'a>,
}

/// A plan that a SKU of the tenant carries.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSeatPlan<'a> {
    #[serde(borrow, rename = "servicePlanId", alias = "ServicePlanId")]
    pub(super) plan_id: Loose<'a>,
    #[serde(rename = "servicePlanName", alias = "ServicePlanName")]
    pub(super) name: Loose<'a>,
    #[serde(rename = "provisioningStatus", alias = "ProvisioningStatus")]
    pub(super) status: Loose<'a>,
    #[serde(rename = "appliesTo", alias = "AppliesTo")]
    pub(super) applies_to: Loose<'a>,
}

/// A role assignment, schedule or instance, active or eligible.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawAssignment<'a> {
    #[serde(borrow, rename = "principalId", alias = "PrincipalId")]
    pub(super) principal_id: Loose<'a>,
    #[serde(rename = "roleDefinitionId", alias = "RoleDefinitionId")]
    pub(super) role_id: Loose<'a>,
    #[serde(rename = "roleDefinitionName", alias = "RoleDefinitionName")]
    pub(super) role_name: Loose<'a>,
    #[serde(rename = "directoryScopeId", alias = "DirectoryScopeId")]
    pub(super) directory_scope: Loose<'a>,
    #[serde(rename = "appScopeId", alias = "AppScopeId")]
    pub(super) app_scope: Loose<'a>,
    #[serde(rename = "startDateTime", alias = "StartDateTime")]
    pub(super) start: Loose<'a>,
    #[serde(rename = "endDateTime", alias = "EndDateTime")]
    pub(super) end: Loose<'a>,
    #[serde(rename = "assignmentType", alias = "AssignmentType")]
    pub(super) assignment_type: Loose<'a>,
    #[serde(rename = "memberType", alias = "MemberType")]
    pub(super) member_type: Loose<'a>,
    #[serde(alias = "Status")]
    pub(super) status: Loose<'a>,
    #[serde(rename = "scheduleInfo", alias = "ScheduleInfo")]
    pub(super) schedule: Option<RawSchedule<'a>>,
    #[serde(alias = "Principal")]
    pub(super) principal: Option<RawPrincipal<'a>>,
    #[serde(rename = "roleDefinition", alias = "RoleDefinition")]
    pub(super) role: Option<RawRole<'a>>,
    #[serde(rename = "isZtModelRow")]
    pub(super) is_model_row: Loose<'a>,
}

/// From when to when a schedule runs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSchedule<'a> {
    #[serde(borrow, rename = "startDateTime", alias = "StartDateTime")]
    pub(super) start: Loose<'a>,
    #[serde(alias = "Expiration")]
    pub(super) expiration: Option<RawExpiration<'a>>,
}

/// When a schedule ends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawExpiration<'a> {
    #[serde(borrow, rename = "type", alias = "Type")]
    pub(super) kind: Loose<'a>,
    #[serde(rename = "endDateTime", alias = "EndDateTime")]
    pub(super) end: Loose<'a>,
}

/// A role: defined, or activated with its members.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawRole<'a> {
    #[serde(borrow, alias = "Id", alias = "ObjectId")]
    pub(super) id: Loose<'a>,
    #[serde(
        rename = "templateId",
        alias = "TemplateId",
        alias = "roleTemplateId",
        alias = "RoleTemplateId"
    )]
    pub(super) template: Loose<'a>,
    #[serde(rename = "displayName", alias = "DisplayName")]
    pub(super) name: Loose<'a>,
    #[serde(alias = "Members")]
    pub(super) members: Many<RawPrincipal<'a>>,
}

/// A member of an administrative unit with the role that they hold on it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawScopedMember<'a> {
    #[serde(borrow, rename = "roleId", alias = "RoleId")]
    pub(super) role_id: Loose<'a>,
    #[serde(rename = "administrativeUnitId", alias = "AdministrativeUnitId")]
    pub(super) unit: Loose<'a>,
    #[serde(rename = "roleMemberInfo", alias = "RoleMemberInfo")]
    pub(super) member: Option<RawPrincipal<'a>>,
}
