//! Tells by the names of its fields what an object is, also where only its beginning is there.

use crate::tenant::{ReadAs, Refusal};
use std::collections::BTreeSet;

/// What a JSON document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    As(ReadAs),
    Refused(Refusal),
}

/// The names of the fields of an object, in lower case, with the type that the service says it has. Text that is cut
/// off or broken gives the names up to there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) fields: BTreeSet<String>,
    odata_type: Option<String>,
}

impl Names {
    pub(crate) fn of(object: &[u8]) -> Self {
        let mut names = Self::default();
        let mut depth = 0usize;
        let mut at = 0;
        // The last name at the depth of the object, until its value begins.
        let mut pending: Option<String> = None;
        let mut is_value = false;
        while let Some(byte) = object.get(at) {
            match byte {
                b'"' => {
                    let from = at;
                    at += 1;
                    while let Some(byte) = object.get(at) {
                        at += if *byte == b'\\' { 2 } else { 1 };
                        if *byte == b'"' {
                            break;
                        }
                    }
                    if depth != 1 {
                        continue;
                    }
                    let bytes = object.get(from..at.min(object.len())).unwrap_or_default();
                    let Ok(text) = serde_json::from_slice::<String>(bytes) else {
                        continue;
                    };
                    if !is_value {
                        pending = Some(text);
                    } else if pending.as_deref() == Some("@odata.type") {
                        names.odata_type = Some(text.to_ascii_lowercase());
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                b':' if depth == 1 => {
                    is_value = true;
                    if let Some(name) = &pending {
                        names.fields.insert(name.to_ascii_lowercase());
                    }
                }
                b',' if depth == 1 => {
                    is_value = false;
                    pending = None;
                }
                _ => {}
            }
            at += 1;
        }
        names
    }

    fn has(&self, field: &str) -> bool {
        self.fields.contains(field)
    }

    fn has_all(&self, fields: &[&str]) -> bool {
        fields.iter().all(|field| self.has(field))
    }

    fn has_any(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.has(field))
    }

    fn is(&self, kind: &str) -> bool {
        let written = self.odata_type.as_deref().unwrap_or_default();
        written.trim_start_matches('#') == kind
    }
}

/// What the objects of a document are, by the first one and by what the service says was asked for.
pub(crate) fn shape(names: &Names, context: Option<&str>) -> Option<Shape> {
    let context = context.unwrap_or_default().to_ascii_lowercase();
    let asked = context.rsplit('#').next().unwrap_or_default();
    if *names == Names::default() {
        return of_nothing(asked).map(Shape::As);
    }
    if names.has_any(&["privileged_users", "privileged_roles"])
        || names.has_all(&["raw", "metadata"])
    {
        return Some(Shape::As(ReadAs::ScubaGear));
    }
    if names.has_all(&["tests", "passedcount"]) || names.has_all(&["testresultsummary", "tests"]) {
        return Some(Shape::Refused(Refusal::TestResults));
    }
    if names.has("principalid") && names.has_any(&["roledefinitionid", "roledefinitionname"]) {
        let is_azure = names.has("scope") && !names.has("directoryscopeid");
        return Some(if is_azure {
            Shape::Refused(Refusal::AzureResources)
        } else {
            Shape::As(assignments(names, asked))
        });
    }
    if names.has_all(&["scope", "signinname", "roledefinitionname"]) {
        return Some(Shape::Refused(Refusal::AzureResources));
    }
    if names.has("rolememberinfo") {
        return Some(Shape::As(ReadAs::ScopedRoleMembers));
    }
    if names.has_all(&["policyid", "roledefinitionid"]) {
        return Some(Shape::As(ReadAs::RolePolicies));
    }
    if names.has("skupartnumber") && !names.has("userprincipalname") {
        let is_whole = names.has_any(&[
            "consumedunits",
            "prepaidunits",
            "countused",
            "totallicenses",
        ]);
        return is_whole.then_some(Shape::As(ReadAs::SubscribedSkus));
    }
    if names.has("roletemplateid") {
        return Some(Shape::As(ReadAs::DirectoryRoles));
    }
    if names.has("rolepermissions") || names.has_all(&["templateid", "isbuiltin"]) {
        return Some(Shape::As(ReadAs::RoleDefinitions));
    }
    principals(names, asked).map(Shape::As)
}

/// What an empty list is a list of, by what the service says was asked for: that nobody is eligible is an answer, too.
fn of_nothing(asked: &str) -> Option<ReadAs> {
    let (path, fields) = asked.split_once('(').unwrap_or((asked, ""));
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "subscribedskus" => ReadAs::SubscribedSkus,
        "users" if fields.contains("assignedlicenses") => ReadAs::Users,
        "users" => ReadAs::Directory,
        "groups" => ReadAs::Groups,
        "serviceprincipals" => ReadAs::ServicePrincipals,
        "directoryroles" => ReadAs::DirectoryRoles,
        "roledefinitions" => ReadAs::RoleDefinitions,
        "roleassignments" => ReadAs::RoleAssignments,
        "roleassignmentschedules" => ReadAs::RoleAssignmentSchedules,
        "roleassignmentscheduleinstances" => ReadAs::RoleAssignmentScheduleInstances,
        "roleeligibilityschedules" => ReadAs::RoleEligibilitySchedules,
        "roleeligibilityscheduleinstances" => ReadAs::RoleEligibilityScheduleInstances,
        "rolemanagementpolicyassignments" => ReadAs::RolePolicies,
        _ => return None,
    })
}

