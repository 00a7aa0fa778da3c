//! The state of the terminal UI: everything that is drawn is drawn from here.
//!
//! Only [`update`](super::update) changes it, and it does no I/O: what must happen outside comes back as effects. What was
//! worked out is kept beside the draft that it belongs to and worked out again when that changes, so that no pane ever
//! shows an answer to another question.

use super::audit::Audit;
use super::bindings::Keymap;
use super::draft::{Entry, History};
use super::keys::Key;
use super::look::Look;
use super::overlay::Overlay;
use super::pane::{Pane, Room};
use super::place::{Place, Screen};
use super::row::{Row, Target};
use super::screen;
use crate::ask::ask;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{AsOf, Picture};
use crate::model::{
    Alternatives, Answer, Asked, Axis, ClaimId, Comparison, Day, Draft, Named, Purchase, Question,
    SkuId, SourceId, Team, Timeline,
};
use crate::proof::Proof;
use crate::reason::{alternatives, claims_touching, compare, timeline, timeline_days};
use crate::search::{Finder, Hit, ThingKind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use tui_input::Input;

/// Where a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    /// The marked row.
    pub selected: usize,
    /// The first row to be shown, where that leaves the marked one in sight.
    pub first: usize,
}

/// A question with its answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer, with its question.
    pub answer: Answer,
    /// Its reasons.
    pub proof: Proof,
    /// The answer with what is known today, where the question is about an earlier knowledge.
    pub hindsight: Option<Answer>,
}

/// An answer over time.
#[derive(Debug, Clone)]
pub struct Course {
    /// Its question.
    pub question: Question,
    /// How the answer changes.
    pub timeline: Timeline,
    /// Every claim that touches it.
    pub claims: Vec<ClaimId>,
    /// The first and the last day.
    pub days: (Day, Day),
}

/// The state.
#[derive(Debug)]
pub struct Model {
    /// The data as it was loaded.
    pub base: Arc<KnowledgeBase>,
    /// The data without the claims that the draft sets aside.
    knowledge: Arc<KnowledgeBase>,
    set_aside: BTreeSet<ClaimId>,
    finder: Arc<Finder>,
    /// The day on which the program was started.
    pub today: Day,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The basket, the days, and the steps back and forward.
    pub draft: History,
    /// The screen that is shown.
    pub screen: Screen,
    /// The pane with the focus.
    pub focus: Pane,
    /// The pane whose marked row the detail is about, while the detail itself has the focus.
    pub detail_of: Pane,
    /// Where Back leads.
    pub trail: Vec<Place>,
    /// Where each list stands.
    pub lists: BTreeMap<Pane, List>,
    /// The words that shown rows must have.
    pub filters: BTreeMap<Pane, String>,
    /// Rows whose folding was changed.
    pub folded: BTreeSet<String>,
    /// The field over the matches.
    pub search: Input,
    /// The one kind that is searched.
    pub kind: Option<ThingKind>,
    /// What the words may mean.
    pub hits: Vec<Hit>,
    /// The answer about the basket.
    pub answered: Option<Answered>,
    /// The answer about the marked match, while the basket is empty.
    pub preview: Option<Answered>,
    /// What several people have to buy.
    pub bought: Option<Purchase>,
    /// Other ways to comply.
    pub ways: Option<Alternatives>,
    /// The answer over time, while it is shown.
    pub course: Option<Course>,
    /// Which day moves on the timeline.
    pub axis: Axis,
    /// Licenses side by side, while they are shown.
    pub comparison: Option<Comparison>,
    /// Whether the rows are what is asked about, and not all features.
    pub by_tasks: bool,
    /// Whether only rows are shown in which licenses differ.
    pub only_differences: bool,
    /// The column of the marked cell.
    pub column: usize,
    /// What is in the middle of the graph.
    pub center: Option<Named>,
    /// The other end of the way that is shown.
    pub way: Option<Named>,
    /// How far the graph goes.
    pub depth: usize,
    /// Everything that hangs together, on the two days that it was drawn for.
    pub picture: Option<((Day, Day), Arc<Picture>)>,
    /// What is shown whole.
    pub opened: Option<Target>,
    /// The tenant's exports.
    pub audit: Audit,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// The beginning of several keys.
    pub pending: Vec<Key>,
    /// What the program had to say, the oldest first.
    pub notices: Vec<String>,
    /// Whether the last of them is shown in the status line.
    pub is_told: bool,
    /// The keys in force.
    pub keymap: Keymap,
    /// How it looks.
    pub look: Look,
    /// The baskets that were kept, by name.
    pub baskets: BTreeMap<String, Draft>,
    /// What is being written, until it is known that it could be.
    pub unwritten: Option<(PathBuf, String)>,
}

