//! Licenses themselves: those that no task of an admin account needs, and add-ons without their base.

use super::Finder;
use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{Asked, AuditVerdict, FindingSeverity, NeedSubject, SkuId, fold};
use crate::tenant::audit::finding::{About, Finding};
use crate::tenant::audit::judge::Judge;
use crate::tenant::audit::outcome::{Coverage, NeedVerdict, Support};
use crate::tenant::{AccountIndex, Purpose};
use std::collections::BTreeSet;

/// What becomes of what a license needs beside it.
pub(in crate::tenant::audit) struct BaseVerdict {
    account: AccountIndex,
    sku: SkuId,
    answer: usize,
    judged: NeedVerdict,
}

/// Asks for every license on an account that needs another beside it.
pub(in crate::tenant::audit) fn bases(
    knowledge: &KnowledgeBase,
    judge: &Judge<'_>,
    accounts: &BTreeSet<AccountIndex>,
) -> Vec<BaseVerdict> {
    let mut bases = Vec::new();
    for account in accounts {
        for sku in judge.holdings.skus(*account) {
            if knowledge.about(Topic::PrerequisitesOf(sku)).is_empty() {
                continue;
            }
            let (answer, needs) = judge.asked(*account, &[Asked::Sku(sku)]);
            bases.extend(needs.into_iter().map(|judged| BaseVerdict {
                account: *account,
                sku,
                answer,
                judged,
            }));
        }
    }
    bases
}

impl Finder<'_> {
    /// Add-ons whose base is not there. Where sources only may ask for one, nothing is said.
    pub(super) fn bases(&mut self, bases: &[BaseVerdict]) {
        for base in bases {
            if base.judged.verdict != AuditVerdict::Gap {
                continue;
            }
            let account = &self.tenant[base.account];
            let person = account.person;
            let answer = self.audit.answers.get(base.answer);
            let need = answer.and_then(|answer| answer.answer.needs.first());
            let Some(need) = need else { continue };
            let key = self.account_key(Some(base.account));
            let sku = self.subject_key(NeedSubject::Sku(base.sku));
            let finding = Finding {
                severity: FindingSeverity::Warning,
                person: Some(person),
                account: Some(base.account),
                subject: Some(need.subject),
                needs: need.requirement.clone(),
                missing: base.judged.missing.clone(),
                held: self.held(Some(base.account)),
                claims: need.claims.clone(),
                rows: account.rows.clone(),
                answer: Some(base.answer),
                ..self.blank(About::MissingBase(base.sku), &[&key, &sku])
            };
            self.put(finding, Some(person));
        }
    }

    /// Licenses on accounts that are there to administer, where no task of the person needs them.
    ///
    /// Whoever has one account uses its licenses for daily work, too, of which the exports say nothing. So only an account
    /// beside another one of the same person that holds licenses is looked at, and one that belongs to no person.
    pub(super) fn unneeded(&mut self, bases: &[BaseVerdict]) {
        let mut needed: BTreeSet<Support> = BTreeSet::new();
        for base in bases {
            // What an add-on stands on is of use as long as the add-on is there.
            if let Coverage::Account(by) = &base.judged.coverage {
                needed.extend(by);
            }
        }
        for judged in self.audit.rows.iter().flat_map(|row| &row.needs) {
            match &judged.coverage {
                Coverage::Account(by) | Coverage::OtherAccount { by, .. } => needed.extend(by),
                Coverage::Unusable(broken) => needed.extend(broken.iter().map(|(by, _)| *by)),
                Coverage::UnknownSku(unknown) => needed.extend(unknown),
                _ => {}
            }
        }
        let accounts: BTreeSet<AccountIndex> = self
            .audit
            .rows
            .iter()
            .filter_map(|row| row.account)
            .collect();
        for at in accounts.iter().copied() {
            let account = &self.tenant[at];
            if account.deleted || !self.is_for_administration(at, &accounts) {
                continue;
            }
            for (place, license) in account.licenses.iter().flatten().enumerate() {
                let is_paid = license.sku.id.map(|sku| self.is_paid(sku));
                if is_paid != Some(true) || needed.contains(&Support::License(at, place)) {
                    continue;
                }
                let keys = [self.account_key(Some(at)), self.sku_key(&license.sku)];
                let about = About::UnneededLicense(license.sku.clone());
                let finding = Finding {
                    person: Some(account.person),
                    account: Some(at),
                    held: self.held(Some(at)),
                    rows: license.rows.clone(),
                    ..self.blank(about, &[&keys[0], &keys[1]])
                };
                let person = account.person;
                self.put(finding, Some(person));
            }
        }
    }

    /// Whether a seat costs anything, as far as its kind and name tell: not every SKU has a price in the data.
    fn is_paid(&self, sku: SkuId) -> bool {
        let sku = &self.knowledge.skus[sku];
        let name = fold(&sku.name);
        sku.purchasable && !name.split(' ').any(|word| word == "free")
    }

    /// Whether an account that holds roles, as all of `accounts` do, is there to administer and for nothing else.
    fn is_for_administration(&self, at: AccountIndex, accounts: &BTreeSet<AccountIndex>) -> bool {
        let account = &self.tenant[at];
        if account.purpose.purpose != Purpose::Person {
            return true;
        }
        let person = &self.tenant[account.person];
        let mut others = person.accounts.iter().filter(|other| **other != at);
        others.any(|other| {
            let licenses = self.tenant[*other].licenses.as_ref();
            licenses.is_some_and(|all| !all.is_empty()) && !accounts.contains(other)
        })
    }
}
