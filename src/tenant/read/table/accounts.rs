//! Rows about accounts.

use super::columns::Column;
use super::{Cells, Fault, licenses, text, truth};
use crate::model::Guid;
use crate::tenant::Row;
use crate::tenant::lexicon::Lexicon;
use crate::tenant::read::log::Log;
use crate::tenant::read::rows::{AccountRow, Gathered, LicenseRow, user_type_of};
use crate::tenant::read::wanted::Wanted;

/// How much such a table tells, beside the answers of the service.
const WEIGHT: u8 = 2;

pub(super) fn account(
    cells: &Cells<'_>,
    row: Row,
    lexicon: &Lexicon<'_>,
    wanted: &Wanted,
    gathered: &mut Gathered,
    log: &mut Log,
) -> Result<(), Fault> {
    let mut account = AccountRow::new(log.origin(row));
    account.object_id = cells.get(Column::ObjectId).and_then(Guid::parse);
    if let Some(upn) = cells.get(Column::Upn) {
        // Exports were seen whose cells stand one column aside.
        if !upn.contains('@') {
            let why =
                format!("`{upn}` is no user principal name: cells may stand one column aside");
            return Err((why, "export the list again, or put the row right"));
        }
        account.upn = text(upn, log);
    }
    if account.upn.is_none() && account.object_id.is_none() {
        let why = "it has neither a user principal name nor an object id".to_owned();
        return Err((why, "export the list with the column `User principal name`"));
    }
    account.display_name = cells
        .get(Column::DisplayName)
        .and_then(|name| text(name, log));
    account.enabled = match cells.get(Column::Blocked).and_then(truth) {
        Some(blocked) => Some(!blocked),
        None => cells.get(Column::Enabled).and_then(truth),
    };
    let user_type = cells.get(Column::UserType).unwrap_or_default();
    account.user_type = user_type_of(user_type, account.upn.as_deref());
    account.synced = cells.get(Column::Synced).and_then(truth);
    account.deleted = cells.get(Column::Deleted).is_some();
    account.employee_id = cells.get(Column::EmployeeId).and_then(|id| text(id, log));
    account.on_premises_id = cells.get(Column::OnPremisesId).and_then(|id| text(id, log));
    for column in [Column::Mail, Column::OtherMails] {
        account
            .mails
            .extend(cells.get(column).and_then(|mail| text(mail, log)));
    }
    account.weight = WEIGHT;
    let column = [Column::Licenses, Column::LicensesToo]
        .into_iter()
        .find(|column| cells.has(*column));
    account.licenses = column.map(|column| {
        let parts = licenses::split(cells.get(column).unwrap_or_default(), lexicon);
        parts
            .iter()
            .map(|part| LicenseRow::new(log.written(part)))
            .collect()
    });
    log.count(&account);
    if wanted.wants(&account) {
        gathered.accounts.push(account);
    } else {
        let upn = account.upn.as_deref().unwrap_or_default();
        log.saw_mails |= account
            .mails
            .iter()
            .any(|mail| !mail.eq_ignore_ascii_case(upn));
    }
    Ok(())
}
