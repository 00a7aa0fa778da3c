//! An audit on a page: what was read, the totals, the findings gravest first with what to do, the smallest purchase, what
//! no export tells, and every row.

use super::files_page::files;
use super::finding_words::{Words, how, missing_words, plural};
use super::head::{asked, title};
use super::{AuditQuestion, AuditView};
use crate::model::{
    Answer, AuditVerdict, Day, FindingKind, FindingSeverity, GivenId, GivenValue, NeedSubject,
    Question,
};
use crate::proof::{Proof, Statement, subject_name};
use crate::render::answer_lines::verdict_words;
use crate::render::command::ask_line;
use crate::render::words::{list, lower_first};
use crate::render::{Item, Line, Page};
use crate::tenant::audit::{About, AuditRow, Finding, NotCounted, RowOf};
use crate::tenant::{Origin, Principal};
use std::collections::BTreeSet;

/// The most rows that a page shows; data has them all.
const MOST_ROWS: usize = 500;
/// The most places of one finding that a page names.
const MOST_PLACES: usize = 3;

/// Findings that are laid out at once: of a large tenant all of them take more memory than the tenant itself.
const AT_ONCE: usize = 256;

/// The whole page, part by part.
pub(super) fn parts(view: &AuditView<'_>, give: &mut dyn FnMut(Page)) {
    let words = view.words();
    let mut page = Page::new(title(view));
    page.paragraph(asked(view));
    files(&mut page, view, &words);
    totals(&mut page, view);
    give(page);
    for (severity, heading) in [
        (FindingSeverity::Error, "Gaps"),
        (FindingSeverity::Warning, "To look at"),
        (FindingSeverity::Note, "Good to know"),
    ] {
        let of = |finding: &&Finding| {
            finding.severity == severity && finding.kind() != FindingKind::NotTold
        };
        let found = view.audit.findings.iter().filter(of).collect();
        findings(give, view, &words, heading, found);
    }
    let mut page = Page::default();
    super::remedy_page::remedy(&mut page, view, &words);
    give(page);
    let not_told = view
        .audit
        .findings
        .iter()
        .filter(|finding| finding.kind() == FindingKind::NotTold);
    let not_told = not_told.collect();
    findings(give, view, &words, "What no export tells", not_told);
    let mut page = Page::default();
    questions(&mut page, view, &words);
    rows(&mut page, view, &words);
    give(page);
    left_out(give, view, &words);
}

pub(super) fn totals(page: &mut Page, view: &AuditView<'_>) {
    let totals = &view.audit.totals;
    page.heading("Totals");
    let by_verdict = |counts: &std::collections::BTreeMap<AuditVerdict, u64>| {
        let counts: Vec<String> = counts
            .iter()
            .map(|(verdict, count)| format!("{count} {verdict}"))
            .collect();
        counts.join(", ")
    };
    let mut facts = vec![
        (
            "People",
            Line::from(format!("{}: ", totals.people))
                .strong(by_verdict(&totals.people_by_verdict)),
        ),
        (
            "Rows",
            Line::from(format!(
                "{} of {}: {}",
                view.audit.rows.len(),
                plural(totals.assignments, "assignment", "assignments"),
                by_verdict(&totals.rows_by_verdict)
            )),
        ),
    ];
    let mut accounts = format!(
        "{}, of which {} without any license",
        totals.accounts, totals.unlicensed_accounts
    );
    if totals.accounts_not_told > 0 {
        accounts.push_str(&format!(
            " and {} of whose licenses nothing is told",
            totals.accounts_not_told
        ));
    }
    facts.push(("Accounts", Line::from(accounts)));
    if totals.programs > 0 {
        facts.push(("Programs", Line::from(totals.programs.to_string())));
    }
    if !totals.not_counted.is_empty() {
        let reasons = totals
            .not_counted
            .iter()
            .map(|(why, count)| format!("{count} {}", not_counted(*why)));
        facts.push((
            "Not counted",
            Line::from(reasons.collect::<Vec<_>>().join(", ")),
        ));
    }
    let counted = &view.tenant.counted;
    if counted.accounts > 0 {
        facts.push((
            "In the exports",
            Line::from(format!(
                "{}, {} with a license, {}{} guests, {} blocked, {} deleted",
                plural(counted.accounts, "account", "accounts"),
                counted.licensed,
                match counted.licenses_not_told {
                    0 => String::new(),
                    untold => format!("{untold} whose licenses are not told, "),
                },
                counted.guests,
                counted.blocked,
                counted.deleted
            )),
        ));
    }
    let told: Vec<String> = view
        .audit
        .told
        .iter()
        .map(|told| {
            let least = match (told.at_least, &told.value) {
                (true, GivenValue::Count(_)) => "at least ",
                _ => "",
            };
            format!(
                "{} {least}{}",
                view.knowledge.givens[told.given].id, told.value
            )
        })
        .collect();
    if !told.is_empty() {
        facts.push(("They tell", Line::from(told.join(", "))));
    }
    let kinds: Vec<String> = totals
        .findings
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    if !kinds.is_empty() {
        facts.push(("Findings", Line::from(kinds.join(", "))));
    }
    if totals.ignored > 0 || totals.known_before > 0 {
        facts.push((
            "Left out",
            Line::from(format!(
                "{} ignored, {} known before",
                totals.ignored, totals.known_before
            )),
        ));
    }
    page.facts(facts);
}

