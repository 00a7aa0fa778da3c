//! A made-up tenant of any size, written as the vendor's service would answer, and what is true of it.
//!
//! The same number always gives the same tenant. What is true is kept while it is made up, so that nothing has to be read
//! back to know it.

use std::fmt::Write as _;
use std::io::{self, Write};

/// SKUs of the made-up tenant: Microsoft 365 E5, E3, F3, Office 365 E3, EMS E5, Power Automate Free.
pub(crate) const SKUS: [&str; 6] = [
    "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
    "05e9a617-0261-4cee-bb44-138d3ef5d965",
    "66b55226-6b4f-492c-910c-a3b7a3c9d993",
    "6fd2c87f-b296-42f0-b197-1e91e994b900",
    "b05e124f-c7cc-45a0-a6aa-8cf78c946968",
    "f30db892-07e9-47e9-837c-80727f46fd3d",
];

/// Roles that are given: Global, Security, Helpdesk, Intune, Exchange Administrator, Global Reader.
pub(crate) const ROLES: [&str; 6] = [
    "62e90394-69f5-4237-9190-012177145e10",
    "194ae4cb-b126-40b2-bd5b-6091b380977d",
    "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    "3a2c62db-5318-420d-8d74-23affee5d9d5",
    "29232cdf-9323-42fd-ade2-1d097af3e4de",
    "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
];

/// YAMMER_ENTERPRISE, which some have switched off.
const OFF: &str = "7547a3fe-08ee-4ccb-b430-5077c5041653";

/// What is true of one made-up account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) number: u64,
    pub(crate) is_guest: bool,
    pub(crate) is_blocked: bool,
    /// Places in [`SKUS`], rising.
    pub(crate) skus: Vec<usize>,
    pub(crate) has_switched_off: bool,
}

/// One made-up assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) user: u64,
    /// Place in [`ROLES`].
    pub(crate) role: usize,
}

/// Numbers that look random and are not: splitmix64.
pub(crate) fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The object id of an account.
pub(crate) fn id(user: u64) -> String {
    let (one, two) = (mixed(user), mixed(!user));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        one >> 32,
        (one >> 16) & 0xffff,
        one & 0xfff,
        (two >> 48) & 0xfff,
        two & 0xffff_ffff_ffff
    )
}

/// The account of a number.
pub(crate) fn user(number: u64) -> User {
    let dice = mixed(number ^ 0x5eed);
    let is_guest = dice.is_multiple_of(17);
    let mut skus = Vec::new();
    if !is_guest && !(dice >> 8).is_multiple_of(7) {
        skus.push(usize::try_from((dice >> 16) % 5).unwrap());
        if (dice >> 24).is_multiple_of(3) {
            skus.push(5);
        }
    }
    User {
        number,
        is_guest,
        is_blocked: (dice >> 32).is_multiple_of(23),
        has_switched_off: skus.contains(&3),
        skus,
    }
}

/// The assignment of a number: two for most holders, spread over the tenant.
pub(crate) fn assigned(number: u64, users: u64) -> Assigned {
    Assigned {
        user: mixed((number / 2) ^ 0xad11) % users,
        role: usize::try_from(number % 6).unwrap(),
    }
}

impl User {
    /// The account as the service writes it.
    pub(crate) fn write(&self, text: &mut String) {
        let number = self.number;
        let kind = if self.is_guest { "Guest" } else { "Member" };
        let enabled = !self.is_blocked;
        write!(
            text,
            "{{\"id\":\"{}\",\"displayName\":\"Persona Number {number:07}\",\
             \"userPrincipalName\":\"persona.{number:07}@contoso.onmicrosoft.com\",\
             \"accountEnabled\":{enabled},\"userType\":\"{kind}\",\"assignedLicenses\":[",
            id(number)
        )
        .unwrap();
        let off = |sku: usize| {
            if sku == 3 {
                format!("\"{OFF}\"")
            } else {
                String::new()
            }
        };
        for (at, sku) in self.skus.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(
                text,
                "{comma}{{\"disabledPlans\":[{}],\"skuId\":\"{}\"}}",
                off(*sku),
                SKUS[*sku]
            )
            .unwrap();
        }
        text.push_str("],\"licenseAssignmentStates\":[");
        for (at, sku) in self.skus.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(
                text,
                "{comma}{{\"skuId\":\"{}\",\"disabledPlans\":[{}],\"assignedByGroup\":null,\
                 \"state\":\"Active\",\"error\":\"None\",\"lastUpdatedDateTime\":\"2025-03-04T08:15:30Z\"}}",
                SKUS[*sku],
                off(*sku)
            )
            .unwrap();
        }
        text.push_str("]}");
    }
}

/// Writes all accounts as one answer of the service, or one a line.
pub(crate) fn write_users(mut to: impl Write, users: u64, one_a_line: bool) -> io::Result<()> {
    if !one_a_line {
        to.write_all(b"{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#users(id)\",\"value\":[")?;
    }
    let mut text = String::new();
    for number in 0..users {
        text.clear();
        if number > 0 {
            text.push(if one_a_line { '\n' } else { ',' });
        }
        user(number).write(&mut text);
        to.write_all(text.as_bytes())?;
    }
    to.write_all(if one_a_line { b"\n" } else { b"]}" })?;
    to.flush()
}

/// Writes all assignments as one answer of the service, or one a line.
pub(crate) fn write_roles(
    mut to: impl Write,
    roles: u64,
    users: u64,
    one_a_line: bool,
) -> io::Result<()> {
    if !one_a_line {
        to.write_all(b"{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleAssignments\",\"value\":[")?;
    }
    for number in 0..roles {
        let assigned = assigned(number, users);
        let separator = match (number, one_a_line) {
            (0, _) => "",
            (_, true) => "\n",
            (_, false) => ",",
        };
        write!(
            to,
            "{separator}{{\"id\":\"a{number}\",\"principalId\":\"{}\",\"roleDefinitionId\":\"{}\",\"directoryScopeId\":\"/\"}}",
            id(assigned.user),
            ROLES[assigned.role]
        )?;
    }
    to.write_all(if one_a_line { b"\n" } else { b"]}" })?;
    to.flush()
}
