//! A chart as a Plotly figure: data, layout and configuration as JSON for the script of the page.
//!
//! Colours are those of the light page, taken from [`PALETTE`]; the page's script exchanges them
//! for the dark ones when the reader's screen is dark. Axes are linear everywhere: labels and days
//! are placed by number and written beside the axis by us, so that numbers and dates look as the
//! language wants them and text is never taken for a number.

mod heat_map;
mod map;

use jiff::civil::Date;
use plotly::common::{
    Anchor, DashType, ErrorData, ErrorType, Fill, Font, HoverInfo, Label, Line, Marker, Mode,
    Orientation, Position,
};
use plotly::configuration::DisplayModeBar;
use plotly::layout::{
    Axis as PlotAxis, BarMode, HoverMode, Legend, Margin, Shape, ShapeLayer, ShapeLine, ShapeType,
    TicksDirection, TraceOrder,
};
use plotly::{Bar, Configuration, Layout, Scatter, Trace};
use serde::Serialize;

use super::axis::{tick_text, ticks};
use crate::render::coordinate;
use crate::sheet::{Chart, ChartKind, Coordinate, HeatMap, Map, On, Point, Series};
use crate::words::{Unit, Words};

/// Colours on a light page and, for each, what it becomes on a dark one.
pub(super) const PALETTE: &[(&str, &str)] = &[
    (INK, "#e8eaed"),
    (FAINT, "#a3abb5"),
    (GRID, "#333a42"),
    (SURFACE, "#20252b"),
    (WEAK, "#263230"),
    (SERIES[0].0, "#4fc3b5"),
    (SERIES[0].1, "rgba(79,195,181,0.22)"),
    (SERIES[1].0, "#f0a860"),
    (SERIES[1].1, "rgba(240,168,96,0.22)"),
    (SERIES[2].0, "#a9b4f8"),
    (SERIES[2].1, "rgba(169,180,248,0.22)"),
    (SERIES[3].0, "#f08bb4"),
    (SERIES[3].1, "rgba(240,139,180,0.22)"),
    (SERIES[4].0, "#b9c86a"),
    (SERIES[4].1, "rgba(185,200,106,0.22)"),
    (SERIES[5].0, "#b6c0cc"),
    (SERIES[5].1, "rgba(182,192,204,0.22)"),
];

const INK: &str = "#22282f";
const FAINT: &str = "#5c6773";
const GRID: &str = "#e3e6ea";
const SURFACE: &str = "#fdfdfc";
/// The weakest shade of a heat map; the strongest is the colour of the first series.
const WEAK: &str = "#e9f1f0";

/// Line or bar, and band, of each series; then again from the first.
const SERIES: [(&str, &str); 6] = [
    ("#0f766e", "rgba(15,118,110,0.16)"),
    ("#b4540a", "rgba(180,84,10,0.16)"),
    ("#4a51c9", "rgba(74,81,201,0.16)"),
    ("#b02a6b", "rgba(176,42,107,0.16)"),
    ("#5f7310", "rgba(95,115,16,0.16)"),
    ("#5f6b78", "rgba(95,107,120,0.16)"),
];

/// Longest line of a label beside an axis, in characters.
const LABEL_LENGTH: usize = 22;

/// How much height a line of such a label takes, in CSS pixels.
const LABEL_LINE_HEIGHT: usize = 16;

/// What the page's script gets.
#[derive(Serialize)]
pub(super) struct Figure {
    data: Vec<Box<dyn Trace>>,
    layout: Layout,
    config: Configuration,
    /// How high it is on the page, in CSS pixels.
    #[serde(skip)]
    pub(super) height: usize,
}

impl Figure {
    /// The figure of a chart.
    pub(super) fn of_chart(chart: &Chart, words: &Words) -> Self {
        let drawing = match chart.kind {
            ChartKind::Bars => bars(chart, words),
            ChartKind::Lines => lines(chart, words),
            ChartKind::Scatter => scatter(chart, words),
        };
        Self::new(drawing, height(chart))
    }

    /// The figure of a heat map.
    pub(super) fn of_heat_map(map: &HeatMap, words: &Words) -> Self {
        let height = heat_map::height(map);
        Self::new(heat_map::drawing(map, words), height)
    }

