//! What a team has to buy, on a page: the bill first, then who gets what and why, then how it is counted.

use super::answer_lines::{other_price_line, price_line, verdict_words};
use super::csv::Rows;
use super::page::{Item, Line, Page};
use super::purchase_shape::{PurchaseShape, shape};
use super::words::list;
use super::{View, requirement};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Alternatives, BasketSet, BillLine, FrontPoint, Money, NeedSubject, PersonaPurchase, PricedSet,
    Purchase, Satisfied, TeamPersona, TenantNeed,
};

/// A purchase, for people and programs.
#[derive(Debug, Clone, Copy)]
pub struct PurchaseView<'a> {
    /// What it was worked out from.
    pub knowledge: &'a KnowledgeBase,
    /// The purchase.
    pub purchase: &'a Purchase,
    /// Other ways for one person, where they were asked for.
    pub alternatives: Option<&'a Alternatives>,
    /// What it costs to be how certain, where that was asked for.
    pub front: Option<&'a [FrontPoint]>,
}

impl View for PurchaseView<'_> {
    const SCHEMA: &'static str = "licit.cheapest/1";
    type Shape = PurchaseShape;

    fn shape(&self) -> PurchaseShape {
        shape(self)
    }

    fn page(&self) -> Page {
        let team = &self.purchase.team;
        let mut page = Page::new(self.title());
        let people: u64 = team
            .personas
            .iter()
            .fold(0, |sum, one| sum.saturating_add(one.count));
        let name = match team.name.is_empty() {
            true => String::new(),
            false => format!("{}: ", team.name),
        };
        page.paragraph(format!(
            "{name}{}, on {}, as known on {}, {} reading.",
            match team.personas.len() {
                1 => plural(people, "person", "people"),
                personas => format!(
                    "{} in {personas} personas",
                    plural(people, "person", "people")
                ),
            },
            team.on,
            team.known,
            team.reading
        ));
        self.bill(&mut page);
        for (persona, bought) in team.personas.iter().zip(&self.purchase.personas) {
            self.persona(&mut page, persona, bought);
        }
        self.counts(&mut page);
        if let Some(alternatives) = self.alternatives {
            self.alternatives(&mut page, alternatives);
        }
        if let Some(front) = self.front {
            self.front(&mut page, front);
        }
        page
    }
}

impl Rows for PurchaseView<'_> {
    fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        let head = [
            "sku", "name", "assigned", "owned", "buy", "price", "currency", "month", "year",
        ];
        let money = |money: Option<Money>| money.map_or(String::new(), |money| money.to_string());
        let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).into()];
        rows.extend(self.purchase.bill.iter().map(|line| {
            let sku = &self.knowledge.skus[line.sku];
            vec![
                sku.id.to_string(),
                sku.name.to_string(),
                line.assigned.to_string(),
                line.owned.to_string(),
                line.buy.to_string(),
                money(line.unit_price),
                self.purchase.team.currency.to_string(),
                money(line.total),
                money(line.total.and_then(|total| total.times(12))),
            ]
        }));
        rows.into_iter()
    }
}

