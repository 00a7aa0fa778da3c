//! JSON exports: cut into elements, told apart by their fields, parsed one by one.

mod crowd;
mod cut;
mod layout;
mod policies;
mod principals;
mod raw;
mod records;
mod roles;
mod scuba;
mod seats;
mod shape;
mod skim;

use super::folder::Folder;
use super::log::Log;
use super::pages::{Page, Print};
use super::rows::{Gathered, Mark};
use super::wanted::Wanted;
use crate::tenant::{Counted, Missing, MissingAbout, MissingFact, NoteKind, ReadAs, Refusal, Row};
use cut::{Cutter, DEEPEST, Envelope, Piece};
use layout::Layouts;
use serde::Deserialize;
use shape::{Names, Shape, shape};
use skim::skim;
use std::io::{self, Read};

/// What a JSON file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    As(ReadAs),
    Refused(Refusal),
    Nothing,
}

/// Looks at the beginning of a file, which may be cut off anywhere.
pub(super) fn look(head: &[u8]) -> Found {
    let mut cutter = Cutter::new(head);
    let first = match cutter.next() {
        Ok(Some(Piece::Element { .. } | Piece::Whole { .. })) => Names::of(cutter.bytes()),
        Ok(Some(Piece::Truncated)) => Names::of(cutter.rest()),
        _ => Names::default(),
    };
    found(shape(&first, cutter.envelope.context.as_deref()))
}

/// What a list without elements is.
fn empty(envelope: &Envelope) -> Found {
    found(shape(&Names::default(), envelope.context.as_deref()))
}

fn found(shape: Option<Shape>) -> Found {
    match shape {
        Some(Shape::As(read_as)) => Found::As(read_as),
        Some(Shape::Refused(refusal)) => Found::Refused(refusal),
        None => Found::Nothing,
    }
}

/// Reads a whole file. What it turned out to be is what its first document is; later ones may be something else.
///
/// `folder` is what the folders of the file say: tools that write one file per object put members below what they are
/// members of. `wanted` says which accounts of a list are kept; none keeps all.
pub(super) fn read(
    reader: &mut (dyn Read + Send),
    folder: Option<Folder>,
    wanted: Option<&Wanted>,
    gathered: &mut Gathered,
    log: &mut Log,
) -> io::Result<Found> {
    let mut cutter = Cutter::new(reader);
    let mut first = None;
    let mut list: Option<List> = None;
    while let Some(piece) = cutter.next()? {
        let row = Row::Element(log.rows);
        match piece {
            Piece::Element { too_deep } | Piece::Whole { too_deep } => {
                log.rows += 1;
                let bytes = cutter.bytes();
                let list_now = list.get_or_insert_with(|| {
                    let shape = shape(&Names::of(bytes), cutter.envelope.context.as_deref());
                    List::new(found(shape), gathered, log)
                });
                first.get_or_insert(list_now.found);
                list_now.print.add(bytes);
                if let Found::As(read_as) = list_now.found {
                    let before = gathered.mark();
                    if too_deep {
                        reject_deep(row.clone(), log);
                    } else {
                        element(bytes, read_as, row.clone(), wanted, gathered, log);
                    }
                    if let Some(folder) = folder {
                        folder.member(row, before, gathered, log);
                    }
                }
                if let (Some(wanted), Found::As(read_as)) = (wanted, list_now.found)
                    && list_now.is_crowd()
                    && cutter.is_in_list()
                {
                    let first = cutter.bytes().to_vec();
                    crowd::pass_over(&mut cutter, &first, wanted, |seen| {
                        list_now.add(seen, read_as, wanted, gathered, log);
                    })?;
                }
                if matches!(piece, Piece::Whole { .. })
                    && let Some(list) = list.take()
                {
                    list.over(&mut cutter.envelope, folder, gathered, log);
                }
            }
            Piece::End => {
                if let Some(list) = list.take() {
                    list.over(&mut cutter.envelope, folder, gathered, log);
                }
            }
            Piece::Truncated => {
                log.reject(
                    row,
                    "the file ends in the middle",
                    "save or copy it again, to its end",
                );
                rest_is_missing(gathered, log);
            }
            Piece::Garbage => {
                log.reject(
                    row,
                    "what stands here is no JSON",
                    "copy the whole answer, from its first to its last bracket",
                );
                rest_is_missing(gathered, log);
            }
            Piece::TooLarge => {
                log.reject(
                    row,
                    "it is larger than 256 MiB",
                    "export a list instead of one object",
                );
                rest_is_missing(gathered, log);
            }
        }
    }
    // What was read of a list that does not end counts too.
    if let Some(list) = list.take() {
        list.over(&mut cutter.envelope, folder, gathered, log);
    }
    Ok(first.unwrap_or_else(|| empty(&cutter.envelope)))
}

