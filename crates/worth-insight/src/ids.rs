//! Numbers in place of ids while rows stream in, and ids in byte order once all are known, so that the
//! order in which rows came cannot be seen in any result.

use hashbrown::HashMap;
use twox_hash::XxHash3_128;

/// Numbers ids in the order of their first arrival.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// By [`key_of`] the id.
    numbers: HashMap<u128, u32>,
    /// All ids, one after the other.
    text: String,
    /// Where each id ends in `text`.
    ends: Vec<usize>,
}

impl Ids {
    /// The number of an id, a new one when it was not met before. `key`: that of the id.
    pub(crate) fn number(&mut self, key: u128, id: &str) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            self.text.push_str(id);
            self.ends.push(self.text.len());
            (self.ends.len() - 1) as u32
        })
    }

    /// The id of a number.
    pub(crate) fn id(&self, number: u32) -> &str {
        slice(&self.text, &self.ends, number)
    }

    /// The ids whose numbers occur, in byte order, and for each number its place among them
    /// (`u32::MAX` when it does not occur).
    pub(crate) fn ranked(&self, occurring: impl Iterator<Item = u32>) -> (Vec<String>, Vec<u32>) {
        let mut occurs = vec![false; self.ends.len()];
        for number in occurring {
            occurs[number as usize] = true;
        }
        let id = |number: u32| self.id(number);
        let mut numbers: Vec<(u64, u32)> = (0..self.ends.len() as u32)
            .filter(|&number| occurs[number as usize])
            .map(|number| (first_bytes(id(number)), number))
            .collect();
        numbers.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
        let mut rank = vec![u32::MAX; self.ends.len()];
        for (place, &(_, number)) in numbers.iter().enumerate() {
            rank[number as usize] = place as u32;
        }
        let customers = numbers
            .iter()
            .map(|&(_, number)| id(number).to_owned())
            .collect();
        (customers, rank)
    }
}

/// What stands for an id while rows are gathered, so that comparing ids is comparing numbers.
///
/// Text of up to 12 bytes lies in its view whole (four bytes of length, then the text, then zeros),
/// so the view is the id. Longer text is hashed to 96 bits; two of ten million ids then fall together
/// with a probability under 10⁻¹⁵.
pub(crate) fn key_of<'a>(view: u128, id: impl FnOnce() -> &'a str) -> u128 {
    const LONGEST_INLINE: u32 = 12;
    if view as u32 <= LONGEST_INLINE {
        view
    } else {
        XxHash3_128::oneshot(id().as_bytes()) | u128::from(u32::MAX)
    }
}

fn slice<'a>(text: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &text[start..ends[number]]
}

/// The first eight bytes as a number that sorts like them: most comparisons need no more.
fn first_bytes(id: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = id.len().min(8);
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}
