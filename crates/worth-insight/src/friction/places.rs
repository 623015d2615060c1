//! Where actions are taken, as closely as somebody asked.

use std::collections::BTreeSet;

use datafusion::arrow::array::{Array, AsArray, RecordBatch, StringViewArray};

use crate::columns::text;
use crate::error::Error;
use crate::steps::{Action, Grain, Named, Raw};

/// Places, and which action is taken where.
pub(super) struct Places<'a> {
    pub(super) named: &'a Named,
    /// In byte order.
    pub(super) names: Vec<&'a str>,
    /// By action a place in `names`.
    of_action: Vec<usize>,
}

/// Actions of a batch of rows: table and name in one, stage, touchpoint.
pub(super) struct Actions {
    described: [StringViewArray; 3],
}

impl<'a> Places<'a> {
    pub(super) fn of(named: &'a Named, by: Grain) -> Self {
        let actions = named.actions.iter();
        let labels: Vec<&str> = actions.map(|action| label(action, by)).collect();
        let names: BTreeSet<&str> = labels.iter().copied().collect();
        let names: Vec<&str> = names.into_iter().collect();
        let place_of = |label: &&str| names.binary_search(label).expect("all labels are places");
        Self {
            of_action: labels.iter().map(place_of).collect(),
            names,
            named,
        }
    }

    /// What was done in a row, among the actions that are named, and where. `key`: whose room is used again.
    pub(super) fn find(&self, actions: &Actions, row: usize, key: &mut String) -> (usize, usize) {
        let action = self.named.place(actions.raw(row), key);
        (action, self.of_action[action])
    }

    /// The place of that name.
    ///
    /// # Errors
    ///
    /// [`Error::NotAChoice`] when there is none.
    pub(super) fn called(&self, name: &str) -> Result<usize, Error> {
        const MOST_NAMES: usize = 30;
        self.names
            .binary_search(&name)
            .map_err(|_| Error::NotAChoice {
                parameter: "place",
                given: name.into(),
                choices: self.names[..self.names.len().min(MOST_NAMES)].join(", "),
            })
    }
}

impl Actions {
    pub(super) fn of(batch: &RecordBatch) -> Self {
        let described = ["action", "stage", "touchpoint"];
        Self {
            described: described.map(|name| text(batch, name).as_string_view().clone()),
        }
    }

    /// As the tables have it.
    fn raw(&self, row: usize) -> Raw<'_> {
        let described = self.described.each_ref();
        let [action, stage, touchpoint] =
            described.map(|texts| texts.is_valid(row).then(|| texts.value(row)));
        let (table, name) = action.and_then(|action| action.split_once('/')).unzip();
        [table, name, stage, touchpoint]
    }
}

/// Where an action was taken: what has no touchpoint or stage is a place of its own.
fn label(action: &Action, by: Grain) -> &str {
    let place = match by {
        Grain::Name => None,
        Grain::Touchpoint => action.touchpoint.as_deref(),
        Grain::Stage => action.stage.as_deref(),
    };
    place.unwrap_or(&action.name)
}
