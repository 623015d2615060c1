//! Flows as pictures of their own, drawn here and not by the page's script: they are there on paper and without
//! scripts, take their colours from the page, and are read aloud by their titles.

mod arrows;
mod bands;

use maud::{Markup, PreEscaped, html};

use super::numbers;
use crate::render::flow_table;
use crate::sheet::{Flow, FlowForm, FlowWay};
use crate::words::Words;

/// A flow: its picture, and its numbers for those who cannot see it.
pub(super) fn flow(flow: &Flow, id: &str, words: &Words) -> Markup {
    html! {
        figure.chart {
            figcaption {
                strong { (flow.title) }
                @if !flow.reading.is_empty() { span.reading { (flow.reading) } }
            }
            @if flow.ways.is_empty() {
                p.empty { (words.say("render-no-points")) }
            } @else {
                div.scroll tabindex="0" role="region" aria-label=(flow.title) {
                    @match flow.form {
                        FlowForm::Bands => (bands::picture(flow, id, words)),
                        FlowForm::Arrows => (arrows::picture(flow, id, words)),
                    }
                }
                (numbers(&flow_table(flow, words), words))
            }
        }
    }
}

/// The frame of a picture. `width` and `height`: in its own units, of which one is a CSS pixel at most.
fn frame(flow: &Flow, id: &str, (width, height): (f64, f64), drawn: &Markup) -> Markup {
    html! {
        svg.flow role="img" aria-labelledby={ (id) "-flow" }
            viewBox={ "0 0 " (rounded(width)) " " (rounded(height)) }
            style={ "max-width:" (rounded(width)) "px;min-width:" (rounded(width * LEAST_SCALE)) "px" } {
            title id={ (id) "-flow" } { (flow.title) ". " (flow.reading) }
            (drawn)
        }
    }
}

/// Smaller than this, letters cannot be read: the picture scrolls instead.
const LEAST_SCALE: f64 = 0.72;

/// What is said of one way when it is pointed at.
fn way_told(flow: &Flow, way: &FlowWay, words: &Words) -> String {
    let [from, to] = [way.from, way.to].map(|place| flow.places[place].name.as_str());
    let amount = words.in_unit(way.amount, &flow.unit);
    let told = format!("{from} → {to}: {amount}");
    match way.about.is_empty() {
        true => told,
        false => format!("{told}, {}", way.about),
    }
}

/// A name as long as there is room for, and whole for those who point at it.
fn shortened(name: &str, most: usize) -> String {
    match name.chars().count() > most {
        true => name.chars().take(most - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}

/// A number as a picture needs it: to a tenth.
fn rounded(number: f64) -> String {
    format!("{}", (number * 10.0).round() / 10.0)
}

/// Numbers of a path, rounded, between its letters.
fn path(parts: &[(char, &[f64])]) -> PreEscaped<String> {
    let written = parts.iter().map(|(letter, numbers)| {
        let numbers: Vec<String> = numbers.iter().copied().map(rounded).collect();
        format!("{letter}{}", numbers.join(" "))
    });
    PreEscaped(written.collect())
}
