//! Teams in small random worlds, beside trying every way to give everybody a set.

use super::cases;
use super::worlds::{Product, Want, World, claim, knowledge, question};
use licit::ask::purchase;
use licit::dataset::KnowledgeBase;
use licit::model::{Asked, Grade, Money, Purchase, SkuId, Team, TeamPersona};
use licit::proof::check_purchase;
use licit::reason::{alternatives, front};
use licit::render::{Format, PurchaseView, write};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// People who need the tasks of these numbers.
#[derive(Debug, Clone)]
struct People {
    count: u64,
    tasks: BTreeSet<usize>,
    held: Option<usize>,
}

#[derive(Debug, Clone)]
struct Crowd {
    world: World,
    people: Vec<People>,
    /// By product: seats that are there.
    owned: Vec<u64>,
    /// At most so many seats of the first products together.
    cap: Option<(usize, u64)>,
    one_set: bool,
}

fn want(products: usize) -> impl Strategy<Value = Want> {
    let leaf = move || {
        prop_oneof![
            4 => (0..4usize).prop_map(Want::Plan),
            1 => (0..products).prop_map(Want::Sku),
        ]
    };
    prop_oneof![
        3 => leaf(),
        2 => vec(leaf(), 2..=2).prop_map(Want::Any),
        1 => vec(leaf(), 2..=2).prop_map(Want::All),
    ]
}

fn product(at: usize) -> impl Strategy<Value = Product> {
    let beside = proptest::option::weighted(0.3, want(at.max(1)));
    let price = proptest::option::weighted(0.9, 1..=6u32);
    let is_sold = proptest::bool::weighted(0.9);
    (btree_set(0..4usize, 1..=3), price, is_sold, beside).prop_map(
        move |(plans, price, is_sold, beside)| Product {
            plans,
            price,
            is_sold,
            beside: beside.filter(|_| at > 0),
        },
    )
}

fn people(products: usize) -> impl Strategy<Value = People> {
    let held = proptest::option::weighted(0.3, 0..products);
    (1..=3u64, btree_set(0..2usize, 1..=2), held).prop_map(|(count, tasks, held)| People {
        count,
        tasks,
        held,
    })
}

fn crowd() -> impl Strategy<Value = Crowd> {
    (3..=4usize)
        .prop_flat_map(|number| {
            let products: Vec<_> = (0..number).map(product).collect();
            let owned = vec(prop_oneof![2 => Just(0u64), 1 => 1..=2u64], number);
            let cap = proptest::option::weighted(0.3, (1..=number, 1..=4u64));
            (
                products,
                vec(want(number), 2),
                vec(people(number), 2),
                owned,
                cap,
                any::<bool>(),
            )
        })
        .prop_map(|(mut products, wants, people, owned, cap, one_set)| {
            for held in people.iter().filter_map(|one| one.held) {
                products[held].beside = None;
            }
            let world = World {
                products,
                covers: false,
                exclusion: None,
                held: None,
                wants,
            };
            Crowd {
                world,
                people,
                owned,
                cap,
                one_set,
            }
        })
}

impl Crowd {
    fn written(&self) -> String {
        let mut text = self.world.written();
        if let Some((number, most)) = self.cap {
            let family: Vec<String> = (0..number).map(|at| format!("\"S{at}\"")).collect();
            let lines = format!("skus = [{}]\nat_most = {most}", family.join(", "));
            text += &claim("limit", "cap", &lines);
        }
        text
    }

    fn team(&self, knowledge: &KnowledgeBase) -> Team {
        let asked = question(knowledge, None);
        let sku = |at: usize| knowledge.skus.find(&format!("S{at}")).unwrap();
        let persona = |(at, people): (usize, &People)| {
            let tasks = people.tasks.iter();
            let tasks = tasks.map(|task| knowledge.tasks.find(&format!("task.{task}")).unwrap());
            TeamPersona {
                name: format!("Persona {at}"),
                count: people.count,
                subjects: tasks.map(Asked::Task).collect(),
                eligible: false,
                held: people.held.map(sku).into_iter().collect(),
                held_elsewhere: Vec::new(),
                givens: BTreeMap::new(),
            }
        };
        let owned = self.owned.iter().enumerate();
        let owned = owned.filter(|(_, seats)| **seats > 0);
        Team {
            name: String::new(),
            on: asked.on,
            known: asked.known,
            givens: BTreeMap::new(),
            owned: owned.map(|(at, seats)| (sku(at), *seats)).collect(),
            reading: asked.reading,
            segment: asked.segment,
            currency: asked.currency,
            agreement: asked.agreement,
            one_set: self.one_set,
            personas: self.people.iter().enumerate().map(persona).collect(),
        }
    }

