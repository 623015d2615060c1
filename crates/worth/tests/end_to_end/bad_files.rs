//! Files that cannot be: each gives a clear error that names the file, and the lake stays as it
//! was.

use std::fs::File;
use std::process::Command;

use crate::common::{Place, Ran, orders_csv};

/// A workspace with some orders in it, and a check that they are all it ever has.
struct Shop {
    place: Place,
}

impl Shop {
    fn new() -> Self {
        let place = Place::new();
        place.init();
        place.write("before.csv", orders_csv(50));
        place.succeed(&["import", "-w", "shop", "before.csv", "--yes"]);
        Self { place }
    }

    /// Importing `file` fails with a message that names it; the lake is as before.
    fn refuses(&self, file: &str) -> String {
        let ran = self.place.fail(1, &["import", "-w", "shop", file, "--yes"]);
        self.is_as_before();
        assert!(
            ran.err.contains(file),
            "the message does not name {file}:\n{}",
            ran.err
        );
        ran.err
    }

    fn is_as_before(&self) {
        assert_eq!(self.place.count("order_lines"), 50);
        for table in ["customers", "survey_answers", "events", "rejects"] {
            assert_eq!(self.place.count(table), 0, "{table}");
        }
    }
}

#[test]
fn what_is_not_there() {
    Shop::new().refuses("nowhere.csv");
}

#[test]
fn a_folder() {
    let shop = Shop::new();
    std::fs::create_dir(shop.place.file("folder.csv")).expect("it is made");
    let message = shop.refuses("folder.csv");
    assert!(message.contains("folder"), "{message}");
}

#[test]
fn an_empty_file() {
    let shop = Shop::new();
    shop.place.write("empty.csv", "");
    let message = shop.refuses("empty.csv");
    assert!(message.contains("empty"), "{message}");
}

/// Goal: a month without sales is a file too.
#[test]
fn a_header_alone_is_no_mistake() {
    let shop = Shop::new();
    shop.place.write(
        "header.csv",
        "order_id,customer_id,ordered_at,amount,currency\n",
    );
    shop.place
        .succeed(&["import", "-w", "shop", "header.csv", "--yes"]);
    shop.is_as_before();
}

#[test]
fn a_binary_file_named_csv() {
    let shop = Shop::new();
    let bytes: Vec<u8> = (0..200_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    shop.place.write("picture.csv", bytes);
    shop.refuses("picture.csv");
}

#[test]
fn a_spreadsheet_that_is_cut_off() {
    let shop = Shop::new();
    shop.place.write(
        "cut.xlsx",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00rest is missing",
    );
    shop.refuses("cut.xlsx");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Shop::new();
    let path = shop.place.write("secret.csv", orders_csv(5));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("it is ours");
    if File::open(&path).is_ok() {
        println!("an_unreadable_file: skipped: this user may read everything");
        return;
    }
    shop.refuses("secret.csv");
}

#[test]
fn a_survey_without_a_timestamp() {
    let shop = Shop::new();
    let mut text = String::from(
        "Bạn đồng ý đến mức nào? [Đồ uống chất lượng tốt],Bạn đồng ý đến mức nào? [Giá cả hợp lý]\n",
    );
    for _ in 0..30 {
        text += "Đồng ý,Rất đồng ý\n";
    }
    shop.place.write("survey.csv", text);
    let ran = shop
        .place
        .fail(1, &["import", "-w", "shop", "survey.csv", "--yes"]);
    assert!(ran.err.contains("survey"), "{}", ran.err);
    shop.is_as_before();
}

#[test]
fn a_file_about_something_else() {
    let shop = Shop::new();
    shop.place
        .write("recipe.csv", "ingredient,grams\nflour,500\nbutter,250\n");
    shop.refuses("recipe.csv");
}

#[test]
fn a_byte_that_its_encoding_does_not_have() {
    let shop = Shop::new();
    // UTF-16 that ends in the middle of a character
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(orders_csv(20).encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend([0x00, 0xd8, 0x41]);
    shop.place.write("wrong.csv", bytes);
    shop.refuses("wrong.csv");
}

#[test]
fn a_file_of_which_most_makes_no_sense() {
    let shop = Shop::new();
    let mut text = String::from("order_id,customer_id,ordered_at,amount,currency\n");
    for row in 0..100 {
        let amount = if row % 2 == 0 { "10000" } else { "" };
        text += &format!(
            "O{row},C1,2025-03-{:02}T08:00:00,{amount},VND\n",
            row % 28 + 1
        );
    }
    shop.place.write("holes.csv", text);
    shop.refuses("holes.csv");
}

#[test]
fn a_line_of_a_gigabyte() {
    let shop = Shop::new();
    let path = shop.place.write(
        "long.csv",
        "order_id,customer_id,ordered_at,amount,currency\nO1,",
    );
    let file = File::options().write(true).open(&path).expect("it is ours");
    file.set_len(1 << 30).expect("a file may have a hole");
    shop.refuses("long.csv");
}

/// Goal: a full disk is told as such. The limit on the size of a file stands for it.
#[cfg(unix)]
#[test]
fn a_full_disk() {
    let shop = Shop::new();
    shop.place.write("orders.csv", orders_csv(60_000));
    let binary = env!("CARGO_BIN_EXE_worth");
    // blocks of 512 bytes: room for the catalog to change a little, not for the rows
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!(
            "ulimit -f 400; exec {binary} import -w shop orders.csv --yes"
        ))
        .current_dir(shop.place.path())
        .env("LC_ALL", "C")
        .output()
        .expect("a shell");
    let ran = Ran::of(output);
    assert_eq!(ran.code, Some(1), "{}\n{}", ran.out, ran.err);
    assert!(ran.err.contains("worth: "), "{}", ran.err);
    shop.is_as_before();
    // and when there is room again, it works
    shop.place
        .succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
    assert!(shop.place.count("order_lines") >= 60_000);
}
