//! What a team has to buy: many people, the seats they share, and what is counted over all of them.
//!
//! Every persona is answered like one person. What its people need each becomes a license set; what is counted over people,
//! over things or over the tenant becomes a number of seats. A person is counted once, however many needs count them:
//! personas are disjoint, so the people who have a counted need are as many as their personas have. The
//! [engine](super::engine) then finds who gets what.

use super::basket::{Argued, Arguments, basket_set, seats};
use super::engine::Engine;
use super::shop::{NoShop, Shop, Terms};
use super::supply::Supply;
use super::want::{self, Want};
use super::{answer, answer_with};
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    Alternatives, Answer, BasketSet, BillLine, FrontPoint, Grade, LicenseSet, Money, Need,
    NeedSubject, Persona, PersonaPurchase, PricedSet, Purchase, Question, Reading, Requirement,
    Satisfied, SeatRule, SkuId, Team, TenantNeed, TenantQuery, TenantSolved,
};
use crate::proof::Proof;
use std::collections::{BTreeMap, BTreeSet};

/// What a team has to buy to comply at the least cost, with the proof of the answer for each persona.
///
/// Seats that the tenant owns are used first. Somebody who holds enough gets nothing. Where a date is imprecise or sources
/// disagree the dearer outcome counts, as in an answer for one person.
pub fn purchase(kb: &KnowledgeBase, team: &Team) -> (Purchase, Vec<Proof>) {
    purchase_with(kb, team, &mut Arguments::default())
}

/// The same, with the arguments for every set of SKUs and every sharing out of seats that was worked out on the way.
pub fn argued_purchase(kb: &KnowledgeBase, team: &Team) -> (Purchase, Vec<Proof>, Argued) {
    let mut arguments = Arguments(Some(Argued::default()));
    let (purchase, proofs) = purchase_with(kb, team, &mut arguments);
    (purchase, proofs, arguments.0.unwrap_or_default())
}

fn purchase_with(
    kb: &KnowledgeBase,
    team: &Team,
    arguments: &mut Arguments,
) -> (Purchase, Vec<Proof>) {
    let questions: Vec<Question> = team
        .personas
        .iter()
        .map(|persona| team.question(persona))
        .collect();
    let (answers, proofs): (Vec<Answer>, Vec<Proof>) = questions
        .iter()
        .map(|question| answer_with(kb, question, arguments))
        .unzip();
    let wanted = Wanted::of(kb, team, &questions, &answers);
    let tenant_needs = wanted.tenant_needs.clone();
    let mut purchase = Purchase {
        team: team.clone(),
        personas: answers
            .into_iter()
            .map(|answer| PersonaPurchase {
                answer,
                sets: Vec::new(),
                value: None,
            })
            .collect(),
        tenant_needs,
        further: Vec::new(),
        bill: Vec::new(),
        total: None,
        bound: None,
        proven_cheapest: false,
        rounds: 0,
        unverified_prices: Vec::new(),
        confirmed: None,
        no_purchase: None,
    };
    match wanted.solve(kb, team, &questions, Terms::USUAL, arguments) {
        Err(why) => purchase.no_purchase = Some(why),
        Ok(found) => {
            let unverified = found.unverified.clone();
            if !unverified.is_empty() {
                let confirmed = Terms {
                    verified_only: true,
                    ..Terms::USUAL
                };
                let other = wanted
                    .solve(kb, team, &questions, confirmed, arguments)
                    .ok();
                purchase.confirmed = other.map(|other| (other.bill, other.total));
            }
            purchase.unverified_prices = unverified;
            purchase.bill = found.bill;
            purchase.total = Some(found.total);
            purchase.bound = Some(found.bound);
            purchase.proven_cheapest = found.proven;
            purchase.rounds = found.rounds;
            purchase.further = found.further;
            for (persona, (sets, value)) in purchase.personas.iter_mut().zip(found.personas) {
                persona.sets = sets;
                persona.value = value;
            }
        }
    }
    (purchase, proofs)
}

