//! The exports of a tenant, as far as they were opened: what was read, what was found, and how it is looked at.
//!
//! Reading and judging are the worker's; here stands what came of it, for which question, and which rows are shown in
//! which order. Names of people stay hidden until they are asked for, and nothing of this is ever kept on disk.

mod exports;
mod table;
mod work;

pub use exports::Exports;
pub use table::{Entry, EntryOf};

pub(super) use work::work;

use super::job::{Progress, Shared};
use super::model::Model;
use super::pane::Pane;
use super::place::Screen;
use super::row::{Row, Target};
use crate::dataset::KnowledgeBase;
use crate::model::{Day, FindingId, GivenId, GivenValue, Ignore, words};
use crate::render::{AuditParts, AuditView, Hiding, Naming};
use crate::tenant::audit::{Audit as Audited, AuditAnswer, AuditRow, Circumstances, Finding};
use crate::tenant::{Origin, RawRow, Tenant};
use std::collections::BTreeMap;
use std::sync::Arc;

words! {
    /// In which order findings stand.
    Sort {
        /// As the audit tells them: the gravest first.
        Gravity = "gravest first",
        /// By what is said of whom they are about.
        Verdict = "by verdict",
        /// By whom they are about.
        Person = "by person",
        /// By role.
        Role = "by role",
        /// By kind.
        Kind = "by kind",
    }
}

/// By what a tenant is judged.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The data, without the claims that are set aside.
    pub knowledge: Arc<KnowledgeBase>,
    /// The two days, and what is stated.
    pub circumstances: Circumstances,
    /// The day on which entries of an ignore list must hold.
    pub today: Day,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.knowledge, &other.knowledge)
            && self.circumstances == other.circumstances
            && self.today == other.today
    }
}

/// Exports to be read and judged.
#[derive(Debug)]
pub struct Opening {
    /// Which.
    pub exports: Exports,
    /// By what.
    pub asked: Asked,
}

/// A tenant to be judged.
#[derive(Debug, Clone)]
pub struct Judging {
    /// By what.
    pub asked: Asked,
    /// What was read.
    pub tenant: Arc<Tenant>,
    /// What is left out.
    pub ignore: Option<Ignore>,
}

/// A tenant that was judged.
#[derive(Debug)]
pub struct Judged {
    /// By what, and what was read.
    pub judging: Judging,
    /// What was found.
    pub audit: Audited,
    /// What hides its names.
    pub hiding: Hiding,
}

/// Exports that were read and judged.
#[derive(Debug)]
pub struct Opened {
    /// What was found.
    pub judged: Shared<Judged>,
    /// What is wrong with what was typed: paths that cannot be looked at, an ignore list that cannot be used.
    pub problems: Vec<String>,
    /// Whether any file told anything.
    pub is_usable: bool,
    /// Whether the reading was stopped.
    pub was_stopped: bool,
}

/// A row of an export to be found again.
#[derive(Debug)]
pub struct RowOpening {
    /// What tells files apart.
    pub knowledge: Arc<KnowledgeBase>,
    /// Of which exports.
    pub exports: Exports,
    /// The path of the file as it was read.
    pub path: String,
    /// The row.
    pub origin: Origin,
}

/// A row of an export that was looked for.
#[derive(Debug)]
pub struct RowOpened {
    /// The row.
    pub origin: Origin,
    /// What stands there, or why that is not known.
    pub row: Result<RawRow, String>,
}

/// What the worker does for the screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Work {
    /// Reads and judges.
    Open,
    /// Judges again, by this.
    Judge(Asked, Option<Ignore>),
    /// Looks for a row.
    Row(Origin),
}

/// What was opened and found.
#[derive(Debug, Default)]
pub struct Audit {
    /// Which exports are open or were last, also in an earlier session.
    pub exports: Option<Exports>,
    /// What the worker does.
    pub(super) work: Option<Work>,
    /// How far that is.
    pub progress: Option<Progress>,
    /// Whether it was asked to stop.
    pub is_stopping: bool,
    /// What was found; it may be of a question that is asked no more, see [`Model::judged`].
    pub(super) judged: Option<Shared<Judged>>,
    /// What is wrong with what was typed.
    pub problems: Vec<String>,
    /// Whether no file could be used.
    pub is_unusable: bool,
    /// Whether the reading was stopped, so that this is about a part.
    pub is_partial: bool,
    /// What is left out.
    pub(super) ignore: Option<Ignore>,
    /// A finding to be left out, while its reason and its end are asked for.
    pub(super) leaving_out: Option<(FindingId, String, Option<Day>)>,
    /// Whether people are named.
    pub are_named: bool,
    /// In which order.
    pub sort: Option<Sort>,
    /// Whether rows are people with their roles, and not findings.
    pub by_people: bool,
    /// What the rows say, in their order.
    pub table: Vec<Entry>,
    /// The same as they are shown, where findings are: a tenant may have thousands, and every key looks at them.
    pub(super) rows: Vec<Row>,
    /// How often they were worked out.
    pub(super) arranged: u64,
    /// What the marked row is about, and by which mark: it is asked for many times between two keys.
    pub(super) marked: Option<(Mark, Target)>,
    /// A row of an export, as it stands there.
    pub(super) row: Option<Shared<RowOpened>>,
    /// What exports tell and a finding brought into the basket: it is not stated by the asker.
    pub(super) lent: BTreeMap<GivenId, GivenValue>,
}

/// On what it depends which row is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    arranged: u64,
    selected: usize,
    filter: Option<String>,
    /// Closed people hide their rows.
    folded: usize,
}

