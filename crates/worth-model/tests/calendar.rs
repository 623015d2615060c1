//! Simulate and recover: purchases drawn with a known calendar give it back, what was seen once is
//! not believed, and a purchase model on the clock forecasts the weeks before Tết.

use jiff::civil::Date;
use worth_model::calendar::{
    Calendar, Clock, DailyPurchases, Event, FittedCalendar, LunarFeast, Standing, Window,
    expected_per_day,
};
use worth_model::lifetime::{BetaGeo, BetaGeoParameters, FittedBetaGeo, Histories};
use worth_model::{Estimate, simulate};

const PURCHASE: BetaGeoParameters = BetaGeoParameters {
    r: 0.8,
    alpha: 80.0,
    a: 0.5,
    b: 5.0,
};
const BEFORE_TET: Window = Window {
    from: -21,
    until: -1,
};
const AT_TET: Window = Window { from: 0, until: 5 };
const SALE: Window = Window { from: -1, until: 1 };
const WEEKDAYS: [f64; 7] = [0.8, 0.8, 0.9, 0.9, 1.1, 1.4, 1.2];

fn day(year: i16, month: i8, day: i8) -> i32 {
    (Date::constant(year, month, day) - Date::constant(1970, 1, 1)).get_days()
}

fn sales() -> Vec<i32> {
    (2021..2027).map(|year| day(year, 11, 11)).collect()
}

fn feasts() -> Vec<i32> {
    LunarFeast::Tet.days(day(2021, 1, 1)..=day(2026, 12, 31))
}

fn true_factor(now: i32) -> f64 {
    let near = |days: &[i32], window: Window| {
        let mut days = days.iter();
        days.any(|day| (window.from..=window.until).contains(&(now - day)))
    };
    let (feasts, sales) = (feasts(), sales());
    let mut factor = WEEKDAYS[(now + 3).rem_euclid(7) as usize];
    let years = f64::from(now) / 365.2425;
    factor *= (0.2 * (std::f64::consts::TAU * years).cos()).exp();
    factor *= if near(&feasts, BEFORE_TET) { 2.5 } else { 1.0 };
    factor *= if near(&feasts, AT_TET) { 0.1 } else { 1.0 };
    factor * if near(&sales, SALE) { 1.8 } else { 1.0 }
}

/// A shop from 2022 on: days of purchase of each customer, the first included, until the end of
/// 2026.
struct Shop {
    first_day: i32,
    customers: Vec<Vec<i32>>,
}

impl Shop {
    fn new(customers: usize, seed: u64) -> Self {
        let (first_day, last_day) = (day(2022, 1, 1), day(2026, 12, 31));
        let factors: Vec<f64> = (first_day..=last_day).map(true_factor).collect();
        let clock = Clock::new(first_day, &factors).expect("valid");
        // They begin over the first two years.
        let starts: Vec<i32> = (0..customers)
            .map(|row| first_day + (row as f64 * 0.618_034 * 730.0) as i32 % 730)
            .collect();
        let ages: Vec<f64> = starts
            .iter()
            .map(|&start| clock.elapsed(start, last_day))
            .collect();
        let drawn = simulate::customers(&PURCHASE, None, &ages, seed).expect("valid");
        let customers = drawn.iter().zip(&starts).map(|(customer, &start)| {
            let moments = customer
                .times
                .iter()
                .map(|&time| clock.moment_after(start, time));
            let mut days: Vec<i32> = moments
                .map(|moment| (moment - 1e-9).ceil() as i32)
                .collect();
            days.dedup();
            days
        });
        Self {
            first_day,
            customers: customers.collect(),
        }
    }

    /// Frequency, recency and age at the end of a day, measured by `elapsed`.
    fn histories(&self, end: i32, elapsed: impl Fn(i32, i32) -> f64) -> [Vec<f64>; 3] {
        let mut columns = [Vec::new(), Vec::new(), Vec::new()];
        for days in &self.customers {
            let seen = days.partition_point(|&day| day <= end);
            if seen > 0 {
                columns[0].push((seen - 1) as f64);
                columns[1].push(elapsed(days[0], days[seen - 1]));
                columns[2].push(elapsed(days[0], end));
            }
        }
        columns
    }

