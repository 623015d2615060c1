//! Who is held out, drawn by a keyed hash: the same list gives the same arms however it is sorted,
//! cut or asked for again, and nobody can choose.

use sha2::{Digest, Sha256};

/// A number from 0 to 1 (not 1 itself) for a customer on a list, as good as random.
pub(super) fn draw(seed: u64, list_id: &str, customer_id: &str) -> f64 {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    hash.update((list_id.len() as u64).to_le_bytes());
    hash.update(list_id);
    hash.update(customer_id);
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    // 53 bits are what a float holds exactly
    (u64::from_be_bytes(first) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_is_a_tenth_and_every_list_draws_anew() {
        let held_out = |list: &str| -> Vec<usize> {
            (0..10_000)
                .filter(|customer| draw(1, list, &format!("c{customer}")) < 0.1)
                .collect()
        };
        let (first, second) = (held_out("slipping-a"), held_out("slipping-b"));
        // four standard deviations: 4 · √(10,000 · 0.1 · 0.9) = 120
        assert!(first.len().abs_diff(1_000) < 120, "{}", first.len());
        assert_eq!(first, held_out("slipping-a"));
        let both = first.iter().filter(|one| second.contains(one)).count();
        // a tenth of a tenth: 100, give or take 4 · √(10,000 · 0.01 · 0.99) = 40
        assert!(both.abs_diff(100) < 40, "{both}");
    }

    #[test]
    fn where_one_text_ends_matters() {
        assert_ne!(draw(1, "a", "bc"), draw(1, "ab", "c"));
        assert_ne!(draw(1, "a", "b"), draw(2, "a", "b"));
    }
}
