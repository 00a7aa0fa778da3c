//! A tenant as its exports tell it: who holds which role and which licenses, and what the exports cannot tell.
//!
//! Portals, PowerShell, community tools and people with an editor write the same facts in two dozen shapes. This room
//! takes any mix of them and gives one [`Tenant`]: [`read`] tells every file by its content, turns its rows into facts
//! and joins these. Nothing is passed over in silence: what came of a file stands in its [`FileRead`], what no file
//! tells is [`Missing`], and every fact knows the file and row it was read from ([`Origin`]), so that whatever follows
//! from it can be shown.
//!
//! ```
//! use licit::ask::built_in;
//! use licit::tenant::{TextExport, read};
//!
//! let file = TextExport::new(
//!     "tenant.toml",
//!     "[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E5\"]\nroles = [\"Global Administrator\"]\n",
//! );
//! let tenant = read(&built_in().unwrap(), &[&file]);
//! assert_eq!(tenant.accounts.len(), 1);
//! assert_eq!(tenant.assignments.len(), 1);
//! ```

mod account;
mod assignment;
pub mod audit;
mod demo;
mod export;
mod file_read;
mod group;
mod guide;
mod join;
mod lexicon;
mod missing;
mod origin;
mod person;
mod read;
mod reference;
mod seats;
mod stamp;
mod watch;
mod whole;

pub use account::{
    Account, Guessed, HeldPlan, License, LicenseState, LicenseWay, Purpose, Sureness, UserType,
};
pub use assignment::{
    Assignment, AssignmentState, Bound, Duty, DutyKind, Membership, Principal, Scope,
};
pub use demo::demo;
pub use export::{DiskExport, Export, TextExport, exports_under};
pub use file_read::{Counted, FileRead, Note, NoteKind, Outcome, ReadAs, Refusal, Rejected};
pub use group::{Group, ServicePrincipal, Unresolved};
pub use guide::{
    CLOUDS, CONNECT, CONSENT_ROLE, Cloud, EXPORT_STEPS, ExportStep, GUIDE_NOT_VERIFIED,
    GUIDE_SOURCES, GuideSource, READ_PAGES, READER_ROLE, SAVE_PAGES, SMALLER_ROLES, script,
    step_for,
};
pub use missing::{Missing, MissingAbout, MissingFact};
pub use origin::{FileIndex, Origin, Row};
pub use person::{Person, Tie, TieKind};
pub use read::{RawRow, is_by_hand, raw_row, read, read_watched};
pub use reference::Reference;
pub use seats::{SeatPlan, Seats};
pub use stamp::Stamp;
pub use watch::Watch;
pub use whole::{AccountIndex, GroupIndex, PersonIndex, ServiceIndex, Tenant, UnresolvedIndex};
