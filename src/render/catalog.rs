//! What an import of the vendor's table changes: a difference to be reviewed before anything is written.

use super::View;
use super::page::{Item, Line, Page};
use crate::dataset::catalog::{CarriedChange, CatalogChanges, Import, Slip, SlipKind, TableCopy};
use crate::model::Day;
use serde::Serialize;

/// An import and where it was written.
pub struct CatalogView<'a> {
    /// The import.
    pub import: &'a Import,
    /// Where it was written; none where it was only shown.
    pub written: Option<Written>,
}

/// What was done with the files of an import.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    /// The folder.
    pub folder: String,
    /// How many of the files say something else than before, or are new.
    pub changed: usize,
    /// How many files of an earlier import were removed.
    pub removed: usize,
}

/// `licit.catalog/1`
#[derive(Serialize)]
pub struct CatalogShape {
    copies: Vec<CopyShape>,
    rejected: Vec<RejectedShape>,
    skus: ThingsShape,
    plans: ThingsShape,
    reclassified: Vec<RenamedShape>,
    carried: Vec<CarriedShape>,
    slips: Vec<SlipShape>,
    counts: CountsShape,
    files: Vec<FileShape>,
    written: Option<Written>,
}

#[derive(Serialize)]
struct CopyShape {
    file: String,
    day: String,
    encoding: &'static str,
    separator: String,
    rows: usize,
    taken: usize,
    repeated: usize,
    rejected: usize,
}

#[derive(Serialize)]
struct RejectedShape {
    file: String,
    line: usize,
    reason: String,
    text: String,
}

#[derive(Serialize)]
struct ThingsShape {
    added: Vec<ThingShape>,
    gone: Vec<ThingShape>,
    renamed: Vec<RenamedShape>,
    aliased: Vec<AliasedShape>,
}

#[derive(Serialize)]
struct AliasedShape {
    id: String,
    names: Vec<String>,
}

#[derive(Serialize)]
struct ThingShape {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct RenamedShape {
    id: String,
    old: String,
    new: String,
}

#[derive(Serialize)]
struct CarriedShape {
    sku: String,
    gained: Vec<DatedShape>,
    ended: Vec<DatedShape>,
    dropped: Vec<String>,
    redated: Vec<RedatedShape>,
}

#[derive(Serialize)]
struct DatedShape {
    plan: String,
    when: String,
}

#[derive(Serialize)]
struct RedatedShape {
    plan: String,
    old: String,
    new: String,
}

#[derive(Serialize)]
struct SlipShape {
    sku: String,
    what: &'static str,
    days: Vec<String>,
    plans: Vec<String>,
}

#[derive(Serialize)]
struct CountsShape {
    skus: usize,
    plans: usize,
    inclusions: usize,
}

#[derive(Serialize)]
struct FileShape {
    name: String,
    lines: usize,
}

impl View for CatalogView<'_> {
    const SCHEMA: &'static str = "licit.catalog/1";
    type Shape = CatalogShape;

    fn shape(&self) -> CatalogShape {
        let import = self.import;
        let changes = &import.changes;
        let rejected = import.copies.iter().flat_map(|copy| {
            copy.rejected.iter().map(|row| RejectedShape {
                file: copy.file.clone(),
                line: row.line,
                reason: row.reason.clone(),
                text: row.text.clone(),
            })
        });
        let files = import.files.iter().map(|file| FileShape {
            name: file.name.clone(),
            lines: file.text.lines().count(),
        });
        CatalogShape {
            copies: import.copies.iter().map(copy_shape).collect(),
            rejected: rejected.collect(),
            skus: things_shape(
                &changes.skus_added,
                &changes.skus_gone,
                &changes.skus_renamed,
                &changes.skus_aliased,
            ),
            plans: things_shape(
                &changes.plans_added,
                &changes.plans_gone,
                &changes.plans_renamed,
                &changes.plans_aliased,
            ),
            reclassified: changes
                .skus_reclassified
                .iter()
                .map(changed_shape)
                .collect(),
            carried: changes.carried.iter().map(carried_shape).collect(),
            slips: import.history.slips.iter().map(slip_shape).collect(),
            counts: CountsShape {
                skus: import.history.skus.len(),
                plans: import.history.plans.len(),
                inclusions: inclusions(import),
            },
            files: files.collect(),
            written: self.written.clone(),
        }
    }

