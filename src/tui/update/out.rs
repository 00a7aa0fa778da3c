//! What leaves the program: copies, files, opened sources. Each is what the command line would print.

use crate::graph::Toward;
use crate::model::Named;
use crate::render::{
    AnswerView, AuditView, ComparisonView, Format, GraphView, Style, TimelineOf, TimelineView,
    View, WhyView, ask_line, csv, write,
};
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::model::{Answered, Model};
use crate::tui::overlay::{Action, Confirm, Overlay};
use crate::tui::place::Screen;
use crate::tui::row::Target;
use crate::tui::{Ground, drawn, screen, svg};

const TEXT: Format = Format::Text(Style {
    width: 80,
    color: false,
});

/// Copies the row, the answer, its command line or the address of a source.
pub(super) fn copy(model: &mut Model, command: Command) -> Vec<Effect> {
    let copied = match command {
        Command::CopyLine => line(model).map(|text| (text, "row")),
        Command::CopyAnswer => answer(model, TEXT).map(|text| (text, "answer")),
        Command::CopyMarkdown => answer(model, Format::Markdown).map(|text| (text, "Markdown")),
        Command::CopyJson => answer(model, Format::Json).map(|text| (text, "JSON")),
        Command::CopyCommand => command_line(model).map(|text| (text, command_of(model))),
        _ => link(model).map(|text| (text, "link")),
    };
    match copied {
        Ok((text, what)) => vec![Effect::Copy {
            text,
            what: what.to_owned(),
        }],
        Err(why) => {
            model.tell(why);
            Vec::new()
        }
    }
}

/// What a command line is, where it leaves something out.
fn command_of(model: &Model) -> &'static str {
    let draft = model.draft.now();
    let is_one = draft.persona().is_none_or(|persona| persona.count <= 1);
    match model.screen {
        Screen::Ask | Screen::Why | Screen::Timeline if !is_one => {
            "command for one of these people (e t and `licit cheapest FILE` for all)"
        }
        _ => "command",
    }
}

/// Which claims the answer leaves out: whoever reads it elsewhere does not see the screen that says so.
fn left_out(model: &Model) -> Option<String> {
    let claims = &model.draft.now().set_aside;
    let ids: Vec<&str> = claims
        .iter()
        .map(|claim| model.knowledge().claims[*claim].id.as_str())
        .collect();
    (!ids.is_empty()).then(|| format!("As if nobody had ever said: {}", ids.join(", ")))
}

/// The same with what it leaves out before it; an error where the format has no place for that.
fn honest(model: &Model, text: String, format: Format) -> Result<String, String> {
    match (left_out(model), format) {
        (None, _) => Ok(text),
        (Some(left_out), Format::Text(_)) => Ok(format!("{left_out}.\n\n{text}")),
        (Some(left_out), Format::Markdown) => Ok(format!("**{left_out}.**\n\n{text}")),
        (Some(_), _) => Err(NO_PLACE.to_owned()),
    }
}

const NO_PLACE: &str =
    "this format has no place for claims that are left out; count them again first (x)";

fn line(model: &Model) -> Result<String, String> {
    let rows = model.rows(model.focus);
    let row = rows.get(model.list(model.focus).selected);
    row.map(|row| row.text().trim().to_owned())
        .filter(|text| !text.is_empty())
        .ok_or_else(|| "the row is empty".to_owned())
}

fn shown(model: &Model) -> Result<&Answered, String> {
    model
        .shown()
        .ok_or_else(|| "there is no answer yet".to_owned())
}

fn written<T: View>(model: &Model, view: &T, format: Format) -> Result<String, String> {
    let text = write(view, model.knowledge().meta.version.as_str(), format)
        .map_err(|error| error.to_string())?;
    honest(model, text, format)
}

/// The audit as it is shown: hidden names stay hidden.
fn audit(model: &Model) -> Result<AuditView<'_>, String> {
    let judged = model.judged().ok_or("no exports are open")?;
    Ok(model.audit_view(judged))
}

