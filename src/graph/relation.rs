//! How things hang together, by name: what a SKU carries, what grants a feature, which tasks a role has.

use crate::dataset::{KnowledgeBase, Topic, claims_about};
use crate::model::{
    ClaimId, ClaimKind, FeatureId, HeldThing, Named, PlanId, RoleId, SkuId, TaskId,
};

/// What one thing is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// A task asked about with the role.
    CoreTask,
    /// A task that some holders of the role also do.
    FurtherTask,
    /// A task that a permission names the role for.
    CanDo,
    /// The feature that a task is about.
    AboutFeature,
    /// A role that a permission names for the task.
    DoneBy,
    /// A task about the feature.
    HasTask,
    /// A plan or SKU that grants the feature.
    GrantedBy,
    /// A SKU that carries the plan, or a plan that grants the feature.
    CarriedBy,
    /// A plan that the SKU carries.
    Carries,
    /// A feature that the plan or SKU grants, itself or by a plan in it.
    Grants,
    /// A plan that the plan does everything of.
    Covers,
    /// A plan that does everything of this one.
    CoveredBy,
}

impl RelationKind {
    /// The word for it in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::CoreTask => "core-task",
            Self::FurtherTask => "further-task",
            Self::CanDo => "can-do",
            Self::AboutFeature => "about-feature",
            Self::DoneBy => "done-by",
            Self::HasTask => "has-task",
            Self::GrantedBy => "granted-by",
            Self::CarriedBy => "carried-by",
            Self::Carries => "carries",
            Self::Grants => "grants",
            Self::Covers => "covers",
            Self::CoveredBy => "covered-by",
        }
    }
}

/// One thing that another hangs together with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// What it is to it.
    pub kind: RelationKind,
    /// The other thing.
    pub thing: Named,
    /// The plan that it goes through, where the two are not related directly.
    pub via: Option<PlanId>,
    /// The claims that it rests on together, the nearest first; none where it is part of the record.
    pub claims: Vec<ClaimId>,
}

/// Everything that a thing hangs together with, by kind and then in the order of written ids, whatever the day.
pub fn relations(knowledge: &KnowledgeBase, thing: Named) -> Vec<Relation> {
    let mut collector = Collector {
        knowledge,
        found: Vec::new(),
    };
    match thing {
        Named::Role(role) => collector.of_role(role),
        Named::Task(task) => collector.of_task(task),
        Named::Feature(feature) => collector.of_feature(feature),
        Named::Sku(sku) => collector.of_sku(sku),
        Named::Plan(plan) => collector.of_plan(plan),
    }
    let mut found = collector.found;
    found.sort_by_cached_key(|relation| {
        let written = knowledge.written(relation.thing);
        (
            relation.kind,
            written,
            relation.via,
            relation.claims.clone(),
        )
    });
    found.dedup();
    found
}

struct Collector<'knowledge> {
    knowledge: &'knowledge KnowledgeBase,
    found: Vec<Relation>,
}

/// A plan with the cover claims that lead to it.
type Covered = (PlanId, Vec<ClaimId>);

