//! What changes: read from `convenience=+1` or `price=-5%`, else each dimension a point better.

use worth_model::perceived::ScoreMove;

use super::answer::{Change, Exchange};
use crate::answers::{DimensionName, Kind, Layout, PRICE, same};
use crate::error::Error;

/// Scores are on 1..10.
const MOST_POINTS: f64 = 9.0;

impl Change {
    /// Reads one change.
    pub(super) fn read(
        text: &str,
        layout: &Layout,
        exchange: Option<Exchange>,
    ) -> Result<Self, Error> {
        let unreadable = || {
            let known = layout.dimensions.iter();
            let known = known.map(|name| format!("{}=+1", name.dimension));
            Error::NotAChoice {
                parameter: "change",
                given: text.into(),
                choices: known
                    .chain([format!("{PRICE}=-5%")])
                    .collect::<Vec<_>>()
                    .join(", "),
            }
        };
        let (name, amount) = text.split_once('=').ok_or_else(unreadable)?;
        let mut known = layout.dimensions.iter();
        let name = known
            .find(|known| same(&known.dimension, name))
            .ok_or_else(unreadable)?;
        let number = amount.trim().trim_end_matches('%');
        let number: f64 = number.trim().parse().map_err(|_| unreadable())?;
        if !amount.trim().ends_with('%') {
            Error::in_range("change", number, -MOST_POINTS, MOST_POINTS)?;
            return Ok(Self::of_points(name, number));
        }
        if !name.is_price() {
            return Err(unreadable());
        }
        Error::in_range("change", number, -90.0, 100.0)?;
        Ok(Self::of_percent(name, number, exchange))
    }

    /// As it is read.
    pub(super) fn written(&self) -> String {
        let amount = match (self.percent, self.points) {
            (Some(percent), _) => format!("{percent:+}%"),
            (None, points) => format!("{:+}", points.unwrap_or_default()),
        };
        format!("{}={amount}", self.name.dimension)
    }

    /// So many points more.
    pub(super) fn of_points(name: &DimensionName, points: f64) -> Self {
        Self {
            name: name.clone(),
            points: Some(points),
            percent: None,
        }
    }

    /// So many percent more of the price.
    pub(super) fn of_percent(
        name: &DimensionName,
        percent: f64,
        exchange: Option<Exchange>,
    ) -> Self {
        Self {
            name: name.clone(),
            points: exchange.map(|exchange| percent * exchange.points_per_percent.value),
            percent: Some(percent),
        }
    }

    /// A point more of a benefit, or less of a cost.
    pub(crate) fn better(name: &DimensionName) -> Self {
        Self::of_points(name, better(name))
    }
}

/// The direction in which more value lies.
pub(crate) fn better(name: &DimensionName) -> f64 {
    match name.kind {
        Kind::Benefit => 1.0,
        Kind::Cost => -1.0,
    }
}

/// The moves of scores that changes of a brand are; none when one is of unknown size.
pub(super) fn moves(changes: &[Change], brand: usize, layout: &Layout) -> Option<Vec<ScoreMove>> {
    let of = |change: &Change| {
        let mut names = layout.dimensions.iter();
        Some(ScoreMove {
            brand,
            dimension: names.position(|name| *name == change.name)?,
            by: change.points?,
        })
    };
    changes.iter().map(of).collect()
}
