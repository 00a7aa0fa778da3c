//! What to export from a tenant, and the shortest ways to get it.

use super::View;
use super::page::{Item, Line, Page};
use crate::tenant::{CONNECT, EXPORT_STEPS, ExportStep, READER_ROLE, SAVE_PAGES};
use serde::Serialize;

/// The guide, the same for everybody.
#[derive(Debug, Clone, Copy)]
pub struct GuideView;

/// `licit.export-guide/1`
#[derive(Debug, Serialize)]
pub struct GuideShape {
    role: &'static str,
    /// Lines of PowerShell that come first.
    first: Vec<&'static str>,
    exports: Vec<StepShape>,
}

#[derive(Debug, Serialize)]
struct StepShape {
    gives: &'static str,
    title: &'static str,
    without: &'static str,
    portal: Option<&'static str>,
    portal_lacks: Option<&'static str>,
    request: String,
    explorer: String,
    powershell: &'static [&'static str],
    permission: &'static str,
}

impl View for GuideView {
    const SCHEMA: &'static str = "licit.export-guide/1";
    type Shape = GuideShape;

    fn shape(&self) -> GuideShape {
        GuideShape {
            role: READER_ROLE,
            first: std::iter::once(CONNECT)
                .chain(SAVE_PAGES.iter().copied())
                .collect(),
            exports: EXPORT_STEPS
                .iter()
                .map(|step| StepShape {
                    gives: step.gives.word(),
                    title: step.title,
                    without: step.without,
                    portal: step.portal,
                    portal_lacks: Some(step.portal_lacks).filter(|lacks| !lacks.is_empty()),
                    request: request(step),
                    explorer: step.explorer(),
                    powershell: step.powershell,
                    permission: step.permission,
                })
                .collect(),
        }
    }

    fn page(&self) -> Page {
        let mut page = Page::new("What to export, and how");
        page.paragraph(
            "Everything below only reads. Save what you get in one folder, whatever the names of the files, and run \
             licit audit FOLDER: it tells the files by their content and says what is missing. Nothing leaves your machine.",
        );
        page.paragraph(
            Line::from("The role that may read all of it: ")
                .strong(READER_ROLE)
                .plain("."),
        );
        page.heading("By clicks alone");
        let portal = EXPORT_STEPS
            .iter()
            .filter_map(|step| Some((step, step.portal?)));
        page.items(
            portal
                .map(|(step, clicks)| Item {
                    line: Line::new().strong(step.title).plain(format!(": {clicks}")),
                    details: Some(step.portal_lacks)
                        .filter(|lacks| !lacks.is_empty())
                        .map(Line::from)
                        .into_iter()
                        .collect(),
                })
                .collect(),
        );
        page.heading("In Graph Explorer, for up to 999 accounts");
        page.paragraph(
            "Sign in, run each of these, and save the answer with the button above it. Where an answer holds \
             @odata.nextLink, run that address, too, and save it as a further file. Of a group it lists at most 20 members.",
        );
        page.items(EXPORT_STEPS.iter().map(explorer_item).collect());
        page.heading("In PowerShell, for tenants of any size");
        page.paragraph(
            Line::from("With the module Microsoft.Graph.Authentication. Each list is written page by page, as JSON; \
                        never with Export-Csv, which loses the licenses. ")
                .plain("First, once:"),
        );
        let first = std::iter::once(CONNECT).chain(SAVE_PAGES.iter().copied());
        page.drawing(first.map(str::to_owned).collect());
        page.paragraph("Then:");
        let lines = EXPORT_STEPS.iter().flat_map(|step| {
            let comment = format!("# {}", step.title);
            std::iter::once(comment).chain(step.powershell.iter().map(|line| (*line).to_owned()))
        });
        page.drawing(lines.collect());
        page.heading("What is lost without");
        let rows = EXPORT_STEPS.iter();
        page.table(
            &["export", "without it nobody can tell"],
            rows.map(|step| vec![Line::from(step.gives.word()), Line::from(step.without)])
                .collect(),
        );
        page
    }
}

fn explorer_item(step: &ExportStep) -> Item {
    Item {
        line: Line::new()
            .strong(step.title)
            .plain(", with ")
            .code(step.permission),
        details: vec![Line::new().link(step.explorer())],
    }
}

/// What to ask, with the version.
fn request(step: &ExportStep) -> String {
    format!("https://graph.microsoft.com/v1.0/{}", step.request)
}
