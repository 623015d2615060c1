//! Whatever is written reads back.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn bytes_of(text: &str, encoding: &'static Encoding, marked: bool) -> Vec<u8> {
    let marked = if marked {
        format!("\u{feff}{text}")
    } else {
        text.to_owned()
    };
    match encoding {
        _ if encoding == UTF_16LE => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ if encoding == UTF_16BE => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ if encoding == UTF_8 => marked.into_bytes(),
        _ => encoding.encode(text).0.into_owned(),
    }
}

fn written(rows: &[Vec<String>], delimiter: char, line_end: &str, quote_all: bool) -> String {
    let mut text = String::new();
    for row in rows {
        let fields: Vec<String> = row
            .iter()
            .map(|field| {
                let needs = field.is_empty() || field.contains([delimiter, '"', '\n', '\r']);
                if quote_all || needs {
                    format!("\"{}\"", field.replace('"', "\"\""))
                } else {
                    field.clone()
                }
            })
            .collect();
        text.push_str(&fields.join(&delimiter.to_string()));
        text.push_str(line_end);
    }
    text
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let field = prop_oneof![
        4 => "[a-z0-9 ,;.|\"']{0,8}",
        2 => "\\PC{0,8}",
        1 => "[a-b\"\n\r,\t]{0,6}",
        1 => "(Nguyễn|Thị|Đà Nẵng|e\u{301}|ế|\u{110}){0,3}",
    ];
    (1..6_usize).prop_flat_map(move |columns| {
        prop::collection::vec(prop::collection::vec(field.clone(), columns), 1..20)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_table_written_in_any_way_reads_back(
        mut rows_written in table(),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|', ':']),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        encoding in prop::sample::select(vec![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252, WINDOWS_1258]),
        marked: bool,
        quote_all: bool,
        gzip: bool,
    ) {
        for field in rows_written.iter_mut().flatten() {
            if line_end == "\r" {
                // Where lines end with CR alone, an LF would be taken for a line's end.
                *field = field.replace('\n', "\r");
            }
            if ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) {
                field.retain(|letter| !encoding.encode(&letter.to_string()).2);
            }
        }
        let width = rows_written[0].len();
        let header: Vec<String> = (0..width).map(|column| format!("name {column}")).collect();
        let mut all = vec![header.clone()];
        all.extend(rows_written.iter().cloned());
        let mut bytes = bytes_of(&written(&all, delimiter, line_end, quote_all), encoding, marked);
        if gzip {
            use std::io::Write as _;
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            writer.write_all(&bytes).expect("memory");
            bytes = writer.finish().expect("memory");
        }
        let made = made("a.csv", bytes);
        let options = ReadOptions {
            delimiter: Some(Delimiter::Byte(delimiter as u8)),
            encoding: Some(encoding.name().to_owned()),
            header_row: Some(1),
            ..Default::default()
        };
        let file = open_with(&made, &options);
        prop_assert_eq!(names(&file), header);
        let filled = |row: &Vec<String>| row.iter().any(|field| !field.is_empty());
        let expected: Vec<Vec<String>> = rows_written
            .iter()
            .map(|row| row.iter().map(|field| field.nfc().collect()).collect())
            .filter(filled)
            .collect();
        let read: Vec<Vec<String>> = rows(&file).into_iter().filter(filled).collect();
        prop_assert_eq!(read, expected);
        prop_assert_eq!(damaged(&file), vec![]);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let made = made("a.csv", bytes);
        if let Ok(file) = SourceFile::open(&made.path, &ReadOptions::default(), &Silent) {
            for batch in file.read() {
                if batch.is_err() {
                    break;
                }
            }
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "[a-c1-3,;\"\n\r\t |{}\\[\\]:é]{0,200}") {
        let made = made("a.csv", text);
        if let Ok(file) = SourceFile::open(&made.path, &ReadOptions::default(), &Silent) {
            let _ = file.profile(&Silent);
        }
    }
}
