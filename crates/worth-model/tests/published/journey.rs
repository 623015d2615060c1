//! Three public logs against PM4Py 2.7.23 (`journey.py`): every transition, its mean and median waiting time, and
//! every pair that follows at any time. The logs: six requests for compensation (van der Aalst 2016, Process
//! Mining: Data Science in Action), patients with sepsis (Mannhardt 2016,
//! doi:10.4121/uuid:915d2bfb-7e84-49ad-a286-dc35f063a460), road traffic fines (de Leoni, Mannhardt 2015,
//! doi:10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5), the last of them the first 10,000 of 150,370.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::DateTime;
use worth_model::journey::{Event, Log, Map, MapParts, eventually_follows, map};

/// A log with the names of its kinds, in alphabetical order.
struct Read {
    events: Vec<Event>,
    journeys: usize,
    names: Vec<String>,
}

impl Read {
    /// Rows of journey, name and time; the number of the row is the sequence.
    fn of(rows: &[[&str; 3]]) -> Self {
        let numbers = |column: usize| -> BTreeMap<&str, u32> {
            let mut numbers: BTreeMap<&str, u32> =
                rows.iter().map(|row| (row[column], 0)).collect();
            numbers
                .values_mut()
                .zip(0..)
                .for_each(|(number, place)| *number = place);
            numbers
        };
        let (journeys, kinds) = (numbers(0), numbers(1));
        let event = |(row, &[journey, name, time]): (usize, &[&str; 3])| Event {
            at: microseconds(time),
            journey: journeys[journey],
            kind: kinds[name],
            sequence: row as u32,
        };
        Self {
            events: rows.iter().enumerate().map(event).collect(),
            journeys: journeys.len(),
            names: kinds.keys().map(|&name| name.to_owned()).collect(),
        }
    }

    fn log(&self) -> Log {
        Log::of(self.events.clone(), self.journeys, self.names.len()).expect("numbers in range")
    }

    /// The same without a word on the order of steps of one instant.
    fn unordered(&self) -> Log {
        let without = |event: &Event| Event {
            sequence: 0,
            ..*event
        };
        let events = self.events.iter().map(without).collect();
        Log::of(events, self.journeys, self.names.len()).expect("numbers in range")
    }

    fn kind(&self, name: &str) -> u32 {
        let place = self
            .names
            .binary_search_by(|known| known.as_str().cmp(name));
        place.unwrap_or_else(|_| panic!("no {name}")) as u32
    }
}

fn microseconds(time: &str) -> i64 {
    let time: DateTime = time.parse().expect("a time");
    let zoned = time
        .to_zoned(jiff::tz::TimeZone::UTC)
        .expect("a time that exists");
    zoned.timestamp().as_microsecond()
}

/// Nothing, with a printed line, without WORTH_TEST_DATA.
fn text(file: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        eprintln!("skipped: needs WORTH_TEST_DATA");
        return None;
    };
    let path = PathBuf::from(folder).join("journeys").join(file);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("WORTH_TEST_DATA is set, but {}: {error}", path.display()));
    Some(text)
}

fn table(file: &str) -> Option<Read> {
    let text = text(file)?;
    let rows: Vec<[&str; 3]> = text
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            [fields[0], fields[1], fields[4]]
        })
        .collect();
    Some(Read::of(&rows))
}

/// As the file is laid out: an element a line, the name of a trace or event first; one offset from UTC.
fn running_example() -> Option<Read> {
    let text = text("running-example.xes")?;
    let value = |line: &'_ str| -> Option<String> {
        Some(line.split("value=\"").nth(1)?.split('"').next()?.to_owned())
    };
    let (mut journey, mut name) = (String::new(), String::new());
    let mut is_in_event = false;
    let mut rows = Vec::new();
    for line in text.lines().skip_while(|line| !line.contains("<trace>")) {
        if line.contains("event>") {
            is_in_event = line.contains("<event>");
        } else if line.contains("concept:name") && is_in_event {
            name = value(line)?;
        } else if line.contains("concept:name") {
            journey = value(line)?;
        } else if line.contains("time:timestamp") {
            let time = value(line)?;
            let time = time.strip_suffix("+01:00").expect("winter");
            rows.push([journey.clone(), name.clone(), time.to_owned()]);
        }
    }
    let rows: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| row.each_ref().map(String::as_str))
        .collect();
    Some(Read::of(&rows))
}

