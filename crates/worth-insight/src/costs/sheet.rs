//! What to show of costs: the account of everyone, by action, touchpoint and stage, and one customer's
//! statement.

mod statement;

use super::By;
use super::answer::{Basis, Cost, CostsAnswer, Group, Groups};
use super::measure::CostName;
use crate::answers::dimension_label;
use crate::question::{Present, Provenance};
use crate::sheet::{
    Block, Cell, Figure, Headline, NoteKind, Sheet, Table, TableColumn, Tone, Wanted,
};
use crate::steps::{Grain, StepName};
use crate::teller;
use crate::words::{Unit, Value, Words};

/// Costs that groups are told by: one of each kind. `--json` has all.
const MAIN: [CostName; 8] = [
    CostName::Money,
    CostName::Time,
    CostName::Waiting,
    CostName::Effort,
    CostName::Failures,
    CostName::PersonalData,
    CostName::Messages,
    CostName::Complaints,
];
/// Groups of a table at most.
const MOST_SHOWN: usize = 15;
const SHARE: Unit = Unit::Share { decimals: 0 };
/// Scores are shown to the hundredth.
const SCORE: Unit = Unit::Number { decimals: 2 };

type Teller<'a> = teller::Teller<'a, CostsAnswer>;

impl Present for CostsAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("costs-title"));
        sheet.nothing_to_tell = self.whole.actions == 0;
        if self.whole.actions == 0 {
            sheet.headlines = vec![teller.headline(words.say("costs-nothing"), Vec::new())];
            return sheet;
        }
        if let Some(statement) = &self.statement {
            sheet.headlines = vec![teller.statement_headline(statement)];
            teller.statement(statement, &mut sheet);
            teller.notes(&mut sheet);
            return sheet;
        }
        sheet.headlines = vec![teller.whole_headline()];
        sheet.wanted = teller.wanted();
        sheet.push(Block::Table(teller.whole()));
        for groups in &self.groups {
            if groups.groups.len() > 1 {
                teller.groups(groups, &mut sheet);
            }
        }
        if !self.asked.is_empty() {
            sheet.push(Block::Table(teller.asked()));
        }
        teller.notes(&mut sheet);
        sheet
    }
}

