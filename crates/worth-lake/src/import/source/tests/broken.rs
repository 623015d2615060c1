//! Files that cannot be read: each says which it is, where, and what would be right.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;

/// Counts what is read.
#[derive(Default)]
struct Counting(AtomicU64);

impl Progress for Counting {
    fn begin(&self, _stage: Stage<'_>, _total: Option<u64>, _unit: Unit) {}
    fn advance(&self, by: u64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }
    fn end(&self) {}
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

fn table(rows: usize) -> String {
    let mut text = "id,name\n".to_owned();
    for row in 0..rows {
        text.push_str(&format!("{row},name {}\n", row * 7919 % 10_007));
    }
    text
}

#[test]
fn what_is_no_file_is_told() {
    let made = made("there.csv", "a,b\n1,2\n");
    let folder = made.path.parent().expect("a folder");
    let open = |path: &Path| {
        SourceFile::open(path, &ReadOptions::default(), &Silent)
            .expect_err("no file")
            .to_string()
    };
    let missing = folder.join("missing.csv");
    assert_eq!(
        open(&missing),
        format!(
            "{}: there is no such file; check the path",
            missing.display()
        )
    );
    assert_eq!(
        open(folder),
        format!(
            "{}: this is a folder, not a file; name the files in it",
            folder.display()
        )
    );
    assert!(open(Path::new("/dev/null")).contains("not a regular file"));
}

#[test]
fn empty_files_are_told() {
    let empty = "a.csv: the file is empty; a header and at least one row are needed";
    assert_eq!(refused(&made("a.csv", "")), empty);
    assert_eq!(
        refused(&made("a.csv", "\r\n \r\n\n".replace(' ', ""))),
        empty
    );
    assert_eq!(refused(&made("a.csv", gzip(b""))), empty);
}

#[test]
fn what_is_no_table_is_told() {
    let said = refused(&made("photo.csv", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"));
    assert_eq!(
        said,
        "photo.csv: this is a picture, not a table; right would be an export as XLSX, CSV, Parquet \
         or JSON lines"
    );
    assert!(refused(&made("a.csv", [0, 1, 2, 3, 255].repeat(100))).contains("binary data"));
    assert!(refused(&made("a.csv", vec![0; 1 << 20])).contains("binary data"));
    assert!(refused(&made("orders.xls", "<html><table><tr><td>Mã")).contains("a web page"));
    assert!(refused(&made("a.zip", b"PK\x03\x04\x14\0\0\0orders.csv")).contains("unpack it"));
    assert!(refused(&made("a.json", "{\n \"a\": 1\n}")).contains("one object a line"));
    assert!(refused(&made("a.json", "[]")).contains("JSON without any object"));
}

#[test]
fn a_line_without_end_fails_soon() {
    let made = made("long.csv", vec![b'x'; 64 << 20]);
    let counting = Counting::default();
    let error = SourceFile::open(&made.path, &ReadOptions::default(), &counting)
        .expect_err("one line of 64 MiB");
    assert_eq!(
        message(&error, &made),
        "long.csv, line 1: the record that begins here is longer than 16777216 bytes; right would \
         be one row a line"
    );
    assert!(counting.0.into_inner() < 20 << 20);
}

#[test]
fn a_long_record_in_the_middle_is_told_by_its_line() {
    let mut text = table(50_000);
    text.push_str(&"y".repeat(17 << 20));
    let made = made("a.csv", text);
    let error =
        SourceFile::open(&made.path, &ReadOptions::default(), &Silent).expect_err("too long");
    assert!(
        message(&error, &made).starts_with("a.csv, line 50002: "),
        "{error}"
    );
}

#[test]
fn an_open_quote_is_told_by_the_line_where_it_began() {
    let made = made("a.csv", "id,name\n1,An\n2,\"Lan\n3,Hoa\n4,Chi\n");
    let error =
        SourceFile::open(&made.path, &ReadOptions::default(), &Silent).expect_err("an open quote");
    assert_eq!(
        message(&error, &made),
        "a.csv, line 3: a quote opened here is never closed; close it, or double it (\"\") where it \
         belongs to the text"
    );
}

#[test]
fn an_open_quote_far_into_a_large_file_fails_within_bounds() {
    let mut text = table(50_000);
    text.push_str("50000,\"open\n");
    text.push_str(&"1,x\n".repeat(5 << 20));
    let made = made("a.csv", text);
    let error = open(&made)
        .read()
        .find_map(Result::err)
        .expect("an open quote");
    assert!(
        message(&error, &made).starts_with("a.csv, line 50002: a quote opened here"),
        "{error}"
    );
}

#[test]
fn a_wrong_encoding_is_told_by_line_and_byte() {
    let mut bytes = "id,tên\n1,Nguyễn Thị Thanh Thủy Tiên ở phường Đông Hưng Thuận\n"
        .as_bytes()
        .to_vec();
    bytes.extend_from_slice(b"2,caf\xE9\n");
    let damaged = made("a.csv", &bytes);
    let right = "save the file as UTF-8, or name its encoding (encoding = \"windows-1258\")";
    assert_eq!(
        refused(&damaged),
        format!("a.csv, line 3: the byte 0xE9 is not UTF-8; {right}")
    );
    let latin = made("b.csv", b"id,name\n1,Jos\xE9\n");
    let asked = ReadOptions {
        encoding: Some("utf-8".to_owned()),
        ..Default::default()
    };
    let error = SourceFile::open(&latin.path, &asked, &Silent).expect_err("not UTF-8");
    assert!(message(&error, &latin).starts_with("b.csv, line 2: the byte 0xE9 is not UTF-8"));
    let unknown = ReadOptions {
        encoding: Some("klingon".to_owned()),
        ..Default::default()
    };
    let error = SourceFile::open(&latin.path, &unknown, &Silent).expect_err("no such encoding");
    assert!(message(&error, &latin).starts_with("b.csv: encoding = \"klingon\" does not fit"));
    let mut half: Vec<u8> = "\u{feff}id,name\n1,An\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    half.extend_from_slice(&[0x00, 0xD8, b'x', 0]);
    let half = made("c.csv", half);
    let error = SourceFile::open(&half.path, &ReadOptions::default(), &Silent).expect_err("half");
    assert!(
        message(&error, &half).starts_with("c.csv, line 3: the byte sequence"),
        "{error}"
    );
    assert!(error.to_string().contains("is not UTF-16LE"), "{error}");
}

#[test]
fn broken_containers_are_told() {
    let whole = gzip(table(100_000).as_bytes());
    let said = refused(&made("a.csv.gz", &whole[..whole.len() / 2]));
    assert_eq!(
        said,
        "a.csv.gz: the gzip stream is damaged: it ends too early; export or copy it again"
    );
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook
        .add_worksheet()
        .write(0, 0, "id")
        .expect("in the sheet");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let said = refused(&made("a.xlsx", &bytes[..bytes.len() / 2]));
    assert!(
        said.starts_with("a.xlsx: the workbook is damaged: "),
        "{said}"
    );
    let said = refused(&made("a.parquet", b"PAR1 and then nothing"));
    assert!(
        said.starts_with("a.parquet: the Parquet file is damaged: "),
        "{said}"
    );
    let empty = rust_xlsxwriter::Workbook::new()
        .save_to_buffer()
        .expect("a workbook");
    assert!(refused(&made("a.xlsx", empty)).contains("the file is empty"));
}

#[test]
fn a_password_is_told() {
    assert_eq!(
        refused(&made("secret.xlsx", encrypted_package())),
        "secret.xlsx: the workbook is protected by a password; save it without one"
    );
}

/// The compound file in which spreadsheet programs keep an encrypted workbook: a stream called
/// `EncryptedPackage` ([MS-CFB], [MS-OFFCRYPTO] 2.3.4.4).
fn encrypted_package() -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let mut header = vec![0; SECTOR];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &1_u32.to_le_bytes()); // sectors of the allocation table
    put(48, &1_u32.to_le_bytes()); // first sector of the directory
    put(56, &4096_u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    put(76, &[0; 4]); // the allocation table is sector 0
    put(80, &FREE.to_le_bytes().repeat(108));

    // Sector 1 is the directory, 2 to 9 are the stream's 4096 bytes.
    let mut next = vec![0xFFFF_FFFD, END];
    next.extend(3..=9);
    next.push(END);
    next.resize(SECTOR / 4, FREE);
    let entry = |name: &str, kind: u8, child: u32, start: u32, size: u32| {
        let mut entry = vec![0; 128];
        let name: Vec<u8> = name
            .encode_utf16()
            .chain([0])
            .flat_map(u16::to_le_bytes)
            .collect();
        entry[..name.len()].copy_from_slice(&name);
        entry[64] = name.len() as u8;
        entry[66] = kind;
        entry[67] = 1;
        entry[68..72].copy_from_slice(&FREE.to_le_bytes());
        entry[72..76].copy_from_slice(&FREE.to_le_bytes());
        entry[76..80].copy_from_slice(&child.to_le_bytes());
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&size.to_le_bytes());
        entry
    };
    let mut file = header;
    file.extend(next.into_iter().flat_map(u32::to_le_bytes));
    file.extend(entry("Root Entry", 5, 1, END, 0));
    file.extend(entry("EncryptedPackage", 2, FREE, 2, 4096));
    file.extend(vec![0; SECTOR - 2 * 128 + 4096]);
    file
}

#[test]
fn a_file_that_changes_is_noticed() {
    let made = made("a.csv", table(10));
    let file = open(&made);
    std::fs::write(&made.path, table(11)).expect("written again");
    let error = file.read().find_map(Result::err).expect("changed");
    assert_eq!(
        message(&error, &made),
        "a.csv: the file changed while it was read; import it again"
    );
}
