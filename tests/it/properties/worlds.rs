//! Baskets in small random worlds, beside two other ways to find them: trying every set of SKUs, and an integer
//! programme.

use super::cases;
use licit::ask::{check_seats, check_set};
use licit::dataset::{KnowledgeBase, SourceMap, load, report};
use licit::model::{Answer, Asked, Currency, Day, Question, Reading, Requirement, Segment, SkuId};
use licit::proof::check;
use licit::reason::argued_answer;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many plans every world has.
const PLANS: usize = 6;

/// What has to be held.
#[derive(Debug, Clone)]
pub(super) enum Want {
    Plan(usize),
    Sku(usize),
    Any(Vec<Want>),
    All(Vec<Want>),
}

#[derive(Debug, Clone)]
pub(super) struct Product {
    pub(super) plans: BTreeSet<usize>,
    /// Dollars a month; none where no price is known.
    pub(super) price: Option<u32>,
    pub(super) is_sold: bool,
    /// What it needs beside it.
    pub(super) beside: Option<Want>,
}

/// Cost, number of SKUs, plans that nobody asked for, and the SKUs.
type Key = (u32, usize, usize, BTreeSet<usize>);

#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) products: Vec<Product>,
    /// Whether plan 1 does everything that plan 0 does.
    pub(super) covers: bool,
    /// Plans that cannot be enabled together.
    pub(super) exclusion: Option<(usize, usize)>,
    pub(super) held: Option<usize>,
    pub(super) wants: Vec<Want>,
}

/// A leaf or a short tree; SKUs are taken below `skus`.
fn want(skus: usize) -> impl Strategy<Value = Want> {
    let leaf = move || {
        prop_oneof![
            5 => (0..PLANS).prop_map(Want::Plan),
            1 => (0..skus).prop_map(Want::Sku),
        ]
    };
    let any = move || vec(leaf(), 2..=3).prop_map(Want::Any);
    let all = move || vec(leaf(), 2..=3).prop_map(Want::All);
    prop_oneof![
        3 => leaf(),
        3 => any(),
        2 => all(),
        1 => (all(), leaf()).prop_map(|(all, leaf)| Want::Any(vec![all, leaf])),
        1 => (any(), any()).prop_map(|(one, other)| Want::All(vec![one, other])),
    ]
}

fn product(at: usize) -> impl Strategy<Value = Product> {
    // Few prices, so that ties are common.
    let price = proptest::option::weighted(0.95, 1..=6u32);
    let plans = proptest::collection::btree_set(0..PLANS, 1..=3);
    let beside = proptest::option::weighted(0.3, want(at.max(1)));
    let is_sold = proptest::bool::weighted(0.95);
    (plans, price, is_sold, beside).prop_map(move |(plans, price, is_sold, beside)| Product {
        plans,
        price,
        is_sold,
        // The first one needs nothing, so that no circle closes.
        beside: beside.filter(|_| at > 0),
    })
}

fn world() -> impl Strategy<Value = World> {
    (5..=8usize)
        .prop_flat_map(|number| {
            let products: Vec<_> = (0..number).map(product).collect();
            let exclusion = proptest::option::weighted(0.3, (0..PLANS, 1..PLANS));
            let held = proptest::option::weighted(0.3, 0..number);
            (
                products,
                any::<bool>(),
                exclusion,
                held,
                vec(want(number), 1..=4),
            )
        })
        .prop_map(|(mut products, covers, exclusion, held, wants)| {
            if let Some(held) = held {
                products[held].beside = None;
            }
            World {
                products,
                covers,
                exclusion: exclusion.map(|(one, step)| (one, (one + step) % PLANS)),
                held,
                wants,
            }
        })
}

impl Want {
    fn written(&self) -> String {
        let parts = |parts: &[Self]| {
            let parts: BTreeSet<String> = parts.iter().map(Self::written).collect();
            parts.into_iter().collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Plan(plan) => format!("\"P{plan}\""),
            Self::Sku(sku) => format!("\"sku:S{sku}\""),
            Self::Any(any) => format!("{{ any = [{}] }}", parts(any)),
            Self::All(all) => format!("{{ all = [{}] }}", parts(all)),
        }
    }
}