    /// Customers who began, and repeat purchases, of each day until `end`.
    fn per_day(&self, end: i32) -> (Vec<f64>, Vec<f64>) {
        let days = (end - self.first_day + 1) as usize;
        let (mut new, mut repeat) = (vec![0.0; days], vec![0.0; days]);
        for days in &self.customers {
            for (purchase, day) in days.iter().enumerate().filter(|(_, day)| **day <= end) {
                let index = (day - self.first_day) as usize;
                if purchase == 0 {
                    new[index] += 1.0;
                } else {
                    repeat[index] += 1.0;
                }
            }
        }
        (new, repeat)
    }

    fn purchases_within(&self, from: i32, until: i32) -> f64 {
        let within = |day: &&i32| (from..=until).contains(*day);
        let repeat = |days: &Vec<i32>| days[1..].iter().filter(within).count() as f64;
        self.customers.iter().map(repeat).sum()
    }

    /// What a model that knows no calendar expects on each day from the first to the end.
    fn expected(&self, end: i32, until: i32) -> Vec<f64> {
        let fitted = fit(&self.histories(end, |from, until| f64::from(until - from)));
        let (mut new, _) = self.per_day(end);
        new.resize((until - self.first_day + 1) as usize, 0.0);
        let cumulative: Vec<f64> = (0..new.len())
            .map(|days| fitted.parameters.expected_new(days as f64))
            .collect();
        expected_per_day(&new, &cumulative)
    }

