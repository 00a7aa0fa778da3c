//! The JSON contract of a timeline, `licit.timeline/1`.

use super::answer_json::question;
use super::answer_shape::QuestionShape;
use super::claim::disputing;
use super::claim_shape::ContentShape;
use super::shape::{
    ConditionShape, EdgeShape, PeriodShape, RequirementShape, SourceShape, StatusShape, ThingShape,
};
use super::statement::statement;
use crate::dataset::{KnowledgeBase, Topic};
use crate::graph::AsOf;
use crate::model::{
    Attested, Change, Cheapest, ClaimId, ClaimKind, Day, Demand, NeedTold, PricedBy, Question,
    Subject, Timeline, Told, Trigger,
};
use serde::Serialize;

/// How something went over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineShape {
    /// What was asked; null where only a plan was named, about which no question can be asked.
    pub question: Option<QuestionShape>,
    /// The thing named, where no question was asked.
    pub subject: Option<ThingShape>,
    /// The first day looked at.
    pub from: String,
    /// The last day looked at.
    pub until: String,
    /// Which of the two days moves: `on`, `known` or `both`.
    pub axis: &'static str,
    /// Every claim that touches it, in the order in which they begin.
    pub entries: Vec<EntryShape>,
    /// Where the answer changes.
    pub changes: Vec<ChangeShape>,
    /// The answers between the changes: one more than these.
    pub answers: Vec<SpanShape>,
    /// Outside of these days no source speaks.
    pub attested: AttestedShape,
    /// Every source of the entries.
    pub sources: Vec<SourceShape>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryShape {
    /// Its permanent id.
    pub id: String,
    /// The kind, by the name of its table in the data.
    pub kind: &'static str,
    /// What it is about: the task, feature, SKU, ... that it names first.
    pub subject: ThingShape,
    /// The state, of a lifecycle claim.
    pub state: Option<&'static str>,
    /// What has to be held, of a claim that says so.
    pub requirement: Option<RequirementShape>,
    /// What it states, as in the data.
    pub content: ContentShape,
    /// What it states, as a sentence.
    pub statement: String,
    /// When it binds.
    pub effective: PeriodShape,
    /// When the world could know it.
    pub known: PeriodShape,
    /// When it applies; null means always.
    pub when: Option<ConditionShape>,
    /// Claims once known of which it counts as never said.
    pub replaced_by: Vec<String>,
    /// Claims that end it where they begin.
    pub superseded_by: Vec<String>,
    /// Claims that say otherwise, declared on either side.
    pub disputes: Vec<String>,
    /// The grade of its standing.
    pub certainty: &'static str,
    /// How it stands on the two days of the question.
    #[serde(flatten)]
    pub status: StatusShape,
}

/// A change of the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeShape {
    /// When.
    #[serde(flatten)]
    pub at: EdgeShape,
    /// The first claim that flipped it; null where it was the asker's own price.
    pub claim: Option<String>,
    /// Everything that flipped it.
    pub because: Vec<TriggerShape>,
    /// What differs: `verdict`, `requirement`, `certainty`, `price`.
    pub differences: Vec<&'static str>,
    /// The answer before.
    pub before: ToldShape,
    /// The answer from there on.
    pub after: ToldShape,
}

/// What happened at a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerShape {
    /// The claim.
    pub claim: Option<String>,
    /// The row of the asker's own prices.
    pub own_price: Option<String>,
    /// What happened to it.
    pub cause: &'static str,
    /// When.
    #[serde(flatten)]
    pub at: EdgeShape,
}

/// The answer from one change to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpanShape {
    /// Where it begins; null for the first.
    pub from: Option<EdgeShape>,
    /// The answer.
    #[serde(flatten)]
    pub told: ToldShape,
}

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldShape {
    /// The verdict.
    pub verdict: &'static str,
    /// The needs.
    pub needs: Vec<NeedToldShape>,
    /// What the cheapest way to comply costs a month; null where nothing has to be bought or nothing can be.
    pub cheapest: Option<String>,
    /// Whether a license is asked for that no set of SKUs provides.
    pub no_basket: bool,
}

