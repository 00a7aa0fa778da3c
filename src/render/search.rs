//! What `search` found.

use super::page::{Item, Line, Page, Tone};
use super::shape::{PeriodShape, ThingShape};
use super::{View, words};
use crate::dataset::KnowledgeBase;
use crate::search::{Hit, NameSort, ThingKind};
use serde::Serialize;

/// The hits for some words, best first.
pub struct SearchView<'a> {
    /// Where the hits come from.
    pub knowledge: &'a KnowledgeBase,
    /// What was typed, cleaned.
    pub words: String,
    /// The hits.
    pub hits: &'a [Hit],
    /// How many hits there are, of which those above are the first.
    pub total: usize,
}

/// `licit.search/1`
#[derive(Serialize)]
pub struct SearchShape {
    words: String,
    total: usize,
    hits: Vec<HitShape>,
}

#[derive(Serialize)]
struct HitShape {
    #[serde(flatten)]
    thing: ThingShape,
    rank: &'static str,
    matched: MatchedShape,
}

#[derive(Serialize)]
struct MatchedShape {
    sort: &'static str,
    text: String,
    /// Characters of the text, counted from 0.
    positions: Vec<usize>,
    claim: Option<String>,
    effective: Option<PeriodShape>,
}

impl View for SearchView<'_> {
    const SCHEMA: &'static str = "licit.search/1";
    type Shape = SearchShape;

    fn shape(&self) -> SearchShape {
        let knowledge = self.knowledge;
        let hit = |hit: &Hit| {
            let (claim, effective) = match hit.matched.sort {
                NameSort::Dated(id) => {
                    let claim = &knowledge.claims[id];
                    let period = PeriodShape::of(&claim.effective);
                    (Some(claim.id.to_string()), Some(period))
                }
                _ => (None, None),
            };
            HitShape {
                thing: ThingShape::of(knowledge, hit.thing),
                rank: hit.rank.word(),
                matched: MatchedShape {
                    sort: sort_word(hit.matched.sort),
                    text: hit.matched.text.clone(),
                    positions: hit.positions.clone(),
                    claim,
                    effective,
                },
            }
        };
        SearchShape {
            words: self.words.clone(),
            total: self.total,
            hits: self.hits.iter().map(hit).collect(),
        }
    }

    fn page(&self) -> Page {
        let mut page = Page::new(format!(
            "{} for \"{}\"",
            words::count(self.total, "hit", "hits"),
            self.words
        ));
        let items = self.hits.iter().map(|hit| hit_item(self.knowledge, hit));
        page.items(items.collect());
        let more = self.total - self.hits.len();
        if more > 0 {
            page.paragraph(
                Line::from(format!("{more} more: add words, or raise ")).code("--limit"),
            );
        }
        page
    }
}

/// A hit as a point: the thing, and which of its names matched unless it is the one shown.
pub fn hit_item(knowledge: &KnowledgeBase, hit: &Hit) -> Item {
    let name = knowledge.name(hit.thing);
    let matched = marked(&hit.matched.text, &hit.positions);
    let kind = ThingKind::of(hit.thing);
    let id = words::written(knowledge, hit.thing);
    let line = |name: Line, id: Line| join(name.plain(format!(" ({kind} ")), id).plain(")");
    let plain_id = Line::new().code(id.as_str());
    let (line, note) = match hit.matched.sort {
        NameSort::Present => (line(matched, plain_id), None),
        NameSort::Id => (line(Line::from(name), matched), None),
        sort => {
            let note = join(Line::from(format!("{} ", spoken(sort))), matched);
            let dates = match sort {
                NameSort::Dated(claim) => words::period(&knowledge.claims[claim].effective),
                _ => None,
            };
            let note = match dates {
                Some(dates) => note.plain(format!(", {dates}")),
                None => note,
            };
            (line(Line::from(name), plain_id), Some(note))
        }
    };
    Item {
        line,
        details: note.into_iter().collect(),
    }
}

fn join(line: Line, rest: Line) -> Line {
    rest.pieces()
        .iter()
        .fold(line, |line, (tone, text)| line.piece(*tone, text))
}

fn sort_word(sort: NameSort) -> &'static str {
    match sort {
        NameSort::Present => "name",
        NameSort::Dated(_) => "dated-name",
        NameSort::Alias => "alias",
        NameSort::Id => "id",
        NameSort::Guid => "guid",
    }
}

fn spoken(sort: NameSort) -> &'static str {
    match sort {
        NameSort::Present => "called",
        NameSort::Dated(_) => "was called",
        NameSort::Alias => "also called",
        NameSort::Id => "id",
        NameSort::Guid => "GUID",
    }
}

/// The text with the matched characters in a tone of their own.
fn marked(text: &str, positions: &[usize]) -> Line {
    let mut line = Line::new();
    let mut run = String::new();
    let mut inside = false;
    for (place, character) in text.chars().enumerate() {
        let matches = positions.binary_search(&place).is_ok();
        if matches != inside {
            line = line.piece(tone(inside), std::mem::take(&mut run));
            inside = matches;
        }
        run.push(character);
    }
    line.piece(tone(inside), run)
}

fn tone(matches: bool) -> Tone {
    if matches { Tone::Match } else { Tone::Plain }
}
