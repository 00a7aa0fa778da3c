//! Runs one scenario and tells what differs from what it expects. It is over 500 lines since every key of the format has its
//! few lines here, and nothing else.

use super::format::{OneOrMore, Owned, Scenario};
use crate::common;
use licit::dataset::{KnowledgeBase, Topic};
use licit::graph::{Moment, Presence, is_put_out, presence};
use licit::model::{
    Answer, Asked, Aspect, ClaimId, ClaimKind, Currency, Day, Edge, GivenId, LimitOf, Named, Need,
    NeedSubject, Question, Reading, Requirement, Segment, SkuId, Subject, Term,
};
use licit::proof::{Proof, check};
use licit::reason::{answer, list_price, states};
use licit::search::{Resolution, ThingKind, resolve};
use std::collections::{BTreeMap, BTreeSet};

/// What differs from what was expected.
pub(super) type Differences = Vec<String>;

pub(super) struct Runner<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) scenario: &'a Scenario,
    pub(super) differences: Differences,
}

impl Runner<'_> {
    fn expect<T: PartialEq + std::fmt::Debug>(
        &mut self,
        what: &str,
        expected: Option<T>,
        found: T,
    ) {
        if let Some(expected) = expected
            && expected != found
        {
            self.differences
                .push(format!("{what}: expected {expected:?}, found {found:?}"));
        }
    }

    fn includes(&mut self, what: &str, expected: Option<&Vec<String>>, found: &[String]) {
        for one in expected.into_iter().flatten() {
            if !found.contains(one) {
                self.differences
                    .push(format!("{what}: {one} is not among {found:?}"));
            }
        }
    }

    fn day(&mut self, value: Option<&toml::Value>) -> Day {
        match value {
            None => self.knowledge.meta.reviewed,
            Some(value) => {
                let text = value
                    .as_datetime()
                    .map(ToString::to_string)
                    .or(value.as_str().map(str::to_owned));
                let day = text.as_deref().and_then(Day::parse);
                day.unwrap_or_else(|| {
                    self.differences.push(format!("{value} is not a day"));
                    self.knowledge.meta.reviewed
                })
            }
        }
    }

    fn thing(&mut self, words: &str, kind: ThingKind) -> Option<Named> {
        match resolve(self.knowledge, words, &[kind]) {
            Resolution::Clear { hit, .. } => Some(hit.thing),
            other => {
                self.differences
                    .push(format!("`{words}` is no clear {kind:?}: {other:?}"));
                None
            }
        }
    }

    fn skus(&mut self, words: &[String]) -> Vec<SkuId> {
        let found: Vec<Option<Named>> = words
            .iter()
            .map(|words| self.thing(words, ThingKind::Sku))
            .collect();
        found
            .into_iter()
            .flatten()
            .filter_map(|thing| {
                if let Named::Sku(sku) = thing {
                    Some(sku)
                } else {
                    None
                }
            })
            .collect()
    }

    fn question(&mut self) -> Question {
        let scenario = self.scenario;
        let mut subjects = Vec::new();
        for (words, kind) in [
            (&scenario.role, ThingKind::Role),
            (&scenario.feature, ThingKind::Feature),
            (&scenario.task, ThingKind::Task),
            (&scenario.sku, ThingKind::Sku),
        ] {
            for words in words.iter().flat_map(OneOrMore::all) {
                subjects.extend(self.thing(words, kind).and_then(|thing| match thing {
                    Named::Role(id) => Some(Asked::Role(id)),
                    Named::Feature(id) => Some(Asked::Feature(id)),
                    Named::Task(id) => Some(Asked::Task(id)),
                    Named::Sku(id) => Some(Asked::Sku(id)),
                    Named::Plan(_) => None,
                }));
            }
        }
        let mut givens = BTreeMap::new();
        for (written, value) in &scenario.given {
            let Some(given) = self.knowledge.givens.find(written) else {
                self.differences
                    .push(format!("there is no given `{written}`"));
                continue;
            };
            let typed = match value {
                toml::Value::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match self.knowledge.givens[given].kind.read(&typed) {
                Ok(value) => {
                    givens.insert(given, value);
                }
                Err(why) => self.differences.push(format!("given `{written}`: {why}")),
            }
        }
        let owned = match &scenario.owned {
            Some(Owned::Seats(seats)) => seats
                .iter()
                .filter_map(|(words, seats)| {
                    Some((self.skus(std::slice::from_ref(words)).pop()?, *seats))
                })
                .collect(),
            _ => BTreeMap::new(),
        };
        let on = self.day(scenario.on.as_ref());
        let known = self.day(scenario.known.as_ref());
        Question {
            subjects,
            eligible: scenario.eligible,
            on,
            known,
            givens,
            held: self.skus(&scenario.held),
            held_elsewhere: self.skus(&scenario.held_elsewhere),
            owned,
            reading: scenario
                .reading
                .as_deref()
                .map_or(Some(Reading::Documented), Reading::parse)
                .expect("a reading"),
            segment: scenario
                .segment
                .as_deref()
                .map_or(Some(Segment::Commercial), Segment::parse)
                .expect("a segment"),
            currency: Currency::parse("USD").expect("a currency"),
            agreement: Default::default(),
        }
    }

    fn ids(&self, claims: &[ClaimId]) -> Vec<String> {
        claims
            .iter()
            .map(|claim| self.knowledge.claims[*claim].id.to_string())
            .collect()
    }

    fn given_ids(&self, givens: &[GivenId]) -> Vec<String> {
        givens
            .iter()
            .map(|given| self.knowledge.givens[*given].id.to_string())
            .collect()
    }

    fn answer(&mut self) {
        let question = self.question();
        let (answer, proof) = answer(self.knowledge, &question);
        if let Err(faults) = check(self.knowledge, &answer, &proof) {
            for fault in faults {
                let step = fault
                    .step
                    .and_then(|step| proof.get(step))
                    .map(|step| format!("{:?}", step.statement));
                self.differences
                    .push(format!("the proof fails: {} at {step:?}", fault.what));
            }
        }
        self.about_answer(&answer, &proof);
        let scenario = self.scenario;
        let need = match &scenario.need {
            Some(written) => answer
                .needs
                .iter()
                .find(|need| self.subject_id(need) == *written),
            None if answer.needs.len() == 1 => answer.needs.first(),
            None => None,
        };
        match need {
            Some(need) => self.about_need(need),
            None => {
                self.expect(
                    "verdict",
                    scenario.verdict.clone(),
                    answer.verdict.to_string(),
                );
                if scenario.need.is_some()
                    || scenario.requires.is_some()
                    || scenario.depends_on.is_some()
                {
                    let needs: Vec<String> = answer
                        .needs
                        .iter()
                        .map(|need| self.subject_id(need))
                        .collect();
                    self.differences
                        .push(format!("which need is meant? there are {needs:?}"));
                }
            }
        }
    }

    fn subject_id(&self, need: &Need) -> String {
        match need.subject {
            NeedSubject::Task(task) => self.knowledge.tasks[task].id.to_string(),
            NeedSubject::Sku(sku) => self.knowledge.skus[sku].id.to_string(),
        }
    }

    fn about_answer(&mut self, answer: &Answer, proof: &Proof) {
        let scenario = self.scenario;
        let basket = answer.baskets.first();
        if let Some(expected) = &scenario.basket {
            let mut found: Vec<String> = basket
                .into_iter()
                .flat_map(|basket| &basket.items)
                .filter(|item| !item.held)
                .map(|item| self.knowledge.skus[item.sku].id.to_string())
                .collect();
            found.sort();
            let mut expected = expected.clone();
            expected.sort();
            self.expect("basket", Some(expected), found);
        }
        let off = basket.into_iter().flat_map(|basket| &basket.switch_off);
        let off: Vec<String> = off
            .map(|plan| self.knowledge.plans[*plan].id.to_string())
            .collect();
        self.expect("switch off", scenario.switch_off.clone(), off);
        let total = basket
            .and_then(|basket| basket.total)
            .map(|total| total.to_string());
        self.expect("total", scenario.total.clone().map(Some), total);
        let next = answer
            .next_change
            .as_ref()
            .map(|change| match &change.when {
                Edge::On(day) => day.to_string(),
                Edge::Earliest(boundary) | Edge::Latest(boundary) => boundary.to_string(),
            });
        self.expect("next change", scenario.next_change.clone().map(Some), next);
        let mut claims: BTreeSet<ClaimId> = proof.claims().into_iter().collect();
        for need in &answer.needs {
            claims.extend(&need.claims);
            claims.extend(need.conflicts.iter().flat_map(|conflict| &conflict.claims));
            claims.extend(need.opened_by.iter().flat_map(|opened| &opened.claims));
            claims.extend(need.aspects.iter().flat_map(|line| &line.claims));
        }
        claims.extend(
            answer
                .baskets
                .iter()
                .flat_map(|basket| &basket.items)
                .filter_map(|item| item.price?.claim()),
        );
        let sources: Vec<String> = claims
            .iter()
            .flat_map(|claim| &self.knowledge.claims[*claim].evidence)
            .map(|evidence| self.knowledge.sources[evidence.source].id.to_string())
            .collect();
        self.includes("sources", Some(&scenario.sources), &sources);
    }

    fn about_need(&mut self, need: &Need) {
        let scenario = self.scenario;
        self.expect(
            "verdict",
            scenario.verdict.clone(),
            need.verdict.to_string(),
        );
        self.expect(
            "because",
            scenario.because.clone().map(Some),
            need.because.map(|because| because.to_string()),
        );
        if let Some(requires) = &scenario.requires {
            match common::requirement(self.knowledge, requires) {
                Ok(expected) => self.expect("requires", Some(expected), sorted(&need.requirement)),
                Err(why) => self.differences.push(why),
            }
        }
        self.expect(
            "satisfied",
            scenario.satisfied.clone(),
            need.satisfied.to_string(),
        );
        self.expect(
            "certainty",
            scenario.certainty.clone(),
            need.certainty.grade.to_string(),
        );
        let outcome = |aspect: Aspect| {
            need.aspect(aspect)
                .map(|line| line.outcome.to_string())
                .unwrap_or_default()
        };
        self.expect("terms", scenario.terms.clone(), outcome(Aspect::Terms));
        self.expect("works", scenario.works.clone(), outcome(Aspect::Works));
        self.expect(
            "assigned",
            scenario.assigned.clone(),
            outcome(Aspect::Assigned),
        );
        if let Some(Owned::Outcome(expected)) = &scenario.owned {
            self.expect("owned", Some(expected.clone()), outcome(Aspect::Owned));
        }
        let place = need
            .aspect(Aspect::Assigned)
            .and_then(|line| line.place)
            .map(|place| place.to_string());
        self.expect("where", scenario.place.clone().map(Some), place);
        let counted = need.counted.as_ref();
        self.expect(
            "number",
            scenario.number.map(Some),
            counted.map(|counting| counting.number),
        );
        self.expect(
            "at least",
            scenario.at_least.map(Some),
            counted.map(|counting| counting.at_least),
        );
        let obligations = self.given_ids(&need.obligations);
        self.expect("obligations", scenario.obligations.clone(), obligations);
        let depends: Vec<String> = need
            .depends_on
            .iter()
            .map(|depends| match depends.given {
                Some(given) => self.knowledge.givens[given].id.to_string(),
                None => self.knowledge.claims[depends.claim].id.to_string(),
            })
            .collect();
        self.expect("depends on", scenario.depends_on.clone(), depends);
        let opened = |surely: bool| -> Vec<String> {
            let those = need
                .opened_by
                .iter()
                .filter(|opened| opened.surely == surely);
            those
                .map(|opened| self.knowledge.skus[opened.sku].id.to_string())
                .collect()
        };
        let (surely, perhaps) = (opened(true), opened(false));
        self.includes("opened by", scenario.opened_by.as_ref(), &surely);
        self.includes(
            "perhaps opened by",
            scenario.perhaps_opened_by.as_ref(),
            &perhaps,
        );
        for sku in scenario.not_opened_by.iter().flatten() {
            if surely.contains(sku) || perhaps.contains(sku) {
                self.differences.push(format!("{sku} opens it"));
            }
        }
        let conflicts: Vec<Vec<String>> = need
            .conflicts
            .iter()
            .map(|conflict| self.ids(&conflict.claims))
            .collect();
        for expected in scenario.conflicts.iter().flatten() {
            if !conflicts
                .iter()
                .any(|conflict| expected.iter().all(|claim| conflict.contains(claim)))
            {
                self.differences.push(format!(
                    "conflicts: {expected:?} is not among {conflicts:?}"
                ));
            }
        }
        let overridden = self.ids(&need.overridden);
        self.includes("overridden", scenario.overridden.as_ref(), &overridden);
    }

    fn moment(&mut self) -> Moment {
        let on = self.day(self.scenario.on.as_ref());
        Moment {
            on,
            known: self.day(self.scenario.known.as_ref()),
        }
    }

    /// Claims of a topic that are there by their dates and not put out.
    fn standing(&self, topic: Topic, moment: Moment) -> Vec<ClaimId> {
        let claims = self.knowledge.about(topic).iter().copied();
        claims
            .filter(|id| {
                matches!(
                    presence(self.knowledge, &self.knowledge.claims[*id], moment),
                    Presence::Present { .. }
                )
            })
            .filter(|id| !is_put_out(self.knowledge, *id, moment))
            .collect()
    }

    fn who_can(&mut self, words: &str) {
        let moment = self.moment();
        let Some(Named::Task(task)) = self.thing(words, ThingKind::Task) else {
            return;
        };
        let mut roles: BTreeSet<String> = BTreeSet::new();
        let mut least: BTreeSet<String> = BTreeSet::new();
        for id in self.standing(Topic::Permissions(task), moment) {
            if let ClaimKind::Permission {
                roles: able,
                least: smallest,
                ..
            } = &self.knowledge.claims[id].kind
            {
                roles.extend(
                    able.iter()
                        .map(|role| self.knowledge.roles[*role].id.to_string()),
                );
                least.extend(smallest.map(|role| self.knowledge.roles[role].id.to_string()));
            }
        }
        let expected = self
            .scenario
            .roles
            .as_ref()
            .map(|roles| roles.iter().cloned().collect());
        self.expect("roles", expected, roles);
        let least = least.into_iter().collect::<Vec<_>>().join(" or ");
        self.expect("least", self.scenario.least.clone(), least);
    }

    fn state_of(&mut self, words: &str) {
        let moment = self.moment();
        let subject = match self.thing_of(words) {
            Some(Named::Feature(feature)) => Subject::Feature(feature),
            Some(Named::Task(task)) => Subject::Task(task),
            _ => return,
        };
        let told: Vec<ClaimId> = self
            .knowledge
            .about(Topic::Lifecycle(subject))
            .iter()
            .copied()
            .filter(|id| {
                let known = &self.knowledge.claims[*id].known;
                known.begun(moment.known) != licit::model::Reached::No
                    && known.ended(moment.known) != licit::model::Reached::Yes
            })
            .filter(|id| {
                let replaced = self
                    .knowledge
                    .about(Topic::RelationsTo(*id))
                    .iter()
                    .any(|newer| {
                        let claim = &self.knowledge.claims[*newer];
                        claim.replaces.contains(id)
                            && claim.when.is_none()
                            && claim.known.begun(moment.known) == licit::model::Reached::Yes
                    });
                !replaced
            })
            .collect();
        let dates: Vec<String> = told
            .iter()
            .filter_map(|id| {
                self.knowledge.claims[*id]
                    .effective
                    .from
                    .as_ref()
                    .map(ToString::to_string)
            })
            .collect();
        self.includes("dates", self.scenario.dates.as_ref(), &dates);
        let question = Question {
            on: moment.on,
            known: moment.known,
            ..self.question()
        };
        let states: Vec<&str> = states(self.knowledge, &question, subject)
            .iter()
            .map(|(state, _)| state.word())
            .collect();
        self.expect("state", self.scenario.state.clone(), states.join(" or "));
    }

    fn thing_of(&mut self, words: &str) -> Option<Named> {
        match resolve(self.knowledge, words, ThingKind::ALL) {
            Resolution::Clear { hit, others } => {
                let feature = others
                    .iter()
                    .map(|other| other.thing)
                    .find(|thing| matches!(thing, Named::Feature(_)));
                Some(if matches!(hit.thing, Named::Role(_) | Named::Task(_)) {
                    feature.unwrap_or(hit.thing)
                } else {
                    hit.thing
                })
            }
            other => {
                self.differences
                    .push(format!("`{words}` is not clear: {other:?}"));
                None
            }
        }
    }

    fn name_of(&mut self, words: &str) {
        let moment = self.moment();
        let Some(thing) = self.thing_of(words) else {
            return;
        };
        let names = common::names_on(self.knowledge, thing, moment);
        self.expect("called", self.scenario.called.clone(), names.join(" or "));
    }

    fn price_of(&mut self, words: &str) {
        let moment = self.moment();
        let Some(sku) = self.skus(&[words.to_owned()]).pop() else {
            return;
        };
        let price = list_price(
            self.knowledge,
            moment,
            sku,
            &Currency::parse("USD").expect("a currency"),
            Term::Annual,
        );
        self.expect(
            "amount",
            self.scenario.amount.clone().map(Some),
            price.map(|price| price.amount.to_string()),
        );
        self.expect(
            "verified",
            self.scenario.verified.map(Some),
            price.map(|price| price.verified),
        );
    }

    fn limit_of(&mut self, written: &str) {
        let moment = self.moment();
        let Some(given) = self.knowledge.givens.find(written) else {
            self.differences
                .push(format!("there is no given `{written}`"));
            return;
        };
        let mut limits: Vec<u64> = Vec::new();
        for (id, claim) in self.knowledge.claims.iter() {
            if let ClaimKind::Limit {
                of: LimitOf::Given { given: of, .. },
                at_most,
            } = &claim.kind
                && *of == given
                && self.knowledge.has(id)
                && matches!(
                    presence(self.knowledge, claim, moment),
                    Presence::Present { .. }
                )
                && !is_put_out(self.knowledge, id, moment)
            {
                limits.push(*at_most);
            }
        }
        limits.sort_unstable();
        self.expect(
            "at most",
            self.scenario.at_most.map(|limit| vec![limit]),
            limits,
        );
    }

    pub(super) fn run(mut self) -> Differences {
        let scenario = self.scenario;
        if let Some(task) = &scenario.who_can {
            self.who_can(task);
        } else if let Some(subject) = &scenario.state_of {
            self.state_of(subject);
        } else if let Some(thing) = &scenario.name_of {
            self.name_of(thing);
        } else if let Some(sku) = &scenario.price_of {
            self.price_of(sku);
        } else if let Some(given) = &scenario.limit_of {
            self.limit_of(given);
        } else {
            self.answer();
        }
        self.differences
    }
}

/// The parts of a requirement in a fixed order, so that two ways to write the same thing are equal.
fn sorted(requirement: &Requirement) -> Requirement {
    common::sorted(requirement)
}
