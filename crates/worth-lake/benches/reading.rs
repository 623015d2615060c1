//! How fast files are read and profiled: order lines as a shop exports them, a million of them.
//!
//! `cargo bench -p worth-lake --bench reading`

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use jiff::tz::TimeZone;
use tempfile::TempDir;
use worth_lake::import::source::{ReadOptions, SourceFile};
use worth_lake::import::value::{NumberFormat, TimeFormat, TimeLayout, TimeReader, parse_money};
use worth_lake::progress::Silent;

const ROWS: u64 = 1_000_000;

/// The files, made once.
static FILES: LazyLock<(TempDir, PathBuf, PathBuf)> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a temporary folder");
    let plain = folder.path().join("orders.csv");
    let vietnamese = folder.path().join("hoa-don.csv");
    std::fs::write(&plain, plain_orders()).expect("a file in it");
    std::fs::write(&vietnamese, vietnamese_orders()).expect("a file in it");
    (folder, plain, vietnamese)
});

fn main() {
    divan::main();
}

fn plain_orders() -> String {
    let mut text =
        "order_id,line,customer_id,ordered_at,product_id,quantity,amount,status\n".to_owned();
    for row in 0..ROWS {
        let (order, line) = (row / 3, row % 3 + 1);
        let customer = order * 7919 % 100_003;
        let (day, second) = (row * 31 % 28 + 1, row % 60);
        let (product, quantity) = (row * 127 % 5_003, row % 4 + 1);
        let (whole, cents) = (row * 17 % 900, row % 100);
        writeln!(
            text,
            "O{order:08},{line},C{customer:06},2025-{:02}-{day:02} 10:20:{second:02},P{product:05},\
             {quantity},{whole}.{cents:02},delivered",
            row % 12 + 1,
        )
        .expect("writing to a string cannot fail");
    }
    text
}

fn vietnamese_orders() -> String {
    const NAMES: [&str; 4] = [
        "Nguyễn Thị Lan",
        "Trần Văn Nam",
        "Khách lẻ",
        "Lê Hoàng Anh Thư",
    ];
    let mut text = "Mã hóa đơn;Thời gian;Khách hàng;Tổng tiền;Ghi chú\n".to_owned();
    for row in 0..ROWS {
        let name = NAMES[(row % 4) as usize];
        writeln!(
            text,
            "HD{row:08};{:02}/{:02}/2025 14:{:02};{name};1.{:03}.000;\"giao nhanh, gọi trước\"",
            row % 28 + 1,
            row % 12 + 1,
            row % 60,
            row % 1_000,
        )
        .expect("writing to a string cannot fail");
    }
    text
}

fn opened(path: &std::path::Path) -> SourceFile {
    SourceFile::open(path, &ReadOptions::default(), &Silent).expect("readable")
}

fn paths() -> [(&'static str, &'static PathBuf); 2] {
    [("plain", &FILES.1), ("vietnamese", &FILES.2)]
}

#[divan::bench(args = [0, 1], sample_count = 5)]
fn open(bencher: Bencher<'_, '_>, which: usize) {
    let path = paths()[which].1;
    let bytes = opened(path).size_bytes();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| opened(path));
}

#[divan::bench(args = [0, 1], sample_count = 5)]
fn read(bencher: Bencher<'_, '_>, which: usize) {
    let file = opened(paths()[which].1);
    bencher
        .counter(BytesCount::new(file.size_bytes()))
        .bench(|| {
            file.read()
                .map(|batch| batch.expect("readable").file_rows.len())
                .sum::<usize>()
        });
}

#[divan::bench(args = [0, 1], sample_count = 5)]
fn profile(bencher: Bencher<'_, '_>, which: usize) {
    let file = opened(paths()[which].1);
    bencher
        .counter(BytesCount::new(file.size_bytes()))
        .bench(|| file.profile(&Silent).expect("readable"));
}

#[divan::bench(args = ["1250.50", "1.250.000 ₫"])]
fn money(bencher: Bencher<'_, '_>, text: &str) {
    let format = if text.len() > 8 {
        NumberFormat::COMMA
    } else {
        NumberFormat::PLAIN
    };
    bencher.bench(|| parse_money(divan::black_box(text), format));
}

#[divan::bench(args = ["2025-10-25 14:30:00", "25/10/2025 14:30", "25 thg 10, 2025"])]
fn time(bencher: Bencher<'_, '_>, text: &str) {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("a known zone");
    let layout = if text.starts_with("2025") {
        TimeLayout::Ymd
    } else {
        TimeLayout::Dmy
    };
    let mut reader = TimeReader::new(TimeFormat::from(layout), zone);
    bencher.bench_local(|| reader.read(divan::black_box(text)));
}
