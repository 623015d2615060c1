//! A sheet as HTML: a fragment for a page, and the page that stands alone.
//!
//! Everything that comes from data goes through maud, which escapes it; the only text that is not
//! escaped is our own style and scripts. A page allows nothing from elsewhere: its
//! content-security policy names the two scripts it carries by their hashes.

mod axis;
mod flow;
mod page;
mod plot;

use maud::{Markup, html};

pub use page::{Page, page};

use super::{
    advice_parts, chart_table, heat_map_table, map_table, marks_in_words, note_title,
    provenance_lines, wanted_parts,
};
use crate::question::Provenance;
use crate::sheet::{
    Advice, Block, Cell, Chart, Figure, Headline, HeatMap, Map, Note, NoteKind, Sheet, Table, Tone,
    Wanted,
};
use crate::words::Words;

/// Rows of a table that are shown at once; the others open on demand.
const ROWS_SHOWN: usize = 12;

/// A whole sheet: its title as a heading of level 2, the short answers, the blocks, what is
/// wanted and where it came from. `name` is the anchor and begins every id inside.
#[must_use]
pub fn sheet(sheet: &Sheet, provenance: Option<&Provenance>, name: &str, words: &Words) -> Markup {
    html! {
        section.sheet id=(name) aria-labelledby={ (name) "-title" } {
            h2 id={ (name) "-title" } { (sheet.title) }
            (contents(sheet, provenance, name, words))
        }
    }
}

/// A sheet as a page of its own that needs nothing else. `about`: one sentence on what it asks.
#[must_use]
pub fn sheet_page(
    sheet: &Sheet,
    provenance: &Provenance,
    (name, about): (&str, &str),
    words: &Words,
) -> String {
    let body = html! {
        header.masthead { h1 id={ (name) "-title" } { (sheet.title) } }
        main id="content" {
            section.sheet aria-labelledby={ (name) "-title" } {
                (contents(sheet, Some(provenance), name, words))
            }
        }
    };
    let title = sheet.title.as_str();
    page(
        Page {
            title,
            about,
            body: &body,
        },
        words,
    )
}

/// Everything of a sheet but its title.
fn contents(sheet: &Sheet, provenance: Option<&Provenance>, name: &str, words: &Words) -> Markup {
    html! {
        @for headline in &sheet.headlines {
            div.short-answer {
                h3 { (headline.asks) }
                p class={ "says " (tone_class(headline.tone)) } { (headline.says) }
                @if !headline.figures.is_empty() { (figures(&headline.figures, name, words)) }
            }
        }
        (blocks(&sheet.blocks, name, words))
        @if let Some(wanted) = &sheet.wanted { (self::wanted(wanted, words)) }
        @if let Some(provenance) = provenance { (self::provenance(provenance, words)) }
    }
}

/// A sheet as a chapter of a report whose first page has its short answers and what is wanted.
#[must_use]
pub fn chapter(sheet: &Sheet, provenance: &Provenance, name: &str, words: &Words) -> Markup {
    html! {
        section.sheet id=(name) aria-labelledby={ (name) "-title" } {
            h2 id={ (name) "-title" } { (sheet.title) }
            (blocks(&sheet.blocks, name, words))
            (self::provenance(provenance, words))
        }
    }
}

/// The blocks of a sheet in their order. Ids of charts begin with `name`.
#[must_use]
pub fn blocks(blocks: &[Block], name: &str, words: &Words) -> Markup {
    html! {
        @for (number, block) in blocks.iter().enumerate() {
            @match block {
                Block::Section { title, about } => {
                    div.section-head {
                        h3 { (title) }
                        @if let Some(about) = about { p.about { (about) } }
                    }
                }
                Block::Figures(list) => (figures(list, name, words)),
                Block::Table(table) => (self::table(table, words)),
                Block::Chart(chart) => (self::chart(chart, &format!("{name}-{number}"), words)),
                Block::HeatMap(map) => (heat_map(map, &format!("{name}-{number}"), words)),
                Block::Map(map) => (places(map, &format!("{name}-{number}"), words)),
                Block::Flow(flow) => (flow::flow(flow, &format!("{name}-{number}"), words)),
                Block::Note(note) => (self::note(note, words)),
                Block::Advice(list) => (advice(list, words)),
            }
        }
    }
}

/// A manager's question with its answer, as a card of page one; `chapter` is the anchor and title
/// of the sheet that tells more.
#[must_use]
pub fn headline(headline: &Headline, chapter: (&str, &str), words: &Words) -> Markup {
    let (anchor, title) = chapter;
    html! {
        article class={ "headline " (tone_class(headline.tone)) } {
            h2 { (headline.asks) }
            p.says { (headline.says) }
            @if !headline.figures.is_empty() { (figures(&headline.figures, anchor, words)) }
            p.further {
                a href={ "#" (anchor) } {
                    (words.tell("render-further", &[("question", title.into())]))
                }
            }
        }
    }
}

/// Key numbers, side by side where there is room. `here` is the anchor of the sheet they stand in
/// or point to as a whole: no figure links to it once more.
#[must_use]
pub fn figures(figures: &[Figure], here: &str, words: &Words) -> Markup {
    html! {
        dl.figures {
            @for figure in figures {
                div class={ "figure " (tone_class(figure.tone)) } {
                    dt { (figure.label) }
                    dd.value { (figure.value) }
                    dd.interval { (figure.interval) }
                    dd.reading {
                        (figure.reading)
                        @if let Some(question) = figure.further.as_deref().filter(|question| *question != here) {
                            " "
                            a href={ "#" (question) } { (words.say("render-details")) }
                        }
                    }
                }
            }
        }
    }
}

