//! Sums and maps over many rows whose result does not depend on the number of threads.
//!
//! Rows are cut into chunks of a fixed size, chunks are worked on in parallel, and their results
//! are put together in the order of the chunks: floating-point addition is not associative, a
//! fixed order of additions makes it repeatable.

use std::ops::Range;

use rayon::prelude::*;

/// Rows per chunk.
pub(crate) const CHUNK: usize = 4096;

/// Calls `work` on each item and returns the results in order. Below a chunk of rows in all items
/// together, sharing the work would cost more than it saves.
pub(crate) fn each<I: Sync, T: Send>(
    items: &[I],
    rows: usize,
    work: impl Fn(&I) -> T + Sync + Send,
) -> Vec<T> {
    if rows <= CHUNK {
        items.iter().map(work).collect()
    } else {
        items.par_iter().map(work).collect()
    }
}

/// Calls `work` on each range of at most [`CHUNK`] rows and returns the results in order.
pub(crate) fn chunks<T: Send>(rows: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let count = rows.div_ceil(CHUNK);
    let range = |index: usize| index * CHUNK..((index + 1) * CHUNK).min(rows);
    if count <= 1 {
        return (0..count).map(|index| work(range(index))).collect();
    }
    (0..count)
        .into_par_iter()
        .map(|index| work(range(index)))
        .collect()
}

/// The same for items that are rows of different numbers themselves: ranges of items with about
/// [`CHUNK`] rows or more together.
pub(crate) fn blocks<T: Send>(
    rows_of: impl IntoIterator<Item = usize>,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let mut ranges = Vec::new();
    let (mut start, mut rows, mut items) = (0, 0, 0);
    for more in rows_of {
        rows += more;
        items += 1;
        if rows >= CHUNK {
            ranges.push(start..items);
            (start, rows) = (items, 0);
        }
    }
    if start < items {
        ranges.push(start..items);
    }
    ranges.into_par_iter().map(&work).collect()
}