impl Audit {
    /// Whether exports were read, whatever came of it.
    pub fn was_read(&self) -> bool {
        self.judged.is_some()
    }

    /// Whether exports are being read.
    pub fn is_reading(&self) -> bool {
        self.work == Some(Work::Open)
    }

    /// In which order findings stand.
    pub fn order(&self) -> Sort {
        self.sort.unwrap_or(Sort::Gravity)
    }

    fn naming(&self) -> Naming {
        match self.are_named {
            true => Naming::Named,
            false => Naming::Pseudonyms,
        }
    }
}

impl Model {
    /// By what a tenant is judged now: the days and what is stated are those of the basket.
    pub(super) fn asked(&self) -> Asked {
        let team = &self.draft.now().team;
        let lent = &self.audit.lent;
        let stated = team.givens.iter();
        let stated = stated.filter(|(given, value)| lent.get(given) != Some(value));
        Asked {
            knowledge: Arc::clone(self.knowledge_shared()),
            circumstances: Circumstances {
                on: team.on,
                known: team.known,
                reading: team.reading,
                givens: stated
                    .map(|(given, value)| (*given, value.clone()))
                    .collect(),
                segment: team.segment,
                currency: team.currency.clone(),
                agreement: team.agreement.clone(),
            },
            today: self.today,
        }
    }

    /// What was found, where it belongs to what is asked now and something could be read.
    pub fn judged(&self) -> Option<&Judged> {
        let judged = self.audit.judged.as_ref()?;
        let is_current = judged.judging.ignore == self.audit.ignore
            && judged.judging.asked == self.asked()
            && !self.audit.is_reading();
        (is_current && !self.audit.is_unusable).then_some(judged)
    }

    /// What the marked row of the list is about; the same as [`Model::target_of`] without looking at all rows, where it
    /// is known.
    pub(super) fn marked_in_audit(&self) -> Option<Target> {
        let known = self.audit.marked.as_ref();
        let known = known.filter(|(mark, _)| *mark == self.audit_mark() && self.judged().is_some());
        known.map(|(_, target)| target.clone())
    }

    /// Takes note of what the marked row of the list is about.
    pub(super) fn note_mark(&mut self) {
        if self.marked_in_audit().is_none() && self.judged().is_some() {
            let target = self.target_of(Pane::Findings);
            self.audit.marked = target.map(|target| (self.audit_mark(), target));
        }
    }

    fn audit_mark(&self) -> Mark {
        Mark {
            arranged: self.audit.arranged,
            selected: self.list(Pane::Findings).selected,
            filter: self.filters.get(&Pane::Findings).cloned(),
            folded: self.folded.len(),
        }
    }

    /// The audit as it is shown: with names, or without.
    pub fn audit_view<'m>(&'m self, judged: &'m Judged) -> AuditView<'m> {
        AuditView {
            knowledge: &judged.judging.asked.knowledge,
            tenant: &judged.judging.tenant,
            audit: &judged.audit,
            naming: self.audit.naming(),
            ignore: judged.judging.ignore.as_ref(),
            questions: &[],
            fails_on: None,
        }
    }

    /// The same, part by part.
    pub(super) fn audit_parts<'m>(&'m self, judged: &'m Judged) -> AuditParts<'m> {
        AuditParts::of(self.audit_view(judged), &judged.hiding)
    }

    /// The finding that the marked row, or what is shown, is about.
    pub(super) fn marked_finding(&self) -> Option<FindingId> {
        match self.audit_target()? {
            Target::Finding(id) => Some(id),
            _ => None,
        }
    }

    /// What of the audit is meant: the marked row, else what is shown whole, else the marked row of the list.
    pub(super) fn audit_target(&self) -> Option<Target> {
        let meant = |target: Target| target.is_of_audit().then_some(target);
        let whole =
            |target: Target| meant(target).filter(|target| !matches!(target, Target::Origin(_)));
        match self.screen {
            Screen::Audit => self
                .target_of(self.focus)
                .and_then(whole)
                .or_else(|| self.target_of(Pane::Findings).and_then(whole)),
            Screen::Show => self.opened.clone().and_then(meant),
            _ => None,
        }
    }

    /// The answer behind what is marked on the screen Audit.
    pub(super) fn audit_answer(&self) -> Option<&AuditAnswer> {
        let judged = self.judged()?;
        let at = match self.audit_target()? {
            Target::Finding(id) => judged.finding(&id)?.0.answer?,
            Target::Judgment(at) => judged.audit.rows.get(at)?.answer?,
            _ => return None,
        };
        judged.audit.answers.get(at)
    }
}

impl Judged {
    /// A finding by its id, with the place of the entry that leaves it out.
    pub(super) fn finding(&self, id: &FindingId) -> Option<(&Finding, Option<usize>)> {
        let left = self.audit.findings.iter().map(|finding| (finding, None));
        let ignored = self.audit.ignored.iter();
        let ignored = ignored.map(|(finding, entry)| (finding, Some(*entry)));
        left.chain(ignored).find(|(finding, _)| finding.id == *id)
    }

    /// Where a row of the audit was read.
    pub(super) fn origins(&self, row: &AuditRow) -> Vec<Origin> {
        use crate::tenant::audit::RowOf;
        let tenant = &self.judging.tenant;
        let of = match row.of {
            RowOf::Assignment(at) => tenant.assignments.get(at).map(|one| &one.rows),
            RowOf::Duty(at) => tenant.duties.get(at).map(|one| &one.rows),
        };
        let account = row.account.map(|at| &tenant[at].rows);
        let mut origins: Vec<Origin> = account.into_iter().chain(of).flatten().cloned().collect();
        origins.sort();
        origins.dedup();
        origins
    }
}