/// The text of one element, counted over all lists and objects of a file; none where there are fewer.
pub(super) fn raw_element(reader: &mut dyn Read, wanted: u64) -> io::Result<Option<Vec<u8>>> {
    let mut cutter = Cutter::new(reader);
    let mut at = 0;
    while let Some(piece) = cutter.next()? {
        if let Piece::Element { too_deep } | Piece::Whole { too_deep } = piece {
            if at == wanted {
                return Ok((!too_deep).then(|| cutter.bytes().to_vec()));
            }
            at += 1;
        }
    }
    Ok(None)
}

/// Elements of a list that are read one by one before several threads are worth their while.
const FEW: u64 = 64;

/// A list while it is read.
struct List {
    found: Found,
    /// Elements read one by one.
    single: u64,
    print: Print,
    /// What was there before it, to go back to where the list was read already.
    mark: Mark,
    understood: u64,
    counted: Counted,
}

impl List {
    fn new(found: Found, gathered: &Gathered, log: &Log) -> Self {
        Self {
            found,
            single: 0,
            print: Print::default(),
            mark: gathered.mark(),
            understood: log.understood,
            counted: log.counted,
        }
    }

    /// Whether the list is one of accounts and so long that it is passed over.
    fn is_crowd(&mut self) -> bool {
        self.single += 1;
        let of_accounts = matches!(self.found, Found::As(ReadAs::Users | ReadAs::Directory));
        of_accounts && self.single.is_multiple_of(FEW)
    }

    /// Adds what passing over a part of it brought.
    fn add(
        &mut self,
        seen: crowd::Seen,
        read_as: ReadAs,
        wanted: &Wanted,
        gathered: &mut Gathered,
        log: &mut Log,
    ) {
        for (place, bytes, deepest) in seen.to_parse {
            let row = Row::Element(log.rows + place);
            if deepest > DEEPEST {
                reject_deep(row, log);
            } else {
                element(&bytes, read_as, row, Some(wanted), gathered, log);
            }
        }
        log.rows += seen.rows;
        log.understood += seen.understood;
        log.counted.add(&seen.counted);
        log.saw_mails |= seen.saw_mails;
        self.print.join(seen.print);
    }

    /// The list is over: where it came before, it does not count again.
    fn over(
        self,
        envelope: &mut Envelope,
        folder: Option<Folder>,
        gathered: &mut Gathered,
        log: &mut Log,
    ) {
        let Found::As(read_as) = self.found else {
            return;
        };
        let page = Page {
            file: log.file,
            read_as,
            context: envelope.context.take(),
            next: envelope.next_link.take(),
            count: envelope.count.take(),
            print: self.print,
        };
        if folder.is_some() {
            // The list of accounts has them too.
            log.counted = self.counted;
        }
        // Below another folder the same object says something else.
        if folder.is_none() && gathered.has_seen(&page) {
            gathered.rewind(self.mark);
            log.counted = self.counted;
            log.repeated += log.understood - self.understood;
            log.note(NoteKind::DuplicatePage, "");
        } else {
            gathered.count(&page, log.counted.since(&self.counted));
        }
    }
}

fn reject_deep(row: Row, log: &mut Log) {
    let why = format!("it is nested deeper than {DEEPEST}");
    log.reject(
        row,
        why,
        "export it again without nesting objects in objects",
    );
}

