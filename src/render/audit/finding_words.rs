//! A finding in words: what is said, and what somebody can do about it.

use super::names::Names;
use crate::dataset::KnowledgeBase;
use crate::model::{FindingId, FindingKind, Named, NeedSubject, Requirement, SkuId};
use crate::proof::subject_name;
use crate::render::requirement;
use crate::render::words::{count, list, thing};
use crate::tenant::audit::{About, Broken, Finding, Support};
use crate::tenant::{
    Assignment, AssignmentState, Bound, MissingAbout, MissingFact, PersonIndex, Principal, Purpose,
    Reference, Scope, Sureness, Tenant, step_for,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is needed to say something about a finding.
pub(super) struct Words<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) tenant: &'a Tenant,
    pub(super) names: Names<'a>,
    /// The numbers that stand for ids, where these would tell names.
    pub(super) numbers: Cow<'a, BTreeMap<FindingId, usize>>,
}

/// Of so many people all are named; of more, one less and the number of the others.
const SHOWN: usize = 3;

/// The people whom a finding would send somebody to; none where it is for the tenant to buy or to tell.
pub(super) fn concerned(finding: &Finding) -> &[PersonIndex] {
    match finding.about {
        About::TooFewSeats { .. } => &[],
        _ => &finding.people,
    }
}

