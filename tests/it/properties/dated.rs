//! Small random worlds in which everything has a date: boundaries of every form on both axes, claims that supersede,
//! replace and dispute each other, states, imprecise inclusions and prices that rise.

use super::worlds::knowledge;
use licit::dataset::KnowledgeBase;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Write as _;

/// Months that a world spans, from the beginning of 2020 on.
pub(super) const MONTHS: u32 = 14;

/// A claim without what it states.
#[derive(Debug, Clone)]
pub(super) struct Dating {
    /// Month and form of each boundary.
    from: Option<(u32, u8)>,
    until: Option<(u32, u8)>,
    known: (u32, u8),
    known_until: Option<(u32, u8)>,
    /// How it relates to older claims about the same.
    relation: u8,
    sources: Vec<u8>,
    standing: u8,
    when: u8,
    gone: Option<u32>,
}

#[derive(Debug, Clone)]
pub(super) struct DatedWorld {
    requirements: Vec<(Dating, u8, u8, u8)>,
    states: Vec<(Dating, bool, u8)>,
    prices: Vec<(Dating, u8, u8)>,
    inclusions: Vec<(Dating, u8, u8)>,
    pub(super) held: Option<u8>,
}

fn boundary() -> impl Strategy<Value = (u32, u8)> {
    (0..MONTHS, 0..9u8)
}

fn dating() -> impl Strategy<Value = Dating> {
    (
        proptest::option::weighted(0.85, boundary()),
        proptest::option::weighted(0.3, boundary()),
        boundary(),
        proptest::option::weighted(0.15, boundary()),
        0..4u8,
        vec(0..5u8, 1..=2),
        0..5u8,
        0..8u8,
        proptest::option::weighted(0.15, 0..MONTHS),
    )
        .prop_map(
            |(from, until, known, known_until, relation, sources, standing, when, gone)| Dating {
                from,
                until,
                known,
                known_until,
                relation,
                sources,
                standing,
                when,
                gone,
            },
        )
}

pub(super) fn dated_world() -> impl Strategy<Value = DatedWorld> {
    (
        vec((dating(), 0..3u8, 0..4u8, 0..5u8), 1..=5),
        vec((dating(), any::<bool>(), 0..6u8), 0..=3),
        vec((dating(), 0..3u8, 1..9u8), 2..=5),
        vec((dating(), 0..3u8, 0..3u8), 3..=6),
        proptest::option::weighted(0.3, 0..3u8),
    )
        .prop_map(
            |(requirements, states, prices, inclusions, held)| DatedWorld {
                requirements,
                states,
                prices,
                inclusions,
                held,
            },
        )
}

fn month(months: u32) -> String {
    format!("{}-{:02}", 2020 + months / 12, months % 12 + 1)
}

/// A boundary in one of its forms; an end lies after every beginning.
fn written((months, form): (u32, u8), is_end: bool) -> String {
    let months = if is_end { months + MONTHS } else { months };
    let (year, at) = (2020 + months / 12, months % 12);
    match form {
        0 | 1 => format!("{}-15", month(months)),
        2 => month(months),
        3 => format!("{year}-Q{}", at / 3 + 1),
        4 => format!("between {}-05 and {}-10", month(months), month(months + 1)),
        5 => format!("by {}-20", month(months)),
        6 => format!("after {}-03", month(months)),
        7 => format!("{year}-H{}", at / 6 + 1),
        _ => "unknown".to_owned(),
    }
}

const HEAD: &str = r#"
[[area]]
id   = "area"
name = "Area"

[[feature]]
id      = "feature"
name    = "Feature"
area    = "area"
summary = "Does something."

[[task]]
id      = "task.one"
name    = "Task one"
feature = "feature"
summary = "Do it."

[[task]]
id      = "task.two"
name    = "Task two"
feature = "feature"
summary = "Do it, too."

[[given]]
id       = "tenant.switch"
type     = "truth"
question = "Is it on?"
summary  = "A switch."
"#;

