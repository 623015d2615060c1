//! From series to verdicts: each unit against what is usual, all of them under one rate of false
//! discoveries.

use worth_model::control::{Judged, Reading, Side};
use worth_model::{Estimate, Method, discovery};

use super::Settings;
use super::answer::{AlertsAnswer, CannotTell, Kind, PastWindow, Unit, Verdict};
use super::series::{Paid, Series};
use super::windows::Window;
use crate::columns::date_of;
use crate::lifetime::calendar::CalendarKnown;

/// The answer; `series` are in the order in which they are told, units of one kind together.
pub(super) fn answer(
    settings: &Settings,
    windows: &[Window],
    series: &[Series],
    calendar: Option<CalendarKnown>,
) -> AlertsAnswer {
    let until = date_of(windows.last().map_or(0, |window| window.until));
    if series.is_empty() {
        return AlertsAnswer::silent(settings, until, CannotTell::TooFewRepeats);
    }
    let mut units = Vec::with_capacity(series.len());
    for of_kind in series.chunk_by(|one, other| one.kind == other.kind) {
        let counts: Vec<_> = of_kind
            .iter()
            .map(|series| series.windows.clone())
            .collect();
        let readings = settings.watch.read(&counts);
        let readings = readings.expect("forecasts and settings make sense");
        let mut told: Vec<Unit> = of_kind
            .iter()
            .zip(&readings)
            .map(|(series, readings)| unit(settings, windows, series, readings))
            .collect();
        told.sort_by_key(|unit| std::cmp::Reverse(unit.customers));
        if of_kind[0].kind == Kind::Cohort {
            told.sort_by(|one, other| one.name.cmp(&other.name));
        }
        units.append(&mut told);
    }
    find_alerts(&mut units, settings.false_discovery_rate);
    let alerts = units.iter().filter(|unit| unit.verdict.is_alert()).count();
    let compared = units.iter().filter(|unit| unit.p_value.is_some()).count();
    AlertsAnswer {
        window_days: settings.window_days,
        until,
        model: settings.model,
        calendar,
        level: settings.watch.level,
        false_discovery_rate: settings.false_discovery_rate,
        compared: compared as u64,
        alerts: alerts as u64,
        units,
        cannot_tell: None,
    }
}

/// One unit; whether it is an alert shows only beside the others.
fn unit(settings: &Settings, windows: &[Window], series: &Series, readings: &[Reading]) -> Unit {
    let level = settings.watch.level;
    let past: Vec<PastWindow> = windows
        .iter()
        .zip(readings)
        .filter_map(|(window, reading)| match reading {
            Reading::Judged(judged) => Some(past_window(window, judged, level)),
            _ => None,
        })
        .collect();
    let mut unit = Unit {
        kind: series.kind,
        name: series.name.clone(),
        customers: series.forecast.customers as u64,
        actual: series.actual as u64,
        forecast: (series.kind != Kind::NewCustomers).then(|| series.forecast.purchases(level)),
        usual_ratio: None,
        expected: None,
        ratio: None,
        p_value: None,
        adjusted_p_value: None,
        verdict: Verdict::TooNew,
        since: None,
        missing_revenue: None,
        needed: None,
        windows: past,
    };
    match readings.last() {
        Some(Reading::Judged(judged)) => {
            unit.verdict = Verdict::InOrder;
            unit.usual_ratio = Some(judged.usual_ratio);
            unit.expected = Some(expected(judged, level));
            unit.ratio = Some(judged.actual / judged.expected);
            unit.p_value = Some(judged.p_value);
            unit.needed = Some(judged.needed);
            if let Some(side) = judged.outside() {
                unit.since = since(windows, readings, side).map(|window| date_of(window.from));
                unit.missing_revenue = missing_revenue(judged, &series.paid, level);
            }
        }
        Some(Reading::TooSmall { needed, .. }) => {
            unit.verdict = Verdict::TooSmall;
            unit.needed = Some(*needed);
        }
        _ => {}
    }
    unit
}

fn expected(judged: &Judged, level: f64) -> Estimate {
    let method = Method::EarlierForecasts;
    Estimate::between(judged.expected, judged.low, judged.high, level, method)
}

fn past_window(window: &Window, judged: &Judged, level: f64) -> PastWindow {
    PastWindow {
        from: date_of(window.from),
        until: date_of(window.until),
        expected: expected(judged, level),
        actual: judged.actual as u64,
        outside: judged.outside(),
    }
}

/// The first of the windows without a break, up to the last, that lie outside on this side.
fn since<'a>(windows: &'a [Window], readings: &[Reading], side: Side) -> Option<&'a Window> {
    let is_outside = |reading: &Reading| match reading {
        Reading::Judged(judged) => judged.outside() == Some(side),
        _ => false,
    };
    let run = windows.iter().zip(readings).rev();
    let run = run.take_while(|(_, reading)| is_outside(reading));
    run.last().map(|(window, _)| window)
}

/// Missing purchases times their mean amount. Both are uncertain, independently of each other: to
/// either side the squares of what each may be off add up.
fn missing_revenue(judged: &Judged, paid: &Paid, level: f64) -> Option<Estimate> {
    let (mean, error) = paid.mean()?;
    let missing = judged.expected - judged.actual;
    let value = mean * missing;
    let by_mean = Estimate::normal(mean, error, level);
    let by_mean = by_mean
        .ends()
        .map_or(0.0, |(low, high)| (high - low) / 2.0 * missing);
    let reach = |end: f64| (mean * (end - judged.expected)).hypot(by_mean);
    let (low, high) = (value - reach(judged.low), value + reach(judged.high));
    let method = Method::EarlierForecasts;
    Some(Estimate::between(value, low, high, level, method))
}

/// Compares all units at once (Benjamini, Hochberg 1995).
fn find_alerts(units: &mut [Unit], false_discovery_rate: f64) {
    let p_values: Vec<f64> = units.iter().filter_map(|unit| unit.p_value).collect();
    let compared = units.iter_mut().filter(|unit| unit.p_value.is_some());
    for (unit, adjusted) in compared.zip(discovery::adjusted(&p_values)) {
        unit.adjusted_p_value = Some(adjusted);
        if adjusted <= false_discovery_rate {
            let has_fallen = unit.ratio.is_some_and(|ratio| ratio < 1.0);
            unit.verdict = if has_fallen {
                Verdict::Fall
            } else {
                Verdict::Rise
            };
        }
    }
}
