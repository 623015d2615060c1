//! A sheet as Markdown: for wikis, mails and version control. Charts become tables.

use crate::question::Provenance;
use crate::sheet::{Advice, Block, Cell, Figure, Headline, Sheet, Table, Wanted};
use crate::words::Words;

use super::{
    advice_parts, chart_table, flow_table, heat_map_table, map_table, marks_in_words, note_title,
    provenance_lines, wanted_parts,
};

/// Writes a sheet, with where it came from under it.
#[must_use]
pub fn render(sheet: &Sheet, provenance: Option<&Provenance>, words: &Words) -> String {
    let mut text = format!("# {}\n", escaped(&sheet.title));
    for headline in &sheet.headlines {
        text.push_str(&self::headline(headline, words));
    }
    for block in &sheet.blocks {
        text.push('\n');
        text.push_str(&self::block(block, words));
    }
    if let Some(wanted) = &sheet.wanted {
        text.push_str(&self::wanted(wanted, words));
    }
    if let Some(provenance) = provenance {
        text.push_str(&format!(
            "\n---\n\n*{}*\n\n",
            words.say("render-provenance")
        ));
        for line in provenance_lines(provenance, words) {
            text.push_str(&format!("* {}\n", escaped(&line)));
        }
    }
    text
}

fn headline(headline: &Headline, words: &Words) -> String {
    let mut text = format!(
        "\n## {}\n\n**{}**\n",
        escaped(&headline.asks),
        escaped(&headline.says)
    );
    if !headline.figures.is_empty() {
        text.push('\n');
        text.push_str(&figures(&headline.figures, words));
    }
    text
}

fn block(block: &Block, words: &Words) -> String {
    match block {
        Block::Section { title, about } => {
            let about = about
                .as_deref()
                .map(|about| format!("\n{}\n", escaped(about)))
                .unwrap_or_default();
            format!("## {}\n{about}", escaped(title))
        }
        Block::Figures(list) => figures(list, words),
        Block::Table(table) => captioned(&table.title, &table.reading) + &grid(table),
        Block::Chart(chart) => {
            let is_empty = chart.series.iter().all(|series| series.points.is_empty());
            let drawn = if is_empty {
                format!("{}\n", words.say("render-no-points"))
            } else {
                grid(&chart_table(chart, words))
            };
            let marks = marks_in_words(chart, words)
                .map(|marks| format!("\n{}\n", escaped(&marks)))
                .unwrap_or_default();
            captioned(&chart.title, &chart.reading) + &drawn + &marks
        }
        Block::HeatMap(map) => {
            captioned(&map.title, &map.reading) + &grid(&heat_map_table(map, words))
        }
        Block::Map(map) => captioned(&map.title, &map.reading) + &grid(&map_table(map, words)),
        Block::Flow(flow) => {
            captioned(&flow.title, &flow.reading) + &grid(&flow_table(flow, words))
        }
        Block::Note(note) => format!(
            "> **{}.** {}\n",
            note_title(note.kind, words),
            escaped(&note.text)
        ),
        Block::Advice(list) => list
            .iter()
            .enumerate()
            .map(|(place, act)| advice(place + 1, act, words))
            .collect(),
    }
}

fn figures(figures: &[Figure], words: &Words) -> String {
    figures
        .iter()
        .map(|figure| {
            let further = figure
                .further
                .as_deref()
                .map(|question| {
                    let more = words.tell("render-further", &[("question", question.into())]);
                    format!(" {}", escaped(&more))
                })
                .unwrap_or_default();
            format!(
                "* {}: **{}**, {}  \n  {}{further}\n",
                escaped(&figure.label),
                escaped(&figure.value),
                escaped(&figure.interval),
                escaped(&figure.reading)
            )
        })
        .collect()
}

fn captioned(title: &str, reading: &str) -> String {
    [(title, "**"), (reading, "*")]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, mark)| format!("{mark}{}{mark}\n\n", escaped(text)))
        .collect()
}

fn grid(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = row(table
        .columns
        .iter()
        .map(|column| in_cell(&column.title))
        .collect());
    let rule = row(table
        .columns
        .iter()
        .map(|column| if column.numeric { "---:" } else { "---" }.to_owned())
        .collect());
    let body: String = table
        .rows
        .iter()
        .map(|cells| {
            row(cells
                .iter()
                .map(|cell| match cell {
                    Cell::Text(text) => in_cell(text),
                    Cell::Number { shown, .. } => in_cell(shown),
                    Cell::Empty => "–".to_owned(),
                })
                .collect())
        })
        .collect();
    head + &rule + &body
}

fn advice(number: usize, advice: &Advice, words: &Words) -> String {
    let parts: String = advice_parts(advice, words)
        .into_iter()
        .map(|(heading, text)| format!("   * {heading}: {}\n", escaped(text)))
        .collect();
    format!("{number}. **{}**\n{parts}", escaped(&advice.act))
}

fn wanted(wanted: &Wanted, words: &Words) -> String {
    let parts: String = wanted_parts(wanted, words)
        .into_iter()
        .map(|(heading, text)| format!("* {heading}: {}\n", escaped(text)))
        .collect();
    format!(
        "\n## {}\n\n**{}**\n\n{parts}",
        words.say("render-wanted-title"),
        escaped(&wanted.what)
    )
}

fn in_cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}

/// Text from data is shown as it is: nothing in it becomes markup, a link or a new line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(sign);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
