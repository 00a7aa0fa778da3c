//! The start: data, configuration, the last session, and then the loop.

use super::draft::fresh;
use super::effect::Effect;
use super::job::{Finished, Job, Watch};
use super::message::Message;
use super::plain::talk;
use super::run::{Application, run};
use super::surroundings::Surroundings;
use super::{Command, Ground, Keymap, Keys, Look, Model, update, view};
use crate::dataset::KnowledgeBase;
use crate::files::{Commands, Config, Glyphs, Theme, read_session, resume, session_text};
use crate::model::{Currency, Reading};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::sync::Arc;
use std::time::Duration;
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

/// Runs the screens, or the dialogue without them, until the user leaves, and returns the exit code; messages go to
/// `messages` when the terminal is the user's again. `load` gives the data, or why there is none and the exit code.
pub fn start(
    surroundings: Surroundings,
    load: impl FnOnce() -> Result<KnowledgeBase, (String, u8)>,
    messages: &mut dyn Write,
) -> u8 {
    let mut say = |line: String| {
        // Where messages cannot be written either, the exit code is all that is left to say.
        let _ = writeln!(messages, "{line}");
    };
    if let Some(why) = surroundings.refusal() {
        say(format!("error: the screens need a terminal: {why}"));
        say("  name a verb instead, for example: licit ask \"Intune Administrator\"".to_owned());
        say("  or ask line by line, without screens: licit --plain".to_owned());
        say("  all verbs: licit --help".to_owned());
        return 2;
    }
    let knowledge = match load() {
        Ok(knowledge) => Arc::new(knowledge),
        Err((why, code)) => {
            say(why.trim_end().to_owned());
            return code;
        }
    };
    let (mut model, may_save) = model(&surroundings, knowledge);
    let is_plain = surroundings.plain;
    let state = surroundings.state.filter(|_| may_save);
    if is_plain {
        return match talk(model, state, surroundings.reads_keys) {
            Ok(()) => 0,
            // Whoever was reading has seen enough: as a shell reports a program ended by SIGPIPE.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => 141,
            Err(error) => {
                say(format!("error: the dialogue cannot go on: {error}"));
                3
            }
        };
    }
    match run(&mut model, state) {
        Ok(unheard) => {
            for report in unheard {
                say(format!("warning: {report}"));
            }
            0
        }
        Err(error) => {
            say(format!("error: the terminal cannot be used: {error}"));
            3
        }
    }
}

/// The configuration, with what is wrong in it.
fn configured(surroundings: &Surroundings) -> (Config<Command, Keys>, Vec<String>) {
    let commands = Commands {
        all: Command::ALL,
        word: Command::word,
        keys: |written| written.parse::<Keys>(),
    };
    match &surroundings.config {
        Some(path) => {
            let read = crate::files::read_config(path, &commands);
            let notices = read.notices();
            (read.config, notices)
        }
        None => (Config::default(), Vec::new()),
    }
}

/// The state at the start: where the last session ended, or an empty basket. Whether it may be kept again.
///
/// What a file or another program asks without screens has nothing to do with what the user left behind.
fn model(surroundings: &Surroundings, knowledge: Arc<KnowledgeBase>) -> (Model, bool) {
    let today = surroundings.today;
    let (config, mut notices) = configured(surroundings);
    let is_script = surroundings.plain && !surroundings.reads_keys;
    let resumed = surroundings
        .state
        .as_ref()
        .filter(|_| !is_script)
        .map(|state| resume(state, |text| read_session(&knowledge, text, today)));
    let mut draft = fresh(
        today,
        config.reading.unwrap_or(Reading::Documented),
        config.currency.clone().unwrap_or_else(Currency::us_dollar),
    );
    if let Some(start) = config.start {
        (draft.team.on, draft.team.known) = (start, today);
    }
    let mut changed: BTreeMap<Command, Vec<Keys>> = BTreeMap::new();
    for (command, keys) in config.keys {
        changed.entry(command).or_default().extend(keys);
    }
    let keymap = Keymap::new(&changed);
    for (context, keys, one, other) in keymap.conflicts() {
        notices.push(format!(
            "config.toml: {keys} means both {} and {} ({}); the first counts",
            one.word(),
            other.word(),
            context.name()
        ));
    }
    let is_plain = surroundings.no_color || config.theme == Some(Theme::None);
    let is_simple = surroundings.terminal.as_deref() == Some("linux");
    let look = Look {
        color: !is_plain,
        ground: match config.theme {
            Some(Theme::Light) => Some(Ground::Light),
            Some(Theme::Dark) => Some(Ground::Dark),
            Some(Theme::Auto) if surroundings.may_ask_ground() => ground(),
            Some(Theme::Auto | Theme::None) | None => None,
        },
        ascii: match config.glyphs {
            _ if surroundings.ascii || surroundings.plain => true,
            Some(Glyphs::Ascii) => true,
            Some(Glyphs::Unicode) => false,
            Some(Glyphs::Auto) | None => is_simple,
        },
        mouse: config.mouse,
    };
    let mut model = Model::new(knowledge, today, draft, keymap, look);
    let mut may_save = !is_script;
    if let Some(resumed) = resumed {
        may_save = resumed.may_save;
        notices.extend(resumed.notices);
        if let Some(session) = resumed.session {
            model.take_up(session);
        }
    }
    for notice in notices {
        model.tell(notice);
    }
    (model, may_save)
}

/// What the terminal says its colors stand on.
///
/// Before anything else is written or read: what comes late would be taken for keys.
fn ground() -> Option<Ground> {
    let mut options = QueryOptions::default();
    options.timeout = Duration::from_millis(100);
    match theme_mode(options) {
        Ok(ThemeMode::Light) => Some(Ground::Light),
        Ok(ThemeMode::Dark) => Some(Ground::Dark),
        // Nobody needs to know: the colors that are used then can be read on both.
        Err(_) => None,
    }
}

impl Application for Model {
    type Job = Job;
    type Finished = Finished;

    fn update(&mut self, message: Message) -> Vec<Effect> {
        update(self, message)
    }

    fn view(&self, frame: &mut ratatui::Frame<'_>) {
        view(self, frame);
    }

    fn wants_mouse(&self) -> bool {
        self.look.mouse
    }

    fn parting(&self) -> Option<String> {
        Some(session_text(&self.base, &self.session(), self.today))
    }

    fn work(job: Job, watch: &Watch) -> Finished {
        super::audit::work(job, watch)
    }
}
