//! A model that does on command what a model should not, run by the same loop as the program's own.
//!
//! It is this very test binary, started again in a pseudo-terminal: the program has no faults to switch on.

use super::harness::command;
use crate::common::end;
use licit::tui::{Application, Code, Effect, Key, Message, Watch, run};
use portable_pty::CommandBuilder;
use ratatui::Frame;
use ratatui::text::{Line, Text};
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

const STATE: &str = "LICIT_FIXTURE_STATE";

/// Starts the model as a program of its own. Its name for messages is `fixture`.
pub(super) fn fixture(state: &str) -> CommandBuilder {
    let program = std::env::current_exe().unwrap();
    let name = "tui::fixture::as_a_program";
    let mut command = command(&[program.to_str().unwrap(), name]);
    command.args(["--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(STATE, state);
    command
}

#[test]
#[ignore = "started by the gates, in a terminal of its own"]
fn as_a_program() {
    let Some(state) = std::env::var_os(STATE) else {
        return;
    };
    let mut model = Fixture::default();
    let (code, said) = match run(&mut model, Some(PathBuf::from(state))) {
        Ok(unheard) => {
            let lines = unheard.iter().map(|report| format!("unheard: {report}\n"));
            (0, lines.collect())
        }
        Err(error) => (3, format!("error: {error}\n")),
    };
    std::io::stderr().write_all(said.as_bytes()).unwrap();
    end(code)
}

#[derive(Default)]
struct Fixture {
    typed: String,
    pasted: (usize, usize),
    rows: usize,
    told: String,
    work: String,
}

enum Job {
    Count,
    Panic,
}

impl Application for Fixture {
    type Job = Job;
    type Finished = u64;

    fn update(&mut self, message: Message<u64>) -> Vec<Effect<Job>> {
        match message {
            Message::Key(key) => return self.key(key),
            Message::Paste(text) => {
                let controls = text.chars().filter(|character| character.is_control());
                self.pasted = (text.chars().count(), controls.count());
            }
            Message::Told(report) => self.told = report.to_string(),
            Message::Progress(progress) => self.work = format!("at {}", progress.done / 1000),
            Message::Done(counted) => self.work = format!("counted {counted}"),
            Message::Mouse(mouse) => self.told = format!("{mouse:?}"),
            Message::Resize { .. } | Message::Command(_) | Message::Fill(_) | Message::Mark(..) => {
            }
        }
        Vec::new()
    }

    fn view(&self, frame: &mut Frame<'_>) {
        let (kept, controls) = self.pasted;
        let lines = [
            format!("fixture> {}", self.typed),
            format!("pasted {kept}, controls {controls}, rows {}", self.rows),
            format!("work {}", self.work),
            format!("told {}", self.told),
        ];
        frame.render_widget(Text::from_iter(lines.map(Line::raw)), frame.area());
    }

    fn parting(&self) -> Option<String> {
        Some(self.typed.clone())
    }

    fn work(job: Job, watch: &Watch) -> u64 {
        match job {
            Job::Panic => panic!("the work failed\u{1b}[31m"),
            Job::Count => {
                let mut counted = 0;
                while !watch.is_cancelled() {
                    counted += 1;
                    watch.tell(counted, None);
                    std::thread::sleep(Duration::from_micros(50));
                }
                1
            }
        }
    }
}

impl Fixture {
    fn key(&mut self, key: Key) -> Vec<Effect<Job>> {
        let text = |length: usize| Effect::Copy {
            text: "é".repeat(length),
            what: "text".to_owned(),
        };
        match (key.code, key.ctrl) {
            (Code::Char('q'), true) => vec![Effect::Quit],
            (Code::Char('z'), true) => vec![Effect::Suspend],
            (Code::Char('l'), true) => vec![Effect::Redraw],
            (Code::Char('t'), true) => vec![Effect::Mouse(true)],
            (Code::Char('p'), true) => panic!("the model failed\u{1b}[31m"),
            (Code::Char('w'), true) => vec![Effect::Work(Job::Panic)],
            (Code::Char('n'), true) => vec![Effect::Work(Job::Count)],
            (Code::Char('x'), true) => vec![Effect::Cancel],
            (Code::Char('y'), true) => vec![text(4)],
            (Code::Char('b'), true) => vec![text(40_000)],
            (Code::Char('g'), true) => vec![text(37_000)],
            (Code::Char('s'), true) => vec![Effect::Save("early".to_owned()), Effect::Quit],
            (Code::Char('o'), true) => vec![Effect::Open {
                url: "javascript:alert(1)".to_owned(),
            }],
            (Code::Char('u'), true) => vec![Effect::Open {
                url: "https://example.org/a?b=$(c)&d".to_owned(),
            }],
            (Code::Char('e'), true) => {
                let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
                rustix::stdio::dup2_stdout(full.unwrap()).unwrap();
                Vec::new()
            }
            (Code::Enter, _) => {
                self.rows += 1;
                Vec::new()
            }
            _ => {
                self.typed.extend(key.typed());
                Vec::new()
            }
        }
    }
}
