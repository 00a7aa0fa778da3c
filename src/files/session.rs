//! What the terminal UI comes back to: the basket, those that were kept, and the place.
//!
//! It is written by the program alone, so it is read leniently: what a newer version or newer data no longer knows is
//! left out and told, and never in the way of the rest.

use super::team_text::table;
use crate::dataset::KnowledgeBase;
use crate::model::{
    Agreement, Asked, Boundary, Currency, Day, Draft, GivenId, GivenKind, GivenValue, Reading,
    Segment, SkuId, Team, TeamPersona,
};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// The version of the format.
const VERSION: i64 = 1;

/// What is come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The basket.
    pub now: Draft,
    /// Those that were kept, by name.
    pub kept: BTreeMap<String, Draft>,
    /// The name of the screen.
    pub screen: String,
    /// The title of the pane with the focus.
    pub focus: String,
    /// What was searched for.
    pub search: String,
    /// Which exports were opened, as typed: never what stands in them.
    pub exports: String,
    /// Which row was marked, by the title of its pane.
    pub marks: BTreeMap<String, usize>,
}

/// A session as text. A day that is today is written as such: tomorrow it is another one.
pub fn session_text(knowledge: &KnowledgeBase, session: &Session, today: Day) -> String {
    let mut file = Table::new();
    file.insert("version".to_owned(), Value::from(VERSION));
    file.insert("screen".to_owned(), Value::from(session.screen.as_str()));
    file.insert("focus".to_owned(), Value::from(session.focus.as_str()));
    file.insert("search".to_owned(), Value::from(session.search.as_str()));
    if !session.exports.is_empty() {
        file.insert("exports".to_owned(), Value::from(session.exports.as_str()));
    }
    let marks = session.marks.iter().map(|(pane, row)| {
        let row = i64::try_from(*row).unwrap_or(i64::MAX);
        (pane.clone(), Value::from(row))
    });
    file.insert("marks".to_owned(), Value::Table(marks.collect()));
    file.insert(
        "basket".to_owned(),
        Value::Table(draft(knowledge, &session.now, today)),
    );
    let kept = session.kept.iter();
    let kept = kept.map(|(name, kept)| (name.clone(), Value::Table(draft(knowledge, kept, today))));
    file.insert("kept".to_owned(), Value::Table(kept.collect()));
    format!(
        "# Where licit goes on. Written by the program; the baskets can be given to `licit cheapest` as they stand.\n{file}"
    )
}

fn draft(knowledge: &KnowledgeBase, draft: &Draft, today: Day) -> Table {
    let mut table = table(knowledge, &draft.team);
    for (key, day) in [("on", draft.team.on), ("known", draft.team.known)] {
        if day == today {
            table.remove(key);
        }
    }
    let at = i64::try_from(draft.at).unwrap_or_default();
    table.insert("at".to_owned(), Value::from(at));
    let claims: Vec<String> = draft
        .set_aside
        .iter()
        .map(|claim| knowledge.claims[*claim].id.to_string())
        .collect();
    table.insert("set_aside".to_owned(), Value::from(claims));
    let sets = draft.compared.iter().map(|set| {
        let ids: Vec<String> = set
            .iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect();
        Value::from(ids)
    });
    table.insert("compared".to_owned(), Value::Array(sets.collect()));
    let marked: Vec<String> = [draft.marked.0, draft.marked.1]
        .into_iter()
        .flatten()
        .map(|day| day.to_string())
        .collect();
    table.insert("marked".to_owned(), Value::from(marked));
    table
}

/// Reads a session. Notices tell what was left out.
///
/// # Errors
/// When the text is no session at all, or one of a newer version; it should then be set aside and not be lost.
pub fn read_session(
    knowledge: &KnowledgeBase,
    text: &str,
    today: Day,
) -> Result<(Session, Vec<String>), String> {
    let file: Table = text
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    match file.get("version").and_then(Value::as_integer) {
        Some(VERSION) => {}
        Some(version) => return Err(format!("it is of version {version}, not {VERSION}")),
        None => return Err("it has no version".to_owned()),
    }
    let mut reader = Reader {
        knowledge,
        today,
        left_out: Vec::new(),
    };
    let word = |key: &str| {
        let word = file.get(key).and_then(Value::as_str);
        crate::model::clean(word.unwrap_or_default()).text
    };
    let empty = Table::new();
    let sub = |key: &str| file.get(key).and_then(Value::as_table).unwrap_or(&empty);
    let marks = sub("marks").iter().filter_map(|(pane, row)| {
        let row = usize::try_from(row.as_integer()?).ok()?;
        Some((pane.clone(), row))
    });
    let session = Session {
        now: reader.draft(sub("basket")),
        kept: sub("kept")
            .iter()
            .filter_map(|(name, kept)| {
                let name = crate::model::clean(name).text;
                Some((name, reader.draft(kept.as_table()?)))
            })
            .collect(),
        screen: word("screen"),
        focus: word("focus"),
        search: word("search"),
        exports: word("exports"),
        marks: marks.collect(),
    };
    Ok((session, reader.left_out))
}

struct Reader<'a> {
    knowledge: &'a KnowledgeBase,
    today: Day,
    left_out: Vec<String>,
}

