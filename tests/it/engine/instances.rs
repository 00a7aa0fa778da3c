//! Instance files: the committed ones always, those of `../shared/solver` where they are there.
//!
//! The committed ones are made here; their answers are brute force's, confirmed by an integer program where that knows the
//! mode. To write them anew after a change of the generator: `LICIT_WRITE_INSTANCES=1 cargo test --test it -- instances`.

use super::generate::Dice;
use super::{brute, peer, tenants};
use licit::ask::solve;
use licit::files::{InstanceFile, read_instances};
use licit::model::{Exclusion, Instance, InstanceAnswer, InstanceAsks, LicenseSet, Query};
use licit::reason::Engine;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const COMMITTED: &str = "tests/data/instances";

/// The catalog of the committed instances: small enough for brute force.
fn catalog(dice: &mut Dice) -> Value {
    let plans: Vec<Value> = (0..11)
        .map(|place| json!({"name": format!("PLAN_{place}")}))
        .collect();
    let skus: Vec<Value> = (0..11)
        .map(|place| {
            let mut carried: Vec<usize> = (0..1 + dice.below(4)).map(|_| dice.below(11)).collect();
            carried.sort_unstable();
            carried.dedup();
            let certainty: Vec<usize> = carried.iter().map(|_| 1 + dice.below(4)).collect();
            let requires = if place % 4 == 3 {
                vec![json!({"skus": [dice.below(11), dice.below(11)], "plans": [dice.below(11)]})]
            } else {
                Vec::new()
            };
            json!({
                "string_id": format!("SKU_{place}"),
                "segment": if place % 5 == 4 { "gov" } else { "com" },
                "purchasable": place != 9,
                "price": 250 * (1 + carried.len()) + 10 * dice.below(20),
                "plans": carried,
                "certainty": certainty,
                "announced": "2026-01-01",
                "valid_from": if place % 3 == 0 { "2026-03-01" } else { "2020-01-01" },
                "valid_to": if place % 7 == 0 { json!("2026-09-01") } else { Value::Null },
                "requires": requires,
            })
        })
        .collect();
    json!({"plans": plans, "skus": skus, "exclusive_groups": {"one": [0, 1, 2], "two": [5, 6]}})
}

fn instance(dice: &mut Dice, id: String) -> Value {
    let clause = |dice: &mut Dice| -> Vec<usize> {
        let count = if dice.percent(30) { 2 } else { 1 };
        (0..count).map(|_| dice.below(11)).collect()
    };
    let require: Vec<Vec<usize>> = (0..1 + dice.below(4)).map(|_| clause(dice)).collect();
    let mode = ["none", "plan", "sku"][dice.below(3)];
    let segments = if dice.percent(30) {
        json!(["com", "gov"])
    } else {
        json!(["com"])
    };
    json!({"id": id, "mode": mode, "segments": segments, "require": require})
}

/// The files as they are committed, without answers.
fn made() -> Vec<(&'static str, Value)> {
    let mut dice = Dice(2026);
    let catalog = catalog(&mut dice);
    let some = |dice: &mut Dice, kind: &str, count: usize, more: &dyn Fn(&mut Value)| {
        let list = (0..count).map(|place| {
            let mut instance = instance(dice, format!("{kind}-{place}"));
            more(&mut instance);
            instance
        });
        Value::Array(list.collect())
    };
    let cheapest = some(&mut dice, "cheapest", 24, &|_| {});
    let best = some(&mut dice, "best", 6, &|instance| instance["k"] = json!(4));
    let front = some(&mut dice, "front", 6, &|instance| {
        instance["as_of"] = json!("2026-08-01");
        instance["known_at"] = json!("2026-07-01");
    });
    let tenants = json!([{
        "id": "tenant-0", "mode": "plan", "segments": ["com"],
        "personas": [
            {"id": "few", "count": 3, "require": [[0], [6]]},
            {"id": "many", "count": 6, "require": [[6]]},
        ],
        "owned": {"0": 5, "3": 12},
        "tenant_require": [{"plans": [7], "at_least": 4}],
    }]);
    vec![
        ("catalog", catalog),
        ("cheapest", cheapest),
        ("best", best),
        ("front", front),
        ("tenants", tenants),
    ]
}

