//! From what was typed to a question: words become things, texts become days, values and numbers.

use super::Environment;
use super::flags::{DayFlags, OneOf, one_of};
use super::names::{one_sku, one_thing};
use super::outcome::{Failure, Problem, Problems};
use super::prices::PriceFlags;
use crate::dataset::KnowledgeBase;
use crate::model::{
    Asked, GivenId, GivenValue, Named, Question, Reading, Segment, SkuId, clean, nearest,
};
use crate::search::{Resolution, ThingKind, resolve};
use clap::Args;
use std::collections::BTreeMap;

/// What is asked about, as typed.
#[derive(Debug, Clone, Default, Args)]
pub struct SubjectFlags {
    /// A role, feature, task, SKU or plan, by any name it has or had
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// The same by kind.
    #[command(flatten)]
    pub kinds: KindFlags,
    /// Whether nothing may be asked about, for verbs that then ask about everything.
    #[arg(skip)]
    pub may_be_none: bool,
}

/// What is asked about by its kind, as typed.
#[derive(Debug, Clone, Default, Args)]
pub struct KindFlags {
    /// A role; may be repeated
    #[arg(long, value_name = "WORDS")]
    pub role: Vec<String>,
    /// A feature; may be repeated
    #[arg(long, value_name = "WORDS")]
    pub feature: Vec<String>,
    /// A task; may be repeated
    #[arg(long, value_name = "WORDS")]
    pub task: Vec<String>,
}

/// What the asker knows and holds, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Circumstances")]
pub struct CircumstanceFlags {
    /// What you know, as tenant.created=2018-05
    #[arg(long, value_name = "GIVEN=VALUE")]
    pub given: Vec<String>,
    /// A SKU on this account; may be repeated
    #[arg(long, value_name = "SKU")]
    pub held: Vec<String>,
    /// A SKU on another of their accounts; repeatable
    #[arg(long, value_name = "SKU")]
    pub held_elsewhere: Vec<String>,
    /// Seats the tenant owns, as SPE_E5=3; repeatable
    #[arg(long, value_name = "SKU=NUMBER")]
    pub owned: Vec<String>,
    /// Add what an eligible role assignment brings
    #[arg(long)]
    pub eligible: bool,
    /// How to read vague texts; documented if left out
    #[arg(long, value_name = "READING", value_parser = OneOf(&READINGS))]
    pub reading: Option<String>,
    /// Who buys; commercial if left out
    #[arg(long, value_name = "SEGMENT", value_parser = OneOf(&SEGMENTS))]
    pub segment: Option<String>,
    /// What a seat costs.
    #[command(flatten)]
    pub prices: PriceFlags,
}

pub(super) const READINGS: [&str; Reading::ALL.len()] = ["technical", "documented", "cautious"];
pub(super) const SEGMENTS: [&str; Segment::ALL.len()] =
    ["commercial", "education", "government", "nonprofit"];

/// Turns what was typed into a question.
///
/// Bare words are one thing together, or one thing each. Notes tell how words were understood where they have several
/// meanings.
///
/// # Errors
/// Every problem of the command line at once, those found before included.
pub fn question(
    knowledge: &KnowledgeBase,
    environment: &Environment,
    subjects: &SubjectFlags,
    circumstances: &CircumstanceFlags,
    days: &DayFlags,
    mut problems: Problems,
    notes: &mut Vec<String>,
) -> Result<Question, Failure> {
    let mut reader = Reader {
        knowledge,
        problems: &mut problems,
        notes,
    };
    let asked = reader.subjects(subjects);
    let days = days.read(environment, reader.problems);
    let givens = reader.givens(&circumstances.given);
    let held = reader.skus("--held", &circumstances.held);
    let held_elsewhere = reader.skus("--held-elsewhere", &circumstances.held_elsewhere);
    let owned = reader.owned(&circumstances.owned);
    let reading = reader.word(
        "--reading",
        circumstances.reading.as_deref().unwrap_or("documented"),
        &READINGS,
        Reading::parse,
    );
    let segment = reader.word(
        "--segment",
        circumstances.segment.as_deref().unwrap_or("commercial"),
        &SEGMENTS,
        Segment::parse,
    );
    let money = circumstances.prices.read(
        knowledge,
        days.map(|(on, _)| on),
        reader.problems,
        reader.notes,
    )?;
    let (Some((on, known)), Some(reading), Some(segment), Some((currency, agreement)), true) =
        (days, reading, segment, money, problems.is_empty())
    else {
        return Err(problems.into());
    };
    Ok(Question {
        subjects: asked,
        eligible: circumstances.eligible,
        on,
        known,
        givens,
        held,
        held_elsewhere,
        owned,
        reading,
        segment,
        currency,
        agreement,
    })
}

