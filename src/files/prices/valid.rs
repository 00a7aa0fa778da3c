//! From rows to prices, with every problem of every row.

use super::raw::RawRow;
use crate::dataset::{KnowledgeBase, Place, Placed, Problems, SourceMap};
use crate::files::names::Names;
use crate::model::{
    Code, Currency, Day, Diagnostic, Money, OwnPrice, PriceRow, SkuId, Term, clean, nearest,
};
use crate::search::{Resolution, ThingKind, resolve};
use std::collections::{BTreeMap, BTreeSet};

/// How many unknown SKUs get suggestions: looking for what comes near is the one slow step, and a file full of unknown
/// names is most likely no price file.
const SUGGESTED: usize = 20;

/// The prices of a file.
#[derive(Debug)]
pub(super) struct Valid {
    pub(super) prices: Vec<OwnPrice>,
    pub(super) replaced: usize,
}

/// Takes the rows that can be understood and reports all others.
pub(super) fn validate(
    rows: Vec<RawRow>,
    knowledge: &KnowledgeBase,
    sources: &SourceMap,
    problems: &Problems,
) -> Valid {
    let mut reader = Reader {
        knowledge,
        problems,
        sources,
        known: BTreeMap::new(),
        unknown: 0,
        replaced: 0,
    };
    let mut prices: Vec<(Place, OwnPrice)> = Vec::new();
    for row in &rows {
        let before = problems.count();
        let replaced = reader.replaced;
        match reader.price(row) {
            Some(price) if !row.faulty && problems.count() == before => {
                prices.push((row.place, price));
            }
            _ => reader.replaced = replaced,
        }
    }
    let unclear = overlapping(&prices, knowledge, problems);
    let clear = prices.into_iter().enumerate();
    Valid {
        replaced: reader.replaced,
        prices: clear
            .filter(|(place, _)| !unclear.contains(place))
            .map(|(_, (_, price))| price)
            .collect(),
    }
}

struct Reader<'a> {
    knowledge: &'a KnowledgeBase,
    sources: &'a SourceMap,
    problems: &'a Problems,
    /// SKUs found so far, by the words for them.
    known: BTreeMap<String, SkuId>,
    /// How many words meant no SKU.
    unknown: usize,
    replaced: usize,
}

