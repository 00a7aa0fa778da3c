//! What a thing of the vendor's table is called: its id, its name today, its former names, and everything else.
//!
//! The table names one thing in many ways: capitals, blanks, two names at once, two string ids for one GUID and one for
//! two. The GUID is the thing; all else is a way to write it.

use super::look::Written;
use super::span::{Since, Span};
use crate::model::{Day, Guid, fold};
use std::collections::{BTreeMap, BTreeSet};

/// A former name with the time in which it was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DatedName {
    /// When.
    pub span: Span,
    /// The name.
    pub name: String,
}

/// How words are written in names that are not in capitals.
#[derive(Debug, Default)]
pub(super) struct Spelling(BTreeMap<String, Written>);

impl Spelling {
    /// Learns the words of a name.
    pub(super) fn learn(&mut self, name: &str) {
        if !shouts(name) {
            for word in
                words(name).filter(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()))
            {
                let written = self.0.entry(word.to_lowercase()).or_default();
                *written.entry(word.to_owned()).or_default() += 1;
            }
        }
    }

    /// A name in capitals, written as other names write its words; any other name as it is.
    pub(super) fn quiet(&self, name: &str) -> String {
        if !shouts(name) {
            return name.to_owned();
        }
        let mut quiet = String::with_capacity(name.len());
        let mut rest = name;
        for word in words(name) {
            let at = rest.find(word).unwrap_or(0);
            let (between, word_on) = rest.split_at(at);
            quiet.push_str(between);
            quiet.push_str(&self.word(word, quiet.is_empty()));
            rest = word_on.get(word.len()..).unwrap_or("");
        }
        quiet.push_str(rest);
        quiet
    }

    fn word(&self, word: &str, first: bool) -> String {
        if word.contains(char::is_lowercase) {
            return word.to_owned();
        }
        let (head, tail) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        match self.0.get(&word.to_lowercase()).map(most) {
            Some(known) if !first || !known.starts_with(char::is_lowercase) => known.to_owned(),
            // Short words and words with digits are abbreviations more often than not.
            None if word.len() <= 3 || word.bytes().any(|byte| byte.is_ascii_digit()) => {
                word.to_owned()
            }
            _ => format!("{head}{}", tail.to_lowercase()),
        }
    }
}

/// Whether a name of several words is written in capitals, but for a word or two.
fn shouts(name: &str) -> bool {
    let count = |which: fn(char) -> bool| name.chars().filter(|letter| which(*letter)).count();
    name.contains(' ') && count(char::is_uppercase) > 3 * count(char::is_lowercase)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|character: char| !character.is_alphanumeric());
    parts.filter(|word| !word.is_empty())
}

/// The form that most rows have; of several the first by its letters.
pub(super) fn most(written: &Written) -> &str {
    let best = written
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    best.map_or("", |(form, _)| form)
}

/// Adds counts to others.
pub(super) fn add(sum: &mut Written, more: &Written) {
    for (form, count) in more {
        *sum.entry(form.clone()).or_default() += count;
    }
}

/// The names of one thing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub today: String,
    pub former: Vec<DatedName>,
    /// Other names that the newest look shows.
    pub others: Vec<String>,
}

/// Sorts the names that looks in order of days show, each with its number of rows; nothing where no look has one.
///
/// A name that came and made room again for the one before it was a slip.
pub(super) fn names(looks: &[(Day, &Written)], spelling: &Spelling) -> Option<Names> {
    let looks: Vec<(Day, BTreeMap<String, Written>)> = looks
        .iter()
        .filter(|(_, written)| !written.is_empty())
        .map(|(day, written)| (*day, folded(written)))
        .collect();
    let (_, newest) = looks.last()?;
    let first_seen = |key: &str| looks.iter().position(|(_, names)| names.contains_key(key));
    let rows = |written: &Written| written.values().sum::<usize>();
    // Of two names at once that most rows have, the newer is the one of today.
    let today = newest
        .iter()
        .max_by_key(|(key, written)| (rows(written), first_seen(key), std::cmp::Reverse(*key)));
    let (today, written) = today?;
    let mut spelt: BTreeMap<&str, Written> = BTreeMap::new();
    for (key, written) in looks.iter().flat_map(|(_, names)| names) {
        add(spelt.entry(key).or_default(), written);
    }
    let calm = |written: &Written| {
        let calm = written.iter().filter(|(name, _)| !shouts(name));
        let calm: Written = calm.map(|(name, rows)| (name.clone(), *rows)).collect();
        (!calm.is_empty()).then(|| most(&calm).to_owned())
    };
    let spell = |key: &str, written: &Written| {
        let calm = calm(written).or_else(|| calm(spelt.get(key)?));
        calm.unwrap_or_else(|| spelling.quiet(most(written)))
    };
    let mut found = Names {
        today: spell(today, written),
        ..Names::default()
    };
    for (key, written) in spelt.iter().filter(|(key, _)| **key != today) {
        if let Some(written) = newest.get(*key) {
            found.others.push(spell(key, written));
        } else if let Some(span) = former(&looks, key) {
            let name = spell(key, written);
            found.former.push(DatedName { span, name });
        }
    }
    found.former.sort();
    found.others.sort();
    Some(found)
}

fn folded(written: &Written) -> BTreeMap<String, Written> {
    let mut names: BTreeMap<String, Written> = BTreeMap::new();
    for (name, rows) in written {
        let forms = names.entry(fold(name)).or_default();
        forms.insert(name.clone(), *rows);
    }
    names
}

