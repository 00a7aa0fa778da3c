//! The picture of a timeline: a bar per claim and one for the answer, over years. Text and SVG draw the same bars.

use super::statement::short_content;
use crate::dataset::KnowledgeBase;
use crate::graph::{AsOf, Status};
use crate::model::{Axis, ClaimId, Day, Named, Timeline, Verdict};
use unicode_width::UnicodeWidthChar;

/// The widest that a drawing may be: with its indent it fits 80 columns.
const WIDEST: usize = 76;
/// Columns for the number of a row and a blank.
const NUMBERS: usize = 5;
/// The most columns that the bars take, so that words fit beside them.
const BARS: usize = 48;

/// How a claim stands during a stretch, as far as a bar shows it. Of two in one column the first is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// It binds or not: a date is imprecise, or a condition decides.
    Perhaps,
    /// It binds.
    InForce,
    /// Nothing attests it, nothing contradicts it.
    Unattested,
    /// A newer claim or state has taken its place.
    Followed,
    /// It was told and taken back, or is not known yet.
    NotHeard,
    /// Nothing.
    Nothing,
}

impl Stand {
    fn of(status: Status, was_said: bool) -> Self {
        match status {
            Status::InForce => Self::InForce,
            Status::Unattested => Self::Unattested,
            Status::Perhaps => Self::Perhaps,
            Status::Followed(_) | Status::Superseded(_) => Self::Followed,
            Status::Replaced(_) | Status::Withdrawn if was_said => Self::NotHeard,
            _ => Self::Nothing,
        }
    }

    fn sign(self) -> char {
        match self {
            Self::InForce => '█',
            Self::Perhaps => '▒',
            Self::Unattested => '░',
            Self::Followed => '·',
            Self::NotHeard => '-',
            Self::Nothing => ' ',
        }
    }
}

/// What the signs mean.
pub(super) const SIGNS: &str = "█ in force, ▒ perhaps (an imprecise date, or on a condition), ░ stands though no source \
                                attests it then, · a newer one has taken its place, - said once and taken back";
/// What the letters mean.
pub(super) const LETTERS: &str =
    "R required, n not required, ? depends, ! contested, x unavailable, . not stated";

/// One bar.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    /// The claim.
    pub(super) claim: ClaimId,
    /// How it stands, from each day on.
    pub(super) stands: Vec<(Day, Stand)>,
    /// What it says, in few words.
    pub(super) words: String,
}

/// The bars of claims in a picture about one thing, or about several.
pub(super) fn bars(
    as_of: &AsOf,
    claims: &[ClaimId],
    days: (Day, Day),
    about: Option<Named>,
) -> Vec<Bar> {
    let knowledge = as_of.knowledge();
    let bar = |id: &ClaimId| {
        let course = as_of.course(*id, days.0, days.1);
        let stands = course.into_iter();
        let stands = stands.map(|one| (one.from, Stand::of(one.status, one.was_said)));
        Bar {
            claim: *id,
            stands: stands.collect(),
            words: short_content(knowledge, &knowledge.claims[*id], about),
        }
    };
    claims.iter().map(bar).collect()
}

/// The columns of a drawing: each a part of a year.
struct Columns {
    first_year: i16,
    years: usize,
    per_year: usize,
}

impl Columns {
    fn of((first, last): (Day, Day)) -> Self {
        let (first_year, ..) = first.parts();
        let (last_year, ..) = last.parts();
        let years = usize::try_from(last_year - first_year).unwrap_or(0) + 1;
        let per_year = [12, 6, 4, 3, 2, 1].into_iter();
        let mut fitting = per_year.filter(|per_year| years * per_year <= BARS);
        Self {
            first_year,
            years,
            per_year: fitting.next().unwrap_or(1),
        }
    }

    fn number(&self) -> usize {
        self.years * self.per_year
    }

    /// The first day of a column.
    fn begins(&self, column: usize) -> Day {
        let year = self.first_year + i16::try_from(column / self.per_year).unwrap_or(0);
        let month = column % self.per_year * (12 / self.per_year) + 1;
        Day::from_parts(year, i16::try_from(month).unwrap_or(1), 1).unwrap_or(Day::LAST)
    }