/// What a need comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedToldShape {
    /// What it is about.
    pub subject: ThingShape,
    /// Its verdict.
    pub verdict: &'static str,
    /// What has to be held.
    pub requirement: RequirementShape,
    /// How sure it is.
    pub certainty: &'static str,
}

/// Over which days sources speak.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttestedShape {
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
}

impl AttestedShape {
    pub(super) fn of(attested: Attested) -> Self {
        Self {
            from: attested.from.map(|day| day.to_string()),
            until: attested.until.map(|day| day.to_string()),
        }
    }
}

/// The shape of an answer as a timeline compares it.
pub(super) fn told_shape(knowledge: &KnowledgeBase, told: &Told) -> ToldShape {
    let need = |need: &NeedTold| NeedToldShape {
        subject: super::answer_json::subject(knowledge, need.subject),
        verdict: need.verdict.word(),
        requirement: RequirementShape::of(knowledge, &need.requirement),
        certainty: need.grade.word(),
    };
    ToldShape {
        verdict: told.verdict.word(),
        needs: told.needs.iter().map(need).collect(),
        cheapest: match told.cheapest {
            Cheapest::Costs(total) => total.map(|total| total.to_string()),
            Cheapest::Nothing | Cheapest::Impossible => None,
        },
        no_basket: told.cheapest == Cheapest::Impossible,
    }
}

/// The shape of a timeline without a question: a plan.
pub(super) fn of_thing(
    as_of: &AsOf,
    subject: ThingShape,
    days: (Day, Day),
    entries: &[ClaimId],
) -> TimelineShape {
    let knowledge = as_of.knowledge();
    TimelineShape {
        question: None,
        subject: Some(subject),
        from: days.0.to_string(),
        until: days.1.to_string(),
        axis: crate::model::Axis::On.word(),
        entries: entries.iter().map(|id| entry(as_of, *id)).collect(),
        changes: Vec::new(),
        answers: Vec::new(),
        attested: AttestedShape::of(Attested::default()),
        sources: SourceShape::cited(knowledge, entries.iter().copied()),
    }
}

/// The shape of a timeline of an answer.
pub(super) fn of_answer(
    as_of: &AsOf,
    asked: &Question,
    timeline: &Timeline,
    entries: &[ClaimId],
) -> TimelineShape {
    let knowledge = as_of.knowledge();
    let told = |told: &Told| told_shape(knowledge, told);
    let answers = timeline.spans.iter().enumerate().map(|(place, span)| {
        let before = place.checked_sub(1);
        let change = before.and_then(|before| timeline.changes.get(before));
        SpanShape {
            from: change.map(|change| EdgeShape::of(&change.at)),
            told: told(&span.told),
        }
    });
    TimelineShape {
        question: Some(question(knowledge, asked)),
        subject: None,
        from: timeline.first.to_string(),
        until: timeline.last.to_string(),
        axis: timeline.axis.word(),
        entries: entries.iter().map(|id| entry(as_of, *id)).collect(),
        changes: changes_of(knowledge, asked, timeline),
        answers: answers.collect(),
        attested: AttestedShape::of(timeline.attested),
        sources: SourceShape::cited(knowledge, entries.iter().copied()),
    }
}

/// The shapes of the changes of a timeline.
pub(super) fn changes_of(
    knowledge: &KnowledgeBase,
    asked: &Question,
    timeline: &Timeline,
) -> Vec<ChangeShape> {
    let told = |told: &Told| told_shape(knowledge, told);
    let spans = timeline.spans.windows(2).zip(&timeline.changes);
    let changes = spans.filter_map(|(pair, one)| {
        let [before, after] = pair else { return None };
        let (before, after) = (told(&before.told), told(&after.told));
        Some(change(knowledge, asked, one, before, after))
    });
    changes.collect()
}

