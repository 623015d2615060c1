//! Names, phones and e-mails that look like those of people in Việt Nam. The e-mails are of
//! domains that cannot belong to anyone (RFC 2606).

use rand::{Rng, RngExt};

use super::random::{pick, weighted};

const FAMILY: [(&str, &str, f64); 14] = [
    ("Nguyễn", "nguyen", 0.33),
    ("Trần", "tran", 0.11),
    ("Lê", "le", 0.10),
    ("Phạm", "pham", 0.07),
    ("Huỳnh", "huynh", 0.05),
    ("Phan", "phan", 0.05),
    ("Vũ", "vu", 0.04),
    ("Võ", "vo", 0.04),
    ("Đặng", "dang", 0.04),
    ("Bùi", "bui", 0.04),
    ("Đỗ", "do", 0.04),
    ("Hồ", "ho", 0.03),
    ("Ngô", "ngo", 0.03),
    ("Dương", "duong", 0.03),
];
const MIDDLE_MALE: [&str; 7] = ["Văn", "Hữu", "Đức", "Minh", "Quang", "Gia", "Thanh"];
const MIDDLE_FEMALE: [&str; 7] = ["Thị", "Thu", "Ngọc", "Thanh", "Phương", "Minh", "Khánh"];
const GIVEN_MALE: [(&str, &str); 12] = [
    ("Anh", "anh"),
    ("Bảo", "bao"),
    ("Cường", "cuong"),
    ("Dũng", "dung"),
    ("Hải", "hai"),
    ("Hùng", "hung"),
    ("Khoa", "khoa"),
    ("Long", "long"),
    ("Nam", "nam"),
    ("Phúc", "phuc"),
    ("Quân", "quan"),
    ("Tuấn", "tuan"),
];
const GIVEN_FEMALE: [(&str, &str); 12] = [
    ("An", "an"),
    ("Chi", "chi"),
    ("Dung", "dung"),
    ("Giang", "giang"),
    ("Hà", "ha"),
    ("Hương", "huong"),
    ("Lan", "lan"),
    ("Linh", "linh"),
    ("Mai", "mai"),
    ("Ngân", "ngan"),
    ("Trang", "trang"),
    ("Vy", "vy"),
];

/// A name as written, and its letters for an e-mail.
pub(crate) fn name(draws: &mut impl Rng, female: bool) -> (String, String) {
    let (family, family_letters, _) = FAMILY[weighted(draws, &FAMILY.map(|family| family.2))];
    let middle = pick(draws, if female { &MIDDLE_FEMALE } else { &MIDDLE_MALE });
    let (given, given_letters) = pick(draws, if female { &GIVEN_FEMALE } else { &GIVEN_MALE });
    (
        format!("{family} {middle} {given}"),
        format!("{given_letters}.{family_letters}"),
    )
}

/// The nine digits of customer `index`'s phone, without the leading zero. No two are the same.
pub(crate) fn phone(index: u64) -> u64 {
    const FIRST: [u64; 5] = [9, 3, 7, 8, 5];
    // 48271 and 10⁸ have no common factor, so this only shuffles the numbers below 10⁸
    let rest = (index * 48_271 + 12_345_678) % 100_000_000;
    FIRST[(index % 5) as usize] * 100_000_000 + rest
}

/// A phone in one of the ways people write it: `+84912345678`, `0912 345 678`, `0912345678`, and
/// `912345678` as spreadsheets leave it.
pub(crate) fn write_phone(draws: &mut impl Rng, digits: u64) -> String {
    match draws.random_range(0..10) {
        0..=1 => format!("+84{digits}"),
        2..=3 => format!(
            "0{} {:03} {:03}",
            digits / 1_000_000,
            digits / 1000 % 1000,
            digits % 1000
        ),
        4 => format!("{digits}"),
        _ => format!("0{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Goal: phones can serve to match people: no two customers share one.
    #[test]
    fn phones_are_unique() {
        let phones: HashSet<u64> = (0..50_000).map(phone).collect();
        assert_eq!(phones.len(), 50_000);
        assert!(
            phones
                .iter()
                .all(|digits| (300_000_000..1_000_000_000).contains(digits))
        );
    }
}
