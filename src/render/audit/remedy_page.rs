//! How to close every gap, on the page of an audit: what is there already, what is to be bought, and the other way.

use super::AuditView;
use super::finding_words::{Words, plural};
use super::page::{holder, what};
use crate::model::{BasketSet, Money, Purchase};
use crate::render::words::list;
use crate::render::{Item, Line, Page};
use crate::tenant::audit::{Remedy, WithoutEligibility};

/// The most accounts of one persona that the page names.
const MOST_NAMED: usize = 12;

pub(super) fn remedy(page: &mut Page, view: &AuditView<'_>, words: &Words<'_>) {
    let Some(remedy) = &view.audit.remedy else {
        return;
    };
    page.heading("Smallest purchase that closes every gap");
    page.paragraph(summary(view, remedy));
    let mut items = Vec::new();
    for (sku, seats) in &remedy.idle {
        items.push(point(format!(
            "hand out {} of {}, which costs nothing",
            plural(*seats, "idle seat", "idle seats"),
            view.knowledge.skus[*sku].id
        )));
    }
    if let Some(purchase) = &remedy.purchase {
        items.extend(bill(view, purchase));
        items.extend(who(view, words, remedy, purchase));
    }
    for (row, _) in &remedy.switch_on {
        if let Some(row) = view.audit.rows.get(*row) {
            items.push(point(format!(
                "make what is held work, which costs nothing: {}, {}",
                holder(words, row),
                what(words, row)
            )));
        }
    }
    page.items(items);
    if let Some(other) = &remedy.without_eligibility {
        page.paragraph(without_eligibility(view, other));
    }
}

pub(super) fn summary(view: &AuditView<'_>, remedy: &Remedy) -> Line {
    let Some(purchase) = &remedy.purchase else {
        return Line::new().strong("Nothing to buy.");
    };
    if let Some(why) = &purchase.no_purchase {
        return Line::new().strong(format!("No purchase closes them: {why}."));
    }
    let currency = &view.audit.circumstances.currency;
    match purchase.total {
        Some(Money::ZERO) => Line::new().strong("Nothing to buy: idle seats are enough."),
        Some(total) => {
            let year = total
                .times(12)
                .map_or(String::new(), |year| format!(", {year} a year"));
            let proven = if purchase.proven_cheapest {
                "; nothing costs less"
            } else {
                ""
            };
            Line::new()
                .strong(format!("{total} {currency} a month{year}"))
                .plain(format!("{proven}."))
        }
        None => Line::from("What it costs is not known."),
    }
}

fn bill(view: &AuditView<'_>, purchase: &Purchase) -> Vec<Item> {
    let currency = &view.audit.circumstances.currency;
    let lines = purchase.bill.iter().filter(|line| line.buy > 0);
    lines
        .map(|line| {
            let sku = &view.knowledge.skus[line.sku];
            let price = match (line.unit_price, line.total) {
                (Some(unit), Some(total)) => format!(", {unit} each, {total} {currency} a month"),
                _ => String::new(),
            };
            let unverified = match purchase.unverified_prices.contains(&line.sku) {
                true => ", a price that nobody confirmed",
                false => "",
            };
            point(format!(
                "buy {} of {} ({}){price}{unverified}",
                plural(line.buy, "seat", "seats"),
                sku.name,
                sku.id
            ))
        })
        .collect()
}

/// Who gets what.
fn who(view: &AuditView<'_>, words: &Words<'_>, remedy: &Remedy, purchase: &Purchase) -> Vec<Item> {
    let personas = purchase.personas.iter().zip(&remedy.accounts);
    let item = |(persona, accounts): (&crate::model::PersonaPurchase, &Vec<_>)| {
        let sets: Vec<String> = persona
            .sets
            .iter()
            .filter(|set| !set.skus.is_empty())
            .map(|set| given(view, set))
            .collect();
        if sets.is_empty() {
            return None;
        }
        let mut names: Vec<String> = accounts
            .iter()
            .take(MOST_NAMED)
            .map(|account| words.names.account(*account))
            .collect();
        if accounts.len() > MOST_NAMED {
            names.push(format!("{} more", accounts.len() - MOST_NAMED));
        }
        Some(point(format!(
            "for {}: {}",
            list(&names, "and"),
            list(&sets, "and")
        )))
    };
    personas.filter_map(item).collect()
}

pub(super) fn given(view: &AuditView<'_>, set: &BasketSet) -> String {
    let skus: Vec<String> = set
        .skus
        .iter()
        .map(|sku| view.knowledge.skus[*sku].id.to_string())
        .collect();
    let off: Vec<String> = set
        .switch_off
        .iter()
        .map(|plan| view.knowledge.plans[*plan].id.to_string())
        .collect();
    let off = match off.is_empty() {
        true => String::new(),
        false => format!(", with {} switched off", list(&off, "and")),
    };
    match set.people {
        1 => format!("{}{off}", skus.join(" + ")),
        people => format!("{people} x {}{off}", skus.join(" + ")),
    }
}

fn without_eligibility(view: &AuditView<'_>, other: &WithoutEligibility) -> Line {
    let assignments = plural(
        u64::try_from(other.assignments.len()).unwrap_or(u64::MAX),
        "eligible or time-bound assignment",
        "eligible or time-bound assignments",
    );
    let currency = &view.audit.circumstances.currency;
    let left = match other.purchase.as_ref().map(|purchase| purchase.total) {
        None => "nothing would be missing".to_owned(),
        Some(Some(total)) => format!("{total} {currency} a month would be left to buy"),
        Some(None) => "something would still be missing".to_owned(),
    };
    let saves = match other.saves {
        Some(saves) if saves != Money::ZERO => format!(", which saves {saves} {currency} a month"),
        _ => String::new(),
    };
    Line::new().strong("The other way: ").plain(format!(
        "without the {assignments} of those who lack a license for it, {left}{saves}. Roles held for good are less safe."
    ))
}

fn point(words: String) -> Item {
    Item {
        line: Line::from(words),
        details: Vec::new(),
    }
}
