//! What to show of features: what each is to people, and how much satisfaction moves with it.

use worth_model::Estimate;
use worth_model::kano::Category;

use super::answer::{Feature, KanoAnswer};
use crate::answers::{completing_table, dimension_label, respondents_cell};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Headline, Mark, NoteKind, On, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Words};

/// More than this share of answers that contradict each other, or that want the opposite, says that
/// the question was misunderstood.
const MANY_ODD: f64 = 0.2;

const SHARE: Unit = Unit::Share { decimals: 0 };
const COEFFICIENT: Unit = Unit::Number { decimals: 2 };

impl Present for KanoAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("kano-title"));
        sheet.nothing_to_tell = self.features.is_empty();
        sheet.headlines = vec![teller.headline()];
        if !self.features.is_empty() {
            sheet.push(Block::Table(teller.categories()));
            sheet.push(Block::Chart(teller.chart()));
            sheet.push(Block::Table(teller.shares()));
        }
        teller.notes(&mut sheet);
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, KanoAnswer>;

/// As in JSON.
pub(super) fn category_name(category: Category) -> &'static str {
    match category {
        Category::MustBe => "must-be",
        Category::OneDimensional => "one-dimensional",
        Category::Attractive => "attractive",
        Category::Indifferent => "indifferent",
        Category::Reverse => "reverse",
        Category::Questionable => "questionable",
    }
}

impl Teller<'_> {
    /// "Which features must be there, and which delight?"
    fn headline(&self) -> Headline {
        let features = &self.answer.features;
        let mut says = Vec::new();
        if features.is_empty() {
            says.push(self.say("kano-says-nothing"));
        }
        for category in Category::ALL {
            let surely = features.iter().filter(|feature| {
                feature.kano.category == category && feature.kano.too_close.is_empty()
            });
            let names: Vec<String> = surely.map(|feature| self.feature(feature)).collect();
            if !names.is_empty() {
                let id = format!("kano-says-{}", category_name(category));
                says.push(self.tell(&id, &[("features", self.words.list(&names).into())]));
            }
        }
        let close: Vec<String> = features
            .iter()
            .filter(|feature| !feature.kano.too_close.is_empty())
            .map(|feature| self.feature(feature))
            .collect();
        if !close.is_empty() {
            says.push(self.tell(
                "kano-says-too-close",
                &[("features", self.words.list(&close).into())],
            ));
        }
        Headline {
            asks: self.say("kano-asks"),
            says: says.join(" "),
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    fn feature(&self, feature: &Feature) -> String {
        dimension_label(&feature.feature, self.words)
    }

    fn category(&self, category: Category) -> String {
        self.say(&format!("kano-{}", category_name(category)))
    }

    fn categories(&self) -> Table {
        let estimate = |estimate: &Option<Estimate>| {
            estimate.map_or(Cell::Empty, |estimate| {
                Cell::estimate(&estimate, &COEFFICIENT, self.words)
            })
        };
        let row = |feature: &Feature| {
            let kano = &feature.kano;
            let may_be: Vec<String> = std::iter::once(&kano.category)
                .chain(&kano.too_close)
                .map(|&category| self.category(category))
                .collect();
            let verdict = match may_be.as_slice() {
                [surely] => surely.clone(),
                several => self.tell(
                    "kano-cannot-tell",
                    &[
                        ("categories", self.words.list(several).into()),
                        ("treat_as", self.category(feature.treat_as).into()),
                    ],
                ),
            };
            vec![
                Cell::text(self.feature(feature)),
                Cell::text(verdict),
                estimate(&kano.better),
                estimate(&kano.worse),
                respondents_cell(kano.respondents as u64, kano.effective, self.words),
            ]
        };
        Table {
            title: self.say("kano-table"),
            reading: self.say("kano-table-reading"),
            columns: vec![
                TableColumn::text(self.say("kano-column-feature")),
                TableColumn::text(self.say("kano-column-category")),
                TableColumn::number(self.say("kano-column-better")),
                TableColumn::number(self.say("kano-column-worse")),
                TableColumn::number(self.say("kano-column-respondents")),
            ],
            rows: self.answer.features.iter().map(row).collect(),
        }
    }

    /// How much satisfaction rises with a feature, against how much it falls without it.
    fn chart(&self) -> Chart {
        let point = |feature: &Feature| {
            let (better, worse) = (feature.kano.better?, feature.kano.worse?);
            Some(Point::at(
                &worse.scaled(-1.0),
                &better,
                self.feature(feature),
            ))
        };
        let half = |on, id: &str| Mark {
            on,
            at: 0.5,
            label: self.say(id),
        };
        Chart {
            title: self.say("kano-chart"),
            reading: self.say("kano-chart-reading"),
            kind: ChartKind::Scatter,
            x: Axis::new(self.say("kano-axis-worse"), SHARE),
            y: Axis::new(self.say("kano-axis-better"), SHARE),
            series: vec![Series {
                name: self.say("kano-column-feature"),
                points: self.answer.features.iter().filter_map(point).collect(),
            }],
            marks: vec![
                half(On::X, "kano-half-worse"),
                half(On::Y, "kano-half-better"),
            ],
        }
    }

    fn shares(&self) -> Table {
        let row = |feature: &Feature| {
            let shares = feature.kano.shares.iter();
            std::iter::once(Cell::text(self.feature(feature)))
                .chain(shares.map(|of| Cell::estimate(&of.share, &SHARE, self.words)))
                .collect()
        };
        let categories = Category::ALL.into_iter();
        Table {
            title: self.say("kano-shares"),
            reading: self.say("kano-shares-reading"),
            columns: std::iter::once(TableColumn::text(self.say("kano-column-feature")))
                .chain(categories.map(|category| TableColumn::number(self.category(category))))
                .collect(),
            rows: self.answer.features.iter().map(row).collect(),
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let list = |names: Vec<String>| ("features", self.words.list(&names).into());
        if !answer.features.is_empty() {
            sheet.note(NoteKind::Reading, self.say("kano-note-sorts"));
            answer.own_brand.note(self.words, sheet);
            answer.survey.note(self.words, sheet);
        }
        let is_odd = |feature: &&Feature| {
            let share = |category: Category| feature.kano.shares[category as usize].share.value;
            share(Category::Reverse) + share(Category::Questionable) > MANY_ODD
        };
        let odd: Vec<String> = (answer.features.iter().filter(is_odd))
            .map(|feature| self.feature(feature))
            .collect();
        if !odd.is_empty() {
            sheet.note(
                NoteKind::Uncertain,
                self.tell("kano-note-odd", &[list(odd)]),
            );
        }
        if !answer.unknown_wordings.is_empty() {
            let wordings: Vec<String> = answer
                .unknown_wordings
                .iter()
                .map(|wording| {
                    format!("“{}” ({})", wording.text, self.words.count(wording.answers))
                })
                .collect();
            sheet.note(
                NoteKind::LeftOut,
                self.tell(
                    "kano-note-unknown-wordings",
                    &[("wordings", self.words.list(&wordings).into())],
                ),
            );
        }
        if !answer.asked_in_part.is_empty() {
            let names = answer.asked_in_part.iter();
            let names = names
                .map(|name| dimension_label(name, self.words))
                .collect();
            sheet.note(
                NoteKind::Missing,
                self.tell("kano-note-in-part", &[list(names)]),
            );
        }
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
