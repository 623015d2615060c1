//! Files that are no known export: which table their columns speak of, by the names of columns
//! in English and Vietnamese.

use std::collections::{BTreeMap, HashSet};

use super::super::mapping::{ColumnRule, FileSpec, People, Repeats, Rule, TableMapping};
use super::super::reason::Reason;
use super::super::recognise::{Header, amount_names, column_names, file_hint};
use super::looked::Looked;
use crate::tables::{Kind, Table};

/// Tables that files can feed.
const FED: &[Table] = &[
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
];

/// What a file's columns would be in a table.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) table: Table,
    pub(super) columns: BTreeMap<String, ColumnRule>,
    /// How much speaks for this table.
    pub(super) score: f64,
    /// Required columns that the file does not have.
    pub(super) missing: Vec<&'static str>,
    pub(super) notes: Vec<Reason>,
}

/// What the file would be in every table, the likeliest first.
pub(super) fn candidates(looked: &Looked, business_currency: &str) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = FED
        .iter()
        .map(|table| candidate(*table, looked, business_currency))
        .collect();
    candidates.sort_by(|one, other| {
        one.missing
            .is_empty()
            .cmp(&other.missing.is_empty())
            .reverse()
            .then(other.score.total_cmp(&one.score))
    });
    candidates
}

/// What the file would be in one table.
pub(super) fn candidate(table: Table, looked: &Looked, business_currency: &str) -> Candidate {
    let matched = match_columns(table, looked);
    let mut score = 0.0;
    for (target, (_, rank)) in &matched {
        let required = table.column(target).is_some_and(|column| column.required);
        score += if required { 2.0 } else { 1.0 } + if *rank == 0 { 0.5 } else { 0.0 };
    }
    if file_hint(table, looked.stem()) > 0 {
        score += 4.0;
    }
    let mut columns: BTreeMap<String, ColumnRule> = matched
        .into_iter()
        .map(|(target, (name, _))| (target, ColumnRule::column(name)))
        .collect();
    let mut notes = Vec::new();
    match table {
        Table::OrderLines => {
            order_amount(looked, &mut columns);
            order_of_a_day(&mut columns, &mut notes);
        }
        Table::Feedback => feedback_id(&mut columns),
        Table::Events => cases_as_people(&mut columns, &mut notes),
        _ => {}
    }
    currency(table, looked, business_currency, &mut columns, &mut notes);
    let mut missing: Vec<&'static str> = table
        .columns()
        .iter()
        .filter(|column| column.required && !columns.contains_key(column.name))
        .map(|column| column.name)
        .collect();
    let one_of: &[&str] = match table {
        Table::Events => &["customer_id", "anonymous_id"],
        Table::Feedback => &["rating", "text"],
        _ => &[],
    };
    if !one_of.is_empty() && !one_of.iter().any(|name| columns.contains_key(*name)) {
        missing.extend(one_of);
    }
    Candidate {
        table,
        columns,
        score,
        missing,
        notes,
    }
}

