//! Hand-made charts, simulated ones, and what holds of all.

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};

use super::*;
use crate::discovery::adjusted;

fn window(expected: f64, actual: f64) -> Option<Window> {
    Some(Window {
        expected,
        variance: expected,
        actual,
    })
}

fn judged(reading: &Reading) -> Judged {
    match reading {
        Reading::Judged(judged) => *judged,
        other => panic!("{other:?} is not judged"),
    }
}

#[test]
fn a_chart_by_hand() {
    // 100 are forecast each time, 84, 76 and 80 happen: the usual ratio is 0.8
    let unit = vec![
        window(100.0, 84.0),
        window(100.0, 76.0),
        window(100.0, 80.0),
        window(100.0, 50.0),
    ];
    let readings = Watch::default().read(&[unit]).expect("it makes sense");
    assert_eq!(readings[0][0], Reading::TooNew { windows: 0 });
    assert_eq!(readings[0][2], Reading::TooNew { windows: 2 });
    let found = judged(&readings[0][3]);
    assert!((found.usual_ratio - 0.8).abs() < 1e-12 && (found.expected - 80.0).abs() < 1e-10);
    // After the first window 84 are expected in the second, with a variance of 2 for each: its own
    // chance and that of the ratio; 76 happen. Then 80 are expected, and happen.
    let error = 1.5 * ((76.0_f64 / 84.0).powf(2.0 / 3.0) - 1.0) / (2.0_f64 / 84.0).sqrt();
    let dispersion = error * error / 2.0;
    assert!((found.dispersion - dispersion).abs() < 1e-12 && found.windows == 3);
    // chance 80, and of the ratio 100² · 80 · 3 / 300²: 80 (1 + 1/3)
    let deviation = (dispersion * 80.0 * 4.0 / 3.0).sqrt() / 80.0;
    // Student's quantile of 0.95 with 2 degrees of freedom
    let reach = 2.919_985_58 * deviation / 1.5;
    assert!((found.low - 80.0 * (1.0 - reach).powf(1.5)).abs() < 1e-6);
    assert!((found.high - 80.0 * (1.0 + reach).powf(1.5)).abs() < 1e-6);
    // as docs/methods/alerts.md has it
    assert!((found.low - 67.0).abs() < 0.05 && (found.high - 93.7).abs() < 0.05);
    assert_eq!(found.outside(), Some(Side::Below));
    let away = 1.5 * (1.0 - (50.0_f64 / 80.0).powf(2.0 / 3.0)) / deviation;
    // Student's distribution with 2 degrees of freedom in closed form
    let p_value = 1.0 - away / (2.0 + away * away).sqrt();
    assert!((found.p_value - p_value).abs() < 1e-9);
    assert!((away - 7.04).abs() < 0.01 && (p_value - 0.0196).abs() < 1e-4);
}

#[test]
fn what_is_needed_would_just_show_a_fall_by_half() {
    let unit = |size: f64| -> Vec<Option<Window>> {
        let up_and_down = (0..7).map(|number| [size.sqrt(), -size.sqrt()][number % 2]);
        up_and_down.map(|away| window(size, size + away)).collect()
    };
    let watch = Watch::default();
    let at = |size: f64| watch.read(&[unit(size)]).expect("it makes sense")[0][6];
    let found = judged(&at(400.0));
    let with_its_dispersion = |size: f64| -> Judged {
        let usual = Usual {
            ratio: found.usual_ratio,
            windows: 6,
            of_ratio: 1.0 / (6.0 * size),
        };
        let one = window(size, size).expect("a window");
        watch.judged(&one, &usual, found.dispersion, 5.0)
    };
    let there = with_its_dispersion(with_its_dispersion(400.0).needed);
    assert!((there.low / there.expected - 0.5).abs() < 1e-9);
    // of one that is too small only chance is known
    let Reading::TooSmall { expected, needed } = at(4.0) else {
        panic!("{:?} is not too small", at(4.0));
    };
    assert!((expected - 4.0).abs() < 1e-12);
    assert!((needed / watch.needed(7.0 / 6.0, 5.0) - 1.0).abs() < 1e-12);
}

