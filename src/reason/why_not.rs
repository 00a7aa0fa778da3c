//! Why not these SKUs: what they leave open, what stands against them, and what would be better.

use super::answer;
use super::compare::cautions;
use super::engine::Engine;
use super::price::seat_price;
use super::shop::{NoShop, Shop, Terms};
use super::supply::Supply;
use super::want;
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{
    LicenseSet, Money, NeedSubject, PricedSet, Query, Question, Requirement, Satisfied, SkuId, Way,
    WhyNot, WhyNotNeed, Wish,
};

/// What stands against buying these SKUs for the person asked about, beside what is held, and what would be better.
///
/// Seats are those of one person: how many people a count brings is no matter here.
///
/// # Errors
/// When the numbers are too large to be counted.
pub fn why_not(
    knowledge: &KnowledgeBase,
    question: &Question,
    skus: &[SkuId],
) -> Result<WhyNot, String> {
    let (answered, _) = answer(knowledge, question);
    let moment = Moment {
        on: question.on,
        known: question.known,
    };
    let have: Vec<SkuId> = question.held.iter().chain(skus).copied().collect();
    let mut wanted: Vec<(NeedSubject, Requirement)> = Vec::new();
    let mut needs = Vec::new();
    for need in &answered.needs {
        let lines = need.aspects.iter();
        let lines = lines.filter_map(|line| line.requirement.as_ref());
        let supply = Supply::of(knowledge, moment, lines.chain([&need.requirement]));
        let open = want::of_need(question, need, &supply, false);
        let open: Vec<Requirement> = open
            .into_iter()
            .filter(|one| !one.is_met && one.requirement != Requirement::Unnamed)
            .map(|one| one.requirement)
            .collect();
        let ways = open.iter();
        let ways = ways.map(|one| way(knowledge, question, &supply, one, &have));
        needs.push(WhyNotNeed {
            subject: need.subject,
            verdict: need.verdict,
            asks: need.requirement.demands() && need.requirement != Requirement::Unnamed,
            ways: ways.collect(),
        });
        wanted.extend(open.into_iter().map(|one| (need.subject, one)));
    }
    let themselves: Vec<Requirement> = skus.iter().map(|sku| Requirement::Sku(*sku)).collect();
    let all = wanted.iter().map(|(_, one)| one).chain(&themselves);
    let all: Vec<&Requirement> = all.collect();
    let all_sold = skus
        .iter()
        .all(|sku| super::offer::may_buy(knowledge, question, *sku));
    // What nobody sells, or without a price, is taken as if it were there: its own reasons are told apart.
    let unsold = skus.iter().copied().filter(|sku| {
        let sold = super::offer::may_buy(knowledge, question, *sku);
        !sold || seat_price(knowledge, question, *sku).is_none()
    });
    let there = Question {
        held: question.held.iter().copied().chain(unsold).collect(),
        ..question.clone()
    };
    let shop = Shop::of(knowledge, &[&there], &all, Terms::USUAL).map_err(|NoShop(why)| why)?;
    let wishes: Vec<(NeedSubject, Wish)> = wanted
        .iter()
        .filter_map(|(subject, one)| Some((*subject, shop.wish(one)?)))
        .collect();
    let query = wishes.iter().map(|(_, wish)| wish.clone()).collect();
    let query = shop.query(question, query).map_err(|NoShop(why)| why)?;
    let mut with = query.clone();
    with.held = shop.set(there.held.iter().copied());
    with.forced = shop.set(skus.iter().copied());
    let engine = Engine::new(shop.market());
    let bought = skus.iter().filter(|sku| !there.held.contains(sku));
    let bought: Vec<_> = bought.filter_map(|sku| shop.place(*sku)).collect();
    let nearest = engine.cheapest(&with).best;
    let subject = |place: &usize| wishes.get(*place).map(|(subject, _)| *subject);
    let named = |places: &[usize]| -> Vec<NeedSubject> {
        let mut subjects: Vec<NeedSubject> = places.iter().filter_map(subject).collect();
        subjects.dedup();
        subjects
    };
    let refuted = match nearest {
        Some(_) => None,
        None => engine.unsatisfiable(&with),
    };
    let prices = skus.iter().map(|sku| seat_price(knowledge, question, *sku));
    Ok(WhyNot {
        question: question.clone(),
        skus: skus.to_vec(),
        complies: all_sold && engine.missing(&with, &bought).is_nothing(),
        needs,
        cautions: cautions(knowledge, question, skus),
        total: prices
            .map(|price| price.map(|price| price.amount))
            .try_fold(Money::ZERO, |sum, price| sum.plus(price?)),
        cheapest: best(&engine, &query, &shop),
        nearest: nearest.as_ref().map(|set| priced(&shop, set)),
        core: refuted
            .as_ref()
            .map(|found| named(&found.core))
            .unwrap_or_default(),
        drop: refuted
            .as_ref()
            .map(|found| named(&found.drop))
            .unwrap_or_default(),
        without: refuted
            .as_ref()
            .and_then(|found| found.nearest.as_ref())
            .map(|set| priced(&shop, set)),
    })
}

fn best(engine: &Engine<'_>, query: &Query, shop: &Shop<'_>) -> Option<PricedSet> {
    engine.cheapest(query).best.map(|set| priced(shop, &set))
}

fn priced(shop: &Shop<'_>, set: &LicenseSet) -> PricedSet {
    PricedSet {
        skus: set.bought.iter().filter_map(|sku| shop.sku(*sku)).collect(),
        total: Money::from_minor(set.cost),
    }
}

/// A requirement part by part, with what would do where these SKUs do not.
fn way(
    knowledge: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    requirement: &Requirement,
    skus: &[SkuId],
) -> Way {
    let parts = match requirement {
        Requirement::Any(parts) | Requirement::All(parts) => parts.as_slice(),
        _ => &[],
    };
    let met = supply.meets(requirement, skus, &|_| None);
    let cheapest = (parts.is_empty() && met != Satisfied::Yes)
        .then(|| cheapest_alone(knowledge, question, supply, requirement))
        .flatten();
    Way {
        requirement: requirement.clone(),
        met,
        parts: parts
            .iter()
            .map(|part| way(knowledge, question, supply, part, skus))
            .collect(),
        cheapest,
    }
}

fn cheapest_alone(
    knowledge: &KnowledgeBase,
    question: &Question,
    supply: &Supply,
    requirement: &Requirement,
) -> Option<(SkuId, Money)> {
    let sold = supply.providers(requirement).iter();
    let sold = sold.filter(|one| one.surely && super::offer::may_buy(knowledge, question, one.sku));
    let priced =
        sold.filter_map(|one| Some((one.sku, seat_price(knowledge, question, one.sku)?.amount)));
    priced.min_by(|a, b| (a.1, &knowledge.skus[a.0].id).cmp(&(b.1, &knowledge.skus[b.0].id)))
}
