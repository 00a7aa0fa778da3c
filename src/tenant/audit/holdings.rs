//! What accounts really have: plans, not only SKUs.
//!
//! An answer knows what SKUs carry by the vendor's table. A tenant knows more: which plans it switched off, which
//! assignments are in error, which subscriptions are suspended, and what its own subscriptions carry, which beats every
//! table. So whether a requirement is met is worked out here anew, plan by plan.

use super::outcome::{Broken, Support};
use super::owned::OwnedSeats;
use super::ways::Ways;
use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::model::{GivenId, PlanId, Requirement, Satisfied, SkuId};
use crate::tenant::{Account, AccountIndex, License, LicenseState, SeatPlan, Seats, Tenant};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What meets a requirement, and what would if it worked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// What meets it, or a part of it.
    pub(super) by: BTreeSet<Support>,
    /// What would meet it, or a part of it, and does not work.
    pub(super) broken: BTreeSet<(Support, Broken)>,
    /// Licenses of which nobody knows what they carry.
    pub(super) unknown: BTreeSet<Support>,
}

/// Whose licenses count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Who<'w> {
    pub(super) accounts: &'w [AccountIndex],
    /// A SKU that does not count: no SKU is its own base.
    pub(super) except: Option<SkuId>,
}

/// Looks up what accounts of a tenant have at a moment.
pub(super) struct Holdings<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) tenant: &'a Tenant,
    moment: Moment,
    /// What the tenant says its SKUs carry.
    carried: BTreeMap<SkuId, BTreeSet<PlanId>>,
    suspended: BTreeSet<SkuId>,
    ways: RefCell<BTreeMap<Requirement, Rc<Ways>>>,
    /// Seats owned by requirement: asked for again for every assignment.
    pub(super) owned: RefCell<BTreeMap<Requirement, Rc<OwnedSeats>>>,
}

impl<'a> Holdings<'a> {
    pub(super) fn of(knowledge: &'a KnowledgeBase, tenant: &'a Tenant, moment: Moment) -> Self {
        let mut carried = BTreeMap::new();
        let mut suspended = BTreeSet::new();
        for seats in &tenant.seats {
            let Some(sku) = seats.sku.id else { continue };
            let is_suspended = is_suspended(seats);
            // A list without a plan tells nothing; plans of a suspended subscription are off, which is another reason.
            let plans = seats.plans.iter().flatten();
            let plans = plans.filter_map(|plan| {
                if is_suspended {
                    plan.plan.id
                } else {
                    works(plan)
                }
            });
            if seats.plans.as_ref().is_some_and(|plans| !plans.is_empty()) {
                carried.insert(sku, plans.collect());
            }
            if is_suspended {
                suspended.insert(sku);
            }
        }
        Self {
            knowledge,
            tenant,
            moment,
            carried,
            suspended,
            ways: RefCell::default(),
            owned: RefCell::default(),
        }
    }

    /// The SKUs on an account that work at all, by id: what a question calls held.
    pub(super) fn skus(&self, account: AccountIndex) -> Vec<SkuId> {
        let licenses = self.tenant[account].licenses.iter().flatten();
        let working = licenses.filter(|license| self.broken(license).is_none());
        let skus: BTreeSet<SkuId> = working.filter_map(|license| license.sku.id).collect();
        skus.into_iter().collect()
    }

    /// Why nothing of a license works, where nothing does.
    pub(super) fn broken(&self, license: &License) -> Option<Broken> {
        match license.state {
            LicenseState::Disabled | LicenseState::Error => Some(Broken::Assignment(license.state)),
            LicenseState::Active | LicenseState::ActiveWithError | LicenseState::NotTold => {
                let sku = license.sku.id?;
                self.suspended.contains(&sku).then_some(Broken::Suspended)
            }
        }
    }

