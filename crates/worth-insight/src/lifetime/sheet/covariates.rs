//! Which customers buy more often and stay longer, told apart by what was known on their first day.

use worth_model::Estimate;
use worth_model::lifetime::{ChiSquareTest, Model};

use super::{FACTOR, Teller};
use crate::lifetime::answer::{
    CovariateTold, CovariatesTold, LevelEffect, LevelTold, PurchaseModel,
};
use crate::sheet::{Block, Cell, NoteKind, Sheet, Table, TableColumn};
use crate::words::{Unit, Value};

impl Teller<'_> {
    /// The section on kinds of customers; nothing when all are taken as alike.
    pub(super) fn covariates(&self, sheet: &mut Sheet) {
        let Some(model) = &self.answer.model else {
            return;
        };
        let Some(told) = &model.covariates else {
            return;
        };
        let title = self.say("lifetime-section-covariates");
        sheet.section(title, self.say("lifetime-section-covariates-about"));
        for covariate in &told.covariates {
            sheet.push(Block::Table(self.levels(model, covariate)));
            sheet.note(NoteKind::Reading, self.says(covariate));
        }
        if let Some(test) = &told.likelihood_ratio
            && !self.is_sure(test)
        {
            let text = self.tell("lifetime-covariates-none", &[self.p_value(test)]);
            sheet.note(NoteKind::Uncertain, text);
        }
        sheet.note(NoteKind::Reading, self.say("lifetime-covariates-no-cause"));
        self.doubts(told, sheet);
    }

    fn levels(&self, model: &PurchaseModel, covariate: &CovariateTold) -> Table {
        let name = ("name", Value::from(self.segment_name(&covariate.name)));
        let first = covariate.levels.first();
        let compared_with = first.map(|first| first.level.told(self.words));
        let reference = [("reference", compared_with.unwrap_or_default().into())];
        let (rate, odds) = (
            "lifetime-covariates-reading-rate",
            "lifetime-covariates-reading-odds",
        );
        let new = self.tell("lifetime-covariates-new", &[("horizon", self.horizon())]);
        let row = |told: &LevelTold| {
            let [purchases, leaving] = self.factors(&told.effect);
            vec![
                Cell::text(told.level.told(self.words)),
                Cell::number(told.customers as f64, &Unit::Count, self.words),
                purchases,
                leaving,
                self.new_customer(told.new_customer.as_ref()),
            ]
        };
        Table {
            title: self.tell("lifetime-covariates-table", &[name]),
            reading: self.tell(by_leaving(model, rate, odds), &reference),
            columns: vec![
                TableColumn::text(self.segment_name(&covariate.name)),
                TableColumn::number(self.say("lifetime-status-column-customers")),
                TableColumn::number(self.say("lifetime-covariates-purchases")),
                TableColumn::number(self.say("lifetime-covariates-leaving")),
                TableColumn::number(new),
            ],
            rows: covariate.levels.iter().map(row).collect(),
        }
    }

    /// What a new customer brings.
    pub(super) fn new_customer(&self, new: Option<&Estimate>) -> Cell {
        match new {
            Some(new) => Cell::estimate(new, &self.money(), self.words),
            None => Cell::text(self.say("lifetime-covariates-not-known")),
        }
    }

    /// What a level does to buying and to leaving.
    fn factors(&self, effect: &LevelEffect) -> [Cell; 2] {
        let factor = |ratio: &Estimate| match ratio.ends() {
            Some(_) => Cell::estimate(ratio, &FACTOR, self.words),
            None => Cell::text(self.say("lifetime-covariates-not-known")),
        };
        let both = |id: &str| [id; 2].map(|id| Cell::text(self.say(id)));
        match effect {
            LevelEffect::ComparedWith => both("lifetime-covariates-compared-with"),
            LevelEffect::TooFew => both("lifetime-covariates-too-few"),
            LevelEffect::Inseparable => both("lifetime-covariates-inseparable"),
            LevelEffect::ToldApart { purchases, leaving } => [factor(purchases), factor(leaving)],
        }
    }

    /// In words what the covariate says, or that it says nothing.
    fn says(&self, covariate: &CovariateTold) -> String {
        let name = ("name", Value::from(self.segment_name(&covariate.name)));
        let Some(test) = &covariate.test else {
            return self.tell("lifetime-covariates-nobody", &[name]);
        };
        let variables = [name, self.p_value(test)];
        if !self.is_sure(test) {
            return self.tell("lifetime-covariates-not-shown", &variables);
        }
        let sentences: Vec<String> = [
            self.greatest(
                covariate,
                "lifetime-covariates-buy",
                |effect| match effect {
                    LevelEffect::ToldApart { purchases, .. } => Some(purchases),
                    _ => None,
                },
            ),
            self.greatest(
                covariate,
                "lifetime-covariates-leave",
                |effect| match effect {
                    LevelEffect::ToldApart { leaving, .. } => Some(leaving),
                    _ => None,
                },
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        if sentences.is_empty() {
            return self.tell("lifetime-covariates-only-together", &variables);
        }
        sentences.join(" ")
    }

    /// The greatest of the sure differences, in a sentence.
    fn greatest(
        &self,
        covariate: &CovariateTold,
        id: &str,
        ratio: fn(&LevelEffect) -> Option<&Estimate>,
    ) -> Option<String> {
        let (reference, others) = covariate.levels.split_first()?;
        let size = |ratio: &Estimate| ratio.value.ln().abs();
        let (level, ratio) = others
            .iter()
            .filter_map(|told| Some((&told.level, ratio(&told.effect)?)))
            .filter(|(_, ratio)| {
                ratio
                    .ends()
                    .is_some_and(|(low, high)| low > 1.0 || high < 1.0)
            })
            .max_by(|one, other| size(one.1).total_cmp(&size(other.1)))?;
        let variables = [
            ("name", self.segment_name(&covariate.name).into()),
            ("level", level.told(self.words).into()),
            ("reference", reference.level.told(self.words).into()),
            ("factor", self.words.estimate(ratio, &FACTOR).into()),
        ];
        Some(self.tell(id, &variables))
    }

    /// What speaks against relying on it.
    fn doubts(&self, told: &CovariatesTold, sheet: &mut Sheet) {
        let as_last_known: Vec<String> = (told.covariates.iter())
            .filter(|covariate| covariate.as_last_known)
            .map(|covariate| self.segment_name(&covariate.name))
            .collect();
        self.as_last_known(&as_last_known, sheet);
        if let Some(needed) = told.repeat_customers_needed {
            let variables = [
                ("repeat", self.answer.customers.repeat.into()),
                ("needed", needed.into()),
            ];
            let text = self.tell("lifetime-covariates-needed", &variables);
            sheet.note(NoteKind::Uncertain, text);
        }
    }

    /// That these segments are not as of the first day; nothing when there are none.
    pub(super) fn as_last_known(&self, segments: &[String], sheet: &mut Sheet) {
        if segments.is_empty() {
            return;
        }
        let names = self.words.list(segments);
        let text = self.tell("lifetime-covariates-last-known", &[("names", names.into())]);
        sheet.note(NoteKind::Uncertain, text);
    }

    /// Whether a test says more than chance would, at the level of the answer.
    fn is_sure(&self, test: &ChiSquareTest) -> bool {
        test.p_value < 1.0 - self.answer.assumptions.level
    }

    fn p_value(&self, test: &ChiSquareTest) -> (&'static str, Value<'static>) {
        ("p", self.words.p_value(test.p_value).into())
    }

    /// In the reader's language, where it has a name there.
    pub(super) fn segment_name(&self, segment: &str) -> String {
        let id = format!("lifetime-covariate-{}", segment.replace('_', "-"));
        match self.words.has(&id) {
            true => self.say(&id),
            false => segment.to_owned(),
        }
    }
}

/// Which sentence tells how readily customers leave: of a rate, or of odds after a purchase.
pub(super) fn by_leaving<'a>(model: &PurchaseModel, rate: &'a str, odds: &'a str) -> &'a str {
    match model.fitted.model() {
        Model::ParetoNbd | Model::GompertzNbd => rate,
        _ => odds,
    }
}
