//! Who met one kind of trouble, entry by entry: what `why` tells of a pain point.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;

use super::Trouble;
use super::done::{Done, statement};
use super::places::{Actions, Places};
use super::waits::Waits;
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::steps::{Case, Grain, Named, Span};

const FOUND: &str = statement!("found.sql");
const DOING: &str = "looking for who met trouble";

/// What is looked for.
pub(crate) struct Sought<'a> {
    pub(crate) trouble: Trouble,
    /// Everywhere when absent.
    pub(crate) place: Option<&'a str>,
    /// What places are told apart by.
    pub(crate) by: Grain,
    /// Waits that are longer are long; what is usual at a place when absent.
    pub(crate) wait: Option<Span>,
    pub(crate) case: Case,
    /// Whose entries are all wanted.
    pub(crate) customer: Option<&'a str>,
}

/// What was found.
pub(crate) struct Found {
    pub(crate) named: Named,
    /// By action of `named` how often it was met.
    pub(crate) of_action: Vec<u64>,
    /// Who met it, in order.
    pub(crate) people: Vec<FoundPerson>,
    /// Everything that the customer did, in the order of time.
    pub(crate) entries: Vec<FoundEntry>,
    /// Whether the one whose entries they are is a customer.
    pub(crate) is_customer_sought: bool,
}

/// Someone who met it.
pub(crate) struct FoundPerson {
    pub(crate) id: String,
    pub(crate) is_customer: bool,
    pub(crate) times: u64,
    /// Microseconds since 1970-01-01.
    pub(crate) first_at: i64,
    pub(crate) last_at: i64,
}

/// Something that the customer did.
pub(crate) struct FoundEntry {
    pub(crate) at: i64,
    /// In `named`.
    pub(crate) action: usize,
    pub(crate) is_met: bool,
}

impl Found {
    /// # Errors
    ///
    /// [`Error::NotAChoice`] when there is no such place.
    pub(crate) async fn read(
        context: &Context,
        observation: &Observation,
        sought: &Sought<'_>,
    ) -> Result<Self, Error> {
        let named = Named::read(context, observation).await?;
        let places = Places::of(&named, sought.by);
        let place = sought.place.map(|place| places.called(place)).transpose()?;
        let done = Done::of(context, observation, sought.case);
        let waits = Waits::read(context, &done, &places, sought.wait).await?;
        let customer = sought.customer.unwrap_or_default();
        let further = ("customer", ScalarValue::from(customer));
        let mut batches = done.rows(FOUND, &[further], DOING).await?;
        let mut of_action = vec![0; named.actions.len()];
        let (mut people, mut entries) = (Vec::<FoundPerson>::new(), Vec::new());
        let mut is_customer_sought = true;
        let mut key = String::new();
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            let texts = |name| text(&batch, name).as_string_view().clone();
            let [ids, customers, troubles] = ["person", "customer_id", "trouble"].map(texts);
            let actions = Actions::of(&batch);
            let times = column(&batch, "at").as_primitive::<TimestampMicrosecondType>();
            let of_wait = column(&batch, "wait").as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let (action, there) = places.find(&actions, row, &mut key);
                let trouble = troubles.is_valid(row).then(|| troubles.value(row));
                let wait = of_wait.is_valid(row).then(|| of_wait.value(row));
                let mut met = waits.met(trouble, wait, &named.actions[action], there);
                let is_met = place.is_none_or(|place| place == there)
                    && met.any(|trouble| trouble == sought.trouble);
                let (id, is_customer) = (ids.value(row), customers.is_valid(row));
                let at = times.value(row);
                if sought.customer == Some(id) {
                    is_customer_sought = is_customer;
                    entries.push(FoundEntry { at, action, is_met });
                }
                if !is_met {
                    continue;
                }
                of_action[action] += 1;
                match people.last_mut() {
                    Some(last) if last.id == id && last.is_customer == is_customer => {
                        last.times += 1;
                        last.last_at = at;
                    }
                    _ => people.push(FoundPerson {
                        id: id.to_owned(),
                        is_customer,
                        times: 1,
                        first_at: at,
                        last_at: at,
                    }),
                }
            }
        }
        Ok(Self {
            of_action,
            people,
            entries,
            is_customer_sought,
            named,
        })
    }
}