/// Compares all there is with what PM4Py has of this log; returns the map.
fn compare(name: &str, read: &Read) -> Map {
    let log = read.log();
    let map = map(&log, None, MapParts::all(0.9)).expect("no values");
    let follows = eventually_follows(&log);
    let (mut edges, mut pairs) = (0, 0);
    for line in include_str!("journey.txt").lines() {
        let fields: Vec<&str> = line.split(',').collect();
        if fields[0] != name {
            continue;
        }
        let number = |place: usize| fields[place].parse::<f64>().expect("a number");
        let (from, to) = (read.kind(fields[1]), read.kind(fields[2]));
        let edge = map.edge(from, to);
        assert_eq!(
            edge.map_or(0, |edge| edge.times) as f64,
            number(3),
            "{line}"
        );
        if let Some(edge) = edge {
            assert!(
                (edge.waiting.unwrap().mean_seconds.value - number(4)).abs() < 2e-6,
                "{line}"
            );
            assert!(
                (edge.waiting.unwrap().median_seconds.value - number(5)).abs() < 2e-6,
                "{line}"
            );
            edges += 1;
        }
        let pair = follows
            .iter()
            .find(|pair| (pair.from, pair.to) == (from, to));
        assert_eq!(pair.expect("a pair").times as f64, number(6), "{line}");
        pairs += 1;
    }
    assert_eq!((edges, pairs), (map.edges.len(), follows.len()));
    map
}

/// A transition that is not in doubt is there whatever the order of what shares an instant.
fn check_doubts(read: &Read, ordered: &Map) -> u64 {
    let map = map(&read.unordered(), None, MapParts::all(0.9)).expect("no values");
    for edge in &map.edges {
        let sure = edge.times - edge.in_doubt;
        let times = ordered
            .edge(edge.from, edge.to)
            .map_or(0, |edge| edge.times);
        assert!(sure <= times, "{edge:?}");
    }
    map.edges.iter().map(|edge| edge.in_doubt).sum()
}

fn node(map: &Map, read: &Read, name: &str) -> (u64, u64, u64) {
    let node = map.node(read.kind(name)).expect("happens");
    (node.starts, node.ends, node.repeating)
}

#[test]
fn running_example_matches_pm4py() {
    let Some(read) = running_example() else {
        return;
    };
    let map = compare("running-example", &read);
    assert_eq!((map.journeys, map.events, map.nodes.len()), (6, 42, 8));
    assert_eq!((map.edges.len(), map.variants.len()), (16, 6));
    assert_eq!(node(&map, &read, "register request"), (6, 0, 0));
    assert_eq!(node(&map, &read, "reject request"), (0, 3, 0));
    assert_eq!(node(&map, &read, "check ticket"), (0, 0, 2));
    assert_eq!(read.log().ties().by_sequence, 0);
    assert_eq!(check_doubts(&read, &map), 0);
}

#[test]
fn sepsis_matches_pm4py() {
    let Some(read) = table("sepsis.csv") else {
        return;
    };
    let map = compare("sepsis", &read);
    assert_eq!(
        (map.journeys, map.events, map.nodes.len()),
        (1050, 15_214, 16)
    );
    assert_eq!((map.edges.len(), map.variants.len()), (115, 846));
    assert_eq!(map.variants[0].journeys, 35);
    assert_eq!(node(&map, &read, "Leucocytes"), (18, 44, 677));
    assert_eq!(node(&map, &read, "Release A"), (0, 393, 0));
    assert_eq!(read.log().ties().by_sequence, 4447);
    let in_doubt = check_doubts(&read, &map);
    assert!((4447..14_164).contains(&in_doubt), "{in_doubt}");
}

#[test]
fn traffic_fines_match_pm4py() {
    let Some(read) = table("traffic_fines.csv") else {
        return;
    };
    let map = compare("traffic-fines", &read);
    assert_eq!(
        (map.journeys, map.events, map.nodes.len()),
        (10_000, 34_724, 11)
    );
    assert_eq!((map.edges.len(), map.variants.len()), (40, 44));
    assert_eq!(map.variants[0].journeys, 3428);
    assert_eq!(node(&map, &read, "Payment"), (0, 4535, 279));
    assert_eq!(read.log().ties().by_sequence, 475);
    assert!(check_doubts(&read, &map) > 0);
}