/// Other ways to comply for one of the people of the first persona, as if there were nobody else: at most `count` of each
/// sort, each with every need met, those of the tenant too. A seat that is owned costs nothing.
pub fn alternatives(kb: &KnowledgeBase, team: &Team, count: usize) -> Alternatives {
    let first = Team {
        personas: team.personas.iter().take(1).cloned().collect(),
        ..team.clone()
    };
    let questions: Vec<Question> = first
        .personas
        .iter()
        .map(|one| first.question(one))
        .collect();
    let Some(question) = questions.first() else {
        return Alternatives::default();
    };
    let (answer, _) = answer(kb, question);
    let wanted = Wanted::of(kb, &first, &questions, std::slice::from_ref(&answer));
    let of_tenant = wanted.tenant_needs.iter().zip(&wanted.held);
    let of_tenant = of_tenant.filter(|(need, held)| need.in_team.is_none() && **held == 0);
    let of_tenant = of_tenant.map(|(need, _)| &need.requirement);
    let wanted: Vec<&Requirement> = wanted.personal.iter().flatten().chain(of_tenant).collect();
    let Ok(shop) = Shop::of(kb, &[question], &wanted, Terms::USUAL) else {
        return Alternatives::default();
    };
    let wishes = wanted.iter().filter_map(|one| shop.wish(one)).collect();
    let Ok(mut query) = shop.query(question, wishes) else {
        return Alternatives::default();
    };
    let owned = team.owned.iter().filter(|(_, seats)| **seats > 0);
    let owned = shop.set(owned.map(|(sku, _)| *sku));
    query.allowed.extend(owned.iter());
    let market = shop.market().clone().giving_away(&owned);
    let engine = Engine::new(&market);
    let priced = |set: &LicenseSet| PricedSet {
        skus: set.bought.iter().filter_map(|sku| shop.sku(*sku)).collect(),
        total: Money::from_minor(set.cost),
    };
    let ranked = engine.best(&query, count);
    let others = engine.best_with_other_bases(&query, &shop.suites(), count);
    Alternatives {
        best: ranked.sets.iter().map(priced).collect(),
        proven: ranked.proven && others.iter().all(|other| other.proven),
        other_suites: others
            .iter()
            .filter_map(|solved| solved.best.as_ref().map(priced))
            .collect(),
    }
}

/// What it costs to comply with each reading and at each certainty: the exact front, since both scales are finite.
pub fn front(kb: &KnowledgeBase, team: &Team) -> Vec<FrontPoint> {
    const GRADES: [Grade; 5] = [
        Grade::Unverified,
        Grade::Inferred,
        Grade::Observed,
        Grade::Announced,
        Grade::Official,
    ];
    let mut points: Vec<FrontPoint> = Vec::new();
    for reading in Reading::ALL {
        let team = Team {
            reading: *reading,
            ..team.clone()
        };
        let questions: Vec<Question> = team.personas.iter().map(|one| team.question(one)).collect();
        let answers = questions.iter().map(|question| answer(kb, question).0);
        let answers: Vec<Answer> = answers.collect();
        let wanted = Wanted::of(kb, &team, &questions, &answers);
        for least in GRADES {
            let terms = Terms {
                least,
                verified_only: least > Grade::Unverified,
            };
            let found = wanted
                .solve(kb, &team, &questions, terms, &mut Arguments::default())
                .ok();
            let lines = found.iter().flat_map(|found| &found.bill);
            let buy = lines.filter(|line| line.buy > 0);
            points.push(FrontPoint {
                reading: *reading,
                least,
                buy: buy.map(|line| (line.sku, line.buy)).collect(),
                total: found.map(|found| found.total),
                is_dominated: false,
            });
        }
    }
    let beats = |better: &FrontPoint, point: &FrontPoint| {
        let firmer = better.reading >= point.reading && better.least >= point.least;
        let other = (better.reading, better.least) != (point.reading, point.least);
        firmer && other && better.total.is_some() && better.total <= point.total
    };
    let dominated: Vec<bool> = points
        .iter()
        .map(|point| points.iter().any(|better| beats(better, point)))
        .collect();
    for (point, is_dominated) in points.iter_mut().zip(dominated) {
        point.is_dominated = is_dominated || point.total.is_none();
    }
    points
}

/// What the needs of all personas come to.
struct Wanted {
    /// By persona: what each of its people needs.
    personal: Vec<Vec<Requirement>>,
    tenant_needs: Vec<TenantNeed>,
    /// By tenant need: how many people hold a license that counts for it.
    held: Vec<u64>,
}

/// A way to comply.
struct Found {
    personas: Vec<(Vec<BasketSet>, Option<Money>)>,
    further: Vec<BasketSet>,
    bill: Vec<BillLine>,
    total: Money,
    bound: Money,
    proven: bool,
    rounds: u64,
    unverified: Vec<SkuId>,
}