/// Counts of a unit of this size whose forecasts are off by `ratio`, more dispersed than chance.
fn drawn(random: &mut ChaCha8Rng, ratio: f64, size: f64, dispersion: f64) -> Option<Window> {
    let mean = ratio * size;
    let rate = match dispersion > 1.0 {
        true => {
            let shape = mean / (dispersion - 1.0);
            let law = Gamma::new(shape, mean / shape).expect("both are positive");
            law.sample(random)
        }
        false => mean,
    };
    let actual = Poisson::new(rate.max(1e-9)).expect("it is positive");
    window(size, actual.sample(random))
}

/// Of ten units over 13 windows, with forecasts that are off by something else in each: how often
/// the last window lies outside its band, and in how many businesses anything is a discovery.
fn false_alarms(dispersion: f64, businesses: u64) -> (f64, f64) {
    let (mut outside, mut judged_at_all, mut alarmed) = (0, 0, 0);
    for seed in 0..businesses {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let units: Vec<Vec<Option<Window>>> = (0..10)
            .map(|unit| {
                let (ratio, size) = (0.6 + 0.1 * f64::from(unit), 40.0 + 60.0 * f64::from(unit));
                (0..13)
                    .map(|_| drawn(&mut random, ratio, size, dispersion))
                    .collect()
            })
            .collect();
        let readings = Watch::default().read(&units).expect("it makes sense");
        let last = readings.iter().filter_map(|unit| match unit[12] {
            Reading::Judged(of) => Some(of),
            _ => None,
        });
        let last: Vec<Judged> = last.collect();
        judged_at_all += last.len();
        outside += last.iter().filter(|one| one.outside().is_some()).count();
        let p_values: Vec<f64> = last.iter().map(|one| one.p_value).collect();
        alarmed += u32::from(adjusted(&p_values).iter().any(|p| *p <= 0.1));
    }
    let share = outside as f64 / judged_at_all as f64;
    (share, f64::from(alarmed) / businesses as f64)
}

#[test]
fn false_alarms_come_as_often_as_is_said_whatever_the_bias_and_the_dispersion() {
    for dispersion in [1.0, 2.0, 5.0] {
        let (outside, alarmed) = false_alarms(dispersion, 400);
        // a tenth of 4,000 windows, and of 400 businesses: standard deviations 0.005 and 0.015
        assert!(
            (0.085..=0.115).contains(&outside),
            "{dispersion}: {outside} outside"
        );
        assert!(
            (0.05..=0.15).contains(&alarmed),
            "{dispersion}: {alarmed} alarmed"
        );
    }
}

/// Of twenty units four fall by half in the last window: the mean share of false alarms among all
/// alarms, and how many of the falls are found.
#[test]
fn of_the_alarms_no_more_are_false_than_is_said_when_some_are_true() {
    let rate = 0.1;
    let (mut false_share, mut found) = (0.0, 0);
    let businesses = 300;
    for seed in 0..businesses {
        let mut random = ChaCha8Rng::seed_from_u64(1000 + seed);
        let level = |unit: usize, number: usize| if unit < 4 && number == 12 { 0.5 } else { 1.0 };
        let units: Vec<Vec<Option<Window>>> = (0..20)
            .map(|unit| {
                (0..13)
                    .map(|number| drawn(&mut random, level(unit, number), 100.0, 2.0))
                    .collect()
            })
            .collect();
        let readings = Watch::default().read(&units).expect("it makes sense");
        let p_values: Vec<f64> = readings
            .iter()
            .map(|unit| judged(&unit[12]).p_value)
            .collect();
        let among_all = adjusted(&p_values);
        let alarms = |units: &[f64]| units.iter().filter(|p| **p <= rate).count();
        let (right, wrong) = (alarms(&among_all[..4]), alarms(&among_all[4..]));
        found += right;
        false_share += wrong as f64 / (right + wrong).max(1) as f64;
    }
    let false_share = false_share / businesses as f64;
    // sixteen of twenty are in order: 8 % are expected, with a standard deviation of 1 %
    assert!((0.05..=0.11).contains(&false_share), "{false_share}");
    let found = found as f64 / (4 * businesses) as f64;
    assert!(found > 0.9, "{found}");
}

