//! The dialogue without screens: gate R20, whole dialogues, and odd input.

use super::drive::{Drive, KNOWLEDGE, today};
use crate::command_line::{licit, shell_words};
use crate::common::figure;
use licit::model::{Currency, Reading, Verdict};
use licit::tui::{Dialogue, Effect, Keymap, Look, Model, Pane, WORDS, fresh};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A dialogue and everything that it said.
pub(super) struct Talk {
    pub(super) dialogue: Dialogue,
    pub(super) said: String,
}

impl Talk {
    pub(super) fn new() -> Self {
        let look = Look {
            color: false,
            ground: None,
            ascii: false,
            mouse: false,
        };
        let draft = fresh(today(), Reading::Documented, Currency::us_dollar());
        let keymap = Keymap::new(&BTreeMap::new());
        let model = Model::new(Arc::clone(&KNOWLEDGE), today(), draft, keymap, look);
        let mut dialogue = Dialogue::new(model);
        let said = dialogue.greeting().text;
        Self { dialogue, said }
    }

    /// Types a line and returns what is said.
    pub(super) fn line(&mut self, line: &str) -> String {
        let reply = self.dialogue.line(line);
        assert!(
            reply.text.is_empty() || reply.text.ends_with('\n'),
            "whole lines only: {:?}",
            reply.text
        );
        self.said.push_str(&reply.text);
        reply.text
    }

    pub(super) fn verdict(&self) -> Verdict {
        self.dialogue.model().shown().unwrap().answer.verdict
    }
}

#[test]
fn a_bare_number_takes_the_match_told_under_it_and_a_shared_name_adds_all() {
    let mut talk = Talk::new();
    let told = talk.line("intune administrator");
    assert!(told.contains("1. role Intune Administrator"), "{told}");
    let added = talk.line("1");
    assert!(
        added.contains("added: role Intune Administrator"),
        "{added}"
    );
    // No match was told under this number: it is looked for.
    let sought = talk.line("365");
    assert!(sought.contains("matches"), "{sought}");
    let added = talk.line("add spf, dkim and dmarc");
    for feature in ["SPF", "DKIM", "DMARC"] {
        assert!(
            added.contains(&format!("added: feature {feature}")),
            "{added}"
        );
    }
    let words = talk.line("?");
    assert!(words.contains("put a match into the basket"), "{words}");
    assert!(
        talk.dialogue
            .line("q")
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    );
}

