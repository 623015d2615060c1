//! The Rust side of the comparison with PM4Py and DuckDB in `benches/run.py`.
//!
//! `journey_peer draw FILE STEPS` writes about so many steps of journeys through a web shop as CSV, in the order of
//! time; `journey_peer measure FILE [follows]` reads them, makes the map or counts what follows at any time, and
//! prints the CPU seconds of the work as JSON.

mod processor;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use jiff::Timestamp;
use worth_model::journey::{Event, Log, MapParts, SHOP_STEPS, eventually_follows, map, shop};

use processor::{Outcome, timed};

/// 2024-01-01, in microseconds since 1970.
const BEGIN: i64 = 1_704_067_200_000_000;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["draw", file, steps] => draw(file, steps.parse()?),
        ["measure", file] => measure(file, |log| {
            let map = map(log, None, MapParts::all(0.9))?;
            Ok((map.events, map.edges.len()))
        }),
        ["measure", file, "follows"] => measure(file, |log| {
            let follows = eventually_follows(log);
            Ok((follows.iter().map(|pair| pair.times).sum(), follows.len()))
        }),
        _ => Err("usage: journey_peer draw FILE STEPS | measure FILE [follows]".into()),
    }
}

fn draw(file: &str, steps: u32) -> Outcome<()> {
    let mut events = shop(steps / 13, 1);
    events.sort_by_key(|event| event.at);
    let mut out = BufWriter::new(File::create(file)?);
    writeln!(out, "customer_id,name,at")?;
    for event in events {
        let at = Timestamp::from_microsecond(BEGIN + event.at)?;
        let name = SHOP_STEPS[event.kind as usize];
        writeln!(out, "C{:07},{name},{at:.3}", event.journey)?;
    }
    Ok(out.flush()?)
}

fn measure(
    file: &str,
    work: impl FnOnce(&Log) -> Result<(u64, usize), worth_model::Error>,
) -> Outcome<()> {
    let (events, journeys) = read(file)?;
    let (log, sort) = timed(|| Log::of(events, journeys, SHOP_STEPS.len()))?;
    let ((count, pairs), pass) = timed(|| work(&log))?;
    println!(
        "{{\"count\": {count}, \"pairs\": {pairs}, \"sort\": {sort:.2}, \"pass\": {pass:.2}}}"
    );
    Ok(())
}

fn read(file: &str) -> Outcome<(Vec<Event>, usize)> {
    let mut journeys: HashMap<String, u32> = HashMap::new();
    let mut events = Vec::new();
    for line in BufReader::new(File::open(file)?).lines().skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split(',').collect();
        let [journey, name, at] = fields[..] else {
            return Err(format!("{line}: expected three fields").into());
        };
        let known = journeys.get(journey).copied();
        let journey = known.unwrap_or_else(|| {
            let number = journeys.len() as u32;
            journeys.insert(journey.to_owned(), number);
            number
        });
        let kind = SHOP_STEPS.iter().position(|step| *step == name);
        events.push(Event {
            at: at.parse::<Timestamp>()?.as_microsecond(),
            journey,
            kind: kind.ok_or_else(|| format!("{name}: no step of the shop"))? as u32,
            sequence: 0,
        });
    }
    let journeys = journeys.len();
    Ok((events, journeys))
}
