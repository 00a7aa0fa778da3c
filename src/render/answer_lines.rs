//! The lines of an answer: each part of a need, a basket or a conflict in words.

use super::answer_json::depends_question;
use super::statement::{place, short_statement};
use super::words::{count, list};
use super::{Item, Line, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Asked, Aspect, AspectAnswer, AspectOutcome, Basket, BasketItem, BasketSet, Because,
    ClaimId, Counting, Currency, DependsOn, Need, NeedSubject, OtherPrice, PricedBy, Question,
    Requirement, Satisfied, SkuId, Verdict,
};
use std::collections::BTreeMap;

/// "Use the Intune admin center (intune.use-admin-center)".
pub(super) fn heading(knowledge: &KnowledgeBase, need: &Need) -> String {
    let (name, id) = match need.subject {
        NeedSubject::Task(task) => (&knowledge.tasks[task].name, &knowledge.tasks[task].id),
        NeedSubject::Sku(sku) => (&knowledge.skus[sku].name, &knowledge.skus[sku].id),
    };
    let by_role: Vec<String> = need
        .asked_by
        .iter()
        .filter_map(|asked| {
            if let Asked::Role(role) = asked {
                Some(knowledge.roles[*role].name.to_string())
            } else {
                None
            }
        })
        .collect();
    match need.subject {
        NeedSubject::Sku(_) => format!("What {name} needs beside it ({id})"),
        NeedSubject::Task(_) if by_role.is_empty() => format!("{name} ({id})"),
        NeedSubject::Task(_) => format!("{name} ({id}), for {}", list(&by_role, "and")),
    }
}

/// Words with the ids of the claims behind them.
pub(super) fn cited(words: impl Into<String>, ids: &str) -> Line {
    let line = Line::from(words.into());
    if ids.is_empty() {
        line
    } else {
        line.plain(" [").code(ids).plain("]")
    }
}

pub(super) fn verdict_line(knowledge: &KnowledgeBase, need: &Need) -> Line {
    let mut line = Line::new().strong(verdict_words(need.verdict));
    if let Some(because) = need.because {
        line = line.plain(format!(": {}", because_words(because)));
    } else if need.verdict == Verdict::NotStated && !need.aspects.is_empty() {
        line = line.plain(": only a general rule speaks of it");
    }
    // The lines below name the claims, where there are lines below.
    let states_itself = need.verdict == Verdict::Unavailable || need.aspects.is_empty();
    if states_itself && !need.claims.is_empty() {
        line = line
            .plain(" [")
            .code(ids(knowledge, &need.claims))
            .plain("]");
    }
    line
}

pub(super) fn because_words(because: Because) -> &'static str {
    crate::proof::because_words(because)
}

/// "AAD_PREMIUM_P2 (from 2016-12-05) or Entra_Identity_Governance (from 2023-07-01)".
pub(super) fn needs_line(knowledge: &KnowledgeBase, need: &Need) -> String {
    fn words(knowledge: &KnowledgeBase, need: &Need, part: &Requirement, nested: bool) -> String {
        let join = |parts: &[Requirement], word: &str| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| words(knowledge, need, part, true))
                .collect();
            let joined = parts.join(word);
            if nested {
                format!("({joined})")
            } else {
                joined
            }
        };
        match part {
            Requirement::Any(parts) => join(parts, " or "),
            Requirement::All(parts) => join(parts, " and "),
            leaf => {
                let since = need
                    .alternatives
                    .iter()
                    .find(|alternative| alternative.part == *leaf)
                    .and_then(|alternative| alternative.since.as_ref());
                match since {
                    Some(since) => {
                        format!(
                            "{} ({})",
                            requirement(knowledge, leaf),
                            super::words::from(since)
                        )
                    }
                    None => requirement(knowledge, leaf),
                }
            }
        }
    }
    words(knowledge, need, &need.requirement, false)
}

pub(super) fn aspect_label(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Terms => "Terms",
        Aspect::Works => "Works",
        Aspect::Assigned => "Assigned",
        Aspect::Owned => "Owned",
    }
}

