//! The rooms of this crate, each with its sentences in both languages.

use super::Room;

/// A room whose sentences are in `{file}.en.ftl` and `{file}.vi.ftl`.
macro_rules! room {
    ($name:literal, $file:literal) => {
        Room {
            name: $name,
            english: include_str!(concat!($file, ".en.ftl")),
            vietnamese: include_str!(concat!($file, ".vi.ftl")),
        }
    };
}

/// The rooms of this crate. A new question adds one line.
pub const ROOMS: &[Room] = &[
    room!("words", "common"),
    room!("error", "errors"),
    room!("reason", "reasons"),
    room!("render", "../render/words"),
    room!("report", "../report/words"),
    room!("lifetime", "../lifetime/words"),
    room!("answers", "../answers/words"),
    room!("perceived", "../perceived/words"),
    room!("market", "../market/words"),
    room!("roles", "../roles/words"),
    room!("scores", "../scores/words"),
    room!("value-trend", "../value_trend/words"),
    room!("drivers", "../drivers/words"),
    room!("value-link", "../value_link/words"),
    room!("what-if", "../what_if/words"),
    room!("priorities", "../priorities/words"),
    room!("kano", "../kano/words"),
    room!("retention", "../retention/words"),
    room!("acquisition", "../acquisition/words"),
    room!("backtest", "../backtest/words"),
    room!("posterior", "../posterior/words"),
    room!("alerts", "../alerts/words"),
    room!("uplift", "../uplift/words"),
    room!("steps", "../steps/words"),
    room!("journey", "../journey/words"),
    room!("journey-diff", "../journey_diff/words"),
    room!("funnel", "../funnel/words"),
    room!("drop-off", "../drop_off/words"),
    room!("costs", "../costs/words"),
    room!("why", "../why/words"),
    room!("friction", "../friction/words"),
    room!("overview", "../overview/words"),
];
