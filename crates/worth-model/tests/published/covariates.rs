//! Purchase models with covariates on 300 customers each (`covariates.csv`), against likelihoods as the
//! papers write them, maximised with SciPy 1.17.1, and against PyMC-Marketing 0.19.2: `covariates.py`
//! drew and maximised, and `covariates.txt` is what it says.

use worth_model::lifetime::{
    BetaGeo, Covariates, FittedCovariates, Histories, ModifiedBetaGeo, Moves, ParetoNbd,
    PurchaseModel, Term, WithCovariates,
};

const CUSTOMERS: &str = include_str!("covariates.csv");

/// Customers drawn from one law.
struct Sample {
    frequency: Vec<f64>,
    recency: Vec<f64>,
    age: Vec<f64>,
    web: Vec<f64>,
    size: Vec<f64>,
}

impl Sample {
    fn of(law: &str) -> Self {
        let column = |place: usize| -> Vec<f64> {
            let rows = CUSTOMERS.lines().filter(|line| line.starts_with(law));
            rows.map(|line| {
                line.split(',')
                    .nth(place)
                    .and_then(|cell| cell.parse().ok())
            })
            .map(|cell| cell.expect("a number"))
            .collect()
        };
        Self {
            frequency: column(1),
            recency: column(2),
            age: column(3),
            web: column(4),
            size: column(5),
        }
    }

    fn histories(&self) -> Histories<'_> {
        Histories {
            frequency: &self.frequency,
            recency: &self.recency,
            age: &self.age,
            ..Histories::default()
        }
    }
}

/// Fits a model to the customers of a law.
macro_rules! fit {
    ($spec:expr, $law:literal) => {{
        let sample = Sample::of($law);
        let columns: [&[f64]; 2] = [&sample.web, &sample.size];
        let table = Covariates {
            names: &["web", "size"],
            columns: &columns,
        };
        let histories = sample.histories().check().expect("they make sense");
        let table = table.check().expect("they make sense");
        let fitted = $spec.fit(&histories, &table).expect("it makes sense");
        let base = fitted.base().expect("it was fitted").parameters;
        (fitted, base)
    }};
}

/// What `covariates.txt` has of a case.
struct Expected<const K: usize> {
    coefficients: [f64; K],
    standard_errors: [f64; K],
    log_likelihood: f64,
    without: f64,
}

impl<const K: usize> Expected<K> {
    fn check<M: PurchaseModel>(&self, found: &FittedCovariates<M>) {
        near(
            found.reference.log_likelihood,
            self.log_likelihood,
            1e-4,
            "log-likelihood",
        );
        near(found.null_log_likelihood, self.without, 1e-4, "without");
        assert_eq!(found.coefficients.len(), K);
        for (place, found) in found.coefficients.iter().enumerate() {
            let error = self.standard_errors[place];
            let value = found.coefficient.value;
            near(
                value,
                self.coefficients[place],
                0.002 * error,
                "coefficient",
            );
            let of_error = found.standard_error.expect("it is settled");
            near(of_error, error, 0.005 * error, "standard error");
        }
        let test = found.likelihood_ratio.expect("there is no penalty");
        let statistic = 2.0 * (self.log_likelihood - self.without);
        near(test.statistic, statistic, 1e-3, "likelihood ratio");
        assert_eq!(test.degrees_of_freedom, K as f64);
    }
}

fn near(found: f64, expected: f64, allowed: f64, what: &str) {
    let difference = (found - expected).abs();
    assert!(difference <= allowed, "{what}: {found} is not {expected}");
}

fn parameters_are(found: [f64; 4], expected: [f64; 4]) {
    for (found, expected) in found.into_iter().zip(expected) {
        near(found / expected, 1.0, 0.002, "parameter");
    }
}

#[test]
fn beta_geo_with_covariates_is_as_scipy_finds_it() {
    let spec = WithCovariates::new(BetaGeo::default(), &["web", "size"], &["web"]);
    let (found, base) = fit!(spec, "beta-geo");
    let expected = Expected {
        coefficients: [0.31488, -0.3136, -0.80069],
        standard_errors: [0.16694, 0.08804, 0.28405],
        log_likelihood: -2492.08345,
        without: -2505.36497,
    };
    expected.check(&found);
    let base = [base.r, base.alpha, base.a, base.b];
    parameters_are(base, [0.86043, 3.62415, 1.49745, 3.54273]);
}

#[test]
fn coefficients_of_b_too_are_as_scipy_and_pymc_marketing_find_them() {
    let mut spec = WithCovariates::new(BetaGeo::default(), &["web", "size"], &["web"]);
    spec.terms.push(Term {
        covariate: "web".to_owned(),
        moves: Moves::Parameter("b".to_owned()),
    });
    let (found, base) = fit!(spec, "beta-geo");
    let expected = Expected {
        coefficients: [0.3255, -0.3136, -1.88618, -1.39603],
        standard_errors: [0.16728, 0.08809, 1.16651, 1.36861],
        log_likelihood: -2491.37029,
        without: -2505.36497,
    };
    expected.check(&found);
    let base = [base.r, base.alpha, base.a, base.b];
    parameters_are(base, [0.85973, 3.64399, 3.10952, 8.60231]);
    // PyMC-Marketing's search stops a little earlier.
    parameters_are(base, [0.8598, 3.6461, 3.1131, 8.6123]);
    for (found, expected) in (found.coefficients.iter()).zip([0.3257, -0.3135, -1.8887, -1.3989]) {
        near(found.coefficient.value, expected, 0.003, "coefficient");
    }
}

#[test]
fn modified_beta_geo_with_covariates_is_as_scipy_finds_it() {
    let spec = WithCovariates::new(ModifiedBetaGeo::default(), &["web"], &["size"]);
    let (found, base) = fit!(spec, "beta-geo");
    let expected = Expected {
        coefficients: [0.38915, 0.21377],
        standard_errors: [0.16298, 0.13872],
        log_likelihood: -2515.27215,
        without: -2519.37707,
    };
    expected.check(&found);
    let base = [base.r, base.alpha, base.a, base.b];
    parameters_are(base, [1.19311, 11.63047, 1.27619, 11.84485]);
}

#[test]
fn pareto_nbd_with_covariates_is_as_scipy_finds_it() {
    let both = ["web", "size"];
    let (found, base) = fit!(
        WithCovariates::new(ParetoNbd::default(), &both, &both),
        "pareto-nbd"
    );
    let expected = Expected {
        coefficients: [0.62222, -0.28752, 0.04983, -0.44194],
        standard_errors: [0.16082, 0.08647, 0.37558, 0.2427],
        log_likelihood: -2718.22599,
        without: -2730.94147,
    };
    expected.check(&found);
    let base = [base.r, base.alpha, base.s, base.beta];
    parameters_are(base, [0.94275, 5.30158, 1.12279, 15.19272]);
}
