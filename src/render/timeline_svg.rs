//! A timeline as a picture for a slide: SVG, to the day, with imprecise dates as hatched intervals.

use super::timeline::{TimelineOf, TimelineView};
use super::timeline_bars::{Bar, Stand};
use super::words::edge;
use crate::model::{Axis, Day, Verdict};
use std::fmt::Write as _;

const WIDTH: i32 = 1280;
/// Where the days begin and how wide they are.
const LEFT: i32 = 40;
const DAYS: i32 = 820;
const ROW: i32 = 26;
const TOP: i32 = 96;

/// Draws a timeline as an SVG document.
pub fn svg(view: &TimelineView<'_>) -> String {
    let timeline = match view.of {
        TimelineOf::Answer { timeline, .. } => Some(timeline),
        TimelineOf::Thing(_) => None,
    };
    let is_on = timeline.is_none_or(|timeline| timeline.axis == Axis::On);
    let bars = if is_on { view.bars() } else { Vec::new() };
    let scale = Scale(view.days);
    let rows = i32::try_from(bars.len() + usize::from(timeline.is_some())).unwrap_or(i32::MAX / 64);
    let height = TOP + rows * ROW + 70;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         font-family=\"Segoe UI, Helvetica, Arial, sans-serif\" font-size=\"13\">\n\
         <title>{title}</title>\n\
         <defs><pattern id=\"perhaps\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#dbe7f3\"/>\
         <rect width=\"3\" height=\"6\" fill=\"#2b6cb0\"/></pattern></defs>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"{LEFT}\" y=\"36\" font-size=\"22\" font-weight=\"600\">{title}</text>\n",
        title = escaped(&format!("{}: timeline", view.title())),
    );
    let told = format!(
        "on {}, as known on {}; data {}",
        view.as_of.on(),
        view.as_of.known(),
        view.as_of.knowledge().meta.version
    );
    let _ = writeln!(
        text,
        "<text x=\"{LEFT}\" y=\"58\" fill=\"#555555\">{}</text>",
        escaped(&told)
    );
    years(&mut text, scale, height - 50);
    let mut y = TOP;
    if let Some(timeline) = timeline {
        let next = timeline.changes.iter().map(|change| change.day);
        let ends = next.chain([timeline.last.next()]);
        for (span, end) in timeline.spans.iter().zip(ends) {
            let fill = verdict_fill(span.told.verdict);
            rect(
                &mut text,
                scale.span(span.from, end),
                y,
                fill,
                span.told.verdict.word(),
            );
        }
        for change in &timeline.changes {
            let x = scale.x(change.day);
            let _ = writeln!(
                text,
                "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\" stroke=\"#111111\"><title>{}</title></line>",
                y - 4,
                y + ROW - 4,
                escaped(&edge(&change.at))
            );
        }
        label(&mut text, y, "the answer", true);
        y += ROW;
    }
    for bar in &bars {
        draw(&mut text, scale, bar, y, view);
        label(&mut text, y, &bar.words, false);
        y += ROW;
    }
    let x = scale.x(view.as_of.on().clamp(view.days.0, view.days.1));
    let _ = writeln!(
        text,
        "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{y}\" stroke=\"#c53030\" stroke-dasharray=\"4 3\"/>",
        TOP - 10
    );
    key(&mut text, y + 24);
    text.push_str("</svg>\n");
    text
}

#[derive(Clone, Copy)]
struct Scale((Day, Day));

impl Scale {
    fn x(self, day: Day) -> i32 {
        let (first, last) = self.0;
        let all = last.days_since(first).max(1) + 1;
        LEFT + day.days_since(first) * DAYS / all
    }

    fn span(self, from: Day, until: Day) -> (i32, i32) {
        let x = self.x(from);
        // A single day is still to be seen.
        (x, (self.x(until) - x).max(1))
    }
}

fn years(text: &mut String, scale: Scale, bottom: i32) {
    let (first, last) = scale.0;
    let (from, to) = (first.parts().0, last.parts().0);
    let step = ((to - from) / 16 + 1).max(1);
    for year in (from..=to).step_by(usize::try_from(step).unwrap_or(1)) {
        let Some(day) = Day::from_parts(year, 1, 1) else {
            continue;
        };
        let x = scale.x(day.max(first));
        let _ = writeln!(
            text,
            "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#e2e2e2\"/>\
             <text x=\"{}\" y=\"{}\" fill=\"#555555\">{year}</text>",
            TOP - 10,
            x + 3,
            TOP - 14
        );
    }
}

fn draw(text: &mut String, scale: Scale, bar: &Bar, y: i32, view: &TimelineView<'_>) {
    let id = view.as_of.knowledge().claims[bar.claim].id.as_str();
    let next = bar.stands.iter().skip(1).map(|(from, _)| *from);
    let ends = next.chain([view.days.1.next()]);
    for ((from, stand), end) in bar.stands.iter().zip(ends) {
        if let Some(fill) = stand_fill(*stand) {
            rect(text, scale.span(*from, end), y, fill, id);
        }
    }
}

fn rect(text: &mut String, (x, width): (i32, i32), y: i32, fill: &str, title: &str) {
    let _ = writeln!(
        text,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{fill}\"><title>{}</title></rect>",
        ROW - 8,
        escaped(title)
    );
}

fn label(text: &mut String, y: i32, words: &str, is_strong: bool) {
    let weight = if is_strong { "600" } else { "400" };
    let _ = writeln!(
        text,
        "<text x=\"{}\" y=\"{}\" font-weight=\"{weight}\">{}</text>",
        LEFT + DAYS + 16,
        y + 14,
        escaped(words)
    );
}

fn key(text: &mut String, y: i32) {
    let signs = [
        (stand_fill(Stand::InForce), "in force"),
        (stand_fill(Stand::Perhaps), "perhaps"),
        (stand_fill(Stand::Unattested), "no source attests it"),
        (stand_fill(Stand::Followed), "a newer one took its place"),
        (stand_fill(Stand::NotHeard), "said once and taken back"),
    ];
    let mut x = LEFT;
    for (fill, words) in signs {
        let fill = fill.unwrap_or("none");
        let _ = writeln!(
            text,
            "<rect x=\"{x}\" y=\"{}\" width=\"22\" height=\"12\" fill=\"{fill}\"/>\
             <text x=\"{}\" y=\"{y}\">{words}</text>",
            y - 11,
            x + 28
        );
        x += 220;
    }
}

fn stand_fill(stand: Stand) -> Option<&'static str> {
    match stand {
        Stand::InForce => Some("#2b6cb0"),
        Stand::Perhaps => Some("url(#perhaps)"),
        Stand::Unattested => Some("#bcd3ea"),
        Stand::Followed => Some("#e5e5e5"),
        Stand::NotHeard => Some("#f3d9d9"),
        Stand::Nothing => None,
    }
}

fn verdict_fill(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unavailable => "#4a4a4a",
        Verdict::Required => "#c05621",
        Verdict::Contested => "#b83280",
        Verdict::Depends => "#d6b656",
        Verdict::NotRequired => "#2f855a",
        Verdict::NotStated => "#cbd5e0",
    }
}

/// Text that cannot be read as a mark of XML. Control characters are gone already where text was loaded; XML has no way to
/// write one that is left.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_from_outside_cannot_become_a_mark() {
        assert_eq!(
            escaped("<a href='x'>&\"\u{1b}"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot; "
        );
    }
}
