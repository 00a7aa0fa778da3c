//! Validates requirements, conditions and counting: every name must name something of the right type.

use super::names::Names;
use crate::dataset::place::{Place, Placed};
use crate::dataset::read::{RawCondition, RawCounted, RawRequirement, RawTest};
use crate::model::{
    Code, Condition, Counted, Diagnostic, GivenId, GivenKind, GivenValue, Requirement, RolePattern,
    Test, Text, nearest,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the expressions of claims need to know beside the names.
pub(super) struct Terms<'a> {
    pub names: &'a Names<'a>,
    /// What values each given takes; a faulty given is missing here and fits everywhere.
    pub givens: &'a BTreeMap<GivenId, GivenKind>,
    /// The authorities that have a role.
    pub authorities: &'a BTreeSet<Text>,
}

impl Terms<'_> {
    pub(super) fn requirement(&self, raw: RawRequirement) -> Option<Requirement> {
        match raw {
            RawRequirement::Any(parts) => self.requirements(parts).map(Requirement::Any),
            RawRequirement::All(parts) => self.requirements(parts).map(Requirement::All),
            RawRequirement::Named(name) => match name.value.as_str() {
                "nothing" => Some(Requirement::Nothing),
                "unnamed" => Some(Requirement::Unnamed),
                written => match written.split_once(':') {
                    None => self
                        .names
                        .find(&self.names.plans, &name)
                        .map(Requirement::Plan),
                    Some(("sku", id)) => self.names.sku(&name, id).map(Requirement::Sku),
                    Some(("feature", id)) => {
                        self.names.feature(&name, id).map(Requirement::Feature)
                    }
                    Some(("given", id)) => {
                        let given = self.names.given(&name, id)?;
                        self.of_type(given, "truth", name.place, |kind| {
                            matches!(kind, GivenKind::Truth)
                        })
                        .map(Requirement::Given)
                    }
                    Some((prefix, _)) => {
                        self.names.wrong_prefix(
                            &name,
                            prefix,
                            "\"nothing\", \"unnamed\", a plan id, `sku:ID`, `feature:ID` or `given:ID`",
                        );
                        None
                    }
                },
            },
        }
    }

    fn requirements(&self, parts: Vec<RawRequirement>) -> Option<Vec<Requirement>> {
        all(parts.into_iter().map(|part| self.requirement(part)))
    }

    pub(super) fn counted(&self, raw: RawCounted) -> Option<Counted> {
        let over = all(raw.over.iter().map(|name| self.count_given(name)));
        Some(Counted {
            per: raw.per?,
            over: over?,
            each: raw.each,
            first: raw.first,
        })
    }

    /// A given that is a number.
    pub(super) fn count_given(&self, name: &Placed<String>) -> Option<GivenId> {
        let given = self.names.find(&self.names.givens, name)?;
        self.of_type(given, "count", name.place, |kind| {
            matches!(kind, GivenKind::Count)
        })
    }

    fn of_type(
        &self,
        given: GivenId,
        expected: &str,
        place: Place,
        fits: impl Fn(&GivenKind) -> bool,
    ) -> Option<GivenId> {
        match self.givens.get(&given) {
            Some(kind) if !fits(kind) => {
                let title = format!(
                    "`{}` is no given of the type `{expected}`",
                    self.names.givens.written(given)
                );
                self.misfit(title, place, format!("it takes {}", kind.expected()), None)
            }
            _ => Some(given),
        }
    }

    fn misfit<T>(
        &self,
        title: String,
        place: Place,
        label: String,
        help: Option<String>,
    ) -> Option<T> {
        let mut diagnostic =
            Diagnostic::new(Code::BadCondition, title).at(place.file, place.span, label);
        diagnostic.help = help;
        self.names.problems.report(diagnostic);
        None
    }

    pub(super) fn condition(&self, raw: RawCondition) -> Option<Condition> {
        match raw {
            RawCondition::Given { given, test } => {
                let id = self.names.find(&self.names.givens, &given)?;
                let test = self.test(id, test)?;
                Some(Condition::Given { given: id, test })
            }
            RawCondition::Holds(name) => self.names.held(&name).map(Condition::Holds),
            RawCondition::Role(names) => {
                all(names.iter().map(|name| self.pattern(name))).map(Condition::Role)
            }
            RawCondition::All(parts) => self.conditions(parts).map(Condition::All),
            RawCondition::Any(parts) => self.conditions(parts).map(Condition::Any),
            RawCondition::Not(part) => self
                .condition(*part)
                .map(|part| Condition::Not(Box::new(part))),
        }
    }

    fn conditions(&self, parts: Vec<RawCondition>) -> Option<Vec<Condition>> {
        all(parts.into_iter().map(|part| self.condition(part)))
    }

    fn pattern(&self, name: &Placed<String>) -> Option<RolePattern> {
        let Some(authority) = name.value.strip_suffix(':') else {
            return self
                .names
                .find(&self.names.roles, name)
                .map(RolePattern::Role);
        };
        if let Some(known) = self.authorities.get(&Text::from(authority.to_owned())) {
            return Some(RolePattern::Authority(known.clone()));
        }
        let known = self.authorities.iter().map(Text::as_str);
        self.names.unknown_authority(name, authority, known);
        None
    }

    fn test(&self, given: GivenId, raw: Placed<RawTest>) -> Option<Test> {
        let kind = self.givens.get(&given);
        let fits = match (&raw.value, kind) {
            (RawTest::IsWord(word), Some(GivenKind::Choice(words))) => {
                return self
                    .known_word(word, words, raw.place)
                    .map(|word| Test::Is(GivenValue::Choice(word)));
            }
            (RawTest::OneOf(chosen), Some(GivenKind::Choice(words))) => {
                return all(chosen
                    .iter()
                    .map(|word| self.known_word(word, words, raw.place)))
                .map(Test::OneOf);
            }
            (RawTest::IsTruth(_), Some(GivenKind::Truth))
            | (RawTest::Before(_) | RawTest::OnOrAfter(_), Some(GivenKind::Date))
            | (RawTest::AtLeast(_), Some(GivenKind::Count))
            | (_, None) => true,
            _ => false,
        };
        if let (false, Some(kind)) = (fits, kind) {
            let title = format!(
                "the comparison does not fit `{}`",
                self.names.givens.written(given)
            );
            let test = match kind {
                GivenKind::Truth => "is = true` or `is = false",
                GivenKind::Date => "before` or `on-or-after",
                GivenKind::Count => "at-least",
                GivenKind::Choice(_) => "is` or `one-of",
            };
            let help = format!("compare with `{test}`");
            return self.misfit(
                title,
                raw.place,
                format!("the given takes {}", kind.expected()),
                Some(help),
            );
        }
        Some(match raw.value {
            RawTest::IsTruth(truth) => Test::Is(GivenValue::Truth(truth)),
            RawTest::IsWord(word) => Test::Is(GivenValue::Choice(word)),
            RawTest::Before(date) => Test::Before(date),
            RawTest::OnOrAfter(date) => Test::OnOrAfter(date),
            RawTest::AtLeast(count) => Test::AtLeast(count),
            RawTest::OneOf(words) => Test::OneOf(words),
        })
    }

    fn known_word(&self, word: &Text, words: &[Text], place: Place) -> Option<Text> {
        if words.contains(word) {
            return Some(word.clone());
        }
        let listed: Vec<&str> = words.iter().map(Text::as_str).collect();
        let help =
            nearest(word, listed.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        self.misfit(
            format!("`{word}` is no value of the given"),
            place,
            format!("expected one of {}", listed.join(", ")),
            help,
        )
    }
}

/// Goes through all, also after a problem, and gives all or nothing.
pub(super) fn all<T>(values: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let values: Vec<Option<T>> = values.collect();
    values.into_iter().collect()
}