impl Reader<'_> {
    fn price(&mut self, row: &RawRow) -> Option<OwnPrice> {
        let sku = self.needed(row, "sku").and_then(|words| self.sku(&words));
        let amount = self
            .needed(row, "price")
            .and_then(|typed| self.amount(&typed));
        let currency = self
            .needed(row, "currency")
            .and_then(|typed| self.currency(&typed));
        let from = row.value("from").map(|typed| self.day("from", typed));
        let until = row.value("until").map(|typed| self.day("until", typed));
        let term = row.value("term").map(|typed| self.term(typed));
        let note = row.value("note").map(|note| {
            let cleaned = clean(&note.value);
            self.replaced += cleaned.replaced;
            cleaned.text
        });
        if let (Some(Some(from)), Some(Some(until)), Some(typed)) =
            (from, until, row.value("until"))
            && until <= from
        {
            self.report(
                Code::ReversedDates,
                format!("the period ends on {until} and begins on {from}"),
                typed.place,
                "expected a later day",
                "`until` is the first day on which the price no longer holds",
            );
        }
        let (line, _) = self.sources.position(row.place.file, row.place.span.start);
        Some(OwnPrice {
            sku: sku?,
            amount: amount?,
            currency: currency?,
            from: from.flatten(),
            until: until.flatten(),
            term: term.flatten(),
            row: PriceRow {
                file: self.sources.path(row.place.file).to_owned().into(),
                line,
            },
            note: note.unwrap_or_default().into(),
        })
    }

    fn report(
        &self,
        code: Code,
        title: impl Into<String>,
        place: Place,
        label: &str,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::new(code, title).at(place.file, place.span, label);
        self.problems.report(diagnostic.help(help));
    }

    fn needed(&self, row: &RawRow, column: &'static str) -> Option<Placed<String>> {
        let value = row.value(column).cloned();
        if value.is_none() && !row.faulty {
            let title = format!("the row names no {column}");
            let help = match column {
                "sku" => "write an id, a GUID or a name, as after --held",
                "price" => "write what a seat costs a month, like 33.10",
                _ => "write three letters, like EUR",
            };
            self.report(Code::MissingKey, title, row.place, "this row", help);
        }
        value
    }

    /// The SKU that the words name, as after `--held`: an id, a GUID or an exact name.
    fn sku(&mut self, words: &Placed<String>) -> Option<SkuId> {
        if let Some(sku) = self.known.get(&words.value) {
            return Some(*sku);
        }
        if self.unknown >= SUGGESTED
            && resolve(self.knowledge, &words.value, &[ThingKind::Sku]) == Resolution::Unknown
        {
            self.report(
                Code::UnknownId,
                format!("no SKU is called `{}`", clean(&words.value).text),
                words.place,
                "expected the name or id of a SKU",
                "look for its id with `licit search WORDS`",
            );
            return None;
        }
        let names = Names {
            knowledge: self.knowledge,
            problems: self.problems,
        };
        let Some(sku) = names.sku(words) else {
            self.unknown += 1;
            return None;
        };
        self.known.insert(words.value.clone(), sku);
        Some(sku)
    }

    fn amount(&self, typed: &Placed<String>) -> Option<Money> {
        let amount = Money::parse(&typed.value);
        if amount.is_none() {
            let text = &typed.value;
            let pointed = text.replace(',', ".");
            let help = if text.starts_with(['=', '+', '@']) {
                "a formula is not worked out here: save its value"
            } else if text.starts_with('-') {
                "no seat costs less than nothing; leave the row out"
            } else if Money::parse(&pointed).is_some() {
                &format!("write a point before the cents: {pointed}")
            } else if text.contains(',') {
                "write a point before the cents and no other mark: 1033.10"
            } else if text.contains(|mark: char| !mark.is_ascii_digit() && mark != '.') {
                "write the number alone; the currency has a column of its own"
            } else {
                "write at most two digits after the point, like 33.10"
            };
            self.report(
                Code::BadMoney,
                format!("`{}` is not a price", clean(text).text),
                typed.place,
                "expected what a seat costs a month, like 33.10",
                help,
            );
        }
        amount
    }

    fn currency(&self, typed: &Placed<String>) -> Option<Currency> {
        let currency = Currency::parse(&typed.value.to_ascii_uppercase());
        if currency.is_none() {
            self.report(
                Code::BadMoney,
                format!("`{}` is not a currency", clean(&typed.value).text),
                typed.place,
                "expected three letters",
                "write its code, like USD or EUR",
            );
        }
        currency
    }

    fn day(&self, column: &str, typed: &Placed<String>) -> Option<Day> {
        let day = Day::parse(&typed.value);
        if day.is_none() {
            let help = if column == "from" {
                "leave it out where the price has always held"
            } else {
                "leave it out where no end is agreed"
            };
            self.report(
                Code::BadDate,
                format!("`{}` is not a day", clean(&typed.value).text),
                typed.place,
                "expected a whole day, like 2026-07-01",
                help,
            );
        }
        day
    }

    fn term(&self, typed: &Placed<String>) -> Option<Term> {
        let words = || Term::ALL.iter().map(|(_, word)| *word);
        let found = Term::ALL
            .iter()
            .find(|(_, word)| word.eq_ignore_ascii_case(&typed.value));
        if found.is_none() {
            let listed = words().collect::<Vec<_>>().join(", ");
            let help = match nearest(&typed.value, words()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "leave it out where the price is for any term".to_owned(),
            };
            self.report(
                Code::UnknownWord,
                format!("`{}` is no term", clean(&typed.value).text),
                typed.place,
                &format!("expected one of {listed}"),
                help,
            );
        }
        found.map(|(term, _)| *term)
    }
}

/// The places of prices that hold for one purchase on one day together with another one.
///
/// In the order of their first days every price is compared with the one before it that holds longest: where that one has
/// ended, so have all others. One such is kept for each term, and one for prices of any term.
fn overlapping(
    prices: &[(Place, OwnPrice)],
    knowledge: &KnowledgeBase,
    problems: &Problems,
) -> BTreeSet<usize> {
    let mut order: Vec<usize> = (0..prices.len()).collect();
    let key = |place: &usize| {
        let price = prices.get(*place).map(|(_, price)| price);
        price.map(|price| (price.sku, price.currency.clone(), price.from))
    };
    order.sort_by_cached_key(|place| (key(place), *place));
    let mut longest: BTreeMap<Option<Term>, usize> = BTreeMap::new();
    let mut unclear = BTreeSet::new();
    for place in order {
        let Some((at, price)) = prices.get(place) else {
            continue;
        };
        for (other, (other_at, before)) in longest
            .values()
            .filter_map(|other| Some((*other, prices.get(*other)?)))
            .filter(|(_, (_, before))| before.overlaps(price))
        {
            unclear.extend([place, other]);
            let title = format!(
                "two prices of {} in {} hold on one day: lines {} and {}",
                knowledge.skus[price.sku].id, price.currency, before.row.line, price.row.line
            );
            problems.report(
                Diagnostic::new(Code::UndeclaredContradiction, title)
                    .at(at.file, at.span, "this row")
                    .at(other_at.file, other_at.span, "and this one")
                    .help("end the older one on the day on which the newer begins, or keep one of them"),
            );
        }
        let reaches_further = longest
            .get(&price.term)
            .and_then(|other| prices.get(*other))
            .is_none_or(|(_, before)| {
                let is_other = before.sku != price.sku || before.currency != price.currency;
                is_other || ends(before) < ends(price)
            });
        if reaches_further {
            longest.insert(price.term, place);
        }
    }
    unclear
}

/// For comparing ends: one that is not agreed comes last.
fn ends(price: &OwnPrice) -> (bool, Option<Day>) {
    (price.until.is_none(), price.until)
}
