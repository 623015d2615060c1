//! How to read it, what is uncertain, what was left out and what is missing.

use worth_model::perceived::{Between, WeightOrigin};

use crate::answers::{DimensionName, dimension_label as label};
use crate::perceived::SMALL;
use crate::perceived::answer::{BrandOrder, Coverage, PerceivedValue};
use crate::question::Provenance;
use crate::sheet::{NoteKind, Sheet};
use crate::words::{Unit, Words};

/// Below this share of resamples an order of brands is called uncertain.
const CERTAIN: f64 = 0.9;

pub(super) fn notes(
    answer: &PerceivedValue,
    provenance: &Provenance,
    words: &Words,
    sheet: &mut Sheet,
) {
    if answer.coverage != Coverage::NoSurvey {
        answer.own_brand.note(words, sheet);
        answer.survey.note(words, sheet);
        weights(answer, words, sheet);
        uncertain(answer, words, sheet);
        if let Some(order) = &answer.order {
            order_of_brands(order, words, sheet);
        }
        sheet.note(NoteKind::Reading, words.say("perceived-note-scale"));
        for brand in answer.brands.iter().filter(|brand| brand.respondents > 0) {
            if !brand.not_scored.is_empty() {
                sheet.note(
                    NoteKind::Uncertain,
                    words.tell(
                        "perceived-note-not-scored",
                        &[
                            ("brand", brand.brand.as_str().into()),
                            ("dimensions", labels(&brand.not_scored, words).into()),
                        ],
                    ),
                );
            }
        }
        if !answer.never_asked.is_empty() {
            sheet.note(
                NoteKind::Missing,
                words.tell(
                    "perceived-note-never-asked",
                    &[("dimensions", labels(&answer.never_asked, words).into())],
                ),
            );
        }
    }
    if !answer.filters_without_effect.is_empty() {
        sheet.note(NoteKind::Uncertain, words.say("answers-note-filters"));
    }
    if !provenance.left_out.is_empty() {
        let reasons: Vec<String> = provenance
            .left_out
            .iter()
            .map(|left_out| words.left_out(left_out))
            .collect();
        sheet.note(
            NoteKind::LeftOut,
            words.tell(
                "perceived-note-left-out",
                &[("reasons", reasons.join("; ").into())],
            ),
        );
    }
}

fn weights(answer: &PerceivedValue, words: &Words, sheet: &mut Sheet) {
    let weights = answer.weights;
    let is_equal = |origin| origin == WeightOrigin::Equal;
    let id = match (is_equal(weights.benefits), is_equal(weights.costs)) {
        (true, true) => "perceived-note-weights-equal",
        (true, false) => "perceived-note-weights-benefits-equal",
        (false, true) => "perceived-note-weights-costs-equal",
        (false, false) => {
            let is_partly = |origin| origin == WeightOrigin::MeanOfAsked;
            if !is_partly(weights.benefits) && !is_partly(weights.costs) {
                return;
            }
            "perceived-note-weights-some"
        }
    };
    sheet.note(NoteKind::Uncertain, words.say(id));
}

fn uncertain(answer: &PerceivedValue, words: &Words, sheet: &mut Sheet) {
    if answer.all_answers_equal {
        sheet.note(NoteKind::Uncertain, words.say("perceived-note-all-equal"));
    }
    if answer.respondents < SMALL {
        sheet.note(
            NoteKind::Uncertain,
            words.tell(
                "perceived-note-small",
                &[("respondents", words.count(answer.respondents).into())],
            ),
        );
    }
    if let Some(smallest) = answer
        .smallest_difference
        .filter(|_| !answer.all_answers_equal)
    {
        let id = match smallest.between {
            Between::OwnAndCompetitors => "perceived-note-smallest-compared",
            Between::ThisSurveyAndAnother => "perceived-note-smallest-own",
        };
        let points = words.in_unit(smallest.points, &Unit::Points);
        sheet.note(
            NoteKind::Uncertain,
            words.tell(id, &[("points", points.into())]),
        );
    }
    if let Some(weakest) = &answer.weakest {
        sheet.note(
            NoteKind::Reading,
            words.tell(
                "perceived-note-weakest",
                &[
                    ("dimension", label(&weakest.name, words).into()),
                    (
                        "advantage",
                        words.estimate(&weakest.advantage, &Unit::PointsMore).into(),
                    ),
                    ("certainty", words.percent(weakest.certainty, 0).into()),
                ],
            ),
        );
    }
}

fn order_of_brands(order: &BrandOrder, words: &Words, sheet: &mut Sheet) {
    let ranked = |names: &[String]| names.join(" > ");
    if !order.agree {
        sheet.note(
            NoteKind::Uncertain,
            words.tell(
                "perceived-note-disagree",
                &[
                    ("ratio", ranked(&order.by_ratio).into()),
                    ("difference", ranked(&order.by_difference).into()),
                ],
            ),
        );
    }
    if order.survives_moving_zero {
        sheet.note(NoteKind::Reading, words.say("perceived-note-zero-survives"));
    } else {
        sheet.note(
            NoteKind::Uncertain,
            words.tell(
                "perceived-note-zero",
                &[
                    ("up", ranked(&order.by_ratio_zero_up).into()),
                    ("down", ranked(&order.by_ratio_zero_down).into()),
                ],
            ),
        );
    }
    if order.ratio_certainty.min(order.difference_certainty) < CERTAIN {
        sheet.note(
            NoteKind::Uncertain,
            words.tell(
                "perceived-note-order-uncertain",
                &[
                    ("ratio", words.percent(order.ratio_certainty, 0).into()),
                    (
                        "difference",
                        words.percent(order.difference_certainty, 0).into(),
                    ),
                ],
            ),
        );
    }
}

fn labels(names: &[DimensionName], words: &Words) -> String {
    let labels: Vec<String> = names.iter().map(|name| label(name, words)).collect();
    words.list(&labels)
}