    /// The figure of a map.
    pub(super) fn of_map(map: &Map, words: &Words) -> Self {
        Self::new(map::drawing(map, words), map::HEIGHT)
    }

    fn new(drawing: Drawing, height: usize) -> Self {
        let config = Configuration::new()
            .display_mode_bar(DisplayModeBar::False)
            .responsive(true)
            .show_tips(false)
            .typeset_math(false);
        Self {
            data: drawing.traces,
            layout: drawing.layout,
            config,
            height,
        }
    }

    /// As JSON that may stand inside a `<script>`: nothing in it can end the element.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self)
            .expect("figures are written to memory and have text keys")
            .replace('<', "\\u003c")
    }
}

/// How high a chart is on the page, in CSS pixels.
fn height(chart: &Chart) -> usize {
    match chart.kind {
        ChartKind::Bars => {
            let labels = bar_labels(chart, None);
            let lines = labels.iter().map(|label| lines_of(label).len()).max();
            let of_text = LABEL_LINE_HEIGHT * lines.unwrap_or(1) + 4;
            let of_bars = 26 + 12 * chart.series.len().saturating_sub(1);
            let legend = if chart.series.len() > 1 { 40 } else { 0 };
            (labels.len() * of_bars.max(of_text).max(34) + 76 + legend).clamp(150, 1400)
        }
        ChartKind::Lines => 340,
        ChartKind::Scatter => 420,
    }
}

struct Drawing {
    traces: Vec<Box<dyn Trace>>,
    layout: Layout,
}

fn bars(chart: &Chart, words: &Words) -> Drawing {
    let labels = bar_labels(chart, Some(words));
    let places: Vec<f64> = (0..labels.len()).map(|place| place as f64).collect();
    let mut traces: Vec<Box<dyn Trace>> = Vec::new();
    for (number, series) in chart.series.iter().enumerate() {
        let (line, _) = colour(number);
        let at: Vec<f64> = series
            .points
            .iter()
            .map(|point| {
                let label = coordinate(&point.x, &chart.x.unit, words);
                let place = labels.iter().position(|known| *known == label);
                place.expect("every label of the chart was gathered") as f64
            })
            .collect();
        let lengths = series.points.iter().map(|point| point.y).collect();
        let bar = Bar::new(lengths, at)
            .name(plain(&series.name))
            .orientation(Orientation::Horizontal)
            .marker(Marker::new().color(line).opacity(0.88))
            .error_x(error_bars(
                series
                    .points
                    .iter()
                    .map(|point| (point.y, point.y_interval)),
            ))
            .hover_text_array(hover(chart, series, words))
            .hover_info(HoverInfo::Text);
        traces.push(bar);
    }
    let (low, high) = reach(chart, true);
    let label_axis = PlotAxis::new()
        .tick_values(places)
        .tick_text(labels.iter().map(|label| folded(label)).collect())
        .range(vec![labels.len() as f64 - 0.5, -0.5])
        .show_grid(false)
        .zero_line(false);
    let layout = layout(chart)
        .bar_mode(BarMode::Group)
        .bar_gap(if chart.series.len() > 1 { 0.28 } else { 0.42 })
        .x_axis(
            number_axis(low, high, &chart.y, words)
                .zero_line(true)
                .zero_line_color(FAINT),
        )
        .y_axis(common_axis(label_axis));
    Drawing {
        traces,
        layout: with_marks(layout, chart),
    }
}

