//! The most frequent values of a column in bounded memory.
//!
//! While there are few different values they are all counted exactly. Beyond that each batch's
//! counts are merged into a summary that keeps the largest and lowers all by the first that is
//! dropped, so that every count is too low by a known amount at most (Agarwal and others,
//! "Mergeable Summaries", PODS 2012, Misra-Gries).

use std::collections::HashMap;

use twox_hash::XxHash3_128;

use super::FREQUENT_VALUES;

/// Bytes of a value that are kept for showing.
const SHOWN_BYTES: usize = 200;

/// Counts the values of one column.
#[derive(Debug, Default)]
pub(super) struct Frequent {
    counts: HashMap<u64, Counted>,
    /// By how much a count may be too low; zero while counts are exact.
    error: u64,
    overflown: bool,
    batch: Batch,
}

#[derive(Debug)]
struct Counted {
    count: u64,
    value: Box<str>,
}

/// Open addressing over the values of one batch; `count` 0 is a free place.
#[derive(Debug, Default)]
struct Batch {
    slots: Vec<Slot>,
    used: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u64,
    count: u32,
    row: u32,
}

impl Batch {
    /// Makes room for the values of a batch.
    fn begin(&mut self, rows: usize) {
        let wanted = (rows * 2).next_power_of_two().max(16);
        if self.slots.len() < wanted {
            self.slots = vec![Slot::default(); wanted];
            self.used.clear();
        }
    }

    fn add(&mut self, hash: u64, row: u32) {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let slot = &mut self.slots[place];
            if slot.count == 0 {
                *slot = Slot {
                    hash,
                    count: 1,
                    row,
                };
                self.used.push(place as u32);
                return;
            }
            if slot.hash == hash {
                slot.count += 1;
                return;
            }
            place = (place + 1) & mask;
        }
    }

    fn clear(&mut self) {
        for &place in &self.used {
            self.slots[place as usize].count = 0;
        }
        self.used.clear();
    }
}

impl Frequent {
    /// Counts the filled values of a batch; `value_at` gives the value of a row again. Tells
    /// `each` different value of the batch with its count, so that whatever else is to be known
    /// of it is found out once.
    pub(super) fn add_batch<'a>(
        &mut self,
        values: impl ExactSizeIterator<Item = Option<&'a str>>,
        value_at: impl Fn(usize) -> &'a str,
        mut each: impl FnMut(&'a str, u64),
    ) {
        self.batch.begin(values.len());
        for (row, value) in values.enumerate() {
            if let Some(value) = value {
                let hash = XxHash3_128::oneshot(value.as_bytes()) as u64;
                self.batch.add(hash, row as u32);
            }
        }
        for &place in &self.batch.used {
            let slot = self.batch.slots[place as usize];
            each(value_at(slot.row as usize), u64::from(slot.count));
        }
        self.merge(value_at);
        self.batch.clear();
    }

    fn merge<'a>(&mut self, value_at: impl Fn(usize) -> &'a str) {
        let fresh: Vec<Slot> = {
            let counts = &mut self.counts;
            let slots = &self.batch.slots;
            let unknown = self.batch.used.iter().map(|&place| slots[place as usize]);
            unknown
                .filter(|slot| match counts.get_mut(&slot.hash) {
                    Some(known) => {
                        known.count += u64::from(slot.count);
                        false
                    }
                    None => true,
                })
                .collect()
        };
        let lowered = self.first_dropped(&fresh);
        if lowered > 0 {
            self.overflown = true;
            self.error += lowered;
            self.counts.retain(|_, known| {
                known.count = known.count.saturating_sub(lowered);
                known.count > 0
            });
        }
        for slot in fresh.iter().filter(|slot| u64::from(slot.count) > lowered) {
            let count = u64::from(slot.count) - lowered;
            let value = shown(value_at(slot.row as usize)).into();
            self.counts.insert(slot.hash, Counted { count, value });
        }
    }

    /// The largest count that no longer has a place, or zero.
    fn first_dropped(&self, fresh: &[Slot]) -> u64 {
        if self.counts.len() + fresh.len() <= FREQUENT_VALUES {
            return 0;
        }
        let known = self.counts.values().map(|known| known.count);
        let mut all: Vec<u64> = known
            .chain(fresh.iter().map(|slot| u64::from(slot.count)))
            .collect();
        let (_, dropped, _) =
            all.select_nth_unstable_by(FREQUENT_VALUES, |one, other| other.cmp(one));
        *dropped
    }

    /// Different values, when there are few.
    pub(super) fn distinct(&self) -> Option<u64> {
        (!self.overflown).then_some(self.counts.len() as u64)
    }

    /// By how much each count may be too low.
    pub(super) fn error(&self) -> u64 {
        self.error
    }

    /// Values with their counts, most frequent first.
    pub(super) fn into_values(self) -> Vec<(String, u64)> {
        let mut values: Vec<(String, u64)> = self
            .counts
            .into_values()
            .map(|known| (known.value.into(), known.count))
            .collect();
        values.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        values
    }
}

fn shown(value: &str) -> &str {
    let end = (0..=SHOWN_BYTES.min(value.len()))
        .rev()
        .find(|&end| value.is_char_boundary(end));
    &value[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(batches: &[Vec<String>]) -> Frequent {
        let mut frequent = Frequent::default();
        for batch in batches {
            frequent.add_batch(
                batch.iter().map(|value| Some(value.as_str())),
                |row| &batch[row],
                |_, _| {},
            );
        }
        frequent
    }

    #[test]
    fn few_values_are_counted_exactly() {
        let batch: Vec<String> = (0..3_000).map(|row| format!("v{}", row % 999)).collect();
        let frequent = count(&[batch.clone(), batch]);
        assert_eq!((frequent.distinct(), frequent.error()), (Some(999), 0));
        let values = frequent.into_values();
        assert_eq!(values[0], ("v0".to_owned(), 8));
        assert_eq!(values.iter().map(|value| value.1).sum::<u64>(), 6_000);
    }

    #[test]
    fn one_value_among_many_is_found_and_its_count_is_nearly_right() {
        // One id in 40 stands for all guests; every other id is new.
        let batches: Vec<Vec<String>> = (0..20)
            .map(|batch| {
                (0..10_000)
                    .map(|row| match row % 40 {
                        7 => "guest".to_owned(),
                        _ => format!("{batch}-{row}"),
                    })
                    .collect()
            })
            .collect();
        let frequent = count(&batches);
        let error = frequent.error();
        assert_eq!(frequent.distinct(), None);
        let values = frequent.into_values();
        assert_eq!(values[0].0, "guest");
        assert!(
            values[0].1 <= 5_000 && values[0].1 + error >= 5_000,
            "{values:?} {error}"
        );
        assert!(error <= 200_000 / FREQUENT_VALUES as u64, "{error}");
    }
}
