//! What happened in a stretch of days: as a page, as JSON, for a calendar and as a feed.

use super::diff::{DiffOf, differ_words};
use super::statement::{short_statement, statement};
use super::timeline::{change_item, told_words};
use super::timeline_shape::{ChangeShape, EntryShape, ToldShape, changes_of, entry, told_shape};
use super::words::{count, list};
use super::{Item, Line, Page, View};
use crate::dataset::KnowledgeBase;
use crate::graph::AsOf;
use crate::model::{Boundary, ClaimId, ClaimKind, Day, Event, EventKind, Named, Subject, Timeline};
use serde::Serialize;

/// A question of the asker's, and what the stretch of days did to its answer.
#[derive(Debug, Clone)]
pub struct Affected<'a> {
    /// Its answers at the first day, with what was known then, and today.
    pub so_far: DiffOf<'a>,
    /// How its answer goes on, as far as known today.
    pub ahead: Timeline,
    /// How many role assignments ask it; none for a question that somebody wrote down.
    pub assignments: Option<u64>,
}

/// The events of a stretch of days.
#[derive(Debug, Clone)]
pub struct EventsView<'a> {
    /// The data, seen today.
    pub as_of: AsOf<'a>,
    /// The first day.
    pub since: Day,
    /// The last day; none where everything that is announced is told.
    pub until: Option<Day>,
    /// The area that was asked for.
    pub area: Option<String>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The asker's questions; none where they asked none.
    pub affected: Option<Vec<Affected<'a>>>,
}

/// `licit.changes/1`
#[derive(Debug, Clone, Serialize)]
pub struct EventsShape {
    since: String,
    until: Option<String>,
    known: String,
    area: Option<String>,
    total: usize,
    events: Vec<EventShape>,
    questions: Option<AffectedQuestionsShape>,
}

/// One event.
#[derive(Debug, Clone, Serialize)]
struct EventShape {
    /// What happened.
    kind: &'static str,
    /// When, as written.
    at: String,
    /// Whether it lies ahead.
    to_come: bool,
    /// The claim that tells it.
    claim: EntryShape,
    /// The claims that it takes the place of.
    instead_of: Vec<String>,
}

/// What became of the asker's questions.
#[derive(Debug, Clone, Serialize)]
struct AffectedQuestionsShape {
    total: usize,
    differing: usize,
    ahead: usize,
    /// Where the questions are those of role assignments: how many there are, and of how many the answer differs.
    assignments: Option<u64>,
    differing_assignments: Option<u64>,
    questions: Vec<AffectedShape>,
}

/// One of the asker's questions.
#[derive(Debug, Clone, Serialize)]
struct AffectedShape {
    name: String,
    assignments: Option<u64>,
    differs: bool,
    differences: Vec<&'static str>,
    before: ToldShape,
    now: ToldShape,
    ahead: Vec<ChangeShape>,
}

impl Affected<'_> {
    fn shape(&self) -> AffectedShape {
        let differences = self.so_far.differences();
        let (before, now) = (&self.so_far.before, &self.so_far.after);
        AffectedShape {
            name: self.so_far.name.clone(),
            assignments: self.assignments,
            differs: !differences.is_empty(),
            differences: differences.iter().map(|one| one.word()).collect(),
            before: told_shape(before.knowledge, &before.told),
            now: told_shape(now.knowledge, &now.told),
            ahead: changes_of(now.knowledge, &now.question, &self.ahead),
        }
    }
}

