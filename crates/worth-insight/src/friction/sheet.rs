//! What to show of pain points: the worst in a sentence, then all of them with what they took and what they do.

use worth_model::Estimate;
use worth_model::link::Tells;

use super::answer::{Effect, FrictionAnswer, Known, PainPoint, RankedBy, Stability, Unknown};
use crate::costs::{CostName, action_name};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Advice, Block, Cell, Figure, Headline, NoteKind, Sheet, Table, TableColumn, Tone, Wanted,
};
use crate::steps::notes;
use crate::teller;
use crate::value_link::no_link;
use crate::words::{Unit, Value, Words};

/// Pain points that are shown; all of them are in the rows.
const MOST_SHOWN: usize = 20;
/// More than that nobody begins at once.
const MOST_ADVICE: usize = 3;
/// Ratings are shown to the hundredth.
const RATING: Unit = Unit::Number { decimals: 2 };
const SHARE: Unit = Unit::Share { decimals: 0 };
const COSTS: [CostName; 5] = [
    CostName::Time,
    CostName::Effort,
    CostName::Waiting,
    CostName::Lateness,
    CostName::AtStake,
];

type Teller<'a> = teller::Teller<'a, FrictionAnswer>;

impl Present for FrictionAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("friction-title"));
        sheet.nothing_to_tell = self.pain_points.is_empty();
        sheet.headlines = vec![teller.headline()];
        sheet.wanted = teller.wanted();
        if self.pain_points.is_empty() {
            return sheet;
        }
        let advice = teller.advice();
        if !advice.is_empty() {
            sheet.push(Block::Advice(advice));
        }
        let shown = &self.pain_points[..self.pain_points.len().min(MOST_SHOWN)];
        sheet.push(Block::Table(teller.effects(shown)));
        notes::why(Some(shown[0].why.command()), words, &mut sheet);
        sheet.push(Block::Table(teller.took(shown)));
        if shown.iter().any(|point| point.long.is_some()) {
            sheet.push(Block::Table(teller.waited(shown)));
        }
        teller.notes(&mut sheet);
        sheet
    }
}

