//! Sets of SKUs side by side: what each brings, what it costs, and what to know before buying it.
//!
//! A feature is in a set where something in it grants the feature. Where no source says what grants a feature, the need
//! of its default task decides: the set opens it if it satisfies the need. Asked about roles, tasks or features, every row
//! is a need, worked out anew for each set as if the account held it.

use super::need::outlook;
use super::price::{is_sold, seat_price};
use super::supply::Supply;
use super::world::Facts;
use super::{roles_of, subjects_of};
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::{Moment, Node, Presence, Provider, Snapshot, is_put_out, presence};
use crate::model::{
    Caution, Cell, ClaimId, ClaimKind, ComparedRow, ComparedSet, Comparison, HeldThing, Mark,
    Money, Named, NeedSubject, PlanId, Question, Satisfied, SkuId, Verdict,
};
use std::collections::BTreeSet;

/// Compares sets of SKUs. Without subjects in the question the rows are the features of the whole catalog; with `plans`
/// further rows are the plans that some set carries.
pub fn compare(
    knowledge: &KnowledgeBase,
    question: &Question,
    sets: &[Vec<SkuId>],
    plans: bool,
) -> Comparison {
    let comparer = Comparer::of(knowledge, question, sets);
    let (mut rows, unlicensed) = if question.subjects.is_empty() {
        comparer.features()
    } else {
        (comparer.needs(), 0)
    };
    if plans {
        rows.extend(comparer.plans());
    }
    Comparison {
        question: question.clone(),
        sets: sets.iter().map(|skus| comparer.set(skus)).collect(),
        rows,
        unlicensed,
    }
}

/// What to know of a set of SKUs before buying it, beside what the question says to be held.
pub(super) fn cautions(
    knowledge: &KnowledgeBase,
    question: &Question,
    set: &[SkuId],
) -> Vec<Caution> {
    Comparer::of(knowledge, question, &[]).cautions(set)
}

/// Somebody who holds a set.
struct Holder {
    /// The set with what the account holds besides.
    skus: Vec<SkuId>,
    question: Question,
    /// Whether nobody says what one of its SKUs carries.
    is_unlisted: bool,
}

impl Holder {
    fn of(knowledge: &KnowledgeBase, question: &Question, set: &[SkuId]) -> Self {
        let mut skus: Vec<SkuId> = set.iter().chain(&question.held).copied().collect();
        skus.sort_unstable();
        skus.dedup();
        let question = Question {
            held: skus.clone(),
            ..question.clone()
        };
        Self {
            is_unlisted: skus.iter().any(|sku| is_unlisted(knowledge, *sku)),
            skus,
            question,
        }
    }

    /// What no source says that the set brings; not ruled out where nobody says what one of its SKUs carries.
    fn lacks(&self, claims: Vec<ClaimId>) -> Cell {
        if self.is_unlisted {
            return Cell {
                mark: Mark::Unknown,
                claims: Vec::new(),
            };
        }
        Cell {
            mark: Mark::No,
            claims,
        }
    }
}

/// Whether no claim of any day says what a SKU carries or grants.
fn is_unlisted(knowledge: &KnowledgeBase, sku: SkuId) -> bool {
    let topics = [Topic::CarriedBy(sku), Topic::GrantedBy(HeldThing::Sku(sku))];
    topics
        .iter()
        .all(|topic| knowledge.about(*topic).is_empty())
}

struct Comparer<'a> {
    knowledge: &'a KnowledgeBase,
    question: &'a Question,
    moment: Moment,
    sets: Vec<Holder>,
}

impl<'a> Comparer<'a> {
    fn of(knowledge: &'a KnowledgeBase, question: &'a Question, sets: &[Vec<SkuId>]) -> Self {
        Self {
            knowledge,
            question,
            moment: Moment {
                on: question.on,
                known: question.known,
            },
            sets: sets
                .iter()
                .map(|skus| Holder::of(knowledge, question, skus))
                .collect(),
        }
    }