fn findings(
    give: &mut dyn FnMut(Page),
    view: &AuditView<'_>,
    words: &Words<'_>,
    heading: &str,
    findings: Vec<&Finding>,
) {
    let heading = format!("{heading} ({})", findings.len());
    let item = |finding: &&Finding| finding_item(view, words, finding);
    points(give, heading, &findings, item);
}

/// A list under its heading, in parts; without points, nothing.
fn points<T>(give: &mut dyn FnMut(Page), heading: String, list: &[T], item: impl Fn(&T) -> Item) {
    let mut page = Page::default();
    page.heading(heading);
    for some in list.chunks(AT_ONCE) {
        page.items(some.iter().map(&item).collect());
        give(std::mem::take(&mut page));
    }
}

fn finding_item(view: &AuditView<'_>, words: &Words<'_>, finding: &Finding) -> Item {
    let role = finding.role.as_ref().map(|role| words.role(role));
    let about: Vec<String> = words.who(finding).into_iter().chain(role).collect();
    let mut line = match about.is_empty() {
        true => Line::new().strong(words.says(finding)),
        false => {
            let how = words
                .held_how(finding)
                .map_or(String::new(), |how| format!(" ({how})"));
            Line::new()
                .strong(about.join(", "))
                .plain(format!("{how}: {}", words.says(finding)))
        }
    };
    if finding.verdict == AuditVerdict::CannotTell {
        line = line.plain(" [").strong("cannot tell").plain("]");
    }
    let mut details: Vec<Line> = Vec::new();
    if matches!(finding.about, About::MissingLicense { .. }) {
        let held: Vec<String> = finding.held.iter().map(|sku| words.sku(sku)).collect();
        details.push(match held.is_empty() {
            true => Line::from("holds no license at all"),
            false => Line::from("holds ").code(held.join(" + ")),
        });
    }
    details.extend(
        words
            .advice(finding)
            .into_iter()
            .map(|advice| Line::new().strong("do: ").plain(advice)),
    );
    if finding.people.len() > 1 {
        details.push(Line::from(format!(
            "concerns {} people",
            finding.people.len()
        )));
    }
    if let Some(places) = places(words, &finding.rows) {
        details.push(Line::new().faint(places));
    }
    if let Some(why) = why_line(view, finding) {
        details.push(Line::new().faint("why: ").code(why));
    }
    details.push(Line::new().faint(words.id(finding)));
    Item { line, details }
}

