//! `[journey]` in `worth.toml`: which tables join the journey, what steps are called, and when a
//! journey ends.
//!
//! ```toml
//! [journey]
//! tables = ["events", "order_lines"]        # all five when absent
//! window = "30d"                            # a longer gap begins a new journey; none when absent
//! stages = ["browse", "choose", "payment"]  # in their order; as they are met when absent
//!
//! [[journey.rules]]
//! names = ["PDP", "page_view /product/*"]   # `*` is any text; capital letters do not matter
//! name = "view product"
//!
//! [[journey.rules]]
//! names = ["view product", "search"]
//! table = "events"
//! stage = "browse"
//! touchpoint = "website"
//! ```
//!
//! Rules are taken one after the other; each sees the name as the ones before it left it.

use serde::{Deserialize, Serialize};

use super::{Case, Span, StepTable};
use crate::context::Context;
use crate::error::Error;

/// How journeys are told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct JourneySettings {
    /// Tables whose rows are steps.
    pub tables: Vec<StepTable>,
    /// A longer gap begins a new journey.
    pub window: Option<Span>,
    /// Whose steps make one journey.
    pub case: Case,
    /// Stages in their order.
    pub stages: Vec<String>,
    /// Whether names that differ in capital letters only are one.
    pub fold_case: bool,
    /// What steps are called, and where they belong.
    pub rules: Vec<Rule>,
}

/// What some steps are called, and where they belong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// Names that it is for; `*` stands for any text.
    pub names: Vec<String>,
    /// Only of this table.
    #[serde(default)]
    pub table: Option<StepTable>,
    /// The name they get.
    #[serde(default)]
    pub name: Option<String>,
    /// The stage they belong to, whatever the source says.
    #[serde(default)]
    pub stage: Option<String>,
    /// The touchpoint they belong to, whatever the source says.
    #[serde(default)]
    pub touchpoint: Option<String>,
}

impl Default for JourneySettings {
    fn default() -> Self {
        Self {
            tables: StepTable::ALL.to_vec(),
            window: None,
            case: Case::default(),
            stages: Vec::new(),
            fold_case: true,
            rules: Vec::new(),
        }
    }
}

impl JourneySettings {
    /// Those of the workspace, with what a question asks for instead.
    pub(crate) fn of(
        context: &Context,
        case: Option<Case>,
        window: Option<Span>,
        tables: &[StepTable],
    ) -> Result<Self, Error> {
        let mut settings: Self = context.section("journey")?;
        settings.case = case.unwrap_or(settings.case);
        settings.window = window.or(settings.window);
        if !tables.is_empty() {
            settings.tables = tables.to_vec();
        }
        settings.tables.sort_unstable();
        settings.tables.dedup();
        Ok(settings)
    }
}

impl Rule {
    /// Whether it is for steps of this name; both folded alike by `fold`.
    pub(super) fn is_for(
        &self,
        table: StepTable,
        name: &str,
        fold: impl Fn(&str) -> String,
    ) -> bool {
        let of_table = self.table.is_none_or(|wanted| wanted == table);
        of_table && self.names.iter().any(|pattern| fits(&fold(pattern), name))
    }
}

/// Whether a text is what a pattern says, in which `*` stands for any text.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, others)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut rest) = text.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<&str> = others.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text) in [
            ("pay", "pay"),
            ("*", ""),
            ("/product/*", "/product/12"),
            ("*/buy", "/product/12/buy"),
            ("/p/*/buy/*", "/p/1/buy/2"),
            ("a*a", "aa"),
            ("a**b", "a and b"),
        ] {
            assert!(fits(pattern, text), "{pattern} is for {text}");
        }
        for (pattern, text) in [
            ("pay", "payment"),
            ("/product/*", "/products"),
            ("*/buy", "/buy/2"),
            ("a*a", "a"),
            ("a*b*c", "acb"),
        ] {
            assert!(!fits(pattern, text), "{pattern} is not for {text}");
        }
    }
}
