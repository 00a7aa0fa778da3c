//! Validates claims: names, dates and evidence of each for itself.

use super::dates;
use super::expressions::{Terms, all};
use super::register::Register;
use crate::dataset::TableId;
use crate::dataset::place::Placed;
use crate::dataset::read::{
    RawClaim, RawDemand, RawEvidence, RawId, RawKind, RawLimitOf, RawSubject,
};
use crate::model::{
    Claim, ClaimId, ClaimKind, Demand, Evidence, LimitOf, PlanId, SkuId, Source, SourceId, Subject,
};

/// Validates one claim. Relations are resolved by the caller, which needs them of faulty claims, too.
pub(super) fn claim<'s>(
    raw: RawClaim,
    terms: &Terms<'_>,
    source: impl Fn(SourceId) -> Option<&'s Source>,
    relations: [Vec<ClaimId>; 3],
) -> Option<Claim> {
    let problems = terms.names.problems;
    let before = problems.count();
    let kind = kind(raw.kind, terms);
    let when = raw.when.map(|when| terms.condition(when));
    let effective = dates::period(raw.effective, problems);
    let mut known = dates::period(raw.known, problems);
    let evidence: Vec<Option<Evidence>> = raw
        .evidence
        .into_iter()
        .map(|evidence| read_evidence(evidence, terms))
        .collect();
    let evidence: Option<Vec<Evidence>> = evidence.into_iter().collect();
    // A claim with a fault is not judged by what is left of it.
    if raw.faulty || problems.count() > before {
        return None;
    }
    let evidence = evidence?;
    if known.from.is_none() {
        let sources: Option<Vec<&Source>> = evidence
            .iter()
            .map(|evidence| source(evidence.source))
            .collect();
        known.from = Some(dates::known_from(
            &effective, &sources?, raw.place, problems,
        )?);
    }
    let [supersedes, replaces, disputes] = relations;
    Some(Claim {
        id: raw.id?.value.into(),
        kind: kind?,
        when: match when {
            Some(when) => Some(when?),
            None => None,
        },
        effective,
        known,
        standing: raw.standing?,
        supersedes,
        replaces,
        disputes,
        note: raw.note,
        evidence,
    })
}

fn read_evidence(raw: RawEvidence, terms: &Terms<'_>) -> Option<Evidence> {
    let source = one(&terms.names.sources, raw.source, terms);
    Some(Evidence {
        source: source?,
        says: raw.says?,
        gone: raw.gone,
        second_hand: raw.second_hand,
    })
}

fn one<Id: TableId>(register: &Register<Id>, name: RawId, terms: &Terms<'_>) -> Option<Id> {
    terms.names.find(register, &name?)
}

fn many<Id: TableId>(
    register: &Register<Id>,
    names: &[Placed<String>],
    terms: &Terms<'_>,
) -> Option<Vec<Id>> {
    all(names.iter().map(|name| terms.names.find(register, name)))
}

fn subject(raw: RawSubject, terms: &Terms<'_>) -> Option<Subject> {
    let names = terms.names;
    match raw {
        RawSubject::Task(name) => names.find(&names.tasks, &name).map(Subject::Task),
        RawSubject::Feature(name) => names.find(&names.features, &name).map(Subject::Feature),
        RawSubject::Area(name) => names.find(&names.areas, &name).map(Subject::Area),
        RawSubject::Everything => Some(Subject::Everything),
    }
}

fn kind(raw: RawKind, terms: &Terms<'_>) -> Option<ClaimKind> {
    let names = terms.names;
    let sku = |name: RawId| -> Option<SkuId> { one(&names.skus, name, terms) };
    let plan = |name: RawId| -> Option<PlanId> { one(&names.plans, name, terms) };
    Some(match raw {
        RawKind::Requirement {
            subjects,
            aspects,
            demand,
            counted,
        } => {
            let subjects = all(subjects.into_iter().map(|raw| subject(raw, terms)));
            let demand = demand.map(|raw| read_demand(raw, terms));
            let counted = counted.map(|raw| terms.counted(raw));
            ClaimKind::Requirement {
                subjects: subjects?,
                aspects,
                demand: demand??,
                counted: match counted {
                    Some(counted) => Some(counted?),
                    None => None,
                },
            }
        }
        RawKind::Lifecycle { subject: of, state } => ClaimKind::Lifecycle {
            subject: subject(of?, terms)?,
            state: state?,
        },
        RawKind::Permission { task, roles, least } => {
            let task = one(&names.tasks, task, terms);
            let roles = many(&names.roles, &roles, terms);
            ClaimKind::Permission {
                task: task?,
                roles: roles?,
                // It is one of the roles, which have been looked up already.
                least: least.and_then(|least| names.roles.find(&least.value)),
            }
        }
        RawKind::Inclusion {
            sku: of,
            plan: what,
        } => {
            let (of, what) = (sku(of), plan(what));
            ClaimKind::Inclusion {
                sku: of?,
                plan: what?,
            }
        }
        RawKind::Grant { feature, by } => {
            let feature = one(&names.features, feature, terms);
            let by = all(by.iter().map(|name| names.held(name)));
            ClaimKind::Grant {
                feature: feature?,
                by: by?,
            }
        }
        RawKind::Cover {
            plan: higher,
            covers,
        } => {
            let higher = plan(higher);
            let covers = many(&names.plans, &covers, terms);
            ClaimKind::Cover {
                plan: higher?,
                covers: covers?,
            }
        }
        RawKind::Name { of, name } => ClaimKind::Name {
            of: names.named(&of?)?,
            name: name?,
        },
        RawKind::Price {
            sku: of,
            amount,
            currency,
            market,
            term,
            verified,
        } => ClaimKind::Price {
            sku: sku(of)?,
            amount: amount?,
            currency: currency?,
            market: market?,
            term: term?,
            verified: verified?,
        },
        RawKind::Prerequisite { sku: of, requires } => {
            let of = sku(of);
            let requires = requires.and_then(|raw| terms.requirement(raw));
            ClaimKind::Prerequisite {
                sku: of?,
                requires: requires?,
            }
        }
        RawKind::Exclusion { plans } => ClaimKind::Exclusion {
            plans: many(&names.plans, &plans, terms)?,
        },
        RawKind::Limit { of, at_most } => ClaimKind::Limit {
            of: limit_of(of?, terms)?,
            at_most: at_most?,
        },
        RawKind::Sale { sku: of, to } => ClaimKind::Sale {
            sku: sku(of)?,
            to: to?,
        },
    })
}

fn read_demand(raw: RawDemand, terms: &Terms<'_>) -> Option<Demand> {
    Some(match raw {
        RawDemand::Requires(raw) => Demand::Requires(terms.requirement(raw)?),
        RawDemand::Where(place) => Demand::Where(place),
        RawDemand::AtLeast { seats, of } => Demand::AtLeast {
            seats,
            of: match of {
                Some(of) => Some(terms.requirement(of)?),
                None => None,
            },
        },
    })
}

fn limit_of(raw: RawLimitOf, terms: &Terms<'_>) -> Option<LimitOf> {
    Some(match raw {
        RawLimitOf::Given { subject: of, given } => {
            let of = subject(of, terms);
            let given = terms.count_given(&given);
            LimitOf::Given {
                subject: of?,
                given: given?,
            }
        }
        RawLimitOf::Seats(skus) => LimitOf::Seats(many(&terms.names.skus, &skus, terms)?),
    })
}
