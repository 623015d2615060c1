//! What to show of perceived value: the short answer, the numbers, the brands, where it comes
//! from, who gets it, what is uncertain and what to ask next.

mod advice;
mod headline;
mod notes;
mod tables;

use worth_model::Estimate;

use super::SMALL;
use super::answer::{BrandWorth, PerceivedValue};
use crate::answers::{Kind, completing_table, dimension_label as label};
use crate::question::{Present, Provenance};
use crate::sheet::{Axis, Block, Chart, ChartKind, Figure, Mark, On, Point, Series, Sheet, Tone};
use crate::words::{Unit, Words};
pub(crate) use advice::{dimension_advice, worst_dimension};

/// Ratios and scores are shown to the hundredth.
const RATIO: Unit = Unit::Number { decimals: 2 };

impl Present for PerceivedValue {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let mut sheet = Sheet::new(words.say("perceived-title"));
        sheet.headlines.push(headline::headline(self, words));
        sheet.wanted = headline::wanted(self, words);
        if !self.brands.is_empty() && self.respondents > 0 {
            sheet.push(Block::Figures(figures(self, words)));
            brands(self, words, &mut sheet);
            dimensions(self, words, &mut sheet);
            parts(self, words, &mut sheet);
        }
        if !self.also_asked.is_empty() {
            sheet.push(Block::Table(tables::also_asked(self, words)));
        }
        let advice = advice::advice(self, words);
        if !advice.is_empty() {
            sheet.push(Block::Advice(advice));
        }
        notes::notes(self, provenance, words, &mut sheet);
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

/// What stands behind the headline, which has the own ratio and difference.
fn figures(answer: &PerceivedValue, words: &Words) -> Vec<Figure> {
    let own = &answer.brands[0].measured;
    let mut figures = Vec::new();
    let mut add = |estimate: Option<Estimate>, id: &str, unit: &Unit, neutral: Option<f64>| {
        let Some(estimate) = estimate else { return };
        let reading = words.say(&format!("{id}-reading"));
        let tone = neutral.map_or(Tone::Plain, |neutral| Tone::of(&estimate, neutral));
        figures.push(Figure::new(words.say(id), &estimate, unit, reading, words).with_tone(tone));
    };
    if let Some(against) = &answer.against_competitors {
        add(against.ratio, "perceived-against-ratio", &RATIO, Some(1.0));
    }
    add(own.benefits, "perceived-benefits", &RATIO, None);
    add(own.costs, "perceived-costs", &RATIO, None);
    figures.extend(needed(answer, words));
    figures
}

/// The benefit that the present costs would need, where there is less of it.
fn needed(answer: &PerceivedValue, words: &Words) -> Option<Figure> {
    let justified = &answer.justified;
    let benefits = answer.brands[0].measured.benefits?;
    let is_missing = |missing: Option<Estimate>| missing.is_some_and(|points| points.value > 0.0);
    let (estimate, id) = if is_missing(justified.missing_to_competitors) {
        (
            justified.as_competitors?,
            "perceived-needed-competitors-reading",
        )
    } else if is_missing(justified.missing_to_break_even) {
        (justified.break_even?, "perceived-needed-even-reading")
    } else {
        return None;
    };
    let reading = words.tell(id, &[("benefits", words.value(&benefits, &RATIO).into())]);
    Some(Figure::new(
        words.say("perceived-needed"),
        &estimate,
        &RATIO,
        reading,
        words,
    ))
}

fn brands(answer: &PerceivedValue, words: &Words, sheet: &mut Sheet) {
    sheet.section(
        words.say("perceived-brands"),
        words.say("perceived-brands-about"),
    );
    let points: Vec<Point> = answer
        .brands
        .iter()
        .filter_map(|brand| Some(Point::bar(brand_name(brand, words), &brand.measured.ratio?)))
        .collect();
    if points.len() > 1 {
        sheet.push(Block::Chart(Chart {
            title: words.say("perceived-brands-chart"),
            reading: words.say("perceived-brands-chart-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(words.say("perceived-brand"), Unit::Count),
            y: Axis::new(words.say("perceived-ratio"), RATIO),
            series: vec![Series {
                name: words.say("perceived-ratio"),
                points,
            }],
            marks: vec![Mark {
                on: On::Y,
                at: 1.0,
                label: words.say("perceived-brands-even"),
            }],
        }));
    }
    sheet.push(Block::Table(tables::brands(answer, words)));
}

fn dimensions(answer: &PerceivedValue, words: &Words, sheet: &mut Sheet) {
    sheet.section(
        words.say("perceived-dimensions"),
        words.say("perceived-dimensions-about"),
    );
    for (kind, id) in [
        (Kind::Benefit, "perceived-benefits-chart"),
        (Kind::Cost, "perceived-costs-chart"),
    ] {
        let series = profile(answer, kind, words);
        if !series.is_empty() {
            sheet.push(Block::Chart(Chart {
                title: words.say(id),
                reading: words.say(&format!("{id}-reading")),
                kind: ChartKind::Bars,
                x: Axis::new(words.say("perceived-dimension"), Unit::Count),
                y: Axis::new(words.say("perceived-score"), RATIO),
                series,
                marks: Vec::new(),
            }));
        }
    }
    sheet.push(Block::Table(tables::dimensions(answer, words)));
}

/// Own scores and the competitors' mean, dimension by dimension.
fn profile(answer: &PerceivedValue, kind: Kind, words: &Words) -> Vec<Series> {
    let of_kind = || {
        answer
            .dimensions
            .iter()
            .filter(move |d| d.name.kind == kind)
    };
    let own = &answer.own_brand.name;
    let own_points = of_kind()
        .filter_map(|dimension| {
            let score = dimension.brands.iter().find(|score| score.brand == *own)?;
            Some(Point::bar(label(&dimension.name, words), &score.mean))
        })
        .collect();
    let their_points = of_kind()
        .filter_map(|dimension| {
            Some(Point::bar(
                label(&dimension.name, words),
                &dimension.competitors?,
            ))
        })
        .collect();
    [
        (own_name(answer, words), own_points),
        (words.say("perceived-average"), their_points),
    ]
    .into_iter()
    .map(|(name, points): (String, Vec<Point>)| Series { name, points })
    .filter(|series| !series.points.is_empty())
    .collect()
}

/// The own brand in parts, where there are at least two to compare.
fn parts(answer: &PerceivedValue, words: &Words, sheet: &mut Sheet) {
    if answer.parts.is_empty() {
        return;
    }
    let small = [("small", words.count(SMALL).into())];
    sheet.section(
        words.say("perceived-parts"),
        words.tell("perceived-parts-about", &small),
    );
    for parts in &answer.parts {
        sheet.push(Block::Table(tables::parts(parts, words)));
    }
}

/// The name of a brand, marked when it is the own one.
fn brand_name(brand: &BrandWorth, words: &Words) -> String {
    if brand.own {
        words.tell("perceived-own", &[("brand", brand.brand.as_str().into())])
    } else {
        brand.brand.clone()
    }
}

fn own_name(answer: &PerceivedValue, words: &Words) -> String {
    words.tell(
        "perceived-own",
        &[("brand", answer.own_brand.name.as_str().into())],
    )
}