impl Words<'_> {
    /// The id of a finding, or its number.
    pub(super) fn id(&self, finding: &Finding) -> String {
        match self.numbers.get(&finding.id) {
            Some(number) => format!("{}-{number:016x}", finding.kind()),
            None => finding.id.to_string(),
        }
    }

    /// Whom or what a finding is about: of many people, the first; none where it is about the tenant.
    pub(super) fn who(&self, finding: &Finding) -> Option<String> {
        let account = finding.account.map(|at| self.names.account_with_name(at));
        let group = finding
            .group
            .map(|at| format!("group {}", self.names.group(at)));
        let service = finding
            .service
            .map(|at| format!("program {}", self.names.service(at)));
        let unresolved = finding.unresolved.map(|at| self.names.unresolved(at));
        let known = account.or(group).or(service).or(unresolved);
        known.or_else(|| self.first_of(concerned(finding)))
    }

    /// People by name, the first few of many: "Kim, Tom and 4 more".
    fn first_of(&self, people: &[PersonIndex]) -> Option<String> {
        let shown = match people.len() {
            0 => return None,
            1..=SHOWN => people.len(),
            _ => SHOWN - 1,
        };
        let mut names: Vec<String> = people
            .iter()
            .take(shown)
            .map(|person| self.names.person_with_account(*person))
            .collect();
        if shown < people.len() {
            names.push(format!("{} more", people.len() - shown));
        }
        Some(list(&names, "and"))
    }

    /// The role of a finding by its name today, else as the export writes it.
    pub(super) fn role(&self, role: &Reference<crate::model::RoleId>) -> String {
        match role.id {
            Some(id) => self.knowledge.roles[id].name.to_string(),
            None => self.names.written(role),
        }
    }

    /// A SKU by its id, else as the tenant's own list of SKUs writes it, else as the export does.
    pub(super) fn sku(&self, sku: &Reference<SkuId>) -> String {
        match sku.id {
            Some(id) => self.knowledge.skus[id].id.to_string(),
            None => {
                let mut seats = self.tenant.seats.iter();
                let listed = seats.find(|seats| seats.sku.is_same(sku));
                self.names.written(listed.map_or(sku, |seats| &seats.sku))
            }
        }
    }

    /// How the role is held, where the finding is about one assignment: "eligible until 2027-01-31, over an administrative
    /// unit".
    pub(super) fn held_how(&self, finding: &Finding) -> Option<String> {
        match finding.assignments.as_slice() {
            [at] => self.tenant.assignments.get(*at).map(how),
            _ => None,
        }
    }

    /// What is said, as a half sentence.
    pub(super) fn says(&self, finding: &Finding) -> String {
        let task = || {
            finding
                .subject
                .map_or("it".to_owned(), |subject| self.task(subject))
        };
        let needs = || requirement(self.knowledge, &finding.needs);
        match &finding.about {
            About::MissingLicense { .. } => format!("{} needs {}", task(), needs()),
            About::SwitchedOff(broken) => {
                let broken: Vec<String> = broken
                    .iter()
                    .map(|(by, why)| self.broken(*by, *why))
                    .collect();
                format!(
                    "what {} needs is held and does not work: {}",
                    task(),
                    list(&broken, "and")
                )
            }
            About::TooFewSeats {
                needed,
                at_least,
                owned,
                by,
                perhaps,
                over,
            } => {
                let least = if *at_least { "at least " } else { "" };
                let by: Vec<String> = by
                    .iter()
                    .map(|(sku, seats)| format!("{seats} of {}", self.sku(sku)))
                    .collect();
                let by = match by.is_empty() {
                    true => String::new(),
                    false => format!(" ({})", list(&by, "and")),
                };
                let perhaps: Vec<String> = perhaps
                    .iter()
                    .map(|(sku, seats)| match seats {
                        Some(seats) => format!("the {seats} of {}", self.sku(sku)),
                        None => format!("those of {}, whose number is not told", self.sku(sku)),
                    })
                    .collect();
                let perhaps = match perhaps.is_empty() {
                    true => String::new(),
                    false => format!("; whether {} count is not known", list(&perhaps, "and")),
                };
                let over: Vec<String> = over
                    .iter()
                    .map(|(given, people)| format!("{} {people}", self.knowledge.givens[*given].id))
                    .collect();
                let over = match over.is_empty() {
                    true => String::new(),
                    false => format!(", counting {}", list(&over, "and")),
                };
                format!(
                    "{} needs {least}{} of {} in the tenant{over}, and {owned} {} owned{by}{perhaps}",
                    task(),
                    plural(*needed, "seat", "seats"),
                    needs(),
                    if *owned == 1 { "is" } else { "are" },
                )
            }
            About::OtherAccount {
                by,
                sureness,
                is_enough,
            } => {
                let by: Vec<String> = by.iter().map(|by| self.support(*by)).collect();
                let enough = match (is_enough, sureness) {
                    (_, Sureness::Possible) => {
                        ", if both accounts are one person's, which is not sure"
                    }
                    (true, _) => ", which is enough",
                    (false, _) => ", and sources disagree on whether that is enough",
                };
                format!(
                    "what {} needs is held on another account: {}{enough}",
                    task(),
                    list(&by, "and")
                )
            }
            About::FactUnknown { givens } => {
                let questions: Vec<String> = givens
                    .iter()
                    .map(|given| format!("\"{}\"", self.knowledge.givens[*given].question))
                    .collect();
                match questions.is_empty() {
                    true => format!(
                        "whether {} needs a license turns on a date that nobody knows",
                        task()
                    ),
                    false => format!(
                        "whether {} needs a license turns on {}",
                        task(),
                        list(&questions, "and")
                    ),
                }
            }
            About::Disputed => format!("sources disagree on whether {} needs {}", task(), needs()),
            About::NotStated => format!("no source says whether {} needs a license", task()),
            About::NotTold(missing) => match missing.about {
                MissingAbout::File(file) => {
                    format!("{}: {}", self.names.file(file), missing_words(missing.fact))
                }
                _ => missing_words(missing.fact).to_owned(),
            },
            About::ToDo(given) => format!(
                "to do for {}: \"{}\"",
                task(),
                self.knowledge.givens[*given].question
            ),
            About::EmergencyAccount { is_as_meant: true } => {
                format!(
                    "an account for emergencies, active and for good as it should be: not counted{}",
                    self.signs(finding)
                )
            }
            About::EmergencyAccount { is_as_meant: false } => {
                format!(
                    "an account for emergencies that is held otherwise than active and for good: judged like any other{}",
                    self.signs(finding)
                )
            }
            About::UnneededLicense(sku) => {
                format!("no task of this account needs its {}", self.sku(sku))
            }
            About::MissingBase(sku) => format!(
                "{} needs {} beside it, which is not held",
                thing(self.knowledge, Named::Sku(*sku)),
                needs()
            ),
            About::UnknownSku { sku, carries } => {
                let plans: Vec<String> = carries
                    .iter()
                    .map(|plan| self.knowledge.plans[*plan].id.to_string())
                    .collect();
                let plans = match plans.is_empty() {
                    true => String::new(),
                    false => format!("; the tenant says that it carries {}", list(&plans, "and")),
                };
                format!("{} is no SKU that the data knows{plans}", self.sku(sku))
            }
            About::UnknownRole => {
                "a role that the data does not know: new, or of the tenant's own making".to_owned()
            }
            About::FormerRoleName => {
                let written = finding.role.as_ref().map(|role| self.names.written(role));
                format!(
                    "the export calls it \"{}\", a name that it no longer has",
                    written.unwrap_or_default()
                )
            }
            About::Unavailable(task) => format!(
                "no license opens \"{}\" that day",
                self.knowledge.tasks[*task].name
            ),
        }
    }

    /// What can be done about it, the simplest first.
    pub(super) fn advice(&self, finding: &Finding) -> Vec<String> {
        let needs = || requirement(self.knowledge, &finding.needs);
        match &finding.about {
            About::MissingLicense { idle, enough_owned } => {
                let mut advice = Vec::new();
                if !idle.is_empty() {
                    let idle: Vec<String> = idle.iter().map(|(sku, seats)| self.seats(*sku, *seats)).collect();
                    advice.push(format!("assign an idle seat, which costs nothing: {}; the smallest purchase says to whom", list(&idle, "or")));
                } else {
                    let missing = match finding.missing.as_slice() {
                        [] => needs(),
                        missing => {
                            let missing: Vec<String> = missing.iter().map(|part| requirement(self.knowledge, part)).collect();
                            list(&missing, "and")
                        }
                    };
                    advice.push(format!("buy and assign {missing}; the smallest purchase for all stands below"));
                }
                if self.is_eligible(finding) {
                    advice.push("or take the eligible assignment away".to_owned());
                }
                if !enough_owned.is_empty() {
                    let claims: Vec<String> = enough_owned.iter().map(|claim| self.knowledge.claims[*claim].id.to_string()).collect();
                    advice.push(format!(
                        "some source says that owning enough seats is enough ({}); nobody should rely on that alone",
                        list(&claims, "and")
                    ));
                }
                advice
            }
            About::SwitchedOff(broken) => broken.iter().map(|(by, why)| self.mend(*by, *why)).collect(),
            About::TooFewSeats { perhaps, .. } if !perhaps.is_empty() => {
                let mut advice = vec!["find out what these carry, and how many seats there are".to_owned()];
                advice.extend(self.export(MissingFact::SeatPlans, crate::tenant::ReadAs::SubscribedSkus));
                advice
            }
            About::TooFewSeats { needed, owned, .. } => {
                let lacking = plural(needed.saturating_sub(*owned), "seat", "seats");
                vec![format!("buy {lacking} of {}, or have fewer people counted", needs())]
            }
            About::OtherAccount { sureness, is_enough, .. } => match (is_enough, sureness) {
                (_, Sureness::Possible) => vec![
                    "say in a file which accounts are one person's, and give it with --people".to_owned(),
                ],
                (true, _) => Vec::new(),
                (false, _) => vec!["to be safe, assign a license to this account, too".to_owned()],
            },
            About::FactUnknown { givens } => givens
                .iter()
                .map(|given| {
                    let given = &self.knowledge.givens[*given];
                    format!("say it with --given {}=..., which must be {}", given.id, given.kind.expected())
                })
                .collect(),
            About::Disputed => vec!["decide by the proof, which has both sides; --reading cautious counts it as needed".to_owned()],
            About::NotStated => vec!["ask the vendor, and keep the answer".to_owned()],
            About::NotTold(missing) => self.export(missing.fact, missing.settled_by()),
            About::ToDo(given) => vec![format!("do it, then say it with --given {}=yes", self.knowledge.givens[*given].id)],
            About::EmergencyAccount { is_as_meant: true } => Vec::new(),
            About::EmergencyAccount { is_as_meant: false } => {
                vec!["give it its role active and for good, and nothing else".to_owned()]
            }
            About::UnneededLicense(_) => vec!["take it away if nothing else uses it; the seat is free for somebody else".to_owned()],
            About::MissingBase(_) => {
                let base = match &finding.needs {
                    Requirement::Any(_) => "one of these".to_owned(),
                    _ => needs(),
                };
                vec![format!("assign {base} beside it, or take the add-on away")]
            }
            About::UnknownSku { .. } => vec![
                "find out what it is; if it is new, add it to the data in a folder of your own and give that with --data".to_owned(),
            ],
            About::UnknownRole => vec![
                "see what it may do; who holds it is not judged by this role".to_owned(),
            ],
            About::FormerRoleName | About::Unavailable(_) => Vec::new(),
        }
    }

    /// The export that would tell it.
    pub(super) fn export(&self, fact: MissingFact, by: crate::tenant::ReadAs) -> Vec<String> {
        match (fact, step_for(by)) {
            (_, Some(step)) => vec![format!(
                "export \"{}\" (see licit export-guide)",
                step.title
            )],
            (MissingFact::NextPage, None) => {
                vec!["add the pages of its list that are missing: every one but the last names the next one".to_owned()]
            }
            (MissingFact::DeeperParts, None) => {
                vec!["write the file again with ConvertTo-Json -Depth 8".to_owned()]
            }
            (_, None) => vec!["write or download the file again as a whole".to_owned()],
        }
    }

    fn task(&self, subject: NeedSubject) -> String {
        format!("\"{}\"", subject_name(self.knowledge, subject))
    }

    fn is_eligible(&self, finding: &Finding) -> bool {
        let mut assignments = finding
            .assignments
            .iter()
            .filter_map(|at| self.tenant.assignments.get(*at));
        assignments.any(|assignment| assignment.state == AssignmentState::Eligible)
    }

    fn signs(&self, finding: &Finding) -> String {
        let Some(account) = finding.account else {
            return String::new();
        };
        let purpose = &self.tenant[account].purpose;
        match purpose.purpose == Purpose::Emergency && !purpose.because.is_empty() {
            true => format!(" (taken for one since {})", list(&purpose.because, "and")),
            false => String::new(),
        }
    }

    fn seats(&self, sku: SkuId, seats: u64) -> String {
        format!("{seats} of {}", self.knowledge.skus[sku].id)
    }

    /// A license or plan, with its account where that is another one than the finding's.
    pub(super) fn support(&self, by: Support) -> String {
        format!(
            "{} on {}",
            self.support_alone(by),
            self.names.account(by.account())
        )
    }

    fn support_alone(&self, by: Support) -> String {
        let account = &self.tenant[by.account()];
        match by {
            Support::License(_, place) => {
                let license = account.licenses.as_ref().and_then(|all| all.get(place));
                license
                    .map(|license| self.sku(&license.sku))
                    .unwrap_or_default()
            }
            Support::Plan(_, place) => {
                let plan = account.plans.as_ref().and_then(|all| all.get(place));
                plan.map(|plan| match plan.plan.id {
                    Some(id) => self.knowledge.plans[id].id.to_string(),
                    None => self.names.written(&plan.plan),
                })
                .unwrap_or_default()
            }
        }
    }

    fn broken(&self, by: Support, why: Broken) -> String {
        let by = self.support_alone(by);
        match why {
            Broken::PlanOff(plan) => {
                format!("{} is switched off in {by}", self.knowledge.plans[plan].id)
            }
            Broken::PlanNotWorking(plan) => {
                format!(
                    "the vendor lists {} on the account as not working",
                    self.knowledge.plans[plan].id
                )
            }
            Broken::Assignment(state) => format!("the assignment of {by} is {state}"),
            Broken::Suspended => format!("the subscription of {by} is suspended"),
        }
    }

    fn mend(&self, by: Support, why: Broken) -> String {
        let by = self.support_alone(by);
        match why {
            Broken::PlanOff(plan) => format!(
                "switch {} on in {by}; nothing has to be bought",
                self.knowledge.plans[plan].id
            ),
            Broken::PlanNotWorking(plan) => {
                format!(
                    "find out why {} does not work",
                    self.knowledge.plans[plan].id
                )
            }
            Broken::Assignment(_) => format!("resolve the error of the assignment of {by}"),
            Broken::Suspended => format!("renew the subscription of {by}"),
        }
    }
}

/// How an assignment is held: "eligible until 2027-01-31".
pub(super) fn how(assignment: &Assignment) -> String {
    let mut words = match assignment.state {
        AssignmentState::NotTold => "active or eligible, which is not told".to_owned(),
        state => state.word().to_owned(),
    };
    if let Bound::Until(end) = assignment.end {
        words.push_str(&format!(" until {end}"));
    }
    words.push_str(match &assignment.scope {
        Scope::Tenant | Scope::NotTold => "",
        Scope::AdministrativeUnit(_) => ", over an administrative unit",
        Scope::Object(_) => ", over one object",
    });
    if matches!(assignment.principal, Principal::Group(_)) {
        words.push_str(", through a group");
    }
    words
}

/// What no export tells.
pub(super) fn missing_words(fact: MissingFact) -> &'static str {
    fact.description().trim_end_matches('.')
}

/// A heading for the findings of a kind in lists and reports.
pub(super) fn kind_words(kind: FindingKind) -> &'static str {
    kind.description().trim_end_matches('.')
}

/// `1 row`, `2 rows`.
pub(super) fn plural(number: u64, one: &str, many: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
}
