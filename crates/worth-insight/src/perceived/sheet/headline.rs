//! The short answer for a manager, and the one datum that would help most.

use std::cmp::Ordering;

use worth_model::perceived::WeightOrigin;

use super::RATIO;
use crate::answers::dimension_label as label;
use crate::perceived::SMALL;
use crate::perceived::answer::{Coverage, PerceivedValue};
use crate::sheet::{Figure, Headline, Tone, Wanted, side};
use crate::words::{Unit, Words};

/// Respondents that a first survey should have: an interval of a mean is then about half a point
/// wide (standard deviation 2 points: ± 1.645 × 2 / √200 = .23).
const GOOD_SURVEY: u64 = 200;

/// Are we worth it, and against whom?
pub(super) fn headline(answer: &PerceivedValue, words: &Words) -> Headline {
    let (says, tone) = match answer.coverage {
        Coverage::NoSurvey => (words.say("perceived-says-no-survey"), Tone::Plain),
        Coverage::CompetitorsOnly => (
            words.tell(
                "perceived-says-others-only",
                &[
                    ("brand", answer.own_brand.name.as_str().into()),
                    ("competitors", competitors(answer, words).into()),
                ],
            ),
            Tone::Plain,
        ),
        Coverage::OwnOnly => own_only(answer, words),
        Coverage::Compared => compared(answer, words),
    };
    Headline {
        asks: words.say("perceived-asks"),
        says,
        tone,
        figures: figures(answer, words),
    }
}

fn own_only(answer: &PerceivedValue, words: &Words) -> (String, Tone) {
    let own = &answer.brands[0];
    let respondents = words.count(own.respondents);
    let name = own.brand.as_str();
    let (Some(benefits), Some(costs), Some(difference)) = (
        own.measured.benefits,
        own.measured.costs,
        own.measured.difference,
    ) else {
        let says = words.tell(
            "perceived-says-own-partly",
            &[("brand", name.into()), ("respondents", respondents.into())],
        );
        return (says, Tone::Plain);
    };
    let id = match side(&difference, 0.0) {
        _ if difference.ends().is_none() => "perceived-says-own-few",
        Ordering::Greater => "perceived-says-own-good",
        Ordering::Less => "perceived-says-own-bad",
        Ordering::Equal => "perceived-says-own-even",
    };
    let says = words.tell(
        id,
        &[
            ("brand", name.into()),
            ("benefits", words.value(&benefits, &RATIO).into()),
            ("costs", words.value(&costs, &RATIO).into()),
            ("respondents", respondents.into()),
        ],
    );
    (says, Tone::of(&difference, 0.0))
}

fn compared(answer: &PerceivedValue, words: &Words) -> (String, Tone) {
    let own = answer.brands[0].measured.ratio;
    let theirs = answer.competitors.and_then(|competitors| competitors.ratio);
    let against = answer.against_competitors;
    let brand = ("brand", answer.own_brand.name.as_str().into());
    let names = ("competitors", competitors(answer, words).into());
    let (Some(own), Some(theirs), Some(ratio), Some(difference)) = (
        own,
        theirs,
        against.and_then(|against| against.ratio),
        against.and_then(|against| against.difference),
    ) else {
        let says = words.tell("perceived-says-incomparable", &[brand, names]);
        return (says, Tone::Plain);
    };
    let by_ratio = side(&ratio, 1.0);
    let by_difference = side(&difference, 0.0);
    let (id, tone) = match (by_ratio, by_difference) {
        _ if difference.ends().is_none() => ("perceived-says-few", Tone::Plain),
        (Ordering::Greater, Ordering::Greater) => ("perceived-says-better", Tone::Good),
        (Ordering::Less, Ordering::Less) => ("perceived-says-worse", Tone::Bad),
        (Ordering::Greater, Ordering::Less) | (Ordering::Less, Ordering::Greater) => {
            ("perceived-says-depends", Tone::Plain)
        }
        _ => ("perceived-says-even", Tone::Plain),
    };
    let mut says = words.tell(
        id,
        &[
            brand,
            names,
            ("own", words.estimate(&own, &RATIO).into()),
            ("theirs", words.estimate(&theirs, &RATIO).into()),
            ("respondents", words.count(answer.respondents).into()),
        ],
    );
    let behind = answer
        .weakest
        .as_ref()
        .filter(|weakest| side(&weakest.advantage, 0.0) == Ordering::Less);
    if let Some(weakest) = behind {
        says.push(' ');
        says.push_str(&words.tell(
            "perceived-says-weakest",
            &[("dimension", label(&weakest.name, words).into())],
        ));
    }
    (says, tone)
}

/// The names of the competitors.
fn competitors(answer: &PerceivedValue, words: &Words) -> String {
    let names: Vec<&str> = answer.brands[1..]
        .iter()
        .map(|brand| brand.brand.as_str())
        .collect();
    words.list(&names)
}

fn figures(answer: &PerceivedValue, words: &Words) -> Vec<Figure> {
    let own = &answer.brands[0].measured;
    let against = answer.against_competitors;
    [
        (own.ratio, "perceived-ratio", RATIO, 1.0),
        (
            own.difference,
            "perceived-difference",
            Unit::PointsMore,
            0.0,
        ),
        (
            against.and_then(|against| against.difference),
            "perceived-against-difference",
            Unit::PointsMore,
            0.0,
        ),
    ]
    .into_iter()
    .filter_map(|(estimate, id, unit, neutral)| {
        let estimate = estimate?;
        let reading = words.say(&format!("{id}-reading"));
        let figure = Figure::new(words.say(id), &estimate, &unit, reading, words);
        Some(figure.with_tone(Tone::of(&estimate, neutral)))
    })
    .collect()
}

/// What is missing most: a survey, then costs or benefits, then competitors, then importance,
/// then respondents.
pub(super) fn wanted(answer: &PerceivedValue, words: &Words) -> Option<Wanted> {
    let has_ratio = answer
        .brands
        .first()
        .is_some_and(|own| own.measured.ratio.is_some());
    let wanted = |id: &str| Wanted {
        what: words.tell(id, &[("respondents", words.count(GOOD_SURVEY).into())]),
        why: words.say(&format!("{id}-why")),
        how: words.say("perceived-wanted-how"),
    };
    let equal = |origin| matches!(origin, WeightOrigin::Equal);
    match answer.coverage {
        Coverage::NoSurvey | Coverage::CompetitorsOnly => Some(wanted("perceived-wanted-survey")),
        _ if !has_ratio => Some(wanted("perceived-wanted-costs")),
        Coverage::OwnOnly => Some(wanted("perceived-wanted-competitors")),
        Coverage::Compared if equal(answer.weights.benefits) || equal(answer.weights.costs) => {
            Some(wanted("perceived-wanted-importance"))
        }
        Coverage::Compared if answer.respondents < SMALL => {
            Some(wanted("perceived-wanted-respondents"))
        }
        Coverage::Compared => None,
    }
}