pub(super) fn aspect_question(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Terms => "what the terms ask for",
        Aspect::Works => "what the service refuses without a license",
        Aspect::Assigned => "where the license must sit",
        Aspect::Owned => "what the tenant must own",
    }
}

pub(super) fn aspect_line(
    knowledge: &KnowledgeBase,
    need: &Need,
    line: &AspectAnswer,
) -> Option<Line> {
    if need.verdict == Verdict::Unavailable && need.because != Some(Because::Obligation) {
        return None;
    }
    let words = match line.outcome {
        AspectOutcome::NotStated => "nobody says".to_owned(),
        AspectOutcome::Required => match &line.requirement {
            Some(needed) if *needed != need.requirement => requirement(knowledge, needed),
            _ => "required".to_owned(),
        },
        AspectOutcome::Unnamed => "a license is due, and nobody says which".to_owned(),
        AspectOutcome::NotRequired => "no license".to_owned(),
        AspectOutcome::Depends => "depends".to_owned(),
        AspectOutcome::Contested => match line.place {
            Some(strict) => format!("contested; the strictest: {}", place(strict)),
            None => "contested".to_owned(),
        },
        AspectOutcome::Stated => match (line.place, line.seats) {
            (Some(at), _) => place(at).to_owned(),
            (None, Some(seats)) => {
                let of = line
                    .requirement
                    .as_ref()
                    .map_or_else(|| "it".to_owned(), |of| requirement(knowledge, of));
                format!(
                    "at least {} of {of} in the tenant",
                    count(
                        usize::try_from(seats).unwrap_or(usize::MAX),
                        "seat",
                        "seats"
                    )
                )
            }
            (None, None) => "stated".to_owned(),
        },
    };
    Some(cited(words, &ids(knowledge, &line.claims)))
}

/// How the number of seats comes about.
pub(super) fn formula(knowledge: &KnowledgeBase, counting: &Counting) -> String {
    let mut parts: Vec<String> = counting
        .over
        .iter()
        .map(|(given, number)| format!("{} {number}", knowledge.givens[*given].id))
        .collect();
    parts.extend(
        counting
            .unstated
            .iter()
            .map(|given| format!("{} unknown", knowledge.givens[*given].id)),
    );
    let population = if parts.is_empty() {
        format!("one {}", counting.per)
    } else {
        parts.join(" + ")
    };
    let rate = match (counting.each, counting.first) {
        ((1, 1), None) => String::new(),
        ((seats, every), None) => format!(", {seats} for every {every}"),
        ((seats, every), Some(first)) => {
            format!(", {first} for the first and {seats} for every {every} further")
        }
    };
    format!("{population}{rate}")
}

pub(super) fn seats_line(knowledge: &KnowledgeBase, counting: &Counting) -> String {
    let at_least = if counting.at_least { "at least " } else { "" };
    format!(
        "{at_least}{} per {}: {}",
        counting.number,
        counting.per,
        formula(knowledge, counting)
    )
}

pub(super) fn held_line(knowledge: &KnowledgeBase, need: &Need) -> String {
    let missing: Vec<String> = need
        .missing
        .iter()
        .map(|part| requirement(knowledge, part))
        .collect();
    match need.satisfied {
        Satisfied::Yes => "satisfied by what is held".to_owned(),
        Satisfied::No if missing.is_empty() => "not satisfied".to_owned(),
        Satisfied::No => format!("not satisfied; missing {}", list(&missing, "and")),
        Satisfied::Unknown if missing.is_empty() => "cannot be told".to_owned(),
        Satisfied::Unknown => format!("cannot be told; not surely held: {}", list(&missing, "and")),
    }
}

pub(super) fn certainty_line(knowledge: &KnowledgeBase, need: &Need) -> Line {
    let grade = need.certainty.grade.word();
    if need.certainty.because.is_empty() {
        Line::from(format!("{grade}, since nothing was found"))
    } else {
        cited(grade, &ids(knowledge, &need.certainty.because))
    }
}

