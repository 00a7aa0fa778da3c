//! From raw records to a knowledge base: consumes the records and collects every problem.

mod claims;
mod contradictions;
mod dates;
mod exclusive;
mod expressions;
mod meta;
mod names;
mod notes;
mod register;
mod relations;
mod things;
mod together;

use super::knowledge_base::{Accepted, KnowledgeBase};
use super::place::{Place, Placed, Problems};
use super::read::{Raw, RawClaim, RawKind, Read};
use super::source_map::SourceMap;
use super::{Row, Table};
use crate::model::{
    Area, AreaId, Claim, ClaimId, ClaimKind, ClaimKindName, Feature, FeatureId, Given, GivenId,
    GivenKind, Guid, Plan, PlanId, Role, RoleId, Sku, SkuId, Source, SourceId, Task, TaskId, Text,
};
pub use meta::SCHEMA;

use expressions::Terms;
use names::Names;
use register::Register;
use relations::Relations;
use std::collections::{BTreeMap, BTreeSet};

/// Where the records of a knowledge base stand, for messages about it. Records of a base have no place.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Sources.
    pub sources: BTreeMap<SourceId, Place>,
    /// Features.
    pub features: BTreeMap<FeatureId, Place>,
    /// Tasks.
    pub tasks: BTreeMap<TaskId, Place>,
    /// Claims; that of a short form is its item.
    pub claims: BTreeMap<ClaimId, Place>,
    /// Accepted warnings, in the order of the `meta.toml` that was read.
    pub accepted: Vec<(Accepted, Place)>,
}

/// Validates what was read, on top of a base if there is one.
///
/// Gives a knowledge base only where nothing at all was wrong, problems of reading included.
pub(super) fn validate(
    read: Read,
    base: Option<KnowledgeBase>,
    sources: &SourceMap,
    problems: &Problems,
) -> Option<(KnowledgeBase, Places)> {
    let Read { mut raw, broken } = read;
    let has_base = base.is_some();
    let (meta, accepted) = meta::read(
        std::mem::take(&mut raw.meta),
        base.as_ref(),
        &broken,
        sources,
        problems,
    );
    let mut knowledge = base.unwrap_or_else(|| KnowledgeBase::empty(meta::none()));
    let missing = broken.iter().map(|file| sources.text(*file)).collect();
    let names = Names::new(&raw, &knowledge, missing, problems);
    let devices = notes::apply(&mut raw, &names);
    let rows = rows(raw, &knowledge, &names);
    let places = |names: Names<'_>| Places {
        sources: names.sources.into_places(),
        features: names.features.into_places(),
        tasks: names.tasks.into_places(),
        claims: names.claims.into_places(),
        accepted,
    };
    if problems.count() > 0 {
        return None;
    }
    let places = places(names);
    if has_base {
        let more = places.accepted.iter().map(|(accepted, _)| accepted.clone());
        knowledge.meta.accepted.extend(more);
    } else {
        knowledge.meta = meta?;
    }
    rows.add_to(&mut knowledge);
    knowledge.leave_out(|knowledge, claim| match claim.kind {
        ClaimKind::Inclusion { sku, .. } => devices.contains(knowledge.skus[sku].id.as_str()),
        _ => false,
    });
    Some((knowledge, places))
}

/// Valid records by their new ids.
struct Rows {
    areas: BTreeMap<AreaId, Area>,
    sources: BTreeMap<SourceId, Source>,
    features: BTreeMap<FeatureId, Feature>,
    tasks: BTreeMap<TaskId, Task>,
    roles: BTreeMap<RoleId, Role>,
    givens: BTreeMap<GivenId, Given>,
    plans: BTreeMap<PlanId, Plan>,
    skus: BTreeMap<SkuId, Sku>,
    claims: BTreeMap<ClaimId, Claim>,
}

impl Rows {
    /// Appends the rows in the order of their ids, which is the order of their written ids.
    fn add_to(self, knowledge: &mut KnowledgeBase) {
        knowledge.areas.extend(self.areas.into_values());
        knowledge.sources.extend(self.sources.into_values());
        knowledge.features.extend(self.features.into_values());
        knowledge.tasks.extend(self.tasks.into_values());
        knowledge.roles.extend(self.roles.into_values());
        knowledge.givens.extend(self.givens.into_values());
        knowledge.plans.extend(self.plans.into_values());
        knowledge.skus.extend(self.skus.into_values());
        knowledge.claims.extend(self.claims.into_values());
        knowledge.index();
    }
}

fn collect<R: Row>(
    register: &Register<R::Id>,
    records: impl Iterator<Item = Option<R>>,
) -> BTreeMap<R::Id, R> {
    records
        .flatten()
        .filter_map(|row| Some((register.find(row.written_id())?, row)))
        .collect()
}

/// Looks a record up among the new rows and then in the base.
fn either<'k, R: Row>(new: &'k BTreeMap<R::Id, R>, base: &'k Table<R>, id: R::Id) -> Option<&'k R> {
    new.get(&id).or_else(|| base.get(id))
}

