//! The catalog as TOML: the same history always gives the same bytes.

use super::history::{History, PlanHistory, SkuHistory, order};
use super::kind;
use super::naming::DatedName;
use super::span::{Since, Span};
use crate::model::{Day, Guid, Segment};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogFile {
    /// Its name, without a folder.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// The first words of every file of the catalog, by which the program knows its own.
pub const WRITTEN_BY: &str = "# Written by `licit catalog import`, not by hand";

/// The widest line, where a list can be broken.
const WIDTH: usize = 140;

const HEAD: &str = "\
# What is known by hand of a SKU or a plan stands in `[[sku-note]]` and `[[plan-note]]` records elsewhere.
# \"by D\": the first copy of the vendor's table that shows the SKU shows it so. \"between C and D\": the last copy without
# and the first one with it. EXCHANGE_S_FOUNDATION, a filler that grants nothing, is left out of SKUs that carry more.
";

/// A source record of a dated copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CatalogSource {
    /// The day of which it shows the state.
    pub day: Day,
    /// The day on which it was read.
    pub read: Day,
    /// Where it is from, in a sentence.
    pub note: String,
}

/// The id of the source record of a copy.
pub(super) fn source_id(day: Day) -> String {
    format!("ms-sku-table-{day}")
}

/// The files of a whole catalog.
pub(super) fn files(history: &History, sources: &[CatalogSource]) -> Vec<CatalogFile> {
    let Some(newest) = history.days.last() else {
        return Vec::new();
    };
    let mut bodies: BTreeMap<&str, String> = BTreeMap::new();
    let plans = plan_ids(history);
    for sku in &history.skus {
        let body = bodies.entry(sku.family).or_default();
        sku_record(body, sku, &plans, *newest);
    }
    for plan in &history.plans {
        let body = bodies.entry(kind::plan_family(&plan.id)).or_default();
        plan_record(body, plan);
    }
    let mut files: Vec<CatalogFile> = bodies
        .into_iter()
        .map(|(family, body)| file(family, &defaults(*newest), &body))
        .collect();
    let cited = |source: &&CatalogSource| {
        let id = format!("\"{}\"", source_id(source.day));
        files.iter().any(|file| file.text.contains(&id))
    };
    let sources = source_records(sources.iter().filter(cited));
    files.push(file("sources", "", &sources));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// The file of what an addition has; none where it has nothing.
pub(super) fn addition(history: &History, body: &str) -> Option<CatalogFile> {
    let newest = history.days.last().filter(|_| !body.is_empty())?;
    Some(file(&format!("catalog-{newest}"), &defaults(*newest), body))
}

fn file(name: &str, defaults: &str, body: &str) -> CatalogFile {
    let text = format!("{HEAD}{defaults}{body}");
    // The first line is one of them.
    let long = text.lines().count() >= 500;
    let why = if long {
        "; long, since one family stays in one file"
    } else {
        ""
    };
    CatalogFile {
        name: format!("{name}.toml"),
        text: format!("{WRITTEN_BY}{why}.\n{text}"),
    }
}

fn defaults(newest: Day) -> String {
    format!(
        "\n[defaults]\nsource   = \"{}\"\nstanding = \"documented\"\n",
        source_id(newest)
    )
}

/// The ids of plans by their GUIDs.
pub(super) fn plan_ids(history: &History) -> BTreeMap<Guid, &str> {
    let plans = history.plans.iter();
    plans.map(|plan| (plan.guid, plan.id.as_str())).collect()
}

pub(super) fn sku_record(
    text: &mut String,
    sku: &SkuHistory,
    plans: &BTreeMap<Guid, &str>,
    newest: Day,
) {
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "\n[[sku]]\nid      = {}\nguid    = \"{}\"\nname    = {}\n",
        quoted(&sku.id),
        sku.guid,
        quoted(&sku.name)
    );
    words(text, &sku.aliases);
    names(text, &sku.names);
    if sku.segment != Segment::Commercial {
        let _ = writeln!(text, "segment = \"{}\"", sku.segment);
    }
    if !sku.purchasable {
        text.push_str("purchasable = false\n");
    }
    carries(text, sku.carries.iter(), plans, newest);
}

pub(super) fn plan_record(text: &mut String, plan: &PlanHistory) {
    let _ = write!(
        text,
        "\n[[plan]]\nid   = {}\nguid = \"{}\"\nname = {}\n",
        quoted(&plan.id),
        plan.guid,
        quoted(&plan.name)
    );
    words(text, &plan.aliases);
    names(text, &plan.names);
}