/// Target → source column and how sure the name is (0: our own). Each source column is taken
/// once; the surest names are served first.
fn match_columns(table: Table, looked: &Looked) -> BTreeMap<String, (String, usize)> {
    let mut offers: Vec<(usize, usize, &'static str, &Header)> = Vec::new();
    for (order, column) in table.columns().iter().enumerate() {
        for (rank, name) in column_names(table, column.name).iter().enumerate() {
            for header in looked.headers.iter().filter(|header| header.is(name)) {
                let plausible = match column.kind {
                    Kind::Money | Kind::Count | Kind::Real if column.name != "chosen" => {
                        looked.may_be_number(&header.name)
                    }
                    Kind::Time => looked.may_be_time(&header.name),
                    _ => true,
                };
                if rank == 0 || plausible {
                    offers.push((rank, order, column.name, header));
                }
            }
        }
    }
    offers.sort_by_key(|(rank, order, _, _)| (*rank, *order));
    let mut taken = HashSet::new();
    let mut matched = BTreeMap::new();
    for (rank, _, target, header) in offers {
        if !matched.contains_key(target) && taken.insert(header.name.as_str()) {
            matched.insert(target.to_owned(), (header.name.clone(), rank));
        }
    }
    matched
}

/// The amount of a line: written, or its price times its quantity. A total of the whole order on
/// every line is not an amount of the line.
fn order_amount(looked: &Looked, columns: &mut BTreeMap<String, ColumnRule>) {
    let find = |what: &str, taken: &BTreeMap<String, ColumnRule>| {
        amount_names(what).into_iter().find_map(|name| {
            let header = looked.headers.iter().find(|header| header.is(&name))?;
            let free = taken.iter().all(|(target, rule)| {
                target == "amount" || rule.0.column.as_ref() != Some(&header.name)
            });
            (free && looked.may_be_number(&header.name)).then(|| header.name.clone())
        })
    };
    let is_total = columns
        .get("amount")
        .and_then(|rule| rule.0.column.as_deref())
        .is_some_and(|name| {
            let header = Header::new(name);
            amount_names("order_total")
                .iter()
                .any(|total| header.is(total))
        });
    if columns.contains_key("amount") && !is_total {
        return;
    }
    let quantity = columns
        .get("quantity")
        .and_then(|rule| rule.0.column.clone());
    let (Some(price), Some(quantity)) = (find("unit_price", columns), quantity) else {
        return;
    };
    let discount = find("discount", columns);
    let times = |column: String, minus| {
        ColumnRule(Rule {
            column: Some(column),
            times: Some(quantity.clone()),
            minus,
            ..Rule::default()
        })
    };
    columns.insert("amount".to_owned(), times(price, discount));
    if let Some(list_price) = find("list_price", columns)
        && !columns.contains_key("list_amount")
    {
        columns.insert("list_amount".to_owned(), times(list_price, None));
    }
}

/// A log of purchases without order numbers: what a customer bought at one time is one order.
fn order_of_a_day(columns: &mut BTreeMap<String, ColumnRule>, notes: &mut Vec<Reason>) {
    if columns.contains_key("order_id") {
        return;
    }
    let column = |name: &str| columns.get(name).and_then(|rule| rule.0.column.clone());
    let (Some(customer), Some(at), true) = (
        column("customer_id"),
        column("ordered_at"),
        columns.contains_key("amount"),
    ) else {
        return;
    };
    notes.push(Reason::new("one-line-orders").with("by", &at));
    let text = format!("{{{customer}}}-{{{at}}}");
    columns.insert(
        "order_id".to_owned(),
        ColumnRule(Rule {
            text: Some(text),
            ..Rule::default()
        }),
    );
}

/// A log of cases that names no person: each case is a visitor of its own.
fn cases_as_people(columns: &mut BTreeMap<String, ColumnRule>, notes: &mut Vec<Reason>) {
    if columns.contains_key("customer_id") || columns.contains_key("anonymous_id") {
        return;
    }
    let Some(case) = columns.get("journey_id").cloned() else {
        return;
    };
    let column = case.0.column.as_deref().unwrap_or_default();
    notes.push(Reason::new("cases-as-people").with("column", column));
    columns.insert("anonymous_id".to_owned(), case);
}

/// Reviews without an id get one from what they say.
fn feedback_id(columns: &mut BTreeMap<String, ColumnRule>) {
    if columns.contains_key("feedback_id") || !columns.contains_key("at") {
        return;
    }
    let parts = [
        "at",
        "customer_id",
        "order_id",
        "product_id",
        "rating",
        "text",
    ];
    let hash: Vec<String> = parts
        .iter()
        .filter_map(|name| columns.get(*name).and_then(|rule| rule.0.column.clone()))
        .collect();
    if hash.len() > 2 {
        columns.insert(
            "feedback_id".to_owned(),
            ColumnRule(Rule {
                hash,
                ..Rule::default()
            }),
        );
    }
}

/// Where no column names the currency: the one that stands beside the amounts, else the
/// business's.
pub(super) fn currency(
    table: Table,
    looked: &Looked,
    business_currency: &str,
    columns: &mut BTreeMap<String, ColumnRule>,
    notes: &mut Vec<Reason>,
) {
    let Some(column) = table.column("currency") else {
        return;
    };
    if table == Table::ExchangeRates {
        return;
    }
    let rules: Vec<&ColumnRule> = table
        .columns()
        .iter()
        .filter(|column| {
            column.kind == Kind::Money && !matches!(column.name, "quantity" | "seconds")
        })
        .filter_map(|column| columns.get(column.name))
        .collect();
    if rules.is_empty() && !column.required {
        return;
    }
    let money: Vec<String> = rules
        .iter()
        .filter_map(|rule| rule.0.column.clone())
        .collect();
    if let Some(rule) = columns.get_mut("currency") {
        rule.0
            .otherwise
            .get_or_insert_with(|| business_currency.to_owned());
        return;
    }
    let beside = money.iter().find_map(|name| {
        let profile = looked.column(name)?;
        profile
            .currencies
            .iter()
            .find_map(|(sign, _)| iso_code(sign))
            .or_else(|| {
                name.split(|character: char| !character.is_alphanumeric())
                    .find_map(iso_code)
            })
    });
    let code = beside.unwrap_or(business_currency);
    if beside.is_none() && !money.is_empty() {
        notes.push(Reason::new("currency-assumed").with("currency", code));
    }
    columns.insert("currency".to_owned(), ColumnRule::value(code));
}

fn iso_code(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "₫" | "đ" | "Đ" | "VND" | "VNĐ" | "vnd" | "vnđ" => "VND",
        "€" | "EUR" => "EUR",
        "£" | "GBP" => "GBP",
        "USD" | "US$" => "USD",
        "JPY" => "JPY",
        "THB" | "฿" => "THB",
        "SGD" => "SGD",
        _ => return None,
    })
}

