//! `licit.cheapest/1`: what a team has to buy, for a program.

use super::answer_json::subject;
use super::answer_shape::{OtherPriceShape, PriceRowShape};
use super::basket_json::{other_price, priced_by};
use super::purchase::PurchaseView;
use super::shape::{RequirementShape, ThingShape};
use crate::dataset::KnowledgeBase;
use crate::model::{
    BasketSet, BillLine, FrontPoint, PersonaPurchase, PricedSet, Purchase, TeamPersona, TenantNeed,
};
use serde::Serialize;

/// `licit.cheapest/1`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PurchaseShape {
    /// What the file calls the team.
    pub name: String,
    /// The day asked about.
    pub on: String,
    /// The day whose knowledge counts.
    pub known: String,
    /// How strictly vague texts are read.
    pub reading: &'static str,
    /// The currency of every amount.
    pub currency: String,
    /// What the seats to buy cost a month; null where there is no way.
    pub month: Option<String>,
    /// The same for twelve months.
    pub year: Option<String>,
    /// No way costs less a month.
    pub bound: Option<String>,
    /// Whether it is certain that nothing costs less.
    pub proven_cheapest: bool,
    /// Rounds of the search for better sets.
    pub rounds: u64,
    /// Why there is no way, where there is none.
    pub no_purchase: Option<String>,
    /// The seats, by SKU.
    pub bill: Vec<BillShape>,
    /// SKUs whose price nobody confirmed.
    pub unverified_prices: Vec<String>,
    /// The same with confirmed prices only, where that is another bill.
    pub confirmed: Option<ConfirmedShape>,
    /// The personas in the order of the file.
    pub personas: Vec<PersonaShape>,
    /// Seats that the tenant needs in all.
    pub tenant_needs: Vec<TenantNeedShape>,
    /// Who gets what of the people that are counted and belong to no persona.
    pub further: Vec<SetShape>,
    /// Other ways for one person; null where nobody asked.
    pub alternatives: Option<AlternativesShape>,
    /// What certainty costs; null where nobody asked.
    pub front: Option<Vec<FrontShape>>,
}

/// Other ways for one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlternativesShape {
    /// The best ways, the cheapest first.
    pub best: Vec<PricedSetShape>,
    /// The best way, then the best without any suite of that one, and so on.
    pub other_suites: Vec<PricedSetShape>,
    /// Whether these are certainly the best.
    pub proven: bool,
}

/// SKUs with what they cost together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PricedSetShape {
    /// The SKUs.
    pub skus: Vec<String>,
    /// What they cost a month.
    pub month: String,
}

/// What a reading and a certainty cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontShape {
    /// How strictly vague texts are read.
    pub reading: &'static str,
    /// The least grade that counts.
    pub least: &'static str,
    /// What the seats to buy cost a month; null where there is no way.
    pub month: Option<String>,
    /// What to buy.
    pub buy: Vec<BuyShape>,
    /// Whether a firmer way costs no more.
    pub dominated: bool,
}

/// Seats to buy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuyShape {
    /// The SKU.
    pub id: String,
    /// Seats.
    pub seats: u64,
}

/// A bill with confirmed prices only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfirmedShape {
    /// The seats.
    pub bill: Vec<BillShape>,
    /// What they cost a month.
    pub month: String,
}

/// The seats of one SKU.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillShape {
    /// The SKU.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many people get it.
    pub assigned: u64,
    /// Seats that the tenant owns.
    pub owned: u64,
    /// Seats to buy.
    pub buy: u64,
    /// Per seat and month.
    pub unit_price: Option<String>,
    /// The claim of the list price.
    pub price: Option<String>,
    /// The row of one's own price.
    pub own_price: Option<PriceRowShape>,
    /// Another list price that may hold that day; the dearer one counts.
    pub other_price: Option<OtherPriceShape>,
    /// What the seats to buy cost a month.
    pub month: Option<String>,
}

/// One persona.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonaShape {
    /// Its name.
    pub name: String,
    /// How many people.
    pub people: u64,
    /// What they need.
    pub needs: Vec<PersonaNeedShape>,
    /// Who of them gets what.
    pub sets: Vec<SetShape>,
    /// What these seats are worth a month, owned ones included.
    pub value: Option<String>,
}

/// One need of a persona.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonaNeedShape {
    /// What it is about.
    pub subject: ThingShape,
    /// The verdict.
    pub verdict: &'static str,
    /// What has to be held.
    pub requirement: RequirementShape,
    /// Whether what they hold satisfies it.
    pub satisfied: &'static str,
}

/// What each of some people gets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SetShape {
    /// How many people.
    pub people: u64,
    /// What each of them gets beside what they hold.
    pub skus: Vec<String>,
    /// Plans to switch off for each of them.
    pub switch_off: Vec<String>,
}

/// Seats that the tenant needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TenantNeedShape {
    /// What asks for it.
    pub subject: ThingShape,
    /// What each seat has to be of.
    pub requirement: RequirementShape,
    /// How many.
    pub seats: u64,
    /// How many of these people are in the team; null where no people are counted.
    pub in_team: Option<u64>,
    /// The claim that says how to count.
    pub claim: Option<String>,
}

