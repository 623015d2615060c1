//! A written time taken apart into its numbers and words, and the orders in which they can be
//! read.

use super::calendar::{Civil, exists};

/// Orders of year, month and day, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Orders(u8);

impl Orders {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const YMD: Self = Self(1);
    pub(crate) const DMY: Self = Self(2);
    pub(crate) const MDY: Self = Self(4);

    pub(crate) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A number of a date and how many digits it had.
#[derive(Debug, Clone, Copy, Default)]
struct Number {
    value: u32,
    digits: usize,
}

impl Number {
    /// The year that a number of two or four digits means; two digits are 1970 to 2069.
    fn year(self) -> i32 {
        match self.digits {
            2 if self.value < 70 => self.value as i32 + 2000,
            2 => self.value as i32 + 1900,
            _ => self.value as i32,
        }
    }

    fn may_be_year(self) -> bool {
        matches!(self.digits, 2 | 4)
    }

    fn may_be_day(self) -> bool {
        self.digits <= 2 && (1..=31).contains(&self.value)
    }
}

/// A time of day as written, before AM or PM.
#[derive(Debug, Clone, Copy, Default)]
struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    micro: u32,
}

/// A written time: three numbers of a date, one of them perhaps a named month, and a clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Parts {
    numbers: [Number; 3],
    count: usize,
    /// Which of the numbers is known to be the month, from a name or from `thg`.
    month_at: Option<usize>,
    clock: Option<Clock>,
    offset_seconds: Option<i32>,
}

/// What a word in a time means.
enum Word {
    Month(u32),
    /// The next number is the month: `thg 10`.
    MonthFollows,
    /// The next number or word is a day of the week: `Thứ 2`.
    WeekdayFollows,
    Morning,
    Afternoon,
    Utc,
    /// Says nothing: `ngày`, `Monday`, `T`.
    Filler,
}

fn word_of(word: &str) -> Option<Word> {
    let month = |number| Some(Word::Month(number));
    match word {
        "jan" | "january" => month(1),
        "feb" | "february" => month(2),
        "mar" | "march" => month(3),
        "apr" | "april" => month(4),
        "may" => month(5),
        "jun" | "june" => month(6),
        "jul" | "july" => month(7),
        "aug" | "august" => month(8),
        "sep" | "sept" | "september" => month(9),
        "oct" | "october" => month(10),
        "nov" | "november" => month(11),
        "dec" | "december" => month(12),
        "thg" | "tháng" | "thang" => Some(Word::MonthFollows),
        "thứ" => Some(Word::WeekdayFollows),
        "am" | "a.m" | "sa" | "sáng" => Some(Word::Morning),
        "pm" | "p.m" | "ch" | "chiều" => Some(Word::Afternoon),
        "z" | "utc" | "gmt" => Some(Word::Utc),
        "t" | "ngày" | "năm" | "lúc" | "on" | "at" | "of" | "st" | "nd" | "rd" | "th" | "mon"
        | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "monday" | "tuesday" | "wednesday"
        | "thursday" | "friday" | "saturday" | "sunday" | "cn" => Some(Word::Filler),
        _ => None,
    }
}

/// Takes a text apart; `None` when it is no date with or without a time in any order.
pub(crate) fn take_apart(text: &str) -> Option<Parts> {
    const LONGEST: usize = 64;
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = Parts::default();
    let mut afternoon = None;
    let mut month_follows = false;
    let mut weekday_follows = false;
    let mut divided = false;
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            if weekday_follows {
                weekday_follows = false;
                rest = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
                continue;
            }
            if parts.clock.is_none()
                && let Some((clock, behind)) = clock_at(rest)
            {
                parts.clock = Some(clock);
                rest = behind;
                continue;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 4 || parts.count == 3 {
                return None;
            }
            if month_follows {
                parts.month_at = Some(parts.count);
                month_follows = false;
            }
            parts.push(Number {
                value: rest[..digits].parse().ok()?,
                digits,
            });
            rest = &rest[digits..];
        } else if first.is_alphabetic() {
            let end = rest
                .find(|sign: char| !sign.is_alphabetic() && sign != '.')
                .unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches('.');
            rest = &rest[end..];
            if weekday_follows {
                weekday_follows = false;
                continue;
            }
            match word_of(&word.to_lowercase())? {
                Word::Month(value) if parts.month_at.is_none() && parts.count < 3 => {
                    parts.month_at = Some(parts.count);
                    parts.push(Number { value, digits: 2 });
                }
                Word::MonthFollows if parts.month_at.is_none() => month_follows = true,
                Word::Month(_) | Word::MonthFollows => return None,
                Word::WeekdayFollows => weekday_follows = true,
                Word::Morning => afternoon = Some(false),
                Word::Afternoon => afternoon = Some(true),
                Word::Utc => parts.offset_seconds = Some(0),
                Word::Filler => {}
            }
        } else if matches!(first, '+' | '-') && parts.clock.is_some() && parts.count == 3 {
            let (offset_seconds, behind) = offset_at(rest)?;
            parts.offset_seconds = Some(offset_seconds);
            rest = behind;
        } else if matches!(first, '/' | '.' | '-' | ',' | ' ' | '\u{a0}' | '\u{202f}') {
            divided |= matches!(first, '/' | '.' | '-');
            rest = &rest[first.len_utf8()..];
        } else {
            return None;
        }
    }
    let dated = parts.count == 3 && (divided || parts.month_at.is_some());
    if !dated || month_follows || (parts.offset_seconds.is_some() && parts.clock.is_none()) {
        return None;
    }
    match (&mut parts.clock, afternoon) {
        (Some(clock), Some(afternoon)) => {
            // 14:30 CH is written too; the sign then only repeats what the hour says.
            if clock.hour <= 12 {
                clock.hour = clock.hour % 12 + if afternoon { 12 } else { 0 };
            }
        }
        (None, Some(_)) => return None,
        (_, None) => {}
    }
    (parts.orders() != Orders::NONE).then_some(parts)
}

