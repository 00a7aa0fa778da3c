//! The least that the loop can run, until the screens are there: a field and a list.

use super::effect::Effect;
use super::job::{Finished, Job, Watch};
use super::keys::{Code, Key};
use super::message::Message;
use super::run::Application;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{List, ListState, Paragraph};

const ROWS: [&str; 4] = ["role", "feature", "task", "SKU"];

/// A field to type in and a list to move in.
#[derive(Debug, Default)]
pub(super) struct Trial {
    typed: String,
    row: usize,
    told: String,
}

impl Application for Trial {
    type Job = Job;
    type Finished = Finished;

    fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => return self.key(key),
            Message::Paste(text) => self.typed.push_str(&text),
            Message::Told(report) => self.told = report.to_string(),
            Message::Mouse(_)
            | Message::Resize { .. }
            | Message::Progress(_)
            | Message::Done(_) => {}
        }
        Vec::new()
    }

    fn view(&self, frame: &mut Frame<'_>) {
        let areas = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(1),
        ]);
        let [top, middle, bottom] = areas.areas(frame.area());
        frame.render_widget(Line::raw(format!("licit> {}", self.typed)), top);
        let list = List::new(ROWS).highlight_style(Style::new().add_modifier(Modifier::REVERSED));
        let mut at = ListState::default().with_selected(Some(self.row));
        frame.render_stateful_widget(list, middle, &mut at);
        frame.render_widget(Paragraph::new(self.told.as_str()), bottom);
    }

    fn work(job: Job, _: &Watch) -> Finished {
        match job {}
    }
}

impl Trial {
    fn key(&mut self, key: Key) -> Vec<Effect> {
        match key.code {
            Code::Char('c') if key.ctrl => return vec![Effect::Quit],
            Code::Char('z') if key.ctrl => return vec![Effect::Suspend],
            Code::Char('l') if key.ctrl => return vec![Effect::Redraw],
            Code::Backspace => drop(self.typed.pop()),
            Code::Up => self.row = self.row.saturating_sub(1),
            Code::Down => self.row = (self.row + 1).min(ROWS.len() - 1),
            _ => self.typed.extend(key.typed()),
        }
        Vec::new()
    }
}
