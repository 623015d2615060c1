//! What to show of [`UpliftAnswer`]: the verdicts first, then the arms, then whether to trust them.

use worth_model::Estimate;

use super::answer::{Balance, CampaignUplift, NotCompared, UpliftAnswer, Verdict};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Headline, Mark, NoteKind, On, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Value, Words};

impl Present for UpliftAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("uplift-title"));
        sheet.headlines = vec![teller.headline()];
        if !self.campaigns.is_empty() {
            sheet.push(Block::Table(teller.arms()));
            sheet.push(Block::Chart(teller.chart()));
            sheet.push(Block::Table(teller.money_table()));
            teller.trust(&mut sheet);
        }
        teller.notes(&mut sheet);
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, UpliftAnswer>;

/// Shares are small numbers: one decimal of a percentage.
const SHARE: Unit = Unit::Share { decimals: 1 };

impl Teller<'_> {
    /// "Did contacting them help?"
    fn headline(&self) -> Headline {
        let of = |verdict: Verdict| -> Vec<&CampaignUplift> {
            let campaigns = self.answer.campaigns.iter();
            campaigns.filter(|one| one.verdict == verdict).collect()
        };
        let (helped, harmed) = (of(Verdict::Helped), of(Verdict::Harmed));
        let mut says = Vec::new();
        if self.answer.campaigns.is_empty() {
            says.push(self.say("uplift-says-nothing-to-compare"));
        }
        for verdict in [Verdict::Helped, Verdict::Harmed, Verdict::CannotTell] {
            let campaigns = of(verdict);
            if campaigns.is_empty() {
                continue;
            }
            let named: Vec<String> = campaigns
                .iter()
                .map(|campaign| {
                    let difference = self.words.estimate(&campaign.bought_again, &SHARE);
                    format!("{} ({difference})", campaign.campaign)
                })
                .collect();
            let variables = [
                ("campaigns", self.words.list(&named).into()),
                ("days", self.answer.window_days.into()),
            ];
            says.push(self.tell(&format!("uplift-says-{}", verdict.name()), &variables));
        }
        Headline {
            asks: self.say("uplift-asks"),
            says: says.join(" "),
            tone: match (helped.is_empty(), harmed.is_empty()) {
                (false, true) => Tone::Good,
                (_, false) => Tone::Bad,
                (true, true) => Tone::Plain,
            },
            figures: Vec::new(),
        }
    }

    fn days(&self) -> [(&'static str, Value<'static>); 2] {
        [
            ("days", self.answer.window_days.into()),
            ("level", self.words.percent(self.answer.level, 0).into()),
        ]
    }

    fn arms(&self) -> Table {
        let number = |id: &str| TableColumn::number(self.say(id));
        let count = |count: u64| Cell::number(count as f64, &Unit::Count, self.words);
        let share = |share: &Estimate| Cell::estimate(share, &SHARE, self.words);
        let row = |campaign: &CampaignUplift| {
            vec![
                Cell::text(&campaign.campaign),
                Cell::text(self.say(&format!("uplift-verdict-{}", campaign.verdict.name()))),
                count(campaign.treatment.customers),
                count(campaign.holdout.customers),
                share(&campaign.treatment.bought_again),
                share(&campaign.holdout.bought_again),
                share(&campaign.bought_again),
                campaign.customers_needed.map_or(Cell::Empty, count),
            ]
        };
        Table {
            title: self.tell("uplift-table-shares", &self.days()),
            reading: self.tell("uplift-table-shares-reading", &self.days()),
            columns: vec![
                TableColumn::text(self.say("uplift-column-campaign")),
                TableColumn::text(self.say("uplift-column-verdict")),
                number("uplift-column-treatment"),
                number("uplift-column-holdout"),
                number("uplift-column-treatment-bought"),
                number("uplift-column-holdout-bought"),
                number("uplift-column-difference"),
                number("uplift-column-needed"),
            ],
            rows: self.answer.campaigns.iter().map(row).collect(),
        }
    }

    fn chart(&self) -> Chart {
        let campaigns = self.answer.campaigns.iter();
        Chart {
            title: self.say("uplift-chart"),
            reading: self.say("uplift-chart-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("uplift-column-campaign"), Unit::Count),
            y: Axis::new(self.say("uplift-column-difference"), SHARE),
            series: vec![Series {
                name: self.say("uplift-column-difference"),
                points: campaigns
                    .map(|one| Point::bar(&one.campaign, &one.bought_again))
                    .collect(),
            }],
            marks: vec![Mark {
                on: On::Y,
                at: 0.0,
                label: self.say("uplift-chart-none"),
            }],
        }
    }

    fn money_table(&self) -> Table {
        let number = |id: &str| TableColumn::number(self.say(id));
        let money = |money: &Estimate| Cell::estimate(money, &self.money(), self.words);
        let row = |campaign: &CampaignUplift| {
            vec![
                Cell::text(&campaign.campaign),
                money(&campaign.treatment.revenue),
                money(&campaign.holdout.revenue),
                money(&campaign.revenue),
            ]
        };
        Table {
            title: self.tell("uplift-table-money", &self.days()),
            reading: self.say("uplift-table-money-reading"),
            columns: vec![
                TableColumn::text(self.say("uplift-column-campaign")),
                number("uplift-column-treatment-money"),
                number("uplift-column-holdout-money"),
                number("uplift-column-money-difference"),
            ],
            rows: self.answer.campaigns.iter().map(row).collect(),
        }
    }

    /// Whether the arms were alike before.
    fn trust(&self, sheet: &mut Sheet) {
        sheet.section(
            self.say("uplift-section-balance"),
            self.say("uplift-section-balance-about"),
        );
        let number = |value: f64, decimals: usize| {
            Cell::number(value, &Unit::Number { decimals }, self.words)
        };
        let row = |campaign: &CampaignUplift, of: &Balance| {
            vec![
                Cell::text(&campaign.campaign),
                Cell::text(self.say(&format!("uplift-measure-{}", of.measure.name()))),
                number(of.treatment, 0),
                number(of.holdout, 0),
                of.standardised_difference
                    .map_or(Cell::Empty, |off| number(off, 2)),
            ]
        };
        let rows = self.answer.campaigns.iter().flat_map(|campaign| {
            let balance = campaign.balance.iter();
            balance.map(move |of| row(campaign, of))
        });
        sheet.push(Block::Table(Table {
            title: self.say("uplift-table-balance"),
            reading: self.say("uplift-table-balance-reading"),
            columns: vec![
                TableColumn::text(self.say("uplift-column-campaign")),
                TableColumn::text(self.say("uplift-column-measure")),
                TableColumn::number(self.say("uplift-column-treatment-mean")),
                TableColumn::number(self.say("uplift-column-holdout-mean")),
                TableColumn::number(self.say("uplift-column-standardised")),
            ],
            rows: rows.collect(),
        }));
        for campaign in &self.answer.campaigns {
            let variables = [("campaign", campaign.campaign.as_str().into())];
            if campaign.balance.iter().any(|of| !of.in_balance) {
                sheet.note(
                    NoteKind::Uncertain,
                    self.tell("uplift-note-unbalanced", &variables),
                );
            }
            if campaign.weighted {
                sheet.note(
                    NoteKind::Reading,
                    self.tell("uplift-note-weighted", &variables),
                );
            }
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        sheet.note(
            NoteKind::Reading,
            self.tell("uplift-note-assigned", &self.days()),
        );
        if self.answer.campaigns.len() > 1 {
            sheet.note(
                NoteKind::Uncertain,
                self.tell("uplift-note-several", &self.days()),
            );
        }
        for campaign in &self.answer.not_compared {
            sheet.note(NoteKind::Missing, self.not_compared(campaign));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    fn not_compared(&self, campaign: &NotCompared) -> String {
        let variables = [
            ("campaign", campaign.campaign.as_str().into()),
            ("treatment", campaign.treatment.into()),
            ("holdout", campaign.holdout.into()),
            ("not_over", campaign.window_not_over.into()),
            ("days", self.answer.window_days.into()),
        ];
        self.tell(&format!("uplift-{}", campaign.why.name()), &variables)
    }
}
