//! Which accounts of a long list are looked at: the others are only counted, so that a million of them take no memory.
//!
//! Wanted are the accounts that rows with roles name, members of groups that hold roles, and accounts that share a value
//! with a wanted one which ties accounts of one person. What ties is known only once the wanted accounts are read; so
//! lists are read again where that brings new values, until nothing new comes.

use super::rows::{AccountRow, Gathered, GroupRow, PrincipalRow};
use crate::model::Guid;
use std::collections::BTreeSet;

/// Which accounts to keep.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    ids: BTreeSet<Guid>,
    /// Sign-in names, in lower case.
    upns: BTreeSet<String>,
    /// Names that people see, in lower case.
    names: BTreeSet<String>,
    /// Employee ids, ids at home and mail addresses of wanted accounts, in lower case.
    ties: BTreeSet<String>,
    id_filter: Filter,
    word_filter: Filter,
}

/// Says of most strangers at once that they are none of the known.
#[derive(Debug, Clone)]
struct Filter {
    bits: Vec<u64>,
    is_empty: bool,
}

/// Bits of a filter: with 20,000 known, two strangers in a thousand are looked up in vain.
const FILTER_BITS: usize = 1 << 20;

impl Default for Filter {
    fn default() -> Self {
        Self {
            bits: vec![0; FILTER_BITS / 64],
            is_empty: true,
        }
    }
}

impl Filter {
    /// The two bits of a word, whatever the case of its ASCII letters: their place, and the bits of it.
    fn place(word: &[u8]) -> (usize, u64) {
        // Setting this bit makes capital letters small, and mixes up some signs, which costs a look-up in vain.
        const SMALL: u64 = 0x2020_2020_2020_2020;
        let mut hash = u64::try_from(word.len()).unwrap_or_default();
        let mut mix = |bytes: [u8; 8]| {
            let word = u64::from_le_bytes(bytes) | SMALL;
            hash = (hash ^ word)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29);
        };
        let (words, rest) = word.as_chunks::<8>();
        words.iter().for_each(|word| mix(*word));
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        mix(last);
        let at = usize::try_from(hash >> 32).unwrap_or_default() % (FILTER_BITS / 64);
        (at, 1 << (hash & 63) | 1 << ((hash >> 6) & 63))
    }

    fn put(&mut self, word: &[u8]) {
        let (at, both) = Self::place(word);
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= both;
        }
        self.is_empty = false;
    }

    fn may_have(&self, word: &[u8]) -> bool {
        if self.is_empty {
            return false;
        }
        let (at, both) = Self::place(word);
        self.bits.get(at).is_some_and(|bits| bits & both == both)
    }
}

/// The form in which words are compared.
fn folded(word: &str) -> String {
    word.trim().to_lowercase()
}

impl Wanted {
    /// Adds what the rows so far make wanted. Gives whether an account that was passed over may be wanted now:
    /// `saw_mails` says whether an account passed over has a mail address that is not its sign-in name.
    pub(crate) fn learn(&mut self, gathered: &Gathered, saw_mails: bool) -> bool {
        let mut grew = false;
        let mut busy: BTreeSet<Guid> = BTreeSet::new();
        let mut busy_names: BTreeSet<String> = BTreeSet::new();
        let assigned = gathered.assignments.iter().map(|row| &row.principal);
        for who in assigned.chain(gathered.duties.iter().map(|row| &row.principal)) {
            grew |= self.want(who);
            if !gathered.groups.is_empty() {
                busy.extend(who.object_id);
                busy_names.extend(who.name.as_deref().map(folded));
            }
        }
        let is_busy = |group: &GroupRow, ids: &BTreeSet<Guid>| {
            group.object_id.is_some_and(|id| ids.contains(&id))
                || group
                    .name
                    .as_deref()
                    .is_some_and(|name| busy_names.contains(&folded(name)))
        };
        // Groups inside groups: until no further group is found.
        loop {
            let before = busy.len();
            for group in &gathered.groups {
                if is_busy(group, &busy) {
                    busy.extend(group.object_id);
                    let members = group.members.iter().flatten();
                    busy.extend(members.filter_map(|member| member.object_id));
                }
            }
            if busy.len() == before {
                break;
            }
        }
        for group in gathered.groups.iter().filter(|group| is_busy(group, &busy)) {
            for member in group.members.iter().flatten() {
                grew |= self.want(member);
            }
        }
        for account in &gathered.accounts {
            let is_new = self.want_account(account.object_id, account.upn.as_deref());
            // An account that is listed is wanted; others were kept because they are.
            grew |= is_new && (account.listed || account.person.is_some());
            grew |= is_new && saw_mails;
            for tie in ties(account) {
                grew |= self.put_word(tie, |wanted| &mut wanted.ties);
            }
        }
        grew
    }

