//! Passes over an account of a long list and sees at a glance whether it is worth reading.
//!
//! Of an account that nobody asks for only four things are counted. So its fields are found without parsing what is in
//! them; as soon as anything is unusual, the account is parsed like any other.

use super::layout::Layouts;
use crate::tenant::Counted;
use crate::tenant::read::wanted::Wanted;

/// What was seen of an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Skimmed {
    /// Whether it must be parsed: it may be wanted, or something in it is unusual.
    pub(super) must_parse: bool,
    /// Whether it has a mail address beside its sign-in name.
    pub(super) has_mail: bool,
    /// The deepest nesting.
    pub(super) deepest: usize,
    /// What it adds to the counts.
    pub(super) counted: Counted,
}

/// Looks at the object that the text begins with. Gives where it ends; nothing where it does not end in the text or does
/// not look like an object. `layouts` are those of the accounts before.
pub(super) fn skim(
    text: &[u8],
    wanted: &Wanted,
    layouts: &mut Layouts,
) -> Option<(usize, Skimmed)> {
    let mut seen = Skimmed {
        deepest: 1,
        ..Skimmed::default()
    };
    seen.counted.accounts = 1;
    let mut own = Own::default();
    if text.first() != Some(&b'{') {
        return None;
    }
    let mut at = 1;
    // The sign before the next field: a brace before the first, a comma before the others.
    let mut sign = b'{';
    loop {
        at = blanks(text, at);
        match text.get(at)? {
            b'"' => seen.must_parse |= sign == 0,
            b',' => {
                seen.must_parse |= sign != 0;
                sign = b',';
                at += 1;
                continue;
            }
            b'}' => {
                seen.must_parse |= sign == b',';
                at += 1;
                break;
            }
            _ => return None,
        }
        sign = 0;
        let end = string_end(text, at)?;
        let key = text.get(at + 1..end - 1)?;
        at = blanks(text, end);
        if *text.get(at)? != b':' {
            return None;
        }
        at = blanks(text, at + 1);
        let (end, depth) = value_end(text, at, layouts)?;
        seen.deepest = seen.deepest.max(depth + 1);
        let value = text.get(at..end)?;
        at = end;
        field(key, value, wanted, &mut seen, &mut own);
    }
    seen.counted.licenses_not_told = u64::from(!own.has_licenses);
    seen.has_mail |= !own.mail.is_empty() && !own.mail.eq_ignore_ascii_case(own.upn);
    // Where nothing says whether it is a guest's, its name may.
    seen.must_parse |= !own.has_id || (!own.has_type && own.upn.contains(&b'#'));
    Some((at, seen))
}

/// What an account says of itself.
#[derive(Default)]
struct Own<'t> {
    upn: &'t [u8],
    mail: &'t [u8],
    has_id: bool,
    has_type: bool,
    has_licenses: bool,
}

/// What one field says.
fn field<'t>(key: &[u8], value: &'t [u8], wanted: &Wanted, seen: &mut Skimmed, own: &mut Own<'t>) {
    let is_null = value == b"null";
    // The text between the quotation marks; what is escaped is read properly.
    let text = match value {
        [b'"', text @ .., b'"'] if !text.contains(&b'\\') => Some(text),
        _ => None,
    };
    match key {
        b"id" | b"Id" => match text {
            Some(id) if !own.has_id && id.len() == 36 => {
                own.has_id = true;
                seen.must_parse |= wanted.may_want_id(id);
            }
            _ => seen.must_parse = true,
        },
        b"userPrincipalName" | b"UserPrincipalName" => match text {
            Some(name) => {
                own.upn = name;
                seen.must_parse |= wanted.may_want_word(name);
                seen.must_parse |= name.is_empty();
            }
            None => seen.must_parse |= !is_null,
        },
        b"displayName" | b"DisplayName" if wanted.has_names() => {
            seen.must_parse |= !is_null && text.is_none_or(|name| wanted.may_want_word(name));
        }
        b"mail" | b"Mail" => match text {
            Some(text) => {
                own.mail = text;
                seen.must_parse |= wanted.may_want_word(text);
            }
            None => seen.must_parse |= !is_null,
        },
        b"employeeId" | b"EmployeeId" | b"onPremisesImmutableId" | b"OnPremisesImmutableId" => {
            seen.must_parse |= !is_null && text.is_none_or(|text| wanted.may_want_word(text));
        }
        b"accountEnabled" | b"AccountEnabled" => match value {
            b"true" | b"null" => {}
            b"false" => seen.counted.blocked = 1,
            _ => seen.must_parse = true,
        },
        b"userType" | b"UserType" => {
            own.has_type = true;
            match text {
                Some(b"Member") => {}
                Some(b"Guest") => seen.counted.guests = 1,
                _ => seen.must_parse = true,
            }
        }
        b"assignedLicenses"
        | b"AssignedLicenses"
        | b"licenseAssignmentStates"
        | b"LicenseAssignmentStates" => {
            if value.first() == Some(&b'[') {
                own.has_licenses = true;
                let inside = value.get(1..value.len() - 1).unwrap_or_default();
                seen.counted.licensed |= u64::from(!inside.trim_ascii().is_empty());
            } else {
                seen.must_parse |= !is_null;
            }
        }
        b"deletedDateTime" | b"DeletedDateTime" => seen.counted.deleted = u64::from(!is_null),
        b"otherMails" | b"OtherMails" => {
            seen.must_parse |= !is_null
                && value
                    .iter()
                    .filter(|byte| !byte.is_ascii_whitespace())
                    .count()
                    > 2;
        }
        b"AdditionalProperties" | b"additionalProperties" => {
            seen.must_parse |= !is_null && value.len() > 2;
        }
        b"@odata.type" => seen.must_parse |= text != Some(b"#microsoft.graph.user"),
        // What makes something else of it than an account.
        b"isZtModelRow"
        | b"members"
        | b"Members"
        | b"transitiveMembers"
        | b"groupTypes"
        | b"servicePrincipalType"
        | b"isAssignableToRole"
        | b"Licenses"
        | b"IsLicensed"
        | b"BlockCredential"
        | b"ImmutableId"
        | b"DirSyncEnabled" => seen.must_parse = true,
        _ => {}
    }
}

