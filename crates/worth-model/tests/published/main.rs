//! Numbers published elsewhere, each with its source.

mod beta_bernoulli;
mod beta_discrete_weibull;
mod beta_geo;
mod cdnow;
mod gamma_gamma;
mod mean_cumulative;
mod modified_beta_geo;
mod pareto_nbd;
mod shifted_beta_geo;
mod survival;
mod telco;
