//! Numbers published elsewhere, each with its source.

mod beta_bernoulli;
mod beta_discrete_weibull;
mod beta_geo;
mod brute_force;
mod cdnow;
mod condensed_beta_geo;
mod covariates;
mod drivers;
mod gamma_gamma;
mod gompertz_nbd;
mod journey;
mod kano;
mod link;
mod lunar;
mod mean_cumulative;
mod mode_choice;
mod modified_beta_geo;
mod pareto_nbd;
mod pareto_nbd_varying;
mod posterior;
mod shifted_beta_geo;
mod survival;
mod telco;
mod trend;
