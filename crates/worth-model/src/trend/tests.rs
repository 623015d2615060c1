//! Cases worked out by hand or by trying everything, planted changes that are found, and what must hold
//! for any answers.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::*;
use crate::bootstrap::Resampling;

const NO: f64 = f64::NAN;

/// Periods with these levels, so many answers each that spread by 1.5.
fn drawn(levels: &[f64], answers: usize, random: &mut ChaCha8Rng) -> Vec<Period> {
    let mut scores = Vec::new();
    let mut period = Vec::new();
    for (number, level) in levels.iter().enumerate() {
        for _ in 0..answers {
            let noise: f64 = StandardNormal.sample(random);
            scores.push(level + 1.5 * noise);
            period.push(number as u32);
        }
    }
    of(&scores, &period, levels.len())
}

fn of(scores: &[f64], period: &[u32], count: usize) -> Vec<Period> {
    let answers = PeriodAnswers {
        scores,
        period,
        weight: None,
    };
    periods(&answers, count, 0.9).expect("they make sense")
}

/// As many periods as means, each with a hundred answers that spread by 1.
fn with_means(means: &[f64]) -> Vec<Period> {
    let period = |&mean: &f64| Period {
        answers: 100,
        effective: 100.0,
        mean: (!mean.is_nan()).then(|| Estimate::normal(mean, 0.1, 0.9)),
        variance: 1.0,
    };
    means.iter().map(period).collect()
}

fn told(periods: &[Period]) -> Changes {
    match changes(periods, 0.9).expect("a level") {
        Told::Told(changes) => changes,
        Told::TooFew(few) => panic!("{few:?}"),
    }
}

fn found(periods: &[Period]) -> Vec<usize> {
    let changes = told(periods).changes;
    changes.iter().map(|change| change.period).collect()
}

#[test]
fn levels_of_periods_by_hand() {
    let periods = of(&[4.0, 6.0, 8.0, 5.0, NO, 3.0], &[0, 0, 0, 2, 2, 3], 5);
    let means: Vec<Option<f64>> = periods
        .iter()
        .map(|period| period.mean.map(|mean| mean.value))
        .collect();
    assert_eq!(means, [Some(6.0), None, Some(5.0), Some(3.0), None]);
    assert_eq!((periods[0].answers, periods[2].answers), (3, 1));
    assert!((periods[0].variance - 4.0).abs() < 1e-12);
    let beyond = PeriodAnswers {
        scores: &[1.0],
        period: &[1],
        weight: None,
    };
    assert!(matches!(
        super::periods(&beyond, 1, 0.9),
        Err(Error::Row {
            field: "period",
            ..
        })
    ));
}

#[test]
fn a_planted_change_is_found_within_one_period() {
    let mut levels = vec![7.0; 14];
    levels.extend([6.4; 10]);
    let (mut near, mut held) = (0, 0);
    for seed in 0..200 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let periods = drawn(&levels, 150, &mut random);
        let changes = told(&periods).changes;
        let Some(change) = changes
            .iter()
            .min_by_key(|change| change.period.abs_diff(14))
        else {
            continue;
        };
        near += u32::from(change.period.abs_diff(14) <= 1);
        held += u32::from(change.dates.iter().any(|date| date.period == 14));
    }
    // the step is five standard errors of a period; dates are whole, so they hold more often than 180
    assert!(near >= 190, "{near} of 200 within one period");
    assert!(held >= 180, "{held} of 200 among the dates");
}

#[test]
fn a_faint_change_has_many_dates_and_they_hold_as_often_as_they_say() {
    let mut levels = vec![7.0; 12];
    levels.extend([6.7; 12]);
    let (mut held, mut single, mut dates) = (0, 0, 0);
    for seed in 0..300 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        if let [change] = &told(&drawn(&levels, 100, &mut random)).changes[..] {
            single += 1;
            dates += change.dates.len();
            held += u32::from(change.dates.iter().any(|date| date.period == 12));
        }
    }
    let share = f64::from(held) / f64::from(single);
    assert!(single > 200 && share > 0.87, "{held} of {single}");
    assert!(dates > 3 * single as usize);
}

#[test]
fn where_nothing_changes_a_change_is_seldom_told() {
    let mut told = 0;
    for seed in 0..400 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        told += u32::from(!found(&drawn(&[7.0; 24], 30, &mut random)).is_empty());
    }
    // at most 40, standard deviation 6
    assert!(told <= 46, "{told} of 400");
}

