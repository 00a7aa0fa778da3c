//! Diagnostics as text that looks like the compiler's: file, line and column, the source, what to do.

use super::source_map::SourceMap;
use crate::model::{Diagnostic, Label, Severity, Span, clean};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Renders diagnostics in the given order, ending with a line that counts them; empty where there is none.
///
/// ```
/// use licit::dataset::{SourceMap, load, report};
/// let loaded = load(SourceMap::from_texts([("areas.toml", "[[area]\n")]), None);
/// let text = report(&loaded.sources, &loaded.problems, false);
/// assert!(text.contains("--> areas.toml:1:"));
/// assert!(text.ends_with("2 errors\n"));
/// ```
pub fn report(sources: &SourceMap, diagnostics: &[Diagnostic], colored: bool) -> String {
    let renderer = if colored {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let groups = groups(sources, diagnostic);
        text.push_str(&renderer.render(&groups));
        text.push_str("\n\n");
    }
    if let Some(summary) = summary(diagnostics) {
        text.push_str(&summary);
        text.push('\n');
    }
    text
}

/// "3 errors, 1 warning"; none where there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity| {
        let number = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == severity)
            .count();
        match number {
            0 => None,
            1 => Some(format!("1 {severity}")),
            _ => Some(format!("{number} {severity}s")),
        }
    };
    match (count(Severity::Error), count(Severity::Warning)) {
        (Some(errors), Some(warnings)) => Some(format!("{errors}, {warnings}")),
        (one, other) => one.or(other),
    }
}

fn groups<'d>(sources: &'d SourceMap, diagnostic: &'d Diagnostic) -> Vec<Group<'d>> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(clean(&diagnostic.title).text)
        .id(diagnostic.code.word());
    // Labels of one file that follow each other share a picture.
    let mut runs: Vec<Vec<(bool, &Label)>> = Vec::new();
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let marked = (index == 0, label);
        match runs.last_mut() {
            Some(run) if run.iter().all(|(_, other)| other.file == label.file) => run.push(marked),
            _ => runs.push(vec![marked]),
        }
    }
    let help = diagnostic.help.as_deref();
    let help = help.map(|help| Level::HELP.message(clean(help).text));
    if runs.is_empty() {
        let group = Group::with_title(title);
        return vec![match help {
            Some(help) => group.element(help),
            None => group,
        }];
    }
    let snippets = runs.iter().map(|run| snippet(sources, run));
    let group = title.elements(snippets);
    vec![match help {
        Some(help) => group.element(help),
        None => group,
    }]
}

/// The lines from the first to the last label: a large file is not looked through for every message.
fn snippet<'d>(
    sources: &'d SourceMap,
    labels: &[(bool, &'d Label)],
) -> Snippet<'d, annotate_snippets::Annotation<'d>> {
    let file = labels.first().map(|(_, label)| label.file);
    let (path, text) = file.map_or(("", ""), |file| (sources.path(file), sources.text(file)));
    let spans: Vec<Range<usize>> = labels
        .iter()
        .map(|(_, label)| within(text, label.span))
        .collect();
    let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let last = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let before = text.get(..first).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |place| place + 1);
    let after = text.get(last..).unwrap_or("");
    let end = last + after.find('\n').unwrap_or(after.len());
    let line = before.matches('\n').count() + 1;
    let source = text.get(start..end).unwrap_or("");
    // Cleaning may change how long a line is, so every place is measured in the cleaned text.
    let moved = |offset: usize| harmless(source.get(..offset - start).unwrap_or("")).len();
    let annotations = labels.iter().zip(spans).map(|((primary, label), span)| {
        let kind = if *primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(moved(span.start)..moved(span.end));
        if label.message.is_empty() {
            annotation
        } else {
            annotation.label(clean(&label.message).text)
        }
    });
    Snippet::source(harmless(source))
        .line_start(line)
        .path(path)
        .annotations(annotations)
}

/// The text line by line without characters that could play tricks on a terminal.
fn harmless(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| clean(line).text).collect();
    lines.join("\n")
}

/// A span that lies in the text, on the bounds of characters.
fn within(text: &str, span: Span) -> Range<usize> {
    let mut start = span.start.min(text.len());
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
