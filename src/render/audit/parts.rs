//! An audit part by part, for screens that show one finding, one row or the totals at a time.
//!
//! The words are those of the page. What hides names is worked out once for an audit and not for each part.

use super::AuditView;
use super::files_page::files;
use super::finding_words::{Words, plural};
use super::names::{Names, telling};
use super::page::{holder, totals, verdict_words_of, what, why_line};
use super::remedy_page::{given, remedy, summary};
use super::row_shape::coverage;
use crate::model::{AuditVerdict, ClaimId, FindingId, PersonaPurchase};
use crate::proof::subject_name;
use crate::render::answer_lines::{said_item, verdict_words};
use crate::render::words::list;
use crate::render::{Item, Line, Page, requirement};
use crate::tenant::audit::{About, Audit, AuditRow, Finding};
use crate::tenant::{Origin, PersonIndex, Tenant};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What hides names in one audit.
#[derive(Clone, Default)]
pub struct Hiding {
    telling: Vec<String>,
    numbers: BTreeMap<FindingId, usize>,
}

/// It holds names, so it never tells what is in it.
impl std::fmt::Debug for Hiding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Hiding")
    }
}

impl Hiding {
    /// For an audit of this tenant.
    pub fn of(tenant: &Tenant, audit: &Audit) -> Self {
        Self {
            telling: telling(tenant),
            numbers: super::numbers(audit),
        }
    }
}

/// A finding or row in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Whom it is about; empty where it is about everybody, or about nobody.
    pub who: String,
    /// The same in fewer letters: the name of an account without what it signs in with.
    pub called: String,
    /// The role, with how it is held; empty where it is about none.
    pub role: String,
    /// What is said.
    pub says: String,
}

/// An audit part by part.
pub struct AuditParts<'a> {
    view: AuditView<'a>,
    words: Words<'a>,
}

/// The most claims that stand with a finding; its proof has them all.
const MOST_CLAIMS: usize = 8;
/// The most baskets that stand with a finding.
const MOST_BASKETS: usize = 4;

impl<'a> AuditParts<'a> {
    /// The parts of an audit, with names hidden by `hiding` where its naming says so.
    pub fn of(view: AuditView<'a>, hiding: &'a Hiding) -> Self {
        let names = Names::knowing(view.tenant, view.naming, &hiding.telling);
        let numbers = match names.are_hidden() {
            true => Cow::Borrowed(&hiding.numbers),
            false => Cow::default(),
        };
        let words = Words {
            knowledge: view.knowledge,
            tenant: view.tenant,
            names,
            numbers,
        };
        Self { view, words }
    }

    /// What the whole comes to, in a line.
    pub fn title(&self) -> Line {
        super::head::title(&self.view)
    }

    /// What was read, file by file.
    pub fn files(&self) -> Page {
        let mut page = Page::default();
        files(&mut page, &self.view, &self.words);
        page
    }

    /// The findings by kind, and what closes every gap, in short.
    pub fn brief(&self) -> Vec<Line> {
        let totals = &self.view.audit.totals;
        let kinds = totals.findings.iter();
        let kinds: Vec<String> = kinds
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let mut lines = vec![Line::new().faint("Findings  ").plain(kinds.join(", "))];
        if let Some(remedy) = &self.view.audit.remedy {
            let line = Line::new().faint("To close every gap  ");
            lines.push(line.join(summary(&self.view, remedy)));
        }
        lines
    }

    /// The totals, and how to close every gap.
    pub fn totals(&self) -> Page {
        let mut page = Page::default();
        totals(&mut page, &self.view);
        remedy(&mut page, &self.view, &self.words);
        page
    }

    /// A finding in short.
    pub fn finding_line(&self, finding: &Finding) -> AuditLine {
        let role = finding.role.as_ref().map(|role| self.words.role(role));
        let who = self.words.who(finding).unwrap_or_default();
        AuditLine {
            called: finding
                .account
                .map_or_else(|| who.clone(), |at| self.words.names.called(at)),
            who,
            role: role.unwrap_or_default(),
            says: self.words.says(finding),
        }
    }

    /// A row in short: what stands there instead of what is said is why it is so.
    pub fn row_line(&self, row: &AuditRow) -> AuditLine {
        let (_, says) = verdict_words_of(&self.view, row);
        let who = holder(&self.words, row);
        AuditLine {
            called: row
                .account
                .map_or_else(|| who.clone(), |at| self.words.names.account(at)),
            who,
            role: what(&self.words, row),
            says: says.trim_start_matches([':', ';', ' ']).to_owned(),
        }
    }

