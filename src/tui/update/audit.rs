//! The exports of a tenant: opening them, how they are looked at, trying a finding, leaving one out.
//!
//! Whatever takes longer than a frame is the worker's: [`settle`] looks, after every message, at what is missing for what
//! is shown, and has it made.

use super::lists::mark;
use super::overlay::prompt;
use crate::model::{Day, Ignore, IgnoreEntry, IgnoreWhich, Text, clean};
use crate::render::premises;
use crate::tenant::{Origin, Tenant};
use crate::tui::audit::{Exports, Judging, Opening, RowOpening, Sort, Work};
use crate::tui::effect::Effect;
use crate::tui::job::{Finished, Job, Progress, Shared};
use crate::tui::model::{List, Model};
use crate::tui::overlay::Wanted;
use crate::tui::pane::Pane;
use crate::tui::place::Screen;
use crate::tui::row::Target;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The list that is proposed where none was named.
const IGNORE_FILE: &str = "licit-ignore.toml";

impl Model {
    /// Whether the finding that is meant could be left out.
    pub(in crate::tui) fn can_be_left_out(&self) -> bool {
        let finding = self.marked_finding();
        let found = finding.and_then(|id| Some(self.judged()?.finding(&id)?.1));
        found == Some(None)
    }
}

/// Asks which exports are meant.
pub(super) fn ask_exports(model: &mut Model) {
    let known = model.audit.exports.as_ref();
    let known = known.map_or_else(String::new, Exports::to_string);
    prompt(
        model,
        Wanted::Exports,
        "Files and folders of exports, or --demo; --ignore FILE and --people FILE beside them",
        known,
    );
}

/// Reads what was typed.
pub(super) fn typed(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    Ok(open(model, Exports::parse(typed)?))
}

/// Reads exports. What was open before is gone at once: nothing old stands beside something new.
pub(super) fn open(model: &mut Model, exports: Exports) -> Vec<Effect> {
    model.go(Screen::Audit);
    model.focus = Pane::Findings;
    model.trail.retain(|place| !place.is_of_audit());
    for pane in [Pane::Findings, Pane::Finding, Pane::Files, Pane::Totals] {
        model.lists.remove(&pane);
        model.filters.remove(&pane);
    }
    let asked = model.asked();
    let audit = &mut model.audit;
    audit.exports = Some(exports.clone());
    audit.work = Some(Work::Open);
    audit.progress = None;
    audit.is_stopping = false;
    audit.judged = None;
    audit.row = None;
    audit.problems.clear();
    audit.are_named = false;
    audit.marked = None;
    model.arrange();
    let opening = Opening { exports, asked };
    vec![Effect::Work(Job::Open(Shared::new(opening)))]
}

/// Reads the same exports again.
pub(super) fn read_again(model: &mut Model) -> Vec<Effect> {
    match model.audit.exports.clone() {
        Some(exports) => open(model, exports),
        None => Vec::new(),
    }
}

/// Asks the reading to stop.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    model.audit.is_stopping = true;
    vec![Effect::Cancel]
}

/// How far the reading is.
pub(super) fn progressed(model: &mut Model, progress: Progress) {
    if model.audit.is_reading() {
        model.audit.progress = Some(progress);
    }
}

/// Takes in what came of work.
pub(super) fn done(model: &mut Model, finished: Finished) {
    let before = model
        .audit
        .marked
        .as_ref()
        .map(|(_, target)| target.clone());
    model.audit.work = None;
    match finished {
        Finished::Opened(opened) => {
            let audit = &mut model.audit;
            audit.progress = None;
            audit.is_stopping = false;
            audit.is_unusable = !opened.is_usable;
            audit.is_partial = opened.was_stopped;
            audit.problems.clone_from(&opened.problems);
            audit.ignore.clone_from(&opened.judged.judging.ignore);
            audit.judged = Some(opened.judged.clone());
            if opened.was_stopped {
                model.tell("the reading was stopped: this is about the part that was read");
            }
        }
        Finished::Judged(judged) => model.audit.judged = Some(judged),
        Finished::Row(row) => {
            model.audit.row = Some(row);
            return;
        }
    }
    model.arrange();
    find_again(model, before);
}

