//! A small good data set with every kind of record and every key.

use super::repository;
use licit::dataset::{
    KnowledgeBase, SourceMap, Topic, from_bytes, lint, load, load_dir, report, to_bytes,
};
use licit::model::{ClaimKind, ClaimKindName, Demand, Grade, Named, Place, Segment, Standing};

fn good() -> KnowledgeBase {
    let mut loaded = load_dir(&repository("tests/data/good"), None);
    lint(&mut loaded, None);
    assert_eq!(report(&loaded.sources, &loaded.problems, false), "");
    loaded.knowledge.unwrap()
}

/// Path and text of every good file.
fn texts() -> Vec<(String, String)> {
    let (sources, _) = SourceMap::from_dir(&repository("tests/data/good"));
    sources
        .files()
        .map(|file| {
            let path = sources.relative_path(file).to_owned();
            (path, sources.text(file).to_owned())
        })
        .collect()
}

#[test]
fn every_kind_of_claim_is_read() {
    let knowledge = good();
    for kind in ClaimKindName::ALL {
        let mut claims = knowledge.claims.iter();
        assert!(
            claims.any(|(_, claim)| claim.kind.name() == *kind),
            "{kind}"
        );
    }
}

#[test]
fn values_arrive_where_they_belong() {
    let knowledge = good();
    let claim = |id: &str| &knowledge.claims[knowledge.claims.find(id).unwrap()];
    let first = claim("filter-needs-p1");
    let ClaimKind::Requirement {
        subjects,
        demand,
        counted,
        ..
    } = &first.kind
    else {
        panic!("{first:?}");
    };
    assert_eq!(subjects.len(), 4);
    assert!(matches!(demand, Demand::Requires(requirement) if requirement.demands()));
    let counted = counted.as_ref().unwrap();
    assert_eq!((counted.each, counted.first), ((1, 5), Some(2)));
    let mut leaves = 0;
    first.when.as_ref().unwrap().each_leaf(&mut |_| leaves += 1);
    assert_eq!(leaves, 10);
    assert_eq!(first.effective.until.as_ref().unwrap().written(), "2026-H2");
    assert_eq!(
        first.evidence[0].gone.as_ref().unwrap().written(),
        "by 2024-05"
    );
    assert!(first.evidence[1].second_hand && !first.is_second_hand());
    assert_eq!(first.standing.grade(false), Grade::Contract);
    assert!(matches!(
        claim("filter-on-the-account").kind,
        ClaimKind::Requirement {
            demand: Demand::Where(Place::Account),
            ..
        }
    ));
    let role = knowledge.roles.find("mail-administrator").unwrap();
    assert!(knowledge.roles[role].privileged);
    assert_eq!(knowledge.roles[role].further.len(), 1);
    let read = knowledge.tasks.find("mail.read").unwrap();
    assert_eq!(
        knowledge.areas[knowledge.tasks[read].area].id.as_str(),
        "email"
    );
    let protected = knowledge.tasks.find("filter.be-protected").unwrap();
    assert_eq!(knowledge.tasks[protected].area, knowledge.tasks[read].area);
}

#[test]
fn short_forms_make_claims() {
    let knowledge = good();
    let claim = |id: &str| &knowledge.claims[knowledge.claims.find(id).unwrap()];
    let name = claim("name:feature:filter:Old Filter");
    let filter = knowledge.features.find("filter").unwrap();
    assert!(matches!(&name.kind, ClaimKind::Name { of: Named::Feature(of), .. } if *of == filter));
    assert_eq!(name.standing, Standing::Observed);
    assert_eq!(name.known.from, name.effective.from);
    let inclusion = claim("inclusion:SUITE (no mail):FILTER_P1");
    assert_eq!(inclusion.standing, Standing::Documented);
    assert_eq!(
        inclusion.known.from.as_ref().unwrap().written(),
        "by 2021-10-13"
    );
    assert_eq!(
        knowledge.sources[inclusion.evidence[0].source].id.as_str(),
        "manual"
    );
    // Without a beginning it is known by the date of its source.
    let undated = claim("inclusion:SUITE (no mail):FILTER_P2");
    assert_eq!(
        undated.known.from.as_ref().unwrap().written(),
        "by 2022-01-31"
    );
}

#[test]
fn notes_change_the_records_of_the_table() {
    let knowledge = good();
    let sku = knowledge.skus.find("PHONE_EDU").unwrap();
    let phone = &knowledge.skus[sku];
    assert_eq!(phone.name.as_str(), "Shared phone");
    let aliases: Vec<&str> = phone.aliases.iter().map(|alias| alias.as_str()).collect();
    assert_eq!(aliases, ["PHONE", "telephone"]);
    assert_eq!(phone.segment, Segment::Education);
    assert!(phone.frontline && !phone.purchasable);
    let plan = knowledge.plans.find("FILTER_P2").unwrap();
    assert_eq!(
        knowledge.plans[plan].name.as_str(),
        "Filter Plan 2 (advanced)"
    );
    assert!(
        knowledge
            .claims
            .find("name:plan:FILTER_P2:Filter Advanced")
            .is_some()
    );
    // What a license of a device carries is known and counts for nobody.
    for carried in ["FILTER_P1", "FILTER_P2"] {
        let claim = knowledge
            .claims
            .find(&format!("inclusion:PHONE_EDU:{carried}"));
        assert!(!knowledge.has(claim.unwrap()));
    }
    assert!(knowledge.about(Topic::CarriedBy(sku)).is_empty());
}

#[test]
fn the_order_of_files_and_records_does_not_matter() {
    let expected = to_bytes(&good()).unwrap();
    let texts = texts();
    for turn in 0..texts.len() {
        let mut turned = texts.clone();
        turned.rotate_left(turn);
        if turn % 2 == 1 {
            turned.reverse();
        }
        let knowledge = load(SourceMap::from_texts(turned), None).knowledge.unwrap();
        assert_eq!(to_bytes(&knowledge).unwrap(), expected, "{turn}");
    }
    // Records may stand in any file, and in any order.
    let split: Vec<(String, String)> = texts
        .iter()
        .flat_map(|(path, text)| {
            if path != "claims.toml" {
                return vec![(path.clone(), text.clone())];
            }
            let mut records: Vec<String> = text
                .split("\n\n")
                .map(|record| format!("{record}\n"))
                .collect();
            records.reverse();
            let name = |(index, record)| (format!("{index}.toml"), record);
            records.into_iter().enumerate().map(name).collect()
        })
        .collect();
    assert!(split.len() > texts.len() + 10);
    let knowledge = load(SourceMap::from_texts(split), None).knowledge.unwrap();
    assert_eq!(to_bytes(&knowledge).unwrap(), expected);
}

#[test]
fn the_compact_form_comes_back_as_it_was() {
    let knowledge = good();
    let bytes = to_bytes(&knowledge).unwrap();
    let back = from_bytes(bytes.clone().leak()).unwrap();
    assert_eq!(to_bytes(&back).unwrap(), bytes);
    assert_eq!(format!("{back:?}"), format!("{knowledge:?}"));
    for length in 0..bytes.len() {
        assert!(
            from_bytes(bytes[..length].to_vec().leak()).is_err(),
            "{length}"
        );
    }
}

#[test]
fn every_record_of_the_built_in_form_is_as_it_was_loaded() {
    let loaded = load_dir(&repository("data"), None).knowledge.unwrap();
    let built_in = licit::ask::built_in().unwrap();
    assert_eq!(to_bytes(&built_in).unwrap(), to_bytes(&loaded).unwrap());
}
