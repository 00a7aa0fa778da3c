//! Dates, conditions and relations, worked out a second time.

use crate::dataset::{KnowledgeBase, Topic};
use crate::model::{
    Asked, Boundary, Claim, ClaimId, ClaimKind, Condition, Day, Demand, EdgeOf, GivenId,
    GivenValue, HeldThing, Question, Reading, Requirement, RoleId, RolePattern, SkuId, Test,
};
use crate::proof::{Assumption, Out, Range, Unknown, Value};

/// What is given and assumed where a step is checked.
pub(super) struct Given<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) question: &'a Question,
    pub(super) under: &'a [Assumption],
}

/// Yes, no, or not decided by what is given and assumed.
pub(super) type Tri = Option<bool>;

impl Given<'_> {
    fn assumed(&self, unknown: &Unknown) -> Option<&Value> {
        self.under
            .iter()
            .find(|assumption| assumption.unknown == *unknown)
            .map(|assumption| &assumption.value)
    }

    /// Whether `day` has come to the boundary of a claim.
    fn come(&self, claim: ClaimId, edge: EdgeOf, boundary: Option<&Boundary>, day: Day) -> Tri {
        let is_end = matches!(edge, EdgeOf::EffectiveUntil | EdgeOf::KnownUntil);
        let Some(boundary) = boundary else {
            return Some(!is_end);
        };
        match (boundary.earliest(), boundary.latest()) {
            (_, Some(latest)) if latest <= day => Some(true),
            (Some(earliest), _) if day < earliest => Some(false),
            (Some(_), Some(_)) => self
                .assumed(&Unknown::Edge { claim, edge })
                .map(|value| *value == Value::Yes),
            // "After D" has come once a source dated later, and by the day, says so; till then nobody knows.
            (Some(earliest), None) if !is_end => {
                if self.is_dated_within(claim, earliest, day) {
                    Some(true)
                } else {
                    self.assumed(&Unknown::Edge { claim, edge })
                        .map(|value| *value == Value::Yes)
                }
            }
            // Open: a beginning is taken to have come, an end not to.
            _ => Some(!is_end),
        }
    }

    fn is_dated_within(&self, id: ClaimId, first: Day, last: Day) -> bool {
        let evidence = self.knowledge.claims[id].evidence.iter();
        let mut dates =
            evidence.map(|evidence| self.knowledge.sources[evidence.source].stated_by());
        dates.any(|date| first <= date && date <= last)
    }

    pub(super) fn is_known(&self, id: ClaimId) -> Tri {
        let known = &self.knowledge.claims[id].known;
        let day = self.question.known;
        and([
            self.come(id, EdgeOf::KnownFrom, known.from.as_ref(), day),
            not(self.come(id, EdgeOf::KnownUntil, known.until.as_ref(), day)),
        ])
    }

    pub(super) fn has_begun(&self, id: ClaimId) -> Tri {
        self.come(
            id,
            EdgeOf::EffectiveFrom,
            self.knowledge.claims[id].effective.from.as_ref(),
            self.question.on,
        )
    }

    fn has_ended(&self, id: ClaimId) -> Tri {
        self.come(
            id,
            EdgeOf::EffectiveUntil,
            self.knowledge.claims[id].effective.until.as_ref(),
            self.question.on,
        )
    }

    pub(super) fn is_there(&self, id: ClaimId) -> Tri {
        and([
            self.is_known(id),
            self.has_begun(id),
            not(self.has_ended(id)),
        ])
    }

    pub(super) fn applies(&self, id: ClaimId) -> Tri {
        self.knowledge.claims[id]
            .when
            .as_ref()
            .map_or(Some(true), |when| self.holds(when))
    }

    fn holds(&self, condition: &Condition) -> Tri {
        match condition {
            Condition::All(parts) => and(parts.iter().map(|part| self.holds(part))),
            Condition::Any(parts) => not(and(parts.iter().map(|part| not(self.holds(part))))),
            Condition::Not(part) => not(self.holds(part)),
            Condition::Role(patterns) => self.role_is(patterns),
            Condition::Holds(HeldThing::Sku(sku)) => Some(self.question.held.contains(sku)),
            Condition::Holds(HeldThing::Plan(plan)) => {
                let provides = |sku: &SkuId| {
                    super::supply::provides(self, *sku, &Requirement::Plan(*plan)).is_some()
                };
                Some(self.question.held.iter().any(provides))
            }
            Condition::Given { given, test } => self.passes(*given, test),
        }
    }

    fn role_is(&self, patterns: &[RolePattern]) -> Tri {
        let fits = |role: RoleId, pattern: &RolePattern| match pattern {
            RolePattern::Role(other) => role == *other,
            RolePattern::Authority(authority) => self.knowledge.roles[role].authority == *authority,
        };
        let roles: Vec<RoleId> = self
            .question
            .subjects
            .iter()
            .filter_map(|asked| {
                if let Asked::Role(role) = asked {
                    Some(*role)
                } else {
                    None
                }
            })
            .collect();
        if !roles.is_empty() {
            return Some(
                roles
                    .iter()
                    .any(|role| patterns.iter().any(|pattern| fits(*role, pattern))),
            );
        }
        match self.assumed(&Unknown::Role)? {
            Value::OtherRole => Some(false),
            Value::Role(RolePattern::Role(role)) => {
                Some(patterns.iter().any(|pattern| fits(*role, pattern)))
            }
            Value::Role(authority) => Some(patterns.contains(authority)),
            _ => None,
        }
    }

    fn passes(&self, given: GivenId, test: &Test) -> Tri {
        let value = match self.question.givens.get(&given) {
            Some(value) => Value::Given(value.clone()),
            None => self.assumed(&Unknown::Given(given))?.clone(),
        };
        match (test, value) {
            (Test::Is(GivenValue::Truth(wanted)), Value::Yes) => Some(*wanted),
            (Test::Is(GivenValue::Truth(wanted)), Value::No) => Some(!wanted),
            (Test::Is(wanted), Value::Given(value)) => Some(value == *wanted),
            (Test::OneOf(words), Value::Given(GivenValue::Choice(word))) => {
                Some(words.contains(&word))
            }
            (Test::AtLeast(least), Value::Given(GivenValue::Count(count))) => Some(count >= *least),
            (Test::Before(boundary), value) => self.is_before(given, &value, boundary),
            (Test::OnOrAfter(boundary), value) => not(self.is_before(given, &value, boundary)),
            _ => None,
        }
    }

    fn is_before(&self, given: GivenId, value: &Value, boundary: &Boundary) -> Tri {
        let (first, last) = match value {
            Value::Given(GivenValue::Date(date)) => (date.earliest(), date.latest()),
            Value::Range(Range { from, until }) => (*from, until.map(Day::previous)),
            _ => return None,
        };
        if let (Some(last), Some(earliest)) = (last, boundary.earliest())
            && last < earliest
        {
            return Some(true);
        }
        if let (Some(first), Some(latest)) = (first, boundary.latest())
            && first >= latest
        {
            return Some(false);
        }
        let unknown = Unknown::Comparison {
            given,
            boundary: boundary.clone(),
        };
        self.assumed(&unknown).map(|value| *value == Value::Yes)
    }

    /// A cautious reading does not listen to weak claims that free from a license.
    pub(super) fn is_silenced(&self, id: ClaimId) -> bool {
        let claim = &self.knowledge.claims[id];
        let frees = match &claim.kind {
            ClaimKind::Requirement {
                demand: Demand::Requires(requires),
                ..
            } => !asks_for_license(requires) && !asks_to_do(requires),
            _ => false,
        };
        self.question.reading == Reading::Cautious && is_weak(claim) && frees
    }

    pub(super) fn is_replaced(&self, id: ClaimId) -> Tri {
        let newer = self.knowledge.about(Topic::RelationsTo(id)).iter().copied();
        or(newer
            .filter(|newer| {
                self.knowledge.claims[*newer].replaces.contains(&id) && !self.is_silenced(*newer)
            })
            .map(|newer| and([self.is_known(newer), self.applies(newer)])))
    }

    pub(super) fn is_superseded(&self, id: ClaimId) -> Tri {
        let newer = self.knowledge.about(Topic::RelationsTo(id)).iter().copied();
        or(newer
            .filter(|newer| {
                self.knowledge.claims[*newer].supersedes.contains(&id) && !self.is_silenced(*newer)
            })
            .map(|newer| {
                and([
                    self.is_there(newer),
                    self.applies(newer),
                    not(self.is_replaced(newer)),
                ])
            }))
    }

    /// A claim counts: it is there, it applies, and nothing puts it out.
    pub(super) fn counts(&self, id: ClaimId) -> Result<(), String> {
        let written = |what: &str| {
            format!(
                "{} {what}",
                self.knowledge
                    .claims
                    .get(id)
                    .map_or("?", |claim| claim.id.as_str())
            )
        };
        if !self.knowledge.has(id) {
            return Err("the claim is not in the knowledge base".to_owned());
        }
        if self.is_there(id) != Some(true) {
            return Err(written("is not known and in force"));
        }
        if self.applies(id) != Some(true) {
            return Err(written("does not apply"));
        }
        if self.is_silenced(id) {
            return Err(written("is weak and frees"));
        }
        if self.is_replaced(id) != Some(false) {
            return Err(written("may be replaced"));
        }
        if self.is_superseded(id) != Some(false) {
            return Err(written("may be superseded"));
        }
        Ok(())
    }

    /// A claim is out for this reason. What turns on other claims of the same aspect is checked there.
    pub(super) fn is_out(&self, id: ClaimId, out: &Out) -> Result<(), String> {
        if !self.knowledge.has(id) {
            return Err("the claim is not in the knowledge base".to_owned());
        }
        let claim = &self.knowledge.claims[id];
        let holds = match out {
            Out::NotYetKnown => {
                self.come(
                    id,
                    EdgeOf::KnownFrom,
                    claim.known.from.as_ref(),
                    self.question.known,
                ) == Some(false)
            }
            Out::Withdrawn => {
                self.come(
                    id,
                    EdgeOf::KnownUntil,
                    claim.known.until.as_ref(),
                    self.question.known,
                ) == Some(true)
            }
            Out::NotYetEffective => self.has_begun(id) == Some(false),
            Out::Ended => {
                matches!(claim.kind, ClaimKind::Lifecycle { .. })
                    || self.has_ended(id) == Some(true)
            }
            Out::ConditionFails => self.applies(id) == Some(false),
            Out::Replaced(by) => {
                self.knowledge.has(*by)
                    && self.knowledge.claims[*by].replaces.contains(&id)
                    && !self.is_silenced(*by)
                    && and([self.is_known(*by), self.applies(*by)]) == Some(true)
            }
            Out::Superseded(by) => {
                self.knowledge.has(*by)
                    && self.knowledge.claims[*by].supersedes.contains(&id)
                    && !self.is_silenced(*by)
                    && and([
                        self.is_there(*by),
                        self.applies(*by),
                        not(self.is_replaced(*by)),
                    ]) == Some(true)
            }
            Out::WeakAndFrees => self.is_silenced(id),
            Out::Weaker => is_weak(claim),
            Out::MoreGeneral => true,
        };
        if holds {
            Ok(())
        } else {
            Err(format!("{} is not out for that reason", claim.id))
        }
    }

    /// Whether a dated source lies on the right side of the day, where a boundary is open.
    pub(super) fn is_attested(&self, id: ClaimId) -> bool {
        let claim = &self.knowledge.claims[id];
        let evidence = claim.evidence.iter();
        let dates: Vec<Day> = evidence
            .map(|evidence| self.knowledge.sources[evidence.source].stated_by())
            .collect();
        // Only a beginning that is open to the past can lack a source; "after D" is unknown until one says so.
        let open_beginning = |from: Option<&Boundary>, day: Day| {
            from.is_none_or(|from| {
                from.earliest().is_none() && from.latest().is_none_or(|latest| day < latest)
            })
        };
        let open_end = |until: Option<&Boundary>, day: Day| {
            until.is_some_and(|until| {
                (until.earliest().is_none() || until.latest().is_none())
                    && until.earliest().is_none_or(|earliest| earliest <= day)
                    && until.latest().is_none_or(|latest| day < latest)
            })
        };
        let periods = [
            (&claim.effective, self.question.on),
            (&claim.known, self.question.known),
        ];
        periods.into_iter().all(|(period, day)| {
            (!open_beginning(period.from.as_ref(), day) || dates.iter().any(|date| *date <= day))
                && (!open_end(period.until.as_ref(), day) || dates.iter().any(|date| *date >= day))
        })
    }
}

pub(super) fn is_weak(claim: &Claim) -> bool {
    claim.standing.is_weak() || claim.evidence.iter().all(|evidence| evidence.second_hand)
}

/// Whether a requirement asks for a license, as against nothing or something to do.
pub(super) fn asks_for_license(requirement: &Requirement) -> bool {
    match requirement {
        Requirement::Nothing | Requirement::Given(_) => false,
        Requirement::Any(parts) => {
            !parts.contains(&Requirement::Nothing) && parts.iter().any(asks_for_license)
        }
        Requirement::All(parts) => parts.iter().any(asks_for_license),
        _ => true,
    }
}

/// Whether a requirement asks for something to do, on whatever way it is met.
fn asks_to_do(requirement: &Requirement) -> bool {
    match requirement {
        Requirement::Given(_) => true,
        Requirement::Any(parts) | Requirement::All(parts) => parts.iter().any(asks_to_do),
        _ => false,
    }
}

pub(super) fn and(parts: impl IntoIterator<Item = Tri>) -> Tri {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

pub(super) fn or(parts: impl IntoIterator<Item = Tri>) -> Tri {
    not(and(parts.into_iter().map(not)))
}

pub(super) fn not(part: Tri) -> Tri {
    part.map(|value| !value)
}