fn answer(model: &Model, format: Format) -> Result<String, String> {
    if model.screen == Screen::Audit {
        return written(model, &audit(model)?, format);
    }
    let shown = shown(model)?;
    let view = AnswerView {
        knowledge: model.knowledge(),
        answer: &shown.answer,
        proof: &shown.proof,
        hindsight: shown.hindsight.as_ref(),
    };
    written(model, &view, format)
}

/// The command line that gives what the screen shows.
pub(super) fn command_line(model: &Model) -> Result<String, String> {
    if !model.draft.now().set_aside.is_empty() {
        return Err("no command line leaves claims out; count them again first (x)".to_owned());
    }
    let knowledge = model.knowledge();
    let days = || crate::render::day_flags(&model.draft.now().team, model.today);
    match model.screen {
        Screen::Compare => {
            let sets = &model.draft.now().compared;
            if sets.len() < 2 {
                return Err("two or more licenses are needed for `licit compare`".to_owned());
            }
            let mut line = "licit compare".to_owned();
            for set in sets {
                let ids: Vec<&str> = set
                    .iter()
                    .map(|sku| knowledge.skus[*sku].id.as_str())
                    .collect();
                line.push_str(&format!(" {}", crate::render::quoted(&ids.join(" + "))));
            }
            Ok(line + &days())
        }
        Screen::Graph => {
            let thing = |thing: Named| crate::render::quoted(&knowledge.written(thing));
            let center = model.center.ok_or("nothing is in the middle yet")?;
            let way = model
                .way
                .map_or_else(String::new, |way| format!(" {}", thing(way)));
            Ok(format!(
                "licit graph {}{way} --depth {}{}",
                thing(center),
                model.depth,
                days()
            ))
        }
        Screen::Show => {
            let target = model.opened.as_ref().ok_or("nothing is shown")?;
            let id = match target {
                Target::Source(source) => knowledge.sources[*source].id.to_string(),
                target if target.is_of_audit() => {
                    return Err(
                        "it is part of `licit audit`; go to Audit (5) for its command".to_owned(),
                    );
                }
                target => match (target.claim(), target.given(), target.thing()) {
                    (Some(claim), ..) => knowledge.claims[claim].id.to_string(),
                    (_, Some(given), _) => knowledge.givens[given].id.to_string(),
                    (.., Some(thing)) => knowledge.written(thing),
                    _ => return Err("nothing is shown".to_owned()),
                },
            };
            Ok(format!(
                "licit show {}{}",
                crate::render::quoted(&id),
                days()
            ))
        }
        Screen::Audit => {
            let judged = model.judged().ok_or("no exports are open")?;
            let exports = model.audit.exports.as_ref().ok_or("no exports are open")?;
            Ok(crate::render::audit_line(
                knowledge,
                &exports.to_string(),
                &judged.judging.asked.circumstances,
                !model.audit.are_named,
                model.today,
            ))
        }
        Screen::Ask | Screen::Why | Screen::Timeline => {
            let verb = match model.screen {
                Screen::Why => "why",
                Screen::Timeline => "timeline",
                _ => "ask",
            };
            let question = &shown(model)?.answer.question;
            Ok(ask_line(knowledge, verb, question, model.today))
        }
    }
}

fn link(model: &Model) -> Result<String, String> {
    let source = model.source().ok_or("the row has no source")?;
    Ok(model.knowledge().sources[source].url.to_string())
}

/// Asks whether the source of the row may be opened, after showing where that leads.
pub(super) fn open_source(model: &mut Model) {
    let Some(source) = model.source() else {
        return;
    };
    let url = model.knowledge().sources[source].url.to_string();
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest).to_owned();
    model.overlay = Some(Overlay::Confirm(Confirm {
        question: format!("Open {host} in the browser?"),
        detail: url.clone(),
        action: Action::Open(url),
    }));
}

