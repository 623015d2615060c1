//! What to show of drivers: what matters most, where to act, and how far to trust it.

mod notes;

use worth_model::Estimate;
use worth_model::drivers::{Against, FactorKind, Importance, Quadrant};

use super::Outcome;
use super::answer::{Driver, DriversAnswer};
use crate::answers::{completing_table, dimension_label, respondents_cell};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Figure, Headline, Mark, On, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Words};

const SHARE: Unit = Unit::Share { decimals: 0 };
const SCORE: Unit = Unit::Number { decimals: 2 };
/// Drivers that the short answer names.
const NAMED: usize = 3;

impl Present for DriversAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("drivers-title"));
        sheet.nothing_to_tell = self.drivers.is_empty() || self.outcome.is_none();
        sheet.headlines = vec![teller.headline()];
        if self.explained.is_some() {
            sheet.push(Block::Chart(teller.shares()));
            sheet.push(Block::Table(teller.importance()));
            teller.where_to_act(&mut sheet);
        } else if !self.drivers.is_empty() {
            sheet.push(Block::Table(teller.profile()));
        }
        teller.notes(&mut sheet);
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, DriversAnswer>;

/// As in JSON.
pub(super) fn quadrant_name(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::ConcentrateHere => "concentrate-here",
        Quadrant::KeepUp => "keep-up",
        Quadrant::LowPriority => "low-priority",
        Quadrant::PossibleOverkill => "possible-overkill",
    }
}

/// As in JSON.
pub(super) fn factor_name(factor: FactorKind) -> &'static str {
    match factor {
        FactorKind::Basic => "basic",
        FactorKind::Performance => "performance",
        FactorKind::Excitement => "excitement",
        FactorKind::Unclear => "unclear",
    }
}