/// "read in users.json element 3 and roles.csv line 4".
fn places(words: &Words<'_>, rows: &[Origin]) -> Option<String> {
    if rows.is_empty() {
        return None;
    }
    let mut places: Vec<String> = rows
        .iter()
        .take(MOST_PLACES)
        .map(|row| words.names.origin(row))
        .collect();
    if rows.len() > MOST_PLACES {
        places.push(format!("{} more", rows.len() - MOST_PLACES));
    }
    Some(format!("read in {}", list(&places, "and")))
}

/// The command that shows the proof behind a finding.
pub(super) fn why_line(view: &AuditView<'_>, finding: &Finding) -> Option<String> {
    let answer = view.audit.answers.get(finding.answer?)?;
    Some(question_line(view, &answer.answer, &answer.proof))
}

/// The stated facts that an answer rests on or counts: without the others it is the same.
pub fn premises(answer: &Answer, proof: &Proof) -> BTreeSet<GivenId> {
    let stated = proof.steps.iter().filter_map(|step| match &step.statement {
        Statement::Stated { given, .. } => Some(*given),
        _ => None,
    });
    let counted = answer.needs.iter().filter_map(|need| need.counted.as_ref());
    let counted = counted.flat_map(|counted| &counted.over);
    stated.chain(counted.map(|(over, _)| *over)).collect()
}

/// The command that shows the proof of an answer, with those facts alone that it rests on or counts.
pub(super) fn question_line(view: &AuditView<'_>, answer: &Answer, proof: &Proof) -> String {
    let question = &answer.question;
    let premises = premises(answer, proof);
    let givens = question
        .givens
        .iter()
        .filter(|(given, _)| premises.contains(given));
    let question = Question {
        givens: givens
            .map(|(given, value)| (*given, value.clone()))
            .collect(),
        // Idle seats decide what is cheapest, not what is needed.
        owned: Default::default(),
        ..question.clone()
    };
    // Both days are said, so that the line means the same tomorrow.
    ask_line(view.knowledge, "why", &question, Day::LAST)
}

fn questions(page: &mut Page, view: &AuditView<'_>, words: &Words<'_>) {
    if view.questions.is_empty() {
        return;
    }
    page.heading(format!("Your questions ({})", view.questions.len()));
    let item = |asked: &AuditQuestion| Item {
        line: Line::new()
            .strong(words.names.text(&asked.name))
            .plain(format!(": {}", verdict_words(asked.answer.verdict))),
        details: asked
            .answer
            .needs
            .iter()
            .map(|need| {
                let name = subject_name(view.knowledge, need.subject);
                let needs = match need.requirement.demands() {
                    true => format!(
                        ": {}",
                        crate::render::requirement(view.knowledge, &need.requirement)
                    ),
                    false => String::new(),
                };
                Line::from(format!("{name}: {}{needs}", verdict_words(need.verdict)))
            })
            .collect(),
    };
    page.items(view.questions.iter().map(item).collect());
}

/// Every row, the worst first.
fn rows(page: &mut Page, view: &AuditView<'_>, words: &Words<'_>) {
    let mut rows: Vec<&AuditRow> = view.audit.rows.iter().collect();
    rows.sort_by_key(|row| row.verdict);
    let more = rows.len().saturating_sub(MOST_ROWS);
    page.heading(format!("By person and role ({})", rows.len()));
    let table = rows.into_iter().take(MOST_ROWS).map(|row| {
        let (verdict, more) = verdict_words_of(view, row);
        let verdict = match row.verdict {
            AuditVerdict::Gap | AuditVerdict::CannotTell => Line::new().strong(verdict),
            AuditVerdict::Ok | AuditVerdict::NotCounted => Line::from(verdict),
        };
        vec![
            verdict,
            Line::from(format!(
                "{}: {}{more}",
                holder(words, row),
                what(words, row)
            )),
        ]
    });
    page.table(&["verdict", "who and what"], table.collect());
    if more > 0 {
        page.paragraph(format!("And {more} more rows; --format json has them all."));
    }
}