/// What brute force says, in the words of the files.
fn expected(file: &InstanceFile, instance: &Instance) -> Value {
    let market = &file.market;
    let cost = |query: &Query| brute::all(market, query).first().map(|set| set.cost);
    match &instance.asks {
        InstanceAsks::Cheapest(query) => match brute::all(market, query).first() {
            Some(set) => {
                let example: Vec<usize> = set.bought.iter().map(|sku| sku.index()).collect();
                json!({"cost": set.cost, "example": example})
            }
            None => {
                let count = query.wishes().len();
                let sizes = (0..1u32 << count).filter(|wishes| {
                    let kept: Vec<usize> = (0..count)
                        .filter(|place| wishes >> place & 1 == 1)
                        .collect();
                    brute::all(market, &query.with_wishes(&kept)).is_empty()
                });
                json!({"cost": null, "smallest_core_size": sizes.map(u32::count_ones).min()})
            }
        },
        InstanceAsks::Best(query, count) => {
            let sets = brute::irredundant(&brute::all(market, query));
            let costs: Vec<u64> = sets.iter().take(*count).map(|set| set.cost).collect();
            json!({ "costs": costs })
        }
        InstanceAsks::Front(query) => {
            let costs = (1..=4).map(|level| {
                let mut query = query.clone();
                query.least_certainty = level;
                cost(&query)
            });
            json!({"cost_by_min_certainty": costs.collect::<Vec<_>>()})
        }
        InstanceAsks::Tenant(tenant) => {
            let sets = tenant.personas.iter().map(|persona| {
                let all = brute::all(market, &persona.query);
                (persona.people, brute::irredundant(&all))
            });
            let sets: Vec<(u64, Vec<LicenseSet>)> = sets.collect();
            let ways = tenants::ways(&sets, market.skus().len(), tenant.one_set);
            let bills = ways
                .iter()
                .filter_map(|used| tenants::bill(market, tenant, used, 4));
            json!({"cost": bills.min()})
        }
    }
}

fn text(value: &Value) -> String {
    // One instance a line: changes are easy to review.
    match value {
        Value::Array(list) => {
            let lines: Vec<String> = list.iter().map(Value::to_string).collect();
            format!("[{}]\n", lines.join(",\n"))
        }
        other => format!("{other}\n"),
    }
}

