//! Bands from column to column, as broad as much goes there: a Sankey diagram whose columns are in order.

use maud::{Markup, PreEscaped, html};

use super::{frame, path, rounded, shortened, way_told};
use crate::sheet::{Flow, FlowWay};
use crate::words::Words;

/// In units of the picture.
const COLUMN_WIDTH: f64 = 178.0;
const BAR_WIDTH: f64 = 10.0;
const HEIGHT: f64 = 420.0;
const GAP: f64 = 14.0;
/// Room for the first label above.
const TOP: f64 = 8.0;
const LABEL_LENGTH: usize = 20;
/// Lower bars have no room for a line of text beside them.
const LEAST_LABELLED: f64 = 5.0;

/// Where a place stands.
struct Bar {
    x: f64,
    y: f64,
    height: f64,
}

pub(super) fn picture(flow: &Flow, id: &str, words: &Words) -> Markup {
    let (bars, scale, columns) = bars(flow);
    let drawn = html! {
        @for (way, outline) in outlines(flow, &bars, scale) {
            path.band.ends[flow.places[way.to].is_end] d=(outline) {
                title { (way_told(flow, way, words)) }
            }
        }
        @for (place, bar) in flow.places.iter().zip(&bars) {
            @let amount = words.in_unit(place.amount, &flow.unit);
            rect.bar.ends[place.is_end] x=(rounded(bar.x)) y=(rounded(bar.y))
                width=(rounded(BAR_WIDTH)) height=(rounded(bar.height.max(1.0))) {
                title { (place.name) ": " (amount) }
            }
            @if bar.height >= LEAST_LABELLED {
                text x=(rounded(bar.x + BAR_WIDTH + 5.0))
                    y=(rounded(bar.y + bar.height / 2.0 + 4.0)) {
                    (shortened(&place.name, LABEL_LENGTH)) " "
                    tspan.amount { (amount) }
                }
            }
        }
    };
    let width = columns as f64 * COLUMN_WIDTH;
    frame(flow, id, (width, HEIGHT + TOP * 2.0), &drawn)
}

/// The outline of each band. Both ends are taken up from the top down, so that bands cross as little as
/// they can.
fn outlines<'a>(
    flow: &'a Flow,
    bars: &[Bar],
    scale: f64,
) -> Vec<(&'a FlowWay, PreEscaped<String>)> {
    let mut ways: Vec<&FlowWay> = flow.ways.iter().collect();
    ways.sort_by(|one, other| {
        let height = |place: usize| bars[place].y;
        let by_start = height(one.from).total_cmp(&height(other.from));
        by_start.then(height(one.to).total_cmp(&height(other.to)))
    });
    let mut left: Vec<f64> = bars.iter().map(|bar| bar.y).collect();
    let mut right = left.clone();
    let outline = |way: &'a FlowWay| {
        let breadth = way.amount * scale;
        let (start, end) = (right[way.from], left[way.to]);
        right[way.from] += breadth;
        left[way.to] += breadth;
        let (near, far) = (bars[way.from].x + BAR_WIDTH, bars[way.to].x);
        let middle = (near + far) / 2.0;
        let (start_below, end_below) = (start + breadth, end + breadth);
        let outline = path(&[
            ('M', &[near, start]),
            ('C', &[middle, start, middle, end, far, end]),
            ('L', &[far, end_below]),
            (
                'C',
                &[middle, end_below, middle, start_below, near, start_below],
            ),
            ('Z', &[]),
        ]);
        (way, outline)
    };
    ways.into_iter().map(outline).collect()
}

/// Places of bars, how high one of whatever flows is, and how many columns there are.
fn bars(flow: &Flow) -> (Vec<Bar>, f64, usize) {
    let numbers = || flow.places.iter().map(|place| place.column);
    let (first, last) = (numbers().min().unwrap_or(0), numbers().max().unwrap_or(0));
    let columns = last - first + 1;
    let in_column = |column: usize| {
        let mut places: Vec<usize> = (0..flow.places.len())
            .filter(|&place| flow.places[place].column == column)
            .collect();
        // the most on top, what ends at the bottom
        places.sort_by(|&one, &other| {
            let (one, other) = (&flow.places[one], &flow.places[other]);
            let by_amount = other.amount.total_cmp(&one.amount);
            one.is_end.cmp(&other.is_end).then(by_amount)
        });
        places
    };
    let scale = (first..=last)
        .map(|column| {
            let places = in_column(column);
            let sum: f64 = places.iter().map(|&place| flow.places[place].amount).sum();
            let room = HEIGHT - GAP * places.len().saturating_sub(1) as f64;
            room.max(GAP) / sum.max(f64::MIN_POSITIVE)
        })
        .fold(f64::INFINITY, f64::min);
    let mut bars: Vec<Bar> = Vec::new();
    bars.resize_with(flow.places.len(), || Bar {
        x: 0.0,
        y: 0.0,
        height: 0.0,
    });
    for column in first..=last {
        let mut y = TOP;
        for place in in_column(column) {
            let height = flow.places[place].amount * scale;
            let x = (column - first) as f64 * COLUMN_WIDTH;
            bars[place] = Bar { x, y, height };
            y += height + GAP;
        }
    }
    (bars, scale, columns)
}
