//! The choice of 210 travellers by generalised cost (Greene, *Econometric Analysis*; `mode_choice.csv`),
//! as statsmodels 0.15.0's `ConditionalLogit` finds it, with the robust error from its scores
//! (`mode_choice.py`).

use worth_model::link::{Choice, ChoiceRows, FittedChoice};

const TRAVELLERS: &str = include_str!("mode_choice.csv");
const MODES: usize = 4;

/// Values (cost is value lost) and ratings (1 of what was chosen).
fn travellers() -> (Vec<f64>, Vec<f64>) {
    let (mut values, mut ratings) = (Vec::new(), Vec::new());
    for line in TRAVELLERS.lines().skip(1) {
        let cells: Vec<f64> = line
            .split(',')
            .map(|cell| cell.parse().expect("a number"))
            .collect();
        let chosen = cells[MODES] as usize;
        for (mode, cost) in cells[..MODES].iter().enumerate() {
            values.push(-cost);
            ratings.push(f64::from(u8::from(mode == chosen)));
        }
    }
    (values, ratings)
}

fn fit(values: &[f64], ratings: &[f64]) -> FittedChoice {
    let rows = ChoiceRows {
        brands: MODES,
        values,
        ratings,
        weight: None,
    };
    let fitted = Choice::default()
        .fit(&rows)
        .expect("a level that makes sense");
    fitted.expect("there are enough travellers")
}

/// The search ends within 1e-4 standard errors of the maximum.
fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 5e-5 * expected.abs(),
        "{found}, not {expected}"
    );
}

#[test]
fn coefficient_error_and_moved_shares_match_statsmodels() {
    let (values, ratings) = travellers();
    let fitted = fit(&values, &ratings);
    close(fitted.per_point.value, 0.019_933_49);
    close(fitted.per_point.standard_error().unwrap(), 0.005_163_925_8);
    let mut cheaper = values.clone();
    for air in cheaper.iter_mut().step_by(MODES) {
        *air += 20.0;
    }
    let moved = fitted.moved(&cheaper).unwrap();
    let before = [0.276_190_48, 0.3, 0.142_857_14, 0.280_952_38];
    let after = [0.355_514_39, 0.268_786_18, 0.126_703_61, 0.248_995_82];
    for (share, (before, after)) in moved.iter().zip(before.into_iter().zip(after)) {
        let share = share.expect("each mode was chosen");
        close(share.before.value, before);
        close(share.after.value, after);
        close(share.change.value, after - before);
    }
}
