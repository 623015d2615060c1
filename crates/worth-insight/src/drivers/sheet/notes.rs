//! How far to trust it, what was left out and what is missing.

use worth_model::drivers::{Concern, Missing, Orders};

use super::Teller;
use crate::answers::dimension_label;
use crate::drivers::Outcome;
use crate::drivers::answer::Explained;
use crate::sheet::{NoteKind, Sheet};

impl Teller<'_> {
    pub(super) fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        if let Some(explained) = &answer.explained {
            self.how_to_read(explained, sheet);
        }
        for concern in &answer.concerns {
            sheet.note(NoteKind::Uncertain, self.concern(concern));
        }
        if let Some(smallest) = answer.smallest_correlation {
            let correlation = self.words.number(smallest, 2);
            sheet.note(
                NoteKind::Uncertain,
                self.tell(
                    "drivers-note-smallest",
                    &[("correlation", correlation.into())],
                ),
            );
        }
        self.who_counts(sheet);
        if !answer.drivers.is_empty() {
            answer.own_brand.note(self.words, sheet);
            answer.survey.note(self.words, sheet);
        }
        for (names, kind, id) in [
            (
                &answer.never_asked,
                NoteKind::Missing,
                "drivers-note-never-asked",
            ),
            (&answer.too_many, NoteKind::LeftOut, "drivers-note-too-many"),
        ] {
            if !names.is_empty() {
                let names = names.iter().map(|name| dimension_label(name, self.words));
                let names = self.words.list(&names.collect::<Vec<_>>());
                sheet.note(kind, self.tell(id, &[("dimensions", names.into())]));
            }
        }
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    fn how_to_read(&self, explained: &Explained, sheet: &mut Sheet) {
        sheet.note(NoteKind::Uncertain, self.say("drivers-note-not-cause"));
        sheet.note(NoteKind::Reading, self.say("drivers-note-turned"));
        let agreement = explained.agreement;
        let told = [
            ("drivers-agreement-johnson", agreement.relative_weights),
            ("drivers-agreement-standardised", agreement.coefficients),
            ("drivers-agreement-net", agreement.elastic_net),
        ];
        let told: Vec<String> = told
            .into_iter()
            .filter_map(|(id, agrees)| {
                let agrees = self.words.number(agrees?, 2);
                Some(self.tell(id, &[("agrees", agrees.into())]))
            })
            .collect();
        if !told.is_empty() {
            let methods = [("methods", self.words.list(&told).into())];
            sheet.note(
                NoteKind::Reading,
                self.tell("drivers-note-agreement", &methods),
            );
        }
        if let Some(agrees) = self.answer.stated_and_derived {
            let agrees = [("agrees", self.words.number(agrees, 2).into())];
            sheet.note(NoteKind::Reading, self.tell("drivers-note-stated", &agrees));
        }
        if let Orders::Sampled { standard_error, .. } = explained.orders {
            let error = [("error", self.words.percent(standard_error, 2).into())];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("drivers-note-sampled", &error),
            );
        }
    }

    /// Who was asked, who counts, and why others do not.
    fn who_counts(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let Some(who) = answer.respondents else {
            return;
        };
        let variables = [
            ("asked", who.asked.into()),
            ("used", who.used.into()),
            ("without", who.without_outcome.into()),
            ("incomplete", who.incomplete.into()),
        ];
        sheet.note(
            NoteKind::LeftOut,
            self.tell("drivers-note-respondents", &variables),
        );
        if answer.missing == Missing::Pairwise {
            sheet.note(NoteKind::Uncertain, self.say("drivers-note-pairwise"));
        }
        if answer.of == Outcome::ObservedRepurchase {
            let variables = [
                ("strangers", answer.not_customers.into()),
                ("early", answer.days_not_over.into()),
                ("days", answer.days.unwrap_or_default().into()),
            ];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("drivers-note-observed", &variables),
            );
        }
    }

    fn concern(&self, concern: &Concern) -> String {
        let named = |places: &[usize]| {
            let drivers = places.iter().map(|&place| &self.answer.drivers[place]);
            let names: Vec<String> = drivers.map(|driver| self.name(driver)).collect();
            self.words.list(&names)
        };
        match concern {
            Concern::TooFew { effective, needed } => {
                let variables = [
                    ("effective", self.words.number(*effective, 0).into()),
                    ("needed", (*needed as u64).into()),
                ];
                self.tell("drivers-concern-too-few", &variables)
            }
            Concern::ConstantOutcome => self.say("drivers-concern-constant-outcome"),
            Concern::Constant { drivers } => {
                let drivers = [("dimensions", named(drivers).into())];
                self.tell("drivers-concern-constant", &drivers)
            }
            Concern::Collinear {
                driver,
                follows_from,
            } => {
                let variables = [
                    ("dimension", named(&[*driver]).into()),
                    ("others", named(follows_from).into()),
                ];
                self.tell("drivers-concern-collinear", &variables)
            }
            Concern::NeverTogether => self.say("drivers-concern-never-together"),
            Concern::Reconciled => self.say("drivers-concern-reconciled"),
            Concern::NothingExplained { p_value } => {
                let p_value = [("p_value", self.words.number(*p_value, 2).into())];
                self.tell("drivers-concern-nothing-explained", &p_value)
            }
            Concern::OneSided { yes } => {
                let yes = [("yes", self.words.percent(*yes, 0).into())];
                self.tell("drivers-concern-one-sided", &yes)
            }
        }
    }
}