fn change(
    knowledge: &KnowledgeBase,
    asked: &Question,
    change: &Change,
    before: ToldShape,
    after: ToldShape,
) -> ChangeShape {
    let claim = |by: PricedBy| {
        by.claim()
            .map(|claim| knowledge.claims[claim].id.to_string())
    };
    let trigger = |trigger: &Trigger| TriggerShape {
        claim: claim(trigger.by),
        own_price: match trigger.by {
            PricedBy::List(_) => None,
            PricedBy::Own(place) => {
                let price = asked.agreement.prices.get(place);
                price.map(|price| price.row.to_string())
            }
        },
        cause: trigger.cause.word(),
        at: EdgeShape::of(&trigger.at),
    };
    let differences = change.differences.iter();
    ChangeShape {
        at: EdgeShape::of(&change.at),
        claim: change.because.first().and_then(|first| claim(first.by)),
        because: change.because.iter().map(trigger).collect(),
        differences: differences.map(|difference| difference.word()).collect(),
        before,
        after,
    }
}

/// The shape of a claim as an entry.
pub(super) fn entry(as_of: &AsOf, id: ClaimId) -> EntryShape {
    let knowledge = as_of.knowledge();
    let claim = &knowledge.claims[id];
    let newer = |list: fn(&crate::model::Claim) -> &Vec<ClaimId>| -> Vec<String> {
        let newer = knowledge.about(Topic::RelationsTo(id)).iter();
        let newer = newer.filter(|newer| list(&knowledge.claims[**newer]).contains(&id));
        newer
            .map(|newer| knowledge.claims[*newer].id.to_string())
            .collect()
    };
    let (state, requirement) = match &claim.kind {
        ClaimKind::Lifecycle { state, .. } => (Some(state.word()), None),
        ClaimKind::Requirement {
            demand: Demand::Requires(requires),
            ..
        }
        | ClaimKind::Prerequisite { requires, .. } => {
            (None, Some(RequirementShape::of(knowledge, requires)))
        }
        _ => (None, None),
    };
    EntryShape {
        id: claim.id.to_string(),
        kind: claim.kind.name().word(),
        subject: subject(knowledge, &claim.kind),
        state,
        requirement,
        content: super::claim_shape::content(knowledge, &claim.kind),
        statement: statement(knowledge, claim),
        effective: PeriodShape::of(&claim.effective),
        known: PeriodShape::of(&claim.known),
        when: claim
            .when
            .as_ref()
            .map(|when| ConditionShape::of(knowledge, when)),
        replaced_by: newer(|claim| &claim.replaces),
        superseded_by: newer(|claim| &claim.supersedes),
        disputes: disputing(knowledge, id)
            .iter()
            .map(|other| knowledge.claims[*other].id.to_string())
            .collect(),
        certainty: claim.standing.grade(claim.is_second_hand()).word(),
        status: StatusShape::of(knowledge, as_of.status(id)),
    }
}

/// What a claim is about: what it names first.
fn subject(knowledge: &KnowledgeBase, kind: &ClaimKind) -> ThingShape {
    use crate::model::{LimitOf, Named};
    let of = |subject: Subject| ThingShape::of_subject(knowledge, subject);
    let thing = |named: Named| ThingShape::of(knowledge, named);
    match kind {
        ClaimKind::Requirement { subjects, .. } => {
            of(subjects.first().copied().unwrap_or(Subject::Everything))
        }
        ClaimKind::Lifecycle { subject, .. }
        | ClaimKind::Limit {
            of: LimitOf::Given { subject, .. },
            ..
        } => of(*subject),
        ClaimKind::Permission { task, .. } => thing(Named::Task(*task)),
        ClaimKind::Grant { feature, .. } => thing(Named::Feature(*feature)),
        ClaimKind::Cover { plan, .. } => thing(Named::Plan(*plan)),
        ClaimKind::Name { of, .. } => thing(*of),
        ClaimKind::Inclusion { sku, .. }
        | ClaimKind::Price { sku, .. }
        | ClaimKind::Prerequisite { sku, .. }
        | ClaimKind::Sale { sku, .. } => thing(Named::Sku(*sku)),
        ClaimKind::Exclusion { plans } => match plans.first() {
            Some(plan) => thing(Named::Plan(*plan)),
            None => of(Subject::Everything),
        },
        ClaimKind::Limit {
            of: LimitOf::Seats(skus),
            ..
        } => match skus.first() {
            Some(sku) => thing(Named::Sku(*sku)),
            None => of(Subject::Everything),
        },
    }
}