const HEAD: &str = r#"
[[area]]
id   = "area"
name = "Area"

[[source]]
id        = "manual"
title     = "The manual"
url       = "https://example.org/manual"
publisher = "Example"
kind      = "documentation"
published = 2020-01-01
read      = 2026-11-01

[[feature]]
id      = "feature"
name    = "Feature"
area    = "area"
summary = "Does something."

[defaults]
source = "manual"
"#;

/// A claim with its evidence.
pub(super) fn claim(kind: &str, id: &str, lines: &str) -> String {
    format!(
        "\n[[{kind}]]\nid = \"{id}\"\n{lines}\nstanding = \"documented\"\n\
         [[{kind}.evidence]]\nsource = \"manual\"\nsays = \"So.\"\n"
    )
}

impl World {
    /// The data file that says all this.
    pub(super) fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        for plan in 0..PLANS {
            let _ = write!(
                text,
                "\n[[plan]]\nid = \"P{plan}\"\nname = \"Plan {plan}\"\n"
            );
        }
        for (at, product) in self.products.iter().enumerate() {
            let plans = product.plans.iter();
            let carries: Vec<String> = plans
                .map(|plan| format!("{{ plan = \"P{plan}\" }}"))
                .collect();
            let _ = write!(
                text,
                "\n[[sku]]\nid = \"S{at}\"\nname = \"Product {at}\"\npurchasable = {}\ncarries = [{}]\n",
                product.is_sold,
                carries.join(", ")
            );
            if let Some(price) = product.price {
                let lines = format!(
                    "sku = \"S{at}\"\namount = \"{price}.00\"\ncurrency = \"USD\"\nmarket = \"US\"\n\
                     term = \"annual\"\nverified = true"
                );
                text += &claim("price", &format!("price-{at}"), &lines);
            }
            if let Some(beside) = &product.beside {
                let lines = format!("sku = \"S{at}\"\nrequires = {}", beside.written());
                text += &claim("prerequisite", &format!("beside-{at}"), &lines);
            }
        }
        if self.covers {
            text += &claim("cover", "cover", "plan = \"P1\"\ncovers = [\"P0\"]");
        }
        if let Some((one, other)) = self.exclusion {
            let lines = format!("plans = [\"P{one}\", \"P{other}\"]");
            text += &claim("exclusion", "exclusion", &lines);
        }
        for (at, want) in self.wants.iter().enumerate() {
            let _ = write!(
                text,
                "\n[[task]]\nid = \"task.{at}\"\nname = \"Task {at}\"\nfeature = \"feature\"\nsummary = \"Do it.\"\n"
            );
            let lines = format!(
                "task = \"task.{at}\"\naspect = \"terms\"\nrequires = {}",
                want.written()
            );
            text += &claim("requirement", &format!("need-{at}"), &lines);
        }
        text
    }

    /// Whether SKUs meet a want while these plans are switched off.
    pub(super) fn meets(&self, want: &Want, skus: &BTreeSet<usize>, off: Option<usize>) -> bool {
        match want {
            Want::Sku(sku) => skus.contains(sku),
            Want::Plan(plan) => skus.iter().any(|sku| {
                let plans = &self.products[*sku].plans;
                let is_on = |plan: usize| plans.contains(&plan) && off != Some(plan);
                is_on(*plan) || (self.covers && *plan == 0 && is_on(1))
            }),
            Want::Any(parts) => parts.iter().any(|part| self.meets(part, skus, off)),
            Want::All(parts) => parts.iter().all(|part| self.meets(part, skus, off)),
        }
    }

    /// Whether a set may be bought and meets everything, what its SKUs need beside them included.
    fn works(&self, skus: &BTreeSet<usize>) -> bool {
        let is_to_have = |sku: &usize| {
            let product = &self.products[*sku];
            Some(*sku) == self.held || (product.is_sold && product.price.is_some())
        };
        let all: BTreeSet<usize> = skus.iter().copied().chain(self.held).collect();
        // A SKU never brings what it needs itself.
        let stands = |sku: &usize, off: Option<usize>| {
            let mut others = all.clone();
            others.remove(sku);
            let beside = self.products[*sku].beside.as_ref();
            beside.is_none_or(|want| self.meets(want, &others, off))
        };
        let meets_with = |off: Option<usize>| {
            self.wants.iter().all(|want| self.meets(want, &all, off))
                && skus.iter().all(|sku| stands(sku, off))
        };
        let carries = |plan: usize| {
            all.iter()
                .any(|sku| self.products[*sku].plans.contains(&plan))
        };
        skus.iter().all(is_to_have)
            && match self.exclusion {
                Some((one, other)) if carries(one) && carries(other) => {
                    meets_with(Some(one)) || meets_with(Some(other))
                }
                _ => meets_with(None),
            }
    }

    fn bought(&self, skus: &BTreeSet<usize>) -> BTreeSet<usize> {
        skus.iter()
            .copied()
            .filter(|sku| Some(*sku) != self.held)
            .collect()
    }

    /// What orders sets: cost, number of SKUs, plans that nobody asked for, ids.
    fn key(&self, skus: &BTreeSet<usize>, asked: &BTreeSet<usize>) -> Key {
        let bought = self.bought(skus);
        let cost = bought
            .iter()
            .filter_map(|sku| self.products[*sku].price)
            .sum();
        let unasked = |sku: &usize| self.products[*sku].plans.difference(asked).count();
        let surplus = bought.iter().map(unasked).sum();
        (cost, bought.len(), surplus, bought)
    }

    /// The best set, by trying all.
    fn best(&self, asked: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
        let products = 0..self.products.len();
        (0..1u32 << self.products.len())
            .map(|set| products.clone().filter(|at| set >> at & 1 == 1).collect())
            .filter(|skus| self.works(skus))
            .min_by_key(|skus| self.key(skus, asked))
    }

    /// The least cost by an integer programme, where nothing needs or excludes anything else; none where no set works.
    fn least_cost(&self) -> Option<u32> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut products: Vec<Option<Variable>> = Vec::new();
        for (at, product) in self.products.iter().enumerate() {
            let price = if Some(at) == self.held {
                Some(0)
            } else {
                product.price.filter(|_| product.is_sold)
            };
            products.push(price.map(|price| problem.add_binary_var(f64::from(price))));
        }
        for want in &self.wants {
            let met = self.variable(&mut problem, &products, want);
            problem.add_constraint([(met, 1.0)], ComparisonOp::Ge, 1.0);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let cost = solution.objective().round();
        (0..=100).find(|dollars| f64::from(*dollars) >= cost)
    }

    /// A variable that can be one only if the want is met.
    fn variable(
        &self,
        problem: &mut Problem,
        products: &[Option<Variable>],
        want: &Want,
    ) -> Variable {
        let met = problem.add_binary_var(0.0);
        let at_least_one = |problem: &mut Problem, of: Vec<Variable>| {
            let mut terms: Vec<(Variable, f64)> = of.into_iter().map(|one| (one, 1.0)).collect();
            terms.push((met, -1.0));
            problem.add_constraint(terms.as_slice(), ComparisonOp::Ge, 0.0);
        };
        match want {
            Want::Plan(_) | Want::Sku(_) => {
                let meeting = (0..products.len())
                    .filter(|at| self.meets(want, &BTreeSet::from([*at]), None))
                    .filter_map(|at| products[at])
                    .collect();
                at_least_one(problem, meeting);
            }
            Want::Any(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.variable(problem, products, part))
                    .collect();
                at_least_one(problem, parts);
            }
            Want::All(parts) => {
                for part in parts {
                    let part = self.variable(problem, products, part);
                    at_least_one(problem, vec![part]);
                }
            }
        }
        met
    }
}

