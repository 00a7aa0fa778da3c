//! A world of a few things for the tests of this room.

use crate::dataset::{KnowledgeBase, Meta};
use crate::model::{
    Area, AreaId, Claim, ClaimKind, Day, Feature, Guid, Named, Period, Plan, Role, Segment, Sku,
    SkuId, Standing, Task, Text,
};

/// One role, one task, one feature, three SKUs and a plan; one SKU has a former name, two share a name.
pub(super) fn world() -> KnowledgeBase {
    let mut knowledge = KnowledgeBase::empty(Meta {
        schema: 1,
        version: "test".into(),
        reviewed: Day::FIRST,
        accepted: Vec::new(),
    });
    knowledge.areas.extend([Area {
        id: "intune".into(),
        name: "Intune".into(),
    }]);
    knowledge.roles.extend([Role {
        id: "intune-administrator".into(),
        name: "Intune Administrator".into(),
        authority: "entra".into(),
        template: Guid::parse("3a2c62db-5318-420d-8d74-23affee5d9d5"),
        privileged: true,
        aliases: Vec::new(),
        core: Vec::new(),
        further: Vec::new(),
        summary: Text::default(),
    }]);
    knowledge.tasks.extend([Task {
        id: "intune.use-admin-center".into(),
        name: "Use the Intune admin center".into(),
        feature: None,
        area: AreaId::at(0),
        aliases: Vec::new(),
        summary: Text::default(),
    }]);
    knowledge.features.extend([Feature {
        id: "safe-links".into(),
        name: "Safe Links".into(),
        area: AreaId::at(0),
        default_task: None,
        aliases: vec!["ATP".into()],
        summary: Text::default(),
    }]);
    let sku = |id: &'static str, name: &'static str| Sku {
        id: id.into(),
        guid: None,
        name: name.into(),
        segment: Segment::Commercial,
        purchasable: true,
        frontline: false,
        aliases: Vec::new(),
    };
    knowledge.skus.extend([
        sku("AAD_PREMIUM_P2", "Microsoft Entra ID P2"),
        sku("SUITE_1", "Office Suite"),
        sku("SUITE_2", "Office Suite Plus"),
    ]);
    knowledge.plans.extend([Plan {
        id: "AAD_PREMIUM_P2".into(),
        guid: None,
        name: "Entra ID P2 plan".into(),
        aliases: Vec::new(),
    }]);
    let name = |sku: usize, name: &'static str| Claim {
        id: format!("name:{sku}:{name}").into(),
        kind: ClaimKind::Name {
            of: Named::Sku(SkuId::at(sku)),
            name: name.into(),
        },
        when: None,
        effective: Period::default(),
        known: Period::default(),
        standing: Standing::Documented,
        supersedes: Vec::new(),
        replaces: Vec::new(),
        disputes: Vec::new(),
        note: Text::default(),
        evidence: Vec::new(),
    };
    knowledge
        .claims
        .extend([name(0, "Azure AD Premium P2"), name(2, "Office Suite")]);
    knowledge.index();
    knowledge
}
