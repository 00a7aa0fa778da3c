//! Gates R01 to R04 and R14 to R19 of the plan, on the program without its terminal. Each prints its figure.

#![expect(clippy::print_stdout, reason = "each gate prints its figure")]

use super::drive::Drive;
use licit::tui::{BINDINGS, Command, Context, Effect, Keymap, Look, Message, Pane, Screen, Target};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthStr;

/// What every screen is tried with.
const BASKET: &str = "intune administrator";

const PLAIN: Look = Look {
    color: false,
    ground: None,
    ascii: false,
    mouse: false,
};

/// A program with something in its basket, two licenses beside each other and a thing in the middle of the graph.
fn filled(look: Look) -> Drive {
    let mut drive = Drive::looking(120, 40, look);
    drive.write(BASKET).press("Enter");
    drive.press("Esc 4 +").write("SPE_E3").press("Enter");
    drive.press("+").write("SPE_E5").press("Enter");
    drive.press("1");
    drive.press("6 1");
    drive
}

/// Shows a screen.
fn go(drive: &mut Drive, screen: Screen) {
    drive.model.overlay = None;
    drive.model.go(screen);
}

fn resize(drive: &mut Drive, width: u16, height: u16) {
    drive.send(Message::Resize { width, height });
}

const SCREENS: [Screen; 7] = [
    Screen::Ask,
    Screen::Why,
    Screen::Timeline,
    Screen::Compare,
    Screen::Audit,
    Screen::Graph,
    Screen::Show,
];

/// A claim is shown whole on the screen for one thing.
fn with_something_shown(drive: &mut Drive) {
    let claim = drive
        .model
        .base
        .claims
        .find("pim-eligible-p2-or-governance-2023");
    drive.model.opened = claim.map(Target::Claim);
}

fn r01(widths: &[u16], heights: &[u16]) -> usize {
    let mut renders = 0;
    let mut empty = Drive::new(80, 24);
    let mut full = filled(PLAIN);
    with_something_shown(&mut full);
    for drive in [&mut empty, &mut full] {
        for screen in SCREENS {
            go(drive, screen);
            for help in [false, true] {
                drive.model.overlay = None;
                if help {
                    drive.press("Alt+1");
                    go(drive, screen);
                    drive.model.focus = licit::tui::panes_of(screen)[0];
                    drive.press("?");
                    assert!(drive.model.overlay.is_some(), "{screen:?}");
                }
                for width in widths {
                    for height in heights {
                        resize(drive, *width, *height);
                        drive.buffer();
                        renders += 1;
                    }
                }
                resize(drive, 120, 40);
            }
        }
    }
    renders
}

#[test]
fn r01_every_screen_at_every_size() {
    let renders = r01(
        &[1, 19, 20, 40, 59, 60, 80, 100, 133],
        &[1, 4, 5, 12, 18, 24, 30, 40],
    );
    println!("R01 {renders} renders, 0 panics");
    assert_eq!(renders, 2 * 7 * 2 * 9 * 8);
}

/// The whole grid of the plan: 55 widths and 32 heights from 1x1 to 500x200.
#[test]
#[ignore = "minutes; run by name"]
fn r01_every_screen_at_every_size_of_the_whole_grid() {
    let widths: Vec<u16> = (1..=40)
        .chain((50..=150).step_by(10))
        .chain([200, 300, 400, 500])
        .collect();
    let heights: Vec<u16> = (1..=24)
        .chain([30, 36, 40, 60, 80, 100, 150, 200])
        .collect();
    assert_eq!((widths.len(), heights.len()), (55, 32));
    let renders = r01(&widths, &heights);
    println!("R01 {renders} renders, 0 panics");
}

#[test]
fn r02_below_the_least_size_keys_still_act() {
    let mut sizes = 0;
    let mut drive = Drive::new(80, 24);
    for width in 1..=19 {
        for height in 1..=4 {
            resize(&mut drive, width, height);
            let shown = drive.text();
            let line: String = "licit 20x5 needed"
                .chars()
                .take(usize::from(width))
                .collect();
            assert_eq!(shown.lines().next().unwrap(), line.trim_end());
            drive.type_in("p");
            assert!(!drive.model.search.value().is_empty());
            drive.press("Backspace");
            sizes += 1;
        }
    }
    println!("R02 {sizes} sizes, {sizes} pass");
    assert_eq!(sizes, 76);
}

#[test]
fn r03_verdict_dates_and_help_are_always_in_sight() {
    let sizes: Vec<(u16, u16)> = [60, 66, 72, 80, 90, 99, 100, 120]
        .into_iter()
        .flat_map(|width| [18, 20, 24, 29, 30].map(|height| (width, height)))
        .collect();
    let mut drive = filled(PLAIN);
    with_something_shown(&mut drive);
    let mut looks = 0;
    for screen in SCREENS {
        go(&mut drive, screen);
        for (width, height) in &sizes {
            resize(&mut drive, *width, *height);
            let text = drive.text();
            let seen = |words: &str| {
                assert!(
                    text.contains(words),
                    "{screen:?} {width}x{height} lacks {words}:\n{text}"
                );
            };
            seen("DEPENDS");
            seen("on 2026-11-22");
            seen("known today");
            seen("? help");
            looks += 1;
        }
    }
    println!("R03 {looks} looks, 0 misses");
    assert_eq!(looks, 280);
}

