//! How the answer to a question changes along one of its days, or both.
//!
//! An answer can change only on a day on which some claim begins or ceases to count. So the boundaries of all claims that
//! are relevant are collected, the answer is worked out once between each two of them, and equal neighbors become one
//! span. Needs have breakpoints of their own, and prices theirs: a verdict is worked out only where a claim about that
//! need has a boundary, the cheapest set only where what is asked for or the market changes.
//!
//! Which claim flipped an answer is found by experiment: where several have a boundary on that day, each in turn is seen
//! as it stood the day before; the answer comes out otherwise without those that flipped it.

mod breakpoints;
mod market;
mod touching;
mod weighed;

pub(super) use touching::in_order;
pub use touching::{claims_touching, timeline_days};

use super::basket::{self, Arguments};
use super::need;
use super::price::seat_price;
use super::supply::Supply;
use super::want::Want;
use super::world::Facts;
use super::{roles_of, subjects_of};
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    AnswerSpan, Attested, Axis, Boundary, Change, Cheapest, ClaimId, Condition, Day, Difference,
    Edge, HeldThing, NeedSubject, PricedBy, Question, Requirement, SkuId, Timeline, Told, Trigger,
    Verdict, Work,
};
use breakpoints::{Breakpoints, Matters};
use market::Market;
use std::collections::{BTreeMap, BTreeSet};
use weighed::Weighed;

/// The answers to a question from `first` to `last` along an axis. The day of the question that does not move counts.
pub fn timeline(
    knowledge: &KnowledgeBase,
    question: &Question,
    axis: Axis,
    first: Day,
    last: Day,
) -> Timeline {
    let roles = roles_of(question);
    let facts = Facts::of(knowledge, question, &roles);
    let span = Span {
        facts: &facts,
        question,
        axis,
        first,
        last: last.max(first),
    };
    let needs: Vec<Course> = subjects_of(knowledge, question)
        .into_iter()
        .map(|(subject, _)| Course::of(&span, subject))
        .collect();
    let prices = Prices::of(&span, &needs);
    let days: BTreeSet<Day> = needs
        .iter()
        .flat_map(|need| need.cells.keys())
        .chain(prices.cells.keys())
        .copied()
        .collect();
    let mut spans: Vec<AnswerSpan> = Vec::new();
    let mut changes = Vec::new();
    for day in days {
        let told = span.told(&needs, &prices, day);
        if let Some(before) = spans.last() {
            let differences = before.told.differences(&told);
            if differences.is_empty() {
                continue;
            }
            let because = span.triggers(&needs, &prices, day, &differences);
            changes.push(Change {
                day,
                at: because
                    .first()
                    .map_or(Edge::On(day), |first| first.at.clone()),
                differences,
                because,
            });
        }
        spans.push(AnswerSpan { from: day, told });
    }
    Timeline {
        axis,
        first: span.first,
        last: span.last,
        spans,
        changes,
        attested: attested(
            knowledge,
            needs.iter().flat_map(|need| &need.relevant).copied(),
        ),
        work: Work {
            verdicts: needs.iter().map(|need| need.cells.len()).sum(),
            sets: prices.cells.len(),
        },
    }
}

/// The first and the last day of which sources speak, over claims.
pub(super) fn attested(
    knowledge: &KnowledgeBase,
    claims: impl IntoIterator<Item = ClaimId>,
) -> Attested {
    let mut attested = Attested::default();
    let mut speaks = |day: Option<Day>| {
        let Some(day) = day else { return };
        attested.from = Some(attested.from.map_or(day, |from| from.min(day)));
        attested.until = Some(attested.until.map_or(day, |until| until.max(day)));
    };
    for id in claims {
        let claim = &knowledge.claims[id];
        let period = &claim.effective;
        for boundary in [&period.from, &period.until].into_iter().flatten() {
            speaks(Boundary::earliest(boundary));
            speaks(Boundary::latest(boundary));
        }
        for evidence in &claim.evidence {
            if let Some(source) = knowledge.sources.get(evidence.source) {
                speaks(Some(source.stated_by()));
                speaks(Some(source.read));
            }
        }
    }
    attested
}

/// What a timeline looks at.
struct Span<'a> {
    facts: &'a Facts<'a>,
    question: &'a Question,
    axis: Axis,
    first: Day,
    last: Day,
}

/// One need over time.
struct Course {
    subject: NeedSubject,
    relevant: Vec<ClaimId>,
    breakpoints: Breakpoints,
    /// What it comes to from each breakpoint on.
    cells: BTreeMap<Day, Weighed>,
}

/// What it costs over time.
struct Prices {
    breakpoints: Breakpoints,
    cells: BTreeMap<Day, Priced>,
}

/// What it costs on a day, and what is bought.
struct Priced {
    cheapest: Cheapest,
    skus: BTreeSet<SkuId>,
}

