//! What the columns of a table mean, by their headings, else by what stands in them.
//!
//! Headings are compared by their letters and digits alone, so `User principal name`, `UserPrincipalName` and
//! `userPrincipalName` are one. Portals in other languages and scripts of one's own have other headings; then a column
//! is what most of its values look like, and that is said.

use crate::model::Guid;
use crate::tenant::lexicon::Lexicon;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    ObjectId,
    /// The id of whoever holds a role.
    PrincipalId,
    Upn,
    /// Whoever holds a role: a sign-in name, an id or a name.
    Principal,
    DisplayName,
    Mail,
    OtherMails,
    EmployeeId,
    OnPremisesId,
    UserType,
    ObjectType,
    Blocked,
    Enabled,
    Synced,
    Deleted,
    Licenses,
    /// Licenses again, less well.
    LicensesToo,
    Plans,
    Role,
    RoleId,
    State,
    MemberType,
    Scope,
    AppScope,
    Start,
    End,
    SkuId,
    SkuPartNumber,
    Consumed,
    Total,
    SkuStatus,
    UsageReport,
    AzureRole,
}

/// The letters and digits of a heading, in lower case.
fn letters(heading: &str) -> String {
    let letters = heading
        .chars()
        .filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What a heading says that its column holds.
pub(super) fn by_heading(heading: &str) -> Option<Column> {
    Some(match letters(heading).as_str() {
        "objectid" | "id" | "userid" | "userobjectid" => Column::ObjectId,
        "principalid" | "principalobjectid" | "memberid" => Column::PrincipalId,
        "userprincipalname" | "upn" | "username" | "signinname" | "userlogin" => Column::Upn,
        "principalname"
        | "member"
        | "membername"
        | "principal"
        | "assignedto"
        | "emailaddress"
        | "principaluserprincipalname"
        | "memberuserprincipalname"
        | "useremail" => Column::Principal,
        "displayname"
        | "name"
        | "user"
        | "usergroupname"
        | "principaldisplayname"
        | "memberdisplayname" => Column::DisplayName,
        "mail" | "email" | "primarysmtpaddress" => Column::Mail,
        "alternateemailaddress" | "othermails" => Column::OtherMails,
        "employeeid" => Column::EmployeeId,
        "onpremisesimmutableid" | "immutableid" => Column::OnPremisesId,
        "usertype" => Column::UserType,
        "objecttype" | "principaltype" | "membertypename" | "assigneetype" => Column::ObjectType,
        "blockcredential" | "signinblocked" => Column::Blocked,
        "accountenabled" | "enabled" => Column::Enabled,
        "dirsyncenabled" | "directorysynced" | "onpremisessyncenabled" => Column::Synced,
        "softdeletiontimestamp" | "deleteddatetime" | "deletiontimestamp" => Column::Deleted,
        "licjoined"
        | "licenses"
        | "licences"
        | "license"
        | "licence"
        | "assignedlicensenames"
        | "productlicenses"
        | "accountskuid"
        | "licenseskus"
        | "skus"
        | "skuid" => Column::Licenses,
        "assignedlicenses" | "licensetypes" | "licenseassignmentstates" => Column::LicensesToo,
        "assignedplans" | "provisionedplans" => Column::Plans,
        "role" | "rolename" | "roledefinitionname" | "directoryrole" | "roledisplayname"
        | "roles" | "rolenames" | "adminrole" => Column::Role,
        "roledefinitionid" | "roletemplateid" | "roleid" => Column::RoleId,
        "assignmentstate" | "assignmenttype" | "assignmentstatus" => Column::State,
        "membertype" | "membership" => Column::MemberType,
        "scope" | "directoryscopeid" | "scopename" | "resourcescope" | "scopetype"
        | "assignmentscope" => Column::Scope,
        "appscopeid" => Column::AppScope,
        "assignmentstarttimeutc" | "startdatetime" | "starttime" | "assignmentstarttime" => {
            Column::Start
        }
        "assignmentendtimeutc" | "enddatetime" | "endtime" | "assignmentendtime" => Column::End,
        "skupartnumber" => Column::SkuPartNumber,
        "consumedunits" | "countused" => Column::Consumed,
        "totallicenses" | "enabledunits" | "prepaidunitsenabled" => Column::Total,
        "capabilitystatus" => Column::SkuStatus,
        "reportrefreshdate" => Column::UsageReport,
        "roleassignmentid" => Column::AzureRole,
        _ => return None,
    })
}

/// What the values of a column look like.
pub(super) fn by_values<'v>(
    values: impl Iterator<Item = &'v str>,
    lexicon: &Lexicon<'_>,
) -> Option<Column> {
    let (mut all, mut names, mut ids, mut roles, mut skus) = (0u32, 0u32, 0u32, 0u32, 0u32);
    for value in values
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .take(200)
    {
        all += 1;
        let is_id = Guid::parse(value).is_some();
        names += u32::from(value.contains('@') && !value.contains([' ', '+', ':']));
        roles += u32::from(lexicon.role_named(value).is_some());
        ids += u32::from(is_id);
        let parts = super::licenses::split(value, lexicon);
        let known = parts.iter().any(|part| lexicon.sku_named(part).is_some());
        skus += u32::from(known);
    }
    // A few strangers among many values do not make another column of it.
    let most = |count: u32| all > 0 && count * 10 >= all * 8;
    if most(roles) {
        Some(Column::Role)
    } else if most(skus) {
        Some(Column::Licenses)
    } else if most(names) {
        Some(Column::Upn)
    } else if most(ids) {
        Some(Column::ObjectId)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, by_heading};

    #[test]
    fn headings_are_read_by_their_letters() {
        for (heading, column) in [
            ("User principal name", Some(Column::Upn)),
            ("userPrincipalName", Some(Column::Upn)),
            ("Assignment End Time (UTC)", Some(Column::End)),
            ("AssignmentState", Some(Column::State)),
            ("Anzeigename", None),
            ("", None),
        ] {
            assert_eq!(by_heading(heading), column, "{heading}");
        }
    }
}
