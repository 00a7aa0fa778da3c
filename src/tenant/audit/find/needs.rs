//! What a judged row has to say, need by need.

use super::Finder;
use crate::model::{
    AuditVerdict, Because, FindingId, FindingSeverity, GivenId, GivenValue, Named, Need,
    NeedSubject, Place, Question, SkuId, Verdict,
};
use crate::tenant::audit::finding::{About, Finding};
use crate::tenant::audit::outcome::{AuditRow, Coverage, NeedVerdict, NotCounted, RowOf};
use crate::tenant::audit::places::{enough_owned, places};
use crate::tenant::audit::question::is_for_emergencies;
use crate::tenant::audit::questions::idle;
use crate::tenant::audit::unknown::missing_behind;
use crate::tenant::{AccountIndex, Missing, MissingAbout, MissingFact, Sureness};

impl Finder<'_> {
    /// Everything that one row has to say.
    pub(super) fn row(&mut self, row: &AuditRow) {
        if let Some(account) = row.account {
            self.emergency(row, account);
        }
        for missing in missing_behind(self.tenant, row.principal) {
            if row.account.is_none() && row.verdict == AuditVerdict::CannotTell {
                self.not_told(row, missing, AuditVerdict::CannotTell);
            }
        }
        self.unknown_role(row);
        for unless in &row.unless {
            let missing = Missing {
                fact: unless.fact,
                about: MissingAbout::Tenant,
            };
            // A verdict that stands "unless" stays what it is.
            self.not_told(row, missing, row.verdict.max(AuditVerdict::CannotTell));
        }
        let answer = row.answer.and_then(|at| self.audit.answers.get(at));
        let Some(answer) = answer.filter(|_| row.not_counted != Some(NotCounted::Emergency)) else {
            return;
        };
        for (need, verdict) in answer.answer.needs.iter().zip(&row.needs) {
            self.need(row, &answer.answer.question, need, verdict);
        }
    }

    fn need(&mut self, row: &AuditRow, question: &Question, need: &Need, judged: &NeedVerdict) {
        for given in &need.obligations {
            if question.givens.get(given) != Some(&GivenValue::Truth(true)) {
                self.obligation(row, question, need, *given);
            }
        }
        match &judged.coverage {
            Coverage::NotNeeded | Coverage::Account(_) | Coverage::Owned => {}
            Coverage::NotOwned { needed, owned, of } => {
                let owning = self.holdings.owned(of);
                let owning = owning.as_deref().cloned().unwrap_or_default();
                let about = About::TooFewSeats {
                    needed: *needed,
                    at_least: need.counted.is_some(),
                    owned: *owned,
                    by: owning.by,
                    perhaps: match judged.verdict {
                        AuditVerdict::CannotTell => owning.perhaps,
                        _ => Vec::new(),
                    },
                    over: Vec::new(),
                };
                let finding = Finding {
                    severity: match judged.verdict {
                        AuditVerdict::CannotTell => FindingSeverity::Warning,
                        _ => FindingSeverity::Error,
                    },
                    verdict: judged.verdict,
                    needs: of.clone(),
                    missing: judged.missing.clone(),
                    ..self.of_everybody(row, need, about, &[])
                };
                self.put(finding, row.person);
            }
            Coverage::SeatsNotTold => {
                let missing = Missing {
                    fact: MissingFact::Seats,
                    about: MissingAbout::Tenant,
                };
                self.not_told(row, missing, AuditVerdict::CannotTell);
            }
            Coverage::NotHeld => {
                let about = About::MissingLicense {
                    idle: self.idle_for(row.account, need),
                    enough_owned: enough_owned(self.knowledge, need),
                };
                let claims = enough_owned(self.knowledge, need);
                let finding = self.of_need(row, need, judged, about, FindingSeverity::Error);
                self.put(Finding { claims, ..finding }, row.person);
            }
            Coverage::Unusable(broken) => {
                let about = About::SwitchedOff(broken.clone());
                let finding = self.of_need(row, need, judged, about, FindingSeverity::Error);
                self.put(finding, row.person);
            }
            Coverage::OtherAccount {
                by,
                claims,
                sureness,
            } => {
                let is_enough = places(need).strict >= Place::Person;
                let about = About::OtherAccount {
                    by: by.clone(),
                    sureness: *sureness,
                    is_enough,
                };
                let severity = match is_enough && *sureness <= Sureness::Likely {
                    true => FindingSeverity::Note,
                    false => FindingSeverity::Warning,
                };
                let claims = claims.clone();
                let finding = self.of_need(row, need, judged, about, severity);
                self.put(Finding { claims, ..finding }, row.person);
            }
            Coverage::Unavailable => self.unavailable(row, need, judged),
            Coverage::Open => self.open(row, need),
            Coverage::NotStated => {
                let finding = self.of_everybody(row, need, About::NotStated, &[]);
                self.put(finding, row.person);
            }
            Coverage::UnknownSku(unknown) => {
                for support in unknown {
                    self.unknown_license(row, *support);
                }
            }
            Coverage::LicensesNotTold => {
                let Some(account) = row.account else { return };
                let missing = Missing {
                    fact: MissingFact::Licenses,
                    about: MissingAbout::Account(account),
                };
                self.not_told(row, missing, AuditVerdict::CannotTell);
            }
        }
    }

    /// A finding about one need of one account.
    fn of_need(
        &self,
        row: &AuditRow,
        need: &Need,
        judged: &NeedVerdict,
        about: About,
        severity: FindingSeverity,
    ) -> Finding {
        let role = self.role(row);
        let key = [
            self.account_key(row.account),
            self.role_key(role.as_ref()),
            self.subject_key(need.subject),
        ];
        let key: Vec<&str> = key.iter().map(String::as_str).collect();
        Finding {
            id: FindingId::of(about.kind(), &key),
            verdict: judged.verdict,
            subject: Some(need.subject),
            needs: need.requirement.clone(),
            missing: judged.missing.clone(),
            ..self.of_row(row, about, severity)
        }
    }

    /// SKUs with an idle seat that would close a gap, each alone beside what the account holds.
    fn idle_for(&self, account: Option<AccountIndex>, need: &Need) -> Vec<(SkuId, u64)> {
        let Some(account) = account else {
            return Vec::new();
        };
        let held = self.holdings.skus(account);
        let idle = idle(self.tenant).into_iter();
        idle.filter(|(sku, _)| !held.contains(sku))
            .filter(|(sku, _)| self.holdings.sku_meets(&need.requirement, *sku))
            .collect()
    }

    /// What is the same for everybody who has this need: said once, of nobody.
    fn of_everybody(&self, row: &AuditRow, need: &Need, about: About, key: &[&str]) -> Finding {
        let subject = self.subject_key(need.subject);
        let keys: Vec<&str> = std::iter::once(subject.as_str())
            .chain(key.iter().copied())
            .collect();
        Finding {
            id: FindingId::of(about.kind(), &keys),
            verdict: AuditVerdict::CannotTell,
            person: None,
            account: None,
            group: None,
            held: Vec::new(),
            subject: Some(need.subject),
            needs: need.requirement.clone(),
            ..self.of_row(row, about, FindingSeverity::Warning)
        }
    }

    fn open(&mut self, row: &AuditRow, need: &Need) {
        let givens: Vec<GivenId> = need.depends_on.iter().filter_map(|one| one.given).collect();
        let is_disputed = givens.is_empty() && !need.conflicts.is_empty();
        if need.verdict == Verdict::Contested || is_disputed {
            let claims = need
                .conflicts
                .iter()
                .flat_map(|one| one.claims.clone())
                .collect();
            let finding = self.of_everybody(row, need, About::Disputed, &[]);
            self.put(Finding { claims, ..finding }, row.person);
            return;
        }
        let ids: Vec<String> = givens
            .iter()
            .map(|id| self.knowledge.givens[*id].id.to_string())
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let finding = self.of_everybody(row, need, About::FactUnknown { givens }, &ids);
        self.put(finding, row.person);
    }

    fn obligation(&mut self, row: &AuditRow, question: &Question, need: &Need, given: GivenId) {
        let is_undone = question.givens.get(&given) == Some(&GivenValue::Truth(false));
        let is_gap = is_undone && need.because == Some(Because::Obligation);
        let id = self.knowledge.givens[given].id.to_string();
        let about = About::ToDo(given);
        let finding = Finding {
            id: FindingId::of(about.kind(), &[&id]),
            severity: if is_gap {
                FindingSeverity::Error
            } else {
                FindingSeverity::Note
            },
            verdict: if is_gap {
                AuditVerdict::Gap
            } else {
                AuditVerdict::Ok
            },
            ..self.of_everybody(row, need, about, &[])
        };
        self.put(finding, row.person);
    }

    fn unavailable(&mut self, row: &AuditRow, need: &Need, judged: &NeedVerdict) {
        let NeedSubject::Task(task) = need.subject else {
            return;
        };
        if need.because == Some(Because::Obligation) {
            return;
        }
        let severity = match judged.verdict {
            AuditVerdict::Gap => FindingSeverity::Error,
            _ => FindingSeverity::Note,
        };
        let finding = Finding {
            severity,
            verdict: judged.verdict,
            claims: need.claims.clone(),
            ..self.of_everybody(row, need, About::Unavailable(task), &[])
        };
        self.put(finding, row.person);
    }

    fn emergency(&mut self, row: &AuditRow, at: AccountIndex) {
        if !is_for_emergencies(&self.tenant[at]) {
            return;
        }
        let is_as_meant = match row.not_counted {
            Some(NotCounted::Emergency) => true,
            // What has ended or not begun says nothing about how it is used.
            Some(_) => return,
            None => false,
        };
        let about = About::EmergencyAccount { is_as_meant };
        let severity = if is_as_meant {
            FindingSeverity::Note
        } else {
            FindingSeverity::Warning
        };
        let key = self.account_key(Some(at));
        let finding = Finding {
            id: FindingId::of(about.kind(), &[&key]),
            verdict: AuditVerdict::NotCounted,
            ..self.of_row(row, about, severity)
        };
        let id = finding.id.clone();
        self.put(finding, row.person);
        let known = self.places.get(&id).and_then(|at| self.found.get_mut(*at));
        if let Some(known) = known.filter(|_| !is_as_meant) {
            known.about = About::EmergencyAccount { is_as_meant };
        }
    }

    fn unknown_role(&mut self, row: &AuditRow) {
        let RowOf::Assignment(at) = row.of else {
            return;
        };
        let role = self
            .tenant
            .assignments
            .get(at)
            .map(|assignment| &assignment.role);
        let Some(role) = role.filter(|role| role.id.is_none()) else {
            return;
        };
        if row.not_counted.is_some() {
            return;
        }
        let key = self.role_key(Some(role));
        let finding = Finding {
            id: FindingId::of(About::UnknownRole.kind(), &[&key]),
            verdict: AuditVerdict::CannotTell,
            person: None,
            account: None,
            group: None,
            held: Vec::new(),
            answer: None,
            ..self.of_row(row, About::UnknownRole, FindingSeverity::Warning)
        };
        self.put(finding, row.person);
    }

    /// That nobody tells something on which a verdict turns, or may turn.
    fn not_told(&mut self, row: &AuditRow, missing: Missing, verdict: AuditVerdict) {
        let is_about_one = !matches!(missing.about, MissingAbout::Tenant);
        let whom = self.missing_key(missing);
        let finding = self.of_row(row, About::NotTold(missing), FindingSeverity::Warning);
        let finding = Finding {
            id: FindingId::of(finding.kind(), &[missing.fact.word(), &whom]),
            verdict,
            person: finding.person.filter(|_| is_about_one),
            account: finding.account.filter(|_| is_about_one),
            group: finding.group.filter(|_| is_about_one),
            held: Vec::new(),
            answer: None,
            ..finding
        };
        self.put(finding, row.person);
    }

    fn missing_key(&self, missing: Missing) -> String {
        let name = |name: &Option<String>, id: Option<crate::model::Guid>| {
            id.map(|id| id.to_string())
                .or_else(|| name.clone())
                .unwrap_or_default()
        };
        match missing.about {
            MissingAbout::Tenant => String::new(),
            MissingAbout::File(file) => {
                let file = self.tenant.files.get(file.index());
                file.map(|file| file.path.clone()).unwrap_or_default()
            }
            MissingAbout::Account(account) => self.account_key(Some(account)),
            MissingAbout::Group(group) => {
                let group = &self.tenant[group];
                group
                    .name
                    .clone()
                    .unwrap_or_else(|| name(&group.name, group.object_id))
            }
            MissingAbout::Unresolved(at) => {
                let principal = &self.tenant[at];
                name(&principal.name, principal.object_id)
            }
        }
    }

    /// The finding that nothing is told about what is missing, without a row behind it.
    pub(super) fn missing_alone(&self, missing: Missing, severity: FindingSeverity) -> Finding {
        let about = About::NotTold(missing);
        let whom = self.missing_key(missing);
        let mut finding = self.blank(about, &[missing.fact.word(), &whom]);
        finding.severity = severity;
        match missing.about {
            MissingAbout::Account(account) => {
                finding.account = Some(account);
                finding.person = Some(self.tenant[account].person);
            }
            MissingAbout::Group(group) => finding.group = Some(group),
            MissingAbout::Unresolved(at) => finding.unresolved = Some(at),
            MissingAbout::Tenant | MissingAbout::File(_) => {}
        }
        finding
    }

    pub(super) fn sku_key(&self, sku: &crate::tenant::Reference<SkuId>) -> String {
        match (sku.id, sku.guid) {
            (Some(id), _) => self.knowledge.written(Named::Sku(id)),
            (None, Some(guid)) => guid.to_string(),
            (None, None) => sku.written.clone(),
        }
    }
}