    fn want(&mut self, who: &PrincipalRow) -> bool {
        let mut grew = self.want_account(who.object_id, who.upn.as_deref());
        if let (None, None, Some(name)) = (who.object_id, &who.upn, &who.name) {
            grew |= self.put_word(name, |wanted| &mut wanted.names);
        }
        grew
    }

    fn want_account(&mut self, id: Option<Guid>, upn: Option<&str>) -> bool {
        let mut grew = false;
        if let Some(new) = id.filter(|id| self.ids.insert(*id)) {
            grew = true;
            self.id_filter.put(new.to_string().as_bytes());
        }
        if let Some(upn) = upn {
            grew |= self.put_word(upn, |wanted| &mut wanted.upns) && id.is_none();
        }
        grew
    }

    fn put_word(&mut self, word: &str, set: fn(&mut Self) -> &mut BTreeSet<String>) -> bool {
        let word = folded(word);
        self.word_filter.put(word.as_bytes());
        set(self).insert(word)
    }

    /// Whether an account is to be kept.
    pub(crate) fn wants(&self, row: &AccountRow) -> bool {
        let has = |set: &BTreeSet<String>, word: Option<&str>| {
            word.is_some_and(|word| set.contains(&folded(word)))
        };
        let upn = row.upn.as_deref();
        row.listed
            || row.person.is_some()
            || row.object_id.is_some_and(|id| self.ids.contains(&id))
            || has(&self.upns, upn)
            || has(&self.ties, upn)
            || has(&self.names, row.display_name.as_deref())
            || ties(row).any(|tie| has(&self.ties, Some(tie)) || has(&self.upns, Some(tie)))
    }

    /// Whether an account with this object id may be wanted; never no for one that is.
    pub(crate) fn may_want_id(&self, id: &[u8]) -> bool {
        self.id_filter.may_have(id)
    }

    /// Whether an account with this name, mail address or other value may be wanted; never no for one that is.
    pub(crate) fn may_want_word(&self, word: &[u8]) -> bool {
        // Letters outside ASCII change their length with their case, and blanks do not count: these are read properly.
        !word.is_ascii()
            || word.first().is_some_and(u8::is_ascii_whitespace)
            || word.last().is_some_and(u8::is_ascii_whitespace)
            || self.word_filter.may_have(word)
    }

    /// Whether names that people see matter at all.
    pub(crate) fn has_names(&self) -> bool {
        !self.names.is_empty()
    }
}

/// The values of an account that tie it to others of the same person.
fn ties(row: &AccountRow) -> impl Iterator<Item = &str> {
    let mails = row.mails.iter().map(String::as_str);
    let upn = row.upn.as_deref().unwrap_or_default();
    // The own address says nothing more than the sign-in name.
    let mails = mails.filter(move |mail| !mail.eq_ignore_ascii_case(upn));
    row.employee_id
        .as_deref()
        .into_iter()
        .chain(row.on_premises_id.as_deref())
        .chain(mails)
}
