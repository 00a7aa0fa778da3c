//! What the tenant owns: raw to valid.

use super::principals::guid;
use super::raw::Many;
use super::records::RawSeats;
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{Gathered, SeatPlanRow, SeatsRow, Written};
use crate::tenant::{Missing, MissingAbout, MissingFact, Row};

/// The seats of one SKU.
pub(super) fn seats(
    raw: RawSeats<'_>,
    row: Row,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), &'static str> {
    let sku = Written {
        guid: guid(&raw.sku_id),
        name: raw.part_number.text().and_then(|name| log.text(name)),
    };
    if sku.is_empty() {
        return Err("it has neither `skuId` nor `skuPartNumber`");
    }
    let units = raw.prepaid.list().unwrap_or_default().into_iter().next();
    let units = units.unwrap_or_default();
    let plans = match raw.plans {
        Many::List(plans) => Some(
            plans
                .into_iter()
                .map(|plan| SeatPlanRow {
                    plan: Written {
                        guid: guid(&plan.plan_id),
                        name: plan.name.text().and_then(|name| log.text(name)),
                    },
                    to_company: plan
                        .applies_to
                        .text()
                        .is_some_and(|whom| whom.eq_ignore_ascii_case("Company")),
                    status: plan.status.text().and_then(|status| log.text(status)),
                })
                .collect(),
        ),
        Many::Lost => {
            gathered.missing.push(Missing {
                fact: MissingFact::DeeperParts,
                about: MissingAbout::File(log.file),
            });
            None
        }
        Many::Absent => None,
    };
    gathered.seats.push(SeatsRow {
        sku,
        enabled: units.enabled.count().or(raw.total.count()),
        warning: units.warning.count().unwrap_or(0),
        suspended: units.suspended.count().unwrap_or(0),
        locked_out: units.locked_out.count().unwrap_or(0),
        consumed: raw.consumed.count(),
        status: raw.status.text().and_then(|status| log.text(status)),
        plans,
        origin: log.origin(row),
    });
    Ok(())
}
