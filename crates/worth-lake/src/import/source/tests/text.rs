//! CSV and its relatives: delimiters, encodings, line ends, titles.

use std::io::Write as _;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::*;

fn delimited(file: &SourceFile) -> &DelimitedFormat {
    match file.format() {
        Format::Delimited(format) => format,
        other => panic!("{other:?}"),
    }
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    if big_endian {
        units.flat_map(u16::to_be_bytes).collect()
    } else {
        units.flat_map(u16::to_le_bytes).collect()
    }
}

#[test]
fn a_plain_csv_is_read_as_it_is() {
    let made = made(
        "orders.csv",
        "id,date,amount\r\nA1,2025-01-02,12.50\r\n\r\nA2,2025-01-03,\r\n",
    );
    let file = open(&made);
    assert_eq!(file.name(), "orders.csv");
    assert_eq!(file.digest().len(), 64);
    assert_eq!(file.size_bytes(), 55);
    assert_eq!(names(&file), ["id", "date", "amount"]);
    assert_eq!(
        numbered_rows(&file),
        [
            (
                2,
                vec!["A1".to_owned(), "2025-01-02".to_owned(), "12.50".to_owned()]
            ),
            (
                4,
                vec!["A2".to_owned(), "2025-01-03".to_owned(), String::new()]
            ),
        ]
    );
    assert_eq!(file.sample().num_rows(), 2);
    assert_eq!(delimited(&file).header_line, Some(1));
}

#[test]
fn the_delimiter_is_found() {
    for (text, delimiter) in [
        ("id;price;amount\na;12,5;3,4\nb;7,25;8,1\n", ';'),
        ("a;b\n12,5;3,4\n1,5;2,5\n", ';'),
        ("id\tname\n1\tLan, Hoa\n2\tAn\n", '\t'),
        ("id|name\n1|An\n2|Lan\n", '|'),
        ("id,name\n1,\"Lan; Hoa\"\n2,An\n", ','),
        ("sep=^\nid^name\n1^An\n2^B\n", '^'),
    ] {
        let made = made("a.csv", text);
        let file = open(&made);
        assert_eq!(
            delimited(&file).delimiter,
            Delimiter::Byte(delimiter as u8),
            "{text}"
        );
        assert_eq!(count_rows(&file), 2, "{text}");
    }
}

#[test]
fn an_aligned_log_without_header_is_read() {
    let lines = " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n \
                 00021 0002 19970101  3   63.34\r\n";
    let made = made("log.txt", lines);
    let file = open(&made);
    assert_eq!(delimited(&file).delimiter, Delimiter::Spaces);
    assert_eq!(
        names(&file),
        ["column_1", "column_2", "column_3", "column_4", "column_5"]
    );
    assert_eq!(rows(&file)[2], ["00021", "0002", "19970101", "3", "63.34"]);
}

#[test]
fn titles_of_a_shop_export_are_kept_apart() {
    let text = "\u{feff}CỬA HÀNG HOA MAI,,,\r\nBáo cáo bán hàng,,,\r\n\
                \"Từ ngày 01/10/2025 đến ngày 31/10/2025\",,,\r\n,,,\r\n\
                Mã hóa đơn,Thời gian,Khách hàng,Tổng tiền\r\n\
                HD001,25/10/2025 14:30,Khách lẻ,1.250.000\r\n\
                HD002,26/10/2025 09:15,Nguyễn Thị Lan,250.000\r\n";
    let made = made("KiotViet.csv", text);
    let file = open(&made);
    assert_eq!(
        names(&file),
        ["Mã hóa đơn", "Thời gian", "Khách hàng", "Tổng tiền"]
    );
    let format = delimited(&file);
    assert_eq!(format.header_line, Some(5));
    assert_eq!(format.titles[1], "Báo cáo bán hàng");
    assert_eq!(numbered_rows(&file)[0].0, 6);
    assert_eq!(count_rows(&file), 2);
}

#[test]
fn options_win_over_what_is_found() {
    let made = made("a.csv", "x;y\nid;name\n1;An\n");
    let at_line = ReadOptions {
        header_row: Some(2),
        ..ReadOptions::default()
    };
    let file = open_with(&made, &at_line);
    assert_eq!((names(&file), count_rows(&file)), (vec!["id", "name"], 1));
    let without = ReadOptions {
        header: Some(false),
        ..ReadOptions::default()
    };
    let file = open_with(&made, &without);
    assert_eq!(
        (names(&file), count_rows(&file)),
        (vec!["column_1", "column_2"], 3)
    );
    let whole_lines = ReadOptions {
        delimiter: Some(Delimiter::None),
        header: Some(true),
        ..without
    };
    assert_eq!(names(&open_with(&made, &whole_lines)), ["x;y"]);
}