    /// The features of the catalog that some license opens, by name; and how many others there are.
    fn features(&self) -> (Vec<ComparedRow>, usize) {
        let mut rows = Vec::new();
        let mut unlicensed = 0;
        let features = self
            .knowledge
            .features
            .iter()
            .map(|(id, _)| Node::Feature(id));
        let snapshot = self.snapshot(features);
        for (id, feature) in self.knowledge.features.iter() {
            let is_granted = !self.knowledge.about(Topic::GrantsOf(id)).is_empty();
            let cells = match feature.default_task {
                _ if is_granted => self.provided(&snapshot.providers(Node::Feature(id))),
                Some(task) => self.need(NeedSubject::Task(task)),
                None => Vec::new(),
            };
            let is_licensed = cells
                .iter()
                .any(|cell| !matches!(cell.mark, Mark::NotRequired | Mark::Unavailable))
                && !cells
                    .iter()
                    .all(|cell| cell.claims.is_empty() && cell.mark == Mark::Unknown);
            if is_licensed {
                rows.push(ComparedRow {
                    of: Named::Feature(id),
                    cells,
                });
            } else {
                unlicensed += 1;
            }
        }
        self.sort(&mut rows);
        (rows, unlicensed)
    }

    /// What the SKUs of the sets, and no others, provide of some nodes.
    fn snapshot(&self, wanted: impl IntoIterator<Item = Node>) -> Snapshot {
        let skus = self.sets.iter().flat_map(|holder| &holder.skus);
        Snapshot::among(self.knowledge, self.moment, wanted, skus.copied().collect())
    }

    /// The needs of the question, in the order asked.
    fn needs(&self) -> Vec<ComparedRow> {
        subjects_of(self.knowledge, self.question)
            .into_iter()
            .map(|(subject, _)| ComparedRow {
                of: match subject {
                    NeedSubject::Task(task) => Named::Task(task),
                    NeedSubject::Sku(sku) => Named::Sku(sku),
                },
                cells: self.need(subject),
            })
            .collect()
    }

    fn need(&self, subject: NeedSubject) -> Vec<Cell> {
        let roles = roles_of(self.question);
        let of = |holder: &Holder| {
            let facts = Facts::of(self.knowledge, &holder.question, &roles);
            let need = outlook(&facts, &holder.question, subject);
            let mark = match (need.verdict, need.satisfied) {
                (Verdict::Unavailable, _) => Mark::Unavailable,
                (Verdict::NotRequired, _) => Mark::NotRequired,
                (Verdict::NotStated, _) => Mark::Unknown,
                (_, Satisfied::Yes) => Mark::Yes,
                (Verdict::Contested, _) => Mark::Contested,
                (_, Satisfied::No) => return holder.lacks(need.claims),
                (_, Satisfied::Unknown) => Mark::Unknown,
            };
            Cell {
                mark,
                claims: need.claims,
            }
        };
        self.sets.iter().map(of).collect()
    }

    /// The plans that some set carries, by name.
    fn plans(&self) -> Vec<ComparedRow> {
        let carried = |holder: &Holder| self.carried(&holder.skus);
        let plans: BTreeSet<PlanId> = self.sets.iter().flat_map(carried).collect();
        let snapshot = self.snapshot(plans.iter().copied().map(Node::Plan));
        let mut rows: Vec<ComparedRow> = plans
            .into_iter()
            .map(|plan| ComparedRow {
                of: Named::Plan(plan),
                cells: self.provided(&snapshot.providers(Node::Plan(plan))),
            })
            .collect();
        self.sort(&mut rows);
        rows
    }

    fn sort(&self, rows: &mut [ComparedRow]) {
        rows.sort_by_cached_key(|row| {
            (
                self.knowledge.name(row.of).to_lowercase(),
                self.knowledge.written(row.of),
            )
        });
    }

    /// Whether each set has one of the providers: the surest of them.
    fn provided(&self, providers: &[Provider]) -> Vec<Cell> {
        let of = |holder: &Holder| {
            let held = providers
                .iter()
                .filter(|provider| holder.skus.contains(&provider.sku))
                .map(|provider| (self.mark(provider), &provider.claims));
            let best = held.min_by_key(|(mark, claims)| (*mark, claims.len()));
            best.map_or_else(
                || holder.lacks(Vec::new()),
                |(mark, claims)| Cell {
                    mark,
                    claims: claims.clone(),
                },
            )
        };
        self.sets.iter().map(of).collect()
    }

