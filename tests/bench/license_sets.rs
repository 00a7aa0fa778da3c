//! How fast license sets are found, against `microlp`, an integer program in Rust, in the same run.
//!
//! Run it with `cargo bench --bench license_sets`. The queries are those of `../shared/solver` where that folder is, made-up
//! ones of the same kind elsewhere. Both sides answer each query in turn, several times; what counts of each is the
//! median, and ratios of these hold on other machines too. Ours is the whole way from wishes to the set. The peer is given
//! for free what could be prepared: only SKUs that can matter, and which of them meet what; building its program counts.
//! It knows no exclusions between plans, so only queries without exclusions are compared.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the figures are what a benchmark is for"
)]
#![allow(
    clippy::float_arithmetic,
    reason = "times and the peer's program are floats"
)]

#[path = "../it/engine/generate.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod generate;

use generate::{Dice, product_market, product_query, tenant};
use licit::files::read_instances;
use licit::model::{Exclusion, InstanceAsks, Market, Query, SkuIndex, TenantQuery, Wish};
use licit::reason::Engine;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

/// How often each query is answered by each side.
const ROUNDS: usize = 7;

fn main() {
    report();
    divan::main();
}

/// The market and its queries.
fn questions() -> (Market, Vec<Query>) {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/solver/mincost.json");
    if let Ok(file) = read_instances(&shared) {
        let queries = file
            .instances
            .into_iter()
            .filter_map(|instance| match instance.asks {
                InstanceAsks::Cheapest(query) => Some(query),
                _ => None,
            });
        return (file.market, queries.collect());
    }
    let mut dice = Dice(3);
    let market = product_market(&mut dice);
    let queries = (0..600).map(|place| {
        let wishes = 1 + dice.below(30);
        let mut query = product_query(&mut dice, &market, wishes);
        query.exclusion = [Exclusion::None, Exclusion::Plan, Exclusion::Sku][place % 3];
        query
    });
    let queries = queries.collect();
    (market, queries)
}

fn large_tenant() -> (Market, TenantQuery) {
    let mut dice = Dice(1);
    let market = product_market(&mut dice);
    let tenant = tenant(&mut dice, &market, 1_000, 1_000_000);
    (market, tenant)
}

/// A covering program without exclusions: prices, and rows that say "one of these, if that one".
struct Program {
    prices: Vec<f64>,
    rows: Vec<(Vec<usize>, Option<usize>)>,
}

impl Program {
    fn of(market: &Market, query: &Query) -> Self {
        let mut carriers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, sku) in market.skus().iter().enumerate() {
            if query.allowed.contains(SkuIndex::at(place)) {
                for (plan, _) in &sku.carries {
                    carriers.entry(plan.index()).or_default().push(place);
                }
            }
        }
        let mut clauses: Vec<(BTreeSet<usize>, Option<usize>)> = Vec::new();
        for wish in query.wishes() {
            clauses.push((meeting(wish, &carriers, query), None));
        }
        let mut relevant: BTreeSet<usize> = BTreeSet::new();
        let mut queue: Vec<usize> = clauses.iter().flat_map(|(skus, _)| skus).copied().collect();
        while let Some(sku) = queue.pop() {
            if relevant.insert(sku) {
                for wish in &market.skus()[sku].requires {
                    let met = meeting(wish, &carriers, query);
                    if !met.contains(&sku) {
                        queue.extend(&met);
                        clauses.push((met, Some(sku)));
                    }
                }
            }
        }
        let places: BTreeMap<usize, usize> = relevant.iter().copied().zip(0..).collect();
        let place = |sku: &usize| places[sku];
        Self {
            prices: relevant
                .iter()
                .map(|sku| market.skus()[*sku].price as f64)
                .collect(),
            rows: clauses
                .iter()
                .map(|(skus, sku)| (skus.iter().map(place).collect(), sku.as_ref().map(place)))
                .collect(),
        }
    }

    /// Builds and solves it: the least cost, if there is one.
    fn solve(&self) -> Option<u64> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let variables: Vec<_> = self
            .prices
            .iter()
            .map(|price| problem.add_binary_var(*price))
            .collect();
        for (skus, needed_by) in &self.rows {
            let mut terms: Vec<_> = skus.iter().map(|sku| (variables[*sku], 1.0)).collect();
            terms.extend(needed_by.map(|sku| (variables[sku], -1.0)));
            let right = if needed_by.is_none() { 1.0 } else { 0.0 };
            if terms.is_empty() {
                return None;
            }
            problem.add_constraint(terms, ComparisonOp::Ge, right);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        Some(solution.objective().round() as u64)
    }
}

fn meeting(wish: &Wish, carriers: &BTreeMap<usize, Vec<usize>>, query: &Query) -> BTreeSet<usize> {
    match wish {
        Wish::Sku(sku) if query.allowed.contains(*sku) => BTreeSet::from([sku.index()]),
        Wish::Sku(_) => BTreeSet::new(),
        Wish::Plan(plan) => carriers
            .get(&plan.index())
            .into_iter()
            .flatten()
            .copied()
            .collect(),
        Wish::Any(parts) | Wish::All(parts) => parts
            .iter()
            .flat_map(|part| meeting(part, carriers, query))
            .collect(),
    }
}

