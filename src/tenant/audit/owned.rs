//! The seats that the tenant owns of what meets a requirement, and which of them nobody can count.
//!
//! What the tenant's own list of seats says that a SKU carries is believed, also of a SKU that the knowledge base does not
//! know. Only a SKU of which nobody tells what it carries leaves the number open, and then it is named.

use super::holdings::{Holdings, Worth, works};
use crate::model::{PlanId, Requirement, Satisfied, SkuId};
use crate::tenant::{Reference, Seats};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Seats of what meets a requirement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OwnedSeats {
    /// Those that surely meet it, with the seats that people can use.
    pub(super) by: Vec<(Reference<SkuId>, u64)>,
    /// Those that may add to them: nobody tells what they carry, or how many seats there are.
    pub(super) perhaps: Vec<(Reference<SkuId>, Option<u64>)>,
}

/// Whether the seats that are owned are as many as are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enough {
    Yes,
    No,
    /// It turns on what some SKU carries.
    Perhaps,
}

impl OwnedSeats {
    /// The seats that surely meet it.
    pub(super) fn number(&self) -> u64 {
        let seats = self.by.iter().map(|(_, seats)| *seats);
        seats.fold(0, u64::saturating_add)
    }

    /// Whether they are enough. Where even all that may count would not be, they are not.
    pub(super) fn are_enough(&self, needed: u64) -> Enough {
        let surely = self.number();
        let with_all = self.perhaps.iter().try_fold(surely, |sum, (_, seats)| {
            seats.map(|seats| sum.saturating_add(seats))
        });
        match with_all {
            _ if surely >= needed => Enough::Yes,
            Some(most) if most < needed => Enough::No,
            _ => Enough::Perhaps,
        }
    }

    fn add(&mut self, met: Satisfied, sku: Reference<SkuId>, seats: u64) {
        match met {
            _ if seats == 0 => {}
            Satisfied::Yes => self.by.push((sku, seats)),
            Satisfied::Unknown => self.perhaps.push((sku, Some(seats))),
            Satisfied::No => {}
        }
    }
}

impl Holdings<'_> {
    /// Whether one SKU, as this tenant has it, meets a requirement alone.
    pub(super) fn sku_meets(&self, requirement: &Requirement, sku: SkuId) -> bool {
        self.one_meets(requirement, Some(sku), &[]) == Satisfied::Yes
    }

    /// Whether what the tenant bought meets a requirement alone; unknown where nobody tells what it carries.
    pub(super) fn seats_meet(&self, requirement: &Requirement, seats: &Seats) -> Satisfied {
        // A list without a plan tells nothing.
        let plans = seats.plans.as_deref().filter(|plans| !plans.is_empty());
        match (seats.sku.id, plans) {
            (Some(sku), _) => self.one_meets(requirement, Some(sku), &[]),
            (None, Some(plans)) => {
                let carried: Vec<PlanId> = plans.iter().filter_map(works).collect();
                self.one_meets(requirement, None, &carried)
            }
            (None, None) if requirement.demands() => Satisfied::Unknown,
            (None, None) => Satisfied::Yes,
        }
    }

    /// The usable seats that the tenant owns of what meets a requirement, by SKU; none where no export tells.
    pub(super) fn owned(&self, requirement: &Requirement) -> Option<Rc<OwnedSeats>> {
        if self.tenant.seats.is_empty() {
            return None;
        }
        if let Some(known) = self.owned.borrow().get(requirement) {
            return Some(known.clone());
        }
        let mut owned = OwnedSeats::default();
        let mut on_accounts = self.on_accounts();
        for seats in &self.tenant.seats {
            let met = self.seats_meet(requirement, seats);
            if let Some(enabled) = seats.enabled {
                let usable = enabled.saturating_add(seats.warning);
                owned.add(met, seats.sku.clone(), usable);
                on_accounts.retain(|sku, _| seats.sku.id != Some(*sku));
            } else if met != Satisfied::No {
                owned.perhaps.push((seats.sku.clone(), None));
            }
        }
        // A license on an account is a seat, also where the list of seats leaves its SKU out or does not number them.
        for (sku, seats) in on_accounts {
            let known = &self.knowledge.skus[sku];
            let named = Reference {
                id: Some(sku),
                guid: known.guid,
                written: known.id.to_string(),
            };
            owned.add(self.one_meets(requirement, Some(sku), &[]), named, seats);
        }
        let owned = Rc::new(owned);
        let mut known = self.owned.borrow_mut();
        known.insert(requirement.clone(), owned.clone());
        Some(owned)
    }

    /// How many licenses of each SKU work on accounts.
    fn on_accounts(&self) -> BTreeMap<SkuId, u64> {
        let mut seats: BTreeMap<SkuId, u64> = BTreeMap::new();
        let licenses = self.tenant.accounts.iter();
        let licenses = licenses.flat_map(|account| account.licenses.iter().flatten());
        let working = licenses.filter(|license| self.broken(license).is_none());
        for sku in working.filter_map(|license| license.sku.id) {
            *seats.entry(sku).or_default() += 1;
        }
        seats
    }

    /// Whether one SKU meets a requirement alone; one that the knowledge base does not know by what it carries.
    fn one_meets(
        &self,
        requirement: &Requirement,
        sku: Option<SkuId>,
        carried: &[PlanId],
    ) -> Satisfied {
        let part_meets = |part: &Requirement| self.one_meets(part, sku, carried);
        match requirement {
            Requirement::Nothing => Satisfied::Yes,
            Requirement::Unnamed | Requirement::Given(_) => Satisfied::No,
            Requirement::Any(parts) => {
                let met = parts.iter().map(part_meets);
                met.fold(Satisfied::No, Satisfied::min_by_worth)
            }
            Requirement::All(parts) => {
                let things = |part: &&Requirement| !matches!(part, Requirement::Given(_));
                let met = parts.iter().filter(things).map(part_meets);
                met.fold(Satisfied::Yes, Satisfied::max_by_worth)
            }
            leaf => {
                let ways = self.ways(leaf);
                let carries = |plan: &PlanId| match sku {
                    Some(sku) => self.carries(&ways, sku, *plan),
                    None => carried.contains(plan).then_some(true),
                };
                let by_plans = ways.plans.iter().filter_map(|(plan, plan_is_sure)| {
                    carries(plan).map(|is_sure| is_sure && *plan_is_sure)
                });
                let by_itself = sku.and_then(|sku| ways.skus.get(&sku)).copied();
                let surely = by_itself.into_iter().chain(by_plans);
                surely.fold(Satisfied::No, |met, surely| {
                    met.min_by_worth(match surely {
                        true => Satisfied::Yes,
                        false => Satisfied::Unknown,
                    })
                })
            }
        }
    }
}
