//! What to export from a tenant, and the shortest ways to get it.

use super::View;
use super::page::{Item, Line, Page};
use crate::tenant::{
    CLOUDS, CONSENT_ROLE, EXPORT_STEPS, ExportStep, GUIDE_NOT_VERIFIED, GUIDE_SOURCES, GuideSource,
    READER_ROLE, SMALLER_ROLES, script,
};
use serde::Serialize;

/// The guide, the same for everybody.
#[derive(Debug, Clone, Copy)]
pub struct GuideView;

/// `licit.export-guide/1`
#[derive(Debug, Serialize)]
pub struct GuideShape {
    role: &'static str,
    /// Roles that together suffice where no portal is used.
    smaller_roles: &'static [&'static str],
    consent_role: &'static str,
    /// PowerShell that makes every file.
    script: Vec<String>,
    exports: Vec<StepShape>,
    clouds: Vec<CloudShape>,
    sources: Vec<SourceShape>,
    not_verified: &'static [&'static str],
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
    permission_for_names: Option<&'static str>,
    role: &'static str,
    tenant_needs: Option<&'static str>,
    sources: Vec<SourceShape>,
    not_verified: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct CloudShape {
    tenants: &'static str,
    environment: &'static str,
    graph: &'static str,
    explorer: bool,
}

#[derive(Debug, Serialize)]
struct SourceShape {
    states: &'static str,
    address: &'static str,
    read: &'static str,
}

impl View for GuideView {
    const SCHEMA: &'static str = "licit.export-guide/1";
    type Shape = GuideShape;

    fn shape(&self) -> GuideShape {
        GuideShape {
            role: READER_ROLE,
            smaller_roles: SMALLER_ROLES,
            consent_role: CONSENT_ROLE,
            script: script(),
            exports: EXPORT_STEPS.iter().map(step_shape).collect(),
            clouds: CLOUDS
                .iter()
                .map(|cloud| CloudShape {
                    tenants: cloud.tenants,
                    environment: cloud.environment,
                    graph: cloud.graph,
                    explorer: cloud.explorer,
                })
                .collect(),
            sources: GUIDE_SOURCES.iter().map(source_shape).collect(),
            not_verified: GUIDE_NOT_VERIFIED,
        }
    }