fn rest_is_missing(gathered: &mut Gathered, log: &Log) {
    gathered.missing.push(Missing {
        fact: MissingFact::RestOfFile,
        about: MissingAbout::File(log.file),
    });
}

fn element(
    bytes: &[u8],
    read_as: ReadAs,
    row: Row,
    wanted: Option<&Wanted>,
    gathered: &mut Gathered,
    log: &mut Log,
) {
    if read_as == ReadAs::ScubaGear {
        return match parse(bytes) {
            Ok(raw) => scuba::settings(raw, gathered, log),
            Err((why, help)) => log.reject(row, why, help),
        };
    }
    let done = valid(bytes, read_as, &row, wanted, gathered, log);
    match done {
        Ok(()) => log.understood += 1,
        Err((why, help)) => log.reject(row, why, help),
    }
}

/// Parses one element and keeps what it says; otherwise why it cannot be kept and what to do.
fn valid(
    bytes: &[u8],
    read_as: ReadAs,
    row: &Row,
    wanted: Option<&Wanted>,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), (String, &'static str)> {
    const INCOMPLETE: &str = "export it again with the fields that `licit export-guide` names";
    let row = row.clone();
    let incomplete = |why: &'static str| (why.to_owned(), INCOMPLETE);
    match read_as {
        ReadAs::SubscribedSkus => {
            seats::seats(parse(bytes)?, row, gathered, log).map_err(incomplete)
        }
        ReadAs::DirectoryRoles => {
            roles::directory_role(parse(bytes)?, row, gathered, log).map_err(incomplete)
        }
        ReadAs::ScopedRoleMembers => {
            roles::scoped_member(parse(bytes)?, row, gathered, log).map_err(incomplete)
        }
        ReadAs::RolePolicies => {
            policies::policy(parse(bytes)?, row, gathered, log).map_err(incomplete)
        }
        ReadAs::RoleDefinitions => {
            roles::definition(&parse(bytes)?, gathered, log).map_err(incomplete)
        }
        ReadAs::RoleAssignments
        | ReadAs::RoleAssignmentSchedules
        | ReadAs::RoleAssignmentScheduleInstances
        | ReadAs::RoleEligibilitySchedules
        | ReadAs::RoleEligibilityScheduleInstances => {
            roles::assignment(parse(bytes)?, read_as, row, gathered, log).map_err(incomplete)
        }
        _ => {
            if let Some((end, seen)) =
                wanted.and_then(|wanted| skim(bytes, wanted, &mut Layouts::default()))
                && end == bytes.len()
                && !seen.must_parse
            {
                log.counted.add(&seen.counted);
                log.saw_mails |= seen.has_mail;
                return Ok(());
            }
            let raw: records::RawPrincipal<'_> = parse(bytes)?;
            if raw.is_model_row.is_there() {
                log.note(NoteKind::ModelRows, "");
                return Ok(());
            }
            let before = gathered.accounts.len();
            principals::keep(raw, row, 3, gathered, log).map_err(incomplete)?;
            for account in gathered.accounts.get(before..).unwrap_or_default() {
                log.count(account);
            }
            // Only an account that stands alone is let go: members of a group in the list are the group's.
            if let Some(wanted) = wanted
                && gathered.accounts.len() == before + 1
                && let Some(account) = gathered.accounts.pop_if(|account| !wanted.wants(account))
            {
                let upn = account.upn.as_deref().unwrap_or_default();
                log.saw_mails |= account
                    .mails
                    .iter()
                    .any(|mail| !mail.eq_ignore_ascii_case(upn));
            }
            Ok(())
        }
    }
}

fn parse<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, (String, &'static str)> {
    serde_json::from_slice(bytes).map_err(|error| {
        let why = error.to_string();
        let help = if why.contains("trailing comma") {
            "take the last comma before the closing bracket away: examples are often printed with one"
        } else if why.contains("duplicate field") {
            "leave one of the two: which of them is meant cannot be known"
        } else {
            "save the answer again without changing it"
        };
        (why, help)
    })
}