    fn mark(&self, provider: &Provider) -> Mark {
        let is_disputed = |claim: &ClaimId| {
            let related = self.knowledge.about(Topic::RelationsTo(*claim)).iter();
            !self.knowledge.claims[*claim].disputes.is_empty()
                || related
                    .map(|id| &self.knowledge.claims[*id])
                    .any(|other| other.disputes.contains(claim))
        };
        match (provider.surely, provider.attested) {
            (true, true) => Mark::Yes,
            (true, false) => Mark::Unknown,
            (false, _) if provider.claims.iter().any(is_disputed) => Mark::Contested,
            (false, _) => Mark::Unknown,
        }
    }

    fn set(&self, set: &[SkuId]) -> ComparedSet {
        let prices: Vec<_> = set
            .iter()
            .map(|sku| seat_price(self.knowledge, self.question, *sku))
            .collect();
        let total = prices
            .iter()
            .try_fold(Money::ZERO, |sum, price| sum.plus(price.as_ref()?.amount));
        ComparedSet {
            skus: set.to_vec(),
            total,
            prices,
            cautions: self.cautions(set),
        }
    }

    fn cautions(&self, set: &[SkuId]) -> Vec<Caution> {
        let knowledge = self.knowledge;
        let holder = Holder::of(knowledge, self.question, set);
        let mut cautions = Vec::new();
        for sku in set.iter().copied() {
            let record = &knowledge.skus[sku];
            if record.segment != self.question.segment {
                cautions.push(Caution::OtherSegment { sku });
            }
            if !is_sold(knowledge, self.question, sku) {
                cautions.push(Caution::NotSold { sku });
            }
            if is_unlisted(knowledge, sku) {
                cautions.push(Caution::Unlisted { sku });
            }
            if record.frontline {
                cautions.push(Caution::Frontline { sku });
            }
            for claim in self.present(Topic::PrerequisitesOf(sku)) {
                if let ClaimKind::Prerequisite { requires, .. } = &knowledge.claims[claim].kind {
                    // Nothing is its own prerequisite.
                    let beside: Vec<SkuId> = holder
                        .skus
                        .iter()
                        .copied()
                        .filter(|other| *other != sku)
                        .collect();
                    let supply = Supply::of(knowledge, self.moment, [requires]);
                    cautions.push(Caution::Prerequisite {
                        sku,
                        requires: requires.clone(),
                        met: supply.meets(requires, &beside, &|_| None),
                        claim,
                    });
                }
            }
            for claim in self.present(Topic::SeatLimitsOf(sku)) {
                if let ClaimKind::Limit { at_most, .. } = knowledge.claims[claim].kind {
                    cautions.push(Caution::SeatLimit {
                        sku,
                        at_most,
                        claim,
                    });
                }
            }
        }
        cautions.extend(self.exclusions(&holder.skus));
        cautions
    }

    /// Every exclusion of which the SKUs together carry more than one plan.
    fn exclusions(&self, skus: &[SkuId]) -> Vec<Caution> {
        let carried = self.carried(skus);
        let topics = carried.iter().map(|plan| Topic::ExclusionsOf(*plan));
        let claims: BTreeSet<ClaimId> = topics.flat_map(|topic| self.present(topic)).collect();
        let exclusion = |claim: ClaimId| {
            let ClaimKind::Exclusion { plans } = &self.knowledge.claims[claim].kind else {
                return None;
            };
            let together: Vec<PlanId> = plans
                .iter()
                .copied()
                .filter(|plan| carried.contains(plan))
                .collect();
            (together.len() > 1).then_some(Caution::Exclusion {
                plans: together,
                claim,
            })
        };
        claims.into_iter().filter_map(exclusion).collect()
    }

    /// The plans that SKUs carry that day.
    fn carried(&self, skus: &[SkuId]) -> BTreeSet<PlanId> {
        let claims = skus
            .iter()
            .flat_map(|sku| self.present(Topic::CarriedBy(*sku)));
        let plan = |claim: ClaimId| match self.knowledge.claims[claim].kind {
            ClaimKind::Inclusion { plan, .. } => Some(plan),
            _ => None,
        };
        claims.filter_map(plan).collect()
    }

    /// The claims of a topic that hold that day, or may.
    fn present(&self, topic: Topic) -> impl Iterator<Item = ClaimId> {
        let (knowledge, moment) = (self.knowledge, self.moment);
        knowledge.about(topic).iter().copied().filter(move |id| {
            matches!(
                presence(knowledge, &knowledge.claims[*id], moment),
                Presence::Present { .. }
            ) && !is_put_out(knowledge, *id, moment)
        })
    }
}
