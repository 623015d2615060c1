//! Which brand is the own one, and which are its competitors.

use super::answer::{Chosen, OwnBrand};
use super::features::Features;
use super::settings::ValueSettings;

/// The brands that are compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Brands {
    /// The own brand.
    pub(super) own: OwnBrand,
    /// The own brand first, then competitors by name.
    pub(super) names: Vec<String>,
    /// For each brand of the features its place in `names`; none when it is no competitor.
    places: Vec<Option<usize>>,
}

impl Brands {
    /// Decides from `worth.toml`, else from the name of the business, else from the answers.
    ///
    /// `only`: names of the scope's filter; empty = all. The own brand is known before it
    /// applies, so that leaving it out does not make a competitor the own one.
    pub(super) fn decide(
        features: &Features,
        value: &ValueSettings,
        business: &str,
        only: &[String],
    ) -> Self {
        let own = own_brand(features, value, business);
        let is_own = |name: &Option<String>| name.as_ref().is_none_or(|name| same(name, &own.name));
        let is_wanted = |name: &str| only.is_empty() || only.iter().any(|other| same(other, name));
        let is_competitor = |name: &str| {
            value.competitors.is_empty() || value.competitors.iter().any(|other| same(other, name))
        };
        let mut competitors: Vec<String> = features
            .brands
            .iter()
            .filter(|name| !is_own(name))
            .flatten()
            .filter(|name| is_competitor(name) && is_wanted(name))
            .cloned()
            .collect();
        competitors.sort();
        let own_is_wanted = is_wanted(&own.name);
        let names: Vec<String> = std::iter::once(own.name.clone())
            .chain(competitors)
            .collect();
        let places = features
            .brands
            .iter()
            .map(|name| match name {
                name if is_own(name) => own_is_wanted.then_some(0),
                Some(name) => names.iter().position(|other| other == name),
                None => None,
            })
            .collect();
        Self { own, names, places }
    }

    /// Place in `names` of a brand of the features.
    pub(super) fn place(&self, brand: usize) -> Option<usize> {
        self.places[brand]
    }
}

fn own_brand(features: &Features, value: &ValueSettings, business: &str) -> OwnBrand {
    if let Some(name) = &value.brand {
        return OwnBrand {
            name: name.clone(),
            chosen: Chosen::Configured,
        };
    }
    let named: Vec<&String> = features.brands.iter().flatten().collect();
    if let Some(name) = named.iter().find(|name| same(name, business)) {
        return OwnBrand {
            name: (*name).clone(),
            chosen: Chosen::BusinessName,
        };
    }
    let has_unnamed = features.brands.iter().any(Option::is_none);
    if has_unnamed || named.is_empty() {
        return OwnBrand {
            name: business.into(),
            chosen: Chosen::Unnamed,
        };
    }
    let candidates: Vec<&String> = named
        .iter()
        .filter(|name| !value.competitors.iter().any(|other| same(other, name)))
        .copied()
        .collect();
    match candidates.as_slice() {
        [] => OwnBrand {
            name: business.into(),
            chosen: Chosen::Unnamed,
        },
        [only] => OwnBrand {
            name: (*only).clone(),
            chosen: Chosen::OnlyBrand,
        },
        _ => OwnBrand {
            name: features.most_scored(&candidates).clone(),
            chosen: Chosen::MostScored,
        },
    }
}

/// Names are the same whatever their case and the blanks around them.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
