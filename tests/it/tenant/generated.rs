//! A made-up tenant of some size: what is read is what was made up, computed without reading.

use super::generate::{ROLES, SKUS, User, assigned, id, user, write_roles, write_users};
use licit::ask::built_in;
use licit::model::Guid;
use licit::tenant::{Counted, Export, Principal, Row, Tenant, TextExport, read};
use std::collections::{BTreeMap, BTreeSet};

const MANY: u64 = 6_000;
const ROLES_GIVEN: u64 = 500;

fn exports(users: u64, roles: u64) -> [TextExport; 2] {
    let (mut users_file, mut roles_file) = (Vec::new(), Vec::new());
    write_users(&mut users_file, users, false).unwrap();
    write_roles(&mut roles_file, roles, users, false).unwrap();
    [
        TextExport::new("users.json", users_file),
        TextExport::new("roles.json", roles_file),
    ]
}

fn read_all(files: &[TextExport]) -> Tenant {
    let files: Vec<&dyn Export> = files.iter().map(|file| file as &dyn Export).collect();
    read(&built_in().unwrap(), &files)
}

fn counted(users: impl Iterator<Item = User>) -> Counted {
    let mut counted = Counted::default();
    for user in users {
        counted.accounts += 1;
        counted.licensed += u64::from(!user.skus.is_empty());
        counted.guests += u64::from(user.is_guest);
        counted.blocked += u64::from(user.is_blocked);
    }
    counted
}

#[test]
fn a_large_tenant_is_read_as_it_was_made_up() {
    let tenant = read_all(&exports(MANY, ROLES_GIVEN));
    assert_eq!(tenant.counted, counted((0..MANY).map(user)));
    assert_eq!(
        (tenant.files[0].rows, tenant.files[0].understood),
        (MANY, MANY)
    );
    assert_eq!(
        (tenant.files[1].rows, tenant.files[1].understood),
        (ROLES_GIVEN, ROLES_GIVEN)
    );
    let mut wanted: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for number in 0..ROLES_GIVEN {
        let assigned = assigned(number, MANY);
        wanted
            .entry(assigned.user)
            .or_default()
            .insert(assigned.role);
    }
    assert_eq!(tenant.accounts.len(), wanted.len());
    let knowledge = built_in().unwrap();
    for (at, (number, roles)) in wanted.iter().enumerate() {
        // Sign-in names have the number in them, so accounts are in the order of numbers.
        let account = &tenant.accounts[at];
        let user = user(*number);
        assert_eq!(account.object_id, Guid::parse(&id(*number)));
        assert_eq!(account.enabled, Some(!user.is_blocked));
        let mut held: Vec<String> = account
            .licenses
            .as_ref()
            .unwrap()
            .iter()
            .map(|license| {
                knowledge.skus[license.sku.id.unwrap()]
                    .guid
                    .unwrap()
                    .to_string()
            })
            .collect();
        held.sort();
        let mut made_up: Vec<&str> = user.skus.iter().map(|sku| SKUS[*sku]).collect();
        made_up.sort_unstable();
        assert_eq!(held, made_up);
        let off = account
            .licenses
            .iter()
            .flatten()
            .any(|license| !license.switched_off.is_empty());
        assert_eq!(off, user.has_switched_off);
        assert!(
            account
                .rows
                .iter()
                .any(|row| row.row == Row::Element(*number))
        );
        let principal = Principal::Account(licit::tenant::AccountIndex::at(at));
        let given: BTreeSet<String> = tenant
            .assignments_of(principal)
            .iter()
            .map(|assignment| assignment.role.guid.unwrap().to_string())
            .collect();
        let made_up: BTreeSet<String> = roles.iter().map(|role| ROLES[*role].to_owned()).collect();
        assert_eq!(given, made_up);
    }
}

#[test]
fn one_account_after_the_other_or_all_at_once_is_the_same() {
    let [users, roles] = exports(3_000, 60);
    let mut text = Vec::new();
    write_users(&mut text, 3_000, false).unwrap();
    let text = String::from_utf8(text).unwrap();
    let whole = read_all(&[users, roles.clone()]);
    // Pages so short that they are never passed over by several threads.
    let open = text.find('[').unwrap();
    let (head, list) = (&text[..=open], &text[open + 1..text.len() - 2]);
    let elements: Vec<&str> = list.split(",{\"id\":").collect();
    let pages: Vec<TextExport> = elements
        .chunks(50)
        .enumerate()
        .map(|(at, page)| {
            let elements: Vec<String> = page
                .iter()
                .enumerate()
                .map(|(place, element)| match (at, place) {
                    (0, 0) => (*element).to_owned(),
                    _ => format!("{{\"id\":{element}"),
                })
                .collect();
            TextExport::new(
                format!("page{at:03}.json"),
                format!("{head}{}]}}", elements.join(",")),
            )
        })
        .collect();
    let paged = read_all(&[pages, vec![roles]].concat());
    assert_eq!(paged.counted, whole.counted);
    assert_eq!(paged.accounts.len(), whole.accounts.len());
    for (one, two) in paged.accounts.iter().zip(&whole.accounts) {
        assert_eq!(
            (&one.upn, one.licenses.as_ref().map(Vec::len)),
            (&two.upn, two.licenses.as_ref().map(Vec::len))
        );
    }
    assert_eq!(paged.assignments.len(), whole.assignments.len());
}

#[test]
fn faults_in_the_midst_of_many_accounts_lose_no_other() {
    let mut text = Vec::new();
    write_users(&mut text, 4_000, false).unwrap();
    let text = String::from_utf8(text).unwrap();
    let place = |number: u64| text.find(&format!("{{\"id\":\"{}\"", id(number))).unwrap();
    let [first, second, third] = [place(1_000), place(2_000), place(3_000)];
    let deep = format!(
        "{{\"id\":\"{}\",\"x\":{}{}}},",
        id(9_999),
        "[".repeat(128),
        "]".repeat(128)
    );
    // No object id; a comma too many; nested too deeply; and a nested list that begins like the elements do.
    let broken = format!(
        "{}{{\"id\":7}},{}{{\"id\":\"{}\",}},{deep}{}{{\"id\":\"{}\",\"userPrincipalName\":\"x@contoso.com\",\"things\":[{{\"id\":1}},{{\"id\":2}}],\"assignedLicenses\":[]}},{}",
        &text[..first],
        &text[first..second],
        id(9_998),
        &text[second..third],
        id(9_997),
        &text[third..]
    );
    let tenant = read_all(&[TextExport::new("users.json", broken)]);
    let file = &tenant.files[0];
    assert_eq!((file.rows, file.understood), (4_004, 4_001));
    let rejected: Vec<String> = file
        .rejected
        .iter()
        .map(|row| row.row.to_string())
        .collect();
    assert_eq!(rejected, ["element 1000", "element 2001", "element 2002"]);
    let made_up = counted((0..4_000).map(user));
    assert_eq!(tenant.counted.licensed, made_up.licensed);
    // Cut off in the middle: everything before counts.
    let tenant = read_all(&[TextExport::new(
        "users.json",
        text[..second + 40].to_owned(),
    )]);
    assert_eq!(tenant.files[0].understood, 2_000);
    assert_eq!(tenant.counted, counted((0..2_000).map(user)));
    assert_eq!(tenant.files[0].rejected.len(), 1);
    // Two answers in one file.
    let twice = format!("{text}\n{}", text.replace("Persona", "Human"));
    let tenant = read_all(&[TextExport::new("users.json", twice)]);
    assert_eq!(tenant.files[0].understood, 8_000);
}