    /// What a person is called.
    pub fn person(&self, person: PersonIndex) -> String {
        self.words.names.person(person)
    }

    /// Where something was read.
    pub fn origin(&self, origin: &Origin) -> String {
        self.words.names.origin(origin)
    }

    /// A finding whole, but for where it was read. `ignored` is the place of the entry of the ignore list that names it.
    pub fn finding(&self, finding: &Finding, ignored: Option<usize>) -> Page {
        let line = self.finding_line(finding);
        let about: Vec<String> = [line.who, line.role]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let mut page = Page::new(match about.is_empty() {
            true => Line::new().strong("The tenant"),
            false => Line::new().strong(about.join(", ")),
        });
        page.paragraph(Line::from(line.says));
        self.facts(&mut page, finding, ignored);
        let advice = self.words.advice(finding);
        if !advice.is_empty() {
            page.heading("What to do");
            page.items(points(advice));
        }
        if let About::FactUnknown { givens } = &finding.about {
            page.heading("It turns on");
            let items = givens.iter().map(|given| {
                let given = &self.view.knowledge.givens[*given];
                Line::new()
                    .plain(given.question.as_str())
                    .plain(" ")
                    .code(given.id.as_str())
            });
            page.items(items.map(point).collect());
        }
        self.purchase(&mut page, finding);
        self.baskets(&mut page, finding);
        self.claims(&mut page, &self.claims_of(finding));
        page.heading("Id");
        page.paragraph(Line::new().faint(self.words.id(finding)));
        if let Some(why) = why_line(&self.view, finding) {
            page.paragraph(Line::new().faint(why));
        }
        page
    }

    fn facts(&self, page: &mut Page, finding: &Finding, ignored: Option<usize>) {
        let verdict = match finding.verdict {
            AuditVerdict::CannotTell => "cannot tell",
            AuditVerdict::NotCounted => "not counted",
            verdict => verdict.word(),
        };
        let kind = format!("{}, {}", finding.severity, finding.kind());
        // What is merely to be known judges nobody: "ok" would be misread.
        let line = match finding.verdict {
            AuditVerdict::Ok => Line::from(kind),
            _ => Line::new().strong(verdict).plain(format!(", {kind}")),
        };
        let mut facts = vec![("Finding", line)];
        if let Some(at) = ignored {
            facts.push(("Ignored", Line::from(self.reason(at))));
        }
        if let Some(how) = self.words.held_how(finding) {
            facts.push(("Held", Line::from(how)));
        }
        if finding.account.is_some() {
            let held: Vec<String> = finding.held.iter().map(|sku| self.words.sku(sku)).collect();
            facts.push(match held.is_empty() {
                true => ("Holds", Line::from("no license at all")),
                false => ("Holds", Line::new().code(held.join(" + "))),
            });
        }
        if finding.needs.demands() {
            let needs = requirement(self.view.knowledge, &finding.needs);
            facts.push(("Needs", Line::from(needs)));
        }
        if finding.people.len() > 1 {
            facts.push((
                "Concerns",
                Line::from(format!("{} people", finding.people.len())),
            ));
        }
        page.facts(facts);
    }

    /// Why a finding is left out. A reason is free text and may name people.
    fn reason(&self, at: usize) -> String {
        let entry = self.view.ignore.and_then(|ignore| ignore.entries.get(at));
        match entry {
            Some(_) if self.words.names.are_hidden() => {
                "the reason is hidden with the names".to_owned()
            }
            Some(entry) => {
                let until = entry.until.map(|until| format!(", until {until}"));
                format!("{}{}", entry.reason, until.unwrap_or_default())
            }
            None => String::new(),
        }
    }

    /// What of the smallest purchase is for the account that a finding is about.
    fn purchase(&self, page: &mut Page, finding: &Finding) {
        let remedy = self.view.audit.remedy.as_ref();
        let Some((remedy, account)) = remedy.zip(finding.account) else {
            return;
        };
        let Some(purchase) = remedy
            .purchase
            .as_ref()
            .filter(|_| finding.verdict == AuditVerdict::Gap)
        else {
            return;
        };
        let mut personas = purchase.personas.iter().zip(&remedy.accounts);
        let found = personas.find(|(_, accounts)| accounts.contains(&account));
        let Some((PersonaPurchase { sets, .. }, _)) = found else {
            return;
        };
        let sets: Vec<String> = sets
            .iter()
            .filter(|set| !set.skus.is_empty())
            .map(|set| given(&self.view, set))
            .collect();
        if !sets.is_empty() {
            page.heading("In the smallest purchase that closes every gap");
            page.paragraph(Line::from("this account gets ").code(list(&sets, "or")));
        }
    }

