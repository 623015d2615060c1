//! Surveys with one column per question (Google Forms and its relatives): which column asks
//! what, on which scale, about which brand.

use std::collections::{BTreeMap, BTreeSet};

use super::super::mapping::{ColumnRule, Item, People, Rule, TableMapping};
use super::super::profile::ColumnProfile;
use super::super::reason::Reason;
use super::super::recognise::{Construct, fold, survey_words};
use super::looked::Looked;
use crate::tables::Table;

/// Share of a column's answers that must be numbers for it to be a scale of numbers.
const NUMERIC_SHARE: f64 = 0.9;

/// A file understood as a survey.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    pub(super) mapping: TableMapping,
    pub(super) notes: Vec<Reason>,
    /// Questions with a scale.
    pub(super) scored: usize,
    /// Whether a column says when it was answered.
    pub(super) has_time: bool,
}

/// A column that asks something.
struct Asked<'a> {
    column: &'a str,
    /// What was asked, without the brand.
    question: String,
    brand: Option<String>,
    construct: Construct,
}

/// Understands a file as a survey. `brands` are those that `worth.toml` names.
pub(super) fn survey(looked: &Looked, brands: &[String]) -> Survey {
    let mut columns: BTreeMap<String, ColumnRule> = BTreeMap::new();
    let mut people = People::default();
    let mut questions: Vec<&str> = Vec::new();
    for header in &looked.headers {
        let known = survey_words()
            .respondent_column(&header.folded)
            .or_else(|| survey_words().respondent_column(&header.bare));
        match known {
            Some("answered_at") if looked.may_be_time(&header.name) => {
                columns
                    .entry("answered_at".to_owned())
                    .or_insert_with(|| ColumnRule::column(&header.name));
            }
            Some("phone") => people.phone = people.phone.or(Some(header.name.clone())),
            Some("email") => people.email = people.email.or(Some(header.name.clone())),
            Some("brand") if scale(looked, &header.name).is_some() => questions.push(&header.name),
            Some("name" | "answered_at" | "measure" | "score" | "text" | "amount") => {}
            Some(column) if !is_question_of_survey(column) => {
                columns
                    .entry(column.to_owned())
                    .or_insert_with(|| ColumnRule::column(&header.name));
            }
            _ => questions.push(&header.name),
        }
    }
    let found_brands = find_brands(&questions, brands);
    let asked: Vec<Asked<'_>> = questions
        .iter()
        .filter_map(|column| understand(column, &found_brands))
        .collect();
    let mut notes = Vec::new();
    let mut items = Vec::new();
    let mut scores = BTreeMap::new();
    for asked in asked {
        items.extend(item(looked, asked, &mut scores, &mut notes));
    }
    share_scales(looked, &mut items);
    for item in &mut items {
        let reversed = survey_words()
            .construct(&item.question)
            .is_some_and(|known| known.reversed);
        if let (true, Some([least, most])) = (reversed && item.measure == "cost", item.scale) {
            item.scale = Some([most, least]);
            notes.push(
                Reason::new("reversed")
                    .with("column", &item.column)
                    .with("dimension", item.dimension.as_deref().unwrap_or_default()),
            );
        }
    }
    let has_time = columns.contains_key("answered_at");
    let scored = items.iter().filter(|item| item.scale.is_some()).count();
    if !columns.contains_key("response_id") {
        columns.insert(
            "response_id".to_owned(),
            response_id(&columns, &people, &items),
        );
    }
    let mapping = TableMapping {
        table: Table::SurveyAnswers.name().to_owned(),
        people,
        columns,
        items,
        scores,
        ..TableMapping::default()
    };
    Survey {
        mapping,
        notes,
        scored,
        has_time,
    }
}

/// Own columns of the table that are the answer, not the respondent.
fn is_question_of_survey(column: &str) -> bool {
    matches!(
        column,
        "question" | "dimension" | "scale_min" | "scale_max" | "currency" | "category" | "seconds"
    )
}

/// An id made of when, who and all answers: the same response in a later export is the same.
fn response_id(
    columns: &BTreeMap<String, ColumnRule>,
    people: &People,
    items: &[Item],
) -> ColumnRule {
    let mut hash: Vec<String> = Vec::new();
    hash.extend(
        columns
            .get("answered_at")
            .and_then(|rule| rule.0.column.clone()),
    );
    hash.extend(
        columns
            .get("customer_id")
            .and_then(|rule| rule.0.column.clone()),
    );
    hash.extend(people.phone.clone());
    hash.extend(people.email.clone());
    hash.extend(items.iter().map(|item| item.column.clone()));
    ColumnRule(Rule {
        hash,
        ..Rule::default()
    })
}