/// `14:30`, `14:30:25.123`, `14h30`, with what stands behind.
fn clock_at(text: &str) -> Option<(Clock, &str)> {
    let (hour, rest) = two_digits(text)?;
    let (minute, mut rest) = two_digits(rest.strip_prefix([':', 'h', 'H'])?)?;
    let mut clock = Clock {
        hour,
        minute,
        second: 0,
        micro: 0,
    };
    if let Some((second, behind)) = rest.strip_prefix(':').and_then(two_digits) {
        clock.second = second;
        rest = behind;
        if let Some(fraction) = behind.strip_prefix(['.', ',']) {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                let micros = format!("{:0<6}", &fraction[..digits.min(6)]);
                clock.micro = micros.parse().ok()?;
                rest = &fraction[digits..];
            }
        }
    }
    (clock.hour <= 23 && clock.minute <= 59 && clock.second <= 60).then_some((clock, rest))
}

/// One or two digits and what stands behind them.
fn two_digits(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

/// `+07:00`, `+0700`, `+7`, in seconds, with what stands behind.
fn offset_at(text: &str) -> Option<(i32, &str)> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let text = &text[1..];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (hours, minutes, rest) = match digits {
        4 => (
            text[..2].parse().ok()?,
            text[2..4].parse().ok()?,
            &text[4..],
        ),
        1 | 2 => {
            let hours: i32 = text[..digits].parse().ok()?;
            let rest = &text[digits..];
            match rest.strip_prefix(':').and_then(two_digits) {
                Some((minutes, behind)) => (hours, minutes as i32, behind),
                None => (hours, 0, rest),
            }
        }
        _ => return None,
    };
    (hours <= 18 && minutes <= 59).then_some((sign * (hours * 3_600 + minutes * 60), rest))
}

impl Parts {
    fn push(&mut self, number: Number) {
        self.numbers[self.count] = number;
        self.count += 1;
    }

    /// Whether a word said which number is the month.
    pub(crate) fn names_month(&self) -> bool {
        self.month_at.is_some()
    }

    pub(crate) fn has_time(&self) -> bool {
        self.clock.is_some()
    }

    pub(crate) fn has_offset(&self) -> bool {
        self.offset_seconds.is_some()
    }

    /// The orders in which the numbers can be a date by their digits and size; 31/02/2025 is one,
    /// so that it can be told from what is no date at all.
    pub(crate) fn orders(&self) -> Orders {
        let [first, second, third] = self.numbers;
        let month = |number: Number| number.digits <= 2 && (1..=12).contains(&number.value);
        let mut orders = Orders::NONE;
        if first.digits == 4 && month(second) && third.may_be_day() {
            orders = orders.with(Orders::YMD);
        }
        if first.may_be_day() && month(second) && third.may_be_year() {
            orders = orders.with(Orders::DMY);
        }
        if month(first) && second.may_be_day() && third.may_be_year() {
            orders = orders.with(Orders::MDY);
        }
        match self.month_at {
            None => orders,
            Some(0) if orders.contains(Orders::MDY) => Orders::MDY,
            Some(1) if orders.contains(Orders::YMD) => Orders::YMD,
            Some(1) if orders.contains(Orders::DMY) => Orders::DMY,
            Some(_) => Orders::NONE,
        }
    }

    /// The date in one of its orders.
    pub(crate) fn civil(&self, order: Orders) -> Civil {
        let [first, second, third] = self.numbers;
        let (year, month, day) = match order {
            Orders::DMY => (third.year(), second.value, first.value),
            Orders::MDY => (third.year(), first.value, second.value),
            _ => (first.year(), second.value, third.value),
        };
        let date = Civil {
            offset_seconds: self.offset_seconds,
            ..Civil::date(year, month, day)
        };
        self.clock
            .and_then(|clock| date.at(clock.hour, clock.minute, clock.second, clock.micro))
            .unwrap_or(date)
    }

    /// Whether the date in this order is in the calendar.
    pub(crate) fn exists(&self, order: Orders) -> bool {
        let civil = self.civil(order);
        exists(civil.year, civil.month, civil.day)
    }
}

/// `20251025`, `202510251430`, `20251025143000`, `20251025T143000Z`.
pub(crate) fn compact(text: &str) -> Option<Civil> {
    let (text, offset_seconds) = match text.strip_suffix(['Z', 'z']) {
        Some(text) => (text, Some(0)),
        None => (text, None),
    };
    let bytes = text.as_bytes();
    let number = |at: usize, count: usize| super::digits(bytes, at, count);
    let date = Civil::date(number(0, 4)? as i32, number(4, 2)?, number(6, 2)?);
    if bytes.len() == 8 {
        return offset_seconds.is_none().then_some(date);
    }
    let at = if matches!(bytes[8], b'T' | b' ') {
        9
    } else {
        8
    };
    let second = match bytes.len() - at {
        4 => 0,
        6 => number(at + 4, 2)?,
        _ => return None,
    };
    let date = Civil {
        offset_seconds,
        ..date
    };
    date.at(number(at, 2)?, number(at + 2, 2)?, second, 0)
}
