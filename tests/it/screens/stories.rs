//! What users do, key by key.

use super::drive::Drive;
use licit::model::Verdict;
use licit::tui::{Effect, Pane, Screen};

fn verdict(drive: &Drive) -> Verdict {
    drive.model.shown().unwrap().answer.verdict
}

/// Nobody reads the help first: the first useful answer comes while the name is typed.
#[test]
fn the_first_answer_comes_within_ten_keys() {
    let mut drive = Drive::new(80, 24);
    drive.type_in("pim");
    assert_eq!(verdict(&drive), Verdict::Required);
    let text = drive.text();
    assert!(text.contains("A license is required"), "{text}");
    assert!(text.contains("AAD_PREMIUM_P2"), "{text}");
    drive.press("Enter");
    assert!(drive.model.answered.is_some());
}

/// The portal of 2019 calls the Global Administrator "Company Administrator": `shared/research/data-sources.md`, section 2.
#[test]
fn an_old_role_name_gives_the_answer_of_today() {
    let mut drive = Drive::new(120, 40);
    drive.write("company administrator");
    let text = drive.text();
    assert!(text.contains("Global Administrator"), "{text}");
    drive.press("Enter");
    let subjects = drive.model.subjects();
    let role = drive.model.base.roles.find("global-administrator").unwrap();
    assert_eq!(subjects, [licit::model::Asked::Role(role)]);
}

#[test]
fn everything_an_answer_says_leads_to_its_claim_and_its_source() {
    let mut drive = Drive::new(120, 40);
    drive.write("pim").press("Enter Tab Tab");
    assert_eq!(drive.model.focus, Pane::Answer);
    drive.press("w");
    assert_eq!(drive.model.screen, Screen::Why);
    let proof = drive.model.rows(Pane::Proof);
    let marked = &proof[drive.model.list(Pane::Proof).selected];
    assert!(marked.text().contains("pim-eligible"), "{}", marked.text());
    drive.press("o");
    let text = drive.text();
    assert!(text.contains("in the browser?"), "{text}");
    assert!(text.contains("https://"), "{text}");
    drive.press("y");
    let opened = drive
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Open { url } if url.starts_with("https://")));
    assert!(opened, "{:?}", drive.effects);
}

/// A question that only the asker can answer: one key each.
#[test]
fn a_given_is_answered_with_one_key_where_it_matters() {
    let mut drive = Drive::new(120, 40);
    drive.write("intune administrator").press("Enter Tab Tab");
    assert_eq!(verdict(&drive), Verdict::Depends);
    let asks = |drive: &Drive| {
        drive
            .model
            .target_of(Pane::Answer)
            .is_some_and(|target| target.given().is_some())
    };
    for _ in 0..40 {
        if asks(&drive) {
            break;
        }
        drive.press("Down");
    }
    assert!(asks(&drive), "{}", drive.text());
    drive.press("y");
    let given = drive
        .model
        .base
        .givens
        .find("intune.unlicensed-admins-allowed")
        .unwrap();
    let stated = drive.model.draft.now().team.givens.get(&given);
    assert_eq!(stated, Some(&licit::model::GivenValue::Truth(true)));
    assert_eq!(verdict(&drive), Verdict::NotRequired);
    drive.press("u");
    assert_eq!(verdict(&drive), Verdict::Depends);
}

/// Dates are stepped through, the banner says so, and today comes back.
#[test]
fn stepping_through_the_dates_of_an_answer() {
    let mut drive = Drive::new(120, 40);
    drive.write("intune administrator").press("Enter Esc [");
    let on = drive.model.draft.now().team.on;
    assert!(on < drive.model.today);
    let text = drive.text();
    assert!(text.contains(&format!("Not today: on {on}")), "{text}");
    drive.press("d");
    for _ in 0..12 {
        drive.press("Backspace");
    }
    // Before the switch of June 2020 the roles page asks for a license and the page on users says that the portal needs none.
    drive.write("2020-03-02").press("Enter");
    assert_eq!(verdict(&drive), Verdict::Contested);
    drive.press("d");
    drive.write("x").press("Enter");
    let text = drive.text();
    assert!(
        text.contains("is not a day"),
        "what was typed stays, with what is wrong: {text}"
    );
    drive.press("Esc t");
    assert!(drive.model.is_today());
}

