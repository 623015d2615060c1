//! What the market panel says of the own brand's service: how satisfied, how easy, and how they
//! would feel with a feature and without it.

use rand::{Rng, RngExt};

use super::random::{Purpose, normal, round_fairly, stream};
use super::surveys::{Given, Respondent};
use super::table::Rows;
use super::truth::{BRANDS, KanoCategory, Service};

/// Scores of one person scatter this far around what the person feels in general.
const SCATTER: f64 = 0.6;

/// Writes the answers of one respondent. `better`: by how many points the brand is worth more to this
/// one than to everyone on average.
pub(crate) fn write(respondent: &Respondent<'_>, number: u64, better: f64, rows: &mut Rows) {
    let plan = respondent.plan;
    let service = &plan.truth.service;
    let mut draws = stream(plan.options.seed, Purpose::Service, number);
    let brand = Some(BRANDS[0]);
    for (measure, mean) in [
        ("satisfaction", service.satisfaction),
        ("expectancy", service.expectancy),
        ("ideal", service.ideal),
    ] {
        let felt = mean + 0.8 * better + SCATTER * normal(&mut draws);
        let given = Given::Score(round_fairly(&mut draws, felt, 1, 10), (1, 10));
        respondent.write((measure, None), brand, given, &mut draws, rows);
    }
    let ease = service.ease_at(respondent.stage) + normal(&mut draws);
    let given = Given::Score(round_fairly(&mut draws, ease, 1, 7), (1, 7));
    respondent.write(("effort", None), brand, given, &mut draws, rows);
    for feature in service.features {
        let category = drawn(service, feature.category, &mut draws);
        let (with_it, without_it) = wordings(category);
        for (measure, words) in [("kano_with", with_it), ("kano_without", without_it)] {
            let asked = (measure, Some(feature.feature));
            respondent.write(asked, brand, Given::Words(words), &mut draws, rows);
        }
    }
}

/// What the feature is to one respondent: to most what is planted, to the others any of the four.
fn drawn(service: &Service, planted: KanoCategory, draws: &mut impl Rng) -> KanoCategory {
    if draws.random_bool(service.agreeing_share) {
        return planted;
    }
    let all = KanoCategory::ALL;
    all[draws.random_range(0..all.len())]
}

/// How one says it with the feature and without it.
fn wordings(category: KanoCategory) -> (&'static str, &'static str) {
    match category {
        KanoCategory::MustBe => ("Phải như vậy", "Không thích"),
        KanoCategory::OneDimensional => ("Thích", "Không thích"),
        KanoCategory::Attractive => ("Thích", "Bình thường"),
        KanoCategory::Indifferent => ("Bình thường", "Chấp nhận được"),
    }
}
