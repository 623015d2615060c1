//! `[value]` in `worth.toml`: what the business is compared with, and its dimensions of value.
//!
//! ```toml
//! [value]
//! brand = "Trà Sen"
//! competitors = ["Phúc Long", "Highlands"]
//! price_points_per_percent = 0.05
//! dimensions = [
//!     { name = "taste", kind = "benefit", label_en = "Taste", label_vi = "Hương vị" },
//!     { name = "queue", kind = "cost", label_en = "Waiting in line", label_vi = "Xếp hàng" },
//! ]
//! ```

use serde::{Deserialize, Serialize};

use super::{DimensionName, Kind};

/// What a business is worth is measured against these.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ValueSettings {
    /// The own brand, as surveys name it.
    pub brand: Option<String>,
    /// Its competitors, as surveys name them; every other brand of the survey when empty.
    pub competitors: Vec<String>,
    /// Points of perceived price for one percent of price, as the business knows from its own price
    /// changes.
    pub price_points_per_percent: Option<f64>,
    /// Dimensions of value, in the order in which they are shown; [`STANDARD`] when empty.
    pub dimensions: Vec<DimensionSettings>,
}

/// A dimension of value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DimensionSettings {
    /// As in `survey_answers.dimension`.
    pub name: String,
    /// Whether one gets it or gives it.
    pub kind: Kind,
    /// What it is called in English.
    #[serde(default)]
    pub label_en: Option<String>,
    /// What it is called in Vietnamese.
    #[serde(default)]
    pub label_vi: Option<String>,
}

/// The dimensions that a survey should ask about when the business names none of its own.
pub const STANDARD: &[(Kind, &str)] = &[
    (Kind::Benefit, "product"),
    (Kind::Benefit, "emotion"),
    (Kind::Benefit, "brand"),
    (Kind::Benefit, "convenience"),
    (Kind::Benefit, "trust"),
    (Kind::Cost, "price"),
    (Kind::Cost, "time"),
    (Kind::Cost, "effort"),
    (Kind::Cost, "risk"),
    (Kind::Cost, "inconvenience"),
    (Kind::Cost, "mental_strain"),
    (Kind::Cost, "personal_data"),
    (Kind::Cost, "attention"),
];

impl ValueSettings {
    /// The dimensions that should be asked about, benefits and costs as they come.
    pub(crate) fn wanted_dimensions(&self) -> Vec<DimensionName> {
        if self.dimensions.is_empty() {
            return STANDARD
                .iter()
                .map(|&(kind, name)| self.dimension(kind, name))
                .collect();
        }
        self.dimensions
            .iter()
            .map(|dimension| self.dimension(dimension.kind, &dimension.name))
            .collect()
    }

    /// A dimension with the names that the business gave it.
    pub(crate) fn dimension(&self, kind: Kind, name: &str) -> DimensionName {
        let name = name.trim().to_lowercase();
        let settings = self
            .dimensions
            .iter()
            .find(|other| other.kind == kind && other.name.trim().to_lowercase() == name);
        DimensionName {
            kind,
            label_en: settings.and_then(|settings| settings.label_en.clone()),
            label_vi: settings.and_then(|settings| settings.label_vi.clone()),
            dimension: name,
        }
    }
}