/// What the audit needs for what is shown now, where that is not there and not being made.
pub(super) fn settle(model: &mut Model) -> Vec<Effect> {
    let shows_audit = match model.screen {
        Screen::Audit => true,
        Screen::Show => model.opened.as_ref().is_some_and(Target::is_of_audit),
        _ => false,
    };
    let Some(judged) = model.audit.judged.clone().filter(|_| shows_audit) else {
        return Vec::new();
    };
    if model.audit.is_reading() || model.audit.is_unusable {
        return Vec::new();
    }
    if model.judged().is_none() {
        let (asked, ignore) = (model.asked(), model.audit.ignore.clone());
        let work = Work::Judge(asked.clone(), ignore.clone());
        if model.audit.work.as_ref() == Some(&work) {
            return Vec::new();
        }
        model.audit.work = Some(work);
        let judging = Judging {
            asked,
            tenant: Arc::clone(&judged.judging.tenant),
            ignore,
        };
        return vec![Effect::Work(Job::Judge(Shared::new(judging)))];
    }
    model.note_mark();
    if matches!(model.audit.work, Some(Work::Judge(..))) {
        // What is being judged is asked no more; what is there fits again.
        model.audit.work = None;
    }
    let known = model.audit.row.as_ref().map(|row| &row.origin);
    match &model.opened {
        Some(Target::Origin(origin))
            if model.screen == Screen::Show
                && model.audit.are_named
                && known != Some(origin)
                && model.audit.work.is_none() =>
        {
            let origin = origin.clone();
            look_for(model, origin, &judged.judging.tenant)
        }
        _ => Vec::new(),
    }
}

/// Has a row of an export looked for.
fn look_for(model: &mut Model, origin: Origin, tenant: &Tenant) -> Vec<Effect> {
    let file = tenant.files.get(origin.file.index());
    let Some((file, exports)) = file.zip(model.audit.exports.clone()) else {
        return Vec::new();
    };
    let opening = RowOpening {
        knowledge: Arc::clone(&model.base),
        exports,
        path: file.path.clone(),
        origin: origin.clone(),
    };
    model.audit.work = Some(Work::Row(origin));
    vec![Effect::Work(Job::Row(Shared::new(opening)))]
}

/// What the marked row of the list is about.
fn marked(model: &Model) -> Option<Target> {
    model.target_of(Pane::Findings)
}

/// Marks the row about this again, wherever it went.
fn find_again(model: &mut Model, before: Option<Target>) {
    let rows = model.rows(Pane::Findings);
    let selected = model.list(Pane::Findings).selected;
    let found = before.and_then(|before| {
        rows.iter()
            .position(|row| row.target.as_ref() == Some(&before))
    });
    let at = found.unwrap_or(selected.min(rows.len().saturating_sub(1)));
    let detail = model.list(Pane::Finding);
    mark(model, Pane::Findings, at);
    if found.is_some() {
        model.lists.insert(Pane::Finding, detail);
    }
}

/// Changes how the list is looked at; the marked row stays marked.
fn look(model: &mut Model, change: impl FnOnce(&mut Model)) {
    let before = marked(model);
    change(model);
    model.arrange();
    find_again(model, before);
}

/// Shows names, or hides them.
pub(super) fn names(model: &mut Model) {
    look(model, |model| {
        model.audit.are_named = !model.audit.are_named;
        if !model.audit.are_named {
            // What was read of a row holds names.
            model.audit.row = None;
        }
    });
    model.tell(match model.audit.are_named {
        true => "people are named, here and in what is copied and written; v hides the names",
        false => "names are hidden, here and in what is copied and written; v shows them",
    });
}

/// The next order.
pub(super) fn sort(model: &mut Model) {
    look(model, |model| {
        let now = model.audit.order();
        model.audit.sort = Some(super::ask::after(Sort::ALL, now));
        model.audit.by_people = false;
    });
    let order = model.audit.order();
    model.tell(format!("findings {order}"));
}