    /// Whether these products, beside what is held, are all that one of these people needs.
    fn serves(&self, people: &People, set: &BTreeSet<usize>) -> bool {
        let all: BTreeSet<usize> = set.iter().copied().chain(people.held).collect();
        let stands = |at: &usize| {
            let mut others = all.clone();
            others.remove(at);
            let beside = self.world.products[*at].beside.as_ref();
            beside.is_none_or(|want| self.world.meets(want, &others, None))
        };
        let tasks = people.tasks.iter();
        let mut wants = tasks.map(|task| &self.world.wants[*task]);
        set.iter().all(stands) && wants.all(|want| self.world.meets(want, &all, None))
    }

    /// What the seats to buy cost where so many of each product are given to people; none where that cannot be.
    fn bill(&self, used: &[u64]) -> Option<u64> {
        let mut cost = 0;
        for ((used, owned), product) in used.iter().zip(&self.owned).zip(&self.world.products) {
            let buy = used.saturating_sub(*owned);
            if buy > 0 {
                let price = product.price.filter(|_| product.is_sold)?;
                cost += buy * u64::from(price);
            }
        }
        let of_family = |at: usize| {
            let held = self.people.iter().filter(|one| one.held == Some(at));
            let held: u64 = held.map(|one| one.count).sum();
            (held, self.owned[at].max(used[at]), self.owned[at])
        };
        if let Some((number, most)) = self.cap {
            let family: Vec<(u64, u64, u64)> = (0..number).map(of_family).collect();
            let seats: u64 = family.iter().map(|(held, seats, _)| held + seats).sum();
            let buys_of_it = family.iter().any(|(_, seats, owned)| seats > owned);
            // Too many that are there already are no reason against a way that buys none.
            if buys_of_it && seats > most {
                return None;
            }
        }
        Some(cost)
    }

    /// The least cost, by trying every way to give everybody a set.
    fn least(&self) -> Option<u64> {
        let products = self.owned.len();
        let mut ways = BTreeSet::from([vec![0u64; products]]);
        for people in &self.people {
            let sets: Vec<BTreeSet<usize>> = (0..1u32 << products)
                .map(|set| (0..products).filter(|at| set >> at & 1 == 1).collect())
                .filter(|set: &BTreeSet<usize>| people.held.is_none_or(|held| !set.contains(&held)))
                .filter(|set| self.serves(people, set))
                .collect();
            let given = |way: &[u64], set: &BTreeSet<usize>, count: u64| -> Vec<u64> {
                let seats = way.iter().enumerate();
                seats
                    .map(|(at, seats)| seats + if set.contains(&at) { count } else { 0 })
                    .collect()
            };
            let (rounds, each) = match self.one_set {
                true => (1, people.count),
                false => (people.count, 1),
            };
            for _ in 0..rounds {
                let next = ways.iter().flat_map(|way| {
                    let next = sets.iter().map(|set| given(way, set, each));
                    next.collect::<Vec<_>>()
                });
                ways = next.collect();
            }
        }
        ways.iter().filter_map(|used| self.bill(used)).min()
    }
}

fn bought(crowd: &Crowd) -> (KnowledgeBase, Purchase) {
    let knowledge = knowledge(&crowd.written());
    let (purchase, _) = purchase(&knowledge, &crowd.team(&knowledge));
    assert_eq!(
        check_purchase(&knowledge, &purchase),
        Ok(()),
        "{}",
        crowd.written()
    );
    (knowledge, purchase)
}

fn dollars(purchase: &Purchase) -> Option<String> {
    purchase.total.map(|total| total.to_string())
}

fn total(purchase: &Purchase) -> u64 {
    purchase.total.map_or(u64::MAX, |total| total.minor())
}