#[test]
fn committed_instances_are_what_the_generator_and_brute_force_make() {
    let is_writing = std::env::var_os("LICIT_WRITE_INSTANCES").is_some();
    let folder = if is_writing {
        PathBuf::from(COMMITTED)
    } else {
        std::env::temp_dir().join(format!("licit-instances-{}", std::process::id()))
    };
    std::fs::create_dir_all(&folder).unwrap();
    for (name, value) in made() {
        std::fs::write(folder.join(format!("{name}.json")), text(&value)).unwrap();
    }
    for (name, mut value) in made().into_iter().skip(1) {
        let path = folder.join(format!("{name}.json"));
        let file = read_instances(&path).unwrap_or_else(|(_, problems)| panic!("{problems:?}"));
        assert!(file.problems.is_empty(), "{:?}", file.problems);
        for (place, instance) in file.instances.iter().enumerate() {
            value[place]["expected"] = expected(&file, instance);
            if let InstanceAsks::Cheapest(query) = &instance.asks
                && query.exclusion != Exclusion::Plan
            {
                let least = peer::least_cost(&file.market, query);
                assert_eq!(
                    json!(least),
                    value[place]["expected"]["cost"],
                    "{}",
                    instance.id
                );
            }
        }
        std::fs::write(&path, text(&value)).unwrap();
    }
    if !is_writing {
        for (name, _) in made() {
            let read = |folder: &Path| {
                std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap()
            };
            assert_eq!(read(Path::new(COMMITTED)), read(&folder), "{name}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

/// Solves all instances of a file, or every so many of them, and compares with the answers in it; how many had one.
fn solved_as_expected(path: &Path, stride: usize) -> usize {
    let raw: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let catalog = path.with_file_name("catalog.json");
    let catalog: Value = serde_json::from_str(&std::fs::read_to_string(catalog).unwrap()).unwrap();
    let file = read_instances(path).unwrap_or_else(|(_, problems)| panic!("{problems:?}"));
    assert_eq!(file.rejected, []);
    let engine = Engine::new(&file.market);
    let mut compared = 0;
    for (instance, raw) in file
        .instances
        .iter()
        .zip(raw.as_array().unwrap())
        .step_by(stride)
    {
        let answer = solve(&engine, &file.market, instance).unwrap();
        let expected = raw.get("expected");
        compared += usize::from(expected.is_some());
        let same = |key: &str, found: Value| {
            if let Some(expected) = expected.and_then(|expected| expected.get(key)) {
                assert_eq!(*expected, found, "{}: {key}", instance.id);
            }
        };
        match &answer {
            InstanceAnswer::Cheapest(solved, unsatisfiable) => {
                assert!(solved.proven);
                same("cost", json!(solved.best.as_ref().map(|best| best.cost)));
                if let Some(best) = &solved.best {
                    assert_feasible(&catalog, raw, best);
                    assert!(
                        solved.nodes <= 250,
                        "{}: {} nodes",
                        instance.id,
                        solved.nodes
                    );
                } else {
                    assert!(
                        solved.nodes <= 100,
                        "{}: {} nodes",
                        instance.id,
                        solved.nodes
                    );
                    let core = &unsatisfiable.as_ref().unwrap().core;
                    same("smallest_core_size", json!(core.len()));
                }
            }
            InstanceAnswer::Best(ranked) => {
                assert!(ranked.proven);
                same(
                    "costs",
                    json!(ranked.sets.iter().map(|set| set.cost).collect::<Vec<_>>()),
                );
                ranked
                    .sets
                    .iter()
                    .for_each(|set| assert_feasible(&catalog, raw, set));
            }
            InstanceAnswer::Front(front) => {
                let costs = front
                    .levels
                    .iter()
                    .map(|(_, solved)| solved.best.as_ref().map(|best| best.cost));
                same("cost_by_min_certainty", json!(costs.collect::<Vec<_>>()));
                same("pareto_certainty_cost", json!(front.pairs()));
            }
            InstanceAnswer::Tenant(solved) => {
                assert!(
                    solved.proven && solved.rounds <= 15,
                    "{}: {solved:?}",
                    instance.id
                );
                same("cost", json!(u64::try_from(solved.cost).unwrap()));
            }
        }
    }
    compared
}

fn numbers(value: &Value) -> Vec<usize> {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .map(|number| usize::try_from(number.as_u64().unwrap()).unwrap())
        .collect()
}

/// Feasibility by the words of the files' own description, from the raw text.
fn assert_feasible(catalog: &Value, raw: &Value, set: &LicenseSet) {
    let skus: Vec<&Value> = set
        .bought
        .iter()
        .map(|sku| &catalog["skus"][sku.index()])
        .collect();
    let off: Vec<usize> = set.switch_off.iter().map(|plan| plan.index()).collect();
    let carried: Vec<Vec<usize>> = skus.iter().map(|sku| numbers(&sku["plans"])).collect();
    let enabled =
        |plan: &usize| !off.contains(plan) && carried.iter().any(|plans| plans.contains(plan));
    for clause in raw["require"].as_array().unwrap() {
        assert!(
            numbers(clause).iter().any(enabled),
            "{}: {clause}",
            raw["id"]
        );
    }
    for sku in &skus {
        assert!(sku["purchasable"].as_bool().unwrap());
        assert!(
            raw["segments"]
                .as_array()
                .unwrap()
                .contains(&sku["segment"])
        );
        for clause in sku["requires"].as_array().unwrap() {
            let chosen = |other: &usize| set.bought.iter().any(|sku| sku.index() == *other);
            let holds = numbers(&clause["skus"]).iter().any(chosen)
                || numbers(&clause["plans"]).iter().any(enabled);
            assert!(holds, "{}: {clause}", raw["id"]);
        }
    }
    for group in catalog["exclusive_groups"]
        .as_object()
        .unwrap()
        .values()
        .map(numbers)
    {
        match raw["mode"].as_str().unwrap() {
            "plan" => assert!(group.iter().filter(|plan| enabled(plan)).count() < 2),
            "sku" => {
                let mut kinds: Vec<Vec<usize>> = carried
                    .iter()
                    .map(|plans| {
                        plans
                            .iter()
                            .copied()
                            .filter(|plan| group.contains(plan))
                            .collect()
                    })
                    .filter(|plans: &Vec<usize>| !plans.is_empty())
                    .collect();
                kinds.sort_unstable();
                kinds.dedup();
                assert!(kinds.len() < 2);
            }
            _ => {}
        }
    }
    let cost: u64 = skus.iter().map(|sku| sku["price"].as_u64().unwrap()).sum();
    assert_eq!(cost, set.cost);
}

#[test]
fn committed_instances_are_solved() {
    let mut compared = 0;
    for name in ["cheapest", "best", "front", "tenants"] {
        compared += solved_as_expected(&Path::new(COMMITTED).join(format!("{name}.json")), 1);
    }
    assert_eq!(compared, 37);
}

/// The instances with answers by three other engines, where they are at hand; some of them in each run, all of them with
/// `LICIT_ALL_INSTANCES=1`.
#[test]
#[expect(clippy::print_stderr, reason = "what was skipped must be seen")]
fn instances_with_answers_of_other_engines_are_solved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/solver");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let is_all = std::env::var_os("LICIT_ALL_INSTANCES").is_some();
    for (name, stride, with_answer) in [
        ("mincost", 7, 667),
        ("kbest", 7, 60),
        ("pareto", 7, 60),
        ("cores", 7, 80),
        ("tenants", 2, 3),
    ] {
        let path = folder.join(format!("{name}.json"));
        let compared = solved_as_expected(&path, if is_all { 1 } else { stride });
        assert!(compared > 0);
        if is_all {
            assert_eq!(compared, with_answer, "{name}");
            eprintln!("{name}: {compared} as expected");
        }
    }
}
