//! Why some SKUs are not the way to comply.

use super::{
    Caution, Money, NeedSubject, PricedSet, Question, Requirement, Satisfied, SkuId, Verdict,
};

/// What stands against buying some SKUs, and what would be better.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNot {
    /// What was asked.
    pub question: Question,
    /// The SKUs in question, in the order typed; none asks why there is no way at all.
    pub skus: Vec<SkuId>,
    /// Whether they, with what is held, are a way to comply for the person asked about.
    pub complies: bool,
    /// Every need with what the SKUs do for it.
    pub needs: Vec<WhyNotNeed>,
    /// What to know of the SKUs before buying them.
    pub cautions: Vec<Caution>,
    /// What they cost a month; none where one of them has no price.
    pub total: Option<Money>,
    /// The cheapest way without regard to them; none where there is none.
    pub cheapest: Option<PricedSet>,
    /// The cheapest way that has them; none where there is none.
    pub nearest: Option<PricedSet>,
    /// Needs that cannot hold together, as few as possible, where there is no way that has the SKUs.
    pub core: Vec<NeedSubject>,
    /// As few needs as have to be given up so that there is a way that has the SKUs, and the cheapest one then.
    pub drop: Vec<NeedSubject>,
    /// The cheapest way that has the SKUs without those needs.
    pub without: Option<PricedSet>,
}

/// One need.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNotNeed {
    /// What it is about.
    pub subject: NeedSubject,
    /// The verdict on it.
    pub verdict: Verdict,
    /// Whether it asks for a license that somebody names.
    pub asks: bool,
    /// What it asks for beyond what is held and owned, each as a tree of ways to meet it; the first is for the person asked
    /// about, the second what the tenant must own.
    pub ways: Vec<Way>,
}

/// A requirement with whether the SKUs meet it, part by part.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The requirement.
    pub requirement: Requirement,
    /// Whether they do.
    pub met: Satisfied,
    /// Its parts, where it has any.
    pub parts: Vec<Way>,
    /// The cheapest SKU that would meet it alone, where it has no parts and is not met.
    pub cheapest: Option<(SkuId, Money)>,
}
