//! The definition of a survey, as SurveyJS and Formbricks keep it beside the answers: which
//! question a code stands for, what its rows and answers are called, and how far its scale goes.
//!
//! Both are JSON in which questions stand at any depth (pages, panels, blocks), each an object
//! with a code (`name`, `id`) and a text (`title`, `headline`), so one walk reads either.

use serde_json::{Map, Value};

use super::plain::plain_text;

/// What is known of a column besides its name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Described {
    /// What it asks, in words.
    pub(crate) text: String,
    /// Least and most of its scale, where that is said.
    pub(crate) scale: Option<[f64; 2]>,
    /// Codes of its answers and what they stand for.
    pub(crate) answers: Vec<(String, String)>,
}

/// The questions of a survey's definition.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codebook {
    questions: Vec<Question>,
}

#[derive(Debug, Clone)]
struct Question {
    code: String,
    described: Described,
    /// Codes of the rows of a grid and what they ask.
    rows: Vec<(String, String)>,
}

impl Codebook {
    /// Reads a definition; none when the JSON is something else.
    pub(crate) fn read(json: &Value) -> Option<Self> {
        let root = json.get("data").filter(|data| data.is_object());
        let root = root.unwrap_or(json).as_object()?;
        let parts = ["pages", "elements", "questions", "blocks"];
        let is_definition = parts
            .iter()
            .filter_map(|part| root.get(*part)?.as_array())
            .any(|list| list.iter().any(Value::is_object));
        let mut codebook = Self::default();
        if is_definition {
            codebook.gather(&Value::Object(root.clone()));
        }
        (!codebook.questions.is_empty()).then_some(codebook)
    }

    /// What a column of the answers is: that of a question's code, or of a row of its grid
    /// (`code.row`), wherever in the answer it stands (`data.code`).
    pub(crate) fn describe(&self, column: &str) -> Option<Described> {
        let starts = std::iter::once(0).chain(column.match_indices('.').map(|(at, _)| at + 1));
        starts.map(|at| &column[at..]).find_map(|path| {
            self.questions.iter().find_map(|question| {
                let rest = path.strip_prefix(question.code.as_str())?;
                if rest.is_empty() {
                    return Some(question.described.clone());
                }
                let row = rest.strip_prefix('.')?;
                let row = name_of(&question.rows, row);
                let text = format!("{} [{row}]", question.described.text);
                Some(Described {
                    text,
                    ..question.described.clone()
                })
            })
        })
    }

    fn gather(&mut self, json: &Value) {
        match json {
            Value::Array(list) => list.iter().for_each(|item| self.gather(item)),
            Value::Object(object) => {
                self.questions.extend(question(object));
                object.values().for_each(|value| self.gather(value));
            }
            _ => {}
        }
    }
}

/// The object as a question, if it is one.
fn question(object: &Map<String, Value>) -> Option<Question> {
    let code = ["name", "id"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str())?;
    let text = ["title", "headline"]
        .iter()
        .find_map(|key| words(object.get(*key)?))?;
    let answers = ["choices", "columns", "rateValues"]
        .iter()
        .find_map(|key| Some(codes(object.get(*key)?)))
        .unwrap_or_default();
    Some(Question {
        code: code.to_owned(),
        described: Described {
            text,
            scale: scale(object),
            answers,
        },
        rows: object.get("rows").map(codes).unwrap_or_default(),
    })
}

/// A text that is plain or stands there in several languages, the first of which counts.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(languages) => languages
            .get("default")
            .or_else(|| languages.values().next())?
            .as_str()?,
        _ => return None,
    };
    Some(plain_text(text)).filter(|text| !text.is_empty())
}

