//! Own prices: which price counts on which day, that the checker takes none that nobody stated, and what is told of a file.

use crate::command_line::{licit, on_small_data};
use crate::common::knowledge;
use licit::ask::ask;
use licit::dataset::KnowledgeBase;
use licit::model::{
    Agreement, Asked, Currency, Day, Money, OwnPrice, PriceRow, PricedBy, Question, Reading,
    Segment, SkuId, Term,
};
use licit::proof::check;
use licit::reason::seat_price;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn question(knowledge: &KnowledgeBase, on: &str, agreement: Agreement) -> Question {
    Question {
        subjects: vec![Asked::Task(
            knowledge
                .tasks
                .find("pim.hold-eligible-assignment")
                .unwrap(),
        )],
        eligible: false,
        on: day(on),
        known: day("2026-11-22"),
        givens: Default::default(),
        held: Vec::new(),
        held_elsewhere: Vec::new(),
        owned: Default::default(),
        reading: Reading::Documented,
        segment: Segment::Commercial,
        currency: Currency::parse("USD").unwrap(),
        agreement,
    }
}

fn own(sku: SkuId, amount: &str, from: &str, until: &str) -> OwnPrice {
    OwnPrice {
        sku,
        amount: Money::parse(amount).unwrap(),
        currency: Currency::parse("USD").unwrap(),
        from: Some(day(from)),
        until: Some(day(until)),
        term: None,
        row: PriceRow {
            file: "prices.csv".into(),
            line: 2,
        },
        note: "".into(),
    }
}

/// Microsoft 365 E3 costs 36 dollars until the end of June 2026 and 39 from July 2026 on: `data/prices`, two sources.
#[test]
fn an_own_price_wins_on_its_days_and_a_renewed_seat_keeps_its_price() {
    let knowledge = knowledge();
    let e3 = knowledge.skus.find("SPE_E3").unwrap();
    let cost = |on: &str, agreement: &Agreement, held: &[SkuId]| {
        let mut question = question(&knowledge, on, agreement.clone());
        question.held = held.to_vec();
        seat_price(&knowledge, &question, e3).map(|price| price.amount.to_string())
    };
    let list = Agreement::default();
    assert_eq!(cost("2026-06-30", &list, &[]).as_deref(), Some("36.00"));
    assert_eq!(cost("2026-07-01", &list, &[]).as_deref(), Some("39.00"));
    let mine = Agreement {
        prices: vec![own(e3, "33.10", "2026-07-01", "2027-07-01")],
        ..Agreement::default()
    };
    assert_eq!(cost("2026-06-30", &mine, &[]).as_deref(), Some("36.00"));
    assert_eq!(cost("2026-07-01", &mine, &[]).as_deref(), Some("33.10"));
    assert_eq!(cost("2027-06-30", &mine, &[]).as_deref(), Some("33.10"));
    assert_eq!(cost("2027-07-01", &mine, &[]).as_deref(), Some("39.00"));
    let renewed = Agreement {
        renewed_on: Some(day("2026-06-15")),
        ..Agreement::default()
    };
    assert_eq!(
        cost("2026-11-22", &renewed, &[e3]).as_deref(),
        Some("36.00")
    );
    assert_eq!(cost("2026-11-22", &renewed, &[]).as_deref(), Some("39.00"));
    let monthly = Agreement {
        term: Term::Monthly,
        ..Agreement::default()
    };
    assert_eq!(cost("2026-11-22", &monthly, &[]), None);
    let mut other = mine.clone();
    other.prices[0].currency = Currency::parse("EUR").unwrap();
    assert_eq!(cost("2026-07-01", &other, &[]).as_deref(), Some("39.00"));
    let mut annual = mine;
    annual.prices[0].term = Some(Term::Monthly);
    assert_eq!(cost("2026-07-01", &annual, &[]).as_deref(), Some("39.00"));
}

#[test]
fn the_checker_takes_a_price_only_from_whoever_stated_it() {
    let knowledge = knowledge();
    let p2 = knowledge.skus.find("AAD_PREMIUM_P2").unwrap();
    let mine = Agreement {
        prices: vec![own(p2, "5.00", "2026-07-01", "2027-07-01")],
        ..Agreement::default()
    };
    let (answer, proof) = ask(&knowledge, &question(&knowledge, "2026-11-22", mine));
    let item = &answer.baskets[0].items[0];
    assert_eq!((item.sku, item.price), (p2, Some(PricedBy::Own(0))));
    assert_eq!(item.unit_price, Money::parse("5.00"));
    assert_eq!(check(&knowledge, &answer, &proof), Ok(()));
    let refused = |change: &dyn Fn(&mut licit::model::Answer)| {
        let mut wrong = answer.clone();
        change(&mut wrong);
        assert!(check(&knowledge, &wrong, &proof).is_err());
    };
    refused(&|wrong| wrong.question.agreement.prices.clear());
    refused(&|wrong| wrong.question.agreement.prices[0].until = Some(day("2026-11-22")));
    refused(&|wrong| wrong.question.agreement.prices[0].amount = Money::ZERO);
    refused(&|wrong| wrong.question.agreement.prices[0].currency = Currency::parse("EUR").unwrap());
    refused(&|wrong| wrong.question.agreement.prices[0].term = Some(Term::Monthly));
    refused(&|wrong| wrong.baskets[0].items[0].price = Some(PricedBy::Own(1)));
    // The list price of 9 dollars was not what the asker pays.
    let claim = knowledge.about(licit::dataset::Topic::PricesOf(p2));
    for claim in claim {
        refused(&|wrong| {
            let basket = &mut wrong.baskets[0];
            basket.items[0].price = Some(PricedBy::List(*claim));
            basket.items[0].unit_price = Money::parse("9.00");
            basket.total = Money::parse("9.00");
        });
    }
    assert!(!claim.is_empty());
}