/// The most matches that are ranked and shown.
const MOST_HITS: usize = 200;

/// How many ways to comply are shown.
pub(super) const WAYS: usize = 5;

/// How far the graph goes at first.
const DEPTH: usize = 1;

impl Model {
    /// The state at the start, with an empty basket.
    pub fn new(
        knowledge: Arc<KnowledgeBase>,
        today: Day,
        draft: Draft,
        keymap: Keymap,
        look: Look,
    ) -> Self {
        let finder = Arc::new(Finder::new(&knowledge));
        let mut model = Self {
            base: Arc::clone(&knowledge),
            knowledge,
            set_aside: BTreeSet::new(),
            finder,
            today,
            size: (80, 24),
            draft: History::new(draft),
            screen: Screen::Ask,
            focus: Pane::Search,
            detail_of: Pane::Search,
            trail: Vec::new(),
            lists: BTreeMap::new(),
            filters: BTreeMap::new(),
            folded: BTreeSet::new(),
            search: Input::default(),
            kind: None,
            hits: Vec::new(),
            answered: None,
            preview: None,
            bought: None,
            ways: None,
            course: None,
            axis: Axis::On,
            comparison: None,
            by_tasks: false,
            only_differences: true,
            column: 0,
            center: None,
            way: None,
            depth: DEPTH,
            picture: None,
            opened: None,
            audit: Audit::default(),
            overlay: None,
            pending: Vec::new(),
            notices: Vec::new(),
            is_told: false,
            keymap,
            look,
            baskets: BTreeMap::new(),
            unwritten: None,
        };
        model.refresh();
        model
    }

    /// The data that answers come from: without what the draft sets aside.
    pub fn knowledge(&self) -> &KnowledgeBase {
        &self.knowledge
    }

    /// The same, to be handed to the worker.
    pub(super) fn knowledge_shared(&self) -> &Arc<KnowledgeBase> {
        &self.knowledge
    }