impl DatedWorld {
    /// The data file that says all this.
    pub(super) fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        for (number, dated) in ["2020-02-10", "2020-07", "2020-Q4", "", "2019"]
            .iter()
            .enumerate()
        {
            let _ = write!(
                text,
                "\n[[source]]\nid = \"s{number}\"\ntitle = \"Source {number}\"\nurl = \"https://example.org/{number}\"\n\
                 publisher = \"Example\"\nkind = \"documentation\"\nread = 2021-01-05\n"
            );
            if !dated.is_empty() {
                let _ = writeln!(text, "published = \"{dated}\"");
            }
        }
        for plan in 0..3 {
            let _ = write!(
                text,
                "\n[[plan]]\nid = \"P{plan}\"\nname = \"Plan {plan}\"\n"
            );
        }
        for sku in 0..3 {
            let _ = write!(
                text,
                "\n[[sku]]\nid = \"S{sku}\"\nname = \"Product {sku}\"\npurchasable = true\n"
            );
        }
        let mut claims: Vec<(String, String)> = Vec::new();
        for (place, (dating, subject, aspect, content)) in self.requirements.iter().enumerate() {
            let subject = [
                "task = \"task.one\"",
                "feature = \"feature\"",
                "everything = true",
            ][usize::from(*subject)];
            let aspect = [
                "\"terms\"",
                "\"works\"",
                "[\"terms\", \"works\"]",
                "\"terms\"",
            ][usize::from(*aspect)];
            let content = match content {
                0 => "\"nothing\"".to_owned(),
                1 => "\"unnamed\"".to_owned(),
                2 => "\"P0\"".to_owned(),
                3 => "{ any = [\"P1\", \"P2\"] }".to_owned(),
                _ => "{ all = [\"P0\", \"P2\"] }".to_owned(),
            };
            let lines = format!("{subject}\naspect = {aspect}\nrequires = {content}");
            let matter = format!("requirement {subject}");
            text += &dating.claim("requirement", place, &lines, &matter, &mut claims);
        }
        for (place, (dating, is_task, state)) in self.states.iter().enumerate() {
            let subject = if *is_task {
                "task = \"task.one\""
            } else {
                "feature = \"feature\""
            };
            let state = [
                "announced",
                "available",
                "default-off",
                "on-hold",
                "blocked",
                "retired",
            ][usize::from(*state)];
            let lines = format!("{subject}\nstate = \"{state}\"");
            let matter = format!("lifecycle {subject}");
            text += &dating.claim("lifecycle", place, &lines, &matter, &mut claims);
        }
        for (place, (dating, sku, amount)) in self.prices.iter().enumerate() {
            let lines = format!(
                "sku = \"S{sku}\"\namount = \"{amount}.00\"\ncurrency = \"USD\"\nmarket = \"US\"\nterm = \"annual\"\n\
                 verified = {}",
                dating.standing != 0
            );
            let dating = Dating {
                when: 0,
                ..dating.clone()
            };
            let matter = format!("price {sku}");
            text += &dating.claim("price", place, &lines, &matter, &mut claims);
        }
        for (place, (dating, sku, plan)) in self.inclusions.iter().enumerate() {
            let lines = format!("sku = \"S{sku}\"\nplan = \"P{plan}\"");
            let dating = Dating {
                when: 0,
                ..dating.clone()
            };
            let matter = format!("inclusion {sku} {plan}");
            text += &dating.claim("inclusion", place, &lines, &matter, &mut claims);
        }
        text
    }

    pub(super) fn knowledge(&self) -> KnowledgeBase {
        knowledge(&self.written())
    }
}

impl Dating {
    /// The text of a claim; it relates to every older one about the same matter.
    fn claim(
        &self,
        kind: &str,
        place: usize,
        lines: &str,
        matter: &str,
        claims: &mut Vec<(String, String)>,
    ) -> String {
        let id = format!("{kind}-{place}");
        let mut text = format!("\n[[{kind}]]\nid = \"{id}\"\n{lines}\n");
        let period = |from: Option<(u32, u8)>, until: Option<(u32, u8)>| {
            let ends = [("from", from, false), ("until", until, true)];
            let ends = ends.into_iter();
            let ends: Vec<String> = ends
                .filter_map(|(word, at, is_end)| {
                    Some(format!("{word} = \"{}\"", written(at?, is_end)))
                })
                .collect();
            format!("{{ {} }}", ends.join(", "))
        };
        if self.from.is_some() || self.until.is_some() {
            let _ = writeln!(text, "effective = {}", period(self.from, self.until));
        }
        let _ = writeln!(
            text,
            "known = {}",
            period(Some(self.known), self.known_until)
        );
        match self.when {
            1 => text += "when = { given = \"tenant.switch\", is = true }\n",
            2 => text += "when = { holds = \"P1\" }\n",
            _ => {}
        }
        let standing = ["contract", "enforced", "documented", "observed", "inferred"];
        let _ = writeln!(
            text,
            "standing = \"{}\"",
            standing[usize::from(self.standing)]
        );
        let older: Vec<&str> = claims
            .iter()
            .filter(|(_, about)| about == matter)
            .map(|(id, _)| id.as_str())
            .collect();
        if !older.is_empty() {
            let word =
                ["supersedes", "replaces", "disputes", "supersedes"][usize::from(self.relation)];
            let _ = writeln!(text, "{word} = {older:?}");
        }
        let mut sources = self.sources.clone();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            let _ = write!(
                text,
                "[[{kind}.evidence]]\nsource = \"s{source}\"\nsays = \"So.\"\n"
            );
            if let Some(gone) = self.gone {
                let _ = writeln!(text, "gone = \"{}\"", month(gone));
            }
        }
        claims.push((id, matter.to_owned()));
        text
    }
}
