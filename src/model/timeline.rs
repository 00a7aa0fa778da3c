//! How an answer changes over time.
//!
//! Between two neighboring dates that some claim names nothing can change, so a timeline is a list of spans with one
//! answer each. Where spans meet stands a change: which day, at which boundary *as written*, and whose claim it is.

use super::words::words;
use super::{
    Answer, ClaimId, Day, Edge, Grade, Money, NeedSubject, PricedBy, Requirement, Verdict,
};
use std::collections::BTreeSet;

words! {
    /// Which of the two days of a question moves.
    Axis {
        /// The day it is about; what is known stays.
        On = "on",
        /// The day whose knowledge counts; the day it is about stays.
        Known = "known",
        /// Both together: what one would have been told on each day.
        Both = "both",
    }
}

words! {
    /// What happens to a claim at a change.
    Cause {
        /// It begins to bind.
        Begins = "begins",
        /// It ends.
        Ends = "ends",
        /// It becomes known.
        Known = "known",
        /// It is withdrawn.
        Withdrawn = "withdrawn",
        /// The first source attests it; before, nothing contradicted it.
        Attested = "attested",
        /// The last source that attests it lies behind.
        LastAttested = "last-attested",
        /// Its text has left the page of a source.
        Gone = "gone",
    }
}

words! {
    /// What differs between two answers.
    Difference {
        /// The verdict, of the answer or of a need.
        Verdict = "verdict",
        /// What has to be held.
        Requirement = "requirement",
        /// How sure it is.
        Certainty = "certainty",
        /// What the cheapest way to comply costs, or whether there is one.
        Price = "price",
    }
}

/// What an answer comes to, as far as a timeline compares answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The verdict.
    pub verdict: Verdict,
    /// The needs, in the order asked.
    pub needs: Vec<NeedTold>,
    /// What it costs to comply.
    pub cheapest: Cheapest,
}

/// What one need comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedTold {
    /// What it is about.
    pub subject: NeedSubject,
    /// Its verdict.
    pub verdict: Verdict,
    /// What has to be held.
    pub requirement: Requirement,
    /// How sure it is.
    pub grade: Grade,
}

/// What the cheapest way to comply costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cheapest {
    /// No license that anybody names is asked for.
    Nothing,
    /// So much a month; none where a price is too large to be counted.
    Costs(Option<Money>),
    /// No set of SKUs with a known price complies.
    Impossible,
}

impl Told {
    /// What an answer comes to.
    pub fn of(answer: &Answer) -> Self {
        let needs = answer.needs.iter().map(|need| NeedTold {
            subject: need.subject,
            verdict: need.verdict,
            requirement: need.requirement.clone(),
            grade: need.certainty.grade,
        });
        Self {
            verdict: answer.verdict,
            needs: needs.collect(),
            cheapest: match (answer.baskets.first(), &answer.no_basket) {
                (Some(basket), _) => Cheapest::Costs(basket.total),
                (None, Some(_)) => Cheapest::Impossible,
                (None, None) => Cheapest::Nothing,
            },
        }
    }

    /// What differs between two answers to one question.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let pairs = || self.needs.iter().zip(&other.needs);
        let differs = |difference: Difference| match difference {
            Difference::Verdict => {
                self.verdict != other.verdict || pairs().any(|(a, b)| a.verdict != b.verdict)
            }
            Difference::Requirement => pairs().any(|(a, b)| a.requirement != b.requirement),
            Difference::Certainty => pairs().any(|(a, b)| a.grade != b.grade),
            Difference::Price => self.cheapest != other.cheapest,
        };
        let all = Difference::ALL.iter().copied();
        all.filter(|difference| differs(*difference)).collect()
    }
}

/// A span of days with one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSpan {
    /// Its first day. It ends where the next one begins.
    pub from: Day,
    /// The answer on each of its days.
    pub told: Told,
}

/// Where two spans meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The first day of the new answer. At an edge of an imprecise boundary the day itself was never said by anybody;
    /// what is told is `at`.
    pub day: Day,
    /// The day or the edge of a boundary at which it changes.
    pub at: Edge,
    /// What differs.
    pub differences: Vec<Difference>,
    /// What flipped it; never empty.
    pub because: Vec<Trigger>,
}

/// What happens at a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// Whose boundary lies there: that of a claim, or of the asker's own price.
    pub by: PricedBy,
    /// What happens to it.
    pub cause: Cause,
    /// The day, or the edge of the boundary as written.
    pub at: Edge,
}

/// How an answer changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Which day moves.
    pub axis: Axis,
    /// The first day looked at.
    pub first: Day,
    /// The last day looked at.
    pub last: Day,
    /// The answers; neighbors differ. Never empty.
    pub spans: Vec<AnswerSpan>,
    /// Where they meet: one fewer than the spans.
    pub changes: Vec<Change>,
    /// From which to which day sources speak about the needs at all; an answer outside is told without one.
    pub attested: Attested,
    /// What it took to work it out.
    pub work: Work,
}

/// Over which days sources speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attested {
    /// The first day for which a source speaks: a date that a claim names, or the oldest source.
    pub from: Option<Day>,
    /// The last day on which a source was read, or for which one announces something.
    pub until: Option<Day>,
}

impl Attested {
    /// Whether a day lies before everything that sources say.
    pub fn is_before(self, day: Day) -> bool {
        self.from.is_some_and(|from| day < from)
    }

    /// Whether a day lies after everything that sources say.
    pub fn is_after(self, day: Day) -> bool {
        self.until.is_some_and(|until| day > until)
    }
}

/// How often something was worked out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Verdicts of a need.
    pub verdicts: usize,
    /// Cheapest sets.
    pub sets: usize,
}

impl Timeline {
    /// The answer on a day; none outside of the days looked at.
    pub fn told(&self, day: Day) -> Option<&Told> {
        let inside = self.first <= day && day <= self.last;
        let spans = self.spans.iter().rev();
        let mut begun = spans.filter(|span| span.from <= day);
        begun.next().filter(|_| inside).map(|span| &span.told)
    }
}

/// One question at two moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    /// The first answer.
    pub before: Told,
    /// The second answer.
    pub after: Told,
    /// What differs.
    pub differences: Vec<Difference>,
    /// The claims behind the first answer.
    pub counted_before: BTreeSet<ClaimId>,
    /// The claims behind the second answer.
    pub counted_after: BTreeSet<ClaimId>,
    /// The way from one to the other, changes on the way back included.
    pub legs: Vec<Timeline>,
}
