//! Names with a star in them, which stands for any run of characters.

/// `*` stands for any run of characters.
pub(crate) fn fits_pattern(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => {
            let Some(tail) = name.strip_prefix(start) else {
                return false;
            };
            (0..=tail.len())
                .filter(|at| tail.is_char_boundary(*at))
                .any(|at| fits_pattern(rest, &tail[at..]))
        }
    }
}

/// What stands in the place of the pattern's first star; none when the name does not fit.
pub(crate) fn captured<'a>(pattern: &str, name: &'a str) -> Option<&'a str> {
    let (start, rest) = pattern.split_once('*')?;
    let tail = name.strip_prefix(start)?;
    (0..=tail.len())
        .filter(|at| tail.is_char_boundary(*at))
        .find(|at| fits_pattern(rest, &tail[*at..]))
        .map(|at| &tail[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        assert!(fits_pattern("orders*.csv", "orders-2025.csv"));
        assert!(fits_pattern("*.csv", "đơn hàng.csv"));
        assert!(!fits_pattern("orders*.csv", "customers.csv"));
        assert_eq!(captured("*Time", "G1Q1Time"), Some("G1Q1"));
        assert_eq!(
            captured("*Time. *", "Q1Time. Question time: Q1"),
            Some("Q1")
        );
        assert_eq!(captured("ttc.*", "data.q1"), None);
    }
}