pub(super) fn knowledge(text: &str) -> KnowledgeBase {
    let meta = "schema = 1\nversion = \"1\"\nreviewed = 2026-11-22\n";
    let loaded = load(
        SourceMap::from_texts([("meta.toml", meta), ("world.toml", text)]),
        None,
    );
    let problems = report(&loaded.sources, &loaded.problems, false);
    loaded
        .knowledge
        .unwrap_or_else(|| panic!("{problems}\n{text}"))
}

pub(super) fn question(knowledge: &KnowledgeBase, held: Option<SkuId>) -> Question {
    let day = Day::parse("2026-11-22").unwrap();
    Question {
        subjects: knowledge
            .tasks
            .iter()
            .map(|(id, _)| Asked::Task(id))
            .collect(),
        eligible: false,
        on: day,
        known: day,
        givens: BTreeMap::new(),
        held: held.into_iter().collect(),
        held_elsewhere: Vec::new(),
        owned: BTreeMap::new(),
        reading: Reading::Documented,
        segment: Segment::Commercial,
        currency: Currency::parse("USD").unwrap(),
        agreement: Default::default(),
    }
}

fn asked(world: &World) -> (KnowledgeBase, Answer) {
    let knowledge = knowledge(&world.written());
    let held = world
        .held
        .map(|at| knowledge.skus.find(&format!("S{at}")).unwrap());
    let (answer, proof, argued) = argued_answer(&knowledge, &question(&knowledge, held));
    assert_eq!(
        check(&knowledge, &answer, &proof),
        Ok(()),
        "{}",
        world.written()
    );
    assert!(answer.baskets.is_empty() || !argued.sets.is_empty());
    for set in &argued.sets {
        assert_eq!(check_set(set), Ok(()), "{}", world.written());
    }
    for seats in &argued.tenants {
        assert_eq!(check_seats(seats), Ok(()), "{}", world.written());
    }
    (knowledge, answer)
}