/// Microsoft 365 E3, E5 and F3 for two roles: of the three only E5 has P2.
#[test]
fn three_suites_are_compared_for_two_roles() {
    let mut drive = Drive::new(120, 40);
    drive.write("global administrator").press("Enter");
    drive.write("pim").press("Enter Esc 4");
    for sku in ["SPE_E3", "SPE_E5", "SPE_F1"] {
        drive.press("+").write(sku).press("Enter");
    }
    drive.press("z");
    let comparison = drive.model.comparison.as_ref().unwrap();
    assert_eq!(comparison.sets.len(), 3);
    let task = drive
        .model
        .base
        .tasks
        .find("pim.hold-eligible-assignment")
        .unwrap();
    let row = comparison
        .rows
        .iter()
        .find(|row| row.of == licit::model::Named::Task(task))
        .unwrap();
    let marks: Vec<&str> = row.cells.iter().map(|cell| cell.mark.word()).collect();
    assert_eq!(marks, ["no", "yes", "no"]);
    let text = drive.text();
    assert!(text.contains("Hold an eligible role assignment"), "{text}");
}

/// Leaving and coming back: the same basket, screen and mark.
#[test]
fn a_session_is_taken_up_where_it_was_left() {
    let mut drive = Drive::new(120, 40);
    drive.write("intune administrator").press("Enter Esc s");
    drive.write("devices").press("Enter 2 Down Down Down");
    let left = drive.model.session();
    drive.press("q");
    assert_eq!(drive.effects.last(), Some(&Effect::Quit));
    let saved = drive.saved.last().unwrap().clone();
    let mut again = Drive::new(120, 40);
    let (session, left_out) =
        licit::files::read_session(&again.model.base, &saved, again.model.today).unwrap();
    assert_eq!(left_out, Vec::<String>::new());
    again.model.take_up(session);
    assert_eq!(again.model.session(), left);
    // The steps that can be undone are not kept: they stand above, and offer themselves below.
    let rest = |text: String| -> Vec<String> {
        let lines = text.lines().take(39);
        let lines = lines.map(|line| line.replace("undo 2", "").trim_end().to_owned());
        lines.collect()
    };
    assert_eq!(rest(again.text()), rest(drive.text()));
    again.press("b").write("dev").press("Enter");
    assert_eq!(again.model.draft.now().team.name, "devices");
}

/// What a field proposes is replaced by what is typed, and changed after any other key.
#[test]
fn what_is_typed_takes_the_place_of_what_was_proposed() {
    let mut drive = Drive::new(120, 40);
    drive
        .write("pim")
        .press("Enter Esc #")
        .write("12")
        .press("Enter");
    let people = |drive: &Drive| drive.model.draft.now().persona().map(|people| people.count);
    assert_eq!(people(&drive), Some(12));
    drive.press("# End").write("0").press("Enter");
    assert_eq!(people(&drive), Some(120));
    drive.press("d").write("2020-03-02").press("Enter");
    assert_eq!(drive.model.draft.now().team.on.to_string(), "2020-03-02");
    // The command line is that of one person, and says so.
    drive.effects.clear();
    drive.press("y c");
    let told = drive.effects.iter().find_map(|effect| match effect {
        Effect::Copy { what, .. } => Some(what.clone()),
        _ => None,
    });
    assert!(told.unwrap().contains("for one of these people"));
}

/// An answer that leaves claims out says so wherever it goes, or does not go there.
#[test]
fn what_leaves_the_program_tells_which_claims_it_leaves_out() {
    let mut drive = Drive::new(120, 40);
    drive.write("pim").press("Enter Esc 2");
    for _ in 0..80 {
        if drive
            .model
            .target()
            .is_some_and(|target| target.claim().is_some())
        {
            break;
        }
        drive.press("Down");
    }
    drive.press("x");
    let left_out: Vec<String> = drive
        .model
        .draft
        .now()
        .set_aside
        .iter()
        .map(|claim| drive.model.base.claims[*claim].id.to_string())
        .collect();
    assert_eq!(left_out.len(), 1);
    for (keys, is_told) in [("y a", true), ("y m", true), ("y j", false), ("y c", false)] {
        drive.effects.clear();
        drive.press(keys);
        let copied = drive.effects.iter().find_map(|effect| match effect {
            Effect::Copy { text, .. } => Some(text.clone()),
            _ => None,
        });
        let sentence = format!("As if nobody had ever said: {}", left_out[0]);
        match copied {
            Some(text) => assert!(is_told && text.contains(&sentence), "{keys}: {text}"),
            None => assert!(!is_told, "{keys}: {}", drive.text()),
        }
    }
    drive.effects.clear();
    drive.press("e t Enter");
    let written = drive.effects.iter().find_map(|effect| match effect {
        Effect::Write { text, .. } => Some(text.clone()),
        _ => None,
    });
    assert!(
        written
            .unwrap()
            .starts_with("# As if nobody had ever said: ")
    );
}
