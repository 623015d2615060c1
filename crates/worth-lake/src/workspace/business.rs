//! What a business says of itself in `[business]` of `worth.toml`.

use serde::{Deserialize, Serialize};

/// What a business says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Business {
    /// Its name, as it stands on reports.
    pub name: String,
    /// ISO 4217 code of the money it counts in.
    pub currency: String,
    /// IANA name of the time zone whose days, weeks and months count.
    pub timezone: String,
    /// Language of what people read: `en` or `vi`.
    pub language: String,
    /// Share of a file's rows, 0 to 1, that may be rejected; above it the file is refused whole,
    /// because then the mapping is probably wrong.
    pub max_rejected: f64,
}

impl Default for Business {
    fn default() -> Self {
        Self {
            name: String::new(),
            currency: "VND".to_owned(),
            timezone: "Asia/Ho_Chi_Minh".to_owned(),
            language: "en".to_owned(),
            max_rejected: 0.2,
        }
    }
}

impl Business {
    /// Says what makes no sense.
    pub(super) fn check(&self) -> Result<(), String> {
        let currency = self.currency.as_bytes();
        if currency.len() != 3 || !currency.iter().all(u8::is_ascii_uppercase) {
            return Err(format!(
                "business.currency = {:?} is not an ISO 4217 code like \"VND\" or \"EUR\"",
                self.currency
            ));
        }
        if jiff::tz::TimeZone::get(&self.timezone).is_err() {
            return Err(format!(
                "business.timezone = {:?} is unknown; use a name like \"Asia/Ho_Chi_Minh\"",
                self.timezone
            ));
        }
        if !matches!(self.language.as_str(), "en" | "vi") {
            return Err(format!(
                "business.language = {:?} is not known; use \"en\" or \"vi\"",
                self.language
            ));
        }
        if !(0.0..=1.0).contains(&self.max_rejected) {
            return Err(format!(
                "business.max_rejected = {} is not a share from 0 to 1",
                self.max_rejected
            ));
        }
        Ok(())
    }

    /// Its time zone.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.timezone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// Whether it is in Vietnam, by its time zone or its money.
    pub fn is_vietnamese(&self) -> bool {
        matches!(self.timezone.as_str(), "Asia/Ho_Chi_Minh" | "Asia/Saigon")
            || self.currency == "VND"
    }

    /// Country code that telephone numbers without one have, where the time zone tells.
    pub fn telephone_country(&self) -> Option<&'static str> {
        self.is_vietnamese().then_some("84")
    }
}
