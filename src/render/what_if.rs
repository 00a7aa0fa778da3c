//! A change of licenses on a page: money first, then what is lost with what follows from it, then what stays.

use super::answer_lines::{cited, ids, price_line};
use super::comparison::caution_line;
use super::page::{Item, Line, Page};
use super::what_if_shape::{WhatIfShape, consequences, shape, with_needs};
use super::words::{count, list};
use super::{View, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Answer, Aspect, AspectOutcome, BasketItem, ClaimId, Effect, Holdings, Money, Named, Need,
    NeedSubject, Requirement, SkuId, Verdict, WhatIf,
};

/// What a change of licenses brings about, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct WhatIfView<'a> {
    /// What it was worked out from.
    pub knowledge: &'a KnowledgeBase,
    /// The change.
    pub what_if: &'a WhatIf,
    /// Whether it is about every task that the change may touch, since nothing was asked about.
    pub all: bool,
}

impl View for WhatIfView<'_> {
    const SCHEMA: &'static str = "licit.what-if/1";
    type Shape = WhatIfShape;

    fn shape(&self) -> WhatIfShape {
        shape(self.knowledge, self.what_if)
    }

    fn page(&self) -> Page {
        let mut page = Page::new(self.title());
        page.paragraph(self.asked());
        self.money(&mut page);
        self.worse(&mut page);
        self.tenant(&mut page);
        for (effect, heading) in [
            (Effect::Changed, "Changed without being settled"),
            (Effect::Gained, "Gained"),
            (Effect::Missing, "Missing before and after"),
            (Effect::Unsettled, "Not settled before and after"),
            (Effect::Kept, "Kept"),
        ] {
            self.listed(&mut page, effect, heading);
        }
        if self.what_if.changes.is_empty() {
            page.paragraph(if self.all {
                "No task asks that day for anything that these SKUs bring."
            } else {
                "What is asked about names no task."
            });
        }
        page.paragraph(Line::new().faint(
            "\"Kept\" means that what is asked for is still there or that no license is needed. See any need in full: \
             licit ask --task ID --held SKU.",
        ));
        page
    }
}

