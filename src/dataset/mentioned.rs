//! What claims speak about: a feature or task that nobody speaks about is of no use yet.

use crate::model::{Claim, ClaimKind, Demand, FeatureId, LimitOf, Requirement, Subject, TaskId};
use std::collections::BTreeSet;

/// Features and tasks that a claim speaks about; a name alone says nothing about what it names.
#[derive(Default)]
pub(super) struct Mentioned {
    pub features: BTreeSet<FeatureId>,
    pub tasks: BTreeSet<TaskId>,
}

impl Mentioned {
    /// Adds what a claim speaks about.
    pub(super) fn add(&mut self, claim: &Claim) {
        match &claim.kind {
            ClaimKind::Requirement {
                subjects, demand, ..
            } => {
                subjects.iter().for_each(|subject| self.subject(*subject));
                if let Demand::Requires(requirement)
                | Demand::AtLeast {
                    of: Some(requirement),
                    ..
                } = demand
                {
                    requirement.each_leaf(&mut |leaf| {
                        if let Requirement::Feature(feature) = leaf {
                            self.features.insert(*feature);
                        }
                    });
                }
            }
            ClaimKind::Lifecycle { subject, .. }
            | ClaimKind::Limit {
                of: LimitOf::Given { subject, .. },
                ..
            } => self.subject(*subject),
            ClaimKind::Permission { task, .. } => {
                self.tasks.insert(*task);
            }
            ClaimKind::Grant { feature, .. } => {
                self.features.insert(*feature);
            }
            ClaimKind::Name { .. }
            | ClaimKind::Inclusion { .. }
            | ClaimKind::Cover { .. }
            | ClaimKind::Price { .. }
            | ClaimKind::Prerequisite { .. }
            | ClaimKind::Exclusion { .. }
            | ClaimKind::Limit {
                of: LimitOf::Seats(_),
                ..
            }
            | ClaimKind::Sale { .. } => {}
        }
    }

    fn subject(&mut self, subject: Subject) {
        match subject {
            Subject::Task(task) => {
                self.tasks.insert(task);
            }
            Subject::Feature(feature) => {
                self.features.insert(feature);
            }
            Subject::Area(_) | Subject::Everything => {}
        }
    }
}