impl Wanted {
    fn of(kb: &KnowledgeBase, team: &Team, questions: &[Question], answers: &[Answer]) -> Self {
        let mut wanted = Self {
            personal: Vec::new(),
            tenant_needs: Vec::new(),
            held: Vec::new(),
        };
        for ((persona, question), answer) in team.personas.iter().zip(questions).zip(answers) {
            let mut personal = Vec::new();
            let mut counted_for = BTreeSet::new();
            for need in &answer.needs {
                let supply = supply_of(kb, question, need);
                for one in want::of_need(question, need, &supply, false) {
                    if one.requirement == Requirement::Unnamed {
                        continue;
                    }
                    if one.is_personal && !one.is_met {
                        personal.push(one.requirement.clone());
                    }
                    if one.is_personal && one.counted_by.is_none() {
                        continue;
                    }
                    let place = wanted.tenant_need(need.subject, &one);
                    if !counted_for.insert(place) {
                        continue;
                    }
                    let holds = supply.meets(&one.requirement, &question.held, &|_| None);
                    if let Some(of_tenant) = wanted.tenant_needs.get_mut(place)
                        && let Some(counted) = &mut of_tenant.in_team
                    {
                        *counted = counted.saturating_add(persona.count);
                        of_tenant.seats = of_tenant.seats.max(*counted);
                    }
                    if let Some(held) = wanted.held.get_mut(place)
                        && holds == Satisfied::Yes
                    {
                        *held = held.saturating_add(persona.count);
                    }
                }
            }
            wanted.personal.push(personal);
        }
        wanted
    }

    /// The place of a number of seats; the same thing is counted once, with the largest number.
    fn tenant_need(&mut self, subject: NeedSubject, want: &Want) -> usize {
        let known = self.tenant_needs.iter().position(|need| {
            need.requirement == want.requirement && need.in_team.is_some() == want.is_personal
        });
        match known {
            Some(place) => {
                if let Some(need) = self.tenant_needs.get_mut(place) {
                    need.seats = need.seats.max(want.seats);
                    need.claim = need.claim.or(want.counted_by);
                }
                place
            }
            None => {
                self.tenant_needs.push(TenantNeed {
                    subject,
                    requirement: want.requirement.clone(),
                    seats: want.seats,
                    in_team: want.is_personal.then_some(0),
                    claim: want.counted_by,
                });
                self.held.push(0);
                self.tenant_needs.len() - 1
            }
        }
    }

    /// People who are counted and belong to no persona: how many, and what each of them needs. Nobody counts twice, so the
    /// smaller number is among the larger.
    fn further(&self) -> Vec<(u64, Vec<&Requirement>)> {
        let beyond = |need: &TenantNeed| Some(need.seats.saturating_sub(need.in_team?));
        let numbers: BTreeSet<u64> = self.tenant_needs.iter().filter_map(beyond).collect();
        let mut further = Vec::new();
        let mut so_far = 0;
        for number in numbers.into_iter().filter(|number| *number > 0) {
            let wanted = self.tenant_needs.iter();
            let wanted = wanted.filter(|need| beyond(need).is_some_and(|one| one >= number));
            let wanted = wanted.map(|need| &need.requirement).collect();
            further.push((number - so_far, wanted));
            so_far = number;
        }
        further
    }

    fn solve(
        &self,
        kb: &KnowledgeBase,
        team: &Team,
        questions: &[Question],
        terms: Terms,
        arguments: &mut Arguments,
    ) -> Result<Found, String> {
        let asking: Vec<&Question> = questions.iter().collect();
        let of_tenant = self.tenant_needs.iter().map(|need| &need.requirement);
        let all: Vec<&Requirement> = self.personal.iter().flatten().chain(of_tenant).collect();
        let shop = Shop::of(kb, &asking, &all, terms).map_err(|NoShop(why)| why)?;
        let engine = Engine::new(shop.market());
        let tenant = self.tenant_query(team, questions, &shop)?;
        for (persona, people) in team.personas.iter().zip(&tenant.personas) {
            if engine.is_feasible(&people.query) == Some(false) {
                return Err(format!(
                    "no set of SKUs with a known price meets everything that `{}` needs",
                    persona.name
                ));
            }
        }
        let solved = engine.tenant(&tenant);
        arguments.add_tenant(&shop, &engine, &tenant, &solved);
        let Some(found) = self.found(kb, team, &shop, &solved) else {
            return Err(match solved.proven {
                true => "the numbers of seats that a tenant may have leave no way".to_owned(),
                false => {
                    "no way was found: the seats that are owned or can be bought may be too few"
                        .to_owned()
                }
            });
        };
        Ok(found)
    }

