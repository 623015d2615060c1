//! A sheet as text for a terminal: as wide as the window, readable aloud, coloured only when
//! asked. Colour never says anything that the words do not.

mod marks;
mod table;

use unicode_width::UnicodeWidthStr;

use crate::question::Provenance;
use crate::sheet::{
    Advice, Block, Chart, ChartKind, Figure, Flow, FlowWay, Headline, Note, Series, Sheet, Table,
    Tone, Wanted,
};
use crate::words::Words;

use marks::{BarAxis, sparkline};

use super::{
    advice_parts, chart_table, coordinate, heat_map_table, map_table, marks_in_words, note_title,
    place_told, provenance_lines, wanted_parts, ways_of_places,
};

/// How the terminal looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns to fill; at least 40 are used.
    pub width: usize,
    /// Whether to send colours (only to a terminal, never to a file).
    pub colour: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
        }
    }
}

/// Longest a bar gets, in columns.
const BAR_WIDTH: usize = 32;

/// Shortest that a bar still tells something.
const SHORT_BAR: usize = 8;

/// A way on which less than this part goes of what goes on the largest is not written out.
const SMALL_WAY: f64 = 0.04;

/// Texts wider than this are hard to read, however wide the window is.
const TEXT_WIDTH: usize = 96;

/// Writes a sheet, with where it came from under it.
#[must_use]
pub fn render(sheet: &Sheet, provenance: Option<&Provenance>, words: &Words, look: Look) -> String {
    let mut page = Page {
        look: Look {
            width: look.width.max(40),
            ..look
        },
        words,
        text: String::new(),
    };
    page.title(&sheet.title);
    for headline in &sheet.headlines {
        page.headline(headline);
    }
    for block in &sheet.blocks {
        page.block(block);
    }
    if let Some(wanted) = &sheet.wanted {
        page.wanted(wanted);
    }
    if let Some(provenance) = provenance {
        page.provenance(provenance);
    }
    // Numbers and units are kept together until here; what is copied has ordinary spaces.
    page.text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What is written so far.
struct Page<'a> {
    look: Look,
    words: &'a Words,
    text: String,
}

/// Ways to stand out.
#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Faint,
    Good,
    Bad,
    Plain,
}