pub(super) fn source_records<'s>(sources: impl Iterator<Item = &'s CatalogSource>) -> String {
    let mut text = String::new();
    for source in sources {
        let day = source.day;
        let _ = write!(
            text,
            "\n[[source]]\n\
             id        = \"{}\"\n\
             title     = \"Product names and service plan identifiers for licensing, state of {day}\"\n\
             url       = \"https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference\"\n\
             publisher = \"Microsoft\"\n\
             kind      = \"vendor-data\"\n\
             published = {day}\n\
             read      = {}\n",
            source_id(day),
            source.read
        );
        if !source.note.is_empty() {
            let _ = writeln!(text, "note      = {}", quoted(&source.note));
        }
    }
    text
}

fn words(text: &mut String, aliases: &[String]) {
    if !aliases.is_empty() {
        let aliases: Vec<String> = aliases.iter().map(|alias| quoted(alias)).collect();
        let _ = writeln!(text, "aliases = [{}]", aliases.join(", "));
    }
}

pub(super) fn names(text: &mut String, names: &[DatedName]) {
    if names.is_empty() {
        return;
    }
    text.push_str("names   = [\n");
    for former in names {
        let _ = write!(
            text,
            "  {{ name = {}, from = \"{}\"",
            quoted(&former.name),
            former.span.from()
        );
        if let Some(until) = former.span.to() {
            let _ = write!(text, ", until = \"{until}\"");
        }
        let _ = writeln!(text, ", source = \"{}\" }},", source_id(former.span.last));
    }
    text.push_str("]\n");
}

/// What a SKU carries: one item for all plans that were seen in it from the same time on.
pub(super) fn carries<'s>(
    text: &mut String,
    carried: impl Iterator<Item = (&'s Guid, &'s Span)>,
    plans: &BTreeMap<Guid, &str>,
    newest: Day,
) {
    // By span; the last day of each is the day of the copy that is cited.
    let mut items: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
    for (plan, span) in carried {
        let last = match span.since {
            // The copy that shows it last says all there is to say.
            Since::By(_) => span.last,
            Since::Between(_, day) => day,
        };
        let ids = items.entry(Span { last, ..*span }).or_default();
        ids.extend(plans.get(plan));
    }
    if items.is_empty() {
        return;
    }
    text.push_str("carries = [\n");
    for (span, mut ids) in items {
        ids.sort_by_cached_key(|id| order(id));
        let mut item = format!("  {{ from = \"{}\"", span.from());
        if let Some(until) = span.to() {
            let _ = write!(item, ", until = \"{until}\"");
        }
        if span.last != newest {
            let _ = write!(item, ", source = \"{}\"", source_id(span.last));
        }
        item.push_str(", plan = [");
        list(text, &item, &ids, "] },");
    }
    text.push_str("]\n");
}

/// A list on one line where it fits, else broken into lines.
fn list(text: &mut String, head: &str, ids: &[&str], tail: &str) {
    let ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
    let joined = ids.join(", ");
    if head.len() + joined.len() + tail.len() <= WIDTH {
        let _ = writeln!(text, "{head}{joined}{tail}");
        return;
    }
    text.push_str(head);
    let mut width = WIDTH;
    for id in &ids {
        if width + id.len() + 2 > WIDTH {
            text.push_str("\n    ");
            width = 4;
        } else {
            text.push(' ');
            width += 1;
        }
        let _ = write!(text, "{id},");
        width += id.len() + 1;
    }
    let _ = writeln!(text, "\n  {tail}");
}

/// A string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{list, quoted};

    #[test]
    fn strings_keep_what_they_say() {
        let text = "a \"b\" \\ c – d";
        let read: toml::Table = format!("key = {}", quoted(text)).parse().unwrap();
        assert_eq!(read["key"].as_str(), Some(text));
    }

    #[test]
    fn long_lists_are_broken_and_stay_lists() {
        let ids: Vec<String> = (0..40).map(|at| format!("PLAN_{at}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut text = "carries = [\n".to_owned();
        list(&mut text, "  { plan = [", &ids, "] },");
        text.push_str("]\n");
        assert!(
            text.lines().all(|line| line.len() <= super::WIDTH),
            "{text}"
        );
        let read: toml::Table = text.parse().unwrap();
        assert_eq!(read["carries"][0]["plan"].as_array().unwrap().len(), 40);
    }
}