/// The name proposed for a file.
pub(super) fn file_name(model: &Model, command: Command) -> String {
    let on = model.draft.now().team.on;
    let what = match (command, model.screen) {
        (Command::ExportTeam, _) => "team",
        (_, Screen::Ask) => "answer",
        (_, Screen::Why) => "why",
        (_, Screen::Timeline) => "timeline",
        (_, Screen::Compare) => "compare",
        (_, Screen::Audit) => "audit",
        (_, Screen::Graph) => "graph",
        (_, Screen::Show) => "shown",
    };
    let ending = match command {
        Command::ExportMarkdown => "md",
        Command::ExportJson => "json",
        Command::ExportTable => "csv",
        Command::ExportPicture => "svg",
        Command::ExportTeam => "toml",
        _ => "txt",
    };
    format!("licit-{what}-{on}.{ending}")
}

/// The text of a file to be written.
pub(super) fn text_of(model: &Model, command: Command) -> Result<String, String> {
    match command {
        Command::ExportMarkdown => page(model, Format::Markdown),
        Command::ExportJson => page(model, Format::Json),
        Command::ExportTable if model.screen == Screen::Audit => Ok(csv(&audit(model)?)),
        Command::ExportTable => match &model.comparison {
            Some(_) if left_out(model).is_some() => Err(NO_PLACE.to_owned()),
            Some(comparison) => Ok(csv(&ComparisonView {
                knowledge: model.knowledge(),
                comparison,
            })),
            None => Err("there is no table yet".to_owned()),
        },
        Command::ExportPicture => Ok(svg(
            &drawn(model),
            model.look.ground.unwrap_or(Ground::Dark),
            &format!("licit: {}", model.screen.name()),
        )),
        Command::ExportTeam => {
            let team = crate::files::team_text(model.knowledge(), &model.draft.now().team);
            Ok(match left_out(model) {
                Some(left_out) => {
                    format!("# {left_out}.\n# A team has no place for that.\n\n{team}")
                }
                None => team,
            })
        }
        _ => page(model, TEXT),
    }
}

/// What the screen is about, as the command line prints it.
fn page(model: &Model, format: Format) -> Result<String, String> {
    let knowledge = model.knowledge();
    match model.screen {
        Screen::Ask | Screen::Audit => answer(model, format),
        Screen::Why => {
            let shown = shown(model)?;
            let view = WhyView {
                knowledge,
                answer: &shown.answer,
                proof: &shown.proof,
                hindsight: shown.hindsight.as_ref(),
            };
            written(model, &view, format)
        }
        Screen::Timeline => {
            let course = model.course.as_ref().ok_or("there is no answer yet")?;
            let view = TimelineView {
                as_of: model.as_of(),
                of: TimelineOf::Answer {
                    question: &course.question,
                    timeline: &course.timeline,
                },
                claims: &course.claims,
                days: course.days,
            };
            written(model, &view, format)
        }
        Screen::Compare => {
            let comparison = model
                .comparison
                .as_ref()
                .ok_or("no license is compared yet")?;
            let view = ComparisonView {
                knowledge,
                comparison,
            };
            written(model, &view, format)
        }
        Screen::Graph => {
            let (from, (_, drawn)) = model
                .center
                .zip(model.picture.as_ref())
                .ok_or("nothing is in the middle yet")?;
            let around = |toward| match model.way {
                None => drawn.around(from, toward, model.depth),
                Some(_) => Vec::new(),
            };
            let view = GraphView {
                as_of: model.as_of(),
                from,
                to: model.way,
                depth: model.depth,
                limit: usize::MAX,
                supply: around(Toward::Supply),
                need: around(Toward::Need),
                way: model.way.and_then(|to| drawn.path(from, to)),
            };
            written(model, &view, format)
        }
        Screen::Show => {
            let target = model.opened.as_ref().ok_or("nothing is shown")?;
            screen::written(model, target, format)
        }
    }
}
