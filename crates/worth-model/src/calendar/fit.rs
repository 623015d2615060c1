//! Fitting a calendar: what can be told at all, the regression, and what came of each effect.

use std::ops::Range;

use super::Calendar;
use super::daily::CheckedDailyPurchases;
use super::fitted::{Effects, FittedCalendar, Occurrence, Pattern, Standing, WindowEffect};
use super::regression::{Found, Regression};
use super::terms::{BASE, Event, Terms, WAVES, WEEKDAYS, WindowOf, season_row, weekday_row};
use crate::chi_square::ChiSquareTest;

/// How often an event, and how many years a season, must have been seen.
const ENOUGH_TIMES: f64 = 2.0;
/// And weekdays, in weeks.
const ENOUGH_WEEKS: f64 = 8.0;
/// Purchases per coefficient that there should be without an effect.
const ENOUGH_PURCHASES: f64 = 10.0;
/// Two years that begin on the first of January may have no leap day.
const DAYS_PER_YEAR: f64 = 365.0;
/// Parts of a year at whose middles the season is shown.
const MONTHS: usize = 12;

/// A window whose effect is asked for.
struct Candidate<'a> {
    event: &'a str,
    window: WindowOf,
    standing: Standing,
}

pub(super) fn fit(
    spec: &Calendar,
    daily: &CheckedDailyPurchases<'_>,
    events: &[Event<'_>],
) -> FittedCalendar {
    let mut candidates = candidates(daily, events);
    let days = daily.len() as f64;
    let pattern = |asked: bool, seen: f64, needed: f64, coefficients: usize| match asked {
        true => standing(
            seen.floor(),
            needed,
            daily.purchases() / coefficients as f64,
        ),
        false => Standing::NotAsked,
    };
    let weeks = days / WEEKDAYS as f64;
    let mut weekdays = pattern(spec.weekdays, weeks, ENOUGH_WEEKS, WEEKDAYS - 1);
    let years = days / DAYS_PER_YEAR;
    let mut season = pattern(spec.season, years, ENOUGH_TIMES, 2 * WAVES);
    let terms = Terms {
        weekdays: weekdays == Standing::Known,
        season: season == Standing::Known,
        // Those that cannot be told are there too, lest others be taken for them.
        windows: candidates
            .iter()
            .map(|candidate| candidate.window.clone())
            .collect(),
        first_day: daily.day(0),
        last_day: daily.last_day(),
    };
    let found = regression(daily, &terms).fit();

    let names = names(&terms, &candidates);
    let settle = |standing: &mut Standing, mut columns: Range<usize>| {
        let dropped = columns.find(|&column| !found.factor.kept()[column]);
        if let (Standing::Known, Some(dropped)) = (&standing, dropped) {
            let from = found.factor.partners(dropped);
            let from = from
                .into_iter()
                .map(|column| names[column].clone())
                .collect();
            *standing = Standing::Inseparable { from };
        }
    };
    settle(&mut weekdays, terms.weekday_columns());
    settle(&mut season, terms.season_columns());
    for (column, candidate) in terms.window_columns().zip(&mut candidates) {
        settle(&mut candidate.standing, column..column + 1);
    }
    let mut known = vec![false; terms.len()];
    known[terms.weekday_columns()].fill(weekdays == Standing::Known);
    known[terms.season_columns()].fill(season == Standing::Known);
    for (column, candidate) in terms.window_columns().zip(&candidates) {
        known[column] = candidate.standing == Standing::Known;
    }

    let effects = Effects::new(terms, &found, &known, spec.level);
    let windows = effects.terms.window_columns().zip(candidates);
    let windows = windows.map(|(column, candidate)| WindowEffect {
        factor: effects.of_part(column, &[1.0], &candidate.standing),
        occurrences: occurrences(daily, &candidate.window, &found, column),
        event: candidate.event.to_owned(),
        window: candidate.window.window,
        standing: candidate.standing,
    });
    let windows = windows.collect();
    let pattern = |standing: Standing, columns: Range<usize>, rows: Vec<Vec<f64>>| Pattern {
        factors: match standing {
            Standing::Known => {
                let rows = rows.iter();
                rows.map(|row| effects.of_part(columns.start, row, &standing))
                    .collect()
            }
            _ => Vec::new(),
        },
        standing,
    };
    let weekday_rows = (0..WEEKDAYS).map(|day| weekday_row(day).to_vec());
    let middles = (0..MONTHS).map(|month| (month as f64 + 0.5) / MONTHS as f64);
    let season_rows = middles.map(|middle| season_row(middle).to_vec());
    let explaining = found.factor.rank().saturating_sub(BASE);
    FittedCalendar {
        name: "calendar".to_owned(),
        weekdays: pattern(
            weekdays,
            effects.terms.weekday_columns(),
            weekday_rows.collect(),
        ),
        season: pattern(
            season,
            effects.terms.season_columns(),
            season_rows.collect(),
        ),
        windows,
        improvement: ChiSquareTest::new(found.gain, explaining),
        dispersion: found.dispersion,
        purchases: daily.purchases(),
        days,
        converged: found.converged,
        effects,
    }
}

/// What can be told of something seen so often, with so many purchases without an effect.
fn standing(seen: f64, needed: f64, purchases: f64) -> Standing {
    if seen < needed {
        Standing::SeenTooSeldom { seen, needed }
    } else if purchases < ENOUGH_PURCHASES {
        Standing::TooFewPurchases {
            expected: purchases,
            needed: ENOUGH_PURCHASES,
        }
    } else {
        Standing::Known
    }
}

fn candidates<'a>(daily: &CheckedDailyPurchases<'_>, events: &[Event<'a>]) -> Vec<Candidate<'a>> {
    let observed = daily.day(0)..=daily.last_day();
    let expected = daily.rows().expected;
    let rate = daily.purchases() / expected.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let windows = events.iter().flat_map(|event| {
        event.windows.iter().map(|&window| {
            let days = event.days.to_vec();
            (event.name, WindowOf { days, window })
        })
    });
    windows
        .map(|(event, window)| {
            let seen = window.days.iter().filter(|&&day| {
                let around = window.window.around(day);
                observed.contains(around.start()) && observed.contains(around.end())
            });
            let inside = (0..daily.len()).filter(|&row| window.contains(daily.day(row)));
            let without: f64 = inside.map(|row| expected[row] * rate).sum();
            Candidate {
                event,
                standing: standing(seen.count() as f64, ENOUGH_TIMES, without),
                window,
            }
        })
        .collect()
}

/// The days on which purchases are possible.
fn regression(daily: &CheckedDailyPurchases<'_>, terms: &Terms) -> Regression {
    let columns = daily.rows();
    let rows = || daily.possible();
    Regression {
        size: terms.len(),
        free: BASE,
        numbers: rows().flat_map(|row| terms.row(daily.day(row))).collect(),
        counts: rows().map(|row| columns.purchases[row]).collect(),
        expected: rows().map(|row| columns.expected[row]).collect(),
    }
}

/// What happened around each day of an event.
fn occurrences(
    daily: &CheckedDailyPurchases<'_>,
    window: &WindowOf,
    found: &Found,
    column: usize,
) -> Vec<Occurrence> {
    let effect = found.coefficients[column].exp();
    let around = |event: i32| {
        let days = window.window.around(event);
        let rows = daily.possible().zip(&found.means);
        let inside = rows.filter(|(row, _)| days.contains(&daily.day(*row)));
        let (mut purchases, mut without) = (0.0, 0.0);
        for (row, mean) in inside {
            purchases += daily.rows().purchases[row];
            without += mean / effect;
        }
        (without > 0.0).then_some(Occurrence {
            day: event,
            purchases,
            without,
        })
    };
    window
        .days
        .iter()
        .filter_map(|&event| around(event))
        .collect()
}

/// What the columns are called.
fn names(terms: &Terms, candidates: &[Candidate<'_>]) -> Vec<String> {
    let mut names = vec![String::new(); terms.len()];
    names[0] = "level".to_owned();
    names[1] = "trend".to_owned();
    names[terms.weekday_columns()].fill("weekdays".to_owned());
    names[terms.season_columns()].fill("season".to_owned());
    for (column, candidate) in terms.window_columns().zip(candidates) {
        let window = candidate.window.window;
        names[column] = format!("{} {}..{}", candidate.event, window.from, window.until);
    }
    names
}
