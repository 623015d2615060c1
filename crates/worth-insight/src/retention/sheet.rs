//! What to show of [`RetentionAnswer`].

mod cohorts;
mod contracts;
mod segments;

use worth_model::Estimate;
use worth_model::survival::Quantile;

use super::answer::{AgainWithin, Fall, NewestCohort, PurchaseRetention, RetentionAnswer, Verdict};
use crate::question::{Present, Provenance};
use crate::sheet::{Block, Cell, Figure, Headline, NoteKind, Sheet, Table, TableColumn, Tone};
use crate::teller;
use crate::words::{Unit, Value, Words};

/// The span that the headline tells, where customers were observed for so long.
const HEADLINE_DAYS: u32 = 90;
/// The longest span, a figure of its own.
const YEAR_DAYS: u32 = 365;
/// Shares on this sheet.
const SHARE: Unit = Unit::Share { decimals: 0 };

impl Present for RetentionAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("retention-title"));
        sheet.headlines.push(teller.headline());
        if let Some(purchases) = &self.purchases {
            teller.again(purchases, &mut sheet);
            teller.cohorts(purchases, &mut sheet);
            teller.curve(purchases, &mut sheet);
            if let Some(segments) = &purchases.segments {
                teller.purchase_segments(segments, &mut sheet);
            }
        }
        if let Some(contracts) = &self.contracts {
            teller.contracts(contracts, &mut sheet);
            if let Some(segments) = &contracts.segments {
                teller.contract_segments(segments, &mut sheet);
            }
        }
        teller.notes(&mut sheet);
        sheet
    }
}

/// The answer with what it takes to tell it.
type Teller<'a> = teller::Teller<'a, RetentionAnswer>;

