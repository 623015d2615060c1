//! Why a row could not be accepted, or what a person should know about a file: a code with
//! fields, so that it can be counted, stored and said in any language.
//!
//! The English sentence is here; other languages translate by `code` and put the fields in.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A code with fields. As JSON: `{"code": "not-a-number", "column": "amount", "value": "x"}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// What it is, as one stable word.
    pub code: String,
    /// What it is about.
    #[serde(flatten)]
    pub fields: BTreeMap<String, String>,
}

impl Reason {
    /// A reason without fields.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            fields: BTreeMap::new(),
        }
    }

    /// With one more field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl fmt::Display) -> Self {
        self.fields.insert(field.to_owned(), value.to_string());
        self
    }

    /// The field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// As JSON text, the form in `rejects.reasons`.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("text keys and text values are always JSON")
    }

    /// Reads the form in `rejects.reasons`.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = |name: &str| self.field(name);
        match self.code.as_str() {
            "required" => write!(f, "{} is empty", field("column")),
            "damaged" => write!(f, "the row cannot be taken apart: {}", field("detail")),
            "no-partner" => write!(
                f,
                "no row of `{}` belongs to {} {}",
                field("file"),
                field("key"),
                field("value")
            ),
            "conflict" => write!(
                f,
                "another row of this file has the same {} and says something else",
                field("key")
            ),
            "unknown-answer" => write!(
                f,
                "the answer `{}` to `{}` has no place on its scale",
                field("value"),
                field("column")
            ),
            "outside-scale" => write!(
                f,
                "the answer {} to `{}` is outside its scale {} to {}",
                field("value"),
                field("column"),
                field("least"),
                field("most")
            ),
            "outside-range" => write!(
                f,
                "{} is {}; right would be {}",
                field("column"),
                field("value"),
                field("right")
            ),
            "no-answer" => f.write_str("the respondent answered none of the questions"),
            "who" => f.write_str("neither customer_id nor anonymous_id is given"),
            "rating-or-text" => f.write_str("neither a rating nor a text is given"),
            "not-json" => write!(
                f,
                "{} is not a JSON object: `{}`",
                field("column"),
                field("value")
            ),
            "expression" => write!(f, "{}: {}", field("column"), field("detail")),
            "not-a-number" | "ambiguous-number" | "too-large" | "not-whole" | "percentage"
            | "not-a-flag" | "not-a-time" | "no-such-time" => {
                write!(f, "{}: {}", field("column"), field("detail"))
            }
            "clock-change" => write!(
                f,
                "{} times in {} fell into a clock change: skipped ones were moved forward, doubled ones read as the earlier",
                field("count"),
                field("column")
            ),
            "dates-only" => write!(
                f,
                "{} has days without a time: each counts from the first instant of that business day",
                field("column")
            ),
            "anonymous-id" => write!(
                f,
                "`{}` stands for nobody ({}): {} rows become anonymous",
                field("value"),
                field("why"),
                field("count")
            ),
            "words" => write!(
                f,
                "{}: `{}` is read as {}",
                field("column"),
                field("value"),
                field("word")
            ),
            "unknown-status" => write!(
                f,
                "{}: `{}` is no status that is known and stays as it is (it counts as bought)",
                field("column"),
                field("value")
            ),
            "format-of-sibling" => write!(
                f,
                "{} could be read in two ways and is read as {} ({})",
                field("column"),
                field("sibling"),
                field("format")
            ),
            "answer-score" => {
                write!(
                    f,
                    "`{}` counts {} of {}",
                    field("value"),
                    field("score"),
                    field("most")
                )
            }
            "dates" => write!(
                f,
                "{}: is `{}` day or month first?",
                field("column"),
                field("example")
            ),
            "decimal" => write!(
                f,
                "{}: is the sign in `{}` a decimal sign or between thousands?",
                field("column"),
                field("example")
            ),
            "table" => write!(f, "{}: which table are its rows for?", field("file")),
            "about" => write!(
                f,
                "{}: which of these is the {}?",
                field("column"),
                field("word")
            ),
            "rows-about" => write!(
                f,
                "rows whose {} is not `{}` are about something else and are left out",
                field("column"),
                field("value")
            ),
            "cases-as-people" => write!(
                f,
                "no column says who did it: each {} counts as a visitor",
                field("column")
            ),
            "reversed" => write!(
                f,
                "`{}` praises what it costs ({}): its scores count from the other end; change scale in worth.toml when that is wrong",
                field("column"),
                field("dimension")
            ),
            "panel-rows" => write!(
                f,
                "the rows that respondents add are told apart by `{}`, kept as {}",
                field("column"),
                field("names")
            ),
            "file-unused" => write!(
                f,
                "{} is of use for no table and was left out",
                field("file")
            ),
            "orphans" => write!(
                f,
                "{} rows of `{}` belong to no row of `{}` and were left out",
                field("count"),
                field("file"),
                field("driving")
            ),
            "currency-assumed" => write!(
                f,
                "no column names the currency: {} of worth.toml is taken",
                field("currency")
            ),
            "one-line-orders" => write!(
                f,
                "no column names the order: one order per customer and {} is taken",
                field("by")
            ),
            code => {
                f.write_str(code)?;
                for (name, value) in &self.fields {
                    write!(f, ", {name} {value}")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_through_json_unchanged() {
        let reason = Reason::new("required").with("column", "amount");
        assert_eq!(reason.to_json(), r#"{"code":"required","column":"amount"}"#);
        assert_eq!(Reason::from_json(&reason.to_json()), Some(reason.clone()));
        assert_eq!(reason.to_string(), "amount is empty");
    }
}
