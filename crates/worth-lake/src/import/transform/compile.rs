//! A mapping of one table, made ready for the columns that its input really has: names become
//! places, expressions are planned, formats are filled in.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::DFSchema;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::optimizer::simplify_expressions::ExprSimplifier;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::prelude::SessionContext;
use jiff::tz::TimeZone;

use super::attributes::Attributes;
use super::cells::{CellRule, Origin, Piece};
use super::survey::{CompiledItem, in_rows};
use crate::error::Error;
use crate::import::mapping::{
    Item, ItemRow, ItemTime, Missing, Repeats, Rule, TableMapping, TemplatePart, template_parts,
};
use crate::import::recognise::fold;
use crate::import::value::{NumberFormat, TimeFormat, TimeLayout};
use crate::tables::{Column, Table};

/// What the rows of a source have in common.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    /// Name of the source.
    pub(crate) source: String,
    /// The business's time zone.
    pub(crate) zone: TimeZone,
    /// Country code of telephone numbers without one.
    pub(crate) telephone_country: Option<&'static str>,
    /// When the import runs, in microseconds since 1970: `loaded_at`.
    pub(crate) loaded_at: i64,
}

/// A mapping of one table, ready to convert batches.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(crate) table: Table,
    pub(crate) setting: Setting,
    /// One per own column of the table, in its order; none where nothing is mapped.
    pub(crate) columns: Vec<Option<Target>>,
    pub(crate) attributes: Attributes,
    pub(crate) key: KeyRule,
    pub(crate) anonymous: HashSet<String>,
    pub(crate) only: Option<Arc<dyn PhysicalExpr>>,
    pub(crate) missing: Missing,
    pub(crate) repeats: Repeats,
    pub(crate) latest: Option<Target>,
    pub(crate) phone: Option<usize>,
    pub(crate) email: Option<usize>,
    pub(crate) items: Vec<CompiledItem>,
}

/// How one target column is made.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) column: &'static Column,
    pub(crate) cell: CellRule,
    pub(crate) number: NumberFormat,
    pub(crate) time: TimeFormat,
    pub(crate) times: Option<(usize, NumberFormat)>,
    pub(crate) minus: Option<usize>,
    pub(crate) separator: String,
}

/// What identifies a row. Numbers are places among the table's own columns.
#[derive(Debug, Clone)]
pub(crate) struct KeyRule {
    /// The key's columns; none when the source has no such columns.
    pub(crate) columns: Option<Vec<usize>>,
    /// The columns that say which fact it is, where the source has no id or line number.
    pub(crate) content: Vec<usize>,
    /// The column without which a row is identified by its content.
    pub(crate) unless_empty: Option<usize>,
}

impl Compiled {
    /// Makes `mapping` ready for input with these `columns`.
    ///
    /// Errors: [`Error::Mapping`] naming the target column when the mapping names a table or
    /// column that does not exist, gives a rule no origin, or has an expression that is no SQL.
    pub(crate) fn new(
        mapping: &TableMapping,
        columns: &[String],
        setting: Setting,
        context: &SessionContext,
    ) -> Result<Self, Error> {
        let compiler = Compiler::new(mapping, columns, &setting.source, context)?;
        let table = compiler.table;
        for name in mapping.columns.keys() {
            if !table.columns().iter().any(|column| column.name == name) {
                return Err(compiler.wrong(name, format!("{table} has no such column")));
            }
        }
        let mut targets = Vec::with_capacity(table.columns().len());
        for column in table.columns() {
            let rule = mapping.columns.get(column.name);
            targets.push(
                rule.map(|rule| compiler.target(column, &rule.0))
                    .transpose()?,
            );
        }
        let only = mapping
            .only
            .as_deref()
            .map(|sql| compiler.expression("only", sql))
            .transpose()?;
        let time_column = table
            .columns()
            .iter()
            .find(|column| column.kind == crate::tables::Kind::Time);
        let latest = match (&mapping.latest, time_column) {
            (Some(rule), Some(column)) => Some(compiler.target(column, &rule.0)?),
            _ => None,
        };
        let optional_place = |what: &str, name: &Option<String>| match name {
            Some(name) => compiler.place(what, name).map(Some),
            None => Ok(None),
        };
        Ok(Self {
            table,
            attributes: Attributes::new(compiler.unmapped()),
            key: key_rule(table, mapping, |name, problem| {
                compiler.wrong(name, problem)
            })?,
            anonymous: mapping.anonymous.iter().map(|id| fold(id)).collect(),
            only,
            missing: mapping.missing,
            repeats: mapping.repeats,
            latest,
            phone: optional_place("people.phone", &mapping.people.phone)?,
            email: optional_place("people.email", &mapping.people.email)?,
            items: compiler.items()?,
            columns: targets,
            setting,
        })
    }
}

