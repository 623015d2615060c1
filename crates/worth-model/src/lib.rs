//! The mathematics of customer value: slices of numbers in, plain structs out.
//!
//! No files, no SQL, no clock, no hidden randomness: whatever a result depends on is an argument,
//! so the same call gives the same bytes on every machine and with any number of threads.
//!
//! | module | answers |
//! |---|---|
//! | [`lifetime`] | who is still a customer, what will they buy, what are they worth |
//! | [`perceived`] | what benefits and costs respondents see in brands, and the value map |
//! | [`accuracy`] | how far forecasts were from what happened |
//! | [`calendar`] | which days bring more purchases: feasts, seasons, the lunar calendar |
//! | [`columns`] | what labels are as covariates |
//! | [`clustered`] | means over what many people did several times each |
//! | [`concentration`] | how much of a whole a few hold; shares and quantiles |
//! | [`control`] | whether what happened is where forecasts said it would be |
//! | [`discovery`] | which of many differences are no accident |
//! | [`drivers`] | what moves an outcome most: key decision factors |
//! | [`experiment`] | how far two arms of an experiment differ, and how many it takes to tell |
//! | [`journey`] | what customers do, step after step: the map, variants, funnels |
//! | [`kano`] | which features must be there, which delight, which nobody minds |
//! | [`link`] | how far an outcome goes with what came before it, and what moving that would do |
//! | [`scores`] | NPS, CSAT, CES, ACSI, with proper intervals |
//! | [`shrinkage`] | means of small groups that lean on all groups |
//! | [`simulate`] | customers drawn from known parameters |
//! | [`survey`] | which filled-in forms are doubtful, and how much each respondent should count |
//! | [`survival`] | how long customers stay, why they leave, and what that is worth |
//! | [`trend`] | how a score moves over time: level, changes, what moved it, outlook |

pub mod accuracy;
mod bootstrap;
pub mod calendar;
mod chi_square;
pub mod clustered;
pub mod columns;
pub mod concentration;
pub mod control;
mod dense;
pub mod discovery;
pub mod drivers;
pub mod error;
pub mod estimate;
pub mod experiment;
mod gamma_functions;
pub mod journey;
pub mod kano;
pub mod lifetime;
pub mod link;
mod mixture;
mod newton;
mod parallel;
pub mod perceived;
mod ranks;
pub mod scores;
mod shares;
pub mod shrinkage;
pub mod simulate;
pub mod survey;
pub mod survival;
mod symmetric;
pub mod trend;

pub use bootstrap::Resampling;
pub use columns::Dummies;
pub use error::Error;
pub use estimate::{Changed, DEFAULT_LEVEL, Estimate, Method, NoInterval, Spread};

/// The example on the page about lifetime value is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/lifetime.md")]
pub struct LifetimePage;

/// The example on the page about posteriors is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/posterior.md")]
pub struct PosteriorPage;

/// The examples on the page about contracts are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/contracts.md")]
pub struct ContractsPage;

/// The example on the page about covariates is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/covariates.md")]
pub struct CovariatesPage;

/// The example on the page about pooling is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/pooling.md")]
pub struct PoolingPage;

/// The example on the page about drivers is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/drivers.md")]
pub struct DriversPage;

/// The examples on the page about scores are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/scores.md")]
pub struct ScoresPage;

/// The example on the page about journeys is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/journey.md")]
pub struct JourneyPage;

/// The example on the page about Kano's model is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/kano.md")]
pub struct KanoPage;

/// The examples on the page about the quality of surveys are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/survey-quality.md")]
pub struct SurveyQualityPage;

/// The example on the page about what actions take is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/costs.md")]
pub struct CostsPage;

/// The example on the page about links from experience to money is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/value-link.md")]
pub struct ValueLinkPage;

/// The example on the page about the value map is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/value-map.md")]
pub struct ValueMapPage;

/// The example on the page about what changes would bring is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/what-if.md")]
pub struct WhatIfPage;

/// The examples on the page about value over time are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/value-trend.md")]
pub struct ValueTrendPage;

/// The example on the page about covariates that vary with time is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/time-varying.md")]
pub struct TimeVaryingPage;

/// The example on the page about the calendar is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/methods/calendar.md")]
pub struct CalendarPage;
