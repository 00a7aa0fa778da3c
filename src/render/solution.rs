//! What the engine says about the instances of a file: a summary for people, `licit.solution/1` for programs.
//!
//! SKUs are numbers there, as in the instance files, so that another solver can read the answers; their string ids stand
//! beside them.

use super::layout::{Form, whole};
use super::{Format, Line, NOTICE, Page};
use crate::files::Rejected;
use crate::model::{Instance, InstanceAnswer, LicenseSet, SkuIndex, TenantSolved};
use serde::Serialize;
use std::collections::BTreeMap;

/// More instances than this are only summed up for people.
const LISTED: usize = 50;

/// Instances with their answers.
pub struct SolutionView<'a> {
    /// The file that they are from.
    pub file: String,
    /// By SKU: its string id.
    pub names: &'a [String],
    /// By instance: the names of its personas.
    pub personas: &'a BTreeMap<String, Vec<String>>,
    /// Each with what the engine says.
    pub answers: &'a [(&'a Instance, InstanceAnswer)],
    /// What was left out.
    pub rejected: &'a [Rejected],
}

/// `licit.solution/1`
#[derive(Serialize)]
struct SolutionShape<'a> {
    schema: &'static str,
    file: &'a str,
    results: Vec<ResultShape<'a>>,
    rejected: Vec<RejectedShape<'a>>,
    notice: &'static str,
}

#[derive(Serialize)]
struct RejectedShape<'a> {
    place: usize,
    why: &'a str,
}

#[derive(Serialize, Default)]
struct ResultShape<'a> {
    id: &'a str,
    asks: &'static str,
    cost: Option<u128>,
    set: Option<Vec<usize>>,
    skus: Option<Vec<&'a str>>,
    nodes: u64,
    proven: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<u128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    switch_off: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    smallest_core_size: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    core: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fewest_to_drop: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    costs: Option<Vec<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sets: Option<Vec<Vec<usize>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost_by_min_certainty: Option<Vec<Option<u64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pareto_certainty_cost: Option<Vec<(u8, u64)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buy: Option<BTreeMap<usize, u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    personas: Option<Vec<PersonaShape<'a>>>,
}

#[derive(Serialize)]
struct PersonaShape<'a> {
    id: &'a str,
    sets: Vec<GivenShape>,
}

#[derive(Serialize)]
struct GivenShape {
    set: Vec<usize>,
    people: u64,
}

