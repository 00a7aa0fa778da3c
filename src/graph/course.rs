//! How a claim stands from day to day: the bar of a timeline.

use super::{AsOf, Presence, Status, is_known, presence};
use crate::dataset::Topic;
use crate::model::{Boundary, ClaimId, ClaimKind, Day, Source};
use std::collections::BTreeSet;

/// How a claim stands during a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first day; it ends where the next stretch begins.
    pub from: Day,
    /// How the claim stands.
    pub status: Status,
    /// Whether its own dates say that it binds, or may: so also for a claim that was told and taken back.
    pub was_said: bool,
}

impl AsOf<'_> {
    /// How a claim stands on each day from `first` to `last`, as far as known on the one day of this view; neighbors
    /// differ.
    pub fn course(&self, id: ClaimId, first: Day, last: Day) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let days = self.turning_days(id).into_iter();
        let days = days.filter(|day| *day > first && *day <= last);
        for from in std::iter::once(first).chain(days) {
            let view = AsOf::new(self.knowledge(), from, self.known());
            let stretch = Stretch {
                from,
                status: view.status(id),
                was_said: view.is_said(id),
            };
            let is_same = |before: &Stretch| {
                (before.status, before.was_said) == (stretch.status, stretch.was_said)
            };
            if !stretches.last().is_some_and(is_same) {
                stretches.push(stretch);
            }
        }
        stretches
    }

    /// Whether a claim is told, or was, and its own dates let it bind.
    fn is_said(&self, id: ClaimId) -> bool {
        let knowledge = self.knowledge();
        let claim = &knowledge.claims[id];
        let is_told = !matches!(
            is_known(knowledge, claim, self.known()),
            Presence::Absent(super::Absent::NotYetKnown)
        );
        let late = super::Moment {
            on: self.on(),
            known: Day::LAST,
        };
        let binds = matches!(presence(knowledge, claim, late), Presence::Present { .. });
        is_told && binds
    }

    /// Every day on which the standing of a claim may change: boundaries of its own and of what may take its place, and
    /// the days of its sources.
    fn turning_days(&self, id: ClaimId) -> BTreeSet<Day> {
        let knowledge = self.knowledge();
        let mut claims = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            let newer = knowledge.about(Topic::RelationsTo(next)).iter();
            open.extend(newer.copied().filter(|newer| claims.insert(*newer)));
        }
        if let ClaimKind::Lifecycle { subject, .. } = knowledge.claims[id].kind {
            claims.extend(knowledge.about(Topic::Lifecycle(subject)));
        }
        let mut days = BTreeSet::new();
        for claim in claims.into_iter().map(|id| &knowledge.claims[id]) {
            let period = &claim.effective;
            for boundary in [&period.from, &period.until].into_iter().flatten() {
                days.extend(Boundary::earliest(boundary));
                days.extend(Boundary::latest(boundary));
            }
            let sources = claim.evidence.iter();
            let sources = sources.filter_map(|evidence| knowledge.sources.get(evidence.source));
            for day in sources.map(Source::stated_by) {
                days.extend([day, day.next()]);
            }
        }
        days
    }
}
