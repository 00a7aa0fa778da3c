//! From wishes to clauses: of each clause one item has to be chosen.
//!
//! An item is a SKU that may be taken, or one of two helpers that cost nothing. The first says that a plan of an exclusive
//! group is enabled: it needs a SKU that carries the plan, and keeps the other plans of the group off. The second says
//! that all parts of an alternative hold, so that "(A and B) or C" is never multiplied out. What an item needs are clauses
//! too, which ask for something only once the item is chosen: prerequisites of SKUs are the same mechanism.
//!
//! Only what can matter is drafted: from the wishes to the SKUs that meet them, to what these require, and so on.

use super::index::Index;
use crate::model::{Exclusion, PlanIndex, Query, SkuIndex, Wish};
use std::collections::BTreeMap;

/// What an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    /// A SKU, bought or relied upon.
    Sku(SkuIndex),
    /// A plan of an exclusive group is enabled.
    Enabled(PlanIndex),
    /// All parts of an alternative hold.
    Together,
}

/// Something that may be chosen.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) thing: Thing,
    pub(super) price: u64,
    pub(super) surplus: u32,
    /// Whether choosing it is buying it.
    pub(super) is_bought: bool,
    /// The clauses that have to be met once it is chosen.
    pub(super) needs: Vec<usize>,
    /// By need: which prerequisite of the SKU it belongs to, if origins are kept.
    pub(super) prerequisites: Vec<usize>,
    /// Where in its wish a helper stands, if origins are kept.
    pub(super) path: Vec<usize>,
}

/// Items and clauses of a query.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) items: Vec<Item>,
    /// By clause: the items of which one has to be chosen.
    pub(super) clauses: Vec<Vec<usize>>,
    /// By wish: the clauses that say that it is met.
    pub(super) wishes: Vec<Vec<usize>>,
    /// What has to be bought, each with the clause that says so.
    pub(super) forced: Vec<(SkuIndex, usize)>,
    /// By clause: where in its wish it stands, if origins are kept.
    pub(super) paths: Vec<Vec<usize>>,
    /// Whether held SKUs already break an exclusion among themselves.
    pub(super) is_broken: bool,
}

impl Draft {
    /// The clauses that have to be met in any case.
    pub(super) fn always(&self) -> impl Iterator<Item = usize> + '_ {
        let forced = self.forced.iter().map(|(_, clause)| *clause);
        self.wishes.iter().flatten().copied().chain(forced)
    }
}

/// Whether a draft remembers where in the wishes its clauses and helpers come from, as only a certificate needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origins {
    Kept,
    Left,
}

/// What meets a wish.
enum Met {
    /// It holds whatever is chosen.
    Always,
    /// One of these items.
    By(Vec<usize>),
}

const NONE: u32 = u32::MAX;

/// Most queries have no more items.
const USUAL_ITEMS: usize = 256;

struct Drafting<'a> {
    index: &'a Index<'a>,
    query: &'a Query,
    draft: Draft,
    /// By SKU: its item.
    items: Vec<u32>,
    /// SKUs that count without being chosen: held, and without prerequisites.
    held: Vec<SkuIndex>,
    /// By plan of an exclusive group: the item that enables it.
    enabled: BTreeMap<PlanIndex, Option<usize>>,
    /// By number of a prerequisite: its clauses.
    prerequisites: Vec<Option<Vec<usize>>>,
    origins: Origins,
    /// Where in the wish at hand we are.
    path: Vec<usize>,
}

/// Items and clauses of a query.
pub(super) fn draft(index: &Index<'_>, query: &Query, origins: Origins) -> Draft {
    let mut drafting = Drafting {
        index,
        query,
        draft: Draft {
            items: Vec::with_capacity(USUAL_ITEMS),
            ..Draft::default()
        },
        items: vec![NONE; index.market.skus().len()],
        held: Vec::new(),
        enabled: BTreeMap::new(),
        prerequisites: vec![None; index.different],
        origins,
        path: Vec::new(),
    };
    if query.exclusion == Exclusion::Sku {
        drafting.held = query.held.iter().collect();
        let held = &drafting.held;
        let clash = |one: &SkuIndex| held.iter().any(|other| index.clash(*one, *other));
        drafting.draft.is_broken = held.iter().any(clash);
    }
    for wish in query.wishes() {
        let mut clauses = Vec::new();
        drafting.demand(wish, None, &mut clauses);
        drafting.draft.wishes.push(clauses);
    }
    for sku in query.forced.iter() {
        if !query.held.contains(sku) {
            let items = drafting.item(sku).into_iter().collect();
            let clause = drafting.clause(items);
            drafting.draft.forced.push((sku, clause));
        }
    }
    drafting.needs_of_skus();
    drafting.draft
}

