//! All things of a kind.

use super::given::given_type;
use super::page::{Line, Page};
use super::{View, words};
use crate::dataset::KnowledgeBase;
use crate::model::{Boundary, Named};
use crate::search::ThingKind;
use serde::Serialize;

/// What `show` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Roles, tasks, features, SKUs or plans.
    Things(ThingKind),
    /// Givens.
    Givens,
    /// Sources.
    Sources,
    /// Areas.
    Areas,
}

impl Listed {
    /// Every list.
    pub const ALL: [Self; 8] = [
        Self::Things(ThingKind::Role),
        Self::Things(ThingKind::Feature),
        Self::Things(ThingKind::Task),
        Self::Things(ThingKind::Sku),
        Self::Things(ThingKind::Plan),
        Self::Givens,
        Self::Sources,
        Self::Areas,
    ];

    /// The word for it on the command line and in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Things(ThingKind::Role) => "roles",
            Self::Things(ThingKind::Task) => "tasks",
            Self::Things(ThingKind::Feature) => "features",
            Self::Things(ThingKind::Sku) => "skus",
            Self::Things(ThingKind::Plan) => "plans",
            Self::Givens => "givens",
            Self::Sources => "sources",
            Self::Areas => "areas",
        }
    }

    /// The list with this word, in either case.
    pub fn parse(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|listed| listed.word().eq_ignore_ascii_case(word))
    }
}

/// All things of a kind.
pub struct ListView<'a> {
    /// Where they stand.
    pub knowledge: &'a KnowledgeBase,
    /// Which things.
    pub listed: Listed,
}

/// `licit.list/1`
#[derive(Serialize)]
pub struct ListShape {
    listed: &'static str,
    entries: Vec<EntryShape>,
}

/// A thing of the list. Which of the last keys there are depends on what is listed.
#[derive(Serialize, Default)]
struct EntryShape {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purchasable: Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    given_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl ListView<'_> {
    fn thing(&self, thing: Named) -> EntryShape {
        let knowledge = self.knowledge;
        let mut entry = EntryShape {
            id: words::written(knowledge, thing),
            name: knowledge.name(thing).to_owned(),
            guid: knowledge.guid(thing).map(|guid| guid.to_string()),
            ..EntryShape::default()
        };
        let area = |area| Some(knowledge.areas[area].id.to_string());
        match thing {
            Named::Role(id) => entry.authority = Some(knowledge.roles[id].authority.to_string()),
            Named::Task(id) => entry.area = area(knowledge.tasks[id].area),
            Named::Feature(id) => entry.area = area(knowledge.features[id].area),
            Named::Sku(id) => {
                entry.segment = Some(knowledge.skus[id].segment.word());
                entry.purchasable = Some(knowledge.skus[id].purchasable);
            }
            Named::Plan(_) => {}
        }
        entry
    }

    fn entries(&self) -> Vec<EntryShape> {
        let knowledge = self.knowledge;
        match self.listed {
            Listed::Things(kind) => {
                let things = kind.things(knowledge).into_iter();
                things.map(|thing| self.thing(thing)).collect()
            }
            Listed::Givens => {
                let givens = knowledge.givens.iter();
                let entry = |given: &crate::model::Given| EntryShape {
                    id: given.id.to_string(),
                    name: given.question.to_string(),
                    given_type: Some(given_type(&given.kind)),
                    ..EntryShape::default()
                };
                givens.map(|(_, given)| entry(given)).collect()
            }
            Listed::Sources => {
                let sources = knowledge.sources.iter();
                let entry = |source: &crate::model::Source| EntryShape {
                    id: source.id.to_string(),
                    name: source.title.to_string(),
                    publisher: Some(source.publisher.to_string()),
                    published: source.published.as_ref().map(Boundary::to_string),
                    url: Some(source.url.to_string()),
                    ..EntryShape::default()
                };
                sources.map(|(_, source)| entry(source)).collect()
            }
            Listed::Areas => {
                let areas = knowledge.areas.iter();
                let entry = |area: &crate::model::Area| EntryShape {
                    id: area.id.to_string(),
                    name: area.name.to_string(),
                    ..EntryShape::default()
                };
                areas.map(|(_, area)| entry(area)).collect()
            }
        }
    }
}

impl View for ListView<'_> {
    const SCHEMA: &'static str = "licit.list/1";
    type Shape = ListShape;

    fn shape(&self) -> ListShape {
        ListShape {
            listed: self.listed.word(),
            entries: self.entries(),
        }
    }

    fn page(&self) -> Page {
        let entries = self.entries();
        let mut page = Page::new(format!("{} {}", entries.len(), self.listed.word()));
        let row =
            |entry: &EntryShape| vec![Line::new().code(&entry.id), Line::from(entry.name.as_str())];
        let name = match self.listed {
            Listed::Givens => "question",
            Listed::Sources => "title",
            Listed::Things(_) | Listed::Areas => "name",
        };
        page.table(&["id", name], entries.iter().map(row).collect());
        page
    }
}
