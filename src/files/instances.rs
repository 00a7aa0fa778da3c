//! Instance files: license sets to be found, for checking the engine against other solvers.
//!
//! A file is an array of instances; the market stands beside it in `catalog.json`. What an instance asks is told by its
//! keys: `k` for the best sets, `as_of` for the front of cost and certainty, `personas` for a tenant, else the cheapest
//! set. Keys that are not known are passed over, above all `expected`: answers are never read.

use super::catalog::Catalog;
use super::elements::{elements, read, value};
use crate::dataset::SourceMap;
use crate::model::{
    Code, Day, Diagnostic, Exclusion, FileId, Instance, InstanceAsks, InstanceFault, Market,
    Persona, PlanIndex, Query, SeatRule, SkuIndex, TenantQuery, Wish, clean,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// An instance as written.
#[derive(Deserialize)]
struct RawInstance {
    id: String,
    mode: String,
    segments: Vec<String>,
    require: Option<Vec<Vec<usize>>>,
    k: Option<usize>,
    as_of: Option<String>,
    known_at: Option<String>,
    personas: Option<Vec<RawPersona>>,
    #[serde(default)]
    owned: BTreeMap<String, u64>,
    #[serde(default)]
    tenant_require: Vec<RawSeats>,
}

#[derive(Deserialize)]
struct RawPersona {
    id: String,
    count: u64,
    require: Vec<Vec<usize>>,
}

#[derive(Deserialize)]
struct RawSeats {
    plans: Vec<usize>,
    at_least: u64,
}

/// Instances that can be solved, and those that cannot.
pub struct InstanceFile {
    /// What can be bought.
    pub market: Market,
    /// By SKU: its string id.
    pub names: Vec<String>,
    /// The instances, in the order of the file.
    pub instances: Vec<Instance>,
    /// By instance with personas: their names.
    pub personas: BTreeMap<String, Vec<String>>,
    /// What was left out.
    pub rejected: Vec<Rejected>,
    /// What the problems point into.
    pub sources: SourceMap,
    /// Everything that is wrong with what was left out.
    pub problems: Vec<Diagnostic>,
}

/// An instance that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Which one, counted from 0.
    pub place: usize,
    /// Why.
    pub why: String,
}

/// Reads a file of instances and the catalog beside it.
///
/// # Errors
/// What is wrong where nothing can be solved at all: with the text of both files, or with the catalog.
pub fn read_instances(path: &Path) -> Result<InstanceFile, (SourceMap, Vec<Diagnostic>)> {
    let beside = path.with_file_name("catalog.json");
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    for path in [path, &beside] {
        match read(path) {
            Ok(text) => texts.push((clean(&path.to_string_lossy()).text, text)),
            Err(problem) => problems.push(problem),
        }
    }
    let sources = SourceMap::from_texts(texts);
    if !problems.is_empty() {
        return Err((sources, problems));
    }
    let (file, catalog) = (FileId(0), FileId(1));
    let parts = elements(sources.text(file), file);
    let parts = parts.map_err(|problem| problems.push(problem));
    let catalog = Catalog::read(&sources, catalog).map_err(|found| problems.extend(found));
    let (Ok(parts), Ok(catalog)) = (parts, catalog) else {
        return Err((sources, problems));
    };
    let mut instances = Vec::new();
    let mut personas = BTreeMap::new();
    let mut rejected = Vec::new();
    for (place, part) in parts.into_iter().enumerate() {
        let reading = Reading {
            catalog: &catalog,
            file,
            part: part.clone(),
            problems: Vec::new(),
        };
        match reading.read(sources.text(file)) {
            Ok((instance, names)) => {
                personas.insert(instance.id.clone(), names);
                instances.push(instance);
            }
            Err(found) => {
                let why: Vec<&str> = found.iter().map(|problem| &*problem.title).collect();
                rejected.push(Rejected {
                    place,
                    why: why.join("; "),
                });
                problems.extend(found);
            }
        }
    }
    Ok(InstanceFile {
        market: catalog.market,
        names: catalog.names,
        instances,
        personas,
        rejected,
        sources,
        problems,
    })
}