impl EventsView<'_> {
    /// How many of the asker's questions are answered otherwise.
    pub fn differing(&self) -> usize {
        let affected = self.affected.iter().flatten();
        let differs = |one: &&Affected<'_>| !one.so_far.differences().is_empty();
        affected.filter(differs).count()
    }

    /// How many role assignments ask these questions, and of how many the answer differs; none where nobody asked about
    /// a tenant.
    fn assignments(&self) -> Option<(u64, u64)> {
        let affected = self.affected.as_ref()?;
        let mut counts = (0u64, 0u64);
        for one in affected {
            let assignments = one.assignments?;
            counts.0 = counts.0.saturating_add(assignments);
            if !one.so_far.differences().is_empty() {
                counts.1 = counts.1.saturating_add(assignments);
            }
        }
        Some(counts)
    }

    fn stretch(&self) -> String {
        match self.until {
            Some(until) => format!("from {} to {until}", self.since),
            None => format!("since {}", self.since),
        }
    }

    fn questions(&self, page: &mut Page) {
        let Some(affected) = &self.affected else {
            return;
        };
        page.heading("Your questions");
        if let Some((all, differing)) = self.assignments() {
            let all = count(
                usize::try_from(all).unwrap_or(usize::MAX),
                "assignment",
                "assignments",
            );
            let differ = if differing == 1 { "differs" } else { "differ" };
            page.paragraph(Line::new().strong(format!("{differing} of your {all} now {differ}.")));
        }
        page.paragraph(Line::new().strong(differ_words(self.differing(), affected.len())));
        let mut items = Vec::new();
        for one in affected {
            let (before, now) = (&one.so_far.before, &one.so_far.after);
            if !one.so_far.differences().is_empty() {
                items.push(Item {
                    line: Line::new().strong(one.so_far.name.as_str()).plain(
                        one.assignments
                            .map_or(String::new(), |asking| match asking {
                                1 => ", asked by 1 assignment".to_owned(),
                                asking => format!(", asked by {asking} assignments"),
                            }),
                    ),
                    details: vec![
                        Line::from(format!(
                            "before: {}",
                            told_words(before.knowledge, &before.question, &before.told)
                        )),
                        Line::from(format!(
                            "now: {}",
                            told_words(now.knowledge, &now.question, &now.told)
                        )),
                    ],
                });
            }
        }
        page.items(items);
        let mut ahead = Vec::new();
        for one in affected {
            let now = &one.so_far.after;
            let pairs = one.ahead.spans.windows(2).zip(&one.ahead.changes);
            for (pair, change) in pairs {
                if let [before, after] = pair {
                    let told = (&before.told, &after.told);
                    let mut item =
                        change_item(now.knowledge, &now.question, change, told.0, told.1);
                    item.line = Line::from(format!("{}, ", one.so_far.name)).join(item.line);
                    ahead.push(item);
                }
            }
        }
        if !ahead.is_empty() {
            page.paragraph("And will, as far as is known today:");
            page.items(ahead);
        }
    }
}

/// The heading of each kind, in the order of the page.
fn kind_heading(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Began => "Began",
        EventKind::Ended => "Ended",
        EventKind::Announced => "Announced",
        EventKind::Postponed => "Postponed",
        EventKind::BroughtForward => "Brought forward",
        EventKind::Corrected => "Corrected",
        EventKind::Withdrawn => "Withdrawn",
        EventKind::Renamed => "Renamed",
        EventKind::Repriced => "Repriced",
        EventKind::Regraded => "Re-graded",
    }
}

impl View for EventsView<'_> {
    const SCHEMA: &'static str = "licit.changes/1";
    type Shape = EventsShape;

    fn shape(&self) -> EventsShape {
        let knowledge = self.as_of.knowledge();
        let event = |event: &Event| EventShape {
            kind: event.kind.word(),
            at: event.at.to_string(),
            to_come: event.is_to_come,
            claim: entry(&self.as_of, event.claim),
            instead_of: ids(knowledge, &event.instead_of),
        };
        let questions = self
            .affected
            .as_ref()
            .map(|affected| AffectedQuestionsShape {
                total: affected.len(),
                differing: self.differing(),
                ahead: affected
                    .iter()
                    .filter(|one| !one.ahead.changes.is_empty())
                    .count(),
                assignments: self.assignments().map(|(all, _)| all),
                differing_assignments: self.assignments().map(|(_, differing)| differing),
                questions: affected.iter().map(Affected::shape).collect(),
            });
        EventsShape {
            since: self.since.to_string(),
            until: self.until.map(|until| until.to_string()),
            known: self.as_of.known().to_string(),
            area: self.area.clone(),
            total: self.events.len(),
            events: self.events.iter().map(event).collect(),
            questions,
        }
    }

    fn page(&self) -> Page {
        let knowledge = self.as_of.knowledge();
        let number = count(self.events.len(), "change", "changes");
        let mut page = Page::new(format!("{number} {}", self.stretch()));
        let area = self.area.as_ref();
        let area = area.map_or_else(String::new, |area| format!(", of the area {area}"));
        page.paragraph(format!("As known on {}{area}.", self.as_of.known()));
        self.questions(&mut page);
        for kind in EventKind::ALL {
            let of_kind = self.events.iter().filter(|event| event.kind == *kind);
            let items: Vec<Item> = of_kind.map(|event| event_item(knowledge, event)).collect();
            if !items.is_empty() {
                page.heading(format!("{} ({})", kind_heading(*kind), items.len()));
                page.items(items);
            }
        }
        page
    }
}

