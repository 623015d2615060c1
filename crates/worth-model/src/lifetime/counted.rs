//! Histories put in order for fitting: grouped by number of purchases, equal rows counted once.
//!
//! The likelihood has parts that depend on the number of purchases alone; with rows grouped by it
//! they are computed once per group. Data in whole days repeat themselves a lot: ten million
//! customers are often a few hundred thousand distinct rows. Where they do not (times to the
//! second), sorting them out would cost more than it saves, so a sample is looked at first.

use super::histories::CheckedHistories;
use crate::parallel::CHUNK;

/// Below this many rows they are always sorted.
const ALWAYS_SORT: usize = 50_000;
/// Rows whose key hashes into one of this many classes are looked at for repetitions: equal rows
/// fall into the same class, so the share of distinct ones is that of all rows.
const CLASSES: u64 = 64;
/// Counting pays when at most this share of the rows is distinct.
const WORTHWHILE: f64 = 0.7;

/// Rows with one number of purchases.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// Repeat purchases of every row here.
    pub(crate) frequency: f64,
    /// Customers here.
    pub(crate) customers: f64,
}

/// Up to [`CHUNK`] rows of one group: the unit of parallel work.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) group: usize,
    pub(crate) rows: std::ops::Range<usize>,
}

/// Histories grouped by number of purchases, in rescaled time.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    /// In rising order of frequency.
    pub(crate) groups: Vec<Group>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) recency: Vec<f64>,
    pub(crate) age: Vec<f64>,
    /// Absent when every row stands for one customer.
    pub(crate) weight: Option<Vec<f64>>,
    /// `above[j]`: customers with more than `j` repeat purchases.
    pub(crate) above: Vec<f64>,
    pub(crate) customers: f64,
    pub(crate) purchases: f64,
    /// Sum of the logarithms of the times between purchases, if they are known.
    pub(crate) log_gaps: Option<f64>,
}

#[derive(Clone, Copy)]
struct Row {
    frequency: f64,
    recency: f64,
    age: f64,
    weight: f64,
}

impl Row {
    /// Sorts by value: all numbers are finite and not negative, so their bits sort like them.
    fn key(&self) -> (u64, u64, u64) {
        (
            self.frequency.to_bits(),
            self.age.to_bits(),
            self.recency.to_bits(),
        )
    }

    fn class(&self) -> u64 {
        let (x, age, recency) = self.key();
        let mixed =
            (x ^ age.rotate_left(21) ^ recency.rotate_left(42)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32 & (CLASSES - 1)
    }
}

impl Counted {
    /// Groups and counts the rows of `histories`, with times divided by `unit`.
    pub(crate) fn new(histories: &CheckedHistories<'_>, unit: f64) -> Self {
        let columns = histories.rows();
        let mut rows: Vec<Row> = (0..histories.len())
            .map(|row| Row {
                // Adding zero turns -0 into 0, whose bits differ.
                frequency: columns.frequency[row] + 0.0,
                recency: columns.recency[row] / unit + 0.0,
                age: columns.age[row] / unit + 0.0,
                weight: histories.weight_of(row),
            })
            .filter(|row| row.weight > 0.0)
            .collect();
        if rows.len() <= ALWAYS_SORT || repeats_itself(&rows) {
            rows.sort_unstable_by_key(|row| (row.key(), row.weight.to_bits()));
            rows.dedup_by(|next, kept| {
                let same = next.key() == kept.key();
                if same {
                    kept.weight += next.weight;
                }
                same
            });
        } else {
            rows.sort_by_key(|row| row.frequency.to_bits());
        }
        let log_gaps = histories.log_gaps();
        let in_unit = |log_gaps: f64| log_gaps - histories.repeat_purchases() * unit.ln();
        Self::from_sorted(&rows, log_gaps.map(in_unit))
    }