/// What steers a terminal or draws: escapes and cursor moves are control characters.
pub(super) fn steering(said: &str) -> (usize, usize) {
    let count = |of: fn(char) -> bool| said.chars().filter(|letter| of(*letter)).count();
    let controls = count(|letter| letter.is_control() && letter != '\n');
    let drawn = count(|letter| matches!(letter, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}'));
    (controls, drawn)
}

/// A step that both faces can do: by lines, and by keys.
#[derive(Debug, Clone, Copy)]
enum Step {
    Add(&'static str),
    Held(&'static str),
    On(&'static str),
    Known(&'static str),
    People(&'static str),
    Eligible,
    Cautious,
    Undo,
}

impl Step {
    fn line(self) -> String {
        match self {
            Self::Add(name) => format!("add {name}"),
            Self::Held(sku) => format!("held {sku}"),
            Self::On(day) => format!("on {day}"),
            Self::Known(day) => format!("known {day}"),
            Self::People(number) => format!("people {number}"),
            Self::Eligible => "eligible".to_owned(),
            Self::Cautious => "reading cautious".to_owned(),
            Self::Undo => "undo".to_owned(),
        }
    }

    /// The same by keys, with the basket in focus before and after.
    fn press(self, drive: &mut Drive) {
        let value = |drive: &mut Drive, key: &str, value: &str| {
            drive.press(key).press("^U").write(value).press("Enter");
        };
        match self {
            Self::Add(name) => {
                drive.press("/").write(name).press("Enter Esc");
            }
            Self::Held(sku) => value(drive, "H", sku),
            Self::On(day) => value(drive, "d", day),
            Self::Known(day) => value(drive, "D", day),
            Self::People(number) => value(drive, "#", number),
            Self::Eligible => drop(drive.press("i")),
            Self::Cautious => drop(drive.press("r")),
            Self::Undo => drop(drive.press("u")),
        }
    }
}

use Step::{Add, Cautious, Eligible, Held, Known, On, People, Undo};

/// What is asked: roles of every workload with and without a license, features, tasks, both days, each reading.
const SCRIPTS: [&[Step]; 30] = [
    &[Add("Global Administrator")],
    &[Add("Intune Administrator")],
    &[Add("Intune Administrator"), On("2020-03-02")],
    &[
        Add("Intune Administrator"),
        On("2020-03-02"),
        Known("2020-03-02"),
    ],
    &[Add("Intune Administrator"), Held("SPE_E3")],
    &[Add("pim")],
    &[Add("pim"), On("2019-03-01")],
    &[Add("pim"), Held("SPE_E3")],
    &[Add("pim"), Held("SPE_E5")],
    &[Add("pim"), Cautious],
    &[Add("Exchange Administrator")],
    &[Add("Exchange Administrator"), Eligible],
    &[Add("Exchange Administrator"), Eligible, Held("SPE_E3")],
    &[Add("Exchange Administrator"), Add("safe-links")],
    &[Add("safe-links")],
    &[Add("safe-links"), On("2026-07-15"), Held("SPE_E3")],
    &[Add("safe-links"), Cautious],
    &[Add("conditional-access")],
    &[Add("pim.configure")],
    &[Add("pim.approve")],
    &[Add("pim.approve"), Known("2020-06-01")],
    &[Add("forwarding.configure")],
    &[Add("dkim.configure")],
    &[Add("basic-auth-ews"), On("2020-11-01"), Known("2020-04-02")],
    &[Add("basic-auth-ews"), On("2020-11-01"), Known("2020-05-15")],
    &[Add("threat-explorer")],
    &[Add("SPE_E5")],
    &[Add("Helpdesk Administrator"), Add("pim"), Undo],
    &[Add("Helpdesk Administrator"), Add("pim"), Undo, Cautious],
    &[
        Add("Security Administrator"),
        Eligible,
        People("14"),
        People("1"),
    ],
];

fn strings<'a>(values: &'a Value, key: &str) -> Vec<&'a str> {
    let values = values.as_array().unwrap().iter();
    values.map(|value| value[key].as_str().unwrap()).collect()
}

/// The same answer three ways: lines, keys, and the command line that the dialogue itself gives. Returns what was said.
fn same_answer(script: &[Step]) -> String {
    let mut talk = Talk::new();
    let mut drive = Drive::new(120, 40);
    drive.press("Esc");
    for step in script {
        let said = talk.line(&step.line());
        assert!(
            said.contains("Answer: ") || said.contains("Basket"),
            "{step:?}: {said}"
        );
        step.press(&mut drive);
    }
    let told = &talk.dialogue.model().answered.as_ref().unwrap().answer;
    let shown = &drive.model.answered.as_ref().unwrap().answer;
    assert_eq!(told, shown, "{script:?}");
    let verdict = told.verdict.word();
    let json = talk.line("json");
    let line = talk.line("command");
    let mut words = shell_words(line.trim_end()).split_off(1);
    words.extend(["--format", "json"].map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let run = licit(&words);
    assert_eq!(run.answer, json, "{line}{}", run.messages);
    let json: Value = serde_json::from_str(&json).unwrap();
    let answer = talk.line("answer");
    for row in drive.model.rows(Pane::Answer) {
        let words = row.text();
        assert!(
            answer.contains(words.trim()),
            "{words} is missing in {answer}"
        );
    }
    assert_eq!(json["verdict"], verdict);
    for need in json["needs"].as_array().unwrap() {
        assert!(
            answer.contains(need["subject"]["name"].as_str().unwrap()),
            "{answer}"
        );
    }
    if let Some(total) = json["baskets"][0]["total"].as_str() {
        let is_told = answer.contains(&format!("Total {total} USD a month"))
            || answer.contains("Nothing to buy");
        assert!(is_told, "{total} is missing in {answer}");
    }
    let sources = talk.line("source");
    let ids = strings(&json["sources"], "id");
    for (place, id) in ids.iter().enumerate() {
        let line = format!("source {}: {id}: ", place + 1);
        assert!(sources.contains(&line), "{line} is missing in {sources}");
    }
    talk.said
}

#[test]
fn r20_thirty_scripts_line_by_line_give_the_answers_of_the_screens() {
    let mut characters = 0;
    for script in SCRIPTS {
        let said = same_answer(script);
        assert_eq!(steering(&said), (0, 0), "{script:?}");
        characters += said.len();
    }
    figure(
        "R20",
        &format!(
            "{} scripts, {characters} bytes, 0 other answers than the model's and licit ask's, 0 escapes, 0 cursor moves, \
             0 box or braille characters",
            SCRIPTS.len()
        ),
    );
}

/// What a planner does who hears and does not see: an old name, a question, a day, a reason, a source.
#[test]
fn a_whole_dialogue() {
    let mut talk = Talk::new();
    let found = talk.line("company administrator");
    assert!(found.contains("1. role Global Administrator"), "{found}");
    assert!(found.contains("Preview: Global Administrator: "), "{found}");
    talk.line("intune administrator");
    let answer = talk.line("add 1");
    assert_eq!(talk.verdict(), Verdict::Depends);
    assert!(
        answer.contains("question 1: Is access for unlicensed admins"),
        "{answer}"
    );
    talk.line("yes 1");
    assert_eq!(talk.verdict(), Verdict::NotRequired);
    talk.line("undo");
    assert_eq!(talk.verdict(), Verdict::Depends);
    assert!(talk.line("yes 2").contains("say 2 VALUE"));
    // Tenants made after July 2021 have the switch on: `intune-default-after-july-2021`.
    talk.line("say 2 2024-05-01");
    assert_eq!(talk.verdict(), Verdict::NotRequired);
    talk.line("unknown tenant.created");
    assert_eq!(talk.verdict(), Verdict::Depends);
    talk.line("on 2020-03-02");
    assert_eq!(talk.verdict(), Verdict::Contested);
    assert!(talk.line("on 2020-13-02").contains("is not a day"));
    let why = talk.line("why");
    assert!(why.contains("claim 1: "), "{why}");
    assert!(talk.line("why 1").starts_with("Claim "));
    assert!(talk.line("why 999").contains("there is no claim 999"));
    let list = talk.line("source");
    let (_, first) = list.split_once("source 1: ").unwrap();
    let first = first.split(": ").next().unwrap();
    assert!(talk.line("source 1").contains(first));
    assert!(talk.line("timeline").contains("Changes: "));
    let compared = talk.line("compare SPE_E3 SPE_E5");
    assert!(compared.contains("Differences: "), "{compared}");
    assert_eq!(
        talk.line("command").trim_end(),
        "licit compare SPE_E3 SPE_E5 --on 2020-03-02"
    );
    assert!(talk.line("remove 99").contains("no line 99"));
    talk.line("remove 2");
    assert!(talk.dialogue.model().answered.is_none());
    assert_eq!(steering(&talk.said), (0, 0));
}

/// Two prices of P2 are in dispute; without the confirmed claim the other one counts.
#[test]
fn a_claim_is_set_aside_by_its_id_and_counts_again() {
    let mut talk = Talk::new();
    assert!(talk.line("add pim").contains("Total 9.00 USD"));
    assert!(
        talk.line("without entra-p2-usd-9")
            .contains("Total 10.00 USD")
    );
    assert!(
        talk.line("without entra-p2-usd-9")
            .contains("Total 9.00 USD")
    );
}

#[test]
fn unknown_words_are_searched_and_near_ones_suggested() {
    let mut talk = Talk::new();
    assert!(talk.line("hepl").contains("Did you mean the word help"));
    assert!(talk.line("undoo").contains("Did you mean the word undo"));
    // A role is called so; the words of the dialogue do not hide it.
    assert!(
        talk.line("people administrator")
            .contains("1. role People Administrator")
    );
    assert!(talk.line("held 365 E3").contains("no exact name"));
    assert!(talk.line("held 1").contains("holds "));
    assert!(talk.line("add").contains("add NUMBER or NAME"));
    let help = talk.line("help");
    for word in WORDS {
        assert!(
            help.contains(&format!("{}: {}", word.usage(), word.help)),
            "{}",
            word.word
        );
    }
    assert!(talk.line("quit").is_empty());
}

#[test]
fn a_file_is_replaced_only_after_a_yes() {
    let mut talk = Talk::new();
    talk.line("add pim");
    let reply = talk.dialogue.line("write /tmp/a.json");
    let [
        Effect::Write {
            path,
            text,
            replace: false,
        },
    ] = reply.effects.as_slice()
    else {
        panic!("{reply:?}");
    };
    assert!(text.contains("licit.answer/1"));
    let asked = talk
        .dialogue
        .told(licit::tui::Report::Exists { path: path.clone() });
    assert!(asked.text.contains("Replace /tmp/a.json?"), "{asked:?}");
    assert_eq!(talk.dialogue.line("no").effects, []);
    let again = talk.dialogue.line("write /tmp/a.json");
    assert_eq!(again.effects.len(), 1);
    talk.dialogue
        .told(licit::tui::Report::Exists { path: path.clone() });
    let replaced = talk.dialogue.line("yes");
    let is_replaced = matches!(
        replaced.effects.as_slice(),
        [Effect::Write { replace: true, .. }]
    );
    assert!(is_replaced, "{replaced:?}");
}

/// Words with missing, odd and huge values, in an order by chance that can be had again.
fn odd_lines(number: usize) -> impl Iterator<Item = String> {
    let values = [
        "",
        "0",
        "1",
        "2",
        "3",
        "99999999999999999999",
        "-1",
        "1.",
        "pim",
        "SPE_E3",
        "\u{1b}[2J",
        "\u{202e}ab",
        "2020-02-30",
        "today",
        "unknown",
        "yes",
        "no",
        "intune.unlicensed-admins-allowed",
        "tenant.created",
        "\0",
        "  ",
        "sku:",
        ":",
        "é\u{301}管理",
        "1 2 3 4",
        "2 2020-05",
        "'",
        "\"",
        "SPE_E3 SPE_E5 pim",
    ];
    let mut seed = 20_261_122_u64;
    let mut roll = move |sides: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(sides).unwrap()).unwrap()
    };
    (0..number).map(move |_| {
        let value = values[roll(values.len())];
        match roll(WORDS.len() + 1) {
            // Text and JSON of thousands of lines say nothing new here.
            place if place < WORDS.len() => format!("{} {value}", WORDS[place].word),
            _ => value.repeat(1 + 2000 * roll(2)),
        }
    })
}

fn fuzz(lines: usize) {
    let mut talk = Talk::new();
    for line in odd_lines(lines) {
        let said = talk.line(&line);
        assert_eq!(steering(&said), (0, 0), "{line:?}");
        let hears = line.trim().is_empty() || !said.is_empty() || line.starts_with(['q', 'w']);
        assert!(
            hears || !line.is_ascii() || line.contains('\0'),
            "{line:?} is answered by silence"
        );
        talk.said.clear();
    }
    figure("R20", &format!("{lines} odd lines, 0 panics"));
}

#[test]
fn odd_lines_are_answered_too() {
    fuzz(200);
}

#[test]
#[ignore = "minutes; run by name"]
fn many_odd_lines_are_answered_too() {
    fuzz(20_000);
}
