//! Times are read as people write them, and days that a clock change cuts short are told.

use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a known zone")
}

/// Reads in UTC and writes the instant as ISO 8601.
fn read(text: &str, layout: TimeLayout) -> Result<String, &'static str> {
    parse_time(text, &TimeFormat::from(layout), &TimeZone::UTC)
        .map(|time| {
            jiff::Timestamp::from_microsecond(time.micros)
                .expect("in range")
                .to_string()
        })
        .map_err(|error| error.code())
}

#[test]
fn iso_times_are_read_in_every_calendar_layout() {
    for layout in [TimeLayout::Ymd, TimeLayout::Dmy, TimeLayout::Mdy] {
        for (text, instant) in [
            ("2025-10-25", "2025-10-25T00:00:00Z"),
            ("2025/10/25", "2025-10-25T00:00:00Z"),
            ("2025-10-25 14:30", "2025-10-25T14:30:00Z"),
            ("2025-10-25T14:30:05", "2025-10-25T14:30:05Z"),
            ("2025-10-25T14:30:05.25Z", "2025-10-25T14:30:05.25Z"),
            ("2025-10-25T14:30:05+07:00", "2025-10-25T07:30:05Z"),
            ("2025-10-25 14:30:05 -0330", "2025-10-25T18:00:05Z"),
            ("2025/10/25 2:30:05 PM GMT+7", "2025-10-25T07:30:05Z"),
            ("2025-1-5", "2025-01-05T00:00:00Z"),
        ] {
            assert_eq!(
                read(text, layout).as_deref(),
                Ok(instant),
                "{text} {layout:?}"
            );
        }
    }
}

#[test]
fn the_order_of_the_column_decides() {
    assert_eq!(
        read("03/04/2025", TimeLayout::Dmy).as_deref(),
        Ok("2025-04-03T00:00:00Z")
    );
    assert_eq!(
        read("03/04/2025", TimeLayout::Mdy).as_deref(),
        Ok("2025-03-04T00:00:00Z")
    );
    assert_eq!(
        read("3.4.25", TimeLayout::Dmy).as_deref(),
        Ok("2025-04-03T00:00:00Z")
    );
    assert_eq!(
        read("3-4-99", TimeLayout::Mdy).as_deref(),
        Ok("1999-03-04T00:00:00Z")
    );
    assert_eq!(
        read("25/10/2025 14:30", TimeLayout::Dmy).as_deref(),
        Ok("2025-10-25T14:30:00Z")
    );
    assert_eq!(
        read("14:30 25/10/2025", TimeLayout::Dmy).as_deref(),
        Ok("2025-10-25T14:30:00Z")
    );
    assert_eq!(read("25/10/2025", TimeLayout::Mdy), Err("not-a-time"));
    assert_eq!(read("03/04/2025", TimeLayout::Ymd), Err("not-a-time"));
}

#[test]
fn twelve_hours_in_english_and_vietnamese() {
    for (text, clock) in [
        ("10/25/2025 12:05 AM", "00:05"),
        ("10/25/2025 12:05 PM", "12:05"),
        ("10/25/2025 2:30:00 p.m.", "14:30"),
        ("10/25/2025 2:30 SA", "02:30"),
        ("10/25/2025 2:30:00 CH", "14:30"),
        ("10/25/2025 14h30", "14:30"),
    ] {
        assert_eq!(
            read(text, TimeLayout::Mdy),
            Ok(format!("2025-10-25T{clock}:00Z")),
            "{text}"
        );
    }
}

#[test]
fn names_of_months_leave_one_reading() {
    for text in [
        "25 thg 10, 2025",
        "25 tháng 10, 2025",
        "Ngày 25 tháng 10 năm 2025",
        "Thứ Bảy, 25 thg 10, 2025",
        "Thứ 7, 25/10/2025",
        "Oct 25, 2025",
        "25 October 2025",
        "Sat, 25 Oct 2025",
        "25-Oct-25",
        "October 25th, 2025",
    ] {
        let layout = if text.contains('/') {
            TimeLayout::Dmy
        } else {
            TimeLayout::Ymd
        };
        assert_eq!(
            read(text, layout).as_deref(),
            Ok("2025-10-25T00:00:00Z"),
            "{text}"
        );
    }
    assert_eq!(
        read("Sat, 25 Oct 2025 14:30:00 +0700", TimeLayout::Dmy).as_deref(),
        Ok("2025-10-25T07:30:00Z")
    );
}

#[test]
fn counts_of_days_and_seconds() {
    assert_eq!(
        read("19970101", TimeLayout::Compact).as_deref(),
        Ok("1997-01-01T00:00:00Z")
    );
    assert_eq!(
        read("20251025143005", TimeLayout::Compact).as_deref(),
        Ok("2025-10-25T14:30:05Z")
    );
    assert_eq!(
        read("20251025T1430Z", TimeLayout::Compact).as_deref(),
        Ok("2025-10-25T14:30:00Z")
    );
    assert_eq!(
        read("45943", TimeLayout::ExcelSerial).as_deref(),
        Ok("2025-10-13T00:00:00Z")
    );
    assert_eq!(
        read("45943.541", TimeLayout::ExcelSerial).as_deref(),
        Ok("2025-10-13T12:59:02.4Z")
    );
    assert_eq!(
        read("1761377400", TimeLayout::EpochSeconds).as_deref(),
        Ok("2025-10-25T07:30:00Z")
    );
    assert_eq!(
        read("1761377400.5", TimeLayout::EpochSeconds).as_deref(),
        Ok("2025-10-25T07:30:00.5Z")
    );
    assert_eq!(
        read("1761377400123", TimeLayout::EpochMillis).as_deref(),
        Ok("2025-10-25T07:30:00.123Z")
    );
    assert_eq!(
        read("1761377400123456", TimeLayout::EpochMicros).as_deref(),
        Ok("2025-10-25T07:30:00.123456Z")
    );
    assert_eq!(
        read("-0.5", TimeLayout::EpochSeconds).as_deref(),
        Ok("1969-12-31T23:59:59.5Z")
    );
}

