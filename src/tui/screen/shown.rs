//! One thing, claim, source or given, shown whole: the page of `licit show`.

use crate::model::Named;
use crate::render::{ClaimView, Format, GivenView, Page, SourceView, ThingView, View, write};
use crate::tui::model::Model;
use crate::tui::row::{Row, Target, rows as page_rows};

/// The rows of what a target is about.
pub(crate) fn rows(model: &Model, target: &Target) -> Vec<Row> {
    if target.is_of_audit() {
        return super::audit::about(model, target);
    }
    page(model, target).map_or_else(Vec::new, |page| page_rows(model.knowledge(), &page))
}

/// The same as the command line prints it.
///
/// # Errors
/// When nothing is shown.
pub(crate) fn written(model: &Model, target: &Target, format: Format) -> Result<String, String> {
    if target.is_of_audit() {
        return audit_text(model, target, format);
    }
    let as_of = model.as_of();
    let knowledge = model.knowledge();
    let version = knowledge.meta.version.as_str();
    let text = match (target, target.claim(), target.given(), target.thing()) {
        (Target::Source(source), ..) => {
            let source = *source;
            write(&SourceView { knowledge, source }, version, format)
        }
        (_, Some(claim), ..) => write(&ClaimView { as_of, claim }, version, format),
        (_, _, Some(given), _) => write(&GivenView { knowledge, given }, version, format),
        (.., Some(thing)) => write(&ThingView { as_of, thing }, version, format),
        _ => return Err("nothing is shown".to_owned()),
    };
    text.map_err(|error| error.to_string())
}

/// What the screen shows of the audit, as text: as data the whole audit is written, from its own screen.
fn audit_text(model: &Model, target: &Target, format: Format) -> Result<String, String> {
    if format == Format::Json {
        return Err("as JSON the whole audit is written: go to Audit (5)".to_owned());
    }
    let mut text = String::new();
    for row in rows(model, target) {
        text.push_str(&" ".repeat(row.indent));
        text.push_str(row.text().trim_end());
        text.push('\n');
    }
    Ok(text)
}

/// The page of what a target is about.
fn page(model: &Model, target: &Target) -> Option<Page> {
    let as_of = model.as_of();
    let knowledge = model.knowledge();
    let thing = |thing: Named| ThingView { as_of, thing }.page();
    if let Target::Source(source) = target {
        let source = *source;
        return Some(SourceView { knowledge, source }.page());
    }
    if let Some(claim) = target.claim() {
        return knowledge
            .has(claim)
            .then(|| ClaimView { as_of, claim }.page());
    }
    if let Some(given) = target.given() {
        return Some(GivenView { knowledge, given }.page());
    }
    target.thing().map(thing)
}