    fn from_sorted(rows: &[Row], log_gaps: Option<f64>) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let mut pieces: Vec<Piece> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let is_new = groups
                .last()
                .is_none_or(|group| group.frequency != row.frequency);
            if is_new {
                groups.push(Group {
                    frequency: row.frequency,
                    customers: 0.0,
                });
            }
            let group = groups.len() - 1;
            groups[group].customers += row.weight;
            match pieces.last_mut() {
                Some(piece) if !is_new && piece.rows.len() < CHUNK => piece.rows.end = index + 1,
                _ => pieces.push(Piece {
                    group,
                    rows: index..index + 1,
                }),
            }
        }
        let weighted = rows.iter().any(|row| row.weight != 1.0);
        Self {
            above: customers_above(&groups),
            customers: groups.iter().map(|group| group.customers).sum(),
            purchases: groups
                .iter()
                .map(|group| group.customers * group.frequency)
                .sum(),
            groups,
            pieces,
            recency: rows.iter().map(|row| row.recency).collect(),
            age: rows.iter().map(|row| row.age).collect(),
            log_gaps,
            weight: weighted.then(|| rows.iter().map(|row| row.weight).collect()),
        }
    }

    /// Number of distinct rows.
    pub(crate) fn len(&self) -> usize {
        self.age.len()
    }

    /// Number of terms of a likelihood: one per distinct row and one per number of purchases.
    pub(crate) fn terms(&self) -> usize {
        self.len() + self.above.len()
    }

    /// Every `step`-th row: a stratified sample to start from.
    pub(crate) fn thinned(&self, step: usize) -> Self {
        let rows: Vec<Row> = self
            .pieces
            .iter()
            .flat_map(|piece| piece.rows.clone().map(move |row| (piece.group, row)))
            .filter(|(_, row)| row % step == step / 2)
            .map(|(group, row)| Row {
                frequency: self.groups[group].frequency,
                recency: self.recency[row],
                age: self.age[row],
                weight: self.weight_of(row),
            })
            .collect();
        Self::from_sorted(&rows, None)
    }

    /// Sum over all purchases of the logarithm of the customer's recency.
    pub(crate) fn log_recencies(&self) -> f64 {
        let repeats = |piece: &&Piece| self.groups[piece.group].frequency > 0.0;
        let of_piece = |piece: &Piece| {
            let of_row = |row: usize| self.weight_of(row) * self.recency[row].ln();
            self.groups[piece.group].frequency * piece.rows.clone().map(of_row).sum::<f64>()
        };
        self.pieces.iter().filter(repeats).map(of_piece).sum()
    }

    pub(crate) fn weight_of(&self, row: usize) -> f64 {
        self.weight.as_ref().map_or(1.0, |weight| weight[row])
    }
}

fn repeats_itself(rows: &[Row]) -> bool {
    let mut keys: Vec<_> = rows
        .iter()
        .filter(|row| row.class() == 0)
        .map(Row::key)
        .collect();
    let looked_at = keys.len();
    keys.sort_unstable();
    keys.dedup();
    (keys.len() as f64) < WORTHWHILE * looked_at as f64
}

/// Customers with more than 0, 1, 2 … repeat purchases, to the largest number there is.
fn customers_above(groups: &[Group]) -> Vec<f64> {
    let most = groups.last().map_or(0, |group| group.frequency as usize);
    let mut above = vec![0.0; most];
    let mut later = groups.len();
    let mut customers = 0.0;
    for j in (0..most).rev() {
        while later > 0 && groups[later - 1].frequency as usize > j {
            later -= 1;
            customers += groups[later].customers;
        }
        above[j] = customers;
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Histories;

    #[test]
    fn equal_rows_are_counted_once() {
        let histories = Histories {
            frequency: &[2.0, 0.0, 2.0, 0.0, 1.0],
            recency: &[3.0, 0.0, 3.0, 0.0, 1.0],
            age: &[4.0, 6.0, 4.0, 5.0, 2.0],
            weight: Some(&[1.0, 1.0, 2.0, 1.0, 1.0]),
            ..Histories::default()
        };
        let counted = Counted::new(&histories.check().expect("valid"), 1.0);
        assert_eq!(counted.age, [5.0, 6.0, 2.0, 4.0]);
        assert_eq!(counted.weight, Some(vec![1.0, 1.0, 1.0, 3.0]));
        assert_eq!(counted.above, [4.0, 3.0]);
        assert_eq!((counted.customers, counted.purchases), (6.0, 7.0));
    }

    #[test]
    fn many_rows_of_whole_days_are_counted_and_many_exact_ones_are_left() {
        let rows = ALWAYS_SORT + 1;
        let zero = vec![0.0; rows];
        let days: Vec<f64> = (0..rows).map(|row| (row % 300) as f64).collect();
        let exact: Vec<f64> = (0..rows).map(|row| row as f64 * 0.37).collect();
        let count = |age: &[f64]| {
            let histories = Histories {
                frequency: &zero,
                recency: &zero,
                age,
                ..Histories::default()
            };
            Counted::new(&histories.check().expect("valid"), 1.0).len()
        };
        assert_eq!(count(&days), 300);
        assert_eq!(count(&exact), rows);
    }
}