struct Compiler<'a> {
    table: Table,
    mapping: &'a TableMapping,
    source: &'a str,
    names: &'a [String],
    places: HashMap<&'a str, usize>,
    context: &'a SessionContext,
    schema: DFSchema,
}

impl<'a> Compiler<'a> {
    fn new(
        mapping: &'a TableMapping,
        names: &'a [String],
        source: &'a str,
        context: &'a SessionContext,
    ) -> Result<Self, Error> {
        let wrong = |problem: String| Error::Mapping {
            source_name: source.to_owned(),
            column: mapping.table.clone(),
            problem,
        };
        let table = mapping
            .target()
            .ok_or_else(|| wrong(format!("there is no table {:?}", mapping.table)))?;
        let fields: Vec<Field> = names
            .iter()
            .map(|name| Field::new(name, DataType::Utf8, true))
            .collect();
        let schema = DFSchema::try_from(Schema::new(fields))?;
        let places = names
            .iter()
            .enumerate()
            .map(|(place, name)| (name.as_str(), place))
            .collect();
        Ok(Self {
            table,
            mapping,
            source,
            names,
            places,
            context,
            schema,
        })
    }

    fn wrong(&self, column: &str, problem: String) -> Error {
        Error::Mapping {
            source_name: self.source.to_owned(),
            column: format!("{}.{column}", self.table),
            problem,
        }
    }

    /// The place of a source column.
    fn place(&self, target: &str, name: &str) -> Result<usize, Error> {
        self.places.get(name).copied().ok_or_else(|| {
            let known = self.names.join("\", \"");
            self.wrong(
                target,
                format!("the file has no column {name:?}; it has \"{known}\""),
            )
        })
    }

    fn expression(&self, target: &str, sql: &str) -> Result<Arc<dyn PhysicalExpr>, Error> {
        let planned = || {
            let expression = self.context.parse_sql_expr(sql, &self.schema)?;
            // some functions exist only until they are simplified (coalesce)
            let simplify = SimplifyContext::builder().with_schema(Arc::new(self.schema.clone()));
            let simplifier = ExprSimplifier::new(simplify.build());
            let expression = simplifier.simplify(simplifier.coerce(expression, &self.schema)?)?;
            self.context.create_physical_expr(expression, &self.schema)
        };
        let planned: Result<_, DataFusionError> = planned();
        planned.map_err(|error| self.wrong(target, format!("`{sql}`: {error}")))
    }

    fn target(&self, column: &'static Column, rule: &Rule) -> Result<Target, Error> {
        let name = column.name;
        let origin = if let Some(source) = &rule.column {
            Origin::Column(self.place(name, source)?)
        } else if let Some(value) = &rule.value {
            Origin::Constant(value.clone())
        } else if let Some(text) = &rule.text {
            Origin::Template(self.pieces(name, text)?)
        } else if !rule.hash.is_empty() {
            // prepared before, behind the columns of the input
            let made = self
                .mapping
                .columns
                .iter()
                .filter(|(_, rule)| !rule.0.hash.is_empty());
            let number = made
                .take_while(|(target, _)| target.as_str() != name)
                .count();
            Origin::Column(self.names.len() + number)
        } else if let Some(sql) = &rule.sql {
            Origin::Expression(self.expression(name, sql)?)
        } else {
            let problem = "one of column, value, text, hash and sql should say where it comes from";
            return Err(self.wrong(name, problem.to_owned()));
        };
        let number = rule.number.unwrap_or(NumberFormat::PLAIN);
        let times = match &rule.times {
            Some(source) => Some((self.place(name, source)?, self.number_of(source, number))),
            None => None,
        };
        let minus = rule
            .minus
            .as_ref()
            .map(|source| self.place(name, source))
            .transpose()?;
        Ok(Target {
            column,
            cell: CellRule {
                origin,
                words: rule
                    .words
                    .iter()
                    .map(|(from, to)| (fold(from), to.clone()))
                    .collect(),
                otherwise: rule.otherwise.clone(),
                verbatim: name == "text",
            },
            number,
            time: TimeFormat {
                layout: rule.dates.unwrap_or(TimeLayout::Ymd),
                has_time: true,
                has_offset: true,
            },
            times,
            minus,
            separator: rule.separator.clone().unwrap_or_else(|| ";".to_owned()),
        })
    }

    /// How a factor writes its numbers: as the column that it is mapped to, if there is one.
    fn number_of(&self, source: &str, otherwise: NumberFormat) -> NumberFormat {
        self.mapping
            .columns
            .values()
            .find(|rule| rule.0.column.as_deref() == Some(source) && rule.0.times.is_none())
            .map_or(otherwise, |rule| {
                rule.0.number.unwrap_or(NumberFormat::PLAIN)
            })
    }

