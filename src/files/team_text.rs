//! A team as the file that it would be read from.

use crate::dataset::KnowledgeBase;
use crate::model::{Asked, GivenId, GivenValue, Team, TeamPersona};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The team as TOML, by ids, so that [`read_team`](super::read_team) gives it back. Prices of one's own stay in their file.
pub fn team_text(knowledge: &KnowledgeBase, team: &Team) -> String {
    let mut text = String::from("# A team for `licit cheapest`, written by licit.\n");
    text.push_str(&table(knowledge, team).to_string());
    text
}

/// The same as a table.
pub(super) fn table(knowledge: &KnowledgeBase, team: &Team) -> Table {
    let mut table = Table::new();
    let mut put = |key: &str, value: Value| table.insert(key.to_owned(), value);
    if !team.name.is_empty() {
        put("name", Value::from(team.name.as_str()));
    }
    put("on", Value::from(team.on.to_string()));
    put("known", Value::from(team.known.to_string()));
    put("reading", Value::from(team.reading.word()));
    put("segment", Value::from(team.segment.word()));
    put("currency", Value::from(team.currency.code()));
    if team.one_set {
        put("one_set", Value::from(true));
    }
    put("givens", Value::Table(givens(knowledge, &team.givens)));
    let owned = team.owned.iter().map(|(sku, seats)| {
        let seats = i64::try_from(*seats).unwrap_or(i64::MAX);
        (knowledge.skus[*sku].id.to_string(), Value::from(seats))
    });
    put("owned", Value::Table(owned.collect()));
    let personas = team.personas.iter();
    put(
        "persona",
        Value::Array(
            personas
                .map(|one| Value::Table(persona(knowledge, one)))
                .collect(),
        ),
    );
    table
}

fn persona(knowledge: &KnowledgeBase, persona: &TeamPersona) -> Table {
    let mut table = Table::new();
    table.insert("name".to_owned(), Value::from(persona.name.as_str()));
    let count = i64::try_from(persona.count).unwrap_or(i64::MAX);
    table.insert("count".to_owned(), Value::from(count));
    let mut list = |key: &str, ids: Vec<String>| {
        if !ids.is_empty() {
            table.insert(key.to_owned(), Value::from(ids));
        }
    };
    let asked = |pick: &dyn Fn(&Asked) -> Option<String>| {
        persona.subjects.iter().filter_map(pick).collect()
    };
    list(
        "roles",
        asked(&|asked| match asked {
            Asked::Role(id) => Some(knowledge.roles[*id].id.to_string()),
            _ => None,
        }),
    );
    list(
        "features",
        asked(&|asked| match asked {
            Asked::Feature(id) => Some(knowledge.features[*id].id.to_string()),
            _ => None,
        }),
    );
    list(
        "tasks",
        asked(&|asked| match asked {
            Asked::Task(id) => Some(knowledge.tasks[*id].id.to_string()),
            _ => None,
        }),
    );
    list(
        "skus",
        asked(&|asked| match asked {
            Asked::Sku(id) => Some(knowledge.skus[*id].id.to_string()),
            _ => None,
        }),
    );
    let ids = |skus: &[crate::model::SkuId]| {
        skus.iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect()
    };
    list("held", ids(&persona.held));
    list("held_elsewhere", ids(&persona.held_elsewhere));
    if persona.eligible {
        table.insert("eligible".to_owned(), Value::from(true));
    }
    if !persona.givens.is_empty() {
        table.insert(
            "givens".to_owned(),
            Value::Table(givens(knowledge, &persona.givens)),
        );
    }
    table
}

fn givens(knowledge: &KnowledgeBase, stated: &BTreeMap<GivenId, GivenValue>) -> Table {
    let value = |value: &GivenValue| match value {
        GivenValue::Truth(truth) => Value::from(*truth),
        GivenValue::Count(count) => Value::from(i64::try_from(*count).unwrap_or(i64::MAX)),
        other => Value::from(other.to_string()),
    };
    let entries = stated.iter();
    entries
        .map(|(given, of)| (knowledge.givens[*given].id.to_string(), value(of)))
        .collect()
}
