//! Pareto/NBD with covariates that vary with time.

mod guards;
mod recover;
mod same;
mod shop;
