//! Workbooks as shops and surveys export them.

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};

use super::*;

fn saved(workbook: &mut Workbook) -> Made {
    made("shop.xlsx", workbook.save_to_buffer().expect("a workbook"))
}

fn workbook_format(file: &SourceFile) -> &WorkbookFormat {
    match file.format() {
        Format::Workbook(format) => format,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_export_with_titles_dates_and_numbers() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Style::new().set_num_format("dd/mm/yyyy hh:mm");
    let whole = "the cell is in the sheet";
    sheet
        .merge_range(0, 0, 0, 3, "CỬA HÀNG HOA MAI", &Style::new())
        .expect(whole);
    sheet
        .write(1, 0, "Từ ngày 01/10/2025 đến ngày 31/10/2025")
        .expect(whole);
    for (column, name) in ["Mã hóa đơn", "Thời gian", "Tổng tiền", "Đã trả"]
        .iter()
        .enumerate()
    {
        sheet.write(3, column as u16, *name).expect(whole);
    }
    for row in 0..3_u32 {
        let at = ExcelDateTime::from_ymd(2025, 10, 25 + row as u8).expect("a date");
        let at = if row == 0 {
            at
        } else {
            at.and_hms(14, 30, 0).expect("a time")
        };
        sheet.write(4 + row, 0, format!("HD{row:03}")).expect(whole);
        sheet
            .write_datetime_with_format(4 + row, 1, &at, &date)
            .expect(whole);
        sheet
            .write(4 + row, 2, 1_250_000.0 + f64::from(row) * 0.1)
            .expect(whole);
        sheet.write(4 + row, 3, row == 1).expect(whole);
    }
    sheet.write(7, 0, "HD003").expect(whole);
    sheet
        .write_formula(
            7,
            2,
            Formula::new("0.1+0.2").set_result("0.30000000000000004"),
        )
        .expect(whole);
    sheet
        .write_blank(40, 7, &Style::new().set_bold())
        .expect(whole);
    let made = saved(&mut workbook);
    let file = open(&made);
    assert_eq!(
        names(&file),
        ["Mã hóa đơn", "Thời gian", "Tổng tiền", "Đã trả"]
    );
    assert_eq!(
        natives(&file),
        [Native::Text, Native::Time, Native::Number, Native::Flag]
    );
    let format = workbook_format(&file);
    assert_eq!((format.header_row, format.titles.len()), (Some(4), 2));
    let rows = numbered_rows(&file);
    assert_eq!(
        rows[0],
        (
            5,
            ["HD000", "2025-10-25", "1250000", "false"]
                .map(str::to_owned)
                .into()
        )
    );
    assert_eq!(rows[1].1[1..], ["2025-10-26T14:30:00", "1250000.1", "true"]);
    assert_eq!(
        rows[3],
        (8, ["HD003", "", "0.3", ""].map(str::to_owned).into())
    );
    assert_eq!(rows.len(), 4);
}

#[test]
fn what_is_merged_down_stands_in_every_row() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let whole = "the cell is in the sheet";
    for (column, name) in ["order", "product", "amount"].iter().enumerate() {
        sheet.write(0, column as u16, *name).expect(whole);
    }
    sheet
        .merge_range(1, 0, 2, 0, "A1", &Style::new())
        .expect(whole);
    for (row, product) in ["tea", "cup", "pot"].iter().enumerate() {
        sheet.write(1 + row as u32, 1, *product).expect(whole);
        sheet
            .write(1 + row as u32, 2, 5 * (row as u32 + 1))
            .expect(whole);
    }
    sheet.write(3, 0, "A2").expect(whole);
    let made = saved(&mut workbook);
    assert_eq!(
        rows(&open(&made)),
        [["A1", "tea", "5"], ["A1", "cup", "10"], ["A2", "pot", "15"]]
    );
}

#[test]
fn the_first_sheet_with_a_table_is_read_unless_another_is_named() {
    let mut workbook = Workbook::new();
    let whole = "the cell is in the sheet";
    workbook
        .add_worksheet()
        .set_name("Bìa")
        .expect(whole)
        .write(0, 0, "Báo cáo")
        .expect(whole);
    for (name, value) in [("Tháng 9", 9), ("Tháng 10", 10)] {
        let sheet = workbook.add_worksheet().set_name(name).expect(whole);
        sheet
            .write(2, 1, "mã")
            .expect(whole)
            .write(2, 2, "tiền")
            .expect(whole);
        sheet
            .write(3, 1, "A")
            .expect(whole)
            .write(3, 2, value)
            .expect(whole);
    }
    let made = saved(&mut workbook);
    let file = open(&made);
    assert_eq!(workbook_format(&file).sheet, "Tháng 9");
    assert_eq!(workbook_format(&file).other_sheets, ["Bìa", "Tháng 10"]);
    assert_eq!(
        numbered_rows(&file),
        [(4, vec!["A".to_owned(), "9".to_owned()])]
    );
    let named = ReadOptions {
        sheet: Some("Tháng 10".to_owned()),
        ..Default::default()
    };
    assert_eq!(rows(&open_with(&made, &named)), [["A", "10"]]);
    let unknown = ReadOptions {
        sheet: Some("Tháng 11".to_owned()),
        ..Default::default()
    };
    let error = SourceFile::open(&made.path, &unknown, &Silent).expect_err("no such sheet");
    assert_eq!(
        message(&error, &made),
        "shop.xlsx: sheet = \"Tháng 11\" does not fit; right would be one of: Bìa, Tháng 9, Tháng 10"
    );
}

#[test]
fn a_value_beside_the_table_makes_its_row_damaged() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let whole = "the cell is in the sheet";
    sheet
        .write(0, 0, "id")
        .expect(whole)
        .write(0, 1, "amount")
        .expect(whole);
    for row in 1..=300_u32 {
        sheet
            .write(row, 0, format!("A{row}"))
            .expect(whole)
            .write(row, 1, row)
            .expect(whole);
    }
    sheet.write(299, 4, "note").expect(whole);
    let made = saved(&mut workbook);
    let file = open(&made);
    assert_eq!(count_rows(&file), 299);
    assert_eq!(damaged(&file)[0].file_row, 300);
    assert_eq!(damaged(&file)[0].raw, "A299\t299\t\t\tnote");
}