fn rows(raw: Raw, base: &KnowledgeBase, names: &Names<'_>) -> Rows {
    guids(&raw, base, names.problems);
    let authorities: BTreeSet<Text> = raw
        .roles
        .iter()
        .filter_map(|role| role.authority.clone())
        .chain(base.roles.iter().map(|(_, role)| role.authority.clone()))
        .collect();
    let areas = collect(&names.areas, raw.areas.into_iter().map(things::area));
    let sources = collect(&names.sources, raw.sources.into_iter().map(things::source));
    let features = raw.features.into_iter();
    let features = collect(
        &names.features,
        features.map(|raw| things::feature(raw, names)),
    );
    let area_of = |id| either(&features, &base.features, id).map(|feature| feature.area);
    let tasks = raw.tasks.into_iter();
    let tasks = collect(
        &names.tasks,
        tasks.map(|raw| things::task(raw, names, area_of)),
    );
    let roles = raw.roles.into_iter();
    let roles = collect(&names.roles, roles.map(|raw| things::role(raw, names)));
    let givens = collect(&names.givens, raw.givens.into_iter().map(things::given));
    let plans = collect(&names.plans, raw.plans.into_iter().map(things::plan));
    let skus = collect(&names.skus, raw.skus.into_iter().map(things::sku));
    let given_kinds: BTreeMap<GivenId, GivenKind> = base
        .givens
        .iter()
        .chain(givens.iter().map(|(id, given)| (*id, given)))
        .map(|(id, given)| (id, given.kind.clone()))
        .collect();
    let terms = Terms {
        names,
        givens: &given_kinds,
        authorities: &authorities,
    };
    let source = |id| either(&sources, &base.sources, id);
    let authority = |id| either(&roles, &base.roles, id).map(|role| role.authority.as_str());
    let claims = read_claims(raw.claims, base, &terms, source, &authority);
    Rows {
        areas,
        sources,
        features,
        tasks,
        roles,
        givens,
        plans,
        skus,
        claims,
    }
}

fn guids(raw: &Raw, base: &KnowledgeBase, problems: &Problems) {
    fn own<T>(
        records: &[T],
        guid: fn(&T) -> &Option<Placed<Guid>>,
    ) -> impl Iterator<Item = &Option<Placed<Guid>>> {
        records.iter().map(guid)
    }
    let roles = own(&raw.roles, |role| &role.template);
    things::unique_guids("role", &base.roles, |role| role.template, roles, problems);
    let plans = own(&raw.plans, |plan| &plan.guid);
    things::unique_guids("plan", &base.plans, |plan| plan.guid, plans, problems);
    let skus = own(&raw.skus, |sku| &sku.guid);
    things::unique_guids("SKU", &base.skus, |sku| sku.guid, skus, problems);
}

fn read_claims<'r>(
    raw: Vec<RawClaim>,
    base: &KnowledgeBase,
    terms: &Terms<'_>,
    source: impl Fn(SourceId) -> Option<&'r Source>,
    authority: &impl Fn(RoleId) -> Option<&'r str>,
) -> BTreeMap<ClaimId, Claim> {
    let names = terms.names;
    let own_id = |raw: &RawClaim| names.claims.find(&raw.id.as_ref()?.value);
    let mut kinds: BTreeMap<ClaimId, ClaimKindName> = base
        .claims
        .iter()
        .map(|(id, claim)| (id, claim.kind.name()))
        .collect();
    kinds.extend(
        raw.iter()
            .filter_map(|raw| Some((own_id(raw)?, kind_name(&raw.kind)))),
    );
    let mut relations: BTreeMap<ClaimId, Relations> = base
        .claims
        .iter()
        .map(|(id, claim)| {
            let Claim {
                supersedes,
                replaces,
                disputes,
                ..
            } = claim;
            (id, [supersedes.clone(), replaces.clone(), disputes.clone()])
        })
        .collect();
    let mut claims: BTreeMap<ClaimId, Claim> = BTreeMap::new();
    for raw in raw {
        let id = own_id(&raw);
        let own_relations = relations::resolve(&raw, names, |id| kinds.get(&id).copied());
        if let Some(id) = id {
            relations.insert(id, own_relations.clone());
        }
        let claim = claims::claim(raw, terms, &source, own_relations);
        claims.extend(id.zip(claim));
    }
    let all: BTreeMap<ClaimId, &Claim> = base
        .claims
        .iter()
        .chain(claims.iter().map(|(id, claim)| (*id, claim)))
        .collect();
    relations::claim_cycles(&relations, names);
    relations::thing_cycles(&all, names);
    contradictions::report(&all, &relations, names, authority);
    claims
}

fn kind_name(kind: &RawKind) -> ClaimKindName {
    match kind {
        RawKind::Requirement { .. } => ClaimKindName::Requirement,
        RawKind::Lifecycle { .. } => ClaimKindName::Lifecycle,
        RawKind::Permission { .. } => ClaimKindName::Permission,
        RawKind::Inclusion { .. } => ClaimKindName::Inclusion,
        RawKind::Grant { .. } => ClaimKindName::Grant,
        RawKind::Cover { .. } => ClaimKindName::Cover,
        RawKind::Name { .. } => ClaimKindName::Name,
        RawKind::Price { .. } => ClaimKindName::Price,
        RawKind::Prerequisite { .. } => ClaimKindName::Prerequisite,
        RawKind::Exclusion { .. } => ClaimKindName::Exclusion,
        RawKind::Limit { .. } => ClaimKindName::Limit,
        RawKind::Sale { .. } => ClaimKindName::Sale,
    }
}
