//! What the log knows of a journey when it comes to the step: of the step itself, and of what came before
//! it. Nothing after it is looked at.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use worth_model::journey::Log;

use super::answer::TraitName;
use super::leaving::AtStep;
use super::traits::{Column, Values};
use crate::steps::{Grain, Labelled, Outcome, StepKind, Steps};

const PARTS_OF_DAY: [&str; 4] = ["night", "morning", "afternoon", "evening"];
const HOURS_OF_PART: i8 = 6;
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What is known of one journey at the step.
struct Before {
    failures: f64,
    repeats: f64,
    steps: f64,
    /// Nothing at the first step of a journey.
    seconds_since_previous: Option<f64>,
    part_of_day: &'static str,
    weekday: &'static str,
    /// There was a step on an earlier day, in this journey or one before it.
    came_before: bool,
    /// Of the step itself.
    kind: usize,
}

/// All traits that the log tells, one value for each of `journeys`. Days and hours are those of `zone`.
pub(super) fn columns<'a>(
    steps: &'a Steps,
    log: &Log,
    journeys: &[AtStep],
    zone: &TimeZone,
) -> Vec<Column<'a>> {
    let mut reader = Reader {
        steps,
        log,
        zone,
        names: Labelled::of(steps, Grain::Name).of_kind,
        met: vec![None; steps.kinds.len()],
    };
    let before: Vec<Before> = journeys.iter().map(|there| reader.before(there)).collect();
    let numbers = |name, of: fn(&Before) -> f64| Column {
        name,
        values: Values::Numbers(before.iter().map(of).collect()),
    };
    let texts = |name, of: &dyn Fn(&Before) -> Option<&'a str>| Column {
        name,
        values: Values::Texts(before.iter().map(of).collect()),
    };
    let kinds = |of: fn(&'a StepKind) -> Option<&'a str>| {
        move |before: &Before| of(&steps.kinds[before.kind])
    };
    vec![
        numbers(TraitName::Failures, |before| before.failures),
        numbers(TraitName::Repeats, |before| before.repeats),
        numbers(TraitName::StepsBefore, |before| before.steps),
        numbers(TraitName::SincePrevious, |before| {
            before.seconds_since_previous.unwrap_or(f64::NAN)
        }),
        texts(TraitName::CameBefore, &|before| {
            Some(if before.came_before { "yes" } else { "no" })
        }),
        texts(TraitName::PartOfDay, &|before| Some(before.part_of_day)),
        texts(TraitName::Weekday, &|before| Some(before.weekday)),
        texts(
            TraitName::Outcome,
            &kinds(|kind| kind.outcome.map(Outcome::name)),
        ),
        texts(TraitName::Channel, &kinds(|kind| kind.channel.as_deref())),
        texts(
            TraitName::Touchpoint,
            &kinds(|kind| kind.touchpoint.as_deref()),
        ),
        texts(TraitName::Step, &kinds(|kind| Some(&kind.name))),
    ]
}

struct Reader<'a> {
    steps: &'a Steps,
    log: &'a Log,
    zone: &'a TimeZone,
    /// By kind of step the number of its name.
    names: Vec<u32>,
    /// By number of a name the journey in which it was met last.
    met: Vec<Option<usize>>,
}

impl Reader<'_> {
    fn before(&mut self, there: &AtStep) -> Before {
        let &AtStep { journey, place, .. } = there;
        let (at, kinds) = self.log.steps(journey);
        let (mut failures, mut repeats) = (0_u32, 0_u32);
        for &kind in &kinds[..place] {
            let outcome = self.steps.kinds[kind as usize].outcome;
            failures += u32::from(outcome == Some(Outcome::Failed));
            let met = self.met[self.names[kind as usize] as usize].replace(journey);
            repeats += u32::from(met == Some(journey));
        }
        let zoned = |at: i64| {
            let at = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
            at.to_zoned(self.zone.clone())
        };
        let now = zoned(at[place]);
        let has_earlier_journey =
            journey > 0 && self.log.origin(journey - 1) == self.log.origin(journey);
        let previous = place.checked_sub(1).map(|previous| at[previous]);
        let part = now.hour() / HOURS_OF_PART;
        let weekday = now.weekday().to_monday_zero_offset();
        Before {
            failures: f64::from(failures),
            repeats: f64::from(repeats),
            steps: place as f64,
            seconds_since_previous: previous
                .map(|previous| at[place].saturating_sub(previous) as f64 / 1e6),
            part_of_day: PARTS_OF_DAY[part as usize],
            weekday: WEEKDAYS[weekday as usize],
            came_before: has_earlier_journey || zoned(at[0]).date() < now.date(),
            kind: kinds[place] as usize,
        }
    }
}