impl<'a> Span<'a> {
    /// The two days at a place of the axis.
    fn moment(&self, day: Day) -> Moment {
        let Moment { on, known } = self.facts.moment;
        match self.axis {
            Axis::On => Moment { on: day, known },
            Axis::Known => Moment { on, known: day },
            Axis::Both => Moment {
                on: day,
                known: day,
            },
        }
    }

    fn facts_on(&self, day: Day) -> Facts<'a> {
        self.facts.at(self.moment(day))
    }

    fn question_on(&self, day: Day) -> Question {
        let Moment { on, known } = self.moment(day);
        Question {
            on,
            known,
            ..self.question.clone()
        }
    }

    fn told(&self, needs: &[Course], prices: &Prices, day: Day) -> Told {
        let needs: Vec<_> = needs
            .iter()
            .filter_map(|need| Some(need.on(day)?.told.clone()))
            .collect();
        let verdicts = needs.iter().map(|need| need.verdict);
        Told {
            verdict: verdicts.min().unwrap_or(Verdict::NotStated),
            cheapest: prices
                .on(day)
                .map_or(Cheapest::Nothing, |priced| priced.cheapest),
            needs,
        }
    }

    /// What flipped the answer on a day.
    fn triggers(
        &self,
        needs: &[Course],
        prices: &Prices,
        day: Day,
        differences: &[Difference],
    ) -> Vec<Trigger> {
        let mut found: Vec<Trigger> = Vec::new();
        let mut add = |triggers: Vec<Trigger>| {
            for trigger in triggers {
                if !found.contains(&trigger) {
                    found.push(trigger);
                }
            }
        };
        for need in needs {
            add(need.triggers(self, day, |before, after| before.told != after.told));
        }
        if differences.contains(&Difference::Price) {
            let asks_otherwise = |before: &Weighed, after: &Weighed| !before.asks_the_same(after);
            let asking: Vec<Trigger> = needs
                .iter()
                .flat_map(|need| need.triggers(self, day, asks_otherwise))
                .collect();
            // What is asked for explains its price.
            let is_explained = !asking.is_empty();
            if differences == [Difference::Price] {
                add(asking);
            }
            if !is_explained {
                add(prices.triggers(self, day));
            }
        }
        // A change at a day that somebody said is told by that day.
        found.sort_by_key(|trigger| !matches!(trigger.at, Edge::On(_)));
        found
    }
}

impl Course {
    fn of(span: &Span<'_>, subject: NeedSubject) -> Self {
        let knowledge = span.facts.knowledge;
        let mut relevant = need::relevant(knowledge, subject);
        relevant.extend(held_plans(span, &relevant));
        relevant.sort_unstable();
        relevant.dedup();
        let claims = relevant.iter().copied();
        let breakpoints = Breakpoints::of(knowledge, claims, span.axis, Matters::Certainty);
        let days = breakpoints.days(span.first, span.last);
        let cells = std::iter::once(span.first).chain(days).map(|day| {
            let facts = span.facts_on(day);
            let weighed = Weighed::of(&facts, span.question, subject, &relevant);
            (day, weighed)
        });
        Self {
            subject,
            cells: cells.collect(),
            breakpoints,
            relevant,
        }
    }

    /// What it comes to on a day.
    fn on(&self, day: Day) -> Option<&Weighed> {
        self.cells.range(..=day).next_back().map(|(_, cell)| cell)
    }

    fn before(&self, day: Day) -> Option<&Weighed> {
        self.cells.range(..day).next_back().map(|(_, cell)| cell)
    }

    fn asks_differently(&self, day: Day) -> bool {
        match (self.before(day), self.on(day)) {
            (Some(before), Some(on)) => !before.asks_the_same(on),
            _ => false,
        }
    }

    /// What made it come out otherwise on a day: those without which it would not have; all where none does so alone.
    fn triggers(
        &self,
        span: &Span<'_>,
        day: Day,
        differs: impl Fn(&Weighed, &Weighed) -> bool,
    ) -> Vec<Trigger> {
        let all = self.breakpoints.on(day);
        let (Some(before), Some(on)) = (self.before(day), self.on(day)) else {
            return Vec::new();
        };
        if !differs(before, on) {
            return Vec::new();
        }
        let claims: BTreeSet<PricedBy> = all.iter().map(|trigger| trigger.by).collect();
        if claims.len() < 2 {
            return all.to_vec();
        }
        let day_before = span.moment(day.previous());
        let flips = |by: &PricedBy| {
            let mut facts = span.facts_on(day);
            facts.held_back = by.claim().map(|claim| (claim, day_before));
            let without = Weighed::of(&facts, span.question, self.subject, &self.relevant);
            differs(&without, on)
        };
        let flipping: BTreeSet<PricedBy> = claims.into_iter().filter(flips).collect();
        let alone = all.iter().filter(|trigger| flipping.contains(&trigger.by));
        let alone: Vec<Trigger> = alone.cloned().collect();
        if alone.is_empty() {
            all.to_vec()
        } else {
            alone
        }
    }
}

