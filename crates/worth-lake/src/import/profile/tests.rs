//! Profiles of whole files.

use super::*;
use crate::import::source::ReadOptions;
use crate::import::value::TimeLayout;
use crate::progress::Silent;

fn profile(text: &str) -> Profile {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, text).expect("a file in it");
    let file = SourceFile::open(&path, &ReadOptions::default(), &Silent).expect("readable");
    file.profile(&Silent).expect("readable")
}

#[test]
fn a_shop_export_is_understood() {
    let mut text = "Mã,Thời gian,Khách hàng,Điện thoại,Tổng tiền,Trạng thái,Giảm\n".to_owned();
    for order in 0..2_000 {
        let customer = if order % 20 == 0 {
            "Khách lẻ".to_owned()
        } else {
            format!("Khách {order}")
        };
        let status = if order % 10 == 3 {
            "Đã hủy"
        } else {
            "Hoàn thành"
        };
        text.push_str(&format!(
            "HD{order:05},{:02}/{:02}/2025 10:00,{customer},09{order:08},1.{:03}.000 ₫,{status},{}%\n",
            order % 28 + 1,
            order % 12 + 1,
            order % 1_000,
            order % 7,
        ));
    }
    text.push_str("HD99999,01/01/2025 10:00,,,5.000 ₫,Hoàn thành,0%\n");
    let profile = profile(&text);
    assert_eq!((profile.rows, profile.damaged), (2_001, 0));
    let column = |name: &str| profile.column(name).expect("a column");

    assert_eq!(column("Mã").looks, Looks::Text);
    assert_eq!(
        column("Thời gian").time.clear().map(|time| time.layout),
        Some(TimeLayout::Dmy)
    );
    assert!(
        column("Thời gian")
            .time
            .clear()
            .is_some_and(|time| time.has_time)
    );
    assert_eq!(column("Điện thoại").leading_zeros, 2_000);
    assert_eq!(column("Điện thoại").looks, Looks::Text);
    let total = column("Tổng tiền");
    assert_eq!(total.number, Decision::Clear(NumberFormat::COMMA));
    assert_eq!(total.currencies, [("₫".to_owned(), 2_001)]);
    assert_eq!(column("Giảm").percents, 2_001);
    let status = column("Trạng thái");
    assert_eq!(
        status.frequent,
        [("Hoàn thành".to_owned(), 1_801), ("Đã hủy".to_owned(), 200)]
    );
    let customer = column("Khách hàng");
    assert_eq!((customer.filled, customer.empty), (2_000, 1));
    assert_eq!(customer.frequent[0].0, "Khách lẻ");
    assert!(customer.frequent[0].1 + customer.count_error >= 100);
}

#[test]
fn what_can_be_read_in_two_ways_stays_open() {
    let profile = profile("id,at,amount\na,03/04/2025,1.250\nb,05/06/2025,2.500\n");
    assert!(matches!(
        profile.columns[1].time,
        Decision::Ambiguous { .. }
    ));
    assert!(matches!(
        profile.columns[2].number,
        Decision::Ambiguous { .. }
    ));
    assert_eq!(profile.columns[1].looks, Looks::Time);
    assert_eq!(profile.columns[2].looks, Looks::Number);
}

#[test]
fn evidence_may_come_last() {
    let mut text = "id,at,amount\n".to_owned();
    for row in 0..70_000 {
        text.push_str(&format!("{row},03/04/2025,1.250\n"));
    }
    text.push_str("70000,25/04/2025,1.250.000\n");
    let profile = profile(&text);
    assert_eq!(profile.rows, 70_001);
    assert_eq!(
        profile.columns[1].time.clear().map(|time| time.layout),
        Some(TimeLayout::Dmy)
    );
    assert_eq!(
        profile.columns[2].number,
        Decision::Clear(NumberFormat::COMMA)
    );
    assert_eq!(profile.columns[1].distinct, Some(2));
}

#[test]
fn numbers_of_json_are_plain_whatever_they_look_like() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let path = folder.path().join("a.jsonl");
    std::fs::write(
        &path,
        "{\"weight\":1.250}\n{\"weight\":2.125}\n{\"weight\":3.375}\n",
    )
    .expect("a file in it");
    let file = SourceFile::open(&path, &ReadOptions::default(), &Silent).expect("readable");
    let profile = file.profile(&Silent).expect("readable");
    assert_eq!(
        profile.columns[0].number,
        Decision::Clear(NumberFormat::PLAIN)
    );
}
