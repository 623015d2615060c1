//! Arrows between places that stand below each other: those on the right go down, those on the left go
//! back up. Whatever leads where, nothing hides anything: the picture of a graph with circles.

use maud::{Markup, PreEscaped, html};

use super::{frame, path, rounded, shortened, way_told};
use crate::sheet::Flow;
use crate::words::Words;

/// In units of the picture.
const SIDE: f64 = 112.0;
const BOX_WIDTH: f64 = 204.0;
const BOX_HEIGHT: f64 = 40.0;
const ROW: f64 = 58.0;
const TOP: f64 = 10.0;
const LABEL_LENGTH: usize = 22;
const THINNEST: f64 = 1.2;
const THICKEST: f64 = 9.0;
const POINT: f64 = 7.0;
/// Arrows with a number beside them: those on which most goes.
const MOST_LABELLED: usize = 10;

/// An arrow as it is drawn.
struct Arrow {
    /// Where it leaves a box and where it comes to one.
    x: f64,
    start: f64,
    end: f64,
    /// How far it swings out; to the left when below 0.
    reach: f64,
    thickness: f64,
}

pub(super) fn picture(flow: &Flow, id: &str, words: &Words) -> Markup {
    let most = flow.ways.iter().map(|way| way.amount).fold(0.0, f64::max);
    let height = TOP * 2.0 + ROW * flow.places.len() as f64;
    let drawn = html! {
        @for way in flow.ways.iter().rev() {
            @let arrow = Arrow::of((way.from, way.to), flow.places.len(), way.amount / most);
            g.way.back[arrow.reach < 0.0] {
                title { (way_told(flow, way, words)) }
                path.line d=(arrow.line()) style={ "stroke-width:" (rounded(arrow.thickness)) } {}
                path.point d=(arrow.point()) {}
            }
        }
        @for (row, place) in flow.places.iter().enumerate() {
            g {
                title { (place.name) ": " (words.in_unit(place.amount, &flow.unit)) ", " (place.about) }
                rect.place x=(rounded(SIDE)) y=(rounded(top_of(row))) width=(rounded(BOX_WIDTH))
                    height=(rounded(BOX_HEIGHT)) rx="7" {}
                text x=(rounded(SIDE + 10.0)) y=(rounded(top_of(row) + 16.0)) {
                    (shortened(&place.name, LABEL_LENGTH)) " "
                    tspan.amount { (words.in_unit(place.amount, &flow.unit)) }
                }
                text.about x=(rounded(SIDE + 10.0)) y=(rounded(top_of(row) + 32.0)) { (place.about) }
            }
        }
        @for way in flow.ways.iter().take(MOST_LABELLED) {
            @let arrow = Arrow::of((way.from, way.to), flow.places.len(), way.amount / most);
            @let (x, y) = arrow.middle();
            text.number text-anchor=(if arrow.reach < 0.0 { "end" } else { "start" }) x=(rounded(x)) y=(rounded(y + 4.0)) {
                (words.in_unit(way.amount, &flow.unit))
            }
        }
    };
    frame(flow, id, (SIDE * 2.0 + BOX_WIDTH, height), &drawn)
}

fn top_of(row: usize) -> f64 {
    TOP + ROW * row as f64
}

impl Arrow {
    /// Between two of so many rows. `part`: of the most that goes anywhere.
    fn of((from, to): (usize, usize), rows: usize, part: f64) -> Self {
        let is_back = to < from;
        let side = if is_back { -1.0 } else { 1.0 };
        let distance = from.abs_diff(to) as f64;
        // farther ones swing out farther; those to the place itself least
        let farthest = rows.max(2) as f64 - 1.0;
        let reach = 24.0 + (SIDE - 66.0) * (distance / farthest).sqrt();
        let within = |part: f64| BOX_HEIGHT * part;
        let (leaves, comes) = match (from == to, is_back) {
            (true, _) => (0.3, 0.7),
            (_, false) => (0.75, 0.25),
            (_, true) => (0.25, 0.75),
        };
        Self {
            x: if is_back { SIDE } else { SIDE + BOX_WIDTH },
            start: top_of(from) + within(leaves),
            end: top_of(to) + within(comes),
            reach: side * reach,
            thickness: THINNEST + (THICKEST - THINNEST) * part.max(0.0).sqrt(),
        }
    }

    /// Up to the beginning of its point.
    fn line(&self) -> PreEscaped<String> {
        let out = self.x + self.reach * 4.0 / 3.0;
        let tip = self.x + self.reach.signum() * POINT;
        path(&[
            ('M', &[self.x, self.start]),
            ('C', &[out, self.start, out, self.end, tip, self.end]),
        ])
    }

    fn point(&self) -> PreEscaped<String> {
        let base = self.x + self.reach.signum() * (POINT + 1.0);
        let half = POINT / 2.0 + self.thickness / 2.0;
        path(&[
            ('M', &[self.x, self.end]),
            ('L', &[base, self.end - half]),
            ('L', &[base, self.end + half]),
            ('Z', &[]),
        ])
    }

    /// Beside its farthest place.
    fn middle(&self) -> (f64, f64) {
        let gap = self.reach.signum() * (self.thickness / 2.0 + 3.0);
        (self.x + self.reach + gap, (self.start + self.end) / 2.0)
    }
}