/// Codes and what they stand for; a plain text stands for itself.
fn codes(list: &Value) -> Vec<(String, String)> {
    let code_and_text = |item: &Value| match item {
        Value::Object(object) => {
            let text = ["text", "label", "title"]
                .iter()
                .find_map(|key| words(object.get(*key)?))
                .or_else(|| words(item));
            let code = ["value", "name"].iter().find_map(|key| object.get(*key));
            let code = code.map(plain).or_else(|| text.clone())?;
            Some((code.clone(), text.unwrap_or(code)))
        }
        other => Some((plain(other), plain(other))),
    };
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(code_and_text).collect()
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// What a code of the list stands for; itself where it is not in the list.
fn name_of<'a>(list: &'a [(String, String)], code: &'a str) -> &'a str {
    let known = list.iter().find(|(known, _)| known == code);
    known.map_or(code, |(_, text)| text.as_str())
}

/// The scale of a rating: `rateMin` and `rateMax` of SurveyJS (1 to 5 unless they are given),
/// `range` of Formbricks, whose NPS goes from 0 to 10.
fn scale(object: &Map<String, Value>) -> Option<[f64; 2]> {
    let number = |key: &str| object.get(key).and_then(Value::as_f64);
    match object.get("type")?.as_str()? {
        "nps" => Some([0.0, 10.0]),
        "rating" => {
            let least = number("rateMin").unwrap_or(1.0);
            let most = number("rateMax").or_else(|| number("range"));
            let most = most.or_else(|| Some(least + number("rateCount")? - 1.0));
            Some([least, most.unwrap_or(5.0)])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn questions_of_surveyjs_are_found_at_any_depth() {
        let definition = json!({"title": "Coffee", "pages": [{"name": "p1", "elements": [
            {"type": "panel", "name": "about", "elements": [
                {"type": "rating", "name": "q1", "title": {"default": "Product quality", "vi": "Chất lượng"}, "rateMax": 7}
            ]},
            {"type": "matrix", "name": "q2", "title": "Do you agree?",
             "columns": [{"value": "c1", "text": "Disagree"}, {"value": "c2", "text": "Agree"}],
             "rows": [{"value": "r1", "text": "<b>Reasonable</b> price"}, "Waiting time"]}
        ]}]});
        let codebook = Codebook::read(&definition).expect("a definition");
        let rating = codebook.describe("q1").expect("known");
        assert_eq!(
            (rating.text.as_str(), rating.scale),
            ("Product quality", Some([1.0, 7.0]))
        );
        let row = codebook.describe("q2.r1").expect("known");
        assert_eq!(row.text, "Do you agree? [Reasonable price]");
        assert_eq!(row.answers[1], ("c2".to_owned(), "Agree".to_owned()));
        let plain = codebook.describe("q2.Waiting time").expect("known");
        assert_eq!(plain.text, "Do you agree? [Waiting time]");
        assert_eq!(codebook.describe("q21"), None);
    }

    #[test]
    fn questions_of_formbricks_are_known_within_their_answers() {
        let definition = json!({"data": {"id": "s1", "name": "Value", "questions": [
            {"id": "kx1", "type": "nps", "headline": {"default": "<p>How likely are you to recommend us?</p>"}},
            {"id": "kx2", "type": "matrix", "headline": {"default": "Rate"}, "rows": [{"id": "r", "label": {"default": "Price"}}]}
        ]}});
        let codebook = Codebook::read(&definition).expect("a definition");
        let nps = codebook.describe("data.kx1").expect("known");
        assert_eq!(
            (nps.text.as_str(), nps.scale),
            ("How likely are you to recommend us?", Some([0.0, 10.0]))
        );
        assert_eq!(
            codebook.describe("data.kx2.Price").expect("known").text,
            "Rate [Price]"
        );
    }

    #[test]
    fn answers_are_no_definition() {
        assert!(Codebook::read(&json!([{"q1": 5}])).is_none());
        assert!(Codebook::read(&json!({"data": [{"id": "r1", "data": {"q1": 5}}]})).is_none());
        assert!(Codebook::read(&json!({"pages": 3, "name": "x", "title": "y"})).is_none());
    }
}
