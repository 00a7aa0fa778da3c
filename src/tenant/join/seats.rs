//! Seats of each SKU from all files: a copy of a list counts once.

use super::principals::put;
use crate::tenant::lexicon::Lexicon;
use crate::tenant::read::rows::SeatsRow;
use crate::tenant::{SeatPlan, Seats};

/// One record per SKU; the row that tells most about it is believed.
pub(super) fn seats(rows: Vec<SeatsRow>, lexicon: &Lexicon<'_>) -> Vec<Seats> {
    let mut seats: Vec<Seats> = Vec::new();
    for row in rows {
        let sku = lexicon.sku(&row.sku);
        let plans = row.plans.map(|plans| {
            let plans = plans.into_iter();
            plans
                .map(|row| SeatPlan {
                    plan: lexicon.plan(&row.plan),
                    to_company: row.to_company,
                    status: row.status,
                })
                .collect()
        });
        let origin = row.origin;
        let here = Seats {
            sku,
            enabled: row.enabled,
            warning: row.warning,
            suspended: row.suspended,
            locked_out: row.locked_out,
            consumed: row.consumed,
            status: row.status,
            plans,
            rows: vec![origin.clone()],
        };
        match seats.iter_mut().find(|known| known.sku.is_same(&here.sku)) {
            Some(known) => {
                if known.enabled.is_none() && here.enabled.is_some() {
                    known.enabled = here.enabled;
                    known.warning = here.warning;
                    known.suspended = here.suspended;
                    known.locked_out = here.locked_out;
                }
                known.consumed = known.consumed.or(here.consumed);
                known.status = known.status.take().or(here.status);
                known.plans = known.plans.take().or(here.plans);
                put(&mut known.rows, &origin);
            }
            None => seats.push(here),
        }
    }
    seats.sort_by(|one, two| one.sku.cmp(&two.sku));
    seats
}