#[test]
fn every_encoding_is_told_from_the_bytes() {
    let text = "tên,thành phố\nNguyễn Thị Hoà,Đà Nẵng\nTrần Văn Ước,Huế\n";
    let marked = |text: &str, big_endian| utf16(&format!("\u{feff}{text}"), big_endian);
    let latin = "name,city\nJosé Núñez,Málaga\nJürgen Groß,Köln\nZoë Crépin,Besançon\n";
    for (bytes, encoding, expected) in [
        (text.as_bytes().to_vec(), "UTF-8", text),
        (format!("\u{feff}{text}").into_bytes(), "UTF-8", text),
        (marked(text, false), UTF_16LE.name(), text),
        (marked(text, true), UTF_16BE.name(), text),
        (utf16(latin, false), UTF_16LE.name(), latin),
        (utf16(latin, true), UTF_16BE.name(), latin),
        (
            WINDOWS_1252.encode(latin).0.into_owned(),
            WINDOWS_1252.name(),
            latin,
        ),
        (gzipped(text.as_bytes()), "UTF-8", text),
        (gzipped(&marked(text, false)), UTF_16LE.name(), text),
    ] {
        let made = made("a.csv", bytes);
        let file = open(&made);
        assert_eq!(delimited(&file).encoding, encoding);
        let expected: Vec<Vec<String>> = expected
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        assert_eq!(rows(&file), expected, "{encoding}");
    }
}

#[test]
fn vietnamese_in_windows_1258_is_composed() {
    // That code page has the tones only as marks of their own behind the letter.
    let rows_written = "tên,ghi chú\nNguyê\u{303}n Thi\u{323} Hoa\u{300},giao hàng râ\u{301}t \
                        châ\u{323}m\nTrâ\u{300}n Văn Nam,đo\u{301}ng go\u{301}i đe\u{323}p\n";
    let (bytes, _, unmappable) = WINDOWS_1258.encode(rows_written);
    assert!(!unmappable);
    let made = made("a.csv", bytes);
    let options = ReadOptions {
        encoding: Some("windows-1258".to_owned()),
        ..Default::default()
    };
    for file in [open(&made), open_with(&made, &options)] {
        assert_eq!(delimited(&file).encoding, "windows-1258");
        assert_eq!(rows(&file)[0], ["Nguyễn Thị Hoà", "giao hàng rất chậm"]);
    }
}

#[test]
fn a_letter_far_into_the_file_decides_its_encoding_too() {
    let mut bytes = b"name,city\n".to_vec();
    for _ in 0..40_000 {
        bytes.extend_from_slice(b"Anna,Berlin\n");
    }
    bytes.extend_from_slice(b"J\xFCrgen,K\xF6ln\n");
    let made = made("a.csv", bytes);
    let file = open(&made);
    assert_eq!(delimited(&file).encoding, "windows-1252");
    assert_eq!(rows(&file)[40_000], ["Jürgen", "Köln"]);
}

#[test]
fn ragged_rows_are_damaged_and_the_others_are_read() {
    let made = made(
        "a.csv",
        "id,name,city\n1,An,Huế\n2,Lan\n3,Hoa,Huế,,\n\"4\",B,C,D\n5,Chi,Vinh\n",
    );
    let file = open(&made);
    assert_eq!(
        rows(&file),
        [
            ["1", "An", "Huế"],
            ["3", "Hoa", "Huế"],
            ["5", "Chi", "Vinh"]
        ]
    );
    let reason = |found| format!("{found} fields; right would be 3, as in the header");
    assert_eq!(
        damaged(&file),
        [
            Damaged {
                file_row: 3,
                raw: "2,Lan".to_owned(),
                reason: reason(2)
            },
            Damaged {
                file_row: 5,
                raw: "\"4\",B,C,D".to_owned(),
                reason: reason(4)
            },
        ]
    );
}

#[test]
fn rows_that_leave_out_the_last_fields_alike_are_accepted() {
    let made = made("a.csv", "id,name,note\n1,An\n2,Lan\n3,Hoa\n");
    assert_eq!(rows(&open(&made))[2], ["3", "Hoa", ""]);
}

#[test]
fn large_files_come_in_batches_whose_rows_follow_each_other() {
    let mut text = "id,text\n".to_owned();
    for row in 0..100_000 {
        text.push_str(&format!("{row},\"line one\nline {row}\"\n"));
    }
    let made = made("a.csv", text);
    let file = open(&made);
    let (mut next, mut batches) = (0, 0);
    for batch in file.read() {
        let batch = batch.expect("readable");
        batches += 1;
        let ids = batch.rows.column(0).as_string::<i32>();
        for (row, &line) in batch.file_rows.iter().enumerate() {
            assert_eq!(ids.value(row), next.to_string());
            assert_eq!(line, 2 + 2 * next);
            next += 1;
        }
    }
    assert_eq!((next, batches), (100_000, 4));
    assert_eq!(file.sample().num_rows(), SAMPLE_ROWS);
}

#[test]
fn reading_can_be_left_in_the_middle() {
    let text = "a,b\n".to_owned() + &"1,2\n".repeat(500_000);
    let made = made("a.csv", text);
    let file = open(&made);
    let first = file.read().next().expect("a batch").expect("readable");
    assert_eq!(first.file_rows[0], 2);
}