#[test]
fn days_that_never_were_are_told_from_what_is_no_time() {
    assert_eq!(read("31/02/2025", TimeLayout::Dmy), Err("no-such-time"));
    assert_eq!(read("2025-02-29", TimeLayout::Ymd), Err("no-such-time"));
    assert_eq!(read("20250231", TimeLayout::Compact), Err("no-such-time"));
    for text in [
        "",
        "x",
        "14:30",
        "2025",
        "25/10",
        "1.2.3.4",
        "25/10/2025 25:00",
        "12:00 PM",
        "2025-10-25+07:00",
        "25 10 2025",
        "090-123-4567",
        "thg 10",
        "1.250.000",
    ] {
        assert_eq!(read(text, TimeLayout::Dmy), Err("not-a-time"), "{text}");
    }
}

#[test]
fn a_date_is_the_first_instant_of_the_business_day() {
    let format = TimeFormat::from(TimeLayout::Ymd);
    // Brazil's summer time began at midnight: the day's first instant was 01:00, 03:00 UTC - 1 h.
    let zone = zone("America/Sao_Paulo");
    let time = parse_time("2018-11-04", &format, &zone).expect("a date");
    assert_eq!(time.kind, TimeKind::Date);
    assert_eq!(time.micros, 1_541_300_400_000_000);
    let next = parse_time("2018-11-05", &format, &zone).expect("a date");
    assert_eq!((next.micros - time.micros) / 3_600_000_000, 23);
}

#[test]
fn skipped_times_move_forward_and_doubled_ones_take_the_earlier() {
    let format = TimeFormat::from(TimeLayout::Ymd);
    let zone = zone("Europe/Berlin");
    let mut reader = TimeReader::new(format, zone);
    let mut at = |text: &str| {
        let time = reader.read(text).expect("a time");
        let instant = jiff::Timestamp::from_microsecond(time.micros).expect("in range");
        (instant.to_string(), time.kind)
    };
    assert_eq!(
        at("2025-03-30 01:59:59"),
        ("2025-03-30T00:59:59Z".to_owned(), TimeKind::Exact)
    );
    assert_eq!(
        at("2025-03-30 02:30:00"),
        ("2025-03-30T01:30:00Z".to_owned(), TimeKind::Gap)
    );
    assert_eq!(
        at("2025-10-26 02:30:00"),
        ("2025-10-26T00:30:00Z".to_owned(), TimeKind::Fold)
    );
    assert_eq!(
        at("2025-10-26 03:00:00"),
        ("2025-10-26T02:00:00Z".to_owned(), TimeKind::Exact)
    );
    assert_eq!(
        at("2025-07-01 12:00:00"),
        ("2025-07-01T10:00:00Z".to_owned(), TimeKind::Exact)
    );
}

proptest! {
    #[test]
    fn dates_written_in_any_order_read_back(
        seconds in -60_000_000_000_i64..250_000_000_000,
        order in 0..3_usize,
        separator in prop::sample::select(vec!['/', '-', '.']),
        zone_name in prop::sample::select(vec![
            "UTC", "Asia/Ho_Chi_Minh", "America/Sao_Paulo", "Europe/London", "Pacific/Apia",
            "Australia/Lord_Howe", "Africa/Casablanca",
        ]),
        padded: bool,
        with_time: bool,
    ) {
        let zone = zone(zone_name);
        let seconds = if with_time { seconds } else { seconds - seconds.rem_euclid(86_400) };
        let local = jiff::Timestamp::from_second(seconds).expect("in range")
            .to_zoned(TimeZone::UTC).datetime();
        prop_assume!(local.year() >= 1970 || order == 0);
        prop_assume!(local.year() >= 1000);
        let s = separator;
        let (y, m, d) = (local.year(), local.month(), local.day());
        let mut text = match (order, padded) {
            (0, true) => format!("{y:04}{s}{m:02}{s}{d:02}"),
            (0, false) => format!("{y:04}{s}{m}{s}{d}"),
            (1, true) => format!("{d:02}{s}{m:02}{s}{y:04}"),
            (1, false) => format!("{d}{s}{m}{s}{y:04}"),
            (_, true) => format!("{m:02}{s}{d:02}{s}{y:04}"),
            (_, false) => format!("{m}{s}{d}{s}{y:04}"),
        };
        if with_time {
            text += &format!(" {:02}:{:02}:{:02}", local.hour(), local.minute(), local.second());
        }
        let layout = [TimeLayout::Ymd, TimeLayout::Dmy, TimeLayout::Mdy][order];
        let expected = zone.to_ambiguous_timestamp(local).compatible().expect("in range");
        let time = parse_time(&text, &TimeFormat::from(layout), &zone);
        prop_assert_eq!(time.map(|time| time.micros), Ok(expected.as_microsecond()), "{}", text);
    }

    #[test]
    fn no_text_makes_a_reader_panic(
        text in "\\PC{0,40}",
        digits in "[-+0-9.,/: TZhCH]{0,24}",
    ) {
        for text in [text, digits] {
            for layout in [
                TimeLayout::Ymd, TimeLayout::Dmy, TimeLayout::Mdy, TimeLayout::Compact,
                TimeLayout::ExcelSerial, TimeLayout::EpochSeconds, TimeLayout::EpochMillis,
                TimeLayout::EpochMicros,
            ] {
                let _ = read(&text, layout);
            }
        }
    }
}