impl Page<'_> {
    fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Plain => return text.into(),
            Ink::Bold => "1",
            Ink::Faint => "2",
            Ink::Good => "1;32",
            Ink::Bad => "1;31",
        };
        if self.look.colour && !text.is_empty() {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.into()
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Wrapped text; the first line after `first`, the others after as many spaces.
    fn hanging(&mut self, first: &str, text: &str, ink: Ink) {
        let indent = first.width();
        let room = self.look.width.min(TEXT_WIDTH).saturating_sub(indent);
        for (number, line) in wrap(&clean(text), room).into_iter().enumerate() {
            let lead = if number == 0 {
                first.to_owned()
            } else {
                " ".repeat(indent)
            };
            let line = self.ink(ink, &line);
            self.line(&format!("{lead}{line}"));
        }
    }

    fn title(&mut self, title: &str) {
        let title = clean(title);
        let rule = "═".repeat(title.width().min(self.look.width));
        let title = self.ink(Ink::Bold, &title);
        self.line(&title);
        self.line(&rule);
    }

    fn headline(&mut self, headline: &Headline) {
        self.gap();
        self.hanging("", &headline.asks, Ink::Bold);
        self.hanging("  ", &headline.says, tone_ink(headline.tone, Ink::Plain));
        if !headline.figures.is_empty() {
            self.gap();
            self.figures(&headline.figures);
        }
    }

    fn block(&mut self, block: &Block) {
        self.gap();
        match block {
            Block::Section { title, about } => {
                let title = clean(title);
                let rule = "─".repeat(title.width().min(self.look.width));
                let title = self.ink(Ink::Bold, &title);
                self.line(&title);
                self.line(&rule);
                if let Some(about) = about {
                    self.hanging("", about, Ink::Plain);
                }
            }
            Block::Figures(figures) => self.figures(figures),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::HeatMap(map) => {
                self.caption(&map.title, &map.reading);
                self.table(&heat_map_table(map, self.words));
            }
            Block::Map(map) => {
                self.caption(&map.title, &map.reading);
                self.table(&map_table(map, self.words));
            }
            Block::Flow(flow) => self.flow(flow),
            Block::Note(note) => self.note(note),
            Block::Advice(advice) => {
                for (number, advice) in advice.iter().enumerate() {
                    self.advice(number + 1, advice);
                }
            }
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        for figure in figures {
            let value = self.ink(tone_ink(figure.tone, Ink::Bold), &clean(&figure.value));
            let label = clean(&figure.label);
            let fits = label.width() + figure.value.width() + 6 <= self.look.width;
            if fits {
                self.line(&format!("  {label}: {value}"));
            } else {
                self.hanging("  ", &format!("{label}:"), Ink::Plain);
                self.line(&format!("    {value}"));
            }
            self.hanging("    ", &figure.interval, Ink::Plain);
            self.hanging("    ", &figure.reading, Ink::Faint);
            if let Some(question) = &figure.further {
                let further = self
                    .words
                    .tell("render-further", &[("question", question.as_str().into())]);
                self.hanging("    ", &further, Ink::Faint);
            }
        }
    }

    fn caption(&mut self, title: &str, reading: &str) {
        if !title.is_empty() {
            self.hanging("", title, Ink::Bold);
        }
        if !reading.is_empty() {
            self.hanging("", reading, Ink::Faint);
        }
    }

    fn table(&mut self, table: &Table) {
        self.caption(&table.title, &table.reading);
        let lines = match table::grid(table, self.look.width) {
            Some(grid) => grid,
            None => table::stacked(table, self.look.width),
        };
        for line in lines {
            self.line(&line);
        }
    }

    fn chart(&mut self, chart: &Chart) {
        self.caption(&chart.title, &chart.reading);
        if chart.series.iter().all(|series| series.points.is_empty()) {
            let nothing = self.words.say("render-no-points");
            return self.line(&format!("  {nothing}"));
        }
        match chart.kind {
            ChartKind::Bars => self.bars(chart),
            ChartKind::Lines => self.lines(chart),
            ChartKind::Scatter => self.table(&chart_table(chart, self.words)),
        }
        if let Some(marks) = marks_in_words(chart, self.words) {
            self.hanging("  ", &marks, Ink::Faint);
        }
    }

    fn bars(&mut self, chart: &Chart) {
        let points = || chart.series.iter().flat_map(|series| &series.points);
        let shown_of = |point: &crate::sheet::Point| {
            self.words
                .with_ends(point.y, point.y_interval, &chart.y.unit)
        };
        let ends = |point: &crate::sheet::Point| point.y_interval.unwrap_or((point.y, point.y));
        let least = points()
            .map(|point| ends(point).0.min(point.y))
            .fold(0.0, f64::min);
        let most = points()
            .map(|point| ends(point).1.max(point.y))
            .fold(0.0, f64::max);
        let labels: Vec<String> = points()
            .map(|point| clean(&coordinate(&point.x, &chart.x.unit, self.words)))
            .collect();
        let longest = labels.iter().map(|label| label.width()).max().unwrap_or(0);
        let shown_width = points()
            .map(|point| shown_of(point).width())
            .max()
            .unwrap_or(0);
        let room = self.look.width.saturating_sub(shown_width + 6);
        // Where label, bar and number do not fit on a line, the label has its own.
        let is_stacked = room < SHORT_BAR + longest.min(12);
        let label_width = if is_stacked {
            0
        } else {
            longest.min(self.look.width / 3).min(room - SHORT_BAR)
        };
        let bar_width = room.saturating_sub(label_width).clamp(SHORT_BAR, BAR_WIDTH);
        let axis = BarAxis {
            least,
            most,
            width: bar_width,
        };
        for series in &chart.series {
            if chart.series.len() > 1 {
                self.hanging("  ", &series.name, Ink::Bold);
            }
            for point in &series.points {
                let label = clean(&coordinate(&point.x, &chart.x.unit, self.words));
                let shown = shown_of(point);
                let bar = axis.bar(point.y, point.y_interval);
                if is_stacked {
                    self.hanging("  ", &label, Ink::Plain);
                    self.hanging(&format!("    {bar}  "), &shown, Ink::Plain);
                    continue;
                }
                let lines = wrap(&label, label_width.max(1));
                for (number, part) in lines.iter().enumerate() {
                    let space = " ".repeat(label_width.saturating_sub(part.width()));
                    if number == 0 {
                        self.line(&format!("  {part}{space}  {bar}  {shown}"));
                    } else {
                        self.line(&format!("  {part}"));
                    }
                }
            }
        }
        if points().any(|point| point.y_interval.is_some()) {
            let legend = self.words.say("render-bar-legend");
            self.hanging("  ", &legend, Ink::Faint);
        }
    }

    fn lines(&mut self, chart: &Chart) {
        for series in &chart.series {
            let Some(summary) = self.line_summary(chart, series) else {
                continue;
            };
            let name = if chart.series.len() > 1 {
                &series.name
            } else {
                &chart.y.title
            };
            self.hanging("  ", name, Ink::Bold);
            let values: Vec<f64> = series.points.iter().map(|point| point.y).collect();
            self.line(&format!("  {}", sparkline(&values, self.look.width - 4)));
            self.hanging("  ", &summary, Ink::Plain);
        }
    }

    /// Place by place, where what comes there goes on to, but for the smallest; columns of bands are
    /// numbered.
    fn flow(&mut self, flow: &Flow) {
        self.caption(&flow.title, &flow.reading);
        let most = flow.ways.iter().map(|way| way.amount).fold(0.0, f64::max);
        let axis = BarAxis {
            least: 0.0,
            most,
            width: SHORT_BAR,
        };
        let is_large = |way: &&FlowWay| way.amount >= most * SMALL_WAY;
        for (place, ways) in ways_of_places(flow) {
            let ways: Vec<&FlowWay> = ways.into_iter().filter(is_large).collect();
            if ways.is_empty() {
                continue;
            }
            let amount = self.words.in_unit(place.amount, &flow.unit);
            let mut name = format!("{}: {amount}", place_told(flow, place));
            if !place.about.is_empty() {
                name += &format!(", {}", place.about);
            }
            self.hanging("  ", &name, Ink::Bold);
            for way in ways {
                let amount = self.words.in_unit(way.amount, &flow.unit);
                let mut told = format!("{}: {amount}", flow.places[way.to].name);
                if !way.about.is_empty() {
                    told += &format!(", {}", way.about);
                }
                let bar = axis.bar(way.amount, None);
                self.hanging(&format!("    {bar} → "), &told, Ink::Plain);
            }
        }
        let smaller = flow.ways.iter().filter(|way| !is_large(way)).count();
        if smaller > 0 {
            let count = [("count", smaller.into())];
            let told = self.words.tell("render-smaller-ways", &count);
            self.hanging("  ", &told, Ink::Faint);
        }
    }

    fn line_summary(&self, chart: &Chart, series: &Series) -> Option<String> {
        let (first, last) = (series.points.first()?, series.points.last()?);
        let lowest = series
            .points
            .iter()
            .map(|point| point.y)
            .fold(f64::INFINITY, f64::min);
        let highest = series
            .points
            .iter()
            .map(|point| point.y)
            .fold(f64::NEG_INFINITY, f64::max);
        let place = |point: &crate::sheet::Point| coordinate(&point.x, &chart.x.unit, self.words);
        let number = |value: f64| self.words.in_unit(value, &chart.y.unit);
        let of = |point: &crate::sheet::Point| {
            self.words
                .with_ends(point.y, point.y_interval, &chart.y.unit)
        };
        Some(self.words.tell(
            "render-line-summary",
            &[
                ("first", of(first).into()),
                ("begin", place(first).into()),
                ("last", of(last).into()),
                ("end", place(last).into()),
                ("low", number(lowest).into()),
                ("high", number(highest).into()),
            ],
        ))
    }

    fn note(&mut self, note: &Note) {
        let title = note_title(note.kind, self.words);
        self.hanging("  ", &format!("{title}: {}", note.text), Ink::Plain);
    }

    fn advice(&mut self, number: usize, advice: &Advice) {
        self.gap();
        self.hanging(&format!("{number}. "), &advice.act, Ink::Bold);
        for (heading, text) in advice_parts(advice, self.words) {
            self.hanging("   ", &format!("{heading}: {text}"), Ink::Plain);
        }
    }

    fn wanted(&mut self, wanted: &Wanted) {
        self.gap();
        let title = self.words.say("render-wanted-title");
        self.hanging("", &title, Ink::Bold);
        self.hanging("  ", &wanted.what, Ink::Plain);
        for (heading, text) in wanted_parts(wanted, self.words) {
            self.hanging("  ", &format!("{heading}: {text}"), Ink::Plain);
        }
    }

    fn provenance(&mut self, provenance: &Provenance) {
        self.gap();
        let title = self.words.say("render-provenance");
        self.hanging("", &title, Ink::Faint);
        for line in provenance_lines(provenance, self.words) {
            self.hanging("  ", &line, Ink::Faint);
        }
    }
}

fn tone_ink(tone: Tone, plain: Ink) -> Ink {
    match tone {
        Tone::Plain => plain,
        Tone::Good => Ink::Good,
        Tone::Bad => Ink::Bad,
    }
}

/// Text from data must not move the cursor or change colours: control signs become spaces.
fn clean(text: &str) -> String {
    text.chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect()
}

/// Breaks text at spaces into lines of at most `width` columns; longer words are cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word_width = word.width();
        if used > 0 && used + 1 + word_width > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for sign in word.chars() {
            let sign_width = unicode_width::UnicodeWidthChar::width(sign).unwrap_or(0);
            if used + sign_width > width && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(sign);
            used += sign_width;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_never_wider_than_the_window_also_in_vietnamese_and_chinese() {
        let text =
            "Khách hàng trung thành đã im lặng 84 ngày 顾客价值很高很高 averyveryverylongword";
        for width in 1..40 {
            for line in wrap(text, width) {
                assert!(line.width() <= width.max(2), "{width}: {line:?}");
            }
        }
        let together: String = wrap(text, 12).concat().replace(' ', "");
        assert_eq!(together, text.replace(' ', ""));
    }

    #[test]
    fn text_from_data_cannot_drive_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\nc"), "a [31mb  c");
    }
}
