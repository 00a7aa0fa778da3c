//! Doubts about what valid data says: features that nothing grants, plans that no SKU with a price carries, names that
//! differ by a slip of the pen, and dates sharper than their source.

use super::knowledge_base::KnowledgeBase;
use super::place::Place;
use super::topic::Topic;
use super::validate::Places;
use crate::model::{
    Claim, ClaimId, ClaimKind, Code, Demand, Diagnostic, FeatureId, HeldThing, PlanId, Requirement,
    SkuId, SourceKind, fold,
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything doubtful, about the records that were read from files.
pub(super) fn doubts(knowledge: &KnowledgeBase, places: &Places) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    wanted(knowledge, places, &mut warnings);
    near_names(knowledge, places, &mut warnings);
    sharp_dates(knowledge, places, &mut warnings);
    warnings
}

fn warning(code: Code, title: String, place: Place, label: &str, id: &str) -> Diagnostic {
    Diagnostic::new(code, title)
        .at(place.file, place.span, label)
        .about(id)
}

/// Features and plans that requirements name and that nobody can get.
fn wanted(knowledge: &KnowledgeBase, places: &Places, warnings: &mut Vec<Diagnostic>) {
    let mut plans: BTreeMap<PlanId, ClaimId> = BTreeMap::new();
    let mut features: BTreeSet<FeatureId> = BTreeSet::new();
    for (id, claim) in knowledge.claims.iter() {
        if let ClaimKind::Requirement {
            demand: Demand::Requires(requires),
            ..
        } = &claim.kind
        {
            requires.each_leaf(&mut |leaf| match leaf {
                Requirement::Plan(plan) => {
                    plans.entry(*plan).or_insert(id);
                }
                Requirement::Feature(feature) => {
                    features.insert(*feature);
                }
                _ => {}
            });
        }
    }
    for feature in features {
        let granting = knowledge
            .about(Topic::GrantsOf(feature))
            .iter()
            .flat_map(|claim| things(&knowledge.claims[*claim]));
        let granting: Vec<HeldThing> = granting.collect();
        let id = &knowledge.features[feature].id;
        let can_be_had = granting.iter().any(|thing| match thing {
            HeldThing::Sku(_) => true,
            HeldThing::Plan(plan) => !carriers(knowledge, *plan).is_empty(),
        });
        if let (false, Some(place)) = (can_be_had, places.features.get(&feature)) {
            let title = format!("a requirement asks for the feature `{id}`, and no SKU grants it");
            warnings.push(
                warning(
                    Code::UngrantedFeature,
                    title,
                    *place,
                    "granted by nothing that can be bought",
                    id,
                )
                .help("add a `grant` by a plan that a SKU carries"),
            );
        }
        let by_plan = granting.iter().filter_map(|thing| {
            if let HeldThing::Plan(plan) = thing {
                Some(*plan)
            } else {
                None
            }
        });
        for plan in by_plan {
            if let Some(claim) = knowledge.about(Topic::GrantsOf(feature)).first() {
                plans.entry(plan).or_insert(*claim);
            }
        }
    }
    for (plan, claim) in plans {
        let carriers = carriers(knowledge, plan);
        // A plan that nothing carries leaves its feature ungranted, which was told.
        if carriers.is_empty() {
            continue;
        }
        let has_price = |sku: &SkuId| {
            knowledge.skus[*sku].purchasable && !knowledge.about(Topic::PricesOf(*sku)).is_empty()
        };
        if let (false, Some(place)) = (carriers.iter().any(has_price), places.claims.get(&claim)) {
            let id = &knowledge.plans[plan].id;
            let title = format!("a requirement names `{id}`, and no SKU with a price provides it");
            warnings.push(
                warning(
                    Code::NoPrice,
                    title,
                    *place,
                    "gives an answer without a basket",
                    id,
                )
                .help("add a price, with `verified = false` where no source states it"),
            );
        }
    }
}

fn things(claim: &Claim) -> Vec<HeldThing> {
    if let ClaimKind::Grant { by, .. } = &claim.kind {
        by.clone()
    } else {
        Vec::new()
    }
}