/// People with their roles, or findings.
pub(super) fn by_people(model: &mut Model) {
    model.audit.by_people = !model.audit.by_people;
    model.arrange();
    model.lists.insert(Pane::Findings, List::default());
    model.lists.remove(&Pane::Finding);
}

/// Puts what stands behind the marked row into the basket, so that the other screens are about it. Returns whether
/// there is something.
pub(super) fn try_out(model: &mut Model) -> bool {
    let Some(asked) = model.audit_answer() else {
        return false;
    };
    let question = asked.answer.question.clone();
    let stated = model.asked().circumstances.givens;
    let premises = premises(&asked.answer, &asked.proof);
    let told: Vec<_> = question
        .givens
        .into_iter()
        .filter(|(given, _)| premises.contains(given) && !stated.contains_key(given))
        .collect();
    model.audit.lent.extend(told.iter().cloned());
    let before = model.draft.depth();
    super::ask::change(model, |draft| {
        let team = &mut draft.team;
        team.owned = question.owned;
        team.givens = stated;
        team.givens.extend(told);
        team.personas.truncate(1);
        draft.at = 0;
        if let Some(persona) = team.personas.first_mut() {
            // The state file must not name anybody.
            persona.name = "People 1".to_owned();
            persona.count = 1;
            persona.subjects = question.subjects;
            persona.eligible = question.eligible;
            persona.held = question.held;
            persona.held_elsewhere = question.held_elsewhere;
            persona.givens.clear();
        }
    });
    if model.draft.depth() != before {
        model.tell("the basket asks what the finding asks; u brings back the one before");
    }
    true
}

/// Asks why a finding is left out.
pub(super) fn ask_reason(model: &mut Model) {
    if let Some(id) = model.marked_finding() {
        model.audit.leaving_out = Some((id, String::new(), None));
        prompt(
            model,
            Wanted::IgnoreReason,
            "Why is this finding left out? Whoever reads the list will want to know",
            "",
        );
    }
}

/// Takes the reason, and asks until when.
pub(super) fn take_reason(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    let reason = clean(typed).text;
    if reason.is_empty() {
        return Err("a reason is missing: nothing is left out without one".to_owned());
    }
    if let Some((_, known, _)) = &mut model.audit.leaving_out {
        *known = reason;
    }
    prompt(
        model,
        Wanted::IgnoreUntil,
        "Until which day? From then on it is told again (2027-01-31; empty: for good)",
        "",
    );
    Ok(Vec::new())
}

/// Takes the end, and asks for the list.
pub(super) fn take_until(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    let until = match typed {
        "" => None,
        typed => Some(Day::parse(typed).ok_or_else(|| {
            format!("`{typed}` is not a day; write it as 2027-01-31, or nothing")
        })?),
    };
    if until.is_some_and(|until| until <= model.today) {
        return Err("that day is over; name a later one, or none".to_owned());
    }
    if let Some((_, _, known)) = &mut model.audit.leaving_out {
        *known = until;
    }
    let exports = model.audit.exports.as_ref();
    let known = exports.and_then(|exports| exports.ignore.clone());
    prompt(
        model,
        Wanted::IgnoreFile,
        "Which list says so? It is made where it is not there",
        known.unwrap_or_else(|| IGNORE_FILE.to_owned()),
    );
    Ok(Vec::new())
}

/// Takes the list, and has the entry added to it.
pub(super) fn take_file(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    if typed.is_empty() {
        return Err("the name of a file is missing".to_owned());
    }
    let Some((finding, reason, until)) = model.audit.leaving_out.take() else {
        return Ok(Vec::new());
    };
    Ok(vec![Effect::Ignore {
        path: PathBuf::from(typed),
        entry: IgnoreEntry {
            which: IgnoreWhich::Finding(finding),
            reason: Text::from(reason),
            until,
        },
        knowledge: Shared::new(Arc::clone(&model.base)),
    }])
}

/// The list says so now; the next reading begins with it.
pub(super) fn ignored(model: &mut Model, path: &Path, ignore: Ignore) {
    model.audit.ignore = Some(ignore);
    if let Some(exports) = &mut model.audit.exports {
        exports.ignore = Some(path.to_string_lossy().into_owned());
    }
}
