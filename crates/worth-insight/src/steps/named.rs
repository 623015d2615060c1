//! What actions are called: as the tables have them, by the rules of `[journey]` in `worth.toml`.

use std::collections::HashMap;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Int64Type;

use super::{JourneySettings, StepKind, StepTable, clean};
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;

const KINDS: &str = include_str!("kinds.sql");
const DOING: &str = "reading what actions are called";

/// What an action is called, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) table: StepTable,
    /// What the tables call it: what it can take hangs on that.
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) stage: Option<String>,
    pub(crate) touchpoint: Option<String>,
}

/// What all actions are called.
pub(crate) struct Named {
    /// All kinds of actions.
    pub(crate) actions: Vec<Action>,
    /// By [`write_key`] a place in `actions`.
    places: HashMap<String, usize>,
}

/// An action as the tables have it: table, name, stage, touchpoint.
pub(crate) type Raw<'a> = [Option<&'a str>; 4];

impl Named {
    /// Of the snapshot, whatever the period.
    pub(crate) async fn read(context: &Context, observation: &Observation) -> Result<Self, Error> {
        let settings: JourneySettings = context.section("journey")?;
        let frame = observation.query(KINDS, &[]).await?;
        let batches = frame.collect().await.map_err(Error::engine(DOING))?;
        let mut places = HashMap::new();
        let mut kinds: Vec<(StepKind, u64)> = Vec::new();
        for batch in &batches {
            let described =
                ["from_table", "name", "stage", "touchpoint"].map(|name| text(batch, name));
            let counts = column(batch, "rows_of_kind").as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let raw = described.each_ref().map(|column| {
                    let texts = column.as_string_view();
                    texts.is_valid(row).then(|| texts.value(row))
                });
                let mut key = String::new();
                write_key(raw, &mut key);
                places.insert(key, kinds.len());
                let [table, name, stage, touchpoint] = raw;
                let kind = StepKind {
                    table: table_named(table),
                    name: name.unwrap_or_default().to_owned(),
                    stage: stage.map(str::to_owned),
                    touchpoint: touchpoint.map(str::to_owned),
                    channel: None,
                    outcome: None,
                };
                kinds.push((kind, counts.value(row) as u64));
            }
        }
        let before: Vec<String> = kinds.iter().map(|(kind, _)| kind.name.clone()).collect();
        clean(&mut kinds, &settings);
        let named = before.into_iter().zip(kinds);
        let actions = named.map(|(before, (kind, _))| Action {
            table: kind.table,
            kind: before,
            name: kind.name,
            stage: kind.stage,
            touchpoint: kind.touchpoint,
        });
        Ok(Self {
            actions: actions.collect(),
            places,
        })
    }

    /// What an action of the same snapshot is called, as [`Named::place`] finds it.
    pub(crate) fn action(&self, raw: Raw<'_>, key: &mut String) -> &Action {
        &self.actions[self.place(raw, key)]
    }

    /// The place among the actions of one of the same snapshot. `key`: whose room is used again.
    pub(crate) fn place(&self, raw: Raw<'_>, key: &mut String) -> usize {
        key.clear();
        write_key(raw, key);
        let place = self.places.get(key.as_str());
        *place.expect("the statement beside the code finds every kind of action")
    }
}

/// One text of four; none of them has the signs in between.
fn write_key(raw: Raw<'_>, key: &mut String) {
    for text in raw {
        key.push_str(text.unwrap_or("\u{1}"));
        key.push('\u{2}');
    }
}

fn table_named(name: Option<&str>) -> StepTable {
    let mut tables = StepTable::ALL.into_iter();
    let table = tables.find(|table| Some(table.name()) == name);
    table.expect("the statement beside the code names tables")
}