fn blanks(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\r' | b'\n') = text.get(at) {
        at += 1;
    }
    at
}

/// One past the string that begins here.
///
/// Strings of such lists are short, so eight bytes are compared at a time instead of setting up a search for each.
fn string_end(text: &[u8], at: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = at + 1;
    loop {
        // The high bit of every byte that is a quotation mark or a backslash, the lowest one exactly.
        let found = |word: u64| {
            let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
            zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5c))
        };
        while let Some(word) = text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let marks = found(u64::from_le_bytes(*word));
            if marks != 0 {
                at += usize::try_from(marks.trailing_zeros() / 8).ok()?;
                break;
            }
            at += 8;
        }
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            // Only near the end of the text, where fewer than eight bytes are left.
            _ => at += 1,
        }
    }
}

/// One past the value that begins here, with the depth of its nesting.
fn value_end(text: &[u8], at: usize, layouts: &mut Layouts) -> Option<(usize, usize)> {
    match text.get(at)? {
        b'"' => Some((string_end(text, at)?, 0)),
        b'[' if text.get(at + 1) == Some(&b']') => Some((at + 2, 1)),
        b'{' | b'[' => {
            let rest = text.get(at..)?;
            if let Some((length, deepest)) = layouts.find(rest) {
                return Some((at + length, deepest));
            }
            let (length, deepest) = nested_end(rest)?;
            layouts.put(rest.get(..length)?, deepest);
            Some((at + length, deepest))
        }
        _ => {
            let rest = text.get(at..)?;
            let ends =
                |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
            Some((at + rest.iter().position(ends)?, 0))
        }
    }
}

/// One past the list or object that the text begins with, with the depth of its nesting.
fn nested_end(text: &[u8]) -> Option<(usize, usize)> {
    let (mut depth, mut deepest, mut at) = (0usize, 0usize, 0);
    loop {
        match text.get(at)? {
            b'"' => {
                at = string_end(text, at)?;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some((at + 1, deepest));
                }
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Layouts, skim, string_end};
    use crate::tenant::read::wanted::Wanted;

    #[test]
    fn strings_end_at_their_own_quotation_mark() {
        for tail in ["", "x", "and so on and on"] {
            for inside in [
                "",
                "a",
                "1234567",
                "12345678",
                "\\\"",
                "123456\\\\",
                "\\\"34567\\\"90",
            ] {
                let text = format!("\"{inside}\"{tail}");
                assert_eq!(
                    string_end(text.as_bytes(), 0),
                    Some(inside.len() + 2),
                    "{text}"
                );
            }
        }
        assert_eq!(string_end(b"\"12345678", 0), None);
        assert_eq!(string_end(b"\"1\\", 0), None);
    }

    #[test]
    fn an_account_that_is_plain_is_only_counted() {
        let wanted = Wanted::default();
        let id = "\"id\":\"00000000-0000-4000-8000-000000000001\"";
        let seen = |rest: &str| {
            let account = format!("{{{id},{rest}}}");
            skim(account.as_bytes(), &wanted, &mut Layouts::default())
                .unwrap()
                .1
        };
        let plain =
            seen("\"userType\":\"Guest\",\"accountEnabled\":false,\"assignedLicenses\":[ {} ]");
        assert!(!plain.must_parse);
        let counted = plain.counted;
        assert_eq!(
            (counted.guests, counted.blocked, counted.licensed),
            (1, 1, 1)
        );
        assert_eq!(counted.licenses_not_told, 0);
        // An empty list says that it holds none; no list says nothing.
        let empty = seen("\"userType\":\"Member\",\"assignedLicenses\":[]").counted;
        assert_eq!((empty.licensed, empty.licenses_not_told), (0, 0));
        for untold in ["\"userType\":\"Member\"", "\"assignedLicenses\":null"] {
            let counted = seen(untold).counted;
            assert_eq!((counted.licensed, counted.licenses_not_told), (0, 1));
        }
        for odd in [
            "\"userPrincipalName\":\"x#EXT#@contoso.com\"",
            "\"userType\":1",
            "\"members\":[]",
            "\"assignedLicenses\":\"lost\"",
            "\"x\":1,",
            "\"id\":\"00000000-0000-4000-8000-000000000001\"",
        ] {
            assert!(seen(odd).must_parse, "{odd}");
        }
    }
}
