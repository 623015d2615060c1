//! Feasts by name: when they fall, and which days around them may be busier or quieter. What the
//! days are like is learnt; only where to look is set down here.

use std::ops::RangeInclusive;

use serde::Deserialize;
use worth_model::calendar::{LunarFeast, Window};

use crate::columns::{date_of, day_of};

/// Names of the feasts that count in Vietnam when nobody chose, and elsewhere.
const IN_VIETNAM: [&str; 6] = [
    "tet",
    "full-moon",
    "trung-thu",
    "8/3",
    "20/10",
    "black-friday",
];
const ELSEWHERE: [&str; 2] = ["black-friday", "christmas"];

/// A day that comes every year or every lunar month.
#[derive(Debug, PartialEq)]
pub(crate) struct Feast {
    pub(crate) name: &'static str,
    falls: Falls,
    windows: &'static [Window],
}

#[derive(Debug, PartialEq)]
enum Falls {
    ByTheMoon(LunarFeast),
    /// Day and month.
    On(i8, i8),
    /// The day after the fourth Thursday of November.
    BlackFriday,
}

const fn days(from: i32, until: i32) -> Window {
    Window { from, until }
}

#[rustfmt::skip]
pub(super) static FEASTS: [Feast; 15] = [
    // Full shops for three weeks, then closed ones: from the last evening of the year on.
    Feast { name: "tet", falls: Falls::ByTheMoon(LunarFeast::Tet), windows: &[days(-21, -2), days(-1, 6)] },
    Feast { name: "kitchen-gods", falls: Falls::ByTheMoon(LunarFeast::KitchenGods), windows: &[days(-2, 0)] },
    Feast { name: "first-full-moon", falls: Falls::ByTheMoon(LunarFeast::FirstFullMoon), windows: &[days(-1, 0)] },
    Feast { name: "hung-kings", falls: Falls::ByTheMoon(LunarFeast::HungKings), windows: &[days(-1, 1)] },
    Feast { name: "doan-ngo", falls: Falls::ByTheMoon(LunarFeast::DoanNgo), windows: &[days(-1, 0)] },
    Feast { name: "vu-lan", falls: Falls::ByTheMoon(LunarFeast::VuLan), windows: &[days(-7, 0)] },
    Feast { name: "trung-thu", falls: Falls::ByTheMoon(LunarFeast::TrungThu), windows: &[days(-14, 0)] },
    Feast { name: "first-of-month", falls: Falls::ByTheMoon(LunarFeast::FirstOfMonth), windows: &[days(-1, 0)] },
    Feast { name: "full-moon", falls: Falls::ByTheMoon(LunarFeast::FullMoon), windows: &[days(-1, 0)] },
    Feast { name: "14/2", falls: Falls::On(14, 2), windows: &[days(-3, 0)] },
    Feast { name: "8/3", falls: Falls::On(8, 3), windows: &[days(-3, 0)] },
    Feast { name: "20/10", falls: Falls::On(20, 10), windows: &[days(-3, 0)] },
    Feast { name: "11/11", falls: Falls::On(11, 11), windows: &[days(-1, 1)] },
    Feast { name: "black-friday", falls: Falls::BlackFriday, windows: &[days(-4, 3)] },
    Feast { name: "christmas", falls: Falls::On(25, 12), windows: &[days(-21, -1), days(0, 6)] },
];

/// A feast as settings name it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Chosen(pub(super) &'static Feast);

impl TryFrom<String> for Chosen {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = FEASTS.each_ref().map(|feast| feast.name).join(", ");
        let feast = Feast::named(&name);
        feast.map(Self).ok_or_else(|| {
            format!("no feast is called {name:?}; use {known}, or [[calendar.promotions]] for days of your own")
        })
    }
}

impl Feast {
    /// Those that count when nobody chose.
    pub(super) fn usual(is_vietnamese: bool) -> Vec<Chosen> {
        let names: &[&str] = if is_vietnamese {
            &IN_VIETNAM
        } else {
            &ELSEWHERE
        };
        let feasts = names.iter().filter_map(|name| Self::named(name));
        feasts.map(Chosen).collect()
    }

    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        FEASTS.iter().find(|feast| feast.name == name)
    }

    pub(super) fn windows(&self) -> &'static [Window] {
        self.windows
    }

    /// The days on which it falls, rising.
    pub(super) fn days(&self, within: RangeInclusive<i32>) -> Vec<i32> {
        let (day, month, days_later) = match self.falls {
            Falls::ByTheMoon(feast) => return feast.days(within),
            Falls::On(day, month) => (day, month, 0),
            Falls::BlackFriday => (1, 11, 22),
        };
        let years = date_of(*within.start()).year()..=date_of(*within.end()).year();
        let fall = years.filter_map(|year| {
            let date = jiff::civil::Date::new(year, month, day).ok()?;
            // The fourth Thursday is 21 days after the first; the first from the weekday of the 1st.
            let until_thursday = match days_later {
                0 => 0,
                _ => (jiff::civil::Weekday::Thursday.since(date.weekday())).rem_euclid(7),
            };
            Some(day_of(date) + i32::from(until_thursday) + days_later)
        });
        fall.filter(|day| within.contains(day)).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn feasts_fall_where_the_wall_calendar_has_them() {
        let year = day_of(date(2025, 1, 1))..=day_of(date(2025, 12, 31));
        for (name, falls) in [
            ("tet", date(2025, 1, 29)),
            ("trung-thu", date(2025, 10, 6)),
            ("8/3", date(2025, 3, 8)),
            ("black-friday", date(2025, 11, 28)),
            ("christmas", date(2025, 12, 25)),
        ] {
            let feast = Feast::named(name).expect("it is known");
            assert_eq!(feast.days(year.clone()), [day_of(falls)], "{name}");
        }
        // November 2024 begins on a Friday, so that its fourth Thursday is late
        let year = day_of(date(2024, 1, 1))..=day_of(date(2024, 12, 31));
        let black_friday = Feast::named("black-friday").expect("it is known");
        assert_eq!(black_friday.days(year), [day_of(date(2024, 11, 29))]);
    }

    #[test]
    fn what_is_usual_is_known() {
        assert_eq!(Feast::usual(true).len(), IN_VIETNAM.len());
        assert_eq!(Feast::usual(false).len(), ELSEWHERE.len());
    }
}
