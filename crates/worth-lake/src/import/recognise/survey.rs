//! Words of survey questions and of their answers, from `survey.toml`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::{fold, fold_case, has_words};

type Lists = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct Written {
    measure: Lists,
    benefit: Lists,
    cost: Lists,
    reversed: Lists,
    respondent: Lists,
    no_answer: Vec<String>,
    scale: Vec<WrittenScale>,
}

#[derive(Deserialize)]
struct WrittenScale {
    words: Vec<Vec<String>>,
}

/// What is known of surveys.
pub(crate) struct SurveyWords {
    /// Phrase → measure.
    measures: Vec<(Phrase, String)>,
    /// Phrase → benefit or cost, dimension.
    dimensions: Vec<(Phrase, &'static str, String)>,
    /// Dimension → phrases that praise it.
    reversed: BTreeMap<String, Vec<Phrase>>,
    /// Folded name → column of the respondent.
    respondent: Vec<(String, String)>,
    /// Folded words that say that there is no answer.
    no_answer: HashSet<String>,
    scales: Vec<AnswerScale>,
}

/// Words that may stand in a question.
struct Phrase {
    /// With diacritics.
    exact: String,
    /// Without, for questions that were typed without.
    plain: String,
}

/// Vietnamese words of two syllables, one of which means something of value on its own.
const COMPOUNDS: &[&str] = &["đánh giá", "giá trị", "gia đình"];

/// A question whose words are looked for.
struct Question {
    text: String,
    plain: bool,
}

impl Question {
    fn new(text: &str) -> Self {
        let plain = text.is_ascii();
        let mut text = if plain { fold(text) } else { fold_case(text) };
        // two words that are one: "đánh giá" (rate) does not speak of "giá" (price)
        for compound in COMPOUNDS {
            let compound = if plain {
                fold(compound)
            } else {
                (*compound).to_owned()
            };
            text = text.replace(&compound, &compound.replace(' ', ""));
        }
        Self { text, plain }
    }

    fn has(&self, phrase: &Phrase) -> bool {
        has_words(
            &self.text,
            if self.plain {
                &phrase.plain
            } else {
                &phrase.exact
            },
        )
    }
}

/// What a question measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Construct {
    pub(crate) measure: String,
    pub(crate) dimension: Option<String>,
    /// Whether it is a cost that is worded as a good thing.
    pub(crate) reversed: bool,
}

/// Words of answers, the lowest first.
#[derive(Debug, Clone)]
pub(crate) struct AnswerScale {
    points: Vec<Vec<String>>,
}

/// What is known of surveys.
pub(crate) fn survey_words() -> &'static SurveyWords {
    static WORDS: LazyLock<SurveyWords> = LazyLock::new(|| {
        let written: Written =
            toml_edit::de::from_str(include_str!("survey.toml")).expect("survey.toml is checked");
        SurveyWords::new(written)
    });
    &WORDS
}

impl SurveyWords {
    fn new(written: Written) -> Self {
        let pairs = |lists: Lists| -> Vec<(String, String)> {
            lists
                .into_iter()
                .flat_map(|(ours, names)| {
                    names
                        .into_iter()
                        .map(move |name| (fold(&name), ours.clone()))
                })
                .collect()
        };
        let phrases = |lists: Lists| -> Vec<(Phrase, String)> {
            lists
                .into_iter()
                .flat_map(|(ours, names)| {
                    names.into_iter().map(move |name| {
                        (
                            Phrase {
                                exact: fold_case(&name),
                                plain: fold(&name),
                            },
                            ours.clone(),
                        )
                    })
                })
                .collect()
        };
        let mut reversed: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for (phrase, dimension) in phrases(written.reversed) {
            reversed.entry(dimension).or_default().push(phrase);
        }
        let mut dimensions = Vec::new();
        for (kind, lists) in [("benefit", written.benefit), ("cost", written.cost)] {
            for (phrase, dimension) in phrases(lists) {
                dimensions.push((phrase, kind, dimension));
            }
        }
        let mut respondent = pairs(written.respondent);
        respondent.extend(
            crate::tables::Table::SurveyAnswers
                .columns()
                .iter()
                .map(|column| (fold(column.name), column.name.to_owned())),
        );
        let no_answer = written.no_answer.iter().map(|word| fold(word)).collect();
        let folded = |names: Vec<String>| names.iter().map(|name| fold(name)).collect();
        Self {
            measures: phrases(written.measure),
            dimensions,
            reversed,
            respondent,
            no_answer,
            scales: written
                .scale
                .into_iter()
                .map(|scale| AnswerScale {
                    points: scale.words.into_iter().map(folded).collect(),
                })
                .collect(),
        }
    }

