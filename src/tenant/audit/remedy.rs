//! How to close every gap: the smallest purchase, idle seats first, and the other way, without eligible assignments.

use super::holdings::Holdings;
use super::outcome::{Audit, AuditRow, Coverage, Remedy, WithoutEligibility};
use super::places::places;
use super::question::WayTasks;
use super::questions::idle;
use crate::ask;
use crate::dataset::KnowledgeBase;
use crate::model::{
    Asked, AuditVerdict, Money, Need, NeedSubject, Place, Purchase, Satisfied, SkuId, Team,
    TeamPersona,
};
use crate::tenant::audit::RowOf;
use crate::tenant::{AccountIndex, PersonIndex, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// What has to be bought, handed out or switched on; none where nobody lacks anything.
pub(super) fn remedy(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    holdings: &Holdings<'_>,
    ways: &WayTasks,
    audit: &Audit,
) -> Option<Remedy> {
    let gaps = Gaps::of(knowledge, holdings, ways, audit);
    if gaps.lacking.is_empty() && gaps.switch_on.is_empty() {
        return None;
    }
    let (purchase, accounts) = buy(knowledge, tenant, audit, &gaps, |_| true)
        .map_or((None, Vec::new()), |(purchase, accounts)| {
            (Some(purchase), accounts)
        });
    let idle = purchase.as_ref().map(handed_out).unwrap_or_default();
    let without_eligibility = gaps.without_eligibility(knowledge, tenant, audit, purchase.as_ref());
    Some(Remedy {
        accounts,
        purchase,
        idle,
        switch_on: gaps.switch_on,
        without_eligibility,
    })
}

/// What somebody lacks for one account, or for all accounts of one person where one license serves them all.
#[derive(Default)]
struct Lacking {
    /// What is asked for, with whether it comes from being eligible or holding a role for a time.
    asked: BTreeMap<Asked, bool>,
    accounts: BTreeSet<AccountIndex>,
    held: BTreeSet<SkuId>,
    elsewhere: BTreeSet<SkuId>,
}

/// Every gap of an audit.
struct Gaps {
    lacking: BTreeMap<(PersonIndex, Option<AccountIndex>), Lacking>,
    switch_on: Vec<(usize, usize)>,
    /// SKUs that a table says close a gap, and of which this tenant says that they do not carry what is needed.
    of_no_use: BTreeSet<SkuId>,
    /// Rows with a gap that comes from being eligible or holding a role for a time.
    eligible: BTreeSet<usize>,
}

impl Gaps {
    fn of(
        knowledge: &KnowledgeBase,
        holdings: &Holdings<'_>,
        ways: &WayTasks,
        audit: &Audit,
    ) -> Self {
        let mut gaps = Self {
            lacking: BTreeMap::new(),
            switch_on: Vec::new(),
            of_no_use: BTreeSet::new(),
            eligible: BTreeSet::new(),
        };
        for (at, row) in audit.rows.iter().enumerate() {
            let answer = row.answer.and_then(|place| audit.answers.get(place));
            let (Some(answer), Some(account), Some(person)) = (answer, row.account, row.person)
            else {
                continue;
            };
            let needs = answer.answer.needs.iter().zip(&row.needs).enumerate();
            for (place, (need, judged)) in needs {
                if judged.verdict != AuditVerdict::Gap {
                    continue;
                }
                match &judged.coverage {
                    Coverage::Unusable(_) => gaps.switch_on.push((at, place)),
                    Coverage::NotHeld | Coverage::NotOwned { .. } => {
                        let is_shared = places(need).strict >= Place::Person;
                        let key = (person, (!is_shared).then_some(account));
                        let lacking = gaps.lacking.entry(key).or_default();
                        lacking.accounts.insert(account);
                        let question = &answer.answer.question;
                        // What the tenant says its SKU does not carry must not count because a table says it does.
                        let believed =
                            |sku: &&SkuId| need.opened_by.iter().any(|by| by.sku == **sku);
                        let is_contradicted = need.satisfied == Satisfied::Yes;
                        let held = question.held.iter();
                        let held = held.filter(|sku| !(is_contradicted && believed(sku)));
                        lacking.held.extend(held.copied());
                        let opened_by = need.opened_by.iter().map(|by| by.sku);
                        let not_here = |sku: &SkuId| !holdings.sku_meets(&need.requirement, *sku);
                        gaps.of_no_use.extend(opened_by.filter(not_here));
                        lacking
                            .elsewhere
                            .extend(question.held_elsewhere.iter().copied());
                        let is_of_pim = is_of_pim(ways, need);
                        for asked in asked(knowledge, row, audit, need) {
                            lacking.asked.insert(asked, is_of_pim);
                        }
                        if is_of_pim {
                            gaps.eligible.insert(at);
                        }
                    }
                    _ => {}
                }
            }
        }
        gaps
    }

    fn without_eligibility(
        &self,
        knowledge: &KnowledgeBase,
        tenant: &Tenant,
        audit: &Audit,
        with: Option<&Purchase>,
    ) -> Option<WithoutEligibility> {
        let rows = self.eligible.iter().filter_map(|at| audit.rows.get(*at));
        let assignments: BTreeSet<usize> = rows
            .filter_map(|row| match row.of {
                RowOf::Assignment(at) => Some(at),
                RowOf::Duty(_) => None,
            })
            .collect();
        if assignments.is_empty() {
            return None;
        }
        let rest =
            buy(knowledge, tenant, audit, self, |is_of_pim| !is_of_pim).map(|(rest, _)| rest);
        let rest_costs = match &rest {
            Some(rest) => rest.total,
            None => Some(Money::ZERO),
        };
        let costs = with.and_then(|with| with.total);
        Some(WithoutEligibility {
            assignments: assignments.into_iter().collect(),
            saves: costs
                .zip(rest_costs)
                .and_then(|(costs, rest)| costs.minus(rest)),
            purchase: rest,
        })
    }
}

fn is_of_pim(ways: &WayTasks, need: &Need) -> bool {
    match need.subject {
        NeedSubject::Task(task) => ways.is_of_pim(task),
        NeedSubject::Sku(_) => false,
    }
}

/// What to ask for a gap: the task, or the role where the task is one of its core, since rules may speak of roles.
fn asked(knowledge: &KnowledgeBase, row: &AuditRow, audit: &Audit, need: &Need) -> Vec<Asked> {
    let NeedSubject::Task(task) = need.subject else {
        return Vec::new();
    };
    let answer = row.answer.and_then(|place| audit.answers.get(place));
    let subjects = answer.map(|answer| answer.answer.question.subjects.as_slice());
    let role = subjects
        .unwrap_or_default()
        .iter()
        .find(|asked| match asked {
            Asked::Role(role) => knowledge.roles[*role].core.contains(&task),
            _ => false,
        });
    vec![role.copied().unwrap_or(Asked::Task(task))]
}

/// The smallest purchase for what is asked, with the accounts behind every persona; none where nothing is.
fn buy(
    knowledge: &KnowledgeBase,
    tenant: &Tenant,
    audit: &Audit,
    gaps: &Gaps,
    which: impl Fn(bool) -> bool,
) -> Option<(Purchase, Vec<Vec<AccountIndex>>)> {
    type Alike = (Vec<Asked>, Vec<SkuId>, Vec<SkuId>);
    let mut personas: BTreeMap<Alike, (u64, Vec<AccountIndex>)> = BTreeMap::new();
    for lacking in gaps.lacking.values() {
        let asked = lacking
            .asked
            .iter()
            .filter(|(_, is_of_pim)| which(**is_of_pim));
        let asked: Vec<Asked> = asked.map(|(asked, _)| *asked).collect();
        if asked.is_empty() {
            continue;
        }
        let held: Vec<SkuId> = lacking.held.iter().copied().collect();
        let elsewhere = lacking
            .elsewhere
            .difference(&lacking.held)
            .copied()
            .collect();
        let (people, accounts) = personas.entry((asked, held, elsewhere)).or_default();
        *people += 1;
        accounts.extend(&lacking.accounts);
    }
    if personas.is_empty() {
        return None;
    }
    let circumstances = &audit.circumstances;
    let question = audit.answers.first().map(|answer| &answer.answer.question);
    let mut team = Team {
        name: String::new(),
        on: circumstances.on,
        known: circumstances.known,
        givens: question
            .map(|question| question.givens.clone())
            .unwrap_or_default(),
        owned: idle(tenant)
            .into_iter()
            .filter(|(sku, _)| !gaps.of_no_use.contains(sku))
            .collect(),
        reading: circumstances.reading,
        segment: circumstances.segment,
        currency: circumstances.currency.clone(),
        agreement: circumstances.agreement.clone(),
        one_set: false,
        personas: Vec::new(),
    };
    let mut accounts = Vec::new();
    for ((subjects, held, held_elsewhere), (count, of)) in personas {
        team.personas.push(TeamPersona {
            name: (team.personas.len() + 1).to_string(),
            count,
            subjects,
            eligible: false,
            held,
            held_elsewhere,
            givens: BTreeMap::new(),
        });
        accounts.push(of);
    }
    let (purchase, _) = ask::purchase(knowledge, &team);
    Some((purchase, accounts))
}

/// Seats that the tenant owns and hands out.
fn handed_out(purchase: &Purchase) -> Vec<(SkuId, u64)> {
    let lines = purchase.bill.iter();
    let idle = lines.map(|line| (line.sku, line.assigned.saturating_sub(line.buy)));
    idle.filter(|(_, seats)| *seats > 0).collect()
}
