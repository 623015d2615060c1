//! Files in the manner of Vietnamese exports, with all their habits: a report in one command,
//! without touching `worth.toml`.

use crate::common::Place;

/// The way a till exports its invoices: titles above the table, `1.250.000`, day first, a total
/// line, walk-ins, cancelled orders, the order's cells on its first line only.
fn invoices() -> String {
    let mut text = String::from(
        "Cửa hàng Cà phê Lá,,,,,,,,,\nDanh sách hóa đơn từ 01/01/2024 đến 31/12/2024,,,,,,,,,\n,,,,,,,,,\n\
         Mã hóa đơn,Thời gian,Mã khách hàng,Tên khách hàng,Điện thoại,Mã hàng,Tên hàng,Số lượng,Đơn giá,Thành tiền,Trạng thái\n",
    );
    for order in 0..900_u32 {
        let (day, month) = (order * 7 % 28 + 1, order * 5 % 12 + 1);
        let customer = (order * 37 + order / 7) % 143;
        let (code, name, phone) = if order % 6 == 0 {
            (String::new(), "Khách lẻ".to_owned(), String::new())
        } else {
            (
                format!("KH{customer:05}"),
                format!("Nguyễn Văn {customer}"),
                format!("09123{customer:05}"),
            )
        };
        let status = if order % 17 == 0 {
            "Đã hủy"
        } else {
            "Hoàn thành"
        };
        for line in 0..=order % 2 {
            let price = 25_000 + order * 13 % 90 * 15_000;
            let quantity = order % 3 + 1;
            text += &format!(
                "HD{order:06},{day:02}/{month:02}/2024 09:{:02},{code},{name},{phone},SP{line:03},Hàng {line},{quantity},\"{}\",\"{}\",{status}\n",
                order % 60,
                dotted(price),
                dotted(price * quantity),
            );
        }
    }
    text
}

/// 1250000 as `1.250.000`.
fn dotted(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A form of the shop's own, as Google exports it.
fn survey() -> String {
    let grid = "Bạn đồng ý đến mức nào với các nhận định sau?";
    let mut text = format!(
        "Dấu thời gian,Số điện thoại,{grid} [Chất lượng đồ uống tốt],{grid} [Mua hàng thuận tiện],{grid} [Giá cả hợp lý],{grid} [Tôi mất nhiều thời gian chờ đợi]\n"
    );
    let words = [
        "Rất không đồng ý",
        "Không đồng ý",
        "Bình thường",
        "Đồng ý",
        "Rất đồng ý",
    ];
    for row in 0..120_usize {
        let word = |shift: usize| words[(row * 7 + shift * 3 + row / 5) % 5];
        text += &format!(
            "{:02}/{:02}/2024 10:{:02}:00,9123{:05},{},{},{},{}\n",
            row % 28 + 1,
            row % 12 + 1,
            row % 60,
            row % 143,
            word(0),
            word(1),
            word(2),
            word(3)
        );
    }
    text
}

/// Goal: two files as they come out of the till and the form, one command, a report.
#[test]
fn one_command_without_editing_anything() {
    let place = Place::new();
    place.write("hóa đơn.csv", format!("\u{feff}{}", invoices()));
    place.write("khảo sát.csv", survey());
    let ran = place.succeed(&["report", "hóa đơn.csv", "khảo sát.csv", "--language", "vi"]);
    let report = std::fs::read_to_string(place.file(ran.out.trim())).expect("a report");
    assert!(report.contains("lang=\"vi\""));
    assert!(report.contains('₫'));
    let count = |query: &str| {
        place.sql_in("worth", query)[0]["n"]
            .as_u64()
            .expect("a count")
    };
    assert_eq!(count("select count(*) as n from order_lines"), 1_350);
    assert_eq!(
        count("select count(distinct order_id) as n from order_lines"),
        900
    );
    assert_eq!(
        count("select count(distinct order_id) as n from order_lines where customer_id is null"),
        150
    );
    assert_eq!(
        count("select count(distinct order_id) as n from order_lines where status = 'cancelled'"),
        53
    );
    assert_eq!(
        count("select count(distinct response_id) as n from survey_answers"),
        120
    );
    assert!(count("select count(distinct customer_id) as n from survey_answers") > 60);
    assert_eq!(count("select count(*) as n from rejects"), 0);
    let most = place.sql_in("worth", "select max(amount) as n from order_lines");
    let most: f64 = most[0]["n"]
        .to_string()
        .trim_matches('"')
        .parse()
        .expect("a number");
    assert!(most > 1_000_000.0, "{most}");
}
