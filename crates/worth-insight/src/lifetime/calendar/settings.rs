//! The section `[calendar]` of worth.toml: which days may be busier or quieter than others.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use worth_model::calendar::Window;

use super::feasts::{Chosen, FEASTS, Feast};
use crate::columns::day_of;

/// More own events than anyone can look through.
const MOST_PROMOTIONS: usize = 100;
/// Days around an event that may belong to it: a year.
const FARTHEST: i32 = 366;

/// What the section says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CalendarSection {
    /// Names of feasts; those that are usual in the country when absent.
    feasts: Option<Vec<Chosen>>,
    /// Days of the business's own: sales, anniversaries, fairs.
    #[serde(deserialize_with = "few")]
    promotions: Vec<Promotion>,
}

/// Days of the business's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
struct Promotion {
    name: String,
    /// Rising.
    days: Vec<i32>,
    window: Window,
}

/// A promotion as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    days: Vec<Date>,
    #[serde(default)]
    from_days: i32,
    #[serde(default)]
    until_days: i32,
}

impl TryFrom<Written> for Promotion {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written {
            name,
            from_days: from,
            until_days: until,
            ..
        } = written;
        if name.trim().is_empty() || Feast::named(&name).is_some() {
            return Err(format!(
                "a promotion needs a name of its own, not {name:?}; feasts belong in `feasts`"
            ));
        }
        if written.days.is_empty() {
            return Err(format!(
                "the promotion {name:?} needs days: days = [\"2025-06-15\"]"
            ));
        }
        if from > until || from < -FARTHEST || until > FARTHEST {
            return Err(format!(
                "the promotion {name:?} goes from_days = {from} to until_days = {until}; expected \
                 {} to {FARTHEST}, the first before the last",
                -FARTHEST
            ));
        }
        let mut days: Vec<i32> = written.days.into_iter().map(day_of).collect();
        days.sort_unstable();
        days.dedup();
        let window = Window { from, until };
        Ok(Self { name, days, window })
    }
}

fn few<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Promotion>, D::Error> {
    let promotions = Vec::deserialize(deserializer)?;
    if promotions.len() > MOST_PROMOTIONS {
        let given = promotions.len();
        let problem =
            format!("{given} promotions are too many; keep the {MOST_PROMOTIONS} largest");
        return Err(D::Error::custom(problem));
    }
    Ok(promotions)
}

/// Something that comes again, with its days and those around them.
pub(super) struct Dates {
    pub(super) name: String,
    /// Rising.
    pub(super) days: Vec<i32>,
    pub(super) windows: Vec<Window>,
}

impl CalendarSection {
    /// All events, with their days in a period.
    pub(super) fn dates(&self, is_vietnamese: bool, within: RangeInclusive<i32>) -> Vec<Dates> {
        let chosen = match &self.feasts {
            Some(feasts) => feasts.clone(),
            None => Feast::usual(is_vietnamese),
        };
        let is_chosen = |feast: &&Feast| chosen.iter().any(|Chosen(one)| one == feast);
        let feasts = FEASTS.iter().filter(is_chosen).map(|feast| Dates {
            name: feast.name.to_owned(),
            days: feast.days(within.clone()),
            windows: feast.windows().to_vec(),
        });
        let promotions = self.promotions.iter().map(|promotion| Dates {
            name: promotion.name.clone(),
            days: promotion.days.clone(),
            windows: vec![promotion.window],
        });
        feasts.chain(promotions).collect()
    }
}
