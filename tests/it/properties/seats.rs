//! How many seats a basket has, for whom, and that the checker counts them for itself.

use super::worlds::{Product, Want, World, knowledge, question};
use licit::model::{Asked, Basket, GivenValue, Money, Question, Satisfied};
use licit::proof::check;
use licit::reason::answer;
use std::collections::BTreeSet;

/// Everyone who needs an add-on needs what it sits on.
#[test]
fn what_an_add_on_sits_on_is_bought_as_often_as_the_add_on() {
    let world = World {
        products: vec![
            Product {
                plans: BTreeSet::from([0]),
                price: Some(2),
                is_sold: true,
                beside: None,
            },
            Product {
                plans: BTreeSet::from([1]),
                price: Some(3),
                is_sold: true,
                beside: Some(Want::Sku(0)),
            },
        ],
        covers: false,
        exclusion: None,
        held: None,
        wants: vec![Want::Plan(1)],
    };
    let counted = "counted = { per = \"person\", over = [\"people\"] }\nrequires = \"P1\"";
    let given = "\n[[given]]\nid = \"people\"\ntype = \"count\"\nquestion = \"How many?\"\nsummary = \"Count.\"\n";
    let text = world.written().replace("requires = \"P1\"", counted) + given;
    let knowledge = knowledge(&text);
    let mut question = question(&knowledge, None);
    question.givens.insert(
        knowledge.givens.find("people").unwrap(),
        GivenValue::Count(17),
    );
    let (answer, proof) = answer(&knowledge, &question);
    let quantities: Vec<u64> = answer.baskets[0]
        .items
        .iter()
        .map(|item| item.quantity)
        .collect();
    assert_eq!(quantities, [17, 17]);
    assert_eq!(answer.baskets[0].total.unwrap().to_string(), "85.00");
    // The checker counts for itself: neither seats nor people may be left out, and a SKU does not come without its base.
    let refused = |spoil: &dyn Fn(&mut Basket)| {
        let mut spoilt = answer.clone();
        spoil(&mut spoilt.baskets[0]);
        check(&knowledge, &spoilt, &proof).unwrap_err()[0]
            .what
            .clone()
    };
    let seats = |basket: &mut Basket| {
        basket.items[0].quantity = 1;
        basket.total = Money::parse("53.00");
    };
    assert_eq!(
        refused(&seats),
        "the basket has other seats than people get"
    );
    let people = |basket: &mut Basket| {
        basket.sets.truncate(1);
        for item in &mut basket.items {
            item.quantity = 1;
        }
        basket.total = Money::parse("5.00");
    };
    assert_eq!(refused(&people), "the basket has too few seats");
    let base = |basket: &mut Basket| {
        basket.sets[1].skus.remove(0);
        basket.items[0].quantity = 1;
        basket.total = Money::parse("53.00");
    };
    assert_eq!(refused(&base), "an item lacks what it needs beside it");
}

/// What one person holds is one seat: the others are bought.
#[test]
fn what_is_held_counts_for_the_person_asked_about_alone() {
    let world = World {
        products: vec![Product {
            plans: BTreeSet::from([0]),
            price: Some(2),
            is_sold: true,
            beside: None,
        }],
        covers: false,
        exclusion: None,
        held: Some(0),
        wants: vec![Want::Plan(0)],
    };
    let counted = "counted = { per = \"person\", over = [\"people\"] }\nrequires = \"P0\"";
    let given = "\n[[given]]\nid = \"people\"\ntype = \"count\"\nquestion = \"How many?\"\nsummary = \"Count.\"\n";
    let knowledge = knowledge(&(world.written().replace("requires = \"P0\"", counted) + given));
    let sku = knowledge.skus.find("S0").unwrap();
    let mut question = question(&knowledge, Some(sku));
    let people = knowledge.givens.find("people").unwrap();
    let asked = |question: &Question| {
        let (answer, proof) = answer(&knowledge, question);
        assert_eq!(check(&knowledge, &answer, &proof), Ok(()));
        let total = answer.baskets[0].total.unwrap().to_string();
        (answer.needs[0].satisfied, total)
    };
    assert_eq!(asked(&question), (Satisfied::Yes, "0.00".to_owned()));
    question.givens.insert(people, GivenValue::Count(17));
    assert_eq!(asked(&question), (Satisfied::Unknown, "32.00".to_owned()));
    question.owned.insert(sku, 16);
    assert_eq!(asked(&question).0, Satisfied::No);
    question.owned.insert(sku, 17);
    assert_eq!(asked(&question), (Satisfied::Yes, "0.00".to_owned()));
}

/// A thing stated undone closes one case; the basket is for the others, in which it is not asked for.
#[test]
fn a_basket_is_not_asked_to_do_what_is_stated_undone() {
    let knowledge = licit::ask::built_in().unwrap();
    let given = knowledge
        .givens
        .find("exchange.searcher-has-smtp-address")
        .unwrap();
    let task = knowledge
        .tasks
        .find("exchange.create-discovery-search")
        .unwrap();
    let mut question = question(&knowledge, None);
    question.subjects = vec![Asked::Task(task)];
    question.givens.insert(given, GivenValue::Truth(false));
    let (answer, proof) = answer(&knowledge, &question);
    assert_eq!(check(&knowledge, &answer, &proof), Ok(()));
}