/// People who stand beside their orders: a file of orders with names, numbers or addresses fills
/// `customers` too.
pub(super) fn people_of_orders(looked: &Looked, lines: &TableMapping) -> Option<TableMapping> {
    let id = lines.columns.get("customer_id")?;
    let taken: HashSet<&str> = lines
        .columns
        .values()
        .filter_map(|rule| rule.0.column.as_deref())
        .collect();
    let mut columns = BTreeMap::new();
    for target in [
        "name",
        "phone",
        "email",
        "birth_year",
        "gender",
        "region",
        "city",
    ] {
        let names = column_names(Table::Customers, target).iter();
        // "name" alone may be the product's
        let names = names.filter(|name| target != "name" || name.contains(' '));
        let found = names
            .flat_map(|name| looked.headers.iter().filter(|header| header.is(name)))
            .find(|header| {
                let own = id.0.column.as_deref() == Some(header.name.as_str());
                own || !taken.contains(header.name.as_str())
            });
        if let Some(header) = found {
            columns.insert(target.to_owned(), ColumnRule::column(&header.name));
        }
    }
    if !["name", "phone", "email", "birth_year", "gender"]
        .iter()
        .any(|name| columns.contains_key(*name))
    {
        return None;
    }
    columns.insert("customer_id".to_owned(), id.clone());
    Some(TableMapping {
        table: Table::Customers.name().to_owned(),
        from: lines.from.clone(),
        repeats: Repeats::Last,
        latest: lines.columns.get("ordered_at").cloned(),
        columns,
        ..TableMapping::default()
    })
}

/// The columns by which the authors of feedback, or the respondents of a survey, can be found
/// among the customers.
pub(super) fn contacts(table: Table, looked: &Looked) -> People {
    if !matches!(table, Table::Feedback | Table::SurveyAnswers) {
        return People::default();
    }
    let find = |target: &str| {
        let mut names = column_names(Table::Customers, target).iter();
        names
            .find_map(|name| looked.headers.iter().find(|header| header.is(name)))
            .map(|header| header.name.clone())
    };
    People {
        phone: find("phone"),
        email: find("email"),
    }
}

/// The kind of file that has the columns of this one that are mapped.
pub(super) fn file_spec(name: &str, looked: &Looked, tables: &[TableMapping]) -> FileSpec {
    let used: HashSet<&str> = tables
        .iter()
        .flat_map(|table| table.columns.values())
        .flat_map(|rule| rule.0.source_columns())
        .collect();
    FileSpec {
        name: name.to_owned(),
        columns: looked
            .headers
            .iter()
            .filter(|header| used.contains(header.name.as_str()))
            .map(|header| header.name.clone())
            .collect(),
        read: looked.read.clone(),
        ..FileSpec::default()
    }
}
