//! How likely each number of purchases of a customer is: the chance of having left, and the numbers of
//! who has not, over the phases in which the customer may be.
//!
//! What an alive customer has ahead depends on the number of purchases and the age alone. Customers
//! who share both, one after the other, share the work.

use super::law::{Law, Prospect};

/// Numbers of purchases that are looked at first; doubled until they are nearly all there is.
const FIRST: usize = 16;
/// No customer is given more, not even one that is a till.
const MOST: usize = 1 << 17;

/// Probabilities of 0, 1, 2 … purchases within a time, one customer after the other.
pub(super) struct CountDistribution<'a, P> {
    parameters: &'a P,
    time: f64,
    /// The number of purchases and the age that `if_alive` is for.
    key: Option<(f64, f64)>,
    /// By phase, all of one length.
    if_alive: Vec<Vec<f64>>,
    mixed: Vec<f64>,
}

impl<'a, P> CountDistribution<'a, P> {
    pub(super) fn new<const D: usize>(parameters: &'a P, time: f64) -> Self
    where
        P: Law<D>,
    {
        Self {
            parameters,
            time,
            key: None,
            if_alive: vec![Vec::new(); parameters.phases()],
            mixed: Vec::new(),
        }
    }

    /// Of so many numbers, for a customer with this frequency, recency and age.
    pub(super) fn of<const D: usize>(&mut self, history: (f64, f64, f64), length: usize) -> &[f64]
    where
        P: Law<D>,
    {
        let (frequency, recency, age) = history;
        let parameters = self.parameters;
        if self.key != Some((frequency, age)) || self.if_alive[0].len() < length {
            self.key = Some((frequency, age));
            for (phase, counts) in self.if_alive.iter_mut().enumerate() {
                counts.resize(length, 0.0);
                let prospect = parameters.if_alive(phase, frequency, age);
                prospect.counts(self.time, counts);
            }
        }
        let alive = parameters.alive(frequency, recency, age);
        self.mixed.clear();
        self.mixed.resize(length, 0.0);
        self.mixed[0] = 1.0 - alive;
        parameters.each_phase(frequency, recency, age, |phase, share, _| {
            let weight = alive * share;
            for (sum, probability) in self.mixed.iter_mut().zip(&self.if_alive[phase]) {
                *sum += weight * probability;
            }
        });
        &self.mixed
    }

    /// Of as many as it takes to reach `most` in sum.
    pub(super) fn until<const D: usize>(&mut self, history: (f64, f64, f64), most: f64) -> &[f64]
    where
        P: Law<D>,
    {
        let mut length = FIRST;
        while length < MOST && self.of(history, length).iter().sum::<f64>() < most {
            length *= 2;
        }
        &self.mixed
    }
}