    /// Whether accounts together meet a requirement; what nobody tells is unknown, never no.
    pub(super) fn meets(
        &self,
        requirement: &Requirement,
        who: Who<'_>,
        done: &impl Fn(GivenId) -> Option<bool>,
        found: &mut Found,
    ) -> Satisfied {
        match requirement {
            Requirement::Nothing => Satisfied::Yes,
            Requirement::Unnamed => Satisfied::Unknown,
            Requirement::Given(given) => match done(*given) {
                Some(true) => Satisfied::Yes,
                Some(false) => Satisfied::No,
                None => Satisfied::Unknown,
            },
            Requirement::Any(parts) => {
                let mut best = Satisfied::No;
                for part in parts {
                    let met = match part {
                        // A thing to do that nobody said is done is no license held.
                        Requirement::Given(given) if done(*given).is_none() => Satisfied::No,
                        part => self.meets(part, who, done, found),
                    };
                    best = best.min_by_worth(met);
                }
                best
            }
            Requirement::All(parts) => {
                let mut worst = Satisfied::Yes;
                for part in parts {
                    let met = match part {
                        // An obligation is listed; it does not leave the licenses in doubt.
                        Requirement::Given(given) if done(*given).is_none() => Satisfied::Yes,
                        part => self.meets(part, who, done, found),
                    };
                    worst = worst.max_by_worth(met);
                }
                worst
            }
            leaf => {
                let ways = self.ways(leaf);
                let mut best = Satisfied::No;
                for account in who.accounts {
                    best =
                        best.min_by_worth(self.account_meets(&ways, *account, who.except, found));
                }
                best
            }
        }
    }