fn event_item(knowledge: &KnowledgeBase, event: &Event) -> Item {
    let claim = &knowledge.claims[event.claim];
    let ahead = if event.is_to_come { ", to come" } else { "" };
    let line = Line::new()
        .strong(event.at.written())
        .plain(format!("{ahead}: {}", said(knowledge, claim)))
        .plain(" [")
        .code(claim.id.as_str())
        .plain("]");
    let mut details = Vec::new();
    if !event.instead_of.is_empty() {
        details
            .push(Line::from("instead of ").code(list(&ids(knowledge, &event.instead_of), "and")));
    }
    if !claim.note.is_empty() {
        details.push(Line::from(claim.note.as_str()));
    }
    Item { line, details }
}

fn ids(knowledge: &KnowledgeBase, claims: &[ClaimId]) -> Vec<String> {
    let claims = claims.iter();
    claims
        .map(|claim| knowledge.claims[*claim].id.to_string())
        .collect()
}

/// What a claim is about, by name.
fn about(knowledge: &KnowledgeBase, kind: &ClaimKind) -> String {
    let name = |named: Named| knowledge.name(named).to_owned();
    let subject = |subject: &Subject| match subject {
        Subject::Task(task) => name(Named::Task(*task)),
        Subject::Feature(feature) => name(Named::Feature(*feature)),
        Subject::Area(area) => knowledge.areas[*area].name.to_string(),
        Subject::Everything => "every task".to_owned(),
    };
    match kind {
        ClaimKind::Requirement { subjects, .. } => {
            let first = subjects.first().map_or_else(String::new, subject);
            match subjects.len() {
                0 | 1 => first,
                number => format!("{first} and {} more", number - 1),
            }
        }
        ClaimKind::Lifecycle { subject: about, .. } => subject(about),
        _ => kind.name().to_string(),
    }
}

/// What an event is called in a calendar: "end of 2026-12: SMTP AUTH ...".
fn summary(knowledge: &KnowledgeBase, event: &Event) -> String {
    let claim = &knowledge.claims[event.claim];
    let kind = kind_heading(event.kind);
    let when = match event.at.exact() {
        Some(_) => String::new(),
        None => format!(" ({})", super::words::from(&event.at)),
    };
    format!("{kind}{when}: {}", said(knowledge, claim))
}

/// What a claim states of what, short: a line of a calendar holds no list.
fn said(knowledge: &KnowledgeBase, claim: &crate::model::Claim) -> String {
    match &claim.kind {
        ClaimKind::Requirement { .. } | ClaimKind::Lifecycle { .. } => {
            format!(
                "{}: {}",
                about(knowledge, &claim.kind),
                short_statement(knowledge, claim)
            )
        }
        _ => statement(knowledge, claim).trim_end_matches('.').to_owned(),
    }
}

/// The first and the last day that an event may be on; none where nobody names both.
fn days(at: &Boundary) -> Option<(Day, Day)> {
    at.earliest().zip(at.latest())
}