fn lines(chart: &Chart, words: &Words) -> Drawing {
    let mut traces: Vec<Box<dyn Trace>> = Vec::new();
    for (number, series) in chart.series.iter().enumerate() {
        let (line, band) = colour(number);
        let at: Vec<f64> = places(series);
        if series.points.iter().any(|point| point.y_interval.is_some()) {
            let ends = |point: &Point| point.y_interval.unwrap_or((point.y, point.y));
            let low = series.points.iter().map(|point| ends(point).0).collect();
            let high = series.points.iter().map(|point| ends(point).1).collect();
            traces.push(band_edge(at.clone(), low));
            traces.push(
                band_edge(at.clone(), high)
                    .fill(Fill::ToNextY)
                    .fill_color(band),
            );
        }
        let values = series.points.iter().map(|point| point.y).collect();
        let trace = Scatter::new(at, values)
            .name(plain(&series.name))
            .mode(if series.points.len() > 40 {
                Mode::Lines
            } else {
                Mode::LinesMarkers
            })
            .line(Line::new().color(line).width(2.2))
            .clip_on_axis(false)
            .marker(Marker::new().color(line).size(6))
            .hover_text_array(hover(chart, series, words))
            .hover_info(HoverInfo::Text);
        traces.push(trace);
    }
    let (low, high) = reach(chart, false);
    let layout = layout(chart)
        .x_axis(place_axis(chart, words))
        .y_axis(number_axis(low, high, &chart.y, words));
    Drawing {
        traces,
        layout: with_marks(layout, chart),
    }
}

fn scatter(chart: &Chart, words: &Words) -> Drawing {
    let mut traces: Vec<Box<dyn Trace>> = Vec::new();
    let points = || chart.series.iter().flat_map(|series| &series.points);
    let is_crowded = points().count() > 25;
    let across_all = around(chart.series.iter().flat_map(places));
    for (number, series) in chart.series.iter().enumerate() {
        let (line, _) = colour(number);
        let values = series.points.iter().map(|point| point.y).collect();
        let across = series
            .points
            .iter()
            .map(|point| (number_of(&point.x), point.x_interval));
        let up = series
            .points
            .iter()
            .map(|point| (point.y, point.y_interval));
        let labels = series
            .points
            .iter()
            .map(|point| plain(point.label.as_deref().unwrap_or_default()))
            .collect();
        let size = if is_crowded { 6 } else { 11 };
        let trace = Scatter::new(places(series), values)
            .name(plain(&series.name))
            .mode(if is_crowded {
                Mode::Markers
            } else {
                Mode::MarkersText
            })
            .marker(Marker::new().color(line).size(size).opacity(0.85))
            .text_array(labels)
            .text_position_array(
                places(series)
                    .into_iter()
                    .map(|at| inwards(at, across_all))
                    .collect(),
            )
            .text_font(Font::new().color(INK).size(13))
            .clip_on_axis(false)
            .error_x(error_bars(across).color(line).thickness(1.0))
            .error_y(error_bars(up).color(line).thickness(1.0))
            .hover_text_array(hover(chart, series, words))
            .hover_info(HoverInfo::Text);
        traces.push(trace);
    }
    let (low, high) = reach(chart, false);
    let layout = layout(chart)
        .x_axis(place_axis(chart, words))
        .y_axis(number_axis(low, high, &chart.y, words));
    Drawing {
        traces,
        layout: with_marks(layout, chart),
    }
}

/// Where a name has room beside its point: towards the middle of all of them.
fn inwards(at: f64, (left, right): (f64, f64)) -> Position {
    if at > 0.5 * (left + right) {
        Position::TopLeft
    } else {
        Position::TopRight
    }
}

fn band_edge(at: Vec<f64>, values: Vec<f64>) -> Box<Scatter<f64, f64>> {
    Scatter::new(at, values)
        .mode(Mode::Lines)
        .line(Line::new().width(0.0))
        .show_legend(false)
        .hover_info(HoverInfo::Skip)
}

fn colour(series: usize) -> (&'static str, &'static str) {
    SERIES[series % SERIES.len()]
}

fn error_bars(points: impl Iterator<Item = (f64, Option<(f64, f64)>)>) -> ErrorData {
    let (up, down): (Vec<f64>, Vec<f64>) = points
        .map(|(value, interval)| {
            let (low, high) = interval.unwrap_or((value, value));
            ((high - value).max(0.0), (value - low).max(0.0))
        })
        .unzip();
    let is_known = up.iter().chain(&down).any(|reach| *reach > 0.0);
    ErrorData::new(ErrorType::Data)
        .array(up)
        .array_minus(down)
        .symmetric(false)
        .visible(is_known)
        .color(INK)
        .thickness(1.4)
        .width(4)
}