impl PurchaseView<'_> {
    /// How it came out, in a line.
    pub fn title(&self) -> Line {
        let currency = &self.purchase.team.currency;
        Line::new().strong(match self.purchase.total {
            None => "No way to comply".to_owned(),
            Some(Money::ZERO) if self.demands() => {
                "Nothing to buy: what is held and owned is enough".to_owned()
            }
            Some(Money::ZERO) => "Nothing to buy: no license is asked for".to_owned(),
            Some(total) => {
                let year = total.times(12);
                let year = year.map_or(String::new(), |year| format!(", {year} a year"));
                format!("Cheapest way to comply: {total} {currency} a month{year}")
            }
        })
    }

    /// Whether anybody needs a license.
    fn demands(&self) -> bool {
        let personas = self.purchase.personas.iter();
        let mut needs = personas.flat_map(|persona| &persona.answer.needs);
        needs.any(|need| need.requirement.demands()) || !self.purchase.tenant_needs.is_empty()
    }

    /// Whether this is about one person, who is a team of one.
    fn is_one_person(&self) -> bool {
        matches!(self.purchase.team.personas.as_slice(), [one] if one.count == 1)
    }

    fn bill(&self, page: &mut Page) {
        let purchase = self.purchase;
        if let Some(why) = &purchase.no_purchase {
            page.paragraph(format!("None: {why}."));
            return;
        }
        if purchase.bill.is_empty() {
            return;
        }
        page.heading("Seats");
        page.items(purchase.bill.iter().map(|line| self.line(line)).collect());
        if purchase.proven_cheapest {
            page.paragraph("No cheaper way exists among SKUs with a price.");
        } else if let Some(bound) = purchase.bound {
            page.paragraph(format!(
                "Not proven cheapest; no way costs less than {bound} {} a month.",
                purchase.team.currency
            ));
        }
        if let Some((bill, total)) = &purchase.confirmed {
            let bought = bill.iter().filter(|line| line.buy > 0);
            let skus: Vec<String> = bought
                .map(|line| format!("{} x {}", line.buy, self.knowledge.skus[line.sku].id))
                .collect();
            page.paragraph(format!(
                "Instead, with confirmed prices only: {}, {total} {} a month.",
                list(&skus, "and"),
                purchase.team.currency
            ));
        }
    }

    fn line(&self, line: &BillLine) -> Item {
        let sku = &self.knowledge.skus[line.sku];
        let currency = &self.purchase.team.currency;
        let what = match (line.buy, line.owned) {
            (0, _) => "owned already".to_owned(),
            (buy, 0) => format!("buy {buy}"),
            (buy, owned) => format!("buy {buy} beside the {owned} owned"),
        };
        let mut head = Line::new()
            .strong(sku.name.to_string())
            .plain(" (")
            .code(sku.id.as_str())
            .plain(format!("): {what}, "))
            .plain(match line.assigned {
                0 => "assigned to nobody here".to_owned(),
                assigned => format!("{assigned} assigned"),
            });
        let mut details = Vec::new();
        if let (Some(unit), Some(total)) = (line.unit_price, line.total)
            && line.buy > 0
        {
            head = head.plain(format!(", {unit} each, {total} {currency} a month"));
            if self.purchase.unverified_prices.contains(&line.sku) {
                head = head.strong(", not verified");
            }
            if let (Some(price), Some(persona)) = (line.price, self.purchase.personas.first()) {
                let question = &persona.answer.question;
                details.push(price_line(self.knowledge, question, line.sku, price));
                details.extend(other_price_line(self.knowledge, currency, line.other_price));
            }
        }
        Item {
            line: head,
            details,
        }
    }

    fn persona(&self, page: &mut Page, persona: &TeamPersona, bought: &PersonaPurchase) {
        let people = plural(persona.count, "person", "people");
        page.heading(
            match self.is_one_person() && self.purchase.team.name.is_empty() {
                true => persona.name.clone(),
                false => format!("{}: {people}", persona.name),
            },
        );
        page.items(
            bought
                .answer
                .needs
                .iter()
                .map(|need| {
                    let (name, id) = match need.subject {
                        NeedSubject::Task(task) => {
                            let task = &self.knowledge.tasks[task];
                            (&task.name, &task.id)
                        }
                        NeedSubject::Sku(sku) => {
                            let sku = &self.knowledge.skus[sku];
                            (&sku.name, &sku.id)
                        }
                    };
                    let mut line = Line::from(format!("{name} ("))
                        .code(id.as_str())
                        .plain(format!("): {}", verdict_words(need.verdict)));
                    if need.requirement.demands() {
                        let words = requirement(self.knowledge, &need.requirement);
                        line = line.plain(format!(": {words}"));
                    }
                    if need.satisfied == Satisfied::Yes && need.requirement.demands() {
                        line = line.plain("; held already");
                    }
                    Item {
                        line,
                        details: Vec::new(),
                    }
                })
                .collect(),
        );
        if self.purchase.no_purchase.is_some() {
            return;
        }
        page.paragraph(self.sets(&bought.sets, !persona.held.is_empty()));
        let takes_owned = bought.sets.iter().flat_map(|set| &set.skus);
        let takes_owned = takes_owned
            .filter(|sku| self.purchase.team.owned.contains_key(sku))
            .count();
        // One persona that takes nothing owned is worth the total.
        let says_more = self.purchase.team.personas.len() > 1 || takes_owned > 0;
        let value = bought.value.filter(|value| *value != Money::ZERO);
        if let Some(value) = value.filter(|_| says_more) {
            let currency = &self.purchase.team.currency;
            let owned = match takes_owned {
                0 => "",
                _ => ", seats that are owned already included",
            };
            page.paragraph(format!("Worth {value} {currency} a month{owned}."));
        }
    }

    fn sets(&self, sets: &[BasketSet], holds: bool) -> Line {
        let bill = self.purchase.bill.iter();
        let is_shared = bill.filter(|line| line.buy > line.assigned).count() > 0;
        let mut line = Line::new();
        for (place, set) in sets.iter().enumerate() {
            let skus = set.skus.iter();
            let skus: Vec<String> = skus
                .map(|sku| self.knowledge.skus[*sku].id.to_string())
                .collect();
            let people = match (sets.len(), place) {
                (1, _) if set.people == 1 => "They get ".to_owned(),
                (1, _) => "Each gets ".to_owned(),
                (_, 0) => format!("{} get ", set.people),
                _ => format!("; {} get ", set.people),
            };
            line = line.plain(people);
            line = match skus.is_empty() {
                true if is_shared => line.plain("nothing of their own"),
                true if holds => line.plain("nothing beside what they hold"),
                true => line.plain("nothing"),
                false => line.code(skus.join(" + ")),
            };
            if !set.switch_off.is_empty() {
                let plans = set.switch_off.iter();
                let plans: Vec<String> = plans
                    .map(|plan| self.knowledge.plans[*plan].id.to_string())
                    .collect();
                line = line.plain(format!(", with {} switched off", list(&plans, "and")));
            }
        }
        line.plain(".")
    }

    fn counts(&self, page: &mut Page) {
        let purchase = self.purchase;
        // One person who counts as one is told above.
        let told = |need: &&TenantNeed| {
            !(self.is_one_person() && need.seats == 1 && need.in_team == Some(1))
        };
        let needs: Vec<&TenantNeed> = purchase.tenant_needs.iter().filter(told).collect();
        if needs.is_empty() {
            return;
        }
        page.heading("Counted over the tenant");
        page.items(needs.into_iter().map(|need| self.count(need)).collect());
        let further = purchase.further.iter().map(|set| set.people);
        let further = further.fold(0u64, u64::saturating_add);
        if further > 0 {
            let told = match further {
                1 => "1 person who is counted is in no persona. ".to_owned(),
                _ => format!("{further} people who are counted are in no persona. "),
            };
            page.paragraph(told);
            page.paragraph(self.sets(&purchase.further, false));
        }
    }

    fn alternatives(&self, page: &mut Page, alternatives: &Alternatives) {
        let sets = |sets: &[PricedSet]| -> Vec<Vec<Line>> {
            let row = |set: &PricedSet| {
                let skus = set.skus.iter();
                let skus: Vec<String> = skus
                    .map(|sku| self.knowledge.skus[*sku].id.to_string())
                    .collect();
                let skus = match skus.is_empty() {
                    true => Line::from("nothing to buy"),
                    false => Line::new().code(skus.join(" + ")),
                };
                vec![Line::from(set.total.to_string()), skus]
            };
            sets.iter().map(row).collect()
        };
        let head = format!("{} a month", self.purchase.team.currency);
        page.heading("Other ways for one person");
        page.table(&[&head, "SKUs"], sets(&alternatives.best));
        if !alternatives.proven {
            page.paragraph("The search was given up: better ways may be missing.");
        }
        page.heading("Each without the suites of those before");
        page.table(&[&head, "SKUs"], sets(&alternatives.other_suites));
    }

    fn front(&self, page: &mut Page, front: &[FrontPoint]) {
        page.heading("What certainty costs");
        let rows = front
            .iter()
            .filter(|point| !point.is_dominated)
            .map(|point| {
                let skus = point.buy.iter();
                let skus: Vec<String> = skus
                    .map(|(sku, seats)| format!("{seats} x {}", self.knowledge.skus[*sku].id))
                    .collect();
                let total = point
                    .total
                    .map_or("none".to_owned(), |total| total.to_string());
                vec![
                    Line::from(point.reading.word()),
                    Line::from(point.least.word()),
                    Line::from(total),
                    match skus.is_empty() {
                        true => Line::from("nothing to buy"),
                        false => Line::new().code(skus.join(", ")),
                    },
                ]
            });
        let head = format!("{} a month", self.purchase.team.currency);
        page.table(&["reading", "at least", &head, "to buy"], rows.collect());
        page.paragraph(
            "Each line is the firmest way at its cost: a stricter reading, or inclusions and prices of a better \
             grade, would cost more or leave no way.",
        );
    }

    fn count(&self, need: &TenantNeed) -> Item {
        let seats = plural(need.seats, "seat", "seats");
        let of = match need.in_team {
            Some(1) => ", for people who count once; 1 of them is in the team".to_owned(),
            Some(people) => {
                format!(", for people who count once; {people} of them are in the team")
            }
            None => ", assigned or not".to_owned(),
        };
        let words = requirement(self.knowledge, &need.requirement);
        let line = Line::from(format!("at least {seats} of {words}{of}"));
        let line = match need.claim {
            Some(claim) => line
                .plain(" [")
                .code(self.knowledge.claims[claim].id.as_str())
                .plain("]"),
            None => line,
        };
        Item {
            line,
            details: Vec::new(),
        }
    }
}

fn plural(number: u64, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