impl WhatIfView<'_> {
    fn names(&self, skus: &[SkuId]) -> String {
        let names: Vec<String> = skus
            .iter()
            .map(|sku| self.knowledge.skus[*sku].name.to_string())
            .collect();
        list(&names, "and")
    }

    fn title(&self) -> String {
        let what_if = self.what_if;
        let mut change = Vec::new();
        if !what_if.dropped.is_empty() {
            change.push(format!("without {}", self.names(&what_if.dropped)));
        }
        if !what_if.added.is_empty() {
            change.push(format!("with {}", self.names(&what_if.added)));
        }
        let found: Vec<String> = [
            (Effect::Lost, "lost"),
            (Effect::Uncertain, "perhaps lost"),
            (Effect::Gained, "gained"),
            (Effect::Kept, "kept"),
        ]
        .into_iter()
        .map(|(effect, word)| (what_if.count(effect), word))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
        let found = if found.is_empty() {
            "nothing changes".to_owned()
        } else {
            found.join(", ")
        };
        let change = change.join(", ");
        let mut letters = change.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        let change: String = first.into_iter().chain(letters).collect();
        format!("{change}: {found}")
    }

    fn asked(&self) -> String {
        let question = &self.what_if.before.question;
        let mut said = format!(
            "On {}, as known on {}, {} reading",
            question.on, question.known, question.reading
        );
        if self.all {
            said.push_str(", over every task that the change may touch");
        }
        for (given, value) in &question.givens {
            said.push_str(&format!(
                ". {} {value}",
                self.knowledge.givens[*given].question
            ));
        }
        said.push('.');
        said
    }

    fn money(&self, page: &mut Page) {
        let what_if = self.what_if;
        let (before, after) = (&what_if.cost_before, &what_if.cost_after);
        let mut facts = vec![
            ("Before", self.cost(before)),
            ("After", self.cost(after).plain(difference(before, after))),
        ];
        if let Some(remedy) = &what_if.remedy {
            facts.push(("To lose nothing", self.remedy(remedy)));
        }
        page.facts(facts);
        let priced = before.skus.iter().chain(&after.skus);
        let mut told: Vec<SkuId> = Vec::new();
        let mut items = Vec::new();
        for (sku, price) in priced {
            let Some(price) = price.as_ref().filter(|_| !told.contains(sku)) else {
                continue;
            };
            told.push(*sku);
            let mut line = Line::new().code(self.knowledge.skus[*sku].id.as_str());
            if !price.verified {
                line = line.strong(", not verified");
            }
            let by = price_line(self.knowledge, &what_if.before.question, *sku, price.by);
            line = line.plain(": ");
            let pieces = by.pieces().iter();
            line = pieces.fold(line, |line, (tone, text)| line.piece(*tone, text));
            items.push(Item {
                line,
                details: Vec::new(),
            });
        }
        items.extend(what_if.cautions.iter().map(|caution| Item {
            line: caution_line(self.knowledge, caution),
            details: Vec::new(),
        }));
        page.items(items);
    }

    /// What to buy beside what is held then.
    fn remedy(&self, answer: &Answer) -> Line {
        let Some(basket) = answer.baskets.first() else {
            let why = answer.no_basket.as_deref();
            return Line::from(match why {
                Some(why) => format!("nothing to buy helps: {why}"),
                None => "nothing to buy; see below".to_owned(),
            });
        };
        let kept: Vec<String> = basket
            .items
            .iter()
            .filter(|item| self.what_if.dropped.contains(&item.sku))
            .map(|item| self.knowledge.skus[item.sku].id.to_string())
            .collect();
        if !kept.is_empty() {
            let kept = list(&kept, "and");
            return Line::from(format!(
                "keep {kept}: no cheaper set makes good what is lost"
            ));
        }
        let taken = |verb: &str, seats: fn(&BasketItem) -> u64| {
            let items = basket.items.iter().filter(|item| !item.held);
            let items: Vec<String> = items
                .map(|item| (seats(item), &self.knowledge.skus[item.sku].id))
                .filter(|(seats, _)| *seats > 0)
                .map(|(seats, id)| format!("{seats} x {id}"))
                .collect();
            (!items.is_empty()).then(|| format!("{verb} {}", list(&items, "and")))
        };
        let ways = [
            taken("take of the seats that are owned", |item| item.owned),
            taken("buy", |item| item.quantity.saturating_sub(item.owned)),
        ];
        let ways: Vec<String> = ways.into_iter().flatten().collect();
        let is_beside = !self.what_if.cost_after.skus.is_empty();
        let beside = if is_beside { " beside it" } else { "" };
        let line = Line::from(format!("{}{beside}", list(&ways, "and")));
        let Some(total) = basket.total else {
            return line;
        };
        let line = line
            .plain(": ")
            .strong(format!("{total} {} a month", basket.currency));
        if !is_beside {
            return line;
        }
        match self
            .what_if
            .cost_after
            .total
            .and_then(|held| held.plus(total))
        {
            Some(sum) => line.plain(format!(", together {sum}")),
            None => line,
        }
    }

    fn cost(&self, held: &Holdings) -> Line {
        if held.skus.is_empty() {
            return Line::from("no license");
        }
        let ids: Vec<String> = held
            .skus
            .iter()
            .map(|(sku, _)| self.knowledge.skus[*sku].id.to_string())
            .collect();
        let line = Line::from(format!("{}: ", list(&ids, "and")));
        match held.total {
            Some(total) => line.strong(format!(
                "{total} {} a month",
                self.what_if.before.question.currency
            )),
            None => line.plain("no price known"),
        }
    }

    /// Needs that are worse off, by what follows from it; those with the same reasons together.
    fn worse(&self, page: &mut Page) {
        for (effect, follows, heading) in [
            (Effect::Lost, Follows::Stops, "Lost, and the service stops"),
            (
                Effect::Lost,
                Follows::AgainstTerms,
                "Lost by the terms, though no source says that the service stops",
            ),
            (
                Effect::Uncertain,
                Follows::Stops,
                "Perhaps lost, and the service may stop",
            ),
            (
                Effect::Uncertain,
                Follows::AgainstTerms,
                "Perhaps lost by the terms",
            ),
        ] {
            let mut groups: Vec<(Vec<&Need>, Vec<Line>)> = Vec::new();
            for (_, _, is) in with_needs(self.what_if)
                .filter(|(found, _, is)| *found == effect && Follows::of(is) == follows)
            {
                let reasons = self.reasons(is);
                match groups.iter_mut().find(|(_, known)| *known == reasons) {
                    Some((needs, _)) => needs.push(is),
                    None => groups.push((vec![is], reasons)),
                }
            }
            if groups.is_empty() {
                continue;
            }
            let number: usize = groups.iter().map(|(needs, _)| needs.len()).sum();
            page.heading(format!("{heading}: {}", count(number, "need", "needs")));
            let items = groups.into_iter().map(|(needs, details)| Item {
                line: self.listed_needs(&needs),
                details,
            });
            page.items(items.collect());
        }
    }

    fn listed_needs(&self, needs: &[&Need]) -> Line {
        let mut line = Line::new();
        for (place, need) in needs.iter().enumerate() {
            if place > 0 {
                line = line.plain("; ");
            }
            let (name, id) = self.name(need);
            line = line.strong(name).plain(" (").code(id).plain(")");
        }
        line
    }

    /// What the tenant has to own, each claim once: it matters where the last seat goes.
    fn tenant(&self, page: &mut Page) {
        let mut told: Vec<ClaimId> = Vec::new();
        for (effect, _, is) in with_needs(self.what_if) {
            let owned = is.aspect(Aspect::Owned).filter(|_| effect.is_worse());
            for claim in owned.iter().flat_map(|line| &line.claims) {
                if !told.contains(claim) {
                    told.push(*claim);
                }
            }
        }
        if told.is_empty() {
            return;
        }
        page.heading("Where the tenant is left without a seat");
        let items = told.into_iter().map(|claim| Item {
            line: Line::new().code(self.knowledge.claims[claim].id.as_str()),
            details: self.told(claim),
        });
        page.items(items.collect());
    }

    fn name(&self, need: &Need) -> (String, String) {
        let thing = match need.subject {
            NeedSubject::Task(task) => Named::Task(task),
            NeedSubject::Sku(sku) => Named::Sku(sku),
        };
        let id = super::words::written(self.knowledge, thing);
        (self.knowledge.name(thing).to_owned(), id)
    }

    /// What is missing, by the claims that ask for it, and how it ends where the service ends it.
    fn reasons(&self, need: &Need) -> Vec<Line> {
        let knowledge = self.knowledge;
        if need.verdict == Verdict::Unavailable {
            return vec![cited("no license opens it", &ids(knowledge, &need.claims))];
        }
        let only_owned = lacks_only_what_is_owned(need);
        let asking: Vec<(Aspect, &[ClaimId])> = consequences(need)
            .filter(|(aspect, _)| (*aspect == Aspect::Owned) == only_owned)
            .collect();
        let mut claims: Vec<ClaimId> = asking
            .iter()
            .flat_map(|(_, claims)| claims.iter().copied())
            .collect();
        claims.sort_unstable();
        claims.dedup();
        let missing: Vec<String> = need
            .missing
            .iter()
            .map(|part| requirement(knowledge, part))
            .collect();
        let needs = if missing.is_empty() {
            format!("needs {}", requirement(knowledge, &need.requirement))
        } else if only_owned {
            format!("lacks {} in the tenant", list(&missing, "and"))
        } else {
            format!("lacks {}", list(&missing, "and"))
        };
        let mut lines = vec![cited(needs, &ids(knowledge, &claims))];
        for (aspect, claims) in asking {
            if aspect == Aspect::Works {
                lines.extend(claims.iter().flat_map(|claim| self.told(*claim)));
            }
        }
        lines
    }

    /// What the newest source of a claim says, and what there is to know of it.
    fn told(&self, claim: ClaimId) -> Vec<Line> {
        let knowledge = self.knowledge;
        let record = &knowledge.claims[claim];
        let mut lines = Vec::new();
        if !record.note.is_empty() {
            lines.push(Line::from(record.note.as_str()));
        }
        let newest = record
            .evidence
            .iter()
            .max_by_key(|evidence| knowledge.sources[evidence.source].stated_by());
        if let Some(evidence) = newest {
            let source = &knowledge.sources[evidence.source];
            let dated = source
                .published
                .as_ref()
                .map_or_else(|| "undated".to_owned(), ToString::to_string);
            lines.push(
                Line::from(format!("{}, {dated}: {} ", source.publisher, evidence.says))
                    .code(source.id.as_str()),
            );
        }
        lines
    }

    fn listed(&self, page: &mut Page, effect: Effect, heading: &str) {
        let names: Vec<String> = with_needs(self.what_if)
            .filter(|(found, ..)| *found == effect)
            .map(|(_, _, is)| self.name(is).0)
            .collect();
        if !names.is_empty() {
            page.heading(format!(
                "{heading}: {}",
                count(names.len(), "need", "needs")
            ));
            page.paragraph(names.join("; ") + ".");
        }
    }
}