    /// The column of the respondent (or `phone`, `email`, `name`) that a header stands for.
    pub(crate) fn respondent_column(&self, folded_header: &str) -> Option<&str> {
        let known = self
            .respondent
            .iter()
            .find(|(name, _)| name == folded_header);
        known.map(|(_, column)| column.as_str())
    }

    /// Whether it says that there is no answer ("N/A", "Không trả lời").
    pub(crate) fn is_no_answer(&self, answer: &str) -> bool {
        // most answers are numbers, and none of the words begins with one
        !answer.starts_with(|sign: char| sign.is_ascii_digit())
            && self.no_answer.contains(&fold(answer))
    }

    /// What a question measures; none when its words are not known.
    pub(crate) fn construct(&self, question: &str) -> Option<Construct> {
        let question = Question::new(question);
        let measure = longest(
            &question,
            self.measures.iter().map(|(phrase, to)| (phrase, to)),
        );
        let dimension = longest(
            &question,
            self.dimensions
                .iter()
                .map(|(phrase, kind, to)| (phrase, (*kind, to))),
        );
        let simple = |measure: &str| Construct {
            measure: measure.to_owned(),
            dimension: None,
            reversed: false,
        };
        match (measure, dimension) {
            (Some((_, measure)), Some((_, (_, dimension)))) if measure == "importance" => {
                Some(Construct {
                    measure: measure.clone(),
                    dimension: Some(dimension.clone()),
                    reversed: false,
                })
            }
            (Some((_, measure)), None) => Some(simple(measure)),
            // "reasonable price, worth the money": worth says more than price
            (Some((at, measure)), Some((length, _)))
                if at >= length
                    || matches!(measure.as_str(), "recommend" | "repurchase" | "worth") =>
            {
                Some(simple(measure))
            }
            (_, Some((_, (kind, dimension)))) => {
                let praise = self
                    .reversed
                    .get(dimension)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                let praises = praise.iter().any(|phrase| question.has(phrase));
                Some(Construct {
                    measure: kind.to_owned(),
                    dimension: Some(dimension.clone()),
                    reversed: kind == "cost" && praises,
                })
            }
            (None, None) => None,
        }
    }

    /// The scale of words that has all these answers (the one with the fewest points, so that
    /// five words are not stretched over seven), with the score of each.
    pub(crate) fn scale_of<'a>(
        &self,
        answers: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<(&AnswerScale, BTreeMap<String, f64>)> {
        let fitting = self.scales.iter().filter_map(|scale| {
            let scores: Option<BTreeMap<String, f64>> = answers
                .clone()
                .map(|answer| Some((answer.to_owned(), scale.score(answer)?)))
                .collect();
            Some((scale, scores.filter(|scores| !scores.is_empty())?))
        });
        fitting.min_by_key(|(scale, _)| scale.points.len())
    }
}

impl AnswerScale {
    /// How many points it has.
    pub(crate) fn points(&self) -> usize {
        self.points.len()
    }

    /// The score of a word, from 1.
    fn score(&self, answer: &str) -> Option<f64> {
        let folded = fold(answer);
        let point = self
            .points
            .iter()
            .position(|words| words.contains(&folded))?;
        Some((point + 1) as f64)
    }

    /// The first word of each point with its score.
    pub(crate) fn all_words(&self) -> impl Iterator<Item = (&str, f64)> {
        self.points.iter().enumerate().flat_map(|(point, words)| {
            words
                .iter()
                .map(move |word| (word.as_str(), (point + 1) as f64))
        })
    }
}

