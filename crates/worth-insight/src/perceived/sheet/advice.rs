//! What to do first: the dimension that takes most from the value against the competitors.

use std::cmp::Ordering;

use worth_model::Spread;

use super::RATIO;
use crate::answers::{By, Kind, dimension_label as label};
use crate::perceived::SMALL;
use crate::perceived::answer::{Coverage, DimensionWorth, Part, PerceivedValue};
use crate::sheet::{Advice, side};
use crate::words::{Unit, Words};

/// One act, or none when the data do not support any.
pub(super) fn advice(answer: &PerceivedValue, words: &Words) -> Vec<Advice> {
    worst_dimension(answer)
        .and_then(|dimension| {
            dimension_advice(
                &answer.own_brand.name,
                dimension,
                whom(answer, words),
                words,
            )
        })
        .into_iter()
        .collect()
}

/// Of the dimensions that are surely behind, the one that takes most from the difference.
pub(crate) fn worst_dimension(answer: &PerceivedValue) -> Option<&DimensionWorth> {
    if answer.coverage != Coverage::Compared {
        return None;
    }
    let taken = |dimension: &&DimensionWorth| dimension.contribution.map_or(0.0, |c| c.value);
    answer
        .dimensions
        .iter()
        .filter(|dimension| {
            let behind = match dimension.name.kind {
                Kind::Benefit => Ordering::Less,
                Kind::Cost => Ordering::Greater,
            };
            dimension.gap.is_some_and(|gap| side(&gap, 0.0) == behind)
                && dimension
                    .brands
                    .iter()
                    .all(|score| score.respondents >= SMALL)
        })
        .min_by(|one, other| taken(one).total_cmp(&taken(other)))
}

/// To mend a dimension, in the same words wherever it is said.
pub(crate) fn dimension_advice(
    own_brand: &str,
    dimension: &DimensionWorth,
    whom: String,
    words: &Words,
) -> Option<Advice> {
    let own = dimension
        .brands
        .iter()
        .find(|score| score.brand == own_brand)?;
    let gap = dimension.gap?;
    let Spread::Interval { level, .. } = gap.spread else {
        return None;
    };
    let id = match dimension.name.kind {
        Kind::Benefit => "perceived-act-benefit",
        Kind::Cost => "perceived-act-cost",
    };
    Some(Advice {
        act: words.tell(id, &[("dimension", label(&dimension.name, words).into())]),
        whom,
        evidence: words.tell(
            "perceived-evidence",
            &[
                ("own", words.estimate(&own.mean, &RATIO).into()),
                (
                    "theirs",
                    words.estimate(&dimension.competitors?, &RATIO).into(),
                ),
                ("gap", words.estimate(&gap, &Unit::PointsMore).into()),
                ("respondents", words.count(own.respondents).into()),
                (
                    "contribution",
                    words
                        .estimate(&dimension.contribution?, &Unit::PointsMore)
                        .into(),
                ),
            ],
        ),
        money: words.say("perceived-money"),
        at_least: None,
        rule: words.tell(
            "perceived-rule",
            &[
                ("level", words.percent(level, 0).into()),
                ("small", words.count(SMALL).into()),
            ],
        ),
    })
}

/// The stage or role that is surely worse off than the whole, if there is one.
fn whom(answer: &PerceivedValue, words: &Words) -> String {
    [By::Stage, By::Role]
        .into_iter()
        .find_map(|by| {
            let name = by.told(worst_part(answer, &by)?, words);
            let id = format!("perceived-whom-{}", by.name());
            Some(words.tell(&id, &[("name", name.into())]))
        })
        .unwrap_or_else(|| words.say("perceived-whom-all"))
}

fn worst_part<'a>(answer: &'a PerceivedValue, by: &By) -> Option<&'a str> {
    let whole = answer.brands[0].measured.difference?.value;
    let parts = answer.parts.iter().find(|parts| parts.by == *by)?;
    let surely_worse = |part: &&Part| {
        let difference = part.measured.difference;
        !part.small
            && difference.is_some_and(|difference| side(&difference, whole) == Ordering::Less)
    };
    let difference = |part: &Part| part.measured.difference.map_or(f64::MAX, |d| d.value);
    let worse = parts.parts.iter().filter(surely_worse);
    let worst = worse.min_by(|one, other| difference(one).total_cmp(&difference(other)))?;
    Some(&worst.name)
}
