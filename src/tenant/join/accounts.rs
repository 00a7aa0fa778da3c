//! One account from all rows about it.

use super::principals::put;
use crate::tenant::lexicon::Lexicon;
use crate::tenant::read::rows::{AccountRow, LicenseRow, Written};
use crate::tenant::{
    Account, Guessed, HeldPlan, License, LicenseState, Origin, PersonIndex, Sureness, UserType,
};

/// The rows about one account, folded into the first, which tells most.
pub(super) struct Joined {
    pub(super) row: AccountRow,
    rows: Vec<Origin>,
    /// Rows that tell licenses, and how much they tell.
    licenses_from: Vec<(Origin, Vec<Written>)>,
}

impl Joined {
    pub(super) fn new(row: AccountRow) -> Self {
        let licenses = row.licenses.as_deref().map(skus);
        let origin = row.origin.clone();
        Self {
            rows: vec![origin.clone()],
            licenses_from: licenses
                .map(|licenses| (origin, licenses))
                .into_iter()
                .collect(),
            row,
        }
    }

    /// Adds a row that tells less, or as much: what the rows before leave open is taken from it.
    pub(super) fn add(&mut self, row: AccountRow) {
        put(&mut self.rows, &row.origin);
        let known = &mut self.row;
        known.listed |= row.listed;
        known.object_id = known.object_id.or(row.object_id);
        known.upn = known.upn.take().or(row.upn);
        known.display_name = known.display_name.take().or(row.display_name);
        known.enabled = known.enabled.or(row.enabled);
        if known.user_type == UserType::NotTold {
            known.user_type = row.user_type;
        }
        known.purpose = known.purpose.or(row.purpose);
        known.synced = known.synced.or(row.synced);
        known.deleted |= row.deleted;
        known.employee_id = known.employee_id.take().or(row.employee_id);
        known.on_premises_id = known.on_premises_id.take().or(row.on_premises_id);
        for mail in row.mails {
            if !known
                .mails
                .iter()
                .any(|one| one.eq_ignore_ascii_case(&mail))
            {
                known.mails.push(mail);
            }
        }
        known.person = known.person.take().or(row.person);
        known.plans = known.plans.take().or(row.plans);
        if let Some(licenses) = row.licenses {
            self.licenses_from.push((row.origin, skus(&licenses)));
            match &known.licenses {
                None => {
                    known.licenses = Some(licenses);
                    known.switches_told = row.switches_told;
                    known.weight = row.weight;
                }
                // The format that tells what is switched off is believed.
                Some(_) if row.switches_told && !known.switches_told => {
                    known.licenses = Some(licenses);
                    known.switches_told = true;
                }
                Some(_) => {}
            }
        }
    }
}

fn skus(licenses: &[LicenseRow]) -> Vec<Written> {
    licenses.iter().map(|row| row.sku.clone()).collect()
}

/// The account with its licenses found in the knowledge base. Twenty thousand of them are kept, so none has spare room.
pub(super) fn account(joined: Joined, lexicon: &Lexicon<'_>) -> Account {
    let row = joined.row;
    let licenses = row.licenses.map(|rows| {
        let mut licenses: Vec<License> = Vec::with_capacity(rows.len());
        for row in rows {
            let license = license(row, lexicon);
            match licenses
                .iter_mut()
                .find(|known| known.sku.is_same(&license.sku))
            {
                Some(known) => known.ways.extend(license.ways),
                None => licenses.push(license),
            }
        }
        for license in &mut licenses {
            for (origin, told) in &joined.licenses_from {
                // Mostly one row tells all licenses.
                let is_only = joined.licenses_from.len() == 1;
                let is_same = |sku: &Written| lexicon.sku(sku).is_same(&license.sku);
                if is_only || told.iter().any(is_same) {
                    put(&mut license.rows, origin);
                }
            }
            license.ways.sort();
            license.ways.dedup();
            license.ways.shrink_to_fit();
            license.rows.shrink_to_fit();
        }
        licenses.sort_by(|one, two| one.sku.cmp(&two.sku));
        licenses
    });
    let plans = row.plans.map(|plans| {
        plans
            .into_iter()
            .map(|row| HeldPlan {
                plan: lexicon.plan(&row.plan),
                works: ["Enabled", "Warning", ""]
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(&row.status)),
                status: row.status,
            })
            .collect()
    });
    Account {
        object_id: row.object_id,
        upn: row.upn,
        display_name: row.display_name,
        enabled: row.enabled,
        user_type: row.user_type,
        purpose: match row.purpose {
            Some(purpose) => Guessed {
                purpose,
                sureness: Sureness::Told,
                because: Vec::new(),
            },
            None => Guessed::person(),
        },
        synced: row.synced,
        deleted: row.deleted,
        employee_id: row.employee_id,
        on_premises_id: row.on_premises_id,
        mails: row.mails,
        licenses,
        switches_told: row.switches_told,
        plans,
        person: PersonIndex::at(0),
        rows: joined.rows,
    }
}

fn license(row: LicenseRow, lexicon: &Lexicon<'_>) -> License {
    let mut switched_off: Vec<_> = row
        .switched_off
        .iter()
        .map(|plan| lexicon.plan(plan))
        .collect();
    switched_off.sort();
    License {
        sku: lexicon.sku(&row.sku),
        ways: row.ways,
        state: row.state,
        error: row.error.filter(|_| row.state != LicenseState::Active),
        switched_off,
        rows: Vec::new(),
    }
}
