//! A tenant written by hand, for who has no exports, wants to add what they cannot tell, or says which accounts are one
//! person's.
//!
//! ```toml
//! [owned]                        # seats bought
//! SPE_E3 = 10
//!
//! [[account]]
//! upn      = "ana.admin@contoso.com"
//! name     = "Ana Admin"
//! held     = ["SPE_E3"]          # [] for none; left out: not known
//! without  = ["EXCHANGE_S_ENTERPRISE"]   # plans switched off
//! roles    = ["Security Administrator"]
//! eligible = ["Global Administrator"]
//! approves = ["Exchange Administrator"]
//!
//! [[account]]
//! upn      = "bg1@contoso.onmicrosoft.com"
//! kind     = "emergency"         # person, emergency, service, shared
//! held     = []
//! roles    = ["Global Administrator"]
//!
//! [[assignment]]                 # where a name alone does not say it all
//! account  = "franz@contoso.com" # or group, or service_principal
//! role     = "User Administrator"
//! scope    = "administrative-unit:Sales"
//! until    = 2027-01-31
//!
//! [[group]]
//! name     = "PIM-Exchange-Admins"
//! members  = ["ana.admin@contoso.com"]
//! eligible = ["Exchange Administrator"]
//!
//! [[person]]                     # accounts of one human being
//! name     = "Ana"
//! accounts = ["ana.admin@contoso.com", "ana@contoso.com"]
//! ```

use super::log::Log;
use super::rows::{
    AccountRow, AssignmentRow, DutyRow, Gathered, GroupRow, LicenseRow, PrincipalKind,
    PrincipalRow, SeatsRow, ServiceRow, Written, user_type_of,
};
use crate::dataset::{Document, Fields, Place, Placed, Problems, Shape, SourceMap, Value};
use crate::model::{Code, Guid};
use crate::tenant::{
    AssignmentState, Bound, DutyKind, LicenseState, LicenseWay, Membership, Origin, Purpose, Row,
    Scope, Stamp, UserType,
};

const TENANT: Shape = Shape {
    name: "a tenant file",
    keys: &[
        "name",
        "owned",
        "account",
        "person",
        "group",
        "service_principal",
        "assignment",
    ],
};

const ACCOUNT: Shape = Shape {
    name: "`[[account]]`",
    keys: &[
        "upn",
        "id",
        "name",
        "kind",
        "guest",
        "enabled",
        "synced",
        "employee_id",
        "mail",
        "held",
        "without",
        "roles",
        "eligible",
        "approves",
        "reviews",
    ],
};

const GROUP: Shape = Shape {
    name: "`[[group]]`",
    keys: &["name", "id", "members", "roles", "eligible", "approves"],
};

const SERVICE: Shape = Shape {
    name: "`[[service_principal]]`",
    keys: &["name", "id", "roles"],
};

const ASSIGNMENT: Shape = Shape {
    name: "`[[assignment]]`",
    keys: &[
        "account",
        "group",
        "service_principal",
        "role",
        "state",
        "scope",
        "from",
        "until",
    ],
};

const PERSON: Shape = Shape {
    name: "`[[person]]`",
    keys: &["name", "accounts"],
};

/// The weight of what a person wrote by hand: it settles what exports leave open or get wrong.
const BY_HAND: u8 = 9;

/// Reads the whole text of a file.
pub(super) fn read(path: &str, text: String, gathered: &mut Gathered, log: &mut Log) {
    let sources = SourceMap::from_texts([(path, text)]);
    let problems = Problems::default();
    let document = sources
        .files()
        .next()
        .and_then(|file| Document::parse(&sources, file, &problems));
    if let Some(document) = &document {
        let mut reader = Reader {
            sources: &sources,
            problems: &problems,
            gathered,
            log,
        };
        reader.tenant(&document.fields(&TENANT));
    }
    drop(document);
    for problem in problems.into_sorted() {
        let line = problem
            .labels
            .first()
            .map_or(1, |label| sources.position(label.file, label.span.start).0);
        let label = problem.labels.first().map(|label| label.message.as_str());
        let why = match label.filter(|label| !label.is_empty()) {
            Some(label) => format!("{}: {label}", problem.title),
            None => problem.title.clone(),
        };
        let help = problem.help.clone();
        let help = help.unwrap_or_else(|| "see `licit help audit` for the format".to_owned());
        log.reject(
            Row::Line(u64::try_from(line).unwrap_or(u64::MAX)),
            why,
            help,
        );
    }
}

struct Reader<'r> {
    sources: &'r SourceMap,
    problems: &'r Problems,
    gathered: &'r mut Gathered,
    log: &'r mut Log,
}

