//! What the user put together: people with what they do, what they hold, the two days, and what was set aside.
//!
//! One value holds everything that an answer depends on, so that undo is taking the value before, and so that a saved
//! basket, a team file and a copied command line all say the same.

use crate::model::{
    Agreement, Asked, ClaimId, Currency, Day, Draft, GivenId, GivenValue, Named, Question, Reading,
    Segment, SkuId, Team, TeamPersona,
};
use std::collections::BTreeSet;

/// The most changes that can be undone.
pub(super) const MOST_UNDONE: usize = 100;

/// A line of the basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// People, by their place.
    Persona(usize),
    /// What people do or use.
    Asked(usize, Asked),
    /// What their accounts hold.
    Held(usize, SkuId),
    /// What they hold on another account.
    HeldElsewhere(usize, SkuId),
    /// What only the asker knows, of all the people.
    Given(GivenId),
    /// Seats that the tenant owns.
    Owned(SkuId),
    /// A claim set aside.
    SetAside(ClaimId),
}

impl Draft {
    /// The people asked about; a draft always has some.
    pub fn persona(&self) -> Option<&TeamPersona> {
        self.team.personas.get(self.at)
    }

    /// The same, to be changed.
    pub fn persona_mut(&mut self) -> Option<&mut TeamPersona> {
        self.team.personas.get_mut(self.at)
    }

    /// What is asked about the people asked about; none where nothing is in their basket.
    pub fn question(&self) -> Option<Question> {
        let persona = self.persona()?;
        (!persona.subjects.is_empty()).then(|| self.team.question(persona))
    }

    /// The same about something else, as if it were alone in the basket.
    pub fn question_about(&self, asked: Asked) -> Option<Question> {
        let mut persona = self.persona()?.clone();
        persona.subjects = vec![asked];
        Some(self.team.question(&persona))
    }

    /// The people, where there is more to buy for than one person: otherwise the answer says it all.
    pub fn several(&self) -> Option<&Team> {
        let all = self.team.personas.iter();
        let asked = all.clone().all(|persona| !persona.subjects.is_empty());
        let several = self.team.personas.len() > 1 || all.clone().any(|persona| persona.count != 1);
        (asked && several).then_some(&self.team)
    }

    /// Whether nothing was put into it.
    pub fn is_empty(&self) -> bool {
        self.entries()
            .all(|entry| matches!(entry, Entry::Persona(_)))
    }

    /// Whether the people asked about have a role.
    pub fn has_role(&self) -> bool {
        self.persona().is_some_and(|persona| {
            let mut subjects = persona.subjects.iter();
            subjects.any(|asked| matches!(asked, Asked::Role(_)))
        })
    }

    /// Whether it is in the basket of the people asked about.
    pub fn has(&self, thing: Named) -> bool {
        asked(thing).is_some_and(|asked| {
            self.persona()
                .is_some_and(|persona| persona.subjects.contains(&asked))
        })
    }

    /// The lines of the basket, in the order in which they are shown.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let people = self.team.personas.iter().enumerate();
        let people = people.flat_map(|(at, persona)| {
            let asked = persona
                .subjects
                .iter()
                .map(move |asked| Entry::Asked(at, *asked));
            let held = persona.held.iter().map(move |sku| Entry::Held(at, *sku));
            let elsewhere = persona.held_elsewhere.iter();
            let elsewhere = elsewhere.map(move |sku| Entry::HeldElsewhere(at, *sku));
            std::iter::once(Entry::Persona(at))
                .chain(asked)
                .chain(held)
                .chain(elsewhere)
        });
        people
            .chain(self.team.givens.keys().map(|given| Entry::Given(*given)))
            .chain(self.team.owned.keys().map(|sku| Entry::Owned(*sku)))
            .chain(self.set_aside.iter().map(|claim| Entry::SetAside(*claim)))
    }

    /// Puts it into the basket of the people asked about, or takes it out.
    pub fn toggle(&mut self, asked: Asked) {
        let Some(persona) = self.persona_mut() else {
            return;
        };
        match persona.subjects.iter().position(|known| *known == asked) {
            Some(place) => {
                persona.subjects.remove(place);
            }
            None => persona.subjects.push(asked),
        }
    }

    /// Adds a SKU that the accounts hold.
    pub fn hold(&mut self, sku: SkuId, elsewhere: bool) {
        let Some(persona) = self.persona_mut() else {
            return;
        };
        let held = match elsewhere {
            true => &mut persona.held_elsewhere,
            false => &mut persona.held,
        };
        if !held.contains(&sku) {
            held.push(sku);
            held.sort_unstable();
        }
    }

    /// Takes a line out. The last people stay, with nothing in their basket.
    pub fn remove(&mut self, entry: Entry) {
        let personas = &mut self.team.personas;
        match entry {
            Entry::Persona(at) if personas.len() > 1 && at < personas.len() => {
                personas.remove(at);
                self.at = self.at.min(personas.len() - 1);
            }
            Entry::Persona(at) => {
                if let Some(persona) = personas.get_mut(at) {
                    *persona = people(1);
                }
            }
            Entry::Asked(at, asked) => {
                if let Some(persona) = personas.get_mut(at) {
                    persona.subjects.retain(|known| *known != asked);
                }
            }
            Entry::Held(at, sku) => {
                if let Some(persona) = personas.get_mut(at) {
                    persona.held.retain(|known| *known != sku);
                }
            }
            Entry::HeldElsewhere(at, sku) => {
                if let Some(persona) = personas.get_mut(at) {
                    persona.held_elsewhere.retain(|known| *known != sku);
                }
            }
            Entry::Given(given) => {
                self.team.givens.remove(&given);
            }
            Entry::Owned(sku) => {
                self.team.owned.remove(&sku);
            }
            Entry::SetAside(claim) => {
                self.set_aside.remove(&claim);
            }
        }
    }

    /// Says what only the asker knows; none takes it back.
    pub fn give(&mut self, given: GivenId, value: Option<GivenValue>) {
        match value {
            Some(value) => self.team.givens.insert(given, value),
            None => self.team.givens.remove(&given),
        };
    }

    /// Adds people with an empty basket and asks about them.
    pub fn add_people(&mut self) {
        self.team
            .personas
            .push(people(self.team.personas.len() + 1));
        self.at = self.team.personas.len() - 1;
    }
}

