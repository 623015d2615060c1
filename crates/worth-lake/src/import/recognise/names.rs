//! Names of columns and words of values, from `columns.toml` and `words.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::{fold, has_words};
use crate::tables::Table;

type Lists = BTreeMap<String, Vec<String>>;

/// `columns.toml`: table → column → names, folded; the column's own name first.
static COLUMN_NAMES: LazyLock<HashMap<Table, HashMap<String, Vec<String>>>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Lists> =
        toml_edit::de::from_str(include_str!("columns.toml")).expect("columns.toml is checked");
    let mut tables = HashMap::new();
    for (table, columns) in lists {
        let table = Table::from_name(&table).expect("columns.toml names tables that exist");
        let mut folded: HashMap<String, Vec<String>> = table
            .columns()
            .iter()
            .map(|column| (column.name.to_owned(), vec![fold(column.name)]))
            .collect();
        for (column, names) in columns {
            let known = folded
                .get_mut(&column)
                .expect("columns.toml names columns that exist");
            for name in names {
                let name = fold(&name);
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        tables.insert(table, folded);
    }
    tables
});

#[derive(Deserialize)]
struct Words {
    guests: Vec<String>,
    #[serde(flatten)]
    sections: BTreeMap<String, Lists>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml_edit::de::from_str(include_str!("words.toml")).expect("words.toml is checked")
});

static GUESTS: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.guests.iter().map(|guest| fold(guest)).collect());

/// A column's name with what it looks like without case, diacritics and signs.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// As the file has it.
    pub(crate) name: String,
    /// Folded.
    pub(crate) folded: String,
    /// Folded, without what stands in brackets: "Thành tiền (VND)" → "thanh tien".
    pub(crate) bare: String,
}

impl Header {
    /// Folds a name.
    pub(crate) fn new(name: &str) -> Self {
        let mut outside = String::with_capacity(name.len());
        let mut depth = 0_u32;
        for character in name.chars() {
            match character {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                other if depth == 0 => outside.push(other),
                _ => {}
            }
        }
        Self {
            name: name.to_owned(),
            folded: fold(name),
            bare: fold(&outside),
        }
    }

    /// Whether it is called so (folded).
    pub(crate) fn is(&self, folded: &str) -> bool {
        self.folded == folded || self.bare == folded
    }
}

/// The names, folded, that a column of ours goes by in files; its own first.
pub(crate) fn column_names(table: Table, column: &str) -> &'static [String] {
    COLUMN_NAMES
        .get(&table)
        .and_then(|columns| columns.get(column))
        .map_or(&[], Vec::as_slice)
}

/// Names, folded, of the columns that make an amount: `unit_price`, `discount`, `list_price`,
/// `order_total`.
pub(crate) fn amount_names(what: &str) -> Vec<String> {
    WORDS.sections["amounts"]
        .get(what)
        .into_iter()
        .flatten()
        .map(|name| fold(name))
        .collect()
}

/// Whether a name or id stands for nobody.
pub(crate) fn is_guest(text: &str) -> bool {
    GUESTS.contains(&fold(text))
}

/// The section of words for a column with fixed words, if it has any.
pub(crate) fn word_section(table: Table, column: &str) -> Option<&'static str> {
    match (table, column) {
        (Table::OrderLines, "status") => Some("status"),
        (Table::Roles | Table::SurveyAnswers, "role") => Some("role"),
        (Table::SurveyAnswers, "stage") => Some("stage"),
        (Table::Events, "outcome") => Some("outcome"),
        (Table::Messages, "arm") => Some("arm"),
        (Table::Spending, "kind") => Some("spending_kind"),
        (Table::Feedback, "kind") => Some("feedback_kind"),
        (Table::Contracts, "period") => Some("period"),
        (Table::Choices, "chosen") | (Table::Customers, "contact_allowed") => Some("flag"),
        _ => None,
    }
}

/// Our word for a word of a source, by section ("status", "role" …).
pub(crate) fn words_of(section: &str, word: &str) -> Option<&'static str> {
    let folded = fold(word);
    let lists = WORDS.sections.get(section)?;
    lists
        .iter()
        .find(|(ours, words)| **ours == folded || words.iter().any(|word| fold(word) == folded))
        .map(|(ours, _)| ours.as_str())
}

/// How strongly a file's name speaks of a table: the length of the longest name in it.
pub(crate) fn file_hint(table: Table, file_stem: &str) -> usize {
    let folded = fold(file_stem);
    let names = WORDS.sections["files"].get(table.name());
    names
        .into_iter()
        .flatten()
        .map(|name| fold(name))
        .filter(|name| has_words(&folded, name))
        .map(|name| name.len())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read_and_name_what_exists() {
        assert_eq!(column_names(Table::OrderLines, "amount")[0], "amount");
        assert!(column_names(Table::OrderLines, "amount").contains(&"thanh tien".to_owned()));
        assert_eq!(words_of("status", "ĐÃ HUỶ"), Some("cancelled"));
        assert_eq!(words_of("status", "Hoàn thành"), Some("delivered"));
        assert!(is_guest("Khách lẻ"));
        assert!(file_hint(Table::OrderLines, "don-hang-2025") > 0);
    }

    #[test]
    fn no_word_has_two_meanings() {
        for (section, lists) in &WORDS.sections {
            if matches!(section.as_str(), "files" | "amounts") {
                continue;
            }
            let mut seen: HashMap<String, &str> = HashMap::new();
            for (ours, words) in lists {
                for word in words {
                    if let Some(other) = seen.insert(fold(word), ours) {
                        assert_eq!(other, ours, "{section}: `{word}` is in two lists");
                    }
                }
            }
        }
    }
}
