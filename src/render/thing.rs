//! One thing with everything that is said about it.

use super::claim::claim_item;
use super::page::{Item, Line, Page};
use super::shape::{DaysShape, SourceShape};
use super::states::state_line;
use super::thing_shape::ShowShape;
use super::{View, words};
use crate::dataset::{Topic, claims_about};
use crate::graph::{AsOf, Relation, RelationKind, StateOn, Status, relations};
use crate::model::{ClaimId, ClaimKind, Named, Subject};
use crate::search::ThingKind;

/// A role, task, feature, SKU or plan, seen from two days.
pub struct ThingView<'a> {
    /// The two days.
    pub as_of: AsOf<'a>,
    /// The thing.
    pub thing: Named,
}

impl ThingView<'_> {
    /// What could be known about the thing, and how many claims could not.
    pub(super) fn claims(&self) -> (Vec<ClaimId>, usize) {
        let mut claims = claims_about(self.as_of.knowledge(), self.thing);
        let all = claims.len();
        claims.retain(|claim| self.as_of.status(*claim) != Status::NotKnown);
        let not_known = all - claims.len();
        (claims, not_known)
    }

    pub(super) fn states(&self) -> Vec<StateOn> {
        self.subject()
            .map(|subject| self.as_of.states(subject))
            .unwrap_or_default()
    }

    fn subject(&self) -> Option<Subject> {
        match self.thing {
            Named::Feature(feature) => Some(Subject::Feature(feature)),
            Named::Task(task) => Some(Subject::Task(task)),
            Named::Role(_) | Named::Sku(_) | Named::Plan(_) => None,
        }
    }

    /// Relations that could be known.
    pub(super) fn relations(&self) -> Vec<(Relation, Status)> {
        relations(self.as_of.knowledge(), self.thing)
            .into_iter()
            .map(|relation| {
                let status = self.as_of.together(&relation.claims);
                (relation, status)
            })
            .filter(|(_, status)| *status != Status::NotKnown)
            .collect()
    }

    pub(super) fn aliases(&self) -> Vec<String> {
        let knowledge = self.as_of.knowledge();
        let aliases = match self.thing {
            Named::Role(id) => &knowledge.roles[id].aliases,
            Named::Task(id) => &knowledge.tasks[id].aliases,
            Named::Feature(id) => &knowledge.features[id].aliases,
            Named::Sku(id) => &knowledge.skus[id].aliases,
            Named::Plan(id) => &knowledge.plans[id].aliases,
        };
        aliases.iter().map(ToString::to_string).collect()
    }

    pub(super) fn summary(&self) -> Option<String> {
        let knowledge = self.as_of.knowledge();
        match self.thing {
            Named::Role(id) => Some(knowledge.roles[id].summary.to_string()),
            Named::Task(id) => Some(knowledge.tasks[id].summary.to_string()),
            Named::Feature(id) => Some(knowledge.features[id].summary.to_string()),
            Named::Sku(_) | Named::Plan(_) => None,
        }
    }

    pub(super) fn area(&self) -> Option<String> {
        let knowledge = self.as_of.knowledge();
        let area = match self.thing {
            Named::Task(id) => knowledge.tasks[id].area,
            Named::Feature(id) => knowledge.features[id].area,
            Named::Role(_) | Named::Sku(_) | Named::Plan(_) => return None,
        };
        Some(knowledge.areas[area].id.to_string())
    }

    fn facts(&self) -> Vec<(&'static str, Line)> {
        let knowledge = self.as_of.knowledge();
        let yes_or_no = |yes: bool| Line::from(if yes { "yes" } else { "no" });
        let mut facts = vec![
            ("kind", Line::from(ThingKind::of(self.thing).spoken())),
            (
                "id",
                Line::new().code(words::written(knowledge, self.thing)),
            ),
        ];
        if let Some(guid) = knowledge.guid(self.thing) {
            facts.push(("GUID", Line::new().code(guid.to_string())));
        }
        if let Some(area) = self.area() {
            facts.push(("area", Line::new().code(area)));
        }
        match self.thing {
            Named::Role(id) => {
                let role = &knowledge.roles[id];
                facts.push(("authority", Line::new().code(role.authority.as_str())));
                facts.push(("privileged", yes_or_no(role.privileged)));
            }
            Named::Sku(id) => {
                let sku = &knowledge.skus[id];
                facts.push(("segment", Line::from(sku.segment.word())));
                facts.push(("can be bought", yes_or_no(sku.purchasable)));
                if sku.frontline {
                    facts.push(("for", Line::from("frontline workers only")));
                }
            }
            Named::Task(_) | Named::Feature(_) | Named::Plan(_) => {}
        }
        let aliases = self.aliases();
        if !aliases.is_empty() {
            facts.push(("also called", Line::from(aliases.join(", "))));
        }
        facts
    }

    /// What it is called that day, where that is not simply its name today.
    fn called(&self) -> Option<Line> {
        let knowledge = self.as_of.knowledge();
        let names = self.as_of.names(self.thing);
        let today = knowledge.name(self.thing);
        if names.iter().all(|name| name.name == today) {
            return None;
        }
        let spoken: Vec<String> = names
            .iter()
            .map(|name| format!("\"{}\"", name.name))
            .collect();
        let doubt = if names.iter().any(|name| name.surely) {
            ""
        } else {
            " (no source settles it)"
        };
        Some(Line::from(format!(
            "It is called {} on {}{doubt}.",
            words::list(&spoken, "or"),
            self.as_of.on()
        )))
    }

    fn state_items(&self) -> Vec<Item> {
        let knowledge = self.as_of.knowledge();
        let states = self.states();
        let lines = states.iter().map(|state| state_line(knowledge, state));
        lines
            .map(|line| Item {
                line,
                details: Vec::new(),
            })
            .collect()
    }

    /// Why there is more than one state, if there is.
    fn unsettled(&self) -> Option<&'static str> {
        let knowledge = self.as_of.knowledge();
        let states = self.states();
        let first = states.first()?.state;
        let conditional = states
            .iter()
            .any(|state| knowledge.claims[state.claim].when.is_some());
        if conditional {
            Some("It turns on what stands after \"if\":")
        } else if states.iter().any(|state| state.state != first) {
            Some("What is known does not settle which of these it is:")
        } else {
            None
        }
    }

    /// Lifecycle claims that could be known, in the order in which they were told.
    fn announcements(&self) -> Vec<ClaimId> {
        let knowledge = self.as_of.knowledge();
        let Some(subject) = self.subject() else {
            return Vec::new();
        };
        let mut told: Vec<ClaimId> = knowledge
            .about(Topic::Lifecycle(subject))
            .iter()
            .copied()
            .filter(|claim| self.as_of.status(*claim) != Status::NotKnown)
            .collect();
        told.sort_by_key(|claim| {
            let known = knowledge.claims[*claim].known.from.as_ref();
            known.map(|from| (from.latest().or(from.earliest()), from.earliest()))
        });
        told
    }

    /// Relations of a kind: each thing once, by what stands best; what does not hold that day in one point at the end.
    fn relation_items(&self, kind: RelationKind, all: &[(Relation, Status)]) -> Vec<Item> {
        let knowledge = self.as_of.knowledge();
        let mut best: Vec<&(Relation, Status)> = Vec::new();
        for found in all.iter().filter(|(relation, _)| relation.kind == kind) {
            match best.last_mut() {
                Some(known) if known.0.thing == found.0.thing => {
                    if found.1 < known.1 {
                        *known = found;
                    }
                }
                _ => best.push(found),
            }
        }
        let (there, not_there): (Vec<_>, Vec<_>) =
            best.into_iter().partition(|(_, status)| status.may_hold());
        let mut items: Vec<Item> = there
            .into_iter()
            .map(|found| self.relation_item(found))
            .collect();
        let mut line = Line::new().plain("not on that day: ");
        for (place, (relation, status)) in not_there.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            line = line
                .plain(comma)
                .code(words::written(knowledge, relation.thing))
                .plain(format!(" ({})", words::status(knowledge, *status)));
        }
        if !not_there.is_empty() {
            items.push(Item {
                line,
                details: Vec::new(),
            });
        }
        items
    }

    fn relation_item(&self, (relation, status): &(Relation, Status)) -> Item {
        let knowledge = self.as_of.knowledge();
        let mut line = Line::from(format!("{} (", knowledge.name(relation.thing)))
            .code(words::written(knowledge, relation.thing))
            .plain(")");
        if let Some(via) = relation.via {
            line = line
                .plain(" through ")
                .code(knowledge.plans[via].id.as_str());
        }
        let first = relation.claims.first();
        let dates = first.and_then(|claim| words::period(&knowledge.claims[*claim].effective));
        if let Some(dates) = dates {
            line = line.plain(format!(", {dates}"));
        }
        if *status != Status::InForce {
            line = line.plain(format!("; {}", words::status(knowledge, *status)));
        }
        Item {
            line,
            details: Vec::new(),
        }
    }
}

