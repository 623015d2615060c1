//! Fitting: start from Pareto/NBD without covariates, leave out what cannot be told apart, climb, and say
//! how it went.

use super::ParetoNbdVarying;
use super::customers::{CheckedDatedHistories, PurchaseSums};
use super::exposure::Exposure;
use super::fitted::{
    CoefficientStanding, FittedParetoNbdVarying, VaryingCoefficient, VaryingDiagnosis,
};
use super::integral::BASE;
use super::likelihood::Data;
use super::parameters::ParetoNbdVaryingParameters;
use super::search::{Found, Search};
use super::standing::Customers;
use super::timelines::Process;
use crate::chi_square::{ChiSquareTest, two_sided};
use crate::columns::check_length;
use crate::error::Error;
use crate::estimate::Estimate;
use crate::lifetime::diagnosis::Outcome;
use crate::lifetime::fitting::{UNSETTLED, customers_needed, too_few};
use crate::lifetime::purchases_fit::{self, Fit};
use crate::lifetime::{FittedParetoNbd, ParetoNbd, ParetoNbdParameters};

/// Purchases under a covariate below which its effect on buying is not to be relied on.
const ENOUGH_PURCHASES: f64 = 10.0;

pub(super) fn fit(
    spec: &ParetoNbdVarying,
    customers: &CheckedDatedHistories<'_>,
    purchases: &PurchaseSums,
) -> Result<FittedParetoNbdVarying, Error> {
    let (histories, covariates) = (&customers.columns.histories, customers.columns.covariates);
    check_length("purchases", purchases.values.len(), covariates.len())?;
    let without = spec.without_covariates();
    let plain = purchases_fit::Search::new(&without, histories)?;
    let data = Data {
        customers: Customers {
            unit: plain.unit,
            ..Customers::now(customers)
        },
        counted: &plain.data,
        sums: purchases,
    };
    let exposure = Exposure::new(&data.customers);
    let search = Search::new(data, &exposure);
    let found = search.find(&plain.logarithms(), spec.most_iterations);

    let level = spec.level;
    let known = search.known(&found, plain.data.terms().max(exposure.pieces), level);
    let times = plain.units();
    let estimates: [Estimate; BASE] =
        std::array::from_fn(|i| known[i].estimate(level, |log| log.exp() * times[i]));
    let [r, alpha, s, beta] = estimates.map(|estimate| estimate.value);
    let coefficients: Vec<VaryingCoefficient> = (search.terms.iter().zip(BASE..))
        .map(|(&(process, covariate), i)| VaryingCoefficient {
            covariate: covariates.names[covariate].clone(),
            process,
            coefficient: known[i].estimate(level, |coefficient| coefficient),
            factor: known[i].estimate(level, f64::exp),
            standard_error: known[i].error,
            p_value: known[i]
                .error
                .map(|error| two_sided(known[i].value / error)),
            standing: standing(&search, &exposure, &found, i),
        })
        .collect();
    let identified = coefficients
        .iter()
        .filter(|one| one.standing.is_identified());
    let log_likelihood = found.at.at.value + plain.log_unit();
    let plain = plain.fitted();
    let gain = 2.0 * (log_likelihood - plain.log_likelihood);
    let of = |process: Process| {
        let own = coefficients.iter().filter(|one| one.process == process);
        own.map(|one| one.coefficient.value).collect()
    };
    Ok(FittedParetoNbdVarying {
        name: "pareto-nbd-varying".to_owned(),
        parameters: ParetoNbdVaryingParameters {
            base: ParetoNbdParameters { r, alpha, s, beta },
            buying: of(Process::Buying),
            leaving: of(Process::Leaving),
        },
        estimates: estimates.into(),
        standard_errors: std::array::from_fn(|i| {
            known[i].error.map(|error| estimates[i].value * error)
        }),
        improvement: ChiSquareTest::new(gain, identified.count()),
        coefficients,
        log_likelihood,
        customers: plain.customers,
        repeat_customers: plain.repeat_customers,
        diagnosis: VaryingDiagnosis {
            outcome: outcome(&found, &plain),
            iterations: found.at.iterations,
        },
        level,
        acts_on: (covariates.names.iter().cloned())
            .zip(covariates.acts_on.iter().copied())
            .collect(),
        covariance: search.covariance(&found),
    })
}

/// Whether a coefficient is known, and if not, why.
fn standing(
    search: &Search<'_>,
    exposure: &Exposure,
    found: &Found,
    i: usize,
) -> CoefficientStanding {
    let (process, covariate) = search.terms[i - BASE];
    let purchases = search.data.sums.purchases[covariate];
    match exposure.follows_from(process, covariate) {
        Some(others) if others.is_empty() => CoefficientStanding::NeverVaries,
        Some(others) => {
            let names = &search.data.customers.all.columns.covariates.names;
            CoefficientStanding::Collinear {
                with: others
                    .into_iter()
                    .map(|other| names[other].clone())
                    .collect(),
            }
        }
        None if found.is_at_box(i) => CoefficientStanding::Boundless,
        None if found.is_unsettled(i) => CoefficientStanding::Unsettled,
        None if process == Process::Buying && purchases < ENOUGH_PURCHASES => {
            CoefficientStanding::TooFewPurchases {
                purchases,
                needed: ENOUGH_PURCHASES,
            }
        }
        None => CoefficientStanding::Known,
    }
}

/// How it went: that all customers stay or leave is seen without covariates as well.
fn outcome(found: &Found, plain: &FittedParetoNbd) -> Outcome {
    if let Some(too_few) = too_few(plain.customers, plain.repeat_customers) {
        return too_few;
    }
    if !found.arrived() {
        return Outcome::NotConverged {
            gain_left: found.gain_left(),
        };
    }
    if matches!(plain.diagnosis.outcome, Outcome::AtBoundary { .. }) {
        return plain.diagnosis.outcome.clone();
    }
    let worst = (0..BASE).map(|i| found.error(i)).fold(0.0, f64::max);
    let hardly: Vec<String> = (0..BASE)
        .filter(|&i| found.is_unsettled(i) || found.error(i) > UNSETTLED)
        .map(|i| ParetoNbd::FRAME.names[i].to_owned())
        .collect();
    if hardly.is_empty() {
        return Outcome::Converged;
    }
    Outcome::Flat {
        parameters: hardly,
        customers_needed: customers_needed(plain.customers, worst.max(UNSETTLED)),
    }
}
