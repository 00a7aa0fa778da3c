//! From answers to what is read: text for a terminal, Markdown for a ticket, JSON for a program.
//!
//! Nothing is decided here. Each kind of answer is a [`View`] with two sides: a shape with stable keys, which is the JSON
//! contract, and a [`Page`] for people. Text and Markdown are two ways to lay the same page out.

mod answer;
mod answer_json;
mod answer_lines;
mod answer_shape;
mod area;
mod audit;
mod basket_json;
mod brief;
mod catalog;
mod claim;
mod claim_shape;
mod command;
mod comparison;
mod comparison_shape;
mod conflicts;
mod csv;
mod data;
mod diff;
mod each;
mod events;
mod export_guide;
mod given;
mod graph;
mod html;
mod layout;
mod lint;
mod list;
mod markdown;
mod page;
mod purchase;
mod purchase_shape;
mod record;
mod search;
mod shape;
mod solution;
mod statement;
mod states;
mod text;
mod thing;
mod thing_shape;
mod timeline;
mod timeline_bars;
mod timeline_shape;
mod timeline_svg;
mod what_if;
mod what_if_shape;
mod who_can;
mod why;
mod why_not;
mod words;

pub use answer::AnswerView;
pub use answer_shape::AnswerShape;
pub use area::{AreaAnswer, AreaView};
pub use audit::{
    AuditLine, AuditParts, AuditQuestion, AuditShape, AuditView, Hiding, Naming, junit, ndjson,
    premises,
};
pub use brief::{CourseItem, course_items};
pub use catalog::{CatalogShape, CatalogView, Written};
pub use claim::claim_item;
pub use claim_shape::{ClaimShape, ContentShape, CountedShape, DemandShape, EvidenceShape};
pub use command::{ask_line, audit_line, day_flags, quoted};
pub use comparison::ComparisonView;
pub use comparison_shape::ComparisonShape;
pub use conflicts::{ConflictsShape, ConflictsView};
pub use csv::{Rows, csv, write_csv};
pub use data::{DataShape, DataView};
pub use diff::{DiffOf, DiffShape, DiffSide, DiffView};
pub use events::{Affected, EventsShape, EventsView, atom, ics};
pub use export_guide::{GuideShape, GuideView};
pub use given::{GivenAnswer, GivenView};
pub use graph::{GraphShape, GraphView, dot};
pub use lint::LintShape;
pub use list::{ListShape, ListView, Listed};
pub use page::{Block, Item, Line, Page, Tone};
pub use purchase::PurchaseView;
pub use purchase_shape::PurchaseShape;
pub use record::{CitingShape, ClaimAnswer, ClaimView, SourceAnswer, SourceView};
pub use search::{SearchShape, SearchView, hit_item};
pub use shape::{
    ConditionShape, DaysShape, EdgeShape, PeriodShape, RequirementShape, SourceShape, StatusShape,
    TestShape, ThingShape,
};
pub use solution::SolutionView;
pub use statement::statement;
pub use text::Style;
pub use thing::ThingView;
pub use thing_shape::ShowShape;
pub use timeline::{TimelineOf, TimelineView};
pub use timeline_shape::TimelineShape;
pub use timeline_svg::{escaped, svg};
pub use what_if::WhatIfView;
pub use what_if_shape::WhatIfShape;
pub use who_can::{AbleRole, WhoCanShape, WhoCanView};
pub use why::WhyView;
pub use why_not::{WhyNotShape, WhyNotView};
pub use words::{NOTICE, condition, period, requirement, status};

use layout::{Form, Layout};
use serde::Serialize;
use std::io;

/// In which form an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text(Style),
    /// For a program.
    Json,
    /// For a ticket or a report.
    Markdown,
}

/// An answer that can be written in every [`Format`].
pub trait View {
    /// Name and version of the JSON shape. Keys may be added to it; a key that changes its meaning or goes needs the next
    /// version.
    const SCHEMA: &'static str;

    /// The JSON shape.
    type Shape: Serialize;

    /// The answer for a program.
    fn shape(&self) -> Self::Shape;

    /// The answer for people.
    fn page(&self) -> Page;

    /// The same in parts, each made when it is wanted, so that of a large answer only one is in memory: points that a part
    /// begins with go on with those at the end of the part before.
    fn parts(&self, give: &mut dyn FnMut(Page)) {
        give(self.page());
    }
}

/// What every JSON answer begins and ends with.
#[derive(Serialize)]
struct Envelope<'a, S> {
    schema: &'static str,
    data_version: &'a str,
    #[serde(flatten)]
    shape: S,
    notice: &'static str,
}

/// Writes an answer, ending in a line break.
///
/// # Errors
/// When a shape cannot be written as JSON, which would be a fault of the shape.
pub fn write<T: View>(
    view: &T,
    data_version: &str,
    format: Format,
) -> Result<String, serde_json::Error> {
    if format == Format::Json {
        let mut json = serde_json::to_string_pretty(&envelope(view, data_version))?;
        json.push('\n');
        return Ok(json);
    }
    let mut page = view.page();
    page.paragraph(signature(data_version));
    Ok(match format {
        Format::Text(style) => layout::whole(&page, Form::Text(style)),
        Format::Markdown | Format::Json => layout::whole(&page, Form::Markdown),
    })
}

/// Writes an answer piece by piece, so that a large one need not be in memory as a whole.
///
/// # Errors
/// When it cannot be written.
pub fn write_to<T: View>(
    view: &T,
    data_version: &str,
    format: Format,
    to: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text(style) => write_parts(view, data_version, Form::Text(style), to),
        Format::Markdown => write_parts(view, data_version, Form::Markdown, to),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *to, &envelope(view, data_version))?;
            to.write_all(b"\n")
        }
    }
}

/// Writes an answer piece by piece as one HTML file, for a browser and for paper.
///
/// # Errors
/// When it cannot be written.
pub fn write_html<T: View>(view: &T, data_version: &str, to: &mut dyn io::Write) -> io::Result<()> {
    write_parts(view, data_version, Form::Html, to)
}

fn write_parts<T: View>(
    view: &T,
    data_version: &str,
    form: Form,
    to: &mut dyn io::Write,
) -> io::Result<()> {
    let mut layout = Layout::new(form);
    let mut written = Ok(());
    view.parts(&mut |part| {
        if written.is_ok() {
            written = to.write_all(layout.part(&part).as_bytes());
        }
    });
    written?;
    let mut last = Page::default();
    last.paragraph(signature(data_version));
    to.write_all(layout.part(&last).as_bytes())?;
    to.write_all(layout.end().as_bytes())
}

/// What an answer rests on.
fn signature(data_version: &str) -> Line {
    Line::new().faint(format!("Data {data_version}; {NOTICE}."))
}

fn envelope<'v, T: View>(view: &T, data_version: &'v str) -> Envelope<'v, T::Shape> {
    Envelope {
        schema: T::SCHEMA,
        data_version,
        shape: view.shape(),
        notice: NOTICE,
    }
}