pub(super) fn shape(view: &PurchaseView<'_>) -> PurchaseShape {
    let (knowledge, purchase) = (view.knowledge, view.purchase);
    let team = &purchase.team;
    let bill = |bill: &[BillLine]| {
        bill.iter()
            .map(|line| bill_line(knowledge, purchase, line))
            .collect()
    };
    let personas = team.personas.iter().zip(&purchase.personas);
    let ids = purchase.unverified_prices.iter();
    PurchaseShape {
        name: team.name.clone(),
        on: team.on.to_string(),
        known: team.known.to_string(),
        reading: team.reading.word(),
        currency: team.currency.to_string(),
        month: purchase.total.map(|total| total.to_string()),
        year: purchase
            .total
            .and_then(|total| total.times(12))
            .map(|total| total.to_string()),
        bound: purchase.bound.map(|bound| bound.to_string()),
        proven_cheapest: purchase.proven_cheapest,
        rounds: purchase.rounds,
        no_purchase: purchase.no_purchase.clone(),
        bill: bill(&purchase.bill),
        unverified_prices: ids.map(|sku| knowledge.skus[*sku].id.to_string()).collect(),
        confirmed: purchase
            .confirmed
            .as_ref()
            .map(|(confirmed, total)| ConfirmedShape {
                bill: bill(confirmed),
                month: total.to_string(),
            }),
        personas: personas
            .map(|(persona, bought)| persona_shape(knowledge, persona, bought))
            .collect(),
        tenant_needs: purchase
            .tenant_needs
            .iter()
            .map(|need| tenant_need(knowledge, need))
            .collect(),
        further: purchase
            .further
            .iter()
            .map(|set| set_shape(knowledge, set))
            .collect(),
        alternatives: view.alternatives.map(|alternatives| AlternativesShape {
            best: priced(knowledge, &alternatives.best),
            other_suites: priced(knowledge, &alternatives.other_suites),
            proven: alternatives.proven,
        }),
        front: view.front.map(|front| {
            front
                .iter()
                .map(|point| front_shape(knowledge, point))
                .collect()
        }),
    }
}

fn priced(knowledge: &KnowledgeBase, sets: &[PricedSet]) -> Vec<PricedSetShape> {
    let sets = sets.iter().map(|set| PricedSetShape {
        skus: set
            .skus
            .iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect(),
        month: set.total.to_string(),
    });
    sets.collect()
}

fn front_shape(knowledge: &KnowledgeBase, point: &FrontPoint) -> FrontShape {
    let buy = point.buy.iter().map(|(sku, seats)| BuyShape {
        id: knowledge.skus[*sku].id.to_string(),
        seats: *seats,
    });
    FrontShape {
        reading: point.reading.word(),
        least: point.least.word(),
        month: point.total.map(|total| total.to_string()),
        buy: buy.collect(),
        dominated: point.is_dominated,
    }
}

fn bill_line(knowledge: &KnowledgeBase, purchase: &Purchase, line: &BillLine) -> BillShape {
    let sku = &knowledge.skus[line.sku];
    let question = purchase.personas.first().map(|one| &one.answer.question);
    let (price, own_price) = question.map_or((None, None), |question| {
        priced_by(knowledge, question, line.price)
    });
    BillShape {
        id: sku.id.to_string(),
        name: sku.name.to_string(),
        assigned: line.assigned,
        owned: line.owned,
        buy: line.buy,
        unit_price: line.unit_price.map(|unit| unit.to_string()),
        price,
        own_price,
        other_price: other_price(knowledge, line.other_price),
        month: line.total.map(|total| total.to_string()),
    }
}

fn persona_shape(
    knowledge: &KnowledgeBase,
    persona: &TeamPersona,
    bought: &PersonaPurchase,
) -> PersonaShape {
    let needs = bought.answer.needs.iter().map(|need| PersonaNeedShape {
        subject: subject(knowledge, need.subject),
        verdict: need.verdict.word(),
        requirement: RequirementShape::of(knowledge, &need.requirement),
        satisfied: need.satisfied.word(),
    });
    PersonaShape {
        name: persona.name.clone(),
        people: persona.count,
        needs: needs.collect(),
        sets: bought
            .sets
            .iter()
            .map(|set| set_shape(knowledge, set))
            .collect(),
        value: bought.value.map(|value| value.to_string()),
    }
}

fn set_shape(knowledge: &KnowledgeBase, set: &BasketSet) -> SetShape {
    let plans = set.switch_off.iter();
    SetShape {
        people: set.people,
        skus: set
            .skus
            .iter()
            .map(|sku| knowledge.skus[*sku].id.to_string())
            .collect(),
        switch_off: plans
            .map(|plan| knowledge.plans[*plan].id.to_string())
            .collect(),
    }
}

fn tenant_need(knowledge: &KnowledgeBase, need: &TenantNeed) -> TenantNeedShape {
    TenantNeedShape {
        subject: subject(knowledge, need.subject),
        requirement: RequirementShape::of(knowledge, &need.requirement),
        seats: need.seats,
        in_team: need.in_team,
        claim: need
            .claim
            .map(|claim| knowledge.claims[claim].id.to_string()),
    }
}
