//! The definition of a survey, as SurveyJS and Formbricks keep it beside the answers: which
//! question a code stands for, what its rows and answers are called, and how far its scale goes.
//!
//! Both are JSON in which questions stand at any depth (pages, panels, blocks), each an object
//! with a code (`name`, `id`) and a text (`title`, `headline`), so one walk reads either. A question
//! may hold others: the columns of SurveyJS' `matrixdropdown`, asked of each of its rows, and those
//! of `matrixdynamic` and `paneldynamic`, which respondents fill in as often as they like.

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
    /// For what is asked once for each row that the respondent adds: the panel of those rows.
    pub(crate) panel: Option<Panel>,
}

/// Rows that respondents add themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Panel {
    /// Code of the question whose answers tell its rows apart.
    pub(crate) key: Option<String>,
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
    /// What is asked in each row of it.
    cells: Codebook,
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

    /// What a column of the answers is: that of a question's code, of a row of its grid
    /// (`code.row`), of a cell of that row (`code.row.cell`) or of a panel (`code.2.cell`, `code.*.cell`),
    /// wherever in the answer it stands (`data.code`).
    pub(crate) fn describe(&self, column: &str) -> Option<Described> {
        let mut starts = std::iter::once(0).chain(column.match_indices('.').map(|(at, _)| at + 1));
        starts.find_map(|at| self.describe_whole(&column[at..]))
    }

    /// What a path is that begins with a question's code.
    fn describe_whole(&self, path: &str) -> Option<Described> {
        let mut questions = self.questions.iter();
        questions.find_map(|question| question.describe(path.strip_prefix(question.code.as_str())?))
    }

    fn gather(&mut self, json: &Value) {
        match json {
            Value::Array(list) => list.iter().for_each(|item| self.gather(item)),
            Value::Object(object) => {
                self.questions.extend(Question::read(object));
                let parts = object.iter();
                let others =
                    parts.filter(|(part, _)| ![TEMPLATE, COLUMNS].contains(&part.as_str()));
                others.for_each(|(_, value)| self.gather(value));
            }
            _ => {}
        }
    }
}

/// The questions that a panel asks in each of its rows.
const TEMPLATE: &str = "templateElements";
/// The answers to the rows of a grid, or what a table asks in each of its rows.
const COLUMNS: &str = "columns";

impl Question {
    /// The object as a question, if it is one.
    fn read(object: &Map<String, Value>) -> Option<Self> {
        let named = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key)?.as_str());
        let code = named(&["valueName", "name", "id"])?;
        // SurveyJS shows the name of an element without a title
        let is_element = object.contains_key("type");
        let name = named(&["name"]).filter(|_| is_element);
        let text = title(object).or_else(|| name.map(plain_text))?;
        let kind = object.get("type").and_then(Value::as_str);
        let is_table = matches!(kind, Some("matrixdropdown" | "matrixdynamic"));
        let mut cells = Codebook::default();
        if is_table {
            cells.questions = columns(object);
        } else if let Some(template) = object.get(TEMPLATE) {
            cells.gather(template);
        }
        let is_panel = matches!(kind, Some("paneldynamic" | "matrixdynamic"));
        let rows = ["rows", "items"].iter().find_map(|key| object.get(*key));
        Some(Self {
            code: code.to_owned(),
            described: Described {
                text,
                scale: kind.and_then(|kind| scale(kind, object)),
                answers: if is_table {
                    Vec::new()
                } else {
                    answers(object)
                },
                panel: is_panel.then(|| Panel {
                    key: object
                        .get("keyName")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                }),
            },
            rows: rows.map(codes).unwrap_or_default(),
            cells,
        })
    }

    /// What stands behind its code: nothing, or a row, or a row and a cell in it.
    fn describe(&self, rest: &str) -> Option<Described> {
        let known = &self.described;
        if rest.is_empty() {
            return Some(Described {
                panel: None,
                ..known.clone()
            });
        }
        let rest = rest.strip_prefix('.')?;
        if self.cells.questions.is_empty() {
            return Some(Described {
                text: format!("{} [{}]", known.text, name_of(&self.rows, rest)),
                ..known.clone()
            });
        }
        // the code of a row may have dots itself
        let mut ends = rest.match_indices('.').map(|(at, _)| at);
        ends.find_map(|at| {
            let row = &rest[..at];
            let cell = self.cells.describe_whole(&rest[at + 1..])?;
            let asked_of = match &known.panel {
                Some(_) if row == "*" || row.parse::<u32>().is_ok() => known.text.clone(),
                Some(_) => return None,
                None => format!("{} – {}", known.text, name_of(&self.rows, row)),
            };
            Some(Described {
                text: within(&asked_of, &cell.text),
                panel: known.panel.clone(),
                ..cell
            })
        })
    }
}