/// Rows and columns; long tables show their beginning and open on demand.
fn table(table: &Table, words: &Words) -> Markup {
    let (first, others) = table.rows.split_at(table.rows.len().min(ROWS_SHOWN));
    html! {
        figure.table {
            @if !table.title.is_empty() || !table.reading.is_empty() {
                figcaption {
                    @if !table.title.is_empty() { strong { (table.title) } }
                    @if !table.reading.is_empty() { span.reading { (table.reading) } }
                }
            }
            (grid(table, first))
            @if !others.is_empty() {
                details.more {
                    summary { (words.tell("render-more-rows", &[("n", others.len().into())])) }
                    (grid(table, others))
                }
            }
        }
    }
}

/// The table element. It scrolls by itself on a narrow page, also by keyboard.
fn grid(table: &Table, rows: &[Vec<Cell>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(table.title) {
            table {
                thead {
                    tr {
                        @for column in &table.columns {
                            th scope="col" class=[column.numeric.then_some("number")] { (column.title) }
                        }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @match cell {
                                    Cell::Text(text) if place == 0 => { th scope="row" { (text) } }
                                    Cell::Text(text) => { td { (text) } }
                                    Cell::Number { shown, .. } => { td.number { (in_parts(shown)) } }
                                    Cell::Empty => {
                                        td.empty.number[table.columns[place].numeric] { "–" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A number, and its interval where the line may break: wide tables then fit the page.
fn in_parts(shown: &str) -> Markup {
    match shown.split_once(" (") {
        Some((value, interval)) => {
            html! { span.part { (value) } " " span.part.interval { "(" (interval) } }
        }
        None => html! { span.part { (shown) } },
    }
}

/// A picture, and its numbers for those who cannot see it.
fn chart(chart: &Chart, id: &str, words: &Words) -> Markup {
    let is_empty = chart.series.iter().all(|series| series.points.is_empty());
    html! {
        figure.chart {
            figcaption {
                strong { (chart.title) }
                @if !chart.reading.is_empty() { span.reading { (chart.reading) } }
                @if let Some(marks) = marks_in_words(chart, words) { span.marks { (marks) } }
            }
            @if is_empty {
                p.empty { (words.say("render-no-points")) }
            } @else {
                (plot(id, (&chart.title, &chart.reading), &plot::Figure::of_chart(chart, words)))
                (numbers(&chart_table(chart, words), words))
            }
        }
    }
}

/// Shades, and their numbers.
fn heat_map(map: &HeatMap, id: &str, words: &Words) -> Markup {
    html! {
        figure.chart {
            figcaption {
                strong { (map.title) }
                @if !map.reading.is_empty() { span.reading { (map.reading) } }
            }
            (plot(id, (&map.title, &map.reading), &plot::Figure::of_heat_map(map, words)))
            (numbers(&heat_map_table(map, words), words))
        }
    }
}

/// Places in a plane, and their numbers.
fn places(map: &Map, id: &str, words: &Words) -> Markup {
    html! {
        figure.chart {
            figcaption {
                strong { (map.title) }
                @if !map.reading.is_empty() { span.reading { (map.reading) } }
            }
            (plot(id, (&map.title, &map.reading), &plot::Figure::of_map(map, words)))
            (numbers(&map_table(map, words), words))
        }
    }
}

/// Where the page's script draws a figure, and the figure.
fn plot(id: &str, (title, reading): (&str, &str), figure: &plot::Figure) -> Markup {
    html! {
        div.plot id=(id) role="img" aria-label={ (title) ". " (reading) }
            style={ "min-height:" (figure.height) "px" } {}
        script type="application/json" data-plot=(id) { (maud::PreEscaped(figure.json())) }
    }
}

/// The numbers of a picture, folded away.
fn numbers(table: &Table, words: &Words) -> Markup {
    html! {
        details.numbers {
            summary { (words.say("render-show-numbers")) }
            (grid(table, &table.rows))
        }
    }
}

fn note(note: &Note, words: &Words) -> Markup {
    let class = match note.kind {
        NoteKind::Reading => "reading",
        NoteKind::LeftOut => "left-out",
        NoteKind::Uncertain => "uncertain",
        NoteKind::Missing => "missing",
    };
    html! {
        p class={ "note " (class) } {
            strong { (note_title(note.kind, words)) ". " }
            (note.text)
        }
    }
}

/// Things to do, numbered.
#[must_use]
pub fn advice(advice: &[Advice], words: &Words) -> Markup {
    html! {
        ol.advice {
            @for act in advice {
                li {
                    h3 { (act.act) }
                    dl {
                        @for (heading, text) in advice_parts(act, words) {
                            div { dt { (heading) } dd { (text) } }
                        }
                    }
                }
            }
        }
    }
}

/// The one datum to collect.
#[must_use]
pub fn wanted(wanted: &Wanted, words: &Words) -> Markup {
    html! {
        aside.wanted {
            h3 { (words.say("render-wanted-title")) }
            p.says { (wanted.what) }
            dl {
                @for (heading, text) in wanted_parts(wanted, words) {
                    div { dt { (heading) } dd { (text) } }
                }
            }
        }
    }
}

/// Where the numbers come from, folded away.
fn provenance(provenance: &Provenance, words: &Words) -> Markup {
    html! {
        details.provenance {
            summary { (words.say("render-provenance")) }
            ul {
                @for line in provenance_lines(provenance, words) { li { (line) } }
            }
        }
    }
}

fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
    }
}