impl Teller<'_> {
    /// Drivers, those that bring most first.
    fn by_share(&self) -> Vec<(&Driver, &Importance)> {
        let drivers = self.answer.drivers.iter();
        let mut known: Vec<(&Driver, &Importance)> = drivers
            .filter_map(|driver| Some((driver, driver.importance.as_ref()?)))
            .collect();
        known.sort_by(|one, other| other.1.gain.value.total_cmp(&one.1.gain.value));
        known
    }

    fn name(&self, driver: &Driver) -> String {
        dimension_label(&driver.name, self.words)
    }

    /// The outcome in words: "find it worth it".
    fn outcome(&self) -> String {
        let id = format!("drivers-outcome-{}", self.answer.of.name());
        let days = self.answer.days.unwrap_or_default();
        self.tell(&id, &[("days", days.into())])
    }

    fn headline(&self) -> Headline {
        let outcome = ("outcome", self.outcome().into());
        let brand = ("brand", self.answer.brand.as_str().into());
        let says = match &self.answer.explained {
            Some(explained) => {
                let beyond: Vec<String> = self
                    .by_share()
                    .into_iter()
                    .filter(|(driver, _)| driver.beyond_chance)
                    .take(NAMED)
                    .map(|(driver, importance)| {
                        let share = self.words.estimate(&importance.share, &SHARE);
                        let variables = [
                            ("dimension", self.name(driver).into()),
                            ("share", share.into()),
                        ];
                        self.tell("drivers-says-driver", &variables)
                    })
                    .collect();
                let r_squared = self.words.estimate(&explained.r_squared, &SHARE);
                let variables = [
                    outcome,
                    brand,
                    ("drivers", self.words.list(&beyond).into()),
                    ("r_squared", r_squared.into()),
                ];
                match beyond.is_empty() {
                    true => self.tell("drivers-says-none", &variables),
                    false => self.tell("drivers-says", &variables),
                }
            }
            None => {
                let used = self.answer.respondents.map_or(0, |who| who.used);
                let id = if self.answer.drivers.is_empty() {
                    "drivers-says-no-scores"
                } else if self.answer.outcome.is_none() {
                    "drivers-says-no-outcome"
                } else {
                    "drivers-says-too-few"
                };
                self.tell(id, &[outcome, brand, ("respondents", used.into())])
            }
        };
        Headline {
            asks: self.say("drivers-asks"),
            says,
            tone: Tone::Plain,
            figures: self.figures(),
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let answer = self.answer;
        let mut figures = Vec::new();
        if let Some(explained) = &answer.explained {
            figures.push(Figure::new(
                self.say("drivers-r-squared"),
                &explained.r_squared,
                &SHARE,
                self.say("drivers-r-squared-reading"),
                self.words,
            ));
        }
        if let Some(outcome) = &answer.outcome {
            let observed = answer.of == Outcome::ObservedRepurchase;
            let respondents = [("respondents", outcome.respondents.into())];
            figures.push(Figure::new(
                self.say(if observed {
                    "drivers-bought"
                } else {
                    "drivers-mean"
                }),
                &outcome.mean,
                if observed { &SHARE } else { &SCORE },
                self.tell("drivers-mean-reading", &respondents),
                self.words,
            ));
        }
        figures
    }

    fn shares(&self) -> Chart {
        let points = self.by_share().into_iter();
        Chart {
            title: self.tell("drivers-chart", &[("outcome", self.outcome().into())]),
            reading: self.say("drivers-chart-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("drivers-column-dimension"), Unit::Count),
            y: Axis::new(self.say("drivers-column-share"), SHARE),
            series: vec![Series {
                name: self.say("drivers-column-share"),
                points: points
                    .map(|(driver, importance)| Point::bar(self.name(driver), &importance.share))
                    .collect(),
            }],
            marks: Vec::new(),
        }
    }

    fn estimate(&self, estimate: Option<Estimate>, unit: &Unit) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, unit, self.words)
        })
    }

    fn importance(&self) -> Table {
        let row = |(driver, importance): (&Driver, &Importance)| {
            vec![
                Cell::text(self.name(driver)),
                self.estimate(Some(importance.share), &SHARE),
                Cell::text(self.say(match driver.beyond_chance {
                    true => "drivers-beyond-chance",
                    false => "drivers-may-be-chance",
                })),
                self.estimate(Some(importance.rank), &Unit::Number { decimals: 0 }),
                self.estimate(Some(importance.correlation), &SCORE),
                Cell::text(self.other_methods(driver)),
                self.estimate(Some(driver.mean), &SCORE),
            ]
        };
        Table {
            title: self.say("drivers-table"),
            reading: self.say("drivers-table-reading"),
            columns: vec![
                TableColumn::text(self.say("drivers-column-dimension")),
                TableColumn::number(self.say("drivers-column-share")),
                TableColumn::text(self.say("drivers-column-chance")),
                TableColumn::number(self.say("drivers-column-rank")),
                TableColumn::number(self.say("drivers-column-correlation")),
                TableColumn::text(self.say("drivers-column-others")),
                TableColumn::number(self.say("drivers-column-mean")),
            ],
            rows: self.by_share().into_iter().map(row).collect(),
        }
    }

    /// "agree", or how each of them ranks it.
    fn other_methods(&self, driver: &Driver) -> String {
        let Some(others) = driver.other_methods else {
            return String::new();
        };
        if others.agree {
            return self.say("drivers-others-agree");
        }
        let ranks = [
            Some(others.relative_weight),
            Some(others.coefficient),
            others.elastic_net,
        ];
        let ranks: Vec<String> = (ranks.into_iter().flatten())
            .map(|rank| self.words.number(rank, usize::from(rank.fract() != 0.0)))
            .collect();
        self.tell(
            "drivers-others-differ",
            &[("ranks", ranks.join(" · ").into())],
        )
    }

    /// The map of importance and performance, and what stands beside it.
    fn where_to_act(&self, sheet: &mut Sheet) {
        sheet.section(self.say("drivers-act"), self.say("drivers-act-about"));
        if let Some(map) = self.map() {
            sheet.push(Block::Chart(map));
        }
        let row = |(driver, _): (&Driver, &Importance)| {
            let quadrant = driver.on_map.map_or_else(String::new, |on_map| {
                let name = self.say(&format!("drivers-{}", quadrant_name(on_map.quadrant)));
                match on_map.sure {
                    true => name,
                    false => self.tell("drivers-not-sure", &[("quadrant", name.into())]),
                }
            });
            vec![
                Cell::text(self.name(driver)),
                Cell::text(quadrant),
                self.estimate(driver.on_map.map(|on_map| on_map.performance), &SCORE),
                self.estimate(driver.stated, &SCORE),
                Cell::text(self.more_than_stated(driver)),
                self.estimate(
                    driver.opportunity.map(|of| of.score),
                    &Unit::Number { decimals: 1 },
                ),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.say("drivers-act-table"),
            reading: self.say("drivers-act-table-reading"),
            columns: vec![
                TableColumn::text(self.say("drivers-column-dimension")),
                TableColumn::text(self.say("drivers-column-quadrant")),
                TableColumn::number(self.performance()),
                TableColumn::number(self.say("drivers-column-stated")),
                TableColumn::text(self.say("drivers-column-more")),
                TableColumn::number(self.say("drivers-column-opportunity")),
            ],
            rows: self.by_share().into_iter().map(row).collect(),
        }));
        sheet.push(Block::Table(self.asymmetry()));
    }

    /// What low scores take and high scores add.
    fn asymmetry(&self) -> Table {
        let row = |(driver, _): (&Driver, &Importance)| {
            let asymmetry = driver.asymmetry?;
            let factor = format!("drivers-factor-{}", factor_name(asymmetry.factor));
            Some(vec![
                Cell::text(self.name(driver)),
                Cell::text(self.say(&factor)),
                self.estimate(asymmetry.penalty, &SCORE),
                self.estimate(asymmetry.reward, &SCORE),
            ])
        };
        Table {
            title: self.say("drivers-asymmetry"),
            reading: self.say("drivers-asymmetry-reading"),
            columns: vec![
                TableColumn::text(self.say("drivers-column-dimension")),
                TableColumn::text(self.say("drivers-column-factor")),
                TableColumn::number(self.say("drivers-column-penalty")),
                TableColumn::number(self.say("drivers-column-reward")),
            ],
            rows: self.by_share().into_iter().filter_map(row).collect(),
        }
    }

    /// Whether it matters more or less than people say.
    fn more_than_stated(&self, driver: &Driver) -> String {
        driver.ranks.map_or_else(String::new, |ranks| {
            self.say(match ranks.more_than_stated {
                more if more > 1.0 => "drivers-more-than-stated",
                less if less < -1.0 => "drivers-less-than-stated",
                _ => "drivers-as-stated",
            })
        })
    }

    /// What performance is: points ahead of competitors, or own means.
    fn performance(&self) -> String {
        let against = self.answer.lines.map(|lines| lines.against);
        self.say(match against {
            Some(Against::Competitors) => "drivers-ahead",
            Some(Against::OtherDrivers) | None => "drivers-column-mean",
        })
    }

    fn map(&self) -> Option<Chart> {
        let lines = self.answer.lines?;
        let point = |driver: &Driver| {
            let on_map = driver.on_map?;
            Some(Point::at(
                &on_map.performance,
                &on_map.importance,
                self.name(driver),
            ))
        };
        let of_competitors = lines.against == Against::Competitors;
        Some(Chart {
            title: self.say("drivers-map"),
            reading: self.say("drivers-map-reading"),
            kind: ChartKind::Scatter,
            x: Axis::new(self.performance(), SCORE),
            y: Axis::new(self.say("drivers-column-share"), SHARE),
            series: vec![Series {
                name: self.say("drivers-column-dimension"),
                points: self.answer.drivers.iter().filter_map(point).collect(),
            }],
            marks: vec![
                Mark {
                    on: On::X,
                    at: lines.performance,
                    label: self.say(match of_competitors {
                        true => "drivers-line-competitors",
                        false => "drivers-line-others",
                    }),
                },
                Mark {
                    on: On::Y,
                    at: lines.importance,
                    label: self.say("drivers-line-importance"),
                },
            ],
        })
    }

    /// How the brand was scored, when nothing can be said of drivers.
    fn profile(&self) -> Table {
        let row = |driver: &Driver| {
            vec![
                Cell::text(self.name(driver)),
                self.estimate(Some(driver.mean), &SCORE),
                respondents_cell(driver.respondents, driver.effective, self.words),
            ]
        };
        Table {
            title: self.say("drivers-profile"),
            reading: self.say("drivers-profile-reading"),
            columns: vec![
                TableColumn::text(self.say("drivers-column-dimension")),
                TableColumn::number(self.say("drivers-column-mean")),
                TableColumn::number(self.say("drivers-column-respondents")),
            ],
            rows: self.answer.drivers.iter().map(row).collect(),
        }
    }
}
