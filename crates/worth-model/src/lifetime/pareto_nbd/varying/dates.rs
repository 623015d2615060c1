//! When something happens: the next purchase, and a silence that says that a customer has left.
//!
//! As for models without covariates, each is the time at which a rising function of time and parameters
//! reaches a target, and its interval follows by differentiating that.

use super::ahead::Alive;
use super::customers::CheckedDatedHistories;
use super::fitted::FittedParetoNbdVarying;
use super::integral::Work;
use super::jet::Jet;
use super::path::Path;
use super::scene::{Scene, in_order};
use crate::error::{Error, require};
use crate::lifetime::Predicted;
use crate::lifetime::dates::{NEVER, PRECISION, STEP, root};
use crate::lifetime::predicted::around_positive;

/// A customer who has been silent for some time, and may have left.
#[derive(Clone, Copy)]
struct Silent<'a> {
    /// Somebody like this who has not left.
    alive: Alive<'a>,
    /// Logarithm of the likelihood of having left between the last purchase and the end of observation.
    gone: f64,
}

/// Room to work in.
struct Room {
    moved: Path,
    there: Jet,
    gone: Jet,
    work: Work,
}

impl FittedParetoNbdVarying {
    /// Time from the end of observation by which the next purchase of each customer comes with
    /// probability `share`: 0.5 for its median. Infinite for customers who with a larger probability
    /// never buy again.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] unless `share` is between 0 and 1, or when the customers have other covariates
    /// than the model.
    pub fn next_purchase_quantile(
        &self,
        customers: &CheckedDatedHistories<'_>,
        share: f64,
    ) -> Result<Predicted, Error> {
        check_share("share", share)?;
        self.times(customers, share, |silent, time, room| {
            let odds = silent.log_odds_gone(0.0, room);
            let mut none = [0.0];
            silent.alive.counts(time, &mut none);
            (1.0 - none[0]) / (1.0 + odds.exp())
        })
    }

    /// How much longer each customer may stay silent before being alive is less likely than
    /// `threshold`; 0 where it already is, infinite where no silence is long enough.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] unless `threshold` is between 0 and 1, or when the customers have other
    /// covariates than the model.
    pub fn silence_until(
        &self,
        customers: &CheckedDatedHistories<'_>,
        threshold: f64,
    ) -> Result<Predicted, Error> {
        check_share("threshold", threshold)?;
        let target = ((1.0 - threshold) / threshold).ln();
        self.times(customers, target, |silent, time, room| {
            silent.log_odds_gone(time, room)
        })
    }

    /// The time at which `reached`, which rises, is `target`.
    fn times(
        &self,
        customers: &CheckedDatedHistories<'_>,
        target: f64,
        reached: impl Fn(Silent<'_>, f64, &mut Room) -> f64 + Sync,
    ) -> Result<Predicted, Error> {
        let columns = customers.columns.histories.rows();
        let oldest = columns.age.iter().copied().fold(0.0, f64::max);
        let most = NEVER * (oldest + self.parameters.base.alpha);
        let scene = self.scene(customers, most)?;
        let missing =
            |silent: Silent<'_>, time: f64, room: &mut Room| reached(silent, time, room) - target;
        let parts = scene.customers.in_chunks(|groups| {
            let mut room = Room::new(scene.numbers.size());
            let mut path = Path::default();
            let mut times = Vec::new();
            for group in groups {
                let numbers = &scene.numbers;
                scene.customers.lay(&mut path, numbers, group, false);
                let path = &path;
                let alive = Alive {
                    numbers,
                    path,
                    group,
                };
                for row in scene.customers.rows(group.members.clone()) {
                    let since = columns.recency[row];
                    times.push((row, time(&scene, (alive, since), most, &missing, &mut room)));
                }
            }
            times
        });
        Ok(Predicted::from_parts(vec![in_order(parts)], self.level))
    }
}

/// `[value, low, high]` of the time, up to `most`, at which nothing is missing any more for someone
/// silent since a time of their path.
fn time(
    scene: &Scene<'_>,
    (alive, since): (Alive<'_>, f64),
    most: f64,
    missing: &impl Fn(Silent<'_>, f64, &mut Room) -> f64,
    room: &mut Room,
) -> [f64; 3] {
    let silent = Silent::new(alive, since, room);
    let time = root(
        |time| missing(silent, time, room),
        most / NEVER,
        most,
        PRECISION,
    );
    if time == 0.0 || time >= most {
        return [if time == 0.0 { 0.0 } else { f64::INFINITY }; 3];
    }
    let mut later = |step: f64| missing(silent, time * step.exp(), room);
    let rise = (later(STEP) - later(-STEP)) / (2.0 * STEP);
    let slope = scene.differences(|numbers| {
        let mut path = std::mem::take(&mut room.moved);
        scene.customers.lay(&mut path, numbers, alive.group, false);
        let moved = Alive {
            numbers,
            path: &path,
            ..alive
        };
        let left = missing(Silent::new(moved, since, room), time, room);
        room.moved = path;
        left
    });
    let error = scene.error(|i| slope[i]) / rise.max(f64::MIN_POSITIVE);
    around_positive(time, error, scene.reach)
}

impl Room {
    fn new(size: usize) -> Self {
        Self {
            moved: Path::default(),
            there: Jet::new(size, false),
            gone: Jet::new(size, false),
            work: Work::new(size, false),
        }
    }
}

impl<'a> Silent<'a> {
    fn new(alive: Alive<'a>, since: f64, room: &mut Room) -> Self {
        let silent = Self {
            alive,
            gone: f64::NEG_INFINITY,
        };
        Self {
            gone: silent.gone_by((since, alive.group.age), room),
            ..silent
        }
    }

    /// Logarithm of the likelihood of having left until now, or in another stretch of time.
    fn gone_by(&self, stretch: (f64, f64), Room { gone, work, .. }: &mut Room) -> f64 {
        let Alive {
            numbers,
            path,
            group,
        } = self.alive;
        gone.reset(self.gone);
        numbers.add_integral(path, &numbers.leaving(group.frequency), stretch, gone, work);
        gone.log
    }

    /// Logarithm of the odds that the customer has left by some time after the end of observation, silent
    /// until then.
    fn log_odds_gone(&self, time: f64, room: &mut Room) -> f64 {
        let Alive {
            numbers,
            path,
            group,
        } = self.alive;
        let until = group.age + time;
        let powers = numbers.there(group.frequency);
        numbers.at(path, [until; 2], powers, &mut room.there);
        self.gone_by((group.age, until), room) - room.there.log
    }
}

fn check_share(field: &'static str, share: f64) -> Result<(), Error> {
    let sensible = share > 0.0 && share < 1.0;
    require(sensible, field, share, "expected more than 0, less than 1")
}