/// The labels of a bar chart, each once, in the order in which they come.
fn bar_labels(chart: &Chart, words: Option<&Words>) -> Vec<String> {
    let mut labels = Vec::new();
    for point in chart.series.iter().flat_map(|series| &series.points) {
        let label = match (words, &point.x) {
            (Some(words), place) => coordinate(place, &chart.x.unit, words),
            (None, Coordinate::Label(label)) => label.clone(),
            (None, place) => format!("{place:?}"),
        };
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

fn hover(chart: &Chart, series: &Series, words: &Words) -> Vec<String> {
    series
        .points
        .iter()
        .map(|point| {
            let place = match &point.x {
                Coordinate::Number(value) => {
                    words.with_ends(*value, point.x_interval, &chart.x.unit)
                }
                place => coordinate(place, &chart.x.unit, words),
            };
            let number = words.with_ends(point.y, point.y_interval, &chart.y.unit);
            let name = match &point.label {
                Some(label) => label.as_str(),
                None if chart.series.len() > 1 => series.name.as_str(),
                None => "",
            };
            let first = if name.is_empty() {
                String::new()
            } else {
                format!("{}<br>", plain(name))
            };
            format!("{first}{}<br>{}", plain(&place), plain(&number))
        })
        .collect()
}

fn days_since_epoch(day: Date) -> f64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    day.duration_since(epoch).as_secs_f64() / 86_400.0
}

fn number_of(place: &Coordinate) -> f64 {
    match place {
        Coordinate::Number(value) => *value,
        Coordinate::Day(day) => days_since_epoch(*day),
        Coordinate::Label(_) => f64::NAN,
    }
}

/// Where the points stand: numbers and days where they are, labels one after the other.
fn places(series: &Series) -> Vec<f64> {
    series
        .points
        .iter()
        .enumerate()
        .map(|(order, point)| match &point.x {
            Coordinate::Label(_) => order as f64,
            place => number_of(place),
        })
        .collect()
}

/// The smallest and largest number to show, with intervals and marks.
fn reach(chart: &Chart, with_zero: bool) -> (f64, f64) {
    let of_points = chart
        .series
        .iter()
        .flat_map(|series| &series.points)
        .flat_map(|point| {
            let (low, high) = point.y_interval.unwrap_or((point.y, point.y));
            [point.y, low, high]
        });
    let of_marks = chart
        .marks
        .iter()
        .filter(|mark| mark.on == On::Y)
        .map(|mark| mark.at);
    let zero = with_zero.then_some(0.0);
    around(of_points.chain(of_marks).chain(zero))
}

fn around(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = numbers
        .filter(|number| number.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
            (low.min(number), high.max(number))
        });
    match (low.is_finite(), high > low) {
        (false, _) => (0.0, 1.0),
        (true, false) if low == 0.0 => (0.0, 1.0),
        (true, false) => (low.min(0.0), low.max(0.0)),
        (true, true) => (low, high),
    }
}

fn common_axis(axis: PlotAxis) -> PlotAxis {
    axis.fixed_range(true)
        .auto_margin(true)
        .grid_color(GRID)
        .color(FAINT)
        .tick_length(7)
        .tick_color("rgba(0,0,0,0)")
        .ticks(TicksDirection::Outside)
}

fn number_axis(low: f64, high: f64, axis: &crate::sheet::Axis, words: &Words) -> PlotAxis {
    // There is no half a customer.
    let least_step = match axis.unit {
        Unit::Count | Unit::Days => 1.0,
        _ => 0.0,
    };
    let at = ticks(low, high, 5, least_step);
    let step = at.get(1).map_or(1.0, |second| second - at[0]);
    let texts = at
        .iter()
        .map(|value| tick_text(*value, step, &axis.unit, words))
        .collect();
    let (first, last) = (
        at.first().copied().unwrap_or(low),
        at.last().copied().unwrap_or(high),
    );
    common_axis(
        PlotAxis::new()
            .title(plain(&axis.title))
            .tick_values(at)
            .tick_text(texts)
            .range(vec![first, last])
            .zero_line(false),
    )
}

