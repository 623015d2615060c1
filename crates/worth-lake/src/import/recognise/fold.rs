//! Names without what varies: case, diacritics, signs and runs of spaces.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `"Mã  Đơn-hàng (VND)"` becomes `"ma don hang vnd"`. A border between lower and upper case is a
/// border of words too (`StockCode`, `customerId`), so that is folded before.
pub(crate) fn fold(text: &str) -> String {
    folded(text, false)
}

/// As [`fold`], but diacritics stay: in running Vietnamese text they tell "chờ" (wait) from
/// "cho" (for) and "giá" (price) from "gia" (family).
pub(crate) fn fold_case(text: &str) -> String {
    folded(text, true)
}

fn folded(text: &str, keep_marks: bool) -> String {
    let composed: String = if keep_marks {
        text.nfc().collect()
    } else {
        text.nfd().collect()
    };
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut last_lower = false;
    for character in composed.chars() {
        if is_combining_mark(character) {
            continue;
        }
        if !character.is_alphanumeric() {
            gap = true;
            last_lower = false;
            continue;
        }
        if last_lower && character.is_uppercase() {
            gap = true;
        }
        last_lower = character.is_lowercase();
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match character {
            'đ' | 'Đ' if !keep_marks => folded.push('d'),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

/// Whether the words of `part` stand in `whole` one after the other; both folded.
pub(crate) fn has_words(whole: &str, part: &str) -> bool {
    if part.is_empty() {
        return false;
    }
    whole.match_indices(part).any(|(at, _)| {
        let before = at == 0 || whole.as_bytes()[at - 1] == b' ';
        let end = at + part.len();
        let after = end == whole.len() || whole.as_bytes()[end] == b' ';
        before && after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_varies() {
        assert_eq!(fold("Mã  Đơn-hàng (VND)"), "ma don hang vnd");
        assert_eq!(fold("StockCode"), "stock code");
        assert_eq!(fold("customerId"), "customer id");
        assert_eq!(fold(" order_id "), "order id");
        assert_eq!(fold("SĐT"), "sdt");
        assert_eq!(fold_case("Chờ  Đợi?"), "chờ đợi");
    }

    #[test]
    fn words_have_borders() {
        assert!(has_words("gia ca hop ly", "gia ca"));
        assert!(!has_words("danh gia cao", "gia ca"));
    }
}
