//! The lunisolar calendar against two others: the same rules on the ephemerides of PyEphem, and the
//! tables of Hồ Ngọc Đức as the package vnlunar has them (`lunar.py`, `lunar.csv`); and against
//! known feasts.

use jiff::civil::{Date, date};
use worth_model::calendar::{LUNAR_YEARS, LunarDate, LunarFeast};

fn day(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

fn civil(day: i32) -> Date {
    date(1970, 1, 1) + jiff::Span::new().days(day)
}

/// First day, leap month (0 without) and lengths of months, as a line of the file has them.
fn written(year: i32) -> String {
    let first = |month, is_leap_month| LunarDate {
        year,
        month,
        is_leap_month,
        day: 1,
    };
    let (mut leap, mut lengths) = (0, String::new());
    for month in 1..=12 {
        for is_leap_month in [false, true] {
            let first = first(month, is_leap_month);
            if first.day_number().is_some() {
                leap = if is_leap_month { month } else { leap };
                let long = LunarDate { day: 30, ..first }.day_number().is_some();
                lengths.push(if long { '+' } else { '-' });
            }
        }
    }
    let new_year = civil(
        first(1, false)
            .day_number()
            .expect("a year that can be told"),
    );
    format!("{new_year},{leap},{lengths}")
}

#[test]
fn three_centuries_match_an_ephemeris_and_the_tables() {
    let rows = include_str!("lunar.csv").lines().skip(2);
    // The meridian of Beijing before 1929 (the tables; here always UTC+8), a day in 1925 that the
    // tables have otherwise than China, and a new moon 14 seconds after midnight.
    let otherwise = [1906, 1914, 1915, 1916, 1920, 1924, 1925, 2054];
    let mut years = 0;
    for (year, row) in LUNAR_YEARS.zip(rows) {
        let columns: Vec<&str> = row.split(',').collect();
        let found = written(year);
        assert_eq!(found, columns[1..4].join(","), "ephemeris, {year}");
        // The tables end within the lunar year 2199.
        if year < 2199 {
            let same = found == columns[4..7].join(",");
            assert_eq!(same, !otherwise.contains(&year), "tables, {year}");
        }
        years += 1;
    }
    assert_eq!(years, 300);
}

#[test]
fn new_years_are_those_that_were_kept() {
    // 1968 in the North; 1985, 2007, 2030 and 2053 are not those of China.
    for (year, month, of_month) in [
        (1968, 1, 29),
        (1985, 1, 21),
        (2007, 2, 17),
        (2020, 1, 25),
        (2021, 2, 12),
        (2022, 2, 1),
        (2023, 1, 22),
        (2024, 2, 10),
        (2025, 1, 29),
        (2026, 2, 17),
        (2027, 2, 6),
        (2028, 1, 26),
        (2030, 2, 2),
        (2053, 2, 18),
    ] {
        let new_year = day(date(year, month, of_month));
        let lunar = LunarDate {
            year: i32::from(year),
            month: 1,
            is_leap_month: false,
            day: 1,
        };
        assert_eq!(lunar.day_number(), Some(new_year), "{year}");
        assert_eq!(LunarDate::of(new_year), Some(lunar), "{year}");
    }
}

#[test]
fn feasts_of_2025_are_where_the_wall_calendar_has_them() {
    // The year of a leap month 6.
    let year = || day(date(2025, 1, 1))..=day(date(2025, 12, 31));
    let dates = |feast: LunarFeast| -> Vec<String> {
        let days = feast.days(year()).into_iter();
        days.map(|day| civil(day).strftime("%m-%d").to_string())
            .collect()
    };
    assert_eq!(dates(LunarFeast::KitchenGods), ["01-22"]);
    assert_eq!(dates(LunarFeast::Tet), ["01-29"]);
    assert_eq!(dates(LunarFeast::FirstFullMoon), ["02-12"]);
    assert_eq!(dates(LunarFeast::HungKings), ["04-07"]);
    assert_eq!(dates(LunarFeast::DoanNgo), ["05-31"]);
    assert_eq!(dates(LunarFeast::VuLan), ["09-06"]);
    assert_eq!(dates(LunarFeast::TrungThu), ["10-06"]);
    assert_eq!(
        dates(LunarFeast::FullMoon),
        [
            "01-14", "02-12", "03-14", "04-12", "05-12", "06-10", "07-09", "08-08", "09-06",
            "10-06", "11-04", "12-04"
        ]
    );
    // The first of the leap month, between those of 6 and 7.
    let firsts = dates(LunarFeast::FirstOfMonth);
    assert_eq!(firsts[5..8], ["06-25", "07-25", "08-23"]);
}

#[test]
fn mid_autumn_feasts_are_those_that_were_kept() {
    for (year, month, of_month) in [
        (2018, 9, 24),
        (2019, 9, 13),
        (2020, 10, 1),
        (2021, 9, 21),
        (2022, 9, 10),
        (2023, 9, 29),
        (2024, 9, 17),
        (2025, 10, 6),
        (2026, 9, 25),
    ] {
        let year = day(date(year, 1, 1))..=day(date(year, 12, 31));
        let feast = day(date(
            year.start().div_euclid(365) as i16 + 1970,
            month,
            of_month,
        ));
        assert_eq!(LunarFeast::TrungThu.days(year), [feast]);
    }
}

#[test]
fn every_day_has_a_date_and_every_date_its_day() {
    let (first, last) = (day(date(1900, 1, 31)), day(date(2200, 2, 14)));
    assert_eq!(LunarDate::of(first - 1), None);
    assert_eq!(LunarDate::of(last + 1), None);
    for far in [i32::MIN, i32::MAX] {
        assert_eq!(LunarDate::of(far), None);
        assert_eq!(LunarFeast::Tet.days(far..=far), [0; 0]);
    }
    for day in (first..=last).step_by(7) {
        let lunar = LunarDate::of(day).unwrap_or_else(|| panic!("{day}"));
        assert_eq!(lunar.day_number(), Some(day));
    }
}

#[test]
fn dates_that_are_none_have_no_day() {
    let valid = LunarDate {
        year: 2025,
        month: 6,
        is_leap_month: true,
        day: 29,
    };
    assert!(valid.day_number().is_some());
    for none in [
        LunarDate {
            year: 2026,
            ..valid
        },
        LunarDate {
            year: 1899,
            ..valid
        },
        LunarDate { month: 0, ..valid },
        LunarDate { month: 13, ..valid },
        LunarDate { day: 0, ..valid },
        LunarDate { day: 30, ..valid },
        LunarDate { day: 31, ..valid },
    ] {
        assert_eq!(none.day_number(), None, "{none:?}");
    }
}