impl Reader<'_> {
    fn draft(&mut self, table: &Table) -> Draft {
        let knowledge = self.knowledge;
        let personas = table.get("persona").and_then(Value::as_array);
        let personas = personas.map(Vec::as_slice).unwrap_or_default();
        let mut personas: Vec<TeamPersona> = personas
            .iter()
            .filter_map(Value::as_table)
            .map(|persona| self.persona(persona))
            .collect();
        if personas.is_empty() {
            personas.push(self.persona(&Table::new()));
        }
        let at = table.get("at").and_then(Value::as_integer);
        let at = at
            .and_then(|at| usize::try_from(at).ok())
            .unwrap_or_default();
        let word = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default();
        let owned = table.get("owned").and_then(Value::as_table);
        let owned = owned.into_iter().flatten().filter_map(|(id, seats)| {
            let seats = u64::try_from(seats.as_integer()?).ok()?;
            Some((self.known(id, |id| knowledge.skus.find(id))?, seats))
        });
        let owned: BTreeMap<SkuId, u64> = owned.collect();
        let claims: BTreeSet<_> = strings(table.get("set_aside"))
            .iter()
            .filter_map(|id| self.known(id, |id| knowledge.claims.find(id)))
            .collect();
        let sets = table.get("compared").and_then(Value::as_array);
        let sets = sets.into_iter().flatten().map(|set| {
            let ids = strings(Some(set));
            let skus = ids
                .iter()
                .filter_map(|id| self.known(id, |id| knowledge.skus.find(id)));
            skus.collect::<Vec<SkuId>>()
        });
        let compared = sets.filter(|set| !set.is_empty()).collect();
        let marked: Vec<Day> = strings(table.get("marked"))
            .iter()
            .filter_map(|day| Day::parse(day))
            .collect();
        Draft {
            at: at.min(personas.len() - 1),
            team: Team {
                name: crate::model::clean(word("name")).text,
                on: Day::parse(word("on")).unwrap_or(self.today),
                known: Day::parse(word("known")).unwrap_or(self.today),
                givens: self.givens(table),
                owned,
                reading: Reading::parse(word("reading")).unwrap_or(Reading::Documented),
                segment: Segment::parse(word("segment")).unwrap_or(Segment::Commercial),
                currency: Currency::parse(word("currency")).unwrap_or_else(Currency::us_dollar),
                agreement: Agreement::default(),
                one_set: false,
                personas,
            },
            set_aside: claims,
            compared,
            marked: (marked.first().copied(), marked.get(1).copied()),
        }
    }

    fn persona(&mut self, table: &Table) -> TeamPersona {
        let knowledge = self.knowledge;
        let mut subjects: Vec<Asked> = Vec::new();
        for id in strings(table.get("roles")) {
            subjects.extend(
                self.known(&id, |id| knowledge.roles.find(id))
                    .map(Asked::Role),
            );
        }
        for id in strings(table.get("features")) {
            subjects.extend(
                self.known(&id, |id| knowledge.features.find(id))
                    .map(Asked::Feature),
            );
        }
        for id in strings(table.get("tasks")) {
            subjects.extend(
                self.known(&id, |id| knowledge.tasks.find(id))
                    .map(Asked::Task),
            );
        }
        for id in strings(table.get("skus")) {
            subjects.extend(
                self.known(&id, |id| knowledge.skus.find(id))
                    .map(Asked::Sku),
            );
        }
        let mut skus = |key: &str| {
            let ids = strings(table.get(key));
            let skus = ids
                .iter()
                .filter_map(|id| self.known(id, |id| knowledge.skus.find(id)));
            skus.collect::<Vec<SkuId>>()
        };
        let (held, held_elsewhere) = (skus("held"), skus("held_elsewhere"));
        let name = table.get("name").and_then(Value::as_str);
        let count = table.get("count").and_then(Value::as_integer);
        TeamPersona {
            name: crate::model::clean(name.unwrap_or("People 1")).text,
            count: count
                .and_then(|count| u64::try_from(count).ok())
                .unwrap_or(1)
                .max(1),
            subjects,
            eligible: table
                .get("eligible")
                .and_then(Value::as_bool)
                .unwrap_or_default(),
            held,
            held_elsewhere,
            givens: self.givens(table),
        }
    }

    fn givens(&mut self, table: &Table) -> BTreeMap<GivenId, GivenValue> {
        let knowledge = self.knowledge;
        let stated = table.get("givens").and_then(Value::as_table);
        let stated = stated.into_iter().flatten().filter_map(|(id, value)| {
            let given = self.known(id, |id| knowledge.givens.find(id))?;
            let value = match (&knowledge.givens[given].kind, value) {
                (GivenKind::Truth, Value::Boolean(truth)) => Some(GivenValue::Truth(*truth)),
                (GivenKind::Count, Value::Integer(count)) => {
                    u64::try_from(*count).ok().map(GivenValue::Count)
                }
                (GivenKind::Date, Value::String(date)) => {
                    Boundary::parse(date).ok().map(GivenValue::Date)
                }
                (kind, Value::String(word)) => kind.read(word).ok(),
                _ => None,
            };
            Some((given, value?))
        });
        stated.collect()
    }

    /// The thing of that id, or a notice.
    fn known<T>(&mut self, id: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let found = find(id);
        if found.is_none() {
            let id = crate::model::clean(id).text;
            self.left_out.push(format!(
                "the data does not know `{id}` any more; it was left out"
            ));
        }
        found
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}