#[test]
fn unrest_from_period_to_period_is_no_change() {
    let mut told = 0;
    for seed in 0..400 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        // each period has a mood of its own, four times what answers allow
        let levels: Vec<f64> = (0..24)
            .map(|_| {
                let mood: f64 = StandardNormal.sample(&mut random);
                7.0 + 0.3 * mood
            })
            .collect();
        told += u32::from(!found(&drawn(&levels, 400, &mut random)).is_empty());
    }
    assert!(told <= 46, "{told} of 400");
}

#[test]
fn two_changes_are_found_across_a_gap() {
    let mut means = vec![7.0; 8];
    means.extend([NO, NO]);
    means.extend([6.2; 6]);
    means.extend([7.5; 5]);
    let changes = told(&with_means(&means));
    let periods: Vec<usize> = changes.changes.iter().map(|change| change.period).collect();
    assert_eq!(periods, [10, 16]);
    assert!((changes.changes[0].size.value + 0.8).abs() < 1e-9);
    // sqrt(.01 / 8 + .01 / 6) = .054006; Student's t of 19 · 99 degrees of freedom
    let (low, high) = changes.changes[0].size.ends().expect("an interval");
    assert!((high - low - 2.0 * 1.645_664 * 0.054_006).abs() < 1e-5);
    assert_eq!(
        (changes.segments[1].first, changes.segments[1].last),
        (10, 15)
    );
    assert_eq!(changes.unrest, 1.0);
}

#[test]
fn few_periods_and_few_answers_say_what_it_would_take() {
    let few = |periods, periods_needed, answers, answers_needed| TooFew {
        periods,
        periods_needed,
        answers,
        answers_needed,
    };
    let three = with_means(&[7.0, 6.0, NO, 5.0]);
    assert_eq!(changes(&three, 0.9), Ok(Told::TooFew(few(3, 4, 300, 14))));
    assert_eq!(
        outlook(&three, 3, 0.9),
        Ok(Told::TooFew(few(3, 8, 300, 18)))
    );
    assert!(changes(&[], 2.0).is_err());
    // one answer in each of a dozen periods: how they spread is not known
    let single: Vec<f64> = (0..12).map(f64::from).collect();
    let single = of(&single, &(0..12).collect::<Vec<u32>>(), 12);
    assert_eq!(changes(&single, 0.9), Ok(Told::TooFew(few(12, 4, 12, 22))));
    assert_eq!(
        outlook(&single, 3, 0.9),
        Ok(Told::TooFew(few(12, 8, 12, 22)))
    );
}

#[test]
fn p_values_of_nothing_are_seldom_small_and_the_smallest_step_is_told_as_often_as_it_says() {
    let (mut small, mut seen) = (0, 0);
    for seed in 0..400 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let nothing = told(&drawn(&[7.0; 16], 5, &mut random));
        small += u32::from(nothing.p_value < 0.1);
        let step = nothing.smallest_step;
        let stepped = [[7.0; 8], [7.0 - step; 8]].concat();
        seen += u32::from(!found(&drawn(&stepped, 5, &mut random)).is_empty());
    }
    // at most 40, standard deviation 6; about 320, standard deviation 8: other places are told too
    assert!(small <= 46, "{small} of 400");
    assert!((296..=372).contains(&seen), "{seen} of 400");
}

fn side<'a>(scores: &'a [f64], group: &'a [u32]) -> Grouped<'a> {
    Grouped {
        scores,
        group,
        weight: None,
    }
}

/// Everyone of group A says 8 before and after; those of B say 4 before and 3 after.
fn moved(before: [usize; 2], after: [usize; 2]) -> Decomposition {
    let scores =
        |counts: [usize; 2], of_b: f64| [vec![8.0; counts[0]], vec![of_b; counts[1]]].concat();
    let groups = |counts: [usize; 2]| [vec![0; counts[0]], vec![1; counts[1]]].concat();
    let (earlier, later) = (scores(before, 4.0), scores(after, 3.0));
    let (groups_earlier, groups_later) = (groups(before), groups(after));
    decompose(
        &side(&earlier, &groups_earlier),
        &side(&later, &groups_later),
        2,
        &Resampling::default(),
    )
    .expect("they make sense")
    .expect("answers")
}

#[test]
fn mix_and_level_by_hand() {
    // half and half before (mean 6), 80 and 20 % after (mean 7):
    // mix .3 · 8 − .3 · 3.5 = 1.35, level −1 · (.5 + .2) / 2 = −.35
    let found = moved([10, 10], [16, 4]);
    assert!((found.change.value - 1.0).abs() < 1e-12);
    assert!((found.mix.value - 1.35).abs() < 1e-12);
    assert!((found.level.value + 0.35).abs() < 1e-12);
    // the mean of both times is 6.5: .3 · (8 − 6.5) and −.3 · (3.5 − 6.5)
    assert!((found.groups[0].mix.value - 0.45).abs() < 1e-12);
    assert!((found.groups[1].mix.value - 0.9).abs() < 1e-12);
    assert_eq!(found.groups[0].level.value, 0.0);
    assert_eq!(found.groups[1].mean_after, Some(3.0));
    assert!(
        found
            .level
            .ends()
            .is_some_and(|(low, high)| low < -0.35 && high < 0.0)
    );
}