/// The longest phrase that stands in the text, and what it means.
fn longest<'a, T>(
    question: &Question,
    phrases: impl Iterator<Item = (&'a Phrase, T)>,
) -> Option<(usize, T)> {
    phrases
        .filter(|(phrase, _)| question.has(phrase))
        .map(|(phrase, meaning)| (phrase.plain.len(), meaning))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(question: &str) -> (String, Option<String>, bool) {
        let construct = survey_words()
            .construct(question)
            .expect("its words are known");
        (construct.measure, construct.dimension, construct.reversed)
    }

    fn is(measure: &str, dimension: &str, reversed: bool) -> (String, Option<String>, bool) {
        let dimension = (!dimension.is_empty()).then(|| dimension.to_owned());
        (measure.to_owned(), dimension, reversed)
    }

    #[test]
    fn questions_are_understood_in_both_languages() {
        let cases = [
            ("Chất lượng sản phẩm tốt", is("benefit", "product", false)),
            ("Giá cả hợp lý", is("cost", "price", true)),
            ("Reasonable price", is("cost", "price", true)),
            ("Giá cả", is("cost", "price", false)),
            ("Thời gian chờ đợi", is("cost", "time", false)),
            ("Phục vụ nhanh, không phải chờ", is("cost", "time", true)),
            ("Mất nhiều công sức để mua", is("cost", "effort", false)),
            (
                "Bạn có sẵn sàng giới thiệu cho bạn bè không?",
                is("recommend", "", false),
            ),
            (
                "How likely are you to recommend us?",
                is("recommend", "", false),
            ),
            (
                "Mức độ quan trọng của giá cả",
                is("importance", "price", false),
            ),
            ("How important is trust?", is("importance", "trust", false)),
            ("Mức độ hài lòng chung", is("satisfaction", "", false)),
            ("Đáng đồng tiền", is("worth", "", false)),
            ("Tôi sẽ quay lại mua", is("repurchase", "", false)),
            (
                "Thương hiệu uy tín, đáng tin cậy",
                is("benefit", "trust", false),
            ),
            (
                "Lo ngại về dữ liệu cá nhân",
                is("cost", "personal_data", false),
            ),
            (
                "Phục vụ cho cả gia đình vui vẻ",
                is("benefit", "emotion", false),
            ),
            (
                "Tôi thấy vui và thoải mái khi đến quán",
                is("benefit", "emotion", false),
            ),
            ("Thương hiệu có hình ảnh đẹp", is("benefit", "brand", false)),
            ("Tôi mất nhiều thời gian chờ đợi", is("cost", "time", false)),
            ("Đặt món tốn nhiều công sức", is("cost", "effort", false)),
            (
                "Tôi lo rủi ro đơn hàng bị sai hoặc hỏng",
                is("cost", "risk", false),
            ),
            ("Tôi tin tưởng quán", is("benefit", "trust", false)),
            ("Đánh giá chung về quán", is("overall", "", false)),
            ("gia ca hop ly", is("cost", "price", true)),
            ("Thuận tiện khi mua", is("benefit", "convenience", false)),
            ("Bất tiện khi mua", is("cost", "inconvenience", false)),
        ];
        for (question, expected) in cases {
            assert_eq!(says(question), expected, "{question}");
        }
        assert_eq!(survey_words().construct("Tuổi"), None);
    }

    #[test]
    fn words_of_answers_have_scores() {
        let words = ["Rất đồng ý", "Đồng ý", "Không đồng ý"];
        let (scale, scores) = survey_words()
            .scale_of(words.into_iter())
            .expect("a known scale");
        assert_eq!(scale.points(), 5);
        assert_eq!(scores["Rất đồng ý"], 5.0);
        assert_eq!(scores["Không đồng ý"], 2.0);
        let seven = ["Strongly agree", "Somewhat agree"];
        let (scale, scores) = survey_words()
            .scale_of(seven.into_iter())
            .expect("a known scale");
        assert_eq!((scale.points(), scores["Somewhat agree"]), (7, 5.0));
    }
}