impl Teller<'_> {
    fn headline(&self) -> Headline {
        let answer = self.answer;
        let (says, tone, figures) = match (answer.worst(), answer.pain_points.first()) {
            (_, None) => (self.say("friction-nothing"), Tone::Plain, Vec::new()),
            (None, Some(first)) => {
                let says = self.tell("friction-cannot-tell", &self.met_by(first));
                (says, Tone::Plain, Vec::new())
            }
            (Some(worst), _) => {
                let mut says = self.tell("friction-worst", &self.met_by(worst));
                if let Some(known) = worst.known() {
                    says += " ";
                    says += &self.tell("friction-worst-effect", &self.effect_of(known));
                }
                if let Some(value) = &worst.value_at_risk {
                    let money = self.words.estimate(&value.at_risk, &self.money());
                    says += " ";
                    says += &self.tell("friction-worst-value", &[("money", money.into())]);
                }
                (says, Tone::Bad, self.figures(worst))
            }
        };
        Headline {
            asks: self.say("friction-asks"),
            says,
            tone,
            figures,
        }
    }

    /// What went wrong where, how often, and for how many.
    fn met_by(&self, point: &PainPoint) -> [(&'static str, Value<'static>); 3] {
        [
            ("pain", self.pain(point).into()),
            ("times", point.times.into()),
            ("customers", point.customers.into()),
        ]
    }

    /// What a time of it does, in the words of a sentence.
    fn effect_of(&self, known: &Known) -> [(&'static str, Value<'static>); 2] {
        let lost = self.words.estimate(&known.factor.complement(), &SHARE);
        [
            ("lost", lost.into()),
            ("days", u64::from(self.answer.days).into()),
        ]
    }

    fn figures(&self, worst: &PainPoint) -> Vec<Figure> {
        let mut figures = Vec::new();
        if let Some(known) = worst.known() {
            let days = [("days", Value::from(u64::from(self.answer.days)))];
            let figure = Figure::new(
                self.say("friction-figure-lost"),
                &known.factor.complement(),
                &SHARE,
                self.tell("friction-figure-lost-reading", &days),
                self.words,
            );
            figures.push(figure.with_tone(Tone::Bad));
        }
        if let Some(value) = &worst.value_at_risk {
            let customers = [("customers", Value::from(worst.customers_last_year))];
            let figure = Figure::new(
                self.say("friction-figure-value"),
                &value.at_risk,
                &self.money(),
                self.tell("friction-figure-value-reading", &customers),
                self.words,
            );
            figures.push(figure.with_tone(Tone::Bad));
        }
        figures
    }

    /// "failed, at app: payment".
    fn pain(&self, point: &PainPoint) -> String {
        let variables = [
            ("trouble", Value::from(self.went_wrong(point))),
            ("place", action_name(&point.place, self.words).into()),
        ];
        self.tell("friction-pain", &variables)
    }

    fn went_wrong(&self, point: &PainPoint) -> String {
        self.say(&format!("friction-trouble-{}", point.trouble.name()))
    }

    fn effects(&self, points: &[PainPoint]) -> Table {
        let by = match self.answer.ranked_by {
            RankedBy::ValueAtRisk => "friction-effects-by-value",
            RankedBy::CustomersLost => "friction-effects-by-customers",
        };
        let days = [("days", Value::from(u64::from(self.answer.days)))];
        let has_value = self.answer.lifetime.is_some();
        let mut columns = vec![
            TableColumn::text(self.say("friction-column-trouble")),
            TableColumn::text(self.say("friction-column-place")),
            TableColumn::number(self.say("friction-column-customers")),
            TableColumn::number(self.say("friction-column-factor")),
            TableColumn::text(self.say("friction-column-tells")),
        ];
        if has_value {
            columns.push(TableColumn::number(self.say("friction-column-value")));
        }
        let row = |point: &PainPoint| {
            let factor = point.known().map(|known| known.factor);
            let mut cells = vec![
                Cell::text(self.went_wrong(point)),
                Cell::text(action_name(&point.place, self.words)),
                Cell::number(point.customers as f64, &Unit::Count, self.words),
                self.estimate(factor, &Unit::Number { decimals: 2 }),
                Cell::text(self.tells(point)),
            ];
            if has_value {
                // of what may be an accident no money is told
                let at_risk = point.value_at_risk.filter(|_| point.is_harmful());
                let at_risk = at_risk.map(|value| value.at_risk);
                cells.push(self.estimate(at_risk, &self.money()));
            }
            cells
        };
        Table {
            title: self.tell("friction-effects", &days),
            reading: self.say(by),
            columns,
            rows: points.iter().map(row).collect(),
        }
    }

    fn estimate(&self, estimate: Option<Estimate>, unit: &Unit) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, unit, self.words)
        })
    }

    /// What the data say of an effect, or why they do not.
    fn tells(&self, point: &PainPoint) -> String {
        let known = match &point.effect {
            Effect::Unknown { unknown } => return self.why_unknown(unknown),
            Effect::Known(known) => known,
        };
        match (known.tells, known.smallest_loss) {
            (Tells::Lowers, _) => self.in_halves("friction-lowers", known),
            (Tells::Raises, _) => self.in_halves("friction-raises", known),
            (Tells::CannotTell, Some(smallest)) => {
                let smallest = self.words.in_unit(smallest, &SHARE);
                self.tell("friction-cannot-see", &[("smallest", smallest.into())])
            }
            (Tells::CannotTell, None) => self.say("friction-unknown"),
        }
    }

    /// What is said of an effect, and whether both halves of the time say so.
    fn in_halves(&self, says: &str, known: &Known) -> String {
        let halves = match known.stability {
            Stability::Stable => "friction-stable",
            Stability::Unstable => "friction-unstable",
            Stability::CannotTell => "friction-stability-unknown",
        };
        format!("{}; {}", self.say(says), self.say(halves))
    }

    fn why_unknown(&self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::TooFew { customers } => {
                let customers = [("customers", Value::from(*customers))];
                self.tell("friction-too-few", &customers)
            }
            Unknown::NotAmongTheMost => self.say("friction-not-among-the-most"),
            Unknown::NotToldApart => self.say("friction-not-told-apart"),
            Unknown::NoLink { .. } => self.say("friction-unknown"),
        }
    }

    fn took(&self, points: &[PainPoint]) -> Table {
        let is_known = |cost: &CostName| points.iter().any(|point| point.cost(*cost).is_some());
        let costs: Vec<CostName> = COSTS.into_iter().filter(is_known).collect();
        let mut columns = vec![
            TableColumn::text(self.say("friction-column-trouble")),
            TableColumn::text(self.say("friction-column-place")),
            TableColumn::text(self.say("friction-column-stage")),
            TableColumn::number(self.say("friction-column-times")),
            TableColumn::number(self.say("friction-column-share")),
        ];
        // customers wait for more than deliveries here
        let title = |cost: &CostName| match cost {
            CostName::Waiting => self.say("friction-waiting"),
            cost => self.say(&format!("costs-name-{}", cost.name())),
        };
        columns.extend(costs.iter().map(|cost| TableColumn::number(title(cost))));
        let row = |point: &PainPoint| {
            let share = point.customers as f64 / point.customers_there as f64;
            let mut cells = vec![
                Cell::text(self.went_wrong(point)),
                Cell::text(action_name(&point.place, self.words)),
                (point.stage.as_ref()).map_or(Cell::Empty, |stage| Cell::text(stage.as_str())),
                Cell::number(point.times as f64, &Unit::Count, self.words),
                match share.is_finite() {
                    true => Cell::number(share, &Unit::Share { decimals: 1 }, self.words),
                    false => Cell::Empty,
                },
            ];
            cells.extend(costs.iter().map(|cost| {
                let can_take = point.costs.iter().any(|taken| taken.cost == *cost);
                match point.cost(*cost) {
                    Some(total) => {
                        let unit = cost.unit(&self.provenance.currency);
                        Cell::number(total, &unit, self.words)
                    }
                    None if can_take => Cell::text(self.say("costs-not-known")),
                    None => Cell::Empty,
                }
            }));
            cells
        };
        Table {
            title: self.say("friction-took"),
            reading: self.say("friction-took-reading"),
            columns,
            rows: points.iter().map(row).collect(),
        }
    }

    /// What long waits are, beside what is usual.
    fn waited(&self, points: &[PainPoint]) -> Table {
        let duration = |seconds| Cell::number(seconds, &Unit::Duration, self.words);
        let row = |point: &PainPoint| {
            let long = point.long?;
            Some(vec![
                Cell::text(self.went_wrong(point)),
                Cell::text(action_name(&point.place, self.words)),
                Cell::number(long.waits as f64, &Unit::Count, self.words),
                duration(long.median_seconds),
                duration(long.longer_than_seconds),
                Cell::number(point.times as f64, &Unit::Count, self.words),
                duration(long.beyond_median_seconds),
            ])
        };
        let reading = match self.answer.wait {
            Some(_) => "friction-waits-asked",
            None => "friction-waits-usual",
        };
        Table {
            title: self.say("friction-waits"),
            reading: self.say(reading),
            columns: vec![
                TableColumn::text(self.say("friction-column-trouble")),
                TableColumn::text(self.say("friction-column-place")),
                TableColumn::number(self.say("friction-column-waits")),
                TableColumn::number(self.say("friction-column-median")),
                TableColumn::number(self.say("friction-column-longer-than")),
                TableColumn::number(self.say("friction-column-long")),
                TableColumn::number(self.say("friction-column-beyond")),
            ],
            rows: points.iter().filter_map(row).collect(),
        }
    }

    fn advice(&self) -> Vec<Advice> {
        let harmful = self.answer.pain_points.iter();
        let harmful = harmful.filter(|point| point.is_harmful());
        let advice = harmful.take(MOST_ADVICE).filter_map(|point| {
            let at_risk = point.value_at_risk.map(|value| value.at_risk);
            let customers = [("customers", Value::from(point.customers_last_year))];
            let known = point.known()?;
            let mut evidence = self.effect_of(known).to_vec();
            evidence.push(("halves", self.in_halves("friction-lowers", known).into()));
            Some(Advice {
                act: self.tell("friction-act", &self.met_by(point)),
                whom: self.tell("friction-whom", &customers),
                evidence: self.tell("friction-evidence", &evidence),
                money: at_risk.map_or_else(
                    || self.say("friction-no-money"),
                    |at_risk| {
                        let money = self.words.estimate(&at_risk, &self.money());
                        self.tell("friction-money", &[("money", money.into())])
                    },
                ),
                at_least: at_risk.and_then(|at_risk| Some(at_risk.ends()?.0)),
                rule: self.say("friction-rule"),
            })
        });
        advice.collect()
    }

    fn wanted(&self) -> Option<Wanted> {
        let answer = self.answer;
        answer.pain_points.is_empty().then(|| Wanted {
            what: self.say("friction-wanted"),
            why: self.say("friction-wanted-why"),
            how: self.say("friction-wanted-how"),
        })
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let model = &answer.model;
        if let Some(came_back) = model.came_back {
            let variables = [
                ("rows", Value::from(model.customer_days)),
                ("customers", model.customers.into()),
                ("share", self.words.in_unit(came_back.value, &SHARE).into()),
                ("days", u64::from(answer.days).into()),
            ];
            sheet.note(
                NoteKind::Reading,
                self.tell("friction-note-model", &variables),
            );
            sheet.note(NoteKind::Uncertain, self.say("friction-note-not-cause"));
        }
        if let Some(why) = &model.no_link {
            let why = [("why", Value::from(no_link(why, self.words)))];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("friction-note-no-link", &why),
            );
        }
        if let Some(rated) = &answer.late_rated {
            let score = |estimate| Value::from(self.words.estimate(estimate, &RATING));
            let variables = [
                ("late", score(&rated.late)),
                ("in_time", score(&rated.in_time)),
                ("difference", score(&rated.difference)),
                ("ratings", rated.late_ratings.into()),
                ("others", rated.in_time_ratings.into()),
            ];
            let told = self.tell("friction-note-late-rated", &variables);
            sheet.note(NoteKind::Reading, told);
        }
        if model.part_of_customers < 1.0 {
            let part = self.words.in_unit(model.part_of_customers, &SHARE);
            sheet.note(
                NoteKind::Reading,
                self.tell("friction-note-part", &[("part", part.into())]),
            );
        }
        if let Some(lifetime) = &answer.lifetime {
            let id = match lifetime.is_revenue {
                true => "friction-note-revenue",
                false => "friction-note-value",
            };
            let days = [("days", Value::from(u64::from(lifetime.horizon_days)))];
            sheet.note(NoteKind::Reading, self.tell(id, &days));
        }
        let others: u64 = answer
            .pain_points
            .iter()
            .map(|point| point.times_of_others)
            .sum();
        if others > 0 {
            let times = [("times", Value::from(others))];
            sheet.note(NoteKind::Reading, self.tell("friction-note-others", &times));
        }
        let not_shown = answer.pain_points.len().saturating_sub(MOST_SHOWN);
        if not_shown > 0 {
            let count = [("count", Value::from(not_shown as u64))];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("friction-note-not-shown", &count),
            );
        }
        if !answer.filters_without_effect.is_empty() {
            let filters = self.words.list(&answer.filters_without_effect);
            let filters = [("filters", Value::from(filters))];
            sheet.note(NoteKind::LeftOut, self.tell("steps-note-filters", &filters));
        }
    }
}
