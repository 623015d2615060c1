//! Numbers published elsewhere, each with its source.

mod beta_geo;
mod cdnow;
mod gamma_gamma;
mod survival;
mod telco;
