//! The tables: every column's name, type, unit and meaning, as one list that everything else
//! is derived from (Arrow schemas, the lake's tables, checks of rows, `docs/tables.md`).
//!
//! Each table starts with the common columns (`source`, `row_key`, `loaded_at`, `attributes`),
//! followed by its own. The lists themselves are in [`columns`](self) by table; how rows get
//! their key is in [`row_key`](row_key()), how JSON becomes rows in [`batch_from_json`].

#[rustfmt::skip]
mod columns;
mod json;
mod key;
mod page;

use std::fmt;
use std::sync::{Arc, LazyLock};

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

pub use json::batch_from_json;
pub use key::{Part, row_key, row_keys};
pub use page::page;

/// Digits of a [`Kind::Money`] in all.
pub const MONEY_PRECISION: u8 = 18;
/// Digits of a [`Kind::Money`] after the decimal point.
pub const MONEY_SCALE: i8 = 4;
/// Bytes of a `row_key`.
pub const ROW_KEY_BYTES: i32 = 16;

/// A table of the lake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// A person, as last known.
    Customers,
    /// A person's part in an account (company, household, team).
    Roles,
    /// One line of an order.
    OrderLines,
    /// Something a customer did, or had to do.
    Events,
    /// One answer of one respondent to one question about one brand.
    SurveyAnswers,
    /// One alternative in one choice task (conjoint, or a real choice).
    Choices,
    /// An offer in the market at a time.
    Prices,
    /// A communication to a customer.
    Messages,
    /// A review, ticket, comment or call note.
    Feedback,
    /// A subscription or contract.
    Contracts,
    /// What the business spent on customers.
    Spending,
    /// Value of a currency in the business's currency.
    ExchangeRates,
    /// What a question said of a customer, kept.
    Scores,
    /// A source row that could not be accepted.
    Rejects,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in SQL, JSON and everywhere else.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether every row has it.
    pub required: bool,
    /// The unit of its numbers ("" when they have none).
    pub unit: &'static str,
    /// What it says about the row.
    pub meaning: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text (`Utf8`).
    Text,
    /// Exact decimal with four digits after the point (`Decimal128(18, 4)`): amounts of money,
    /// quantities, seconds. Sums of it are exact in any order.
    Money,
    /// Whole number (`Int64`).
    Count,
    /// Real number (`Float64`): scores, weights, rates.
    Real,
    /// Point in time (`Timestamp(Microsecond, "UTC")`).
    Time,
    /// Yes or no (`Boolean`).
    Flag,
    /// List of text (`List<Utf8>`).
    TextList,
    /// JSON as text with sorted keys (`Utf8`).
    Json,
    /// 128-bit key (`FixedSizeBinary(16)`; a UUID to other readers of the lake).
    Key,
}

/// The columns that every table starts with.
pub const COMMON: &[Column] = &[
    Column {
        name: "source",
        kind: Kind::Text,
        required: true,
        unit: "",
        meaning: "Name of the mapping that fed the row: a shop, a till, a survey; never a file name.",
    },
    Column {
        name: "row_key",
        kind: Kind::Key,
        required: true,
        unit: "",
        meaning: "128-bit hash of the row's source and key: the same fact has the same key.",
    },
    Column {
        name: "loaded_at",
        kind: Kind::Time,
        required: true,
        unit: "UTC",
        meaning: "When the row was imported.",
    },
    Column {
        name: "attributes",
        kind: Kind::Json,
        required: false,
        unit: "",
        meaning: "Whatever else the source had, as a JSON object with sorted keys.",
    },
];