impl Teller<'_> {
    fn headline(&self, says: String, figures: Vec<Figure>) -> Headline {
        Headline {
            asks: self.say("costs-asks"),
            says,
            tone: Tone::Plain,
            figures,
        }
    }

    fn name(&self, cost: CostName) -> String {
        self.say(&format!("costs-name-{}", cost.name()))
    }

    fn names(&self, costs: impl Iterator<Item = CostName>) -> String {
        let names: Vec<String> = costs.map(|cost| self.name(cost)).collect();
        self.words.list(&names)
    }

    /// A cost and how much of it.
    fn gave(&self, cost: CostName, amount: f64) -> String {
        let amount = match cost.unit(&self.provenance.currency) {
            // a customer's mean number of failures is rarely whole
            Unit::Count if amount.fract() != 0.0 => {
                self.words.in_unit(amount, &Unit::Digits { digits: 2 })
            }
            unit => self.words.in_unit(amount, &unit),
        };
        let variables = [
            ("cost", Value::from(self.name(cost))),
            ("amount", amount.into()),
        ];
        self.tell("costs-gave-one", &variables)
    }

    fn whole_headline(&self) -> Headline {
        let whole = &self.answer.whole;
        let told = |name: CostName| {
            // what is known of few actions only is no headline
            let cost = whole
                .cost(name)
                .filter(|cost| 2 * cost.known >= cost.actions)?;
            Some(self.gave(name, cost.per_customer?.value))
        };
        let gave: Vec<String> = MAIN.into_iter().filter_map(told).collect();
        let unknown = whole
            .costs
            .iter()
            .filter(|cost| cost.basis == Basis::Unknown);
        let unknown = self.names(unknown.map(|cost| cost.cost));
        let mut says = match gave.is_empty() {
            true => self.say("costs-nothing-known"),
            false => self.tell("costs-gave", &[("gave", self.words.list(&gave).into())]),
        };
        if !unknown.is_empty() {
            says += " ";
            says += &self.tell("costs-unknown", &[("costs", unknown.into())]);
        }
        let figures = [CostName::Time, CostName::Effort, CostName::Money];
        let figures = figures.into_iter().filter_map(|name| {
            let cost = whole
                .cost(name)
                .filter(|cost| 2 * cost.known >= cost.actions)?;
            let unit = name.unit(&self.provenance.currency);
            let reading = self.tell(
                "costs-figure-reading",
                &[
                    ("customers", cost.customers.into()),
                    ("known", self.coverage(cost).into()),
                ],
            );
            let estimate = &cost.per_customer?;
            Some(Figure::new(
                self.name(name),
                estimate,
                &unit,
                reading,
                self.words,
            ))
        });
        self.headline(says, figures.collect())
    }

    fn coverage(&self, cost: &Cost) -> String {
        let share = cost.known as f64 / cost.actions as f64;
        self.words.in_unit(share, &SHARE)
    }

    fn whole(&self) -> Table {
        let has_worth = !self.answer.rates.is_empty();
        let mut columns = vec![
            TableColumn::text(self.say("costs-column-cost")),
            TableColumn::number(self.say("costs-column-total")),
            TableColumn::number(self.say("costs-column-per-customer")),
            TableColumn::number(self.say("costs-column-per-action")),
            TableColumn::number(self.say("costs-column-known")),
        ];
        if has_worth {
            columns.push(TableColumn::number(self.say("costs-column-worth")));
        }
        let row = |cost: &Cost| {
            let unit = cost.cost.unit(&self.provenance.currency);
            let mean = match unit {
                Unit::Count => Unit::Digits { digits: 2 },
                unit => unit,
            };
            let estimate = |estimate: Option<worth_model::Estimate>| {
                estimate.map_or(Cell::Empty, |estimate| {
                    Cell::estimate(&estimate, &mean, self.words)
                })
            };
            let share = cost.known as f64 / cost.actions as f64;
            let mut cells = vec![
                Cell::text(self.name(cost.cost)),
                self.total(Some(cost)),
                estimate(cost.per_customer),
                estimate(cost.per_action),
                Cell::number(share, &SHARE, self.words),
            ];
            if has_worth {
                cells.push(cost.worth.map_or(Cell::Empty, |worth| {
                    Cell::number(worth, &self.money(), self.words)
                }));
            }
            cells
        };
        Table {
            title: self.say("costs-table"),
            reading: self.say("costs-table-reading"),
            columns,
            rows: self.answer.whole.costs.iter().map(row).collect(),
        }
    }

    /// Empty where the actions cannot take it, in words where nobody knows how much it is.
    fn total(&self, cost: Option<&Cost>) -> Cell {
        match cost {
            None => Cell::Empty,
            Some(cost) => match cost.total {
                None => Cell::text(self.say("costs-not-known")),
                Some(total) => {
                    let unit = cost.cost.unit(&self.provenance.currency);
                    Cell::number(total, &unit, self.words)
                }
            },
        }
    }

    fn told_apart(&self, by: &By) -> String {
        match by {
            By::Action => self.say("costs-by-action"),
            By::Touchpoint => self.say("costs-by-touchpoint"),
            By::Stage => self.say("costs-by-stage"),
            By::Product => self.say("costs-by-product"),
            By::Segment(name) => name.replace(['_', '-'], " "),
        }
    }

    fn group_name(&self, by: &By, name: &StepName) -> String {
        let grain = match by {
            By::Touchpoint => Grain::Touchpoint,
            By::Stage => Grain::Stage,
            By::Action | By::Product | By::Segment(_) => Grain::Name,
        };
        match (by, name) {
            (By::Action, StepName::Named(name)) => action_name(name, self.words),
            _ => name.told(grain, self.words),
        }
    }

    fn groups(&self, groups: &Groups, sheet: &mut Sheet) {
        let shown = &groups.groups[..groups.groups.len().min(MOST_SHOWN)];
        let is_somewhere = |name: &CostName| {
            MAIN.contains(name)
                && shown
                    .iter()
                    .any(|group| group.taking.cost(*name).is_some_and(|cost| cost.known > 0))
        };
        let told: Vec<CostName> = CostName::ALL.into_iter().filter(is_somewhere).collect();
        let has_value = shown.iter().any(|group| group.perceived.is_some());
        let mut columns = vec![
            TableColumn::text(self.told_apart(&groups.by)),
            TableColumn::number(self.say("costs-column-actions")),
        ];
        columns.extend(
            told.iter()
                .map(|cost| TableColumn::number(self.name(*cost))),
        );
        if has_value {
            columns.push(TableColumn::number(self.say("costs-column-ratio")));
            columns.push(TableColumn::number(self.say("costs-column-difference")));
        }
        let row = |group: &Group| {
            let mut cells = vec![
                Cell::text(self.group_name(&groups.by, &group.name)),
                Cell::number(group.taking.actions as f64, &Unit::Count, self.words),
            ];
            cells.extend(told.iter().map(|cost| self.total(group.taking.cost(*cost))));
            if has_value {
                let measured = group.perceived.as_ref();
                for estimate in [
                    measured.and_then(|measured| measured.ratio),
                    measured.and_then(|measured| measured.difference),
                ] {
                    cells.push(estimate.map_or(Cell::Empty, |estimate| {
                        Cell::estimate(&estimate, &SCORE, self.words)
                    }));
                }
            }
            cells
        };
        let by = self.told_apart(&groups.by);
        sheet.push(Block::Table(Table {
            title: self.tell("costs-groups", &[("by", by.into())]),
            reading: match has_value {
                true => self.say("costs-groups-reading-value"),
                false => self.say("costs-groups-reading"),
            },
            columns,
            rows: shown.iter().map(row).collect(),
        }));
        let not_shown = groups.groups.len() - shown.len();
        if not_shown > 0 {
            let count = [("count", Value::from(not_shown as u64))];
            sheet.note(NoteKind::LeftOut, self.tell("costs-note-not-shown", &count));
        }
    }

    fn asked(&self) -> Table {
        let rows = self.answer.asked.iter().map(|asked| {
            vec![
                Cell::text(dimension_label(&asked.name, self.words)),
                Cell::estimate(&asked.mean, &SCORE, self.words),
                Cell::number(asked.respondents as f64, &Unit::Count, self.words),
            ]
        });
        Table {
            title: self.say("costs-asked"),
            reading: self.say("costs-asked-reading"),
            columns: vec![
                TableColumn::text(self.say("costs-column-cost")),
                TableColumn::number(self.say("costs-column-score")),
                TableColumn::number(self.say("costs-column-respondents")),
            ],
            rows: rows.collect(),
        }
    }

    /// Time and effort first: no other cost is taken by every action.
    fn wanted(&self) -> Option<Wanted> {
        let has = |name: CostName| {
            let cost = self.answer.whole.cost(name);
            cost.is_some_and(|cost| cost.known > 0)
        };
        if has(CostName::Time) && has(CostName::Effort) {
            return None;
        }
        Some(Wanted {
            what: self.say("costs-wanted"),
            why: self.say("costs-wanted-why"),
            how: self.say("costs-wanted-how"),
        })
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        sheet.note(NoteKind::Reading, self.say("costs-note-sums"));
        if answer.others > 0 && answer.statement.is_none() {
            let others = [("others", Value::from(answer.others))];
            sheet.note(NoteKind::Reading, self.tell("costs-note-others", &others));
        }
        let partly = answer.whole.costs.iter();
        let partly = partly.filter(|cost| cost.known > 0 && cost.known < cost.actions);
        let partly: Vec<String> = partly
            .map(|cost| {
                let variables = [
                    ("cost", Value::from(self.name(cost.cost))),
                    ("known", self.coverage(cost).into()),
                ];
                self.tell("costs-note-partly-one", &variables)
            })
            .collect();
        if !partly.is_empty() && answer.statement.is_none() {
            let costs = [("costs", Value::from(self.words.list(&partly)))];
            sheet.note(NoteKind::Uncertain, self.tell("costs-note-partly", &costs));
        }
        for used in &answer.rates {
            let variables = [
                ("cost", Value::from(self.name(used.cost))),
                ("origin", used.rate.origin.as_str().into()),
            ];
            sheet.note(NoteKind::Reading, self.tell("costs-note-rate", &variables));
        }
        let in_money = &answer.whole.in_money;
        if let Some(total) = in_money.total.filter(|_| !answer.rates.is_empty()) {
            let variables = [
                (
                    "total",
                    Value::from(self.words.in_unit(total, &self.money())),
                ),
                ("with", self.names(in_money.of.iter().copied()).into()),
                (
                    "without",
                    self.names(in_money.without.iter().copied()).into(),
                ),
            ];
            sheet.note(
                NoteKind::Reading,
                self.tell("costs-note-in-money", &variables),
            );
        }
        if !answer.filters_without_effect.is_empty() {
            let filters = self.words.list(&answer.filters_without_effect);
            let filters = [("filters", Value::from(filters))];
            sheet.note(NoteKind::LeftOut, self.tell("steps-note-filters", &filters));
        }
    }
}

/// What Worth calls an action itself, in the reader's language; else as the business calls it.
pub(crate) fn action_name(name: &str, words: &Words) -> String {
    let id = format!("costs-action-{}", name.replace('_', "-"));
    match words.has(&id) {
        true => words.say(&id),
        false => name.to_owned(),
    }
}