    fn pieces(&self, target: &str, text: &str) -> Result<Vec<Piece>, Error> {
        template_parts(text)
            .into_iter()
            .map(|part| {
                Ok(match part {
                    TemplatePart::Literal(literal) => Piece::Literal(literal.to_owned()),
                    TemplatePart::Column(name) => Piece::Column(self.place(target, name)?),
                })
            })
            .collect()
    }

    /// The questions that have a column of their own, or one in each row of a panel.
    fn items(&self) -> Result<Vec<CompiledItem>, Error> {
        let mut compiled = Vec::new();
        for (item, number) in self.items_in_rows() {
            let place = self.place("item", &item.column)?;
            let time = item.time.as_ref().map(ItemTime::column);
            let time = time.map(|column| self.place("item", column)).transpose()?;
            let names = item.row.as_ref().and_then(|row| row.names.as_deref());
            if let Some(name) = names.filter(|name| !ItemRow::NAMED.contains(name)) {
                let right = ItemRow::NAMED.join(", ");
                let problem = format!("a row of a panel names one of {right}, not {name:?}");
                return Err(self.wrong("item", problem));
            }
            let row = item.row.as_ref().map(|row| row.column.as_str());
            let row = row.and_then(|column| self.places.get(column).copied());
            let item = CompiledItem::new(item, &self.mapping.scores, place, time);
            compiled.push(match number {
                Some(number) => item.in_row(number, row),
                None => item,
            });
        }
        Ok(compiled)
    }

    fn items_in_rows(&self) -> impl Iterator<Item = (Item, Option<&'a str>)> {
        let items = self.mapping.items.iter();
        items.flat_map(|item| in_rows(item, self.names))
    }

    /// The source columns that reach no column of the table as they are, and are wanted. One that is only a
    /// factor, or part of an id, or was replaced by other words, is kept beside as it stood.
    fn unmapped(&self) -> Vec<(String, usize)> {
        let asked: Vec<String> = self.items_in_rows().map(|(item, _)| item.column).collect();
        let mut taken: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
        for rule in self.mapping.columns.values() {
            let rule = &rule.0;
            let as_it_stands =
                rule.times.is_none() && rule.minus.is_none() && rule.words.is_empty();
            if let (Some(column), true) = (&rule.column, as_it_stands) {
                taken.insert(column);
            }
        }
        taken.extend(self.mapping.without.iter().map(String::as_str));
        // the key of a join stands twice
        let joined: BTreeSet<String> = self
            .mapping
            .joins
            .iter()
            .flat_map(|join| join.on.values().map(|key| format!("{}.{key}", join.file)))
            .collect();
        self.names
            .iter()
            .enumerate()
            .filter(|(_, name)| !taken.contains(name.as_str()) && !joined.contains(*name))
            .map(|(place, name)| (name.clone(), place))
            .collect()
    }
}

/// What identifies a row of this table in this mapping.
fn key_rule(
    table: Table,
    mapping: &TableMapping,
    wrong: impl Fn(&str, String) -> Error,
) -> Result<KeyRule, Error> {
    let place = |name: &str| {
        table
            .columns()
            .iter()
            .position(|column| column.name == name)
            .ok_or_else(|| wrong("key", format!("{table} has no column {name:?}")))
    };
    let places = |names: &[&str]| {
        names
            .iter()
            .map(|name| place(name))
            .collect::<Result<Vec<_>, _>>()
    };
    if !mapping.key.is_empty() {
        let names: Vec<&str> = mapping.key.iter().map(String::as_str).collect();
        return Ok(KeyRule {
            columns: Some(places(&names)?),
            content: Vec::new(),
            unless_empty: None,
        });
    }
    let has = |name: &str| mapping.columns.contains_key(name);
    let (id, content): (&str, Vec<&str>) = match table {
        Table::OrderLines => {
            let product = if has("product_id") {
                "product_id"
            } else {
                "product_name"
            };
            (
                "line",
                vec![
                    "order_id",
                    product,
                    "quantity",
                    "amount",
                    "ordered_at",
                    "customer_id",
                ],
            )
        }
        Table::Events => (
            "event_id",
            vec![
                "customer_id",
                "anonymous_id",
                "at",
                "name",
                "stage",
                "touchpoint",
                "channel",
                "journey_id",
                "product_id",
                "outcome",
            ],
        ),
        _ => {
            let columns = Some(places(table.key())?);
            return Ok(KeyRule {
                columns,
                content: Vec::new(),
                unless_empty: None,
            });
        }
    };
    Ok(KeyRule {
        columns: if has(id) {
            Some(places(table.key())?)
        } else {
            None
        },
        content: places(&content)?,
        unless_empty: Some(place(id)?),
    })
}
