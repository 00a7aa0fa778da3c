//! What is to be said about the tenant as a whole: what no export tells, seats, and names that nobody knows.

use super::Finder;
use crate::dataset::Topic;
use crate::model::{
    AuditVerdict, ClaimKind, FindingId, FindingSeverity, Named, PlanId, SkuId, fold,
};
use crate::tenant::audit::finding::{About, Finding};
use crate::tenant::audit::outcome::{AuditRow, Support};
use crate::tenant::audit::owned::Enough;
use crate::tenant::{MissingFact, Reference};
use std::collections::BTreeMap;

impl Finder<'_> {
    /// Everything that no export tells and that a verdict may turn on, also where no row does.
    pub(super) fn missing(&mut self) {
        for missing in &self.tenant.missing {
            let severity = match missing.fact {
                // No verdict looks at how a license reached an account.
                MissingFact::LicenseWays => continue,
                MissingFact::Accounts
                | MissingFact::Assignments
                | MissingFact::Eligibility
                | MissingFact::NextPage
                | MissingFact::RestOfFile
                | MissingFact::DeeperParts => FindingSeverity::Warning,
                _ => FindingSeverity::Note,
            };
            let finding = self.missing_alone(*missing, severity);
            let concerns = finding.person;
            self.put(finding, concerns);
        }
    }

    /// Counts over people against the seats that the tenant owns.
    pub(super) fn seats(&mut self) {
        let mut largest: BTreeMap<_, Finding> = BTreeMap::new();
        for (at, need) in &self.audit.counted {
            let Some(answer) = self.audit.answers.get(*at) else {
                continue;
            };
            let Some(need) = answer.answer.needs.get(*need) else {
                continue;
            };
            let Some(counted) = need
                .counted
                .as_ref()
                .filter(|counted| !counted.over.is_empty())
            else {
                continue;
            };
            let Some(owned) = self.holdings.owned(&need.requirement) else {
                continue;
            };
            let (severity, verdict, perhaps) = match owned.are_enough(counted.number) {
                Enough::Yes => continue,
                Enough::No => (FindingSeverity::Error, AuditVerdict::Gap, Vec::new()),
                Enough::Perhaps => (
                    FindingSeverity::Warning,
                    AuditVerdict::CannotTell,
                    owned.perhaps.clone(),
                ),
            };
            let told = self.audit.told.iter();
            let told =
                told.filter(|told| counted.over.iter().any(|(given, _)| *given == told.given));
            let about = About::TooFewSeats {
                needed: counted.number,
                at_least: counted.at_least || told.clone().any(|told| told.at_least),
                owned: owned.number(),
                by: owned.by.clone(),
                perhaps,
                over: counted.over.clone(),
            };
            let subject = self.subject_key(need.subject);
            let mut rows: Vec<_> = told.flat_map(|told| told.rows.iter().cloned()).collect();
            rows.sort();
            rows.dedup();
            let finding = Finding {
                severity,
                verdict,
                subject: Some(need.subject),
                needs: need.requirement.clone(),
                missing: vec![need.requirement.clone()],
                claims: vec![counted.claim],
                answer: Some(*at),
                rows,
                ..self.blank(about, &[&subject])
            };
            // The same seats serve every need with that requirement: the largest number says it all.
            let number = |finding: &Finding| match &finding.about {
                About::TooFewSeats { needed, .. } => *needed,
                _ => 0,
            };
            match largest.get_mut(&need.requirement) {
                Some(known) if number(known) >= number(&finding) => {}
                Some(known) => *known = finding,
                None => {
                    largest.insert(need.requirement.clone(), finding);
                }
            }
        }
        for finding in largest.into_values() {
            self.put(finding, None);
        }
    }

    /// Names of SKUs that nobody knows, and of roles that are called otherwise today.
    pub(super) fn names(&mut self) {
        let of_accounts = self.tenant.accounts.iter().flat_map(|account| {
            let licenses = account.licenses.iter().flatten();
            licenses.map(move |license| (&license.sku, &license.rows, Some(account.person)))
        });
        let of_seats = self
            .tenant
            .seats
            .iter()
            .map(|seats| (&seats.sku, &seats.rows, None));
        let unknown: Vec<_> = of_accounts
            .chain(of_seats)
            .filter(|(sku, ..)| sku.id.is_none())
            .map(|(sku, rows, person)| (sku.clone(), rows.clone(), person))
            .collect();
        for (sku, rows, person) in unknown {
            let mut finding = self.unknown_sku(&sku);
            finding.rows = rows;
            self.put(finding, person);
        }
        let former: Vec<usize> = (0..self.tenant.assignments.len())
            .filter(|at| self.is_former_name(*at))
            .collect();
        for at in former {
            let Some(assignment) = self.tenant.assignments.get(at) else {
                continue;
            };
            let key = self.role_key(Some(&assignment.role));
            let finding = Finding {
                role: Some(assignment.role.clone()),
                assignments: vec![at],
                rows: assignment.rows.clone(),
                ..self.blank(About::FormerRoleName, &[&key, &assignment.role.written])
            };
            self.put(finding, None);
        }
    }

    fn is_former_name(&self, at: usize) -> bool {
        let Some(role) = self
            .tenant
            .assignments
            .get(at)
            .map(|assignment| &assignment.role)
        else {
            return false;
        };
        let Some(id) = role.id else { return false };
        let written = fold(&role.written);
        let names = self.knowledge.about(Topic::NamesOf(Named::Role(id)));
        written != fold(&self.knowledge.roles[id].name)
            && names
                .iter()
                .any(|claim| match &self.knowledge.claims[*claim].kind {
                    ClaimKind::Name { name, .. } => fold(name) == written,
                    _ => false,
                })
    }

    /// A license of which nobody knows what it carries, on an account whose verdict turns on it.
    pub(super) fn unknown_license(&mut self, row: &AuditRow, support: Support) {
        let Support::License(account, place) = support else {
            return;
        };
        let license = self.tenant[account]
            .licenses
            .as_ref()
            .and_then(|all| all.get(place));
        let Some(license) = license else { return };
        let mut finding = self.unknown_sku(&license.sku);
        finding.verdict = AuditVerdict::CannotTell;
        finding.rows = self.origins(row);
        self.put(finding, row.person);
    }

    fn unknown_sku(&self, sku: &Reference<SkuId>) -> Finding {
        let mut seats = self.tenant.seats.iter();
        let seats = seats.find(|seats| seats.sku.is_same(sku));
        let plans = seats
            .and_then(|seats| seats.plans.as_ref())
            .into_iter()
            .flatten();
        let carries: Vec<PlanId> = plans.filter_map(|plan| plan.plan.id).collect();
        let about = About::UnknownSku {
            sku: sku.clone(),
            carries,
        };
        Finding {
            id: FindingId::of(about.kind(), &[&self.sku_key(sku)]),
            severity: FindingSeverity::Warning,
            ..self.blank(about, &[])
        }
    }
}
