//! Gate R04: every screen as text with its styles, and as the pictures of the README.
//!
//! `SNAPSHOTS=overwrite cargo test --test it -- screens::pictures` writes them anew; look at them before they are kept.

#![expect(clippy::print_stdout, reason = "each gate prints its figure")]

use super::drive::Drive;
use licit::tui::{Ground, Look, Message, Progress, Stage, drawn, svg};
use ratatui::style::Modifier;
use snapbox::{Data, assert_data_eq};
use std::path::Path;

const LOOK: Look = Look {
    color: false,
    ground: None,
    ascii: false,
    mouse: false,
};

/// A scene: its name, and how one gets there.
struct Scene {
    name: &'static str,
    go: fn(&mut Drive),
}

fn intune(drive: &mut Drive) {
    drive.write("intune administrator").press("Enter Esc");
}

/// The screens with something in them.
const SCREENS: &[Scene] = &[
    Scene {
        name: "ask",
        go: |drive| {
            intune(drive);
            drive.press("Tab");
        },
    },
    Scene {
        name: "why",
        go: |drive| {
            intune(drive);
            drive.press("2 Down Down Down Down Down Down Right");
        },
    },
    Scene {
        name: "timeline",
        go: |drive| {
            intune(drive);
            drive.press("3 Down Down");
        },
    },
    Scene {
        name: "compare",
        go: |drive| {
            intune(drive);
            drive.press("4 +").write("SPE_E3").press("Enter +");
            drive.write("SPE_E5").press("Enter +").write("SPE_F1");
            drive.press("Enter Down Down Down Down Down Down Right");
        },
    },
    Scene {
        name: "audit",
        go: |drive| {
            drive.press("Esc 5 I Down");
        },
    },
    Scene {
        name: "graph",
        go: |drive| {
            intune(drive);
            drive.press("6 Down Down Down Down Down");
        },
    },
    Scene {
        name: "shown",
        go: |drive| {
            intune(drive);
            drive
                .press("2 f")
                .write("intune-admin-switch (")
                .press("Enter Tab Enter");
        },
    },
];

/// What else there is to see: nothing yet, nothing found, something wrong, something in dispute, lists and questions.
const STATES: &[Scene] = &[
    Scene {
        name: "ask-empty",
        go: |_| {},
    },
    Scene {
        name: "ask-typing",
        go: |drive| {
            drive.write("pim");
        },
    },
    Scene {
        name: "ask-nothing-found",
        go: |drive| {
            drive.write("zzzzqqq");
        },
    },
    Scene {
        name: "ask-contested",
        go: |drive| {
            drive.write("intune administrator").press("Enter Esc d");
            for _ in 0..10 {
                drive.press("Backspace");
            }
            drive.write("2020-03-02").press("Enter");
        },
    },
    Scene {
        name: "ask-team",
        go: |drive| {
            drive
                .write("privileged role administrator")
                .press("Enter Esc i #");
            drive.press("Backspace").write("14").press("Enter p /");
            drive.write("exchange administrator").press("Enter Esc");
        },
    },
    Scene {
        name: "ask-as-if-never-said",
        go: |drive| {
            drive.write("pim").press("Enter Tab Tab f");
            drive.write("usd-9").press("Enter x Esc");
        },
    },
    Scene {
        name: "why-empty",
        go: |drive| {
            drive.press("Alt+2");
        },
    },
    Scene {
        name: "timeline-empty",
        go: |drive| {
            drive.press("Alt+3");
        },
    },
    Scene {
        name: "compare-empty",
        go: |drive| {
            drive.press("Alt+4");
        },
    },
    Scene {
        name: "graph-empty",
        go: |drive| {
            drive.press("Alt+6");
        },
    },
    Scene {
        name: "graph-way",
        go: |drive| {
            intune(drive);
            drive.press("6 p").write("SPE_E5").press("Enter");
        },
    },
    Scene {
        name: "audit-empty",
        go: |drive| {
            drive.press("Alt+5");
        },
    },
    Scene {
        name: "audit-opening",
        go: |drive| {
            drive.press("Esc 5 +").write("exports \"my users.csv");
            drive.press("Enter");
        },
    },
    Scene {
        name: "audit-reading",
        go: |drive| {
            drive.waits = true;
            drive.press("Esc 5 I");
            drive.send(Message::Progress(Progress {
                stage: Stage::Reading { file: 2, files: 4 },
                done: 212_000_000,
                of: Some(450_000_000),
            }));
        },
    },
    Scene {
        name: "audit-error",
        go: |drive| {
            drive
                .press("Esc 5 +")
                .write("nowhere tests/data/world/meta.toml");
            drive.press("Enter");
        },
    },
    Scene {
        name: "audit-partial",
        go: |drive| {
            drive.is_stopped = true;
            drive.press("Esc 5 I");
        },
    },
    Scene {
        name: "audit-names",
        go: |drive| {
            drive.press("Esc 5 I Down v");
        },
    },
    Scene {
        name: "audit-filter",
        go: |drive| {
            drive.press("Esc 5 I f").write("missing-license helpdesk");
            drive.press("Enter");
        },
    },
    Scene {
        name: "audit-people",
        go: |drive| {
            drive.press("Esc 5 I z Down");
        },
    },
    Scene {
        name: "audit-finding",
        go: |drive| {
            drive.press("Esc 5 I Down Enter");
        },
    },
    Scene {
        name: "audit-row",
        go: |drive| {
            drive.press("Esc 5 I v Enter f").write("pim-export");
            drive.press("Enter Enter");
        },
    },
    Scene {
        name: "audit-why",
        go: |drive| {
            drive.press("Esc 5 I Down w");
        },
    },
    Scene {
        name: "audit-ignore",
        go: |drive| {
            drive.press("Esc 5 I Down i Enter");
        },
    },
    Scene {
        name: "audit-ignored",
        go: |drive| {
            drive
                .press("Esc 5 +")
                .write("--demo --ignore tests/data/audit/screen-ignore.toml");
            drive.press("Enter End");
        },
    },
    Scene {
        name: "palette",
        go: |drive| {
            intune(drive);
            drive.press("^P").write("copy");
        },
    },
    Scene {
        name: "help",
        go: |drive| {
            intune(drive);
            drive.press("?");
        },
    },
    Scene {
        name: "givens",
        go: |drive| {
            intune(drive);
            drive.press("a");
        },
    },
    Scene {
        name: "date-wrong",
        go: |drive| {
            intune(drive);
            drive.press("d").write("x").press("Enter");
        },
    },
    Scene {
        name: "pending-keys",
        go: |drive| {
            intune(drive);
            drive.press("y");
        },
    },
    Scene {
        name: "open-source",
        go: |drive| {
            drive.write("pim").press("Enter Tab Tab o");
        },
    },
    Scene {
        name: "messages",
        go: |drive| {
            intune(drive);
            drive.press("r r !");
        },
    },
];