/// Keys for the monkey: every key of the table but those that leave, and some that mean nothing.
fn monkey_keys() -> Vec<String> {
    let mut keys: Vec<String> = BINDINGS
        .iter()
        .filter(|binding| !matches!(binding.command, Command::Quit | Command::Suspend))
        // What stops a reading leaves the program where nothing is being read.
        .filter(|binding| binding.keys != "^C")
        .flat_map(|binding| binding.keys.split(' ').map(str::to_owned))
        .collect();
    keys.extend(["z", "7", "e", "i", "n", "Left", "Right", "Home", "End"].map(str::to_owned));
    keys.sort();
    keys.dedup();
    keys
}

/// A small generator, so that a failure can be had again by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// R14: the detail is about the marked row. R15: no key panics or quits unasked.
fn monkey(keys: usize, seed: u64) -> (usize, usize) {
    let mut dice = Dice(seed);
    let all = monkey_keys();
    let mut drive = filled(PLAIN);
    let mut looked = 0;
    for pressed in 0..keys {
        if pressed % 200 == 0 {
            let sizes = [(120, 40), (80, 24), (40, 12), (10, 3)];
            let (width, height) = sizes[dice.roll(sizes.len())];
            resize(&mut drive, width, height);
        }
        let key = &all[dice.roll(all.len())];
        drive.press(key);
        assert!(
            !drive.effects.contains(&Effect::Quit),
            "{key} quits after {pressed} keys of seed {seed}"
        );
        drive.effects.clear();
        if pressed % 10 == 0 && drive.model.overlay.is_none() {
            drive.buffer();
            looked += usize::from(detail_fits(&drive));
        }
    }
    (keys, looked)
}

/// Whether the pane that follows the marked row is about it.
fn detail_fits(drive: &Drive) -> bool {
    let pairs = [
        (Screen::Why, Pane::Proof, Pane::Step),
        (Screen::Graph, Pane::Tree, Pane::Edge),
    ];
    for (screen, list, detail) in pairs {
        // What the user filters out of the detail is not there to be looked at.
        if drive.model.screen != screen || drive.model.filters.contains_key(&detail) {
            continue;
        }
        let knowledge = drive.model.knowledge();
        let id = match drive.model.target_of(list) {
            Some(Target::Claim(claim)) => knowledge.claims[claim].id.to_string(),
            Some(Target::Thing(thing)) => knowledge.name(thing).to_owned(),
            _ => continue,
        };
        let rows = drive.model.rows(detail);
        let first = rows.first().map(|row| row.text()).unwrap_or_default();
        assert!(first.contains(&id), "{first} is not about {id}");
        return true;
    }
    false
}

#[test]
fn r14_r15_a_monkey_at_the_keys_breaks_nothing() {
    let (keys, looked) = monkey(600, 20_261_122);
    println!("R14 {looked} details, 0 about another row; R15 {keys} keys, 0 panics, 0 quits");
    assert!(looked > 0);
}

#[test]
#[ignore = "an hour in a debug build; run by name"]
fn r14_r15_the_whole_monkey() {
    let (mut keys, mut looked) = (0, 0);
    for seed in 1..=20 {
        let (more, looks) = monkey(10_000, seed);
        keys += more;
        looked += looks;
    }
    println!("R14 {looked} details, 0 about another row; R15 {keys} keys, 0 panics, 0 quits");
}

#[test]
fn r16_as_many_undos_give_the_first_state_back() {
    let steps = ["Add", "i", "+", "r", "S", "p", "P", "i", "+", "-"];
    let mut sequences = 0;
    let mut undone = 0;
    for seed in 1..=4 {
        let mut drive = Drive::new(80, 24);
        drive.write("global administrator").press("Enter Esc");
        drive.model.draft = licit::tui::History::new(drive.model.draft.now().clone());
        let first = drive.model.draft.now().clone();
        let mut dice = Dice(seed);
        for _ in 0..12 {
            match steps[dice.roll(steps.len())] {
                "Add" => drive
                    .press("/")
                    .write(["pim", "safe links", "SPE_E3"][dice.roll(3)])
                    .press("Enter Esc"),
                key => drive.press(key),
            };
        }
        let depth = drive.model.draft.depth();
        for _ in 0..depth {
            drive.press("u");
        }
        assert_eq!(*drive.model.draft.now(), first);
        assert!(!drive.model.draft.can_undo());
        for _ in 0..depth {
            drive.press("^R");
        }
        assert!(!drive.model.draft.can_redo());
        sequences += 1;
        undone += depth;
    }
    println!("R16 {sequences} sequences, {undone} steps undone, 0 states lost");
    assert!(undone > 20);
}