/// An empty basket for one person, asked today.
pub fn fresh(today: Day, reading: Reading, currency: Currency) -> Draft {
    Draft {
        team: Team {
            name: String::new(),
            on: today,
            known: today,
            givens: Default::default(),
            owned: Default::default(),
            reading,
            segment: Segment::Commercial,
            currency,
            agreement: Agreement::default(),
            one_set: false,
            personas: vec![people(1)],
        },
        at: 0,
        set_aside: BTreeSet::new(),
        compared: Vec::new(),
        marked: (None, None),
    }
}

/// What is asked about a thing; nothing can be asked about a plan.
pub(super) fn asked(thing: Named) -> Option<Asked> {
    match thing {
        Named::Role(id) => Some(Asked::Role(id)),
        Named::Task(id) => Some(Asked::Task(id)),
        Named::Feature(id) => Some(Asked::Feature(id)),
        Named::Sku(id) => Some(Asked::Sku(id)),
        Named::Plan(_) => None,
    }
}

/// The thing that is asked about.
pub(super) fn named(asked: Asked) -> Named {
    match asked {
        Asked::Role(id) => Named::Role(id),
        Asked::Task(id) => Named::Task(id),
        Asked::Feature(id) => Named::Feature(id),
        Asked::Sku(id) => Named::Sku(id),
    }
}

fn people(number: usize) -> TeamPersona {
    TeamPersona {
        name: format!("People {number}"),
        count: 1,
        subjects: Vec::new(),
        eligible: false,
        held: Vec::new(),
        held_elsewhere: Vec::new(),
        givens: Default::default(),
    }
}

/// A draft with those before it.
#[derive(Debug, Clone)]
pub struct History {
    now: Draft,
    before: Vec<Draft>,
    after: Vec<Draft>,
}

impl History {
    /// Begins with a draft.
    pub fn new(draft: Draft) -> Self {
        Self {
            now: draft,
            before: Vec::new(),
            after: Vec::new(),
        }
    }

    /// The draft as it is.
    pub fn now(&self) -> &Draft {
        &self.now
    }

    /// Changes the draft; what changes nothing is no step. Returns whether it changed.
    pub fn change(&mut self, change: impl FnOnce(&mut Draft)) -> bool {
        let mut next = self.now.clone();
        change(&mut next);
        if next == self.now {
            return false;
        }
        if self.before.len() == MOST_UNDONE {
            self.before.remove(0);
        }
        self.before.push(std::mem::replace(&mut self.now, next));
        self.after.clear();
        true
    }

    /// Goes a step back.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.before.pop() else {
            return false;
        };
        self.after.push(std::mem::replace(&mut self.now, before));
        true
    }

    /// Goes the step forward again.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.after.pop() else {
            return false;
        };
        self.before.push(std::mem::replace(&mut self.now, after));
        true
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether there is a step forward.
    pub fn can_redo(&self) -> bool {
        !self.after.is_empty()
    }

    /// How many steps back there are.
    pub fn depth(&self) -> usize {
        self.before.len()
    }
}
