//! Dates that cannot be, and the day since which a claim could be known.

use crate::dataset::place::{Place, Problems};
use crate::dataset::read::RawPeriod;
use crate::model::{Boundary, Code, Day, Diagnostic, Period, Source};

/// Drops the places of a period, and reports one that surely never holds.
pub(super) fn period(raw: RawPeriod, problems: &Problems) -> Period {
    if let (Some(from), Some(until)) = (&raw.from, &raw.until)
        && let (Some(first), Some(last)) = (from.value.earliest(), until.value.latest())
        && last <= first
    {
        problems.report(
            Diagnostic::new(Code::ReversedDates, "the period ends before it begins")
                .at(
                    until.place.file,
                    until.place.span,
                    format!("ends {}, which is no longer part of it", until.value),
                )
                .at(
                    from.place.file,
                    from.place.span,
                    format!("begins {}", from.value),
                ),
        );
    }
    Period {
        from: raw.from.map(|from| from.value),
        until: raw.until.map(|until| until.value),
    }
}

/// Since when a claim could be known, where the data does not say.
///
/// That is the date of the oldest dated source. Where the claim's own beginning is open, the source shows only that the
/// claim is not younger, so it is known *by* that date. Where no source has a date, the day on which we read the oldest
/// shows the same of a claim that has a date of its own.
pub(super) fn known_from(
    effective: &Period,
    sources: &[&Source],
    place: Place,
    problems: &Problems,
) -> Option<Boundary> {
    let oldest = sources
        .iter()
        .filter_map(|source| source.published.as_ref())
        .filter_map(|published| Some((published.latest()?, published)))
        .min();
    let open = effective
        .from
        .as_ref()
        .is_none_or(|from| from.earliest().is_none());
    match oldest {
        Some((_, published)) if !open => Some(published.clone()),
        Some((latest, published)) => Some(by(published, latest)),
        None if has_date(effective) => {
            let read = sources.iter().map(|source| source.read).min()?;
            Some(by(&Boundary::day(read), read))
        }
        None => {
            problems.report(
                Diagnostic::new(Code::NoDate, "nothing says when this was so")
                    .at(
                        place.file,
                        place.span,
                        "the claim has no date, and none of its sources has one",
                    )
                    .help(
                        "date a source with `published`, or the claim with `effective` or `known`",
                    ),
            );
            None
        }
    }
}

fn has_date(period: &Period) -> bool {
    [&period.from, &period.until]
        .into_iter()
        .flatten()
        .any(|boundary| boundary.earliest().or(boundary.latest()).is_some())
}

/// The boundary "by" a published date: as it is written, unless it is itself written with more than a date.
fn by(published: &Boundary, latest: Day) -> Boundary {
    let written = published.written();
    if written.starts_with("by ") {
        return published.clone();
    }
    Boundary::parse(&format!("by {written}"))
        .or_else(|_| Boundary::parse(&format!("by {latest}")))
        .unwrap_or_else(|_| published.clone())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::by;
    use crate::model::Boundary;

    #[test]
    fn by_keeps_what_was_written_where_it_can() {
        for (published, expected) in [
            ("2021-10-13", "by 2021-10-13"),
            ("2021-H2", "by 2021-H2"),
            ("between 2021-10-13 and 2022-01", "by 2022-01-31"),
            ("by 2023", "by 2023"),
        ] {
            let published = Boundary::parse(published).unwrap();
            let latest = published.latest().unwrap();
            assert_eq!(by(&published, latest).written(), expected);
        }
    }
}
