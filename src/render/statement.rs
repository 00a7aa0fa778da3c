//! A claim as one sentence.

use super::words::{condition, count, held, list, period, requirement, state, subject, thing};
use crate::dataset::KnowledgeBase;
use crate::model::{
    Aspect, Claim, ClaimKind, Counted, Demand, LimitOf, Named, Per, Place, Requirement, SaleTo,
};

/// What a claim states, with its condition and its dates as written.
pub fn statement(knowledge: &KnowledgeBase, claim: &Claim) -> String {
    let mut sentence = content(knowledge, &claim.kind);
    if let Some(when) = &claim.when {
        sentence.push_str(&format!(", if {}", condition(knowledge, when)));
    }
    if let Some(dates) = period(&claim.effective) {
        sentence.push_str(&format!(", {dates}"));
    }
    sentence.push('.');
    // A name or an id keeps its letters; only "every task" begins a sentence in lower case.
    match sentence.strip_prefix("every") {
        Some(rest) => format!("Every{rest}"),
        None => sentence,
    }
}

/// What a claim states where its subject is known from the place it stands in: "needs INTUNE_A, if ..., by 2019-01-23".
pub(super) fn short_statement(knowledge: &KnowledgeBase, claim: &Claim) -> String {
    let mut words = match &claim.kind {
        ClaimKind::Requirement {
            demand: Demand::Requires(needs),
            counted,
            ..
        } => {
            let mut words = format!("needs {}", requirement(knowledge, needs));
            if let Some(counted) = counted {
                words.push_str(&format!("; {}", counting(knowledge, counted)));
            }
            words
        }
        ClaimKind::Requirement {
            demand: Demand::Where(at),
            ..
        } => place(*at).to_owned(),
        ClaimKind::Lifecycle { state: reached, .. } => state(*reached).to_owned(),
        other => content(knowledge, other),
    };
    if let Some(when) = &claim.when {
        words.push_str(&format!(", if {}", condition(knowledge, when)));
    }
    if let Some(dates) = period(&claim.effective) {
        words.push_str(&format!(", {dates}"));
    }
    words
}

/// What a claim states in few words, for a line of a picture: a state, a requirement, a price, a name. What the picture is
/// about is not said again.
pub(super) fn short_content(
    knowledge: &KnowledgeBase,
    claim: &Claim,
    about: Option<Named>,
) -> String {
    match &claim.kind {
        ClaimKind::Requirement {
            demand: Demand::Requires(needs),
            aspects,
            ..
        } => {
            let aspects: Vec<&str> = aspects.iter().map(|aspect| aspect.word()).collect();
            format!("{}: {}", aspects.join("+"), ids_of(knowledge, needs))
        }
        ClaimKind::Requirement {
            demand: Demand::Where(at),
            ..
        } => format!("assigned: {at}"),
        ClaimKind::Requirement {
            demand: Demand::AtLeast { seats, .. },
            ..
        } => format!("owned: {seats}"),
        ClaimKind::Lifecycle { state, .. } => state.word().to_owned(),
        ClaimKind::Price {
            amount, currency, ..
        } => format!("{amount} {currency}"),
        ClaimKind::Name { name, .. } => format!("\"{name}\""),
        ClaimKind::Inclusion { sku, plan } => {
            let (sku_id, plan_id) = (&knowledge.skus[*sku].id, &knowledge.plans[*plan].id);
            match about {
                Some(Named::Sku(of)) if of == *sku => format!("has {plan_id}"),
                Some(Named::Plan(of)) if of == *plan => format!("in {sku_id}"),
                _ => format!("{sku_id} has {plan_id}"),
            }
        }
        ClaimKind::Prerequisite { requires, .. } => {
            format!("beside {}", ids_of(knowledge, requires))
        }
        ClaimKind::Sale { to, .. } => format!("sold to {to}"),
        other => other.name().word().to_owned(),
    }
}

/// A requirement by its ids alone.
fn ids_of(knowledge: &KnowledgeBase, needs: &Requirement) -> String {
    let parts = |parts: &[Requirement], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| ids_of(knowledge, part)).collect();
        parts.join(word)
    };
    match needs {
        Requirement::Nothing => "nothing".to_owned(),
        Requirement::Unnamed => "unnamed".to_owned(),
        Requirement::Plan(plan) => knowledge.plans[*plan].id.to_string(),
        Requirement::Sku(sku) => knowledge.skus[*sku].id.to_string(),
        Requirement::Feature(feature) => knowledge.features[*feature].id.to_string(),
        Requirement::Given(given) => knowledge.givens[*given].id.to_string(),
        Requirement::Any(any) => parts(any, " or "),
        Requirement::All(all) => parts(all, " and "),
    }
}

/// Where a license sits.
pub(super) fn place(place: Place) -> &'static str {
    match place {
        Place::Account => "on the account itself",
        Place::Person => "on any account of the same person",
        Place::Tenant => "anywhere in the tenant, if it owns enough",
    }
}

