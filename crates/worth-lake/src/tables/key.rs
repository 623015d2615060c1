//! The key of a fact: 128 bits of hash over its source and whatever identifies it.
//!
//! xxh3-128 is not cryptographic: a person who owns the source could make two facts collide,
//! and would only hurt themselves. By accident, 50 million facts collide with a chance of about
//! 4 in 10²⁴ (birthday bound, n² / 2¹²⁹).

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, FixedSizeBinaryArray, FixedSizeBinaryBuilder,
};
use datafusion::arrow::datatypes::{
    DataType, Decimal128Type, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType,
    UInt64Type,
};
use twox_hash::xxhash3_128::Hasher;

use super::ROW_KEY_BYTES;
use crate::error::Error;

/// One part of a key. The parts keep their borders and kinds: `("ab", "c")` is another key than
/// `("a", "bc")`, and an absent part another than an empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The row has no value there.
    Absent,
    /// Text, as it is.
    Text(&'a str),
    /// A whole number: a count, a decimal's unscaled value, microseconds since 1970.
    Number(i128),
}

/// The key of the fact that `parts` identify; its source is the first of them.
///
/// ```
/// use worth_lake::tables::{row_key, Part};
/// let first = row_key([Part::Text("shop"), Part::Text("A-1"), Part::Number(1)]);
/// let second = row_key([Part::Text("shop"), Part::Text("A-1"), Part::Number(2)]);
/// assert_ne!(first, second);
/// ```
pub fn row_key<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> [u8; 16] {
    let mut bytes = Vec::with_capacity(64);
    for part in parts {
        push(&mut bytes, part);
    }
    digest(&bytes)
}

/// The keys of many rows at once: row `i`'s parts are the `i`-th values of `columns`, the first
/// of which is the source. Text, whole numbers, decimals, times and real numbers can be parts.
///
/// Errors: [`Error::Column`] for a column of another type.
pub fn row_keys(columns: &[ArrayRef]) -> Result<FixedSizeBinaryArray, Error> {
    let readers = columns
        .iter()
        .map(Reader::new)
        .collect::<Result<Vec<_>, _>>()?;
    let rows = columns.first().map_or(0, |column| column.len());
    let mut keys = FixedSizeBinaryBuilder::with_capacity(rows, ROW_KEY_BYTES);
    let mut bytes = Vec::with_capacity(64);
    for row in 0..rows {
        bytes.clear();
        for reader in &readers {
            push(&mut bytes, reader.part(row));
        }
        keys.append_value(digest(&bytes))
            .expect("a digest has the bytes of a key");
    }
    Ok(keys.finish())
}

fn push(bytes: &mut Vec<u8>, part: Part<'_>) {
    match part {
        Part::Absent => bytes.push(0),
        Part::Text(text) => {
            bytes.push(1);
            bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        Part::Number(number) => {
            bytes.push(2);
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }
}

fn digest(bytes: &[u8]) -> [u8; 16] {
    Hasher::oneshot(bytes).to_be_bytes()
}

/// A column whose values can be parts of a key.
enum Reader<'a> {
    Text(&'a datafusion::arrow::array::StringArray),
    Count(&'a datafusion::arrow::array::Int64Array),
    Place(&'a datafusion::arrow::array::UInt64Array),
    Money(&'a datafusion::arrow::array::Decimal128Array),
    Time(&'a datafusion::arrow::array::TimestampMicrosecondArray),
    Real(&'a datafusion::arrow::array::Float64Array),
}

impl<'a> Reader<'a> {
    fn new(column: &'a ArrayRef) -> Result<Self, Error> {
        Ok(match column.data_type() {
            DataType::Utf8 => Reader::Text(column.as_string()),
            DataType::Int64 => Reader::Count(column.as_primitive::<Int64Type>()),
            DataType::UInt64 => Reader::Place(column.as_primitive::<UInt64Type>()),
            DataType::Decimal128(_, _) => Reader::Money(column.as_primitive::<Decimal128Type>()),
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                Reader::Time(column.as_primitive::<TimestampMicrosecondType>())
            }
            DataType::Float64 => Reader::Real(column.as_primitive::<Float64Type>()),
            other => {
                return Err(Error::Column {
                    table: "a row key".to_owned(),
                    column: "part".to_owned(),
                    problem: format!(
                        "{other} cannot be part of a key; text, numbers and times can"
                    ),
                });
            }
        })
    }

    fn part(&self, row: usize) -> Part<'a> {
        match self {
            Reader::Text(values) if values.is_valid(row) => Part::Text(values.value(row)),
            Reader::Count(values) if values.is_valid(row) => Part::Number(values.value(row).into()),
            Reader::Place(values) if values.is_valid(row) => Part::Number(values.value(row).into()),
            Reader::Money(values) if values.is_valid(row) => Part::Number(values.value(row)),
            Reader::Time(values) if values.is_valid(row) => Part::Number(values.value(row).into()),
            Reader::Real(values) if values.is_valid(row) => {
                Part::Number(values.value(row).to_bits().into())
            }
            _ => Part::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{Int64Array, StringArray};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn borders_and_absence_count() {
        let key = |parts: &[Part<'_>]| row_key(parts.iter().copied());
        assert_ne!(
            key(&[Part::Text("ab"), Part::Text("c")]),
            key(&[Part::Text("a"), Part::Text("bc")])
        );
        assert_ne!(key(&[Part::Text("")]), key(&[Part::Absent]));
        assert_ne!(
            key(&[Part::Absent, Part::Text("x")]),
            key(&[Part::Text("x"), Part::Absent])
        );
    }

    #[test]
    fn the_key_never_changes() {
        // Keys are stored: another value here would make every known fact a new one.
        let key = row_key([
            Part::Text("shop"),
            Part::Text("A-1"),
            Part::Number(1),
            Part::Absent,
        ]);
        assert_eq!(u128::from_be_bytes(key), STORED);
    }

    const STORED: u128 = 317_745_172_101_894_921_383_384_332_512_719_192_073;

    proptest! {
        #[test]
        fn columns_give_the_keys_of_their_rows(
            rows in proptest::collection::vec((any::<String>(), proptest::option::of(any::<i64>())), 0..20)
        ) {
            let text: ArrayRef = Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row.0)));
            let count: ArrayRef = Arc::new(Int64Array::from_iter(rows.iter().map(|row| row.1)));
            let keys = row_keys(&[text, count]).expect("both can be parts");
            for (place, (text, count)) in rows.iter().enumerate() {
                let count = count.map_or(Part::Absent, |count| Part::Number(count.into()));
                prop_assert_eq!(keys.value(place), row_key([Part::Text(text), count]));
            }
        }
    }
}