/// A bill that the checker refuses, and what it says.
fn refused(
    knowledge: &KnowledgeBase,
    purchase: &Purchase,
    spoil: impl Fn(&mut Purchase),
) -> String {
    let mut spoilt = purchase.clone();
    spoil(&mut spoilt);
    match check_purchase(knowledge, &spoilt) {
        Ok(()) => "accepted".to_owned(),
        Err(why) => why,
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_team_pays_what_trying_everything_says(crowd in crowd()) {
        let (_, purchase) = bought(&crowd);
        let least = crowd.least().map(|cost| format!("{cost}.00"));
        prop_assert_eq!(dollars(&purchase), least, "{:?}\n{}", crowd, crowd.written());
        // Where the engine could not close the gap it says so, and its bound holds.
        prop_assert!(purchase.bound <= purchase.total);
        prop_assert!(!purchase.proven_cheapest || purchase.bound == purchase.total);
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn more_seats_never_cost_more_and_more_people_never_less(crowd in crowd(), at in 0..4usize) {
        let (_, purchase) = bought(&crowd);
        let mut richer = crowd.clone();
        let at = at % richer.owned.len();
        // A seat that is there counts for the cap.
        richer.cap = None;
        let (_, before) = bought(&richer);
        richer.owned[at] += 1;
        let (_, with_seat) = bought(&richer);
        prop_assert!(total(&with_seat) <= total(&before), "{:?}", crowd);
        let mut fewer = crowd.clone();
        fewer.people.pop();
        let (_, of_fewer) = bought(&fewer);
        prop_assert!(total(&of_fewer) <= total(&purchase), "{:?}", crowd);
    }

    #[test]
    fn spoilt_purchases_are_refused(crowd in crowd()) {
        let (knowledge, purchase) = bought(&crowd);
        let Some(line) = purchase.bill.iter().position(|line| line.buy > 0) else {
            return Ok(());
        };
        let sku = purchase.bill[line].sku;
        let seat = refused(&knowledge, &purchase, |spoilt| {
            let line = &mut spoilt.bill[line];
            line.buy -= 1;
            line.total = line.unit_price.and_then(|unit| unit.times(line.buy));
            let lines = spoilt.bill.iter();
            spoilt.total = lines.map(|line| line.total).try_fold(Money::ZERO, |sum, one| sum.plus(one?));
        });
        prop_assert_eq!(seat, "more seats are assigned than there are");
        let money = refused(&knowledge, &purchase, |spoilt| {
            spoilt.total = spoilt.total.and_then(|total| total.plus(Money::from_minor(1)));
        });
        prop_assert_eq!(money, "the total is another");
        let owned = refused(&knowledge, &purchase, |spoilt| spoilt.bill[line].owned += 1);
        prop_assert_eq!(owned, "the bill says other numbers of seats");
        // Nothing that is bought could be left out: it serves a need, or something that does.
        let without = refused(&knowledge, &purchase, |spoilt| {
            let sets = spoilt.personas.iter_mut().flat_map(|persona| &mut persona.sets);
            let set = sets.filter(|set| set.skus.contains(&sku)).take(1);
            set.for_each(|set| set.skus.retain(|one| *one != sku));
        });
        prop_assert!(
            ["somebody's need is not met", "an item lacks what it needs beside it"]
                .contains(&without.as_str()),
            "{without} {:?}", crowd
        );
    }

    #[test]
    fn the_order_of_what_is_written_does_not_matter(crowd in crowd(), turn in 1..50usize) {
        let text = crowd.written();
        let page = |text: &str, backwards: bool| {
            let knowledge = knowledge(text);
            let mut team = crowd.team(&knowledge);
            for persona in &mut team.personas {
                if backwards {
                    persona.subjects.sort();
                }
            }
            let (purchase, _) = purchase(&knowledge, &team);
            let view = PurchaseView { knowledge: &knowledge, purchase: &purchase, alternatives: None, front: None };
            write(&view, "1", Format::Json).unwrap()
        };
        // Records begin with a blank line; the head and its defaults stay where they are.
        let (head, records) = text.split_once("\n[[plan]]").unwrap();
        let records = format!("\n[[plan]]{records}");
        let mut parts: Vec<&str> = records.split("\n\n").collect();
        let length = parts.len();
        parts.rotate_left(turn % length);
        let turned = format!("{head}\n\n{}\n", parts.join("\n\n"));
        prop_assert_eq!(page(&text, false), page(&turned, true));
    }

    #[test]
    fn the_first_other_way_is_the_cheapest_and_none_holds_another(crowd in crowd()) {
        let mut alone = crowd.clone();
        alone.people.truncate(1);
        alone.people[0].count = 1;
        alone.cap = None;
        let (knowledge, purchase) = bought(&alone);
        let ways = alternatives(&knowledge, &alone.team(&knowledge), 10);
        let first = ways.best.first().map(|set| set.total.to_string());
        prop_assert_eq!(first, dollars(&purchase), "{:?}", alone);
        prop_assert!(ways.best.is_sorted_by_key(|set| set.total));
        for (at, set) in ways.best.iter().enumerate() {
            let skus: BTreeSet<SkuId> = set.skus.iter().copied().collect();
            for other in &ways.best[at + 1..] {
                let other: BTreeSet<SkuId> = other.skus.iter().copied().collect();
                prop_assert!(!other.is_superset(&skus) && !skus.is_superset(&other), "{:?}", ways);
            }
        }
    }

    #[test]
    fn the_front_never_falls(crowd in crowd()) {
        let knowledge = knowledge(&crowd.written());
        let points = front(&knowledge, &crowd.team(&knowledge));
        let cost = |total: Option<Money>| total.map_or(u64::MAX, |total| total.minor());
        for one in &points {
            for other in &points {
                if other.reading >= one.reading && other.least >= one.least {
                    prop_assert!(cost(other.total) >= cost(one.total), "{:?}", points);
                }
            }
        }
        prop_assert!(points.iter().any(|point| point.least == Grade::Unverified));
    }
}