/// Pages of 2026 say 70 dollars of Business Central Essentials, others 80 since November 2025 (`data/prices/dynamics-365.toml`):
/// the dearer counts and the other is named; before that there is one price.
#[test]
fn where_two_prices_may_hold_the_dearer_counts_and_the_other_is_named() {
    let knowledge = knowledge();
    let use_it = knowledge.tasks.find("business-central.use").unwrap();
    let on = |on: &str| Question {
        subjects: vec![Asked::Task(use_it)],
        ..question(&knowledge, on, Agreement::default())
    };
    let (answer, proof) = ask(&knowledge, &on("2026-11-22"));
    let item = &answer.baskets[0].items[0];
    assert_eq!(item.unit_price, Money::parse("80.00"));
    let other = item.other_price.unwrap();
    assert_eq!(Some(other.amount), Money::parse("70.00"));
    let named = knowledge.claims[other.claim].id.as_str();
    assert_eq!(named, "business-central-essentials-usd-70");
    assert_eq!(check(&knowledge, &answer, &proof), Ok(()));
    let refused = |change: &dyn Fn(&mut licit::model::OtherPrice)| {
        let mut wrong = answer.clone();
        let other = wrong.baskets[0].items[0].other_price.as_mut().unwrap();
        change(other);
        assert!(check(&knowledge, &wrong, &proof).is_err());
    };
    refused(&|other| other.amount = Money::ZERO);
    refused(&|other| other.claim = knowledge.claims.find("entra-p1-usd-6").unwrap());
    refused(&|other| {
        let counted = "business-central-essentials-usd-80";
        other.claim = knowledge.claims.find(counted).unwrap();
        other.amount = Money::parse("80.00").unwrap();
    });
    let (before, _) = ask(&knowledge, &on("2025-10-31"));
    let item = &before.baskets[0].items[0];
    assert_eq!(
        (item.unit_price, item.other_price),
        (Money::parse("70.00"), None)
    );
}

#[test]
fn a_file_that_cannot_be_used_ends_with_3_and_a_mistake_beside_it_with_2() {
    for file in [
        "tests/data/prices/unusable.csv",
        "nowhere.csv",
        "tests/data/prices",
    ] {
        let run = on_small_data(&["ask", "pim", "--prices", file]);
        assert_eq!(run.code, 3, "{file}: {}", run.messages);
        assert!(run.messages.contains("no price of") && run.answer.is_empty());
        let run = on_small_data(&["ask", "pim", "--prices", file, "--on", "May"]);
        assert_eq!(run.code, 2);
        assert!(run.messages.contains("no price of") && run.messages.contains("`--on May`"));
    }
}

#[test]
fn the_rows_that_are_not_used_are_told_and_the_others_count() {
    let run = licit(&[
        "ask",
        "pim",
        "--on",
        "2026-11-22",
        "--prices",
        "tests/data/prices/mistakes.csv",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 0);
    assert!(
        run.messages.contains("4 rows are rejected, 1 of 5 used"),
        "{}",
        run.messages
    );
    let answer: serde_json::Value = serde_json::from_str(&run.answer).unwrap();
    let item = &answer["baskets"][0]["skus"][0];
    assert_eq!(item["unit_price"], "7.80");
    assert_eq!(item["price"], serde_json::Value::Null);
    assert_eq!(item["own_price"]["line"], 2);
    assert_eq!(
        answer["question"]["agreement"]["prices"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let many: String = (0..40)
        .map(|number| format!("NO_{number},1,USD\n"))
        .collect();
    let path = std::env::temp_dir().join(format!("licit-many-{}.csv", std::process::id()));
    std::fs::write(&path, format!("sku,price,currency\nSPE_E3,1,USD\n{many}")).unwrap();
    let run = on_small_data(&["ask", "pim", "--prices", path.to_str().unwrap()]);
    std::fs::remove_file(&path).unwrap();
    assert!(
        run.messages.contains("and 30 further errors"),
        "{}",
        run.messages
    );
    assert_eq!(run.code, 0);
}
