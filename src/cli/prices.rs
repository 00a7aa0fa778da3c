//! What a seat costs: the currency, the commitment, and a file of one's own prices.

use super::flags::{OneOf, one_of};
use super::outcome::{Failure, Problem, Problems};
use crate::dataset::{KnowledgeBase, report};
use crate::files::{PriceFile, read_prices};
use crate::model::{Agreement, Currency, Day, OwnPrice, Term, clean};
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How prices are told, as typed. Every verb that asks about money has these flags.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Prices")]
pub struct PriceFlags {
    /// Currency of prices; USD if left out
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Your own prices, which win over the list: CSV or TOML
    #[arg(long, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// Your commitment
    #[arg(long, value_name = "TERM", default_value = "annual", value_parser = OneOf(&TERMS))]
    pub term: String,
    /// When seats you have were last renewed
    #[arg(long, value_name = "DAY")]
    pub renewed_on: Option<String>,
}

const TERMS: [&str; Term::ALL.len()] = ["annual", "annual-paid-monthly", "monthly"];

/// How many problems of a price file are shown; the others are counted.
const SHOWN: usize = 10;

impl PriceFlags {
    /// The currency and the agreement, with the problems of all flags. Notes tell which rows of the file are not used.
    ///
    /// # Errors
    /// When no row of the file can be used, and nothing else is wrong with the command line.
    pub(super) fn read(
        &self,
        knowledge: &KnowledgeBase,
        on: Option<Day>,
        problems: &mut Problems,
        notes: &mut Vec<String>,
    ) -> Result<Option<(Currency, Agreement)>, Failure> {
        let currency = problems.take(currency(self.currency.as_deref().unwrap_or("USD")));
        let term = problems.take(one_of("--term", &self.term, &TERMS));
        let term = term.and_then(|word| Term::ALL.iter().find(|(_, known)| *known == word));
        let renewed_on = self.renewed_on.as_deref();
        let renewed_on = renewed_on.map(|typed| problems.take(renewal(typed, on)));
        let file = self.prices.as_deref();
        let file = file.map(|path| (path, read_prices(path, knowledge)));
        if let Some((path, file)) = &file
            && file.prices.is_empty()
        {
            let unusable = unusable(path, file);
            if problems.is_empty() {
                return Err(Failure::Data(unusable));
            }
            let mut lines = unusable.lines().map(str::to_owned);
            let title = lines.next().unwrap_or_default();
            let title = title.strip_prefix("error: ").unwrap_or(&title);
            problems.add(lines.fold(Problem::new(title), Problem::help));
        }
        let (Some(currency), Some((term, _)), true) = (currency, term, problems.is_empty()) else {
            return Ok(None);
        };
        let mut prices = Vec::new();
        if let Some((path, file)) = file {
            notes.extend(told(path, &file));
            let (used, other): (Vec<_>, Vec<_>) = file
                .prices
                .into_iter()
                .partition(|price| price.currency == currency);
            prices = used;
            notes.extend(in_other_currencies(
                path,
                &other,
                &currency,
                prices.is_empty(),
            ));
        }
        let agreement = Agreement {
            term: *term,
            renewed_on: renewed_on.flatten(),
            prices,
        };
        Ok(Some((currency, agreement)))
    }
}

fn currency(typed: &str) -> Result<Currency, Problem> {
    Currency::parse(&typed.to_ascii_uppercase()).ok_or_else(|| {
        Problem::new(format!(
            "`--currency {}` is not a currency",
            clean(typed).text
        ))
        .help("write three letters, for example --currency EUR")
    })
}

fn renewal(typed: &str, on: Option<Day>) -> Result<Day, Problem> {
    let flag = format!("`--renewed-on {}`", clean(typed).text);
    let day = Day::parse(typed).ok_or_else(|| {
        Problem::new(format!("{flag} is not a day"))
            .help("write a whole day, for example --renewed-on 2026-06-15")
    })?;
    match on {
        Some(on) if day > on => Err(Problem::new(format!(
            "{flag} lies after the day asked about, {on}"
        ))
        .help("write the day of the last renewal before it")),
        _ => Ok(day),
    }
}

/// What there is to say of a file of which rows are used.
fn told(path: &Path, file: &PriceFile) -> Vec<String> {
    let mut notes = Vec::new();
    if !file.problems.is_empty() {
        let rejected = rows(file.rejected, "is", "are");
        notes.push(format!(
            "{}: {rejected} rejected, {} of {} used\n{}",
            shown(path),
            file.prices.len(),
            file.rows,
            problems_of(file).trim_end()
        ));
    }
    if !file.unread.is_empty() {
        let columns = file.unread.join("`, `");
        notes.push(format!(
            "{}: not looked at: the column `{columns}`",
            shown(path)
        ));
    }
    if file.replaced > 0 {
        notes.push(format!(
            "{}: control or invisible characters were replaced: {}",
            shown(path),
            file.replaced
        ));
    }
    notes
}

/// Prices are never changed from one currency into another: those in others are left out and told with their lines.
fn in_other_currencies(
    path: &Path,
    other: &[OwnPrice],
    currency: &Currency,
    is_all: bool,
) -> Option<String> {
    let first = other.get(..SHOWN).unwrap_or(other);
    let mut lines: Vec<String> = first
        .iter()
        .map(|price| price.row.line.to_string())
        .collect();
    if let Some(more) = other.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(format!("{more} more"));
    }
    let currencies: BTreeSet<&str> = other.iter().map(|price| price.currency.code()).collect();
    let currencies: Vec<&str> = currencies.into_iter().collect();
    let (place, are) = match lines.as_slice() {
        [] => return None,
        [line] => (format!("line {line}"), "the price is"),
        [lines @ .., last] => (
            format!("lines {} and {last}", lines.join(", ")),
            "these prices are",
        ),
    };
    let none = match is_all {
        true => "; no price of the file is used",
        false => "",
    };
    Some(format!(
        "{}, {place}: {are} in {} and not looked at, since the question is in {currency} (see --currency){none}",
        shown(path),
        currencies.join(" and "),
    ))
}

fn unusable(path: &Path, file: &PriceFile) -> String {
    let why = match file.rows {
        0 if file.problems.is_empty() => "it has no rows".to_owned(),
        0 => "it could not be read".to_owned(),
        1 => "its only row is rejected".to_owned(),
        rows => format!("all {rows} rows are rejected"),
    };
    format!(
        "error: no price of {} can be used: {why}\n{}",
        shown(path),
        problems_of(file)
    )
}

/// The first problems with their places, and how many there are beyond them.
fn problems_of(file: &PriceFile) -> String {
    let first = file.problems.get(..SHOWN).unwrap_or(&file.problems);
    let mut text = report(&file.sources, first, false);
    if let Some(more) = file
        .problems
        .len()
        .checked_sub(SHOWN)
        .filter(|more| *more > 0)
    {
        text.push_str(&format!("and {more} further errors of this file\n"));
    }
    text
}

fn rows(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 row {one}")
    } else {
        format!("{number} rows {many}")
    }
}

fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy()).text
}