/// Inclusions and covers on which a condition turns: "the account holds this plan".
fn held_plans(span: &Span<'_>, relevant: &[ClaimId]) -> Vec<ClaimId> {
    let knowledge = span.facts.knowledge;
    if span.question.held.is_empty() {
        return Vec::new();
    }
    let mut plans = BTreeSet::new();
    for condition in relevant
        .iter()
        .filter_map(|id| knowledge.claims[*id].when.as_ref())
    {
        condition.each_leaf(&mut |leaf| {
            if let Condition::Holds(HeldThing::Plan(plan)) = leaf {
                plans.insert(*plan);
            }
        });
    }
    let plans: Vec<Requirement> = plans.into_iter().map(Requirement::Plan).collect();
    Market::providing(knowledge, span.question, &plans)
}

impl Prices {
    fn of(span: &Span<'_>, needs: &[Course]) -> Self {
        let weighed = needs.iter().flat_map(|need| need.cells.values());
        let wanted: BTreeSet<&Requirement> = weighed.flat_map(Weighed::requirements).collect();
        let market = Market::of(span.facts.knowledge, span.question, wanted);
        let breakpoints = market.breakpoints(span.axis);
        let asked = needs.iter().flat_map(|need| {
            let days = need.cells.keys().copied();
            days.filter(|day| need.asks_differently(*day))
        });
        let days: BTreeSet<Day> = std::iter::once(span.first)
            .chain(asked)
            .chain(breakpoints.days(span.first, span.last))
            .collect();
        let mut cells: BTreeMap<Day, Priced> = BTreeMap::new();
        for day in days {
            let is_asked_anew = needs.iter().any(|need| need.asks_differently(day));
            let last = cells.last_key_value();
            let stays = last.is_some_and(|(_, last)| {
                !is_asked_anew && last.stays(span, day, breakpoints.on(day))
            });
            if !stays {
                cells.insert(day, priced(span, needs, day));
            }
        }
        Self { breakpoints, cells }
    }

    fn on(&self, day: Day) -> Option<&Priced> {
        self.cells.range(..=day).next_back().map(|(_, cell)| cell)
    }

    /// What changed the price on a day: what concerns a SKU that is bought before or after; all where nothing does.
    fn triggers(&self, span: &Span<'_>, day: Day) -> Vec<Trigger> {
        let before = self.cells.range(..day).next_back();
        let bought = before.into_iter().map(|(_, cell)| cell).chain(self.on(day));
        let bought: BTreeSet<SkuId> = bought.flat_map(|cell| &cell.skus).copied().collect();
        let all = self.breakpoints.on(day);
        let of_bought = all.iter().filter(|trigger| {
            market::concerns(span.facts.knowledge, trigger, &bought, span.question)
        });
        let of_bought: Vec<Trigger> = of_bought.cloned().collect();
        if of_bought.is_empty() {
            all.to_vec()
        } else {
            of_bought
        }
    }
}

impl Priced {
    /// Whether the price surely stays what it is when these claims change: they are about SKUs that are not in the set and
    /// that nobody can have for less than the whole set costs.
    fn stays(&self, span: &Span<'_>, day: Day, triggers: &[Trigger]) -> bool {
        let question = span.question_on(day);
        let is_dearer = |sku: SkuId| {
            let price = seat_price(span.facts.knowledge, &question, sku);
            price.is_none_or(|price| match self.cheapest {
                Cheapest::Nothing => true,
                Cheapest::Costs(Some(total)) => price.amount >= total,
                Cheapest::Costs(None) | Cheapest::Impossible => false,
            })
        };
        triggers.iter().all(|trigger| {
            let skus = market::skus_of(span.facts.knowledge, trigger, &question);
            skus.is_some_and(|skus| {
                let mut skus = skus.into_iter();
                skus.all(|sku| {
                    !self.skus.contains(&sku) && !market::is_there(&question, sku) && is_dearer(sku)
                })
            })
        })
    }
}

fn priced(span: &Span<'_>, needs: &[Course], day: Day) -> Priced {
    let facts = span.facts_on(day);
    let question = span.question_on(day);
    let weighed = needs.iter().filter_map(|need| need.on(day));
    let wants: Vec<Want> = weighed
        .flat_map(|need| need.wants(&facts, &question))
        .collect();
    let wanted = wants.iter().map(|want| &want.requirement);
    let supply = Supply::of(facts.knowledge, facts.moment, wanted);
    let mut arguments = Arguments::default();
    let (cheapest, skus) =
        match basket::cheapest(facts.knowledge, &question, &supply, &wants, &mut arguments) {
            Ok(None) => (Cheapest::Nothing, BTreeSet::new()),
            Ok(Some(basket)) => (
                Cheapest::Costs(basket.total),
                basket.items.iter().map(|item| item.sku).collect(),
            ),
            Err(_) => (Cheapest::Impossible, BTreeSet::new()),
        };
    Priced { cheapest, skus }
}
