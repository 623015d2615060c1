//! One row per brand and dimension: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `brand` | text | the brand |
//! | `own` | yes/no | whether it is the own one |
//! | `respondents` | real | people who scored it |
//! | `quality`, `quality_low`, `quality_high` | real | market-perceived quality, 1 = as the others |
//! | `price`, `price_low`, `price_high` | real | relative price, 1 = as the others |
//! | `advantage`, `advantage_low`, `advantage_high` | real | what it could cost more and still be fair |
//! | `kind`, `dimension` | text | `benefit` or `cost`, and its name |
//! | `own_lead`, `own_lead_low`, `own_lead_high` | real | points by which the own brand leads it there |
//! | `image`, `image_low`, `image_high` | real | points above what brand and dimension make expected |

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, StringArray};
use worth_model::Estimate;

use super::answer::{BrandPlace, Lead, MarketAnswer};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};

struct Row<'a> {
    brand: &'a BrandPlace,
    image: Option<&'a Lead>,
    own_lead: Option<&'a Lead>,
}

/// Brands as in the answer, their dimensions in one order.
pub(super) fn rows(answer: &MarketAnswer) -> Result<FewRows, Error> {
    let rows: Vec<Row<'_>> = answer
        .brands
        .iter()
        .flat_map(|brand| of_brand(answer, brand))
        .collect();
    let text = |name, of: &dyn Fn(&Row<'_>) -> Option<String>| -> Column {
        let texts: StringArray = rows.iter().map(of).collect();
        (name, true, Arc::new(texts))
    };
    let real = |name, of: &dyn Fn(&Row<'_>) -> Option<f64>| reals(&rows, name, of);
    let estimate = |names, of: &dyn Fn(&Row<'_>) -> Option<Estimate>| estimates(&rows, names, of);
    let own: BooleanArray = rows.iter().map(|row| Some(row.brand.own)).collect();
    let dimension = |row: &Row<'_>| row.image.or(row.own_lead).map(|lead| lead.name.clone());
    let mut columns = vec![
        text("brand", &|row| Some(row.brand.brand.clone())),
        ("own", true, Arc::new(own) as _),
        real("respondents", &|row| Some(row.brand.respondents as f64)),
    ];
    columns.extend(estimate(
        ["quality", "quality_low", "quality_high"],
        &|row| row.brand.quality,
    ));
    columns.extend(estimate(["price", "price_low", "price_high"], &|row| {
        row.brand.price
    }));
    columns.extend(estimate(
        ["advantage", "advantage_low", "advantage_high"],
        &|row| row.brand.advantage,
    ));
    columns.push(text("kind", &|row| {
        Some(dimension(row)?.kind.name().into())
    }));
    columns.push(text("dimension", &|row| Some(dimension(row)?.dimension)));
    columns.extend(estimate(
        ["own_lead", "own_lead_low", "own_lead_high"],
        &|row| Some(row.own_lead?.points),
    ));
    columns.extend(estimate(["image", "image_low", "image_high"], &|row| {
        Some(row.image?.points)
    }));
    FewRows::of(columns, "listing brands")
}

/// A brand's dimensions; one row without when it has none.
fn of_brand<'a>(answer: &'a MarketAnswer, brand: &'a BrandPlace) -> Vec<Row<'a>> {
    let image = answer
        .images
        .iter()
        .find(|image| image.brand == brand.brand);
    let against = answer
        .head_to_head
        .iter()
        .find(|against| against.competitor == brand.brand);
    let images = image.map_or(&[][..], |image| &image.dimensions);
    let leads = against.map_or(&[][..], |against| &against.leads);
    let find = |leads: &'a [Lead], other: &Lead| leads.iter().find(|lead| lead.name == other.name);
    let mut rows: Vec<Row<'a>> = leads
        .iter()
        .map(|lead| Row {
            brand,
            image: find(images, lead),
            own_lead: Some(lead),
        })
        .collect();
    let without_lead = images.iter().filter(|image| find(leads, image).is_none());
    rows.extend(without_lead.map(|image| Row {
        brand,
        image: Some(image),
        own_lead: None,
    }));
    if rows.is_empty() {
        rows.push(Row {
            brand,
            image: None,
            own_lead: None,
        });
    }
    rows
}