/// When a name that is gone was seen; nothing where it was a slip.
fn former(looks: &[(Day, BTreeMap<String, Written>)], key: &str) -> Option<Span> {
    let first = looks
        .iter()
        .position(|(_, names)| names.contains_key(key))?;
    let last = looks
        .iter()
        .rposition(|(_, names)| names.contains_key(key))?;
    let (first_day, _) = looks.get(first)?;
    let (last_day, _) = looks.get(last)?;
    let (next_day, after) = looks.get(last + 1)?;
    let before = first.checked_sub(1).and_then(|before| looks.get(before));
    let returned =
        before.is_some_and(|(_, before)| before.keys().any(|name| after.contains_key(name)));
    let since = match before {
        Some((day, _)) => Since::Between(*day, *first_day),
        None => Since::By(*first_day),
    };
    (!returned).then_some(Span {
        since,
        until: Some((*last_day, *next_day)),
        last: *last_day,
    })
}

/// The ids of things by GUID: the string that most rows of the newest look have, or the GUID where several things have
/// that string. Ids that are `fixed` stay as they are.
pub(super) fn ids(
    strings: &BTreeMap<Guid, Vec<&Written>>,
    fixed: &BTreeMap<Guid, String>,
) -> BTreeMap<Guid, String> {
    let mut wanted: BTreeMap<Guid, String> = BTreeMap::new();
    for (guid, looks) in strings {
        let newest = looks.last().map_or("", |written| most(written));
        let id = fixed.get(guid).map_or(newest, String::as_str);
        wanted.insert(*guid, id.to_owned());
    }
    let mut users: BTreeMap<String, BTreeSet<Guid>> = BTreeMap::new();
    for (guid, id) in wanted.iter().chain(fixed) {
        users.entry(id.to_lowercase()).or_default().insert(*guid);
    }
    for (guid, id) in &mut wanted {
        let shared = users
            .get(&id.to_lowercase())
            .is_some_and(|users| users.len() > 1);
        if shared && !fixed.contains_key(guid) {
            *id = guid.to_string();
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::{Names, Spelling, Written, ids, names};
    use crate::model::{Day, Guid};
    use std::collections::BTreeMap;

    /// Looks a day apart from 2020-01-01 on; `;` parts the names of one look.
    fn named(looks: &[&str]) -> Names {
        let mut spelling = Spelling::default();
        spelling.learn("Plan for Service");
        let looks: Vec<(Day, Written)> = looks
            .iter()
            .zip(1_i16..)
            .map(|(names, day)| {
                let names = names.split(';').filter(|name| !name.is_empty());
                let rows = names.map(|name| (name.to_owned(), 1)).collect();
                (Day::from_parts(2020, 1, day).unwrap(), rows)
            })
            .collect();
        let looks: Vec<(Day, &Written)> = looks.iter().map(|(day, names)| (*day, names)).collect();
        names(&looks, &spelling).unwrap()
    }

    fn former(names: &Names) -> Vec<String> {
        let former = names.former.iter().map(|former| {
            let until = former.span.to().unwrap();
            format!("{} {}, {until}", former.name, former.span.from()).replace("2020-01-0", "")
        });
        former.collect()
    }

    #[test]
    fn capitals_are_no_other_name_and_are_written_like_the_rest() {
        let names = named(&["SERVICE A1", "SERVICE PLAN FOR PBX", "Service plan for PBX"]);
        assert_eq!(names.today, "Service plan for PBX");
        assert_eq!(former(&names), ["Service A1 by 1, between 1 and 2"]);
        assert_eq!(named(&["FOR SALE"]).today, "For Sale");
        assert_eq!(named(&["SERVICE_PLAN"]).today, "SERVICE_PLAN");
    }

    #[test]
    fn renames_are_dated_and_slips_left_out() {
        let names = named(&["Old", "Old", "", "Middle", "New"]);
        assert_eq!(
            former(&names),
            [
                "Old by 1, between 2 and 4",
                "Middle between 2 and 4, between 4 and 5"
            ]
        );
        assert_eq!(former(&named(&["Credits", "Credtis", "Credits"])), [""; 0]);
    }

    #[test]
    fn of_two_names_at_once_the_newer_is_the_one_of_today() {
        let names = named(&["Agents", "Agents;Studio"]);
        assert_eq!(
            (names.today.as_str(), names.others),
            ("Studio", vec!["Agents".to_owned()])
        );
        assert!(names.former.is_empty());
    }

    #[test]
    fn a_string_of_two_things_is_no_id() {
        let guid = |last: char| {
            Guid::parse(&format!("00000000-0000-0000-0000-00000000000{last}")).unwrap()
        };
        let one = |text: &str| Written::from([(text.to_owned(), 1)]);
        let (a, b, c) = (one("SAME"), one("Same"), one("OTHER"));
        let strings = BTreeMap::from([
            (guid('1'), vec![&c, &a]),
            (guid('2'), vec![&b]),
            (guid('3'), vec![&c]),
        ]);
        let found = ids(&strings, &BTreeMap::new());
        assert_eq!(found[&guid('1')], guid('1').to_string());
        assert_eq!(found[&guid('2')], guid('2').to_string());
        assert_eq!(found[&guid('3')], "OTHER");
        // Of a thing that has the id already it is not taken away.
        let found = ids(&strings, &BTreeMap::from([(guid('1'), "SAME".to_owned())]));
        assert_eq!(found[&guid('1')], "SAME");
        assert_eq!(found[&guid('2')], guid('2').to_string());
    }
}