/// SKUs that meet it; apart those that only perhaps do, and those that were first seen later.
pub(super) fn opened_line(knowledge: &KnowledgeBase, need: &Need) -> Line {
    let words = |surely: bool, attested: Option<bool>| -> Vec<String> {
        let those = need.opened_by.iter().filter(|opened| {
            opened.surely == surely && attested.is_none_or(|attested| opened.attested == attested)
        });
        those
            .map(|opened| match (&opened.since, attested) {
                (Some(since), None | Some(false)) => {
                    format!(
                        "{} ({})",
                        knowledge.skus[opened.sku].id,
                        super::words::from(since)
                    )
                }
                _ => knowledge.skus[opened.sku].id.to_string(),
            })
            .collect()
    };
    let groups = [
        ("", words(true, Some(true))),
        ("perhaps ", words(false, None)),
        ("first seen later: ", words(true, Some(false))),
    ];
    let told = groups.iter().filter(|(_, skus)| !skus.is_empty());
    let told: Vec<String> = told
        .map(|(lead, skus)| format!("{lead}{}", skus.join(", ")))
        .collect();
    Line::from(told.join("; "))
}

/// What a claim says, in short, and who says so.
pub(super) fn said_item(knowledge: &KnowledgeBase, id: ClaimId) -> Item {
    let claim = &knowledge.claims[id];
    let sources: Vec<String> = claim
        .evidence
        .iter()
        .map(|evidence| {
            let source = &knowledge.sources[evidence.source];
            let dated = source
                .published
                .as_ref()
                .map_or_else(|| "undated".to_owned(), ToString::to_string);
            let hand = if evidence.second_hand {
                " (second-hand)"
            } else {
                ""
            };
            format!("{} {dated}{hand}", source.publisher)
        })
        .collect();
    let line = Line::new()
        .code(claim.id.as_str())
        .plain(format!(": {}", short_statement(knowledge, claim)));
    Item {
        line,
        details: vec![Line::from(sources.join("; "))],
    }
}

pub(super) fn depends_item(knowledge: &KnowledgeBase, depends: &DependsOn) -> Item {
    let mut line = Line::new().strong(depends_question(knowledge, depends));
    if let Some(given) = depends.given {
        line = line
            .plain("  ")
            .code(format!("--given {}=...", knowledge.givens[given].id));
    }
    let details = depends
        .outcomes
        .iter()
        .map(|outcome| {
            let mut words = format!("{}: {}", outcome.value, outcome.verdict);
            if outcome.requirement.demands() && outcome.verdict != Verdict::Unavailable {
                words.push_str(&format!(
                    ", {}",
                    requirement(knowledge, &outcome.requirement)
                ));
            }
            Line::from(words)
        })
        .collect();
    Item { line, details }
}

pub(super) fn basket_line(
    knowledge: &KnowledgeBase,
    question: &Question,
    basket: &Basket,
    item: &BasketItem,
) -> Item {
    let sku = &knowledge.skus[item.sku];
    let mut line = Line::new()
        .strong(format!("{} x {}", item.quantity, sku.name))
        .plain(" (")
        .code(sku.id.as_str())
        .plain(")");
    let mut details = Vec::new();
    if item.owned > 0 {
        let how_many = match item.owned == item.quantity {
            true => {
                "owned already; assign".to_owned() + if item.owned == 1 { " it" } else { " them" }
            }
            false => format!("{} of them owned already", item.owned),
        };
        line = line.plain(format!(", {how_many}"));
    }
    if item.held {
        line = line.plain(", held already");
    } else if let (Some(unit), Some(price)) = (item.unit_price, item.price) {
        line = line.plain(format!(", {unit} {} a month each", basket.currency));
        if basket.unverified_prices.contains(&item.sku) {
            line = line.strong(", not verified");
        }
        details.push(price_line(knowledge, question, item.sku, price));
        details.extend(other_price_line(
            knowledge,
            &question.currency,
            item.other_price,
        ));
    }
    Item { line, details }
}