    /// What would do for this one alone.
    fn baskets(&self, page: &mut Page, finding: &Finding) {
        let answer = finding
            .answer
            .and_then(|at| self.view.audit.answers.get(at));
        let open = matches!(
            finding.verdict,
            AuditVerdict::Gap | AuditVerdict::CannotTell
        );
        let Some(answer) = answer.map(|answer| &answer.answer).filter(|_| open) else {
            return;
        };
        let items = answer.baskets.iter().filter_map(|basket| {
            let bought: Vec<String> = basket
                .items
                .iter()
                .filter(|item| !item.held)
                .map(|item| {
                    let id = self.view.knowledge.skus[item.sku].id.as_str();
                    match item.quantity {
                        1 => id.to_owned(),
                        seats => format!("{seats} x {id}"),
                    }
                })
                .collect();
            let price = match basket.total {
                Some(total) => format!("  {total} {} a month", basket.currency),
                None => "  no price is known".to_owned(),
            };
            let line = Line::new().code(bought.join(" + ")).plain(price);
            (!bought.is_empty()).then(|| point(line))
        });
        let items: Vec<Item> = items.take(MOST_BASKETS).collect();
        if !items.is_empty() {
            page.heading("Sets that would do, idle seats first");
            page.items(items);
        }
    }

    /// The claims that a finding names, and those behind its need.
    fn claims_of(&self, finding: &Finding) -> Vec<ClaimId> {
        let answer = finding
            .answer
            .and_then(|at| self.view.audit.answers.get(at));
        let needs = answer.into_iter().flat_map(|answer| &answer.answer.needs);
        let of_need = needs
            .filter(|need| Some(need.subject) == finding.subject)
            .flat_map(|need| &need.claims);
        let mut claims: Vec<ClaimId> = Vec::new();
        for claim in of_need.chain(&finding.claims) {
            if !claims.contains(claim) {
                claims.push(*claim);
            }
        }
        claims
    }

    fn claims(&self, page: &mut Page, claims: &[ClaimId]) {
        if claims.is_empty() {
            return;
        }
        page.heading("Who says so");
        let shown = claims.iter().take(MOST_CLAIMS);
        page.items(
            shown
                .map(|claim| said_item(self.view.knowledge, *claim))
                .collect(),
        );
        if claims.len() > MOST_CLAIMS {
            let more = claims.len() - MOST_CLAIMS;
            page.paragraph(format!("And {more} more; the proof has them all."));
        }
    }

    /// A row whole, but for where it was read.
    pub fn row(&self, row: &AuditRow) -> Page {
        let knowledge = self.view.knowledge;
        let line = self.row_line(row);
        let (verdict, _) = verdict_words_of(&self.view, row);
        let mut page = Page::new(Line::new().strong(format!("{}: {}", line.who, line.role)));
        page.paragraph(match line.says.is_empty() {
            true => Line::new().strong(verdict),
            false => Line::new()
                .strong(verdict)
                .plain(format!(": {}", line.says)),
        });
        let answer = row.answer.and_then(|at| self.view.audit.answers.get(at));
        let Some(answer) = answer.map(|answer| &answer.answer) else {
            return page;
        };
        let mut claims: Vec<ClaimId> = Vec::new();
        page.heading(plural(
            u64::try_from(row.needs.len()).unwrap_or(u64::MAX),
            "need",
            "needs",
        ));
        let items = answer.needs.iter().zip(&row.needs).map(|(need, judged)| {
            claims.extend(
                need.claims
                    .iter()
                    .copied()
                    .filter(|claim| !claims.contains(claim))
                    .collect::<Vec<_>>(),
            );
            let mut details = vec![Line::from(format!(
                "{}, {}",
                verdict_words(need.verdict),
                coverage(&judged.coverage).replace('-', " ")
            ))];
            if need.requirement.demands() {
                details.push(Line::from("needs ").plain(requirement(knowledge, &need.requirement)));
            }
            Item {
                line: Line::new()
                    .strong(judged.verdict.word())
                    .plain(format!("  {}", subject_name(knowledge, need.subject))),
                details,
            }
        });
        page.items(items.collect());
        self.claims(&mut page, &claims);
        page
    }
}

fn point(line: Line) -> Item {
    Item {
        line,
        details: Vec::new(),
    }
}

fn points(lines: Vec<String>) -> Vec<Item> {
    lines
        .into_iter()
        .map(|line| point(Line::from(line)))
        .collect()
}
