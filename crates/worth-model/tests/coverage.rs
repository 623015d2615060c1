//! Intervals hold as often as they say: the study of `benches/coverage` in small.

#[path = "../benches/coverage/study.rs"]
mod study;

use worth_model::lifetime::Model;

/// Shops, and customers of each.
const SHOPS: u64 = 60;
const CUSTOMERS: usize = 1500;

fn holds(model: Model) {
    let cases = study::cases();
    let case = cases.iter().find(|case| case.model == model);
    // Standard error of a share of so many shops of which nine in ten hold.
    let of_shops = 0.3 / (SHOPS as f64).sqrt();
    for held in study::study(case.expect("the model has a case"), SHOPS, CUSTOMERS) {
        let (share, error) = held.share();
        let (least, most, error) = match held.what.as_str() {
            "expected purchases of a customer" => (0.86, 0.94, error),
            // Whole numbers, and money with an upper end alone.
            "purchases of a customer" => (0.9, 0.99, error),
            "value of a customer, upper end alone" => (0.93, 0.97, error),
            _ => (0.86, 0.94, of_shops),
        };
        assert!(
            (least - 3.0 * error..=most + 3.0 * error).contains(&share),
            "{}: {} held {share:.3} ± {error:.3}",
            model.title(),
            held.what
        );
        // A number without an interval is rare.
        assert!(
            held.shops() as u64 * 10 >= SHOPS * 9,
            "{}: {}",
            model.title(),
            held.what
        );
    }
}

#[test]
fn of_beta_geo() {
    holds(Model::BetaGeo);
}

#[test]
fn of_modified_beta_geo() {
    holds(Model::ModifiedBetaGeo);
}

#[test]
fn of_condensed_beta_geo() {
    holds(Model::CondensedBetaGeo);
}

#[test]
fn of_modified_condensed_beta_geo() {
    holds(Model::ModifiedCondensedBetaGeo);
}

#[test]
fn of_pareto_nbd() {
    holds(Model::ParetoNbd);
}
