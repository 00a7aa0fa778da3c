//! What an audit finds, as far as people refer to it: the id and the kind of a finding, how grave it is, and what
//! somebody decided to leave out.
//!
//! A finding keeps its id from run to run, so that it can be compared with an earlier audit and named in a list of what
//! is ignored. Those lists are written by people and read by `files`, so their types stand here and not beside the audit.

use super::words::words;
use super::{Day, RoleId, Text};
use std::collections::BTreeSet;
use std::fmt;

words! {
    /// What an audit says of a person, an account or an assignment. The worst first.
    AuditVerdict {
        /// A license is needed and not there.
        Gap = "gap",
        /// It turns on something that neither the exports nor the asker tell, or that sources dispute.
        CannotTell = "cannot-tell",
        /// Nothing is missing.
        Ok = "ok",
        /// It is no matter of a person's license: a program, an emergency account, an assignment that has ended.
        NotCounted = "not-counted",
    }
}

words! {
    /// How grave a finding is. The gravest first.
    FindingSeverity {
        /// A license is missing.
        Error = "error",
        /// Somebody should look at it.
        Warning = "warning",
        /// Good to know.
        Note = "note",
    }
}

words! {
    /// The kinds of findings.
    FindingKind {
        /// A license is needed and not held.
        MissingLicense = "missing-license",
        /// The license is there but does not work: its plan is switched off, its assignment is in error, its subscription is suspended.
        SwitchedOff = "switched-off",
        /// More people count than the tenant owns seats.
        TooFewSeats = "too-few-seats",
        /// Only another account of the person holds the license.
        OtherAccount = "other-account",
        /// A fact about the tenant that nobody stated decides.
        FactUnknown = "fact-unknown",
        /// Sources disagree.
        Disputed = "disputed",
        /// No source says whether a license is needed.
        NotStated = "not-stated",
        /// The exports do not tell what decides.
        NotTold = "not-told",
        /// Something has to be done that no license replaces.
        ToDo = "to-do",
        /// An account for emergencies.
        EmergencyAccount = "emergency-account",
        /// A license on an admin account that no task of it needs.
        UnneededLicense = "unneeded-license",
        /// An add-on without the license that it needs beside it.
        MissingBase = "missing-base",
        /// A SKU that the knowledge base does not know.
        UnknownSku = "unknown-sku",
        /// A role that the knowledge base does not know: new, or of the tenant's own making.
        UnknownRole = "unknown-role",
        /// A role under a name that it no longer has.
        FormerRoleName = "former-role-name",
        /// No license opens it that day: retired, blocked or not supported.
        Unavailable = "unavailable",
    }
}

/// The permanent name of a finding: its kind, and a number made of person, role and task, so that nobody has to read
/// names out of it. The same finding has the same id in every run and whatever format told it.
///
/// ```
/// use licit::model::{FindingId, FindingKind};
/// let id = FindingId::of(FindingKind::MissingLicense, &["ana@contoso.com", "helpdesk-administrator"]);
/// assert_eq!(FindingId::parse(id.as_str()), Some(id));
/// assert_eq!(FindingId::parse("missing-license"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(String);

impl FindingId {
    /// The id of a finding of this kind about these things; case does not matter.
    ///
    /// The number is FNV-1a with 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>), which stays the same from
    /// version to version. Each part is closed with a byte that no text has.
    pub fn of(kind: FindingKind, about: &[&str]) -> Self {
        const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0100_0000_01b3;
        let mut number = OFFSET;
        for part in about {
            for byte in part.to_lowercase().bytes().chain([0xff]) {
                number = (number ^ u64::from(byte)).wrapping_mul(PRIME);
            }
        }
        Self(format!("{}-{number:016x}", kind.word()))
    }

    /// Reads an id as printed.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, number) = text.trim().rsplit_once('-')?;
        let is_number = number.len() == 16
            && number
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (is_number && FindingKind::parse(kind).is_some()).then(|| Self(text.trim().to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What somebody decided to leave out of the findings, each with a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignore {
    /// The entries, in the order of the file.
    pub entries: Vec<IgnoreEntry>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreEntry {
    /// Which findings.
    pub which: IgnoreWhich,
    /// Why; never empty.
    pub reason: Text,
    /// The first day on which it no longer holds; none where it has no end.
    pub until: Option<Day>,
}

impl IgnoreEntry {
    /// Whether the decision holds on a day.
    ///
    /// ```
    /// use licit::model::{Day, IgnoreEntry, IgnoreWhich, Text};
    /// let day = |text| Day::parse(text).unwrap();
    /// let entry = IgnoreEntry {
    ///     which: IgnoreWhich::Matching { kind: None, person: Some("svc-*".to_owned()), role: None },
    ///     reason: Text::from("waits for the renewal"),
    ///     until: Some(day("2026-12-01")),
    /// };
    /// assert!(entry.holds(day("2026-11-30")));
    /// assert!(!entry.holds(day("2026-12-01")));
    /// ```
    pub fn holds(&self, today: Day) -> bool {
        self.until.is_none_or(|until| today < until)
    }
}

/// Which findings somebody leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IgnoreWhich {
    /// This one.
    Finding(FindingId),
    /// All that match every part stated; at least one is.
    Matching {
        /// Of this kind.
        kind: Option<FindingKind>,
        /// About a person or account with such a name, see [`matches_pattern`].
        person: Option<String>,
        /// About this role.
        role: Option<RoleId>,
    },
}

/// The findings of an earlier audit: what is not among them is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Their ids.
    pub findings: BTreeSet<FindingId>,
}

/// Whether a name matches a pattern as a whole, whatever the case; a star stands for any text.
///
/// ```
/// use licit::model::matches_pattern;
/// assert!(matches_pattern("adm-*@contoso.com", "Adm-Vries@contoso.com"));
/// assert!(matches_pattern("*", ""));
/// assert!(!matches_pattern("adm-*", "ana@contoso.com"));
/// ```
pub fn matches_pattern(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    // The earliest place for each part leaves most room for those after it.
    for part in parts {
        match rest.find(part).and_then(|at| rest.get(at + part.len()..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}
