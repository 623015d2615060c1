//! CPU time of a piece of work, that of all threads, from `/proc/self/stat` (Linux, steps of a hundredth of a
//! second).

use std::fs;
use std::hint::black_box;

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What the work gives, and the CPU seconds that it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> Result<T, worth_model::Error>) -> Outcome<(T, f64)> {
    let began = cpu_seconds()?;
    let result = black_box(work()?);
    Ok((result, cpu_seconds()? - began))
}

/// User and system time of this process so far.
fn cpu_seconds() -> Outcome<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The name in brackets may hold spaces; times are fields 14 and 15, in hundredths.
    let after = text.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |place: usize| -> Outcome<f64> {
        Ok(fields
            .get(place)
            .ok_or("/proc/self/stat is shorter than expected")?
            .parse()?)
    };
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}