    fn calendar(&self, end: i32, events: &[Event<'_>]) -> FittedCalendar {
        let (_, repeat) = self.per_day(end);
        let expected = self.expected(end, end);
        let daily = DailyPurchases {
            first_day: self.first_day,
            purchases: &repeat,
            expected: &expected,
        };
        let daily = daily.check().expect("valid");
        Calendar::default().fit(&daily, events).expect("valid")
    }
}

fn fit(columns: &[Vec<f64>; 3]) -> FittedBetaGeo {
    let histories = Histories {
        frequency: &columns[0],
        recency: &columns[1],
        age: &columns[2],
        ..Histories::default()
    };
    let histories = histories.check().expect("valid");
    BetaGeo::default()
        .fit(&histories)
        .expect("it can be fitted")
}

fn with_events<T>(then: impl FnOnce(&[Event<'_>]) -> T) -> T {
    then(&[
        Event {
            name: "tet",
            days: &feasts(),
            windows: &[BEFORE_TET, AT_TET],
        },
        Event {
            name: "11/11",
            days: &sales(),
            windows: &[SALE],
        },
    ])
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    let (low, high) = estimate.ends().expect("an interval");
    (low..=high).contains(&truth)
}

#[test]
fn factors_are_recovered_and_their_intervals_hold() {
    let (mut held, mut asked) = (0, 0);
    let weekday_mean = WEEKDAYS.iter().product::<f64>().powf(1.0 / 7.0);
    for seed in 0..30 {
        let fitted =
            with_events(|events| Shop::new(4000, seed).calendar(day(2024, 12, 31), events));
        assert!(fitted.converged);
        assert!(fitted.improvement.expect("effects").p_value < 1e-6);
        // Nothing but chance makes days differ.
        assert!(
            (1.0..1.5).contains(&fitted.dispersion),
            "{}",
            fitted.dispersion
        );
        let windows = fitted
            .windows
            .iter()
            .map(|effect| effect.factor)
            .zip([2.5, 0.1, 1.8]);
        let weekdays = WEEKDAYS.map(|factor| factor / weekday_mean);
        for (found, truth) in windows.chain(fitted.weekdays.factors.iter().copied().zip(weekdays)) {
            let error = (found.value / truth).ln().abs();
            assert!(error < 0.6, "{seed} {truth}: {found:?}");
            held += u32::from(holds(&found, truth));
            asked += 1;
        }
        // The season is highest at new year (e^.2) and lowest in summer, in the middle of months.
        let season = &fitted.season.factors;
        assert!((season[0].value / season[6].value / 0.386f64.exp() - 1.0).abs() < 0.25);
    }
    // 270 of 300 expected, standard deviation 5.2.
    assert!((252..=288).contains(&held), "{held} of {asked}");
}

#[test]
fn what_was_seen_once_is_refused_with_the_reason() {
    let shop = Shop::new(4000, 1);
    let months = LunarFeast::FullMoon.days(day(2022, 1, 1)..=day(2026, 12, 31));
    let full_moon = Event {
        name: "ram",
        days: &months,
        windows: &[Window { from: 0, until: 0 }],
    };
    let fitted = with_events(|events| {
        let events = [events[0], events[1], full_moon];
        shop.calendar(day(2022, 12, 31), &events)
    });
    // Tết 2022 was on 1 February; the three weeks before it are within the year.
    let once = Standing::SeenTooSeldom {
        seen: 1.0,
        needed: 2.0,
    };
    assert_eq!(fitted.season.standing, once);
    for effect in &fitted.windows[..3] {
        assert_eq!(
            effect.standing, once,
            "{} {:?}",
            effect.event, effect.window
        );
        assert_eq!((effect.factor.value, effect.factor.ends()), (1.0, None));
        assert_eq!(effect.occurrences.len(), 1);
    }
    // What comes every month was seen often enough, and does nothing.
    assert_eq!(fitted.windows[3].standing, Standing::Known);
    assert!((fitted.windows[3].factor.value - 1.0).abs() < 0.25);
    assert_eq!(fitted.weekdays.standing, Standing::Known);
    // In the calendar that is left, Tết is a day like others.
    let (feast, week_before) = (day(2023, 1, 22), day(2023, 1, 15));
    assert_eq!(fitted.factor(feast).value, fitted.factor(week_before).value);
}

#[test]
fn one_strange_week_is_nobodys_fault() {
    // A strike: hardly anything is bought in one week, which also holds a sale of that year.
    let end = day(2024, 12, 31);
    let shop = Shop::new(4000, 2);
    let (_, mut repeat) = shop.per_day(end);
    let expected = shop.expected(end, end);
    let strike = day(2023, 11, 9);
    let from = (strike - shop.first_day) as usize;
    repeat[from..from + 7].fill(0.0);
    let fit = |named: bool| {
        let strike_days = [strike];
        let strike = Event {
            name: "strike",
            days: if named { &strike_days } else { &[] },
            windows: &[Window { from: 0, until: 6 }],
        };
        let daily = DailyPurchases {
            first_day: shop.first_day,
            purchases: &repeat,
            expected: &expected,
        };
        let daily = daily.check().expect("valid");
        let fitted = with_events(|events| {
            Calendar::default()
                .fit(&daily, &[events[0], events[1], strike])
                .expect("valid")
        });
        (fitted.windows[2].factor.value, fitted.dispersion)
    };
    let ((unnamed, wild), (named, calm)) = (fit(false), fit(true));
    assert!(
        unnamed < 1.4 && (named / 1.8 - 1.0).abs() < 0.2,
        "{unnamed} {named}"
    );
    // Unnamed, it makes weeks vary, and intervals wide.
    assert!(wild > 1.1 * calm, "{wild} {calm}");
}

#[test]
fn windows_on_the_same_days_are_not_told_apart() {
    let shop = Shop::new(2000, 3);
    let sales = sales();
    let again = Event {
        name: "singles day",
        days: &sales,
        windows: &[SALE],
    };
    let fitted = with_events(|events| {
        let events = [events[0], events[1], again];
        shop.calendar(day(2024, 12, 31), &events)
    });
    let Standing::Inseparable { from } = &fitted.windows[3].standing else {
        panic!("{:?}", fitted.windows[3]);
    };
    assert_eq!(from, &["11/11 -1..1"]);
    assert_eq!(fitted.windows[2].standing, Standing::Known);
}

#[test]
fn on_the_clock_a_purchase_model_knows_tet() {
    // Four years, then the seven weeks to the day before Tết 2026.
    let (end, until) = (day(2025, 12, 31), day(2026, 2, 16));
    let shop = Shop::new(6000, 4);
    let calendar = with_events(|events| shop.calendar(end, events));
    let clock = calendar.clock(shop.first_day..=until).expect("valid");
    let happened = shop.purchases_within(end + 1, until);
    let forecast = |elapsed: &dyn Fn(i32, i32) -> f64| {
        let columns = shop.histories(end, elapsed);
        let fitted = fit(&columns);
        let [x, t_x, age] = &columns;
        let ahead = elapsed(end, until);
        let each = (0..x.len()).map(|row| {
            let parameters = &fitted.parameters;
            parameters.expected_purchases(x[row], t_x[row], age[row], ahead)
        });
        (each.sum::<f64>(), fitted)
    };
    let (on_clock, fitted) = forecast(&|from, until| clock.elapsed(from, until));
    let (plain, _) = forecast(&|from, until| f64::from(until - from));
    assert!(
        (on_clock / happened - 1.0).abs() < 0.08,
        "{on_clock} {happened}"
    );
    assert!(plain / happened < 0.7, "{plain} {happened}");
    // Time on the clock is that in which customers were drawn, up to the mean of its years.
    for (found, truth) in [
        (fitted.parameters.r, PURCHASE.r),
        (fitted.parameters.alpha, PURCHASE.alpha),
    ] {
        assert!((found / truth - 1.0).abs() < 0.15, "{found} {truth}");
    }
    // The calm model's forecast with the calendar laid over it says nearly the same. Without it the
    // weeks before Tết look like a miracle; with it, 40 % less than usual in them is an alarm.
    let expected = shop.expected(end, until);
    let ahead = &expected[(end + 1 - shop.first_day) as usize..];
    let band = calendar.purchases(end + 1, ahead).expect("valid");
    let calm: f64 = ahead.iter().sum();
    assert!(
        (band.value / happened - 1.0).abs() < 0.08,
        "{band:?} {happened}"
    );
    assert!(!holds(&band, calm) && !holds(&band, 0.6 * happened));
}

#[test]
fn shares_of_days_add_up() {
    let calendar = with_events(|events| Shop::new(2000, 5).calendar(day(2024, 12, 31), events));
    let year = day(2025, 1, 1)..=day(2025, 12, 31);
    let january = day(2025, 1, 1)..=day(2025, 1, 31);
    let rest = day(2025, 2, 1)..=day(2025, 12, 31);
    let share = |part| calendar.share(part, year.clone()).expect("valid");
    let (january, rest) = (share(january), share(rest));
    assert!((january.value + rest.value - 1.0).abs() < 1e-12);
    // 28 of its days are before Tết (29 January) and three are quiet.
    let (days, all) = ((day(2025, 1, 1)..=day(2025, 1, 31)), year.clone());
    let truth = days.map(true_factor).sum::<f64>() / all.map(true_factor).sum::<f64>();
    assert!(holds(&january, truth), "{january:?} {truth}");
    assert!(
        (calendar
            .share(year.clone(), year.clone())
            .expect("valid")
            .value
            - 1.0)
            .abs()
            < 1e-12
    );
    assert!(
        calendar
            .share(day(2024, 12, 31)..=day(2025, 1, 3), year)
            .is_err()
    );
}

#[test]
fn whatever_the_days_are_the_answer_is_a_number_or_a_reason() {
    let many = vec![1e9; 800];
    let none = vec![0.0; 800];
    let sparse: Vec<f64> = (0..800)
        .map(|day| if day == 400 { 5.0 } else { 0.0 })
        .collect();
    let sundays: Vec<f64> = (0..800)
        .map(|day| if day % 7 == 3 { 3.0 } else { 0.0 })
        .collect();
    let ones = vec![1.0; 800];
    for (purchases, expected) in [
        (&none, &none),
        (&none, &ones),
        (&sparse, &ones),
        (&sundays, &sundays),
        (&sundays, &ones),
        (&many, &many),
        (&many, &ones),
        (&ones, &many),
    ] {
        for days in [1, 2, 3, 60, 365, 800] {
            let daily = DailyPurchases {
                first_day: day(2022, 1, 1),
                purchases: &purchases[..days],
                expected: &expected[..days],
            };
            let daily = daily.check().expect("valid");
            let fitted =
                with_events(|events| Calendar::default().fit(&daily, events)).expect("valid");
            let factor = fitted.factor(day(2024, 2, 9));
            let band = fitted
                .purchases(day(2024, 2, 1), &[1.0; 30])
                .expect("valid");
            let clock = fitted
                .clock(day(2022, 1, 1)..=day(2024, 12, 31))
                .expect("valid");
            let numbers = [factor, band].map(|estimate| (estimate.value, estimate.ends()));
            for (value, ends) in numbers {
                let (low, high) = ends.expect("an interval");
                assert!(low <= value && value <= high && low >= 0.0 && high.is_finite());
            }
            assert!(clock.elapsed(day(2022, 6, 1), day(2023, 6, 1)) > 0.0);
            assert!(fitted.dispersion >= 1.0);
        }
    }
}