/// States that are looked at with much room, too.
const WIDE: &[&str] = &[
    "audit-finding",
    "audit-names",
    "audit-filter",
    "audit-reading",
    "audit-error",
    "audit-partial",
    "audit-people",
    "audit-row",
];

/// The cells with their looks: a text alone does not see a mark that moved.
fn told(drive: &Drive) -> String {
    let buffer = drive.buffer();
    let mut text = drive.text();
    text.push_str("--- looks\n");
    let named = [
        (Modifier::BOLD, 'b'),
        (Modifier::DIM, 'd'),
        (Modifier::UNDERLINED, 'u'),
        (Modifier::REVERSED, 'r'),
    ];
    for y in 0..buffer.area.height {
        let looks: Vec<String> = (0..buffer.area.width)
            .map(|x| {
                let modifier = buffer[(x, y)].modifier;
                let has = named.iter().filter(|(of, _)| modifier.contains(*of));
                has.map(|(_, letter)| *letter).collect()
            })
            .collect();
        let mut runs: Vec<(String, usize)> = Vec::new();
        for look in looks {
            match runs.last_mut() {
                Some((last, length)) if *last == look => *length += 1,
                _ => runs.push((look, 1)),
            }
        }
        let runs: Vec<String> = runs
            .iter()
            .map(|(look, length)| format!("{length}{look}"))
            .collect();
        text.push_str(&format!("{y:>2} {}\n", runs.join(" ")));
    }
    text
}

fn file(folder: &str, name: &str) -> Data {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder)
        .join(name);
    Data::read_from(&path, Some(snapbox::data::DataFormat::Text))
}

fn kept(scene: &Scene, width: u16, height: u16, ascii: bool) {
    let mut drive = Drive::looking(width, height, Look { ascii, ..LOOK });
    (scene.go)(&mut drive);
    let signs = if ascii { "-ascii" } else { "" };
    let name = format!("{}-{width}x{height}{signs}.txt", scene.name);
    assert_data_eq!(told(&drive), file("screens", &name).raw());
}

#[test]
fn r04_every_screen_looks_as_it_was_last_looked_at() {
    let mut looks = 0;
    for scene in SCREENS {
        let mut drive = Drive::looking(80, 24, LOOK);
        (scene.go)(&mut drive);
        assert_eq!(drive.model.screen.name().to_lowercase(), scene.name);
        for (width, height) in [(120, 40), (80, 24)] {
            for ascii in [false, true] {
                kept(scene, width, height, ascii);
                looks += 1;
            }
        }
    }
    for scene in STATES {
        kept(scene, 80, 24, false);
        looks += 1;
    }
    kept(&SCREENS[0], 40, 12, false);
    for scene in STATES.iter().filter(|scene| WIDE.contains(&scene.name)) {
        kept(scene, 120, 40, false);
        looks += 1;
    }
    println!("R04 {looks} screens as they were looked at");
    assert_eq!(looks, 46 + 13 + WIDE.len());
}

/// The pictures of the README.
#[test]
fn the_pictures_of_the_readme_are_those_of_the_program() {
    for (scene, title) in [
        (&SCREENS[0], "licit: what license does this admin need"),
        (&SCREENS[1], "licit: the proof of an answer"),
        (&SCREENS[2], "licit: an answer over time"),
        (&SCREENS[3], "licit: licenses side by side"),
        (&SCREENS[4], "licit: role assignments against licenses"),
    ] {
        let mut drive = Drive::looking(
            120,
            40,
            Look {
                color: true,
                ..LOOK
            },
        );
        (scene.go)(&mut drive);
        let picture = svg(&drawn(&drive.model), Ground::Dark, title);
        let name = format!("{}.svg", scene.name);
        assert_data_eq!(picture, file("screens", &name).raw());
    }
}