/// The horizontal axis of lines and scatter plots.
fn place_axis(chart: &Chart, words: &Words) -> PlotAxis {
    let points = || chart.series.iter().flat_map(|series| &series.points);
    let longest = chart.series.iter().max_by_key(|series| series.points.len());
    let is_numbers = points().all(|point| matches!(point.x, Coordinate::Number(_)));
    if is_numbers {
        let of_points = points().flat_map(|point| {
            let value = number_of(&point.x);
            let (low, high) = point.x_interval.unwrap_or((value, value));
            [value, low, high]
        });
        let of_marks = chart
            .marks
            .iter()
            .filter(|mark| mark.on == On::X)
            .map(|mark| mark.at);
        let (low, high) = around(of_points.chain(of_marks));
        return number_axis(low, high, &chart.x, words);
    }
    let points: &[Point] = longest.map_or(&[], |series| &series.points);
    let at = longest.map(places).unwrap_or_default();
    // As many labels as fit on a phone.
    let every = points.len().div_ceil(6).max(1);
    let chosen = || (0..points.len()).rev().step_by(every);
    common_axis(
        PlotAxis::new()
            .title(plain(&chart.x.title))
            .tick_values(chosen().map(|place| at[place]).collect())
            .tick_text(
                chosen()
                    .map(|place| place_text(&points[place].x, &chart.x.unit, words))
                    .collect(),
            )
            .show_grid(false)
            .zero_line(false),
    )
}

fn place_text(place: &Coordinate, unit: &Unit, words: &Words) -> String {
    match place {
        Coordinate::Day(day) if day.day() == 1 => words.month_short(*day),
        place => folded(&coordinate(place, unit, words)),
    }
}

fn bare_layout(height: usize) -> Layout {
    Layout::new()
        .auto_size(true)
        .height(height)
        .paper_background_color("rgba(0,0,0,0)")
        .plot_background_color("rgba(0,0,0,0)")
        .font(Font::new().color(INK).size(13))
        .margin(Margin::new().left(12).right(16).top(12).bottom(44))
        .hover_mode(HoverMode::Closest)
        .hover_label(
            Label::new()
                .background_color(SURFACE)
                .border_color(GRID)
                .font(Font::new().color(INK).size(13)),
        )
}

fn layout(chart: &Chart) -> Layout {
    bare_layout(height(chart))
        .show_legend(chart.series.len() > 1)
        .legend(
            Legend::new()
                .orientation(Orientation::Horizontal)
                .x(0.0)
                .x_anchor(Anchor::Left)
                .y(1.02)
                .y_anchor(Anchor::Bottom)
                .trace_order(TraceOrder::Normal),
        )
}

/// Draws the lines to compare with. What they mean stands above the picture, where it wraps.
fn with_marks(layout: Layout, chart: &Chart) -> Layout {
    let shapes = chart.marks.iter().map(|mark| {
        // Bars lie on their side: their numbers run along the horizontal axis of the picture.
        let is_upright = (mark.on == On::X) != (chart.kind == ChartKind::Bars);
        let line = Shape::new()
            .shape_type(ShapeType::Line)
            .layer(ShapeLayer::Above)
            .line(ShapeLine::new().color(INK).width(1.4).dash(DashType::Dash));
        if is_upright {
            line.x_ref("x")
                .y_ref("paper")
                .x0(mark.at)
                .x1(mark.at)
                .y0(0.0)
                .y1(1.0)
        } else {
            line.x_ref("paper")
                .y_ref("y")
                .x0(0.0)
                .x1(1.0)
                .y0(mark.at)
                .y1(mark.at)
        }
    });
    layout.shapes(shapes.collect())
}

/// Text for Plotly, which takes `<b>` and `&lt;` for markup: shown as it is.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A label beside an axis, broken into lines.
fn folded(label: &str) -> String {
    let lines = lines_of(label);
    let lines: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    lines.join("<br>")
}

/// A label in lines, broken at spaces.
fn lines_of(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in label.split_whitespace() {
        let line = lines.last_mut().expect("there is at least one line");
        let is_full =
            !line.is_empty() && line.chars().count() + 1 + word.chars().count() > LABEL_LENGTH;
        if is_full {
            lines.push(word.into());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