/// The parts of a header: a grid's question and its row, or what stands around a dash.
fn parts(header: &str) -> Vec<String> {
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
fn find_brands(questions: &[&str], named: &[String]) -> Vec<String> {
    let mut beside: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for header in questions {
        let parts = parts(header);
        for (place, part) in parts.iter().enumerate() {
            if survey_words().construct(part).is_some() || scale_in(part).is_some() {
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
    let candidates: Vec<&(String, BTreeSet<String>)> = beside.values().collect();
    let compared: Vec<&str> = candidates
        .iter()
        .enumerate()
        .filter(|(place, (_, asked))| {
            candidates
                .iter()
                .enumerate()
                .any(|(other, (_, also))| other != *place && !asked.is_disjoint(also))
        })
        .map(|(_, (part, _))| part.as_str())
        .collect();
    let mut brands: Vec<String> = named.to_vec();
    for brand in what_differs(&compared) {
        if !brand.is_empty() && !brands.iter().any(|known| fold(known) == fold(&brand)) {
            brands.push(brand);
        }
    }
    brands
}

/// Texts without the words that all of them start and end with: "How do you rate Highlands?" and
/// "How do you rate Phúc Long?" differ in the brand.
fn what_differs(texts: &[&str]) -> Vec<String> {
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

/// What a header asks, and about whom; none when its words are not known.
fn understand<'a>(header: &'a str, brands: &[String]) -> Option<Asked<'a>> {
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
            .find(|brand| super::super::recognise::has_words(&folded, &fold(brand)))
            .cloned();
    }
    // a grid's row says more than the question above all its rows, except about importance
    let row = kept.first().filter(|_| header.contains('[')).cloned();
    let whole = kept.join(" ");
    let of_whole = survey_words().construct(&whole);
    let of_row = row.as_deref().and_then(|row| survey_words().construct(row));
    let construct = match (of_row, of_whole) {
        (Some(_), Some(whole)) if whole.measure == "importance" => Some(whole),
        (Some(row), _) => Some(row),
        (None, whole) => whole,
    };
    let question = match (&row, &construct) {
        (Some(row), Some(construct)) if construct.measure != "importance" => row.clone(),
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
        column: header,
        question,
        brand,
        construct: construct?,
    })
}

/// The item of a column, when its answers are what its question asks for.
fn item(
    looked: &Looked,
    asked: Asked<'_>,
    scores: &mut BTreeMap<String, f64>,
    notes: &mut Vec<Reason>,
) -> Option<Item> {
    let profile = looked.column(asked.column)?;
    if profile.filled == 0 {
        return None;
    }
    let mut item = Item {
        column: asked.column.to_owned(),
        question: asked.question,
        measure: asked.construct.measure,
        dimension: asked.construct.dimension,
        brand: asked.brand,
        ..Item::default()
    };
    if item.measure.starts_with("price_") {
        item.number = looked.number(asked.column).clear().copied();
        return Some(item);
    }
    if item.measure == "comment" {
        return Some(item);
    }
    if let Some(limits) = scale(looked, asked.column) {
        item.scale = Some(limits);
        if let Some((known, said)) = words_scale(profile) {
            let conflicting = said
                .iter()
                .any(|(word, score)| scores.get(word).is_some_and(|known| known != score));
            let words = known
                .all_words()
                .map(|(word, score)| (word.to_owned(), score));
            if conflicting {
                item.scores = said;
            } else {
                scores.extend(
                    words
                        .filter(|(word, _)| !word.is_empty())
                        .filter(|(word, _)| said.keys().any(|said| fold(said) == *word)),
                );
                for (word, score) in &said {
                    notes.push(
                        Reason::new("answer-score")
                            .with("value", word)
                            .with("score", score)
                            .with("most", known.points()),
                    );
                }
            }
        }
        return Some(item);
    }
    // a question about value that is answered in words of its own
    item.measure = "comment".to_owned();
    item.dimension = None;
    (profile.looks == super::super::profile::Looks::Text).then_some(item)
}

/// Least and most of a column's scale: named in its header, or seen in its answers.
fn scale(looked: &Looked, column: &str) -> Option<[f64; 2]> {
    let profile = looked.column(column)?;
    if let Some((words, _)) = words_scale(profile) {
        return Some([1.0, words.points() as f64]);
    }
    let (least, most) = seen(profile)?;
    let named = parts(column)
        .iter()
        .find_map(|part| scale_in(part))
        .or_else(|| scale_in(column));
    if let Some([low, high]) = named
        && low <= least
        && most <= high
    {
        return Some([low, high]);
    }
    let recommends = survey_words()
        .construct(column)
        .is_some_and(|known| known.measure == "recommend");
    Some(match most {
        _ if least < 0.0 || most > 10.0 => return None,
        _ if least < 1.0 || (recommends && most > 7.0) => [0.0, 10.0],
        _ if most <= 5.0 => [1.0, 5.0],
        _ if most <= 7.0 => [1.0, 7.0],
        _ => [1.0, 10.0],
    })
}

/// The scale of words that a column's answers are.
fn words_scale(
    profile: &ColumnProfile,
) -> Option<(
    &'static super::super::recognise::AnswerScale,
    BTreeMap<String, f64>,
)> {
    profile.distinct.filter(|distinct| *distinct <= 12)?;
    survey_words().scale_of(profile.frequent.iter().map(|(value, _)| value.as_str()))
}

/// The smallest and largest answer, when the answers are small numbers (or start with one:
/// "4 - Đồng ý").
fn seen(profile: &ColumnProfile) -> Option<(f64, f64)> {
    let distinct = profile.distinct?;
    if distinct > 21 {
        return None;
    }
    let mut numbers = 0;
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for (value, count) in &profile.frequent {
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        let rest = value[digits.len()..].chars().next();
        if rest.is_some_and(|sign| !matches!(sign, ' ' | '-' | '.' | ',' | ':' | '(' | '/')) {
            continue;
        }
        let Ok(number) = digits.parse::<f64>() else {
            continue;
        };
        numbers += count;
        least = least.min(number);
        most = most.max(number);
    }
    (numbers as f64 >= NUMERIC_SHARE * profile.filled as f64 && numbers > 0)
        .then_some((least, most))
}

/// `1-5`, `1 đến 10`, `thang điểm 1–7`, `0 to 10`.
fn scale_in(text: &str) -> Option<[f64; 2]> {
    let folded = text.replace(['–', '—', '→', '~', '.', '…'], "-");
    let numbers: Vec<&str> = folded
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [low, high] = numbers.as_slice() else {
        return None;
    };
    let (low, high): (f64, f64) = (low.parse().ok()?, high.parse().ok()?);
    let known = low <= 1.0 && matches!(high as u64, 3..=11 | 100) && high <= 10.0;
    known.then_some([low, high])
}

/// Items of one kind share their scale: where one of them was answered with 8, the others may be
/// answered with 8 too.
fn share_scales(looked: &Looked, items: &mut [Item]) {
    let numeric = |item: &Item| {
        item.scale.is_some()
            && item.measure != "recommend"
            && scale_in(&item.column).is_none()
            && looked
                .column(&item.column)
                .is_some_and(|profile| words_scale(profile).is_none())
    };
    let widest = items
        .iter()
        .filter(|item| numeric(item))
        .filter_map(|item| item.scale)
        .reduce(|one, other| {
            if other[1] > one[1] {
                [one[0].min(other[0]), other[1]]
            } else {
                [one[0].min(other[0]), one[1]]
            }
        });
    let Some(widest) = widest else { return };
    for item in items.iter_mut() {
        if numeric(item) {
            item.scale = Some(widest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let asked = understand(grids[1], &brands).expect("its words are known");
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
        let asked = understand("Highlands - Giá cả", &brands).expect("its words are known");
        assert_eq!(
            (asked.brand.as_deref(), asked.question.as_str()),
            (Some("Highlands"), "Giá cả")
        );
        assert_eq!(asked.construct.measure, "cost");
    }

    #[test]
    fn scales_are_named_in_headers() {
        assert_eq!(scale_in("1-5"), Some([1.0, 5.0]));
        assert_eq!(scale_in("thang điểm từ 0 đến 10"), Some([0.0, 10.0]));
        assert_eq!(scale_in("2024-2025"), None);
    }
}
