//! An import that is killed leaves all of its file or nothing; two at once add each fact once.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Place, orders_csv};

const LINES: u64 = 3_000;
const KILLS: u64 = 50;

/// Goal: SIGKILL at fifty random moments of an import, from before its start to after its end:
/// the lake opens with all rows or none, and importing again completes it.
#[test]
fn killed_at_random_moments() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(LINES));
    fs::rename(place.file("shop"), place.file("template")).expect("it is moved");
    copy_folder(&place.file("template"), &place.file("shop"));
    let began = Instant::now();
    place.succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
    let usual = began.elapsed();
    let (mut all, mut none) = (0, 0);
    for kill in 0..KILLS {
        fs::remove_dir_all(place.file("shop")).expect("it is removed");
        copy_folder(&place.file("template"), &place.file("shop"));
        let mut child = place
            .command()
            .args(["import", "-w", "shop", "orders.csv", "--yes", "--quiet"])
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(moment(kill, usual));
        child.kill().expect("it is ours");
        child.wait().expect("it ends");
        match place.count("order_lines") {
            0 => none += 1,
            LINES => all += 1,
            some => panic!("kill {kill}: {some} of {LINES} rows"),
        }
        if kill % 10 == 0 {
            place.succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
            assert_eq!(place.count("order_lines"), LINES);
            place.succeed(&["compact", "-w", "shop"]);
            assert_eq!(place.count("order_lines"), LINES);
        }
    }
    println!("killed {KILLS} times: {all} had all rows, {none} none; an import takes {usual:?}");
    assert!(none > 0, "no kill came early enough to mean anything");
}

/// Spread over the whole import and a little beyond; the same moments in every run of the test.
fn moment(kill: u64, usual: Duration) -> Duration {
    let share = (kill.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as f64 / (1_u64 << 24) as f64;
    usual.mul_f64(share * 1.1)
}

/// Goal: two imports of one file at the same time add each fact once, and neither is in the way
/// of the other for good.
#[test]
fn two_imports_at_once() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(LINES));
    let children: Vec<_> = (0..2)
        .map(|_| {
            place
                .command()
                .args(["import", "-w", "shop", "orders.csv", "--yes", "--quiet"])
                .stdout(Stdio::null())
                .spawn()
                .expect("it starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(place.count("order_lines"), LINES);
    let twice = place.sql("select row_key from order_lines group by row_key having count(*) > 1");
    assert!(twice.is_empty());
}

/// Goal: Ctrl-C is told as such and leaves the lake as it was.
#[cfg(unix)]
#[test]
fn interrupted() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(200_000));
    let mut child = place
        .command()
        .args(["import", "-w", "shop", "orders.csv", "--yes"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    // the first line says how the file is understood: from then on its rows are being written
    let mut messages = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut told = String::new();
    messages.read_line(&mut told).expect("it says something");
    let signal = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(signal.expect("there is a kill").success());
    messages
        .read_to_string(&mut told)
        .expect("messages are UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "{told}");
    assert!(told.contains("stopped"), "{told}");
    assert_eq!(place.count("order_lines"), 0);
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it is made");
    for entry in fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("it has one").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it is copied");
        }
    }
}