#[test]
fn a_group_that_is_gone_moved_the_mix() {
    let found = moved([10, 10], [10, 0]);
    assert!((found.change.value - 2.0).abs() < 1e-12);
    assert_eq!((found.level.value, found.groups[1].mean_after), (0.0, None));
    let empty = side(&[NO], &[0]);
    assert_eq!(
        decompose(&empty, &empty, 1, &Resampling::default()),
        Ok(None)
    );
}

#[test]
fn intervals_of_mix_and_level_hold_as_often_as_they_say() {
    let resampling = Resampling {
        resamples: 200,
        ..Resampling::default()
    };
    let (mut of_mix, mut of_level) = (0, 0);
    for seed in 0..300 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        // a third of B before, a half after; B says 5, then 4.5; A says 7
        let mut drawn_side = |share_of_b: f64, level_of_b: f64| -> (Vec<f64>, Vec<u32>) {
            (0..150)
                .map(|_| {
                    let noise: f64 = StandardNormal.sample(&mut random);
                    let is_b = random.random::<f64>() < share_of_b;
                    (if is_b { level_of_b } else { 7.0 } + noise, u32::from(is_b))
                })
                .unzip()
        };
        let (before, after) = (drawn_side(1.0 / 3.0, 5.0), drawn_side(0.5, 4.5));
        let found = decompose(
            &side(&before.0, &before.1),
            &side(&after.0, &after.1),
            2,
            &resampling,
        );
        let found = found.expect("they make sense").expect("answers");
        let holds = |estimate: Estimate, truth: f64| {
            let (low, high) = estimate.ends().expect("many answers");
            u32::from((low..=high).contains(&truth))
        };
        // −1/6 · 7 + 1/6 · 4.75 and −.5 · (1/3 + 1/2) / 2
        of_mix += holds(found.mix, -2.25 / 6.0);
        of_level += holds(found.level, -2.5 / 12.0);
    }
    // 270 expected, standard deviation 5
    for held in [of_mix, of_level] {
        assert!((254..=286).contains(&held), "{of_mix} {of_level}");
    }
}

#[test]
fn outlooks_hold_as_often_as_they_say() {
    for step in [0.0, 0.1, 0.4] {
        let mut held = 0;
        for seed in 0..300 {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let mut level = 7.0;
            let levels: Vec<f64> = (0..23)
                .map(|_| {
                    let moved: f64 = StandardNormal.sample(&mut random);
                    level += step * moved;
                    level
                })
                .collect();
            let periods = drawn(&levels[..20], 60, &mut random);
            let Ok(Told::Told(Outlook { ahead, .. })) = outlook(&periods, 3, 0.9) else {
                panic!("20 periods");
            };
            let (low, high) = ahead[2].ends().expect("an interval");
            held += u32::from((low..=high).contains(&levels[22]));
        }
        // 270 expected, standard deviation 5; a level that never moves is not known not to
        let most = if step == 0.0 { 300 } else { 286 };
        assert!((254..=most).contains(&held), "{held} of 300 at {step}");
    }
}

#[test]
fn a_gap_at_the_end_widens_the_outlook() {
    let means = [7.0, 6.5, 7.2, 6.1, 6.9, 7.4, 6.2, 6.8, 7.1];
    let width = |means: &[f64]| {
        let Ok(Told::Told(Outlook { now, .. })) = outlook(&with_means(means), 0, 0.9) else {
            panic!("nine periods");
        };
        let (low, high) = now.ends().expect("an interval");
        high - low
    };
    assert!(width(&[means.as_slice(), &[NO, NO]].concat()) > 1.3 * width(&means));
}

#[test]
fn threads_do_not_matter() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool")
            .install(|| moved([700, 800], [900, 400]))
    };
    assert_eq!(with(1), with(3));
}

/// What a cut costs: squares around levels by definition, and a price for each change.
fn cost(means: &[f64], starts: &[usize], price: f64) -> f64 {
    let ends = starts[1..].iter().copied().chain([means.len()]);
    let squares = starts.iter().zip(ends).map(|(&start, end)| {
        let stretch = &means[start..end];
        let level = stretch.iter().sum::<f64>() / stretch.len() as f64;
        stretch
            .iter()
            .map(|mean| (mean - level).powi(2) / 0.01)
            .sum::<f64>()
    });
    squares.sum::<f64>() + price * (starts.len() as f64 - 1.0)
}