/// The SKUs of the basket, by their place in the world.
fn basket(knowledge: &KnowledgeBase, answer: &Answer) -> Option<BTreeSet<usize>> {
    let items = &answer.baskets.first()?.items;
    let place = |sku: SkuId| knowledge.skus[sku].id[1..].parse().unwrap();
    Some(items.iter().map(|item| place(item.sku)).collect())
}

/// The plans that the needs ask for. ("A" makes "A or B" superfluous: nobody asks for B.)
fn plans_asked(knowledge: &KnowledgeBase, answer: &Answer) -> BTreeSet<usize> {
    let mut asked = BTreeSet::new();
    for need in &answer.needs {
        need.requirement.each_leaf(&mut |leaf| {
            if let Requirement::Plan(plan) = leaf {
                asked.insert(knowledge.plans[*plan].id[1..].parse().unwrap());
            }
        });
    }
    asked
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn the_basket_is_the_best_of_all_sets(world in world()) {
        let (knowledge, answer) = asked(&world);
        let found = basket(&knowledge, &answer);
        let asked = plans_asked(&knowledge, &answer);
        let best = world.best(&asked);
        let keys = |skus: &BTreeSet<usize>| world.key(skus, &asked);
        prop_assert_eq!(found.as_ref().map(keys), best.as_ref().map(keys), "{}", world.written());
        prop_assert_eq!(answer.no_basket.is_some(), best.is_none());
        if let Some(found) = found {
            prop_assert!(world.works(&found), "{}", world.written());
            let total = answer.baskets[0].total.unwrap().to_string();
            prop_assert_eq!(total, format!("{}.00", world.key(&found, &asked).0));
        }
    }

    #[test]
    fn the_basket_costs_what_an_integer_programme_says(world in world()) {
        let mut world = world;
        world.exclusion = None;
        for product in &mut world.products {
            product.beside = None;
        }
        let (_, answer) = asked(&world);
        let total = answer.baskets.first().map(|basket| basket.total.unwrap().to_string());
        let least = world.least_cost().map(|cost| format!("{cost}.00"));
        prop_assert_eq!(total, least, "{}", world.written());
    }
}