/// Events for a calendar, RFC 5545. An imprecise date spans its whole interval, and says so; one with an open end has no
/// place in a calendar. The stamp is the day on which the data was reviewed, so that the same data gives the same file.
pub fn ics(view: &EventsView<'_>) -> String {
    let knowledge = view.as_of.knowledge();
    let stamp = compact(knowledge.meta.reviewed);
    let mut text = String::new();
    let mut put = |line: &str| fold(&mut text, line);
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put("PRODID:-//licit//changes//EN");
    put("X-WR-CALNAME:License changes");
    for event in &view.events {
        let Some((first, last)) = days(&event.at) else {
            continue;
        };
        let claim = &knowledge.claims[event.claim];
        put("BEGIN:VEVENT");
        put(&format!("UID:{}.{}@licit", claim.id, event.kind));
        put(&format!("DTSTAMP:{stamp}T000000Z"));
        put(&format!("DTSTART;VALUE=DATE:{}", compact(first)));
        put(&format!("DTEND;VALUE=DATE:{}", compact(last.next())));
        put(&format!("SUMMARY:{}", ics_text(&summary(knowledge, event))));
        put(&format!(
            "DESCRIPTION:{}",
            ics_text(&description(knowledge, event))
        ));
        put("TRANSP:TRANSPARENT");
        put("END:VEVENT");
    }
    put("END:VCALENDAR");
    text
}

fn description(knowledge: &KnowledgeBase, event: &Event) -> String {
    let claim = &knowledge.claims[event.claim];
    let mut said = statement(knowledge, claim);
    match (event.at.exact(), days(&event.at)) {
        (Some(_), _) => {}
        (None, Some(_)) => said.push_str(&format!(
            " Dated {}, which is not one day but any of them.",
            event.at
        )),
        (None, None) => said.push_str(&format!(" Dated {}; nobody names a last day.", event.at)),
    }
    said.push_str(&format!(" Claim {}, {}.", claim.id, claim.standing));
    let sources = claim.evidence.iter();
    for source in sources.map(|evidence| &knowledge.sources[evidence.source]) {
        said.push_str(&format!(" {}: {}", source.publisher, source.url));
    }
    said
}

fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A content line with its ending, folded after 75 bytes.
fn fold(text: &mut String, line: &str) {
    let mut filled = 0;
    for character in line.chars() {
        if filled + character.len_utf8() > 75 {
            text.push_str("\r\n ");
            filled = 1;
        }
        text.push(character);
        filled += character.len_utf8();
    }
    text.push_str("\r\n");
}

fn ics_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push_str("\\n"),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

/// Events as a feed, RFC 4287: the newest first. An entry is stamped with the day by which it was known.
pub fn atom(view: &EventsView<'_>) -> String {
    let knowledge = view.as_of.knowledge();
    let escaped = super::timeline_svg::escaped;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:licit:changes</id>\n<title>License changes</title>\n<author><name>licit</name></author>\n\
         <updated>{}T00:00:00Z</updated>\n",
        knowledge.meta.reviewed
    );
    for event in view.events.iter().rev() {
        let claim = &knowledge.claims[event.claim];
        let known = claim.known.from.as_ref();
        let known = known.and_then(|known| known.latest().or(known.earliest()));
        let updated = known.unwrap_or(knowledge.meta.reviewed);
        text.push_str(&format!(
            "<entry>\n<id>urn:licit:change:{}:{}</id>\n<title>{}</title>\n<updated>{updated}T00:00:00Z</updated>\n\
             <category term=\"{}\"/>\n",
            escaped(&claim.id),
            event.kind,
            escaped(&format!("{}: {}", event.at, summary(knowledge, event))),
            event.kind
        ));
        if let Some(first) = claim.evidence.first() {
            let url = &knowledge.sources[first.source].url;
            text.push_str(&format!("<link href=\"{}\"/>\n", escaped(url)));
        }
        text.push_str(&format!(
            "<content type=\"text\">{}</content>\n</entry>\n",
            escaped(&description(knowledge, event))
        ));
    }
    text.push_str("</feed>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::{fold, ics_text};

    #[test]
    fn long_lines_are_folded_between_characters_and_text_cannot_end_its_line() {
        let mut text = String::new();
        fold(&mut text, &"\u{e9}".repeat(60));
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75), "{lines:?}");
        assert_eq!(text.replace("\r\n ", "").trim_end().chars().count(), 60);
        assert_eq!(
            ics_text("a;b,c\\\nEND:VEVENT"),
            "a\\;b\\,c\\\\\\nEND:VEVENT"
        );
    }
}
