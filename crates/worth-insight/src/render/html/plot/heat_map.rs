//! Shades: rows from the top down, as in a table.

use plotly::HeatMap as Trace;
use plotly::common::{ColorBar, ColorScale, ColorScaleElement, Font, HoverInfo};
use plotly::layout::Axis;

use super::{Drawing, FAINT, SERIES, WEAK, bare_layout, common_axis, plain};
use crate::sheet::HeatMap;
use crate::words::Words;

/// How high it is on the page, in CSS pixels.
pub(super) fn height(map: &HeatMap) -> usize {
    map.rows.len() * 26 + 90
}

pub(super) fn drawing(map: &HeatMap, words: &Words) -> Drawing {
    let rows = axis(&map.y, &map.rows).range(vec![map.rows.len() as f64 - 0.5, -0.5]);
    Drawing {
        traces: vec![shades(map, words)],
        layout: bare_layout(height(map))
            .x_axis(common_axis(axis(&map.x, &map.columns)))
            .y_axis(common_axis(rows)),
    }
}

fn shades(map: &HeatMap, words: &Words) -> Box<Trace<f64, f64, Vec<Option<f64>>>> {
    let places = |names: &[String]| (0..names.len()).map(|place| place as f64).collect();
    let (low, high) = map.ends;
    let ends = [(0.0, WEAK), (1.0, SERIES[0].0)];
    Trace::new(places(&map.columns), places(&map.rows), map.values.clone())
        .zmin(low)
        .zmax(high)
        .color_scale(ColorScale::Vector(
            ends.map(|(part, colour)| ColorScaleElement(part, colour.into()))
                .into(),
        ))
        .color_bar(legend(map, words))
        .x_gap(2)
        .y_gap(2)
        .hover_on_gaps(false)
        .hover_text_matrix(hover(map, words))
        .hover_info(HoverInfo::Text)
}

fn legend(map: &HeatMap, words: &Words) -> ColorBar {
    let (low, high) = map.ends;
    let at = [low, 0.5 * (low + high), high];
    ColorBar::new()
        .thickness(12)
        .outline_width(0)
        .tick_font(Font::new().color(FAINT))
        .tick_vals(at.to_vec())
        .tick_text(at.map(|value| words.in_unit(value, &map.unit)).to_vec())
}

fn hover(map: &HeatMap, words: &Words) -> Vec<Vec<String>> {
    let text = |row: &str, column: &str, value: f64| {
        format!(
            "{}: {}<br>{}: {}<br>{}",
            plain(&map.y),
            plain(row),
            plain(&map.x),
            plain(column),
            plain(&words.in_unit(value, &map.unit))
        )
    };
    let of_row = |(row, values): (&String, &Vec<Option<f64>>)| {
        let cells = map.columns.iter().zip(values);
        let texts = cells.map(|(column, value)| value.map(|value| text(row, column, value)));
        texts.map(Option::unwrap_or_default).collect()
    };
    map.rows.iter().zip(&map.values).map(of_row).collect()
}

fn axis(title: &str, names: &[String]) -> Axis {
    // As many names as fit on a phone.
    let every = names.len().div_ceil(10).max(1);
    let chosen = || (0..names.len()).step_by(every);
    Axis::new()
        .title(plain(title))
        .tick_values(chosen().map(|place| place as f64).collect())
        .tick_text(chosen().map(|place| plain(&names[place])).collect())
        .show_grid(false)
        .zero_line(false)
}
