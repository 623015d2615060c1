//! What to show of [`FunnelAnswer`]: who gets how far, where the others go, what came before.

use worth_model::Estimate;
use worth_model::journey::Waiting;

use super::answer::{Beside, Chosen, FunnelAnswer, Reached};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Headline, NoteKind, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::steps::notes;
use crate::teller;
use crate::why::Why;
use crate::words::{Unit, Value, Words};

/// Ways that the others went that are listed of each step, and steps before the first.
const MOST_BESIDE: usize = 5;

impl Present for FunnelAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("funnel-title"));
        // a funnel that nobody asked for, through no stages, tells a manager little
        sheet.nothing_to_tell = self.chosen == Chosen::MostTaken;
        sheet.headlines = vec![teller.headline()];
        sheet.push(Block::Chart(teller.chart()));
        sheet.push(Block::Table(teller.steps()));
        let first = self.steps.first();
        let lost = first.map(|step| step.why_lost.as_ref().unwrap_or(&step.why));
        notes::why(lost.map(Why::command), words, &mut sheet);
        sheet.push(Block::Table(teller.went()));
        sheet.push(Block::Table(teller.before()));
        teller.notes(&mut sheet);
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, FunnelAnswer>;

impl Teller<'_> {
    /// "How many get through, and where do the others go?"
    fn headline(&self) -> Headline {
        let answer = self.answer;
        let mut says = Vec::new();
        if let (Some(first), Some(last)) = (answer.steps.first(), answer.steps.last()) {
            let variables = [
                ("first", Value::from(first.step.as_str())),
                ("journeys", first.journeys.into()),
                ("last", last.step.as_str().into()),
                ("reached", last.journeys.into()),
                ("share", self.share(&last.of_first).into()),
            ];
            says.push(self.tell("funnel-says", &variables));
            if let Some(waiting) = &last.since_first {
                let median = self.duration(waiting.median_seconds.value);
                says.push(self.tell("funnel-says-time", &[("median", median.into())]));
            }
        }
        if let Some((place, lost)) = answer.most_lost() {
            let next = answer.steps.get(place + 1).map(|next| next.step.as_str());
            let went = lost
                .next
                .first()
                .map(|beside| self.beside(beside, "steps-end"));
            let variables = [
                ("from", Value::from(lost.step.as_str())),
                ("to", next.unwrap_or_default().into()),
                ("lost", lost.lost.into()),
                ("went", went.unwrap_or_default().into()),
            ];
            says.push(self.tell("funnel-says-lost", &variables));
        }
        Headline {
            asks: self.say("funnel-asks"),
            says: says.join(" "),
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    fn share(&self, share: &Estimate) -> String {
        self.words.estimate(share, &Unit::Share { decimals: 1 })
    }

    fn duration(&self, seconds: f64) -> String {
        self.words.in_unit(seconds, &Unit::Duration)
    }

    /// What stands beside a step; `nothing`: what is said where a journey begins or ends.
    fn beside(&self, beside: &Beside, nothing: &str) -> String {
        match &beside.step {
            Some(name) => name.told(self.answer.by, self.words),
            None => self.say(nothing),
        }
    }

    fn chart(&self) -> Chart {
        let steps = self.answer.steps.iter();
        let points = steps.map(|step| Point::bar(step.step.as_str(), &step.of_first));
        Chart {
            title: self.say("funnel-chart"),
            reading: self.say("funnel-chart-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("funnel-step"), Unit::Count),
            y: Axis::new(self.say("funnel-of-first"), Unit::Share { decimals: 1 }),
            series: vec![Series {
                name: self.say("funnel-of-first"),
                points: points.collect(),
            }],
            marks: Vec::new(),
        }
    }

    fn columns(&self, texts: &[&str], numbers: &[&str]) -> Vec<TableColumn> {
        let text = |id: &&str| TableColumn::text(self.say(&format!("funnel-{id}")));
        let number = |id: &&str| TableColumn::number(self.say(&format!("funnel-{id}")));
        texts
            .iter()
            .map(text)
            .chain(numbers.iter().map(number))
            .collect()
    }

    fn counted(&self, count: u64) -> Cell {
        Cell::number(count as f64, &Unit::Count, self.words)
    }

    fn waiting(&self, waiting: Option<Waiting>) -> Cell {
        waiting.map_or(Cell::Empty, |waiting| Cell::median(&waiting, self.words))
    }

    fn steps(&self) -> Table {
        let share = Unit::Share { decimals: 1 };
        let row = |step: &Reached| {
            vec![
                Cell::text(step.step.as_str()),
                self.counted(step.journeys),
                Cell::estimate(&step.of_previous, &share, self.words),
                Cell::estimate(&step.of_first, &share, self.words),
                self.waiting(step.since_previous),
                self.waiting(step.since_first),
                self.counted(step.lost),
            ]
        };
        let numbers = [
            "journeys",
            "of-previous",
            "of-first",
            "since-previous",
            "since-first",
            "lost",
        ];
        Table {
            title: self.say("funnel-table-steps"),
            reading: self.say("funnel-table-steps-reading"),
            columns: self.columns(&["step"], &numbers),
            rows: self.answer.steps.iter().map(row).collect(),
        }
    }

    /// The most frequent of what stands beside a step, and all others as one.
    fn most(&self, beside: &[Beside], nothing: &str) -> Vec<(String, u64)> {
        let (shown, others) = beside.split_at(beside.len().min(MOST_BESIDE));
        let mut most: Vec<(String, u64)> = shown
            .iter()
            .map(|beside| (self.beside(beside, nothing), beside.journeys))
            .collect();
        if !others.is_empty() {
            let journeys = others.iter().map(|beside| beside.journeys).sum();
            most.push((self.say("steps-other"), journeys));
        }
        most
    }

    /// Where those went who got no further.
    fn went(&self) -> Table {
        let rows = self.answer.steps.iter().flat_map(|step| {
            let most = self.most(&step.next, "steps-end").into_iter();
            most.map(|(went, journeys)| {
                vec![
                    Cell::text(step.step.as_str()),
                    Cell::text(went),
                    self.counted(journeys),
                    Cell::number(
                        journeys as f64 / step.lost.max(1) as f64,
                        &Unit::Share { decimals: 1 },
                        self.words,
                    ),
                ]
            })
        });
        Table {
            title: self.say("funnel-table-went"),
            reading: self.say("funnel-table-went-reading"),
            columns: self.columns(&["got-to", "went"], &["journeys", "of-lost"]),
            rows: rows.collect(),
        }
    }

    /// What came right before the first step.
    fn before(&self) -> Table {
        let first = self.answer.steps.first().map_or(0, |first| first.journeys);
        let most = self.most(&self.answer.before, "steps-start").into_iter();
        let rows = most.map(|(before, journeys)| {
            vec![
                Cell::text(before),
                self.counted(journeys),
                Cell::number(
                    journeys as f64 / first.max(1) as f64,
                    &Unit::Share { decimals: 1 },
                    self.words,
                ),
            ]
        });
        Table {
            title: self.say("funnel-table-before"),
            reading: self.say("funnel-table-before-reading"),
            columns: self.columns(&["before"], &["journeys", "of-first"]),
            rows: rows.collect(),
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let chosen = match answer.chosen {
            Chosen::Asked => None,
            Chosen::StagesOfSettings => Some("funnel-note-stages-of-settings"),
            Chosen::StagesAsMet => Some("funnel-note-stages-as-met"),
            Chosen::MostTaken => Some("funnel-note-most-taken"),
        };
        if let Some(chosen) = chosen {
            sheet.note(NoteKind::Reading, self.say(chosen));
        }
        sheet.note(NoteKind::Reading, self.say("funnel-note-order"));
        if let Some(within) = answer.within {
            let variables = [("within", Value::from(within.told(self.words)))];
            sheet.note(
                NoteKind::Reading,
                self.tell("funnel-note-within", &variables),
            );
        }
        notes::case(answer.case, answer.window, self.words, sheet);
        notes::ties(&answer.ties, &[], self.words, sheet);
        notes::stitched(&answer.stitched, self.words, sheet);
        notes::filters(&answer.filters_without_effect, self.words, sheet);
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
