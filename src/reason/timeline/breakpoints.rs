//! The days on which a claim may begin or cease to count: the only days on which an answer can change.

use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{
    Axis, Boundary, Cause, Claim, ClaimId, Day, Edge, Period, PricedBy, Source, Trigger,
};
use std::collections::{BTreeMap, BTreeSet};

/// Days with what happens on each, rising.
#[derive(Debug, Clone, Default)]
pub(super) struct Breakpoints(BTreeMap<Day, Vec<Trigger>>);

/// What about a claim may matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matters {
    /// Whether it counts, and whether a source attests it.
    Certainty,
    /// Only whether it counts.
    Presence,
}

impl Breakpoints {
    /// Those of several claims along an axis.
    pub(super) fn of(
        knowledge: &KnowledgeBase,
        claims: impl IntoIterator<Item = ClaimId>,
        axis: Axis,
        matters: Matters,
    ) -> Self {
        let mut found = Self::default();
        for id in claims {
            let claim = &knowledge.claims[id];
            let mut finder = Finder {
                knowledge,
                id,
                claim,
                matters,
                found: &mut found,
            };
            if axis != Axis::Known {
                finder.period(&claim.effective, [Cause::Begins, Cause::Ends]);
            }
            if axis != Axis::On {
                finder.period(&claim.known, [Cause::Known, Cause::Withdrawn]);
            }
            if matters == Matters::Certainty {
                finder.gone();
            }
        }
        found
    }

    /// Adds what happens on a day.
    pub(super) fn add(&mut self, day: Day, trigger: Trigger) {
        let triggers = self.0.entry(day).or_default();
        if !triggers.contains(&trigger) {
            triggers.push(trigger);
        }
    }

    /// The days after `first`, up to `last`.
    pub(super) fn days(&self, first: Day, last: Day) -> impl Iterator<Item = Day> + '_ {
        let days = self.0.keys().copied();
        days.filter(move |day| *day > first && *day <= last)
    }

    /// What happens on a day.
    pub(super) fn on(&self, day: Day) -> &[Trigger] {
        self.0.get(&day).map_or(&[], Vec::as_slice)
    }
}

struct Finder<'a> {
    knowledge: &'a KnowledgeBase,
    id: ClaimId,
    claim: &'a Claim,
    matters: Matters,
    found: &'a mut Breakpoints,
}

impl Finder<'_> {
    fn add(&mut self, day: Day, cause: Cause, at: Edge) {
        let by = PricedBy::List(self.id);
        self.found.add(day, Trigger { by, cause, at });
    }

    fn period(&mut self, period: &Period, [begins, ends]: [Cause; 2]) {
        self.boundary(period.from.as_ref(), begins);
        self.first_attested(period.from.as_ref());
        self.boundary(period.until.as_ref(), ends);
        if let Some(until) = &period.until {
            self.last_attested(until);
        }
    }

    fn boundary(&mut self, boundary: Option<&Boundary>, cause: Cause) {
        let Some(boundary) = boundary else { return };
        if let Some(day) = boundary.exact() {
            return self.add(day, cause, Edge::On(day));
        }
        if let Some(day) = boundary.earliest() {
            self.add(day, cause, Edge::Earliest(boundary.clone()));
        }
        // A beginning "by D" has stood since always; on D it is only better attested.
        let is_heard =
            boundary.earliest().is_some() || matches!(cause, Cause::Ends | Cause::Withdrawn);
        if let Some(day) = boundary.latest()
            && (is_heard || self.matters == Matters::Certainty)
        {
            self.add(day, cause, Edge::Latest(boundary.clone()));
        }
    }

    /// A beginning with an open end is attested from the oldest source on that can speak of it.
    fn first_attested(&mut self, from: Option<&Boundary>) {
        let earliest = from.and_then(Boundary::earliest);
        let is_open = from.is_none_or(|from| earliest.is_none() || from.latest().is_none());
        // "After D" is perhaps; everything else that is open counts anyway.
        let is_heard = earliest.is_some() || self.matters == Matters::Certainty;
        if !is_open || !is_heard {
            return;
        }
        let sources = self.sources().into_iter();
        let speaking = sources.filter(|(day, _)| earliest.is_none_or(|earliest| *day >= earliest));
        if let Some((day, edge)) = speaking.min_by_key(|(day, _)| *day) {
            self.add(day, Cause::Attested, edge);
        }
    }

    /// An end that is open is attested up to the newest source.
    fn last_attested(&mut self, until: &Boundary) {
        let is_open = until.earliest().is_none() || until.latest().is_none();
        if !is_open || self.matters != Matters::Certainty {
            return;
        }
        let newest = self.sources().into_iter().max_by_key(|(day, _)| *day);
        if let Some((day, edge)) = newest {
            let after = day.next();
            let edge = match edge {
                Edge::On(_) => Edge::On(after),
                edge => edge,
            };
            self.add(after, Cause::LastAttested, edge);
        }
    }

    /// By which day each source stated it, and where that day comes from.
    fn sources(&self) -> Vec<(Day, Edge)> {
        let sources = self.claim.evidence.iter();
        let sources = sources.filter_map(|evidence| self.knowledge.sources.get(evidence.source));
        let dated = sources.map(|source| (source.stated_by(), dated(source)));
        dated.collect()
    }

    fn gone(&mut self) {
        for gone in self
            .claim
            .evidence
            .iter()
            .filter_map(|one| one.gone.as_ref())
        {
            let edge = gone.exact().map_or(Edge::Latest(gone.clone()), Edge::On);
            if let Some(day) = gone.latest() {
                self.add(day, Cause::Gone, edge);
            }
        }
    }
}

/// The day of [`Source::stated_by`], as written.
fn dated(source: &Source) -> Edge {
    let day = source.stated_by();
    match &source.published {
        Some(published) if published.exact().is_none() && published.latest() == Some(day) => {
            Edge::Latest(published.clone())
        }
        _ => Edge::On(day),
    }
}

/// Claims and everything that may put one of them out.
pub(super) fn with_relations(
    knowledge: &KnowledgeBase,
    claims: impl IntoIterator<Item = ClaimId>,
) -> BTreeSet<ClaimId> {
    let mut found = BTreeSet::new();
    let mut queue: Vec<ClaimId> = claims.into_iter().collect();
    while let Some(claim) = queue.pop() {
        if found.insert(claim) {
            queue.extend(knowledge.about(Topic::RelationsTo(claim)));
        }
    }
    found
}