    fn tenant_query(
        &self,
        team: &Team,
        questions: &[Question],
        shop: &Shop<'_>,
    ) -> Result<TenantQuery, String> {
        let further = self.further();
        let people = team.personas.iter().map(|persona| persona.count);
        let people = people.chain(further.iter().map(|(people, _)| *people));
        let people = people.fold(0u64, u64::saturating_add);
        let mut held: BTreeMap<SkuId, u64> = BTreeMap::new();
        for persona in &team.personas {
            for sku in &persona.held {
                let seats = held.entry(*sku).or_default();
                *seats = seats.saturating_add(persona.count);
            }
        }
        let mut tenant = shop.shared_seats(&team.owned, &held, people);
        tenant.one_set = team.one_set;
        for ((persona, question), wanted) in team.personas.iter().zip(questions).zip(&self.personal)
        {
            let wishes = wanted.iter().filter_map(|one| shop.wish(one)).collect();
            let mut query = shop.query(question, wishes).map_err(|NoShop(why)| why)?;
            // A seat that is owned needs no price.
            query.allowed.extend(tenant.owned.keys().copied());
            tenant.personas.push(Persona {
                people: persona.count,
                query,
            });
        }
        for (people, wanted) in further {
            let wishes = wanted.iter().filter_map(|one| shop.wish(one)).collect();
            let nobody = questions.first().map(|question| Question {
                held: Vec::new(),
                ..question.clone()
            });
            if let Some(nobody) = nobody {
                let mut query = shop.query(&nobody, wishes).map_err(|NoShop(why)| why)?;
                query.allowed.extend(tenant.owned.keys().copied());
                tenant.personas.push(Persona { people, query });
            }
        }
        for (need, held) in self.tenant_needs.iter().zip(&self.held) {
            let seats = need.seats.saturating_sub(*held);
            if need.in_team.is_none() && seats > 0 && shop.wish(&need.requirement).is_some() {
                let skus = shop.alone(&need.requirement);
                tenant.at_least.push(SeatRule { skus, seats });
            }
        }
        Ok(tenant)
    }

    fn found(
        &self,
        kb: &KnowledgeBase,
        team: &Team,
        shop: &Shop<'_>,
        solved: &TenantSolved,
    ) -> Option<Found> {
        let assigned = solved.assigned.as_ref()?;
        let mut personas: Vec<(Vec<BasketSet>, Option<Money>)> = assigned
            .iter()
            .map(|sets| {
                let sets = sets.iter().filter(|(_, people)| *people > 0);
                let sets: Vec<BasketSet> = sets
                    .map(|(set, people)| basket_set(shop, *people, set))
                    .collect();
                let value = value(shop, &sets);
                (sets, value)
            })
            .collect();
        let all: Vec<BasketSet> = personas
            .iter()
            .flat_map(|(sets, _)| sets)
            .cloned()
            .collect();
        let seats = seats(&all);
        let further = personas.split_off(team.personas.len().min(personas.len()));
        let place = |sku: SkuId| shop.place(sku);
        let bought = |sku: SkuId| place(sku).and_then(|place| solved.buy.get(&place).copied());
        let buys = solved.buy.keys().filter_map(|place| shop.sku(*place));
        let skus: BTreeSet<SkuId> = seats.keys().copied().chain(buys).collect();
        let mut bill: Vec<BillLine> = skus
            .into_iter()
            .map(|sku| {
                let price = shop.price(sku);
                let buy = bought(sku).unwrap_or(0);
                let unit_price = price.map(|price| price.amount);
                BillLine {
                    sku,
                    assigned: seats.get(&sku).copied().unwrap_or(0),
                    owned: team.owned.get(&sku).copied().unwrap_or(0),
                    buy,
                    unit_price,
                    price: price.map(|price| price.by),
                    other_price: price.and_then(|price| price.other),
                    total: match buy {
                        0 => Some(Money::ZERO),
                        buy => unit_price.and_then(|unit| unit.times(buy)),
                    },
                }
            })
            .collect();
        bill.sort_by(|a, b| kb.skus[a.sku].id.cmp(&kb.skus[b.sku].id));
        let total = bill
            .iter()
            .try_fold(Money::ZERO, |sum, line| sum.plus(line.total?))?;
        let unverified = bill.iter().filter(|line| line.buy > 0).map(|line| line.sku);
        let unverified = unverified
            .filter(|sku| shop.price(*sku).is_some_and(|price| !price.verified))
            .collect();
        Some(Found {
            personas,
            further: further.into_iter().flat_map(|(sets, _)| sets).collect(),
            bill,
            total,
            bound: Money::from_minor(u64::try_from(solved.bound).ok()?),
            proven: solved.proven,
            rounds: solved.rounds,
            unverified,
        })
    }
}

/// What seats are worth a month.
fn value(shop: &Shop<'_>, sets: &[BasketSet]) -> Option<Money> {
    let all = seats(sets);
    all.iter().try_fold(Money::ZERO, |sum, (sku, seats)| {
        sum.plus(shop.price(*sku)?.amount.times(*seats)?)
    })
}

fn supply_of(kb: &KnowledgeBase, question: &Question, need: &Need) -> Supply {
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let lines = need.aspects.iter();
    let lines = lines.filter_map(|line| line.requirement.as_ref());
    Supply::of(kb, moment, lines.chain([&need.requirement]))
}
