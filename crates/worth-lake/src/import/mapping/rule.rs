//! Where the value of one target column comes from.
//!
//! In `worth.toml` a plain string is a source column; everything else is a small table:
//!
//! ```toml
//! order_id   = "Mã hóa đơn"
//! amount     = { column = "Đơn giá", times = "Số lượng", number = "1.234,5" }
//! ordered_at = { column = "Thời gian", dates = "dmy" }
//! currency   = { value = "VND" }
//! status     = { column = "Trạng thái", words = { "Hoàn thành" = "delivered" } }
//! customer_id = { sql = "coalesce(\"Email\", \"Phone\")" }
//! order_id   = { text = "{customer_id}-{date}" }
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::import::value::{NumberFormat, TimeLayout};

/// Where the value of one target column comes from. Exactly one of `column`, `value`, `text`,
/// `hash` and `sql` is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A source column: `column`, or `file.column` for a joined file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The same value in every row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Text with `{column}` in it; empty when one of the columns is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// An id made of the contents of these columns, and of how many equal rows came before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hash: Vec<String>,
    /// An SQL expression over the source's columns, all of which are text there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
    /// For money: multiplied by this source column (a quantity).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<String>,
    /// For money: less this source column (a discount), after multiplication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minus: Option<String>,
    /// Words of the source → words of Worth (of a status, a role, a kind); compared without
    /// regard to case, diacritics and spaces. A word that is not here stays as it is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
    /// The value where the source has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// How numbers are written, shown by an example: `1.234,5` or `1,234.5`, `1234.5`. Plain
    /// decimals with a point when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "number_text")]
    pub number: Option<NumberFormat>,
    /// How times are written: `ymd` (the default), `dmy`, `mdy`, `compact`, `excel-serial`,
    /// `epoch-seconds`, `epoch-millis` or `epoch-micros`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<TimeLayout>,
    /// Sign between the elements of a list; `;` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
}

/// A [`Rule`] that is written as a plain string when it is only a source column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ColumnRule(pub Rule);

impl ColumnRule {
    /// The value of a source column as it stands.
    pub fn column(name: impl Into<String>) -> Self {
        Self(Rule {
            column: Some(name.into()),
            ..Rule::default()
        })
    }

    /// The same value in every row.
    pub fn value(value: impl Into<String>) -> Self {
        Self(Rule {
            value: Some(value.into()),
            ..Rule::default()
        })
    }

    /// An SQL expression over the source's columns.
    pub fn sql(expression: impl Into<String>) -> Self {
        Self(Rule {
            sql: Some(expression.into()),
            ..Rule::default()
        })
    }
}

impl Rule {
    /// Source columns the rule names outside SQL.
    pub fn source_columns(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        names.extend(self.column.as_deref());
        names.extend(self.times.as_deref());
        names.extend(self.minus.as_deref());
        names.extend(self.hash.iter().map(String::as_str));
        if let Some(text) = &self.text {
            names.extend(
                template_parts(text)
                    .into_iter()
                    .filter_map(|part| match part {
                        TemplatePart::Column(name) => Some(name),
                        TemplatePart::Literal(_) => None,
                    }),
            );
        }
        names
    }
}

/// A piece of a `text` rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TemplatePart<'a> {
    /// Text that stands as it is.
    Literal(&'a str),
    /// The value of a source column.
    Column(&'a str),
}

/// Takes `"{a}-{b}"` apart. An opening brace without its partner is plain text.
pub(crate) fn template_parts(text: &str) -> Vec<TemplatePart<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            parts.push(TemplatePart::Literal(&rest[..open]));
        }
        parts.push(TemplatePart::Column(&rest[open + 1..open + length]));
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        parts.push(TemplatePart::Literal(rest));
    }
    parts
}

/// A number format as people see it: the number 1234.5 written in it.
pub(super) mod number_text {
    use super::{Deserialize, Deserializer, NumberFormat, Serializer};

    /// Writes `1.234,5`.
    pub(crate) fn serialize<S: Serializer>(
        format: &Option<NumberFormat>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match format {
            Some(format) => serializer.serialize_str(&super::number_example(*format)),
            None => serializer.serialize_none(),
        }
    }

    /// Reads `1.234,5`.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<NumberFormat>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || {
            serde::de::Error::custom(format!(
                "number = {text:?} should be 1234.5 as the column writes it, such as \"1.234,5\""
            ))
        };
        let rest = text.strip_prefix('1').ok_or_else(wrong)?;
        let at = rest.find("234").ok_or_else(wrong)?;
        let (grouping, tail) = (&rest[..at], &rest[at + 3..]);
        let decimal = tail
            .strip_suffix('5')
            .or(tail.is_empty().then_some(""))
            .ok_or_else(wrong)?;
        if grouping.chars().count() > 1 || decimal.chars().count() > 1 {
            return Err(wrong());
        }
        Ok(Some(NumberFormat {
            decimal: decimal.chars().next(),
            grouping: grouping.chars().next(),
        }))
    }
}

/// 1234.5 in a format; 1234 when the column never told its decimal sign.
pub(crate) fn number_example(format: NumberFormat) -> String {
    let mut text = String::from("1");
    text.extend(format.grouping);
    text.push_str("234");
    if let Some(decimal) = format.decimal {
        text.push(decimal);
        text.push('5');
    }
    text
}

impl Serialize for ColumnRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Rule {
                column: Some(column),
                ..
            } if self.0 == Self::column(column.as_str()).0 => serializer.serialize_str(column),
            rule => rule.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ColumnRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Column(String),
            Rule(Box<Rule>),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Column(name) => Self::column(name),
            Written::Rule(rule) => Self(*rule),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_come_apart_at_their_braces() {
        assert_eq!(
            template_parts("{id}/{date}x"),
            [
                TemplatePart::Column("id"),
                TemplatePart::Literal("/"),
                TemplatePart::Column("date"),
                TemplatePart::Literal("x")
            ]
        );
        assert_eq!(template_parts("a{b"), [TemplatePart::Literal("a{b")]);
    }
}