/// Whether all that is asked of the account is there, and only something that the tenant has to own is missing.
fn lacks_only_what_is_owned(need: &Need) -> bool {
    let asked = match &need.requirement {
        Requirement::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    !need.missing.is_empty() && need.missing.iter().all(|part| !asked.contains(part))
}

/// What follows where a license is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// The service refuses it, or sources disagree on that.
    Stops,
    /// The terms ask for it, and no source says that the service does.
    AgainstTerms,
}

impl Follows {
    fn of(need: &Need) -> Self {
        let works = need.aspect(Aspect::Works).map(|line| line.outcome);
        let stops = need.verdict == Verdict::Unavailable
            || matches!(
                works,
                Some(AspectOutcome::Required | AspectOutcome::Depends | AspectOutcome::Contested)
            );
        if stops {
            Self::Stops
        } else {
            Self::AgainstTerms
        }
    }
}

/// ", 21.00 less"; nothing where a price is not known.
fn difference(before: &Holdings, after: &Holdings) -> String {
    let (Some(was), Some(is)) = (before.total, after.total) else {
        return String::new();
    };
    let apart = Money::from_minor(was.minor().abs_diff(is.minor()));
    match is.cmp(&was) {
        std::cmp::Ordering::Less => format!(", {apart} less"),
        std::cmp::Ordering::Equal => ", the same".to_owned(),
        std::cmp::Ordering::Greater => format!(", {apart} more"),
    }
}