    fn holding(&self, day: Day) -> Option<usize> {
        let held = |column: &usize| self.begins(*column) <= day && day < self.begins(column + 1);
        (0..self.number()).find(held)
    }

    /// The years above the bars, as many as fit.
    fn head(&self) -> String {
        let step = 5usize.div_ceil(self.per_year);
        let mut head = String::new();
        for year in (0..self.years).step_by(step) {
            let at = year * self.per_year;
            head.extend(std::iter::repeat_n(' ', at.saturating_sub(head.len())));
            if at + 4 <= self.number().max(4) {
                head += &(self.first_year + i16::try_from(year).unwrap_or(0)).to_string();
            }
        }
        head
    }

    /// A sign per column: of what holds during it, that which comes first.
    fn row<T: Copy + Ord>(
        &self,
        stands: &[(Day, T)],
        last: Day,
        sign: impl Fn(T) -> char,
    ) -> String {
        let column = |column: usize| {
            let (begins, ends) = (self.begins(column), self.begins(column + 1));
            let next = stands.iter().skip(1).map(|(from, _)| *from);
            let until = next.chain([last.next()]);
            let inside = stands.iter().zip(until);
            let inside = inside.filter(|((from, _), until)| *from < ends && *until > begins);
            inside
                .map(|((_, stand), _)| *stand)
                .min()
                .map_or(' ', &sign)
        };
        (0..self.number()).map(column).collect()
    }
}

/// The lines of a picture: years, the answer, a bar per claim with its number, and the day of the question.
pub(super) fn drawing(
    bars: &[Bar],
    timeline: Option<&Timeline>,
    days: (Day, Day),
    on: Day,
) -> Vec<String> {
    let columns = Columns::of(days);
    let blank = " ".repeat(NUMBERS);
    let mut lines = vec![format!("{blank}{}", columns.head())];
    if let Some(timeline) = timeline {
        let stands = timeline.spans.iter();
        let stands: Vec<(Day, usize)> = stands
            .enumerate()
            .map(|(place, span)| (span.from, place))
            .collect();
        let letter = |place: usize| {
            let span = timeline.spans.get(place);
            span.map_or(' ', |span| letter(span.told.verdict))
        };
        lines.push(format!(
            "{blank}{}  the answer",
            columns.row(&stands, days.1, letter)
        ));
    }
    // Along the axis of knowledge a claim does not stand over days, the answer alone does.
    if timeline.is_none_or(|timeline| timeline.axis == Axis::On) {
        for (place, bar) in bars.iter().enumerate() {
            let row = columns.row(&bar.stands, days.1, Stand::sign);
            let room = WIDEST - NUMBERS - columns.number() - 2;
            let words = shortened(&bar.words, room);
            lines.push(format!("{:>3}  {row}  {words}", place + 1));
        }
    }
    if let Some(column) = columns.holding(on) {
        lines.push(format!("{blank}{}^ {on}", " ".repeat(column)));
    }
    lines
}

fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Unavailable => 'x',
        Verdict::Required => 'R',
        Verdict::Contested => '!',
        Verdict::Depends => '?',
        Verdict::NotRequired => 'n',
        Verdict::NotStated => '.',
    }
}

/// Cut to so many columns, with a sign that it was.
fn shortened(words: &str, room: usize) -> String {
    let mut columns = 0;
    let mut kept = String::new();
    for character in words.chars() {
        columns += character.width().unwrap_or(0);
        if columns >= room {
            kept.truncate(kept.trim_end().len());
            kept.push('…');
            return kept;
        }
        kept.push(character);
    }
    kept
}

/// Claims that a picture shows: those that somebody dates, and all that decide the answer.
pub(super) fn worth_drawing(knowledge: &KnowledgeBase, claims: &[ClaimId]) -> Vec<ClaimId> {
    use crate::model::{Boundary, ClaimKindName};
    let is_dated = |id: &&ClaimId| {
        let claim = &knowledge.claims[**id];
        let decides = matches!(
            claim.kind.name(),
            ClaimKindName::Requirement | ClaimKindName::Lifecycle | ClaimKindName::Price
        );
        let from = claim.effective.from.as_ref().and_then(Boundary::earliest);
        decides || from.is_some() || claim.effective.until.is_some()
    };
    claims.iter().filter(is_dated).copied().collect()
}
