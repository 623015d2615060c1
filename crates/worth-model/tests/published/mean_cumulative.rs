//! Mean cumulative functions against examples printed elsewhere.

use worth_model::survival::{Brought, CumulativeCurve, MeanCumulative};

fn fit(end: &[f64], events: &[(u32, f64, f64)]) -> CumulativeCurve {
    let customer: Vec<u32> = events.iter().map(|event| event.0).collect();
    let age: Vec<f64> = events.iter().map(|event| event.1).collect();
    let amount: Vec<f64> = events.iter().map(|event| event.2).collect();
    let brought = Brought {
        end,
        customer: &customer,
        age: &age,
        amount: &amount,
    };
    MeanCumulative::default()
        .fit(&brought)
        .expect("it makes sense")
}

/// Five systems with repairs and ends of history, from ReliaSoft's reference on recurrent events
/// (reliawiki.org, "Recurrent Event Data Analysis", example 1); `reliability` 0.9.0 for Python
/// (`MCF_nonparametric`) gives the same means.
#[test]
fn repairs_of_five_systems_match_reliasoft() {
    let repairs: [&[f64]; 5] = [
        &[5.0, 10.0, 15.0],
        &[6.0, 13.0, 17.0],
        &[12.0, 20.0, 25.0],
        &[13.0, 15.0],
        &[16.0, 22.0, 25.0],
    ];
    let events: Vec<(u32, f64, f64)> = (0..)
        .zip(repairs)
        .flat_map(|(system, ages)| ages.iter().map(move |&age| (system, age, 1.0)))
        .collect();
    let curve = fit(&[17.0, 19.0, 26.0, 24.0, 28.0], &events);
    let found: Vec<(f64, f64)> = curve
        .points
        .iter()
        .map(|point| (point.age, (point.mean.value * 1e5).round() / 1e5))
        .collect();
    let printed = [
        (5.0, 0.2),
        (6.0, 0.4),
        (10.0, 0.6),
        (12.0, 0.8),
        (13.0, 1.2),
        (15.0, 1.6),
        (16.0, 1.8),
        (17.0, 2.0),
        (20.0, 2.33333),
        (22.0, 2.66667),
        (25.0, 3.66667),
    ];
    assert_eq!(found, printed);
}

/// Costs of repairs of six systems: the artificial data of Nelson (1988), as the sample library of
/// SAS/QC has them (RELEX2, PROC RELIABILITY). At each age the mean rises by the cost over the number
/// of systems whose history goes so far, counted here by hand.
#[test]
fn costs_of_six_systems_of_nelson_by_hand() {
    let events = [
        (0, 19.0, 2.0),
        (0, 39.0, 2.0),
        (1, 8.0, 2.0),
        (1, 14.0, 1.0),
        (1, 26.0, 1.0),
        (2, 18.0, 3.0),
        (3, 16.0, 2.0),
        (3, 2.0, 1.0),
        (3, 8.0, 1.0),
        (5, 5.0, 3.0),
        (5, 12.0, 1.0),
    ];
    let curve = fit(&[42.0, 33.0, 29.0, 20.0, 16.0, 12.0], &events);
    let found: Vec<(f64, usize, f64)> = curve
        .points
        .iter()
        .map(|point| (point.age, point.at_risk, point.mean.value))
        .collect();
    let mut mean = 0.0;
    let by_hand = [
        (2.0, 6, 1.0),
        (5.0, 6, 3.0),
        (8.0, 6, 3.0),
        (12.0, 6, 1.0),
        (14.0, 5, 1.0),
        (16.0, 5, 2.0),
        (18.0, 4, 3.0),
        (19.0, 4, 2.0),
        (26.0, 3, 1.0),
        (39.0, 1, 2.0),
    ]
    .map(|(age, at_risk, cost): (f64, usize, f64)| {
        mean += cost / at_risk as f64;
        (age, at_risk, mean)
    });
    assert_eq!(found, by_hand);
}
