//! Expected and actual purchases of every unit, window by window.

use std::sync::Arc;

use worth_model::control;
use worth_model::lifetime::{CheckedHistories, FittedModel, GroupPurchases, Outcome};

use super::Settings;
use super::answer::Kind;
use super::units::{KINDS, Units};
use super::windows::Window;
use crate::columns::date_of;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::calendar::BusinessTime;
use crate::lifetime::forecast::{Columns, SENSE};
use crate::lifetime::history::Histories;
use crate::lifetime::{Day, MONEY_SCALE, Purchases, TimeUnit};

/// The unit of time of the models. Their forecasts do not depend on it.
const UNIT: TimeUnit = TimeUnit::Week;

/// What is needed to look at a window.
pub(super) struct Looking<'a> {
    pub(super) settings: &'a Settings,
    /// Purchases as they stand now.
    pub(super) happened: &'a Purchases,
    pub(super) units: &'a Units,
    /// How time is measured.
    pub(super) time: Arc<BusinessTime>,
}

/// A unit over all windows.
pub(super) struct Series {
    pub(super) kind: Kind,
    pub(super) name: Option<String>,
    /// The earliest first; nothing where there was no forecast.
    pub(super) windows: Vec<Option<control::Window>>,
    /// What was forecast for the last one; nothing for new customers.
    pub(super) forecast: GroupPurchases,
    /// Purchases in the last one.
    pub(super) actual: f64,
    /// What its customers had paid before that.
    pub(super) paid: Paid,
}

/// Net amounts of purchases.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Paid {
    purchases: f64,
    sum: f64,
    squares: f64,
}

impl Paid {
    /// What a customer paid on these days.
    fn of(days: &[Day]) -> Self {
        let mut paid = Self::default();
        for day in days.iter().filter(|day| day.counts()) {
            let net = day.net() as f64 / MONEY_SCALE;
            paid.add(&Self {
                purchases: 1.0,
                sum: net,
                squares: net * net,
            });
        }
        paid
    }

    fn add(&mut self, other: &Self) {
        self.purchases += other.purchases;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Mean per purchase and its standard error; nothing without money.
    pub(super) fn mean(&self) -> Option<(f64, f64)> {
        let mean = self.sum / self.purchases;
        let variance = (self.squares / self.purchases - mean * mean).max(0.0);
        (self.sum > 0.0).then(|| (mean, (variance / self.purchases).sqrt()))
    }
}

/// A unit in one window.
struct Part {
    forecast: GroupPurchases,
    /// What is expected if the days are one standard error longer than the calendar says.
    if_longer: f64,
    actual: f64,
    paid: Paid,
}

impl Part {
    fn of((forecast, longer): (GroupPurchases, GroupPurchases)) -> Self {
        Self {
            forecast,
            if_longer: longer.expected,
            actual: 0.0,
            paid: Paid::default(),
        }
    }

    /// Nothing when nothing was forecast. What is not known of the calendar is chance here.
    fn window(&self) -> Option<control::Window> {
        let GroupPurchases {
            expected,
            variance_by_chance,
            ..
        } = self.forecast;
        let variance = variance_by_chance + (self.if_longer - expected).powi(2);
        (expected > 0.0 && variance > 0.0).then_some(control::Window {
            expected,
            variance,
            actual: self.actual,
        })
    }
}

/// All units in one window.
struct Look {
    /// By kind, in the order of [`KINDS`], and number of the unit.
    parts: Vec<Vec<Part>>,
    /// Purchases of customers who were not known before it.
    by_new_customers: f64,
    /// How long it is in business time, in windows of the mean year.
    length: f64,
}

impl Looking<'_> {
    /// Every unit over the windows; nothing when the last one has no model.
    pub(super) fn at_all(
        &self,
        context: &Context,
        windows: &[Window],
    ) -> Result<Vec<Series>, Error> {
        let mut looks = Vec::with_capacity(windows.len());
        for window in windows {
            context.check()?;
            looks.push(self.look(window));
        }
        let Some(Some(last)) = looks.last() else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        for (place, kind) in KINDS.into_iter().enumerate() {
            let names = self.units.names(kind);
            // One store is no more than the whole.
            if kind != Kind::Whole && names.len() < 2 {
                continue;
            }
            let of_kind = names.into_iter().enumerate().filter_map(|(number, name)| {
                let part = last.parts[place].get(number)?;
                let window =
                    |look: &Option<Look>| look.as_ref()?.parts[place].get(number)?.window();
                (part.forecast.customers > 0.0).then(|| Series {
                    kind,
                    name,
                    windows: looks.iter().map(window).collect(),
                    forecast: part.forecast,
                    actual: part.actual,
                    paid: part.paid,
                })
            });
            all.extend(of_kind);
            if kind == Kind::Whole {
                all.push(new_customers(&looks, last));
            }
        }
        Ok(all)
    }

