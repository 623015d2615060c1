//! Where customers stand: one pass over all of them for statuses, probabilities of still buying, and
//! who is on a list.

use worth_model::{Estimate, Method};

use super::List;
use super::answer::{AliveBin, Slipping, Status, StatusRule, Statuses};
use super::forecast::{Forecaster, Outlook};
use super::history::Histories;

/// Bins of P(alive).
const ALIVE_BINS: usize = 10;
/// Customers that are predicted at once, to bound memory.
const CHUNK: usize = 1 << 20;

/// What the pass finds.
pub(super) struct Standing {
    /// Customers by status.
    pub statuses: Statuses,
    /// Who is slipping away.
    pub slipping: Slipping,
    /// Customers by P(alive).
    pub p_alive: Vec<AliveBin>,
    /// Sum of P(alive).
    pub active: Estimate,
    /// The same of customers who bought once.
    pub active_once: Estimate,
    /// Sum of expected purchases.
    pub purchases: Estimate,
    /// Rows of the customers of the list's status, the most valuable first; none when it is everyone.
    pub chosen: Vec<u32>,
}

impl Standing {
    /// Passes over all customers once; `None` without a model.
    pub(super) fn of(
        forecaster: &Forecaster,
        histories: &Histories,
        list: List,
        level: f64,
    ) -> Option<Self> {
        let mut pass = Pass::new(forecaster.rule, list);
        for start in (0..histories.len()).step_by(CHUNK) {
            let rows: Vec<usize> = (start..histories.len().min(start + CHUNK)).collect();
            let outlooks = forecaster.outlooks(histories, &rows)?;
            for (row, outlook) in rows.into_iter().zip(&outlooks) {
                pass.add(row, histories, outlook);
            }
        }
        let slipping: Vec<usize> = pass.slipping.iter().map(|&row| row as usize).collect();
        let expected = forecaster
            .total(histories, &slipping)
            .map(|total| total.value);
        Some(pass.finish(expected, level))
    }
}

/// The pass on its way. Sums run over customers in the order of their ids.
struct Pass {
    statuses: Statuses,
    bins: Vec<AliveBin>,
    /// Sums are value, low and high.
    active: [f64; 3],
    active_once: [f64; 3],
    purchases: [f64; 3],
    /// Rows.
    slipping: Vec<u32>,
    revenue: Option<f64>,
    at_stake: Option<[f64; 3]>,
    list: List,
    /// Value and row.
    chosen: Vec<(f64, u32)>,
}

impl Pass {
    fn new(rule: StatusRule, list: List) -> Self {
        let bin = |place: usize| AliveBin {
            from: place as f64 / ALIVE_BINS as f64,
            to: (place + 1) as f64 / ALIVE_BINS as f64,
            repeat_customers: 0,
            once: 0,
        };
        Self {
            statuses: Statuses {
                rule,
                ..Statuses::default()
            },
            bins: (0..ALIVE_BINS).map(bin).collect(),
            active: [0.0; 3],
            active_once: [0.0; 3],
            purchases: [0.0; 3],
            slipping: Vec::new(),
            revenue: Some(0.0),
            at_stake: Some([0.0; 3]),
            list,
            chosen: Vec::new(),
        }
    }

    fn add(&mut self, row: usize, histories: &Histories, outlook: &Outlook) {
        let count = match outlook.status {
            Status::Active => &mut self.statuses.active,
            Status::Slipping => &mut self.statuses.slipping,
            Status::Gone => &mut self.statuses.gone,
            Status::New => &mut self.statuses.new,
            Status::Once => &mut self.statuses.once,
        };
        *count += 1;
        add(&mut self.active, outlook.p_alive);
        add(&mut self.purchases, outlook.purchases);
        let place = (outlook.p_alive[0] * ALIVE_BINS as f64) as usize;
        let bin = &mut self.bins[place.min(ALIVE_BINS - 1)];
        if histories.repeats[row] > 0 {
            bin.repeat_customers += 1;
        } else {
            bin.once += 1;
            add(&mut self.active_once, outlook.p_alive);
        }
        if outlook.status == Status::Slipping {
            self.slipping.push(row as u32);
            let revenue = histories.dated.as_ref().map(|dated| dated.revenue[row]);
            self.revenue = self.revenue.zip(revenue).map(|(sum, more)| sum + more);
            self.at_stake = self
                .at_stake
                .zip(outlook.stake_ends())
                .map(|(mut sums, ends)| {
                    add(&mut sums, ends);
                    sums
                });
        }
        if self.list.status() == Some(outlook.status) {
            let worth = match outlook.status {
                Status::Slipping => outlook.at_stake(),
                _ => outlook.value.map(|value| value[0]),
            };
            self.chosen
                .push((worth.unwrap_or(outlook.purchases[0]), row as u32));
        }
    }

    fn finish(mut self, expected: Option<Estimate>, level: f64) -> Standing {
        self.chosen
            .sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // What is not known of the parameters moves all customers together: ends add up.
        let together = |[value, low, high]: [f64; 3]| {
            Estimate::between(value, low, high, level, Method::Delta)
        };
        Standing {
            slipping: Slipping {
                customers: self.slipping.len() as u64,
                revenue: self.revenue,
                expected,
                at_stake: self.at_stake.map(together),
            },
            active: together(self.active),
            active_once: together(self.active_once),
            purchases: together(self.purchases),
            statuses: self.statuses,
            p_alive: self.bins,
            chosen: self.chosen.into_iter().map(|(_, row)| row).collect(),
        }
    }
}

fn add(sums: &mut [f64; 3], more: [f64; 3]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}