fn percentile(times: &[f64], of_thousand: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() * of_thousand / 1000).min(sorted.len() - 1)]
}

fn median(times: &[f64]) -> f64 {
    percentile(times, 500)
}

fn microseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e6
}

fn report() {
    let (market, queries) = questions();
    let engine = Engine::new(&market);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load {}", load.trim());

    let compared: Vec<&Query> = queries
        .iter()
        .filter(|query| query.exclusion == Exclusion::None)
        .collect();
    let programs: Vec<Program> = compared
        .iter()
        .map(|query| Program::of(&market, query))
        .collect();
    let mut ours = vec![Vec::new(); compared.len()];
    let mut theirs = vec![Vec::new(); compared.len()];
    for _ in 0..ROUNDS {
        for (place, query) in compared.iter().enumerate() {
            let (mut cost, mut peer) = (None, None);
            ours[place].push(microseconds(|| cost = engine.cheapest(query).best));
            theirs[place].push(microseconds(|| peer = programs[place].solve()));
            assert_eq!(cost.map(|best| best.cost), peer, "query {place}");
        }
    }
    let ours: Vec<f64> = ours.iter().map(|times| median(times)).collect();
    let theirs: Vec<f64> = theirs.iter().map(|times| median(times)).collect();
    println!(
        "cheapest set, {} queries without exclusions: {:.0} us at the median, {:.0} at p99; microlp {:.0} and {:.0}",
        ours.len(),
        median(&ours),
        percentile(&ours, 990),
        median(&theirs),
        percentile(&theirs, 990)
    );
    let ratios: Vec<f64> = theirs
        .iter()
        .zip(&ours)
        .map(|(theirs, ours)| theirs / ours)
        .collect();
    println!(
        "microlp takes {:.1} times as long at the median and {:.1} times at p99; {:.1} times by query",
        median(&theirs) / median(&ours),
        percentile(&theirs, 990) / percentile(&ours, 990),
        median(&ratios)
    );

    let (mut one, mut five, mut nodes, mut impossible) = (vec![], vec![], vec![], vec![]);
    for query in &queries {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let mut solved = None;
            times.push(microseconds(|| solved = Some(engine.cheapest(query))));
            let solved = solved.unwrap();
            assert!(solved.proven);
            let count = if solved.best.is_some() {
                &mut nodes
            } else {
                &mut impossible
            };
            count.push(solved.nodes as f64);
        }
        one.push(median(&times));
        let mut times = Vec::new();
        for _ in 0..3 {
            times.push(microseconds(|| assert!(engine.best(query, 5).proven)));
        }
        five.push(median(&times));
    }
    println!(
        "all {} queries: {:.0} us at the median, {:.0} at p99; nodes {} at the median, {} at most; {} at most where nothing is feasible",
        one.len(),
        median(&one),
        percentile(&one, 990),
        median(&nodes),
        percentile(&nodes, 1000),
        percentile(&impossible, 1000)
    );
    println!(
        "the 5 best sets: {:.0} us at the median, {:.0} at p99, which is {:.0} times the median of one",
        median(&five),
        percentile(&five, 990),
        percentile(&five, 990) / median(&one)
    );

    let (market, tenant) = large_tenant();
    let engine = Engine::new(&market);
    let mut times = Vec::new();
    for _ in 0..3 {
        let mut solved = None;
        times.push(microseconds(|| solved = Some(engine.tenant(&tenant))));
        let solved = solved.unwrap();
        let people: u64 = tenant.personas.iter().map(|persona| persona.people).sum();
        println!(
            "tenant of {} personas and {people} people: proven {}, cost {}, bound {}, {} rounds, {} nodes, {:.0} ms",
            tenant.personas.len(),
            solved.proven,
            solved.cost,
            solved.bound,
            solved.rounds,
            solved.nodes,
            times.last().unwrap() / 1000.0
        );
    }
}

#[divan::bench(sample_count = 20)]
fn cheapest_sets(bencher: divan::Bencher<'_, '_>) {
    let (market, queries) = questions();
    let engine = Engine::new(&market);
    bencher.bench_local(|| {
        queries
            .iter()
            .map(|query| engine.cheapest(query).nodes)
            .sum::<u64>()
    });
}

#[divan::bench(sample_count = 20)]
fn certificates(bencher: divan::Bencher<'_, '_>) {
    let (market, queries) = questions();
    let engine = Engine::new(&market);
    let solved: Vec<_> = queries.iter().map(|query| engine.cheapest(query)).collect();
    bencher.bench_local(|| {
        let pairs = queries.iter().zip(&solved);
        pairs
            .filter_map(|(query, solved)| engine.certificate(query, solved))
            .count()
    });
}

#[divan::bench(sample_count = 5)]
fn large_tenants(bencher: divan::Bencher<'_, '_>) {
    let (market, tenant) = large_tenant();
    let engine = Engine::new(&market);
    bencher.bench_local(|| engine.tenant(&tenant).cost);
}
