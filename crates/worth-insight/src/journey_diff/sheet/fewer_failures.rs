//! What journeys would be like if something failed less often, with what that rests on.

use worth_model::Changed;

use super::{NUMBER, SHARE, Teller};
use crate::journey_diff::answer::{FewerFailures, Journeys, Kept, NotSimulated};
use crate::sheet::{Block, Cell, Headline, NoteKind, Sheet, Table, TableColumn, Tone};
use crate::words::{Unit, Value};

/// So far off from what was counted, the simulation of today is no good.
const FAR_OFF: f64 = 0.1;

impl Teller<'_> {
    /// "What if fewer payments failed?"
    pub(super) fn if_fewer_failed(&self, simulated: &FewerFailures) -> Headline {
        let says = match &simulated.journeys {
            Journeys::Known(told) => {
                let reaching = &told.reaching;
                let [before, after] = [&reaching.before, &reaching.after]
                    .map(|share| self.words.value(share, &SHARE));
                let change = self.words.estimate(&reaching.change, &Unit::SharePoints);
                let id = match before == after {
                    true => "journey-diff-if-as-many",
                    false if reaching.change.value < 0.0 => "journey-diff-if-fewer",
                    false => "journey-diff-if",
                };
                let variables = [
                    ("share", Value::from(self.words.percent(simulated.share, 0))),
                    ("place", simulated.place.as_str().into()),
                    ("goal", simulated.goal.as_str().into()),
                    ("before", before.into()),
                    ("after", after.into()),
                    ("change", change.into()),
                ];
                let failures = &told.failures_per_journey;
                let failures = [&failures.before, &failures.after];
                let [before, after] = failures.map(|count| self.words.value(count, &NUMBER));
                let failures = [("before", Value::from(before)), ("after", after.into())];
                let failures = self.tell("journey-diff-if-failures", &failures);
                [self.tell(id, &variables), failures].join(" ")
            }
            Journeys::Unknown(why) => {
                let id = match why {
                    NotSimulated::NothingFailed => "journey-diff-if-nothing-failed",
                    NotSimulated::NothingWentWell => "journey-diff-if-nothing-went-well",
                    NotSimulated::NeverEnds => "journey-diff-if-never-ends",
                };
                self.tell(id, &[("place", simulated.place.as_str().into())])
            }
        };
        Headline {
            asks: self.tell(
                "journey-diff-asks-if",
                &[("place", simulated.place.as_str().into())],
            ),
            says: match &simulated.kept {
                Some(kept) => [says, self.kept(kept)].join(" "),
                None => says,
            },
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    /// What it would keep, as `friction` has it.
    fn kept(&self, kept: &Kept) -> String {
        let Kept::Known {
            customers,
            value,
            is_revenue,
            ..
        } = kept
        else {
            return self.say("journey-diff-kept-unknown");
        };
        let value = value.map(|value| {
            let id = match is_revenue {
                true => "journey-diff-kept-revenue",
                false => "journey-diff-kept-value",
            };
            let value = self.words.estimate(&value, &self.money());
            self.tell(id, &[("value", value.into())])
        });
        let customers = self.words.estimate(customers, &Unit::Count);
        let variables = [
            ("customers", Value::from(customers)),
            ("value", value.unwrap_or_default().into()),
        ];
        self.tell("journey-diff-kept", &variables).trim_end().into()
    }

    /// Today and then, and what it rests on.
    pub(super) fn fewer_failures(&self, simulated: &FewerFailures, sheet: &mut Sheet) {
        let Journeys::Known(told) = &simulated.journeys else {
            return;
        };
        let place = ("place", Value::from(simulated.place.as_str()));
        let goal = ("goal", Value::from(simulated.goal.as_str()));
        let row = |id: &str, changed: &Changed, [unit, of_change]: [&Unit; 2]| {
            let told = self.tell(
                &format!("journey-diff-then-{id}"),
                &[place.clone(), goal.clone()],
            );
            vec![
                Cell::text(told),
                Cell::estimate(&changed.before, unit, self.words),
                Cell::estimate(&changed.after, unit, self.words),
                Cell::estimate(&changed.change, of_change, self.words),
            ]
        };
        let number = |id: &str| TableColumn::number(self.say(&format!("journey-diff-column-{id}")));
        sheet.push(Block::Table(Table {
            title: self.tell("journey-diff-table-then", std::slice::from_ref(&place)),
            reading: self.say("journey-diff-table-then-reading"),
            columns: vec![
                TableColumn::text(self.say("journey-diff-column-what")),
                number("today"),
                number("then"),
                number("change"),
            ],
            rows: vec![
                row("reaching", &told.reaching, [&SHARE, &Unit::SharePoints]),
                row("steps", &told.steps_per_journey, [&NUMBER; 2]),
                row("failures", &told.failures_per_journey, [&NUMBER; 2]),
            ],
        }));
        let share = ("share", Value::from(self.words.percent(simulated.share, 0)));
        let assumed = self.tell("journey-diff-note-assumes", &[place, share]);
        sheet.note(NoteKind::Uncertain, assumed);
        let simulated_today = &told.reaching.before;
        let counted = told.counted_reaching;
        let variables = [
            goal,
            (
                "simulated",
                self.words.value(simulated_today, &SHARE).into(),
            ),
            ("counted", self.words.in_unit(counted, &SHARE).into()),
        ];
        let off = (simulated_today.value - counted).abs();
        let (id, kind) = match off > FAR_OFF * counted {
            true => ("journey-diff-note-far-off", NoteKind::Uncertain),
            false => ("journey-diff-note-near", NoteKind::Reading),
        };
        sheet.note(kind, self.tell(id, &variables));
        if matches!(simulated.kept, Some(Kept::Known { .. })) {
            sheet.note(NoteKind::Uncertain, self.say("journey-diff-note-kept"));
        }
    }
}