/// SKUs that carry a plan, or a plan that covers it.
fn carriers(knowledge: &KnowledgeBase, plan: PlanId) -> BTreeSet<SkuId> {
    let mut skus = BTreeSet::new();
    let mut met = BTreeSet::new();
    let mut queue = vec![plan];
    while let Some(plan) = queue.pop() {
        if !met.insert(plan) {
            continue;
        }
        for id in knowledge.about(Topic::CarriersOf(plan)) {
            if let ClaimKind::Inclusion { sku, .. } = knowledge.claims[*id].kind {
                skus.insert(sku);
            }
        }
        for id in knowledge.about(Topic::CoveringOf(plan)) {
            if let ClaimKind::Cover { plan, .. } = knowledge.claims[*id].kind {
                queue.push(plan);
            }
        }
    }
    skus
}

/// Names of features and of tasks that fold alike, or differ in one letter.
fn near_names(knowledge: &KnowledgeBase, places: &Places, warnings: &mut Vec<Diagnostic>) {
    let features: Vec<(&str, &str, Option<&Place>)> = knowledge
        .features
        .iter()
        .map(|(id, feature)| {
            (
                feature.id.as_str(),
                feature.name.as_str(),
                places.features.get(&id),
            )
        })
        .collect();
    let tasks: Vec<(&str, &str, Option<&Place>)> = knowledge
        .tasks
        .iter()
        .map(|(id, task)| (task.id.as_str(), task.name.as_str(), places.tasks.get(&id)))
        .collect();
    for named in [features, tasks] {
        let folded: Vec<String> = named.iter().map(|(_, name, _)| fold(name)).collect();
        for (later, name) in folded.iter().enumerate() {
            for (earlier, other) in folded[..later].iter().enumerate() {
                if !is_near(name, other) {
                    continue;
                }
                let (id, shown, place) = named[later];
                let (other_id, other_shown, _) = named[earlier];
                if let Some(place) = place {
                    let title =
                        format!("\"{shown}\" (`{id}`) is nearly \"{other_shown}\" (`{other_id}`)");
                    warnings.push(
                        warning(
                            Code::NearName,
                            title,
                            *place,
                            "a person cannot tell them apart",
                            id,
                        )
                        .help("name what is different, or make them one"),
                    );
                }
            }
        }
    }
}

/// Numbers tell things apart; one letter in a long name does not.
fn is_near(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let digits = |name: &str| {
        name.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let lengths = one.len().abs_diff(other.len());
    one.len() >= 12
        && lengths <= 1
        && digits(one) == digits(other)
        && strsim::damerau_levenshtein(one, other) <= 1
}

/// A rule that begins on the very day of the only page that states it: the page shows that it held *by* then.
fn sharp_dates(knowledge: &KnowledgeBase, places: &Places, warnings: &mut Vec<Diagnostic>) {
    for (id, place) in &places.claims {
        let claim = &knowledge.claims[*id];
        let is_rule = matches!(
            claim.kind,
            ClaimKind::Requirement { .. } | ClaimKind::Permission { .. }
        );
        let Some(day) = claim
            .effective
            .from
            .as_ref()
            .and_then(|from| from.exact())
            .filter(|_| is_rule)
        else {
            continue;
        };
        let is_page_of_that_day = claim.evidence.iter().all(|evidence| {
            let source = &knowledge.sources[evidence.source];
            let is_page = matches!(
                source.kind,
                SourceKind::Documentation
                    | SourceKind::ServiceDescription
                    | SourceKind::Faq
                    | SourceKind::Blog
            );
            is_page
                && source
                    .published
                    .as_ref()
                    .and_then(|published| published.exact())
                    == Some(day)
        });
        if is_page_of_that_day {
            let title = format!(
                "`{}` begins on the day of the page that states it",
                claim.id
            );
            warnings.push(
                warning(
                    Code::SharpDate,
                    title,
                    *place,
                    "sharper than its source",
                    &claim.id,
                )
                .help(format!(
                    "write \"by {day}\", unless the page names the day itself"
                )),
            );
        }
    }
}