    /// Nothing when too few customers had come back for a model.
    fn look(&self, window: &Window) -> Option<Look> {
        let known = self.happened.known_on(window.origin());
        let origin = date_of(window.origin());
        let histories = Histories::of(&known, origin, Arc::clone(&self.time));
        let columns = Columns::of(&histories, 0..histories.len(), UNIT);
        let checked = columns.histories().check().expect(SENSE);
        let fitted = self.fit(&checked)?;
        let members = KINDS.map(|kind| self.units.of(kind, &histories, window.origin()));
        let stretch = histories.ahead(self.settings.window_days);
        let forecasts = |days: f64| {
            fitted
                .purchases_by_group(
                    &checked,
                    &members.each_ref().map(Vec::as_slice),
                    days / UNIT.days(),
                )
                .expect("one unit of each kind per customer")
        };
        let of_length = forecasts(stretch.length);
        let of_longer = if stretch.log_error > 0.0 {
            forecasts(stretch.longer_by(1.0))
        } else {
            of_length.clone()
        };
        let parts = |(of_kind, longer): (Vec<_>, Vec<_>)| {
            of_kind.into_iter().zip(longer).map(Part::of).collect()
        };
        let mut parts: Vec<Vec<Part>> = of_length.into_iter().zip(of_longer).map(parts).collect();
        let of_all = self.happened.days.iter();
        let of_all = of_all.filter(|day| day.counts() && window.days().contains(&day.day));
        let mut by_new_customers = of_all.count() as f64;
        for row in 0..histories.len() {
            let customer = histories.rank(row);
            let bought = self.happened.count_within(customer, window.days()) as f64;
            let paid = Paid::of(known.days_of(customer));
            by_new_customers -= bought;
            for (parts, members) in parts.iter_mut().zip(&members) {
                let part = &mut parts[members[row] as usize];
                part.actual += bought;
                part.paid.add(&paid);
            }
        }
        Some(Look {
            parts,
            by_new_customers,
            length: stretch.length / f64::from(self.settings.window_days),
        })
    }

    fn fit(&self, histories: &CheckedHistories<'_>) -> Option<FittedModel> {
        let Settings { model, watch, .. } = self.settings;
        let fitted = model.fit(histories, watch.level).ok()?;
        let is_told = !matches!(fitted.diagnosis().outcome, Outcome::TooFew { .. });
        is_told.then_some(fitted)
    }
}

/// Purchases of customers nobody knew before each window: one window is to have as many as another as
/// long in business time.
fn new_customers(looks: &[Option<Look>], last: &Look) -> Series {
    let window = |look: &Option<Look>| {
        let look = look.as_ref()?;
        Some(control::Window {
            expected: look.length,
            variance: look.length,
            actual: look.by_new_customers,
        })
    };
    Series {
        kind: Kind::NewCustomers,
        name: None,
        windows: looks.iter().map(window).collect(),
        forecast: GroupPurchases::default(),
        actual: last.by_new_customers,
        // New customers spend as those who are known, for want of better.
        paid: last.parts[0][0].paid,
    }
}