impl SolutionView<'_> {
    /// Writes the answers, ending in a line break.
    ///
    /// # Errors
    /// When they cannot be written as JSON, which would be a fault of the shape.
    pub fn write(&self, format: Format) -> Result<String, serde_json::Error> {
        Ok(match format {
            Format::Json => {
                let shape = SolutionShape {
                    schema: "licit.solution/1",
                    file: &self.file,
                    results: self.results(),
                    rejected: self
                        .rejected
                        .iter()
                        .map(|rejected| RejectedShape {
                            place: rejected.place,
                            why: &rejected.why,
                        })
                        .collect(),
                    notice: NOTICE,
                };
                serde_json::to_string_pretty(&shape)? + "\n"
            }
            Format::Text(style) => whole(&self.page(), Form::Text(style)),
            Format::Markdown => whole(&self.page(), Form::Markdown),
        })
    }

    fn results(&self) -> Vec<ResultShape<'_>> {
        let answers = self.answers.iter();
        answers
            .map(|(instance, answer)| self.result(instance, answer))
            .collect()
    }

    fn result<'b>(&'b self, instance: &'b Instance, answer: &'b InstanceAnswer) -> ResultShape<'b> {
        let mut result = ResultShape {
            id: &instance.id,
            asks: instance.asks.word(),
            ..ResultShape::default()
        };
        match answer {
            InstanceAnswer::Cheapest(solved, unsatisfiable) => {
                result.nodes = solved.nodes;
                result.proven = solved.proven;
                self.put(&mut result, solved.best.as_ref());
                if !solved.proven {
                    result.bound = Some(solved.bound.into());
                }
                if let Some(unsatisfiable) = unsatisfiable {
                    result.smallest_core_size = Some(unsatisfiable.core.len());
                    result.core = Some(unsatisfiable.core.clone());
                    result.fewest_to_drop = Some(unsatisfiable.drop.clone());
                }
            }
            InstanceAnswer::Best(ranked) => {
                result.nodes = ranked.nodes;
                result.proven = ranked.proven;
                self.put(&mut result, ranked.sets.first());
                result.costs = Some(ranked.sets.iter().map(|set| set.cost).collect());
                result.sets = Some(ranked.sets.iter().map(|set| numbers(&set.bought)).collect());
            }
            InstanceAnswer::Front(front) => {
                let levels = || front.levels.iter().map(|(_, solved)| solved);
                result.nodes = levels().map(|solved| solved.nodes).sum();
                result.proven = levels().all(|solved| solved.proven);
                self.put(
                    &mut result,
                    levels().next().and_then(|solved| solved.best.as_ref()),
                );
                let costs = levels().map(|solved| solved.best.as_ref().map(|best| best.cost));
                result.cost_by_min_certainty = Some(costs.collect());
                result.pareto_certainty_cost = Some(front.pairs());
            }
            InstanceAnswer::Tenant(solved) => self.put_tenant(&mut result, solved, instance),
        }
        result
    }

    fn put<'b>(&'b self, result: &mut ResultShape<'b>, set: Option<&LicenseSet>) {
        let Some(set) = set else { return };
        result.cost = Some(set.cost.into());
        result.set = Some(numbers(&set.bought));
        let name = |sku: &SkuIndex| self.names.get(sku.index()).map_or("", String::as_str);
        result.skus = Some(set.bought.iter().map(name).collect());
        if !set.switch_off.is_empty() {
            let plans = set.switch_off.iter().map(|plan| plan.index());
            result.switch_off = Some(plans.collect());
        }
    }

    fn put_tenant<'b>(
        &'b self,
        result: &mut ResultShape<'b>,
        solved: &'b TenantSolved,
        instance: &'b Instance,
    ) {
        result.nodes = solved.nodes;
        result.proven = solved.proven;
        result.rounds = Some(solved.rounds);
        let Some(assigned) = &solved.assigned else {
            return;
        };
        result.cost = Some(solved.cost);
        result.bound = Some(solved.bound);
        let buy = solved.buy.iter().map(|(sku, seats)| (sku.index(), *seats));
        result.buy = Some(buy.collect());
        let names = self
            .personas
            .get(&instance.id)
            .map_or(&[][..], Vec::as_slice);
        let personas = assigned
            .iter()
            .enumerate()
            .map(|(place, sets)| PersonaShape {
                id: names.get(place).map_or("", String::as_str),
                sets: sets
                    .iter()
                    .map(|(set, people)| GivenShape {
                        set: numbers(&set.bought),
                        people: *people,
                    })
                    .collect(),
            });
        result.personas = Some(personas.collect());
    }

    fn page(&self) -> Page {
        let results = self.results();
        let mut page = Page::new(Line::new().strong(format!("Instances of {}", self.file)));
        let mut rows = Vec::new();
        for (asks, what) in [
            ("cheapest", "cheapest set"),
            ("best", "best sets"),
            ("front", "cost against certainty"),
            ("tenant", "tenant"),
        ] {
            let these: Vec<&ResultShape<'_>> = results
                .iter()
                .filter(|result| result.asks == asks)
                .collect();
            if these.is_empty() {
                continue;
            }
            let count = |is: &dyn Fn(&ResultShape<'_>) -> bool| {
                these.iter().filter(|result| is(result)).count().to_string()
            };
            let nodes: u64 = these.iter().map(|result| result.nodes).sum();
            let cells = [
                what.to_owned(),
                these.len().to_string(),
                count(&|result| result.cost.is_some()),
                count(&|result| result.cost.is_none() && result.proven),
                count(&|result| !result.proven),
                nodes.to_string(),
            ];
            rows.push(cells.into_iter().map(Line::from).collect());
        }
        let head = [
            "Asked",
            "Instances",
            "Solved",
            "Impossible",
            "Not proven",
            "Nodes",
        ];
        page.table(&head, rows);
        if results.len() <= LISTED {
            page.heading("Each");
            let rows = results.iter().map(|result| {
                let cost = result
                    .cost
                    .map_or("none".to_owned(), |cost| cost.to_string());
                let what = match (&result.core, &result.skus, &result.costs) {
                    _ if result.buy.is_some() => {
                        let seats: u64 = result.buy.iter().flatten().map(|(_, seats)| seats).sum();
                        let rounds = result.rounds.unwrap_or(0);
                        format!("{seats} seats to buy, in {rounds} rounds")
                    }
                    (Some(core), _, _) => format!("wishes {core:?} cannot hold together"),
                    (_, _, Some(costs)) => format!("costs {costs:?}"),
                    (_, Some(skus), _) => skus.join(", "),
                    _ => String::new(),
                };
                let proven = if result.proven {
                    "proven"
                } else {
                    "not proven"
                };
                vec![
                    Line::new().code(result.id),
                    cost.into(),
                    proven.into(),
                    what.into(),
                ]
            });
            page.table(&["Instance", "Cost", "", "What"], rows.collect());
        }
        if !self.rejected.is_empty() {
            page.heading(format!("Left out: {}", self.rejected.len()));
            let rows = self.rejected.iter().map(|rejected| {
                vec![
                    rejected.place.to_string().into(),
                    rejected.why.clone().into(),
                ]
            });
            page.table(&["Place", "Why"], rows.collect());
        }
        page
    }
}

fn numbers(skus: &[SkuIndex]) -> Vec<usize> {
    skus.iter().map(|sku| sku.index()).collect()
}