    fn page(&self) -> Page {
        let import = self.import;
        let mut page = Page::new("Import of the vendor's table of products and service plans");
        page.table(
            &["file", "of", "rows", "taken", "repeated", "rejected", "as"],
            import.copies.iter().map(copy_row).collect(),
        );
        let rejected: Vec<Item> = import.copies.iter().flat_map(rejected_items).collect();
        section(&mut page, "Rows left out", rejected);
        changes_sections(&mut page, &import.changes);
        let slips = import.history.slips.iter().map(slip_item);
        section(
            &mut page,
            "Slips of the table, of which nothing is made",
            slips.collect(),
        );
        page.heading("Counts");
        page.facts(count_facts(import));
        if let Some(written) = &self.written {
            let files = import.files.len();
            let line = match files {
                0 => "Nothing was to be written.".to_owned(),
                _ => format!(
                    "Files written into {}: {files}; changed by that: {}.",
                    written.folder, written.changed
                ),
            };
            page.paragraph(match written.removed {
                0 => line,
                removed => format!("{line} Files of an earlier import removed: {removed}."),
            });
        }
        page
    }
}

fn copy_shape(copy: &TableCopy) -> CopyShape {
    CopyShape {
        file: copy.file.clone(),
        day: copy.day.to_string(),
        encoding: copy.encoding.word(),
        separator: copy.separator.to_string(),
        rows: copy.read,
        taken: copy.rows.len(),
        repeated: copy.repeated,
        rejected: copy.rejected.len(),
    }
}

fn things_shape(
    added: &[(String, String)],
    gone: &[(String, String)],
    renamed: &[(String, String, String)],
    aliased: &[(String, Vec<String>)],
) -> ThingsShape {
    let things = |things: &[(String, String)]| {
        let things = things.iter().map(|(id, name)| ThingShape {
            id: id.clone(),
            name: name.clone(),
        });
        things.collect()
    };
    let aliased = aliased.iter().map(|(id, names)| AliasedShape {
        id: id.clone(),
        names: names.clone(),
    });
    ThingsShape {
        added: things(added),
        gone: things(gone),
        renamed: renamed.iter().map(changed_shape).collect(),
        aliased: aliased.collect(),
    }
}

fn changed_shape((id, old, new): &(String, String, String)) -> RenamedShape {
    RenamedShape {
        id: id.clone(),
        old: old.clone(),
        new: new.clone(),
    }
}

fn carried_shape(change: &CarriedChange) -> CarriedShape {
    let dated = |plans: &[(String, String)]| {
        let plans = plans.iter().map(|(plan, when)| DatedShape {
            plan: plan.clone(),
            when: when.clone(),
        });
        plans.collect()
    };
    let redated = change.redated.iter().map(|(plan, old, new)| RedatedShape {
        plan: plan.clone(),
        old: old.clone(),
        new: new.clone(),
    });
    CarriedShape {
        sku: change.sku.clone(),
        gained: dated(&change.gained),
        ended: dated(&change.ended),
        dropped: change.dropped.clone(),
        redated: redated.collect(),
    }
}

fn slip_shape(slip: &Slip) -> SlipShape {
    let (what, days) = match &slip.kind {
        SlipKind::Missing(days) => ("missing", days.clone()),
        SlipKind::CameAndWent(first, last) => ("came-and-went", vec![*first, *last]),
        SlipKind::NotYetSure(day) => ("not-yet-sure", vec![*day]),
    };
    SlipShape {
        sku: slip.sku.clone(),
        what,
        days: days.iter().map(Day::to_string).collect(),
        plans: slip.plans.clone(),
    }
}

/// Items under a heading; nothing where there is no item.
fn section(page: &mut Page, heading: &str, items: Vec<Item>) {
    if !items.is_empty() {
        page.heading(format!("{heading} ({})", items.len()));
        page.items(items);
    }
}

fn copy_row(copy: &TableCopy) -> Vec<Line> {
    let separator = match copy.separator {
        '\t' => "tabs".to_owned(),
        separator => format!("`{separator}`"),
    };
    let cells = [
        copy.file.clone(),
        copy.day.to_string(),
        copy.read.to_string(),
        copy.rows.len().to_string(),
        copy.repeated.to_string(),
        copy.rejected.len().to_string(),
        format!("{} {separator}", copy.encoding.word()),
    ];
    cells.into_iter().map(Line::from).collect()
}

fn rejected_items(copy: &TableCopy) -> Vec<Item> {
    let items = copy.rejected.iter().map(|row| Item {
        line: Line::new()
            .code(format!("{}:{}", copy.file, row.line))
            .plain(format!(": {}", row.reason)),
        details: vec![Line::new().faint(row.text.clone())],
    });
    items.collect()
}