    fn page(&self) -> Page {
        let mut page = Page::new("What to export, and how");
        beginning(&mut page);
        by_clicks(&mut page);
        in_explorer(&mut page);
        in_powershell(&mut page);
        in_other_clouds(&mut page);
        what_each_needs(&mut page);
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

fn beginning(page: &mut Page) {
    page.paragraph(
        "Everything below only reads. Save what you get in one folder, whatever the names of the files, and run \
         licit audit FOLDER: it tells the files by their content and says what is missing. Nothing leaves your machine.",
    );
    page.paragraph(
        Line::from("The role that may read all of it: ")
            .strong(READER_ROLE)
            .plain(". Less is enough without the portals: ")
            .plain(SMALLER_ROLES.join(" with "))
            .plain(". Sign in as a member of the tenant: guests may not list accounts."),
    );
    page.paragraph(
        Line::from("A reader may not consent to the permissions. Where nobody has done so before, ask a ")
            .strong(CONSENT_ROLE)
            .plain(
                " to do it once for the organization: for \"Graph Explorer\", or for \"Microsoft Graph Command Line \
                 Tools\", which is PowerShell. The clicks need no consent.",
            ),
    );
}

fn by_clicks(page: &mut Page) {
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
}

fn in_explorer(page: &mut Page) {
    page.heading("In Graph Explorer, for up to 999 accounts");
    page.paragraph(
        "Sign in, run each of these, and copy the whole answer (Response preview) into a file of its own that ends in \
         .json. Where Graph Explorer says that the answer has an @odata.nextLink, follow that link and save the next \
         answer as a further file. Of a group it lists at most 20 members.",
    );
    page.items(
        EXPORT_STEPS
            .iter()
            .map(|step| Item {
                line: Line::new()
                    .strong(step.title)
                    .plain(", with ")
                    .code(step.permission),
                details: vec![Line::new().link(step.explorer())],
            })
            .collect(),
    );
}

fn in_powershell(page: &mut Page) {
    page.heading("In PowerShell, for tenants of any size");
    page.paragraph(
        Line::from("One script makes every file, in a folder licit-exports. It needs one module, installed once: ")
            .code("Install-Module Microsoft.Graph.Authentication -Scope CurrentUser")
            .plain(
                ". It follows every list to its last page; a list that is refused is warned of, and the next one \
                 is asked for.",
            ),
    );
    page.drawing(script());
    page.paragraph(
        Line::from("With a script of your own: ")
            .code("-All")
            .plain(" at every Get-Mg command, or only the first page comes (100 accounts); ")
            .code("ConvertTo-Json -Depth 5")
            .plain(
                ", as the depth of 2 that it has by itself turns licenses into words; never Export-Csv, which loses \
                 the licenses.",
            ),
    );
}

fn in_other_clouds(page: &mut Page) {
    page.heading("In other clouds");
    page.paragraph(
        Line::from("Add ")
            .code("-Environment NAME")
            .plain(" to Connect-MgGraph; ")
            .code("Get-MgEnvironment")
            .plain(
                " lists the names. The script has no host in it and needs no other change. In China, register an \
                 application of your own first and add ",
            )
            .code("-ClientId APPLICATION -TenantId TENANT")
            .plain("."),
    );
    page.table(
        &[
            "environment",
            "tenants",
            "Microsoft Graph",
            "Graph Explorer",
        ],
        CLOUDS
            .iter()
            .map(|cloud| {
                vec![
                    Line::new().code(cloud.environment),
                    Line::from(cloud.tenants),
                    Line::new().link(cloud.graph),
                    Line::from(if cloud.explorer { "yes" } else { "no" }),
                ]
            })
            .collect(),
    );
}

fn what_each_needs(page: &mut Page) {
    page.heading("What each needs, and where that stands");
    let steps = EXPORT_STEPS.iter().map(|step| {
        let names = step.permission_for_names.map_or(Line::new(), |permission| {
            Line::from(", and for the names of people ").code(permission)
        });
        let needs = [
            Line::from("permission: ").code(step.permission).join(names),
            Line::from("role: ").plain(step.role),
        ];
        let tenant = step
            .tenant_needs
            .map(|needs| Line::from("the tenant needs ").plain(needs));
        Item {
            line: Line::new().strong(step.title),
            details: needs
                .into_iter()
                .chain(tenant)
                .chain(grounds(step.sources, step.not_verified))
                .collect(),
        }
    });
    let all = Item {
        line: Line::new().strong("All of them"),
        details: grounds(GUIDE_SOURCES, GUIDE_NOT_VERIFIED).collect(),
    };
    page.items(steps.chain([all]).collect());
}

/// What a part of the guide rests on, and what of it rests on nothing.
fn grounds(
    sources: &'static [GuideSource],
    not_verified: &'static [&'static str],
) -> impl Iterator<Item = Line> {
    let sources = sources.iter().map(|source| {
        Line::from("source: ")
            .link(source.address)
            .plain(format!(" (read {}): {}", source.read, source.states))
    });
    let doubts = not_verified
        .iter()
        .map(|doubt| Line::from("not verified: ").plain(*doubt));
    sources.chain(doubts)
}

fn step_shape(step: &ExportStep) -> StepShape {
    StepShape {
        gives: step.gives.word(),
        title: step.title,
        without: step.without,
        portal: step.portal,
        portal_lacks: Some(step.portal_lacks).filter(|lacks| !lacks.is_empty()),
        request: request(step),
        explorer: step.explorer(),
        powershell: step.powershell,
        permission: step.permission,
        permission_for_names: step.permission_for_names,
        role: step.role,
        tenant_needs: step.tenant_needs,
        sources: step.sources.iter().map(source_shape).collect(),
        not_verified: step.not_verified,
    }
}

fn source_shape(source: &GuideSource) -> SourceShape {
    SourceShape {
        states: source.states,
        address: source.address,
        read: source.read,
    }
}

/// What to ask, with the version.
fn request(step: &ExportStep) -> String {
    format!("https://graph.microsoft.com/v1.0/{}", step.request)
}