impl Reader<'_> {
    fn tenant(&mut self, fields: &Fields<'_>) {
        // What the tenant is called is for its writer.
        if let Some(name) = fields.optional("name") {
            name.reference();
        }
        let owned = fields.optional("owned").and_then(Value::entries);
        for (sku, seats) in owned.unwrap_or_default() {
            let place = sku.place;
            self.record(place, |reader, origin| {
                let seats = seats.count(0)?.value;
                let sku = reader.log.written(&sku.value);
                reader.gathered.seats.push(SeatsRow {
                    sku,
                    enabled: Some(seats),
                    warning: 0,
                    suspended: 0,
                    locked_out: 0,
                    consumed: None,
                    status: None,
                    plans: None,
                    origin,
                });
                Some(())
            });
        }
        self.each(fields, "account", &ACCOUNT, Self::account);
        self.each(fields, "group", &GROUP, Self::group);
        self.each(fields, "service_principal", &SERVICE, Self::service);
        self.each(fields, "assignment", &ASSIGNMENT, Self::assignment);
        self.each(fields, "person", &PERSON, Self::person);
    }

    fn each(
        &mut self,
        fields: &Fields<'_>,
        key: &'static str,
        shape: &'static Shape,
        read: fn(&mut Self, &Fields<'_>, Origin) -> Option<()>,
    ) {
        let records = fields.optional(key).and_then(Value::list);
        for record in records.unwrap_or_default() {
            self.record(record.place(), |reader, origin| {
                read(reader, &record.table(shape)?, origin)
            });
        }
    }

    /// Reads a record; it is understood where nothing in it is reported.
    fn record(&mut self, place: Place, read: impl FnOnce(&mut Self, Origin) -> Option<()>) {
        let (line, _) = self.sources.position(place.file, place.span.start);
        let origin = self
            .log
            .origin(Row::Line(u64::try_from(line).unwrap_or(u64::MAX)));
        self.log.rows += 1;
        let before = self.problems.count();
        let done = read(self, origin);
        if done.is_some() && self.problems.count() == before {
            self.log.understood += 1;
        }
    }

    fn account(&mut self, fields: &Fields<'_>, origin: Origin) -> Option<()> {
        let who = self.who(fields, "upn", Some(PrincipalKind::Account))?;
        let mut account = AccountRow::new(origin.clone());
        account.object_id = who.object_id;
        account.upn.clone_from(&who.upn);
        account.display_name.clone_from(&who.name);
        account.listed = true;
        account.weight = BY_HAND;
        account.enabled = truth(fields, "enabled");
        account.synced = truth(fields, "synced");
        account.user_type = match truth(fields, "guest") {
            Some(true) => UserType::Guest,
            Some(false) => UserType::Member,
            None => user_type_of("", who.upn.as_deref()),
        };
        account.purpose = fields
            .optional("kind")
            .and_then(|value| value.word(Purpose::ALL, Purpose::word))
            .map(|purpose| purpose.value);
        account.employee_id = self.text(fields, "employee_id");
        account.mails = self.text(fields, "mail").into_iter().collect();
        let without: Vec<Written> = words(fields, "without")
            .iter()
            .map(|plan| self.log.written(&plan.value))
            .collect();
        account.licenses = fields.has("held").then(|| {
            let held = words(fields, "held");
            let licenses = held.iter().map(|sku| {
                let mut row = LicenseRow::new(self.log.written(&sku.value));
                row.state = LicenseState::Active;
                row.ways = vec![LicenseWay::Direct];
                row.switched_off.clone_from(&without);
                row
            });
            licenses.collect()
        });
        account.switches_told = account.licenses.is_some();
        self.log.count(&account);
        self.gathered.accounts.push(account);
        self.roles(fields, &who, &origin);
        self.duties(fields, "approves", DutyKind::Approver, &who, &origin);
        self.duties(fields, "reviews", DutyKind::Reviewer, &who, &origin);
        Some(())
    }

    fn group(&mut self, fields: &Fields<'_>, origin: Origin) -> Option<()> {
        let who = self.who(fields, "name", Some(PrincipalKind::Group))?;
        let members = fields.has("members").then(|| {
            let members = words(fields, "members");
            members
                .iter()
                .map(|member| self.principal(&member.value, None))
                .collect()
        });
        self.gathered.groups.push(GroupRow {
            object_id: who.object_id,
            name: who.name.clone(),
            role_assignable: None,
            members,
            transitive: false,
            origin: origin.clone(),
        });
        self.roles(fields, &who, &origin);
        self.duties(fields, "approves", DutyKind::Approver, &who, &origin);
        Some(())
    }

    fn service(&mut self, fields: &Fields<'_>, origin: Origin) -> Option<()> {
        let who = self.who(fields, "name", Some(PrincipalKind::Service))?;
        self.gathered.services.push(ServiceRow {
            object_id: who.object_id,
            app_id: None,
            name: who.name.clone(),
            origin: origin.clone(),
        });
        self.roles(fields, &who, &origin);
        Some(())
    }

    fn assignment(&mut self, fields: &Fields<'_>, origin: Origin) -> Option<()> {
        let kinds = [
            ("account", PrincipalKind::Account),
            ("group", PrincipalKind::Group),
            ("service_principal", PrincipalKind::Service),
        ];
        let mut named = kinds
            .iter()
            .filter_map(|(key, kind)| Some((fields.optional(key)?.reference()?, *kind)));
        let Some((words, kind)) = named.next() else {
            fields.missing("account");
            return None;
        };
        let role = fields.required("role")?.reference()?;
        let state = match fields.optional("state") {
            Some(state) => {
                state
                    .word(AssignmentState::ALL, AssignmentState::word)?
                    .value
            }
            None => AssignmentState::Active,
        };
        let day = |key| Some(Stamp::midnight(fields.optional(key)?.day()?.value));
        let scope = match fields.optional("scope").and_then(Value::reference) {
            Some(scope) => match scope.value.split_once(':') {
                Some(("administrative-unit", unit)) => {
                    Scope::AdministrativeUnit(self.log.text(unit).unwrap_or_default())
                }
                _ if scope.value.trim() == "/" => Scope::Tenant,
                _ => Scope::Object(self.log.text(&scope.value).unwrap_or_default()),
            },
            None => Scope::Tenant,
        };
        let principal = self.principal(&words.value, Some(kind));
        let role = self.log.written(&role.value);
        self.gathered.assignments.push(AssignmentRow {
            principal,
            role,
            scope,
            state,
            start: day("from"),
            end: day("until").map_or(Bound::Permanent, Bound::Until),
            membership: Membership::Direct,
            origin,
        });
        Some(())
    }

    fn person(&mut self, fields: &Fields<'_>, origin: Origin) -> Option<()> {
        let name = fields.required("name")?.reference()?;
        fields.required("accounts")?;
        for account in words(fields, "accounts") {
            let who = self.principal(&account.value, Some(PrincipalKind::Account));
            let mut row = AccountRow::new(origin.clone());
            row.object_id = who.object_id;
            row.upn = who.upn.or(who.name);
            row.person = self.log.text(&name.value);
            self.gathered.accounts.push(row);
        }
        Some(())
    }

    /// Roles that are only named.
    fn roles(&mut self, fields: &Fields<'_>, who: &PrincipalRow, origin: &Origin) {
        let states = [
            ("roles", AssignmentState::Active),
            ("eligible", AssignmentState::Eligible),
        ];
        // A program activates nothing.
        let is_program = who.kind == Some(PrincipalKind::Service);
        for (key, state) in states.into_iter().take(if is_program { 1 } else { 2 }) {
            for role in words(fields, key) {
                let role = self.log.written(&role.value);
                self.gathered.assignments.push(AssignmentRow {
                    principal: who.clone(),
                    role,
                    scope: Scope::Tenant,
                    state,
                    start: None,
                    end: Bound::Permanent,
                    membership: Membership::Direct,
                    origin: origin.clone(),
                });
            }
        }
    }

    fn duties(
        &mut self,
        fields: &Fields<'_>,
        key: &'static str,
        kind: DutyKind,
        who: &PrincipalRow,
        origin: &Origin,
    ) {
        for role in words(fields, key) {
            let role = Some(self.log.written(&role.value));
            self.gathered.duties.push(DutyRow {
                principal: who.clone(),
                kind,
                role,
                origin: origin.clone(),
            });
        }
    }

    /// Who a record is about: by `upn` or `name`, by `id`, or both.
    fn who(
        &mut self,
        fields: &Fields<'_>,
        key: &'static str,
        kind: Option<PrincipalKind>,
    ) -> Option<PrincipalRow> {
        let object_id = match fields.optional("id") {
            Some(value) => {
                let written = value.reference()?;
                let id = Guid::parse(written.value.trim());
                if id.is_none() {
                    value.problem::<()>(
                        Code::BadGuid,
                        "`id` is no object id".to_owned(),
                        "expected 8-4-4-4-12 hexadecimal digits",
                        None,
                    );
                    return None;
                }
                id
            }
            None => None,
        };
        let upn = match key {
            "upn" => self.text(fields, "upn"),
            _ => None,
        };
        let name = self.text(fields, "name");
        if object_id.is_none() && upn.is_none() && (key == "upn" || name.is_none()) {
            fields.missing(key);
            return None;
        }
        Some(PrincipalRow {
            object_id,
            upn,
            name,
            kind,
        })
    }

    /// Who is meant by one word: an object id, a sign-in name, or a name.
    fn principal(&mut self, words: &str, kind: Option<PrincipalKind>) -> PrincipalRow {
        let written = self.log.written(words);
        let is_account = kind == Some(PrincipalKind::Account) || words.contains('@');
        let (upn, name) = match written.name {
            Some(name) if is_account => (Some(name), None),
            name => (None, name),
        };
        PrincipalRow {
            object_id: written.guid,
            kind: kind.or(upn.is_some().then_some(PrincipalKind::Account)),
            upn,
            name,
        }
    }

    fn text(&mut self, fields: &Fields<'_>, key: &'static str) -> Option<String> {
        let written = fields.optional(key)?.scalar()?;
        self.log.text(&written.value)
    }
}

fn truth(fields: &Fields<'_>, key: &'static str) -> Option<bool> {
    Some(fields.optional(key)?.truth()?.value)
}

/// Words of a list, or one alone.
fn words(fields: &Fields<'_>, key: &'static str) -> Vec<Placed<String>> {
    let value = fields.optional(key).filter(|value| !value.is_empty_list());
    let values = value.and_then(Value::one_or_list);
    let values = values.unwrap_or_default().into_iter();
    values.filter_map(Value::reference).collect()
}