/// A question that is asked within another, with that before it.
fn within(outer: &str, inner: &str) -> String {
    if inner.ends_with(']') {
        format!("{outer} – {inner}")
    } else {
        format!("{outer} [{inner}]")
    }
}

/// The columns of a table, asked in each of its rows; choices and kind of cell are the table's
/// where a column has none of its own.
fn columns(table: &Map<String, Value>) -> Vec<Question> {
    let column = |column: &Value| {
        let column = column.as_object()?;
        let code = column.get("name")?.as_str()?;
        let kind = [column, table]
            .iter()
            .find_map(|object| object.get("cellType")?.as_str());
        let own_answers = answers(column);
        Some(Question {
            code: code.to_owned(),
            described: Described {
                text: title(column).unwrap_or_else(|| plain_text(code)),
                scale: kind.and_then(|kind| scale(kind, column)),
                answers: if own_answers.is_empty() {
                    table.get("choices").map(codes).unwrap_or_default()
                } else {
                    own_answers
                },
                panel: None,
            },
            rows: Vec::new(),
            cells: Codebook::default(),
        })
    };
    let columns = table.get(COLUMNS).and_then(Value::as_array);
    columns.into_iter().flatten().filter_map(column).collect()
}

/// What a question asks.
fn title(object: &Map<String, Value>) -> Option<String> {
    ["title", "headline"]
        .iter()
        .find_map(|key| words(object.get(*key)?))
}

/// Codes of the answers to a question and what they stand for.
fn answers(object: &Map<String, Value>) -> Vec<(String, String)> {
    ["choices", COLUMNS, "rateValues"]
        .iter()
        .find_map(|key| Some(codes(object.get(*key)?)))
        .unwrap_or_default()
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
fn scale(kind: &str, object: &Map<String, Value>) -> Option<[f64; 2]> {
    let number = |key: &str| object.get(key).and_then(Value::as_f64);
    match kind {
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
    fn questions_within_others_are_described_with_them() {
        let definition = json!({"pages": [{"name": "p1", "elements": [
            {"type": "paneldynamic", "name": "cafes", "title": "Rate each café", "keyName": "cafe", "templateElements": [
                {"type": "dropdown", "name": "cafe", "choices": [{"value": 1, "text": "Highlands"}]},
                {"type": "panel", "name": "more", "elements": [{"type": "rating", "name": "price", "title": "Reasonable price", "rateMax": 7}]},
                {"type": "matrix", "name": "agree", "title": "Do you agree?", "columns": [1, 2], "rows": [{"value": "r1", "text": "Friendly"}]}
            ]},
            {"type": "matrixdynamic", "valueName": "visits", "name": "v", "columns": [{"name": "store"}, {"name": "wait", "title": "Waiting time", "cellType": "rating"}], "choices": [1, 2, 3]},
            {"type": "matrixdropdown", "name": "brands", "title": "Compare", "rows": [{"value": "hl", "text": "Highlands"}],
             "columns": [{"name": "price", "title": "Price", "choices": [1, 2, 3, 4, 5]}]},
            {"type": "multipletext", "name": "spent", "title": "Spent on", "items": [{"name": "a", "title": "Coffee"}]}
        ]}]});
        let codebook = Codebook::read(&definition).expect("a definition");
        let known = |column: &str| codebook.describe(column).expect(column);
        let price = known("cafes.2.price");
        assert_eq!(price, known("cafes.*.price"));
        assert_eq!(
            (price.text.as_str(), price.scale),
            ("Rate each café [Reasonable price]", Some([1.0, 7.0]))
        );
        let key = Some("cafe".to_owned());
        assert_eq!(price.panel, Some(Panel { key }));
        assert_eq!(known("cafes.1.cafe").answers[0].1, "Highlands");
        assert_eq!(
            known("cafes.1.agree.r1").text,
            "Rate each café – Do you agree? [Friendly]"
        );
        assert_eq!(known("visits.1.wait").text, "v [Waiting time]");
        assert_eq!(known("visits.1.wait").scale, Some([1.0, 5.0]));
        assert_eq!(known("visits.1.store").answers.len(), 3);
        let cell = known("brands.hl.price");
        assert_eq!(cell.text, "Compare – Highlands [Price]");
        assert_eq!((cell.answers.len(), cell.panel), (5, None));
        assert_eq!(known("spent.a").text, "Spent on [Coffee]");
        assert_eq!(codebook.describe("cafes.first.price"), None);
        assert_eq!(codebook.describe("cafes.1.unknown"), None);
    }

    #[test]
    fn answers_are_no_definition() {
        assert!(Codebook::read(&json!([{"q1": 5}])).is_none());
        assert!(Codebook::read(&json!({"data": [{"id": "r1", "data": {"q1": 5}}]})).is_none());
        assert!(Codebook::read(&json!({"pages": 3, "name": "x", "title": "y"})).is_none());
    }
}
