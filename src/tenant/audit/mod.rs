//! The audit: every role assignment of a tenant against the licenses held.
//!
//! Assignments become questions, each asked once and answered with its proof ([`AuditAnswer`]); each answer is held
//! against what the account really has, plan by plan ([`AuditRow`]); rows make the verdict of a person, and everything
//! that somebody should know or do is a [`Finding`]. What no export tells is never taken for "no": it is "cannot tell",
//! or an "unless" beside the verdict.
//!
//! ```
//! use licit::ask::built_in;
//! use licit::model::{AuditVerdict, Currency, Day, Reading, Segment};
//! use licit::tenant::audit::{Circumstances, audit};
//! use licit::tenant::{TextExport, read};
//!
//! let knowledge = built_in().unwrap();
//! let file = TextExport::new(
//!     "tenant.toml",
//!     "[[account]]\nupn = \"ana@contoso.com\"\nheld = [\"SPE_E3\"]\neligible = [\"Helpdesk Administrator\"]\n",
//! );
//! let tenant = read(&knowledge, &[&file]);
//! let day = Day::parse("2026-09-01").unwrap();
//! let circumstances = Circumstances {
//!     on: day,
//!     known: day,
//!     reading: Reading::Documented,
//!     givens: Default::default(),
//!     segment: Segment::Commercial,
//!     currency: Currency::parse("USD").unwrap(),
//!     agreement: Default::default(),
//! };
//! let audit = audit(&knowledge, &tenant, &circumstances);
//! // Eligible needs P2 or Governance; Microsoft 365 E3 has P1.
//! assert_eq!(audit.people[0].verdict, AuditVerdict::Gap);
//! ```

mod find;
mod finding;
mod holdings;
mod judge;
mod left_out;
mod outcome;
mod owned;
mod people;
mod places;
mod question;
mod questions;
mod remedy;
mod rows;
mod told;
mod totals;
mod unknown;
mod ways;

pub use finding::{About, Finding};
pub use outcome::{
    Audit, AuditAnswer, AuditRow, Broken, Circumstances, Coverage, NeedVerdict, NotCounted,
    PersonVerdict, Remedy, RoleVerdict, RowOf, Support, TenantTells, Totals, Unless,
    WithoutEligibility,
};

use crate::dataset::KnowledgeBase;
use crate::graph::Moment;
use crate::tenant::{AccountIndex, Tenant};
use holdings::Holdings;
use judge::Judge;
use question::WayTasks;
use questions::Questions;
use std::collections::BTreeSet;

/// Judges every assignment and duty of a tenant.
///
/// Never fails: what cannot be judged is "cannot tell", with what would settle it. The same tenant, knowledge base and
/// circumstances always give the same audit.
pub fn audit(knowledge: &KnowledgeBase, tenant: &Tenant, circumstances: &Circumstances) -> Audit {
    let moment = Moment {
        on: circumstances.on,
        known: circumstances.known,
    };
    let holdings = Holdings::of(knowledge, tenant, moment);
    let ways = WayTasks::of(knowledge);
    let told = told::told(knowledge, tenant, &holdings, circumstances);
    let questions = Questions::of(knowledge, tenant, circumstances, &told);
    let judge = Judge {
        tenant,
        holdings: &holdings,
        ways: &ways,
        questions: &questions,
    };
    let mut rows: Vec<AuditRow> = Vec::new();
    for (at, assignment) in tenant.assignments.iter().enumerate() {
        rows.extend(judge.assignment(at, assignment));
    }
    for (at, duty) in tenant.duties.iter().enumerate() {
        rows.extend(judge.duty(at, duty));
    }
    // Twenty thousand of them are kept, so there is no spare room.
    rows.shrink_to_fit();
    let accounts: BTreeSet<AccountIndex> = rows.iter().filter_map(|row| row.account).collect();
    let bases = find::bases(knowledge, &judge, &accounts);
    let counted = questions.counted(&told);
    let mut answers = questions.into_answers();
    for row in &rows {
        if let Some(answer) = row.answer.and_then(|at| answers.get_mut(at)) {
            answer.rows += 1;
        }
    }
    let (people, apart) = people::people(knowledge, tenant, &rows);
    let mut audit = Audit {
        circumstances: circumstances.clone(),
        told,
        rows,
        answers,
        counted,
        people,
        apart,
        findings: Vec::new(),
        ignored: Vec::new(),
        known_before: Vec::new(),
        totals: Totals::default(),
        remedy: None,
    };
    // What it takes to find a remedy is free again before the findings need their room.
    audit.remedy = remedy::remedy(knowledge, tenant, &holdings, &ways, &audit);
    audit.findings = find::findings(knowledge, tenant, &holdings, &audit, &bases);
    audit.totals = totals::totals(tenant, &audit);
    audit
}