impl Teller<'_> {
    fn headline(&self) -> Headline {
        let mut says = Vec::new();
        let mut tone = Tone::Plain;
        if let Some(purchases) = &self.answer.purchases {
            says.push(match told(&purchases.again) {
                Some((days, share)) => self.of_hundred("retention-headline", &share, days),
                None => self.say("retention-headline-unknown"),
            });
            if let Some(newest) = &purchases.newest {
                says.push(self.newest(newest));
                tone = tone_of(newest.verdict);
            }
        }
        if let Some(contracts) = &self.answer.contracts {
            let year = contracts
                .after
                .iter()
                .rev()
                .find(|after| after.months <= 12 && after.share.is_some());
            if let Some((months, share)) = year.and_then(|after| Some((after.months, after.share?)))
            {
                says.push(self.of_hundred("retention-headline-contracts", &share, months));
            }
        }
        Headline {
            asks: self.say("retention-asks"),
            says: says.join(" "),
            tone,
            figures: Vec::new(),
        }
    }

    /// "Of 100 new customers, 58 (56 to 60) …": how many of a hundred, within a span.
    fn of_hundred(&self, id: &str, share: &Estimate, span: u32) -> String {
        let of_hundred = share.scaled(100.0);
        let narrow = of_hundred
            .ends()
            .is_some_and(|(low, high)| high - low < 2.0);
        let unit = Unit::Number {
            decimals: usize::from(narrow),
        };
        self.tell(
            id,
            &[
                ("n", self.words.value(&of_hundred, &unit).into()),
                ("interval", self.words.interval(&of_hundred, &unit).into()),
                ("span", span.into()),
            ],
        )
    }

    /// The newest cohort against those before it, in a sentence.
    fn newest(&self, newest: &NewestCohort) -> String {
        let shown = |estimate: &Estimate| self.words.estimate(estimate, &SHARE);
        let earlier = newest.earlier_share.as_ref().map(shown);
        let variables = [
            (
                "cohort",
                Value::from(self.answer.cohort.written(newest.start, self.words)),
            ),
            ("period", self.period()),
            ("customers", newest.customers.into()),
            ("share", shown(&newest.share).into()),
            ("cohorts", newest.earlier_cohorts.into()),
            ("earlier", earlier.unwrap_or_default().into()),
        ];
        let id = match newest.verdict {
            Verdict::Lower => "retention-newest-lower",
            Verdict::Higher => "retention-newest-higher",
            Verdict::NotShown => "retention-newest-not-shown",
            Verdict::TooFew => "retention-newest-too-few",
        };
        self.tell(id, &variables)
    }

    /// Who buys again: figures, and after which purchase customers are lost.
    fn again(&self, purchases: &PurchaseRetention, sheet: &mut Sheet) {
        let customers = ("customers", purchases.customers.into());
        sheet.section(
            self.say("retention-section-again"),
            self.tell("retention-section-again-about", &[customers]),
        );
        let mut figures = Vec::new();
        let mut days_told = Vec::new();
        for span in [HEADLINE_DAYS, YEAR_DAYS] {
            let told = told_within(&purchases.again, span);
            if let Some((days, share)) = told.filter(|(days, _)| !days_told.contains(days)) {
                days_told.push(days);
                figures.push(Figure::new(
                    self.tell("retention-again", &[("days", days.into())]),
                    &share,
                    &Unit::Share { decimals: 1 },
                    self.say("retention-again-reading"),
                    self.words,
                ));
            }
        }
        figures.push(Figure {
            label: self.say("retention-median"),
            value: self.quantile(&purchases.median_days_to_second, &Unit::Days),
            interval: self.quantile_interval(&purchases.median_days_to_second, &Unit::Days),
            reading: self.say("retention-median-reading"),
            tone: Tone::Plain,
            further: None,
        });
        if let Some(fall) = &purchases.largest_fall {
            figures.push(self.fall("retention-fall", fall));
        }
        let later = purchases.largest_later_fall.as_ref();
        if let Some(fall) = later.filter(|later| purchases.largest_fall != Some(**later)) {
            figures.push(self.fall("retention-later-fall", fall));
        }
        sheet.push(Block::Figures(figures));
        sheet.push(Block::Table(self.spans(&purchases.again)));
        if purchases.steps.len() > 1 {
            sheet.push(Block::Table(self.steps(purchases)));
        }
    }

    fn fall(&self, id: &str, fall: &Fall) -> Figure {
        let variables = [
            ("age", Value::from(fall.age)),
            ("before", (fall.age - 1).into()),
            ("period", self.period()),
            ("customers", fall.customers.into()),
        ];
        Figure::new(
            self.tell(id, &variables),
            &fall.fall,
            &Unit::Share { decimals: 1 },
            self.tell(&format!("{id}-reading"), &variables),
            self.words,
        )
    }

    /// Share who bought again, by span.
    fn spans(&self, again: &[AgainWithin]) -> Table {
        let row = |within: &AgainWithin| {
            vec![
                Cell::text(self.words.in_unit(f64::from(within.days), &Unit::Days)),
                self.share_cell(within.share.as_ref(), &Unit::Share { decimals: 1 }),
                Cell::number(within.observed as f64, &Unit::Count, self.words),
            ]
        };
        Table {
            title: self.say("retention-spans-table"),
            reading: self.say("retention-spans-reading"),
            columns: vec![
                TableColumn::text(self.say("retention-spans-within")),
                TableColumn::number(self.say("retention-spans-share")),
                TableColumn::number(self.say("retention-spans-observed")),
            ],
            rows: again.iter().map(row).collect(),
        }
    }

    /// After which purchase customers are lost.
    fn steps(&self, purchases: &PurchaseRetention) -> Table {
        let rows = purchases.steps.iter().map(|step| {
            let within = |days| {
                let share = step.again.iter().find(|within| within.days == days);
                self.share_cell(share.and_then(|within| within.share.as_ref()), &SHARE)
            };
            vec![
                Cell::number(f64::from(step.purchase), &Unit::Count, self.words),
                Cell::number(step.customers as f64, &Unit::Count, self.words),
                within(HEADLINE_DAYS),
                within(YEAR_DAYS),
                Cell::text(self.quantile(&step.median_days, &Unit::Days)),
            ]
        });
        let within = |days: u32| self.tell("retention-within", &[("days", days.into())]);
        Table {
            title: self.say("retention-steps-table"),
            reading: self.say("retention-steps-reading"),
            columns: vec![
                TableColumn::number(self.say("retention-steps-purchase")),
                TableColumn::number(self.say("retention-customers")),
                TableColumn::number(within(HEADLINE_DAYS)),
                TableColumn::number(within(YEAR_DAYS)),
                TableColumn::text(self.say("retention-half")),
            ],
            rows: rows.collect(),
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        if let Some(purchases) = &self.answer.purchases {
            sheet.note(NoteKind::Reading, self.say("retention-note-lost"));
            let begin = self.words.date(purchases.records_begin);
            sheet.note(
                NoteKind::Uncertain,
                self.tell("retention-note-records", &[("begin", begin.into())]),
            );
            if purchases.customers_before > 0 {
                let before = [("customers", purchases.customers_before.into())];
                sheet.note(
                    NoteKind::LeftOut,
                    self.tell("retention-note-before", &before),
                );
            }
        }
    }

    /// A share with its interval, or nothing.
    fn share_cell(&self, share: Option<&Estimate>, unit: &Unit) -> Cell {
        match share {
            Some(share) => Cell::estimate(share, unit, self.words),
            None => Cell::Empty,
        }
    }

    /// A time by which half have gone, or that it is not reached.
    fn quantile(&self, quantile: &Quantile, unit: &Unit) -> String {
        match quantile.time {
            Some(time) => self.words.in_unit(time, unit),
            None => self.say("retention-not-reached"),
        }
    }

    fn quantile_interval(&self, quantile: &Quantile, unit: &Unit) -> String {
        let level = ("level", Value::from(self.words.percent(quantile.level, 0)));
        let low = |low: f64| ("low", Value::from(self.words.in_unit(low, unit)));
        match (quantile.low, quantile.high) {
            (Some(one), Some(high)) => {
                let high = ("high", Value::from(self.words.in_unit(high, unit)));
                self.tell("retention-from-to", &[low(one), high, level])
            }
            (Some(one), None) => self.tell("retention-at-least", &[low(one), level]),
            (None, _) => self.say("retention-not-reached-interval"),
        }
    }

    /// The name of a period, as a variable that sentences choose by.
    fn period(&self) -> Value<'static> {
        self.answer.cohort.name().into()
    }
}

/// The share of the span that is told first: 90 days, or the longest shorter one that is known.
fn told(again: &[AgainWithin]) -> Option<(u32, Estimate)> {
    told_within(again, HEADLINE_DAYS)
}

fn told_within(again: &[AgainWithin], most_days: u32) -> Option<(u32, Estimate)> {
    again
        .iter()
        .rev()
        .filter(|within| within.days <= most_days)
        .find_map(|within| Some((within.days, within.share?)))
}

fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Lower => Tone::Bad,
        Verdict::Higher => Tone::Good,
        Verdict::NotShown | Verdict::TooFew => Tone::Plain,
    }
}
