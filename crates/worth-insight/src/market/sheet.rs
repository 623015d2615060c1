//! What to show of the market: the map, where each brand is strong, who could change, and each group.

use std::cmp::Ordering;

use worth_model::Estimate;

use super::answer::{BrandPlace, GroupPlace, Lead, Leaning, MarketAnswer};
use crate::answers::{completing_table, dimension_label, respondents_cell};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Figure, Headline, Map, NoteKind, Place, Sheet, Slope, Table, TableColumn,
    Tone, positive, side,
};
use crate::teller;
use crate::words::{Unit, Words};

/// Ratios are shown to the hundredth.
const RATIO: Unit = Unit::Number { decimals: 2 };
/// Points that an ellipse is drawn with.
const OUTLINE: usize = 72;

impl Present for MarketAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("market-title"));
        sheet.nothing_to_tell = self.cannot_tell.is_some();
        sheet.headlines = vec![teller.headline()];
        if self.cannot_tell.is_none() {
            sheet.push(Block::Map(teller.map()));
            sheet.push(Block::Table(teller.places()));
            teller.heads(&mut sheet);
            teller.switching(&mut sheet);
            teller.groups(&mut sheet);
            teller.notes(&mut sheet);
        }
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, MarketAnswer>;

impl Teller<'_> {
    /// "Where do we stand in the market?"
    fn headline(&self) -> Headline {
        let brand = self.answer.own_brand.name.as_str();
        let respondents = self.words.count(self.answer.respondents);
        let told = [
            ("brand", brand.into()),
            ("respondents", respondents.as_str().into()),
        ];
        let (says, tone) = match self.answer.cannot_tell {
            Some(why) => (
                self.tell(&format!("market-cannot-{}", why.name()), &told),
                Tone::Plain,
            ),
            None => self.says(),
        };
        Headline {
            asks: self.say("market-asks"),
            says,
            tone,
            figures: self.figures(),
        }
    }

    fn says(&self) -> (String, Tone) {
        let own = &self.answer.brands[0];
        let advantage = own.advantage.expect("without a place there is a reason");
        let side = side(&advantage, 0.0);
        let (id, tone) = match side {
            _ if advantage.ends().is_none() => ("market-says-few", Tone::Plain),
            Ordering::Greater => ("market-says-better", Tone::Good),
            Ordering::Less => ("market-says-worse", Tone::Bad),
            Ordering::Equal => ("market-says-even", Tone::Plain),
        };
        let share = Unit::Share { decimals: 0 };
        let percent = self.words.estimate(&positive(&advantage), &share);
        let respondents = self.words.count(own.respondents);
        let variables = [
            ("brand", own.brand.as_str().into()),
            ("percent", percent.as_str().into()),
            ("respondents", respondents.as_str().into()),
        ];
        let mut says = vec![self.tell(id, &variables)];
        says.extend(self.extreme("market-says-strongest", Ordering::Greater));
        says.extend(self.extreme("market-says-weakest", Ordering::Less));
        (says.join(" "), tone)
    }

    /// The lead (or the trail) of which the nearer end of the interval is farthest from 0.
    fn extreme(&self, id: &str, wanted: Ordering) -> Option<String> {
        let surely = |lead: &Lead| {
            let (low, high) = lead.points.ends()?;
            Some(match wanted {
                Ordering::Less => -high,
                _ => low,
            })
        };
        let leads = self.answer.head_to_head.iter().flat_map(|against| {
            let of = against
                .leads
                .iter()
                .filter(|lead| side(&lead.points, 0.0) == wanted);
            of.map(|lead| (against.competitor.as_str(), lead))
        });
        let (competitor, lead) = leads.max_by(|(_, one), (_, other)| {
            surely(one)
                .partial_cmp(&surely(other))
                .unwrap_or(Ordering::Equal)
        })?;
        let points = self.words.estimate(&positive(&lead.points), &Unit::Points);
        let dimension = dimension_label(&lead.name, self.words);
        let variables = [
            ("dimension", dimension.as_str().into()),
            ("competitor", competitor.into()),
            ("points", points.as_str().into()),
        ];
        Some(self.tell(id, &variables))
    }

    fn figures(&self) -> Vec<Figure> {
        let Some(own) = self.answer.brands.first() else {
            return Vec::new();
        };
        let price = self.price_id();
        let wanted = [
            ("market-quality", own.quality, Tone::Plain),
            (price, own.price, Tone::Plain),
            (
                "market-advantage",
                own.advantage,
                own.advantage
                    .map_or(Tone::Plain, |advantage| Tone::of(&advantage, 0.0)),
            ),
        ];
        let told = wanted.into_iter().filter_map(|(id, estimate, tone)| {
            let reading = self.say(&format!("{id}-reading"));
            let figure = Figure::new(self.say(id), &estimate?, &RATIO, reading, self.words);
            Some(figure.with_tone(tone))
        });
        told.collect()
    }

    fn price_id(&self) -> &'static str {
        if self.answer.axes.prices.is_empty() {
            "market-price-all"
        } else {
            "market-price"
        }
    }

    fn map(&self) -> Map {
        let place = |brand: &BrandPlace| {
            Some(Place {
                name: self.name(brand),
                x: brand.quality?,
                y: brand.price?,
                outline: brand
                    .ellipse
                    .map_or_else(Vec::new, |ellipse| ellipse.outline(OUTLINE)),
            })
        };
        let level = self.words.percent(self.answer.level, 0);
        Map {
            title: self.say("market-map"),
            reading: self.tell("market-map-reading", &[("level", level.as_str().into())]),
            x: Axis::new(self.say("market-quality"), RATIO),
            y: Axis::new(self.say(self.price_id()), RATIO),
            places: self.answer.brands.iter().filter_map(place).collect(),
            line: Some(Slope {
                through: [1.0, 1.0],
                rise: self.answer.axes.slope,
                label: self.say("market-map-line"),
            }),
        }
    }

    fn places(&self) -> Table {
        let row = |brand: &BrandPlace| {
            vec![
                Cell::text(self.name(brand)),
                respondents_cell(brand.respondents, brand.effective, self.words),
                self.ratio(brand.quality),
                self.ratio(brand.price),
                self.ratio(brand.advantage),
            ]
        };
        Table {
            title: self.say("market-places"),
            reading: self.say("market-places-reading"),
            columns: self.columns("market-brand"),
            rows: self.answer.brands.iter().map(row).collect(),
        }
    }

    fn columns(&self, first: &str) -> Vec<TableColumn> {
        let numbers = [
            "market-respondents",
            "market-quality",
            self.price_id(),
            "market-advantage",
        ];
        let numbers = numbers.map(|id| TableColumn::number(self.say(id)));
        std::iter::once(TableColumn::text(self.say(first)))
            .chain(numbers)
            .collect()
    }

    /// Leads over competitors, then images, each by dimension.
    fn heads(&self, sheet: &mut Sheet) {
        let leads: Vec<(&str, &[Lead])> = (self.answer.head_to_head.iter())
            .map(|against| (against.competitor.as_str(), against.leads.as_slice()))
            .collect();
        let names: Vec<String> = self
            .answer
            .brands
            .iter()
            .map(|brand| self.name(brand))
            .collect();
        let images: Vec<(&str, &[Lead])> = (self.answer.images.iter())
            .filter_map(|image| {
                let place = self
                    .answer
                    .brands
                    .iter()
                    .position(|of| of.brand == image.brand)?;
                Some((names[place].as_str(), image.dimensions.as_slice()))
            })
            .collect();
        if leads.is_empty() {
            return;
        }
        sheet.section(self.say("market-heads"), self.say("market-heads-about"));
        sheet.push(Block::Table(self.by_dimension("market-leads", &leads)));
        // of two brands one's image is the other's, turned round
        if images.len() > 2 {
            sheet.push(Block::Table(self.by_dimension("market-images", &images)));
        }
    }

    fn by_dimension(&self, id: &str, columns: &[(&str, &[Lead])]) -> Table {
        let mut names = Vec::new();
        for lead in columns.iter().flat_map(|(_, leads)| leads.iter()) {
            if !names.contains(&&lead.name) {
                names.push(&lead.name);
            }
        }
        let row = |name: &&_| {
            let cells = columns.iter().map(|(_, leads)| {
                let lead = leads.iter().find(|lead| lead.name == **name);
                lead.map_or(Cell::Empty, |lead| {
                    Cell::estimate(&lead.points, &RATIO, self.words)
                })
            });
            std::iter::once(Cell::text(dimension_label(name, self.words)))
                .chain(cells)
                .collect()
        };
        let titles = columns.iter().map(|(title, _)| TableColumn::number(*title));
        Table {
            title: self.say(id),
            reading: self.say(&format!("{id}-reading")),
            columns: std::iter::once(TableColumn::text(self.say("market-dimension")))
                .chain(titles)
                .collect(),
            rows: names.iter().map(row).collect(),
        }
    }

    fn switching(&self, sheet: &mut Sheet) {
        let Some(switching) = &self.answer.switching else {
            return sheet.note(NoteKind::Missing, self.say("market-no-usual"));
        };
        sheet.section(
            self.say("market-switching"),
            self.say("market-switching-about"),
        );
        for (id, leanings) in [
            ("market-could-come", &switching.could_come),
            ("market-could-go", &switching.could_go),
        ] {
            if !leanings.is_empty() {
                sheet.push(Block::Table(self.leanings(id, leanings)));
            }
        }
    }

    fn leanings(&self, id: &str, leanings: &[Leaning]) -> Table {
        let share = Unit::Share { decimals: 0 };
        let row = |leaning: &Leaning| {
            vec![
                Cell::text(&leaning.usual_brand),
                Cell::text(&leaning.other_brand),
                respondents_cell(leaning.respondents, leaning.effective, self.words),
                Cell::estimate(&leaning.prefer_other, &share, self.words),
            ]
        };
        Table {
            title: self.say(id),
            reading: self.say(&format!("{id}-reading")),
            columns: vec![
                TableColumn::text(self.say("market-usual")),
                TableColumn::text(self.say("market-other")),
                TableColumn::number(self.say("market-respondents")),
                TableColumn::number(self.say("market-share")),
            ],
            rows: leanings.iter().map(row).collect(),
        }
    }

    fn groups(&self, sheet: &mut Sheet) {
        let groups = &self.answer.groups;
        let Some(by) = self.answer.by.as_ref().filter(|_| !groups.is_empty()) else {
            return;
        };
        let row = |group: &GroupPlace| {
            let name = by.told(&group.group, self.words);
            vec![
                Cell::text(match group.small {
                    true => self.tell("market-small", &[("group", name.as_str().into())]),
                    false => name,
                }),
                respondents_cell(group.respondents, group.effective, self.words),
                self.ratio(group.quality),
                self.ratio(group.price),
                self.ratio(group.advantage),
            ]
        };
        sheet.section(self.say("market-groups"), self.say("market-groups-about"));
        sheet.push(Block::Table(Table {
            title: String::new(),
            reading: String::new(),
            columns: self.columns("market-group"),
            rows: self.answer.groups.iter().map(row).collect(),
        }));
    }

    fn notes(&self, sheet: &mut Sheet) {
        let axes = &self.answer.axes;
        let prices: Vec<String> = (axes.prices.iter())
            .map(|name| dimension_label(name, self.words))
            .collect();
        if prices.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("market-note-axes-all"));
        } else {
            let dimensions = self.words.list(&prices);
            let variables = [("dimensions", dimensions.as_str().into())];
            sheet.note(NoteKind::Reading, self.tell("market-note-axes", &variables));
        }
        let percent = self.words.percent(0.1 * axes.slope, 0);
        let quality = axes.quality_share.map(|share| self.words.percent(share, 0));
        let id = match quality {
            Some(_) => "market-note-line-asked",
            None => "market-note-line",
        };
        let variables = [
            ("percent", percent.as_str().into()),
            ("quality", quality.as_deref().unwrap_or_default().into()),
        ];
        sheet.note(NoteKind::Reading, self.tell(id, &variables));
        self.answer.own_brand.note(self.words, sheet);
        self.answer.survey.note(self.words, sheet);
        sheet.note(NoteKind::Uncertain, self.say("market-note-zero"));
        sheet.note(NoteKind::Uncertain, self.say("market-note-fans"));
        if !self.answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    fn name(&self, brand: &BrandPlace) -> String {
        match brand.own {
            true => self.tell("market-own", &[("brand", brand.brand.as_str().into())]),
            false => brand.brand.clone(),
        }
    }

    fn ratio(&self, estimate: Option<Estimate>) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, &RATIO, self.words)
        })
    }
}