#[test]
fn a_fall_stays_an_alarm_for_as_long_as_a_baseline_is_and_then_is_usual() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let level = |number: usize| if number < 8 { 1.0 } else { 0.5 };
    let unit: Vec<Option<Window>> = (0..20)
        .map(|number| drawn(&mut random, level(number), 400.0, 1.0))
        .collect();
    let readings = &Watch::default().read(&[unit]).expect("it makes sense")[0];
    let below = |number: usize| judged(&readings[number]).outside() == Some(Side::Below);
    assert!((8..14).all(below));
    assert!((judged(&readings[13]).usual_ratio - 1.0).abs() < 0.05);
    assert!(!(14..20).any(below));
    assert!((judged(&readings[14]).usual_ratio - 0.5).abs() < 0.05);
}

#[test]
fn a_usual_ratio_that_drifts_widens_the_band() {
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let drifting = |random: &mut ChaCha8Rng, step: f64| -> Vec<Option<Window>> {
        (0..13)
            .map(|number| drawn(random, 1.0 + step * f64::from(number), 4000.0, 1.0))
            .collect()
    };
    let steady = drifting(&mut random, 0.0);
    let drifting = drifting(&mut random, 0.02);
    let watch = Watch::default();
    let last = |unit: &Vec<Option<Window>>| {
        judged(
            &watch
                .read(std::slice::from_ref(unit))
                .expect("it makes sense")[0][12],
        )
    };
    // the mean of six windows lags by three and a half of the steps, four standard deviations
    assert!(last(&drifting).p_value > 0.05 && last(&steady).p_value > 0.05);
    assert!(last(&drifting).dispersion > 5.0 && last(&steady).dispersion < 3.0);
}

#[test]
fn settings_and_windows_that_make_no_sense_are_named() {
    let watch = Watch::default();
    assert!(watch.read(&[]).expect("nothing").is_empty());
    assert!(watch.read(&[vec![None], vec![]]).is_err());
    assert!(watch.read(&[vec![window(0.0, 1.0)]]).is_err());
    assert!(watch.read(&[vec![window(1.0, -1.0)]]).is_err());
    let one_window = Watch {
        least_windows: 1,
        ..watch
    };
    assert!(one_window.read(&[]).is_err());
}

fn units() -> impl Strategy<Value = Vec<Vec<Option<Window>>>> {
    let count = prop_oneof![Just(0.0), (0_u32..2000).prop_map(f64::from), Just(1e9)];
    let window = (1e-3..1e6, 0.1..50.0, count).prop_map(|(expected, dispersion, actual)| Window {
        expected,
        variance: expected * dispersion,
        actual,
    });
    let unit = prop::collection::vec(prop::option::weighted(0.9, window), 14);
    prop::collection::vec(unit, 1..6)
}

proptest! {
    #[test]
    fn readings_are_numbers_and_later_windows_change_no_earlier_one(units in units()) {
        let watch = Watch::default();
        let readings = watch.read(&units).expect("it makes sense");
        for reading in readings.iter().flatten() {
            match reading {
                Reading::Judged(of) => {
                    prop_assert!(of.low <= of.expected && of.expected <= of.high);
                    prop_assert!((0.0..=1.0).contains(&of.p_value) && of.dispersion > 0.0);
                    prop_assert!(of.high.is_finite() && of.needed > 0.0);
                    // the band and the probability say the same
                    let outside = of.outside().is_some();
                    prop_assert!(outside == (of.p_value < 0.1) || (of.p_value - 0.1).abs() < 1e-6 || of.low == 0.0);
                }
                Reading::TooSmall { expected, needed } => {
                    prop_assert!(expected.is_finite() && needed.is_finite());
                }
                Reading::TooNew { .. } | Reading::Absent => {}
            }
        }
        let earlier: Vec<_> = units.iter().map(|unit| unit[..9].to_vec()).collect();
        for (one, other) in watch.read(&earlier).expect("it makes sense").iter().zip(&readings) {
            prop_assert_eq!(&one[..], &other[..9]);
        }
        let mut turned = units;
        turned.reverse();
        let mut again = watch.read(&turned).expect("it makes sense");
        again.reverse();
        for (one, other) in again.iter().flatten().zip(readings.iter().flatten()) {
            prop_assert_eq!(std::mem::discriminant(one), std::mem::discriminant(other));
        }
    }
}