impl Drafting<'_> {
    fn clause(&mut self, items: Vec<usize>) -> usize {
        self.draft.clauses.push(items);
        if self.origins == Origins::Kept {
            self.draft.paths.push(self.path.clone());
        }
        self.draft.clauses.len() - 1
    }

    /// Works out what the SKUs need, which brings further SKUs.
    fn needs_of_skus(&mut self) {
        let mut place = 0;
        while let Some(item) = self.draft.items.get(place) {
            if let Thing::Sku(sku) = item.thing {
                let mut needs = Vec::new();
                let mut places = Vec::new();
                for (number, prerequisite) in
                    self.index.prerequisites[sku.index()].iter().enumerate()
                {
                    if self.origins == Origins::Kept {
                        places.resize(needs.len(), number.saturating_sub(1));
                    }
                    if prerequisite.names_owner {
                        self.demand(prerequisite.wish, Some(sku), &mut needs);
                        continue;
                    }
                    if self.prerequisites[prerequisite.number].is_none() {
                        let mut clauses = Vec::new();
                        self.demand(prerequisite.wish, None, &mut clauses);
                        self.prerequisites[prerequisite.number] = Some(clauses);
                    }
                    needs.extend(self.prerequisites[prerequisite.number].iter().flatten());
                }
                if self.origins == Origins::Kept {
                    let last = self.index.prerequisites[sku.index()].len();
                    places.resize(needs.len(), last.saturating_sub(1));
                }
                self.draft.items[place].needs = needs;
                self.draft.items[place].prerequisites = places;
            }
            place += 1;
        }
    }

    /// Adds the clauses that say that a wish holds. What `owner` brings does not count: no SKU meets its own prerequisite.
    fn demand(&mut self, wish: &Wish, owner: Option<SkuIndex>, clauses: &mut Vec<usize>) {
        if let Wish::All(parts) = wish {
            self.each_part(parts, |this, part| {
                this.demand(part, owner, clauses);
                false
            });
        } else if let Met::By(items) = self.met(wish, owner) {
            clauses.push(self.clause(items));
        }
    }

    /// Does something for each part, knowing where it stands, until it is true for one; whether it was.
    fn each_part(
        &mut self,
        parts: &[Wish],
        mut visit: impl FnMut(&mut Self, &Wish) -> bool,
    ) -> bool {
        parts.iter().enumerate().any(|(place, part)| {
            self.path.push(place);
            let is_done = visit(self, part);
            self.path.pop();
            is_done
        })
    }

    fn met(&mut self, wish: &Wish, owner: Option<SkuIndex>) -> Met {
        // An item may be listed twice: it ends as one bit.
        let mut items = Vec::new();
        if self.gather(wish, owner, &mut items) {
            return Met::Always;
        }
        Met::By(items)
    }

    /// Collects the items that meet a wish; true if it is met whatever is chosen.
    fn gather(&mut self, wish: &Wish, owner: Option<SkuIndex>, items: &mut Vec<usize>) -> bool {
        match wish {
            Wish::Any(parts) => self.each_part(parts, |this, part| this.gather(part, owner, items)),
            Wish::All(_) => {
                let mut needs = Vec::new();
                self.demand(wish, owner, &mut needs);
                if needs.is_empty() {
                    return true;
                }
                items.push(self.helper(Thing::Together, needs));
                false
            }
            Wish::Sku(sku) => owner != Some(*sku) && self.take(*sku, items),
            Wish::Plan(plan) => {
                let is_exclusive =
                    self.query.exclusion == Exclusion::Plan && !self.index.groups(*plan).is_empty();
                if !is_exclusive {
                    return self.carried(*plan, owner, items);
                }
                let Some(enabled) = self.enabled(*plan) else {
                    return false;
                };
                let carriers = self.index.carriers(*plan);
                let is_own = |owner| carriers.iter().any(|(sku, _)| *sku == owner);
                if owner.is_some_and(is_own) {
                    // Enabled, and brought by another than the owner.
                    let mut needs = vec![self.clause(vec![enabled])];
                    let mut others = Vec::new();
                    if !self.carried(*plan, owner, &mut others) {
                        needs.push(self.clause(others));
                    }
                    items.push(self.helper(Thing::Together, needs));
                } else {
                    items.push(enabled);
                }
                false
            }
        }
    }

    /// Collects the items of the SKUs that carry a plan; true if one of them counts anyway.
    fn carried(
        &mut self,
        plan: PlanIndex,
        owner: Option<SkuIndex>,
        items: &mut Vec<usize>,
    ) -> bool {
        let index = self.index;
        for (sku, certainty) in index.carriers(plan) {
            if *certainty >= self.query.least_certainty
                && owner != Some(*sku)
                && self.take(*sku, items)
            {
                return true;
            }
        }
        false
    }

    /// Collects the item of a SKU, if it may be taken; true if it counts anyway.
    fn take(&mut self, sku: SkuIndex, items: &mut Vec<usize>) -> bool {
        if self.query.held.contains(sku) && self.index.prerequisites[sku.index()].is_empty() {
            return true;
        }
        items.extend(self.item(sku));
        false
    }

    /// The item of a SKU, if it may be taken.
    fn item(&mut self, sku: SkuIndex) -> Option<usize> {
        let known = *self.items.get(sku.index())?;
        if known != NONE {
            return Some(known as usize);
        }
        let query = self.query;
        let is_held = query.held.contains(sku);
        if !is_held {
            let may_be_bought = (query.allowed.contains(sku) || query.forced.contains(sku))
                && !query.forbidden.contains(sku);
            // Exclusions of what is held count, whether it is of use or not.
            let clashes = query.exclusion == Exclusion::Sku
                && self.held.iter().any(|held| self.index.clash(*held, sku));
            if !may_be_bought || clashes {
                return None;
            }
        }
        let record = self.index.market.sku(sku)?;
        let of_query = query.surplus.as_ref();
        let surplus = of_query.and_then(|surplus| surplus.get(sku.index()).copied());
        let surplus = surplus.map(|surplus| surplus.min(Query::MOST_SURPLUS));
        self.items[sku.index()] = u32::try_from(self.draft.items.len()).ok()?;
        self.draft.items.push(Item {
            thing: Thing::Sku(sku),
            price: if is_held {
                0
            } else {
                query.price(self.index.market, sku)
            },
            surplus: if is_held {
                0
            } else {
                surplus.unwrap_or(record.surplus)
            },
            is_bought: !is_held,
            needs: Vec::new(),
            prerequisites: Vec::new(),
            path: Vec::new(),
        });
        Some(self.draft.items.len() - 1)
    }

    fn helper(&mut self, thing: Thing, needs: Vec<usize>) -> usize {
        self.draft.items.push(Item {
            thing,
            price: 0,
            surplus: 0,
            is_bought: false,
            needs,
            prerequisites: Vec::new(),
            path: match self.origins {
                Origins::Kept => self.path.clone(),
                Origins::Left => Vec::new(),
            },
        });
        self.draft.items.len() - 1
    }

    /// The item that enables a plan of an exclusive group; none if nothing brings the plan.
    fn enabled(&mut self, plan: PlanIndex) -> Option<usize> {
        if let Some(known) = self.enabled.get(&plan) {
            return *known;
        }
        let mut carriers = Vec::new();
        let item = if self.carried(plan, None, &mut carriers) {
            Some(self.helper(Thing::Enabled(plan), Vec::new()))
        } else if carriers.is_empty() {
            None
        } else {
            let needs = vec![self.clause(carriers)];
            Some(self.helper(Thing::Enabled(plan), needs))
        };
        self.enabled.insert(plan, item);
        item
    }
}
