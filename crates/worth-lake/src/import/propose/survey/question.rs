//! What a question asks, and about which brand, by its words.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::recognise::{Construct, fold, has_words, survey_words};
use super::columns::QuestionColumn;
use super::scale::scale_in;

/// The measure of questions of which only a code is known.
pub(super) const OTHER: &str = "other";

/// Measures whose answers are words.
pub(super) const TEXTS: [&str; 3] = ["comment", "alternative", "roles"];

/// A column that asks something.
pub(super) struct Asked<'a> {
    pub(super) column: &'a str,
    /// All that it asks.
    pub(super) text: &'a str,
    /// What was asked, without the brand.
    pub(super) question: String,
    pub(super) brand: Option<String>,
    pub(super) construct: Construct,
}

/// The parts of a text: a grid's question and its row, or what stands around a dash.
pub(super) fn parts(header: &str) -> Vec<String> {
    let mut rest = header.trim();
    let mut parts = Vec::new();
    if let Some(open) = rest.find('[')
        && let Some(row) = rest[open + 1..].strip_suffix(']')
    {
        parts.push(row.trim().to_owned());
        rest = rest[..open].trim();
    }
    let mut split = vec![rest];
    for sign in [" – ", " — ", " - ", " | ", ": ", " / "] {
        split = split
            .into_iter()
            .flat_map(|part| part.split(sign))
            .collect();
    }
    for part in split {
        let part = part.trim();
        match part
            .strip_suffix(')')
            .and_then(|part| part.rsplit_once('('))
        {
            Some((outside, inside)) if !outside.trim().is_empty() => {
                parts.push(outside.trim().to_owned());
                parts.push(inside.trim().to_owned());
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Brands: those `worth.toml` names, and those that headers compare: two parts that stand beside
/// the same question and ask nothing themselves. A single such part is a title, not a brand.
pub(super) fn find_brands(questions: &[&str], named: &[String]) -> Vec<String> {
    let mut beside: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for header in questions {
        let parts = parts(header);
        for (place, part) in parts.iter().enumerate() {
            let names = |brand: &String| {
                let (part, brand) = (fold(part), fold(brand));
                part != brand && has_words(&part, &brand)
            };
            let is_named = named.iter().any(names);
            let asks = survey_words().construct(part).is_some();
            if is_named || asks || scale_in(part).is_some() {
                continue;
            }
            for (other_place, other) in parts.iter().enumerate() {
                if other_place != place && survey_words().construct(other).is_some() {
                    let entry = beside
                        .entry(fold(part))
                        .or_insert_with(|| (part.clone(), BTreeSet::new()));
                    entry.1.insert(fold(other));
                }
            }
        }
    }
    // parts that stand beside the same questions, however far apart
    let mut compared: Vec<(Vec<String>, BTreeSet<String>)> = Vec::new();
    for (part, asked) in beside.into_values() {
        let (sharing, mut others): (Vec<_>, Vec<_>) = compared
            .into_iter()
            .partition(|(_, known)| !known.is_disjoint(&asked));
        let (mut parts, mut known): (Vec<_>, Vec<_>) = sharing.into_iter().unzip();
        parts.push(vec![part]);
        known.push(asked);
        others.push((parts.concat(), known.into_iter().flatten().collect()));
        compared = others;
    }
    let mut brands: Vec<String> = named.to_vec();
    let several = compared.iter().filter(|(parts, _)| parts.len() > 1);
    for brand in several.flat_map(|(parts, _)| what_differs(parts)) {
        if !brand.is_empty() && !brands.iter().any(|known| fold(known) == fold(&brand)) {
            brands.push(brand);
        }
    }
    brands
}

/// Texts without the words that all of them start and end with: "How do you rate Highlands?" and
/// "How do you rate Phúc Long?" differ in the brand.
fn what_differs(texts: &[String]) -> Vec<String> {
    let words: Vec<Vec<&str>> = texts
        .iter()
        .map(|text| text.split_whitespace().collect())
        .collect();
    let Some(first) = words.first() else {
        return Vec::new();
    };
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    let same = |at: &dyn Fn(&Vec<&str>) -> String| words.iter().all(|text| at(text) == at(first));
    let start = (0..shortest)
        .take_while(|place| same(&|text| fold(text[*place])))
        .count();
    let end = (0..shortest.saturating_sub(start))
        .take_while(|place| same(&|text| fold(text[text.len() - 1 - place])))
        .count();
    words
        .iter()
        .map(|text| {
            let differing = text[start..text.len() - end].join(" ");
            differing
                .trim_end_matches(['?', '.', '!', ',', ':'])
                .to_owned()
        })
        .collect()
}

/// What a column asks, and about whom; none when its words are not known.
pub(super) fn understand<'a>(column: &'a QuestionColumn, brands: &[String]) -> Option<Asked<'a>> {
    let header = column.text.as_str();
    let mut brand = None;
    let mut kept: Vec<String> = Vec::new();
    for part in parts(header) {
        let folded = fold(&part);
        if let Some(known) = brands.iter().find(|brand| fold(brand) == folded) {
            brand.get_or_insert(known.clone());
        } else {
            kept.push(part);
        }
    }
    if brand.is_none() {
        let folded = fold(header);
        brand = brands
            .iter()
            .find(|brand| has_words(&folded, &fold(brand)))
            .cloned();
    }
    // a grid's row says more than the question above all its rows, except about importance
    let row = kept.first().filter(|_| header.contains('[')).cloned();
    // what a brand is called asks nothing ("Cà phê Lá" is not about coffee)
    let whole = kept
        .join(" ")
        .replace(brand.as_deref().unwrap_or("\n"), " ");
    let of_whole = survey_words().construct(&whole);
    let of_row = row.as_deref().and_then(|row| survey_words().construct(row));
    let row_asks = of_row.is_some();
    let construct = match (of_row, of_whole) {
        (Some(_), Some(whole)) if whole.measure == "importance" => Some(whole),
        (Some(row), _) => Some(row),
        (None, whole) => whole,
    };
    let question = match (&row, &construct) {
        (Some(row), Some(construct)) if row_asks && construct.measure != "importance" => {
            row.clone()
        }
        _ => {
            let asked: Vec<&String> = kept
                .iter()
                .filter(|part| scale_in(part).is_none())
                .collect();
            let mut asked: Vec<&str> = asked.into_iter().map(String::as_str).collect();
            if row.is_some() {
                asked.rotate_left(1);
            }
            asked.join(" – ")
        }
    };
    let question = if question.is_empty() {
        header.to_owned()
    } else {
        question
    };
    Some(Asked {
        column: &column.name,
        text: header,
        question,
        brand,
        construct: construct?,
    })
}

/// A question of which only a code is known ("G1Q1[SQ001]", "question4"): its answers are kept
/// under that code until somebody says what it measures.
pub(super) fn coded(column: &QuestionColumn) -> Option<Asked<'_>> {
    let text = column.text.as_str();
    let is_code =
        !text.contains(char::is_whitespace) && text.contains(|c: char| c.is_ascii_digit());
    let construct = Construct {
        measure: OTHER.to_owned(),
        dimension: None,
        reversed: false,
    };
    is_code.then(|| Asked {
        column: &column.name,
        text,
        question: text.to_owned(),
        brand: None,
        construct,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(text: &str) -> QuestionColumn {
        QuestionColumn {
            name: "q".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn headers_come_apart() {
        assert_eq!(
            parts("Bạn đánh giá thế nào? [Giá cả]"),
            ["Giá cả", "Bạn đánh giá thế nào?"]
        );
        assert_eq!(parts("Highlands – Giá cả"), ["Highlands", "Giá cả"]);
        assert_eq!(parts("Giá cả (Highlands)"), ["Giá cả", "Highlands"]);
    }

    #[test]
    fn brands_stand_beside_several_questions() {
        assert_eq!(
            find_brands(
                &["Đánh giá của bạn [Giá cả]", "Đánh giá của bạn [Chất lượng]"],
                &[]
            ),
            [""; 0]
        );
        let grids = [
            "Bạn đánh giá Highlands thế nào? [Giá cả]",
            "Bạn đánh giá Phúc Long thế nào? [Giá cả]",
        ];
        let brands = find_brands(&grids, &[]);
        assert_eq!(brands, ["Highlands", "Phúc Long"]);
        let asked = column(grids[1]);
        let asked = understand(&asked, &brands).expect("its words are known");
        assert_eq!(
            (asked.brand.as_deref(), asked.question.as_str()),
            (Some("Phúc Long"), "Giá cả")
        );
        let headers = [
            "Highlands - Giá cả",
            "Highlands - Chất lượng",
            "Phúc Long - Giá cả",
            "Phúc Long - Chất lượng",
        ];
        let brands = find_brands(&headers, &[]);
        assert_eq!(brands, ["Highlands", "Phúc Long"]);
        let asked = column("Highlands - Giá cả");
        let asked = understand(&asked, &brands).expect("its words are known");
        assert_eq!(
            (asked.brand.as_deref(), asked.question.as_str()),
            (Some("Highlands"), "Giá cả")
        );
        assert_eq!(asked.construct.measure, "cost");
    }
}
