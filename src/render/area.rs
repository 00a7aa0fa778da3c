//! One product area.

use super::View;
use super::page::{Item, Line, Page};
use super::record::{CitingShape, list_claims};
use super::shape::ThingShape;
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{AreaId, Named, Subject};
use serde::Serialize;

/// One area with its features and tasks.
pub struct AreaView<'a> {
    /// Where it belongs.
    pub knowledge: &'a KnowledgeBase,
    /// The area.
    pub area: AreaId,
}

/// `licit.area/1`
#[derive(Serialize)]
pub struct AreaAnswer {
    id: String,
    name: String,
    features: Vec<ThingShape>,
    tasks: Vec<ThingShape>,
    claims: Vec<CitingShape>,
}

impl View for AreaView<'_> {
    const SCHEMA: &'static str = "licit.area/1";
    type Shape = AreaAnswer;

    fn shape(&self) -> AreaAnswer {
        let knowledge = self.knowledge;
        let features = knowledge
            .features
            .iter()
            .filter(|(_, row)| row.area == self.area);
        let tasks = knowledge
            .tasks
            .iter()
            .filter(|(_, row)| row.area == self.area);
        let about = knowledge.about(Topic::Requirements(Subject::Area(self.area)));
        AreaAnswer {
            id: knowledge.areas[self.area].id.to_string(),
            name: knowledge.areas[self.area].name.to_string(),
            features: features
                .map(|(id, _)| ThingShape::of(knowledge, Named::Feature(id)))
                .collect(),
            tasks: tasks
                .map(|(id, _)| ThingShape::of(knowledge, Named::Task(id)))
                .collect(),
            claims: about
                .iter()
                .map(|claim| CitingShape::of(knowledge, *claim))
                .collect(),
        }
    }

    fn page(&self) -> Page {
        let answer = self.shape();
        let mut page = Page::new(answer.name);
        page.facts(vec![
            ("kind", Line::from("area")),
            ("id", Line::new().code(answer.id)),
        ]);
        let item = |thing: &ThingShape| Item {
            line: Line::from(format!("{} (", thing.name))
                .code(&thing.id)
                .plain(")"),
            details: Vec::new(),
        };
        for (heading, things) in [("Features", &answer.features), ("Tasks", &answer.tasks)] {
            if !things.is_empty() {
                page.heading(heading);
                page.items(things.iter().map(item).collect());
            }
        }
        list_claims(&mut page, "Claims about all of its tasks", &answer.claims);
        page
    }
}
