//! What data is there: rows and period of every table.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Date32Type, Int64Type};
use worth_lake::tables::{Kind, Table};

use super::answer::TableHeld;
use crate::columns::{column, date_of};
use crate::context::Observation;
use crate::error::Error;

/// One entry per table that holds facts, in the order of the documentation.
pub(super) async fn held(observation: &Observation) -> Result<Vec<TableHeld>, Error> {
    let mut all = Vec::new();
    for &table in Table::ALL {
        if !matches!(table, Table::Scores | Table::Rejects) {
            all.push(held_of(observation, table).await?);
        }
    }
    Ok(all)
}

async fn held_of(observation: &Observation, table: Table) -> Result<TableHeld, Error> {
    let doing = "counting what data is there";
    let frame = observation.snapshot.query(&statement(table), &[]).await?;
    let batches = frame.collect().await.map_err(Error::engine(doing))?;
    let batch = batches.first().expect("a count has one row");
    let day = |name| {
        let days = column(batch, name).as_primitive::<Date32Type>();
        days.is_valid(0).then(|| date_of(days.value(0)))
    };
    Ok(TableHeld {
        table: table.name().into(),
        rows: column(batch, "rows")
            .as_primitive::<Int64Type>()
            .value(0)
            .unsigned_abs(),
        from: day("from_day"),
        until: day("until_day"),
    })
}

/// Counts rows, and finds the first and last day of the table's required time, if it has one.
fn statement(table: Table) -> String {
    let is_time =
        |column: &&worth_lake::tables::Column| column.required && column.kind == Kind::Time;
    let (first, last) = match table.columns().iter().find(is_time) {
        Some(time) => (
            format!("business_date(min({}))", time.name),
            format!("business_date(max({}))", time.name),
        ),
        None => ("cast(null as date)".into(), "cast(null as date)".into()),
    };
    format!(
        "select count(*) as rows, {first} as from_day, {last} as until_day from {}",
        table.name()
    )
}
