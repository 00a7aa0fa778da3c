//! Turns the names in records into typed ids.

use super::register::Register;
use crate::dataset::place::{Placed, Problems};
use crate::dataset::read::{Raw, RawId};
use crate::dataset::{KnowledgeBase, TableId};
use crate::model::{
    AreaId, ClaimId, Code, Diagnostic, FeatureId, GivenId, HeldThing, Named, PlanId, RoleId, SkuId,
    SourceId, TaskId, nearest,
};

/// The registers of all kinds.
pub(super) struct Names<'a> {
    pub areas: Register<AreaId>,
    pub sources: Register<SourceId>,
    pub features: Register<FeatureId>,
    pub tasks: Register<TaskId>,
    pub roles: Register<RoleId>,
    pub givens: Register<GivenId>,
    pub plans: Register<PlanId>,
    pub skus: Register<SkuId>,
    pub claims: Register<ClaimId>,
    pub problems: &'a Problems,
    /// Texts of the files whose records are missing: an id that occurs there is not called unknown.
    missing: Vec<&'a str>,
    /// Whether a file is missing altogether, so that no id can be called unknown.
    blind: bool,
}

impl<'a> Names<'a> {
    /// Registers every id of the base and of the files.
    pub(super) fn new(
        raw: &Raw,
        base: &KnowledgeBase,
        missing: Vec<&'a str>,
        problems: &'a Problems,
    ) -> Self {
        fn ids<T>(records: &[T], id: fn(&T) -> &RawId) -> impl Iterator<Item = &Placed<String>> {
            records.iter().filter_map(move |record| id(record).as_ref())
        }
        Self {
            areas: Register::new("area", &base.areas, ids(&raw.areas, |r| &r.id), problems),
            sources: Register::new(
                "source",
                &base.sources,
                ids(&raw.sources, |r| &r.id),
                problems,
            ),
            features: Register::new(
                "feature",
                &base.features,
                ids(&raw.features, |r| &r.id),
                problems,
            ),
            tasks: Register::new("task", &base.tasks, ids(&raw.tasks, |r| &r.id), problems),
            roles: Register::new("role", &base.roles, ids(&raw.roles, |r| &r.id), problems),
            givens: Register::new("given", &base.givens, ids(&raw.givens, |r| &r.id), problems),
            plans: Register::new("plan", &base.plans, ids(&raw.plans, |r| &r.id), problems),
            skus: Register::new("SKU", &base.skus, ids(&raw.skus, |r| &r.id), problems),
            claims: Register::new("claim", &base.claims, ids(&raw.claims, |r| &r.id), problems),
            blind: missing.iter().any(|text| text.is_empty()),
            missing,
            problems,
        }
    }

    /// The typed id, or a problem that names the nearest id of the kind.
    pub(super) fn find<Id: TableId>(
        &self,
        register: &Register<Id>,
        name: &Placed<String>,
    ) -> Option<Id> {
        self.find_part(register, name, &name.value, "")
    }

    /// The same for an id that stands behind a prefix.
    fn find_part<Id: TableId>(
        &self,
        register: &Register<Id>,
        name: &Placed<String>,
        id: &str,
        prefix: &str,
    ) -> Option<Id> {
        let found = register.find(id);
        if found.is_none() && !self.is_missing(id) {
            let help = match nearest(id, register.all()) {
                Some(near) => Some(format!("did you mean `{prefix}{near}`?")),
                None => self.other_kind(id, register.kind),
            };
            self.unknown(name, format!("there is no {} `{id}`", register.kind), help);
        }
        found
    }

    fn is_missing(&self, id: &str) -> bool {
        self.blind || self.missing.iter().any(|text| text.contains(id))
    }

    fn unknown(&self, name: &Placed<String>, title: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(Code::UnknownId, title).at(
            name.place.file,
            name.place.span,
            "names nothing",
        );
        diagnostic.help = help;
        self.problems.report(diagnostic);
    }

    /// Says so when another kind has this id.
    fn other_kind(&self, id: &str, kind: &str) -> Option<String> {
        let kinds = [
            ("area", self.areas.find(id).is_some()),
            ("source", self.sources.find(id).is_some()),
            ("feature", self.features.find(id).is_some()),
            ("task", self.tasks.find(id).is_some()),
            ("role", self.roles.find(id).is_some()),
            ("given", self.givens.find(id).is_some()),
            ("plan", self.plans.find(id).is_some()),
            ("SKU", self.skus.find(id).is_some()),
            ("claim", self.claims.find(id).is_some()),
        ];
        let (other, _) = kinds.into_iter().find(|(_, is)| *is)?;
        let help = format!("`{id}` is a {other}");
        Some(match (kind, other) {
            ("plan", "SKU" | "feature" | "given") => {
                format!(
                    "{help}; where that is allowed, write `{}:{id}`",
                    other.to_lowercase()
                )
            }
            _ => help,
        })
    }

    /// A plan, or a SKU behind `sku:`.
    pub(super) fn held(&self, name: &Placed<String>) -> Option<HeldThing> {
        match name.value.split_once(':') {
            None => self.find(&self.plans, name).map(HeldThing::Plan),
            Some(("sku", id)) => self
                .find_part(&self.skus, name, id, "sku:")
                .map(HeldThing::Sku),
            Some((prefix, _)) => {
                self.wrong_prefix(name, prefix, "a plan id or `sku:ID`");
                None
            }
        }
    }

    /// What carries a name, with its kind before a colon.
    pub(super) fn named(&self, name: &Placed<String>) -> Option<Named> {
        let expected = "`role:ID`, `feature:ID`, `task:ID`, `sku:ID` or `plan:ID`";
        let (prefix, id) = name.value.split_once(':').unwrap_or(("", &name.value));
        match prefix {
            "role" => self
                .find_part(&self.roles, name, id, "role:")
                .map(Named::Role),
            "feature" => self
                .find_part(&self.features, name, id, "feature:")
                .map(Named::Feature),
            "task" => self
                .find_part(&self.tasks, name, id, "task:")
                .map(Named::Task),
            "sku" => self.find_part(&self.skus, name, id, "sku:").map(Named::Sku),
            "plan" => self
                .find_part(&self.plans, name, id, "plan:")
                .map(Named::Plan),
            _ => {
                self.wrong_prefix(name, prefix, expected);
                None
            }
        }
    }

    /// A feature behind `feature:`.
    pub(super) fn feature(&self, name: &Placed<String>, id: &str) -> Option<FeatureId> {
        self.find_part(&self.features, name, id, "feature:")
    }

    /// A SKU behind `sku:`.
    pub(super) fn sku(&self, name: &Placed<String>, id: &str) -> Option<SkuId> {
        self.find_part(&self.skus, name, id, "sku:")
    }

    /// A given behind `given:`.
    pub(super) fn given(&self, name: &Placed<String>, id: &str) -> Option<GivenId> {
        self.find_part(&self.givens, name, id, "given:")
    }

    pub(super) fn wrong_prefix(&self, name: &Placed<String>, prefix: &str, expected: &str) {
        let title = if prefix.is_empty() {
            format!("`{}` does not say what it is", name.value)
        } else {
            format!("`{prefix}:` means nothing here")
        };
        self.unknown(name, title, Some(format!("expected {expected}")));
    }

    /// Reports that an authority has no role.
    pub(super) fn unknown_authority<'n>(
        &self,
        name: &Placed<String>,
        authority: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        if self.is_missing(authority) {
            return;
        }
        let help = nearest(authority, known).map(|near| format!("did you mean `{near}:`?"));
        self.unknown(
            name,
            format!("no role has the authority `{authority}`"),
            help,
        );
    }
}