fn assignments(names: &Names, asked: &str) -> ReadAs {
    let of = |word: &str| asked.contains(word);
    if of("roleeligibilityscheduleinstances") || names.has("roleeligibilityscheduleid") {
        ReadAs::RoleEligibilityScheduleInstances
    } else if of("roleassignmentscheduleinstances") || names.has("roleassignmentscheduleid") {
        ReadAs::RoleAssignmentScheduleInstances
    } else if of("roleeligibilityschedules") {
        ReadAs::RoleEligibilitySchedules
    } else if of("roleassignmentschedules") {
        ReadAs::RoleAssignmentSchedules
    } else if names.has_any(&["scheduleinfo", "createdusing"]) {
        // Only schedules of active assignments say of which type they are.
        if names.has("assignmenttype") {
            ReadAs::RoleAssignmentSchedules
        } else {
            ReadAs::RoleEligibilitySchedules
        }
    } else {
        ReadAs::RoleAssignments
    }
}

fn principals(names: &Names, asked: &str) -> Option<ReadAs> {
    let group_fields = ["isassignabletorole", "grouptypes", "transitivemembers"];
    if names.is("microsoft.graph.group")
        || names.has_any(&group_fields)
        || (asked.starts_with("groups") && names.has("id"))
    {
        return Some(ReadAs::Groups);
    }
    if names.is("microsoft.graph.serviceprincipal")
        || names.has_all(&["appid", "serviceprincipaltype"])
    {
        return Some(ReadAs::ServicePrincipals);
    }
    let is_old = names.has_any(&["islicensed", "blockcredential"]);
    if is_old && names.has("userprincipalname") {
        return Some(ReadAs::MsolUsers);
    }
    let has_licenses = names.has_any(&["assignedlicenses", "licenseassignmentstates"]);
    let is_user = names.has("userprincipalname")
        || names.is("microsoft.graph.user")
        || (has_licenses && names.has_any(&["id", "displayname"]));
    if !is_user {
        return None;
    }
    Some(if has_licenses {
        ReadAs::Users
    } else {
        ReadAs::Directory
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, Shape, shape};
    use crate::tenant::{ReadAs, Refusal};

    #[test]
    fn names_are_read_from_the_outermost_object_also_where_it_is_cut() {
        let names =
            Names::of(br#"{"Id":"x, \"y\": 1","Principal":{"Inner":[1]},"list":["a"],"tail":"#);
        let fields: Vec<&str> = names.fields.iter().map(String::as_str).collect();
        assert_eq!(fields, ["id", "list", "principal", "tail"]);
    }

    #[test]
    fn an_empty_list_is_what_was_asked_for() {
        let told = |asked: &str| {
            let context = format!("https://graph.microsoft.com/v1.0/$metadata#{asked}");
            shape(&Names::default(), Some(&context))
        };
        for (asked, read_as) in [
            (
                "roleManagement/directory/roleEligibilitySchedules",
                ReadAs::RoleEligibilitySchedules,
            ),
            (
                "roleManagement/directory/roleEligibilitySchedules(roleDefinition(),principal())",
                ReadAs::RoleEligibilitySchedules,
            ),
            ("users(id,displayName,assignedLicenses)", ReadAs::Users),
            ("users", ReadAs::Directory),
            ("subscribedSkus", ReadAs::SubscribedSkus),
            (
                "policies/roleManagementPolicyAssignments(policy(rules()))",
                ReadAs::RolePolicies,
            ),
        ] {
            assert_eq!(told(asked), Some(Shape::As(read_as)), "{asked}");
        }
        assert_eq!(told("devices"), None);
        assert_eq!(shape(&Names::default(), None), None);
    }

    #[test]
    fn objects_are_told_apart() {
        let told = |text: &str, context| shape(&Names::of(text.as_bytes()), context);
        let read_as = |text: &str, context| match told(text, context) {
            Some(Shape::As(read_as)) => read_as,
            _ => ReadAs::Unknown,
        };
        assert_eq!(
            read_as(
                r#"{"principalId":1,"roleDefinitionId":2,"directoryScopeId":"/"}"#,
                None
            ),
            ReadAs::RoleAssignments
        );
        assert_eq!(
            read_as(
                r#"{"principalId":1,"roleDefinitionId":2,"createdUsing":null}"#,
                None
            ),
            ReadAs::RoleEligibilitySchedules
        );
        assert_eq!(
            read_as(
                r#"{"PrincipalId":1,"RoleDefinitionId":2,"CreatedUsing":null,"AssignmentType":null}"#,
                None
            ),
            ReadAs::RoleAssignmentSchedules
        );
        assert_eq!(
            told(
                r#"{"principalId":1,"roleDefinitionId":2,"scope":"/subscriptions/1"}"#,
                None
            ),
            Some(Shape::Refused(Refusal::AzureResources))
        );
        assert_eq!(
            read_as(r#"{"@odata.type":"#.to_owned().as_str(), None),
            ReadAs::Unknown
        );
        assert_eq!(
            read_as(r#"{"id":1,"displayName":"x"}"#, None),
            ReadAs::Unknown
        );
        assert_eq!(
            read_as(r#"{"UserPrincipalName":1,"AssignedLicenses":[]}"#, None),
            ReadAs::Users
        );
    }
}
