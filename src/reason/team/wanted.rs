//! What a team wants, all personas together, and what the engine finds for it.

use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    Answer, BasketSet, BillLine, Money, Need, NeedSubject, Persona, Question, Requirement,
    Satisfied, SeatRule, SkuId, Team, TenantNeed, TenantQuery, TenantSolved,
};
use crate::reason::basket::{Arguments, basket_set, seats};
use crate::reason::engine::Engine;
use crate::reason::shop::{NoShop, Shop, Terms};
use crate::reason::supply::Supply;
use crate::reason::want::{self, Want};
use std::collections::{BTreeMap, BTreeSet};

/// What the needs of all personas come to.
pub(super) struct Wanted {
    /// By persona: what each of its people needs.
    pub(super) personal: Vec<Vec<Requirement>>,
    pub(super) tenant_needs: Vec<TenantNeed>,
    /// By tenant need: how many people hold a license that counts for it.
    pub(super) held: Vec<u64>,
}

/// A way to comply.
pub(super) struct Found {
    pub(super) personas: Vec<(Vec<BasketSet>, Option<Money>)>,
    pub(super) further: Vec<BasketSet>,
    pub(super) bill: Vec<BillLine>,
    pub(super) total: Money,
    pub(super) bound: Money,
    pub(super) proven: bool,
    pub(super) rounds: u64,
    pub(super) unverified: Vec<SkuId>,
}

impl Wanted {
    pub(super) fn of(
        knowledge: &KnowledgeBase,
        team: &Team,
        questions: &[Question],
        answers: &[Answer],
    ) -> Self {
        let mut wanted = Self {
            personal: Vec::new(),
            tenant_needs: Vec::new(),
            held: Vec::new(),
        };
        for ((persona, question), answer) in team.personas.iter().zip(questions).zip(answers) {
            let mut personal = Vec::new();
            let mut counted_for = BTreeSet::new();
            for need in &answer.needs {
                let supply = supply_of(knowledge, question, need);
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
    pub(super) fn further(&self) -> Vec<(u64, Vec<&Requirement>)> {
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

    pub(super) fn solve(
        &self,
        knowledge: &KnowledgeBase,
        team: &Team,
        questions: &[Question],
        terms: Terms,
        arguments: &mut Arguments,
    ) -> Result<Found, String> {
        let asking: Vec<&Question> = questions.iter().collect();
        let of_tenant = self.tenant_needs.iter().map(|need| &need.requirement);
        let all: Vec<&Requirement> = self.personal.iter().flatten().chain(of_tenant).collect();
        let shop = Shop::of(knowledge, &asking, &all, terms).map_err(|NoShop(why)| why)?;
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
        let Some(found) = self.found(knowledge, team, &shop, &solved) else {
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

    pub(super) fn found(
        &self,
        knowledge: &KnowledgeBase,
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
        bill.sort_by(|a, b| knowledge.skus[a.sku].id.cmp(&knowledge.skus[b.sku].id));
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

fn supply_of(knowledge: &KnowledgeBase, question: &Question, need: &Need) -> Supply {
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let lines = need.aspects.iter();
    let lines = lines.filter_map(|line| line.requirement.as_ref());
    Supply::of(knowledge, moment, lines.chain([&need.requirement]))
}