    /// The parts of a requirement that accounts do not surely meet.
    pub(super) fn missing(
        &self,
        requirement: &Requirement,
        who: Who<'_>,
        done: &impl Fn(GivenId) -> Option<bool>,
    ) -> Vec<Requirement> {
        let parts = match requirement {
            Requirement::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let met = |part: &Requirement| self.meets(part, who, done, &mut Found::default());
        let missing = parts
            .iter()
            .filter(|part| part.demands() && met(part) != Satisfied::Yes);
        missing.cloned().collect()
    }

    fn account_meets(
        &self,
        ways: &Ways,
        at: AccountIndex,
        except: Option<SkuId>,
        found: &mut Found,
    ) -> Satisfied {
        let account = &self.tenant[at];
        let mut best = Satisfied::No;
        for (place, license) in account.licenses.iter().flatten().enumerate() {
            let support = Support::License(at, place);
            if license.sku.id.is_some() && license.sku.id == except {
                continue;
            }
            if self.is_unknown(account, license) {
                found.unknown.insert(support);
                best = best.min_by_worth(Satisfied::Unknown);
                continue;
            }
            let met = self.license_meets(ways, account, license);
            let met = match met {
                LicenseMeets::No => Satisfied::No,
                LicenseMeets::Surely => Satisfied::Yes,
                LicenseMeets::Perhaps => Satisfied::Unknown,
                LicenseMeets::Broken(why) => {
                    found.broken.insert((support, why));
                    Satisfied::No
                }
            };
            if met != Satisfied::No {
                found.by.insert(support);
            }
            best = best.min_by_worth(met);
        }
        for (place, held) in account.plans.iter().flatten().enumerate() {
            let Some(surely) = held.plan.id.and_then(|plan| ways.plans.get(&plan)) else {
                continue;
            };
            if held.works {
                found.by.insert(Support::Plan(at, place));
                let met = if *surely {
                    Satisfied::Yes
                } else {
                    Satisfied::Unknown
                };
                best = best.min_by_worth(met);
            }
        }
        let is_told = account.licenses.is_some() || account.plans.is_some();
        match best {
            Satisfied::No if !is_told && !account.deleted => Satisfied::Unknown,
            best => best,
        }
    }

    fn license_meets(&self, ways: &Ways, account: &Account, license: &License) -> LicenseMeets {
        let mut met = LicenseMeets::No;
        let sku = license.sku.id;
        if let Some(surely) = sku.and_then(|sku| ways.skus.get(&sku)) {
            met = met.or(LicenseMeets::sure(*surely));
        }
        for (plan, plan_is_sure) in &ways.plans {
            let carries = match sku {
                Some(sku) => self.carries(ways, sku, *plan),
                None => self.unknown_carries(license, *plan),
            };
            let Some(is_sure) = carries else { continue };
            let one = match self.plan_off(account, license, *plan) {
                Some(why) => LicenseMeets::Broken(why),
                None => LicenseMeets::sure(is_sure && *plan_is_sure),
            };
            met = met.or(one);
        }
        match (met, self.broken(license)) {
            (LicenseMeets::No, _) | (_, None) => met,
            (_, Some(why)) => LicenseMeets::Broken(why),
        }
    }

    /// Whether a SKU carries a plan and that surely; none where it does not. What the tenant says beats the table.
    pub(super) fn carries(&self, ways: &Ways, sku: SkuId, plan: PlanId) -> Option<bool> {
        if let Some(carried) = self.carried.get(&sku) {
            return carried.contains(&plan).then_some(true);
        }
        let is_carried = ways.carriers.contains(&(sku, plan));
        is_carried.then(|| !ways.unsure_carriers.contains(&(sku, plan)))
    }

    /// Whether nobody tells what a license carries: neither the knowledge base, nor the tenant's own list of seats, nor the
    /// plans of the account.
    fn is_unknown(&self, account: &Account, license: &License) -> bool {
        let mut seats = self.tenant.seats.iter();
        license.sku.id.is_none()
            && account.plans.is_none()
            && self.broken(license).is_none()
            && !seats.any(|seats| seats.plans.is_some() && seats.sku.is_same(&license.sku))
    }

    /// The same for a SKU that the knowledge base does not know: the tenant may still say what it carries.
    fn unknown_carries(&self, license: &License, plan: PlanId) -> Option<bool> {
        let mut seats = self.tenant.seats.iter();
        let seats = seats.find(|seats| seats.sku.is_same(&license.sku))?;
        let mut plans = seats.plans.iter().flatten().filter_map(works);
        plans.any(|carried| carried == plan).then_some(true)
    }

    fn plan_off(&self, account: &Account, license: &License, plan: PlanId) -> Option<Broken> {
        if license.switched_off.iter().any(|off| off.id == Some(plan)) {
            return Some(Broken::PlanOff(plan));
        }
        let listed = account.plans.iter().flatten();
        let mut listed = listed.filter(|held| held.plan.id == Some(plan)).peekable();
        let is_listed = listed.peek().is_some();
        (is_listed && listed.all(|held| !held.works)).then_some(Broken::PlanNotWorking(plan))
    }

    pub(super) fn ways(&self, leaf: &Requirement) -> Rc<Ways> {
        if let Some(known) = self.ways.borrow().get(leaf) {
            return known.clone();
        }
        let ways = Rc::new(Ways::of(self.knowledge, self.moment, leaf));
        self.ways.borrow_mut().insert(leaf.clone(), ways.clone());
        ways
    }
}

/// The plan, unless the tenant says that it is not there for anybody.
pub(super) fn works(plan: &SeatPlan) -> Option<PlanId> {
    let is_off = |status: &String| status.eq_ignore_ascii_case("disabled");
    if plan.status.as_ref().is_some_and(is_off) {
        return None;
    }
    plan.plan.id
}

/// Whether no seat of a SKU can be used.
pub(super) fn is_suspended(seats: &Seats) -> bool {
    let usable = seats
        .enabled
        .map(|enabled| enabled.saturating_add(seats.warning));
    let stopped = seats.suspended.saturating_add(seats.locked_out);
    match usable {
        Some(usable) => usable == 0 && stopped > 0,
        None => seats.status.as_ref().is_some_and(|status| {
            ["suspended", "lockedout", "deleted"].contains(&status.to_ascii_lowercase().as_str())
        }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LicenseMeets {
    No,
    Broken(Broken),
    Perhaps,
    Surely,
}

impl LicenseMeets {
    fn sure(surely: bool) -> Self {
        if surely { Self::Surely } else { Self::Perhaps }
    }

    /// The better of two ways.
    fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

/// Orders satisfaction: one is enough, or all are needed.
pub(super) trait Worth {
    fn min_by_worth(self, other: Self) -> Self;
    fn max_by_worth(self, other: Self) -> Self;
}

fn worth(satisfied: Satisfied) -> u8 {
    match satisfied {
        Satisfied::Yes => 0,
        Satisfied::Unknown => 1,
        Satisfied::No => 2,
    }
}

impl Worth for Satisfied {
    fn min_by_worth(self, other: Self) -> Self {
        if worth(other) < worth(self) {
            other
        } else {
            self
        }
    }

    fn max_by_worth(self, other: Self) -> Self {
        if worth(other) > worth(self) {
            other
        } else {
            self
        }
    }
}
