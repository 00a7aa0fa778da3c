//! The loop around a dialogue: reads lines, prints what is said, keeps the session and writes files.
//!
//! A line that is no UTF-8 or too long is taken as far as it can be. The end of what can be read is a way to leave.

use super::Dialogue;
use crate::files::{Over, session_file, session_text, write_text};
use crate::tui::effect::Effect;
use crate::tui::errands;
use crate::tui::input::MOST_PASTED;
use crate::tui::model::Model;
use crate::tui::plain::Reply;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;

/// The most bytes of a line that are looked at.
const LONGEST: u64 = 4 * MOST_PASTED as u64;

/// Talks on the standard streams until the user leaves. Where somebody types, each line is asked for with a sign.
///
/// # Errors
/// Where nothing can be read or written any more.
pub(in crate::tui) fn talk(model: Model, state: Option<PathBuf>, asks: bool) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut talk = Talk {
        dialogue: Dialogue::new(model),
        state,
        output: &mut output,
    };
    let greeting = talk.dialogue.greeting();
    let mut goes_on = talk.take(greeting)?;
    while goes_on {
        if asks {
            talk.output.write_all(b"> ")?;
            talk.output.flush()?;
        }
        let Some(line) = line(&mut input)? else {
            if asks {
                talk.output.write_all(b"\n")?;
            }
            break;
        };
        let reply = talk.dialogue.line(&line);
        goes_on = talk.take(reply)?;
    }
    talk.keep_session()
}

struct Talk<'a> {
    dialogue: Dialogue,
    state: Option<PathBuf>,
    output: &'a mut dyn Write,
}

impl Talk<'_> {
    /// Prints what is said and does what is to be done. Returns whether the dialogue goes on.
    fn take(&mut self, reply: Reply) -> io::Result<bool> {
        self.output.write_all(reply.text.as_bytes())?;
        let mut goes_on = true;
        for effect in reply.effects {
            match effect {
                Effect::Quit => goes_on = false,
                Effect::Save(text) => self.save(&text)?,
                Effect::Write {
                    path,
                    text,
                    replace,
                } => {
                    let report = errands::write(path, &text, replace);
                    let reply = self.dialogue.told(report);
                    self.take(reply)?;
                }
                Effect::Ignore {
                    path,
                    entry,
                    knowledge,
                } => {
                    let report = errands::ignore(path, &entry, &knowledge);
                    let reply = self.dialogue.told(report);
                    self.take(reply)?;
                }
                _ => {}
            }
        }
        self.output.flush()?;
        Ok(goes_on)
    }

    fn save(&mut self, text: &str) -> io::Result<()> {
        let Some(state) = &self.state else {
            return Ok(());
        };
        if let Err(error) = write_text(&session_file(state), text, Over::Private) {
            // Told once: what cannot be kept now cannot be kept a line later either.
            self.state = None;
            writeln!(self.output, "note: the session was not saved: {error}")?;
        }
        Ok(())
    }

    fn keep_session(&mut self) -> io::Result<()> {
        let model = self.dialogue.model();
        let text = session_text(&model.base, &model.session(), model.today);
        self.save(&text)
    }
}

/// The next line; none at the end.
fn line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = (&mut *input).take(LONGEST).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    // The rest of a line that is too long is nobody's question.
    let mut is_whole = bytes.ends_with(b"\n");
    while !is_whole {
        let mut rest = Vec::new();
        let read = (&mut *input).take(LONGEST).read_until(b'\n', &mut rest)?;
        is_whole = read == 0 || rest.ends_with(b"\n");
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, line};

    #[test]
    fn lines_end_where_they_end_and_are_never_endless() {
        let mut bytes = b"pim\r\n\xff\n".to_vec();
        bytes.extend(vec![b'a'; 100_000]);
        bytes.extend(b"\nlast");
        let mut input = bytes.as_slice();
        let mut next = || line(&mut input).unwrap();
        assert_eq!(next().unwrap(), "pim\r\n");
        assert_eq!(next().unwrap(), "\u{fffd}\n");
        assert_eq!(u64::try_from(next().unwrap().len()).unwrap(), LONGEST);
        assert_eq!(next().unwrap(), "last");
        assert_eq!(next(), None);
    }
}
