//! The arguments of the program as typed, with the words of its help.
//!
//! Every help begins with what it is for and shows examples that run; a test runs each of them.

use super::ask::AskArguments;
use super::audit::AuditArguments;
use super::catalog::CatalogArguments;
use super::changes::ChangesArguments;
use super::cheapest::CheapestArguments;
use super::compare::CompareArguments;
use super::completions::CompletionsArguments;
use super::conflicts::ConflictsArguments;
use super::data::DataArguments;
use super::diff::DiffArguments;
use super::export_guide::ExportGuideArguments;
use super::graph::GraphArguments;
use super::lint::LintArguments;
use super::screens::ScreenFlags;
use super::search::SearchArguments;
use super::show::ShowArguments;
use super::solve::SolveArguments;
use super::timeline::TimelineArguments;
use super::what_if::WhatIfArguments;
use super::who_can::WhoCanArguments;
use super::why_not::WhyNotArguments;
use clap::{Parser, Subcommand};

/// The command line as typed.
#[derive(Debug, Parser)]
#[command(
    name = "licit",
    about = ABOUT,
    after_help = EXAMPLES,
    disable_version_flag = true,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true,
    subcommand_value_name = "COMMAND",
    max_term_width = 120
)]
pub(super) struct Arguments {
    /// Print the versions of the program and of its data
    #[arg(short = 'V', long)]
    pub(super) version: bool,
    /// How the screens are opened.
    #[command(flatten)]
    pub(super) screens: ScreenFlags,
    /// What to do.
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

const ABOUT: &str = "\
Says which license a Microsoft 365 administrator needs, on which day, who says so and how sure that is. Works offline; \
every answer names its sources. Without a command it opens its screens.";

const EXAMPLES: &str = "\
Examples:
  licit ask \"Intune Administrator\" --on 2020-03-02
  licit why --task pim.hold-eligible-assignment --held SPE_E3
  licit search pim
  licit show basic-auth-pop --known 2020-05-15";

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Say which license an admin needs, with the four aspects, the cheapest way to comply and the sources
    #[command(after_help = "\
Examples:
  licit ask \"Intune Administrator\" --given intune.unlicensed-admins-allowed=yes
  licit ask --task pim.hold-eligible-assignment --held SPE_E3
  licit ask --role exchange-administrator --feature safe-links --eligible --format json

The answer is one of: unavailable, required, contested, depends, not-required, not-stated. Ends with 0 whatever it is.
Columns of --prices: sku, price, currency, from, until, term, note.")]
    Ask(AskArguments),
    /// Tell why some SKUs are not the way to comply, what is missing, and what would do
    #[command(after_help = "\
Examples:
  licit why-not SPE_E3 --task pim.hold-eligible-assignment
  licit why-not Microsoft_Entra_ID_Governance --role \"Security Administrator\" --eligible
  licit why-not --feature safe-links --held SPE_E3 --on 2026-07-15

Ends with 1 where the SKUs are not enough, and with 0 where they are.")]
    WhyNot(WhyNotArguments),
    /// Find the cheapest way to comply, for one person or a team
    #[command(after_help = "\
Examples:
  licit cheapest \"Privileged Role Administrator\" --eligible --held SPE_E3
  licit cheapest tests/data/team/contoso.toml --on 2026-07-01
  licit cheapest tests/data/team/contoso.toml --format csv

A team file has personas: how many people, what they are, do and hold; and the seats that are owned and free. Ends with \
1 where there is no way to comply.")]
    Cheapest(CheapestArguments),
    /// Show the proof of an answer: every claim that was looked at, who said it, and why it counts or not
    #[command(after_help = "\
Examples:
  licit why \"Intune Administrator\" --on 2020-03-02
  licit why --feature safe-links --held SPE_E3 --on 2026-07-15")]
    Why(AskArguments),
    /// Show how an answer changes over time, and which claims flip it
    #[command(after_help = "\
Examples:
  licit timeline basic-auth-ews
  licit timeline basic-auth-ews --axis known --on 2021-12-01
  licit timeline --task pim.hold-eligible-assignment --format svg

A change at an imprecise date is told by the date as it is written, never by a day of it.")]
    Timeline(TimelineArguments),
    /// Ask the same on two days, and show what flipped and why
    #[command(after_help = "\
Examples:
  licit diff basic-auth-ews --from 2022-09-01 --to 2023-02-01
  licit diff ews --from 2027-01-15 --to 2027-01-15 --known-from 2025-01-01
  licit diff tests/data/questions/mine.toml --from 2026-06-30

A file of questions has [[question]] tables: name, roles, features, tasks, skus, held, owned, givens.")]
    Diff(DiffArguments),
    /// Tell what changed since a day, and which of your answers differ
    #[command(after_help = "\
Examples:
  licit changes --since 2026-06-01 --area exchange
  licit changes --since 2026-01-01 --affects tests/data/questions/mine.toml
  licit changes --since 2026-06-01 --affects tests/data/tenant
  licit changes --since 2026-11-22 --format ics

Ends with 0 unless --fail-on-change is given. In a calendar an imprecise date spans all days that it may be.")]
    Changes(ChangesArguments),
    /// Compare SKUs, or sets of them: differences first, then what all have
    #[command(after_help = "\
Examples:
  licit compare SPE_E3 SPE_E5
  licit compare \"SPE_E3 + EMSPREMIUM\" SPE_E5 --role \"Security Administrator\"
  licit compare SPB SPE_E3 SPE_E5 --format csv

Marks: yes, no, ? not attested or unknown, ! sources disagree, free, closed.")]
    Compare(CompareArguments),
    /// Check every role assignment of a tenant against the licenses held, from its exports
    #[command(after_help = "\
Examples:
  licit audit --demo
  licit audit tests/data/tenant --on 2026-09-01 --format json
  licit audit tests/data/tenant --on 2026-09-01 --pseudonymize --format html

Exports are told by their content; README.md shows the other files.
Ends with 1 on a gap, 4 where nothing but cannot-tell came of it, 3 where no
file can be used; --fail-on cannot-tell: with 4 on anything that cannot be
told, --fail-on never: with 0.")]
    Audit(AuditArguments),
    /// Tell what to export from a tenant for an audit, click by click and command by command
    #[command(after_help = "\
Examples:
  licit export-guide
  licit export-guide --format markdown")]
    ExportGuide(ExportGuideArguments),
    /// Tell what is lost, gained and kept with other licenses, and what it costs
    #[command(after_help = "\
Examples:
  licit what-if --drop POWER_BI_PRO --held SPE_E5
  licit what-if --drop SPE_E5 --add SPE_E3 --feature conditional-access

Without a subject: every task that the change may touch. Ends with 1 where something is lost.")]
    WhatIf(WhatIfArguments),
    /// Show what hangs together with a thing, or the shortest way between two
    #[command(after_help = "\
Examples:
  licit graph \"Intune Administrator\"
  licit graph \"Security Administrator\" SPE_E5 --on 2026-11-22
  licit graph pim --depth 3 --format dot

Edges run from what needs to what supplies it; Graphviz draws the form dot.")]
    Graph(GraphArguments),
    /// Find roles, tasks, features, SKUs and plans by any name they have or had
    #[command(after_help = "\
Examples:
  licit search \"Company Administrator\"
  licit search azure ad premium
  licit search pim --limit 5 --format json

Ends with 2 where nothing is found.")]
    Search(SearchArguments),
    /// Show one thing with everything that is said about it, or all things of a kind
    #[command(after_help = "\
Examples:
  licit show \"Intune Administrator\"
  licit show basic-auth-pop --known 2020-05-15
  licit show roles --format markdown

A thing may be named by any name it has or had, its id or its GUID; a kind before a colon, as in plan:AAD_PREMIUM_P2,
settles which is meant. Claims, sources, givens and areas go by their ids, as in area:intune.")]
    Show(ShowArguments),
    /// List the contradictions between sources, both sides of each
    #[command(after_help = "\
Examples:
  licit conflicts
  licit conflicts basic-auth-pop
  licit conflicts --area exchange --format json")]
    Conflicts(ConflictsArguments),
    /// Show the roles able to do a task, the least privileged first
    #[command(after_help = "\
Examples:
  licit who-can forwarding.configure
  licit who-can forwarding.configure --on 2025-06-01 --format json")]
    WhoCan(WhoCanArguments),
    /// Show versions and counts of the data
    #[command(after_help = "\
Examples:
  licit data
  licit data --format json")]
    Data(DataArguments),
    /// Bring the catalog of SKUs and plans up to date from the vendor's table
    #[command(after_help = "\
Examples:
  licit catalog import tests/data/catalog/plans-2025-03-16.csv
  licit catalog import tests/data/catalog/plans-2025-03-16.csv --format markdown")]
    Catalog(CatalogArguments),
    /// Check data files and report every problem with its place
    #[command(after_help = "\
Examples:
  licit lint
  licit lint --format json

Ends with 3 where there is an error, and with 0 where there are only warnings.")]
    Lint(LintArguments),
    /// Solve the license-set instances of a file, to check the engine against another solver
    #[command(after_help = "\
Examples:
  licit solve tests/data/instances/cheapest.json
  licit solve tests/data/instances/tenants.json --format json

Instances that cannot be read are listed and left out. Ends with 3 where none can be read.")]
    Solve(SolveArguments),
    /// Write what a shell needs to complete the words of licit
    #[command(after_help = "\
Examples:
  licit completions bash > licit.bash
  licit completions powershell

Where your shell looks for the file, its own manual says; for bash: ~/.local/share/bash-completion/completions/licit")]
    Completions(CompletionsArguments),
    /// Write the manual page, with every verb and every key
    #[command(after_help = "\
Examples:
  licit man > licit.1
  licit man | man -l -")]
    Man,
}