impl Table {
    /// Every table, in the order of the documentation.
    pub const ALL: &'static [Table] = &[
        Table::Customers,
        Table::Roles,
        Table::OrderLines,
        Table::Events,
        Table::SurveyAnswers,
        Table::Choices,
        Table::Prices,
        Table::Messages,
        Table::Feedback,
        Table::Contracts,
        Table::Spending,
        Table::ExchangeRates,
        Table::Scores,
        Table::Rejects,
    ];

    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Table::Customers => "customers",
            Table::Roles => "roles",
            Table::OrderLines => "order_lines",
            Table::Events => "events",
            Table::SurveyAnswers => "survey_answers",
            Table::Choices => "choices",
            Table::Prices => "prices",
            Table::Messages => "messages",
            Table::Feedback => "feedback",
            Table::Contracts => "contracts",
            Table::Spending => "spending",
            Table::ExchangeRates => "exchange_rates",
            Table::Scores => "scores",
            Table::Rejects => "rejects",
        }
    }

    /// The table of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Table> {
        Table::ALL
            .iter()
            .copied()
            .find(|table| table.name() == name)
    }

    /// What one row of it is, in one line.
    pub fn about(self) -> &'static str {
        match self {
            Table::Customers => "a person, as last known",
            Table::Roles => "a person's part in an account (company, household, team)",
            Table::OrderLines => "one line of an order",
            Table::Events => "something a customer did, or had to do",
            Table::SurveyAnswers => "one answer of one respondent to one question about one brand",
            Table::Choices => "one alternative in one choice task (conjoint, or a real choice)",
            Table::Prices => "an offer in the market at a time",
            Table::Messages => "a communication to a customer",
            Table::Feedback => "a review, ticket, comment or call note",
            Table::Contracts => "a subscription or contract",
            Table::Spending => "what the business spent on customers",
            Table::ExchangeRates => "value of a currency in the business's currency",
            Table::Scores => "what a question said of a customer, kept",
            Table::Rejects => "a source row that could not be accepted",
        }
    }

    /// Its own columns, without the [`COMMON`] ones.
    pub fn columns(self) -> &'static [Column] {
        columns::of(self)
    }

    /// The column of that name, common or own.
    pub fn column(self, name: &str) -> Option<&'static Column> {
        COMMON
            .iter()
            .chain(self.columns())
            .find(|column| column.name == name)
    }

    /// The columns that identify a row, after `source`. A source without them is keyed by the
    /// content that identifies the fact instead (see DATA_MODEL: "Same fact, once").
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Table::Customers => &["customer_id"],
            Table::Roles => &["account_id", "customer_id", "role", "since"],
            Table::OrderLines => &["order_id", "line"],
            Table::Events => &["event_id"],
            Table::SurveyAnswers => &["response_id", "question", "brand"],
            Table::Choices => &["task_id", "alternative"],
            Table::Prices => &["brand", "product_id", "at"],
            Table::Messages => &["message_id"],
            Table::Feedback => &["feedback_id"],
            Table::Contracts => &["contract_id"],
            Table::Spending => &["channel", "kind", "from_at"],
            Table::ExchangeRates => &["currency", "at"],
            Table::Scores => &["customer_id", "question", "measure", "input_snapshot"],
            Table::Rejects => &["file_digest", "file_row", "table_name"],
        }
    }

    /// The Arrow schema of its rows: the [`COMMON`] columns, then its own. A required column
    /// is not nullable.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<Vec<SchemaRef>> = LazyLock::new(|| {
            Table::ALL
                .iter()
                .map(|table| {
                    let columns = COMMON.iter().chain(table.columns());
                    Arc::new(Schema::new(columns.map(Column::field).collect::<Vec<_>>()))
                })
                .collect()
        });
        let place = Table::ALL.iter().position(|table| *table == self);
        Arc::clone(&SCHEMAS[place.expect("ALL lists every table")])
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Column {
    /// The Arrow field of this column.
    pub fn field(&self) -> Field {
        Field::new(self.name, self.kind.data_type(), !self.required)
    }
}

impl Kind {
    /// The Arrow type that holds it.
    pub fn data_type(self) -> DataType {
        match self {
            Kind::Text | Kind::Json => DataType::Utf8,
            Kind::Money => DataType::Decimal128(MONEY_PRECISION, MONEY_SCALE),
            Kind::Count => DataType::Int64,
            Kind::Real => DataType::Float64,
            Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Kind::Flag => DataType::Boolean,
            Kind::TextList => DataType::new_list(DataType::Utf8, true),
            Kind::Key => DataType::FixedSizeBinary(ROW_KEY_BYTES),
        }
    }

    /// Its SQL type, as documentation and `information_schema` name it.
    pub fn sql_type(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Money => "decimal(18, 4)",
            Kind::Count => "int64",
            Kind::Real => "float64",
            Kind::Time => "timestamp (UTC, microseconds)",
            Kind::Flag => "boolean",
            Kind::TextList => "list of text",
            Kind::Json => "text (JSON)",
            Kind::Key => "128-bit key",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_keys_are_columns() {
        for table in Table::ALL {
            assert_eq!(Table::from_name(table.name()), Some(*table));
            let schema = table.schema();
            let names: HashSet<_> = schema.fields().iter().map(|field| field.name()).collect();
            assert_eq!(
                names.len(),
                schema.fields().len(),
                "{table}: a column is there twice"
            );
            for key in table.key() {
                assert!(
                    table.column(key).is_some(),
                    "{table}: key {key} is not a column"
                );
            }
            for column in COMMON.iter().chain(table.columns()) {
                assert!(
                    column.meaning.ends_with('.'),
                    "{table}.{}: no meaning",
                    column.name
                );
            }
        }
    }

    #[test]
    fn money_has_a_unit() {
        for table in Table::ALL {
            for column in table
                .columns()
                .iter()
                .filter(|column| column.kind == Kind::Money)
            {
                assert!(
                    !column.unit.is_empty(),
                    "{table}.{} has no unit",
                    column.name
                );
            }
        }
    }
}