/// One instance being read.
struct Reading<'a> {
    catalog: &'a Catalog,
    file: FileId,
    part: Range<usize>,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn problem(&mut self, code: Code, title: String, help: &str) {
        let start = self.part.start;
        let problem = Diagnostic::new(code, title).at(self.file, start..start + 1, "");
        self.problems.push(problem.help(help));
    }

    /// The instance, with the names of its personas.
    fn read(mut self, text: &str) -> Result<(Instance, Vec<String>), Vec<Diagnostic>> {
        let raw: RawInstance = match value(text, self.part.clone(), self.file) {
            Ok(raw) => raw,
            Err(problem) => return Err(vec![problem]),
        };
        let days = self.days(&raw);
        let exclusion = self.exclusion(&raw.mode);
        let mut query = |require: &Vec<Vec<usize>>| {
            let mut query = self.query(require)?;
            query.exclusion = exclusion?;
            query.allowed = self.catalog.allowed(&raw.segments, days);
            Some(query)
        };
        let personas = raw.personas.as_ref().map(|personas| {
            let personas = personas.iter().map(|persona| {
                Some(Persona {
                    people: persona.count,
                    query: query(&persona.require)?,
                })
            });
            personas.collect::<Option<Vec<_>>>()
        });
        let single = raw.require.as_ref().map(&mut query);
        let asks = match (personas, single) {
            (Some(_), Some(_)) | (None, None) => {
                let title = "an instance has either `require` or `personas`".to_owned();
                self.problem(Code::MissingKey, title, "write one of the two");
                None
            }
            (Some(personas), None) => self.tenant(&raw, personas),
            (None, Some(query)) => query.map(|query| match (raw.k, days) {
                (Some(count), _) => InstanceAsks::Best(query, count),
                (None, Some(_)) => InstanceAsks::Front(query),
                (None, None) => InstanceAsks::Cheapest(query),
            }),
        };
        let names = raw.personas.into_iter().flatten();
        let names = names.map(|persona| clean(&persona.id).text).collect();
        match asks {
            Some(asks) if self.problems.is_empty() => {
                let id = clean(&raw.id).text;
                Ok((Instance { id, asks }, names))
            }
            _ => Err(self.problems),
        }
    }

    /// The two days, where the instance has any; both are needed then.
    fn days(&mut self, raw: &RawInstance) -> Option<(Day, Day)> {
        let mut day = |key: &str, text: &Option<String>| {
            let day = text.as_deref().map(Day::parse);
            if day == Some(None) {
                let written = text.as_deref().unwrap_or("");
                let title = format!("`{key}` is `{}`, which is no day", clean(written).text);
                self.problem(Code::BadDate, title, "write a day, as 2026-08-20");
            }
            day
        };
        match (day("as_of", &raw.as_of), day("known_at", &raw.known_at)) {
            (None, None) => None,
            (Some(on), Some(known)) => on.zip(known),
            _ => {
                let title = "`as_of` and `known_at` belong together".to_owned();
                self.problem(Code::MissingKey, title, "write both or none");
                None
            }
        }
    }

    fn exclusion(&mut self, mode: &str) -> Option<Exclusion> {
        match mode {
            "none" => Some(Exclusion::None),
            "plan" => Some(Exclusion::Plan),
            "sku" => Some(Exclusion::Sku),
            _ => {
                let title = format!("the mode `{}` is not known", clean(mode).text);
                self.problem(Code::UnknownWord, title, "use one of none, plan, sku");
                None
            }
        }
    }

    /// Clauses of plans as wishes, with what nobody asks for counted by SKU.
    fn query(&mut self, require: &[Vec<usize>]) -> Option<Query> {
        let market = &self.catalog.market;
        let plan = |plan: &usize| Wish::Plan(PlanIndex::at(*plan));
        let wish = |clause: &Vec<usize>| Wish::Any(clause.iter().map(plan).collect());
        match Query::new(market, require.iter().map(wish).collect()) {
            Ok(mut query) => {
                let mut is_asked = vec![false; market.plans()];
                for plan in require.iter().flatten() {
                    is_asked[*plan] = true;
                }
                let surplus = market.skus().iter().map(|sku| {
                    let carried = sku.carries.iter();
                    let surplus = carried.filter(|(plan, _)| !is_asked[plan.index()]).count();
                    u32::try_from(surplus).unwrap_or(u32::MAX)
                });
                query.surplus = Some(surplus.collect());
                Some(query)
            }
            Err(faults) => {
                self.faults(&faults);
                None
            }
        }
    }

    fn faults(&mut self, faults: &[InstanceFault]) {
        for fault in faults {
            let help = "plans and SKUs are numbers, counted from 0 in the lists of catalog.json";
            self.problem(Code::UnknownId, fault.to_string(), help);
        }
    }

    fn tenant(
        &mut self,
        raw: &RawInstance,
        personas: Option<Vec<Persona>>,
    ) -> Option<InstanceAsks> {
        let market = &self.catalog.market;
        let mut owned = BTreeMap::new();
        for (sku, seats) in &raw.owned {
            match sku.parse::<usize>() {
                Ok(place) if place < market.skus().len() => {
                    owned.insert(SkuIndex::at(place), *seats);
                }
                _ => {
                    let title =
                        format!("seats of `{}` are owned, which is no SKU", clean(sku).text);
                    let help = "name SKUs by their number in catalog.json";
                    self.problem(Code::UnknownId, title, help);
                }
            }
        }
        let mut at_least = Vec::new();
        for rule in &raw.tenant_require {
            let unknown = rule.plans.iter().find(|plan| **plan >= market.plans());
            if let Some(unknown) = unknown {
                self.faults(&[InstanceFault::NoPlan(*unknown)]);
            }
            let plans: Vec<PlanIndex> =
                rule.plans.iter().map(|plan| PlanIndex::at(*plan)).collect();
            let carriers = market.skus().iter().enumerate().filter(|(_, sku)| {
                let mut carried = sku.carries.iter();
                carried.any(|(plan, _)| plans.contains(plan))
            });
            at_least.push(SeatRule {
                skus: carriers.map(|(place, _)| SkuIndex::at(place)).collect(),
                seats: rule.at_least,
            });
        }
        Some(InstanceAsks::Tenant(TenantQuery {
            personas: personas?,
            owned,
            at_least,
            at_most: Vec::new(),
            one_set: false,
        }))
    }
}