fn changes_sections(page: &mut Page, changes: &CatalogChanges) {
    if changes.is_empty() {
        page.paragraph("Nothing changes in the catalog that is there.");
        return;
    }
    let things = |sign: &str, things: &[(String, String)]| {
        let items = things.iter().map(|(id, name)| Item {
            line: Line::new().plain(sign).code(id).plain(format!("  {name}")),
            details: Vec::new(),
        });
        items.collect::<Vec<Item>>()
    };
    let renamed = |things: &[(String, String, String)]| {
        let items = things.iter().map(|(id, old, new)| Item {
            line: Line::new().code(id),
            details: vec![format!("- {old}").into(), format!("+ {new}").into()],
        });
        items.collect::<Vec<Item>>()
    };
    section(page, "SKUs added", things("+ ", &changes.skus_added));
    section(page, "SKUs gone", things("- ", &changes.skus_gone));
    section(page, "SKUs renamed", renamed(&changes.skus_renamed));
    let aliased = |things: &[(String, Vec<String>)]| {
        let items = things.iter().map(|(id, names)| Item {
            line: Line::new().code(id),
            details: names
                .iter()
                .map(|name| format!("+ {name}").into())
                .collect(),
        });
        items.collect::<Vec<Item>>()
    };
    section(
        page,
        "SKUs with further names",
        aliased(&changes.skus_aliased),
    );
    section(
        page,
        "SKUs for somebody else",
        renamed(&changes.skus_reclassified),
    );
    section(page, "Plans added", things("+ ", &changes.plans_added));
    section(page, "Plans gone", things("- ", &changes.plans_gone));
    section(page, "Plans renamed", renamed(&changes.plans_renamed));
    section(
        page,
        "Plans with further names",
        aliased(&changes.plans_aliased),
    );
    let carried = changes.carried.iter().map(carried_item);
    section(page, "SKUs that carry something else", carried.collect());
}

fn carried_item(change: &CarriedChange) -> Item {
    let mut details: Vec<Line> = Vec::new();
    let line =
        |sign: &str, plan: &str, rest: String| Line::new().plain(sign).code(plan).plain(rest);
    for (plan, when) in &change.gained {
        details.push(line("+ ", plan, format!(", {when}")));
    }
    for (plan, when) in &change.ended {
        details.push(line("- ", plan, format!(", seen no longer {when}")));
    }
    for plan in &change.dropped {
        details.push(line("- ", plan, ", not said any more".to_owned()));
    }
    for (plan, old, new) in &change.redated {
        details.push(line("~ ", plan, format!(", {new}; so far {old}")));
    }
    Item {
        line: Line::new().code(&change.sku),
        details,
    }
}

fn slip_item(slip: &Slip) -> Item {
    let (what, days) = match &slip.kind {
        SlipKind::Missing(days) => ("missing in the copies of ", joined(days)),
        SlipKind::CameAndWent(first, last) => {
            ("shown only in the copies of ", joined(&[*first, *last]))
        }
        SlipKind::NotYetSure(day) => ("missing only in the newest copy, of ", day.to_string()),
    };
    let plans = match slip.plans.as_slice() {
        [] => Vec::new(),
        plans => vec![plans.join(", ").into()],
    };
    Item {
        line: Line::new().code(&slip.sku).plain(format!(": {what}{days}")),
        details: plans,
    }
}

fn joined(days: &[Day]) -> String {
    let mut days: Vec<String> = days.iter().map(Day::to_string).collect();
    days.dedup();
    days.join(", ")
}

fn inclusions(import: &Import) -> usize {
    import
        .history
        .skus
        .iter()
        .map(|sku| sku.carries.len())
        .sum()
}

fn count_facts(import: &Import) -> Vec<(&'static str, Line)> {
    let changes = &import.changes;
    let sum = |count: fn(&CarriedChange) -> usize| changes.carried.iter().map(count).sum::<usize>();
    let rejected: usize = import.copies.iter().map(|copy| copy.rejected.len()).sum();
    vec![
        (
            "catalog",
            format!(
                "{} SKUs, {} plans, {} inclusions",
                import.history.skus.len(),
                import.history.plans.len(),
                inclusions(import)
            )
            .into(),
        ),
        (
            "SKUs",
            format!(
                "{} added, {} gone, {} renamed, {} with further names, {} for somebody else",
                changes.skus_added.len(),
                changes.skus_gone.len(),
                changes.skus_renamed.len(),
                changes.skus_aliased.len(),
                changes.skus_reclassified.len()
            )
            .into(),
        ),
        (
            "plans",
            format!(
                "{} added, {} gone, {} renamed, {} with further names",
                changes.plans_added.len(),
                changes.plans_gone.len(),
                changes.plans_renamed.len(),
                changes.plans_aliased.len()
            )
            .into(),
        ),
        (
            "carried",
            format!(
                "{} gained, {} ended, {} dropped, {} with other dates",
                sum(|change| change.gained.len()),
                sum(|change| change.ended.len()),
                sum(|change| change.dropped.len()),
                sum(|change| change.redated.len())
            )
            .into(),
        ),
        ("rows", format!("{rejected} left out").into()),
    ]
}