impl Collector<'_> {
    fn add(
        &mut self,
        kind: RelationKind,
        thing: Named,
        via: Option<PlanId>,
        claims: impl Into<Vec<ClaimId>>,
    ) {
        self.found.push(Relation {
            kind,
            thing,
            via,
            claims: claims.into(),
        });
    }

    fn of_role(&mut self, role: RoleId) {
        let knowledge = self.knowledge;
        for task in &knowledge.roles[role].core {
            self.add(RelationKind::CoreTask, Named::Task(*task), None, []);
        }
        for further in &knowledge.roles[role].further {
            self.add(
                RelationKind::FurtherTask,
                Named::Task(further.task),
                None,
                [],
            );
        }
        for claim in claims_about(knowledge, Named::Role(role)) {
            if let ClaimKind::Permission { task, .. } = knowledge.claims[claim].kind {
                self.add(RelationKind::CanDo, Named::Task(task), None, [claim]);
            }
        }
    }

    fn of_task(&mut self, task: TaskId) {
        let knowledge = self.knowledge;
        if let Some(feature) = knowledge.tasks[task].feature {
            self.add(
                RelationKind::AboutFeature,
                Named::Feature(feature),
                None,
                [],
            );
        }
        for claim in knowledge.about(Topic::Permissions(task)) {
            if let ClaimKind::Permission { roles, .. } = &knowledge.claims[*claim].kind {
                for role in roles {
                    self.add(RelationKind::DoneBy, Named::Role(*role), None, [*claim]);
                }
            }
        }
    }

    fn of_feature(&mut self, feature: FeatureId) {
        let knowledge = self.knowledge;
        for (id, task) in knowledge.tasks.iter() {
            if task.feature == Some(feature) {
                self.add(RelationKind::HasTask, Named::Task(id), None, []);
            }
        }
        for claim in knowledge.about(Topic::GrantsOf(feature)) {
            let ClaimKind::Grant { by, .. } = &knowledge.claims[*claim].kind else {
                continue;
            };
            for granting in by {
                match granting {
                    HeldThing::Sku(sku) => {
                        self.add(RelationKind::GrantedBy, Named::Sku(*sku), None, [*claim]);
                    }
                    HeldThing::Plan(plan) => self.granted_by(*plan, *claim),
                }
            }
        }
    }

    /// A plan grants a feature by a claim: so do the plans that cover it, and the SKUs that carry one of them.
    fn granted_by(&mut self, plan: PlanId, grant: ClaimId) {
        for (granting, covers) in self.covering(plan) {
            let claims = [covers, vec![grant]].concat();
            let via = (granting != plan).then_some(plan);
            self.carriers(granting, Some(granting), &claims);
            self.add(RelationKind::GrantedBy, Named::Plan(granting), via, claims);
        }
    }

    /// SKUs that carry a plan, by inclusions and by what else it rests on.
    fn carriers(&mut self, plan: PlanId, via: Option<PlanId>, further: &[ClaimId]) {
        let knowledge = self.knowledge;
        for claim in knowledge.about(Topic::CarriersOf(plan)) {
            if let ClaimKind::Inclusion { sku, .. } = knowledge.claims[*claim].kind {
                let claims = [&[*claim], further].concat();
                self.add(RelationKind::CarriedBy, Named::Sku(sku), via, claims);
            }
        }
    }

    fn of_sku(&mut self, sku: SkuId) {
        let knowledge = self.knowledge;
        self.grants(HeldThing::Sku(sku), None, &[]);
        for claim in knowledge.about(Topic::CarriedBy(sku)) {
            if let ClaimKind::Inclusion { plan, .. } = knowledge.claims[*claim].kind {
                self.add(RelationKind::Carries, Named::Plan(plan), None, [*claim]);
                for (lower, covers) in self.covered(plan) {
                    let claims = [vec![*claim], covers].concat();
                    self.grants(HeldThing::Plan(lower), Some(plan), &claims);
                }
            }
        }
    }

    /// Features granted by a plan or SKU, resting on further claims before the grant itself.
    fn grants(&mut self, by: HeldThing, via: Option<PlanId>, further: &[ClaimId]) {
        let knowledge = self.knowledge;
        for claim in knowledge.about(Topic::GrantedBy(by)) {
            if let ClaimKind::Grant { feature, .. } = knowledge.claims[*claim].kind {
                let claims = [further, &[*claim]].concat();
                self.add(RelationKind::Grants, Named::Feature(feature), via, claims);
            }
        }
    }

    fn of_plan(&mut self, plan: PlanId) {
        self.carriers(plan, None, &[]);
        for (lower, covers) in self.covered(plan) {
            let via = (lower != plan).then_some(lower);
            self.grants(HeldThing::Plan(lower), via, &covers);
            if lower != plan {
                self.add(RelationKind::Covers, Named::Plan(lower), None, covers);
            }
        }
        for (higher, covers) in self.covering(plan) {
            if higher != plan {
                self.add(RelationKind::CoveredBy, Named::Plan(higher), None, covers);
            }
        }
    }

    /// A plan and every plan that it covers, also through others.
    fn covered(&self, plan: PlanId) -> Vec<Covered> {
        self.reach(plan, |at, found| {
            for claim in self.knowledge.about(Topic::CoversOf(at)) {
                if let ClaimKind::Cover { covers, .. } = &self.knowledge.claims[*claim].kind {
                    found.extend(covers.iter().map(|lower| (*lower, *claim)));
                }
            }
        })
    }

    /// A plan and every plan that covers it, also through others.
    fn covering(&self, plan: PlanId) -> Vec<Covered> {
        self.reach(plan, |at, found| {
            for claim in self.knowledge.about(Topic::CoveringOf(at)) {
                if let ClaimKind::Cover { plan: higher, .. } = self.knowledge.claims[*claim].kind {
                    found.push((higher, *claim));
                }
            }
        })
    }

    /// Everything reached from a plan by steps, each plan once, with the claims of the steps.
    fn reach(
        &self,
        plan: PlanId,
        step: impl Fn(PlanId, &mut Vec<(PlanId, ClaimId)>),
    ) -> Vec<Covered> {
        let mut reached: Vec<Covered> = vec![(plan, Vec::new())];
        let mut next = 0;
        while let Some((at, claims)) = reached.get(next).cloned() {
            let mut found = Vec::new();
            step(at, &mut found);
            for (plan, claim) in found {
                if reached.iter().all(|(known, _)| *known != plan) {
                    reached.push((plan, [claims.clone(), vec![claim]].concat()));
                }
            }
            next += 1;
        }
        reached
    }
}