fn content(knowledge: &KnowledgeBase, kind: &ClaimKind) -> String {
    let names = |things: Vec<Named>, word: &str| {
        let names: Vec<String> = things
            .into_iter()
            .map(|named| thing(knowledge, named))
            .collect();
        list(&names, word)
    };
    match kind {
        ClaimKind::Requirement {
            subjects,
            aspects,
            demand,
            counted,
        } => {
            let subjects: Vec<String> = subjects
                .iter()
                .map(|about| subject(knowledge, *about))
                .collect();
            let mut sentence = demanded(knowledge, &subjects, aspects, demand);
            if let Some(counted) = counted {
                sentence.push_str(&format!("; {}", counting(knowledge, counted)));
            }
            sentence
        }
        ClaimKind::Lifecycle {
            subject: about,
            state: reached,
        } => format!("{} is {}", subject(knowledge, *about), state(*reached)),
        ClaimKind::Permission { task, roles, least } => {
            let roles: Vec<String> = roles
                .iter()
                .map(|role| knowledge.roles[*role].name.to_string())
                .collect();
            let mut sentence = format!(
                "\"{}\" ({}) can be done by {}",
                knowledge.tasks[*task].name,
                knowledge.tasks[*task].id,
                list(&roles, "and")
            );
            if let Some(least) = least {
                sentence.push_str(&format!(
                    "; the least privileged is {}",
                    knowledge.roles[*least].name
                ));
            }
            sentence
        }
        ClaimKind::Inclusion { sku, plan } => format!(
            "{} carries {}",
            thing(knowledge, Named::Sku(*sku)),
            thing(knowledge, Named::Plan(*plan))
        ),
        ClaimKind::Grant { feature, by } => format!(
            "{} is granted by {}",
            thing(knowledge, Named::Feature(*feature)),
            names(by.iter().copied().map(held).collect(), "or")
        ),
        ClaimKind::Cover { plan, covers } => format!(
            "{} does everything that {} can do",
            thing(knowledge, Named::Plan(*plan)),
            names(covers.iter().copied().map(Named::Plan).collect(), "and")
        ),
        ClaimKind::Name { of, name } => {
            format!("{} is called \"{name}\"", thing(knowledge, *of))
        }
        ClaimKind::Price {
            sku,
            amount,
            currency,
            market,
            term,
            verified,
        } => {
            let doubt = if *verified {
                ""
            } else {
                "; no source confirms it"
            };
            format!(
                "{} costs {amount} {currency} per seat and month (market {market}, {}){doubt}",
                thing(knowledge, Named::Sku(*sku)),
                term.word()
            )
        }
        ClaimKind::Prerequisite { sku, requires } => format!(
            "{} may be had only beside {}",
            thing(knowledge, Named::Sku(*sku)),
            requirement(knowledge, requires)
        ),
        ClaimKind::Exclusion { plans } => format!(
            "At most one of {} can be enabled for one user",
            names(plans.iter().copied().map(Named::Plan).collect(), "and")
        ),
        ClaimKind::Limit { of, at_most } => match of {
            LimitOf::Given {
                subject: about,
                given,
            } => format!(
                "{} works for at most {at_most} ({})",
                subject(knowledge, *about),
                knowledge.givens[*given].id
            ),
            LimitOf::Seats(skus) => format!(
                "A tenant may have at most {} of {}",
                seats(*at_most),
                names(skus.iter().copied().map(Named::Sku).collect(), "and")
            ),
        },
        ClaimKind::Sale { sku, to } => {
            let to = match to {
                SaleTo::Everyone => "is sold to everyone",
                SaleTo::Existing => "is sold only to those who have it already",
                SaleTo::Nobody => "is no longer sold",
            };
            format!("{} {to}", thing(knowledge, Named::Sku(*sku)))
        }
    }
}

fn demanded(
    knowledge: &KnowledgeBase,
    subjects: &[String],
    aspects: &[Aspect],
    demand: &Demand,
) -> String {
    let about = list(subjects, "and");
    match demand {
        Demand::Requires(needs) => {
            let verb = if subjects.len() > 1 { "need" } else { "needs" };
            let aspects: Vec<String> = aspects
                .iter()
                .map(|aspect| side(*aspect).to_owned())
                .collect();
            format!(
                "{about} {verb} {} {}",
                requirement(knowledge, needs),
                list(&aspects, "and")
            )
        }
        Demand::Where(at) => {
            let place = place(*at);
            format!("The license for {about} must sit {place}")
        }
        Demand::AtLeast { seats: number, of } => {
            let of = of.as_ref().map_or_else(
                || "what is required".to_owned(),
                |of| requirement(knowledge, of),
            );
            format!(
                "The tenant must own at least {} of {of} before the service runs for {about}",
                seats(*number)
            )
        }
    }
}

/// Which side of "needs a license" it is.
fn side(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Terms => "by the licensing terms",
        Aspect::Works => "for the service to work",
        Aspect::Assigned => "where it is assigned",
        Aspect::Owned => "before the service runs at all",
    }
}

fn counting(knowledge: &KnowledgeBase, counted: &Counted) -> String {
    let per = match counted.per {
        Per::Person => "person",
        Per::Account => "account",
        Per::ProtectedUser => "protected user",
        Per::Agent => "agent",
        Per::Guest => "guest",
        Per::Tenant => "tenant",
    };
    let mut sentence = match counted.each {
        (1, 1) => format!("one seat per {per}"),
        (number, 1) => format!("{} per {per}", seats(number)),
        (number, of) => format!("{} for every {of}, counted per {per}", seats(number)),
    };
    if let Some(first) = counted.first {
        sentence.push_str(&format!(", {} for the first", seats(first)));
    }
    if !counted.over.is_empty() {
        let over: Vec<String> = counted
            .over
            .iter()
            .map(|given| knowledge.givens[*given].id.to_string())
            .collect();
        sentence.push_str(&format!(", over {}", list(&over, "and")));
    }
    sentence
}

fn seats(number: u64) -> String {
    count(
        usize::try_from(number).unwrap_or(usize::MAX),
        "seat",
        "seats",
    )
}
