//! The Rust side of the comparison with the Python package `lifetimes` in `benches/run.py`.
//!
//! `lifetime_peer draw FILE CUSTOMERS` writes customers drawn from known parameters as CSV;
//! `lifetime_peer measure FILE [MODEL]` reads them and prints the CPU seconds of each piece of work
//! as JSON; models are beta-geo (the default), modified-beta-geo, pareto-nbd and gompertz-nbd.
//! `lifetime_peer posterior FILE [MODEL]` draws from the posterior, 4 chains of 1,000 steps of tuning and
//! 2,000 draws, and predicts for each customer: beside PyMC-Marketing.

mod processor;

use std::fs;
use std::io::{BufWriter, Write};

use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, FittedPurchases, GammaGamma,
    GammaGammaParameters, GompertzNbd, Histories, Horizon, Margin, ModifiedBetaGeo, ParetoNbd,
    PosteriorPurchases, PurchaseModel, Sampling, Spends, Totals, ValueModel,
};
use worth_model::simulate::{self, Columns};

use processor::{Outcome, timed};

/// As PyMC-Marketing does without being told otherwise, but for the number of draws.
const SAMPLING: Sampling = Sampling {
    chains: 4,
    tuning: 1000,
    draws: 2000,
    acceptance: 0.8,
    seed: 0,
};

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["draw", file, customers] => draw(file, customers.parse()?),
        ["measure", file] | ["measure", file, "beta-geo"] => {
            measure(file, |histories| BetaGeo::default().fit(histories))
        }
        ["measure", file, "modified-beta-geo"] => {
            measure(file, |histories| ModifiedBetaGeo::default().fit(histories))
        }
        ["measure", file, "pareto-nbd"] => {
            measure(file, |histories| ParetoNbd::default().fit(histories))
        }
        ["measure", file, "gompertz-nbd"] => {
            measure(file, |histories| GompertzNbd::default().fit(histories))
        }
        ["posterior", file] | ["posterior", file, "beta-geo"] => {
            posterior(file, |histories| BetaGeo::default().posterior(histories, &SAMPLING))
        }
        ["posterior", file, "modified-beta-geo"] => posterior(file, |histories| {
            ModifiedBetaGeo::default().posterior(histories, &SAMPLING)
        }),
        ["posterior", file, "pareto-nbd"] => {
            posterior(file, |histories| ParetoNbd::default().posterior(histories, &SAMPLING))
        }
        ["posterior", file, "gompertz-nbd"] => {
            posterior(file, |histories| GompertzNbd::default().posterior(histories, &SAMPLING))
        }
        _ => Err("usage: lifetime_peer draw FILE CUSTOMERS | measure FILE [MODEL] | posterior FILE [MODEL]".into()),
    }
}

/// Purchases from BG/NBD, ages even in 27..39 weeks, spend from Gamma-Gamma, fixed seed.
fn draw(file: &str, customers: usize) -> Outcome<()> {
    let purchase = BetaGeoParameters {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
    };
    let spend = GammaGammaParameters {
        p: 6.25,
        q: 3.74,
        gamma: 15.44,
    };
    let ages: Vec<f64> = (0..customers)
        .map(|row| 27.0 + 12.0 * (row as f64 * 0.618_033_988_75).fract())
        .collect();
    let drawn = simulate::customers(&purchase, Some(&spend), &ages, 1)?;
    let columns = simulate::columns(&drawn, &ages);
    let mut out = BufWriter::new(fs::File::create(file)?);
    writeln!(out, "frequency,recency,T,monetary")?;
    for row in 0..customers {
        let (x, t_x) = (columns.frequency[row], columns.recency[row]);
        writeln!(
            out,
            "{x},{t_x},{},{}",
            columns.age[row], columns.mean_spend[row]
        )?;
    }
    Ok(out.flush()?)
}

fn histories(columns: &Columns) -> Outcome<CheckedHistories<'_>> {
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        ..Histories::default()
    };
    Ok(histories.check()?)
}

fn posterior<M: PurchaseModel<D>, const D: usize>(
    file: &str,
    sample: impl Fn(&CheckedHistories<'_>) -> Result<PosteriorPurchases<M, D>, worth_model::Error>,
) -> Outcome<()> {
    let columns = read(file)?;
    let histories = histories(&columns)?;
    let (posterior, sampling) = timed(|| sample(&histories))?;
    let (_, alive) = timed(|| Ok(posterior.probability_alive(&histories)))?;
    let (_, expected) = timed(|| posterior.expected_purchases(&histories, 39.0))?;
    eprintln!("{:?}", posterior.diagnosis);
    println!("{{\"sampling\": {sampling:.2}, \"alive\": {alive:.2}, \"expected\": {expected:.2}}}");
    Ok(())
}

fn measure<M: PurchaseModel<D>, const D: usize>(
    file: &str,
    fit: impl Fn(&CheckedHistories<'_>) -> Result<FittedPurchases<M, D>, worth_model::Error>,
) -> Outcome<()> {
    let columns = read(file)?;
    let histories = histories(&columns)?;
    let spends = Spends {
        purchases: &columns.frequency,
        mean: &columns.mean_spend,
        weight: None,
    }
    .check()?;
    let (purchase, fit) = timed(|| fit(&histories))?;
    let (spend, spend_fit) = timed(|| GammaGamma::default().fit(&spends))?;
    let horizon = Horizon::of_weeks(52.18, 0.1268);
    let model = ValueModel {
        purchase: &purchase,
        spend: &spend,
        horizon,
        margin: Margin::given(1.0),
    };
    let (_, value) = timed(|| model.of_customers(&histories, &spends))?;
    let (_, alive) = timed(|| Ok(purchase.probability_alive(&histories)))?;
    let (_, expected) = timed(|| purchase.expected_purchases(&histories, 39.0))?;
    let (_, total) = timed(|| model.total(&histories, &spends, &Totals::default()))?;
    eprintln!("{:?} {}", purchase.parameters, purchase.log_likelihood);
    println!(
        "{{\"fit\": {fit:.2}, \"spend\": {spend_fit:.2}, \"value\": {value:.2}, \
         \"alive\": {alive:.2}, \"expected\": {expected:.2}, \"total\": {total:.2}}}"
    );
    Ok(())
}

fn read(file: &str) -> Outcome<Columns> {
    let mut columns = Columns::default();
    for line in fs::read_to_string(file)?.lines().skip(1) {
        let mut fields = line.split(',').map(str::parse::<f64>);
        let mut next = || fields.next().ok_or("a line has fewer than four fields");
        columns.frequency.push(next()??);
        columns.recency.push(next()??);
        columns.age.push(next()??);
        columns.mean_spend.push(next()??);
    }
    Ok(columns)
}