    /// The data seen from the two days of the draft.
    pub fn as_of(&self) -> AsOf<'_> {
        let team = &self.draft.now().team;
        AsOf::new(&self.knowledge, team.on, team.known)
    }

    /// How much room there is.
    pub fn room(&self) -> Room {
        Room::of(self.size.0, self.size.1)
    }

    /// Whether both days are today.
    pub fn is_today(&self) -> bool {
        let team = &self.draft.now().team;
        team.on == self.today && team.known == self.today
    }

    /// The answer that the screens are about: of the basket or, while it is empty, of the marked match.
    pub fn shown(&self) -> Option<&Answered> {
        self.answered.as_ref().or(self.preview.as_ref())
    }

    /// Tells something in the status line and keeps it among the messages.
    pub fn tell(&mut self, notice: impl Into<String>) {
        self.notices.push(notice.into());
        self.is_told = true;
    }

    /// Works out everything that belongs to the draft, where it is shown.
    pub fn refresh(&mut self) {
        let draft = self.draft.now().clone();
        if draft.set_aside != self.set_aside {
            let claims: Vec<ClaimId> = draft.set_aside.iter().copied().collect();
            self.knowledge = match claims.is_empty() {
                true => Arc::clone(&self.base),
                false => Arc::new(self.base.without(&claims)),
            };
            self.set_aside = draft.set_aside.clone();
            self.picture = None;
        }
        self.answered = draft.question().map(|question| self.answer(&question));
        self.bought = draft
            .several()
            .map(|team| crate::ask::purchase(&self.knowledge, team).0);
        self.ways = None;
        self.course = None;
        self.comparison = None;
        self.look_ahead();
        self.work_out();
    }

    /// Works out what the screen shows beside the answer, where that is not there yet.
    pub fn work_out(&mut self) {
        match self.screen {
            Screen::Ask if self.ways.is_none() => {
                let draft = self.draft.now();
                let is_asked = draft
                    .team
                    .personas
                    .iter()
                    .all(|persona| !persona.subjects.is_empty());
                let team = draft.persona().filter(|_| is_asked).map(|persona| Team {
                    personas: vec![persona.clone()],
                    ..draft.team.clone()
                });
                self.ways = team.map(|team| alternatives(&self.knowledge, &team, WAYS));
            }
            Screen::Timeline if self.course.is_none() => {
                self.course = self.shown().map(|shown| {
                    let question = shown.answer.question.clone();
                    let claims = claims_touching(&self.knowledge, &question);
                    let days = timeline_days(&self.knowledge, &claims, question.on);
                    Course {
                        timeline: timeline(&self.knowledge, &question, self.axis, days.0, days.1),
                        question,
                        claims,
                        days,
                    }
                });
            }
            Screen::Compare if self.comparison.is_none() => {
                let draft = self.draft.now();
                let mut question = draft.persona().map(|persona| draft.team.question(persona));
                if let Some(question) = question.as_mut().filter(|_| !self.by_tasks) {
                    question.subjects.clear();
                }
                let is_any = !draft.compared.is_empty();
                self.comparison = question
                    .filter(|_| is_any)
                    .map(|question| compare(&self.knowledge, &question, &draft.compared, false));
            }
            Screen::Graph => {
                let team = &self.draft.now().team;
                let days = (team.on, team.known);
                if self
                    .picture
                    .as_ref()
                    .is_none_or(|(drawn, _)| *drawn != days)
                {
                    self.picture = Some((days, Arc::new(Picture::of(&self.as_of()))));
                }
            }
            _ => {}
        }
    }

    /// Ranks what the words in the field may mean.
    pub fn search(&mut self) {
        let kinds = match &self.kind {
            Some(kind) => std::slice::from_ref(kind),
            None => ThingKind::ALL,
        };
        self.hits = self.finder.find(self.search.value(), kinds, MOST_HITS);
        self.lists.insert(Pane::Search, List::default());
        self.look_ahead();
    }

    /// What words may mean among some kinds.
    pub fn find(&self, words: &str, kinds: &[ThingKind]) -> Vec<Hit> {
        self.finder.find(words, kinds, MOST_HITS)
    }

    /// Answers about the marked match, while the basket is empty.
    pub fn look_ahead(&mut self) {
        let marked = self
            .marked_hit()
            .and_then(|hit| super::draft::asked(hit.thing));
        let is_empty = self.answered.is_none();
        let question = marked
            .filter(|_| is_empty)
            .and_then(|asked| self.draft.now().question_about(asked));
        self.preview = question.map(|question| self.answer(&question));
    }

    /// Answers a question from the data in force, with hindsight where less was known.
    pub fn answer(&self, question: &Question) -> Answered {
        let (answer, proof) = ask(&self.knowledge, question);
        let hindsight = (question.known < self.today).then(|| {
            let later = Question {
                known: self.today,
                ..question.clone()
            };
            ask(&self.knowledge, &later).0
        });
        Answered {
            answer,
            proof,
            hindsight,
        }
    }

    /// The match that is marked.
    pub fn marked_hit(&self) -> Option<&Hit> {
        self.hits.get(self.list(Pane::Search).selected)
    }

    /// Where a list stands.
    pub fn list(&self, pane: Pane) -> List {
        self.lists.get(&pane).copied().unwrap_or_default()
    }

    /// The rows of a pane, without those that its filter hides.
    pub fn rows(&self, pane: Pane) -> Vec<Row> {
        let mut rows = screen::rows(self, pane);
        if let Some(words) = self.filters.get(&pane) {
            rows.retain(|row| super::filter::keeps(words, &row.text()));
        }
        rows
    }

    /// Whether the pane with the focus hides rows.
    pub fn is_filtered(&self) -> bool {
        self.filters.contains_key(&self.focus)
    }

    /// What the marked row of the pane with the focus is about.
    pub fn target(&self) -> Option<Target> {
        if let Some(Overlay::Chooser(chooser)) = &self.overlay {
            let rows = screen::chooser_rows(self, chooser);
            return super::overlay::chosen(&rows, chooser.selected);
        }
        self.target_of(self.focus)
    }

    /// What the marked row of a pane is about.
    pub fn target_of(&self, pane: Pane) -> Option<Target> {
        if pane == Pane::Findings
            && let Some(known) = self.marked_in_audit()
        {
            return Some(known);
        }
        let rows = self.rows(pane);
        rows.get(self.list(pane).selected)
            .and_then(|row| row.target.clone())
    }

    /// The source of the marked row: of its claim, the one with the strongest evidence.
    pub fn source(&self) -> Option<SourceId> {
        match self.target_of(self.focus)? {
            Target::Source(source) => Some(source),
            target => {
                let claim = target.claim()?;
                self.knowledge
                    .claims
                    .get(claim)?
                    .evidence
                    .first()
                    .map(|evidence| evidence.source)
            }
        }
    }

    /// The license that the marked row is about.
    pub fn sku(&self) -> Option<Vec<SkuId>> {
        match self.target_of(self.focus)? {
            Target::Skus(skus) => Some(skus),
            target => match target.thing()? {
                Named::Sku(sku) => Some(vec![sku]),
                _ => None,
            },
        }
    }

    /// Whether there is something that could be written to a file.
    pub fn can_be_exported(&self) -> bool {
        match self.screen {
            Screen::Ask | Screen::Why | Screen::Timeline => self.shown().is_some(),
            Screen::Compare => self.comparison.is_some(),
            Screen::Audit => self.judged().is_some(),
            Screen::Graph => self.center.is_some(),
            Screen::Show => self.opened.is_some(),
        }
    }

    /// What an entry of the basket is about, for somebody who wants to see it.
    pub fn about(&self, entry: Entry) -> Option<Target> {
        match entry {
            Entry::Given(given) => Some(Target::Given(given)),
            Entry::SetAside(claim) => Some(Target::Claim(claim)),
            Entry::Persona(_) => None,
            entry => Target::Entry(entry).thing().map(Target::Thing),
        }
    }

    /// The subjects of the answer that is shown.
    pub fn subjects(&self) -> &[Asked] {
        self.shown()
            .map_or(&[], |shown| shown.answer.question.subjects.as_slice())
    }

    /// The rows of the list that lies over the screen, if one does.
    pub fn overlay_rows(&self) -> Vec<Row> {
        match &self.overlay {
            Some(Overlay::Chooser(chooser)) => screen::chooser_rows(self, chooser),
            _ => Vec::new(),
        }
    }

    /// Whether a claim disputes another or is disputed.
    pub fn is_disputed(&self, claim: ClaimId) -> bool {
        let disputed = |claim: ClaimId| self.knowledge.claims[claim].disputes.as_slice();
        let by = self.knowledge.about(Topic::RelationsTo(claim)).iter();
        !disputed(claim).is_empty() || by.copied().any(|other| disputed(other).contains(&claim))
    }
}
