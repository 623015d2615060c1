//! Places in a plane: a point with its name, the area where it may be, and a line to compare with.

use plotly::common::{DashType, Fill, Font, HoverInfo, Line, Marker, Mode};
use plotly::{Scatter, Trace};

use super::{Drawing, INK, around, bare_layout, colour, inwards, number_axis, plain};
use crate::sheet::{Map, Place};
use crate::words::Words;

/// How high it is on the page, in CSS pixels.
pub(super) const HEIGHT: usize = 440;

pub(super) fn drawing(map: &Map, words: &Words) -> Drawing {
    let (left, right) = reach(map, 0);
    let (low, high) = reach(map, 1);
    let mut traces: Vec<Box<dyn Trace>> = Vec::new();
    if let Some(line) = &map.line {
        let up = |x: f64| line.through[1] + line.rise * (x - line.through[0]);
        let trace = Scatter::new(vec![left, right], vec![up(left), up(right)])
            .name(plain(&line.label))
            .mode(Mode::Lines)
            .line(Line::new().color(INK).width(1.4).dash(DashType::Dash))
            .hover_info(HoverInfo::Name);
        traces.push(trace);
    }
    for (number, place) in map.places.iter().enumerate() {
        traces.extend(area(place, number));
        traces.push(point(map, place, (number, (left, right)), words));
    }
    Drawing {
        traces,
        layout: bare_layout(HEIGHT)
            .show_legend(false)
            .x_axis(number_axis(left, right, &map.x, words))
            .y_axis(number_axis(low, high, &map.y, words)),
    }
}

fn area(place: &Place, number: usize) -> Option<Box<dyn Trace>> {
    let (line, band) = colour(number);
    let first = place.outline.first()?;
    let closed = || place.outline.iter().chain([first]);
    let (across, up) = closed().map(|[x, y]| (*x, *y)).unzip();
    let trace = Scatter::new(across, up)
        .mode(Mode::Lines)
        .line(Line::new().color(line).width(1.0))
        .fill(Fill::ToSelf)
        .fill_color(band)
        .show_legend(false)
        .hover_info(HoverInfo::Skip);
    Some(trace)
}

fn point(
    map: &Map,
    place: &Place,
    (number, across): (usize, (f64, f64)),
    words: &Words,
) -> Box<dyn Trace> {
    let (line, _) = colour(number);
    let told = [(&map.x, &place.x), (&map.y, &place.y)]
        .map(|(axis, at)| format!("{}: {}", axis.title, words.estimate(at, &axis.unit)));
    let hover = [&[place.name.clone()][..], &told].concat();
    let hover: Vec<String> = hover.iter().map(|text| plain(text)).collect();
    Scatter::new(vec![place.x.value], vec![place.y.value])
        .name(plain(&place.name))
        .mode(Mode::MarkersText)
        .marker(Marker::new().color(line).size(11))
        .text_array(vec![plain(&place.name)])
        .text_position(inwards(place.x.value, across))
        .text_font(Font::new().color(INK).size(13))
        .clip_on_axis(false)
        .hover_text_array(vec![hover.join("<br>")])
        .hover_info(HoverInfo::Text)
}

/// The smallest and largest number on an axis, 0 being the one to the right.
fn reach(map: &Map, axis: usize) -> (f64, f64) {
    let places = map.places.iter().flat_map(|place| {
        let at = [place.x.value, place.y.value][axis];
        let outline = place.outline.iter().map(move |point| point[axis]);
        outline.chain([at])
    });
    let line = map.line.iter().map(|line| line.through[axis]);
    around(places.chain(line))
}