/// The heading over relations of a kind.
fn heading(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::CoreTask => "Asked about with this role",
        RelationKind::FurtherTask => "Further tasks of some who hold it",
        RelationKind::CanDo => "Tasks that a source names it for",
        RelationKind::AboutFeature => "About the feature",
        RelationKind::DoneBy => "Can be done by",
        RelationKind::HasTask => "Its tasks",
        RelationKind::GrantedBy => "Granted by",
        RelationKind::CarriedBy => "Comes with",
        RelationKind::Carries => "Carries",
        RelationKind::Grants => "Grants",
        RelationKind::Covers => "Does everything of",
        RelationKind::CoveredBy => "Everything of it is done by",
    }
}

impl View for ThingView<'_> {
    const SCHEMA: &'static str = "licit.show/1";
    type Shape = ShowShape;

    fn shape(&self) -> ShowShape {
        ShowShape::of(self)
    }

    fn page(&self) -> Page {
        let as_of = &self.as_of;
        let knowledge = as_of.knowledge();
        let days = DaysShape::of(as_of);
        let (claims, not_known) = self.claims();
        let mut page = Page::new(knowledge.name(self.thing));
        page.facts(self.facts());
        if let Some(summary) = self.summary().filter(|summary| !summary.is_empty()) {
            page.paragraph(summary);
        }
        if let Some(called) = self.called() {
            page.paragraph(called);
        }
        let announcements = self.announcements();
        if !announcements.is_empty() {
            page.heading(format!("Its state {}", days.spoken()));
            let states = self.state_items();
            if states.is_empty() {
                page.paragraph("Nothing that was known by then says what state it was in.");
            } else if let Some(why) = self.unsettled() {
                page.paragraph(why);
            }
            page.items(states);
            page.heading(format!("What was announced by {}", as_of.known()));
            let items = announcements.iter().map(|claim| claim_item(as_of, *claim));
            page.items(items.collect());
        }
        let relations = self.relations();
        let mut kinds: Vec<RelationKind> = relations
            .iter()
            .map(|(relation, _)| relation.kind)
            .collect();
        kinds.dedup();
        for kind in kinds {
            page.heading(heading(kind));
            page.items(self.relation_items(kind, &relations));
        }
        // Inclusions stand under "Carries", lifecycle claims under what was announced.
        let shown: Vec<Item> = claims
            .iter()
            .filter(|claim| {
                !matches!(
                    knowledge.claims[**claim].kind,
                    ClaimKind::Inclusion { .. } | ClaimKind::Lifecycle { .. }
                )
            })
            .map(|claim| claim_item(as_of, *claim))
            .collect();
        if !shown.is_empty() {
            page.heading("What is said about it");
            page.items(shown);
        }
        if not_known > 0 {
            page.paragraph(format!(
                "Left out: {} that nobody could know on {}.",
                words::count(not_known, "claim", "claims"),
                as_of.known()
            ));
        }
        let sources = SourceShape::cited(knowledge, claims);
        if !sources.is_empty() {
            page.heading("Sources");
            page.items(sources.iter().map(source_item).collect());
        }
        page
    }
}

/// A source as a point: its id and title, and below it where it stands.
pub(super) fn source_item(source: &SourceShape) -> Item {
    let mut dates = source.publisher.clone();
    if let Some(published) = &source.published {
        dates.push_str(&format!(", {published}"));
    }
    dates.push_str(&format!(", read {}", source.read));
    Item {
        line: Line::new()
            .code(&source.id)
            .plain(format!(" \"{}\"", source.title)),
        details: vec![Line::from(dates), Line::new().link(&source.url)],
    }
}
