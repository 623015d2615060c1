//! What the lake costs: importing order lines, importing into a lake that is full already, and
//! reading through the lake beside reading the same Parquet files.
//!
//! `cargo bench -p worth-lake --bench lake -- [LINES] [MORE]`: the lake gets LINES order lines
//! (5,000,000 unless told), then MORE (1,000,000) of which a tenth are known already. Prints the
//! CPU time of all threads, and the memory it took.

use std::error::Error;
use std::fs;
use std::sync::Arc;
use std::time::Instant;

use datafusion::arrow::array::{
    ArrayRef, Decimal128Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
    new_null_array,
};
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use jiff::tz::TimeZone;
use worth_lake::lake::{At, Facts, Lake, LakeOptions};
use worth_lake::tables::{MONEY_PRECISION, MONEY_SCALE, Table, row_keys};

const BATCH_LINES: u64 = 1 << 15;
const LINES_PER_ORDER: u64 = 3;
const LINES_PER_CUSTOMER: u64 = 10;
/// 2023-01-01, and a line every 20 seconds from then on: three years hold five million.
const FIRST_MICROS: u64 = 1_672_531_200_000_000;
const BETWEEN_MICROS: u64 = 20_000_000;

const AGGREGATE: &str = "select customer_id, count(*) as lines, sum(amount) as amount,
    max(ordered_at) as last from order_lines group by customer_id";

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok())
        .collect();
    let lines = numbers.first().copied().unwrap_or(5_000_000);
    let more = numbers.get(1).copied().unwrap_or(1_000_000);
    let workspace = tempfile::tempdir()?;
    let lake = Lake::create(workspace.path(), LakeOptions::new(TimeZone::UTC)).await?;

    let making = measure("making the lines alone", async {
        for first in (0..lines).step_by(BATCH_LINES as usize) {
            order_lines(first..lines.min(first + BATCH_LINES))?;
        }
        Ok(())
    });
    making.await?;
    let first = measure("first import", import(&lake, 0..lines)).await?;
    println!("  {first:?}");
    read(&lake).await?;
    let again = measure(
        "import into the full lake",
        import(&lake, lines - more / 10..lines + more),
    );
    println!("  {:?}", again.await?);
    read(&lake).await
}

async fn import(lake: &Lake, lines: std::ops::Range<u64>) -> Outcome<Facts> {
    let transaction = lake.begin().await?;
    let mut writer = transaction.facts(Table::OrderLines)?;
    let mut first = lines.start;
    while first < lines.end {
        let next = lines.end.min(first + BATCH_LINES);
        writer.write(&order_lines(first..next)?)?;
        first = next;
    }
    let facts = writer.finish().await?;
    transaction.commit("lines").await?;
    Ok(facts)
}

/// The aggregate per customer, through the lake and from the files themselves, by turns.
async fn read(lake: &Lake) -> Outcome<()> {
    let snapshot = lake.snapshot(At::Latest).await?;
    let direct = SessionContext::new();
    let files = lake.folder().join("data/main/order_lines");
    let files = files.to_str().ok_or("the folder has no name in Unicode")?;
    direct
        .register_parquet("order_lines", files, ParquetReadOptions::default())
        .await?;
    for _ in 0..3 {
        measure("aggregate through the lake", async {
            Ok(snapshot.query(AGGREGATE, &[]).await?.collect().await?)
        })
        .await?;
        measure("aggregate of the files", async {
            Ok(direct.sql(AGGREGATE).await?.collect().await?)
        })
        .await?;
    }
    Ok(())
}

fn order_lines(lines: std::ops::Range<u64>) -> Outcome<RecordBatch> {
    let rows = usize::try_from(lines.end - lines.start)?;
    let text = |value: &dyn Fn(u64) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(lines.clone().map(value)))
    };
    let time = |value: &dyn Fn(u64) -> u64| -> ArrayRef {
        let values = lines.clone().map(|line| value(line) as i64);
        Arc::new(TimestampMicrosecondArray::from_iter_values(values).with_timezone("UTC"))
    };
    let money = |value: &dyn Fn(u64) -> u64| -> Outcome<ArrayRef> {
        let values = lines.clone().map(|line| i128::from(value(line)) * 10_000);
        let values = Decimal128Array::from_iter_values(values);
        Ok(Arc::new(
            values.with_precision_and_scale(MONEY_PRECISION, MONEY_SCALE)?,
        ))
    };
    // A multiplier spreads customers over time, as they are in real orders.
    let customer = |line: u64| (line / LINES_PER_ORDER).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let customers = 5_000_000 / LINES_PER_CUSTOMER;
    let source = text(&|_| "shop".to_owned());
    let order = text(&|line| format!("HD{:09}", line / LINES_PER_ORDER));
    let line: ArrayRef = Arc::new(Int64Array::from_iter_values(
        lines
            .clone()
            .map(|line| (line % LINES_PER_ORDER) as i64 + 1),
    ));
    let key = row_keys(&[Arc::clone(&source), Arc::clone(&order), Arc::clone(&line)])?;
    let schema = Table::OrderLines.schema();
    let columns = schema.fields().iter().map(|field| {
        Ok(match field.name().as_str() {
            "source" => Arc::clone(&source),
            "row_key" => Arc::new(key.clone()) as ArrayRef,
            "loaded_at" => time(&|_| FIRST_MICROS),
            "order_id" => Arc::clone(&order),
            "line" => Arc::clone(&line),
            "customer_id" => text(&|line| format!("KH{:07}", customer(line) % customers)),
            "ordered_at" => time(&|line| FIRST_MICROS + line / LINES_PER_ORDER * BETWEEN_MICROS),
            "product_id" => text(&|line| format!("SP{:05}", line.wrapping_mul(7919) % 20_000)),
            "product_name" => {
                text(&|line| format!("Sản phẩm số {}", line.wrapping_mul(7919) % 20_000))
            }
            "category" => text(&|line| format!("Nhóm {}", line.wrapping_mul(7919) % 40)),
            "quantity" => money(&|line| line % 5 + 1)?,
            "amount" => money(&|line| (line.wrapping_mul(31) % 5_000 + 1) * 1_000)?,
            "currency" => text(&|_| "VND".to_owned()),
            "channel" => text(&|line| {
                ["shop", "app", "web"][(line / LINES_PER_ORDER % 3) as usize].to_owned()
            }),
            "status" => text(&|_| "delivered".to_owned()),
            _ => new_null_array(field.data_type(), rows),
        })
    });
    let columns = columns.collect::<Outcome<Vec<_>>>()?;
    Ok(RecordBatch::try_new(schema, columns)?)
}

async fn measure<T>(what: &str, work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    // Forgets the highest memory so far (Linux).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (cpu, started) = (cpu_seconds()?, Instant::now());
    let done = work.await?;
    println!(
        "{what}: {:.2} s of CPU, {:.2} s, {} MB at most",
        cpu_seconds()? - cpu,
        started.elapsed().as_secs_f64(),
        highest_memory_kb()? / 1000,
    );
    Ok(done)
}

/// CPU time of this process so far; Linux counts it in hundredths of a second.
fn cpu_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .ok_or("no name")?
        .1
        .split_whitespace()
        .collect();
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / 100.0)
}

fn highest_memory_kb() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .ok_or("no VmHWM")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}