/// Who a row is about.
pub(super) fn holder(words: &Words<'_>, row: &AuditRow) -> String {
    match (row.account, row.principal) {
        (Some(account), Principal::Group(group)) => {
            format!(
                "{} (in {})",
                words.names.account(account),
                words.names.group(group)
            )
        }
        (Some(account), _) => words.names.account(account),
        (None, Principal::Group(group)) => format!("group {}", words.names.group(group)),
        (None, Principal::Service(service)) => format!("program {}", words.names.service(service)),
        (None, Principal::Unresolved(at)) => words.names.unresolved(at),
        (None, Principal::Account(account)) => words.names.account(account),
    }
}

/// What a row is about: the role and how it is held, or the duty.
pub(super) fn what(words: &Words<'_>, row: &AuditRow) -> String {
    match row.of {
        RowOf::Assignment(at) => match words.tenant.assignments.get(at) {
            Some(assignment) => format!("{}, {}", words.role(&assignment.role), how(assignment)),
            None => String::new(),
        },
        RowOf::Duty(at) => match words.tenant.duties.get(at) {
            Some(duty) => match &duty.role {
                Some(role) => format!("{} of {}", duty.kind, words.role(role)),
                None => format!("{} of every role", duty.kind),
            },
            None => String::new(),
        },
    }
}

/// The verdict of a row, and what there is to say about it.
pub(super) fn verdict_words_of(view: &AuditView<'_>, row: &AuditRow) -> (&'static str, String) {
    let mut more = String::new();
    let answer = row.answer.and_then(|at| view.audit.answers.get(at));
    let is_open = matches!(row.verdict, AuditVerdict::Gap | AuditVerdict::CannotTell);
    if let Some(answer) = answer.filter(|_| is_open) {
        let needs = answer.answer.needs.iter().zip(&row.needs);
        let bad = needs.filter(|(_, judged)| judged.verdict == row.verdict);
        let bad: Vec<String> = bad.map(|(need, _)| task_id(view, need.subject)).collect();
        if !bad.is_empty() {
            more.push_str(&format!(": {}", list(&bad, "and")));
        }
    }
    if let Some(why) = row.not_counted {
        more.push_str(&format!(": {}", not_counted(why)));
    }
    for unless in &row.unless {
        more.push_str(&format!(
            "; {} if what no export tells were so: {}",
            unless.then,
            lower_first(missing_words(unless.fact))
        ));
    }
    let verdict = match row.verdict {
        AuditVerdict::CannotTell => "cannot tell",
        AuditVerdict::NotCounted => "not counted",
        verdict => verdict.word(),
    };
    (verdict, more)
}

/// The id of what a need is about.
pub(super) fn task_id(view: &AuditView<'_>, subject: NeedSubject) -> String {
    match subject {
        NeedSubject::Task(task) => view.knowledge.tasks[task].id.to_string(),
        NeedSubject::Sku(sku) => view.knowledge.skus[sku].id.to_string(),
    }
}

/// Why something does not count, after a number or a colon.
fn not_counted(why: NotCounted) -> &'static str {
    match why {
        NotCounted::Program => "of a program",
        NotCounted::Emergency => "of an emergency account",
        NotCounted::NotBegun => "not begun that day",
        NotCounted::Ended => "ended before that day",
        NotCounted::Deleted => "of a deleted account",
        NotCounted::Unavailable => "opened by no license that day",
    }
}

fn left_out(give: &mut dyn FnMut(Page), view: &AuditView<'_>, words: &Words<'_>) {
    let item = |(finding, entry): &(Finding, usize)| {
        let mut item = finding_item(view, words, finding);
        item.details.clear();
        // A reason is free text and may name people.
        let entry = view.ignore.and_then(|ignore| ignore.entries.get(*entry));
        if let Some(entry) = entry.filter(|_| !words.names.are_hidden()) {
            let until = entry
                .until
                .map_or(String::new(), |until| format!(", until {until}"));
            item.details
                .push(Line::from(format!("since {}{until}", entry.reason)));
        }
        item
    };
    let ignored = &view.audit.ignored;
    points(give, format!("Ignored ({})", ignored.len()), ignored, item);
}

pub(super) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
