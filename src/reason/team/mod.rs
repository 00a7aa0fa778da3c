//! What a team has to buy: many people, the seats they share, and what is counted over all of them.
//!
//! Every persona is answered like one person. What its people need each becomes a license set; what is counted over people,
//! over things or over the tenant becomes a number of seats. A person is counted once, however many needs count them:
//! personas are disjoint, so the people who have a counted need are as many as their personas have. The
//! [engine](crate::reason::engine) then finds who gets what.

mod wanted;

use crate::dataset::KnowledgeBase;
use crate::model::{
    Alternatives, Answer, FrontPoint, Grade, LicenseSet, Money, PersonaPurchase, PricedSet,
    Purchase, Question, Reading, Requirement, Team,
};
use crate::proof::Proof;
use crate::reason::basket::{Argued, Arguments};
use crate::reason::engine::Engine;
use crate::reason::shop::{Shop, Terms};
use crate::reason::{answer, answer_with};
use wanted::Wanted;

/// What a team has to buy to comply at the least cost, with the proof of the answer for each persona.
///
/// Seats that the tenant owns are used first. Somebody who holds enough gets nothing. Where a date is imprecise or sources
/// disagree the dearer outcome counts, as in an answer for one person.
pub fn purchase(knowledge: &KnowledgeBase, team: &Team) -> (Purchase, Vec<Proof>) {
    purchase_with(knowledge, team, &mut Arguments::default())
}

/// The same, with the arguments for every set of SKUs and every sharing out of seats that was worked out on the way.
pub fn argued_purchase(knowledge: &KnowledgeBase, team: &Team) -> (Purchase, Vec<Proof>, Argued) {
    let mut arguments = Arguments(Some(Argued::default()));
    let (purchase, proofs) = purchase_with(knowledge, team, &mut arguments);
    (purchase, proofs, arguments.0.unwrap_or_default())
}

fn purchase_with(
    knowledge: &KnowledgeBase,
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
        .map(|question| answer_with(knowledge, question, arguments))
        .unzip();
    let wanted = Wanted::of(knowledge, team, &questions, &answers);
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
    match wanted.solve(knowledge, team, &questions, Terms::USUAL, arguments) {
        Err(why) => purchase.no_purchase = Some(why),
        Ok(found) => {
            let unverified = found.unverified.clone();
            if !unverified.is_empty() {
                let confirmed = Terms {
                    verified_only: true,
                    ..Terms::USUAL
                };
                let other = wanted
                    .solve(knowledge, team, &questions, confirmed, arguments)
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
pub fn alternatives(knowledge: &KnowledgeBase, team: &Team, count: usize) -> Alternatives {
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
    let (answer, _) = answer(knowledge, question);
    let wanted = Wanted::of(knowledge, &first, &questions, std::slice::from_ref(&answer));
    let of_tenant = wanted.tenant_needs.iter().zip(&wanted.held);
    let of_tenant = of_tenant.filter(|(need, held)| need.in_team.is_none() && **held == 0);
    let of_tenant = of_tenant.map(|(need, _)| &need.requirement);
    let wanted: Vec<&Requirement> = wanted.personal.iter().flatten().chain(of_tenant).collect();
    let Ok(shop) = Shop::of(knowledge, &[question], &wanted, Terms::USUAL) else {
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
pub fn front(knowledge: &KnowledgeBase, team: &Team) -> Vec<FrontPoint> {
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
        let answers = questions
            .iter()
            .map(|question| answer(knowledge, question).0);
        let answers: Vec<Answer> = answers.collect();
        let wanted = Wanted::of(knowledge, &team, &questions, &answers);
        for least in GRADES {
            let terms = Terms {
                least,
                verified_only: least > Grade::Unverified,
            };
            let found = wanted
                .solve(
                    knowledge,
                    &team,
                    &questions,
                    terms,
                    &mut Arguments::default(),
                )
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