struct Reader<'a> {
    knowledge: &'a KnowledgeBase,
    problems: &'a mut Problems,
    notes: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn subjects(&mut self, typed: &SubjectFlags) -> Vec<Asked> {
        let mut things = self.bare(&typed.words);
        let flags = [
            (&typed.kinds.role, ThingKind::Role),
            (&typed.kinds.feature, ThingKind::Feature),
            (&typed.kinds.task, ThingKind::Task),
        ];
        for (words, kind) in flags {
            for words in words {
                things.extend(self.things(words, &[kind]));
            }
        }
        let nothing = typed.words.is_empty() && flags.iter().all(|(words, _)| words.is_empty());
        if nothing && !typed.may_be_none {
            self.problems.add(
                Problem::new("nothing is asked about").help(
                    "name a role, a feature or a task, for example: \"Intune Administrator\"",
                ),
            );
        }
        let mut asked: Vec<Asked> = Vec::new();
        for thing in things {
            let thing = match thing {
                Named::Role(id) => Asked::Role(id),
                Named::Task(id) => Asked::Task(id),
                Named::Feature(id) => Asked::Feature(id),
                Named::Sku(id) => Asked::Sku(id),
                Named::Plan(id) => {
                    let plan = &self.knowledge.plans[id].id;
                    self.problems.add(
                        Problem::new(format!("`{plan}` is a service plan, a part of SKUs"))
                            .help("ask about a role, task, feature or SKU")
                            .help(format!("see what carries it: licit show plan:{plan}")),
                    );
                    continue;
                }
            };
            if !asked.contains(&thing) {
                asked.push(thing);
            }
        }
        asked
    }

    /// Words without a flag: `intune administrator` is one role, `"Intune Administrator" "Safe Links"` are two things.
    fn bare(&mut self, words: &[String]) -> Vec<Named> {
        if words.is_empty() {
            return Vec::new();
        }
        let together = words.join(" ");
        let clear = |words: &str| {
            let resolution = resolve(self.knowledge, words, ThingKind::ALL);
            matches!(resolution, Resolution::Clear { .. } | Resolution::Shared(_))
        };
        let apart = words.len() > 1 && !clear(&together) && words.iter().any(|word| clear(word));
        if apart {
            let things = words.iter();
            things
                .flat_map(|words| self.things(words, ThingKind::ALL))
                .collect()
        } else {
            self.things(&together, ThingKind::ALL)
        }
    }

    /// What words mean: one thing, or every feature of a word for several.
    fn things(&mut self, words: &str, kinds: &[ThingKind]) -> Vec<Named> {
        if let Resolution::Shared(hits) = resolve(self.knowledge, words, kinds) {
            let written: Vec<String> = hits
                .iter()
                .map(|hit| self.knowledge.written(hit.thing))
                .collect();
            self.notes.push(format!(
                "`{}` is taken as all that are called so: {}",
                clean(words).text,
                written.join(", ")
            ));
            return hits.iter().map(|hit| hit.thing).collect();
        }
        let thing = one_thing(self.knowledge, words, kinds, self.notes);
        self.problems.take(thing).into_iter().collect()
    }

    fn sku(&mut self, flag: &str, words: &str) -> Option<SkuId> {
        let sku = one_sku(self.knowledge, flag, words, self.notes);
        self.problems.take(sku)
    }

    fn skus(&mut self, flag: &str, typed: &[String]) -> Vec<SkuId> {
        let mut skus: Vec<SkuId> = typed
            .iter()
            .filter_map(|words| self.sku(flag, words))
            .collect();
        skus.sort_unstable();
        skus.dedup();
        skus
    }

    fn owned(&mut self, typed: &[String]) -> BTreeMap<SkuId, u64> {
        let mut owned = BTreeMap::new();
        for typed in typed {
            let Some((words, number)) = self.parts("--owned", typed, "SPE_E5=3") else {
                continue;
            };
            let seats = number.parse::<u64>().map_err(|_| {
                Problem::new(format!(
                    "`--owned {}`: `{number}` is not a number of seats",
                    clean(typed).text
                ))
                .help("write a whole number, for example --owned SPE_E5=3")
            });
            let seats = self.problems.take(seats);
            let sku = self.sku("--owned", words);
            if let (Some(sku), Some(seats)) = (sku, seats)
                && owned.insert(sku, seats).is_some()
            {
                self.twice("--owned", words);
            }
        }
        owned
    }

    fn givens(&mut self, typed: &[String]) -> BTreeMap<GivenId, GivenValue> {
        let mut givens = BTreeMap::new();
        for typed in typed {
            let Some((id, value)) = self.parts("--given", typed, "tenant.created=2018-05") else {
                continue;
            };
            let read = read_given(self.knowledge, id, value);
            if let Some((given, value)) = self.problems.take(read)
                && givens.insert(given, value).is_some()
            {
                self.twice("--given", id);
            }
        }
        givens
    }

    /// `A=B` in its two parts, without the blanks around them.
    fn parts<'t>(
        &mut self,
        flag: &str,
        typed: &'t str,
        example: &str,
    ) -> Option<(&'t str, &'t str)> {
        let parts = typed.split_once('=').map(|(a, b)| (a.trim(), b.trim()));
        let parts = parts.filter(|(a, b)| !a.is_empty() && !b.is_empty());
        self.problems.take(parts.ok_or_else(|| {
            Problem::new(format!(
                "`{flag} {}` lacks its two parts",
                clean(typed).text
            ))
            .help(format!("write it as {flag} {example}"))
        }))
    }

    fn twice(&mut self, flag: &str, what: &str) {
        let what = clean(what).text;
        self.problems.add(
            Problem::new(format!("{flag} says `{what}` twice")).help("keep the one that is meant"),
        );
    }

    fn word<T>(
        &mut self,
        flag: &str,
        typed: &str,
        allowed: &[&'static str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.problems
            .take(one_of(flag, typed, allowed))
            .and_then(parse)
    }
}

/// A given by its id, and the value that was typed for it.
fn read_given(
    knowledge: &KnowledgeBase,
    id: &str,
    typed: &str,
) -> Result<(GivenId, GivenValue), Problem> {
    let Some(given) = knowledge.givens.find(id) else {
        let problem = Problem::new(format!("there is no given `{}`", clean(id).text));
        let ids = knowledge.givens.iter().map(|(_, given)| given.id.as_str());
        let problem = match nearest(id, ids) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        };
        return Err(problem.help("see them all with `licit show givens`"));
    };
    let record = &knowledge.givens[given];
    match record.kind.read(typed) {
        Ok(value) => Ok((given, value)),
        Err(_) => Err(Problem::new(format!(
            "`--given {id}={}` does not fit: it must be {}",
            clean(typed).text,
            record.kind.expected()
        ))
        .help(format!("the question is: {}", record.question))),
    }
}
