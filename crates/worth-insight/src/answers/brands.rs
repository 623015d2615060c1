//! Which brand is the own one, and which are its competitors.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answers, ValueSettings};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::sheet::{NoteKind, Sheet};
use crate::words::Words;

/// The own brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnBrand {
    /// Its name.
    pub name: String,
    /// How it was known.
    pub chosen: Chosen,
}

/// How the own brand was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// `brand` under `[value]` in `worth.toml`.
    Configured,
    /// A brand has the name of the business.
    BusinessName,
    /// Answers that name no brand are about the own one, called by the name of the business.
    Unnamed,
    /// There is only one brand.
    OnlyBrand,
    /// Of several brands it was scored by most respondents: a guess, to be confirmed.
    MostScored,
}

/// The brands that are compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Brands {
    /// The own brand.
    pub(crate) own: OwnBrand,
    /// The own brand first, then competitors by name.
    pub(crate) names: Vec<String>,
    /// For each brand of the answers its place in `names`; none when it is no competitor.
    places: Vec<Option<usize>>,
}

impl Brands {
    /// Decides from `worth.toml`, else from the name of the business, else from the answers. The own
    /// brand is known before the scope's filter applies, so that leaving it out does not make a
    /// competitor the own one.
    pub(crate) fn of(
        answers: &Answers,
        context: &Context,
        observation: &Observation,
    ) -> Result<Self, Error> {
        let value: ValueSettings = context.section("value")?;
        let only = &observation.filter.brand;
        let own = own_brand(answers, &value, &context.workspace().business().name);
        let is_own = |name: &Option<String>| name.as_ref().is_none_or(|name| same(name, &own.name));
        let is_wanted = |name: &str| only.is_empty() || only.iter().any(|other| same(other, name));
        let is_competitor = |name: &str| {
            value.competitors.is_empty() || value.competitors.iter().any(|other| same(other, name))
        };
        let mut competitors: Vec<String> = answers
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
        let places = answers
            .brands
            .iter()
            .map(|name| match name {
                name if is_own(name) => own_is_wanted.then_some(0),
                Some(name) => names.iter().position(|other| other == name),
                None => None,
            })
            .collect();
        Ok(Self { own, names, places })
    }

    /// Place in `names` of a brand that was asked for by name; the own one when none was.
    pub(crate) fn asked_for(&self, name: Option<&str>) -> Result<usize, Error> {
        let Some(name) = name else {
            return Ok(0);
        };
        let found = self.names.iter().position(|other| same(other, name));
        found.ok_or_else(|| Error::NotAChoice {
            parameter: "brand",
            given: name.into(),
            choices: self.names.join(", "),
        })
    }

    /// Place in `names` of a brand of the answers.
    pub(crate) fn place(&self, brand: usize) -> Option<usize> {
        self.places[brand]
    }
}

impl OwnBrand {
    /// Remarks how it was known.
    pub(crate) fn note(&self, words: &Words, sheet: &mut Sheet) {
        let (id, kind) = match self.chosen {
            Chosen::Configured => ("answers-own-configured", NoteKind::Reading),
            Chosen::BusinessName => ("answers-own-business-name", NoteKind::Reading),
            Chosen::Unnamed => ("answers-own-unnamed", NoteKind::Reading),
            Chosen::OnlyBrand => ("answers-own-only-brand", NoteKind::Reading),
            Chosen::MostScored => ("answers-own-most-scored", NoteKind::Uncertain),
        };
        let brand = [("brand", self.name.as_str().into())];
        sheet.note(kind, words.tell(id, &brand));
    }
}

fn own_brand(answers: &Answers, value: &ValueSettings, business: &str) -> OwnBrand {
    if let Some(name) = &value.brand {
        return OwnBrand {
            name: name.clone(),
            chosen: Chosen::Configured,
        };
    }
    let named: Vec<&String> = answers.brands.iter().flatten().collect();
    if let Some(name) = named.iter().find(|name| same(name, business)) {
        return OwnBrand {
            name: (*name).clone(),
            chosen: Chosen::BusinessName,
        };
    }
    let has_unnamed = answers.brands.iter().any(Option::is_none);
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
            name: most_scored(answers, &candidates).clone(),
            chosen: Chosen::MostScored,
        },
    }
}

/// Of these brands the one that most respondents scored; the first by name of several.
fn most_scored<'a>(answers: &Answers, names: &[&'a String]) -> &'a String {
    let respondents = |name: &String| {
        let of_brand = answers
            .given
            .iter()
            .filter(|answer| answers.brands[answer.brand].as_ref() == Some(name));
        let respondents: BTreeSet<usize> = of_brand.map(|answer| answer.respondent).collect();
        respondents.len()
    };
    names
        .iter()
        .max_by(|one, other| {
            respondents(one)
                .cmp(&respondents(other))
                .then_with(|| other.cmp(one))
        })
        .expect("there are several names to choose from")
}

/// Names are the same whatever their case and the blanks around them.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