#[test]
fn r17_help_palette_and_footer_come_from_one_table() {
    let keymap = Keymap::new(&BTreeMap::new());
    assert_eq!(keymap.conflicts(), []);
    let mut drive = filled(PLAIN);
    drive.press("^P");
    let rows = |drive: &Drive| -> BTreeSet<Command> {
        let commands = drive.model.overlay_rows().into_iter();
        commands
            .filter_map(|row| match row.target {
                Some(Target::Command(command)) => Some(command),
                _ => None,
            })
            .collect()
    };
    let palette = rows(&drive);
    let all: BTreeSet<Command> = Command::ALL.iter().copied().collect();
    assert_eq!(palette, all, "every command is in the palette");
    drive.press("Esc");
    for screen in SCREENS {
        go(&mut drive, screen);
        drive.press("Alt+1");
        go(&mut drive, screen);
        drive.model.focus = licit::tui::panes_of(screen)[0];
        let contexts = drive.model.contexts_below();
        let footer: BTreeSet<Command> = keymap
            .all(&contexts)
            .into_iter()
            .filter(|(_, _, hint)| *hint > 0)
            .map(|(_, command, _)| command)
            .collect();
        drive.press("?");
        let help = rows(&drive);
        assert!(
            footer.is_subset(&help),
            "{screen:?}: {:?}",
            footer.difference(&help)
        );
        drive.press("Esc");
    }
    println!(
        "R17 {} commands in the palette, {} keys, 0 clashes",
        all.len(),
        BINDINGS.len()
    );
}

/// A word after @ looks by key.
#[test]
fn the_help_is_filtered_by_words_and_by_keys() {
    let mut drive = filled(PLAIN);
    drive.press("2 ?").type_in("@u");
    let text = drive.text();
    assert!(text.contains("Undo the last change"), "{text}");
    assert!(!text.contains("Show what the row is about"), "{text}");
}

/// Names with characters of every width. Terminals draw some of them wider or narrower than the program counts; the frame
/// must not move.
#[test]
fn r18_wide_text_moves_no_frame() {
    let names = [
        "管理者 の 役割",
        "Ünïcödé ñame",
        "ผู้ดูแลระบบ",
        "مدير النظام",
        "👩‍💻 admin 👍🏽",
        "e\u{301}a\u{300}o\u{302}",
        "ｆｕｌｌ ｗｉｄｔｈ",
    ];
    let mut looks = 0;
    let mut drive = filled(PLAIN);
    for name in names {
        drive.press("1 Esc N");
        for _ in 0..60 {
            drive.press("Backspace");
        }
        drive.send(Message::Paste(name.to_owned()));
        drive.press("Enter");
        drive.model.overlay = None;
        for screen in SCREENS {
            go(&mut drive, screen);
            for (width, height) in [(120, 40), (80, 24), (61, 18)] {
                resize(&mut drive, width, height);
                for line in drive.text().lines() {
                    let last = line.chars().last();
                    let is_framed = matches!(last, Some('│' | '┐' | '┘'));
                    assert!(!is_framed || line.width() == usize::from(width), "{line}");
                }
                looks += 1;
            }
        }
    }
    println!("R18 {looks} looks, 0 frames moved");
}

#[test]
fn r19_without_color_every_state_has_a_sign() {
    let mut drive = filled(PLAIN);
    for screen in SCREENS {
        go(&mut drive, screen);
        for cell in drive.buffer().content() {
            assert_eq!(cell.fg, ratatui::style::Color::Reset);
            assert_eq!(cell.bg, ratatui::style::Color::Reset);
        }
    }
    let mut colored = filled(Look {
        color: true,
        ..PLAIN
    });
    let mut colors = BTreeSet::new();
    for screen in SCREENS {
        go(&mut colored, screen);
        go(&mut drive, screen);
        assert_eq!(
            colored.text(),
            drive.text(),
            "what is said does not hang on color"
        );
        colors.extend(
            colored
                .buffer()
                .content()
                .iter()
                .map(|cell| format!("{:?} {:?}", cell.fg, cell.bg)),
        );
    }
    assert!(
        colors.iter().all(|color| color.ends_with(" Reset")),
        "no ground of our own: {colors:?}"
    );
    println!("R19 0 colors without color, {} pairs with it", colors.len());
}

#[test]
fn ascii_signs_only_where_they_are_asked_for() {
    let mut drive = filled(Look {
        ascii: true,
        ..PLAIN
    });
    for screen in SCREENS {
        go(&mut drive, screen);
        let text = drive.text();
        let other = text
            .chars()
            .find(|letter| ('\u{2190}'..='\u{2bff}').contains(letter));
        assert_eq!(other, None, "{screen:?}:\n{text}");
    }
}

/// Esc never quits, wherever one is.
#[test]
fn esc_goes_back_and_never_quits() {
    let mut drive = filled(PLAIN);
    for screen in SCREENS {
        go(&mut drive, screen);
        for _ in 0..20 {
            drive.press("Esc");
        }
        assert!(!drive.effects.contains(&Effect::Quit));
        assert_eq!(drive.model.screen, Screen::Ask);
    }
    assert_eq!(drive.model.contexts().last(), Some(&Context::Everywhere));
}