proptest! {
    #[test]
    fn no_cut_is_better(means in prop::collection::vec(-0.6..0.6f64, 4..7)) {
        let periods = with_means(&means);
        // 1 − .9 on two sides, over T − 3 places
        let count = means.len() as f64;
        let student = StudentsT::new(0.0, 1.0, 99.0 * count).expect("degrees of freedom");
        let z = student.inverse_cdf(1.0 - 0.05 / (count - 3.0));
        let starts: Vec<usize> = std::iter::once(0).chain(found(&periods)).collect();
        let cheapest = cost(&means, &starts, z * z);
        for cuts in 0..1u32 << (means.len() - 1) {
            let others: Vec<usize> = std::iter::once(0)
                .chain((1..means.len()).filter(|place| cuts >> (place - 1) & 1 == 1))
                .collect();
            let ends = others[1..].iter().copied().chain([means.len()]);
            if others.iter().zip(ends).all(|(start, end)| end - start >= 2) {
                prop_assert!(cheapest <= cost(&means, &others, z * z) + 1e-9);
            }
        }
    }

    #[test]
    fn any_answers_are_told(
        rows in prop::collection::vec((prop_oneof![Just(5.0), Just(NO), -1e100..1e100, 0.0..10.0], 0..12u32), 0..80)
    ) {
        let (scores, period): (Vec<f64>, Vec<u32>) = rows.into_iter().unzip();
        let periods = of(&scores, &period, 12);
        let is_told = |estimate: &Estimate| {
            let (low, high) = estimate.ends().unwrap_or((estimate.value, estimate.value));
            low <= estimate.value && estimate.value <= high && low.is_finite() && high.is_finite()
        };
        if let Told::Told(changes) = changes(&periods, 0.9).expect("a level") {
            prop_assert!(changes.unrest >= 1.0);
            prop_assert!((0.0..=1.0).contains(&changes.p_value));
            prop_assert!(changes.smallest_step > 0.0);
            prop_assert_eq!(changes.segments.len(), changes.changes.len() + 1);
            for change in &changes.changes {
                prop_assert!(is_told(&change.size));
                let reached: f64 = change.dates.iter().map(|date| date.probability).sum();
                prop_assert!(reached >= 0.9 - 1e-9);
            }
        }
        if let Told::Told(Outlook { now, ahead }) = outlook(&periods, 2, 0.9).expect("a level") {
            prop_assert!(ahead.iter().chain([&now]).all(is_told));
        }
    }

    #[test]
    fn parts_add_up_and_twice_the_answers_say_the_same(
        before in prop::collection::vec((1.0..10.0f64, 0..4u32), 1..30),
        after in prop::collection::vec((1.0..10.0f64, 0..4u32), 1..30),
    ) {
        let resampling = Resampling { resamples: 100, ..Resampling::default() };
        let parts = |times: usize| {
            let columns = |rows: &[(f64, u32)]| -> (Vec<f64>, Vec<u32>) { rows.repeat(times).into_iter().unzip() };
            let (before, after) = (columns(&before), columns(&after));
            let parts = decompose(&side(&before.0, &before.1), &side(&after.0, &after.1), 4, &resampling);
            parts.expect("they make sense").expect("answers")
        };
        let (once, twice) = (parts(1), parts(2));
        let mean = |rows: &[(f64, u32)]| rows.iter().map(|row| row.0).sum::<f64>() / rows.len() as f64;
        let change = mean(&after) - mean(&before);
        prop_assert!((once.mix.value + once.level.value - change).abs() < 1e-9);
        prop_assert!((once.change.value - change).abs() < 1e-9);
        prop_assert!((once.mix.value - twice.mix.value).abs() < 1e-9);
        let of_groups: f64 = once.groups.iter().map(|group| group.mix.value + group.level.value).sum();
        prop_assert!((of_groups - change).abs() < 1e-9);
    }

    #[test]
    fn another_unit_moves_no_date(means in prop::collection::vec(1.0..10.0f64, 8..20)) {
        let in_other_unit: Vec<Period> = with_means(&means)
            .iter()
            .map(|period| Period {
                mean: period.mean.map(|mean| mean.scaled(100.0).shifted(-3.0)),
                variance: 1e4,
                ..*period
            })
            .collect();
        prop_assert_eq!(found(&with_means(&means)), found(&in_other_unit));
    }
}