/// Who gets what, where not everybody gets the same.
pub(super) fn set_items(knowledge: &KnowledgeBase, sets: &[BasketSet]) -> Vec<Item> {
    let mut items = Vec::new();
    for (place, set) in sets.iter().enumerate() {
        let people = match (place, set.people) {
            (0, 1) => "the person asked about".to_owned(),
            (_, 1) => "1 person more".to_owned(),
            (_, people) => format!("{people} people more"),
        };
        let skus = set
            .skus
            .iter()
            .map(|sku| knowledge.skus[*sku].id.to_string());
        let skus: Vec<String> = skus.collect();
        let line = Line::from(format!("for {people}: "));
        let line = match skus.is_empty() {
            true => line.plain("nothing to buy"),
            false => line.code(list(&skus, "and")),
        };
        items.push(Item {
            line,
            details: Vec::new(),
        });
    }
    items
}

/// What a seat costs by another list price that may hold that day.
pub(super) fn other_price_line(
    knowledge: &KnowledgeBase,
    currency: &Currency,
    other: Option<OtherPrice>,
) -> Option<Line> {
    let other = other?;
    let claim = &knowledge.claims[other.claim];
    let dates = super::words::period(&claim.effective)
        .map_or(String::new(), |period| format!(", {period}"));
    let words = format!(
        "or {} {currency}{dates}; the dearer one counts",
        other.amount
    );
    Some(cited(words, &claim.id))
}

/// Who says what a seat costs, and for which days.
pub(super) fn price_line(
    knowledge: &KnowledgeBase,
    question: &Question,
    sku: SkuId,
    price: PricedBy,
) -> Line {
    let there = question.held.contains(&sku) || question.owned.contains_key(&sku);
    let kept = match question.agreement.renewed_on {
        Some(day) if there => format!(", kept since the renewal on {day}"),
        _ => String::new(),
    };
    match price {
        PricedBy::List(claim) => {
            let claim = &knowledge.claims[claim];
            let dates = super::words::period(&claim.effective)
                .map_or(String::new(), |period| format!(", {period}"));
            let source = claim
                .evidence
                .first()
                .map(|evidence| &knowledge.sources[evidence.source]);
            let by = source.map_or(String::new(), |source| {
                let dated = source
                    .published
                    .as_ref()
                    .map_or_else(|| "undated".to_owned(), ToString::to_string);
                format!(", {} ({dated})", source.publisher)
            });
            cited(format!("list price{dates}{by}{kept}"), &claim.id)
        }
        PricedBy::Own(place) => {
            let Some(price) = question.agreement.prices.get(place) else {
                return Line::new();
            };
            let ends = [("from", price.from), ("until", price.until)];
            let dates: String = ends
                .into_iter()
                .filter_map(|(word, day)| Some(format!(", {word} {}", day?)))
                .collect();
            Line::from(format!("your price{dates}, by {}{kept}", price.row))
        }
    }
}

pub(super) fn ids(knowledge: &KnowledgeBase, claims: &[ClaimId]) -> String {
    let mut ids: Vec<&str> = claims
        .iter()
        .map(|claim| knowledge.claims[*claim].id.as_str())
        .collect();
    ids.sort_unstable();
    ids.join(" ")
}

/// The verdict of a whole answer. Where what no license opens, or what needs none, stands beside something else, each
/// is counted: nobody should read one verdict for all.
pub(super) fn overall_words(answer: &Answer) -> String {
    let words = verdict_words(answer.verdict).to_owned();
    let counted = matches!(answer.verdict, Verdict::Unavailable | Verdict::NotRequired);
    let mut by_verdict: BTreeMap<Verdict, usize> = BTreeMap::new();
    for need in &answer.needs {
        *by_verdict.entry(need.verdict).or_default() += 1;
    }
    let own = by_verdict.remove(&answer.verdict).unwrap_or(0);
    if !counted || by_verdict.is_empty() {
        return words;
    }
    let others = by_verdict.iter();
    let others: Vec<String> = others
        .map(|(verdict, count)| format!("; {} for {count}", verdict_words(*verdict)))
        .collect();
    format!(
        "{words} for {own} of {}{}",
        answer.needs.len(),
        others.concat()
    )
}

/// A verdict in words.
pub(super) fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unavailable => "unavailable, no license opens it",
        Verdict::Required => "a license is required",
        Verdict::Contested => "contested, sources disagree",
        Verdict::Depends => "it depends",
        Verdict::NotRequired => "no license is required",
        Verdict::NotStated => "not stated by any source",
    }
}
