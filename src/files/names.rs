//! Words in a file that must mean one thing of the knowledge base.

use crate::dataset::{KnowledgeBase, Placed, Problems};
use crate::model::{
    Code, Diagnostic, FeatureId, GivenId, GivenValue, Named, RoleId, SkuId, TaskId, clean, nearest,
};
use crate::search::{Resolution, ThingKind, resolve, suggestions};

/// Resolves words of one file and reports those that mean nothing or too much at their places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) problems: &'a Problems,
}

impl Names<'_> {
    /// The role that goes by these words.
    pub(super) fn role(self, words: &Placed<String>) -> Option<RoleId> {
        match self.thing(words, ThingKind::Role)? {
            Named::Role(role) => Some(role),
            _ => None,
        }
    }

    /// The feature that goes by these words.
    pub(super) fn feature(self, words: &Placed<String>) -> Option<FeatureId> {
        match self.thing(words, ThingKind::Feature)? {
            Named::Feature(feature) => Some(feature),
            _ => None,
        }
    }

    /// The task that goes by these words.
    pub(super) fn task(self, words: &Placed<String>) -> Option<TaskId> {
        match self.thing(words, ThingKind::Task)? {
            Named::Task(task) => Some(task),
            _ => None,
        }
    }

    /// The SKU that goes by these words.
    pub(super) fn sku(self, words: &Placed<String>) -> Option<SkuId> {
        match self.thing(words, ThingKind::Sku)? {
            Named::Sku(sku) => Some(sku),
            _ => None,
        }
    }

    /// A given by its id, with the value written for it.
    pub(super) fn given(
        self,
        id: &Placed<String>,
        value: Placed<String>,
    ) -> Option<(GivenId, GivenValue)> {
        let Some(given) = self.knowledge.givens.find(&id.value) else {
            let ids = self.knowledge.givens.iter();
            let near = nearest(&id.value, ids.map(|(_, given)| given.id.as_str()));
            let title = format!("there is no given `{}`", clean(&id.value).text);
            let problem = Diagnostic::new(Code::UnknownId, title).at(
                id.place.file,
                id.place.span,
                "unknown given",
            );
            self.problems.report(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("see them all with `licit show givens`"),
            });
            return None;
        };
        let record = &self.knowledge.givens[given];
        match record.kind.read(&value.value) {
            Ok(read) => Some((given, read)),
            Err(_) => {
                let title = format!(
                    "`{}` does not fit `{}`",
                    clean(&value.value).text,
                    record.id
                );
                self.problems.report(
                    Diagnostic::new(Code::WrongType, title)
                        .at(
                            value.place.file,
                            value.place.span,
                            format!("expected {}", record.kind.expected()),
                        )
                        .help(format!("the question is: {}", record.question)),
                );
                None
            }
        }
    }

    fn thing(self, words: &Placed<String>, kind: ThingKind) -> Option<Named> {
        let written = |thing| self.knowledge.written(thing);
        let (title, label, help) = match resolve(self.knowledge, &words.value, &[kind]) {
            Resolution::Clear { hit, .. } => return Some(hit.thing),
            Resolution::Ambiguous(hits) | Resolution::Shared(hits) => {
                let ids: Vec<String> = hits.iter().map(|hit| written(hit.thing)).collect();
                (
                    format!(
                        "{} {kind}s are called `{}`",
                        hits.len(),
                        clean(&words.value).text
                    ),
                    "which one?".to_owned(),
                    format!("write its id: {}", ids.join(", ")),
                )
            }
            Resolution::Unknown => {
                let near = suggestions(self.knowledge, &words.value, &[kind]);
                let near: Vec<String> = near
                    .iter()
                    .take(3)
                    .map(|hit| {
                        format!(
                            "{} ({})",
                            written(hit.thing),
                            self.knowledge.name(hit.thing)
                        )
                    })
                    .collect();
                let things = kind.things(self.knowledge);
                let written: Vec<String> = things.into_iter().map(written).collect();
                let typed = format!("{}:{}", kind.word(), words.value);
                // Letters in another order or one letter wrong are no search for what has these letters.
                let misspelt = nearest(&typed, written.iter().map(String::as_str));
                let help = match (near.is_empty(), misspelt) {
                    (false, _) => format!("did you mean {}?", near.join(" or ")),
                    (true, Some(misspelt)) => format!("did you mean {misspelt}?"),
                    (true, None) => {
                        "look for other words of it with `licit search WORDS`".to_owned()
                    }
                };
                (
                    format!(
                        "no {} is called `{}`",
                        kind.spoken(),
                        clean(&words.value).text
                    ),
                    format!("expected the name or id of a {}", kind.spoken()),
                    help,
                )
            }
        };
        self.problems.report(
            Diagnostic::new(Code::UnknownId, title)
                .at(words.place.file, words.place.span, label)
                .help(help),
        );
        None
    }
}
